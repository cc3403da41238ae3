//! 异名: the names that one line of work bears at one level, and the words of `synonyms.toml` and of a site's own, for
//! whoever searches by one and wants what stands under the others.

use std::sync::LazyLock;

use serde::Deserialize;
use toml::Spanned;

use super::extend::{RegistryError, error, parse};
use super::region::Level;
use super::sector::PLACE;
use super::{Registry, pattern};

/// Groups of words that mean the same.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    #[serde(default)]
    groups: Vec<Spanned<Vec<String>>>,
}

static BUILTIN: LazyLock<Vec<Vec<String>>> =
    LazyLock::new(|| match read("synonyms.toml", include_str!("synonyms.toml")) {
        Ok(groups) => groups,
        Err(error) => panic!("the built-in synonyms: {}", error.reason),
    });

/// The groups of a table, each of two words or more.
fn read(file: &str, text: &str) -> Result<Vec<Vec<String>>, RegistryError> {
    let words: Words = parse(file, text)?;
    let group = |group: Spanned<Vec<String>>| {
        let span = group.span();
        let words: Vec<String> = group.into_inner().iter().map(|w| w.trim().to_owned()).collect();
        if words.len() < 2 || words.iter().any(|w| w.chars().count() < 2) {
            let help = "一组写两个以上的词，每个词至少两个字，如 [\"长护险\", \"长期护理保险\"]";
            return Err(error(file, Some(span), "这一组同义词不能用", help));
        }
        Ok(words)
    };
    words.groups.into_iter().map(group).collect()
}

/// A name of fewer characters is a word of other uses too (部委, 民政).
const SHORTEST: usize = 3;

impl Registry {
    /// 同义词: groups of words, those of the site after the built-in ones.
    pub fn words(&self) -> impl Iterator<Item = &Vec<String>> {
        BUILTIN.iter().chain(&self.synonyms)
    }

    /// Takes in a site's own `synonyms.toml`.
    ///
    /// # Errors
    /// Where the table cannot be read or a group has no two words.
    pub fn extend_synonyms(&mut self, text: &str) -> Result<(), RegistryError> {
        self.synonyms = read("synonyms.toml", text)?;
        Ok(())
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_site() {
        let mut own = Registry::builtin().clone();
        own.extend_synonyms("groups = [[\"放心托管\", \"课后服务\"]]").unwrap_or_else(|e| panic!("{}", e.reason));
        let all: Vec<&Vec<String>> = own.words().collect();
        assert!(all.iter().any(|g| g.contains(&"长护险".to_owned()) && g.contains(&"长期护理保险".to_owned())));
        assert!(all.iter().any(|g| g.contains(&"放心托管".to_owned())));
        let refused = own.extend_synonyms("groups = [[\"甲\", \"乙\"]]").map_err(|e| (e.reason, e.offset));
        assert_eq!(refused, Err(("这一组同义词不能用".to_owned(), Some(10))));
    }
}
