//! 引用: which instruments a document names, by what number, and what it does with each.
//!
//! An official who reads "cites" expects instruments of policy: laws, regulations, notices, plans, standards. So a
//! 《title》 is a citation where it ends in a word for a kind of instrument or prints a document number; licences,
//! forms, newspapers and books are not, nor the proposal that a reply answers, nor the document itself. A title of
//! neither sort is kept and marked unsure, so that nothing is lost and a list of sure ones stays clean.
//!
//! `items` finds titles and numbers, `title` judges titles, `relation` reads the cue words; the words are in
//! `citation.toml`. Only [`citations`] is called from outside.

mod items;
mod relation;
mod title;

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::extract::Name;
use crate::number::{DocumentNumber, normalise_number};
use crate::{BlockKind, Document, Outline, Span};
use items::Item;

/// What a document does with an instrument that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// 依据: 根据, 按照, 依照.
    Basis,
    /// 贯彻: 贯彻, 落实.
    Implement,
    /// 转发: the document forwards it.
    Forward,
    /// 印发: the document issues it.
    Issue,
    /// 引用: named in any other way, as in what somebody else issued.
    Mention,
    /// 废止.
    Repeal,
    /// 修改.
    Amend,
}

impl Relation {
    /// All of them, in the order of the open data's description.
    pub const ALL: [Relation; 7] = [
        Relation::Basis,
        Relation::Implement,
        Relation::Forward,
        Relation::Issue,
        Relation::Mention,
        Relation::Repeal,
        Relation::Amend,
    ];

    /// The word of the open data.
    pub fn name(self) -> &'static str {
        match self {
            Relation::Basis => "依据",
            Relation::Implement => "贯彻",
            Relation::Forward => "转发",
            Relation::Issue => "印发",
            Relation::Mention => "引用",
            Relation::Repeal => "废止",
            Relation::Amend => "修改",
        }
    }
}

/// 一件被引用的文件: one distinct instrument that the document names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The title as printed, without 《》 and without blanks that only a page put there.
    pub title: Option<String>,
    /// Where the title was first printed, without 《》.
    pub title_span: Option<Span>,
    /// The number, with 〔〕.
    pub number: Option<String>,
    /// Where the number was first printed.
    pub number_span: Option<Span>,
    /// Who issued it, where that is printed outside 《》: 国家卫生健康委等11个部门.
    pub issuers: Option<Name>,
    /// What this document does with it.
    pub relation: Relation,
    /// Path of the clause that names it first.
    pub path: String,
    /// Every place that names it, from its 《 or number to its end.
    pub mentions: Vec<Span>,
    /// False where nothing but 《》 says that this is an instrument.
    pub sure: bool,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Words {
    kinds: Vec<String>,
    not_kinds: Vec<String>,
    proposals: Vec<String>,
    before: HashMap<String, Vec<String>>,
    after: HashMap<String, Vec<String>>,
    issuers: IssuerWords,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct IssuerWords {
    verbs: Vec<String>,
    leads: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| crate::wordlist::load("citation.toml", include_str!("citation.toml")));

/// Every instrument that the document names, in order of first mention, in time linear in its length.
pub fn citations(document: &Document, outline: &Outline) -> Vec<Citation> {
    let mut reader = Reader::new(document);
    for (block, b) in document.blocks.iter().enumerate() {
        if !matches!(b.kind, BlockKind::Title | BlockKind::Rule) {
            reader.block(block, outline.path_at(block));
        }
    }
    reader.found
}

struct Reader<'a> {
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

impl<'a> Reader<'a> {
    fn new(document: &'a Document) -> Self {
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
                let forwards = meta.title.as_ref().is_some_and(|t| t.contains("转发") || t.contains("批转"));
                (title::key(t), if forwards { Relation::Forward } else { Relation::Issue })
            }),
            own_number: meta.number.as_deref().and_then(DocumentNumber::parse).map(|n| n.key()),
            numbered: false,
        }
    }

    fn block(&mut self, block: usize, path: &str) {
        let Some(b) = self.document.blocks.get(block) else { return };
        self.numbered |= !path.is_empty();
        let text = b.text.as_str();
        let items = items::find(text);
        if items.is_empty() {
            return;
        }
        let relations = relation::of(text, &items, !self.numbered);
        for (item, relation) in items.iter().zip(relations) {
            self.item(block, path, text, item, relation);
        }
    }

    fn item(&mut self, block: usize, path: &str, text: &str, item: &Item, relation: Relation) {
        let number = item.number.as_ref().map(|(_, n)| n.to_string());
        let number_key = item.number.as_ref().map(|(_, n)| n.key());
        if number_key.is_some() && number_key == self.own_number {
            return;
        }
        let mut printed = item.title.clone().map(|r| title::plain(text.get(r).unwrap_or("")));
        let mut key = printed.as_deref().map(title::key);
        let mention = Span::new(block, item.range.clone());

        // 《方案》: a short name for an instrument named before, or for the one that this document issues.
        if let (Some(k), None) = (&key, &number)
            && title::is_bare_kind(k)
        {
            let attached = self.document.meta.attached_title.as_deref();
            match self.aliases.get(k) {
                Some(Some(i)) => {
                    if let Some(c) = self.found.get_mut(*i) {
                        c.mentions.push(mention);
                    }
                    return;
                }
                Some(None) => return,
                None => match (relation, attached) {
                    (Relation::Issue | Relation::Forward, Some(t)) => {
                        printed = Some(t.to_owned());
                        key = Some(title::key(t));
                    }
                    _ => return,
                },
            }
        }
        // What the notice issues is issued, whatever sentence names it: 我们制定了《…》。现印发给你们.
        let relation = match (relation, self.attached.as_ref()) {
            (Relation::Mention, Some((attached, issued))) if key.as_ref() == Some(attached) => *issued,
            _ => relation,
        };
        let judged = printed.as_deref().map(title::judge);
        let alias = item.alias.clone().map(|r| title::key(text.get(r).unwrap_or("")));
        // What repeals an instrument of its own title repeals an earlier one.
        if relation != Relation::Repeal && key.as_ref().is_some_and(|k| self.own.contains(k)) {
            if let Some(alias) = alias {
                self.aliases.insert(alias, None);
            }
            return;
        }
        let is_proposal = judged == Some(title::Judged::Proposal) || item.answered;
        if number.is_none() && (is_proposal || judged == Some(title::Judged::Not)) {
            return;
        }
        let sure = number.is_some() || judged == Some(title::Judged::Instrument);

        let known = number_key
            .as_ref()
            .and_then(|n| self.by_number.get(n))
            .or_else(|| key.as_ref().and_then(|k| self.by_title.get(k)))
            .copied()
            // Two instruments may share a title; then their numbers differ.
            .filter(|&i| {
                let have = self.found.get(i).and_then(|c| c.number.as_deref());
                number.is_none() || have.is_none() || have == number.as_deref() || {
                    let have = have.and_then(DocumentNumber::parse).map(|n| n.key());
                    have == number_key
                }
            })
            // What a document issues is not what it repeals, though their titles be one.
            .filter(|&i| self.found.get(i).is_none_or(|c| !(issues(c.relation) && relation == Relation::Repeal)));
        let i = match known {
            Some(i) => {
                if let Some(c) = self.found.get_mut(i) {
                    c.mentions.push(mention);
                    c.sure |= sure;
                    if c.title.is_none() {
                        c.title = printed;
                        c.title_span = item.title.clone().map(|r| Span::new(block, r));
                    }
                    if c.number.is_none() {
                        c.number = number;
                        c.number_span = item.number.as_ref().map(|(r, _)| Span::new(block, r.clone()));
                    }
                    if c.issuers.is_none() {
                        c.issuers = relation::issuers(text, item).map(|r| Name::of(block, text, r));
                    }
                    // What the document itself does with an instrument outweighs that it also names it.
                    let does =
                        |r| matches!(r, Relation::Issue | Relation::Forward | Relation::Repeal | Relation::Amend);
                    if does(relation) && !does(c.relation) {
                        c.relation = relation;
                    }
                }
                i
            }
            None => {
                self.found.push(Citation {
                    title: printed,
                    title_span: item.title.clone().map(|r| Span::new(block, r)),
                    number,
                    number_span: item.number.as_ref().map(|(r, _)| Span::new(block, r.clone())),
                    issuers: relation::issuers(text, item).map(|r| Name::of(block, text, r)),
                    relation,
                    path: path.to_owned(),
                    mentions: vec![mention],
                    sure,
                });
                self.found.len() - 1
            }
        };
        if let Some(n) = number_key {
            self.by_number.entry(n).or_insert(i);
        }
        if let Some(k) = key {
            self.by_title.entry(k).or_insert(i);
        }
        if let Some(alias) = alias {
            self.aliases.insert(alias, Some(i));
        }
    }
}

fn issues(relation: Relation) -> bool {
    matches!(relation, Relation::Issue | Relation::Forward)
}

/// The number of a citation in its one form, for those who join citations with documents.
pub fn number_key(number: &str) -> String {
    DocumentNumber::parse(number).map_or_else(|| normalise_number(number), |n| n.key())
}

#[cfg(test)]
mod tests;
