//! 办公文件: what DOCX, DOC and RTF have in common. A reader of one of them tells a [`flow::Flow`] of paragraphs, cells
//! and boxes as it meets them; numbers that stand nowhere in the text come from [`numbering`], written by [`counting`].

pub mod boxes;
pub mod container;
pub mod counting;
pub mod fields;
pub mod flow;
pub mod grid;
pub mod notes;
pub mod numbering;
pub mod properties;
pub mod symbols;
pub mod tally;
pub mod xml;

use crate::piece::Refusal;

/// The refusal of a file that is cut or otherwise damaged.
pub fn damaged() -> Refusal {
    Refusal::new(
        "package-broken",
        "文件不完整或者损坏，打不开",
        "请从原处重新取得，或者用办公软件打开后另存一份，再导入",
    )
}

/// The refusal of a file that only a password opens.
pub fn locked() -> Refusal {
    Refusal::new("package-password", "这个文件有密码，打不开", "请用密码打开，另存一份没有密码的文件，再导入")
}
