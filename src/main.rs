//! The `zhengku` command.

fn main() -> std::process::ExitCode {
    zhengku::cli::main()
}
