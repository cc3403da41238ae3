//! 段落: a paragraph under way, and what becomes of it when it ends.

use super::body::Body;
use crate::piece::{Refusal, Style};
use crate::read::office::boxes::{self, Hanging};
use crate::read::office::flow::{Flow, Item};
use crate::read::office::numbering::Label;
use crate::read::office::properties::{Emphasis, ParagraphStyle, RunStyle};

/// A paragraph under way.
#[derive(Debug, Default)]
pub struct Open {
    /// Its text so far.
    pub text: String,
    /// The id of its style.
    pub style: Option<String>,
    /// What is said of it itself.
    pub own: ParagraphStyle,
    /// What is said of its end.
    pub mark: RunStyle,
    /// Its end was deleted, or the next paragraph runs on from it.
    pub runs_on: bool,
    /// It ends a section.
    pub section: bool,
    /// Whether its characters are bold.
    pub emphasis: Emphasis,
    /// The boxes that hang on it.
    pub boxes: Vec<Hanging>,
    /// Its number has been printed: it goes on after a page break.
    pub goes_on: bool,
}

impl Body<'_> {
    /// The paragraph under way ends.
    pub fn end_paragraph(&mut self, flow: &mut Flow) -> Result<(), Refusal> {
        let Some(mut paragraph) = self.paragraphs.pop() else { return Ok(()) };
        let style = self.styles.get(paragraph.style.as_deref());
        let hidden = paragraph.mark.hidden.or(style.and_then(|s| s.run.hidden)) == Some(true);
        let boxes = std::mem::take(&mut paragraph.boxes);
        let (before, after) = boxes::in_order(boxes, self.nothing_yet);
        flow.items(before);
        if paragraph.runs_on || hidden {
            // Without its end it is the beginning of the next one. Hidden it is counted all the same, deleted it is not.
            let empty = paragraph.text.trim().is_empty();
            let label = if hidden || !empty { self.label(&paragraph) } else { None };
            if !empty {
                self.carried.push_str(&label.map_or_else(|| paragraph.text.clone(), |l| l.before(&paragraph.text)));
            }
        } else {
            let section = paragraph.section;
            self.write(paragraph, flow)?;
            if section {
                flow.page_break();
            }
        }
        flow.items(after);
        Ok(())
    }

    /// Writes what there is of a paragraph.
    pub fn write(&mut self, paragraph: Open, flow: &mut Flow) -> Result<(), Refusal> {
        let style = self.styles.get(paragraph.style.as_deref());
        let set = paragraph.own.over(style.map(|s| s.paragraph).unwrap_or_default());
        if set.page_break == Some(true) && !paragraph.goes_on {
            flow.page_break();
        }
        let label = if paragraph.goes_on { None } else { self.label(&paragraph) };
        let text = match label {
            Some(label) => label.before(&paragraph.text),
            None => paragraph.text,
        };
        self.nothing_yet &= text.trim().is_empty();
        let style =
            Style { heading: set.heading(), centred: set.centred == Some(true), bold: paragraph.emphasis.whole() };
        flow.paragraph(text, style)
    }

    /// The number of a paragraph.
    fn label(&mut self, paragraph: &Open) -> Option<Label> {
        let style = self.styles.get(paragraph.style.as_deref());
        let base = style.map(|s| s.paragraph).unwrap_or_default();
        let list = paragraph.own.list.or(base.list).filter(|list| *list != 0)?;
        let by_style = || style.and_then(|s| self.lists.level_of(list, &s.chain));
        let level = paragraph.own.level.or_else(by_style).or(base.level).unwrap_or(0);
        self.counter.next(&self.lists.numbering, list, level)
    }

    /// A page ends within a paragraph.
    pub fn break_page(&mut self, flow: &mut Flow) -> Result<(), Refusal> {
        let inner = self.paragraphs.len() > 1;
        if let Some(paragraph) = self.paragraphs.last_mut() {
            if inner || paragraph.text.trim().is_empty() {
                if !inner {
                    flow.page_break();
                }
                return Ok(());
            }
            let rest = Open {
                style: paragraph.style.clone(),
                own: paragraph.own,
                mark: paragraph.mark.clone(),
                runs_on: paragraph.runs_on,
                section: paragraph.section,
                boxes: std::mem::take(&mut paragraph.boxes),
                goes_on: true,
                ..Open::default()
            };
            let first = std::mem::replace(paragraph, rest);
            self.write(first, flow)?;
            flow.page_break();
        }
        Ok(())
    }

    /// A box that hangs on the paragraph under way has ended.
    pub fn hang(&mut self, items: Vec<Item>, flow: &mut Flow) {
        let at = self.position();
        match self.paragraphs.last_mut() {
            Some(paragraph) => {
                let first = paragraph.text.trim().is_empty();
                paragraph.boxes.push(Hanging { at, first, items });
            }
            None => flow.items(items),
        }
    }
}
