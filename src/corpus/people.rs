//! 代表、委员: a page for each deputy or member whose proposals are answered.

use std::collections::BTreeMap;

use super::model::*;
use crate::address;

/// Makes the list of deputies. Two of one name in one region count as one person: the text says no more.
pub(super) fn join(corpus: &mut Corpus) {
    let mut replies: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for policy in &corpus.documents {
        let Some(reply) = &policy.record.reply else { continue };
        let region = policy.record.region.as_ref().map(|r| r.id.clone()).unwrap_or_default();
        for name in &reply.deputies {
            let list = replies.entry((region.clone(), name.clone())).or_default();
            if !list.contains(&policy.record.id) {
                list.push(policy.record.id.clone());
            }
        }
    }
    for ((region, name), replies) in replies {
        let id = if region.is_empty() {
            crate::slug::of_title(&name)
        } else {
            format!("{region}-{}", crate::slug::of_title(&name))
        };
        corpus.deputies.push(Deputy { url: address::deputy(&id), id, name, replies });
    }
}
