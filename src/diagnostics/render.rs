//! Diagnostics in the terminal: the words with a caret, reasons and help.

use annotate_snippets::{AnnotationKind, Element, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Place, Severity};

/// The columns that a message takes at most; longer lines of a source are shown in part.
const WIDTH: usize = 100;

/// Without colour, without a final line break.
pub fn plain(diagnostic: &Diagnostic) -> String {
    render(diagnostic, Renderer::plain())
}

/// With ANSI colours, without a final line break.
pub fn coloured(diagnostic: &Diagnostic) -> String {
    render(diagnostic, Renderer::styled())
}

fn render(diagnostic: &Diagnostic, renderer: Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::INFO,
    };
    let mut group = level
        .with_name(diagnostic.severity.name())
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code)
        .elements(std::iter::empty::<Element<'_>>());
    if let Some(place) = &diagnostic.place {
        group = group.elements(shown(place, AnnotationKind::Primary, diagnostic.label.as_deref()));
    }
    for (place, label) in &diagnostic.related {
        group = match place.extent() {
            Some(_) => group.elements(shown(place, AnnotationKind::Context, Some(label))),
            None => group.element(Level::NOTE.with_name("另见").message(format!("{}：{label}", place.file_name()))),
        };
    }
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.with_name("原因").message(note.as_str()));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.with_name("办法").message(help.as_str()));
    }
    renderer.term_width(WIDTH).render(&[group])
}

fn shown<'p>(place: &'p Place, kind: AnnotationKind, label: Option<&'p str>) -> Vec<Element<'p>> {
    let Some(excerpt) = place.excerpt() else {
        return vec![Origin::path(place.file_name()).into()];
    };
    let snippet =
        Snippet::source(excerpt.line).line_start(excerpt.start.line).annotation(kind.span(excerpt.range).label(label));
    if excerpt.cut {
        // The column of a part of a line is not the line's.
        let origin = Origin::path(place.file_name()).line(excerpt.start.line).char_column(excerpt.start.column);
        return vec![origin.into(), snippet.into()];
    }
    vec![snippet.path(place.file_name()).into()]
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use snapbox::{assert_data_eq, str};
    use unicode_width::UnicodeWidthStr;

    use super::*;

    fn place(file: &str, text: &str, words: &str) -> Place {
        let start = text.find(words).expect("the words stand in the text");
        Place::span(Path::new(file), text, start..start + words.len())
    }

    #[test]
    fn with_everything() {
        let text = "+++\ntitle = \"通知\"\n机关 = { titel = \"市民政局\" }\n";
        let other = Place::span(Path::new("content/乙.md"), "number = \"1\"", 0..6);
        let diagnostic = Diagnostic::error("front-unknown-key", "不认识的键 titel")
            .at(place("content/甲.md", text, "titel"))
            .label("是不是 title？")
            .related(other, "别处也有")
            .related(Place::file(Path::new("content/丙.md")), "整个文件")
            .note("键名只能是公文要素的名字")
            .note("大小写也要一致")
            .help("改成 title");
        assert_data_eq!(
            plain(&diagnostic),
            str![[r#"
错误[front-unknown-key]: 不认识的键 titel
 --> content/甲.md:3:8
  |
3 | 机关 = { titel = "市民政局" }
  |          ^^^^^ 是不是 title？
  |
 ::: content/乙.md:1:1
  |
1 | number = "1"
  | ------ 别处也有
  |
  = 另见: content/丙.md：整个文件
  = 原因: 键名只能是公文要素的名字
  = 原因: 大小写也要一致
  = 办法: 改成 title
"#]]
        );
        let coloured = coloured(&diagnostic);
        assert!(coloured.contains("\u{1b}[") && coloured.contains("错误"), "{coloured}");
    }

    #[test]
    fn without_a_place() {
        assert_data_eq!(plain(&Diagnostic::warning("site-empty", "还没有公文")), str!["警告[site-empty]: 还没有公文"]);
        let in_file = Diagnostic::hint("a", "换行是 CRLF").in_file(Path::new("content/甲.md")).note("不影响读入");
        assert_data_eq!(
            plain(&in_file),
            str![[r#"
提示[a]: 换行是 CRLF
--> content/甲.md
 = 原因: 不影响读入
"#]]
        );
    }

    /// The caret stands under its words by display width, whatever precedes them.
    #[test]
    fn the_caret_stands_under_wide_words() {
        let long = "（一）各级政府，".repeat(40);
        for before in ["", "abc ", "市民政局、", "“半”全ａ①", "é e\u{301} ", "\t一、", long.as_str()] {
            for after in ["", "，配合单位：市卫健委。", long.as_str()] {
                let text = format!("{before}市医保局{after}");
                let shown = plain(&Diagnostic::error("a", "b").at(place("a.md", &text, "市医保局")));
                let lines: Vec<&str> = shown.lines().collect();
                let words = lines.iter().find_map(|l| l.split_once("市医保局")).expect("the words are shown").0;
                let caret = lines.iter().find_map(|l| l.split_once('^')).expect("there is a caret").0;
                assert_eq!(words.width(), caret.width(), "{shown}");
                assert_eq!(shown.matches('^').count(), "市医保局".width(), "{shown}");
            }
        }
    }

    #[test]
    fn a_document_on_one_line() {
        let text = format!("{}市医保局{}", "一".repeat(100_000), "二".repeat(100_000));
        let diagnostic = Diagnostic::error("a", "b").at(place("a.md", &text, "市医保局"));
        assert_data_eq!(
            plain(&diagnostic),
            str![[r#"
错误[a]: b
 --> a.md:1:100001
  |
 ::: 
1 | ... 一一一一一一一一一一一一一一一一一一一一市医保局二二二二二二二二二二二二二二二二二二二二...
  |                                             ^^^^^^^^
"#]]
        );
    }
}
