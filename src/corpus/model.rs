//! The resolved corpus: what the pages show and what the open data says. The `…Record` types are `data/*.json` field
//! by field; the rest is what joins them.

use std::collections::BTreeMap;

use gongwen::layout::Role as Element;
use gongwen::{BlockKind, Contact, Document, Outline, Reply, Span};
use serde::Serialize;

use super::validity::Validity;

/// All documents of a site and what they say together. Every list is sorted; ids are unique in their list.
#[derive(Debug, Default)]
pub struct Corpus {
    /// Newest first, then by id.
    pub documents: Vec<Policy>,
    /// 任务: in the order of the documents, then of the text.
    pub obligations: Vec<Obligation>,
    /// 机关: every organ that a document names in a role, by region and sector.
    pub organs: Vec<Organ>,
    /// 地区: every region that a document or an organ belongs to, by code.
    pub regions: Vec<Region>,
    /// 文件: every distinct instrument that the documents are, issue, forward or cite.
    pub instruments: Vec<Instrument>,
    /// 人大代表、政协委员 whose proposals are answered.
    pub deputies: Vec<Deputy>,
    /// 异名: groups of names that the bodies of one line of work bear at one level, newest first.
    pub synonyms: Vec<Vec<String>>,
    /// 主题: every topic of the registry, in its order, those that no document treats too.
    pub topics: Vec<Topic>,
}

/// A document of the site with all that was read from it.
#[derive(Debug)]
pub struct Policy {
    /// Its file, relative to the site's root, with `/`.
    pub file: String,
    /// The content file that it was read from: index into the list that [`super::build`] was given.
    pub loaded: usize,
    /// The text.
    pub document: Document,
    /// 公文要素: which element of GB/T 9704-2012 each block is, one for every block.
    pub elements: Vec<Element>,
    /// Its clauses.
    pub outline: Outline,
    /// `data/documents.json`.
    pub record: DocumentRecord,
    /// Every stretch of text that a page marks or links, in order, not overlapping.
    pub marks: Vec<Mark>,
    /// Its obligations: indices into [`Corpus::obligations`].
    pub obligations: std::ops::Range<usize>,
    /// Its instrument: index into [`Corpus::instruments`].
    pub instrument: Option<usize>,
    /// In a reply, the organs that other sections answer for (协办单位): indices into [`Corpus::organs`].
    pub consulted: Vec<usize>,
}

impl Policy {
    /// The block of the document's own title.
    pub fn title_block(&self) -> Option<usize> {
        self.title_blocks().next()
    }

    /// The block of the title of the one instrument that the document issues or forwards.
    pub fn attached_title_block(&self) -> Option<usize> {
        let mut later = self.title_blocks().skip(1);
        later.next().filter(|_| later.next().is_none())
    }

    fn title_blocks(&self) -> impl Iterator<Item = usize> {
        let blocks = self.document.blocks.iter().enumerate();
        blocks.filter(|(_, b)| b.kind == BlockKind::Title).map(|(i, _)| i)
    }
}

/// What a stretch of text is to the reader of a page.
#[derive(Clone, Debug)]
pub struct Mark {
    /// The words.
    pub span: Span,
    /// What they are.
    pub kind: MarkKind,
}

/// See [`Mark`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// A mention of an instrument: index into [`Corpus::instruments`].
    Citation(usize),
    /// The words of an assignment: index into [`Corpus::obligations`].
    Annotation(usize),
    /// The words of a target, a duty or a commitment: index into [`Corpus::obligations`].
    Obligation(usize),
    /// A deadline: its last day, ISO 8601.
    Deadline(Option<String>),
    /// Words that point at another place of the document: that clause's path.
    Reference(String),
}

/// One object of `data/documents.json`.
#[derive(Clone, Debug, Default, Serialize)]
#[allow(missing_docs)] // the data contract describes the fields
pub struct DocumentRecord {
    pub id: String,
    pub url: String,
    pub title: String,
    pub title_inferred: bool,
    pub attached_title: Option<String>,
    pub number: Option<String>,
    pub kind: Option<String>,
    pub issuers: Vec<String>,
    pub date: Option<String>,
    pub published: Option<String>,
    pub index_no: Option<String>,
    pub addressees: Vec<String>,
    pub cc: Vec<String>,
    pub contact: Option<Contact>,
    pub printed_by: Option<String>,
    pub printed_date: Option<String>,
    pub disclosure: Option<String>,
    pub region: Option<RegionRef>,
    pub reply: Option<Reply>,
    pub outline: Vec<OutlineRecord>,
    pub citations: Vec<CitationRecord>,
}

/// `region` of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RegionRef {
    /// GB/T 2260 code; `000000` for the whole country.
    pub id: String,
    /// 全称.
    pub name: String,
    /// 国家, 省, 市 or 县.
    pub level: String,
}

/// One entry of a document's `outline`.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct OutlineRecord {
    pub path: String,
    pub number: String,
    pub title: Option<String>,
    /// The id of the clause on the page; the path itself.
    pub anchor: String,
}

/// One entry of a document's `citations`.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct CitationRecord {
    pub title: Option<String>,
    pub number: Option<String>,
    /// The issuers printed outside 《》, as one text; null where none are.
    pub issuers: Option<String>,
    pub relation: String,
    pub path: String,
    pub instrument: String,
}

impl OutlineRecord {
    /// The outline of a document, entry by entry.
    pub fn all(outline: &Outline) -> Vec<OutlineRecord> {
        let record = |e: &gongwen::Entry| OutlineRecord {
            path: e.path.clone(),
            number: e.number.clone(),
            title: e.title.clone(),
            anchor: e.path.clone(),
        };
        outline.entries.iter().map(record).collect()
    }
}

/// What an obligation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ObligationKind {
    /// 分工.
    Assignment,
    /// 目标.
    Target,
    /// 职责.
    Duty,
    /// 承诺.
    Commitment,
}

/// One object of `data/obligations.json`.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct Obligation {
    pub id: String,
    pub kind: ObligationKind,
    pub document: String,
    pub number: Option<String>,
    pub url: String,
    pub path: String,
    pub title: Option<String>,
    pub text: String,
    pub lead: Vec<String>,
    pub support: Vec<String>,
    pub joint: Vec<String>,
    pub implement: Vec<String>,
    pub actor: Vec<String>,
    pub open_ended: bool,
    pub annotation: Option<String>,
    pub modal: Option<String>,
    pub due_text: Option<String>,
    pub due: Option<String>,
    pub due_edtf: Option<String>,
    pub due_inherited: bool,
    pub indicators: Vec<Indicator>,
    /// printed name → organ id, for every name above that resolves.
    pub organs: BTreeMap<String, String>,
    /// Where the words stand.
    #[serde(skip)]
    pub span: Span,
    /// The document: index into [`Corpus::documents`].
    #[serde(skip)]
    pub policy: usize,
    /// Where its annotation stands, piece by piece.
    #[serde(skip)]
    pub annotation_spans: Vec<Span>,
    /// Where its deadline stands.
    #[serde(skip)]
    pub due_span: Option<Span>,
    /// 长期: the deadline printed is that there is none.
    #[serde(skip)]
    pub open: bool,
    /// Why the printed deadline gives no date.
    #[serde(skip)]
    pub due_problem: Option<gongwen::extract::when::Problem>,
    /// Words of its annotation that were not understood.
    #[serde(skip)]
    pub unparsed: Vec<Span>,
    /// Its topics: indices into [`Corpus::topics`], in order.
    #[serde(skip)]
    pub topics: Vec<usize>,
    /// True where the front matter has set it right.
    #[serde(skip)]
    pub corrected: bool,
}

impl Obligation {
    /// An obligation of which nothing is known but where its words stand.
    pub fn new(kind: ObligationKind, path: String, span: Span) -> Self {
        Obligation {
            id: String::new(),
            kind,
            document: String::new(),
            number: None,
            url: String::new(),
            path,
            title: None,
            text: String::new(),
            lead: Vec::new(),
            support: Vec::new(),
            joint: Vec::new(),
            implement: Vec::new(),
            actor: Vec::new(),
            open_ended: false,
            annotation: None,
            modal: None,
            due_text: None,
            due: None,
            due_edtf: None,
            due_inherited: false,
            indicators: Vec::new(),
            organs: BTreeMap::new(),
            span,
            policy: 0,
            annotation_spans: Vec::new(),
            due_span: None,
            open: false,
            due_problem: None,
            unparsed: Vec::new(),
            topics: Vec::new(),
            corrected: false,
        }
    }

    /// The part whose list ends in 等: where an annotation is left open, its last list of names is meant, and 落实 only
    /// where there is no other.
    pub fn open_role(&self) -> Option<Role> {
        if !self.open_ended {
            return None;
        }
        [Role::Support, Role::Joint, Role::Lead, Role::Actor, Role::Implement]
            .into_iter()
            .find(|role| self.roles().any(|(r, _)| r == *role))
    }

    /// The printed names by the part they play, those without names left out.
    pub fn roles(&self) -> impl Iterator<Item = (Role, &[String])> {
        [
            (Role::Lead, &self.lead),
            (Role::Support, &self.support),
            (Role::Joint, &self.joint),
            (Role::Implement, &self.implement),
            (Role::Actor, &self.actor),
        ]
        .into_iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(role, names)| (role, names.as_slice()))
    }
}

impl ObligationKind {
    /// As the open data writes it.
    pub fn name(self) -> &'static str {
        match self {
            ObligationKind::Assignment => "assignment",
            ObligationKind::Target => "target",
            ObligationKind::Duty => "duty",
            ObligationKind::Commitment => "commitment",
        }
    }

    /// In Chinese.
    pub fn label(self) -> &'static str {
        match self {
            ObligationKind::Assignment => "分工",
            ObligationKind::Target => "目标",
            ObligationKind::Duty => "职责",
            ObligationKind::Commitment => "承诺",
        }
    }
}

impl Role {
    /// As the open data writes it.
    pub fn name(self) -> &'static str {
        match self {
            Role::Lead => "lead",
            Role::Support => "support",
            Role::Joint => "joint",
            Role::Implement => "implement",
            Role::Actor => "actor",
        }
    }
}

/// A number inside a target.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct Indicator {
    pub text: String,
    pub op: String,
    pub value: f64,
    pub unit: String,
}

/// The part that an organ plays in an obligation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// 牵头.
    Lead,
    /// 配合.
    Support,
    /// 共同负责.
    Joint,
    /// 落实.
    Implement,
    /// 责任主体 of a duty or a commitment.
    Actor,
}

/// One object of `data/organs.json`: a 机关 that the documents name.
#[derive(Clone, Debug, Serialize)]
pub struct Organ {
    /// `220200-卫生健康`: region code and sector.
    pub id: String,
    /// Site-relative address of its page.
    pub url: String,
    /// The name it bears today: 吉林市卫生健康委员会.
    pub name: String,
    /// Its region.
    pub region: RegionRef,
    /// Its sector: 卫生健康.
    pub sector: String,
    /// The names under which the documents print it, in order of first mention.
    pub printed: Vec<PrintedName>,
    /// Its names by period, oldest first.
    pub names: Vec<NamePeriod>,
    /// Ids of the organs that ended in it and that the documents name, or whose predecessors they name.
    pub predecessors: Vec<String>,
    /// Ids of the organs that took over its work; empty where it stands.
    pub successors: Vec<String>,
    /// What it handed over: all when it ended, or parts. By year.
    pub handed_over: Vec<Handover>,
    /// What it took over from others. By year.
    pub taken_over: Vec<Handover>,
    /// Its obligations: id and role, by due date (undated last), then in the order of the corpus.
    pub obligations: Vec<OrganObligation>,
    /// The obligations that its predecessors were given under their own names, predecessor by predecessor.
    pub inherited: Vec<Inherited>,
    /// Ids of the documents it issued.
    pub issued: Vec<String>,
    /// Ids of the replies that it answered or was consulted on.
    pub replies: Vec<String>,
}

/// A printed name and a document that prints it.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct PrintedName {
    pub name: String,
    pub documents: Vec<String>,
}

/// A name of an organ and the years it was borne.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct NamePeriod {
    pub name: String,
    pub from: Option<u16>,
    pub to: Option<u16>,
    /// The printed names that stand for it.
    pub printed: Vec<String>,
}

/// 职责划转 between an organ and another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Handover {
    /// Year of the reform.
    pub year: u16,
    /// What was handed over; null where it was all.
    pub part: Option<String>,
    /// Id of the other organ.
    pub organ: String,
    /// Its name today, or its last.
    pub name: String,
}

/// An obligation of a predecessor.
#[derive(Clone, Debug, Serialize)]
pub struct Inherited {
    /// Id of the organ that it was given to.
    pub organ: String,
    /// The obligation and that organ's part in it.
    #[serde(flatten)]
    pub obligation: OrganObligation,
}

/// An obligation as its organ's page lists it.
#[derive(Clone, Debug, Serialize)]
pub struct OrganObligation {
    /// The obligation's id.
    pub id: String,
    /// The organ's part in it.
    pub role: Role,
    /// Index into [`Corpus::obligations`].
    #[serde(skip)]
    pub index: usize,
}

/// A region's page.
#[derive(Clone, Debug, Serialize)]
pub struct Region {
    /// Its code, name and level.
    #[serde(flatten)]
    pub region: RegionRef,
    /// Site-relative address of its page.
    pub url: String,
    /// Codes of the regions around it, outermost first.
    pub parents: Vec<String>,
    /// Ids of its documents, newest first.
    pub documents: Vec<String>,
    /// Ids of its organs.
    pub organs: Vec<String>,
}

/// One object of `data/instruments.json`: a document of the site, or one known only by being cited.
#[derive(Clone, Debug, Serialize)]
pub struct Instrument {
    /// Stable slug, made from the number, else from the title.
    pub id: String,
    /// Site-relative address of its page; a held document's own page.
    pub url: String,
    /// Its title, where any document prints it.
    pub title: Option<String>,
    /// 发文字号.
    pub number: Option<String>,
    /// Its issuers: printed, or decoded from the number.
    pub issuers: Vec<String>,
    /// True where the issuers are decoded from the number and nowhere printed.
    pub issuers_inferred: bool,
    /// Its year, from the number.
    pub year: Option<u16>,
    /// Id of the document that it is, where the site holds it.
    pub document: Option<String>,
    /// When it holds.
    #[serde(flatten)]
    pub validity: Validity,
    /// Who cites it.
    pub cited_by: Vec<CitedBy>,
}

/// A mention of an instrument.
#[derive(Clone, Debug, Serialize)]
pub struct CitedBy {
    /// Id of the citing document.
    pub document: String,
    /// 依据 贯彻 转发 印发 引用 废止 修改.
    pub relation: String,
    /// Every clause that mentions it, in order.
    pub paths: Vec<String>,
    /// Index into [`Corpus::documents`].
    #[serde(skip)]
    pub policy: usize,
}

/// A deputy or CPPCC member and the replies to them: part of `data/replies.json`.
#[derive(Clone, Debug, Serialize)]
pub struct Deputy {
    /// Slug of the page.
    pub id: String,
    /// Site-relative address of the page.
    pub url: String,
    /// 姓名.
    pub name: String,
    /// Ids of the replies, newest first.
    pub replies: Vec<String>,
}

/// A topic and the clauses that are about it.
#[derive(Clone, Debug, Default)]
pub struct Topic {
    /// The plain Chinese name.
    pub id: String,
    /// Site-relative address of its page.
    pub url: String,
    /// The topics that it is listed with.
    pub group: String,
    /// In the order of the documents, then of the text.
    pub clauses: Vec<TopicClause>,
}

/// A clause that is about a topic.
#[derive(Clone, Debug)]
pub struct TopicClause {
    /// The document: index into [`Corpus::documents`].
    pub policy: usize,
    /// Its outline path; a row's is its table's with the row's number.
    pub path: String,
    /// How it is known to be about the topic.
    pub evidence: Evidence,
    /// The words that say so, each once, in order.
    pub words: Vec<Span>,
    /// The sentence that says most of the topic.
    pub sentence: Span,
    /// Its obligations that are about the topic, in order.
    pub obligations: Vec<TopicObligation>,
}

/// An obligation that is about a topic.
#[derive(Clone, Debug)]
pub struct TopicObligation {
    /// Index into [`Corpus::obligations`].
    pub index: usize,
    /// Which of its indicators measure something of the topic: indices into [`Obligation::indicators`].
    pub indicators: Vec<usize>,
}

/// How a clause is known to be about a topic; the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Evidence {
    /// A title word stands in its run-in heading, or in the task of a row.
    Title,
    /// It has none of its own, but the heading that it stands under has, and no text before it.
    Heading,
    /// Words of the topic stand thick enough in its text, or in one of its obligations.
    Text,
    /// 提及: its text names the topic once, among other things.
    Mention,
}
