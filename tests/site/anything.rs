//! Damaged texts through the whole chain: text → content → corpus → site. Nothing stops it but a message, and what is
//! built has every character and no broken link.

use std::collections::HashSet;

use zhengku::Project;

use crate::support::driver::{Site, contents, repository};
use crate::support::printed;

/// A fixed sequence, so that a failure comes back.
struct Sequence(u64);

impl Sequence {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }

    fn of<'a>(&mut self, pieces: &[&'a str]) -> &'a str {
        pieces[self.below(pieces.len())]
    }
}

/// What breaks texts, Markdown, front matter, paths, pages and tables.
const PIECES: &[&str] = &[
    "（",
    "）",
    "《",
    "》",
    "〔",
    "一、",
    "（一）",
    "1.",
    "第一条",
    "附件",
    "牵头",
    "配合：",
    "2018年",
    "底前",
    "。",
    "\n\n",
    "\t",
    "\u{c}",
    "\0",
    "\u{1b}",
    "\u{202e}",
    "\u{200b}",
    "𠮷",
    "+++\n",
    "[[correct]]\n",
    "\"",
    "'",
    "<script>",
    "</p>",
    "&amp;",
    "|",
    "---\n",
    "# ",
    "`",
    "](x)",
    "../",
    "{{",
    "%}",
    "=1+1",
    "\u{feff}",
    "\r",
    "é",
    "国办发〔2015〕84号",
    "市民政局",
    "长期",
];

fn damage(bytes: &mut Vec<u8>, times: usize, sequence: &mut Sequence) {
    for _ in 0..times {
        let at = sequence.below(bytes.len());
        let end = (at + sequence.below(300)).min(bytes.len());
        match sequence.below(6) {
            0 if !bytes.is_empty() => bytes[at] = sequence.below(256) as u8,
            1 => drop(bytes.drain(at..end)),
            2 => {
                let piece = bytes[at..end].to_vec();
                let to = sequence.below(bytes.len());
                bytes.splice(to..to, piece);
            }
            _ => drop(bytes.splice(at..at, sequence.of(PIECES).bytes())),
        }
    }
}

/// Runs a command that may refuse, and must not panic.
fn run(folder: &Site, args: &[&str], round: u64) -> bool {
    let run = folder.run(args);
    let calm = matches!(run.code, Some(0 | 1)) && !run.err.contains("panicked");
    assert!(calm, "round {round}: {args:?}: {:?}\n{}", run.code, run.err);
    run.code == Some(0)
}

/// `ZHENGKU_ROUNDS=1000` tries more.
#[test]
fn damaged_texts_become_a_site() {
    let rounds: u64 = std::env::var("ZHENGKU_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(1);
    let mut seeds: Vec<Vec<u8>> = std::fs::read_dir(repository().join("tests/seeds"))
        .expect("a folder")
        .map(|e| std::fs::read(e.expect("an entry").path()).expect("a file"))
        .collect();
    seeds.sort();
    for round in 1..=rounds {
        let mut sequence = Sequence(round.wrapping_mul(0x2545_f491_4f6c_dd1d));
        let folder = Site::new();
        for n in 0..10 {
            let mut bytes = seeds[n % seeds.len()].clone();
            let times = sequence.below(40);
            damage(&mut bytes, times, &mut sequence);
            folder.write(format!("来源/{n}.txt"), bytes);
        }
        run(&folder, &["import", "来源"], round);
        let mut numbers = HashSet::new();
        for (name, bytes) in contents(&folder.path("content")) {
            // Two documents of one number are refused, which is for another test.
            let text = String::from_utf8(bytes).expect("import writes UTF-8");
            let number = |l: &str| l.starts_with("number = ");
            let second = text.lines().find(|l| number(l)).is_some_and(|l| !numbers.insert(l.to_owned()));
            let kept: String = text.split_inclusive('\n').filter(|l| !second || !number(l)).collect();
            folder.write(format!("content/{}", name.display()), kept);
        }
        assert!(run(&folder, &["build"], round), "round {round}: what was imported cannot be built");
        check(&folder, round);

        for (name, bytes) in contents(&folder.path("content")) {
            // Front matter rarely stays readable, so most files keep theirs.
            let body = String::from_utf8_lossy(&bytes).rfind("\n+++\n").map_or(0, |at| at + "\n+++\n".len());
            let (mut front, mut body) = (bytes[..body].to_vec(), bytes[body..].to_vec());
            let times = sequence.below(20);
            damage(&mut body, times, &mut sequence);
            if sequence.below(30) == 0 {
                damage(&mut front, times, &mut sequence);
            }
            let text = [String::from_utf8_lossy(&front), String::from_utf8_lossy(&body)].concat();
            folder.write(format!("content/{}", name.display()), text);
        }
        run(&folder, &["check"], round);
        if run(&folder, &["build"], round) {
            assert_eq!(folder.broken_links(), Vec::<String>::new(), "round {round}");
            check(&folder, round);
        }
    }
}

/// Every document stands on its page, whole.
fn check(folder: &Site, round: u64) {
    let project = Project::open(&folder.path("")).unwrap_or_else(|e| panic!("round {round}: {e}"));
    assert!(project.corpus.documents.len() > 5);
    for policy in &project.corpus.documents {
        let page = folder.read(format!("public/{}", zhengku::file_at(&policy.facts.url)));
        let blocks = policy.document.blocks.iter().flat_map(|b| b.text.chars());
        let expected: String = blocks.filter(|c| !c.is_whitespace()).collect();
        assert_eq!(printed::printed_text(&page), expected, "round {round}: {}", policy.facts.id);
    }
}
