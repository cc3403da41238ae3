//! 时限日历: an all-day event for every obligation with a deadline (RFC 5545).

use chrono::{NaiveDate, NaiveTime};
use icalendar::{Calendar, Component, Event, EventLike, Property};
use jiff::civil::Date;

use crate::corpus::Obligation;
use crate::diagnostics::Diagnostic;

use super::super::address;
use super::Source;

/// Characters of an event's title; phones show hardly more.
const SUMMARY: usize = 60;

/// `deadlines.ics`: an event for each of `obligations` that has a deadline.
pub fn ics<'o>(
    source: Source<'_>,
    obligations: impl IntoIterator<Item = &'o Obligation>,
) -> Result<Vec<u8>, Diagnostic> {
    let mut calendar = Calendar::empty();
    calendar
        .append_property(Property::new("VERSION", "2.0"))
        .append_property(Property::new("PRODID", "-//Zhengku//ZH"))
        .append_property(Property::new("CALSCALE", "GREGORIAN"))
        .name(&format!("{}：时限", source.title));
    for event in obligations.into_iter().filter_map(|o| event(source, o)) {
        calendar.push(event);
    }
    Ok(fold(&calendar.to_string()).into_bytes())
}

/// Folds content lines anew: RFC 5545 counts the space that begins a folded line among its 75 octets, the crate does
/// not.
fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 32);
    let mut width = 0;
    for c in text.replace("\r\n ", "").chars() {
        match c {
            '\r' => {}
            '\n' => width = 0,
            c if width + c.len_utf8() > 75 => {
                out.push_str("\r\n ");
                width = 1 + c.len_utf8();
            }
            c => width += c.len_utf8(),
        }
        out.push(c);
    }
    out
}

fn event(source: Source<'_>, o: &Obligation) -> Option<Event> {
    let day = civil(o.due?)?;
    let record = source.corpus.documents.get(o.policy).map(|p| &p.facts);
    // DTSTAMP says when the entry was made; the document was made on its date, and the clock must not show.
    let made = record.and_then(|r| civil(r.date?)).unwrap_or(day).and_time(NaiveTime::MIN).and_utc();
    let task = o.title.as_deref().unwrap_or(&o.text);
    let mut summary: String = task.chars().take(SUMMARY).collect();
    if summary.len() < task.len() {
        summary.push('…');
    }
    let lead = if o.lead.is_empty() { &o.actor } else { &o.lead };
    if !lead.is_empty() {
        summary = format!("{summary}（{}）", lead.join("、"));
    }
    let mut description = format!("{}：{}", o.kind.label(), o.text);
    for (role, names) in o.roles() {
        description.push_str(&format!("\n{}：{}", role.label(), names.join("、")));
    }
    if let Some(r) = record {
        description.push_str(&format!("\n出处：{} {} {}", r.title, r.number.as_deref().unwrap_or(""), o.path));
    }
    let mut event = Event::new();
    event.uid(&format!("{}@zhengku", o.id)).timestamp(made).all_day(day).summary(&summary).description(&description);
    if let Some(base) = source.base {
        event.url(&address::uri(&format!("{base}{}", o.url)));
    }
    Some(event.done())
}

/// A date as the calendar and the feed take it.
pub fn civil(date: Date) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(date.year().into(), date.month().unsigned_abs().into(), date.day().unsigned_abs().into())
}
