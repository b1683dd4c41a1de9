//! Parses the command line, calls the library, prints the error, exits.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use countersign::cli::Cli;
use countersign::commands;

/// Reading is mostly making small texts.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match commands::run(cli, &mut std::io::stdout().lock(), &mut std::io::stderr()) {
        Ok(code) => code,
        Err(problem) => {
            // Nothing can be done when stderr itself is gone.
            let _ = writeln!(std::io::stderr(), "{problem}");
            ExitCode::from(problem.exit_code())
        }
    }
}
