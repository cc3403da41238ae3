//! 页面附属物: page numbers, running heads and the controls of a web page, which are of the page and not of the
//! document. The words of controls are in `words/page.toml`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::line::Line;
use super::sidebar;
use crate::wordlist::load;
use crate::words;

/// A line that was left out of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Furniture {
    /// Line of the source, from 1.
    pub line: usize,
    /// Byte of the source's text at which it begins.
    pub offset: usize,
    /// The line.
    pub text: String,
    /// What it is.
    pub kind: FurnitureKind,
}

/// See [`Furniture`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FurnitureKind {
    /// 页码.
    PageNumber,
    /// 页眉、页脚, and what only draws a table.
    RunningHead,
    /// 打印, 字号：大 中 小, 当前位置：… of a web page.
    Control,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    controls: HashSet<String>,
    counters: HashSet<String>,
    starts: Vec<String>,
    frame: Vec<String>,
    menus: HashSet<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| load("page.toml", include_str!("../words/page.toml")));

/// A running head stands on at least this many pages.
const PAGES: usize = 3;

/// Takes the furniture out of `lines`.
pub fn take(lines: &mut Vec<Line<'_>>) -> Vec<Furniture> {
    let mut found = Vec::new();
    sidebar::take(lines, &mut found);
    let numbers: Vec<bool> = lines.iter().map(|l| is_page_number(l)).collect();
    // A line that stands beside a page number or a page break, word for word, on page after page.
    let beside = |i: usize| {
        lines[i].page_start
            || lines.get(i + 1).is_some_and(|n| n.page_start)
            || (i > 0 && numbers[i - 1])
            || numbers.get(i + 1).copied().unwrap_or(false)
    };
    let mut pages: HashMap<&str, usize> = HashMap::new();
    for (i, line) in lines.iter().enumerate() {
        if !numbers[i] && beside(i) && line.width <= 80 {
            *pages.entry(line.text).or_default() += 1;
        }
    }
    // The first of them stays: it may be 版头, and what is left out later then stands in the text at least once.
    let mut seen: HashSet<&str> = HashSet::new();
    let len = lines.len();
    let edge = |i: usize| i < HEAD || i + FOOT >= len;
    let heads: Vec<bool> = (0..lines.len())
        .map(|i| {
            let repeats = !numbers[i] && pages.get(lines[i].text).is_some_and(|&n| n >= PAGES);
            repeats && !seen.insert(lines[i].text) && beside(i)
        })
        .collect();
    let mut index = 0;
    let mut page = false;
    let mut menu = false;
    lines.retain_mut(|line| {
        let kind = match (numbers[index], heads[index]) {
            (true, _) => Some(FurnitureKind::PageNumber),
            (_, true) => Some(FurnitureKind::RunningHead),
            _ if edge(index) && is_control(line.text) => Some(FurnitureKind::Control),
            // The last entry of a menu, which did not fit on its line.
            _ if menu && is_entry(line.text) => Some(FurnitureKind::Control),
            _ => None,
        };
        menu = kind == Some(FurnitureKind::Control) && is_row_of_menus(line.text, parts_words);
        index += 1;
        match kind {
            Some(kind) => {
                found.push(line.left_out(kind));
                page |= kind != FurnitureKind::Control;
                false
            }
            None => {
                line.page_start |= std::mem::take(&mut page);
                true
            }
        }
    });
    found
}

/// Controls of a page stand in its first and last lines; in a text between, 大 and 登录 are words like others.
const HEAD: usize = 80;
/// See [`HEAD`].
const FOOT: usize = 16;
/// A line of controls is at most this long.
const CONTROL_CHARS: usize = 120;

/// True for a line of nothing but a page's own controls and frame: 打印　关闭, 【字体：大 中 小】, 首页 > 政务公开.
pub fn is_control(text: &str) -> bool {
    let text = text.trim();
    if text.chars().nth(CONTROL_CHARS).is_some() || text.ends_with('。') {
        return false;
    }
    if words::starts_with_any(text, &WORDS.starts) || WORDS.frame.iter().any(|w| text.contains(w.as_str())) {
        return true;
    }
    let is_arrow = |c: char| matches!(c, '>' | '＞' | '»' | '›');
    if text.contains(is_arrow) {
        let steps: Vec<&str> = text.split(is_arrow).map(str::trim).filter(|s| !s.is_empty()).collect();
        return steps.first().is_some_and(|s| s.ends_with("首页"))
            || (steps.len() > 2
                && steps.iter().all(|s| s.chars().count() <= 14 && !s.contains(|c: char| c.is_ascii_digit())));
    }
    let parts = parts_words;
    if is_banner(text.split(parts)) || is_row_of_menus(text, parts) {
        return true;
    }
    let mut counted = false;
    let mut any = false;
    for word in text.split(parts).filter(|w| !w.is_empty()) {
        let counter = WORDS.counters.contains(word);
        let number = counted && word.trim_end_matches('次').bytes().all(|b| b.is_ascii_digit());
        if !(counter || number || WORDS.controls.contains(word)) {
            return false;
        }
        // 大 alone is no control: it takes the others to be one.
        any |= word.chars().nth(1).is_some();
        counted = counter;
    }
    any
}

/// True for an entry of the menu of a government's site.
pub(super) fn is_menu(word: &str) -> bool {
    WORDS.menus.contains(word)
}

/// True for the names of sites with controls beside them, which are half of the words: 中国·海州　无障碍　简体版　繁体版.
fn is_banner<'a>(words: impl Iterator<Item = &'a str>) -> bool {
    let (mut all, mut controls) = (0, 0);
    for word in words.filter(|w| w.chars().nth(1).is_some()) {
        all += 1;
        controls += usize::from(WORDS.controls.contains(word));
    }
    controls >= 3 && controls * 2 >= all
}

/// True for what stands between the words of a line of controls.
fn parts_words(c: char) -> bool {
    c.is_whitespace() || "|｜/·：:[]【】［］（）()、-–—,，+".contains(c)
}

/// Longest entry of a menu, in characters.
const ENTRY: usize = 6;

/// True for what may be an entry of a menu, known or not; 公告 is a title.
fn is_entry(word: &str) -> bool {
    let short = word.chars().all(char::is_alphanumeric) && word.chars().nth(ENTRY).is_none();
    short && words::kind_of_title(word).is_none()
}

/// True for a menu in one line, all of whose entries are known or which begins with 首页: 机构职能　新闻动态　政务公开;
/// 首页　组织机构　经信动态　政务服务.
fn is_row_of_menus(text: &str, is_part: impl Fn(char) -> bool) -> bool {
    let (mut all, mut entries, mut menus, mut short) = (0, 0, 0, true);
    for word in text.split(is_part).filter(|w| !w.is_empty()) {
        all += 1;
        menus += usize::from(WORDS.menus.contains(word));
        entries += usize::from(WORDS.menus.contains(word) || WORDS.controls.contains(word));
        short &= word.chars().nth(ENTRY).is_none();
    }
    let home = text.trim_start().starts_with("首页") || text.trim_start().starts_with("网站首页");
    all >= 3 && entries == all && menus > 0 || home && short && (all >= 6 || all >= 4 && entries >= 2)
}

/// — 11 —, －3－, - 3 -, 第3页, 第 3 页 共 10 页; a bare number only where a page begins or ends there.
fn is_page_number(line: &Line<'_>) -> bool {
    let is_dash = |c: char| matches!(c, '-' | '—' | '–' | '－' | '―' | '─' | '·' | '•');
    // Every line passes here.
    if !line.text.trim_start().starts_with(|c: char| is_dash(c) || c == '第' || c.is_ascii_digit()) {
        return false;
    }
    let packed: String = line.text.chars().filter(|c| !c.is_whitespace()).take(17).collect();
    if packed.chars().count() > 16 {
        return false;
    }
    let number = packed.trim_matches(is_dash);
    let dashed = packed.starts_with(is_dash) && packed.ends_with(is_dash);
    let digits = |s: &str| !s.is_empty() && s.len() <= 4 && s.bytes().all(|b| b.is_ascii_digit());
    if dashed && digits(number) {
        return true;
    }
    if line.page_start && digits(&packed) {
        return true;
    }
    let Some(rest) = packed.strip_prefix('第') else { return false };
    let Some((page, rest)) = rest.split_once('页') else { return false };
    let rest = rest.trim_start_matches(['，', ',', '/', '（', '(']).trim_end_matches(['）', ')']);
    let total = rest.strip_prefix('共').and_then(|r| r.strip_suffix('页'));
    digits(page) && (rest.is_empty() || total.is_some_and(digits))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::line::lines;

    #[test]
    fn page_numbers_and_heads_are_taken() {
        let page = |n: usize| format!("某市人民政府文件\n第一段{n}。\n— {n} —\n\u{c}");
        let text: String = (1..=4).map(page).collect::<String>() + "— 前言 —\n1\n2018\n";
        let mut found = lines(&text);
        let furniture = take(&mut found);
        let kept: Vec<&str> = found.iter().map(|l| l.text).collect();
        assert_eq!(
            kept,
            ["某市人民政府文件", "第一段1。", "第一段2。", "第一段3。", "第一段4。", "— 前言 —", "1", "2018"]
        );
        let kinds: Vec<_> = furniture.iter().map(|f| f.kind).collect();
        assert_eq!(kinds.iter().filter(|k| **k == FurnitureKind::PageNumber).count(), 4);
        assert_eq!(kinds.iter().filter(|k| **k == FurnitureKind::RunningHead).count(), 3);
    }

    #[test]
    fn controls_of_a_page() {
        for (text, expected) in [
            ("打印　关闭", true),
            ("【打印】", true),
            ("【字体：大 中 小】", true),
            ("字号：[大 中 小]", true),
            ("浏览次数：128", true),
            ("分享到：", true),
            ("海州市民政局 中国·海州　无障碍　简体版　繁体版", true),
            ("海州市民政局关于简体版、繁体版网页的通知", false),
            ("机构职能　新闻动态　政务公开　办事服务　公众参与", true),
            ("首页　政策", false),
            ("首页　资讯动态　浙企办事　惠企政策　企业诉求　浙企课堂", true),
            ("首页　附件一　附件二", false),
            ("星期四", true),
            ("星期四上午召开会议", false),
            ("首页　组织机构　经信动态　政务服务　政企互动　热点专题", true),
            ("政务公开、办事服务、数据共享、便民热线", false),
            ("首页 > 政务公开 > 政府文件", true),
            ("您现在的位置： 首页 >> 信息公开", true),
            ("扫一扫在手机打开当前页", true),
            ("海ICP备00000000号-1", true),
            ("【相关解读】", true),
            ("相关解读：关于某办法的解读", false),
            ("大", false),
            ("打印机采购清单", false),
            ("发布时间：2023-07-21", false),
            ("比例 > 50", false),
            ("下载办理须知后填写。", false),
        ] {
            assert_eq!(is_control(text), expected, "{text}");
        }
    }

    /// What of a menu stands on a second line goes with the first; a short line elsewhere stays.
    #[test]
    fn the_last_entry_of_a_menu() {
        let text = "首页　资讯动态　办事指南　惠企政策　企业诉求　海企课堂\n赛事服务\n海州市科技局关于做好申报工作的通知\n各县科技局：\n赛事服务\n";
        let mut found = lines(text);
        take(&mut found);
        let kept: Vec<&str> = found.iter().map(|l| l.text).collect();
        assert_eq!(kept, ["海州市科技局关于做好申报工作的通知", "各县科技局：", "赛事服务"]);
        let mut found = lines("机构职能　新闻动态　政务公开　办事服务\n公告\n海州市科技局将开展验收。\n");
        take(&mut found);
        assert_eq!(found.first().map(|l| l.text), Some("公告"));
    }

    #[test]
    fn styles_of_page_numbers() {
        for (text, expected) in [
            ("— 11 —", true),
            ("—21—", true),
            ("－3－", true),
            ("- 3 -", true),
            ("第 3 页 共 10 页", true),
            ("第3页", true),
            ("第3页（共5页）", true),
            ("3", false),
            ("第3页的内容", false),
            ("——", false),
            ("-5%", false),
        ] {
            assert_eq!(is_page_number(&lines(text)[0]), expected, "{text}");
        }
    }
}
