//! 读取: every content file of a site, each read by itself and in parallel; what is in the cache is not read again.
//!
//! The files of a shard are read by one core, and the shard is kept anew where it no longer holds them and nothing else.
//! A file with which something is wrong is not kept: whoever opens the site shall hear of it every time.

use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::cache::{Cache, Key, Part, SHARDS, Shard};
use crate::content::{self, Config, Loaded};
use crate::corpus::{self, Depth, Draft, Said, Words};
use crate::diagnostics::Diagnostics;
use crate::progress::{Progress, Stage};
use crate::registry::Registry;

/// The content of a site, and what is wrong with it.
#[derive(Debug, Default)]
pub struct Reading {
    /// Every file that could be read, by path.
    pub files: Vec<Loaded>,
    /// The keys of their bytes and names, file by file.
    pub keys: Vec<Key>,
    /// Their documents, each with the index and the name of its file.
    pub drafts: Vec<(usize, String, Draft)>,
    /// What is wrong. With errors among them no site can be built.
    pub problems: Diagnostics,
}

/// What is kept of a document that all documents need.
#[derive(Serialize, Deserialize)]
struct Kept {
    id: String,
    number: Option<String>,
    twin: Option<String>,
    /// The name of the source beside it.
    source: Option<String>,
    said: Said,
}

/// Reads the content of the site at `root`. As deep as [`Depth::Obligations`] the drafts have no words where they are in
/// the cache.
pub fn read(
    root: &Path,
    config: &Config,
    registry: &Registry,
    cache: &Cache,
    depth: Depth,
    progress: &Progress,
) -> Reading {
    let mut problems = Diagnostics::default();
    let paths = content::find(root, &config.content, &mut problems);
    let mut shards: Vec<Vec<usize>> = vec![Vec::new(); SHARDS];
    let names: Vec<String> = paths.iter().map(|path| content::below(root, path)).collect();
    for (i, name) in names.iter().enumerate() {
        shards[Key::of(&[name.as_bytes()]).number(SHARDS)].push(i);
    }
    progress.foresee(Stage::Read, paths.len());
    let reader = Reader { root, config, registry, cache, depth, progress, paths: &paths, names: &names };
    let read: Vec<Vec<Read>> =
        shards.par_iter().enumerate().with_max_len(1).map(|(number, files)| reader.shard(number, files)).collect();
    let mut read: Vec<Read> = read.into_iter().flatten().collect();
    read.sort_by_key(|r| r.index);
    let mut reading = Reading { problems, ..Reading::default() };
    for Read { document, problems, key, .. } in read {
        if let Some((file, draft)) = document {
            reading.keys.push(key);
            reading.drafts.push((reading.files.len(), file.file.clone(), draft));
            reading.files.push(file);
        }
        reading.problems.extend(problems);
    }
    reading.problems.extend(content::duplicates(&reading.files));
    reading
}

/// What came of a file.
struct Read {
    index: usize,
    /// Of its name and bytes.
    key: Key,
    document: Option<(Loaded, Draft)>,
    problems: Diagnostics,
}

struct Reader<'a> {
    root: &'a Path,
    config: &'a Config,
    registry: &'a Registry,
    cache: &'a Cache,
    depth: Depth,
    progress: &'a Progress,
    paths: &'a [PathBuf],
    names: &'a [String],
}

impl Reader<'_> {
    /// Reads the files of a shard.
    fn shard(&self, number: usize, files: &[usize]) -> Vec<Read> {
        let findings = self.cache.open(Part::Findings, number);
        // Texts are fetched once one is needed.
        let words = match self.depth {
            Depth::Obligations => Shard::default(),
            Depth::Whole => self.cache.open(Part::Words, number),
        };
        let mut new = Vec::new();
        let mut keys = Vec::with_capacity(files.len());
        let mut read = Vec::with_capacity(files.len());
        for &index in files {
            let (path, name) = (&self.paths[index], &self.names[index]);
            let bytes = match self.progress.time(Stage::Read, || content::bytes(self.root, path)) {
                Ok(bytes) => bytes,
                Err(problem) => {
                    read.push(Read { index, key: Key::default(), document: None, problems: problem.into() });
                    continue;
                }
            };
            self.progress.add(Stage::Read, 1, bytes.len() as u64);
            let key = Key::of(&[name.as_bytes(), &bytes]);
            if let Some(document) = self.progress.time(Stage::Read, || self.known(index, &key, &findings, &words)) {
                keys.push(key);
                read.push(Read { index, key, document: Some(document), problems: Diagnostics::default() });
                continue;
            }
            let (document, problems) = self.progress.time(Stage::Extract, || self.read(path, &bytes));
            self.progress.add(Stage::Extract, 1, bytes.len() as u64);
            if let Some((file, draft)) = &document
                && problems.0.is_empty()
                && let Some(kept) = kept(file, draft)
            {
                keys.push(key);
                new.push((key, kept));
            }
            read.push(Read { index, key, document, problems });
        }
        self.keep(number, findings, words, &keys, new);
        read
    }

    /// Reads a file that the cache does not know.
    fn read(&self, path: &Path, bytes: &[u8]) -> (Option<(Loaded, Draft)>, Diagnostics) {
        let (read, mut problems) = content::read(self.root, path, bytes);
        // Nothing is made of documents that cannot be built; what is wrong with them is enough.
        let Some((file, content)) = read else { return (None, problems) };
        let (draft, found) = corpus::read(&file, content, self.config.region.as_deref(), self.registry);
        problems.extend(found);
        (Some((file, draft)), problems)
    }

    /// What the cache holds of a file.
    fn known(&self, index: usize, key: &Key, findings: &Shard, words: &Shard) -> Option<(Loaded, Draft)> {
        let kept: Kept = decoded(findings.get(key)?)?;
        let path = &self.paths[index];
        let source = match &kept.source {
            Some(name) => Some(content::kept(path, name)?),
            None => None,
        };
        let words: Words = match self.depth {
            Depth::Obligations => Words::default(),
            Depth::Whole => decoded::<Words>(words.get(key)?)?.restore(),
        };
        let (path, file) = (path.clone(), self.names[index].clone());
        let loaded = Loaded { path, file, id: kept.id, number: kept.number, twin: kept.twin, kept: source };
        Some((loaded, Draft { said: kept.said.restore(), words }))
    }

    /// Keeps the shard where it has changed.
    fn keep(&self, number: usize, findings: Shard, words: Shard, keys: &[Key], new: Vec<(Key, [Vec<u8>; 2])>) {
        if new.is_empty() && findings.holds_only(keys) {
            return;
        }
        // What was read without the words of the others can only be kept beside them.
        let words = if self.depth == Depth::Whole { words } else { self.cache.open(Part::Words, number) };
        let mut kept = [Shard::default(), Shard::default()];
        let old = keys.iter().filter(|key| new.iter().all(|(k, _)| k != *key));
        for key in old {
            if let (Some(said), Some(words)) = (findings.get(key), words.get(key)) {
                kept[0].add(*key, said);
                kept[1].add(*key, words);
            }
        }
        for (key, entries) in new {
            kept.iter_mut().zip(entries).for_each(|(shard, entry)| shard.add(key, &entry));
        }
        let [findings, words] = kept;
        self.cache.keep(Part::Words, number, &words);
        self.cache.keep(Part::Findings, number, &findings);
    }
}

/// What is kept of a document; `None` where it cannot be.
fn kept(file: &Loaded, draft: &Draft) -> Option<[Vec<u8>; 2]> {
    #[derive(Serialize)]
    struct Keeping<'a> {
        id: &'a str,
        number: Option<&'a str>,
        twin: Option<&'a str>,
        source: Option<&'a str>,
        said: &'a Said,
    }
    let source = match &file.kept {
        Some(path) => Some(path.file_name()?.to_str()?),
        None => None,
    };
    let (number, twin) = (file.number.as_deref(), file.twin.as_deref());
    let keeping = Keeping { id: &file.id, number, twin, source, said: &draft.said };
    Some([postcard::to_allocvec(&keeping).ok()?, postcard::to_allocvec(&draft.words).ok()?])
}

/// What the bytes of an entry say; `None` where they are not what was kept, to the last byte.
fn decoded<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    let (value, rest) = postcard::take_from_bytes(bytes).ok()?;
    rest.is_empty().then_some(value)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::*;
    use crate::cache::Context;
    use crate::random::Random;

    const DOCUMENTS: [(&str, &str); 4] = [
        (
            "方案",
            "+++\ntitle = \"云河市养老服务工作方案\"\nnumber = \"云政办发〔2021〕7号\"\nissuers = [\"云河市人民政府办公室\"]\ndate = \"2021-05-06\"\n+++\n\n\
             # 云河市养老服务工作方案\n\n## 一、主要任务\n\n### （一）新建养老机构。\n\n到2022年底前，新建养老机构20所。（市民政局牵头，市财政局配合）\n",
        ),
        (
            "条例",
            "# 云河市消防条例\n\n## 第一条\n\n为了预防火灾，根据《中华人民共和国消防法》，制定本条例。\n\n## 第二条\n\n市应急管理局应当每年检查重点单位。\n",
        ),
        (
            "答复",
            "+++\nid = \"fu-12\"\ndate = \"2022-03-01\"\n+++\n\n# 对市人大第12号建议的答复\n\n张三代表：\n\n我局将在2023年6月底前建成便民服务中心。\n\n市民政局\n",
        ),
        // Something is wrong with it every time it is read.
        ("空白", "+++\nid = \"empty\"\n+++\n"),
    ];

    fn site() -> TempDir {
        let root = tempfile::tempdir().expect("a folder");
        fs::create_dir(root.path().join("content")).expect("a folder");
        for (name, text) in DOCUMENTS {
            fs::write(root.path().join("content").join(format!("{name}.md")), text).expect("a file");
        }
        root
    }

    fn cache(root: &Path, about: &str) -> Cache {
        let mut context = Context::of_this_program();
        context.iter_mut().for_each(|c| c.add(about.as_bytes()));
        Cache::of(root, context)
    }

    /// All that is read, as one text, and how many documents were not in the cache.
    fn said(root: &Path, cache: &Cache) -> (String, u64) {
        let progress = Progress::default();
        let read = super::read(root, &Config::default(), Registry::builtin(), cache, Depth::Whole, &progress);
        (format!("{:#?}\n{}", (&read.files, &read.drafts), read.problems), progress.of(Stage::Extract).items)
    }

    /// One edit, addition, removal or renaming.
    fn edit(folder: &Path, random: &mut Random) {
        let mut files: Vec<PathBuf> = fs::read_dir(folder).expect("a folder").flatten().map(|e| e.path()).collect();
        files.sort();
        let file = &files[random.below(files.len())];
        let number = random.below(1000);
        match random.below(if files.len() > 3 { 5 } else { 2 }) {
            0 => {
                let (_, text) = DOCUMENTS[random.below(DOCUMENTS.len())];
                let text = text.replace("id = \"", &format!("id = \"{number}-"));
                let _ = fs::write(folder.join(format!("{number}.md")), text.replace("〕7号", &format!("〕{number}号")));
            }
            1 | 2 => {
                let text = fs::read_to_string(file).expect("a file");
                fs::write(file, format!("{text}\n市财政局应当在{}年底前完成第{number}项任务。\n", 2020 + number % 9))
                    .expect("a file");
            }
            3 => fs::rename(file, folder.join(format!("r{number}.md"))).expect("a file"),
            _ => fs::remove_file(file).expect("a file"),
        }
    }

    /// Over many edits what is read with the cache is what is read without one, to the last field.
    #[test]
    fn the_cache_changes_nothing() {
        let root = site();
        let (none, kept) = (Cache::of(root.path(), None), cache(root.path(), ""));
        let edits = std::env::var("ZHENGKU_EDITS").ok().and_then(|n| n.parse().ok()).unwrap_or(60);
        let mut random = Random(7);
        for n in 0..edits {
            let (expected, whole) = said(root.path(), &none);
            let (with, _) = said(root.path(), &kept);
            assert!(with == expected, "edit {n}");
            // All but those with which something is wrong are read once.
            let (again, read) = said(root.path(), &kept);
            assert!(again == expected && read < whole, "edit {n}: {read} of {whole}");
            edit(&root.path().join("content"), &mut random);
        }
    }

    /// What depends on another table or program is another cache.
    #[test]
    fn another_context_is_another_cache() {
        let root = site();
        let read = |about: &str| said(root.path(), &cache(root.path(), about)).1;
        assert_eq!([read("a"), read("a"), read("b"), read("a")], [4, 1, 4, 4]);
    }

    /// A command that needs no texts gets none, and leaves those of the others.
    #[test]
    fn as_deep_as_obligations() {
        let root = site();
        let cache = cache(root.path(), "");
        let shallow = || {
            let progress = Progress::default();
            let depth = Depth::Obligations;
            let read = super::read(root.path(), &Config::default(), Registry::builtin(), &cache, depth, &progress);
            (read.drafts.len(), progress.of(Stage::Extract).items)
        };
        assert_eq!(shallow(), (4, 4));
        assert_eq!(shallow(), (4, 1));
        let file = root.path().join("content/条例.md");
        fs::write(&file, DOCUMENTS[1].1.replace("每年", "每季度")).expect("a file");
        assert_eq!(shallow(), (4, 2));
        let (whole, read) = said(root.path(), &cache);
        assert_eq!(read, 1);
        assert!(
            whole.contains("市应急管理局应当每季度检查重点单位。")
                && whole == said(root.path(), &Cache::of(root.path(), None)).0
        );
    }

    /// Shards that are damaged, empty or of another document are read again, and mended.
    #[test]
    fn a_damaged_cache_is_mended() {
        let root = site();
        let cache = cache(root.path(), "");
        let (expected, _) = said(root.path(), &cache);
        let shards = || fs::read_dir(root.path().join(".zhengku/cache")).expect("a folder").flatten().map(|e| e.path());
        let damages: [fn(&mut Vec<u8>); 3] =
            [|b| b.truncate(b.len() / 2), |b| b.clear(), |b| b.iter_mut().for_each(|b| *b ^= 1)];
        for damage in damages {
            for shard in shards() {
                let mut bytes = fs::read(&shard).expect("a file");
                damage(&mut bytes);
                fs::write(&shard, bytes).expect("a file");
            }
            let (mended, read) = said(root.path(), &cache);
            assert!(mended == expected);
            assert_eq!(read, 4);
            assert_eq!(said(root.path(), &cache).1, 1);
        }
    }
}
