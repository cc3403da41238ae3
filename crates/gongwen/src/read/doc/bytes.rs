//! Little-endian numbers of a byte string that may end too soon.

/// The byte at `at`.
pub fn u8(bytes: &[u8], at: usize) -> Option<u8> {
    bytes.get(at).copied()
}

/// Two bytes at `at`.
pub fn u16(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|b| u16::from_le_bytes(*b))
}

/// Two bytes at `at`, signed.
pub fn i16(bytes: &[u8], at: usize) -> Option<i16> {
    u16(bytes, at).map(|n| n as i16)
}

/// Four bytes at `at`.
pub fn u32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|b| u32::from_le_bytes(*b))
}

/// Four bytes at `at`, signed.
pub fn i32(bytes: &[u8], at: usize) -> Option<i32> {
    u32(bytes, at).map(|n| n as i32)
}

/// Four bytes at `at`, as a place in a byte string.
pub fn place(bytes: &[u8], at: usize) -> Option<usize> {
    u32(bytes, at).map(|n| n as usize)
}

/// `length` bytes from `at` on.
pub fn slice(bytes: &[u8], at: usize, length: usize) -> Option<&[u8]> {
    bytes.get(at..at.checked_add(length)?)
}

/// `count` characters of UTF-16 from `at` on.
pub fn text(bytes: &[u8], at: usize, count: usize) -> Option<String> {
    let units: Vec<u16> =
        slice(bytes, at, count.checked_mul(2)?)?.chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]])).collect();
    Some(String::from_utf16_lossy(&units))
}

/// A PLC ([MS-DOC] 2.2.2): character positions, one more than the things between them, then the things, each `size`
/// bytes long.
pub struct Plc<'a> {
    bytes: &'a [u8],
    size: usize,
    /// How many things it holds.
    pub len: usize,
}

impl<'a> Plc<'a> {
    /// The PLC of these bytes.
    pub fn new(bytes: &'a [u8], size: usize) -> Plc<'a> {
        Plc { bytes, size, len: bytes.len().saturating_sub(4) / (4 + size) }
    }

    /// Position number `i`, up to `len`.
    pub fn position(&self, i: usize) -> Option<usize> {
        place(self.bytes, i * 4)
    }

    /// Thing number `i`.
    pub fn thing(&self, i: usize) -> Option<&'a [u8]> {
        slice(self.bytes, (self.len + 1) * 4 + i * self.size, self.size)
    }
}
