//! 电子印章: whose seals a document bears, and what notes people wrote on it.

use super::document::Document;
use super::locations::{find, folder, read};
use super::xml::Element;
use crate::piece::{Enclosure, EnclosureKind};
use crate::read::package::Package;

/// More are not listed.
const MOST: usize = 200;

/// The seals of a document, by name where they have one. What is wrong with one takes no text away, so it is passed over.
pub fn seals(package: &mut Package<'_>, document: &Document) -> Vec<Enclosure> {
    let mut found = Vec::new();
    let list = document.signatures.as_deref().and_then(|part| tree(package, part));
    let base = folder(document.signatures.as_deref().unwrap_or("")).to_owned();
    for signature in list.iter().flat_map(|l| l.all("Signature")).take(MOST) {
        let location = signature.attribute("BaseLoc").unwrap_or("");
        let Some(part) = find(package, &base, location) else { continue };
        let Some(signed) = tree(package, &part) else { continue };
        if signed.within("StampAnnot").is_none() && signed.within("Seal").is_none() {
            continue;
        }
        let seal = signed.within("Seal").and_then(|s| s.child("BaseLoc")).map_or("", |l| l.text.trim());
        let bytes = find(package, folder(&part), seal).and_then(|name| read(package, &name).ok());
        found.push(enclosure(bytes.as_deref().and_then(name).unwrap_or_default()));
    }
    let stamps = document.annotations.as_deref().and_then(|part| tree(package, part));
    let base = folder(document.annotations.as_deref().unwrap_or(&document.folder)).to_owned();
    for page in stamps.iter().flat_map(|l| l.all("Page")).take(MOST) {
        let location = page.child("FileLoc").map_or("", |l| l.text.trim());
        let Some(part) = find(package, &base, location) else { continue };
        let Some(notes) = tree(package, &part) else { continue };
        for note in notes.all("Annot").filter(|n| n.attribute("Type") == Some("Stamp")).take(MOST) {
            // A stamp that holds words was typed: its words name it.
            let words = note.child("Remark").map_or("", |r| r.text.trim());
            found.push(enclosure(words.to_owned()));
        }
    }
    found.truncate(MOST);
    found
}

fn enclosure(name: String) -> Enclosure {
    Enclosure { kind: EnclosureKind::Seal, name, target: String::new() }
}

fn tree(package: &mut Package<'_>, part: &str) -> Option<Element> {
    Element::parse(&read(package, part).ok()?).ok()
}

/// The name of a seal (GB/T 38540, SES_ESPropertyInfo): the first UTF8String of its DER.
fn name(bytes: &[u8]) -> Option<String> {
    const UTF8: u8 = 0x0c;
    let mut rest = bytes;
    // Constructed values are entered, others are passed over.
    while let [tag, after @ ..] = rest {
        let (length, after) = length(after)?;
        match tag {
            &UTF8 => {
                let text = std::str::from_utf8(after.get(..length)?).ok()?.trim();
                return (!text.is_empty()).then(|| text.to_owned());
            }
            tag if tag & 0x20 != 0 => rest = after,
            _ => rest = after.get(length..)?,
        }
    }
    None
}

/// A length of DER and what comes after it.
fn length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (&first, rest) = bytes.split_first()?;
    if first < 0x80 {
        return Some((usize::from(first), rest));
    }
    let count = usize::from(first & 0x7f);
    if count == 0 || count > 4 {
        return None;
    }
    let number = rest.get(..count)?.iter().fold(0, |n, b| n << 8 | usize::from(*b));
    Some((number, rest.get(count..)?))
}
