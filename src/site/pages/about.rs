//! 使用说明 and the page for an address that does not exist.

use gongwen::read::{FORMATS, Format};
use serde::Serialize;

use super::super::accuracy::{self, Measured};
use super::super::address;
use super::super::data;
use super::super::links::Links;
use super::super::say;
use super::super::whole::Site;
use super::{Head, Job, NOT_FOUND, render, render_with};

#[derive(Serialize)]
struct View<'a> {
    files: Vec<File<'a>>,
    counts: Vec<Count<'a>>,
    formats: Vec<Form>,
    accuracy: Vec<Accuracy<'a>>,
    example: Option<Example<'a>>,
}

/// How many there are of something.
#[derive(Serialize)]
struct Count<'a> {
    name: &'a str,
    count: usize,
    href: String,
}

/// A form of files that can be read, and how many documents of the site were.
#[derive(Serialize)]
struct Form {
    extensions: String,
    documents: usize,
}

/// What was measured of one list of findings.
#[derive(Serialize)]
struct Accuracy<'a> {
    list: &'a str,
    right: String,
    found: String,
}

/// A clause, as it may be cited.
#[derive(Serialize)]
struct Example<'a> {
    title: &'a str,
    number: &'a str,
    path: String,
    address: String,
    href: String,
}

#[derive(Serialize)]
struct File<'a> {
    name: &'static str,
    href: String,
    what: &'a str,
}

pub fn jobs<'a>(site: &'a Site<'a>, jobs: &mut Vec<Job<'a>>) {
    jobs.push(Job { address: address::ABOUT.to_owned(), render: Box::new(move || page(site)) });
}

fn page(site: &Site<'_>) -> Result<Vec<u8>, super::Diagnostic> {
    let links = site.links(address::ABOUT);
    let file = |(name, what): (&'static str, &'static str)| File {
        name,
        href: links.to(&format!("data/{name}")),
        what: site.strings.text(what),
    };
    let view = View {
        files: data::files(site).map(file).collect(),
        counts: counts(site, &links),
        formats: formats(site),
        accuracy: accuracy::measured().into_iter().map(|m| measured(site, m)).collect(),
        example: example(site, &links),
    };
    let head =
        Head::section("about", site.strings.text("about.title"), site.strings.text("about.described").to_owned());
    render(site, "about.html", address::ABOUT, &head, &view, &[])
}

/// What the site holds.
fn counts<'a>(site: &Site<'a>, links: &Links) -> Vec<Count<'a>> {
    let corpus = site.corpus;
    let count = |(key, to, count): (&'static str, &str, usize)| Count {
        name: site.strings.text(key),
        count,
        href: links.to(to),
    };
    let all = [
        ("nav.documents", address::DOCUMENTS, corpus.documents.len()),
        ("nav.obligations", address::OBLIGATIONS, corpus.obligations.len()),
        ("nav.organs", address::ORGANS, corpus.organs.len()),
        ("nav.regions", address::REGIONS, corpus.regions.len()),
        ("nav.replies", address::REPLIES, site.replies.len()),
        ("nav.instruments", address::INSTRUMENTS, site.cited()),
        ("lineage.title", address::LINEAGE, site.lineage.edges.len()),
    ];
    all.into_iter().map(count).collect()
}

/// The forms that can be read.
fn formats(site: &Site<'_>) -> Vec<Form> {
    let of = |name: &str| {
        let sources = site.corpus.documents.iter().filter_map(|p| p.facts.source.as_ref());
        sources.filter(|s| s.format == name).count()
    };
    let form = |f: &&dyn Format| Form { extensions: f.extensions().join(" ").to_uppercase(), documents: of(f.name()) };
    FORMATS.iter().map(form).collect()
}

fn measured<'a>(site: &Site<'a>, m: Measured) -> Accuracy<'a> {
    let share = |(part, whole): (u32, u32)| {
        let share = f64::from(part) / f64::from(whole.max(1)) * 100.0;
        format!("{share:.1}% ({part}/{whole})")
    };
    let name = match m.list {
        "metadata" => "about.list_metadata",
        "outline" => "about.list_outline",
        "citations" => "about.list_citations",
        "assignments" => "about.list_assignments",
        "targets" => "about.list_targets",
        "duties" => "about.list_duties",
        other => other,
    };
    Accuracy { list: site.strings.text(name), right: share(m.right), found: share(m.found) }
}

/// The first clause of the newest document that has a number.
fn example<'a>(site: &Site<'a>, links: &Links) -> Option<Example<'a>> {
    let documents = &site.corpus.documents;
    let (policy, number) = documents.iter().find_map(|p| Some((p, p.facts.number.as_deref()?)))?;
    let path = policy.outline.entries.first().map(|e| e.path.as_str()).unwrap_or_default();
    let to = address::clause(&policy.facts.id, path);
    Some(Example {
        title: &policy.facts.title,
        number,
        path: say::place(site.strings, path),
        href: links.to(&to),
        address: site.base.as_ref().map(|base| format!("{base}{to}")).unwrap_or_default(),
    })
}

pub fn not_found(site: &Site<'_>) -> Result<Vec<u8>, super::Diagnostic> {
    // It is served in the place of any address, so that only links from the root of the host reach home; the host's name
    // is left out, so that a copy of the site under another name keeps its looks.
    let links = match &site.base {
        Some(base) => Links { up: path_of(base).to_owned(), named_index: false },
        None => site.links(NOT_FOUND),
    };
    let head = Head::section("", site.strings.text("missing.title"), String::new());
    render_with(site, &links, "404.html", NOT_FOUND, &head, &(), &[])
}

/// `https://example.gov.cn/policy/` → `/policy/`.
fn path_of(base: &str) -> &str {
    let host = base.find("://").map_or(0, |at| at + 3);
    base[host..].find('/').map_or("/", |at| &base[host + at..])
}
