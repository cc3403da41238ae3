//! Links from one page to another: relative, so that the site works under any path and from a folder.

use super::address;

/// How a page at one depth reaches the others.
#[derive(Clone, Debug)]
pub struct Links {
    /// `../` for every folder that the page stands in; an absolute root for a page that is served anywhere.
    pub up: String,
    /// True where a link to a folder must name its `index.html`, because no server will.
    pub named_index: bool,
}

impl Links {
    /// The links of the page at `address`.
    pub fn from(address: &str, named_index: bool) -> Links {
        let depth = address::file(address).matches('/').count();
        Links { up: "../".repeat(depth), named_index }
    }

    /// The reference to `address`.
    pub fn to(&self, address: &str) -> String {
        let mut out = String::with_capacity(self.up.len() + address.len() + 10);
        let (path, fragment) = match address.find('#') {
            Some(at) => address.split_at(at),
            None => (address, ""),
        };
        out.push_str(&self.up);
        out.push_str(path);
        if path.is_empty() || path.ends_with('/') {
            if self.named_index {
                out.push_str("index.html");
            } else if path.is_empty() && self.up.is_empty() {
                out.push_str("./");
            }
        }
        out.push_str(fragment);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_links() {
        let cases = [
            ("", "", false, "./"),
            ("", "", true, "index.html"),
            ("", "documents/a.html#三/（一）", false, "documents/a.html#三/（一）"),
            ("documents/a.html", "", false, "../"),
            ("documents/a.html", "organs/b.html", true, "../organs/b.html"),
            ("documents/a.html", "organs/", true, "../organs/index.html"),
            ("list/documents/2.html", "data/documents.json", true, "../../data/documents.json"),
            ("404.html", "organs/", false, "organs/"),
        ];
        for (from, to, named, expected) in cases {
            assert_eq!(Links::from(from, named).to(to), expected, "{from} → {to}");
        }
    }
}
