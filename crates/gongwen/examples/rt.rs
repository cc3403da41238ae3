use gongwen::read::{PlainText, Reader};
fn main() {
    let (mut n, mut bad) = (0, 0);
    for f in std::env::args().skip(1) {
        let b = std::fs::read(&f).unwrap();
        let r = PlainText.read(&b);
        let m = gongwen::markdown::write(&r.document.blocks);
        let p = gongwen::markdown::read(&m).blocks;
        n += 1;
        if p != r.document.blocks {
            bad += 1;
            if bad < 25 {
                for (a, b) in r.document.blocks.iter().zip(&p) {
                    if a != b {
                        println!(
                            "{f}\n  {:?} {}\n  {:?} {}",
                            a.kind,
                            a.text.chars().take(90).collect::<String>(),
                            b.kind,
                            b.text.chars().take(90).collect::<String>()
                        );
                        break;
                    }
                }
            }
        }
    }
    println!("{n} {bad}");
}
