//! Table tests of the whole registry; the tables are in `cases/`.

use super::*;

/// `cases/names.txt`, its contexts spelled out: (line, region, date, printed, expected).
fn names() -> Vec<(usize, Option<RegionId>, Option<&'static str>, &'static str, &'static str)> {
    let mut context = (None, None);
    let mut out = Vec::new();
    for (i, line) in include_str!("cases/names.txt").lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let mut cells = line.splitn(3, " | ");
        let mut cell = || cells.next().unwrap_or_else(|| panic!("line {}: three cells", i + 1));
        let (at, printed, expected) = (cell(), cell(), cell());
        if at != "+" {
            let mut words = at.split(' ');
            context = (words.next().and_then(|r| r.parse().ok()), words.next());
        }
        out.push((i + 1, context.0, context.1, printed, expected));
    }
    out
}

fn describe(resolution: &Resolution) -> String {
    match resolution {
        Resolution::Organ(id) => id.to_string(),
        Resolution::Unit(id, unit) => format!("{id} +{unit}"),
        Resolution::Class(c) => {
            let kind = match c.kind {
                ClassKind::Departments => "部门",
                ClassKind::Governments => "政府",
                ClassKind::Units => "单位",
                ClassKind::Places => "地方",
            };
            let levels = c.levels.iter().map(|l| l.name());
            let words: Vec<&str> = [kind].into_iter().chain(levels).chain(c.sectors.iter().map(|s| &**s)).collect();
            format!("{{{}}}", words.join(" "))
        }
        Resolution::Ambiguous(ids) => format!("?{}", ids.iter().map(|i| i.to_string()).collect::<Vec<_>>().join(" ")),
        Resolution::Unknown => "-".to_owned(),
    }
}

#[test]
fn the_builtin_tables_are_sound() {
    let registry = Registry::read_builtin().unwrap_or_else(|e| panic!("{e} at {:?}", e.offset));
    for sector in &registry.sectors.list {
        for id in sector.into.iter().map(|i| &i.sector).chain(sector.moved.iter().map(|m| &m.to)) {
            assert!(registry.sectors.get(id).is_some(), "{}: no sector {id}", sector.id);
        }
        assert_eq!(sector.ended.is_some(), !sector.into.is_empty(), "{}: ended and into go together", sector.id);
    }
}

#[test]
fn printed_names_resolve() {
    let registry = Registry::builtin();
    let mut wrong = String::new();
    for (line, region, date, printed, expected) in names() {
        let found = describe(&registry.resolve(printed, &Context { region, date, ..Context::default() }));
        if found != expected {
            wrong += &format!("names.txt:{line}: {printed}: {found}, not {expected}\n");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
