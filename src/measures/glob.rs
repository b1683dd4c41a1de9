//! Path patterns of the register: `*` within a folder, `**` across folders.

use globset::GlobBuilder;

/// Whether a path matches a pattern. A pattern that is not valid matches only itself.
pub(super) fn matches(pattern: &str, path: &str) -> bool {
    match GlobBuilder::new(pattern).literal_separator(true).build() {
        Ok(glob) => glob.compile_matcher().is_match(path),
        Err(_) => pattern == path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stays_in_its_folder_and_two_stars_do_not() {
        assert!(matches("dash/*.json", "dash/a.json"));
        assert!(!matches("dash/*.json", "dash/ai/a.json"));
        assert!(matches("dash/**/*.json", "dash/ai/a.json"));
        assert!(matches("[", "["));
    }
}
