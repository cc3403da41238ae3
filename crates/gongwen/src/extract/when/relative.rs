//! What counts from an event or has no end: 自印发之日起30日内, 五年内, 长期坚持.

use jiff::ToSpan;

use super::calendar::stretch;
use super::words::{WORDS, unit};
use super::{Context, Deadline, Relative, Unit, may_start};
use crate::Span;
use crate::date::{Edtf, Period};
use crate::scan::Cursor;

/// 长期坚持; 每年12月底前, whose month says nothing of an end.
pub(super) fn open_end(c: &mut Cursor<'_>, start: usize, context: Context) -> Option<Deadline> {
    let mut ahead = *c;
    let word = ahead.eat_any(&WORDS.open)?;
    let mut end = ahead.at();
    if word.starts_with('每') {
        ahead.spaces();
        if ahead.peek().is_some_and(may_start)
            && let Some((_, true)) = stretch(&mut ahead, context)
        {
            ahead.spaces().eat_any(&WORDS.before);
            end = ahead.at();
        }
    }
    let mut deadline = Deadline::new(start, end);
    deadline.open = true;
    Some(deadline)
}

/// True where the count itself may stand at byte `start`: 五年内, 半年内.
fn may_count(text: &str, start: usize) -> bool {
    let first = text.get(start..).and_then(|t| t.chars().next());
    first.is_some_and(|c| c == '半' || crate::scan::is_arabic(c) || crate::numeral::is_chinese_numeral(c))
}

/// 印发 and 本意见印发 tell of the document's own issue; 本人申请 does not.
fn is_own_issue(event: &str) -> bool {
    /// Longest name by which a document calls itself, in characters.
    const OWN: usize = 8;
    WORDS.issue.iter().filter_map(|w| event.strip_suffix(w.as_str())).any(|own| {
        let named = own.starts_with('本') && own.chars().count() <= OWN;
        own.is_empty() || named || WORDS.own_names.iter().any(|w| w == own)
    })
}

/// 自印发之日起30日内, 本意见印发后3个月内, 五年内, 3个月内.
pub(super) fn relative(text: &str, start: usize, context: Context) -> Option<Deadline> {
    /// What may stand between 自 and 之日起, in characters.
    const EVENT: usize = 24;
    let mut c = Cursor::new(text, start);
    let mut anchor = None;
    let since = c.eat_any(&WORDS.since).is_some();
    if since || !may_count(text, start) {
        // 自印发之日起, 本意见印发后.
        let head = c.rest();
        let head = head.char_indices().nth(EVENT).map_or(head, |(i, _)| &head[..i]);
        let after = if since { &WORDS.after_event } else { &WORDS.after_issue };
        let (at, word) = after.iter().filter_map(|w| head.find(w.as_str()).map(|i| (i, w))).min()?;
        let event = &head[..at];
        if event.contains(['。', '；', '，']) || !(since || is_own_issue(event)) {
            return None;
        }
        c = Cursor::new(text, c.at() + at + word.len());
        anchor = Some(Span::new(0, start..c.at()));
        c.spaces();
        c.eat_any(&["，", ","]);
    }
    let half = c.spaces().eat("半");
    let count = if half { 1 } else { c.numeral()?.1 };
    c.spaces();
    let unit = unit(&mut c)?;
    // 2022年内 is within that year.
    if unit == Unit::Year && (1000..3000).contains(&count) {
        return None;
    }
    let inside = c.spaces().eat_any(&WORDS.inside).is_some();
    if !inside && anchor.is_none() {
        return None;
    }
    let (count, unit) = match (half, unit) {
        (false, unit) => (count, unit),
        (true, Unit::Year) => (6, Unit::Month),
        (true, Unit::Month) => (15, Unit::Day),
        _ => return None,
    };
    let mut deadline = Deadline::new(start, c.at());
    deadline.relative = Some(Relative { count, unit, anchor });
    // Only what counts from the document's own issue has a day that the document tells.
    let from_issue = anchor.is_some_and(|a| {
        text.get(a.range()).is_some_and(|w| WORDS.issue.iter().any(|k| w.contains(k.as_str())) || w.contains('本'))
    });
    if from_issue && let Some(issued) = context.issued {
        let n = i32::try_from(count).ok()?;
        let span = match unit {
            Unit::Year if n < 1000 => Some(n.years()),
            Unit::Month if n < 10_000 => Some(n.months()),
            Unit::Week if n < 10_000 => Some(n.weeks()),
            Unit::Day if n < 100_000 => Some(n.days()),
            _ => None,
        };
        deadline.due = span.and_then(|s| issued.checked_add(s).ok());
        deadline.edtf = deadline.due.map(|d| Edtf::point(Period::Day(d)));
    }
    Some(deadline)
}

/// 5年内 of 2012年起5年内, 自2018年起，用3年左右时间: a span of years or months that begins with the stretch read before `c`.
/// `text` is where the words stand that say from when.
pub(super) fn spans(c: &mut Cursor<'_>, text: Span, from: Edtf) -> Option<Deadline> {
    let mut ahead = *c;
    ahead.spaces().eat_any(&["，", ","]);
    let taken = ahead.spaces().eat_any(&WORDS.takes).is_some();
    let (_, count) = ahead.numeral()?;
    let unit = unit(ahead.spaces())?;
    let inside = ahead.spaces().eat_any(&WORDS.inside).is_some();
    let bounded = inside || taken && ahead.eat_any(&WORDS.spent).is_some();
    if !bounded {
        return None;
    }
    let n = i32::try_from(count).ok().filter(|n| *n <= 100)?;
    let first = from.start.first_day()?;
    let after = match unit {
        Unit::Year => n.years(),
        Unit::Month => n.months(),
        _ => return None,
    };
    // A year counts from its first day: 2012年起5年内 ends with 2016.
    let day = first.checked_add(after).ok()?.yesterday().ok()?;
    let whole_years = unit == Unit::Year && matches!(from.start, Period::Year(_));
    let last = if whole_years { Period::Year(day.year()) } else { Period::Day(day) };
    *c = ahead;
    let mut deadline = Deadline::new(text.start, ahead.at());
    deadline.edtf = Some(Edtf { start: from.start, end: Some(last) });
    deadline.due = Some(day);
    deadline.relative = Some(Relative { count, unit, anchor: Some(text) });
    Some(deadline)
}
