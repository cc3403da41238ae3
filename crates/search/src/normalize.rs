//! 归一化: what a printed text is searched as, with a map back to the print.
//!
//! Every character is replaced on its own (`build/characters.rs`: NFKC, lower case, simplified, one shape of brackets and
//! quotation marks), and white space is dropped save between two letters or digits of an alphabet. So a part of a text,
//! normalised by itself, is a part of the normalised text: that is what makes a copied phrase findable.

include!(concat!(env!("OUT_DIR"), "/characters.rs"));

/// What kind of character this is, after normalisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// A Chinese character, part of words.
    Han,
    /// A letter or digit, part of a run that is indexed whole.
    Run,
    /// Punctuation and white space, not indexed.
    Mark,
}

impl Class {
    /// The class of a normalised character.
    pub(crate) fn of(c: char) -> Self {
        match c {
            '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '〇' | '々' | '\u{f900}'..='\u{faff}' => Class::Han,
            '\u{20000}'..='\u{3ffff}' => Class::Han,
            'a'..='z' | '0'..='9' => Class::Run,
            _ if c.is_ascii() => Class::Mark,
            _ if c.is_alphanumeric() => Class::Run,
            _ => Class::Mark,
        }
    }
}

/// What one character is searched as: itself, or the replacement of the table.
fn replacement(c: char) -> Option<&'static str> {
    let code = c as usize;
    let page = *PAGES.get(code >> 8)? as usize;
    let cell = CELLS[page][code & 255] as usize;
    let index = cell.checked_sub(1)?;
    let start = index.checked_sub(1).map_or(0, |before| ENDS[before]) as usize;
    TEXTS.get(start..ENDS[index] as usize)
}

/// A normalised text and where each of its characters was printed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Normalized {
    /// The normalised characters.
    pub chars: Vec<char>,
    /// For each normalised character the byte of the print at which its printed character starts.
    pub starts: Vec<u32>,
}

impl Normalized {
    /// Normalises a text. Texts of more than 4 GiB are cut there.
    pub(crate) fn new(text: &str) -> Self {
        let mut result =
            Normalized { chars: Vec::with_capacity(text.len() / 3), starts: Vec::with_capacity(text.len() / 3) };
        let mut space: Option<u32> = None;
        for (at, c) in text.char_indices() {
            let Ok(at) = u32::try_from(at) else { break };
            if c.is_whitespace() {
                space.get_or_insert(at);
                continue;
            }
            match replacement(c) {
                None => result.push(c, at, &mut space),
                Some(to) => {
                    for c in to.chars() {
                        if c.is_whitespace() {
                            space.get_or_insert(at);
                        } else {
                            result.push(c, at, &mut space);
                        }
                    }
                }
            }
        }
        result
    }

    fn push(&mut self, c: char, at: u32, space: &mut Option<u32>) {
        if let Some(space) = space.take()
            && Class::of(c) == Class::Run
            && self.chars.last().is_some_and(|last| Class::of(*last) == Class::Run)
        {
            self.chars.push(' ');
            self.starts.push(space);
        }
        self.chars.push(c);
        self.starts.push(at);
    }

    /// The index of the first normalised character that was printed at or behind a byte of the print.
    pub(crate) fn at_byte(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| (*start as usize) < byte)
    }

    /// The bytes of the print that a range of normalised characters came from; `text` is the print.
    pub(crate) fn printed(&self, range: std::ops::Range<usize>, text: &str) -> std::ops::Range<usize> {
        let start = self.starts.get(range.start).map_or(text.len(), |start| *start as usize);
        let last = range.end.checked_sub(1).and_then(|last| self.starts.get(last)).map_or(start, |last| *last as usize);
        let end = text.get(last..).and_then(|rest| rest.chars().next()).map_or(text.len(), |c| last + c.len_utf8());
        start..end.max(start)
    }
}

/// What a text is searched as.
pub fn normalize(text: &str) -> String {
    Normalized::new(text).chars.into_iter().collect()
}

/// What a value of a field is compared as: normalised, without marks and spaces, so that 吉市政办发〔2017〕48号 and
/// 吉市政办发 2017 48号 are one.
pub(crate) fn key(text: &str) -> String {
    Normalized::new(text).chars.into_iter().filter(|c| Class::of(*c) != Class::Mark).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_searched_in_one_form() {
        for (print, searched) in [
            ("吉市政办发〔2017〕48号", "吉市政办发(2017)48号"),
            ("吉市政办发［2017］ 48 号", "吉市政办发(2017)48号"),
            ("ＧＢ／Ｔ　9704", "gb/t 9704"),
            ("醫療保障", "医疗保障"),
            ("二○一八年六月", "二〇一八年六月"),
            ("第一条　为了\n规范", "第一条为了规范"),
            ("“放管服”改革", "\"放管服\"改革"),
            ("80％以上", "80%以上"),
            ("㎡", "m2"),
            ("Word 2016 版", "word 2016版"),
            ("零\u{200b}宽", "零宽"),
            ("", ""),
        ] {
            assert_eq!(normalize(print), searched, "{print}");
        }
    }

    #[test]
    fn a_part_is_searched_as_that_part_of_the_whole() {
        let text = "吉林市　２０１８年〔3〕號：GB/T 9704 — 醫保“①②”㎡80％";
        let whole = normalize(text);
        let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        for (i, start) in bounds.iter().enumerate() {
            for end in &bounds[i..] {
                let part = normalize(&text[*start..*end]);
                assert!(whole.contains(&part), "{part}");
            }
        }
    }

    #[test]
    fn the_map_leads_back_to_the_print() {
        let text = "面积 30㎡，見〔2〕";
        let normalized = Normalized::new(text);
        let searched: String = normalized.chars.iter().collect();
        assert_eq!(searched, "面积30m2,见(2)");
        let at = searched.chars().position(|c| c == 'm').unwrap_or_default();
        assert_eq!(&text[normalized.printed(at..at + 2, text)], "㎡");
        assert_eq!(&text[normalized.printed(0..3, text)], "面积 3");
        assert_eq!(normalized.at_byte("面积".len()), 2);
    }
}
