//! A page in a real Chromium, driven as a person drives it. Where there is no Chromium, the tests that need one say
//! that they are skipped; `cargo xtask test` installs it.
//!
//! Chromium is spoken to by the DevTools protocol over a pipe, messages of JSON parted by NUL; that needs no library and
//! no port. The shell gives it the two ends as the files 3 and 4, where it looks for them.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// Longest wait for what should happen, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// What it is called.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// One at a time: two would wait for each other's cores.
static ALONE: Mutex<()> = Mutex::new(());

/// What a person looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// 390 × 844, touched.
    Phone,
    /// 1280 × 900, with a mouse.
    Desktop,
}

/// A page in a browser of its own, without a cache, which ends with the test.
pub struct Page {
    screen: Screen,
    child: Child,
    to: ChildStdin,
    from: Receiver<Value>,
    session: String,
    last: u64,
    /// What went wrong in the page or one of its workers, as the console says it.
    errors: Vec<String>,
    /// The addresses that were asked for, and how many bytes each took.
    requests: HashMap<String, (String, u64)>,
    loaded: bool,
    _profile: tempfile::TempDir,
    _alone: MutexGuard<'static, ()>,
}

impl Drop for Page {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn find() -> Option<PathBuf> {
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    NAMES.iter().flat_map(|name| folders.iter().map(move |f| f.join(name))).find(|path| path.is_file())
}

impl Page {
    /// Opens an empty page. `None` where there is no Chromium, which is said past the capture of the test's output.
    pub fn open(screen: Screen) -> Option<Page> {
        let Some(chromium) = find() else {
            let _ = writeln!(std::io::stderr(), "skipped: a test of the pages needs chromium, which is not here");
            return None;
        };
        let alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        let profile = tempfile::tempdir().expect("a folder");
        let mut child = Command::new("sh")
            .args(["-c", "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1"])
            .arg(chromium)
            .args(["--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--disable-quic"])
            .args(["--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"])
            .args(["--disable-dev-shm-usage", "--lang=zh-CN"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell");
        let to = child.stdin.take().expect("its input");
        let out = BufReader::new(child.stdout.take().expect("its output"));
        let (sender, from) = channel();
        std::thread::spawn(move || {
            for message in out.split(0).map_while(Result::ok) {
                let Ok(message) = serde_json::from_slice(&message) else { break };
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let mut page = Page {
            screen,
            child,
            to,
            from,
            session: String::new(),
            last: 0,
            errors: Vec::new(),
            requests: HashMap::new(),
            loaded: false,
            _profile: profile,
            _alone: alone,
        };
        let target = page.call("Target.createTarget", json!({ "url": "about:blank" }))["targetId"].clone();
        let attached = page.call("Target.attachToTarget", json!({ "targetId": target, "flatten": true }));
        page.session = attached["sessionId"].as_str().expect("a session").to_owned();
        page.call("Page.enable", json!({}));
        for (method, params) in watching() {
            page.call(method, params);
        }
        // Workers report as the page does, from their first request on.
        let workers = json!({ "autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true });
        page.call("Target.setAutoAttach", workers);
        let (width, height, scale) = if screen == Screen::Phone { (390, 844, 3) } else { (1280, 900, 1) };
        let phone = screen == Screen::Phone;
        page.call("Emulation.setTouchEmulationEnabled", json!({ "enabled": phone }));
        page.resize(width, height, scale, phone);
        Some(page)
    }

    fn resize(&mut self, width: u32, height: u32, scale: u32, mobile: bool) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": scale, "mobile": mobile });
        self.call("Emulation.setDeviceMetricsOverride", metrics);
    }

    fn send(&mut self, session: &str, method: &str, params: Value) -> u64 {
        self.last += 1;
        let mut message = json!({ "id": self.last, "method": method, "params": params });
        if !session.is_empty() {
            message["sessionId"] = session.into();
        }
        self.to.write_all(format!("{message}\0").as_bytes()).expect("chromium listens");
        self.last
    }

    /// Calls a method of the protocol.
    pub fn call(&mut self, method: &str, params: Value) -> Value {
        self.ask(method, params).unwrap_or_else(|e| panic!("{method}: {e}"))
    }

    /// Calls a method of the protocol, which may refuse: what is asked of a page that is being left has no answer.
    fn ask(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        let id = self.send(&self.session.clone(), method, params);
        let since = Instant::now();
        loop {
            let left = PATIENCE.saturating_sub(since.elapsed());
            let mut message = self.from.recv_timeout(left).unwrap_or_else(|e| panic!("{method}: {e}"));
            if message["id"] != id {
                self.hear(&message);
                continue;
            }
            return match message["error"].take() {
                Value::Null => Ok(message["result"].take()),
                refused => Err(refused),
            };
        }
    }

    /// Takes in what the browser tells.
    fn hear(&mut self, message: &Value) {
        let params = &message["params"];
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        match message["method"].as_str().unwrap_or_default() {
            "Target.attachedToTarget" => {
                let session = text(&params["sessionId"]);
                for (method, params) in watching() {
                    self.send(&session, method, params);
                }
                self.send(&session, "Runtime.runIfWaitingForDebugger", json!({}));
            }
            "Page.loadEventFired" => self.loaded = true,
            "Runtime.exceptionThrown" => self.errors.push(params["exceptionDetails"].to_string()),
            "Runtime.consoleAPICalled" if matches!(params["type"].as_str(), Some("error" | "warning" | "assert")) => {
                self.errors.push(params["args"].to_string());
            }
            "Log.entryAdded" if matches!(params["entry"]["level"].as_str(), Some("error" | "warning")) => {
                self.errors.push(format!("{} {}", text(&params["entry"]["text"]), text(&params["entry"]["url"])));
            }
            "Network.requestWillBeSent" => {
                let id = text(&params["requestId"]);
                self.requests.entry(id).or_default().0 = text(&params["request"]["url"]);
            }
            "Network.loadingFinished" => {
                let id = text(&params["requestId"]);
                self.requests.entry(id).or_default().1 = params["encodedDataLength"].as_f64().unwrap_or(0.0) as u64;
            }
            _ => {}
        }
    }

    /// Goes to an address; waits until the page is loaded.
    pub fn go(&mut self, url: &str) {
        self.loaded = false;
        let went = self.call("Page.navigate", json!({ "url": url }));
        assert!(went["errorText"].is_null(), "{url}: {went}");
        self.await_load(url);
    }

    /// Waits until the page that was gone to is loaded.
    pub fn await_load(&mut self, what: &str) {
        let since = Instant::now();
        while !self.loaded {
            assert!(since.elapsed() < PATIENCE, "{what} is not loaded: {:?}", self.errors);
            if let Ok(message) = self.from.recv_timeout(Duration::from_millis(50)) {
                self.hear(&message);
            }
        }
        self.loaded = false;
    }

    /// The value of an expression in the page.
    pub fn value(&mut self, expression: &str) -> Value {
        let asked = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let mut answer = self.call("Runtime.evaluate", asked);
        assert!(answer["exceptionDetails"].is_null(), "{expression}: {answer}");
        answer["result"]["value"].take()
    }

    /// The text that an expression gives, empty where it gives none.
    pub fn text(&mut self, expression: &str) -> String {
        self.value(expression).as_str().unwrap_or_default().to_owned()
    }

    /// Whether an expression is true.
    pub fn is(&mut self, expression: &str) -> bool {
        self.value(&format!("Boolean({expression})")) == Value::Bool(true)
    }

    /// Waits until an expression is true, on whatever page the reader is by then.
    pub fn until(&mut self, expression: &str) {
        let since = Instant::now();
        loop {
            let asked = json!({ "expression": format!("Boolean({expression})"), "returnByValue": true });
            let answer = self.ask("Runtime.evaluate", asked);
            if answer.is_ok_and(|answer| answer["result"]["value"] == Value::Bool(true)) {
                return;
            }
            if since.elapsed() > PATIENCE {
                let page = self.text("location.href + '\\n' + document.body.innerText");
                panic!("never: {expression}\n{:?}\n{page}", self.errors);
            }
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    /// Lets time pass in which something should not happen.
    pub fn pause(&mut self, milliseconds: u64) {
        std::thread::sleep(Duration::from_millis(milliseconds));
        self.value("0");
    }

    /// Presses a key: a character, or a name such as `Enter`.
    pub fn press(&mut self, key: &str) {
        let (code, number) = match key {
            "Enter" => ("Enter", 13),
            "Escape" => ("Escape", 27),
            "Tab" => ("Tab", 9),
            "Backspace" => ("Backspace", 8),
            "ArrowUp" => ("ArrowUp", 38),
            "ArrowDown" => ("ArrowDown", 40),
            "/" => ("Slash", 191),
            _ => ("", 0),
        };
        let text = match key {
            "Enter" => "\r",
            _ if key.chars().count() == 1 => key,
            _ => "",
        };
        let mut event = json!({ "type": "keyDown", "key": key, "code": code, "windowsVirtualKeyCode": number });
        if !text.is_empty() {
            event["text"] = text.into();
        }
        self.call("Input.dispatchKeyEvent", event.clone());
        event["type"] = "keyUp".into();
        self.call("Input.dispatchKeyEvent", event);
    }

    /// Types a text, a key at a time and with a pause after each, as an input method or a keyboard gives it.
    pub fn write(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_ascii() {
                self.press(c.encode_utf8(&mut [0; 4]));
            } else {
                self.call("Input.insertText", json!({ "text": c.to_string() }));
            }
            std::thread::sleep(Duration::from_millis(60));
        }
    }

    /// What an input method shows while it is at work.
    pub fn compose(&mut self, text: &str) {
        let end = text.encode_utf16().count();
        let shown = json!({ "text": text, "selectionStart": end, "selectionEnd": end });
        self.call("Input.imeSetComposition", shown);
    }

    /// The Enter that confirms what an input method shows, as browsers report it.
    pub fn confirm(&mut self) {
        let event = json!({ "type": "rawKeyDown", "key": "Process", "code": "Enter", "windowsVirtualKeyCode": 229 });
        self.call("Input.dispatchKeyEvent", event);
    }

    /// Touches or clicks the first element of a selector, where it is on the screen.
    pub fn tap(&mut self, selector: &str) {
        let quoted = json!(selector);
        self.until(&format!("document.querySelector({quoted})?.getClientRects().length"));
        let at = self.value(&format!(
            "(() => {{ const e = document.querySelector({quoted}); e.scrollIntoView({{ block: 'nearest' }});
               const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; }})()"
        ));
        let point = json!({ "x": at[0], "y": at[1] });
        if self.screen == Screen::Phone {
            self.call("Input.dispatchTouchEvent", json!({ "type": "touchStart", "touchPoints": [point] }));
            self.call("Input.dispatchTouchEvent", json!({ "type": "touchEnd", "touchPoints": [] }));
        } else {
            for kind in ["mouseMoved", "mousePressed", "mouseReleased"] {
                let event = json!({ "type": kind, "x": at[0], "y": at[1], "button": "left", "clickCount": 1 });
                self.call("Input.dispatchMouseEvent", event);
            }
        }
    }

    /// Another size of the screen, in a light or a dark room.
    pub fn look(&mut self, width: u32, dark: bool) {
        self.resize(width, 900, 1, width < 600);
        let scheme = if dark { "dark" } else { "light" };
        let feature = json!({ "name": "prefers-color-scheme", "value": scheme });
        self.call("Emulation.setEmulatedMedia", json!({ "features": [feature] }));
    }

    /// What a printer would be given, as PDF.
    pub fn print(&mut self) -> Vec<u8> {
        let printed = self.call("Page.printToPDF", json!({ "printBackground": true, "preferCSSPageSize": true }));
        base64(printed["data"].as_str().unwrap_or_default())
    }

    /// The whole page as a PNG, as far as `most` units down: on a screen of that height, for what draws only what is near
    /// the screen draws nothing of a picture that goes beyond it.
    pub fn whole(&mut self, width: u32, most: u32) -> Vec<u8> {
        let height = self.value("document.documentElement.scrollHeight").as_u64().unwrap_or(900);
        let height = u32::try_from(height).map_or(most, |height| height.min(most));
        self.resize(width, height, 1, width < 600);
        self.pause(300);
        let clip = json!({ "x": 0, "y": 0, "width": width, "height": height, "scale": 1 });
        let asked = json!({ "format": "png", "clip": clip });
        let taken = self.call("Page.captureScreenshot", asked);
        base64(taken["data"].as_str().unwrap_or_default())
    }

    /// What the console has complained of.
    pub fn errors(&mut self) -> &[String] {
        self.value("0");
        &self.errors
    }

    /// The addresses that were asked for since the last call, with the bytes that each took.
    pub fn take_requests(&mut self) -> Vec<(String, u64)> {
        self.value("0");
        std::mem::take(&mut self.requests).into_values().collect()
    }

    /// Writes what is on the screen as a PNG, in light and in dark, for whoever wants to see it: where `SCREENSHOTS`
    /// names a folder.
    pub fn picture(&mut self, name: &str) {
        let Some(folder) = std::env::var_os("SCREENSHOTS").map(PathBuf::from) else { return };
        for scheme in ["dark", "light"] {
            let feature = json!({ "name": "prefers-color-scheme", "value": scheme });
            self.call("Emulation.setEmulatedMedia", json!({ "features": [feature] }));
            let taken = self.call("Page.captureScreenshot", json!({ "format": "png" }));
            let file = format!("{name}-{:?}-{scheme}.png", self.screen).to_lowercase();
            std::fs::write(folder.join(file), base64(taken["data"].as_str().unwrap_or_default())).expect("a picture");
        }
    }
}

/// What is called to hear of a page or a worker.
fn watching() -> [(&'static str, Value); 4] {
    [
        ("Runtime.enable", json!({})),
        ("Log.enable", json!({})),
        ("Network.enable", json!({})),
        ("Network.setCacheDisabled", json!({ "cacheDisabled": true })),
    ]
}

fn base64(text: &str) -> Vec<u8> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut bits, mut count) = (Vec::new(), 0u32, 0);
    for digit in text.bytes().filter_map(|b| DIGITS.iter().position(|d| *d == b)) {
        bits = bits << 6 | digit as u32;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    bytes
}
