//! 不丢字: which characters of a text stand in its document.

use super::Reading;

/// The lines that draw a table between its cells.
const BARS: &str = "|｜│┃";

impl Reading {
    /// How many printed characters of the text stand neither in the document nor in what is listed as left out; the bars
    /// of a table are drawn anew. It is 0 for every text.
    pub fn lost(&self) -> usize {
        let mut kept = vec![false; self.text.len()];
        for (i, block) in self.document.blocks.iter().enumerate() {
            for (at, c) in block.text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
                let place = self.origins.source_offset(i, at).filter(|p| stands(&self.text, *p, c));
                if let Some(kept) = place.and_then(|p| kept.get_mut(p)) {
                    *kept = true;
                }
            }
        }
        for left_out in &self.furniture {
            let end = (left_out.offset + left_out.text.len()).min(kept.len());
            if let Some(range) = kept.get_mut(left_out.offset..end) {
                range.fill(true);
            }
        }
        let printed = |c: char| !c.is_whitespace() && !c.is_control() && !BARS.contains(c);
        self.text.char_indices().filter(|(at, c)| printed(*c) && !kept[*at]).count()
    }
}

fn stands(text: &str, at: usize, c: char) -> bool {
    text.get(at..).is_some_and(|rest| rest.starts_with(c))
}

#[cfg(test)]
mod tests {
    use crate::read;

    #[test]
    fn nothing_is_lost_and_a_loss_is_counted() {
        let text = "| 索引号： | 0001 |\n| 发文字号： | 海政发〔2024〕3号 |\n打印　关闭\n海州市公告\n一、甲\n";
        let mut reading = read::text(text);
        assert_eq!(reading.lost(), 0);
        assert_eq!(reading.furniture.len(), 1);
        reading.furniture.clear();
        assert_eq!(reading.lost(), "打印关闭".chars().count());
    }
}
