//! Runs of letters and digits (2018, gb, 0432), which are indexed whole. A run longer than [`PIECE`] is indexed in
//! overlapping pieces, so that every part of up to [`STRIDE`] characters lies whole in one of them.

#[cfg(any(test, feature = "write"))]
use std::ops::Range;

/// The longest run that is one term, in characters.
pub(crate) const PIECE: usize = 64;

/// How far apart the pieces of a longer run start.
pub(crate) const STRIDE: usize = 32;

/// The pieces that a run of `length` characters is indexed in; the last one ends where the run ends.
#[cfg(any(test, feature = "write"))]
pub(crate) fn pieces(length: usize) -> impl Iterator<Item = Range<usize>> {
    let last = length.saturating_sub(PIECE).div_ceil(STRIDE);
    (0..=last).map(move |piece| piece * STRIDE..length.min(piece * STRIDE + PIECE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_short_part_of_a_run_lies_in_a_piece() {
        for length in [1, 63, 64, 65, 96, 97, 200] {
            let pieces: Vec<_> = pieces(length).collect();
            assert_eq!(pieces.last().map(|piece| piece.end), Some(length));
            for start in 0..length {
                let part = start..length.min(start + STRIDE);
                assert!(
                    pieces.iter().any(|piece| piece.start <= part.start && part.end <= piece.end),
                    "{length} {part:?}"
                );
            }
        }
    }
}
