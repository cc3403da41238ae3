//! 代表、委员: a page for each deputy or member whose proposals are answered.

use std::collections::BTreeMap;

use super::model::*;
use crate::address;
use crate::registry::RegionId;
use crate::slug;

/// Makes the list of deputies. Two of one name in one region count as one person: the text says no more.
pub(super) fn join(corpus: &mut Corpus) {
    let mut replies: BTreeMap<(Option<RegionId>, String), Vec<String>> = BTreeMap::new();
    for policy in &corpus.documents {
        let Some(reply) = &policy.facts.reply else { continue };
        let region = policy.facts.region.as_ref().map(|r| r.id);
        for name in &reply.deputies {
            let list = replies.entry((region, name.clone())).or_default();
            if !list.contains(&policy.facts.id) {
                list.push(policy.facts.id.clone());
            }
        }
    }
    for ((region, name), replies) in replies {
        let slug = slug::of_title(&name);
        let id = region.map_or_else(|| slug.clone(), |region| format!("{region}-{slug}"));
        corpus.deputies.push(Deputy { url: address::deputy(&id), id, name, replies });
    }
}
