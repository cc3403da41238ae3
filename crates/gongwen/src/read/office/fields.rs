//! 域: fields that show something without keeping it as text.

use super::symbols;

/// A field between its beginning and its end. Only what stands after its separator is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// What tells the program what to show.
    pub instruction: String,
    /// The separator has come.
    pub shown: bool,
    /// What a form field shows: ☑, the chosen entry of a list.
    pub form: Option<String>,
    /// How many entries of a list stand before the chosen one.
    pub choice: Option<usize>,
}

/// An instruction needs no more characters to be understood.
const INSTRUCTION: usize = 2000;

impl Field {
    /// A bit more of the instruction.
    pub fn instruct(&mut self, text: &str) {
        if self.instruction.len() < INSTRUCTION {
            self.instruction.push_str(text);
        }
    }

    /// The next entry of a list to choose from.
    pub fn entry(&mut self, text: String) {
        if self.choice == Some(0) {
            self.form = Some(text);
        }
        self.choice = self.choice.and_then(|n| n.checked_sub(1));
    }

    /// What the field shows, where it keeps no result. `Err` for a formula that cannot be written on one line.
    pub fn stands_for(&self) -> Result<Option<String>, ()> {
        if self.form.is_some() {
            return Ok(self.form.clone());
        }
        if self.shown {
            return Ok(None);
        }
        let instruction = self.instruction.trim();
        let (name, rest) = instruction.split_once(char::is_whitespace).unwrap_or((instruction, ""));
        match name.to_uppercase().as_str() {
            "EQ" => formula(rest).map(Some).ok_or(()),
            "MACROBUTTON" => Ok(rest.trim().split_once(char::is_whitespace).map(|(_, words)| words.to_owned())),
            "SYMBOL" => Ok(symbol(rest)),
            _ => Ok(None),
        }
    }
}

/// `SYMBOL 82 \f "Wingdings 2"`
fn symbol(rest: &str) -> Option<String> {
    let code = rest.split_whitespace().next()?;
    let code = match code.strip_prefix("0x").or(code.strip_prefix("0X")) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => code.parse().ok()?,
    };
    let font = rest.split_once("\\f").map(|(_, f)| f.trim().trim_start_matches('"')).unwrap_or("");
    let font = font.split('"').next().unwrap_or("");
    symbols::shown(font, code).or_else(|| char::from_u32(code).filter(|c| !c.is_control())).map(String::from)
}

/// What word processors make with EQ in documents: characters with a ring (`\o\ac(○,1)`), with a reading above
/// (`\o\ad(\s\up 9(pin),拼)`), fractions (`\f(1,2)`).
fn formula(rest: &str) -> Option<String> {
    let open = rest.find('(')?;
    let switches = rest[..open].to_lowercase();
    let inner = rest[open + 1..].trim_end().strip_suffix(')')?;
    let (first, last) = match inner.rfind([',', ';']) {
        Some(at) => (inner[..at].trim(), inner[at + 1..].trim()),
        None => ("", inner.trim()),
    };
    let plain = |text: &str| !text.contains(['\\', '(', ')']);
    if switches.contains("\\o") && plain(last) {
        let ring = matches!(first, "○" | "〇" | "O" | "◯");
        let number = last.parse::<u32>().ok().filter(|n| ring && (1..=50).contains(n));
        return Some(number.map_or_else(|| last.to_owned(), |n| super::counting::Counting::Circled.write(n)));
    }
    (switches.contains("\\f") && plain(first) && plain(last)).then(|| format!("{first}/{last}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fields_without_a_result_show() {
        let table = [
            (r" eq \o\ac(○,6) ", Ok(Some("⑥"))),
            (r"EQ \o\ac(○,注)", Ok(Some("注"))),
            (r#"EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(yì),义)"#, Ok(Some("义"))),
            (r"EQ \f(1,2)", Ok(Some("1/2"))),
            (r"EQ \r(2,x)", Err(())),
            (r"EQ (", Err(())),
            (r#"SYMBOL 82 \f "Wingdings 2" \s 12"#, Ok(Some("☑"))),
            (r"MACROBUTTON NoMacro 单击填写姓名", Ok(Some("单击填写姓名"))),
            (r#"TC "目录项""#, Ok(None)),
            ("", Ok(None)),
        ];
        for (instruction, expected) in table {
            let field = Field { instruction: instruction.to_owned(), ..Field::default() };
            assert_eq!(field.stands_for(), expected.map(|e| e.map(String::from)), "{instruction}");
        }
        let shown = Field { instruction: r"EQ \f(1,2)".into(), shown: true, ..Field::default() };
        assert_eq!(shown.stands_for(), Ok(None));
    }
}
