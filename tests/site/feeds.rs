//! What can be subscribed to: the new documents and the deadlines of each organ, region, topic, 文种, session and deputy.

use crate::support::driver::Site;

fn city() -> Site {
    Site::case("yunhe").build_with(&["--base-url", "https://example.gov.cn/zk"])
}

#[test]
fn every_list_has_a_feed_and_a_calendar() {
    let site = city();
    for (page, feed, entry, due) in [
        ("organs/339900-民政.html", "organs/339900-民政", "云政办发〔2021〕12号", "DTSTART;VALUE=DATE:20220630"),
        ("regions/339900.html", "regions/339900", "云政办发〔2021〕12号", "DTSTART;VALUE=DATE:20220630"),
        ("topics/医养签约合作.html", "topics/医养签约合作", "云政办发〔2021〕12号", ""),
        ("deputies/339900-林清和.html", "deputies/339900-林清和", "云卫复字〔2022〕7号", "DTSTART;VALUE=DATE:20230630"),
        ("kinds/通知.html", "kinds/通知", "云政办发〔2021〕12号", "DTSTART;VALUE=DATE:20220630"),
        ("promises/", "promises/index", "云卫复字〔2022〕7号", "DTSTART;VALUE=DATE:20230630"),
    ] {
        let html = site.page(page);
        let name = feed.rsplit('/').next().unwrap_or_default();
        let linked = |kind: &str, extension: &str| {
            let links = html.matches(&format!("{name}.{extension}\"")).count();
            let head =
                html.lines().any(|l| l.starts_with("<link rel=\"alternate\"") && l.contains(kind) && l.contains(name));
            (head, links) == (true, 2)
        };
        assert!(linked("application/atom+xml", "xml"), "{page}: in the head and for people\n{html}");
        let atom = site.page(&format!("{feed}.xml"));
        assert!(atom.contains(entry) && atom.contains("rel=\"self\""), "{page}: {atom}");
        if !due.is_empty() {
            assert!(linked("text/calendar", "ics"), "{page}");
            assert!(site.page(&format!("{feed}.ics")).contains(due), "{page}");
        }
    }
    let session = "sessions/市九届人大一次会议";
    assert!(site.page(&format!("{session}.xml")).contains("云卫复字〔2022〕7号"));
    assert!(site.page(&format!("{session}.ics")).contains("DTSTART;VALUE=DATE:20230630"));
    assert!(site.page("promises/").contains("href=\"../sessions/市九届人大一次会议.ics\""));
    assert_eq!(site.broken_links(), Vec::<String>::new());
}

/// Where nothing is new and nothing due there is no file, and no link.
#[test]
fn what_has_nothing_has_no_feed() {
    let site = Site::of_one().build_with(&["--base-url", "https://example.gov.cn/zk"]);
    let page = site.page("topics/");
    assert!(!page.contains("subscribe") && !page.contains("feed.xml") && !site.path("public/feed.xml").exists());
    for folder in ["regions", "organs", "topics"] {
        let files = std::fs::read_dir(site.path(format!("public/{folder}"))).into_iter().flatten().flatten();
        let feeds = files.filter(|f| f.path().extension().is_some_and(|e| e == "xml" || e == "ics"));
        assert_eq!(feeds.count(), 0, "{folder}: the document has no date");
    }
}

/// However many there are, a feed holds the fifty newest and a calendar the fifty last.
#[test]
fn feeds_are_short() {
    let document = |n: u32| {
        format!(
            "+++\nnumber = \"台政办发〔2018〕{n}号\"\nissuers = [\"台州市人民政府办公室\"]\ndate = \"2018-01-{:02}\"\n+++\n\n\
             # 第{n}份\n\n## 一、建设任务\n\n{}年底前建成食堂。（市民政局牵头）\n",
            n % 28 + 1,
            2020 + n
        )
    };
    let site = (1..61).fold(Site::new(), |site, n| site.file(format!("content/{n}.md"), document(n)));
    let site = site.build_with(&["--base-url", "https://example.gov.cn/zk"]);
    let feed = site.page("organs/331000-民政.xml");
    assert_eq!(feed.matches("<entry>").count(), 50);
    assert!(feed.contains("2018-01-28") && !feed.contains("2018-01-01T"), "the oldest have left\n{feed}");
    let calendar = site.page("organs/331000-民政.ics");
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 50);
    assert!(calendar.contains("DATE:20801231") && !calendar.contains("DATE:20211231"));
}

/// Topics and regions, with who leads.
#[test]
fn who_leads_where() {
    let site = Site::case("diff").build();
    let page = site.page("topics/regions/");
    assert!(site.page("topics/").contains("href=\"../topics/regions/index.html\""));
    assert!(page.contains("<th scope=\"col\"><a href=\"../../regions/220200.html\">吉林市</a></th>"), "{page}");
    assert!(page.contains(">市卫生计生委</a></td>"), "{page}");
    assert_eq!(site.broken_links(), Vec::<String>::new());
    // One region alone is no comparison.
    assert!(!Site::of_one().build().page("topics/").contains("topics/regions/"));
}
