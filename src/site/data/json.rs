//! JSON and JSON Lines: an object a line, so that two builds compare line by line.

use std::io::Write;

use rayon::prelude::*;
use serde::Serialize;

use super::super::output::Staging;
use crate::diagnostics::Diagnostic;

/// Objects that are written on every core before they are put to the file: enough to keep the cores busy, few enough
/// that a table of any length takes little memory.
const GROUP: usize = 8 * 1024;
const PART: usize = 512;

/// No file of JSON is longer than this, in bytes, so that any program opens it: 20 MB with room for what ends it.
const LONGEST: usize = 19_900_000;

/// Writes the records of a list as an array, `data/NAME.json`; a list that is longer than [`LONGEST`] as parts
/// `data/NAME/1.json` …, and an array that lists these in its place: `[{file, items}]`.
pub fn shelve<'i, T: Sync, R: Serialize>(
    staging: &Staging,
    name: &str,
    items: &'i [T],
    record: impl Fn(&'i T) -> R + Sync,
) -> Result<(), Diagnostic> {
    shelve_in(staging, name, items, record, LONGEST)
}

fn shelve_in<'i, T: Sync, R: Serialize>(
    staging: &Staging,
    name: &str,
    items: &'i [T],
    record: impl Fn(&'i T) -> R + Sync,
    longest: usize,
) -> Result<(), Diagnostic> {
    #[derive(Serialize)]
    struct Part {
        file: String,
        items: usize,
    }
    let (mut parts, mut whole, mut held) = (Vec::new(), Vec::new(), 0);
    let mut put_away = |whole: &mut Vec<u8>, held: &mut usize| {
        let file = format!("{name}/{}.json", parts.len() + 1);
        whole.extend_from_slice(b"\n]\n");
        staging.write(&format!("data/{file}"), whole)?;
        parts.push(Part { file, items: std::mem::take(held) });
        whole.clear();
        Ok(parts.len())
    };
    let mut parted = 0;
    in_parts(items, &record, |objects| {
        for object in objects {
            if !whole.is_empty() && whole.len() + object.len() > longest {
                parted = put_away(&mut whole, &mut held)?;
            }
            whole.extend_from_slice(if whole.is_empty() { b"[\n" } else { b",\n" });
            whole.extend_from_slice(&object);
            held += 1;
        }
        Ok(())
    })?;
    if parted == 0 {
        if whole.is_empty() {
            whole.push(b'[');
        }
        whole.extend_from_slice(b"\n]\n");
        return staging.write(&format!("data/{name}.json"), &whole);
    }
    put_away(&mut whole, &mut held)?;
    staging.write(&format!("data/{name}.json"), &array(&parts, |part| part)?)
}

/// Gives the records of a list, written on every core, to `take`, some at a time and in order.
fn in_parts<'i, T: Sync, R: Serialize>(
    items: &'i [T],
    record: &(impl Fn(&'i T) -> R + Sync),
    mut take: impl FnMut(Vec<Vec<u8>>) -> Result<(), Diagnostic>,
) -> Result<(), Diagnostic> {
    for group in items.chunks(GROUP) {
        let written = |item| {
            let mut bytes = Vec::new();
            object(&mut bytes, &record(item)).map(|()| bytes)
        };
        take(group.par_iter().map(written).collect::<Result<_, Diagnostic>>()?)?;
    }
    Ok(())
}

/// Writes an array with the record of each item on its own line.
pub fn write_array<'i, T: Sync, R: Serialize>(
    out: &mut dyn Write,
    items: &'i [T],
    record: impl Fn(&'i T) -> R + Sync,
) -> Result<(), Diagnostic> {
    put(out, b"[")?;
    write(out, items, |part, first, item| {
        part.extend_from_slice(if first { b"\n" } else { b",\n" });
        object(part, &record(item))
    })?;
    put(out, b"\n]\n")
}

/// Writes the record of an item on each line.
pub fn write_lines<'i, T: Sync, R: Serialize>(
    out: &mut dyn Write,
    items: &'i [T],
    record: impl Fn(&'i T) -> R + Sync,
) -> Result<(), Diagnostic> {
    write(out, items, |part, _, item| {
        object(part, &record(item))?;
        part.push(b'\n');
        Ok(())
    })
}

/// An array with the record of each item on its own line.
pub fn array<'i, T: Sync, R: Serialize>(
    items: &'i [T],
    record: impl Fn(&'i T) -> R + Sync,
) -> Result<Vec<u8>, Diagnostic> {
    let mut out = Vec::new();
    write_array(&mut out, items, record)?;
    Ok(out)
}

/// The record of an item on each line.
pub fn lines<'i, T: Sync, R: Serialize>(
    items: &'i [T],
    record: impl Fn(&'i T) -> R + Sync,
) -> Result<Vec<u8>, Diagnostic> {
    let mut out = Vec::new();
    write_lines(&mut out, items, record)?;
    Ok(out)
}

fn write<'i, T: Sync>(
    out: &mut dyn Write,
    items: &'i [T],
    one: impl Fn(&mut Vec<u8>, bool, &'i T) -> Result<(), Diagnostic> + Sync,
) -> Result<(), Diagnostic> {
    for (g, group) in items.chunks(GROUP).enumerate() {
        let parts: Vec<Vec<u8>> = group
            .par_chunks(PART)
            .enumerate()
            .map(|(p, items)| {
                let mut part = Vec::new();
                for (i, item) in items.iter().enumerate() {
                    one(&mut part, g + p + i == 0, item)?;
                }
                Ok(part)
            })
            .collect::<Result<_, Diagnostic>>()?;
        for part in parts {
            put(out, &part)?;
        }
    }
    Ok(())
}

fn put(out: &mut dyn Write, bytes: &[u8]) -> Result<(), Diagnostic> {
    out.write_all(bytes).map_err(|e| failed(&e))
}

/// Appends a record.
pub fn object<T: Serialize>(out: &mut Vec<u8>, item: &T) -> Result<(), Diagnostic> {
    serde_json::to_writer(out, item).map_err(|e| failed(&e))
}

fn failed(error: &dyn std::error::Error) -> Diagnostic {
    Diagnostic::error("site", format!("数据文件无法生成：{error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A long list is parted, and what stands in its place says where its parts are; nothing is lost between them.
    #[test]
    fn long_lists_are_parted() -> Result<(), Diagnostic> {
        let root = tempfile::tempdir().expect("a folder");
        let output = root.path().join("public");
        let staging = Staging::open(root.path(), &root.path().join("content"), &output)?;
        let items: Vec<String> = ["甲", "乙乙乙", "丙", "丁"].map(str::to_owned).to_vec();
        shelve_in(&staging, "long", &items, |i| i, 20)?;
        shelve_in(&staging, "short", &items, |i| i, 200)?;
        shelve_in(&staging, "none", &items[..0], |i| i, 20)?;
        staging.publish(false)?;
        let read = |file: &str| std::fs::read_to_string(output.join("data").join(file)).expect("a file");
        assert_eq!(
            read("long.json"),
            "[\n{\"file\":\"long/1.json\",\"items\":2},\n{\"file\":\"long/2.json\",\"items\":2}\n]\n"
        );
        assert_eq!(read("long/1.json"), "[\n\"甲\",\n\"乙乙乙\"\n]\n");
        assert_eq!(read("long/2.json"), "[\n\"丙\",\n\"丁\"\n]\n");
        assert_eq!(read("short.json"), "[\n\"甲\",\n\"乙乙乙\",\n\"丙\",\n\"丁\"\n]\n");
        assert_eq!(read("none.json"), "[\n]\n");
        Ok(())
    }
}
