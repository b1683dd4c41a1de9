//! The files of a plan entry, sorted, links never followed.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::facts::input::{Kind, RefusalReason, Refused};
use crate::sources::single_file;

/// Files of one folder; more than this is not a folder of configurations.
const MOST_FILES: usize = 50_000;

/// A file to read.
pub(super) struct Found {
    /// Where it lies.
    pub(super) place: PathBuf,
    /// Path as written in the plan, with the path inside the folder.
    pub(super) written: String,
}

/// Lists a file, or every file below a folder. `.git` is skipped; links, pipes and devices are refused.
pub(super) fn files(place: &Path, written: &str, found: &mut Vec<Found>, refused: &mut Vec<Refused>) {
    let base = written.trim_end_matches('/');
    let base = if base.is_empty() { written } else { base };
    let refuse = |path: String, reason, detail: &str| Refused {
        kind: Kind::Monitoring,
        path,
        at: None,
        reason,
        count: 1,
        detail: detail.to_owned(),
    };
    let mut seen = 0;
    let walk = WalkDir::new(place).follow_links(false).follow_root_links(false).sort_by_file_name();
    for entry in walk.into_iter().filter_entry(|entry| entry.file_name() != ".git" && !is_report(entry)) {
        let Ok(entry) = entry else {
            refused.push(refuse(base.to_owned(), RefusalReason::Unreadable, "a folder could not be listed"));
            continue;
        };
        if entry.file_type().is_dir() {
            continue;
        }
        seen += 1;
        if seen > MOST_FILES {
            refused.push(refuse(
                base.to_owned(),
                RefusalReason::TooLarge,
                "more than 50000 files; the rest was not read",
            ));
            return;
        }
        let path = inside(place, entry.path(), base);
        if entry.file_type().is_file() {
            found.push(Found { place: entry.into_path(), written: path });
        } else {
            refused.push(refuse(path, RefusalReason::NotAFile, "it is a link, a pipe or a device"));
        }
    }
}

/// A report of this program that was written below a monitoring folder is no evidence for the next one.
fn is_report(entry: &walkdir::DirEntry) -> bool {
    let starts = || {
        single_file(&entry.path().join("report.json")).is_ok_and(|bytes| {
            String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).contains("\"schema\": \"countersign/report/")
        })
    };
    entry.file_type().is_dir() && entry.path().join("manifest.json").is_file() && starts()
}

/// The path as written, `/`, and the path inside.
fn inside(folder: &Path, file: &Path, base: &str) -> String {
    let parts = file.strip_prefix(folder).unwrap_or(file).components();
    parts.fold(base.to_owned(), |path, part| format!("{path}/{}", part.as_os_str().to_string_lossy()))
}
