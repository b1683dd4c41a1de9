//! S01: every observed capture is declared.

use crate::checks::{Check, Evidence, Finding, Verdict};
use crate::facts::Kind;
use crate::measures::Measures;
use crate::message::Message;
use crate::plan::{Plan, SetBy};

pub(in crate::checks) const CHECK: Check = Check { id: "S01", set_by: Some(SetBy::Convention), criteria: &[], judge };

fn judge(measures: &Measures, _plan: &Plan) -> Finding {
    let Some(captures) = measures.captures.known() else { return Finding::unknown(&measures.captures) };
    let figures = ["captures.observed", "captures.declared", "captures.undeclared"];
    let Some(register) = &captures.register else { return Finding::lacking(vec![Kind::Register]).figures(&figures) };
    let undeclared = captures.undeclared().count();
    let wider: Vec<_> = captures.observed.iter().filter(|found| !found.beyond.is_empty()).collect();
    let mut finding = if undeclared + wider.len() > 0 {
        Finding::new(Verdict::NotMet)
    } else if captures.unread > 0 || captures.observed.is_empty() {
        Finding::new(Verdict::NoConclusion)
    } else {
        Finding::new(Verdict::Met)
    };
    if captures.observed.is_empty() {
        finding = finding.because(Message::new("captures-none-found"));
    } else if undeclared > 0 {
        finding = finding
            .because(Message::new("s01-undeclared").count("count", undeclared).count("all", captures.observed.len()));
    } else {
        finding = finding.because(Message::new("s01-declared").count("all", captures.observed.len()));
    }
    let dead = captures.dead.iter().map(|at| &register.sources[*at]);
    let not_observed =
        dead.map(|s| Evidence::register(Message::new("s01-evidence-dead"), &register.file, s.line, &s.id));
    let beyond = wider.iter().map(|found| Evidence {
        what: Message::new("s01-evidence-wider").names("axes", found.beyond.iter().map(|axis| format!("axis-{axis}"))),
        ..Evidence::capture(found)
    });
    finding
        .comment(!wider.is_empty(), Message::new("s01-wider").count("count", wider.len()))
        .comment(captures.unread > 0, Message::new("captures-unread").count("count", captures.unread))
        .comment(!captures.dead.is_empty(), Message::new("s01-dead").count("count", captures.dead.len()))
        .evidence(captures.undeclared().map(Evidence::capture))
        .evidence(beyond)
        .evidence(not_observed)
        .figures(&figures)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::sample::finding;
    use crate::facts::Facts;
    use crate::facts::register::{DeclaredSource, Register, Selector};
    use crate::facts::sample::{capture, facts};

    fn declared(path: &str) -> DeclaredSource {
        let selector = Selector { path: path.into(), key: None };
        DeclaredSource { id: "tools".into(), selectors: vec![selector], ..DeclaredSource::default() }
    }

    fn observed(sources: Vec<DeclaredSource>) -> Facts {
        Facts {
            captures: vec![capture("tools/a.env", "capture-prompt-text")],
            register: Some(Register { sources, ..Register::default() }),
            ..facts(&[Kind::Monitoring, Kind::Register])
        }
    }

    #[test]
    fn a_covered_capture_is_met_and_an_uncovered_one_is_not() {
        assert_eq!(finding("S01", &observed(vec![declared("tools/*.env")])).verdict, Verdict::Met);
        let found = finding("S01", &observed(vec![declared("other/*")]));
        assert_eq!((found.verdict, found.evidence[0].file.as_str()), (Verdict::NotMet, "tools/a.env"));
    }

    #[test]
    fn an_entry_for_a_key_covers_only_that_key() {
        let mut keyed = declared("tools/*.env");
        keyed.selectors[0].key = Some("OTHER*".into());
        assert_eq!(finding("S01", &observed(vec![keyed.clone()])).verdict, Verdict::NotMet);
        keyed.selectors[0].key = Some("KE*".into());
        assert_eq!(finding("S01", &observed(vec![keyed])).verdict, Verdict::Met);
    }

    #[test]
    fn a_capture_beyond_the_declared_ceiling_is_not_met() {
        let mut narrow = declared("tools/*.env");
        narrow.ceiling.s = Some(2);
        assert_eq!(finding("S01", &observed(vec![narrow])).verdict, Verdict::NotMet);
    }

    #[test]
    fn an_entry_that_matches_nothing_is_a_comment() {
        let facts = observed(vec![declared("tools/*.env"), declared("gone/*")]);
        assert_eq!(finding("S01", &facts).verdict, Verdict::MetWithComments);
    }

    #[test]
    fn no_register_and_nothing_found_are_no_conclusion() {
        let mut silent = observed(vec![declared("tools/*.env")]);
        silent.captures.clear();
        assert_eq!(finding("S01", &silent).verdict, Verdict::NoConclusion);
        silent.register = None;
        assert_eq!(finding("S01", &silent).needs, [Kind::Register]);
    }
}
