//! TOML with places: what every file of settings is read with.
//!
//! A file's keys are asked for one by one; what nobody asked for is unknown, and the nearest key that somebody asked
//! for is suggested. So the code that reads a file is its schema, and no problem hides another.

use std::cell::RefCell;
use std::ops::Range;
use std::path::Path;

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};
use gongwen::markdown::normal;
use jiff::civil::Date;

use crate::diagnostics::{Diagnostic, Diagnostics, Place};

use super::syntax;

/// A key: its name, and the Chinese term that people may write for it.
pub type Key = (&'static str, &'static str);

/// TOML that stands in a file, and what is wrong with it.
pub struct Toml<'t> {
    file: &'t Path,
    text: &'t str,
    span: Range<usize>,
    problems: RefCell<Diagnostics>,
}

impl<'t> Toml<'t> {
    /// The bytes `span` of `text`, which is what `file` holds.
    pub fn new(file: &'t Path, text: &'t str, span: Range<usize>) -> Self {
        Toml { file, text, span, problems: RefCell::default() }
    }

    /// Reads the tables; what is no TOML is reported, and the rest read.
    pub fn parse(&self) -> DeTable<'t> {
        let text = self.text.get(self.span.clone()).unwrap_or("");
        let (table, errors) = DeTable::parse_recoverable(text);
        for diagnostic in syntax::explain(text, &errors, |span| self.place(span)) {
            self.report(diagnostic);
        }
        table.into_inner()
    }

    /// Where bytes of the TOML stand in the file.
    pub fn place(&self, span: Range<usize>) -> Place {
        Place::span(self.file, self.text, self.in_file(span))
    }

    /// Bytes of the TOML as bytes of the file.
    pub fn in_file(&self, span: Range<usize>) -> Range<usize> {
        self.span.start + span.start..self.span.start + span.end
    }

    /// Notes a problem, unless something at its place is no TOML at all.
    pub fn report(&self, diagnostic: Diagnostic) {
        let mut problems = self.problems.borrow_mut();
        if !problems.0.iter().any(|p| p.code == syntax::CODE && p.place == diagnostic.place) {
            problems.push(diagnostic);
        }
    }

    /// All problems, in the order of the file.
    pub fn into_problems(self) -> Diagnostics {
        let mut problems = self.problems.into_inner();
        problems.sort();
        problems
    }
}

/// A table being read.
pub struct Section<'s, 't> {
    toml: &'s Toml<'t>,
    table: &'s DeTable<'t>,
    span: Range<usize>,
    known: Vec<Key>,
}

impl<'s, 't> Section<'s, 't> {
    /// The whole of `toml`, as parsed.
    pub fn root(toml: &'s Toml<'t>, table: &'s DeTable<'t>) -> Self {
        Section { toml, table, span: 0..0, known: Vec::new() }
    }

    /// Where the section stands, in bytes of the TOML.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Where the value of `key` stands, in bytes of the TOML.
    pub fn span_of(&self, key: &str) -> Option<Range<usize>> {
        self.table.get(key).map(Spanned::span)
    }

    /// Reports what is wrong with the value of `key`, or with the section where it lacks it.
    pub fn reject(&self, key: &str, diagnostic: Diagnostic) {
        let span = self.span_of(key).unwrap_or_else(|| self.span());
        self.toml.report(diagnostic.at(self.toml.place(span)));
    }

    /// 文字, trimmed and without control characters.
    pub fn string(&mut self, key: Key) -> Option<String> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(normal::text(text).into_owned()),
            _ => self.wrong_type(key.0, value, "一段文字", format!("写成 {} = \"…\"", key.0)),
        }
    }

    /// 一组文字; empty where the key is absent.
    pub fn strings(&mut self, key: Key) -> Option<Vec<String>> {
        let value = self.value(key)?;
        let help = || format!("写成 {} = [\"…\", \"…\"]", key.0);
        let DeValue::Array(items) = value.get_ref() else {
            return self.wrong_type(key.0, value, "一组文字", help());
        };
        let mut texts = Vec::with_capacity(items.len());
        for item in items.iter() {
            match item.get_ref() {
                DeValue::String(text) => texts.push(normal::text(text).into_owned()),
                _ => return self.wrong_type(key.0, item, "一组文字", help()),
            }
        }
        Some(texts)
    }

    /// true or false.
    pub fn flag(&mut self, key: Key) -> Option<bool> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::Boolean(flag) => Some(*flag),
            _ => self.wrong_type(key.0, value, " true 或 false", format!("写成 {} = true", key.0)),
        }
    }

    /// A date of the calendar, ISO 8601, quoted or not.
    pub fn date(&mut self, key: Key) -> Option<Date> {
        let value = self.value(key)?;
        let text = match value.get_ref() {
            DeValue::String(text) => text.trim().to_owned(),
            DeValue::Datetime(date) => date.to_string(),
            _ => return self.wrong_type(key.0, value, "日期", format!("写成 {} = \"2018-06-04\"", key.0)),
        };
        match iso(&text) {
            Ok(date) => Some(date),
            Err(suggestion) => {
                let help = suggestion.map_or("写成 2018-06-04 的样子".to_owned(), |s| format!("写成 \"{s}\""));
                self.reject(
                    key.0,
                    Diagnostic::error("toml-date", format!("{} 不是日期：{text}", key.0))
                        .label("日历上没有这一天，或者写法不对")
                        .help(help),
                );
                None
            }
        }
    }

    /// One of `words`.
    pub fn choice<'w>(&mut self, key: Key, words: &[&'w str]) -> Option<&'w str> {
        let text = self.string(key)?;
        if let Some(word) = words.iter().find(|w| **w == text) {
            return Some(word);
        }
        let label = nearest(&text, words.iter().map(|w| (*w, "")));
        let diagnostic = Diagnostic::error("toml-choice", format!("{} 没有 {text} 这个值", key.0))
            .label(label.map_or("不在可用的值里".to_owned(), |w| format!("是不是 {w}？")))
            .help(format!("可用的值：{}", words.join("、")));
        self.reject(key.0, diagnostic);
        None
    }

    /// `[key]`.
    pub fn section(&mut self, key: Key) -> Option<Section<'s, 't>> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::Table(table) => Some(self.child(table, value.span())),
            _ => self.wrong_type(key.0, value, "一节", format!("写成单独一行 [{}]，下面写各个键", key.0)),
        }
    }

    /// `[[key]]`, in the order of the file.
    pub fn sections(&mut self, key: Key) -> Vec<Section<'s, 't>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let help = || format!("写成单独一行 [[{}]]，下面写各个键；每一条都这样开头", key.0);
        let DeValue::Array(items) = value.get_ref() else {
            return self.wrong_type(key.0, value, "若干节", help()).unwrap_or_default();
        };
        let mut sections = Vec::with_capacity(items.len());
        for item in items.iter() {
            match item.get_ref() {
                DeValue::Table(table) => sections.push(self.child(table, item.span())),
                _ => return self.wrong_type(key.0, item, "若干节", help()).unwrap_or_default(),
            }
        }
        sections
    }

    /// Ends the reading: every key that was not asked for is unknown.
    pub fn finish(self) {
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if self.known.iter().any(|(known, _)| *known == name) {
                continue;
            }
            let diagnostic =
                Diagnostic::error("toml-unknown-key", format!("不认识的键 {name}")).at(self.toml.place(key.span()));
            self.toml.report(match nearest(name, self.known.iter().copied()) {
                Some(right) => diagnostic.label(format!("是不是 {right}？")),
                None => {
                    let all: Vec<&str> = self.known.iter().map(|(known, _)| *known).collect();
                    diagnostic.label("这里没有这个键").help(format!("这里可以写：{}", all.join("、")))
                }
            });
        }
    }

    fn value(&mut self, key: Key) -> Option<&'s Spanned<DeValue<'t>>> {
        self.known.push(key);
        self.table.get(key.0)
    }

    fn child(&self, table: &'s DeTable<'t>, span: Range<usize>) -> Section<'s, 't> {
        Section { toml: self.toml, table, span, known: Vec::new() }
    }

    fn wrong_type<T>(&self, key: &str, value: &Spanned<DeValue<'_>>, right: &str, help: String) -> Option<T> {
        let given = match value.get_ref() {
            DeValue::String(_) => "一段文字",
            DeValue::Integer(_) => "整数",
            DeValue::Float(_) => "小数",
            DeValue::Boolean(_) => "true 或 false",
            DeValue::Datetime(_) => "日期",
            DeValue::Array(_) => "一组值",
            DeValue::Table(_) => "一节",
        };
        let diagnostic = Diagnostic::error("toml-type", format!("{key} 应当是{right}"))
            .at(self.toml.place(value.span()))
            .label(format!("这是{given}"))
            .help(help);
        self.toml.report(diagnostic);
        None
    }
}

/// Ok for a date of the calendar in ISO 8601; otherwise the same date in ISO 8601, where `text` is one.
fn iso(text: &str) -> Result<Date, Option<String>> {
    match gongwen::date::date(text).filter(|(_, len)| *len == text.len()) {
        Some((date, _)) if date.to_string() == text => Ok(date),
        other => Err(other.map(|(date, _)| date.to_string())),
    }
}

/// The name that `given` was most likely meant to be: the nearest name, or the one whose Chinese term it is.
fn nearest<'n>(given: &str, names: impl Iterator<Item = (&'n str, &'n str)>) -> Option<&'n str> {
    /// Below this, names have little in common (title and number: 0.2; titel and title: 0.8).
    const LIKE: f64 = 0.6;
    let lower = given.to_lowercase().replace('-', "_");
    let mut best = None;
    for (name, term) in names {
        let likeness = if term == given { 1.0 } else { strsim::normalized_damerau_levenshtein(&lower, name) };
        if likeness >= LIKE && best.is_none_or(|(least, _)| likeness > least) {
            best = Some((likeness, name));
        }
    }
    best.map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_keys() {
        let names =
            [("title", "标题"), ("attached_title", "所附文件标题"), ("number", "发文字号"), ("issuers", "发文机关")];
        let table = [
            ("titel", Some("title")),
            ("Title", Some("title")),
            ("issuer", Some("issuers")),
            ("attached-title", Some("attached_title")),
            ("发文字号", Some("number")),
            ("author", None),
            ("", None),
        ];
        for (given, expected) in table {
            assert_eq!(nearest(given, names.into_iter()), expected, "{given}");
        }
    }
}
