//! 图: boxes in layers with lines between them, drawn at build as SVG that needs no script and no style of its own.
//!
//! The layers are given (国家, 省, 市, 县), which is why no general layout library draws it: those choose the layers
//! themselves. `layers` orders the boxes of each layer so that few lines cross, `place` gives them coordinates, and this
//! file writes what comes of it. Sizes are in CSS pixels, so that the text of a picture is as large as that of its page;
//! a picture that is wider than the screen scrolls inside its frame.

mod layers;
mod place;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::html::{Markup, html};
use layers::Layers;
use place::{Placed, Point};

/// Which way the layers follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// From top to bottom: for few boxes, and narrow screens.
    Down,
    /// From left to right: for many boxes in few layers.
    Right,
}

/// A picture.
#[derive(Debug)]
pub struct Figure {
    /// The boxes, in the order in which they stand where no line says otherwise.
    pub boxes: Vec<Node>,
    /// The lines.
    pub lines: Vec<Line>,
    /// Which way it runs.
    pub way: Way,
    /// What it shows, for those who do not see it.
    pub label: String,
    /// `lang` of what stands in boxes and on lines, where that is not the language of the page, and of notes in boxes.
    pub languages: [Option<&'static str>; 2],
}

/// A box.
#[derive(Debug)]
pub struct Node {
    /// What stands in it, a line each.
    pub text: Vec<Text>,
    /// The whole of it, for the pointer.
    pub title: String,
    /// Where it leads; empty where nowhere.
    pub href: String,
    /// False for what the site does not hold: a dashed box.
    pub held: bool,
    /// True for what the page is about.
    pub here: bool,
    /// Its layer, from 0.
    pub layer: usize,
}

/// A line of text in a box.
#[derive(Debug, PartialEq, Eq)]
pub enum Text {
    /// What it is called.
    Name(String),
    /// What it is about.
    Plain(String),
    /// Where and when.
    Meta(String),
    /// What the site says of it.
    Note(String),
}

/// A line from a box to another.
#[derive(Debug)]
pub struct Line {
    /// Index into the boxes.
    pub from: usize,
    /// Index into the boxes.
    pub to: usize,
    /// A word or two at its end; empty for none.
    pub label: String,
    /// Where the word leads.
    pub href: String,
    /// The whole of it, for the pointer.
    pub title: String,
    /// True for a dotted line.
    pub dotted: bool,
}

/// Width of a box, and what fits into a line of it, in columns of half a character. Two boxes beside each other are as
/// wide as the narrowest screen.
pub const WIDTH: f64 = 156.0;
const COLUMNS: usize = 22;
/// Height of a line of text, and what is left free above and below all of them.
const LINE: f64 = 19.0;
const PADDING: f64 = 8.0;
/// Size of the word at a line's end: a finger's width high.
const WORD: (f64, f64) = (38.0, 24.0);
/// From this width on a picture is for large screens; the table beside it says the same.
const LARGE: f64 = 720.0;
/// Most lines that end in one box with words of their own.
const WORDS: usize = 3;

/// `text` in at most `most` lines of a box, which are about as long as each other.
pub fn wrapped(text: &str, most: usize) -> Vec<String> {
    let rows = text.width().div_ceil(COLUMNS).clamp(1, most.max(1));
    // A line of Chinese may end a column early.
    let columns = (text.width().div_ceil(rows) + 1).min(COLUMNS);
    let mut lines = vec![String::new()];
    let mut width = 0;
    for c in text.chars() {
        let wide = c.width().unwrap_or(0);
        let full = if lines.len() == rows { COLUMNS } else { columns };
        if width + wide > full {
            if lines.len() == rows {
                if let Some(last) = lines.last_mut() {
                    while last.width() + 2 > COLUMNS && last.pop().is_some() {}
                    last.push('…');
                }
                return lines;
            }
            lines.push(String::new());
            width = 0;
        }
        width += wide;
        if let Some(last) = lines.last_mut() {
            last.push(c);
        }
    }
    lines.retain(|l| !l.is_empty());
    lines
}

fn height(of: &Node) -> f64 {
    2.0 * PADDING + LINE * of.text.len() as f64
}

/// Draws the picture. A line from a box that does not exist is left out.
pub fn draw(figure: &Figure) -> Markup {
    let known = |l: &&Line| l.from < figure.boxes.len() && l.to < figure.boxes.len() && l.from != l.to;
    let lines: Vec<&Line> = figure.lines.iter().filter(known).collect();
    let ends: Vec<(usize, usize)> = lines.iter().map(|l| (l.from, l.to)).collect();
    let heights: Vec<f64> = figure.boxes.iter().map(height).collect();
    let layers = Layers::of(&figure.boxes.iter().map(|b| b.layer).collect::<Vec<_>>(), &ends);
    let placed = Placed::of(&layers, &heights, figure.way);
    let mut arriving = vec![0; figure.boxes.len()];
    ends.iter().for_each(|&(_, to)| arriving[to] += 1);
    let worded = |l: &Line| !l.label.is_empty() && arriving[l.to] <= WORDS;
    html! {
        svg class=(if placed.width > LARGE { "picture large" } else { "picture" }) viewBox=(format!("0 0 {} {}", placed.width, placed.height)) width=(placed.width) height=(placed.height) role="group" aria-label=(figure.label) {
            @for (line, track) in lines.iter().zip(&placed.tracks) {
                path class=(if line.dotted { "line dotted" } else { "line" }) d=(path(track, figure.way)) lang=[figure.languages[0]] {
                    @if !line.title.is_empty() { title { (line.title) } }
                }
                @if let Some(end) = track.last() { path class="tip" d=(tip(*end, figure.way)) {} }
            }
            @for (b, at) in figure.boxes.iter().zip(&placed.boxes) { (boxed(b, *at, figure.languages)) }
            @for (line, track) in lines.iter().zip(&placed.tracks).filter(|(l, _)| worded(l)) {
                @if let Some(end) = track.last() { (word(line, *end, figure.way)) }
            }
        }
    }
}

fn boxed(b: &Node, at: Point, languages: [Option<&'static str>; 2]) -> Markup {
    let height = height(b);
    let class = match (b.held, b.here) {
        (_, true) => "box here",
        (true, false) => "box",
        (false, false) => "box absent",
    };
    let inside = html! {
        rect class=(class) x=(at.x) y=(at.y) width=(WIDTH) height=(height) rx="6" { title { (b.title) } }
        @for (i, text) in b.text.iter().enumerate() {
            @let (class, words) = match text {
                Text::Name(words) => ("name", words),
                Text::Plain(words) => ("plain", words),
                Text::Meta(words) | Text::Note(words) => ("meta-text", words),
            };
            @let lang = languages[1].filter(|_| matches!(text, Text::Note(_)));
            text class=(class) x=(at.x + WIDTH / 2.0) y=(round(at.y + PADDING + LINE * (i as f64 + 0.74))) lang=[lang] { (words) }
        }
    };
    html! {
        @if b.href.is_empty() || b.here { g lang=[languages[0]] { (inside) } } @else { a href=(b.href) lang=[languages[0]] { (inside) } }
        "\n"
    }
}

/// The word at the end of a line, which leads to what says so.
fn word(line: &Line, end: Point, way: Way) -> Markup {
    let (width, height) = WORD;
    let (x, y) = match way {
        Way::Down => (end.x - width / 2.0, end.y - height - 10.0),
        Way::Right => (end.x - width - 12.0, end.y - height / 2.0),
    };
    let inside = html! {
        rect class="word" x=(round(x)) y=(round(y)) width=(width) height=(height) rx="4" {}
        text class="word-text" x=(round(x + width / 2.0)) y=(round(y + 16.5)) { (line.label) }
    };
    html! { @if line.href.is_empty() { (inside) } @else { a href=(line.href) { (inside) } } "\n" }
}

/// A line: curved between the layers, straight through those that it passes.
fn path(track: &[Point], way: Way) -> String {
    let mut d = String::new();
    for (i, p) in track.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|b| track.get(b));
        match before {
            None => d.push_str(&format!("M{} {}", p.x, p.y)),
            Some(from) if i % 2 == 1 => {
                let (a, b) = match way {
                    Way::Down => {
                        let middle = round((from.y + p.y) / 2.0);
                        ((from.x, middle), (p.x, middle))
                    }
                    Way::Right => {
                        let middle = round((from.x + p.x) / 2.0);
                        ((middle, from.y), (middle, p.y))
                    }
                };
                d.push_str(&format!("C{} {} {} {} {} {}", a.0, a.1, b.0, b.1, p.x, p.y));
            }
            Some(_) => d.push_str(&format!("L{} {}", p.x, p.y)),
        }
    }
    d
}

fn tip(end: Point, way: Way) -> String {
    let Point { x, y } = end;
    match way {
        Way::Down => format!("M{x} {y}l-4 -8h8z"),
        Way::Right => format!("M{x} {y}l-8 -4v8z"),
    }
}

/// To a tenth, so that the text of a picture is short and the same on every machine.
fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str, layer: usize) -> Node {
        let text = vec![Text::Name(name.to_owned())];
        Node { text, title: name.to_owned(), href: format!("{name}.html"), held: true, here: false, layer }
    }

    fn line(from: usize, to: usize) -> Line {
        let [label, href, title] = ["贯彻", "#一", "甲贯彻乙"].map(str::to_owned);
        Line { from, to, label, href, title, dotted: false }
    }

    #[test]
    fn text_in_lines() {
        assert_eq!(wrapped("国办发〔2015〕84号", 1), ["国办发〔2015〕84号"]);
        let title = "关于推进医疗卫生与养老服务相结合指导意见的通知";
        assert_eq!(wrapped(title, 3), ["关于推进医疗卫生", "与养老服务相结合", "指导意见的通知"]);
        assert_eq!(wrapped(title, 2), ["关于推进医疗卫生与养老", "服务相结合指导意见的…"]);
        assert_eq!(wrapped("", 2), [""; 0]);
    }

    /// What is not held is dashed, what the page is about leads nowhere, and a text is escaped.
    #[test]
    fn boxes_and_lines() {
        let mut above = named("<甲>", 0);
        above.held = false;
        let mut here = named("乙", 1);
        here.here = true;
        let figure = Figure {
            boxes: vec![above, here],
            lines: vec![line(0, 1)],
            way: Way::Down,
            label: "图".into(),
            languages: [None; 2],
        };
        let svg = draw(&figure).0;
        assert!(svg.contains("class=\"box absent\"") && svg.contains("class=\"box here\""), "{svg}");
        assert!(svg.contains("&lt;甲&gt;.html") && !svg.contains("href=\"乙.html\""), "{svg}");
        assert!(svg.contains("<a href=\"#一\">") && svg.contains(">贯彻</text>"), "{svg}");
        assert!(!svg.contains("style="), "a page's policy allows no style in it");
    }

    /// Boxes of one layer never cover each other, whatever lines there are, and a line to nowhere is left out.
    #[test]
    fn nothing_overlaps() {
        for way in [Way::Down, Way::Right] {
            let boxes: Vec<Node> = (0..40).map(|i| named(&i.to_string(), i % 4)).collect();
            let lines: Vec<Line> = (0..60).map(|i| line(i * 7 % 40, i * i % 41)).collect();
            let heights: Vec<f64> = boxes.iter().map(height).collect();
            let ends: Vec<_> = lines.iter().filter(|l| l.to < 40 && l.from != l.to).map(|l| (l.from, l.to)).collect();
            let layers = Layers::of(&boxes.iter().map(|b| b.layer).collect::<Vec<_>>(), &ends);
            let placed = Placed::of(&layers, &heights, way);
            for (i, a) in placed.boxes.iter().enumerate() {
                assert!(a.x >= 0.0 && a.y >= 0.0 && a.x + WIDTH <= placed.width && a.y + heights[i] <= placed.height);
                for (j, b) in placed.boxes.iter().enumerate().skip(i + 1) {
                    let apart =
                        (a.x - b.x).abs() >= WIDTH || a.y + heights[i] <= b.y + 0.1 || b.y + heights[j] <= a.y + 0.1;
                    assert!(apart, "{way:?}: {i} {a:?} and {j} {b:?}");
                }
            }
            assert_eq!(placed.tracks.len(), ends.len());
            draw(&Figure { boxes, lines, way, label: String::new(), languages: [None; 2] });
        }
        assert!(
            draw(&Figure { boxes: vec![], lines: vec![], way: Way::Down, label: String::new(), languages: [None; 2] })
                .0
                .contains("svg")
        );
    }
}
