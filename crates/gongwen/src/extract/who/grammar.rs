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

use std::ops::Range;

use super::phrases::{ends_transitive, role_run};
use super::words::{ROLES, Role};
use crate::Span;
use crate::extract::kit::organ::{acts, places_only, shares_each, shares_head};
use crate::extract::when::{self, Context, Deadline, Extent};
use crate::labels::{Label, label_at};

/// Names under one role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    /// Lead, Support, Joint, Implement or Responsible.
    pub(super) role: Role,
    pub(super) names: Vec<Span>,
    /// True where the names are declared for the later clauses as well.
    pub(super) standing: bool,
    /// True where 等 follows the names.
    pub(super) open: bool,
}

/// What the words of an annotation say before roles are settled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parsed {
    pub(super) groups: Vec<Group>,
    /// Names without any role word, where there is nothing but names.
    pub(super) bare: Vec<Span>,
    pub(super) open_ended: bool,
    pub(super) due: Option<Deadline>,
    /// 列第一位者为牵头单位 is said here.
    pub(super) first_leads: bool,
    /// 下同 is said here.
    pub(super) ditto: bool,
    /// Words that have no place.
    pub(super) unparsed: Vec<Span>,
}

impl Parsed {
    /// All names of all groups.
    pub(super) fn names(&self) -> impl Iterator<Item = &Span> {
        self.groups.iter().flat_map(|g| &g.names).chain(&self.bare)
    }

    /// Takes in what another line of the same assignment says.
    pub(super) fn absorb(&mut self, other: Parsed) {
        self.groups.extend(other.groups);
        self.bare.extend(other.bare);
        self.open_ended |= other.open_ended;
        self.due = self.due.or(other.due);
        self.first_leads |= other.first_leads;
        self.ditto |= other.ditto;
        self.unparsed.extend(other.unparsed);
    }
}

/// Longest inside that is read, in bytes; a longer one assigns nothing and is kept as unparsed.
pub(super) const LONGEST: usize = 6000;
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
    parser.out
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
                let ends = |p: usize| acts(&self.text[p..self.at]) || label_at(self.text, next).is_some();
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
                // A head that is no known label: 分工安排：.
                if let Some(p) = self.piece.take() {
                    self.lose(p..self.at);
                }
                self.at += c.len_utf8();
            }
            '（' | '(' | '〔' | '［' | '[' | '【' => self.bracket(c),
            _ => self.word(c),
        }
    }

    fn separate(&mut self, c: char) {
        self.end_piece();
        self.at += c.len_utf8();
    }

    /// A bracket within the inside belongs to the name before it, unless it says that name's role: 市民政局（牵头）.
    fn bracket(&mut self, c: char) {
        let open = self.at;
        let mut depth = 0usize;
        let close = self.text[open..].char_indices().find(|&(_, c)| {
            match c {
                '（' | '(' | '〔' | '［' | '[' | '【' => depth += 1,
                '）' | ')' | '〕' | '］' | ']' | '】' => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        let Some((close, closing)) = close else {
            // Never closed: the bracket is only a character.
            self.piece.get_or_insert(open);
            self.at += c.len_utf8();
            return;
        };
        let inside = open + c.len_utf8()..open + close;
        self.at = open + close + closing.len_utf8();
        let words = crate::extract::kit::trimmed(self.text, inside);
        if let Some((role, end)) = role_run(self.text, words.start)
            && end == words.end
            && (self.piece.is_some() || !self.names.is_empty())
        {
            if let Some(p) = self.piece.take() {
                self.push(p..open);
            }
            let own = self.names.split_off(self.names.len().saturating_sub(1));
            self.comma = self.comma.min(self.names.len());
            self.group(role, &own);
            self.marked = true;
        } else {
            self.piece.get_or_insert(open);
        }
    }

    fn word(&mut self, c: char) {
        let at = self.at;
        if self.piece.is_none() {
            if let Some((label, end)) = label_at(self.text, at) {
                self.end_part(true);
                self.label = Some(label);
                // 责任单位（列第一位的为牵头单位）：
                self.out.first_leads |= ROLES.occurs(&self.text[at..end], |r| r == Role::First);
                self.at = end;
                return;
            }
            if let Some((Role::Standing, len)) = ROLES.at(self.text, at) {
                self.standing = true;
                self.at += len;
                return;
            }
            if self.time() {
                return;
            }
            if let Some(skip) = ["由", "请", "其中"].into_iter().find(|w| self.text[at..].starts_with(w)) {
                self.at += skip.len();
                return;
            }
        }
        match ROLES.at(self.text, at) {
            Some((Role::First, len)) => {
                self.end_piece();
                self.out.first_leads = true;
                self.at += len;
                return;
            }
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
            Some(_) if self.roles() => return,
            Some((Role::Neutral, _)) if self.piece.is_none() && !self.names.is_empty() && self.only_neutral() => return,
            _ => {}
        }
        if c == '等' && self.organ_just_read() && self.etc() {
            return;
        }
        if let Some(join) = ["以及", "和", "与", "及", "或"].into_iter().find(|w| self.text[at..].starts_with(w))
            && self.piece.is_some_and(|p| acts(&self.text[p..at]))
            // 各区县党委和政府
            && !["政府", "人民政府"].iter().any(|w| self.text[at + join.len()..].starts_with(w))
        {
            self.end_piece();
            self.at += join.len();
            return;
        }
        self.piece.get_or_insert(at);
        self.at += c.len_utf8();
    }

    /// True where the 商 at byte `at` begins a name (商务厅, 商丘市) instead of saying with whom.
    fn names_trade(&self, at: usize) -> bool {
        let Some(rest) = self.text[at..].strip_prefix('商') else { return false };
        let begins_name = self.piece.is_none() && !rest.starts_with('请');
        begins_name || rest.starts_with(['务', '业', '贸'])
    }

    /// True where what was read last, a piece or a whole name, is an organ's name.
    fn organ_just_read(&self) -> bool {
        let last = self.piece.map(|p| p..self.at).or_else(|| self.names.last().cloned());
        last.is_some_and(|r| acts(self.text[r].trim_end()))
    }

    /// A run of role words at the cursor, with the names before it.
    fn roles(&mut self) -> bool {
        let Some((role, end)) = role_run(self.text, self.at) else { return false };
        let next = self.text[end..].chars().next();
        let mut stop = end;
        if !self.boundary(end) {
            // 市财政局负责资金保障: the organ's own task follows, up to the next comma.
            let transitive = ends_transitive(self.text, self.at, end);
            if !transitive || matches!(next, Some('的' | '人' | '制')) || !self.organ_just_read() {
                return false;
            }
            let rest = &self.text[end..];
            stop = end + rest.find(['，', '；', ',', ';', '。']).unwrap_or(rest.len());
        }
        if self.piece.is_none() && self.names.is_empty() && self.label.is_none() {
            // A role without anyone to bear it, after a comma: A牵头，负责落实.
            self.lose(self.at..end);
            self.at = end;
            return true;
        }
        self.end_piece();
        if stop > end {
            self.lose(end..stop);
        }
        let mut own = std::mem::take(&mut self.names);
        let with = self.with.take();
        if let Some(label) = self.label.filter(|_| self.comma > 0 && self.comma < own.len()) {
            // 牵头单位：A，B配合: what stands before the comma is the label's.
            let rest = own.split_off(self.comma);
            self.by_label(label, &own);
            own = rest;
        }
        self.comma = 0;
        match with {
            Some(n) => {
                let n = n.min(own.len());
                let (main, others) = own.split_at(n);
                let (main, others) = (main.to_vec(), others.to_vec());
                let main_role = if matches!(role, Role::Responsible | Role::Joint) { Role::Lead } else { role };
                self.group(main_role, &main);
                self.group(Role::Support, &others);
            }
            None => self.group(role, &own),
        }
        self.at = stop;
        true
    }

    /// Passes words that give no role and end the part: 会同市财政局完成.
    fn only_neutral(&mut self) -> bool {
        let mut end = self.at;
        while let Some((Role::Neutral, len)) = ROLES.at(self.text, end) {
            end += len;
        }
        let passes = self.boundary(end);
        if passes {
            self.at = end;
        }
        passes
    }

    /// True where no name goes on at byte `end`.
    fn boundary(&self, end: usize) -> bool {
        let Some(next) = self.text[end..].chars().next() else { return true };
        next.is_whitespace()
            || "、，,；;。：:（(〔［[【)）〕/／".contains(next)
            || matches!(ROLES.at(self.text, end), Some((Role::With | Role::Ditto | Role::First | Role::Standing, _)))
    }

    /// 等, 等部门, 等11个单位, 等市直有关部门.
    fn etc(&mut self) -> bool {
        /// Longest class after 等, in characters.
        const CLASS: usize = 12;
        let after = self.at + '等'.len_utf8();
        let mut end = after;
        if !self.boundary(after) && role_run(self.text, after).is_none() {
            let class = self.text[after..].char_indices().take(CLASS + 1).find_map(|(i, _)| {
                let here = after + i;
                (i > 0
                    && ["部门", "单位", "机构", "厅局", "委局", "局"]
                        .iter()
                        .any(|w| self.text[after..here].ends_with(w))
                    && (self.boundary(here) || ROLES.at(self.text, here).is_some()))
                .then_some(here)
            });
            let whole = &self.text[after..];
            let whole = whole.chars().count() <= CLASS && acts(whole);
            match class {
                Some(here) => end = here,
                None if whole => end = self.text.len(),
                None => return false,
            }
        }
        self.end_piece();
        self.open = true;
        self.at = end;
        true
    }

    /// A deadline among the names: A牵头，2018年12月底前完成.
    fn time(&mut self) -> bool {
        if self.label == Some(Label::Due) {
            // 2018年底前完成，并长期坚持: up to what parts one label from the next.
            let rest = &self.text[self.at..];
            let parts = |(i, c): (usize, char)| match c {
                '；' | ';' | '。' => true,
                '，' | ',' | ' ' | '\u{3000}' => label_at(rest, i + c.len_utf8()).is_some(),
                _ => false,
            };
            let len = rest.char_indices().find(|&(i, c)| parts((i, c))).map_or(rest.len(), |(i, _)| i);
            let cell = when::cell(&self.text[..self.at + len][self.at..], self.context);
            if let Some(due) = cell {
                self.due(due.shifted(self.at));
            }
            self.at += len;
            return true;
        }
        /// Longest words on what is to be reached, in characters.
        const MATTER: usize = 12;
        let is_matter = |r| matches!(r, Role::Neutral | Role::Implement);
        let Some(time) = when::at(self.text, self.at, self.context) else { return false };
        if time.extent == Extent::Since {
            return false;
        }
        let mut end = time.text.end;
        // 完成, 出台方案: what is to be reached by then is the clause's own matter.
        if !self.boundary(end) {
            let rest = &self.text[end..];
            let words = rest.find(['，', ',', '；', ';', '。', '、', ' ', '\u{3000}']).unwrap_or(rest.len());
            let said = &rest[..words];
            if said.chars().count() > MATTER || acts(said) || ROLES.occurs(said, |r| !is_matter(r)) {
                return false;
            }
            end += words;
        }
        self.due(time);
        self.at = end;
        true
    }

    /// Of several the latest counts: 9月底前出台方案，12月底前完成.
    fn due(&mut self, due: Deadline) {
        if self.out.due.is_none_or(|d| d.due.is_some() && d.due < due.due) {
            self.out.due = Some(due.in_block(self.block));
        }
    }

    fn end_piece(&mut self) {
        if let Some(p) = self.piece.take() {
            self.push(p..self.at);
        }
    }

    fn push(&mut self, range: Range<usize>) {
        let range = crate::extract::kit::trimmed(self.text, range);
        if !range.is_empty() {
            self.names.push(range);
        }
    }

    /// Ends a part: what a label introduced is its, what nothing claims is left over.
    fn end_part(&mut self, last: bool) {
        self.end_piece();
        let mut names = std::mem::take(&mut self.names);
        let with = self.with.take();
        self.comma = 0;
        if let Some(label) = self.label {
            self.by_label(label, &names);
        } else if let Some(n) = with {
            let (main, others) = names.split_at(n.min(names.len()));
            let (main, others) = (main.to_vec(), others.to_vec());
            self.group(Role::Lead, &main);
            self.group(Role::Support, &others);
        } else if self.marked && !names.is_empty() {
            // A（牵头）、B、C: the mark tells A apart from the others, who share the rest.
            self.group(Role::Responsible, &names);
        } else {
            self.waiting.append(&mut names);
        }
        if last {
            let waiting = std::mem::take(&mut self.waiting);
            if self.out.groups.is_empty() && self.out.unparsed.is_empty() {
                let bare = self.whole_names(&waiting);
                self.out.open_ended |= self.open && !bare.is_empty();
                self.out.bare.extend(bare);
            } else {
                waiting.into_iter().for_each(|name| self.lose(name));
            }
        }
        self.open &= !last && !self.waiting.is_empty();
    }

    fn by_label(&mut self, label: Label, names: &[Range<usize>]) {
        match label.role() {
            Some(role) => self.group(role, names),
            // 责任人：张三 is understood; it says nothing of organs.
            None if matches!(label, Label::Person | Label::Note | Label::Ordinal) => {}
            None => names.iter().for_each(|n| self.lose(n.clone())),
        }
    }

    fn group(&mut self, role: Role, names: &[Range<usize>]) {
        let names = self.whole_names(names);
        if !names.is_empty() {
            let open = std::mem::take(&mut self.open);
            let standing = std::mem::take(&mut self.standing);
            self.out.open_ended |= open;
            self.out.groups.push(Group { role, names, standing, open });
        }
    }

    fn lose(&mut self, range: Range<usize>) {
        let range = crate::extract::kit::trimmed(self.text, range);
        if !range.is_empty() {
            self.out.unparsed.push(Span::new(self.block, range));
        }
    }

    /// Puts names together again whose head word stands only after the last: 各市、县人民政府, 财政、民政部门.
    fn whole_names(&self, names: &[Range<usize>]) -> Vec<Span> {
        let mut whole: Vec<Range<usize>> = Vec::with_capacity(names.len());
        let mut joined = false;
        for (i, name) in names.iter().enumerate() {
            match whole.last_mut() {
                Some(last) if joined => last.end = name.end,
                _ => whole.push(name.clone()),
            }
            joined = names.get(i + 1).is_some_and(|next| {
                let gap = self.text[name.end..next.start].trim();
                let this = &self.text[name.clone()];
                let next = &self.text[next.clone()];
                // 各区、开发区管委会: places have no 管委会.
                let head = !acts(this) || places_only(this) && !next.ends_with("管委会");
                matches!(gap, "、" | "和" | "与" | "及") && (head && shares_head(next) || shares_each(this, next))
            });
        }
        whole.into_iter().map(|r| Span::new(self.block, r)).collect()
    }
}
