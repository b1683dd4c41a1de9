//! Lists what the program reads of each commit, to be held against plain git: `benches/agreement.sh` does.
//!
//!     cargo run --release --example changed-paths -- REPO 2026-07-01..2026-10-01
//!
//! One line a path, tab-separated: commit, `A`, `M` or `D`, added lines, deleted lines (`-` where none are counted), path.

#![allow(clippy::print_stdout, reason = "it prints")]

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use countersign::error::Problem;
use countersign::facts::Facts;
use countersign::facts::change::PathAction;
use countersign::plan::{Period, Plan};
use countersign::sources::{Identities, Quiet, git};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [repository, period] = arguments.as_slice() else {
        println!("usage: changed-paths REPO PERIOD");
        return ExitCode::from(2);
    };
    match list(Path::new(repository), period) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            println!("{problem}");
            ExitCode::from(problem.exit_code())
        }
    }
}

fn list(repository: &Path, period: &str) -> Result<(), Problem> {
    let period = Period::parse(period).map_err(|why| Problem::usage("cannot use the period", why))?;
    let plan = Plan::for_repository(repository, Some(period))?;
    let mut facts = Facts::default();
    git::read(&plan, &mut Identities::default(), &Quiet, &mut facts)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let lines = |count: Option<u32>| count.map_or_else(|| "-".to_owned(), |count| count.to_string());
    for change in &facts.changes {
        for path in change.paths.iter().flatten() {
            let action = match path.action {
                PathAction::Added => 'A',
                PathAction::Modified => 'M',
                PathAction::Deleted => 'D',
            };
            let (id, added, deleted) = (change.id.as_str(), lines(path.added), lines(path.deleted));
            // A closed pipe is the reader's choice.
            if writeln!(out, "{id}\t{action}\t{added}\t{deleted}\t{}", path.path).is_err() {
                return Ok(());
            }
        }
    }
    Ok(())
}
