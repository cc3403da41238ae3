//! Parquet: a file a table, for data frames and column stores.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::{WriterProperties, WriterVersion};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{Type, TypePtr};

use super::days;
use super::tables::{Cell, Column, Kind, TABLES, Table};
use crate::corpus::Corpus;
use crate::diagnostics::{Attempt, Diagnostic};

/// Rows that are written together: what a reader takes into memory at a time, some tens of megabytes of text.
const GROUP: usize = 50_000;

/// Writes every table of `corpus` into `folder` as `TABLE.parquet`.
///
/// # Errors
/// Where a file cannot be written.
pub fn write(corpus: &Corpus, folder: &Path) -> Result<(), Diagnostic> {
    std::fs::create_dir_all(folder).map_err(|e| Diagnostic::io(Attempt::Write, folder, &e))?;
    for table in TABLES {
        let path = folder.join(format!("{}.parquet", table.name));
        let file = File::create(&path).map_err(|e| Diagnostic::io(Attempt::Write, &path, &e))?;
        fill(corpus, table, file).map_err(|e| {
            Diagnostic::error("export", format!("文件没有写成：{e}")).in_file(&path).help("检查磁盘空间")
        })?;
    }
    Ok(())
}

fn fill(corpus: &Corpus, table: &Table, file: File) -> Result<(), ParquetError> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_writer_version(WriterVersion::PARQUET_2_0)
        .set_created_by("zhengku".to_owned())
        .build();
    let mut writer = SerializedFileWriter::new(file, schema(table)?, Arc::new(properties))?;
    let mut rows = (table.rows)(corpus).peekable();
    while rows.peek().is_some() {
        let mut columns: Vec<Vec<Cell>> = table.columns.iter().map(|_| Vec::new()).collect();
        for row in rows.by_ref().take(GROUP) {
            columns.iter_mut().zip(row).for_each(|(column, cell)| column.push(cell));
        }
        let mut group = writer.next_row_group()?;
        for cells in columns {
            let Some(mut column) = group.next_column()? else { break };
            put(column.untyped(), &cells)?;
            column.close()?;
        }
        group.close()?;
    }
    writer.close().map(|_| ())
}

/// Writes the cells of a column: which of them say something, and what these say.
fn put(column: &mut ColumnWriter<'_>, cells: &[Cell]) -> Result<(), ParquetError> {
    let said: Vec<i16> = cells.iter().map(|c| i16::from(*c != Cell::Null)).collect();
    macro_rules! write {
        ($writer:expr, $($cell:pat => $value:expr),+) => {{
            let values: Vec<_> = cells.iter().filter_map(|c| match c { $($cell => Some($value),)+ _ => None }).collect();
            $writer.write_batch(&values, Some(&said), None).map(|_| ())
        }};
    }
    match column {
        ColumnWriter::ByteArrayColumnWriter(w) => write!(w, Cell::Text(t) => ByteArray::from(t.as_str())),
        ColumnWriter::Int64ColumnWriter(w) => write!(w, Cell::Whole(n) => *n),
        ColumnWriter::Int32ColumnWriter(w) => write!(w, Cell::Day(day) => days::since_epoch(*day)),
        ColumnWriter::DoubleColumnWriter(w) => write!(w, Cell::Number(n) => *n),
        ColumnWriter::BoolColumnWriter(w) => write!(w, Cell::Truth(yes) => *yes),
        _ => Err(ParquetError::General("unknown column".to_owned())),
    }
}

fn schema(table: &Table) -> Result<TypePtr, ParquetError> {
    let field = |c: &Column| {
        let (physical, logical) = match c.kind {
            Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Kind::Day => (Physical::INT32, Some(LogicalType::Date)),
            Kind::Whole => (Physical::INT64, None),
            Kind::Number => (Physical::DOUBLE, None),
            Kind::Truth => (Physical::BOOLEAN, None),
        };
        let repetition = if c.needed { Repetition::REQUIRED } else { Repetition::OPTIONAL };
        let field = Type::primitive_type_builder(c.name, physical).with_repetition(repetition);
        field.with_logical_type(logical).build().map(Arc::new)
    };
    let fields = table.columns.iter().map(field).collect::<Result<Vec<_>, _>>()?;
    Type::group_type_builder(table.name).with_fields(fields).build().map(Arc::new)
}

#[cfg(test)]
mod tests {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    use super::*;
    use crate::project::Project;

    fn read(field: &Field) -> Cell {
        match field {
            Field::Null => Cell::Null,
            Field::Str(text) => Cell::Text(text.clone()),
            Field::Long(n) => Cell::Whole(*n),
            Field::Double(n) => Cell::Number(*n),
            Field::Bool(yes) => Cell::Truth(*yes),
            Field::Date(days) => Cell::Whole((*days).into()),
            other => panic!("{other:?}"),
        }
    }

    /// What is read back is what was written, table by table and cell by cell.
    #[test]
    fn what_is_written_is_read_back() {
        let corpus = Project::of_case("site").corpus;
        let folder = tempfile::tempdir().expect("a folder");
        write(&corpus, folder.path()).unwrap_or_else(|e| panic!("{e}"));
        let mut counted = 0;
        for table in TABLES {
            let file = File::open(folder.path().join(format!("{}.parquet", table.name))).expect("a file");
            let reader = SerializedFileReader::new(file).expect("it is read");
            let rows: Vec<Vec<Cell>> = reader
                .get_row_iter(None)
                .expect("rows")
                .map(|row| row.expect("a row").get_column_iter().map(|(_, field)| read(field)).collect())
                .collect();
            let expected = (table.rows)(&corpus).map(|row| {
                let day = |cell| match cell {
                    Cell::Day(day) => Cell::Whole(days::since_epoch(day).into()),
                    cell => cell,
                };
                row.into_iter().map(day).collect::<Vec<_>>()
            });
            assert_eq!(rows, expected.collect::<Vec<_>>(), "{}", table.name);
            counted += rows.len();
        }
        assert!(counted > 100, "{counted}");
    }
}
