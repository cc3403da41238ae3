//! Makes the two tables that are compiled in: what each character is searched as, and (with the feature `write`) the
//! dictionary that the indexer walks. Nothing is downloaded, and the same sources give the same bytes.

#[path = "build/characters.rs"]
mod characters;
#[path = "build/dictionary.rs"]
mod dictionary;

use std::{env, error::Error, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    for path in ["build.rs", "build", "dictionary"] {
        println!("cargo:rerun-if-changed={path}");
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    let table = characters::Table::new()?;
    table.write(&out.join("characters.rs"))?;
    if env::var_os("CARGO_FEATURE_WRITE").is_some() {
        dictionary::build(&table, "dictionary".as_ref(), &out)?;
    }
    Ok(())
}
