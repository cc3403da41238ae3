//! What a text may point at: its articles, clauses and attachments by their numbers.

use std::collections::HashMap;

use super::words::WORDS;
use crate::scan::Cursor;
use crate::{BlockKind, Document, Entry, Outline};

/// What may be pointed at, by its number. A document that issues two sets of rules has two third articles: each text
/// means its own.
pub(super) struct Places<'a> {
    outline: &'a Outline,
    /// Number → entries; the numbers of attachments are keyed by value: 附件一 is 附件1.
    pub(super) by_number: HashMap<String, Vec<usize>>,
    /// For every block the part of the document that it belongs to: a title or an attachment begins one.
    parts: Vec<usize>,
    /// The articles in order, and their place in that order.
    pub(super) articles: Vec<usize>,
    order: HashMap<usize, usize>,
}

impl<'a> Places<'a> {
    pub(super) fn of(document: &Document, outline: &'a Outline) -> Places<'a> {
        let mut by_number: HashMap<String, Vec<usize>> = HashMap::new();
        let mut articles = Vec::new();
        let mut order = HashMap::new();
        for (i, e) in outline.entries.iter().enumerate() {
            if is_article(e) {
                order.insert(i, articles.len());
                articles.push(i);
            }
            if !e.number.is_empty() {
                by_number.entry(attachment_key(&e.number).unwrap_or_else(|| e.number.clone())).or_default().push(i);
            }
        }
        let mut part = 0;
        let parts = document.blocks.iter().map(|b| {
            let begins = b.kind == BlockKind::Title || b.heading().is_some_and(|h| h.level == 1);
            part += usize::from(begins);
            part
        });
        Places { outline, by_number, parts: parts.collect(), articles, order }
    }

    pub(super) fn part(&self, block: usize) -> usize {
        self.parts.get(block).copied().unwrap_or(0)
    }

    pub(super) fn entry(&self, i: usize) -> Option<&'a Entry> {
        self.outline.entries.get(i)
    }

    pub(super) fn path(&self, i: usize) -> Option<&'a str> {
        self.entry(i).map(|e| e.path.as_str())
    }

    /// The one entry of this number that text in `block` can mean: in its own part of the document, else anywhere.
    pub(super) fn one(&self, number: &str, block: usize, fits: impl Fn(&Entry) -> bool) -> Option<usize> {
        let all = self.by_number.get(number)?;
        let fitting = || all.iter().copied().filter(|&i| self.entry(i).is_some_and(&fits));
        let here = self.part(block);
        let near = || fitting().filter(|&i| self.entry(i).is_some_and(|e| self.part(e.block) == here));
        single(near()).or_else(|| if near().next().is_none() { single(fitting()) } else { None })
    }

    /// The entry that `block` stands under, and those around it, innermost first.
    pub(super) fn around(&self, block: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.outline.index_at(block), |&i| self.entry(i)?.parent)
    }

    /// The article that `block` stands in.
    pub(super) fn article(&self, block: usize) -> Option<usize> {
        self.around(block).find(|i| self.order.contains_key(i))
    }

    /// The article that stands `back` articles before that of `block`.
    pub(super) fn article_before(&self, block: usize, back: usize) -> Option<usize> {
        let at = self.order.get(&self.article(block)?)?.checked_sub(back)?;
        self.articles.get(at).copied().filter(|&i| self.entry(i).map(|e| self.part(e.block)) == Some(self.part(block)))
    }

    /// The clause that 前款 speaks of: the article around it, or in a text without articles the clause.
    pub(super) fn clause(&self, block: usize) -> Option<usize> {
        self.article(block).or_else(|| self.around(block).next())
    }

    /// Number `number` directly under entry `parent`.
    pub(super) fn child(&self, parent: usize, number: &str) -> Option<usize> {
        let all = self.by_number.get(number)?;
        single(all.iter().copied().filter(|&i| self.entry(i).is_some_and(|e| e.parent == Some(parent))))
    }

    /// Number `number` under the clause of `block` or beside it.
    pub(super) fn beside(&self, block: usize, number: &str) -> Option<usize> {
        self.around(block).find_map(|i| self.child(i, number))
    }
}

pub(super) fn single(mut found: impl Iterator<Item = usize>) -> Option<usize> {
    found.next().filter(|_| found.next().is_none())
}

pub(super) fn is_article(e: &Entry) -> bool {
    e.number.starts_with('第') && e.number.contains('条')
}

/// 附件一, 附件 1 and 附件1 are one number; `None` for what is no attachment's.
pub(super) fn attachment_key(number: &str) -> Option<String> {
    let mut c = Cursor::new(number, 0);
    let word = c.eat_any(&WORDS.attachments)?;
    Some(c.spaces().numeral().map_or_else(|| word.to_owned(), |(_, n)| format!("{word}{n}")))
}
