//! 指标传导: what became of the numbers of one document in another that carries it down.
//!
//! Two numbers correspond where they count in the same unit and their words are alike; a little less alike will do where
//! both are about one topic. What only one of the two prints stands alone and is not said to have been dropped: the
//! other may say it in words that were not recognised.

use super::align::{self, ALIKE, Words};
use super::{By, Pair};
use crate::corpus::{Corpus, Indicator, Obligation, Policy};

/// From here on the words of two numbers about one topic are alike.
const ALIKE_IN_TOPIC: f64 = 0.4;

/// 指标: a number that a document sets.
#[derive(Clone, Copy, Debug)]
pub struct Number<'c> {
    /// What sets it: index into [`Corpus::obligations`].
    pub index: usize,
    /// The same.
    pub obligation: &'c Obligation,
    /// Which of its numbers.
    pub at: usize,
    /// The same.
    pub indicator: &'c Indicator,
}

/// The numbers that a document sets, each once, in the order of the text.
pub fn numbers<'c>(corpus: &'c Corpus, policy: &'c Policy) -> Vec<Number<'c>> {
    let mut numbers: Vec<Number<'c>> = Vec::new();
    for index in policy.obligations.clone() {
        let Some(obligation) = corpus.obligations.get(index) else { continue };
        for (at, indicator) in obligation.indicators.iter().enumerate() {
            // A target that is a task too says its number twice.
            let said = |n: &Number<'_>| n.indicator.text == indicator.text && n.obligation.path == obligation.path;
            if !numbers.iter().rev().take(8).any(said) {
                numbers.push(Number { index, obligation, at, indicator });
            }
        }
    }
    numbers
}

/// Which numbers of `upper` and `lower` correspond, in the order of `lower`: indices into the two.
pub fn changes(upper: &[Number<'_>], lower: &[Number<'_>]) -> Vec<[usize; 2]> {
    if upper.is_empty() || lower.is_empty() {
        return Vec::new();
    }
    let words = |list: &[Number<'_>]| -> Vec<(usize, Words)> {
        list.iter().enumerate().map(|(i, n)| (i, Words::of(&subject(n)))).collect()
    };
    let (a, b) = (words(upper), words(lower));
    let alike = |x: &(usize, Words), y: &(usize, Words)| {
        let (m, n) = (upper.get(x.0)?, lower.get(y.0)?);
        let topic = m.obligation.topics.iter().any(|t| n.obligation.topics.contains(t));
        let likeness = x.1.likeness(&y.1);
        let enough = if topic { ALIKE_IN_TOPIC } else { ALIKE };
        (m.indicator.unit == n.indicator.unit && likeness >= enough).then_some((By::Text, likeness))
    };
    let mut pairs: Vec<Pair> = align::pair(&a, &b, alike);
    pairs.sort_by_key(|p| p.at[1]);
    pairs.into_iter().map(|p| p.at).collect()
}

/// What is measured, without the number itself: 养老机构护理型床位占比达到55%, where 60% would be the same thing.
fn subject(number: &Number<'_>) -> String {
    number.indicator.text.chars().filter(|c| !c.is_ascii_digit() && !matches!(c, '.' | '%' | '％')).collect()
}

/// What became of a number on its way down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The same number, bounded alike.
    Kept,
    /// A higher one.
    Raised,
    /// A lower one.
    Lowered,
    /// The same number, bounded another way: 60%以上 became 60%.
    Bounded,
}

impl Change {
    /// From `upper` to `lower`, which count in the same unit.
    pub fn of(upper: &Indicator, lower: &Indicator) -> Change {
        match lower.value.total_cmp(&upper.value) {
            std::cmp::Ordering::Greater => Change::Raised,
            std::cmp::Ordering::Less => Change::Lowered,
            std::cmp::Ordering::Equal if upper.op == lower.op => Change::Kept,
            std::cmp::Ordering::Equal => Change::Bounded,
        }
    }

    /// The word of the open data.
    pub fn key(self) -> &'static str {
        match self {
            Change::Kept => "kept",
            Change::Raised => "raised",
            Change::Lowered => "lowered",
            Change::Bounded => "bounded",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Project;

    /// The numbers that two documents set for the same things, and what became of each.
    #[test]
    fn what_became_of_the_numbers() {
        let project = Project::of_case("lineage");
        let corpus = &project.corpus;
        let said = |upper: &str, lower: &str| -> Vec<String> {
            let of = |id: &str| {
                let policy = corpus.documents.iter().find(|p| p.facts.id == id).expect(id);
                numbers(corpus, policy)
            };
            let (a, b) = (of(upper), of(lower));
            let shown = |[i, j]: [usize; 2]| {
                let (a, b) = (&a[i], &b[j]);
                let change = Change::of(a.indicator, b.indicator).key();
                format!("{} → {} {change}", a.indicator.shown(""), b.indicator.shown(""))
            };
            changes(&a, &b).into_iter().map(shown).collect()
        };
        assert_eq!(said("国办发-2030-901", "浙政办发-2030-902"), ["≥50% → ≥60% raised"]);
        assert_eq!(said("浙政办发-2030-902", "台政办发-2031-903"), ["≥60% → ≥60% kept"]);
        assert_eq!(said("国办发-2030-901", "台政办发-2031-903"), ["≥50% → ≥60% raised", "60% → 70% raised"]);
        assert_eq!(said("台政办发-2031-903", "临民发-2031-906"), [""; 0]);
    }
}
