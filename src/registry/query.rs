//! Staff's names for organs: 市卫健委 without a region finds every city's, whatever name was printed.

use std::sync::Arc;

use super::context::Context;
use super::organ::OrganId;
use super::region::{Level, RegionId};
use super::resolve::{Resolution, role};
use super::sector::LevelSet;
use super::{Registry, normalize};

/// What a query asks for; made by [`Registry::query`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganQuery {
    /// The query, normalised.
    literal: String,
    /// The sectors asked for and those that ended in them; empty where the query is no organ's name.
    pub(super) sectors: Vec<Arc<str>>,
    place: Place,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    Any,
    Levels(Vec<Level>),
    Role(String),
    Regions(Vec<RegionId>),
}

impl Registry {
    /// Reads `query` as an organ's name: with its region (吉林市卫健委), with its level (市卫健委, 省民政厅), or alone
    /// (卫健委, 民政). Today's name also finds the bodies that ended in it (市自然资源局 finds 市国土局). A name that
    /// the tables do not know is compared as text.
    pub fn query(&self, query: &str) -> OrganQuery {
        let literal = normalize(query);
        let context = Context::default();
        let (found, place) = self.query_place(&literal, &context);
        let mut sectors: Vec<Arc<str>> = Vec::new();
        for id in found {
            for sector in self.sectors.with_predecessors(&id) {
                if !sectors.contains(&sector) {
                    sectors.push(sector);
                }
            }
        }
        OrganQuery { literal, sectors, place }
    }

    fn query_place(&self, text: &str, context: &Context<'_>) -> (Vec<Arc<str>>, Place) {
        let regions = |organs: &[OrganId]| {
            let sectors = organs.iter().map(|o| o.sector.clone()).collect();
            (sectors, Place::Regions(organs.iter().map(|o| o.region).collect()))
        };
        match self.resolve(text, context) {
            Resolution::Organ(id) | Resolution::Unit(id, _) => return regions(&[id]),
            Resolution::Ambiguous(ids) => return regions(&ids),
            Resolution::Class(c) if !c.sectors.is_empty() => {
                return (c.sectors, if c.levels.is_empty() { Place::Any } else { Place::Levels(c.levels) });
            }
            _ => {}
        }
        let ids = |name: &str, wanted: LevelSet| -> Vec<usize> {
            self.sectors.bearers(name).iter().filter(|b| b.levels.meets(wanted)).map(|b| b.sector).collect()
        };
        let named = |indices: &[usize]| -> Vec<Arc<str>> {
            let living = self.sectors.living(indices, Level::City, None);
            living.iter().filter_map(|&i| Some(self.sectors.list.get(i)?.id.clone())).collect()
        };
        if let Some((role, end)) = role(text) {
            let found = ids(&text[end..], LevelSet::LOCAL);
            if !found.is_empty() {
                return (named(&found), Place::Role(role.to_owned()));
            }
        }
        let bearers = self.sectors.bearers(text);
        if !bearers.is_empty() {
            let levels = bearers.iter().fold(LevelSet::default(), |set, b| set.union(b.levels));
            let mut at = levels.levels();
            if levels.meets(LevelSet::BARE) {
                at.push(Level::Country);
            }
            return (named(&ids(text, LevelSet::BARE.union(LevelSet::LOCAL))), Place::Levels(at));
        }
        (named(self.sectors.worded(text)), Place::Any)
    }

    /// True where what `printed` resolved to is what the query asks for.
    pub fn matches(&self, query: &OrganQuery, printed: &str, resolution: &Resolution) -> bool {
        match resolution {
            _ if query.sectors.is_empty() => query.matches_text(printed),
            Resolution::Organ(id) | Resolution::Unit(id, _) => self.matches_organ(query, id),
            Resolution::Ambiguous(ids) => ids.iter().any(|id| self.matches_organ(query, id)),
            Resolution::Class(class) => self.matches_class(query, class),
            Resolution::Unknown => query.matches_text(printed),
        }
    }

    /// True where the query asks for `organ`.
    pub fn matches_organ(&self, query: &OrganQuery, organ: &OrganId) -> bool {
        query.sectors.contains(&organ.sector)
            && match &query.place {
                Place::Any => true,
                Place::Regions(regions) => regions.contains(&organ.region),
                Place::Levels(levels) => self
                    .regions
                    .get(organ.region)
                    .is_some_and(|r| levels.contains(&r.level) || r.is_municipality() && levels.contains(&Level::City)),
                Place::Role(role) => self.bears_role(organ.region, role),
            }
    }

    fn matches_class(&self, query: &OrganQuery, class: &super::Class) -> bool {
        class.sectors.iter().any(|s| query.sectors.contains(s))
            && match &query.place {
                Place::Any => true,
                Place::Levels(levels) => class.levels.is_empty() || levels.iter().any(|l| class.levels.contains(l)),
                Place::Role(role) => {
                    let level = role_level(role);
                    class.levels.is_empty() || class.levels.contains(&level)
                }
                Place::Regions(regions) => regions.iter().any(|&r| {
                    let level = self.regions.level(r);
                    (class.levels.is_empty() || level.is_some_and(|l| class.levels.contains(&l)))
                        && class.within.is_some_and(|w| self.regions.contains(w, r))
                }),
            }
    }

    fn bears_role(&self, region: RegionId, role: &str) -> bool {
        self.regions.get(region).is_some_and(|r| {
            r.level == role_level(role) || role == "市" && r.level != Level::Country && r.name.ends_with('市')
        })
    }
}

fn role_level(role: &str) -> Level {
    match role {
        "省" | "自治区" | "直辖市" => Level::Province,
        "市" | "州" | "盟" | "地区" | "自治州" => Level::City,
        _ => Level::County,
    }
}

impl OrganQuery {
    fn matches_text(&self, printed: &str) -> bool {
        !self.literal.is_empty() && normalize(printed).contains(&self.literal)
    }
}
