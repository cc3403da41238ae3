//! 参数: what an assistant sends with a call, checked against the table before anything is done with it.

use rmcp::model::JsonObject;
use serde_json::Value;

use crate::diagnostics::Diagnostic;

use super::tools::{Argument, LONGEST, MOST, Offer, Shape};

/// The arguments of a call; every one is what the table says of it.
#[derive(Clone, Debug)]
pub struct Arguments<'t> {
    tool: &'t Offer,
    given: JsonObject,
}

impl<'t> Arguments<'t> {
    /// Checks what is `given` to `tool`. Null is as good as nothing.
    ///
    /// # Errors
    /// What is wrong first, and what may be written.
    pub fn check(tool: &'t Offer, mut given: JsonObject) -> Result<Self, Diagnostic> {
        given.retain(|_, value| !value.is_null());
        for (name, value) in &given {
            let known = tool.arguments.iter().find(|a| a.name == *name);
            known.ok_or_else(|| unknown(tool, name))?.check(value)?;
        }
        let missing = tool.arguments.iter().find(|a| a.required && !given.contains_key(&a.name));
        match missing {
            Some(a) => Err(wrong(format!("少了参数 {}", a.name)).help(format!("{}：{}", a.name, a.description))),
            None => Ok(Arguments { tool, given }),
        }
    }

    /// A text; empty where none is given.
    pub fn text(&self, name: &str) -> &str {
        self.given.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// A text that somebody has given.
    pub fn some_text(&self, name: &str) -> Option<String> {
        Some(self.text(name)).filter(|text| !text.trim().is_empty()).map(str::to_owned)
    }

    /// Texts, in the order given.
    pub fn texts(&self, name: &str) -> Vec<String> {
        let texts = match self.given.get(name) {
            Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
            Some(Value::String(text)) => vec![text.as_str()],
            _ => Vec::new(),
        };
        texts.into_iter().filter(|text| !text.trim().is_empty()).map(str::to_owned).collect()
    }

    /// A number, or what the table has in its place.
    pub fn number(&self, name: &str) -> Option<usize> {
        let default = || self.tool.arguments.iter().find(|a| a.name == name)?.default;
        let number = self.given.get(name).and_then(Value::as_u64).or_else(default)?;
        usize::try_from(number).ok()
    }

    /// Whether something is asked for.
    pub fn flag(&self, name: &str) -> bool {
        self.given.get(name) == Some(&Value::Bool(true))
    }
}

impl Argument {
    fn check(&self, value: &Value) -> Result<(), Diagnostic> {
        let name = &self.name;
        let refused = |what: &str| Err(wrong(format!("参数 {name} 应为{what}")).help(self.description.clone()));
        match (self.shape, value) {
            (Shape::Text, Value::String(text)) | (Shape::Texts, Value::String(text)) => self.bounded(text),
            (Shape::Texts, Value::Array(list)) if list.len() > MOST => {
                Err(wrong(format!("参数 {name} 有 {} 个值，太多了", list.len()))
                    .help(format!("最多写 {MOST} 个，分几次问")))
            }
            (Shape::Texts, Value::Array(list)) => list.iter().try_for_each(|item| match item {
                Value::String(text) => self.bounded(text),
                _ => refused("一列文字"),
            }),
            (Shape::Text, _) => refused("一段文字"),
            (Shape::Texts, _) => refused("一列文字"),
            (Shape::Number, value) => {
                let (min, max) = (self.min.unwrap_or_default(), self.max.unwrap_or(u64::MAX));
                match value.as_u64() {
                    Some(number) if (min..=max).contains(&number) => Ok(()),
                    _ => refused(&format!(" {min} 到 {max} 的整数")),
                }
            }
            (Shape::Flag, Value::Bool(_)) => Ok(()),
            (Shape::Flag, _) => refused(" true 或 false"),
            (Shape::Choice, Value::String(text)) => self.chosen(text),
            (Shape::Choices, Value::String(text)) => self.chosen(text),
            (Shape::Choices, Value::Array(list)) if list.len() <= MOST => list
                .iter()
                .try_for_each(|item| item.as_str().map_or_else(|| self.not_chosen(), |text| self.chosen(text))),
            (Shape::Choice | Shape::Choices, _) => self.not_chosen(),
        }
    }

    fn bounded(&self, text: &str) -> Result<(), Diagnostic> {
        // Bytes first: what is millions of characters long is not counted.
        let long = text.len() > 4 * LONGEST || text.chars().nth(LONGEST).is_some();
        match long {
            true => {
                Err(wrong(format!("参数 {} 太长", self.name)).help(format!("最多 {LONGEST} 个字；写要点，不要贴全文")))
            }
            false => Ok(()),
        }
    }

    fn chosen(&self, text: &str) -> Result<(), Diagnostic> {
        if self.values.iter().any(|value| value == text) { Ok(()) } else { self.not_chosen() }
    }

    fn not_chosen(&self) -> Result<(), Diagnostic> {
        Err(wrong(format!("参数 {} 没有这个值", self.name)).help(format!("可用的值：{}", self.values.join("、"))))
    }
}

fn unknown(tool: &Offer, name: &str) -> Diagnostic {
    let shown: String = name.chars().take(40).collect();
    let names: Vec<&str> = tool.arguments.iter().map(|a| a.name.as_str()).collect();
    wrong(format!("{} 没有 {shown} 这个参数", tool.name)).help(format!("可用的参数：{}", names.join("、")))
}

fn wrong(message: String) -> Diagnostic {
    Diagnostic::error("mcp-argument", message)
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use snapbox::{assert_data_eq, str};

    use super::super::tools::Tools;
    use super::*;

    fn checked(tool: &str, given: Value) -> Result<Arguments<'static>, Diagnostic> {
        let Value::Object(given) = given else { panic!("no object") };
        Arguments::check(Tools::all().find(tool).expect("the tool"), given)
    }

    fn refused(tool: &str, given: Value) -> String {
        checked(tool, given).map(|_| ()).expect_err("it is refused").to_string()
    }

    #[test]
    fn what_is_given_is_read() {
        let given = json!({"lead": "市民政局", "organ": ["甲", " ", "乙"], "overdue": true, "topic": null, "limit": 3});
        let arguments = checked("obligations", given).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(arguments.texts("lead"), ["市民政局"]);
        assert_eq!(arguments.texts("organ"), ["甲", "乙"]);
        assert!(arguments.flag("overdue") && !arguments.flag("unsure"));
        assert_eq!((arguments.number("limit"), arguments.number("offset")), (Some(3), Some(0)));
    }

    #[test]
    fn what_is_refused_says_what_may_be_written() {
        assert_data_eq!(
            refused("clause", json!({"document": "甲"})),
            str![[r#"
错误[mcp-argument]: 少了参数 path
 |
 = 办法: path：条款的路径，例如 二/（一）、附件/3；或者不重复的最后一段，例如 第十条
"#]]
        );
        assert_data_eq!(
            refused("clause", json!({"file": "../../etc/passwd"})),
            str![[r#"
错误[mcp-argument]: clause 没有 file 这个参数
 |
 = 办法: 可用的参数：document、path
"#]]
        );
        assert_data_eq!(
            refused("search", json!({"query": "医".repeat(501)})),
            str![[r#"
错误[mcp-argument]: 参数 query 太长
 |
 = 办法: 最多 500 个字；写要点，不要贴全文
"#]]
        );
        assert_data_eq!(
            refused("search", json!({"query": "医养", "limit": -1})),
            str![[r#"
错误[mcp-argument]: 参数 limit 应为 1 到 20 的整数
 |
 = 办法: 列出多少份公文
"#]]
        );
        assert_data_eq!(
            refused("obligations", json!({"kind": ["任务"]})),
            str![[r#"
错误[mcp-argument]: 参数 kind 没有这个值
 |
 = 办法: 可用的值：assignment、target、duty、commitment
"#]]
        );
        assert_data_eq!(
            refused("obligations", json!({"organ": vec!["甲"; 21]})),
            str![[r#"
错误[mcp-argument]: 参数 organ 有 21 个值，太多了
 |
 = 办法: 最多写 20 个，分几次问
"#]]
        );
        assert_data_eq!(
            refused("obligations", json!({"overdue": "yes"})),
            str![[r#"
错误[mcp-argument]: 参数 overdue 应为 true 或 false
 |
 = 办法: 只要时限已过的；不知道任务是否已经完成
"#]]
        );
    }
}
