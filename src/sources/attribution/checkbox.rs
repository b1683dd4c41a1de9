//! Boxes of a template that ask whether AI took part, by the plan's rules.

use crate::plan::{CheckboxRule, Says};

/// The plan's boxes, the longest text first: `… was NOT assisted …` and its opposite may begin alike.
#[derive(Default)]
pub(super) struct Boxes(Vec<CheckboxRule>);

impl Boxes {
    pub(super) fn new(rules: &[CheckboxRule]) -> Self {
        let mut rules: Vec<CheckboxRule> =
            rules.iter().map(|rule| CheckboxRule { text: plain(&rule.text), ..rule.clone() }).collect();
        rules.sort_by_key(|rule| std::cmp::Reverse(rule.text.len()));
        Self(rules)
    }

    /// The tool of the box on a line, and what the box says as it is.
    pub(super) fn read(&self, line: &str) -> Option<(&str, Option<Says>)> {
        if self.0.is_empty() {
            return None;
        }
        let (ticked, text) = task(line)?;
        let text = plain(text);
        // The text has to begin so: a rule for a part of it would take `NOT assisted` for `assisted`.
        let rule = self.0.iter().find(|rule| {
            text.strip_prefix(rule.text.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })?;
        Some((&rule.tool, if ticked { rule.ticked } else { rule.unticked }))
    }
}

/// Lower case, single blanks, no emphasis.
fn plain(text: &str) -> String {
    let bare: String = text.chars().filter(|c| !"*_~`".contains(*c)).collect();
    bare.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An item of a task list (<https://github.github.com/gfm/#task-list-items-extension->): whether it is ticked, and its
/// text. A quoted one is somebody else's.
fn task(line: &str) -> Option<(bool, &str)> {
    let line = line.trim_start();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let item = match digits {
        0 => line.strip_prefix(['-', '*', '+'])?,
        _ => line[digits..].strip_prefix(['.', ')'])?,
    };
    let inside = item.strip_prefix(' ')?.trim_start().strip_prefix('[')?;
    let (tick, text) = inside.split_once(']')?;
    let ticked = match tick.trim() {
        "" => false,
        "x" | "X" => true,
        _ => return None,
    };
    Some((ticked, text.strip_prefix(' ')?.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxes() -> Boxes {
        let rule =
            |text: &str, ticked, unticked| CheckboxRule { text: text.into(), tool: "ai".into(), ticked, unticked };
        Boxes::new(&[
            rule("this contribution was", None, Some(Says::NoAi)),
            rule("this contribution was assisted or created by generative ai", Some(Says::Ai), Some(Says::NoAi)),
            rule("this contribution was not assisted", Some(Says::NoAi), None),
        ])
    }

    fn says(line: &str) -> Option<Says> {
        boxes().read(line).and_then(|(_, says)| says)
    }

    #[test]
    fn a_box_says_what_its_rule_says_ticked_or_not() {
        let text = "This contribution was assisted or created by Generative AI tools.";
        for line in [
            format!("- [x] {text}"),
            format!("  * [X]  {text}"),
            format!("1. [x] **{text}**"),
            format!("- [x] {}", text.replace(' ', "  ")),
        ] {
            assert_eq!(says(&line), Some(Says::Ai), "{line}");
        }
        assert_eq!(says(&format!("- [ ] {text}")), Some(Says::NoAi));
        assert_eq!(says(&format!("- [] {text}")), Some(Says::NoAi));
    }

    #[test]
    fn a_box_that_denies_is_not_the_box_that_it_denies() {
        let denied = "This contribution was NOT assisted or created by Generative AI tools.";
        assert_eq!(says(&format!("- [x] {denied}")), Some(Says::NoAi));
        assert_eq!(says(&format!("- [ ] {denied}")), None);
    }

    #[test]
    fn prose_quotes_and_other_boxes_say_nothing() {
        for line in [
            "This contribution was assisted or created by Generative AI",
            "> - [x] This contribution was assisted or created by Generative AI",
            "- [?] This contribution was assisted or created by Generative AI",
            "- [x]This contribution was assisted or created by Generative AI",
            "- [x] I signed my commits",
            "- [x",
            "1",
            "[x]",
            "",
        ] {
            assert_eq!(says(line), None, "{line}");
        }
        assert_eq!(boxes().read("- [x] This contribution wasted my time"), None);
        assert_eq!(Boxes::default().read("- [x] This contribution was assisted"), None);
    }
}
