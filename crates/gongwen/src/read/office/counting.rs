//! 编号格式: the ways in which Word counts, by their numbers in DOC (MSONFC, [MS-OSHARED] 2.2.1.3) and their names in
//! DOCX (ST_NumberFormat, ECMA-376-1, 17.18.59).

/// A way to write a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Counting {
    /// 1, 2, 3; also for the ways that no Chinese document uses.
    #[default]
    Decimal,
    /// 01, 002: at least so many digits.
    Padded(u8),
    /// Ⅰ as letters: I, II, III.
    UpperRoman,
    /// i, ii, iii.
    LowerRoman,
    /// A … Z, AA, BB.
    UpperLetter,
    /// a … z, aa, bb.
    LowerLetter,
    /// 1st, 2nd, 3rd.
    Ordinal,
    /// １２.
    FullWidth,
    /// ①; beyond its signs, in digits.
    Circled,
    /// ⒈
    FullStop,
    /// ⑴
    Parenthesised,
    /// ㊀
    CircledIdeograph,
    /// 甲乙丙.
    Stems,
    /// 子丑寅.
    Branches,
    /// 甲子, 乙丑.
    Cycle,
    /// 一二三 … 九, 一〇, 一一: digit by digit, with this zero.
    Digits(char),
    /// 一 … 十, 十一 … 九十九, then digit by digit.
    ToHundred,
    /// 一百零一.
    Chinese,
    /// 百一: as Japanese counts.
    Japanese,
    /// 壹拾贰, simplified.
    Legal,
    /// 壹拾貳, traditional.
    LegalTraditional,
    /// - 1 -
    Dashed,
    /// A sign for every item; there is nothing to count.
    Bullet,
    /// Counted but not shown.
    None,
}

/// Larger numbers are written in digits whatever the way, since some ways grow with the number.
const MOST: u32 = 32_767;

impl Counting {
    /// The way with this number in a DOC file.
    pub fn of_code(code: u8) -> Counting {
        use Counting::*;
        match code {
            1 => UpperRoman,
            2 => LowerRoman,
            3 => UpperLetter,
            4 => LowerLetter,
            5 => Ordinal,
            10 | 36 => Digits(if code == 36 { '○' } else { '〇' }),
            11 => Japanese,
            14 | 19 => FullWidth,
            16 | 34 => LegalTraditional,
            18 | 28 => Circled,
            22 => Padded(2),
            23 => Bullet,
            26 => FullStop,
            27 => Parenthesised,
            29 => CircledIdeograph,
            30 => Stems,
            31 => Branches,
            32 => Cycle,
            33 | 37 => ToHundred,
            35 | 39 => Chinese,
            38 => Legal,
            57 => Dashed,
            255 => None,
            _ => Decimal,
        }
    }

    /// The way with this name in a DOCX file; `format` is the picture of a custom one (001, 002, 003, ...).
    pub fn of_name(name: &str, format: Option<&str>) -> Counting {
        use Counting::*;
        match name {
            "upperRoman" => UpperRoman,
            "lowerRoman" => LowerRoman,
            "upperLetter" => UpperLetter,
            "lowerLetter" => LowerLetter,
            "ordinal" => Ordinal,
            "ideographDigital" | "japaneseDigitalTenThousand" => Digits('〇'),
            "taiwaneseDigital" => Digits('○'),
            "japaneseCounting" => Japanese,
            "decimalFullWidth" | "decimalFullWidth2" => FullWidth,
            "japaneseLegal" | "ideographLegalTraditional" => LegalTraditional,
            "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Circled,
            "decimalZero" => Padded(2),
            "bullet" => Bullet,
            "decimalEnclosedFullstop" => FullStop,
            "decimalEnclosedParen" => Parenthesised,
            "ideographEnclosedCircle" => CircledIdeograph,
            "ideographTraditional" => Stems,
            "ideographZodiac" => Branches,
            "ideographZodiacTraditional" => Cycle,
            "chineseCounting" | "taiwaneseCounting" => ToHundred,
            "chineseCountingThousand" | "taiwaneseCountingThousand" => Chinese,
            "chineseLegalSimplified" => Legal,
            "numberInDash" => Dashed,
            "none" => None,
            "custom" => {
                let first = format.unwrap_or("").split(',').next().unwrap_or("").trim();
                match first.len() {
                    n @ 2..=9 if first.bytes().all(|b| b.is_ascii_digit()) => Padded(n as u8),
                    _ => Decimal,
                }
            }
            _ => Decimal,
        }
    }

    /// `n` written so. A [`Counting::Bullet`] and [`Counting::None`] write nothing.
    pub fn write(self, n: u32) -> String {
        use Counting::*;
        if matches!(self, Bullet | None) {
            return String::new();
        }
        if n > MOST {
            return n.to_string();
        }
        let sign = |first: char, count: u32| {
            (1..=count).contains(&n).then(|| char::from_u32(first as u32 + n - 1)).flatten().map(String::from)
        };
        let of = |signs: &str, i: u32| signs.chars().nth(i as usize).map(String::from);
        let written = match self {
            Padded(width) => Some(format!("{n:0width$}", width = usize::from(width))),
            UpperRoman => roman(n),
            LowerRoman => roman(n).map(|r| r.to_lowercase()),
            UpperLetter => letters('A', n),
            LowerLetter => letters('a', n),
            Ordinal => Some(ordinal(n)),
            FullWidth => Some(n.to_string().chars().filter_map(|c| char::from_u32(c as u32 + 0xfee0)).collect()),
            Circled if n == 0 => Some("⓪".to_owned()),
            Circled if (21..=35).contains(&n) => char::from_u32('㉑' as u32 + n - 21).map(String::from),
            Circled if (36..=50).contains(&n) => char::from_u32('㊱' as u32 + n - 36).map(String::from),
            Circled => sign('①', 20),
            FullStop => sign('⒈', 20),
            Parenthesised => sign('⑴', 20),
            CircledIdeograph => sign('㊀', 10),
            Stems if n > 0 && n <= 10 => of(STEMS, n - 1),
            Branches if n > 0 && n <= 12 => of(BRANCHES, n - 1),
            Cycle if n > 0 && n <= 60 => {
                Some(of(STEMS, (n - 1) % 10).unwrap_or_default() + &of(BRANCHES, (n - 1) % 12).unwrap_or_default())
            }
            Digits(zero) => Some(digits(n, zero)),
            ToHundred if n >= 100 => Some(digits(n, '〇')),
            ToHundred | Chinese => Some(counted(n, &PLAIN)),
            Japanese => Some(counted(n, &JAPANESE)),
            Legal => Some(counted(n, &LEGAL)),
            LegalTraditional => Some(counted(n, &LEGAL_TRADITIONAL)),
            Dashed => Some(format!("- {n} -")),
            _ => Option::None,
        };
        written.unwrap_or_else(|| n.to_string())
    }
}

const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";

/// How numbers are spoken.
struct Speech {
    digits: &'static str,
    /// 十, 百, 千, 万.
    units: &'static str,
    /// 十一 for 一十一 where the number begins with it.
    bare_ten: bool,
    /// A gap says 零.
    zeros: bool,
    /// 百 for 一百.
    bare_units: bool,
}

const PLAIN: Speech =
    Speech {
        digits: "零一二三四五六七八九", units: "十百千万", bare_ten: true, zeros: true, bare_units: false
    };
const JAPANESE: Speech =
    Speech {
        digits: "〇一二三四五六七八九", units: "十百千万", bare_ten: true, zeros: false, bare_units: true
    };
const LEGAL: Speech =
    Speech {
        digits: "零壹贰叁肆伍陆柒捌玖", units: "拾佰仟萬", bare_ten: false, zeros: true, bare_units: false
    };
const LEGAL_TRADITIONAL: Speech =
    Speech {
        digits: "零壹貳參肆伍陸柒捌玖", units: "拾佰仟萬", bare_ten: false, zeros: true, bare_units: false
    };

/// `n` below 100,000 as `speech` says it.
fn counted(n: u32, speech: &Speech) -> String {
    let digit = |d: u32| speech.digits.chars().nth(d as usize).unwrap_or('0');
    let unit = |place: usize| place.checked_sub(1).and_then(|p| speech.units.chars().nth(p));
    if n == 0 {
        return digit(0).to_string();
    }
    let figures: Vec<u32> = n.to_string().chars().filter_map(|c| c.to_digit(10)).collect();
    let mut text = String::new();
    let mut gap = false;
    for (i, &d) in figures.iter().enumerate() {
        let place = figures.len() - 1 - i;
        if d == 0 {
            gap = true;
            continue;
        }
        if gap && speech.zeros {
            text.push(digit(0));
        }
        gap = false;
        let bare = d == 1 && place > 0 && (speech.bare_units || speech.bare_ten && place == 1 && i == 0);
        if !bare {
            text.push(digit(d));
        }
        text.extend(unit(place));
    }
    text
}

fn digits(n: u32, zero: char) -> String {
    n.to_string()
        .chars()
        .map(|c| match c.to_digit(10) {
            Some(0) | None => zero,
            Some(d) => PLAIN.digits.chars().nth(d as usize).unwrap_or(c),
        })
        .collect()
}

fn letters(first: char, n: u32) -> Option<String> {
    // 780 is where Word stops: thirty times the alphabet.
    let i = n.checked_sub(1).filter(|_| n <= 780)?;
    let letter = char::from_u32(first as u32 + i % 26)?;
    Some(std::iter::repeat_n(letter, (i / 26 + 1) as usize).collect())
}

fn roman(n: u32) -> Option<String> {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = Some(n).filter(|n| (1..4000).contains(n))?;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    Some(text)
}

fn ordinal(n: u32) -> String {
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_word_writes_them() {
        type Numbers = &'static [(u32, &'static str)];
        let table: [(u8, &str, Numbers); 24] = [
            (0, "decimal", &[(1, "1"), (120, "120")]),
            (1, "upperRoman", &[(4, "IV"), (1999, "MCMXCIX"), (4000, "4000")]),
            (2, "lowerRoman", &[(9, "ix")]),
            (3, "upperLetter", &[(1, "A"), (26, "Z"), (27, "AA"), (781, "781"), (0, "0")]),
            (4, "lowerLetter", &[(28, "bb")]),
            (5, "ordinal", &[(1, "1st"), (12, "12th"), (22, "22nd"), (103, "103rd")]),
            (10, "ideographDigital", &[(9, "九"), (10, "一〇"), (12, "一二")]),
            (11, "japaneseCounting", &[(1, "一"), (10, "十"), (21, "二十一"), (100, "百"), (123, "百二十三")]),
            (14, "decimalFullWidth", &[(12, "１２")]),
            (18, "decimalEnclosedCircle", &[(1, "①"), (20, "⑳"), (21, "㉑"), (36, "㊱"), (51, "51")]),
            (22, "decimalZero", &[(1, "01"), (10, "10")]),
            (23, "bullet", &[(3, "")]),
            (26, "decimalEnclosedFullstop", &[(2, "⒉")]),
            (27, "decimalEnclosedParen", &[(3, "⑶")]),
            (28, "decimalEnclosedCircleChinese", &[(3, "③")]),
            (29, "ideographEnclosedCircle", &[(10, "㊉"), (11, "11")]),
            (30, "ideographTraditional", &[(1, "甲"), (10, "癸")]),
            (31, "ideographZodiac", &[(12, "亥")]),
            (32, "ideographZodiacTraditional", &[(1, "甲子"), (13, "丙子"), (60, "癸亥")]),
            (37, "chineseCounting", &[(10, "十"), (19, "十九"), (99, "九十九"), (100, "一〇〇")]),
            (38, "chineseLegalSimplified", &[(10, "壹拾"), (102, "壹佰零贰")]),
            (
                39,
                "chineseCountingThousand",
                &[
                    (10, "十"),
                    (11, "十一"),
                    (20, "二十"),
                    (101, "一百零一"),
                    (110, "一百一十"),
                    (115, "一百一十五"),
                    (1001, "一千零一"),
                    (10_020, "一万零二十"),
                ],
            ),
            (57, "numberInDash", &[(1, "- 1 -")]),
            (255, "none", &[(1, "")]),
        ];
        for (code, name, numbers) in table {
            assert_eq!(Counting::of_code(code), Counting::of_name(name, None), "{name}");
            for (n, text) in numbers {
                assert_eq!(Counting::of_code(code).write(*n), *text, "{name} {n}");
            }
        }
        assert_eq!(Counting::of_name("custom", Some("001, 002, 003, ...")).write(7), "007");
    }

    #[test]
    fn no_number_grows_without_end() {
        for code in 0..=255 {
            for n in [0, 1, 9999, 32_767, 32_768, u32::MAX] {
                assert!(Counting::of_code(code).write(n).len() < 200, "{code} {n}");
            }
        }
    }
}
