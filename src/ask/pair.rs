//! 对照: two documents that somebody wants side by side, and of which topics.

use crate::compare::{self, Comparison};
use crate::diagnostics::Diagnostic;
use crate::project::Project;

use super::{document, topic};

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'a> {
    /// A document, by number, id or title.
    pub a: &'a str,
    /// The other.
    pub b: &'a str,
    /// Only these topics, by name; all where there are none.
    pub topics: &'a [String],
}

/// What is wrong with the question.
#[derive(Clone, Debug)]
pub enum Fault {
    /// There is no such topic.
    Topic(Diagnostic),
    /// There is no such document, or it is the same twice.
    Document(Diagnostic),
}

impl Fault {
    /// What is wrong, whatever it is.
    pub fn said(self) -> Diagnostic {
        match self {
            Fault::Topic(diagnostic) | Fault::Document(diagnostic) => diagnostic,
        }
    }
}

impl Pair<'_> {
    /// The two side by side; `None` where there is nothing to set side by side.
    ///
    /// # Errors
    /// See [`Fault`].
    pub fn compared<'p>(&self, project: &'p Project) -> Result<Option<Comparison<'p>>, Fault> {
        let topics: Result<Vec<_>, _> = self.topics.iter().map(|t| topic(&project.registry, t)).collect();
        let topics = topics.map_err(Fault::Topic)?;
        let find = |name: &str| document(&project.corpus, name).map_err(Fault::Document);
        let (a, b) = (find(self.a)?, find(self.b)?);
        if a == b {
            let message = format!("{} 和 {} 是同一份公文", self.a, self.b);
            return Err(Fault::Document(Diagnostic::error("diff-same", message).help("写两份不同的公文")));
        }
        let Some(mut comparison) = compare::compare(&project.corpus, &project.registry, a, b) else {
            return Ok(None);
        };
        if !topics.is_empty() {
            let wanted = |id: &str| topics.iter().any(|&t| project.corpus.topics.get(t).is_some_and(|t| t.id == id));
            comparison.shared.retain(|s| wanted(&s.topic.id));
            comparison.only.iter_mut().for_each(|only| only.retain(|o| wanted(&o.topic.id)));
            comparison.alike.clear();
        }
        Ok(Some(comparison))
    }
}
