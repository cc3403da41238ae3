//! 读公文: the page on which a reader's own file is read in the browser; see `themes/default/assets/search/reader`.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::json;

use gongwen::read::FORMATS;

use super::super::address;
use super::super::whole::Site;
use super::{Head, Job, render};
use crate::vocabulary::{Kind, RESPONSIBLE, Role, State};

#[derive(Serialize)]
struct View {
    /// The names of kinds, parts and states for the scripts, as JSON.
    words: String,
    /// What can be read, by the extensions of its files: TXT, PDF ….
    formats: String,
}

pub fn jobs<'a>(site: &'a Site<'a>, jobs: &mut Vec<Job<'a>>) {
    jobs.push(Job { address: address::READ.to_owned(), render: Box::new(move || page(site)) });
}

fn page(site: &Site<'_>) -> Result<Vec<u8>, super::Diagnostic> {
    let kinds: Vec<[&str; 2]> = Kind::ALL.iter().map(|k| [k.key(), k.label()]).collect();
    let roles = Role::ALL.iter().map(|r| [r.key(), r.short()]).chain([["responsible", RESPONSIBLE]]);
    let states: Vec<[&str; 2]> = State::ALL.iter().map(|s| [s.key(), s.label()]).collect();
    let words = json!({ "kinds": kinds, "roles": roles.collect::<Vec<_>>(), "states": states }).to_string();
    // Two forms may share an extension: .wps is DOC or DOCX.
    let extensions: BTreeSet<String> = FORMATS.iter().flat_map(|f| f.extensions()).map(|e| e.to_uppercase()).collect();
    let formats = extensions.into_iter().collect::<Vec<_>>().join(site.strings.text("list.and"));
    let head = Head::section("read", site.strings.text("read.title"), site.strings.text("read.description").to_owned());
    render(site, "read.html", address::READ, &head, &View { words, formats }, &[])
}
