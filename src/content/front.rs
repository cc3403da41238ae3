//! 文件头: the front matter of a content file.
//!
//! A value that stands here wins over what is read from the body; what is absent is read from there.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use gongwen::{Contact, Meta, Reply};
use jiff::civil::Date;

use crate::diagnostics::Diagnostics;

use super::corrections::{self, Correction};
use super::progress::{self, Progress};
use super::toml::{Key, Section, Toml};

pub use super::write::{is_untouched, render};

/// The front matter of a content file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Front {
    /// The document's id; the file's stem where absent.
    pub id: Option<String>,
    /// Code of the document's region (GB/T 2260), where it cannot be read from issuer and number.
    pub region: Option<String>,
    /// 施行日期, where the text does not tell it or tells it wrong.
    pub effective: Option<Date>,
    /// 有效期的最后一日, likewise.
    pub expires: Option<Date>,
    /// 公文要素.
    pub meta: Meta,
    /// What it was imported from.
    pub source: Option<Source>,
    /// What people set right.
    pub corrections: Vec<Correction>,
    /// What people record of how far its tasks and promises have come.
    pub progress: Vec<Progress>,
    /// Where the values of the top-level keys stand, in bytes of the file.
    pub spans: BTreeMap<&'static str, Range<usize>>,
}

/// 来源: what `import` made the file from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The source's file name.
    pub file: String,
    /// The name of its format; `None` for plain text.
    pub format: Option<String>,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// The name of its copy beside the content file, where there is one.
    pub kept: Option<String>,
    /// The id of the document that another file of the same 公文 became, where both were wanted.
    pub twin: Option<String>,
    /// 附件 that it links to: their names.
    pub attachments: Vec<String>,
    /// SHA-256 of the file that `import` wrote, but for the line that says so.
    pub written: Option<String>,
}

/// The keys of the metadata that hold one text or date, or a list, in the order of the file, with their terms.
pub(super) const META_KEYS: [(Key, Shape); 16] = [
    (("title", "标题"), Shape::Text),
    (("title_inferred", "标题是拟的"), Shape::Flag),
    (("attached_title", "所附文件标题"), Shape::Text),
    (("number", "发文字号"), Shape::Text),
    (("kind", "文种"), Shape::Text),
    (("issuers", "发文机关"), Shape::Texts),
    (("attached_issuers", "所附文件署名"), Shape::Texts),
    (("date", "成文日期"), Shape::Date),
    (("published", "发布日期"), Shape::Date),
    (("index_no", "索引号"), Shape::Text),
    (("addressees", "主送机关"), Shape::Texts),
    (("cc", "抄送机关"), Shape::Texts),
    (("printed_by", "印发机关"), Shape::Text),
    (("printed_date", "印发日期"), Shape::Date),
    (("disclosure", "信息公开形式"), Shape::Text),
    (("validity", "有效性"), Shape::Text),
];

/// What a value is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Text,
    Texts,
    Flag,
    Date,
}

/// A place in [`Meta`] for a key of [`META_KEYS`].
pub(super) enum Slot<'m> {
    Text(&'m mut Option<String>),
    Texts(&'m mut Vec<String>),
    Flag(&'m mut bool),
}

/// Where `meta` keeps the value of `key`.
pub(super) fn slot<'m>(meta: &'m mut Meta, key: &str) -> Option<Slot<'m>> {
    Some(match key {
        "title" => Slot::Text(&mut meta.title),
        "title_inferred" => Slot::Flag(&mut meta.title_inferred),
        "attached_title" => Slot::Text(&mut meta.attached_title),
        "number" => Slot::Text(&mut meta.number),
        "kind" => Slot::Text(&mut meta.kind),
        "issuers" => Slot::Texts(&mut meta.issuers),
        "attached_issuers" => Slot::Texts(&mut meta.attached_issuers),
        "date" => Slot::Text(&mut meta.date),
        "published" => Slot::Text(&mut meta.published),
        "index_no" => Slot::Text(&mut meta.index_no),
        "addressees" => Slot::Texts(&mut meta.addressees),
        "cc" => Slot::Texts(&mut meta.cc),
        "printed_by" => Slot::Text(&mut meta.printed_by),
        "printed_date" => Slot::Text(&mut meta.printed_date),
        "disclosure" => Slot::Text(&mut meta.disclosure),
        "validity" => Slot::Text(&mut meta.validity),
        _ => return None,
    })
}

/// Reads the front matter that stands at `span` of `text`, which is what `file` holds. What is wrong is left out and
/// reported.
pub fn read(file: &Path, text: &str, span: Range<usize>) -> (Front, Diagnostics) {
    let toml = Toml::new(file, text, span);
    let table = toml.parse();
    let mut root = Section::root(&toml, &table);
    let mut front = Front { id: root.string(("id", "标识")), ..Front::default() };
    for (key, shape) in META_KEYS {
        let date = if shape == Shape::Date { root.date(key) } else { None };
        match slot(&mut front.meta, key.0) {
            Some(Slot::Text(value)) if shape == Shape::Date => *value = date.map(|d| d.to_string()),
            Some(Slot::Text(value)) => *value = root.string(key),
            Some(Slot::Texts(value)) => *value = root.strings(key).unwrap_or_default(),
            Some(Slot::Flag(value)) => *value = root.flag(key).unwrap_or_default(),
            None => {}
        }
        if let Some(span) = root.span_of(key.0) {
            front.spans.insert(key.0, toml.in_file(span));
        }
    }
    front.region = root.string(("region", "地区"));
    front.effective = root.date(("effective", "施行日期"));
    front.expires = root.date(("expires", "失效日期"));
    front.meta.contact = root.section(("contact", "联系人")).map(contact);
    front.meta.reply = root.section(("reply", "答复")).map(reply);
    front.source = root.section(("source", "来源")).map(source);
    for key in ["id", "region", "contact", "reply", "source"] {
        if let Some(span) = root.span_of(key) {
            front.spans.insert(key, toml.in_file(span));
        }
    }
    front.corrections =
        root.sections(("correct", "更正")).into_iter().filter_map(|s| corrections::read(s, &toml)).collect();
    front.progress = root.sections(("progress", "进展")).into_iter().filter_map(|s| progress::read(s, &toml)).collect();
    root.finish();
    (front, toml.into_problems())
}

fn contact(mut section: Section<'_, '_>) -> Contact {
    let contact = Contact {
        name: section.string(("name", "姓名")).unwrap_or_default(),
        phone: section.string(("phone", "电话")).unwrap_or_default(),
    };
    section.finish();
    contact
}

fn reply(mut section: Section<'_, '_>) -> Reply {
    let reply = Reply {
        proposal_no: section.string(("proposal_no", "建议号")),
        deputies: section.strings(("deputies", "代表")).unwrap_or_default(),
        and_others: section.flag(("and_others", "等")).unwrap_or_default(),
        session: section.string(("session", "届次")),
        proposal_title: section.string(("proposal_title", "题目")),
    };
    section.finish();
    reply
}

fn source(mut section: Section<'_, '_>) -> Source {
    let source = Source {
        file: section.string(("file", "文件")).unwrap_or_default(),
        format: section.string(("format", "格式")),
        sha256: section.string(("sha256", "校验")).unwrap_or_default(),
        kept: section.string(("kept", "原件")),
        twin: section.string(("twin", "同一份公文")),
        attachments: section.strings(("attachments", "附件")).unwrap_or_default(),
        written: section.string(("written", "写出")),
    };
    section.finish();
    source
}
