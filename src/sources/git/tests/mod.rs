//! Repositories built from fast-import streams, read as an audit reads them.

mod heads;
mod history;
mod hostile;
mod inputs;
mod reach;
mod records;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::error::{Fault, Problem};
use crate::facts::change::{Change, Channel, MarkClass, PathAction};
use crate::facts::input::RefusalReason;
use crate::facts::{Facts, Kind};
use crate::plan::Plan;
use crate::sources::{Identities, Quiet};

const MIA: &str = "Mia <mia@harbour.example>";
const BEN: &str = "Ben <ben@harbour.example>";

/// 2026-08-01 00:00 UTC, inside the audited quarter.
const AUGUST: i64 = 1_785_542_400;
const DAY: i64 = 86_400;

/// A folder with a bare repository `r.git` and a plan beside it.
struct Fixture {
    folder: TempDir,
}

impl Fixture {
    fn new(stream: &[u8]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let fixture = Self { folder };
        fs::create_dir(fixture.repo()).unwrap();
        fixture.git(&["-c", "init.defaultBranch=main", "init", "--quiet", "--bare"], b"");
        fixture.git(&["fast-import", "--quiet"], stream);
        fixture
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn repo(&self) -> PathBuf {
        self.path("r.git")
    }

    fn git(&self, arguments: &[&str], input: &[u8]) -> Vec<u8> {
        use std::io::Write as _;
        let mut command = Command::new("git");
        command.current_dir(self.repo()).args(arguments).env("GIT_CONFIG_GLOBAL", "/dev/null");
        command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_DIR", ".").env("HOME", self.folder.path());
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "git {arguments:?}");
        output.stdout
    }

    fn word(&self, arguments: &[&str]) -> String {
        String::from_utf8(self.git(arguments, b"")).unwrap().trim().to_owned()
    }

    /// Reads `[[repositories]]` entries, each given as its keys.
    fn read(&self, entries: &[&str]) -> Result<Facts, Problem> {
        let mut plan = "[audit]\norganisation = \"Harbour\"\nperiod = \"2026-Q3\"\n".to_owned();
        for entry in entries {
            plan.push_str("[[repositories]]\n");
            plan.push_str(entry);
            plan.push('\n');
        }
        fs::write(self.path("audit.toml"), plan).unwrap();
        let plan = Plan::load(self.folder.path()).unwrap();
        let mut facts = Facts::default();
        super::read(&plan, &mut Identities::default(), &Quiet, &mut facts)?;
        Ok(facts)
    }

    fn facts(&self) -> Facts {
        self.read(&["path = \"r.git\""]).unwrap()
    }

    /// The file of a loose object.
    fn loose(&self, id: &str) -> PathBuf {
        self.repo().join("objects").join(&id[..2]).join(&id[2..])
    }
}

/// A fast-import stream that is written commit by commit.
#[derive(Default)]
struct Stream(Vec<u8>);

impl Stream {
    fn commit(mut self, branch: &str, mark: u32, who: &str, at: &str, message: &str, rest: &str) -> Self {
        let text = format!(
            "commit refs/heads/{branch}\nmark :{mark}\nauthor {who} {at}\ncommitter {who} {at}\ndata {}\n{message}\n{rest}\n",
            message.len()
        );
        self.0.extend(text.bytes());
        self
    }

    /// A commit on `main` by Mia, so many days after the first of August.
    fn on(self, day: i64, mark: u32, message: &str, rest: &str) -> Self {
        self.commit("main", mark, MIA, &format!("{} +0200", AUGUST + day * DAY), message, rest)
    }
}

fn file(path: &str, content: &str) -> String {
    format!("M 100644 inline {path}\ndata {}\n{content}\n", content.len())
}

fn by<'a>(facts: &'a Facts, id: &str) -> &'a Change {
    facts.changes.iter().find(|change| change.id.as_str() == id).unwrap()
}

/// `path action added deleted` of the newest commit.
fn newest(facts: &Facts) -> Vec<(&str, PathAction, Option<u32>, Option<u32>)> {
    let paths = facts.changes[0].paths.as_ref().unwrap();
    paths.iter().map(|p| (p.path.as_str(), p.action, p.added, p.deleted)).collect()
}

fn refusals(facts: &Facts) -> Vec<(RefusalReason, u64)> {
    facts.refused.iter().map(|refused| (refused.reason, refused.count)).collect()
}
