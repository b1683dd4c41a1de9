//! The program's own sources, for the tests that hold their shape.

use std::collections::BTreeMap;
use std::path::Path;

/// Every source file by its path below `src`, without comments and without test code.
pub(crate) fn production() -> BTreeMap<String, String> {
    let all = super::tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let code =
        all.into_iter().filter(|(path, _)| Path::new(path).extension().is_some_and(|e| e == "rs") && !is_test(path));
    code.map(|(path, bytes)| (path, without_tests(&String::from_utf8(bytes).expect("sources are text")))).collect()
}

/// Files that are compiled for tests alone.
fn is_test(path: &str) -> bool {
    let mut parts = path.split('/');
    parts.any(|part| matches!(part, "tests" | "tests.rs" | "sample" | "sample.rs") || part.ends_with("_tests.rs"))
}

/// Drops comments, and every item behind `#[cfg(test)]`; such an item ends at the first line that closes it at its own
/// depth.
fn without_tests(text: &str) -> String {
    let mut kept = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let code = line.trim_start();
        if code.starts_with("//") {
            continue;
        }
        if code != "#[cfg(test)]" {
            kept.push_str(line);
            kept.push('\n');
            continue;
        }
        let depth = line.len() - code.len();
        let close = format!("{}}}", " ".repeat(depth));
        for inside in lines.by_ref() {
            if inside == close || (inside.ends_with(';') && inside.len() - inside.trim_start().len() == depth) {
                break;
            }
        }
    }
    kept
}
