//! Whether the value of a declaration names an agent or a model: `Claude:claude-3-opus`, `Opus 4.7`, `GitHub Copilot`.
//!
//! The keys are older than AI and name people too, so a given name counts only with a model beside it.

use std::collections::BTreeSet;

use super::data::AgentRow;

/// The tools that a value names. `address` says whether a mail address stood beside it that is no tool's.
pub(super) fn named<'a>(rows: &'a [AgentRow], value: &str, address: bool) -> BTreeSet<&'a str> {
    let lower = value.to_ascii_lowercase();
    let parts = lower.split([',', ';', '+', '&']).flat_map(|part| part.split(" and ")).map(unlinked);
    parts.filter(|part| !part.is_empty()).filter_map(|part| one(rows, part, address)).collect()
}

/// The text of a Markdown link, else the part itself.
fn unlinked(part: &str) -> &str {
    let part = part.trim().trim_start_matches('@');
    match part.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((text, _)) => text.trim(),
        None => part,
    }
}

fn one<'a>(rows: &'a [AgentRow], part: &str, address: bool) -> Option<&'a str> {
    // `Anthropic Claude Sonnet 4`, `OpenAI GPT-5`: the vendor alone names no tool, and makes a word no clearer.
    let bare = ["anthropic ", "anthropic/", "openai ", "openai/", "microsoft ", "google ", "google/"]
        .iter()
        .find_map(|vendor| part.strip_prefix(vendor))
        .unwrap_or(part);
    let found = |row: &&AgentRow| [part, bare].iter().any(|text| row_names(row, text, address));
    rows.iter().find(found).map(|row| row.tool.as_str())
}

fn row_names(row: &AgentRow, text: &str, address: bool) -> bool {
    row.names.iter().any(|name| text.strip_prefix(name.as_str()).is_some_and(ends_there))
        || row
            .words
            .iter()
            .any(|word| text.strip_prefix(word.as_str()).is_some_and(|rest| word_counts(row, rest, address)))
        || is_model(row, text)
}

/// A name ends where no letter follows, or where a version does: `ChatGPT`, `ChatGPT 5`, `ChatGPTv5`.
fn ends_there(rest: &str) -> bool {
    let rest = rest.strip_prefix('v').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(rest);
    !rest.starts_with(char::is_alphabetic)
}

/// What must follow a given name or an ordinary word for it to be an agent.
fn word_counts(row: &AgentRow, rest: &str, address: bool) -> bool {
    if rest.is_empty() {
        return row.alone && !address;
    }
    if !ends_there(rest) {
        return false;
    }
    // The kernel's `AGENT_NAME:MODEL_VERSION`.
    if rest.strip_prefix(':').is_some_and(|model| model.starts_with(|c: char| c.is_ascii_alphanumeric())) {
        return true;
    }
    let mut words = words(rest);
    let version =
        words.clone().next().is_some_and(|word| word.trim_start_matches('v').starts_with(|c: char| c.is_ascii_digit()));
    version || words.any(|word| row.with.iter().any(|with| with == word))
}

/// A model family with a version: `Opus 4.7`, `GPT-5`, `gpt4o`.
fn is_model(row: &AgentRow, text: &str) -> bool {
    let mut words = words(text);
    let Some(first) = words.next() else { return false };
    row.models.iter().any(|model| {
        first.strip_prefix(model.as_str()).is_some_and(|rest| match rest.chars().next() {
            None => words.clone().next().is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit())),
            Some(next) => next.is_ascii_digit(),
        })
    })
}

fn words(text: &str) -> impl Iterator<Item = &str> + Clone {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::Registry;
    use super::*;

    fn tools(value: &str) -> Vec<&'static str> {
        named(&Registry::builtin().agents, value, false).into_iter().collect()
    }

    #[test]
    fn the_forms_of_the_kernel_and_of_git_name_their_agent() {
        for (value, tool) in [
            ("Claude:claude-3-opus coccinelle sparse", "claude"),
            ("Claude Opus 4.6", "claude"),
            ("Opus 4.7", "claude"),
            ("Claude Fable 5", "claude"),
            ("claude-sonnet-4-5", "claude"),
            ("Anthropic Claude Sonnet 4", "claude"),
            ("Claude Code", "claude"),
            ("Claude", "claude"),
            ("Devin:devin-2", "devin"),
            ("Devin AI", "devin"),
            ("GitHub Copilot", "copilot"),
            ("Copilot (GPT-5)", "copilot"),
            ("Cursor", "cursor"),
            ("OpenAI Codex", "codex"),
            ("codex:gpt-5", "codex"),
            ("ChatGPTv5", "chatgpt"),
            ("GPT-4o", "chatgpt"),
            ("gpt4o", "chatgpt"),
            ("Gemini 2.5 Pro", "gemini"),
            ("[Claude Code](https://claude.ai/code)", "claude"),
            ("Amazon Q Developer", "amazon-q"),
            ("generic LLM chatbot", "unnamed"),
        ] {
            assert_eq!(tools(value), [tool], "{value}");
        }
    }

    #[test]
    fn two_agents_in_one_value_are_both_named() {
        assert_eq!(tools("Claude Code, GitHub Copilot"), ["claude", "copilot"]);
        assert_eq!(tools("Codex and Cursor"), ["codex", "cursor"]);
    }

    #[test]
    fn people_and_ordinary_words_name_no_agent() {
        for value in [
            "",
            "Claude Moreau",
            "Claudette",
            "Devin",
            "Devin Smith",
            "Jules",
            "Jules Verne",
            "Cody",
            "Cody Fisher",
            "Cline",
            "Cursor Smith",
            "copiloting",
            "codexes",
            "Opus",
            "Sonnet",
            "GPT",
            "protoc-gen-go v1.36",
            "OpenAPI Generator 7",
            "Llama farm",
            "Anthropic",
            "OpenAI",
            "T-800",
            ",;+&",
            "[",
            "[]",
        ] {
            assert_eq!(tools(value), [""; 0], "{value}");
        }
    }

    #[test]
    fn a_word_that_is_a_given_name_does_not_count_beside_a_strangers_address() {
        let agents = &Registry::builtin().agents;
        assert!(named(agents, "Claude", true).is_empty());
        assert!(!named(agents, "Claude Opus 4.6", true).is_empty());
        assert!(!named(agents, "GitHub Copilot", true).is_empty());
    }
}
