//! From the places that name instruments to one citation for each instrument.

use std::collections::HashMap;

use super::items::{self, Item};
use super::title::{self, Judged};
use super::words::WORDS;
use super::{Citation, Relation, relation};
use crate::extract::Name;
use crate::number::DocumentNumber;
use crate::{Document, Span};

/// Reads the blocks of a document one after another.
pub(super) struct Reader<'a> {
    document: &'a Document,
    found: Vec<Citation>,
    /// Index into `found` by number and by title.
    by_number: HashMap<String, usize>,
    by_title: HashMap<String, usize>,
    /// What 以下简称《方案》 stands for; `None` for the document itself.
    aliases: HashMap<String, Option<usize>>,
    /// Titles that are not cited: the document's own, the answered proposal's.
    own: Vec<String>,
    own_number: Option<String>,
    /// The title of what the document issues or forwards, and which of the two it does.
    attached: Option<(String, Relation)>,
    /// 正文 has begun with a numbered heading; before it a notice says what it issues.
    numbered: bool,
}

/// One place that names an instrument, before it is known which.
struct Named<'t> {
    block: usize,
    path: &'t str,
    text: &'t str,
    item: &'t Item,
    relation: Relation,
    /// The title as printed, and what two printings of it have in common.
    title: Option<String>,
    key: Option<String>,
    number: Option<String>,
    number_key: Option<String>,
    sure: bool,
}

/// What 《方案》 means.
enum Short {
    /// An instrument named before, or nothing that could be cited.
    Done,
    /// The instrument that this document issues, of this title.
    Attached(String),
}

impl<'a> Reader<'a> {
    /// A reader of `document` that has read nothing yet.
    pub(super) fn new(document: &'a Document) -> Self {
        let meta = &document.meta;
        let proposal = meta.reply.as_ref().and_then(|r| r.proposal_title.as_deref());
        Reader {
            document,
            found: Vec::new(),
            by_number: HashMap::new(),
            by_title: HashMap::new(),
            aliases: HashMap::new(),
            own: [meta.title.as_deref(), proposal].into_iter().flatten().map(title::key).collect(),
            attached: meta.attached_title.as_deref().map(|t| {
                let forwards = |t: &String| WORDS.forwards.iter().any(|w| t.contains(w.as_str()));
                let forwards = meta.title.as_ref().is_some_and(forwards);
                (title::key(t), if forwards { Relation::Forward } else { Relation::Issue })
            }),
            own_number: meta.number.as_deref().and_then(DocumentNumber::parse).map(|n| n.key()),
            numbered: false,
        }
    }

    /// What was found, in order of first mention.
    pub(super) fn into_found(self) -> Vec<Citation> {
        self.found
    }

    /// Reads block number `block`, which stands under `path`.
    pub(super) fn block(&mut self, block: usize, path: &str) {
        let Some(b) = self.document.blocks.get(block) else { return };
        self.numbered |= !path.is_empty();
        let text = b.text.as_str();
        let items = items::find(text);
        if items.is_empty() {
            return;
        }
        let relations = relation::of(text, &items, !self.numbered);
        // A line of nothing but a number is a document's own, whether or not the head of it was read.
        let alone = !self.numbered && is_number_line(text, &items);
        for (item, relation) in items.iter().zip(relations) {
            if alone || links(text, item) {
                continue;
            }
            let printed = item.title.clone().map(|r| title::plain(text.get(r).unwrap_or("")));
            self.item(Named {
                block,
                path,
                text,
                item,
                relation,
                key: printed.as_deref().map(title::key),
                title: printed,
                number: item.number.as_ref().map(|(_, n)| n.to_string()),
                number_key: item.number.as_ref().map(|(_, n)| n.key()),
                sure: false,
            });
        }
    }

    fn item(&mut self, mut named: Named<'_>) {
        if named.number_key.is_some() && named.number_key == self.own_number {
            return;
        }
        match self.short(&named) {
            Some(Short::Done) => return,
            Some(Short::Attached(title)) => {
                named.key = Some(title::key(&title));
                named.title = Some(title);
            }
            None => {}
        }
        // What the notice issues is issued, whatever sentence names it: 我们制定了《…》。现印发给你们.
        if let (Relation::Mention, Some((attached, issued))) = (named.relation, self.attached.as_ref())
            && named.key.as_ref() == Some(attached)
        {
            named.relation = *issued;
        }
        let alias = named.item.alias.clone().map(|r| title::key(named.text.get(r).unwrap_or("")));
        // What repeals an instrument of its own title repeals an earlier one; what issues one bears its name.
        let another = named.relation == Relation::Repeal || issues(named.relation);
        if !another && named.key.as_ref().is_some_and(|k| self.own.contains(k)) {
            if let Some(alias) = alias {
                self.aliases.insert(alias, None);
            }
            return;
        }
        let judged = named.title.as_deref().map(title::judge);
        // 《关于某事的请示》收悉: what a 批复 answers is an instrument, what a deputy wrote is none.
        let replies = self.document.meta.reply.is_some() || judged != Some(Judged::Instrument);
        let is_proposal = judged == Some(Judged::Proposal) || named.item.answered || named.item.received && replies;
        // What a notice issues is an instrument, whatever it is called: 现将《任务分解表》印发给你们.
        let issued = issues(named.relation);
        if named.number.is_none() && !issued && (is_proposal || judged == Some(Judged::Not)) {
            return;
        }
        named.sure = named.number.is_some() || issued || judged == Some(Judged::Instrument);
        let keys = (named.number_key.clone(), named.key.clone());
        let i = match self.known(&named) {
            Some(i) => {
                self.again(i, named);
                i
            }
            None => {
                self.found.push(first(named));
                self.found.len() - 1
            }
        };
        if let Some(n) = keys.0 {
            self.by_number.entry(n).or_insert(i);
        }
        if let Some(k) = keys.1 {
            self.by_title.entry(k).or_insert(i);
        }
        if let Some(alias) = alias {
            self.aliases.insert(alias, Some(i));
        }
    }

    /// 《方案》: a short name for an instrument named before, or for the one that this document issues; `None` for a
    /// title of more words.
    fn short(&mut self, named: &Named<'_>) -> Option<Short> {
        let key = named.key.as_ref().filter(|k| named.number.is_none() && title::is_bare_kind(k))?;
        if let Some(known) = self.aliases.get(key) {
            let mention = Span::new(named.block, named.item.range.clone());
            if let Some(c) = known.and_then(|i| self.found.get_mut(i)) {
                c.mentions.push(mention);
            }
            return Some(Short::Done);
        }
        let attached = self.document.meta.attached_title.clone().filter(|_| issues(named.relation));
        Some(attached.map_or(Short::Done, Short::Attached))
    }

    /// The citation that names the same instrument, by its number or its title.
    fn known(&self, named: &Named<'_>) -> Option<usize> {
        let by_number = named.number_key.as_ref().and_then(|n| self.by_number.get(n));
        let by_title = |k: &str| self.by_title.get(k);
        let titled = || named.key.as_deref().and_then(|k| by_title(k).or_else(|| by_title(title::without_year(k)?)));
        let i = *by_number.or_else(titled)?;
        let known = self.found.get(i)?;
        // Two instruments may share a title; then their numbers differ.
        let have = known.number.as_deref();
        let one = named.number.is_none()
            || have.is_none()
            || have == named.number.as_deref()
            || have.and_then(DocumentNumber::parse).map(|n| n.key()) == named.number_key;
        // What a document issues is not what it repeals, though their titles be one.
        let repealed = issues(known.relation) && named.relation == Relation::Repeal;
        (one && !repealed).then_some(i)
    }

    /// Adds to citation number `i` what another place says of it.
    fn again(&mut self, i: usize, named: Named<'_>) {
        let Some(c) = self.found.get_mut(i) else { return };
        let said = first(named);
        c.mentions.extend(said.mentions);
        c.sure |= said.sure;
        if c.title.is_none() {
            c.title = said.title;
            c.title_span = said.title_span;
        }
        if c.number.is_none() {
            c.number = said.number;
            c.number_span = said.number_span;
        }
        if c.issuers.is_none() {
            c.issuers = said.issuers;
        }
        // What the document itself does with an instrument outweighs that it also names it.
        if does(said.relation) && !does(c.relation) {
            c.relation = said.relation;
        }
    }
}

/// The citation that one place makes.
fn first(named: Named<'_>) -> Citation {
    let Named { block, item, text, .. } = named;
    Citation {
        title: named.title,
        title_span: item.title.clone().map(|r| Span::new(block, r)),
        number: named.number,
        number_span: item.number.as_ref().map(|(r, _)| Span::new(block, r.clone())),
        issuers: relation::issuers(text, item).map(|r| Name::of(block, text, r)),
        relation: named.relation,
        path: named.path.to_owned(),
        mentions: vec![Span::new(block, item.range.clone())],
        sure: named.sure,
    }
}

fn issues(relation: Relation) -> bool {
    matches!(relation, Relation::Issue | Relation::Forward)
}

/// True for what the document itself does, as opposed to what it follows or names.
fn does(relation: Relation) -> bool {
    issues(relation) || matches!(relation, Relation::Repeal | Relation::Amend)
}

/// True for a line that prints a number and no sentence: 京政办发〔2020〕5号, 长房议字〔2025〕11号 签发人：赵某.
fn is_number_line(text: &str, items: &[Item]) -> bool {
    let [only] = items else { return false };
    /// Longest words beside the number, in characters.
    const BESIDE: usize = 12;
    let rest = [text.get(..only.range.start), text.get(only.range.end..)];
    let beside: usize = rest.into_iter().flatten().map(|t| t.trim().chars().count()).sum();
    let sentence = rest.into_iter().flatten().any(|t| t.contains(['，', '。', '；', '《', '、']));
    only.title.is_none() && only.number.is_some() && beside <= BESIDE && !sentence
}

/// True for the name of a file that a page offers: [《…》的通知.pdf](/a/b.pdf).
fn links(text: &str, item: &Item) -> bool {
    /// How far behind the title its ending may stand, in characters.
    const NEAR: usize = 24;
    let after = text.get(item.range.end..).unwrap_or("");
    let near = after.char_indices().nth(NEAR).map_or(after, |(i, _)| &after[..i]);
    let name = near.split(|c: char| c.is_whitespace() || "，。；、".contains(c)).next().unwrap_or("");
    WORDS.links.endings.iter().any(|w| name.contains(w.as_str()))
}
