//! 日数: dates as columns of days count them.

use jiff::civil::Date;

/// Days from 1970-01-01 to `date`, negative before it.
pub fn since_epoch(date: Date) -> i32 {
    // A date of year -9999 to 9999 is within four million days of it.
    date.since(Date::constant(1970, 1, 1)).map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days() {
        let days = |text: &str| since_epoch(text.parse().expect("a date"));
        assert_eq!(["1970-01-01", "1970-03-01", "1969-12-31", "2018-12-31"].map(days), [0, 59, -1, 17896]);
    }
}
