//! 分工标注: words of an annotation that nobody can be made responsible by.

use super::Subject;
use crate::diagnostics::{Diagnostic, Diagnostics};

/// Reports what is left over of annotations and task rows that were otherwise understood.
pub(super) fn unparsed(subject: &Subject<'_>, found: &mut Diagnostics) {
    for obligation in subject.obligations().iter().filter(|o| !o.corrected) {
        for span in &obligation.unparsed {
            let words = subject.policy.document.quote(*span);
            let diagnostic = Diagnostic::warning("annotation-unparsed", format!("分工没有全懂：{words}"))
                .at(subject.places.of(*span))
                .label("这几个字没有用上")
                .help(format!(
                    "在文件头写一条 [[correct]]：path = \"{}\"，finding = \"assignment\"，再写 lead、support 等",
                    obligation.path
                ));
            found.push(diagnostic);
        }
    }
}
