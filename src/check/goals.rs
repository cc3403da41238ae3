//! 目标: numbers that nothing is said to be measured by.

use gongwen::extract::what::target;

use super::Subject;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::vocabulary::Kind;

/// Reports targets that give numbers and do not say of what.
pub(super) fn subjects(subject: &Subject<'_>, found: &mut Diagnostics) {
    let targets = subject.obligations().iter().filter(|o| o.kind == Kind::Target && !o.corrected);
    for obligation in targets.filter(|o| target::lacks_subject(&subject.policy.document, o.span)) {
        let diagnostic = Diagnostic::warning("target-subject", "目标没有说是什么")
            .at(subject.places.of(obligation.span))
            .label("只有数，没有说是什么的数")
            .help("原文如此就不用改；断行有误，就把它接到前一段去");
        found.push(diagnostic);
    }
}
