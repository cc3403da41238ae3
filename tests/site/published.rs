//! The site of the five documents, as the repository gives it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use zhengku::project::Project;

use super::{Folder, contents, repository};
use crate::support::driver::command;
use crate::support::{links, printed};

/// The built site, made once for all tests.
pub(crate) static BUILT: LazyLock<PathBuf> = LazyLock::new(|| {
    let output = Path::new(env!("CARGO_TARGET_TMPDIR")).join("published");
    build(&output, &["--base-url", "https://example.gov.cn/policy"]);
    output
});

fn build(output: &Path, args: &[&str]) {
    let mut build = command();
    build.args(["build", "--root"]).arg(repository()).arg("--output").arg(output).args(args);
    let output = build.output().expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn every_link_leads_somewhere() {
    assert_eq!(links::broken(&BUILT), Vec::<String>::new());
    // Without an address of its own, as in a folder that is opened from the disk.
    let folder = Folder::new();
    build(&folder.path("public"), &[]);
    assert_eq!(links::broken(&folder.path("public")), Vec::<String>::new());
}

/// On one core as on many, at another time, from another folder.
#[test]
fn two_builds_give_the_same_bytes() {
    let first = contents(&BUILT);
    let folder = Folder::new();
    let mut second = command();
    second.current_dir(folder.path("")).env("RAYON_NUM_THREADS", "1").env("TZ", "America/New_York");
    second.args(["build", "--base-url", "https://example.gov.cn/policy", "--output", "public", "--root"]);
    assert!(second.arg(repository()).output().expect("the program runs").status.success());
    let second = contents(&folder.path("public"));
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    assert!(first.len() > 100 && first.keys().any(|f| f.ends_with("obligations.xlsx")));
    for (file, bytes) in &first {
        assert!(second.get(file) == Some(bytes), "{} differs", file.display());
    }
}

/// Every character of a document stands on its page, in order, and nothing else.
#[test]
fn pages_print_their_documents() {
    let project = Project::open(repository()).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(project.corpus.documents.len(), 5);
    for policy in &project.corpus.documents {
        let page = std::fs::read_to_string(BUILT.join(zhengku::address::file(&policy.facts.url))).expect("a page");
        let blocks = policy.document.blocks.iter().flat_map(|b| b.text.chars());
        let expected: String = blocks.filter(|c| !c.is_whitespace()).collect();
        assert!(expected.chars().count() > 500, "{}", policy.facts.id);
        assert_eq!(printed::printed_text(&page), expected, "{}", policy.facts.id);
    }
}

/// The content files are what the program makes of the seeds.
#[test]
fn content_is_as_imported() {
    let folder = Folder::new();
    let seeds = repository().join("tests/seeds");
    folder.success(&["import", &seeds.to_string_lossy()]);
    let (imported, kept) = (contents(&folder.path("content")), contents(&repository().join("content")));
    assert_eq!(imported.keys().collect::<Vec<_>>(), kept.keys().collect::<Vec<_>>());
    for (file, bytes) in &kept {
        let text = String::from_utf8_lossy(bytes);
        assert_eq!(imported.get(file).map(|b| String::from_utf8_lossy(b)), Some(text), "{}", file.display());
    }
}

/// Against annotations made by hand, where `../shared/score` and `../shared/gold` are there.
#[test]
fn the_data_are_those_of_the_gold_annotations() {
    let shared = repository().join("../shared");
    let (score, gold) = (shared.join("score/score.py"), shared.join("gold"));
    if !score.is_file() || !gold.is_dir() {
        eprintln!("skipped: no annotations at ../shared/gold, or no ../shared/score/score.py");
        return;
    }
    let mut python = Command::new("python3");
    python.arg(score).arg(BUILT.join("data")).arg(gold).arg("--misses");
    for list in ["documents found", "meta", "outline", "citations", "citation relation", "assignments"] {
        python.args(["--min", &format!("{list}=1")]);
    }
    match python.output() {
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout)),
        Err(e) => eprintln!("skipped: python3 does not run here ({e})"),
    }
}
