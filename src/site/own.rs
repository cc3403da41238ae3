//! 自己的文案: `strings.toml` of a site, words of the interface in the place of the program's.

use std::collections::BTreeMap;
use std::path::Path;

use toml::de::DeValue;

use crate::content::toml::Toml;
use crate::diagnostics::{Attempt, Diagnostic};
use crate::project::STRINGS;
use crate::strings::{Language, Strings, Text};

/// The texts of the site at `root`.
///
/// # Errors
/// Where its file cannot be read, names a key that does not exist, or a value that the text has not.
pub fn strings(root: &Path, language: Language) -> Result<Strings, Diagnostic> {
    let built_in = Strings::built_in(language);
    let path = root.join(STRINGS);
    match std::fs::read_to_string(&path) {
        Ok(text) => read(&path, text.trim_start_matches('\u{FEFF}'), built_in),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(built_in.clone()),
        Err(error) => Err(Diagnostic::io(Attempt::Read, &path, &error)),
    }
}

fn read(file: &Path, text: &str, built_in: &Strings) -> Result<Strings, Diagnostic> {
    let toml = Toml::new(file, text, 0..text.len());
    let table = toml.parse();
    let mut own = BTreeMap::new();
    for (group, value) in &table {
        let DeValue::Table(texts) = value.get_ref() else {
            toml.report(fault("写在节外面的文案没有用").at(toml.place(value.span())));
            continue;
        };
        for (name, value) in texts {
            let key = format!("{}.{}", group.get_ref(), name.get_ref());
            match own_text(built_in, &key, value.get_ref()) {
                Ok(text) => {
                    own.insert(key, text);
                }
                Err((diagnostic, at_key)) => {
                    let span = if at_key { name.span() } else { value.span() };
                    toml.report(diagnostic.at(toml.place(span)));
                }
            }
        }
    }
    // Tables have no order of the file; problems have.
    match toml.into_problems().0.into_iter().next() {
        Some(problem) => Err(problem),
        None => Ok(built_in.with_own(own)),
    }
}

/// The site's text at `key`; what is wrong with it, and whether that is the key.
fn own_text(built_in: &Strings, key: &str, value: &DeValue<'_>) -> Result<Text, (Diagnostic, bool)> {
    let Some(known) = built_in.get(key) else { return Err((built_in.unknown(key), true)) };
    let text = match value {
        DeValue::String(text) => Text::One(text.to_string()),
        DeValue::Table(forms) => {
            let form = |name: &str| match forms.get(name).map(|v| v.get_ref()) {
                Some(DeValue::String(text)) => Ok(text.to_string()),
                _ => Err((fault(&format!("{key} 要有 one 和 other 两段文字")), false)),
            };
            Text::Counted { one: form("one")?, other: form("other")? }
        }
        _ => return Err((fault(&format!("{key} 应当是一段文字")), false)),
    };
    let values = known.values();
    let strange = text.values().into_iter().find(|name| !values.contains(name)).map(str::to_owned);
    match strange {
        None => Ok(text),
        Some(name) => {
            let known: Vec<String> = values.iter().map(|name| format!("{{{name}}}")).collect();
            let help = if known.is_empty() {
                "这一条没有要填的值".to_owned()
            } else {
                format!("可用的：{}", known.join("、"))
            };
            Err((fault(&format!("{key} 里没有 {{{name}}}")).help(help), false))
        }
    }
}

fn fault(message: &str) -> Diagnostic {
    Diagnostic::error("strings-text", message).help("写法见 docs/themes.md“文案”一节")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        match read(Path::new("strings.toml"), text, Strings::built_in(Language::Chinese)) {
            Ok(strings) => strings.text("home.newest").to_owned(),
            Err(problem) => problem.to_string(),
        }
    }

    #[test]
    fn a_word_of_the_site() {
        assert_eq!(said("[home]\nnewest = \"近期文件\"\n"), "近期文件");
        assert_eq!(said(""), "最新文件");
    }

    #[test]
    fn what_is_wrong_stops_the_build() {
        snapbox::assert_data_eq!(
            [
                said("[home]\nnewst = \"近期文件\"\n"),
                said("[nav]\nhome = \"主页\"\n[count]\ntasks = \"{count} 项\"\n"),
                said("[home]\nnewest = 3\n"),
                said("newest = \"近期文件\"\n"),
            ]
            .join("\n"),
            snapbox::str![[r#"
错误[strings-key]: 文案里没有“home.newst”
 --> strings.toml:2:1
  |
2 | newst = "近期文件"
  | ^^^^^ 是不是 home.newest？
  |
  = 办法: 可用的键见 themes/default/strings/zh-CN.toml
错误[strings-text]: count.tasks 里没有 {count}
 --> strings.toml:4:9
  |
4 | tasks = "{count} 项"
  |         ^^^^^^^^^^^^
  |
  = 办法: 可用的：{n}
错误[strings-text]: home.newest 应当是一段文字
 --> strings.toml:2:10
  |
2 | newest = 3
  |          ^
  |
  = 办法: 写法见 docs/themes.md“文案”一节
错误[strings-text]: 写在节外面的文案没有用
 --> strings.toml:1:10
  |
1 | newest = "近期文件"
  |          ^^^^^^^^^^
  |
  = 办法: 写法见 docs/themes.md“文案”一节
"#]]
        );
    }
}
