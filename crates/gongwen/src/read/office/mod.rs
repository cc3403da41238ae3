//! 办公文件: what DOCX, DOC and RTF have in common. A reader of one of them tells a [`flow::Flow`] of paragraphs, cells
//! and boxes as it meets them; numbers that stand nowhere in the text come from [`numbering`], written by [`counting`].

pub mod boxes;
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
