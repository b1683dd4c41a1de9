//! What one change reaches, by the shipped rules and the organisation's own map on top.

use std::collections::BTreeSet;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::facts::change::{OperationClass, PathChange};
use crate::facts::operation::{Rules, Tells};
use crate::facts::{Change, Register};

/// The class from which an operation reaches an environment or more.
pub const ENVIRONMENT: OperationClass = OperationClass::O3;

/// Below it, code that no rule knows may reach further than what the rules know.
const PROVEN: OperationClass = OperationClass::O2;

/// What one change reaches.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    /// Its class; `None` where its paths do not determine it.
    pub class: Option<OperationClass>,
    /// Ids of the rules by which it reaches an environment or more.
    pub rules: BTreeSet<String>,
    /// A whole environment was deleted.
    pub environment_deleted: bool,
    /// The organisation's own map classes it lower than the shipped rules do.
    pub lowered: bool,
}

impl Reach {
    /// Reaches an environment or more.
    pub fn is_environment_level(&self) -> bool {
        self.class.is_some_and(|class| class >= ENVIRONMENT)
    }
}

/// The id in print of a class that the organisation's own map gives.
const OWN_MAP: &str = "own-map";

/// The id in print of a deleted environment.
const DELETED: &str = "environment-deleted";

/// Rules ready for use.
pub(super) struct Classes {
    rules: &'static Rules,
    own: Vec<(GlobSet, OperationClass)>,
}

/// What one path tells.
#[derive(Default)]
struct Told {
    shipped: Option<OperationClass>,
    /// Rule and its class.
    rules: Vec<(String, OperationClass)>,
    own: Option<OperationClass>,
}

impl Classes {
    pub(super) fn of(register: Option<&Register>) -> Self {
        let entries = register.into_iter().flat_map(|register| &register.operations);
        let own = entries.map(|entry| (set(&entry.paths), entry.class)).collect();
        Self { rules: Rules::shipped(), own }
    }

    /// `None` when the paths of the change are not known.
    pub(super) fn reach(&self, change: &Change) -> Option<Reach> {
        let mut reach = Reach::default();
        let (mut shipped, mut undetermined) = (None, false);
        for path in change.paths.as_ref()? {
            let mut told = self.told(path);
            if self.is_deleted_environment(path) {
                reach.environment_deleted = true;
                told.add(DELETED, ENVIRONMENT);
            }
            shipped = shipped.max(told.shipped);
            reach.class = reach.class.max(told.class());
            undetermined |= told.class().is_none();
            let own = told.own.filter(|own| *own >= ENVIRONMENT).map(|_| OWN_MAP.to_owned());
            let by_rules = told.rules.into_iter().filter(|(_, class)| told.own.is_none() && *class >= ENVIRONMENT);
            reach.rules.extend(own.into_iter().chain(by_rules.map(|(rule, _)| rule)));
        }
        reach.lowered = shipped > reach.class;
        if undetermined && reach.class < Some(PROVEN) {
            reach.class = None;
        }
        Some(reach)
    }

    fn told(&self, path: &PathChange) -> Told {
        let mut told = Told::default();
        for rule in self.rules.of_path(&path.path) {
            told.add(&rule.id, rule.class);
        }
        for (marker, mark) in path.markers.iter().filter_map(|marker| Some((marker, self.rules.mark(marker.rule)?))) {
            if let Tells::Reach { class, when, .. } = mark.tells
                && when.counts(marker.gained)
            {
                told.add(&mark.id, class);
            }
        }
        told.own = self.own.iter().rev().find(|(paths, _)| paths.is_match(&path.path)).map(|(_, class)| *class);
        told
    }

    /// The file stood at the root of an environment, and nothing is left of its folder.
    fn is_deleted_environment(&self, path: &PathChange) -> bool {
        let by_path = || self.rules.of_path(&path.path).iter().any(|rule| rule.environment);
        let by_mark = || {
            let marks = path.markers.iter().filter_map(|marker| self.rules.mark(marker.rule));
            marks.into_iter().any(|mark| mark.tells == Tells::Environment)
        };
        path.folder_gone && (by_path() || by_mark())
    }
}

impl Told {
    fn add(&mut self, rule: &str, class: OperationClass) {
        self.shipped = self.shipped.max(Some(class));
        self.rules.push((rule.to_owned(), class));
    }

    fn class(&self) -> Option<OperationClass> {
        self.own.or(self.shipped)
    }
}

/// Patterns of one entry of the register; the register's reader refuses what is no pattern.
fn set(patterns: &[String]) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        if let Ok(glob) = GlobBuilder::new(pattern).literal_separator(true).build() {
            set.add(glob);
        }
    }
    set.build().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::change::{Marker, PathAction};
    use crate::facts::register::DeclaredOperation;
    use crate::facts::sample::{change, path};
    use OperationClass::{O0, O1, O2, O3};

    fn touching(paths: &[&str]) -> Change {
        let paths = paths.iter().map(|name| path(name, 1, 1)).collect();
        Change { paths: Some(paths), ..change('1', "2026-07-02T10:00:00Z") }
    }

    fn reach(paths: &[&str]) -> Reach {
        Classes::of(None).reach(&touching(paths)).unwrap()
    }

    /// A mark of a file, by the id of its rule.
    fn marker(path: &str, id: &str, gained: i32) -> Marker {
        let rules = Rules::shipped();
        let is = |at: &u16| rules.mark(*at).is_some_and(|mark| mark.id == id);
        Marker { rule: rules.marks_of(path).into_iter().find(is).unwrap(), gained }
    }

    fn own(entries: &[(&str, OperationClass)]) -> Register {
        let entry = |(glob, class): &(&str, OperationClass)| DeclaredOperation {
            line: 1,
            paths: vec![(*glob).to_owned()],
            class: *class,
            kind: None,
        };
        Register { operations: entries.iter().map(entry).collect(), ..Register::default() }
    }

    #[test]
    fn the_highest_rule_of_its_paths_decides() {
        assert_eq!(reach(&["README.md", "infra/prod/main.tf", "db/migrate/1_x.rb"]).class, Some(O3));
        assert_eq!(reach(&["README.md", "db/migrate/1_x.rb"]).class, Some(O2));
        assert_eq!(reach(&["README.md", "Cargo.lock"]).class, Some(O1));
        assert_eq!(reach(&["README.md", "tests/cart.rs"]).class, Some(O0));
        assert_eq!(reach(&["infra/prod/main.tf"]).rules, ["terraform".to_owned()].into());
    }

    #[test]
    fn code_that_no_rule_knows_is_not_determined_unless_something_proves_more() {
        assert_eq!(reach(&["src/main.rs"]).class, None);
        assert_eq!(reach(&["src/main.rs", "README.md", "Cargo.lock"]).class, None);
        assert_eq!(reach(&["src/main.rs", ".github/workflows/ci.yml"]).class, Some(O2));
        assert_eq!(reach(&[]).class, None);
    }

    #[test]
    fn paths_that_were_not_read_tell_nothing() {
        let unread = Change { paths: None, ..change('1', "2026-07-02T10:00:00Z") };
        assert_eq!(Classes::of(None).reach(&unread), None);
    }

    #[test]
    fn a_mark_raises_the_class_only_when_it_counts() {
        let with = |gained| {
            let mut change = touching(&["migrations/1_x.up.sql"]);
            let mark = marker("migrations/1_x.up.sql", "sql-drop", gained);
            change.paths.as_mut().unwrap()[0].markers.push(mark);
            Classes::of(None).reach(&change).unwrap()
        };
        assert_eq!((with(1).class, with(1).rules), (Some(O3), ["sql-drop".to_owned()].into()));
        assert_eq!((with(-1).class, with(-1).rules), (Some(O2), [].into()));
    }

    #[test]
    fn a_manifest_is_known_by_its_text() {
        let mut change = touching(&["deploy/app.yaml"]);
        change.paths.as_mut().unwrap()[0].markers.push(marker("deploy/app.yaml", "kubernetes-workload", 0));
        assert_eq!(Classes::of(None).reach(&change).unwrap().class, Some(O2));
        assert_eq!(reach(&["deploy/app.yaml"]).class, None);
    }

    /// Files of a folder deleted, gone with it or not.
    fn deleted(names: &[&str], folder_gone: bool) -> Reach {
        let mut change = touching(names);
        for path in change.paths.as_mut().unwrap() {
            (path.action, path.folder_gone) = (PathAction::Deleted, folder_gone);
        }
        Classes::of(None).reach(&change).unwrap()
    }

    #[test]
    fn an_environment_is_deleted_when_nothing_is_left_of_its_folder() {
        let all = ["envs/prod/main.tf", "envs/prod/outputs.tf"];
        let found = deleted(&all, true);
        assert!(found.environment_deleted && found.rules.contains("environment-deleted"));
        assert!(!deleted(&all, false).environment_deleted);
        assert!(!deleted(&["modules/vpc/main.tf"], true).environment_deleted, "a module is no environment");
        assert!(!deleted(&["src/old/main.rs"], true).environment_deleted);
        assert!(!deleted(&["examples/envs/prod/main.tf"], true).environment_deleted);
    }

    #[test]
    fn a_state_backend_shows_the_root_of_an_environment() {
        let mut change = touching(&["infra/main.tf"]);
        let path = &mut change.paths.as_mut().unwrap()[0];
        (path.action, path.folder_gone) = (PathAction::Deleted, true);
        path.markers.push(marker("infra/main.tf", "terraform-backend", -1));
        assert!(Classes::of(None).reach(&change).unwrap().environment_deleted);
    }

    #[test]
    fn the_own_map_raises_and_lowers_and_its_last_entry_decides() {
        let by = |entries: &[(&str, OperationClass)], paths: &[&str]| {
            Classes::of(Some(&own(entries))).reach(&touching(paths)).unwrap()
        };
        let raised = by(&[("deploy/**", O3)], &["deploy/run.sh"]);
        assert_eq!((raised.class, raised.lowered, raised.rules), (Some(O3), false, ["own-map".to_owned()].into()));
        let lowered = by(&[("infra/**", O1)], &["infra/prod/main.tf"]);
        assert_eq!((lowered.class, lowered.lowered, lowered.rules), (Some(O1), true, [].into()));
        assert_eq!(by(&[("**", O1), ("infra/prod/**", O3)], &["infra/prod/main.tf"]).class, Some(O3));
        // Another path of the same change keeps its class, so that nothing was lowered.
        let both = by(&[("infra/dev/**", O1)], &["infra/dev/main.tf", "infra/prod/main.tf"]);
        assert_eq!((both.class, both.lowered), (Some(O3), false));
    }

    #[test]
    fn lowering_beside_code_that_no_rule_knows_is_still_lowering() {
        let classes = Classes::of(Some(&own(&[("infra/**", O1)])));
        let found = classes.reach(&touching(&["infra/prod/main.tf", "src/main.rs"])).unwrap();
        assert_eq!((found.class, found.lowered), (None, true));
    }
}
