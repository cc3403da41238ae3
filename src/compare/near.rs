//! 相近: which documents of a site are worth comparing.
//!
//! Found by way of the topics: a document is compared with those that share its rarest topics, never with all.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::corpus::Corpus;
use crate::vocabulary::Evidence;

/// Partners of a document.
const CLOSEST: usize = 3;
/// Topics that two documents must share to be worth comparing.
const SHARED: usize = 4;
/// Topics by which a document looks for partners, its rarest ones, and how many documents on either side of it (they
/// stand by date) it looks at for each.
const RAREST: usize = 12;
const AROUND: usize = 16;
/// Pairs of a site, the nearest: each is a page of some length.
const MOST: usize = 200;

/// The pairs of documents of different regions that have most in common, the first of each the newer; replies answer a
/// person and are compared with nothing. In order.
pub fn nearest(corpus: &Corpus) -> Vec<(usize, usize)> {
    // For every document its topics with their weights, by topic; for every topic its documents.
    let mut topics: Vec<Vec<(usize, f64)>> = vec![Vec::new(); corpus.documents.len()];
    let mut documents: Vec<Vec<usize>> = vec![Vec::new(); corpus.topics.len()];
    let compared =
        |i: usize| corpus.documents.get(i).is_some_and(|p| p.facts.reply.is_none() && p.facts.region.is_some());
    for (t, topic) in corpus.topics.iter().enumerate() {
        for part in topic.clauses.chunk_by(|a, b| a.policy == b.policy) {
            let Some(policy) = part.first().map(|c| c.policy).filter(|&p| compared(p)) else { continue };
            let surest = part.iter().map(|c| c.evidence).filter(|&e| e != Evidence::Mention).min();
            let Some(surest) = surest else { continue };
            topics[policy].push((t, if surest == Evidence::Text { 0.5 } else { 1.0 }));
            documents[t].push(policy);
        }
    }
    let total = documents.iter().flatten().collect::<BTreeSet<_>>().len();
    let rarity: Vec<f64> = documents.iter().map(|d| (1.0 + total as f64 / d.len().max(1) as f64).ln()).collect();
    let region = |i: usize| corpus.documents[i].facts.region.as_ref().map(|r| r.id);
    let close = |i: usize| -> Vec<(f64, usize, usize)> {
        let mut rarest: Vec<usize> = topics[i].iter().map(|t| t.0).collect();
        rarest.sort_by_key(|&t| documents[t].len());
        let mut others: BTreeSet<usize> = BTreeSet::new();
        for t in rarest.into_iter().take(RAREST) {
            let list = &documents[t];
            let at = list.partition_point(|&d| d < i);
            let around = list[at.saturating_sub(AROUND)..list.len().min(at + AROUND + 1)].iter().copied();
            others.extend(around.filter(|&d| d != i && region(d) != region(i)));
        }
        let mut close: Vec<(f64, usize, usize)> = others
            .into_iter()
            .filter_map(|other| {
                let (shared, score) = in_common(&topics[i], &topics[other], &rarity);
                (shared >= SHARED).then_some((score, i.min(other), i.max(other)))
            })
            .collect();
        close.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        close.truncate(CLOSEST);
        close
    };
    let mut pairs: Vec<(f64, usize, usize)> = (0..topics.len()).into_par_iter().flat_map_iter(close).collect();
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    pairs.dedup_by_key(|p| (p.1, p.2));
    pairs.truncate(MOST);
    let mut pairs: Vec<(usize, usize)> = pairs.into_iter().map(|p| (p.1, p.2)).collect();
    pairs.sort_unstable();
    pairs
}

/// How many topics two documents share, and how much that says: rare ones more, those in headings more.
fn in_common(a: &[(usize, f64)], b: &[(usize, f64)], rarity: &[f64]) -> (usize, f64) {
    let (mut i, mut j, mut shared, mut score) = (0, 0, 0, 0.0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        if x.0 == y.0 {
            shared += 1;
            score += x.1 * y.1 * rarity[x.0];
        }
        i += usize::from(x.0 <= y.0);
        j += usize::from(y.0 <= x.0);
    }
    // A long document has something in common with everybody.
    (shared, score / ((a.len() * b.len()).max(1) as f64).sqrt())
}

#[cfg(test)]
mod tests {
    use gongwen::{Reply, Span};

    use super::*;
    use crate::corpus::{Facts, RegionRef, Topic, TopicClause};
    use crate::registry::Level;
    use crate::site::fixture;

    /// A document of a region that treats these topics.
    fn corpus(documents: &[(&str, &[usize])]) -> Corpus {
        let mut corpus = Corpus { topics: vec![Topic::default(); 12], ..Corpus::default() };
        for (policy, (region, topics)) in documents.iter().enumerate() {
            let id = region.parse().expect("six digits");
            let region = RegionRef { id, name: String::new(), level: Level::City };
            let facts = Facts { region: Some(region), ..Facts::default() };
            corpus.documents.push(fixture::policy(facts, Vec::new()));
            for &topic in *topics {
                corpus.topics[topic].clauses.push(TopicClause {
                    policy,
                    path: "一".to_owned(),
                    evidence: Evidence::Title,
                    words: Vec::new(),
                    sentence: Span::new(0, 0..0),
                    obligations: Vec::new(),
                });
            }
        }
        corpus
    }

    #[test]
    fn pairs() {
        let plan: &[usize] = &[0, 1, 2, 3, 4];
        // Of different regions, with enough in common.
        assert_eq!(nearest(&corpus(&[("330100", plan), ("220100", plan)])), [(0, 1)]);
        assert_eq!(nearest(&corpus(&[("330100", plan), ("330100", plan)])), []);
        assert_eq!(nearest(&corpus(&[("330100", plan), ("220100", &[0, 1, 2, 9])])), []);
        // A reply is compared with nothing.
        let mut corpus = corpus(&[("330100", plan), ("220100", plan), ("320100", plan)]);
        corpus.documents[2].facts.reply = Some(Reply::default());
        assert_eq!(nearest(&corpus), [(0, 1)]);
    }

    /// A document has few partners, those with the rarest topics in common, however many there are.
    #[test]
    fn partners() {
        let common: &[usize] = &[0, 1, 2, 3];
        let rare: &[usize] = &[0, 1, 2, 3, 10];
        let regions: Vec<String> = (0..60).map(|i| format!("{:06}", 100_000 + i)).collect();
        let documents: Vec<(&str, &[usize])> = regions
            .iter()
            .enumerate()
            .map(|(i, region)| (region.as_str(), if i == 7 || i == 50 { rare } else { common }))
            .collect();
        let pairs = nearest(&corpus(&documents));
        assert!(pairs.contains(&(7, 50)), "{pairs:?}");
        assert!(pairs.len() <= 60 * CLOSEST);
        assert!(pairs.iter().all(|(a, b)| a < b));
    }
}
