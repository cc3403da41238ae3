//! 文档: which pages and templates the documents of a package have.

use std::collections::HashMap;

use super::locations::{find, folder, read};
use super::transform::numbers;
use super::xml::Element;
use crate::piece::Refusal;
use crate::read::package::Package;

/// A document of a package.
pub struct Document {
    /// The folder of its Document.xml.
    pub folder: String,
    /// Its pages in order: their numbers and their parts.
    pub pages: Vec<(String, String)>,
    /// The parts of its templates by number.
    pub templates: HashMap<String, String>,
    /// The drawings that composite objects repeat, by number.
    pub composites: HashMap<String, Element>,
    /// The box of pages that say nothing of theirs, in millimetres.
    pub area: [f64; 4],
    /// The list of annotations.
    pub annotations: Option<String>,
    /// The list of signatures.
    pub signatures: Option<String>,
}

/// A document has no more pages.
const PAGES: usize = 5_000;
/// A4, in millimetres.
const A4: [f64; 4] = [0.0, 0.0, 210.0, 297.0];

/// The documents of a package.
///
/// # Errors
/// A part that they name is missing or broken.
pub fn documents(package: &mut Package<'_>) -> Result<Vec<Document>, Refusal> {
    let name = find(package, "", "OFD.xml").ok_or_else(|| missing("OFD.xml"))?;
    let root = Element::parse(&read(package, &name)?)?;
    let mut documents = Vec::new();
    for body in root.all("DocBody").take(100) {
        let location = body.child("DocRoot").map_or("", |r| r.text.trim());
        let part = find(package, folder(&name), location).ok_or_else(|| missing(location))?;
        let signatures = body.child("Signatures").and_then(|s| find(package, "", s.text.trim()));
        documents.push(document(package, &part, signatures)?);
    }
    if documents.is_empty() {
        return Err(missing("DocRoot"));
    }
    Ok(documents)
}

fn missing(what: &str) -> Refusal {
    Refusal::new(
        "ofd-part-missing",
        format!("这个 OFD 不完整：里面没有 {what}"),
        "请重新下载，或者在能打开它的软件里另存一份，再导入",
    )
}

fn document(package: &mut Package<'_>, part: &str, signatures: Option<String>) -> Result<Document, Refusal> {
    let root = Element::parse(&read(package, part)?)?;
    let folder = folder(part).to_owned();
    let common = root.child("CommonData");
    let mut templates = HashMap::new();
    let mut composites = HashMap::new();
    for element in common.iter().flat_map(|c| &c.children) {
        match element.name.as_str() {
            "TemplatePage" => {
                let location = element.attribute("BaseLoc").unwrap_or("");
                let found = find(package, &folder, location).ok_or_else(|| missing(location))?;
                templates.insert(element.attribute("ID").unwrap_or("").to_owned(), found);
            }
            "PublicRes" | "DocumentRes" => {
                // Fonts and images that are missing take no text away.
                if let Some(found) = find(package, &folder, element.text.trim()) {
                    resources(Element::parse(&read(package, &found)?)?, &mut composites);
                }
            }
            _ => {}
        }
    }
    let mut pages = Vec::new();
    for page in root.child("Pages").iter().flat_map(|p| p.all("Page")) {
        let location = page.attribute("BaseLoc").unwrap_or("");
        let found = find(package, &folder, location).ok_or_else(|| {
            Refusal::new(
                "ofd-page-missing",
                format!("这个 OFD 不完整：缺第 {} 页（{location}）", pages.len() + 1),
                "少了一页的文件不能导入，请重新下载，或者向发文单位索取完整的文件",
            )
        })?;
        pages.push((page.attribute("ID").unwrap_or("").to_owned(), found));
    }
    if pages.len() > PAGES {
        return Err(Refusal::new(
            "ofd-too-large",
            format!("这个 OFD 有 {} 页，超过限度", pages.len()),
            "请拆成几个文件，再导入",
        ));
    }
    let area = common.and_then(|c| c.child("PageArea")).and_then(physical).unwrap_or(A4);
    let annotations = root.child("Annotations").and_then(|a| find(package, &folder, a.text.trim()));
    Ok(Document { folder, pages, templates, composites, area, annotations, signatures })
}

/// The box that an area gives to its page.
pub fn physical(area: &Element) -> Option<[f64; 4]> {
    let found = numbers(&area.child("PhysicalBox")?.text);
    <[f64; 4]>::try_from(found).ok().filter(|b| b[2] > 0.0 && b[3] > 0.0 && b[2] < 1e5 && b[3] < 1e5)
}

/// Keeps the drawings that a resource file holds for composite objects.
fn resources(root: Element, composites: &mut HashMap<String, Element>) {
    for group in root.children {
        if group.name == "CompositeGraphicUnits" {
            for unit in group.children {
                let id = unit.attribute("ID").unwrap_or("").to_owned();
                composites.insert(id, unit);
            }
        }
    }
}
