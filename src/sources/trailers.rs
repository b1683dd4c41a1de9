//! What a commit message says beside its prose: people, reverts, fixes, review numbers and bypasses.
//!
//! Lines are read anywhere in the body, not only in git's own trailer block: GitHub's squash separator pushes earlier
//! trailers out of that block (<https://github.com/orgs/community/discussions/212929>). The subject is never read for
//! trailers. Quoted lines (`>`) speak of another commit.

use std::collections::BTreeSet;

use crate::facts::change::{Bypass, CommitId, Subject};

/// Strings that switch continuous integration off, in lower case, anywhere in a message.
///
/// GitHub: <https://docs.github.com/en/actions/managing-workflow-runs/skipping-workflow-runs>; GitLab documents the
/// first two, in any capitalisation: <https://docs.gitlab.com/ci/pipelines/#skip-a-pipeline>.
const SKIP_CI: [&str; 5] = ["[skip ci]", "[ci skip]", "[no ci]", "[skip actions]", "[actions skip]"];

/// The longest key that is read, with the blanks behind it.
const LONGEST_KEY: usize = 20;

/// Words by which a subject announces a small change.
const MINOR: [&str; 4] = ["minor", "trivial", "typo", "typos"];

/// What one message says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trailers {
    /// Name and address of each `Co-authored-by`; the address may be empty.
    pub coauthors: Vec<(String, String)>,
    /// Name and address of each `Reviewed-by`; the address may be empty.
    pub reviewed_by: Vec<(String, String)>,
    /// Name and address of each `Acked-by`; the address may be empty.
    pub acked_by: Vec<(String, String)>,
    /// Names a Gerrit change.
    pub gerrit: bool,
    /// Ids after `This reverts commit`.
    pub reverts: Vec<CommitId>,
    /// The subject.
    pub subject: Subject,
    /// The subject begins with `Revert "`.
    pub revert_subject: bool,
    /// The subject that a revert quotes.
    pub reverts_subject: Option<Subject>,
    /// The number of the review that it says it reverts.
    pub reverts_review: Option<u64>,
    /// Ids after `Fixes:`.
    pub fixes: Vec<CommitId>,
    /// Number of the pull request in the subject.
    pub review_number: Option<u64>,
    /// The subject announces a small change.
    pub says_minor: bool,
    /// Guardrails the message says were bypassed.
    pub bypasses: BTreeSet<Bypass>,
}

/// Reads a whole message.
pub fn read(message: &str) -> Trailers {
    let message = message.trim_start_matches('\n');
    let (subject, body) = message.split_once('\n').unwrap_or((message, ""));
    let quoted = quoted(subject, "Revert");
    let mut found = Trailers {
        subject: fingerprint(subject),
        revert_subject: subject.starts_with("Revert \""),
        reverts_subject: quoted.map(fingerprint).or_else(|| quoted_by_reapply(subject)),
        reverts_review: quoted.and_then(review_number).or_else(|| reverted_review(body)),
        review_number: review_number(subject).or_else(|| merge_request(body)),
        says_minor: says_minor(subject),
        reverts: reverts(body),
        ..Trailers::default()
    };
    for line in body.lines() {
        // Most lines are prose: their first bytes say so.
        let key = line.as_bytes().iter().take(LONGEST_KEY + 1);
        if let Some(colon) = key.copied().position(|byte| byte == b':') {
            trailer(&line[..colon], line[colon + 1..].trim(), &mut found);
        }
    }
    if message.contains('[') && contains_skip(message) {
        found.bypasses.insert(Bypass::SkippedCi);
    }
    found
}

fn trailer(key: &str, value: &str, found: &mut Trailers) {
    if !key.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return;
    }
    match key.trim_end().to_ascii_lowercase().as_str() {
        "co-authored-by" => found.coauthors.extend(people(value)),
        "reviewed-by" => found.reviewed_by.extend(people(value)),
        "acked-by" => found.acked_by.extend(people(value)),
        "change-id" => found.gerrit |= is_change_id(value),
        "reviewed-on" => {
            found.gerrit |= value.starts_with("http");
            // A change that was picked to another branch carries the address of both; Gerrit writes its own last.
            found.review_number = gerrit_number(value).or(found.review_number);
        }
        "fixes" => found.fixes.extend(leading_id(value.strip_prefix("commit ").unwrap_or(value))),
        "trybot-bypass" => {
            found.bypasses.insert(Bypass::Trybot);
        }
        "skip-checks" if value.eq_ignore_ascii_case("true") => {
            found.bypasses.insert(Bypass::SkippedCi);
        }
        _ => {}
    }
}

/// `Name <address>`, several of them on one line, a bare address, or a bare name. Remnants of markup are nobody.
fn people(value: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = value;
    while let Some((name, tail)) = rest.split_once('<') {
        let (inside, after) = tail.split_once('>').unwrap_or((tail, ""));
        rest = after;
        let name = name.trim_matches(|c: char| c.is_whitespace() || c == ',' || c == ';').to_owned();
        match address(inside) {
            Some(address) => found.push((name, address)),
            // An obscured address (`<mia <at> harbour.example>`) still leaves a name.
            None if !name.is_empty() && !inside.contains(['@', '!']) => found.push((name, String::new())),
            None => {}
        }
    }
    let bare = value.trim();
    if found.is_empty() && !bare.is_empty() && !bare.contains('<') {
        found.push(address(bare).map_or_else(|| (bare.to_owned(), String::new()), |address| (String::new(), address)));
    }
    found
}

/// A usable address. `you@example.com` is what tools write when nobody filled it in.
fn address(text: &str) -> Option<String> {
    let text = text.trim();
    let usable = text.contains('@')
        && !text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '<')
        && !text.eq_ignore_ascii_case("you@example.com");
    usable.then(|| text.to_owned())
}

/// `I` and 40 hexadecimal digits (<https://gerrit-review.googlesource.com/Documentation/user-changeid.html>).
fn is_change_id(value: &str) -> bool {
    value.strip_prefix('I').is_some_and(|hex| hex.len() == 40 && hex.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// A commit id of 7 to 64 digits at the start of a text, followed by no further word character.
fn leading_id(text: &str) -> Option<CommitId> {
    let text = text.trim_start_matches(|c: char| c == '"' || c == '`' || c == '<' || c.is_whitespace());
    let digits = text.bytes().take_while(u8::is_ascii_hexdigit).count();
    let ends = !text[digits..].starts_with(|c: char| c.is_alphanumeric() || c == '-' || c == '_');
    ((7..=64).contains(&digits) && ends).then(|| CommitId::new(&text[..digits]))
}

/// The phrase is git's own (`git revert`); it may stand inside a line and may be wrapped before the id. People write a
/// review number between them: `This reverts commit CL 116795 12a7…` (golang/tools), `… #7880 (d8c0…)` (astral-sh/ruff).
fn reverts(body: &str) -> Vec<CommitId> {
    const PHRASE: &str = "This reverts commit";
    body.match_indices(PHRASE)
        .filter(|(at, _)| {
            let line = body[..*at].rfind('\n').map_or(0, |newline| newline + 1);
            !body[line..].trim_start().starts_with('>')
        })
        .filter_map(|(at, _)| {
            let rest = &body[at + PHRASE.len()..];
            leading_id(rest).or_else(|| full_id(rest.lines().next().unwrap_or("")))
        })
        .collect()
}

/// The first unabbreviated id of a line: shorter runs of digits may be words or numbers.
fn full_id(line: &str) -> Option<CommitId> {
    let mut words = line.split(|c: char| !c.is_alphanumeric());
    words.find(|word| matches!(word.len(), 40 | 64) && word.bytes().all(|b| b.is_ascii_hexdigit())).map(CommitId::new)
}

/// The subject inside `Revert "…"` (git), also where a squash has put its own number behind it.
fn quoted<'a>(subject: &'a str, verb: &str) -> Option<&'a str> {
    let (inside, _) = subject.strip_prefix(verb)?.strip_prefix(" \"")?.rsplit_once('"')?;
    Some(inside).filter(|inside| !inside.is_empty())
}

/// Since version 2.43 git titles the revert of `Revert "x"` with `Reapply "x"`
/// (<https://github.com/git/git/blob/v2.43.0/sequencer.c>, `do_pick_commit`): what it takes back is the revert.
fn quoted_by_reapply(subject: &str) -> Option<Subject> {
    quoted(subject, "Reapply").map(|inside| fingerprint(&format!("Revert \"{inside}\"")))
}

/// `Reverts owner/repository#12` stands alone in the body that GitHub's revert button writes; GitLab's writes
/// `This reverts merge request !12`.
fn reverted_review(body: &str) -> Option<u64> {
    body.lines().find_map(|line| {
        let number = match line.strip_prefix("This reverts merge request !") {
            Some(rest) => rest,
            None => line.strip_prefix("Reverts ")?.split_once('#').filter(|(name, _)| !name.contains(' '))?.1,
        };
        let digits = number.bytes().take_while(u8::is_ascii_digit).count();
        let ends = !number[digits..].starts_with(char::is_alphanumeric);
        ends.then(|| number[..digits].parse().ok()).flatten()
    })
}

/// FNV-1a over 64 bits (<https://www.ietf.org/archive/id/draft-eastlake-fnv-21.html>): two subjects can be compared, and
/// none is kept. A last `(#12)` is left out: a platform's revert quotes the title of a review, which has no number yet.
fn fingerprint(subject: &str) -> Subject {
    let title = last_number(subject).map_or(subject, |(title, _)| title);
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    Subject(title.trim_end().as_bytes().iter().fold(0xcbf2_9ce4_8422_2325, step))
}

/// `Merge pull request #12 …` or a last `(#12)`.
fn review_number(subject: &str) -> Option<u64> {
    if let Some(rest) = subject.strip_prefix("Merge pull request #") {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        return rest[..digits].parse().ok();
    }
    last_number(subject).map(|(_, number)| number)
}

/// `See merge request group/project!12`, alone on its line: what GitLab's default template ends with
/// (<https://docs.gitlab.com/user/project/merge_requests/commit_templates/>).
fn merge_request(body: &str) -> Option<u64> {
    body.lines().find_map(|line| {
        let (project, number) = line.trim_end().strip_prefix("See merge request ")?.rsplit_once('!')?;
        let digits = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
        (digits && !project.contains(' ')).then(|| number.parse().ok()).flatten()
    })
}

/// The number of a last `(#12)` and what stands before it; `(owner/name#12)` is a number of another repository.
fn last_number(subject: &str) -> Option<(&str, u64)> {
    let (title, number) = subject.trim_end().strip_suffix(')')?.rsplit_once("(#")?;
    let digits = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    Some((title, digits.then(|| number.parse().ok()).flatten()?))
}

/// `https://host/c/project/+/12`, in old commits `https://host/12` or `https://host/#/c/12/`
/// (<https://gerrit-review.googlesource.com/Documentation/project-configuration.html#cherry_pick>).
fn gerrit_number(address: &str) -> Option<u64> {
    let path = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let (_, last) = path.trim_end_matches('/').rsplit_once('/')?;
    last.bytes().all(|b| b.is_ascii_digit()).then(|| last.parse().ok()).flatten()
}

fn says_minor(subject: &str) -> bool {
    let lower = subject.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    words.any(|word| MINOR.contains(&word)) || lower.contains("small fix")
}

fn contains_skip(message: &str) -> bool {
    let lower = message.to_lowercase();
    SKIP_CI.iter().any(|mark| lower.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(hex: &str) -> Vec<CommitId> {
        vec![CommitId::new(hex)]
    }

    fn person(name: &str, address: &str) -> Vec<(String, String)> {
        vec![(name.to_owned(), address.to_owned())]
    }

    #[test]
    fn a_reviewer_is_read_outside_the_trailer_block_and_in_any_case() {
        let found = read("Subject\n\nreviewed-BY: Mia <mia@harbour.example>\n\nMore prose after it.\n");
        assert_eq!(found.reviewed_by, person("Mia", "mia@harbour.example"));
    }

    #[test]
    fn a_reviewer_in_the_subject_or_in_a_quotation_is_not_read() {
        let found =
            read("Reviewed-by: A <a@x.example>\n\n> Reviewed-by: B <b@x.example>\n  Reviewed-by: C <c@x.example>");
        assert_eq!(found.reviewed_by, Vec::new());
    }

    #[test]
    fn several_people_on_one_line_are_several_people() {
        let found = read("s\n\nAcked-by: A <a@x.example>, B <b@x.example>");
        assert_eq!(found.acked_by, [person("A", "a@x.example"), person("B", "b@x.example")].concat());
    }

    #[test]
    fn malformed_people_are_taken_as_far_as_they_go() {
        assert_eq!(people("Name <>"), person("Name", ""));
        assert_eq!(people("Name <a <at> x.example>"), person("Name", ""));
        assert_eq!(people("Name"), person("Name", ""));
        assert_eq!(people("a@x.example"), person("", "a@x.example"));
        assert_eq!(people("Name <a@x.example"), person("Name", "a@x.example"));
        assert_eq!(people("<!-- raw HTML omitted -->"), Vec::new());
        assert_eq!(people("You <you@example.com>"), Vec::new());
        assert_eq!(people(""), Vec::new());
    }

    #[test]
    fn a_co_author_is_read_after_the_separator_of_a_squash() {
        let found =
            read("Title (#7)\n\nCo-authored-by: A <a@x.example>\n\n---------\n\nCo-Authored-By: B <b@x.example>\n");
        assert_eq!(found.coauthors.len(), 2);
        assert_eq!(found.review_number, Some(7));
    }

    #[test]
    fn a_revert_names_its_commit_even_when_the_line_is_wrapped() {
        let sha = "0123456789abcdef0123456789abcdef01234567";
        assert_eq!(read(&format!("Revert \"x\"\n\nThis reverts commit {sha}.\n")).reverts, id(sha));
        assert_eq!(read(&format!("s\n\nWhy. This reverts commit\n{sha}, reversing\nchanges")).reverts, id(sha));
        assert!(read("Revert \"x\"").revert_subject);
    }

    #[test]
    fn a_revert_names_the_subject_and_the_review_that_it_reverts() {
        let found = read("Revert \"Move the quay (#3)\" (#4)\n\nThis reverts commit 0123456789abcdef.");
        assert_eq!(found.reverts_subject, Some(read("Move the quay (#3)").subject));
        assert_eq!((found.reverts_review, found.review_number), (Some(3), Some(4)));
        let nested = read("Revert \"Revert \"Move the quay\"\"");
        assert_eq!(nested.reverts_subject, Some(read("Revert \"Move the quay\"").subject));
        assert_eq!(read("Revert x\n\nReverts harbour/quay#12").reverts_review, Some(12));
        assert_eq!(read("Revert x\n\nThis reverts merge request !7.").reverts_review, Some(7));
        for other in
            ["x\n\nReverts what #12 did", "x\n\nReverts harbour/quay#12a", "Revert \"cut off", "x\n\nReverts #"]
        {
            assert_eq!((read(other).reverts_review, read(other).reverts_subject), (None, None), "{other}");
        }
    }

    #[test]
    fn a_reapply_takes_back_the_revert_and_not_the_change() {
        let revert = read("Revert \"Move the quay (#3)\" (#4)").subject;
        for again in ["Reapply \"Move the quay (#3)\"", "Reapply \"Move the quay (#3)\" (#5)"] {
            let found = read(again);
            assert_eq!((found.reverts_subject, found.reverts_review), (Some(revert), None), "{again}");
            assert!(!found.revert_subject);
        }
        assert_eq!(read("Reapply the paint").reverts_subject, None);
        let third = read("Revert \"Reapply \"Move the quay (#3)\"\"");
        assert_eq!(third.reverts_subject, Some(read("Reapply \"Move the quay (#3)\"").subject));
    }

    #[test]
    fn a_platforms_revert_quotes_the_title_without_the_number_that_the_squash_added() {
        let landed = read("Move the quay (#3)").subject;
        assert_eq!(read("Revert \"Move the quay\" (#4)").reverts_subject, Some(landed));
        assert_ne!(read("Revert \"Move the quays\" (#4)").reverts_subject, Some(landed));
        assert_eq!(read("Revert \"\"").reverts_subject, None);
    }

    #[test]
    fn a_quoted_revert_or_one_without_an_id_reverts_nothing() {
        assert_eq!(read("Reland x\n\n> This reverts commit 0123456789abcdef.").reverts, Vec::new());
        assert_eq!(read("s\n\nThis reverts commit r1234").reverts, Vec::new());
        assert_eq!(read("This reverts commit 0123456789abcdef").reverts, Vec::new());
    }

    #[test]
    fn a_revert_may_name_its_review_before_its_commit() {
        let sha = "0123456789abcdef0123456789abcdef01234567";
        assert_eq!(read(&format!("s\n\nThis reverts commit CL 116795 {sha}.")).reverts, id(sha));
        assert_eq!(read(&format!("s\n\nThis reverts commit #7880 ({sha})\nwhich")).reverts, id(sha));
    }

    #[test]
    fn a_message_about_reverts_reverts_nothing() {
        let sha = "0123456789abcdef0123456789abcdef01234567";
        let about = format!("s\n\nAppends \"This reverts commit <hash>.\" to the message\nas {sha} did");
        assert_eq!(read(&about).reverts, Vec::new());
        assert_eq!(read("s\n\nThis reverts commit #7880 (d8c0360fc7)").reverts, Vec::new());
        assert_eq!(read(&format!("s\n\nThis reverts commit #7880 ({sha}0)")).reverts, Vec::new());
    }

    #[test]
    fn a_fix_names_a_commit_and_an_issue_number_does_not() {
        assert_eq!(read("s\n\nFixes: 0123456789AB (\"old\")\n\nlater").fixes, id("0123456789ab"));
        assert_eq!(read("s\n\nFixes: commit 0123456").fixes, id("0123456"));
        assert_eq!(read("s\n\nFixes: #1234567\nFixes: decafbadly\nFixes: 123456").fixes, Vec::new());
    }

    #[test]
    fn a_review_number_stands_at_the_end_or_in_a_merge_subject() {
        assert_eq!(read("Merge pull request #12 from a/b (#9)").review_number, Some(12));
        assert_eq!(read("Revert \"x (#3)\" (#4)").review_number, Some(4));
        assert_eq!(read("Mentions (#3) early").review_number, None);
        assert_eq!(read("Take over a fix (harbour/quay#3)").review_number, None);
        assert_eq!(read("x (#)").review_number, None);
        let merged = "Merge branch 'b' into 'main'\n\nPaint it\n\nSee merge request harbour/quay!12";
        assert_eq!(read(merged).review_number, Some(12));
        assert_eq!(read("x\n\nSee merge request no. 3 and harbour/quay!12").review_number, None);
        assert_eq!(read("x (#99999999999999999999999)").review_number, None);
    }

    #[test]
    fn documented_ways_to_skip_checks_are_bypasses() {
        for message in ["x [skip ci]", "x\n\n[CI Skip]", "x\n\nskip-checks:true", "x\n\nskip-checks: true", "[no ci] x"]
        {
            assert_eq!(read(message).bypasses, BTreeSet::from([Bypass::SkippedCi]), "{message}");
        }
        assert!(read("x\n\nskip ci is documented\nskip-checks: false").bypasses.is_empty());
    }

    #[test]
    fn a_trybot_bypass_is_a_bypass_and_a_mention_is_not() {
        assert_eq!(read("x\n\nTryBot-Bypass: A <a@x.example>").bypasses, BTreeSet::from([Bypass::Trybot]));
        assert!(read("x\n\nWe need no TryBot-Bypass: here").bypasses.is_empty());
    }

    #[test]
    fn gerrit_is_recognised_by_a_well_formed_change_id() {
        assert!(read("x\n\nChange-Id: I0123456789abcdef0123456789abcdef01234567").gerrit);
        assert!(read("x\n\nReviewed-on: https://review.example/1").gerrit);
        assert!(!read("x\n\nChange-Id: 12").gerrit);
    }

    #[test]
    fn the_number_of_a_gerrit_change_is_that_of_its_last_address() {
        let number = |lines: &str| read(&format!("x\n\n{lines}")).review_number;
        assert_eq!(number("Reviewed-on: https://review.example/c/quay/+/12"), Some(12));
        assert_eq!(number("Reviewed-on: https://review.example/12"), Some(12));
        assert_eq!(
            number("Reviewed-on: https://review.example/c/quay/+/12\nReviewed-on: https://review.example/c/quay/+/15"),
            Some(15)
        );
        assert_eq!(number("Reviewed-on: the quay"), None);
        assert_eq!(number("Reviewed-on: https://review.example/c/quay/+/12a"), None);
    }

    #[test]
    fn a_small_change_is_announced_by_a_word_not_by_a_part_of_one() {
        assert!(read("docs: fix typo").says_minor);
        assert!(read("Small fix of the parser").says_minor);
        assert!(!read("Handle minority reports").says_minor);
        assert!(!read("x\n\nminor").says_minor);
    }

    proptest::proptest! {
        #[test]
        fn no_message_stops_the_reader(message in "\\PC*\n\n(This reverts commit|Fixes:|Reviewed-by:)? ?\\PC*") {
            let _ = read(&message);
        }
    }
}
