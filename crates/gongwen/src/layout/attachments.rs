//! 附件: the lines that an attachment's heading is made of.

use super::headings::HEADING_CHARS;
use super::{Draft, merge, split_off};
use crate::document::{BlockKind, Heading};
use crate::number::DocumentNumber;
use crate::numbering::{self, Number, Style};
use crate::words::{self, PARAGRAPHS};

/// Parts the document's number from the word that it stands before where an attachment is bound apart (GB/T 9704-2012
/// 7.3.7): 海建发〔2020〕19号附件1.
pub(super) fn part_numbers(drafts: &mut Vec<Draft>) {
    let mut i = 0;
    while i < drafts.len() {
        let at = if drafts[i].is_paragraph() { number_before(drafts[i].text()) } else { None };
        if let Some(at) = at {
            let rest = split_off(&mut drafts[i], at);
            drafts.insert(i + 1, rest);
            i += 1;
        }
        i += 1;
    }
}

/// The bytes of the number that stands before 附件1 on a line of its own.
fn number_before(text: &str) -> Option<usize> {
    /// No such line is longer, in bytes.
    const LINE: usize = 120;
    if text.len() > LINE || !text.contains('附') {
        return None;
    }
    let (number, len) = DocumentNumber::at(text)?;
    let rest = text[len..].trim();
    let attachment = numbering::number_at(rest).filter(|n| n.style == Style::Attachment)?;
    (number.year.is_some() && attachment.len == rest.len()).then_some(len)
}

/// A line that may be the title of an attachment.
pub(super) fn is_title(d: &Draft) -> bool {
    let text = d.text();
    (d.is_paragraph() || d.block.kind == BlockKind::Title)
        && text.chars().count() <= HEADING_CHARS
        && !text.ends_with(['。', '；', '：', ':', '，', '、'])
        && numbering::number_at(text).is_none()
        && !words::starts_with_any(text, &PARAGRAPHS.openings)
}

/// True where the title of the attachment that `lines` begin goes on with `next`, since a 附件说明 announced both as one:
/// 附件1.某某口岸区的 / 查验区坐标.
pub(super) fn goes_on(announced: &[String], lines: &[Draft], n: Number, next: &Draft) -> bool {
    let letters = |t: &str| t.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let said: String = lines.iter().map(Draft::text).collect();
    let title = letters(said.get(n.len..).unwrap_or(""));
    if title.is_empty() || !is_title(next) {
        return false;
    }
    let whole = format!("{title}{}", letters(next.text()));
    announced.iter().any(|a| letters(a).contains(&whole))
}

/// 附件 with the lines of its title: a gap behind the number that stands alone, none where the title goes on.
pub(super) fn heading(mut lines: Vec<Draft>, n: Number) -> Draft {
    let alone = lines.first().is_some_and(|l| l.text().len() <= n.len);
    let title = lines.split_off(usize::from(alone).min(lines.len()));
    if !title.is_empty() {
        lines.push(merge(&title, "", BlockKind::Paragraph));
    }
    let mut draft = merge(&lines, " ", BlockKind::Paragraph);
    draft.block.kind = BlockKind::Heading(Heading::of(1, draft.text()));
    draft
}

/// A title without its last bracket: 指标体系（2023年版） is announced as 指标体系（2023年）.
pub(super) fn bare(title: &str) -> &str {
    let open = title.ends_with(['）', ')']).then(|| title.rfind(['（', '('])).flatten();
    open.map_or(title, |at| &title[..at])
}
