//! 行政区划: the regions of GB/T 2260, found by code and by printed name.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

/// 行政层级.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Level {
    /// 国家.
    Country,
    /// 省、自治区、直辖市.
    Province,
    /// 设区的市、自治州、地区、盟.
    City,
    /// 县、自治县、县级市、市辖区、旗.
    County,
    /// 乡、镇、街道: only in classes of organs; the table has no townships.
    Township,
}

impl Level {
    /// The level as the open data prints it: 国家, 省, 市, 县, 乡.
    pub fn name(self) -> &'static str {
        match self {
            Level::Country => "国家",
            Level::Province => "省",
            Level::City => "市",
            Level::County => "县",
            Level::Township => "乡",
        }
    }

    /// The level that [`Level::name`] names.
    pub fn from_name(name: &str) -> Option<Level> {
        [Level::Country, Level::Province, Level::City, Level::County, Level::Township]
            .into_iter()
            .find(|l| l.name() == name)
    }
}

/// 行政区划代码: six digits; 000000 is the country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct RegionId(u32);

impl RegionId {
    /// 国家.
    pub const COUNTRY: RegionId = RegionId(0);

    /// The code that the digits of GB/T 2260 imply as the parent's: 220202 → 220200 → 220000 → 000000.
    fn implied_parent(self) -> Option<RegionId> {
        match self.0 {
            0 => None,
            n if n % 10_000 == 0 => Some(RegionId(0)),
            n if n % 100 == 0 => Some(RegionId(n / 10_000 * 10_000)),
            n => Some(RegionId(n / 100 * 100)),
        }
    }
}

impl fmt::Display for RegionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}", self.0)
    }
}

impl FromStr for RegionId {
    type Err = ();

    fn from_str(s: &str) -> Result<Self, ()> {
        if s.len() == 6 && s.bytes().all(|b| b.is_ascii_digit()) {
            s.parse().map(RegionId).map_err(|_| ())
        } else {
            Err(())
        }
    }
}

/// 一个行政区划.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// 代码.
    pub id: RegionId,
    /// 全称: 吉林市.
    pub name: Cow<'static, str>,
    /// 层级.
    pub level: Level,
    /// The region it belongs to; none for the country.
    pub parent: Option<RegionId>,
    /// True where the unit has been abolished or renamed; documents of its time still name it.
    pub former: bool,
}

impl Region {
    /// True for 北京、天津、上海、重庆: provinces in level, cities in the names of their organs.
    pub fn is_municipality(&self) -> bool {
        self.level == Level::Province && self.name.ends_with('市')
    }
}

/// All regions, with their indexes.
#[derive(Clone, Debug, Default)]
pub(super) struct Regions {
    list: Vec<Region>,
    by_id: HashMap<RegionId, usize>,
    /// The regions right below each.
    below: HashMap<RegionId, Vec<RegionId>>,
    by_name: HashMap<Cow<'static, str>, Vec<RegionId>>,
    /// Characters that stand for a region in 发文字号: 吉 → 220000.
    pub(super) chars: HashMap<Cow<'static, str>, Vec<RegionId>>,
}

/// The longest name that a region has, in characters; names given by a site may not be longer.
pub(super) const LONGEST_NAME: usize = 20;

impl Regions {
    /// Reads `regions.csv`. None where a line is malformed.
    pub(super) fn read(csv: &'static str) -> Option<Regions> {
        let mut regions = Regions::default();
        for line in csv.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
            let mut cells = line.split(',');
            let id: RegionId = cells.next()?.parse().ok()?;
            let name = cells.next()?;
            let level = Level::from_name(cells.next()?)?;
            let (shorts, chars) = (cells.next()?, cells.next()?);
            let region = Region { id, name: name.into(), level, parent: None, former: cells.next()? == "former" };
            regions.add(region, shorts.split_whitespace().map(Cow::from), chars.split_whitespace().map(Cow::from));
        }
        Some(regions)
    }

    /// Adds a region, or replaces the one of its code, and derives the parent where none is given.
    pub(super) fn add(
        &mut self,
        mut region: Region,
        shorts: impl Iterator<Item = Cow<'static, str>>,
        chars: impl Iterator<Item = Cow<'static, str>>,
    ) {
        let id = region.id;
        if region.parent.is_none() {
            let mut parent = id.implied_parent();
            while let Some(p) = parent.filter(|p| !self.by_id.contains_key(p)) {
                parent = p.implied_parent();
            }
            region.parent = parent;
        }
        for name in std::iter::once(region.name.clone()).chain(shorts) {
            insert(&mut self.by_name, name, id);
        }
        for c in chars {
            insert(&mut self.chars, c, id);
        }
        let before = self.get(id).and_then(|old| old.parent);
        if let Some(siblings) = before.and_then(|p| self.below.get_mut(&p)) {
            siblings.retain(|&s| s != id);
        }
        if let Some(parent) = region.parent {
            self.below.entry(parent).or_default().push(id);
        }
        match self.by_id.get(&id).and_then(|&i| self.list.get_mut(i)) {
            Some(old) => *old = region,
            None => {
                self.by_id.insert(id, self.list.len());
                self.list.push(region);
            }
        }
    }

    pub(super) fn get(&self, id: RegionId) -> Option<&Region> {
        self.list.get(*self.by_id.get(&id)?)
    }

    pub(super) fn level(&self, id: RegionId) -> Option<Level> {
        self.get(id).map(|r| r.level)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Region> {
        self.list.iter()
    }

    /// The living regions of `level` below `id`, in the order of the table.
    pub(super) fn below_at(&self, id: RegionId, level: Level) -> Vec<RegionId> {
        let mut found = Vec::new();
        let mut open = vec![id];
        // A site's table may name a parent in a circle; no region is deeper than four levels.
        for _ in 0..6 {
            open = open.iter().filter_map(|r| self.below.get(r)).flatten().copied().collect();
            found.extend(open.iter().filter(|&&r| self.get(r).is_some_and(|r| r.level == level && !r.former)));
        }
        found.sort_by_key(|r| self.by_id.get(r));
        found.dedup();
        found
    }

    pub(super) fn named(&self, name: &str) -> &[RegionId] {
        self.by_name.get(name).map_or(&[], Vec::as_slice)
    }

    /// The region names that `text` begins with, longest first: (bytes, regions).
    pub(super) fn prefixes<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, &'a [RegionId])> {
        prefix_ends(text, LONGEST_NAME).filter_map(|end| self.by_name.get(&text[..end]).map(|v| (end, v.as_slice())))
    }

    /// The region, its parent, … , the country.
    pub(super) fn chain(&self, id: RegionId) -> impl Iterator<Item = &Region> {
        // A site's table may name a parent in a circle; no region is deeper than four levels.
        std::iter::successors(self.get(id), |r| r.parent.and_then(|p| self.get(p))).take(6)
    }

    /// True where `inner` is `outer` or lies in it.
    pub(super) fn contains(&self, outer: RegionId, inner: RegionId) -> bool {
        self.chain(inner).any(|r| r.id == outer)
    }

    /// The ancestor of `id`, or itself, at `level`.
    pub(super) fn at_level(&self, id: RegionId, level: Level) -> Option<RegionId> {
        self.chain(id).find(|r| r.level == level).map(|r| r.id)
    }

    /// Of several regions of one name, those that the context's region is nearest to: on its own chain, below it, in
    /// the same city, in the same province; living units before former ones. All of them where none is near.
    pub(super) fn nearest(&self, candidates: &[RegionId], context: Option<RegionId>) -> Vec<RegionId> {
        let mut near: Vec<RegionId> = candidates.to_vec();
        if let Some(here) = context.filter(|_| near.len() > 1) {
            let within = |outer: Option<RegionId>| -> Vec<RegionId> {
                outer.map_or(Vec::new(), |o| near.iter().copied().filter(|&c| self.contains(o, c)).collect())
            };
            let city = self.at_level(here, Level::City);
            let province = self.at_level(here, Level::Province);
            let rings = [
                near.iter().copied().filter(|&c| self.contains(c, here)).collect(),
                if here == RegionId::COUNTRY { Vec::new() } else { within(Some(here)) },
                within(city),
                within(province),
            ];
            if let Some(ring) = rings.into_iter().find(|r| !r.is_empty()) {
                near = ring;
            }
        }
        if near.len() > 1 {
            let living: Vec<RegionId> =
                near.iter().copied().filter(|&c| self.get(c).is_some_and(|r| !r.former)).collect();
            if !living.is_empty() {
                near = living;
            }
        }
        near
    }
}

fn insert(map: &mut HashMap<Cow<'static, str>, Vec<RegionId>>, key: Cow<'static, str>, id: RegionId) {
    let ids = map.entry(key).or_default();
    if !ids.contains(&id) {
        ids.push(id);
    }
}

/// The ends of the first `limit` characters of `text`, last first: where a name at its start could end.
pub(super) fn prefix_ends(text: &str, limit: usize) -> impl Iterator<Item = usize> {
    let ends: Vec<usize> = text.char_indices().take(limit).map(|(i, c)| i + c.len_utf8()).collect();
    ends.into_iter().rev()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn regions() -> Regions {
        Regions::read(include_str!("regions.csv")).expect("the table")
    }

    fn id(s: &str) -> RegionId {
        s.parse().expect("a code")
    }

    #[test]
    fn parents_follow_from_the_code() {
        let regions = regions();
        // A county of a prefecture, of a municipality, and one that a province governs directly.
        for (code, chain) in [
            ("220202", "昌邑区 吉林市 吉林省 国家"),
            ("110105", "朝阳区 北京市 国家"),
            ("429004", "仙桃市 湖北省 国家"),
            ("222401", "延吉市 延边朝鲜族自治州 吉林省 国家"),
        ] {
            let names: Vec<&str> = regions.chain(id(code)).map(|r| r.name.as_ref()).collect();
            assert_eq!(names.join(" "), chain);
        }
    }

    #[test]
    fn the_longest_name_comes_first() {
        let regions = regions();
        for (text, name, code) in [
            ("吉林市人民政府", "吉林市", "220200"),
            ("吉林省卫生健康委员会", "吉林省", "220000"),
            ("广西民政厅", "广西", "450000"),
            ("广西壮族自治区民政厅", "广西壮族自治区", "450000"),
            ("延边州民政局", "延边州", "222400"),
            ("台州市椒江区", "台州市", "331000"),
            ("海南省民政厅", "海南省", "460000"),
        ] {
            let (end, ids) = regions.prefixes(text).next().expect(text);
            assert_eq!((&text[..end], ids), (name, [id(code)].as_slice()), "{text}");
        }
    }

    #[test]
    fn the_context_decides_between_regions_of_one_name() {
        let regions = regions();
        let all = regions.named("朝阳区");
        assert!(all.len() > 1);
        assert_eq!(regions.nearest(all, None), all);
        assert_eq!(regions.nearest(all, Some(id("220100"))), [id("220104")], "长春市");
        assert_eq!(regions.nearest(all, Some(id("110000"))), [id("110105")], "北京市");
        assert_eq!(regions.nearest(all, Some(id("220200"))), [id("220104")], "吉林市: the province's only one");
        assert_eq!(regions.nearest(all, Some(id("330000"))), all, "浙江 has none");
    }

    #[test]
    fn codes_are_six_digits() {
        for bad in ["", "22000", "2200000", "22000a", "+22000", "２２００００"] {
            assert_eq!(bad.parse::<RegionId>(), Err(()), "{bad}");
        }
        assert_eq!(id("000000"), RegionId::COUNTRY);
        assert_eq!(id("010000").to_string(), "010000");
    }
}
