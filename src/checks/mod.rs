//! From numbers to verdicts. A check always answers; no path leads from missing data to *met*.
//!
//! One file a check: what it asks, how it judges, and a test for every verdict it can give. [`BUILT`] lists them; the
//! catalogue lists all, and what is not built yet is *no conclusion*.

pub mod catalogue;
mod finding;
mod marks;
mod robustness;
#[cfg(test)]
mod sample;
mod surveillance;
mod workload;

use std::collections::BTreeSet;

pub use catalogue::{CATALOGUE, Dimension, Entry};
pub use finding::{Ask, Evidence, Finding, Verdict};

use crate::error::{Problem, nearest};
use crate::facts::Kind;
use crate::measures::Measures;
use crate::measures::robustness::rule;
use crate::message::Message;
use crate::plan::{Plan, SetBy};

/// A check that is built.
pub struct Check {
    /// Id in the catalogue.
    pub id: &'static str,
    /// Who set the shipped criterion; `None` where the plan has to set one.
    pub set_by: Option<SetBy>,
    /// Bounds a plan may set, as `W07.out_of_hours_share`.
    pub criteria: &'static [&'static str],
    /// Judges.
    judge: fn(&Measures, &Plan) -> Finding,
}

/// Every built check, in catalogue order.
pub const BUILT: &[&Check] = &[
    &robustness::r01_classification::CHECK,
    &robustness::r02_human_validation::CHECK,
    &robustness::r03_dual_authorisation::CHECK,
    &robustness::r04_senior_sign_off::CHECK,
    &robustness::r05_guardrails::CHECK,
    &robustness::r06_doctrine::CHECK,
    &robustness::r07_environments::CHECK,
    &robustness::r08_small_requests::CHECK,
    &robustness::r09_change_failure::CHECK,
    &robustness::r10_reverts::CHECK,
    &robustness::r11_blast_radius::CHECK,
    &robustness::r12_high_severity::CHECK,
    &robustness::r13_recovery_time::CHECK,
    &robustness::r14_ai_recorded::CHECK,
    &robustness::r15_traced::CHECK,
    &robustness::r16_repeats::CHECK,
    &robustness::r17_weakening::CHECK,
    &robustness::r20_recovery::CHECK,
    &workload::w01_review_capacity::CHECK,
    &workload::w03_review_spread::CHECK,
    &workload::w05_fast_approvals::CHECK,
    &workload::w07_working_hours::CHECK,
    &workload::w08_rest::CHECK,
    &workload::w09_on_call::CHECK,
    &surveillance::s01_declared::CHECK,
    &surveillance::s02_notice::CHECK,
    &surveillance::s05_metadata::CHECK,
    &surveillance::s06_recording::CHECK,
    &surveillance::s09_retention::CHECK,
    &surveillance::s11_firewall::CHECK,
    &surveillance::s12_productivity::CHECK,
    &surveillance::s15_hidden_monitor::CHECK,
    &surveillance::s18_audit_declared::CHECK,
];

/// A check of the catalogue with its finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// Which.
    pub entry: Entry,
    /// Its finding.
    pub finding: Finding,
    /// Who set the criterion it was judged by; `None` where nobody has.
    pub set_by: Option<SetBy>,
}

/// Judges the whole catalogue.
pub fn judge(measures: &Measures, plan: &Plan) -> Vec<Judged> {
    CATALOGUE.iter().map(|entry| judge_one(*entry, measures, plan)).collect()
}

fn judge_one(entry: Entry, measures: &Measures, plan: &Plan) -> Judged {
    let built = BUILT.iter().find(|check| check.id == entry.id);
    let finding = match (plan.not_material.get(entry.id), built) {
        (Some(reason), _) => {
            Finding::new(Verdict::NotApplicable).because(Message::new("not-material").word("reason", reason.as_str()))
        }
        (None, Some(check)) => marks::auditable(entry.id, (check.judge)(measures, plan), measures),
        (None, None) => Finding::lacking(vec![Kind::Tool]),
    };
    let set_by = finding.ask.as_ref().map(|ask| ask.set_by).or_else(|| built.and_then(|check| check.set_by));
    Judged { entry, finding, set_by }
}

/// Refuses a plan that names a check or a criterion that does not exist: it would be ignored in silence.
pub fn validate(plan: &Plan) -> Result<(), Problem> {
    let checks: BTreeSet<&str> = CATALOGUE.iter().map(|entry| entry.id).collect();
    let bounds: BTreeSet<&str> = BUILT.iter().flat_map(|check| check.criteria).copied().collect();
    let unknown = |what: &str, typed: &str, known: &BTreeSet<&'static str>| {
        let problem =
            Problem::usage("cannot use the plan", format!("there is no {what} `{typed}`")).in_file(&*plan.file);
        match nearest(typed, known.iter().copied()) {
            Some(word) => problem.help(format!("write `{word}`")),
            None => problem.help(format!("known are {}", known.iter().copied().collect::<Vec<_>>().join(", "))),
        }
    };
    if let Some(id) = plan.not_material.keys().find(|id| !checks.contains(id.as_str())) {
        return Err(unknown("check", id, &checks));
    }
    if let Some((id, _)) = plan.not_material.iter().find(|(_, reason)| reason.trim().is_empty()) {
        let why = format!("`{id}` is set aside without a reason, and the report prints the reason");
        return Err(Problem::usage("cannot use the plan", why)
            .in_file(&*plan.file)
            .help(format!("write {id} = \"…\"")));
    }
    // A ratio of failure rates has an upper margin only; a lower bound would be printed and not applied.
    let margin = |id: &str| id.ends_with(".upper_limit");
    if let Some((id, _)) =
        plan.criteria.iter().find(|(id, set)| margin(id) && (set.at_least.is_some() || set.at_most.is_none()))
    {
        let problem = Problem::usage("cannot use the plan", format!("`{id}` takes an upper bound and no lower one"));
        return Err(problem.in_file(&*plan.file).help("write at_most = 1.25, or another margin"));
    }
    if let Some(id) = plan.criteria.keys().find(|id| !bounds.contains(id.as_str())) {
        return Err(unknown("criterion", id, &bounds));
    }
    let rules = BTreeSet::from([rule::CRITERION]);
    if let Some(id) = plan.rules.keys().find(|id| !rules.contains(id.as_str())) {
        return Err(unknown("choice of a norm", id, &rules));
    }
    let clauses: BTreeSet<&str> = rule::Rule::ALL.into_iter().map(rule::Rule::clause).collect();
    match plan.rules.values().find(|chosen| !clauses.contains(chosen.norm.as_str())) {
        Some(chosen) => Err(unknown("rule of dual authorisation", &chosen.norm, &clauses)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_that_would_be_obeyed_only_in_part_is_refused() {
        let mut plan = sample::plan_with("R09.upper_limit", 1.5, SetBy::Auditor);
        assert!(validate(&plan).is_ok());
        for criterion in plan.criteria.values_mut() {
            (criterion.at_most, criterion.at_least) = (None, Some(3.0));
        }
        assert!(validate(&plan).is_err_and(|problem| problem.why.contains("R09.upper_limit")));
        let mut plan = sample::plan();
        plan.not_material.insert("R01".into(), " ".into());
        assert!(validate(&plan).is_err_and(|problem| problem.why.contains("R01")));
    }

    #[test]
    fn built_checks_are_in_the_catalogue_and_in_its_order() {
        let order = |id: &str| CATALOGUE.iter().position(|entry| entry.id == id);
        assert!(BUILT.iter().all(|check| order(check.id).is_some()));
        assert!(BUILT.is_sorted_by_key(|check| order(check.id)));
    }

    #[test]
    fn every_file_of_a_check_is_listed() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/checks");
        let mut files = BTreeSet::new();
        for dimension in ["robustness", "workload", "surveillance"] {
            for entry in std::fs::read_dir(root.join(dimension)).unwrap() {
                let name = entry.unwrap().file_name().into_string().unwrap();
                if name != "mod.rs" {
                    files.insert(name.chars().take(3).collect::<String>().to_uppercase());
                }
            }
        }
        assert_eq!(files, BUILT.iter().map(|check| check.id.to_owned()).collect());
    }

    #[test]
    fn an_unknown_criterion_is_refused_with_the_word_to_type() {
        let mut plan = sample::plan();
        let bound = crate::plan::Criterion { at_most: Some(0.1), at_least: None, set_by: SetBy::Agreement };
        plan.criteria.insert("W07.out_of_hour_share".into(), bound);
        let text = validate(&plan).unwrap_err().to_string();
        assert!(text.contains("help: write `W07.out_of_hours_share`"), "{text}");
    }

    #[test]
    fn an_unknown_rule_is_refused_with_the_word_to_type() {
        let chosen = |id: &str, norm: &str| {
            let mut plan = sample::plan();
            let norm = crate::plan::ChosenNorm { norm: norm.into(), set_by: SetBy::Auditor };
            plan.rules.insert(id.into(), norm);
            validate(&plan).map_err(|problem| problem.to_string())
        };
        assert_eq!(chosen("R03.rule", "aisvs-ac-4-1"), Ok(()));
        let text = chosen("R03.rule", "slsa-source-l5").unwrap_err();
        assert!(text.contains("help: write `slsa-source-l4`"), "{text}");
        let text = chosen("R03.rule", "dual control").unwrap_err();
        assert!(text.contains("aisvs-ac-4-1, eu-dora-rts-1774-17, scorecard-code-review, slsa-source-l4"), "{text}");
        let text = chosen("R03.rules", "aisvs-ac-4-1").unwrap_err();
        assert!(text.contains("help: write `R03.rule`"), "{text}");
    }

    #[test]
    fn what_is_not_built_is_no_conclusion_and_what_is_not_material_says_why() {
        let mut plan = sample::plan();
        plan.not_material.insert("R13".into(), "no deployments".into());
        let all = judge(&Measures::of(&crate::facts::Facts::default(), &plan), &plan);
        let of = |id: &str| all.iter().find(|judged| judged.entry.id == id).unwrap();
        assert_eq!(of("R18").finding.needs, [Kind::Tool]);
        assert_eq!(of("R13").finding.verdict, Verdict::NotApplicable);
        assert_eq!(all.len(), CATALOGUE.len());
    }

    #[test]
    fn without_any_input_nothing_is_met() {
        let plan = sample::plan();
        for judged in judge(&Measures::of(&crate::facts::Facts::default(), &plan), &plan) {
            assert_eq!(judged.finding.verdict, Verdict::NoConclusion, "{}", judged.entry.id);
        }
    }
}
