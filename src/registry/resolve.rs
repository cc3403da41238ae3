//! Printed name → organ. The document's region gives 省 and 市 their place, its date tells sectors of one name apart.

use super::class::{Class, ClassKind};
use super::context::Context;
use super::organ::{OrganId, year_month};
use super::region::{Level, RegionId, prefix_ends};
use super::sector::{Bearer, Kind, LevelSet, PLACE, naming_level};
use super::{Registry, normalize, pattern};

/// What a printed name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// One organ.
    Organ(OrganId),
    /// A unit inside an organ, as printed: 办公室 of 吉林省卫生健康委员会办公室. A 政府办公厅 is an organ of its own.
    Unit(OrganId, String),
    /// Organs not named one by one.
    Class(Class),
    /// The name fits each of these and the context does not decide; never guessed.
    Ambiguous(Vec<OrganId>),
    /// No name of an organ that the tables know, or one that lacks its region.
    Unknown,
}

impl Resolution {
    /// The organ, also of a unit.
    pub fn organ(&self) -> Option<&OrganId> {
        match self {
            Resolution::Organ(id) | Resolution::Unit(id, _) => Some(id),
            _ => None,
        }
    }

    fn of(mut organs: Vec<OrganId>, unit: &str) -> Resolution {
        match organs.len() {
            0 => Resolution::Unknown,
            1 if unit.is_empty() => Resolution::Organ(organs.remove(0)),
            1 => Resolution::Unit(organs.remove(0), unit.to_owned()),
            _ => Resolution::Ambiguous(organs),
        }
    }
}

/// No organ's name is longer, in characters; longer text is a sentence.
const LONGEST: usize = 120;

/// The longest name without its region, in characters.
const LONGEST_LOCAL: usize = 30;

/// The shortest 议事协调机构 that a name alone makes known, in characters: 医改领导小组.
const SHORTEST_COORDINATION: usize = 6;

/// A region or role at the start of a name, and where the name proper begins.
pub(super) struct Prefix {
    pub(super) end: usize,
    pub(super) regions: Vec<RegionId>,
}

impl Registry {
    /// What `printed` stands for. White space in it and the width of its brackets do not matter.
    pub fn resolve(&self, printed: &str, context: &Context<'_>) -> Resolution {
        let text = normalize(printed);
        if text.is_empty() || text.chars().nth(LONGEST).is_some() {
            return Resolution::Unknown;
        }
        let found = self.resolve_normal(&text, context);
        if found == Resolution::Unknown
            && let Some(head) = without_alias(&text)
        {
            // 市建设局（市规划局） is one body, known by its first name.
            return self.resolve_normal(head, context);
        }
        found
    }

    /// Resolves the names of one list, in order. A later name shares the 省 or 市 of an earlier one
    /// (省发展改革委、财政厅), and a name that could be the ministry or the local body goes with its neighbours
    /// (发展改革委、财政局).
    pub fn resolve_list<S: AsRef<str>>(&self, printed: &[S], context: &Context<'_>) -> Vec<Resolution> {
        let mut context = *context;
        let mut found: Vec<Resolution> = Vec::with_capacity(printed.len());
        // Where the names that print no prefix are known to be from.
        let mut company = None;
        for name in printed {
            let name = name.as_ref();
            let resolution = self.resolve(name, &context);
            if let Some(id) = resolution.organ() {
                let text = normalize(name);
                let local = self.sectors.bearers(&text).iter().any(|b| b.levels.meets(LevelSet::LOCAL));
                let national = self.sectors.bearers(&text).iter().any(|b| b.levels.meets(LevelSet::BARE));
                if !local && !text.is_empty() {
                    // Printed with its region, or with a name that only one level bears.
                    context.elided = Some(id.region);
                    company = company.or(Some(id.region));
                } else if !national {
                    company = company.or(Some(id.region));
                }
            }
            found.push(resolution);
        }
        if let Some(region) = company {
            for resolution in &mut found {
                if let Resolution::Ambiguous(organs) = resolution
                    && let Some(organ) = organs.iter().find(|o| o.region == region)
                {
                    *resolution = Resolution::Organ(organ.clone());
                }
            }
        }
        found
    }

    fn resolve_normal(&self, text: &str, context: &Context<'_>) -> Resolution {
        if let Some(end) = self.words.speaker(text) {
            // 我厅 quoted from another organ's reply is not this issuer.
            return match context.issuer {
                Some(issuer) if self.ends_in(issuer, end, context) => Resolution::Organ(issuer.clone()),
                _ => Resolution::Unknown,
            };
        }
        if let Some(organs) = self.whole.get(text) {
            return Resolution::of(organs.clone(), "");
        }
        let text = text.strip_prefix("中华人民共和国").filter(|t| !t.is_empty()).unwrap_or(text);
        if let Some(found) = self.around_region(text, context) {
            return found;
        }
        if let Some(found) = self.national(text, context) {
            return found;
        }
        if let Some(found) = self.prefixed(text, context) {
            return found;
        }
        if let Some(found) = self.bare(text, context) {
            return found;
        }
        if let Some(class) = self.class(text, context) {
            return Resolution::Class(class);
        }
        self.coordination(text, context)
    }

    /// 民政部, 国家卫生健康委办公厅, 国务院.
    fn national(&self, text: &str, context: &Context<'_>) -> Option<Resolution> {
        let state = LevelSet::of(Level::Country);
        if let Some(word) = text.strip_prefix("国务院").and_then(|rest| self.words.before_department(rest)) {
            let sectors = self.sectors.worded(word);
            if !sectors.is_empty() {
                return Some(self.organs(&[RegionId::COUNTRY], sectors, "", context));
            }
        }
        self.named(text, context, |b| b.levels.meets(state))
            .map(|(sectors, unit)| self.organs(&[RegionId::COUNTRY], &sectors, unit, context))
    }

    /// Names that begin with a region or with 省, 市 …
    fn prefixed(&self, text: &str, context: &Context<'_>) -> Option<Resolution> {
        let mut undecided = None;
        for prefix in self.prefixes(text, context) {
            let rest = without_session(&text[prefix.end..]);
            // 自治区党委编办 is what 省委编办 is elsewhere.
            let party = || rest.strip_prefix('党').filter(|r| r.starts_with('委'));
            let found = self.in_regions(rest, &prefix.regions, context);
            if let Some(found) = found.or_else(|| self.in_regions(party()?, &prefix.regions, context)) {
                if let Some(class) = self.each_of(&found, &text[..prefix.end], context) {
                    return Some(class);
                }
                if found != Resolution::Unknown {
                    return Some(found);
                }
                undecided = Some(found);
            }
        }
        undecided
    }

    /// 区民政局 in a city's document, 市人民政府 in a province's: the bodies of one sector in every place of the level.
    fn each_of(&self, found: &Resolution, role: &str, context: &Context<'_>) -> Option<Resolution> {
        let Resolution::Ambiguous(organs) = found else { return None };
        let first = organs.first()?;
        let level = self.regions.level(first.region)?;
        let one = organs.iter().all(|o| o.sector == first.sector && self.regions.level(o.region) == Some(level));
        if !one || self::role(role).is_none_or(|(_, end)| end != role.len()) {
            return None;
        }
        let kind = if *first.sector == *"人民政府" { ClassKind::Governments } else { ClassKind::Departments };
        let sectors = vec![first.sector.clone()];
        Some(Resolution::Class(Class { kind, sectors, levels: vec![level], within: context.region }))
    }

    /// Names with the region inside them: 中共吉林省委组织部, 国家税务总局浙江省税务局.
    fn around_region(&self, text: &str, context: &Context<'_>) -> Option<Resolution> {
        self.sectors.heads.iter().find_map(|head| {
            let rest = text.strip_prefix(&**head)?;
            self.prefixes(rest, context).into_iter().find_map(|prefix| {
                let name = format!("{head}{PLACE}{}", &rest[prefix.end..]);
                self.in_regions(&name, &prefix.regions, context)
            })
        })
    }

    /// The regions that `text` may begin with, longest first, then the role that it may begin with. A region inside a
    /// region (长春市朝阳区) is followed to the innermost.
    pub(super) fn prefixes(&self, text: &str, context: &Context<'_>) -> Vec<Prefix> {
        let mut found = Vec::new();
        for (end, regions) in self.regions.prefixes(text) {
            for (inner_end, inner) in self.regions.prefixes(&text[end..]) {
                let below: Vec<RegionId> = inner
                    .iter()
                    .copied()
                    .filter(|&i| regions.iter().any(|&o| o != i && self.regions.contains(o, i)))
                    .collect();
                if !below.is_empty() {
                    let (mut end, mut regions) = (end + inner_end, below);
                    if let Some((third_end, third)) = self.regions.prefixes(&text[end..]).next() {
                        let below: Vec<RegionId> = third
                            .iter()
                            .copied()
                            .filter(|&i| regions.iter().any(|&o| o != i && self.regions.contains(o, i)))
                            .collect();
                        if !below.is_empty() {
                            (end, regions) = (end + third_end, below);
                        }
                    }
                    found.push(Prefix { end, regions: self.regions.nearest(&regions, context.region) });
                }
            }
            found.push(Prefix { end, regions: self.regions.nearest(regions, context.region) });
        }
        if let Some((role, end)) = role(text) {
            found.push(Prefix { end, regions: self.role_regions(role, context) });
        }
        found
    }

    /// The regions that 省, 市, 县 may mean in a document of the context's region; none where that is not known.
    fn role_regions(&self, role: &str, context: &Context<'_>) -> Vec<RegionId> {
        let Some(here) = context.region else { return Vec::new() };
        let Some(region) = self.regions.get(here) else { return Vec::new() };
        let wanted = match role {
            "省" | "自治区" | "直辖市" => Level::Province,
            "市" | "州" | "盟" | "地区" | "自治州" => Level::City,
            _ => Level::County,
        };
        if role == "市" && region.name.ends_with('市') {
            return vec![here]; // a city at any level calls its own bodies 市…
        }
        if wanted == Level::City && self.regions.at_level(here, Level::City).is_none() {
            // The district of a municipality means the municipality.
            let municipality = self.regions.chain(here).find(|r| r.is_municipality());
            if let Some(m) = municipality {
                return vec![m.id];
            }
        }
        match self.regions.at_level(here, wanted) {
            Some(id) => vec![id],
            None => self.regions.below_at(here, wanted),
        }
    }

    /// `rest` as the name of a body of one of `regions`. None where it is no name; Unknown where it is one but no
    /// region is known for it.
    fn in_regions(&self, rest: &str, regions: &[RegionId], context: &Context<'_>) -> Option<Resolution> {
        for &region in regions {
            for end in prefix_ends(rest, LONGEST_LOCAL) {
                let unit = &rest[end..];
                if let Some(sector) = self.local_aliases.get(&(region, rest[..end].into()))
                    && (unit.is_empty() || self.words.is_unit(unit, false, false))
                {
                    return Some(Resolution::of(vec![OrganId::new(region, sector.clone())], unit));
                }
            }
        }
        let country = regions.contains(&RegionId::COUNTRY);
        let mine = regions.iter().filter_map(|&r| self.regions.get(r)).fold(LevelSet::default(), |set, r| {
            let own = LevelSet::of(r.level);
            set.union(if r.is_municipality() { own.union(LevelSet::of(Level::City)) } else { own })
        });
        let named = if country {
            self.named(rest, context, |b| b.levels.meets(LevelSet::BARE))
        } else {
            // A form that the table lists for another local level is still this sector's.
            self.named(rest, context, |b| b.levels.meets(mine))
                .or_else(|| self.named(rest, context, |b| b.levels.meets(LevelSet::LOCAL)))
        };
        if let Some((sectors, unit)) = named {
            return Some(self.organs(regions, &sectors, unit, context));
        }
        if let Some(word) = self.words.before_department(rest)
            && let sectors = self.sectors.worded(word)
            && !sectors.is_empty()
        {
            return Some(self.organs(regions, sectors, "", context));
        }
        let sectors = self.composed(rest)?;
        Some(self.organs(regions, &sectors, "", context))
    }

    /// The sectors that bear `text`, or the longest part of it that a unit may follow, and that unit. Of several those
    /// count that bore the name at the context's date: 金融监管局 was a local body until 2023 and is a central one since.
    fn named<'a>(
        &self,
        text: &'a str,
        context: &Context<'_>,
        wanted: impl Fn(&Bearer) -> bool,
    ) -> Option<(Vec<usize>, &'a str)> {
        let at = context.date.map(year_month);
        prefix_ends(text, LONGEST_LOCAL).find_map(|end| {
            let mut bearers: Vec<&Bearer> = self.sectors.bearers(&text[..end]).iter().filter(|b| wanted(b)).collect();
            if bearers.len() > 1 && bearers.iter().any(|b| b.borne(at)) {
                bearers.retain(|b| b.borne(at));
            }
            let (first, unit) = (bearers.first()?, &text[end..]);
            let sparse =
                || self.sectors.list.get(first.sector).is_some_and(|s| s.kind == Kind::Government || *s.id == *"党委");
            let ministry = first.levels.meets(LevelSet::of(Level::Country));
            (unit.is_empty() || self.words.is_unit(unit, sparse(), ministry))
                .then(|| (bearers.iter().map(|b| b.sector).collect(), unit))
        })
    }

    /// A name made of sector words and 局, 委, 厅, 办 that no table lists, such as 民政和社会工作局: the sector of its
    /// first word, which names the leading function of a merged body.
    fn composed(&self, text: &str) -> Option<Vec<usize>> {
        let stem =
            ["管理局", "委员会", "办公室", "局", "委", "厅", "办"].iter().find_map(|end| text.strip_suffix(end))?;
        let mut first = None;
        let mut rest = stem;
        while !rest.is_empty() {
            let end = prefix_ends(rest, 12).find(|&end| !self.sectors.worded(&rest[..end]).is_empty())?;
            if end < '一'.len_utf8() * 2 {
                return None;
            }
            first = first.or_else(|| Some(self.sectors.worded(&rest[..end]).to_vec()));
            rest = &rest[end..];
            rest = ["和", "与", "、"].iter().find_map(|j| rest.strip_prefix(j)).unwrap_or(rest);
        }
        first
    }

    fn organs(&self, regions: &[RegionId], sectors: &[usize], unit: &str, context: &Context<'_>) -> Resolution {
        let at = context.date.map(year_month);
        let level = regions.first().and_then(|&r| self.regions.level(r)).unwrap_or(Level::City);
        let sectors = if sectors.len() > 1 { self.sectors.living(sectors, level, at) } else { sectors.to_vec() };
        let organs = regions
            .iter()
            .flat_map(|&r| sectors.iter().filter_map(move |&s| Some((r, self.sectors.list.get(s)?))))
            .map(|(r, s)| OrganId::new(r, s.id.clone()))
            .collect();
        Resolution::of(organs, unit)
    }

    /// A name without region or role: 财政部 was read before; here 财政厅, 发展改革委.
    fn bare(&self, text: &str, context: &Context<'_>) -> Option<Resolution> {
        let wanted = |b: &Bearer| b.levels.meets(LevelSet::BARE.union(LevelSet::LOCAL));
        let (sectors, unit) = self.named(text, context, wanted)?;
        let name = &text[..text.len() - unit.len()];
        name.chars().nth(1)?; // 委 alone is not a name
        let levels = self
            .sectors
            .bearers(name)
            .iter()
            .filter(|b| sectors.contains(&b.sector))
            .fold(LevelSet::default(), |set, b| set.union(b.levels));
        let national = levels.meets(LevelSet::BARE);
        let fits = |region: RegionId| match self.regions.get(region) {
            Some(r) if r.level == Level::Country => national,
            Some(r) => {
                levels.meets(LevelSet::of(r.level)) || r.is_municipality() && levels.meets(LevelSet::of(Level::City))
            }
            None => false,
        };
        if let Some(region) = context.elided.filter(|&r| fits(r)) {
            return Some(self.organs(&[region], &sectors, unit, context));
        }
        let here = context.region?;
        let regional = here != RegionId::COUNTRY && fits(here);
        let regions: &[RegionId] = match (national, regional) {
            // In a local document a bare 发展改革委 may be the ministry; 局 and 厅 are the region's own.
            (true, true) if name.ends_with('委') || name.ends_with("委员会") => &[here, RegionId::COUNTRY],
            (_, true) => &[here],
            (true, false) => &[RegionId::COUNTRY],
            (false, false) => {
                let above = self
                    .regions
                    .chain(here)
                    .skip(1)
                    .find(|r| r.level != Level::Country && levels.meets(LevelSet::of(r.level)));
                if let Some(r) = above {
                    return Some(self.organs(&[r.id], &sectors, unit, context));
                }
                let at = context.date.map(year_month);
                let mut class = Class { levels: levels.levels(), within: Some(here), ..Class::default() };
                let living = self.sectors.living(&sectors, Level::City, at);
                class.sectors = living.iter().filter_map(|&i| Some(self.sectors.list.get(i)?.id.clone())).collect();
                return Some(Resolution::Class(class));
            }
        };
        // 移民局 of a central document is not a county's.
        let level = if regions == [RegionId::COUNTRY] { LevelSet::BARE } else { LevelSet::LOCAL.union(LevelSet::BARE) };
        let borne = |s: &usize| self.sectors.bearers(name).iter().any(|b| b.sector == *s && b.levels.meets(level));
        let sectors: Vec<usize> = sectors.into_iter().filter(borne).collect();
        Some(self.organs(regions, &sectors, unit, context))
    }

    /// 台州市医养结合工作领导小组: a body that no table lists, its name its sector.
    fn coordination(&self, text: &str, context: &Context<'_>) -> Resolution {
        let (body, unit) = match text.strip_suffix("办公室") {
            Some(body) => (body, "办公室"),
            None => (text, ""),
        };
        if !self.words.coordination.iter().any(|end| body.ends_with(end.as_str())) {
            return Resolution::Unknown;
        }
        // 火炬管委会 has its own name before the word.
        let shortest = if body.ends_with("管委会") { SHORTEST_COORDINATION - 1 } else { SHORTEST_COORDINATION };
        let named = |rest: &str| rest.chars().nth(shortest - 1).is_some();
        if let Some(prefix) = self.prefixes(body, context).into_iter().find(|p| named(&body[p.end..])) {
            let organs = prefix.regions.iter().map(|&r| OrganId::new(r, &body[prefix.end..])).collect();
            return Resolution::of(organs, unit);
        }
        // Without a region 委员会 says too little: 村民委员会, 业主委员会.
        match context.region {
            Some(here) if named(body) && !body.ends_with("委员会") => {
                let body = body.strip_prefix("国务院").unwrap_or(body);
                Resolution::of(vec![OrganId::new(here, body)], unit)
            }
            _ => Resolution::Unknown,
        }
    }

    /// True where one of the names that the organ bears at the context's date ends in `end`: 我厅 is never a 委.
    fn ends_in(&self, id: &OrganId, end: &str, context: &Context<'_>) -> bool {
        let at = context.date.map(year_month);
        let fits = |name: &str| name.ends_with(end) || end == "委" && name.ends_with("委员会");
        fits(&self.name(id, at))
            || self.regions.get(id.region).is_some_and(|region| {
                let names = self.sectors.get(&id.sector).and_then(|s| s.names_at(naming_level(region), at));
                names.is_some_and(|pattern| pattern::expand(pattern).iter().any(|n| fits(n)))
            })
    }
}

/// 省, 市, 县 … at the start of a name, with 我, 本 or 全 before it, and where the name proper begins.
pub(super) fn role(text: &str) -> Option<(&str, usize)> {
    let rest = ["我", "本", "全"].iter().find_map(|s| text.strip_prefix(s)).unwrap_or(text);
    let roles = ["自治区", "自治州", "直辖市", "地区", "省", "市", "州", "盟", "县", "区", "旗"];
    let role = roles.iter().find(|r| rest.starts_with(**r))?;
    let end = text.len() - rest.len() + role.len();
    text.get(end - role.len()..end).map(|r| (r, end))
}

/// 省十四届人大 → 人大 after its 省.
fn without_session(rest: &str) -> &str {
    match rest.split_once('届') {
        Some((number, after))
            if !number.is_empty() && number.chars().all(|c| "第一二三四五六七八九十0123456789".contains(c)) =>
        {
            after
        }
        _ => rest,
    }
}

/// 市建设局 of 市建设局（市规划局）.
fn without_alias(text: &str) -> Option<&str> {
    let (head, _) = text.strip_suffix('）')?.rsplit_once('（')?;
    (!head.is_empty()).then_some(head)
}
