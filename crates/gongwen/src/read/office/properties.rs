//! 格式: what the style of a paragraph and of its characters says that matters for its text.

/// What is said of a paragraph; `None` is for the style that it is based on to say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ParagraphStyle {
    /// The list that numbers it; 0 takes it out of the one of its style.
    pub list: Option<i64>,
    /// Its level there, from 0.
    pub level: Option<usize>,
    /// Its level in the outline, from 0; 9 is body text.
    pub outline: Option<u8>,
    /// Set in the middle.
    pub centred: Option<bool>,
    /// It begins a page.
    pub page_break: Option<bool>,
}

impl ParagraphStyle {
    /// What is said here, and where nothing is, by `base`.
    pub fn over(self, base: ParagraphStyle) -> ParagraphStyle {
        ParagraphStyle {
            list: self.list.or(base.list),
            level: self.level.or(base.level),
            outline: self.outline.or(base.outline),
            centred: self.centred.or(base.centred),
            page_break: self.page_break.or(base.page_break),
        }
    }

    /// The level of a heading, 1 the highest.
    pub fn heading(self) -> Option<u8> {
        self.outline.filter(|o| *o < 9).map(|o| o + 1)
    }
}

/// What is said of characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunStyle {
    /// Bold.
    pub bold: Option<bool>,
    /// Hidden.
    pub hidden: Option<bool>,
    /// The font of characters that are not Chinese: where signs are taken from.
    pub font: Option<String>,
}

impl RunStyle {
    /// What is said here, and where nothing is, by `base`.
    pub fn over(&self, base: &RunStyle) -> RunStyle {
        RunStyle {
            bold: self.bold.or(base.bold),
            hidden: self.hidden.or(base.hidden),
            font: self.font.clone().or_else(|| base.font.clone()),
        }
    }
}

/// The level in the outline, from 0, of a built-in heading style by its name: heading 1, 标题 2.
pub fn outline_of_name(name: &str) -> Option<u8> {
    let name = name.trim().to_lowercase();
    let level = name.strip_prefix("heading").or_else(|| name.strip_prefix("标题"))?.trim();
    level.parse::<u8>().ok().filter(|n| (1..=9).contains(n)).map(|n| n - 1)
}

/// Whether all characters of a paragraph are bold.
#[derive(Clone, Copy, Debug, Default)]
pub struct Emphasis {
    bold: bool,
    plain: bool,
}

impl Emphasis {
    /// Some characters more.
    pub fn push(&mut self, text: &str, bold: bool) {
        if !text.trim().is_empty() {
            self.bold |= bold;
            self.plain |= !bold;
        }
    }

    /// True where all are bold.
    pub fn whole(self) -> bool {
        self.bold && !self.plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_by_name() {
        for (name, level) in [("heading 1", Some(0)), ("标题 3", Some(2)), ("标题", None), ("heading 12", None)] {
            assert_eq!(outline_of_name(name), level, "{name}");
        }
    }
}
