//! Opening a repository so that nothing in it, around it or in the environment takes part in the reading.
//!
//! No user or system configuration, no environment, no included configuration, no replacement objects: the audited
//! history is what the commit ids say. The repository's own configuration is untrusted, so no command it names is
//! known to this program, let alone run. Nothing is written.

use std::path::Path;

use gix::ObjectId;
use gix::bstr::ByteSlice as _;

use crate::facts::input::RefusalReason;
use crate::sources::bounded;

/// Why a repository cannot be used.
pub(super) type Refusal = (RefusalReason, String);

/// Values that hold whatever the repository says. The delta-base cache of 96 MiB with no object cache was the fastest
/// of those measured (1.8 times gix's default) and equals C git; the allocation limit stops a small pack that
/// announces a huge object.
const OVERRIDES: [&str; 4] = [
    "core.deltaBaseCacheLimit=96m",
    "gitoxide.objects.cacheLimit=0",
    "gitoxide.objects.allocLimit=256m",
    "core.useReplaceRefs=false",
];

/// Entries of a git directory that are opened while reading; none may be a pipe, and none may lead out of it.
const READ: [&str; 8] = ["HEAD", "config", "config.worktree", "commondir", "packed-refs", "shallow", "refs", "objects"];

/// Folders that borrow from each other in a row: git's own limit (`link_alt_odb_entries` in its `object-file.c`).
const DEEPEST_ALTERNATE: u32 = 5;

/// Largest list of folders to borrow from: 64 KiB.
const LARGEST_ALTERNATES: u64 = 64 << 10;

/// Opens a worktree or a bare repository.
pub(super) fn open(path: &Path) -> Result<gix::ThreadSafeRepository, Refusal> {
    let inner = path.join(".git");
    let folder = if inner.symlink_metadata().is_ok() { inner } else { path.to_path_buf() };
    if folder.is_dir() {
        plain_files(&folder)?;
    } else if !folder.is_file() {
        return Err((RefusalReason::NotAFile, "`.git` is neither a folder nor a file".into()));
    }
    let repo = gix::open::Options::isolated()
        .with(gix::sec::Trust::Reduced)
        .config_overrides(OVERRIDES)
        .open(path)
        .map_err(|_| unreadable("git does not recognise it as a repository"))?;
    let common = repo.to_thread_local().common_dir().to_path_buf();
    if folder.is_file() || common != folder {
        plain_files(&common)?;
    }
    Ok(repo)
}

/// Opening a pipe waits for ever, so types are looked at before anything is opened.
fn plain_files(folder: &Path) -> Result<(), Refusal> {
    let root = folder.canonicalize().map_err(|e| unreadable(&e.to_string()))?;
    for name in READ {
        let entry = root.join(name);
        if entry.symlink_metadata().is_err() {
            continue;
        }
        for found in walkdir::WalkDir::new(entry).max_depth(64) {
            let found = found.map_err(|_| unreadable("a folder inside it cannot be read"))?;
            let kind = found.file_type();
            let leaves = || found.path().canonicalize().is_ok_and(|target| !target.starts_with(&root));
            if !(kind.is_file() || kind.is_dir() || kind.is_symlink()) || kind.is_symlink() && leaves() {
                return Err((RefusalReason::NotAFile, "it holds a pipe, a device or a link that leaves it".into()));
            }
        }
    }
    alternates(&root.join("objects"), DEEPEST_ALTERNATE)
}

/// Object folders that this one borrows from (`git clone --shared`) hold plain files too, where objects are looked for:
/// <https://git-scm.com/docs/gitrepository-layout#Documentation/gitrepository-layout.txt-objectsinfoalternates>.
fn alternates(objects: &Path, deeper: u32) -> Result<(), Refusal> {
    let Ok(text) = bounded(&objects.join("info/alternates"), LARGEST_ALTERNATES) else { return Ok(()) };
    let odd = |why: &str| (RefusalReason::NotAFile, format!("the folder it borrows objects from {why}"));
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with(b"#")) {
        let folder = objects.join(line.to_str().map_err(|_| odd("has an odd name"))?);
        if line.starts_with(b"\"") || deeper == 0 {
            return Err(odd("has an odd name, or borrows from others without end"));
        }
        let named = |entry: &walkdir::DirEntry| {
            let name = entry.file_name().as_encoded_bytes();
            entry.depth() != 1 || name == b"pack" || name.len() == 2 && name.iter().all(u8::is_ascii_hexdigit)
        };
        for found in walkdir::WalkDir::new(&folder).max_depth(2).into_iter().filter_entry(named) {
            let kind = found.map_or(None, |found| Some(found.file_type()));
            if kind.is_some_and(|kind| !kind.is_file() && !kind.is_dir()) {
                return Err(odd("holds a pipe, a device or a link"));
            }
        }
        if folder.is_dir() {
            alternates(&folder, deeper - 1)?;
        }
    }
    Ok(())
}

/// The audited tip: a branch, or `HEAD`.
pub(super) fn tip(repo: &gix::Repository, branch: Option<&str>) -> Result<ObjectId, Refusal> {
    let Some(branch) = branch else {
        let id = repo.head().ok().and_then(|mut head| head.try_peel_to_id().ok().flatten().map(gix::Id::detach));
        return commit(repo, id.ok_or_else(|| unreadable("HEAD names no commit"))?);
    };
    let names = [format!("refs/heads/{branch}"), format!("refs/remotes/origin/{branch}"), branch.to_owned()];
    names
        .iter()
        .filter(|name| name.starts_with("refs/"))
        .find_map(|name| reference(repo, name))
        .ok_or_else(|| unreadable("it has no branch of the name the plan gives"))
        .and_then(|id| commit(repo, id))
}

/// What a full reference name points at, annotated tags followed.
pub(super) fn reference(repo: &gix::Repository, name: &str) -> Option<ObjectId> {
    let mut found = repo.try_find_reference(name).ok().flatten()?;
    found.peel_to_id().ok().map(gix::Id::detach)
}

/// Names and targets of all branches.
pub(super) fn branches(repo: &gix::Repository) -> Vec<(String, ObjectId)> {
    references(repo, "refs/heads/")
}

/// Names and targets of all references of a folder.
pub(super) fn references(repo: &gix::Repository, folder: &str) -> Vec<(String, ObjectId)> {
    let Ok(platform) = repo.references() else { return Vec::new() };
    let Ok(found) = platform.prefixed(folder) else { return Vec::new() };
    found
        .filter_map(Result::ok)
        .filter_map(|mut reference| {
            let name = reference.name().as_bstr().to_str_lossy().into_owned();
            reference.peel_to_id().ok().map(|id| (name, id.detach()))
        })
        .collect()
}

/// Makes sure that the tip is a commit that can be read.
pub(super) fn commit(repo: &gix::Repository, id: ObjectId) -> Result<ObjectId, Refusal> {
    let missing = || (RefusalReason::MissingObject, "the commit at its tip is missing or damaged".to_owned());
    let object = repo.find_object(id).map_err(|_| missing())?;
    object.peel_to_kind(gix::objs::Kind::Commit).map(|commit| commit.id).map_err(|_| missing())
}

/// Commits whose parents were cut off.
pub(super) fn shallow(repo: &gix::Repository) -> Vec<ObjectId> {
    repo.shallow_commits().ok().flatten().map_or_else(Vec::new, |commits| commits.iter().copied().collect())
}

/// Whether objects are missing on purpose: <https://git-scm.com/docs/partial-clone>.
pub(super) fn partial(repo: &gix::Repository) -> bool {
    let config = repo.config_snapshot();
    let declared = config.string("extensions.partialClone").is_some()
        || config.plumbing().sections_by_name("remote").is_some_and(|mut remotes| {
            remotes.any(|remote| {
                remote.value("promisor").is_some_and(|value| value.eq_ignore_ascii_case(b"true"))
                    || remote.value("partialclonefilter").is_some()
            })
        });
    let packs = repo.objects.store_ref().path().join("pack");
    declared
        || std::fs::read_dir(packs).is_ok_and(|mut entries| {
            entries.any(|entry| entry.is_ok_and(|e| e.path().extension().is_some_and(|ext| ext == "promisor")))
        })
}

pub(super) fn unreadable(why: &str) -> Refusal {
    (RefusalReason::Unreadable, why.to_owned())
}
