//! 准确程度: the figures that the page about the site gives, as `docs/accuracy.md` states them: one place for both.

/// The document that they stand in.
const DOCUMENT: &str = include_str!("../../docs/accuracy.md");
/// Its section of documents that no rule was made with: what a reader may expect of the next one.
const SECTION: &str = "## Documents that no rule was made with";

/// What was measured of one list of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measured {
    /// The list: `metadata`, `outline`, …
    pub list: &'static str,
    /// How many of what was found are right, of how many.
    pub right: (u32, u32),
    /// How many of what is printed were found, of how many.
    pub found: (u32, u32),
}

/// The first table of the section, row by row.
pub fn measured() -> Vec<Measured> {
    let section = DOCUMENT.split_once(SECTION).map_or("", |(_, rest)| rest);
    let rows = section.lines().skip_while(|l| !l.starts_with("| --- ")).skip(1).take_while(|l| l.starts_with('|'));
    let row = |line: &'static str| {
        let mut cells = line.trim_matches('|').split('|').map(str::trim);
        let list = cells.next()?.split(' ').next()?;
        Some(Measured { list, right: share(cells.next()?)?, found: share(cells.next()?)? })
    };
    rows.filter_map(row).collect()
}

/// `403 of 412 (0.959–0.988)`.
fn share(cell: &str) -> Option<(u32, u32)> {
    let mut words = cell.split(' ');
    let part = words.next()?.parse().ok()?;
    words.next().filter(|w| *w == "of")?;
    Some((part, words.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::strings::{Language, Strings};

    /// Every list of the document has figures that can be, and a name in both languages.
    #[test]
    fn figures_of_the_document() {
        let measured = measured();
        let lists: Vec<&str> = measured.iter().map(|m| m.list).collect();
        assert_eq!(lists, ["metadata", "outline", "citations", "assignments", "targets", "duties"]);
        for m in measured {
            for (part, whole) in [m.right, m.found] {
                assert!(part <= whole && part * 2 > whole, "{m:?}");
            }
            for language in Language::ALL {
                let key = format!("about.list_{}", m.list);
                assert!(Strings::built_in(language).get(&key).is_some(), "{key}");
            }
        }
    }
}
