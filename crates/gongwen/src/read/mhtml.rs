//! MHTML: a page that a browser saved as one file. Its HTML is the document.

use mail_parser::{MessageParser, PartType};

/// The HTML of an MHTML file, in UTF-8; `None` for any other file.
pub fn mhtml(bytes: &[u8]) -> Option<Vec<u8>> {
    if !is_mhtml(bytes) {
        return None;
    }
    let message = MessageParser::default().parse(bytes)?;
    message.parts.iter().find_map(|part| match &part.body {
        PartType::Html(html) => Some(html.as_bytes().to_vec()),
        _ => None,
    })
}

/// The head of a message of related parts, which is what browsers write (RFC 2557).
fn is_mhtml(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let head = head.split("\r\n\r\n").next().and_then(|h| h.split("\n\n").next()).unwrap_or("");
    let begins = head.lines().next().is_some_and(|line| line.split_once(':').is_some_and(|(name, _)| is_field(name)));
    begins && head.contains("mime-version:") && head.contains("multipart/related")
}

/// A name of a header field: `From`, `MIME-Version`.
fn is_field(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAVED: &str = "From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\
        \ttype=\"text/html\"; boundary=\"----b\"\r\n\r\n\r\n------b\r\nContent-Type: text/css\r\n\r\np { }\r\n\
        ------b\r\nContent-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
        <p>=CD=A8=D6=AA</p>\r\n------b--\r\n";

    #[test]
    fn the_page_of_an_mhtml_file() {
        let html = mhtml(SAVED.as_bytes()).expect("it is MHTML");
        assert_eq!(String::from_utf8_lossy(&html).trim(), "<p>通知</p>");
    }

    #[test]
    fn other_texts_are_none() {
        let others =
            ["", "通知：关于 MIME-Version: 与 multipart/related 的说明", "From: a\r\nMIME-Version: 1.0\r\n\r\nb"];
        assert!(others.iter().all(|text| mhtml(text.as_bytes()).is_none()));
    }
}
