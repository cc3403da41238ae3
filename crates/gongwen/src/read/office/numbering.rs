//! 自动编号: the numbers that an office program prints before paragraphs and that stand nowhere in the text. DOCX and
//! DOC keep them alike: definitions with nine levels, lists that use a definition and may change it, paragraphs that
//! name a list and a level (ECMA-376-1, 17.9; [MS-DOC] 2.4.6.3).

use std::collections::HashMap;

use super::counting::Counting;

/// Levels of a definition.
pub const LEVELS: usize = 9;

/// The most characters of a label; Word takes no more than 255.
const LABEL: usize = 255;

/// How the paragraphs of one level are numbered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// The first number.
    pub start: u32,
    /// How it is written.
    pub counting: Counting,
    /// What is printed: words, and the numbers of this level and those above it.
    pub label: Vec<Bit>,
    /// What follows the number.
    pub suffix: Suffix,
    /// The level whose paragraphs begin the count anew, from 0, with all those above it; `None` where none does. The
    /// usual is the level above.
    pub restart: Option<usize>,
    /// All numbers in the label are Arabic ones: 第一章, then 1.1 and not 一.1.
    pub legal: bool,
}

impl Level {
    /// A level number `level`, from 0, as it is where a file says nothing of it.
    pub fn at(level: usize) -> Level {
        Level {
            start: 1,
            counting: Counting::Decimal,
            label: Vec::new(),
            suffix: Suffix::Tab,
            restart: level.checked_sub(1),
            legal: false,
        }
    }
}

/// A bit of a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bit {
    /// Words, as printed.
    Text(String),
    /// The number of this level, from 0.
    Number(usize),
}

/// What stands between a number and its paragraph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Suffix {
    /// A tab.
    #[default]
    Tab,
    /// A space.
    Space,
    /// Nothing.
    Nothing,
}

/// A definition: `w:abstractNum`, LSTF.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Definition {
    /// Its levels; `None` where the file leaves one out.
    pub levels: [Option<Level>; LEVELS],
}

/// A list: `w:num`, LFO.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// Which definition it uses.
    pub definition: usize,
    /// What it changes of each level.
    pub changes: [Change; LEVELS],
}

/// What a list changes of a level.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// The number that the first paragraph of this list has.
    pub start: Option<u32>,
    /// How the level is numbered instead.
    pub level: Option<Level>,
}

/// All definitions and lists of a file.
#[derive(Clone, Debug, Default)]
pub struct Numbering {
    /// The definitions.
    pub definitions: Vec<Definition>,
    /// The lists by the number that paragraphs call them by.
    pub lists: HashMap<i64, List>,
}

/// Counts the paragraphs of one story of a file.
#[derive(Debug, Default)]
pub struct Counter {
    /// The last number of each level, by definition: lists of one definition count on.
    last: HashMap<usize, [Option<u32>; LEVELS]>,
    /// The lists and levels whose [`Change::start`] has been used.
    begun: HashMap<i64, [bool; LEVELS]>,
}

/// The number of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// As printed: （一）.
    pub text: String,
    /// What follows it.
    pub suffix: Suffix,
}

impl Counter {
    /// The number of the next paragraph, which is of this list and level; `None` where the file defines no such list.
    pub fn next(&mut self, numbering: &Numbering, list: i64, level: usize) -> Option<Label> {
        let number = list;
        let level = level.min(LEVELS - 1);
        let list = numbering.lists.get(&list)?;
        let definition = numbering.definitions.get(list.definition)?;
        let at = |i: usize| list.changes[i].level.as_ref().or(definition.levels[i].as_ref());
        let own = at(level)?;
        let last = self.last.entry(list.definition).or_default();
        let begun = self.begun.entry(number).or_default();
        let start = list.changes[level].start.filter(|_| !std::mem::replace(&mut begun[level], true));
        last[level] = Some(match (start, last[level]) {
            (Some(start), _) => start,
            (None, Some(n)) => n.saturating_add(1),
            (None, None) => own.start,
        });
        for (below, count) in last.iter_mut().enumerate().skip(level + 1) {
            if at(below).and_then(|l| l.restart).is_some_and(|restart| level <= restart) {
                *count = None;
            }
        }
        let mut text = String::new();
        for bit in &own.label {
            match bit {
                Bit::Text(words) => text.push_str(words),
                Bit::Number(i) => {
                    let Some(shown) = at(*i) else { continue };
                    // A level above that has not been used yet is shown as if it had begun.
                    let n = last[*i].unwrap_or(shown.start);
                    let counting = match shown.counting {
                        Counting::None | Counting::Bullet | Counting::Padded(_) => shown.counting,
                        _ if own.legal => Counting::Decimal,
                        counting => counting,
                    };
                    text.push_str(&counting.write(n));
                }
            }
            if text.len() > LABEL * 4 {
                break;
            }
        }
        let text: String = text.chars().take(LABEL).collect();
        Some(Label { text, suffix: own.suffix })
    }
}

impl Label {
    /// The paragraph with its number. A tab after a number is a gap that a typist does not type after 、, 。 or ）; where
    /// number and words would run into one, it is one space, after 第一条 one of full width.
    pub fn before(&self, text: &str) -> String {
        let last = self.text.chars().next_back();
        let first = text.trim_start().chars().next();
        let gap = match (self.suffix, last, first) {
            (Suffix::Nothing, ..) | (_, _, None) | (_, None, _) => "",
            (Suffix::Space, ..) => " ",
            (_, Some('、' | '。' | '，' | '：' | '）' | '．' | '〕' | '】' | '》'), _) => "",
            (_, Some('.' | ')' | ':'), Some(c)) if !c.is_ascii_alphanumeric() => "",
            (_, Some('\u{4e00}'..='\u{9fff}'), Some(_)) => "\u{3000}",
            _ => " ",
        };
        format!("{}{gap}{}", self.text, if gap.is_empty() && !self.text.is_empty() { text.trim_start() } else { text })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(level: usize, counting: Counting, label: &[Bit]) -> Level {
        Level { counting, label: label.to_vec(), ..Level::at(level) }
    }

    fn text(words: &str) -> Bit {
        Bit::Text(words.to_owned())
    }

    /// 第一章, 1.1, （1）.
    fn chapters() -> Definition {
        let mut definition = Definition::default();
        definition.levels[0] = Some(level(0, Counting::Chinese, &[text("第"), Bit::Number(0), text("章")]));
        definition.levels[1] =
            Some(Level { legal: true, ..level(1, Counting::Decimal, &[Bit::Number(0), text("."), Bit::Number(1)]) });
        definition.levels[2] = Some(level(2, Counting::Decimal, &[text("（"), Bit::Number(2), text("）")]));
        definition
    }

    fn numbering(definition: Definition, lists: &[(i64, List)]) -> Numbering {
        Numbering { definitions: vec![definition], lists: lists.iter().cloned().collect() }
    }

    fn labels(numbering: &Numbering, paragraphs: &[(i64, usize)]) -> Vec<String> {
        let mut counter = Counter::default();
        paragraphs.iter().map(|(l, n)| counter.next(numbering, *l, *n).map_or("-".into(), |l| l.text)).collect()
    }

    #[test]
    fn levels_begin_anew_below_the_one_above() {
        let n = numbering(chapters(), &[(7, List::default())]);
        let seen = labels(&n, &[(7, 0), (7, 1), (7, 2), (7, 2), (7, 1), (7, 2), (7, 0), (7, 1), (9, 0)]);
        assert_eq!(seen, ["第一章", "1.1", "（1）", "（2）", "1.2", "（1）", "第二章", "2.1", "-"]);
    }

    #[test]
    fn a_level_that_never_restarts_counts_through() {
        let mut definition = chapters();
        definition.levels[2].as_mut().expect("a level").restart = None;
        definition.levels[1].as_mut().expect("a level").restart = None;
        let n = numbering(definition, &[(1, List::default())]);
        assert_eq!(
            labels(&n, &[(1, 0), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2)]),
            ["第一章", "1.1", "（1）", "第二章", "2.2", "（2）"]
        );
    }

    #[test]
    fn lists_of_one_definition_count_on_unless_they_say_where_to_begin() {
        let mut anew = List::default();
        anew.changes[0].start = Some(5);
        let n = numbering(chapters(), &[(1, List::default()), (2, List::default()), (3, anew)]);
        assert_eq!(
            labels(&n, &[(1, 0), (2, 0), (3, 0), (3, 0), (1, 0)]),
            ["第一章", "第二章", "第五章", "第六章", "第七章"]
        );
    }

    #[test]
    fn a_list_may_write_a_level_differently() {
        let mut other = List::default();
        other.changes[0].level = Some(level(0, Counting::Stems, &[Bit::Number(0), text("、")]));
        let n = numbering(chapters(), &[(1, other)]);
        assert_eq!(labels(&n, &[(1, 0), (1, 0)]), ["甲、", "乙、"]);
    }

    #[test]
    fn a_level_above_that_was_not_used_is_shown_as_begun() {
        let n = numbering(chapters(), &[(1, List::default())]);
        assert_eq!(labels(&n, &[(1, 1), (1, 1), (1, 0), (1, 1)]), ["1.1", "1.2", "第一章", "1.1"]);
    }

    #[test]
    fn the_gap_after_a_number_is_as_a_typist_leaves_it() {
        let table = [
            ("一、", Suffix::Tab, "总体要求", "一、总体要求"),
            ("第一条", Suffix::Tab, "为了规范", "第一条\u{3000}为了规范"),
            ("1.", Suffix::Tab, "加强领导", "1.加强领导"),
            ("1.", Suffix::Tab, "2018年", "1. 2018年"),
            ("1.1", Suffix::Space, "概述", "1.1 概述"),
            ("（1）", Suffix::Nothing, "甲", "（1）甲"),
            ("3", Suffix::Tab, "", "3"),
            ("", Suffix::Tab, "甲", "甲"),
        ];
        for (label, suffix, words, expected) in table {
            assert_eq!(Label { text: label.to_owned(), suffix }.before(words), expected);
        }
    }

    #[test]
    fn a_label_does_not_grow_without_end() {
        let mut definition = Definition::default();
        definition.levels[0] = Some(level(0, Counting::Decimal, &vec![Bit::Number(0); 100_000]));
        let n = numbering(definition, &[(1, List::default())]);
        assert_eq!(labels(&n, &[(1, 0)])[0].len(), LABEL);
    }
}
