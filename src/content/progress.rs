//! 进展: what people record of an assignment, a target or a promise, in the `[[progress]]` entries of the front matter of
//! the document that gives it: how far it has come, since when, and what says so.

use std::ops::Range;

use jiff::civil::Date;

use crate::diagnostics::Diagnostic;
use crate::vocabulary::{Kind, State};

use super::toml::{Section, Toml};

/// A record of how far something has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The clause that assigns or promises it: 三/（一）; `""` for text under no heading.
    pub path: String,
    /// What it is; where it is absent, the promise, else the assignment, else the target.
    pub finding: Option<Kind>,
    /// Words of it (`match`), likewise.
    pub words: Option<String>,
    /// How far it has come.
    pub state: State,
    /// The day that the evidence is of.
    pub date: Option<Date>,
    /// The document of the site that says so: its id, number or title.
    pub document: Option<String>,
    /// The clause of that document.
    pub clause: Option<String>,
    /// The address of what says so elsewhere.
    pub link: Option<String>,
    /// A few words for the reader.
    pub note: Option<String>,
    /// Where it stands, in bytes of the file.
    pub source: Range<usize>,
}

/// Reads one `[[progress]]`; `None` where it says nothing that could be shown.
pub(super) fn read(mut section: Section<'_, '_>, toml: &Toml<'_>) -> Option<Progress> {
    let path = section.string(("path", "条款"));
    // A statute's duties are for ever; nobody reports that they are done.
    let kinds = Kind::ALL.iter().copied().filter(|kind| *kind != Kind::Duty);
    let names: Vec<&str> = kinds.clone().map(Kind::key).collect();
    let name = section.choice(("finding", "种类"), &names);
    let finding = name.and_then(|name| kinds.clone().find(|kind| kind.key() == name));
    let words = section.string(("match", "原文"));
    let labels: Vec<&str> = State::ALL.iter().map(|state| state.label()).collect();
    let label = section.choice(("state", "进展"), &labels);
    let state = label.and_then(|label| State::ALL.iter().copied().find(|state| state.label() == label));
    let date = section.date(("date", "日期"));
    let document = section.string(("document", "依据的公文"));
    let clause = section.string(("clause", "依据的条款"));
    let link = section.string(("link", "网址")).filter(|link| address(&section, link));
    let note = section.string(("note", "说明"));
    let missing = |key: &str, help: &str| {
        Diagnostic::error("progress-incomplete", format!("进展缺少 {key}")).label("这一条").help(help)
    };
    if section.span_of("path").is_none() {
        section
            .reject("path", missing("path", "写明是哪一条的事：path = \"三/（一）\"；不在任何标题下的写 path = \"\""));
    }
    if section.span_of("state").is_none() {
        section.reject("state", missing("state", &format!("写明进展：{}", labels.join("、"))));
    }
    let evidence = ["document", "link"].iter().any(|key| section.span_of(key).is_some());
    if let Some(state) = state.filter(|state| *state != State::Unseen && !evidence) {
        let unfounded = Diagnostic::error("progress-evidence", format!("写了“{}”，没有写依据", state.label()));
        let unfounded = unfounded.label("没有公开的依据，不能这样写");
        section
            .reject("state", unfounded.help("用 document 写站内的公文，或者用 link 写网址；都没有就写“未见公开进展”"));
        return None;
    }
    let source = toml.in_file(section.span());
    let record = Progress { path: path?, finding, words, state: state?, date, document, clause, link, note, source };
    section.finish();
    Some(record)
}

/// True for an address that a page may link to.
fn address(section: &Section<'_, '_>, link: &str) -> bool {
    let plain = !link.contains(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>'));
    if plain && ["https://", "http://"].iter().any(|scheme| link.strip_prefix(scheme).is_some_and(|h| !h.is_empty())) {
        return true;
    }
    let diagnostic = Diagnostic::error("progress-link", format!("link 不是网址：{link}"));
    section.reject(
        "link",
        diagnostic.label("要以 http:// 或 https:// 开头").help("写成 link = \"https://example.gov.cn/a.html\""),
    );
    false
}
