//! 数字格式: a number as its cell shows it (ECMA-376-1, 18.8.30 and 18.8.31), as far as documents use it.

/// The built-in format of this number, as a Chinese Excel has it.
pub fn built_in(id: u32) -> &'static str {
    match id {
        1 => "0",
        2 => "0.00",
        3 | 37 | 38 => "#,##0",
        4 | 39 | 40 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        14 => "yyyy/m/d",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "h:mm",
        21 => "h:mm:ss",
        22 => "yyyy/m/d h:mm",
        27 | 36 | 50 | 52 | 57 => "yyyy\"年\"m\"月\"",
        28 | 29 | 51 | 53 | 54 | 58 => "m\"月\"d\"日\"",
        30 => "m-d-yy",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        32 => "h\"时\"mm\"分\"",
        33 => "h\"时\"mm\"分\"ss\"秒\"",
        34 | 55 => "上午/下午h\"时\"mm\"分\"",
        35 | 56 => "上午/下午h\"时\"mm\"分\"ss\"秒\"",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        _ => "General",
    }
}

/// A bit of a format.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Bit {
    /// Printed as it is.
    Text(String),
    /// yyyy, m, dd, h: a letter and how often it stands.
    Part(char, usize),
    /// 上午/下午, AM/PM.
    HalfDay(bool),
    /// Digits: decimals, the least of them, thousands parted.
    Number { decimals: usize, least: usize, thousands: bool },
    /// %
    Percent,
}

/// `value` as a cell of this format shows it; `from_1904` counts days from that year.
pub fn number(value: f64, format: &str, from_1904: bool) -> String {
    let sections: Vec<&str> = split_sections(format);
    let section = if value < 0.0 && sections.len() > 1 { sections[1] } else { sections.first().copied().unwrap_or("") };
    let negative = value < 0.0 && sections.len() < 2;
    let bits = bits(section);
    let is_date = bits.iter().any(|b| matches!(b, Bit::Part(..) | Bit::HalfDay(_)));
    let is_number = bits.iter().any(|b| matches!(b, Bit::Number { .. }));
    if is_date
        && !is_number
        && let Some(text) = date(value, &bits, from_1904)
    {
        return text;
    }
    if !is_number || is_date {
        return plain(value);
    }
    let percent = bits.contains(&Bit::Percent);
    let value = value.abs() * if percent { 100.0 } else { 1.0 };
    let mut text = String::from(if negative { "-" } else { "" });
    let mut done = false;
    for bit in &bits {
        match bit {
            Bit::Text(words) => text.push_str(words),
            Bit::Percent => text.push('%'),
            Bit::Number { decimals, least, thousands } if !done => {
                text.push_str(&digits(value, *decimals, *least, *thousands));
                done = true;
            }
            _ => {}
        }
    }
    text
}

/// A number in as many digits as it has, 15 at most: more are not in the cell but in how machines keep it.
pub fn plain(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let rounded: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    if rounded.abs() >= 1e21 { format!("{rounded:e}") } else { format!("{rounded}") }
}

fn digits(value: f64, decimals: usize, least: usize, thousands: bool) -> String {
    if value >= 1e21 {
        return plain(value);
    }
    let mut text = format!("{value:.decimals$}");
    if let Some(point) = text.find('.') {
        while text.len() > point + 1 + least && text.ends_with('0') {
            text.pop();
        }
        if text.ends_with('.') {
            text.pop();
        }
    }
    if !thousands {
        return text;
    }
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), None), |(w, r)| (w, Some(r)));
    let mut parted = String::new();
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            parted.push(',');
        }
        parted.push(c);
    }
    if let Some(rest) = rest {
        parted.push('.');
        parted.push_str(rest);
    }
    parted
}

/// The sections of a format: for positive numbers, negative ones, zero, text.
fn split_sections(format: &str) -> Vec<&str> {
    let (mut sections, mut start) = (Vec::new(), 0);
    let (mut quoted, mut escaped) = (false, false);
    for (i, c) in format.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            ';' if !quoted => {
                sections.push(&format[start..i]);
                start = i + 1;
            }
            _ => {}
        }
    }
    sections.push(&format[start..]);
    sections
}

fn bits(section: &str) -> Vec<Bit> {
    let mut bits = Vec::new();
    let mut rest = section;
    if section.eq_ignore_ascii_case("general") || section == "@" {
        return bits;
    }
    while let Some(c) = rest.chars().next() {
        let mut len = c.len_utf8();
        let bit = match c {
            '"' => {
                let end = rest[1..].find('"').map_or(rest.len(), |e| e + 2);
                len = end;
                Some(Bit::Text(rest[1..].trim_end_matches('"').get(..end.saturating_sub(2)).unwrap_or("").to_owned()))
            }
            '\\' | '!' => {
                let next = rest[1..].chars().next();
                len = 1 + next.map_or(0, char::len_utf8);
                next.map(|n| Bit::Text(n.into()))
            }
            // _x leaves a space, *x fills the cell.
            '_' | '*' => {
                len = 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
                None
            }
            '[' => {
                let end = rest.find(']').map_or(rest.len(), |e| e + 1);
                len = end;
                let inner = rest[1..end].trim_end_matches(']');
                match inner.chars().next() {
                    // [h]: hours of more than a day. [$¥-804]: the sign of a currency.
                    Some(c @ ('h' | 'm' | 's')) if inner.chars().all(|d| d == c) => {
                        Some(Bit::Part(c.to_ascii_uppercase(), inner.len()))
                    }
                    Some('$') => {
                        let sign = inner[1..].split('-').next().unwrap_or("");
                        (!sign.is_empty()).then(|| Bit::Text(sign.to_owned()))
                    }
                    _ => None,
                }
            }
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' | 'e' | 'E' | 'a' | 'A' | '上' => {
                if let Some(sign) = ["AM/PM", "am/pm", "上午/下午"].iter().find(|s| rest.starts_with(**s)) {
                    len = sign.len();
                    Some(Bit::HalfDay(sign.starts_with('上')))
                } else if c == '上' {
                    Some(Bit::Text("上".into()))
                } else {
                    let count = rest.chars().take_while(|d| d.eq_ignore_ascii_case(&c)).count();
                    len = count;
                    Some(Bit::Part(c.to_ascii_lowercase(), count))
                }
            }
            '0' | '#' | '?' => {
                len = rest.find(|d| !matches!(d, '0' | '#' | '?' | '.' | ',')).unwrap_or(rest.len());
                let run = &rest[..len];
                let decimals = run.split_once('.').map_or("", |(_, d)| d);
                Some(Bit::Number {
                    decimals: decimals.len().min(20),
                    least: decimals.matches('0').count().min(20),
                    thousands: run.split('.').next().unwrap_or("").contains(','),
                })
            }
            '%' => Some(Bit::Percent),
            '@' => None,
            c => Some(Bit::Text(c.into())),
        };
        bits.extend(bit);
        rest = &rest[len.min(rest.len())..];
    }
    bits
}

/// A day and a time of it as a format shows them; `None` for a number that is no day.
fn date(value: f64, bits: &[Bit], from_1904: bool) -> Option<String> {
    /// 9999-12-31.
    const LAST: f64 = 2_958_466.0;
    let value = if from_1904 { value + 1462.0 } else { value };
    if !(0.0..LAST).contains(&value) {
        return None;
    }
    let seconds_all = (value * 86_400.0).round() as i64;
    let (days, seconds) = (seconds_all / 86_400, seconds_all % 86_400);
    // Excel holds 1900 for a leap year: before its 29 February every day is one later than its number says.
    let (year, month, day) = civil(days - 25_569 + i64::from(days < 60));
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let half = bits.iter().any(|b| matches!(b, Bit::HalfDay(_)));
    let mut text = String::new();
    for (i, bit) in bits.iter().enumerate() {
        let padded = |n: i64, width: usize| if width > 1 { format!("{n:02}") } else { n.to_string() };
        match bit {
            Bit::Text(words) => text.push_str(words),
            Bit::HalfDay(chinese) => text.push_str(match (chinese, hour < 12) {
                (true, true) => "上午",
                (true, false) => "下午",
                (false, true) => "AM",
                (false, false) => "PM",
            }),
            Bit::Part('y' | 'e', 2) => text.push_str(&format!("{:02}", year % 100)),
            Bit::Part('y' | 'e', _) => text.push_str(&year.to_string()),
            Bit::Part('m', width) => {
                // m after hours or before seconds is minutes.
                let time = |b: &Bit| match b {
                    Bit::Part(c, _) => Some(matches!(c, 'h' | 'H' | 's' | 'S')),
                    _ => None,
                };
                let before = bits[..i].iter().rev().find_map(time) == Some(true)
                    && matches!(
                        bits[..i].iter().rev().find(|b| matches!(b, Bit::Part(..))),
                        Some(Bit::Part('h' | 'H', _))
                    );
                let after =
                    matches!(bits[i + 1..].iter().find(|b| matches!(b, Bit::Part(..))), Some(Bit::Part('s' | 'S', _)));
                text.push_str(&padded(if before || after { minute } else { month }, *width));
            }
            Bit::Part('d', width @ (1 | 2)) => text.push_str(&padded(day, *width)),
            Bit::Part('a' | 'd', width) => {
                let weekday = "日一二三四五六".chars().nth(((days + 6) % 7) as usize).unwrap_or('日');
                text.push_str(if *width > 3 { "星期" } else { "周" });
                text.push(weekday);
            }
            Bit::Part('h', width) => {
                let shown = if half { (hour + 11) % 12 + 1 } else { hour };
                text.push_str(&padded(shown, *width));
            }
            Bit::Part('H', _) => text.push_str(&(seconds_all / 3600).to_string()),
            Bit::Part('M', _) => text.push_str(&(seconds_all / 60).to_string()),
            Bit::Part('S', _) => text.push_str(&seconds_all.to_string()),
            Bit::Part(_, width) => text.push_str(&padded(second, *width)),
            Bit::Number { .. } | Bit::Percent => {}
        }
    }
    Some(text)
}

/// Year, month and day of a day counted from 1970-01-01, by the Gregorian calendar.
fn civil(days: i64) -> (i64, i64, i64) {
    // Years begin in March, so that the leap day is the last of one.
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_cells_show_them() {
        let table = [
            (3.0, "General", "3"),
            (0.1 + 0.2, "General", "0.3"),
            (1234.5, "General", "1234.5"),
            (-2.0, "General", "-2"),
            (0.85, "0%", "85%"),
            (0.8567, "0.0%", "85.7%"),
            (1_234_567.8, "#,##0.00", "1,234,567.80"),
            (12.0, "0.##", "12"),
            (5.0, "0\"万元\"", "5万元"),
            (-5.0, "0.0", "-5.0"),
            (-5.0, "0.0_);[Red]\\(0.0\\)", "(5.0)"),
            (1e300, "0", "1e300"),
            (7.0, "@", "7"),
        ];
        for (value, format, shown) in table {
            assert_eq!(number(value, format, false), shown, "{value} {format}");
        }
    }

    #[test]
    fn days_as_cells_show_them() {
        let table = [
            (45_218.0, "yyyy/m/d", "2023/10/19"),
            (45_218.0, "yyyy\"年\"m\"月\"d\"日\"", "2023年10月19日"),
            (45_218.0, "[$-804]yyyy年mm月", "2023年10月"),
            (45_218.396, "yyyy-mm-dd hh:mm", "2023-10-19 09:30"),
            (45_218.75, "上午/下午h\"时\"mm\"分\"", "下午6时00分"),
            (45_218.0, "aaaa", "星期四"),
            (1.5, "[h]:mm", "36:00"),
            (1.0, "yyyy-m-d", "1900-1-1"),
            (61.0, "yyyy-m-d", "1900-3-1"),
            (-1.0, "yyyy-m-d", "-1"),
            (1e9, "yyyy-m-d", "1000000000"),
        ];
        for (value, format, shown) in table {
            assert_eq!(number(value, format, false), shown, "{value} {format}");
        }
        assert_eq!(number(43_756.0, "yyyy-m-d", true), "2023-10-19");
    }
}
