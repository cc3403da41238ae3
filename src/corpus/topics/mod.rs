//! 主题: which clauses of a document are about which topics, and how that is known.
//!
//! A clause is an entry of the outline with its own text, which ends where the next entry begins, or a row of a task
//! table; a document without an outline is one clause. It is about a topic
//! - by its *title*, where a title word stands in its heading or in the row's task;
//! - by the *heading* above it, where its own says nothing and nothing but headings stands between;
//! - by its *text*, where the topic's words stand thick enough in it (`weigh`), or in one of its obligations;
//! - by *mention*, where its text holds a title word of three characters or more.
//!
//! A heading with nothing but clauses under it is not listed besides them. Words in 《》, in an annotation and in the
//! name of an organ speak for nothing.

mod clauses;
mod quote;
mod weigh;

use std::collections::HashMap;

use gongwen::layout::Role as Element;
use gongwen::{Document, Outline};

use super::model::{Corpus, Obligation, Topic, TopicClause};
use crate::address;
use crate::registry::{Registry, Topics};
use crate::vocabulary::Evidence;

use clauses::Clauses;
pub(crate) use weigh::is_word;

/// The topics of the registry, without clauses.
pub(crate) fn all(registry: &Registry) -> Vec<Topic> {
    let topic = |t: &crate::registry::Topic| Topic {
        id: t.id.clone(),
        url: address::topic(&t.id),
        group: t.group.clone(),
        clauses: Vec::new(),
    };
    registry.topics().list().iter().map(topic).collect()
}

/// Makes room for what will be given to [`join`].
pub(crate) fn reserve<'c>(corpus: &mut Corpus, found: impl Iterator<Item = &'c (usize, TopicClause)>) {
    let mut counts = vec![0; corpus.topics.len()];
    for (topic, _) in found {
        if let Some(count) = counts.get_mut(*topic) {
            *count += 1;
        }
    }
    for (topic, count) in corpus.topics.iter_mut().zip(counts) {
        topic.clauses.reserve_exact(count);
    }
}

/// Gives the corpus what [`read`] found in document `policy`, whose obligations begin at `start`.
pub(crate) fn join(corpus: &mut Corpus, found: Vec<(usize, TopicClause)>, policy: usize, start: usize) {
    for (topic, mut clause) in found {
        clause.policy = policy;
        clause.obligations.iter_mut().for_each(|o| o.index += start);
        if let Some(topic) = corpus.topics.get_mut(topic) {
            topic.clauses.push(clause);
        }
    }
}

/// What the clauses of a document are about, in the order of the text; the obligations get their topics. Indices are
/// those of `obligations`.
pub(crate) fn read(
    document: &Document,
    outline: &Outline,
    obligations: &mut [Obligation],
    elements: &[Element],
    topics: &Topics,
) -> Vec<(usize, TopicClause)> {
    let mut found = Clauses::of(document, outline, obligations, elements, topics).read();
    // Rows of a table are read after the entries, but stand among them.
    found.sort_by_key(|(topic, c)| (c.sentence.block, c.sentence.start, *topic));
    join_open(&mut found);
    for (topic, clause) in found.iter().filter(|(_, c)| c.evidence != Evidence::Mention) {
        for o in &clause.obligations {
            if let Some(o) = obligations.get_mut(o.index) {
                o.topics.push(*topic);
            }
        }
    }
    for o in obligations {
        o.topics.sort_unstable();
        o.topics.dedup();
    }
    found
}

/// Makes one clause of the stretches of text under no heading, which share their path.
fn join_open(found: &mut Vec<(usize, TopicClause)>) {
    let mut first: HashMap<usize, TopicClause> = HashMap::new();
    for (topic, clause) in found.iter().filter(|(_, c)| c.path.is_empty()) {
        match first.get_mut(topic) {
            Some(known) => {
                known.evidence = known.evidence.min(clause.evidence);
                known.words.extend(&clause.words);
                known.obligations.extend(clause.obligations.iter().cloned());
            }
            None => drop(first.insert(*topic, clause.clone())),
        }
    }
    found.retain_mut(|(topic, clause)| {
        if !clause.path.is_empty() {
            return true;
        }
        first.remove(topic).map(|whole| *clause = whole).is_some()
    });
}

#[cfg(test)]
mod tests;
