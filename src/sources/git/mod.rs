//! Git history: commits, their marks and people, the paths they changed.
//!
//! Everything is read from objects by their ids. Replacement objects, grafts and commit-graph files are not: they can
//! tell another history than the tip's id vouches for (`git log` follows them).

mod commit;
mod heads;
mod history;
mod lines;
mod notes;
mod open;
mod paths;
mod people;
mod settings;
#[cfg(test)]
mod tests;
mod unpack;
mod walk;

use std::collections::BTreeMap;
use std::path::{Component, Path};

use gix::ObjectId;
use tempfile::TempDir;

use self::open::Refusal;
use self::unpack::Packed;
use super::{Identities, Progress};
use crate::error::Problem;
use crate::facts::input::RefusalReason;
use crate::facts::{Facts, Kind, Refused, Repository};
use crate::plan::{Plan, RepositoryInput};

/// An opened repository and what of it is read. It stays open for readers that look up when a file of it changed.
pub struct Source {
    repo: gix::ThreadSafeRepository,
    tip: ObjectId,
    notes: Option<ObjectId>,
    /// Heads of reviews that a bundle lists; a repository holds its own.
    heads: BTreeMap<String, ObjectId>,
    format: &'static str,
    /// Keeps an unpacked repository until reading is over.
    _folder: Option<TempDir>,
}

/// Reads all repositories of the plan.
///
/// `facts.repositories` gets one entry for each, in the plan's order, so that indexes agree; one that could not be
/// used has an empty `head` and a refusal. Returns those that were read, still open.
pub fn read(
    plan: &Plan,
    ids: &mut Identities,
    progress: &dyn Progress,
    facts: &mut Facts,
) -> Result<Vec<Source>, Problem> {
    let mut opened = Vec::new();
    let mut last = None;
    for input in &plan.repositories {
        let path = plan.resolve(&input.path);
        if path.symlink_metadata().is_err() {
            return Err(Problem::input("cannot read a repository of the plan", "there is nothing at this path")
                .in_file(&input.path)
                .help("correct `path` in the plan; it is relative to the plan's folder"));
        }
        progress.begin(&name(&input.path), None);
        let result = source(&path, input).inspect(|source| history::read(source, plan, input, ids, progress, facts));
        progress.end();
        match result {
            Ok(source) => {
                facts.read.insert(Kind::History);
                opened.push(source);
            }
            Err((reason, detail)) => {
                facts.repositories.push(repository(input));
                facts.refused.push(refused(input, reason, 1, &detail));
                last = Some((input, detail));
            }
        }
    }
    match last {
        Some((input, why)) if !facts.has(Kind::History) => {
            Err(Problem::input("none of the plan's repositories can be read", why)
                .in_file(&input.path)
                .help("name a work tree, a bare repository, a bundle, or a stream of `git fast-export --all` (.fi)"))
        }
        _ => Ok(opened),
    }
}

impl Source {
    /// The repository, for this thread, and the audited tip.
    pub(in crate::sources) fn at_tip(&self) -> (gix::Repository, ObjectId) {
        (self.repo.to_thread_local(), self.tip)
    }
}

fn source(path: &Path, input: &RepositoryInput) -> Result<Source, Refusal> {
    let branch = input.branch.as_deref();
    if path.is_dir() {
        let repo = open::open(path)?;
        let local = repo.to_thread_local();
        let tip = open::tip(&local, branch)?;
        let notes = open::reference(&local, notes::REFERENCE);
        return Ok(Source { repo, tip, notes, heads: BTreeMap::new(), format: "git", _folder: None });
    }
    let packed = unpack::recognise(path)?;
    let unpacked = unpack::unpack(path, packed)?;
    let repo = open::open(unpacked.folder.path())?;
    let tip = open::commit(&repo.to_thread_local(), unpack::choose(&unpacked.named, branch)?)?;
    let notes = unpacked.named.iter().find(|(name, _)| name == notes::REFERENCE).map(|(_, id)| *id);
    let format = match packed {
        Packed::Stream => "git-fast-export",
        Packed::Bundle | Packed::BundleSha256 => "git-bundle",
    };
    let heads = heads::of_bundle(&unpacked.named);
    Ok(Source { repo, tip, notes, heads, format, _folder: Some(unpacked.folder) })
}

/// A repository of which only the plan's words are known.
fn repository(input: &RepositoryInput) -> Repository {
    Repository { name: name(&input.path), team: input.team.clone(), ..Repository::default() }
}

fn refused(input: &RepositoryInput, reason: RefusalReason, count: u64, detail: &str) -> Refused {
    Refused { kind: Kind::History, path: input.path.clone(), at: None, reason, count, detail: detail.to_owned() }
}

/// The printed name: the last part of the path as written, without the endings that say what it is. Never the name of
/// a folder of this machine that the plan does not write.
fn name(written: &str) -> String {
    let mut parts = Path::new(written).components().filter_map(|part| match part {
        Component::Normal(part) => part.to_str().filter(|part| *part != ".git"),
        _ => None,
    });
    let last = parts.next_back().unwrap_or("repository");
    let bare = [".git", ".fi", ".bundle"].iter().find_map(|ending| last.strip_suffix(ending));
    bare.filter(|bare| !bare.is_empty()).unwrap_or(last).to_owned()
}

#[cfg(test)]
mod names {
    use super::name;

    #[test]
    fn a_repository_is_named_by_what_the_plan_writes() {
        for (written, printed) in [
            ("repos/checkout.git", "checkout"),
            ("repos/checkout/.git", "checkout"),
            ("exports/pier.fi", "pier"),
            ("../pier.bundle/", "pier"),
            (".", "repository"),
            ("/", "repository"),
        ] {
            assert_eq!(name(written), printed);
        }
    }
}
