//! 元数据: work, expression and manifestation (FRBR), as the standard wants them of every document and attachment.

use crate::address;

use super::Akn;
use super::ids::attachment;

/// The date of what prints none: the standard requires one, and this is the one that its tools take for unknown.
const UNDATED: &str = "0001-01-01";

impl Akn<'_, '_> {
    /// `<meta>` of part number `number`, which is written as an element called `tag`.
    pub(super) fn meta(&mut self, number: usize, tag: &str) {
        let facts = &self.policy.facts;
        let mut id = String::new();
        address::encode(&mut id, &facts.id.replace('/', "-"));
        let day = facts.date.or(facts.published).map(|d| d.to_string());
        let (day, dated) = match &day {
            Some(day) => (day.as_str(), if facts.date.is_some() { "成文日期" } else { "发布日期" }),
            None => (UNDATED, "未注明日期"),
        };
        // Attachments are components of the one work.
        let kind = if number == 0 { tag } else { "doc" };
        let work = format!("/akn/cn/{kind}/{}/{id}", if day == UNDATED { "undated" } else { day });
        let component = if number == 0 { "main".to_owned() } else { attachment(number) };
        let expression = format!("{work}/zho@");
        let authors = self.authors();

        self.xml.open("meta", &[]);
        self.xml.open("identification", &[("source", "#site")]);
        for (level, uri, end) in [
            ("FRBRWork", &work, format!("/!{component}")),
            ("FRBRExpression", &expression, format!("/!{component}")),
            ("FRBRManifestation", &expression, format!("/!{component}.xml")),
        ] {
            self.xml.open(level, &[]);
            self.xml.empty("FRBRthis", &[("value", &format!("{uri}{end}"))]);
            let whole = if level == "FRBRManifestation" { format!("{uri}.xml") } else { uri.clone() };
            self.xml.empty("FRBRuri", &[("value", &whole)]);
            self.xml.empty("FRBRdate", &[("date", day), ("name", dated)]);
            match level {
                "FRBRManifestation" => self.xml.empty("FRBRauthor", &[("href", "#site"), ("as", "#editor")]),
                _ => authors.iter().for_each(|(eid, ..)| {
                    self.xml.empty("FRBRauthor", &[("href", &format!("#{eid}")), ("as", "#author")]);
                }),
            }
            match level {
                "FRBRWork" => self.work(number),
                "FRBRExpression" => {
                    // The text is that of the publisher, set again.
                    self.xml.empty("FRBRauthoritative", &[("value", "false")]);
                    self.xml.empty("FRBRlanguage", &[("language", "zho")]);
                }
                _ => self.xml.empty("FRBRformat", &[("value", "application/akn+xml")]),
            }
            self.xml.close();
        }
        self.xml.close();
        if number == 0 {
            self.references(&authors);
        }
        self.xml.close();
    }

    fn work(&mut self, number: usize) {
        let facts = &self.policy.facts;
        self.xml.empty("FRBRcountry", &[("value", "cn")]);
        if let Some(kind) = &facts.kind {
            self.xml.empty("FRBRsubtype", &[("value", kind)]);
        }
        if let Some(number) = &facts.number {
            self.xml.empty("FRBRnumber", &[("value", number)]);
        }
        if number == 0 {
            self.xml.empty("FRBRname", &[("value", &facts.title)]);
        }
    }

    /// Who the document is of: eId, where it is known, and its printed name.
    fn authors(&self) -> Vec<(String, String, String)> {
        let facts = &self.policy.facts;
        let mut authors: Vec<(String, String, String)> = Vec::new();
        for (i, name) in facts.issuers.iter().enumerate() {
            let href = match self.site.issuer(&facts.id, name) {
                Some(organ) => self.links.to(&organ.url),
                None => concept("organization", name),
            };
            authors.push((format!("issuer_{}", i + 1), href, name.clone()));
        }
        if authors.is_empty() {
            authors.push(("issuer_1".to_owned(), concept("organization", "unknown"), "未注明发文机关".to_owned()));
        }
        authors
    }

    fn references(&mut self, authors: &[(String, String, String)]) {
        self.xml.open("references", &[("source", "#site")]);
        for (eid, href, name) in authors {
            self.xml.empty("TLCOrganization", &[("eId", eid), ("href", href), ("showAs", name)]);
        }
        let home = self.site.base.clone().unwrap_or_else(|| self.links.to(""));
        let title = &self.site.config.title;
        self.xml.empty("TLCOrganization", &[("eId", "site"), ("href", &home), ("showAs", title)]);
        for (role, shown) in [("author", "发文机关"), ("editor", "编辑")] {
            self.xml.empty("TLCRole", &[("eId", role), ("href", &concept("role", role)), ("showAs", shown)]);
        }
        self.xml.close();
    }
}

/// The address of a concept that the standard's own ontology gives one.
fn concept(class: &str, name: &str) -> String {
    let mut out = format!("/akn/ontology/{class}/cn/");
    address::encode(&mut out, &name.replace('/', "-"));
    out
}
