//! scratch
use gongwen::{markdown, read};
fn main() {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).unwrap();
        let t = std::time::Instant::now();
        match read::read(&bytes) {
            Ok(r) => {
                println!("##### {path} {} {:?} {:?}", r.format, r.encoding, t.elapsed());
                println!("{}", toml::to_string(&r.document.meta).unwrap());
                println!("{}", markdown::write(&r.document.blocks));
                for n in &r.notes {
                    println!("NOTE {} {}", n.place, n.message);
                }
                for e in &r.enclosures {
                    println!("ENC {:?} {} {}", e.kind, e.name, e.target);
                }
                for e in &r.remarks {
                    println!("REM {:?}", e);
                }
            }
            Err(e) => println!("##### {path} REFUSED {} {} {}", e.code, e.reason, e.help),
        }
    }
}
