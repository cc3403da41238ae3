//! A small invented corpus for the tests of this room: a notice that issues a plan, a reply, an opinion with a task
//! table, a regulation, and whatever a test adds.

use gongwen::{Block, BlockKind, Contact, Document, Heading, Meta, Outline, Reply, Span};

use gongwen::date::{Edtf, Period};
use gongwen::extract::{Op, Relation};
use jiff::civil::Date;

use crate::corpus::{topics, *};
use crate::registry::{Level, OrganId, RegionId, Registry};
use crate::vocabulary::{Kind, Role};

use super::address;

/// 标题之后的一条: level, number, delimiter, title and what follows in the same block.
pub fn clause(level: u8, number: &str, delimiter: &str, title: &str, rest: &str) -> Block {
    let text = format!("{number}{delimiter}{title}{rest}");
    let at = number.len() + delimiter.len();
    let title = if title.is_empty() { number.len()..number.len() } else { at..at + title.len() };
    Block { kind: BlockKind::Heading(Heading { level, number: 0..number.len(), title }), text }
}

/// A document of the corpus from its blocks.
pub fn policy(facts: Facts, blocks: Vec<Block>) -> Policy {
    let meta = Meta { issuers: facts.issuers.clone(), number: facts.number.clone(), ..Meta::default() };
    let document = Document { meta, blocks };
    let elements = gongwen::layout::roles(&document.blocks);
    let outline = Outline::of(&document);
    let facts = Facts { url: address::document(&facts.id), ..facts };
    Policy {
        file: format!("content/{}.md", facts.id),
        loaded: 0,
        document,
        elements,
        outline,
        facts,
        marks: Vec::new(),
        obligations: 0..0,
        instrument: None,
        consulted: Vec::new(),
    }
}

/// Where `words` stand in a document.
pub fn span(policy: &Policy, words: &str) -> Span {
    let found = policy.document.blocks.iter().enumerate().find_map(|(i, b)| Some((i, b.text.find(words)?)));
    let (block, start) = found.unwrap_or_else(|| panic!("“{words}”不在{}里", policy.facts.id));
    Span { block, start, end: start + words.len() }
}

fn strings(names: &[&str]) -> Vec<String> {
    names.iter().map(|n| (*n).to_owned()).collect()
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// A date.
pub fn day(iso: &str) -> Option<Date> {
    iso.parse().ok()
}

const CITY: &str = "330900";
const COUNTY: &str = "330921";

fn code(id: &str) -> RegionId {
    id.parse().unwrap_or_else(|()| panic!("{id} 不是代码"))
}

fn region(id: &str) -> RegionRef {
    let (name, level) = if id == CITY { ("云河市", Level::City) } else { ("青岚县", Level::County) };
    RegionRef { id: code(id), name: name.to_owned(), level }
}

/// The corpus and what its parts need to find each other.
pub struct Fixture {
    pub corpus: Corpus,
}

impl Fixture {
    /// Adds a document at the end.
    pub fn add(&mut self, policy: Policy) -> usize {
        self.corpus.documents.push(policy);
        self.corpus.documents.len() - 1
    }

    /// Adds an obligation of document `at` whose words are `words`; `set` fills in the rest.
    pub fn oblige(&mut self, at: usize, kind: Kind, words: &str, set: impl FnOnce(&mut Obligation)) -> usize {
        let policy = &mut self.corpus.documents[at];
        let span = span(policy, words);
        let index = self.corpus.obligations.len();
        let path = policy.outline.path_at(span.block).to_owned();
        let title = policy.outline.entry_at(span.block).and_then(|e| e.title.clone());
        let mut o = Obligation {
            id: format!("{}-{index}", policy.facts.id),
            document: policy.facts.id.clone(),
            number: policy.facts.number.clone(),
            title,
            text: words.to_owned(),
            policy: at,
            ..Obligation::new(kind, path, span)
        };
        set(&mut o);
        o.url = address::clause(&o.document, &o.path);
        let mark = match kind {
            Kind::Assignment => MarkKind::Annotation(index),
            _ => MarkKind::Obligation(index),
        };
        policy.marks.push(Mark { span, kind: mark });
        policy.marks.sort_by_key(|m| m.span);
        if policy.obligations.is_empty() {
            policy.obligations.start = index;
        }
        policy.obligations.end = index + 1;
        for &role in Role::ALL {
            for name in o.names(role).to_vec() {
                let organ = self.corpus.organs.iter_mut().find(|x| x.printed.iter().any(|p| p.name == name));
                if let Some(organ) = organ {
                    o.organs.insert(name, organ.id.clone());
                    organ.obligations.push(OrganObligation { id: o.id.clone(), role, index });
                }
            }
        }
        self.corpus.obligations.push(o);
        index
    }

    /// Says what the clauses of all documents are about, as the corpus builder does.
    pub fn read_topics(&mut self) {
        let registry = Registry::builtin();
        self.corpus.topics = topics::all(registry);
        for at in 0..self.corpus.documents.len() {
            let policy = &self.corpus.documents[at];
            let range = policy.obligations.clone();
            let obligations = &mut self.corpus.obligations[range.clone()];
            let found =
                topics::read(&policy.document, &policy.outline, obligations, &policy.elements, registry.topics());
            topics::join(&mut self.corpus, found, at, range.start);
        }
    }

    /// Adds a mention of instrument `instrument` by document `at`.
    pub fn cite(&mut self, at: usize, words: &str, instrument: usize, relation: Relation) {
        let policy = &mut self.corpus.documents[at];
        let span = span(policy, words);
        let path = policy.outline.path_at(span.block).to_owned();
        policy.marks.push(Mark { span, kind: MarkKind::Citation(instrument) });
        policy.marks.sort_by_key(|m| m.span);
        let i = &mut self.corpus.instruments[instrument];
        policy.facts.citations.push(Citation {
            title: i.title.clone(),
            number: i.number.clone(),
            issuers: None,
            relation,
            path: path.clone(),
            instrument: i.id.clone(),
        });
        i.cited_by.push(CitedBy { document: policy.facts.id.clone(), relation, paths: vec![path], policy: at });
    }

    fn organ(&mut self, sector: &str, name: &str, printed: &[&str]) {
        let id = OrganId::new(code(CITY), sector);
        self.corpus.organs.push(Organ {
            url: address::organ(&id.to_string()),
            id,
            name: name.to_owned(),
            region: region(CITY),
            printed: printed.iter().map(|n| PrintedName { name: (*n).to_owned(), documents: Vec::new() }).collect(),
            names: Vec::new(),
            predecessors: Vec::new(),
            successors: Vec::new(),
            handed_over: Vec::new(),
            taken_over: Vec::new(),
            obligations: Vec::new(),
            inherited: Vec::new(),
            issued: Vec::new(),
            replies: Vec::new(),
        });
    }

    fn instrument(
        &mut self,
        id: &str,
        title: Option<&str>,
        number: &str,
        issuers: &[&str],
        document: Option<&str>,
    ) -> usize {
        self.corpus.instruments.push(Instrument {
            id: id.to_owned(),
            url: document.map_or_else(|| address::instrument(id), address::document),
            title: title.map(str::to_owned),
            number: some(number),
            issuers: strings(issuers),
            issuers_inferred: document.is_none(),
            year: Some(2019),
            document: document.map(str::to_owned),
            validity: Validity::default(),
            cited_by: Vec::new(),
        });
        self.corpus.instruments.len() - 1
    }
}

/// The invented corpus.
pub fn fixture() -> Fixture {
    let mut f = Fixture { corpus: Corpus::default() };
    f.organ("卫生健康", "云河市卫生健康委员会", &["市卫生健康委", "云河市卫生健康委员会"]);
    f.organ("民政", "云河市民政局", &["市民政局"]);
    f.organ("财政", "云河市财政局", &["市财政局"]);
    f.organ("医疗保障", "云河市医疗保障局", &["市医保局"]);
    f.organ("综合", "云河市人民政府办公室", &["云河市人民政府办公室"]);
    f.corpus.organs[0].names = vec![
        NamePeriod { name: "云河市卫生局".to_owned(), from: None, to: Some(2014), printed: Vec::new() },
        NamePeriod {
            name: "云河市卫生和计划生育委员会".to_owned(),
            from: Some(2014),
            to: Some(2019),
            printed: Vec::new(),
        },
        NamePeriod {
            name: "云河市卫生健康委员会".to_owned(), from: Some(2019), to: None, printed: Vec::new()
        },
    ];
    let national = f.instrument(
        "国办发-2019-5",
        some("关于推进养老服务发展的意见").as_deref(),
        "国办发〔2019〕5号",
        &["国务院办公厅"],
        None,
    );
    let plan = f.instrument(
        "云政办发-2021-12",
        Some("云河市社区养老服务实施方案"),
        "云政办发〔2021〕12号",
        &["云河市人民政府办公室"],
        Some("云政办发-2021-12"),
    );
    opinion(&mut f, national, plan);
    reply(&mut f, plan);
    notice(&mut f, national, plan);
    regulation(&mut f);
    f.read_topics();
    f.corpus.deputies = vec![Deputy {
        id: "林清和".to_owned(),
        url: address::deputy("林清和"),
        name: "林清和".to_owned(),
        replies: strings(&["云卫复字-2022-7"]),
    }];
    f.corpus.regions = [(CITY, vec![]), (COUNTY, vec![CITY])]
        .into_iter()
        .map(|(id, parents)| Region {
            region: region(id),
            url: address::region(id),
            parents: parents.into_iter().map(code).collect(),
            documents: f
                .corpus
                .documents
                .iter()
                .filter(|d| d.facts.region.as_ref().is_some_and(|r| r.id == code(id)))
                .map(|d| d.facts.id.clone())
                .collect(),
            organs: f.corpus.organs.iter().filter(|o| o.region.id == code(id)).map(|o| o.id.clone()).collect(),
        })
        .collect();
    f
}

fn notice(f: &mut Fixture, national: usize, plan: usize) {
    let record = Facts {
        id: "云政办发-2021-12".to_owned(),
        title: "云河市人民政府办公室关于印发云河市社区养老服务实施方案的通知".to_owned(),
        attached_title: some("云河市社区养老服务实施方案"),
        number: some("云政办发〔2021〕12号"),
        kind: some("通知"),
        issuers: strings(&["云河市人民政府办公室"]),
        date: day("2021-03-18"),
        published: day("2021-03-22"),
        index_no: some("330900/2021-00317"),
        addressees: strings(&["各县（市、区）人民政府", "市政府各部门"]),
        cc: strings(&["市委各部门"]),
        printed_by: some("云河市人民政府办公室"),
        printed_date: day("2021-03-19"),
        disclosure: some("主动公开"),
        stated_validity: None,
        source: None,
        region: Some(region(CITY)),
        ..Facts::default()
    };
    let blocks = vec![
        Block::paragraph("云河市人民政府办公室文件"),
        Block::paragraph("云政办发（2021）12号"),
        Block::rule(),
        Block::title("云河市人民政府办公室关于印发云河市社区养老服务实施方案的通知"),
        Block::paragraph("各县（市、区）人民政府，市政府各部门："),
        Block::paragraph("《云河市社区养老服务实施方案》已经市政府同意，现印发给你们，请认真组织实施。"),
        Block::paragraph("云河市人民政府办公室"),
        Block::paragraph("2021年3月18日"),
        Block::title("云河市社区养老服务实施方案"),
        Block::paragraph(
            "为贯彻落实《国务院办公厅关于推进养老服务发展的意见》（国办发〔2019〕5号），结合我市实际，制定本方案。",
        ),
        clause(2, "一", "、", "总体目标", ""),
        Block::paragraph("到2023年底，全市社区养老服务设施覆盖率达到90%以上。养老机构护理型床位占比不低于55%。"),
        clause(2, "二", "、", "主要任务", ""),
        clause(3, "（一）", "", "完善社区服务网络", "。"),
        Block::paragraph(
            "每个街道至少建成1所具备全托、日托、上门服务功能的社区养老服务综合体，每个社区设立老年助餐点。2022年6月底前完成布点规划。（市民政局牵头，市财政局、市卫生健康委配合）",
        ),
        clause(
            3,
            "（二）",
            "",
            "推进医养签约服务",
            "。基层医疗卫生机构与辖区内养老机构建立签约合作机制，为老年人建立健康档案。（市卫生健康委、市医保局按职责分工负责）",
        ),
        clause(2, "三", "、", "保障措施", ""),
        clause(3, "（一）", "", "加强组织领导", "。"),
        clause(4, "1", ".", "", "市民政局应当每半年通报一次进展情况。"),
        clause(4, "2", ".", "", "各县（市、区）要在收到本方案后一个月内制定细则，落实本方案第二部分任务。"),
        clause(
            3,
            "（二）",
            "",
            "",
            "本方案自2021年4月1日起施行，有效期三年。《云河市养老服务暂行办法》（云政发〔2012〕9号）同时废止。",
        ),
        Block::rule(),
        Block::paragraph("抄送：市委各部门。"),
        Block::paragraph("云河市人民政府办公室　　2021年3月19日印发"),
    ];
    let mut notice = policy(record, blocks);
    notice.instrument = Some(plan);
    notice.marks.push(Mark {
        span: span(&notice, "《云河市社区养老服务实施方案》"), kind: MarkKind::Citation(plan)
    });
    let points = MarkKind::Reference("二".to_owned());
    notice.marks.push(Mark { span: span(&notice, "本方案第二部分"), kind: points });
    let at = f.add(notice);
    let former = "云政发-2012-9";
    let former = f.instrument(former, Some("云河市养老服务暂行办法"), "云政发〔2012〕9号", &["云河市人民政府"], None);
    f.cite(at, "《云河市养老服务暂行办法》（云政发〔2012〕9号）", former, Relation::Repeal);
    let clause = Some("三/（二）".to_owned());
    f.corpus.instruments[plan].validity = Validity {
        effective: day("2021-04-01"),
        expires: day("2024-03-31"),
        effective_path: clause.clone(),
        expires_path: clause,
        repealed_by: Vec::new(),
    };
    f.corpus.instruments[former].validity.repealed_by = vec![Repeal {
        document: "云政办发-2021-12".to_owned(),
        path: "三/（二）".to_owned(),
        from: day("2021-04-01"),
        ahead: true,
        policy: at,
    }];
    f.cite(at, "《国务院办公厅关于推进养老服务发展的意见》（国办发〔2019〕5号）", national, Relation::Implement);
    let target = "到2023年底，全市社区养老服务设施覆盖率达到90%以上";
    f.oblige(at, Kind::Target, target, |o| {
        o.due_text = some("到2023年底");
        o.due = day("2023-12-31");
        o.due_edtf = Some(Edtf::point(Period::Year(2023)));
        o.indicators =
            vec![Indicator { text: "90%以上".to_owned(), op: Op::AtLeast, value: 90.0, unit: "%".to_owned() }];
    });
    f.oblige(at, Kind::Assignment, "（市民政局牵头，市财政局、市卫生健康委配合）", |o| {
        o.text =
            "每个街道至少建成1所具备全托、日托、上门服务功能的社区养老服务综合体，每个社区设立老年助餐点".to_owned();
        o.annotation = some("（市民政局牵头，市财政局、市卫生健康委配合）");
        o.lead = strings(&["市民政局"]);
        o.support = strings(&["市财政局", "市卫生健康委"]);
        o.due_text = some("2022年6月底前");
        o.due = day("2022-06-30");
    });
    f.oblige(at, Kind::Assignment, "（市卫生健康委、市医保局按职责分工负责）", |o| {
        o.text = "基层医疗卫生机构与辖区内养老机构建立签约合作机制，为老年人建立健康档案".to_owned();
        o.annotation = some("（市卫生健康委、市医保局按职责分工负责）");
        o.joint = strings(&["市卫生健康委", "市医保局"]);
    });
    f.oblige(at, Kind::Duty, "市民政局应当每半年通报一次进展情况", |o| {
        o.actor = strings(&["市民政局"]);
        o.modal = some("应当");
    });
    f.corpus.organs[4].issued.push("云政办发-2021-12".to_owned());
}

fn reply(f: &mut Fixture, plan: usize) {
    let record = Facts {
        id: "云卫复字-2022-7".to_owned(),
        title: "对市九届人大一次会议第0123号建议的答复".to_owned(),
        title_inferred: true,
        number: some("云卫复字〔2022〕7号"),
        kind: some("答复"),
        issuers: strings(&["云河市卫生健康委员会"]),
        date: day("2022-05-20"),
        contact: Some(Contact { name: "周晓".to_owned(), phone: "0580-1234567".to_owned() }),
        region: Some(region(CITY)),
        reply: Some(Reply {
            proposal_no: some("0123"),
            deputies: strings(&["林清和"]),
            and_others: true,
            session: some("市九届人大一次会议"),
            proposal_title: some("关于加快发展社区医养结合服务的建议"),
        }),
        ..Facts::default()
    };
    let blocks = vec![
        Block::paragraph("云卫复字〔2022〕7号"),
        Block::paragraph("林清和等代表："),
        Block::paragraph("您提出的《关于加快发展社区医养结合服务的建议》收悉，现答复如下："),
        clause(2, "一", "、", "工作开展情况", ""),
        Block::paragraph(
            "我委会同市民政局落实《云河市社区养老服务实施方案》（云政办发〔2021〕12号），已有36家养老机构与医院签约。",
        ),
        clause(2, "二", "、", "下一步打算", ""),
        Block::paragraph("我委将在2023年6月底前再签约20家养老机构。感谢您对卫生健康工作的支持。"),
        Block::paragraph("云河市卫生健康委员会"),
        Block::paragraph("2022年5月20日"),
        Block::paragraph("（联系人：周晓　电话：0580-1234567）"),
    ];
    let mut reply = policy(record, blocks);
    reply.consulted = vec![1];
    let at = f.add(reply);
    f.cite(at, "《云河市社区养老服务实施方案》（云政办发〔2021〕12号）", plan, Relation::Implement);
    f.oblige(at, Kind::Commitment, "我委将在2023年6月底前再签约20家养老机构", |o| {
        o.actor = strings(&["云河市卫生健康委员会"]);
        o.due_text = some("2023年6月底前");
        o.due = day("2023-06-30");
    });
    f.corpus.organs[0].replies.push("云卫复字-2022-7".to_owned());
    f.corpus.organs[0].issued.push("云卫复字-2022-7".to_owned());
}

fn opinion(f: &mut Fixture, national: usize, plan: usize) {
    let record = Facts {
        id: "青政发-2023-4".to_owned(),
        title: "青岚县人民政府关于加快居家适老化改造的实施意见".to_owned(),
        number: some("青政发〔2023〕4号"),
        kind: some("意见"),
        issuers: strings(&["青岚县人民政府"]),
        date: day("2023-02-09"),
        region: Some(region(COUNTY)),
        ..Facts::default()
    };
    let rows: Vec<Vec<String>> = [
        ["序号", "工作任务", "牵头部门", "配合部门", "时间进度"],
        ["1", "完成困难老年人家庭适老化改造300户", "县民政局", "县财政局、县住建局", "2023年12月底前"],
        ["2", "制定适老化改造服务目录", "县市场监管局", "县民政局", "2023年2季度"],
        ["3", "建立改造后回访制度", "县民政局", "", "长期"],
    ]
    .iter()
    .map(|row| row.iter().map(|c| (*c).to_owned()).collect())
    .collect();
    let blocks = vec![
        Block::title("青岚县人民政府关于加快居家适老化改造的实施意见"),
        Block::paragraph("青政发〔2023〕4号"),
        Block::paragraph("各乡镇人民政府，县政府各部门："),
        Block::paragraph(
            "根据《关于推进养老服务发展的意见》（国办发〔2019〕5号）和云政办发〔2021〕12号文件，提出如下意见。",
        ),
        clause(2, "一", "、", "工作任务", ""),
        clause(3, "（一）", "", "明确改造对象", "。优先保障高龄、失能、残疾老年人家庭。具体任务分工见附件。"),
        Block::paragraph("青岚县人民政府"),
        Block::paragraph("二〇二三年二月九日"),
        clause(1, "附件", "　", "适老化改造任务分工表", ""),
        Block::table(true, &rows),
    ];
    let at = f.add(policy(record, blocks));
    f.cite(at, "《关于推进养老服务发展的意见》（国办发〔2019〕5号）", national, Relation::Basis);
    f.cite(at, "云政办发〔2021〕12号", plan, Relation::Basis);
    let tasks = [
        (
            "完成困难老年人家庭适老化改造300户",
            "县民政局",
            vec!["县财政局", "县住建局"],
            "2023年12月底前",
            Some("2023-12-31"),
        ),
        ("制定适老化改造服务目录", "县市场监管局", vec!["县民政局"], "2023年2季度", Some("2023-06-30")),
        ("建立改造后回访制度", "县民政局", vec![], "长期", None),
    ];
    for (n, (task, lead, support, due_text, due)) in (1..).zip(tasks) {
        f.oblige(at, Kind::Assignment, task, |o| {
            o.path = format!("附件/{n}");
            o.title = some(task);
            o.lead = strings(&[lead]);
            o.support = strings(&support);
            o.due_text = some(due_text);
            o.due = due.and_then(day);
        });
    }
    // The words of a row are its cells; nothing in a table is marked.
    f.corpus.documents[at].marks.retain(|m| !matches!(m.kind, MarkKind::Annotation(_)));
}

fn regulation(f: &mut Fixture) {
    let record = Facts {
        id: "云河市养老服务条例".to_owned(),
        title: "云河市养老服务条例".to_owned(),
        kind: some("条例"),
        issuers: strings(&["云河市人民代表大会常务委员会"]),
        region: Some(region(CITY)),
        ..Facts::default()
    };
    let mut blocks = vec![
        Block::title("云河市养老服务条例"),
        Block::paragraph("（2020年9月25日云河市第八届人民代表大会常务委员会第三十次会议通过）"),
    ];
    for (chapter, title, articles) in [("第一章", "总则", 1..4), ("第二章", "服务供给", 4..8)] {
        blocks.push(clause(2, chapter, "　", title, ""));
        for n in articles {
            let number = format!("第{}条", ["", "一", "二", "三", "四", "五", "六", "七"][n]);
            blocks.push(clause(
                3,
                &number,
                "　",
                "",
                &format!("本市养老服务坚持第{n}项原则，政府主导、社会参与、家庭尽责。"),
            ));
        }
    }
    f.add(policy(record, blocks));
}
