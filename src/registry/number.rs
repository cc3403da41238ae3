//! 发文字号 → who issued it.

use std::sync::Arc;

use super::Registry;
use super::region::RegionId;

/// Who a document number says issued it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberIssuer {
    /// The issuer's name for display, at the number's year.
    pub name: String,
    /// The organ, where region and sector are known.
    pub organ: Option<super::OrganId>,
    /// The region, where it is known.
    pub region: Option<RegionId>,
    /// The sector, where it is known.
    pub sector: Option<Arc<str>>,
    /// The unit inside the organ: 办公厅 of 国卫办.
    pub unit: Option<String>,
    /// False where another issuer would fit the characters as well.
    pub sure: bool,
}

/// `prefixes.toml`, indexed.
#[derive(Clone, Debug, Default)]
pub(super) struct Prefixes {}

impl Prefixes {
    pub(super) fn read(_text: &str) -> Result<Prefixes, toml::de::Error> {
        Ok(Prefixes {})
    }
}

impl Registry {
    /// Who issues under `code`, the number before its year.
    pub fn number_issuer(&self, _code: &str, _year: Option<u16>, _context: Option<RegionId>) -> Option<NumberIssuer> {
        None
    }
}
