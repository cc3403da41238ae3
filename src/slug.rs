//! 标识的写法: the slug of a document or an instrument, made from its number, else from its title.
//!
//! An instrument that is only cited and the same one once it is imported have the same slug, so that its address stays.

use gongwen::number::DocumentNumber;
use sha2::{Digest, Sha256};

use crate::system;

/// A longer title is cut and told apart by a digest, in bytes: a file name may have 255.
const LONGEST: usize = 150;

/// 国办发〔2015〕84号 → 国办发-2015-84; 国家医保局令第2号 → 国家医保局令-2.
pub fn of_number(number: &DocumentNumber) -> String {
    let code = clean(&number.code);
    match number.year {
        Some(year) => format!("{code}-{year}-{}", clean(&number.sequence)),
        None => format!("{code}-{}", clean(&number.sequence)),
    }
}

/// The title without what a file name or a link may not hold.
pub fn of_title(title: &str) -> String {
    let slug = clean(title);
    if slug.is_empty() || system::is_device(&slug) {
        return format!("文件-{}", digest(title.as_bytes()));
    }
    if slug.len() <= LONGEST {
        return slug;
    }
    let end = (0..=LONGEST).rev().find(|&i| slug.is_char_boundary(i)).unwrap_or(0);
    format!("{}-{}", &slug[..end], digest(title.as_bytes()))
}

/// The slug of what has this number, or this title where it has none or one that cannot be read.
pub fn of(number: Option<&str>, title: Option<&str>) -> String {
    match number.and_then(DocumentNumber::parse) {
        Some(number) => of_number(&number),
        None => of_title(title.or(number).unwrap_or("")),
    }
}

/// The first eight hexadecimal digits of a SHA-256.
pub fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(4).map(|b| format!("{b:02x}")).collect()
}

fn clean(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '（' | '）' | '、' | '·' | '-' | '—' | '－'))
        .collect::<String>()
        .trim_matches(['-', '、'])
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs() {
        let table = [
            (Some("吉市政办发(2017)48号"), None, "吉市政办发-2017-48"),
            (Some("国家医保局令第2号"), None, "国家医保局令-2"),
            (None, Some("吉林省“十四五”规划（试行）"), "吉林省十四五规划（试行）"),
            (None, Some("../../etc/passwd"), "etcpasswd"),
            (Some("无法辨认"), Some("某办法"), "某办法"),
            (None, Some("《》"), "文件-8d65ee06"),
            (None, Some("CON"), "文件-a3dbc4b6"),
        ];
        for (number, title, expected) in table {
            assert_eq!(of(number, title), expected, "{number:?} {title:?}");
        }
        let long = of_title(&"关于".repeat(200));
        assert!(long.len() <= 160, "{}", long.len());
        assert_ne!(long, of_title(&"关于".repeat(201)));
    }
}
