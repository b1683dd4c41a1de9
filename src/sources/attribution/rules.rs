//! The plan's own rules as rows of the registry.

use super::data::{BranchRow, IdentityRow, Letter, LineRow, Origin, Rows, Value};
use crate::plan::{AttributionRules, TrailerRule};

/// The tool of a declaration that names none.
const UNNAMED: &str = "unnamed";

/// Values by which a trailer says that there was nothing to declare.
const NOTHING: [&str; 8] = ["", "0", "-", "no", "none", "false", "n/a", "off"];

/// Adds them. They come last, so that they win.
pub(super) fn add(rules: &AttributionRules, rows: &mut Rows) {
    rows.identity.extend(rules.identities.iter().map(|(account, tool)| identity(account, tool)));
    rows.line.extend(rules.trailers.iter().map(|(key, rule)| line(key, rule)));
    rows.branch.extend(rules.branches.iter().map(|rule| BranchRow {
        tool: rule.tool.clone(),
        class: if rule.declared { Letter::D } else { Letter::H },
        prefix: rule.prefix.clone(),
        origin: origin(),
        example: String::new(),
        trap: String::new(),
    }));
}

fn origin() -> Origin {
    Origin { source: "the plan".to_owned(), ..Origin::default() }
}

fn identity(account: &str, tool: &str) -> IdentityRow {
    let one = || vec![account.to_owned()];
    let app = account.strip_suffix("[bot]");
    let address = account.contains('@');
    IdentityRow {
        tool: tool.to_owned(),
        class: Letter::I,
        addresses: if address { one() } else { Vec::new() },
        apps: app.map(str::to_owned).into_iter().collect(),
        logins: if address || app.is_some() { Vec::new() } else { one() },
        ids: Vec::new(),
        name: None,
        origin: origin(),
        example: String::new(),
        trap: String::new(),
    }
}

fn line(key: &str, rule: &TrailerRule) -> LineRow {
    let (tool, value) = match rule {
        TrailerRule::Tool(tool) => (tool.clone(), None),
        TrailerRule::ValueNames => (UNNAMED.to_owned(), Some(Value::AnyAgent)),
    };
    LineRow {
        tool: Some(tool),
        keys: vec![key.to_owned()],
        class: Letter::D,
        value,
        unless: NOTHING.map(str::to_owned).into(),
        equals: Vec::new(),
        begins: Vec::new(),
        contains: None,
        origin: origin(),
        example: String::new(),
        trap: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{LoginClass, Registry, ReviewText, Signatures};
    use super::*;
    use crate::facts::change::{Channel, Mark, MarkClass};
    use crate::plan::{BranchRule, CheckboxRule, Says};

    fn registry() -> Registry {
        let own = || "own-agent".to_owned();
        let text = "this was assisted by ai".to_owned();
        Registry::with(&AttributionRules {
            labels: [("ai-assisted".to_owned(), "unnamed".to_owned())].into(),
            trailers: [("ai-tool".to_owned(), TrailerRule::ValueNames), ("x-run".to_owned(), TrailerRule::Tool(own()))]
                .into(),
            checkboxes: vec![CheckboxRule {
                text,
                tool: "unnamed".into(),
                ticked: Some(Says::Ai),
                unticked: Some(Says::NoAi),
            }],
            branches: vec![
                BranchRule { prefix: "agent/".into(), tool: own(), declared: true },
                BranchRule { prefix: "ai-".into(), tool: own(), declared: false },
            ],
            identities: [("agent@example.com", "own"), ("agent-login", "own"), ("our-agent[bot]", "own")]
                .map(|(account, _)| (account.to_owned(), own()))
                .into(),
        })
    }

    fn by_body(body: &str) -> Vec<(String, &'static str)> {
        let message = format!("Move the quay\n\n{body}\n");
        let marked = registry().marks(&Signatures { message: &message, ..Signatures::default() });
        marked.marks.iter().map(|mark| (mark.tool.clone(), mark.class.letter())).collect()
    }

    fn one(tool: &str, class: &'static str) -> Vec<(String, &'static str)> {
        vec![(tool.to_owned(), class)]
    }

    #[test]
    fn a_trailer_of_the_organisation_declares_its_tool_or_the_one_it_names() {
        assert_eq!(by_body("X-Run: 4711"), one("own-agent", "D"));
        assert_eq!(by_body("AI-Tool: Claude Code"), one("claude", "D"));
        assert_eq!(by_body("ai-tool: the harbour's own thing"), one("unnamed", "D"));
        for nothing in ["AI-Tool: none", "AI-Tool:", "X-Run: 0", "X-Run: no", "> X-Run: 4711", "X-Runs: 4711"] {
            assert_eq!(by_body(nothing), [], "{nothing}");
        }
    }

    #[test]
    fn an_account_of_the_organisation_is_an_identity_and_no_person() {
        let registry = registry();
        for (name, account) in [("Harbour Agent", "Agent@Example.com"), ("", "agent-login"), ("", "our-agent[bot]")] {
            assert_eq!(registry.classify(name, account), LoginClass::Ai, "{account}");
            assert_ne!(Registry::builtin().classify(name, account), LoginClass::Ai, "{account}");
        }
        assert_eq!(registry.classify_github("agent-login", Some(false)), LoginClass::Ai);
        assert_eq!(registry.classify("Mia Moreau", "mia.agent@example.com"), LoginClass::Human);
        assert_eq!(by_body("Co-authored-by: Harbour Agent <agent@example.com>"), one("own-agent", "I"));
        assert_eq!(by_body("Co-authored-by: x <12+agent-login@users.noreply.github.com>"), one("own-agent", "I"));
        assert_eq!(by_body("Co-authored-by: Mia <mia@example.com>"), []);
    }

    #[test]
    fn a_ticked_box_counts_in_a_review_and_in_the_message_of_its_squash() {
        assert_eq!(by_body("- [x] This was assisted by AI"), one("unnamed", "D"));
        assert_eq!(by_body("- [ ] This was assisted by AI"), []);
        let said = |description| registry().review(&ReviewText { description, ..ReviewText::default() });
        let ticked = said("- [X] This was assisted by AI\n");
        let mark = Mark { tool: "unnamed".into(), class: MarkClass::Declared, channel: Channel::ReviewText };
        assert_eq!((ticked.marks, ticked.declares_no_ai), (vec![mark], false));
    }

    #[test]
    fn an_empty_box_declares_that_no_ai_was_used_and_takes_no_mark_away() {
        let description = "- [ ] This was assisted by AI\n\nMade with [Cursor](https://cursor.com)";
        let said = registry().review(&ReviewText { description, ..ReviewText::default() });
        assert!(said.declares_no_ai);
        assert_eq!(said.marks.iter().map(|m| m.tool.as_str()).collect::<Vec<_>>(), ["cursor"]);
        let absent = registry().review(&ReviewText { description: "No template", ..ReviewText::default() });
        assert!(!absent.declares_no_ai);
    }

    #[test]
    fn labels_and_branches_count_as_the_plan_says() {
        let said = |labels: &[&'static str], branch| {
            let marks =
                registry().review(&ReviewText { labels: labels.to_vec(), branch, ..ReviewText::default() }).marks;
            marks.into_iter().map(|m| (m.tool, m.class.letter(), m.channel)).collect::<Vec<_>>()
        };
        assert_eq!(said(&["bug", "AI-Assisted "], "x"), [("unnamed".into(), "D", Channel::ReviewText)]);
        assert_eq!(said(&[], "agent/quay"), [("own-agent".into(), "D", Channel::Branch)]);
        assert_eq!(said(&[], "ai-quay"), [("own-agent".into(), "H", Channel::Branch)]);
        assert_eq!(said(&["codex"], "agents/quay"), []);
    }
}
