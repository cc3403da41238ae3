//! 任务: what somebody must do, reach or has promised, as one list in the order of the text: what is assigned, aimed at,
//! demanded of an organ and promised.

use super::{Assignment, Commitment, Deadline, Duty, Findings, Indicator, Name, Responsible, Target};
use crate::extract::kit::organ::Actor;
use crate::{Document, Outline, Span};

/// What a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TaskKind {
    /// 分工.
    Assignment,
    /// 目标.
    Target,
    /// 职责.
    Duty,
    /// 承诺.
    Commitment,
}

/// 一项任务: a finding that sets a task. What its kind does not have is empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// What it is.
    pub kind: TaskKind,
    /// The clause's outline path.
    pub path: String,
    /// The heading of the clause, or the task of a table row.
    pub title: Option<String>,
    /// What is to be done, as printed; the title where an annotation stands without words of its clause.
    pub text: String,
    /// Where the words stand, or the annotation where there are none.
    pub span: Span,
    /// 牵头.
    pub lead: Vec<Name>,
    /// 配合.
    pub support: Vec<Name>,
    /// 共同.
    pub joint: Vec<Name>,
    /// 落实.
    pub implement: Vec<Name>,
    /// Who must act, by a duty or a promise.
    pub actor: Vec<Name>,
    /// True where a list of names ends in 等.
    pub open_ended: bool,
    /// The annotation as printed, piece by piece.
    pub annotation: Vec<Span>,
    /// Words of the annotation that were not understood.
    pub unparsed: Vec<Span>,
    /// The word by which a duty demands.
    pub modal: Option<Span>,
    /// By when.
    pub due: Option<Deadline>,
    /// The numbers to be reached.
    pub indicators: Vec<Indicator>,
    /// Who answers for it where its own words name nobody.
    pub responsible: Vec<Responsible>,
    /// False where it rests on a weak rule.
    pub sure: bool,
}

/// The tasks of `findings`, which are those of `document`, in the order of the text. Institutions and applicants have
/// duties too, but there is no office that answers for them: those are left out.
pub fn tasks(document: &Document, outline: &Outline, findings: &Findings) -> Vec<Task> {
    // Every list by its name, so that a new one cannot be forgotten.
    let Findings { assignments, targets, duties, commitments, citations: _, validity: _, references: _, consulted: _ } =
        findings;
    let mut found: Vec<Task> = assignments.iter().map(|a| assignment(document, a)).collect();
    found.extend(targets.iter().map(|t| target(document, t)));
    let answered = duties.iter().filter(|d| matches!(d.holder, Actor::Organ | Actor::Class));
    found.extend(answered.map(|d| duty(document, d)));
    found.extend(commitments.iter().map(|c| commitment(document, c)));
    for task in &mut found {
        if task.title.is_none() && task.kind != TaskKind::Assignment {
            task.title = outline.find(&task.path).and_then(|e| e.title.clone());
        }
    }
    found.sort_by_key(|t| (t.span.block, t.span.start, t.kind));
    found
}

impl Task {
    /// A task of a sentence, of which nothing else is known.
    fn stated(kind: TaskKind, document: &Document, path: &str, text: Span) -> Task {
        Task {
            kind,
            path: path.to_owned(),
            title: None,
            text: document.quote(text).to_owned(),
            span: text,
            lead: Vec::new(),
            support: Vec::new(),
            joint: Vec::new(),
            implement: Vec::new(),
            actor: Vec::new(),
            open_ended: false,
            annotation: Vec::new(),
            unparsed: Vec::new(),
            modal: None,
            due: None,
            indicators: Vec::new(),
            responsible: Vec::new(),
            sure: true,
        }
    }
}

fn assignment(document: &Document, a: &Assignment) -> Task {
    let span = a.text.or(a.annotation.first().copied()).unwrap_or(Span::new(0, 0..0));
    let text = a.text.map(|s| document.quote(s).to_owned()).or_else(|| a.title.clone()).unwrap_or_default();
    Task {
        title: a.title.clone(),
        text,
        lead: a.lead.clone(),
        support: a.support.clone(),
        joint: a.joint.clone(),
        implement: a.implement.clone(),
        open_ended: a.open_ended,
        annotation: a.annotation.clone(),
        unparsed: a.unparsed.clone(),
        due: a.due,
        sure: a.sure,
        ..Task::stated(TaskKind::Assignment, document, &a.path, span)
    }
}

fn target(document: &Document, t: &Target) -> Task {
    Task {
        due: Some(t.due),
        indicators: t.indicators.clone(),
        responsible: t.responsible.clone(),
        sure: t.sure,
        ..Task::stated(TaskKind::Target, document, &t.path, t.text)
    }
}

fn duty(document: &Document, d: &Duty) -> Task {
    Task {
        actor: d.actor.clone(),
        modal: Some(d.modal),
        due: d.due,
        indicators: d.indicators.clone(),
        sure: d.sure,
        ..Task::stated(TaskKind::Duty, document, &d.path, d.text)
    }
}

fn commitment(document: &Document, c: &Commitment) -> Task {
    Task {
        actor: c.actor.clone(),
        due: c.due,
        indicators: c.indicators.clone(),
        responsible: c.responsible.clone(),
        sure: c.sure,
        ..Task::stated(TaskKind::Commitment, document, &c.path, c.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::findings;
    use crate::markdown;

    #[test]
    fn findings_as_one_list_in_the_order_of_the_text() {
        let text = "# 关于养老服务的意见\n\n## 一、补齐设施\n\n到2027年，护理型床位占比达到60%。（市民政局牵头，\
            市财政局配合）\n\n## 二、通报情况\n\n市民政局应当按季度通报进展。\n\n## 三、机构责任\n\n养老机构应当建立安全责任制。\n";
        let document = Document { blocks: markdown::read(text).blocks, ..Document::default() };
        let outline = Outline::of(&document);
        let list = tasks(&document, &outline, &findings(&document, &outline));
        let said: Vec<_> = list.iter().map(|t| (t.kind, t.path.as_str(), t.title.as_deref())).collect();
        let (first, second) = (Some("补齐设施"), Some("通报情况"));
        // The duty of the institutions is nobody's to answer for.
        assert_eq!(
            said,
            [(TaskKind::Assignment, "一", first), (TaskKind::Target, "一", first), (TaskKind::Duty, "二", second)]
        );
        assert_eq!(list[1].text, "到2027年，护理型床位占比达到60%");
        assert_eq!(document.quote(list[2].span), list[2].text);
        assert_eq!(list[2].actor[0].text, "市民政局");
    }
}
