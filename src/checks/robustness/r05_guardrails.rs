//! R05: guardrails are not bypassed.

use crate::checks::{Check, Evidence, Finding, Verdict};
use crate::facts::Kind;
use crate::measures::Measures;
use crate::measures::robustness::guardrails::Guardrails;
use crate::message::Message;
use crate::plan::{Plan, SetBy};

pub(in crate::checks) const CHECK: Check = Check { id: "R05", set_by: Some(SetBy::Standard), criteria: &[], judge };

fn judge(measures: &Measures, _plan: &Plan) -> Finding {
    let Some(guardrails) = measures.guardrails.known() else { return Finding::unknown(&measures.guardrails) };
    let figures = ["guardrail.bypasses"];
    if guardrails.total() == 0 {
        return none_on_record(guardrails).figures(&figures);
    }
    let what = |kind: &str| Message::new(format!("r05-bypass-{}", kind.replace('_', "-")));
    let incidents = guardrails.incidents.iter().map(|(at, kind)| Evidence::incident(what(kind), at));
    let events = guardrails.events.iter().map(|(file, record, kind)| Evidence::record(what(kind), file, *record));
    let places = incidents.chain(events);
    // Exceptions are not read yet; a bypass that one explains is a comment here, and no longer *not met*.
    let ground = Message::new("r05-bypasses").figure("count", "guardrail.bypasses");
    let kinds: Vec<String> =
        guardrails.by_kind.iter().map(|(kind, count)| format!("{} {count}", kind.replace(['-', '_'], " "))).collect();
    let ground_kinds = Message::new("r05-kinds").word("list", kinds.join(", "));
    Finding::new(Verdict::NotMet).because(ground).because(ground_kinds).figures(&figures).evidence(places)
}

/// Few traces may mean few bypasses or little recording: only a log that saw every change land can tell.
fn none_on_record(guardrails: &Guardrails) -> Finding {
    let lacking = |ground| Finding::lacking(vec![Kind::Guardrails]).because(ground);
    let Some(logged) = &guardrails.logged else { return lacking(Message::new("r05-none-in-records")) };
    let Some(landings) = logged.landings.filter(|landings| landings.all > 0) else {
        return lacking(Message::new("r05-nothing-landed"));
    };
    if landings.unseen > 0 {
        let ground = Message::new("r05-log-has-gaps").figure("count", "guardrail.landings_unseen");
        return lacking(ground).figures(&["guardrail.landings_unseen"]);
    }
    let changed = Message::new("r05-rules-changed").figure("count", "guardrail.rule_changes");
    Finding::new(Verdict::Met)
        .because(Message::new("r05-none-in-logs"))
        .comment(logged.rule_changes > 0, changed)
        .figures(&["guardrail.landings_unseen", "guardrail.rule_changes"])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::sample::finding;
    use crate::facts::Change;
    use crate::facts::change::Bypass;
    use crate::facts::incident::ApprovalBypass;
    use crate::facts::review::Actor;
    use crate::facts::sample::{change, facts, id, incident, instant};
    use crate::facts::{Facts, GuardrailEvent, GuardrailLog};

    /// One change, and a log that saw it land or not, with such events.
    fn logged(saw: bool, events: &[Option<Bypass>]) -> Facts {
        let mut facts = facts(&[Kind::History, Kind::Guardrails]);
        facts.changes = vec![change('1', "2026-07-02T10:00:00Z")];
        let pushes = if saw { [(0, id('0'), id('1'))].into() } else { [].into() };
        facts.guardrail_logs = vec![GuardrailLog { records: 1, pushes, ..GuardrailLog::default() }];
        facts.guardrails.extend(events.iter().map(|bypass| GuardrailEvent {
            file: "log.json".into(),
            record: 3,
            repository: Some(0),
            at: instant("2026-07-02T10:00:00Z"),
            bypass: *bypass,
            actor: Actor::Unknown,
            commit: Some(id('1')),
        }));
        facts
    }

    #[test]
    fn a_log_that_saw_every_change_land_and_holds_no_bypass_is_met() {
        assert_eq!(finding("R05", &logged(true, &[])).verdict, Verdict::Met);
    }

    #[test]
    fn a_rule_that_was_changed_is_a_comment() {
        assert_eq!(finding("R05", &logged(true, &[None])).verdict, Verdict::MetWithComments);
    }

    #[test]
    fn a_log_with_gaps_and_a_log_about_nothing_are_no_conclusion() {
        let gaps = finding("R05", &logged(false, &[]));
        assert_eq!((gaps.verdict, gaps.grounds[0].id.as_str()), (Verdict::NoConclusion, "r05-log-has-gaps"));
        let mut empty = logged(false, &[]);
        empty.changes.clear();
        assert_eq!(finding("R05", &empty).verdict, Verdict::NoConclusion);
        assert_eq!(finding("R05", &facts(&[Kind::Guardrails])).verdict, Verdict::NoConclusion);
    }

    #[test]
    fn a_bypass_in_a_log_is_not_met_and_is_shown_by_its_record_alone() {
        let found = finding("R05", &logged(true, &[Some(Bypass::ForcePush)]));
        let place = &found.evidence[0];
        assert_eq!((found.verdict, place.file.as_str(), place.line), (Verdict::NotMet, "log.json", Some(3)));
        assert_eq!((place.text.as_str(), place.what.id.as_str()), ("", "r05-bypass-force-push"));
    }

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
