//! What the processors of an OpenTelemetry Collector take out of, or add to, what passes.
//!
//! Sources: the processors' own README files in open-telemetry/opentelemetry-collector-contrib: `attributes`,
//! `resource`, `redaction`, `transform` (OTTL), `filter`, `probabilistic_sampler`, `tail_sampling`. What is not
//! understood changes nothing.

use super::persons;
use super::tree::Item;

/// The signal of a pipeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signal {
    /// Counters and gauges: no content.
    Metrics,
    /// Log records and events.
    Logs,
    /// Spans.
    Traces,
}

/// What has happened to the data so far.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Passed {
    /// Direct identifiers are removed.
    pub(super) direct: bool,
    /// Direct identifiers are hashed or masked: still one key a person.
    pub(super) hashed: bool,
    /// User and account numbers are removed.
    pub(super) numbers: bool,
    /// Session numbers are removed.
    pub(super) sessions: bool,
    /// Message content is removed.
    pub(super) content: bool,
    /// Only listed attributes pass, the most personal of them at this level.
    pub(super) only: Option<u8>,
    /// A person key is added.
    pub(super) added: u8,
    /// Something conditional, partial or sampled was done.
    pub(super) partial: bool,
    /// At most a tenth is kept.
    pub(super) sample: bool,
    /// A rule was only understood in part.
    pub(super) low: bool,
}

impl Passed {
    /// Whether anything reduces what passes.
    pub(super) fn reduced(&self) -> bool {
        self.direct
            || self.hashed
            || self.numbers
            || self.sessions
            || self.content
            || self.only.is_some()
            || self.partial
    }

    /// Subject level of what is left, given the level that came in.
    pub(super) fn subject(&self, came: u8) -> u8 {
        let left = match self.only {
            Some(level) => level,
            None if !self.direct && !self.hashed => 3,
            None if self.direct && self.numbers && self.sessions => 0,
            None => 2,
        };
        left.min(came).max(self.added)
    }

    /// The more intrusive of two ways into the same pipeline.
    pub(super) fn or(&self, other: &Self) -> Self {
        Self {
            direct: self.direct && other.direct,
            hashed: (self.hashed || self.direct) && (other.hashed || other.direct),
            numbers: self.numbers && other.numbers,
            sessions: self.sessions && other.sessions,
            content: self.content && other.content,
            only: self.only.zip(other.only).map(|(a, b)| a.max(b)),
            added: self.added.max(other.added),
            partial: self.partial && other.partial,
            sample: self.sample && other.sample,
            low: self.low || other.low,
        }
    }

    fn remove(&mut self, key: &str) {
        match persons::level(key) {
            3 => self.direct = true,
            2 if is_session(key) => self.sessions = true,
            2 => self.numbers = true,
            _ if is_content(key) => self.content = true,
            _ => {}
        }
    }

    /// A pattern over keys: the words in it say what it takes.
    fn remove_matching(&mut self, pattern: &str) {
        let pattern = pattern.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| pattern.contains(word));
        self.direct |= has(&["email", "user", "author", "login"]);
        self.numbers |= has(&["user", "account"]);
        self.sessions |= has(&["session"]);
        self.content |= has(&["prompt", "message", "completion", "response", "body", "content"]);
        self.low = true;
    }

    fn hash(&mut self, key: &str) {
        if persons::level(key) == 3 {
            self.hashed = true;
        } else if is_content(key) {
            self.content = true;
        }
        self.partial = true;
    }
}

fn is_session(key: &str) -> bool {
    key.contains("session") || key.contains("conversation")
}

/// Whether an attribute holds what a person wrote or read.
fn is_content(key: &str) -> bool {
    const WORDS: [&str; 8] =
        ["prompt", "completion", "message", "response", "body", "content", "instructions", "transcript"];
    const NOT: [&str; 7] = ["length", "token", "_type", "prompt_id", "response_id", "message_id", "status"];
    let key = persons::normal(key);
    WORDS.iter().any(|word| key.contains(word)) && !NOT.iter().any(|word| key.contains(word))
}

/// Applies one processor.
pub(super) fn apply(id: &str, config: &Item, signal: Signal, passed: &mut Passed) {
    match id.split('/').next().unwrap_or(id) {
        "attributes" | "resource" => actions(config, passed),
        "redaction" => redaction(config, passed),
        "transform" => transform(config, signal, passed),
        "filter" => filter(config, signal, passed),
        "probabilistic_sampler" => {
            passed.partial = true;
            passed.sample |= config.get("sampling_percentage").and_then(Item::number).is_some_and(|n| n <= 10.0);
        }
        "tail_sampling" => passed.partial = true,
        _ => {}
    }
}

/// `actions` of the attributes processor, `attributes` of the resource processor.
fn actions(config: &Item, passed: &mut Passed) {
    // include and exclude make every action conditional.
    passed.low |= config.get("include").is_some() || config.get("exclude").is_some();
    for action in config.get("actions").or_else(|| config.get("attributes")).map(Item::items).unwrap_or_default() {
        let key = action.text_of("key").unwrap_or_default();
        let value = action.get("value").map(Item::shown);
        match action.text_of("action").unwrap_or("upsert").to_ascii_lowercase().as_str() {
            "delete" => {
                passed.remove(key);
                if let Some(pattern) = action.text_of("pattern") {
                    passed.remove_matching(pattern);
                }
            }
            "hash" => {
                passed.hash(key);
                if let Some(pattern) = action.text_of("pattern") {
                    passed.hashed |= pattern.contains("email") || pattern.contains("user");
                }
            }
            "update" if value.is_some() => passed.remove(key),
            "insert" | "upsert" if value.as_deref().is_some_and(|value| !value.contains('$')) => {}
            "insert" | "upsert" if persons::level(key) >= 2 => passed.added = passed.added.max(persons::level(key)),
            _ => {}
        }
    }
}

/// Without `allow_all_keys` only `allowed_keys` pass; values and keys that are blocked are masked.
fn redaction(config: &Item, passed: &mut Passed) {
    if config.get("allow_all_keys").and_then(Item::truth) != Some(true) {
        let allowed = config.get("allowed_keys").map(Item::items).unwrap_or_default();
        let keys = || allowed.iter().filter_map(Item::text);
        passed.only = Some(keys().map(persons::level).max().unwrap_or(0));
        passed.content |= !keys().any(is_content);
        return;
    }
    passed.partial = true;
    for pattern in texts(config.get("blocked_values")) {
        passed.hashed |= pattern.contains('@');
    }
    for pattern in texts(config.get("blocked_key_patterns")) {
        passed.remove_matching(pattern);
    }
}

fn texts(item: Option<&Item>) -> Vec<&str> {
    item.map(Item::items).unwrap_or_default().iter().filter_map(Item::text).collect()
}

/// OTTL statements for this signal.
fn transform(config: &Item, signal: Signal, passed: &mut Passed) {
    let key = match signal {
        Signal::Metrics => "metric_statements",
        Signal::Logs => "log_statements",
        Signal::Traces => "trace_statements",
    };
    let mut statements = Vec::new();
    if let Some(list) = config.get(key) {
        list.each_text(&mut |text| statements.push(text));
    }
    for text in statements {
        statement(text, passed);
    }
}

fn statement(text: &str, passed: &mut Passed) {
    let (act, condition) = text.split_once(" where ").map_or((text, None), |(act, condition)| (act, Some(condition)));
    let Some((function, args)) = act.trim().split_once('(') else { return };
    passed.low |= condition.is_some();
    let literals: Vec<&str> = args.split('"').skip(1).step_by(2).collect();
    match function.trim() {
        "delete_key" => literals.iter().for_each(|key| passed.remove(key)),
        "delete_matching_keys" => literals.iter().for_each(|pattern| passed.remove_matching(pattern)),
        "keep_keys" | "keep_matching_keys" => {
            passed.only = Some(literals.iter().map(|key| persons::level(key)).max().unwrap_or(0));
            passed.content |= !literals.iter().any(|key| is_content(key));
        }
        "set" => set(args, &literals, passed),
        "replace_pattern" | "replace_match" => literals.first().into_iter().for_each(|key| passed.hash(key)),
        "replace_all_patterns" | "replace_all_matches" | "truncate_all" => passed.partial = true,
        _ => {}
    }
}

/// `set(target, value)`: a hash, a constant, or another attribute.
fn set(args: &str, literals: &[&str], passed: &mut Passed) {
    let (target, value) = args.split_once(',').unwrap_or((args, ""));
    let target = target.trim();
    let value = value.trim().to_lowercase();
    let key = literals.first().filter(|key| target.contains(**key)).copied().unwrap_or(target);
    let constant = value.starts_with('"') || value.starts_with("nil");
    if ["sha1(", "sha256(", "sha512(", "fnv(", "md5(", "murmur"].iter().any(|hash| value.starts_with(hash)) {
        passed.hash(key);
    } else if target.ends_with("body") {
        passed.content |= constant;
    } else if constant {
        passed.remove(key);
    } else {
        passed.added = passed.added.max(if persons::level(key) >= 2 { persons::level(key) } else { 0 });
    }
}

/// Conditions that drop whole records.
fn filter(config: &Item, signal: Signal, passed: &mut Passed) {
    let key = match signal {
        Signal::Metrics => "metrics",
        Signal::Logs => "logs",
        Signal::Traces => "traces",
    };
    let Some(rules) = config.get(key) else { return };
    passed.partial = true;
    rules.each_text(&mut |text| {
        if text.contains("user_prompt") || text.contains("prompt") {
            passed.content = true;
            passed.low = true;
        }
    });
}

#[cfg(test)]
mod tests {
    use super::super::tree;
    use super::*;

    fn passed(id: &str, yaml: &str, signal: Signal) -> Passed {
        let mut passed = Passed::default();
        apply(id, &tree::yaml(yaml).unwrap()[0], signal, &mut passed);
        passed
    }

    #[test]
    fn deleting_the_address_leaves_the_number() {
        let found = passed("attributes/x", "actions:\n - {key: user.email, action: delete}\n", Signal::Logs);
        assert_eq!(found.subject(3), 2);
        assert!(!found.content);
    }

    #[test]
    fn a_hash_is_a_pseudonym_not_anonymity() {
        let found = passed("attributes", "actions: [{key: user.email, action: hash}]", Signal::Logs);
        assert_eq!(found.subject(3), 2);
    }

    #[test]
    fn an_allow_list_decides_alone() {
        let found = passed("redaction", "allowed_keys: [model, service.name]", Signal::Logs);
        assert_eq!((found.subject(3), found.content), (0, true));
        let found = passed("redaction", "allow_all_keys: true\nblocked_values: ['[a-z]+@[a-z]+']", Signal::Logs);
        assert_eq!((found.subject(3), found.content), (2, false));
    }

    #[test]
    fn transform_counts_only_for_its_signal() {
        let yaml = "log_statements:\n - context: log\n   statements:\n    - delete_key(attributes, \"prompt\")\n    - set(attributes[\"user.email\"], SHA256(attributes[\"user.email\"]))\n";
        let logs = passed("transform", yaml, Signal::Logs);
        assert_eq!((logs.content, logs.subject(3)), (true, 2));
        assert_eq!(passed("transform", yaml, Signal::Traces), Passed::default());
    }

    #[test]
    fn adding_a_person_key_raises_the_level() {
        let found = passed(
            "attributes",
            "actions: [{key: enduser.id, action: insert, from_context: auth.subject}]",
            Signal::Logs,
        );
        assert_eq!(found.subject(0), 3);
    }

    #[test]
    fn a_prompt_length_is_not_a_prompt() {
        assert!(is_content("gen_ai.input.messages"));
        assert!(!is_content("prompt_length"));
    }
}
