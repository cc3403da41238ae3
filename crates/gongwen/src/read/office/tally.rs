//! 未读入的: what an office file holds and a document's text does not, counted for one note a kind.

use crate::piece::Note;

/// What was left out of a file.
#[derive(Debug, Default)]
pub struct Tally {
    /// 批注.
    pub comments: usize,
    /// 修订中删去的文字.
    pub deleted: Words,
    /// 隐藏文字.
    pub hidden: Words,
    /// 页眉和页脚.
    pub running: Words,
    /// Other files inside: a workbook, a slide.
    pub objects: usize,
    /// Formulas kept as pictures, and such as cannot be written on one line.
    pub formulas: usize,
    /// Charts and diagrams.
    pub charts: usize,
    /// Fields that begin and do not end.
    pub fields: usize,
    /// Signs of fonts of signs that no character stands for.
    pub signs: usize,
}

/// Stretches of text.
#[derive(Debug, Default)]
pub struct Words {
    count: usize,
    /// The beginning of the first ones.
    sample: String,
    /// Nothing of another kind came between.
    going_on: bool,
}

/// How many characters of what was left out are shown.
const SAMPLE: usize = 20;

impl Words {
    /// Some words more, which go on with the ones before where nothing came between.
    pub fn push(&mut self, text: &str) {
        let mut text = text.chars().filter(|c| !c.is_control() && *c != ' ').peekable();
        if text.peek().is_none() {
            return;
        }
        if !self.going_on {
            self.count += 1;
            if self.count > 1 && !self.sample.is_empty() && self.sample.chars().count() < SAMPLE {
                self.sample.push('／');
            }
            self.going_on = true;
        }
        let room = (SAMPLE + 1).saturating_sub(self.sample.chars().count());
        self.sample.extend(text.take(room));
    }

    /// Something of another kind comes.
    pub fn part(&mut self) {
        self.going_on = false;
    }

    /// “密级：内部……”
    fn quoted(&self) -> String {
        let shown: String = self.sample.chars().take(SAMPLE).collect();
        let more = if shown.len() < self.sample.len() { "……" } else { "" };
        format!("“{shown}{more}”")
    }
}

/// True for the text of a head or a foot that says nothing but the page: - 3 -, 第 2 页 共 5 页.
pub fn is_page_number(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c.is_ascii_digit() || "-—–－·/第共页,，０１２３４５６７８９".contains(c))
}

impl Tally {
    /// The notes, a kind each.
    pub fn notes(&self) -> Vec<Note> {
        let words = |words: &Words, what: &str| {
            (words.count > 0).then(|| format!("没有读入{what} {} 处：{}", words.count, words.quoted()))
        };
        let count = |n: usize, say: fn(usize) -> String| (n > 0).then(|| say(n));
        let messages = [
            words(&self.running, "页眉、页脚"),
            words(&self.deleted, "修订中删去的文字"),
            words(&self.hidden, "隐藏的文字"),
            count(self.comments, |n| format!("没有读入批注 {n} 处")),
            count(self.objects, |n| format!("没有读入嵌在里面的文件 {n} 个；请把它们另存出来，单独导入")),
            count(self.formulas, |n| format!("没有读入公式 {n} 个")),
            count(self.charts, |n| format!("没有读入图表或者图形 {n} 个，里面可能有文字")),
            count(self.fields, |n| format!("有 {n} 个域没有结尾，里面的文字可能没有读全")),
            count(self.signs, |n| format!("有 {n} 个符号字体里的符号认不出，原样留着")),
        ];
        messages.into_iter().flatten().map(|message| Note { place: String::new(), message }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_say_how_much_and_what() {
        let mut tally =
            Tally { comments: 2, objects: 1, charts: 1, formulas: 3, fields: 1, signs: 4, ..Tally::default() };
        tally.deleted.push("原第三条");
        tally.deleted.push("删去");
        tally.deleted.part();
        tally.deleted.push("又一处很长很长很长很长很长的文字");
        tally.hidden.push("  \n");
        tally.running.push("内部资料");
        let seen: Vec<String> = tally.notes().into_iter().map(|n| n.message).collect();
        assert_eq!(
            seen,
            [
                "没有读入页眉、页脚 1 处：“内部资料”",
                "没有读入修订中删去的文字 2 处：“原第三条删去／又一处很长很长很长很长很长……”",
                "没有读入批注 2 处",
                "没有读入嵌在里面的文件 1 个；请把它们另存出来，单独导入",
                "没有读入公式 3 个",
                "没有读入图表或者图形 1 个，里面可能有文字",
                "有 1 个域没有结尾，里面的文字可能没有读全",
                "有 4 个符号字体里的符号认不出，原样留着",
            ]
        );
    }
}
