//! Names as they are read, and what becomes of them where a part ends.

use std::ops::Range;

use super::Parser;
use super::phrases::role_run;
use crate::Span;
use crate::extract::kit::brackets;
use crate::extract::kit::organ::{own_head, places_on, places_only, shares_each, shares_head};
use crate::extract::kit::trimmed;
use crate::extract::who::parsed::Group;
use crate::extract::who::words::{Role, WORDS, bears};
use crate::labels::Label;
use crate::scan::is_han;
use crate::wordlist::ends_with;

impl Parser<'_> {
    /// A bracket within the inside belongs to the name before it, unless it says that name's role: 市民政局（牵头）.
    pub(super) fn bracket(&mut self, c: char) {
        let open = self.at;
        let close = brackets::close_of(self.text, open);
        let Some(close) = close else {
            // Never closed: the bracket is only a character.
            self.piece.get_or_insert(open);
            self.at += c.len_utf8();
            return;
        };
        let inside = open + c.len_utf8()..close.start;
        self.at = close.end;
        let words = trimmed(self.text, inside);
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

    pub(super) fn end_piece(&mut self) {
        if let Some(p) = self.piece.take() {
            self.push(p..self.at);
        }
    }

    pub(super) fn push(&mut self, range: Range<usize>) {
        let range = trimmed(self.text, range);
        if !self.text[range.clone()].contains(is_han) {
            // *为牵头单位: a mark is nobody.
            return self.lose(range);
        }
        self.names.push(range);
    }

    /// Ends a part: what a label introduced is its, what nothing claims is left over.
    pub(super) fn end_part(&mut self, last: bool) {
        self.end_piece();
        let mut names = std::mem::take(&mut self.names);
        let with = self.with.take();
        self.comma = 0;
        let leads = |l: Label| matches!(l.role(), Some(Role::Lead | Role::Responsible | Role::Joint));
        if let Some(label) = self.label.filter(|l| with.is_none() || !leads(*l)) {
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
            } else if (!self.out.groups.is_empty() || self.almost_labelled())
                && self.out.groups.iter().all(|g| matches!(g.role, Role::Joint | Role::Responsible))
                && waiting.iter().all(|name| bears(&self.text[name.clone()]))
            {
                // A；B、C按职责分工负责: who stands apart without a word is responsible as well.
                self.group(Role::Responsible, &waiting);
            } else {
                waiting.into_iter().for_each(|name| self.lose(name));
            }
        }
        self.open &= !last && !self.waiting.is_empty();
    }

    /// True where nothing was lost but what looks like a label that is spelled wrong: 责任位：.
    fn almost_labelled(&self) -> bool {
        let lost = self.out.unparsed.iter().filter_map(|s| self.text.get(s.range()));
        lost.clone().next().is_some()
            && lost.into_iter().all(|w| WORDS.almost.iter().any(|a| w.starts_with(a.as_str())))
    }

    pub(super) fn by_label(&mut self, label: Label, names: &[Range<usize>]) {
        match label.role() {
            Some(role) => self.group(role, names),
            // 责任人：张三 is understood; it says nothing of organs.
            None if matches!(label, Label::Person | Label::Note | Label::Ordinal) => {}
            None => names.iter().for_each(|n| self.lose(n.clone())),
        }
    }

    pub(super) fn group(&mut self, role: Role, names: &[Range<usize>]) {
        let names = self.whole_names(names);
        if !names.is_empty() {
            let open = std::mem::take(&mut self.open);
            let standing = std::mem::take(&mut self.standing);
            self.out.open_ended |= open;
            self.out.groups.push(Group { role, names, standing, open });
        }
    }

    pub(super) fn lose(&mut self, range: Range<usize>) {
        let range = trimmed(self.text, range);
        if !range.is_empty() {
            self.out.unparsed.push(Span::new(self.block, range));
        }
    }

    /// Puts names together again whose head word stands only after the last: 各市、县人民政府, 财政、民政部门,
    /// 杭州市、宁波市、湖州市人民政府; and places after one 各: 各区、县级市.
    pub(super) fn whole_names(&self, names: &[Range<usize>]) -> Vec<Span> {
        let mut whole: Vec<Range<usize>> = Vec::with_capacity(names.len());
        // Whether the name after the one looked at is joined with the one before it; from the last to the first.
        let mut with_next = false;
        for (i, name) in names.iter().enumerate().rev() {
            let joined = names.get(i + 1).is_some_and(|next| {
                let gap = self.text[name.end..next.start].trim();
                let this = &self.text[name.clone()];
                let next = &self.text[next.clone()];
                // 各区、开发区管委会: places have no 管委会.
                let head = !bears(this) || places_only(this) && !own_head(next);
                let chain = with_next && !bears(this) && !bears(next);
                let side_by_side = gap == "、" || WORDS.joins.iter().any(|w| w == gap);
                // 各乡镇党委、政府
                let both = ends_with(this, &WORDS.committees) && WORDS.joined.iter().any(|w| w == next);
                side_by_side
                    && (both || head && shares_head(next) || chain || shares_each(this, next) || places_on(this, next))
            });
            match whole.last_mut() {
                Some(last) if joined => last.start = name.start,
                _ => whole.push(name.clone()),
            }
            with_next = joined;
        }
        whole.into_iter().rev().map(|r| Span::new(self.block, r)).collect()
    }
}
