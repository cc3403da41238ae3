//! 页面: what stands on each page. A file a kind of page; each gives the jobs that `build` runs on every core.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::{Context, Value};

use crate::diagnostics::Diagnostic;

use super::html::{self, Markup};
use super::links::Links;
use super::whole::Site;

mod about;
pub(super) mod clauses;
mod compare;
mod deadlines;
mod document;
mod documents;
mod feed;
mod head;
mod home;
mod instruments;
pub(super) mod lineage;
mod linked;
mod list;
mod llms;
mod matrix;
mod obligations;
mod organs;
mod promises;
mod read;
mod regions;
mod replies;
mod robots;
mod search;
mod sides;
mod topics;

pub use feed::{Feed, feeds};
use head::{Article, Metas};
use list::{Item, Listed, Pager, Title, listed, pager, paginate, paginate_by, region_item};
pub use llms::llms;
pub use robots::{OPENSEARCH, opensearch, robots, sitemaps};
pub use topics::pages as topic_pages;

/// What renders a page.
type Render<'a> = Box<dyn Fn() -> Result<Vec<u8>, Diagnostic> + Send + Sync + 'a>;

/// A page to be rendered.
pub struct Job<'a> {
    /// Its address.
    pub address: String,
    /// Renders it.
    pub render: Render<'a>,
}

/// Every page of the site, in an order that does not change.
pub fn all<'a>(site: &'a Site<'a>) -> Vec<Job<'a>> {
    let mut jobs = Vec::new();
    home::jobs(site, &mut jobs);
    document::jobs(site, &mut jobs);
    clauses::jobs(site, &mut jobs);
    documents::jobs(site, &mut jobs);
    obligations::jobs(site, &mut jobs);
    deadlines::jobs(site, &mut jobs);
    organs::jobs(site, &mut jobs);
    regions::jobs(site, &mut jobs);
    topics::jobs(site, &mut jobs);
    matrix::jobs(site, &mut jobs);
    compare::jobs(site, &mut jobs);
    instruments::jobs(site, &mut jobs);
    lineage::jobs(site, &mut jobs);
    replies::jobs(site, &mut jobs);
    promises::jobs(site, &mut jobs);
    search::jobs(site, &mut jobs);
    read::jobs(site, &mut jobs);
    about::jobs(site, &mut jobs);
    jobs
}

/// The page that a server shows for an address that does not exist.
pub fn not_found(site: &Site<'_>) -> Result<Vec<u8>, Diagnostic> {
    about::not_found(site)
}

/// What the head of a page and its way back say.
#[derive(Default)]
pub struct Head {
    /// `<title>` without the site's.
    pub title: String,
    /// For search engines.
    pub description: String,
    /// The entry of the main navigation that is lit.
    pub section: &'static str,
    /// The pages above this one: title and address.
    pub crumbs: Vec<(String, String)>,
    /// JSON-LD.
    pub json_ld: Option<serde_json::Value>,
    /// Title and description are words of a document.
    pub of_document: bool,
    /// What can be subscribed to.
    pub feed: Option<Feed>,
    /// The document that it shows, or shows a clause of.
    pub article: Option<Article>,
}

impl Head {
    /// A page directly under a section of the site.
    pub fn under(section: &'static str, crumb: &str, list: &str, title: &str, description: String) -> Head {
        let crumbs = vec![(crumb.to_owned(), list.to_owned())];
        Head { title: title.to_owned(), description, section, crumbs, ..Head::default() }
    }

    /// The first page of a section.
    pub fn section(section: &'static str, title: &str, description: String) -> Head {
        Head { title: title.to_owned(), description, section, ..Head::default() }
    }
}

/// Renders `template` with `view` as `v` and each of `html` under its name.
pub fn render<V: Serialize>(
    site: &Site<'_>,
    template: &str,
    at: &str,
    head: &Head,
    view: &V,
    html: &[(&'static str, &Markup)],
) -> Result<Vec<u8>, Diagnostic> {
    render_with(site, &site.links(at), template, at, head, view, html)
}

/// [`render`] for a page whose links do not follow from its address.
pub fn render_with<V: Serialize>(
    site: &Site<'_>,
    links: &Links,
    template: &str,
    at: &str,
    head: &Head,
    view: &V,
    html: &[(&'static str, &Markup)],
) -> Result<Vec<u8>, Diagnostic> {
    #[derive(Serialize)]
    struct Crumb<'a> {
        title: &'a str,
        href: String,
    }
    #[derive(Serialize)]
    struct Page<'a> {
        title: &'a str,
        description: &'a str,
        section: &'a str,
        canonical: Option<String>,
        metas: Metas,
        /// Whether the site has a feed.
        subscribed: bool,
        crumbs: Vec<Crumb<'a>>,
        home: bool,
        of_document: bool,
        feed: Option<Subscription<'a>>,
    }
    #[derive(Serialize)]
    struct Subscription<'a> {
        title: &'a str,
        atom: Option<String>,
        calendar: Option<String>,
    }
    let crumbs = head.crumbs.iter().map(|(title, to)| Crumb { title, href: links.to(to) }).collect();
    let canonical = site.base.as_ref().filter(|_| at != NOT_FOUND).map(|base| format!("{base}{at}"));
    let page = Page {
        metas: Metas::of(site, at, canonical.as_deref(), head),
        subscribed: site.has_feed(),
        title: &head.title,
        description: &head.description,
        section: head.section,
        canonical,
        crumbs,
        home: at.is_empty(),
        of_document: head.of_document,
        feed: head.feed.as_ref().filter(|f| f.atom().is_some() || f.calendar().is_some()).map(|f| Subscription {
            title: &f.title,
            atom: f.atom().map(|to| links.to(&to)),
            calendar: f.calendar().map(|to| links.to(&to)),
        }),
    };
    let mut given = BTreeMap::from([
        ("up", Value::from_serializable(&links.up)),
        ("named_index", Value::from_serializable(&links.named_index)),
        ("page", Value::from_serializable(&page)),
        ("v", Value::from_serializable(view)),
    ]);
    let json_ld = head.json_ld.as_ref().map(|value| html::json_in_script(&value.to_string())).unwrap_or_default();
    given.insert("json_ld", Value::safe_string(&json_ld));
    given.extend(html.iter().map(|(name, part)| (*name, html::value(part))));
    site.templates.watch(template, &given, site.config);
    let mut context = Context::new();
    given.into_iter().for_each(|(name, value)| context.insert_value(name, value));
    site.templates.render(template, at, &context)
}

/// The address of [`not_found`].
pub const NOT_FOUND: &str = "404.html";
