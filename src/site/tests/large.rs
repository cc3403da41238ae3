//! A site as large as the national laws, to be timed: `cargo test --release --lib site::tests::large -- --ignored
//! --nocapture`.

use std::time::Instant;

use crate::corpus::{CitedBy, Instrument, Mark, MarkKind};

use super::super::{address, fixture};
use super::*;

/// 3,475 laws with 72 articles of 85 characters each, 8,000 instruments, and 24 duties a law.
fn laws(documents: usize) -> Fixture {
    let mut f = Fixture { corpus: crate::corpus::Corpus::default() };
    for n in 0..8000 {
        let id = format!("某发-{}-{n}", 1990 + n % 30);
        f.corpus.instruments.push(Instrument {
            url: address::instrument(&id),
            id,
            title: Some(format!("关于第{n}项工作的通知")),
            number: Some(format!("某发〔{}〕{n}号", 1990 + n % 30)),
            issuers: vec!["某部".to_owned()],
            issuers_inferred: true,
            year: None,
            document: None,
            cited_by: Vec::new(),
        });
    }
    for d in 0..documents {
        let id = format!("某某省第{d}号条例");
        let mut blocks = vec![Block::title(id.clone())];
        for chapter in 0..6 {
            blocks.push(clause(2, &format!("第{chapter}章"), "　", "监督管理与法律责任", ""));
            for article in 0..12 {
                let number = format!("第{}条", chapter * 12 + article + 1);
                let words =
                    "县级以上地方人民政府应当加强对本行政区域内相关工作的领导，将其纳入国民经济和社会发展规划，"
                        .repeat(2);
                blocks.push(clause(3, &number, "　", "", &words));
            }
        }
        let record =
            DocumentRecord { title: id.clone(), id, kind: Some("条例".to_owned()), ..DocumentRecord::default() };
        let mut law = policy(record, blocks);
        let cited = (d * 7) % 8000;
        law.marks.push(Mark { span: fixture::span(&law, "将其纳入"), kind: MarkKind::Citation(cited) });
        f.corpus.instruments[cited].cited_by.push(CitedBy {
            document: law.record.id.clone(),
            relation: "引用".to_owned(),
            paths: vec!["第0章/第1条".to_owned()],
            policy: d,
        });
        let at = f.add(law);
        for article in 1..=24 {
            let words = format!("第{article}条　县级以上地方人民政府应当加强");
            f.oblige(at, ObligationKind::Duty, &words, |o| {
                o.actor = vec!["县级以上地方人民政府".to_owned()];
                o.modal = Some("应当".to_owned());
            });
        }
    }
    f
}

#[test]
#[ignore = "for timing, in release"]
fn a_site_of_laws() {
    let f = laws(3475);
    let bytes: usize = f.corpus.documents.iter().flat_map(|d| &d.document.blocks).map(|b| b.text.len()).sum();
    println!("{bytes} bytes of text, {} obligations", f.corpus.obligations.len());
    let root = tempfile::tempdir().unwrap();
    for _ in 0..3 {
        // A first build has no old site to clear away.
        let _ = std::fs::remove_dir_all(root.path().join("public"));
        let start = Instant::now();
        let summary = build_in(root.path(), &f, &published(), None).unwrap();
        println!("{:?}: {summary:?}", start.elapsed());
    }
    let mut folders = std::collections::BTreeMap::<String, u64>::new();
    let mut files = Vec::new();
    walk(&root.path().join("public"), &mut files);
    for file in files {
        let folder = file.strip_prefix(root.path().join("public")).unwrap().iter().next().unwrap().to_string_lossy();
        *folders.entry(folder.into_owned()).or_default() += file.metadata().unwrap().len();
    }
    println!("{folders:#?}");
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    println!("{}", status.lines().find(|l| l.starts_with("VmHWM")).unwrap_or(""));
}
