//! 主题资源: styles, scripts and pictures of the theme, under names that change with their content, so that a browser
//! may keep them for ever.
//!
//! A file carries the digest of what is in it. A folder carries the digest of all its files and is published with their
//! own names, so that the scripts in it find each other: `search/results.js` → `assets/search.0123456789/results.js`.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

/// The assets of a theme.
#[derive(Debug, Default)]
pub struct Assets {
    /// Address and content by name.
    files: BTreeMap<String, (String, Vec<u8>)>,
}

impl Assets {
    /// The assets with these names (`style.css`, `search/results.js`).
    pub fn new(files: BTreeMap<String, Vec<u8>>) -> Assets {
        let mut folders: BTreeMap<String, Sha256> = BTreeMap::new();
        for (name, bytes) in &files {
            if let Some((folder, within)) = name.split_once('/') {
                let digest = folders.entry(folder.to_owned()).or_default();
                digest.update(format!("{within}\n{}\n", bytes.len()));
                digest.update(bytes);
            }
        }
        let folders: BTreeMap<String, String> =
            folders.into_iter().map(|(name, digest)| (name, short(digest))).collect();
        let addressed = |(name, bytes): (String, Vec<u8>)| {
            let address = match name.split_once('/') {
                Some((folder, within)) => {
                    format!("assets/{folder}.{}/{within}", folders.get(folder).map_or("", String::as_str))
                }
                None => {
                    let digest = short(Sha256::new_with_prefix(&bytes));
                    match name.rsplit_once('.') {
                        Some((stem, extension)) => format!("assets/{stem}.{digest}.{extension}"),
                        None => format!("assets/{name}.{digest}"),
                    }
                }
            };
            (name, (address, bytes))
        };
        Assets { files: files.into_iter().map(addressed).collect() }
    }

    /// The site-relative address of each asset, by name.
    pub fn addresses(&self) -> BTreeMap<String, String> {
        self.files.iter().map(|(name, (address, _))| (name.clone(), address.clone())).collect()
    }

    /// Every file: address and content.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.values().map(|(address, bytes)| (address.as_str(), bytes.as_slice()))
    }
}

/// The first digits of a digest.
fn short(digest: Sha256) -> String {
    digest.finalize().iter().take(5).map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(files: &[(&str, &str)]) -> Vec<String> {
        let files = files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
        Assets::new(files).files().map(|(address, _)| address.to_owned()).collect()
    }

    #[test]
    fn a_name_changes_with_what_it_names_and_with_nothing_else() {
        let before = addresses(&[("icon.svg", "i"), ("search/a.js", "a"), ("search/b/c.js", "c"), ("style.css", "s")]);
        assert!(before[0].starts_with("assets/icon.") && before[0].ends_with(".svg"), "{before:?}");
        let (folder, file) = before[1].rsplit_once('/').expect("a folder");
        assert!(folder.starts_with("assets/search.") && file == "a.js", "{before:?}");
        assert_eq!(before[2], format!("{folder}/b/c.js"));

        let after = addresses(&[("icon.svg", "i"), ("search/a.js", "a"), ("search/b/c.js", "d"), ("style.css", "s")]);
        assert_eq!((&after[0], &after[3]), (&before[0], &before[3]));
        assert_ne!(after[1], before[1], "a folder is one thing");
        let renamed = addresses(&[("search/a.js", "a"), ("search/b/d.js", "c")]);
        assert_ne!(renamed[0], before[1]);
    }
}
