//! 效力: when an instrument takes effect and until when it holds: 自…起施行, 有效期5年, 有效期至….
//!
//! What it repeals is a citation with the relation 废止.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::Date;

use super::deadline::{self, Context, Extent};
use super::sentence::{Hidden, ends_part};
use super::{body_start, unended};
use crate::scan::Cursor;
use crate::{BlockKind, Document, Outline, Span};

/// What a clause on validity fixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fixes {
    /// 施行日期.
    Effective,
    /// 有效期的最后一日.
    Expiry,
}

/// 一处施行日期或有效期.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Validity {
    /// Path of the clause.
    pub path: String,
    /// Beginning or end.
    pub fixes: Fixes,
    /// The part of the sentence, without its final 。.
    pub text: Span,
    /// The day; counted from 成文日期 where it is 印发之日, and `None` where that is not known.
    pub date: Option<Date>,
}

/// Words that an instrument takes effect with.
const EFFECT: &[&str] = &["施行", "实施", "执行", "生效", "试行"];
/// Words that name its term.
const TERM: &[&str] = &["有效期限", "有效期", "试行期", "执行期限", "实施期限", "执行期"];
/// Events that are the instrument's own issue.
const ISSUE: &[&str] = &["印发", "发布", "公布", "下发", "颁布", "发文", "本"];

/// Every clause on validity, in printed order.
pub fn validity(document: &Document, outline: &Outline) -> Vec<Validity> {
    let context = Context::of(document);
    let mut found: Vec<Validity> = Vec::new();
    // A term counts from the effect, or from the issue where no effect was printed before it.
    let mut from = context.issued;
    for (block, b) in document.blocks.iter().enumerate() {
        let text = b.text.as_str();
        let plain = matches!(b.kind, BlockKind::Heading(_) | BlockKind::Paragraph);
        let effect = text.contains('起') && EFFECT.iter().any(|w| text.contains(w));
        let until = ["施行至", "实施至", "执行至", "试行至"].iter().any(|w| text.contains(w));
        if !plain || !(effect || until || TERM.iter().any(|w| text.contains(w))) {
            continue;
        }
        let body = body_start(document, block);
        let hidden = Hidden::of(text, body);
        for part in hidden.split(text, body..text.len(), ends_part) {
            let range = unended(text, part);
            let said = text.get(range.clone()).unwrap_or("");
            let mut push = |fixes, date| {
                let text = Span::new(block, range.clone());
                found.push(Validity { path: outline.path_at(block).to_owned(), fixes, text, date });
            };
            if let Some(date) = effective(said, context) {
                from = date.or(from);
                push(Fixes::Effective, date);
            }
            if let Some(date) = expiry(said, context, from) {
                push(Fixes::Expiry, date);
            }
        }
    }
    found
}

/// 自2018年7月1日起施行, 自印发之日起30日后施行: the day, where the words fix one.
fn effective(said: &str, context: Context) -> Option<Option<Date>> {
    // Each 起 may be the one; the words right after it must say 施行.
    for (at, _) in said.match_indices('起') {
        let after = said[at + '起'.len_utf8()..].trim_start();
        let (delay, after) = delay(after);
        let after = after.trim_start_matches(['，', ',', ' ']).trim_start_matches("正式").trim_start_matches("开始");
        if !EFFECT.iter().any(|w| after.starts_with(w)) {
            continue;
        }
        let head = &said[..at];
        let date = deadline::find(head, context)
            .into_iter()
            .rfind(|d| head[d.text.end..].trim().is_empty())
            .and_then(|d| d.edtf)
            .and_then(|e| e.start.first_day());
        let date = date.or_else(|| {
            let event = head.rfind(['自', '从']).map(|i| &head[i..])?;
            (event.ends_with('日') && ISSUE.iter().any(|w| event.contains(w))).then_some(context.issued)?
        });
        return Some(date.and_then(|d| d.checked_add(delay.days()).ok()));
    }
    None
}

/// 30日后: the days between the issue and the effect.
fn delay(after: &str) -> (i32, &str) {
    let mut c = Cursor::new(after, 0);
    let Some((_, days)) = c.spaces().numeral() else { return (0, after) };
    if c.spaces().eat_any(&["日后", "天后", "日之后", "个工作日后"]).is_none() {
        return (0, after);
    }
    (i32::try_from(days).unwrap_or(0), c.rest())
}

/// 有效期5年, 有效期至2025年12月31日, 执行至2020年底.
fn expiry(said: &str, context: Context, from: Option<Date>) -> Option<Option<Date>> {
    let term = TERM.iter().find_map(|w| said.find(w).map(|i| i + w.len()));
    let until = || {
        let at = EFFECT.iter().find_map(|w| said.find(&format!("{w}至")).map(|i| i + w.len()))?;
        last_day(&said[at..], context).map(Some)
    };
    let Some(at) = term else { return until() };
    let rest = said[at..].trim_start_matches(|c: char| c.is_whitespace() || "为是：:，,暂定".contains(c));
    let rest = rest.strip_prefix('限').unwrap_or(rest);
    if let Some(day) = last_day(rest, context) {
        return Some(Some(day));
    }
    let mut c = Cursor::new(rest, 0);
    let (_, count) = c.numeral()?;
    let count = i32::try_from(count).ok().filter(|n| *n <= 1000)?;
    let span = match c.spaces().eat_any(&["年", "个月", "月", "日", "天"])? {
        "年" => count.years(),
        "个月" | "月" => count.months(),
        _ => count.days(),
    };
    // A term of five years from 1 July ends on 30 June.
    Some(from.and_then(|d| d.checked_add(span).ok()).and_then(|d| d.yesterday().ok()))
}

/// The last day of the stretch that `rest` begins with: 至2025年12月31日, 自2020年1月1日至2024年12月31日.
fn last_day(rest: &str, context: Context) -> Option<Date> {
    let near: Range<usize> = 0..rest.char_indices().nth(40).map_or(rest.len(), |(i, _)| i);
    let dates = deadline::find(&rest[near], context);
    let first = dates.first()?;
    if first.text.start > '自'.len_utf8() * 2 || first.relative.is_some() {
        return None;
    }
    let last = dates.iter().filter(|d| d.edtf.is_some()).max_by_key(|d| d.edtf.and_then(|e| e.last_day()))?;
    let only_since = dates.len() == 1 && first.extent == Extent::Since && first.edtf.is_some_and(|e| e.end.is_none());
    if only_since { None } else { last.edtf.and_then(|e| e.last_day()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Block;

    #[test]
    fn clauses() {
        // Sentence in a document of 4 June 2018 | what it fixes
        let table: &[(&str, &[&str])] = &[
            ("本办法自2018年7月1日起施行。", &["施行 2018-07-01"]),
            ("本意见自发布之日起施行。", &["施行 2018-06-04"]),
            ("本通知自印发之日起30日后施行。", &["施行 2018-07-04"]),
            ("本细则自2018年7月1日起施行，有效期5年。", &["施行 2018-07-01", "失效 2023-06-30"]),
            ("本办法自印发之日起施行，有效期至2020年12月31日。", &["施行 2018-06-04", "失效 2020-12-31"]),
            ("有效期自2018年7月1日至2023年6月30日。", &["失效 2023-06-30"]),
            ("本办法自2018年7月1日起实施，试行期两年。", &["施行 2018-07-01", "失效 2020-06-30"]),
            ("政策执行至2020年底。", &["失效 2020-12-31"]),
            ("自下月起施行。", &["施行 -"]),
            ("自2018年起，每年组织实施。", &[]),
            ("有效期内的证书继续使用。", &[]),
        ];
        for (text, expected) in table {
            let mut document = Document { blocks: vec![Block::paragraph(*text)], ..Document::default() };
            document.meta.date = Some("2018-06-04".to_owned());
            let got: Vec<String> = validity(&document, &Outline::of(&document))
                .iter()
                .map(|v| {
                    let word = if v.fixes == Fixes::Effective { "施行" } else { "失效" };
                    format!("{word} {}", v.date.map_or("-".to_owned(), |d| d.to_string()))
                })
                .collect();
            assert_eq!(&got, expected, "{text}");
        }
    }
}
