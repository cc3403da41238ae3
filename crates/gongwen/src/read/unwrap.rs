//! 断行还原: physical lines → paragraphs.
//!
//! A text is either *set* to a measure, every line but a paragraph's last as wide as the page, or it *flows*, a line a
//! paragraph. What ends a paragraph differs: in a set text a short line does, in a flowing one every line does that a
//! page break has not cut in two.

use super::line::Line;
use super::names;
use crate::chars::is_cjk;
use crate::header;
use crate::labels::label_at;
use crate::paragraph::Paragraph;
use crate::words::PARAGRAPHS;
use crate::{numbering, words};

/// How a text was set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The measure in half-width columns; `None` for a flowing text.
    measure: Option<usize>,
    /// White space at the end of a line marks the end of a paragraph.
    spaced_ends: bool,
    /// A blank line marks the end of a paragraph.
    blank_ends: bool,
    /// Columns by which the first line of a paragraph is indented, where the source kept them.
    indent: Option<usize>,
    /// The widest that the first line of a paragraph is, where lines within one are all wider.
    first: Option<usize>,
}

/// Joins the lines of one stretch of text into paragraphs.
pub fn unwrap(lines: &[Line<'_>], setting: Setting) -> Vec<Paragraph> {
    let mut paragraphs = Vec::new();
    let mut start = 0;
    for i in 1..=lines.len() {
        if i == lines.len() || !continues(lines, start, i, setting) {
            paragraphs.push(join(&lines[start..i]));
            start = i;
        }
    }
    paragraphs
}

/// The least columns that two lines of one measure may differ by: one Chinese character and a half-width one, and the
/// unbreakable runs (〔2016〕) that a converter leaves at a line's end.
const SLACK: usize = 5;
/// The first line of a paragraph is set two characters in, and lacks them once its white space is gone.
const INDENT: usize = 4;
/// A line of a flowing text is long enough to have been cut from here on.
const LONG: usize = 46;
/// The text's opening, before its first numbered clause, is at most this many lines long.
const PREAMBLE_LINES: usize = 60;

impl Setting {
    /// Reads it off the lines of the whole text.
    pub fn of(lines: &[Line<'_>]) -> Setting {
        let measure = Self::measure(lines);
        let Some(measure) = measure else {
            return Setting { measure: None, spaced_ends: false, blank_ends: false, indent: None, first: None };
        };
        let full = |l: &&Line<'_>| l.width + SLACK >= measure;
        let open = |l: &&Line<'_>| full(l) && !ends_sentence(l.text);
        // The cells of a table are short too and end anywhere.
        let short = |l: &&Line<'_>| l.width + SLACK < measure && ends_sentence(l.text);
        let share = |of: &dyn Fn(&&Line<'_>) -> bool, that: &dyn Fn(&&Line<'_>) -> bool| {
            let all = lines.iter().filter(of).count();
            let hits = lines.iter().filter(of).filter(that).count();
            if all < 3 { None } else { Some(hits as f64 / all as f64) }
        };
        let spaced_ends = share(&short, &|l| l.spaced).is_some_and(|s| s > 0.8)
            && share(&open, &|l| l.spaced).is_some_and(|s| s < 0.1);
        let blank = lines.iter().skip(1).filter(|l| l.after_blank).count() as f64;
        let blank_ends = blank > 0.0 && blank < 0.6 * lines.len() as f64;
        let indented = lines.iter().filter(|l| l.indent >= 3).count();
        let indent = (indented * 20 >= lines.len() && indented * 10 <= lines.len() * 9).then_some(3);
        Setting { measure: Some(measure), spaced_ends, blank_ends, indent, first: Self::first(lines, measure) }
    }

    /// Lines that surely begin a paragraph, following a short one, against lines that surely do not, following one
    /// that is full and stops in mid-sentence. Where their widths do not overlap, width tells the two apart.
    fn first(lines: &[Line<'_>], measure: usize) -> Option<usize> {
        let (mut firsts, mut others) = (Vec::new(), Vec::new());
        for pair in lines.windows(3) {
            let [before, line, _] = pair else { continue };
            if ends_sentence(line.text) || line.width + INDENT + SLACK < measure {
                continue;
            }
            match before.width + SLACK >= measure {
                true if !ends_sentence(before.text) => others.push(line.width),
                false if before.width + INDENT + SLACK < measure => firsts.push(line.width),
                _ => {}
            }
        }
        let (widest, narrowest) = (*firsts.iter().max()?, *others.iter().min()?);
        (firsts.len() >= 3 && others.len() >= 12 && widest < narrowest).then_some(widest)
    }

    /// The width to which most lines are set, `None` where there is no such width.
    fn measure(lines: &[Line<'_>]) -> Option<usize> {
        let mut widths: Vec<usize> = lines.iter().map(|l| l.width).filter(|w| *w >= 24).collect();
        widths.sort_unstable();
        // Wider than any page of a document is set, or too few lines to tell.
        let widest = *widths.get((widths.len() * 97 / 100).min(widths.len().checked_sub(1)?))?;
        if widths.len() < 6 || widest > 120 {
            return None;
        }
        // The measure is the width that most lines stand nearest below.
        let best = (24..=widest)
            .rev()
            .map(|w| (widths.iter().filter(|&&x| x <= w && x + SLACK >= w).count(), w))
            .max_by_key(|&(n, w)| (n, w))?;
        (best.0 * 100 >= widths.len() * 45).then_some(best.1)
    }
}

/// True where line `i` goes on with the paragraph that began with line `start`.
fn continues(lines: &[Line<'_>], start: usize, i: usize, setting: Setting) -> bool {
    let (before, line) = (&lines[i - 1], &lines[i]);
    if line.text.contains('\t') || before.text.contains('\t') {
        return false;
    }
    if is_spelled(lines, i) {
        return true;
    }
    if stands_alone(line.text)
        || stands_alone(before.text)
        || signs(lines, i)
        || heads(before.text, line.text)
        || titled(lines, i)
    {
        return false;
    }
    if cannot_end(before.text) || cannot_start(line.text) || starts_with_number(line.text) {
        return !words::starts_with_any(line.text, &PARAGRAPHS.openings);
    }
    let complete = ends_sentence(before.text) || ends_annotation(&lines[start..i]);
    let stops = complete && !before.text.ends_with(['：', ':']);
    // 发挥24 / 小时心理援助热线作用
    let words_before = before.text.trim_end_matches(|c: char| c.is_ascii_digit());
    let figure = words_before.len() < before.text.len() && words_before.ends_with(is_cjk);
    if figure && words::starts_with_any(line.text, &PARAGRAPHS.measures) {
        return true;
    }
    // 《某某技术规范》 / （环发〔2003〕206号）
    if before.text.ends_with('》') && is_number(line.text.trim_matches(['（', '）', '(', ')'])) {
        return true;
    }
    if !stops && closes_bracket(&lines[start..i], &lines[i..]) || bracket_in_a_name(&lines[start..i], line.text) {
        return true;
    }
    let Some(measure) = setting.measure else {
        // No page ends after the first line of a text: it is a headline, however long.
        if i == 1 && !before.text.contains('。') {
            return false;
        }
        // A long line of prose that stops in mid-sentence was cut by a page break.
        // Where first lines are indented, one that is not goes on.
        let hangs = lines[start].indent >= INDENT && line.indent == 0 && before.width >= LONG;
        // A long title is no prose, and the date below it is that of its 题注.
        if crate::date::date_at(line.text).is_some() && words::kind_of_title(before.text).is_some() {
            return false;
        }
        return !complete && (is_prose(before) || hangs) && !opens(line.text);
    };
    let reach = before.width + if start + 1 == i { INDENT } else { 0 };
    // 打造干散货码头 / “iPOS-iTOS-iECS-设备自动化”: the line ends where what follows could not be parted.
    let slack = if complete { SLACK } else { SLACK.max(unbreakable(line.text) + 1) };
    if reach + slack < measure {
        return false;
    }
    if setting.indent.is_some_and(|n| line.indent >= n) || (setting.blank_ends && line.after_blank && complete) {
        return false;
    }
    if !complete {
        // A heading that happens to fill its line ends with it.
        let heading = numbering::number_at(before.text).is_some() && !before.text.contains(['，', '。', '；', ',']);
        return !(crate::date::is_whole(line.text) || heading && opens(line.text));
    }
    if setting.spaced_ends {
        return !before.spaced;
    }
    if before.text.ends_with(['：', ':']) || opens(line.text) {
        return false;
    }
    if words::starts_with_any(line.text, &PARAGRAPHS.preambles)
        && i < PREAMBLE_LINES
        && !lines[..i].iter().any(|l| opens(l.text))
    {
        return false;
    }
    // A line that runs on and is an indent short of the measure lost the indent, so it begins a paragraph.
    let runs_on = lines.get(i + 1).is_some_and(|next| !opens(next.text)) && !ends_sentence(line.text);
    let indented = line.width + INDENT + SLACK >= measure
        && (line.width + SLACK < measure || setting.first.is_some_and(|first| line.width <= first));
    !(runs_on && indented)
}

/// Columns of the letters and figures that `text` begins with and that no end of a line parts, with the mark before them.
fn unbreakable(text: &str) -> usize {
    let opening = usize::from(text.starts_with(['“', '‘', '（', '《'])) * 2;
    let run = text.trim_start_matches(['“', '‘', '（', '《']);
    opening + run.chars().take_while(|c| c.is_ascii_graphic() && !matches!(c, ',' | ';')).count()
}

/// True where line `i` and the one before it are single characters of a name that is set down the page over its date:
/// 财 / 政 / 部 / 2020年1月31日.
fn is_spelled(lines: &[Line<'_>], i: usize) -> bool {
    /// A name set so has at most so many characters.
    const SPELLED: usize = 12;
    let single = |l: &Line<'_>| l.text.len() <= 4 && l.text.chars().all(is_cjk);
    single(&lines[i - 1])
        && single(&lines[i])
        && lines[i..].iter().take(SPELLED).find(|l| !single(l)).is_some_and(|l| crate::date::is_whole(l.text))
}

/// A line that is a document's number, or a label of a page with its value, goes on with nothing.
fn stands_alone(text: &str) -> bool {
    let short = text.len() <= 180;
    short && (is_number_line(text) || header::label_at(text).is_some_and(|(f, _)| f != header::Field::Other))
}

/// 海政办发〔2020〕3号 and nothing else.
fn is_number_line(text: &str) -> bool {
    text.len() <= 90 && text.trim_end_matches(['）', ')', '】', ' ']).ends_with('号') && is_number(text)
}

fn is_number(text: &str) -> bool {
    let packed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    // （国办发〔2015〕84号） may go on with the title of an instrument that a sentence names.
    !packed.starts_with(['（', '(']) && crate::number::DocumentNumber::parse(&packed).is_some_and(|n| n.year.is_some())
}

/// True where the line before is the end of a title: the first lines of a text, up to one that names a kind of document.
fn titled(lines: &[Line<'_>], i: usize) -> bool {
    let before = lines[i - 1].text;
    i <= HEAD_LINES
        && before.contains("关于")
        && words::kind_of_title(before).is_some()
        && !before.contains(['。', '；', '《'])
        && !before.starts_with(['为', '根', '按', '现'])
        && lines[..i].iter().all(|l| !l.text.ends_with('。'))
        && !lines[i].text.starts_with(['的', '（', '('])
}

/// A title stands in the first so many lines.
const HEAD_LINES: usize = 20;

/// True where `line` begins with 一、 or （一） and `before` is a heading or a title, without a mark of a sentence.
fn heads(before: &str, line: &str) -> bool {
    use numbering::Style;
    let entry = |n: numbering::Number| matches!(n.style, Style::Ideographic | Style::BracketedIdeographic);
    numbering::number_at(line).is_some_and(entry)
        && !before.contains(['，', '。', '；', '、', ',', '：', ':', '（', '('])
}

/// True where line `i` is a date that closes a sentence, or names those who sign, and nothing but names stands between
/// it and a date.
fn signs(lines: &[Line<'_>], i: usize) -> bool {
    /// Names of those who sign stand on at most so many lines.
    const NAMES: usize = 6;
    /// Longest date, in bytes.
    const DATE: usize = 120;
    if crate::date::is_whole(lines[i].text) {
        return lines[i - 1].text.ends_with(['。', '！']);
    }
    let is_names = |l: &Line<'_>| {
        l.text.len() <= 240
            && (names::spread_out(l.text).is_some()
                || words::is_organ_name(&l.text.split_whitespace().collect::<String>()))
    };
    let mut rest = lines[i..].iter().take(NAMES);
    // Every line passes here, and few stand over a date.
    rest.clone().any(|l| l.text.len() <= DATE && crate::date::is_whole(l.text))
        && !cannot_end(lines[i - 1].text)
        && is_names(&lines[i])
        && rest.find(|l| !is_names(l)).is_some_and(|l| crate::date::is_whole(l.text))
}

/// True where `text` opens a paragraph by what it says.
fn opens(text: &str) -> bool {
    numbering::number_at(text).is_some_and(|n| !matches!(n.style, numbering::Style::BracketedArabic))
        || words::starts_with_any(text, &PARAGRAPHS.openings)
        || label_at(text, 0).is_some()
        || closes_document(text)
}

/// 本办法自发布之日起施行。
fn closes_document(text: &str) -> bool {
    let head: String = text.chars().take(24).collect();
    head.starts_with('本') && head.contains('自') && (head.contains("施行") || head.contains("实施"))
}

fn is_prose(line: &Line<'_>) -> bool {
    // A line of the standard's page holds 28 characters.
    line.width >= 60 && line.text.contains(['，', '。', '、', '；', ','])
        || line.width >= LONG
            && line.text.contains(['，', '。'])
            && (line.text.contains('。') || numbering::number_at(line.text).is_none())
}

/// True where `text` ends as a sentence does, closing quotation marks and brackets aside.
fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(CLOSERS).ends_with(['。', '！', '？', '!', '?', '；', ';', '：', ':', '…'])
}

const CLOSERS: [char; 8] = ['”', '’', '"', '）', ')', '〕', '」', '』'];

/// How many lines an annotation runs over at most.
const ANNOTATION_LINES: usize = 8;

/// True where the paragraph so far ends with a bracket that stands alone or after a whole sentence: an annotation
/// (市民政局牵头，市财政局配合) or a remark closes its paragraph.
fn ends_annotation(lines: &[Line<'_>]) -> bool {
    if !lines.last().is_some_and(|l| l.text.ends_with(['）', ')', '〕'])) {
        return false;
    }
    let mut depth = 0usize;
    let mut opened = false;
    for line in lines.iter().rev().take(ANNOTATION_LINES) {
        for c in line.text.chars().rev() {
            match c {
                c if opened && c.is_whitespace() => {}
                _ if opened => return matches!(c, '。' | '；' | ';' | '！'),
                '）' | ')' | '〕' => depth += 1,
                '（' | '(' | '〔' => {
                    depth = depth.saturating_sub(1);
                    opened = depth == 0;
                }
                _ => {}
            }
        }
    }
    opened
}

/// True where the lines from `next` on close the bracket that the paragraph so far leaves open: an annotation cut by a
/// page break.
fn closes_bracket(lines: &[Line<'_>], next: &[Line<'_>]) -> bool {
    closes(lines, next, "（(〔", "）)〕") || closes(lines, next, "《", "》")
}

fn closes(lines: &[Line<'_>], next: &[Line<'_>], opening: &str, closing: &str) -> bool {
    let opens = |c: &char| opening.contains(*c);
    let bracket = |c: &char| opens(c) || closing.contains(*c);
    let mut closed = 0usize;
    let before = lines.iter().rev().take(ANNOTATION_LINES).flat_map(|l| l.text.chars().rev());
    let open = before.filter(bracket).any(|c| match opens(&c) {
        true if closed == 0 => true,
        true => {
            closed -= 1;
            false
        }
        false => {
            closed += 1;
            false
        }
    });
    // On this line, or on a later one before anything begins anew.
    let mut depth = 0usize;
    let mut lines = next.iter().take(ANNOTATION_LINES).enumerate();
    open && lines.find_map(|(i, line)| {
        if i > 0 && (opens_paragraph(line.text) || next[i - 1].text.ends_with('。')) {
            return Some(false);
        }
        for c in line.text.chars().filter(bracket) {
            match opens(&c) {
                true => depth += 1,
                false if depth == 0 => return Some(true),
                false => depth -= 1,
            }
        }
        None
    }) == Some(true)
}

/// True for a line that begins a numbered clause.
fn opens_paragraph(text: &str) -> bool {
    numbering::number_at(text).is_some_and(|n| !matches!(n.style, numbering::Style::BracketedArabic))
}

/// True where the paragraph so far ends in a closing bracket on a line of its own that cuts an organ's name in two:
/// 责任单位：省商务厅、省经信 | 〕 | 厅、省科技厅. The next line goes on with the name.
fn bracket_in_a_name(lines: &[Line<'_>], text: &str) -> bool {
    let [.., before, bracket] = lines else { return false };
    let alone = !bracket.text.is_empty() && bracket.text.chars().all(|c| CLOSERS.contains(&c));
    if !alone || before.text.ends_with(['。', '；', ';', '，', '、']) {
        return false;
    }
    let list = lines.iter().rev().take(ANNOTATION_LINES).any(|l| l.text.contains(['：', ':']));
    let ended = words::ends_as_organ(before.text);
    let first = text.split(['、', '，', '；']).next().unwrap_or("");
    let goes_on = first.chars().count() <= 4 && words::ends_as_organ(first);
    list && !ended && goes_on
}

/// （国办发〔2015〕84号）: the number of the instrument that the line before names.
fn starts_with_number(text: &str) -> bool {
    text.strip_prefix(['（', '(']).is_some_and(|t| crate::number::DocumentNumber::at(t).is_some())
}

/// A line that ends so is not the last of its paragraph.
fn cannot_end(text: &str) -> bool {
    text.ends_with(['，', '、', ',', '（', '(', '《', '〔', '“', '‘', '〈'])
}

/// A line that begins so is not the first of its paragraph.
fn cannot_start(text: &str) -> bool {
    text.starts_with(['，', '。', '、', '；', '：', '）', '》', '〕', '”', '’', '？', '！', '〉'])
        || (text.starts_with([',', ';', ')', '.']) && text.len() > 1)
}

/// One paragraph of lines that belong together.
pub fn join(lines: &[Line<'_>]) -> Paragraph {
    let mut paragraph = Paragraph { line: lines[0].number, page_start: lines[0].page_start, ..Paragraph::default() };
    if let [line] = lines {
        if let Some(list) = names::spread_out(line.text) {
            push_names(&mut paragraph, line, &list);
            return paragraph;
        }
        push(&mut paragraph, line, keeps_gaps(line.text) || header::is_contact(line.text));
        return paragraph;
    }
    for line in lines {
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
        if latin(paragraph.text.chars().next_back()) && latin(line.text.chars().next()) {
            paragraph.text.push(' ');
        }
        push(&mut paragraph, line, false);
    }
    paragraph
}

/// A line that is no sentence: its wide gaps part what stands side by side.
fn keeps_gaps(text: &str) -> bool {
    text.chars().count() <= 60 && !text.contains(['。', '，', '；', ','])
}

/// The columns that a gap takes.
fn columns(gap: &str) -> usize {
    gap.chars().map(|c| if c == '\u{3000}' || c == '\t' { 2 } else { 1 }).sum()
}

/// Appends `line` without the spaces that are not printed: those beside a Chinese character. Where `gaps` are kept, a
/// gap of two columns or more between words of two characters or more becomes one U+3000. Single characters are a word
/// that is spread (张  勇), which a gap ends that is wider than those inside it.
fn push(paragraph: &mut Paragraph, line: &Line<'_>, gaps: bool) {
    let text = line.text;
    // 抄报：市督查局 市政协提案委: one space parts the names.
    let copied = header::is_copied(text);
    let contact = header::is_contact(text);
    let mut at = 0;
    // The columns of the gap before the word.
    let mut inside = 0;
    while at < text.len() {
        let rest = &text[at..];
        let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
        if word > 0 {
            paragraph.origin.push((paragraph.text.len(), line.offset + at));
            paragraph.text.push_str(&rest[..word]);
        }
        let gap_end = at + word + rest[word..].find(|c: char| !c.is_whitespace()).unwrap_or(rest.len() - word);
        if gap_end < text.len() && gap_end > at + word {
            let width = columns(&text[at + word..gap_end]);
            let before = text[..at + word].chars().next_back().unwrap_or(' ');
            let after = text[gap_end..].chars().next().unwrap_or(' ');
            let next_word =
                text[gap_end..].find(char::is_whitespace).map_or(&text[gap_end..], |n| &text[gap_end..gap_end + n]);
            let after_next = &text[gap_end + next_word.len()..];
            let next_gap = columns(&after_next[..after_next.len() - after_next.trim_start().len()]);
            // The gap within a word that is spread, where one ends or begins here.
            let parts = |w: &str, gap: usize| w.chars().nth(1).is_some() || (gap > 0 && width >= gap + 2);
            // 第一章　总　则: the number is parted from its title, whose characters are only spread.
            let head = numbering::number_at(&rest[..word]).filter(|n| at == 0 && n.len == word);
            let number = head.is_some();
            // 附件 任务分工表: one space is enough.
            let attachment = head.is_some_and(|n| n.style == numbering::Style::Attachment);
            let parted = number || parts(&rest[..word], inside) && parts(next_word, next_gap);
            let least = if copied || contact && is_cjk(before) && is_cjk(after) { 1 } else { 2 };
            // （牵头单位：市教育局　配合单位：市财政局）: a gap is all that parts one label's words from the next label.
            let labelled = !"。；，：、,;:（(".contains(before) && label_at(text, gap_end).is_some();
            if labelled || gaps && (width >= least || attachment) && parted {
                paragraph.text.push('\u{3000}');
            } else if !is_cjk(before) && !is_cjk(after) && (before.is_alphanumeric() || after.is_alphanumeric()) {
                paragraph.text.push(' ');
            }
            inside = width;
        }
        at = gap_end;
    }
}

/// Appends the names that a line of signatures holds, parted by one U+3000.
fn push_names(paragraph: &mut Paragraph, line: &Line<'_>, names: &[String]) {
    let mut source = line.text.char_indices().filter(|(_, c)| !c.is_whitespace());
    for (i, name) in names.iter().enumerate() {
        if i > 0 {
            paragraph.text.push('\u{3000}');
        }
        for c in name.chars() {
            let at = source.next().map_or(line.offset, |(at, _)| line.offset + at);
            paragraph.origin.push((paragraph.text.len(), at));
            paragraph.text.push(c);
        }
    }
}
