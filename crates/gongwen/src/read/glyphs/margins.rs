//! 天头地脚: page numbers, running heads and feet, told by where they stand.

use std::collections::{HashMap, HashSet};

use super::lines::Line;
use super::{Block, Page};
use crate::piece::Note;

/// The part of a page's height above and below which its margins lie.
const MARGIN: f32 = 0.12;
/// At least so many points are margin: landscape pages have those of upright ones.
const LEAST: f32 = 90.0;
/// So many lines at either end may be of the page.
const DEEP: usize = 3;

/// Takes what is of the page out of its blocks.
pub(super) fn take(sheets: &mut [Vec<Block>], pages: &[Page], notes: &mut Vec<Note>) {
    let found: Vec<Vec<Mark>> = sheets.iter().zip(pages).enumerate().map(|(i, (s, p))| marks(s, p, i as i64)).collect();
    let numbered = numbered(&found);
    let mut texts: HashMap<(bool, &str), HashSet<usize>> = HashMap::new();
    for (i, marks) in found.iter().enumerate() {
        for mark in marks {
            for text in &mark.texts {
                texts.entry((mark.top, text.as_str())).or_default().insert(i);
            }
        }
    }
    let runs = |mark: &Mark| {
        let on = |text: &String| texts.get(&(mark.top, text.as_str())).map_or(0, HashSet::len);
        let n = mark.texts.iter().map(on).max().unwrap_or(0);
        n >= 3 || n >= 2 && n == sheets_with_text(&found)
    };
    let mut taken: Vec<HashSet<(bool, usize)>> = Vec::new();
    let mut heads: Vec<(String, Vec<usize>)> = Vec::new();
    let mut pages_of_numbers = Vec::new();
    for (i, marks) in found.iter().enumerate() {
        let mut own = HashSet::new();
        // From the edge inward, as far as every line is of the page.
        for top in [true, false] {
            for mark in marks.iter().filter(|m| m.top == top) {
                if mark.number.is_some_and(|n| mark.dashed || numbered.contains(&(top, i as i64 - n))) {
                    pages_of_numbers.push(i + 1);
                } else if runs(mark) {
                    match heads.iter_mut().find(|(t, _)| *t == mark.printed) {
                        Some((_, on)) => on.push(i + 1),
                        None => heads.push((mark.printed.clone(), vec![i + 1])),
                    }
                } else {
                    break;
                }
                own.insert((top, mark.line));
            }
        }
        taken.push(own);
    }
    for (sheet, own) in sheets.iter_mut().zip(&taken) {
        remove(sheet, own);
    }
    if let (Some(first), Some(last)) = (pages_of_numbers.first(), pages_of_numbers.last()) {
        let pages = if first == last { format!("第 {first} 页") } else { format!("第 {first}–{last} 页") };
        notes.push(Note { place: pages, message: format!("页码 {} 处没有读入", pages_of_numbers.len()) });
    }
    for (text, on) in heads {
        let place = format!("第 {} 页", on[0]);
        notes.push(Note { place, message: format!("页眉页脚 {} 处没有读入：{text}", on.len()) });
    }
}

/// A line in a margin.
struct Mark {
    /// It stands at the top.
    top: bool,
    /// How many lines are nearer to the edge.
    line: usize,
    /// Its text, and its text with one number as what it is more than the page: a head that holds the page number is
    /// the same on every page then, and 附件3 is not 附件4.
    texts: Vec<String>,
    /// Its text as printed.
    printed: String,
    /// The page number that it is.
    number: Option<i64>,
    /// A page number that is written as nothing else is: — 3 —.
    dashed: bool,
}

fn sheets_with_text(found: &[Vec<Mark>]) -> usize {
    found.iter().filter(|m| !m.is_empty()).count().max(2)
}

/// The lines of a page that stand in its margins, from the edges inward.
fn marks(sheet: &[Block], page: &Page, index: i64) -> Vec<Mark> {
    let mark = |line: &Line, n: usize, top: bool| {
        let printed = line.text.trim().to_owned();
        let packed: String = printed.chars().filter(|c| !c.is_whitespace()).collect();
        let (number, dashed) = page_number(&packed).map_or((None, false), |(n, d)| (Some(n), d));
        let texts = texts(&packed, index);
        Mark { top, line: n, texts, printed, number, dashed }
    };
    let mut marks = Vec::new();
    let edge = (page.height * MARGIN).max(LEAST).min(page.height / 4.0);
    if let Some(Block::Lines(lines)) = sheet.first() {
        let near = lines.iter().take(DEEP).take_while(|l| l.y < edge);
        marks.extend(near.enumerate().map(|(n, l)| mark(l, n, true)));
    }
    if let Some(Block::Lines(lines)) = sheet.last() {
        let near = lines.iter().rev().take(DEEP).take_while(|l| l.y > page.height - edge);
        marks.extend(near.enumerate().map(|(n, l)| mark(l, n, false)));
    }
    marks
}

/// See [`Mark::texts`].
fn texts(packed: &str, index: i64) -> Vec<String> {
    let mut texts = vec![packed.to_owned()];
    if packed.chars().count() > 120 {
        return texts;
    }
    let mut at = 0;
    while let Some(start) = packed[at..].find(|c: char| c.is_ascii_digit()).map(|i| at + i) {
        at = packed[start..].find(|c: char| !c.is_ascii_digit()).map_or(packed.len(), |i| start + i);
        if let (true, Ok(n)) = (at - start <= 4, packed[start..at].parse::<i64>()) {
            texts.push(format!("{}[{}]{}", &packed[..start], n - index, &packed[at..]));
        }
    }
    texts
}

/// The differences between page and number that hold on more than one page, at the top and at the bottom.
fn numbered(found: &[Vec<Mark>]) -> HashSet<(bool, i64)> {
    let mut count: HashMap<(bool, i64), usize> = HashMap::new();
    for (i, marks) in found.iter().enumerate() {
        for mark in marks {
            if let Some(n) = mark.number {
                *count.entry((mark.top, i as i64 - n)).or_default() += 1;
            }
        }
    }
    count.into_iter().filter(|(_, n)| *n >= 2).map(|(k, _)| k).collect()
}

/// The number in 3, — 3 —, 3/12, 第3页, 第3页共12页, and whether it can be nothing else.
fn page_number(packed: &str) -> Option<(i64, bool)> {
    if packed.is_empty() || packed.chars().count() > 16 {
        return None;
    }
    let dash = |c: char| matches!(c, '-' | '—' | '–' | '－' | '―' | '─' | '·' | '•');
    let inner = packed.trim_matches(dash);
    let dashed = packed.starts_with(dash) && packed.ends_with(dash);
    let named = inner.strip_prefix('第').and_then(|r| r.split_once('页'));
    let (number, sure) = match (named, inner.split_once('/')) {
        (Some((n, _)), _) => (n, true),
        (None, Some((n, all))) if all.bytes().all(|b| b.is_ascii_digit()) => (n, false),
        _ => (inner, dashed),
    };
    let plain = !number.is_empty() && number.len() <= 4 && number.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| number.parse().ok()).flatten().map(|n| (n, sure))
}

/// Removes the lines that are so many from the top or the bottom.
fn remove(sheet: &mut Vec<Block>, own: &HashSet<(bool, usize)>) {
    if let Some(Block::Lines(lines)) = sheet.last_mut() {
        let n = lines.len();
        let mut i = 0;
        lines.retain(|_| {
            i += 1;
            !own.contains(&(false, n - i))
        });
    }
    if let Some(Block::Lines(lines)) = sheet.first_mut() {
        let mut i = 0;
        lines.retain(|_| {
            i += 1;
            !own.contains(&(true, i - 1))
        });
    }
    sheet.retain(|b| !matches!(b, Block::Lines(lines) if lines.is_empty()));
}
