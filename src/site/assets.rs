//! 主题资源: styles, scripts and pictures of the theme, under names that change with their content, so that a browser
//! may keep them for ever.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

/// The assets of a theme by name (`style.css`).
#[derive(Debug, Default)]
pub struct Assets {
    files: BTreeMap<String, Asset>,
}

#[derive(Debug)]
struct Asset {
    address: String,
    bytes: Vec<u8>,
}

impl Assets {
    /// Adds a file or puts it in the place of the one with its name.
    pub fn insert(&mut self, name: String, bytes: Vec<u8>) {
        let hash = Sha256::digest(&bytes);
        let hash: String = hash.iter().take(5).map(|b| format!("{b:02x}")).collect();
        let address = match name.rsplit_once('.') {
            Some((stem, extension)) => format!("assets/{stem}.{hash}.{extension}"),
            None => format!("assets/{name}.{hash}"),
        };
        self.files.insert(name, Asset { address, bytes });
    }

    /// The site-relative address of each asset, by name.
    pub fn addresses(&self) -> BTreeMap<String, String> {
        self.files.iter().map(|(name, a)| (name.clone(), a.address.clone())).collect()
    }

    /// Every file: address and content.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.values().map(|a| (a.address.as_str(), a.bytes.as_slice()))
    }
}
