//! `cargo xtask bench --load`: many readers who search at once, against `zhengku serve` on this machine.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::run::root;

/// How many readers there are, and for how long.
const READERS: usize = 200;
const LENGTH: Duration = Duration::from_secs(30);

/// A server that ends with the measurement.
struct Server {
    child: Child,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Serves the site in `site` and lets every reader ask the queries of `table` in turn, from a place of its own, each as
/// soon as the one before is answered. Prints how long answers took.
///
/// # Errors
/// Where the server does not start.
pub fn run(zhengku: &Path, site: &Path, table: &str) -> Result<(), String> {
    let file = root().join("tests/cases/search").join(table);
    let text = std::fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
    let queries: Vec<String> = text.lines().filter_map(|l| Some(encoded(l.split_once(" → ")?.0))).collect();
    let server = start(zhengku, site)?;
    let until = Instant::now() + LENGTH;
    let (mut took, mut errors) = (Vec::new(), 0);
    thread::scope(|scope| {
        let readers: Vec<_> = (0..READERS)
            .map(|n| {
                let (queries, address) = (&queries, server.address.as_str());
                scope.spawn(move || read(address, queries, n, until))
            })
            .collect();
        for reader in readers {
            let (times, failed) = reader.join().unwrap_or((Vec::new(), 1));
            took.extend(times);
            errors += failed;
        }
    });
    took.sort();
    let at = |share: f64| took.get((took.len() as f64 * share) as usize).map_or(0.0, |t| t.as_secs_f64() * 1e3);
    println!(
        "load           {READERS} readers for {} s: {} answers, {errors} errors, median {:.0} ms, p99 {:.0} ms",
        LENGTH.as_secs(),
        took.len(),
        at(0.5),
        at(0.99)
    );
    Ok(())
}

fn start(zhengku: &Path, site: &Path) -> Result<Server, String> {
    let mut command = Command::new(zhengku);
    command.args(["serve", "--port", "0", "--root"]).arg(site).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|e| e.to_string())?;
    let out = child.stdout.take().ok_or("no output")?;
    let mut lines = BufReader::new(out).lines().map_while(Result::ok);
    let address = lines.find_map(|line| {
        let rest = line.split_once("http://")?.1;
        Some(rest.split('/').next()?.to_owned())
    });
    let server = Server { child, address: address.ok_or("the server does not start")? };
    // It goes on writing; nobody reads it.
    thread::spawn(move || lines.for_each(drop));
    Ok(server)
}

/// One reader: how long each answer took, and how many there were not.
fn read(address: &str, queries: &[String], from: usize, until: Instant) -> (Vec<Duration>, usize) {
    let (mut took, mut failed) = (Vec::new(), 0);
    let mut open: Option<BufReader<TcpStream>> = None;
    for query in queries.iter().cycle().skip(from * 7 % queries.len().max(1)) {
        if Instant::now() >= until {
            break;
        }
        let start = Instant::now();
        let connection = open.take().map_or_else(|| TcpStream::connect(address).map(BufReader::new), Ok);
        match connection.and_then(|mut c| ask(&mut c, address, query).map(|()| c)) {
            Ok(connection) => {
                took.push(start.elapsed());
                open = Some(connection);
            }
            Err(_) => failed += 1,
        }
    }
    (took, failed)
}

/// Asks and reads the whole answer.
fn ask(connection: &mut BufReader<TcpStream>, address: &str, query: &str) -> std::io::Result<()> {
    let request = format!("GET /api/search?q={query} HTTP/1.1\r\nHost: {address}\r\n\r\n");
    connection.get_mut().write_all(request.as_bytes())?;
    let (mut line, mut length, mut first) = (String::new(), 0, true);
    loop {
        line.clear();
        connection.read_line(&mut line)?;
        if first && !line.contains(" 200 ") {
            return Err(std::io::Error::other(line));
        }
        first = false;
        let header = line.trim_end().to_ascii_lowercase();
        if let Some(value) = header.strip_prefix("content-length:") {
            length = value.trim().parse().map_err(std::io::Error::other)?;
        }
        if header.is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    connection.read_exact(&mut body)
}

/// As an address has it.
fn encoded(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02X}")).collect()
}
