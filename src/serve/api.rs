//! 检索接口: `/api/search` answers from the index of the last good build, with the JSON of `zhengku search`.

use std::sync::{Arc, PoisonError};
use std::thread::available_parallelism;

use ::search::{Error, Index};
use axum::extract::{Query, State as Shared};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use tokio::sync::Semaphore;

use super::State;
use crate::fulltext::{self, NARROWING, Question};

/// The index of a build, kept open until the next one.
#[derive(Default)]
pub(super) struct Opened {
    /// The build's version and its index.
    index: std::sync::RwLock<Option<(String, Arc<Index>)>>,
    /// Answers cost a core each; more than there are cores would only take longer.
    turns: Turns,
}

struct Turns(Semaphore);

impl Default for Turns {
    fn default() -> Self {
        Turns(Semaphore::new(available_parallelism().map_or(1, usize::from)))
    }
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Opened")
    }
}

impl Opened {
    /// The index has been written anew: the next question opens it again.
    pub(super) fn forget(&self) {
        *self.index.write().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// Reads the question from an address: `q`, `limit`, `offset`, and a value for each field that narrows it. Names that mean
/// nothing are as if they were not there.
///
/// # Errors
/// What is wrong, for people, where a number is none.
fn question(pairs: &[(String, String)]) -> Result<Question, String> {
    let number = |name: &str, value: &str| {
        value.parse().map_err(|_| format!("{name} 应为不小于 0 的整数，现在是“{value}”；不写就用默认值"))
    };
    let mut question = Question::default();
    for (name, value) in pairs {
        match name.as_str() {
            "q" => question.query.clone_from(value),
            "limit" => question.limit = number(name, value)?,
            "offset" => question.offset = number(name, value)?,
            name if NARROWING.contains(&name) && !value.is_empty() => {
                question.narrowed.push((name.to_owned(), value.clone()));
            }
            _ => {}
        }
    }
    Ok(question)
}

/// Answers `/api/search`.
pub(super) async fn search(Shared(state): Shared<Arc<State>>, Query(pairs): Query<Vec<(String, String)>>) -> Response {
    let question = match question(&pairs) {
        Ok(question) => question,
        Err(wrong) => return said(StatusCode::BAD_REQUEST, complaint(&wrong)),
    };
    let Ok(_turn) = state.opened.turns.0.acquire().await else { return failed("服务正在结束") };
    let asked = {
        let state = state.clone();
        tokio::task::spawn_blocking(move || state.answer(&question)).await
    };
    match asked {
        Ok(Ok(Some(json))) => said(StatusCode::OK, json),
        Ok(Ok(None)) => said(StatusCode::SERVICE_UNAVAILABLE, complaint("网站还在生成，请稍后再试")),
        Ok(Err(error)) => failed(&error.to_string()),
        Err(_) => failed("检索时程序出错"),
    }
}

fn failed(reason: &str) -> Response {
    said(StatusCode::INTERNAL_SERVER_ERROR, complaint(reason))
}

fn complaint(reason: &str) -> String {
    serde_json::json!({ "error": reason }).to_string() + "\n"
}

fn said(status: StatusCode, json: String) -> Response {
    (status, [(CONTENT_TYPE, "application/json; charset=utf-8")], json).into_response()
}

impl State {
    /// The answer to a question as JSON; `None` while there is no index.
    fn answer(&self, question: &Question) -> Result<Option<String>, Error> {
        let ask = |index: Arc<Index>| question.ask(&index).and_then(|r| Ok(fulltext::json(&r)?));
        let Some(index) = self.index()? else { return Ok(None) };
        match ask(index) {
            // A build took the folder away under the open index: its files are gone, and the next ones are there.
            Err(Error::Io(_) | Error::Engine(_)) => {
                self.opened.forget();
                self.index()?.map(ask).transpose()
            }
            answer => answer.map(Some),
        }
    }

    fn index(&self) -> Result<Option<Arc<Index>>, Error> {
        let version = self.version.borrow().clone();
        let known = self.opened.index.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((of, index)) = known
            && of == version
        {
            return Ok(Some(index));
        }
        let Some(index) = fulltext::open(&self.site)?.map(Arc::new) else { return Ok(None) };
        *self.opened.index.write().unwrap_or_else(PoisonError::into_inner) = Some((version, index.clone()));
        Ok(Some(index))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_read_from_addresses() {
        let read = |pairs: &[(&str, &str)]| {
            question(&pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect::<Vec<_>>())
        };
        let asked =
            read(&[("q", "医养"), ("limit", "0"), ("offset", "20"), ("year", "2018"), ("x", "y"), ("kind", "")]);
        let expected = Question {
            query: "医养".to_owned(),
            limit: 0,
            offset: 20,
            narrowed: vec![("year".to_owned(), "2018".to_owned())],
        };
        assert_eq!(asked, Ok(expected));
        for (name, value) in [("limit", "-1"), ("offset", "many"), ("limit", ""), ("limit", "99999999999999999999")] {
            let wrong = format!("{name} 应为不小于 0 的整数，现在是“{value}”；不写就用默认值");
            assert_eq!(read(&[("q", "医养"), (name, value)]), Err(wrong));
        }
    }
}
