//! A plain static host, as any that the site may be put on: files, their types, 404, and nothing else; no ranges, no
//! compression.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

const TYPES: [(&str, &str); 7] = [
    ("html", "text/html; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("svg", "image/svg+xml"),
    ("wasm", "application/wasm"),
    ("xml", "text/xml; charset=utf-8"),
];

/// A host that runs until the tests end.
pub struct Host {
    /// The address of the site, with `/` at its end.
    pub url: String,
    broken: Arc<Mutex<Option<(String, u16)>>>,
}

impl Host {
    /// Serves `folder` under `/policy/`.
    pub fn of(folder: &Path) -> Host {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}/policy/", listener.local_addr().expect("its address"));
        let broken: Arc<Mutex<Option<(String, u16)>>> = Arc::default();
        let (folder, fault) = (folder.to_owned(), broken.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (folder, fault) = (folder.clone(), fault.clone());
                std::thread::spawn(move || answer(stream, &folder, &fault));
            }
        });
        Host { url, broken }
    }

    /// From now on answers with `status` whatever address holds `part`; nothing where it is empty.
    pub fn fail(&self, part: &str, status: u16) {
        let fault = (!part.is_empty()).then(|| (part.to_owned(), status));
        *self.broken.lock().unwrap_or_else(PoisonError::into_inner) = fault;
    }
}

fn answer(mut stream: TcpStream, folder: &Path, broken: &Mutex<Option<(String, u16)>>) -> Option<()> {
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines();
    let request = lines.next()?.ok()?;
    while lines.next()?.ok().is_some_and(|line| !line.is_empty()) {}
    let address = request.split(' ').nth(1)?.split('?').next()?.to_owned();
    let fault = broken.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let status = fault.filter(|(part, _)| address.contains(part.as_str())).map(|(_, status)| status);
    let found = file(folder, &address).and_then(|path| Some((std::fs::read(&path).ok()?, path)));
    let (status, bytes, path) = match (status, found) {
        (Some(status), _) => (status, Vec::new(), PathBuf::from("error.html")),
        (None, Some((bytes, path))) => (200, bytes, path),
        (None, None) => (404, std::fs::read(folder.join("404.html")).unwrap_or_default(), PathBuf::from("404.html")),
    };
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
    let kind = TYPES.iter().find(|(e, _)| *e == extension).map_or("application/octet-stream", |(_, kind)| kind);
    let length = bytes.len();
    let head = format!("HTTP/1.1 {status} -\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n");
    let head = head + "Cache-Control: max-age=600\r\nConnection: close\r\n\r\n";
    stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&bytes)).ok()
}

fn file(folder: &Path, address: &str) -> Option<PathBuf> {
    let address = address.strip_prefix("/policy/")?;
    let decoded = percent_encoding::percent_decode_str(address).decode_utf8().ok()?;
    let path = folder.join(decoded.as_ref());
    Some(if path.is_dir() { path.join("index.html") } else { path }).filter(|p| p.is_file())
}
