//! Texts and the values in them.

use std::borrow::Cow;

/// What a value is when a text becomes HTML.
#[derive(Clone, Debug)]
pub enum Value {
    /// Words, to be escaped.
    Words(String),
    /// HTML that somebody made of escaped words; the address of a link.
    Html(String),
}

/// A part of a text.
enum Part<'t> {
    Words(&'t str),
    /// `{name}`
    Value(&'t str),
    /// `[words](name)`
    Link(&'t str, &'t str),
    /// `**words**`
    Weight(&'t str),
    /// `` `words` ``
    Code(&'t str),
}

/// The parts of `text` in order; what is not closed are words.
fn parts(text: &str, marks: bool) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c| c == '{' || marks && matches!(c, '[' | '*' | '`')) {
        let (words, here) = rest.split_at(at);
        if !words.is_empty() {
            parts.push(Part::Words(words));
        }
        let read = value(here).or_else(|| link(here)).or_else(|| within(here, "**", Part::Weight));
        match read.or_else(|| within(here, "`", Part::Code)) {
            Some((part, after)) => {
                parts.push(part);
                rest = after;
            }
            None => {
                let (sign, after) = here.split_at(1);
                parts.push(Part::Words(sign));
                rest = after;
            }
        }
    }
    if !rest.is_empty() {
        parts.push(Part::Words(rest));
    }
    parts
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

fn value(text: &str) -> Option<(Part<'_>, &str)> {
    let (name, after) = text.strip_prefix('{')?.split_once('}')?;
    is_name(name).then_some((Part::Value(name), after))
}

fn link(text: &str) -> Option<(Part<'_>, &str)> {
    let (words, after) = text.strip_prefix('[')?.split_once("](")?;
    let (name, after) = after.split_once(')')?;
    is_name(name).then_some((Part::Link(words, name), after))
}

fn within<'t>(text: &'t str, sign: &str, part: fn(&'t str) -> Part<'t>) -> Option<(Part<'t>, &'t str)> {
    let (words, after) = text.strip_prefix(sign)?.split_once(sign)?;
    Some((part(words), after))
}

/// The names of the values and links in `text`.
pub fn names(text: &str) -> Vec<&str> {
    let of = |part| match part {
        Part::Value(name) => vec![name],
        Part::Link(words, name) => [names(words), vec![name]].concat(),
        Part::Weight(words) | Part::Code(words) => names(words),
        Part::Words(_) => Vec::new(),
    };
    parts(text, true).into_iter().flat_map(of).collect()
}

/// `text` with its values. A value that nobody gives stays as it is written.
pub fn plain(text: &str, value: &dyn Fn(&str) -> Option<String>) -> String {
    let shown = |part| match part {
        Part::Value(name) => value(name).map_or_else(|| Cow::Owned(format!("{{{name}}}")), Cow::Owned),
        Part::Words(words) | Part::Weight(words) | Part::Code(words) | Part::Link(words, _) => Cow::Borrowed(words),
    };
    parts(text, false).into_iter().map(shown).collect()
}

/// `text` with its values as HTML; words of documents in it are marked where `mark`.
pub fn html(text: &str, mark: bool, value: &dyn Fn(&str) -> Option<Value>) -> String {
    let shown = |part| match part {
        // Quotation marks may stand between tags, and are easier to read there.
        Part::Words(text) => escaped(text).replace("&quot;", "\""),
        Part::Value(name) => match value(name) {
            Some(Value::Words(text)) => words(&text, mark),
            Some(Value::Html(html)) => html,
            None => format!("{{{name}}}"),
        },
        Part::Link(words, name) => {
            let to = match value(name) {
                Some(Value::Words(text)) => escaped(&text),
                Some(Value::Html(html)) => html,
                None => String::new(),
            };
            format!("<a href=\"{to}\">{}</a>", html(words, mark, value))
        }
        Part::Weight(words) => format!("<b>{}</b>", html(words, mark, value)),
        Part::Code(words) => format!("<code>{}</code>", html(words, mark, value)),
    };
    parts(text, true).into_iter().map(shown).collect()
}

/// What stands around words of documents in a plain text in another language (UAX 9), so that they can be told from it.
pub const ISOLATE: [char; 2] = ['\u{2068}', '\u{2069}'];

/// `text` escaped. Where `mark`, its isolated words are marked, or all of it where nothing is isolated and it is Chinese.
pub fn words(text: &str, mark: bool) -> String {
    let marked = |text: &str| {
        let escaped = escaped(text);
        if mark && has_chinese(text) { format!("<span lang=\"zh-CN\">{escaped}</span>") } else { escaped }
    };
    let [open, close] = ISOLATE;
    if !text.contains(open) {
        return marked(text);
    }
    let mut out = String::new();
    for piece in text.split(open) {
        match piece.split_once(close) {
            Some((isolated, after)) => {
                out.push_str(&marked(isolated));
                out.push_str(&escaped(after));
            }
            None => out.push_str(&escaped(piece)),
        }
    }
    out
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

/// Whether `text` holds Chinese characters or the punctuation that is written with them.
pub fn has_chinese(text: &str) -> bool {
    text.chars().any(|c| {
        matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, mark: bool) -> String {
        html(text, mark, &|name| match name {
            "organ" => Some(Value::Words("市<民政局".to_owned())),
            "n" => Some(Value::Words("3".to_owned())),
            "list" => Some(Value::Html("../organs/?a=1&amp;b".to_owned())),
            _ => None,
        })
    }

    #[test]
    fn html_is_escaped_and_words_of_documents_are_marked() {
        assert_eq!(shown("{n} < {organ}", false), "3 &lt; 市&lt;民政局");
        assert_eq!(shown("{n} of {organ}", true), "3 of <span lang=\"zh-CN\">市&lt;民政局</span>");
        let link = "<b>See</b> <a href=\"../organs/?a=1&amp;b\">all 3</a>, <code>a</code>";
        assert_eq!(shown("**See** [all {n}](list), `a`", true), link);
        assert_eq!(names("**See {a}** [all {n}](list), `{b}`"), ["a", "n", "list", "b"]);
        let isolated = words("led by \u{2068}市民政局\u{2069}, <2\u{2068}A\u{2069}", true);
        assert_eq!(isolated, "led by <span lang=\"zh-CN\">市民政局</span>, &lt;2A");
    }

    #[test]
    fn what_is_not_closed_or_not_given_stays() {
        assert_eq!(shown("a { b [c] * `d {x}", true), "a { b [c] * `d {x}");
        assert_eq!(plain("{x} {n}", &|name| (name == "n").then(|| "1".to_owned())), "{x} 1");
    }
}
