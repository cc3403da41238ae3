//! scratch
use gongwen::{markdown, read};
fn main() {
    let mut all = Vec::new();
    let out = std::env::args().nth(1).unwrap();
    for path in std::env::args().skip(2) {
        let bytes = std::fs::read(&path).unwrap();
        let t = std::time::Instant::now();
        let mut s = String::new();
        match read::read(&bytes) {
            Ok(r) => {
                s += &format!("##### {path} {} {:?} {:?}\n", r.format, r.encoding, t.elapsed());
                s += &format!("{}\n", toml::to_string(&r.document.meta).unwrap());
                s += &format!("{}\n", markdown::write(&r.document.blocks));
                for n in &r.notes {
                    s += &format!("NOTE {} {}\n", n.place, n.message);
                }
                for e in &r.enclosures {
                    s += &format!("ENC {:?} {} {}\n", e.kind, e.name, e.target);
                }
                for e in &r.remarks {
                    s += &format!("REM {:?}\n", e);
                }
                all.push(serde_json::to_value(&r.document.meta).unwrap());
            }
            Err(e) => s += &format!("##### {path} REFUSED {} {} {}\n", e.code, e.reason, e.help),
        }
        let name = std::path::Path::new(&path);
        let dir = name.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned();
        std::fs::write(format!("{out}/{dir}-{}.md", name.file_stem().unwrap().to_string_lossy()), s).unwrap();
    }
    std::fs::write(format!("{out}/documents.json"), serde_json::to_string(&all).unwrap()).unwrap();
}
