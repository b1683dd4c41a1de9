//! S18: this audit itself is declared.

use crate::checks::{Check, Finding, Verdict};
use crate::facts::Kind;
use crate::measures::Measures;
use crate::message::Message;
use crate::plan::{Plan, SetBy};

pub(in crate::checks) const CHECK: Check = Check { id: "S18", set_by: Some(SetBy::Convention), criteria: &[], judge };

fn judge(_measures: &Measures, plan: &Plan) -> Finding {
    if !plan.written {
        return Finding::lacking(vec![Kind::Plan]).because(Message::new("s18-no-plan"));
    }
    match (&plan.agreement, &plan.purpose) {
        (Some(agreement), Some(purpose)) => {
            let ground =
                Message::new("s18-declared").word("agreement", agreement.as_str()).word("purpose", purpose.as_str());
            Finding::new(Verdict::Met).because(ground)
        }
        (None, Some(purpose)) => {
            let ground = Message::new("s18-no-agreement").word("purpose", purpose.as_str());
            Finding::new(Verdict::MetWithComments).because(ground)
        }
        (_, None) => Finding::new(Verdict::NotMet).because(Message::new("s18-no-purpose")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::sample::{finding_with, plan};
    use crate::facts::Facts;

    #[test]
    fn agreement_and_purpose_are_met_purpose_alone_a_comment_and_neither_not_met() {
        let mut plan = plan();
        assert_eq!(finding_with("S18", &Facts::default(), &plan).needs, [Kind::Plan]);
        plan.written = true;
        let mut verdict = |agreement: Option<&str>, purpose: Option<&str>| {
            (plan.agreement, plan.purpose) = (agreement.map(str::to_owned), purpose.map(str::to_owned));
            finding_with("S18", &Facts::default(), &plan).verdict
        };
        assert_eq!(verdict(Some("BV-1"), Some("safety")), Verdict::Met);
        assert_eq!(verdict(None, Some("safety")), Verdict::MetWithComments);
        assert_eq!(verdict(None, None), Verdict::NotMet);
    }
}
