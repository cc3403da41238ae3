//! 时限: the obligations that fall due in each year. Whether one is overdue depends on the day of reading and is
//! therefore never written into a page.

use serde::Serialize;

use crate::corpus::Obligation;

use super::super::address;
use super::super::table;
use super::super::timeline::Timeline;
use super::super::whole::Site;
use super::obligations::{ROWS, View};
use super::{Head, Item, Job, pager, paginate_by, render};

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
            title: format!("{year}年"),
            href: links.to(&address::deadlines(*year)),
            count: list.len(),
        };
        let total = site.due.values().map(Vec::len).sum();
        let view = Years {
            years: site.due.iter().map(item).collect(),
            total,
            undated: site.corpus.obligations.len() - total,
            timeline: Timeline::of(site.corpus.obligations.iter().filter_map(|o| o.due)),
        };
        let head = Head::section("deadlines", "时限", format!("按年份列出{total}项有期限的任务。"));
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
                let title = format!("{year}年到期的任务");
                let view = View {
                    title: &title,
                    intro: "按最后期限从早到晚排列。",
                    total: list.len(),
                    kinds: Vec::new(),
                    current: "",
                    downloads: false,
                    pager: pager(&links, &start, number, total),
                };
                let description = format!("{title}，共{}项。", list.len());
                let head = Head::under("deadlines", "时限", address::DEADLINES, &title, description);
                render(site, "obligations.html", &here, &head, &view, &[("table", &rows)])
            };
            jobs.push(Job { address: at, render: Box::new(render) });
        }
    }
}
