//! 条文: where the words of a numbered clause begin that say something, its heading aside.

use crate::extract::kit::body_start;
use crate::{BlockKind, Document};

/// Where what block number `block` says begins: after its number and heading; after its number alone where the clause
/// is one sentence, so that its heading is all that it says (二、县林业局负责技术指导。).
pub(crate) fn said_from(document: &Document, block: usize) -> usize {
    let after_heading = body_start(document, block);
    let Some(b) = document.blocks.get(block) else { return after_heading };
    let Some(heading) = b.heading() else { return after_heading };
    let rest = b.text.get(after_heading..).unwrap_or("");
    // What follows in brackets assigns the sentence and says nothing itself: 1.新建学校3所。（牵头单位：市教育局）
    let annotated = rest.starts_with(['（', '(', '【', '[', '〔']) && ends_sentence(&b.text[..after_heading]);
    if heading.title.is_empty() || !(rest.trim().is_empty() || annotated) {
        return after_heading;
    }
    let sentence = annotated || ends_sentence(&b.text) || stands_alone(document, block, heading.level);
    if sentence { heading.title.start } else { after_heading }
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['。', '；', ';', '！'])
}

/// True where nothing stands under the heading in block number `block`.
fn stands_alone(document: &Document, block: usize, level: u8) -> bool {
    match document.blocks.get(block + 1).map(|b| &b.kind) {
        Some(BlockKind::Heading(next)) => next.level <= level,
        Some(BlockKind::Paragraph | BlockKind::Table(_)) => false,
        Some(BlockKind::Title | BlockKind::Rule) | None => true,
    }
}
