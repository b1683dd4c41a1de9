//! Names inside the report folder: plain ASCII, relative, without a way out.

use crate::error::Problem;

/// Whether a path is one that a report may hold: `report.json`, `tables/x.csv`.
pub(super) fn is_plain(path: &str) -> bool {
    path.len() <= 200
        && path.split('/').count() <= 3
        && path.split('/').all(|part| {
            part.starts_with(|c: char| c.is_ascii_alphanumeric())
                && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
        })
}

/// Refuses a path that is not plain.
pub(super) fn check(path: &str) -> Result<(), Problem> {
    if is_plain(path) {
        return Ok(());
    }
    Err(Problem::input("cannot write the report", "a table or language has a name that is not a plain file name"))
}

/// Refuses a name that is not plain, or that would make a folder.
pub(super) fn check_name(name: &str) -> Result<(), Problem> {
    check(if name.contains('/') { "" } else { name })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_relative_names_pass() {
        for good in ["report.json", "tables/ai.tool-x_1.csv"] {
            assert!(is_plain(good), "{good}");
        }
        for bad in
            ["", "/etc/passwd", "../x", "tables/../x", "tables//x", "a\\b", "C:x", ".git/config", "tables/", "ü", "a\n"]
        {
            assert!(!is_plain(bad), "{bad}");
        }
    }
}
