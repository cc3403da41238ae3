//! 答复: what a reply to a deputy or a CPPCC member answers.

use super::roles::Role;
use crate::chars::is_cjk;
use crate::document::Block;
use crate::meta::{Meta, Reply};

/// How many characters of the opening are read for what is answered.
const OPENING: usize = 400;

/// Reads what the document answers; `None` where it is no reply.
pub(super) fn read(blocks: &[Block], roles: &[Role], meta: &Meta) -> Option<Reply> {
    let title = meta.title.as_deref().unwrap_or("");
    let deputies_named = meta.addressees.iter().any(|a| deputy_list(a).is_some());
    let answers = ["答复", "复函", "回复", "办理"].iter().any(|w| title.contains(w));
    let proposal = ["建议", "提案", "议案"].iter().any(|w| title.contains(w));
    let opening: String = blocks
        .iter()
        .zip(roles)
        .filter(|(b, r)| **r == Role::Text && b.heading().is_none())
        .flat_map(|(b, _)| b.text.chars())
        .take(OPENING)
        .collect();
    let received = ["收悉", "提出的", "交办", "答复如下"].iter().any(|w| opening.contains(w))
        && ["建议", "提案", "议案"].iter().any(|w| opening.contains(w));
    if !((answers && proposal) || (deputies_named && received)) {
        return None;
    }
    let mut reply = Reply::default();
    for addressee in &meta.addressees {
        if let Some((names, others)) = deputy_list(addressee) {
            reply.and_others |= others;
            reply.deputies.extend(names);
        }
    }
    reply.proposal_no = number(title).or_else(|| number(&opening));
    reply.session = session(title).or_else(|| session(&opening));
    reply.proposal_title =
        quoted(&opening).or_else(|| quoted(title)).or_else(|| unquoted(&opening)).or_else(|| unquoted(title));
    Some(reply)
}

/// A title for a reply that prints none.
pub(super) fn title(reply: &Reply) -> Option<String> {
    let number = reply.proposal_no.as_deref();
    let matter = match (&reply.proposal_title, number) {
        (Some(title), Some(no)) => format!("《{title}》（第{no}号）"),
        (Some(title), None) => format!("《{title}》"),
        (None, Some(no)) => format!("第{no}号建议"),
        (None, None) => return None,
    };
    Some(format!("对{matter}的答复"))
}

/// 王忠伟等代表 → 王忠伟 and others. Party groups and committees that propose are named as they are.
fn deputy_list(addressee: &str) -> Option<(Vec<String>, bool)> {
    let body = addressee.trim().trim_start_matches("尊敬的").trim_end_matches("：");
    let body = ["代表团", "人大代表", "政协委员", "代表", "委员"]
        .iter()
        .find_map(|w| body.strip_suffix(w))
        .map(|b| (b, true))
        .or_else(|| {
            ["民革", "民盟", "民建", "民进", "农工", "致公", "九三", "台盟", "工商联"]
                .iter()
                .any(|p| body.contains(p))
                .then_some((body, false))
        });
    let (body, people) = body?;
    let (body, others) = match body.strip_suffix('等') {
        Some(b) => (b, true),
        None => (
            body.split_once('等')
                .filter(|(_, rest)| rest.ends_with('位') || rest.ends_with('名'))
                .map_or(body, |(b, _)| b),
            body.contains('等'),
        ),
    };
    let names: Vec<String> = body
        .split(['、', '，', ',', '\u{3000}', ' '])
        .map(str::trim)
        .filter(|n| !n.is_empty())
        .map(str::to_owned)
        .collect();
    let plausible =
        |n: &String| n.chars().all(|c| is_cjk(c) || c == '·') && (!people || (2..=12).contains(&n.chars().count()));
    (!names.is_empty() && names.iter().all(plausible)).then_some((names, others))
}

/// 第115号, 0097 号建议, 第2023015号提案: the number beside 建议 or 提案.
fn number(text: &str) -> Option<String> {
    let text: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let mut fallback = None;
    for (i, _) in text.iter().enumerate().filter(|(_, c)| **c == '号') {
        let digits: String = text[..i]
            .iter()
            .rev()
            .take_while(|c| c.is_ascii_alphanumeric() || **c == '-')
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect();
        // 〔2025〕19号 is a document's number.
        let before = i.checked_sub(digits.len() + 1).map(|b| text[b]);
        if digits.is_empty()
            || !digits.chars().any(|c| c.is_ascii_digit())
            || before.is_some_and(|b| "〕)）]】".contains(b))
        {
            continue;
        }
        let after: String = text[i + 1..].iter().take(6).collect();
        if ["建议", "提案", "代表", "议案", "委员"].iter().any(|w| after.contains(w)) {
            return Some(digits);
        }
        let near: String = text[i.saturating_sub(24)..i].iter().collect();
        if fallback.is_none() && (near.contains("建议") || near.contains("提案")) {
            fallback = Some(digits);
        }
    }
    fallback
}

/// 省十四届人大四次会议, 市政协十四届二次会议, 第十四届全国人民代表大会第二次会议.
fn session(text: &str) -> Option<String> {
    let end = text.find("次会议")? + "次会议".len();
    let head = &text[..end];
    let stops = |c: char| "，。；：（）()《》“”、 \u{3000}".contains(c);
    let start = head.char_indices().rev().find(|(_, c)| stops(*c)).map_or(0, |(i, c)| i + c.len_utf8());
    let session = &head[start..];
    // 某局关于县政协十届三次会议, 您在省十四届人大四次会议: what leads up to it is not of it.
    let lead = ["关于", "对", "在", "于"].iter().filter_map(|w| session.rfind(w).map(|at| at + w.len())).max();
    let session = &session[lead.unwrap_or(0)..];
    (session.contains('届')
        && (session.contains("人大")
            || session.contains("政协")
            || session.contains("人民代表大会")
            || session.contains("协商")))
    .then(|| session.to_owned())
}

/// The 《title》 of the proposal.
fn quoted(text: &str) -> Option<String> {
    let mut rest = text;
    while let Some(open) = rest.find('《') {
        let inner = &rest[open + '《'.len_utf8()..];
        let close = closing(inner)?;
        let title = &inner[..close];
        if ["建议", "提案", "议案"].iter().any(|w| title.ends_with(w)) || after_is_proposal(&inner[close..]) {
            return Some(title.to_owned());
        }
        rest = &inner[close..];
    }
    None
}

/// 您提出的关于某事的建议收悉, without 《》.
fn unquoted(text: &str) -> Option<String> {
    let start = text.find("关于")?;
    let rest = &text[start..];
    let end = ["的建议", "的提案", "的议案"].iter().filter_map(|w| rest.find(w).map(|i| i + w.len())).min()?;
    let title = &rest[..end];
    (!title.contains(['。', '《', '》']) && title.chars().count() <= 60 && !title.contains("号"))
        .then(|| title.to_owned())
}

fn after_is_proposal(rest: &str) -> bool {
    let after: String = rest.chars().skip(1).take(16).collect();
    after.starts_with("的建议")
        || after.starts_with("的提案")
        || after.starts_with("（第") && (after.contains("建议") || after.contains("提案"))
}

/// The byte of the 》 that closes what is open.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (i, c) in text.char_indices() {
        match c {
            '《' => depth += 1,
            '》' if depth == 0 => return Some(i),
            '》' => depth -= 1,
            _ => {}
        }
    }
    None
}
