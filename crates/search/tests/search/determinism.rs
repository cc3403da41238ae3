//! The same documents give the same bytes.

use std::{collections::BTreeMap, path::Path};

use crate::support::{Outcome, site};

fn files(folder: &Path) -> Outcome<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for folder in [folder.to_owned(), folder.join("chunks")] {
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_file() {
                files
                    .insert(path.file_name().unwrap_or_default().to_string_lossy().into_owned(), std::fs::read(&path)?);
            }
        }
    }
    Ok(files)
}

#[test]
fn two_builds_give_the_same_bytes() -> Outcome {
    let (first, second) = (site()?, site()?);
    let (first, second) = (files(first.folder.path())?, files(second.folder.path())?);
    assert!(first.len() > 2);
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    assert!(first == second);
    Ok(())
}
