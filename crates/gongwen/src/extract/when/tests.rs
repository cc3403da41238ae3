//! Deadline styles, table cells and dates that no calendar has.

use super::*;

/// The context of every case: a document of 4 June 2018.
fn context() -> Context {
    Context::of_date(Some("2018-06-04"))
}

#[test]
fn styles() {
    // text | its words | last day | EDTF | marks: c year carried, o open, s since, r relative
    let table = include_str!("styles.txt");
    let mut count = 0;
    for line in table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let fields: Vec<&str> = line.split('|').map(str::trim).collect();
        let [text, words, due, edtf, marks] = fields[..] else { panic!("five fields: {line}") };
        let found = find(text, context());
        let got = found.first().map(|d| {
            let mut marks = String::new();
            for (mark, holds) in [
                ('c', d.year_carried),
                ('o', d.open),
                ('s', d.extent == Extent::Since),
                ('r', d.relative.is_some()),
                ('!', d.problem.is_some()),
            ] {
                if holds {
                    marks.push(mark);
                }
            }
            let show = |s: Option<String>| s.unwrap_or_else(|| "-".to_owned());
            [
                text[d.text.range()].to_owned(),
                show(d.due.map(|d| d.to_string())),
                show(d.edtf.map(|e| e.to_string())),
                marks,
            ]
        });
        let expected = (words != "-").then(|| [words, due, edtf, marks].map(str::to_owned));
        assert_eq!(got, expected, "{line}");
        count += 1;
    }
    assert!(count >= 30, "{count} styles");
}

#[test]
fn cells() {
    let table = [
        ("2018 年年底前", Some(("2018 年年底前", Some("2018-12-31"), false))),
        ("2018年 12月底前", Some(("2018年 12月底前", Some("2018-12-31"), false))),
        ("2018.12", Some(("2018.12", Some("2018-12-31"), false))),
        ("2018年6月底前出台，12月底前见效", Some(("2018年6月底前出台，12月底前见效", Some("2018-12-31"), false))),
        ("2019年底前完成，长期坚持。", Some(("2019年底前完成，长期坚持", Some("2019-12-31"), true))),
        ("2018年秋季学期启动，长期坚持", Some(("2018年秋季学期启动，长期坚持", None, true))),
        ("长期", Some(("长期", None, true))),
        ("按上级部署", Some(("按上级部署", None, false))),
        ("—", None),
        ("", None),
    ];
    for (text, expected) in table {
        let got = cell(text, context()).map(|d| (&text[d.text.range()], d.due.map(|d| d.to_string()), d.open));
        assert_eq!(got, expected.map(|(t, d, o)| (t, d.map(str::to_owned), o)), "{text}");
    }
}

#[test]
fn the_year_that_a_title_plans_for() {
    let year = |title: &str, date: Option<&str>| {
        let mut document = Document::default();
        document.meta.title = Some(title.to_owned());
        document.meta.date = date.map(str::to_owned);
        Context::of(&document).year
    };
    assert_eq!(year("关于印发2024年工作要点的通知", Some("2023-12-28")), Some(2024));
    assert_eq!(year("关于印发2024年工作要点的通知", Some("2024-02-01")), Some(2024));
    assert_eq!(year("关于印发2024年工作要点的通知", None), Some(2024));
    assert_eq!(year("关于2023年预算执行情况的报告", Some("2024-02-01")), Some(2024));
    assert_eq!(year("关于印发行动方案（2021—2023年）的通知", Some("2021-06-01")), Some(2021));
    assert_eq!(year("关于印发工作要点的通知", None), None);
}

#[test]
fn what_is_wrong_is_said() {
    let problem = |t: &str, c: Context| find(t, c).first().and_then(|d| d.problem);
    assert!(matches!(problem("2019年2月30日前", context()), Some(Problem::NoSuchDate(_))));
    assert_eq!(problem("8月底前", Context::default()), Some(Problem::NoYear));
    assert_eq!(problem("2023—2019年", context()), Some(Problem::Backwards));
}
