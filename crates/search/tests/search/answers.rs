//! What queries find, and what is shown of it.

use search::{Filter, Matched, Notice, Options};

use crate::support::{Outcome, build, document, found, site};

#[test]
fn queries_find_what_they_ask_for_best_first() -> Outcome {
    let site = site()?;
    let mut wrong = Vec::new();
    for (query, ids) in [
        // Phrases, across the bounds of words and with marks.
        ("\"府应当加强对大\"", "004"),
        ("\"双随机、一公开\"监管", "001"),
        ("\"面积不少于30㎡\"", "001"),
        ("\"面积不少于30m2\"", "001"),
        ("\"80%以上\"", "001"),
        ("\"018年6月\"", "001"),
        ("\"鞔囗\"", "005"),
        ("鞔", "005"),
        ("\"example.org/zheng\"", "005"),
        ("\"rstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ987654\"", "005"),
        ("\"缓解城区“停车难”问题\"", "001"),
        ("“停车难”", "001"),
        // Forms of print.
        ("应救尽救", "003"),
        ("應救盡救", "003"),
        ("gb/t 51149", "001"),
        ("松江市政办发(2018)12号", "001"),
        ("松江市政办发［2018］12号", "001"),
        ("松江市政发〔2017〕4号", "004"),
        ("2016年1月20日", "003"),
        ("\"2016年1月20日\"", ""),
        // The title leads; the phrase leads scattered words.
        ("医疗保障", "002"),
        ("医疗投诉", "005"),
        ("\"医疗保障\"", "002"),
        ("停车场", "001"),
        ("大气污染防治", "004"),
        // Operators.
        ("低保 农村", "003"),
        ("低保 停车场", ""),
        ("低保 OR 停车场", "003 001"),
        ("松江 -停车场 -低保", "004 005 002"),
        ("松江 -\"双随机、一公开\" -答复", "004 005 003"),
        // Fields.
        ("类型:答复", "002"),
        ("标题:低保", "003"),
        ("标题:第0097号建议", "002"),
        ("title:“城乡低保标准意见”", "003"),
        ("标题:城乡低保、标准", ""),
        ("标题:停车泊位", ""),
        ("年份:2017..2018", "001 004"),
        ("年份:2018.. 松江市", "002 001"),
        ("文号:松政办发（2016）3号", "003"),
        ("文号:2018", "001"),
        ("建议号:97", "002"),
        ("牵头:公安局", "004"),
        ("lead:公安局 期限:2017", "004"),
        ("牵头:公安局 期限:..2017-11-01", ""),
        ("牵头:公安局 OR 牵头:住房城乡建设局", "001 004"),
        ("-牵头:公安局", "001 002 003 005"),
        ("牵头:市农业局 秸秆", "004"),
        // Another name of the same.
        ("市卫健委", "002"),
        ("\"市卫健委\"", ""),
        // Nothing at all.
        ("", ""),
        ("秦始皇", ""),
    ] {
        let found = found(&site.index, query)?.join(" ");
        if found != ids {
            wrong.push(format!("{query}: {found}, not {ids}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

#[test]
fn a_result_shows_its_passages_with_their_hits() -> Outcome {
    let site = site()?;
    let response = site.index.search("医疗保障 签约", &Options { facets: true, ..Options::default() })?;
    let hit = &response.results[0];
    assert_eq!((hit.id.as_str(), hit.url.as_str(), hit.matched), ("002", "/002/", Matched::Exactly));
    let passage = &hit.passages[0];
    assert_eq!((passage.path.as_str(), passage.anchor.as_str()), ("5", "p5"));
    let marked: Vec<&str> = passage.marks.iter().map(|mark| &passage.excerpt[mark.clone()]).collect();
    assert_eq!(marked, ["医疗保障", "签约", "医疗保障", "签约"]);
    assert!(response.total_exact);
    let facets: Vec<(&str, usize)> = response
        .facets
        .iter()
        .flat_map(|facet| facet.values.iter().map(|(value, count)| (value.as_str(), *count)))
        .collect();
    assert_eq!(facets, [("2019", 1), ("答复", 1)]);

    let response = site.index.search("大氣污染", &Options::default())?;
    let title: Vec<&str> =
        response.results[0].title_marks.iter().map(|mark| &response.results[0].title[mark.clone()]).collect();
    assert_eq!(title, ["大气污染"]);
    Ok(())
}

#[test]
fn a_filter_leads_to_the_passage_of_its_record() -> Outcome {
    let site = site()?;
    let response = site.index.search("牵头:公安局", &Options::default())?;
    assert_eq!(response.results[0].passages[0].excerpt, "| 2 | 淘汰黄标车 | 市公安局 | 2017年底 |");
    Ok(())
}

#[test]
fn the_reader_is_told_what_was_done() -> Outcome {
    let site = site()?;
    let ask = |query: &str| site.index.search(query, &Options::default());
    let synonym = Notice::Synonym { from: "卫健委".into(), to: "卫生健康委员会".into() };
    assert_eq!(ask("市卫健委")?.notices, [synonym]);
    assert_eq!(ask("停车设施改造")?.notices, [Notice::Scattered]);
    assert_eq!(ask("停车场建设低保")?.notices, [Notice::Partly]);
    assert_eq!(ask("停车场 低保标准")?.notices, []);
    assert_eq!(ask(&"低保 ".repeat(40))?.notices, [Notice::Cut]);
    assert_eq!(ask("大气污柒")?.suggestions, ["大气污染"]);
    Ok(())
}

#[test]
fn filters_of_the_caller_are_whole_values() -> Outcome {
    let site = site()?;
    let ask = |filters: &[(&str, &str)]| -> Outcome<Vec<String>> {
        let filters = filters
            .iter()
            .map(|(field, value)| Filter { field: (*field).into(), value: (*value).into(), whole: true })
            .collect();
        let response = site.index.search("松江", &Options { filters, ..Options::default() })?;
        let mut ids: Vec<String> = response.results.into_iter().map(|hit| hit.id).collect();
        ids.sort();
        Ok(ids)
    };
    assert_eq!(ask(&[("kind", "答复")])?, ["002"]);
    assert_eq!(ask(&[("kind", "答")])?, [""; 0]);
    assert_eq!(ask(&[("kind", "答复"), ("kind", "通知")])?, ["002", "003"]);
    assert_eq!(ask(&[("kind", "答复"), ("year", "2016..2017")])?, [""; 0]);
    assert_eq!(ask(&[("nothing", "答复")])?, [""; 0]);
    Ok(())
}

#[test]
fn results_come_in_pages() -> Outcome {
    let site = site()?;
    let all = found(&site.index, "松江")?;
    let mut paged = Vec::new();
    for offset in 0..all.len() {
        let response = site.index.search("松江", &Options { limit: 1, offset, ..Options::default() })?;
        assert_eq!(response.total, all.len());
        paged.extend(response.results.into_iter().map(|hit| hit.id));
    }
    assert_eq!(paged, all);
    Ok(())
}

#[test]
fn a_title_that_is_what_was_typed_comes_first() -> Outcome {
    let other = format!("松江市停车场条例\n{}", "松江市停车场条例。停车场条例。\n".repeat(40));
    let site = build([document("other", &other), document("whole", "停车场条例\n第一条 停车场条例。")])?;
    for query in ["停车场条例", "停车场 条例", "“停车场条例”"] {
        assert_eq!(found(&site.index, query)?, ["whole", "other"], "{query}");
    }
    Ok(())
}

#[test]
fn an_index_answers_several_threads_at_once() -> Outcome {
    let site = site()?;
    let alone = found(&site.index, "松江 停车")?;
    std::thread::scope(|scope| {
        let asked: Vec<_> = (0..8).map(|_| scope.spawn(|| found(&site.index, "松江 停车").ok())).collect();
        for answer in asked {
            assert_eq!(answer.join().ok().flatten(), Some(alone.clone()));
        }
    });
    Ok(())
}
