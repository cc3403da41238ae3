//! 异名: the names that one line of work bears at one level, for whoever searches by one and wants what stands under
//! the others.

use super::region::Level;
use super::sector::PLACE;
use super::{Registry, pattern};

/// A name of fewer characters is a word of other uses too (部委, 民政).
const SHORTEST: usize = 3;

impl Registry {
    /// For each level at which bodies of `sector` bear more than one name, those names, newest first and without a
    /// region's: 卫生健康委员会, 卫健委, 卫生计生委 … The bodies that were merged into it are sectors of their own, and
    /// their names are none of its.
    pub fn synonyms(&self, sector: &str) -> Vec<Vec<String>> {
        let Some(sector) = self.sectors.get(sector) else { return Vec::new() };
        let mut groups: Vec<Vec<String>> = Vec::new();
        for level in [Level::City, Level::Province, Level::County, Level::Country] {
            let mut names: Vec<String> = Vec::new();
            for name in sector.names.iter().filter_map(|n| n.pattern(level)).flat_map(pattern::expand) {
                if name.chars().count() >= SHORTEST && !name.contains(PLACE) && !names.contains(&name) {
                    names.push(name);
                }
            }
            // What another level calls the same adds nothing.
            if names.len() > 1 && !groups.iter().any(|g| names.iter().all(|n| g.contains(n))) {
                groups.push(names);
            }
        }
        groups
    }
}
