//! 层次: which paragraphs a number heads, and how deep.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Draft, attachments, merge, roles, split_off};
use crate::document::{BlockKind, Heading};
use crate::numbering::{self, Number, Style};
use crate::wordlist::load;
use crate::words::PARAGRAPHS;
use crate::{date, words};

/// The deepest level, that of `######`.
const DEEPEST: u8 = 6;
/// A heading with no sentence of its own is at most this long, in characters.
pub(super) const HEADING_CHARS: usize = 60;
/// A run-in heading, the first sentence of its paragraph, is at most this long.
const RUN_IN_CHARS: usize = 40;

/// An extract that begins in the middle of a document begins with no higher number.
const EXTRACT: u64 = 20;
/// The phrase that heads an item of an article is at most this long.
const ITEM_CHARS: usize = 12;

/// The caption of an article is at most this long.
const CAPTION_CHARS: usize = 20;

/// No document announces more attachments, and none in more characters: every attachment is looked for in all of them.
const NOTES: usize = 100;
/// See [`NOTES`].
const NOTE_CHARS: usize = 1000;
/// No paragraph holds more numbered clauses; each takes time with the paragraph's length.
const INLINE: usize = 60;

/// Words that tell a heading from a sentence.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    modal: Vec<String>,
    not_modal: Vec<String>,
    refers: Vec<String>,
    refers_not: Vec<String>,
    counts: String,
    contents: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| load("headings.toml", include_str!("../words/headings.toml")));

fn is_punctuation(c: char) -> bool {
    "，。；：！？,;:".contains(c)
}

/// Turns the numbered paragraphs of `drafts` into headings and the text that follows them.
pub(super) fn mark(drafts: Vec<Draft>) -> Vec<Draft> {
    let contents = table_of_contents(&drafts);
    let late = late_runs(&drafts);
    let mut state = State { headed: articles_are_headed(&drafts), ..State::default() };
    let mut out: Vec<Draft> = Vec::with_capacity(drafts.len() * 2);
    let mut queue = drafts.into_iter().enumerate().peekable();
    while let Some((i, draft)) = queue.next() {
        if !draft.is_paragraph() || contents.contains(&i) {
            if draft.block.kind == BlockKind::Title {
                state.new_part();
            }
            state.begun = true;
            out.push(draft);
            continue;
        }
        if date::is_whole(draft.text()) {
            state.closed = true;
        }
        state.begun |= draft.text().ends_with('。');
        if state.noting && roles::is_note_item(draft.text(), last_text(&out).unwrap_or("")) {
            state.note(draft.text());
            out.push(draft);
            continue;
        }
        state.noting = false;
        match numbering::number_at(draft.text()) {
            Some(n) if n.style == Style::Attachment => {
                if !state.heads_attachment(&draft, n) {
                    if roles::is_attachment_note(draft.text()) {
                        state.note(draft.text());
                    }
                    out.push(draft);
                    continue;
                }
                let mut lines = vec![draft];
                if n.len == lines[0].text().len() {
                    lines.extend(queue.next_if(|(_, d)| attachments::is_title(d)).map(|(_, d)| d));
                }
                while let Some((_, next)) = queue.next_if(|(_, d)| attachments::goes_on(&state.announced, &lines, n, d))
                {
                    lines.push(next);
                }
                state.attachment();
                out.push(attachments::heading(lines, n));
            }
            Some(n) if late.contains(&i) || state.accepts(draft.text(), n, last_text(&out)) => {
                // 第一章 over 总则: a division has its name on the next line.
                let alone = n.style.is_statutory() && n.style != Style::Article && n.len == draft.text().len();
                let name = if alone { queue.next_if(|(_, d)| is_division_name(d)) } else { None };
                let draft = match name {
                    Some((_, name)) => merge(&[draft, name], " ", BlockKind::Paragraph),
                    None => draft,
                };
                let follows = queue.peek().map(|(_, d)| d.text().to_owned());
                state.place(draft, n, follows.as_deref(), &mut out);
            }
            _ => match state.set_heading(&draft) {
                Some(level) => out.push(unnumbered(draft, level)),
                None => state.place_text(draft, &mut out),
            },
        }
    }
    out
}

/// A heading that prints no number.
fn unnumbered(mut draft: Draft, level: u8) -> Draft {
    draft.block.kind = BlockKind::Heading(Heading::of(level, draft.text()));
    draft
}

/// The numbers met so far and the clauses that are open.
#[derive(Default)]
struct State {
    /// The clauses that the next one may stand in: style and level.
    open: Vec<(Style, u8)>,
    /// The last value of each style under the clause that holds it, deeper ones forgotten when an outer one begins.
    local: HashMap<Style, u64>,
    /// The last value of each style in this part: second-level numbers of some places run on across chapters.
    running: HashMap<Style, u64>,
    /// A date has closed the part's text.
    closed: bool,
    /// The titles that a 附件说明 announced.
    announced: Vec<String>,
    attachments: u64,
    /// The paragraph before was a 附件说明 or an item of one.
    noting: bool,
    /// A title or a sentence has gone before.
    begun: bool,
    /// Articles begin with a phrase that heads them: 第三条　载体建设。对….
    headed: bool,
}

impl State {
    fn new_part(&mut self) {
        let (announced, attachments) = (std::mem::take(&mut self.announced), self.attachments);
        *self = State { announced, attachments, begun: self.begun, headed: self.headed, ..State::default() };
    }

    fn attachment(&mut self) {
        self.new_part();
        self.attachments += 1;
    }

    fn note(&mut self, text: &str) {
        if self.announced.len() < NOTES {
            self.announced.push(text.chars().take(NOTE_CHARS).collect());
        }
        self.noting = true;
    }

    /// 附件 alone on its line heads an attachment. 附件：名单 is a note of what is attached, unless the text is closed
    /// by then or a note has announced it.
    fn heads_attachment(&self, draft: &Draft, n: Number) -> bool {
        let text = draft.text();
        let rest = text[n.len..].trim();
        if rest.is_empty() {
            let noted = self.attachments > 0 || !self.announced.is_empty();
            return !text[..n.len].ends_with(['：', ':']) || self.closed || noted;
        }
        if rest.chars().count() > HEADING_CHARS || rest.ends_with(['。', '；', '，']) {
            return false;
        }
        let delimited = n.len > n.number_len;
        // 附件：1任务分解清单 begins a list of what is attached.
        if delimited && rest.starts_with(|c: char| c.is_ascii_digit()) && text[..n.len].ends_with(['：', ':']) {
            return false;
        }
        let spaced = text[n.len..].starts_with(char::is_whitespace);
        let announced = self.announced.iter().any(|a| a.contains(attachments::bare(rest)));
        if !delimited && !spaced && !announced {
            return false;
        }
        draft.page_start || announced || (self.closed && self.attachments > 0) || (self.closed && !delimited)
    }

    /// The level of a paragraph that the format sets as a heading and that no number heads. The lines of 版头 and 落款 are
    /// set large too.
    fn set_heading(&mut self, draft: &Draft) -> Option<u8> {
        let level = draft.style.heading?;
        let text = draft.text();
        let plain = text.chars().count() <= HEADING_CHARS
            && !text.ends_with(['。', '；', '，', '：', ':'])
            && numbering::number_at(text).is_none()
            && !date::is_whole(text)
            && !words::is_organ_name(text)
            && !roles::is_number_line(text)
            && !roles::is_masthead(text)
            && !roles::is_label_line(text)
            && !words::starts_with_any(text, &PARAGRAPHS.openings);
        if !plain || !self.begun {
            return None;
        }
        let deepest = self.open.last().map_or(2, |(_, open)| open + 1).min(DEEPEST);
        Some(level.clamp(2, deepest))
    }

    /// True where the number that `text` begins with heads a clause: its value is the next, or it stands at the start
    /// of a whole paragraph and the style is in use.
    fn accepts(&self, text: &str, n: Number, before: Option<&str>) -> bool {
        let rest = &text[n.len..];
        if n.style == Style::Article && refers(rest) {
            return false;
        }
        if n.style == Style::Ideographic && counts(rest, n.value) {
            return false;
        }
        let next = |last: Option<&u64>| last.is_some_and(|l| n.value == l + 1 || (n.inserted && n.value == *l));
        if n.value == 1 || next(self.local.get(&n.style)) || next(self.running.get(&n.style)) {
            return true;
        }
        if n.style.is_statutory() {
            return true;
        }
        // An extract may begin with any number: 三、鼓励就近就业。根据…
        let first = self.running.is_empty() && n.style == Style::Ideographic && n.value <= EXTRACT;
        if first && (n.len + 1..text.trim_end().len()).contains(&heading_end(text, n, false, None)) {
            return true;
        }
        let whole = before
            .is_none_or(|b| b.ends_with(['。', '；', '：', '）', ')', ';', ':']) || b.chars().count() <= RUN_IN_CHARS);
        whole && self.running.contains_key(&n.style)
    }

    /// Level of a clause of this style here; `None` where it would lie deeper than Markdown's headings go.
    fn open(&mut self, n: Number) -> Option<u8> {
        while self.open.last().is_some_and(|(style, _)| *style >= n.style) {
            self.open.pop();
        }
        let level = self.open.last().map_or(2, |(_, level)| level + 1);
        if level > DEEPEST {
            return None;
        }
        self.open.push((n.style, level));
        self.local.retain(|style, _| *style <= n.style);
        self.local.insert(n.style, n.value);
        self.running.insert(n.style, n.value);
        Some(level)
    }

    /// Places a numbered paragraph: its heading, then its text.
    fn place(&mut self, mut draft: Draft, n: Number, follows: Option<&str>, out: &mut Vec<Draft>) {
        let expected = [self.local.get(&n.style), self.running.get(&n.style)];
        let gap = n.value != 1 && !n.inserted && expected.iter().all(|l| l.is_none_or(|l| n.value != l + 1));
        let under_article = self.open.iter().any(|(s, _)| *s == Style::Article) && n.style > Style::Article;
        let Some(level) = self.open(n) else {
            out.push(draft);
            return;
        };
        let phrased = under_article || self.headed && n.style == Style::Article;
        let end = heading_end(draft.text(), n, phrased, follows);
        if gap {
            let printed = &draft.text()[..n.number_len];
            draft.remark = Some(format!("序号“{printed}”与前文不连续"));
        }
        let rest = split_off(&mut draft, end);
        draft.block.kind = BlockKind::Heading(Heading::of(level, draft.text()));
        out.push(draft);
        if !rest.text().is_empty() {
            self.place_text(rest, out);
        }
    }

    /// Places a paragraph that no number heads, but within which numbers may: 。1.… 2.…
    fn place_text(&mut self, mut draft: Draft, out: &mut Vec<Draft>) {
        for _ in 0..INLINE {
            let Some(at) = self.inline_number(draft.text()) else { break };
            let rest = split_off(&mut draft, at);
            if !draft.text().is_empty() {
                out.push(draft);
            }
            let Some(n) = numbering::number_at(rest.text()) else { return out.push(rest) };
            let Some(level) = self.open(n) else { return out.push(rest) };
            draft = rest;
            let end = heading_end(draft.text(), n, false, None);
            let rest = split_off(&mut draft, end);
            draft.block.kind = BlockKind::Heading(Heading::of(level, draft.text()));
            out.push(draft);
            if rest.text().is_empty() {
                return;
            }
            draft = rest;
        }
        out.push(draft);
    }

    /// The place of a number in mid-paragraph that heads a clause: after a full stop (or at the start of what follows a
    /// run-in heading), the next of a series that has a first and a second.
    fn inline_number(&self, text: &str) -> Option<usize> {
        let innermost = self.open.last().map(|(s, _)| *s)?;
        if innermost.is_statutory() {
            return None;
        }
        // Where a style has no second from some place on, it has none later.
        let mut single: Vec<Style> = Vec::new();
        let starts = std::iter::once(0).chain(text.match_indices('。').map(|(i, s)| i + s.len()));
        for at in starts {
            let Some(n) = numbering::number_at(&text[at..]) else { continue };
            let inline = matches!(
                n.style,
                Style::BracketedIdeographic | Style::Arabic | Style::BracketedArabic | Style::Circled
            );
            if !inline || (at == 0 && n.value != 1) {
                continue;
            }
            let may_begin = n.value == 1 && n.style > innermost && !single.contains(&n.style);
            let begins = may_begin && has_second(&text[at + n.len..], n.style);
            if may_begin && !begins {
                single.push(n.style);
            }
            let goes_on = n.value > 1
                && self.local.get(&n.style).is_some_and(|l| l + 1 == n.value)
                && self.open.iter().any(|(s, _)| *s == n.style);
            if begins || goes_on {
                return Some(at);
            }
        }
        None
    }
}

fn has_second(text: &str, style: Style) -> bool {
    text.match_indices('。')
        .any(|(i, s)| numbering::number_at(&text[i + s.len()..]).is_some_and(|n| n.style == style && n.value == 2))
}

/// The paragraphs that begin a run of Arabic numbers which starts later than 1, as where items are counted on through a
/// document that numbers others in another way: 4.…, 5.…, 6.….
fn late_runs(drafts: &[Draft]) -> HashSet<usize> {
    /// So many in a row.
    const RUN: usize = 3;
    let number = |(i, d): (usize, &Draft)| {
        let n = numbering::number_at(d.text()).filter(|n| d.is_paragraph() && n.style == Style::Arabic)?;
        Some((i, n.value, n.len < d.text().trim_end().len()))
    };
    let numbers: Vec<(usize, u64, bool)> = drafts.iter().enumerate().filter_map(number).collect();
    let begins =
        |w: &&[(usize, u64, bool)]| w[0].1 > 1 && w.windows(2).all(|p| p[0].1 + 1 == p[1].1) && w.iter().all(|n| n.2);
    let first = |i: usize| i.checked_sub(1).is_none_or(|b| numbers[b].1 + 1 != numbers[i].1);
    let runs = numbers.windows(RUN).enumerate().filter(|(i, w)| first(*i) && begins(w));
    runs.map(|(_, w)| w[0].0).collect()
}

/// True where articles in a row begin with a phrase of a few characters: in statutes a sentence may be as short, but not
/// one after the other.
fn articles_are_headed(drafts: &[Draft]) -> bool {
    /// So many in a row.
    const ROW: usize = 3;
    let article = |d: &Draft| -> Option<bool> {
        let number = numbering::number_at(d.text()).filter(|n| n.style == Style::Article && d.is_paragraph())?;
        Some(article_phrase(d.text()[number.len..].trim_start()).is_some())
    };
    let mut row = 0;
    drafts.iter().filter_map(article).any(|headed| {
        row = if headed { row + 1 } else { 0 };
        row == ROW
    })
}

/// The bytes of such a phrase.
fn article_phrase(rest: &str) -> Option<usize> {
    /// Longest phrase, in characters.
    const PHRASE: usize = 6;
    item_phrase(rest).filter(|len| rest[..*len].chars().count() <= PHRASE + 1)
}

/// The end of the heading in a numbered paragraph: of its words where it has any, else of the number; `phrased` where a
/// phrase may head it.
fn heading_end(text: &str, n: Number, phrased: bool, follows: Option<&str>) -> usize {
    let start = text.len() - text[n.len..].trim_start().len();
    let rest = &text[start..];
    if n.style == Style::Article {
        // 第一条　推出消费惠民措施 on a line of its own.
        let alone = !rest.is_empty() && rest.chars().count() <= CAPTION_CHARS && !rest.contains(is_punctuation);
        if alone && follows.is_some_and(|f| numbering::number_at(f).is_none_or(|m| m.style > n.style)) {
            return text.len();
        }
        let phrase = || article_phrase(rest).filter(|_| phrased);
        return caption(rest).or_else(phrase).map_or(n.len, |len| start + len);
    }
    if rest.is_empty() {
        return n.len;
    }
    if phrased {
        return item_phrase(rest).map_or(n.len, |len| start + len);
    }
    if let Some(len) = counted_list(rest) {
        return start + len;
    }
    let Some(stop) = rest.find('。') else {
        // The whole paragraph: a heading on a line of its own.
        let long = rest.chars().count() > HEADING_CHARS;
        let unfinished = rest.contains(['；', ';']) || rest.ends_with(['，', '、', ',']);
        return if long || unfinished { n.len } else { text.len() };
    };
    let sentence = &rest[..stop];
    let end = start + stop + '。'.len_utf8();
    let chars = sentence.chars().count();
    if chars == 0 || chars > RUN_IN_CHARS || sentence.contains(['；', ';', '：', ':', '！']) || is_clause(sentence) {
        return n.len;
    }
    // 地区生产总值增长6%。（牵头单位：…）: a sentence with its annotation is text.
    let annotation = text[end..].trim();
    let annotated =
        annotation.starts_with(['（', '(']) && annotation.ends_with(['）', ')']) && annotation.contains(['：', ':']);
    if annotated
        && n.style > Style::BracketedIdeographic
        && (sentence.contains(['，', '%', '％']) || sentence.contains(|c: char| c.is_ascii_digit()))
    {
        return n.len;
    }
    // A sentence that nothing follows is the paragraph's text, not its heading, unless text follows in the next one.
    if end == text.trim_end().len() {
        let closing = |f: &str| {
            words::starts_with_any(f, &PARAGRAPHS.openings) || words::starts_with_any(f, &PARAGRAPHS.closings)
        };
        let sibling = follows.is_none_or(|f| closing(f) || numbering::number_at(f).is_some_and(|m| m.style <= n.style));
        if sibling && n.style > Style::Ideographic && !is_count(sentence) {
            return n.len;
        }
    }
    end
}

/// The bytes of the phrase that heads an item of an article, where text follows it in the same paragraph:
/// （一）落户补贴。在本区登记的企业…. The items of laws are text (（一）停止侵害；).
fn item_phrase(rest: &str) -> Option<usize> {
    let stop = rest.find('。')?;
    let phrase = &rest[..stop];
    let end = stop + '。'.len_utf8();
    let short = (2..=ITEM_CHARS).contains(&phrase.chars().count());
    (short && !phrase.contains(is_punctuation) && !is_clause(phrase) && !rest[end..].trim().is_empty()).then_some(end)
}

/// 知识产权保护方面5项: names a matter and how many things it holds.
fn is_count(text: &str) -> bool {
    let digits = text.trim_end_matches(['项', '个', '条', '类', '件']);
    digits.len() < text.len()
        && digits.chars().next_back().is_some_and(|c| crate::numeral::digit(c).is_some() || c == '十')
}

/// The bytes of a heading that a colon ends, where a list follows in the same paragraph: 知识产权保护方面5项：甲；乙；丙。
fn counted_list(rest: &str) -> Option<usize> {
    let (colon, c) = rest.char_indices().take(CAPTION_CHARS + 1).find(|(_, c)| matches!(c, '：' | ':'))?;
    let list = &rest[colon + c.len_utf8()..];
    (is_count(&rest[..colon]) && !rest[..colon].contains(is_punctuation) && list.contains('；'))
        .then_some(colon + c.len_utf8())
}

/// The bytes of the caption in brackets that an article's text begins with: 第三条【适用范围】, 第三条（适用范围）.
fn caption(rest: &str) -> Option<usize> {
    let close = match rest.chars().next()? {
        '【' => '】',
        '（' => '）',
        '〔' => '〕',
        _ => return None,
    };
    let end = rest.find(close)?;
    let chars = rest[..end].chars().count() - 1;
    let after = rest[end + close.len_utf8()..].trim_start().chars().next()?;
    // （市）、县人民政府 is the text's own bracket.
    ((4..=20).contains(&chars)
        && !rest[..end].contains(['，', '。', '、'])
        && crate::chars::is_cjk(after)
        && !"、，。；和或的".contains(after))
    .then_some(end + close.len_utf8())
}

/// A sentence that says who must do what is text: a heading names its matter and has at most one comma, in the middle
/// of two phrases of a kind (坚持党建引领，强化责任落实).
fn is_clause(sentence: &str) -> bool {
    let commas = sentence.matches(['，', ',']).count();
    let phrases: Vec<usize> = sentence.split(['，', ',']).map(|p| p.chars().count()).collect();
    let balanced = phrases.iter().all(|&n| (2..=16).contains(&n));
    // 关于棉粮挂钩奖售粮的供应价格问题 names a matter, and 供应 holds no 应.
    let matter = sentence.starts_with("关于") && sentence.ends_with("问题");
    let modal = !matter && WORDS.modal.iter().any(|w| contains_word(sentence, w));
    // 全面完成128个小区改造，新增泊位2万个 tells of a task in numbers.
    let counted = sentence.contains(|c: char| c.is_ascii_digit());
    if commas == 0 { modal && sentence.chars().count() > 24 } else { commas > 3 || !balanced || modal || counted }
}

/// True where `sentence` holds `word` and not within one of the words that hold it by chance: 供应, 应急.
fn contains_word(sentence: &str, word: &str) -> bool {
    sentence.match_indices(word).any(|(at, _)| {
        let (before, after) = (&sentence[..at], &sentence[at..]);
        let within =
            |w: &String| w.match_indices(word).any(|(i, _)| before.ends_with(&w[..i]) && after.starts_with(&w[i..]));
        !WORDS.not_modal.iter().any(within)
    })
}

/// 第三条规定的…, 第三条第二款: a reference to an article, not the article.
fn refers(rest: &str) -> bool {
    let rest = rest.trim_start();
    words::starts_with_any(rest, &WORDS.refers) && !words::starts_with_any(rest, &WORDS.refers_not)
}

/// 一、二级医院: the first of two numerals, not a number; but 一、一级土地每平方米….
fn counts(rest: &str, value: u64) -> bool {
    let mut chars = rest.chars();
    let numeral = chars.next().filter(|c| crate::numeral::is_chinese_numeral(*c));
    let next = numeral.and_then(|c| crate::numeral::value(c.encode_utf8(&mut [0; 4]))).is_some_and(|v| v > value);
    next && chars.next().is_some_and(|c| WORDS.counts.contains(c))
}

fn last_text(out: &[Draft]) -> Option<&str> {
    out.last().map(|d| d.text())
}

/// 总则 on the line after 第一章.
fn is_division_name(d: &Draft) -> bool {
    let text = d.text();
    d.is_paragraph()
        && text.chars().count() <= CAPTION_CHARS
        && !text.contains(|c| is_punctuation(c) || "（）()".contains(c))
        && numbering::number_at(text).is_none()
        && !words::starts_with_any(text, &PARAGRAPHS.openings)
}

/// The lines of a 目录: after a line that says so, the lines that stand again further on, or that lead to a page.
fn table_of_contents(drafts: &[Draft]) -> std::ops::Range<usize> {
    let is_heading = |d: &Draft| d.is_paragraph() && WORDS.contents.contains(&d.text().replace([' ', '\u{3000}'], ""));
    let Some(at) = drafts.iter().take(60).position(is_heading) else { return 0..0 };
    let Some(first) = drafts.get(at + 1).map(|d| entry_of(d.text())) else { return 0..0 };
    let led = drafts[at + 1..].iter().take_while(|d| entry_of(d.text()).len() < d.text().len()).count();
    let again = drafts.iter().skip(at + 2 + led.saturating_sub(1)).position(|d| d.text() == first);
    match again {
        Some(n) => at..at + 2 + led.saturating_sub(1) + n,
        None if led > 0 => at..at + 1 + led,
        None => 0..0,
    }
}

/// What a line of a 目录 names: 一、发展基础 of 一、发展基础………2.
fn entry_of(text: &str) -> &str {
    let leads = |c: char| matches!(c, '…' | '.' | '·' | '․' | '‥' | '⋯' | '-' | '—' | '_') || c.is_whitespace();
    let closes = |c: char| matches!(c, '(' | ')' | '（' | '）');
    let paged = text.trim_end_matches(closes).trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(closes);
    let entry = paged.trim_end_matches(leads);
    // One mark may belong to the words.
    if entry.is_empty() || paged.len() == text.len() || paged[entry.len()..].chars().nth(1).is_none() {
        text
    } else {
        entry
    }
}
