//! 读写失败: what the system says, in words that a user can act on.

use std::io::{Error, ErrorKind};
use std::path::Path;

use crate::system;

use super::Diagnostic;

/// What was being done to a file or a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// 读.
    Read,
    /// 写.
    Write,
    /// 建文件夹.
    Create,
}

impl Diagnostic {
    /// What `error` means for `attempt` on `path`.
    pub fn io(attempt: Attempt, path: &Path, error: &Error) -> Self {
        let what = match attempt {
            Attempt::Read => "读不了",
            Attempt::Write => "写不了",
            Attempt::Create => "建不了文件夹",
        };
        let (code, reason, help) = match system::is_locked(error) {
            true => LOCKED,
            false => explained(error.kind(), attempt),
        };
        let reason = reason.map_or_else(|| error.to_string(), str::to_owned);
        let diagnostic = Diagnostic::error(code, format!("{what} {}：{reason}", super::shown(path)));
        match help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }
}

/// Code, reason and what to do.
type Explained = (&'static str, Option<&'static str>, Option<&'static str>);

/// Of a file that Windows lets nobody write while it is open elsewhere.
const LOCKED: Explained = ("io-locked", Some("正被别的程序打开（例如 Word、WPS）"), Some("先在那个程序里关掉它，再试"));

/// Code, reason and what to do; without a reason, the system's own words serve.
fn explained(kind: ErrorKind, attempt: Attempt) -> Explained {
    match kind {
        ErrorKind::NotFound if attempt == Attempt::Read => {
            ("io-not-found", Some("找不到文件"), Some("看看路径写得对不对"))
        }
        ErrorKind::NotFound => ("io-not-found", Some("上一级文件夹不存在"), Some("先建好上一级文件夹")),
        ErrorKind::PermissionDenied => ("io-permission", Some("没有权限"), Some("改文件的权限，或者换一个位置")),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            ("io-full", Some("磁盘已满"), Some("腾出空间再试，原有的文件没有动"))
        }
        ErrorKind::ReadOnlyFilesystem => ("io-read-only", Some("磁盘是只读的"), Some("换一个能写的位置")),
        ErrorKind::IsADirectory => ("io-folder", Some("是文件夹，不是文件"), None),
        ErrorKind::NotADirectory => ("io-not-folder", Some("路径中有一级不是文件夹"), None),
        ErrorKind::AlreadyExists => ("io-exists", Some("已经存在"), Some("换一个名字，或者先移走原来的")),
        ErrorKind::InvalidFilename => ("io-name", Some("文件名太长，或者有系统不许用的字符"), Some("换一个文件名")),
        ErrorKind::DirectoryNotEmpty => ("io-not-empty", Some("文件夹不是空的"), None),
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => {
            ("io-busy", Some("正被别的程序占用"), Some("关掉用着它的程序，再试"))
        }
        ErrorKind::FileTooLarge => ("io-large", Some("文件太大"), None),
        ErrorKind::InvalidData => ("io-encoding", Some("不是 UTF-8 文本"), Some("用 UTF-8 编码另存")),
        ErrorKind::OutOfMemory => ("io-memory", Some("内存不够"), None),
        _ => ("io-other", None, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages() {
        let path = Path::new("content/甲.md");
        let table = [
            (Attempt::Read, ErrorKind::NotFound, "读不了 content/甲.md：找不到文件"),
            (Attempt::Write, ErrorKind::NotFound, "写不了 content/甲.md：上一级文件夹不存在"),
            (Attempt::Write, ErrorKind::StorageFull, "写不了 content/甲.md：磁盘已满"),
            (Attempt::Create, ErrorKind::PermissionDenied, "建不了文件夹 content/甲.md：没有权限"),
            (Attempt::Write, ErrorKind::ReadOnlyFilesystem, "写不了 content/甲.md：磁盘是只读的"),
            (Attempt::Read, ErrorKind::IsADirectory, "读不了 content/甲.md：是文件夹，不是文件"),
            (Attempt::Read, ErrorKind::NotADirectory, "读不了 content/甲.md：路径中有一级不是文件夹"),
            (Attempt::Read, ErrorKind::InvalidData, "读不了 content/甲.md：不是 UTF-8 文本"),
            (Attempt::Write, ErrorKind::InvalidFilename, "写不了 content/甲.md：文件名太长，或者有系统不许用的字符"),
            (Attempt::Write, ErrorKind::ResourceBusy, "写不了 content/甲.md：正被别的程序占用"),
            (Attempt::Write, ErrorKind::AlreadyExists, "写不了 content/甲.md：已经存在"),
        ];
        for (attempt, kind, expected) in table {
            assert_eq!(Diagnostic::io(attempt, path, &Error::from(kind)).message, expected);
        }
    }

    #[test]
    fn errors_of_the_system() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let missing = folder.path().join("没有.md");
        let error = std::fs::read(&missing).expect_err("there is no such file");
        assert_eq!(Diagnostic::io(Attempt::Read, &missing, &error).code, "io-not-found");
        let long = folder.path().join("长".repeat(300));
        let error = std::fs::write(&long, "").expect_err("the name is too long");
        assert_eq!(Diagnostic::io(Attempt::Write, &long, &error).code, "io-name");
    }
}
