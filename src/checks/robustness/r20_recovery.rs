//! R20: recovery was possible.

use crate::checks::{Check, Evidence, Finding, Verdict};
use crate::facts::Kind;
use crate::measures::Measures;
use crate::message::Message;
use crate::plan::{Plan, SetBy};

pub(in crate::checks) const CHECK: Check = Check { id: "R20", set_by: Some(SetBy::Convention), criteria: &[], judge };

fn judge(measures: &Measures, _plan: &Plan) -> Finding {
    let Some(recovery) = measures.recovery.known() else { return Finding::unknown(&measures.recovery) };
    let figures =
        ["incidents.recovery.impossible", "incidents.recovery.backups_hit", "incidents.recovery.not_recorded"];
    if recovery.incidents == 0 {
        return Finding::no_incidents().figures(&figures);
    }
    let (lost, hit, silent) = (recovery.impossible.len(), recovery.backups_hit.len(), recovery.silent);
    let count = |id: &str, count| Message::new(id).count("count", count);
    let finding = match (lost + hit, silent) {
        (0, 0) => Finding::new(Verdict::Met).because(count("r20-possible", recovery.incidents)),
        (0, _) => Finding::lacking(vec![Kind::MoreRecords]).because(count("r20-silent", silent)),
        _ => Finding::new(Verdict::NotMet),
    };
    let lost_places = recovery.impossible.iter().map(|at| Evidence::incident(Message::new("r20-evidence-lost"), at));
    let hit_places = recovery.backups_hit.iter().map(|at| Evidence::incident(Message::new("r20-evidence-backups"), at));
    let mut finding = finding;
    if lost > 0 {
        finding = finding.because(count("r20-impossible", lost));
    }
    if hit > 0 {
        finding = finding.because(count("r20-backups", hit));
    }
    finding.evidence(lost_places).evidence(hit_places).figures(&figures)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::sample::finding;
    use crate::facts::incident::{DataLoss, Reversible, Tri};
    use crate::facts::sample::{facts, incident};
    use crate::facts::{Facts, Incident};

    fn with(reversible: Reversible, data_loss: DataLoss, backups_affected: Tri) -> Facts {
        let one = incident("I", "2026-07-02T10:00:00Z", "2026-07-02T11:00:00Z");
        let one = Incident { reversible, data_loss, backups_affected, ..one };
        Facts { incidents: vec![one], ..facts(&[Kind::Incidents]) }
    }

    #[test]
    fn what_could_not_be_undone_or_took_the_backups_too_is_not_met() {
        let verdict = |facts: &Facts| finding("R20", facts).verdict;
        assert_eq!(verdict(&with(Reversible::No, DataLoss::None, Tri::No)), Verdict::NotMet);
        assert_eq!(verdict(&with(Reversible::Yes, DataLoss::Permanent, Tri::No)), Verdict::NotMet);
        assert_eq!(verdict(&with(Reversible::WithEffort, DataLoss::Temporary, Tri::Yes)), Verdict::NotMet);
    }

    #[test]
    fn records_that_all_say_it_could_be_undone_are_met() {
        let found = finding("R20", &with(Reversible::WithEffort, DataLoss::None, Tri::No));
        assert_eq!(found.verdict, Verdict::Met);
    }

    #[test]
    fn a_record_that_does_not_say_is_no_conclusion() {
        let found = finding("R20", &with(Reversible::NotRecorded, DataLoss::None, Tri::No));
        assert_eq!(found.needs, [Kind::MoreRecords]);
        assert_eq!(finding("R20", &facts(&[Kind::Incidents])).verdict, Verdict::NoConclusion);
    }
}
