//! Every kind of page as people see it, where `SCREENSHOTS` names a folder: at three widths, light and dark, and printed.

use std::io::Write;
use std::path::PathBuf;

use super::accessible::PAGES;
use super::to;
use crate::support::chromium::{Page, Screen};

/// How far down a picture goes.
const MOST: u32 = 3000;

#[test]
fn every_page() {
    let Some(folder) = std::env::var_os("SCREENSHOTS").map(PathBuf::from) else {
        let _ = writeln!(std::io::stderr(), "skipped: pictures are taken by `cargo xtask screenshots`");
        return;
    };
    for (screen, widths) in [(Screen::Phone, &[360][..]), (Screen::Desktop, &[768, 1440])] {
        let Some(mut page) = Page::open(screen) else { return };
        for address in PAGES {
            let name = match address.trim_end_matches('/').trim_end_matches(".html") {
                "" => "home".to_owned(),
                name => name.replace('/', "-"),
            };
            for &width in widths {
                for dark in [false, true] {
                    page.look(width, dark);
                    page.go(&to(address));
                    page.pause(600);
                    let scheme = if dark { "dark" } else { "light" };
                    let picture = page.whole(width, MOST);
                    std::fs::write(folder.join(format!("{name}-{width}-{scheme}.png")), picture).expect("a picture");
                }
            }
            if screen == Screen::Desktop {
                std::fs::write(folder.join(format!("{name}.pdf")), page.print()).expect("a print");
            }
        }
    }
}
