//! Prints what a file of any form is read as, and what there is to say about it.
//! `cargo run -p gongwen --example read -- FILE`

use gongwen::{markdown, read};

fn main() {
    for path in std::env::args().skip(1) {
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
                print!("{}", markdown::write(&reading.document.blocks));
            }
            Err(refusal) => eprintln!("{path}: {} {}（{}）", refusal.code, refusal.reason, refusal.help),
        }
    }
}
