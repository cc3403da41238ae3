//! 检查: what a site says that a person should look at, each with its place.
//!
//! `numbers` looks at ids, numbers and the outline, `names` at organs, `dates` at deadlines, `goals` at targets, `tables`
//! and `annotations` at what was only partly understood, `unread` at what was not read at all; `leads` and `cited` compare documents, `search` tries
//! whether the index finds each by its own words. A new check is a function in [`EACH`] or [`TOGETHER`]. Broken content files and corrections without effect are found while the site is opened.

mod annotations;
mod cited;
mod dates;
mod goals;
mod leads;
mod names;
mod numbers;
mod progress;
mod search;
mod tables;
mod unread;

use rayon::prelude::*;

use crate::content::load::Places;
use crate::corpus::{Obligation, Policy};
use crate::diagnostics::{Diagnostics, Severity};
use crate::project::Project;

/// What looks at one document.
const EACH: &[fn(&Subject<'_>, &mut Diagnostics)] = &[
    numbers::outline,
    names::organs,
    dates::deadlines,
    goals::subjects,
    progress::evidence,
    tables::columns,
    annotations::unparsed,
    unread::tasks,
    unread::elements,
];

/// What looks at all documents together.
const TOGETHER: &[fn(&Project) -> Diagnostics] = &[numbers::shared, leads::different, cited::not_held, search::index];

/// One document under the checker's eye.
struct Subject<'p> {
    project: &'p Project,
    policy: &'p Policy,
    places: Places<'p>,
}

impl<'p> Subject<'p> {
    fn obligations(&self) -> &'p [Obligation] {
        &self.project.corpus.obligations[self.policy.obligations.clone()]
    }
}

/// Everything that deserves a look, by file and line.
pub fn check(project: &Project) -> Diagnostics {
    let mut found = project.problems.clone();
    let each: Vec<Diagnostics> = project.corpus.documents.par_iter().map(|policy| document(project, policy)).collect();
    for diagnostics in each {
        found.extend(diagnostics);
    }
    for look in TOGETHER {
        found.extend(look(project));
    }
    found.sort();
    found
}

fn document(project: &Project, policy: &Policy) -> Diagnostics {
    let mut found = Diagnostics::default();
    let Some(file) = project.files.get(policy.loaded) else { return found };
    let subject = Subject { project, policy, places: file.places() };
    for look in EACH {
        look(&subject, &mut found);
    }
    found
}

/// The last line of a check, the same words every time, for scripts: 检查完毕：错误 0，警告 3，提示 5.
pub fn summary(found: &Diagnostics) -> String {
    let counts =
        [Severity::Error, Severity::Warning, Severity::Hint].map(|s| format!("{} {}", s.name(), found.count(s)));
    format!("检查完毕：{}", counts.join("，"))
}
