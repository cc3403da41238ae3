//! 机构领域: the table of sectors, and the index from printed names to sectors.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Deserialize;

use super::pattern;
use super::region::{Level, Region};

/// What kind of body an organ is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
pub enum Kind {
    /// 政府部门.
    #[default]
    #[serde(rename = "部门")]
    Department,
    /// 人民政府、政府办公厅、管委会.
    #[serde(rename = "政府")]
    Government,
    /// 党委及其工作机关.
    #[serde(rename = "党委")]
    Party,
    /// 人民代表大会及其常务委员会.
    #[serde(rename = "人大")]
    Congress,
    /// 人民政协.
    #[serde(rename = "政协")]
    Cppcc,
    /// 监察、纪检机关.
    #[serde(rename = "监察")]
    Supervision,
    /// 法院、检察院.
    #[serde(rename = "司法")]
    Judiciary,
    /// 工会、共青团、妇联、残联等.
    #[serde(rename = "群团")]
    MassOrganization,
    /// 军事机关.
    #[serde(rename = "军事")]
    Military,
    /// 垂直管理机构: 税务、海关、消防救援等.
    #[serde(rename = "垂直")]
    Vertical,
    /// 议事协调机构: 领导小组、联席会议、委员会.
    #[serde(rename = "议事协调")]
    Coordination,
    /// 事业单位 that administers: 医保经办、公积金中心.
    #[serde(rename = "事业")]
    Institution,
}

/// A line of government work and what its bodies are called. See the head of `sectors.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sector {
    pub(super) id: Arc<str>,
    #[serde(default)]
    pub(super) kind: Kind,
    #[serde(default)]
    pub(super) words: String,
    pub(super) names: Vec<Names>,
    pub(super) ended: Option<u16>,
    #[serde(default)]
    pub(super) into: Vec<Into>,
    #[serde(default)]
    pub(super) moved: Vec<Moved>,
}

/// The names of one period, by level.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Names {
    pub(super) from: Option<u16>,
    pub(super) to: Option<u16>,
    state: Option<String>,
    local: Option<String>,
    province: Option<String>,
    city: Option<String>,
    county: Option<String>,
}

/// A sector that took over from one that ended.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Into {
    pub(super) sector: Arc<str>,
    pub(super) part: Option<String>,
}

/// A part of a living sector that went elsewhere.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Moved {
    pub(super) year: u16,
    pub(super) part: String,
    pub(super) to: Arc<str>,
}

impl Names {
    /// The pattern of this period's names at `level`.
    pub(super) fn pattern(&self, level: Level) -> Option<&str> {
        match level {
            Level::Country => self.state.as_deref(),
            Level::Province => self.province.as_deref().or(self.local.as_deref()),
            Level::City => self.city.as_deref().or(self.local.as_deref()),
            Level::County => self.county.as_deref().or(self.local.as_deref()),
            Level::Township => None,
        }
    }

    /// True where a body of `level` bore these names at `at`, (year, month). The State Council's bodies change in
    /// the March of a reform; local ones follow by the next new year.
    pub(super) fn covers(&self, level: Level, at: (u16, u8)) -> bool {
        let begun = |year: u16| begun(year, level, at);
        self.from.is_none_or(begun) && !self.to.is_some_and(begun)
    }
}

/// True where the reform of `year` had reached `level` by `at`.
pub(super) fn begun(year: u16, level: Level, at: (u16, u8)) -> bool {
    if level == Level::Country { at >= (year, 3) } else { at >= (year.saturating_add(1), 1) }
}

/// The placeholder of a region's name inside a pattern.
pub(super) const PLACE: char = '＊';

impl Sector {
    /// The official name of the sector's body in `region` at `at`, or today's, where the table knows one.
    pub(super) fn name(&self, region: &Region, at: Option<(u16, u8)>) -> Option<String> {
        self.names_at(naming_level(region), at).map(|p| place(p, region))
    }

    /// The pattern of the names borne at `level` at `at`, or today.
    pub(super) fn names_at(&self, level: Level, at: Option<(u16, u8)>) -> Option<&str> {
        let mut known = self.names.iter().filter(|n| n.pattern(level).is_some());
        let names = match at {
            Some(at) => {
                let covering = known.clone().find(|n| n.covers(level, at));
                covering.or_else(|| known.next_back())
            }
            None => known.next(),
        };
        // The names of another local level are nearer the truth than none.
        names.and_then(|n| n.pattern(level)).or_else(|| {
            if level == Level::Country { None } else { self.names.iter().find_map(|n| n.pattern(Level::City)) }
        })
    }
}

/// The level whose names the bodies of `region` bear: those of 北京市 are named like a city's.
pub(super) fn naming_level(region: &Region) -> Level {
    if region.is_municipality() { Level::City } else { region.level }
}

/// The first name of `pattern`, with the region's name in its place.
pub(super) fn place(pattern: &str, region: &Region) -> String {
    let name = pattern::first(pattern);
    match name.split_once(PLACE) {
        Some((before, after)) => format!("{before}{}{after}", region.name),
        None if region.level == Level::Country => name,
        None => format!("{}{name}", region.name),
    }
}

/// The levels at which a name is borne, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct LevelSet(u8);

impl LevelSet {
    /// A national name printed without its 国家.
    pub(super) const BARE: LevelSet = LevelSet(16);
    pub(super) const LOCAL: LevelSet = LevelSet(2 | 4 | 8);

    pub(super) fn of(level: Level) -> LevelSet {
        LevelSet(match level {
            Level::Country => 1,
            Level::Province => 2,
            Level::City => 4,
            Level::County => 8,
            Level::Township => 0,
        })
    }

    pub(super) fn meets(self, other: LevelSet) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) fn union(self, other: LevelSet) -> LevelSet {
        LevelSet(self.0 | other.0)
    }

    pub(super) fn levels(self) -> Vec<Level> {
        LOCAL_LEVELS.into_iter().filter(|&l| self.meets(LevelSet::of(l))).collect()
    }
}

const LOCAL_LEVELS: [Level; 3] = [Level::Province, Level::City, Level::County];

/// That a name is borne by a sector, when and where.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bearer {
    /// Index of the sector.
    pub(super) sector: usize,
    pub(super) levels: LevelSet,
    /// The years of the reforms that gave the name and took it, as far as the table says.
    from: Option<u16>,
    to: Option<u16>,
}

impl Bearer {
    /// True where the name was borne in the year of `at`, or is today. Local bodies follow a reform within a year.
    pub(super) fn borne(&self, at: Option<(u16, u8)>) -> bool {
        match at {
            Some((year, _)) => self.from.is_none_or(|f| year >= f) && self.to.is_none_or(|t| year <= t),
            None => self.to.is_none(),
        }
    }
}

/// The sectors and their indexes.
#[derive(Clone, Debug, Default)]
pub(super) struct Sectors {
    pub(super) list: Vec<Sector>,
    by_id: HashMap<Arc<str>, usize>,
    names: HashMap<Box<str>, Vec<Bearer>>,
    words: HashMap<Box<str>, Vec<usize>>,
    /// What stands before [`PLACE`] in a name: 中共, 政协. Longest first.
    pub(super) heads: Vec<Box<str>>,
}

impl Sectors {
    /// Adds a sector, or more names to the one of its id.
    pub(super) fn add(&mut self, sector: Sector) {
        let index = match self.by_id.get(&sector.id) {
            Some(&i) => i,
            None => {
                self.by_id.insert(sector.id.clone(), self.list.len());
                self.list.len()
            }
        };
        for names in &sector.names {
            for level in [Level::Country, Level::Province, Level::City, Level::County] {
                let Some(pattern) = names.pattern(level) else { continue };
                for name in pattern::expand(pattern) {
                    if level == Level::Country
                        && let Some(bare) = name.strip_prefix("国家")
                    {
                        self.bear(bare, index, LevelSet::BARE, names);
                    }
                    if let Some((head, _)) = name.split_once(PLACE)
                        && !head.is_empty()
                        && !self.heads.iter().any(|h| **h == *head)
                    {
                        self.heads.push(head.into());
                        self.heads.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
                    }
                    self.bear(&name, index, LevelSet::of(level), names);
                    // 城市管理委员会 is 城市管理委 for short.
                    if let Some(short) = name.strip_suffix("员会").filter(|n| n.ends_with('委')) {
                        self.bear(short, index, LevelSet::of(level), names);
                    }
                }
            }
        }
        for word in pattern::expand(&sector.words).iter().chain([&sector.id.to_string()]).filter(|w| !w.is_empty()) {
            let bearers = self.words.entry(word.as_str().into()).or_default();
            if !bearers.contains(&index) {
                bearers.push(index);
            }
        }
        match self.list.get_mut(index) {
            Some(old) => {
                old.names.extend(sector.names);
                old.ended = sector.ended.or(old.ended);
                old.into.extend(sector.into);
                old.moved.extend(sector.moved);
            }
            None => self.list.push(sector),
        }
    }

    fn bear(&mut self, name: &str, sector: usize, levels: LevelSet, period: &Names) {
        let bearers = match self.names.get_mut(name) {
            Some(b) => b,
            None => self.names.entry(name.into()).or_default(),
        };
        match bearers.iter_mut().find(|b| b.sector == sector) {
            Some(b) => {
                b.levels = b.levels.union(levels);
                b.from = b.from.zip(period.from).map(|(a, b)| a.min(b));
                b.to = b.to.zip(period.to).map(|(a, b)| a.max(b));
            }
            None => bearers.push(Bearer { sector, levels, from: period.from, to: period.to }),
        }
    }

    pub(super) fn get(&self, id: &str) -> Option<&Sector> {
        self.list.get(*self.by_id.get(id)?)
    }

    pub(super) fn bearers(&self, name: &str) -> &[Bearer] {
        self.names.get(name).map_or(&[], Vec::as_slice)
    }

    /// The sectors that `word` names in "word部门".
    pub(super) fn worded(&self, word: &str) -> &[usize] {
        self.words.get(word).map_or(&[], Vec::as_slice)
    }

    /// Of several sectors, those that had bodies at `level` at `at`, or today; all where none had.
    pub(super) fn living(&self, sectors: &[usize], level: Level, at: Option<(u16, u8)>) -> Vec<usize> {
        let alive = |&&i: &&usize| {
            self.list.get(i).is_some_and(|s| match (s.ended, at) {
                (None, _) => true,
                (Some(_), None) => false,
                (Some(year), Some(at)) => !begun(year, level, at),
            })
        };
        // A body that has not been founded yet cannot be meant either.
        let founded = |i: &usize| {
            let earliest = self.list.get(*i).and_then(|s| {
                if s.names.iter().any(|n| n.from.is_none()) {
                    None
                } else {
                    s.names.iter().filter_map(|n| n.from).min()
                }
            });
            match (earliest, at) {
                (Some(year), Some(at)) => at.0 >= year,
                _ => true,
            }
        };
        let living: Vec<usize> = sectors.iter().filter(alive).copied().filter(founded).collect();
        if living.is_empty() { sectors.to_vec() } else { living }
    }

    /// `id` and every sector that ended in it, directly or by way of another.
    pub(super) fn with_predecessors(&self, id: &str) -> Vec<Arc<str>> {
        let mut found: Vec<Arc<str>> = vec![id.into()];
        let mut next = 0;
        while let Some(current) = found.get(next).cloned() {
            for sector in &self.list {
                if sector.ended.is_some()
                    && sector.into.iter().any(|i| i.sector == current)
                    && !found.contains(&sector.id)
                {
                    found.push(sector.id.clone());
                }
            }
            next += 1;
        }
        found
    }
}
