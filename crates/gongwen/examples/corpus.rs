//! `corpus FOLDER [--min NAME=SHARE]`: reads every document of a folder and prints what was found in them and what was
//! not, then the documents to look at, worst first. It fails where a share is below the one asked for
//! (`--min number=0.95`) or characters are lost. `cargo xtask corpus` runs it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use gongwen::extract::findings;
use gongwen::number::DocumentNumber;
use gongwen::read::{self, Reading};
use gongwen::{BlockKind, Outline, Table};

/// How many of the documents to look at are printed.
const WORST: usize = 40;

/// What is counted over the documents.
#[derive(Default)]
struct Tally {
    read: usize,
    number: usize,
    /// Documents that print a line of nothing but a number near their beginning.
    numbered: usize,
    title: usize,
    inferred: usize,
    issuers: usize,
    /// Documents that print a short line which ends as names of organs do over a line of nothing but a date, or a name
    /// before 关于 in their title.
    signed: usize,
    date: usize,
    /// Documents that print a line of nothing but a date.
    dated: usize,
    annotations: usize,
    brackets: usize,
    tables: usize,
    tables_read: usize,
    findings: usize,
    lost: usize,
    remarks: BTreeMap<String, usize>,
    refused: BTreeMap<&'static str, usize>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("corpus FOLDER [--min NAME=SHARE]")?;
    let mut bounds: Vec<(String, f64)> = Vec::new();
    while let Some(flag) = arguments.next() {
        let bound = arguments.next().filter(|_| flag == "--min");
        let bound = bound.as_deref().and_then(|b| b.split_once('=')).ok_or("--min NAME=SHARE")?;
        bounds.push((bound.0.to_owned(), bound.1.parse()?));
    }
    let mut files = Vec::new();
    walk(Path::new(&folder), &mut files)?;
    files.sort();
    let mut tally = Tally::default();
    let mut worst: Vec<(usize, &Path, Vec<String>)> = Vec::new();
    let start = Instant::now();
    for file in &files {
        match read::read(&std::fs::read(file)?) {
            Ok(reading) => {
                let faults = tally.add(&reading);
                let weight = faults.iter().map(|(weight, _)| weight).sum();
                if weight > 0 {
                    worst.push((weight, file, faults.into_iter().map(|(_, fault)| fault).collect()));
                }
            }
            Err(refusal) => *tally.refused.entry(refusal.code).or_default() += 1,
        }
    }
    tally.print(files.len(), start.elapsed().as_secs_f64());
    worst.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    println!("\ndocuments to look at: {}", worst.len());
    for (_, file, faults) in worst.iter().take(WORST) {
        println!("  {}: {}", file.display(), faults.join("；"));
    }
    for (name, bound) in bounds {
        let share = tally.shares().into_iter().find(|(n, ..)| n.trim() == name);
        let (_, n, of) = share.ok_or_else(|| format!("no share is called {name}"))?;
        let got = n as f64 / of.max(1) as f64;
        if got < bound {
            return Err(format!("{name}: {got:.3} is below {bound}").into());
        }
    }
    if tally.lost > 0 {
        return Err(format!("{} characters lost", tally.lost).into());
    }
    Ok(())
}

/// True for a text that prints a document number on a line of its own, or behind its label, near its beginning.
fn prints_number(reading: &Reading) -> bool {
    /// Lines at the beginning of a text, blank ones aside.
    const HEAD: usize = 60;
    let lines = reading.text.lines().map(str::trim).filter(|l| !l.is_empty()).take(HEAD);
    lines.into_iter().any(|line| {
        let bare: String = line.chars().filter(|c| !c.is_whitespace() && !"|｜（）()【】".contains(*c)).collect();
        let bare = ["发文字号：", "发文字号:", "发文字号", "文号：", "文号"]
            .iter()
            .find_map(|l| bare.strip_prefix(l))
            .unwrap_or(&bare);
        DocumentNumber::parse(bare).is_some_and(|n| n.year.is_some())
    })
}

/// The lines of a text without the blank ones.
fn lines(reading: &Reading) -> impl Iterator<Item = &str> {
    reading.text.lines().map(str::trim).filter(|l| !l.is_empty())
}

/// 2024年5月6日, 二〇二四年五月六日, and nothing else.
fn is_date(line: &str) -> bool {
    line.chars().count() <= 14
        && line.ends_with('日')
        && line.contains('年')
        && line
            .chars()
            .all(|c| c.is_ascii_digit() || c.is_whitespace() || "年月日〇○零一二三四五六七八九十".contains(c))
}

/// True for a text that prints who issues it, as far as the ends of names tell.
fn prints_issuer(reading: &Reading) -> bool {
    /// Lines at the beginning of a text that may be its title, blank ones aside.
    const HEAD: usize = 12;
    let ends = |t: &str| {
        let t = t.trim();
        t.chars().count() > 2
            && ["局", "委", "厅", "政府", "办公室", "部", "委员会", "指挥部", "法院"].iter().any(|e| t.ends_with(e))
    };
    let mut before = "";
    let over_date = lines(reading).any(|line| {
        let last = std::mem::replace(&mut before, line);
        is_date(line) && last.chars().count() <= 30 && ends(last)
    });
    let titled = |l: &str| {
        l.ends_with(['知', '见', '案', '告', '函', '复', '定']) && l.split_once("关于").is_some_and(|(n, _)| ends(n))
    };
    over_date || lines(reading).take(HEAD).any(titled)
}

/// All files below `folder`.
fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { walk(&path, files)? } else { files.push(path) }
    }
    Ok(())
}

impl Tally {
    /// Counts a document, and says what is at fault in it, with a weight.
    fn add(&mut self, reading: &Reading) -> Vec<(usize, String)> {
        let document = &reading.document;
        let meta = &document.meta;
        let found = findings(document, &Outline::of(document));
        self.read += 1;
        self.number += usize::from(meta.number.is_some());
        let printed = meta.number.is_some() || prints_number(reading);
        self.numbered += usize::from(printed);
        self.title += usize::from(meta.title.is_some());
        self.inferred += usize::from(meta.title_inferred);
        self.issuers += usize::from(!meta.issuers.is_empty());
        self.date += usize::from(meta.date.is_some());
        let signed = !meta.issuers.is_empty() || prints_issuer(reading);
        self.signed += usize::from(signed);
        let dated = meta.date.is_some() || lines(reading).any(is_date);
        self.dated += usize::from(dated);
        let mut faults = Vec::new();
        if signed && meta.issuers.is_empty() {
            faults.push((4, "an issuer is printed and was not read".to_owned()));
        }
        if dated && meta.date.is_none() {
            faults.push((4, "a date is printed and was not read".to_owned()));
        }
        if printed && meta.number.is_none() {
            faults.push((5, "a number is printed and was not read".to_owned()));
        }
        let lost = reading.lost();
        self.lost += lost;
        if lost > 0 {
            faults.push((100, format!("{lost} characters lost")));
        }
        for remark in &reading.remarks {
            let kind: String = remark.reason.chars().take_while(|c| !"，“：".contains(*c)).collect();
            *self.remarks.entry(kind).or_default() += 1;
            faults.push((1, remark.reason.clone()));
        }
        let annotated = found.assignments.iter().filter(|a| !a.annotation.is_empty()).count();
        let brackets = document.blocks.iter().filter(|b| ends_in_organs(&b.text)).count();
        self.annotations += annotated;
        self.brackets += brackets.max(annotated);
        if brackets > annotated {
            faults.push((2 * (brackets - annotated), format!("{} brackets not read", brackets - annotated)));
        }
        for (i, block) in document.blocks.iter().enumerate() {
            if !matches!(&block.kind, BlockKind::Table(t) if t.header && assigns(t, &block.text)) {
                continue;
            }
            let read = found.assignments.iter().any(|a| a.text.is_some_and(|s| s.block == i));
            self.tables += 1;
            self.tables_read += usize::from(read);
            if !read {
                faults.push((3, "a table of tasks not read".to_owned()));
            }
        }
        self.findings += found.assignments.len()
            + found.citations.len()
            + found.targets.len()
            + found.duties.len()
            + found.commitments.len();
        faults
    }

    /// What is read of what could be, by name.
    fn shares(&self) -> [(&'static str, usize, usize); 7] {
        [
            ("number", self.number, self.numbered),
            ("title", self.title, self.read),
            ("  of them made", self.inferred, self.title),
            ("issuers", self.issuers, self.signed),
            ("date", self.date, self.dated),
            ("annotations", self.annotations, self.brackets),
            ("tables of tasks", self.tables_read, self.tables),
        ]
    }

    fn print(&self, files: usize, seconds: f64) {
        let all = self.read.max(1);
        let share = |name: &str, n: usize, of: usize| {
            println!("{name:<24}{n:>7} of {of:<7}{:>6.1} %", 100.0 * n as f64 / of.max(1) as f64);
        };
        share("documents read", self.read, files);
        for (code, n) in &self.refused {
            println!("  refused: {code:<14}{n:>6}");
        }
        for (name, n, of) in self.shares() {
            share(name, n, of);
        }
        println!("{:<24}{:>7.1}", "findings a document", self.findings as f64 / all as f64);
        println!("{:<24}{:>7}", "characters lost", self.lost);
        println!("{:<24}{seconds:>7.1} s", "time");
        for (kind, n) in &self.remarks {
            println!("  {kind} {n}");
        }
    }
}

/// True for a paragraph that ends in a bracket of who is responsible: （市民政局牵头）, （责任单位：…）.
fn ends_in_organs(text: &str) -> bool {
    let text = text.trim_end_matches(['。', '；']);
    let open = text.ends_with(['）', ')', '〕']).then(|| text.rfind(['（', '(', '〔'])).flatten();
    open.is_some_and(|at| has_organs(&text[at..]))
}

/// True for a table with a column of those who are responsible, as the names of its columns say.
fn assigns(table: &Table, text: &str) -> bool {
    /// The names of columns stand on so many rows.
    const HEADING: usize = 2;
    let names = table.rows.iter().take(HEADING).flatten().filter_map(|cell| text.get(cell.clone()));
    let bodies = ["牵头", "责任", "配合", "主办", "协办", "承办", "负责"];
    let kinds = ["单位", "部门"];
    names.into_iter().any(|n| {
        let n: String = n.chars().filter(|c| !c.is_whitespace()).collect();
        n.chars().count() <= 12 && bodies.iter().any(|b| kinds.iter().any(|k| n.contains(&format!("{b}{k}"))))
    })
}

fn has_organs(text: &str) -> bool {
    ["牵头", "责任单位", "配合单位", "负责", "责任部门"].iter().any(|w| text.contains(w))
}
