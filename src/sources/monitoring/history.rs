//! When a setting was switched on: the oldest commit in which the same file yields the same capture.
//!
//! The first-parent history of the branch that is checked out is read, never written, without anybody's configuration.
//! A setting that stands in the first commit of all was on "on or before" that day: the history was imported, squashed
//! or cut there. A setting that is in no commit (not yet committed) has no day.
//!
//! The repository must be the plan's folder or lie below it, unless the entry lies outside that folder: a folder of
//! exports inside somebody's repository was committed when the audit was prepared, not when a setting was switched on.
//!
//! A file without such a repository is dated by an audited history whose tip holds the same bytes under the same file
//! name, exactly once: then it is the same file. With more than one candidate it has no day.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gix::ObjectId;
use gix::bstr::ByteSlice as _;
use jiff::Timestamp;

use super::walk::Found;
use super::{NOT_READ, NOTHING, understand};
use crate::facts::capture::{Activation, Capture};
use crate::plan::Plan;
use crate::sources::{git, single_file};

/// Commits that are walked.
const MOST_COMMITS: usize = 1_000_000;
/// Folders of a tip in which files are looked for.
const MOST_FOLDERS: usize = 1_000_000;
/// Versions of one file that are parsed.
const MOST_VERSIONS: usize = 1_000;
/// Largest version that is parsed, in bytes.
const LARGEST: u64 = 8 << 20;

/// Entries of a git directory that must be no pipe or device: opening one would wait for ever.
const OPENED: [&str; 6] = ["HEAD", "config", "commondir", "packed-refs", "shallow", "objects/info/alternates"];

/// A version of a file: its content, and the oldest commit of the run in which it stood.
struct Version {
    blob: ObjectId,
    at: Timestamp,
    first_of_all: bool,
}

/// Dates the captures that are about people.
pub(super) fn date(plan: &Plan, files: &[Found], histories: &[git::Source], captures: &mut [Capture]) {
    let dated = |capture: &Capture| capture.what != NOT_READ && capture.what != NOTHING;
    let mut homeless = Vec::new();
    let mut by_root: BTreeMap<PathBuf, Vec<(PathBuf, String)>> = BTreeMap::new();
    for file in files {
        if !captures.iter().any(|capture| capture.file == file.written && dated(capture)) {
            continue;
        }
        match root_of(plan, &file.place) {
            Some((root, inside)) => by_root.entry(root).or_default().push((inside, file.written.clone())),
            None => homeless.push(file),
        }
    }
    for (root, members) in by_root {
        let Some(repo) = open(&root) else { continue };
        let paths: Vec<&Path> = members.iter().map(|(inside, _)| inside.as_path()).collect();
        let Some(tip) = repo.head_id().ok().map(gix::Id::detach) else { continue };
        for ((_, written), versions) in members.iter().zip(versions(&repo, tip, &paths)) {
            date_file(&repo, written, &versions, captures);
        }
    }
    date_from_histories(&homeless, histories, captures);
}

/// Dates files by the one audited history that holds each of them.
fn date_from_histories(files: &[&Found], histories: &[git::Source], captures: &mut [Capture]) {
    let mut homes: BTreeMap<&str, Vec<(usize, PathBuf)>> = BTreeMap::new();
    for (at, history) in histories.iter().enumerate().filter(|_| !files.is_empty()) {
        let (repo, tip) = history.at_tip();
        for (written, inside) in held_by(&repo, tip, files) {
            homes.entry(written).or_default().push((at, inside));
        }
    }
    for (written, places) in homes {
        let [(at, inside)] = places.as_slice() else { continue };
        let (repo, tip) = histories[*at].at_tip();
        for versions in versions(&repo, tip, &[inside]) {
            date_file(&repo, written, &versions, captures);
        }
    }
}

/// Places of a tip at which files of the same name hold the same bytes.
fn held_by<'a>(repo: &gix::Repository, tip: ObjectId, files: &[&'a Found]) -> Vec<(&'a str, PathBuf)> {
    let mut wanted: BTreeMap<ObjectId, Vec<&Found>> = BTreeMap::new();
    for file in files {
        let Ok(bytes) = single_file(&file.place) else { continue };
        let Ok(id) = gix::objs::compute_hash(repo.object_hash(), gix::objs::Kind::Blob, &bytes) else { continue };
        wanted.entry(id).or_default().push(file);
    }
    let mut held = Vec::new();
    let root = repo.find_object(tip).ok().and_then(|object| object.peel_to_tree().ok());
    let mut folders: Vec<(ObjectId, PathBuf)> = root.map(|tree| (tree.id, PathBuf::new())).into_iter().collect();
    // A tree that names itself many times over is endless in effect; after so many folders it is left.
    let mut visits = 0;
    while let Some((id, folder)) = folders.pop().filter(|_| visits < MOST_FOLDERS) {
        visits += 1;
        let Some(tree) = repo.find_object(id).ok().and_then(|object| object.try_into_tree().ok()) else { continue };
        for entry in tree.iter().filter_map(Result::ok) {
            let Ok(name) = gix::path::from_bstr(entry.filename()) else { continue };
            let inside = folder.join(name);
            if entry.mode().is_tree() {
                folders.push((entry.object_id(), inside));
                continue;
            }
            let blobs = wanted.get(&entry.object_id()).into_iter().flatten();
            let same = blobs.filter(|file| entry.mode().is_blob() && file.place.file_name() == inside.file_name());
            held.extend(same.map(|file| (file.written.as_str(), inside.clone())));
        }
    }
    held
}

/// The work tree a file belongs to, and its path there.
fn root_of(plan: &Plan, file: &Path) -> Option<(PathBuf, PathBuf)> {
    let file = file.canonicalize().ok()?;
    let plan = plan.folder.canonicalize().ok()?;
    let limit = file.starts_with(&plan).then_some(plan);
    for folder in file.ancestors().skip(1) {
        if folder.join(".git").symlink_metadata().is_ok_and(|meta| meta.is_dir() || meta.is_file()) {
            return Some((folder.to_path_buf(), file.strip_prefix(folder).ok()?.to_path_buf()));
        }
        if limit.as_deref() == Some(folder) {
            return None;
        }
    }
    None
}

fn open(root: &Path) -> Option<gix::Repository> {
    let git = root.join(".git");
    let plain = |name: &str| git.join(name).metadata().map_or(true, |meta| meta.is_file());
    if git.is_dir() && !OPENED.iter().all(|name| plain(name)) {
        return None;
    }
    let options = gix::open::Options::isolated().with(gix::sec::Trust::Reduced);
    let overrides = ["core.deltaBaseCacheLimit=96m", "gitoxide.objects.allocLimit=256m", "core.useReplaceRefs=false"];
    options.config_overrides(overrides).open(root).ok().map(|repo| repo.to_thread_local())
}

/// The versions of each path along the first parents, newest first.
fn versions(repo: &gix::Repository, tip: ObjectId, paths: &[impl AsRef<Path>]) -> Vec<Vec<Version>> {
    let mut found: Vec<Vec<Version>> = paths.iter().map(|_| Vec::new()).collect();
    let mut next = Some(tip);
    let mut last_tree: Option<ObjectId> = None;
    let mut last_blobs: Vec<Option<ObjectId>> = vec![None; paths.len()];
    for _ in 0..MOST_COMMITS {
        let Some(commit) = next.and_then(|id| repo.find_object(id).ok()?.try_into_commit().ok()) else { break };
        let parent = commit.parent_ids().next().map(gix::Id::detach);
        let parent = parent.filter(|id| repo.has_object(id));
        let (Ok(tree), Ok(time)) = (commit.tree_id(), commit.time()) else { break };
        let Ok(at) = Timestamp::from_second(time.seconds) else { break };
        if last_tree != Some(tree.detach()) {
            let Ok(tree) = commit.tree() else { break };
            for (blob, path) in last_blobs.iter_mut().zip(paths) {
                let entry = tree.lookup_entry_by_path(path).ok().flatten();
                *blob = entry.filter(|entry| entry.mode().is_blob()).map(|entry| entry.object_id());
            }
            last_tree = Some(tree.id);
        }
        let first_of_all = parent.is_none();
        for (versions, blob) in found.iter_mut().zip(&last_blobs) {
            let Some(blob) = *blob else { continue };
            match versions.last_mut().filter(|version| version.blob == blob) {
                // A clock that ran backwards does not make a setting younger.
                Some(version) => *version = Version { blob, at: version.at.min(at), first_of_all },
                None => versions.push(Version { blob, at, first_of_all }),
            }
        }
        next = parent;
        if next.is_none() {
            break;
        }
    }
    found
}

/// Gives each capture of a file the oldest version that yields the same one.
fn date_file(repo: &gix::Repository, written: &str, versions: &[Version], captures: &mut [Capture]) {
    let mut seen: BTreeMap<ObjectId, Vec<(&'static str, String)>> = BTreeMap::new();
    for version in versions.iter().take(MOST_VERSIONS) {
        let held = seen.entry(version.blob).or_insert_with(|| yields(repo, written, version.blob));
        for capture in captures.iter_mut().filter(|capture| capture.file == written) {
            if held.iter().any(|(what, setting)| *what == capture.what && *setting == capture.setting) {
                capture.activated = Some(Activation { at: version.at, on_or_before: version.first_of_all });
            }
        }
    }
}

/// What a version of a file captures.
fn yields(repo: &gix::Repository, written: &str, blob: ObjectId) -> Vec<(&'static str, String)> {
    let small = repo.find_header(blob).is_ok_and(|header| header.size() <= LARGEST);
    let Some(object) = repo.find_object(blob).ok().filter(|_| small) else { return Vec::new() };
    let Ok(Some(reading)) = understand(written, object.data.as_bytes()) else { return Vec::new() };
    reading.captures.into_iter().map(|capture| (capture.what, capture.setting)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{facts, write};
    use super::*;

    const OFF: &str = "CLAUDE_CODE_ENABLE_TELEMETRY=1\n";
    const ON: &str = "CLAUDE_CODE_ENABLE_TELEMETRY=1\nOTEL_LOG_USER_PROMPTS=1\n";

    /// Writes a commit whose tree is `ai.env` with this text, on top of the given one.
    fn commit(repo: &gix::Repository, text: &str, day: i64, parent: Option<ObjectId>) -> ObjectId {
        let blob = repo.write_blob(text).expect("a blob").detach();
        let entry = gix::objs::tree::Entry {
            mode: gix::objs::tree::EntryKind::Blob.into(),
            filename: "ai.env".into(),
            oid: blob,
        };
        let tree = repo.write_object(gix::objs::Tree { entries: vec![entry] }).expect("a tree").detach();
        let time = gix::date::Time::new(day * 86_400, 0);
        let person = gix::actor::Signature { name: "n".into(), email: "e@example.org".into(), time };
        let commit = gix::objs::Commit {
            tree,
            parents: parent.into_iter().collect(),
            author: person.clone(),
            committer: person,
            encoding: None,
            message: "m".into(),
            extra_headers: Vec::new(),
        };
        repo.write_object(commit).expect("a commit").detach()
    }

    fn dates(versions: &[(&str, i64)], checked_out: &str) -> Vec<(&'static str, Option<Activation>)> {
        let dir = tempfile::tempdir().expect("a folder");
        let repo = gix::init(dir.path()).expect("a repository");
        let mut parent = None;
        for (text, day) in versions {
            parent = Some(commit(&repo, text, *day, parent));
        }
        let tip = parent.expect("a commit").to_string();
        write(dir.path(), ".git/HEAD", tip.as_bytes());
        write(dir.path(), "ai.env", checked_out.as_bytes());
        let facts = facts(dir.path(), &["ai.env"]);
        facts.captures.iter().map(|capture| (capture.what, capture.activated)).collect()
    }

    fn on(day: i64, on_or_before: bool) -> Activation {
        let at = Timestamp::from_second(day * 86_400).expect("a day");
        Activation { at, on_or_before }
    }

    #[test]
    fn a_setting_has_the_day_of_the_commit_that_first_held_it() {
        let found = dates(&[(OFF, 10), (ON, 20), (&format!("{ON}# later\n"), 30)], &format!("{ON}# later\n"));
        assert_eq!(found[0], ("capture-ai-usage", Some(on(10, true))), "it stands in the first commit of all");
        assert_eq!(found[1], ("capture-prompt-text", Some(on(20, false))));
    }

    #[test]
    fn a_setting_that_is_not_committed_has_no_day() {
        let found = dates(&[(OFF, 10)], ON);
        assert_eq!(found[1], ("capture-prompt-text", None));
    }

    #[test]
    fn a_file_added_later_is_dated_exactly() {
        let dir_start = ("X=1\n", 5);
        let found = dates(&[dir_start, (ON, 20)], ON);
        assert_eq!(found[0], ("capture-ai-usage", Some(on(20, false))));
    }

    #[test]
    fn an_export_is_dated_by_the_one_audited_history_that_holds_the_same_file() {
        let dir = tempfile::tempdir().expect("a folder");
        let repo = gix::init(dir.path().join("infra")).expect("a repository");
        let first = commit(&repo, OFF, 10, None);
        let tip = commit(&repo, ON, 20, Some(first)).to_string();
        write(dir.path(), "infra/.git/HEAD", tip.as_bytes());
        for (exported, dated) in [(ON.to_owned(), true), (format!("{ON}# edited\n"), false)] {
            write(dir.path(), "export/ai.env", exported.as_bytes());
            let period = crate::plan::Period::parse("2026-Q3").expect("a period");
            let mut plan = Plan::for_repository(Path::new("infra"), Some(period)).expect("a plan");
            plan.folder = dir.path().to_path_buf();
            plan.monitoring = vec!["export".into()];
            let facts = crate::sources::read(&plan, &crate::sources::Quiet).expect("reading ends");
            let prompts = facts.captures.iter().find(|capture| capture.what == "capture-prompt-text");
            let activated = prompts.and_then(|capture| capture.activated);
            assert_eq!(activated, dated.then(|| on(20, false)));
        }
    }

    #[test]
    fn the_repository_around_a_plan_does_not_date_its_evidence() {
        let dir = tempfile::tempdir().expect("a folder");
        let repo = gix::init(dir.path()).expect("a repository");
        let tip = commit(&repo, ON, 10, None).to_string();
        write(dir.path(), ".git/HEAD", tip.as_bytes());
        write(dir.path(), "audit/ai.env", ON.as_bytes());
        let facts = facts(&dir.path().join("audit"), &["ai.env"]);
        assert!(facts.captures.iter().all(|capture| capture.activated.is_none()));
    }
}
