//! 协议: the server as the protocol wants it, over standard input and output.

use std::sync::Arc;
use std::thread::available_parallelism;

use rmcp::handler::server::ServerHandler;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation, InitializeResult,
    ListToolsResult, PaginatedRequestParams, ServerCapabilities,
};
use rmcp::service::{RequestContext, RoleServer, ServiceExt};
use rmcp::transport::io::stdio;
use tokio::sync::Semaphore;

use crate::diagnostics::Diagnostic;

use super::answer;
use super::library::Library;
use super::tools::Tools;

/// Answers whoever writes to standard input until they have gone.
///
/// # Errors
/// Where nobody speaks the protocol.
pub fn serve(library: Library) -> Result<(), Diagnostic> {
    let failed = |e: &dyn std::fmt::Display| {
        Diagnostic::error("mcp-protocol", format!("没有和助手程序接上：{e}"))
            .help("这个命令由助手程序启动，不是给人敲的；怎样配置见 docs/assistants.md")
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|e| failed(&e))?;
    runtime.block_on(async {
        let server = Server { library: Arc::new(library), turns: Arc::new(Semaphore::new(turns())) };
        let running = server.serve(stdio()).await.map_err(|e| failed(&e))?;
        running.waiting().await.map_err(|e| failed(&e))?;
        Ok(())
    })
}

/// Answers cost a core each; more than there are cores would only take longer.
fn turns() -> usize {
    available_parallelism().map_or(1, usize::from)
}

struct Server {
    library: Arc<Library>,
    turns: Arc<Semaphore>,
}

impl ServerHandler for Server {
    fn get_info(&self) -> InitializeResult {
        let named = Implementation::new("zhengku", env!("CARGO_PKG_VERSION")).with_title("政库");
        let about = answer::about(&self.library.view());
        InitializeResult::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(named)
            .with_instructions(format!("{about}\n{}", Tools::all().instructions))
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, rmcp::ErrorData> {
        Ok(ListToolsResult::with_all_items(Tools::all().list.iter().map(|tool| tool.described()).collect()))
    }

    async fn call_tool(
        &self,
        call: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, rmcp::ErrorData> {
        let Ok(_turn) = self.turns.acquire().await else { return Ok(refused("服务正在结束").into()) };
        let library = self.library.clone();
        let answered = tokio::task::spawn_blocking(move || {
            answer::answer(&library, &call.name, call.arguments.unwrap_or_default())
        });
        // A panic ends the answer, not the server.
        let result = match answered.await {
            Ok(Ok(value)) => CallToolResult::structured(value),
            Ok(Err(wrong)) => refused(wrong.to_string()),
            Err(_) => refused("回答时程序出错；换一种问法，并请报告这个问题"),
        };
        Ok(result.into())
    }
}

/// An answer that says what is wrong: the assistant reads it, and may ask again.
fn refused(why: impl Into<String>) -> CallToolResult {
    CallToolResult::error(vec![ContentBlock::text(why.into())])
}
