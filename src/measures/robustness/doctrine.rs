//! What agents executed, against what the doctrine lets them execute (`facts` of incidents; classes O0 to O4).

use crate::facts::incident::{ApprovalOrder, Incident, Tri};
use crate::facts::register::{Doctrine, Need};
use crate::facts::{Facts, Kind};
use crate::measures::Measured;
use crate::measures::figure::{Disclosure, Figure, Value};
use crate::measures::incidents::{Recorded, started_in};
use crate::plan::Plan;

/// How one operation stands to the doctrine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Inside.
    Inside,
    /// Outside: these needs are recorded as not met; empty where the class is not open to agents at all.
    Outside(Vec<Need>),
    /// The record does not say.
    NotRecorded,
}

/// An operation that an agent executed, as an incident records it.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// Where.
    pub at: Recorded,
    /// Class, where recorded.
    pub class: Option<crate::facts::change::OperationClass>,
    /// Against the doctrine.
    pub standing: Standing,
}

/// Operations of the period.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AgentOperations {
    /// Each.
    pub operations: Vec<Operation>,
    /// The organisation declared a doctrine; else the shipped one is used.
    pub declared: bool,
}

impl AgentOperations {
    /// Operations on record; unknown without incident records, the only reader of operations there is.
    pub fn of(facts: &Facts, plan: &Plan) -> Measured<Self> {
        if !facts.has(Kind::Incidents) {
            return Measured::lacks(Kind::Incidents);
        }
        let declared = facts.register.as_ref().and_then(|register| register.doctrine.clone());
        let doctrine = declared.clone().unwrap_or_default();
        let executed = started_in(facts, plan).filter(|incident| incident.ai_role.executed());
        let operations = executed.map(|incident| Operation {
            at: Recorded::of(incident),
            class: incident.operation,
            standing: standing(&doctrine, incident),
        });
        Measured::Known(Self { operations: operations.collect(), declared: declared.is_some() })
    }

    /// Those outside the doctrine.
    pub fn outside(&self) -> impl Iterator<Item = &Operation> {
        self.operations.iter().filter(|operation| matches!(operation.standing, Standing::Outside(_)))
    }

    /// Those of which the record does not say enough.
    pub fn unclear(&self) -> usize {
        self.operations.iter().filter(|operation| operation.standing == Standing::NotRecorded).count()
    }
}

fn standing(doctrine: &Doctrine, incident: &Incident) -> Standing {
    let Some(class) = incident.operation else { return Standing::NotRecorded };
    if class <= doctrine.agent_may_execute {
        return Standing::Inside;
    }
    let Some(needs) = doctrine.needs.get(&class) else { return Standing::Outside(Vec::new()) };
    let answers: Vec<(Need, Tri)> = needs.iter().map(|need| (*need, fulfilled(*need, incident))).collect();
    let missing: Vec<Need> = answers.iter().filter(|(_, answer)| *answer == Tri::No).map(|(need, _)| *need).collect();
    if !missing.is_empty() {
        Standing::Outside(missing)
    } else if answers.iter().any(|(_, answer)| *answer == Tri::NotRecorded) {
        Standing::NotRecorded
    } else {
        Standing::Inside
    }
}

/// Whether the record says that a need was met before the act.
pub(super) fn fulfilled(need: Need, incident: &Incident) -> Tri {
    let record = &incident.authorisation;
    let too_late = matches!(record.order, ApprovalOrder::After | ApprovalOrder::Missing);
    match need {
        Need::HumanValidation | Need::SeniorApproval if too_late => Tri::No,
        Need::HumanValidation => match record.obtained_humans {
            None => Tri::NotRecorded,
            Some(0) => Tri::No,
            Some(_) => Tri::Yes,
        },
        Need::SeniorApproval => record.senior_obtained,
        Need::TestedWorkflow => record.tested_workflow,
    }
}

/// Figures.
pub(in crate::measures) fn figures(all: &Measured<AgentOperations>) -> Vec<Figure> {
    let figure = |id: &str, method, pick: &dyn Fn(&AgentOperations) -> usize| {
        Figure::new(id, "operations", method, Disclosure::Artefact, all.map(|a| Value::count(pick(a))))
    };
    vec![
        figure("doctrine.operations", "method-operations", &|a| a.operations.len()),
        figure("doctrine.outside", "method-operations-outside", &|a| a.outside().count()),
        figure("doctrine.not_recorded", "method-operations-unclear", &AgentOperations::unclear),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::change::OperationClass;
    use crate::facts::incident::{AiRole, Authorisation};

    fn incident(class: OperationClass, authorisation: Authorisation) -> Incident {
        Incident { ai_role: AiRole::Executed, operation: Some(class), authorisation, ..Incident::default() }
    }

    #[test]
    fn an_environment_operation_without_senior_approval_is_outside() {
        let refused = Authorisation { senior_obtained: Tri::No, tested_workflow: Tri::Yes, ..Authorisation::default() };
        let found = standing(&Doctrine::default(), &incident(OperationClass::O3, refused));
        assert_eq!(found, Standing::Outside(vec![Need::SeniorApproval]));
    }

    #[test]
    fn an_approval_after_the_act_is_no_approval() {
        let late = Authorisation {
            senior_obtained: Tri::Yes,
            tested_workflow: Tri::Yes,
            order: ApprovalOrder::After,
            ..Authorisation::default()
        };
        let found = standing(&Doctrine::default(), &incident(OperationClass::O3, late));
        assert_eq!(found, Standing::Outside(vec![Need::SeniorApproval]));
    }

    #[test]
    fn a_record_that_does_not_say_is_not_a_pass() {
        let silent = incident(OperationClass::O2, Authorisation::default());
        assert_eq!(standing(&Doctrine::default(), &silent), Standing::NotRecorded);
    }

    #[test]
    fn a_low_risk_operation_is_inside() {
        let small = incident(OperationClass::O1, Authorisation::default());
        assert_eq!(standing(&Doctrine::default(), &small), Standing::Inside);
    }

    #[test]
    fn a_class_that_the_doctrine_does_not_name_is_closed_to_agents() {
        let doctrine = Doctrine { agent_may_execute: OperationClass::O1, needs: std::collections::BTreeMap::new() };
        let found = standing(&doctrine, &incident(OperationClass::O4, Authorisation::default()));
        assert_eq!(found, Standing::Outside(Vec::new()));
    }
}
