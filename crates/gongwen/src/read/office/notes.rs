//! 脚注和尾注: their marks in the text, and their text at its end.

use std::collections::HashMap;

use super::counting::Counting;
use super::flow::{Flow, Item};
use crate::piece::{Refusal, Style};

/// Which notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// 脚注.
    Foot,
    /// 尾注.
    End,
}

/// The notes that a text refers to, in order.
#[derive(Debug, Default)]
pub struct Notes {
    referred: Vec<(Kind, i64, String)>,
    counts: HashMap<Kind, u32>,
    /// How notes are numbered.
    pub counting: HashMap<Kind, Counting>,
}

impl Notes {
    /// The mark of the note `id`, which the text refers to here: ①, or a number in square brackets, since a bare one
    /// would run into the text. `custom` notes carry a mark of their own in the text.
    pub fn refer(&mut self, kind: Kind, id: i64, custom: bool) -> String {
        let mark = if custom {
            String::new()
        } else {
            let n = self.counts.entry(kind).or_default();
            *n += 1;
            let usual = if kind == Kind::Foot { Counting::Decimal } else { Counting::LowerRoman };
            match self.counting.get(&kind).copied().unwrap_or(usual) {
                counting @ (Counting::Circled | Counting::CircledIdeograph) => counting.write(*n),
                counting => format!("[{}]", counting.write(*n)),
            }
        };
        self.referred.push((kind, id, mark.clone()));
        mark
    }

    /// Writes the notes that were referred to, footnotes first.
    ///
    /// # Errors
    /// As [`Flow::paragraph`].
    pub fn write(self, texts: &mut HashMap<(Kind, i64), Vec<Item>>, flow: &mut Flow) -> Result<(), Refusal> {
        let (foot, end): (Vec<_>, Vec<_>) = self.referred.into_iter().partition(|(kind, ..)| *kind == Kind::Foot);
        for (kind, id, mark) in foot.into_iter().chain(end) {
            let Some(items) = texts.remove(&(kind, id)) else { continue };
            let mut mark = Some(mark).filter(|m| !m.is_empty());
            for item in items {
                match (item, mark.take()) {
                    (Item::Paragraph(text, style), Some(m)) => {
                        flow.paragraph(format!("{m}{}", text.trim_start()), style)?
                    }
                    (item, Some(m)) => {
                        flow.paragraph(m, Style::default())?;
                        flow.items(vec![item]);
                    }
                    (item, None) => flow.items(vec![item]),
                }
            }
        }
        Ok(())
    }
}
