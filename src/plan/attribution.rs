//! `[attribution]`: the organisation's own signs of AI use, beside those that tools leave everywhere.
//!
//! What a plan says here is a declaration, class D, except for accounts (I: only the agent has them) and branches (H, a
//! hint, unless the plan vouches for them). A rule that could hit people or everything is refused.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::text::Text;
use crate::error::{Problem, is_hidden, nearest};

/// The tool of a declaration that names none.
const UNNAMED: &str = "unnamed";

/// The value of a trailer rule that takes the tool from the trailer.
const VALUE_NAMES: &str = "agent";

/// The longest key of a trailer that is looked for.
const LONGEST_KEY: usize = 32;

/// The longest tool word: it becomes a part of figure ids.
const LONGEST_TOOL: usize = 40;

/// Trailers that name people, as git, the kernel and Gerrit use them; a rule on one would call every change AI.
const NAMES_PEOPLE: [&str; 12] = [
    "acked-by",
    "author",
    "cc",
    "co-authored-by",
    "committed-by",
    "helped-by",
    "reported-by",
    "reviewed-by",
    "signed-off-by",
    "submitted-by",
    "suggested-by",
    "tested-by",
];

/// The organisation's own signs of AI use.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AttributionRules {
    /// Tool by label of a review, in lower case.
    pub labels: BTreeMap<String, String>,
    /// Trailers by key, in lower case.
    pub trailers: BTreeMap<String, TrailerRule>,
    /// Boxes of the template of reviews.
    pub checkboxes: Vec<CheckboxRule>,
    /// Beginnings of branch names.
    pub branches: Vec<BranchRule>,
    /// Tool by address or login of an agent's own account, in lower case.
    pub identities: BTreeMap<String, String>,
}

/// Which tool a trailer of the organisation stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrailerRule {
    /// Always this one.
    Tool(String),
    /// The one that its value names.
    ValueNames,
}

/// A box in the template of reviews.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckboxRule {
    /// How its text begins, in lower case, with single blanks.
    pub text: String,
    /// The tool that it stands for.
    pub tool: String,
    /// What a tick says.
    pub ticked: Option<Says>,
    /// What the lack of a tick says.
    pub unticked: Option<Says>,
}

/// What a box says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// AI took part.
    Ai,
    /// It is declared that no AI took part, which is no proof of it.
    NoAi,
}

/// How the branches of an agent begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BranchRule {
    /// Beginning of the name, in lower case.
    pub prefix: String,
    /// Tool.
    pub tool: String,
    /// The plan vouches that people do not use it: class D instead of H.
    pub declared: bool,
}

#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAttribution {
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, String>")]
    labels: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, String>")]
    trailers: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    checkboxes: Vec<RawCheckbox>,
    #[serde(default)]
    branches: Vec<RawBranch>,
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, String>")]
    identities: BTreeMap<Spanned<String>, Spanned<String>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RawCheckbox {
    #[schemars(with = "String")]
    text: Spanned<String>,
    #[schemars(with = "Option<String>")]
    tool: Option<Spanned<String>>,
    #[schemars(with = "Option<String>")]
    ticked: Option<Spanned<String>>,
    #[schemars(with = "Option<String>")]
    unticked: Option<Spanned<String>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RawBranch {
    #[schemars(with = "String")]
    prefix: Spanned<String>,
    #[schemars(with = "String")]
    tool: Spanned<String>,
    #[schemars(with = "Option<String>")]
    class: Option<Spanned<String>>,
}

/// The section, checked.
pub(super) fn checked(source: &Text<'_>, raw: &RawAttribution) -> Result<AttributionRules, Problem> {
    let boxes = raw.checkboxes.iter().map(|raw| checkbox(source, raw)).collect::<Result<Vec<_>, _>>()?;
    if let Some(at) = (1..boxes.len()).find(|at| boxes[..*at].iter().any(|earlier| earlier.text == boxes[*at].text)) {
        return Err(twice(source, &raw.checkboxes[at].text));
    }
    let branches = raw.branches.iter().map(|raw| branch(source, raw)).collect::<Result<Vec<_>, _>>()?;
    if let Some(at) = (1..branches.len()).find(|at| branches[..*at].iter().any(|b| b.prefix == branches[*at].prefix)) {
        return Err(twice(source, &raw.branches[at].prefix));
    }
    Ok(AttributionRules {
        labels: map(source, &raw.labels, label, tool)?,
        trailers: map(source, &raw.trailers, key, |source, value| {
            let names = value.get_ref() == VALUE_NAMES;
            if names { Ok(TrailerRule::ValueNames) } else { tool(source, value).map(TrailerRule::Tool) }
        })?,
        checkboxes: boxes,
        branches,
        identities: map(source, &raw.identities, identity, tool)?,
    })
}

type Checked<T> = fn(&Text<'_>, &Spanned<String>) -> Result<T, Problem>;

/// Checks keys and values. Keys are compared without their case, so one may stand there only once.
fn map<T>(
    source: &Text<'_>,
    raw: &BTreeMap<Spanned<String>, Spanned<String>>,
    key: Checked<String>,
    value: Checked<T>,
) -> Result<BTreeMap<String, T>, Problem> {
    let mut checked = BTreeMap::new();
    for (written, meant) in raw {
        if checked.insert(key(source, written)?, value(source, meant)?).is_some() {
            return Err(twice(source, written));
        }
    }
    Ok(checked)
}

fn twice(source: &Text<'_>, written: &Spanned<String>) -> Problem {
    source
        .problem(written.span().start, "the rule stands there twice")
        .help("keep one of them; case makes no difference")
}

/// A text that somebody can have meant: one line, something visible.
fn visible(source: &Text<'_>, written: &Spanned<String>, what: &str) -> Result<String, Problem> {
    let text = written.get_ref().trim();
    if text.is_empty() || text.contains(|c| is_hidden(c) || c == '\n') {
        let why = format!("the {what} is empty, or is not one line of visible text");
        return Err(source.problem(written.span().start, why));
    }
    Ok(text.to_lowercase())
}

fn tool(source: &Text<'_>, written: &Spanned<String>) -> Result<String, Problem> {
    let word = written.get_ref();
    let plain = word.len() <= LONGEST_TOOL
        && word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if plain && word != VALUE_NAMES {
        return Ok(word.clone());
    }
    Err(source
        .problem(written.span().start, "a tool is a word of lower-case letters, digits and hyphens, other than `agent`")
        .help(format!("write a tool such as \"claude\" or \"internal-agent\", or \"{UNNAMED}\" where none is known")))
}

fn label(source: &Text<'_>, written: &Spanned<String>) -> Result<String, Problem> {
    visible(source, written, "label")
}

/// A key as git reads it: <https://github.com/git/git/blob/v2.43.0/trailer.c>, `find_separator`.
fn key(source: &Text<'_>, written: &Spanned<String>) -> Result<String, Problem> {
    let key = written.get_ref().to_ascii_lowercase();
    let at = written.span().start;
    let plain = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if !plain || key.len() > LONGEST_KEY {
        return Err(source
            .problem(at, format!("git takes no such key of a trailer, or it is longer than {LONGEST_KEY} characters"))
            .help("write the key alone, without colon or star, such as \"AI-Tool\"; one rule a key"));
    }
    if NAMES_PEOPLE.contains(&key.as_str()) {
        return Err(source
            .problem(at, "this trailer names people, so the rule would call their changes AI")
            .help("write a key of your own, or list the agent's account under identities"));
    }
    Ok(key)
}

/// The exact address or login of an account. A domain would take in the people who work there.
fn identity(source: &Text<'_>, written: &Spanned<String>) -> Result<String, Problem> {
    let lower = written.get_ref().trim().to_ascii_lowercase();
    let plain =
        !lower.is_empty() && !lower.contains(|c: char| c.is_whitespace() || is_hidden(c) || "<>*,;".contains(c));
    let exact = match lower.split_once('@') {
        Some((local, domain)) => !local.is_empty() && !domain.contains('@') && domain.contains(|c| c != '.'),
        None => !lower.contains('.'),
    };
    if plain && exact {
        return Ok(lower);
    }
    Err(source
        .problem(
            written.span().start,
            "this is no single account: only a whole address or a login is matched, never a domain",
        )
        .help("write the agent's whole address, such as \"agent@example.com\", or its login"))
}

fn checkbox(source: &Text<'_>, raw: &RawCheckbox) -> Result<CheckboxRule, Problem> {
    let text = visible(source, &raw.text, "text of the box")?;
    let says = |written: Option<&Spanned<String>>| written.map(|written| says(source, written)).transpose();
    let (ticked, unticked) = (says(raw.ticked.as_ref())?, says(raw.unticked.as_ref())?);
    if ticked == unticked {
        return Err(source
            .problem(raw.text.span().start, "ticked or not, the box says the same")
            .help("add ticked = \"ai\", and unticked = \"none\" where an empty box declares that no AI was used"));
    }
    Ok(CheckboxRule {
        text: text.split_whitespace().collect::<Vec<_>>().join(" "),
        tool: raw.tool.as_ref().map_or_else(|| Ok(UNNAMED.to_owned()), |written| tool(source, written))?,
        ticked,
        unticked,
    })
}

fn says(source: &Text<'_>, written: &Spanned<String>) -> Result<Says, Problem> {
    match written.get_ref().as_str() {
        "ai" => Ok(Says::Ai),
        "none" => Ok(Says::NoAi),
        other => {
            Err(source.problem(written.span().start, "a box says either that AI took part or that none did").help(
                nearest(other, ["none"])
                    .map_or("write \"ai\" or \"none\"".to_owned(), |word| format!("write \"{word}\"")),
            ))
        }
    }
}

fn branch(source: &Text<'_>, raw: &RawBranch) -> Result<BranchRule, Problem> {
    let prefix = visible(source, &raw.prefix, "beginning of the branch")?;
    let at = raw.prefix.span().start;
    // https://git-scm.com/docs/git-check-ref-format
    let possible = !prefix.contains(|c: char| c.is_whitespace() || "~^:?*[\\".contains(c)) && !prefix.contains("..");
    if !possible || !prefix.ends_with(['/', '-', '_']) || prefix.len() < 2 {
        return Err(source
            .problem(at, "the beginning of a branch has to end at a separator, or it would take in other branches")
            .help("write \"agent/\", or \"agent-\""));
    }
    let declared = match raw.class.as_ref().map(|class| class.get_ref().as_str()) {
        None | Some("H") => false,
        Some("D") => true,
        Some(_) => {
            let at = raw.class.as_ref().map_or(at, |class| class.span().start);
            return Err(source
                .problem(at, "a branch is a hint (H) or a declaration (D)")
                .help("leave class out, or write class = \"D\" where only the agent names its branches so"));
        }
    };
    Ok(BranchRule { prefix, tool: tool(source, &raw.tool)?, declared })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(text: &str) -> Result<AttributionRules, String> {
        let raw: RawAttribution = toml::from_str(text).map_err(|error| error.to_string())?;
        checked(&Text { file: "audit.toml", text }, &raw).map_err(|problem| problem.to_string())
    }

    #[test]
    fn every_kind_of_rule_is_read_in_lower_case() {
        let rules = rules(
            r#"
            labels = { "AI-assisted" = "unnamed", codex = "codex" }
            trailers = { AI-Tool = "agent", X-Agent-Run = "internal-agent" }
            checkboxes = [{ text = "This was  assisted by AI", ticked = "ai", unticked = "none" }]
            branches = [{ prefix = "Agent/", tool = "internal-agent" }, { prefix = "bot-", tool = "codex", class = "D" }]
            identities = { "Agent@Example.com" = "internal-agent", "our-agent[bot]" = "internal-agent" }
            "#,
        )
        .unwrap();
        assert_eq!(rules.labels.get("ai-assisted").map(String::as_str), Some("unnamed"));
        assert_eq!(rules.trailers["ai-tool"], TrailerRule::ValueNames);
        assert_eq!(rules.trailers["x-agent-run"], TrailerRule::Tool("internal-agent".into()));
        let text = "this was assisted by ai".to_owned();
        let expected =
            CheckboxRule { text, tool: "unnamed".into(), ticked: Some(Says::Ai), unticked: Some(Says::NoAi) };
        assert_eq!(rules.checkboxes, [expected]);
        assert_eq!(
            rules.branches.iter().map(|b| (b.prefix.as_str(), b.declared)).collect::<Vec<_>>(),
            [("agent/", false), ("bot-", true)]
        );
        assert_eq!(rules.identities.keys().collect::<Vec<_>>(), ["agent@example.com", "our-agent[bot]"]);
    }

    #[test]
    fn a_plan_without_the_section_has_no_rules() {
        assert_eq!(rules(""), Ok(AttributionRules::default()));
    }

    #[test]
    fn a_rule_that_would_take_in_people_or_everything_is_refused_at_its_place() {
        for (text, column, why) in [
            ("identities = { \"@example.com\" = \"agent-x\" }", 16, "never a domain"),
            ("identities = { \"*@example.com\" = \"agent-x\" }", 16, "never a domain"),
            ("identities = { \"example.com\" = \"agent-x\" }", 16, "never a domain"),
            ("identities = { \"agent@\" = \"agent-x\" }", 16, "never a domain"),
            ("identities = { \"\" = \"agent-x\" }", 16, "no single account"),
            ("trailers = { Reviewed-by = \"codex\" }", 14, "names people"),
            ("trailers = { \"Trace-*\" = \"codex\" }", 14, "no such key"),
            ("trailers = { \"AI Tool\" = \"codex\" }", 14, "no such key"),
            ("trailers = { \"AI-Tool:\" = \"codex\" }", 14, "no such key"),
            ("labels = { \" \" = \"codex\" }", 12, "label is empty"),
            ("labels = { ai = \"Mia Moreau\" }", 17, "a tool is a word"),
            ("labels = { ai = \"agent\" }", 17, "a tool is a word"),
            ("labels = { ai = \"\" }", 17, "a tool is a word"),
            ("labels = { AI = \"codex\", ai = \"codex\" }", 26, "stands there twice"),
            ("branches = [{ prefix = \"\", tool = \"codex\" }]", 24, "is empty"),
            ("branches = [{ prefix = \"/\", tool = \"codex\" }]", 24, "separator"),
            ("branches = [{ prefix = \"agent\", tool = \"codex\" }]", 24, "separator"),
            ("branches = [{ prefix = \"agent */\", tool = \"codex\" }]", 24, "separator"),
            ("branches = [{ prefix = \"agent/\", tool = \"codex\", class = \"I\" }]", 58, "hint (H)"),
            ("checkboxes = [{ text = \"\", ticked = \"ai\" }]", 24, "is empty"),
            ("checkboxes = [{ text = \"AI\" }]", 24, "says the same"),
            ("checkboxes = [{ text = \"AI\", ticked = \"ai\", unticked = \"ai\" }]", 24, "says the same"),
            ("checkboxes = [{ text = \"AI\", ticked = \"yes\" }]", 39, "either that AI"),
        ] {
            let problem = rules(text).expect_err(text);
            assert!(
                problem.contains(why) && problem.contains(&format!("audit.toml:1:{column}\n")),
                "{text}: {problem}"
            );
            assert!(problem.contains("help: ") || why.contains("empty"), "{text}: {problem}");
        }
    }

    #[test]
    fn a_refused_account_is_not_quoted() {
        let problem = rules("identities = { \"mia moreau@example.com\" = \"agent-x\" }").expect_err("a blank");
        assert!(!problem.contains("moreau"), "{problem}");
    }
}
