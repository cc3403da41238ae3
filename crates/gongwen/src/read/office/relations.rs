//! 关系: how the parts of a package call each other (ECMA-376-2, 9.3).

use super::xml::{Node, walk};
use crate::piece::Refusal;
use crate::read::package::Package;

/// Gives `each` the kind, target and id of every relationship of a part, and whether it leads outside.
///
/// # Errors
/// As [`Package::entry`] and [`walk`].
pub fn relations(
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
pub fn resolve(folder: &str, target: &str) -> String {
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

/// The name of the main part of a package, `usual` where the package does not say.
///
/// # Errors
/// As [`relations`].
pub fn main_part(package: &mut Package<'_>, usual: &str) -> Result<String, Refusal> {
    let mut name = usual.to_owned();
    relations(package, "_rels/.rels", |kind, target, _, outside| {
        if kind == "officeDocument" && !outside {
            name = resolve("", target);
        }
    })?;
    Ok(name)
}

/// Folder of a part, and the name of the part that holds its relationships.
pub fn around(name: &str) -> (String, String) {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    (folder.to_owned(), format!("{folder}/_rels/{file}.rels"))
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
