//! 主机名: serve answers to the names of this computer and to no other.
//!
//! A page from elsewhere can let its own name lead to 127.0.0.1 (DNS rebinding), and then read the preview as if it were
//! its own. The browser still sends that name in `Host`, and by that it is told.

use std::net::Ipv4Addr;

use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HOST};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Refuses what is addressed to another host. A client that names none is no browser.
pub(super) async fn only_here(request: Request, next: Next) -> Response {
    let named = request.headers().get(HOST).map(|host| host.to_str().unwrap_or("?"));
    let foreign = named.into_iter().chain(request.uri().authority().map(|a| a.as_str())).find(|name| !is_here(name));
    match foreign {
        Some(name) => {
            (StatusCode::FORBIDDEN, [(CONTENT_TYPE, "text/plain; charset=utf-8")], refusal(name)).into_response()
        }
        None => next.run(request).await,
    }
}

fn refusal(name: &str) -> String {
    format!(
        "不能用 {name} 打开预览：这不是本机的名字，可能是别的网页在冒充本机。\n\
         请用 zhengku serve 印出的网址，或者 localhost、127.0.0.1 加端口。\n"
    )
}

/// True where `host`, with or without a port, is a name of this computer that nobody else can give away.
fn is_here(host: &str) -> bool {
    let port = |p: &str| p.bytes().all(|b| b.is_ascii_digit());
    let name = host.rsplit_once(':').filter(|(_, p)| port(p)).map_or(host, |(name, _)| name);
    name.eq_ignore_ascii_case("localhost")
        || name == "[::1]"
        || name.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_this_computer() {
        for host in
            ["localhost", "LocalHost:8000", "127.0.0.1", "127.0.0.1:80", "127.1.2.3:8000", "[::1]", "[::1]:8000"]
        {
            assert!(is_here(host), "{host}");
        }
        for host in [
            "",
            "?",
            "evil.example",
            "evil.example:8000",
            "localhost.evil.example",
            "127.0.0.1.evil.example:8000",
            "192.168.1.2:8000",
            "0.0.0.0:8000",
            "127.0.0.1@evil.example",
            "localhost:8000:evil",
            "[::2]:8000",
            ":8000",
        ] {
            assert!(!is_here(host), "{host}");
        }
    }
}
