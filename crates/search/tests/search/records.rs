//! Records searched by themselves.

use search::Options;

use crate::support::{Outcome, site};

#[test]
fn records_fulfil_filters_and_words_themselves() -> Outcome {
    let site = site()?;
    for (query, ids) in [
        ("牵头:市公安局", "004-2"),
        ("牵头:市公安局 OR 牵头:市农业局", "004-1 004-2"),
        ("期限:..2017-11", "004-1"),
        ("期限:2017", "004-1 004-2"),
        ("停车", "001-1"),
        ("秸秆", "004-1"),
        ("\"秸秆禁烧 | 市农业局\"", "004-1"),
        // Words of the document that stand outside the record.
        ("公安局 牵头:市农业局", ""),
        ("-秸秆 期限:2017", "004-2"),
        ("-\"秸秆禁烧 |\" 期限:2017", "004-2"),
        ("\"|\"", "004-1 004-2"),
        ("\"%以上\" OR 年份:2017", "001-1 004-1 004-2"),
        ("年份:2017", "004-1 004-2"),
        ("年份:2017 -牵头:农业局", "004-2"),
        ("没有的话", ""),
        ("", ""),
    ] {
        let records = site.index.search_records(query, &Options::default())?;
        let found: Vec<&str> = records.results.iter().map(|record| record.id.as_str()).collect();
        assert_eq!(found.join(" "), ids, "{query}");
        assert_eq!(records.total, found.len());
    }
    let records = site.index.search_records("秸秆", &Options::default())?;
    assert_eq!(records.results[0].extra["task"], "| 1 | 秸秆禁烧");
    Ok(())
}
