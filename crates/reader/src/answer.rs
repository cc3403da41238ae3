//! What is found in a file, as JSON: `{found}`, or `{refusal: {code, reason, help}}` in the words of the terminal.

use std::path::Path;

use gongwen::extract::cites::validity::Fixes;
use gongwen::extract::{self, Citation, Validity};
use gongwen::piece::Refusal;
use gongwen::read::{self, Reading};
use gongwen::{Document, Meta, Outline, report};
use serde::Serialize;

use crate::tasks::{TaskRecord, records};
use crate::text::{Shown, shown};

/// Reads the file called `name`.
///
/// ```
/// let answer = reader::answer::answer("来文.txt", "关于做好养老工作的通知\n\n新建10所。（市民政局牵头）\n".as_bytes());
/// assert!(answer.contains(r#""lead":["市民政局"]"#));
/// assert!(reader::answer::answer("扫描.png", b"\x89PNG").contains("这是图片，没有文字可读"));
/// ```
pub fn answer(name: &str, bytes: &[u8]) -> String {
    let answer = match found(name, bytes) {
        Ok(found) => Answer::Found(Box::new(found)),
        Err(Refusal { code, reason, help }) => Answer::Refusal { code, reason, help },
    };
    serde_json::to_string(&answer).unwrap_or_default()
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Answer {
    Found(Box<Found>),
    Refusal { code: &'static str, reason: String, help: String },
}

/// A document that was read.
#[derive(Serialize)]
struct Found {
    /// The name of its format.
    format: &'static str,
    /// 公文要素, in the names of the open data.
    meta: Meta,
    /// The text.
    blocks: Vec<Shown>,
    tasks: Vec<TaskRecord>,
    citations: Vec<Cited>,
    validity: Vec<Stated>,
    /// What there is to say about the reading, a line each.
    remarks: Vec<String>,
}

/// An instrument that the document names.
#[derive(Serialize)]
struct Cited {
    relation: &'static str,
    title: Option<String>,
    number: Option<String>,
    issuers: Option<String>,
    path: String,
}

/// When the document takes effect, or until when it holds.
#[derive(Serialize)]
struct Stated {
    fixes: &'static str,
    date: Option<String>,
    path: String,
    text: String,
}

fn found(name: &str, bytes: &[u8]) -> Result<Found, Refusal> {
    // A page that a browser saved as one file.
    let page = read::mhtml(bytes);
    let bytes = page.as_deref().unwrap_or(bytes);
    let unknown = |refusal: &Refusal| refusal.code == "format-unknown";
    let reading = read::read(bytes).map_err(|r| archive(bytes).filter(|_| unknown(&r)).unwrap_or(r))?;
    if let Some(refusal) = report::empty(&reading) {
        return Err(refusal);
    }
    let outline = Outline::of(&reading.document);
    let findings = extract::findings(&reading.document, &outline);
    let mut remarks = report::remarks(&reading, &outline, &findings);
    remarks.extend(read::format(bytes).and_then(|format| report::misnamed(Path::new(name), format)));
    remarks.extend(report::pictures(&reading.enclosures));
    let Reading { document, format, .. } = reading;
    let tasks = extract::tasks(&document, &outline, &findings);
    // What nothing but 《》 says to be an instrument may be a book, a form or a slogan.
    let cited: Vec<&Citation> = findings.citations.iter().filter(|c| c.sure).collect();
    Ok(Found {
        format,
        blocks: shown(&document, &outline, &tasks, &cited, &findings.references),
        tasks: records(name, &document, &tasks),
        citations: cited.into_iter().map(Cited::from).collect(),
        validity: findings.validity.iter().map(|v| Stated::of(&document, v)).collect(),
        meta: document.meta,
        remarks,
    })
}

/// The terminal opens archives; here a person chooses what of it is read. An office file of an unknown kind is no archive
/// to its owner.
fn archive(bytes: &[u8]) -> Option<Refusal> {
    const OFFICE: [&[u8]; 3] = [b"[Content_Types].xml", b"OFD.xml", b"mimetype"];
    let holds = |name: &&[u8]| bytes.windows(name.len()).any(|window| window == *name);
    let zip = bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06");
    (zip && !OFFICE.iter().any(holds)).then(|| {
        let help = "先解压，再把里面的文件放进来";
        Refusal::new("reader-archive", "这是 ZIP 压缩包，这里一次读一份公文", help)
    })
}

impl From<&Citation> for Cited {
    fn from(c: &Citation) -> Cited {
        Cited {
            relation: c.relation.name(),
            title: c.title.clone(),
            number: c.number.clone(),
            issuers: c.issuers.as_ref().map(|name| name.text.clone()),
            path: c.path.clone(),
        }
    }
}

impl Stated {
    fn of(document: &Document, v: &Validity) -> Stated {
        Stated {
            fixes: if v.fixes == Fixes::Effective { "施行" } else { "失效" },
            date: v.date.map(|day| day.to_string()),
            path: v.path.clone(),
            text: document.quote(v.text).to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn asked(name: &str, bytes: &[u8]) -> Value {
        serde_json::from_str(&answer(name, bytes)).expect("JSON")
    }

    const NOTICE: &str = "云河市人民政府办公室关于做好养老服务的通知\n\n云政办发〔2021〕12号\n\n各县（市、区）人民政府：\n\n\
        为落实《养老服务条例》（国务院令第800号），现通知如下。\n\n一、补齐设施\n\n\
        2022年底前新建社区食堂20个。（市民政局牵头，市财政局配合）\n\n本通知自2021年7月1日起施行。\n\n\
        云河市人民政府办公室\n\n2021年6月10日\n";

    #[test]
    fn what_a_notice_says() {
        let found = &asked("来文.txt", NOTICE.as_bytes())["found"];
        assert_eq!(found["format"], "纯文本");
        assert_eq!(found["meta"]["number"], "云政办发〔2021〕12号");
        assert_eq!(found["citations"][0]["title"], "养老服务条例");
        assert_eq!(found["validity"][0]["date"], "2021-07-01");
        let task = &found["tasks"][0];
        assert_eq!((&task["lead"], &task["support"]), (&json!(["市民政局"]), &json!(["市财政局"])));
        assert_eq!((&task["kind"], &task["path"]), (&json!("assignment"), &json!("一")));
        assert_eq!(found["remarks"][0], "层次 1，分工 1，引用 1");
    }

    /// The words are the terminal's, whatever the file is called.
    #[test]
    fn refusals() {
        let table: [(&[u8], &str, &str, &str); 4] = [
            (b"\x89PNG\r\n", "import-image", "这是图片，没有文字可读", "扫描件先用文字识别（OCR）软件转成文字，再导入"),
            (b"Rar!\x1a\x07", "import-archive", "这是 RAR 压缩包，只能读 ZIP", "先解压，再导入解压出来的文件夹"),
            (b"", "import-empty", "文件里没有文字", "检查文件是否导出完整"),
            (
                b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
                "reader-archive",
                "这是 ZIP 压缩包，这里一次读一份公文",
                "先解压，再把里面的文件放进来",
            ),
        ];
        for (bytes, code, reason, help) in table {
            let said = json!({ "refusal": { "code": code, "reason": reason, "help": help } });
            assert_eq!(asked("通知.docx", bytes), said);
        }
    }

    #[test]
    fn a_file_of_another_name() {
        let found = &asked("通知.pdf", NOTICE.as_bytes())["found"];
        let last = found["remarks"].as_array().and_then(|list| list.last()).expect("a remark");
        assert_eq!(*last, json!("扩展名是 .pdf，内容是纯文本，照内容读"));
    }
}
