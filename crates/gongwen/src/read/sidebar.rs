//! 侧栏菜单: the entries of a menu that stands beside the text of a printed page, each at the start of a line of it:
//! 办事　海州市民政局关于…. The words are in `words/page.toml`.

use std::collections::HashSet;

use super::furniture::{Furniture, FurnitureKind, is_menu};
use super::line::Line;

/// A menu stands beside the first so many lines.
const LINES: usize = 80;
/// It has at least so many entries.
const ENTRIES: usize = 4;
/// And this one, without which its words are those of any text.
const HOME: &str = "首页";

/// Takes the entries of a menu beside the text out of `lines`, and what they stand before stays.
pub(super) fn take(lines: &mut Vec<Line<'_>>, left_out: &mut Vec<Furniture>) {
    let head = lines.len().min(LINES);
    let entries: HashSet<&str> = lines[..head].iter().filter_map(|l| entry(l.text)).collect();
    if entries.len() < ENTRIES || !entries.contains(HOME) {
        return;
    }
    let mut at = 0;
    lines.retain_mut(|line| {
        at += 1;
        let Some(word) = entry(line.text).filter(|_| at <= head) else { return true };
        let own = Line { text: word, ..line.clone() };
        left_out.push(own.left_out(FurnitureKind::Control));
        let rest = line.text[word.len()..].trim_start();
        line.offset += line.text.len() - rest.len();
        line.text = rest;
        !rest.is_empty()
    });
}

/// The entry of a menu that is all of a line, or that a wide gap parts from the rest of it.
fn entry(text: &str) -> Option<&str> {
    let word = text.split(char::is_whitespace).next()?;
    let gap = &text[word.len()..];
    let wide = gap.is_empty() || gap.starts_with('\u{3000}') || gap.chars().take(2).all(char::is_whitespace);
    (wide && is_menu(word)).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::line::lines;

    fn taken(text: &str) -> (Vec<String>, Vec<String>) {
        let (mut kept, mut out) = (lines(text), Vec::new());
        take(&mut kept, &mut out);
        (kept.iter().map(|l| l.text.to_owned()).collect(), out.into_iter().map(|f| f.text).collect())
    }

    #[test]
    fn a_menu_beside_the_text() {
        let text = "首页\n机构\n办事  海州市民政局关于做好\n公开　养老工作的通知\n互动各县区：\n";
        let (kept, out) = taken(text);
        assert_eq!(kept, ["海州市民政局关于做好", "养老工作的通知", "互动各县区："]);
        assert_eq!(out, ["首页", "机构", "办事", "公开"]);
        // Words of a table are no menu.
        let table = "公开　主动公开\n机构　市民政局\n服务　养老\n互动　信箱\n";
        assert!(taken(table).1.is_empty());
    }
}
