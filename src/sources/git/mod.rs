//! Git history: commits, their marks and people, the paths they changed.
//!
//! Everything is read from objects by their ids. Replacement objects, grafts and commit-graph files are not: they can
//! tell another history than the tip's id vouches for (`git log` follows them).

mod attributes;
mod authorship;
mod commit;
mod delta;
mod folders;
mod heads;
mod history;
mod lines;
mod markers;
mod notes;
mod objects;
mod open;
mod owners;
mod packs;
mod paths;
mod people;
mod records;
mod rejections;
mod settings;
#[cfg(test)]
mod tests;
mod traces;
mod transcripts;
mod trees;
mod unpack;
mod versions;
mod walk;

use std::collections::BTreeMap;
use std::path::{Component, Path};
use std::sync::Arc;

use gix::ObjectId;
use rayon::prelude::*;
use tempfile::TempDir;

use self::open::Refusal;
use self::packs::Packs;
use self::records::References;
use self::unpack::Packed;
use super::attribution::Registry;
use super::{Identities, Progress};
use crate::error::Problem;
use crate::facts::input::RefusalReason;
use crate::facts::{Facts, Kind, Refused, Repository};
use crate::plan::{Plan, RepositoryInput};

/// An opened repository and what of it is read. It stays open for readers that look up when a file of it changed.
pub struct Source {
    repo: gix::ThreadSafeRepository,
    packs: Arc<Packs>,
    tip: ObjectId,
    branch: Option<String>,
    records: References,
    /// Heads of reviews that a bundle lists; a repository holds its own.
    heads: BTreeMap<String, ObjectId>,
    format: &'static str,
    /// Keeps an unpacked repository until reading is over.
    _folder: Option<TempDir>,
}

/// Reads all repositories of the plan, several at a time.
///
/// `facts.repositories` gets one entry for each, in the plan's order, so that indexes agree; one that could not be
/// used has an empty `head` and a refusal. Returns those that were read, still open.
pub fn read(
    plan: &Plan,
    ids: &mut Identities,
    progress: &dyn Progress,
    facts: &mut Facts,
) -> Result<Vec<Source>, Problem> {
    for input in &plan.repositories {
        if plan.resolve(&input.path).symlink_metadata().is_err() {
            return Err(Problem::input("cannot read a repository of the plan", "there is nothing at this path")
                .in_file(&input.path)
                .help("correct `path` in the plan; it is relative to the plan's folder"));
        }
    }
    let registry = Registry::of(plan);
    let mut opened = Vec::new();
    let mut last = None;
    // No more at a time than there are threads, or memory would grow with the number of repositories.
    for group in plan.repositories.chunks(rayon::current_num_threads()) {
        let names: Vec<String> = group.iter().map(|input| name(&input.path)).collect();
        progress.begin(&names.join(", "), None);
        let read: Vec<_> = group.par_iter().map(|input| collect(plan, input, &registry, progress)).collect();
        progress.end();
        for (input, result) in group.iter().zip(read) {
            match result {
                Ok((source, collected)) => {
                    facts.read.insert(Kind::History);
                    collected.keep(ids, facts);
                    owners::add(&source, input, ids, facts);
                    opened.push(source);
                }
                Err((reason, detail)) => {
                    facts.repositories.push(repository(input));
                    facts.refused.push(refused(input, reason, 1, &detail));
                    last = Some((input, detail));
                }
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

    /// What is known of it before its commits are read.
    fn repository(&self, input: &RepositoryInput) -> Repository {
        Repository { branch: self.branch.clone(), head: self.tip.to_string(), ..repository(input) }
    }
}

fn collect(
    plan: &Plan,
    input: &RepositoryInput,
    registry: &Registry,
    progress: &dyn Progress,
) -> Result<(Source, history::Collected), Refusal> {
    let source = source(&plan.resolve(&input.path), input)?;
    let collected = history::collect(&source, plan, input, registry, progress);
    Ok((source, collected))
}

fn source(path: &Path, input: &RepositoryInput) -> Result<Source, Refusal> {
    let branch = input.branch.as_deref();
    if path.is_dir() {
        let repo = open::open(path)?;
        let local = repo.to_thread_local();
        let tip = open::tip(&local, branch)?;
        let records = References::in_repository(&local);
        let packs = packs(&local);
        let current = || local.head_name().ok().flatten().map(|name| name.shorten().to_string());
        let branch = branch.map(short).or_else(current);
        return Ok(Source { repo, packs, tip, branch, records, heads: BTreeMap::new(), format: "git", _folder: None });
    }
    let packed = unpack::recognise(path)?;
    let unpacked = unpack::unpack(path, packed)?;
    let repo = open::open(unpacked.folder.path())?;
    let packs = packs(&repo.to_thread_local());
    let chosen = unpack::choose(&unpacked.named, branch)?;
    let tip = open::commit(&repo.to_thread_local(), chosen)?;
    // Two branches at the same commit are the same history; which of them is audited is then not known.
    let mut there =
        unpacked.named.iter().filter(|(_, id)| *id == chosen).filter_map(|(name, _)| name.strip_prefix("refs/heads/"));
    let only = there.next().filter(|_| there.next().is_none());
    let branch = branch.or(only).map(short);
    let records = References::of(&unpacked.named);
    let format = match packed {
        Packed::Stream => "git-fast-export",
        Packed::Bundle | Packed::BundleSha256 => "git-bundle",
    };
    let heads = heads::of_bundle(&unpacked.named);
    Ok(Source { repo, packs, tip, branch, records, heads, format, _folder: Some(unpacked.folder) })
}

/// A branch as platforms name it.
fn short(branch: &str) -> String {
    branch.strip_prefix("refs/heads/").unwrap_or(branch).to_owned()
}

fn packs(repo: &gix::Repository) -> Arc<Packs> {
    Arc::new(Packs::open(repo.objects.store_ref().path(), repo.object_hash()))
}

/// A repository of which only the plan's words are known.
fn repository(input: &RepositoryInput) -> Repository {
    Repository { name: name(&input.path), path: input.path.clone(), team: input.team.clone(), ..Repository::default() }
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
