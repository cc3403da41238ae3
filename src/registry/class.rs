//! Classes of organs: 各县（市、区）人民政府, 有关部门, 卫生计生部门.
//!
//! A phrase is a class where it is made of known words and ends in a head: levels (县（市、区）), open words (各,
//! 相关), sectors (卫生计生、民政) and a head (部门, 单位, 人民政府).

use std::sync::Arc;

use super::Registry;
use super::context::Context;
use super::organ::year_month;
use super::region::{Level, RegionId, prefix_ends};
use super::sector::LevelSet;
use super::words::Word;

/// Organs named by what they are, not one by one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Class {
    /// What its members are.
    pub kind: ClassKind,
    /// The sectors named, in printed order; empty where the phrase leaves them open (有关部门).
    pub sectors: Vec<Arc<str>>,
    /// The levels named; empty where the phrase leaves them open.
    pub levels: Vec<Level>,
    /// The region whose organs are meant: the document's own.
    pub within: Option<RegionId>,
}

/// What the members of a class are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClassKind {
    /// 部门.
    #[default]
    Departments,
    /// 人民政府.
    Governments,
    /// 单位、机构.
    Units,
    /// 各地, 各县（市、区）: places that stand for their governments.
    Places,
}

/// No class is longer, in characters; longer text is a sentence.
const LONGEST: usize = 120;

impl Registry {
    /// Reads `text` as a class of organs.
    pub(super) fn class(&self, text: &str, context: &Context<'_>) -> Option<Class> {
        if text.chars().nth(LONGEST).is_some() || self.words.not_organs.iter().any(|w| text.contains(w.as_str())) {
            return None;
        }
        let at = context.date.map(year_month);
        let mut class = Class { within: context.region, ..Class::default() };
        let mut head = None;
        let mut quantified = false;
        let mut unknown = 0usize;
        let mut words = 0usize;
        let mut first_level = false;
        let mut rest = text;
        while !rest.is_empty() {
            // The whole rest may be an organ's name: 各县（市、区）卫生健康局.
            if words > 0 {
                let named: Vec<usize> = self
                    .sectors
                    .bearers(rest)
                    .iter()
                    .filter(|b| b.levels.meets(LevelSet::LOCAL))
                    .map(|b| b.sector)
                    .collect();
                if !named.is_empty() && !self.words.class.contains_key(rest) {
                    self.extend_sectors(&mut class.sectors, &named, at);
                    head = Some(ClassKind::Departments);
                    break;
                }
            }
            let (end, word) = self.next_word(rest);
            match word {
                Found::Word(Word::Open(q)) => quantified |= *q,
                Found::Word(Word::Levels(levels)) => {
                    first_level |= words == 0 && levels.len() == 1;
                    class
                        .levels
                        .extend(levels.iter().filter(|l| !class.levels.contains(l)).copied().collect::<Vec<_>>());
                    head = Some(ClassKind::Places);
                }
                Found::Word(Word::Departments) => head = Some(ClassKind::Departments),
                Found::Word(Word::Units) => head = Some(ClassKind::Units),
                Found::Word(Word::Governments) => head = Some(ClassKind::Governments),
                Found::Word(Word::Places) => head = Some(ClassKind::Places),
                Found::Sectors(sectors) => {
                    self.extend_sectors(&mut class.sectors, sectors, at);
                    head = None;
                }
                Found::Country => {
                    class.within = Some(RegionId::COUNTRY);
                    class.levels = vec![Level::Country];
                }
                Found::Number => quantified = true,
                Found::Nothing => {
                    unknown += 1;
                    head = None;
                }
            }
            words += 1;
            rest = &rest[end..];
        }
        class.kind = head?;
        let generic = matches!(class.kind, ClassKind::Departments | ClassKind::Units);
        if unknown > 0 && !(quantified && generic) {
            return None;
        }
        match class.kind {
            // 市县, 县 alone are words, not organs; 各县（市、区） and 各地 are.
            ClassKind::Places if !(quantified || words > 1) => return None,
            ClassKind::Governments => class.sectors = vec!["人民政府".into()],
            // 市政府相关部门, 省直各单位: of the region itself.
            ClassKind::Departments | ClassKind::Units if first_level && class.sectors.is_empty() => {
                class.within = class.levels.first().and_then(|&l| {
                    let here = context.region?;
                    self.regions.at_level(here, l).or(Some(here))
                });
            }
            _ => {}
        }
        Some(class)
    }

    fn extend_sectors(&self, into: &mut Vec<Arc<str>>, sectors: &[usize], at: Option<(u16, u8)>) {
        for i in self.sectors.living(sectors, Level::City, at) {
            if let Some(sector) = self.sectors.list.get(i)
                && !into.contains(&sector.id)
            {
                into.push(sector.id.clone());
            }
        }
    }

    /// The longest known word at the start of `rest`: its bytes and meaning; one character where none is known.
    fn next_word(&self, rest: &str) -> (usize, Found<'_>) {
        let mut last = 0;
        for end in prefix_ends(rest, 12) {
            let word = &rest[..end];
            if let Some(known) = self.words.class.get(word) {
                return (end, Found::Word(known));
            }
            let sectors = self.sectors.worded(word);
            // 乡镇人民政府 is a level and a government.
            if !sectors.is_empty() && !word.ends_with("人民政府") {
                return (end, Found::Sectors(sectors));
            }
            if word == "国务院" || word == "国家" || word == "中央和国家" || word == "党中央" {
                return (end, Found::Country);
            }
            if word.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十百".contains(c)) {
                return (end, Found::Number);
            }
            last = end;
        }
        (last.max(1), Found::Nothing)
    }
}

enum Found<'a> {
    Word(&'a Word),
    Sectors(&'a [usize]),
    Country,
    Number,
    Nothing,
}
