//! 承诺台账: what replies promise, a card a promise: its words whole, who promised it to whom and when, whom to call. How
//! long it has stood is worked out in the browser.

use serde::Serialize;

use crate::corpus::{Obligation, Policy};
use crate::vocabulary::Kind;

use super::super::address;
use super::super::links::Links;
use super::super::say;
use super::super::whole::Site;
use super::feed::{self, Feed};
use super::{Head, Item, Job, Pager, pager, render};

/// Cards on a page.
const CARDS: usize = 60;

/// A promise.
#[derive(Serialize)]
pub struct Promise<'a> {
    text: &'a str,
    /// Where it stands in the reply, and what that is called.
    href: String,
    path: String,
    organs: Vec<Item>,
    /// The day by which, as printed.
    due: Option<String>,
    due_day: Option<String>,
    date: Option<String>,
    contact: Option<&'a str>,
    /// The telephone as printed, and as a phone dials it.
    phone: Option<&'a str>,
    tel: Option<String>,
    reply: Item,
    number: Option<&'a str>,
    session: Option<&'a str>,
    proposal_no: Option<&'a str>,
    deputies: Vec<Item>,
    and_others: bool,
    /// How far it has come, as HTML; empty where nothing is recorded.
    progress: String,
}

#[derive(Serialize)]
struct View<'a> {
    total: usize,
    replies: usize,
    /// The replies that promise, by session.
    sessions: Vec<Session<'a>>,
    pager: Option<Pager>,
}

#[derive(Serialize)]
struct Session<'a> {
    name: &'a str,
    /// Its feed of replies and its calendar.
    atom: Option<String>,
    calendar: Option<String>,
    promises: Vec<Promise<'a>>,
}

/// The promises of a reply; none of any other document.
pub fn of<'a>(site: &Site<'a>, links: &Links, policy: &'a Policy) -> Vec<Promise<'a>> {
    let promises = site.obligations_of(policy).iter().filter(|o| o.kind == Kind::Commitment);
    promises.filter_map(|o| promise(site, links, policy, o)).collect()
}

fn promise<'a>(site: &Site<'a>, links: &Links, policy: &'a Policy, o: &'a Obligation) -> Option<Promise<'a>> {
    let f = &policy.facts;
    let reply = f.reply.as_ref()?;
    let named = |name: &str| {
        let organ = o.organs.get(name).and_then(|id| site.organ(id)).or_else(|| site.issuer(&f.id, name));
        Item { title: name.to_owned(), href: organ.map(|o| links.to(&o.url)).unwrap_or_default(), count: 0 }
    };
    let mut organs: Vec<Item> = o.roles().flat_map(|(_, names)| names).map(|name| named(name)).collect();
    if organs.is_empty() {
        organs = o.responsible.iter().map(|r| named(&r.name)).collect();
    }
    if organs.is_empty() {
        organs = f.issuers.iter().map(|name| named(name)).collect();
    }
    let deputies = reply.deputies.iter().map(|name| {
        let page = site.deputies_of(&f.id).find(|d| d.name == *name);
        Item { title: name.clone(), href: page.map(|d| links.to(&d.url)).unwrap_or_default(), count: 0 }
    });
    let contact = f.contact.as_ref();
    let phone = contact.map(|c| c.phone.as_str()).filter(|p| !p.is_empty());
    Some(Promise {
        text: &o.text,
        href: links.to(&o.url),
        path: say::place(site.strings, &o.path),
        organs,
        due: o.due_text.clone().or_else(|| o.due.map(|d| d.to_string())),
        due_day: o.due.map(|d| d.to_string()),
        date: f.date.map(|d| d.to_string()),
        contact: contact.map(|c| c.name.as_str()).filter(|n| !n.is_empty()),
        phone,
        tel: phone.and_then(tel),
        reply: Item {
            title: reply.proposal_title.clone().unwrap_or_else(|| f.title.clone()),
            href: links.to(&f.url),
            count: 0,
        },
        number: f.number.as_deref(),
        session: reply.session.as_deref(),
        proposal_no: reply.proposal_no.as_deref(),
        deputies: deputies.collect(),
        and_others: reply.and_others,
        progress: super::super::table::progress(site, links, o).into_string(),
    })
}

/// A number as a phone dials it: `0431-88906367` → `043188906367`. `None` where there is none.
pub fn tel(printed: &str) -> Option<String> {
    // Of several numbers the first.
    let first = printed.split(['、', '，', ',', ';', '；', '/']).next().unwrap_or("");
    let digits: String = first.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    (digits.len() >= 5).then_some(digits)
}

pub fn jobs<'a>(site: &'a Site<'a>, jobs: &mut Vec<Job<'a>>) {
    let promising: Vec<(usize, usize)> = site
        .replies
        .iter()
        .flat_map(|&i| {
            let policy = &site.corpus.documents[i];
            let range = policy.obligations.clone();
            range.filter(|&o| site.corpus.obligations[o].kind == Kind::Commitment).map(move |o| (i, o))
        })
        .collect();
    let total = promising.len();
    let replies = promising.chunk_by(|a, b| a.0 == b.0).count();
    let pages = total.div_ceil(CARDS).max(1);
    for number in 0..pages {
        let at = address::page(address::PROMISES, number + 1);
        let here = at.clone();
        let shown = promising[number * CARDS..total.min((number + 1) * CARDS)].to_vec();
        let render = move || {
            let links = site.links(&here);
            let known = feed::sessions(site);
            let mut sessions: Vec<Session<'_>> = Vec::new();
            for &(i, o) in &shown {
                let policy = &site.corpus.documents[i];
                let Some(promise) = promise(site, &links, policy, &site.corpus.obligations[o]) else { continue };
                let name = promise.session.unwrap_or_else(|| site.strings.text("promises.no_session"));
                match sessions.iter_mut().find(|s| s.name == name) {
                    Some(session) => session.promises.push(promise),
                    None => {
                        let replies =
                            promise.session.and_then(|session| known.get(session)).cloned().unwrap_or_default();
                        let feed = Feed::of_session(site, name, replies);
                        let [atom, calendar] = [feed.atom(), feed.calendar()].map(|to| to.map(|to| links.to(&to)));
                        sessions.push(Session { name, atom, calendar, promises: vec![promise] });
                    }
                }
            }
            let view = View { total, replies, sessions, pager: pager(&links, address::PROMISES, number, pages) };
            let values: [(&str, &dyn std::fmt::Display); 2] = [("n", &replies), ("total", &total)];
            let description = site.strings.with("promises.described", &values);
            let [above, title] = ["replies.title", "promises.title"].map(|key| site.strings.text(key));
            let mut head = Head::under("replies", above, address::REPLIES, title, description);
            head.feed = Some(Feed::of_promises(site));
            render(site, "promises.html", &here, &head, &view, &[])
        };
        jobs.push(Job { address: at, render: Box::new(render) });
    }
}

#[cfg(test)]
mod tests {
    use super::tel;

    #[test]
    fn what_a_phone_dials() {
        let table = [
            ("0431-88906367", Some("043188906367")),
            ("0431—88906367、88905555", Some("043188906367")),
            ("+86 10 6601 0000", Some("+861066010000")),
            ("12345", Some("12345")),
            ("总机转", None),
        ];
        for (printed, expected) in table {
            assert_eq!(tel(printed).as_deref(), expected, "{printed}");
        }
    }
}
