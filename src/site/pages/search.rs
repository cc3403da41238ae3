//! 搜索页: where the reader's search stands in full, and, without scripts, how to search and what there is.

use search::Scope;
use serde::Serialize;

use super::super::address;
use super::super::whole::Site;
use super::{Head, Item, Job, render};
use crate::fulltext;

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
struct View {
    lists: Vec<Item>,
    filters: Vec<Filter>,
    fields: Vec<Group>,
}

/// A field that results are counted by.
#[derive(Serialize)]
struct Filter {
    name: String,
    label: String,
}

#[derive(Serialize)]
struct Group {
    title: &'static str,
    fields: Vec<Field>,
}

#[derive(Serialize)]
struct Field {
    example: String,
    names: String,
}

pub fn jobs<'a>(site: &'a Site<'a>, jobs: &mut Vec<Job<'a>>) {
    jobs.push(Job { address: address::SEARCH.to_owned(), render: Box::new(move || page(site)) });
}

fn page(site: &Site<'_>) -> Result<Vec<u8>, super::Diagnostic> {
    let links = site.links(address::SEARCH);
    let corpus = site.corpus;
    let list = |title: &str, to: &str, count| Item { title: title.to_owned(), href: links.to(to), count };
    let lists = vec![
        list("文件", address::DOCUMENTS, corpus.documents.len()),
        list("任务", address::OBLIGATIONS, corpus.obligations.len()),
        list("机关", address::ORGANS, corpus.organs.len()),
        list("时限", address::DEADLINES, site.due.values().map(Vec::len).sum()),
        list("答复", address::REPLIES, site.replies.len()),
        list("地区", address::REGIONS, corpus.regions.len()),
        list("引用", address::INSTRUMENTS, corpus.instruments.len()),
    ];
    let view = View { lists, filters: filters(), fields: fields() };
    let description = "按原文、文号、机关、地区、时限查找文件、条款和任务。".to_owned();
    render(site, "search.html", address::SEARCH, &Head::section("search", "搜索", description), &view, &[])
}

fn filters() -> Vec<Filter> {
    let facets = fulltext::fields().into_iter().filter(|f| f.facet);
    facets.map(|f| Filter { label: f.labels.first().unwrap_or(&f.name).clone(), name: f.name }).collect()
}

fn fields() -> Vec<Group> {
    let of = |scope, title| {
        let fields = fulltext::fields().into_iter().filter(|f| f.scope == scope).map(|f| {
            let example = EXAMPLES.iter().find(|(name, _)| *name == f.name).map_or("", |(_, example)| example);
            let name = f.labels.first().unwrap_or(&f.name);
            let others: Vec<&str> = f.labels.iter().skip(1).chain([&f.name]).map(String::as_str).collect();
            Field { example: format!("{name}:{example}"), names: format!("也可以写{}", others.join("、")) }
        });
        Group { title, fields: fields.collect() }
    };
    vec![of(Scope::Document, "文件"), of(Scope::Record, "任务（条件须落在同一项任务上）")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_an_example() {
        for group in fields() {
            for field in group.fields {
                assert!(!field.example.ends_with(':'), "{}", field.example);
            }
        }
    }
}
