//! 检查: what a site says that a person should look at, each with its place.
//!
//! `numbers` looks at ids, numbers and the outline, `names` at organs, `dates` at deadlines, `annotations` at what was
//! only partly understood, and `search` whether the index finds every document by its own words. Broken content files and corrections without effect are found while the site is opened.

mod annotations;
mod dates;
mod names;
mod numbers;
mod search;

use rayon::prelude::*;

use crate::content::load::Places;
use crate::corpus::{Obligation, Policy};
use crate::diagnostics::Diagnostics;
use crate::project::Project;

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
    found.extend(numbers::shared(project));
    found.extend(search::index(project));
    found.sort();
    found
}

fn document(project: &Project, policy: &Policy) -> Diagnostics {
    let mut found = Diagnostics::default();
    let Some(file) = project.files.get(policy.loaded) else { return found };
    let subject = Subject { project, policy, places: file.places() };
    numbers::outline(&subject, &mut found);
    names::organs(&subject, &mut found);
    dates::deadlines(&subject, &mut found);
    annotations::unparsed(&subject, &mut found);
    found
}
