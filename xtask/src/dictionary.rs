//! `cargo xtask dictionary DICT_TXT`: the word list of the search engine from jieba's `dict.txt`.
//!
//! What is kept is said in `crates/search/dictionary/README.md`; the licence stands beside it. Nothing is downloaded:
//! the list is given as a file.

use std::fs;

use crate::run::root;

/// Words are as long as this, in characters.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=8;

/// The least frequency of a word, of a word of two characters, and of a personal name.
const RARE: u64 = 3;
const RARE_PAIR: u64 = 30;
const RARE_NAME: u64 = 20;

/// What numerals and the numbers of clauses are made of.
const NUMERALS: &str = "一二三四五六七八九十百千万亿〇零两第条章节款项编";

/// Writes the word list.
///
/// # Errors
/// Where a file cannot be read or written, or a line is not one of such a list.
pub fn run(arguments: &[String]) -> Result<(), String> {
    let [path] = arguments else { return Err("usage: cargo xtask dictionary DICT_TXT".to_owned()) };
    let list = fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    let (mut kept, mut all) = (Vec::new(), 0);
    for line in list.lines() {
        all += 1;
        let fields: Vec<&str> = line.split_ascii_whitespace().collect();
        let (word, frequency, class) = match fields.as_slice() {
            [word, frequency, class] => (*word, frequency.parse(), *class),
            _ => return Err(format!("{path}: not `word frequency class`: {line}")),
        };
        let frequency = frequency.map_err(|error| format!("{path}: {line}: {error}"))?;
        if keeps(word, frequency, class) {
            kept.push(format!("{word} {frequency}\n"));
        }
    }
    kept.sort();
    let target = root().join("crates/search/dictionary/words.txt");
    fs::write(&target, kept.concat()).map_err(|error| format!("{}: {error}", target.display()))?;
    eprintln!("{} of {all} words kept in {}", kept.len(), target.display());
    Ok(())
}

fn keeps(word: &str, frequency: u64, class: &str) -> bool {
    let length = word.chars().count();
    let chinese = |c: char| matches!(c, '\u{3400}'..='\u{9fff}' | '〇');
    let rare = match length {
        _ if class.starts_with("nr") => RARE_NAME,
        2 => RARE_PAIR,
        _ => RARE,
    };
    LENGTHS.contains(&length)
        && word.chars().all(chinese)
        && frequency >= rare
        && !(length > 2 && word.chars().all(|c| NUMERALS.contains(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_kept_and_splinters_names_and_numerals_are_not() {
        for (word, frequency, class, kept) in [
            ("人民政府", 3, "nt", true),
            ("人民政府", 2, "nt", false),
            ("作人", 21, "n", false),
            ("低保", 30, "n", true),
            ("张三丰", 19, "nr", false),
            ("许可", 5000, "nr", true),
            ("第二十", 900, "m", false),
            ("二十", 900, "m", true),
            ("T恤", 900, "n", false),
            ("的", 900, "uj", false),
        ] {
            assert_eq!(keeps(word, frequency, class), kept, "{word}");
        }
    }
}
