//! A verdict that rests on a withheld figure would tell it: it is withheld too.

use std::collections::BTreeSet;

use super::speaks_of;
use crate::checks::{Finding, Judged, Verdict};
use crate::message::Message;

/// Lets a finding through, or replaces it by *no conclusion* when its figures are withheld.
pub(super) fn clear(judged: Judged, hidden: &BTreeSet<&str>) -> Judged {
    let finding = &judged.finding;
    let rests_on_hidden = finding.figures.iter().any(|id| hidden.contains(id.as_str()))
        || finding.grounds.iter().any(|ground| speaks_of(ground, hidden));
    if !rests_on_hidden || finding.verdict == Verdict::NotApplicable {
        return judged;
    }
    let silent = Finding::new(Verdict::NoConclusion).because(Message::new("figures-withheld"));
    let finding = Finding { figures: judged.finding.figures, ask: judged.finding.ask, ..silent };
    Judged { finding, ..judged }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::{CATALOGUE, Evidence};

    #[test]
    fn a_verdict_on_a_withheld_figure_and_its_evidence_are_withheld() {
        let place = Evidence { what: Message::new("x"), file: "f".into(), line: None, pointer: None, text: "t".into() };
        let finding = Finding::new(Verdict::NotMet).figures(&["review.grade.P"]).evidence([place]);
        let judged = Judged { entry: CATALOGUE[0], finding, set_by: None };
        let cleared = clear(judged.clone(), &BTreeSet::from(["review.grade.P"]));
        assert_eq!((cleared.finding.verdict, cleared.finding.evidence.len()), (Verdict::NoConclusion, 0));
        assert_eq!(clear(judged.clone(), &BTreeSet::from(["other"])), judged);
    }
}
