//! R06: agents stay inside the doctrine.

use crate::checks::{Check, Evidence, Finding, Verdict};
use crate::facts::Kind;
use crate::measures::Measures;
use crate::measures::robustness::doctrine::{Operation, Standing};
use crate::message::Message;
use crate::plan::{Plan, SetBy};

pub(in crate::checks) const CHECK: Check = Check { id: "R06", set_by: Some(SetBy::Convention), criteria: &[], judge };

fn judge(measures: &Measures, _plan: &Plan) -> Finding {
    let Some(agents) = measures.doctrine.known() else { return Finding::unknown(&measures.doctrine) };
    let figures = ["doctrine.operations", "doctrine.outside", "doctrine.not_recorded"];
    let outside = agents.outside().count();
    let finding = if outside > 0 {
        let ground = Message::new("r06-outside").count("outside", outside).count("all", agents.operations.len());
        Finding::new(Verdict::NotMet).because(ground).evidence(agents.outside().map(place))
    } else if agents.operations.is_empty() {
        Finding::lacking(vec![Kind::MoreRecords]).because(Message::new("r06-none-on-record"))
    } else if agents.unclear() > 0 {
        let ground = Message::new("r06-not-recorded").count("count", agents.unclear());
        Finding::lacking(vec![Kind::MoreRecords]).because(ground)
    } else {
        let ground = Message::new("r06-inside").count("count", agents.operations.len());
        Finding::new(Verdict::Met).because(ground)
    };
    finding.comment(!agents.declared, Message::new("r06-shipped-doctrine")).figures(&figures)
}

fn place(operation: &Operation) -> Evidence {
    let class = operation.class.map_or("?", crate::facts::change::OperationClass::word);
    let what = match &operation.standing {
        Standing::Outside(needs) if !needs.is_empty() => {
            let list: Vec<&str> = needs.iter().map(|need| need.word()).collect();
            Message::new("r06-evidence-lacking").word("needs", list.join(", ").replace('_', " "))
        }
        _ => Message::new("r06-evidence-closed"),
    };
    Evidence::incident(what.word("class", class), &operation.at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::sample::finding;
    use crate::facts::change::OperationClass;
    use crate::facts::incident::{AiRole, Tri};
    use crate::facts::register::Doctrine;
    use crate::facts::sample::{facts, incident};
    use crate::facts::{Facts, Register};

    fn executed(class: Option<OperationClass>, senior: Tri, tested: Tri) -> Facts {
        let mut record = incident("INC1", "2026-07-02T10:00:00Z", "2026-07-02T23:00:00Z");
        record.ai_role = AiRole::AuthoredAndExecuted;
        record.operation = class;
        record.authorisation.senior_obtained = senior;
        record.authorisation.tested_workflow = tested;
        let register = Register { doctrine: Some(Doctrine::default()), ..Register::default() };
        Facts { incidents: vec![record], register: Some(register), ..facts(&[Kind::Incidents, Kind::Register]) }
    }

    #[test]
    fn an_environment_deleted_without_senior_approval_is_not_met() {
        let found = finding("R06", &executed(Some(OperationClass::O3), Tri::No, Tri::No));
        assert_eq!((found.verdict, found.evidence[0].text.as_str()), (Verdict::NotMet, "INC1"));
    }

    #[test]
    fn operations_inside_the_declared_doctrine_are_met() {
        assert_eq!(finding("R06", &executed(Some(OperationClass::O1), Tri::No, Tri::No)).verdict, Verdict::Met);
    }

    #[test]
    fn the_shipped_doctrine_is_met_with_comments_at_best() {
        let mut facts = executed(Some(OperationClass::O1), Tri::No, Tri::No);
        facts.register = None;
        assert_eq!(finding("R06", &facts).verdict, Verdict::MetWithComments);
    }

    #[test]
    fn records_that_do_not_say_and_no_records_are_no_conclusion() {
        let silent = executed(None, Tri::NotRecorded, Tri::NotRecorded);
        assert_eq!(finding("R06", &silent).verdict, Verdict::NoConclusion);
        assert_eq!(finding("R06", &facts(&[Kind::Incidents])).verdict, Verdict::NoConclusion);
        assert_eq!(finding("R06", &facts(&[])).needs, [Kind::Incidents]);
    }
}
