//! R14: incident records say whether AI was involved.

use crate::checks::{Check, Evidence, Finding, Verdict};
use crate::measures::Measures;
use crate::message::Message;
use crate::plan::{Plan, SetBy};

pub(in crate::checks) const CHECK: Check = Check { id: "R14", set_by: Some(SetBy::Convention), criteria: &[], judge };

fn judge(measures: &Measures, _plan: &Plan) -> Finding {
    let Some(incidents) = measures.incidents.known() else { return Finding::unknown(&measures.incidents) };
    let figures = ["incidents.count", "incidents.ai_not_recorded", "incidents.ai_conflict"];
    if incidents.lines.is_empty() {
        return Finding::no_incidents().figures(&figures);
    }
    let conflicts = incidents.conflicts().count();
    let silent = incidents.not_recorded();
    let mut finding = Finding::new(if conflicts + silent == 0 { Verdict::Met } else { Verdict::NotMet });
    if conflicts > 0 {
        finding = finding.because(Message::new("r14-conflict").count("count", conflicts));
    }
    finding = match silent {
        0 if conflicts == 0 => finding.because(Message::new("r14-all-recorded").count("all", incidents.lines.len())),
        0 => finding,
        _ => finding.because(Message::new("r14-silent").count("count", silent).count("all", incidents.lines.len())),
    };
    let places = incidents.conflicts().map(|line| Evidence::incident(Message::new("r14-evidence-conflict"), &line.at));
    finding.evidence(places).figures(&figures)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::sample::finding;
    use crate::facts::incident::{AiRole, RecordedCause};
    use crate::facts::sample::{facts, incident};
    use crate::facts::{Facts, Kind};

    fn with(role: AiRole, cause: RecordedCause) -> Facts {
        let mut record = incident("INC1", "2026-07-02T10:00:00Z", "2026-07-02T23:00:00Z");
        (record.ai_role, record.recorded_cause) = (role, cause);
        Facts { incidents: vec![record], ..facts(&[Kind::Incidents]) }
    }

    #[test]
    fn records_that_all_say_it_are_met() {
        assert_eq!(finding("R14", &with(AiRole::None, RecordedCause::HumanError)).verdict, Verdict::Met);
    }

    #[test]
    fn user_error_beside_an_agent_that_executed_it_is_not_met() {
        let found = finding("R14", &with(AiRole::AuthoredAndExecuted, RecordedCause::HumanError));
        assert_eq!((found.verdict, found.evidence[0].text.as_str()), (Verdict::NotMet, "INC1"));
    }

    #[test]
    fn a_record_that_does_not_say_is_not_met() {
        assert_eq!(finding("R14", &with(AiRole::NotRecorded, RecordedCause::Other)).verdict, Verdict::NotMet);
    }

    #[test]
    fn no_incident_in_the_period_is_no_conclusion() {
        assert_eq!(finding("R14", &facts(&[Kind::Incidents])).verdict, Verdict::NoConclusion);
    }
}
