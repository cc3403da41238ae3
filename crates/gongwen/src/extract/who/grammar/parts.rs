//! The parts of an inside that say something of the names before them: runs of role words, 等 and its class, times.

use std::ops::Range;

use super::Parser;
use super::phrases::{ends_transitive, role_run};
use crate::extract::when::{self, Deadline, Extent};
use crate::extract::who::rules::{first_leads, is_position, standing};
use crate::extract::who::words::{ROLES, Role, WORDS, bears};
use crate::labels::{Label, label_at};
use crate::wordlist::{ends_with, starts_with};

impl Parser<'_> {
    /// A run of role words at the cursor, with the names before it.
    pub(super) fn roles(&mut self) -> bool {
        let Some((role, end)) = role_run(self.text, self.at) else { return false };
        let mut stop = end;
        if !self.boundary(end) {
            // 市财政局负责资金保障: the organ's own task follows, up to the next comma.
            let transitive = ends_transitive(self.text, self.at, end);
            if !transitive || starts_with(&self.text[end..], &WORDS.noun) || !self.organ_just_read() {
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
        if role == Role::Lead && with.is_none() && self.label.is_none() && self.comma > 0 && self.comma < own.len() {
            // A、B、C，A牵头: who is named again leads, the others are responsible.
            let again = own.split_off(self.comma);
            let said = |r: &Range<usize>| &self.text[r.clone()];
            if again.iter().all(|a| own.iter().any(|o| said(o) == said(a))) {
                own.retain(|o| !again.iter().any(|a| said(o) == said(a)));
                self.group(Role::Responsible, &own);
                own = again;
            } else {
                own.extend(again);
            }
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

    /// What a rule for later clauses asks of its names in words that give no role by themselves: 推进, 抓好.
    pub(super) fn standing_task(&mut self) -> bool {
        let from = self.at;
        if !self.only_neutral() {
            return false;
        }
        let end = std::mem::replace(&mut self.at, from);
        self.end_piece();
        let names = std::mem::take(&mut self.names);
        self.comma = 0;
        self.group(Role::Implement, &names);
        self.at = end;
        true
    }

    /// Passes words that give no role and end the part: 会同市财政局完成.
    pub(super) fn only_neutral(&mut self) -> bool {
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
    pub(super) fn boundary(&self, end: usize) -> bool {
        let Some(next) = self.text[end..].chars().next() else { return true };
        next.is_whitespace()
            || "、，,；;。：:（(〔［[【)）〕/／".contains(next)
            || matches!(ROLES.at(self.text, end), Some((Role::With | Role::Ditto, _)))
            || standing(self.text, end).is_some()
            || is_position(self.text, end) && first_leads(self.text, end).is_some()
    }

    /// 等, 等部门, 等11个单位, 等市直有关部门.
    pub(super) fn etc(&mut self) -> bool {
        /// Longest class after 等, in characters.
        const CLASS: usize = 12;
        let after = self.at + WORDS.etc.len_utf8();
        let mut end = after;
        if !self.boundary(after) && role_run(self.text, after).is_none() {
            let class = self.text[after..].char_indices().take(CLASS + 1).find_map(|(i, _)| {
                let here = after + i;
                (i > 0
                    && ends_with(&self.text[after..here], &WORDS.others)
                    && (self.boundary(here) || ROLES.at(self.text, here).is_some()))
                .then_some(here)
            });
            let whole = &self.text[after..];
            let whole = whole.chars().count() <= CLASS && bears(whole);
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
    pub(super) fn time(&mut self) -> bool {
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
            if said.chars().count() > MATTER || bears(said) || ROLES.occurs(said, |r| !is_matter(r)) {
                return false;
            }
            end += words;
        }
        self.due(time);
        self.at = end;
        true
    }

    /// Of several the latest counts: 9月底前出台方案，12月底前完成.
    pub(super) fn due(&mut self, due: Deadline) {
        if self.out.due.is_none_or(|d| d.due.is_some() && d.due < due.due) {
            self.out.due = Some(due.in_block(self.block));
        }
    }
}
