//! 目标: dated goals and milestones of the text, one a sentence, with their indicators.
//!
//! A sentence is a target where a date that is still to come opens one of its clauses (到2020年，…) or bounds what is
//! to be done (在2018年底前完成…). A sentence without a date in a paragraph that such a date opens inherits it. What a
//! date tells of the past (2017年，印发了…), when an instrument takes effect and what is valid until when are no
//! targets. Under a heading of goals (工作目标) any sentence that a date opens passes it on, for all that follows is goals,
//! and a paragraph's beginning may be lost where a reader had only lines.

use std::ops::Range;

use jiff::civil::Date;

use crate::date::{Edtf, Period};
use crate::extract::kit::sentence::{Hidden, ends_clause, ends_part, sentences, skip_marks};
use crate::extract::kit::{body_start, unended};
use crate::extract::what::indicator::{self, Indicator};
use crate::extract::when::{self, Context, Deadline, Extent};
use crate::{BlockKind, Document, Outline, Span};

/// 一个目标.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// Path of the clause.
    pub path: String,
    /// The sentence from its date on, without the final 。.
    pub text: Span,
    /// By when; `inherited` where it is the paragraph's.
    pub due: Deadline,
    /// What is to be reached, in numbers.
    pub indicators: Vec<Indicator>,
}

/// Words that tell of what is done already.
const PAST: &[&str] = &[
    "已经",
    "已",
    "先后",
    "截至目前",
    "目前",
    "近年来",
    "以来",
    "共计",
    "现已",
    "印发了",
    "出台了",
    "开展了",
    "组织了",
    "完成了",
    "召开了",
    "建立了",
    "制定了",
    "实施了",
    "举办了",
    "推出了",
    "下达了",
    "建成了",
    "实现了",
    "取得了",
    "达到了",
];
/// Words that tell of what is to come, which outweigh those.
const FUTURE: &[&str] = &[
    "要",
    "将",
    "应",
    "力争",
    "确保",
    "计划",
    "争取",
    "预计",
    "拟",
    "实现",
    "达到",
    "基本",
    "全面",
    "进一步",
    "完成",
    "建成",
    "更加",
    "形成",
];
/// Sentences about the instrument itself.
const ABOUT_ITSELF: &[&str] = &["施行", "有效期", "废止", "执行至", "试行期", "起实施", "起执行", "解释"];
/// Words that may stand between a clause's beginning and its date.
const LEADS: &[&str] = &[
    "力争",
    "确保",
    "争取",
    "计划",
    "预计",
    "并",
    "要",
    "将",
    "应",
    "于",
    "在",
    "须",
    "均",
    "全部",
    "务必",
    "原则上",
    "其中",
    "即",
    "拟",
    "展望",
    "预期",
    "最迟",
];
/// Words that a date without 前 or 底 still sets a goal before: 达标率2025年达到100%.
const REACHES: &[&str] = &[
    "达到",
    "达",
    "实现",
    "建成",
    "完成",
    "突破",
    "提高到",
    "提高至",
    "提升到",
    "提升至",
    "力争",
    "基本",
    "全面",
    "新增",
    "新建",
    "改造",
    "培训",
    "培育",
];
/// Signs before the items of a list that is not numbered.
const BULLETS: &[char] = &['—', '―', '－', '●', '•', '·', '◆', '◎', '○', '▲', '★', '✦', '➢'];

/// Every target of the document, in printed order.
pub fn targets(document: &Document, outline: &Outline) -> Vec<Target> {
    let mut found = Vec::new();
    let mut context = Context::of(document);
    let issued = context.issued;
    // The date that opens a section of goals holds for the items under it: 到2025年，…。——健康水平持续提升。….
    let mut section: Option<(usize, Deadline)> = None;
    for (block, b) in document.blocks.iter().enumerate() {
        if !matches!(b.kind, BlockKind::Heading(_) | BlockKind::Paragraph) {
            continue;
        }
        let text = b.text.as_str();
        let goals = goals(outline, block);
        section = section.filter(|(heading, _)| Some(*heading) == goals);
        let bullet = text.trim_start().starts_with(BULLETS);
        let item = bullet || goals.is_some() && outline.entry_at(block).map(|e| e.block) != goals;
        let carried = section.filter(|_| item).map(|(_, due)| due);
        // Every date names one of these; most blocks have none.
        if carried.is_none() && !text.contains(['年', '月', '底', '末', '季', '期']) {
            continue;
        }
        let mut reader = Reader {
            text,
            block,
            path: outline.path_at(block),
            context,
            issued,
            goals: goals.is_some(),
            opening: carried,
        };
        let mut body = body_start(document, block);
        let hidden = Hidden::of(text, body);
        if bullet {
            body = after_lead(&hidden, text, body);
        }
        for (i, sentence) in sentences(&hidden, text, body..text.len()).into_iter().enumerate() {
            reader.sentence(sentence, i == 0, &hidden, &mut found);
        }
        if let (Some(heading), Some(opening), None) = (goals, reader.opening, carried) {
            section = Some((heading, opening));
        }
        if let Some(year) = reader.context.year.filter(|_| issued.is_none()) {
            context.year = Some(year);
        }
    }
    found
}

/// True where the sentence of a target at `text` gives numbers and nowhere says of what; a person should look whether
/// its beginning was lost.
pub fn lacks_subject(document: &Document, text: Span) -> bool {
    let Some(b) = document.blocks.get(text.block) else { return false };
    !indicator::says_of_what(text.block, &b.text, text.range())
}

struct Reader<'a> {
    text: &'a str,
    block: usize,
    path: &'a str,
    context: Context,
    issued: Option<Date>,
    /// The block stands under a heading of goals.
    goals: bool,
    /// The date that opens the paragraph, or any sentence of a section of goals, while undated sentences still inherit it.
    opening: Option<Deadline>,
}

impl Reader<'_> {
    fn sentence(&mut self, sentence: Range<usize>, first: bool, hidden: &Hidden, found: &mut Vec<Target>) {
        let words = unended(self.text, sentence);
        let said = self.text.get(words.clone()).unwrap_or("");
        // An annotation in brackets of its own is no sentence.
        let bracket = said.starts_with(['（', '(', '〔', '[', '［', '【']);
        if said.is_empty() || bracket && hidden.at(words.start).is_some_and(|h| h.end >= words.end) {
            return;
        }
        let dates = self.dates(&words, hidden);
        if dates.is_empty() {
            if let Some(opening) = self.opening
                && !says(said, ABOUT_ITSELF)
                && !self.past(said, None)
                && !bracket
            {
                let due = Deadline { inherited: true, ..opening };
                self.push(words, due, hidden, found);
            }
            return;
        }
        self.opening = None;
        for (i, (from, due)) in dates.iter().enumerate() {
            let end = match dates.get(i + 1) {
                // What ； parts from this date's clause and the next date's is neither's.
                Some((next, _)) => {
                    let part = hidden.split(self.text, *from..*next, ends_part).pop();
                    part.filter(|p| p.start > *from && p.end == *next).map_or(*next, |p| p.start)
                }
                None => words.end,
            };
            let range = unended(self.text, *from..end);
            let said = self.text.get(range.clone()).unwrap_or("");
            if says(said, ABOUT_ITSELF) || self.past(said, Some(due)) || only_date(self.text, &range, due) {
                continue;
            }
            if (self.goals || (first && *from == words.start)) && i == 0 && dates.len() == 1 {
                self.opening = Some(*due);
            }
            self.push(range, *due, hidden, found);
        }
    }

    /// The dates of a sentence that set a goal, each with the beginning of its clause.
    fn dates(&mut self, words: &Range<usize>, hidden: &Hidden) -> Vec<(usize, Deadline)> {
        let mut dates = Vec::new();
        for clause in hidden.split(self.text, words.clone(), ends_clause) {
            let Some(said) = self.text.get(clause.clone()) else { continue };
            for date in joined(said, when::find(said, self.context)) {
                let date = date.shifted(clause.start).in_block(self.block);
                if hidden.hides(date.text.range()) {
                    continue;
                }
                let Some(edtf) = date.edtf else { continue };
                if !date.year_carried {
                    self.context.year = Some(edtf.end.unwrap_or(edtf.start).year());
                }
                if date.relative.is_some()
                    || !date.is_deadline()
                    || !self.sets_a_goal(&date, edtf)
                    || said.trim_end_matches(ends_clause).ends_with('的')
                {
                    continue;
                }
                let mut before = self.text.get(clause.start..date.text.start).unwrap_or("").trim();
                while let Some(w) = LEADS.iter().find(|w| before.ends_with(**w)) {
                    before = before[..before.len() - w.len()].trim_end();
                }
                let after = self.text.get(date.text.end..clause.end).unwrap_or("");
                let opens = before.is_empty()
                    && (!date.year_carried || date.extent == Extent::Until || bounds(self.text, &date));
                // 在2018年底前完成 bounds wherever it stands; 2018年以前购置的 describes.
                let bounded = (date.extent == Extent::Until || bounds(self.text, &date))
                    && !after.trim_start().starts_with('的')
                    && !describes(after);
                let reaches = !date.year_carried && REACHES.iter().any(|w| after.trim_start().starts_with(w));
                if opens || bounded || reaches {
                    dates.push((clause.start, date));
                    break;
                }
            }
        }
        // A date said again is one goal, unless ； parts the two.
        let whole = |range: Range<usize>| {
            let pieces = hidden.split(self.text, range, ends_part);
            pieces.len() <= 1 && !pieces.iter().any(|p| self.text[p.clone()].trim_end().ends_with(ends_part))
        };
        dates.dedup_by(|(next, b), (from, a)| a.due == b.due && whole(*from..*next));
        // The first clause of the sentence belongs to its date where the date stands in it or right after it.
        dates
    }

    /// True for a stretch of time in which something may be due. A single day without 前 tells when something
    /// happened; the yearly dates of rules (次年3月底前) are no milestones; and where nobody knows when the document was
    /// written, only what names its end looks ahead.
    fn sets_a_goal(&self, date: &Deadline, edtf: Edtf) -> bool {
        let until = date.extent == Extent::Until || bounds(self.text, date);
        let day = matches!(edtf.start, Period::Day(_)) && edtf.end.is_none();
        let rule = date.year_carried && self.path.split('/').any(|c| c.starts_with('第') && c.contains('条'));
        (until || !day) && !rule && (self.issued.is_some() || (until && !day && !date.year_carried))
    }

    /// True for what was reached before the document was written.
    fn past(&self, said: &str, due: Option<&Deadline>) -> bool {
        match (due.and_then(|d| d.due), self.issued) {
            // The day of writing itself is a signature's or a header's.
            (Some(due), Some(issued)) if due <= issued => true,
            _ => says(said, PAST) && !says(said, FUTURE),
        }
    }

    fn push(&self, range: Range<usize>, due: Deadline, hidden: &Hidden, found: &mut Vec<Target>) {
        let range = goal_alone(self.text, skip_marks(self.text, range), hidden);
        found.push(Target {
            path: self.path.to_owned(),
            text: Span::new(self.block, range.clone()),
            due,
            indicators: indicator::find(self.block, self.text, range, hidden),
        });
    }
}

/// The block of the heading of goals, such as 工作目标, that block number `block` stands under.
fn goals(outline: &Outline, block: usize) -> Option<usize> {
    let mut entry = outline.entry_at(block);
    while let Some(e) = entry {
        if e.title.as_deref().is_some_and(|t| t.contains("目标")) {
            return Some(e.block);
        }
        entry = e.parent.and_then(|p| outline.entries.get(p));
    }
    None
}

/// Where the sentences of a bullet begin: after its sign and the phrase that heads it (——健康水平持续提升。).
fn after_lead(hidden: &Hidden, text: &str, body: usize) -> usize {
    /// Longest phrase, in characters.
    const PHRASE: usize = 20;
    let rest = text.get(body..).unwrap_or("");
    let start =
        body + (rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || BULLETS.contains(&c)).len());
    match hidden.split(text, start..text.len(), |c| matches!(c, '。' | '：' | ':')).as_slice() {
        [lead, _, ..] if text[lead.clone()].chars().count() <= PHRASE && !text[lead.clone()].contains(['，', ',']) => {
            lead.end
        }
        _ => start,
    }
}

/// 2023年、2025年分别开展评估: dates of one list are due by its last.
fn joined(said: &str, dates: Vec<Deadline>) -> Vec<Deadline> {
    let mut list: Vec<Deadline> = Vec::with_capacity(dates.len());
    for date in dates {
        match list.last_mut() {
            Some(last)
                if last.due < date.due
                    && said
                        .get(last.text.end..date.text.start)
                        .is_some_and(|gap| matches!(gap, "、" | "和" | "及")) =>
            {
                let start = last.text.start;
                *last = date;
                last.text.start = start;
            }
            _ => list.push(date),
        }
    }
    list
}

/// A line of nothing but a date, as under a signature.
fn only_date(text: &str, range: &Range<usize>, date: &Deadline) -> bool {
    let around = [range.start..date.text.start, date.text.end..range.end];
    let chars = around.into_iter().filter_map(|r| text.get(r)).flat_map(str::chars);
    chars.filter(|c| c.is_alphanumeric()).count() < 2
}

/// 2018年底, 8月底, 年内: an end although no 前 follows.
fn bounds(text: &str, date: &Deadline) -> bool {
    text.get(date.text.range()).is_some_and(|w| w.ends_with(['底', '末', '内']))
}

/// 以前已经购置的…: what follows the date describes things and sets no goal.
fn describes(after: &str) -> bool {
    let after: String = after.chars().take(24).collect();
    ["已", "购置的", "取得的", "建成的", "登记的", "出生的", "发生的"].iter().any(|w| after.starts_with(w))
}

fn says(text: &str, words: &[&str]) -> bool {
    words.iter().any(|w| text.contains(w))
}

/// `range` up to what closes it and is no goal: a permission (…，有条件的地方可…), or why the document is made
/// (…，经国务院同意，现提出以下意见).
fn goal_alone(text: &str, range: Range<usize>, hidden: &Hidden) -> Range<usize> {
    let clauses = hidden.split(text, range.clone(), ends_clause);
    let permits = |clause: &Range<usize>| {
        let said = text.get(clause.clone()).unwrap_or("");
        said.starts_with("有条件的") && said.find('可').is_some_and(|i| said[..i].chars().count() <= 16)
    };
    let issues = |clause: &Range<usize>| {
        let said = text.get(clause.clone()).unwrap_or("");
        let consent = said.starts_with('经') && said.contains("同意");
        consent
            || ["现就", "现提出", "现印发", "现将", "制定本", "特制定", "提出如下", "提出以下"]
                .iter()
                .any(|w| said.starts_with(w))
    };
    match clauses.iter().skip(1).find(|c| permits(c) || issues(c)) {
        Some(clause) => unended(text, range.start..clause.start),
        None => range,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Block;

    #[test]
    fn numbers_of_nothing() {
        for (text, lacks) in [
            ("到2020年，达到80%以上。", true),
            ("力争到2020年，提高到1000个。", true),
            ("到2020年，覆盖率达到80%以上。", false),
            ("养老床位稳步增加，到2020年达到5万张。", false),
            ("到2020年，80%以上的机构提供服务。", false),
            ("到2020年，体系健全。", false),
        ] {
            let mut document = Document { blocks: vec![Block::paragraph(text)], ..Document::default() };
            document.meta.date = Some("2017-10-06".to_owned());
            let found = targets(&document, &Outline::of(&document));
            assert_eq!(found.iter().any(|t| lacks_subject(&document, t.text)), lacks, "{text}");
        }
    }

    #[test]
    fn sentences() {
        // A paragraph of a document of 6 October 2017 | its targets: due, ~ where inherited, text
        let table: &[(&str, &[&str])] = &[
            (
                "到2020年，体系健全。所有机构开通绿色通道。（市民政局负责）",
                &["2020-12-31 到2020年，体系健全", "2020-12-31~ 所有机构开通绿色通道"],
            ),
            ("加强建设。到 2020 年，至少建有一所医院。鼓励合作。", &["2020-12-31 到 2020 年，至少建有一所医院"]),
            ("各县要在2018年底前完成改造。", &["2018-12-31 各县要在2018年底前完成改造"]),
            ("市卫生局将加强培训，2018年计划培训800人次。", &["2018-12-31 2018年计划培训800人次"]),
            (
                "到2018年，达到50%；到2020年，达到80%。",
                &["2018-12-31 到2018年，达到50%", "2020-12-31 到2020年，达到80%"],
            ),
            ("到2020年，设立康复场所，有条件的地方可配备器具。", &["2020-12-31 到2020年，设立康复场所"]),
            (
                "一是加快建设，2018年底前新建10个；二是落实补贴；三是年内培训200人次。",
                &["2018-12-31 2018年底前新建10个", "2018-12-31 年内培训200人次"],
            ),
            ("12月底前完成验收。", &["2017-12-31 12月底前完成验收"]),
            (
                "力争2018年上半年提请审议；会同省住建厅开展清查，到2017年底清查率达到100%。",
                &["2018-06-30 力争2018年上半年提请审议", "2017-12-31 到2017年底清查率达到100%"],
            ),
            (
                "“十三五”期末，建成医院1所。新增病房200间。",
                &["2020-12-31 “十三五”期末，建成医院1所", "2020-12-31~ 新增病房200间"],
            ),
            ("标准化建设达标率2020年达到100％。", &["2020-12-31 标准化建设达标率2020年达到100％"]),
            (
                "“十三五”期间，培养名中医100名，其中基层不少于30名；支持大学创建“双一流”学科。",
                &["2020-12-31 “十三五”期间，培养名中医100名，其中基层不少于30名；支持大学创建“双一流”学科"],
            ),
            (
                "2018年上半年上线，年内服务不少于50万人次。",
                &["2018-06-30 2018年上半年上线", "2018-12-31 年内服务不少于50万人次"],
            ),
            ("市城管局计划在2018年新增停放点位500处。", &["2018-12-31 市城管局计划在2018年新增停放点位500处"]),
            (
                "市城管局2018年新增点位500处；市消防支队开展行动，年底前整改率达到100%；2018年底前再整改10处。",
                &[
                    "2018-12-31 市城管局2018年新增点位500处",
                    "2018-12-31 年底前整改率达到100%",
                    "2018-12-31 2018年底前再整改10处",
                ],
            ),
            ("2018年、2020年分别开展评估。", &["2020-12-31 2018年、2020年分别开展评估"]),
            ("展望2035年，建成健康体系。", &["2035-12-31 展望2035年，建成健康体系"]),
            (
                "2020年前，培育企业5家。支持企业。【主办：省工信厅；协办：省科技厅】",
                &["2020-12-31 2020年前，培育企业5家", "2020-12-31~ 支持企业"],
            ),
            ("时间要求：2018年年底前完成，并长期坚持", &[]),
            ("2016年，省民政厅印发《通知》，开展活动。", &[]),
            ("2017年5月，省文旅厅联合出台《意见》。", &[]),
            ("2018年6月4日，市政府召开会议。", &[]),
            ("2018年底前取得资格的，继续有效。", &[]),
            ("2018年6月4日", &[]),
            ("发布日期: 2018年6月4日", &[]),
            ("本办法自2018年1月1日起施行，有效期至2020年12月31日。", &[]),
            ("按照《卫生人才方案（2018—2023年）》执行。", &[]),
            ("五年内继续按原用途使用土地。", &[]),
            ("2020年以前已经取得的资格继续有效。", &[]),
        ];
        for (text, expected) in table {
            let mut document = Document { blocks: vec![Block::paragraph(*text)], ..Document::default() };
            document.meta.date = Some("2017-10-06".to_owned());
            let got: Vec<String> = targets(&document, &Outline::of(&document))
                .iter()
                .map(|t| {
                    let due = t.due.due.map(|d| d.to_string()).unwrap_or_default();
                    format!("{due}{} {}", if t.due.inherited { "~" } else { "" }, document.quote(t.text))
                })
                .collect();
            assert_eq!(&got, expected, "{text}");
        }
    }
}
