//! A running `zhengku serve`, and a client that sends what no browser would.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::driver::command;

/// Longest wait for a build, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A server that ends with the test.
pub struct Server {
    child: Child,
    port: u16,
    pub base: String,
    /// Where it keeps its private folder.
    private: tempfile::TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a server answered.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Server {
    /// Serves `root` on any free port; waits until it says where.
    pub fn start(root: &Path, more: &[&str]) -> Server {
        let mut command = command();
        command.args(["serve", "--port", "0", "--root"]).arg(root).args(more);
        Server::run(command)
    }

    /// Where the site is.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}{}", self.port, self.base)
    }

    fn run(mut command: Command) -> Server {
        let private = tempfile::tempdir().expect("a folder");
        command.env("TMPDIR", private.path());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs");
        let out = BufReader::new(child.stdout.take().expect("its output"));
        let url = out.lines().map_while(Result::ok).find_map(|line| {
            let at = line.find("http://127.0.0.1:")?;
            line[at + "http://127.0.0.1:".len()..].split(' ').next().map(str::to_owned)
        });
        let url = url.expect("it says where it serves");
        let (port, base) = url.split_once('/').expect("a port and a path");
        Server { child, port: port.parse().expect("a port"), base: format!("/{base}"), private }
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        stream
    }

    /// Sends `request`, the line without its version, as it is.
    pub fn ask(&self, request: &str) -> Answer {
        self.ask_of("127.0.0.1", request)
    }

    /// The same, addressed to another host.
    pub fn ask_of(&self, host: &str, request: &str) -> Answer {
        let mut stream = self.connect();
        let sent = format!("{request} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        stream.write_all(sent.as_bytes()).expect("it listens");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("it answers");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").expect("an answer has a head");
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).expect("a status");
        Answer { status, head: head.to_lowercase(), body: body.to_owned() }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask(&format!("GET {path}"))
    }

    /// Asks for `path` until the page is as wanted.
    pub fn until(&self, path: &str, wanted: impl Fn(&Answer) -> bool) -> Answer {
        let since = Instant::now();
        loop {
            let answer = self.get(path);
            if wanted(&answer) {
                return answer;
            }
            assert!(since.elapsed() < PATIENCE, "{path} never was as wanted: {}", answer.body);
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    /// How many files and folders it keeps.
    pub fn kept(&self) -> usize {
        fs::read_dir(self.private.path()).expect("a folder").count()
    }

    /// Asks the process to end; its code and what it said.
    #[cfg(unix)]
    pub fn stop(&mut self, signal: &str) -> (Option<i32>, String) {
        let mut err = self.child.stderr.take().expect("its errors");
        let killed = Command::new("kill").args([signal, &self.child.id().to_string()]).status();
        assert!(killed.is_ok_and(|s| s.success()));
        let status = self.child.wait().expect("it ends");
        let mut said = String::new();
        err.read_to_string(&mut said).expect("UTF-8");
        (status.code(), said)
    }
}
