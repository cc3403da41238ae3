//! 颜色: the one colour of a site that its settings choose, `colour = "#1d4f8c"`, and whether it can be read.

use std::fmt;

use serde::{Serialize, Serializer};

/// A colour of sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour([u8; 3]);

/// The papers of the default theme, light and dark (`--paper` of `style.css`).
const PAPERS: [Colour; 2] = [Colour([0xfa, 0xf8, 0xf4]), Colour([0x15, 0x17, 0x1a])];
const WHITE: Colour = Colour([255; 3]);

/// The least contrast of a text with its paper: WCAG 2.2, 1.4.3.
pub const LEAST: f64 = 4.5;

impl Colour {
    /// The colour that `#rgb` or `#rrggbb` writes.
    pub fn parse(text: &str) -> Option<Colour> {
        let digits = text.strip_prefix('#')?;
        let digit = |c: char| c.to_digit(16).and_then(|d| u8::try_from(d).ok());
        let digits: Vec<u8> = digits.chars().map(digit).collect::<Option<_>>()?;
        match digits[..] {
            [r, g, b] => Some(Colour([r * 17, g * 17, b * 17])),
            [a, b, c, d, e, f] => Some(Colour([a * 16 + b, c * 16 + d, e * 16 + f])),
            _ => None,
        }
    }

    /// How well it can be read on light paper, from 1 to 21.
    pub fn contrast(self) -> f64 {
        self.against(PAPERS[0])
    }

    fn against(self, other: Colour) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Relative luminance, as WCAG defines it.
    fn luminance(self) -> f64 {
        let [r, g, b] = self.0.map(|c| {
            let c = f64::from(c) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// The same colour as it is read on dark paper: as much lighter as that takes.
    fn on_dark(self) -> Colour {
        let lighter = |tenths: u16| {
            let mix = |(c, w): (u8, u8)| (u16::from(c) * (10 - tenths) + u16::from(w) * tenths) / 10;
            let mixed = [0, 1, 2].map(|i| mix((self.0[i], WHITE.0[i])));
            Colour(mixed.map(|c| u8::try_from(c).unwrap_or(255)))
        };
        (0..10).map(lighter).find(|c| c.against(PAPERS[1]) >= LEAST).unwrap_or(WHITE)
    }

    /// The style sheet that gives a site this colour, `--accent`, on light and on dark paper.
    pub fn style(self) -> String {
        let dark = self.on_dark();
        format!(
            ":root {{ --accent: {self}; }}\n\
             @media (prefers-color-scheme: dark) {{ :root:not([data-theme=\"light\"]) {{ --accent: {dark}; }} }}\n\
             :root[data-theme=\"dark\"] {{ --accent: {dark}; }}\n"
        )
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

impl Serialize for Colour {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours() {
        let shown = |text: &str| Colour::parse(text).map(|c| c.to_string());
        assert_eq!(shown("#1D4F8C").as_deref(), Some("#1d4f8c"));
        assert_eq!(shown("#fa0").as_deref(), Some("#ffaa00"));
        for wrong in ["", "#", "red", "#12", "#12345", "#1234567", "#红红红", "1d4f8c"] {
            assert_eq!(shown(wrong), None, "{wrong}");
        }
    }

    /// The contrast of WCAG: black on white is 21 to 1, a grey of #767676 is the lightest that can be read.
    #[test]
    fn contrast() {
        let of = |text: &str| Colour::parse(text).expect("a colour");
        assert!((of("#000").against(WHITE) - 21.0).abs() < 0.01);
        assert!(of("#767676").against(WHITE) >= LEAST && of("#777777").against(WHITE) < LEAST);
        assert!(of("#0b5563").contrast() > LEAST && of("#ffd000").contrast() < LEAST);
        for dark in ["#000", "#0b5563", "#a51d1d", "#fff"] {
            assert!(of(dark).on_dark().against(PAPERS[1]) >= LEAST, "{dark}");
        }
        let style = of("#0b5563").style();
        assert!(style.starts_with(":root { --accent: #0b5563; }\n"), "{style}");
    }
}
