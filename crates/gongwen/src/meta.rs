//! 公文要素: the metadata of a document, in the names of the open data and of the front matter.

use serde::{Deserialize, Serialize};

/// 版头、落款、版记 (GB/T 9704-2012) and the header table of a government site. Names are as printed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Meta {
    /// 标题, as printed; for a reply that prints none, one made from what it replies to.
    pub title: Option<String>,
    /// True where the title is made, not printed.
    #[serde(skip_serializing_if = "is_false")]
    pub title_inferred: bool,
    /// The plan or opinion that a notice issues or forwards, as its own heading prints it.
    pub attached_title: Option<String>,
    /// 发文字号, with 〔〕.
    pub number: Option<String>,
    /// 公文文种: 通知, 意见, 方案, 批复, 函, 答复 …
    pub kind: Option<String>,
    /// 发文机关署名, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub issuers: Vec<String>,
    /// The authors printed under the heading of a forwarded instrument.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attached_issuers: Vec<String>,
    /// 成文日期, ISO 8601.
    pub date: Option<String>,
    /// 发布日期, ISO 8601.
    pub published: Option<String>,
    /// 索引号.
    pub index_no: Option<String>,
    /// 有效性, as the publisher prints it: 有效, 失效.
    pub validity: Option<String>,
    /// 主送机关.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub addressees: Vec<String>,
    /// 抄送机关.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cc: Vec<String>,
    /// 联系人.
    pub contact: Option<Contact>,
    /// 印发机关.
    pub printed_by: Option<String>,
    /// 印发日期, ISO 8601.
    pub printed_date: Option<String>,
    /// 信息公开形式.
    pub disclosure: Option<String>,
    /// What a reply answers.
    pub reply: Option<Reply>,
}

/// 联系人 and 电话.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// 姓名.
    pub name: String,
    /// 电话, as printed.
    pub phone: String,
}

/// 建议、提案的答复: what is answered, and whom.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Reply {
    /// 建议号 or 提案号, as printed.
    pub proposal_no: Option<String>,
    /// 代表 or 委员.
    pub deputies: Vec<String>,
    /// True where 等 follows the names.
    pub and_others: bool,
    /// 届次: 省十四届人大四次会议.
    pub session: Option<String>,
    /// 建议 or 提案的题目.
    pub proposal_title: Option<String>,
}

impl Meta {
    /// These values, and `printed`'s where there are none.
    #[must_use]
    pub fn or(self, printed: Meta) -> Meta {
        let list = |own: Vec<String>, other: Vec<String>| if own.is_empty() { other } else { own };
        Meta {
            title_inferred: if self.title.is_some() { self.title_inferred } else { printed.title_inferred },
            title: self.title.or(printed.title),
            attached_title: self.attached_title.or(printed.attached_title),
            number: self.number.or(printed.number),
            kind: self.kind.or(printed.kind),
            issuers: list(self.issuers, printed.issuers),
            attached_issuers: list(self.attached_issuers, printed.attached_issuers),
            date: self.date.or(printed.date),
            published: self.published.or(printed.published),
            index_no: self.index_no.or(printed.index_no),
            validity: self.validity.or(printed.validity),
            addressees: list(self.addressees, printed.addressees),
            cc: list(self.cc, printed.cc),
            contact: self.contact.or(printed.contact),
            printed_by: self.printed_by.or(printed.printed_by),
            printed_date: self.printed_date.or(printed.printed_date),
            disclosure: self.disclosure.or(printed.disclosure),
            reply: self.reply.or(printed.reply),
        }
    }
}

fn is_false(b: &bool) -> bool {
    !b
}
