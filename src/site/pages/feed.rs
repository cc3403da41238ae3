//! 订阅: what is new and what falls due, of the site and of each organ, region, topic, 文种, session and deputy: an Atom feed
//! of the newest documents (RFC 4287), and a calendar of the last deadlines. Their times are the documents' dates, never the
//! clock's. A feed needs the address at which the site stands, for what it names is known by it; a calendar does not.

use std::collections::BTreeMap;

use atom_syndication::{Category, Entry, FixedDateTime, Generator, Link, Person, Text};
use chrono::{FixedOffset, NaiveDate, NaiveTime};
use jiff::civil::Date;
use rayon::prelude::*;

use super::super::address;
use super::super::data::Source;
use super::super::data::calendar::ics;
use super::super::output::Staging;
use super::super::whole::Site;
use crate::corpus::{Deputy, Facts, Organ, Region, Topic};
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
    /// Whether the site has an address.
    addressed: bool,
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

    /// Of the documents of a 文种.
    pub fn of_kind(site: &Site<'_>, kind: &str, documents: &[usize]) -> Feed {
        let tasks = documents.iter().flat_map(|&i| site.corpus.documents[i].obligations.clone()).collect();
        Feed::new(site, kind, &address::kind(kind), documents.to_vec(), tasks)
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
        Feed { title: title.to_owned(), page: page.to_owned(), stem, documents, tasks, addressed: site.base.is_some() }
    }

    /// The page that shows the same.
    pub fn page(&self) -> &str {
        &self.page
    }

    /// The day of its newest document.
    pub fn newest(&self, site: &Site<'_>) -> Option<Date> {
        self.documents.iter().filter_map(|&i| day(&site.corpus.documents.get(i)?.facts)).max()
    }

    /// The address of its Atom feed, where it has entries and the site an address.
    pub fn atom(&self) -> Option<String> {
        (self.addressed && !self.documents.is_empty()).then(|| format!("{}.xml", self.stem))
    }

    /// The address of its calendar, where something is due.
    pub fn calendar(&self) -> Option<String> {
        (!self.tasks.is_empty()).then(|| format!("{}.ics", self.stem))
    }

    fn write(&self, site: &Site<'_>, staging: &Staging) -> Result<(), Diagnostic> {
        if let (Some(base), Some(at)) = (&site.base, self.atom()) {
            let title = format!("{} · {}", self.title, site.config.title);
            staging.write(&address::file(&at), &atom(site, base, &title, None, [&self.page, &at], &self.documents)?)?;
        }
        if let Some(at) = self.calendar() {
            let source = Source { title: &self.title, ..Source::from(site) };
            let tasks = self.tasks.iter().filter_map(|&i| site.corpus.obligations.get(i));
            staging.write(&address::file(&at), &ics(source, tasks))?;
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

/// The feeds of all that can be subscribed to, in an order that does not change.
pub fn all(site: &Site<'_>) -> Vec<Feed> {
    let c = site.corpus;
    let mut all = vec![Feed::of_promises(site)];
    all.extend(sessions(site).into_iter().map(|(name, list)| Feed::of_session(site, name, list)));
    all.extend(site.kinds.iter().map(|(kind, list)| Feed::of_kind(site, kind, list)));
    all.par_extend(c.organs.par_iter().map(|o| Feed::of_organ(site, o)));
    all.par_extend(c.regions.par_iter().map(|r| Feed::of_region(site, r)));
    all.par_extend(c.topics.par_iter().filter(|t| !t.clauses.is_empty()).map(|t| Feed::of_topic(site, t)));
    all.par_extend(c.deputies.par_iter().map(|d| Feed::of_deputy(site, d)));
    all
}

/// Writes the feed of the site, and those of [`all`].
///
/// # Errors
/// Where one cannot be made or written.
pub fn feeds(site: &Site<'_>, staging: &Staging) -> Result<(), Diagnostic> {
    if let Some(base) = site.base.as_ref().filter(|_| site.has_feed()) {
        let documents = 0..site.corpus.documents.len();
        let dated = documents.filter(|&i| site.corpus.documents[i].facts.date.is_some());
        let newest: Vec<usize> = dated.take(NEWEST).collect();
        let subtitle = Some(site.config.description.as_str());
        let feed = atom(site, base, &site.config.title, subtitle, ["", "feed.xml"], &newest)?;
        staging.write("feed.xml", &feed)?;
    }
    all(site).par_iter().try_for_each(|feed| feed.write(site, staging))
}

/// The day on which a document became known: 发布日期, else 成文日期.
fn day(facts: &Facts) -> Option<Date> {
    facts.published.or(facts.date)
}

/// The feed of `documents` that stands at the second of `[page, at]` of the site at `base` and shows what the first shows.
fn atom(
    site: &Site<'_>,
    base: &str,
    title: &str,
    subtitle: Option<&str>,
    [page, at]: [&str; 2],
    documents: &[usize],
) -> Result<Vec<u8>, Diagnostic> {
    let address = |to: &str| format!("{base}{to}");
    let link = |to: &str, rel: &str, mime: &str| Link {
        href: address(to),
        rel: rel.to_owned(),
        mime_type: Some(mime.to_owned()),
        ..Link::default()
    };
    let entry = |&i: &usize| {
        let r = &site.corpus.documents.get(i)?.facts;
        let author = |name: &String| Person { name: name.clone(), ..Person::default() };
        let category = |kind: &String| Category { term: kind.clone(), ..Category::default() };
        let moment = moment(day(r)?)?;
        Some(Entry {
            title: Text::plain(r.title.clone()),
            id: address(&r.url),
            updated: moment,
            published: Some(moment),
            authors: r.issuers.iter().map(author).collect(),
            categories: r.kind.iter().map(category).collect(),
            links: vec![link(&r.url, "alternate", "text/html")],
            summary: r.number.clone().map(Text::plain),
            ..Entry::default()
        })
    };
    let entries: Vec<Entry> = documents.iter().filter_map(entry).collect();
    let feed = atom_syndication::Feed {
        title: Text::plain(title.to_owned()),
        subtitle: subtitle.map(|words| Text::plain(words.to_owned())),
        id: address(page),
        updated: entries.iter().map(|e| e.updated).max().unwrap_or_default(),
        authors: vec![Person {
            name: site.config.organisation.clone().unwrap_or_else(|| site.config.title.clone()),
            ..Person::default()
        }],
        links: vec![link(at, "self", "application/atom+xml"), link(page, "alternate", "text/html")],
        generator: Some(Generator { value: "Zhengku".to_owned(), ..Generator::default() }),
        lang: Some("zh-CN".to_owned()),
        entries,
        ..atom_syndication::Feed::default()
    };
    feed.write_to(Vec::new()).map_err(|e| Diagnostic::error("site", format!("订阅文件无法生成：{e}")))
}

/// Midnight in Beijing.
fn moment(date: Date) -> Option<FixedDateTime> {
    let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
    let date = NaiveDate::from_ymd_opt(date.year().into(), month.into(), day.into())?;
    date.and_time(NaiveTime::MIN).and_local_timezone(FixedOffset::east_opt(8 * 3600)?).single()
}
