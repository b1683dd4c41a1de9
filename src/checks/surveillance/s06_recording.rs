//! S06: no audio, video or transcript of people without an agreement.

use crate::checks::{Check, Evidence, Finding, Verdict};
use crate::facts::Kind;
use crate::measures::Measures;
use crate::message::Message;
use crate::plan::{Plan, SetBy};

pub(in crate::checks) const CHECK: Check = Check { id: "S06", set_by: Some(SetBy::Standard), criteria: &[], judge };

/// Full capture of a session: audio, video, screen, verbatim transcript.
const RECORDING: u8 = 4;

fn judge(measures: &Measures, _plan: &Plan) -> Finding {
    let Some(captures) = measures.captures.known() else { return Finding::unknown(&measures.captures) };
    let recordings: Vec<_> =
        captures.observed.iter().filter(|found| found.capture.axes.d.is_some_and(|d| d >= RECORDING)).collect();
    let agreed = |found: &crate::measures::surveillance::captures::Observed| {
        captures.source_of(found).is_some_and(|source| source.agreement.is_some())
    };
    let without: Vec<_> = recordings.iter().filter(|found| !agreed(found)).copied().collect();
    let unclear = captures.observed.iter().filter(|found| found.capture.axes.d.is_none()).count();
    let finding = if !without.is_empty() && captures.register.is_none() {
        let ground = Message::new("s06-no-register").count("count", without.len());
        Finding::lacking(vec![Kind::Register]).because(ground)
    } else if !without.is_empty() {
        Finding::new(Verdict::NotMet).because(Message::new("s06-recording").count("count", without.len()))
    } else if captures.observed.is_empty() {
        Finding::lacking(vec![Kind::Monitoring]).because(Message::new("captures-none-found"))
    } else if captures.unread > 0 {
        Finding::lacking(vec![Kind::Monitoring])
            .because(Message::new("captures-unread").count("count", captures.unread))
    } else if unclear > 0 {
        Finding::lacking(vec![Kind::Monitoring]).because(Message::new("captures-unclear").count("count", unclear))
    } else if !recordings.is_empty() {
        Finding::new(Verdict::Met).because(Message::new("s06-agreed").count("count", recordings.len()))
    } else {
        Finding::new(Verdict::Met).because(Message::new("s06-none"))
    };
    finding.evidence(without.into_iter().map(Evidence::capture)).figures(&["captures.observed", "captures.content"])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::sample::finding;
    use crate::facts::Facts;
    use crate::facts::register::{DeclaredSource, Register, Selector};
    use crate::facts::sample::{capture, facts};

    fn transcription(agreement: Option<&str>) -> Facts {
        let mut meeting = capture("meetings.csv", "capture-transcription");
        meeting.axes.d = Some(4);
        let source = DeclaredSource {
            selectors: vec![Selector { path: "meetings.csv".into(), key: None }],
            agreement: agreement.map(str::to_owned),
            ..DeclaredSource::default()
        };
        Facts {
            captures: vec![meeting],
            register: Some(Register { sources: vec![source], ..Register::default() }),
            ..facts(&[Kind::Monitoring, Kind::Register])
        }
    }

    #[test]
    fn transcription_needs_an_agreement() {
        assert_eq!(finding("S06", &transcription(None)).verdict, Verdict::NotMet);
        assert_eq!(finding("S06", &transcription(Some("BV-1"))).verdict, Verdict::Met);
    }

    #[test]
    fn files_about_nobody_say_nothing_about_recording() {
        let mut nobody = transcription(None);
        nobody.captures.clear();
        assert_eq!(finding("S06", &nobody).needs, [Kind::Monitoring]);
    }

    #[test]
    fn without_a_register_no_agreement_can_be_looked_up() {
        let mut undeclared = transcription(None);
        undeclared.register = None;
        assert_eq!(finding("S06", &undeclared).needs, [Kind::Register]);
    }

    #[test]
    fn nothing_found_is_met_only_when_every_file_was_understood() {
        let mut none = transcription(None);
        none.captures[0].axes.d = Some(1);
        assert_eq!(finding("S06", &none).verdict, Verdict::Met);
        none.captures[0].axes.d = None;
        assert_eq!(finding("S06", &none).needs, [Kind::Monitoring], "what is captured is not known");
        none.captures[0].axes.d = Some(1);
        none.refused.push(crate::facts::sample::unread());
        assert_eq!(finding("S06", &none).needs, [Kind::Monitoring]);
    }
}
