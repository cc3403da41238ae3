//! 署名行: lines on which names stand side by side or spread over the line (江 苏 省 教 育 厅).

use crate::words;

/// Signs of sentences, which no line of names has.
const PROSE: [char; 14] = ['，', '。', '、', '；', '：', '？', '！', '《', '》', '“', '”', ',', ';', ':'];

/// The names on a line that holds nothing else, `None` for any other line and for a single name without spaces.
///
/// Spaces part names where every piece is a name; where the pieces are single characters they spread one, and the
/// spread-out line is cut after an organ's ending where the name that follows begins like the first.
pub fn spread_out(line: &str) -> Option<Vec<String>> {
    let is_prose = |c: char| c.is_ascii_digit() || PROSE.contains(&c);
    if line.contains(is_prose) {
        return None;
    }
    let pieces: Vec<&str> = line.split_whitespace().collect();
    if pieces.len() < 2 {
        return None;
    }
    let mut names: Vec<String> = Vec::new();
    let mut spread = String::new();
    for piece in pieces {
        if piece.chars().nth(1).is_none() {
            spread.push_str(piece);
            continue;
        }
        if !spread.is_empty() {
            names.extend(cut(&std::mem::take(&mut spread)));
        }
        names.push(piece.to_owned());
    }
    if !spread.is_empty() {
        names.extend(cut(&spread));
    }
    names.iter().all(|n| words::is_organ_name(n)).then_some(names)
}

/// Cuts 江苏省教育厅江苏省民政厅 where an ending is followed by the head of the first name.
fn cut(glued: &str) -> Vec<String> {
    let head: String = glued.chars().take(2).collect();
    let mut names = Vec::new();
    let mut start = 0;
    for (at, _) in glued.match_indices(&head).filter(|(at, _)| *at > 0) {
        if words::is_organ_name(&glued[start..at]) {
            names.push(glued[start..at].to_owned());
            start = at;
        }
    }
    names.push(glued[start..].to_owned());
    names
}

#[cfg(test)]
mod tests {
    use super::spread_out;

    #[test]
    fn lines_of_names() {
        let table: [(&str, Option<&[&str]>); 8] = [
            ("江苏省卫生健康委员会 江苏省发展和改革委员会", Some(&["江苏省卫生健康委员会", "江苏省发展和改革委员会"])),
            ("江 苏 省 教 育 厅 江 苏 省 民 政 厅", Some(&["江苏省教育厅", "江苏省民政厅"])),
            ("江 苏 省 财 政 厅 江苏省人力资源和社会保障厅", Some(&["江苏省财政厅", "江苏省人力资源和社会保障厅"])),
            ("市卫生计生委  市民政局  市财政局", Some(&["市卫生计生委", "市民政局", "市财政局"])),
            ("国　务　院　办　公　厅", Some(&["国务院办公厅"])),
            ("吉林市人民政府办公厅", None),
            ("到 2020 年，市民政局", None),
            ("融合发展 实施方案", None),
        ];
        for (line, expected) in table {
            let expected = expected.map(|names| names.iter().map(|n| n.to_string()).collect::<Vec<_>>());
            assert_eq!(spread_out(line), expected, "{line}");
        }
    }
}
