//! Every page is valid HTML, by the checker of the W3C and by html-validate; both are fetched by `cargo xtask test`.

use std::process::{Command, Output};

use super::published::BUILT;
use crate::support::driver::Site;
use crate::support::judges;

/// What `program` says of the built site; `None` where it cannot be started, which is said.
fn asked(program: &str, arguments: impl FnOnce(&mut Command)) -> Option<Output> {
    let mut command = Command::new(program);
    arguments(&mut command);
    let output = command.output();
    if output.is_err() {
        judges::skipped(&format!("{program}, which does not run here"));
    }
    output.ok()
}

/// The checker opens the pages as files, to which 'self' of their policy means nothing; the browser's console judges it.
#[test]
fn the_nu_html_checker_finds_nothing() {
    let Some(checker) = judges::find("vnu-jar/build/dist/vnu.jar") else { return };
    let lineage = Site::case("lineage").build();
    let Some(output) = asked("java", |java| {
        java.arg("-jar").arg(checker).args(["--skip-non-html", "--filterpattern", ".*Content Security Policy.*"]);
        java.arg(&*BUILT).arg(lineage.path("public/documents")).arg(lineage.path("public/lineage"));
    }) else {
        return;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn html_validate_finds_nothing() {
    let Some(validator) = judges::find("html-validate/bin/html-validate.mjs") else { return };
    let settings = tempfile::tempdir().expect("a folder");
    let file = settings.path().join("settings.json");
    std::fs::write(&file, r#"{"root": true, "extends": ["html-validate:standard"]}"#).expect("a file");
    let lineage = Site::case("lineage").build();
    let Some(output) = asked("node", |node| {
        node.arg(validator).arg("--config").arg(&file).arg(&*BUILT);
        node.arg(lineage.path("public/documents")).arg(lineage.path("public/lineage"));
    }) else {
        return;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}
