//! 标题: which lines are the title of the document, and of the instrument that it issues or forwards.

use std::collections::HashSet;

use super::{Draft, HEAD_WORDS, issuers, merge, roles, split_off};
use crate::chars::is_cjk;
use crate::document::BlockKind;
use crate::number::DocumentNumber;
use crate::words::PARAGRAPHS;
use crate::{date, numbering, words};

/// A title runs over at most this many lines.
const LINES: usize = 6;
/// And over at most this many characters.
const CHARS: usize = 160;

/// Turns the lines of the titles among `drafts` into title blocks.
pub(super) fn mark(drafts: &mut Vec<Draft>) {
    part_numbers(drafts);
    let head = head_len(drafts);
    let mut first = None;
    if let Some((start, end)) = best_run(drafts, 0, head).or_else(|| headline(drafts)) {
        let from = with_issuers(drafts, without_letterhead(drafts, start, end));
        replace(drafts, from, end);
        first = Some(from);
    }
    let from = first.map_or(head, |i| i + 1);
    if let Some((start, end)) = attached(drafts, from) {
        replace(drafts, start, end);
        others(drafts, start);
    }
}

/// Marks the headings of what else a notice issues: 现将《甲规定》和《乙规定》印发给你们.
fn others(drafts: &mut [Draft], first: usize) {
    let issued: Vec<String> = drafts[..first]
        .iter()
        .filter(|d| HEAD_WORDS.issues.iter().any(|w| d.text().contains(w.as_str())))
        .flat_map(|d| d.text().split('《').skip(1).filter_map(|q| q.split_once('》')).map(|(q, _)| letters(q)))
        .collect();
    for i in first + 1..drafts.len() {
        if is_title_line(drafts, i) && issued.contains(&letters(drafts[i].text())) {
            drafts[i].block.kind = BlockKind::Title;
        }
    }
}

/// How many lines of a document may hold its title and number.
const HEAD: usize = 40;

/// Parts a title from the number that stands on its line: …的通知海政办发〔2020〕3号, …的通知（海政办发〔2020〕3号）,
/// 海政办发〔2020〕3号关于…的通知.
fn part_numbers(drafts: &mut Vec<Draft>) {
    let mut i = 0;
    while i < drafts.len().min(HEAD) {
        let at = if drafts[i].is_paragraph() { glued(drafts[i].text()) } else { None };
        if let Some(at) = at {
            let rest = split_off(&mut drafts[i], at);
            drafts.insert(i + 1, rest);
        }
        i += 1;
    }
}

/// The byte at which a title and its number part.
fn glued(text: &str) -> Option<usize> {
    if text.chars().count() > CHARS || !text.contains('号') {
        return None;
    }
    let titled = |t: &str| t.chars().count() > 8 && words::kind_of_title(t).is_some() && !t.contains(['。', '；']);
    if text.ends_with(['号', '）', ')', '】']) || text.contains("签发人") {
        let ends = text.char_indices().map(|(i, _)| i).filter(|i| *i > 0);
        let parted = |at: &usize| roles::is_number_line(&text[*at..]) && titled(&text[..*at]);
        // The kind of the title comes before the number, so that only its places are tried.
        let kinds = ends.filter(|at| words::ends_as_kind(&text[..*at]));
        if let Some(at) = kinds.into_iter().find(parted) {
            return Some(at);
        }
    }
    let (number, len) = DocumentNumber::at(text)?;
    let rest = text[len..].trim_start();
    (number.year.is_some() && titled(rest) && rest.contains("关于")).then_some(len)
}

fn replace(drafts: &mut Vec<Draft>, start: usize, end: usize) {
    let latin = |d: &Draft| d.text().chars().all(|c| !is_cjk(c));
    let between = if drafts[start..end].iter().all(latin) { " " } else { "" };
    let lines: Vec<Draft> = drafts.drain(start..end).collect();
    let mut lines = lines.into_iter();
    let Some(mut title) = lines.next() else { return };
    title.block.kind = BlockKind::Title;
    for line in lines {
        // A gap parts the names of several issuers, as it does within a line of them.
        let gap = if begins_issuer(title.text(), line.text()) { "\u{3000}" } else { between };
        title = merge(&[title, line], gap, BlockKind::Title);
    }
    drafts.insert(start, title);
}

/// True where a title that ends in an issuer's name goes on with the next issuer: 海州省财政厅 / 海州省税务局关于…的通知.
fn begins_issuer(title: &str, line: &str) -> bool {
    let last = title.rsplit('\u{3000}').next().unwrap_or(title);
    let head: String = title.strip_prefix("中共").unwrap_or(title).chars().take(2).collect();
    let named =
        words::is_organ_name(line.split('\u{3000}').next().unwrap_or(line)) || !issuers::of_title(line).is_empty();
    words::is_organ_name(last) && named && (line.starts_with(&head) || line.starts_with("中共"))
}

/// Where the title of the lines `start..end` begins that a letterhead stands over: 某领导小组办公室 / 某领导小组办公室关于….
fn without_letterhead(drafts: &[Draft], start: usize, end: usize) -> usize {
    let begins_again = |at: &usize| {
        let (head, title) = (joined(drafts, (start, *at)), joined(drafts, (*at, end)));
        words::is_organ_name(&head) && title.starts_with(&head)
    };
    (start + 1..end).find(begins_again).unwrap_or(start)
}

/// Where the title begins whose last issuer stands on line `start` (海州市税务局关于…的通知) and whose first ones on the
/// lines above it. Above the number stands a letterhead, so that only lines under it are of the title.
fn with_issuers(drafts: &[Draft], start: usize) -> usize {
    let last = drafts[start].text();
    if issuers::of_title(last).is_empty() {
        // 市委办公室　市政府办公室 / 印发《…》的通知
        let verb = words::starts_with_any(last, &HEAD_WORDS.begins_after_issuer);
        let names =
            drafts[..start].iter().rev().take(LINES).take_while(|d| d.is_paragraph() && roles::is_names(d.text()));
        return if verb { start - names.count() } else { start };
    }
    let Some(number) = drafts[..start].iter().rposition(|d| roles::is_number_line(d.text())) else { return start };
    let above: Vec<&str> = drafts[number + 1..start].iter().map(Draft::text).collect();
    // A name may be broken over two lines.
    let whole = above.concat();
    let names = whole.split('\u{3000}').all(words::is_organ_name) || above.iter().all(|l| roles::is_names(l));
    if !above.is_empty() && above.len() < LINES && names { number + 1 } else { start }
}

/// How many drafts come before the text: up to whom it is addressed, its first sentence or its first number.
fn head_len(drafts: &[Draft]) -> usize {
    drafts
        .iter()
        .position(|d| {
            d.is_paragraph()
                && (roles::is_addressee(d.text())
                    || is_sentence(d.text())
                    || numbering::number_at(d.text()).is_some_and(|n| n.style != numbering::Style::Attachment))
        })
        .unwrap_or(drafts.len())
        .min(40)
}

fn is_sentence(text: &str) -> bool {
    text.ends_with(['。', '；', '！', ';'])
        || text.chars().count() > 90
        || (text.contains('。') && !text.contains('《'))
}

/// The run of title lines in `from..to`: the one that ends in a 文种, and of one printed twice the later, which stands
/// over the text; else the line that the format sets as a title, else the first that names no organ.
fn best_run(drafts: &[Draft], from: usize, to: usize) -> Option<(usize, usize)> {
    let mut fallback: Option<(usize, usize)> = None;
    let mut best: Option<(usize, usize)> = None;
    let mut i = from;
    while i < to {
        if !is_title_line(drafts, i) {
            i += 1;
            continue;
        }
        let (end, complete) = run(drafts, i, to);
        let set = |d: &Draft| d.style.heading.is_some() || d.style.centred;
        if complete {
            match best {
                None => best = Some((i, end)),
                Some(first) if again(&joined(drafts, first), &joined(drafts, (i, end))) => best = Some((i, end)),
                // 省政府出台稳企业若干意见 / 海州省人民政府 / 关于支持企业发展的若干意见: a headline, then the document.
                Some(first) if !about(drafts, first) && about(drafts, (i, end)) && names_at(drafts, i) => {
                    best = Some((i, end));
                }
                Some((start, told)) if ordinal_under(drafts, start, told, i) => best = Some((i, end)),
                Some(_) => {}
            }
        } else if best.is_none() && !words::is_organ_name(drafts[i].text()) {
            let better = fallback.is_none_or(|(f, _)| set(&drafts[i]) && !set(&drafts[f]));
            fallback = if better { Some((i, i + 1)) } else { fallback };
        }
        i = if complete { end } else { i + 1 };
    }
    best.or(fallback)
}

/// The first line of a page that tells news: it calls out (应对疫情，这些措施助企业渡过难关！) or begins as a paragraph may,
/// and is shorter than the paragraph of sentences under it.
fn headline(drafts: &[Draft]) -> Option<(usize, usize)> {
    let [first, second, ..] = drafts else { return None };
    let (text, below) = (first.text(), second.text());
    let count = text.chars().count();
    let plain = first.is_paragraph()
        && (6..=50).contains(&count)
        && !text.contains(['。', '；', '：', ':', '\u{3000}'])
        && !text.ends_with(['，', '、'])
        && numbering::number_at(text).is_none()
        && !words::is_organ_name(text)
        && !is_remark(text)
        && !is_dated(text)
        && !roles::is_masthead(text)
        && !roles::is_label_line(text);
    let told = second.is_paragraph() && below.contains(['。', '！', '？']) && below.chars().count() > count;
    (plain && told).then_some((0, 1))
}

/// True where the lines `start..told` are no title but what the ordinal right under them counts, and line `i` the title:
/// 海州市财政局公告 / 2022年第5号 / 关于…的公告.
fn ordinal_under(drafts: &[Draft], start: usize, told: usize, i: usize) -> bool {
    told < i
        && (roles::is_ordinal_line(drafts[told].text()) || roles::is_issue_line(drafts[told].text()))
        && roles::counted_by(drafts[start..told].iter().map(Draft::text)).is_some()
}

fn about(drafts: &[Draft], run: (usize, usize)) -> bool {
    joined(drafts, run).contains("关于")
}

/// True where line `i` names issuers, or those stand right over it.
fn names_at(drafts: &[Draft], i: usize) -> bool {
    let is_names = |d: &Draft| d.is_paragraph() && roles::is_names(d.text());
    is_names(&drafts[i]) || i > 0 && is_names(&drafts[i - 1])
}

fn joined(drafts: &[Draft], (start, end): (usize, usize)) -> String {
    drafts[start..end].iter().map(Draft::text).collect()
}

/// True where `later` prints `first` again, whole or with the name of the issuer before it.
fn again(first: &str, later: &str) -> bool {
    let (first, later) = (letters(first), letters(later));
    first == later || later.ends_with(&first) || first.ends_with(&later)
}

/// The end of the title that begins with line `start`, and whether it ends in a 文种. Lines are added until one does and
/// the next does not go on with it (实施意见 / 的通知).
fn run(drafts: &[Draft], start: usize, to: usize) -> (usize, bool) {
    let mut title = String::new();
    let mut complete = None;
    let mut end = start;
    while end < to.min(start + LINES) && is_title_line(drafts, end) {
        let text = drafts[end].text();
        if complete.is_some() && !goes_on(text) && !closes(&title, text) {
            break;
        }
        // The first line again: the title is printed twice, and its first print is cut short.
        if end > start && text == drafts[start].text() {
            break;
        }
        title.push_str(text);
        if title.chars().count() > CHARS {
            break;
        }
        end += 1;
        if words::kind_of_title(&title).is_some() {
            complete = Some(end);
        }
    }
    match complete {
        Some(end) => (end, true),
        None => (end.max(start + 1), false),
    }
}

/// True where `text` closes a title that says what it issues and not yet how: 转发民政部关于…意见 / 报告的通知.
fn closes(title: &str, text: &str) -> bool {
    let issues = HEAD_WORDS.issues.iter().any(|w| title.contains(w.as_str()));
    let said = words::kind_of_title(title).is_some_and(|k| HEAD_WORDS.issuing_kinds.iter().any(|i| i == k));
    issues && !said && !text.contains("关于") && words::ends_with_any(text, &HEAD_WORDS.issuing_ends)
}

/// A line that can only go on with a title: 的通知, 实施方案的通知, （试行）, （2019—2022年）的通知.
fn goes_on(text: &str) -> bool {
    let short = text.chars().count() <= 30;
    let bracket = text.starts_with(['（', '(']) && !text.contains(['：', ':', '，']);
    short
        && (text.starts_with('的') || bracket && (text.ends_with(['）', ')']) || words::kind_of_title(text).is_some()))
        && !words::starts_with_any(text, &PARAGRAPHS.openings)
        && !text.contains("公开")
        && !roles::is_number_line(text)
        && !is_dated(text)
        && !roles::is_ordinal_line(text)
}

fn is_title_line(drafts: &[Draft], i: usize) -> bool {
    let d = &drafts[i];
    let text = d.text();
    d.is_paragraph()
        && text.chars().count() <= 90
        && text.chars().any(is_cjk)
        && !text.ends_with(['。', '；', '：', ':', '！', '，', '、'])
        && !text.contains('；')
        && (!text.contains('\u{3000}') || parts_issuers(text))
        && !is_remark(text)
        && !roles::is_masthead(text)
        && !roles::is_mast_label(text)
        && !roles::is_number_line(text)
        && !roles::is_ordinal_line(text)
        && !roles::is_issue_line(text)
        && !roles::is_contact(text)
        && !is_dated(text)
        && numbering::number_at(text).is_none()
        && !words::starts_with_any(text, &PARAGRAPHS.openings)
        && !roles::is_label_line(text)
}

/// 海州市财政局\u{3000}海州市民政局关于…的通知: the gaps of a title that part its issuers.
fn parts_issuers(text: &str) -> bool {
    text.rsplit_once('\u{3000}')
        .is_some_and(|(names, last)| roles::is_names(names) && !issuers::of_title(last).is_empty())
}

/// （本文有删减）: what a site says of its print; （联系科室：小学教育科）: a label in brackets.
fn is_remark(text: &str) -> bool {
    let says =
        |inner: &str| inner.contains(['：', ':']) || HEAD_WORDS.remarks.iter().any(|w| inner.contains(w.as_str()));
    roles::unbracketed(text).is_some_and(says)
}

/// A line that begins with a date is a 题注 or a signature's, not a title.
fn is_dated(text: &str) -> bool {
    date::date_at(text.trim_start_matches(['（', '('])).is_some()
}

/// The heading of the instrument that a notice issues or forwards: a title after the notice's own closing, or on a new
/// page.
fn attached(drafts: &[Draft], from: usize) -> Option<(usize, usize)> {
    let issues = drafts[..drafts.len().min(from + 12)]
        .iter()
        .any(|d| HEAD_WORDS.issues.iter().any(|w| d.text().contains(w.as_str())));
    if !issues {
        return None;
    }
    // What the drafts before name in 《》.
    let mut named: HashSet<String> = HashSet::new();
    let mut seen = 0;
    for i in from.max(1)..drafts.len() {
        let (before, draft) = (&drafts[i - 1], &drafts[i]);
        if numbering::number_at(draft.text()).is_some() {
            // The notice's own clauses may come first, an attachment has a heading of its own.
            continue;
        }
        // 批转某局《意见》，请执行。/ 意见: an old notice signs nowhere, and prints what it forwards right under its words.
        let quotes = |d: &Draft| {
            d.text().ends_with('。')
                && HEAD_WORDS.issues.iter().any(|w| d.text().contains(w.as_str()))
                && quoted(d).contains(&letters(draft.text()))
        };
        let closes = before.is_paragraph()
            && (quotes(before)
                || date::is_whole(before.text())
                || roles::is_disclosure(before.text())
                || roles::is_contact(before.text())
                || roles::is_attachment_note(before.text()) && !awaits_item(before.text())
                || is_remark(before.text())
                || draft.page_start);
        if !closes || !is_title_line(drafts, i) || words::is_organ_name(draft.text()) {
            continue;
        }
        let (end, complete) = run(drafts, i, drafts.len());
        if complete {
            return Some((i, end));
        }
        // Whatever it ends in, a line that the notice names in 《》 is what it issues.
        named.extend(drafts[seen..i].iter().flat_map(quoted));
        seen = i;
        if named.contains(&letters(draft.text())) {
            return Some((i, i + 1));
        }
    }
    None
}

/// The letters of what a line names in 《》.
fn quoted(d: &Draft) -> Vec<String> {
    d.text().split('《').skip(1).filter_map(|q| q.rsplit_once('》')).map(|(q, _)| letters(q)).collect()
}

/// 附件：1. alone on its line, whose item stands on the next.
fn awaits_item(note: &str) -> bool {
    note.trim_end_matches(['.', '．', '、']).ends_with(|c: char| c.is_ascii_digit())
        && note.ends_with(['.', '．', '、'])
}

/// What two spellings of one title have in common.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
