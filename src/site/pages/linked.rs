//! 结构化数据: documents, clauses and cited instruments as `Legislation` of schema.org, and the site itself, in JSON-LD.
//!
//! Said is what the documents print. Whether one is in force is not: a build knows no today.

use gongwen::extract::Relation;
use serde_json::{Map, Value, json};

use crate::corpus::{Facts, Instrument, Policy, Validity};
use crate::vocabulary::Evidence;

use super::super::address;
use super::super::whole::Site;

/// How schema.org says what a document does with one that it names.
fn property(relation: Relation) -> &'static str {
    match relation {
        Relation::Basis => "isBasedOn",
        Relation::Implement => "legislationEnsuresImplementationOf",
        Relation::Repeal => "legislationRepeals",
        Relation::Amend => "legislationAmends",
        Relation::Forward | Relation::Issue | Relation::Mention => "citation",
    }
}

/// An object of one type that leaves out what is not known.
struct Thing(Map<String, Value>);

impl Thing {
    fn new(kind: &str) -> Thing {
        Thing(Map::from_iter([("@type".to_owned(), json!(kind))]))
    }

    fn with(mut self, name: &str, value: Option<impl Into<Value>>) -> Thing {
        if let Some(value) = value {
            self.0.insert(name.to_owned(), value.into());
        }
        self
    }

    /// The list, where there is anything in it.
    fn with_all(self, name: &str, list: Vec<Value>) -> Thing {
        let some = !list.is_empty();
        self.with(name, some.then_some(list))
    }

    /// As the one thing that a page is about.
    fn page(mut self) -> Value {
        self.0.insert("@context".to_owned(), json!("https://schema.org"));
        Value::Object(self.0)
    }

    fn part(self) -> Value {
        Value::Object(self.0)
    }
}

fn absolute(site: &Site<'_>, at: &str) -> Option<String> {
    site.base.as_ref().map(|base| format!("{base}{at}"))
}

fn day(day: Option<jiff::civil::Date>) -> Option<String> {
    day.map(|d| d.to_string())
}

fn organisation(site: &Site<'_>, name: &str, url: Option<&str>) -> Value {
    let url = url.and_then(|at| absolute(site, at));
    Thing::new("GovernmentOrganization").with("name", Some(name)).with("url", url).part()
}

/// What a document and its clauses have in common: who made it, when, for where.
fn enacted(site: &Site<'_>, thing: Thing, f: &Facts) -> Thing {
    let issuer = |name: &String| organisation(site, name, site.issuer(&f.id, name).map(|o| o.url.as_str()));
    let place = f.region.as_ref().map(|r| Thing::new("AdministrativeArea").with("name", Some(r.name.as_str())).part());
    thing
        .with("inLanguage", Some("zh-CN"))
        .with("legislationDate", day(f.date))
        .with("legislationType", f.kind.as_deref())
        .with_all("legislationPassedBy", f.issuers.iter().map(issuer).collect())
        .with("legislationJurisdiction", place)
}

fn holds(thing: Thing, validity: Option<&Validity>) -> Thing {
    let (effective, expires) = validity.map(|v| (v.effective, v.expires)).unwrap_or_default();
    thing.with("legislationDateOfApplicability", day(effective)).with("expires", day(expires))
}

/// A document that another names.
fn named(site: &Site<'_>, title: Option<&str>, number: Option<&str>, url: Option<&str>) -> Value {
    Thing::new("Legislation")
        .with("name", title.or(number))
        .with("legislationIdentifier", number)
        .with("url", url.and_then(|at| absolute(site, at)))
        .part()
}

/// The document with this index.
pub fn document(site: &Site<'_>, index: usize, policy: &Policy) -> Value {
    let f = &policy.facts;
    let thing = Thing::new("Legislation")
        .with("name", Some(f.title.as_str()))
        .with("alternateName", f.attached_title.as_deref())
        .with("legislationIdentifier", f.number.as_deref().or(f.index_no.as_deref()))
        .with("datePublished", day(f.published))
        .with("url", absolute(site, &f.url));
    let mut thing = holds(enacted(site, thing, f), site.validity(policy));
    for relation in Relation::ALL {
        let cited = f.citations.iter().filter(|c| property(c.relation) == property(relation));
        let list = cited.map(|c| {
            let instrument = site.instrument(&c.instrument);
            let title = c.title.as_deref().or_else(|| instrument.and_then(|i| i.title.as_deref()));
            let number = c.number.as_deref().or_else(|| instrument.and_then(|i| i.number.as_deref()));
            named(site, title, number, instrument.map(|i| i.url.as_str()))
        });
        thing = thing.with_all(property(relation), list.collect());
    }
    let treated = site.topics_of.get(index).into_iter().flatten().filter(|t| t.evidence != Evidence::Mention);
    let topics = treated.filter_map(|t| site.corpus.topics.get(t.topic)).map(|t| json!(t.id));
    let texts = site.formats().iter().map(|format| (format.media_type(), format.address(&f.id)));
    let forms = texts.chain([("application/json", address::beside(&f.id))]).filter_map(|(media_type, at)| {
        let at = absolute(site, &at)?;
        Some(Thing::new("MediaObject").with("encodingFormat", Some(media_type)).with("contentUrl", Some(at)).part())
    });
    thing.with_all("keywords", topics.collect()).with_all("encoding", forms.collect()).page()
}

/// A clause of a document: a part of it, under a name of its own.
pub fn clause(site: &Site<'_>, policy: &Policy, name: &str, path: &str, at: &str) -> Value {
    let f = &policy.facts;
    let whole = named(site, Some(&f.title), f.number.as_deref(), Some(&f.url));
    let thing = Thing::new("Legislation")
        .with("name", Some(name))
        .with("legislationIdentifier", f.number.as_ref().map(|number| format!("{number} {path}")))
        .with("isPartOf", Some(whole))
        .with("url", absolute(site, at));
    enacted(site, thing, f).page()
}

/// An instrument that the site does not hold. Issuers that were decoded from the number are not printed, and not said.
pub fn instrument(site: &Site<'_>, i: &Instrument) -> Value {
    let issuers = i.issuers.iter().filter(|_| !i.issuers_inferred);
    let thing = Thing::new("Legislation")
        .with("name", i.title.as_deref().or(i.number.as_deref()))
        .with("legislationIdentifier", i.number.as_deref())
        .with("inLanguage", Some("zh-CN"))
        .with_all("legislationPassedBy", issuers.map(|name| organisation(site, name, None)).collect())
        .with("url", absolute(site, &i.url));
    holds(thing, Some(&i.validity)).page()
}

/// The site, and how it is searched; only where it has an address.
pub fn website(site: &Site<'_>) -> Option<Value> {
    let base = site.base.as_ref()?;
    let target = Thing::new("EntryPoint").with("urlTemplate", Some(format!("{base}{}?q={{q}}", address::SEARCH)));
    let search =
        Thing::new("SearchAction").with("target", Some(target.part())).with("query-input", Some("required name=q"));
    let publisher = site.config.organisation.as_deref().map(|name| organisation(site, name, None));
    let thing = Thing::new("WebSite")
        .with("name", Some(site.config.title.as_str()))
        .with("description", Some(site.config.description.as_str()))
        .with("inLanguage", Some("zh-CN"))
        .with("url", Some(base.as_str()))
        .with("publisher", publisher)
        .with("potentialAction", Some(search.part()));
    Some(thing.page())
}
