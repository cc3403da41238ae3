//! 时限: the obligations that fall due in each year. Whether one is overdue depends on the day of reading and is
//! therefore never written into a page.

use serde::Serialize;

use crate::corpus::Obligation;

use super::super::address;
use super::super::say;
use super::super::table;
use super::super::timeline::Timeline;
use super::super::whole::Site;
use super::obligations::{ROWS, View};
use super::{Head, Item, Job, Title, pager, paginate_by, render};

#[derive(Serialize)]
struct Years {
    years: Vec<Item>,
    total: usize,
    undated: usize,
    timeline: Option<Timeline>,
}

pub fn jobs<'a>(site: &'a Site<'a>, jobs: &mut Vec<Job<'a>>) {
    let index = move || {
        let links = site.links(address::DEADLINES);
        let item = |(year, list): (&i16, &Vec<usize>)| Item {
            title: say::year(site.strings, year),
            href: links.to(&address::deadlines(*year)),
            count: list.len(),
        };
        let total = site.due.values().map(Vec::len).sum();
        let view = Years {
            years: site.due.iter().map(item).collect(),
            total,
            undated: site.corpus.obligations.len() - total,
            timeline: Timeline::of(site.strings, site.corpus.obligations.iter().filter_map(|o| o.due)),
        };
        let head = Head::section(
            "deadlines",
            site.strings.text("nav.deadlines"),
            site.strings.with("deadlines.about", &[("n", &total)]),
        );
        render(site, "deadlines.html", address::DEADLINES, &head, &view, &[])
    };
    jobs.push(Job { address: address::DEADLINES.to_owned(), render: Box::new(index) });
    for (&year, list) in &site.due {
        let start = address::deadlines(year);
        let pages = paginate_by(&start, list.len(), ROWS);
        let total = pages.len();
        for (number, (at, range)) in pages.into_iter().enumerate() {
            let (start, here) = (start.clone(), at.clone());
            let render = move || {
                let links = site.links(&here);
                let shown: Vec<&Obligation> =
                    list[range.clone()].iter().map(|&i| &site.corpus.obligations[i]).collect();
                let rows = table::obligations(site, &links, &shown, true);
                let title = Title::plain(site.strings.with("deadlines.of_year", &[("year", &year)]));
                let view = View {
                    title: &title.html,
                    intro: site.strings.text("deadlines.of_year_about"),
                    total: list.len(),
                    kinds: Vec::new(),
                    current: "",
                    downloads: false,
                    pager: pager(&links, &start, number, total),
                };
                let values: [(&str, &dyn std::fmt::Display); 2] = [("title", &title.text), ("n", &list.len())];
                let description = site.strings.with("deadlines.of_year_total", &values);
                let head = Head::under(
                    "deadlines",
                    site.strings.text("nav.deadlines"),
                    address::DEADLINES,
                    &title.text,
                    description,
                );
                render(site, "obligations.html", &here, &head, &view, &[("table", &rows)])
            };
            jobs.push(Job { address: at, render: Box::new(render) });
        }
    }
}
