//! Prints the content file that a file of any form is read as, and what there is to say about it.
//! `cargo run -p gongwen --example read -- [--text] FILE`: with `--text` the
//! text as the reader of the format gave it.

use gongwen::{markdown, read};

fn main() {
    let plain = std::env::args().any(|a| a == "--text");
    for path in std::env::args().skip(1).filter(|a| a != "--text") {
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) => {
                eprintln!("{path}: {error}");
                continue;
            }
        };
        match read::read(&bytes) {
            Ok(reading) => {
                for note in &reading.notes {
                    eprintln!("{path}: {} {}", note.place, note.message);
                }
                for line in &reading.furniture {
                    eprintln!("{path}: 页面附属物 {}", line.text);
                }
                for enclosure in &reading.enclosures {
                    eprintln!("{path}: {:?} {} {}", enclosure.kind, enclosure.name, enclosure.target);
                }
                if plain {
                    println!("{}", reading.text);
                } else {
                    let front = toml::to_string(&reading.document.meta).unwrap_or_default();
                    print!("+++\n{front}+++\n\n{}", markdown::write(&reading.document.blocks));
                }
            }
            Err(refusal) => eprintln!("{path}: {} {}（{}）", refusal.code, refusal.reason, refusal.help),
        }
    }
}
