//! S05: captures stay at metadata unless justified.

use crate::checks::{Check, Evidence, Finding, Verdict};
use crate::facts::Kind;
use crate::measures::Measures;
use crate::message::Message;
use crate::plan::{Plan, SetBy};

pub(in crate::checks) const CHECK: Check = Check { id: "S05", set_by: Some(SetBy::Standard), criteria: &[], judge };

/// Content begins above activity metadata; it is somebody's from the first key of a single person on.
const CONTENT: u8 = 2;
const ONE_PERSON: u8 = 2;

fn judge(measures: &Measures, _plan: &Plan) -> Finding {
    let Some(captures) = measures.captures.known() else { return Finding::unknown(&measures.captures) };
    let figures = ["captures.observed", "captures.content", "captures.files_without_reader"];
    let content: Vec<_> = captures
        .observed
        .iter()
        .filter(|found| found.capture.axes.d.is_some_and(|d| d >= CONTENT))
        .filter(|found| found.capture.axes.s.is_some_and(|s| s >= ONE_PERSON))
        .collect();
    let justified = |found: &&&crate::measures::surveillance::captures::Observed| {
        captures.source_of(found).is_some_and(|source| source.necessity.is_some())
    };
    let unjustified: Vec<_> = content.iter().filter(|found| !justified(found)).copied().collect();
    let axes = |found: &crate::measures::surveillance::captures::Observed| (found.capture.axes.s, found.capture.axes.d);
    let unclear = captures.observed.iter().filter(|f| matches!(axes(f), (None, _) | (_, None))).count();
    let finding = if !unjustified.is_empty() && captures.register.is_none() {
        let ground = Message::new("s05-no-register").count("count", unjustified.len());
        Finding::lacking(vec![Kind::Register]).because(ground)
    } else if !unjustified.is_empty() {
        let ground = Message::new("s05-content").count("count", unjustified.len());
        Finding::new(Verdict::NotMet).because(ground)
    } else if captures.observed.is_empty() {
        Finding::new(Verdict::NoConclusion).because(Message::new("captures-none-found"))
    } else if unclear > 0 || captures.unread > 0 {
        Finding::lacking(vec![Kind::Monitoring]).because(Message::new("captures-unclear").count("count", unclear))
    } else {
        Finding::new(Verdict::Met).because(Message::new("s05-metadata").count("all", captures.observed.len()))
    };
    finding
        .comment(
            !content.is_empty() && unjustified.is_empty(),
            Message::new("s05-justified").count("count", content.len()),
        )
        .comment(captures.unread > 0, Message::new("captures-unread").count("count", captures.unread))
        .evidence(unjustified.into_iter().map(Evidence::capture))
        .figures(&figures)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::sample::finding;
    use crate::facts::register::{DeclaredSource, Register, Selector};
    use crate::facts::sample::{capture, facts};
    use crate::facts::{Capture, Facts};

    fn depth(d: Option<u8>, necessity: Option<&str>) -> Facts {
        let mut prompt = capture("a.env", "capture-prompt-text");
        prompt.axes.d = d;
        let source = DeclaredSource {
            selectors: vec![Selector { path: "a.env".into(), key: None }],
            necessity: necessity.map(str::to_owned),
            ..DeclaredSource::default()
        };
        Facts {
            captures: vec![prompt, Capture { ..capture("b.env", "capture-usage-metrics") }],
            register: Some(Register { sources: vec![source], ..Register::default() }),
            ..facts(&[Kind::Monitoring, Kind::Register])
        }
    }

    #[test]
    fn metadata_only_is_met() {
        assert_eq!(finding("S05", &depth(Some(1), None)).verdict, Verdict::Met);
    }

    #[test]
    fn prompts_without_a_stated_need_are_not_met_and_with_one_a_comment() {
        assert_eq!(finding("S05", &depth(Some(3), None)).verdict, Verdict::NotMet);
        assert_eq!(finding("S05", &depth(Some(3), Some("docs/need.md"))).verdict, Verdict::MetWithComments);
    }

    #[test]
    fn content_that_cannot_be_told_is_no_conclusion() {
        assert_eq!(finding("S05", &depth(None, None)).verdict, Verdict::NoConclusion);
        assert_eq!(finding("S05", &facts(&[])).needs, [Kind::Monitoring]);
        let mut undeclared = depth(Some(3), None);
        undeclared.register = None;
        assert_eq!(finding("S05", &undeclared).needs, [Kind::Register]);
    }
}
