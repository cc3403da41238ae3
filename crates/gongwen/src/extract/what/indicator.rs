//! 指标: numbers with a unit that say how much is to be reached: 80%以上, 不少于2张, 至少一所, 1.2万亿元, 60—80个.
//!
//! The value is the printed one and the unit keeps its 万 and 亿, so that the pair reads as printed. A number in quotes,
//! titles or brackets, an age, a grade, a date, a denominator (每百名) or a threshold (200张以上的机构) is no indicator.

use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::Span;
use crate::extract::kit::sentence::{Hidden, ends_clause, ends_sentence};
use crate::extract::when::{self, Context};
use crate::numeral;
use crate::scan::{Cursor, is_arabic};

/// How the value bounds what is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Op {
    /// 以上, 不少于, 至少.
    AtLeast,
    /// 以下, 不超过, 以内.
    AtMost,
    /// The bare number.
    Equal,
}

impl Op {
    /// The sign of the open data.
    pub fn sign(self) -> &'static str {
        match self {
            Op::AtLeast => ">=",
            Op::AtMost => "<=",
            Op::Equal => "=",
        }
    }
}

/// 一项指标.
#[derive(Clone, Debug, PartialEq)]
pub struct Indicator {
    /// The clause that says what is measured.
    pub text: Span,
    /// The number with its unit, as printed.
    pub quantity: Span,
    /// How it bounds.
    pub op: Op,
    /// The printed number; 翻一番 is 2 倍.
    pub value: f64,
    /// The unit with its 万 or 亿: %, 张, 万人次.
    pub unit: String,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Words {
    units: Vec<String>,
    counted: Vec<String>,
    at_least: Vec<String>,
    at_most: Vec<String>,
    above: Vec<String>,
    below: Vec<String>,
    more: Vec<String>,
    verbs: Vec<String>,
    not_after: Vec<String>,
    fillers: Vec<String>,
    sized: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words: Words = crate::wordlist::load("indicator.toml", include_str!("indicator.toml"));
    // The longest word that fits is meant: 人次 before 人.
    for list in [&mut words.units, &mut words.counted, &mut words.at_least, &mut words.at_most] {
        list.sort_by_key(|w| std::cmp::Reverse(w.len()));
    }
    words
});

/// A printed number.
struct Number {
    range: Range<usize>,
    value: f64,
    /// Written in Chinese digits.
    chinese: bool,
    /// The unit that is part of the number: 百分之.
    unit: Option<&'static str>,
}

/// What somebody writes as an indicator by itself, read as in a document: 80%以上 is at least, 80, %; `None` where `text`
/// is not one indicator from end to end.
pub fn read(text: &str) -> Option<(Op, f64, String)> {
    let hidden = Hidden::of(text, 0);
    match &find(0, text, 0..text.len(), &hidden)[..] {
        [only] => {
            let before = text.get(..only.quantity.start)?.trim();
            let whole = before.is_empty()
                || comparison(before, &WORDS.at_least).max(comparison(before, &WORDS.at_most)) == before.len();
            let ends = text.get(only.quantity.end..)?.trim().is_empty();
            (whole && ends).then(|| (only.op, only.value, only.unit.clone()))
        }
        _ => None,
    }
}

/// The indicators in `range` of block number `block`, in order.
pub(crate) fn find(block: usize, text: &str, range: Range<usize>, hidden: &Hidden) -> Vec<Indicator> {
    let mut found = Vec::new();
    for clause in hidden.split(text, range, ends_clause) {
        clause_indicators(block, text, clause, hidden, &mut found);
    }
    found
}

fn clause_indicators(block: usize, text: &str, clause: Range<usize>, hidden: &Hidden, found: &mut Vec<Indicator>) {
    let words = crate::extract::kit::unended(text, clause.clone());
    let Some(own) = text.get(..words.end) else { return };
    let mut at = words.start;
    while at < words.end {
        if let Some(h) = hidden.at(at) {
            at = h.end;
            continue;
        }
        let Some(c) = own[at..].chars().next() else { break };
        if !(is_arabic(c) || numeral::is_chinese_numeral(c) || c == '翻') {
            at += c.len_utf8();
            continue;
        }
        if c == '翻'
            && let Some((value, len)) = doubling(&own[at..])
        {
            push(found, block, &words, at..at + len, Op::Equal, value, "倍".to_owned());
            at += len;
            continue;
        }
        // Dates are not quantities.
        if let Some(time) = when::at(own, at, Context::default())
            && time.edtf.is_some()
        {
            at = time.text.end.max(at + c.len_utf8());
            continue;
        }
        let Some(number) = number(own, at) else {
            at += c.len_utf8();
            if is_arabic(c) {
                at = own[at..].find(|c| !is_arabic(c)).map_or(words.end, |i| at + i);
            }
            continue;
        };
        at = quantity(block, own, &words, number, found).max(at + c.len_utf8());
    }
}

/// Reads what stands around a number; gives the byte to go on from.
fn quantity(block: usize, text: &str, clause: &Range<usize>, number: Number, found: &mut Vec<Indicator>) -> usize {
    let before = text[clause.start..number.range.start].trim_end();
    let end = number.range.end;
    // 第3次, 每百名, 2.0版, A4.
    if before.ends_with(['第', '每', '前', '后']) || ends_in_latin(before) {
        return end;
    }
    let mut c = Cursor::new(text, end);
    // 60—80个
    let mut upper = None;
    let mut ahead = c;
    if ahead.spaces().eat_any(&["—", "－", "-", "–", "～", "~", "至", "到"]).is_some()
        && let Some(second) = self::number(text, ahead.spaces().at())
        && second.value > number.value
    {
        upper = Some(second.value);
        c = Cursor::new(text, second.range.end);
    } else {
        // 50%—60%
        let mut ahead = c;
        if ahead.spaces().eat_any(&["%", "％"]).is_some()
            && ahead.eat_any(DASHES).is_some()
            && let Some(second) = self::number(text, ahead.at())
            && second.value > number.value
        {
            upper = Some(second.value);
            c = Cursor::new(text, second.range.end);
        }
    }
    let unit = match number.unit {
        Some(unit) => unit.to_owned(),
        None => match unit(&mut c, number.chinese) {
            Some(unit) => unit,
            // 死亡率控制在0.02以内: a rate has no unit, but it is bounded.
            None if !number.chinese && is_bounded(before, &text[end..]) => String::new(),
            None => return end,
        },
    };
    let more = unit.ends_with('余');
    let unit = unit.trim_end_matches('余').replace('％', "%");
    // 100亿元—150亿元: the unit is printed twice.
    if upper.is_none() {
        let mut ahead = c;
        if ahead.spaces().eat_any(DASHES).is_some()
            && let Some(second) = self::number(text, ahead.at())
            && second.value > number.value
        {
            let mut end = Cursor::new(text, second.range.end);
            if second.unit == Some(unit.as_str()) || self::unit(&mut end, second.chinese).as_ref() == Some(&unit) {
                upper = Some(second.value);
                c = end;
            }
        }
    }
    c.spaces();
    let after = c.rest();
    if WORDS.not_after.iter().any(|w| after.starts_with(w.as_str())) || is_circle(after) || is_rank(before, &unit) {
        return c.at();
    }
    // 人均预期寿命达到80岁; 65岁以上的老年人 is an age.
    let reached = WORDS.verbs.iter().chain(&WORDS.fillers).any(|w| before.ends_with(w.as_str()));
    if unit == "岁" && (!reached || after.starts_with(['以', '的', '老'])) {
        return c.at();
    }
    // 三级甲等, 4个部门联合: only units of the table get here, 级 is not in it.
    let percent = unit.contains('%') || unit.contains('‰') || unit.contains("百分点");
    let above = WORDS.above.iter().find(|w| after.starts_with(w.as_str()));
    let below = WORDS.below.iter().find(|w| after.starts_with(w.as_str()));
    let bound = above.or(below).map_or(0, |w| w.len());
    let verb = WORDS.verbs.iter().any(|w| before.ends_with(w.as_str()));
    let (least, most) = (comparison(before, &WORDS.at_least), comparison(before, &WORDS.at_most));
    if bound > 0 && after[bound..].starts_with('的') && !percent && !verb && least == 0 {
        return c.at(); // 床位200张以上的机构
    }
    if unit.ends_with('元') && WORDS.sized.iter().any(|w| after[bound..].starts_with(w.as_str())) {
        return c.at(); // 培育100亿元企业3家
    }
    // 每半年通报一次 says how often.
    let distributive = (before.contains('每') || before.contains('各')) && unit != "次";
    if number.chinese && !(least > 0 || most > 0 || above.is_some() || distributive) {
        return c.at(); // 搭建一个平台
    }
    let op = match (above.is_some() || more, below.is_some()) {
        (true, _) => Op::AtLeast,
        (_, true) => Op::AtMost,
        // 不超过 ends in 超过 and 不低于 in 低于: the longer word is meant.
        _ if least > most => Op::AtLeast,
        _ if most > 0 => Op::AtMost,
        _ => Op::Equal,
    };
    let range = number.range.start..c.at() + bound;
    match upper {
        Some(upper) => {
            push(found, block, clause, range.clone(), Op::AtLeast, number.value, unit.clone());
            push(found, block, clause, range, Op::AtMost, upper, unit);
        }
        None => push(found, block, clause, range, op, number.value, unit),
    }
    c.at()
}

/// False where a sentence gives numbers and nowhere says of what: 到2020年，达到80%以上. `range` is the target's stretch of
/// block number `block`; the words of the sentence before it count as well.
pub(crate) fn says_of_what(block: usize, text: &str, range: Range<usize>) -> bool {
    /// How far back the sentence is read, in bytes.
    const BACK: usize = 600;
    let mut back = range.start.saturating_sub(BACK);
    while !text.is_char_boundary(back) {
        back -= 1;
    }
    let before = text.get(back..range.start).unwrap_or("");
    let start =
        back + before.rfind(ends_sentence).map_or(0, |i| i + before[i..].chars().next().map_or(0, char::len_utf8));
    let Some(own) = text.get(..range.end) else { return true };
    let hidden = Hidden::of(own, start);
    let found = find(block, own, range.clone(), &hidden);
    let Some(first) = found.first() else { return true };
    let around = [start..first.quantity.start, first.quantity.end..range.end];
    around.into_iter().filter_map(|r| text.get(r)).any(names_something)
}

/// True where `words` hold Chinese characters besides dates and the words of [`Words`].
fn names_something(words: &str) -> bool {
    let mut at = 0;
    while at < words.len() {
        let rest = &words[at..];
        if let Some(date) = when::at(words, at, Context::default())
            && date.text.end > at
        {
            at = date.text.end;
            continue;
        }
        let lists =
            [&WORDS.at_least, &WORDS.at_most, &WORDS.above, &WORDS.below, &WORDS.verbs, &WORDS.units, &WORDS.fillers];
        let known = lists.into_iter().flatten().filter(|w| rest.starts_with(w.as_str())).map(|w| w.len()).max();
        let Some(c) = rest.chars().next() else { break };
        match known {
            Some(len) => at += len,
            None if crate::scan::is_han(c) => return true,
            None => at += c.len_utf8(),
        }
    }
    false
}

/// Signs between the ends of a range.
const DASHES: &[&str] = &["——", "—", "－", "-", "–", "～", "~", "至", "到"];

/// 15分钟就医圈: a quantity that says how wide a circle is.
fn is_circle(after: &str) -> bool {
    after.chars().take(6).take_while(|c| c.is_alphabetic()).any(|c| c == '圈')
}

/// 前10位, 第3名.
fn is_rank(before: &str, unit: &str) -> bool {
    before.ends_with(['前', '第']) && matches!(unit, "位" | "名" | "强" | "%")
}

/// True for a number between 控制在, 不低于 … and 以内, 以上 ….
fn is_bounded(before: &str, after: &str) -> bool {
    let compared = comparison(before, &WORDS.at_least).max(comparison(before, &WORDS.at_most)) > 0;
    let after = after.trim_start();
    let bound = WORDS.above.iter().chain(&WORDS.below).any(|w| after.starts_with(w.as_str()));
    compared && (bound || after.is_empty())
}

/// Passes a unit with its 万 or 亿; 余 or 多 after the number is given at the unit's end as 余.
fn unit(c: &mut Cursor<'_>, chinese: bool) -> Option<String> {
    let scale = c.spaces().eat_any(&["万亿", "亿", "万", "千", "百"]).unwrap_or("");
    let more = if WORDS.more.iter().any(|w| c.eat(w)) { "余" } else { "" };
    let list = if chinese { &WORDS.counted } else { &WORDS.units };
    match list.iter().find(|w| c.rest().starts_with(w.as_str())) {
        Some(unit) => {
            c.skip(unit.len());
            Some(format!("{scale}{unit}{more}"))
        }
        // 投入1.2亿
        None => (scale.len() > 3 || matches!(scale, "亿" | "万")).then(|| format!("{scale}{more}")),
    }
}

/// The length of the longest of `words` that stands before the number: right before it, with a verb between
/// (至少建有一所), or with what the number is a share of (不超过总投资的60%).
fn comparison(before: &str, words: &[String]) -> usize {
    /// How many characters may stand between 至少 and the number.
    const BETWEEN: usize = 5;
    /// How many characters what the number is a share of may have.
    const WHOLE: usize = 14;
    let tail = before.char_indices().rev().nth(WHOLE + 6).map_or(before, |(i, _)| &before[i..]);
    let stands = |w: &&String| {
        tail.rfind(w.as_str()).is_some_and(|i| {
            let between = &tail[i + w.len()..];
            let gap = between.chars().count();
            gap == 0
                || (w.as_str() == "至少" && gap <= BETWEEN)
                || (between.ends_with('的') && gap <= WHOLE && !between.contains(is_arabic))
        })
    };
    words.iter().filter(stands).map(|w| w.len()).max().unwrap_or(0)
}

fn ends_in_latin(text: &str) -> bool {
    text.chars().next_back().is_some_and(|c| c.is_ascii_alphabetic() || c == '.')
}

fn push(
    found: &mut Vec<Indicator>,
    block: usize,
    clause: &Range<usize>,
    quantity: Range<usize>,
    op: Op,
    value: f64,
    unit: String,
) {
    let text = Span::new(block, clause.clone());
    found.push(Indicator { text, quantity: Span::new(block, quantity), op, value, unit });
}

/// 翻一番 is twice, 翻两番 four times.
fn doubling(text: &str) -> Option<(f64, usize)> {
    let mut c = Cursor::new(text, 0);
    c.eat("翻");
    c.eat("了");
    let (_, times @ 1..=6) = c.numeral()? else { return None };
    c.eat("番").then(|| (f64::from(1u32 << times), c.at()))
}

/// The number at byte `at`: 1,000, 99.5, 百分之八十, 一.
fn number(text: &str, at: usize) -> Option<Number> {
    let mut c = Cursor::new(text, at);
    if c.eat("百分之") {
        let (_, value) = c.numeral()?;
        return Some(Number { range: at..c.at(), value: value as f64, chinese: false, unit: Some("%") });
    }
    let first = c.peek()?;
    if is_arabic(first) {
        let value = decimal(&mut c)?;
        return Some(Number { range: at..c.at(), value, chinese: false, unit: None });
    }
    if numeral::is_chinese_numeral(first) && !matches!(first, '百' | '千' | '零' | '〇' | '○') {
        let (_, value) = c.numeral()?;
        return Some(Number { range: at..c.at(), value: value as f64, chinese: true, unit: None });
    }
    None
}

/// Passes Arabic digits with a decimal point or with commas between thousands.
fn decimal(c: &mut Cursor<'_>) -> Option<f64> {
    /// More digits than any quantity has.
    const DIGITS: usize = 18;
    let mut digits = String::new();
    loop {
        let run = c.eat_while(is_arabic);
        digits.extend(run.chars().filter_map(numeral::digit).filter_map(|d| char::from_digit(d as u32, 10)));
        if digits.len() > DIGITS {
            return None;
        }
        let mut ahead = *c;
        let next = |c: &Cursor<'_>| c.rest().chars().take_while(|d| is_arabic(*d)).take(4).count();
        match ahead.eat_char(|s| matches!(s, '.' | '．' | ',' | '，')) {
            Some('.' | '．') if !digits.contains('.') && next(&ahead) > 0 => digits.push('.'),
            Some(',' | '，') if !digits.contains('.') && next(&ahead) == 3 => {}
            _ => return digits.parse().ok(),
        }
        *c = ahead;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities() {
        // text | op value unit …
        let table = [
            ("全市50%以上的养老机构提供服务", ">=50%"),
            ("覆盖率要达到30%", "=30%"),
            ("重点人群签约覆盖率要达到 60% 以上", ">=60%"),
            ("各县（市）区内应至少建有一所具备二级以上资质的医疗机构", ">=1所"),
            ("每百名老人有护理型床位不少于2张", ">=2张"),
            ("每个县（市）区至少有2个定点单位", ">=2个"),
            ("累计培训护理员的800人次", "=800人次"),
            ("产业规模达到1.2万亿元", "=1.2万亿元"),
            ("建成示范点60—80个", ">=60个 <=80个"),
            ("达到80%—90%", ">=80% <=90%"),
            ("规模翻一番", "=2倍"),
            ("不超过10个工作日", "<=10个工作日"),
            ("控制在5%以内", "<=5%"),
            ("死亡率控制在0.02以内", "<=0.02"),
            ("培训3.42万余人次", ">=3.42万人次"),
            ("产值达到100亿元—150亿元", ">=100亿元 <=150亿元"),
            ("床位占比达到60%—70%", ">=60% <=70%"),
            ("申请资金不得超过总投资的60%", "<=60%"),
            ("孕产妇死亡率、婴儿死亡率分别控制在10/10万、4‰以内", "<=10/10万 <=4‰"),
            ("人均预期寿命达到80岁", "=80岁"),
            ("人均预期寿命提高1岁左右", "=1岁"),
            ("时延控制在50毫秒以内", "<=50毫秒"),
            ("每千名老年人拥有养老床位35张", "=35张"),
            ("全科医生数力争达到4名", "=4名"),
            ("年均增长10%以上", ">=10%"),
            ("占比降到25%以下", "<=25%"),
            ("单位能耗下降13.5%", "=13.5%"),
            ("每百户配建不少于三十平方米", ">=30平方米"),
            ("平均反应时间缩短至15分钟以内", "<=15分钟"),
            ("每年不少于2次", ">=2次"),
            ("每半年通报一次", ""),
            ("综合实力进入全国前10位", ""),
            ("建设15分钟就医服务圈", ""),
            ("面向3岁以下婴幼儿", ""),
            ("培育100亿级产业", ""),
            ("培育100亿元企业3家以上", ">=3家"),
            ("投资1,200万元", "=1200万元"),
            ("提高5个百分点", "=5个百分点"),
            ("覆盖率达到百分之八十以上", ">=80%"),
            ("建成10个以上的示范点", ">=10个"),
            ("每个县建成两家护理院", "=2家"),
            ("到2020年，完成30%", "=30%"),
            ("鼓励床位数在200张以上的养老机构设置机构", ""),
            ("65岁以上老年人健康管理", ""),
            ("建成一批医养结合机构", ""),
            ("搭建一个平台", ""),
            ("实行“一个窗口”办理", ""),
            ("落实人才政策3.0版", ""),
            ("位于20分钟服务圈内", ""),
            ("二级以上医院", ""),
            ("2018年6月30日前完成", ""),
            ("《2020年10个项目方案》", ""),
        ];
        for (text, expected) in table {
            let hidden = Hidden::of(text, 0);
            let got: Vec<String> = find(0, text, 0..text.len(), &hidden)
                .iter()
                .map(|i| format!("{}{}{}", i.op.sign(), i.value, i.unit))
                .collect();
            assert_eq!(got.join(" "), expected, "{text}");
        }
    }

    #[test]
    fn one_by_itself() {
        // text | op value unit, or - where it is not one indicator
        let table = [
            ("80%以上", ">=80%"),
            ("不少于2张", ">=2张"),
            ("至少一所", ">=1所"),
            ("80%", "=80%"),
            ("1.2万亿元", "=1.2万亿元"),
            ("不超过10个工作日", "<=10个工作日"),
            ("百分之八十以上", ">=80%"),
            ("5%以内", "<=5%"),
            ("60—80个", "-"),
            ("覆盖率80%", "-"),
            ("80%以上的", "-"),
            ("80", "-"),
            ("", "-"),
        ];
        for (text, expected) in table {
            let got = read(text).map_or("-".to_owned(), |(op, value, unit)| format!("{}{value}{unit}", op.sign()));
            assert_eq!(got, expected, "{text}");
        }
    }
}
