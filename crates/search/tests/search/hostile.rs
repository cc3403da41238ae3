//! Queries and documents from outside: always an answer, and soon.

use std::time::{Duration, Instant};

use search::{Document, Options, Passage, Record};

use crate::support::{Outcome, build, document, found, site};

#[test]
fn hostile_queries_are_answered_soon() -> Outcome {
    let site = site()?;
    let alphabet: Vec<char> =
        "低保府应当2018年（）〔〕《》、\"“”「-:：|或OR ．*?^~\\/'\0\u{feff}\u{202e}𠀀é".chars().collect();
    let mut queries: Vec<String> =
        ["府", "府应", "a", "9", "\"", "“", "-", "OR ", "牵头:", "\"府应", "年份:..", "、", "一百二十三"]
            .iter()
            .map(|part| part.repeat(10_000 / part.chars().count()))
            .collect();
    queries.extend(
        ["年份:9999999999999999999999..", "牵头:\"", "期限:....", "-牵头:", "\0", "\u{202e}", "-\"\"", "\"\" OR \"\""]
            .map(String::from),
    );
    let mut seed = 3u64;
    for length in [1, 2, 3, 5, 8, 13, 40, 200] {
        for _ in 0..20 {
            let query = (0..length).map(|_| {
                seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                alphabet[(seed >> 33) as usize % alphabet.len()]
            });
            queries.push(query.collect());
        }
    }
    for query in &queries {
        let start = Instant::now();
        site.index.search(query, &Options { facets: true, ..Options::default() })?;
        site.index.search_records(query, &Options::default())?;
        let took = start.elapsed();
        assert!(took < Duration::from_secs(5), "{took:?}: {:?}…", query.chars().take(20).collect::<String>());
    }
    Ok(())
}

#[test]
fn a_long_phrase_is_found() -> Outcome {
    let text = format!("题\n{}。{}完。", "县级以上人民政府应当加强领导".repeat(600), "第二条".repeat(2000));
    let site = build([document("long", &text), document("other", "题\n县级以上人民政府")])?;
    let phrase = &text["题\n".len()..];
    assert_eq!(found(&site.index, &format!("\"{phrase}\""))?, ["long"]);
    assert_eq!(found(&site.index, &format!("\"{phrase}。\""))?, [""; 0]);
    assert_eq!(found(&site.index, phrase)?[0], "long");
    Ok(())
}

#[test]
fn hostile_documents_are_indexed() -> Outcome {
    let wild = Document {
        id: "wild".into(),
        text: "汉字abc\u{0}\u{feff}é汉".into(),
        passages: vec![
            Passage { start: 1, path: "inside a character".into(), ..Passage::default() },
            Passage { start: 5, path: "x".into(), ..Passage::default() },
            Passage { start: 2, path: "backwards".into(), ..Passage::default() },
            Passage { start: usize::MAX, path: "outside".into(), ..Passage::default() },
        ],
        records: vec![Record { id: "r".into(), span: 3..usize::MAX, ..Record::default() }],
        ..Document::default()
    };
    let empty = Document::default();
    let run = document("run", &format!("题\n{}", "x1".repeat(100_000)));
    let blank = document("blank", &"\n".repeat(50_000));
    let site = build([wild, empty, run, blank])?;
    assert_eq!(found(&site.index, "汉字")?, ["wild"]);
    assert_eq!(found(&site.index, "\"字abcé\"")?, ["wild"]);
    assert_eq!(found(&site.index, "\"x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1\"")?, ["run"]);
    assert_eq!(site.index.search_records("字abc", &Options::default())?.total, 1);
    Ok(())
}

#[test]
fn an_unknown_field_is_named() -> Outcome {
    let mut wrong = document("wrong", "题\n文");
    wrong.values.push(("colour".into(), "red".into()));
    let Err(error) = build([wrong]) else { return Err("a field outside the schema was taken".into()) };
    assert_eq!(error.to_string(), "文件《wrong》用了检索字段表中没有的字段 colour");
    Ok(())
}
