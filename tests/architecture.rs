//! The one-way flow, held by reading the sources: inside one crate the compiler does not.

#![allow(clippy::expect_used, reason = "a test stops where its ground is missing")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use support::source::production;

/// What each top-level module may name. `Anything` is for the end that ties all together.
enum May {
    Name(&'static [&'static str]),
    Anything,
}

/// The vocabulary first, then the flow from left to right.
const FLOW: [(&str, May); 19] = [
    ("error", May::Name(&[])),
    ("message", May::Name(&[])),
    ("facts", May::Name(&[])),
    ("plan", May::Name(&["facts", "error"])),
    ("lang", May::Name(&["error"])),
    ("norms", May::Name(&["error"])),
    ("sources", May::Name(&["facts", "plan", "error"])),
    ("measures", May::Name(&["facts", "plan"])),
    ("checks", May::Name(&["measures", "norms", "plan", "facts", "message", "error"])),
    ("draft", May::Name(&["checks", "measures", "facts", "plan", "message"])),
    ("privacy", May::Name(&["draft", "checks", "measures", "facts", "plan", "message"])),
    ("report", May::Name(&["privacy", "checks", "norms", "lang", "plan", "message", "facts", "measures", "error"])),
    ("render", May::Name(&["report", "lang", "error"])),
    ("progress", May::Anything),
    ("run", May::Anything),
    ("cli", May::Anything),
    ("commands", May::Anything),
    ("main", May::Anything),
    ("lib", May::Anything),
];

/// The only things left of the gate that the report may name: none of them holds a person.
const REPORT_MAY_NAME: [&str; 8] = [
    "checks::Dimension",
    "checks::Evidence",
    "checks::Judged",
    "checks::Verdict",
    "facts::Input",
    "facts::Kind",
    "facts::Refused",
    "measures::surveillance::firewall::Path",
];

fn top(path: &str) -> &str {
    path.split('/').next().expect("a path has a first part").trim_end_matches(".rs")
}

/// Every `crate::…` path of a text, groups in braces spelt out.
fn named(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices("crate::") {
        let own = text[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric() && before != '_');
        if own {
            spell(&text[at + "crate::".len()..], "", &mut found);
        }
    }
    found
}

/// `a::{b, c::d} rest` gives `a::b` and `a::c::d`; the length that was read.
fn spell(text: &str, before: &str, found: &mut BTreeSet<String>) -> usize {
    let mut path = before.to_owned();
    let mut at = 0;
    loop {
        let word: String = text[at..].chars().take_while(|c| c.is_alphanumeric() || *c == '_' || *c == '*').collect();
        if !word.is_empty() && !path.is_empty() {
            path.push_str("::");
        }
        path.push_str(&word);
        at += word.len();
        if text[at..].starts_with("::") {
            at += 2;
            continue;
        }
        if !text[at..].starts_with('{') {
            found.insert(path);
            return at;
        }
        at += 1;
        loop {
            at += text[at..].chars().take_while(|c| c.is_whitespace() || *c == ',').count();
            if text[at..].starts_with('}') || at >= text.len() {
                return at + 1;
            }
            let read = spell(&text[at..], &path, found);
            assert!(read > 0, "cannot read {:?}", text[at..].lines().next());
            at += read;
        }
    }
}

#[test]
fn groups_in_braces_are_spelt_out() {
    let found = named("use crate::facts::{self, Input, change::{Mark, MarkClass}};\nlet x: crate::plan::Plan = y;");
    let expected = ["facts::Input", "facts::change::Mark", "facts::change::MarkClass", "facts::self", "plan::Plan"];
    assert_eq!(found, expected.map(str::to_owned).into());
}

#[test]
fn data_moves_one_way() {
    let mut wrong = Vec::new();
    for (path, text) in production() {
        let Some((_, May::Name(allowed))) = FLOW.iter().find(|(module, _)| *module == top(&path)) else { continue };
        for name in named(&text) {
            let module = name.split("::").next().expect("a path has a first part");
            if module != top(&path) && !allowed.contains(&module) {
                wrong.push(format!("{path} names {name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_module_has_its_place_in_the_flow() {
    let there: BTreeSet<String> = production().keys().map(|path| top(path).to_owned()).collect();
    let listed: BTreeSet<String> = FLOW.iter().map(|(module, _)| (*module).to_owned()).collect();
    assert_eq!(there, listed);
}

#[test]
fn the_flow_has_no_circle() {
    let mut before = BTreeSet::new();
    let mut left: BTreeMap<&str, &[&str]> = FLOW
        .iter()
        .filter_map(|(module, may)| match may {
            May::Name(names) => Some((*module, *names)),
            May::Anything => None,
        })
        .collect();
    while !left.is_empty() {
        let free: Vec<&str> = left
            .iter()
            .filter(|(_, names)| names.iter().all(|name| before.contains(name)))
            .map(|(name, _)| *name)
            .collect();
        assert!(!free.is_empty(), "{:?} name each other", left.keys());
        for module in free {
            left.remove(module);
            before.insert(module);
        }
    }
}

#[test]
fn nobody_climbs_out_of_a_module_by_super() {
    for (path, text) in production() {
        let depth = path.matches('/').count() + usize::from(!path.ends_with("/mod.rs"));
        if path.contains('/') {
            let climb = "super::".repeat(depth);
            assert!(!text.contains(&climb), "{path} reaches the root of the crate by {climb}");
        } else {
            assert!(!text.contains("super::"), "{path} names its neighbours by super::");
        }
    }
}

#[test]
fn the_plan_knows_of_the_facts_only_their_time() {
    for (path, text) in production().iter().filter(|(path, _)| top(path) == "plan") {
        let facts: Vec<String> = named(text).into_iter().filter(|name| name.starts_with("facts")).collect();
        assert!(facts.iter().all(|name| name.starts_with("facts::time::")), "{path}: {facts:?}");
    }
}

#[test]
fn the_report_names_only_what_holds_no_person() {
    for (path, text) in production().iter().filter(|(path, _)| top(path) == "report") {
        for name in named(text) {
            let left = ["facts", "measures", "checks"].contains(&name.split("::").next().unwrap_or(""));
            assert!(!left || REPORT_MAY_NAME.contains(&name.as_str()), "{path} names {name}");
        }
    }
    let sources = production();
    for file in ["checks/finding.rs", "checks/catalogue.rs", "facts/input.rs", "measures/surveillance/firewall.rs"] {
        // `Personnel` is a word of the Data Privacy Vocabulary.
        assert!(
            !sources[file].replace("Personnel", "").contains("Person"),
            "{file} holds a person, and the report names its types"
        );
    }
}

#[test]
fn people_do_not_exist_right_of_the_gate() {
    for (path, text) in production().iter().filter(|(path, _)| ["report", "render"].contains(&top(path))) {
        assert!(!text.contains("Person"), "{path}");
    }
}

#[test]
fn nothing_left_of_the_report_can_be_written_out() {
    for (path, text) in production() {
        if ["facts", "measures", "draft", "privacy"].contains(&top(&path)) {
            assert!(!text.contains("Serialize"), "{path} makes something that can be serialised");
        }
    }
}

#[test]
fn only_one_file_writes() {
    let writes = ["fs::write", "fs::rename", "fs::create_dir", "fs::remove", "fs::copy", "File::create", "OpenOptions"];
    for (path, text) in production() {
        for word in writes {
            assert!(path == "render/folder.rs" || !text.contains(word), "{path} says {word}");
        }
    }
}

#[test]
fn what_is_read_here_is_the_program_without_its_tests() {
    let sources = production();
    assert!(sources.len() > 100, "{}", sources.len());
    for (path, text) in &sources {
        assert!(!text.contains("#[test]") && !text.contains("mod tests"), "{path} still holds tests");
        assert!(
            text.contains("fn ")
                || text.contains("mod ")
                || text.contains("enum ")
                || text.contains("struct ")
                || text.contains("const "),
            "{path} lost its code"
        );
    }
    assert!(sources["checks/mod.rs"].contains("fn validate"));
}
