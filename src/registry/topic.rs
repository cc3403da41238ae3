//! 主题: what clauses are about, told by the words of `topics.toml` and of a site's own.
//!
//! All words of all topics are found in one pass over a text. The topics do not disturb each other: adding one changes
//! nothing for the others.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use aho_corasick::AhoCorasick;
use serde::Deserialize;
use toml::Spanned;

use super::extend::{RegistryError, error, parse};

/// A topic: what it is called, not where it occurs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// The plain Chinese name; names the topic's page.
    pub id: String,
    /// The topics that it is listed with.
    pub group: String,
    words: BTreeMap<String, Weight>,
}

impl Topic {
    /// The words by which a heading is told to be about it, in order.
    pub fn titles(&self) -> impl Iterator<Item = &str> {
        self.words.iter().filter(|(_, weight)| **weight == Weight::Title).map(|(word, _)| word.as_str())
    }
}

/// What a word says of the text that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    /// A longer word in which the others mean something else.
    Not,
    Term,
    Title,
}

/// A word of a topic in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicWord {
    /// The topic: index into [`Topics::list`].
    pub topic: usize,
    /// Where the word stands.
    pub range: Range<usize>,
    /// True for a title word.
    pub title: bool,
}

/// The topics of a site, in the order of the table.
#[derive(Clone, Debug, Default)]
pub struct Topics {
    list: Vec<Topic>,
    organ_ends: Vec<String>,
    organ_links: Vec<String>,
    not_organs: Vec<String>,
    automaton: Option<AhoCorasick>,
    /// For every pattern of the automaton the topics that have it.
    owners: Vec<Vec<(usize, Weight)>>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Table {
    organ_ends: Vec<String>,
    organ_links: Vec<String>,
    not_organs: Vec<String>,
    topic: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: Spanned<String>,
    group: Option<String>,
    #[serde(default)]
    titles: Vec<Spanned<String>>,
    #[serde(default)]
    terms: Vec<Spanned<String>>,
    #[serde(default)]
    not: Vec<Spanned<String>>,
    /// Of a topic that is there already: it goes.
    #[serde(default)]
    drop: bool,
}

/// The group of a topic that names none.
const OTHERS: &str = "其他";
/// Longest id, in bytes: it names a file.
const LONGEST: usize = 150;

impl Topics {
    /// Every topic, in the order of the table.
    pub fn list(&self) -> &[Topic] {
        &self.list
    }

    /// The topic of this id, or the one that has `name` for a title word (长护险) where no other has.
    pub fn named(&self, name: &str) -> Option<usize> {
        let name = name.trim();
        let titled = |t: &Topic| t.words.get(name) == Some(&Weight::Title);
        let only = || {
            let mut all = self.list.iter().enumerate().filter(|(_, t)| titled(t)).map(|(i, _)| i);
            all.next().filter(|_| all.next().is_none())
        };
        self.list.iter().position(|t| t.id == name).or_else(only)
    }

    /// The ids nearest to `name`, nearest first: at most three, perhaps none. A topic is near whose title word `name` is,
    /// whose id is a part of it or the other way round, or that is spelt alike.
    pub fn near(&self, name: &str) -> Vec<&str> {
        let name = name.trim();
        let likeness = |t: &Topic| {
            let part = !name.is_empty() && (t.id.contains(name) || name.contains(&t.id));
            if part || t.words.get(name) == Some(&Weight::Title) {
                1.0
            } else {
                strsim::normalized_damerau_levenshtein(&t.id, name)
            }
        };
        let mut near: Vec<(f64, &str)> =
            self.list.iter().map(|t| (likeness(t), t.id.as_str())).filter(|(l, _)| *l >= 0.4).collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0));
        near.into_iter().take(3).map(|(_, id)| id).collect()
    }

    /// The words of all topics in `text`, by topic, then in order. Those that begin an organ's name (教育局,
    /// 教育行政部门) are left out, and of two words of a topic that overlap the shorter or the later.
    pub fn words(&self, text: &str) -> Vec<TopicWord> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let mut found: Vec<(usize, Range<usize>, Weight)> = Vec::new();
        for hit in automaton.find_overlapping_iter(text) {
            for &(topic, weight) in self.owners.get(hit.pattern().as_usize()).into_iter().flatten() {
                found.push((topic, hit.range(), weight));
            }
        }
        // The longest of those that begin together comes first.
        found.sort_by_key(|(topic, range, _)| (*topic, range.start, std::cmp::Reverse(range.end)));
        let mut words: Vec<TopicWord> = Vec::with_capacity(found.len());
        // The end of the last word, and whether it speaks for its topic.
        let mut last: Option<(usize, usize, bool)> = None;
        for (topic, range, weight) in found {
            if let Some((_, end, speaks)) = last.filter(|&(t, end, _)| t == topic && range.start < end) {
                // A title word within a term still is one.
                if let Some(word) = words.last_mut().filter(|_| speaks && range.end <= end) {
                    word.title |= weight == Weight::Title;
                }
                continue;
            }
            let speaks = weight != Weight::Not && !self.names_organ(&text[range.end..]);
            last = Some((topic, range.end, speaks));
            if speaks {
                words.push(TopicWord { topic, range, title: weight == Weight::Title });
            }
        }
        words
    }

    /// True where what stands before `rest` begins an organ's name.
    fn names_organ(&self, rest: &str) -> bool {
        let starts = |words: &[String], text: &str| words.iter().any(|w| text.starts_with(w.as_str()));
        let ends = |text: &str| starts(&self.organ_ends, text) && !starts(&self.not_organs, text);
        ends(rest) || self.organ_links.iter().any(|l| rest.strip_prefix(l.as_str()).is_some_and(ends))
    }

    /// Adds the topics of `text`; the form is at the head of `topics.toml`. A topic that is there already gets the
    /// words besides its own, or goes where the entry says `drop = true`. Nothing is added where any is at fault.
    pub(super) fn extend(&mut self, file: &str, text: &str) -> Result<(), RegistryError> {
        let table: Table = parse(file, text)?;
        let mut list = std::mem::take(&mut self.list);
        let added = table.topic.into_iter().try_for_each(|entry| add(&mut list, file, entry));
        self.list = list;
        added?;
        self.organ_ends.extend(table.organ_ends);
        self.organ_links.extend(table.organ_links);
        self.not_organs.extend(table.not_organs);
        let mut patterns: BTreeMap<&str, Vec<(usize, Weight)>> = BTreeMap::new();
        for (i, topic) in self.list.iter().enumerate() {
            for (word, weight) in &topic.words {
                patterns.entry(word).or_default().push((i, *weight));
            }
        }
        self.automaton = AhoCorasick::new(patterns.keys()).ok();
        self.owners = patterns.into_values().collect();
        Ok(())
    }
}

fn add(list: &mut Vec<Topic>, file: &str, entry: Entry) -> Result<(), RegistryError> {
    let (id, span) = (entry.id.get_ref(), entry.id.span());
    let at = list.iter().position(|t| t.id == *id);
    if entry.drop {
        let Some(at) = at else {
            return Err(error(file, Some(span), &format!("没有“{id}”这个主题"), "删去这一段，或者改成已有主题的 id"));
        };
        list.remove(at);
        return Ok(());
    }
    let bad = |c: char| !(c.is_alphanumeric() || matches!(c, '+' | '＋' | '·' | '—' | '-' | '、' | '（' | '）'));
    if id.is_empty() || id.len() > LONGEST || id.contains(bad) {
        let reason = format!("主题的 id“{}”不能用", id.escape_debug());
        return Err(error(file, Some(span), &reason, "用不含空格和符号的中文名，如“长期护理保险”"));
    }
    if at.is_none() && entry.titles.is_empty() && entry.terms.is_empty() {
        let reason = format!("主题“{id}”没有写词");
        return Err(error(file, Some(span), &reason, "在 titles 里写标题会用的词，在 terms 里写正文会用的词"));
    }
    let weighed = |words: Vec<Spanned<String>>, weight| words.into_iter().map(move |w| (w, weight));
    let words = weighed(entry.terms, Weight::Term)
        .chain(weighed(entry.titles, Weight::Title))
        .chain(weighed(entry.not, Weight::Not));
    let mut known: BTreeMap<String, Weight> = BTreeMap::new();
    for (word, weight) in words {
        if word.get_ref().trim().chars().nth(1).is_none() {
            let reason = format!("词“{}”太短", word.get_ref().escape_debug());
            return Err(error(file, Some(word.span()), &reason, "至少两个字，否则到处都是"));
        }
        known.insert(word.into_inner().trim().to_owned(), weight);
    }
    match at.and_then(|at| list.get_mut(at)) {
        Some(topic) => {
            topic.words.extend(known);
            topic.group = entry.group.unwrap_or_else(|| std::mem::take(&mut topic.group));
        }
        None => {
            let group = entry.group.unwrap_or_else(|| OTHERS.to_owned());
            list.push(Topic { id: id.clone(), group, words: known });
        }
    }
    // A group stands together, where its first topic stands.
    let order: Vec<String> = distinct(list.iter().map(|t| t.group.clone()));
    list.sort_by_key(|t| order.iter().position(|g| *g == t.group));
    Ok(())
}

fn distinct(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = HashSet::new();
    names.filter(|n| seen.insert(n.clone())).collect()
}
