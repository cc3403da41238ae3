//! 仓库的事务: what is done to the repository, as `cargo xtask NAME`.

mod bench;
mod browser_engine;
mod corpus;
mod dictionary;
mod growth;
mod instructions;
mod load;
mod readers;
mod run;
mod screenshots;
mod test;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask test     check the formatting, the lints and run every test; installs what it needs where it may
cargo xtask bench    import, build and search a large corpus and print times and sizes
                     bench [--laws FOLDER] [--runs N]
                     bench --load: 200 readers who search at once for 30 s
                     bench --growth [--up-to N]: build the laws and copies of them, up to N documents
                     bench --text: read texts of 1 to 8 MB and find everything in them
cargo xtask instructions
                     count the instructions of reading, finding, indexing and asking, and say which grew
                     instructions [--accept]
cargo xtask corpus   read a folder of real documents and print what was found, and which to look at
                     corpus [FOLDER] [--min NAME=SHARE]
cargo xtask screenshots
                     every kind of page at three widths, light and dark, and printed
                     screenshots [FOLDER]
cargo xtask dictionary DICT_TXT
                     write the word list of the search engine anew from jieba's dict.txt
cargo xtask browser-engine
                     compile the search engine and the readers for browsers into the default theme,
                     what has changed of them
";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    let result = match name.as_str() {
        "test" if rest.is_empty() => test::run(),
        "bench" => bench::run(&rest),
        "instructions" => instructions::run(&rest),
        "corpus" => corpus::run(&rest),
        "screenshots" => screenshots::run(&rest),
        "dictionary" => dictionary::run(&rest),
        "browser-engine" if rest.is_empty() => browser_engine::run(),
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}
