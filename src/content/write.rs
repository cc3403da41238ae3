//! A content file as `import` writes it: the same document gives the same bytes.

use std::fmt::Write;

use gongwen::extract::Relation;
use gongwen::markdown;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::corrections::{Action, Changes, Correction};
use super::front::{Front, META_KEYS, Slot, slot};

/// How the line begins that holds the digest of the others.
const WRITTEN: &str = "written = ";

/// Columns that a list takes on one line at most.
const WIDTH: usize = 100;

/// SHA-256 of `bytes`, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hex(Sha256::digest(bytes).as_slice())
}

/// Renders a whole content file; `body` is Markdown. Where the front matter names a source, the digest of the file is
/// added, by which [`is_untouched`] knows it again.
pub fn render(front: &Front, body: &str) -> String {
    let mut out = "# 公文要素。这里写的优先；删去一行，就从正文读\n".to_owned();
    if let Some(id) = &front.id {
        pair(&mut out, "id", id);
    }
    let mut meta = front.meta.clone();
    for ((key, _), _) in META_KEYS {
        match slot(&mut meta, key) {
            Some(Slot::Text(Some(value))) => pair(&mut out, key, value),
            Some(Slot::Texts(values)) if !values.is_empty() => list(&mut out, key, values),
            Some(Slot::Flag(true)) => line(&mut out, key, "true"),
            _ => {}
        }
    }
    if let Some(region) = &front.region {
        pair(&mut out, "region", region);
    }
    day(&mut out, "effective", front.effective);
    day(&mut out, "expires", front.expires);
    if let Some(contact) = &meta.contact {
        out.push_str("\n[contact]\n");
        pair(&mut out, "name", &contact.name);
        pair(&mut out, "phone", &contact.phone);
    }
    if let Some(reply) = &meta.reply {
        out.push_str("\n[reply]\n");
        optional(&mut out, "proposal_no", reply.proposal_no.as_deref());
        if !reply.deputies.is_empty() {
            list(&mut out, "deputies", &reply.deputies);
        }
        if reply.and_others {
            line(&mut out, "and_others", "true");
        }
        optional(&mut out, "session", reply.session.as_deref());
        optional(&mut out, "proposal_title", reply.proposal_title.as_deref());
    }
    for correction in &front.corrections {
        correct(&mut out, correction);
    }
    if let Some(source) = &front.source {
        out.push_str("\n# 来源由 import 写，不要改\n[source]\n");
        pair(&mut out, "file", &source.file);
        optional(&mut out, "format", source.format.as_deref());
        pair(&mut out, "sha256", &source.sha256);
        optional(&mut out, "kept", source.kept.as_deref());
        optional(&mut out, "twin", source.twin.as_deref());
        if !source.attachments.is_empty() {
            list(&mut out, "attachments", &source.attachments);
        }
        let digest = digest(&markdown::file(out.trim_start(), body));
        pair(&mut out, "written", &digest);
    }
    markdown::file(out.trim_start(), body)
}

/// True where `text` is what [`render`] gave, byte for byte but for the form of its line breaks.
pub fn is_untouched(text: &str) -> bool {
    let said = text.lines().find_map(|line| line.strip_prefix(WRITTEN));
    said.is_some_and(|said| said.trim().trim_matches('"') == digest(text))
}

/// SHA-256 of the lines of a file but for the first that holds a digest.
fn digest(file: &str) -> String {
    let mut hasher = Sha256::new();
    let mut skipped = false;
    for line in file.lines() {
        if !skipped && line.starts_with(WRITTEN) {
            skipped = true;
            continue;
        }
        hasher.update(line.as_bytes());
        hasher.update(b"\n");
    }
    hex(hasher.finalize().as_slice())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut out, b| {
        // Writing to a string cannot fail.
        let _ = write!(out, "{b:02x}");
        out
    })
}

fn correct(out: &mut String, correction: &Correction) {
    out.push_str("\n[[correct]]\n");
    pair(out, "path", &correction.path);
    pair(out, "finding", correction.finding.key());
    optional(out, "match", correction.words.as_deref());
    match correction.action {
        Action::Change => {}
        Action::Drop => line(out, "drop", "true"),
        Action::Add => line(out, "add", "true"),
    }
    let Changes { names, open_ended, title, due_text, due, number, issuers, relation } = &correction.changes;
    optional(out, "title", title.as_deref());
    for (role, names) in names {
        list(out, role.key(), names);
    }
    if let Some(open_ended) = open_ended {
        line(out, "open_ended", if *open_ended { "true" } else { "false" });
    }
    optional(out, "due_text", due_text.as_deref());
    day(out, "due", *due);
    optional(out, "number", number.as_deref());
    optional(out, "issuers", issuers.as_deref());
    optional(out, "relation", relation.map(Relation::name));
}

fn line(out: &mut String, key: &str, value: &str) {
    for part in [key, " = ", value, "\n"] {
        out.push_str(part);
    }
}

fn pair(out: &mut String, key: &str, value: &str) {
    line(out, key, &quoted(value));
}

fn optional(out: &mut String, key: &str, value: Option<&str>) {
    if let Some(value) = value {
        pair(out, key, value);
    }
}

fn day(out: &mut String, key: &str, value: Option<Date>) {
    optional(out, key, value.map(|d| d.to_string()).as_deref());
}

/// On one line where it fits, else a value a line.
fn list(out: &mut String, key: &str, values: &[String]) {
    let values: Vec<String> = values.iter().map(|v| quoted(v)).collect();
    let one = format!("[{}]", values.join(", "));
    if unicode_width::UnicodeWidthStr::width(one.as_str()) + key.len() + 3 <= WIDTH {
        return line(out, key, &one);
    }
    line(out, key, &format!("[\n    {},\n]", values.join(",\n    ")));
}

/// A TOML basic string on one line.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use gongwen::{Contact, Meta, Reply};
    use proptest::prelude::*;
    use snapbox::{IntoData, assert_data_eq, str};

    use super::*;
    use crate::content::corrections::Finding;
    use crate::content::front::{self, Source};
    use crate::diagnostics::Diagnostics;
    use crate::vocabulary::{Kind, Role};

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|&t| t.to_owned()).collect()
    }

    /// Every field is set.
    fn full() -> Front {
        let text = |t: &str| Some(t.to_owned());
        let day = |iso: &str| iso.parse::<Date>().ok();
        let meta = Meta {
            title: text("关于推进\"医养结合\"的通知"),
            title_inferred: true,
            attached_title: text("实施意见"),
            number: text("台政办发〔2018〕31号"),
            kind: text("通知"),
            issuers: texts(&["台州市人民政府办公室"]),
            attached_issuers: texts(&["市卫生计生委", "市民政局"]),
            date: text("2018-06-04"),
            published: text("2018-06-05"),
            index_no: text("K12/2018-1"),
            addressees: texts(&[
                "各县（市、区）人民政府",
                "市政府直属各单位",
                "各高等院校",
                "各大型企业",
                "驻台各单位",
            ]),
            cc: texts(&["市委各部门"]),
            contact: Some(Contact { name: "张三".into(), phone: "0576-88888888".into() }),
            printed_by: text("台州市人民政府办公室"),
            printed_date: text("2018-06-06"),
            disclosure: text("主动公开"),
            validity: text("有效"),
            reply: Some(Reply {
                proposal_no: text("115"),
                deputies: texts(&["李财"]),
                and_others: true,
                session: text("九届二次"),
                proposal_title: text("关于医养结合的建议"),
            }),
        };
        let changed = Changes {
            names: [(Role::Lead, texts(&["市民政局"])), (Role::Support, Vec::new())].into(),
            open_ended: Some(false),
            due: day("2018-12-31"),
            ..Changes::default()
        };
        let correction = |finding, words: Option<&str>, action, changes| Correction {
            path: "四/（六）".into(),
            finding,
            words: words.map(str::to_owned),
            action,
            changes,
            source: 0..0,
        };
        let cited =
            Changes { relation: Some(Relation::Basis), number: text("国办发〔2015〕84号"), ..Changes::default() };
        Front {
            id: text("台政办发-2018-31"),
            region: text("331000"),
            effective: day("2018-07-01"),
            expires: day("2023-06-30"),
            meta,
            source: Some(Source {
                file: "003.pdf".into(),
                format: text("PDF"),
                sha256: sha256(b"003"),
                kept: text("台政办发-2018-31.pdf"),
                twin: None,
                attachments: texts(&["重点任务分工"]),
                written: None,
            }),
            corrections: vec![
                correction(Finding::Obligation(Kind::Assignment), None, Action::Change, changed),
                correction(Finding::Citation, Some("84号"), Action::Add, cited),
                correction(Finding::Obligation(Kind::Duty), None, Action::Drop, Changes::default()),
            ],
            ..Front::default()
        }
    }

    fn read(text: &str) -> (Front, Diagnostics) {
        let front = markdown::read(text).front.map_or(0..0, |f| f.offset..f.offset + f.text.len());
        let (mut front, problems) = front::read(Path::new("a.md"), text, front);
        front.spans.clear();
        front.corrections.iter_mut().for_each(|c| c.source = 0..0);
        (front, problems)
    }

    #[test]
    fn a_file() {
        let text = render(&full(), "# 通知\n");
        assert_data_eq!(
            (&text).into_data().raw(),
            str![[r#"
+++
# 公文要素。这里写的优先；删去一行，就从正文读
id = "台政办发-2018-31"
title = "关于推进\"医养结合\"的通知"
title_inferred = true
attached_title = "实施意见"
number = "台政办发〔2018〕31号"
kind = "通知"
issuers = ["台州市人民政府办公室"]
attached_issuers = ["市卫生计生委", "市民政局"]
date = "2018-06-04"
published = "2018-06-05"
index_no = "K12/2018-1"
addressees = [
    "各县（市、区）人民政府",
    "市政府直属各单位",
    "各高等院校",
    "各大型企业",
    "驻台各单位",
]
cc = ["市委各部门"]
printed_by = "台州市人民政府办公室"
printed_date = "2018-06-06"
disclosure = "主动公开"
validity = "有效"
region = "331000"
effective = "2018-07-01"
expires = "2023-06-30"

[contact]
name = "张三"
phone = "0576-88888888"

[reply]
proposal_no = "115"
deputies = ["李财"]
and_others = true
session = "九届二次"
proposal_title = "关于医养结合的建议"

[[correct]]
path = "四/（六）"
finding = "assignment"
lead = ["市民政局"]
support = []
open_ended = false
due = "2018-12-31"

[[correct]]
path = "四/（六）"
finding = "citation"
match = "84号"
add = true
number = "国办发〔2015〕84号"
relation = "依据"

[[correct]]
path = "四/（六）"
finding = "duty"
drop = true

# 来源由 import 写，不要改
[source]
file = "003.pdf"
format = "PDF"
sha256 = "88c0413bfef1d0570a8a6f9c780a8d2c9e90c4d107551d62bf3cec9ff1f5b634"
kept = "台政办发-2018-31.pdf"
attachments = ["重点任务分工"]
written = "aa880cc56a412a5b484a037fa064a0f05c4650bf6eaf909013beb01e3fb372a1"
+++

# 通知

"#]]
            .raw()
        );
        let (mut front, problems) = read(&text);
        assert_eq!(problems, Diagnostics::default());
        front.source.as_mut().expect("there is a source").written = None;
        assert_eq!(front, full());
    }

    /// The keys of the front matter are the fields of the metadata, all of them.
    #[test]
    fn the_keys_are_those_of_the_metadata() {
        let fields = toml::Table::try_from(full().meta).expect("metadata is TOML");
        let mut fields: Vec<&str> = fields.keys().map(String::as_str).collect();
        let mut keys: Vec<&str> = META_KEYS.iter().map(|((key, _), _)| *key).chain(["contact", "reply"]).collect();
        fields.sort_unstable();
        keys.sort_unstable();
        assert_eq!(keys, fields);
    }

    #[test]
    fn an_edit_shows() {
        let text = render(&full(), "# 通知\n\n一段\n");
        let table = [
            ("as written", text.clone(), true),
            ("other line breaks", text.replace('\n', "\r\n"), true),
            ("body", text.replace("一段", "两段"), false),
            ("metadata", text.replace("2018-06-05", "2018-06-15"), false),
            ("correction", text.replace("drop = true", "drop = false"), false),
            ("digest", text.replace("written = \"", "written = \"0"), false),
            ("no digest", text.replace("written = ", "# "), false),
            ("no source", render(&Front::default(), "# 通知\n"), false),
        ];
        for (edit, text, untouched) in table {
            assert_eq!(is_untouched(&text), untouched, "{edit}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(title in "\\PC*", issuers in prop::collection::vec("[\"'\\\\+#= \\PC]{0,40}", 0..5)) {
            let mut front = full();
            front.meta.title = Some(title.trim().to_owned());
            front.meta.issuers = issuers.iter().map(|i| i.trim().to_owned()).collect();
            front.source = None;
            let (read, problems) = read(&render(&front, ""));
            prop_assert_eq!(problems, Diagnostics::default());
            prop_assert_eq!(read, front);
        }

        #[test]
        fn any_front_matter_is_read(text in "(?s)[a-z_=\\[\\]{}\"'\n\r ,.0-9#\\PC]{0,200}") {
            front::read(Path::new("a.md"), &text, 0..text.len());
        }
    }
}
