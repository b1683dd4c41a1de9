//! Settings at the audited tip that switch AI marks off.
//!
//! Where such a setting stands, few marks say nothing about how much AI was used: the share cannot be audited.

use gix::ObjectId;
use gix::bstr::ByteSlice as _;
use gix::objs::tree::EntryKind;
use gix::prelude::HeaderExt as _;
use serde_json::Value;

use crate::facts::change::SettingFound;

/// Largest settings file or mailmap that is read: 4 MiB.
const LARGEST: u64 = 4 << 20;

/// A setting that switches marks off: files, JSON path, and the value that does it.
struct Switch {
    files: &'static [&'static str],
    keys: &'static [&'static str],
    off: &'static str,
}

const SWITCHES: [Switch; 4] = [
    // Claude Code, deprecated in 2.0.62 but still read: https://github.com/anthropics/claude-code/issues/13516
    Switch {
        files: &[".claude/settings.json", ".claude/settings.local.json"],
        keys: &["includeCoAuthoredBy"],
        off: "false",
    },
    // Claude Code since 2.0.62: an empty text hides the mark. https://code.claude.com/docs/en/settings
    Switch {
        files: &[".claude/settings.json", ".claude/settings.local.json"],
        keys: &["attribution", "commit"],
        off: "\"\"",
    },
    // Cursor: https://cursor.com/docs/cli/reference/configuration
    Switch {
        files: &[".cursor/cli-config.json", ".cursor/cli.json"],
        keys: &["attribution", "attributeCommitsToAgent"],
        off: "false",
    },
    // Visual Studio Code: off, chatAndAgent or all. https://github.com/microsoft/vscode/pull/313931
    Switch { files: &[".vscode/settings.json"], keys: &["git.addAICoAuthor"], off: "\"off\"" },
];

/// Bytes of a regular file in a tree; links are not followed.
pub(super) fn blob(repo: &gix::Repository, commit: ObjectId, path: &str) -> Option<Vec<u8>> {
    let tree = repo.find_commit(commit).ok()?.tree().ok()?;
    let entry = tree.lookup_entry_by_path(path).ok()??;
    let regular = matches!(entry.mode().kind(), EntryKind::Blob | EntryKind::BlobExecutable);
    let id = entry.object_id();
    if !regular || repo.objects.header(id).ok()?.size() > LARGEST {
        return None;
    }
    repo.find_object(id).ok().map(|object| object.detach().data)
}

/// All settings found, in the order of path and setting.
pub(super) fn attribution_off(repo: &gix::Repository, tip: ObjectId) -> Vec<SettingFound> {
    let mut found = Vec::new();
    for switch in SWITCHES {
        for file in switch.files {
            let Some(bytes) = blob(repo, tip, file) else { continue };
            found.extend(switched(&switch, file, &bytes.to_str_lossy()));
        }
    }
    found.sort();
    found
}

fn switched(switch: &Switch, file: &str, text: &str) -> Option<SettingFound> {
    let json: Value = serde_json::from_str(&without_comments(text)).ok()?;
    let value = switch.keys.iter().try_fold(&json, |value, key| value.get(key))?;
    let written = value.to_string();
    if written != switch.off {
        return None;
    }
    let setting = format!("{} = {}", switch.keys.join("."), switch.off);
    Some(SettingFound { path: file.to_owned(), line: line_of(text, switch.keys), setting })
}

/// Line of the last key, searched behind its parents.
fn line_of(text: &str, keys: &[&str]) -> Option<u32> {
    let at = keys.iter().try_fold(0, |from, key| text[from..].find(&format!("\"{key}\"")).map(|at| from + at))?;
    u32::try_from(crate::error::line_column(text, at).0).ok()
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

    fn all(file: &str, text: &str) -> Vec<(Option<u32>, String)> {
        SWITCHES
            .iter()
            .filter(|switch| switch.files.contains(&file))
            .filter_map(|switch| switched(switch, file, text))
            .map(|found| (found.line, found.setting))
            .collect()
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
    }

    #[test]
    fn a_mark_that_stays_on_is_no_finding() {
        for text in [
            "{\"includeCoAuthoredBy\": true, \"attribution\": {\"commit\": \"Made with AI\", \"pr\": \"\"}}",
            "{\"note\": \"includeCoAuthoredBy: false\"} ",
            "// {\"includeCoAuthoredBy\": false}\n{}",
            "",
            "[\"attribution\"",
        ] {
            assert_eq!(all(".claude/settings.json", text), Vec::new(), "{text}");
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
