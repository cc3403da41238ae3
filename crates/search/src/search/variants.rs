//! Other ways to print what was typed: names that mean the same, and years in Chinese and Arabic numerals. Only for what
//! was typed without quotation marks.

use crate::{document::Schema, normalize::normalize, query::Phrase};

/// How many variants of one phrase are searched for.
const MOST: usize = 12;

/// A phrase longer than this is a sentence, and is searched for as it stands.
const LONGEST: usize = 32;

/// Something to search for instead of a phrase.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Variant {
    pub chars: Vec<char>,
    /// The names that were exchanged: as typed, and what for.
    pub exchanged: Option<(String, String)>,
}

/// The phrase itself and its variants.
pub(super) fn variants(phrase: &Phrase, schema: &Schema) -> Vec<Variant> {
    let mut variants = vec![Variant { chars: phrase.chars.clone(), exchanged: None }];
    if phrase.exact || phrase.chars.len() > LONGEST {
        return variants;
    }
    let text: String = phrase.chars.iter().collect();
    for (from, to) in exchanges(&text, schema) {
        let chars: Vec<char> = text.replacen(&from, &to, 1).chars().collect();
        variants.push(Variant { chars, exchanged: Some((from, to)) });
    }
    for other in [with_digits(&text), with_numerals(&text)] {
        let chars: Vec<char> = other.chars().collect();
        if variants.iter().all(|variant| variant.chars != chars) {
            variants.push(Variant { chars, exchanged: None });
        }
    }
    variants.truncate(MOST);
    variants
}

/// The names in a normalised text that have others, longest first, with each of the others.
pub(super) fn exchanges(text: &str, schema: &Schema) -> Vec<(String, String)> {
    let mut best: Option<(String, Vec<String>)> = None;
    for group in &schema.synonyms {
        let names: Vec<String> = group.iter().map(|name| normalize(name)).filter(|name| !name.is_empty()).collect();
        let longest = names.iter().filter(|name| text.contains(name.as_str())).max_by_key(|name| name.len());
        if let Some(name) = longest
            && best.as_ref().is_none_or(|(other, _)| name.len() > other.len())
        {
            // A name within the one that was typed (局 in 民政局) or around it would find the same or something else.
            let others = names.iter().filter(|other| *other != name && !text.contains(other.as_str()));
            best = Some((name.clone(), others.cloned().collect()));
        }
    }
    best.map(|(name, others)| others.into_iter().map(|other| (name.clone(), other)).collect()).unwrap_or_default()
}

const NUMERALS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

fn numeral(c: char) -> Option<u32> {
    if c == '零' {
        return Some(0);
    }
    NUMERALS.iter().position(|numeral| *numeral == c).map(|value| value as u32)
}

/// 二〇一八年 as 2018年, and with it 十二月三十一日 as 12月31日.
fn with_digits(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::new();
    let mut at = 0;
    while at < chars.len() {
        let length = chars[at..].iter().take_while(|c| numeral(**c).is_some() || **c == '十').count();
        let part = &chars[at..at + length];
        let value = match chars.get(at + length) {
            Some('年') if length == 4 => part.iter().map(|c| numeral(*c)).try_fold(0, |sum, d| Some(sum * 10 + d?)),
            Some('月' | '日') if (1..=3).contains(&length) => below_hundred(part),
            _ => None,
        };
        match value {
            Some(value) => out.push_str(&value.to_string()),
            None => out.extend(part),
        }
        at += length;
        if let Some(c) = chars.get(at) {
            out.push(*c);
            at += 1;
        }
    }
    out
}

/// 三十一 as 31.
fn below_hundred(part: &[char]) -> Option<u32> {
    match part {
        [one] if *one != '十' => numeral(*one),
        ['十'] => Some(10),
        ['十', one] => Some(10 + numeral(*one)?),
        [ten, '十'] => Some(10 * numeral(*ten)?),
        [ten, '十', one] => Some(10 * numeral(*ten)? + numeral(*one)?),
        _ => None,
    }
}

/// 2018年12月31日 as 二〇一八年十二月三十一日.
fn with_numerals(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::new();
    let mut at = 0;
    let mut dated = false;
    while at < chars.len() {
        let length = chars[at..].iter().take_while(|c| c.is_ascii_digit()).count();
        let part = &chars[at..at + length];
        let digit = |c: &char| c.to_digit(10).map_or('〇', |value| NUMERALS[value as usize % 10]);
        match chars.get(at + length) {
            Some('年') if length == 4 => {
                out.extend(part.iter().map(digit));
                dated = true;
            }
            Some('月' | '日') if dated && (1..=2).contains(&length) => {
                let (tens, ones) =
                    if length == 2 { (digit(&part[0]), digit(&part[1])) } else { ('〇', digit(&part[0])) };
                if !matches!(tens, '〇' | '一') {
                    out.push(tens);
                }
                if tens != '〇' {
                    out.push('十');
                }
                if ones != '〇' {
                    out.push(ones);
                }
            }
            _ => out.extend(part),
        }
        at += length;
        if let Some(c) = chars.get(at) {
            out.push(*c);
            at += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_searched_in_both_numerals() {
        for (typed, other) in [
            ("2018年", "二〇一八年"),
            ("二〇一八年", "2018年"),
            ("二○一八年十二月三十一日", "2018年12月31日"),
            ("2018年12月31日", "二〇一八年十二月三十一日"),
            ("2018年6月10日", "二〇一八年六月十日"),
            ("二零一八年", "2018年"),
        ] {
            let variants = variants(&Phrase::new(typed, false), &Schema::default());
            assert!(variants.iter().any(|variant| variant.chars.iter().collect::<String>() == other), "{typed}");
        }
        for typed in ["三年", "一二三", "18年", "6月", "五年规划"] {
            assert_eq!(variants(&Phrase::new(typed, false), &Schema::default()).len(), 1, "{typed}");
        }
    }

    #[test]
    fn names_are_exchanged_and_quoted_ones_are_not() {
        let names = ["卫健委", "卫生计生委", "卫生健康委员会"].map(String::from).to_vec();
        let schema = Schema { synonyms: vec![names], ..Schema::default() };
        let exchanged = |phrase: Phrase| {
            let texts = variants(&phrase, &schema).into_iter().map(|variant| variant.chars.into_iter().collect());
            texts.collect::<Vec<String>>()
        };
        assert_eq!(exchanged(Phrase::new("市卫健委", false)), ["市卫健委", "市卫生计生委", "市卫生健康委员会"]);
        assert_eq!(exchanged(Phrase::new("市卫健委", true)), ["市卫健委"]);
    }
}
