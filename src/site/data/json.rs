//! JSON and JSON Lines: an object a line, so that two builds compare line by line.

use std::io::Write;

use rayon::prelude::*;
use serde::Serialize;

use crate::diagnostics::Diagnostic;

/// Objects that are written on every core before they are put to the file: enough to keep the cores busy, few enough
/// that a table of any length takes little memory.
const GROUP: usize = 8 * 1024;
const PART: usize = 512;

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

fn object<T: Serialize>(out: &mut Vec<u8>, item: &T) -> Result<(), Diagnostic> {
    serde_json::to_writer(out, item).map_err(|e| failed(&e))
}

fn failed(error: &dyn std::error::Error) -> Diagnostic {
    Diagnostic::error("site", format!("数据文件无法生成：{error}"))
}
