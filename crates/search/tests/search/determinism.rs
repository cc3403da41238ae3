//! The same documents give the same bytes.

use crate::support::{Outcome, files, site};

#[test]
fn two_builds_give_the_same_bytes() -> Outcome {
    let (first, second) = (site()?, site()?);
    let (first, second) = (files(first.folder.path())?, files(second.folder.path())?);
    assert!(first.len() > 2);
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    assert!(first == second);
    Ok(())
}
