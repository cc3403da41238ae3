//! 同一份公文的两个文件: a page and the PDF of it, told by number and by likeness of the text.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};

use gongwen::Block;
use gongwen::number::DocumentNumber;

use super::draft::Draft;

/// Characters that are compared at a time: shorter stretches stand in every document.
const STRETCH: usize = 6;
/// How many stretches of a text are kept, those of the smallest hashes: enough to tell likeness to about 0.04.
const KEPT: usize = 512;
/// A document is compared with so many of the same number, title or stretch.
const COMPARED: usize = 50;

/// What is kept of a text to tell its likeness to others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sketch {
    /// The smallest hashes of its stretches, ascending.
    least: Vec<u64>,
    /// How many different stretches it has.
    size: usize,
}

/// How like two texts are, each from 0 to 1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Likeness {
    /// Of the stretches of both, how many stand in both.
    pub common: f64,
    /// Of the stretches of the shorter, how many stand in the longer.
    pub held: f64,
}

impl Sketch {
    /// The sketch of a document's text. Blanks, punctuation and the width of letters do not count: formats differ in them.
    pub fn of(blocks: &[Block]) -> Sketch {
        let narrow = |c: char| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            c => c,
        };
        let letters: Vec<char> = blocks
            .iter()
            .flat_map(|b| b.text.chars())
            .map(narrow)
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect();
        let mut hashes: Vec<u64> = letters.windows(STRETCH).map(hash).collect();
        hashes.sort_unstable();
        hashes.dedup();
        let size = hashes.len();
        hashes.truncate(KEPT);
        hashes.shrink_to_fit();
        Sketch { least: hashes, size }
    }

    /// How like it is to another text.
    pub fn likeness(&self, other: &Sketch) -> Likeness {
        let (mut i, mut j, mut seen, mut both) = (0, 0, 0usize, 0usize);
        while seen < KEPT {
            let order = match (self.least.get(i), other.least.get(j)) {
                (Some(a), Some(b)) => a.cmp(b),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => break,
            };
            i += usize::from(order.is_le());
            j += usize::from(order.is_ge());
            both += usize::from(order.is_eq());
            seen += 1;
        }
        if seen == 0 {
            return Likeness { common: 0.0, held: 0.0 };
        }
        let common = both as f64 / seen as f64;
        let (shorter, sum) = (self.size.min(other.size) as f64, (self.size + other.size) as f64);
        let held = (common * sum / (1.0 + common) / shorter.max(1.0)).min(1.0);
        Likeness { common, held }
    }
}

/// FNV-1a, which is the same on every machine.
fn hash(letters: &[char]) -> u64 {
    let mix = |h: u64, c: &char| (h ^ u64::from(u32::from(*c))).wrapping_mul(0x0100_0000_01b3);
    let h = letters.iter().fold(0xcbf2_9ce4_8422_2325, mix);
    // Mixed as SplitMix64 ends, so that the smallest are a fair sample.
    let h = (h ^ (h >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let h = (h ^ (h >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    h ^ (h >> 31)
}

/// True where two documents are one: by their numbers, formats and texts.
pub(super) fn are_one(a: &Facts<'_>, b: &Facts<'_>) -> bool {
    let likeness = || a.sketch.likeness(b.sketch);
    match (a.number.and_then(key), b.number.and_then(key)) {
        (Some(a), Some(b)) if a != b => false,
        (Some(_), Some(_)) if a.format == b.format => likeness().common >= 0.95,
        // What a page leaves to its attachments stands in the PDF.
        (Some(_), Some(_)) => likeness().held >= 0.7,
        _ => a.format != b.format && likeness().common >= 0.8,
    }
}

/// What tells whether two documents are one.
pub(super) struct Facts<'d> {
    /// 发文字号.
    pub number: Option<&'d str>,
    /// The name of the format.
    pub format: &'d str,
    /// The text.
    pub sketch: &'d Sketch,
}

fn key(number: &str) -> Option<String> {
    DocumentNumber::parse(number).map(|n| n.key())
}

/// Says of every draft that is the same document as another one which that is: the longer one is kept, or the one whose
/// format says most of its structure, or the first.
pub(super) fn mark(drafts: &mut [Draft]) {
    let mut groups: HashMap<String, Vec<usize>> = HashMap::new();
    for i in 0..drafts.len() {
        if drafts[i].same.is_some() {
            continue;
        }
        let keys = keys(&drafts[i]);
        let others: BTreeSet<usize> =
            keys.iter().filter_map(|k| groups.get(k)).flat_map(|g| g.iter().rev().take(COMPARED)).copied().collect();
        let twin = others.into_iter().find(|&o| are_one(&drafts[o].facts(), &drafts[i].facts()));
        let kept = match twin {
            Some(o) if is_better(&drafts[i], &drafts[o]) => {
                drafts[o].twin = Some(drafts[i].source.clone());
                let (of, to) = (drafts[o].source.clone(), drafts[i].source.clone());
                drafts.iter_mut().filter(|d| d.twin.as_ref() == Some(&of)).for_each(|d| d.twin = Some(to.clone()));
                groups.values_mut().for_each(|g| g.retain(|&n| n != o));
                true
            }
            Some(o) => {
                drafts[i].twin = Some(drafts[o].source.clone());
                false
            }
            None => true,
        };
        if kept {
            keys.into_iter().for_each(|k| groups.entry(k).or_default().push(i));
        }
    }
}

/// What two drafts have in common that may be one: number, title, or one of the stretches of the smallest hashes.
fn keys(draft: &Draft) -> Vec<String> {
    let meta = &draft.front.meta;
    let number = meta.number.as_deref().and_then(key).map(|n| format!("n{n}"));
    let title = meta.title.as_ref().map(|t| format!("t{}", t.replace(char::is_whitespace, "")));
    let least = draft.sketch.least.iter().take(3).map(|h| format!("h{h}"));
    number.into_iter().chain(title).chain(least).collect()
}

fn is_better(a: &Draft, b: &Draft) -> bool {
    let (long, short) = (a.sketch.size.max(b.sketch.size), a.sketch.size.min(b.sketch.size));
    if long > short + short / 8 {
        return a.sketch.size == long;
    }
    rank(a.extension) < rank(b.extension)
}

/// The formats by how much they say of structure: a page has its facts and its tables, a PDF neither.
fn rank(extension: &str) -> usize {
    const BEST_FIRST: [&str; 8] = ["html", "docx", "doc", "wps", "rtf", "xlsx", "ofd", "pdf"];
    BEST_FIRST.iter().position(|e| *e == extension).unwrap_or(BEST_FIRST.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of `n` sentences from number `from` on that have no words in common.
    fn text(from: usize, n: usize) -> Sketch {
        let sentences = (from..from + n)
            .map(|i| Block::paragraph(format!("{:016x}", (i as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15))));
        Sketch::of(&sentences.collect::<Vec<_>>())
    }

    #[test]
    fn likeness_is_told_to_a_few_hundredths() {
        let whole = text(0, 400);
        for (other, common, held) in [
            (text(0, 400), 1.0, 1.0),
            (text(0, 200), 0.5, 1.0),
            (text(200, 400), 0.33, 0.5),
            (text(5000, 400), 0.0, 0.0),
        ] {
            for likeness in [whole.likeness(&other), other.likeness(&whole)] {
                assert!((likeness.common - common).abs() < 0.09, "{likeness:?} for {common}");
                assert!((likeness.held - held).abs() < 0.12, "{likeness:?} for {held}");
            }
        }
        let nothing = Sketch::default();
        assert_eq!(nothing.likeness(&nothing).common, 0.0);
        assert_eq!(whole.likeness(&nothing).held, 0.0);
    }

    #[test]
    fn what_formats_differ_in_does_not_count() {
        let of = |text: &str| Sketch::of(&[Block::paragraph(text)]);
        assert_eq!(of("到2020年，覆盖率达ABC 80%。"), of("到２０２０年 覆盖率达ａｂｃ８０"));
    }

    #[test]
    fn documents_that_are_one() {
        let (a, near, b) = (text(0, 100), text(0, 90), text(900, 100));
        let one = |x: (Option<&str>, &str, &Sketch), y: (Option<&str>, &str, &Sketch)| {
            let facts = |(number, format, sketch)| Facts { number, format, sketch };
            are_one(&facts(x), &facts(y))
        };
        let (n, bracketed, other) =
            (Some("台政办发〔2018〕31号"), Some("台政办发[2018]31号"), Some("台政办发〔2018〕32号"));
        assert!(one((n, "网页", &a), (bracketed, "PDF", &near)));
        assert!(one((n, "网页", &a), (None, "PDF", &a)));
        assert!(!one((n, "网页", &a), (other, "PDF", &a)), "the same text under another number is another document");
        assert!(!one((n, "网页", &a), (n, "PDF", &b)), "a number that is read wrong makes no twins");
        assert!(!one((None, "纯文本", &a), (None, "纯文本", &near)), "a revised text is another document");
    }
}
