//! HTML of the things that are too long for a template. `maud::html!` escapes every text that is put into it, and so
//! does [`Grow`]: what is HTML already has a type that says so, and there is no other way in.

pub use maud::{Markup, PreEscaped, Render, html};

/// HTML that grows piece by piece.
pub trait Grow {
    /// Appends `piece`; a text is escaped.
    fn put(&mut self, piece: impl Render);

    /// True where nothing has been appended.
    fn is_empty(&self) -> bool;
}

impl Grow for Markup {
    fn put(&mut self, piece: impl Render) {
        piece.render_to(&mut self.0);
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// `html` as a value that a template prints as it is.
pub fn value(html: &Markup) -> tera::Value {
    tera::Value::safe_string(&html.0)
}

/// The words of `text` up to its character number `most`, and whether more follow.
pub fn beginning(text: &str, most: usize) -> (&str, bool) {
    match text.char_indices().nth(most) {
        Some((end, _)) => (&text[..end], true),
        None => (text, false),
    }
}

/// A JSON text that may stand in a `<script>` element: it cannot close the element.
pub fn json_in_script(json: &str) -> String {
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped_and_html_is_not() {
        let mut out = Markup::default();
        assert!(out.is_empty());
        out.put("《通知》");
        out.put("<b a=\"1\">&amp;");
        out.put(html! { a title=("\"><script>") { "甲" } });
        let expected = "《通知》&lt;b a=&quot;1&quot;&gt;&amp;amp;<a title=\"&quot;&gt;&lt;script&gt;\">甲</a>";
        assert_eq!(out.0, expected);
        assert_eq!(json_in_script("\"</script>\""), "\"\\u003c/script\\u003e\"");
    }

    #[test]
    fn the_beginning_of_a_text() {
        assert_eq!(beginning("甲乙丙", 2), ("甲乙", true));
        assert_eq!(beginning("甲乙", 2), ("甲乙", false));
    }
}
