//! 站点: a folder with `zhengku.toml`, registries and content, opened and resolved. Every command begins here.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use crate::cache::{Cache, Context, Key};
use crate::content::toml::Toml;
use crate::content::{Config, Loaded, config};
use crate::corpus::{self, Corpus, Depth};
use crate::diagnostics::{Attempt, Diagnostic, Diagnostics, Place};
use crate::progress::{Progress, Stage};
use crate::reading::{self, Reading};
use crate::registry::{Registry, RegistryError};

/// The site's own organs and sectors, beside `zhengku.toml`.
pub const ORGANS: &str = "organs.toml";
/// The site's own regions.
pub const REGIONS: &str = "regions.toml";
/// The site's own topics.
pub const TOPICS: &str = "topics.toml";
/// The site's own synonyms.
pub const SYNONYMS: &str = "synonyms.toml";
/// The site's own words of the interface.
pub const STRINGS: &str = "strings.toml";
/// The site's own templates, over those of its theme.
pub const TEMPLATES: &str = "templates";
/// The site's own assets, over those of its theme.
pub const ASSETS: &str = "assets";
/// Its themes, a folder each.
pub const THEMES: &str = "themes";

/// A site that is open.
#[derive(Debug)]
pub struct Project {
    /// Its folder.
    pub root: PathBuf,
    /// Its settings.
    pub config: Config,
    /// The registries, with the site's own additions.
    pub registry: Cow<'static, Registry>,
    /// Its content files; their documents are in the corpus.
    pub files: Vec<Loaded>,
    /// The keys of their bytes and names.
    pub keys: Vec<Key>,
    /// What is kept of the site from one command to the next.
    pub cache: Cache,
    /// What they say.
    pub corpus: Corpus,
    /// Warnings; a site with errors does not open.
    pub problems: Diagnostics,
}

/// What a site is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sources {
    /// What decides what the site says: the content and the tables. Files and folders, whether they are there or not.
    pub said: Vec<PathBuf>,
    /// What decides how it looks.
    pub look: Vec<PathBuf>,
}

impl Sources {
    /// The sources of the site at `root` with these settings.
    pub fn of(root: &Path, config: &Config) -> Sources {
        let below = |names: &[&str]| names.iter().map(|name| root.join(name)).collect();
        Sources {
            said: below(&[config::FILE, ORGANS, REGIONS, TOPICS, SYNONYMS, &config.content]),
            look: below(&[TEMPLATES, ASSETS, THEMES, STRINGS]),
        }
    }

    /// All of them.
    pub fn all(self) -> Vec<PathBuf> {
        [self.said, self.look].concat()
    }
}

impl Project {
    /// Opens the site at `root`.
    ///
    /// # Errors
    /// What makes it impossible to build the site, with every warning beside it.
    pub fn open(root: &Path) -> Result<Project, Diagnostics> {
        Project::open_to(root, Depth::Whole, &Progress::default())
    }

    /// Opens the site at `root` as far as a command needs it, and counts what is done in `progress`.
    ///
    /// # Errors
    /// As [`Project::open`].
    pub fn open_to(root: &Path, depth: Depth, progress: &Progress) -> Result<Project, Diagnostics> {
        let (config, mut problems) = Config::read(root);
        let registry = registry(root, &mut problems);
        let cache = Cache::of(root, context(root, &config));
        let reading = reading::read(root, &config, &registry, &cache, depth, progress);
        let Reading { files, keys, drafts, problems: found } = reading;
        problems.extend(found);
        problems.sort();
        if problems.has_errors() {
            return Err(problems);
        }
        progress.foresee(Stage::Join, drafts.len());
        let corpus = progress.time(Stage::Join, || corpus::join(drafts, &registry, depth));
        progress.add(Stage::Join, corpus.documents.len(), 0);
        Ok(Project { root: root.to_owned(), config, registry, files, keys, cache, corpus, problems })
    }
}

/// What is read of a document depends on, besides the document: the program, the tables, and the setting that
/// [`corpus::read`] is given.
fn context(root: &Path, config: &Config) -> Option<Context> {
    let mut context = Context::of_this_program()?;
    for table in [ORGANS, REGIONS, TOPICS] {
        context.add(&std::fs::read(root.join(table)).unwrap_or_default());
    }
    context.add(config.region.as_deref().unwrap_or_default().as_bytes());
    Some(context)
}

#[cfg(test)]
impl Project {
    /// The site of these content files, name and text, read as any site is.
    pub fn of<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Project {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("content")).expect("a folder");
        for (name, text) in files {
            std::fs::write(folder.path().join("content").join(name), text).expect("a file");
        }
        Project::open(folder.path()).unwrap_or_else(|problems| panic!("{problems}"))
    }

    /// The site of `tests/cases/NAME`.
    pub fn of_case(name: &str) -> Project {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(name);
        Project::open(&root).unwrap_or_else(|problems| panic!("{problems}"))
    }
}

/// The registries of the site at `root`. What is wrong with its own tables is reported, and they are left out.
pub fn registry(root: &Path, problems: &mut Diagnostics) -> Cow<'static, Registry> {
    let mut read = |name: &str| match std::fs::read_to_string(root.join(name)) {
        Ok(text) => {
            let toml = Toml::new(Path::new(name), &text, 0..text.len());
            toml.parse();
            let wrong = toml.into_problems();
            let readable = wrong.0.is_empty();
            problems.extend(wrong);
            if readable { text } else { String::new() }
        }
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(e) => {
            problems.push(Diagnostic::io(Attempt::Read, Path::new(name), &e));
            String::new()
        }
    };
    let (organs, regions, topics, synonyms) = (read(ORGANS), read(REGIONS), read(TOPICS), read(SYNONYMS));
    if [&organs, &regions, &topics, &synonyms].iter().all(|text| text.trim().is_empty()) {
        return Cow::Borrowed(Registry::builtin());
    }
    let mut own = Registry::builtin().clone();
    // A table that is at fault takes nothing else with it.
    let extended = [own.extend(&organs, &regions), own.extend_topics(&topics), own.extend_synonyms(&synonyms)];
    for extended in extended {
        if let Err(error) = extended {
            let text = match error.file.as_str() {
                REGIONS => &regions,
                TOPICS => &topics,
                SYNONYMS => &synonyms,
                _ => &organs,
            };
            problems.push(explain(&error, text));
        }
    }
    Cow::Owned(own)
}

fn explain(error: &RegistryError, text: &str) -> Diagnostic {
    let file = Path::new(&error.file);
    let diagnostic = Diagnostic::error("registry", error.reason.clone()).help(error.help.clone());
    match error.offset {
        Some(at) => {
            let len = text.get(at..).and_then(|t| t.find(['\n', '\r'])).unwrap_or(0).max(1);
            diagnostic.at(Place::span(file, text, at..at + len)).label("这里")
        }
        None => diagnostic.in_file(file),
    }
}
