//! 排版: the paragraphs and tables of a page in reading order, as a browser sets them.

use std::collections::{HashMap, HashSet};

use super::dom::{Id, Kind, Step, Tree};
use super::line::{Draft, Line};
use super::look::{Look, style};
use super::sites::SITES;
use super::table::{self, Field, Sheet};
use crate::numbering;
use crate::piece::{Enclosure, EnclosureKind, Style};

/// A paragraph or a table, and where in the page it is from.
pub(super) struct Unit {
    /// What it is.
    pub(super) content: Content,
    /// The byte of the page at which it begins.
    pub(super) at: usize,
    /// It stands in the text of the document.
    pub(super) inside: bool,
    /// It stands in what is named as menus and share bars are.
    pub(super) furniture: bool,
    /// It stands where publishers set the title.
    pub(super) title: bool,
    /// Characters of it that are links to other pages.
    pub(super) linked: usize,
}

/// What a [`Unit`] is.
pub(super) enum Content {
    /// A paragraph.
    Paragraph(String, Style),
    /// Lines that the page breaks, where it is not known which are one paragraph.
    Lines(String),
    /// A table of data.
    Table(Sheet),
}

impl Unit {
    /// The words, cells one after the other.
    pub(super) fn text(&self) -> String {
        match &self.content {
            Content::Paragraph(text, _) | Content::Lines(text) => text.clone(),
            Content::Table(sheet) => {
                let cells = sheet.rows.iter().flatten().map(|c| c.text.as_str()).filter(|t| !t.is_empty());
                cells.collect::<Vec<_>>().join(" ")
            }
        }
    }
}

/// What a walk through a page finds.
#[derive(Default)]
pub(super) struct Found {
    /// Paragraphs and tables, in reading order.
    pub(super) units: Vec<Unit>,
    /// Linked files and pictures; of the files, true for those that stand in the text.
    pub(super) enclosures: Vec<(Enclosure, bool)>,
    /// Words that are struck out, which are not read.
    pub(super) struck: Vec<String>,
    /// The words of links to other pages of the same document.
    pub(super) pager: bool,
    /// The address of the next page.
    pub(super) next: Option<String>,
    /// A table with more cells than are followed.
    pub(super) too_large: bool,
}

/// How what stands in an element is set.
#[derive(Clone, Copy, Default)]
struct Setting {
    centred: bool,
    bold: bool,
    heading: Option<u8>,
    preformatted: bool,
    linked: bool,
    superscript: bool,
    struck: bool,
    inside: bool,
    furniture: bool,
    title: bool,
}

/// Walks through `root`; what stands in `region` is the text of the document. In a cell every table is laid out as
/// text is.
pub(super) fn walk(tree: &Tree, look: &Look, root: Id, region: Id, in_cell: bool) -> Found {
    let mut flow = Flow {
        tree,
        found: Found::default(),
        draft: Draft::default(),
        settings: vec![Setting::default()],
        lists: HashMap::new(),
        files: HashSet::new(),
    };
    let guard = look.of(region).chars / 5;
    let mut steps = tree.walk(root);
    while let Some(step) = steps.next() {
        match step {
            Step::Open(id) if !look.shows(id) => steps.pass_over(id),
            Step::Open(id) => match tree.kind(id) {
                Kind::Text(text, at) => flow.text(text, *at),
                Kind::Element(..) => {
                    let mut setting = flow.set(id);
                    setting.inside |= id == region;
                    // In the text itself only a small part is believed to be furniture, whatever its name.
                    setting.furniture |= SITES.is_furniture(tree, id)
                        && !tree.within(region, id)
                        && (!setting.inside || look.of(id).chars <= guard.min(400));
                    flow.open(id, setting);
                    if tree.tag(id) == "table" && !in_cell && table::is_data(tree, look, id, region) {
                        flow.table(look, id, setting);
                        steps.pass_over(id);
                        flow.close(id);
                    }
                }
                Kind::Document => flow.settings.push(Setting { inside: id == region, ..Setting::default() }),
                Kind::Comment(_) => {}
            },
            Step::Close(id) => flow.close(id),
        }
    }
    flow.flush();
    flow.found
}

struct Flow<'a> {
    tree: &'a Tree,
    found: Found,
    draft: Draft,
    settings: Vec<Setting>,
    /// The number of the last entry of each list.
    lists: HashMap<Id, usize>,
    /// The addresses of the files that have been met.
    files: HashSet<String>,
}

impl Flow<'_> {
    fn now(&self) -> Setting {
        self.settings.last().copied().unwrap_or_default()
    }

    /// How what stands in element `id` is set.
    fn set(&self, id: Id) -> Setting {
        let tree = self.tree;
        let mut now = self.now();
        let tag = tree.tag(id);
        let align = style(tree, id, "text-align").or(tree.attribute(id, "align"));
        match align {
            Some(align) if is_block(tag) => now.centred = align.eq_ignore_ascii_case("center"),
            _ if tag == "center" => now.centred = true,
            _ => {}
        }
        match style(tree, id, "font-weight") {
            Some(weight) => {
                now.bold = weight.eq_ignore_ascii_case("bold")
                    || weight.eq_ignore_ascii_case("bolder")
                    || weight.parse::<u32>().is_ok_and(|w| w >= 600);
            }
            None => now.bold |= matches!(tag, "b" | "strong" | "th"),
        }
        if let [b'h', level @ b'1'..=b'6'] = tag.as_bytes() {
            now.heading = Some(level - b'0');
        }
        let spaces = style(tree, id, "white-space");
        now.preformatted |= matches!(tag, "pre" | "listing" | "xmp") || spaces.is_some_and(|s| s.starts_with("pre"));
        now.linked |=
            tag == "a" && tree.attribute(id, "href").is_some_and(|h| !SITES.is_file(h) && !h.starts_with('#'));
        now.superscript |= tag == "sup";
        now.struck |= matches!(tag, "del" | "s" | "strike")
            || style(tree, id, "text-decoration").is_some_and(|d| d.contains("line-through"));
        now.title |= SITES.is_title(tree, id);
        now
    }

    fn open(&mut self, id: Id, setting: Setting) {
        let tag = self.tree.tag(id);
        match tag {
            "br" => self.draft.break_line(),
            "img" => self.picture(id, setting),
            "a" => self.link(id, setting),
            _ if self.blocks(id) => self.flush(),
            _ => {}
        }
        self.settings.push(setting);
        if tag == "li" && setting.inside {
            self.draft.number = self.number(id);
        }
    }

    fn close(&mut self, id: Id) {
        if self.blocks(id) {
            self.flush();
        }
        self.settings.pop();
    }

    /// True for an element that begins and ends a paragraph.
    fn blocks(&self, id: Id) -> bool {
        match style(self.tree, id, "display") {
            Some("block" | "table" | "flex" | "grid" | "list-item") => true,
            Some("inline" | "inline-block") => false,
            _ => is_block(self.tree.tag(id)),
        }
    }

    fn text(&mut self, text: &str, at: usize) {
        let now = self.now();
        if now.struck {
            if !text.trim().is_empty() {
                self.found.struck.push(text.trim().to_owned());
            }
            return;
        }
        if self.draft.is_blank() {
            let style = Style { heading: now.heading, centred: now.centred, bold: true };
            self.draft.begin(style, (now.inside, now.furniture, now.title));
        }
        let raised = now.superscript && text.chars().all(|c| c.is_ascii_digit());
        match raised {
            true => {
                self.draft.push(&text.chars().map(superscript).collect::<String>(), at, now.bold, now.linked, false)
            }
            false => self.draft.push(text, at, now.bold, now.linked, now.preformatted),
        }
    }

    fn picture(&mut self, id: Id, setting: Setting) {
        let narrow = self.tree.attribute(id, "width").and_then(|w| w.trim_end_matches("px").parse::<u32>().ok());
        if !setting.inside || setting.furniture || narrow.is_some_and(|w| w <= 40) {
            return;
        }
        let words = |name| self.tree.attribute(id, name).map(str::trim).filter(|w| !w.is_empty());
        let target = self.tree.attribute(id, "src").filter(|s| !s.starts_with("data:")).unwrap_or("");
        if SITES.is_icon(target) {
            return;
        }
        self.found.enclosures.push((
            Enclosure {
                kind: EnclosureKind::Image,
                name: words("alt").or(words("title")).unwrap_or("").to_owned(),
                target: target.to_owned(),
            },
            true,
        ));
    }

    fn link(&mut self, id: Id, setting: Setting) {
        let words = self.tree.text(id);
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        self.found.pager |= !setting.struck && SITES.is_pager(&words);
        let address = self.tree.attribute(id, "href");
        if !setting.struck && self.found.next.is_none() && SITES.is_next(&words) {
            let leads = |h: &&str| !h.is_empty() && !h.starts_with(['#', '?']) && !h.starts_with("javascript:");
            self.found.next = address.filter(leads).map(str::to_owned);
        }
        let Some(target) = address.filter(|h| SITES.is_file(h)) else { return };
        let titled = self.tree.attribute(id, "title").or(self.tree.attribute(id, "download")).unwrap_or("").trim();
        let name = if words.is_empty() { titled.to_owned() } else { words };
        if setting.furniture && !name.contains("附件") {
            return;
        }
        if self.files.insert(target.to_owned()) {
            let enclosure = Enclosure { kind: EnclosureKind::Attachment, name, target: target.to_owned() };
            self.found.enclosures.push((enclosure, setting.inside));
        }
    }

    fn table(&mut self, look: &Look, id: Id, setting: Setting) {
        let sheet = table::read(self.tree, look, id);
        for found in sheet.1 {
            self.found.enclosures.extend(found.enclosures.into_iter().map(|(e, _)| (e, setting.inside)));
            self.found.struck.extend(found.struck);
        }
        let Some(mut sheet) = sheet.0 else {
            self.found.too_large = true;
            return;
        };
        let (over, under) = table::peel(&mut sheet);
        let style = Style { centred: true, ..Style::default() };
        if let Some(caption) = &sheet.caption {
            self.unit(Content::Paragraph(caption.text.clone(), style), caption.at, setting, 0);
        }
        for field in over {
            self.lines(&field, style, setting);
        }
        let at = sheet.rows.iter().flatten().find(|c| !c.text.is_empty()).map_or(0, |c| c.at);
        self.unit(Content::Table(sheet), at, setting, look.of(id).linked);
        for field in under {
            self.lines(&field, Style::default(), setting);
        }
    }

    /// The lines of a cell as paragraphs.
    fn lines(&mut self, field: &Field, style: Style, setting: Setting) {
        for line in field.text.lines() {
            self.unit(Content::Paragraph(line.to_owned(), style), field.at, setting, 0);
        }
    }

    fn unit(&mut self, content: Content, at: usize, setting: Setting, linked: usize) {
        let Setting { inside, furniture, title, .. } = setting;
        self.found.units.push(Unit { content, at, inside, furniture, title, linked });
    }

    /// The number that a list gives to an entry, where the page itself asks for one: most sites take them away by their
    /// style sheets, which are not here.
    fn number(&mut self, id: Id) -> Option<String> {
        let tree = self.tree;
        let list = tree.parent(id);
        if tree.tag(list) != "ol" {
            return None;
        }
        let stated = |id, name| tree.attribute(id, name).and_then(|v| v.trim().parse::<usize>().ok());
        let start = stated(list, "start");
        let last = self.lists.get(&list).copied().unwrap_or(start.unwrap_or(1).saturating_sub(1));
        let n = stated(id, "value").unwrap_or(last.saturating_add(1));
        self.lists.insert(list, n);
        let kind = style(tree, list, "list-style-type").or(style(tree, list, "list-style"));
        match kind.or(tree.attribute(list, "type")).unwrap_or(if start.is_some() { "1" } else { "none" }) {
            "decimal" | "1" => Some(format!("{n}.")),
            "lower-alpha" | "lower-latin" | "a" => letter(b'a', n),
            "upper-alpha" | "upper-latin" | "A" => letter(b'A', n),
            _ => None,
        }
    }

    /// Ends the paragraph.
    fn flush(&mut self) {
        let draft = std::mem::take(&mut self.draft);
        let (inside, furniture, title) = draft.place;
        for Line { text, at, linked, style, broken } in draft.paragraphs() {
            let content = if broken { Content::Lines(text) } else { Content::Paragraph(text, style) };
            self.found.units.push(Unit { content, at, inside, furniture, title, linked });
        }
    }
}

/// The `n`th letter from `first` on, with its dot.
fn letter(first: u8, n: usize) -> Option<String> {
    let n = u8::try_from(n).ok().filter(|n| (1..=26).contains(n))?;
    Some(format!("{}.", char::from(first + n - 1)))
}

/// True where a paragraph says its own number.
pub(super) fn is_numbered(text: &str) -> bool {
    numbering::number_at(text).is_some() || text.starts_with(|c: char| c.is_ascii_digit())
}

fn superscript(digit: char) -> char {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    digit.to_digit(10).map_or(digit, |d| RAISED[d as usize])
}

/// True for the elements that browsers set as blocks.
pub(super) fn is_block(tag: &str) -> bool {
    matches!(
        tag,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "xmp"
            | "option"
            | "ucapcontent"
    )
}
