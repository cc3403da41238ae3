//! 一方: what one document says on one topic.

use std::collections::HashSet;

use crate::corpus::{Corpus, Indicator, Obligation, Policy, Topic, TopicClause};
use crate::registry::{OrganId, Registry};
use crate::vocabulary::{Evidence, Kind, Role};

use super::rank;

/// What one document says on one topic.
#[derive(Debug)]
pub struct Side<'c> {
    /// The document.
    pub policy: &'c Policy,
    /// The clauses that are about the topic, in order. Where a heading says so of some, a clause that only speaks of it
    /// in its text counts for what its own sentences ask, and not for who answers for the clause.
    pub clauses: Vec<&'c TopicClause>,
    /// Clauses that speak of it besides, and ask nothing of it.
    pub passing: Vec<&'c TopicClause>,
    /// Those that only mention it.
    pub mentions: Vec<&'c TopicClause>,
    /// Who plays which part, the chief parts first, each name once a part.
    pub parts: Vec<Part<'c>>,
    /// What is to be reached.
    pub goals: Vec<Goal<'c>>,
    /// The tasks and duties that have a deadline.
    pub dated: Vec<&'c Obligation>,
}

/// A printed name and the part it plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part<'c> {
    /// The part.
    pub role: Role,
    /// The printed name.
    pub name: &'c str,
    /// Its organ, where it resolves.
    pub organ: Option<&'c OrganId>,
}

/// 目标: something to be reached, with its number where it has one.
#[derive(Debug)]
pub struct Goal<'c> {
    /// The target, duty or commitment.
    pub obligation: &'c Obligation,
    /// Its number.
    pub indicator: Option<&'c Indicator>,
    /// What is to be reached, as printed: the words that speak of the topic.
    pub text: String,
}

impl<'c> Side<'c> {
    /// What document `policy` says on topic `topic`.
    pub fn of(corpus: &'c Corpus, registry: &Registry, topic: usize, policy: usize) -> Side<'c> {
        let clauses = corpus.topics.get(topic).map_or(&[][..], |t| of_policy(t, policy));
        Side::from(corpus, registry, topic, clauses, &corpus.documents[policy])
    }

    /// What the clauses of one document say on topic `topic`.
    pub fn from(
        corpus: &'c Corpus,
        registry: &Registry,
        topic: usize,
        clauses: &'c [TopicClause],
        policy: &'c Policy,
    ) -> Side<'c> {
        let asks = |c: &TopicClause| {
            let of = |i: usize| corpus.obligations.get(i).map(|o| o.kind);
            c.obligations.iter().any(|o| of(o.index) != Some(Kind::Assignment))
        };
        let titled = clauses.iter().any(|c| is_titled(c.evidence));
        let mut side = Side {
            policy,
            clauses: Vec::new(),
            passing: Vec::new(),
            mentions: Vec::new(),
            parts: Vec::new(),
            goals: Vec::new(),
            dated: Vec::new(),
        };
        for clause in clauses {
            match clause.evidence {
                Evidence::Mention => side.mentions.push(clause),
                Evidence::Text if titled && !asks(clause) => side.passing.push(clause),
                _ => side.clauses.push(clause),
            }
        }
        let mut seen = HashSet::new();
        let mut reached = HashSet::new();
        for clause in &side.clauses {
            for found in &clause.obligations {
                let Some(o) = corpus.obligations.get(found.index) else { continue };
                if titled && !is_titled(clause.evidence) && o.kind == Kind::Assignment {
                    continue;
                }
                for (role, names) in o.roles() {
                    let part = |name: &'c String| Part { role, name, organ: o.organs.get(name) };
                    side.parts.extend(names.iter().map(part).filter(|p| seen.insert((p.role, p.name))));
                }
                let goals = goals(registry, topic, o, &found.indicators);
                if goals.is_empty() && o.due_text.is_some() {
                    side.dated.push(o);
                }
                // A promise that is a target too is one thing to be reached.
                let goals = goals.into_iter().filter(|g| reached.insert(g.text.clone()));
                side.goals.extend(goals);
            }
        }
        side.parts.sort_by_key(|p| rank(p.role));
        side
    }

    /// The clauses that speak of the topic besides, or mention it, in order.
    pub fn besides(&self) -> Vec<&'c TopicClause> {
        let mut besides: Vec<&TopicClause> = self.passing.iter().chain(&self.mentions).copied().collect();
        besides.sort_by_key(|c| c.sentence);
        besides
    }

    /// The surest evidence that the document treats the topic.
    pub fn evidence(&self) -> Evidence {
        self.clauses.iter().map(|c| c.evidence).min().unwrap_or(Evidence::Mention)
    }

    /// The printed names in a part.
    pub fn names(&self, role: Role) -> impl Iterator<Item = Part<'c>> {
        self.parts.iter().copied().filter(move |p| p.role == role)
    }
}

impl Goal<'_> {
    /// True where both ask for the same amount.
    pub fn asks_same(&self, other: &Goal<'_>) -> bool {
        match (self.indicator, other.indicator) {
            (Some(a), Some(b)) => a.op == b.op && a.unit == b.unit && a.value.total_cmp(&b.value).is_eq(),
            (None, None) => true,
            _ => false,
        }
    }
}

/// True where a heading says that a clause is about its topic.
pub fn is_titled(evidence: Evidence) -> bool {
    matches!(evidence, Evidence::Title | Evidence::Heading)
}

/// The clauses of one document, which stand together.
pub fn of_policy(topic: &Topic, policy: usize) -> &[TopicClause] {
    let from = topic.clauses.partition_point(|c| c.policy < policy);
    let to = topic.clauses.partition_point(|c| c.policy <= policy);
    &topic.clauses[from..to]
}

/// What an obligation wants to reach of a topic: its numbers; of a target or a commitment without any the words that
/// speak of the topic.
fn goals<'c>(registry: &Registry, topic: usize, o: &'c Obligation, indicators: &[usize]) -> Vec<Goal<'c>> {
    let numbers = indicators.iter().filter_map(|&i| o.indicators.get(i));
    let numbers: Vec<Goal<'c>> =
        numbers.map(|i| Goal { obligation: o, indicator: Some(i), text: i.text.clone() }).collect();
    if !numbers.is_empty() || !matches!(o.kind, Kind::Target | Kind::Commitment) {
        return numbers;
    }
    vec![Goal { obligation: o, indicator: None, text: speaking(registry, topic, &o.text) }]
}

/// The pieces of a sentence between commas that hold a word of the topic; the whole where none does.
fn speaking(registry: &Registry, topic: usize, text: &str) -> String {
    let words: Vec<_> = registry.topics().words(text).into_iter().filter(|w| w.topic == topic).collect();
    let mut pieces: Vec<&str> = Vec::new();
    let mut start = 0;
    for piece in text.split_inclusive(['，', '；', ',', ';', '。']) {
        let end = start + piece.len();
        if words.iter().any(|w| (start..end).contains(&w.range.start)) {
            pieces.push(piece.trim_end_matches(['，', '；', ',', ';', '。']));
        }
        start = end;
    }
    if pieces.is_empty() { text.to_owned() } else { pieces.join("，") }
}
