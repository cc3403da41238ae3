//! Prints a file as Markdown: `cargo run -p gongwen --example read -- FILE`.

use gongwen::{markdown, read};

fn main() -> std::io::Result<()> {
    for path in std::env::args().skip(1) {
        match read::read(&std::fs::read(&path)?) {
            Ok(reading) => {
                print!("{}", markdown::write(&reading.document.blocks));
                reading.notes.iter().for_each(|n| eprintln!("{path}: {}{}", n.place, n.message));
                reading.enclosures.iter().for_each(|e| eprintln!("{path}: {:?} {}", e.kind, e.name));
            }
            Err(refusal) => eprintln!("{path}: {}；{}", refusal.reason, refusal.help),
        }
    }
    Ok(())
}
