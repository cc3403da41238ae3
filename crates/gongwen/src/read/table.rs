//! 表格还原: tables as converters leave them, rows with tabs or cells broken over many lines.

use super::furniture::{Furniture, FurnitureKind};
use super::line::Line;
use super::unwrap;
use super::{cells, columns};
use crate::header::{self, Field};
use crate::labels::{self, Label};
use crate::numbering;
use crate::paragraph::Paragraph;

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

/// Labels of a page stand before its text, in its first lines.
const HEAD_LINES: usize = 120;

/// Parts `lines` into text and tables. What only draws a table, and the heading that a page repeats, goes to `left_out`.
pub fn split<'a>(lines: Vec<Line<'a>>, left_out: &mut Vec<Furniture>) -> Vec<Stretch<'a>> {
    let mut stretches = Vec::new();
    let mut text: Vec<Line<'a>> = Vec::new();
    let mut i = 0;
    while i < lines.len() {
        let rest = &lines[i..];
        let head = i < HEAD_LINES;
        let found = barred(rest, left_out)
            .or_else(|| tabbed(rest))
            .or_else(|| aligned(rest))
            .or_else(|| if head { labelled(rest).or_else(|| listed(rest)).or_else(|| spaced(rest)) } else { None })
            .or_else(|| broken(rest))
            .or_else(|| cells::regular(rest));
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

/// Lines in a row whose cells are parted by bars: | a | b |, a | b |. The line of dashes under the heading and the
/// headings that later pages repeat only draw the table.
fn barred<'a>(lines: &[Line<'a>], left_out: &mut Vec<Furniture>) -> Option<(usize, Stretch<'a>)> {
    let first = lines.first()?;
    let open = is_open_heading(first);
    // Lines of a text that are drawn stand over a table only where a row of it follows.
    let drawn = is_frame(first.text) && lines.get(1).is_some_and(|l| is_barred(l.text));
    if !is_barred(first.text) && !open && !drawn {
        return None;
    }
    let is_row = |l: &Line<'_>| is_barred(l.text) || is_frame(l.text) || open && bars(l.text) == bars(first.text);
    let mut rows = lines.iter().enumerate();
    let used = rows.find(|(i, l)| !is_row(l) || (*i > 0 && is_caption(l.text))).map_or(lines.len(), |(i, _)| i);
    // What a table's first row says alone is its caption.
    let text = first.text.trim_matches(|c| is_bar(c) || c.is_whitespace());
    if (used > 1 || is_caption(first.text))
        && !text.is_empty()
        && !text.contains(is_bar)
        && header::field(text).is_none()
        && !drawn
    {
        let at =
            first.offset + (first.text.len() - first.text.trim_start_matches(|c| is_bar(c) || c.is_whitespace()).len());
        return Some((1, Stretch::Lines(vec![Line { text, offset: at, ..first.clone() }])));
    }
    let labels = cells_of(first, is_bar).iter().any(|c| header::field(&c.text).is_some());
    if used < 2 && !labels {
        return None;
    }
    let mut rows: Vec<Vec<Paragraph>> = Vec::with_capacity(used);
    // Where every row is drawn a frame around, what goes on below in one belongs to the same cells.
    let framed = lines[..used].iter().filter(|l| is_drawn(l.text)).nth(FRAME - 1).is_some();
    let mut own: Vec<Line<'a>> = Vec::new();
    let mut row: Vec<Vec<Line<'a>>> = Vec::new();
    let mut finish = |own: &mut Vec<Line<'a>>, row: &mut Vec<Vec<Line<'a>>>, left_out: &mut Vec<Furniture>| {
        let own = std::mem::take(own);
        if own.is_empty() {
            return;
        }
        let joined = |c: Vec<Line<'a>>| if c.is_empty() { Paragraph::default() } else { unwrap::join(&c) };
        let cells: Vec<Paragraph> = std::mem::take(row).into_iter().map(joined).collect();
        if rows.first().is_some_and(|f| same_heading(f, &cells)) {
            left_out.extend(own.iter().map(|l| l.left_out(FurnitureKind::RunningHead)));
        } else {
            rows.push(cells);
        }
    };
    for line in &lines[..used] {
        if is_drawn(line.text) {
            finish(&mut own, &mut row, left_out);
            left_out.push(line.left_out(FurnitureKind::RunningHead));
            continue;
        }
        let mut cells = pieces_of(line, is_bar);
        // The bars at the ends frame the table.
        if line.text.ends_with(is_bar) {
            cells.pop();
        }
        if line.text.starts_with(is_bar) {
            cells.remove(0);
        }
        let goes_on = framed && cells.len() == row.len() && cells.first().is_some_and(Option::is_none);
        if goes_on {
            row.iter_mut().zip(cells).for_each(|(cell, piece)| cell.extend(piece));
        } else {
            finish(&mut own, &mut row, left_out);
            row = cells.into_iter().map(|piece| piece.into_iter().collect()).collect();
        }
        own.push(line.clone());
    }
    finish(&mut own, &mut row, left_out);
    if rows.is_empty() {
        return None;
    }
    let header = !is_keyed(&rows);
    Some((used, Stretch::Table { header, rows }))
}

/// A table with so many lines of its frame has one between all rows.
const FRAME: usize = 4;

/// A line of a frame that has corners or crossings, which no rule between paragraphs has.
fn is_frame(text: &str) -> bool {
    is_drawn(text) && text.contains(|c| matches!(c, '+' | '\u{250c}'..='\u{254b}' | '\u{2552}'..='\u{256c}'))
}

/// True for a line that only draws a table: | --- | --- |, ├──┼──┤, +----+----+.
fn is_drawn(text: &str) -> bool {
    let draws = |c: char| matches!(c, '-' | '—' | ':' | '+' | '=' | '\u{2500}'..='\u{257f}');
    text.chars().all(|c| is_bar(c) || draws(c) || c.is_whitespace())
}

fn is_bar(c: char) -> bool {
    matches!(c, '|' | '｜' | '│' | '┃')
}

/// 附件2 重点任务分工表 between bars begins another table.
fn is_caption(text: &str) -> bool {
    let text = text.trim_matches(|c| is_bar(c) || c.is_whitespace());
    !text.contains(is_bar) && numbering::number_at(text).is_some_and(|n| n.style == numbering::Style::Attachment)
}

/// A row between bars, or one that ends with a bar and has another: 索引号 | 0001 |.
fn is_barred(text: &str) -> bool {
    (text.starts_with(is_bar) || text.ends_with(is_bar)) && text.chars().filter(|c| is_bar(*c)).nth(1).is_some()
}

fn bars(text: &str) -> usize {
    text.chars().filter(|c| is_bar(*c)).count()
}

/// Names of columns with bars between them and none around: 序号|重点任务|牵头单位.
fn is_open_heading(line: &Line<'_>) -> bool {
    bars(line.text) >= 2 && cells_of(line, is_bar).iter().filter(|c| labels::kind(&c.text).is_some()).nth(1).is_some()
}

/// A row that says again what the first one says, in more than one cell.
fn same_heading(first: &[Paragraph], row: &[Paragraph]) -> bool {
    let words = |r: &[Paragraph]| r.iter().filter(|c| !c.text.is_empty()).count();
    words(row) > 1
        && first.len() == row.len()
        && first.iter().zip(row).all(|(a, b)| a.text == b.text)
        && row.iter().any(|c| labels::kind(&c.text).is_some())
}

/// True where the rows name no columns: their first cells are labels, alone or with their values (索引号：0001).
pub fn is_keyed(rows: &[Vec<Paragraph>]) -> bool {
    let first = |r: &&Vec<Paragraph>| r.first().is_some_and(|c| c.text.ends_with([':', '：']));
    let is_label = |text: &str| header::field(text).is_some() || header::label_at(text).is_some();
    let label = |r: &&Vec<Paragraph>| r.first().is_some_and(|c| is_label(&c.text));
    let labels = rows.iter().filter(label).count();
    rows.iter().all(|r| first(&r))
        || (labels > 0 && labels * 2 >= rows.len() && rows.first().is_some_and(|r| label(&r)))
}

/// Two or more lines in a row whose cells are parted by tabs. A row may have but one cell that is not empty (一、加强领导
/// over the tasks of a group), as long as its tabs are there.
fn tabbed<'a>(lines: &[Line<'a>]) -> Option<(usize, Stretch<'a>)> {
    let parted = |l: &&Line<'_>| l.text.contains('\t');
    // Every line of a text passes here, and those below are counted only where the first one is of a table.
    if !lines.first().is_some_and(|l| parted(&l)) {
        return None;
    }
    let used = lines.iter().take_while(|l| parted(l) || l.tabs.1 > 0).count();
    if used < 2 || lines[..used].iter().filter(parted).count() < 2 {
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
    let header = !is_keyed(&rows);
    Some((used, Stretch::Table { header, rows }))
}

/// Names of columns parted by gaps, and two or more rows of figures that have as many cells:
/// 指标  单位  2023年  2024年 / 地区生产总值  亿元  2350  2490. Nothing but the gaps tells the cells; where they are of one
/// space, the first column must count the rows.
fn aligned<'a>(lines: &[Line<'a>]) -> Option<(usize, Stretch<'a>)> {
    let first = lines.first()?;
    // Lines without a gap are most of a text.
    first.text.find(char::is_whitespace)?;
    let counted = |l: &Line<'a>| pieces_of(l, char::is_whitespace).into_iter().flatten().collect::<Vec<_>>();
    let is_counted = labels::kind(first.text.split_whitespace().next()?) == Some(Label::Ordinal);
    figures(lines, wide).or_else(|| if is_counted { figures(lines, counted) } else { None })
}

/// The rows of [`aligned`], whose cells `cells` tells.
fn figures<'a>(lines: &[Line<'a>], cells: impl Fn(&Line<'a>) -> Vec<Line<'a>>) -> Option<(usize, Stretch<'a>)> {
    /// The name of a column is no longer, in characters.
    const NAME: usize = 20;
    let is_figure = |t: &str| t.starts_with(|c: char| c.is_ascii_digit() || "-—－≥≤＞＜＋+".contains(c));
    let is_name = |t: &str| {
        !t.is_empty()
            && t.chars().nth(NAME).is_none()
            && !t.contains(['，', '。', '；', '：', ':'])
            && (!is_figure(t) || t.contains('年'))
    };
    let head = cells(lines.first()?);
    if head.len() < 3 || !head.iter().all(|c| is_name(c.text)) {
        return None;
    }
    let row = |l: &Line<'a>| {
        l.text.find(char::is_whitespace)?;
        let cells = cells(l);
        let figures = cells.iter().skip(1).filter(|c| is_figure(c.text)).count();
        (cells.len() == head.len() && figures >= 2).then_some(cells)
    };
    let rows: Vec<Vec<Line<'a>>> = lines[1..].iter().take(ROWS).map_while(row).collect();
    if rows.len() < 2 {
        return None;
    }
    let used = rows.len() + 1;
    let joined = |r: Vec<Line<'a>>| r.iter().map(|c| unwrap::join(std::slice::from_ref(c))).collect();
    let rows = std::iter::once(head).chain(rows).map(joined).collect();
    Some((used, Stretch::Table { header: true, rows }))
}

/// True for labels by which the head of a document is known: 来源 and 时间 stand in texts too.
fn is_telling(field: Field) -> bool {
    !matches!(field, Field::Other | Field::Title | Field::Disclosure)
}

/// Two or more lines in a row that each begin with a label of a government site: 索引号：…　发布日期：… Under a label in
/// brackets every label in brackets is one.
fn labelled<'a>(lines: &[Line<'a>]) -> Option<(usize, Stretch<'a>)> {
    let is_known = |l: &Line<'_>| header::label_at(l.text).is_some_and(|(_, at)| has_value(l, at));
    let framed = lines.first().is_some_and(|l| header::framed_at(l.text).is_some());
    let used = lines.iter().take_while(|l| is_known(l) || framed && header::framed_at(l.text).is_some()).count();
    let telling = |l: &Line<'_>| header::label_at(l.text).is_some_and(|(f, _)| is_telling(f));
    if used < 2 || !lines[..used].iter().any(telling) {
        return None;
    }
    let rows = lines[..used].iter().map(labels_of).collect();
    Some((used, Stretch::Table { header: false, rows }))
}

/// True unless the label that ends at byte `at` is the whole line, its value then standing on the next.
fn has_value(line: &Line<'_>, at: usize) -> bool {
    at < line.text.len()
}

/// Labels and their values a line each: [发文机构] / 海州市人民政府, 索引号： / 0001. A label may have no value.
fn listed<'a>(lines: &[Line<'a>]) -> Option<(usize, Stretch<'a>)> {
    let first = lines.first()?;
    let is_marked = |l: &Line<'_>| header::marked(l.text).is_some();
    // Where the first label is bare, all are, and each has a value.
    let is_label = |l: &Line<'_>| if is_marked(first) { is_marked(l) } else { header::field(l.text).is_some() };
    if !is_label(first) {
        return None;
    }
    let inline = |l: &Line<'_>| header::label_at(l.text).is_some_and(|(_, at)| has_value(l, at));
    let mut rows: Vec<Vec<Paragraph>> = Vec::new();
    let (mut i, mut labels, mut telling) = (0, 0, 0);
    while let Some(line) = lines.get(i) {
        if inline(line) && labels > 0 {
            rows.push(labels_of(line));
        } else if is_label(line) {
            let mut row = vec![unwrap::join(std::slice::from_ref(line))];
            let value =
                lines.get(i + 1).filter(|v| !is_label(v) && !inline(v) && is_value(header::field(line.text), v));
            row.push(value.map_or_else(Paragraph::default, |v| unwrap::join(std::slice::from_ref(v))));
            i += usize::from(value.is_some());
            telling += usize::from(value.is_some() && header::field(line.text).is_some_and(is_telling));
            rows.push(row);
        } else {
            break;
        }
        labels += 1;
        i += 1;
    }
    let least = if is_marked(first) { 2 } else { 3 };
    (labels >= least && telling > 0).then_some((i, Stretch::Table { header: false, rows }))
}

/// True where a line can be the value of a label: a date behind 成文日期, no sentence behind any.
fn is_value(field: Option<Field>, line: &Line<'_>) -> bool {
    let text = line.text;
    let short = text.chars().count() <= 60 && !text.ends_with(['。', '：', ':']);
    match field {
        Some(Field::Date | Field::Published) => {
            text.chars().count() <= 30 && text.contains(|c: char| c.is_ascii_digit() || "年-—".contains(c))
        }
        Some(Field::Title) => !text.ends_with(['。', '：']) && text.chars().count() <= 160,
        Some(Field::Number) => {
            text.chars().count() <= 40 && (text.contains('号') || text.starts_with(['-', '—', '无']))
        }
        Some(Field::Other) => {
            short && crate::words::kind_of_title(text).is_none() && crate::number::find_numbers(text).is_empty()
        }
        _ => short,
    }
}

/// Lines in a row whose labels stand without colons, parted from their values by wide gaps: 索引号    0001    主题分类    民政
fn spaced<'a>(lines: &[Line<'a>]) -> Option<(usize, Stretch<'a>)> {
    let row = |l: &Line<'a>| -> Option<(Vec<Paragraph>, bool)> {
        // Lines without a gap are most of a text.
        l.text.find(char::is_whitespace)?;
        let cells = wide(l);
        let fields: Vec<Field> = cells.iter().step_by(2).map_while(|c| header::field(c.text)).collect();
        if cells.len() < 2 || fields.len() * 2 < cells.len() {
            return None;
        }
        let telling = fields.iter().any(|f| is_telling(*f));
        Some((cells.iter().map(|c| unwrap::join(std::slice::from_ref(c))).collect(), telling))
    };
    let rows: Vec<(Vec<Paragraph>, bool)> = lines.iter().map_while(row).collect();
    if rows.len() < 2 || !rows.iter().any(|(_, telling)| *telling) {
        return None;
    }
    let used = rows.len();
    Some((used, Stretch::Table { header: false, rows: rows.into_iter().map(|(r, _)| r).collect() }))
}

/// The pieces of a line between gaps of two columns or more.
fn wide<'a>(line: &Line<'a>) -> Vec<Line<'a>> {
    let mut pieces = Vec::new();
    let (mut start, mut at) = (0, 0);
    let text = line.text;
    while at < text.len() {
        let rest = &text[at..];
        let gap = rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
        let columns: usize = rest[..gap].chars().map(|c| if c == '\u{3000}' { 2 } else { 1 }).sum();
        if columns >= 2 {
            pieces.push(Line { text: &text[start..at], offset: line.offset + start, ..line.clone() });
            start = at + gap;
        }
        at += gap.max(rest.chars().next().map_or(1, char::len_utf8));
    }
    pieces.push(Line { text: &text[start..], offset: line.offset + start, ..line.clone() });
    pieces
}

/// The labels and values of one line.
fn labels_of(line: &Line<'_>) -> Vec<Paragraph> {
    let mut cells = Vec::new();
    let mut at = 0;
    let label_at = |text| header::label_at(text).map(|(_, end)| end);
    while let Some(label) =
        label_at(&line.text[at..]).or_else(|| if at == 0 { header::framed_at(line.text) } else { None })
    {
        let value = at + label;
        // The value ends where, after a gap, the next label begins.
        let gaps =
            line.text[value..].char_indices().filter(|(_, c)| c.is_whitespace()).map(|(i, c)| value + i + c.len_utf8());
        let end = gaps.clone().find(|&g| header::label_at(&line.text[g..]).is_some()).unwrap_or(line.text.len());
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

/// The pieces of a line between the characters that part its cells, as the cells of a row.
fn cells_of(line: &Line<'_>, parts: impl Fn(char) -> bool) -> Vec<Paragraph> {
    let cell = |piece: Option<Line<'_>>| match piece {
        Some(piece) => unwrap::join(&[piece]),
        None => Paragraph { line: line.number, ..Paragraph::default() },
    };
    pieces_of(line, parts).into_iter().map(cell).collect()
}

/// The pieces of a line between the characters that part its cells; none where nothing stands between two.
fn pieces_of<'a>(line: &Line<'a>, parts: impl Fn(char) -> bool) -> Vec<Option<Line<'a>>> {
    let mut cells = Vec::new();
    let mut at = 0;
    for piece in line.text.split(parts) {
        let lead = piece.len() - piece.trim_start().len();
        let text = piece.trim();
        cells.push((!text.is_empty()).then(|| Line { text, offset: line.offset + at + lead, ..line.clone() }));
        at += piece.len() + line.text[at + piece.len()..].chars().next().map_or(0, char::len_utf8);
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

/// No table that people read has more rows.
const ROWS: usize = 20_000;

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
    while i < lines.len() && rows.len() <= ROWS && begins_row(lines[i].text, rows.len()) {
        let mut end = i + 1;
        // Every line is a fragment at least.
        let most = lines.len().min(i + FRAGMENTS + 1);
        while end < most && !begins_row(lines[end].text, rows.len() + 1) && !ends_table(lines[end].text) {
            end += 1;
        }
        let fragments = fragments(&lines[i..end]);
        rows.push(place(&fragments, &kinds)?);
        i = end;
    }
    (rows.len() > 1).then_some((i, Stretch::Table { header: true, rows }))
}

/// Longest name of a column, in bytes.
const NAME: usize = 90;

/// Column names on one line, or one a line.
fn heading(lines: &[Line<'_>]) -> Option<(usize, Vec<Paragraph>)> {
    let is_head = |cells: &[Paragraph]| {
        let known = cells.iter().filter(|c| labels::kind(&c.text).is_some()).count();
        cells.len() >= 3 && known >= 3 && known * 2 > cells.len()
    };
    let line = lines.first()?;
    // Every line of a text passes here.
    let first = line.text.split(char::is_whitespace).next()?;
    if line.text.len() > 200 || first.len() > NAME || labels::kind(first).is_none() {
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
    // 序号 stands once among them.
    let names = lines[1..].iter().take(FRAGMENTS).map(|l| labels::kind(l.text));
    let used = 1 + names.take_while(|k| k.is_some_and(|k| k != Label::Ordinal)).count();
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
    let number = numbering::number_at(text);
    columns::ends_table(text)
        || text.ends_with("印发")
        || number.is_some_and(|n| n.style.is_statutory() || n.style == numbering::Style::Ideographic)
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
