//! 结构层次序数: the grammar of the numbers that head clauses (GB/T 9704-2012 §7.3.3, 立法技术规范).
//!
//! Only what stands at the start of a text is read here; whether it heads a clause there is for `layout` to say.

use crate::numeral;

/// The style of a number, outermost first. A clause belongs to the nearest one before it whose style is less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Style {
    /// 附件, 附件2.
    Attachment,
    /// 第一编.
    Book,
    /// 第一部分.
    Part,
    /// 第一章.
    Chapter,
    /// 第一节.
    Section,
    /// 第一条.
    Article,
    /// 一、
    Ideographic,
    /// （一）
    BracketedIdeographic,
    /// 1.
    Arabic,
    /// （1）
    BracketedArabic,
    /// ①
    Circled,
}

impl Style {
    /// True for 编, 章, 节 and 条, the divisions of laws and measures.
    pub fn is_statutory(self) -> bool {
        matches!(self, Style::Book | Style::Part | Style::Chapter | Style::Section | Style::Article)
    }
}

/// A number at the start of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    /// How it is printed.
    pub style: Style,
    /// Its value; 1 for an attachment without a number. 第九条之二 has the value 9.
    pub value: u64,
    /// True for 第九条之二, which follows 第九条 without advancing the count.
    pub inserted: bool,
    /// Bytes of the number without its delimiter: 一, （一）, 1, 第三条, 附件2.
    pub number_len: usize,
    /// Bytes of the number with its delimiter: 一、, （一）, 1., 第三条, 附件2：
    pub len: usize,
}

/// Reads the number that `text` starts with.
///
/// ```
/// use gongwen::numbering::{Style, number_at};
/// let number = number_at("（三）推进医养结合").expect("a number");
/// assert_eq!((number.style, number.value), (Style::BracketedIdeographic, 3));
/// assert!(number_at("三年以来，各项工作").is_none());
/// ```
pub fn number_at(text: &str) -> Option<Number> {
    let first = text.chars().next()?;
    match first {
        '第' => statutory(text),
        '附' => attachment(text),
        '（' | '(' => bracketed(text),
        '①'..='⑳' => Some(Number {
            style: Style::Circled,
            value: first as u64 - '①' as u64 + 1,
            inserted: false,
            number_len: first.len_utf8(),
            len: first.len_utf8(),
        }),
        _ if first.is_ascii_digit() || ('０'..='９').contains(&first) => arabic(text),
        _ if numeral::is_chinese_numeral(first) => ideographic(text),
        _ => None,
    }
}

/// The bytes that `text` starts with and `of` holds true for.
fn run(text: &str, of: impl Fn(char) -> bool) -> usize {
    text.char_indices().find(|&(_, c)| !of(c)).map_or(text.len(), |(i, _)| i)
}

fn is_arabic(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

fn any_digit(c: char) -> bool {
    is_arabic(c) || numeral::is_chinese_numeral(c)
}

fn statutory(text: &str) -> Option<Number> {
    let start = '第'.len_utf8();
    let digits = run(&text[start..], any_digit);
    let value = numeral::value(&text[start..start + digits])?;
    let rest = &text[start + digits..];
    let (style, unit) = [
        ("编", Style::Book),
        ("部分", Style::Part),
        ("章", Style::Chapter),
        ("节", Style::Section),
        ("条", Style::Article),
    ]
    .into_iter()
    .find_map(|(unit, style)| rest.starts_with(unit).then_some((style, unit)))?;
    let mut end = start + digits + unit.len();
    let mut inserted = false;
    if let Some(after) = text[end..].strip_prefix('之') {
        let more = run(after, numeral::is_chinese_numeral);
        if numeral::value(&after[..more]).is_some() {
            end += '之'.len_utf8() + more;
            inserted = true;
        }
    }
    // 第一部分：总体要求.
    let delimiter = if style == Style::Article { 0 } else { run(&text[end..], |c| matches!(c, '：' | ':' | '、')) };
    Some(Number { style, value, inserted, number_len: end, len: end + delimiter })
}

fn attachment(text: &str) -> Option<Number> {
    let word = ["附件", "附表", "附录"].into_iter().find(|w| text.starts_with(w))?;
    let digits = run(&text[word.len()..], any_digit);
    let number = &text[word.len()..word.len() + digits];
    let value = if digits == 0 { 1 } else { numeral::value(number)? };
    let number_len = word.len() + digits;
    let delimiter = run(&text[number_len..], |c| matches!(c, '：' | ':' | '.' | '．' | '、'));
    Some(Number { style: Style::Attachment, value, inserted: false, number_len, len: number_len + delimiter })
}

fn bracketed(text: &str) -> Option<Number> {
    let open = text.chars().next()?.len_utf8();
    let digits = run(&text[open..], any_digit);
    let value = numeral::value(&text[open..open + digits])?;
    let close = text[open + digits..].chars().next().filter(|c| matches!(c, '）' | ')'))?;
    let len = open + digits + close.len_utf8();
    let arabic = text[open..].starts_with(is_arabic);
    let style = if arabic { Style::BracketedArabic } else { Style::BracketedIdeographic };
    Some(Number { style, value, inserted: false, number_len: len, len })
}

fn arabic(text: &str) -> Option<Number> {
    let digits = run(text, is_arabic);
    // 2018年 and 20.5 head nothing: a clause number has at most three digits and no digit after its dot.
    if text[..digits].chars().count() > 3 {
        return None;
    }
    let value = numeral::value(&text[..digits])?;
    let mut after = text[digits..].chars();
    let delimiter = after.next().filter(|c| matches!(c, '.' | '．' | '、'))?;
    // 2.2022年底前: the dot parts a number from a year.
    let year = {
        let rest = after.as_str();
        let figures = run(rest, is_arabic);
        rest[..figures].chars().count() == 4 && rest[figures..].starts_with('年')
    };
    if delimiter != '、' && !year && after.next().is_some_and(is_arabic) {
        return None;
    }
    Some(Number {
        style: Style::Arabic,
        value,
        inserted: false,
        number_len: digits,
        len: digits + delimiter.len_utf8(),
    })
}

fn ideographic(text: &str) -> Option<Number> {
    let digits = run(text, numeral::is_chinese_numeral);
    let value = numeral::value(&text[..digits])?;
    let delimiter = text[digits..].chars().next().filter(|c| matches!(c, '、' | '．' | '.'))?;
    let len = digits + delimiter.len_utf8();
    Some(Number { style: Style::Ideographic, value, inserted: false, number_len: digits, len })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        use Style::*;
        let table = [
            ("一、总体目标", Some((Ideographic, 1, "一", "一、"))),
            ("十二、其他", Some((Ideographic, 12, "十二", "十二、"))),
            ("（一）政府引导", Some((BracketedIdeographic, 1, "（一）", "（一）"))),
            ("(十六)压实", Some((BracketedIdeographic, 16, "(十六)", "(十六)"))),
            ("1.对于申办人", Some((Arabic, 1, "1", "1."))),
            ("1．对于申办人", Some((Arabic, 1, "1", "1．"))),
            ("12、登记", Some((Arabic, 12, "12", "12、"))),
            ("（2）登记", Some((BracketedArabic, 2, "（2）", "（2）"))),
            ("③登记", Some((Circled, 3, "③", "③"))),
            ("第一条 为了", Some((Article, 1, "第一条", "第一条"))),
            ("第一百三十三条之一 在道路上", Some((Article, 133, "第一百三十三条之一", "第一百三十三条之一"))),
            ("第三章 罚则", Some((Chapter, 3, "第三章", "第三章"))),
            ("第二节", Some((Section, 2, "第二节", "第二节"))),
            ("第一编 总则", Some((Book, 1, "第一编", "第一编"))),
            ("附件", Some((Attachment, 1, "附件", "附件"))),
            ("附件2：名单", Some((Attachment, 2, "附件2", "附件2："))),
            ("附件：1.名单", Some((Attachment, 1, "附件", "附件："))),
            ("2.2022年底前", Some((Arabic, 2, "2", "2."))),
            ("1.5亿元", None),
            ("2018年，实现", None),
            ("2018.", None),
            ("一是优化", None),
            ("第一书记", None),
            ("（试行）", None),
            ("一些地方", None),
            ("", None),
        ];
        for (text, expected) in table {
            let got = number_at(text).map(|n| (n.style, n.value, &text[..n.number_len], &text[..n.len]));
            assert_eq!(got, expected, "{text}");
        }
    }
}
