//! 订阅: what is new and what falls due, of the site and of each organ, region, topic, session and deputy: an Atom feed of
//! the newest documents (RFC 4287), and a calendar of the last deadlines. Their times are the documents' dates, never the
//! clock's.

use std::collections::BTreeMap;

use atom_syndication::{Entry, FixedDateTime, Generator, Link, Person, Text};
use chrono::{FixedOffset, NaiveTime};
use jiff::civil::Date;
use rayon::prelude::*;

use super::super::address;
use super::super::data::Source;
use super::super::data::calendar::{civil, ics};
use super::super::output::Staging;
use super::super::whole::Site;
use crate::corpus::{Deputy, Organ, Region, Topic};
use crate::diagnostics::Diagnostic;
use crate::vocabulary::{Evidence, Kind};

/// Entries of a feed, and of a calendar.
const NEWEST: usize = 50;

/// What somebody subscribes to: the documents and the deadlines of one page.
#[derive(Debug)]
pub struct Feed {
    /// What it is called.
    pub title: String,
    /// The page that shows the same.
    page: String,
    /// The address of its files, without their extensions.
    stem: String,
    /// The newest documents with a date, newest first: indices into the corpus.
    documents: Vec<usize>,
    /// The obligations with the last deadlines, in their order: indices into the corpus.
    tasks: Vec<usize>,
}

impl Feed {
    /// Of the documents that an organ issued or that give it work, and of its deadlines.
    pub fn of_organ(site: &Site<'_>, organ: &Organ) -> Feed {
        let played = organ.obligations.iter().map(|o| o.index);
        let tasks: Vec<usize> = played.chain(organ.answers_for.iter().map(|a| a.index)).collect();
        let given = tasks.iter().filter_map(|&i| Some(site.corpus.obligations.get(i)?.policy));
        let own = organ.issued.iter().chain(&organ.replies).filter_map(|id| site.position(id));
        Feed::new(site, &organ.name, &organ.url, own.chain(given).collect(), tasks)
    }

    /// Of the documents of a region.
    pub fn of_region(site: &Site<'_>, region: &Region) -> Feed {
        let documents: Vec<usize> = region.documents.iter().filter_map(|id| site.position(id)).collect();
        let tasks = documents.iter().flat_map(|&i| site.corpus.documents[i].obligations.clone()).collect();
        Feed::new(site, &region.region.name, &region.url, documents, tasks)
    }

    /// Of the documents that treat a topic, and of what they ask of it.
    pub fn of_topic(site: &Site<'_>, topic: &Topic) -> Feed {
        let clauses = topic.clauses.iter().filter(|c| c.evidence != Evidence::Mention);
        let (mut documents, mut tasks) = (Vec::new(), Vec::new());
        for clause in clauses {
            documents.push(clause.policy);
            tasks.extend(clause.obligations.iter().map(|o| o.index));
        }
        Feed::new(site, &topic.id, &topic.url, documents, tasks)
    }

    /// Of the replies to a deputy, and of what they promise.
    pub fn of_deputy(site: &Site<'_>, deputy: &Deputy) -> Feed {
        let replies: Vec<usize> = deputy.replies.iter().filter_map(|id| site.position(id)).collect();
        let tasks = promises(site, &replies);
        Feed::new(
            site,
            &site.strings.with("replies.of_deputy", &[("deputy", &deputy.name)]),
            &deputy.url,
            replies,
            tasks,
        )
    }

    /// Of all replies, and of all that is promised.
    pub fn of_promises(site: &Site<'_>) -> Feed {
        let tasks = promises(site, &site.replies);
        Feed::new(site, site.strings.text("feed.promises"), address::PROMISES, site.replies.clone(), tasks)
    }

    /// Of the replies to the proposals of a session.
    pub fn of_session(site: &Site<'_>, session: &str, replies: Vec<usize>) -> Feed {
        let tasks = promises(site, &replies);
        let feed = Feed::new(site, session, address::PROMISES, replies, tasks);
        Feed { stem: address::session(session), ..feed }
    }

    fn new(site: &Site<'_>, title: &str, page: &str, mut documents: Vec<usize>, mut tasks: Vec<usize>) -> Feed {
        documents.sort_unstable();
        documents.dedup();
        documents.retain(|&i| site.corpus.documents[i].facts.date.is_some());
        documents.truncate(NEWEST);
        let due = |i: &usize| site.corpus.obligations.get(*i).and_then(|o| o.due);
        tasks.retain(|i| due(i).is_some());
        tasks.sort_by_key(|i| (std::cmp::Reverse(due(i)), *i));
        tasks.dedup();
        tasks.truncate(NEWEST);
        tasks.reverse();
        // A folder's own page is its index.
        let stem = if page.ends_with('/') { format!("{page}index") } else { page.trim_end_matches(".html").to_owned() };
        Feed { title: title.to_owned(), page: page.to_owned(), stem, documents, tasks }
    }

    /// The address of its Atom feed, where it has entries.
    pub fn atom(&self) -> Option<String> {
        (!self.documents.is_empty()).then(|| format!("{}.xml", self.stem))
    }

    /// The address of its calendar, where something is due.
    pub fn calendar(&self) -> Option<String> {
        (!self.tasks.is_empty()).then(|| format!("{}.ics", self.stem))
    }

    fn write(&self, site: &Site<'_>, staging: &Staging) -> Result<(), Diagnostic> {
        if let Some(at) = self.atom() {
            let title = format!("{} · {}", self.title, site.config.title);
            staging.write(&address::file(&at), &atom(site, &title, None, [&self.page, &at], &self.documents)?)?;
        }
        if let Some(at) = self.calendar() {
            let source = Source { title: &self.title, ..Source::from(site) };
            let tasks = self.tasks.iter().filter_map(|&i| site.corpus.obligations.get(i));
            staging.write(&address::file(&at), &ics(source, tasks)?)?;
        }
        Ok(())
    }
}

/// What replies promise.
fn promises(site: &Site<'_>, replies: &[usize]) -> Vec<usize> {
    let all = replies.iter().flat_map(|&i| site.corpus.documents[i].obligations.clone());
    all.filter(|&i| site.corpus.obligations[i].kind == Kind::Commitment).collect()
}

/// The sessions whose proposals are answered, with the replies.
pub fn sessions<'a>(site: &Site<'a>) -> BTreeMap<&'a str, Vec<usize>> {
    let mut sessions: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for &i in &site.replies {
        let reply = site.corpus.documents[i].facts.reply.as_ref();
        if let Some(session) = reply.and_then(|r| r.session.as_deref()) {
            sessions.entry(session).or_default().push(i);
        }
    }
    sessions
}

/// Writes the feed of the site, and those of its organs, regions, topics, sessions and deputies.
///
/// # Errors
/// Where one cannot be made or written.
pub fn feeds(site: &Site<'_>, staging: &Staging) -> Result<(), Diagnostic> {
    let c = site.corpus;
    let newest: Vec<usize> =
        (0..c.documents.len()).filter(|&i| c.documents[i].facts.date.is_some()).take(NEWEST).collect();
    let subtitle = Some(site.config.description.as_str());
    staging.write("feed.xml", &atom(site, &site.config.title, subtitle, ["", "feed.xml"], &newest)?)?;
    Feed::of_promises(site).write(site, staging)?;
    let sessions: Vec<_> = sessions(site).into_iter().collect();
    sessions.into_iter().try_for_each(|(name, list)| Feed::of_session(site, name, list).write(site, staging))?;
    c.organs.par_iter().try_for_each(|o| Feed::of_organ(site, o).write(site, staging))?;
    c.regions.par_iter().try_for_each(|r| Feed::of_region(site, r).write(site, staging))?;
    let treated = c.topics.par_iter().filter(|t| !t.clauses.is_empty());
    treated.try_for_each(|t| Feed::of_topic(site, t).write(site, staging))?;
    c.deputies.par_iter().try_for_each(|d| Feed::of_deputy(site, d).write(site, staging))
}

/// The feed of `documents` that stands at the second of `[page, at]` and shows what the first shows.
fn atom(
    site: &Site<'_>,
    title: &str,
    subtitle: Option<&str>,
    [page, at]: [&str; 2],
    documents: &[usize],
) -> Result<Vec<u8>, Diagnostic> {
    let address = |to: &str| site.base.as_ref().map_or_else(|| to.to_owned(), |base| format!("{base}{to}"));
    // Without an address of its own the site names things by tag URIs (RFC 4151).
    let id =
        |to: &str| site.base.as_ref().map_or_else(|| format!("tag:localhost,2000:{to}"), |base| format!("{base}{to}"));
    let entry = |&i: &usize| {
        let r = &site.corpus.documents.get(i)?.facts;
        let author = |name: &String| Person { name: name.clone(), ..Person::default() };
        Some(Entry {
            title: Text::plain(r.title.clone()),
            id: id(&r.url),
            updated: moment(r.date?)?,
            authors: r.issuers.iter().map(author).collect(),
            links: vec![Link { href: address(&r.url), rel: "alternate".to_owned(), ..Link::default() }],
            summary: r.number.clone().map(Text::plain),
            ..Entry::default()
        })
    };
    let entries: Vec<Entry> = documents.iter().filter_map(entry).collect();
    let feed = atom_syndication::Feed {
        title: Text::plain(title.to_owned()),
        subtitle: subtitle.map(|words| Text::plain(words.to_owned())),
        id: id(page),
        updated: entries.iter().map(|e| e.updated).max().unwrap_or_default(),
        authors: vec![Person {
            name: site.config.organisation.clone().unwrap_or_else(|| site.config.title.clone()),
            ..Person::default()
        }],
        links: vec![Link { href: address(at), rel: "self".to_owned(), ..Link::default() }],
        generator: Some(Generator { value: "Zhengku".to_owned(), ..Generator::default() }),
        lang: Some("zh-CN".to_owned()),
        entries,
        ..atom_syndication::Feed::default()
    };
    feed.write_to(Vec::new()).map_err(|e| Diagnostic::error("site", format!("订阅文件无法生成：{e}")))
}

/// Midnight in Beijing.
fn moment(date: Date) -> Option<FixedDateTime> {
    civil(date)?.and_time(NaiveTime::MIN).and_local_timezone(FixedOffset::east_opt(8 * 3600)?).single()
}
