//! The index in a browser: a hot bundle and chunks that are fetched when they are missed.

use search::{Error, Index, Options, Response};

use crate::support::{Outcome, Site, build, document, fixtures, site};

/// Answers a query from a cold start, and says in how many rounds chunks were fetched.
fn fetch(site: &Site, query: &str) -> Outcome<(Response, usize)> {
    let folder = site.folder.path();
    let pointer: serde_json::Value = serde_json::from_slice(&std::fs::read(folder.join("index.json"))?)?;
    let bundle = std::fs::read(folder.join(pointer["hot"].as_str().ok_or("no hot bundle")?))?;
    let index = Index::open_bundle(bundle)?;
    for round in 0..20 {
        match index.search(query, &Options { facets: true, ..Options::default() }) {
            Ok(response) => return Ok((response, round)),
            Err(Error::Missing(names)) => {
                assert!(!names.is_empty(), "{query}");
                for name in names {
                    index.supply(&name, std::fs::read(folder.join("chunks").join(&name))?);
                }
            }
            Err(error) => return Err(error.into()),
        }
    }
    Err(format!("{query}: never answered").into())
}

#[test]
fn the_browser_answers_as_the_terminal_does() -> Outcome {
    let site = site()?;
    for query in [
        "停车场",
        "医疗保障",
        "\"双随机、一公开\"",
        "牵头:公安局",
        "松江 -低保",
        "停车设施改造",
        "市卫健委",
        "法",
        "》",
    ] {
        let (response, rounds) = fetch(&site, query)?;
        assert_eq!(response, site.index.search(query, &Options { facets: true, ..Options::default() })?, "{query}");
        assert!(rounds <= 4, "{query}: {rounds} rounds");
    }
    Ok(())
}

#[test]
fn an_index_of_nothing_answers() -> Outcome {
    let site = build([])?;
    assert_eq!(fetch(&site, "停车场")?.0.total, 0);
    assert_eq!(site.index.search_records("停车场", &Options::default())?.total, 0);
    Ok(())
}

#[test]
fn damaged_files_are_errors_and_never_panics() -> Outcome {
    let (_, text) = &fixtures()?[0];
    let site = build([document("one", text)])?;
    let pointer: serde_json::Value = serde_json::from_slice(&std::fs::read(site.folder.path().join("index.json"))?)?;
    let bundle = std::fs::read(site.folder.path().join(pointer["hot"].as_str().ok_or("no hot bundle")?))?;
    for length in [0, 3, 4, 7, 8, 100, bundle.len() / 2] {
        assert!(Index::open_bundle(bundle[..length].to_vec()).is_err(), "{length}");
    }
    let mut other = bundle.clone();
    other[9..40].fill(b'x');
    assert!(Index::open_bundle(other).is_err());
    // What a host answers in the place of a chunk.
    let index = Index::open_bundle(bundle)?;
    let Err(Error::Missing(names)) = index.search("停车场", &Options::default()) else {
        return Err("nothing is missing".into());
    };
    for name in names {
        index.supply(&name, b"<!doctype html>".to_vec());
    }
    assert!(matches!(index.search("停车场", &Options::default()), Err(error) if !matches!(error, Error::Missing(_))));
    Ok(())
}
