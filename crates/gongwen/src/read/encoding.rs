//! 字符编码: bytes → text. UTF-8, UTF-16 with a byte order mark, GB18030 and GBK by detection.

use encoding_rs::{Encoding, GB18030, UTF_8};

/// Text and how it was read.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text without its byte order mark and without control characters other than tab, line and page breaks.
    pub text: String,
    /// The name of the encoding: UTF-8, UTF-16LE, GB18030 …
    pub encoding: &'static str,
    /// How many byte sequences stand for no character and became `U+FFFD`.
    pub malformed: usize,
    /// How many control characters (NUL among them) were left out.
    pub controls: usize,
}

/// A share of malformed sequences below which bytes are UTF-8 with damage rather than another encoding: a GBK text
/// read as UTF-8 is damaged in nearly every character.
const DAMAGED_UTF8: f64 = 0.25;

/// Decodes any bytes.
pub fn decode(bytes: &[u8]) -> Decoded {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        let (text, encoding, _) = encoding.decode(bytes);
        return finish(&text, encoding);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => finish(text, UTF_8),
        Err(_) => {
            let (utf8, _) = UTF_8.decode_without_bom_handling(bytes);
            let wide = utf8.chars().filter(|c| !c.is_ascii()).count();
            if (replacements(&utf8) as f64) < DAMAGED_UTF8 * wide as f64 {
                return finish(&utf8, UTF_8);
            }
            let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
            detector.feed(bytes, true);
            let guess = detector.guess(Some(b"cn"), chardetng::Utf8Detection::Deny);
            // GB18030 holds all of GBK.
            let guess = if guess == encoding_rs::GBK { GB18030 } else { guess };
            let (text, _) = guess.decode_without_bom_handling(bytes);
            finish(&text, guess)
        }
    }
}

/// Decodes bytes that are said to be in `encoding`.
pub fn decode_as(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    finish(&encoding.decode_without_bom_handling(bytes).0, encoding)
}

fn finish(text: &str, encoding: &'static Encoding) -> Decoded {
    let mut kept = String::with_capacity(text.len());
    let mut controls = 0;
    for c in text.chars() {
        match c {
            '\t' | '\n' | '\r' | '\u{c}' => kept.push(c),
            '\u{b}' | '\u{85}' | '\u{2028}' | '\u{2029}' => kept.push('\n'),
            '\u{feff}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{ad}' => {}
            c if c.is_control() => controls += 1,
            c => kept.push(c),
        }
    }
    Decoded { malformed: replacements(text), controls, encoding: encoding.name(), text: kept }
}

fn replacements(text: &str) -> usize {
    text.chars().filter(|&c| c == '\u{fffd}').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings() {
        let text = "国办发〔2015〕84号：关于推进医疗卫生与养老服务相结合的指导意见";
        let (gbk, _, _) = GB18030.encode(text);
        let utf16: Vec<u8> =
            [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(|u| u.to_le_bytes())).collect();
        let utf16be: Vec<u8> =
            [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(|u| u.to_be_bytes())).collect();
        let bom: Vec<u8> = [0xef, 0xbb, 0xbf].into_iter().chain(text.bytes()).collect();
        let table: [(&[u8], &str); 5] = [
            (text.as_bytes(), "UTF-8"),
            (&bom, "UTF-8"),
            (&gbk, "gb18030"),
            (&utf16, "UTF-16LE"),
            (&utf16be, "UTF-16BE"),
        ];
        for (bytes, encoding) in table {
            let expected = Decoded { text: text.to_owned(), encoding, malformed: 0, controls: 0 };
            assert_eq!(decode(bytes), expected);
        }
    }

    #[test]
    fn damage_is_counted() {
        let mut bytes = "市民政局牵头，市财政局配合。各县（市、区）人民政府负责落实。".as_bytes().to_vec();
        bytes[4] = 0xff;
        let decoded = decode(&bytes);
        assert_eq!(decoded.encoding, "UTF-8");
        assert!(decoded.malformed > 0 && decoded.text.ends_with("负责落实。"));
        assert_eq!(decode(b"a\0b").controls, 1);
        assert_eq!(decode(b"").text, "");
    }
}
