//! 机关: an organ is a region and a sector; what it is called, was called, and became.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use jiff::civil::Date;

use super::pattern;
use super::region::{Region, RegionId};
use super::sector::{Kind, PLACE, Sector, begun, naming_level, place};
use super::{Registry, normalize};

/// An organ: the sector's body in the region. Displayed as `220200-卫生健康`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct OrganId {
    /// 行政区划.
    pub region: RegionId,
    /// 领域: the id of a sector, or the whole name of a 议事协调机构 that no table lists.
    pub sector: Arc<str>,
}

impl OrganId {
    /// The organ of `sector` in `region`.
    pub fn new(region: RegionId, sector: impl Into<Arc<str>>) -> Self {
        OrganId { region, sector: sector.into() }
    }
}

impl fmt::Display for OrganId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.region, self.sector)
    }
}

impl FromStr for OrganId {
    type Err = ();

    fn from_str(s: &str) -> Result<Self, ()> {
        let (region, sector) = s.split_once('-').ok_or(())?;
        if sector.is_empty() { Err(()) } else { Ok(OrganId::new(region.parse()?, sector)) }
    }
}

/// What is known of an organ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganInfo {
    /// The organ.
    pub id: OrganId,
    /// What kind of body it is.
    pub kind: Kind,
    /// 规范全称 on the asked date, or today's (the last, where it has ended): 台州市卫生健康委员会.
    pub name: String,
    /// Names it bore before, newest first.
    pub former: Vec<FormerName>,
    /// The year of the reform that ended it.
    pub ended: Option<u16>,
    /// Who took over when it ended; several where it was split.
    pub successors: Vec<Handover>,
    /// Parts of a living organ's work that went elsewhere.
    pub moved: Vec<Handover>,
    /// Organs that ended in it.
    pub predecessors: Vec<Handover>,
    /// Parts of living organs' work that came to it.
    pub received: Vec<Handover>,
}

/// Years of the reforms that gave a name and took it, as far as the table says.
pub type Years = (Option<u16>, Option<u16>);

/// 曾用名.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerName {
    /// The full name.
    pub name: String,
    /// Year of the reform that gave it.
    pub from: Option<u16>,
    /// Year of the reform that ended it.
    pub to: Option<u16>,
}

/// 职责划转, seen from one of its two organs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handover {
    /// The other organ.
    pub organ: OrganId,
    /// Its name today, or its last.
    pub name: String,
    /// Year of the reform.
    pub year: u16,
    /// What was handed over, where it was not all.
    pub part: Option<String>,
}

/// An organ whose name the sector's pattern does not give, from `organs.toml`.
#[derive(Clone, Debug, Default)]
pub(super) struct Particular {
    pub(super) name: Option<String>,
    pub(super) former: Vec<FormerName>,
    pub(super) ended: Option<u16>,
    pub(super) successors: Vec<(OrganId, Option<String>)>,
}

impl Registry {
    /// What is known of `id`; its name on the day `on`, or today's.
    pub fn organ(&self, id: &OrganId, on: Option<Date>) -> OrganInfo {
        let region = self.regions.get(id.region);
        let sector = self.sectors.get(&id.sector);
        let particular = self.particulars.get(id);
        let at = on.map(year_month);
        let mut info = OrganInfo {
            id: id.clone(),
            kind: sector.map_or_else(|| unlisted(&id.sector), |s| s.kind),
            name: self.name(id, at),
            former: Vec::new(),
            ended: sector.and_then(|s| s.ended),
            successors: Vec::new(),
            moved: Vec::new(),
            predecessors: Vec::new(),
            received: Vec::new(),
        };
        if let (Some(region), Some(sector)) = (region, sector) {
            let level = naming_level(region);
            for names in sector.names.iter().filter(|n| n.to.is_some()) {
                if let Some(name) = names.pattern(level).map(|p| place(p, region)).filter(|n| *n != info.name) {
                    info.former.push(FormerName { name, from: names.from, to: names.to });
                }
            }
            let handover = |sector: &Arc<str>, year, part: Option<&str>| {
                let organ = OrganId::new(id.region, sector.clone());
                Handover { name: self.name(&organ, None), organ, year, part: part.map(str::to_owned) }
            };
            if let Some(year) = sector.ended {
                info.successors = sector.into.iter().map(|i| handover(&i.sector, year, i.part.as_deref())).collect();
            }
            info.moved = sector.moved.iter().map(|m| handover(&m.to, m.year, Some(&m.part))).collect();
            // A sector that had no bodies at this level handed nothing over here.
            let here = |s: &&Sector| s.names.iter().any(|n| n.pattern(level).is_some());
            for other in self.sectors.list.iter().filter(here) {
                let into = other.into.iter().filter(|i| i.sector == id.sector);
                let year = other.ended.unwrap_or(0);
                info.predecessors.extend(into.map(|i| handover(&other.id, year, i.part.as_deref())));
                let moved = other.moved.iter().filter(|m| m.to == id.sector);
                info.received.extend(moved.map(|m| handover(&other.id, m.year, Some(&m.part))));
            }
        }
        if let Some(p) = particular {
            info.former.splice(0..0, p.former.iter().filter(|f| f.name != info.name).cloned());
            info.ended = p.ended.or(info.ended);
            if !p.successors.is_empty() {
                let year = info.ended.unwrap_or(0);
                info.successors = p
                    .successors
                    .iter()
                    .map(|(o, part)| Handover { organ: o.clone(), name: self.name(o, None), year, part: part.clone() })
                    .collect();
            }
        }
        info
    }

    /// 承接: the sector that does the work of `sector` today; itself where it stands. Of one that was split the sector
    /// that took over its main part.
    pub fn sector_today(&self, sector: &Arc<str>) -> Arc<str> {
        let mut today = sector.clone();
        // A table may send a sector around in a circle.
        for _ in 0..8 {
            let into = self.sectors.get(&today).filter(|s| s.ended.is_some()).and_then(|s| s.into.first());
            match into {
                Some(into) => today = into.sector.clone(),
                None => break,
            }
        }
        today
    }

    /// The years in which `printed` was a name of `id`: those of the longest of its names, long or short, that the
    /// printed one ends in; `None` where it ends in none.
    pub fn period_of(&self, id: &OrganId, printed: &str) -> Option<Years> {
        let printed = normalize(printed);
        let former = self.particulars.get(id).into_iter().flat_map(|p| &p.former);
        if let Some(f) = former.filter(|f| printed.ends_with(&f.name)).max_by_key(|f| f.name.len()) {
            return Some((f.from, f.to));
        }
        let level = naming_level(self.regions.get(id.region)?);
        let mut best: Option<(usize, Years)> = None;
        for names in &self.sectors.get(&id.sector)?.names {
            for name in names.pattern(level).map(pattern::expand).unwrap_or_default() {
                let own = name.rsplit(PLACE).next().unwrap_or("");
                // The newest stand first; an older period must fit better to be meant.
                if !own.is_empty() && printed.ends_with(own) && best.is_none_or(|(len, _)| own.len() > len) {
                    best = Some((own.len(), (names.from, names.to)));
                }
            }
        }
        best.map(|(_, period)| period)
    }

    /// The full name of `id` at `at`; the id's own words where the tables know none.
    pub(super) fn name(&self, id: &OrganId, at: Option<(u16, u8)>) -> String {
        let Some(region) = self.regions.get(id.region) else { return id.to_string() };
        if let Some(p) = self.particulars.get(id) {
            let former = at.and_then(|at| {
                p.former.iter().find(|f| {
                    f.to.is_some_and(|to| !begun(to, region.level, at))
                        && f.from.is_none_or(|from| begun(from, region.level, at))
                })
            });
            if let Some(name) =
                former.map(|f| &f.name).or(p.name.as_ref().filter(|_| at.is_none() || p.former.is_empty()))
            {
                return name.clone();
            }
            if let Some(name) = &p.name
                && self.sectors.get(&id.sector).is_none()
            {
                return name.clone();
            }
        }
        self.sectors.get(&id.sector).and_then(|s| s.name(region, at)).unwrap_or_else(|| plain(region, &id.sector))
    }
}

/// What a body that no table lists is: 两江新区管委会, 医养结合工作领导小组.
fn unlisted(name: &str) -> Kind {
    if name.ends_with("管委会") || name.ends_with("管理委员会") { Kind::Government } else { Kind::Coordination }
}

/// The name of a body that is called by its sector: 台州市医养结合工作领导小组.
fn plain(region: &Region, sector: &str) -> String {
    if region.id == RegionId::COUNTRY { sector.to_owned() } else { format!("{}{sector}", region.name) }
}

/// The year and the month of a date.
pub(super) fn year_month(date: Date) -> (u16, u8) {
    (date.year().unsigned_abs(), date.month().unsigned_abs())
}
