//! 留存: shards of an earlier build, which serve again where their documents are what they were.
//!
//! A folder a shard, named by what its documents hold and by all else that decides how they are indexed; the words of the
//! site alone are told apart otherwise, since one more matters only where it stands. Every file is known by its hash, and
//! one that is not what it was makes the shard be as if it were not there. The folder may be deleted at any time.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tantivy::{Index, directory::MmapDirectory};

use super::{
    batch::Batch,
    name,
    shard::{DOCUMENTS, RECORDS, Shard, of_records},
    spool::{Lists, Packed, Spool},
    texts::{Compressed, TextDictionary},
};
use crate::{Error, dictionary::Dictionary, normalize::Normalized};

/// The file of a shard that says what its others are; it is written last.
const ABOUT: &str = "about";
/// The words of the site by which the shards were made.
const WORDS: &str = "words";
/// The folder of the dictionaries of texts.
const DICTIONARIES: &str = "dictionaries";

/// Where shards are kept.
pub(super) struct Store {
    folder: PathBuf,
    /// The words of the index, a line each, and the name of the list.
    list: Vec<u8>,
    words: String,
    /// The name of the list by which the shards there were made, and the words that stand in one of the two lists only.
    before: Option<(String, Dictionary)>,
}

/// What is kept of a shard beside its files.
#[derive(Serialize, Deserialize)]
struct About {
    /// The name of the list of words by which it was made.
    words: String,
    /// The hash of each file, by its path in the shard.
    files: BTreeMap<String, String>,
    texts: AboutTexts,
    records: Option<AboutTexts>,
}

/// The compressed texts of its documents or records.
#[derive(Serialize, Deserialize)]
struct AboutTexts {
    file: String,
    lists: Lists,
    lengths: Vec<u32>,
    dictionary: String,
}

impl Store {
    /// The shards in `folder`, for an index with these words.
    pub(super) fn open(folder: &Path, words: &[String]) -> Store {
        let words: BTreeSet<&str> = words.iter().map(String::as_str).collect();
        let list = words.iter().copied().collect::<Vec<_>>().join("\n").into_bytes();
        let before = fs::read(folder.join(WORDS)).ok().and_then(|old| {
            let text = String::from_utf8(old.clone()).ok()?;
            let old_words: BTreeSet<&str> = text.lines().collect();
            let other: Vec<String> = old_words.symmetric_difference(&words).map(|word| (*word).to_owned()).collect();
            Some((name(&Sha256::digest(&old)), Dictionary::of_words(&other).ok()?))
        });
        Store { folder: folder.into(), words: name(&Sha256::digest(&list)), list, before }
    }

    /// The shard of a batch, its files in `folder`; `None` where none is kept that is whole.
    pub(super) fn take(&self, key: &str, batch: &Batch, folder: &Path) -> Option<Shard> {
        let from = self.folder.join(key);
        let about: About = serde_json::from_slice(&sealed(&from.join(ABOUT))?).ok()?;
        if about.words != self.words
            && !self.before.as_ref().is_some_and(|b| b.0 == about.words && !stands(&b.1, batch))
        {
            return None;
        }
        let shard = self.opened(&from, &about, key, batch, folder);
        if shard.is_none() {
            let _ = fs::remove_dir_all(folder);
        }
        shard
    }

    fn opened(&self, from: &Path, about: &About, key: &str, batch: &Batch, folder: &Path) -> Option<Shard> {
        for (file, hash) in &about.files {
            let to = folder.join(file);
            fs::create_dir_all(to.parent()?).ok()?;
            link(&from.join(file), &to).ok()?;
            if name(&Sha256::digest(fs::read(&to).ok()?)) != *hash {
                return None;
            }
        }
        let index = |part: &str| Index::open(MmapDirectory::open(folder.join(part)).ok()?).ok();
        let spool = |about: &AboutTexts| {
            let dictionary = Arc::new(self.dictionary(&about.dictionary)?);
            let packed = Some(Packed { lengths: about.lengths.clone(), dictionary });
            Some(Arc::new(Spool { path: folder.join(&about.file), lists: about.lists.clone(), packed }))
        };
        let records = match &about.records {
            Some(texts) => Some((index(RECORDS)?, spool(texts)?)),
            None => None,
        };
        let texts = spool(&about.texts)?;
        Some(Shard {
            number: batch.number,
            first: batch.first,
            key: key.into(),
            folder: folder.into(),
            index: index(DOCUMENTS)?,
            texts,
            records,
            kept: about.words == self.words,
        })
    }

    /// A dictionary of texts that is kept.
    pub(super) fn dictionary(&self, name: &str) -> Option<TextDictionary> {
        let none = name.is_empty().then(Vec::new);
        let bytes = none.or_else(|| sealed(&self.folder.join(DICTIONARIES).join(name)))?;
        Some(TextDictionary { name: name.into(), bytes })
    }

    /// Keeps the shards of an index, and no others. It is only a cache: what cannot be kept is made again.
    pub(super) fn keep(&self, shards: &[Shard], texts: &Compressed, records: &Compressed) {
        let _ = self.try_keep(shards, texts, records);
    }

    fn try_keep(&self, shards: &[Shard], texts: &Compressed, records: &Compressed) -> Result<(), Error> {
        let dictionaries = self.folder.join(DICTIONARIES);
        fs::create_dir_all(&dictionaries)?;
        let mut used: BTreeSet<&str> = BTreeSet::from([WORDS, DICTIONARIES]);
        let mut trained: BTreeSet<&str> = BTreeSet::new();
        for packed in texts.spools.iter().chain(&records.spools).filter_map(|spool| spool.packed.as_ref()) {
            let TextDictionary { name, bytes } = &*packed.dictionary;
            if !name.is_empty() && trained.insert(name) && self.dictionary(name).is_none() {
                seal(&dictionaries.join(name), bytes)?;
            }
        }
        let with_records =
            of_records(shards).map(|shard| shard.number).zip(&records.spools).collect::<BTreeMap<_, _>>();
        for (shard, texts) in shards.iter().zip(&texts.spools) {
            used.insert(&shard.key);
            self.keep_shard(shard, texts, with_records.get(&shard.number).copied())?;
        }
        for (folder, used) in [(&self.folder, &used), (&dictionaries, &trained)] {
            for entry in fs::read_dir(folder)?.flatten() {
                if !entry.file_name().to_str().is_some_and(|name| used.contains(name)) {
                    let path = entry.path();
                    let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
                }
            }
        }
        // The shards name the list: one that is of another time makes them be made again.
        Ok(fs::write(self.folder.join(WORDS), &self.list)?)
    }

    fn keep_shard(&self, shard: &Shard, texts: &Spool, records: Option<&Spool>) -> Result<(), Error> {
        let same = |old: &Spool, new: &Spool| {
            let dictionary = |spool: &Spool| spool.packed.as_ref().map(|packed| packed.dictionary.name.clone());
            dictionary(old) == dictionary(new)
        };
        let old_records = shard.records.as_ref().map(|(_, spool)| &**spool);
        if shard.kept && same(&shard.texts, texts) && old_records.zip(records).is_none_or(|(old, new)| same(old, new)) {
            return Ok(());
        }
        let beside = tempfile::Builder::new().prefix(".new-").tempdir_in(&self.folder)?;
        let mut files = BTreeMap::new();
        let mut add = |from: &Path, file: String| -> Result<(), Error> {
            let to = beside.path().join(&file);
            fs::create_dir_all(to.parent().unwrap_or(beside.path()))?;
            link(from, &to)?;
            files.insert(file, name(&Sha256::digest(fs::read(&to)?)));
            Ok(())
        };
        for part in [DOCUMENTS, RECORDS] {
            let folder = shard.folder.join(part);
            // The names that begin with a dot are of locks and of what was deleted.
            let listed = fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.file_name());
            for file in listed.filter_map(|file| file.into_string().ok()).filter(|file| !file.starts_with('.')) {
                add(&folder.join(&file), format!("{part}/{file}"))?;
            }
        }
        let mut about_texts = |spool: &Spool, file: &str| -> Result<AboutTexts, Error> {
            add(&spool.path, file.into())?;
            let (lengths, dictionary) = match &spool.packed {
                Some(packed) => (packed.lengths.clone(), packed.dictionary.name.clone()),
                None => Default::default(),
            };
            Ok(AboutTexts { file: file.into(), lists: spool.lists.clone(), lengths, dictionary })
        };
        let texts = about_texts(texts, "texts.zst")?;
        let records = records.map(|records| about_texts(records, "record-texts.zst")).transpose()?;
        let about = About { words: self.words.clone(), files, texts, records };
        seal(&beside.path().join(ABOUT), &serde_json::to_vec(&about)?)?;
        let place = self.folder.join(&shard.key);
        let _ = fs::remove_dir_all(&place);
        Ok(fs::rename(beside.path(), place)?)
    }
}

/// True where one of the words stands in the texts of a batch.
fn stands(words: &Dictionary, batch: &Batch) -> bool {
    let mut lengths = Vec::new();
    batch.documents.iter().any(|document| {
        let parts = [Some(&document.title), document.number.as_ref(), Some(&document.text)];
        parts.into_iter().flatten().any(|part| {
            let chars = Normalized::new(part).chars;
            (0..chars.len()).any(|at| {
                words.words_at(&chars[at..], &mut lengths);
                !lengths.is_empty()
            })
        })
    })
}

/// Gives a file a second name, or copies it where the system has none.
fn link(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(|_| ()))
}

/// Writes a file that begins with the name of the rest.
fn seal(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    fs::write(file, [name(&Sha256::digest(bytes)).as_bytes(), bytes].concat())
}

/// What a sealed file holds; `None` where it is not what was written.
fn sealed(file: &Path) -> Option<Vec<u8>> {
    let bytes = fs::read(file).ok()?;
    let (seal, rest) = bytes.split_at_checked(name(&[0; 32]).len())?;
    (seal == name(&Sha256::digest(rest)).as_bytes()).then(|| rest.to_vec())
}
