//! Where a theme asks for texts: `tr(k="KEY")` and `trh(k="KEY")` in templates, `tr("KEY")` in scripts and style sheets.
//!
//! Scripts and style sheets are published with the texts in the place of the keys, so that a page needs no file of texts
//! and a script no lookup; where a text has values, the script's own `tr` puts them in.

use std::ops::Range;

use super::{Strings, Text};

/// The keys that a template asks for, and where they stand in it. Keys that it puts together are not among them.
pub fn in_template(text: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    ["tr(k=\"", "trh(k=\""].into_iter().flat_map(move |call| asked(text, call))
}

/// The keys that a script or a style sheet asks for, and where they stand in it.
pub fn in_asset(text: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    asked(text, "tr(\"")
}

fn asked<'t>(text: &'t str, call: &'static str) -> impl Iterator<Item = (&'t str, Range<usize>)> {
    text.match_indices(call).filter_map(move |(at, _)| {
        let before = text[..at].chars().next_back();
        let start = at + call.len();
        let end = start + text.get(start..)?.find('"')?;
        let whole = !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '$' | '-'));
        whole.then(|| (&text[start..end], start..end))
    })
}

/// A script with its texts: `tr("site.past")` becomes `tr("已过期限")`.
pub fn script(text: &str, strings: &Strings) -> String {
    let literal = |text: &Text| match text {
        Text::One(text) => serde_json::json!(text).to_string(),
        Text::Counted { one, other } => serde_json::json!({"one": one, "other": other}).to_string(),
    };
    replaced(text, strings, |range| range, literal)
}

/// A style sheet with its texts: `content: tr("role.lead")` becomes `content: "牵头"`.
pub fn style(text: &str, strings: &Strings) -> String {
    let literal = |text: &Text| {
        let [_, text] = text.both();
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\a "))
    };
    let call = |range: Range<usize>| range.start - "tr(".len()..range.end + ")".len();
    replaced(text, strings, call, literal)
}

/// `text` with what `literal` makes of each text, in the place of the quoted key, to which `place` may add.
fn replaced(
    text: &str,
    strings: &Strings,
    place: impl Fn(Range<usize>) -> Range<usize>,
    literal: impl Fn(&Text) -> String,
) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (key, range) in in_asset(text) {
        let place = place(range.start - 1..range.end + 1);
        let (Some(found), Some(before)) = (strings.get(key), text.get(at..place.start)) else { continue };
        out.push_str(before);
        out.push_str(&literal(found));
        at = place.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::strings::Language;

    #[test]
    fn scripts_and_styles_carry_their_texts() {
        let [chinese, english] = Language::ALL.map(Strings::built_in);
        let js = "a(tr(\"role.lead\"), tr(\"count.tasks\", { n }), tr(\"no.such\"), attr(\"role.lead\"))";
        assert_eq!(script(js, chinese), "a(tr(\"牵头\"), tr(\"{n} 项\", { n }), tr(\"no.such\"), attr(\"role.lead\"))");
        let counted = "tr({\"one\":\"{n} task\",\"other\":\"{n} tasks\"}, { n })";
        assert!(script(js, english).contains(counted), "{}", script(js, english));
        let css = "td::before { content: tr(\"role.lead\"); } a { content: attr(title) }";
        assert_eq!(style(css, english), "td::before { content: \"Lead\"; } a { content: attr(title) }");
    }

    #[test]
    fn keys_of_a_template() {
        let keys: Vec<&str> = in_template("{{ tr(k=\"a.b\") }}{{ trh(k=\"c.d\", n=1) }}").map(|(k, _)| k).collect();
        assert_eq!(keys, ["a.b", "c.d"]);
    }
}
