//! Records about AI use beside the commits, and what turns marks off.

use super::*;
use crate::facts::record::{Notes, Traces};

const AUTHOR: [&str; 4] = ["-c", "user.name=x", "-c", "user.email=x@x.example"];

/// A record of a session of this tool, directed by a person, with what was said.
fn record(tool: &str) -> String {
    format!(
        "a\n  s_c9883b05a2487d::t_9f8e7d6c5b4a32 1\n---\n{{\"schema_version\":\"authorship/3.0.0\",\"prompts\":{{\"p\":{{\
         \"agent_id\":{{\"tool\":\"{tool}\"}},\"human_author\":\"Mia <mia@harbour.example>\",\
         \"messages\":[{{\"type\":\"user\",\"text\":\"secret\"}}]}}}}}}"
    )
}

fn two_commits() -> Fixture {
    Fixture::new(&Stream::default().on(0, 1, "a", &file("a", "a\n")).on(1, 2, "b", &file("b", "b\n")).0)
}

#[test]
fn records_under_older_references_mark_their_commits_and_are_counted_apart() {
    let fixture = two_commits();
    let tip = fixture.word(&["rev-parse", "main"]);
    let blob = String::from_utf8(fixture.git(&["hash-object", "-w", "--stdin"], record("cursor").as_bytes())).unwrap();
    for commit in [tip, format!("{:040x}", 1)] {
        fixture.git(&["update-ref", &format!("refs/ai/authorship/{commit}"), blob.trim()], b"");
    }
    let note = ["notes", "--ref", "refs/notes/ai-remote/origin", "add", "-m", &record("claude"), "main~1"];
    fixture.git(&[&AUTHOR[..], &note].concat(), b"");
    let facts = fixture.facts();
    let repository = &facts.repositories[0];
    assert_eq!(repository.notes, None);
    assert_eq!(repository.older_notes, Some(Notes { records: 3, on_history: 2, transcripts: 3, people: 3, links: 0 }));
    let tools: Vec<_> = facts.changes.iter().map(|change| change.marks[0].tool.as_str()).collect();
    assert_eq!(tools, ["cursor", "claude"]);
    assert!(!format!("{facts:?}").contains("secret") && !format!("{facts:?}").contains("mia@harbour"));
}

#[test]
fn a_bundle_and_a_stream_carry_notes() {
    let fixture = two_commits();
    fixture.git(&[&AUTHOR[..], &["notes", "--ref", "ai", "add", "-m", &record("claude"), "main"]].concat(), b"");
    fixture.git(&["bundle", "create", "-q", "../b.bundle", "--all"], b"");
    fs::write(fixture.path("s.fi"), fixture.git(&["fast-export", "--all"], b"")).unwrap();
    let facts =
        fixture.read(&["path = \"r.git\"", "path = \"b.bundle\"", "path = \"s.fi\"\nbranch = \"main\""]).unwrap();
    let expected = Notes { records: 1, on_history: 1, transcripts: 1, people: 1, links: 0 };
    assert!(facts.repositories.iter().all(|repository| repository.notes == Some(expected)), "{:?}", facts.repositories);
    assert!(facts.inputs.iter().all(|input| input.sha256 == facts.inputs[0].sha256));
}

#[test]
fn a_note_that_holds_no_record_is_a_note_and_a_refusal() {
    let fixture = two_commits();
    for (commit, text) in [("main", "somebody's remark"), ("main~1", "a\n---\n{\"prompts\":")] {
        fixture.git(&[&AUTHOR[..], &["notes", "--ref", "ai", "add", "-m", text, commit]].concat(), b"");
    }
    let facts = fixture.facts();
    assert_eq!(facts.repositories[0].notes.map(|notes| (notes.records, notes.on_history)), Some((2, 2)));
    assert_eq!(refusals(&facts), [(RefusalReason::Unreadable, 2)]);
}

#[test]
fn agent_traces_at_the_tip_attribute_the_change_on_top_of_their_revision() {
    let fixture = two_commits();
    let first = fixture.word(&["rev-parse", "main~1"]);
    let trace = |revision: &str| {
        format!(
            "{{\"version\":\"0.1.0\",\"id\":\"1\",\"timestamp\":\"2026-08-01T00:00:00Z\",\"vcs\":{{\"type\":\"git\",\
             \"revision\":\"{revision}\"}},\"tool\":{{\"name\":\"cursor\",\"version\":\"2\"}},\"files\":[{{\"path\":\"b\",\
             \"conversations\":[{{\"url\":\"file:///home/mia/secret\",\"contributor\":{{\"type\":\"ai\"}},\
             \"ranges\":[{{\"start_line\":1,\"end_line\":1}}]}}]}}]}}\n"
        )
    };
    let lines = format!("{}{}no record\n", trace(&first), trace(&"9".repeat(40)));
    let add = format!("from refs/heads/main^0\n{}", file(".agent-trace/traces.jsonl", &lines));
    fixture.git(&["fast-import", "--quiet"], &Stream::default().on(2, 1, "c", &add).0);
    let facts = fixture.facts();
    assert_eq!(facts.repositories[0].traces, Some(Traces { records: 2, on_history: 1, conversations: 2 }));
    let marked: Vec<_> = facts.changes.iter().map(|change| change.marks.len()).collect();
    assert_eq!(marked, [0, 1, 0]);
    assert_eq!(facts.changes[1].marks[0].channel, Channel::Trace);
    assert_eq!(refusals(&facts), [(RefusalReason::Unreadable, 1)]);
    assert!(!format!("{facts:?}").contains("secret"));
    assert_eq!(two_commits().facts().repositories[0].traces, None);
}

#[test]
fn kept_conversations_are_counted_by_name_and_not_opened() {
    let at = format!("{AUGUST} +0000");
    let kept = [
        file(".specstory/history/2026/01/2026-01-22_19-20-56Z-fix.md", "secret"),
        file(".specstory/history/.what-is-this.md", "help"),
        file(".specstory/history/notes.txt", "x"),
        file(".aider.chat.history.md", "secret"),
    ];
    let entire = [
        file("a3/b2c4d5e6f7/metadata.json", "{}"),
        file("a3/b2c4d5e6f7/0/full.jsonl", "secret"),
        file("a3/b2c4d5e6f7/0/full.jsonl.001", "secret"),
        file("a3/b2c4d5e6f7/0/prompt.txt", "secret"),
    ];
    let stream = Stream::default().on(0, 1, "a", &kept.concat()).commit(
        "entire/checkpoints/v1",
        2,
        MIA,
        &at,
        "Checkpoint",
        &entire.concat(),
    );
    let fixture = Fixture::new(&stream.0);
    let read = |facts: &Facts| {
        let stores = &facts.repositories[0].transcripts;
        stores.iter().map(|store| (store.place, store.files)).collect::<Vec<_>>()
    };
    let expected = [(".specstory/history", 1), (".aider.chat.history.md", 1), ("entire/checkpoints/v1", 3)];
    assert_eq!(read(&fixture.facts()), expected);
    fs::write(fixture.path("s.fi"), &stream.0).unwrap();
    assert_eq!(read(&fixture.read(&["path = \"s.fi\""]).unwrap()), expected);
    fixture.git(&["clone", "--quiet", "--no-local", ".", "../work"], b"");
    assert_eq!(read(&fixture.read(&["path = \"work\""]).unwrap()), expected, "a clone holds the branch of its remote");
}

#[test]
fn a_hook_or_a_job_that_turns_marks_away_is_found_at_the_tip() {
    let hook = file(".husky/commit-msg", "if grep -q 'Co-Authored-By: Claude' \"$1\"; then\n  exit 1\nfi\n");
    let job = file(".github/workflows/a.yml", "run: grep -c 'noreply@anthropic.com' log\n");
    let link = "M 120000 inline .githooks/commit-msg\ndata 11\n/etc/passwd\n";
    let facts = Fixture::new(&Stream::default().on(0, 1, "a", &format!("{hook}{job}{link}")).0).facts();
    let found = |list: &[crate::facts::change::SettingFound]| {
        list.iter().map(|found| (found.path.clone(), found.line, found.setting.clone())).collect::<Vec<_>>()
    };
    let repository = &facts.repositories[0];
    assert_eq!(
        found(&repository.attribution_off),
        [(".husky/commit-msg".to_owned(), Some(1), "fails on \"Co-authored-by: claude\"".to_owned())]
    );
    assert_eq!(found(&repository.attribution_unclear).len(), 1);
}

#[test]
fn a_setting_knows_whether_it_stood_when_the_period_began() {
    let off = file(".claude/settings.json", "{\"includeCoAuthoredBy\": false}");
    let stood = |days: [i64; 2]| {
        let stream = Stream::default().on(days[0], 1, "a", &file("a", "a")).on(days[1], 2, "b", &off);
        let facts = Fixture::new(&stream.on(2, 3, "c", &file("c", "c")).0).facts();
        facts.repositories[0].attribution_off[0].stood_before
    };
    assert_eq!(stood([-60, -50]), Some(true));
    assert_eq!(stood([-60, 1]), Some(false));
    assert_eq!(stood([0, 1]), None, "the history begins in the period");
}

#[test]
fn a_settings_file_that_is_damaged_is_refused() {
    let broken = file(".claude/settings.json", "{\"includeCoAuthoredBy\": ");
    assert_eq!(
        refusals(&Fixture::new(&Stream::default().on(0, 1, "a", &broken).0).facts()),
        [(RefusalReason::Unreadable, 1)]
    );
}
