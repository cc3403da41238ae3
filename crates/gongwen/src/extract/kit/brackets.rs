//! Brackets of every form, with those that the layout put into the wrong place.

use std::borrow::Cow;
use std::ops::Range;

/// True for a bracket that opens.
pub(crate) fn opens(c: char) -> bool {
    matches!(c, '（' | '(' | '〔' | '［' | '[' | '【' | '〖')
}

/// True for a bracket that closes.
pub(crate) fn closes(c: char) -> bool {
    matches!(c, '）' | ')' | '〕' | '］' | ']' | '】' | '〗')
}

/// True where `open` and `close` are of one form, wide or narrow.
pub(crate) fn pair(open: char, close: char) -> bool {
    match open {
        '（' | '(' => matches!(close, '）' | ')'),
        '〔' => close == '〕',
        '［' | '[' => matches!(close, '］' | ']'),
        '【' => close == '】',
        '〖' => close == '〗',
        _ => false,
    }
}

/// The bracket that closes the one at byte `open`: one of its own form, else (（市民政局〕) any.
pub(crate) fn close_of(text: &str, open: usize) -> Option<Range<usize>> {
    let rest = text.get(open..)?;
    let form = rest.chars().next()?;
    let find = |own: &dyn Fn(char) -> bool, other: &dyn Fn(char) -> bool| {
        let mut depth = 0usize;
        rest.char_indices().find_map(|(i, c)| {
            if own(c) {
                depth += 1;
            } else if other(c) {
                depth = depth.saturating_sub(1);
            }
            (depth == 0).then(|| open + i..open + i + c.len_utf8())
        })
    };
    let same = |c: char| opens(c) && (c == form || narrow(c) == narrow(form));
    find(&same, &|c| pair(form, c)).or_else(|| find(&opens, &closes))
}

/// The narrow form of a bracket, so that （ and ( are one.
fn narrow(c: char) -> char {
    match c {
        '（' => '(',
        '［' => '[',
        c => c,
    }
}

/// `name` without closing brackets that close nothing in it: 市场监管局（省知识〕产权局） has one that a page put there.
pub(crate) fn without_strays(name: &str) -> Cow<'_, str> {
    if !name.contains(closes) {
        return Cow::Borrowed(name);
    }
    let mut open: Vec<char> = Vec::new();
    let mut kept = String::with_capacity(name.len());
    for c in name.chars() {
        if opens(c) {
            open.push(c);
        } else if closes(c) {
            match open.iter().rposition(|&o| pair(o, c)) {
                Some(at) => open.truncate(at),
                // （甲] is closed by what closes it.
                None if open.len() == 1 && !name.contains(|x| open.first().is_some_and(|&o| pair(o, x))) => {
                    open.clear()
                }
                None => continue,
            }
        }
        kept.push(c);
    }
    if kept.len() == name.len() { Cow::Borrowed(name) } else { Cow::Owned(kept) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_that_close_nothing() {
        for (printed, name) in [
            ("省市场监管局（省知识〕产权局）", "省市场监管局（省知识产权局）"),
            ("省经信〕厅", "省经信厅"),
            ("市建设局（市规划局)", "市建设局（市规划局)"),
            ("省数据集团〔筹〕", "省数据集团〔筹〕"),
            ("市建设局（市规划局〕", "市建设局（市规划局〕"),
            ("市民政局", "市民政局"),
        ] {
            assert_eq!(without_strays(printed), name);
        }
    }

    #[test]
    fn what_closes_what() {
        let close = |text: &str| close_of(text, 0).map(|r| r.start);
        assert_eq!(close("（甲〕乙）丙"), Some("（甲〕乙".len()));
        assert_eq!(close("（甲〕丙"), Some("（甲".len()));
        assert_eq!(close("（甲（乙）丙"), None);
    }
}
