//! 查找: the document and the clause that somebody names, in whatever way of writing.

use std::collections::HashSet;

use gongwen::number::DocumentNumber;

use super::{Corpus, Policy};

/// How many suggestions a near miss gets.
const SUGGESTIONS: usize = 3;
/// How near a suggestion must be, from 0 to 1.
const NEAR: f64 = 0.5;
/// How much farther than the nearest the others may be.
const FARTHER: f64 = 0.1;
/// Characters of a name that are compared; what is longer is no name.
const LONGEST: usize = 120;

/// Why no clause is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClauseMiss {
    /// These paths all end so.
    Ambiguous(Vec<String>),
    /// None does; these are the nearest, perhaps none.
    Unknown(Vec<String>),
}

impl Corpus {
    /// The documents that `name` names: by id, by number in any bracket style, with blanks or without 号, or by its
    /// whole title. One, except where several documents share a number or a title.
    pub fn documents_named(&self, name: &str) -> Vec<usize> {
        let (plain, loose) = (fold(name), loose_number(name));
        let key = DocumentNumber::parse(name).map(|n| n.key());
        let ways: [&dyn Fn(&Policy) -> bool; 4] = [
            &|p| p.facts.id.to_lowercase() == name.trim().to_lowercase(),
            &|p| key.is_some() && numbers(p).any(|n| DocumentNumber::parse(n).map(|n| n.key()) == key),
            &|p| loose.is_some() && numbers(p).chain([p.facts.id.as_str()]).any(|n| loose_number(n) == loose),
            &|p| !plain.is_empty() && titles(p).any(|t| fold(t) == plain),
        ];
        ways.iter().map(|way| self.documents_where(way)).find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// The documents that `name` names, else those whose title holds it.
    pub fn documents_like(&self, name: &str) -> Vec<usize> {
        let named = self.documents_named(name);
        let part = fold(name);
        if !named.is_empty() || part.is_empty() {
            return named;
        }
        self.documents_where(&|p| titles(p).any(|t| fold(t).contains(&part)))
    }

    /// The documents whose id, number or title is nearest to `name`, nearest first: at most three, perhaps none.
    pub fn documents_near(&self, name: &str) -> Vec<usize> {
        let part = fold(name);
        if part.is_empty() {
            return Vec::new();
        }
        let likeness = |p: &Policy| {
            let of = |text: &str| {
                let text = fold(text);
                // A part of a title is nearer than anything that is only spelt alike.
                if text.contains(&part) { 1.0 } else { strsim::normalized_damerau_levenshtein(&text, &part) }
            };
            numbers(p).chain(titles(p)).chain([p.facts.id.as_str()]).map(of).fold(0.0, f64::max)
        };
        let mut near: Vec<(f64, usize)> =
            self.documents.iter().enumerate().map(|(i, p)| (likeness(p), i)).filter(|(l, _)| *l >= NEAR).collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let best = near.first().map_or(0.0, |(likeness, _)| *likeness);
        near.into_iter().take_while(|(l, _)| *l >= best - FARTHER).take(SUGGESTIONS).map(|(_, i)| i).collect()
    }

    fn documents_where(&self, is: &dyn Fn(&Policy) -> bool) -> Vec<usize> {
        self.documents.iter().enumerate().filter(|(_, p)| is(p)).map(|(i, _)| i).collect()
    }

    /// The path of the clause of `policy` that `name` names: a whole path, or the end of one where only one clause has
    /// it (第十条).
    ///
    /// # Errors
    /// See [`ClauseMiss`].
    pub fn clause_named(&self, policy: &Policy, name: &str) -> Result<String, ClauseMiss> {
        // Rows of a table are no entries of the outline.
        let rows = self.obligations.get(policy.obligations.clone()).unwrap_or_default();
        let paths = policy.outline.entries.iter().map(|e| &e.path).chain(rows.iter().map(|o| &o.path));
        let mut seen = HashSet::new();
        let paths: Vec<&str> = paths.map(String::as_str).filter(|p| !p.is_empty() && seen.insert(*p)).collect();
        let wanted = fold_path(name);
        if let Some(path) = paths.iter().find(|p| fold_path(p) == wanted) {
            return Ok((*path).to_owned());
        }
        let tail = format!("/{wanted}");
        let ending: Vec<&str> = paths.iter().copied().filter(|p| fold_path(p).ends_with(&tail)).collect();
        match ending[..] {
            [path] => Ok(path.to_owned()),
            [] => Err(ClauseMiss::Unknown(near_paths(&paths, &wanted))),
            _ => Err(ClauseMiss::Ambiguous(ending.into_iter().map(str::to_owned).collect())),
        }
    }
}

fn near_paths(paths: &[&str], wanted: &str) -> Vec<String> {
    let likeness = |path: &str| {
        let path = fold_path(path);
        let last = path.rsplit('/').next().unwrap_or_default();
        strsim::normalized_damerau_levenshtein(&path, wanted).max(strsim::normalized_damerau_levenshtein(last, wanted))
    };
    let mut near: Vec<(f64, &str)> = paths.iter().map(|p| (likeness(p), *p)).filter(|(l, _)| *l >= NEAR).collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    near.into_iter().take(SUGGESTIONS).map(|(_, p)| p.to_owned()).collect()
}

fn numbers(policy: &Policy) -> impl Iterator<Item = &str> {
    policy.facts.number.as_deref().into_iter()
}

fn titles(policy: &Policy) -> impl Iterator<Item = &str> {
    [Some(policy.facts.title.as_str()), policy.facts.attached_title.as_deref()].into_iter().flatten()
}

/// A title or a number without blanks and 《》, with brackets of one style.
fn fold(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '《' | '》')).map(plain).take(LONGEST).collect()
}

/// Brackets of one style, ASCII digits, lower case.
fn plain(c: char) -> char {
    match c {
        '(' | '（' | '[' | '［' | '【' | '〔' | '﹝' => '〔',
        ')' | '）' | ']' | '］' | '】' | '〕' | '﹞' => '〕',
        '０'..='９' => char::from(b'0' + u8::try_from(u32::from(c) - u32::from('０')).unwrap_or_default()),
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

/// What every way of writing a number has in common: 吉市政办发(2017)048 is 吉市政办发, 2017, 48. `None` for what has
/// not at least a code, a year and a number.
fn loose_number(text: &str) -> Option<Vec<String>> {
    let mut parts: Vec<(bool, String)> = Vec::new();
    let mut apart = true;
    for c in text.chars().take(LONGEST).map(plain) {
        let digit = c.is_ascii_digit();
        if matches!(c, '〔' | '〕' | '号' | '第' | '年') || c.is_whitespace() || c.is_ascii_punctuation() {
            apart = true;
            continue;
        }
        match parts.last_mut() {
            // Blanks part numbers, not the characters of a code.
            Some((same, part)) if *same == digit && !(digit && apart) => part.push(c),
            _ => parts.push((digit, c.to_string())),
        }
        apart = false;
    }
    let [(false, code), (true, year), (true, number)] = &parts[..] else { return None };
    Some(vec![code.clone(), year.clone(), number.trim_start_matches('0').to_owned()])
}

/// A path without blanks and the delimiters of its numbers, with full-width brackets: `二、/ (一)` is `二/（一）`.
fn fold_path(path: &str) -> String {
    let plain = |part: &str| -> String {
        let part: String = part.chars().filter(|c| !c.is_whitespace()).collect();
        let part = part.replace('(', "（").replace(')', "）");
        part.trim_end_matches(['、', '.', '．']).to_owned()
    };
    let parts: Vec<String> = path.trim().trim_start_matches(['#', '＃']).split('/').map(plain).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Facts, Policy};
    use gongwen::{Block, Document, Outline};

    fn policy(id: &str, number: &str, title: &str, blocks: Vec<Block>) -> Policy {
        let document = Document { blocks, ..Document::default() };
        let facts = Facts {
            id: id.to_owned(),
            title: title.to_owned(),
            number: (!number.is_empty()).then(|| number.to_owned()),
            ..Facts::default()
        };
        Policy {
            file: format!("content/{id}.md"),
            loaded: 0,
            elements: Vec::new(),
            outline: Outline::of(&document),
            document,
            facts,
            marks: Vec::new(),
            obligations: 0..0,
            instrument: None,
            consulted: Vec::new(),
        }
    }

    fn corpus() -> Corpus {
        let documents = vec![
            policy("云政办发-2021-12", "云政办发〔2021〕12号", "云河市养老服务实施方案", Vec::new()),
            policy("云政办发-2021-21", "云政办发〔2021〕21号", "云河市托育服务实施方案", Vec::new()),
            policy("order-2", "云河市人民政府令第2号", "云河市养老条例", Vec::new()),
            policy("a", "", "通知", Vec::new()),
            policy("b", "", "通知", Vec::new()),
        ];
        Corpus { documents, ..Corpus::default() }
    }

    #[test]
    fn documents_by_every_way_of_writing() {
        let corpus = corpus();
        let table: &[(&str, &[usize])] = &[
            ("云政办发〔2021〕12号", &[0]),
            ("云政办发(2021)12号", &[0]),
            ("云政办发［２０２１］ １２ 号", &[0]),
            ("云政办发【2021】012号", &[0]),
            ("云政办发2021年第12号", &[0]),
            ("云政办发〔2021〕12", &[0]),
            ("云政办发 2021 12", &[0]),
            ("云 政 办 发 〔2021〕 12 号", &[0]),
            ("云政办发-2021-12", &[0]),
            ("云河市人民政府令第2号", &[2]),
            ("云河市人民政府令第二号", &[2]),
            ("云河市人民政府第2号令", &[2]),
            ("ORDER-2", &[2]),
            ("《云河市养老条例》", &[2]),
            ("云河市 养老条例", &[2]),
            ("通知", &[3, 4]),
            ("云政办发〔2021〕1号", &[]),
            ("养老", &[]),
            ("", &[]),
            ("号", &[]),
        ];
        for (name, expected) in table {
            assert_eq!(&corpus.documents_named(name), expected, "{name}");
        }
        assert_eq!(corpus.documents_like("养老"), [0, 2]);
        assert_eq!(corpus.documents_like("托育服务"), [1]);
        assert!(corpus.documents_like(" ").is_empty());
    }

    #[test]
    fn near_misses() {
        let corpus = corpus();
        assert_eq!(corpus.documents_near("云政办发〔2021〕11号")[..2], [0, 1]);
        assert_eq!(corpus.documents_near("养老"), [0, 2]);
        assert_eq!(corpus.documents_near("云河市养老条列")[0], 2);
        assert!(corpus.documents_near("完全无关的说法").is_empty());
    }

    #[test]
    fn clauses_by_path_or_end() {
        let blocks = vec![
            Block::heading_of(2, "一、目标"),
            Block::heading_of(3, "（一）近期"),
            Block::heading_of(4, "1.起步"),
            Block::heading_of(2, "二、任务"),
            Block::heading_of(3, "（一）建设"),
            Block::heading_of(3, "（二）运营"),
        ];
        let corpus = Corpus { documents: vec![policy("a", "", "甲", blocks)], ..Corpus::default() };
        let found = |name: &str| corpus.clause_named(&corpus.documents[0], name);
        let owned = |paths: &[&str]| paths.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>();
        for (name, path) in [
            ("一", "一"),
            ("#二/（二）", "二/（二）"),
            ("二、/ (二)", "二/（二）"),
            ("（二）", "二/（二）"),
            ("1.", "一/（一）/1"),
            ("（一）/1", "一/（一）/1"),
        ] {
            assert_eq!(found(name), Ok(path.to_owned()), "{name}");
        }
        assert_eq!(found("（一）"), Err(ClauseMiss::Ambiguous(owned(&["一/（一）", "二/（一）"]))));
        let near = owned(&["二/（一）", "二/（二）", "一/（一）"]);
        assert_eq!(found("二/（三）"), Err(ClauseMiss::Unknown(near)));
        assert_eq!(found("第九十九条"), Err(ClauseMiss::Unknown(Vec::new())));
    }
}
