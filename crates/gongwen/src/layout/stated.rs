//! 目录项: what a table of labels, a line of labels or a file itself states about a document.

use super::{issuers, roles};
use crate::date;
use crate::document::{Block, BlockKind};
use crate::header::{self, Field};
use crate::meta::Meta;
use crate::number::{DocumentNumber, normalise_number};

/// What labels say, apart from what the document prints.
#[derive(Debug, Default)]
pub struct Stated {
    meta: Meta,
    /// 发文机关.
    pub issuers: Vec<String>,
    /// 发布机构.
    pub publishers: Vec<String>,
}

impl Stated {
    /// Reads a table or a line of labels.
    pub fn read(&mut self, block: &Block) {
        let BlockKind::Table(table) = &block.kind else {
            for (label, value) in pairs(&block.text) {
                self.take(label, value);
            }
            return;
        };
        let rows: Vec<Vec<&str>> = table
            .rows
            .iter()
            .map(|r| r.iter().filter_map(|c| block.text.get(c.clone())).map(str::trim).collect())
            .collect();
        let mut i = 0;
        while let Some(row) = rows.get(i) {
            i += 1;
            // A row of labels over a row of their values.
            let labels = |r: &[&str]| r.len() > 1 && r.iter().all(|c| header::field(c).is_some());
            if let Some(values) = rows.get(i).filter(|v| labels(row) && !v.iter().any(|c| header::field(c).is_some())) {
                row.iter().zip(values).for_each(|(label, value)| self.take(label, value));
                i += 1;
                continue;
            }
            let mut cells = row.iter().peekable();
            while let Some(cell) = cells.next() {
                if header::field(cell).is_none() {
                    // 索引号：0001 in one cell.
                    pairs(cell).into_iter().for_each(|(label, value)| self.take(label, value));
                } else if let Some(value) = cells.next_if(|v| header::marked(v).is_none()) {
                    self.take(cell, value);
                }
            }
        }
    }

    /// What a label says.
    pub fn take(&mut self, label: &str, value: &str) {
        // ---- and 无 stand for nothing.
        if value.trim_matches(|c: char| c.is_whitespace() || "-—/／".contains(c)).is_empty() || value == "无" {
            return;
        }
        let meta = &mut self.meta;
        let set = |own: &mut Option<String>, value: Option<String>| *own = own.take().or(value);
        let text = || Some(value.to_owned());
        match header::field(label) {
            Some(Field::IndexNo) => set(&mut meta.index_no, text()),
            Some(Field::Number) => {
                let bare = roles::unbracketed(value).unwrap_or(value);
                let printed = value.contains('号') || DocumentNumber::parse(bare).is_some();
                set(&mut meta.number, printed.then(|| normalise_number(bare)));
            }
            Some(Field::Issuer) if self.issuers.is_empty() => self.issuers = issuers::listed(value),
            Some(Field::Publisher) if self.publishers.is_empty() => self.publishers = issuers::listed(value),
            Some(Field::Date) => set(&mut meta.date, iso(value)),
            Some(Field::Published) => set(&mut meta.published, iso(value)),
            // A title that is cut short is none.
            Some(Field::Title) if !value.ends_with(['…', '.']) => {
                // A title is one line, however a page or a file breaks it.
                set(&mut meta.title, Some(value.lines().map(str::trim).collect()));
            }
            Some(Field::Disclosure) => set(&mut meta.disclosure, value.contains("公开").then(|| value.to_owned())),
            Some(Field::Validity) => set(&mut meta.validity, text()),
            _ => {}
        }
    }

    /// The title: what the document prints, unless a catalogue names it and the print is another's (国务院令) or less.
    pub fn title(&self, printed: Option<&str>) -> Option<String> {
        let letters = |t: &str| -> String { t.chars().filter(|c| c.is_alphanumeric()).collect() };
        let (stated, printed) = match (self.meta.title.as_deref(), printed) {
            (Some(stated), Some(printed)) => (stated, printed),
            (stated, printed) => return printed.or(stated).map(str::to_owned),
        };
        let whole = letters(printed).contains(&letters(stated));
        Some(if whole { printed } else { stated }.to_owned())
    }

    /// Adds to `meta` what it lacks. The number that a catalogue gives goes before a printed one: 国令第707号.
    pub fn fill(self, meta: &mut Meta) {
        let stated = self.meta;
        let fill = |own: &mut Option<String>, stated: Option<String>| *own = own.take().or(stated);
        meta.number = stated.number.or(meta.number.take());
        fill(&mut meta.index_no, stated.index_no);
        fill(&mut meta.date, stated.date);
        fill(&mut meta.published, stated.published);
        fill(&mut meta.disclosure, stated.disclosure);
        fill(&mut meta.validity, stated.validity);
    }
}

/// The ISO form of a text that begins with a date.
pub fn iso(text: &str) -> Option<String> {
    date::date(text).map(|(d, _)| d.to_string())
}

/// The first of the lists that is not empty.
pub fn first(lists: &[&Vec<String>]) -> Vec<String> {
    lists.iter().find(|l| !l.is_empty()).map(|l| (*l).clone()).unwrap_or_default()
}

/// The labels of a line and their values: 发布时间：2024-09-11 11:23 来源：海州市民政局. Gaps between them may be gone.
pub fn pairs(text: &str) -> Vec<(&str, &str)> {
    /// A label is at most this long.
    const LABEL: usize = 8;
    let mut found: Vec<(std::ops::Range<usize>, usize)> = Vec::new();
    if let Some((_, at)) = header::label_at(text) {
        found.push((0..at, at));
    }
    for (colon, c) in text.char_indices().filter(|(_, c)| matches!(c, '：' | ':')) {
        let value = colon + c.len_utf8();
        let from = found.last().map_or(0, |(_, v)| *v);
        if value <= from {
            continue;
        }
        let before = &text[from..colon];
        // The longest label that ends at the colon; one of two characters may be the end of a longer word.
        let label = before.char_indices().rev().take(LABEL).map(|(i, _)| from + i).filter(|&i| {
            let own = &text[i..colon];
            let alone = text[from..i].chars().next_back().is_none_or(|c| !crate::scan::is_han(c));
            header::field(own).is_some() && (alone || own.chars().count() > 2)
        });
        if let Some(start) = label.min() {
            found.push((start..value, value));
        }
    }
    let ends: Vec<usize> = found.iter().skip(1).map(|(l, _)| l.start).chain([text.len()]).collect();
    found.into_iter().zip(ends).map(|((label, value), end)| (&text[label], text[value..end].trim())).collect()
}

#[cfg(test)]
mod tests {
    use super::pairs;

    #[test]
    fn a_title_is_one_line() {
        let mut stated = super::Stated::default();
        stated.take("标题", "海州市民政局\r\n  关于某事的通知");
        assert_eq!(stated.title(None).as_deref(), Some("海州市民政局关于某事的通知"));
    }

    #[test]
    fn labels_on_one_line() {
        assert_eq!(
            pairs("发布时间：2024-09-11 11:23来源：海州市民政局访问次数：12"),
            [("发布时间：", "2024-09-11 11:23"), ("来源：", "海州市民政局"), ("访问次数：", "12")]
        );
        assert_eq!(pairs("【时效性】现行有效"), [("【时效性】", "现行有效")]);
        assert!(pairs("联系电话：0500").is_empty());
    }
}
