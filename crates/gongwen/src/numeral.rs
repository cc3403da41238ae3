//! 数字: Chinese and Arabic numerals as documents print them.

/// The value of a whole number in Chinese or Arabic digits of either width: 十二 → 12, 一百零三 → 103, 二〇二〇 → 2020,
/// １２ → 12. `None` for anything else and for what does not fit.
///
/// ```
/// assert_eq!(gongwen::numeral::value("一百零三"), Some(103));
/// assert_eq!(gongwen::numeral::value("若干"), None);
/// ```
pub fn value(text: &str) -> Option<u64> {
    if text.is_empty() {
        return None;
    }
    let digits: Option<Vec<u64>> = text.chars().map(digit).collect();
    match digits {
        Some(d) => positional(&d),
        None => multiplicative(text),
    }
}

/// The value of one digit: 0–9, ０–９, 〇零○一…九, 两.
pub fn digit(c: char) -> Option<u64> {
    match c {
        '0'..='9' => Some(c as u64 - '0' as u64),
        '０'..='９' => Some(c as u64 - '０' as u64),
        '〇' | '零' | '○' => Some(0),
        '两' => Some(2),
        _ => "一二三四五六七八九".chars().position(|d| d == c).map(|i| i as u64 + 1),
    }
}

const NUMERALS: [char; 16] =
    ['零', '〇', '○', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千', '两'];

/// True for a character of which Chinese whole numbers are made.
pub fn is_chinese_numeral(c: char) -> bool {
    NUMERALS.contains(&c)
}

fn positional(digits: &[u64]) -> Option<u64> {
    digits.iter().try_fold(0u64, |n, d| n.checked_mul(10)?.checked_add(*d))
}

/// 十, 百, 千 and 万 with their factors.
fn multiplicative(text: &str) -> Option<u64> {
    let (mut total, mut section, mut last) = (0u64, 0u64, None);
    for c in text.chars() {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            '万' => {
                total = total.checked_add(section.checked_add(last.take().unwrap_or(0))?)?.checked_mul(10_000)?;
                section = 0;
                continue;
            }
            _ => {
                let d = digit(c)?;
                // 十二三 names no number; 一百零三 does.
                if last.is_some_and(|l| l != 0) {
                    return None;
                }
                last = Some(d);
                continue;
            }
        };
        let factor = match last.take() {
            Some(0) | None => 1,
            Some(d) => d,
        };
        section = section.checked_add(factor * unit)?;
    }
    total.checked_add(section)?.checked_add(last.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::value;

    #[test]
    fn values() {
        let table = [
            ("一", Some(1)),
            ("十", Some(10)),
            ("十六", Some(16)),
            ("二十", Some(20)),
            ("二十三", Some(23)),
            ("一百零三", Some(103)),
            ("一百一十", Some(110)),
            ("一千二百六十", Some(1260)),
            ("二〇二〇", Some(2020)),
            ("二○一八", Some(2018)),
            ("1260", Some(1260)),
            ("１２", Some(12)),
            ("两万三千", Some(23_000)),
            ("", None),
            ("第三", None),
            ("十二三", None),
            ("99999999999999999999999", None),
        ];
        for (text, expected) in table {
            assert_eq!(value(text), expected, "{text}");
        }
    }
}
