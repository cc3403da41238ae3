//! 正文: the text of a document block by block, its words in pieces, those that say something with what they say.

use std::collections::HashSet;
use std::ops::Range;

use gongwen::extract::{Citation, Reference, Task, TaskKind};
use gongwen::layout::{self, Role};
use gongwen::marks::{self, Layer};
use gongwen::{Block, BlockKind, Document, Heading, Outline, Span, Table};
use serde::Serialize;

/// A block of the text.
#[derive(Default, Serialize)]
pub struct Shown {
    /// `title`, `heading`, `clause` (a number without a heading, whose words follow in the next block), `paragraph`,
    /// `table`, `rule`.
    is: &'static str,
    /// Of a heading, as [`Heading::level`].
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<u8>,
    /// Of a heading or clause.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    /// The class by which the style sheet of the site sets it.
    #[serde(skip_serializing_if = "Option::is_none")]
    class: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    words: Vec<Piece>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rows: Vec<Row>,
    /// True where the first row holds the names of the columns.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    header: bool,
    /// The tasks that stand here without a mark of their own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tasks: Vec<usize>,
}

/// A row of a table.
#[derive(Serialize)]
struct Row {
    cells: Vec<Vec<Piece>>,
    /// The tasks that it sets.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tasks: Vec<usize>,
}

/// Words of a block.
#[derive(Serialize)]
#[serde(untagged)]
enum Piece {
    /// As printed.
    Text(String),
    /// Words that say something.
    Marked {
        #[serde(flatten)]
        mark: Mark,
        words: Vec<Piece>,
    },
}

/// What words say.
#[derive(Clone, Serialize)]
#[serde(tag = "is", rename_all = "lowercase")]
enum Mark {
    /// They aim, demand or promise: task number `task`.
    Found { kind: TaskKind, task: usize },
    /// They assign: task number `task`.
    Annotation { task: usize },
    /// They name another document.
    Cite,
    /// They lead to the clause of this path.
    Ref { to: String },
    /// They are a deadline, with its last day.
    Deadline { day: Option<String> },
}

/// Marks in marks, at most so many: what is deeper says nothing more to a reader.
const DEEPEST: usize = 16;

/// The blocks of `document` with its tasks, citations and references marked.
pub fn shown(
    document: &Document,
    outline: &Outline,
    tasks: &[Task],
    cited: &[&Citation],
    references: &[Reference],
) -> Vec<Shown> {
    let marks = marks(tasks, cited, references);
    let marked: HashSet<usize> = marks
        .iter()
        .filter_map(|(_, mark)| match mark {
            Mark::Found { task, .. } | Mark::Annotation { task } => Some(*task),
            _ => None,
        })
        .collect();
    let mut unmarked: Vec<(Span, usize)> =
        tasks.iter().enumerate().filter(|(n, _)| !marked.contains(n)).map(|(n, task)| (task.span, n)).collect();
    unmarked.sort_by_key(|(span, _)| (span.block, span.start));
    let elements = layout::roles(&document.blocks);
    let mut blocks = Vec::with_capacity(document.blocks.len());
    for (i, block) in document.blocks.iter().enumerate() {
        let here = |span: &Span| span.block == i;
        let from = marks.partition_point(|(span, _)| span.block < i);
        let marks = &marks[from..marks.partition_point(|(span, _)| span.block <= i)];
        let bare: Vec<(Span, usize)> = unmarked.iter().filter(|(span, _)| here(span)).copied().collect();
        let path = outline.entry_at(i).filter(|e| e.block == i).map(|e| e.path.clone());
        let numbers = || bare.iter().map(|(_, n)| *n).collect();
        match &block.kind {
            BlockKind::Title => blocks.push(Shown { is: "title", words: whole(block, marks), ..Shown::default() }),
            BlockKind::Rule => blocks.push(Shown { is: "rule", ..Shown::default() }),
            BlockKind::Heading(h) => heading(block, h, path, marks, numbers(), &mut blocks),
            BlockKind::Table(t) => blocks.push(table(block, t, marks, &bare)),
            BlockKind::Paragraph => blocks.push(Shown {
                is: "paragraph",
                class: elements.get(i).and_then(|role| class(*role, &block.text)),
                words: whole(block, marks),
                tasks: numbers(),
                ..Shown::default()
            }),
        }
    }
    blocks
}

/// Every mark, in order, an outer one before those inside it.
fn marks(tasks: &[Task], cited: &[&Citation], references: &[Reference]) -> Vec<(Span, Mark)> {
    let mut list: Vec<(Span, Layer, Mark)> = Vec::new();
    for citation in cited {
        list.extend(citation.mentions.iter().map(|&span| (span, Layer::Link, Mark::Cite)));
    }
    list.extend(references.iter().map(|r| (r.text, Layer::Link, Mark::Ref { to: r.target.clone() })));
    for (number, task) in tasks.iter().enumerate() {
        match task.kind {
            // A row of a table is a record as it stands and needs no mark.
            TaskKind::Assignment => {
                let mark = Mark::Annotation { task: number };
                list.extend(task.annotation.iter().map(|&span| (span, Layer::Annotation, mark.clone())));
            }
            kind => list.push((task.span, Layer::Sentence, Mark::Found { kind, task: number })),
        }
        let day = |due: &gongwen::extract::Deadline| due.due.map(|day| day.to_string());
        list.extend(task.due.as_ref().map(|due| (due.text, Layer::Deadline, Mark::Deadline { day: day(due) })));
    }
    marks::nest(&list)
}

/// A heading and the words behind it in the same block, or a number that stands alone.
fn heading(
    block: &Block,
    h: &Heading,
    path: Option<String>,
    marks: &[(Span, Mark)],
    tasks: Vec<usize>,
    blocks: &mut Vec<Shown>,
) {
    let text = block.text.as_str();
    let title = text.get(h.title.clone()).unwrap_or("");
    if title.is_empty() {
        let words = whole(block, marks);
        return blocks.push(Shown { is: "clause", path, words, tasks, ..Shown::default() });
    }
    // The title's full stop belongs to it.
    let behind = text.get(h.title.end..).unwrap_or("");
    let stop = behind.chars().next().filter(|c| matches!(c, '。' | '：' | ':' | '；')).map_or(0, char::len_utf8);
    let end = h.title.end + stop;
    let (level, words) = (Some(h.level), pieces(text, 0..end, marks));
    blocks.push(Shown { is: "heading", level, path, words, tasks, ..Shown::default() });
    if !text.get(end..).unwrap_or("").trim().is_empty() {
        let words = pieces(text, end..text.len(), marks);
        blocks.push(Shown { is: "paragraph", words, ..Shown::default() });
    }
}

fn table(block: &Block, table: &Table, marks: &[(Span, Mark)], tasks: &[(Span, usize)]) -> Shown {
    let mut waiting = tasks;
    let row = |cells: &Vec<Range<usize>>| {
        let end = cells.last().map_or(0, |cell| cell.end);
        let (own, later) = waiting.split_at(waiting.partition_point(|(span, _)| span.start < end));
        waiting = later;
        let words = |cell: &Range<usize>| {
            // No mark goes over from one cell to the next.
            let marks = &marks[marks.partition_point(|(span, _)| span.start < cell.start)..];
            pieces(&block.text, cell.clone(), marks)
        };
        Row { cells: cells.iter().map(words).collect(), tasks: own.iter().map(|(_, n)| *n).collect() }
    };
    let rows: Vec<Row> = table.rows.iter().map(row).collect();
    Shown { is: "table", rows, header: table.header, ..Shown::default() }
}

fn whole(block: &Block, marks: &[(Span, Mark)]) -> Vec<Piece> {
    pieces(&block.text, 0..block.text.len(), marks)
}

/// A mark whose words are being gathered: where it ends, what it is, what stands in it.
struct Open<'m> {
    end: usize,
    mark: &'m Mark,
    words: Vec<Piece>,
}

/// `range` of a block's text with the marks of the block, which are in order, an outer one before those inside it.
fn pieces(text: &str, range: Range<usize>, marks: &[(Span, Mark)]) -> Vec<Piece> {
    let mut out = Vec::new();
    if text.get(range.clone()).is_none() {
        return out;
    }
    let mut at = range.start;
    let mut open: Vec<Open<'_>> = Vec::new();
    for (span, mark) in marks.iter().take_while(|(span, _)| span.start < range.end) {
        let start = span.start.max(range.start);
        close(text, &mut at, &mut out, &mut open, start);
        let end = span.end.min(open.last().map_or(range.end, |o| o.end));
        let cut = !text.is_char_boundary(start) || !text.is_char_boundary(end);
        if start < at || start >= end || cut || open.len() >= DEEPEST {
            continue;
        }
        put(open.last_mut().map_or(&mut out, |o| &mut o.words), &text[at..start]);
        at = start;
        open.push(Open { end, mark, words: Vec::new() });
    }
    close(text, &mut at, &mut out, &mut open, range.end);
    put(&mut out, &text[at..range.end]);
    out
}

/// Closes the marks that end at or before `until`; the text goes on at `at`.
fn close(text: &str, at: &mut usize, out: &mut Vec<Piece>, open: &mut Vec<Open<'_>>, until: usize) {
    while let Some(mut inner) = open.pop_if(|o| o.end <= until) {
        put(&mut inner.words, &text[*at..inner.end]);
        *at = inner.end;
        let around = open.last_mut().map_or(&mut *out, |o| &mut o.words);
        around.push(Piece::Marked { mark: inner.mark.clone(), words: inner.words });
    }
}

fn put(to: &mut Vec<Piece>, words: &str) {
    if !words.is_empty() {
        to.push(Piece::Text(words.to_owned()));
    }
}

/// The class of a paragraph, as on the page of a document; none for running text.
fn class(role: Role, text: &str) -> Option<&'static str> {
    Some(match role {
        Role::Masthead if !text.trim_end().ends_with("文件") => "head",
        Role::Masthead => "masthead",
        Role::Number => "doc-number",
        Role::Authors => "authors",
        Role::Addressee => "addressee",
        Role::Signature | Role::Date => "signature",
        Role::Cc | Role::Printed | Role::Review => "imprint",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use gongwen::{extract, markdown};
    use serde_json::{Value, json};

    use super::*;

    fn of(text: &str) -> Value {
        let document = Document { blocks: markdown::read(text).blocks, ..Document::default() };
        let outline = Outline::of(&document);
        let findings = extract::findings(&document, &outline);
        let tasks = extract::tasks(&document, &outline, &findings);
        let cited: Vec<&Citation> = findings.citations.iter().collect();
        json!(shown(&document, &outline, &tasks, &cited, &findings.references))
    }

    #[test]
    fn marks_stand_in_marks() {
        let blocks = of("## 一、补齐短板\n\n到2027年，床位占比达到60%。\n");
        let deadline = json!({ "is": "deadline", "day": "2027-12-31", "words": ["到2027年"] });
        let target = json!({ "is": "found", "kind": "target", "task": 0, "words": [deadline, "，床位占比达到60%"] });
        assert_eq!(
            blocks,
            json!([
                { "is": "heading", "level": 2, "path": "一", "words": ["一、补齐短板"] },
                { "is": "paragraph", "words": [target, "。"] },
            ])
        );
    }

    /// A row of a task table has no mark; what it sets is named beside it, so that a list of tasks can lead there.
    #[test]
    fn rows_say_which_tasks_they_set() {
        let blocks = of("| 任务 | 牵头单位 |\n| --- | --- |\n| 新建食堂20个 | 市民政局 |\n| 改造10所 | 市住建局 |\n");
        assert_eq!(blocks[0]["header"], true);
        let tasks: Vec<&Value> = blocks[0]["rows"].as_array().expect("rows").iter().map(|r| &r["tasks"]).collect();
        assert_eq!(tasks, [&Value::Null, &json!([0]), &json!([1])]);
        assert_eq!(blocks[0]["rows"][1]["cells"], json!([["新建食堂20个"], ["市民政局"]]));
    }

    /// Every character of the text stands in the pieces, in order, whatever the marks are.
    #[test]
    fn impossible_marks_lose_no_text() {
        let text = "市民政局牵头，市财政局配合。";
        let marks: Vec<(Span, Mark)> = [(0, 6), (1, 5), (3, 90), (800, 900)]
            .map(|(start, end)| (Span::new(0, start..end), Mark::Cite))
            .into_iter()
            .collect();
        fn words(pieces: &[Piece]) -> String {
            let one = |piece: &Piece| match piece {
                Piece::Text(text) => text.clone(),
                Piece::Marked { words: inner, .. } => words(inner),
            };
            pieces.iter().map(one).collect()
        }
        assert_eq!(words(&pieces(text, 0..text.len(), &marks)), text);
        assert_eq!(words(&pieces(text, 3..9, &marks)), "民政");
        assert!(pieces(text, 1..9, &marks).is_empty(), "half a character is no text");
    }
}
