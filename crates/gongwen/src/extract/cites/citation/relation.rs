//! What a document does with what it names, from the cue words around it.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::Relation;
use super::items::Item;
use super::words::WORDS;
use crate::extract::kit::organ::is_organ;
use crate::scan::Cursor;
use crate::wordlist::starts_with;

/// Cue words with what they say, in one automaton.
struct Cues {
    automaton: Option<AhoCorasick>,
    words: Vec<(&'static str, Relation)>,
}

impl Cues {
    fn new(table: &'static std::collections::HashMap<String, Vec<String>>) -> Self {
        use Relation::*;
        let words: Vec<(&str, Relation)> = [Basis, Implement, Mention, Amend, Repeal, Forward, Issue]
            .into_iter()
            .flat_map(|r| table.get(r.name()).into_iter().flatten().map(move |w| (w.as_str(), r)))
            .collect();
        let automaton =
            AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words.iter().map(|w| w.0)).ok();
        Cues { automaton, words }
    }

    fn all<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (Relation, Range<usize>)> + 't {
        let hits = self.automaton.iter().flat_map(move |a| a.find_iter(text));
        hits.filter_map(|m| Some((self.words.get(m.pattern().as_usize())?.1, m.range())))
    }
}

static BEFORE: LazyLock<Cues> = LazyLock::new(|| Cues::new(&WORDS.before));
static AFTER: LazyLock<Cues> = LazyLock::new(|| Cues::new(&WORDS.after));

/// The relation of each item of `text`. `preamble` is true before the first numbered heading, where a notice says what
/// it issues.
pub(super) fn of(text: &str, items: &[Item], preamble: bool) -> Vec<Relation> {
    let mut relations: Vec<Relation> = Vec::with_capacity(items.len());
    let mut listed = vec![false; items.len()];
    let mut end = 0;
    for (i, item) in items.iter().enumerate() {
        let gap = text.get(end..item.range.start).unwrap_or("");
        let goes_on = i > 0 && joins(gap);
        let relation = match relations.last() {
            Some(&r) if goes_on => r,
            _ => match cue_before(gap) {
                Relation::Repeal if names_a_part(&text[item.range.end..]) => Relation::Amend,
                r => r,
            },
        };
        listed[i] = goes_on;
        relations.push(relation);
        end = item.range.end;
    }
    // 《甲》《乙》同时废止: what follows the last of a list holds for all of it.
    let mut from = text.len();
    let mut carried = None;
    for i in (0..items.len()).rev() {
        let gap = text.get(items[i].range.end..from).unwrap_or("");
        let said = cue_after(gap, preamble);
        let next_listed = listed.get(i + 1).copied().unwrap_or(false);
        carried = said.or(if next_listed { carried } else { None });
        if let Some(r) = carried {
            relations[i] = r;
        }
        from = items[i].range.start;
    }
    relations
}

/// The cue in the same part of the sentence nearest before an instrument.
fn cue_before(gap: &str) -> Relation {
    let start = gap
        .rfind(['。', '；', '，', '：', ';', ',', ':', '！', '\t', '\n'])
        .map_or(0, |i| i + gap[i..].chars().next().map_or(0, char::len_utf8));
    let clause = &gap[start..];
    let cues = BEFORE.all(clause).filter(|(_, r)| {
        // 按, 依, 据 and 见 are cues only right before the instrument.
        r.len() > '按'.len_utf8() || clause[r.end..].trim().is_empty()
    });
    let mut cues: Vec<(Relation, Range<usize>)> = cues.collect();
    // 根据县人大会议通过的《政府工作报告》, 根据修订实施的《办法》: who made it and when says nothing of what this document
    // does with it.
    let mut rest = clause.trim_end();
    let made = WORDS.made.iter().filter(|w| rest.ends_with(w.as_str())).max_by_key(|w| w.len());
    if let Some(w) = made {
        rest = rest[..rest.len() - w.len()].trim_end();
        while let Some((_, range)) = cues.pop_if(|(r, range)| *r != Relation::Basis && range.end == rest.len()) {
            rest = rest[..range.start].trim_end();
        }
    }
    cues.last().map_or(Relation::Mention, |(relation, _)| *relation)
}

/// The cue in the same sentence after an instrument and before the next.
fn cue_after(gap: &str, preamble: bool) -> Option<Relation> {
    let sentence = gap.split(['。', '；', ';', '\t', '\n']).next().unwrap_or("");
    let mut cues = AFTER.all(sentence).map(|(r, _)| r);
    let cue = cues.find(|r| preamble || !matches!(r, Relation::Issue | Relation::Forward))?;
    Some(if cue == Relation::Repeal && names_a_part(sentence) { Relation::Amend } else { cue })
}

/// 第三条同时废止: a repeal of a part amends the whole.
fn names_a_part(after: &str) -> bool {
    let mut c = Cursor::new(after, 0);
    c.spaces().eat("中的");
    c.eat("第") && c.numeral().is_some() && c.eat_any(&WORDS.part).is_some()
}

/// True where `gap` only joins two instruments of one list: 、, 和, 及省民政厅等十四部门.
fn joins(gap: &str) -> bool {
    let gap = gap.trim();
    if gap.is_empty() {
        return true;
    }
    let without = |text: &str, words: &[String]| -> Option<usize> {
        words.iter().find(|w| text.starts_with(w.as_str())).map(String::len)
    };
    let rest = gap[without(gap, &WORDS.list_tails).unwrap_or(0)..].trim_start();
    let Some(joint) = without(rest, &WORDS.joints) else { return false };
    // 《甲》，以及《乙》
    let rest = &rest[joint..];
    let rest = rest[without(rest, &WORDS.joints).unwrap_or(0)..].trim();
    rest.is_empty() || (rest.chars().count() <= 40 && names_issuers(rest))
}

/// True for 省民政厅等十四部门, 国家卫生健康委、民政部, 我厅会同14部门.
fn names_issuers(words: &str) -> bool {
    let last = words.rsplit(['、', '和', '与']).next().unwrap_or(words);
    // 我们 says nothing that the signature does not.
    is_organ(last) || (words.starts_with('我') && words.chars().count() <= 3)
}

/// Who issued the instrument, where that is printed right before it.
pub(super) fn issuers(text: &str, item: &Item) -> Option<Range<usize>> {
    /// A pronoun with its organ is no longer, in characters: 我委, 我市政府.
    const PRONOUN: usize = 4;
    /// How far back issuers may stand, in characters.
    const BACK: usize = 80;
    let head = text.get(..item.range.start)?;
    let from = head.char_indices().rev().take(BACK).last().map_or(head.len(), |(i, _)| i);
    let clause = &head[from..];
    let start = clause
        .rfind(['。', '；', '，', '：', ';', ',', ':', '》', '）', ')', '\t', '\n'])
        .map_or(0, |i| i + clause[i..].chars().next().map_or(0, char::len_utf8));
    let mut words = clause[start..].trim_end();
    let full = from + start;
    while let Some(w) = WORDS.issuers.verbs.iter().filter(|w| words.ends_with(w.as_str())).max_by_key(|w| w.len()) {
        words = words[..words.len() - w.len()].trim_end();
    }
    // The cue that introduces them is not theirs: 根据国家卫生健康委等11个部门.
    let cue = BEFORE.all(words).filter(|(_, r)| r.len() > '按'.len_utf8()).last().map_or(0, |(_, r)| r.end);
    let mut skipped = cue;
    // 中小企业指工业和信息化部等四部门; but 指挥部.
    let means = |(i, w): &(usize, &str)| !starts_with(&words[i + w.len()..], &WORDS.issuers.means_not);
    if let Some((i, w)) = words.match_indices(WORDS.issuers.means.as_str()).filter(means).last() {
        skipped = skipped.max(i + w.len());
    }
    // 国务院同意国家计委《…》: who agrees to it is not who made it.
    let agreed = WORDS.issuers.agrees.iter().filter_map(|w| words.rfind(w.as_str()).map(|i| i + w.len())).max();
    skipped = skipped.max(agreed.filter(|end| *end < words.len()).unwrap_or(0));
    let mut rest = &words[skipped..];
    while let Some(w) = WORDS.issuers.leads.iter().find(|w| rest.starts_with(w.as_str())) {
        skipped += w.len();
        rest = &words[skipped..];
    }
    let blank = rest.len() - rest.trim_start().len();
    let range = full + skipped + blank..full + words.len();
    // 我委, 本厅: the signature says who that is; 我厅会同14部门 names others. A bracket is of a web page.
    let pronoun = rest.trim().chars().count() <= PRONOUN;
    let nobody = pronoun && WORDS.issuers.nobody.iter().any(|w| rest.trim().starts_with(w.as_str()));
    let plain = !rest.contains(['[', '【', '<', '|', '*']);
    (names_issuers(rest.trim()) && !nobody && plain && !range.is_empty()).then_some(range)
}
