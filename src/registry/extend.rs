//! The built-in tables, and a site's own.
//!
//! `organs.toml` of a site holds `[[organ]]` entries, and `[[sector]]` entries in the form of `sectors.toml`:
//!
//! ```toml
//! [[organ]]
//! region = "320500"
//! sector = "苏州工业园区管委会"       # a sector of the tables, or a new name
//! name = "苏州工业园区管理委员会"
//! aliases = ["园区管委会", "市园区管委会"]
//! former = [{ name = "苏州工业园区管理局", from = 1994, to = 1999 }]
//! ended = 2030
//! into = [{ organ = "320500-人民政府", part = "…" }]
//! ```
//!
//! `regions.toml` holds `[[region]]` entries:
//!
//! ```toml
//! [[region]]
//! code = "320576"
//! name = "苏州工业园区"
//! level = "县"
//! parent = "320500"                # where the code does not tell it
//! short = ["苏州园区"]
//! chars = ["苏园"]                  # in 发文字号
//! former = false
//! ```
//!
//! `topics.toml` holds `[[topic]]` entries in the form of the built-in `topics.toml`; see `topic`.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;

use super::number::Prefixes;
use super::organ::{FormerName, OrganId, Particular};
use super::region::{LONGEST_NAME, Level, Region, RegionId, Regions};
use super::sector::{Sector, Sectors};
use super::words::Words;
use super::{Registry, normalize};

/// Why a table could not be read. The caller prints it with the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistryError {
    /// The table: organs.toml, regions.toml or topics.toml.
    pub file: String,
    /// The byte that the trouble begins at.
    pub offset: Option<usize>,
    /// What is wrong, in Chinese.
    pub reason: String,
    /// What to do about it, in Chinese.
    pub help: String,
}

impl std::fmt::Display for RegistryError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}：{}（{}）", self.file, self.reason, self.help)
    }
}

impl std::error::Error for RegistryError {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OrganTable {
    #[serde(default)]
    sector: Vec<Spanned<Sector>>,
    #[serde(default)]
    organ: Vec<OrganEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OrganEntry {
    region: Spanned<String>,
    sector: Spanned<String>,
    name: Option<String>,
    #[serde(default)]
    aliases: Vec<Spanned<String>>,
    #[serde(default)]
    former: Vec<FormerEntry>,
    ended: Option<u16>,
    #[serde(default)]
    into: Vec<IntoEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormerEntry {
    name: String,
    from: Option<u16>,
    to: Option<u16>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IntoEntry {
    organ: Spanned<String>,
    part: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RegionTable {
    #[serde(default)]
    region: Vec<RegionEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RegionEntry {
    code: Spanned<String>,
    name: Spanned<String>,
    level: Spanned<String>,
    parent: Option<Spanned<String>>,
    #[serde(default)]
    short: Vec<String>,
    #[serde(default)]
    chars: Vec<String>,
    #[serde(default)]
    former: bool,
}

impl Registry {
    /// Adds a site's own tables; the form is at the head of this file. Nothing is added where either is at fault.
    pub fn extend(&mut self, organs: &str, regions: &str) -> Result<(), RegistryError> {
        let mut extended = self.clone();
        extended.add_regions("regions.toml", regions)?;
        extended.add_organs("organs.toml", organs)?;
        extended.prefixes.learn(&extended.regions);
        *self = extended;
        Ok(())
    }

    /// Adds a site's own topics. Nothing is added where one is at fault.
    pub fn extend_topics(&mut self, topics: &str) -> Result<(), RegistryError> {
        let mut extended = self.topics.clone();
        extended.extend("topics.toml", topics)?;
        self.topics = extended;
        Ok(())
    }

    pub(super) fn read_builtin() -> Result<Registry, RegistryError> {
        let words = include_str!("words.toml");
        let mut registry = Registry {
            regions: Regions::read(include_str!("regions.csv"))
                .ok_or_else(|| error("regions.csv", None, "行政区划表格式有误", "检查各行的列"))?,
            sectors: Sectors::default(),
            words: Words::read(words).map_err(|e| syntax("words.toml", words, &e))?,
            prefixes: Prefixes::default(),
            ..Registry::default()
        };
        registry.add_organs("sectors.toml", include_str!("sectors.toml"))?;
        registry.add_organs("organs.toml", include_str!("organs.toml"))?;
        let prefixes = include_str!("prefixes.toml");
        registry.prefixes = Prefixes::read(prefixes).map_err(|e| syntax("prefixes.toml", prefixes, &e))?;
        registry.prefixes.learn(&registry.regions);
        registry.topics.extend("topics.toml", include_str!("topics.toml"))?;
        Ok(registry)
    }

    fn add_regions(&mut self, file: &str, text: &str) -> Result<(), RegistryError> {
        let table: RegionTable = parse(file, text)?;
        for entry in table.region {
            let id = region_id(file, &entry.code)?;
            let level = Level::from_name(entry.level.get_ref()).filter(|&l| l != Level::Township).ok_or_else(|| {
                let reason = format!("不认识的层级“{}”", entry.level.get_ref());
                error(file, Some(entry.level.span()), &reason, "可用的层级：国家、省、市、县")
            })?;
            let parent = match &entry.parent {
                None => None,
                Some(p) => {
                    let parent = region_id(file, p)?;
                    if self.regions.get(parent).is_none() || self.regions.contains(id, parent) {
                        let reason = format!("“{}”不能作“{}”的上级", p.get_ref(), entry.name.get_ref());
                        return Err(error(file, Some(p.span()), &reason, "上级须是行政区划表里已有的另一个代码"));
                    }
                    Some(parent)
                }
            };
            let name = entry.name.get_ref();
            if name.is_empty() || name.chars().count() > LONGEST_NAME {
                let reason = format!("行政区划的名称须为1至{LONGEST_NAME}个字");
                return Err(error(file, Some(entry.name.span()), &reason, "请写全称，如“苏州工业园区”"));
            }
            let region = Region { id, name: Cow::Owned(name.clone()), level, parent, former: entry.former };
            let owned = |names: Vec<String>| names.into_iter().filter(|n| !n.is_empty()).map(Cow::Owned);
            self.regions.add(region, owned(entry.short), owned(entry.chars));
        }
        Ok(())
    }

    fn add_organs(&mut self, file: &str, text: &str) -> Result<(), RegistryError> {
        let table: OrganTable = parse(file, text)?;
        let mut successors = Vec::new();
        for spanned in table.sector {
            let span = spanned.span();
            let sector = spanned.into_inner();
            if sector.id.is_empty() || sector.id.contains(['-', '/', '\\', '.']) || sector.id.contains(char::is_control)
            {
                let reason = format!("领域的 id“{}”不能用", sector.id.escape_debug());
                return Err(error(file, Some(span), &reason, "用不含“-”“/”“.”的中文名，如“卫生健康”"));
            }
            successors.extend(sector.into.iter().map(|i| (i.sector.clone(), span.clone())));
            successors.extend(sector.moved.iter().map(|m| (m.to.clone(), span.clone())));
            self.sectors.add(sector);
        }
        for (id, span) in successors {
            if self.sectors.get(&id).is_none() {
                let reason = format!("去向“{id}”不是已有的领域");
                return Err(error(file, Some(span), &reason, "先为它写一个 [[sector]]"));
            }
        }
        for entry in table.organ {
            self.add_organ(file, entry)?;
        }
        Ok(())
    }

    fn add_organ(&mut self, file: &str, entry: OrganEntry) -> Result<(), RegistryError> {
        let region = region_id(file, &entry.region)?;
        if self.regions.get(region).is_none() {
            let reason = format!("行政区划表里没有代码“{}”", entry.region.get_ref());
            return Err(error(
                file,
                Some(entry.region.span()),
                &reason,
                "用 GB/T 2260 的代码，或先在 regions.toml 里加上",
            ));
        }
        let sector = entry.sector.get_ref();
        if sector.is_empty() || sector.contains(['-', '/', '\\', '.']) || sector.contains(char::is_control) {
            let reason = format!("领域“{}”不能用", sector.escape_debug());
            return Err(error(file, Some(entry.sector.span()), &reason, "用不含“-”“/”“.”的中文名，如“卫生健康”"));
        }
        if entry.name.is_none() && self.sectors.get(sector).is_none() {
            let reason = format!("没有“{sector}”这个领域，也没有给机关写名称");
            return Err(error(file, Some(entry.sector.span()), &reason, "写上 name，或改用已有的领域"));
        }
        let sector: Arc<str> = sector.as_str().into();
        let id = OrganId::new(region, sector.clone());
        let names = entry.name.iter().chain(entry.former.iter().map(|f| &f.name)).map(|n| (n.as_str(), None));
        let names: Vec<_> = names.chain(entry.aliases.iter().map(|a| (a.get_ref().as_str(), Some(a.span())))).collect();
        for (name, span) in names {
            let name = normalize(name);
            if name.is_empty() {
                return Err(error(file, span, "机关的名称是空的", "删去它，或写上名称"));
            }
            self.alias(&id, &name);
        }
        let mut particular = Particular {
            name: entry.name,
            former: entry.former.into_iter().map(|f| FormerName { name: f.name, from: f.from, to: f.to }).collect(),
            ended: entry.ended,
            successors: Vec::new(),
        };
        for into in entry.into {
            let organ = into.organ.get_ref().parse().map_err(|()| {
                let reason = format!("“{}”不是机关的 id", into.organ.get_ref());
                error(file, Some(into.organ.span()), &reason, "形如 220200-卫生健康：区划代码、减号、领域")
            })?;
            particular.successors.push((organ, into.part));
        }
        self.particulars.insert(id, particular);
        Ok(())
    }

    /// Makes `name` known as `id`'s: after the region's name or 市, 省 …, and as a whole.
    fn alias(&mut self, id: &OrganId, name: &str) {
        let mut after: Vec<usize> = self
            .regions
            .prefixes(name)
            .filter(|(_, regions)| regions.contains(&id.region))
            .map(|(end, _)| end)
            .collect();
        let own = !after.is_empty();
        let role = super::resolve::role(name).map(|(_, end)| end);
        after.extend(role);
        for end in after.into_iter().filter(|&end| end < name.len()) {
            self.local_aliases.insert((id.region, name[end..].into()), id.sector.clone());
        }
        // 市园区管委会 is known in its own city only; a whole name is known everywhere.
        if own || role.is_none() {
            let ids = self.whole.entry(name.to_owned()).or_default();
            if !ids.contains(id) {
                ids.push(id.clone());
            }
        }
    }
}

pub(super) fn parse<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, RegistryError> {
    toml::from_str(text).map_err(|e| syntax(file, text, &e))
}

fn syntax(file: &str, text: &str, e: &toml::de::Error) -> RegistryError {
    let offset = e.span().map(|s| s.start.min(text.len()));
    let message = e.message().lines().next().unwrap_or("");
    // The parser quotes the key that it means first, then those that it knows.
    let keys: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let (reason, help) = match keys.as_slice() {
        [key, known @ ..] if message.starts_with("unknown field") => {
            (format!("不认识的键 {key}"), format!("这里可以写：{}", known.join("、")))
        }
        [key, ..] if message.starts_with("missing field") => (format!("缺少 {key}"), format!("补上 {key} = …")),
        _ => (format!("TOML 有误：{message}"), "对照文档里的格式改正这一处".to_owned()),
    };
    RegistryError { file: file.to_owned(), offset, reason, help }
}

pub(super) fn error(file: &str, span: Option<Range<usize>>, reason: &str, help: &str) -> RegistryError {
    RegistryError {
        file: file.to_owned(),
        offset: span.map(|s| s.start),
        reason: reason.to_owned(),
        help: help.to_owned(),
    }
}

fn region_id(file: &str, code: &Spanned<String>) -> Result<RegionId, RegistryError> {
    code.get_ref().parse().map_err(|()| {
        let reason = format!("行政区划代码“{}”不是六位数字", code.get_ref().escape_debug());
        error(file, Some(code.span()), &reason, "用 GB/T 2260 的六位代码，如 \"220200\"")
    })
}
