//! 附件和图片: what a document links to, and which of it lies beside the document's file.

use std::path::{Path, PathBuf};

use gongwen::piece::{Enclosure, EnclosureKind};
use gongwen::report;
use percent_encoding::percent_decode_str;

use crate::diagnostics::shown;

/// What a document encloses.
#[derive(Clone, Debug, Default)]
pub(super) struct Enclosed {
    /// 附件: their names, as the front matter lists them.
    pub names: Vec<String>,
    /// The files of attachments that lie beside the document, to be imported too.
    pub files: Vec<PathBuf>,
    /// What to say of it, a line each.
    pub remarks: Vec<String>,
}

impl Enclosed {
    /// What the document in `file` encloses. A file inside an archive has nothing beside it that is not imported anyway.
    pub fn of(file: &Path, on_disk: bool, enclosures: &[Enclosure]) -> Enclosed {
        let mut enclosed = Enclosed::default();
        for enclosure in enclosures.iter().filter(|e| e.kind == EnclosureKind::Attachment) {
            let name = match enclosure.name.trim() {
                "" => enclosure.target.trim(),
                name => name,
            };
            if name.is_empty() || enclosed.names.iter().any(|n| n == name) {
                continue;
            }
            enclosed.names.push(name.to_owned());
            enclosed.remarks.push(match beside(file, &enclosure.target).filter(|_| on_disk) {
                Some(path) => {
                    let remark = format!("附件“{name}”：一并导入 {}", shown(&path));
                    enclosed.files.push(path);
                    remark
                }
                None if on_disk && !enclosure.target.is_empty() => {
                    format!("附件“{name}”：文件不在旁边，没有导入（{}）", enclosure.target.trim())
                }
                None => format!("附件“{name}”"),
            });
        }
        enclosed.remarks.extend(report::pictures(enclosures));
        enclosed
    }
}

/// The file that `target`, a link of the document in `file`, leads to, where that lies in the document's folder or below
/// it. A page that was saved has the address where it stood: a file of the same name beside it is meant then.
pub(super) fn beside(file: &Path, target: &str) -> Option<PathBuf> {
    let folder = file.parent()?;
    let path = target.trim().split(['?', '#']).next().unwrap_or("").replace('\\', "/");
    let decoded = percent_decode_str(&path).decode_utf8().ok()?.into_owned();
    let plain = |part: &str| !matches!(part, "" | "." | "..") && !part.contains([':', '\0']);
    let relative = decoded.strip_prefix("./").unwrap_or(&decoded);
    let last = relative.rsplit('/').next().unwrap_or("");
    let below = relative.split('/').all(plain).then(|| folder.join(relative));
    let alone = plain(last).then(|| folder.join(last));
    [below, alone].into_iter().flatten().find(|p| p != file && p.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attachments_beside_a_page() {
        let root = tempfile::tempdir().expect("a folder");
        let site = root.path().join("页");
        std::fs::create_dir_all(site.join("附")).expect("a folder");
        for name in ["页/通知.html", "页/附/表 1.docx", "页/P02.doc", "外.txt"] {
            std::fs::write(root.path().join(name), "").expect("a file");
        }
        let page = site.join("通知.html");
        let table = [
            ("附/表%201.docx", Some("附/表 1.docx")),
            ("./%E9%99%84/表 1.docx#a", Some("附/表 1.docx")),
            ("http://www.example.gov.cn/2018/P02.doc?v=1", Some("P02.doc")),
            ("P03.doc", None),
            ("../外.txt", None),
            ("/etc/hostname", None),
            ("通知.html", None),
            ("附", None),
            ("", None),
            ("javascript:void(0)", None),
        ];
        for (target, expected) in table {
            assert_eq!(beside(&page, target), expected.map(|e| site.join(e)), "{target}");
        }
    }

    #[test]
    fn what_is_said() {
        let of = |kind, name: &str, target: &str| Enclosure { kind, name: name.into(), target: target.into() };
        let all = [
            of(EnclosureKind::Attachment, "附件1.任务表", "http://www.example.gov.cn/P1.doc"),
            of(EnclosureKind::Attachment, "附件1.任务表", "http://www.example.gov.cn/P1.doc"),
            of(EnclosureKind::Attachment, "附件2", ""),
            of(EnclosureKind::Image, "", "a.png"),
            of(EnclosureKind::Image, "图 1 流程", "b.png"),
            of(EnclosureKind::Seal, "台州市人民政府办公室", ""),
        ];
        let enclosed = Enclosed::of(Path::new("没有/通知.html"), true, &all);
        assert_eq!(
            enclosed.remarks,
            [
                "附件“附件1.任务表”：文件不在旁边，没有导入（http://www.example.gov.cn/P1.doc）",
                "附件“附件2”",
                "图片 2 张，里面的文字没有读：图 1 流程",
                "电子印章 1 个"
            ]
        );
        assert_eq!(enclosed.names, ["附件1.任务表", "附件2"]);
    }
}
