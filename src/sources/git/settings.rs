//! Settings of a commit's tree that switch AI marks off.
//!
//! Where such a setting stands, few marks say nothing about how much AI was used: the share cannot be audited. Settings are
//! read at the tip; those that people keep at home, or an administrator pushes, are not in the repository and not seen.

use gix::ObjectId;
use gix::bstr::ByteSlice as _;
use gix::objs::tree::EntryKind;
use gix::prelude::HeaderExt as _;
use serde_json::Value;

use super::rejections;
use crate::facts::change::SettingFound;
use crate::sources::yaml::limited;

/// Largest settings file or mailmap that is read: 4 MiB.
const LARGEST: u64 = 4 << 20;

/// A key by its path, and the value that switches the mark off.
type Off = (&'static [&'static str], &'static str);

/// A setting that switches marks off: files, and what must all stand in one of them.
struct Switch {
    files: &'static [&'static str],
    all: &'static [Off],
    /// The keys with any other value keep the mark on.
    unless: Option<&'static [&'static str]>,
    /// It certainly switches the marks on commits off; else a person has to look.
    certain: bool,
}

impl Switch {
    const fn of(files: &'static [&'static str], all: &'static [Off]) -> Self {
        Self { files, all, unless: None, certain: true }
    }

    const fn unclear(files: &'static [&'static str], all: &'static [Off]) -> Self {
        Self { certain: false, ..Self::of(files, all) }
    }
}

const CLAUDE: &[&str] = &[".claude/settings.json", ".claude/settings.local.json"];
const CURSOR: &[&str] = &[".cursor/cli-config.json", ".cursor/cli.json"];
const AIDER: &[&str] = &[".aider.conf.yml"];

const SWITCHES: &[Switch] = &[
    // Claude Code, deprecated in 2.0.62 but still read: https://github.com/anthropics/claude-code/issues/13516. The text of
    // `attribution` comes first where it is given: https://github.com/anthropics/claude-code/issues/45137
    Switch { unless: Some(&["attribution", "commit"]), ..Switch::of(CLAUDE, &[(&["includeCoAuthoredBy"], "false")]) },
    // Claude Code since 2.0.62: an empty text hides the mark. https://code.claude.com/docs/en/settings
    Switch::of(CLAUDE, &[(&["attribution", "commit"], "\"\"")]),
    // The same for the text of pull requests alone: commits keep their mark.
    Switch::unclear(CLAUDE, &[(&["attribution", "pr"], "\"\"")]),
    // Cursor: https://cursor.com/docs/cli/reference/configuration
    Switch::of(CURSOR, &[(&["attribution", "attributeCommitsToAgent"], "false")]),
    Switch::unclear(CURSOR, &[(&["attribution", "attributePRsToAgent"], "false")]),
    // Visual Studio Code: off, chatAndAgent or all. https://github.com/microsoft/vscode/pull/313931
    Switch::of(&[".vscode/settings.json"], &[(&["git.addAICoAuthor"], "\"off\"")]),
    // Codex: an empty text disables the trailer. https://developers.openai.com/codex/config-reference
    Switch::of(&[".codex/config.toml"], &[(&["commit_attribution"], "\"\"")]),
    // Aider marks by author, by committer or by trailer; only all three off leave no mark.
    // https://aider.chat/docs/config/options.html#git-settings
    Switch::of(
        AIDER,
        &[
            (&["attribute-author"], "false"),
            (&["attribute-committer"], "false"),
            (&["attribute-co-authored-by"], "false"),
        ],
    ),
    // Whether the trailer is then written depends on the version: it was off by default, and is on.
    Switch {
        unless: Some(&["attribute-co-authored-by"]),
        ..Switch::unclear(AIDER, &[(&["attribute-author"], "false"), (&["attribute-committer"], "false")])
    },
    // Copilot on the command line documents this key for a person's own settings; whether a repository may set it is not
    // documented. https://docs.github.com/en/copilot/reference/copilot-cli-reference/cli-config-dir-reference
    Switch::unclear(&[".github/copilot/settings.json"], &[(&["includeCoAuthoredBy"], "false")]),
    // Amp leaves a co-author and a thread; only both off leave no mark. https://ampcode.com/manual#configuration
    Switch::of(
        &[".amp/settings.json", ".vscode/settings.json"],
        &[(&["amp.git.commit.coauthor.enabled"], "false"), (&["amp.git.commit.ampThread.enabled"], "false")],
    ),
];

/// What the settings of a tree say about marks.
#[derive(Default)]
pub(super) struct Found {
    /// They switch marks off.
    pub(super) off: Vec<SettingFound>,
    /// They may: a person has to look.
    pub(super) unclear: Vec<SettingFound>,
    /// Files that are not valid in their format.
    pub(super) unreadable: u64,
}

impl Found {
    /// Says of each whether it stood in an earlier tree too.
    pub(super) fn since(mut self, before: Option<&Self>) -> Self {
        let Some(before) = before else { return self };
        let stood = |list: &[SettingFound], found: &SettingFound| {
            list.iter().any(|other| other.path == found.path && other.setting == found.setting)
        };
        for found in &mut self.off {
            found.stood_before = Some(stood(&before.off, found));
        }
        for found in &mut self.unclear {
            found.stood_before = Some(stood(&before.unclear, found));
        }
        self
    }
}

/// Bytes of a regular file in a tree; links are not followed.
pub(super) fn blob(repo: &gix::Repository, commit: ObjectId, path: &str) -> Option<Vec<u8>> {
    blob_up_to(repo, commit, path, LARGEST)
}

/// The same with another limit.
pub(super) fn blob_up_to(repo: &gix::Repository, commit: ObjectId, path: &str, largest: u64) -> Option<Vec<u8>> {
    let tree = repo.find_commit(commit).ok()?.tree().ok()?;
    let entry = tree.lookup_entry_by_path(path).ok()??;
    let regular = matches!(entry.mode().kind(), EntryKind::Blob | EntryKind::BlobExecutable);
    let id = entry.object_id();
    if !regular || repo.objects.header(id).ok()?.size() > largest {
        return None;
    }
    repo.find_object(id).ok().map(|object| object.detach().data)
}

/// Settings, jobs and hooks found, each list in the order of path and setting.
pub(super) fn read(repo: &gix::Repository, commit: ObjectId) -> Found {
    let mut found = Found::default();
    let mut files: Vec<&str> = SWITCHES.iter().flat_map(|switch| switch.files).copied().collect();
    files.sort_unstable();
    files.dedup();
    for file in files {
        let Some(bytes) = blob(repo, commit, file) else { continue };
        match parsed(file, &bytes.to_str_lossy()) {
            Some(value) => found.look(file, &bytes.to_str_lossy(), &value),
            None => found.unreadable += 1,
        }
    }
    for file in rejections::files(repo, commit) {
        let Some(bytes) = blob(repo, commit, &file) else { continue };
        let searches = rejections::searches(&file, &bytes.to_str_lossy());
        for (line, setting, certain) in searches {
            let at = SettingFound { path: file.clone(), line: u32::try_from(line).ok(), setting, stood_before: None };
            if certain { &mut found.off } else { &mut found.unclear }.push(at);
        }
    }
    found.off.sort();
    found.unclear.sort();
    found
}

impl Found {
    fn look(&mut self, file: &str, text: &str, value: &Value) {
        for switch in SWITCHES.iter().filter(|switch| switch.files.contains(&file)) {
            let at = |keys: &[&str]| keys.iter().try_fold(value, |value, key| value.get(key));
            let stands = |(keys, off): &Off| at(keys).map(Value::to_string).is_some_and(|value| value == *off);
            let kept = switch.unless.and_then(at).is_some_and(|other| *other != Value::String(String::new()));
            if kept || !switch.all.iter().all(stands) {
                continue;
            }
            let settings: Vec<String> =
                switch.all.iter().map(|(keys, off)| format!("{} = {off}", keys.join("."))).collect();
            let line = switch.all.first().and_then(|(keys, _)| line_of(text, keys));
            let setting = settings.join(", ");
            let found = SettingFound { path: file.to_owned(), line, setting, stood_before: None };
            if switch.certain { &mut self.off } else { &mut self.unclear }.push(found);
        }
    }
}

/// Reads a file by its ending.
fn parsed(file: &str, text: &str) -> Option<Value> {
    if text.trim().is_empty() {
        return Some(Value::Null);
    }
    let ending = file.rsplit('.').next();
    match ending {
        Some("toml") => toml::from_str(text).ok(),
        Some("yml" | "yaml") => yaml(text),
        _ => serde_json::from_str(&without_comments(text)).ok(),
    }
}

/// One YAML document, within the limits of a settings file.
pub(super) fn yaml(text: &str) -> Option<Value> {
    serde_saphyr::from_str_with_options(text, limited(100_000, 1_000)).ok()
}

/// Line of the last key, searched behind its parents: quoted in JSON, at the start of a line elsewhere.
fn line_of(text: &str, keys: &[&str]) -> Option<u32> {
    let quoted = keys.iter().try_fold(0, |from, key| text[from..].find(&format!("\"{key}\"")).map(|at| from + at));
    let number = match quoted {
        Some(at) => crate::error::line_column(text, at).0,
        None => 1 + text.lines().position(|line| keys.last().is_some_and(|key| line.trim_start().starts_with(key)))?,
    };
    u32::try_from(number).ok()
}

/// Editors allow comments and trailing commas in these files. Both become spaces, so that offsets stay.
fn without_comments(text: &str) -> String {
    let mut out: Vec<u8> = text.bytes().collect();
    let mut at = 0;
    let mut comma = None;
    while at < out.len() {
        let end = match out[at] {
            b'"' => {
                comma = None;
                string_end(&out, at)
            }
            b'/' if out.get(at + 1) == Some(&b'/') => blank(&mut out, at, "\n"),
            b'/' if out.get(at + 1) == Some(&b'*') => blank(&mut out, at, "*/"),
            byte => {
                match (byte, comma) {
                    (b'}' | b']', Some(before)) => out[before] = b' ',
                    (b',', _) => comma = Some(at),
                    (byte, _) if !byte.is_ascii_whitespace() => comma = None,
                    _ => {}
                }
                at + 1
            }
        };
        at = end;
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn string_end(text: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < text.len() {
        match text[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    text.len()
}

/// Blanks a comment and returns its end.
fn blank(text: &mut [u8], start: usize, until: &str) -> usize {
    let end = text[start..].find(until).map_or(text.len(), |at| start + at + until.len());
    for byte in text[start..end].iter_mut().filter(|byte| **byte != b'\n') {
        *byte = b' ';
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(file: &str, text: &str) -> Found {
        let mut found = Found::default();
        found.look(file, text, &parsed(file, text).unwrap());
        found
    }

    fn all(file: &str, text: &str) -> Vec<(Option<u32>, String)> {
        look(file, text).off.into_iter().map(|found| (found.line, found.setting)).collect()
    }

    #[test]
    fn each_switch_is_found_with_its_line() {
        let claude = "{\n  \"includeCoAuthoredBy\": false,\n  \"attribution\": {\n    \"commit\": \"\"\n  }\n}";
        assert_eq!(
            all(".claude/settings.json", claude),
            [(Some(2), "includeCoAuthoredBy = false".to_owned()), (Some(4), "attribution.commit = \"\"".to_owned())]
        );
        let cursor = "{\"attribution\": {\"attributeCommitsToAgent\": false}}";
        assert_eq!(all(".cursor/cli-config.json", cursor).len(), 1);
        let code = "{ // ours\n \"git.addAICoAuthor\": \"off\", /* why */ }";
        assert_eq!(all(".vscode/settings.json", code), [(Some(2), "git.addAICoAuthor = \"off\"".to_owned())]);
        let codex = "model = \"m\"\ncommit_attribution = \"\"\n";
        assert_eq!(all(".codex/config.toml", codex), [(Some(2), "commit_attribution = \"\"".to_owned())]);
    }

    #[test]
    fn a_mark_that_stays_on_is_no_finding() {
        for text in [
            "{\"includeCoAuthoredBy\": true, \"attribution\": {\"commit\": \"Made with AI\", \"pr\": \"\"}}",
            "{\"includeCoAuthoredBy\": false, \"attribution\": {\"commit\": \"Made with AI\"}}",
            "{\"note\": \"includeCoAuthoredBy: false\"} ",
            "// {\"includeCoAuthoredBy\": false}\n{}",
            "{\"attribution\": {\"sessionUrl\": false}}",
            "[]",
            "",
        ] {
            assert_eq!(all(".claude/settings.json", text), Vec::new(), "{text}");
        }
        assert_eq!(all(".codex/config.toml", "commit_attribution = \"Codex\""), Vec::new());
    }

    #[test]
    fn aider_and_amp_leave_no_mark_only_where_all_their_marks_are_off() {
        let three = "attribute-author: false\nattribute-committer: false\nattribute-co-authored-by: false\n";
        let found = all(".aider.conf.yml", three);
        assert_eq!((found.len(), found[0].0), (1, Some(1)));
        let two = look(".aider.conf.yml", "attribute-author: false\nattribute-committer: false\n");
        assert_eq!((two.off.len(), two.unclear.len()), (0, 1), "it depends on the version");
        let trailer = look(".aider.conf.yml", &three.replace("by: false", "by: true"));
        assert_eq!((trailer.off.len(), trailer.unclear.len()), (0, 0));
        let one = "{\"amp.git.commit.coauthor.enabled\": false}";
        assert_eq!(all(".amp/settings.json", one), Vec::new());
        let both = "{\"amp.git.commit.coauthor.enabled\": false, \"amp.git.commit.ampThread.enabled\": false}";
        assert_eq!(all(".amp/settings.json", both).len(), 1);
    }

    #[test]
    fn what_hides_marks_of_pull_requests_alone_is_to_be_looked_at() {
        let found = look(".claude/settings.json", "{\"attribution\": {\"pr\": \"\"}}");
        assert_eq!((found.off.len(), found.unclear.len()), (0, 1));
        let copilot = look(".github/copilot/settings.json", "{\"includeCoAuthoredBy\": false}");
        assert_eq!((copilot.off.len(), copilot.unclear.len()), (0, 1));
    }

    #[test]
    fn a_setting_says_whether_it_stood_when_the_period_began() {
        let off = "{\"includeCoAuthoredBy\": false}";
        let stood = |before: Option<&str>| {
            let before = before.map(|text| look(".claude/settings.json", text));
            look(".claude/settings.json", off).since(before.as_ref()).off[0].stood_before
        };
        assert_eq!([stood(Some(off)), stood(Some("{}")), stood(None)], [Some(true), Some(false), None]);
    }

    #[test]
    fn a_file_that_is_not_in_its_format_is_not_read_as_another() {
        for (file, text) in
            [(".claude/settings.json", "[\"a\""), (".codex/config.toml", "= ="), (".aider.conf.yml", "a: [")]
        {
            assert!(parsed(file, text).is_none(), "{file}");
        }
    }

    #[test]
    fn a_comment_sign_inside_a_text_is_text() {
        let text = "{\"a\": \"http://x/*\\\"\", \"includeCoAuthoredBy\": false,}";
        assert_eq!(all(".claude/settings.json", text).len(), 1);
    }

    proptest::proptest! {
        #[test]
        fn no_text_stops_the_comment_stripper(text in "[ -~\n\"\\\\/*,}é]{0,60}") {
            proptest::prop_assert_eq!(without_comments(&text).matches('\n').count(), text.matches('\n').count());
        }
    }
}
