//! The committed sample is what the program writes, and every sentence of the program is one that it says.

#![allow(clippy::expect_used, reason = "a test stops where its ground is missing")]

mod support;

use std::collections::BTreeSet;
use std::path::Path;

use countersign::checks::CATALOGUE;
use countersign::facts::change::Bypass;
use countersign::norms::Norms;
use support::source::production;
use support::{audit_folder, harbour, tree};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_committed_sample_is_what_the_program_writes() {
    let sample = root().join("reports/harbour");
    let committed = tree(&sample);
    let written = audit_folder(&harbour()).expect("the example can be audited").files;
    let again = "write it again: cargo run --release -- audit fixtures/harbour --out reports/harbour";
    assert_eq!(committed.keys().collect::<Vec<_>>(), written.keys().collect::<Vec<_>>(), "{again}");
    for (name, bytes) in written {
        assert!(committed[&name] == bytes, "{name} differs; {again}");
    }
}

/// Ids of all sentences, in English.
fn sentences() -> BTreeSet<String> {
    let files = tree(&root().join("templates/lang/en"));
    let texts = files.into_values().map(|bytes| String::from_utf8(bytes).expect("sentences are text"));
    let ids = texts.flat_map(|text| {
        let starts = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
        starts.filter_map(|line| line.split_once(" =")).map(|(id, _)| id.to_owned()).collect::<Vec<_>>()
    });
    ids.collect()
}

/// What the program can say: words it quotes, and the sentences it puts together from words.
struct Spoken {
    /// Quoted in the sources or in a template.
    words: BTreeSet<String>,
    /// The same with `-` between their parts.
    plain: BTreeSet<String>,
    /// `check-{}-name`, with where the words go.
    patterns: BTreeSet<String>,
}

/// Quoted texts of a source or template: whatever stands between two signs on one line.
fn quoted(text: &str, sign: char) -> impl Iterator<Item = &str> {
    text.lines().flat_map(move |line| line.split(sign).skip(1).step_by(2))
}

impl Spoken {
    fn of_the_program() -> Self {
        let (mut words, mut patterns) = (BTreeSet::new(), BTreeSet::new());
        for text in production().values() {
            for line in text.lines() {
                // Words of the page are said by their id without its beginning.
                let of_page = ["ui(&format!(", "ui_with(&format!("].iter().any(|call| line.contains(call));
                for quoted in quoted(line, '"') {
                    if quoted.contains('{') {
                        patterns.extend(pattern(quoted, of_page));
                    } else {
                        words.insert(quoted.to_owned());
                    }
                }
            }
        }
        for template in tree(&root().join("templates")).into_iter().filter(|(name, _)| name.ends_with("hbs")) {
            let text = String::from_utf8(template.1).expect("templates are text");
            words.extend(quoted(&text, '"').map(str::to_owned));
        }
        // Figures have names under their ids; some ids are put together as well.
        words.extend(audit_folder(&harbour()).expect("the example can be audited").report.figures.into_keys());
        words.extend(Bypass::ALL.map(|kind| format!("guardrail.bypass.{}", kind.word())));
        words.extend(Norms::builtin().all().iter().map(|norm| norm.force.clone()));
        Self { plain: words.iter().map(|word| word.replace(['.', '_', ' '], "-")).collect(), words, patterns }
    }

    /// A word of the program: quoted, with whatever stands between its parts, or a number, or a check.
    fn has_word(&self, word: &str) -> bool {
        let is_check = || CATALOGUE.iter().any(|entry| entry.id == word);
        let spoken = self.words.contains(word) || self.plain.contains(&word.replace('_', "-"));
        spoken || word.parse::<u32>().is_ok() || is_check()
    }

    /// Whether a sentence is said: by its whole id, or put together.
    fn says(&self, id: &str) -> bool {
        self.words.contains(id)
            || self.patterns.iter().any(|pattern| self.fits(pattern, id))
            || self.says_of_a_dimension(id)
    }

    /// The first page says some sentences once for each dimension.
    fn says_of_a_dimension(&self, id: &str) -> bool {
        ["robustness", "workload", "surveillance"].iter().any(|dimension| {
            id.strip_suffix(dimension).and_then(|id| id.strip_suffix('-')).is_some_and(|id| self.words.contains(id))
        })
    }

    /// Whether an id is the pattern with words of the program in its gaps.
    fn fits(&self, pattern: &str, id: &str) -> bool {
        let Some((before, after)) = pattern.split_once("{}") else { return pattern == id };
        let Some(rest) = id.strip_prefix(before) else { return false };
        (1..=rest.len()).any(|end| self.has_word(&rest[..end]) && self.fits(after, &rest[end..]))
    }
}

/// `check-{id}-name` as `check-{}-name`, if it begins like an id of a sentence.
fn pattern(text: &str, of_page: bool) -> Option<String> {
    let mut out = if of_page { "ui-".to_owned() } else { String::new() };
    let mut inside = false;
    for c in text.chars() {
        match c {
            '{' => inside = true,
            '}' => {
                inside = false;
                out.push_str("{}");
            }
            _ if inside => {}
            c if c.is_ascii_alphanumeric() || c == '-' => out.push(c),
            _ => return None,
        }
    }
    let before = out.split("{}").next().unwrap_or("");
    (before.len() >= 3 && before.ends_with('-')).then_some(out)
}

#[test]
fn ids_are_put_together_from_words() {
    let words: BTreeSet<String> = ["history", "audited-party"].map(str::to_owned).into();
    let patterns = ["needs-{}", "check-{}-name"].map(str::to_owned).into();
    let spoken = Spoken { plain: words.clone(), words, patterns };
    assert!(spoken.says("needs-history") && spoken.says("check-R03-name"));
    assert!(!spoken.says("needs-nothing") && !spoken.says("check-R03-names") && !spoken.says("check-R99-name"));
    assert_eq!(pattern("glossary-{key}", true).as_deref(), Some("ui-glossary-{}"));
    assert_eq!(pattern("{id}-{}", false), None);
}

#[test]
fn every_sentence_is_said_somewhere() {
    let spoken = Spoken::of_the_program();
    // Words of the page: quoted without their beginning.
    let said = |id: &str| spoken.says(id) || id.strip_prefix("ui-").is_some_and(|word| spoken.has_word(word));
    let all = sentences();
    assert!(all.len() > 600, "{}", all.len());
    let dead: Vec<&String> = all.iter().filter(|id| !said(id)).collect();
    assert!(dead.is_empty(), "no longer said: {dead:#?}");
}

#[test]
fn every_sentence_that_is_named_exists() {
    let all = sentences();
    let calls = ["Message::new(\"", ".plain(\"", ".say_plain(\"", "lang.text(\"", "lang.has(\""];
    let mut named = 0;
    for (path, text) in production() {
        for call in calls {
            for (at, _) in text.match_indices(call) {
                let id = text[at + call.len()..].split('"').next().unwrap_or("");
                named += 1;
                assert!(all.contains(id), "{path} says {id:?}, which has no text");
            }
        }
    }
    assert!(named > 80, "{named}");
}

#[test]
fn every_capture_that_a_reader_finds_has_words() {
    let all = sentences();
    let mut named = 0;
    for (path, text) in production().iter().filter(|(path, _)| path.starts_with("sources/monitoring/")) {
        for id in quoted(text, '"').filter(|id| id.starts_with("capture-")) {
            named += 1;
            assert!(all.contains(id), "{path} finds {id:?}, which has no text");
        }
    }
    assert!(named > 20, "{named}");
}
