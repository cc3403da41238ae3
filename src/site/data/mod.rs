//! 开放数据: the files under `data/`, which are the site's public API. `docs/data.md` describes them field by field.

use super::error::SiteError;
use super::index::Site;

mod calendar;
pub mod json;
pub mod sheet;

/// The files and what they hold, as the page about the data lists them.
pub const FILES: [(&str, &str); 10] = [
    ("obligations.xlsx", "任务总表，Excel 工作簿，可筛选"),
    ("obligations.csv", "任务总表，CSV 表格，Excel 和 WPS 可直接打开"),
    ("deadlines.ics", "时限日历，可订阅到手机和办公日历"),
    ("documents.json", "文件：元数据、层次、引用"),
    ("obligations.json", "任务：责任单位、时限、指标、出处"),
    ("obligations.jsonl", "任务，每行一项"),
    ("organs.json", "机关：名称沿革、任务、发文、答复"),
    ("instruments.json", "被引用的文件及引用处"),
    ("replies.json", "建议提案答复"),
    ("regions.json", "地区及其文件、机关"),
];

/// What writes a data file.
pub type Write<'a> = Box<dyn Fn() -> Result<Vec<u8>, SiteError> + Send + Sync + 'a>;

/// Every data file: its address and what writes it.
pub fn all<'a>(site: &'a Site<'a>) -> Vec<(&'static str, Write<'a>)> {
    vec![
        ("data/obligations.xlsx", Box::new(move || sheet::xlsx(site)) as Write<'a>),
        (
            "data/documents.json",
            Box::new(move || json::array(&site.corpus.documents.iter().map(|d| &d.record).collect::<Vec<_>>())),
        ),
        ("data/obligations.json", Box::new(move || json::array(&site.corpus.obligations))),
        ("data/obligations.jsonl", Box::new(move || json::lines(&site.corpus.obligations))),
        ("data/obligations.csv", Box::new(move || sheet::csv(site.into(), &site.corpus.obligations))),
        ("data/deadlines.ics", Box::new(move || calendar::ics(site))),
        ("data/organs.json", Box::new(move || json::array(&site.corpus.organs))),
        ("data/instruments.json", Box::new(move || json::array(&site.corpus.instruments))),
        ("data/replies.json", Box::new(move || json::replies(site))),
        ("data/regions.json", Box::new(move || json::array(&site.corpus.regions))),
    ]
}
