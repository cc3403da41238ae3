//! 限度: what a hostile PDF may cost. Everything is counted before it is unpacked or drawn, since neither can be stopped
//! half-way.

use std::collections::HashMap;
use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro_syntax::Pdf;
use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::Resources;

use crate::piece::Refusal;

/// A file has no more pages.
const PAGES: usize = 5_000;
/// A stream unpacks to no more bytes, and all that are not images to no more than four times that.
const STREAM: u64 = 96 << 20;
/// All pages together draw with no more bytes of instructions, forms counted as often as they are drawn.
const DRAWN: u64 = 256 << 20;
/// Forms lie no deeper within each other.
const DEPTH: usize = 24;
/// A font's table of widths names no more codes than a font can have glyphs.
const GLYPHS: i64 = 65_536;
/// A document has no more glyphs and path parts.
const MARKS: usize = 6_000_000;

fn too_large(what: &str) -> Refusal {
    Refusal::new(
        "pdf-too-large",
        format!("这个 PDF {what}，超过限度"),
        "这样的文件多半是坏的；确实要导入的，请在能打开它的软件里另存一份，或者拆成几个文件",
    )
}

/// What is drawn, counted.
#[derive(Default)]
pub struct Marks(usize);

impl Marks {
    /// Counts one; false where there are too many.
    pub fn count(&mut self) -> bool {
        self.0 += 1;
        self.0 <= MARKS
    }

    /// # Errors
    /// There were too many.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.0 > MARKS { Err(too_large("画的字和线太多")) } else { Ok(()) }
    }
}

/// Unpacks every stream of the file as it lies, without keeping it: opening a file already unpacks some.
///
/// # Errors
/// One unpacks to more than a document needs.
pub fn before_opening(bytes: &[u8]) -> Result<(), Refusal> {
    let mut total = 0;
    let mut at = 0;
    while let Some(found) = find(&bytes[at..], b"stream") {
        let dictionary = &bytes[(at + found).saturating_sub(512)..at + found];
        at += found + b"stream".len();
        let start = at + bytes[at..].iter().take(2).take_while(|b| matches!(b, b'\r' | b'\n')).count();
        if start == at {
            continue;
        }
        let image = find(last_object(dictionary), b"/Image").is_some() && find(dictionary, b"/ObjStm").is_none();
        let size = unpacked(&bytes[start..], 0);
        if size > STREAM && !image {
            return Err(too_large("里的数据展开以后太大"));
        }
        total += if image { 0 } else { size };
        if total > 4 * STREAM {
            return Err(too_large("里的数据展开以后太大"));
        }
    }
    Ok(())
}

/// What of a stretch of bytes comes after the last `obj`.
fn last_object(bytes: &[u8]) -> &[u8] {
    let at = bytes.windows(5).rposition(|w| w == b" obj\n" || w == b" obj\r" || w == b" obj<");
    &bytes[at.unwrap_or(0)..]
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|w| w == needle)
}

/// How many bytes a zlib stream unpacks to, streams within it as well, up to a little over the limit.
fn unpacked(bytes: &[u8], depth: usize) -> u64 {
    let is_zlib = |b: &[u8]| matches!(b, [a, b, ..] if a & 15 == 8 && (u16::from(*a) << 8 | u16::from(*b)) % 31 == 0);
    if depth > 4 || !is_zlib(bytes) {
        return 0;
    }
    let mut decoder = ZlibDecoder::new(bytes).take(STREAM + 1);
    let mut head = [0; 4096];
    let mut kept = 0;
    while kept < head.len() {
        match decoder.read(&mut head[kept..]) {
            Ok(0) | Err(_) => break,
            Ok(n) => kept += n,
        }
    }
    let rest = std::io::copy(&mut decoder, &mut std::io::sink()).unwrap_or(STREAM.saturating_sub(decoder.limit()));
    let size = kept as u64 + rest;
    if is_zlib(&head[..kept]) {
        // A stream packed twice: count what the inner one makes, too.
        let mut inner = Vec::new();
        let _ = ZlibDecoder::new(bytes).take(8 << 20).read_to_end(&mut inner);
        return size.max(unpacked(&inner, depth + 1));
    }
    size
}

/// Counts what drawing the file would cost.
///
/// # Errors
/// More than a document needs.
pub fn before_drawing(pdf: &Pdf) -> Result<(), Refusal> {
    if pdf.pages().len() > PAGES {
        return Err(too_large(&format!("有 {} 页", pdf.pages().len())));
    }
    for object in pdf.objects() {
        match &object {
            Object::Dict(dict) => widths(dict)?,
            Object::Stream(stream) => filters(stream)?,
            _ => {}
        }
    }
    let mut cost = Cost::default();
    let mut total = 0u64;
    for page in pdf.pages().iter() {
        let size = match page.raw().get::<Object<'_>>("Contents") {
            Some(Object::Stream(s)) => measure(&s)?,
            Some(Object::Array(a)) => {
                let mut size = 0;
                for s in a.iter::<Stream<'_>>() {
                    size += measure(&s)?;
                    over(size, STREAM)?;
                }
                size
            }
            _ => 0,
        };
        over(size, STREAM)?;
        let content = page.page_stream().unwrap_or(&[]);
        total += cost.of(content, page.resources(), 0)?;
        if let Some(annotations) = page.raw().get::<Array<'_>>("Annots") {
            for annotation in annotations.iter::<Dict<'_>>().take(10_000) {
                let Some(looks) = annotation.get::<Dict<'_>>("AP") else { continue };
                let form = match looks.get::<Object<'_>>("N") {
                    Some(Object::Stream(s)) => vec![s],
                    Some(Object::Dict(d)) => d.keys().take(8).filter_map(|k| d.get::<Stream<'_>>(k)).collect(),
                    _ => Vec::new(),
                };
                for form in form {
                    total += cost.form(&form, page.resources(), 0)?;
                }
            }
        }
        over(total, DRAWN)?;
    }
    Ok(())
}

fn over(size: u64, limit: u64) -> Result<(), Refusal> {
    if size > limit { Err(too_large("里的绘图指令太多")) } else { Ok(()) }
}

/// Refuses a table of widths that would name billions of codes.
fn widths(dict: &Dict<'_>) -> Result<(), Refusal> {
    let children = dict.get::<Array<'_>>("DescendantFonts");
    let children = children.iter().flat_map(|a| a.iter::<Dict<'_>>()).take(4);
    for font in children.chain(std::iter::once(dict.clone())) {
        for key in ["W", "W2"] {
            let Some(table) = font.get::<Array<'_>>(key) else { continue };
            if huge(&table) {
                return Err(too_large("的字体宽度表太大"));
            }
        }
    }
    Ok(())
}

/// True where a range `first last width` of the table goes over more codes than there are.
fn huge(table: &Array<'_>) -> bool {
    let mut items = table.flex_iter();
    loop {
        if items.next::<(u32, Array<'_>)>().is_some() {
            continue;
        }
        match items.next::<(u32, u32, f32)>() {
            Some((first, last, _)) if i64::from(last) - i64::from(first) > GLYPHS => return true,
            Some(_) => {}
            None => return false,
        }
    }
}

/// Refuses streams that are packed over and over.
fn filters(stream: &Stream<'_>) -> Result<(), Refusal> {
    use hayro_syntax::Filter;
    let packs = |f: &Filter| matches!(f, Filter::FlateDecode | Filter::LzwDecode | Filter::RunLengthDecode);
    if stream.filters().iter().filter(|f| packs(f)).count() > 2 {
        return Err(too_large("里的数据反复压缩"));
    }
    Ok(())
}

/// How many bytes a stream unpacks to; the limit where it cannot be told.
fn measure(stream: &Stream<'_>) -> Result<u64, Refusal> {
    use hayro_syntax::Filter;
    let raw = stream.raw_data();
    let size = match stream.filters().first() {
        None => raw.len() as u64,
        Some(Filter::FlateDecode) => match unpacked(&raw, 0) {
            0 => std::io::copy(&mut DeflateDecoder::new(&*raw).take(STREAM + 1), &mut std::io::sink()).unwrap_or(0),
            n => n,
        },
        // A code of LZW stands for 4,096 bytes at most, a pair of run length for 128.
        Some(Filter::LzwDecode) => (raw.len() as u64).saturating_mul(1365).min(STREAM),
        Some(_) => (raw.len() as u64).saturating_mul(64).min(STREAM),
    };
    over(size, STREAM)?;
    Ok(size)
}

/// What streams cost to draw, forms within them counted as often as they are drawn.
#[derive(Default)]
struct Cost {
    known: HashMap<ObjectIdentifier, u64>,
}

impl Cost {
    fn of(&mut self, content: &[u8], resources: &Resources<'_>, depth: usize) -> Result<u64, Refusal> {
        let mut cost = content.len() as u64;
        if resources.x_objects.is_empty() {
            return Ok(cost);
        }
        let mut seen: HashMap<Vec<u8>, u64> = HashMap::new();
        let mut operations = UntypedIter::new(content);
        while let Some(operation) = operations.next() {
            if **operation.operator != *b"Do" {
                continue;
            }
            let Some(Object::Name(name)) = operation.operands().next() else { continue };
            let own = match seen.get(&**name) {
                Some(own) => *own,
                None => {
                    let own = match resources.x_objects.get::<Stream<'_>>(&**name) {
                        Some(form) => self.form(&form, resources, depth)?,
                        None => 0,
                    };
                    seen.insert(name.to_vec(), own);
                    own
                }
            };
            cost = cost.saturating_add(own);
            over(cost, DRAWN)?;
        }
        Ok(cost)
    }

    fn form(&mut self, form: &Stream<'_>, parent: &Resources<'_>, depth: usize) -> Result<u64, Refusal> {
        if form.dict().get::<Name<'_>>("Subtype").is_none_or(|n| &*n != b"Form") {
            return Ok(64);
        }
        if let Some(cost) = self.known.get(&form.obj_id()) {
            return Ok(*cost);
        }
        if depth >= DEPTH {
            return Err(too_large("里的图形嵌套太深"));
        }
        measure(form)?;
        let content = form.decoded_data().unwrap_or_default();
        let own = form.dict().get::<Dict<'_>>("Resources").map(Resources::new);
        let cost = self.of(&content, own.as_ref().unwrap_or(parent), depth + 1)?.max(64);
        self.known.insert(form.obj_id(), cost);
        Ok(cost)
    }
}
