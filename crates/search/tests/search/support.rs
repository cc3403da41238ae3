//! Indexes to test with.

use std::{
    collections::BTreeMap,
    error::Error,
    path::{Path, PathBuf},
};

use search::{Builder, Document, Field, Index, Matching, Options, Passage, Record, Role, Schema, Scope};
use tempfile::TempDir;

pub type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// An index and the folder it lies in.
pub struct Site {
    pub index: Index,
    pub folder: TempDir,
}

pub fn schema() -> Schema {
    let field = |name: &str, label: &str, matching, scope, facet| Field {
        name: name.into(),
        labels: vec![label.into()],
        matching,
        scope,
        facet,
    };
    Schema {
        fields: vec![
            field("number", "文号", Matching::Part, Scope::Document, false),
            field("year", "年份", Matching::Range, Scope::Document, true),
            field("kind", "类型", Matching::Part, Scope::Document, true),
            field("proposal", "建议号", Matching::Whole, Scope::Document, false),
            field("title", "标题", Matching::Title, Scope::Document, false),
            field("lead", "牵头", Matching::Part, Scope::Record, false),
            field("due", "期限", Matching::Range, Scope::Record, false),
        ],
        synonyms: vec![["卫健委", "卫生健康委员会", "卫生计生委"].map(String::from).to_vec()],
    }
}

/// The passages of a text: its paragraphs, numbered from 1.
pub fn paragraphs(text: &str) -> Vec<Passage> {
    let (mut passages, mut start) = (Vec::new(), 0);
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() {
            let path = (passages.len() + 1).to_string();
            passages.push(Passage { start, role: Role::Text, anchor: format!("p{path}"), path, ..Passage::default() });
        }
        start += line.len();
    }
    passages
}

/// A document from a text whose first line is the title.
pub fn document(id: &str, text: &str) -> Document {
    let (title, text) = text.split_once('\n').unwrap_or((text, ""));
    Document {
        id: id.into(),
        url: format!("/{id}/"),
        title: title.into(),
        text: text.into(),
        passages: paragraphs(text),
        ..Document::default()
    }
}

/// The texts of a folder by name, or `None` if there is no such folder.
pub fn texts(folder: &Path) -> Outcome<Option<Vec<(String, String)>>> {
    if !folder.is_dir() {
        return Ok(None);
    }
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        paths.push(entry?.path());
    }
    paths.sort();
    let mut texts = Vec::new();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "txt")) {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        texts.push((name, std::fs::read_to_string(path)?));
    }
    Ok(Some(texts))
}

pub fn fixtures() -> Outcome<Vec<(String, String)>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search/fixtures");
    Ok(texts(&folder)?.ok_or("the fixtures are missing")?)
}

pub fn build(documents: impl IntoIterator<Item = Document>) -> Outcome<Site> {
    let folder = TempDir::new()?;
    let mut builder = Builder::new(schema(), &["松江市".into()])?;
    for document in documents {
        builder.add(document)?;
    }
    builder.finish(folder.path())?;
    Ok(Site { index: Index::open(folder.path())?, folder })
}

/// The fixtures with their fields and records.
pub fn site() -> Outcome<Site> {
    let mut documents = Vec::new();
    for (id, text) in fixtures()? {
        let mut document = document(&id, &text);
        let values: &[(&str, &str)] = match id.as_str() {
            "001" => &[("number", "松江市政办发〔2018〕12号"), ("year", "2018"), ("kind", "意见")],
            "002" => &[("number", "松卫函〔2019〕5号"), ("year", "2019"), ("kind", "答复"), ("proposal", "0097")],
            "003" => &[("number", "松政办发〔2016〕3号"), ("year", "2016"), ("kind", "通知")],
            "004" => &[("number", "松江市政发〔2017〕4号"), ("year", "2017"), ("kind", "方案")],
            _ => &[],
        };
        document.values = values.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        let obligations: &[(&str, &str, &str, &str)] = match id.as_str() {
            "001" => &[("001-1", "（一）目标任务", "市住房城乡建设局", "2018-06-30")],
            "004" => &[
                ("004-1", "| 1 | 秸秆禁烧", "市农业局", "2017-10-31"),
                ("004-2", "| 2 | 淘汰黄标车", "市公安局", "2017-12-31"),
            ],
            _ => &[],
        };
        for (id, start, lead, due) in obligations {
            let from = document.text.find(start).ok_or("the record is not in the text")?;
            let to = document.text[from..].find('\n').map_or(document.text.len(), |length| from + length);
            document.records.push(Record {
                id: (*id).into(),
                span: from..to,
                values: vec![("lead".into(), (*lead).into()), ("due".into(), (*due).into())],
                extra: serde_json::json!({ "task": start }),
            });
        }
        documents.push(document);
    }
    build(documents)
}

/// The ids that a query finds, in order.
pub fn found(index: &Index, query: &str) -> Outcome<Vec<String>> {
    let options = Options { limit: 0, ..Options::default() };
    Ok(index.search(query, &options)?.results.into_iter().map(|hit| hit.id).collect())
}

/// The files of an index by name.
pub fn files(folder: &Path) -> Outcome<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for folder in [folder.to_owned(), folder.join("chunks")] {
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_file() {
                files
                    .insert(path.file_name().unwrap_or_default().to_string_lossy().into_owned(), std::fs::read(&path)?);
            }
        }
    }
    Ok(files)
}
