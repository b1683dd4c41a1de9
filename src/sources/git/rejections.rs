//! Jobs and commit hooks that turn away, or take out, registered AI marks.
//!
//! A file is text to be read, never a program to be run, so the reading is narrow. A search for a registered mark counts as
//! switching marks off only where the same step fails on a hit, or where a hook deletes the hit from the message. A search
//! whose outcome is not plain is for a person to look at; one that fails where the mark is *missing* asks for marks.

use gix::ObjectId;
use gix::bstr::ByteSlice as _;
use serde_json::Value;

use super::settings;
use crate::sources::attribution::Registry;

/// Folders whose files are read, and the endings that they must have.
const FOLDERS: [(&str, &[&str]); 3] =
    [(".github/workflows", &[".yml", ".yaml"]), (".husky", &[""]), (".githooks", &[""])];

/// Files at the root.
const FILES: [&str; 12] = [
    ".gitlab-ci.yml",
    ".pre-commit-config.yaml",
    ".commitlintrc",
    ".commitlintrc.cjs",
    ".commitlintrc.js",
    ".commitlintrc.json",
    ".commitlintrc.yaml",
    ".commitlintrc.yml",
    "commitlint.config.cjs",
    "commitlint.config.js",
    "commitlint.config.mjs",
    "commitlint.config.ts",
];

/// Most files of a folder that are read.
const MOST_FILES: usize = 1_000;

/// Lines after a search in which its outcome is looked for.
const REACH: usize = 25;

/// Words with which a line searches a text.
const SEARCHES: [&str; 12] =
    ["grep", "rg ", "=~", "[[", "case ", ".match(", ".test(", ".includes(", "contains(", "awk ", "sed ", "re.search("];

/// Where a search stands, what is said of it, and whether it certainly switches marks off.
pub(super) type Search = (usize, String, bool);

/// The files of a tree that may hold such a search.
pub(super) fn files(repo: &gix::Repository, commit: ObjectId) -> Vec<String> {
    let mut found: Vec<String> = FILES.iter().map(|file| (*file).to_owned()).collect();
    let tree = || repo.find_commit(commit).ok()?.tree().ok();
    for (folder, endings) in FOLDERS {
        let entry = tree().and_then(|tree| tree.lookup_entry_by_path(folder).ok().flatten());
        let Some(Ok(inner)) = entry.filter(|e| e.mode().is_tree()).map(|entry| repo.find_tree(entry.object_id()))
        else {
            continue;
        };
        let names = inner.iter().filter_map(Result::ok).filter(|entry| entry.mode().is_blob());
        let names = names.map(|entry| entry.filename().to_str_lossy().into_owned());
        let fitting = names.filter(|name| endings.iter().any(|ending| name.ends_with(ending)));
        found.extend(fitting.take(MOST_FILES).map(|name| format!("{folder}/{name}")));
    }
    found
}

/// The searches for registered marks in one file.
pub(super) fn searches(file: &str, text: &str) -> Vec<Search> {
    let hook = file.starts_with(".husky/") || file.starts_with(".githooks/");
    let lines: Vec<&str> = text.lines().collect();
    let mut found: Vec<Search> = Vec::new();
    if file == ".pre-commit-config.yaml" {
        found.extend(patterns_of_pre_commit(text));
    }
    for (at, line) in lines.iter().enumerate() {
        let Some(search) = search(line, at.checked_sub(1).and_then(|above| lines.get(above))) else { continue };
        let (outcome, searched) = (search.outcome(&lines[at + 1..], hook), search.searched);
        let mark = Registry::builtin().mark_in_pattern(searched);
        let (what, certain) = match (mark, outcome) {
            (Some(mark), Outcome::Fails) => (format!("fails on \"{mark}\""), true),
            (Some(mark), Outcome::Deletes) => (format!("deletes \"{mark}\""), true),
            (Some(mark), Outcome::Unclear) => (format!("searches for \"{mark}\""), false),
            // Every co-author, people too: it turns AI marks away with the rest, and perhaps for another reason.
            (None, Outcome::Fails) if searched.to_ascii_lowercase().contains("co-authored-by") => {
                ("fails on \"Co-authored-by\"".to_owned(), false)
            }
            // It asks for marks, or names none.
            (_, Outcome::Required) | (None, _) => continue,
        };
        found.push((at + 1, what, certain));
    }
    // One step often searches twice for the same mark.
    found.dedup_by(|b, a| a.1 == b.1);
    found
}

/// What follows from a hit.
enum Outcome {
    /// The step fails.
    Fails,
    /// The hit is taken out of the message.
    Deletes,
    /// The step fails where there is no hit.
    Required,
    /// It cannot be told.
    Unclear,
}

/// A line that searches: what stands before its last search, and that search with what follows it.
struct SearchLine<'a> {
    before: &'a str,
    searched: &'a str,
    /// It goes on with the condition of the line above.
    continued: bool,
}

/// Takes a line apart; comments and what is only printed search nothing.
fn search<'a>(line: &'a str, above: Option<&&str>) -> Option<SearchLine<'a>> {
    let code = line.trim_start().trim_start_matches("- ").trim_start_matches("run: ");
    let printed = ["#", "*", "//", "echo ", "printf "].iter().any(|word| code.starts_with(word));
    let at = SEARCHES.iter().filter_map(|word| code.rfind(word)).max().filter(|_| !printed)?;
    let above = above.map_or("", |line| line.trim_end());
    let continued = ["\\", "||", "&&", "|"].iter().any(|end| above.ends_with(end));
    Some(SearchLine { before: &code[..at], searched: &code[at..], continued })
}

impl SearchLine<'_> {
    fn outcome(&self, below: &[&str], hook: bool) -> Outcome {
        let Self { before, searched, continued } = *self;
        if searched.starts_with("sed ") {
            let deletes = hook && searched.contains("/d") && searched.contains("-i");
            return if deletes { Outcome::Deletes } else { Outcome::Unclear };
        }
        if self.is_counted_or_kept() {
            return Outcome::Unclear;
        }
        let on_hit = if self.is_inverted() { Outcome::Required } else { Outcome::Fails };
        let joined = |sign: &str| searched.split_once(sign).map(|(_, then)| then.trim()).filter(|then| *then != "\\");
        if let Some(then) = joined("||").filter(|then| !then.is_empty()) {
            return if fails(then) { Outcome::Required } else { Outcome::Unclear };
        }
        if joined("&&").or_else(|| joined("then ")).is_some_and(fails) {
            return on_hit;
        }
        let condition = continued || ["if ", "elif ", "while "].iter().any(|word| before.contains(word));
        let branch = below.iter().take(REACH).map(|line| line.trim()).take_while(|line| !ends_branch(line));
        if condition && branch.into_iter().any(fails) { on_hit } else { Outcome::Unclear }
    }

    /// The failure is on a missing hit: `if ! grep`, `if ! echo … | grep`, `[ -z "$(grep …)" ]`, `if (!text.includes(…))`.
    fn is_inverted(&self) -> bool {
        self.before.split_whitespace().any(|word| word == "!")
            || ["-z ", "(!"].iter().any(|sign| self.before.contains(sign))
    }

    /// The hits are counted, put into a variable or turned round, and judged elsewhere.
    fn is_counted_or_kept(&self) -> bool {
        let kept = self.before.contains("=$(") || self.before.contains("=\"$(") || self.before.contains("=`");
        let options = self.searched.split_whitespace().skip(1).take_while(|word| word.starts_with('-'));
        let short = options.filter(|word| !word.starts_with("--"));
        let turned = short.flat_map(str::chars).any(|letter| ['c', 'v', 'L'].contains(&letter));
        kept || turned || self.searched.contains("--invert-match") || self.searched.contains("--count")
    }
}

/// Where the branch of a condition ends.
fn ends_branch(line: &str) -> bool {
    let whole = ["fi", "else", "esac", "}", ";;"];
    let begins = ["elif ", "} else", "- name:", "else "];
    whole.contains(&line) || begins.iter().any(|begin| line.starts_with(begin))
}

/// Whether a line ends the step with a failure.
fn fails(line: &str) -> bool {
    let printed = line.starts_with("echo ") && !line.contains(';') || line.starts_with('#');
    let code = ["exit ", "return ", "process.exit("].iter().find_map(|word| line.split_once(word));
    let number = |(_, rest): (&str, &str)| rest.trim_start().starts_with(|c: char| ('1'..='9').contains(&c));
    !printed && (code.is_some_and(number) || line.contains("core.setFailed(") || line == "false")
}

/// Hooks of the language `pygrep` fail on what their entry matches, unless they are told to negate:
/// <https://pre-commit.com/#pygrep>.
fn patterns_of_pre_commit(text: &str) -> Vec<Search> {
    let Some(config) = settings::yaml(text) else { return Vec::new() };
    let list = |value: &Value, key: &str| value.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let hooks = list(&config, "repos").into_iter().flat_map(|repository| list(&repository, "hooks"));
    let mut found = Vec::new();
    for hook in hooks {
        let word = |key: &str| hook.get(key).and_then(Value::as_str).unwrap_or("");
        let negated = list(&hook, "args").iter().any(|argument| argument.as_str() == Some("--negate"));
        // Other stages look at the files that are committed, and not at the message.
        let message = list(&hook, "stages").iter().any(|stage| stage.as_str() == Some("commit-msg"));
        let Some(mark) = Registry::builtin().mark_in_pattern(word("entry")) else { continue };
        if word("language") == "pygrep" && !negated {
            let line = text.lines().position(|line| line.contains("entry:") && line.contains(word("entry").trim()));
            found.push((line.map_or(1, |at| at + 1), format!("fails on \"{mark}\""), message));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(file: &str, text: &str) -> Vec<(usize, String, bool)> {
        searches(file, text)
    }

    #[test]
    fn a_hook_that_fails_on_a_mark_is_found_with_the_line_and_the_mark() {
        let hook = "#!/bin/bash\n# Block Claude Code\nif grep -v '^#' \"$1\" | grep -q \"Co-Authored-By: Claude\"; then\n  echo \"no\"\n  exit 1\nfi\nexit 0\n";
        assert_eq!(of(".husky/commit-msg", hook), [(3, "fails on \"Co-authored-by: claude\"".to_owned(), true)]);
        let two = "if grep -q 'Co-Authored-By: Claude' \"$1\" || \\\n   grep -q 'Generated with.*Claude Code' \"$1\"; then\n  exit 1\nfi\n";
        let found = of(".husky/commit-msg", two);
        assert!(found.len() == 2 && found.iter().all(|found| found.2), "{found:?}");
        let inline = "if [[ \"$msg\" == *\"noreply@anthropic.com\"* ]]; then exit 1; fi\n";
        assert!(of(".husky/commit-msg", inline)[0].2);
        let short = "grep -qi 'noreply@anthropic\\.com' \"$1\" && exit 1\n";
        assert_eq!(of(".githooks/commit-msg", short), [(1, "fails on \"noreply@anthropic.com\"".to_owned(), true)]);
    }

    #[test]
    fn a_job_that_fails_on_a_mark_is_found() {
        let job = "jobs:\n  check:\n    steps:\n      - name: No AI\n        run: |\n          if git log --format=%B origin/main..HEAD | grep -Ei 'Generated with \\[Claude Code\\]'; then\n            echo \"::error::no\"\n            exit 1\n          fi\n";
        let found = of(".github/workflows/ci.yml", job);
        assert_eq!(found, [(6, "fails on \"generated with claude code\"".to_owned(), true)]);
        assert_eq!(of(".gitlab-ci.yml", job).len(), 1);
        let script = "if (/Co-Authored-By: Claude/i.test(body)) {\n  core.setFailed('no');\n}\n";
        assert_eq!(of(".github/workflows/ci.yml", script).len(), 0, "the pattern stands before the search");
    }

    #[test]
    fn a_hook_that_asks_for_a_mark_is_no_finding() {
        for hook in [
            "if ! grep -qi \"Co-Authored-By: Claude\" \"$1\"; then\n  exit 1\nfi\n",
            "grep -q 'Claude-Session:' \"$1\" || exit 1\n",
            "if ! echo \"$msg\" | grep -q 'Claude-Session:'; then\n  exit 1\nfi\n",
            "if [ -z \"$(git log | grep 'noreply@anthropic.com')\" ]; then\n  exit 1\nfi\n",
            "if [[ ! \"$msg\" =~ Co-Authored-By:.*Claude ]]; then\n  exit 1\nfi\n",
            "if ! grep -qi 'Co-Authored-By:' \"$1\"; then\n  echo 'Co-Authored-By: Claude <noreply@anthropic.com>'\n  exit 1\nfi\n",
        ] {
            assert_eq!(of(".husky/commit-msg", hook), Vec::new(), "{hook}");
        }
    }

    #[test]
    fn a_search_whose_outcome_is_not_plain_is_to_be_looked_at() {
        let count = "marked=$(git log --format=%B | grep -c 'Co-Authored-By: Claude')\necho \"$marked\"\n";
        assert_eq!(
            of(".github/workflows/count.yml", count),
            [(1, "searches for \"Co-authored-by: claude\"".to_owned(), false)]
        );
        let other_branch = "if grep -q 'Co-Authored-By: Claude' m; then\n  echo marked\nelse\n  exit 1\nfi\n";
        assert!(of(".husky/commit-msg", other_branch).iter().all(|found| !found.2));
        for unclear in [
            "if [ $(git log | grep -c 'Co-Authored-By: Claude') -eq 0 ]; then\n  exit 1\nfi\n",
            "marked=$(grep 'Co-Authored-By: Claude' m)\nif [ -z \"$marked\" ]; then\n  exit 1\nfi\n",
            "grep -q 'Co-Authored-By: Claude' m\nif [ $? -ne 0 ]; then\n  exit 1\nfi\n",
        ] {
            assert!(of(".husky/commit-msg", unclear).iter().all(|found| !found.2), "{unclear}");
        }
        let everybody = "if grep -qi 'Co-Authored-By' \"$1\"; then\n  exit 1\nfi\n";
        assert_eq!(of(".husky/commit-msg", everybody), [(1, "fails on \"Co-authored-by\"".to_owned(), false)]);
    }

    #[test]
    fn a_hook_that_deletes_the_mark_from_the_message_switches_it_off() {
        let hook = "sed -i '/^Co-Authored-By: Claude/d' \"$1\"\n";
        assert_eq!(of(".husky/commit-msg", hook), [(1, "deletes \"Co-authored-by: claude\"".to_owned(), true)]);
        let job = of(".github/workflows/notes.yml", hook);
        assert!(job.iter().all(|found| !found.2), "which text it edits is not known");
    }

    #[test]
    fn what_only_names_a_mark_is_no_finding() {
        for text in [
            "# grep 'Co-Authored-By: Claude' && exit 1\n",
            "git config user.email noreply@anthropic.com\nexit 1\n",
            "echo 'do not grep for Co-Authored-By: Claude'\nexit 1\n",
            "if grep -q 'Signed-off-by: Mia' m; then\n  exit 1\nfi\n",
        ] {
            assert_eq!(of(".husky/commit-msg", text), Vec::new(), "{text}");
        }
    }

    #[test]
    fn a_pygrep_hook_on_messages_fails_on_what_it_matches_unless_negated() {
        let config = |more: &str| {
            format!(
                "repos:\n- repo: local\n  hooks:\n  - id: no-ai\n    name: No AI\n    language: pygrep\n    entry: 'Co-Authored-By: Claude'\n{more}"
            )
        };
        let file = ".pre-commit-config.yaml";
        let found = of(file, &config("    stages: [commit-msg]\n"));
        assert_eq!(found, [(7, "fails on \"Co-authored-by: claude\"".to_owned(), true)]);
        assert!(!of(file, &config(""))[0].2, "it looks at files, not at the message");
        assert_eq!(of(file, &config("    stages: [commit-msg]\n    args: [--negate]\n")), Vec::new());
        assert_eq!(of(file, "repos: ["), Vec::new());
    }

    proptest::proptest! {
        #[test]
        fn no_text_stops_the_reader(text in "(grep|sed|exit 1|fi|else|Co-Authored-By: Claude|é|&&|\\|\\||[ -~]|\n){0,40}") {
            for file in [".husky/commit-msg", ".pre-commit-config.yaml", ".github/workflows/a.yml"] {
                let _ = searches(file, &text);
            }
        }
    }
}
