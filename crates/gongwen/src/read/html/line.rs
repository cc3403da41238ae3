//! 段落: what stands between two blocks of a page, its line breaks and its white space.

use unicode_width::UnicodeWidthStr;

use super::flow::is_numbered;
use crate::chars::is_cjk;
use crate::date;
use crate::piece::Style;

/// A line is long enough to be the first part of a sentence from this many columns on.
const LONG: usize = 50;
/// An indent of this many columns begins a paragraph.
const INDENT: usize = 3;
/// This many lines of one width were broken by hand.
const WRAPPED: usize = 5;

/// The paragraph that is being read.
#[derive(Default)]
pub(super) struct Draft {
    lines: Vec<Part>,
    style: Style,
    /// The number that a list gives to it.
    pub(super) number: Option<String>,
    /// In the text, in furniture, where the title is set.
    pub(super) place: (bool, bool, bool),
}

/// What stands between two line breaks.
#[derive(Default)]
struct Part {
    text: String,
    at: Option<usize>,
    /// Columns of hard white space before it.
    indent: usize,
    /// Characters that are not emphasised.
    plain: usize,
    linked: usize,
    /// White space waits for what comes after it: whether it held a line break.
    space: Option<bool>,
    preformatted: bool,
}

/// A finished paragraph.
pub(super) struct Line {
    /// Its words; line breaks inside only where `broken`.
    pub(super) text: String,
    /// The byte of the page at which it begins.
    pub(super) at: usize,
    /// Characters that are links to other pages.
    pub(super) linked: usize,
    /// How it is set.
    pub(super) style: Style,
    /// Lines that the page breaks by measure.
    pub(super) broken: bool,
}

impl Draft {
    /// True where no word has been read.
    pub(super) fn is_blank(&self) -> bool {
        self.lines.iter().all(|l| l.text.is_empty())
    }

    /// States how and where the paragraph is set.
    pub(super) fn begin(&mut self, style: Style, place: (bool, bool, bool)) {
        (self.style, self.place) = (style, place);
    }

    /// `<br>`.
    pub(super) fn break_line(&mut self) {
        self.lines.push(Part::default());
    }

    /// Goes on with `text`, which begins at byte `at` of the page.
    pub(super) fn push(&mut self, text: &str, at: usize, bold: bool, linked: bool, preformatted: bool) {
        if self.lines.is_empty() {
            self.lines.push(Part::default());
        }
        for (i, c) in text.char_indices() {
            let Some(line) = self.lines.last_mut() else { return };
            match c {
                '\n' if preformatted => self.lines.push(Part { preformatted, ..Part::default() }),
                ' ' | '\t' | '\n' | '\r' | '\u{c}' if !preformatted => {
                    line.space = Some(line.space.unwrap_or(false) || matches!(c, '\n' | '\r'));
                }
                '\r' => {}
                c if c.is_whitespace() && line.text.is_empty() => {
                    line.indent += if matches!(c, '\u{3000}' | '\u{2003}' | '\t') { 2 } else { 1 };
                }
                c => {
                    if line.text.is_empty() {
                        line.at = Some(at + i.min(text.len()));
                        line.preformatted |= preformatted;
                    } else if let Some(broken) = line.space {
                        let chinese = is_cjk(c) && line.text.chars().next_back().is_some_and(is_cjk);
                        if !(broken && chinese) {
                            line.text.push(' ');
                        }
                    }
                    line.space = None;
                    line.text.push(if c == '\u{a0}' { ' ' } else { c });
                    line.plain += usize::from(!bold && !c.is_whitespace());
                    line.linked += usize::from(linked && !c.is_whitespace());
                }
            }
        }
    }

    /// The paragraphs that the lines make.
    pub(super) fn paragraphs(self) -> Vec<Line> {
        let (style, number) = (self.style, self.number);
        let mut lines = self.lines;
        lines.iter_mut().for_each(|l| l.text.truncate(l.text.trim_end().len()));
        if lines.iter().all(|l| l.text.is_empty()) {
            return Vec::new();
        }
        if lines.iter().any(|l| l.preformatted) || is_wrapped(&lines) {
            return vec![whole(lines)];
        }
        let mut done: Vec<Line> = Vec::new();
        let mut before: Option<Part> = None;
        for line in lines {
            // Empty lines part paragraphs.
            if line.text.is_empty() {
                before = None;
                continue;
            }
            let goes_on = style.heading.is_some() || before.as_ref().is_some_and(|b| continues(b, &line));
            match done.last_mut().filter(|_| goes_on) {
                Some(open) => {
                    open.text.push('\n');
                    open.text.push_str(&line.text);
                    open.linked += line.linked;
                    open.style.bold &= line.plain == 0;
                }
                None => done.push(Line {
                    text: line.text.clone(),
                    at: line.at.unwrap_or(0),
                    linked: line.linked,
                    style: Style { bold: line.plain == 0, ..style },
                    broken: false,
                }),
            }
            before = Some(line);
        }
        if let (Some(number), Some(first)) = (number, done.first_mut())
            && !is_numbered(&first.text)
        {
            first.text.insert_str(0, &number);
        }
        done
    }
}

/// True where `<br>` stands inside a sentence: the line before is long and stops in the middle, and this one neither is
/// indented nor opens anything.
fn continues(before: &Part, line: &Part) -> bool {
    let ends = before.text.trim_end_matches(['”', '’', '）', ')', '》']);
    before.text.width() >= LONG
        && line.indent < INDENT
        && !ends.ends_with(['。', '；', '：', '！', '？', ';', ':', '!', '?', '.'])
        && (before.text.ends_with(is_cjk) || before.text.ends_with(|c: char| c.is_ascii_digit()))
        && before.text.contains(['，', '、', '。', '；'])
        && !is_numbered(&line.text)
        && !line.text.starts_with("附")
        && !date::is_whole(&line.text)
}

/// True for a text that was broken by measure before it became a page.
fn is_wrapped(lines: &[Part]) -> bool {
    let widths: Vec<usize> = lines.iter().filter(|l| !l.text.is_empty()).map(|l| l.text.width() + l.indent).collect();
    let widest = widths.iter().copied().max().unwrap_or(0);
    if widths.len() < WRAPPED || !(LONG..=120).contains(&widest) {
        return false;
    }
    let full = widths.iter().filter(|w| **w + 5 >= widest).count();
    full * 2 >= widths.len()
}

/// Lines as they stand, their indents kept.
fn whole(lines: Vec<Part>) -> Line {
    let at = lines.iter().find_map(|l| l.at).unwrap_or(0);
    let linked = lines.iter().map(|l| l.linked).sum();
    let text: Vec<String> = lines.iter().map(|l| format!("{}{}", " ".repeat(l.indent.min(80)), l.text)).collect();
    Line { text: text.join("\n"), at, linked, style: Style::default(), broken: true }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html_lines: &[&str]) -> Vec<String> {
        let mut draft = Draft::default();
        for (i, line) in html_lines.iter().enumerate() {
            if i > 0 {
                draft.break_line();
            }
            draft.push(line, 0, false, false, false);
        }
        draft.paragraphs().into_iter().map(|l| l.text).collect()
    }

    #[test]
    fn a_break_ends_a_paragraph_unless_a_sentence_goes_on() {
        let long = "为贯彻落实国务院关于加强养老服务工作的决策部署，经市人民政府同意，现就有关事项";
        let joined = format!("{long}\n通知如下：");
        let table: [(&[&str], &[&str]); 5] = [
            (&["某市民政局", "2020年1月2日"], &["某市民政局", "2020年1月2日"]),
            (&[long, "通知如下："], &[&joined]),
            (&[long, "\u{a0}\u{a0}\u{a0}\u{a0}通知如下："], &[long, "通知如下："]),
            (&[long, "", "通知如下："], &[long, "通知如下："]),
            (&[" 各县\n  人民政府 ：", "A\n b"], &["各县人民政府 ：", "A b"]),
        ];
        for (lines, expected) in table {
            assert_eq!(read(lines), expected, "{lines:?}");
        }
    }

    #[test]
    fn lines_broken_by_measure_stay_lines() {
        let line = "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十";
        let found = read(&[line, line, line, line, line, "完。"]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].lines().count(), 6);
    }
}
