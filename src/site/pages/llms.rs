//! 给语言模型: `llms.txt` (llmstxt.org), which says in Markdown what the site is, where its lists and data lie, and how it is
//! cited.

use std::fmt::{Display, Write};

use crate::content::Format;

use super::super::address;
use super::super::data;
use super::super::whole::Site;

/// The file.
pub fn llms(site: &Site<'_>) -> String {
    let (config, corpus) = (site.config, site.corpus);
    let base = site.base.as_deref().unwrap_or_default();
    let at = |address: &str| match base {
        // A folder that is opened from the disk has no server that would know its page.
        "" if address.is_empty() || address.ends_with('/') => format!("{address}index.html"),
        base => address::uri(&format!("{base}{address}")),
    };
    let mut out = format!("# {}\n\n> {}\n\n", line(&config.title), line(&config.description));
    let mut say = |text: String| {
        let _ = writeln!(out, "{text}");
    };
    let strings = site.strings;
    let numbers: [(&str, &dyn Display); 4] = [
        ("documents", &corpus.documents.len()),
        ("tasks", &corpus.obligations.len()),
        ("organs", &corpus.organs.len()),
        ("instruments", &corpus.instruments.len()),
    ];
    say(strings.with("llms.about", &numbers));
    say(format!("\n## {}\n", strings.text("llms.citing")));
    for key in ["llms.how", "llms.nothing", "llms.no_orders"] {
        say(format!("- {}", strings.text(key)));
    }
    say(format!("\n## {}\n", strings.text("llms.lists")));
    for (name, to, what) in [
        ("nav.documents", address::DOCUMENTS, "llms.documents"),
        ("nav.obligations", address::OBLIGATIONS, "llms.obligations"),
        ("nav.organs", address::ORGANS, "llms.organs"),
        ("nav.topics", address::TOPICS, "llms.topics"),
        ("nav.deadlines", address::DEADLINES, "llms.deadlines"),
        ("nav.replies", address::REPLIES, "llms.replies"),
        ("nav.instruments", address::INSTRUMENTS, "llms.instruments"),
        ("llms.help_name", address::ABOUT, "llms.help"),
    ] {
        say(format!("- [{}]({}): {}", strings.text(name), at(to), strings.text(what)));
    }
    say(format!("\n## {}\n", strings.text("llms.each")));
    let mut file = |key: &str, end: &str| {
        say(format!("- {}", strings.with(key, &[("address", &pattern(&at(address::DOCUMENTS), end))])));
    };
    file("llms.page", ".html");
    file("llms.data", ".json");
    for format in site.formats() {
        match format {
            Format::Md => file("llms.markdown", ".md"),
            Format::Akn => file("llms.akn", ".akn.xml"),
        }
    }
    say(format!("\n## {}\n", strings.text("about.data")));
    for (name, what) in data::files(site) {
        say(format!("- [{name}]({}): {}", at(&format!("data/{name}")), strings.text(what)));
    }
    out
}

/// The address of a file of any document.
fn pattern(folder: &str, end: &str) -> String {
    format!("{}ID{end}", folder.trim_end_matches("index.html"))
}

/// Text that cannot begin a line of its own.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
