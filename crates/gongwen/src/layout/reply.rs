//! 答复: what a reply to a deputy or a CPPCC member answers.

use std::sync::LazyLock;

use serde::Deserialize;

use super::roles::Role;
use crate::chars::is_cjk;
use crate::document::Block;
use crate::meta::{Meta, Reply};
use crate::wordlist::load;
use crate::words;

/// How many characters of the opening are read for what is answered.
const OPENING: usize = 400;

/// Words of replies.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    answers: Vec<String>,
    proposal: Vec<String>,
    received: Vec<String>,
    rules: Vec<String>,
    people: Vec<String>,
    groups: Vec<String>,
    beside: Vec<String>,
    session_lead: Vec<String>,
    session: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| load("reply.toml", include_str!("../words/reply.toml")));

fn any(text: &str, words: &[String]) -> bool {
    words.iter().any(|w| text.contains(w.as_str()))
}

/// Reads what the document answers; `None` where it is no reply.
pub(super) fn read(blocks: &[Block], roles: &[Role], meta: &Meta) -> Option<Reply> {
    let title = meta.title.as_deref().unwrap_or("");
    let deputies_named = meta.addressees.iter().any(|a| deputy_list(a).is_some());
    let answers = any(title, &WORDS.answers);
    let proposal = any(title, &WORDS.proposal);
    let opening: String = blocks
        .iter()
        .zip(roles)
        .filter(|(b, r)| **r == Role::Text && b.heading().is_none())
        .flat_map(|(b, _)| b.text.chars())
        .take(OPENING)
        .collect();
    let received = any(&opening, &WORDS.received) && any(&opening, &WORDS.proposal);
    // 关于印发办理代表建议工作规则的通知 speaks of replies and is none.
    let rule = title.ends_with("通知") || (any(title, &WORDS.rules) && !deputies_named);
    if rule || !((answers && proposal) || (deputies_named && received)) {
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
    // 关于某省所提问题和建议办理情况的函 answers no deputy.
    let told = reply.proposal_no.is_some() || reply.session.is_some() || !reply.deputies.is_empty();
    (told || any(title, &WORDS.people) || any(&opening, &WORDS.people)).then_some(reply)
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
    let body = WORDS
        .people
        .iter()
        .find_map(|w| body.strip_suffix(w.as_str()))
        .map(|b| (b, true))
        .or_else(|| any(body, &WORDS.groups).then_some((body, false)));
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

/// 第115号, 0097 号建议, 第2023015号提案, 温36号, 第00846号（农业水利类074号）: the first number that stands beside 建议 or
/// 提案, one in a bracket behind another number aside.
fn number(text: &str) -> Option<String> {
    let text: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let mut fallback = None;
    for (i, _) in text.iter().enumerate().filter(|(_, c)| **c == '号') {
        let of_number = |c: &char| c.is_ascii_alphanumeric() || *c == '-' || *c == '－';
        let len = text[..i].iter().rev().take_while(|c| of_number(c)).count();
        let mut start = i - len;
        let digits: String = text[start..i].iter().collect();
        // 〔2025〕19号 is a document's number.
        let before = start.checked_sub(1).map(|b| text[b]);
        if !digits.chars().any(|c| c.is_ascii_digit()) || before.is_some_and(|b| "〕)）]】".contains(b)) {
            continue;
        }
        // 温36号: the name of the group of deputies counts by itself.
        if let Some(at) = prefixed(&text, start) {
            start = at;
        }
        let number: String = text[start..i].iter().collect();
        let after: String = text[i + 1..].iter().collect();
        let bracket = after.starts_with(['（', '(']);
        let behind: String = if bracket {
            after.split_once(['）', ')']).map_or("", |(_, rest)| rest).chars().take(6).collect()
        } else {
            after.chars().take(6).collect()
        };
        if any(&behind, &WORDS.beside) {
            return Some(number);
        }
        let near: String = text[i.saturating_sub(24)..i].iter().collect();
        if fallback.is_none() && any(&near, &WORDS.proposal) {
            fallback = Some(number);
        }
    }
    fallback
}

/// Where the one character before the figures is of the number: 第温36号, 会议温36号.
fn prefixed(text: &[char], start: usize) -> Option<usize> {
    let at = start.checked_sub(1)?;
    let own = crate::scan::is_han(text[at]) && !"第议字案年月日届次会案号编为的类提建".contains(text[at]);
    let before: String = text[at.saturating_sub(2)..at].iter().collect();
    (own && (before.ends_with('第') || before.ends_with("会议") || before.is_empty())).then_some(at)
}

/// 省十四届人大四次会议, 市政协十四届二次会议, 第十四届全国人民代表大会第二次会议.
fn session(text: &str) -> Option<String> {
    let end = text.find("次会议")? + "次会议".len();
    let head = &text[..end];
    let stops = |c: char| "，。；：（）()《》“”、 \u{3000}".contains(c);
    let start = head.char_indices().rev().find(|(_, c)| stops(*c)).map_or(0, |(i, c)| i + c.len_utf8());
    let session = &head[start..];
    // 某局关于县政协十届三次会议, 您在省十四届人大四次会议: what leads up to it is not of it.
    let lead = WORDS.session_lead.iter().filter_map(|w| session.rfind(w.as_str()).map(|at| at + w.len())).max();
    let session = &session[lead.unwrap_or(0)..];
    (session.contains('届') && any(session, &WORDS.session)).then(|| session.to_owned())
}

/// The 《title》 of the proposal.
fn quoted(text: &str) -> Option<String> {
    let mut rest = text;
    while let Some(open) = rest.find('《') {
        let inner = &rest[open + '《'.len_utf8()..];
        let close = closing(inner)?;
        let title = &inner[..close];
        if words::ends_with_any(title, &WORDS.proposal) || after_is_proposal(&inner[close..]) {
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
