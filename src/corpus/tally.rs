//! 分组计数: how many of some obligations each organ, document, year or region has.

use std::collections::HashMap;

use super::{Corpus, Obligation};
use crate::registry::OrganId;
use crate::vocabulary::{Kind, Role};

/// What obligations are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// 机关: whichever part it plays; an obligation of several organs counts for each.
    Organ,
    /// 公文, in the order of the corpus.
    Document,
    /// The year of the deadline, undated last.
    Year,
    /// The document's region, by code.
    Region,
}

/// A group and what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Id of the organ, document or region, or the year; `None` for what has none.
    pub id: Option<String>,
    /// Its name: today's for an organ, the title for a document.
    pub name: String,
    /// 发文字号 of a document.
    pub number: Option<String>,
    /// How many obligations.
    pub count: usize,
    /// By the part that the organ plays; for other groups by kind. In the order of [`parts`].
    pub parts: Vec<(&'static str, usize)>,
}

/// The parts that groups are counted by: name in the data, Chinese name.
pub fn parts(by: By) -> Vec<(&'static str, &'static str)> {
    match by {
        By::Organ => Role::ALL.iter().map(|r| (r.key(), r.short())).collect(),
        By::Document | By::Year | By::Region => Kind::ALL.iter().map(|k| (k.key(), k.label())).collect(),
    }
}

/// Counts `obligations`, which are in the order of the corpus. Organs come by count, the others in their own order.
pub fn tally(corpus: &Corpus, obligations: &[&Obligation], by: By) -> Vec<Group> {
    let mut tally = Tally { by, groups: Vec::new(), places: HashMap::new() };
    let organs: HashMap<&OrganId, &str> = corpus.organs.iter().map(|o| (&o.id, o.name.as_str())).collect();
    for o in obligations {
        let record = corpus.documents.get(o.policy).map(|p| &p.facts);
        match by {
            By::Organ => {
                let mut seen: Vec<usize> = Vec::new();
                for (role, names) in o.roles() {
                    for printed in names {
                        let organ = o.organs.get(printed);
                        let id = organ.map(ToString::to_string);
                        let id = id.as_deref();
                        let name = organ.and_then(|organ| organs.get(organ)).copied().unwrap_or(printed);
                        let at = tally.place(id.unwrap_or(printed), || group(id, name, None));
                        tally.add(at, role as usize, !seen.contains(&at));
                        seen.push(at);
                    }
                }
            }
            By::Document => {
                let number = record.and_then(|r| r.number.clone());
                let title = record.map_or("", |r| r.title.as_str());
                let at = tally.place(&o.document, || group(Some(&o.document), title, number));
                tally.add(at, o.kind as usize, true);
            }
            By::Year => {
                let year = o.due.map(|d| d.year().to_string());
                let name = year.as_ref().map_or("没有时限".to_owned(), |y| format!("{y}年"));
                let year = year.as_deref();
                let at = tally.place(year.unwrap_or(""), || group(year, &name, None));
                tally.add(at, o.kind as usize, true);
            }
            By::Region => {
                let region = record.and_then(|r| r.region.as_ref());
                let id = region.map(|r| r.id.to_string());
                let id = id.as_deref();
                let at =
                    tally.place(id.unwrap_or(""), || group(id, region.map_or("没有地区", |r| r.name.as_str()), None));
                tally.add(at, o.kind as usize, true);
            }
        }
    }
    let mut groups = tally.groups;
    match by {
        By::Organ => {
            groups.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.id.cmp(&b.id)).then_with(|| a.name.cmp(&b.name)))
        }
        By::Document => {}
        By::Year | By::Region => groups.sort_by(|a, b| (a.id.is_none(), &a.id).cmp(&(b.id.is_none(), &b.id))),
    }
    groups
}

fn group(id: Option<&str>, name: &str, number: Option<String>) -> Group {
    Group { id: id.map(str::to_owned), name: name.to_owned(), number, count: 0, parts: Vec::new() }
}

struct Tally {
    by: By,
    groups: Vec<Group>,
    places: HashMap<String, usize>,
}

impl Tally {
    /// Where the group of `key` stands.
    fn place(&mut self, key: &str, make: impl FnOnce() -> Group) -> usize {
        if let Some(&at) = self.places.get(key) {
            return at;
        }
        let parts = parts(self.by).iter().map(|(name, _)| (*name, 0)).collect();
        self.groups.push(Group { parts, ..make() });
        self.places.insert(key.to_owned(), self.groups.len() - 1);
        self.groups.len() - 1
    }

    /// Counts an obligation by its part; once for the whole where it is `new` to the group.
    fn add(&mut self, at: usize, part: usize, new: bool) {
        let Some(group) = self.groups.get_mut(at) else { return };
        group.count += usize::from(new);
        if let Some((_, count)) = group.parts.get_mut(part) {
            *count += 1;
        }
    }
}
