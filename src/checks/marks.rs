//! One rule for every check that speaks of AI-attributed changes: where settings switch the marks off, nothing is concluded.
//!
//! What carries no mark is then in the wrong group, or missing from the only one, and no number says how often. R01 says
//! that the marks are off, and is *not met*.

use super::{Finding, Verdict};
use crate::measures::Measures;
use crate::message::Message;

/// Checks whose verdict is about AI-attributed changes, alone or against the rest.
const REST_ON_MARKS: [&str; 11] = ["R02", "R04", "R09", "R10", "R17", "R21", "R22", "R23", "W04", "W06", "W10"];

/// The finding, or *no conclusion* where it rests on marks that are switched off. Its grounds stay: what was counted is at
/// least so.
pub(super) fn auditable(id: &str, finding: Finding, measures: &Measures) -> Finding {
    let concluded = matches!(finding.verdict, Verdict::Met | Verdict::MetWithComments | Verdict::NotMet);
    if !concluded || !measures.marks_are_off() || !REST_ON_MARKS.contains(&id) {
        return finding;
    }
    let mut blind = Finding { verdict: Verdict::NoConclusion, ..finding };
    blind.grounds.insert(0, Message::new("marks-switched-off"));
    blind
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::sample::plan;
    use crate::checks::{BUILT, CATALOGUE, judge};
    use crate::facts::change::SettingFound;
    use crate::facts::sample::{approval, change, facts, mark, review};
    use crate::facts::{Change, Facts, Kind};

    /// Checks that show an AI figure and judge something else.
    const SHOW_ONLY: [&str; 3] = ["R01", "W05", "S15"];

    fn approved(off: bool) -> Facts {
        let mut facts = facts(&[Kind::History, Kind::Reviews]);
        facts.repositories[0].reviews_read = true;
        facts.changes = vec![Change { marks: vec![mark()], ..change('1', "2026-07-02T10:00:00Z") }];
        let mut review = review(1, '1');
        review.events.push(approval(2, "2026-07-01T10:00:00Z"));
        facts.reviews.push(review);
        if off {
            let setting = SettingFound { path: "s".into(), line: None, setting: "a = off".into(), stood_before: None };
            facts.repositories[0].attribution_off.push(setting);
        }
        facts
    }

    fn verdict(id: &str, facts: &Facts) -> (Verdict, Vec<String>) {
        let plan = plan();
        let all = judge(&Measures::of(facts, &plan), &plan);
        let found = all.into_iter().find(|judged| judged.entry.id == id).unwrap().finding;
        (found.verdict, found.grounds.into_iter().map(|ground| ground.id).collect())
    }

    #[test]
    fn a_verdict_about_ai_changes_is_open_where_marks_are_switched_off() {
        assert_eq!(verdict("R02", &approved(false)).0, Verdict::Met);
        let (open, grounds) = verdict("R02", &approved(true));
        assert_eq!((open, grounds[0].as_str()), (Verdict::NoConclusion, "marks-switched-off"));
        assert_eq!(grounds[1..], verdict("R02", &approved(false)).1);
        assert_eq!(verdict("R03", &approved(true)).0, verdict("R03", &approved(false)).0, "it is about all changes");
        assert_eq!(verdict("R01", &approved(true)).0, Verdict::NotMet);
    }

    #[test]
    fn a_verdict_that_shows_a_violation_is_open_too_and_keeps_its_ground() {
        let mut facts = approved(true);
        facts.reviews[0].events.clear();
        let (open, grounds) = verdict("R02", &facts);
        assert_eq!((open, grounds[1].as_str()), (Verdict::NoConclusion, "r02-share"));
    }

    #[test]
    fn every_check_that_shows_an_ai_figure_is_in_one_of_the_lists() {
        for id in REST_ON_MARKS.iter().chain(&SHOW_ONLY) {
            assert!(CATALOGUE.iter().any(|entry| entry.id == *id), "{id}");
        }
        let facts = approved(false);
        let plan = plan();
        let measures = Measures::of(&facts, &plan);
        for check in BUILT {
            let finding = (check.judge)(&measures, &plan);
            let shows = finding.figures.iter().any(|id| crate::measures::figure::rests_on_marks(id));
            let listed = REST_ON_MARKS.contains(&check.id) || SHOW_ONLY.contains(&check.id);
            assert!(!shows || listed, "{} rests on {:?}", check.id, finding.figures);
        }
    }
}
