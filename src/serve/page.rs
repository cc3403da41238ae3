//! 附加: what serve puts into the pages that it serves, and the page where there is none.

use crate::diagnostics::{Diagnostics, Severity, render};

/// The folder of serve's own files; no page of a site has this address.
pub const RESERVED: &str = "_serve";
/// Reloads the page after a build.
pub const SCRIPT: &str = include_str!("reload.js");
/// How errors look.
pub const STYLE: &str = include_str!("serve.css");

/// Errors and warnings of a build that failed, as HTML: every word is escaped.
pub fn problems(problems: &Diagnostics) -> String {
    let mut out = format!(
        "<section id=\"zk-serve\" role=\"alert\"><h2>没有生成：{}</h2><p>改好以后会自动更新；下面是上一次生成的页面。</p>",
        escape(&problems.summary())
    );
    // What stops the build comes first.
    let (errors, others): (Vec<_>, Vec<_>) = problems.0.iter().partition(|p| p.severity == Severity::Error);
    for problem in errors.into_iter().chain(others) {
        out.push_str("<pre>");
        out.push_str(&escape(&render::plain(problem)));
        out.push_str("</pre>");
    }
    out.push_str("</section>");
    out
}

/// `html` with serve's script, and the problem at the head of its body.
pub fn inject(html: &str, version: &str, problem: Option<&str>) -> String {
    let head = html.find("</head>").unwrap_or(0);
    let body = html[head..].find("<body").and_then(|at| Some(head + at + html[head + at..].find('>')? + 1));
    let body = body.unwrap_or(head);
    let mut out = String::with_capacity(html.len() + 1024);
    out.push_str(&html[..head]);
    out.push_str(&tags(version));
    out.push_str(&html[head..body]);
    out.push_str(problem.unwrap_or_default());
    out.push_str(&html[body..]);
    out
}

/// The page where the site has never been built.
pub fn only(problem: &str, version: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<title>没有生成</title>\n{}</head>\n<body>{}</body>\n</html>\n",
        tags(version),
        problem.replace("；下面是上一次生成的页面", "")
    )
}

fn tags(version: &str) -> String {
    format!(
        "<link rel=\"stylesheet\" href=\"/{RESERVED}/serve.css\">\n\
         <script src=\"/{RESERVED}/reload.js\" data-events=\"/{RESERVED}/events\" data-version=\"{version}\" defer></script>\n"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::diagnostics::{Diagnostic, Place};

    #[test]
    fn injected_into_any_page() {
        let table = [
            ("<html><head><title>甲</title></head><body class=\"a\">乙</body>", "<body class=\"a\">问题乙</body>"),
            ("<p>没有头", "问题<p>没有头"),
            ("", "问题"),
        ];
        for (html, end) in table {
            let page = inject(html, "7-1", Some("问题"));
            assert!(page.ends_with(end), "{page}");
            assert_eq!(page.matches("data-version=\"7-1\"").count(), 1, "{page}");
            let without = inject(html, "7-1", None).replace(&tags("7-1"), "");
            assert_eq!(without, html);
        }
        let page = inject("<head></head><body>乙", "1", None);
        assert!(page.find("<script").expect("a script") < page.find("</head>").expect("a head"));
    }

    #[test]
    fn problems_are_escaped_with_their_caret() {
        let text = "title = “<script>alert(1)</script>”";
        let place = Place::span(Path::new("content/<甲>.md"), text, 8..11);
        let html = problems(&Diagnostic::error("toml-syntax", "写法有误").at(place).label("“引号”").into());
        assert!(!html.contains("<script") && html.contains("content/&lt;甲&gt;.md"), "{html}");
        assert!(html.contains("| ^ “引号”") || html.contains("^ “引号”"), "{html}");
        assert!(html.contains("1 个错误"), "{html}");
    }
}
