//! `zhengku serve`, asked by a client that sends what no browser would.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use snapbox::{assert_data_eq, str};

use crate::support::driver::{Site, command};
use crate::support::server::Server;

const EXAMPLE: &str = "content/示政办发-2025-1.md";
const PAGE: &str = "/documents/%E7%A4%BA%E6%94%BF%E5%8A%9E%E5%8F%91-2025-1.html";

/// Writes a file anew with `from` in the place of `to`.
fn edit(root: &Path, from: &str, to: &str) {
    let path = root.join(EXAMPLE);
    let text = fs::read_to_string(&path).expect("the example");
    assert!(text.contains(from), "{from}");
    fs::write(&path, text.replace(from, to)).expect("the example");
}

#[test]
fn pages_and_what_is_no_page() {
    let site = Site::initialised();
    let server = Server::start(site.root(), &[]);
    let home = server.get("/");
    assert_eq!(home.status, 200);
    for header in [
        "content-type: text/html; charset=utf-8",
        "cache-control: no-store",
        "x-content-type-options: nosniff",
        "frame-ancestors 'none'",
    ] {
        assert!(home.head.contains(header), "{header} in {}", home.head);
    }
    assert!(home.body.contains("示例政策库") && home.body.contains("<script src=\"/_serve/reload.js\""));
    // The page's own policy stays, and allows no inline script.
    assert!(home.body.contains("default-src 'none'") && !home.head.contains("unsafe-inline"));
    let head = server.ask("HEAD /");
    assert_eq!((head.status, head.body.as_str()), (200, ""));

    let worker = home.body.split("data-engine=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("the engine");
    let engine = format!("/{}", worker.replace("worker.js", "engine_bg.wasm"));
    let types = [
        ("/data/documents.json", "application/json"),
        (engine.as_str(), "application/wasm"),
        ("/data/obligations.csv", "text/csv; charset=utf-8"),
        ("/data/deadlines.ics", "text/calendar; charset=utf-8"),
        ("/feed.xml", "text/xml; charset=utf-8"),
        ("/_serve/reload.js", "text/javascript; charset=utf-8"),
        ("/_serve/serve.css", "text/css; charset=utf-8"),
    ];
    for (path, kind) in types {
        let answer = server.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.head.contains(&format!("content-type: {kind}\r\n")), "{path}: {}", answer.head);
        assert!(!answer.body.contains("_serve/reload.js\""), "{path}");
    }
    let folder = server.get("/documents");
    assert_eq!(folder.status, 307);
    assert!(folder.head.contains("location: /documents/\r\n"), "{}", folder.head);
    assert_eq!(server.get(PAGE).status, 200);

    let missing = server.get("/documents/none/deep/er");
    assert_eq!(missing.status, 404);
    assert!(missing.body.contains("没有这个页面") && missing.body.contains("lang=\"zh-CN\""), "{}", missing.body);
    assert_eq!(server.ask("POST /").status, 405);
    assert_eq!(server.ask("DELETE /index.html").status, 405);

    for path in [
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/%2E%2E%2F%2E%2E%2Fetc%2Fpasswd",
        "/%252e%252e/etc/passwd",
        "/..\\..\\etc\\passwd",
        "/..%5c..%5cetc%5cpasswd",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/index.html%00.txt",
        "/%00",
        "/%ff%fe",
        "/.zhengku-site",
        "/documents/./../../secret",
        "/C:/Windows/win.ini",
    ] {
        let answer = server.get(path);
        // What is no address at all is refused before anything is looked for.
        assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.status);
        assert!(!answer.body.contains("root:"), "{path}");
    }
    // An absolute address in the place of a path.
    assert_eq!(server.get("http://127.0.0.1/../etc/passwd").status, 404);
}

/// A change is seen, an error stands in the page over the last good site, and goes.
#[test]
fn changes_and_errors() {
    let site = Site::initialised();
    let server = Server::start(site.root(), &[]);
    let mut events = BufReader::new(server.connect());
    events.get_mut().write_all(b"GET /_serve/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").expect("it listens");
    let mut version = || loop {
        let mut line = String::new();
        assert!(events.read_line(&mut line).expect("an event in time") > 0, "the stream goes on");
        if let Some(version) = line.strip_prefix("data: ") {
            return version.trim().to_owned();
        }
    };
    let first = version();
    assert!(server.get(PAGE).body.contains(&format!("data-version=\"{first}\"")));

    edit(site.root(), "完善服务网络", "健全服务网络");
    let second = version();
    assert_ne!(first, second);
    let page = server.until(PAGE, |a| a.body.contains("健全服务网络"));
    assert!(!page.body.contains(&format!("data-version=\"{first}\"")));

    edit(site.root(), "kind = \"通知\"", "knid = \"<b>通知\"");
    assert_ne!(version(), second);
    let page = server.until(PAGE, |a| a.body.contains("zk-serve\" role=\"alert\""));
    assert_eq!(page.status, 200);
    assert!(page.body.contains("健全服务网络"), "the last good page stands");
    let error = page.body.split_once("<section id=\"zk-serve\"").and_then(|(_, rest)| rest.split_once("</section>"));
    assert_data_eq!(
        error.expect("the error").0,
        str![[r#"
 role="alert"><h2>没有生成：1 个错误</h2><p>改好以后会自动更新；下面是上一次生成的页面。</p><pre>错误[toml-unknown-key]: 不认识的键 knid
 --&gt; content/示政办发-2025-1.md:7:1
  |
7 | knid = &quot;&lt;b&gt;通知&quot;
  | ^^^^ 是不是 kind？</pre>
"#]]
    );

    edit(site.root(), "knid = \"<b>通知\"", "kind = \"通知\"");
    server.until(PAGE, |a| !a.body.contains("zk-serve\" role"));

    // Every table of the site is watched.
    for table in ["organs.toml", "regions.toml", "topics.toml"] {
        let good = fs::read_to_string(site.path(table)).expect("a table");
        fs::write(site.path(table), "不是 = ").expect("a table");
        server.until(PAGE, |a| a.body.contains("zk-serve\" role=\"alert\"") && a.body.contains(table));
        fs::write(site.path(table), good).expect("a table");
        server.until(PAGE, |a| !a.body.contains("zk-serve\" role"));
    }

    // A template of the site, made while the server runs, and taken away.
    fs::create_dir(site.path("templates")).expect("a folder");
    fs::write(site.path("templates/404.html"), "{{ 没有").expect("a template");
    server.until("/", |a| a.body.contains("zk-serve\" role=\"alert\""));
    fs::write(site.path("templates/404.html"), "<p>自己的</p>").expect("a template");
    server.until("/none", |a| a.status == 404 && a.body.contains("自己的"));
    fs::remove_dir_all(site.path("templates")).expect("a folder");
    server.until("/none", |a| a.body.contains("没有这个页面"));
}

/// A page from elsewhere whose name leads to this computer reads nothing.
#[test]
fn names_of_other_hosts() {
    let site = Site::initialised();
    let server = Server::start(site.root(), &[]);
    for path in ["/", "/data/documents.json", "/api/search?q=a", "/_serve/events"] {
        let answer = server.ask_of("evil.example:8000", &format!("GET {path}"));
        assert_eq!(answer.status, 403, "{path}");
        assert!(answer.head.contains("x-content-type-options: nosniff"), "{}", answer.head);
        assert_data_eq!(
            answer.body,
            str![[r#"
不能用 evil.example:8000 打开预览：这不是本机的名字，可能是别的网页在冒充本机。
请用 zhengku serve 印出的网址，或者 localhost、127.0.0.1 加端口。

"#]]
        );
    }
    assert_eq!(server.get("http://evil.example/").status, 403);
    assert_eq!(server.ask_of("localhost:1234", "GET /").status, 200);
}

/// A site that cannot be built yet says why, and stands as soon as it can.
#[test]
fn a_site_that_begins_broken() {
    let site = Site::initialised();
    edit(site.root(), "kind = ", "knid = ");
    let server = Server::start(site.root(), &[]);
    let page = server.get("/");
    assert_eq!(page.status, 503);
    assert!(page.body.contains("不认识的键 knid") && page.body.contains("/_serve/reload.js"), "{}", page.body);
    edit(site.root(), "knid = ", "kind = ");
    server.until("/", |a| a.status == 200);
}

#[test]
fn under_a_path() {
    let site = Site::initialised();
    let server = Server::start(site.root(), &["--base", "policy"]);
    assert_eq!(server.base, "/policy/");
    assert_eq!(server.get("/policy/").status, 200);
    for path in ["/", "/policy"] {
        let answer = server.get(path);
        assert_eq!(answer.status, 307, "{path}");
        assert!(answer.head.contains("location: /policy/\r\n"), "{}", answer.head);
    }
    assert_eq!(server.get("/documents/").status, 404);
    let answer = server.get("/policy/documents");
    assert!(answer.head.contains("location: /policy/documents/\r\n"), "{}", answer.head);
}

#[test]
fn a_taken_port() {
    let site = Site::initialised();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("its address").port().to_string();
    let run = command().args(["serve", "--port", &port, "--root"]).arg(site.root()).output().expect("it runs");
    assert_eq!(run.status.code(), Some(1));
    let said = String::from_utf8(run.stderr).expect("UTF-8").replace(&port, "[PORT]");
    assert_data_eq!(
        said,
        str![[r#"
错误[serve-port]: 端口 [PORT] 已被别的程序占用
 |
 = 办法: 换一个端口，例如 --port 8080；不写 --port 就自动用空闲的

"#]]
    );
}

/// Ctrl-C, and what a service manager sends: no error, nothing left behind.
#[cfg(unix)]
#[test]
fn it_ends_cleanly() {
    for signal in ["-INT", "-TERM"] {
        let site = Site::initialised();
        let mut server = Server::start(site.root(), &[]);
        assert_eq!(server.kept(), 1);
        // An open page does not hold the server.
        let mut page = server.connect();
        page.write_all(b"GET /_serve/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").expect("it listens");
        assert_eq!(server.stop(signal), (Some(0), String::new()), "{signal}");
        assert_eq!(server.kept(), 0, "{signal}");
    }
}

/// The same JSON as `zhengku search`, after an edit too, whatever the address says.
#[test]
fn questions() {
    let site = Site::initialised();
    let server = Server::start(site.root(), &["--base", "/policy/"]);
    let found = |query: &str| {
        let answer = server.get(&format!("/policy/api/search?{query}"));
        assert_eq!(answer.status, 200, "{query}: {}", answer.body);
        assert!(answer.head.contains("content-type: application/json; charset=utf-8"), "{}", answer.head);
        let answer: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
        answer.as_array().expect("an array").iter().map(|h| h["document"].to_string()).collect::<String>()
    };
    let document = "\"示政办发-2025-1\"";
    assert_eq!(found("q=%E5%85%BB%E8%80%81"), document);
    assert_eq!(found("q=%E5%85%BB%E8%80%81&year=2025&limit=0"), document);
    for nothing in ["q=%E5%85%BB%E8%80%81&year=1999", "q=%E5%85%BB%E8%80%81&offset=1", "q=", "", "q=%ff%00%22%&x=x"] {
        assert_eq!(found(nothing), "", "{nothing}");
    }
    let wrong = server.get("/policy/api/search?q=%E5%85%BB%E8%80%81&limit=x");
    assert_eq!(wrong.status, 400);
    assert_data_eq!(
        wrong.body,
        str![[r#"
{"error":"limit 应为不小于 0 的整数，现在是“x”；不写就用默认值"}

"#]]
    );
    edit(site.root(), "养老", "助餐");
    server.until("/policy/api/search?q=%E5%8A%A9%E9%A4%90", |a| a.body.contains(document));
    assert_eq!(server.ask("POST /policy/api/search?q=1").status, 405);
}
