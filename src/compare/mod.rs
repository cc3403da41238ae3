//! 对照: what two documents say on the same things, side by side.
//!
//! Two documents are aligned by topic first ([`Shared`]), and within a topic clause by clause where their words are
//! alike; organs are compared by the sector that does their work today, so that 市卫生计生委 and 省卫生健康委 count as
//! the same; targets by their words, their numbers and their dates.
//!
//! `side` is what one document says on one topic, `align` pairs what is alike, `say` puts the differences into words,
//! `near` says which documents of a site are worth comparing, `numbers` what became of the numbers of one in another.
//! Called by `cli` and `site`; calls `corpus` and `registry`.

mod align;
mod near;
mod numbers;
mod say;
mod side;

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use gongwen::BlockKind;

use crate::corpus::{Corpus, Policy, Topic, TopicClause};
use crate::registry::{ClassKind, Context, Registry, Resolution};
use crate::vocabulary::Role;

use align::Words;

pub use near::nearest;
pub use numbers::{Change, Number, changes, numbers};
pub use say::{differences, labels};
pub use side::{Goal, Part, Side, of_policy};

/// Two documents side by side.
#[derive(Debug)]
pub struct Comparison<'c> {
    /// The documents, in the order in which they were named.
    pub policies: [&'c Policy; 2],
    /// The topics that both treat, the surest first, then in the order of the table.
    pub shared: Vec<Shared<'c>>,
    /// The topics that only the first, and that only the second treats.
    pub only: [Vec<Only<'c>>; 2],
    /// Clauses with headings that are alike and no topic in common.
    pub alike: Vec<Alike>,
}

/// A topic that both documents treat.
#[derive(Debug)]
pub struct Shared<'c> {
    /// The topic.
    pub topic: &'c Topic,
    /// What each says.
    pub sides: [Side<'c>; 2],
    /// Which of their clauses correspond, the most alike first: indices into [`Side::clauses`].
    pub pairs: Vec<Pair>,
    /// Who has to do with it, by sector.
    pub sectors: Vec<Sector<'c>>,
    /// Which of their targets correspond, then what only one has: indices into [`Side::goals`].
    pub goals: Vec<[Option<usize>; 2]>,
}

/// Two things that correspond.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// One of the first document, one of the second.
    pub at: [usize; 2],
    /// What is alike.
    pub by: By,
    /// How alike, from 0 to 1.
    pub likeness: f64,
}

/// What two clauses have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// Their headings, or the tasks of their rows.
    Title,
    /// Their texts.
    Text,
}

/// The parts that the organs of a sector play on each side.
#[derive(Debug)]
pub struct Sector<'c> {
    /// The sector that does the work today (卫生健康); of a name that no sector bears, the name.
    pub name: String,
    /// Its printed names and their parts, on each side.
    pub parts: [Vec<(Role, &'c str)>; 2],
}

/// A topic that one document treats.
#[derive(Debug)]
pub struct Only<'c> {
    /// The topic.
    pub topic: &'c Topic,
    /// What the document says.
    pub side: Side<'c>,
    /// Where the other mentions it.
    pub mentioned: Vec<&'c TopicClause>,
}

/// Two clauses with headings that are alike: paths.
#[derive(Clone, Debug, PartialEq)]
pub struct Alike {
    /// Of the first document and of the second.
    pub paths: [String; 2],
    /// How alike, from 0 to 1.
    pub likeness: f64,
}

impl Sector<'_> {
    /// The chief part that the sector plays on a side.
    pub fn chief(&self, side: usize) -> Option<Role> {
        self.parts[side].iter().map(|p| p.0).min_by_key(|&role| rank(role))
    }

    /// True where it plays the same chief part on both sides.
    pub fn is_same(&self) -> bool {
        self.chief(0).is_some() && self.chief(0) == self.chief(1)
    }
}

impl Shared<'_> {
    /// The clauses side by side: those that correspond, with what they have in common, then the others.
    pub fn clauses(&self) -> Vec<([Option<usize>; 2], Option<Pair>)> {
        let lengths = self.sides.each_ref().map(|s| s.clauses.len());
        let pair = |row: &[Option<usize>; 2]| self.pairs.iter().find(|p| p.at.map(Some) == *row).copied();
        rows(&self.pairs, lengths).into_iter().map(|row| (row, pair(&row))).collect()
    }

    /// True where a heading of either document says that it is about the topic.
    pub fn is_titled(&self) -> bool {
        self.sides.iter().any(|s| side::is_titled(s.evidence()))
    }

    /// True where the two targets of a row ask for the same by the same day.
    pub fn is_same_goal(&self, row: &[Option<usize>; 2]) -> bool {
        let [Some(a), Some(b)] = *row else { return false };
        match (self.sides[0].goals.get(a), self.sides[1].goals.get(b)) {
            (Some(a), Some(b)) => a.asks_same(b) && a.obligation.due == b.obligation.due,
            _ => false,
        }
    }
}

/// What stands for the governments of all places, and for departments that are not named.
const PLACES: &str = "各地政府";
const DEPARTMENTS: &str = "有关部门";

/// True for a name that leaves open who is meant.
fn is_open(sector: &str) -> bool {
    sector == PLACES || sector == DEPARTMENTS
}

/// The order of the parts: who answers for a task comes first.
fn rank(role: Role) -> usize {
    match role {
        Role::Lead => 0,
        Role::Joint => 1,
        Role::Actor => 2,
        Role::Support => 3,
        Role::Implement => 4,
    }
}

/// Sets the documents `a` and `b`, indices into [`Corpus::documents`], side by side. `None` where there is no such
/// document.
pub fn compare<'c>(corpus: &'c Corpus, registry: &Registry, a: usize, b: usize) -> Option<Comparison<'c>> {
    let policies = [corpus.documents.get(a)?, corpus.documents.get(b)?];
    let mut comparison = Comparison { policies, shared: Vec::new(), only: [Vec::new(), Vec::new()], alike: Vec::new() };
    let texts = policies.map(texts);
    for (index, topic) in corpus.topics.iter().enumerate() {
        let sides = [a, b].map(|p| Side::of(corpus, registry, index, p));
        let [first, second] = &sides;
        match (first.clauses.is_empty(), second.clauses.is_empty()) {
            (false, false) => comparison.shared.push(shared(registry, topic, sides, &texts)),
            (true, true) => {}
            (missing, _) => {
                let [first, second] = sides;
                let (at, side, other) = if missing { (1, second, first) } else { (0, first, second) };
                comparison.only[at].push(Only { topic, side, mentioned: other.mentions });
            }
        }
    }
    comparison.shared.sort_by_key(|s| {
        let [a, b] = s.sides.each_ref().map(|side| side.evidence());
        (a.max(b), a.min(b))
    });
    comparison.alike = alike(&comparison, &texts);
    Some(comparison)
}

/// The heading and the text of every clause, by path.
type Texts<'c> = BTreeMap<&'c str, (Option<&'c str>, String)>;

fn texts(policy: &Policy) -> Texts<'_> {
    let mut texts: Texts<'_> = BTreeMap::new();
    for (i, block) in policy.document.blocks.iter().enumerate() {
        let Some(entry) = policy.outline.entry_at(i) else { continue };
        let text = &mut texts.entry(&entry.path).or_insert((entry.title.as_deref(), String::new())).1;
        match &block.kind {
            BlockKind::Heading(h) => text.push_str(block.text.get(h.title.end..).unwrap_or_default()),
            BlockKind::Paragraph => text.push_str(&block.text),
            _ => {}
        }
    }
    texts
}

fn shared<'c>(registry: &Registry, topic: &'c Topic, sides: [Side<'c>; 2], texts: &[Texts<'c>; 2]) -> Shared<'c> {
    let clauses: [Vec<(Words, Words)>; 2] = [0, 1].map(|s| {
        let words = |c: &&TopicClause| match texts[s].get(c.path.as_str()) {
            Some((title, text)) => (Words::of(title.unwrap_or_default()), Words::of(text)),
            // A row is its task.
            None => (Words::of(sides[s].policy.document.quote(c.sentence)), Words::default()),
        };
        sides[s].clauses.iter().map(words).collect()
    });
    let pairs = align::pair(&clauses[0], &clauses[1], align::clauses);
    let goals: [Vec<(&Goal<'_>, Words)>; 2] =
        [0, 1].map(|s| sides[s].goals.iter().map(|g| (g, Words::of(&g.text))).collect());
    let pairs_of_goals = align::pair(&goals[0], &goals[1], align::goals);
    let goals = rows(&pairs_of_goals, [0, 1].map(|s| sides[s].goals.len()));
    Shared { sectors: sectors(registry, &sides), topic, pairs, goals, sides }
}

/// The pairs in the order of the first list, then what only the first, then what only the second has.
fn rows(pairs: &[Pair], lengths: [usize; 2]) -> Vec<[Option<usize>; 2]> {
    let mut rows: Vec<[Option<usize>; 2]> = pairs.iter().map(|p| p.at.map(Some)).collect();
    rows.sort_unstable();
    for s in [0, 1] {
        let taken: HashSet<usize> = pairs.iter().map(|p| p.at[s]).collect();
        let left = (0..lengths[s]).filter(|i| !taken.contains(i));
        rows.extend(left.map(|i| if s == 0 { [Some(i), None] } else { [None, Some(i)] }));
    }
    rows
}

/// Who plays which part on each side, by sector, in the order of the chief parts.
fn sectors<'c>(registry: &Registry, sides: &[Side<'c>; 2]) -> Vec<Sector<'c>> {
    let mut found: Vec<Sector<'c>> = Vec::new();
    for (s, side) in sides.iter().enumerate() {
        for part in &side.parts {
            for name in sector_names(registry, side.policy, part) {
                let sector = match found.iter_mut().find(|f| f.name == name) {
                    Some(sector) => sector,
                    None => {
                        found.push(Sector { name, parts: [Vec::new(), Vec::new()] });
                        let Some(sector) = found.last_mut() else { continue };
                        sector
                    }
                };
                if !sector.parts[s].contains(&(part.role, part.name)) {
                    sector.parts[s].push((part.role, part.name));
                }
            }
        }
    }
    found.sort_by_key(|f| [0, 1].map(|s| f.chief(s).map_or(9, rank)).into_iter().min());
    found
}

/// The sectors of a printed name, as they are today; the name itself where it has none.
fn sector_names(registry: &Registry, policy: &Policy, part: &Part<'_>) -> Vec<String> {
    let today = |sector: &Arc<str>| registry.sector_today(sector).to_string();
    if let Some(organ) = part.organ {
        return vec![today(&organ.sector)];
    }
    let region = policy.facts.region.as_ref().map(|r| r.id);
    let context = Context { region, date: policy.facts.date, ..Context::default() };
    match registry.resolve(part.name, &context) {
        Resolution::Organ(id) | Resolution::Unit(id, _) => vec![today(&id.sector)],
        Resolution::Class(class) => match class.kind {
            ClassKind::Governments | ClassKind::Places => vec![PLACES.to_owned()],
            ClassKind::Departments if class.sectors.is_empty() => vec![DEPARTMENTS.to_owned()],
            _ if class.sectors.is_empty() => vec![part.name.to_owned()],
            _ => {
                let mut names: Vec<String> = class.sectors.iter().map(today).collect();
                names.dedup();
                names
            }
        },
        _ => vec![part.name.to_owned()],
    }
}

/// The clauses of no common topic whose headings are alike.
fn alike(comparison: &Comparison<'_>, texts: &[Texts<'_>; 2]) -> Vec<Alike> {
    let mut known: HashSet<(&str, &str)> = HashSet::new();
    for s in &comparison.shared {
        for a in &s.sides[0].clauses {
            known.extend(s.sides[1].clauses.iter().map(|b| (a.path.as_str(), b.path.as_str())));
        }
    }
    let titled = |s: usize| -> Vec<(&str, Words)> {
        texts[s].iter().filter_map(|(path, (title, _))| Some((*path, Words::of((*title)?)))).collect()
    };
    let (a, b) = (titled(0), titled(1));
    let likeness = |x: &(&str, Words), y: &(&str, Words)| {
        let likeness = x.1.likeness(&y.1);
        (likeness >= align::ALIKE && !known.contains(&(x.0, y.0))).then_some((By::Title, likeness))
    };
    let pairs = align::pair(&a, &b, likeness);
    let mut alike: Vec<Alike> = pairs
        .into_iter()
        .map(|p| Alike { paths: [a[p.at[0]].0.to_owned(), b[p.at[1]].0.to_owned()], likeness: p.likeness })
        .collect();
    let order = |x: &Alike| comparison.policies[0].outline.entries.iter().position(|e| e.path == x.paths[0]);
    alike.sort_by_cached_key(order);
    alike
}
