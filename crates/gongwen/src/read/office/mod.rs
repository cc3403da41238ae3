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
pub mod relations;
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

#[cfg(test)]
pub mod tests {
    /// Gives `read` copies of `whole` with bytes changed, lost and doubled, `count` of them, always the same ones; each
    /// must be done in a second.
    pub fn mutate(whole: &[u8], count: u64, read: impl Fn(&[u8])) {
        for seed in 1..=count {
            let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let mut random = |below: usize| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                (state % below.max(1) as u64) as usize
            };
            let mut bytes = whole.to_vec();
            for _ in 0..1 + random(8) {
                let at = random(bytes.len());
                match random(6) {
                    0 => bytes[at] = 0xff,
                    1 => bytes[at] = 0,
                    2 => bytes.truncate(at.max(8)),
                    3 => drop(bytes.splice(at..at, [random(256) as u8])),
                    _ => bytes[at] ^= 1 << random(8),
                }
            }
            let begun = std::time::Instant::now();
            read(&bytes);
            assert!(begun.elapsed().as_secs() < 2, "seed {seed} takes {:?}", begun.elapsed());
        }
    }
}
