//! What each character is searched as: NFKC, then lower case, then simplified, one character at a time, so that a part
//! of a text is always searched as that part of the whole.

use std::{collections::BTreeMap, error::Error, fmt::Write as _, fs, path::Path};

use ferrous_opencc::{OpenCC, config::BuiltinConfig};
use unicode_normalization::UnicodeNormalization;

/// Characters from here on are searched as they are: the planes behind the first hold no character of official print that
/// has another form, and a table for them would double the size of the browser's engine's.
const END: u32 = 0x1_0000;

/// Marks that are printed in several shapes and are searched as one: (what they are searched as, their shapes).
const FOLDED: &[(&str, &str)] = &[
    ("(", "〔［[【〖（﹙❲"),
    (")", "〕］]】〗）﹚❳"),
    ("《", "〈«‹﹤"),
    ("》", "〉»›﹥"),
    ("\"", "“”„‟「」『』﹁﹂﹃﹄〝〞〟＂"),
    ("'", "‘’‚‛`´＇′"),
    ("-", "‐‑‒–—―－﹣−⁻─━"),
    ("~", "～〜∼﹏"),
    ("·", "•・‧∙⋅･"),
    ("〇", "○◯"), // 二○一八年
    ("", "\u{ad}\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2060}\u{feff}"),
];

/// The characters that are searched as something else.
pub struct Table(BTreeMap<char, String>);

impl Table {
    /// Works out the table from Unicode and OpenCC.
    pub fn new() -> Result<Self, Box<dyn Error>> {
        let simplifier = OpenCC::from_config(BuiltinConfig::T2s)?;
        let folded: BTreeMap<char, &str> =
            FOLDED.iter().flat_map(|(to, shapes)| shapes.chars().map(move |shape| (shape, *to))).collect();
        let search_as = |c: char| -> String {
            if let Some(to) = folded.get(&c) {
                return (*to).into();
            }
            if matches!(c, '\u{fe00}'..='\u{fe0f}') || (c.is_control() && !c.is_whitespace()) {
                return String::new();
            }
            let plain: String = [c].into_iter().nfkc().flat_map(char::to_lowercase).collect();
            let plain: String =
                plain.chars().map(|c| folded.get(&c).map_or(c.to_string(), |to| (*to).into())).collect();
            if plain.is_ascii() {
                return plain;
            }
            plain.chars().map(|c| simplifier.convert(&c.to_string())).collect()
        };
        let chars = (0..END).filter_map(char::from_u32);
        Ok(Table(chars.map(|c| (c, search_as(c))).filter(|(c, to)| !to.chars().eq([*c])).collect()))
    }

    /// What a word is searched as.
    pub fn apply(&self, word: &str) -> String {
        word.chars().map(|c| self.0.get(&c).cloned().unwrap_or_else(|| c.into())).collect()
    }

    /// Writes the table as Rust: `PAGES[c >> 8]` is a row of `CELLS`, whose cell is 0 or one more than an index into
    /// `ENDS`, the ends of the replacements in `TEXTS`.
    pub fn write(&self, path: &Path) -> Result<(), Box<dyn Error>> {
        let mut texts = String::new();
        let mut ends = Vec::new();
        let mut known: BTreeMap<&str, u16> = BTreeMap::new();
        let mut pages = vec![0u16; (END >> 8) as usize];
        let mut cells = vec![[0u16; 256]];
        for (c, to) in &self.0 {
            let cell = match known.get(to.as_str()) {
                Some(cell) => *cell,
                None => {
                    texts.push_str(to);
                    ends.push(u32::try_from(texts.len())?);
                    let cell = u16::try_from(ends.len())?;
                    known.insert(to, cell);
                    cell
                }
            };
            let page = &mut pages[(*c as usize) >> 8];
            if *page == 0 {
                *page = u16::try_from(cells.len())?;
                cells.push([0; 256]);
            }
            cells[*page as usize][(*c as usize) & 255] = cell;
        }
        let mut rust = String::new();
        writeln!(rust, "static PAGES: [u16; {}] = {pages:?};", pages.len())?;
        writeln!(rust, "static CELLS: [[u16; 256]; {}] = {cells:?};", cells.len())?;
        writeln!(rust, "static ENDS: [u32; {}] = {ends:?};", ends.len())?;
        writeln!(rust, "static TEXTS: &str = {texts:?};")?;
        fs::write(path, rust)?;
        Ok(())
    }
}
