//! 文库: the site that answers are read from. It is read again when its files have changed.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use search::{Error, Index, Response};

use crate::ask;
use crate::content::Config;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::fulltext::{self, Question};
use crate::project::{Project, Sources};

/// A site that is open for as long as the server runs.
pub struct Library {
    root: PathBuf,
    output: PathBuf,
    base_url: Option<String>,
    state: Mutex<State>,
}

struct State {
    project: Arc<Project>,
    /// How the files lay that it was read from.
    stamp: u64,
    /// What is to be said where they have changed and cannot be read.
    trouble: Option<String>,
    /// The index of the last build and when it was written.
    index: Option<(SystemTime, Arc<Index>)>,
}

/// The site as it is now.
pub struct View {
    /// What it says.
    pub project: Arc<Project>,
    /// What whoever reads an answer should know of it.
    pub notes: Vec<String>,
}

impl Library {
    /// Opens the site at `root`, whose pages stand in `output` and are published at `base_url`, or where its settings say.
    ///
    /// # Errors
    /// Where the site cannot be read, or the address is none.
    pub fn open(root: &Path, output: Option<PathBuf>, base_url: Option<&str>) -> Result<Library, Diagnostics> {
        let base_url = base_url.map(Config::base_url).transpose()?;
        let project = read(root, base_url.as_deref())?;
        let output = output.unwrap_or_else(|| root.join(&project.config.output));
        let stamp = stamp(&project);
        let state = State { project: Arc::new(project), stamp, trouble: None, index: None };
        Ok(Library { root: root.to_owned(), output, base_url, state: Mutex::new(state) })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // What a panic has left behind is whole: the parts are put in their places last.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The site as its files are now; as it was before where they cannot be read, with a note that says so.
    pub fn view(&self) -> View {
        let mut state = self.state();
        let now = stamp(&state.project);
        if now != state.stamp {
            match read(&self.root, self.base_url.as_deref()) {
                Ok(project) => {
                    state.project = Arc::new(project);
                    state.trouble = None;
                }
                Err(problems) => {
                    let what = problems.summary();
                    state.trouble = Some(format!(
                        "注意：站点的文件改过，但其中有{what}，读不出来；答案仍依据改动之前的内容，运行 zhengku check 看错在哪里"
                    ));
                }
            }
            // Also where they cannot be read: they are not read again until they change again.
            state.stamp = now;
        }
        View { project: state.project.clone(), notes: state.trouble.iter().cloned().collect() }
    }

    /// Asks the index of the last build; what is to be said of the answer stands beside it.
    ///
    /// # Errors
    /// Where there is no index, or it is damaged.
    pub fn search(&self, question: &Question, view: &View) -> Result<(Response, Vec<String>), Diagnostic> {
        let damaged = |e| ask::damaged(&self.output.join(fulltext::FOLDER), e);
        let response = match question.ask(&*self.index()?) {
            // A build took the folder away under the open index: its files are gone, and the next ones are there.
            Err(Error::Io(_) | Error::Engine(_)) => {
                self.state().index = None;
                question.ask(&*self.index()?).map_err(damaged)?
            }
            answer => answer.map_err(damaged)?,
        };
        let mut notes = ask::notices(&response);
        notes.extend(ask::newer(&self.root, &view.project.config, &self.output).map(|newer| ask::stale(&newer)));
        Ok((response, notes))
    }

    fn index(&self) -> Result<Arc<Index>, Diagnostic> {
        let pointer = self.output.join(fulltext::FOLDER).join(fulltext::POINTER);
        let written = std::fs::metadata(pointer).and_then(|m| m.modified()).ok();
        let mut state = self.state();
        if let Some((of, index)) = &state.index
            && Some(*of) == written
        {
            return Ok(index.clone());
        }
        let index = Arc::new(ask::index(&self.output)?);
        state.index = written.map(|written| (written, index.clone()));
        Ok(index)
    }
}

fn read(root: &Path, base_url: Option<&str>) -> Result<Project, Diagnostics> {
    let mut project = Project::open(root)?;
    if let Some(url) = base_url {
        project.config.base_url = Some(url.to_owned());
    }
    Ok(project)
}

/// How the sources of a site lie on the disk: their names, lengths and times.
fn stamp(project: &Project) -> u64 {
    let mut hasher = DefaultHasher::new();
    for source in Sources::of(&project.root, &project.config).said {
        for entry in walkdir::WalkDir::new(source).sort_by_file_name().into_iter().flatten() {
            let about = entry.metadata().ok();
            let lies = about.filter(|about| about.is_file()).map(|about| (about.len(), about.modified().ok()));
            (entry.path(), lies).hash(&mut hasher);
        }
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_changed_is_read_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
        std::fs::create_dir(folder.path().join("content")).expect("a folder");
        write("content/甲.md", "# 关于养老服务的通知\n");
        let library = Library::open(folder.path(), None, None).unwrap_or_else(|e| panic!("{e}"));
        let titles = |view: &View| -> Vec<String> {
            view.project.corpus.documents.iter().map(|p| p.facts.title.clone()).collect()
        };
        let first = library.view();
        assert_eq!((titles(&first), first.notes), (vec!["关于养老服务的通知".to_owned()], Vec::new()));

        write("content/乙.md", "# 关于社区食堂的通知\n");
        assert_eq!(titles(&library.view()).len(), 2);

        write("content/乙.md", "+++\ntitel = \"错\"\n+++\n# 关于社区食堂的通知\n");
        let broken = library.view();
        assert_eq!(titles(&broken).len(), 2, "as it was before");
        assert_eq!(
            broken.notes,
            [
                "注意：站点的文件改过，但其中有1 个错误，读不出来；答案仍依据改动之前的内容，运行 zhengku check 看错在哪里"
            ]
        );

        std::fs::remove_file(folder.path().join("content/乙.md")).expect("a file");
        let mended = library.view();
        assert_eq!((titles(&mended).len(), mended.notes), (1, Vec::new()));
    }
}
