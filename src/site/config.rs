//! What a site says of itself.

use serde::Serialize;

/// 站点设置: the facts about the site that its pages print.
#[derive(Clone, Debug, Serialize)]
pub struct SiteConfig {
    /// 站名, on every page.
    pub title: String,
    /// 一句话简介: on the home page and in the description for search engines.
    pub description: String,
    /// Where the site will be published, such as `https://example.gov.cn/zhengku/`. Absolute addresses (canonical
    /// links, sitemap, feed, spreadsheet links) exist only with it. Without it the links between pages name
    /// `index.html`, so that the site also opens from a folder.
    pub base_url: Option<String>,
    /// 主办单位, in the footer.
    pub organisation: Option<String>,
    /// ICP备案号, in the footer.
    pub icp: Option<String>,
}

impl Default for SiteConfig {
    fn default() -> Self {
        SiteConfig {
            title: "政库".to_owned(),
            description: "政策文件、任务分工与办理答复，每一条都能找到出处。".to_owned(),
            base_url: None,
            organisation: None,
            icp: None,
        }
    }
}

impl SiteConfig {
    /// [`SiteConfig::base_url`] with exactly one `/` at its end.
    pub fn base(&self) -> Option<String> {
        let base = self.base_url.as_deref()?.trim().trim_end_matches('/');
        (!base.is_empty()).then(|| format!("{base}/"))
    }
}
