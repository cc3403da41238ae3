//! Every calendar of the site as a second program reads it: Python's icalendar, which `cargo xtask test` fetches.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;

use super::published::BUILT;
use crate::support::judges;

/// Prints of every event of the calendars below a folder: file, UID, day, title, address, and the alarms, each with its kind
/// and how many hours before the day it sounds.
const READ: &str = r#"
import datetime, json, pathlib, sys
from icalendar import Calendar
root = pathlib.Path(sys.argv[1])
for file in sorted(root.rglob("*.ics")):
    calendar = Calendar.from_ical(file.read_bytes())
    assert not calendar.errors, (file, calendar.errors)
    for event in calendar.walk("VEVENT"):
        assert not event.errors, (file, event.errors)
        start = event["DTSTART"].dt
        assert type(start) is datetime.date and event.duration == datetime.timedelta(days=1), file
        alarms = [[str(a["ACTION"]), str(a["DESCRIPTION"]), a["TRIGGER"].dt / datetime.timedelta(hours=1)]
                  for a in event.walk("VALARM")]
        print(json.dumps([file.relative_to(root).as_posix(), str(event["UID"]), start.isoformat(), str(event["SUMMARY"]),
                          str(event.get("URL", "")), alarms]))
"#;

/// All obligations with a deadline are events of the calendar of the site, on their day, with a title that names who and
/// what, a link to the clause, and one alarm a week before; and every other calendar has some of these events.
#[test]
fn another_program_reads_the_same_events() {
    let Some(packages) = judges::python("icalendar") else { return };
    let output = Command::new("python3").env("PYTHONPATH", packages).arg("-c").arg(READ).arg(&*BUILT).output();
    let Ok(output) = output else { return judges::skipped("python3, which does not run here") };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut calendars: BTreeMap<String, BTreeMap<String, Value>> = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let event: Value = serde_json::from_str(line).expect("an event a line");
        let [file, id] = [0, 1].map(|i| event[i].as_str().expect("text").to_owned());
        assert!(calendars.entry(file).or_default().insert(id, event).is_none(), "twice: {line}");
    }

    let all = &calendars["data/deadlines.ics"];
    let data = std::fs::read_to_string(BUILT.join("data/obligations.json")).expect("the data");
    let data: Value = serde_json::from_str(&data).expect("JSON");
    let due: Vec<&Value> = data.as_array().into_iter().flatten().filter(|o| !o["due"].is_null()).collect();
    assert_eq!(all.len(), due.len());
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    for o in due {
        let event = &all[&format!("{}@zhengku", text(&o["id"]))];
        assert_eq!(event[2], o["due"], "{o}");
        let title = text(&event[3]);
        let list = |role: &str| o[role].as_array().into_iter().flatten().map(|n| text(n.get("name").unwrap_or(n)));
        let named = ["lead", "joint", "responsible", "actor"].into_iter().flat_map(list).next();
        let place = ["台州市：", "吉林市：", "江苏省：", "吉林省："].iter().any(|place| title.starts_with(place));
        assert!(named.map_or(place, |name| title.starts_with(&name)), "who: {title}");
        let task = if o["kind"] == "assignment" && !o["title"].is_null() { &o["title"] } else { &o["text"] };
        let start: String = text(task).chars().take(20).collect();
        assert!(title.contains(&start) && title.ends_with(&format!("（{}）", text(&o["number"]))), "what: {title}");
        let address = percent_encoding::percent_decode_str(&text(&event[4])).decode_utf8_lossy().into_owned();
        assert_eq!(address, format!("https://example.gov.cn/policy/{}", text(&o["url"])));
        assert_eq!(event[5], serde_json::json!([["DISPLAY", title, -159.0]]), "one alarm, at nine a week before");
    }
    assert!(calendars.len() > 10, "organs, regions, topics, deputies, sessions: {:?}", calendars.keys());
    for (file, events) in &calendars {
        assert!(
            events.iter().all(|(id, event)| all[id].as_array().map(|e| &e[2..]) == event.as_array().map(|e| &e[2..])),
            "{file}"
        );
    }
}
