//! `{a,b}` patterns of the tables: one line for the long and short forms of a name.

/// Every string that `pattern` stands for, the first alternatives first. Braces do not nest; an unclosed brace is text.
pub(super) fn expand(pattern: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut rest = pattern;
    while let Some((before, open)) = rest.split_once('{') {
        let Some((inside, after)) = open.split_once('}') else { break };
        let options: Vec<&str> = inside.split(',').collect();
        out = out.iter().flat_map(|o| options.iter().map(move |a| format!("{o}{before}{a}"))).collect();
        rest = after;
    }
    out.iter_mut().for_each(|o| o.push_str(rest));
    out
}

/// The first string of [`expand`], without making the others.
pub(super) fn first(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some((before, open)) = rest.split_once('{') {
        let Some((inside, after)) = open.split_once('}') else { break };
        out.push_str(before);
        out.push_str(inside.split(',').next().unwrap_or(""));
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternatives_multiply_in_order() {
        let all = expand("国家{卫生健康,卫健}{委员会,委}");
        assert_eq!(all, ["国家卫生健康委员会", "国家卫生健康委", "国家卫健委员会", "国家卫健委"]);
        assert_eq!(first("国家{卫生健康,卫健}{委员会,委}"), "国家卫生健康委员会");
        assert_eq!(expand("中共＊委{,员会}组织部"), ["中共＊委组织部", "中共＊委员会组织部"]);
        assert_eq!(expand("民政部"), ["民政部"]);
        assert_eq!(expand("未闭合{甲,乙"), ["未闭合{甲,乙"]);
    }
}
