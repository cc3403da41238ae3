//! 切块: a page cut into tags and the text between them, before it is parsed.
//!
//! The parser is fed piece by piece so that a text knows where it begins. A tag is never taken for shorter than the
//! parser takes it, so that its attributes can be counted here: the parser compares each with all before it.

/// A tag with more attributes than this is read without any.
const ATTRIBUTES: usize = 1000;

/// Elements whose content is no markup.
const RAW: [&str; 8] = ["script", "style", "textarea", "title", "xmp", "iframe", "noscript", "noframes"];

/// A piece of a page.
pub(super) struct Chunk<'a> {
    /// The byte at which it begins.
    pub(super) at: usize,
    /// What is to be parsed of it.
    pub(super) text: &'a str,
    /// The tag had too many attributes: after `text`, which ends with its name, `>` is to be parsed.
    pub(super) bare: bool,
}

/// Cuts `page`.
pub(super) fn chunks(page: &str) -> impl Iterator<Item = Chunk<'_>> {
    let mut at = 0;
    let mut raw: Option<&str> = None;
    std::iter::from_fn(move || {
        let rest = page.get(at..).filter(|r| !r.is_empty())?;
        let start = at;
        if let Some(name) = raw.take() {
            let len = end_tag(rest, name).unwrap_or(rest.len());
            if len > 0 {
                at += len;
                return Some(Chunk { at: start, text: &rest[..len], bare: false });
            }
        }
        let name = tag_name(rest);
        if name.is_empty() {
            let len = match rest.strip_prefix('<') {
                None => rest.find('<').unwrap_or(rest.len()),
                Some(_) if rest.starts_with("<!--") => rest.find("-->").map_or(rest.len(), |i| i + 3),
                Some(tag) => {
                    tag.find(['<', '>']).map_or(rest.len(), |i| i + 1 + usize::from(tag[i..].starts_with('>')))
                }
            };
            at += len;
            return Some(Chunk { at: start, text: &rest[..len], bare: false });
        }
        let head = rest.len() - rest.trim_start_matches(['<', '/']).len() + name.len();
        let (len, attributes) = tag_len(rest, head);
        at += len;
        if !rest.starts_with("</") {
            raw = RAW.into_iter().find(|r| r.eq_ignore_ascii_case(name));
        }
        let bare = attributes > ATTRIBUTES;
        Some(Chunk { at: start, text: &rest[..if bare { head } else { len }], bare })
    })
}

/// The name of the tag that `text` begins with; empty where it begins with none.
fn tag_name(text: &str) -> &str {
    let Some(tag) = text.strip_prefix('<') else { return "" };
    let tag = tag.strip_prefix('/').unwrap_or(tag);
    if !tag.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return "";
    }
    &tag[..tag.find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>').unwrap_or(tag.len())]
}

/// How long the tag at the beginning of `text` is, whose name ends at `head`, and the most attributes that it may have.
fn tag_len(text: &str, head: usize) -> (usize, usize) {
    let bytes = text.as_bytes();
    let (mut i, mut attributes) = (head, 0);
    while i < bytes.len() {
        match bytes[i] {
            b'>' => return (i + 1, attributes),
            b'=' => {
                i += 1;
                while bytes.get(i).is_some_and(u8::is_ascii_whitespace) {
                    i += 1;
                }
                if let Some(quote @ (b'"' | b'\'')) = bytes.get(i) {
                    attributes += 1;
                    i += 1 + bytes[i + 1..].iter().position(|b| b == quote).unwrap_or(bytes.len() - i - 1);
                    i = (i + 1).min(bytes.len());
                }
                continue;
            }
            b'/' => attributes += 1,
            b if b.is_ascii_whitespace() => attributes += 1,
            _ => {}
        }
        i += 1;
    }
    (bytes.len(), attributes)
}

/// The byte of `text` at which the end tag of `name` begins.
fn end_tag(text: &str, name: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    text.match_indices("</").map(|(i, _)| i).find(|i| {
        let from = i + 2;
        bytes.get(from..from + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_texts_are_parted() {
        let cut = |page: &str| {
            chunks(page).map(|c| format!("{}{}", c.text, if c.bare { "…" } else { "" })).collect::<Vec<_>>()
        };
        let table: [(&str, &[&str]); 6] = [
            ("<p a='>' b = \">\">甲<br/>乙", &["<p a='>' b = \">\">", "甲", "<br/>", "乙"]),
            ("<script>if (a<b) '</p>'</SCRIPT>甲", &["<script>", "if (a<b) '</p>'", "</SCRIPT>", "甲"]),
            ("<!-- <p> -->甲<!DOCTYPE html>", &["<!-- <p> -->", "甲", "<!DOCTYPE html>"]),
            ("3<5 且 <关于>", &["3", "<5 且 ", "<关于>"]),
            ("<p a='", &["<p a='"]),
            ("<script></script>", &["<script>", "</script>"]),
        ];
        for (page, expected) in table {
            assert_eq!(cut(page), expected, "{page}");
        }
        assert_eq!(cut(&format!("<p {}>甲", "a ".repeat(2000))), ["<p…", "甲"]);
    }
}
