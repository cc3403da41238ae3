//! 部件: which parts of the package are what (ECMA-376-2, relationships).

use std::collections::HashMap;

use crate::piece::Refusal;
use crate::read::office::relations::{around, main_part, relations, resolve};
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
    /// As [`relations`].
    pub fn of(package: &mut Package<'_>) -> Result<Parts, Refusal> {
        let document = main_part(package, "word/document.xml")?;
        let (folder, own) = around(&document);
        let mut parts = Parts { document, ..Parts::default() };
        relations(package, &own, |kind, target, id, outside| {
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
