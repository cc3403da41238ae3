//! 公文要素的辨认: which element of GB/T 9704-2012 each block is.

use super::HEAD_WORDS;
use crate::document::{Block, BlockKind};
use crate::header::{self, Field};
use crate::number::{DocumentNumber, find_numbers};
use crate::{date, numbering, words};

/// What a block is on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Role {
    /// The table of 索引号, 发文机关 … that government sites set before a document.
    HeaderTable,
    /// 发文机关标志, 份号, 密级, 紧急程度, 签发人.
    Masthead,
    /// 发文字号 on a line of its own.
    Number,
    /// 标题.
    Title,
    /// The authors under the title of a forwarded instrument.
    Authors,
    /// 主送机关.
    Addressee,
    /// 正文.
    Text,
    /// 附件说明.
    AttachmentNote,
    /// 发文机关署名.
    Signature,
    /// 成文日期.
    Date,
    /// 附注: 此件公开发布 and the like.
    Disclosure,
    /// 联系人.
    Contact,
    /// 抄送机关.
    Cc,
    /// 印发机关和印发日期.
    Printed,
    /// 初审、复审、终审, 校对.
    Review,
    /// A separator.
    Rule,
}

impl Role {
    /// True for what may stand in 版头.
    pub fn is_head(self) -> bool {
        matches!(self, Role::HeaderTable | Role::Masthead | Role::Number)
    }

    /// True for what may stand in 版记.
    pub fn is_tail(self) -> bool {
        matches!(self, Role::Cc | Role::Printed | Role::Review)
    }
}

/// Says of every block what it is.
pub fn roles(blocks: &[Block]) -> Vec<Role> {
    let mut roles: Vec<Role> = Vec::with_capacity(blocks.len());
    let title = own_title(blocks);
    // Before the first title, heading or sentence everything is 版头; a reply may print its number under the title.
    let mut begun = false;
    let mut after_title = false;
    let mut addressed = false;
    let mut titles = 0;
    let mut noting = false;
    let mut told = false;
    for (i, block) in blocks.iter().enumerate() {
        let text = block.text.as_str();
        let above = title.is_some_and(|t| i < t);
        let before = i.checked_sub(1).map_or("", |b| blocks[b].text.as_str());
        let role = match &block.kind {
            BlockKind::Rule => Role::Rule,
            BlockKind::Title => {
                titles += 1;
                Role::Title
            }
            BlockKind::Heading(_) => Role::Text,
            BlockKind::Table(t) if (!begun || i < HEAD && !addressed) && !t.header => Role::HeaderTable,
            BlockKind::Table(_) => Role::Text,
            BlockKind::Paragraph if (!begun || i < HEAD) && !addressed && is_number_line(text) => Role::Number,
            // 海建发〔2020〕19号 over 附件1: the document's own, where an attachment is bound apart.
            BlockKind::Paragraph if is_number_line(text) && blocks.get(i + 1).is_some_and(heads_attachment) => {
                Role::Number
            }
            BlockKind::Paragraph
                if is_ordinal_line(text) && (after_title && titles == 1 || above && counts(&blocks[..i])) =>
            {
                Role::Number
            }
            BlockKind::Paragraph if (!begun || i < HEAD) && !addressed && is_label_line(text) => Role::HeaderTable,
            BlockKind::Paragraph if !addressed && !told && is_addressee(text) => Role::Addressee,
            BlockKind::Paragraph if above || (!begun && titles == 0 && is_masthead(text)) => Role::Masthead,
            BlockKind::Paragraph if !begun && titles == 1 && is_masthead(text) => Role::Masthead,
            BlockKind::Paragraph if after_title && is_names(text) => Role::Authors,
            BlockKind::Paragraph if after_title && is_bracketed_date(text) => Role::Date,
            BlockKind::Paragraph if noting && is_note_item(text, before) => Role::AttachmentNote,
            // 联系人：王某 / 电话：…
            BlockKind::Paragraph if roles.last() == Some(&Role::Contact) && is_phone(text) => Role::Contact,
            BlockKind::Paragraph => paragraph(text),
        };
        noting = role == Role::AttachmentNote;
        // Whom a document is addressed to stands before its first paragraph.
        told |= role == Role::Text && text.ends_with('。') && text.chars().nth(PARAGRAPH).is_some();
        match role {
            Role::Rule | Role::HeaderTable | Role::Masthead | Role::Number => {}
            Role::Title => after_title = true,
            Role::Authors | Role::Date | Role::Disclosure if !begun && after_title => {}
            _ => {
                after_title = false;
                begun = true;
                addressed |= role == Role::Addressee || block.heading().is_some();
            }
        }
        roles.push(role);
    }
    signatures(blocks, &mut roles);
    undated(blocks, &mut roles);
    printers(blocks, &mut roles);
    roles
}

fn heads_attachment(block: &Block) -> bool {
    block.heading().is_some_and(|h| h.level == 1)
}

/// True where the lines at the end of `above` name what an ordinal counts.
fn counts(above: &[Block]) -> bool {
    counted_by(above.iter().map(|b| b.text.as_str())).is_some()
}

/// 某局办公室 on the line over 2023年8月9日印发 printed the document.
fn printers(blocks: &[Block], roles: &mut [Role]) {
    let Some(last) = roles.iter().rposition(|r| *r == Role::Printed) else { return };
    let unnamed = printed(&blocks[last].text).is_some_and(|(by, _)| by.is_empty());
    let Some(above) = roles[..last].iter().rposition(|r| *r != Role::Rule).filter(|_| unnamed) else { return };
    let name = blocks[above].kind == BlockKind::Paragraph && is_names(&blocks[above].text);
    if name && roles[above] == Role::Text {
        roles[above] = Role::Printed;
    }
}

/// A name that closes a text without a date is its signature too.
fn undated(blocks: &[Block], roles: &mut [Role]) {
    if roles.contains(&Role::Signature) || roles.contains(&Role::Date) {
        return;
    }
    let Some(last) = roles.iter().rposition(|r| !r.is_tail() && *r != Role::Rule) else { return };
    let closes = |b: &Block| b.kind == BlockKind::Paragraph && b.text.ends_with(['。', '）', ')']);
    if roles[last] == Role::Text
        && blocks[last].kind == BlockKind::Paragraph
        && is_names(&blocks[last].text)
        && last.checked_sub(1).is_some_and(|i| closes(&blocks[i]))
    {
        roles[last] = Role::Signature;
    }
}

/// A sentence that is longer than so many characters begins the text.
const PARAGRAPH: usize = 40;

/// A number, or a label and its value, may stand in the first so many blocks even under a line that is not known.
const HEAD: usize = 8;

/// The block of the document's own title: the first one, unless its text has begun by then.
pub fn own_title(blocks: &[Block]) -> Option<usize> {
    let at = blocks.iter().position(|b| b.kind == BlockKind::Title)?;
    let of_head = |b: &Block| match &b.kind {
        BlockKind::Paragraph => {
            let text = b.text.as_str();
            !(is_addressee(text) || date::is_whole(text) || text.ends_with(['。', '；']) || text.chars().count() > 120)
        }
        BlockKind::Table(t) => !t.header,
        BlockKind::Rule => true,
        BlockKind::Heading(_) | BlockKind::Title => false,
    };
    blocks[..at].iter().all(of_head).then_some(at)
}

/// What a paragraph is by its words alone.
fn paragraph(text: &str) -> Role {
    if date::is_whole(text) {
        Role::Date
    } else if is_disclosure(text) {
        Role::Disclosure
    } else if is_attachment_note(text) {
        Role::AttachmentNote
    } else if words::starts_with_any(text, &HEAD_WORDS.copied) && text.contains(['：', ':']) {
        Role::Cc
    } else if is_printed(text) {
        Role::Printed
    } else if is_contact(text) {
        Role::Contact
    } else if is_review(text) {
        Role::Review
    } else {
        Role::Text
    }
}

/// The lines of names right before a date are its signatures; annotations and page remarks may stand between.
fn signatures(blocks: &[Block], roles: &mut [Role]) {
    for i in 0..blocks.len() {
        if roles[i] != Role::Date {
            if roles[i] == Role::Text
                && blocks[i].kind == BlockKind::Paragraph
                && signed_and_dated(&blocks[i].text).is_some()
            {
                roles[i] = Role::Signature;
            }
            continue;
        }
        let mut at = i;
        while at > 0 {
            at -= 1;
            let text = blocks[at].text.as_str();
            let plain = blocks[at].kind == BlockKind::Paragraph;
            match roles[at] {
                Role::Text | Role::Masthead if plain && is_names(text) => roles[at] = Role::Signature,
                Role::Disclosure => {}
                Role::Text if plain && is_blank_page_remark(text) => {}
                Role::Text if plain && roles[at + 1] == Role::Signature && begins_name(text, &blocks[at + 1].text) => {
                    roles[at] = Role::Signature;
                    break;
                }
                _ => break,
            }
        }
    }
}

/// 海州市教育局某事 above 工作领导小组: the first line of a name that goes over two.
pub fn begins_name(first: &str, last: &str) -> bool {
    words::is_broken_name(first, without_seal(last))
}

/// 某市民政局　2018年6月4日 on one line: the bytes of the names.
pub fn signed_and_dated(text: &str) -> Option<usize> {
    let (names, rest) = text.rsplit_once('\u{3000}')?;
    (date::is_whole(rest) && is_names(names.trim())).then_some(names.len())
}

/// （此页无正文）.
pub fn is_blank_page_remark(text: &str) -> bool {
    text.contains("此页无正文")
}

/// Names of organs parted by U+3000, and nothing else.
pub fn is_names(text: &str) -> bool {
    !text.is_empty() && text.split('\u{3000}').all(|n| n.is_empty() || words::is_organ_name(without_seal(n)))
}

/// A name without the remark that says who sealed it: 某办公室（代章）.
pub fn without_seal(name: &str) -> &str {
    HEAD_WORDS.seals.iter().find_map(|s| name.strip_suffix(s.as_str())).unwrap_or(name)
}

/// （2023年1月2日） under a title.
fn is_bracketed_date(text: &str) -> bool {
    unbracketed(text).is_some_and(date::is_whole)
}

/// The day on which a meeting passed what stands under a title: （2022年8月25日某市第十届人民代表大会常务委员会第五次会议通过）.
pub fn passed(text: &str) -> Option<jiff::civil::Date> {
    /// Longest name of a meeting, in characters.
    const MEETING: usize = 60;
    let inner = unbracketed(text)?;
    let (day, len) = date::date(inner)?;
    let meeting = inner[len..].strip_suffix(HEAD_WORDS.passed.as_str())?;
    // 通过　根据…修正: a text that was changed since has other dates.
    (meeting.chars().count() <= MEETING && !meeting.contains(HEAD_WORDS.passed.as_str())).then_some(day)
}

/// What stands in the round brackets that are all of a text.
pub fn unbracketed(text: &str) -> Option<&str> {
    text.strip_prefix(['（', '(']).and_then(|t| t.strip_suffix(['）', ')'])).map(str::trim)
}

/// A line that is a document number, a 签发人 beside it aside.
pub fn is_number_line(text: &str) -> bool {
    number_of_line(text).is_some()
}

/// The number that is all of a line; the first, where several organs number a document each their own.
pub fn number_of_line(text: &str) -> Option<DocumentNumber> {
    // No line with a number on it is longer.
    if text.len() > 400 {
        return None;
    }
    let text = match header::label_at(text) {
        Some((Field::Number, at)) => &text[at..],
        Some(_) => return None,
        None => text,
    };
    number(text).or_else(|| text.split('\u{3000}').find_map(number)).or_else(|| dated_number(text).map(|(n, _)| n))
}

/// The date on a line of a number: 国发〔1984〕138号　1984年10月4日, （1986年7月12日 国发〔1986〕77号）.
pub fn date_of_number_line(text: &str) -> Option<jiff::civil::Date> {
    dated_number(text).map(|(_, date)| date)
}

/// A number and a date, one behind the other, and nothing else.
fn dated_number(text: &str) -> Option<(DocumentNumber, jiff::civil::Date)> {
    if text.len() > 160 || !text.contains('号') {
        return None;
    }
    let packed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let inner = unbracketed(&packed).unwrap_or(&packed);
    if let Some((date, len)) = date::date(inner) {
        let rest = inner[len..].trim_start_matches(['，', ',', '、']);
        return number(rest).map(|n| (n, date));
    }
    let (at, sign) = inner.match_indices('号').next_back()?;
    let (head, tail) = inner.split_at(at + sign.len());
    // 2020年5月6号 ends in no number.
    let (date, len) = date::date(tail.trim_start_matches(['，', ',', '、', '/']))?;
    let whole = tail.trim_start_matches(['，', ',', '、', '/']).len() == len;
    number(head).filter(|_| whole).map(|n| (n, date))
}

fn number(text: &str) -> Option<DocumentNumber> {
    let packed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    // 签发人：王某 before the number or after it.
    let packed = match packed.find("签发人") {
        Some(0) => packed.trim_start_matches("签发人").trim_start_matches(['：', ':']).to_owned(),
        Some(at) => packed[..at].to_owned(),
        None => packed,
    };
    let inner = [('（', '）'), ('(', ')'), ('【', '】'), ('[', ']')]
        .iter()
        .find_map(|(open, close)| packed.strip_prefix(*open).and_then(|p| p.strip_suffix(*close)))
        .unwrap_or(&packed);
    if inner.is_empty() || inner.chars().count() > 60 || !inner.trim_end_matches(['）', ')']).ends_with(['号', '令'])
    {
        return None;
    }
    if let Some(number) = DocumentNumber::parse(inner) {
        return Some(number);
    }
    let found = find_numbers(inner);
    let covered: usize = found.iter().map(|f| f.range.len()).sum();
    let parting: usize = inner.chars().filter(|c| "、，,/；;".contains(*c)).map(char::len_utf8).sum();
    let first = found.into_iter().next()?;
    if covered + parting == inner.len() {
        return Some(first.number);
    }
    // 王某海政发〔2020〕1号: the name of who signed stands before it.
    let before = inner[..first.range.start].chars().count();
    (text.trim_start().starts_with("签发人") && before <= 4 && first.range.end == inner.len()).then_some(first.number)
}

/// 某市人民政府文件, 特急, 机密★1年, 000001, 签发人：某某.
pub fn is_masthead(text: &str) -> bool {
    let short = text.chars().count() <= 40;
    let packed: String = text.chars().filter(|c| !c.is_whitespace()).take(40).collect();
    short
        && (text.ends_with(HEAD_WORDS.letterhead.as_str())
            || HEAD_WORDS.urgency.contains(&packed)
            || text.contains('★')
            || is_mast_label(text)
            || is_wire(text)
            || (text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit())))
}

/// 签发人：某某, （B类）, 分类标识【D】.
pub fn is_mast_label(text: &str) -> bool {
    text.chars().count() <= 40
        && !text.ends_with('。')
        && (words::starts_with_any(text, &HEAD_WORDS.mast) || is_reply_class(text))
}

/// 新华社北京2月13日电, alone on its line.
pub fn is_wire(text: &str) -> bool {
    text.chars().count() <= 30
        && words::starts_with_any(text, &HEAD_WORDS.wire)
        && words::ends_with_any(text, &HEAD_WORDS.wire_ends)
}

/// （B类）, A1, 类别：B, 分类标识【D】: how far a reply has settled the matter, set above its title.
fn is_reply_class(text: &str) -> bool {
    let trim = |t: &str| -> String {
        t.chars().filter(|c| !c.is_whitespace() && !"（）()[]【】：:".contains(*c)).collect()
    };
    let inner = trim(text);
    let inner = HEAD_WORDS.classes.iter().find_map(|l| inner.strip_prefix(l.as_str())).unwrap_or(&inner);
    let mut chars = inner.trim_end_matches('类').chars();
    matches!(chars.next(), Some('A'..='D')) && chars.all(|c| c.is_ascii_digit())
}

/// 索引号：…, 来源：…, 发布时间：…: what a site prints about a document.
pub fn is_label_line(text: &str) -> bool {
    text.len() <= 600 && !text.ends_with('。') && header::label_at(text).is_some_and(|(_, at)| at < text.len())
}

/// 第32号, 2022年第5号, 〔2021〕15号, 五届第7号 under the name of a 令, a 公告 or a 纪要, which is the rest of the number.
pub fn is_ordinal_line(text: &str) -> bool {
    ordinal_of_line(text).is_some()
}

/// 第12期, 〔2023〕第17期 under the name of minutes, which count their issues.
pub fn is_issue_line(text: &str) -> bool {
    let packed: String = text.chars().filter(|c| !c.is_whitespace()).take(24).collect();
    let Some(body) = unbracketed(&packed).unwrap_or(&packed).strip_suffix('期') else { return false };
    let counted = |digits: &str| crate::numeral::value(digits).is_some();
    body.rsplit_once('第').is_some_and(|(year, count)| {
        let inner = year.trim_matches(|c| "〔〕[]（）()年".contains(c));
        counted(count) && (inner.is_empty() || counted(inner))
    })
}

/// The ordinal that is all of a line, without blanks and brackets around it.
pub fn ordinal_of_line(text: &str) -> Option<String> {
    // No ordinal is longer, and every line passes here.
    if text.len() > 90 || !text.trim_end_matches(['）', ')', ' ']).ends_with('号') {
        return None;
    }
    let packed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let inner = unbracketed(&packed).unwrap_or(&packed);
    let body = inner.strip_suffix('号')?;
    let counted = |digits: &str| crate::numeral::value(digits).is_some();
    let year = |digits: &str| matches!(crate::numeral::value(digits), Some(1949..=2199));
    // 〔十四届〕第三十二号: congresses count by their term.
    let term = |t: &str| t.trim_start_matches('第').strip_suffix('届').is_some_and(counted);
    let told = match body.strip_prefix('〔').and_then(|b| b.split_once('〕')) {
        Some((y, count)) => (year(y) || term(y)) && counted(count.trim_start_matches('第')),
        None => match body.rsplit_once('第') {
            Some((y, count)) => counted(count) && (y.is_empty() || y.strip_suffix('年').is_some_and(year) || term(y)),
            None => false,
        },
    };
    told.then(|| inner.to_owned())
}

/// The name that an ordinal on line `i` counts by, from the lines right above it, the last of which ends in the word of
/// its form: 海州市财政局 / 公告.
pub fn counted_by<'a>(lines: impl DoubleEndedIterator<Item = &'a str>) -> Option<String> {
    let mut above: Vec<&str> = lines.rev().take(COUNTED_LINES).collect();
    let last = above.first()?;
    let packed = |t: &str| -> String { t.chars().filter(|c| !c.is_whitespace()).collect() };
    if !words::ends_with_any(&packed(last), &HEAD_WORDS.counted) || last.contains("关于") {
        return None;
    }
    let names = above[1..].iter().take_while(|l| is_names(l)).count();
    above.truncate(names + 1);
    above.reverse();
    Some(above.into_iter().map(packed).collect())
}

/// The name that an ordinal counts by stands on at most so many lines: issuers, and the word of the form.
const COUNTED_LINES: usize = 4;

/// 各县（市、区）人民政府，市政府直属各单位：
pub fn is_addressee(text: &str) -> bool {
    let Some(list) = text.strip_suffix(['：', ':']) else { return false };
    if list.chars().count() > 200 || list.contains(['。', '《', '：', ':']) || numbering::number_at(text).is_some() {
        return false;
    }
    let items = elements_of(list);
    items.iter().all(|i| {
        let core = i.trim_end_matches("办公厅（室）").trim_end_matches(['）', ')']).trim_end_matches('等');
        words::ends_as_addressee(core) || core.len() < i.len()
    })
}

/// The items of a list of organs as an official reads it: ， and ； part them and 、 binds tighter; where there is no ，, 、
/// parts them, but not behind 各, which stands before them all (各区民政局、财政局), and not where a piece names no organ
/// (市、县人民政府).
pub fn elements_of(list: &str) -> Vec<String> {
    let commas = top_level(list, &['，', ',', '；', ';', '\u{3000}']);
    if commas.len() > 1 || list.trim_start().starts_with('各') {
        return commas;
    }
    let mut items = Vec::new();
    let mut open = String::new();
    for piece in top_level(list, &['、']) {
        if !open.is_empty() {
            open.push('、');
        }
        open.push_str(&piece);
        let core = open.trim_end_matches(['）', ')', '等']);
        if words::ends_as_addressee(core) {
            items.push(std::mem::take(&mut open));
        }
    }
    if !open.is_empty() {
        items.push(open);
    }
    items
}

/// Splits at `separators` outside brackets.
fn top_level(list: &str, separators: &[char]) -> Vec<String> {
    let mut depth = 0usize;
    let pieces = list.split(|c: char| {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && separators.contains(&c)
    });
    pieces.map(|p| p.trim().to_owned()).filter(|p| !p.is_empty()).collect()
}

/// 附注, who may have the document: （此件公开发布）, （信息公开形式：主动公开）, （此件发至村居）.
pub fn is_disclosure(text: &str) -> bool {
    disclosure(text).is_some()
        || unbracketed(text).is_some_and(|inner| inner.starts_with("此件") && inner.chars().count() <= 24)
}

/// The form of disclosure that a line states.
pub fn disclosure(text: &str) -> Option<&str> {
    let inner = text.trim_start_matches(['（', '(']).trim_end_matches(['）', ')', '。']);
    if inner.chars().count() > 24 {
        return None;
    }
    // 是否同意公开【主动公开】.
    let inner = inner.trim_end_matches(['】', ']']);
    if let Some((label, value)) = inner.split_once(['：', ':', '【', '[']) {
        let said = HEAD_WORDS.disclosure.iter().any(|l| label.contains(l.as_str())) && value.contains("公开");
        return said.then(|| value.trim());
    }
    let plain = HEAD_WORDS.disclosure_plain.iter().any(|w| w == inner);
    (plain || inner.starts_with("此件") && inner.contains("公开")).then_some(inner)
}

/// 附件：1.名单
pub fn is_attachment_note(text: &str) -> bool {
    numbering::number_at(text)
        .is_some_and(|n| n.style == numbering::Style::Attachment && text[..n.len].ends_with(['：', ':']))
        || text.starts_with("附：")
        || text.starts_with("附:")
}

/// 2.名单, in a 附件说明 that began on the line `before` it.
pub fn is_note_item(text: &str, before: &str) -> bool {
    let number = numbering::number_at(text);
    // 附件： alone on its line has the first item on the next.
    let first = is_attachment_note(before) && before.trim_end().ends_with(['：', ':']);
    number.is_some_and(|n| n.style == numbering::Style::Arabic && (n.value > 1 || first))
        && text.chars().count() <= 60
        && !text.contains('。')
}

/// （联系人：何晶　电话：0431-88906382）, 市民政局联系人：何晶.
pub fn is_contact(text: &str) -> bool {
    // Every paragraph passes here.
    if !(text.contains('：') || text.contains(':')) {
        return false;
    }
    let inner = text.trim_start_matches(['（', '(']);
    let head: String = inner.chars().filter(|c| !c.is_whitespace()).take(CONTACT_CHARS).collect();
    let labelled = |w: &String| match head.find(w.as_str()) {
        Some(0) => true,
        Some(at) => words::is_organ_name(&head[..at]) && head[at + w.len()..].starts_with(['：', ':']),
        None => false,
    };
    HEAD_WORDS.contact.iter().any(labelled)
}

/// 电话：010-60000000
fn is_phone(text: &str) -> bool {
    let inner = text.trim_start_matches(['（', '(']);
    inner.len() <= 90
        && words::starts_with_any(inner, &HEAD_WORDS.phone)
        && inner.split_once(['：', ':']).is_some_and(|(_, n)| n.trim_start().starts_with(|c: char| c.is_ascii_digit()))
}

/// The label 联系人 stands in the first so many characters, the name of a body before it.
const CONTACT_CHARS: usize = 24;

fn is_review(text: &str) -> bool {
    let packed: String = text.chars().filter(|c| !c.is_whitespace()).take(6).collect();
    words::starts_with_any(&packed, &HEAD_WORDS.review)
}

/// 某市人民政府办公室　2018年6月4日印发
fn is_printed(text: &str) -> bool {
    text.chars().count() <= 60 && text.ends_with("印发") && printed(text).is_some()
}

/// The organ and the date of a 印发 line.
pub fn printed(text: &str) -> Option<(&str, jiff::civil::Date)> {
    let body = text.strip_suffix("印发")?.trim_end();
    let year = body.rfind('年')?;
    // The digits before 年, of whichever script.
    let start = body[..year]
        .char_indices()
        .rev()
        .take_while(|(_, c)| crate::numeral::digit(*c).is_some() || c.is_whitespace())
        .last()
        .map(|(i, _)| i)?;
    let date = body[start..].trim_start();
    let (found, len) = date::date(date)?;
    date[len..].trim().is_empty().then(|| (body[..start].trim(), found))
}
