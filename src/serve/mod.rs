//! 预览: the site on this computer, rebuilt and reloaded while people edit. For the `serve` command only.
//!
//! - `mod` opens the port, builds into a private folder and runs until Ctrl-C
//! - `watch` tells what changed, `files` answers requests, `api` questions, `page` is what serve puts into pages
//! - `connections` keeps the clients, `host` refuses those that mean another host
//!
//! A page of the site is served as it will be published but for two tags in its head, a style sheet and a script from
//! `/_serve/`, which listens to `/_serve/events` and reloads the page after a build. They come from the site's own
//! origin, so the Content-Security-Policy that the page brings need not be loosened; the header that serve adds
//! ([`files::POLICY`]) only keeps a template without a policy to this origin.

mod api;
mod connections;
pub mod files;
mod host;
mod page;
mod watch;

use std::any::Any;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, PoisonError, RwLock};

use maud::Markup;
use tokio::sync::watch as latest;

use crate::diagnostics::{Attempt, Diagnostic, Diagnostics};
use crate::system;

use watch::{Wake, Watch};

/// The port that is tried first where the user names none.
const PORT: u16 = 8000;
/// How many ports after it are tried.
const PORTS: u16 = 100;

/// What serve needs of the generator.
pub trait Builder: Send + Sync {
    /// Builds the site into `output`, to stand at `url`; tells the user how it went.
    ///
    /// # Errors
    /// What is wrong; `output` is then as it was.
    fn build(&self, output: &Path, url: &str) -> Result<(), Diagnostics>;
    /// Does for the site in `output` what readers need not wait for: its search index. True where that has changed. May
    /// be called by several threads; the newest site is what counts.
    fn index(&self, output: &Path) -> bool;
    /// The files and folders that the site is made from, whether they exist or not.
    fn sources(&self) -> Vec<PathBuf>;
    /// Tells the user where the site is.
    fn serving(&self, url: &str);
    /// Tells the user what went wrong outside a build.
    fn report(&self, problems: &Diagnostics);
}

/// What the user may choose.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The port; 0 for any, `None` for the first free one from 8000.
    pub port: Option<u16>,
    /// The path that the site stands under, such as `/policy/`.
    pub base: Option<String>,
}

/// The site as it is now.
#[derive(Debug)]
struct State {
    /// The folder of the last good build, once there is one.
    site: PathBuf,
    /// Its path in addresses, with `/` at both ends.
    base: String,
    /// Why the last build failed.
    problem: RwLock<Option<Markup>>,
    /// Changes after every build, and with the process, so that open pages know that they are old. Empty when the server
    /// ends.
    version: latest::Sender<String>,
    /// The index of the last good build.
    opened: api::Opened,
}

/// Serves until the user stops it.
///
/// # Errors
/// Where the port cannot be had or the private folder cannot be made.
pub fn run(options: &Options, builder: &Arc<dyn Builder>) -> Result<(), Diagnostic> {
    let base = base(options.base.as_deref())?;
    let listener = listen(options.port)?;
    let failed = |e: &std::io::Error| Diagnostic::error("serve-start", format!("服务启动不了：{e}"));
    let port = listener.local_addr().map_err(|e| failed(&e))?.port();
    let folder = tempfile::Builder::new()
        .prefix("zhengku-serve-")
        .tempdir()
        .map_err(|e| Diagnostic::io(Attempt::Create, &std::env::temp_dir(), &e))?;
    let state = Arc::new(State {
        site: folder.path().join("site"),
        base,
        problem: RwLock::default(),
        version: latest::Sender::new(version(0)),
        opened: api::Opened::default(),
    });
    let runtime = tokio::runtime::Runtime::new().map_err(|e| failed(&e))?;
    let (wake, woken) = channel();
    let worker = std::thread::spawn({
        let (state, builder, wake) = (state.clone(), builder.clone(), wake.clone());
        let url = format!("http://127.0.0.1:{port}{}", state.base);
        move || keep_up(&state, &builder, &url, Watch::new(wake), &woken)
    });
    let served = runtime.block_on(async {
        listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let router = files::router(state.clone());
        // Open pages listen for ever; they are told that there is nothing more to hear.
        let ending = || state.version.send_modify(String::clear);
        connections::serve(&listener, router, connections::PATIENCE, system::asked_to_end(), ending).await
    });
    // A build that is under way ends first, so that nothing is left in the private folder.
    let _ = wake.send(Wake::Stop);
    let _ = worker.join();
    runtime.shutdown_background();
    served.map_err(|e| failed(&e))
}

/// Builds, and builds again after every change.
fn keep_up(state: &Arc<State>, builder: &Arc<dyn Builder>, url: &str, mut watch: Watch, woken: &Receiver<Wake>) {
    let mut indexing = Vec::new();
    let mut build = || {
        // Watched before it is built, so that a change during the build is not missed.
        builder.report(&watch.follow(&builder.sources()));
        state.build(builder.as_ref(), url);
        // The next change does not wait for the index of this one.
        let (state, builder) = (state.clone(), builder.clone());
        indexing.retain(|thread: &std::thread::JoinHandle<()>| !thread.is_finished());
        indexing.push(std::thread::spawn(move || {
            if builder.index(&state.site) {
                state.opened.forget();
            }
        }));
    };
    build();
    builder.serving(url);
    while watch::wait(woken, || builder.sources()) {
        build();
    }
    for thread in indexing {
        let _ = thread.join();
    }
}

impl State {
    fn build(&self, builder: &dyn Builder, url: &str) {
        let built = catch_unwind(AssertUnwindSafe(|| builder.build(&self.site, url)));
        let problem = match built {
            Ok(Ok(())) => None,
            Ok(Err(problems)) => Some(problems),
            Err(panic) => {
                let problem = Diagnostic::error("serve-panic", format!("生成时程序出错：{}", said(panic.as_ref())))
                    .help("这是政库的缺陷；请把刚才改动的文件和这段话一起报告");
                builder.report(&problem.clone().into());
                Some(problem.into())
            }
        };
        let problem = problem.map(|p| page::problems(&p, self.site.is_dir()));
        *self.problem.write().unwrap_or_else(PoisonError::into_inner) = problem;
        self.version.send_modify(|v| {
            let built: u64 = v.rsplit('-').next().and_then(|n| n.parse().ok()).unwrap_or_default();
            *v = version(built + 1);
        });
    }

    fn problem(&self) -> Option<Markup> {
        self.problem.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn version(built: u64) -> String {
    format!("{}-{built}", std::process::id())
}

/// What a panic said.
fn said(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("没有说明")
}

/// Opens the port that was asked for, or the first that is free.
fn listen(port: Option<u16>) -> Result<TcpListener, Diagnostic> {
    let bind = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    let (first, last) = port.map_or((PORT, PORT + PORTS), |p| (p, p));
    let mut refused = None;
    for port in first..=last {
        match bind(port) {
            Ok(listener) => return Ok(listener),
            Err(e) if e.kind() == ErrorKind::AddrInUse => refused = Some(e),
            Err(e) => {
                refused = Some(e);
                break;
            }
        }
    }
    let help = "换一个端口，例如 --port 8080；不写 --port 就自动用空闲的";
    let diagnostic = match refused {
        Some(e) if e.kind() == ErrorKind::AddrInUse && port.is_none() => {
            let message = format!("端口 {first} 到 {last} 都被占用");
            return Err(Diagnostic::error("serve-port", message).help("关掉几个程序，或者用 --port 0"));
        }
        Some(e) if e.kind() == ErrorKind::AddrInUse => format!("端口 {first} 已被别的程序占用"),
        Some(e) if e.kind() == ErrorKind::PermissionDenied => format!("没有权限用端口 {first}"),
        Some(e) => format!("端口 {first} 打不开：{e}"),
        None => format!("端口 {first} 打不开"),
    };
    Err(Diagnostic::error("serve-port", diagnostic).help(help))
}

/// The base path with `/` at both ends.
fn base(asked: Option<&str>) -> Result<String, Diagnostic> {
    let asked = asked.unwrap_or_default().trim_matches('/');
    if asked.is_empty() {
        return Ok("/".to_owned());
    }
    let plain = |part: &str| {
        !matches!(part, "" | "." | ".." | page::RESERVED)
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~'))
    };
    if asked.split('/').all(plain) {
        return Ok(format!("/{asked}/"));
    }
    Err(Diagnostic::error("serve-base", format!("--base 不能是 {asked}"))
        .help("写网址里的路径，例如 /policy/，用字母、数字和 - _ . ~"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bases() {
        let table = [
            (None, Some("/")),
            (Some("/"), Some("/")),
            (Some("policy"), Some("/policy/")),
            (Some("/a/b-2/"), Some("/a/b-2/")),
            (Some("a/../b"), None),
            (Some("a//b"), None),
            (Some("政策"), None),
            (Some("_serve"), None),
        ];
        for (asked, expected) in table {
            assert_eq!(base(asked).ok().as_deref(), expected, "{asked:?}");
        }
    }

    #[test]
    fn a_taken_port() {
        let taken = listen(Some(0)).expect("a free port");
        let port = taken.local_addr().expect("its address").port();
        let refused = listen(Some(port)).expect_err("the port is taken");
        assert_eq!(refused.message, format!("端口 {port} 已被别的程序占用"));
        let next = listen(None).expect("another port");
        assert!((PORT..=PORT + PORTS).contains(&next.local_addr().expect("its address").port()));
        let after = listen(None).expect("one more port");
        assert_ne!(next.local_addr().ok(), after.local_addr().ok());
    }

    /// A build that panics is shown, and the next good one takes it away.
    #[test]
    fn a_panicking_build_is_a_page() {
        struct Clumsy(std::sync::atomic::AtomicUsize);
        impl Builder for Clumsy {
            fn build(&self, _: &Path, _: &str) -> Result<(), Diagnostics> {
                match self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed) {
                    0 => panic!("<五>"),
                    1 => Err(Diagnostic::error("a", "b < c").into()),
                    _ => Ok(()),
                }
            }
            fn index(&self, _: &Path) -> bool {
                false
            }
            fn sources(&self) -> Vec<PathBuf> {
                Vec::new()
            }
            fn serving(&self, _: &str) {}
            fn report(&self, _: &Diagnostics) {}
        }
        let state = State {
            site: PathBuf::new(),
            base: "/".into(),
            problem: RwLock::default(),
            version: latest::Sender::new(version(0)),
            opened: api::Opened::default(),
        };
        let clumsy = Clumsy(Default::default());
        state.build(&clumsy, "");
        let problem = state.problem().expect("a problem").0;
        assert!(problem.contains("生成时程序出错：&lt;五&gt;"), "{problem}");
        state.build(&clumsy, "");
        assert!(state.problem().is_some_and(|p| p.0.contains("b &lt; c")));
        state.build(&clumsy, "");
        assert!(state.problem().is_none());
        assert_eq!(*state.version.borrow(), version(3));
    }
}
