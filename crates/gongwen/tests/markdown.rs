//! 任何公文写成 Markdown 再读回来都不变；任何文字都读得进来，一个字也不少。

use gongwen::document::{Block, BlockKind, Heading, Table};
use gongwen::markdown::{normal, read, write};
use proptest::prelude::*;

/// Pieces that Markdown, trimming or Unicode could trip over, among ordinary words.
const PIECES: &[&str] = &[
    "#",
    "##",
    "*",
    "**",
    "_",
    "__",
    "`",
    "``",
    "~~~",
    "-",
    "--",
    "+",
    "+++",
    "=",
    "===",
    ">",
    "<",
    "<b",
    "</b>",
    "<!--",
    "|",
    "\\",
    "[",
    "]",
    "(",
    ")",
    ":",
    "!",
    "![",
    "](",
    "]:",
    "&",
    "&amp;",
    "&#35;",
    ";",
    "1. ",
    "12) ",
    "1.",
    "- ",
    "a",
    "Z9",
    "http://a.cn",
    "<http://a.cn>",
    "@",
    "\"",
    "'",
    ".",
    "...",
    "$",
    "{",
    "}",
    "^",
    "~",
    " ",
    "  ",
    "    ",
    "\u{3000}",
    "\u{a0}",
    "\u{200b}",
    "\u{feff}",
    "\u{2028}",
    "\u{85}",
    "\t",
    "\n",
    "\r\n",
    "\u{0}",
    "\u{b}",
    "\u{7f}",
    "\u{1b}",
    "😀",
    "👨‍👩‍👧",
    "é",
    "e\u{301}",
    "附件",
    "附件2",
    "一、",
    "（一）",
    "第一条",
    "①",
    "市民政局",
    "牵头",
    "。",
    "：",
    "，",
    "〔2018〕",
    "“",
    "”",
    "—",
    "——",
    "…",
    "％",
    "＊",
    "＃",
    "𠮷",
    "\u{fffd}",
];

fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![8 => prop::sample::select(PIECES).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

fn block() -> impl Strategy<Value = Block> {
    let rows = prop::collection::vec(prop::collection::vec(nasty(), 0..4), 0..4);
    prop_oneof![
        1 => nasty().prop_map(Block::title),
        2 => (any::<u8>(), nasty()).prop_map(|(level, text)| Block::heading_of(level % 9, text)),
        1 => nasty().prop_map(|text| {
            let end = text.len();
            Block { kind: BlockKind::Heading(Heading { level: 3, number: 0..0, title: 0..end }), text }
        }),
        6 => nasty().prop_map(Block::paragraph),
        2 => (any::<bool>(), rows).prop_map(|(header, rows)| Block::table(header, &rows)),
        1 => Just(Block::rule()),
        // Ranges that are not of the text.
        1 => nasty().prop_map(|text| Block { kind: BlockKind::Table(Table { header: true, rows: vec![vec![0..1, 7..99]] }), text }),
    ]
}

/// `PROPTEST_CASES` asks for more.
fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    ProptestConfig { cases: default.cases.max(4096), failure_persistence: None, ..default }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_document_survives_markdown(blocks in prop::collection::vec(block(), 0..5)) {
        let normal = normal::blocks(&blocks);
        prop_assert_eq!(&normal::blocks(&normal), &normal, "the normal form of a normal form is itself");
        let text = write(&blocks);
        let parsed = read(&text);
        prop_assert_eq!(&parsed.blocks, &normal, "{}", text);
        prop_assert!(parsed.warnings.is_empty(), "{:?} in {}", parsed.warnings, text);
        prop_assert_eq!(write(&parsed.blocks), text);
    }

    /// Every character of a block stands in the source where its origin says.
    #[test]
    fn origins_point_at_the_character(blocks in prop::collection::vec(block(), 0..5)) {
        let text = write(&blocks);
        let parsed = read(&text);
        for (i, block) in parsed.blocks.iter().enumerate() {
            for (at, c) in block.text.char_indices().filter(|(_, c)| !matches!(c, '\t' | '\n')) {
                let offset = parsed.origins.source_offset(i, at).expect("every block has a place");
                let found = text[offset..].chars().next();
                // A character reference stands for its character.
                prop_assert!(found == Some(c) || found == Some('&'), "{:?} at {} in {:?}", c, offset, text);
            }
        }
    }

    /// Of any text nothing goes but white space and the marks of Markdown.
    #[test]
    fn any_text_is_read_whole(pieces in prop::collection::vec(nasty(), 0..6)) {
        let text = pieces.join("\n");
        let words = |text: &str| -> String { text.chars().filter(|&c| c.is_alphanumeric() && !c.is_ascii_digit()).collect() };
        let parsed = read(&text);
        let front = parsed.front.map_or("", |f| f.text);
        let got: String = std::iter::once(front).chain(parsed.blocks.iter().map(|b| b.text.as_str())).map(words).collect();
        prop_assert_eq!(got.replace("amp", ""), words(&text).replace("amp", ""), "{:?}", text);
    }
}
