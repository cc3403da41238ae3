//! 发文字号: document numbers in every bracket style, 令 and 公告 numbers, and where they stand in a text.
//!
//! GB/T 9704-2012 §7.2.5: 机关代字, the year in full in 〔〕, the serial number without leading zeros or 第, then 号.
//! Real documents print (), [], 【】, blanks and full-width digits as well; all are read, one form is written.

use std::fmt;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use serde::Deserialize;

use crate::numeral;
use crate::scan::{Cursor, is_han};
use crate::wordlist::load;

/// A document's number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentNumber {
    /// 机关代字 (国办发), or the authority with the word of the form (国家医保局令, 公告).
    pub code: String,
    /// The year; an old number's 〔86〕 is 1986. `None` for a 令 that counts through the years.
    pub year: Option<u16>,
    /// The serial number: Arabic digits in ASCII, Chinese ones as printed.
    pub sequence: String,
    /// How it is written.
    pub form: NumberForm,
}

/// The ways of writing a document's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NumberForm {
    /// 国办发〔2015〕84号.
    Bracketed,
    /// 法释〔2001〕第3号.
    BracketedOrdinal,
    /// 国务院令第709号, 财政部公告2020年第3号.
    Titled,
    /// 国务院第709号令, 第5号公告.
    TitleLast,
}

/// A number and the bytes of the text it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundNumber {
    /// Where it stands, from its code to 号.
    pub range: Range<usize>,
    /// The number.
    pub number: DocumentNumber,
}

/// Longest 机关代字 in characters. The longest in use (国卫办基层函, 国市监食经规) have six; places add a few.
const CODE_CHARS: usize = 12;
/// Longest printed name before 令 or 公告, in characters.
const AUTHORITY_CHARS: usize = 36;

/// The words around numbers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    before_code: Vec<String>,
    before_authority: Vec<String>,
    joins: Vec<String>,
    code_heads: String,
    in_code: Vec<String>,
    titles: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| load("number.toml", include_str!("words/number.toml")));

/// The brackets that may stand around the year.
const OPEN: &[&str] = &["〔", "[", "［", "【", "(", "（", "﹝"];

/// What every form has near its middle: a bracket, or the word of its form.
static MARK: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::new(OPEN.iter().copied().chain(WORDS.titles.iter().map(String::as_str))).ok());

impl DocumentNumber {
    /// The number that the whole of `text` is, blanks around it aside.
    ///
    /// ```
    /// use gongwen::number::DocumentNumber;
    /// let number = DocumentNumber::parse("国办发[2015] 84号").expect("a number");
    /// assert_eq!(number.to_string(), "国办发〔2015〕84号");
    /// assert_eq!(number.year, Some(2015));
    /// assert_eq!(DocumentNumber::parse("第84号建议的答复"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        find_numbers(text).into_iter().find(|f| f.range == (0..text.len())).map(|f| f.number)
    }

    /// The number that `text` starts with, and its bytes.
    pub fn at(text: &str) -> Option<(Self, usize)> {
        // A number has its middle mark near its start, so that only a short head has to be searched.
        let head = text.char_indices().nth(AUTHORITY_CHARS + 24).map_or(text, |(i, _)| &text[..i]);
        find_numbers(head).into_iter().find(|f| f.range.start == 0).map(|f| (f.number, f.range.end))
    }

    /// Who counts by it (国务院令第709号: 国务院); empty for a number by a 机关代字.
    pub fn authority(&self) -> &str {
        WORDS.titles.iter().find_map(|word| self.code.strip_suffix(word.as_str())).unwrap_or("")
    }

    /// What two printings of one number have in common: 国务院令第709号 and 国务院第709号令, 第七〇九号 and 第709号.
    pub fn key(&self) -> String {
        let sequence = numeral::value(&self.sequence).map_or_else(|| self.sequence.clone(), |n| n.to_string());
        let year = self.year.map_or(String::new(), |y| y.to_string());
        format!("{}|{year}|{sequence}", self.code)
    }
}

impl fmt::Display for DocumentNumber {
    /// The number with 〔〕 and without blanks.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { code, year, sequence, form } = self;
        let year_of = |f: &mut fmt::Formatter<'_>| year.map_or(Ok(()), |y| write!(f, "{y}年"));
        match form {
            NumberForm::Bracketed => write!(f, "{code}〔{}〕{sequence}号", year.unwrap_or_default()),
            NumberForm::BracketedOrdinal => write!(f, "{code}〔{}〕第{sequence}号", year.unwrap_or_default()),
            NumberForm::Titled => {
                f.write_str(code)?;
                year_of(f)?;
                write!(f, "第{sequence}号")
            }
            NumberForm::TitleLast => {
                let word = WORDS.titles.iter().find(|w| code.ends_with(w.as_str())).map_or("", |w| w);
                f.write_str(&code[..code.len() - word.len()])?;
                year_of(f)?;
                write!(f, "第{sequence}号{word}")
            }
        }
    }
}

/// The number in its one form (〔〕, no blanks, ASCII digits). What is no number comes back without its blanks.
///
/// ```
/// assert_eq!(gongwen::number::normalise_number("国办发（2015）84号"), "国办发〔2015〕84号");
/// ```
pub fn normalise_number(text: &str) -> String {
    match DocumentNumber::parse(text) {
        Some(number) => number.to_string(),
        None => text.chars().filter(|c| !c.is_whitespace()).collect(),
    }
}

/// Every number in `text`, in order, in time linear in its length.
///
/// ```
/// let text = "按照国办发〔2015〕84号和浙政办发〔2016〕148号的要求";
/// let found: Vec<&str> = gongwen::number::find_numbers(text).into_iter().map(|f| &text[f.range]).collect();
/// assert_eq!(found, ["国办发〔2015〕84号", "浙政办发〔2016〕148号"]);
/// ```
pub fn find_numbers(text: &str) -> Vec<FoundNumber> {
    let mut found: Vec<FoundNumber> = Vec::new();
    let Some(marks) = MARK.as_ref() else { return found };
    let mut from = 0;
    for mark in marks.find_iter(text) {
        let word = mark.pattern().as_usize().checked_sub(OPEN.len()).and_then(|i| WORDS.titles.get(i));
        if mark.start() < from {
            continue;
        }
        let hit = match word {
            Some(word) => titled(text, from, mark.start(), word),
            None => bracketed(text, from, mark.start()),
        };
        if let Some(hit) = hit {
            from = hit.range.end;
            found.push(hit);
        }
    }
    found
}

/// Reads a number around the opening bracket at `open`; nothing before `from` belongs to it.
fn bracketed(text: &str, from: usize, open: usize) -> Option<FoundNumber> {
    let mut c = Cursor::new(text, open);
    c.eat_char(is_open)?;
    let (digits, value) = c.spaces().numeral()?;
    let year = match (digits.chars().count(), u16::try_from(value).ok()?) {
        (4, y @ 1900..=2199) => y,
        (2, y @ 49..=99) => 1900 + y,
        _ => return None,
    };
    c.eat("年");
    c.spaces().eat_char(is_close)?;
    let ordinal = c.spaces().eat("第");
    let (sequence, _) = c.spaces().numeral()?;
    if !c.spaces().eat("号") {
        return None;
    }
    let before = text.get(from..open)?.trim_end();
    let start = from + code_start(before, from == 0, CODE_CHARS, &WORDS.before_code)?;
    let form = if ordinal { NumberForm::BracketedOrdinal } else { NumberForm::Bracketed };
    let code = text.get(start..from + before.len())?.to_owned();
    let number = DocumentNumber { code, year: Some(year), sequence: ascii(sequence), form };
    Some(FoundNumber { range: start..c.at(), number })
}

/// Reads 令第2号, 公告2020年第3号 or 第5号公告 around the word at `at`.
fn titled(text: &str, from: usize, at: usize, word: &str) -> Option<FoundNumber> {
    let mut c = Cursor::new(text, at + word.len());
    let bracket = c.spaces().eat_char(|c| matches!(c, '（' | '(' | '〔' | '[')).is_some();
    if let Some((year, sequence)) = ordinal(&mut c) {
        if bracket {
            c.spaces().eat_char(is_close)?;
        }
        let before = text.get(from..at)?.trim_end();
        let start =
            from + code_start(before, from == 0, AUTHORITY_CHARS, &WORDS.before_authority).unwrap_or(before.len());
        let authority = text.get(start..from + before.len())?;
        // 责令第三人 and 上述公告第2号 name no authority that counts its orders.
        let start = if authority.is_empty() { at } else { start };
        let number = DocumentNumber {
            code: format!("{authority}{word}"),
            year,
            sequence: ascii(sequence),
            form: NumberForm::Titled,
        };
        return Some(FoundNumber { range: start..c.at(), number });
    }
    // 第…号 stands before the word: step back over it, then read it forwards.
    let head = text.get(from..at)?.trim_end().strip_suffix("号")?;
    let digits = back(head, |c| c.is_whitespace() || numeral::digit(c).is_some() || "十百千".contains(c), 16);
    let mut start = head.get(..digits)?.strip_suffix("第")?.len();
    let with_year = head.get(..start)?.trim_end();
    if let Some(y) = with_year.strip_suffix("年") {
        start = back(y, |c| numeral::digit(c).is_some(), 4);
    }
    let mut c = Cursor::new(text, from + start);
    let (year, sequence) = ordinal(&mut c)?;
    let before = head.get(..start)?.trim_end();
    let begin = code_start(before, from == 0, AUTHORITY_CHARS, &WORDS.before_authority).unwrap_or(start);
    let authority = head.get(begin..start)?.trim_end();
    let number = DocumentNumber {
        code: format!("{authority}{word}"),
        year,
        sequence: ascii(sequence),
        form: NumberForm::TitleLast,
    };
    Some(FoundNumber { range: from + begin..at + word.len(), number })
}

/// Reads 2020年第3号 or 第2号.
fn ordinal<'a>(c: &mut Cursor<'a>) -> Option<(Option<u16>, &'a str)> {
    let mut ahead = *c;
    let mut year = None;
    if let Some((_, value @ 1900..=2199)) = ahead.spaces().numeral() {
        if !ahead.spaces().eat("年") {
            return None;
        }
        year = u16::try_from(value).ok();
    }
    if !ahead.spaces().eat("第") {
        return None;
    }
    let (sequence, _) = ahead.spaces().numeral()?;
    if !ahead.spaces().eat("号") {
        return None;
    }
    *c = ahead;
    Some((year, sequence))
}

/// Where the code that ends `before` begins: over Chinese characters back to punctuation or a word of `stops`.
/// `None` where no code ends there; `head` says that nothing stands before `before`.
fn code_start(before: &str, head: bool, longest: usize, stops: &[String]) -> Option<usize> {
    let mut start = back(before, is_han, longest + 1);
    let at_head = head && start == 0;
    // 国务院令第709号和财政部令第3号: what joins two numbers belongs to neither, though 和 may stand in a name.
    if !at_head && let Some(join) = joined(&before[start..]) {
        start += join.len();
    }
    let run = &before[start..];
    let cut = run.char_indices().rev().find_map(|(i, c)| {
        let word = stops.iter().filter(|w| run[i..].starts_with(w.as_str())).max_by_key(|w| w.len())?;
        let end = i + word.len();
        // 经 of 浙经信 is of the code.
        let inside = |c: &String| {
            c.match_indices(word.as_str())
                .any(|(o, _)| i >= o && run.get(i - o..).is_some_and(|r| r.starts_with(c.as_str())))
        };
        if WORDS.in_code.iter().any(inside) {
            return None;
        }
        // 和政办发 (和县) at the head of a text is a code; a stop word with nothing after it stops nothing.
        let part_of_code = i == 0 && at_head && word.len() == c.len_utf8();
        (!part_of_code && end < run.len()).then_some(end)
    });
    start += cut.unwrap_or(0);
    if let (Some(_), Some(join)) = (cut, joined(&before[start..])) {
        start += join.len(); // 文件和国务院令
    }
    if before[start..].chars().count() > longest {
        // What stands before the code in one breath ends where a place or the centre is named.
        start = back(before, is_han, longest);
        start += before[start..].find(|c| WORDS.code_heads.contains(c))?;
    }
    (start < before.len()).then_some(start)
}

/// What joins two numbers at the start of `text`.
fn joined(text: &str) -> Option<&'static str> {
    WORDS.joins.iter().map(String::as_str).find(|w| text.starts_with(w))
}

/// The byte from which the last characters of `text`, at most `most`, all satisfy `of`.
fn back(text: &str, of: impl Fn(char) -> bool, most: usize) -> usize {
    text.char_indices().rev().take(most).take_while(|&(_, c)| of(c)).last().map_or(text.len(), |(i, _)| i)
}

fn is_open(c: char) -> bool {
    matches!(c, '〔' | '[' | '［' | '【' | '(' | '（' | '﹝')
}

fn is_close(c: char) -> bool {
    matches!(c, '〕' | ']' | '］' | '】' | ')' | '）' | '﹞')
}

/// Full-width digits to ASCII; Chinese ones stay.
fn ascii(digits: &str) -> String {
    digits
        .chars()
        .map(|c| if ('０'..='９').contains(&c) { char::from(b'0' + (c as u32 - '０' as u32) as u8) } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_form_for_every_bracket() {
        let table = [
            ("国办发〔2015〕84号", "国办发〔2015〕84号"),
            ("吉市政办发(2017)48号", "吉市政办发〔2017〕48号"),
            ("国办发[2015]84号", "国办发〔2015〕84号"),
            ("国办发［２０１５］８４号", "国办发〔2015〕84号"),
            ("国办发【2015】84号", "国办发〔2015〕84号"),
            ("国办发﹝2015﹞84号", "国办发〔2015〕84号"),
            ("国卫办老龄发〔 2024 〕 26 号", "国卫办老龄发〔2024〕26号"),
            ("台政办发 〔2018〕31 号", "台政办发〔2018〕31号"),
            (" 吉卫复议字〔2025〕19号 ", "吉卫复议字〔2025〕19号"),
            ("国发（86）12号", "国发〔1986〕12号"),
            ("法释〔2001〕第3号", "法释〔2001〕第3号"),
            ("法〔2018〕344号", "法〔2018〕344号"),
            ("和政办发〔2020〕3号", "和政办发〔2020〕3号"),
            ("国家医保局令第2号", "国家医保局令第2号"),
            ("国家医保局令第 2 号", "国家医保局令第2号"),
            ("国家发展和改革委员会令2020年第31号", "国家发展和改革委员会令2020年第31号"),
            ("中华人民共和国国务院令第709号", "中华人民共和国国务院令第709号"),
            ("中华人民共和国主席令（第六十六号）", "中华人民共和国主席令第六十六号"),
            ("国务院第709号令", "国务院第709号令"),
            ("公告2020年第3号", "公告2020年第3号"),
            ("第5号公告", "第5号公告"),
            ("国家税务总局2018年第28号公告", "国家税务总局2018年第28号公告"),
            ("海经信材料〔2025〕298 号", "海经信材料〔2025〕298号"),
            ("海数据〔2024〕9号", "海数据〔2024〕9号"),
            ("没有 文号", "没有文号"),
            ("", ""),
        ];
        for (printed, expected) in table {
            assert_eq!(normalise_number(printed), expected, "{printed}");
        }
    }

    #[test]
    fn same_number_same_key() {
        let key = |t: &str| DocumentNumber::parse(t).map(|n| n.key());
        assert_eq!(key("国务院令第709号"), key("国务院第七〇九号令"));
        assert_eq!(key("国办发(2015)84号"), key("国办发〔2015〕 84 号"));
        assert_ne!(key("国办发〔2015〕84号"), key("国办发〔2016〕84号"));
        assert_eq!(key("国办发"), None);
    }

    #[test]
    fn numbers_in_a_text() {
        let table: &[(&str, &[&str])] = &[
            ("根据国办发〔2015〕84号文件精神", &["国办发〔2015〕84号"]),
            ("按照《办法》（国家医保局令第 2 号）第五条规定", &["国家医保局令第 2 号"]),
            ("贯彻国发〔2016〕1号和吉政发〔2016〕52号", &["国发〔2016〕1号", "吉政发〔2016〕52号"]),
            ("依据国务院令第709号和财政部令第3号", &["国务院令第709号", "财政部令第3号"]),
            ("原国家卫生计生委令第8号、第5号公告", &["原国家卫生计生委令第8号", "第5号公告"]),
            ("《通知》(教职成厅〔2025〕1号)及省民政厅", &["教职成厅〔2025〕1号"]),
            ("1985年8月2日市人民政府京政发〔1985〕167号", &["京政发〔1985〕167号"]),
            ("（2015）民申字第3号", &[]),
            ("责令第三人停止；项目（2020）建成", &[]),
            ("吉市政办发(2017)48号 2017年10月", &["吉市政办发(2017)48号"]),
        ];
        for (text, expected) in table {
            let got: Vec<&str> = find_numbers(text).iter().map(|f| &text[f.range.clone()]).collect();
            assert_eq!(&got, expected, "{text}");
        }
    }
}
