//! 网页的编码: what a page declares about its bytes is a hint, and often wrong.

use encoding_rs::{Encoding, GB18030, GBK, UTF_8};

use crate::read::encoding::{self, Decoded};

/// A declaration stands in the first bytes of a page (HTML Standard, 13.2.3.2 asks for the first 1024; real pages put
/// scripts before it).
const PRESCAN: usize = 8192;

/// Decodes a page. Bytes that are UTF-8 are read so, whatever is declared; for others the declared encoding is tried
/// against the detected one, and the one with fewer sequences that stand for no character is taken.
pub(super) fn decode(bytes: &[u8]) -> Decoded {
    let detected = encoding::decode(bytes);
    if detected.encoding == UTF_8.name() || Encoding::for_bom(bytes).is_some() {
        return detected;
    }
    let Some(declared) = declared(&bytes[..bytes.len().min(PRESCAN)]).filter(|e| *e != UTF_8) else {
        return detected;
    };
    let by_declaration = encoding::decode_as(bytes, if declared == GBK { GB18030 } else { declared });
    if by_declaration.malformed <= detected.malformed { by_declaration } else { detected }
}

/// The encoding that `<meta charset>` or `<meta http-equiv>` names.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    const WORD: &[u8] = b"charset";
    let mut from = 0;
    while let Some(at) = head[from..].windows(WORD.len()).position(|w| w.eq_ignore_ascii_case(WORD)) {
        from += at + WORD.len();
        let blank = |b: &&u8| b.is_ascii_whitespace() || matches!(b, b'"' | b'\'');
        let rest = &head[from..];
        let rest = &rest[rest.iter().take_while(blank).count()..];
        let Some(rest) = rest.strip_prefix(b"=") else { continue };
        let rest = &rest[rest.iter().take_while(blank).count()..];
        let end = rest.iter().position(|b| !b.is_ascii_alphanumeric() && !b"-_:.".contains(b)).unwrap_or(rest.len());
        if let Some(encoding) = Encoding::for_label(&rest[..end]) {
            return Some(encoding);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "关于加强养老服务工作的通知";

    fn page(charset: &str) -> String {
        format!("<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset={charset}\"></head>{TEXT}")
    }

    #[test]
    fn what_the_bytes_are_outweighs_what_is_declared() {
        let gbk = |page: &str| GB18030.encode(page).0.into_owned();
        let table: [(Vec<u8>, &str); 5] = [
            (page("gb2312").into_bytes(), "UTF-8"),
            (gbk(&page("utf-8")), "gb18030"),
            (gbk(&page("gb2312")), "gb18030"),
            (gbk(TEXT), "gb18030"),
            (encoding_rs::BIG5.encode("<meta charset='big5'>關於加強養老服務工作的通知").0.into_owned(), "Big5"),
        ];
        for (bytes, encoding) in table {
            let decoded = decode(&bytes);
            assert_eq!((decoded.encoding, decoded.malformed), (encoding, 0));
            assert!(decoded.text.contains(TEXT) || encoding == "Big5", "{}", decoded.text);
        }
    }

    #[test]
    fn a_damaged_page_is_read_as_what_it_mostly_is() {
        let mut bytes = page("gb2312").into_bytes();
        let last = bytes.len() - 2;
        bytes[last] = 0xff;
        assert_eq!(decode(&bytes).encoding, "UTF-8");
    }
}
