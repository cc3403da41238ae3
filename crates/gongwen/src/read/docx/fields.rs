//! 域 and 控件: fields of a run and what they say of a form.

use super::body::{Body, Kind};
use crate::read::office::fields::Field;
use crate::read::office::flow::Flow;
use crate::read::office::xml::Attributes;

impl Body<'_> {
    /// `w:fldChar`: a field begins, shows its result from here on, or ends.
    pub(super) fn field(&mut self, attributes: &Attributes<'_>, flow: &mut Flow) {
        match attributes.get("fldCharType").as_deref() {
            Some("begin") => self.fields.push(Field::default()),
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    field.shown = true;
                }
            }
            Some("end") => match self.fields.pop().map(|f| f.stands_for()) {
                Some(Ok(Some(text))) => self.text(&text, flow),
                Some(Err(())) => flow.tally.formulas += 1,
                _ => {}
            },
            _ => {}
        }
    }

    /// A check box or a list to choose from.
    pub(super) fn form(&mut self, name: &str, attributes: &Attributes<'_>) -> Kind {
        if let Some(field) = self.fields.last_mut() {
            let chosen = || attributes.number("val").and_then(|n| usize::try_from(n).ok());
            match name {
                "checkBox" => field.form = Some("☐".into()),
                "checked" | "default" if field.form.is_some() => {
                    field.form = Some(if attributes.on() { "☑" } else { "☐" }.into());
                }
                "ddList" => field.choice = Some(0),
                "result" => field.choice = chosen(),
                "listEntry" => field.entry(attributes.get("val").unwrap_or_default()),
                _ => {}
            }
        }
        Kind::Field
    }
}
