//! Sentences and their parts, with what stands in brackets, quotes and 《》 told apart.

use std::ops::Range;

use crate::labels::{head_at, label_at};
use crate::numeral::is_chinese_numeral;
use crate::scan::is_arabic;

/// Longest bracket, quotation or title that hides a sentence's end, in bytes.
const HIDDEN: usize = 1200;

/// The stretches of a text that stand in brackets, quotation marks or 《》, outermost only, in order.
pub(crate) struct Hidden(Vec<Range<usize>>);

impl Hidden {
    /// Reads the stretches of `text` from byte `from` on.
    pub(crate) fn of(text: &str, from: usize) -> Hidden {
        let mut pairs: Vec<Range<usize>> = Vec::new();
        let mut open: Vec<(char, usize)> = Vec::new();
        for (i, c) in text.get(from..).unwrap_or("").char_indices().map(|(i, c)| (from + i, c)) {
            match c {
                '（' | '(' | '〔' | '［' | '[' | '【' | '〖' | '《' | '“' | '「' => open.push((c, i)),
                '）' | ')' | '〕' | '］' | ']' | '】' | '〗' | '》' | '”' | '」' => {
                    // What was opened within and never closed is no bracket.
                    let Some(at) = open.iter().rposition(|&(o, _)| pairs_with(o, c)) else { continue };
                    let (_, start) = open[at];
                    open.truncate(at);
                    if i - start <= HIDDEN {
                        while pairs.last().is_some_and(|p| p.start > start) {
                            pairs.pop();
                        }
                        pairs.push(start..i + c.len_utf8());
                    }
                }
                // Nothing reaches over very many open brackets; they are noise.
                _ => {
                    if open.len() > 64 {
                        open.clear();
                    }
                }
            }
        }
        Hidden(pairs)
    }

    /// The stretch that byte `at` stands in.
    pub(crate) fn at(&self, at: usize) -> Option<&Range<usize>> {
        let i = self.0.partition_point(|r| r.end <= at);
        self.0.get(i).filter(|r| r.contains(&at))
    }

    /// True where `range` is hidden as a whole or begins within what is: not for “十四五”期末, which goes on.
    pub(crate) fn hides(&self, range: Range<usize>) -> bool {
        self.at(range.start).is_some_and(|h| h.start < range.start || h.end >= range.end)
    }

    /// The pieces of `range` between the characters that `of` holds true for and that stand in the open. The
    /// characters themselves belong to the piece before them.
    pub(crate) fn split(&self, text: &str, range: Range<usize>, of: impl Fn(char) -> bool) -> Vec<Range<usize>> {
        let mut pieces = Vec::new();
        let mut start = range.start;
        let mut at = range.start;
        while at < range.end {
            if let Some(hidden) = self.at(at) {
                at = hidden.end.min(range.end);
                continue;
            }
            let Some(c) = text[at..].chars().next() else { break };
            // 1,200 is one number, 17:30 one time of day.
            let within = matches!(c, ',' | ':' | '：');
            let grouping =
                within && text[..at].ends_with(is_arabic) && text[at + c.len_utf8()..].starts_with(is_arabic);
            at += c.len_utf8();
            if of(c) && !grouping {
                pieces.push(start..at);
                start = at;
            }
        }
        if start < range.end {
            pieces.push(start..range.end);
        }
        pieces
    }
}

/// `range` without the annotation in brackets that ends it: 比例提高到60%（市能源局牵头，电网公司配合）.
pub(crate) fn without_annotation(hidden: &Hidden, text: &str, range: Range<usize>) -> Range<usize> {
    let bracket = range.end.checked_sub(1).and_then(|at| hidden.at(at)).filter(|h| {
        let words = text.get((*h).clone()).unwrap_or("");
        h.end == range.end
            && h.start > range.start
            && words.starts_with(['（', '(', '〔', '[', '【', '〖'])
            && is_annotation(words)
    });
    match bracket {
        Some(h) => crate::extract::kit::trimmed(text, range.start..h.start),
        None => range,
    }
}

/// True for a bracket that says who does something.
fn is_annotation(words: &str) -> bool {
    let inside = words.trim_matches(|c| "（）()〔〕[]【】〖〗".contains(c));
    let labelled = label_at(inside, 0).is_some_and(|(label, _)| label.assigns());
    labelled || crate::extract::kit::organ::ends_in_role(inside)
}

/// The sentences of `range`; 一是…；二是… are sentences of their own.
pub(crate) fn sentences(hidden: &Hidden, text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    enumerated(hidden, text, prose(text, hidden.split(text, range, ends_sentence)))
}

/// The parts of the sentences of `range` that can stand alone: what ； parts, and what 一是 numbers.
pub(crate) fn parts(hidden: &Hidden, text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    enumerated(hidden, text, prose(text, hidden.split(text, range, ends_part)))
}

/// The pieces without label lines (责任单位：…；完成时限：…。), which [`crate::extract::responsibility`] reads.
fn prose(text: &str, pieces: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut within = false;
    let mut kept = pieces;
    kept.retain(|piece| {
        let start = crate::extract::kit::trimmed(text, piece.clone()).start;
        within |= head_at(text, start).is_some_and(|(label, _)| label.assigns());
        let keep = !within;
        within &= !text.get(piece.clone()).is_some_and(|p| p.trim_end().ends_with(ends_sentence));
        keep
    });
    kept
}

/// Splits pieces before 一是, 二是 … where they follow ： ； or ，.
fn enumerated(hidden: &Hidden, text: &str, pieces: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut split = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let Range { mut start, end } = piece;
        if text.get(start..end).is_some_and(|s| s.contains('是')) {
            for clause in hidden.split(text, start..end, ends_clause) {
                let said = text.get(clause.clone()).unwrap_or("").trim_start();
                if clause.start > start && after_enumerator(said).is_some() {
                    split.push(start..clause.start);
                    start = clause.start;
                }
            }
        }
        split.push(start..end);
    }
    split
}

/// What stands after 一是, 十二是; `None` where `text` begins otherwise.
pub(crate) fn after_enumerator(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(is_chinese_numeral);
    let digits = text.len() - rest.len();
    rest.strip_prefix('是').filter(|_| (3..=9).contains(&digits))
}

/// `range` without 一是, （1） and the like, which number parts of a sentence.
pub(crate) fn skip_marks(text: &str, range: Range<usize>) -> Range<usize> {
    let said = text.get(range.clone()).unwrap_or("");
    let rest = after_enumerator(said).unwrap_or(said);
    crate::extract::kit::trimmed(text, range.end - rest.len()..range.end)
}

fn pairs_with(open: char, close: char) -> bool {
    let round = |c: char| "（(〔［[【〖）)〕］]】〗".contains(c);
    match open {
        '《' => close == '》',
        '“' => close == '”',
        '「' => close == '」',
        _ => round(close),
    }
}

/// True for what ends a sentence.
pub(crate) fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '\n' | '\t')
}

/// True for what ends a part of a sentence that can stand alone.
pub(crate) fn ends_part(c: char) -> bool {
    ends_sentence(c) || matches!(c, '；' | ';')
}

/// True for what ends a clause within a sentence.
pub(crate) fn ends_clause(c: char) -> bool {
    ends_part(c) || matches!(c, '，' | ',' | '：' | ':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts() {
        let text = "建成机构（含护理院；下同）；按照《甲。乙》办理，“优先。”服务。（市民政局负责。）到2020年。";
        let hidden = Hidden::of(text, 0);
        let cut = |of: fn(char) -> bool| -> Vec<&str> {
            hidden.split(text, 0..text.len(), of).into_iter().map(|r| &text[r]).collect()
        };
        let expected =
            ["建成机构（含护理院；下同）；按照《甲。乙》办理，“优先。”服务。", "（市民政局负责。）到2020年。"];
        assert_eq!(cut(ends_sentence), expected);
        assert_eq!(cut(ends_part).len(), 3);
        let text = "做好工作：一是加强监管；二是做好宣传，三是培训。这一是原因。";
        let hidden = Hidden::of(text, 0);
        let cut: Vec<&str> = super::sentences(&hidden, text, 0..text.len()).into_iter().map(|r| &text[r]).collect();
        assert_eq!(cut, ["做好工作：", "一是加强监管；", "二是做好宣传，", "三是培训。", "这一是原因。"]);
    }
}
