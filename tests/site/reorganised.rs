//! 机关沿革 on the site of `cases/reorganised`, plans of 2010, 2017 and 2020, and of the five published documents.

use std::collections::BTreeSet;

use zhengku::{Context, Organ, Project, Resolution};

use crate::support::driver::{Site, case, repository};

fn open(root: &std::path::Path) -> Project {
    Project::open(root).unwrap_or_else(|e| panic!("{e}"))
}

fn organ<'p>(project: &'p Project, id: &str) -> &'p Organ {
    project.corpus.organs.iter().find(|o| o.id.to_string() == id).unwrap_or_else(|| panic!("no organ {id}"))
}

#[test]
fn an_organ_has_its_names_by_period_with_those_that_documents_print() {
    let project = open(&case("reorganised"));
    let names = |id: &str| {
        let year = |y: Option<u16>| y.map_or("?".to_owned(), |y| y.to_string());
        let name =
            |n: &zhengku::NamePeriod| format!("{} {}—{} [{}]", n.name, year(n.from), year(n.to), n.printed.join(" "));
        organ(&project, id).names.iter().map(name).collect::<Vec<_>>()
    };
    assert_eq!(
        names("331000-卫生健康"),
        [
            "台州市卫生局 ?—2013 [市卫生局]",
            "台州市卫生和计划生育委员会 2013—2018 [市卫生计生委]",
            "台州市卫生健康委员会 2018—? [市卫健委]",
        ]
    );
    assert_eq!(names("331000-医疗保障"), ["台州市医疗保障局 2018—? [市医保局]"]);
    assert_eq!(names("331000-物价"), ["台州市物价局 ?—2018 [市物价局]"]);
}

#[test]
fn an_organ_inherits_what_its_predecessors_were_given() {
    let project = open(&case("reorganised"));
    let inherited = |id: &str| {
        let of = organ(&project, id).inherited.iter();
        of.map(|i| format!("{} {:?} {}", i.organ, i.obligation.role, i.obligation.id)).collect::<Vec<_>>()
    };
    let resources =
        ["331000-国土资源 Lead 台州-2017#一:assignment-1", "331000-城乡规划 Support 台州-2017#一:assignment-1"];
    let mut found = inherited("331000-自然资源");
    found.sort();
    assert_eq!(found, resources);
    // A split organ's task stands with each that took a part.
    let prices = ["331000-物价 Lead 台州-2017#二:assignment-1"];
    assert_eq!(inherited("331000-发展改革"), prices);
    assert_eq!(inherited("331000-市场监管"), prices);
    // A renamed organ is one organ: it has no predecessor to inherit from.
    assert_eq!(inherited("331000-卫生健康"), Vec::<String>::new());
    assert_eq!(organ(&project, "331000-卫生健康").obligations.len(), 3);
}

#[test]
fn pages_say_where_the_work_went_and_came_from() {
    let folder = Site::case("reorganised").build();
    assert_eq!(folder.broken_links(), Vec::<String>::new());
    let page = |id: &str| folder.read(format!("public/organs/{id}.html"));
    let prices = page("331000-物价");
    let successor = concat!(
        "<p class=\"successor\">价格监督检查与反垄断的职责已在2018年机构改革中由",
        "<a href=\"../organs/331000-市场监管.html\">台州市市场监督管理局</a>承接；价格管理的职责已在2018年机构改革中由",
        "<a href=\"../organs/331000-发展改革.html\">台州市发展和改革委员会</a>承接。</p>"
    );
    assert!(prices.contains(successor), "{prices}");
    let market = page("331000-市场监管");
    let given = concat!(
        "<h2>前身台州市物价局承担 <span class=\"count\">1</span></h2><p class=\"note\">下列任务是以“市物价局”之名承担的。",
        "只有它的价格监督检查与反垄断在2018年划入，这些任务不一定都由本机关承接。",
        "见<a href=\"../organs/331000-物价.html\">台州市物价局</a>。</p>"
    );
    assert!(market.contains(given), "{market}");
    let health = page("331000-卫生健康");
    assert!(health.contains("<p class=\"note\">文件中的“市卫生局”“市卫生计生委”是它的旧名。</p>"), "{health}");
    let period = concat!(
        "<tr><td>台州市卫生和计划生育委员会</td><td class=\"nowrap\">2013—2018</td>",
        "<td><p>市卫生计生委：<a href=\"../documents/台州-2017.html\">台政办发〔2017〕902号</a></p></td></tr>"
    );
    assert!(health.contains(period), "{health}");
    let insurance = page("331000-医疗保障");
    let part = concat!(
        "<td>职工和居民医疗保险、生育保险</td>",
        "<td>由<a href=\"../organs/331000-人力资源社会保障.html\">台州市人力资源和社会保障局</a>划入</td>"
    );
    assert!(insurance.contains(part), "{insurance}");
}

/// Every name printed in a role of the five documents is an organ with a page, or a class of organs; and an organ that
/// has ended leads to the one that took over.
#[test]
fn every_organ_of_the_published_documents_resolves() {
    let project = open(repository());
    let mut organs = BTreeSet::new();
    let mut classes = BTreeSet::new();
    for o in &project.corpus.obligations {
        let facts = &project.corpus.documents[o.policy].facts;
        let region = facts.region.as_ref().map(|r| r.id);
        let context = Context { region, date: facts.date, ..Context::default() };
        for name in o.roles().flat_map(|(_, names)| names) {
            match (o.organs.get(name), project.registry.resolve(name, &context)) {
                (Some(id), _) => {
                    let organ = organ(&project, &id.to_string());
                    assert!(organ.printed.iter().any(|p| p.name == *name), "{name} is not printed for {id}");
                    organs.insert(id);
                }
                (None, Resolution::Class(_)) => {
                    classes.insert(name.as_str());
                }
                (None, other) => panic!("{}: {name} is {other:?}", o.id),
            }
        }
    }
    assert!(organs.len() > 25 && classes.len() > 5, "{organs:?} {classes:?}");
    let mut ended = Vec::new();
    for organ in project.corpus.organs.iter().filter(|o| !o.successors.is_empty()) {
        for successor in &organ.successors {
            assert!(self::organ(&project, &successor.to_string()).predecessors.contains(&organ.id), "{}", organ.id);
        }
        ended.push(organ.name.as_str());
    }
    assert_eq!(ended, ["吉林市国土资源局", "吉林市城乡规划局", "吉林市物价局", "台州市国土资源局"]);
}
