//! Writes the report folder without ever leaving half a file.
//!
//! Everything is written into a temporary folder first. A new report folder then appears by one rename; an existing one
//! is brought up to date file by file, the manifest last, so that an interruption shows as a manifest that does not
//! match and never as a broken file. What the user put there is left alone.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use super::{manifest, path};
use crate::error::Problem;

/// Largest manifest of an earlier report that is read, in bytes.
const LARGEST_MANIFEST: u64 = 64 << 20;

/// Writes the files into the folder, which is made when it is missing.
pub fn write(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<(), Problem> {
    files.keys().try_for_each(|name| path::check(name))?;
    let earlier = earlier(folder)?;
    let failed = |e: io::Error| Problem::usage("cannot write the report", e.to_string()).in_file(shown(folder));
    // Beside a new folder; inside one that is there, which may be a mount of its own.
    let near = match (&earlier, folder.parent()) {
        (Some(_), _) => folder,
        (None, Some(parent)) if !parent.as_os_str().is_empty() => parent,
        (None, _) => Path::new("."),
    };
    fs::create_dir_all(near).map_err(failed)?;
    let workshop = tempfile::Builder::new().prefix(".countersign-").tempdir_in(near).map_err(failed)?;
    // A folder of its own inside: the temporary one is readable by its owner alone, a report is not.
    let fresh = workshop.path().join("report");
    fill(&fresh, files).map_err(failed)?;
    match earlier {
        None => fs::rename(&fresh, folder).map_err(failed),
        Some(old) => replace(folder, &fresh, &old, files),
    }
}

/// The files of the report that is there, none in an empty folder; nothing when there is no folder.
fn earlier(folder: &Path) -> Result<Option<Vec<String>>, Problem> {
    let refuse = |why: &str| Problem::usage("cannot write the report", why).in_file(shown(folder));
    let Some(meta) = look(folder)? else { return Ok(None) };
    if meta.file_type().is_symlink() {
        return Err(refuse("it is a link").help("name the folder itself with `--out`"));
    }
    if !meta.is_dir() {
        return Err(refuse("it is not a folder").help("name another folder with `--out`"));
    }
    let mut entries = fs::read_dir(folder).map_err(|e| refuse(&e.to_string()))?;
    if entries.next().is_none() {
        return Ok(Some(Vec::new()));
    }
    let at = folder.join(manifest::NAME);
    let ours = match look(&at)? {
        Some(meta) if meta.is_file() && meta.len() <= LARGEST_MANIFEST => fs::read(&at).ok(),
        _ => None,
    };
    ours.and_then(|bytes| manifest::outputs(&bytes)).map(Some).ok_or_else(|| {
        refuse("the folder is not empty and holds no manifest.json of an earlier report")
            .help("name an empty folder with `--out`, or move away what is in this one")
    })
}

fn fill(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    fs::create_dir(folder)?;
    for (name, bytes) in files {
        let at = folder.join(name);
        if let Some(parent) = at.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(at, bytes)?;
    }
    Ok(())
}

fn replace(folder: &Path, fresh: &Path, old: &[String], files: &BTreeMap<String, Vec<u8>>) -> Result<(), Problem> {
    // All refusals come before the first change.
    for name in files.keys() {
        guard(folder, name)?;
    }
    let failed = |e: io::Error| Problem::usage("cannot write the report", e.to_string()).in_file(shown(folder));
    for name in old.iter().filter(|name| !files.contains_key(*name)) {
        remove(folder, name).map_err(failed)?;
    }
    let last = |name: &&String| name.as_str() == manifest::NAME;
    for name in files.keys().filter(|name| !last(name)).chain(files.keys().filter(last)) {
        let to = folder.join(name);
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent).map_err(failed)?;
        }
        fs::rename(fresh.join(name), to).map_err(failed)?;
    }
    Ok(())
}

/// Refuses to write where a link, a folder or a device stands in the way.
fn guard(folder: &Path, name: &str) -> Result<(), Problem> {
    let mut at = folder.to_path_buf();
    let parts: Vec<&str> = name.split('/').collect();
    for (depth, part) in parts.iter().enumerate() {
        at.push(part);
        let is_file = depth + 1 == parts.len();
        match look(&at)? {
            None => return Ok(()),
            Some(meta) if is_file && meta.is_file() || !is_file && meta.is_dir() => {}
            Some(_) => {
                return Err(Problem::usage("cannot write the report", "a link or something else is in the way")
                    .in_file(shown(&at))
                    .help("move it away, or name another folder with `--out`"));
            }
        }
    }
    Ok(())
}

/// Removes a file of the earlier report, and its folder when that is empty then. What is not a plain file stays.
fn remove(folder: &Path, name: &str) -> io::Result<()> {
    let at = folder.join(name);
    let is_own = guard(folder, name).is_ok() && fs::symlink_metadata(&at).is_ok_and(|meta| meta.is_file());
    if !is_own {
        return Ok(());
    }
    fs::remove_file(&at)?;
    if let Some(parent) = at.parent().filter(|parent| *parent != folder) {
        // Fails when something is left in it, as it should.
        let _ = fs::remove_dir(parent);
    }
    Ok(())
}

fn look(path: &Path) -> Result<Option<fs::Metadata>, Problem> {
    match fs::symlink_metadata(path) {
        Ok(meta) => Ok(Some(meta)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(Problem::usage("cannot write the report", e.to_string()).in_file(shown(path))),
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

#[cfg(test)]
#[path = "folder_tests.rs"]
mod tests;
