//! Rules for later clauses, in any wording: 排在第一位的部门为牵头部门, 以下各项工作均需相关市、县（市、区）政府推进.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::wordlist::{Table, classed};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleWords {
    position: Vec<String>,
    leader: Vec<String>,
    forward: Vec<String>,
    backward: Vec<String>,
    things: Vec<String>,
    all: Vec<String>,
    need: Vec<String>,
}

/// What a word of `rules.toml` says in a rule.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    Forward,
    Backward,
    Thing,
    All,
    Need,
}

/// The two halves of the rule that the first leads; true for the position, false for the leader.
static FIRST: LazyLock<Table<bool>> = LazyLock::new(|| {
    let w = words();
    Table::new(classed([(w.position, true), (w.leader, false)]))
});

static STANDING: LazyLock<Table<Word>> = LazyLock::new(|| {
    let w = words();
    Table::new(classed([
        (w.forward, Word::Forward),
        (w.backward, Word::Backward),
        (w.things, Word::Thing),
        (w.all, Word::All),
        (w.need, Word::Need),
    ]))
});

fn words() -> RuleWords {
    crate::wordlist::load("rules.toml", include_str!("../../words/rules.toml"))
}

/// Longest clause that is read as a rule, in characters.
const CLAUSE: usize = 40;

/// Where the clause at byte `at` ends, if it says that the first of a list leads: 列第一位者为牵头单位,
/// 牵头单位为排名首位的部门.
pub(super) fn first_leads(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let stops = |c: char| "、，,；;。：:（(）)〔〕［］[]【】\n\t".contains(c);
    let end = rest.char_indices().take(CLAUSE).find(|&(_, c)| stops(c)).map(|(i, _)| i);
    let end = end.or_else(|| rest.char_indices().nth(CLAUSE).is_none().then_some(rest.len()))?;
    let clause = &rest[..end];
    (FIRST.occurs(clause, |position| position) && FIRST.occurs(clause, |position| !position)).then_some(at + end)
}

/// True where some clause of `text` says so.
pub(super) fn says_first_leads(text: &str) -> bool {
    // Most texts have no word of a position.
    FIRST.occurs(text, |position| position)
        && text
            .split(['、', '，', ',', '；', ';', '。', '：', ':', '（', '(', '）', ')', '\n'])
            .any(|clause| first_leads(clause, 0).is_some())
}

/// True where `text` has a word for the first place of a list at byte `at`.
pub(super) fn is_position(text: &str, at: usize) -> bool {
    FIRST.at(text, at).is_some_and(|(position, _)| position)
}

/// How a list is introduced that holds for several clauses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    /// Where the names begin.
    pub(super) end: usize,
    /// True where it holds for later clauses, false for 以上均需.
    pub(super) later: bool,
    /// True where it says 以下 or the like, so that it is a rule wherever it stands.
    pub(super) explicit: bool,
}

/// True where `text` has a word for what follows: 以下.
pub(super) fn says_what_follows(text: &str) -> bool {
    STANDING.occurs(text, |word| word == Word::Forward)
}

/// 以下均需, 各项任务均由, 以下各项工作责任单位均包括 at byte `at`.
pub(super) fn standing(text: &str, at: usize) -> Option<Standing> {
    /// Words of one introduction at most.
    const WORDS: usize = 8;
    let (mut forward, mut backward, mut all, mut need) = (false, false, false, false);
    let mut end = at;
    for _ in 0..WORDS {
        let Some((word, len)) = STANDING.at(text, end) else { break };
        match word {
            Word::Forward | Word::Backward if end > at => return None,
            Word::Forward => forward = true,
            Word::Backward => backward = true,
            Word::Thing if all || need => break,
            Word::Thing => {}
            Word::All if need => break,
            Word::All => all = true,
            Word::Need => need = true,
        }
        end += len;
    }
    let rule = need && (all || forward);
    rule.then_some(Standing { end, later: !backward, explicit: forward })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_leads() {
        for rule in [
            "列第一位者为牵头单位",
            "排在第一位的部门为牵头部门，下同",
            "责任单位中排名首位的单位牵头",
            "以下责任单位列第一位者牵头",
            "列首的为牵头单位",
            "牵头单位为排序第一的单位",
        ] {
            assert!(first_leads(rule, 0).is_some(), "{rule}");
        }
        for none in ["市第一医院牵头", "市教育局牵头，排在第一位", "第一批项目由市教育局牵头", ""]
        {
            assert_eq!(first_leads(none, 0), None, "{none}");
        }
    }

    #[test]
    fn lists_for_later_clauses() {
        let cut = |text: &'static str| standing(text, 0).map(|s| (&text[s.end..], s.later));
        assert_eq!(cut("以下均需各县落实"), Some(("各县落实", true)));
        assert_eq!(cut("以下各项工作均需相关市推进"), Some(("相关市推进", true)));
        assert_eq!(cut("各项任务均由各县政府落实"), Some(("各县政府落实", true)));
        assert_eq!(cut("以下责任单位均包括各镇政府"), Some(("各镇政府", true)));
        assert_eq!(cut("以上均需各县落实"), Some(("各县落实", false)));
        assert_eq!(cut("各县均需落实"), None);
        assert_eq!(cut("责任单位：市教育局"), None);
        assert_eq!(cut("由市教育局负责"), None);
    }
}
