//! What each command does, between the command line and the library.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::checks::{CATALOGUE, Verdict};
use crate::cli::{Audit, Cli, Command, FailOn, Render, SchemaOf};
use crate::error::{Problem, nearest, printable};
use crate::lang::Lang;
use crate::plan::{self, Period, Plan};
use crate::progress::Bars;
use crate::report::v1;
use crate::sources::attribution::listed;
use crate::{render, run, sources};

/// Exit code of `--fail-on`.
const FAILED: u8 = 10;

/// Most refusals that are spelt out on the terminal; the report has them all.
const SPELT_OUT: usize = 20;

/// Runs a command: data on `out`, messages on `err`.
pub fn run(cli: Cli, out: &mut dyn Write, err: &mut dyn Write) -> Result<ExitCode, Problem> {
    match cli.command {
        Command::Audit(args) => audit(&args, err),
        Command::Render(args) => render_again(&args, err),
        Command::Catalogue { marks: true, .. } => marks(out),
        Command::Catalogue { id, .. } => catalogue(id.as_deref(), out),
        Command::Schema { what } => schema(what, out),
    }
}

fn audit(args: &Audit, err: &mut dyn Write) -> Result<ExitCode, Problem> {
    let plan = plan(args)?;
    let folder = args.out.clone().unwrap_or_else(|| plan.folder.join("reports").join(&plan.period.label));
    let outcome = run::audit(&plan, &Bars::for_stderr())?;
    render::write(&folder, &outcome.files)?;
    for refused in outcome.refused.iter().take(SPELT_OUT) {
        let at = refused.at.map(|at| format!(":{at}")).unwrap_or_default();
        say(err, &format!("not read: {}{at}: {}", refused.path, refused.detail));
    }
    let more = outcome.refused.len().saturating_sub(SPELT_OUT);
    if more > 0 {
        say(err, &format!("not read: {more} more, all in report.json under coverage"));
    }
    for statement in &outcome.report.coverage.statements {
        if statement.id == "coverage-no-commits" {
            say(err, &format!("note: {}", statement.text.values().next().map_or("", String::as_str)));
        }
    }
    let count = |verdict: Verdict| outcome.report.checks.iter().filter(|check| check.verdict == verdict.word()).count();
    let counts: Vec<String> =
        Verdict::ALL.into_iter().map(|verdict| format!("{} {}", count(verdict), verdict.word())).collect();
    say(err, &format!("{}: {}", plan.period.label, counts.join(", ")));
    say(err, &format!("written to {}; open {}", folder.display(), folder.join("index.html").display()));
    let failed = args.fail_on == Some(FailOn::NotMet) && count(Verdict::NotMet) > 0;
    Ok(if failed { ExitCode::from(FAILED) } else { ExitCode::SUCCESS })
}

/// The plan, or a plan for the one repository that was named instead.
fn plan(args: &Audit) -> Result<Plan, Problem> {
    let period = args.period.as_deref().map(Period::parse).transpose();
    let period = period.map_err(|why| Problem::usage("cannot use --period", why))?;
    let path = &args.plan;
    let mut plan = if path.is_dir() && !path.join("audit.toml").exists() || is_packed(path) {
        if path.is_dir() && !looks_like_a_repository(path) {
            return Err(Problem::usage("there is nothing to audit here", "the folder holds no audit.toml and is no git repository")
                .in_file(path.display().to_string())
                .help("name a plan (countersign audit path/to/audit.toml) or a repository (countersign audit REPO --period 2026-Q3)"));
        }
        Plan::for_repository(path, period.clone())?
    } else {
        Plan::load(path)?
    };
    if let Some(period) = period {
        plan.period = period;
    }
    if !args.lang.is_empty() {
        plan.languages.clone_from(&args.lang);
    }
    Ok(plan)
}

fn is_packed(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "fi" || extension == "bundle")
}

fn looks_like_a_repository(path: &Path) -> bool {
    path.join(".git").exists() || (path.join("HEAD").exists() && path.join("objects").exists())
}

fn render_again(args: &Render, err: &mut dyn Write) -> Result<ExitCode, Problem> {
    let report = render::read_report(&args.report)?;
    let beside = if args.report.is_dir() { args.report.clone() } else { parent(&args.report) };
    let folder = args.out.clone().unwrap_or(beside);
    render::write(&folder, &render::files(&report)?)?;
    say(err, &format!("written to {}", folder.display()));
    Ok(ExitCode::SUCCESS)
}

fn parent(path: &Path) -> PathBuf {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

fn catalogue(id: Option<&str>, out: &mut dyn Write) -> Result<ExitCode, Problem> {
    let lang = Lang::load("en")?;
    let Some(id) = id else {
        for entry in CATALOGUE {
            print(out, &format!("{}  {}", entry.id, lang.plain(&format!("check-{}-name", entry.id))?))?;
        }
        return Ok(ExitCode::SUCCESS);
    };
    let known = CATALOGUE.iter().map(|entry| entry.id);
    let Some(entry) = known.clone().find(|known| known.eq_ignore_ascii_case(id)) else {
        let problem = Problem::usage("cannot explain a check", format!("there is no check `{id}`"));
        return Err(match nearest(&id.to_uppercase(), known) {
            Some(word) => problem.help(format!("write `{word}`")),
            None => problem.help("countersign catalogue lists them"),
        });
    };
    print(out, &format!("{entry}  {}", lang.plain(&format!("check-{entry}-name"))?))?;
    for (part, heading) in [("criterion", "ui-criterion"), ("remedy", "ui-remedy"), ("limits", "ui-limits-of-check")] {
        print(out, &format!("\n{}\n  {}", lang.plain(heading)?, lang.plain(&format!("check-{entry}-{part}"))?))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The registry as a table; columns are as wide as their longest cell, the last one but for its end.
fn marks(out: &mut dyn Write) -> Result<ExitCode, Problem> {
    let head = ["class", "tool", "valid from", "until", "provisional", "matched", "source"].map(str::to_owned);
    let rows: Vec<[String; 7]> = std::iter::once(head)
        .chain(listed().into_iter().map(|mark| {
            let provisional = if mark.provisional { "yes" } else { "" }.to_owned();
            let [from, until] = [mark.valid_from, mark.until].map(Option::unwrap_or_default);
            [mark.class.to_owned(), mark.tool, from, until, provisional, mark.matched, mark.source]
        }))
        .collect();
    let widths: [usize; 7] =
        std::array::from_fn(|at| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or_default());
    for row in &rows {
        let cells: Vec<String> = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        print(out, cells.join("  ").trim_end())?;
    }
    Ok(ExitCode::SUCCESS)
}

fn schema(what: SchemaOf, out: &mut dyn Write) -> Result<ExitCode, Problem> {
    let schema = match what {
        SchemaOf::Plan => plan::schema(),
        SchemaOf::Register => sources::register::schema(),
        SchemaOf::Mapping => sources::incidents::schema(),
        SchemaOf::Report => schemars::schema_for!(v1::Report),
    };
    let text = serde_json::to_string_pretty(&schema)
        .map_err(|error| Problem::internal("cannot print the schema", error.to_string()))?;
    print(out, &text)?;
    Ok(ExitCode::SUCCESS)
}

/// A closed pipe (`countersign catalogue | head`) is the reader's choice, not an error worth a message.
fn print(out: &mut dyn Write, line: &str) -> Result<(), Problem> {
    match writeln!(out, "{line}") {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Problem::input("cannot write to stdout", error.to_string()))
        }
        _ => Ok(()),
    }
}

/// Messages are a courtesy: a stderr that is gone must not lose the report.
fn say(err: &mut dyn Write, line: &str) {
    let _ = writeln!(err, "{}", printable(line));
}
