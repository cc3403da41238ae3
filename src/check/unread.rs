//! 未读出: what looks like a task and gave none, and the elements that an official document prints and this one is
//! without.

use std::collections::HashSet;

use gongwen::extract::unread::UnreadKind;
use gongwen::extract::who::unknown_columns;

use super::Subject;
use crate::diagnostics::{Diagnostic, Diagnostics};

/// The longest words that a message quotes, in characters.
const QUOTED: usize = 40;

/// Reports tables, brackets and labels of organs that no assignment came of, unless a correction says what they assign.
pub(super) fn tasks(subject: &Subject<'_>, found: &mut Diagnostics) {
    let policy = subject.policy;
    if policy.unread.is_empty() {
        return;
    }
    // `tables` has said of these which column it is.
    let said: HashSet<usize> = unknown_columns(&policy.document).into_iter().map(|span| span.block).collect();
    for unread in &policy.unread {
        let path = policy.outline.path_at(unread.span.block);
        let corrected = subject.obligations().iter().any(|o| o.corrected && o.path.starts_with(path));
        if corrected || unread.kind == UnreadKind::Table && said.contains(&unread.span.block) {
            continue;
        }
        let (code, what, label) = match unread.kind {
            UnreadKind::Table => ("unread-table", "像任务表，没有读出分工", "表头像是分工的"),
            UnreadKind::Bracket => ("unread-bracket", "像分工的括注，没有读出分工", "括号里像是谁来办"),
            UnreadKind::Label => ("unread-label", "像责任单位、时限的标注，没有读出分工", "这一行像是谁来办"),
        };
        let words: String = policy.document.quote(unread.span).chars().take(QUOTED).collect();
        let diagnostic = Diagnostic::warning(code, format!("{what}：{words}"))
            .at(subject.places.of(unread.span))
            .label(label)
            .help(format!(
                "不是分工就不用改；是分工，就在文件头写一条 [[correct]]：path = \"{path}\"，finding = \"assignment\"，match = \"任务的字样\"，add = true，再写 lead、support 等"
            ));
        found.push(diagnostic);
    }
}

/// Reports what a numbered document is without, and the number of one that is addressed, signed and dated.
pub(super) fn elements(subject: &Subject<'_>, found: &mut Diagnostics) {
    let facts = &subject.policy.facts;
    let (numbered, signed, dated) = (facts.number.is_some(), !facts.issuers.is_empty(), facts.date.is_some());
    let addressed = !facts.addressees.is_empty() || facts.reply.is_some();
    let missing = [
        (numbered && facts.untitled, "title-missing", "标题", "title = \"标题\""),
        (addressed && signed && dated && !numbered, "number-missing", "发文字号", "number = \"文号\""),
        (numbered && !signed, "issuers-missing", "发文机关", "issuers = [\"机关全称\"]"),
        (numbered && !dated, "date-missing", "成文日期", "date = \"年-月-日\""),
    ];
    for (_, code, name, key) in missing.into_iter().filter(|m| m.0) {
        let diagnostic = Diagnostic::hint(code, format!("没有读出{name}"))
            .at(subject.places.key("title"))
            .help(format!("原文没有就不用改；原文有，就在文件头写 {key}"));
        found.push(diagnostic);
    }
}
