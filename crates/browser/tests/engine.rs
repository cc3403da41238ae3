//! The engine that the theme brings answers as the terminal does. Needs Node.js; where there is none it says so.

use std::{
    error::Error,
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use browser::answer;
use search::{Builder, Document, Field, Index, Matching, Passage, Schema, Scope};
use serde_json::Value;
use tempfile::TempDir;

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// How many queries are compared.
const QUERIES: usize = 200;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The fixtures of the search engine.
fn texts() -> Outcome<Vec<String>> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(root().join("../search/tests/search/fixtures"))? {
        paths.push(entry?.path());
    }
    paths.sort();
    Ok(paths.iter().map(std::fs::read_to_string).collect::<Result<_, _>>()?)
}

fn index(texts: &[String], folder: &Path) -> Outcome<Index> {
    let kind = Field {
        name: "kind".into(),
        labels: vec!["类型".into()],
        matching: Matching::Part,
        scope: Scope::Document,
        facet: true,
    };
    let synonyms = vec![["卫健委", "卫生健康委员会"].map(String::from).to_vec()];
    let mut builder = Builder::new(Schema { fields: vec![kind], synonyms }, &[])?;
    for (number, text) in texts.iter().enumerate() {
        let (title, text) = text.split_once('\n').ok_or("a fixture has no title")?;
        let mut start = 0;
        let mut passages = Vec::new();
        for (line, content) in text.split_inclusive('\n').enumerate() {
            passages.push(Passage { start, path: line.to_string(), anchor: format!("p{line}"), ..Passage::default() });
            start += content.len();
        }
        builder.add(Document {
            id: number.to_string(),
            url: format!("/{number}/"),
            title: title.into(),
            text: text.into(),
            passages,
            values: vec![("kind".into(), if number % 2 == 0 { "意见" } else { "答复" }.into())],
            ..Document::default()
        })?;
    }
    builder.finish(folder)?;
    Ok(Index::open(folder)?)
}

/// Queries of every sort, and phrases from all over the texts.
fn queries(texts: &[String]) -> Vec<String> {
    let sorts =
        ["停车场", "医疗保障 签约", "\"双随机、一公开\"", "市卫健委", "类型:答复 松江", "松江 -低保", "低保 OR 停车场"];
    let more = ["停车设施改造", "大气污柒", "2016年1月20日", "法", "》", "没有的话", "“停车难”", "\"018年6月\""];
    let mut queries: Vec<String> = sorts.iter().chain(&more).map(|query| (*query).into()).collect();
    let mut seed = 11usize;
    while queries.len() < QUERIES {
        seed = seed.wrapping_mul(2862933555777941757).wrapping_add(3037000493);
        let text: Vec<char> = texts[(seed >> 40) % texts.len()].chars().collect();
        let (length, start) = (2 + (seed >> 20) % 8, (seed >> 30) % text.len());
        let phrase: String = text[start..text.len().min(start + length)].iter().collect();
        if phrase.contains('\n') || phrase.trim().is_empty() {
            continue;
        }
        queries.push(if seed.is_multiple_of(2) { phrase } else { format!("\"{phrase}\"") });
    }
    queries
}

/// Scores to three places: the last bits of a logarithm differ between processors.
fn rounded(value: &mut Value) {
    match value {
        Value::Number(number) if number.is_f64() => {
            *value = format!("{:.3}", number.as_f64().unwrap_or_default()).into();
        }
        Value::Array(values) => values.iter_mut().for_each(rounded),
        Value::Object(values) => values.values_mut().for_each(rounded),
        _ => {}
    }
}

#[test]
fn the_browser_answers_as_the_terminal_does() -> Outcome {
    let folder = TempDir::new()?;
    let texts = texts()?;
    let index = index(&texts, folder.path())?;
    let queries = queries(&texts);
    let node = Command::new("node")
        .arg(root().join("tests/ask.mjs"))
        .arg(root().join("../../themes/default/assets/search"))
        .arg(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let mut node = match node {
        Ok(node) => node,
        Err(error) => {
            eprintln!("skipped: node cannot be started: {error}");
            return Ok(());
        }
    };
    // Dropped at the end of the line, which tells node that there is no more.
    node.stdin.take().ok_or("no standard input")?.write_all(queries.join("\n").as_bytes())?;
    let output = node.wait_with_output()?;
    assert!(output.status.success(), "node failed");
    let answers = String::from_utf8(output.stdout)?;
    let answers: Vec<&str> = answers.lines().collect();
    assert_eq!(answers.len(), queries.len());
    for (query, answer) in queries.iter().zip(answers) {
        let mut there: Value = serde_json::from_str(answer)?;
        let mut here: Value = serde_json::from_str(&answer::documents(&index, query, r#"{"facets":true}"#))?;
        rounded(&mut there);
        rounded(&mut here);
        assert_eq!(there, here, "{query}");
    }
    Ok(())
}
