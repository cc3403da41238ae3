//! 没有读到的要素: what a document of its kind prints and this one was not read to print.

use super::{HEAD_WORDS, Remark, roles};
use crate::document::{Block, BlockKind};
use crate::meta::Meta;

/// Says which of title, number, issuer and date were not read where such a document has them (党政机关公文处理工作条例
/// 第九条). Laws, plans and drafts that stand by themselves have no number of their own, and a text that names no kind
/// may be anything.
pub(super) fn remarks(blocks: &[Block], meta: &Meta) -> Vec<Remark> {
    let mut found = Vec::new();
    let first = blocks.iter().position(|b| b.kind != BlockKind::Rule).unwrap_or(0);
    let title = blocks.iter().position(|b| b.kind == BlockKind::Title).unwrap_or(first);
    let mut say = |block: usize, reason: &str| found.push(Remark { block, reason: reason.to_owned() });
    let formal = meta.kind.as_deref().is_some_and(|k| HEAD_WORDS.numbered_kinds.iter().any(|n| n == k));
    // 主送机关 shows that it was sent as a document, whatever its title says.
    let sent = formal || !meta.addressees.is_empty();
    if blocks.is_empty() {
        return found;
    }
    match (&meta.title, meta.title_inferred) {
        (None, _) => say(first, "没有读到标题，请在前置数据里写 title"),
        (_, true) if meta.reply.is_none() => say(first, "没有印标题，题目是照正文拟的，请核对 title"),
        _ => {}
    }
    // What a news agency sends out is printed without its number.
    let wired = blocks.iter().take(4).any(|b| roles::is_wire(&b.text));
    if formal && meta.number.is_none() && meta.reply.is_none() && !wired {
        say(title, "没有读到发文字号，原文如果印有，请在前置数据里写 number");
    }
    if sent && meta.issuers.is_empty() {
        say(title, "没有读到发文机关，请在前置数据里写 issuers");
    }
    if sent && meta.date.is_none() {
        say(title, "没有读到成文日期，原文如果印有，请在前置数据里写 date");
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::read;

    fn remarks(text: &str) -> Vec<String> {
        read::text(text).remarks.into_iter().map(|r| r.reason).collect()
    }

    #[test]
    fn what_was_not_read_is_said() {
        assert_eq!(
            remarks("关于做好防汛工作的通知\n各镇人民政府：\n请做好防汛工作。\n"),
            [
                "没有读到发文字号，原文如果印有，请在前置数据里写 number",
                "没有读到发文机关，请在前置数据里写 issuers",
                "没有读到成文日期，原文如果印有，请在前置数据里写 date",
            ]
        );
        assert_eq!(
            remarks("各镇人民政府：\n现将《防汛预案》印发给你们，请执行。\n海州市水利局\n2024年5月6日\n"),
            ["没有印标题，题目是照正文拟的，请核对 title", "没有读到发文字号，原文如果印有，请在前置数据里写 number"]
        );
        assert_eq!(remarks("今年雨水多。\n请注意防汛。\n"), ["没有读到标题，请在前置数据里写 title"]);
    }

    #[test]
    fn what_such_a_document_has_not_is_not_missed() {
        assert!(remarks("海州市防汛条例\n第一条 为了防汛，制定本条例。\n第二条 本条例自公布之日起施行。\n").is_empty());
        let whole = "海州市水利局关于做好防汛工作的通知\n海水发〔2024〕3号\n各镇人民政府：\n请做好防汛工作。\n海州市水利局\n2024年5月6日\n";
        assert!(remarks(whole).is_empty());
    }
}
