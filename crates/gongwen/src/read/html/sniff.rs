//! 是不是网页: by what the bytes begin with, never by a name.

/// How far into a file the signs of a page are looked for, in bytes.
const HEAD: usize = 8192;

/// Elements that a page or a piece of one begins with.
const OPENERS: &[&str] = &[
    "html", "head", "body", "title", "meta", "link", "script", "style", "div", "section", "article", "main", "table",
    "tbody", "tr", "td", "p", "center", "span", "font", "h1", "h2", "h3", "ul", "ol", "dl", "form", "iframe",
    "noscript", "b", "strong", "br", "a", "img", "input",
];

/// Elements that are found in every page of text.
const COMMON: &[&str] = &["</p>", "</div>", "</td>", "</span>", "<br", "</li>", "</h1>", "</section>", "</article>"];

/// True for a page, or a piece of one: `<!DOCTYPE html>`, `<html`, or any element of a page at the very beginning where
/// more of them follow. A text that only quotes a tag begins with something else.
pub(super) fn is_page(bytes: &[u8]) -> bool {
    let head = ascii(bytes);
    let mut rest = head.trim_start();
    // Comments and an XML declaration may come first.
    loop {
        let skipped = match rest {
            r if r.starts_with("<!--") => r.find("-->").map(|i| &r[i + 3..]),
            r if r.starts_with("<?xml") => r.find("?>").map(|i| &r[i + 2..]),
            _ => None,
        };
        match skipped {
            Some(after) => rest = after.trim_start(),
            None => break,
        }
    }
    if rest.starts_with("<!doctype html") || rest.starts_with("<html") {
        return true;
    }
    let Some(tag) = rest.strip_prefix('<') else { return false };
    let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
    let whole = matches!(tag.as_bytes().get(name.len()), Some(b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n'));
    whole
        && OPENERS.contains(&name)
        && (rest.contains("<body") || rest.contains("<head") || COMMON.iter().any(|c| rest.contains(c)))
}

/// The ASCII of the beginning in lower case, every other character as `?`; of UTF-16 too.
fn ascii(bytes: &[u8]) -> String {
    let wide = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    let head = &bytes[..bytes.len().min(HEAD)];
    let plain = |b: &u8| if b.is_ascii() { char::from(b.to_ascii_lowercase()) } else { '?' };
    match wide {
        true => head.iter().skip(2).filter(|b| **b != 0).map(plain).collect(),
        false => head.iter().map(plain).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::is_page;

    #[test]
    fn pages_and_what_only_looks_like_one() {
        let table: [(&str, bool); 14] = [
            ("<!DOCTYPE html><p>甲", true),
            ("\n  <!-- 保存自 http://x -->\n<HTML lang=zh>", true),
            ("<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0\">", true),
            ("<div class=\"wrap\" style=\"font-family:宋体;\">\n<table><tr><td>甲</td></tr></table></div>", true),
            ("<p>甲</p><p>乙</p>", true),
            ("<script>var a;</script><body>", true),
            ("关于使用 <html> 标签的通知\n</p>", false),
            ("<关于印发方案的通知>\n各县：</p>", false),
            ("<div>", false),
            ("<p 甲", false),
            ("<?xml version=\"1.0\"?><w:document></w:document>", false),
            ("<public>甲</p>", false),
            ("%PDF-1.4", false),
            ("", false),
        ];
        for (text, page) in table {
            assert_eq!(is_page(text.as_bytes()), page, "{text}");
        }
        let utf16: Vec<u8> =
            [0xff, 0xfe].into_iter().chain("<html>甲".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert!(is_page(&utf16));
    }
}
