//! 工具: what the server offers, read from `tools.toml`, and each as the protocol describes it.

use std::sync::{Arc, LazyLock};

use rmcp::model::{JsonObject, Tool, ToolAnnotations};
use serde::Deserialize;
use serde_json::{Value, json};

/// Longest text that an argument may be, in characters.
pub const LONGEST: usize = 500;
/// Most texts of one argument.
pub const MOST: usize = 20;

/// The table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tools {
    /// What an assistant is told before it asks anything.
    pub instructions: String,
    /// In the order in which they are listed.
    #[serde(rename = "tool")]
    pub list: Vec<Offer>,
}

/// A tool.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// Its name in calls.
    pub name: String,
    title: String,
    description: String,
    /// What it takes.
    #[serde(rename = "argument")]
    pub arguments: Vec<Argument>,
}

/// An argument of a tool.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Argument {
    /// Its name.
    pub name: String,
    /// What it may be.
    pub shape: Shape,
    /// True where a call without it is refused.
    #[serde(default)]
    pub required: bool,
    /// The values of a choice.
    #[serde(default)]
    pub values: Vec<String>,
    /// Least number.
    pub min: Option<u64>,
    /// Greatest number.
    pub max: Option<u64>,
    /// The number where none is given.
    pub default: Option<u64>,
    /// For people and assistants.
    pub description: String,
}

/// What an argument may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// A text.
    Text,
    /// Texts; one text stands for a list of one.
    Texts,
    /// A whole number.
    Number,
    /// True or false.
    Flag,
    /// One of [`Argument::values`].
    Choice,
    /// Some of [`Argument::values`].
    Choices,
}

static TOOLS: LazyLock<Tools> = LazyLock::new(|| {
    // A table that cannot be read would mean a server without tools.
    toml::from_str(include_str!("tools.toml")).unwrap_or_else(|e| panic!("tools.toml: {e}"))
});

impl Tools {
    /// The tools that there are.
    pub fn all() -> &'static Tools {
        &TOOLS
    }

    /// The tool of this name.
    pub fn find(&self, name: &str) -> Option<&Offer> {
        self.list.iter().find(|tool| tool.name == name)
    }
}

impl Offer {
    /// As the protocol lists it: every tool only reads, and what it is asked again it answers again.
    pub fn described(&self) -> Tool {
        let reads = ToolAnnotations::with_title(self.title.clone())
            .read_only(true)
            .destructive(false)
            .idempotent(true)
            .open_world(false);
        Tool::new(self.name.clone(), self.description.clone(), Arc::new(self.schema()))
            .with_title(self.title.clone())
            .with_annotations(reads)
    }

    /// The JSON schema of its arguments.
    fn schema(&self) -> JsonObject {
        let properties: JsonObject = self.arguments.iter().map(|a| (a.name.clone(), a.schema())).collect();
        let required: Vec<&str> = self.arguments.iter().filter(|a| a.required).map(|a| a.name.as_str()).collect();
        let mut schema = JsonObject::new();
        schema.insert("type".to_owned(), "object".into());
        schema.insert("properties".to_owned(), properties.into());
        schema.insert("required".to_owned(), required.into());
        schema.insert("additionalProperties".to_owned(), false.into());
        schema
    }
}

impl Argument {
    fn schema(&self) -> Value {
        let mut schema = match self.shape {
            Shape::Text => json!({"type": "string", "maxLength": LONGEST}),
            Shape::Texts => {
                json!({"type": "array", "items": {"type": "string", "maxLength": LONGEST}, "maxItems": MOST})
            }
            Shape::Number => json!({"type": "integer", "minimum": self.min, "maximum": self.max}),
            Shape::Flag => json!({"type": "boolean", "default": false}),
            Shape::Choice => json!({"type": "string", "enum": self.values}),
            Shape::Choices => json!({"type": "array", "items": {"type": "string", "enum": self.values}}),
        };
        schema["description"] = self.description.as_str().into();
        if let Some(default) = self.default {
            schema["default"] = default.into();
        }
        schema
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let tools = Tools::all();
        let names: Vec<&str> = tools.list.iter().map(|t| t.name.as_str()).collect();
        assert_eq!(names, ["search", "obligations", "document", "clause", "organ", "diff"]);
        for tool in &tools.list {
            assert!(tools.instructions.contains(&tool.name), "{} is not spoken of", tool.name);
            for argument in &tool.arguments {
                let name = format!("{}.{}", tool.name, argument.name);
                assert!(!argument.description.is_empty(), "{name}");
                let chosen = matches!(argument.shape, Shape::Choice | Shape::Choices);
                assert_eq!(chosen, !argument.values.is_empty(), "{name}");
                let counted = argument.shape == Shape::Number;
                assert_eq!(counted, argument.min.is_some() && argument.max.is_some(), "{name}");
            }
        }
    }

    #[test]
    fn a_schema() {
        let clause = Tools::all().find("clause").expect("the tool");
        let schema = Value::Object(clause.schema());
        assert_eq!(schema["required"], json!(["document", "path"]));
        assert_eq!(schema["additionalProperties"], false);
        assert_eq!(schema["properties"]["path"]["type"], "string");
        let described = serde_json::to_value(clause.described()).expect("it can be written");
        assert_eq!(described["annotations"]["readOnlyHint"], true);
        assert_eq!(described["annotations"]["destructiveHint"], false);
    }
}
