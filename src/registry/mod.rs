//! 机关、行政区划、发文字号: what the names of organs, regions and numbers stand for.
//!
//! A printed name (市卫生计生委) resolves to an organ, which is a region and a sector (`331000-卫生健康`): the
//! document's region gives 市, the sector table gives 卫生健康 with its names by level and period. A document of any
//! place resolves without its organs being listed. Knowledge is in the tables (`regions.csv`, `sectors.toml`,
//! `organs.toml`, `prefixes.toml`, `words.toml`, `topics.toml`); a site adds its own with [`Registry::extend`] and
//! [`Registry::extend_topics`].
//!
//! - `region` 行政区划, `sector` 机构领域, `organ` 机关 and its names in time
//! - `resolve` printed name → organ, `class` 各县（市、区）人民政府 and the like, `query` staff's names,
//!   `synonyms` what else an organ is called
//! - `number` 发文字号 → who issued it, `topic` 主题 and the words that tell them, `extend` a site's own tables
//!
//! Any room of the generator may call it; it calls none.

mod class;
mod context;
mod extend;
mod number;
mod organ;
mod pattern;
mod query;
mod region;
mod resolve;
mod sector;
mod synonyms;
mod topic;
mod words;

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

pub use class::{Class, ClassKind};
pub use context::Context;
pub use extend::RegistryError;
pub use organ::{Handover, OrganId};
pub use query::OrganQuery;
pub use region::{Level, Region, RegionId};
pub use resolve::Resolution;
pub use topic::{Topic, TopicWord, Topics};

/// The tables, indexed.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    regions: region::Regions,
    sectors: sector::Sectors,
    words: words::Words,
    prefixes: number::Prefixes,
    topics: topic::Topics,
    /// The site's own synonyms.
    synonyms: Vec<Vec<String>>,
    particulars: HashMap<OrganId, organ::Particular>,
    /// Whole names of particular organs.
    whole: HashMap<String, Vec<OrganId>>,
    /// Names of particular organs without their region.
    local_aliases: HashMap<(RegionId, Box<str>), Arc<str>>,
}

static BUILTIN: LazyLock<Registry> = LazyLock::new(|| Registry::read_builtin().unwrap_or_default());

impl Registry {
    /// The tables that Zhengku comes with. They are read once in a process, in a few milliseconds.
    pub fn builtin() -> &'static Registry {
        &BUILTIN
    }

    /// What clauses can be about.
    pub fn topics(&self) -> &Topics {
        &self.topics
    }

    /// The region of this code.
    pub fn region(&self, id: RegionId) -> Option<&Region> {
        self.regions.get(id)
    }

    /// The region, its parent, … , the country.
    pub fn region_chain(&self, id: RegionId) -> impl Iterator<Item = &Region> {
        self.regions.chain(id)
    }

    /// The regions that bear exactly `name`, full (台州市) or short (台州): none, one, or several (朝阳区).
    pub fn regions_named(&self, name: &str) -> &[RegionId] {
        self.regions.named(name)
    }

    /// True where `inner` is `outer` or lies in it.
    pub fn within(&self, outer: RegionId, inner: RegionId) -> bool {
        self.regions.contains(outer, inner)
    }

    /// The region that `text` begins with, and its bytes: 吉林市 of 吉林市人民政府办公厅. The longest name that the
    /// context decides; a short name (江苏) counts only where an organ's name follows.
    pub fn region_prefix(&self, text: &str, context: Option<RegionId>) -> Option<(RegionId, usize)> {
        for (end, regions) in self.regions.prefixes(text) {
            let near = self.regions.nearest(regions, context);
            let [id] = near[..] else { continue };
            let full = self.regions.get(id).is_some_and(|r| r.name == text[..end]);
            let resolve = || self.resolve(text, &Context { region: context, ..Context::default() });
            if full || resolve().organ().is_some_and(|o| self.regions.contains(id, o.region)) {
                return Some((id, end));
            }
        }
        None
    }

    /// The region whose full name (沙河市, not 沙河) `text` prints first, wherever it stands; none where several bear it.
    pub fn region_within(&self, text: &str) -> Option<RegionId> {
        let text = normalize(text);
        text.char_indices().find_map(|(at, _)| {
            let full =
                |name: &str| name.chars().count() >= 3 && name.ends_with(['省', '市', '县', '区', '州', '旗', '盟']);
            let (_, regions) = self.regions.prefixes(&text[at..]).find(|(end, _)| full(&text[at..at + end]))?;
            match self.regions.nearest(regions, None)[..] {
                [one] => Some(one),
                _ => None,
            }
        })
    }

    /// The region of a document: that of its first issuer whose name tells it, else the one its number tells, else
    /// the one that its title or its 主送机关 begins with. `number_code` is the number before its year.
    pub fn region_of_document(
        &self,
        issuers: &[String],
        number_code: Option<&str>,
        addressees: &[String],
        title: Option<&str>,
    ) -> Option<RegionId> {
        let named = |names: &[String]| {
            names.iter().find_map(|n| {
                let name = normalize(n);
                let organ = self.resolve(&name, &Context::default());
                let centre = || CENTRE.iter().any(|c| name.starts_with(c)).then_some(RegionId::COUNTRY);
                let place = || self.region_prefix(&name, None).map(|(id, _)| id).or_else(centre);
                organ.organ().map(|o| o.region).or_else(place)
            })
        };
        named(issuers)
            .or_else(|| {
                let issuer = self.number_issuer(number_code?, None, None)?;
                issuer.region.filter(|_| issuer.sure)
            })
            .or_else(|| self.region_prefix(&normalize(title?), None).map(|(id, _)| id))
            .or_else(|| named(addressees))
            .or_else(|| self.number_issuer(number_code?, None, None)?.region)
    }
}

/// Whose bodies, known by name or not, are the centre's: 国务院…联防联控机制.
const CENTRE: [&str; 2] = ["国务院", "中共中央"];

/// Names without white space and with full-width brackets and commas, as the tables have them.
fn normalize(printed: &str) -> String {
    printed
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}'))
        .map(|c| match c {
            '(' | '﹙' | '〔' | '〈' | '[' => '（',
            ')' | '﹚' | '〕' | '〉' | ']' => '）',
            ',' => '，',
            '･' | '﹑' => '、',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests;
