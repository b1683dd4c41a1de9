//! Opening input files without being led astray: regular files only, bounded size, no links out of the folder.

use std::fmt::Write as _;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::facts::input::RefusalReason;

/// Largest input file that is read into memory, in bytes: 256 MiB.
const LARGEST_FILE: u64 = 256 << 20;

/// Opens a regular file of at most `limit` bytes. Links, pipes and devices are refused before they are opened.
pub fn regular_file(path: &Path, limit: u64) -> Result<File, (RefusalReason, String)> {
    let meta = std::fs::symlink_metadata(path).map_err(|e| (RefusalReason::Unreadable, e.to_string()))?;
    if !meta.is_file() {
        return Err((RefusalReason::NotAFile, "it is a link, a folder, a pipe or a device".into()));
    }
    if meta.len() > limit {
        return Err((RefusalReason::TooLarge, format!("{} bytes, the limit is {limit}", meta.len())));
    }
    File::open(path).map_err(|e| (RefusalReason::Unreadable, e.to_string()))
}

/// Reads such a file.
pub fn bounded(path: &Path, limit: u64) -> Result<Vec<u8>, (RefusalReason, String)> {
    let file = regular_file(path, limit)?;
    let mut bytes = Vec::new();
    file.take(limit + 1).read_to_end(&mut bytes).map_err(|e| (RefusalReason::Unreadable, e.to_string()))?;
    if bytes.len() as u64 > limit {
        return Err((RefusalReason::TooLarge, format!("it grew past {limit} bytes while it was read")));
    }
    Ok(bytes)
}

/// Reads one whole input file of the usual limit.
pub fn single_file(path: &Path) -> Result<Vec<u8>, (RefusalReason, String)> {
    bounded(path, LARGEST_FILE)
}

/// SHA-256 in lower-case hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
