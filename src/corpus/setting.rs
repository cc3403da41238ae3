//! 版头、主送、署名、版记: what a plain paragraph is, guessed from where it stands and from the metadata. It decides
//! only how the paragraph is set on a page and how much it counts in a search, never what it says.

use gongwen::BlockKind;

use super::model::Policy;

/// What each paragraph of a document is.
#[derive(Debug)]
pub struct Setting<'a> {
    policy: &'a Policy,
    first_title: Option<usize>,
    /// The first block of 版记.
    imprint: usize,
    addressee: Option<usize>,
}

impl<'a> Setting<'a> {
    /// Looks once over the document.
    pub fn of(policy: &'a Policy) -> Setting<'a> {
        let blocks = &policy.document.blocks;
        let first_title = blocks.iter().position(|b| b.kind == BlockKind::Title);
        let start = first_title.map_or(0, |t| t + 1);
        let imprint = blocks.iter().rposition(|b| b.kind == BlockKind::Rule).filter(|&r| r > start);
        let addressee = blocks
            .iter()
            .enumerate()
            .skip(start)
            .take(4)
            .take_while(|(_, b)| b.heading().is_none())
            .find(|(_, b)| b.kind == BlockKind::Paragraph && b.text.trim_end().ends_with(['：', ':']))
            .map(|(i, _)| i);
        Setting { policy, first_title, imprint: imprint.unwrap_or(blocks.len()), addressee }
    }

    /// True for the document's own title.
    pub fn is_first_title(&self, block: usize) -> bool {
        self.first_title == Some(block)
    }

    /// The title of the one instrument that the document issues or forwards.
    pub fn attached_title(&self) -> Option<usize> {
        let blocks = self.policy.document.blocks.iter().enumerate();
        let mut later = blocks.filter(|(i, b)| b.kind == BlockKind::Title && !self.is_first_title(*i)).map(|(i, _)| i);
        later.next().filter(|_| later.next().is_none())
    }

    /// The class of paragraph number `block`; empty for running text.
    pub fn class(&self, block: usize) -> &'static str {
        let Some(text) = self.policy.document.blocks.get(block).map(|b| b.text.as_str()) else { return "" };
        if self.addressee == Some(block) {
            return "addressee";
        }
        if block > self.imprint {
            return "imprint";
        }
        // Nothing else than running text is this long.
        if text.len() > 300 {
            return "";
        }
        if is_number(text, self.policy.record.number.as_deref()) {
            return "doc-number";
        }
        if self.first_title.is_some_and(|t| block < t) {
            return if text.trim_end().ends_with("文件") { "masthead" } else { "head" };
        }
        if self.is_signature(text) {
            return if self.follows_title(block) { "authors" } else { "signature" };
        }
        if text.trim_start().starts_with("抄送") { "imprint" } else { "" }
    }

    fn follows_title(&self, block: usize) -> bool {
        block
            .checked_sub(1)
            .and_then(|i| self.policy.document.blocks.get(i))
            .is_some_and(|b| b.kind == BlockKind::Title)
    }

    /// A line of nothing but issuers, or of nothing but a date.
    fn is_signature(&self, text: &str) -> bool {
        let issuers = &self.policy.record.issuers;
        let authors = &self.policy.document.meta.attached_issuers;
        let known = |name: &str| issuers.iter().chain(authors).any(|i| compact(i) == name);
        if text.chars().count() <= 20 && is_date(&compact(text)) {
            return true;
        }
        !text.trim().is_empty() && (known(&compact(text)) || text.split_whitespace().all(known))
    }
}

fn compact(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The line is the document's number, in whichever brackets.
fn is_number(text: &str, number: Option<&str>) -> bool {
    let plain = |t: &str| -> String {
        t.chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| match c {
                '(' | '（' | '[' | '［' | '【' => '〔',
                ')' | '）' | ']' | '］' | '】' => '〕',
                c => c,
            })
            .collect()
    };
    number.is_some_and(|n| plain(text) == plain(n))
}

/// 2018年6月4日 or 二〇一八年六月四日, alone.
fn is_date(text: &str) -> bool {
    let digits =
        |t: &str| !t.is_empty() && t.chars().all(|c| c.is_numeric() || "〇○零一二三四五六七八九十".contains(c));
    let Some((year, rest)) = text.split_once('年') else { return false };
    let Some((month, rest)) = rest.split_once('月') else { return false };
    rest.strip_suffix('日').is_some_and(|day| digits(year) && digits(month) && digits(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_numbers() {
        for (text, expected) in
            [("2018年6月4日", true), ("二〇一八年六月四日", true), ("2018年", false), ("到2018年6月4日", false)]
        {
            assert_eq!(is_date(text), expected, "{text}");
        }
        assert!(is_number("吉市政办发(2017) 48号", Some("吉市政办发〔2017〕48号")));
        assert!(!is_number("吉市政办发〔2017〕48号文", Some("吉市政办发〔2017〕48号")));
    }
}
