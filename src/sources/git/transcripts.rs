//! Places where tools keep conversations in a repository: how many files they hold. No file is opened.

use gix::ObjectId;
use gix::bstr::ByteSlice as _;

use crate::facts::record::TranscriptStore;

/// Entire's branch of session transcripts, and its newer references, one a checkpoint
/// (<https://github.com/entireio/cli/blob/main/docs/architecture/sessions-and-checkpoints.md>).
const BRANCH: &str = "entire/checkpoints/v1";
const REFERENCES: &str = "refs/entire/checkpoints/";

/// Entries after which counting stops.
const MOST_ENTRIES: usize = 1_000_000;

/// A place at the tip: the folder or file, and which of its files are conversations.
struct Place {
    path: &'static str,
    is_one: fn(&str) -> bool,
}

const PLACES: [Place; 3] = [
    // One Markdown file a session; names with a dot explain the folder.
    // https://www.skills.sh/specstoryai/agent-skills/specstory-organize
    Place { path: ".specstory/history", is_one: |name| ending(name) == "md" && !name.starts_with('.') },
    // `--chat-history-file` and `--input-history-file`: https://aider.chat/docs/config/options.html#history-files
    Place { path: ".aider.chat.history.md", is_one: |_| true },
    Place { path: ".aider.input.history", is_one: |_| true },
];

/// Whether a reference belongs to Entire.
pub(super) fn is_store(name: &str) -> bool {
    let branch = name.strip_prefix("refs/heads/").or_else(|| {
        let (_, branch) = name.strip_prefix("refs/remotes/")?.split_once('/')?;
        Some(branch)
    });
    branch == Some(BRANCH) || name.starts_with(REFERENCES)
}

/// A place that cannot be read to its end.
pub(super) struct Unreadable;

/// What is kept at the tip and under Entire's references.
pub(super) fn read(
    repo: &gix::Repository,
    tip: ObjectId,
    references: &[(String, ObjectId)],
) -> Vec<Result<TranscriptStore, Unreadable>> {
    let mut found: Vec<_> = PLACES.iter().filter_map(|place| at_tip(repo, tip, place)).collect();
    let (newer, branches): (Vec<_>, Vec<_>) = references.iter().partition(|(name, _)| name.starts_with(REFERENCES));
    // A clone holds the branch of its remote and may hold its own: the fuller one is counted, not both.
    let branch = branches.iter().map(|(_, id)| said(repo, *id)).reduce(|a, b| Ok(a?.max(b?)));
    found.extend(branch.map(|files| Ok(TranscriptStore { place: BRANCH, files: files? })));
    let newer = newer.iter().map(|(_, id)| said(repo, *id)).reduce(|a, b| Ok(a? + b?));
    found.extend(newer.map(|files| Ok(TranscriptStore { place: REFERENCES.trim_end_matches('/'), files: files? })));
    found.retain(|store| store.as_ref().map_or(true, |store| store.files > 0));
    found
}

fn at_tip(repo: &gix::Repository, tip: ObjectId, place: &Place) -> Option<Result<TranscriptStore, Unreadable>> {
    let tree = repo.find_commit(tip).ok()?.tree().ok()?;
    let entry = tree.lookup_entry_by_path(place.path).ok()??;
    let store = |files| TranscriptStore { place: place.path, files };
    match entry.mode().kind() {
        gix::objs::tree::EntryKind::Tree => Some(count(repo, entry.object_id(), place.is_one).map(store)),
        gix::objs::tree::EntryKind::Blob | gix::objs::tree::EntryKind::BlobExecutable => Some(Ok(store(1))),
        _ => None,
    }
}

/// Transcripts and prompts of a checkpoint tree: `full.jsonl`, in parts `full.jsonl.001`, its compact form, prompts, and the
/// transcripts of subagents.
fn said(repo: &gix::Repository, reference: ObjectId) -> Result<usize, Unreadable> {
    let object = repo.find_object(reference).map_err(|_| Unreadable)?;
    let tree = object.peel_to_tree().map_err(|_| Unreadable)?.id;
    count(repo, tree, |name| {
        name.starts_with("full.jsonl")
            || ["transcript.jsonl", "prompt.txt"].contains(&name)
            || name.starts_with("agent-") && ending(name) == "jsonl"
    })
}

fn count(repo: &gix::Repository, tree: ObjectId, is_one: fn(&str) -> bool) -> Result<usize, Unreadable> {
    let (mut files, mut left, mut folders) = (0, MOST_ENTRIES, vec![tree]);
    while let Some(id) = folders.pop() {
        let tree = repo.find_tree(id).map_err(|_| Unreadable)?;
        for entry in tree.iter() {
            let entry = entry.map_err(|_| Unreadable)?;
            left = left.checked_sub(1).ok_or(Unreadable)?;
            if entry.mode().is_tree() {
                folders.push(entry.object_id());
            } else if entry.mode().is_blob() {
                files += usize::from(is_one(&entry.filename().to_str_lossy()));
            }
        }
    }
    Ok(files)
}

fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

#[cfg(test)]
mod tests {
    use super::is_store;

    #[test]
    fn the_branch_is_known_here_and_at_a_remote() {
        for name in [
            "refs/heads/entire/checkpoints/v1",
            "refs/remotes/origin/entire/checkpoints/v1",
            "refs/entire/checkpoints/a3/a3b2c4d5e6f7",
        ] {
            assert!(is_store(name), "{name}");
        }
        for name in ["refs/heads/entire/checkpoints/v10", "refs/heads/entire/abc1234-def", "refs/tags/entire"] {
            assert!(!is_store(name), "{name}");
        }
    }
}
