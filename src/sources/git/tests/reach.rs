//! What a change reaches: marks in its files, folders that are gone, lines that nobody wrote.

use super::*;
use crate::facts::change::Origin::{self, Generated, Vendored, Written};
use crate::facts::operation::Rules;

fn origins(facts: &Facts) -> Vec<(&str, Origin)> {
    let paths = facts.changes.iter().flat_map(|change| change.paths.as_deref().unwrap());
    paths.filter(|path| !path.path.ends_with(".gitattributes")).map(|path| (path.path.as_str(), path.origin)).collect()
}

/// Files by path, in one commit.
fn files(all: &[(&str, &str)]) -> String {
    all.iter().map(|(path, text)| file(path, text)).collect()
}

/// Deleted paths of the newest commit whose folder is gone.
fn gone(before: &[(&str, &str)], then: &str) -> Vec<String> {
    let stream = Stream::default().on(0, 1, "root", &files(before)).on(1, 2, "next", then);
    let facts = Fixture::new(&stream.0).facts();
    let paths = facts.changes[0].paths.clone().unwrap();
    paths.into_iter().filter(|path| path.folder_gone).map(|path| path.path).collect()
}

#[test]
fn attributes_of_the_tip_say_which_lines_nobody_wrote() {
    let attributes = "*.gen.go linguist-generated\n/lib/** linguist-vendored=true\nlib/own.js -linguist-vendored\n\
                      both.c linguist-generated linguist-vendored\nkept.go linguist-generated=false\n";
    let paths = ["a.gen.go", "both.c", "kept.go", "lib/own.js", "lib/x/jquery.js", "plain.go"];
    let tree: Vec<_> = paths.iter().map(|path| (*path, "x\n")).collect();
    // The file arrives last, and holds for all that came before.
    let stream = Stream::default().on(0, 1, "root", &files(&tree)).on(1, 2, "x", &file(".gitattributes", attributes));
    let expected = [Generated, Generated, Written, Written, Vendored, Written];
    assert_eq!(origins(&Fixture::new(&stream.0).facts()), paths.into_iter().zip(expected).collect::<Vec<_>>());
}

#[test]
fn the_nearest_file_and_its_last_line_decide() {
    let tree = [
        (".gitattributes", "[attr]made linguist-generated\n*.c made\n!x.c -made\n"),
        ("a/.gitattributes", "*.c -linguist-generated\ny.c linguist-generated\ny.c -linguist-generated\n/z.c made\n"),
        ("a/b/.gitattributes", "[attr]other linguist-generated\nw.c other\nx.c !linguist-generated\n"),
        ("a/b/deep.c", ""),
        ("a/b/w.c", ""),
        ("a/y.c", ""),
        ("a/z.c", ""),
        ("ab/n.c", ""),
        ("x.c", ""),
    ];
    let facts = Fixture::new(&Stream::default().on(0, 1, "root", &files(&tree)).0).facts();
    let expected = [
        ("a/b/deep.c", Written),
        ("a/b/w.c", Written),
        ("a/y.c", Written),
        ("a/z.c", Generated),
        ("ab/n.c", Generated),
        ("x.c", Generated),
    ];
    assert_eq!(origins(&facts), expected);
}

#[test]
fn a_link_in_the_place_of_the_attributes_is_not_followed() {
    let link = "M 120000 inline .gitattributes\ndata 6\nrules\n\n";
    let tree = files(&[("a.c", "x\n"), ("rules", "*.c linguist-generated\n")]);
    let facts = Fixture::new(&Stream::default().on(0, 1, "root", &format!("{tree}{link}")).0).facts();
    assert!(origins(&facts).iter().all(|(_, origin)| *origin == Written));
    assert_eq!(refusals(&facts), []);
}

#[test]
fn generated_lines_are_no_lines_of_a_change() {
    let tree = files(&[(".gitattributes", "*.lock linguist-generated\n"), ("a.lock", "1\n2\n3\n"), ("b", "1\n")]);
    let facts = Fixture::new(&Stream::default().on(0, 1, "root", &tree).0).facts();
    assert_eq!(facts.changes[0].lines(), Some(2));
}

#[test]
fn a_folder_of_which_nothing_is_left_is_gone_and_one_that_keeps_a_file_is_not() {
    let before = [("envs/prod/main.tf", "a\n"), ("envs/prod/x/y.tf", "b\n"), ("envs/test/main.tf", "c\n")];
    assert_eq!(gone(&before, "D envs/prod\n"), ["envs/prod/main.tf", "envs/prod/x/y.tf"]);
    assert_eq!(gone(&before, "D envs/prod/main.tf\n"), [""; 0]);
    assert_eq!(gone(&before, "D envs/prod/x/y.tf\n"), ["envs/prod/x/y.tf"]);
    assert_eq!(gone(&before, "D envs\n").len(), 3);
}

#[test]
fn a_folder_that_moved_is_not_gone() {
    let before = [("envs/prod/main.tf", "a\n"), ("envs/prod/vars.tf", "b\n"), ("envs/prod/out.tf", "c\n")];
    assert_eq!(gone(&before, "R envs/prod environments/prod\n"), [""; 0]);
    let edited = format!("R envs/prod live/prod\n{}", file("live/prod/main.tf", "other\n"));
    assert_eq!(gone(&before, &edited), [""; 0], "most of it arrived as it was");
    let kept_one = format!("R envs/prod/main.tf old/main.tf\n{}", "D envs/prod\n");
    assert_eq!(gone(&before, &kept_one).len(), 3, "a third of it did");
}

#[test]
fn a_file_of_the_root_has_no_folder_that_could_go() {
    assert_eq!(gone(&[("a", "x\n"), ("b", "y\n")], "D a\n"), [""; 0]);
}

#[test]
fn marks_are_counted_in_the_text_of_changed_files() {
    let test = "#[test]\nfn a() {\n    assert!(true);\n}\n";
    let stream = Stream::default()
        .on(0, 1, "root", &files(&[("src/a.rs", test), ("src/b.bin", "\0#[test]\n")]))
        .on(1, 2, "skip", &file("src/a.rs", &format!("#[ignore]\n{test}")))
        .on(2, 3, "gone", "D src/a.rs\n");
    let facts = Fixture::new(&stream.0).facts();
    let marks = |at: usize| -> Vec<(&str, i32)> {
        let paths = facts.changes[at].paths.as_ref().unwrap();
        let found = paths.iter().flat_map(|path| &path.markers);
        found.map(|m| (Rules::shipped().mark(m.rule).unwrap().id.as_str(), m.gained)).collect()
    };
    assert_eq!(marks(2), [("rust-test", 1), ("rust-assertion", 1)]);
    assert_eq!(marks(1), [("rust-skip", 1)]);
    assert_eq!(marks(0), [("rust-test", -1), ("rust-skip", -1), ("rust-assertion", -1)]);
}
