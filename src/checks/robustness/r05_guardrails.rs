//! R05: guardrails are not bypassed.

use crate::checks::{Check, Evidence, Finding, Verdict};
use crate::facts::Kind;
use crate::measures::Measures;
use crate::message::Message;
use crate::plan::{Plan, SetBy};

pub(in crate::checks) const CHECK: Check = Check { id: "R05", set_by: Some(SetBy::Standard), criteria: &[], judge };

fn judge(measures: &Measures, _plan: &Plan) -> Finding {
    let Some(guardrails) = measures.guardrails.known() else { return Finding::unknown(&measures.guardrails) };
    let figures = ["guardrail.bypasses"];
    if guardrails.total() == 0 {
        // Few traces may mean few bypasses or little recording: only an event log could tell.
        let ground = Message::new("r05-none-in-records");
        return Finding::lacking(vec![Kind::Guardrails]).because(ground).figures(&figures);
    }
    let places = guardrails
        .incidents
        .iter()
        .map(|(at, kind)| Evidence::incident(Message::new(format!("r05-bypass-{kind}")), at));
    let ground = Message::new("r05-bypasses").figure("count", "guardrail.bypasses");
    let kinds: Vec<String> =
        guardrails.by_kind.iter().map(|(kind, count)| format!("{} {count}", kind.replace(['-', '_'], " "))).collect();
    let ground_kinds = Message::new("r05-kinds").word("list", kinds.join(", "));
    Finding::new(Verdict::NotMet).because(ground).because(ground_kinds).figures(&figures).evidence(places)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::sample::finding;
    use crate::facts::Change;
    use crate::facts::change::Bypass;
    use crate::facts::incident::ApprovalBypass;
    use crate::facts::sample::{change, facts, incident};

    #[test]
    fn a_bypass_in_a_trailer_or_in_an_incident_is_not_met() {
        let mut trailer = facts(&[Kind::History]);
        trailer.changes = vec![Change { bypasses: [Bypass::Trybot].into(), ..change('1', "2026-07-02T10:00:00Z") }];
        assert_eq!(finding("R05", &trailer).verdict, Verdict::NotMet);
        let mut record = facts(&[Kind::Incidents]);
        let mut broad = incident("INC1", "2026-07-02T10:00:00Z", "2026-07-02T11:00:00Z");
        broad.authorisation.bypass = ApprovalBypass::RoleTooBroad;
        record.incidents = vec![broad];
        let found = finding("R05", &record);
        assert_eq!((found.verdict, found.evidence[0].text.as_str()), (Verdict::NotMet, "INC1"));
    }

    #[test]
    fn no_trace_of_a_bypass_is_no_conclusion() {
        assert_eq!(finding("R05", &facts(&[Kind::History])).needs, [Kind::Guardrails]);
        assert_eq!(finding("R05", &facts(&[])).verdict, Verdict::NoConclusion);
    }
}
