//! Rules that stand in the text and in notes, outside of any annotation: 以下责任单位列第一位者牵头。

use std::ops::Range;

use super::grammar::parse;
use super::rules::{says_first_leads, says_what_follows, standing};
use super::settle::Standing;
use super::words::{WORDS, bears};
use crate::Document;
use crate::extract::when::Context;
use crate::wordlist::starts_with;

/// Takes the rules that `pieces` of block number `block`, what no annotation covers, set for what follows.
pub(super) fn rules(
    document: &Document,
    block: usize,
    pieces: &[Range<usize>],
    context: Context,
    rules: &mut Standing,
) {
    let Some(b) = document.blocks.get(block) else { return };
    for piece in pieces {
        let Some(text) = b.text.get(piece.clone()) else { continue };
        if says_first_leads(text) {
            rules.first_leads = true;
        }
        if !says_what_follows(text) {
            continue;
        }
        let mut at = piece.start;
        let mut done = piece.start;
        for sentence in text.split_inclusive(['。', '；', ';', '：', ':', '（', '(', '）', ')', '，', ',']) {
            let start = at + (sentence.len() - sentence.trim_start().len());
            at += sentence.len();
            if start < done {
                continue;
            }
            let Some(rule) = standing(&b.text, start).filter(|r| r.later && r.explicit) else { continue };
            // The names run on over commas within brackets and lists, to the end of the sentence.
            let rest = b.text.get(start..piece.end).unwrap_or("");
            let end = start + rest.find(['。', '；', ';', '\n']).unwrap_or(rest.len());
            let end = end.min(piece.end);
            if rule.end >= end {
                continue;
            }
            done = end;
            let parsed = parse(block, &b.text, start..end, None, context);
            let quote = |s: &crate::Span| b.text.get(s.range()).unwrap_or("");
            if parsed.unparsed.is_empty() && parsed.names().next().is_some() && parsed.names().all(|n| bears(quote(n)))
            {
                rules.declare(document, &parsed);
            }
        }
    }
}

/// True where the block is a note under a table which says that the first of a list leads.
pub(super) fn note_says_first_leads(document: &Document, block: usize) -> bool {
    document
        .blocks
        .get(block)
        .is_some_and(|b| starts_with(b.text.trim_start(), &WORDS.notes) && says_first_leads(&b.text))
}
