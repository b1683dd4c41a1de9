//! Marks in the text of changed files, by the shipped rules: what was gained or lost between two versions.
//!
//! Nothing of a text is kept but numbers.

use super::lines;
use crate::facts::change::Marker;
use crate::facts::operation::{Mark, Rules};

/// Marks that a changed file gained or lost, and those whose presence alone tells something; in the order of the rules.
///
/// The text of a version that does not exist is empty.
pub(super) fn between(path: &str, old: &[u8], new: &[u8]) -> Vec<Marker> {
    let rules = Rules::shipped();
    let wanted = rules.marks_of(path);
    if wanted.is_empty() {
        return Vec::new();
    }
    // A mark lies on one line, so that the lines which both begin and end with hold as many of it in either.
    let (fewer, more) = lines::trim(old, new);
    let marker = |at: u16| {
        let mark = rules.mark(at)?;
        let gained = signed(mark.count(more)) - signed(mark.count(fewer));
        let held = || mark.is_held() && holds(mark, old, new);
        (gained != 0 || held()).then_some(Marker { rule: at, gained })
    };
    wanted.into_iter().filter_map(marker).collect()
}

fn holds(mark: &Mark, old: &[u8], new: &[u8]) -> bool {
    mark.is_in(new) || mark.is_in(old)
}

fn signed(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, old: &str, new: &str) -> Vec<(&'static str, i32)> {
        let name = |marker: &Marker| Rules::shipped().mark(marker.rule).unwrap().id.as_str();
        between(path, old.as_bytes(), new.as_bytes()).iter().map(|marker| (name(marker), marker.gained)).collect()
    }

    #[test]
    fn a_skipped_test_is_one_more_skip_and_no_test_fewer() {
        let old = "#[test]\nfn adds() {\n    assert_eq!(1, 1);\n}\n";
        assert_eq!(found("src/cart.rs", old, &format!("#[ignore]\n{old}")), [("rust-skip", 1)]);
    }

    #[test]
    fn a_deleted_file_loses_all_it_held_and_a_new_one_gains_it() {
        let text = "#[test]\nfn a() { assert!(true); }\n#[test]\nfn b() {}\n";
        assert_eq!(found("a.rs", text, ""), [("rust-test", -2), ("rust-assertion", -1)]);
        assert_eq!(found("a.rs", "", text), [("rust-test", 2), ("rust-assertion", 1)]);
    }

    #[test]
    fn a_line_that_only_moved_within_its_file_is_neither_gained_nor_lost() {
        let (a, b) = ("#[test]\nfn a() {}\n", "#[test]\nfn b() {}\n");
        assert_eq!(found("a.rs", &format!("{a}{b}"), &format!("{b}{a}")), []);
    }

    #[test]
    fn what_a_file_is_counts_where_another_line_of_it_changed() {
        let namespace = |name: &str| format!("apiVersion: v1\nkind: Namespace\nmetadata:\n  name: {name}\n");
        assert_eq!(found("k8s/n.yaml", &namespace("a"), &namespace("b")), [("kubernetes-cluster", 0)]);
        assert_eq!(found("config/n.yaml", "a: 1\n", "a: 2\n"), []);
    }

    #[test]
    fn a_protection_that_was_taken_away_is_lost() {
        let text = |value: &str| format!("lifecycle {{\n  prevent_destroy = {value}\n}}\n");
        assert_eq!(found("infra/db.tf", &text("true"), &text("false")), [("prevent-destroy-lost", -1)]);
        assert_eq!(found("infra/db.tf", &text("true"), ""), [("prevent-destroy-lost", -1)]);
        assert_eq!(found("examples/db.tf", &text("true"), ""), []);
    }

    #[test]
    fn only_changed_lines_are_read_and_the_ends_of_a_line_are_not_cut() {
        let cut = |old: &str, new: &str| {
            let (a, b) = lines::trim(old.as_bytes(), new.as_bytes());
            (String::from_utf8_lossy(a).into_owned(), String::from_utf8_lossy(b).into_owned())
        };
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(cut("a\nb\nc\n", "a\nx\nc\n"), pair("b\n", "x\n"));
        assert_eq!(cut("a\nxb\n", "a\nyb\n"), pair("xb\n", "yb\n"));
        assert_eq!(cut("same\n", "same\n"), pair("", ""));
        assert_eq!(cut("a\n", "a\na\n"), pair("", "a\n"));
        assert_eq!(cut("ab", "abc"), pair("ab", "abc"));
        assert_eq!(cut("", "x\n"), pair("", "x\n"));
        assert_eq!(cut("x\ny", "z\ny"), pair("x\n", "z\n"));
    }

    #[test]
    fn bytes_that_are_no_text_are_read_without_harm() {
        let bytes: Vec<u8> = (0..=255).cycle().take(5_000).collect();
        assert_eq!(between("a.rs", &bytes, &bytes[7..]), []);
        assert_eq!(found("a.rs", "\u{feff}#[test]\r\n", ""), []);
    }
}
