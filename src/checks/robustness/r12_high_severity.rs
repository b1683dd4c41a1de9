//! R12: high-severity incidents are not rising.

use crate::checks::{Check, Finding, Verdict};
use crate::facts::Kind;
use crate::measures::Measures;
use crate::message::Message;
use crate::plan::{Plan, SetBy};

pub(in crate::checks) const CHECK: Check = Check { id: "R12", set_by: Some(SetBy::Convention), criteria: &[], judge };

fn judge(measures: &Measures, _plan: &Plan) -> Finding {
    let Some(incidents) = measures.incidents.known() else { return Finding::unknown(&measures.incidents) };
    let figures = ["incidents.high_severity.rate_ratio", "incidents.severity.1", "incidents.severity.2"];
    let Some(high) = incidents.high else {
        return Finding::lacking(vec![Kind::MoreRecords]).because(Message::new("r12-no-previous")).figures(&figures);
    };
    let (now, before) = high.events;
    let say = |id: &str| {
        let counted = Message::new(id).number("now", now as f64).number("before", before as f64);
        counted.figure("ratio", "incidents.high_severity.rate_ratio")
    };
    let (most, least) = high.if_high;
    let turns = match high.interval {
        Some(interval) if interval.lower > 1.0 => least.is_none_or(|least| least.lower <= 1.0),
        Some(interval) if interval.upper < 1.0 => most.is_none_or(|most| most.upper >= 1.0),
        _ => false,
    };
    let unrated = usize::try_from(high.unrated.0 + high.unrated.1).unwrap_or(usize::MAX);
    let finding = match high.interval {
        _ if turns => {
            Finding::lacking(vec![Kind::MoreRecords]).because(Message::new("r12-unrated").count("count", unrated))
        }
        Some(interval) if interval.lower > 1.0 => Finding::new(Verdict::NotMet).because(say("r12-rising")),
        Some(interval) if interval.upper < 1.0 => Finding::new(Verdict::Met).because(say("r12-falling")),
        _ => Finding::new(Verdict::NoConclusion).because(say("r12-undecided")),
    };
    finding.figures(&figures)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::sample::finding;
    use crate::facts::sample::{facts, incident};
    use crate::facts::{Facts, Incident};

    fn quarters(before: usize, now: usize) -> Facts {
        let high = |started: &str| Incident { severity: Some(1), ..incident("I", started, "2026-09-30T00:00:00Z") };
        let mut facts = facts(&[Kind::Incidents]);
        facts.incidents.extend((0..before).map(|_| high("2026-05-01T00:00:00Z")));
        facts.incidents.extend((0..now).map(|_| high("2026-08-01T00:00:00Z")));
        // A record of the earlier quarter that is not severe shows that the export reaches back.
        facts.incidents.push(incident("old", "2026-04-02T00:00:00Z", "2026-04-02T01:00:00Z"));
        facts
    }

    #[test]
    fn clearly_more_is_not_met_and_clearly_fewer_is_met() {
        assert_eq!(finding("R12", &quarters(4, 20)).verdict, Verdict::NotMet);
        assert_eq!(finding("R12", &quarters(20, 4)).verdict, Verdict::Met);
    }

    #[test]
    fn incidents_without_a_severity_do_not_make_a_fall_or_a_rise() {
        let strip = |mut facts: Facts, day: &str, count: usize| {
            let mut more = quarters(count, count).incidents;
            more.retain(|i| i.times.started == Some(day.parse().unwrap()));
            for incident in &mut more {
                incident.severity = None;
            }
            facts.incidents.extend(more);
            facts
        };
        let fallen = strip(quarters(20, 4), "2026-08-01T00:00:00Z", 15);
        assert_eq!(finding("R12", &fallen).needs, [Kind::MoreRecords]);
        let risen = strip(quarters(4, 20), "2026-05-01T00:00:00Z", 15);
        assert_eq!(finding("R12", &risen).needs, [Kind::MoreRecords]);
        assert_eq!(finding("R12", &strip(quarters(20, 4), "2026-08-01T00:00:00Z", 1)).verdict, Verdict::Met);
    }

    #[test]
    fn a_difference_within_chance_and_missing_records_are_no_conclusion() {
        assert_eq!(finding("R12", &quarters(4, 6)).verdict, Verdict::NoConclusion);
        let mut young = quarters(0, 6);
        young.incidents.pop();
        assert_eq!(finding("R12", &young).needs, [Kind::MoreRecords]);
    }
}
