//! 字符编码: what a code means in a font that says so by a predefined CMap and not by a ToUnicode table.

use std::collections::HashMap;

use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::{self, BfString, CMap, CMapName};
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Object, String as PdfString};

/// The fonts of a file that have no ToUnicode table, by PostScript name.
#[derive(Default)]
pub struct Codes {
    fonts: HashMap<String, Means>,
}

/// How a code is turned into a character.
enum Means {
    /// The code is UTF-16.
    Utf16,
    /// The code is a character of this encoding.
    Text(&'static encoding_rs::Encoding),
    /// The code is the number of a glyph in a collection, whose characters a table gives.
    Collection(Box<CMap>),
}

impl Codes {
    /// Finds the fonts of a file.
    pub fn of(pdf: &Pdf) -> Codes {
        let mut fonts = HashMap::new();
        for object in pdf.objects() {
            let Object::Dict(font) = object else { continue };
            let composite = font.get::<Name<'_>>("Subtype").is_some_and(|n| &*n == b"Type0");
            if composite
                && !font.contains_key("ToUnicode")
                && let Some(name) = font.get::<Name<'_>>("BaseFont")
                && let Some(means) = Means::of(&font)
            {
                let name = name.as_str();
                let plain = name.split_once('+').filter(|(prefix, _)| prefix.len() == 6).map_or(name, |(_, rest)| rest);
                fonts.insert(plain.to_owned(), means);
            }
        }
        Codes { fonts }
    }

    /// The text of a glyph whose font has no table.
    pub fn text(&self, glyph: &Glyph<'_>, code: u32) -> Option<String> {
        if self.fonts.is_empty() {
            return None;
        }
        let Glyph::Outline(outline) = glyph else { return None };
        let name = outline.font_data()?.postscript_name?;
        match self.fonts.get(&name)? {
            Means::Utf16 => {
                let units = [(code >> 16) as u16, code as u16];
                String::from_utf16(if units[0] == 0 { &units[1..] } else { &units }).ok()
            }
            Means::Text(encoding) => {
                let bytes = code.to_be_bytes();
                let lead = bytes.iter().take_while(|b| **b == 0).count().min(3);
                let (text, malformed) = encoding.decode_without_bom_handling(&bytes[lead..]);
                (!malformed).then(|| text.into_owned())
            }
            Means::Collection(table) => match table.lookup_bf_string(code)? {
                BfString::Char(c) => Some(c.to_string()),
                BfString::String(s) => Some(s),
            },
        }
    }
}

impl Means {
    fn of(font: &Dict<'_>) -> Option<Means> {
        let encoding = font.get::<Name<'_>>("Encoding")?;
        let encoding = encoding.as_str();
        let starts = |names: &[&str]| names.iter().any(|n| encoding.starts_with(n));
        if encoding.starts_with("Uni") && (encoding.contains("UCS2") || encoding.contains("UTF16")) {
            return Some(Means::Utf16);
        }
        if starts(&["GBK", "GB-EUC", "GBpc-EUC", "GBT-EUC"]) {
            return Some(Means::Text(encoding_rs::GBK));
        }
        if starts(&["B5pc", "ETen-B5", "ETenms-B5", "HKscs-B5"]) {
            return Some(Means::Text(encoding_rs::BIG5));
        }
        if !starts(&["Identity"]) {
            return None;
        }
        let child = font.get::<Array<'_>>("DescendantFonts")?.iter::<Dict<'_>>().next()?;
        let info = child.get::<Dict<'_>>("CIDSystemInfo")?;
        let ordering = info.get::<PdfString<'_>>("Ordering")?;
        let table = match ordering.as_bytes() {
            b"GB1" => CMapName::AdobeGb1Ucs2,
            b"CNS1" => CMapName::AdobeCns1Ucs2,
            _ => return None,
        };
        CMap::parse(hayro_cmap::load_embedded(table)?, hayro_cmap::load_embedded)
            .map(|t| Means::Collection(Box::new(t)))
    }
}
