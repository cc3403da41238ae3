//! 网址: the site-relative address of everything that has a page. Pure functions of an id.
//!
//! An address is a relative IRI: Chinese stays as it is, and what would end a path, a quotation or an attribute is
//! percent-encoded, so that it stands in HTML, JSON and a calendar as it is. Folders end in `/`.

/// All documents.
pub const DOCUMENTS: &str = "documents/";
/// All obligations.
pub const OBLIGATIONS: &str = "obligations/";
/// All organs.
pub const ORGANS: &str = "organs/";
/// All regions.
pub const REGIONS: &str = "regions/";
/// All instruments.
pub const INSTRUMENTS: &str = "instruments/";
/// Who carries what down.
pub const LINEAGE: &str = "lineage/";
/// All replies, and the deputies.
pub const REPLIES: &str = "replies/";
/// What replies promise.
pub const PROMISES: &str = "promises/";
/// All topics.
pub const TOPICS: &str = "topics/";
/// Topics and regions, with who leads.
pub const MATRIX: &str = "topics/regions/";
/// Deadlines by year.
pub const DEADLINES: &str = "deadlines/";
/// The search page; the index lies beside it.
pub const SEARCH: &str = "search/";
/// Where a reader's own file is read.
pub const READ: &str = "read/";
/// How to use the site and its data.
pub const ABOUT: &str = "about/";

/// The page of a document.
pub fn document(id: &str) -> String {
    under(DOCUMENTS, id)
}

/// The data beside the page of a document.
pub fn beside(id: &str) -> String {
    let page = document(id);
    format!("{}.json", page.strip_suffix(PAGE).unwrap_or(&page))
}

/// A document as Akoma Ntoso, beside its page.
pub fn akn(id: &str) -> String {
    let page = document(id);
    format!("{}.akn.xml", page.strip_suffix(PAGE).unwrap_or(&page))
}

/// A document as Markdown, beside its page.
pub fn markdown(id: &str) -> String {
    let page = document(id);
    format!("{}.md", page.strip_suffix(PAGE).unwrap_or(&page))
}

/// A clause of a document: its page and the clause's outline path.
pub fn clause(document_id: &str, path: &str) -> String {
    let mut address = document(document_id);
    if !path.is_empty() {
        address.push('#');
        encode(&mut address, path);
    }
    address
}

/// The page of one clause alone; see [`has_own_page`].
pub fn clause_page(document_id: &str, path: &str) -> String {
    let folder = under("clauses/", document_id);
    under(&format!("{}/", folder.strip_suffix(PAGE).unwrap_or(&folder)), path)
}

/// True where a clause with this outline path can have a page of its own: its address would be no other's, and its file
/// name no longer than file systems allow.
pub fn has_own_page(path: &str) -> bool {
    const LONGEST: usize = 200;
    !path.is_empty() && path.len() <= LONGEST && !path.contains(['_', '\\', '\0'])
}

/// The feeds of the replies to the proposals of a session, without their extensions.
pub fn session(name: &str) -> String {
    let address = under("sessions/", name);
    address.strip_suffix(PAGE).map(str::to_owned).unwrap_or(address)
}

/// The page of an organ.
pub fn organ(id: &str) -> String {
    under(ORGANS, id)
}

/// The page of a region, by its GB/T 2260 code.
pub fn region(code: &str) -> String {
    under(REGIONS, code)
}

/// The page of an instrument that the site does not hold.
pub fn instrument(id: &str) -> String {
    under(INSTRUMENTS, id)
}

/// Who of a region carries what down, by its GB/T 2260 code.
pub fn lineage_of_region(code: &str) -> String {
    under(LINEAGE, code)
}

/// The page of a deputy.
pub fn deputy(id: &str) -> String {
    under("deputies/", id)
}

/// The page of a topic.
pub fn topic(id: &str) -> String {
    under(TOPICS, id)
}

/// The page that sets two documents side by side.
pub fn compare(a: &str, b: &str) -> String {
    let folder = under("compare/", a);
    under(&format!("{}/", folder.strip_suffix(PAGE).unwrap_or(&folder)), b)
}

/// The deadlines of a year.
pub fn deadlines(year: i16) -> String {
    under(DEADLINES, &year.to_string())
}

/// The documents of a year.
pub fn year(year: &str) -> String {
    under("years/", year)
}

/// The documents of a 文种.
pub fn kind(kind: &str) -> String {
    under("kinds/", kind)
}

/// The obligations of one kind.
pub fn obligations(kind: &str) -> String {
    under(OBLIGATIONS, kind)
}

/// The obligations of the documents of a region, by its GB/T 2260 code.
pub fn obligations_of_region(code: &str) -> String {
    under(OBLIGATIONS, &format!("region-{code}"))
}

/// Page number `page`, from 1, of a list that starts at `list`.
pub fn page(list: &str, page: usize) -> String {
    let folder = list.strip_suffix(PAGE).unwrap_or(list.trim_end_matches('/'));
    if page == 1 { list.to_owned() } else { format!("list/{folder}/{page}{PAGE}") }
}

/// The source of a document, as it was imported. Only formats that no browser runs scripts of keep their extension: the
/// site must not serve a page that it did not write.
pub fn source(id: &str, extension: &str) -> String {
    const INERT: [&str; 10] = ["pdf", "ofd", "doc", "docx", "wps", "xls", "xlsx", "et", "rtf", "txt"];
    let extension = extension.to_ascii_lowercase();
    let mut address = "sources/".to_owned();
    encode(&mut address, id);
    address.push('.');
    encode(&mut address, &extension);
    if INERT.contains(&extension.as_str()) { address } else { address + ".txt" }
}

/// Appends `text` with everything encoded that may not stand in a path or a fragment as it is.
pub fn encode(out: &mut String, text: &str) {
    let mut utf8 = [0; 4];
    for c in text.chars() {
        let reserved = matches!(
            c,
            '%' | '?' | '#' | '"' | '\'' | '<' | '>' | '&' | '`' | '\\' | '^' | '{' | '}' | '|' | '[' | ']'
        );
        if reserved || c.is_whitespace() || c.is_control() || is_invisible(c) {
            for byte in c.encode_utf8(&mut utf8).bytes() {
                push_encoded(out, byte);
            }
        } else {
            out.push(c);
        }
    }
}

/// The reference to the clause with this outline path on the same page.
pub fn fragment(path: &str) -> String {
    let mut reference = String::with_capacity(path.len() + 1);
    reference.push('#');
    encode(&mut reference, path);
    reference
}

/// `address` as an ASCII URI, for formats that take no IRI.
pub fn uri(address: &str) -> String {
    let mut out = String::with_capacity(address.len() * 2);
    for byte in address.bytes() {
        if byte.is_ascii() { out.push(char::from(byte)) } else { push_encoded(&mut out, byte) }
    }
    out
}

/// The file of the page at `address`, relative to the output folder: percent-decoded, without its fragment.
pub fn file(address: &str) -> String {
    let path = address.split('#').next().unwrap_or("");
    let mut bytes = Vec::with_capacity(path.len() + 10);
    let mut rest = path.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped = match rest {
            [b'%', high, low, ..] => hex(*high).zip(hex(*low)),
            _ => None,
        };
        match escaped {
            Some((high, low)) => {
                bytes.push(high << 4 | low);
                rest = &rest[3..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    let mut file = String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned());
    if file.is_empty() || file.ends_with('/') {
        file.push_str("index.html");
    }
    file
}

fn push_encoded(out: &mut String, byte: u8) {
    out.push('%');
    out.push(char::from(HEX[usize::from(byte >> 4)]));
    out.push(char::from(HEX[usize::from(byte & 15)]));
}

const HEX: &[u8; 16] = b"0123456789ABCDEF";

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|d| u8::try_from(d).ok())
}

/// Characters that show nothing or turn the text around: in an address they only mislead.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// `folder` + the id as one path component. An id is one component already; one that is not cannot leave the folder.
fn under(folder: &str, id: &str) -> String {
    let mut address = String::with_capacity(folder.len() + id.len() + 1);
    address.push_str(folder);
    match id.strip_prefix('.') {
        // The folder's own page has that name.
        None if id.eq_ignore_ascii_case("index") => address.push_str("_index"),
        // `.` and `..` are folders, and a hidden folder is not published by many hosts.
        Some(rest) => {
            address.push('_');
            encode(&mut address, &rest.replace(['/', '\\', '\0'], "_"));
        }
        None if id.is_empty() => address.push('_'),
        None => encode(&mut address, &id.replace(['/', '\\', '\0'], "_")),
    }
    address.push_str(PAGE);
    address
}

/// How the address of a page ends that is not the first of a folder: a file of its own, for a folder would cost every
/// page a second entry on the disk.
const PAGE: &str = ".html";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_files() {
        let cases = [
            ("吉市政办发-2017-48", "documents/吉市政办发-2017-48.html", "documents/吉市政办发-2017-48.html"),
            ("a b", "documents/a%20b.html", "documents/a b.html"),
            ("50%?#\"", "documents/50%25%3F%23%22.html", "documents/50%?#\".html"),
            ("../../x", "documents/_._.._x.html", "documents/_._.._x.html"),
            ("..", "documents/_..html", "documents/_..html"),
            (".git", "documents/_git.html", "documents/_git.html"),
            ("", "documents/_.html", "documents/_.html"),
            ("&<'>", "documents/%26%3C%27%3E.html", "documents/&<'>.html"),
            ("全\u{3000}角", "documents/全%E3%80%80角.html", "documents/全\u{3000}角.html"),
        ];
        for (id, address, path) in cases {
            assert_eq!(document(id), address, "{id}");
            assert_eq!(file(address), path, "{id}");
        }
        assert_eq!(uri("a/市#一"), "a/%E5%B8%82#%E4%B8%80");
        assert_eq!(file(""), "index.html");
        assert_eq!(file("feed.xml"), "feed.xml");
        assert_eq!(clause("a", "三/（一）"), "documents/a.html#三/（一）");
        assert_eq!(clause("a", ""), "documents/a.html");
        assert_eq!(clause_page("a b", "三/（一）"), "clauses/a%20b/三_（一）.html");
        assert!(has_own_page("三/（一）") && !has_own_page("") && !has_own_page("三_（一）"));
        assert!(!has_own_page(&"条".repeat(70)));
        assert_eq!(document("Index"), "documents/_index.html");
        assert_eq!(page(DOCUMENTS, 2), "list/documents/2.html");
        assert_eq!(page(&deadlines(2018), 2), "list/deadlines/2018/2.html");
    }

    #[test]
    fn a_source_runs_nothing() {
        let table = [
            ("台政办发-2018-31", "pdf", "sources/台政办发-2018-31.pdf"),
            ("a b", "DOCX", "sources/a%20b.docx"),
            ("甲", "html", "sources/甲.html.txt"),
            ("甲", "svg", "sources/甲.svg.txt"),
        ];
        for (id, extension, expected) in table {
            assert_eq!(source(id, extension), expected);
        }
    }
}
