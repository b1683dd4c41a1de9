//! A small organisation written by hand: one repository with its review export, and whatever else a test wants.
//!
//! Where the generated organisations are rich, this one is bare, so that a single sentence of a test decides a verdict.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use super::Files;

/// Midnight UTC of Wednesday, 1 July 2026.
const FIRST: i64 = 1_782_864_000;

const TRAILER: &str = "Co-Authored-By: Claude <noreply@anthropic.com>";

/// An approval of a pull request.
#[derive(Clone, Copy)]
pub(crate) struct Approval {
    /// Number of the person.
    pub(crate) by: usize,
    /// Seconds from opening to approval; the change lands four hours after it was opened.
    pub(crate) after: i64,
    /// It was given on the revision that landed.
    pub(crate) of_final: bool,
}

/// One landed change.
#[derive(Clone)]
pub(crate) struct Work {
    /// Day, from 0 for 1 July.
    pub(crate) day: i64,
    /// Hour in UTC; everybody's clock stands two hours east.
    pub(crate) hour: i64,
    /// Number of the author.
    pub(crate) author: usize,
    /// The landed commit says that AI took part.
    pub(crate) marked: bool,
    /// The reviewed commit says so.
    pub(crate) marked_in_review: bool,
    /// Added lines.
    pub(crate) lines: usize,
    /// What it says before its number.
    pub(crate) subject: &'static str,
    /// Other files that it writes, or deletes where there is no content.
    pub(crate) files: Vec<(String, Option<&'static str>)>,
    /// The rest of the message.
    pub(crate) body: String,
    /// Its pull request was approved.
    pub(crate) approval: Option<Approval>,
}

impl Default for Work {
    fn default() -> Self {
        let (marked, marked_in_review) = (false, false);
        Self {
            day: 1,
            hour: 10,
            author: 1,
            marked,
            marked_in_review,
            lines: 3,
            subject: "Change",
            files: Vec::new(),
            body: String::new(),
            approval: None,
        }
    }
}

/// The organisation.
#[derive(Default)]
pub(crate) struct Shop {
    stream: String,
    pulls: Vec<serde_json::Value>,
    commits: usize,
    files: Files,
    plan: String,
    exported: bool,
}

impl Shop {
    /// A repository whose first commit lies before the period.
    pub(crate) fn new() -> Self {
        let mut shop = Self::default();
        shop.commit(-30, 10, 1, "Begin", 1);
        shop
    }

    /// Adds a file that no table of the plan names by itself.
    pub(crate) fn file(mut self, path: &str, text: &str) -> Self {
        self.files.insert(path.into(), text.into());
        self
    }

    /// Adds tables to the plan.
    pub(crate) fn plan(mut self, tables: &str) -> Self {
        self.plan.push_str(tables);
        self.plan.push('\n');
        self
    }

    /// Adds the register.
    pub(crate) fn register(self, tables: &str) -> Self {
        let text = format!("schema = \"monitoring-register/0.1\"\ncontroller = \"Shop\"\n{tables}\n");
        self.file("register.toml", &text).plan("[register]\npath = \"register.toml\"")
    }

    /// Adds people 1 to `count`, all reviewers, with this seniority.
    pub(crate) fn people(self, count: usize, seniority: &str) -> Self {
        let mut text = "identity,team,seniority,reviewer,time_zone,from,until\n".to_owned();
        for number in 1..=count {
            let _ = writeln!(text, "p{number}@shop.example; p{number},shop,{seniority},yes,Europe/Berlin,,");
        }
        self.file("people.csv", &text).plan("[people]\npath = \"people.csv\"")
    }

    /// Hands in the review export, be it empty.
    pub(crate) fn exported(mut self) -> Self {
        self.exported = true;
        self
    }

    /// Lands a change, through a pull request if it was approved or reviewed with a mark.
    pub(crate) fn land(mut self, work: &Work) -> Self {
        let number = self.commits + 1;
        let reviewed = work.approval.is_some() || work.marked_in_review;
        let name = work.subject;
        let subject = if reviewed { format!("{name} {number} (#{number})") } else { format!("{name} {number}") };
        let trailer = if work.marked { TRAILER } else { "" };
        let message = format!("{subject}\n\n{}\n\n{trailer}\n", work.body);
        self.commit(work.day, work.hour, work.author, &message, work.lines);
        for (path, text) in &work.files {
            let _ = match text {
                Some(text) => write!(self.stream, "M 100644 inline {path}\ndata {}\n{text}\n", text.len()),
                None => writeln!(self.stream, "D {path}"),
            };
        }
        if reviewed {
            self.exported = true;
            self.pulls.push(pull(number, work));
        }
        self
    }

    /// Lands the same change several times.
    pub(crate) fn land_each(self, works: impl IntoIterator<Item = Work>) -> Self {
        works.into_iter().fold(self, |shop, work| shop.land(&work))
    }

    fn commit(&mut self, day: i64, hour: i64, author: usize, message: &str, lines: usize) {
        self.commits += 1;
        let at = FIRST + day * 86_400 + hour * 3_600;
        let person = format!("Person {author} <p{author}@shop.example> {at} +0200");
        let file = "a line\n".repeat(lines);
        let (size, length) = (message.len(), file.len());
        let _ = write!(
            self.stream,
            "commit refs/heads/main\nauthor {person}\ncommitter {person}\ndata {size}\n{message}\nM 100644 inline f{}\ndata {length}\n{file}\n",
            self.commits
        );
    }

    /// Adds a git note about AI use to the newest commit: this JSON object, without an attestation.
    pub(crate) fn note(mut self, json: &str) -> Self {
        let at = FIRST + 86_400;
        let (note, person) = (format!("---\n{json}"), format!("Person 1 <p1@shop.example> {at} +0200"));
        let length = note.len();
        let _ = write!(
            self.stream,
            "commit refs/notes/ai\ncommitter {person}\ndata 4\nNote\nN inline refs/heads/main\ndata {length}\n{note}\n"
        );
        self
    }

    /// Ids of all commits so far, oldest first; what lands later does not change them.
    pub(crate) fn ids(&self) -> Vec<String> {
        let folder = tempfile::tempdir().expect("a folder can be made");
        super::git(folder.path(), "", &["init", "--quiet", "--bare"]);
        let mut import = Command::new("git")
            .args(["fast-import", "--quiet"])
            .current_dir(folder.path())
            .stdin(Stdio::piped())
            .spawn()
            .expect("git can be run");
        let mut stdin = import.stdin.take().expect("git takes input");
        stdin.write_all(self.stream.as_bytes()).expect("git reads its input");
        drop(stdin);
        assert!(import.wait().expect("git ends").success());
        let ids = super::git(folder.path(), "", &["rev-list", "--reverse", "main"]);
        ids.lines().map(str::to_owned).collect()
    }

    /// Everything that is handed in.
    pub(crate) fn files(mut self) -> Files {
        let reviews = if self.exported { "reviews = \"pulls.json\"\nformat = \"github-rest\"\n" } else { "" };
        let mut plan = format!(
            "{PLAN}\n[[repositories]]\npath = \"shop.fi\"\nteam = \"shop\"\n{reviews}\n{}",
            std::mem::take(&mut self.plan)
        );
        if !plan.contains("[privacy]") {
            plan.push_str("[privacy]\nhistory_is_public = true\n");
        }
        if self.exported {
            self.files.insert("pulls.json".into(), serde_json::Value::Array(self.pulls).to_string());
        }
        self.files.insert("shop.fi".into(), self.stream);
        self.files.insert("audit.toml".into(), plan);
        self.files
    }
}

/// The head of every plan.
pub(crate) const PLAN: &str = "[audit]
organisation = \"Shop\"
period = \"2026-Q3\"
agreement = \"A-1\"
purpose = \"A test\"
";

/// A plan without a repository.
pub(crate) fn bare(tables: &str, files: &[(&str, &str)]) -> Files {
    let mut all: Files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    all.insert("audit.toml".into(), format!("{PLAN}\n{tables}\n"));
    all
}

fn instant(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds).expect("it is in range").to_string()
}

fn pull(number: usize, work: &Work) -> serde_json::Value {
    let landed = FIRST + work.day * 86_400 + work.hour * 3_600;
    let opened = landed - 4 * 3_600;
    let user = |number: usize| serde_json::json!({ "login": format!("p{number}"), "type": "User" });
    let (first, last) = (format!("{:040x}", number * 2), format!("{:040x}", number * 2 + 1));
    let mail = format!("p{}@shop.example", work.author);
    let message = if work.marked_in_review { format!("Change\n\n{TRAILER}\n") } else { "Change\n".into() };
    let commit = |sha: &str| {
        let person = serde_json::json!({ "name": "Person", "email": mail, "date": instant(opened - 60) });
        let commit = serde_json::json!({ "author": person, "committer": person, "message": message });
        serde_json::json!({ "sha": sha, "author": user(work.author), "commit": commit })
    };
    let reviews: Vec<serde_json::Value> = work
        .approval
        .iter()
        .map(|approval| {
            serde_json::json!({
                "user": user(approval.by), "state": "APPROVED", "body": "",
                "submitted_at": instant(opened + approval.after),
                "commit_id": if approval.of_final { &last } else { &first },
            })
        })
        .collect();
    serde_json::json!({
        "number": number, "state": "closed", "user": user(work.author), "additions": work.lines, "deletions": 0,
        "created_at": instant(opened), "merged_at": instant(landed), "merged_by": user(work.author),
        "commits": [commit(&first), commit(&last)], "reviews": reviews,
    })
}
