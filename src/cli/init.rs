//! `zhengku init`: a new site that builds as it stands.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::diagnostics::{Attempt, Diagnostic};

use super::output::{DONE, Outcome, print};

/// `zhengku init`.
#[derive(Debug, Args)]
#[command(about = "新建站点：设置、示例公文和机关、地区、主题表")]
pub struct Init {
    /// The new site's folder.
    #[arg(value_name = "文件夹", help = "新站点的文件夹；已有的须是空的")]
    folder: PathBuf,
}

/// The files of a new site, and what they hold.
const FILES: [(&str, &str); 6] = [
    ("zhengku.toml", include_str!("starter/zhengku.toml")),
    ("organs.toml", include_str!("starter/organs.toml")),
    ("regions.toml", include_str!("starter/regions.toml")),
    ("topics.toml", include_str!("starter/topics.toml")),
    ("content/示政办发-2025-1.md", include_str!("starter/example.md")),
    (".gitignore", include_str!("starter/gitignore")),
];

impl Init {
    /// Writes the site; says what to do next.
    pub fn run(&self) -> Outcome {
        empty(&self.folder)?;
        let content = self.folder.join("content");
        fs::create_dir_all(&content).map_err(|e| Diagnostic::io(Attempt::Create, &content, &e))?;
        for (name, text) in FILES {
            let path = self.folder.join(name);
            // The user's own dotfiles stay.
            if !path.exists() {
                fs::write(&path, text).map_err(|e| Diagnostic::io(Attempt::Write, &path, &e))?;
            }
        }
        print(next(&self.folder))?;
        Ok(DONE)
    }
}

/// Refuses a folder in which anything but dotfiles stands.
fn empty(folder: &Path) -> Result<(), Diagnostic> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(Diagnostic::io(Attempt::Read, folder, &e)),
    };
    let mut names: Vec<String> = entries
        .flatten()
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    let Some(first) = names.first() else { return Ok(()) };
    let shown = match names.len() {
        1 => first.clone(),
        n => format!("{first} 等 {n} 项"),
    };
    let message = format!("文件夹 {} 不是空的：里面有 {shown}", folder.display());
    let help = match names.iter().any(|n| n == "zhengku.toml") {
        true => "这里已经是站点了；用 zhengku import 导入公文，用 zhengku build 生成网站",
        false => "换一个新的文件夹名，或者先移走里面的文件",
    };
    Err(Diagnostic::error("init-not-empty", message).help(help))
}

fn next(folder: &Path) -> String {
    let folder = folder.display().to_string();
    // What a shell would take apart.
    let quoted = if folder.contains([' ', '(', ')', '&', ';', '$']) { format!("'{folder}'") } else { folder.clone() };
    format!(
        "新站点建好了：{folder}

  zhengku.toml   设置
  content/       公文，现在有一份虚构的示例
  organs.toml    本地特有的机关
  regions.toml   区划表里没有的地区
  topics.toml    本地特有的主题

接着做：
  cd {quoted}
  zhengku serve             预览，内容一改就更新
  zhengku import 公文.txt   导入自己的公文
  zhengku build             生成网站，在 public/
"
    )
}
