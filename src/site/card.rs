//! 条款卡: what a clause assigns, aims at and promises, in one card below its words: who, by when, what is to be reached,
//! what became in it of a number from above, and its topics, by which the same is found elsewhere.

use std::collections::BTreeMap;

use crate::corpus::{Obligation, Policy, Topic};
use crate::vocabulary::{Evidence, Kind, Role};

use super::address;
use super::carried::{self, Above, Carried};
use super::html::{Markup, beginning, html};
use super::links::Links;
use super::say;
use super::table;
use super::whole::Site;

/// Characters of what is to be reached where no number says it.
const SAID: usize = 28;

/// Topics that a card names.
const TOPICS: usize = 4;

/// The card of the clause being written.
pub struct Card<'a> {
    site: &'a Site<'a>,
    links: &'a Links,
    policy: &'a Policy,
    /// The topics of each clause, by its path.
    topics: BTreeMap<&'a str, Vec<&'a Topic>>,
    marked: BTreeMap<usize, gongwen::Span>,
    carried: Carried<'a>,
    path: String,
    /// The obligations with their numbers in the document.
    found: Vec<(usize, &'a Obligation)>,
}

impl<'a> Card<'a> {
    /// An empty card for the clauses of document number `index`.
    pub fn new(site: &'a Site<'a>, links: &'a Links, index: usize, policy: &'a Policy) -> Self {
        let mut topics: BTreeMap<&str, Vec<&Topic>> = BTreeMap::new();
        for treated in site.topics_of.get(index).into_iter().flatten() {
            let topic = &site.corpus.topics[treated.topic];
            let clauses = crate::compare::of_policy(topic, index);
            for clause in clauses.iter().filter(|c| c.evidence != Evidence::Mention) {
                topics.entry(&clause.path).or_default().push(topic);
            }
        }
        let marked = table::first_marks(policy);
        let carried = carried::of(site, policy);
        Card { site, links, policy, topics, marked, carried, path: String::new(), found: Vec::new() }
    }

    /// Takes down what stands in a block of the clause at `path`.
    /// The first of them has the number `first`.
    pub fn add(&mut self, path: &str, first: usize, found: &'a [Obligation]) {
        if self.found.is_empty() {
            path.clone_into(&mut self.path);
        }
        self.found.extend((first..).zip(found).filter(|(_, o)| o.kind != Kind::Duty));
    }

    /// The card, which is then empty again; nothing where the clause has nothing to sum up.
    pub fn take(&mut self) -> Markup {
        let found = std::mem::take(&mut self.found);
        if found.is_empty() {
            return Markup::default();
        }
        let topics = self.topics.get(self.path.as_str()).map_or(&[][..], Vec::as_slice);
        let above: Vec<&Above<'_>> = found.iter().filter_map(|(n, _)| self.above(*n)).flatten().collect();
        let of = |kind| found.iter().copied().filter(move |(_, o)| o.kind == kind);
        html! {
            div class="zk assigned" lang=[self.site.strings.own()] {
                @for (_, o) in of(Kind::Assignment) { (self.assignment(o)) }
                (self.aims("kind.target", of(Kind::Target)))
                (self.aims("kind.commitment", of(Kind::Commitment)))
                (carried::line(self.site, self.links, &above))
                @for (_, o) in &found { (table::progress(self.site, self.links, o)) }
                @let own = address::has_own_page(&self.path) && found.iter().any(|(_, o)| o.path == self.path);
                @if own || !topics.is_empty() {
                    p class="elsewhere" {
                        @if !topics.is_empty() {
                            b { (self.site.strings.text("clause.elsewhere")) }
                            @for (i, topic) in topics.iter().take(TOPICS).enumerate() {
                                @if i > 0 { (self.site.strings.text("list.and")) }
                                a href=(self.links.to(&topic.url)) lang=[self.site.strings.of_documents()] { (topic.id) }
                            }
                        }
                        @if own {
                            " "
                            a class="alone" href=(self.links.to(&address::clause_page(&self.policy.facts.id, &self.path))) {
                                (self.site.strings.text("clause.alone"))
                            }
                        }
                    }
                }
            }
            "\n"
        }
    }

    /// The numbers above those of obligation number `number` of the document.
    fn above(&self, number: usize) -> Option<&[Above<'a>]> {
        self.carried.get(&(self.policy.obligations.start + number)).map(Vec::as_slice)
    }

    fn assignment(&self, o: &Obligation) -> Markup {
        let strings = self.site.strings;
        html! {
            p class="assignment" {
                @for role in Role::BY_WEIGHT.into_iter().filter(|&role| !o.names(role).is_empty()) {
                    span class="part" {
                        b { (say::role(strings, role)) }
                        (table::organs(self.site, self.links, o, role))
                        @if o.open_role() == Some(role) { span { (strings.text("list.etc")) } }
                    }
                }
                @if o.due.is_some() || o.due_text.is_some() { span class="part" { b { (strings.text("table.due")) } (table::due(strings, o)) } }
                (table::unsure(strings, o))
                @if o.corrected { span class="note" { (strings.text("table.corrected")) } }
            }
        }
    }

    /// What is to be reached or was promised: the numbers, else the first words, each a link to them.
    fn aims(&self, name: &str, list: impl Iterator<Item = (usize, &'a Obligation)>) -> Markup {
        let list: Vec<(usize, &Obligation)> = list.collect();
        let strings = self.site.strings;
        let is_marked = |number: usize| self.marked.contains_key(&(self.policy.obligations.start + number));
        html! {
            @if !list.is_empty() {
                p class="aims" {
                    b { (strings.text(name)) }
                    @for (i, (number, o)) in list.iter().enumerate() {
                        @if i > 0 { (strings.text("list.semi")) }
                        @let words = say::marked(strings, &shown(o));
                        @if is_marked(*number) {
                            a href={ "#" (table::mark_id(*number)) } { (words) }
                        } @else {
                            (words)
                        }
                    }
                }
            }
        }
    }
}

/// 80%以上，2020年底前, in the words and with the comma of the document; the first words where there is no number.
fn shown(o: &Obligation) -> String {
    let mut parts: Vec<String> = o.indicators.iter().map(|i| i.text.clone()).collect();
    parts.extend(o.due_text.clone());
    if o.indicators.is_empty() {
        let (words, more) = beginning(&o.text, SAID);
        parts = vec![format!("{words}{}", if more { "…" } else { "" })];
        parts.extend(o.due_text.clone().filter(|due| !words.contains(due.as_str())));
    }
    parts.join("，")
}
