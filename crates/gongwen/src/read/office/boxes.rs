//! 文本框: the order in which boxes on a page are read.

use super::flow::Item;

/// A box that hangs on a paragraph.
#[derive(Clone, Debug)]
pub struct Hanging {
    /// Where it lies.
    pub at: Option<Position>,
    /// It hangs before the first character of the paragraph.
    pub first: bool,
    /// What it holds.
    pub items: Vec<Item>,
}

/// Where a box lies, in EMU (1/914400 inch).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// From what `top` counts: the paragraph, or the page.
    pub of_page: bool,
    /// Down from there.
    pub top: i64,
    /// From the left.
    pub left: i64,
}

/// EMU of a point.
pub const POINT: i64 = 12_700;
/// EMU of a twip.
pub const TWIP: i64 = 635;
/// Boxes whose tops differ by less stand side by side (5 mm).
const BAND: i64 = 180_000;

/// The boxes of a paragraph as they are read: what stands above it, and what follows it. `begins` is true where nothing
/// stands before the paragraph in its text: what lies on its page, wherever that is, then stands above it.
pub fn in_order(mut boxes: Vec<Hanging>, begins: bool) -> (Vec<Item>, Vec<Item>) {
    let known = |of: fn(&Position) -> bool| boxes.iter().all(|b| b.at.as_ref().is_some_and(of));
    if known(|p| p.of_page) || known(|p| !p.of_page) {
        boxes.sort_by_key(|b| b.at.map(|p| (p.top.div_euclid(BAND), p.left)));
    }
    let above = |b: &Hanging| b.first && b.at.is_some_and(|p| if p.of_page { begins } else { p.top < -BAND });
    let (before, after): (Vec<Hanging>, Vec<Hanging>) = boxes.into_iter().partition(above);
    let items = |boxes: Vec<Hanging>| boxes.into_iter().flat_map(|b| b.items).collect();
    (items(before), items(after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::piece::Style;

    fn hanging(text: &str, at: Option<(bool, i64, i64)>) -> Hanging {
        Hanging {
            at: at.map(|(of_page, top, left)| Position { of_page, top: top * POINT, left: left * POINT }),
            first: true,
            items: vec![Item::Paragraph(text.to_owned(), Style::default())],
        }
    }

    fn read(boxes: Vec<Hanging>, begins: bool) -> (String, String) {
        let (before, after) = in_order(boxes, begins);
        (super::super::flow::lines(&before), super::super::flow::lines(&after))
    }

    #[test]
    fn boxes_are_read_from_above_and_from_the_left() {
        let boxes = vec![
            hanging("右", Some((false, 41, 300))),
            hanging("下", Some((false, 90, 0))),
            hanging("左", Some((false, 40, 10))),
            hanging("上", Some((false, -60, 0))),
        ];
        assert_eq!(read(boxes, false), ("上".into(), "左\n右\n下".into()));
    }

    #[test]
    fn a_box_of_the_page_stands_above_its_first_paragraph_only() {
        let head = || vec![hanging("文件", Some((true, 70, 0)))];
        assert_eq!(read(head(), true), ("文件".into(), String::new()));
        assert_eq!(read(head(), false), (String::new(), "文件".into()));
        let unknown = vec![hanging("甲", None), hanging("乙", Some((true, 0, 0)))];
        assert_eq!(read(unknown, false), (String::new(), "甲\n乙".into()));
    }
}
