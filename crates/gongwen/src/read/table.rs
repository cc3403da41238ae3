//! 表格还原: tables as converters leave them, rows with tabs or cells broken over many lines.

use super::columns;
use super::line::Line;
use super::unwrap;
use crate::labels::{self, Label};
use crate::paragraph::Paragraph;
use crate::words;

/// A stretch of lines: either text or a table.
pub enum Stretch<'a> {
    /// Lines of text.
    Lines(Vec<Line<'a>>),
    /// A table; the first row names the columns where `header` is true.
    Table {
        /// See [`crate::Table::header`].
        header: bool,
        /// The cells.
        rows: Vec<Vec<Paragraph>>,
    },
}

/// Parts `lines` into text and tables.
pub fn split<'a>(lines: Vec<Line<'a>>) -> Vec<Stretch<'a>> {
    let mut stretches = Vec::new();
    let mut text: Vec<Line<'a>> = Vec::new();
    let mut i = 0;
    while i < lines.len() {
        let rest = &lines[i..];
        let found = tabbed(rest).or_else(|| labelled(rest)).or_else(|| broken(rest));
        match found {
            Some((used, table)) => {
                if !text.is_empty() {
                    stretches.push(Stretch::Lines(std::mem::take(&mut text)));
                }
                stretches.push(table);
                i += used;
            }
            None => {
                text.push(lines[i].clone());
                i += 1;
            }
        }
    }
    if !text.is_empty() {
        stretches.push(Stretch::Lines(text));
    }
    stretches
}

/// Two or more lines in a row whose cells are parted by tabs. A row may have but one cell that is not empty (一、加强领导
/// over the tasks of a group), as long as its tabs are there.
fn tabbed<'a>(lines: &[Line<'a>]) -> Option<(usize, Stretch<'a>)> {
    let parted = |l: &&Line<'_>| l.text.contains('\t');
    let used = lines.iter().take_while(|l| parted(l) || l.tabs.1 > 0).count();
    if used < 2 || !lines.first().is_some_and(|l| parted(&l)) || lines[..used].iter().filter(parted).count() < 2 {
        return None;
    }
    let row = |l: &Line<'_>| {
        let empty = |n| std::iter::repeat_with(|| Paragraph { line: l.number, ..Paragraph::default() }).take(n);
        empty(l.tabs.0).chain(cells_of(l, |c| c == '\t')).chain(empty(l.tabs.1)).collect()
    };
    let mut rows: Vec<Vec<Paragraph>> = lines[..used].iter().map(row).collect();
    // A column that no row has a word in is none.
    let width = rows.iter().map(|r| r.iter().rposition(|c| !c.text.is_empty()).map_or(0, |i| i + 1)).max().unwrap_or(0);
    rows.iter_mut().for_each(|r| r.truncate(width));
    let indent = (0..width).take_while(|&i| rows.iter().all(|r| r.get(i).is_none_or(|c| c.text.is_empty()))).count();
    rows.iter_mut().for_each(|r| drop(r.drain(..indent.min(r.len()))));
    let keyed = rows.iter().all(|r| r.first().is_some_and(|c| c.text.ends_with([':', '：'])));
    Some((used, Stretch::Table { header: !keyed, rows }))
}

/// Two or more lines in a row that each begin with a label of a government site: 索引号：…　发布日期：…
fn labelled<'a>(lines: &[Line<'a>]) -> Option<(usize, Stretch<'a>)> {
    let used = lines.iter().take_while(|l| words::label_at(l.text).is_some()).count();
    if used < 2 {
        return None;
    }
    let rows = lines[..used].iter().map(labels_of).collect();
    Some((used, Stretch::Table { header: false, rows }))
}

/// The labels and values of one line.
fn labels_of(line: &Line<'_>) -> Vec<Paragraph> {
    let mut cells = Vec::new();
    let mut at = 0;
    while let Some((_, label)) = words::label_at(&line.text[at..]) {
        let value = at + label;
        // The value ends where, after a gap, the next label begins.
        let gaps =
            line.text[value..].char_indices().filter(|(_, c)| c.is_whitespace()).map(|(i, c)| value + i + c.len_utf8());
        let end = gaps.clone().find(|&g| words::label_at(&line.text[g..]).is_some()).unwrap_or(line.text.len());
        for piece in [at..value, value..end] {
            let text = line.text[piece.clone()].trim();
            let lead = line.text[piece.clone()].len() - line.text[piece.clone()].trim_start().len();
            cells.push(if text.is_empty() {
                Paragraph::default()
            } else {
                unwrap::join(&[Line { text, offset: line.offset + piece.start + lead, ..line.clone() }])
            });
        }
        at = end;
    }
    cells
}

/// The pieces of a line between the characters that part its cells.
fn cells_of(line: &Line<'_>, parts: impl Fn(char) -> bool) -> Vec<Paragraph> {
    let mut cells = Vec::new();
    let mut at = 0;
    for piece in line.text.split(parts) {
        let lead = piece.len() - piece.trim_start().len();
        let text = piece.trim();
        if text.is_empty() {
            cells.push(Paragraph { line: line.number, ..Paragraph::default() });
        } else {
            cells.push(unwrap::join(&[Line { text, offset: line.offset + at + lead, ..line.clone() }]));
        }
        at += piece.len() + 1;
    }
    cells
}

/// A piece of a cell: what stands between spaces on one line.
struct Fragment<'a> {
    line: Line<'a>,
    /// How likely a cell ends here by its white space alone: a space inside the line or at its end says yes.
    parted: bool,
}

/// A row of more fragments than any table's is no row, and placing them takes time in the square of their number.
const FRAGMENTS: usize = 120;

/// A heading line of column names, then rows that begin with 1, 2, 3 …
fn broken<'a>(lines: &[Line<'a>]) -> Option<(usize, Stretch<'a>)> {
    let (used, head) = heading(lines)?;
    let kinds: Vec<Option<Label>> = head.iter().map(|c| labels::kind(&c.text)).collect();
    let ordinal = kinds.iter().position(|k| *k == Some(Label::Ordinal))?;
    if ordinal != 0 || kinds.len() < 3 {
        return None;
    }
    let mut rows: Vec<Vec<Paragraph>> = vec![head];
    let mut i = used;
    while i < lines.len() && begins_row(lines[i].text, rows.len()) {
        let mut end = i + 1;
        while end < lines.len() && !begins_row(lines[end].text, rows.len() + 1) && !ends_table(lines[end].text) {
            end += 1;
        }
        let fragments = fragments(&lines[i..end]);
        rows.push(place(&fragments, &kinds)?);
        i = end;
    }
    (rows.len() > 1).then_some((i, Stretch::Table { header: true, rows }))
}

/// Column names on one line, or one a line.
fn heading(lines: &[Line<'_>]) -> Option<(usize, Vec<Paragraph>)> {
    let is_head = |cells: &[Paragraph]| {
        let known = cells.iter().filter(|c| labels::kind(&c.text).is_some()).count();
        cells.len() >= 3 && known >= 3 && known * 2 > cells.len()
    };
    let line = lines.first()?;
    // Every line of a text passes here.
    if line.text.len() > 200 || labels::kind(line.text.split(char::is_whitespace).next()?).is_none() {
        return None;
    }
    let first = cells_of(line, char::is_whitespace);
    let first: Vec<Paragraph> = first.into_iter().filter(|c| !c.text.is_empty()).collect();
    if is_head(&first) {
        return Some((1, first));
    }
    if first.len() != 1 || labels::kind(&first[0].text) != Some(Label::Ordinal) {
        return None;
    }
    let used = lines.iter().take_while(|l| labels::kind(l.text).is_some()).count();
    let cells: Vec<Paragraph> = lines[..used].iter().map(|l| unwrap::join(std::slice::from_ref(l))).collect();
    is_head(&cells).then_some((used, cells))
}

fn begins_row(text: &str, ordinal: usize) -> bool {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let after = &text[digits..];
    text[..digits].parse() == Ok(ordinal)
        && (after.is_empty() || after.starts_with(|c: char| c.is_whitespace() || c == '.'))
}

fn ends_table(text: &str) -> bool {
    let number = crate::numbering::number_at(text);
    columns::ends_table(text)
        || text.ends_with("印发")
        || number.is_some_and(|n| n.style.is_statutory() || n.style == crate::numbering::Style::Ideographic)
}

fn fragments<'a>(lines: &[Line<'a>]) -> Vec<Fragment<'a>> {
    let mut found: Vec<Fragment<'a>> = Vec::new();
    for line in lines {
        let mut at = 0;
        for piece in line.text.split(char::is_whitespace) {
            if !piece.is_empty() {
                let line = Line { text: piece, offset: line.offset + at, ..line.clone() };
                found.push(Fragment { line, parted: true });
            }
            at += piece.len() + line.text[at + piece.len()..].chars().next().map_or(0, char::len_utf8);
        }
        if let Some(last) = found.last_mut() {
            last.parted = line.spaced;
        }
    }
    found
}

/// Places the fragments of a row, in order, into its columns, so that every cell reads as its column should.
fn place(fragments: &[Fragment<'_>], kinds: &[Option<Label>]) -> Option<Vec<Paragraph>> {
    let (n, m) = (fragments.len(), kinds.len());
    if n == 0 || n > FRAGMENTS {
        return None;
    }
    // best[k][j]: the best score of the first k columns holding the first j fragments.
    let mut best = vec![vec![f64::NEG_INFINITY; n + 1]; m + 1];
    let mut from = vec![vec![0usize; n + 1]; m + 1];
    best[0][0] = 0.0;
    for k in 1..=m {
        for i in 0..=n {
            if best[k - 1][i] == f64::NEG_INFINITY {
                continue;
            }
            let mut cell = String::new();
            let mut inside = 0.0;
            for j in i..=n {
                if j > i {
                    if j - 1 > i {
                        inside += if fragments[j - 2].parted { -1.0 } else { 1.0 };
                    }
                    cell.push_str(fragments[j - 1].line.text);
                }
                let score = best[k - 1][i] + inside + columns::fit(&cell, kinds[k - 1]);
                if score > best[k][j] {
                    best[k][j] = score;
                    from[k][j] = i;
                }
            }
        }
    }
    if best[m][n] == f64::NEG_INFINITY {
        return None;
    }
    let mut cells = Vec::with_capacity(m);
    let mut j = n;
    for k in (1..=m).rev() {
        let i = from[k][j];
        let lines: Vec<Line<'_>> = fragments[i..j].iter().map(|f| f.line.clone()).collect();
        cells.push(if lines.is_empty() { Paragraph::default() } else { unwrap::join(&lines) });
        j = i;
    }
    cells.reverse();
    Some(cells)
}
