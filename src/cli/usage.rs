//! 用法: clap's help and errors in Chinese.

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory};

use crate::diagnostics::Diagnostic;

use super::Cli;
use super::output::{DONE, Outcome, Stop, TROUBLE, print};

/// The command line with Chinese headings.
pub fn command() -> Command {
    let command = chinese(Cli::command(), "选项").subcommand_help_heading("命令").subcommand_value_name("命令");
    command
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .arg(flag("version", 'V', ArgAction::Version, "显示版本"))
        .mut_subcommands(|verb| chinese(verb, "选项"))
}

fn chinese(command: Command, options: &'static str) -> Command {
    let usage = usage(&command);
    command
        .override_usage(usage)
        .help_template("{about}\n\n用法: {usage}\n\n{all-args}{after-help}")
        .disable_help_flag(true)
        .arg(flag("help", 'h', ArgAction::Help, "显示用法"))
        .mut_args(move |arg| {
            let heading = if arg.is_positional() { "参数" } else { options };
            // Values and defaults stand in the help text, in Chinese.
            let arg = arg.help_heading(heading);
            let takes_value = arg.get_action().takes_values();
            if takes_value { arg.hide_possible_values(true).hide_default_value(true) } else { arg }
        })
}

/// 用法: the verb and what stands after it.
fn usage(command: &Command) -> String {
    let mut words = vec!["zhengku".to_owned()];
    if command.has_subcommands() {
        return "zhengku 命令 [选项]".to_owned();
    }
    words.push(command.get_name().to_owned());
    if command.get_arguments().any(|a| !a.is_positional()) {
        words.push("[选项]".to_owned());
    }
    for arg in command.get_positionals() {
        let names: Vec<&str> = arg.get_value_names().unwrap_or_default().iter().map(|n| n.as_str()).collect();
        let name = names.join(" ");
        let several = matches!(arg.get_action(), ArgAction::Append);
        let name = if several { format!("{name}…") } else { name };
        words.push(if arg.is_required_set() { name } else { format!("[{name}]") });
    }
    words.join(" ")
}

fn flag(name: &'static str, short: char, action: ArgAction, help: &'static str) -> Arg {
    Arg::new(name).long(name).short(short).action(action).help(help).help_heading("选项")
}

/// Prints help or version where that was asked; else says what is wrong with the line.
pub fn explain(error: &clap::Error) -> Outcome {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            print(shown(&error.render()))?;
            Ok(DONE)
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            super::output::remark(error.render().to_string().trim_end());
            Err(Stop::Failed(Default::default(), TROUBLE))
        }
        _ => Err(Stop::Failed(diagnostic(error).into(), TROUBLE)),
    }
}

/// Help in colour on a terminal.
fn shown(help: &StyledStr) -> String {
    if super::output::coloured(&std::io::stdout()) { help.ansi().to_string() } else { help.to_string() }
}

/// What is wrong, in Chinese.
fn diagnostic(error: &clap::Error) -> Diagnostic {
    let text = |kind| error.get(kind).map(words).unwrap_or_default();
    let argument = text(ContextKind::InvalidArg);
    // `--lead <机关>` → `--lead`.
    let name = argument.split([' ', '=']).next().unwrap_or_default().to_owned();
    let value = text(ContextKind::InvalidValue);
    let (code, message) = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            ("cli-command", format!("没有 {} 这个命令", text(ContextKind::InvalidSubcommand)))
        }
        ErrorKind::MissingSubcommand => ("cli-command", "没有写命令".to_owned()),
        ErrorKind::UnknownArgument if name.starts_with('-') => ("cli-option", format!("没有 {name} 这个选项")),
        ErrorKind::UnknownArgument => ("cli-extra", format!("多出来一个参数：{argument}")),
        ErrorKind::InvalidValue if value.is_empty() => ("cli-value", format!("{name} 后面少了它的值")),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => ("cli-value", format!("{name} 不能是 {value}")),
        ErrorKind::MissingRequiredArgument => {
            ("cli-missing", format!("少了参数：{}", argument.replace(['<', '>', '.'], "")))
        }
        ErrorKind::TooManyValues => ("cli-value", format!("{name} 的值太多：{value}")),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => ("cli-value", format!("{name} 的值不够")),
        ErrorKind::ArgumentConflict => match text(ContextKind::PriorArg) {
            prior if prior.is_empty() || prior == argument => ("cli-twice", format!("{name} 只能写一次")),
            prior => ("cli-conflict", format!("{name} 不能和 {prior} 一起写")),
        },
        ErrorKind::InvalidUtf8 => ("cli-encoding", "命令行里有不是 UTF-8 的文字".to_owned()),
        _ => ("cli-usage", "命令行写得不对".to_owned()),
    };
    Diagnostic::error(code, message).help(help(error, &name, &argument, &value))
}

fn help(error: &clap::Error, name: &str, argument: &str, value: &str) -> String {
    let text = |kind| error.get(kind).map(words).unwrap_or_default();
    let similar = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue]
        .into_iter()
        .map(text)
        .find(|s| !s.is_empty());
    if let Some(similar) = similar {
        return format!("是不是 {similar}？");
    }
    let valid = text(ContextKind::ValidValue);
    if error.kind() == ErrorKind::InvalidValue && !valid.is_empty() {
        return format!("可用的值：{valid}");
    }
    match (error.kind(), name) {
        (ErrorKind::InvalidValue, _) if value.is_empty() => format!("写成 {argument}"),
        (ErrorKind::ValueValidation, "--port") => "端口是 0 到 65535 的整数".to_owned(),
        (ErrorKind::InvalidSubcommand | ErrorKind::MissingSubcommand, _) => {
            let verbs: Vec<String> = command().get_subcommands().map(|c| c.get_name().to_owned()).collect();
            format!("可用的命令：{}", verbs.join("、"))
        }
        // A pattern may begin with a dash; no option is Chinese.
        (ErrorKind::UnknownArgument, name) if !name.is_ascii() && name.starts_with('-') => {
            "要找以减号开头的文字，在它前面加 -- 和空格".to_owned()
        }
        _ => "“--help”显示用法".to_owned(),
    }
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(s) => s.clone(),
        ContextValue::Strings(all) => all.join("、"),
        ContextValue::StyledStr(s) => s.to_string(),
        ContextValue::StyledStrs(all) => all.iter().map(ToString::to_string).collect::<Vec<_>>().join("、"),
        ContextValue::Number(n) => n.to_string(),
        ContextValue::Bool(b) => b.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use snapbox::{assert_data_eq, str};

    use super::*;

    fn said(line: &str) -> String {
        let error = command().try_get_matches_from(line.split(' ')).expect_err("the line is wrong");
        diagnostic(&error).to_string()
    }

    /// What is wrong with a line, word for word.
    #[test]
    fn messages() {
        assert_data_eq!(
            said("zhengku biuld"),
            str![[r#"
错误[cli-command]: 没有 biuld 这个命令
 |
 = 办法: 是不是 build？
"#]]
        );
        assert_data_eq!(
            said("zhengku 生成"),
            str![[r#"
错误[cli-command]: 没有 生成 这个命令
 |
 = 办法: 可用的命令：init、import、check、build、serve、search、obligations、show、diff、export、mcp
"#]]
        );
        assert_data_eq!(
            said("zhengku obligations --laed 市民政局"),
            str![[r#"
错误[cli-option]: 没有 --laed 这个选项
 |
 = 办法: 是不是 --lead？
"#]]
        );
        assert_data_eq!(
            said("zhengku build --verbose"),
            str![[r#"
错误[cli-option]: 没有 --verbose 这个选项
 |
 = 办法: “--help”显示用法
"#]]
        );
        assert_data_eq!(
            said("zhengku obligations -日常"),
            str![[r#"
错误[cli-option]: 没有 -日 这个选项
 |
 = 办法: 要找以减号开头的文字，在它前面加 -- 和空格
"#]]
        );
        assert_data_eq!(
            said("zhengku build 甲"),
            str![[r#"
错误[cli-extra]: 多出来一个参数：甲
 |
 = 办法: “--help”显示用法
"#]]
        );
        assert_data_eq!(
            said("zhengku obligations 甲 乙"),
            str![[r#"
错误[cli-extra]: 多出来一个参数：乙
 |
 = 办法: “--help”显示用法
"#]]
        );
        assert_data_eq!(
            said("zhengku obligations --lead"),
            str![[r#"
错误[cli-value]: --lead 后面少了它的值
 |
 = 办法: 写成 --lead <机关>
"#]]
        );
        assert_data_eq!(
            said("zhengku obligations --format tabel"),
            str![[r#"
错误[cli-value]: --format 不能是 tabel
 |
 = 办法: 是不是 table？
"#]]
        );
        assert_data_eq!(
            said("zhengku obligations --format 表"),
            str![[r#"
错误[cli-value]: --format 不能是 表
 |
 = 办法: 可用的值：table、csv、xlsx、ics、jsonl、json
"#]]
        );
        assert_data_eq!(
            said("zhengku serve --port 99999"),
            str![[r#"
错误[cli-value]: --port 不能是 99999
 |
 = 办法: 端口是 0 到 65535 的整数
"#]]
        );
        assert_data_eq!(
            said("zhengku serve --port 1 --port 2"),
            str![[r#"
错误[cli-twice]: --port 只能写一次
 |
 = 办法: “--help”显示用法
"#]]
        );
        assert_data_eq!(
            said("zhengku show"),
            str![[r#"
错误[cli-missing]: 少了参数：公文[#条款]
 |
 = 办法: “--help”显示用法
"#]]
        );
        assert_data_eq!(
            said("zhengku import"),
            str![[r#"
错误[cli-missing]: 少了参数：路径
 |
 = 办法: “--help”显示用法
"#]]
        );
    }
}
