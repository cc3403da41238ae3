//! Nothing is lost: every non-blank character of a source stands, in order, in the document, page furniture aside.
//!
//! The five documents lie in the repository. The 3,475 laws of `../shared/corpus/laws.tar.xz` are read too where that
//! file is there.

use std::path::{Path, PathBuf};
use std::process::Command;

use gongwen::markdown;
use gongwen::read;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").path()).collect();
    found.sort();
    found
}

/// Compares source and document without white space, and reads the document back from its Markdown.
fn check(path: &Path) {
    let bytes = std::fs::read(path).expect("a file");
    let reading = read::read(&bytes).expect("a text");
    let taken: std::collections::HashSet<usize> = reading.furniture.iter().map(|f| f.line).collect();
    // The bars of a table are drawn anew.
    let printed = |c: &char| !c.is_whitespace() && !"|｜│┃".contains(*c);
    let mut source = reading
        .text
        .lines()
        .enumerate()
        .filter(|(i, _)| !taken.contains(&(i + 1)))
        .flat_map(|(_, l)| l.chars())
        .filter(printed);
    let mut document = reading.document.blocks.iter().flat_map(|b| b.text.chars()).filter(printed);
    let mut at = 0;
    loop {
        let (s, d) = (source.next(), document.next());
        assert_eq!(s, d, "{}: character {at}", path.display());
        if s.is_none() {
            break;
        }
        at += 1;
    }
    for (i, block) in reading.document.blocks.iter().enumerate() {
        for (offset, c) in block.text.char_indices().filter(|(_, c)| printed(c)) {
            let place = reading.origins.source_offset(i, offset).expect("a place");
            assert!(
                reading.text[place..].starts_with(c),
                "{}: block {i} byte {offset} is not at {place}",
                path.display()
            );
        }
    }
    let body = markdown::write(&reading.document.blocks);
    let parsed = markdown::read(&body);
    assert_eq!(parsed.blocks, reading.document.blocks, "{}: Markdown", path.display());
    let roles = gongwen::layout::roles(&parsed.blocks);
    assert_eq!(gongwen::layout::meta(&parsed.blocks, &roles), reading.document.meta, "{}: metadata", path.display());
}

#[test]
fn the_five_documents() {
    let files = files(&repository().join("tests/seeds"));
    assert_eq!(files.len(), 5);
    files.iter().for_each(|f| check(f));
}

#[test]
fn the_laws() {
    let archive = repository().join("../shared/corpus/laws.tar.xz");
    if !archive.exists() {
        eprintln!("skipped: no laws to read at ../shared/corpus/laws.tar.xz");
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("laws");
    std::fs::create_dir_all(&folder).expect("a folder");
    match Command::new("tar").arg("-xJf").arg(&archive).arg("-C").arg(&folder).status() {
        Ok(status) if status.success() => {}
        other => {
            eprintln!("skipped: tar cannot unpack the laws ({other:?})");
            return;
        }
    }
    let files = files(&folder.join("laws"));
    assert_eq!(files.len(), 3475);
    files.iter().for_each(|f| check(f));
}

#[test]
fn anything_at_all() {
    // The five documents, and texts with every kind of head and table.
    let heads = ["catalogue-between-bars", "catalogue-a-cell-a-line", "page-of-a-reply", "law-library-page"];
    let cases = repository().join("crates/gongwen/tests/cases");
    let heads = heads.iter().map(|name| cases.join(name).join("source.txt"));
    let sources: Vec<PathBuf> = files(&repository().join("tests/seeds")).into_iter().chain(heads).collect();
    let seeds: Vec<Vec<u8>> = sources.iter().map(|f| std::fs::read(f).expect("a file")).collect();
    // Cuts, repeats and bytes from a fixed sequence, so that a failure comes back.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below.max(1) as u64) as usize
    };
    for round in 0..300 {
        let mut bytes = seeds[round % seeds.len()].clone();
        bytes.truncate(1 + next(bytes.len()));
        for _ in 0..next(40) {
            let at = next(bytes.len());
            match next(5) {
                0 => bytes[at] = next(256) as u8,
                1 => {
                    let end = (at + next(400)).min(bytes.len());
                    bytes.drain(at..end);
                }
                2 => {
                    let end = (at + next(60)).min(bytes.len());
                    let piece = bytes[at..end].to_vec();
                    let to = next(bytes.len());
                    bytes.splice(to..to, piece);
                }
                3 => bytes.insert(at, b'\n'),
                _ => {
                    let extra = [
                        "（",
                        "）",
                        "一、",
                        "附件",
                        "\t",
                        "1.",
                        "。",
                        "第一条",
                        "《",
                        "\u{c}",
                        " | ",
                        "|\n| ",
                        "\n索引号：",
                        "\n【发布文号】\n",
                        "\n打印　关闭\n",
                        "海政发〔2024〕3号",
                        "\n---|---|\n",
                    ][next(17)];
                    bytes.splice(at..at, extra.bytes());
                }
            }
            if bytes.is_empty() {
                bytes.push(b'a');
            }
        }
        let text = read::encoding::decode(&bytes).text;
        let reading = read::text(&text);
        assert_eq!(reading.lost(), 0, "round {round}");
        let document = reading.document;
        let again = markdown::read(&markdown::write(&document.blocks)).blocks;
        assert_eq!(again, document.blocks, "round {round}");
    }
}

/// Texts that make a reader look at all lines for each of them take minutes; read once, they take a second or two.
#[test]
fn texts_made_to_take_long() {
    let inline: String = (1..40_000).map(|n| format!("{n}.加强领导。")).collect();
    let texts = [
        ("attachments that are announced over and over", "附件：1.实施方案\n".repeat(60_000)),
        ("lines that end in a tab", format!("甲\t乙\n{}", "甲\t\n".repeat(100_000))),
        ("heads of tables with a row that does not end", "序号 任务 责任单位 时限\n1 甲\n".repeat(20_000)),
        ("one name of a column, line after line", "序号\n".repeat(100_000)),
        (
            "titles that may be attached",
            format!("现将有关文件印发给你们。\n{}", "2024年1月1日\n说明事项\n".repeat(30_000)),
        ),
        ("numbers within a paragraph", format!("一、总则\n{inline}\n")),
        ("firsts without a second", format!("一、总则\n{}\n", "甲。1.乙".repeat(60_000))),
    ];
    for (what, text) in texts {
        let begun = std::time::Instant::now();
        assert_eq!(read::text(&text).lost(), 0, "{what}");
        assert!(begun.elapsed().as_secs() < 40, "{what}: {:?}", begun.elapsed());
    }
}
