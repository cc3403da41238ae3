//! 建议提案答复: all replies, and those to each deputy.

use serde::Serialize;

use crate::corpus::{Deputy, Policy};
use crate::vocabulary::Kind;

use super::super::address;
use super::super::links::Links;
use super::super::say;
use super::super::whole::Site;
use super::feed::Feed;
use super::organs::item;
use super::promises::{self, Promise};
use super::{Head, Item, Job, Pager, Title, pager, paginate, render};

#[derive(Serialize)]
struct View<'a> {
    title: &'a str,
    /// What the page is, as HTML.
    intro: String,
    total: usize,
    replies: Vec<Row<'a>>,
    deputies: Vec<Item>,
    /// What the replies to a deputy promise.
    promises: Vec<Promise<'a>>,
    /// How many promises all replies make, where the page is that of all.
    promised: usize,
    pager: Option<Pager>,
}

#[derive(Serialize)]
struct Row<'a> {
    href: String,
    title: &'a str,
    number: Option<&'a str>,
    session: Option<&'a str>,
    proposal_no: Option<&'a str>,
    proposal_title: Option<&'a str>,
    deputies: Vec<Item>,
    and_others: bool,
    answering: Vec<Item>,
    consulted: Vec<Item>,
    date: Option<String>,
    commitments: usize,
}

pub fn jobs<'a>(site: &'a Site<'a>, jobs: &mut Vec<Job<'a>>) {
    let pages = paginate(address::REPLIES, site.replies.len());
    let total = pages.len();
    for (number, (at, range)) in pages.into_iter().enumerate() {
        let here = at.clone();
        let render = move || {
            let links = site.links(&here);
            let deputy = |d: &Deputy| Item { title: d.name.clone(), href: links.to(&d.url), count: d.replies.len() };
            let policies = site.replies[range.clone()].iter().map(|&i| &site.corpus.documents[i]);
            let view = View {
                title: &Title::plain(site.strings.text("replies.title").to_owned()).html,
                intro: say::html(site.strings, "replies.about", &[("n", say::words(site.replies.len()))]).into_string(),
                total: site.replies.len(),
                replies: policies.filter_map(|p| row(site, &links, p)).collect(),
                deputies: if number == 0 { site.corpus.deputies.iter().map(deputy).collect() } else { Vec::new() },
                promises: Vec::new(),
                promised: site.count(Kind::Commitment),
                pager: pager(&links, address::REPLIES, number, total),
            };
            let description = site.strings.with("replies.about", &[("n", &view.total)]);
            let head = Head::section("replies", site.strings.text("replies.title"), description);
            render(site, "replies.html", &here, &head, &view, &[])
        };
        jobs.push(Job { address: at, render: Box::new(render) });
    }
    for deputy in &site.corpus.deputies {
        jobs.push(Job { address: deputy.url.clone(), render: Box::new(move || page(site, deputy)) });
    }
}

fn page(site: &Site<'_>, deputy: &Deputy) -> Result<Vec<u8>, super::Diagnostic> {
    let links = site.links(&deputy.url);
    let policies = deputy.replies.iter().filter_map(|id| site.document(id));
    let promises = policies.clone().flat_map(|p| promises::of(site, &links, p)).collect();
    let title = Title::of(site.strings, "replies.of_deputy", "deputy", &deputy.name);
    let named = [("deputy", say::words(&deputy.name)), ("n", say::words(deputy.replies.len()))];
    let intro = say::html(site.strings, "replies.of_deputy_about", &named);
    let view = View {
        title: &title.html,
        intro: intro.into_string(),
        total: deputy.replies.len(),
        replies: policies.filter_map(|p| row(site, &links, p)).collect(),
        deputies: Vec::new(),
        promises,
        promised: 0,
        pager: None,
    };
    let values: [(&str, &dyn std::fmt::Display); 2] = [("deputy", &deputy.name), ("n", &deputy.replies.len())];
    let description = site.strings.with("replies.of_deputy_about", &values);
    let above = site.strings.text("replies.title");
    let mut head = Head::under("replies", above, address::REPLIES, &title.text, description);
    head.feed = Some(Feed::of_deputy(site, deputy));
    render(site, "replies.html", &deputy.url, &head, &view, &[])
}

fn row<'a>(site: &Site<'a>, links: &Links, policy: &'a Policy) -> Option<Row<'a>> {
    let r = &policy.facts;
    let reply = r.reply.as_ref()?;
    let deputies = reply.deputies.iter().map(|name| {
        let page = site.deputies_of(&r.id).find(|d| d.name == *name);
        Item { title: name.clone(), href: page.map(|d| links.to(&d.url)).unwrap_or_default(), count: 0 }
    });
    // A reply is answered by those who sign it.
    let answering = r.issuers.iter().map(|name| {
        let href = site.issuer(&r.id, name).map(|o| links.to(&o.url)).unwrap_or_default();
        Item { title: name.clone(), href, count: 0 }
    });
    Some(Row {
        href: links.to(&r.url),
        title: &r.title,
        number: r.number.as_deref(),
        session: reply.session.as_deref(),
        proposal_no: reply.proposal_no.as_deref(),
        proposal_title: reply.proposal_title.as_deref(),
        deputies: deputies.collect(),
        and_others: reply.and_others,
        answering: answering.collect(),
        consulted: policy.consulted.iter().filter_map(|&i| site.corpus.organs.get(i)).map(|o| item(links, o)).collect(),
        date: r.date.map(|d| d.to_string()),
        commitments: site.obligations_of(policy).iter().filter(|o| o.kind == Kind::Commitment).count(),
    })
}
