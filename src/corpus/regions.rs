//! 地区: the region of each document, and a page for each region that documents or organs are of.

use std::collections::{BTreeMap, BTreeSet};

use gongwen::Meta;
use gongwen::number::DocumentNumber;

use super::model::*;
use crate::address;
use crate::registry::{self, OrganId, RegionId, Registry};

impl RegionRef {
    /// What the corpus keeps of a region.
    pub fn of(region: &registry::Region) -> RegionRef {
        RegionRef { id: region.id, name: region.name.to_string(), level: region.level }
    }
}

/// The region of a document: the one that people set, else the one that issuers, number, title and 主送机关 tell.
pub(super) fn of_document(meta: &Meta, set: Option<&str>, registry: &Registry) -> Option<RegionId> {
    let set = set.and_then(|s| s.parse::<RegionId>().ok()).filter(|id| registry.region(*id).is_some());
    let number = meta.number.as_deref().and_then(DocumentNumber::parse);
    let code = number.as_ref().map(|n| n.code.as_str());
    let told = || registry.region_of_document(&meta.issuers, code, &meta.addressees, meta.title.as_deref());
    // 政协沙河市第十届三次会议, 关于《本溪市若干政策》的解读: a place that is named in the middle.
    let session = meta.reply.as_ref().and_then(|r| r.session.as_deref());
    let within = || [session, meta.title.as_deref()].into_iter().flatten().find_map(|t| registry.region_within(t));
    set.or_else(told).or_else(within)
}

/// Makes the list of regions, each with what is of it and the regions around it.
pub(super) fn join(corpus: &mut Corpus, registry: &Registry) {
    let mut documents: BTreeMap<RegionId, Vec<String>> = BTreeMap::new();
    let mut organs: BTreeMap<RegionId, Vec<OrganId>> = BTreeMap::new();
    for policy in &corpus.documents {
        if let Some(region) = &policy.facts.region {
            documents.entry(region.id).or_default().push(policy.facts.id.clone());
        }
    }
    for organ in &corpus.organs {
        organs.entry(organ.region.id).or_default().push(organ.id.clone());
    }
    let mut ids: BTreeSet<RegionId> = documents.keys().chain(organs.keys()).copied().collect();
    let chain = |id: RegionId| -> Vec<&registry::Region> { registry.region_chain(id).collect() };
    // The regions around them have pages too: a province leads to its cities.
    let around: Vec<RegionId> = ids.iter().flat_map(|id| chain(*id).into_iter().map(|r| r.id)).collect();
    ids.extend(around);
    for id in ids {
        let chain = chain(id);
        let Some(own) = chain.first() else { continue };
        corpus.regions.push(Region {
            region: RegionRef::of(own),
            url: address::region(&id.to_string()),
            parents: chain[1..].iter().rev().map(|r| r.id).collect(),
            documents: documents.remove(&id).unwrap_or_default(),
            organs: organs.remove(&id).unwrap_or_default(),
        });
    }
}
