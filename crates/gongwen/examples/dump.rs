use gongwen::read::{PlainText, Reader};
fn main() {
    for f in std::env::args().skip(1) {
        let b = std::fs::read(&f).unwrap();
        let r = PlainText.read(&b);
        println!("######## {f}");
        println!("{:?}", r.document.meta);
        let roles = gongwen::layout::roles(&r.document.blocks);
        let outline = gongwen::Outline::of(&r.document);
        for (i, b) in r.document.blocks.iter().enumerate() {
            let k = match &b.kind {
                gongwen::BlockKind::Title => "T".into(),
                gongwen::BlockKind::Heading(h) => format!("H{}", h.level),
                gongwen::BlockKind::Paragraph => "P".into(),
                gongwen::BlockKind::Table(_) => "B".into(),
                gongwen::BlockKind::Rule => "--".to_string(),
            };
            println!("{k} [{:?}] <{}> {}", roles[i], outline.path_at(i), b.text);
        }
        for e in &outline.entries {
            println!("  {} | {:?}", e.path, e.title);
        }
        for f in r.furniture {
            println!("furn {f:?}");
        }
        for f in r.remarks {
            println!("remark {f:?}");
        }
    }
}
