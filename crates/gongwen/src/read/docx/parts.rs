//! 部件: which parts of the package are what (ECMA-376-2, relationships).

use std::collections::HashMap;

use crate::piece::Refusal;
use crate::read::office::xml::{Node, walk};
use crate::read::package::Package;

/// The parts of a document.
#[derive(Debug, Default)]
pub struct Parts {
    /// The text.
    pub document: String,
    /// The styles.
    pub styles: Option<String>,
    /// Definitions and lists of automatic numbers.
    pub numbering: Option<String>,
    /// 脚注.
    pub footnotes: Option<String>,
    /// 尾注.
    pub endnotes: Option<String>,
    /// 页眉 and 页脚.
    pub running: Vec<String>,
    /// What lies outside, by the id that the text calls it by.
    pub outside: HashMap<String, String>,
}

/// The bytes of a part that may be missing, with its name.
///
/// # Errors
/// As [`Package::entry`].
pub fn read<'n>(package: &mut Package<'_>, name: &'n Option<String>) -> Result<Option<(&'n str, Vec<u8>)>, Refusal> {
    let Some(name) = name else { return Ok(None) };
    Ok(package.entry(name)?.map(|bytes| (name.as_str(), bytes)))
}

impl Parts {
    /// Finds the parts of a package.
    ///
    /// # Errors
    /// As [`Package::entry`] and [`walk`].
    pub fn of(package: &mut Package<'_>) -> Result<Parts, Refusal> {
        let mut parts = Parts { document: "word/document.xml".into(), ..Parts::default() };
        relations(package, "_rels/.rels", |kind, target, _, outside| {
            if kind == "officeDocument" && !outside {
                parts.document = resolve("", target);
            }
        })?;
        let folder = parts.document.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let file = parts.document.rsplit('/').next().unwrap_or_default().to_owned();
        relations(package, &format!("{folder}/_rels/{file}.rels"), |kind, target, id, outside| {
            let name = || Some(resolve(&folder, target));
            match kind {
                _ if outside => {
                    parts.outside.insert(id.to_owned(), target.to_owned());
                }
                "styles" => parts.styles = name(),
                "numbering" => parts.numbering = name(),
                "footnotes" => parts.footnotes = name(),
                "endnotes" => parts.endnotes = name(),
                "header" | "footer" => parts.running.extend(name()),
                _ => {}
            }
        })?;
        Ok(parts)
    }
}

/// Gives `each` the kind, target and id of every relationship of a part, and whether it leads outside.
fn relations(
    package: &mut Package<'_>,
    name: &str,
    mut each: impl FnMut(&str, &str, &str, bool),
) -> Result<(), Refusal> {
    let Some(bytes) = package.entry(name)? else { return Ok(()) };
    walk(name, &bytes, |node| {
        if let Node::Open(_, "Relationship", attributes) = node {
            let kind = attributes.get("Type").unwrap_or_default();
            let outside = attributes.get("TargetMode").as_deref() == Some("External");
            let (target, id) = (attributes.get("Target").unwrap_or_default(), attributes.get("Id").unwrap_or_default());
            each(kind.rsplit('/').next().unwrap_or_default(), &target, &id, outside);
        }
        Ok(())
    })
}

/// The name of the part that `target` means, said in a part of `folder`.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|s| !s.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn targets() {
        let table = [
            ("word", "styles.xml", "word/styles.xml"),
            ("word", "/word/styles.xml", "word/styles.xml"),
            ("word", "../a/./b.xml", "a/b.xml"),
            ("", "word\\document.xml", "word/document.xml"),
            ("word", "../../../x", "x"),
        ];
        for (folder, target, name) in table {
            assert_eq!(resolve(folder, target), name);
        }
    }
}
