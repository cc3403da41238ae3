//! 位置: which part of the package a location in another part means.

use crate::piece::Refusal;
use crate::read::office::damaged;
use crate::read::package::{Package, plain};

/// The plain name of the part that `location` means where it stands in a part of `folder`.
///
/// A location is relative to the part that holds it, or to the package where it begins with a slash. Writers mix the two
/// up, write backslashes and mistake capitals, so whatever leads to a part is tried.
pub fn find(package: &Package<'_>, folder: &str, location: &str) -> Option<String> {
    let location = location.trim();
    let rooted = location.starts_with(['/', '\\']);
    let near = plain(&format!("{folder}/{location}"));
    let far = plain(location);
    let ways = if rooted { [far, near] } else { [near, far] };
    if let Some(name) = ways.iter().find(|n| package.has(n)) {
        return Some(name.clone());
    }
    // The folder is left out or named twice: a single part whose name ends so is meant.
    let tail = format!("/{}", ways[usize::from(!rooted)]);
    let mut ends = package.names().filter(|n| n.ends_with(&tail));
    match (ends.next(), ends.next()) {
        (Some(name), None) => Some(name.to_owned()),
        _ => None,
    }
}

/// The bytes of a part that was found.
///
/// # Errors
/// It cannot be unpacked, is too large or locked.
pub fn read(package: &mut Package<'_>, name: &str) -> Result<Vec<u8>, Refusal> {
    package.entry(name)?.ok_or_else(damaged)
}

/// The folder of a part.
pub fn folder(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}
