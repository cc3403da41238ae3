use super::{Condition, Group, Phrase, Query};
use crate::document::Schema;

/// How many conditions a query may have; what comes behind is left out.
const MOST: usize = 32;

/// How long a query may be, in bytes; what comes behind is left out.
const LONGEST: usize = 64 << 10;

/// Quotation marks that enclose a phrase: opening and closing.
const QUOTES: &[(char, char)] = &[('"', '"'), ('“', '”'), ('「', '」'), ('『', '』'), ('＂', '＂')];

fn closing(opening: char) -> Option<char> {
    QUOTES.iter().find(|(open, _)| *open == opening).map(|(_, close)| *close)
}

/// The phrase in quotation marks at the start of a text, and what follows it.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let opening = text.chars().next()?;
    let close = closing(opening)?;
    let inner = &text[opening.len_utf8()..];
    // “以下统称“口岸””: what was opened within is closed within.
    let mut depth = 1;
    for (at, c) in inner.char_indices() {
        if c == close {
            depth -= 1;
            if depth == 0 {
                return Some((&inner[..at], &inner[at + c.len_utf8()..]));
            }
        } else if c == opening {
            depth += 1;
        }
    }
    // Not nested after all: the first one closes.
    inner.split_once(close)
}

/// A word up to white space or a quotation mark that is closed, and what follows it.
fn bare(text: &str) -> (&str, &str) {
    // A mark that nothing closes is looked at once: no later one of its kind is closed either.
    let mut open = String::new();
    let ends = |(at, c): &(usize, char)| {
        if c.is_whitespace() {
            return true;
        }
        if *at == 0 || closing(*c).is_none() || open.contains(*c) {
            return false;
        }
        let closed = quoted(&text[*at..]).is_some();
        if !closed {
            open.push(*c);
        }
        closed
    };
    let end = text.char_indices().find(ends).map_or(text.len(), |(at, _)| at);
    text.split_at(end)
}

impl Query {
    /// Reads a query.
    pub(crate) fn parse(text: &str, schema: &Schema) -> Self {
        let mut query = Query::default();
        let mut rest = text;
        if let Some((end, _)) = text.char_indices().find(|(at, _)| *at >= LONGEST) {
            rest = &text[..end];
            query.cut = true;
        }
        let mut conditions = 0;
        let mut or = false;
        loop {
            rest = rest.trim_start();
            if rest.is_empty() {
                break;
            }
            if conditions == MOST {
                query.cut = true;
                break;
            }
            let (word, behind) = bare(rest);
            if matches!(word, "OR" | "|" | "｜" | "或") && !query.groups.is_empty() && !behind.trim().is_empty() {
                or = true;
                rest = behind;
                continue;
            }
            let mut negated = false;
            if let Some(behind) = rest.strip_prefix(['-', '－'])
                && behind.starts_with(|c: char| !c.is_whitespace() && !matches!(c, '-' | '－'))
            {
                negated = true;
                rest = behind;
            }
            let (condition, behind) = condition(rest, schema);
            rest = behind;
            let Some(condition) = condition else { continue };
            conditions += 1;
            match query.groups.last_mut() {
                Some(group) if or && !negated && !group.negated => group.any.push(condition),
                _ => query.groups.push(Group { negated, any: vec![condition] }),
            }
            or = false;
        }
        // A mark that stands alone between words is no word.
        if query.groups.iter().any(|group| !group.is_mark()) {
            query.groups.retain(|group| !group.is_mark());
        }
        query
    }
}

/// The condition at the start of a text, if it says anything, and what follows it.
fn condition<'t>(text: &'t str, schema: &Schema) -> (Option<Condition>, &'t str) {
    if let Some((phrase, behind)) = quoted(text) {
        return (phrase_condition(phrase, true), behind);
    }
    let (word, behind) = bare(text);
    if let Some((name, value)) = word.split_once([':', '：'])
        && let Some(field) = field(name, schema)
    {
        if !value.is_empty() {
            return (Some(Condition::Value { field, value: value.into(), whole: false }), behind);
        }
        if let Some((value, behind)) = quoted(behind) {
            return (Some(Condition::Value { field, value: value.into(), whole: false }), behind);
        }
    }
    (phrase_condition(word, false), behind)
}

fn phrase_condition(text: &str, exact: bool) -> Option<Condition> {
    let phrase = Phrase::new(text, exact);
    (!phrase.chars.is_empty()).then_some(Condition::Text(phrase))
}

/// The field that goes by a name, whatever its case.
fn field(name: &str, schema: &Schema) -> Option<usize> {
    let name = crate::normalize::normalize(name);
    schema.fields.iter().position(|field| {
        std::iter::once(&field.name).chain(&field.labels).any(|known| crate::normalize::normalize(known) == name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Field, Matching, Scope};

    fn schema() -> Schema {
        let field = |name: &str, labels: &[&str]| Field {
            name: name.into(),
            labels: labels.iter().map(|label| (*label).into()).collect(),
            matching: Matching::Part,
            scope: Scope::Document,
            facet: false,
        };
        Schema {
            fields: vec![field("lead", &["牵头", "牵头单位"]), field("year", &["年份"])], synonyms: Vec::new()
        }
    }

    fn shown(query: &Query) -> String {
        let groups = query.groups.iter().map(|group| {
            let any: Vec<String> = group
                .any
                .iter()
                .map(|condition| match condition {
                    Condition::Text(phrase) => {
                        let text: String = phrase.chars.iter().collect();
                        if phrase.exact { format!("<{text}>") } else { text }
                    }
                    Condition::Value { field, value, .. } => format!("{field}={value}"),
                })
                .collect();
            format!("{}{}", if group.negated { "!" } else { "" }, any.join("/"))
        });
        groups.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn queries_mean_what_they_say_and_never_fail() {
        for (typed, meaning) in [
            ("低保 提标", "低保 提标"),
            ("低保　提标", "低保 提标"),
            ("\"城乡低保\" 提标", "<城乡低保> 提标"),
            ("“城乡低保”提标", "<城乡低保> 提标"),
            ("以下统称“口岸查验机构”", "以下统称 <口岸查验机构>"),
            ("“以下统称“口岸””", "<以下统称\"口岸\">"),
            ("低保 -农村", "低保 !农村"),
            ("低保 -\"农村低保\"", "低保 !<农村低保>"),
            ("低保 -牵头:民政局", "低保 !0=民政局"),
            ("低保 OR 五保 提标", "低保/五保 提标"),
            ("低保 | 五保", "低保/五保"),
            ("低保 或 五保", "低保/五保"),
            ("牵头:市民政局", "0=市民政局"),
            ("牵头：市民政局 低保", "0=市民政局 低保"),
            ("Lead:市民政局", "0=市民政局"),
            ("牵头:“市 民政局”", "0=市 民政局"),
            ("年份:2018..2020", "1=2018..2020"),
            ("吉市政办发（2017）48号", "吉市政办发(2017)48号"),
            // What looks like an operator and is none is text.
            ("牵头:", "牵头:"),
            ("时间:2018", "时间:2018"),
            ("\"没有结尾", "\"没有结尾"),
            ("-", "-"),
            ("--低保", "--低保"),
            ("OR", "or"),
            ("低保 OR", "低保 or"),
            ("OR 低保", "or 低保"),
            ("\"\"", ""),
            // A mark between words is left out, alone it is looked for.
            ("\" 低保 — 提标", "低保 提标"),
            ("\"—\" 低保", "<-> 低保"),
            ("》", "》"),
            ("(", "("),
            ("AND NOT (a:b^2 ~ *? [1 TO 2] \\", "and not (a:b^2 (1 to 2)"),
            ("   ", ""),
            ("", ""),
        ] {
            assert_eq!(shown(&Query::parse(typed, &schema())), meaning, "{typed}");
        }
    }

    #[test]
    fn too_many_conditions_are_cut() {
        let query = Query::parse(&"低保 ".repeat(10_000), &schema());
        assert_eq!(query.groups.len(), MOST);
        assert!(query.cut);
        let query = Query::parse(&"\"".repeat(100_001), &schema());
        assert!(query.groups.len() <= MOST);
    }
}
