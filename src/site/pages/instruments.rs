//! 引用的文件: every instrument by number of citations, and a page for each that the site does not hold.

use serde::Serialize;

use crate::corpus::Instrument;

use super::super::address;
use super::super::validity::{self, Stated};
use super::super::whole::Site;
use super::document::{Cited, Repealing, mention, repeals};
use super::lineage::{self, Lineage};
use super::{Head, Job, Pager, linked, pager, paginate, render};

#[derive(Serialize)]
struct View<'a> {
    title: String,
    printed_title: Option<&'a str>,
    number: Option<&'a str>,
    issuers: String,
    issuers_inferred: bool,
    year: Option<u16>,
    repeals: Vec<Repealing>,
    cited_by: Vec<Cited<'a>>,
    /// Where the site's settings say that it may be found.
    elsewhere: Option<String>,
    lineage: Option<Lineage<'a>>,
}

#[derive(Serialize)]
struct Index<'a> {
    total: usize,
    held: usize,
    /// Some row has a validity to show.
    dated: bool,
    rows: Vec<Row<'a>>,
    pager: Option<Pager>,
}

#[derive(Serialize)]
struct Row<'a> {
    href: String,
    title: String,
    number: Option<&'a str>,
    issuers: String,
    held: bool,
    lapse: Option<Stated>,
    cited_by: usize,
}

pub fn jobs<'a>(site: &'a Site<'a>, jobs: &mut Vec<Job<'a>>) {
    let all = &site.corpus.instruments;
    let mut order: Vec<&Instrument> = all.iter().filter(|i| !i.cited_by.is_empty()).collect();
    order.sort_by_key(|i| std::cmp::Reverse(i.cited_by.len()));
    let pages = paginate(address::INSTRUMENTS, order.len());
    let (total, len) = (pages.len(), order.len());
    let held = order.iter().filter(|i| i.document.is_some()).count();
    for (number, (at, range)) in pages.into_iter().enumerate() {
        let shown = order[range].to_vec();
        let here = at.clone();
        let render = move || {
            let links = site.links(&here);
            let row = |i: &&'a Instrument| Row {
                href: links.to(&i.url),
                title: title(i),
                number: i.number.as_deref().filter(|_| i.title.is_some()),
                issuers: site.strings.list(&i.issuers),
                held: i.document.is_some(),
                lapse: validity::lapse(site.strings, &i.validity),
                cited_by: i.cited_by.len(),
            };
            let rows: Vec<Row<'_>> = shown.iter().map(row).collect();
            let dated = rows.iter().any(|r| r.lapse.is_some());
            let pager = pager(&links, address::INSTRUMENTS, number, total);
            let view = Index { total: len, held, dated, rows, pager };
            let description = site.strings.with("instruments.about", &[("n", &len)]);
            let head = Head::section("instruments", site.strings.text("instruments.title"), description);
            render(site, "instruments.html", &here, &head, &view, &[])
        };
        jobs.push(Job { address: at, render: Box::new(render) });
    }
    for (number, instrument) in all.iter().enumerate().filter(|(_, i)| i.document.is_none()) {
        jobs.push(Job { address: instrument.url.clone(), render: Box::new(move || page(site, number, instrument)) });
    }
}

/// What an instrument is called where it needs a name.
fn title(i: &Instrument) -> String {
    i.title.clone().or_else(|| i.number.clone()).unwrap_or_else(|| i.id.clone())
}

fn page<'a>(site: &'a Site<'a>, number: usize, i: &'a Instrument) -> Result<Vec<u8>, super::Diagnostic> {
    let links = site.links(&i.url);
    let title = title(i);
    let view = View {
        printed_title: i.title.as_deref().filter(|t| *t != title),
        number: i.number.as_deref(),
        issuers: site.strings.list(&i.issuers),
        issuers_inferred: i.issuers_inferred,
        year: i.year,
        repeals: repeals(site, &links, &i.validity),
        cited_by: i.cited_by.iter().filter_map(|m| mention(site, &links, m)).collect(),
        elsewhere: site.config.instrument_link(&title, i.number.as_deref()),
        lineage: lineage::around(site, &links, number),
        title: title.clone(),
    };
    let values: [(&str, &dyn std::fmt::Display); 2] = [("n", &i.cited_by.len()), ("title", &title)];
    let description = site.strings.with("instrument.about", &values);
    let above = site.strings.text("instruments.title");
    let mut head = Head::under("instruments", above, address::INSTRUMENTS, &title, description);
    head.json_ld = Some(linked::instrument(site, i));
    render(site, "instrument.html", &i.url, &head, &view, &[])
}
