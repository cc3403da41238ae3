//! 今天: the only place where anything asks what day it is. A build never does.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{TimeZone, offset};

/// Today in Beijing, where deadlines end.
pub fn today() -> Date {
    Timestamp::now().to_zoned_datetime(TimeZone::fixed(offset(8))).date()
}
