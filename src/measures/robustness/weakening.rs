//! Changes that weaken tests, AI-attributed against the rest: tests removed, no longer run, or asserting less.
//!
//! Marks of all files of a change are summed, so that a test that moves between files is neither removed nor added.

use super::groups::{self, Groups, groups};
use crate::facts::change::Origin;
use crate::facts::operation::{Rules, Tells};
use crate::facts::{Change, Facts, Kind};
use crate::measures::Measured;
use crate::measures::figure::Figure;
use crate::measures::links::{Linked, Links};

/// Both groups, and in which way tests were weakened.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WeakenedTests {
    /// Changes that weakened tests, among all whose paths are known.
    pub groups: Groups,
    /// Changes with fewer tests.
    pub removed: usize,
    /// Changes with more tests that are not run.
    pub skipped: usize,
    /// Changes that assert less.
    pub asserts_less: usize,
    /// Changes whose paths are not known; they are in no group.
    pub unread: usize,
}

/// Tests, skipped tests and assertions that a change has more than before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Balance {
    tests: i64,
    skips: i64,
    assertions: i64,
}

impl Balance {
    /// `None` when the paths of the change are not known. Tests that came with somebody else's code are not the change's.
    fn of(change: &Change) -> Option<Self> {
        let rules = Rules::shipped();
        let mut balance = Self::default();
        let written = change.paths.as_ref()?.iter().filter(|path| path.origin == Origin::Written);
        for marker in written.flat_map(|path| &path.markers) {
            let gained = i64::from(marker.gained);
            match rules.mark(marker.rule).map(|mark| mark.tells) {
                Some(Tells::Test) => balance.tests += gained,
                Some(Tells::Skip) => balance.skips += gained,
                Some(Tells::Assertion) => balance.assertions += gained,
                Some(Tells::Reach { .. } | Tells::Environment) | None => {}
            }
        }
        Some(balance)
    }

    fn weakens(self) -> bool {
        self.tests < 0 || self.skips > 0 || self.assertions < 0
    }
}

impl WeakenedTests {
    /// Counts; unknown without a repository.
    pub fn of(facts: &Facts, links: &Links<'_>) -> Measured<Self> {
        if !facts.has(Kind::History) {
            return Measured::lacks(Kind::History);
        }
        let mut result = Self::default();
        let mut changes: Vec<(&Linked<'_>, bool)> = Vec::new();
        for linked in links.work() {
            let Some(balance) = Balance::of(linked.change) else {
                result.unread += 1;
                continue;
            };
            result.removed += usize::from(balance.tests < 0);
            result.skipped += usize::from(balance.skips > 0);
            result.asserts_less += usize::from(balance.assertions < 0);
            changes.push((linked, balance.weakens()));
        }
        result.groups = groups(&changes);
        Measured::Known(result)
    }
}

/// Figures.
pub(in crate::measures) fn figures(all: &Measured<WeakenedTests>) -> Vec<Figure> {
    groups::figures("tests.weakened", "method-weakened-tests", &all.map(|weakened| weakened.groups.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::change::{Marker, PathChange};
    use crate::facts::sample::{change, path};

    /// A file that gained or lost marks.
    fn marked(name: &str, marks: &[(&str, i32)]) -> PathChange {
        let rules = Rules::shipped();
        let marker = |(id, gained): &(&str, i32)| {
            let is = |at: &u16| rules.mark(*at).is_some_and(|mark| mark.id == *id);
            Marker { rule: rules.marks_of(name).into_iter().find(is).unwrap(), gained: *gained }
        };
        PathChange { markers: marks.iter().map(marker).collect(), ..path(name, 1, 1) }
    }

    fn weakens(paths: Vec<PathChange>) -> bool {
        let change = Change { paths: Some(paths), ..change('1', "2026-07-02T10:00:00Z") };
        Balance::of(&change).unwrap().weakens()
    }

    #[test]
    fn a_test_removed_or_no_longer_run_and_an_assertion_less_weaken() {
        assert!(weakens(vec![marked("a.rs", &[("rust-test", -1)])]));
        assert!(weakens(vec![marked("a.rs", &[("rust-skip", 1)])]));
        assert!(weakens(vec![marked("a_test.go", &[("go-assertion", -1)])]));
    }

    #[test]
    fn tests_added_or_run_again_do_not_weaken() {
        assert!(!weakens(vec![marked("a.rs", &[("rust-test", 1), ("rust-skip", -1), ("rust-assertion", 2)])]));
        assert!(!weakens(vec![path("src/a.rs", 1, 1)]));
    }

    #[test]
    fn a_test_that_moves_between_files_is_not_removed() {
        let gone = marked("a_test.go", &[("go-test", -2), ("go-assertion", -3)]);
        let came = marked("b_test.go", &[("go-test", 2), ("go-assertion", 3)]);
        assert!(!weakens(vec![gone.clone(), came]));
        assert!(weakens(vec![gone, marked("b_test.go", &[("go-test", 1), ("go-assertion", 3)])]));
    }

    #[test]
    fn what_nobody_wrote_is_not_the_changes_own() {
        let vendored = PathChange { origin: Origin::Vendored, ..marked("lib/a_test.go", &[("go-test", -2)]) };
        assert!(!weakens(vec![vendored]));
    }
}
