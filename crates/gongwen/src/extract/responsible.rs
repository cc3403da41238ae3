//! 责任归属: who answers for a target or a promise whose own words name nobody.
//!
//! A target in a clause that an annotation gives to somebody is theirs; one under a heading that is given to somebody, too;
//! what a reply promises as 我局 or without a name is the answering organ's. What is printed in the words themselves stays
//! in the finding; this is only what is inherited.

use std::collections::HashMap;

use super::what::commitment::is_pronoun;
use super::{Assignment, Findings, Name};
use crate::extract::kit::organ::is_organ;
use crate::{Document, Outline, Span};

/// 一个责任主体: who answers, and what says so.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Responsible {
    /// The name as printed.
    pub name: String,
    /// How it answers.
    pub role: Answers,
    /// Outline path of the clause or heading that says so; `""` for the organ that signs a reply.
    pub from: String,
}

/// How somebody answers for what names nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Answers {
    /// 牵头 of the clause or of a heading over it.
    Lead,
    /// 共同: responsible beside others, where the clause has no lead.
    Joint,
    /// 答复: the organ that answers a proposal.
    Reply,
}

/// The assignments of each clause in printed order.
struct Assigned<'a> {
    outline: &'a Outline,
    by_path: HashMap<&'a str, Vec<&'a Assignment>>,
}

/// Gives the targets and the promises of `found` those who answer for them.
pub(super) fn inherit(document: &Document, outline: &Outline, found: &mut Findings) {
    let mut by_path: HashMap<&str, Vec<&Assignment>> = HashMap::new();
    for assignment in &found.assignments {
        by_path.entry(&assignment.path).or_default().push(assignment);
    }
    let assigned = Assigned { outline, by_path };
    // Both lists are in printed order, so that one walk tells which targets print who must act.
    let mut named = named(found).into_iter().peekable();
    for target in &mut found.targets {
        while named.next_if(|n| (n.block, n.end) <= (target.text.block, target.text.start)).is_some() {}
        let prints = named.peek().is_some_and(|n| n.block == target.text.block && n.start < target.text.end);
        if !prints {
            target.responsible = assigned.to(target.text);
        }
    }
    for promise in &mut found.commitments {
        if promise.actor.iter().all(|n| is_pronoun(&n.text)) {
            promise.responsible = document.meta.issuers.iter().map(|name| answers(name)).collect();
        }
    }
}

/// Where the text prints which organ must act: the duties of organs, and the promises of others than 我局.
fn named(found: &Findings) -> Vec<Span> {
    let organ = |names: &[Name]| names.iter().any(|n| is_organ(&n.text));
    let duties = found.duties.iter().filter(|d| organ(&d.actor)).map(|d| d.text);
    let promises = found.commitments.iter().filter(|c| organ(&c.actor)).map(|c| c.text);
    let mut spans: Vec<Span> = duties.chain(promises).collect();
    spans.sort_unstable();
    spans
}

fn answers(name: &str) -> Responsible {
    Responsible { name: name.to_owned(), role: Answers::Reply, from: String::new() }
}

impl Assigned<'_> {
    /// Who answers for what stands at `text`: by the annotation that closes its words, by the next one of its clause, or
    /// by those of the headings over it.
    fn to(&self, text: Span) -> Vec<Responsible> {
        let mut entry = self.outline.entry_at(text.block);
        let own = self.by_path.get(self.outline.path_at(text.block));
        let next = own.and_then(|all| all.get(all.partition_point(|a| place(a) <= (text.block, text.start))));
        if let Some(assignment) = next {
            return responsible(assignment);
        }
        while let Some(e) = entry {
            // The one assignment of a heading holds for all under it; of several each has its own words.
            if let Some([only]) = self.by_path.get(e.path.as_str()).map(Vec::as_slice)
                && only.text.is_none_or(|t| t.block == e.block)
            {
                return responsible(only);
            }
            entry = e.parent.and_then(|p| self.outline.entries.get(p));
        }
        Vec::new()
    }
}

/// Where the words of an assignment end.
fn place(assignment: &Assignment) -> (usize, usize) {
    let last = assignment.annotation.last().copied().or(assignment.text);
    last.map_or((0, 0), |s| (s.block, s.end))
}

/// The lead, or those who are responsible together.
fn responsible(assignment: &Assignment) -> Vec<Responsible> {
    let (names, role) = match (&assignment.lead[..], &assignment.joint[..]) {
        ([], joint) => (joint, Answers::Joint),
        (lead, _) => (lead, Answers::Lead),
    };
    let answer = |n: &Name| Responsible { name: n.text.clone(), role, from: assignment.path.clone() };
    names.iter().map(answer).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::findings;
    use crate::{Block, Outline};

    /// Who answers for each target and promise of a document of 6 October 2017.
    fn listed(blocks: Vec<Block>, kind: &str) -> Vec<String> {
        let mut document = Document { blocks, ..Document::default() };
        document.meta.date = Some("2017-10-06".to_owned());
        document.meta.kind = Some(kind.to_owned());
        document.meta.issuers = vec!["某市民政局".to_owned()];
        let found = findings(&document, &Outline::of(&document));
        let shown = |text: Span, all: &[Responsible]| {
            let all: Vec<String> = all.iter().map(|r| format!("{:?} {} {}", r.role, r.name, r.from)).collect();
            format!("{}: {}", document.quote(text), all.join(", "))
        };
        let targets = found.targets.iter().map(|t| shown(t.text, &t.responsible));
        targets.chain(found.commitments.iter().map(|c| shown(c.text, &c.responsible))).collect()
    }

    #[test]
    fn a_clause_and_its_headings() {
        let got = listed(
            vec![
                Block::heading_of(2, "一、建设任务"),
                Block::paragraph(
                    "到2020年，建成机构10家。（市民政局牵头，市财政局配合）到2018年，培训100人。（市教育局、市人社局负责）",
                ),
                Block::heading_of(3, "（一）加强监管"),
                Block::paragraph("2018年底前完成检查。各县政府要在2018年底前完成整改。"),
                Block::paragraph("（市应急局牵头）"),
                Block::heading_of(3, "（二）加强宣传"),
                Block::paragraph("2018年底前开展宣传10场。"),
            ],
            "意见",
        );
        let expected = [
            "到2020年，建成机构10家: Lead 市民政局 一",
            "到2018年，培训100人: Joint 市教育局 一, Joint 市人社局 一",
            "2018年底前完成检查: Lead 市应急局 一/（一）",
            "各县政府要在2018年底前完成整改: ",
            "2018年底前开展宣传10场: ",
        ];
        assert_eq!(got, expected);
    }

    #[test]
    fn a_reply_answers_for_its_promises() {
        let got = listed(
            vec![
                Block::paragraph("我局将新建站点。市财政局将安排资金。"),
                Block::paragraph("资金到位后，将组织施工。"),
            ],
            "答复",
        );
        let expected =
            ["我局将新建站点: Reply 某市民政局 ", "市财政局将安排资金: ", "资金到位后，将组织施工: Reply 某市民政局 "];
        assert_eq!(got, expected);
    }
}
