//! 时限: deadlines that no calendar has, that name no year, or that were over before the document was made.

use gongwen::extract::when::Problem;

use super::Subject;
use crate::diagnostics::{Diagnostic, Diagnostics};

/// Reports deadlines that cannot be right.
pub(super) fn deadlines(subject: &Subject<'_>, found: &mut Diagnostics) {
    let written = subject.policy.facts.date;
    for obligation in subject.obligations().iter().filter(|o| !o.corrected) {
        let Some(span) = obligation.due_span else { continue };
        let text = subject.policy.document.quote(span);
        let place = || subject.places.of(span);
        if let Some(problem) = obligation.due_problem {
            let reason = match problem {
                Problem::NoSuchDate(date) => format!("没有这一天：{}年{}月{}日", date.year, date.month, date.day),
                Problem::NoYear => format!("不知道是哪一年：{text}"),
                Problem::Backwards => format!("结束早于开始：{text}"),
            };
            let help = format!("在文件头写 [[correct]]，path = \"{}\"，due = \"年-月-日\"", obligation.path);
            found.push(Diagnostic::warning("deadline-unknown", reason).at(place()).label("时限读不出日期").help(help));
        }
        if let (Some(due), Some(date)) = (obligation.due, written)
            && due < date
            && !obligation.due_inherited
        {
            let message = format!("时限早于成文日期：{text}（{due}），文件是 {date} 的");
            let diagnostic = Diagnostic::warning("deadline-past", message)
                .at(place())
                .label("文件成文时已经过了")
                .help("原文如此就不用改；识别有误，就在文件头用 [[correct]] 更正");
            found.push(diagnostic);
        }
    }
}
