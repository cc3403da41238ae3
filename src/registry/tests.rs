//! Table tests of the whole registry; the tables are in `cases/`.

use jiff::civil::Date;

use super::number::NumberIssuer;
use super::*;

/// Line, region, date, printed, expected.
type Case = (usize, Option<RegionId>, Option<Date>, &'static str, &'static str);

/// `cases/names.txt`, its contexts spelled out.
fn names() -> Vec<Case> {
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
            let region = words.next().and_then(|r| r.parse().ok());
            // A bare year counts as its end, when every reform of that year has come.
            let date = words.next().map(|d| if d.len() == 4 { format!("{d}-12-31") } else { d.to_owned() });
            context = (region, date.and_then(|d| d.parse().ok()));
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
    for (code, sector) in registry.prefixes.sectors() {
        assert!(registry.sectors.get(sector).is_some(), "{code}: no sector {sector}");
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

#[test]
fn document_numbers_name_their_issuers() {
    let registry = Registry::builtin();
    let mut wrong = String::new();
    for (i, line) in include_str!("cases/numbers.txt").lines().enumerate().filter(|(_, l)| !l.starts_with('#')) {
        let cells: Vec<&str> = line.split(" | ").collect();
        let [number, context, expected] = cells[..] else { panic!("line {}: three cells", i + 1) };
        let code = number.trim_end_matches(|c: char| c.is_ascii_digit());
        let found = match registry.number_issuer(code, number[code.len()..].parse().ok(), context.parse().ok()) {
            None => "unknown".to_owned(),
            Some(NumberIssuer { name: None, .. }) => "-".to_owned(),
            Some(NumberIssuer { name: Some(name), sure, .. }) => name + if sure { "" } else { "?" },
        };
        if found != expected {
            wrong += &format!("numbers.txt:{}: {number} in {context}: {found}, not {expected}\n", i + 1);
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

fn id(s: &str) -> OrganId {
    s.parse().expect("an organ's id")
}

#[test]
fn names_of_a_list_share_their_prefix_and_company() {
    let registry = Registry::builtin();
    for (region, list, expected) in [
        ("220000", "省发展改革委 财政厅 民政厅", "220000-发展改革 220000-财政 220000-民政"),
        ("331000", "市卫生计生委 民政局 市财政局", "331000-卫生健康 331000-民政 331000-财政"),
        ("331000", "省发展改革委 财政厅 市民政局 财政局", "330000-发展改革 330000-财政 331000-民政 331000-财政"),
        ("331000", "发展改革委 财政局", "331000-发展改革 331000-财政"),
        ("331000", "发展改革委 财政部", "000000-发展改革 000000-财政"),
        ("331000", "国家卫生健康委 发展改革委 财政部", "000000-卫生健康 000000-发展改革 000000-财政"),
        ("331000", "市发改委 卫生健康委 各县（市、区）人民政府", "331000-发展改革 331000-卫生健康 {政府 县 人民政府}"),
        ("331000", "发展改革委", "?331000-发展改革 000000-发展改革"),
        ("000000", "发展改革委 民政部 卫生计生委", "000000-发展改革 000000-民政 000000-卫生健康"),
    ] {
        let names: Vec<&str> = list.split(' ').collect();
        let context = Context { region: region.parse().ok(), ..Context::default() };
        let found: Vec<String> = registry.resolve_list(&names, &context).iter().map(describe).collect();
        assert_eq!(found.join(" "), expected, "{list} in {region}");
    }
}

#[test]
fn the_speaker_is_the_issuer() {
    let registry = Registry::builtin();
    for (issuer, date, printed, expected) in [
        ("220000-卫生健康", "2025-05-22", "我委", "220000-卫生健康"),
        ("220000-卫生健康", "2025-05-22", "本委", "220000-卫生健康"),
        ("220000-卫生健康", "2025-05-22", "我厅", "-"),
        ("220000-卫生健康", "2010-05-22", "我厅", "220000-卫生健康"),
        ("331000-卫生健康", "2025-05-22", "我局", "331000-卫生健康"),
        ("331000-民政", "2025-05-22", "我局", "331000-民政"),
        ("331000-民政", "2025-05-22", "我委", "-"),
        ("000000-民政", "2025-05-22", "我部", "000000-民政"),
    ] {
        let issuer = id(issuer);
        let context = Context { issuer: Some(&issuer), date: date.parse().ok(), ..Context::default() };
        assert_eq!(describe(&registry.resolve(printed, &context)), expected, "{printed} by {issuer} in {date}");
    }
}

#[test]
fn an_organ_knows_its_names_and_successors() {
    let registry = Registry::builtin();
    for (organ, on, name) in [
        ("331000-卫生健康", None, "台州市卫生健康委员会"),
        ("331000-卫生健康", Some("2018-06-04"), "台州市卫生和计划生育委员会"),
        ("331000-卫生健康", Some("2010-01-01"), "台州市卫生局"),
        ("331002-卫生健康", None, "椒江区卫生健康局"),
        ("000000-卫生健康", Some("2018-06-04"), "国家卫生健康委员会"),
        ("000000-卫生健康", Some("2018-01-04"), "国家卫生和计划生育委员会"),
        ("320000-发展改革", None, "江苏省发展和改革委员会"),
        ("320000-工业和信息化", None, "江苏省工业和信息化厅"),
        ("330000-工业和信息化", None, "浙江省经济和信息化厅"),
        ("110000-民政", None, "北京市民政局"),
        ("110000-教育", None, "北京市教育委员会"),
        ("220200-人民政府办公厅", None, "吉林市人民政府办公厅"),
        ("331000-人民政府办公厅", None, "台州市人民政府办公室"),
        ("220000-政协", None, "政协吉林省委员会"),
        ("220200-法院", None, "吉林市中级人民法院"),
        ("320000-消防救援", None, "江苏省消防救援总队"),
        ("331000-医养结合工作领导小组", None, "台州市医养结合工作领导小组"),
        ("220200-国土资源", None, "吉林市国土资源局"),
    ] {
        assert_eq!(registry.organ(&id(organ), on.and_then(|on| on.parse().ok())).name, name, "{organ} on {on:?}");
    }
    let health = registry.organ(&id("331000-卫生健康"), None);
    let former: Vec<_> = health.former.iter().map(|f| (f.name.as_str(), f.from, f.to)).collect();
    assert_eq!(former, [("台州市卫生和计划生育委员会", Some(2013), Some(2018)), ("台州市卫生局", None, Some(2013))]);
    assert_eq!(health.predecessors.iter().map(|p| &*p.organ.sector).collect::<Vec<_>>(), ["人口计生", "安全生产监管"]);
    let prices = registry.organ(&id("220200-物价"), None);
    let parts: Vec<_> = prices.successors.iter().map(|s| (s.name.as_str(), s.year, s.part.as_deref())).collect();
    assert_eq!(
        parts,
        [
            ("吉林市发展和改革委员会", 2018, Some("价格管理")),
            ("吉林市市场监督管理局", 2018, Some("价格监督检查与反垄断"))
        ]
    );
    let planning = registry.organ(&id("220200-发展改革"), None);
    let came: Vec<_> = planning.predecessors.iter().map(|p| (p.name.as_str(), p.year, p.part.as_deref())).collect();
    assert_eq!(came, [("吉林市物价局", 2018, Some("价格管理"))]);
    let insurance = registry.organ(&id("331000-医疗保障"), None);
    let part = insurance.received.iter().find(|r| &*r.organ.sector == "人力资源社会保障").expect("a part");
    assert_eq!((part.year, part.part.as_deref()), (2018, Some("职工和居民医疗保险、生育保险")));
    let labour = registry.organ(&id("331000-人力资源社会保障"), None);
    assert!(labour.successors.is_empty() && labour.moved.iter().any(|m| m.name == "台州市医疗保障局"));
}

#[test]
fn a_printed_name_has_its_period() {
    let registry = Registry::builtin();
    for (organ, printed, period) in [
        ("331000-卫生健康", "市卫生计生委", Some((Some(2013), Some(2018)))),
        ("331000-卫生健康", "台州市卫生和计划生育委员会", Some((Some(2013), Some(2018)))),
        ("331000-卫生健康", "市 卫 生 局", Some((None, Some(2013)))),
        ("331000-卫生健康", "市卫健委", Some((Some(2018), None))),
        ("331000-卫生健康", "我委", None),
        ("330000-生态环境", "省环保厅", Some((Some(2008), Some(2018)))),
        ("331000-民政", "市民政局", Some((None, None))),
        ("220000-政协", "政协吉林省委员会", Some((None, None))),
        ("331000-医养结合工作领导小组", "市医养结合工作领导小组", None),
    ] {
        assert_eq!(registry.period_of(&id(organ), printed), period, "{printed}");
    }
}

#[test]
fn queries_find_every_name_of_an_organ() {
    let registry = Registry::builtin();
    for (query, found, missed) in [
        ("市卫健委", "331000-卫生健康 220200-卫生健康 110000-卫生健康", "320000-卫生健康 000000-卫生健康 331000-民政"),
        ("市卫生计生委", "331000-卫生健康", "320000-卫生健康"),
        ("卫健委", "331000-卫生健康 320000-卫生健康 000000-卫生健康 331002-卫生健康 331000-人口计生", "331000-疾控"),
        ("省民政厅", "220000-民政 320000-民政", "331000-民政"),
        ("吉林省民政厅", "220000-民政", "320000-民政"),
        ("吉林市卫健委", "220200-卫生健康", "331000-卫生健康 220000-卫生健康"),
        ("市自然资源局", "331000-自然资源 331000-国土资源 331000-城乡规划", "330000-自然资源"),
        ("市国土局", "331000-国土资源", "331000-自然资源"),
        ("市市场监管局", "331000-市场监管 331000-工商 331000-物价", "331000-发展改革"),
        ("财政厅", "220000-财政", "331000-财政 000000-财政"),
        ("民政", "220000-民政 331000-民政 000000-民政", "331000-财政"),
        ("民政部门", "220000-民政 331002-民政", "331000-财政"),
        ("国家卫健委", "000000-卫生健康", "331000-卫生健康"),
        ("朝阳区民政局", "110105-民政 220104-民政", "331002-民政"),
        ("县教育局", "330122-教育", "331000-教育"),
    ] {
        let q = registry.query(query);
        assert!(!q.sectors.is_empty(), "{query}");
        for organ in found.split(' ') {
            assert!(registry.matches_organ(&q, &id(organ)), "{query} finds {organ}");
        }
        for organ in missed.split(' ') {
            assert!(!registry.matches_organ(&q, &id(organ)), "{query} does not find {organ}");
        }
    }
    // A class is found by its sector and level; a name that no table knows by its text.
    let context = Context { region: "331000".parse().ok(), ..Context::default() };
    for (query, printed, expected) in [
        ("市卫健委", "卫生计生部门", true),
        ("省卫健委", "县级卫生健康行政部门", false),
        ("市卫健委", "有关部门", false),
        ("民政局", "民政、卫生计生部门", true),
        ("某某联盟", "市某某联盟", true),
        ("某某联盟", "市民政局", false),
        ("", "市民政局", false),
    ] {
        let found = registry.resolve(printed, &context);
        assert_eq!(registry.matches(&registry.query(query), printed, &found), expected, "{query}: {printed}");
    }
}

#[test]
fn a_document_has_the_region_of_its_issuer_number_or_title() {
    let registry = Registry::builtin();
    for (issuers, code, addressees, title, expected) in [
        ("吉林省卫生健康委员会", "吉卫复议字", "王某某等代表", "", "220000"),
        ("吉林市人民政府办公厅", "吉市政办发", "", "", "220200"),
        ("市卫生计生委 台州市民政局", "", "", "", "331000"),
        ("", "苏卫老健", "", "", "320000"),
        ("市民政局", "浙民养", "", "", "330000"),
        ("", "", "", "台州市人民政府办公室转发市卫生计生委等部门意见的通知", "331000"),
        ("国务院办公厅", "国办发", "各省、自治区、直辖市人民政府", "", "000000"),
        ("教育部 民政部", "", "", "", "000000"),
        ("国务院应对重大灾害联防联控机制", "", "", "", "000000"),
        ("中共中央应对灾害工作领导小组", "", "", "", "000000"),
        ("", "台政办发", "", "", "331000"),
        ("", "", "", "关于印发方案的通知", "-"),
    ] {
        let list = |s: &str| s.split(' ').filter(|s| !s.is_empty()).map(str::to_owned).collect::<Vec<_>>();
        let some = |s: &'static str| Some(s).filter(|s| !s.is_empty());
        let found = registry.region_of_document(&list(issuers), some(code), &list(addressees), some(title));
        assert_eq!(found.map_or("-".to_owned(), |r| r.to_string()), expected, "{issuers} {code} {title}");
    }
}

#[test]
fn a_site_adds_its_own() {
    let mut registry = Registry::builtin().clone();
    let regions = "[[region]]\ncode = \"320576\"\nname = \"苏州工业园区\"\nlevel = \"县\"\nshort = [\"苏州园区\"]\nchars = [\"苏园\"]\n";
    let organs = "[[sector]]\nid = \"驻场服务\"\nwords = \"驻场\"\nnames = [{ local = \"驻场服务局\" }]\n\
        [[organ]]\nregion = \"320500\"\nsector = \"养老产业专班\"\nname = \"苏州市养老产业专班\"\naliases = [\"市养老专班\"]\n";
    registry.extend(organs, regions).expect("both are sound");
    let suzhou = Context { region: "320500".parse().ok(), ..Context::default() };
    for (printed, expected) in [
        ("苏州工业园区民政局", "320576-民政"),
        ("市驻场服务局", "320500-驻场服务"),
        ("驻场部门", "{部门 驻场服务}"),
        ("市养老专班", "320500-养老产业专班"),
        ("苏州市养老产业专班", "320500-养老产业专班"),
    ] {
        assert_eq!(describe(&registry.resolve(printed, &suzhou)), expected, "{printed}");
    }
    assert_eq!(
        registry.number_issuer("苏园政发", None, None).and_then(|n| n.name).as_deref(),
        Some("苏州工业园区人民政府")
    );
    assert_eq!(registry.organ(&id("320500-养老产业专班"), None).name, "苏州市养老产业专班");
}

#[test]
fn faults_in_a_sites_tables_are_located() {
    for (organs, regions, at, reason) in [
        ("[[organ]]\nregion = \"32050\"\nsector = \"民政\"", "", "\"32050\"", "行政区划代码“32050”不是六位数字"),
        ("[[organ]]\nregion = \"999999\"\nsector = \"民政\"", "", "\"999999\"", "行政区划表里没有代码“999999”"),
        ("[[organ]]\nregion = \"320500\"\nsector = \"无此\"", "", "\"无此\"", "没有“无此”这个领域，也没有给机关写名称"),
        ("[[organ]]\nregion = \"320500\"\nsector = \"a/b\"", "", "\"a/b\"", "领域“a/b”不能用"),
        ("[[organ]]\nregion = \"320500\"\nsector = \"民政\"\naliases = [\" \"]", "", "\" \"", "机关的名称是空的"),
        (
            "[[sector]]\nid = \"甲\"\nnames = []\nended = 2018\ninto = [{ sector = \"乙\" }]",
            "",
            "[[sector]]",
            "去向“乙”不是已有的领域",
        ),
        ("[[organ]]\nregoin = \"320500\"", "", "regoin", "不认识的键 regoin"),
        ("", "[[region]]\ncode = \"320576\"\nname = \"园区\"\nlevel = \"镇\"", "\"镇\"", "不认识的层级“镇”"),
        (
            "",
            "[[region]]\ncode = \"320576\"\nname = \"园区\"\nlevel = \"县\"\nparent = \"320599\"",
            "\"320599\"",
            "“320599”不能作“园区”的上级",
        ),
        ("", "[[region]]\ncode = \"320576\"\nname = \"\"\nlevel = \"县\"", "\"\"", "行政区划的名称须为1至20个字"),
        ("", "[[region]\n", "", "TOML 有误："),
    ] {
        let mut registry = Registry::builtin().clone();
        let e = registry.extend(organs, regions).expect_err(reason);
        let (file, text) = if organs.is_empty() { ("regions.toml", regions) } else { ("organs.toml", organs) };
        assert_eq!(e.file, file);
        assert!(e.reason.starts_with(reason), "{} is not {reason}", e.reason);
        let offset = e.offset.expect("an offset");
        assert!(text[offset..].starts_with(at), "{reason}: at {offset}");
        assert!(!e.help.is_empty());
    }
}

/// The hand-read organs of the five documents, where the folder of gold labels lies beside the repository.
#[test]
fn every_organ_of_the_gold_labels_resolves() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/gold");
    if !folder.is_dir() {
        eprintln!("skipped: no {}", folder.display());
        return;
    }
    let registry = Registry::builtin();
    let mut files: Vec<_> = std::fs::read_dir(&folder).expect("readable").flatten().map(|e| e.path()).collect();
    files.retain(|p| p.extension().is_some_and(|e| e == "json"));
    files.sort();
    let mut missing = Vec::new();
    for path in files {
        let text = std::fs::read_to_string(&path).expect("readable");
        let gold: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let strings = |v: &serde_json::Value| -> Vec<String> {
            v.as_array().into_iter().flatten().filter_map(|s| s.as_str().map(str::to_owned)).collect()
        };
        let issuers = strings(&gold["meta"]["issuers"]);
        let region = registry.region_of_document(&issuers, None, &[], None);
        assert!(region.is_some(), "{}: {issuers:?}", path.display());
        for name in strings(&gold["organs"]) {
            // A bare 卫生计生委 stands in the title of a State Council document only.
            let region = if name == "卫生计生委" { Some(RegionId::COUNTRY) } else { region };
            let context = Context {
                region,
                date: gold["meta"]["date"].as_str().and_then(|d| d.parse().ok()),
                ..Context::default()
            };
            let found = registry.resolve(&name, &context);
            if matches!(found, Resolution::Unknown | Resolution::Ambiguous(_)) {
                missing.push(format!("{}: {name}: {}", path.display(), describe(&found)));
            }
        }
    }
    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
}

mod properties {
    use super::*;
    use proptest::prelude::*;

    /// Text of the pieces that names are made of, which reaches further than random characters do.
    fn phrases() -> impl Strategy<Value = String> {
        let pieces = "省 市 县 区 各 （ ） 、 吉林 吉林市 台州市 朝阳区 卫生健康 委 局 厅 办公室 部门 人民政府 政协 中共 \
            委员会 有关 第十四届 人大 我 国家 国务院 领导小组 令 发 政办 卫 国 教 和 𠀀 a 1 \u{feff}";
        let pieces: Vec<&'static str> = pieces.split(' ').collect();
        proptest::collection::vec(proptest::sample::select(pieces), 0..12).prop_map(|v| v.concat())
    }

    fn anything() -> impl Strategy<Value = String> {
        prop_oneof![any::<String>(), phrases()]
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in anything(), other in anything(), region in prop::sample::select(vec!["", "000000", "220000", "331000", "110105"]), year in 1i16..=9999, month in 1i8..=12) {
            let registry = Registry::builtin();
            let region: Option<RegionId> = region.parse().ok();
            let issuer = id("220000-卫生健康");
            let date = jiff::civil::Date::new(year, month, 1).ok();
            let context = Context { region, date, elided: region, issuer: Some(&issuer) };
            let found = registry.resolve(&text, &context);
            if let Some(organ) = found.organ() {
                prop_assert_eq!(organ.to_string().parse::<OrganId>(), Ok(organ.clone()));
                prop_assert!(!registry.organ(organ, date).name.is_empty());
            }
            registry.resolve_list(&[&text, &other, &text], &context);
            let query = registry.query(&other);
            registry.matches(&query, &text, &found);
            registry.number_issuer(&text, Some(2018), region);
            registry.region_prefix(&text, region);
            registry.region_of_document(std::slice::from_ref(&text), Some(&other), &[], Some(&text));
        }
    }
}

/// A place in the middle of a text is told by its full name, where one place alone bears it.
#[test]
fn regions_within() {
    let registry = Registry::builtin();
    for (text, code) in [
        ("政协沙河市第十届三次会议", Some("130582")),
        ("关于《本溪市支持企业若干措施》的解读", Some("210500")),
        ("省十四届人大二次会议", None),
        ("关于朝阳区某事的答复", None),
        ("关于加强城市管理的建议", None),
        ("", None),
    ] {
        assert_eq!(registry.region_within(text).map(|id| id.to_string()).as_deref(), code, "{text}");
    }
}

/// The built-in topics: every one can be told, and no word tells two things of one topic.
#[test]
fn topics() {
    let topics = Registry::builtin().topics();
    assert!(topics.list().len() > 80, "the table was not read");
    let told = |text: &str| -> Vec<&str> {
        topics.words(text).into_iter().map(|w| topics.list()[w.topic].id.as_str()).collect()
    };
    assert_eq!(told("建立长期护理保险制度"), ["长期护理保险"]);
    assert!(told("其中医院要配合").is_empty());
    assert!(told("市教育局、教育行政主管部门").is_empty());
    let named = |name: &str| topics.named(name).map(|i| topics.list()[i].id.as_str());
    assert_eq!(named(" 安宁疗护 "), Some("安宁疗护"));
    assert_eq!(named("长护险"), Some("长期护理保险"));
    // A title word of several topics names none.
    assert_eq!(named("社会资本"), None);
    assert_eq!(topics.near("长期护理"), ["长期护理保险", "长期照护", "康复护理"]);
    assert!(topics.near("量子").is_empty());
}

/// A site's own topics: a new one, more words for another, one that goes.
#[test]
fn topics_of_a_site() {
    let mut registry = Registry::builtin().clone();
    let table = "[[topic]]\nid = \"共有产权住房\"\ntitles = [\"共有产权\"]\n\
        [[topic]]\nid = \"人才队伍\"\ntitles = [\"柔性引才\"]\nnot = [\"人才公寓\"]\n\
        [[topic]]\nid = \"体育\"\ndrop = true\n";
    registry.extend_topics(table).expect("a good table");
    let topics = registry.topics();
    let told = |text: &str| -> Vec<&str> {
        topics.words(text).into_iter().map(|w| topics.list()[w.topic].id.as_str()).collect()
    };
    assert_eq!(told("柔性引才"), ["人才队伍"]);
    assert_eq!(told("人才公寓"), Vec::<&str>::new());
    assert_eq!(told("共有产权"), ["共有产权住房"]);
    assert_eq!(topics.list().last().map(|t| (t.id.as_str(), t.group.as_str())), Some(("共有产权住房", "其他")));
    assert_eq!(topics.named("体育"), None);
}

#[test]
fn a_table_of_topics_at_fault() {
    for (table, at, reason) in [
        ("[[topic]]\nid = \"新主题\"\n", "\"新主题\"", "主题“新主题”没有写词"),
        ("[[topic]]\nid = \"../x\"\nterms = [\"词语\"]\n", "\"../x\"", "主题的 id“../x”不能用"),
        ("[[topic]]\nid = \"新主题\"\nterms = [\"好词\", \"词\"]\n", "\"词\"", "词“词”太短"),
        ("[[topic]]\nid = \"没有的\"\ndrop = true\n", "\"没有的\"", "没有“没有的”这个主题"),
        ("[[topic]]\nid = \"新主题\"\ntitle = [\"词语\"]\n", "title", "不认识的键 title"),
        ("[[topic]]\nterms = [\"词语\"]\n", "[[topic]]", "缺少 id"),
    ] {
        let mut registry = Registry::builtin().clone();
        let e = registry.extend_topics(table).expect_err(reason);
        assert_eq!((e.file.as_str(), e.reason.as_str()), ("topics.toml", reason));
        assert!(table[e.offset.expect("an offset")..].starts_with(at), "{reason}: {:?}", e.offset);
        assert!(!e.help.is_empty());
        assert_eq!(registry.topics().list().len(), Registry::builtin().topics().list().len());
    }
}
