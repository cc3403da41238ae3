//! Shards that are kept from one build to the next change no byte of the index, and time alone.

use std::{collections::BTreeMap, path::Path};

use search::{Builder, Document, Means, Record};
use tempfile::TempDir;

use crate::support::{Outcome, document, files, schema};

/// Documents long enough to make several shards: a town each, with a record.
fn documents(count: usize) -> Vec<Document> {
    let town = |number: usize| {
        let mut text = format!("第{number}镇便民服务办法\n");
        for line in 0..1500 {
            text.push_str(&format!(
                "第{line}条　第{number}镇人民政府应当办理第{}件便民事项，并向社会公开。\n",
                line * number % 977
            ));
        }
        let mut town = document(&format!("town-{number}"), &text);
        town.records.push(Record {
            id: format!("town-{number}#1"),
            span: 0..60,
            values: vec![("lead".into(), format!("第{number}镇人民政府"))],
            ..Record::default()
        });
        town
    };
    (0..count).map(town).collect()
}

/// The files of the index of some documents, built with the shards in `kept`.
fn built(documents: &[Document], words: &[&str], kept: Option<&Path>) -> Outcome<BTreeMap<String, Vec<u8>>> {
    let folder = TempDir::new()?;
    let words: Vec<String> = words.iter().map(|word| (*word).into()).collect();
    let kept = kept.map(|folder| (folder, &b"this program"[..]));
    let means = Means { work: folder.path(), kept, bytes: Some(documents.iter().map(|d| d.text.len()).sum()) };
    let mut builder = Builder::with(schema(), &words, means)?;
    documents.iter().try_for_each(|document| builder.add(document.clone()))?;
    let index = folder.path().join("index");
    builder.finish(&index)?;
    files(&index)
}

/// The shards in a folder, with the moment at which the words of each were indexed. Its texts may be compressed anew.
fn shards(kept: &Path) -> Outcome<BTreeMap<String, std::time::SystemTime>> {
    let mut shards = BTreeMap::new();
    for entry in std::fs::read_dir(kept)? {
        let entry = entry?;
        if entry.path().join("about").is_file() {
            let made = entry.path().join("documents/meta.json").metadata()?.modified()?;
            shards.insert(entry.file_name().to_string_lossy().into_owned(), made);
        }
    }
    Ok(shards)
}

#[test]
fn what_is_kept_changes_no_byte() -> Outcome {
    let kept = TempDir::new()?;
    let kept = kept.path();
    let mut towns = documents(30);
    let clean = built(&towns, &["第七镇"], None)?;
    assert!(built(&towns, &["第七镇"], Some(kept))? == clean);
    let first = shards(kept)?;
    assert!(first.len() > 3, "{} shards", first.len());
    // All of them serve again.
    assert!(built(&towns, &["第七镇"], Some(kept))? == clean);
    assert_eq!(shards(kept)?, first);

    // One that is changed, one that is gone and one that is new change the shards that they are in.
    towns[17].text.push_str("本办法自公布之日起施行。\n");
    assert!(built(&towns, &["第七镇"], Some(kept))? == built(&towns, &["第七镇"], None)?);
    let second = shards(kept)?;
    let served = |before: &BTreeMap<_, _>, now: &BTreeMap<_, _>| {
        before.iter().filter(|(name, made)| now.get(*name) == Some(*made)).count()
    };
    assert_eq!((second.len(), served(&first, &second)), (first.len(), first.len() - 1));
    towns.remove(3);
    towns.insert(0, document("new", "新镇办法\n新镇人民政府应当公开服务事项。\n"));
    assert!(built(&towns, &["第七镇"], Some(kept))? == built(&towns, &["第七镇"], None)?);
    let third = shards(kept)?;
    assert!(third.len() - served(&second, &third) <= 3, "{} of {}", served(&second, &third), third.len());

    // A word of the site matters where it stands: here in one document.
    let words = ["第七镇", "新镇人民政府应当公开", "不在任何文件中"];
    assert!(built(&towns, &words, Some(kept))? == built(&towns, &words, None)?);
    let fourth = shards(kept)?;
    assert_eq!(served(&third, &fourth), third.len() - 1);
    Ok(())
}

#[test]
fn a_shard_that_is_damaged_is_made_again() -> Outcome {
    let kept = TempDir::new()?;
    let towns = documents(12);
    let clean = built(&towns, &[], Some(kept.path()))?;
    let all: Vec<_> = walk(kept.path())?;
    assert!(all.len() > 15, "{}", all.len());
    for (number, file) in all.iter().enumerate() {
        let mut bytes = std::fs::read(file)?;
        match number % 3 {
            0 => bytes.truncate(bytes.len() / 2),
            1 => bytes.iter_mut().for_each(|byte| *byte ^= 1),
            _ => bytes.clear(),
        }
        // As another file of that name, so that nothing is damaged that has a second name elsewhere.
        std::fs::remove_file(file)?;
        std::fs::write(file, bytes)?;
    }
    assert!(built(&towns, &[], Some(kept.path()))? == clean);
    assert!(built(&towns, &[], Some(kept.path()))? == clean);
    Ok(())
}

fn walk(folder: &Path) -> Outcome<Vec<std::path::PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(walk(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}
