//! 去附属物: what stands among the text of a document and is of the page: menus, share bars, lists of other documents.

use super::flow::{Content, Unit};
use super::sites::SITES;

/// A unit is a link where this share of it is, in hundredths.
const LINKED: usize = 80;
/// This many short links in a row are a menu.
const MENU: usize = 3;
/// A link of a menu is no longer than this, in characters.
const ENTRY: usize = 30;
/// A text is taken to begin again at one of the first places where its first paragraph does.
const TRIES: usize = 8;
/// A text is not given again where this many characters of it are the same.
const AGAIN: usize = 200;

/// By unit: true for what is left out of the text.
pub(super) fn left_out(units: &[Unit]) -> Vec<bool> {
    let mut out: Vec<bool> = units.iter().map(|u| u.furniture || is_page_line(u)).collect();
    menus(units, &mut out);
    edges(units, &mut out);
    related(units, &mut out);
    again(units, &mut out);
    out
}

fn is_page_line(unit: &Unit) -> bool {
    match &unit.content {
        Content::Paragraph(text, _) => SITES.is_page_line(text),
        _ => false,
    }
}

fn is_link(unit: &Unit) -> bool {
    let Content::Paragraph(text, _) = &unit.content else { return false };
    let chars = text.chars().filter(|c| !c.is_whitespace()).count();
    unit.linked > 0 && unit.linked * 100 >= chars * LINKED
}

/// Short links in a row.
fn menus(units: &[Unit], out: &mut [bool]) {
    let entry = |u: &Unit| u.inside && is_link(u) && u.text().chars().count() <= ENTRY;
    let mut start = 0;
    for i in 0..=units.len() {
        if i < units.len() && entry(&units[i]) {
            continue;
        }
        if i - start >= MENU {
            out[start..i].fill(true);
        }
        start = i + 1;
    }
}

/// Links before the first words of the text and behind its last: 点击查看政策解读.
fn edges(units: &[Unit], out: &mut [bool]) {
    let inside: Vec<usize> = (0..units.len()).filter(|i| units[*i].inside && !out[*i]).collect();
    let links = |i: &&usize| is_link(&units[**i]);
    let before = inside.iter().take_while(links).count();
    if before < inside.len() {
        let behind = inside.iter().rev().take_while(links);
        inside[..before].iter().chain(behind).for_each(|i| out[*i] = true);
    }
}

/// 相关阅读 and the links under it.
fn related(units: &[Unit], out: &mut [bool]) {
    let mut i = 0;
    while i < units.len() {
        let heads = units[i].inside && SITES.is_related(&units[i].text());
        i += 1;
        if !heads {
            continue;
        }
        let links = units[i..].iter().take_while(|u| is_link(u)).count();
        let last = units[i..].iter().all(|u| !u.inside);
        if links > 0 || last {
            out[i - 1..i + links].fill(true);
        }
        i += links;
    }
}

/// A text that stands a second time, as pages do that set it once for screens and once for telephones.
fn again(units: &[Unit], out: &mut [bool]) {
    let inside: Vec<usize> = (0..units.len()).filter(|i| units[*i].inside && !out[*i]).collect();
    let texts: Vec<String> = inside.iter().map(|i| units[*i].text()).collect();
    let Some(first) = texts.iter().position(|t| t.chars().count() >= 8) else { return };
    for at in (first + 1..texts.len()).filter(|at| texts[*at] == texts[first]).take(TRIES) {
        let same = texts[first..at].iter().zip(&texts[at..]).take_while(|(a, b)| a == b);
        let (count, chars) = same.fold((0, 0), |(n, chars), (a, _)| (n + 1, chars + a.chars().count()));
        let rest = (texts.len() - at).min(at - first);
        if chars >= AGAIN && count * 10 >= rest * 9 {
            inside[at..(at + count).min(inside.len())].iter().for_each(|i| out[*i] = true);
            return;
        }
    }
}
