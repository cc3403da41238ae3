//! 附加: what serve puts into the pages that it serves, and the page where there is none.

use maud::{Markup, PreEscaped, html};

use crate::diagnostics::{Diagnostics, Severity, render};

/// The folder of serve's own files; no page of a site has this address.
pub const RESERVED: &str = "_serve";
/// Reloads the page after a build.
pub const SCRIPT: &str = include_str!("reload.js");
/// How errors look.
pub const STYLE: &str = include_str!("serve.css");

/// Errors and warnings of a build that failed; `before` where an earlier one is still shown.
pub fn problems(problems: &Diagnostics, before: bool) -> Markup {
    // What stops the build comes first.
    let (errors, others): (Vec<_>, Vec<_>) = problems.0.iter().partition(|p| p.severity == Severity::Error);
    html! {
        section id="zk-serve" role="alert" {
            h2 { "没有生成：" (problems.summary()) }
            p { "改好以后会自动更新" @if before { "；下面是上一次生成的页面" } "。" }
            @for problem in errors.into_iter().chain(others) { pre { (render::plain(problem)) } }
        }
    }
}

/// What stands there before the first build is done.
pub fn waiting() -> Markup {
    html! { section id="zk-serve" role="status" { h2 { "正在生成……" } } }
}

/// `page`, the text of a built page, with serve's script, and the problem at the head of its body.
pub fn inject(page: &str, version: &str, problem: Option<&Markup>) -> String {
    let head = page.find("</head>").unwrap_or(0);
    let body = page[head..].find("<body").and_then(|at| Some(head + at + page[head + at..].find('>')? + 1));
    let body = body.unwrap_or(head);
    html! {
        (PreEscaped(&page[..head]))
        (tags(version))
        (PreEscaped(&page[head..body]))
        @if let Some(problem) = problem { (problem) }
        (PreEscaped(&page[body..]))
    }
    .0
}

/// The page where the site has never been built.
pub fn only(problem: &Markup, version: &str) -> String {
    html! {
        (PreEscaped("<!doctype html>\n"))
        html lang="zh-CN" {
            "\n"
            head {
                "\n"
                meta charset="utf-8";
                "\n"
                title { "没有生成" }
                "\n"
                (tags(version))
            }
            "\n"
            body { (problem) }
            "\n"
        }
        "\n"
    }
    .0
}

fn tags(version: &str) -> Markup {
    let file = |name: &str| format!("/{RESERVED}/{name}");
    html! {
        link rel="stylesheet" href=(file("serve.css"));
        "\n"
        script src=(file("reload.js")) data-events=(file("events")) data-version=(version) defer {}
        "\n"
    }
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
        let problem = PreEscaped("问题".to_owned());
        for (html, end) in table {
            let page = inject(html, "7-1", Some(&problem));
            assert!(page.ends_with(end), "{page}");
            assert_eq!(page.matches("data-version=\"7-1\"").count(), 1, "{page}");
            let without = inject(html, "7-1", None).replace(&tags("7-1").0, "");
            assert_eq!(without, html);
        }
        let page = inject("<head></head><body>乙", "1", None);
        assert!(page.find("<script").expect("a script") < page.find("</head>").expect("a head"));
    }

    #[test]
    fn problems_are_escaped_with_their_caret() {
        let text = "title = “<script>alert(1)</script>”";
        let place = Place::span(Path::new("content/<甲>.md"), text, 8..11);
        let html = problems(&Diagnostic::error("toml-syntax", "写法有误").at(place).label("“引号”").into(), true).0;
        assert!(!html.contains("<script") && html.contains("content/&lt;甲&gt;.md"), "{html}");
        assert!(html.contains("| ^ “引号”") || html.contains("^ “引号”"), "{html}");
        let said =
            |html: &str| html.split_once("</h2>").map(|(_, rest)| rest[..rest.find("<pre>").unwrap_or(0)].to_owned());
        assert_eq!(said(&html).as_deref(), Some("<p>改好以后会自动更新；下面是上一次生成的页面。</p>"), "{html}");
        assert!(html.contains("<h2>没有生成：1 个错误</h2>"), "{html}");
        let first = only(&problems(&Diagnostic::error("site", "写法有误").into(), false), "1-1");
        assert_eq!(said(&first).as_deref(), Some("<p>改好以后会自动更新。</p>"), "{first}");
    }
}
