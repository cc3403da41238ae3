//! 取舍: which part of who carries what down one picture shows.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::corpus::lineage::Edge;
use crate::registry::RegionId;

use super::super::super::carried::ABOVE;
use super::super::super::whole::Site;

/// Instruments below that a document's picture shows; what is nearest comes first, as above.
const BELOW: usize = 12;

/// Instruments that the picture of a site or a region shows, and how many documents of each that is carried down.
const MOST: usize = 40;
const EACH: usize = 6;

/// A part of the lineage.
#[derive(Debug, Default)]
pub struct Shape {
    /// The instruments: indices into the corpus, by level, then by year.
    pub nodes: Vec<usize>,
    /// For every node its layer: one for each level, and more where instruments of one level carry each other down.
    pub layers: Vec<usize>,
    /// The edges between them: indices into the lineage.
    pub edges: Vec<usize>,
    /// Edges that would belong to it and have no room.
    pub left: usize,
}

impl Shape {
    /// What instrument number `of` carries down, and who carries it down, as far as documents lead. `None` where nobody
    /// carries anything.
    pub fn around(site: &Site<'_>, of: usize) -> Option<Shape> {
        let lineage = &site.lineage;
        let mut nodes = BTreeSet::from([of]);
        let mut left = 0;
        for (up, most) in [(true, ABOVE), (false, BELOW)] {
            let mut waiting = VecDeque::from([of]);
            let mut room = most;
            while let Some(at) = waiting.pop_front() {
                let edges = if up { lineage.above(at) } else { lineage.below(at) };
                for edge in edges.iter().filter_map(|&e| lineage.edges.get(e)) {
                    let next = if up { edge.from } else { edge.to };
                    if nodes.contains(&next) {
                        continue;
                    }
                    if room == 0 {
                        left += usize::from(at == of);
                        continue;
                    }
                    room -= 1;
                    nodes.insert(next);
                    waiting.push_back(next);
                }
            }
        }
        (nodes.len() > 1).then(|| Shape { left, ..Shape::of(site, nodes, None) })
    }

    /// The instruments of the site that most documents carry down, with some of these; of one region's documents where
    /// it is given.
    pub fn whole(site: &Site<'_>, region: Option<RegionId>) -> Shape {
        let lineage = &site.lineage;
        let of_region = |e: &&Edge| region.is_none_or(|r| region_of(site, e.policy) == Some(r));
        let mut carried: BTreeMap<usize, Vec<&Edge>> = BTreeMap::new();
        for edge in lineage.edges.iter().filter(of_region) {
            carried.entry(edge.from).or_default().push(edge);
        }
        let total: usize = carried.values().map(Vec::len).sum();
        let mut hubs: Vec<(usize, Vec<&Edge>)> = carried.into_iter().collect();
        hubs.sort_by_key(|(from, edges)| (std::cmp::Reverse(edges.len()), *from));
        let mut nodes = BTreeSet::new();
        let room = |nodes: &BTreeSet<usize>| MOST.saturating_sub(nodes.len());
        // Where there is room for all, all are shown; else some of each.
        let all: BTreeSet<usize> =
            hubs.iter().flat_map(|(_, edges)| edges.iter().flat_map(|e| [e.from, e.to])).collect();
        if all.len() <= MOST {
            nodes = all;
        } else {
            for (from, edges) in hubs {
                let new: Vec<usize> = edges.iter().map(|e| e.to).filter(|t| !nodes.contains(t)).take(EACH).collect();
                if room(&nodes) < 2 {
                    break;
                }
                nodes.insert(from);
                let free = room(&nodes);
                nodes.extend(new.into_iter().take(free));
            }
        }
        let mut shape = Shape::of(site, nodes, region);
        shape.left = total - shape.edges.len();
        shape
    }

    /// These instruments with all edges between them.
    fn of(site: &Site<'_>, nodes: BTreeSet<usize>, region: Option<RegionId>) -> Shape {
        let lineage = &site.lineage;
        let edges: Vec<usize> = nodes
            .iter()
            .flat_map(|&n| lineage.above(n))
            .copied()
            .filter(|&e| {
                let edge = lineage.edges.get(e);
                edge.is_some_and(|e| {
                    nodes.contains(&e.from) && region.is_none_or(|r| region_of(site, e.policy) == Some(r))
                })
            })
            .collect();
        let known = |n: usize| lineage.level(n).map(|l| l as usize + 1);
        // What nobody is known to have issued stands beside what it carries down, and so behind it.
        let level = |n: usize| {
            let carried = || edges.iter().filter_map(|&e| lineage.edges.get(e)).filter(|e| e.to == n);
            known(n).or_else(|| carried().filter_map(|e| known(e.from)).max()).unwrap_or(0)
        };
        let mut nodes: Vec<usize> = nodes.into_iter().collect();
        nodes.sort_by_cached_key(|&n| (level(n), year(site, n), site.corpus.instruments[n].id.clone()));
        let layers = layers(site, &nodes, &edges, level);
        Shape { nodes, layers, edges, left: 0 }
    }
}

/// The year of an instrument.
pub fn year(site: &Site<'_>, instrument: usize) -> Option<i16> {
    let i = site.corpus.instruments.get(instrument)?;
    let held = i.document.as_deref().and_then(|id| site.document(id)).and_then(|p| p.facts.date);
    held.map(|d| d.year()).or_else(|| i16::try_from(i.year?).ok())
}

fn region_of(site: &Site<'_>, policy: usize) -> Option<RegionId> {
    site.corpus.documents.get(policy)?.facts.region.as_ref().map(|r| r.id)
}

/// Layers of one level: enough for an instrument that carries down another of its level to stand after it.
const WITHIN: usize = 4;

/// The layer of each node: an instrument that carries down one of its own level comes after it. What goes round in a
/// circle stays where it is.
fn layers(site: &Site<'_>, nodes: &[usize], edges: &[usize], level: impl Fn(usize) -> usize) -> Vec<usize> {
    let place: BTreeMap<usize, usize> = nodes.iter().enumerate().map(|(i, &n)| (n, i)).collect();
    let mut leaving: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
    let mut arriving = vec![0_usize; nodes.len()];
    for edge in edges.iter().filter_map(|&e| site.lineage.edges.get(e)) {
        if let (Some(&from), Some(&to)) = (place.get(&edge.from), place.get(&edge.to))
            && level(edge.from) == level(edge.to)
        {
            leaving[from].push(to);
            arriving[to] += 1;
        }
    }
    let mut within = vec![0; nodes.len()];
    let mut ready: VecDeque<usize> = (0..nodes.len()).filter(|&n| arriving[n] == 0).collect();
    while let Some(from) = ready.pop_front() {
        for &to in &leaving[from] {
            within[to] = (within[from] + 1).min(WITHIN - 1).max(within[to]);
            arriving[to] -= 1;
            if arriving[to] == 0 {
                ready.push_back(to);
            }
        }
    }
    nodes.iter().zip(within).map(|(&n, within)| level(n) * WITHIN + within).collect()
}
