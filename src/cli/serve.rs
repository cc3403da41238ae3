//! `zhengku serve`: the site on this computer.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use clap::Args;

use crate::content::Config;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::fulltext;
use crate::progress::Progress;
use crate::project::{Project, Sources};
use crate::serve::{self, Builder, Options};
use crate::site::{self, Searched};

use super::build::How;
use super::output::{self, DONE, Outcome};
use super::{Root, build};

/// `zhengku serve`.
#[derive(Debug, Args)]
#[command(about = "预览网站：在本机打开，内容一改就更新")]
pub struct Serve {
    /// TCP port; 0 for any that is free.
    #[arg(long, value_name = "端口", help = "不写就用 8000，被占用时用下一个；0 是任意空闲端口")]
    port: Option<u16>,
    /// The path that the site stands under.
    #[arg(long, value_name = "路径", help = "网站在这个路径下，如 /policy/；不写就是 /")]
    base: Option<String>,
    /// The look.
    #[arg(long, value_name = "名称", help = "用 themes/ 下的这个主题")]
    theme: Option<String>,
    /// The site.
    #[command(flatten)]
    root: Root,
}

impl Serve {
    /// Serves until Ctrl-C.
    pub fn run(&self) -> Outcome {
        let root = self.root.path.canonicalize();
        let root = root.map_err(|e| Diagnostic::io(crate::diagnostics::Attempt::Read, &self.root.path, &e))?;
        let site: Arc<dyn Builder> = Arc::new(Site { root, theme: self.theme.clone(), ..Site::default() });
        serve::run(&Options { port: self.port, base: self.base.clone() }, &site)?;
        Ok(DONE)
    }
}

/// A site of no more documents is shown with its index.
const AT_ONCE: usize = 200;

/// The site that is served.
#[derive(Default)]
struct Site {
    root: PathBuf,
    theme: Option<String>,
    /// The site as it is shown, until its search index has been written.
    shown: Mutex<Option<Project>>,
    /// Held by the one who writes a search index.
    indexing: Mutex<()>,
    /// How many sites have been shown; held by whoever replaces one or its index.
    showing: Mutex<usize>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Site {
    fn open(&self, url: &str) -> Result<Project, Diagnostics> {
        let mut project = Project::open(&self.root)?;
        project.config.base_url = Some(url.to_owned());
        if let Some(theme) = &self.theme {
            project.config.theme.clone_from(theme);
        }
        Ok(project)
    }
}

impl Builder for Site {
    fn build(&self, output: &Path, url: &str) -> Result<(), Diagnostics> {
        let start = Instant::now();
        let built = self.open(url).and_then(|project| {
            let mut showing = lock(&self.showing);
            // The first site is not shown without its index, nor one whose index is written in the blink of an eye.
            let later = output.join(fulltext::FOLDER).is_dir() && project.corpus.documents.len() > AT_ONCE;
            let searched = if later { Searched::Later } else { Searched::Now };
            let summary = build::build(&project, output, &Progress::default(), How { searched, ..How::default() })?;
            *showing += 1;
            output::report(&project.problems);
            *lock(&self.shown) = later.then_some(project);
            Ok(summary)
        });
        match built {
            Ok(summary) => {
                output::out(&build::describe(&summary, "已生成", start));
                Ok(())
            }
            Err(problems) => {
                output::report(&problems);
                output::remark(&format!("没有生成：{}；改好以后会自动再来", problems.summary()));
                Err(problems)
            }
        }
    }

    fn index(&self, output: &Path) -> bool {
        // Of several that wait here only the first finds a site, and that is the newest.
        let _alone = lock(&self.indexing);
        let (count, project) = {
            let showing = lock(&self.showing);
            (*showing, lock(&self.shown).take())
        };
        let Some(project) = project else { return false };
        let still = || Some(lock(&self.showing)).filter(|showing| **showing == count);
        match site::index_anew(&project.corpus, output, Some(&project.cache), still) {
            Ok(()) => true,
            Err(problem) => {
                output::report(&problem.into());
                false
            }
        }
    }

    fn sources(&self) -> Vec<PathBuf> {
        let (config, _) = Config::read(&self.root);
        Sources::of(&self.root, &config).all()
    }

    fn serving(&self, url: &str) {
        output::out(&format!("网站在 {url} ，内容一改就更新；按 Ctrl-C 结束\n"));
    }

    fn report(&self, problems: &Diagnostics) {
        output::report(problems);
    }
}
