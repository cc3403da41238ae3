//! 标识: the id of a document, which names its page's folder and stands in every link to it.

use crate::system;

/// Longest id, in bytes: file systems allow 255, and an ending must fit.
const LONGEST: usize = 200;

/// Why `id` can be none, in Chinese; `None` for a good one.
pub fn fault(id: &str) -> Option<&'static str> {
    /// Separators of paths and of links, and what Windows refuses in names.
    const REFUSED: &[char] = &['/', '\\', ':', '*', '?', '"', '<', '>', '|', '#', '%'];
    Some(match id {
        "" => "是空的",
        _ if id.len() > LONGEST => "太长：最多 200 字节，约 66 个汉字",
        _ if id.contains("..") => "不能有 ..",
        _ if id.contains(char::is_control) => "不能有控制字符",
        _ if id.contains(REFUSED) => "不能有 / \\ : * ? \" < > | # %",
        _ if id.starts_with('.') => "不能以 . 开头",
        _ if id.ends_with('.') => "不能以 . 结尾",
        _ if id.starts_with(char::is_whitespace) || id.ends_with(char::is_whitespace) => "前后不能有空格",
        _ if system::is_device(id) => "是 Windows 保留的名字",
        _ => return None,
    })
}

/// What two ids must not have in common: file systems that ignore case hold only one of Abc and abc.
pub fn key(id: &str) -> String {
    id.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids() {
        let good = ["台政办发〔2018〕31号", "003_a", "a.b", "console", "com10", "公文 一", "-", "é"];
        for id in good {
            assert_eq!(fault(id), None, "{id}");
        }
        let bad = [
            ("", "是空的"),
            ("../x", "不能有 .."),
            ("..", "不能有 .."),
            ("a/b", "不能有 / \\ : * ? \" < > | # %"),
            ("a\\b", "不能有 / \\ : * ? \" < > | # %"),
            ("a\nb", "不能有控制字符"),
            ("a\0", "不能有控制字符"),
            (".git", "不能以 . 开头"),
            ("a.", "不能以 . 结尾"),
            (" a", "前后不能有空格"),
            ("a\u{3000}", "前后不能有空格"),
            ("CON", "是 Windows 保留的名字"),
            ("nul.txt", "是 Windows 保留的名字"),
            ("Lpt1", "是 Windows 保留的名字"),
        ];
        for (id, expected) in bad {
            assert_eq!(fault(id), Some(expected), "{id:?}");
        }
        assert_eq!(fault(&"长".repeat(66)), None);
        assert!(fault(&"长".repeat(67)).is_some_and(|f| f.starts_with("太长")));
    }
}
