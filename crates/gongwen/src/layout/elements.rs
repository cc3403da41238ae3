//! 要素: the metadata of a document, read off the roles of its blocks.

use super::reply;
use super::roles::{self, Role};
use crate::document::{Block, BlockKind, Document};
use crate::meta::{Contact, Meta};
use crate::number::normalise_number;
use crate::{date, words};

/// The metadata that `blocks` print.
pub fn meta(blocks: &[Block], roles: &[Role]) -> Meta {
    let mut meta = Meta::default();
    let mut titles = Vec::new();
    let mut masthead = None;
    // The notice's own signature and date come before the text that it issues; what is signed after is a copy of
    // another text's.
    let second = blocks.iter().enumerate().filter(|(_, b)| b.kind == BlockKind::Title).map(|(i, _)| i).nth(1);
    for (i, (block, role)) in blocks.iter().zip(roles).enumerate() {
        let text = block.text.as_str();
        let own = second.is_none_or(|s| i < s) || meta.date.is_none();
        match role {
            Role::Title => titles.push(text),
            Role::HeaderTable => header_table(block, &mut meta),
            Role::Masthead => masthead = masthead.or(text.strip_suffix("文件").filter(|m| words::is_organ_name(m))),
            Role::Number => {
                let number = roles::number_of_line(text).map(|n| n.to_string()).or_else(|| {
                    // 第32号 under 海州市人民政府令.
                    let packed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
                    titles.first().map(|t| format!("{t}{packed}"))
                });
                meta.number = meta.number.or(number);
            }
            Role::Authors if titles.len() > 1 => meta.attached_issuers.extend(names(text)),
            Role::Authors => meta.issuers.extend(names(text)),
            Role::Addressee if meta.addressees.is_empty() => {
                meta.addressees = roles::elements_of(text.trim_end_matches(['：', ':']));
            }
            Role::Signature if own => match roles::signed_and_dated(text) {
                Some(end) => {
                    sign(&mut meta, names(&text[..end]));
                    meta.date = iso(text[end..].trim());
                }
                None => sign(&mut meta, names(text)),
            },
            Role::Date if own => meta.date = iso(text),
            Role::Disclosure => meta.disclosure = meta.disclosure.or(roles::disclosure(text).map(str::to_owned)),
            Role::Contact => match &mut meta.contact {
                // 联系电话：… on a line of its own.
                Some(known) if known.phone.is_empty() => known.phone = phone(text),
                Some(_) => {}
                None => meta.contact = contact(text),
            },
            Role::Cc => meta.cc.extend(copied_to(text)),
            Role::Printed => {
                if let Some((by, on)) = roles::printed(text) {
                    meta.printed_by = (!by.is_empty()).then(|| by.to_owned());
                    meta.printed_date = Some(on.to_string());
                }
            }
            _ => {}
        }
    }
    if meta.issuers.is_empty() {
        meta.issuers.extend(masthead.map(str::to_owned));
    }
    if meta.issuers.is_empty()
        && let Some(by) = titles.first().and_then(|t| t.strip_suffix('令').or(t.strip_suffix("公告")))
        && words::is_organ_name(by)
    {
        meta.issuers.push(by.to_owned());
    }
    if let Some(title) = titles.first() {
        meta.title = Some((*title).to_owned());
    }
    meta.attached_title = titles.get(1).map(|t| (*t).to_owned()).or_else(|| attachment_issued(blocks, &meta));
    meta.reply = reply::read(blocks, roles, &meta);
    meta.kind = match &meta.reply {
        Some(_) => Some("答复".to_owned()),
        None => meta.title.as_deref().and_then(words::kind_of_title).map(str::to_owned),
    };
    if meta.title.is_none()
        && let Some(title) = meta.reply.as_ref().and_then(reply::title)
    {
        meta.title = Some(title);
        meta.title_inferred = true;
    }
    meta
}

/// Later signatures replace those that stood under an earlier date only where they are another document's; a list that
/// goes on over lines is one.
fn sign(meta: &mut Meta, names: Vec<String>) {
    if meta.date.is_some() {
        meta.issuers.clear();
        meta.date = None;
    }
    for name in names {
        if !meta.issuers.contains(&name) {
            meta.issuers.push(name);
        }
    }
}

fn names(text: &str) -> Vec<String> {
    text.split('\u{3000}').map(str::trim).filter(|n| !n.is_empty()).map(str::to_owned).collect()
}

/// The ISO form of a line that is a date.
fn iso(text: &str) -> Option<String> {
    date::date(text).map(|(d, _)| d.to_string())
}

/// 索引号, 发文机关, 成文日期 … in cells beside their labels.
fn header_table(block: &Block, meta: &mut Meta) {
    let BlockKind::Table(table) = &block.kind else { return };
    for row in &table.rows {
        let cells: Vec<&str> = row.iter().filter_map(|r| block.text.get(r.clone())).collect();
        for pair in cells.chunks(2) {
            let [label, value] = pair else { continue };
            let label: String = label
                .chars()
                .filter(|c| !c.is_whitespace() && !matches!(c, '：' | ':' | '[' | ']' | '【' | '】'))
                .collect();
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            labelled_value(&label, value, meta);
        }
    }
}

/// Adds what a file states about its document outside the text, where the text itself does not print it.
pub(crate) fn state(document: &mut Document, labels: &[(String, String)]) {
    let mut stated = Meta::default();
    for (label, value) in labels {
        labelled_value(label, value.trim(), &mut stated);
    }
    let meta = &mut document.meta;
    let fill = |own: &mut Option<String>, stated: Option<String>| *own = own.take().or(stated);
    fill(&mut meta.number, stated.number);
    fill(&mut meta.index_no, stated.index_no);
    fill(&mut meta.date, stated.date);
    fill(&mut meta.published, stated.published);
    fill(&mut meta.disclosure, stated.disclosure);
    if meta.title.is_none() {
        meta.kind = stated.title.as_deref().and_then(words::kind_of_title).map(str::to_owned);
        meta.title = stated.title;
    }
    if meta.issuers.is_empty() {
        meta.issuers = stated.issuers;
    }
}

/// What a label of a header table says.
fn labelled_value(label: &str, value: &str, meta: &mut Meta) {
    match label {
        "索引号" => meta.index_no = Some(value.to_owned()),
        "发文字号" | "文号" | "文件编号" => meta.number = Some(normalise_number(value)),
        "发文机关" | "发文单位" | "发布机构" | "发布机关" => {
            meta.issuers = value
                .split([' ', '\u{3000}', '、', '，', ';', '；'])
                .filter(|n| !n.is_empty())
                .map(str::to_owned)
                .collect();
        }
        "成文日期" | "制发日期" => meta.date = iso(value),
        "发布日期" | "发布时间" | "公开日期" => meta.published = iso(value),
        "标题" | "名称" | "信息名称" => meta.title = Some(value.to_owned()),
        "公开形式" | "公开方式" | "信息公开形式" => meta.disclosure = Some(value.to_owned()),
        _ => {}
    }
}

/// 抄送：市委各部门，市人大常委会、市政协办公室。
fn copied_to(text: &str) -> Vec<String> {
    let list = text.split_once(['：', ':']).map_or("", |(_, list)| list);
    roles::elements_of(list.trim().trim_end_matches(['。', '.', '；']))
}

/// （联系人：何晶　电话：0431-88906382）
fn contact(text: &str) -> Option<Contact> {
    let name = labelled(text, &["联系人", "经办人", "承办人"])?;
    let ends = |c: char| c.is_whitespace() || "，；,;。）)（(".contains(c);
    let name = name.split(ends).find(|n| !n.is_empty())?;
    // 何晶电话：… where the source had no gap between the two.
    let name =
        ["联系电话", "电话", "联系方式", "手机"].iter().find_map(|w| name.split_once(w)).map_or(name, |(n, _)| n);
    // 联系人及电话：刘洋0512-68881234.
    let person = name.trim_end_matches(in_phone);
    let beside = if person.is_empty() { "" } else { &name[person.len()..] };
    let own = phone(text);
    let phone = if own.is_empty() { digits(beside) } else { own };
    let name = if person.is_empty() { name } else { person };
    Some(Contact { name: name.to_owned(), phone })
}

/// The number behind 电话：; empty where there is none.
fn phone(text: &str) -> String {
    labelled(text, &["电话", "联系方式", "手机"]).filter(|p| p.starts_with(in_phone)).map(digits).unwrap_or_default()
}

/// What follows the first of `labels` and its colon.
fn labelled<'a>(text: &'a str, labels: &[&str]) -> Option<&'a str> {
    let inner = text.trim_start_matches(['（', '(']).trim_end_matches(['）', ')', '。']);
    let (at, label) = labels.iter().filter_map(|l| inner.find(l).map(|at| (at, l))).min()?;
    inner[at + label.len()..].split_once(['：', ':']).filter(|(b, _)| b.chars().count() <= 4).map(|(_, v)| v)
}

/// True for what a telephone number is written with.
fn in_phone(c: char) -> bool {
    c.is_ascii_digit() || "-－—()（）+ 、".contains(c) || c.is_whitespace()
}

fn digits(text: &str) -> String {
    let number: String = text.chars().take_while(|c| in_phone(*c)).collect();
    number.trim().trim_end_matches(['）', ')', '、', ' ']).to_owned()
}

/// The title of the attachment that a notice without a second title says it issues, in its own title or its text.
fn attachment_issued(blocks: &[Block], meta: &Meta) -> Option<String> {
    let title = meta.title.as_deref()?;
    let issues = |text: &str| ["印发", "转发", "公布", "发布", "批转"].iter().any(|w| text.contains(w));
    let attachments: Vec<&str> = blocks
        .iter()
        .filter_map(|b| b.heading().filter(|h| h.level == 1).and_then(|h| b.text.get(h.title.clone())))
        .filter(|t| !t.is_empty())
        .collect();
    let named = |t: &str| {
        let quoted = format!("《{t}》");
        blocks.iter().any(|b| b.kind == BlockKind::Paragraph && b.text.contains(&quoted) && issues(&b.text))
    };
    // The end of its words stands in the notice's own title.
    let shared = |t: &str| {
        let core = t.trim_end_matches(|c| words::TITLE_TAILS.contains(&c));
        let end = core.char_indices().rev().nth(3).map_or(core, |(i, _)| &core[i..]);
        issues(title) && title.contains(end) && (attachments.len() == 1 || words::kind_of_title(t).is_some())
    };
    attachments.iter().find(|t| named(t)).or_else(|| attachments.iter().find(|t| shared(t))).map(|t| (*t).to_owned())
}
