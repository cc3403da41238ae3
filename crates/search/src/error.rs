use std::io;

/// What can go wrong when an index is built or read. A query is never wrong.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file could not be read or written.
    #[error("检索索引读写失败：{0}")]
    Io(#[from] io::Error),
    /// The engine below reports damage.
    #[error("检索索引损坏：{0}")]
    Engine(tantivy::TantivyError),
    /// The files are not an index of this format.
    #[error("不是本程序可读的检索索引：{0}")]
    Format(String),
    /// The dictionary could not be made.
    #[error("词典不可用：{0}")]
    Dictionary(String),
    /// A document names a field that the schema lacks.
    #[error("文件《{document}》用了检索字段表中没有的字段 {field}")]
    UnknownField {
        /// The id of the document.
        document: String,
        /// The name of the field.
        field: String,
    },
    /// Chunks that have not arrived: fetch them, hand them to [`crate::Index::supply`], ask again.
    #[error("检索分块尚未取得：{}", .0.len())]
    Missing(Vec<String>),
    /// A thread of the indexer ended before its work did.
    #[error("建立检索索引的线程意外结束")]
    Thread,
}

impl From<tantivy::TantivyError> for Error {
    fn from(error: tantivy::TantivyError) -> Self {
        Error::Engine(error)
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Error::Format(error.to_string())
    }
}

/// Whether an error means that a chunk has not arrived yet.
pub(crate) fn is_absent(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::WouldBlock
}
