//! 订阅: the newest documents as an Atom feed (RFC 4287). Its times are the documents' dates, never the clock's.

use atom_syndication::{Entry, Feed, FixedDateTime, Generator, Link, Person, Text};
use chrono::{FixedOffset, NaiveTime};
use jiff::civil::Date;

use super::super::data::calendar::civil;
use super::super::whole::Site;
use crate::diagnostics::Diagnostic;

/// Documents in the feed.
const NEWEST: usize = 50;

/// Writes the feed.
///
/// # Errors
/// Where the feed cannot be written as XML.
pub fn feed(site: &Site<'_>) -> Result<Vec<u8>, Diagnostic> {
    let address = |to: &str| site.base.as_ref().map_or_else(|| to.to_owned(), |base| format!("{base}{to}"));
    // Without an address of its own the site names things by tag URIs (RFC 4151).
    let id =
        |to: &str| site.base.as_ref().map_or_else(|| format!("tag:localhost,2000:{to}"), |base| format!("{base}{to}"));
    let dated = site.corpus.documents.iter().filter_map(|p| Some((p, moment(p.facts.date?)?)));
    let entries: Vec<Entry> = dated
        .take(NEWEST)
        .map(|(policy, updated)| {
            let r = &policy.facts;
            let author = |name: &String| Person { name: name.clone(), ..Person::default() };
            Entry {
                title: Text::plain(r.title.clone()),
                id: id(&r.url),
                updated,
                authors: r.issuers.iter().map(author).collect(),
                links: vec![Link { href: address(&r.url), rel: "alternate".to_owned(), ..Link::default() }],
                summary: r.number.clone().map(Text::plain),
                ..Entry::default()
            }
        })
        .collect();
    let feed = Feed {
        title: Text::plain(site.config.title.clone()),
        subtitle: Some(Text::plain(site.config.description.clone())),
        id: id(""),
        updated: entries.iter().map(|e| e.updated).max().unwrap_or_default(),
        authors: vec![Person {
            name: site.config.organisation.clone().unwrap_or_else(|| site.config.title.clone()),
            ..Person::default()
        }],
        links: vec![Link { href: address("feed.xml"), rel: "self".to_owned(), ..Link::default() }],
        generator: Some(Generator { value: "Zhengku".to_owned(), ..Generator::default() }),
        lang: Some("zh-CN".to_owned()),
        entries,
        ..Feed::default()
    };
    let xml = feed.write_to(Vec::new()).map_err(|e| Diagnostic::error("site", format!("订阅文件无法生成：{e}")))?;
    Ok(xml)
}

/// Midnight in Beijing.
fn moment(date: Date) -> Option<FixedDateTime> {
    civil(date)?.and_time(NaiveTime::MIN).and_local_timezone(FixedOffset::east_opt(8 * 3600)?).single()
}
