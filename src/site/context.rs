//! 模板变量: what the template of a page is given, for whoever writes one.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use crate::address;
use crate::content::Config;
use crate::corpus::Corpus;
use crate::diagnostics::Diagnostic;
use crate::registry::Registry;

use super::build::Kept;
use super::pages::{self, NOT_FOUND};
use super::templates::{Seen, Templates};
use super::whole::Site;

/// What the template of the page at `page` (`documents/X.html`, `organs/`, nothing for the first) is given, as JSON:
/// `template`, and `context` with every variable.
///
/// # Errors
/// Where the site has no such page, or its templates cannot be loaded or rendered.
pub fn context(
    corpus: &Corpus,
    registry: &Registry,
    config: &Config,
    (root, theme): (&Path, Option<&str>),
    kept: &Kept,
    page: &str,
) -> Result<String, Diagnostic> {
    let mut templates = Templates::load(root, theme, config)?;
    templates.watched = Some(Mutex::default());
    let site = Site::new(corpus, registry, config, &templates, kept);
    let wanted = address::file(page.trim_start_matches('/'));
    let jobs = pages::all(&site);
    match jobs.iter().find(|job| address::file(&job.address) == wanted) {
        Some(job) => drop((job.render)()?),
        None if wanted == NOT_FOUND => drop(pages::not_found(&site)?),
        None => return Err(no_such(page, jobs.iter().map(|job| job.address.as_str()))),
    }
    let seen = take(&templates).pop();
    let seen = seen.map(|Seen { template, context }| serde_json::json!({ "template": template, "context": context }));
    let text = serde_json::to_string_pretty(&seen);
    text.map(|text| text + "\n").map_err(|e| Diagnostic::error("site", e.to_string()))
}

fn take(templates: &Templates) -> Vec<Seen> {
    let Some(watched) = &templates.watched else { return Vec::new() };
    std::mem::take(&mut watched.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Says that there is no such page, and which is most like it.
fn no_such<'a>(page: &str, pages: impl Iterator<Item = &'a str>) -> Diagnostic {
    let near = |known: &str| strsim::normalized_damerau_levenshtein(page, known);
    let best = pages.map(|known| (near(known), known)).max_by(|a, b| a.0.total_cmp(&b.0));
    let help = match best.filter(|(likeness, known)| *likeness > 0.5 && !known.is_empty()) {
        Some((_, known)) => format!("是不是 {known}？"),
        None => "写网页在站点里的地址，例如 documents/ 或 about/；首页写 index.html".to_owned(),
    };
    Diagnostic::error("site-page", format!("没有这个网页：{page}")).help(help)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::project::Project;

    const DOCUMENT: &str = include_str!("../../docs/themes.md");

    /// Every variable that any page of these sites is given: by template the names, those in `v` as `v.NAME`; under
    /// `page` and `site` what these two hold.
    fn given() -> BTreeMap<String, BTreeSet<String>> {
        let mut given: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for case in ["yunhe", "lineage", "diff", "reorganised"] {
            let (project, kept) = (Project::of_case(case), Kept::new());
            let mut templates =
                Templates::load(Path::new("no-such-folder"), None, &project.config).unwrap_or_else(|e| panic!("{e}"));
            templates.watched = Some(Mutex::default());
            let site = Site::new(&project.corpus, &project.registry, &project.config, &templates, &kept);
            for job in pages::all(&site) {
                (job.render)().unwrap_or_else(|e| panic!("{e}"));
            }
            pages::not_found(&site).unwrap_or_else(|e| panic!("{e}"));
            for Seen { template, context } in take(&templates) {
                for (name, value) in context {
                    let keys = value.as_object().into_iter().flat_map(|o| o.keys());
                    match name.as_str() {
                        // A list is given as it is.
                        "v" if value.as_array().is_some_and(|list| !list.is_empty()) => {
                            given.entry(template.clone()).or_default().insert(name);
                        }
                        "v" => given.entry(template.clone()).or_default().extend(keys.map(|key| format!("v.{key}"))),
                        "page" | "site" => {
                            given.entry(name.clone()).or_default().extend(keys.map(|key| format!("{name}.{key}")));
                        }
                        // What all pages are given.
                        "up" | "named_index" | "json_ld" => {}
                        _ => drop(given.entry(template.clone()).or_default().insert(name)),
                    }
                }
            }
        }
        given
    }

    /// The variables that the document names under each heading `### `, in the first column of its table.
    fn named() -> BTreeMap<String, BTreeSet<String>> {
        let mut named: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut headings: Vec<&str> = Vec::new();
        let ticked = |text: &'static str| text.split('`').skip(1).step_by(2);
        for line in DOCUMENT.lines() {
            if let Some(heading) = line.strip_prefix("### ") {
                headings = ticked(heading).collect();
                for heading in &headings {
                    named.entry((*heading).to_owned()).or_default();
                }
            } else if line.starts_with("## ") {
                headings.clear();
            } else if let Some(row) = line.strip_prefix("| `") {
                let (first, _) = row.split_once(" | ").unwrap_or((row, ""));
                let names = format!("`{first}");
                let names: Vec<&str> = names.split('`').skip(1).step_by(2).collect();
                for heading in &headings {
                    named.entry((*heading).to_owned()).or_default().extend(names.iter().map(|n| (*n).to_owned()));
                }
            }
        }
        named
    }

    /// `docs/themes.md` names every variable of every template, and none that there is not.
    #[test]
    fn the_document_names_every_variable() {
        let (given, named) = (given(), named());
        let mut wrong = String::new();
        for (template, variables) in &given {
            let none = BTreeSet::new();
            let told = named.get(template).unwrap_or(&none);
            let line = |what: &str, names: Vec<&String>| {
                if names.is_empty() { String::new() } else { format!("{template} {what}: {names:?}\n") }
            };
            wrong += &line("is given and nobody says so", variables.difference(told).collect());
            wrong += &line("is not given", told.difference(variables).collect());
        }
        assert_eq!(wrong, "");
        let built_in = Templates::load(Path::new("no-such-folder"), None, &Config::default());
        for template in built_in.unwrap_or_else(|e| panic!("{e}")).names() {
            assert!(DOCUMENT.contains(&format!("`{template}`")), "{template} is not in docs/themes.md");
        }
    }

    #[test]
    fn the_context_of_a_page() {
        let (project, kept) = (Project::of_case("lineage"), Kept::new());
        let asked = |page: &str| {
            let place = (Path::new("no-such-folder"), None);
            context(&project.corpus, &project.registry, &project.config, place, &kept, page)
        };
        let json = asked("lineage/").unwrap_or_else(|e| panic!("{e}"));
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!((&json["template"], &json["context"]["v"]["edges"]), (&"lineage.html".into(), &5.into()));
        assert_eq!(json["context"]["site"]["title"], "助浴政策库");
        for same in ["", "index.html", "/"] {
            let home = asked(same).unwrap_or_else(|e| panic!("{e}"));
            assert!(home.contains("\"template\": \"home.html\""), "{same}");
        }
        assert!(asked("404.html").is_ok_and(|text| text.contains("404.html")));
        let said = |page: &str| asked(page).map_or_else(|e| e.to_string(), |_| String::new());
        snapbox::assert_data_eq!(
            said("lineage/331001.html"),
            snapbox::str![[r#"
错误[site-page]: 没有这个网页：lineage/331001.html
 |
 = 办法: 是不是 regions/331000.html？
"#]]
        );
        snapbox::assert_data_eq!(
            said("完全不像"),
            snapbox::str![[r#"
错误[site-page]: 没有这个网页：完全不像
 |
 = 办法: 写网页在站点里的地址，例如 documents/ 或 about/；首页写 index.html
"#]]
        );
    }
}
