//! 时限日历: an all-day event for every obligation with a deadline, with one alarm (RFC 5545).
//!
//! The lines are written here and not by a crate: one that would write alarms gives each the time of the build and a random
//! id. `themes/default/assets/search/explorer/files.js` writes the same bytes in the browser.

use jiff::civil::Date;

use crate::corpus::{Facts, Obligation};
use crate::vocabulary::{Kind, RESPONSIBLE, UNSURE};

use super::super::address;
use super::Source;

/// Characters of the task in an event's title; phones show hardly more.
const SUMMARY: usize = 60;

/// Bodies that an event's title names.
const NAMED: usize = 3;

/// Octets of a content line, without its break (RFC 5545, 3.1).
const LINE: usize = 75;

/// When the alarm of an event sounds: at nine in the morning, a week before the day.
const ALARM: &str = "-P6DT15H";

/// `deadlines.ics`: an event for each of `obligations` that has a deadline.
pub fn ics<'o>(source: Source<'_>, obligations: impl IntoIterator<Item = &'o Obligation>) -> Vec<u8> {
    let mut lines = Lines::default();
    let name = text(&format!("{}：时限", source.title));
    lines.push("BEGIN", "VCALENDAR");
    lines.push("VERSION", "2.0");
    lines.push("PRODID", "-//Zhengku//ZH");
    lines.push("CALSCALE", "GREGORIAN");
    lines.push("NAME", &name);
    lines.push("X-WR-CALNAME", &name);
    // Whoever subscribes looks again once a day; the second line says so to older programs.
    lines.push("REFRESH-INTERVAL;VALUE=DURATION", "P1D");
    lines.push("X-PUBLISHED-TTL", "P1D");
    for o in obligations {
        if let Some(day) = o.due {
            event(&mut lines, source, o, day);
        }
    }
    lines.push("END", "VCALENDAR");
    lines.0.into_bytes()
}

fn event(lines: &mut Lines, source: Source<'_>, o: &Obligation, day: Date) {
    let facts = source.corpus.documents.get(o.policy).map(|p| &p.facts);
    let summary = text(&summary(o, facts));
    lines.push("BEGIN", "VEVENT");
    lines.push("UID", &text(&format!("{}@zhengku", o.id)));
    // It says when the entry was made; the document was made on its date, and the clock must not show.
    let made = facts.and_then(|f| f.date).unwrap_or(day);
    lines.push("DTSTAMP", &format!("{}T000000Z", compact(made)));
    // An event that begins on a day and has no end takes that day (RFC 5545, 3.6.1).
    lines.push("DTSTART;VALUE=DATE", &compact(day));
    lines.push("SUMMARY", &summary);
    lines.push("DESCRIPTION", &text(&description(o, facts)));
    if let Some(base) = source.base {
        lines.push("URL", &address::uri(&format!("{base}{}", o.url)));
    }
    // A deadline takes nobody's time.
    lines.push("TRANSP", "TRANSPARENT");
    lines.push("BEGIN", "VALARM");
    lines.push("ACTION", "DISPLAY");
    lines.push("DESCRIPTION", &summary);
    lines.push("TRIGGER", ALARM);
    lines.push("END", "VALARM");
    lines.push("END", "VEVENT");
}

/// Who must do what, and which document says so: 市民政局：制定老年照护需求评估标准（台政办发〔2018〕31号）.
fn summary(o: &Obligation, facts: Option<&Facts>) -> String {
    // The heading over a goal or a promise says as little as 总体目标; the heading of an assignment names its task.
    let task = o.title.as_deref().filter(|_| o.kind == Kind::Assignment).unwrap_or(&o.text);
    let what: String = task.chars().take(SUMMARY).collect();
    let cut = if what.len() < task.len() { "…" } else { "" };
    let who = who(o).or_else(|| Some(facts?.region.as_ref()?.name.clone()));
    let who = who.map(|who| format!("{who}：")).unwrap_or_default();
    let number = o.number.as_ref().map(|number| format!("（{number}）")).unwrap_or_default();
    format!("{who}{what}{cut}{number}")
}

/// Who answers for it: whoever leads or shares it, who answers for what names nobody (a reply's 我委 is no name), who acts.
fn who(o: &Obligation) -> Option<String> {
    let responsible: Vec<String> = o.responsible.iter().map(|r| r.name.clone()).collect();
    let names = [&o.lead, &o.joint, &responsible, &o.actor].into_iter().find(|names| !names.is_empty())?;
    let more = if names.len() > NAMED { "等" } else { "" };
    Some(format!("{}{more}", names[..names.len().min(NAMED)].join("、")))
}

/// A line for each thing that is known of it.
fn description(o: &Obligation, facts: Option<&Facts>) -> String {
    let mut lines = vec![format!("{}：{}", o.kind.label(), o.text)];
    lines.extend(o.roles().map(|(role, _)| format!("{}：{}", role.label(), o.shown_names(role))));
    let mut say = |label: &str, words: String| {
        if !words.is_empty() {
            lines.push(format!("{label}：{words}"));
        }
    };
    say(RESPONSIBLE, o.shown_responsible());
    say("时限", o.due_text.clone().unwrap_or_default());
    say(UNSURE, if o.sure { String::new() } else { "识别没有把握，请看原文".to_owned() });
    let place = [facts.map(|f| f.title.as_str()), o.number.as_deref(), Some(o.path.as_str())];
    say("出处", place.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "));
    lines.join("\n")
}

/// 2018-06-30 → 20180630.
fn compact(day: Date) -> String {
    day.to_string().replace('-', "")
}

/// A value of type TEXT (RFC 5545, 3.3.11).
fn text(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() && c != '\t' => {}
            c => out.push(c),
        }
    }
    out
}

/// Content lines, folded.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn push(&mut self, name: &str, value: &str) {
        let mut width = 0;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if width + c.len_utf8() > LINE {
                // The blank that begins a folded line counts among its octets.
                self.0.push_str("\r\n ");
                width = 1;
            }
            self.0.push(c);
            width += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use gongwen::Span;
    use gongwen::extract::{Answers, Responsible};

    use super::*;
    use crate::corpus::RegionRef;
    use crate::project::Project;

    fn names(list: &[&str]) -> Vec<String> {
        list.iter().map(|&name| name.to_owned()).collect()
    }

    /// A title names who and what, whoever says it.
    #[test]
    fn titles_of_events() {
        let mut target = Obligation::new(Kind::Target, "一".to_owned(), Span::new(0, 0..0));
        target.title = Some("总体目标".to_owned());
        target.text = "到2026年，建成社区食堂20所".to_owned();
        target.number = Some("云政办发〔2024〕3号".to_owned());
        let facts = Facts { region: region(), ..Facts::default() };
        let of = |o: &Obligation| summary(o, Some(&facts));
        assert_eq!(of(&target), "云河市：到2026年，建成社区食堂20所（云政办发〔2024〕3号）");
        let responsible = Responsible { name: "市民政局".to_owned(), role: Answers::Lead, from: "一".to_owned() };
        target.responsible = vec![responsible];
        assert_eq!(of(&target), "市民政局：到2026年，建成社区食堂20所（云政办发〔2024〕3号）");

        let mut promise = Obligation { kind: Kind::Commitment, actor: names(&["我委"]), ..target.clone() };
        assert!(of(&promise).starts_with("市民政局："));
        promise.responsible.clear();
        assert!(of(&promise).starts_with("我委："));

        let mut task = Obligation { kind: Kind::Assignment, title: Some("完善网络".to_owned()), ..target };
        task.joint = names(&["市民政局", "市财政局", "市住房城乡建设局", "市教育局"]);
        assert_eq!(of(&task), "市民政局、市财政局、市住房城乡建设局等：完善网络（云政办发〔2024〕3号）");
        task.lead = names(&["市卫生健康委"]);
        task.number = None;
        task.title = Some("长".repeat(61));
        assert_eq!(of(&task), format!("市卫生健康委：{}…", "长".repeat(60)));
    }

    fn region() -> Option<RegionRef> {
        let project = Project::of([("甲.md", "+++\nregion = \"331000\"\n+++\n\n# 通知\n\n做好工作。\n")]);
        let region = project.corpus.documents.first()?.facts.region.clone()?;
        Some(RegionRef { name: "云河市".to_owned(), ..region })
    }

    /// Lines are no longer than 75 octets, the blank of a folded one among them, and no character is torn apart.
    #[test]
    fn lines_are_folded() {
        let mut lines = Lines::default();
        let value = "一".repeat(60);
        lines.push("SUMMARY", &value);
        assert!(lines.0.split("\r\n").all(|line| line.len() <= LINE), "{}", lines.0);
        assert_eq!(lines.0.replace("\r\n ", ""), format!("SUMMARY:{value}\r\n"));
        assert_eq!(text("甲;乙,丙\\丁\n戊\u{7}"), "甲\\;乙\\,丙\\\\丁\\n戊");
    }
}
