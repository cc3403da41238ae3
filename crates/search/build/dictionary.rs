//! The dictionary: `words.txt` and `terms.txt` without `splinters.txt` as lindera's prefix dictionary, a trie that is walked in place.

use std::{collections::BTreeMap, error::Error, fmt::Write as _, fs, path::Path};

use lindera_dictionary::{builder::prefix_dictionary::PrefixDictionaryBuilder, dictionary::schema::Schema};

use crate::characters::Table;

/// The frequency of a term that `terms.txt` gives without one.
const TERM_FREQUENCY: u64 = 100;

/// Costs are hundredths of −ln of the share of a word, which an `i16` holds.
const COST_SCALE: f64 = 100.0;

/// Builds the trie from the lists of `folder` into `out`.
pub fn build(table: &Table, folder: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let mut words: BTreeMap<String, u64> = BTreeMap::new();
    for line in fs::read_to_string(folder.join("words.txt"))?.lines() {
        let (word, frequency) = line.split_once(' ').ok_or_else(|| format!("words.txt: no frequency: {line}"))?;
        let known = words.entry(table.apply(word)).or_default();
        *known = (*known).max(frequency.parse()?);
    }
    for term in fs::read_to_string(folder.join("terms.txt"))?.lines().filter(|line| !line.is_empty()) {
        words.entry(table.apply(term)).or_insert(TERM_FREQUENCY);
    }
    for splinter in fs::read_to_string(folder.join("splinters.txt"))?.lines() {
        words.remove(splinter);
    }
    let total: u64 = words.values().sum();
    let mut csv = String::new();
    for (word, frequency) in &words {
        let share = (*frequency).max(1) as f64 / total as f64;
        writeln!(csv, "{word},0,0,{}", (-share.ln() * COST_SCALE) as i16)?;
    }
    let (input, output) = (out.join("csv"), out.join("dictionary"));
    fs::create_dir_all(&input)?;
    fs::create_dir_all(&output)?;
    fs::write(input.join("words.csv"), csv)?;
    PrefixDictionaryBuilder::new(Schema::default()).build(&input, &output)?;
    Ok(())
}
