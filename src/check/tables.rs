//! 任务表: columns of organs whose name is not known, so that nothing is read from them.

use gongwen::extract::who::unknown_columns;

use super::Subject;
use crate::diagnostics::{Diagnostic, Diagnostics};

/// Reports the names of such columns, unless corrections say what the table assigns.
pub(super) fn columns(subject: &Subject<'_>, found: &mut Diagnostics) {
    for span in unknown_columns(&subject.policy.document) {
        let path = subject.policy.outline.path_at(span.block);
        if subject.obligations().iter().any(|o| o.corrected && o.path.starts_with(path)) {
            continue;
        }
        let name = subject.policy.document.quote(span);
        let diagnostic = Diagnostic::warning("table-column-unknown", format!("不认识的表头：{name}"))
            .at(subject.places.of(span))
            .label("这一栏写的是机关，没有读成分工")
            .help(format!(
                "在文件头给每项任务写一条 [[correct]]：path = \"{path}\"，finding = \"assignment\"，match = \"任务的字样\"，add = true，再写 lead、support 等"
            ));
        found.push(diagnostic);
    }
}
