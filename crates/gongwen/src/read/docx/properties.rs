//! 属性: what is said of paragraphs, runs and sections.

use super::body::{Body, Kind};
use super::styles;
use crate::read::office::xml::Attributes;

impl Body<'_> {
    /// What `w:pPr` and `w:numPr` say.
    pub(super) fn paragraph_property(&mut self, name: &str, attributes: &Attributes<'_>) -> Kind {
        let Some(paragraph) = self.paragraphs.last_mut() else { return Kind::Other };
        match name {
            "rPr" => return Kind::MarkProperties,
            "numPr" => return Kind::ListProperties,
            "sectPr" => {
                paragraph.section = true;
                return Kind::SectionProperties;
            }
            "pStyle" => paragraph.style = attributes.get("val"),
            _ => styles::paragraph_property(&mut paragraph.own, name, attributes),
        }
        Kind::Other
    }

    /// What is said of the end of a paragraph.
    pub(super) fn mark_property(&mut self, name: &str, attributes: &Attributes<'_>) -> Kind {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            match name {
                "del" | "moveFrom" | "specVanish" => paragraph.runs_on = true,
                _ => styles::run_property(&mut paragraph.mark, name, attributes),
            }
        }
        Kind::Other
    }

    /// What `w:rPr` says of a run.
    pub(super) fn run_property(&mut self, name: &str, attributes: &Attributes<'_>) -> Kind {
        match name {
            "rStyle" => {
                let style = attributes.get("val").and_then(|id| self.styles.of_run(&id));
                if let Some(style) = style {
                    self.run = self.run.over(&style.run);
                }
            }
            _ => styles::run_property(&mut self.run, name, attributes),
        }
        Kind::Other
    }

    /// What `w:sectPr` says: a continuous section begins no page.
    pub(super) fn section_property(&mut self, name: &str, attributes: &Attributes<'_>) -> Kind {
        if name == "type"
            && attributes.get("val").as_deref() == Some("continuous")
            && let Some(paragraph) = self.paragraphs.last_mut()
        {
            paragraph.section = false;
        }
        Kind::Other
    }
}
