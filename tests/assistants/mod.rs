//! What an assistant gets: `zhengku mcp`, asked over the protocol by the client of its official SDK. What is answered is
//! looked up in the built site: the page, the clause on it, and the words.

use std::process::Stdio;

use rmcp::model::{CallToolRequestParams, CallToolResult};
use rmcp::service::{RoleClient, RunningService, ServiceExt};
use serde_json::{Value, json};

use crate::site::published::BUILT;
use crate::support::driver::{Site, command, repository};

mod questions;
mod refused;

/// A server of its own, and the client that asks it.
struct Assistant {
    client: RunningService<RoleClient, ()>,
    _server: tokio::process::Child,
}

impl Assistant {
    /// Asks the site of the repository's documents.
    async fn of_published() -> Assistant {
        let mut server = command();
        server.args(["mcp", "--base-url", "https://example.gov.cn/policy", "--root"]).arg(repository());
        server.arg("--output").arg(&*BUILT);
        Assistant::start(server).await
    }

    async fn of(site: &Site) -> Assistant {
        let mut server = command();
        server.args(["mcp", "--root"]).arg(site.root());
        Assistant::start(server).await
    }

    async fn start(server: std::process::Command) -> Assistant {
        let mut server = tokio::process::Command::from(server);
        server.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        let mut server = server.spawn().expect("the program runs");
        let (out, into) = (server.stdout.take().expect("its output"), server.stdin.take().expect("its input"));
        let client = ().serve((out, into)).await.expect("it speaks the protocol");
        Assistant { client, _server: server }
    }

    async fn call(&self, tool: &str, arguments: Value) -> CallToolResult {
        let Value::Object(arguments) = arguments else { panic!("no object") };
        let call = CallToolRequestParams::new(tool.to_owned()).with_arguments(arguments);
        self.client.call_tool(call).await.unwrap_or_else(|e| panic!("{tool}: {e}"))
    }

    /// The answer to a question that has one.
    async fn ask(&self, tool: &str, arguments: Value) -> Value {
        let result = self.call(tool, arguments).await;
        assert_ne!(result.is_error, Some(true), "{}", text(&result));
        // Programs read the one, models the other: they say the same.
        let structured = result.structured_content.clone().expect("data");
        let read: Value = serde_json::from_str(&text(&result)).expect("JSON");
        assert_eq!(read, structured);
        structured
    }

    /// What is said of a question that has none.
    async fn refused(&self, tool: &str, arguments: Value) -> String {
        let result = self.call(tool, arguments).await;
        assert_eq!(result.is_error, Some(true), "{}", text(&result));
        text(&result)
    }
}

/// The text of an answer.
fn text(result: &CallToolResult) -> String {
    let content = serde_json::to_value(&result.content).expect("it can be written");
    content[0]["text"].as_str().expect("a text").to_owned()
}

#[tokio::test]
async fn what_it_offers() {
    let assistant = Assistant::of_published().await;
    let tools = assistant.client.list_all_tools().await.expect("tools");
    let names: Vec<&str> = tools.iter().map(|t| t.name.as_ref()).collect();
    assert_eq!(names, ["search", "obligations", "document", "clause", "organ", "diff"]);
    let manual = std::fs::read_to_string(repository().join("docs/assistants.md")).expect("the manual");
    for tool in &tools {
        let reads = tool.annotations.as_ref().expect("annotations");
        assert_eq!((reads.read_only_hint, reads.destructive_hint), (Some(true), Some(false)), "{}", tool.name);
        let schema = serde_json::to_value(&*tool.input_schema).expect("a schema");
        assert!(manual.contains(&format!("`{}`", tool.name)), "docs/assistants.md does not speak of {}", tool.name);
        for (name, argument) in schema["properties"].as_object().expect("arguments") {
            let said = argument["description"].as_str().unwrap_or_default();
            assert!(said.chars().any(|c| c > '\u{2e80}'), "{}.{name} is not described in Chinese", tool.name);
            assert!(manual.contains(&format!("`{name}`")), "docs/assistants.md does not speak of {name}");
        }
    }
    let about = assistant.client.peer_info().expect("the server's own words").instructions.clone().expect("text");
    assert!(about.starts_with("《政策库》：公文 5 份"), "{about}");
    assert!(about.contains("网站在 https://example.gov.cn/policy/") && about.contains("不要凭记忆补写"), "{about}");
}

/// A site that has not been built is answered for but by search, and files that change are read again.
#[tokio::test]
async fn of_a_site_at_work() {
    let site = Site::of_one();
    let assistant = Assistant::of(&site).await;
    let found = assistant.ask("obligations", json!({ "lead": "市民政局" })).await;
    assert_eq!(found["results"][0]["address"], "documents/甲.html#一");
    assert_eq!(found["results"][0]["cite"], "《关于做好养老工作的通知》 一");
    let refused = assistant.refused("search", json!({ "query": "养老" })).await;
    assert!(refused.starts_with("错误[search-none]: 还没有检索索引"), "{refused}");

    let site = site.build();
    assert_eq!(assistant.ask("search", json!({ "query": "养老" })).await["total"], 1);
    site.write("content/乙.md", "# 关于社区食堂的通知\n\n## 一、任务\n\n开办食堂。（市民政局牵头）\n");
    assert_eq!(assistant.ask("obligations", json!({ "lead": "市民政局" })).await["total"], 2);
    let found = assistant.ask("search", json!({ "query": "食堂" })).await;
    let notes = found["notes"].to_string();
    assert!(notes.contains("没有找到") && notes.contains("在上次生成之后改过"), "{notes}");
    let _site = site.build();
    assert_eq!(assistant.ask("search", json!({ "query": "食堂" })).await["total"], 1);
}
