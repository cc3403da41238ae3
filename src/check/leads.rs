//! 牵头: documents of one region that give one task to different organs.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::Obligation;
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::project::Project;
use crate::registry::{RegionId, Registry};
use crate::vocabulary::Kind;

/// Tasks are one where their titles are, punctuation aside. Shorter titles say too little.
const SHORTEST: usize = 6;

/// Tells of tasks that two documents give to different leading organs. An organ and the one that took over from it are
/// one.
pub(super) fn different(project: &Project) -> Diagnostics {
    let mut found = Diagnostics::default();
    let mut tasks: BTreeMap<(RegionId, String), Vec<&Obligation>> = BTreeMap::new();
    for obligation in &project.corpus.obligations {
        let region = project.corpus.documents.get(obligation.policy).and_then(|p| p.facts.region.as_ref());
        let title = obligation.title.as_deref().map(task).filter(|t| t.chars().count() >= SHORTEST);
        if let (Some(region), Some(title), Kind::Assignment) = (region, title, obligation.kind)
            && !obligation.lead.is_empty()
        {
            tasks.entry((region.id, title)).or_default().push(obligation);
        }
    }
    for obligations in tasks.into_values() {
        let Some((first, rest)) = obligations.split_first() else { continue };
        let leads = leading(&project.registry, first);
        let others = rest.iter().filter(|o| o.policy != first.policy && leading(&project.registry, o) != leads);
        let others: Vec<&&Obligation> = others.collect();
        let Some(place) = place(project, first).filter(|_| !others.is_empty()) else { continue };
        let title = first.title.as_deref().unwrap_or("");
        let mut diagnostic = Diagnostic::hint("lead-differs", format!("几份文件给同一任务定的牵头单位不同：{title}"))
            .at(place)
            .label(format!("这里是{}", first.lead.join("、")));
        for other in others {
            if let Some(place) = self::place(project, other) {
                diagnostic = diagnostic.related(place, format!("这里是{}", other.lead.join("、")));
            }
        }
        found.push(diagnostic.help("以新文件为准就不用改；识别有误，就在文件头用 [[correct]] 更正"));
    }
    found
}

/// A title without what two printings of it may differ by.
fn task(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Who leads, as organs of today where the names resolve.
fn leading(registry: &Registry, obligation: &Obligation) -> BTreeSet<String> {
    let today = |name: &String| {
        let Some(id) = obligation.organs.get(name) else { return name.clone() };
        match &registry.organ(id, None).successors[..] {
            [successor] => successor.organ.to_string(),
            _ => id.to_string(),
        }
    };
    obligation.lead.iter().map(today).collect()
}

fn place(project: &Project, obligation: &Obligation) -> Option<Place> {
    let policy = project.corpus.documents.get(obligation.policy)?;
    let file = project.files.get(policy.loaded)?;
    Some(file.places().of(obligation.annotation_spans.first().copied().unwrap_or(obligation.span)))
}
