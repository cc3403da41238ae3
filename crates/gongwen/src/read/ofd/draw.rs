//! 画页: pages with their templates, as glyphs and rules.

use super::document::{Document, physical};
use super::locations::read;
use super::transform::{Transform, numbers};
use super::xml::Element;
use super::{path, text};
use crate::piece::{Note, Place, Refusal};
use crate::read::glyphs::Page;
use crate::read::package::Package;

/// Points a millimetre.
const POINTS: f64 = 72.0 / 25.4;
/// Composite objects lie no deeper within each other.
const DEPTH: usize = 16;
/// A file draws no more objects, those of templates and composites counted as often as they are drawn.
const OBJECTS: usize = 2_000_000;

/// Draws the pages of a document; `before` pages of the file come first.
///
/// # Errors
/// A page that cannot be read, or more than any document draws.
pub fn pages(package: &mut Package<'_>, document: &Document, before: usize) -> Result<(Vec<Page>, Vec<Note>), Refusal> {
    let mut drawn = Vec::new();
    let mut notes = Vec::new();
    let mut left = OBJECTS;
    for (i, (_, part)) in document.pages.iter().enumerate() {
        let root = Element::parse(&read(package, part)?)?;
        let mut templates = Vec::new();
        for used in root.all("Template") {
            let id = used.attribute("TemplateID").unwrap_or("");
            let Some(part) = document.templates.get(id) else {
                let place = Place::Page { page: before + i + 1, area: [0; 4] }.to_string();
                notes.push(Note { place, message: format!("页面引用的模板 {id} 不存在") });
                continue;
            };
            templates.push((used.attribute("ZOrder") == Some("Foreground"), Element::parse(&read(package, part)?)?));
        }
        let own = root.child("Area").and_then(physical);
        let of_template = || templates.iter().find_map(|(_, t)| t.child("Area").and_then(physical));
        let area = own.or_else(of_template).unwrap_or(document.area);
        let mut sheet = Sheet {
            page: Page { width: (area[2] * POINTS) as f32, height: (area[3] * POINTS) as f32, ..Page::default() },
            document,
            left: &mut left,
        };
        let origin = Transform([POINTS, 0.0, 0.0, POINTS, -area[0] * POINTS, -area[1] * POINTS]);
        for (_, template) in templates.iter().filter(|(front, _)| !front) {
            sheet.content(template, &origin);
        }
        sheet.content(&root, &origin);
        for (_, template) in templates.iter().filter(|(front, _)| *front) {
            sheet.content(template, &origin);
        }
        drawn.push(sheet.page);
        if left == 0 {
            return Err(Refusal::new(
                "ofd-too-large",
                "这个 OFD 画的字和线太多，超过限度",
                "这样的文件多半是坏的，请检查来源",
            ));
        }
    }
    Ok((drawn, notes))
}

/// A page that is being drawn.
struct Sheet<'d> {
    page: Page,
    document: &'d Document,
    left: &'d mut usize,
}

impl Sheet<'_> {
    /// The layers of a page or a template.
    fn content(&mut self, root: &Element, origin: &Transform) {
        for layer in root.child("Content").iter().flat_map(|c| c.all("Layer")) {
            self.objects(layer, origin, 0);
        }
    }

    /// The objects in a layer, a block or a composite.
    fn objects(&mut self, parent: &Element, origin: &Transform, depth: usize) {
        for object in &parent.children {
            if *self.left == 0 || depth > DEPTH {
                return;
            }
            *self.left -= 1;
            if object.attribute("Visible") == Some("false") {
                continue;
            }
            let area = numbers(object.attribute("Boundary").unwrap_or(""));
            let at = |i: usize| area.get(i).copied().unwrap_or(0.0);
            let own = origin.after(&Transform::of(at(0), at(1), object.attribute("CTM")));
            match object.name.as_str() {
                "TextObject" => {
                    let marks = text::glyphs(object, &own, &mut self.page.glyphs);
                    *self.left = self.left.saturating_sub(marks);
                }
                "PathObject" => {
                    let marks = path::rules(object, &own, &mut self.page);
                    *self.left = self.left.saturating_sub(marks);
                }
                "ImageObject" => {
                    let ((x0, y0), (x1, y1)) = (origin.apply(at(0), at(1)), origin.apply(at(0) + at(2), at(1) + at(3)));
                    let (w, h) = (f64::from(self.page.width), f64::from(self.page.height));
                    let seen = |a: f64, b: f64, most: f64| (a.max(b).min(most) - a.min(b).max(0.0)).max(0.0);
                    self.page.images += (seen(x0, x1, w) * seen(y0, y1, h) / (w * h).max(1.0)) as f32;
                }
                "CompositeObject" => {
                    let id = object.attribute("ResourceID").unwrap_or("");
                    let unit = self.document.composites.get(id).and_then(|u| u.child("Content"));
                    if let Some(content) = unit {
                        self.objects(content, &own, depth + 1);
                    }
                }
                "PageBlock" => self.objects(object, origin, depth + 1),
                _ => {}
            }
        }
    }
}
