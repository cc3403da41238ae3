//! 字符清理: one character for each that a reader of the page sees.
//!
//! Bold drawn as fill and stroke, rules made of letters, radicals in place of ideographs and codes of private use are
//! the typesetter's means; none of them is what the document says.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::{Glyph, Page, Rule, UNKNOWN};
use crate::piece::{Note, Place};

/// Cleans the characters of all pages.
pub(super) fn clean(pages: &mut [Page], notes: &mut Vec<Note>) {
    for (i, page) in pages.iter_mut().enumerate() {
        upright(page);
        once(&mut page.glyphs);
        let place = Place::Page { page: i + 1, area: [0; 4] }.to_string();
        slanted(&mut page.glyphs, &place, notes);
        page.glyphs.iter_mut().for_each(|g| g.char = plain(g.char));
        drawn_rules(&mut page.glyphs, &place, notes);
        private(&mut page.glyphs, &place, notes);
        full_width(&mut page.glyphs);
        beside(page, &place, notes);
    }
}

/// Says how many characters stand beside the sheet, where nobody sees them: they are text all the same.
fn beside(page: &Page, place: &str, notes: &mut Vec<Note>) {
    let out = |g: &&Glyph| !g.char.is_whitespace() && (g.x > page.width || g.x + g.width < 0.0);
    let count = page.glyphs.iter().filter(out).count();
    if count > 0 {
        let message = format!("{count} 个字画在页面以外，看不见，照样读入，请核对");
        notes.push(Note { place: place.to_owned(), message });
    }
}

/// Turns a page whose text runs upward, downward or upside down.
fn upright(page: &mut Page) {
    let mut quarters = [0usize; 4];
    for glyph in &page.glyphs {
        if let Some(q) = quarter(glyph.angle) {
            quarters[q] += 1;
        }
    }
    let most = (0..4).rev().max_by_key(|&q| quarters[q]).unwrap_or(0);
    if most == 0 || quarters[most] * 10 < page.glyphs.len() * 7 {
        return;
    }
    let (w, h) = (page.width, page.height);
    // What ran to the right once `most` quarter turns to the right are taken back.
    let turn = |x: f32, y: f32| match most {
        1 => (y, w - x),
        2 => (w - x, h - y),
        _ => (h - y, x),
    };
    for glyph in &mut page.glyphs {
        (glyph.x, glyph.y) = turn(glyph.x, glyph.y);
        glyph.angle = (glyph.angle - 90.0 * most as f32).rem_euclid(360.0);
    }
    for rule in &mut page.rules {
        let ((x0, y0), (x1, y1)) = (turn(rule.x0, rule.y0), turn(rule.x1, rule.y1));
        *rule = if (x1 - x0).abs() >= (y1 - y0).abs() { Rule::level(y0, x0, x1) } else { Rule::upright(x0, y0, y1) };
    }
    if most != 2 {
        (page.width, page.height) = (h, w);
    }
}

/// The number of quarter turns of a direction; `None` where it is aslant.
fn quarter(angle: f32) -> Option<usize> {
    let turns = (angle / 90.0).round();
    ((angle - turns * 90.0).abs() <= 10.0).then(|| turns.rem_euclid(4.0) as usize)
}

/// Leaves one glyph of those that are drawn over each other: bold as fill and stroke, shadows.
fn once(glyphs: &mut Vec<Glyph>) {
    /// Characters of one kind are at least this share of their width apart.
    const APART: f32 = 0.4;
    let mut seen: HashMap<(char, i32, i32), Vec<(f32, f32)>> = HashMap::new();
    glyphs.retain(|g| {
        if g.char.is_whitespace() {
            return true;
        }
        let near = (if g.width > 0.0 { g.width } else { g.size / 4.0 } * APART).max(0.1);
        let cell = |v: f32| (v / 16.0).floor() as i32;
        let double = (cell(g.x - near)..=cell(g.x + near)).any(|cx| {
            (cell(g.y - near)..=cell(g.y + near)).any(|cy| {
                seen.get(&(g.char, cx, cy))
                    .is_some_and(|at| at.iter().any(|(x, y)| (x - g.x).abs() < near && (y - g.y).abs() < near))
            })
        });
        if !double {
            seen.entry((g.char, cell(g.x), cell(g.y))).or_default().push((g.x, g.y));
        }
        !double
    });
}

/// Takes out what is set aslant: a watermark.
fn slanted(glyphs: &mut Vec<Glyph>, place: &str, notes: &mut Vec<Note>) {
    let mut text = String::new();
    glyphs.retain(|g| {
        let keep = quarter(g.angle).is_some();
        if !keep {
            text.push(g.char);
        }
        keep
    });
    if !text.trim().is_empty() {
        let shown: String = text.chars().take(20).collect();
        notes.push(Note {
            place: place.to_owned(), message: format!("斜排的字是水印，没有读入：{}", shown.trim())
        });
    }
}

/// The ideograph for a radical, the character for one of its forms.
fn plain(c: char) -> char {
    static RADICALS: OnceLock<HashMap<char, char>> = OnceLock::new();
    match c {
        '\u{2e80}'..='\u{2fdf}' => *RADICALS
            .get_or_init(|| {
                let pairs = include_str!("radicals.txt").lines().filter(|l| !l.starts_with('#'));
                pairs
                    .filter_map(|l| {
                        let mut c = l.chars();
                        Some((c.next()?, c.next()?))
                    })
                    .collect()
            })
            .get(&c)
            .unwrap_or(&c),
        '\u{a0}' | '\u{2002}'..='\u{200b}' | '\u{feff}' | '\u{ad}' => ' ',
        c if c.is_control() => ' ',
        c => c,
    }
}

/// So many of one character side by side are a rule.
const RULE: usize = 12;

/// Takes out lines that are made of one ideograph or private character over and over: a typesetter's rule.
fn drawn_rules(glyphs: &mut Vec<Glyph>, place: &str, notes: &mut Vec<Note>) {
    let draws = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{e000}'..='\u{f8ff}');
    let mut keep = vec![true; glyphs.len()];
    let mut i = 0;
    while i < glyphs.len() {
        let first = glyphs[i];
        let run = glyphs[i..].iter().take_while(|g| g.char == first.char && (g.y - first.y).abs() < 1.0).count();
        if run >= RULE && draws(first.char) {
            keep[i..i + run].fill(false);
            let shown =
                if is_private(first.char) { "专用字符".to_owned() } else { format!("“{}”", first.char) };
            notes.push(Note {
                place: place.to_owned(),
                message: format!("{run} 个{shown}连成一条线，不是文字，没有读入"),
            });
        }
        i += run.max(1);
    }
    let mut kept = keep.into_iter();
    glyphs.retain(|_| kept.next().unwrap_or(true));
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

/// What private codes stand for: the marks of symbol fonts, and between digits a point.
fn private(glyphs: &mut [Glyph], place: &str, notes: &mut Vec<Note>) {
    let mut unknown = String::new();
    for i in 0..glyphs.len() {
        let c = glyphs[i].char;
        if !is_private(c) {
            continue;
        }
        let beside = |j: Option<usize>| {
            j.and_then(|j| glyphs.get(j)).is_some_and(|g| {
                digit(g.char).is_some()
                    && (g.y - glyphs[i].y).abs() < g.size / 2.0
                    && (g.x - glyphs[i].x).abs() < 2.0 * g.size
            })
        };
        if beside(i.checked_sub(1)) && beside(Some(i + 1)) {
            glyphs[i].char = '.';
        } else if let Some(mark) = symbol(c) {
            glyphs[i].char = mark;
        } else {
            unknown.push(c);
        }
    }
    if !unknown.is_empty() {
        let codes: Vec<String> = unknown.chars().take(5).map(|c| format!("U+{:04X}", c as u32)).collect();
        notes.push(Note {
            place: place.to_owned(),
            message: format!(
                "{} 个字符是字体专用的编码（{}），照录，请核对",
                unknown.chars().count(),
                codes.join("、")
            ),
        });
    }
}

/// The marks that office programs take from Wingdings and Symbol, whose codes lie at U+F020–F0FF.
fn symbol(c: char) -> Option<char> {
    Some(match c {
        '\u{f0b7}' | '\u{f06c}' | '\u{f09f}' => '●',
        '\u{f06e}' | '\u{f0a7}' => '■',
        '\u{f075}' => '◆',
        '\u{f0d8}' => '➢',
        '\u{f0fc}' | '\u{f050}' => '✓',
        '\u{f0fe}' | '\u{f052}' => '☑',
        '\u{f0a8}' | '\u{f06f}' | '\u{f0a3}' => '□',
        '\u{f0b0}' => '°',
        '\u{f0b4}' => '×',
        '\u{f0b3}' => '≥',
        _ => return None,
    })
}

fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32),
        _ => None,
    }
}

/// Letters and digits that are set full width to fill the square are the letters and digits; a point between two
/// digits and a percent sign after one belong to the number. Other punctuation is Chinese and stays.
fn full_width(glyphs: &mut [Glyph]) {
    for i in 0..glyphs.len() {
        let before = i.checked_sub(1).is_some_and(|j| digit(glyphs[j].char).is_some());
        let after = glyphs.get(i + 1).is_some_and(|g| digit(g.char).is_some());
        let c = glyphs[i].char;
        glyphs[i].char = match c {
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '．' if before && after => '.',
            '％' if before => '%',
            _ => c,
        };
    }
}

/// How many characters there are and how many of them are unknown.
pub fn known(pages: &[Page]) -> (usize, usize) {
    let glyphs = pages.iter().flat_map(|p| &p.glyphs).filter(|g| !g.char.is_whitespace());
    glyphs.fold((0, 0), |(all, unknown), g| (all + 1, unknown + usize::from(g.char == UNKNOWN)))
}
