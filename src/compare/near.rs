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
    use super::*;
    use crate::project::Project;

    /// The ids of the pairs in a site: for each document its region, and the topics that its headings name.
    fn pairs(documents: &[(&str, &[usize])], more: &str) -> Vec<(String, String)> {
        const TOPICS: [&str; 11] = [
            "用地保障",
            "家庭医生签约",
            "长期护理保险制度",
            "安宁疗护",
            "老年助餐",
            "适老化改造",
            "老年大学建设",
            "居家养老",
            "养老服务质量",
            "医养结合机构",
            "大气污染治理",
        ];
        let text = |(region, treated): &(&str, &[usize])| {
            let clause = |&t: &usize| format!("## 一、{}\n\n做好工作。\n\n", TOPICS[t]);
            let clauses: String = treated.iter().map(clause).collect();
            format!("+++\nregion = \"{region}\"\ndate = \"2021-03-18\"\n{more}+++\n\n# 关于做好工作的意见\n\n{clauses}")
        };
        let files: Vec<(String, String)> =
            documents.iter().enumerate().map(|(i, d)| (format!("{i:02}.md"), text(d))).collect();
        let corpus = Project::of(files.iter().map(|(name, text)| (name.as_str(), text.as_str()))).corpus;
        let id = |i: usize| corpus.documents[i].facts.id.clone();
        nearest(&corpus).into_iter().map(|(a, b)| (id(a), id(b))).collect()
    }

    #[test]
    fn of_two_regions_and_with_enough_in_common() {
        let plan: &[usize] = &[0, 1, 2, 3, 4];
        let pair = |a: &str, b: &str| vec![(a.to_owned(), b.to_owned())];
        assert_eq!(pairs(&[("330100", plan), ("220100", plan)], ""), pair("00", "01"));
        assert_eq!(pairs(&[("330100", plan), ("330100", plan)], ""), []);
        assert_eq!(pairs(&[("330100", plan), ("220100", &[0, 1, 2, 9])], ""), []);
        // A reply is compared with nothing.
        assert_eq!(pairs(&[("330100", plan), ("220100", plan)], "[reply]\nproposal_no = \"0123\"\n"), []);
    }

    /// A document has few partners, those with the rarest topics in common, however many there are.
    #[test]
    fn partners() {
        let common: &[usize] = &[0, 1, 2, 3];
        let rare: &[usize] = &[0, 1, 2, 3, 10];
        let provinces =
            [13, 14, 15, 21, 22, 23, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 51, 52, 53, 61, 62, 63, 64];
        let cities = ["0100", "0200"].into_iter().flat_map(|city| provinces.map(|p| format!("{p}{city}")));
        let cities: Vec<String> = cities.collect();
        let documents: Vec<(&str, &[usize])> = cities
            .iter()
            .enumerate()
            .map(|(i, region)| (region.as_str(), if i == 7 || i == 40 { rare } else { common }))
            .collect();
        let pairs = pairs(&documents, "");
        assert!(pairs.contains(&("07".to_owned(), "40".to_owned())), "{pairs:?}");
        assert!(pairs.len() <= cities.len() * CLOSEST);
        assert!(pairs.iter().all(|(a, b)| a < b));
    }
}
