//! 应答: the files of the last good build, and nothing else.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State as Shared};
use axum::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, RANGE, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, Method, StatusCode, Uri};
use axum::middleware::{from_fn, map_response};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt};
use tower::ServiceExt;
use tower_http::services::ServeDir;

use super::{State, api, host, page};

/// The policy that serve sends with everything: this origin only, no frame around it, no inline script or style.
/// A page's own policy in its head is stricter still; both hold.
pub const POLICY: &str = "default-src 'self'; img-src 'self' data:; script-src 'self' 'wasm-unsafe-eval'; \
                          object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Types that the file service does not know.
const TYPES: [(&str, &str); 3] = [
    ("jsonl", "application/jsonl; charset=utf-8"),
    ("ics", "text/calendar; charset=utf-8"),
    ("webmanifest", "application/manifest+json"),
];

/// Every address of the server.
pub(super) fn router(state: Arc<State>) -> Router {
    let of = |kind: &'static str, text: &'static str| get(move || async move { ([(CONTENT_TYPE, kind)], text) });
    Router::new()
        .route("/_serve/events", get(events))
        .route("/_serve/reload.js", of("text/javascript; charset=utf-8", page::SCRIPT))
        .route("/_serve/serve.css", of("text/css; charset=utf-8", page::STYLE))
        .route(&format!("{}api/search", state.base), get(api::search))
        .fallback(answer)
        .layer(from_fn(host::only_here))
        .layer(map_response(guarded))
        .with_state(state)
}

async fn guarded(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

/// The version of the site now, and every later one, until the server ends.
async fn events(Shared(state): Shared<Arc<State>>) -> Sse<impl Stream<Item = Result<Event, std::convert::Infallible>>> {
    let versions = WatchStream::new(state.version.subscribe());
    let versions = versions.take_while(|version| !version.is_empty());
    Sse::new(versions.map(|version| Ok(Event::default().data(version)))).keep_alive(KeepAlive::default())
}

async fn answer(Shared(state): Shared<Arc<State>>, request: Request) -> Response {
    let (method, path) = (request.method(), request.uri().path());
    if !matches!(*method, Method::GET | Method::HEAD) {
        return (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET, HEAD")]).into_response();
    }
    let head = method == Method::HEAD;
    let Some(address) = path.strip_prefix(&state.base) else {
        let start = path == "/" || format!("{path}/") == state.base;
        return if start { Redirect::temporary(&state.base).into_response() } else { not_found(&state, head).await };
    };
    if !state.site.is_dir() {
        let problem = state.problem().unwrap_or_else(page::waiting);
        let page = page::only(&problem, &state.version.borrow());
        return html(StatusCode::SERVICE_UNAVAILABLE, page, head);
    }
    let Some(file) = inside(&state.site, address) else { return not_found(&state, head).await };
    let Ok(uri) = format!("/{address}").parse::<Uri>() else { return not_found(&state, head).await };
    let is_page = file.extension().is_some_and(|e| e.eq_ignore_ascii_case("html"));
    let mut inner = Request::new(Body::empty());
    *inner.uri_mut() = uri;
    if !is_page && let Some(range) = request.headers().get(RANGE) {
        inner.headers_mut().insert(RANGE, range.clone());
    }
    let Ok(response) = ServeDir::new(&state.site).oneshot(inner).await;
    let mut response = response.map(Body::new);
    if let Some(to) = response.headers().get(LOCATION).and_then(|l| l.to_str().ok()) {
        let to = format!("{}{}", state.base, to.trim_start_matches('/'));
        return Redirect::temporary(&to).into_response();
    }
    match response.status() {
        StatusCode::OK if is_page => match body(response).await {
            Some(text) => html(StatusCode::OK, injected(&state, &text), head),
            None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        },
        StatusCode::NOT_FOUND => not_found(&state, head).await,
        _ => {
            typed(&file, &mut response);
            if head {
                *response.body_mut() = Body::empty();
            }
            response
        }
    }
}

/// The file that an address names. `None` where it names none inside `site`, however it is written; links that lead
/// out of the folder lead nowhere, and hidden files are not for readers.
fn inside(site: &Path, address: &str) -> Option<PathBuf> {
    let decoded = percent_encoding::percent_decode_str(address).decode_utf8().ok()?;
    let plain = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', '\0', ':']);
    let folder = decoded.strip_suffix('/').unwrap_or(&decoded);
    if !folder.is_empty() && !folder.split('/').all(plain) || decoded == "/" {
        return None;
    }
    let root = site.canonicalize().ok()?;
    let within = |path: &Path| path.canonicalize().ok().filter(|real| real.starts_with(&root));
    let found = within(&site.join(folder))?;
    match (found.is_dir(), decoded.ends_with('/')) {
        (true, _) => within(&found.join("index.html")),
        (false, true) => None,
        (false, false) => Some(found),
    }
}

/// The site's own page, with the right status.
async fn not_found(state: &State, head: bool) -> Response {
    let page = match inside(&state.site, "404.html") {
        Some(file) => tokio::fs::read_to_string(file).await.ok(),
        None => None,
    };
    let page = page.unwrap_or_else(|| "<!doctype html><title>404</title><p>没有这个页面".to_owned());
    html(StatusCode::NOT_FOUND, injected(state, &page), head)
}

fn injected(state: &State, text: &str) -> String {
    page::inject(text, &state.version.borrow(), state.problem().as_ref())
}

fn html(status: StatusCode, page: String, head: bool) -> Response {
    let length = page.len();
    let body = if head { Body::empty() } else { Body::from(page) };
    let headers =
        [(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")), (CONTENT_LENGTH, length.into())];
    (status, headers, body).into_response()
}

async fn body(response: Response) -> Option<String> {
    let bytes = to_bytes(response.into_body(), usize::MAX).await.ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// Text is UTF-8, and says so.
fn typed(file: &Path, response: &mut Response) {
    let extension = file.extension().and_then(|e| e.to_str()).unwrap_or_default();
    let known = TYPES.iter().find(|(e, _)| *e == extension).map(|(_, kind)| HeaderValue::from_static(kind));
    let guessed = || {
        let kind = response.headers().get(CONTENT_TYPE)?.to_str().ok()?;
        let text = kind.starts_with("text/") && !kind.contains("charset");
        text.then(|| HeaderValue::from_str(&format!("{kind}; charset=utf-8")).ok()).flatten()
    };
    if let Some(kind) = known.or_else(guessed) {
        response.headers_mut().insert(CONTENT_TYPE, kind);
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn nothing_outside_the_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let site = folder.path().join("site");
        fs::create_dir_all(site.join("documents/甲")).expect("a folder");
        fs::create_dir_all(site.join("empty")).expect("a folder");
        for file in ["index.html", "documents/甲/index.html", "data.json", ".zhengku-site"] {
            fs::write(site.join(file), "x").expect("a file");
        }
        fs::write(folder.path().join("secret"), "x").expect("a file");
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(folder.path().join("secret"), site.join("link")).expect("a link");
            std::os::unix::fs::symlink(folder.path(), site.join("folder")).expect("a link");
            std::os::unix::fs::symlink(site.join("data.json"), site.join("within")).expect("a link");
        }
        let table = [
            ("", Some("index.html")),
            ("index.html", Some("index.html")),
            ("data.json", Some("data.json")),
            ("within", Some("data.json")),
            ("documents/甲/", Some("documents/甲/index.html")),
            ("documents/%E7%94%B2", Some("documents/甲/index.html")),
            ("empty/", None),
            ("data.json/", None),
            ("missing", None),
            (".zhengku-site", None),
            ("../secret", None),
            ("%2e%2e/secret", None),
            ("%2E%2E%2Fsecret", None),
            ("documents/../../secret", None),
            ("..\\secret", None),
            ("..%5csecret", None),
            ("%252e%252e/secret", None),
            ("/etc/passwd", None),
            ("%2Fetc/passwd", None),
            ("/", None),
            ("//", None),
            ("C:/Windows", None),
            ("data.json%00", None),
            ("%00", None),
            ("%ff", None),
            ("link", None),
            ("folder/secret", None),
            ("folder/site/index.html", Some("index.html")),
        ];
        for (address, expected) in table {
            let expected = expected.map(|f| site.canonicalize().expect("the site").join(f));
            if cfg!(unix) || !address.contains("within") && !address.starts_with("folder") {
                assert_eq!(inside(&site, address), expected, "{address}");
            }
        }
    }
}
