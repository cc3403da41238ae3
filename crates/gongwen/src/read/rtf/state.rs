//! What holds inside a group of RTF.

use encoding_rs::Encoding;

use crate::read::office::notes;

/// Where the text of a group goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Destination {
    /// Into the document.
    #[default]
    Text,
    /// Nowhere.
    Nowhere,
    /// It names a font.
    Fonts,
    /// It names a style.
    Styles,
    /// The number before a paragraph, as it is printed.
    Number,
    /// The instruction of a field.
    Instruction,
    /// A box that hangs on the paragraph.
    Box,
    /// A note.
    Note(notes::Kind),
    /// 页眉 or 页脚.
    Running,
}

/// What holds inside a group.
#[derive(Clone, Copy, Debug)]
pub struct State {
    pub destination: Destination,
    /// The group itself has changed the destination, which ends with it.
    pub began: bool,
    /// It is of those that may be left out (`\*`).
    pub optional: bool,
    /// It is a field.
    pub field: bool,
    pub bold: bool,
    pub hidden: bool,
    pub deleted: bool,
    pub font: i32,
    /// How many characters stand for a `\u` where Unicode is not known.
    pub fallback: usize,
}

impl State {
    /// What holds at the start.
    pub fn new() -> State {
        State {
            destination: Destination::Text,
            began: false,
            optional: false,
            field: false,
            bold: false,
            hidden: false,
            deleted: false,
            font: 0,
            fallback: 1,
        }
    }
}

/// The encoding of a font by its `\fcharset`.
pub fn of_charset(charset: i32) -> Option<&'static Encoding> {
    Some(match charset {
        0 => encoding_rs::WINDOWS_1252,
        128 => encoding_rs::SHIFT_JIS,
        129 => encoding_rs::EUC_KR,
        134 => encoding_rs::GBK,
        136 => encoding_rs::BIG5,
        161 => encoding_rs::WINDOWS_1253,
        204 => encoding_rs::WINDOWS_1251,
        238 => encoding_rs::WINDOWS_1250,
        _ => return None,
    })
}

/// The encoding of a file by its `\ansicpg`.
pub fn of_page(page: i32) -> Option<&'static Encoding> {
    Some(match page {
        932 => encoding_rs::SHIFT_JIS,
        936 => encoding_rs::GBK,
        949 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        54_936 => encoding_rs::GB18030,
        65_001 => encoding_rs::UTF_8,
        1250 => encoding_rs::WINDOWS_1250,
        1251 => encoding_rs::WINDOWS_1251,
        1252 => encoding_rs::WINDOWS_1252,
        _ => return None,
    })
}
