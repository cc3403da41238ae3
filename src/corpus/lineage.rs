//! 传导: which document carries which instrument down, from the nation to the province to the city.
//!
//! A text says so itself: it 贯彻 or 落实 an instrument, it 转发 one, or it names one as its 依据 in the sentence that
//! says why it is made (根据《…》要求，制定本方案). An edge that no text prints does not exist, however alike two documents
//! are. A reply answers a person and carries nothing down. Called by `site`; what became of the numbers on the way is
//! `compare::numbers`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use gongwen::extract::Relation;
use gongwen::number::DocumentNumber;
use gongwen::{Document, Span};
use serde::Deserialize;

use super::model::*;
use crate::registry::{Context, Level, RegionId, Registry};

/// 传导: who carries what down.
#[derive(Debug, Default)]
pub struct Lineage {
    /// In the order of the instruments that are carried, then of the documents.
    pub edges: Vec<Edge>,
    /// For every instrument its level; `None` where nothing tells who issued it.
    pub levels: Vec<Option<Level>>,
    /// For every instrument the edges to what it carries down: indices into `edges`.
    above: Vec<Vec<usize>>,
    /// For every instrument the edges from those that carry it down.
    below: Vec<Vec<usize>>,
}

/// A document carries an instrument down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// What is carried: index into [`Corpus::instruments`].
    pub from: usize,
    /// The instrument that the document is.
    pub to: usize,
    /// The document: index into [`Corpus::documents`].
    pub policy: usize,
    /// How its text says so: 贯彻, 转发 or 依据.
    pub relation: Relation,
    /// The clause that says so.
    pub path: String,
    /// The sentence that says so.
    pub sentence: Span,
    /// Where in it the instrument is named.
    pub mention: Span,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    purposes: Vec<String>,
    forwards: Vec<String>,
    centre: Vec<String>,
}

/// # Panics
/// Where the table is broken; a test reads it.
static WORDS: LazyLock<Words> =
    LazyLock::new(|| toml::from_str(include_str!("lineage.toml")).unwrap_or_else(|e| panic!("lineage.toml: {e}")));

impl Lineage {
    /// Reads who carries what down from the citations of all documents.
    pub fn of(corpus: &Corpus, registry: &Registry) -> Lineage {
        let mut lineage = Lineage {
            levels: levels(corpus, registry),
            above: vec![Vec::new(); corpus.instruments.len()],
            below: vec![Vec::new(); corpus.instruments.len()],
            ..Lineage::default()
        };
        for (from, instrument) in corpus.instruments.iter().enumerate() {
            let mut found: BTreeMap<usize, Edge> = BTreeMap::new();
            for by in &instrument.cited_by {
                let Some(edge) = edge(corpus, from, by) else { continue };
                // The same instrument cited twice, by its number and by its title, is carried down once.
                let known = found.entry(by.policy).or_insert_with(|| edge.clone());
                if known.relation == Relation::Basis && edge.relation != Relation::Basis {
                    *known = edge;
                }
            }
            for edge in found.into_values() {
                let number = lineage.edges.len();
                lineage.above[edge.to].push(number);
                lineage.below[edge.from].push(number);
                lineage.edges.push(edge);
            }
        }
        lineage
    }

    /// The edges to what instrument number `of` carries down: indices into `edges`.
    pub fn above(&self, of: usize) -> &[usize] {
        self.above.get(of).map_or(&[], Vec::as_slice)
    }

    /// The edges from those that carry instrument number `of` down: indices into `edges`.
    pub fn below(&self, of: usize) -> &[usize] {
        self.below.get(of).map_or(&[], Vec::as_slice)
    }

    /// The level of instrument number `of`.
    pub fn level(&self, of: usize) -> Option<Level> {
        self.levels.get(of).copied().flatten()
    }
}

/// What a citation says of carrying down, where it does.
fn edge(corpus: &Corpus, from: usize, by: &CitedBy) -> Option<Edge> {
    let policy = corpus.documents.get(by.policy)?;
    let to = policy.instrument?;
    if policy.facts.reply.is_some() || to == from {
        return None;
    }
    let document = &policy.document;
    let said = |words: &[String], mention: Span| {
        let sentence = document.quote(sentence(document, mention));
        words.iter().any(|w| sentence.contains(w.as_str()))
    };
    let mention = match by.relation {
        Relation::Implement => by.mentions.first().copied(),
        // Named before, forwarded later: the sentence is meant that forwards.
        Relation::Forward => {
            let forwards = by.mentions.iter().find(|&&m| said(&WORDS.forwards, m));
            forwards.or(by.mentions.first()).copied()
        }
        Relation::Basis => by.mentions.first().copied().filter(|m| opens(policy, m.block) && said(&WORDS.purposes, *m)),
        Relation::Issue | Relation::Mention | Relation::Repeal | Relation::Amend => None,
    }?;
    Some(Edge {
        from,
        to,
        policy: by.policy,
        relation: by.relation,
        path: policy.outline.path_at(mention.block).to_owned(),
        sentence: sentence(document, mention),
        mention,
    })
}

/// True before the second clause of a document: where it says why it is made.
fn opens(policy: &Policy, block: usize) -> bool {
    let path = policy.outline.path_at(block);
    let around = |outer: &str| path.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    path.is_empty() || policy.outline.entries.iter().take_while(|e| e.path != path).all(|e| around(&e.path))
}

/// The sentence of a block that a mention stands in.
fn sentence(document: &Document, mention: Span) -> Span {
    let ends = ['。', '！', '？', '\n', '\t'];
    let text = document.blocks.get(mention.block).map_or("", |b| b.text.as_str());
    let (before, after) = (text.get(..mention.start).unwrap_or(""), text.get(mention.end..).unwrap_or(""));
    let start = before.rfind(ends).map_or(0, |i| i + before[i..].chars().next().map_or(0, char::len_utf8));
    let start = start + before[start..].len() - before[start..].trim_start().len();
    let end =
        after.find(ends).map_or(text.len(), |i| mention.end + i + after[i..].chars().next().map_or(0, char::len_utf8));
    let end = end - (text.get(start..end).map_or(0, |s| s.len() - s.trim_end().len()));
    Span::new(mention.block, start..end)
}

/// The level of who issued each instrument: the document's own where it is held, else what is printed of it.
fn levels(corpus: &Corpus, registry: &Registry) -> Vec<Option<Level>> {
    let told = |i: &Instrument| if i.document.is_some() { None } else { cited_level(corpus, registry, i) };
    let mut levels: Vec<Option<Level>> = corpus.instruments.iter().map(told).collect();
    for policy in &corpus.documents {
        if let Some(level) = policy.instrument.and_then(|i| levels.get_mut(i)) {
            *level = policy.facts.region.as_ref().map(|r| r.level).or_else(|| central(&policy.facts.title));
        }
    }
    levels
}

/// The level of what is only cited: what its number tells in a document of the citing region, else its printed issuers,
/// else the beginning of its title.
fn cited_level(corpus: &Corpus, registry: &Registry, instrument: &Instrument) -> Option<Level> {
    let citing = instrument.cited_by.first().and_then(|by| corpus.documents.get(by.policy));
    let region = citing.and_then(|p| p.facts.region.as_ref()).map(|r| r.id);
    let number = instrument.number.as_deref().and_then(DocumentNumber::parse);
    let by_number = || registry.number_issuer(&number.as_ref()?.code, instrument.year, region)?.region;
    let context = Context { region, ..Context::default() };
    let named = || instrument.issuers.iter().find_map(|n| registry.resolve(n, &context).organ().map(|o| o.region));
    let titled = || registry.region_of_document(instrument.title.as_slice(), None, &[], None);
    let region: Option<RegionId> = by_number().or_else(named).or_else(titled);
    let told = region.and_then(|r| registry.region(r)).map(|r| r.level);
    told.or_else(|| central(instrument.title.as_deref()?))
}

/// The nation's level of what bears its name: a statute tells no other issuer.
fn central(title: &str) -> Option<Level> {
    WORDS.centre.iter().any(|w| title.starts_with(w.as_str())).then_some(Level::Country)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Project;

    /// The edges of a site: what is carried, by whom, how, the clause, the sentence.
    fn edges(project: &Project) -> Vec<String> {
        let corpus = &project.corpus;
        let shown = |e: &Edge| {
            let policy = &corpus.documents[e.policy];
            let said = policy.document.quote(e.sentence);
            let [from, to] = [e.from, e.to].map(|i| corpus.instruments[i].id.as_str());
            format!("{from} → {to} {} {} {said}", e.relation.name(), e.path)
        };
        Lineage::of(corpus, &project.registry).edges.iter().map(shown).collect()
    }

    /// What a text says it carries down is carried down, with the clause that says so; what it only names, what it
    /// follows somewhere in its middle, and what a reply reports, is not.
    #[test]
    fn an_edge_is_what_a_text_prints() {
        let found = edges(&Project::of_case("lineage"));
        let expected = [
            "台政办发-2031-903 → 临民发-2031-906 依据  根据《台州市人民政府办公室关于推进社区助浴服务的通知》（台政办发〔2031〕903号）要求，制定本细则。",
            "国办发-2030-901 → 台政办发-2031-903 贯彻 二/（一） 落实《国务院办公厅关于推进社区助浴服务的指导意见》（国办发〔2030〕901号），到2031年底，助浴护理员持证率达到70%。",
            "国办发-2030-901 → 浙政办发-2030-902 贯彻  为贯彻落实《国务院办公厅关于推进社区助浴服务的指导意见》（国办发〔2030〕901号）精神，结合我省实际，提出以下意见。",
            "浙政办发-2030-902 → 台政办发-2031-903 贯彻  为贯彻落实《浙江省人民政府办公厅关于推进社区助浴服务的实施意见》（浙政办发〔2030〕902号）和《浙江省养老机构助浴安全规范》（浙民福〔2030〕904号），经市政府同意，现将有关事项通知如下。",
            "浙民福-2030-904 → 台政办发-2031-903 贯彻  为贯彻落实《浙江省人民政府办公厅关于推进社区助浴服务的实施意见》（浙政办发〔2030〕902号）和《浙江省养老机构助浴安全规范》（浙民福〔2030〕904号），经市政府同意，现将有关事项通知如下。",
        ];
        assert_eq!(found, expected);
    }

    /// A statute says in its first article what it follows; what it says later it does not carry down.
    #[test]
    fn the_first_article_says_why_a_statute_is_made() {
        let text = "# 云河市渡口管理办法\n\n## 第一章 总则\n\n### 第一条\n\n根据《中华人民共和国港口法》，制定本办法。\n\n### 第二条\n\n根据《中华人民共和国安全生产法》制定应急预案。\n";
        let found = edges(&Project::of([("渡口.md", text)]));
        assert_eq!(
            found,
            ["中华人民共和国港口法 → 渡口 依据 第一章/第一条 根据《中华人民共和国港口法》，制定本办法。"]
        );
    }

    /// A document that forwards an instrument carries it down by the sentence that forwards it, though an earlier one
    /// names it.
    #[test]
    fn what_is_forwarded() {
        let text = "+++\ntitle = \"台州市民政局转发省民政厅文件的通知\"\nnumber = \"台民〔2031〕7号\"\n+++\n\n# 台州市民政局转发省民政厅文件的通知\n\n省民政厅印发了《关于规范助浴服务的通知》（浙民福〔2031〕5号）。现将《关于规范助浴服务的通知》（浙民福〔2031〕5号）转发给你们，请认真执行。\n";
        let found = edges(&Project::of([("转发.md", text)]));
        assert_eq!(
            found,
            ["浙民福-2031-5 → 转发 转发  现将《关于规范助浴服务的通知》（浙民福〔2031〕5号）转发给你们，请认真执行。"]
        );
    }

    /// The level is that of who issued the instrument, held or not.
    #[test]
    fn levels_of_instruments() {
        let project = Project::of_case("lineage");
        let lineage = Lineage::of(&project.corpus, &project.registry);
        let level = |id: &str| {
            let at = project.corpus.instruments.iter().position(|i| i.id == id).expect(id);
            lineage.level(at).map_or("", Level::name)
        };
        let found = ["国办发-2030-901", "浙政办发-2030-902", "台政办发-2031-903", "临民发-2031-906", "浙民福-2030-904"]
            .map(level);
        assert_eq!(found, ["国家", "省", "市", "县", "省"]);
    }
}
