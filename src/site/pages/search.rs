//! 搜索页: where the reader's search stands in full, and, without scripts, how to search and what there is.

use search::Scope;
use serde::Serialize;

use super::super::address;
use super::super::whole::Site;
use super::{Head, Item, Job, render};
use crate::fulltext;
use crate::strings::Strings;

/// What to write behind the name of a field.
const EXAMPLES: &[(&str, &str)] = &[
    ("kind", "答复"),
    ("region", "吉林市"),
    ("year", "2018..2020"),
    ("organ", "民政局"),
    ("deadline", "有时限"),
    ("id", "国发-2013-35"),
    ("title", "养老服务"),
    ("number", "国发〔2013〕35号"),
    ("issuer", "国务院"),
    ("date", "2018-06..2018-12"),
    ("session", "十五届"),
    ("proposal", "0097"),
    ("deputy", "王某某"),
    ("lead", "市民政局"),
    ("support", "财政局"),
    ("joint", "市教育局"),
    ("implement", "各区人民政府"),
    ("actor", "县级以上人民政府"),
    ("due", "..2020-12-31"),
    ("obligation", "承诺"),
];

#[derive(Serialize)]
struct View<'a> {
    lists: Vec<Item>,
    filters: Vec<Filter>,
    fields: Vec<Group<'a>>,
}

/// A field that results are counted by.
#[derive(Serialize)]
struct Filter {
    name: String,
    label: String,
}

#[derive(Serialize)]
struct Group<'a> {
    title: &'a str,
    fields: Vec<Field>,
}

#[derive(Serialize)]
struct Field {
    example: String,
    /// Its other names.
    names: String,
}

pub fn jobs<'a>(site: &'a Site<'a>, jobs: &mut Vec<Job<'a>>) {
    jobs.push(Job { address: address::SEARCH.to_owned(), render: Box::new(move || page(site)) });
}

fn page(site: &Site<'_>) -> Result<Vec<u8>, super::Diagnostic> {
    let links = site.links(address::SEARCH);
    let corpus = site.corpus;
    let list =
        |key: &str, to: &str, count| Item { title: site.strings.text(key).to_owned(), href: links.to(to), count };
    let lists = vec![
        list("nav.documents", address::DOCUMENTS, corpus.documents.len()),
        list("nav.obligations", address::OBLIGATIONS, corpus.obligations.len()),
        list("nav.organs", address::ORGANS, corpus.organs.len()),
        list("nav.topics", address::TOPICS, corpus.topics.iter().filter(|t| !t.clauses.is_empty()).count()),
        list("nav.deadlines", address::DEADLINES, site.due.values().map(Vec::len).sum()),
        list("nav.replies", address::REPLIES, site.replies.len()),
        list("nav.regions", address::REGIONS, corpus.regions.len()),
        list("nav.instruments", address::INSTRUMENTS, site.cited()),
    ];
    let view = View { lists, filters: filters(site.strings), fields: fields(site.strings) };
    let description = site.strings.text("search.about").to_owned();
    let head = Head::section("search", site.strings.text("search.title"), description);
    render(site, "search.html", address::SEARCH, &head, &view, &[])
}

/// A field without a text of its own is called as queries call it.
fn filters(strings: &Strings) -> Vec<Filter> {
    let facets = fulltext::fields().into_iter().filter(|f| f.facet);
    let label = |f: &search::Field| {
        let key = format!("field.{}", f.name);
        match strings.get(&key) {
            Some(_) => strings.text(&key).to_owned(),
            None => f.labels.first().unwrap_or(&f.name).clone(),
        }
    };
    facets.map(|f| Filter { label: label(&f), name: f.name }).collect()
}

fn fields(strings: &Strings) -> Vec<Group<'_>> {
    let of = |scope, title| {
        let fields = fulltext::fields().into_iter().filter(|f| f.scope == scope).map(|f| {
            let example = EXAMPLES.iter().find(|(name, _)| *name == f.name).map_or("", |(_, example)| example);
            let name = f.labels.first().unwrap_or(&f.name);
            let others: Vec<&str> = f.labels.iter().skip(1).chain([&f.name]).map(String::as_str).collect();
            Field { example: format!("{name}:{example}"), names: strings.list(&others) }
        });
        Group { title, fields: fields.collect() }
    };
    vec![of(Scope::Document, strings.text("nav.documents")), of(Scope::Record, strings.text("search.of_tasks"))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_an_example() {
        for group in fields(Strings::built_in(crate::strings::Language::Chinese)) {
            for field in group.fields {
                assert!(!field.example.ends_with(':'), "{}", field.example);
            }
        }
    }
}
