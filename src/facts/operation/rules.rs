//! The rules, compiled once.

use std::sync::LazyLock;

use globset::{Candidate, GlobBuilder, GlobSet, GlobSetBuilder};
use regex::bytes::{Regex, RegexBuilder};

use super::rows::{Mark, MarkRows, PathRows, PathRule, Tells};
use crate::facts::change::OperationClass;

static SHIPPED: LazyLock<Rules> = LazyLock::new(|| {
    // The tests hold that both files are right; where one is not, nothing is found, and nothing is classed.
    let paths = toml::from_str(include_str!("paths.toml")).unwrap_or_default();
    let marks = toml::from_str(include_str!("marks.toml")).unwrap_or_default();
    Rules::of(&paths, &marks).unwrap_or_default()
});

/// Rules of paths and of marks.
#[derive(Debug, Default)]
pub struct Rules {
    paths: Vec<PathRule>,
    marks: Vec<Mark>,
    path_globs: Globs,
    mark_globs: Globs,
    apart: GlobSet,
}

/// Patterns of many rules in one set.
#[derive(Debug, Default)]
struct Globs {
    set: GlobSet,
    /// Rule of each pattern, and whether it leaves the rule out.
    owner: Vec<(u16, bool)>,
}

impl Rules {
    /// The shipped rules.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// `None` where a row cannot be used.
    fn of(paths: &PathRows, marks: &MarkRows) -> Option<Self> {
        let path = |row: &super::rows::PathRow| PathRule {
            id: row.id.clone(),
            kind: row.kind,
            class: row.class.class(),
            environment: row.environment,
        };
        let mark = |row: &super::rows::MarkRow| {
            Some(Mark { id: row.id.clone(), tells: row.tells()?, text: text(&row.text).ok()? })
        };
        let mut apart = GlobSetBuilder::new();
        for pattern in &paths.apart.globs {
            apart.add(glob(pattern).ok()?);
        }
        Some(Self {
            paths: paths.path.iter().map(path).collect(),
            marks: marks.mark.iter().map(mark).collect::<Option<_>>()?,
            path_globs: Globs::of(paths.path.iter().map(|row| (&row.globs, &row.unless)))?,
            mark_globs: Globs::of(marks.mark.iter().map(|row| (&row.globs, &row.unless)))?,
            apart: apart.build().ok()?,
        })
    }

    /// Rules that hold for a path, in the order of the table.
    pub fn of_path(&self, path: &str) -> Vec<&PathRule> {
        let candidate = Candidate::new(path);
        let found = self.path_globs.rules(&candidate);
        let apart = found.iter().any(|at| reaches(self.paths[usize::from(*at)].class)) && self.is_apart(&candidate);
        let rules = found.into_iter().map(|at| &self.paths[usize::from(at)]);
        rules.filter(|rule| !(apart && reaches(rule.class))).collect()
    }

    /// Positions of the marks to look for in a file.
    pub fn marks_of(&self, path: &str) -> Vec<u16> {
        let candidate = Candidate::new(path);
        let mut found = self.mark_globs.rules(&candidate);
        let runs = |tells: Tells| matches!(tells, Tells::Reach { .. } | Tells::Environment);
        if found.iter().any(|at| runs(self.marks[usize::from(*at)].tells)) && self.is_apart(&candidate) {
            found.retain(|at| !runs(self.marks[usize::from(*at)].tells));
        }
        found
    }

    /// The mark at a position of the table.
    pub fn mark(&self, at: u16) -> Option<&Mark> {
        self.marks.get(usize::from(at))
    }

    fn is_apart(&self, path: &Candidate<'_>) -> bool {
        self.apart.is_match_candidate(path)
    }
}

/// Classes of operations that act on something that runs.
fn reaches(class: OperationClass) -> bool {
    class >= OperationClass::O2
}

impl Globs {
    fn of<'a>(rows: impl Iterator<Item = (&'a Vec<String>, &'a Vec<String>)>) -> Option<Self> {
        let (mut set, mut owner) = (GlobSetBuilder::new(), Vec::new());
        for (at, (globs, unless)) in rows.enumerate() {
            let at = u16::try_from(at).ok()?;
            for (patterns, leaves_out) in [(globs, false), (unless, true)] {
                for pattern in patterns {
                    set.add(glob(pattern).ok()?);
                    owner.push((at, leaves_out));
                }
            }
        }
        Some(Self { set: set.build().ok()?, owner })
    }

    /// Rules that hold, in order and once each.
    fn rules(&self, path: &Candidate<'_>) -> Vec<u16> {
        let hits = self.set.matches_candidate(path);
        if hits.is_empty() {
            return Vec::new();
        }
        let pick = |leaves_out: bool| {
            hits.iter().map(|at| self.owner[*at]).filter(move |owner| owner.1 == leaves_out).map(|owner| owner.0)
        };
        let mut found: Vec<u16> = pick(false).filter(|rule| !pick(true).any(|out| out == *rule)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn glob(pattern: &str) -> Result<globset::Glob, globset::Error> {
    GlobBuilder::new(pattern).literal_separator(true).build()
}

/// `^` and `$` are the ends of a line; a line may end in a carriage return.
fn text(pattern: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(pattern).unicode(false).multi_line(true).crlf(true).build()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::facts::operation::OperationKind;
    use crate::facts::operation::rows::{MarkRow, PathRow};

    fn paths() -> Vec<PathRow> {
        toml::from_str::<PathRows>(include_str!("paths.toml")).unwrap().path
    }

    fn marks() -> Vec<MarkRow> {
        toml::from_str::<MarkRows>(include_str!("marks.toml")).unwrap().mark
    }

    fn ids(path: &str) -> Vec<&'static str> {
        Rules::shipped().of_path(path).into_iter().map(|rule| rule.id.as_str()).collect()
    }

    #[test]
    fn every_row_compiles_and_no_two_share_an_id() {
        let rules = Rules::shipped();
        assert_eq!((rules.paths.len(), rules.marks.len()), (paths().len(), marks().len()));
        let ids: BTreeSet<String> =
            paths().into_iter().map(|r| r.id).chain(marks().into_iter().map(|r| r.id)).collect();
        assert_eq!(ids.len(), paths().len() + marks().len());
    }

    #[test]
    fn every_rule_of_a_path_finds_its_example_and_not_what_looks_alike() {
        for row in paths() {
            assert!(ids(&row.matches).contains(&row.id.as_str()), "{} {}", row.id, row.matches);
            assert!(!ids(&row.but_not).contains(&row.id.as_str()), "{} {}", row.id, row.but_not);
        }
    }

    #[test]
    fn every_mark_finds_its_example_and_not_what_looks_alike() {
        for (row, mark) in marks().into_iter().zip(&Rules::shipped().marks) {
            // Among other lines, also with the ends of lines of another system.
            for end in ["\n", "\r\n"] {
                let among = |line: &str| format!("first{end}{line}{end}last{end}");
                assert_eq!(mark.count(among(&row.matches).as_bytes()), 1, "{} {}", row.id, row.matches);
                assert_eq!(mark.count(among(&row.but_not).as_bytes()), 0, "{} {}", row.id, row.but_not);
            }
        }
    }

    #[test]
    fn every_row_names_where_its_convention_is_documented() {
        let sources =
            paths().into_iter().map(|r| (r.id, r.source)).chain(marks().into_iter().map(|r| (r.id, r.source)));
        for (id, source) in sources {
            assert!(source.starts_with("https://"), "{id}");
            assert!(id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{id}");
        }
    }

    #[test]
    fn only_rows_of_reach_have_a_class_and_those_that_do_not_run_are_low() {
        for row in marks() {
            let reach = matches!(row.tells(), Some(Tells::Reach { .. }));
            assert_eq!(reach, row.class.is_some() && row.kind.is_some() && row.when.is_some(), "{}", row.id);
            assert!(row.tells().is_some(), "{}", row.id);
        }
        for rule in &Rules::shipped().paths {
            let low = matches!(rule.kind, OperationKind::LockFile | OperationKind::Tests | OperationKind::Docs);
            assert_eq!(low, !reaches(rule.class), "{}", rule.id);
        }
    }

    #[test]
    fn what_lies_in_an_example_a_test_or_a_vendored_folder_is_no_environment() {
        for folder in ["examples", "test/fixtures", "vendor/module", "docs", "a/testdata/b"] {
            let path = format!("{folder}/environments/prod/main.tf");
            let found = Rules::shipped().of_path(&path);
            assert!(found.iter().all(|rule| rule.class == OperationClass::O0), "{path}: {found:?}");
            assert!(Rules::shipped().marks_of(&path).is_empty(), "{path}");
        }
        assert_eq!(ids("environments/prod/main.tf"), ["terraform", "terraform-environment"]);
    }

    #[test]
    fn application_code_has_no_rule() {
        for path in ["src/main.rs", "app/models/order.rb", "web/index.tsx", "Dockerfile", "config/app.yaml", "go.mod"] {
            assert_eq!(ids(path), [""; 0], "{path}");
        }
    }

    #[test]
    fn a_rollback_drops_what_the_step_forward_made_and_is_left_out() {
        let looked_for = |path: &str| {
            let rules = Rules::shipped();
            rules.marks_of(path).into_iter().any(|at| rules.mark(at).is_some_and(|mark| mark.id == "sql-drop"))
        };
        assert!(looked_for("migrations/0001_orders.up.sql"));
        assert!(!looked_for("migrations/0001_orders.down.sql") && !looked_for("migrations/0001/down.sql"));
    }

    #[test]
    fn marks_of_tests_are_looked_for_among_tests() {
        let rules = Rules::shipped();
        let tells: Vec<Tells> =
            rules.marks_of("tests/test_cart.py").iter().filter_map(|at| rules.mark(*at)).map(|m| m.tells).collect();
        assert_eq!(tells, [Tells::Test, Tells::Skip, Tells::Assertion]);
    }
}
