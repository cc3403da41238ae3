//! 对齐: which of two lists of things correspond, by how alike their words are.

use super::side::Goal;
use super::{By, Pair};
use crate::corpus::topics::is_word;

/// From here on headings are alike, and texts.
pub const ALIKE: f64 = 0.6;
const ALIKE_IN_TOPIC: f64 = 0.4;
const ALIKE_TEXT: f64 = 0.3;
const ALIKE_GOALS: f64 = 0.4;
/// Characters of a text that are compared: what two clauses have in common they say early.
const LONGEST: usize = 600;

/// The pairs of neighbouring characters of a text, sorted.
#[derive(Debug, Default)]
pub struct Words(Vec<(char, char)>);

impl Words {
    /// Reads `text`; stops and blanks are no characters.
    pub fn of(text: &str) -> Words {
        let chars = || text.chars().filter(|&c| is_word(c)).take(LONGEST);
        let mut pairs: Vec<(char, char)> = chars().zip(chars().skip(1)).collect();
        pairs.sort_unstable();
        Words(pairs)
    }

    /// No likeness is above it, whatever the words: what the shorter text has not, the longer one has alone.
    fn bound(&self, other: &Words) -> f64 {
        let (a, b) = (self.0.len(), other.0.len());
        if a.min(b) == 0 { 0.0 } else { (2 * a.min(b)) as f64 / (a + b) as f64 }
    }

    /// How alike two texts are where that is at least `least`.
    fn alike(&self, other: &Words, least: f64) -> Option<f64> {
        (self.bound(other) >= least).then(|| self.likeness(other)).filter(|likeness| *likeness >= least)
    }

    /// How alike two texts are, from 0 to 1: the share of pairs that both have (Sørensen–Dice).
    pub fn likeness(&self, other: &Words) -> f64 {
        let (a, b) = (&self.0, &other.0);
        let (mut i, mut j, mut both) = (0, 0, 0);
        while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
            both += usize::from(x == y);
            i += usize::from(x <= y);
            j += usize::from(y <= x);
        }
        if both == 0 { 0.0 } else { (2 * both) as f64 / (a.len() + b.len()) as f64 }
    }
}

/// Things of a list that are paired. A longer list is no plan but a code; the rest of it stands unpaired.
const PAIRED: usize = 400;

/// Pairs what corresponds in two lists, the most alike first, each at most once.
pub fn pair<T>(a: &[T], b: &[T], alike: impl Fn(&T, &T) -> Option<(By, f64)>) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    for (i, x) in a.iter().enumerate().take(PAIRED) {
        for (j, y) in b.iter().enumerate().take(PAIRED) {
            pairs.extend(alike(x, y).map(|(by, likeness)| Pair { at: [i, j], by, likeness }));
        }
    }
    pairs.sort_by(|p, q| q.likeness.total_cmp(&p.likeness).then(p.at.cmp(&q.at)));
    let mut taken = [vec![false; a.len()], vec![false; b.len()]];
    pairs.retain(|p| {
        let free = !taken[0][p.at[0]] && !taken[1][p.at[1]];
        if free {
            taken[0][p.at[0]] = true;
            taken[1][p.at[1]] = true;
        }
        free
    });
    pairs
}

/// How alike two clauses of one topic are, which are their headings and texts: by the heading where that is alike.
pub fn clauses(a: &(Words, Words), b: &(Words, Words)) -> Option<(By, f64)> {
    let by_title = a.0.alike(&b.0, ALIKE_IN_TOPIC).map(|title| (By::Title, title));
    by_title.or_else(|| a.1.alike(&b.1, ALIKE_TEXT).map(|text| (By::Text, text)))
}

/// How alike two targets are. What counts different things is not.
pub fn goals(a: &(&Goal<'_>, Words), b: &(&Goal<'_>, Words)) -> Option<(By, f64)> {
    let unit = |g: &Goal<'_>| g.indicator.map(|i| i.unit.clone());
    let alike = a.1.likeness(&b.1);
    (unit(a.0) == unit(b.0) && alike >= ALIKE_GOALS).then_some((By::Text, alike))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness() {
        let table = [
            ("完善投融资和财税价格政策", "完善投融资和财税政策", 0.8..1.0),
            ("加强医养结合人才队伍建设", "加强医养结合人才队伍建设。", 1.0..1.1),
            ("支持医疗卫生机构开展养老服务", "提高医疗机构支持养老服务能力", 0.4..0.6),
            ("完善财政补贴扶持政策", "盘活土地资源", 0.0..0.1),
            ("", "", 0.0..0.1),
            ("甲", "甲", 0.0..0.1),
        ];
        for (a, b, expected) in table {
            let found = Words::of(a).likeness(&Words::of(b));
            assert!(expected.contains(&found), "{a} {b}: {found}");
            assert_eq!(found.to_bits(), Words::of(b).likeness(&Words::of(a)).to_bits());
        }
    }

    #[test]
    fn the_most_alike_first_and_each_once() {
        let (a, b) = ([1.0, 2.0, 9.0], [2.1, 1.0]);
        let near = |x: &f64, y: &f64| ((x - y).abs() < 1.5).then(|| (By::Text, 1.0 - (x - y).abs()));
        let pairs: Vec<[usize; 2]> = pair(&a, &b, near).into_iter().map(|p| p.at).collect();
        assert_eq!(pairs, [[0, 1], [1, 0]]);
    }
}
