//! 语境: where a name is printed, which says whom it means.

use jiff::civil::Date;

use super::organ::OrganId;
use super::region::RegionId;

/// What is known where a name is printed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// The document's region; `RegionId::COUNTRY` for a central document and inside the title of one.
    pub region: Option<RegionId>,
    /// 成文日期.
    pub date: Option<Date>,
    /// The region of the name before it in a list, whose prefix it may share: 省发展改革委、财政厅.
    /// `Registry::resolve_list` fills it in.
    pub elided: Option<RegionId>,
    /// The document's issuer: who 我委 and 本局 are.
    pub issuer: Option<&'a OrganId>,
}
