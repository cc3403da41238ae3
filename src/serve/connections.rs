//! 连接: the clients of the server, one task each, from the first byte to the last.
//!
//! A client that does not send its request in time is dropped, so that none can hold a place for ever; at the end every
//! answer under way is finished first, as long as that takes no longer than [`GRACE`].

use std::future::Future;
use std::io::{ErrorKind, Result};
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;

/// How long a client may take to send the head of a request, and a browser keep a connection on which it asks nothing.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);
/// How long answers under way may take when the server ends.
const GRACE: Duration = Duration::from_secs(2);
/// How long to wait where the system has no more files to open; meanwhile others are closed.
const BREATH: Duration = Duration::from_millis(100);

/// Answers clients with `router` until `stop` is ready; a client that sends nothing for `patience` is dropped. `ending`
/// is called before the answers under way are waited for.
///
/// # Errors
/// What `stop` gives.
pub(super) async fn serve(
    listener: &TcpListener,
    router: Router,
    patience: Duration,
    stop: impl Future<Output = Result<()>>,
    ending: impl FnOnce(),
) -> Result<()> {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(patience);
    let open = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    let stopped = loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            stopped = &mut stop => break stopped,
        };
        match accepted {
            Ok((client, _)) => {
                let service = TowerToHyperService::new(router.clone());
                let connection = open.watch(http.serve_connection(TokioIo::new(client), service));
                // What goes wrong on a connection is the client's affair.
                tokio::spawn(async { drop(connection.await) });
            }
            Err(e) if matches!(e.kind(), ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset) => {}
            Err(_) => tokio::time::sleep(BREATH).await,
        }
    };
    ending();
    let _ = tokio::time::timeout(GRACE, open.shutdown()).await;
    stopped
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;
    use tokio::sync::oneshot;

    use super::*;

    const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nHost: localhost\r\n";

    /// Runs `client` beside a server that answers after 200 ms and is told to stop by the sender.
    fn beside<F: Future<Output = ()>>(patience: Duration, client: impl FnOnce(TcpStream, oneshot::Sender<()>) -> F) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
            let slow = || async {
                tokio::time::sleep(Duration::from_millis(200)).await;
                "好"
            };
            let router = Router::new().route("/", get(slow));
            let (send, told) = oneshot::channel();
            let stop = async {
                let _ = told.await;
                Ok(())
            };
            let address = listener.local_addr().expect("its address");
            let stream = TcpStream::connect(address).await.expect("it listens");
            let served = serve(&listener, router, patience, stop, || ());
            let (served, ()) = tokio::join!(served, client(stream, send));
            served.expect("it was told to stop");
        });
    }

    #[test]
    fn who_sends_nothing_or_half_a_request_is_dropped() {
        for sent in [&b""[..], REQUEST] {
            beside(Duration::from_millis(100), |mut stream, stop| async move {
                stream.write_all(sent).await.expect("it listens");
                let mut answer = Vec::new();
                let _ = stream.read_to_end(&mut answer).await;
                let answer = String::from_utf8_lossy(&answer);
                assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408"), "{answer}");
                drop(stop);
            });
        }
    }

    /// Whoever has asked gets the answer, and then the connection ends; who has not asked does not hold the server.
    #[test]
    fn at_the_end_answers_under_way_are_finished() {
        for (sent, answered) in [(&b""[..], false), (&[REQUEST, b"\r\n"].concat()[..], true)] {
            beside(PATIENCE, |mut stream, stop| async move {
                stream.write_all(sent).await.expect("it listens");
                tokio::time::sleep(Duration::from_millis(50)).await;
                let since = Instant::now();
                drop(stop);
                let mut answer = Vec::new();
                stream.read_to_end(&mut answer).await.expect("the connection is closed in order");
                assert_eq!(String::from_utf8_lossy(&answer).ends_with("\r\n\r\n好"), answered);
                assert!(since.elapsed() < GRACE, "{:?}", since.elapsed());
            });
        }
    }
}
