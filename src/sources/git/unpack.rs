//! Turns a `git fast-export` stream or a bundle into a private bare repository, which lives as long as the reading.
//!
//! This is the only place where `git` is run: with an empty environment, no configuration, no hooks and no templates,
//! and never inside an audited repository. Its messages are not shown, for they may quote the input.

use std::ffi::OsStr;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};

use gix::ObjectId;
use gix::bstr::ByteSlice as _;
use tempfile::TempDir;

use super::open::{self, Refusal, unreadable};
use crate::facts::input::RefusalReason;

/// Largest stream or bundle: 16 GiB.
const LARGEST: u64 = 16 << 30;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packed {
    /// A `git fast-export` stream.
    Stream,
    /// A bundle of objects named by SHA-1.
    Bundle,
    /// A bundle of objects named by SHA-256.
    BundleSha256,
}

/// An unpacked repository.
pub(super) struct Unpacked {
    /// The repository; its folder is removed when this is dropped.
    pub(super) folder: TempDir,
    /// Full names of references and what they point at; `HEAD` where a bundle has one.
    pub(super) named: Vec<(String, ObjectId)>,
}

/// Recognises a file by its first bytes: <https://git-scm.com/docs/gitformat-bundle>,
/// <https://git-scm.com/docs/git-fast-import#_stream_format>.
pub(super) fn recognise(path: &Path) -> Result<Packed, Refusal> {
    let meta = path.symlink_metadata().map_err(|e| unreadable(&e.to_string()))?;
    if !meta.is_file() {
        return Err((RefusalReason::NotAFile, "it is a link, a pipe or a device".into()));
    }
    if meta.len() > LARGEST {
        return Err((RefusalReason::TooLarge, format!("{} bytes, the limit is {LARGEST}", meta.len())));
    }
    let mut start = Vec::new();
    let file = File::open(path).map_err(|e| unreadable(&e.to_string()))?;
    file.take(64).read_to_end(&mut start).map_err(|e| unreadable(&e.to_string()))?;
    let begins = |words: &[&str]| words.iter().any(|word| start.starts_with(word.as_bytes()));
    if begins(&["# v2 git bundle\n", "# v3 git bundle\n"]) {
        let sha256 = start.find("\n@object-format=sha256\n").is_some();
        return Ok(if sha256 { Packed::BundleSha256 } else { Packed::Bundle });
    }
    let commands =
        ["blob\n", "commit ", "reset ", "tag ", "feature ", "option ", "progress ", "checkpoint\n", "alias\n"];
    let named = path.extension().is_some_and(|ext| ext == "fi");
    if begins(&commands) || named && (start.is_empty() || begins(&["#", "\n", "done\n"])) {
        return Ok(Packed::Stream);
    }
    Err((RefusalReason::NoReader, "it is no git repository, no bundle and no fast-export stream".into()))
}

/// Unpacks into a new private folder.
pub(super) fn unpack(path: &Path, kind: Packed) -> Result<Unpacked, Refusal> {
    let folder = tempfile::tempdir().map_err(|e| unreadable(&format!("no temporary folder: {e}")))?;
    let hash = if kind == Packed::BundleSha256 { "--object-format=sha256" } else { "--object-format=sha1" };
    let init = ["-c", "init.defaultBranch=main", "init", "--quiet", "--bare", "--template=", hash].map(OsStr::new);
    git(folder.path(), None, &[&init[..], &[folder.path().as_os_str()]].concat())?;
    let named = match kind {
        Packed::Stream => {
            let stream = File::open(path).map_err(|e| unreadable(&e.to_string()))?;
            git(folder.path(), Some(stream), &["fast-import", "--quiet"].map(OsStr::new))?;
            let repo = open::open(folder.path())?.to_thread_local();
            let mut named: Vec<_> = open::branches(&repo).into_iter().chain(super::records::listed(&repo)).collect();
            named.sort();
            named.dedup();
            named
        }
        Packed::Bundle | Packed::BundleSha256 => {
            let path = path.canonicalize().map_err(|e| unreadable(&e.to_string()))?;
            let unbundle = [OsStr::new("bundle"), OsStr::new("unbundle"), path.as_os_str()];
            listed(&git(folder.path(), None, &unbundle)?)
        }
    };
    Ok(Unpacked { folder, named })
}

/// `<id> <name>` per line.
fn listed(output: &[u8]) -> Vec<(String, ObjectId)> {
    String::from_utf8_lossy(output)
        .lines()
        .filter_map(|line| {
            let (id, name) = line.split_once(' ')?;
            Some((name.to_owned(), ObjectId::from_hex(id.as_bytes()).ok()?))
        })
        .collect()
}

/// The branch to audit: the plan's, the bundle's `HEAD`, the only one, or the only one of `main` and `master`.
pub(super) fn choose(named: &[(String, ObjectId)], branch: Option<&str>) -> Result<ObjectId, Refusal> {
    let find = |name: &str| named.iter().find(|(found, _)| found == name).map(|(_, id)| *id);
    if let Some(branch) = branch {
        let full = if branch.starts_with("refs/") { branch.to_owned() } else { format!("refs/heads/{branch}") };
        return find(&full).ok_or_else(|| unreadable("it has no branch of the name the plan gives"));
    }
    if let Some(head) = find("HEAD") {
        return Ok(head);
    }
    let heads: Vec<_> = named.iter().filter(|(name, _)| name.starts_with("refs/heads/")).collect();
    match (heads.as_slice(), find("refs/heads/main"), find("refs/heads/master")) {
        ([], ..) => Err(unreadable("it holds no branch")),
        ([(_, only)], ..) => Ok(*only),
        (_, Some(id), None) | (_, None, Some(id)) => Ok(id),
        (several, ..) => {
            let why =
                format!("it holds {} branches; write `branch = \"…\"` beside its path in the plan", several.len());
            Err(unreadable(&why))
        }
    }
}

fn git(folder: &Path, input: Option<File>, arguments: &[&OsStr]) -> Result<Vec<u8>, Refusal> {
    let mut command = Command::new("git");
    command.env_clear().env("HOME", folder).env("GIT_DIR", folder).env("LC_ALL", "C").env("GIT_CONFIG_NOSYSTEM", "1");
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_TERMINAL_PROMPT", "0");
    // Where programs lie decides whether git is found, never what it reads.
    if let Some(search) = std::env::var_os("PATH") {
        command.env("PATH", search);
    }
    command.args(["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false"]).args(arguments).current_dir(folder);
    command.stdin(input.map_or_else(Stdio::null, Stdio::from)).stderr(Stdio::null());
    let output =
        command.output().map_err(|e| unreadable(&format!("git is needed to unpack it and could not be run: {e}")))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(unreadable(&format!("git could not unpack it ({}): it is damaged or incomplete", output.status)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(names: &[&str]) -> Vec<(String, ObjectId)> {
        let id = |at: usize| ObjectId::from_bytes_or_panic(&[u8::try_from(at).unwrap_or(0); 20]);
        names.iter().enumerate().map(|(at, name)| ((*name).to_owned(), id(at))).collect()
    }

    #[test]
    fn one_branch_or_one_of_main_and_master_needs_no_word_from_the_plan() {
        let one = named(&["refs/heads/x", "refs/notes/ai"]);
        assert_eq!(choose(&one, None).ok(), Some(one[0].1));
        let several = named(&["refs/heads/x", "refs/heads/main"]);
        assert_eq!(choose(&several, None).ok(), Some(several[1].1));
        assert_eq!(choose(&several, Some("x")).ok(), Some(several[0].1));
    }

    #[test]
    fn several_branches_are_refused_with_what_to_write() {
        for names in [&["refs/heads/a", "refs/heads/b"][..], &["refs/heads/main", "refs/heads/master"]] {
            let why = choose(&named(names), None).err().map(|(_, why)| why).unwrap_or_default();
            assert!(why.contains("branch = "), "{why}");
        }
        assert!(choose(&[], None).is_err());
        assert!(choose(&named(&["refs/heads/a"]), Some("b")).is_err());
    }
}
