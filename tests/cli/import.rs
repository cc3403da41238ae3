//! What `import` makes of folders, archives and files that are no documents. What it says of texts stands in
//! `site/sources`.

use snapbox::{assert_data_eq, str};

use crate::support::driver::Site;
use crate::support::files::{self, zipped};

const NOTICE: &str =
    "关于做好养老工作的通知\n\n各县人民政府：\n\n一、总体要求\n\n做好工作。（市民政局牵头，市财政局配合）\n";

/// A notice of this number, long enough to be told from others.
fn numbered(number: &str, last: &str) -> String {
    let clauses: String = (1..40).map(|i| format!("{i}. 第{i}项工作由第{}个部门负责落实。\n\n", i * i)).collect();
    format!("示例市人民政府文件\n\n{number}\n\n关于做好养老工作的通知\n\n各县人民政府：\n\n{clauses}{last}\n")
}

/// What is printed, to both.
fn said(folder: &Site, args: &[&str]) -> String {
    let run = folder.run(args);
    run.out + &run.err
}

#[test]
fn an_archive_is_a_folder() {
    let folder = Site::new();
    let inner = zipped(&[("方案.txt", NOTICE.replace("通知", "方案").as_bytes())]);
    let outer = zipped(&[
        ("来文/通知.txt", NOTICE.as_bytes()),
        ("来文/内.zip", &inner),
        ("__MACOSX/来文/._通知.txt", b"litter"),
        ("来文/Thumbs.db", b"litter"),
    ]);
    folder.write("来文.zip", outer);
    assert_data_eq!(
        folder.success(&["import", "来文.zip"]),
        str![[r#"
无文号　关于做好养老工作的方案
  写出 关于做好养老工作的方案.md
  层次 1，分工 1，引用 0
  第 1 行 没有读到发文机关，请在前置数据里写 issuers：关于做好养老工作的方案
  第 1 行 没有读到成文日期，原文如果印有，请在前置数据里写 date：关于做好养老工作的方案
无文号　关于做好养老工作的通知
  写出 关于做好养老工作的通知.md
  层次 1，分工 1，引用 0
  第 1 行 没有读到发文字号，原文如果印有，请在前置数据里写 number：关于做好养老工作的通知
  第 1 行 没有读到发文机关，请在前置数据里写 issuers：关于做好养老工作的通知
  第 1 行 没有读到成文日期，原文如果印有，请在前置数据里写 date：关于做好养老工作的通知
导入 2 份：写出 2，没有变化 0

"#]]
    );
    let written = folder.read("content/关于做好养老工作的通知.md");
    assert!(written.contains("\nfile = \"通知.txt\"\n"), "{written}");
}

/// Nothing is written where the names of an archive lead.
#[test]
fn an_archive_that_leads_elsewhere() {
    let folder = Site::new();
    folder.write("包.zip", zipped(&[("../../外.txt", NOTICE.as_bytes())]));
    folder.success(&["import", "包.zip"]);
    assert!(!folder.path("外.txt").exists() && !folder.path("../外.txt").exists());
    assert!(folder.path("content/关于做好养老工作的通知.md").is_file());
}

#[test]
fn archives_that_are_refused() {
    let refused = |bytes: &[u8]| {
        let folder = Site::new();
        folder.write("包.zip", bytes);
        folder.failure(&["import", "包.zip"])
    };
    let mut nested = zipped(&[("通知.txt", NOTICE.as_bytes())]);
    for _ in 0..3 {
        nested = zipped(&[("内.zip", &nested)]);
    }
    assert_data_eq!(
        refused(&nested),
        str![[r#"
错误[archive-nested]: 压缩包套了 3 层以上，没有导入
--> 包.zip/内.zip/内.zip/内.zip
 = 办法: 先解压里面的压缩包，再导入

"#]]
    );
    assert_data_eq!(
        refused(&zipped(&[("零.txt", &vec![b'0'; 30 << 20])])),
        str![[r#"
错误[archive-ratio]: 压缩包里的这个文件展开后超过 200 倍，不像公文，没有导入
--> 包.zip/零.txt
 = 办法: 确认来源可靠的，先解压，再导入解压出来的文件夹

"#]]
    );
    assert_data_eq!(
        refused(&zipped(&[])),
        str![[r#"
错误[archive-empty]: 压缩包里没有文件，没有导入
--> 包.zip
 = 办法: 检查压缩包是否完整

"#]]
    );
    let mut locked = zipped(&[("密.txt", NOTICE.as_bytes())]);
    // The flag of encryption, in the file's own head and in the directory.
    for (signature, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let at = locked.windows(4).position(|w| w == signature).expect("a head");
        locked[at + flags] |= 1;
    }
    assert_data_eq!(
        refused(&locked),
        str![[r#"
错误[archive-encrypted]: 压缩包里的这个文件要密码，没有导入
--> 包.zip/密.txt
 = 办法: 用密码解压以后，再导入解压出来的文件夹

"#]]
    );
}

/// What is no document is said and stops nothing.
#[test]
fn a_folder_with_other_things() {
    let folder = Site::new();
    folder.write("来文/扫描.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF");
    folder.write("来文/扫描2.png", b"\x89PNG\r\n\x1a\n");
    folder.write("来文/旧.rar", b"Rar!\x1a\x07\x01\0");
    folder.write("来文/数据.bin", [0; 5000]);
    folder.write("来文/通知.txt", NOTICE);
    let run = folder.run(&["import", "来文"]);
    assert_eq!(run.code, Some(1));
    assert_data_eq!(
        run.out,
        str![[r#"
无文号　关于做好养老工作的通知
  写出 关于做好养老工作的通知.md
  层次 1，分工 1，引用 0
  第 1 行 没有读到发文字号，原文如果印有，请在前置数据里写 number：关于做好养老工作的通知
  第 1 行 没有读到发文机关，请在前置数据里写 issuers：关于做好养老工作的通知
  第 1 行 没有读到成文日期，原文如果印有，请在前置数据里写 date：关于做好养老工作的通知
导入 1 份：写出 1，没有变化 0
  其他：读了 0，没有读 4（认不出这是什么格式的文件 1；这是 RAR 压缩包，只能读 ZIP 1；这是图片，没有文字可读 2）
  纯文本：读了 1

"#]]
    );
    let errors = run.err;
    assert_data_eq!(
        errors.split("\n\n").next().unwrap_or("").to_owned(),
        str![[r#"
错误[import-image]: 这是图片，没有文字可读，没有导入
--> 来文/扫描.jpg
 = 办法: 扫描件先用文字识别（OCR）软件转成文字，再导入
"#]]
    );
    assert!(
        errors.contains("错误[import-archive]: 这是 RAR 压缩包，只能读 ZIP，没有导入\n--> 来文/旧.rar\n"),
        "{errors}"
    );
    assert!(
        errors.contains("错误[format-unknown]: 认不出这是什么格式的文件，没有导入\n--> 来文/数据.bin\n"),
        "{errors}"
    );
    assert_eq!(said(&folder, &["import", "来文/通知.txt", "--quiet"]), "导入 1 份：写出 0，没有变化 1\n");
}

/// A document that comes twice, once with a slip mended, is written once, and is not lost where both are wanted.
#[test]
fn two_files_of_one_document() {
    let folder = Site::new();
    folder.write("来文/一.txt", numbered("示政发〔2024〕5号", "示例市人民政府"));
    folder.write("来文/二.txt", numbered("示政发[2024]5号", "示例市人民政府　"));
    folder.write("来文/三.txt", numbered("示政发〔2024〕6号", "示例市人民政府"));
    let said = folder.success(&["import", "来文"]);
    assert!(
        said.contains("  来文/二.txt（纯文本）：与 来文/一.txt 是同一份公文，没有另写；两份都要就加 --twins\n"),
        "{said}"
    );
    assert!(said.contains("导入 3 份：写出 2，没有变化 0，同一份公文 1\n"), "{said}");
    // One by one as both together.
    let said = folder.success(&["import", "来文/二.txt"]);
    assert!(said.contains("来文/二.txt（纯文本）：与 content/示政发-2024-5.md 是同一份公文，没有另写"), "{said}");
    let said = folder.success(&["import", "来文/二.txt", "--twins"]);
    assert!(said.contains("导入 1 份：写出 1，没有变化 0\n"), "{said}");
    assert!(said.contains("  与 示政发-2024-5 是同一份公文，照 --twins 另写一份\n"), "{said}");
    folder.success(&["build"]);
    // Both at once: whichever is kept, the other says so, and the site is built.
    let folder = Site::new();
    folder.write("来文/一.txt", numbered("示政发〔2024〕5号", "示例市人民政府"));
    folder.write("来文/二.txt", numbered("示政发[2024]5号", "示例市人民政府　"));
    let said = folder.success(&["import", "来文", "--twins"]);
    assert_eq!(said.matches("是同一份公文，照 --twins 另写一份\n").count(), 1, "{said}");
    folder.success(&["build"]);
}

/// Pages of one document that lie side by side are one document; a page that is missing is said.
#[test]
fn a_document_in_several_pages() {
    let folder = Site::new();
    let page = |text: &str, next: &str| {
        format!(
            "<html><head><title>示例市养老服务办法</title></head><body><div class=\"content\"><h1>示例市养老服务办法</h1>\
             <p>{text}</p></div><a href=\"{next}\">下一页</a></body></html>"
        )
    };
    folder.write(
        "来文/a.html",
        page(
            "第一条　为了规范养老服务活动，提高养老服务质量，根据有关法律、法规，结合本市实际，制定本办法。",
            "a_1.html",
        ),
    );
    folder.write(
        "来文/a_1.html",
        page(
            "第二条　市民政局负责养老服务工作，市财政局配合；各区人民政府负责本行政区域内的养老服务工作。",
            "a_2.html",
        ),
    );
    folder.write(
        "来文/a_2.html",
        page("第三条　本办法自2024年1月1日起施行，本市以前的规定与本办法不一致的，按照本办法执行。", "a_3.html"),
    );
    let said = folder.success(&["import", "来文"]);
    assert!(
        said.contains("  分成 4 页的文件，已经接上 来文/a_1.html、来文/a_2.html；还缺 a_3.html，请存到旁边再导入\n"),
        "{said}"
    );
    assert!(said.contains("导入 1 份：写出 1，没有变化 0\n"), "{said}");
    let content = folder.read("content/示例市养老服务办法.md");
    let at = |words: &str| content.find(words).unwrap_or_else(|| panic!("{words} is missing: {content}"));
    assert!(at("第一条") < at("第二条") && at("第二条") < at("第三条"));
    assert_eq!(content.matches("# 示例市养老服务办法").count(), 1, "{content}");
    folder.success(&["build"]);
}

/// The source lies beside its content file, and the site offers it.
#[test]
fn a_source_that_is_kept() {
    let folder = Site::new();
    folder.write("通知.txt", NOTICE);
    folder.success(&["import", "通知.txt", "--keep-source"]);
    let (content, kept) = ("content/关于做好养老工作的通知.md", "content/关于做好养老工作的通知.txt");
    assert_eq!(folder.read(kept), NOTICE);
    assert!(folder.read(content).contains("\nkept = \"关于做好养老工作的通知.txt\"\n"));
    folder.success(&["build"]);
    let page = folder.read("public/documents/关于做好养老工作的通知.html");
    let link = "<th scope=\"row\">原件</th><td><a href=\"../sources/关于做好养老工作的通知.txt\">关于做好养老工作的通知.txt</a>";
    assert!(page.contains(link), "{page}");
    assert_eq!(folder.read("public/sources/关于做好养老工作的通知.txt"), NOTICE);
    // It stays when the same file is imported again.
    let again = folder.success(&["import", "通知.txt"]);
    assert!(again.contains("没有变化 1"), "{again}");

    std::fs::remove_file(folder.path(kept)).expect("a file");
    let run = folder.run(&["build"]);
    assert_eq!(run.code, Some(0));
    assert_data_eq!(
        run.err,
        str![[r#"
警告[content-kept]: 原件 关于做好养老工作的通知.txt 不在旁边，网站上不能下载
--> content/关于做好养老工作的通知.md
 = 原因: kept 只能是同一个文件夹里的文件名，不能是链接
 = 办法: 放回原件，或者删去 kept 这一行

"#]]
    );
    assert!(!folder.path("public/sources").exists());
}

/// A page of these paragraphs, as an office's site has it.
fn page(text: &str, more: &str) -> String {
    let paragraphs: String =
        text.split("\n\n").map(|p| format!("<p>{}</p>\n", p.trim())).filter(|p| p != "<p></p>\n").collect();
    format!(
        "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>通知</title></head>\n<body><div id=\"content\">\n\
         {paragraphs}{more}</div></body></html>\n"
    )
}

/// A Word file with these paragraphs.
fn docx(text: &str) -> Vec<u8> {
    files::docx(&text.split("\n\n").map(str::trim).filter(|p| !p.is_empty()).collect::<Vec<_>>())
}

/// Read by its bytes, and the wrong extension is said.
#[test]
fn a_wrong_extension() {
    let folder = Site::new();
    folder.write("通知.doc", page(&numbered("示政发〔2024〕5号", "示例市人民政府"), ""));
    let said = folder.success(&["import", "通知.doc"]);
    assert!(said.contains("，格式 网页") && said.contains("  扩展名是 .doc，内容是网页，照内容读\n"), "{said}");
}

#[test]
fn attachments_beside_a_page() {
    let folder = Site::new();
    let links = "<p>附件：<a href=\"files/P1.txt\">重点任务分工</a>、<a href=\"P2.doc\">经费表</a></p>\n";
    folder.write("来文/通知.html", page(&numbered("示政发〔2024〕5号", "示例市人民政府"), links));
    folder.write("来文/files/P1.txt", NOTICE.replace("通知", "分工方案"));
    let said = folder.success(&["import", "来文/通知.html"]);
    for line in [
        "  附件“重点任务分工”：一并导入 来文/files/P1.txt\n",
        "  附件“经费表”：文件不在旁边，没有导入（P2.doc）\n",
        "  写出 关于做好养老工作的分工方案.md\n",
        "导入 2 份：写出 2，没有变化 0\n  纯文本：读了 1\n  网页：读了 1\n",
    ] {
        assert!(said.contains(line), "{line}{said}");
    }
    let written = folder.read("content/示政发-2024-5.md");
    assert!(written.contains("\nformat = \"网页\"\n"), "{written}");
    assert!(written.contains("\nattachments = [\"重点任务分工\", \"经费表\"]\n"), "{written}");
}

/// The page, since it says most; whichever comes first, and one by one as all together.
#[test]
fn a_page_and_the_word_file_of_it() {
    let folder = Site::new();
    let text = numbered("示政发〔2024〕5号", "示例市人民政府");
    folder.write("来文/a.docx", docx(&text));
    folder.write("来文/b.html", page(&text, ""));
    folder.write("来文/c.txt", &text);
    let all = folder.success(&["import", "来文"]);
    for line in [
        "  来文/a.docx（DOCX）：与 来文/b.html 是同一份公文，没有另写；两份都要就加 --twins\n",
        "  写出 示政发-2024-5.md\n",
        "  来文/c.txt（纯文本）：与 来文/b.html 是同一份公文，没有另写；两份都要就加 --twins\n",
        "导入 3 份：写出 1，没有变化 0，同一份公文 2\n",
        "  DOCX：读了 1（其中 1 份另有文件）\n",
        "  纯文本：读了 1（其中 1 份另有文件）\n",
        "  网页：读了 1\n",
    ] {
        assert!(all.contains(line), "{line}{all}");
    }
    let later = folder.success(&["import", "来文/a.docx"]);
    assert!(later.contains("来文/a.docx（DOCX）：与 content/示政发-2024-5.md 是同一份公文，没有另写"), "{later}");
}

/// A page saved as one file; the site offers it as a text, which no browser runs.
#[test]
fn a_page_in_one_file() {
    let folder = Site::new();
    let page = page(&numbered("示政发〔2024〕5号", "示例市人民政府"), "");
    let saved = format!(
        "From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\";\r\n\
         \tboundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}\r\n--b--\r\n"
    );
    folder.write("通知.mht", &saved);
    let said = folder.success(&["import", "通知.mht", "--keep-source"]);
    assert!(said.contains("，格式 网页\n") && !said.contains("扩展名"), "{said}");
    assert_eq!(folder.read("content/示政发-2024-5.mht"), saved);
    folder.success(&["build"]);
    assert_eq!(folder.read("public/sources/示政发-2024-5.mht.txt"), saved);
}

/// What a reader refuses is said in its words, with what to do, and counted by form.
#[test]
fn what_cannot_be_read() {
    let folder = Site::new();
    folder.write("来文/坏.pdf", b"%PDF-1.7\n1 0 obj\n");
    folder.write("来文/通知.html", page(&numbered("示政发〔2024〕5号", "示例市人民政府"), ""));
    let run = folder.run(&["import", "来文", "--quiet"]);
    assert_eq!(run.code, Some(1));
    assert!(run.out.starts_with("导入 1 份：写出 1，没有变化 0\n  PDF：读了 0，没有读 1（"), "{}", run.out);
    assert!(
        run.err.starts_with("错误[pdf-") && run.err.contains("，没有导入\n--> 来文/坏.pdf\n = 办法: "),
        "{}",
        run.err
    );
}
