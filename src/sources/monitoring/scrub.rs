//! What of a setting may be quoted: shortened, without secrets, credentials or addresses of people.

use crate::error::is_hidden;
use crate::facts::capture::Node;

/// Longest quotation, in characters.
const LONGEST: usize = 120;

/// Words in a name that say its value is a secret.
const SECRET_NAMES: [&str; 14] = [
    "secret",
    "passw",
    "passphrase",
    "api_key",
    "api-key",
    "apikey",
    "authorization",
    "auth_header",
    "headers",
    "credential",
    "private_key",
    "client_key",
    "access_key",
    "dsn",
];

/// Beginnings of well-known tokens (GitHub secret scanning patterns, AWS key ids, Slack, Google, Grafana, JWT).
const TOKEN_STARTS: [&str; 16] = [
    "ghp_",
    "gho_",
    "ghu_",
    "ghs_",
    "ghr_",
    "github_pat_",
    "glpat-",
    "xox",
    "AKIA",
    "ASIA",
    "AIza",
    "sk-",
    "glsa_",
    "glc_",
    "eyJ",
    "hvs.",
];

/// Whether a setting of this name holds a secret.
pub(super) fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    // `auth_token` is a secret; `token_usage_tokens_total` is a metric.
    name.ends_with("token") || SECRET_NAMES.iter().any(|word| name.contains(word))
}

/// The name just before a sign: `b` of `a{b=`.
fn last_name(text: &str) -> &str {
    let text = text.trim_end_matches(['"', '\'', ' ']);
    text.rsplit(|c: char| !(c.is_alphanumeric() || "_-.".contains(c))).next().unwrap_or(text)
}

/// `NAME=value` for print; the value of a secret is left out.
pub(super) fn assignment(name: &str, sign: &str, value: &str) -> String {
    if is_secret(name) { quote(&format!("{name}{sign}[removed]")) } else { quote(&format!("{name}{sign}{value}")) }
}

/// Any text for print: one line, shortened, without addresses, credentials, tokens and what a query looks for.
pub(super) fn quote(text: &str) -> String {
    let text = &without_sought(text);
    let mut words: Vec<String> = Vec::new();
    let mut hide_next = false;
    for word in text.split_whitespace() {
        let lower = word.to_ascii_lowercase();
        if hide_next {
            words.push("[removed]".into());
            hide_next = matches!(lower.as_str(), "=" | ":" | "bearer" | "basic");
            continue;
        }
        words.push(clean(word));
        let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
        let scheme = ["bearer", "basic"].iter().any(|scheme| bare.ends_with(scheme));
        hide_next = scheme || matches!(bare, "password" | "passwd" | "secret" | "token") || ends_open(&lower);
    }
    let mut short: String = words.join(" ").chars().filter(|c| !is_hidden(*c)).collect();
    if short.chars().count() > LONGEST {
        short = short.chars().take(LONGEST - 1).collect();
        short.push('…');
    }
    short
}

/// Words in a name that say its values are people.
const PERSON_NAMES: [&str; 10] =
    ["user", "author", "login", "email", "assignee", "actor", "owner", "engineer", "reviewer", "committer"];

/// A query without the people it looks for: `author IN ('…', '…')`, `{user_name="…"}`. A filter can be a list of names.
fn without_sought(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let is_sql = lower.contains("select ") && lower.contains("from ");
    let (mut kept, mut name, mut rest) = (String::new(), String::new(), text);
    while let Some(at) = rest.find(['"', '\'', '`']) {
        let (before, from) = rest.split_at(at);
        let sign = &from[..1];
        let Some(length) = from[1..].find(sign) else { break };
        let operator = before.trim_end().trim_end_matches(['=', '~', '!']);
        if operator.len() < before.trim_end().len() {
            name = last_name(operator).to_ascii_lowercase();
        } else if !matches!(before.trim(), "," | "|") {
            name.clear();
        }
        let sought = is_sql && sign == "'" || PERSON_NAMES.iter().any(|word| name.contains(word));
        let value = if sought && length > 0 { "…" } else { &from[1..=length] };
        kept.extend([before, sign, value, sign]);
        rest = &from[length + 2..];
    }
    kept + rest
}

/// `x_password=` and `"x_password":` leave the secret to the next word.
fn ends_open(word: &str) -> bool {
    word.strip_suffix(['=', ':']).is_some_and(|name| is_secret(last_name(name)))
}

/// One word without user information of a URL, addresses and tokens.
fn clean(word: &str) -> String {
    let mut word = word.to_owned();
    let secret = word.match_indices(['=', ':']).find(|(at, _)| is_secret(last_name(&word[..*at])));
    if let Some((at, _)) = secret.filter(|(at, _)| at + 1 < word.len()) {
        word = format!("{}[removed]", &word[..=at]);
    }
    if let Some(start) = word.find("://") {
        let rest = &word[start + 3..];
        let authority = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let host = rest[..authority].rfind('@').map_or(0, |at| at + 1);
        let path = rest[authority..].split(['?', '#']).next().unwrap_or_default();
        word = format!("{}{}{path}", &word[..start + 3], &rest[host..authority]);
    }
    word.split_inclusive(|c: char| !(c.is_alphanumeric() || "._%+-@=".contains(c))).map(piece).collect()
}

/// A run of word characters and the separator after it.
fn piece(piece: &str) -> String {
    let body = piece.trim_end_matches(|c: char| !(c.is_alphanumeric() || "._%+-@=".contains(c)));
    let tail = &piece[body.len()..];
    let (name, value) = body.trim_end_matches('=').rsplit_once('=').map_or(("", body), |(name, value)| (name, value));
    let at = value.find('@');
    if at.is_some_and(|at| at > 0 && value[at..].contains('.')) {
        return format!("{}[address]{tail}", if name.is_empty() { String::new() } else { format!("{name}=") });
    }
    let token = TOKEN_STARTS.iter().any(|start| value.starts_with(start)) && value.len() >= 16;
    if token || looks_random(value) {
        return format!("{}[removed]{tail}", if name.is_empty() { String::new() } else { format!("{name}=") });
    }
    piece.to_owned()
}

/// Thirty-two or more characters that mix letters and digits and hold no separator: a key, not a name.
fn looks_random(word: &str) -> bool {
    word.len() >= 32
        && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '+' || c == '=')
        && word.chars().any(|c| c.is_ascii_digit())
        && word.chars().any(|c| c.is_ascii_alphabetic())
}

/// The endpoint of a URL or `host:port`: lower case, without credentials and path, with the scheme's port where none
/// is written. `None` when an expression stands in its place.
pub(super) fn endpoint(text: &str) -> Option<Node> {
    let text = text.trim().trim_matches(['"', '\'']);
    let (scheme, rest) = text.split_once("://").unwrap_or(("", text));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default().to_ascii_lowercase();
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-_:[]".contains(c);
    if host.is_empty() || !host.chars().all(plain) {
        return None;
    }
    let has_port = host.rsplit_once(':').is_some_and(|(name, port)| {
        !port.is_empty() && port.chars().all(|c| c.is_ascii_digit()) && (!name.contains(':') || name.ends_with(']'))
    });
    match (has_port, scheme) {
        (false, "https") => Some(Node::Endpoint(format!("{host}:443"))),
        (false, "http") => Some(Node::Endpoint(format!("{host}:80"))),
        _ => Some(Node::Endpoint(host)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_addresses_and_userinfo_are_never_quoted() {
        for text in [
            "OTEL_EXPORTER_OTLP_HEADERS=Authorization=Bearer hunter2secret",
            "endpoint: https://mia:hunter2secret@otel.example:4318/v1?key=hunter2secret",
            "where user_email = 'hunter2secret@harbour.example'",
            "Authorization: Bearer hunter2secret",
            "password = hunter2secret",
            "x ghp_hunter2secret0123456789",
            "label=hunter2secret@harbour.example",
            "key hunter2secret4567890123456789012345678==",
            "{\"x-api-key\": \"hunter2secret\"}",
            "{api_key=\"hunter2secret\"}",
        ] {
            assert!(!quote(text).contains("hunter2secret"), "{}", quote(text));
        }
        assert!(!assignment("API_TOKEN", "=", "hunter2secret").contains("hunter2secret"));
    }

    #[test]
    fn the_people_a_query_looks_for_are_not_quoted() {
        for text in [
            "select author, count(*) from c where author in ('Mia Quill', 'Jo Quill') group by author",
            "sum by (user)(x{user_name=\"Mia Quill\"})",
            "sum(x{job='ci', login=~\"Mia Quill|Jo Quill\"})",
            "SELECT 1 FROM t WHERE name LIKE 'Mia Quill%'",
        ] {
            assert!(!quote(text).contains("Quill"), "{}", quote(text));
        }
        assert_eq!(quote("it's x{job=\"ci\"} and 'open"), "it's x{job=\"ci\"} and 'open");
    }

    #[test]
    fn ordinary_settings_stay_readable() {
        assert_eq!(quote("OTEL_LOG_USER_PROMPTS=1"), "OTEL_LOG_USER_PROMPTS=1");
        assert_eq!(quote("sum by (user_id)(increase(x[1h]))"), "sum by (user_id)(increase(x[1h]))");
        let tokens = "sum by (user_id)(claude_code_token_usage_tokens_total{type=\"input\"})";
        assert_eq!(quote(tokens), tokens);
    }

    #[test]
    fn a_long_query_is_shortened() {
        assert_eq!(quote(&"abc ".repeat(500)).chars().count(), LONGEST);
    }

    #[test]
    fn an_endpoint_is_host_and_port_without_credentials() {
        let node = |text| endpoint(text).map(|node| node.label().to_owned());
        assert_eq!(node("http://mia:pw@Otel.Example:4318/v1/logs").as_deref(), Some("otel.example:4318"));
        assert_eq!(node("https://otel.example/v1").as_deref(), Some("otel.example:443"));
        assert_eq!(node("tempo:4317").as_deref(), Some("tempo:4317"));
        assert_eq!(node("[::]:4317").as_deref(), Some("[::]:4317"));
        assert_eq!(node("${env:OTLP}"), None);
    }
}
