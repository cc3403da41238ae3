//! 要素: the metadata of a document, read off the roles of its blocks.

use super::roles::{self, Role};
use super::stated::{self, Stated, iso};
use super::{HEAD_WORDS, issuers, reply};
use crate::chars::is_cjk;
use crate::document::{Block, BlockKind, Document};
use crate::meta::{Contact, Meta};
use crate::number::DocumentNumber;
use crate::words;

/// The metadata that `blocks` print.
pub fn meta(blocks: &[Block], roles: &[Role]) -> Meta {
    let mut meta = Meta::default();
    let mut stated = Stated::default();
    let mut titles = Vec::new();
    let mut masthead = None;
    let mut broken: Option<&str> = None;
    let mut unit: Option<Contact> = None;
    let mut headed = None;
    // 国发〔1984〕138号　1984年10月4日, （2022年8月25日某会议通过）: dates beside others than the signature.
    let mut beside = None;
    let own_title = roles::own_title(blocks);
    // The notice's own signature and date come before the text that it issues; what is signed after is a copy of
    // another text's.
    let second = blocks
        .iter()
        .enumerate()
        .filter(|(i, b)| b.kind == BlockKind::Title && Some(*i) != own_title)
        .map(|(i, _)| i)
        .next();
    let attached = blocks.iter().position(|b| b.heading().is_some_and(|h| h.level == 1));
    let end = second.into_iter().chain(attached).min().unwrap_or(blocks.len());
    for (i, (block, role)) in blocks.iter().zip(roles).enumerate() {
        let text = block.text.as_str();
        let own = i < end || meta.date.is_none();
        match role {
            Role::Title => titles.push((i, text)),
            Role::HeaderTable => stated.read(block),
            Role::Masthead => {
                let letterhead = text.strip_suffix(HEAD_WORDS.letterhead.as_str()).filter(|m| words::is_organ_name(m));
                masthead = masthead.or(letterhead);
                // 海州市人民政府办公室　2021年4月2日 under the letterhead of minutes.
                headed = headed.or(roles::signed_and_dated(text).map(|end| text.split_at(end)));
                meta.disclosure = meta.disclosure.or(roles::disclosure(text).map(str::to_owned));
            }
            Role::Number => {
                beside = beside.or(roles::date_of_number_line(text).map(|d| d.to_string()));
                let printed = roles::number_of_line(text).map(|n| format!("{}{n}", joint(&blocks[..i], text)));
                let number = printed.or_else(|| {
                    // 第32号 under 海州市人民政府令.
                    let inner = roles::ordinal_of_line(text)?;
                    let above = roles::counted_by(blocks[..i].iter().map(|b| b.text.as_str()));
                    // A title printed twice is whole where it is printed under the number.
                    let whole =
                        |name: &String| own_title.map(|t| &blocks[t].text).filter(|t| t.ends_with(name)).cloned();
                    let above = above.map(|name| whole(&name).unwrap_or(name));
                    titles.first().map(|(_, t)| (*t).to_owned()).or(above).map(|name| format!("{name}{inner}"))
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
                None => match blocks.get(i + 1).filter(|next| roles::begins_name(text, &next.text)) {
                    Some(_) => broken = Some(text),
                    None => sign(&mut meta, names(&format!("{}{text}", broken.take().unwrap_or("")))),
                },
            },
            Role::Text if own && text.ends_with(['）', ')']) => {
                beside = beside.or(roles::passed(text).map(|d| d.to_string()));
            }
            Role::Date if own => meta.date = iso(roles::unbracketed(text).unwrap_or(text)),
            Role::Disclosure => meta.disclosure = meta.disclosure.or(roles::disclosure(text).map(str::to_owned)),
            Role::Contact => match &mut meta.contact {
                // 联系电话：… on a line of its own.
                Some(known) if known.phone.is_empty() => known.phone = phone(text),
                Some(_) => {}
                None => {
                    meta.contact = contact(text, &HEAD_WORDS.person);
                    match &mut unit {
                        // 联系单位：养老服务处 / 联系电话：…
                        Some(known) if known.phone.is_empty() => known.phone = phone(text),
                        Some(_) => {}
                        None => unit = contact(text, &HEAD_WORDS.unit),
                    }
                }
            },
            Role::Cc => meta.cc.extend(copied_to(text)),
            Role::Printed => match roles::printed(text) {
                Some((by, on)) => {
                    meta.printed_by = Some(by.to_owned()).filter(|by| !by.is_empty()).or(meta.printed_by);
                    meta.printed_date = Some(on.to_string());
                }
                None => meta.printed_by = Some(text.to_owned()),
            },
            _ => {}
        }
    }
    meta.contact = meta.contact.or(unit);
    if meta.contact.is_none() {
        let text = blocks.iter().zip(roles).take(end);
        let mut text = text.filter(|(b, r)| **r == Role::Text && b.kind == BlockKind::Paragraph);
        meta.contact = text.find_map(|(b, _)| contact_in_text(&b.text));
    }
    if let Some((signed, day)) = headed.filter(|_| meta.date.is_none() && meta.issuers.is_empty()) {
        sign(&mut meta, names(signed));
        meta.date = iso(day.trim());
    }
    let own = own_title.map(|i| blocks[i].text.as_str());
    let later = titles.iter().find(|(i, _)| Some(*i) != own_title).map(|(_, t)| (*t).to_owned());
    meta.title = stated.title(own);
    meta.attached_title = later;
    if meta.title.is_none() && own.is_none() && roles.first() == Some(&Role::Number) {
        // An order whose number stands where its title would: what it issues is its title.
        meta.title = meta.attached_title.take();
    }
    meta.attached_title = meta.attached_title.take().or_else(|| attachment_issued(blocks, &meta));
    sign_by_title(&mut meta, own, &stated, masthead, blocks);
    stated.fill(&mut meta);
    meta.date = meta.date.or(beside);
    meta.reply = reply::read(blocks, roles, &meta);
    meta.kind = match &meta.reply {
        Some(_) => Some("答复".to_owned()),
        None => kind(blocks, roles, &meta, own, end),
    };
    if meta.title.is_none()
        && let Some(title) = meta.reply.as_ref().and_then(reply::title).or_else(|| made_title(blocks, roles, &meta))
    {
        meta.kind = meta.kind.take().or_else(|| words::kind_of_title(&title).map(str::to_owned));
        meta.title = Some(title);
        meta.title_inferred = true;
    }
    meta
}

/// The 文种: of the title, of the title that stands above the text where a catalogue names another, or 通知 where the
/// text hands out what it issues.
fn kind(blocks: &[Block], roles: &[Role], meta: &Meta, own: Option<&str>, end: usize) -> Option<String> {
    let titled = meta.title.as_deref().and_then(words::kind_of_title).or_else(|| own.and_then(words::kind_of_title));
    let hands = || blocks.iter().zip(roles).take(end).any(|(b, r)| *r == Role::Text && hands_out(&b.text).is_some());
    titled.or_else(|| hands().then_some("通知")).map(str::to_owned)
}

/// The byte at which a sentence hands out what it names: 现将《方案》印发给你们.
fn hands_out(text: &str) -> Option<usize> {
    HEAD_WORDS.hands_out.iter().filter_map(|w| text.find(w.as_str())).min()
}

/// A title for what prints none: from what it says that it issues, else the heading of the attachment that it begins
/// with.
fn made_title(blocks: &[Block], roles: &[Role], meta: &Meta) -> Option<String> {
    let text = blocks.iter().zip(roles).filter(|(b, r)| **r == Role::Text && b.heading().is_none());
    for (block, _) in text.take(6) {
        let Some(at) = hands_out(&block.text) else { continue };
        let head = &block.text[..at];
        let named =
            head.rfind('》').and_then(|close| head.find('《').filter(|open| *open < close).map(|open| (open, close)));
        if let Some((open, close)) = named {
            return Some(format!("关于印发{}的通知", &head[open..close + '》'.len_utf8()]));
        }
    }
    let first = blocks.iter().find(|b| !matches!(b.kind, BlockKind::Rule | BlockKind::Table(_)))?;
    let heading = first.heading().filter(|h| h.level == 1).and_then(|h| first.text.get(h.title.clone()));
    heading.filter(|t| !t.is_empty()).map(str::to_owned).or_else(|| meta.attached_title.clone())
}

/// Who issues a document, in the order of what is surest: who signs it, whom a catalogue names, whom its title names,
/// the letterhead, the site.
fn sign_by_title(meta: &mut Meta, own: Option<&str>, stated: &Stated, masthead: Option<&str>, blocks: &[Block]) {
    let titled = own.or(meta.title.as_deref()).map(issuers::of_title).unwrap_or_default();
    // 领导小组办公室 is the last line of a long name that the title prints whole.
    if let ([last], [whole]) = (meta.issuers.as_slice(), titled.as_slice())
        && let Some(before) = whole.strip_suffix(last.as_str()).filter(|b| !b.is_empty())
        && blocks.iter().any(|b| b.kind == BlockKind::Paragraph && b.text == before)
    {
        meta.issuers = titled;
        return;
    }
    if meta.issuers.is_empty() {
        let letterhead: Vec<String> = masthead.map(str::to_owned).into_iter().collect();
        let number = meta.number.as_deref().and_then(DocumentNumber::parse);
        let counts = number.map(|n| n.authority().to_owned()).filter(|a| words::is_organ_name(a));
        let ranks =
            [stated.issuers.clone(), titled, letterhead, counts.into_iter().collect(), stated.publishers.clone()];
        meta.issuers = ranks.into_iter().find(|r| !r.is_empty()).unwrap_or_default();
    }
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
    let names = text.split('\u{3000}').map(|n| roles::without_seal(n.trim()));
    names.filter(|n| !n.is_empty()).map(str::to_owned).collect()
}

/// Adds what a file states about its document outside the text, where the text itself does not print it.
pub(crate) fn state(document: &mut Document, labels: &[(String, String)]) {
    let mut outside = Stated::default();
    for (label, value) in labels {
        outside.take(label, value.trim());
    }
    let meta = &mut document.meta;
    if meta.title.is_none() || meta.title_inferred {
        let title = outside.title(None);
        if title.is_some() {
            meta.title_inferred = false;
            if meta.reply.is_none() {
                meta.kind = title.as_deref().and_then(words::kind_of_title).map(str::to_owned).or(meta.kind.take());
            }
            meta.title = title;
        }
    }
    if meta.issuers.is_empty() {
        meta.issuers = stated::first(&[&outside.issuers, &outside.publishers]);
    }
    let number = meta.number.take();
    outside.fill(meta);
    meta.number = number.or(meta.number.take());
}

/// 抄送：市委各部门，市人大常委会、市政协办公室。
fn copied_to(text: &str) -> Vec<String> {
    let list = text.split_once(['：', ':']).map_or("", |(_, list)| list);
    roles::elements_of(list.trim().trim_end_matches(['。', '.', '；']))
}

/// （联系人：何晶　电话：0431-88906382）
fn contact(text: &str, names: &[String]) -> Option<Contact> {
    let name = labelled(text, names)?;
    let ends = |c: char| c.is_whitespace() || "，；,;。）)（(".contains(c);
    // 联系人：物业科　孙丽: who is called stands behind the office.
    let mut words = name.split(ends).filter(|n| !n.is_empty());
    let first = words.next()?;
    let is_office = |n: &str| n.ends_with(['科', '处', '室', '股', '办', '局', '委', '司', '厅', '组']);
    let office = is_office(first);
    let named = |n: &str| (2..=4).contains(&n.chars().count()) && n.chars().all(is_cjk);
    // 王某、李某
    let person = |n: &&str| n.split('、').all(named);
    let first = without_office(first);
    let behind: Vec<&str> = words.take_while(person).take_while(|n| office || !is_office(n)).collect();
    // 联系人：郑洁 张晓东: either may be called.
    let both = |n: &str| n.chars().count() <= 3;
    if !office && !behind.is_empty() && person(&first) && behind.iter().all(|n| both(n)) {
        let name = [&[first], behind.as_slice()].concat().join("、");
        let phone = Some(phone(text)).filter(|p| !p.is_empty()).unwrap_or_else(|| dialled(text));
        return Some(Contact { name, phone });
    }
    let name = behind.first().copied().filter(|_| office).unwrap_or(first);
    // 何晶电话：… where the source had no gap between the two.
    let name = HEAD_WORDS.phone_glued.iter().find_map(|w| name.split_once(w.as_str())).map_or(name, |(n, _)| n);
    // 联系人及电话：刘洋0512-68881234.
    let person = name.trim_end_matches(in_phone);
    let beside = if person.is_empty() { "" } else { &name[person.len()..] };
    let own = phone(text);
    let phone = if own.is_empty() { digits(beside) } else { own };
    // 联系人及电话：李某　8788586: the first number long enough for one.
    let phone = if phone.is_empty() { dialled(text) } else { phone };
    let name = if person.is_empty() { name } else { person };
    Some(Contact { name: name.to_owned(), phone })
}

/// 田野 of 省发展改革委价格处田野, whose gap a sentence does not keep.
fn without_office(name: &str) -> &str {
    /// Shorter names may be a person's own, in characters.
    const SHORTEST: usize = 5;
    if name.chars().count() < SHORTEST {
        return name;
    }
    let person = |rest: &str| (2..=3).contains(&rest.chars().count()) && rest.chars().all(is_cjk);
    let mut ends = name.char_indices().map(|(i, _)| i).filter(|i| *i > 0);
    let parted = ends.rfind(|i| words::is_organ_name(&name[..*i]) && person(&name[*i..]));
    parted.filter(|_| !words::is_organ_name(name)).map_or(name, |at| &name[at..])
}

/// The contact that a sentence gives in brackets: 将名单报区安委会办公室（联系人：赵某，电话：0500-0000000）.
fn contact_in_text(text: &str) -> Option<Contact> {
    let opens = |b: &char| matches!(b, '（' | '(');
    let named = |i: usize| HEAD_WORDS.person.iter().any(|w| text[i..].starts_with(w.as_str()));
    let open = text.char_indices().find(|(i, c)| opens(c) && named(i + c.len_utf8())).map(|(i, _)| i)?;
    let inside = &text[open..];
    let close = inside.find(['）', ')']).map_or(inside.len(), |i| i);
    contact(&inside[..close], &HEAD_WORDS.person).filter(|c| !c.phone.is_empty())
}

/// The number behind 电话：; empty where there is none.
fn phone(text: &str) -> String {
    labelled(text, &HEAD_WORDS.phone).filter(|p| p.starts_with(in_phone)).map(digits).unwrap_or_default()
}

/// The first run of seven figures or more, with what a telephone number is written with; empty where there is none.
fn dialled(text: &str) -> String {
    let runs = text.split(|c: char| !(c.is_ascii_digit() || c == '-'));
    let long = |r: &&str| r.bytes().filter(u8::is_ascii_digit).count() >= 7;
    runs.into_iter().find(long).unwrap_or("").trim_matches('-').to_owned()
}

/// What follows the first of `labels` and its colon.
fn labelled<'a>(text: &'a str, labels: &[String]) -> Option<&'a str> {
    let inner = text.trim_start_matches(['（', '(']).trim_end_matches(['）', ')', '。']);
    let (at, label) = labels.iter().filter_map(|l| inner.find(l.as_str()).map(|at| (at, l))).min()?;
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
    let issues = |text: &str| HEAD_WORDS.issues.iter().any(|w| text.contains(w.as_str()));
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
    let headed = attachments.iter().find(|t| named(t)).or_else(|| attachments.iter().find(|t| shared(t)));
    headed.map(|t| (*t).to_owned()).or_else(|| run_in(blocks, title))
}

/// What a notice says in its title that it issues, where a paragraph begins with just these words: a text whose line
/// breaks were lost (某市若干措施为切实加强…).
fn run_in(blocks: &[Block], title: &str) -> Option<String> {
    /// Shorter words may begin any paragraph, in characters.
    const SHORTEST: usize = 8;
    let from = HEAD_WORDS.issues.iter().filter_map(|w| title.find(w.as_str()).map(|at| at + w.len())).min()?;
    let issued = title.get(from..)?.strip_suffix("的通知")?;
    let issued = issued.trim_start_matches(['《', '〈']).trim_end_matches(['》', '〉']);
    let begins = |b: &Block| {
        let rest = b.text.strip_prefix(issued).filter(|_| b.kind == BlockKind::Paragraph);
        rest.is_some_and(|r| words::starts_with_any(r, &words::PARAGRAPHS.preambles))
    };
    (issued.chars().count() >= SHORTEST && blocks.iter().any(begins)).then(|| issued.to_owned())
}

/// The organs on the lines right above a number of several that only names the last (财政部 / 税务总局公告2020年第8号).
fn joint(above: &[Block], number: &str) -> String {
    if !number.contains("公告") {
        return String::new();
    }
    let names = above.iter().rev().take_while(|b| b.kind == BlockKind::Paragraph && words::is_organ_name(&b.text));
    let mut names: Vec<&str> = names.map(|b| b.text.as_str()).collect();
    names.reverse();
    names.concat()
}
