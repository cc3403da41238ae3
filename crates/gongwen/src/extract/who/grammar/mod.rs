//! The grammar of an annotation's inside, of a label line and of a task table's cell.
//!
//! ```text
//! inside  := part (sep part)*
//! part    := names roles | label "：" names | time | "以下均需" names roles | "列第一位者为牵头单位" | "下同"
//! names   := name ("、" | "和" | "，" | blank) name … ["等" [class]] ["会同" names]
//! roles   := a run of role words that ends where a name cannot go on: 牵头 | 按职责分工 负责 | 负责 落实
//! name    := any characters, brackets with what they hold included
//! ```
//!
//! It reads from left to right once and never fails: words it has no place for are kept as `unparsed`.

mod names;
mod parts;
pub(super) mod phrases;

use std::ops::Range;

use super::parsed::{LONGEST, Parsed};
use super::rules::{first_leads, is_position, says_first_leads, standing};
use super::words::{ROLES, Role, WORDS, bears};
use crate::Span;
use crate::extract::kit::organ::{Actor, actor};
use crate::extract::when::Context;
use crate::labels::{Label, head_at, label_at};
use crate::wordlist::{ends_with, starts_with};

/// Reads `range` of `text`, the text of block number `block`. `label` is the column's or the line's.
pub(super) fn parse(block: usize, text: &str, range: Range<usize>, label: Option<Label>, context: Context) -> Parsed {
    let Some(text) = text.get(..range.end) else { return Parsed::default() };
    if range.len() > LONGEST {
        return Parsed { unparsed: vec![Span::new(block, range)], ..Parsed::default() };
    }
    let mut parser = Parser {
        block,
        text,
        at: range.start,
        piece: None,
        names: Vec::new(),
        comma: 0,
        with: None,
        open: false,
        label,
        standing: false,
        marked: false,
        waiting: Vec::new(),
        context,
        out: Parsed::default(),
    };
    while parser.at < text.len() {
        parser.step();
    }
    parser.end_part(true);
    let mut parsed = parser.out;
    parsed.part_side_by_side(text);
    parsed
}

struct Parser<'a> {
    block: usize,
    text: &'a str,
    at: usize,
    /// Where the name that is being read begins.
    piece: Option<usize>,
    /// The names read since the last role or label.
    names: Vec<Range<usize>>,
    /// How many of them stood before the last ，.
    comma: usize,
    /// How many of them stood before 会同.
    with: Option<usize>,
    /// 等 was read after them.
    open: bool,
    label: Option<Label>,
    standing: bool,
    /// A name was marked by a bracket of its own: 市民政局（牵头）.
    marked: bool,
    /// Names of parts that say no role, until it is known whether any part does.
    waiting: Vec<Range<usize>>,
    context: Context,
    out: Parsed,
}

impl Parser<'_> {
    fn step(&mut self) {
        let Some(c) = self.text[self.at..].chars().next() else {
            self.at = self.text.len();
            return;
        };
        match c {
            _ if c.is_whitespace() => {
                let next = self.at + c.len_utf8();
                let ends = |p: usize| bears(&self.text[p..self.at]) || head_at(self.text, next).is_some();
                if self.piece.is_some_and(ends) {
                    self.end_piece();
                }
                self.at = next;
            }
            '、' | '/' | '／' => self.separate(c),
            '，' | ',' => {
                self.separate(c);
                self.comma = self.names.len();
                if matches!(self.label, Some(Label::Due | Label::Person | Label::Note)) {
                    self.end_part(false);
                }
            }
            '；' | ';' | '。' => {
                self.separate(c);
                self.end_part(false);
                // 责任单位：A、B；各市人民政府: the label's list goes on.
                self.label = self.label.filter(|l| c != '。' && l.role().is_some());
            }
            '：' | ':' => {
                // 市教育局：负责学科类; but 分工安排：, a head that is no known label.
                if self.piece.is_some_and(|p| actor(&self.text[p..self.at]) == Actor::Organ) {
                    self.end_piece();
                } else if let Some(p) = self.piece.take() {
                    self.lose(p..self.at);
                }
                self.at += c.len_utf8();
            }
            '（' | '(' | '〔' | '［' | '[' | '【' | '〖' => self.bracket(c),
            _ => self.word(c),
        }
    }

    fn separate(&mut self, c: char) {
        self.end_piece();
        self.at += c.len_utf8();
    }

    fn word(&mut self, c: char) {
        let at = self.at;
        // 牵头部门：市司法局配合部门：市公安局, whose gap was lost.
        if self.organ_just_read() && label_at(self.text, at).is_some() {
            self.end_piece();
        }
        if self.piece.is_none() {
            if let Some((label, end)) = head_at(self.text, at) {
                self.end_part(true);
                self.label = Some(label);
                // 责任单位（列第一位的为牵头单位）：
                self.out.first_leads |= says_first_leads(&self.text[at..end]);
                self.at = end;
                return;
            }
            if let Some(word) = WORDS.chapter.iter().find(|w| self.text[at..].starts_with(w.as_str())) {
                self.out.chapter = true;
                self.at += word.len();
                return;
            }
            if let Some(rule) = standing(self.text, at) {
                // What stands before it is another's: 责任单位：A、B，以下均需各县落实.
                self.end_part(false);
                self.label = None;
                self.standing = rule.later;
                self.at = rule.end;
                return;
            }
            if let Some(end) = first_leads(self.text, at) {
                self.out.first_leads = true;
                self.at = end;
                return;
            }
            if self.time() {
                return;
            }
            // 此项工作由市民政局牵头
            let by = |w: &&String| self.text[at + w.len()..].starts_with(WORDS.by);
            if let Some(this) = WORDS.this.iter().filter(|w| self.text[at..].starts_with(w.as_str())).find(by) {
                self.at += this.len();
                return;
            }
            if let Some(skip) = WORDS.skip.iter().find(|w| self.text[at..].starts_with(w.as_str())) {
                self.at += skip.len();
                return;
            }
        }
        match ROLES.at(self.text, at) {
            Some((Role::Ditto, len)) => {
                self.end_piece();
                self.out.ditto = true;
                self.at += len;
                return;
            }
            Some((Role::With, len)) if self.organ_just_read() && !self.names_trade(at) => {
                self.end_piece();
                self.with = Some(self.names.len());
                self.at += len;
                return;
            }
            // 牵头，会同B: the one who leads is already named.
            Some((Role::With, len)) if self.piece.is_none() && !self.names_trade(at) => {
                self.with = Some(self.names.len());
                self.at += len;
                return;
            }
            Some((_, len)) if self.names_a_body(at, len) => {
                self.at += len;
                return;
            }
            Some(_) if self.roles() => return,
            Some((Role::Neutral, _)) if self.standing && self.organ_just_read() && self.standing_task() => return,
            Some((Role::Neutral, _)) if self.piece.is_none() && !self.names.is_empty() && self.only_neutral() => return,
            _ => {}
        }
        if c == WORDS.etc && (self.organ_just_read() || self.ends_label_list()) && self.etc() {
            return;
        }
        // 技工院校内由人社部门负责: what stands before 由 is no name.
        if c == WORDS.by
            && let Some(p) = self.piece
            && !bears(&self.text[p..at])
            && !ends_with(&self.text[p..at], &WORDS.not_by)
        {
            self.piece = None;
            self.lose(p..at);
            self.at += c.len_utf8();
            return;
        }
        if is_position(self.text, at)
            && self.organ_just_read()
            && let Some(end) = first_leads(self.text, at)
        {
            self.end_piece();
            self.out.first_leads = true;
            self.at = end;
            return;
        }
        if let Some(join) = WORDS.joins.iter().find(|w| self.text[at..].starts_with(w.as_str()))
            && self.piece.is_some_and(|p| bears(&self.text[p..at]))
            // 各区县党委和政府
            && !starts_with(&self.text[at + join.len()..], &WORDS.joined)
            && !self.goes_on_with_bodies(at, at + join.len())
        {
            self.end_piece();
            self.at += join.len();
            return;
        }
        self.piece.get_or_insert(at);
        self.at += c.len_utf8();
    }

    /// True where the role word of `len` bytes at `at` is the end of a name: 各项目牵头单位, 各责任单位.
    fn names_a_body(&self, at: usize, len: usize) -> bool {
        let begun = self.piece.is_some_and(|p| p < at && !bears(&self.text[p..at]));
        begun && {
            let ends = || self.boundary(at + len) || phrases::role_run(self.text, at + len).is_some();
            ends_with(&self.text[at..at + len], &WORDS.bodies) && ends()
        }
    }

    /// True where 和 at byte `at` stands within one class of bodies: 有关部门和单位.
    fn goes_on_with_bodies(&self, at: usize, after: usize) -> bool {
        let class = self.piece.is_some_and(|p| ends_with(&self.text[p..at], &WORDS.bodies));
        let rest = &self.text[after..];
        class
            && WORDS.and_bodies.iter().any(|w| {
                rest.starts_with(w.as_str())
                    && (self.boundary(after + w.len()) || ROLES.at(self.text, after + w.len()).is_some())
            })
    }

    /// True where the list that a label introduced ends here, whatever its last name is: 新材料产业园、青创空间等.
    fn ends_label_list(&self) -> bool {
        let labelled = self.label.is_some_and(|l| l.role().is_some());
        labelled && self.piece.is_some() && self.boundary(self.at + WORDS.etc.len_utf8())
    }

    /// True where the 商 at byte `at` begins a name (商务厅, 商丘市) instead of saying with whom.
    fn names_trade(&self, at: usize) -> bool {
        let Some(rest) = self.text[at..].strip_prefix('商') else { return false };
        let begins_name = self.piece.is_none() && !starts_with(rest, &WORDS.asking);
        begins_name || starts_with(rest, &WORDS.trade)
    }

    /// True where what was read last, a piece or a whole name, is an organ's name.
    fn organ_just_read(&self) -> bool {
        let last = self.piece.map(|p| p..self.at).or_else(|| self.names.last().cloned());
        last.is_some_and(|r| bears(self.text[r].trim_end()))
    }
}
