//! 效力: when an instrument takes effect and until when it holds: 自…起施行, 有效期5年, 有效期至….
//!
//! A clause may speak of the instrument itself (本办法自…起施行) or of something in it (补贴政策执行至2020年底, 《某条例》
//! 自…起施行); `own` tells them apart. What it repeals is a citation with the relation 废止.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;

use crate::extract::cites::reference::{eat_self, names_kind};
use crate::extract::kit::sentence::{Hidden, ends_part};
use crate::extract::kit::{body_start, unended};
use crate::extract::when::{self, Context, Extent};
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
    /// True where the clause speaks of the document itself.
    pub own: bool,
    /// The part of the sentence, without its final 。.
    pub text: Span,
    /// The day; counted from 成文日期 where it is 印发之日, and `None` where that is not known.
    pub date: Option<Date>,
}

/// The lists of `validity.toml`, which says what each is for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    effect: Vec<String>,
    before_effect: Vec<String>,
    term: Vec<String>,
    term_lead: Vec<String>,
    issue: Vec<String>,
    until: Vec<String>,
    after_days: Vec<String>,
}

static WORDS: LazyLock<Words> =
    LazyLock::new(|| crate::wordlist::load("validity.toml", include_str!("../../words/validity.toml")));

/// Every clause on validity, in printed order.
pub fn validity(document: &Document, outline: &Outline) -> Vec<Validity> {
    let context = Context::of(document);
    let mut found: Vec<Validity> = Vec::new();
    // A term counts from the effect, or from the issue where no effect was printed before it.
    let mut from = context.issued;
    for (block, b) in document.blocks.iter().enumerate() {
        let text = b.text.as_str();
        let plain = matches!(b.kind, BlockKind::Heading(_) | BlockKind::Paragraph);
        let says = |words: &[String]| words.iter().any(|w| text.contains(w.as_str()));
        let effect = says(&WORDS.effect) && (text.contains('起') || says(&WORDS.until));
        if !plain || !(effect || says(&WORDS.term)) {
            continue;
        }
        let body = body_start(document, block);
        let hidden = Hidden::of(text, body);
        // The sentence before has named the document, or none has been said yet: 本办法由某局解释。自印发之日起施行。
        let mut named = true;
        for part in hidden.split(text, body..text.len(), ends_part) {
            let range = unended(text, part);
            let said = text.get(range.clone()).unwrap_or("");
            let mut push = |fixes, (date, own)| {
                let text = Span::new(block, range.clone());
                found.push(Validity { path: outline.path_at(block).to_owned(), fixes, own, text, date });
            };
            let subject = |head: &str| names_itself(head) || (named && without_subject(head));
            let effective = effective(said, context).map(|e| (e.date, subject(e.head)));
            if let Some((date, own)) = effective {
                from = date.or(from);
                push(Fixes::Effective, (date, own));
            }
            if let Some(end) = expiry(said, context, from) {
                // In one sentence the end is that of what takes effect.
                let own = effective.map_or_else(|| subject(end.head), |(_, own)| own);
                push(Fixes::Expiry, (end.date, own));
            }
            named = names_itself(said) || (named && effective.is_some_and(|(_, own)| own));
        }
    }
    found
}

/// A day that words fix, and the words before those that fix it.
struct Fixed<'a> {
    date: Option<Date>,
    head: &'a str,
}

/// True where `head` begins with the document's own name for itself: 本办法, 本办法由市民政局负责解释，.
fn names_itself(head: &str) -> bool {
    eat_self(&mut Cursor::new(head.trim_start(), 0))
}

/// True for words that name nothing that could take effect: none at all, or 办法, as some annexes call themselves.
fn without_subject(head: &str) -> bool {
    let head = head.trim().trim_end_matches(['，', ',', '：', ':']);
    head.is_empty() || names_kind(head)
}

/// 自2018年7月1日起施行, 自印发之日起30日后施行: the day, where the words fix one.
fn effective(said: &str, context: Context) -> Option<Fixed<'_>> {
    // Each 起 may be the one; the words right after it must say 施行.
    for (at, _) in said.match_indices('起') {
        let after = said[at + '起'.len_utf8()..].trim_start();
        let (delay, after) = delay(after);
        let mut after = after.trim_start_matches(['，', ',', ' ']);
        while let Some(rest) = WORDS.before_effect.iter().find_map(|w| after.strip_prefix(w.as_str())) {
            after = rest;
        }
        if !WORDS.effect.iter().any(|w| after.starts_with(w.as_str())) {
            continue;
        }
        let head = &said[..at];
        let found = when::find(head, context).into_iter().rfind(|d| head[d.text.end..].trim().is_empty());
        let date = found.and_then(|d| d.edtf).and_then(|e| e.start.first_day());
        let event = head.rfind(['自', '从']);
        let date = date.or_else(|| {
            let event = &head[event?..];
            (event.ends_with('日') && WORDS.issue.iter().any(|w| event.contains(w.as_str())))
                .then_some(context.issued)?
        });
        let begins = event.or(found.map(|d| d.text.start)).unwrap_or(at);
        return Some(Fixed { date: date.and_then(|d| d.checked_add(delay.days()).ok()), head: &said[..begins] });
    }
    None
}

/// 30日后: the days between the issue and the effect.
fn delay(after: &str) -> (i32, &str) {
    let mut c = Cursor::new(after, 0);
    let Some((_, days)) = c.spaces().numeral() else { return (0, after) };
    if c.spaces().eat_any(&WORDS.after_days).is_none() {
        return (0, after);
    }
    (i32::try_from(days).unwrap_or(0), c.rest())
}

/// 有效期5年, 有效期至2025年12月31日, 执行至2020年底, 起施行，至2023年6月30日止.
fn expiry(said: &str, context: Context, from: Option<Date>) -> Option<Fixed<'_>> {
    let Some((begins, at)) = WORDS.term.iter().find_map(|w| said.find(w.as_str()).map(|i| (i, i + w.len()))) else {
        return until(said, context);
    };
    let head = &said[..begins];
    let rest = said[at..].trim_start_matches(|c: char| c.is_whitespace() || "为是：:，,暂定".contains(c));
    let rest = WORDS.term_lead.iter().find_map(|w| rest.strip_prefix(w.as_str())).unwrap_or(rest);
    if let Some(day) = last_day(rest, context) {
        return Some(Fixed { date: Some(day), head });
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
    let date = from.and_then(|d| d.checked_add(span).ok()).and_then(|d| d.yesterday().ok());
    Some(Fixed { date, head })
}

/// 执行至2020年底; 施行，至2023年6月30日止.
fn until(said: &str, context: Context) -> Option<Fixed<'_>> {
    WORDS.effect.iter().find_map(|effect| {
        let (begins, _) = said.match_indices(effect.as_str()).last()?;
        let after = &said[begins + effect.len()..];
        let rest = after.trim_start_matches(['，', ',', ' ']);
        // After a comma 至 begins an end only where 止 closes it.
        let closed = rest.len() == after.len() || rest.contains('止');
        let date =
            last_day(rest, context).filter(|_| closed && WORDS.until.iter().any(|w| rest.starts_with(w.as_str())))?;
        Some(Fixed { date: Some(date), head: &said[..begins] })
    })
}

/// The last day of the stretch that `rest` begins with: 至2025年12月31日, 自2020年1月1日至2024年12月31日.
fn last_day(rest: &str, context: Context) -> Option<Date> {
    let near: Range<usize> = 0..rest.char_indices().nth(40).map_or(rest.len(), |(i, _)| i);
    let dates = when::find(&rest[near], context);
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
        // Paragraph of a document of 4 June 2018 | what it fixes, ~ where it is not the document's own
        let table: &[(&str, &[&str])] = &[
            ("本办法自2018年7月1日起施行。", &["施行 2018-07-01"]),
            ("本意见自发布之日起施行。", &["施行 2018-06-04"]),
            ("本通知自印发之日起30日后施行。", &["施行 2018-07-04"]),
            ("本细则自2018年7月1日起施行，有效期5年。", &["施行 2018-07-01", "失效 2023-06-30"]),
            ("本办法自印发之日起施行，有效期至2020年12月31日。", &["施行 2018-06-04", "失效 2020-12-31"]),
            ("本实施意见自公布之日起施行，有效期为三年。", &["施行 2018-06-04", "失效 2021-06-03"]),
            ("本《办法》自2018年7月1日起施行，有效期截至2020年底。", &["施行 2018-07-01", "失效 2020-12-31"]),
            ("本规定自2018年7月1日起试行，至2019年6月30日止。", &["施行 2018-07-01", "失效 2019-06-30"]),
            ("有效期自2018年7月1日至2023年6月30日。", &["失效 2023-06-30"]),
            ("本办法自印发之日起实施，试行期两年。", &["施行 2018-06-04", "失效 2020-06-03"]),
            ("本办法由市民政局负责解释。自2018年7月1日起施行；有效期5年。", &["施行 2018-07-01", "失效 2023-06-30"]),
            ("自2018年7月1日起施行。", &["施行 2018-07-01"]),
            ("办法自2018年7月1日起施行。", &["施行 2018-07-01"]),
            ("自下月起施行。", &["施行 -"]),
            ("补贴政策执行至2020年底。", &["失效~ 2020-12-31"]),
            ("本市养老服务标准自2018年7月1日起执行，有效期2年。", &["施行~ 2018-07-01", "失效~ 2020-06-30"]),
            ("《某条例》自2018年7月1日起施行。", &["施行~ 2018-07-01"]),
            ("提高补贴标准。自2018年7月1日起执行。", &["施行~ 2018-07-01"]),
            ("许可证有效期五年。", &["失效~ 2023-06-03"]),
            ("自2018年起，每年组织实施。", &[]),
            ("有效期内的证书继续使用。", &[]),
            ("认真组织实施，到2020年建成网络。", &[]),
        ];
        for (text, expected) in table {
            let mut document = Document { blocks: vec![Block::paragraph(*text)], ..Document::default() };
            document.meta.date = Some("2018-06-04".to_owned());
            let got: Vec<String> = validity(&document, &Outline::of(&document))
                .iter()
                .map(|v| {
                    let word = if v.fixes == Fixes::Effective { "施行" } else { "失效" };
                    let own = if v.own { "" } else { "~" };
                    format!("{word}{own} {}", v.date.map_or("-".to_owned(), |d| d.to_string()))
                })
                .collect();
            assert_eq!(&got, expected, "{text}");
        }
    }
}
