//! R07: operations on whole environments go through workflows that a senior role approved and that were tested.
//!
//! The history shows changes that reach an environment and who approved them; whether the workflow was tested only the record of
//! an operation says. So the history alone is never met.

use crate::checks::{Check, Evidence, Finding, Verdict};
use crate::facts::Kind;
use crate::measures::Measures;
use crate::measures::robustness::operations::approved::OnRecord;
use crate::measures::robustness::operations::{History, Operations};
use crate::message::Message;
use crate::plan::{Plan, SetBy};

pub(in crate::checks) const CHECK: Check = Check { id: "R07", set_by: Some(SetBy::Convention), criteria: &[], judge };

fn judge(measures: &Measures, _plan: &Plan) -> Finding {
    let Some(operations) = measures.operations.known() else { return Finding::unknown(&measures.operations) };
    let mut finding = verdict(operations);
    if let Some(history) = operations.history.as_ref().filter(|history| history.approved.due > 0) {
        finding.grounds.splice(0..0, shown(history));
    }
    let lacking = operations.on_record.iter().flatten().filter(|record| !record.lacking.is_empty());
    finding = finding.evidence(lacking.map(place));
    if let Some(history) = &operations.history {
        let lowered = Message::new("operations-lowered").count("count", history.lowered);
        finding = finding.comment(history.lowered > 0, lowered).evidence(own_map(measures, history));
    }
    finding.figures(&["operations.environment_level", "operations.environment_deleted", "operations.senior_approved"])
}

/// Worst first: what is shown to be lacking, then what is not known, then what is shown to be there.
fn verdict(operations: &Operations) -> Finding {
    let history = operations.history.as_ref();
    let changes = history.map(|history| history.approved).unwrap_or_default();
    let records = operations.on_record.as_deref().unwrap_or_default();
    let lacking = records.iter().filter(|record| !record.lacking.is_empty()).count();
    let unclear = records.iter().filter(|record| record.unclear).count();
    let counted = |id: &str, count: usize| Message::new(id).count("count", count);
    if changes.unsigned() + lacking > 0 {
        let finding = Finding::new(Verdict::NotMet);
        let finding = finding.comment(changes.unsigned() > 0, counted("r07-unsigned", changes.unsigned()));
        return finding.comment(lacking > 0, counted("r07-records-lacking", lacking));
    }
    let unread = history.map_or(0, |history| history.unread);
    let lacks = |kind, ground| Finding::lacking(vec![kind]).because(ground);
    match changes.due + records.len() {
        _ if unread > 0 => lacks(Kind::History, counted("operations-unread", unread)),
        _ if changes.unobserved > 0 => {
            lacks(Kind::Reviews, counted("changes-without-review-records", changes.unobserved))
        }
        _ if changes.unstated > 0 => lacks(Kind::People, counted("r07-seniority-unknown", changes.unstated)),
        _ if unclear > 0 => lacks(Kind::MoreRecords, counted("r07-records-unclear", unclear)),
        0 => lacks(Kind::MoreRecords, Message::new("r07-none-on-record")),
        _ if records.is_empty() => lacks(Kind::MoreRecords, Message::new("r07-tested-unknown")),
        _ => {
            let finding = Finding::new(Verdict::Met).because(counted("r07-records-fine", records.len()));
            let finding = finding.comment(changes.due > 0, Message::new("r07-tested-unknown"));
            finding.comment(history.is_none(), Message::new("r07-no-history"))
        }
    }
}

/// What the history holds: never a commit, which names its author.
fn shown(history: &History) -> Vec<Message> {
    let rules: Vec<String> = history.by_rule.iter().map(|(rule, count)| format!("{rule} {count}")).collect();
    let mut grounds = vec![
        Message::new("r07-changes").figure("count", "operations.environment_level"),
        Message::new("r07-by-rule").word("list", rules.join(", ")),
    ];
    if history.environment_deleted.all > 0 {
        grounds.push(Message::new("r07-deleted").figure("count", "operations.environment_deleted"));
    }
    grounds.push(Message::new("r07-senior-share").figure("share", "operations.senior_approved"));
    grounds
}

fn place(record: &OnRecord) -> Evidence {
    let needs: Vec<&str> = record.lacking.iter().map(|need| need.word()).collect();
    let what = Message::new("r07-evidence-lacking").word("class", record.class.word());
    Evidence::incident(what.word("needs", needs.join(", ").replace('_', " ")), &record.at)
}

/// Entries of the organisation's own map, where it classes something lower.
fn own_map(measures: &Measures, history: &History) -> Vec<Evidence> {
    let Some(register) = measures.register.as_ref().filter(|_| history.lowered > 0) else { return Vec::new() };
    let entry = |operation: &crate::facts::register::DeclaredOperation| {
        let what = Message::new("r07-evidence-own-map").word("class", operation.class.word());
        Evidence::register(what, &register.file, operation.line, &operation.paths.join(", "))
    };
    register.operations.iter().map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::sample::finding;
    use crate::facts::change::OperationClass;
    use crate::facts::incident::Tri;
    use crate::facts::register::DeclaredOperation;
    use crate::facts::sample::{approval, change, facts, incident, path, review};
    use crate::facts::{Change, Facts, Membership, Person, Register};

    /// A change of an environment, approved by person 2 if somebody is stated to be senior or not.
    fn changed(approved: bool, senior: Option<bool>) -> Facts {
        let mut facts = facts(&[Kind::History, Kind::Reviews, Kind::People]);
        facts.repositories[0].reviews_read = true;
        let paths = Some(vec![path("infra/prod/main.tf", 1, 1)]);
        facts.changes = vec![Change { paths, ..change('1', "2026-07-01T12:00:00Z") }];
        let mut review = review(1, '1');
        if approved {
            review.events.push(approval(2, "2026-07-01T10:00:00Z"));
        }
        facts.reviews.push(review);
        facts.memberships.push(Membership {
            person: Person::new(2),
            team: "shop".into(),
            senior,
            reviewer: None,
            time_zone: None,
            from: None,
            until: None,
        });
        facts
    }

    /// With an operation on record.
    fn recorded(mut facts: Facts, senior: Tri, tested: Tri) -> Facts {
        let mut record = incident("INC1", "2026-07-02T10:00:00Z", "2026-07-02T23:00:00Z");
        record.operation = Some(OperationClass::O3);
        record.authorisation.senior_obtained = senior;
        record.authorisation.tested_workflow = tested;
        facts.incidents.push(record);
        facts.read.insert(Kind::Incidents);
        facts
    }

    #[test]
    fn an_environment_changed_without_a_senior_approval_is_not_met() {
        assert_eq!(finding("R07", &changed(false, Some(true))).verdict, Verdict::NotMet);
        let found = finding("R07", &changed(true, Some(false)));
        assert_eq!(found.verdict, Verdict::NotMet);
        assert!(found.evidence.is_empty(), "a commit would name its author");
    }

    #[test]
    fn an_operation_on_record_without_a_tested_workflow_is_not_met() {
        let found = finding("R07", &recorded(facts(&[Kind::History]), Tri::Yes, Tri::No));
        assert_eq!((found.verdict, found.evidence[0].text.as_str()), (Verdict::NotMet, "INC1"));
    }

    #[test]
    fn operations_on_record_with_both_are_met() {
        assert_eq!(finding("R07", &recorded(facts(&[Kind::History]), Tri::Yes, Tri::Yes)).verdict, Verdict::Met);
        let alone = recorded(facts(&[]), Tri::Yes, Tri::Yes);
        assert_eq!(finding("R07", &alone).verdict, Verdict::MetWithComments, "without a history");
    }

    #[test]
    fn a_senior_approval_in_the_history_does_not_show_a_tested_workflow() {
        assert_eq!(finding("R07", &changed(true, Some(true))).needs, [Kind::MoreRecords]);
        let both = recorded(changed(true, Some(true)), Tri::Yes, Tri::Yes);
        assert_eq!(finding("R07", &both).verdict, Verdict::MetWithComments);
    }

    #[test]
    fn what_is_not_on_record_is_no_conclusion() {
        assert_eq!(finding("R07", &facts(&[])).needs, [Kind::History]);
        assert_eq!(finding("R07", &facts(&[Kind::History])).needs, [Kind::MoreRecords]);
        assert_eq!(finding("R07", &changed(true, None)).needs, [Kind::People]);
        let mut unobserved = changed(true, Some(true));
        unobserved.repositories[0].reviews_read = false;
        unobserved.reviews.clear();
        assert_eq!(finding("R07", &unobserved).needs, [Kind::Reviews]);
        let unclear = recorded(facts(&[Kind::History]), Tri::Yes, Tri::NotRecorded);
        assert_eq!(finding("R07", &unclear).needs, [Kind::MoreRecords]);
        let mut unread = recorded(facts(&[Kind::History]), Tri::Yes, Tri::Yes);
        unread.changes = vec![Change { paths: None, ..change('1', "2026-07-01T12:00:00Z") }];
        assert_eq!(finding("R07", &unread).needs, [Kind::History]);
    }

    #[test]
    fn a_class_lowered_by_the_organisations_own_map_is_a_comment_with_its_place() {
        let mut facts = recorded(changed(false, Some(true)), Tri::Yes, Tri::Yes);
        let operation =
            DeclaredOperation { line: 7, paths: vec!["infra/**".into()], class: OperationClass::O1, kind: None };
        facts.register = Some(Register { operations: vec![operation], ..Register::default() });
        let found = finding("R07", &facts);
        assert_eq!((found.verdict, found.evidence[0].line), (Verdict::MetWithComments, Some(7)));
        assert!(found.grounds.iter().any(|ground| ground.id == "operations-lowered"));
    }
}
