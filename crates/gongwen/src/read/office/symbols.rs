//! 符号字体: what the characters of Wingdings and its kind show, in Unicode.

/// The character that `code` shows in `font`. Fonts of signs lay them out at the codes of letters, which files write as
/// they are or moved to U+F000. `None` for a font that is none of signs and for a sign without a character.
pub fn shown(font: &str, code: u32) -> Option<char> {
    let code = if (0xf000..=0xf0ff).contains(&code) { code - 0xf000 } else { code };
    let code = u8::try_from(code).ok().filter(|c| *c >= 0x20)?;
    let table = match font.trim().to_lowercase().as_str() {
        "wingdings" => WINGDINGS,
        "wingdings 2" => WINGDINGS_2,
        "wingdings 3" => WINGDINGS_3,
        "webdings" => WEBDINGS,
        "symbol" => SYMBOL,
        _ => return None,
    };
    let (from, signs) = table.iter().find(|(from, _)| *from <= code)?;
    signs.chars().nth(usize::from(code - from)).filter(|c| *c != ' ')
}

/// True for a font whose characters are signs.
pub fn is_of_signs(font: &str) -> bool {
    matches!(font.trim().to_lowercase().as_str(), "wingdings" | "wingdings 2" | "wingdings 3" | "webdings" | "symbol")
}

/// `text` in `font`, signs as they are seen.
pub fn text(font: Option<&str>, text: &str) -> String {
    let of_signs = font.filter(|f| is_of_signs(f));
    text.chars()
        .map(|c| match (of_signs, c as u32) {
            (Some(font), code) => shown(font, code).unwrap_or(c),
            // A sign whose font is not said: the dot of Symbol before items, else Wingdings is what it is put in.
            (None, 0xf0b7) => '•',
            (None, code @ 0xf020..=0xf0ff) => shown("wingdings", code).unwrap_or(c),
            _ => c,
        })
        .collect()
}

/// The sign before an item of a list, a dot where no character stands for it.
pub fn bullet(font: Option<&str>, sign: &str) -> String {
    let private = |c: char| ('\u{e000}'..='\u{f8ff}').contains(&c);
    text(font, sign).chars().map(|c| if private(c) { '•' } else { c }).collect()
}

/// Runs of signs, each from a code on, the highest first; a space stands for a sign without a character.
type Table = &'static [(u8, &'static str)];

const WINGDINGS: Table = &[
    (0xfb, "✗✔☒☑⊞"),
    (0xd5, "⌫⌦⮘➢⮙⮛⮈⮊⮉⮋←→↑↓↖↗↙↘⬅➡⬆⬇⬉⬈⬋⬊⇦⇨⇧⇩⬄⇳⬁⬀⬃⬂▭▫"),
    (0xaa, "✦★✶✴✹✵⯐⌖⟡⌑⟐✪✰🕐🕑🕒🕓🕔🕕🕖🕗🕘🕙🕚🕛"),
    (0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿        ·•▪○⭘⭘◉◎ ▪☐"),
    (0x6c, "●❍■□❐❑❒⬧⧫◆❖⬥⌧⮹⌘❀✿❝❞"),
    (
        0x20,
        " ✏✂✁👓🔔📖🕯☎✆✉🖃📪📫📬📭📁📂📄🗏🗐🗄⌛⌨🖱🖲💻🖥💾💿✇✍✎✌👌👍👎☜☞☝☟✋☺😐☹💣☠⚐🏱✈☼💧❄🕆✞🕈✠✡☪☯ॐ☸♈♉♊♋♌♍♎♏♐♑♒♓",
    ),
];

const WINGDINGS_2: Table =
    &[(0xa0, "▫□ ☐ ■◆◇"), (0x94, "•·●○◉◎◌ ▪■"), (0x69, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"), (0x4f, "✗✓☒☑☒☒⊗⊗")];

const WINGDINGS_3: Table = &[(0x75, "◀▶▲△"), (0x70, "▲▼"), (0x66, "←→↑↓")];

const WEBDINGS: Table = &[(0x61, "✔"), (0x63, "□"), (0x67, "■")];

const SYMBOL: Table = &[
    (0xe0, "◊〈®©™∑"),
    (0xa1, "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐ ↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"),
    (0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"),
    (0x5b, "[∴]⊥_ "),
    (0x41, "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"),
    (0x20, " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_boxes_and_bullets() {
        let table = [
            ("Wingdings", 0xf0fe, '☑'),
            ("Wingdings", 0xf0a8, '☐'),
            ("Wingdings", 0x6f, '□'),
            ("Wingdings", 0xf06c, '●'),
            ("Wingdings", 0xf0fc, '✔'),
            ("Wingdings", 0xf0fd, '☒'),
            ("Wingdings", 0xf0d8, '➢'),
            ("Wingdings", 0xf0e0, '→'),
            ("Wingdings", 0xf046, '☞'),
            ("Wingdings", 0xf058, '✠'),
            ("Wingdings", 0xf069, '♓'),
            ("Wingdings", 0xf0b7, '🕐'),
            ("Wingdings", 0xf081, '①'),
            ("Wingdings", 0xf0a7, '▪'),
            ("Wingdings", 0xf0ab, '★'),
            ("wingdings 2", 0xf052, '☑'),
            ("Wingdings 2", 0xf0a3, '☐'),
            ("Wingdings 2", 0xf050, '✓'),
            ("Symbol", 0xf0b7, '•'),
            ("Symbol", 0xf0b3, '≥'),
            ("Symbol", 0xf0d7, '⋅'),
            ("Symbol", 0x61, 'α'),
        ];
        for (font, code, sign) in table {
            assert_eq!(shown(font, code), Some(sign), "{font} {code:x}");
        }
        assert_eq!(shown("宋体", 0x52), None);
        assert_eq!(text(Some("Wingdings 2"), "R是"), "☑是");
        assert_eq!(text(Some("宋体"), "R\u{f0fe}"), "R☑");
        assert_eq!(text(None, "\u{e001}"), "\u{e001}");
    }
}
