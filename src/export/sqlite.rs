//! SQLite: all tables in one file, with their keys, and the words of the clauses to search in.
//!
//! FTS5's own tokenizers take a run of Chinese for one word or find nothing shorter than three characters. So the words
//! of `clause_words` are pairs of neighbouring characters ([`pairs`]): a phrase of two or more characters is then the
//! phrase of its pairs, and is found wherever it stands.

use std::path::Path;

use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, params_from_iter};

use super::rows::clauses_of;
use super::tables::{Cell, Column, Kind, TABLES, Table};
use crate::corpus::Corpus;
use crate::diagnostics::{Attempt, Diagnostic};

impl ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Cell::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Cell::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Cell::Whole(n) => ToSqlOutput::from(*n),
            Cell::Number(n) => ToSqlOutput::from(*n),
            Cell::Truth(yes) => ToSqlOutput::from(*yes),
            Cell::Day(day) => ToSqlOutput::from(day.to_string()),
        })
    }
}

/// Writes `corpus` as a database into `file`, in the place of what is there, whole or not at all.
///
/// # Errors
/// Where the file cannot be written.
pub fn write(corpus: &Corpus, file: &Path) -> Result<(), Diagnostic> {
    let folder = file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let unwritable = |e: &std::io::Error| Diagnostic::io(Attempt::Write, file, e);
    // A database half written must not be taken for one: it lies beside its place until it is whole.
    let beside = tempfile::Builder::new().prefix(".zhengku-").tempdir_in(folder).map_err(|e| unwritable(&e))?;
    let new = beside.path().join("new.sqlite");
    fill(corpus, &new)
        .map_err(|e| Diagnostic::error("export", format!("数据库没有写成：{e}")).in_file(file).help("检查磁盘空间"))?;
    std::fs::rename(&new, file).map_err(|e| unwritable(&e))
}

fn fill(corpus: &Corpus, file: &Path) -> rusqlite::Result<()> {
    let mut database = Connection::open(file)?;
    // The file is thrown away where writing fails, so nothing is written twice to be able to take it back.
    database.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192;")?;
    let writing = database.transaction()?;
    for table in TABLES {
        writing.execute_batch(&created(table))?;
        let places = vec!["?"; table.columns.len()].join(", ");
        let mut insert = writing.prepare(&format!("INSERT INTO {} VALUES ({places})", table.name))?;
        for row in (table.rows)(corpus) {
            insert.execute(params_from_iter(row))?;
        }
    }
    words(corpus, &writing)?;
    // What is asked for is laid out when all is there: a table is filled faster without.
    for table in TABLES {
        writing.execute_batch(&indices(table))?;
    }
    writing.commit()?;
    database.execute_batch("PRAGMA optimize; PRAGMA synchronous = FULL; ")?;
    database.close().map_err(|(_, e)| e)
}

/// The words of every clause, by its id.
fn words(corpus: &Corpus, database: &Connection) -> rusqlite::Result<()> {
    database.execute_batch("CREATE VIRTUAL TABLE clause_words USING fts5(words, content='', tokenize='unicode61')")?;
    let mut insert = database.prepare("INSERT INTO clause_words (rowid, words) VALUES (?, ?)")?;
    let mut words = String::new();
    for (clause, id) in corpus.documents.iter().flat_map(clauses_of).zip(1i64..) {
        words.clear();
        pairs(&clause.text, &mut words);
        insert.execute((id, words.as_str()))?;
    }
    Ok(())
}

/// Appends the pairs of neighbouring letters, digits and characters of `text`, and the last of each run by itself, so that
/// a single character is found as the beginning of a pair: 市民政局 → 市民 民政 政局 局.
fn pairs(text: &str, out: &mut String) {
    let mut before: Option<char> = None;
    let end = |c: Option<char>, out: &mut String| {
        if let Some(c) = c {
            out.push(c);
            out.push(' ');
        }
    };
    for c in text.chars() {
        if !c.is_alphanumeric() {
            end(before.take(), out);
            continue;
        }
        if let Some(b) = before.replace(c) {
            out.extend([b, c, ' ']);
        }
    }
    end(before, out);
}

fn kind(column: &Column) -> &'static str {
    match column.kind {
        Kind::Text | Kind::Day => "TEXT",
        Kind::Whole | Kind::Truth => "INTEGER",
        Kind::Number => "REAL",
    }
}

fn created(table: &Table) -> String {
    let column = |c: &Column| {
        let key = if c.name == "id" { " PRIMARY KEY" } else { "" };
        let needed = if c.needed { " NOT NULL" } else { "" };
        let of = c.of.map(|of| format!(" REFERENCES {of} ({})", first(of))).unwrap_or_default();
        format!("{} {}{key}{needed}{of}", c.name, kind(c))
    };
    let columns: Vec<String> = table.columns.iter().map(column).collect();
    format!("CREATE TABLE {} (\n  {}\n)", table.name, columns.join(",\n  "))
}

/// The column by which other tables name a row of `table`.
fn first(table: &str) -> &'static str {
    TABLES.iter().find(|t| t.name == table).and_then(|t| t.columns.first()).map_or("id", |c| c.name)
}

fn indices(table: &Table) -> String {
    let named = table.columns.iter().filter(|c| c.of.is_some()).map(|c| c.name);
    let columns = named.chain(table.indexed.iter().copied());
    columns.map(|c| format!("CREATE INDEX {0}_{c} ON {0} ({c});\n", table.name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Project;

    #[test]
    fn pairs_of_neighbours() {
        let of = |text: &str| {
            let mut out = String::new();
            pairs(text, &mut out);
            out
        };
        assert_eq!(of("市民政局"), "市民 民政 政局 局 ");
        assert_eq!(of("医、保\n2018年"), "医 保 20 01 18 8年 年 ");
        assert_eq!(of("。"), "");
    }

    fn database(name: &str) -> (tempfile::TempDir, Connection) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("zhengku.sqlite");
        write(&Project::of_case(name).corpus, &file).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing is left beside it");
        (folder, Connection::open(file).expect("it opens"))
    }

    fn count(database: &Connection, sql: &str) -> i64 {
        database.query_row(sql, [], |row| row.get(0)).unwrap_or_else(|e| panic!("{sql}: {e}"))
    }

    /// Every row that a row names is there, and the tables hold all that the corpus does.
    #[test]
    fn whole_and_joined() {
        let corpus = Project::of_case("yunhe").corpus;
        let (_folder, database) = database("yunhe");
        let check: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("an answer");
        assert_eq!(check, "ok");
        let mut broken = database.prepare("PRAGMA foreign_key_check").expect("a statement");
        assert!(broken.query([]).expect("rows").next().expect("a step").is_none());
        let held = |table: &str| count(&database, &format!("SELECT count(*) FROM {table}"));
        assert_eq!(held("documents") as usize, corpus.documents.len());
        assert_eq!(held("obligations") as usize, corpus.obligations.len());
        assert_eq!(held("organs") as usize, corpus.organs.len());
        assert_eq!(held("instruments") as usize, corpus.instruments.len());
        for table in TABLES {
            assert_eq!(held(table.name) as usize, (table.rows)(&corpus).count(), "{}", table.name);
        }
        let mut plan =
            database.prepare("EXPLAIN QUERY PLAN SELECT * FROM roles WHERE name = '市民政局'").expect("a statement");
        let plan: String = plan.query_row([], |row| row.get(3)).expect("a plan");
        assert!(plan.contains("roles_name"), "{plan}");
    }

    /// Every phrase of the texts is found in the clause in which it stands, and in no other.
    #[test]
    fn words_are_found_as_by_reading() {
        let corpus = Project::of_case("yunhe").corpus;
        let (_folder, database) = database("yunhe");
        let clauses: Vec<String> = corpus.documents.iter().flat_map(clauses_of).map(|c| c.text).collect();
        let phrases = clauses.iter().flat_map(|text| {
            let chars: Vec<char> = text.chars().collect();
            (0..chars.len().saturating_sub(6)).step_by(17).map(move |at| chars[at..at + 2 + at % 4].iter().collect())
        });
        let phrases: Vec<String> = phrases.filter(|p: &String| p.chars().all(char::is_alphanumeric)).collect();
        assert!(phrases.len() > 40, "{}", phrases.len());
        let mut find =
            database.prepare("SELECT rowid FROM clause_words WHERE clause_words MATCH ?").expect("a statement");
        for phrase in phrases {
            let mut asked = String::new();
            pairs(&phrase, &mut asked);
            // The last character by itself is only the end of a run.
            let asked = asked.trim_end().rsplit_once(' ').map_or("", |(pairs, _)| pairs);
            let found: Vec<usize> = find
                .query_map([format!("\"{asked}\"")], |row| row.get::<_, i64>(0))
                .expect("rows")
                .map(|id| id.expect("an id") as usize - 1)
                .collect();
            let read: Vec<usize> = (0..clauses.len()).filter(|&i| clauses[i].contains(&phrase)).collect();
            assert_eq!(found, read, "{phrase}");
        }
    }

    /// The questions of docs/data.md, asked of the repository's own site, are answered.
    #[test]
    fn the_documented_questions() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(root.join("docs/data.md")).expect("the documentation");
        let questions: Vec<&str> =
            text.split("```sql\n").skip(1).filter_map(|rest| Some(rest.split_once("```")?.0)).collect();
        assert_eq!(questions.len(), 10);
        let project = Project::open(root).unwrap_or_else(|problems| panic!("{problems}"));
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("zhengku.sqlite");
        write(&project.corpus, &file).unwrap_or_else(|e| panic!("{e}"));
        let database = Connection::open(file).expect("it opens");
        for question in questions {
            let mut asked = database.prepare(question).unwrap_or_else(|e| panic!("{question}: {e}"));
            let mut rows = asked.query([]).expect("rows");
            let first = rows.next().unwrap_or_else(|e| panic!("{question}: {e}"));
            assert!(first.is_some(), "no answer: {question}");
        }
        // Every table is described, and every column of it.
        let described = text.split("## The database").nth(1).expect("its section");
        for table in TABLES {
            let line = described.lines().find(|l| l.starts_with(&format!("| `{}` |", table.name)));
            let line = line.unwrap_or_else(|| panic!("{} is not described", table.name));
            for column in table.columns {
                assert!(line.contains(&format!("`{}`", column.name)), "{}.{}", table.name, column.name);
            }
        }
    }

    /// The same corpus gives the same file.
    #[test]
    fn the_same_bytes() {
        let corpus = Project::of_case("yunhe").corpus;
        let folder = tempfile::tempdir().expect("a folder");
        let files = ["a", "b"].map(|name| folder.path().join(name));
        for file in &files {
            write(&corpus, file).unwrap_or_else(|e| panic!("{e}"));
        }
        let [a, b] = files.map(|file| std::fs::read(file).expect("a file"));
        assert!(a == b && a.len() > 10_000);
    }
}
