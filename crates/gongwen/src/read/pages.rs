//! 分页: a document that was issued on several web pages, as one.

use std::collections::HashSet;

use super::{Format, Reading, WebPage, assemble};
use crate::piece::{EnclosureKind, Piece, Refusal, Source};

/// What is said of one page of several.
pub(super) const ALONE: &str = "这份文件在网站上分成几页，这里只有一页：请把其余各页也存下来，接在后面";
/// Title and facts stand within so many pieces, and again at the head of every page.
const HEAD: usize = 20;

/// Reads the pages of one document, in order.
///
/// # Errors
/// The reason why one of them cannot be read: a document is read whole.
pub fn pages(pages: &[impl AsRef<[u8]>]) -> Result<Reading, Refusal> {
    let mut whole = Source::default();
    for (i, page) in pages.iter().enumerate() {
        let source = WebPage.read(page.as_ref())?;
        if i == 0 {
            whole = source;
        } else {
            add(&mut whole, source);
        }
    }
    whole.notes.retain(|n| n.message != ALONE);
    whole.enclosures.retain(|e| e.kind != EnclosureKind::Page);
    let mut reading = assemble(whole);
    reading.format = WebPage.name();
    Ok(reading)
}

/// Puts a page behind those before, without the head that it repeats.
fn add(whole: &mut Source, page: Source) {
    let head: HashSet<String> = whole.pieces.iter().take(HEAD).map(|p| letters(&whole.text, p)).collect();
    let own = page.pieces.iter().take_while(|p| head.contains(&letters(&page.text, p))).count();
    let shift = whole.append("").start;
    whole.text.push_str(&page.text);
    whole.places.append(page.places, shift);
    whole.pieces.extend(page.pieces.into_iter().skip(own).map(|p| moved(p, shift)));
    for enclosure in page.enclosures {
        if !whole.enclosures.contains(&enclosure) {
            whole.enclosures.push(enclosure);
        }
    }
    whole.notes.extend(page.notes);
    whole.malformed += page.malformed;
    whole.controls += page.controls;
}

/// The words of a piece without white space.
fn letters(text: &str, piece: &Piece) -> String {
    let of =
        |range: &std::ops::Range<usize>| text.get(range.clone()).unwrap_or("").chars().filter(|c| !c.is_whitespace());
    match piece {
        Piece::Lines(range) | Piece::Paragraph(range, _) => of(range).collect(),
        Piece::Table(grid) => grid.rows.iter().flatten().flat_map(|c| of(&c.text)).collect(),
        Piece::PageBreak => String::new(),
    }
}

/// A piece whose text begins `shift` bytes later.
fn moved(mut piece: Piece, shift: usize) -> Piece {
    let mv = |range: &mut std::ops::Range<usize>| *range = range.start + shift..range.end + shift;
    match &mut piece {
        Piece::Lines(range) | Piece::Paragraph(range, _) => mv(range),
        Piece::Table(grid) => grid.rows.iter_mut().flatten().for_each(|c| mv(&mut c.text)),
        Piece::PageBreak => {}
    }
    piece
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_one_document_and_say_their_head_once() {
        let page = |text: &str, next: &str| {
            format!(
                "<html><head><title>海州市城市更新办法</title></head><body><div class=\"content\">\
                 <h1>海州市城市更新办法</h1>{text}</div><a href=\"{next}\">下一页</a></body></html>"
            )
        };
        let first = page(
            "<p>第一条　为了规范城市更新活动，提升城市品质，根据有关法律、法规，结合本市实际，制定本办法。</p><p>第二条　本办法适用于本市。</p>",
            "t1_1.html",
        );
        let second = page(
            "<p>第三条　市住房城乡建设局负责城市更新工作，各区人民政府配合；其他部门按照各自职责做好有关工作。</p>",
            "#",
        );
        let alone = super::super::read(first.as_bytes()).expect("a page");
        assert!(alone.notes.iter().any(|n| n.message == ALONE));
        let next: Vec<&str> =
            alone.enclosures.iter().filter(|e| e.kind == EnclosureKind::Page).map(|e| e.target.as_str()).collect();
        assert_eq!(next, ["t1_1.html"]);
        let reading = pages(&[first, second]).expect("pages");
        assert_eq!(
            crate::markdown::write(&reading.document.blocks)
                .trim()
                .lines()
                .filter(|l| !l.is_empty())
                .collect::<Vec<_>>(),
            [
                "# 海州市城市更新办法",
                "## 第一条",
                "为了规范城市更新活动，提升城市品质，根据有关法律、法规，结合本市实际，制定本办法。",
                "## 第二条",
                "本办法适用于本市。",
                "## 第三条",
                "市住房城乡建设局负责城市更新工作，各区人民政府配合；其他部门按照各自职责做好有关工作。",
            ]
        );
        assert!(reading.notes.iter().all(|n| n.message != ALONE));
    }

    #[test]
    fn a_script_that_turns_pages_names_them() {
        let page = "<html><body><p>海州市人民政府关于做好城市更新工作的通知，请各区人民政府和市政府直属各单位认真贯彻执行。</p>\
            <script>createPageHTML(3, 0, \"t20240105_88\", \"html\");</script></body></html>";
        let reading = super::super::read(page.as_bytes()).expect("a page");
        let pages: Vec<&str> = reading.enclosures.iter().map(|e| e.target.as_str()).collect();
        assert_eq!(pages, ["t20240105_88_1.html", "t20240105_88_2.html"]);
    }
}
