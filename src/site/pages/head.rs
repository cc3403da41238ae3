//! 页首: what the head of a page says to search engines, aggregators, catalogues and messengers.
//!
//! - `SiteName`, `ColumnName`, `ArticleTitle`, `PubDate`, `ContentSource` …: the labels of 国办发〔2017〕47号《政府网站发展指引》
//! - `DC.title`, `DC.creator` …: Dublin Core (ISO 15836), of documents
//! - `og:title`, `og:url` …: Open Graph, where the site has an address, which it cannot do without

use serde::Serialize;

use crate::corpus::Policy;
use crate::vocabulary::Evidence;

use super::super::whole::Site;
use super::{Head, NOT_FOUND};

/// What a page that shows a document, or a clause of one, says of it.
#[derive(Debug, Default)]
pub struct Article {
    title: String,
    /// 发布日期, else 成文日期.
    published: Option<String>,
    issuers: Vec<String>,
    topics: Vec<String>,
    /// Number, kind, date and region, for catalogues. Of a whole document only.
    catalogued: Option<Catalogued>,
}

#[derive(Debug, Default)]
struct Catalogued {
    date: Option<String>,
    number: Option<String>,
    kind: Option<String>,
    region: Option<String>,
}

impl Article {
    /// Of the document with this index.
    pub fn of_document(site: &Site<'_>, index: usize, policy: &Policy) -> Article {
        let f = &policy.facts;
        let treated = site.topics_of.get(index).into_iter().flatten().filter(|t| t.evidence != Evidence::Mention);
        let topics = treated.filter_map(|t| Some(site.corpus.topics.get(t.topic)?.id.clone()));
        Article {
            topics: topics.collect(),
            catalogued: Some(Catalogued {
                date: f.date.map(|d| d.to_string()),
                number: f.number.clone(),
                kind: f.kind.clone(),
                region: f.region.as_ref().map(|r| r.name.clone()),
            }),
            ..Article::of_clause(policy, f.title.clone())
        }
    }

    /// Of a clause of a document.
    pub fn of_clause(policy: &Policy, title: String) -> Article {
        let f = &policy.facts;
        Article {
            title,
            published: f.published.or(f.date).map(|d| d.to_string()),
            issuers: f.issuers.clone(),
            ..Article::default()
        }
    }
}

/// `<meta name=…>` or `<meta property=…>`.
#[derive(Debug, Serialize)]
pub struct Meta {
    name: &'static str,
    content: String,
}

/// What the head of the page at `at` says.
#[derive(Debug, Default, Serialize)]
pub struct Metas {
    /// By name.
    names: Vec<Meta>,
    /// By property: Open Graph.
    properties: Vec<Meta>,
    /// True where names of Dublin Core are among them.
    dublin_core: bool,
}

impl Metas {
    /// Of the page at `at`, which stands at `canonical`.
    pub fn of(site: &Site<'_>, at: &str, canonical: Option<&str>, head: &Head) -> Metas {
        let mut metas = Metas::default();
        metas.name("SiteName", &site.config.title);
        if let Some(base) = &site.base {
            metas.name("SiteDomain", host(base));
        }
        if at == NOT_FOUND {
            return metas;
        }
        // A document stands under the first of the pages above it, a list is a column itself.
        let column = match (&head.article, head.crumbs.first()) {
            (Some(_), Some((title, _))) => title,
            _ => &head.title,
        };
        metas.name("ColumnName", column);
        if let Some(article) = &head.article {
            metas.article(article, canonical, site);
        } else {
            metas.name("ColumnDescription", &head.description);
        }
        if let Some(url) = canonical {
            metas.open_graph(site, url, head);
        }
        metas
    }

    fn name(&mut self, name: &'static str, content: impl Into<String>) {
        let content = content.into();
        if !content.is_empty() {
            self.names.push(Meta { name, content });
        }
    }

    fn article(&mut self, article: &Article, canonical: Option<&str>, site: &Site<'_>) {
        let published = article.published.clone().unwrap_or_default();
        self.name("ArticleTitle", &article.title);
        self.name("PubDate", &published);
        self.name("ContentSource", article.issuers.join("、"));
        self.name("Keywords", article.topics.join(";"));
        self.name("Url", canonical.unwrap_or_default());
        let Some(entry) = &article.catalogued else { return };
        self.dublin_core = true;
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        self.name("DC.title", &article.title);
        article.issuers.iter().for_each(|issuer| self.name("DC.creator", issuer));
        self.name("DC.publisher", site.config.organisation.as_ref().unwrap_or(&site.config.title));
        self.name("DC.date", text(&entry.date));
        self.name("DC.identifier", text(&entry.number));
        self.name("DC.type", text(&entry.kind));
        self.name("DC.coverage", text(&entry.region));
        article.topics.iter().for_each(|topic| self.name("DC.subject", topic));
        self.name("DC.language", "zh-CN");
    }

    fn open_graph(&mut self, site: &Site<'_>, url: &str, head: &Head) {
        let kind = if head.article.is_some() { "article" } else { "website" };
        let published = head.article.as_ref().and_then(|a| a.published.clone()).unwrap_or_default();
        let all = [
            ("og:title", head.title.as_str()),
            ("og:type", kind),
            ("og:url", url),
            ("og:site_name", &site.config.title),
            ("og:locale", "zh_CN"),
            ("og:description", &head.description),
            ("article:published_time", &published),
        ];
        let given = all.into_iter().filter(|(_, content)| !content.is_empty());
        self.properties = given.map(|(name, content)| Meta { name, content: content.to_owned() }).collect();
    }
}

/// `https://example.gov.cn:8080/policy/` → `example.gov.cn:8080`.
fn host(base: &str) -> &str {
    let rest = base.split_once("://").map_or(base, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn hosts() {
        for (base, expected) in [
            ("https://example.gov.cn/policy/", "example.gov.cn"),
            ("http://127.0.0.1:8000/", "127.0.0.1:8000"),
            ("https://example.gov.cn", "example.gov.cn"),
        ] {
            assert_eq!(host(base), expected);
        }
    }
}
