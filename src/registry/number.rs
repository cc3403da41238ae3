//! 发文字号 → who issued it: the central codes (国卫老龄发), or a region's character and a sector's (苏卫, 台政办).

use std::collections::HashMap;
use std::sync::Arc;

use serde::Deserialize;

use super::context::Context;
use super::organ::OrganId;
use super::region::{Level, RegionId, Regions, prefix_ends};
use super::{Registry, normalize};

/// Who a document number says issued it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberIssuer {
    /// The issuer's name for display, as of the number's year: 国家卫生健康委员会办公厅. None where the region is open.
    pub name: Option<String>,
    /// The organ, where the region is known.
    pub organ: Option<OrganId>,
    /// The region; None where several fit and the context does not decide.
    pub region: Option<RegionId>,
    /// The sector.
    pub sector: Arc<str>,
    /// The unit inside the organ: 办公厅 of 国卫办.
    pub unit: Option<String>,
    /// False where another region or another issuer would fit the characters as well.
    pub sure: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    central: HashMap<String, String>,
    local: HashMap<String, String>,
    cities: HashMap<String, String>,
}

/// The sector that a code stands for, and the unit.
type Entry = (Arc<str>, Option<String>);

/// `prefixes.toml`, indexed.
#[derive(Clone, Debug, Default)]
pub(super) struct Prefixes {
    central: HashMap<String, Entry>,
    local: HashMap<String, Entry>,
    /// 简称: 甬 → 330200.
    cities: HashMap<String, RegionId>,
    /// The first character of the names of cities and counties.
    initials: HashMap<char, Vec<RegionId>>,
}

impl Prefixes {
    pub(super) fn read(text: &str) -> Result<Prefixes, toml::de::Error> {
        let table: Table = toml::from_str(text)?;
        let entries = |map: HashMap<String, String>| map.into_iter().map(|(k, v)| (k, entry(&v))).collect();
        Ok(Prefixes {
            central: entries(table.central),
            local: entries(table.local),
            cities: table.cities.into_iter().filter_map(|(k, v)| Some((k, v.parse().ok()?))).collect(),
            initials: HashMap::new(),
        })
    }

    /// Learns the initials of the cities and counties; again after a site has added regions.
    pub(super) fn learn(&mut self, regions: &Regions) {
        self.initials.clear();
        for region in regions.iter().filter(|r| matches!(r.level, Level::City | Level::County) && !r.former) {
            if let Some(initial) = region.name.chars().next() {
                self.initials.entry(initial).or_default().push(region.id);
            }
        }
    }

    /// Every sector that some code stands for.
    #[cfg(test)]
    pub(super) fn sectors(&self) -> impl Iterator<Item = (&str, &str)> {
        self.central.iter().chain(&self.local).map(|(code, (sector, _))| (code.as_str(), &**sector))
    }
}

fn entry(value: &str) -> Entry {
    match value.split_once(" +") {
        Some((sector, unit)) => (sector.into(), Some(unit.to_owned())),
        None => (value.into(), None),
    }
}

/// No code is longer, in characters.
const LONGEST: usize = 24;

/// The regions that the characters before a local sector's may stand for.
#[derive(Default)]
struct Candidates {
    /// By a 简称 of their own: provinces, and the cities of the table.
    firm: Vec<RegionId>,
    /// Cities by the beginning of their names.
    cities: Vec<RegionId>,
    /// Counties by the beginning of their names.
    counties: Vec<RegionId>,
}

impl Registry {
    /// Who issues under `code`, the number before its year (国卫老龄发, 台政办发, 国家医保局令). `year` decides the
    /// name; `context`, the region of the document that bears or cites it, decides between regions of one character.
    pub fn number_issuer(&self, code: &str, year: Option<u16>, context: Option<RegionId>) -> Option<NumberIssuer> {
        let code = normalize(code);
        if code.is_empty() || code.chars().nth(LONGEST).is_some() {
            return None;
        }
        if let Some(found) = self.spelled_out(&code, year, context) {
            return Some(found);
        }
        let local = self.local_code(&code, context);
        let central = prefix_ends(&code, LONGEST).find_map(|end| self.prefixes.central.get(&code[..end]));
        let take_local = match (&local, central) {
            (Some(local), Some(_)) => local.firm || local.own || local.government && local.region.is_some(),
            (local, _) => local.is_some(),
        };
        if take_local {
            let local = local?;
            return Some(self.issuer(&local.entry, local.region, local.unit, year, local.sure));
        }
        let entry = central?;
        // 农发 may be 农安县's in a document from there, not elsewhere.
        let province = |id: RegionId| self.regions.at_level(id, Level::Province);
        let rival = local.and_then(|l| province(l.region?)).is_some_and(|p| context.and_then(province) == Some(p));
        // 教职成厅, 教基厅函: the 厅 at the end is the ministry's general office.
        let stem = code.trim_end_matches(['发', '函', '字', '电', '号']);
        let office = (entry.1.is_none() && code.starts_with('教') && stem.ends_with('厅')).then(|| "办公厅".to_owned());
        Some(self.issuer(entry, Some(RegionId::COUNTRY), office, year, !rival))
    }

    /// 国家医保局令, 吉林省人民政府令, 民政部公告.
    fn spelled_out(&self, code: &str, year: Option<u16>, context: Option<RegionId>) -> Option<NumberIssuer> {
        let code = code.strip_suffix('第').unwrap_or(code);
        let name = ["令", "公告", "通告"].iter().find_map(|end| code.strip_suffix(end))?;
        let resolution = self.resolve(name, &Context { region: context, ..Context::default() });
        let organ = resolution.organ()?.clone();
        let entry = (organ.sector.clone(), None);
        Some(self.issuer(&entry, Some(organ.region), None, year, true))
    }

    fn issuer(
        &self,
        (sector, unit): &Entry,
        region: Option<RegionId>,
        office: Option<String>,
        year: Option<u16>,
        sure: bool,
    ) -> NumberIssuer {
        let organ = region.map(|r| OrganId::new(r, sector.clone()));
        let unit = unit.clone().or(office);
        let name = organ.as_ref().map(|o| self.name(o, year.map(|y| (y, 12))) + unit.as_deref().unwrap_or(""));
        NumberIssuer { name, organ, region, sector: sector.clone(), unit, sure }
    }

    /// `code` as a region's characters and a sector's; of several readings the one with the longest sector.
    fn local_code(&self, code: &str, context: Option<RegionId>) -> Option<Local> {
        let mut best: Option<(usize, Local)> = None;
        for start in prefix_ends(code, 4) {
            let place = &code[..start];
            let candidates = self.candidates(place);
            if candidates.firm.is_empty() && candidates.cities.is_empty() && candidates.counties.is_empty() {
                continue;
            }
            let rest = &code[start..];
            let Some(end) = prefix_ends(rest, 6).find(|&end| self.prefixes.local.contains_key(&rest[..end])) else {
                continue;
            };
            let Some(entry) = self.prefixes.local.get(&rest[..end]) else { continue };
            if best.as_ref().is_some_and(|(length, _)| *length >= end) {
                continue;
            }
            let (region, sure, own) = self.decide(&candidates, context);
            let government = entry.0.starts_with("人民政府");
            let unit = (entry.1.is_none() && !government && &*entry.0 != "党委" && rest[end..].starts_with('办'))
                .then(|| "办公室".to_owned());
            let firm = !candidates.firm.is_empty();
            best = Some((end, Local { entry: entry.clone(), region, unit, sure, firm, own, government }));
        }
        best.map(|(_, local)| local)
    }

    fn candidates(&self, place: &str) -> Candidates {
        let mut found = Candidates::default();
        let mut chars = place.chars();
        let (Some(first), second) = (chars.next(), chars.next()) else { return found };
        let initials = || self.prefixes.initials.get(&first).map_or(&[][..], Vec::as_slice);
        let mut add = |id: RegionId| match self.regions.level(id) {
            Some(Level::City) => found.cities.push(id),
            Some(Level::County) => found.counties.push(id),
            _ => {}
        };
        match (second, chars.next()) {
            (None, _) => {
                let own_char = |id: RegionId| {
                    // 吉林市 writes 吉市, because 吉 is its province.
                    let province = self.regions.at_level(id, Level::Province);
                    province.is_some_and(|p| self.regions.chars.get(place).is_some_and(|v| v.contains(&p)))
                };
                initials().iter().copied().filter(|&id| !own_char(id)).for_each(&mut add);
            }
            (Some(mark @ ('市' | '县' | '区' | '州')), None) => {
                let bears = |id: &&RegionId| self.regions.get(**id).is_some_and(|r| r.name.ends_with(mark));
                let mut marked: Vec<RegionId> = initials().iter().filter(bears).copied().collect();
                // The mark tells a city from the province of its character.
                if let Some(provinces) = self.regions.chars.get(&place[..first.len_utf8()]) {
                    let inside = |id: &RegionId| {
                        provinces.iter().any(|&p| self.regions.contains(p, *id))
                            && self.regions.level(*id) == Some(Level::City)
                    };
                    let home: Vec<RegionId> = marked.iter().copied().filter(inside).collect();
                    if !home.is_empty() {
                        marked = home;
                    }
                }
                marked.into_iter().for_each(&mut add);
            }
            _ => {
                self.regions.named(place).iter().copied().for_each(&mut add);
                if second.is_some() {
                    let starts = |id: &&RegionId| self.regions.get(**id).is_some_and(|r| r.name.starts_with(place));
                    initials().iter().filter(starts).copied().for_each(&mut add);
                }
                found.cities.dedup();
                found.counties.dedup();
            }
        }
        found.firm.extend(self.regions.chars.get(place).into_iter().flatten());
        found.firm.extend(self.prefixes.cities.get(place));
        let firm = &found.firm;
        found.cities.retain(|id| !firm.contains(id));
        found
    }

    /// The region meant, whether it is sure, and whether it is the context's own or above it.
    fn decide(&self, candidates: &Candidates, context: Option<RegionId>) -> (Option<RegionId>, bool, bool) {
        let only = |ids: &[RegionId]| if let [id] = ids { Some(*id) } else { None };
        let larger = || candidates.firm.iter().chain(&candidates.cities).copied();
        if let Some(here) = context.filter(|&c| c != RegionId::COUNTRY) {
            let above = |ids: &[RegionId]| -> Vec<RegionId> {
                ids.iter().copied().filter(|&id| self.regions.contains(id, here)).collect()
            };
            for tier in [&candidates.firm, &candidates.cities, &candidates.counties] {
                if let Some(id) = only(&above(tier)) {
                    return (Some(id), true, true);
                }
            }
            let province = self.regions.at_level(here, Level::Province);
            for outer in [Some(here), self.regions.at_level(here, Level::City), province].into_iter().flatten() {
                let near: Vec<RegionId> = larger().filter(|&id| self.regions.contains(outer, id)).collect();
                if !near.is_empty() {
                    return (only(&near), near.len() == 1, false);
                }
            }
            let city = self.regions.at_level(here, Level::City).unwrap_or(here);
            let near: Vec<RegionId> =
                candidates.counties.iter().copied().filter(|&id| self.regions.contains(city, id)).collect();
            if !near.is_empty() && candidates.firm.is_empty() {
                return (only(&near), false, false);
            }
        }
        match (candidates.firm.as_slice(), candidates.cities.as_slice(), candidates.counties.as_slice()) {
            ([id], ..) => (Some(*id), true, false),
            // 宁: 宁夏 and 南京.
            ([_, _, ..], ..) => (None, false, false),
            ([], [id], _) => (Some(*id), false, false),
            ([], [], [id]) => (Some(*id), false, false),
            _ => (None, false, false),
        }
    }
}

/// A local reading of a code.
struct Local {
    entry: Entry,
    region: Option<RegionId>,
    unit: Option<String>,
    sure: bool,
    /// The region's characters are a 简称.
    firm: bool,
    /// The region is the context's own.
    own: bool,
    /// The sector is a government or its office.
    government: bool,
}
