//! 交付: from the units of a page to a [`Source`], with what was left out.

use super::body;
use super::dom::{Id, Kind, ROOT, Tree};
use super::flow::{self, Content, Found, Unit};
use super::head::{self, Head};
use super::look::Look;
use super::table::Sheet;
use super::trim;
use crate::piece::{Cell, Enclosure, EnclosureKind, Grid, Note, Piece, Place, Refusal, Source};
use crate::read::pages::ALONE;

/// Less text than this, in characters, without a sentence in it, is no document.
const LEAST: usize = 30;
/// A hidden text longer than this, in characters, is compared with what is read.
const COPY: usize = 100;
/// A title that the page states is printed within this many paragraphs, over this many lines at most.
const TITLE_WITHIN: usize = 12;
/// See [`TITLE_WITHIN`].
const TITLE_LINES: usize = 8;
/// How much of what is left out a note quotes, in characters.
const QUOTED: usize = 60;

/// Makes a source of a page.
pub(super) fn source(tree: &Tree, page: &str) -> Result<Source, Refusal> {
    let look = Look::at(tree, false);
    let read = Read::of(tree, &look);
    if read.has_text() {
        return read.give(tree, page, &look);
    }
    // A page that shows its text by script only.
    let all = Look::at(tree, true);
    let hidden = Read::of(tree, &all);
    if hidden.has_text() && !asks_for_password(tree) {
        let mut source = hidden.give(tree, page, &all)?;
        source.notes.push(note("", "正文在网页里是隐藏的，已照样读入，请核对".to_owned()));
        return Ok(source);
    }
    Err(read.refusal())
}

/// A page with its text found.
struct Read {
    found: Found,
    head: Head,
    labels: Vec<(String, String)>,
    /// By unit: true where it is left out.
    out: Vec<bool>,
}

impl Read {
    fn of(tree: &Tree, look: &Look) -> Read {
        let region = body::find(tree, look);
        let found = flow::walk(tree, look, ROOT, region, false);
        let labels = head::stated(tree);
        let title = labels.iter().find(|(l, _)| l == "标题").map(|(_, v)| v.as_str());
        let head = head::read(&found.units, title);
        let mut out = trim::left_out(&found.units);
        head.taken.iter().zip(&mut out).for_each(|(taken, out)| *out |= taken);
        Read { found, head, labels, out }
    }

    /// The units that are the text.
    fn text(&self) -> impl Iterator<Item = &Unit> {
        self.found.units.iter().zip(&self.out).filter(|(u, out)| u.inside && !**out).map(|(u, _)| u)
    }

    fn has_text(&self) -> bool {
        let mut chars = 0;
        let mut sentence = false;
        for unit in self.text() {
            let text = unit.text();
            chars += text.chars().filter(|c| c.is_alphanumeric()).count();
            sentence |= text.contains(['。', '；', '：']) || matches!(unit.content, Content::Table(_));
            if sentence && chars >= LEAST || chars >= 4 * LEAST {
                return true;
            }
        }
        false
    }

    fn refusal(&self) -> Refusal {
        let of = |kind| self.found.enclosures.iter().filter(move |(e, inside)| *inside && e.kind == kind);
        if let Some((file, _)) = of(EnclosureKind::Attachment).next() {
            let name = if file.name.is_empty() { &file.target } else { &file.name };
            return Refusal::new(
                "html-only-attachments",
                "网页里没有正文，只有附件",
                format!("请打开网页下载附件“{name}”，导入那个文件"),
            );
        }
        if of(EnclosureKind::Image).next().is_some() {
            return Refusal::new(
                "html-only-images",
                "网页里没有正文，只有图片",
                "请先用文字识别（OCR）软件把图片转成文字，再导入",
            );
        }
        Refusal::new(
            "html-no-text",
            "网页里没有正文",
            "正文可能要登录或由脚本显示：请在浏览器里打开，等正文显示后另存为“网页，全部”，再导入",
        )
    }

    fn give(self, tree: &Tree, page: &str, look: &Look) -> Result<Source, Refusal> {
        if self.found.too_large {
            return Err(Refusal::new(
                "html-table-too-large",
                "网页里有一张表超过 20 万格，不像一份文件",
                "请把这张表另存为 Excel 文件，或分成几张表，再导入",
            ));
        }
        let places = Locator::new(page);
        let mut source = Source { labels: self.labels.clone(), ..Source::default() };
        let mut rows = Vec::new();
        for labelled in &self.head.labels {
            let place = places.at(labelled.at);
            let label = source.cell(&format!("{}：", labelled.label), place.clone());
            rows.push(vec![label, source.cell(&labelled.value, place)]);
        }
        if !rows.is_empty() {
            source.pieces.push(Piece::Table(Grid { rows }));
        }
        if let Some(unit) = self.head.title.and_then(|i| self.found.units.get(i)) {
            source.paragraph(&unit.text(), head::TITLE, places.at(unit.at));
        }
        if let Some(unit) = self.head.number.and_then(|i| self.found.units.get(i)) {
            give(unit, &places, &mut source);
        }
        let text: Vec<&Unit> = self.text().collect();
        let lines = self.title_lines(&text);
        if let Some((first, rest)) = text.get(lines.clone()).and_then(|t| t.split_first()) {
            let title = rest.iter().fold(first.text(), |title, line| format!("{title}\n{}", line.text()));
            text[..lines.start].iter().for_each(|unit| give(unit, &places, &mut source));
            source.paragraph(&title, head::TITLE, places.at(first.at));
        }
        text[lines.end..].iter().for_each(|unit| give(unit, &places, &mut source));
        self.notes(tree, look, &places, &mut source);
        let pages = turned(tree).unwrap_or_else(|| self.found.next.into_iter().collect());
        let page = |target| Enclosure { kind: EnclosureKind::Page, name: String::new(), target };
        source.enclosures =
            self.found.enclosures.into_iter().map(|(e, _)| e).chain(pages.into_iter().map(page)).collect();
        Ok(source)
    }

    /// The lines of the text that are together the title which the page states; empty at the beginning where none are.
    fn title_lines(&self, text: &[&Unit]) -> std::ops::Range<usize> {
        let printed = self.head.labels.iter().map(|l| (&l.label, &l.value));
        let stated = printed.chain(self.labels.iter().map(|(l, v)| (l, v))).filter(|(l, _)| is_title_label(l));
        let titles: Vec<String> = stated.map(|(_, v)| head::letters(v)).filter(|t| !t.is_empty()).collect();
        for start in 0..text.len().min(TITLE_WITHIN) {
            let mut lines = String::new();
            for (i, unit) in text.iter().enumerate().skip(start).take(TITLE_LINES) {
                let Content::Paragraph(line, _) = &unit.content else { break };
                lines.push_str(&head::letters(line));
                if titles.contains(&lines) {
                    return start..i + 1;
                }
                if !titles.iter().any(|t| t.starts_with(lines.as_str())) {
                    break;
                }
            }
        }
        0..0
    }

    /// Says what was left out.
    fn notes(&self, tree: &Tree, look: &Look, places: &Locator<'_>, source: &mut Source) {
        let units = || self.found.units.iter().enumerate();
        let outside: Vec<String> =
            units().filter(|(i, u)| !u.inside && !self.head.taken[*i]).map(|(_, u)| u.text()).collect();
        if let Some(said) = quoted(&outside) {
            source.notes.push(note("", format!("没有读入正文以外的菜单、链接、页脚等 {said}")));
        }
        let inside: Vec<&Unit> =
            units().filter(|(i, u)| u.inside && self.out[*i] && !self.head.taken[*i]).map(|(_, u)| u).collect();
        if let Some(said) = quoted(&inside.iter().map(|u| u.text()).collect::<Vec<_>>()) {
            let place = inside.first().map(|u| places.at(u.at).to_string()).unwrap_or_default();
            source.notes.push(note(&place, format!("正文里像是网页的按钮、链接或重复的内容，没有读入 {said}")));
        }
        let read = head::letters(&self.text().map(Unit::text).collect::<String>());
        // A copy of the text itself is not missed.
        let copy = |t: &String| t.chars().count() > COPY && read.contains(&head::letters(t));
        let mut hidden: Vec<String> = look.hidden.iter().map(|id| seen_text(tree, *id)).collect();
        hidden.retain(|t| !copy(t));
        if let Some(said) = quoted(&hidden) {
            source.notes.push(note("", format!("没有读入网页隐藏的内容 {said}")));
        }
        if let Some(said) = quoted(&self.found.struck) {
            source.notes.push(note("", format!("没有读入划了删除线的内容 {said}")));
        }
        if self.found.pager || turned(tree).is_some() {
            source.notes.push(note("", ALONE.to_owned()));
        }
    }
}

fn is_title_label(label: &str) -> bool {
    matches!(label, "标题" | "名称" | "信息名称" | "文件名称")
}

fn note(place: &str, message: String) -> Note {
    Note { place: place.to_owned(), message }
}

/// 120 字：首页 政务公开…; `None` where there are no words.
fn quoted(texts: &[String]) -> Option<String> {
    let words = || texts.iter().flat_map(|t| t.split_whitespace());
    let chars: usize = words().map(|w| w.chars().count()).sum();
    if chars == 0 {
        return None;
    }
    let mut first = String::new();
    for word in words() {
        if first.chars().count() >= QUOTED {
            break;
        }
        if !first.is_empty() {
            first.push(' ');
        }
        first.push_str(word);
    }
    let cut: String = first.chars().take(QUOTED).collect();
    let more = if cut.chars().filter(|c| !c.is_whitespace()).count() < chars { "…" } else { "" };
    Some(format!("{chars} 字：{cut}{more}"))
}

/// The words of a hidden element, scripts and the like aside.
fn seen_text(tree: &Tree, root: Id) -> String {
    let mut all = String::new();
    for id in tree.nodes(root) {
        if let Kind::Text(text, _) = tree.kind(id)
            && !matches!(tree.tag(tree.parent(id)), "script" | "style" | "noscript" | "textarea" | "option")
        {
            all.push_str(text);
            all.push(' ');
        }
    }
    all
}

/// The pages after this one that a script of the publisher's turns: createPageHTML(3, 0, "t2024", "html") stands for
/// t2024_1.html and t2024_2.html. `None` where no script turns pages.
fn turned(tree: &Tree) -> Option<Vec<String>> {
    const CALL: &str = "createPageHTML(";
    const MOST: usize = 200;
    for id in tree.nodes(ROOT).filter(|id| tree.tag(*id) == "script") {
        let text = tree.text(id);
        let Some((call, _)) = text.split_once(CALL).and_then(|(_, rest)| rest.split_once(')')) else { continue };
        let mut given = call.split(',').map(|a| a.trim().trim_matches(['"', '\'']));
        let mut number = || given.next().and_then(|a| a.parse::<usize>().ok());
        let Some(count) = number() else { continue };
        let at = number().unwrap_or(0);
        if count > 1 {
            let (name, ending) = (given.next().unwrap_or(""), given.next().unwrap_or(""));
            let of = |n| format!("{name}_{n}.{ending}");
            return Some(if name.is_empty() { Vec::new() } else { (at + 1..count.min(MOST)).map(of).collect() });
        }
    }
    None
}

fn asks_for_password(tree: &Tree) -> bool {
    tree.nodes(ROOT).any(|id| tree.tag(id) == "input" && tree.attribute(id, "type") == Some("password"))
}

/// Appends a unit to the source.
fn give(unit: &Unit, places: &Locator<'_>, source: &mut Source) {
    match &unit.content {
        Content::Paragraph(text, style) => source.paragraph(text, *style, places.at(unit.at)),
        Content::Lines(text) => {
            let range = source.append(text);
            source.places.push(range.start, places.at(unit.at));
            source.pieces.push(Piece::Lines(range));
        }
        Content::Table(sheet) => {
            let grid = grid(sheet, places, source);
            source.pieces.push(Piece::Table(grid));
        }
    }
}

fn grid(sheet: &Sheet, places: &Locator<'_>, source: &mut Source) -> Grid {
    let mut rows = Vec::with_capacity(sheet.rows.len());
    for row in &sheet.rows {
        let mut cells = Vec::with_capacity(row.len());
        for field in row {
            let cell = match field.text.is_empty() {
                true => Cell::of(source.text.len()..source.text.len()),
                false => source.cell(&field.text, places.at(field.at)),
            };
            cells.push(Cell { rows: field.rows, columns: field.columns, header: field.header, ..cell });
        }
        rows.push(cells);
    }
    Grid { rows }
}

/// Finds line and column of a byte, whatever the order in which they are asked for.
struct Locator<'a> {
    page: &'a str,
    /// Places on the way, [`STEP`] bytes or a little more apart: byte, line and column.
    known: Vec<(usize, usize, usize)>,
}

/// See [`Locator`].
const STEP: usize = 4096;

impl<'a> Locator<'a> {
    fn new(page: &'a str) -> Self {
        let mut known = vec![(0, 1, 1)];
        let (mut line, mut column, mut next) = (1, 1, STEP);
        for (at, c) in page.char_indices() {
            if at >= next {
                known.push((at, line, column));
                next = at + STEP;
            }
            (line, column) = if c == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
        Locator { page, known }
    }

    fn at(&self, byte: usize) -> Place {
        let i = self.known.partition_point(|(at, ..)| *at <= byte).saturating_sub(1);
        let (start, mut line, mut column) = self.known[i];
        for c in self.page.get(start..byte).unwrap_or("").chars() {
            (line, column) = if c == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
        Place::Line { line, column }
    }
}
