//! 机关名称: printed names that resolve to no organ, or to several.

use std::collections::HashSet;

use gongwen::Span;
use gongwen::extract::kit::organ::{Actor, actor};

use super::Subject;
use crate::corpus::Obligation;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::registry::{Context, Resolution};

/// Reports each name once a document.
pub(super) fn organs(subject: &Subject<'_>, found: &mut Diagnostics) {
    let registry = &subject.project.registry;
    let facts = &subject.policy.facts;
    let region = facts.region.as_ref().map(|r| r.id);
    if region.is_none() && !subject.obligations().is_empty() {
        let diagnostic =
            Diagnostic::warning("region-unknown", "不知道这份文件是哪个地区的，文中的省、市、县机关无从辨认");
        let help = "在文件头写 region = \"行政区划代码\"；没有收录的地区先写进站点的 regions.toml";
        found.push(diagnostic.at(subject.places.key("issuers")).help(help));
        return;
    }
    let context = Context { region, date: facts.date, ..Context::default() };
    let mut seen: HashSet<&str> = HashSet::new();
    for obligation in subject.obligations() {
        for (_, names) in obligation.roles() {
            for (name, resolution) in names.iter().zip(registry.resolve_list(names, &context)) {
                // A company or a hospital that shares a task has no page and needs none.
                let known = obligation.organs.contains_key(name) || actor(name) == Actor::Institution;
                if known || !seen.insert(name) {
                    continue;
                }
                let place = || subject.places.of(place_of(subject, obligation, name));
                match resolution {
                    Resolution::Unknown => {
                        let diagnostic = Diagnostic::warning("organ-unknown", format!("不认识的机关：{name}"))
                            .at(place())
                            .label("没有对应的机关页面")
                            .help("是机关，就写进站点的 organs.toml；识别有误，就在文件头用 [[correct]] 更正");
                        found.push(diagnostic);
                    }
                    Resolution::Ambiguous(organs) => {
                        let names: Vec<String> =
                            organs.iter().take(5).map(|o| registry.organ(o, facts.date).name).collect();
                        let diagnostic = Diagnostic::warning("organ-ambiguous", format!("说不准是哪个机关：{name}"))
                            .at(place())
                            .label("有几个机关叫这个名字")
                            .note(format!("可能是：{}", names.join("、")))
                            .help("在文件头写明 region，或者在 organs.toml 里写明这个名字指谁");
                        found.push(diagnostic);
                    }
                    _ => {}
                }
            }
        }
    }
}

/// Where a name of an obligation stands: in its annotation, its row, or its sentence.
fn place_of(subject: &Subject<'_>, obligation: &Obligation, name: &str) -> Span {
    let document = &subject.policy.document;
    let spans = obligation.annotation_spans.iter().chain(std::iter::once(&obligation.span));
    for span in spans {
        let Some(block) = document.blocks.get(span.block) else { continue };
        // A row's names stand in other cells than its task.
        let from = span.start.min(block.text.len());
        let rest = block.text.get(from..).unwrap_or("");
        if let Some(at) = rest.find(name) {
            return Span::new(span.block, from + at..from + at + name.len());
        }
    }
    obligation.span
}
