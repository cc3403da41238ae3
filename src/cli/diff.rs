//! `zhengku diff`: two documents side by side.

use clap::{Args, ValueEnum};

use crate::ask::{Fault, Pair};
use crate::compare::{self, By, Comparison, Goal, Only, Shared, Side, differences};
use crate::corpus::{Policy, TopicClause};
use crate::project::Project;
use crate::strings::{Language, Strings};
use crate::vocabulary::Role;

use super::Root;
use super::output::{DONE, FAILED, Outcome, Stop, TROUBLE, print, width};
use super::page::Page;

mod record;

/// `zhengku diff`.
#[derive(Debug, Args)]
#[command(about = "对照两份公文：相同的任务，不同的机关和目标")]
#[command(after_help = "\
先按主题对齐，同一主题里再按标题和正文的用词对齐条款。机关按领域比较：
市卫生计生委和省卫生健康委都算卫生健康，改过的名称、并入的机关也算。

退出码：0 有可以对照的，1 没有找到公文或没有共同的主题，2 出错。

例：
  zhengku diff '吉市政办发〔2017〕48号' '台政办发(2018)31号'
  zhengku diff 吉市政办发-2017-48 苏卫老健-2023-4 --topic 长期护理保险")]
pub struct Diff {
    /// The first document.
    #[arg(value_name = "公文", help = "文号（括号不限）、id 或标题")]
    pub a: String,
    /// The second.
    #[arg(value_name = "另一份公文", help = "与它对照的公文")]
    pub b: String,
    /// What about.
    #[arg(long, value_name = "主题", help = "只看这个主题；可以写几次")]
    pub topic: Vec<String>,
    /// How to print.
    #[arg(long, value_enum, value_name = "格式", default_value_t, help = "text 给人看（默认）、json")]
    pub format: DiffFormat,
    /// The site.
    #[command(flatten)]
    pub root: Root,
}

/// How `diff` prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum DiffFormat {
    #[default]
    Text,
    Json,
}

impl Diff {
    /// Prints what the two have in common and what not.
    pub fn run(&self) -> Outcome {
        let project = Project::open(&self.root.path).map_err(|d| Stop::Failed(d, TROUBLE))?;
        let asked = Pair { a: &self.a, b: &self.b, topics: &self.topic };
        let comparison = asked.compared(&project).map_err(|fault| match fault {
            Fault::Topic(wrong) => Stop::Failed(wrong.into(), TROUBLE),
            Fault::Document(wrong) => Stop::Failed(wrong.into(), FAILED),
        })?;
        let Some(comparison) = comparison else { return Ok(DONE) };
        print(match self.format {
            DiffFormat::Text => text(&comparison, !self.topic.is_empty(), width()),
            DiffFormat::Json => record::json(&project.corpus, &comparison)?,
        })?;
        Ok(if comparison.shared.is_empty() { FAILED.into() } else { DONE })
    }
}

/// The comparison for the terminal; every topic at length where `whole`.
fn text(c: &Comparison<'_>, whole: bool, width: usize) -> String {
    let labels = compare::labels(c.policies);
    let mut out = Page::new(width);
    out.heading(&format!("{} 对照 {}", labels[0], labels[1]));
    for (label, policy) in labels.iter().zip(c.policies) {
        let number = policy.facts.number.as_deref().unwrap_or(&policy.facts.id);
        out.item(&format!("{label}  "), &format!("{number}《{}》", policy.facts.title));
    }
    out.line("");
    let [a, b] = [&c.only[0], &c.only[1]].map(|only| only.len());
    out.prose(&format!(
        "共同的主题 {} 个，仅{}有 {a} 个，仅{}有 {b} 个。条款按主题对齐；机关按今天的领域比较，改过的名称算同一个。",
        c.shared.len(),
        labels[0],
        labels[1]
    ));
    // What only the texts say of would drown what the headings say; asked for by name it is shown whole.
    let (titled, passing): (Vec<_>, Vec<_>) = c.shared.iter().partition(|s| whole || s.is_titled());
    for shared in titled {
        out.line("");
        out.line(&format!("【{}】", shared.topic.id));
        out.table(&["", &labels[0], &labels[1]], &rows(shared));
        differences(Strings::built_in(Language::Chinese), shared, &labels).iter().for_each(|said| out.item("· ", said));
    }
    if !passing.is_empty() {
        out.line("");
        out.line("【正文里都谈到的主题】（--topic 主题 看详细的对照）");
        let paths = |side: &Side<'_>| side.clauses.iter().map(|c| c.path.as_str()).collect::<Vec<_>>().join("、");
        let row = |s: &&Shared<'_>| {
            vec![
                s.topic.id.clone(),
                paths(&s.sides[0]),
                paths(&s.sides[1]),
                differences(Strings::built_in(Language::Chinese), s, &labels).join("；"),
            ]
        };
        let rows: Vec<Vec<String>> = passing.iter().map(row).collect();
        out.table(&["主题", &labels[0], &labels[1], "异同"], &rows);
    }
    for (side, only) in c.only.iter().enumerate().filter(|(_, only)| !only.is_empty()) {
        out.line("");
        out.line(&format!("【仅{}有的主题】", labels[side]));
        let rows: Vec<Vec<String>> = only.iter().map(|o| lone(o, &labels[1 - side])).collect();
        out.table(&["主题", "条款", "负责", "另一份"], &rows);
    }
    if !c.alike.is_empty() {
        out.line("");
        out.line("【主题不同、标题相近的条款】");
        let title = |side: usize, path: &str| named(c.policies[side], path);
        let rows: Vec<Vec<String>> = c
            .alike
            .iter()
            .map(|p| vec![title(0, &p.paths[0]), title(1, &p.paths[1]), format!("{:.0}%", p.likeness * 100.0)])
            .collect();
        out.table(&[&labels[0], &labels[1], "相近"], &rows);
    }
    out.finish()
}

/// A clause by its path and heading.
fn named(policy: &Policy, path: &str) -> String {
    match policy.outline.find(path).and_then(|e| e.title.as_deref()) {
        Some(title) => format!("{path} {title}"),
        None => path.to_owned(),
    }
}

fn clause(side: &Side<'_>, clause: &TopicClause) -> String {
    let policy = side.policy;
    match (policy.outline.find(&clause.path).is_some(), clause.path.as_str()) {
        (true, path) => named(policy, path),
        (false, "") => "正文".to_owned(),
        (false, path) => format!("{path} {}", policy.document.quote(clause.sentence)),
    }
}

/// A shared topic as rows: what is compared, then what either side says.
fn rows(shared: &Shared<'_>) -> Vec<Vec<String>> {
    let both = |name: &str, of: &dyn Fn(&Side<'_>) -> String| -> Vec<String> {
        std::iter::once(name.to_owned()).chain(shared.sides.iter().map(of)).collect()
    };
    let mut rows = Vec::new();
    let mut others: [Vec<String>; 2] = [Vec::new(), Vec::new()];
    for (at, pair) in shared.clauses() {
        let named = |s: usize| at[s].and_then(|i| Some(clause(&shared.sides[s], shared.sides[s].clauses.get(i)?)));
        match (pair, [named(0), named(1)]) {
            (Some(pair), [Some(a), Some(b)]) => {
                let what = if pair.by == By::Title { "标题" } else { "正文" };
                rows.push(vec!["对应条款".to_owned(), a, format!("{b}（{what}相近 {:.0}%）", pair.likeness * 100.0)]);
            }
            (_, named) => others.iter_mut().zip(named).for_each(|(list, name)| list.extend(name)),
        }
    }
    let name = if rows.is_empty() { "条款" } else { "其他条款" };
    rows.push(vec![name.to_owned(), others[0].join("\n"), others[1].join("\n")]);
    rows.push(both("另见", &|s| s.besides().into_iter().map(|c| c.path.as_str()).collect::<Vec<_>>().join("、")));
    for role in Role::BY_WEIGHT {
        rows.push(both(role.short(), &|s| s.names(role).map(|p| p.name).collect::<Vec<_>>().join("、")));
    }
    for row in &shared.goals {
        let goal = |side: usize| row[side].and_then(|g| shared.sides[side].goals.get(g)).map(reached);
        rows.push(vec!["目标".to_owned(), goal(0).unwrap_or_default(), goal(1).unwrap_or_default()]);
    }
    rows.push(both("时限", &|s| {
        let due = |o: &&crate::corpus::Obligation| format!("{}：{}", o.path, o.due_text.as_deref().unwrap_or_default());
        s.dated.iter().map(due).collect::<Vec<_>>().join("\n")
    }));
    rows.retain(|r| r[1..].iter().any(|text| !text.is_empty()));
    rows
}

/// What is to be reached, and by when where the words do not say.
fn reached(goal: &Goal<'_>) -> String {
    match goal.obligation.due_text.as_deref().filter(|due| !goal.text.contains(due)) {
        Some(due) => format!("{}（{due}）", goal.text),
        None => goal.text.clone(),
    }
}

fn lone(only: &Only<'_>, other: &str) -> Vec<String> {
    let side = &only.side;
    let responsible = Role::ANSWERING.into_iter().find_map(|role| {
        let names: Vec<&str> = side.names(role).map(|p| p.name).collect();
        (!names.is_empty()).then(|| names.join("、"))
    });
    let mentioned: Vec<&str> = only.mentioned.iter().map(|c| c.path.as_str()).collect();
    vec![
        only.topic.id.clone(),
        side.clauses.iter().map(|c| clause(side, c)).collect::<Vec<_>>().join("\n"),
        responsible.unwrap_or_default(),
        if mentioned.is_empty() { String::new() } else { format!("{other}仅提及：{}", mentioned.join("、")) },
    ]
}
