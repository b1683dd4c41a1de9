//! Pure functions from facts to numbers.
//!
//! A measure says [`Measured::Unknown`] and what it lacks instead of 0. It knows no verdict and no criterion.

pub mod channels;
pub mod figure;
mod glob;
pub mod history;
pub mod incidents;
pub mod links;
pub mod robustness;
pub mod stats;
pub mod surveillance;
pub mod survival;
pub mod workload;

use jiff::civil::Date;

use crate::facts::{Facts, Kind, Register};
use crate::plan::{Period, Plan};

pub use figure::{Cell, Disclosure, Figure, Row, Table, Value};

/// A number, or what is missing to know it.
#[derive(Debug, Clone, PartialEq)]
pub enum Measured<T> {
    /// Known.
    Known(T),
    /// Not known for lack of these kinds of evidence.
    Unknown {
        /// What is missing; never empty.
        needs: Vec<Kind>,
    },
}

impl<T> Measured<T> {
    /// Unknown for lack of one kind of evidence.
    pub fn lacks(kind: Kind) -> Self {
        Self::Unknown { needs: vec![kind] }
    }

    /// The value, if known.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Unknown { .. } => None,
        }
    }

    /// Known when there is a value, else unknown for lack of one kind of evidence.
    pub fn or_lacks(value: Option<T>, kind: Kind) -> Self {
        value.map_or_else(|| Self::lacks(kind), Self::Known)
    }

    /// Applies a function to a known value.
    pub fn map<U>(&self, f: impl FnOnce(&T) -> U) -> Measured<U> {
        self.and_then(|value| Measured::Known(f(value)))
    }

    /// Applies a function that may itself lack evidence to a known value.
    pub fn and_then<U>(&self, f: impl FnOnce(&T) -> Measured<U>) -> Measured<U> {
        match self {
            Self::Known(value) => f(value),
            Self::Unknown { needs } => Measured::Unknown { needs: needs.clone() },
        }
    }
}

/// All measures of a run, one field each.
#[derive(Debug, Clone)]
pub struct Measures {
    /// Commits, marks and reverts.
    pub history: Measured<history::History>,
    /// Declared marks beside those that tools write.
    pub marks: Measured<robustness::mark_agreement::MarkAgreement>,
    /// `Reviewed-by` lines.
    pub trailers: Measured<robustness::authorisation::Trailers>,
    /// Approvals of changes.
    pub authorisation: Measured<robustness::authorisation::Authorisation>,
    /// Approvals by code owners.
    pub owners: Measured<robustness::owners::OwnerApprovals>,
    /// Reverted changes, AI against the rest.
    pub reverts: Measured<robustness::reverts::RevertRates>,
    /// Changes that later ones repair, AI against the rest.
    pub fixes: Measured<robustness::groups::Groups>,
    /// Marks that outlive a squash.
    pub survival: Measured<survival::Survival>,
    /// Channels through which a mark could have come.
    pub channels: Measured<channels::Channels>,
    /// Failed changes, AI against the rest.
    pub change_failure: Measured<robustness::change_failure::ChangeFailure>,
    /// Recorded bypasses.
    pub guardrails: Measured<robustness::guardrails::Guardrails>,
    /// What changes reach.
    pub operations: Measured<robustness::operations::Operations>,
    /// Changes that weaken tests, AI against the rest.
    pub weakened_tests: Measured<robustness::weakening::WeakenedTests>,
    /// What agents executed, against the doctrine.
    pub doctrine: Measured<robustness::doctrine::AgentOperations>,
    /// Incident counts, durations and what they record.
    pub incidents: Measured<incidents::Incidents>,
    /// How surely incidents are traced to changes.
    pub tracing: Measured<incidents::tracing::Tracing>,
    /// What incidents reached.
    pub scopes: Measured<incidents::scope::Scopes>,
    /// Causes that came back.
    pub repeats: Measured<incidents::repeats::Repeats>,
    /// How long it took to restore service after a failed change.
    pub restored: Measured<incidents::restored::Restored>,
    /// Whether recovery was possible.
    pub recovery: Measured<incidents::recovery::Recovery>,
    /// Hours of review needed against hours allotted.
    pub review_demand: Measured<workload::review_demand::ReviewDemand>,
    /// How review work is spread.
    pub review_spread: Measured<workload::review_spread::ReviewSpread>,
    /// Approvals faster than reading.
    pub fast_approvals: Measured<workload::fast_approvals::FastApprovals>,
    /// Work outside working hours.
    pub working_hours: Measured<workload::working_hours::WorkingHours>,
    /// Calls and work that incidents led to.
    pub on_call: Measured<workload::on_call::OnCall>,
    /// Daily rest of people who are called.
    pub rest: Measured<workload::rest::Rest>,
    /// Captures, declared and observed.
    pub captures: Measured<surveillance::captures::Captures>,
    /// Conversations, links and names in repositories and exports.
    pub held: surveillance::repositories::Held,
    /// What the organisation declares, passed through.
    pub register: Option<Register>,
}

impl Measures {
    /// Computes every measure.
    pub fn of(facts: &Facts, plan: &Plan) -> Self {
        let links = links::Links::of(facts, plan);
        Self {
            history: history::History::of(facts, plan, &links),
            marks: robustness::mark_agreement::MarkAgreement::of(facts, &links),
            trailers: robustness::authorisation::trailers(facts, &links),
            authorisation: robustness::authorisation::Authorisation::of(facts, plan, &links),
            owners: robustness::owners::OwnerApprovals::of(facts, &links),
            reverts: robustness::reverts::RevertRates::of(facts, &links),
            fixes: robustness::fixes::fixes(facts, &links),
            survival: survival::Survival::of(facts, &links),
            channels: channels::Channels::of(facts, &links),
            change_failure: robustness::change_failure::ChangeFailure::of(facts, plan, &links),
            guardrails: robustness::guardrails::Guardrails::of(facts, plan, &links),
            operations: robustness::operations::Operations::of(facts, plan, &links),
            weakened_tests: robustness::weakening::WeakenedTests::of(facts, &links),
            doctrine: robustness::doctrine::AgentOperations::of(facts, plan),
            incidents: incidents::Incidents::of(facts, plan, &links),
            tracing: incidents::tracing::Tracing::of(facts, plan, &links),
            scopes: incidents::scope::Scopes::of(facts, plan),
            repeats: incidents::repeats::Repeats::of(facts, plan),
            restored: incidents::restored::Restored::of(facts, plan, &links),
            recovery: incidents::recovery::Recovery::of(facts, plan),
            review_demand: workload::review_demand::ReviewDemand::of(facts, plan, &links),
            review_spread: workload::review_spread::ReviewSpread::of(facts, plan, &links),
            fast_approvals: workload::fast_approvals::FastApprovals::of(facts, plan),
            working_hours: workload::working_hours::WorkingHours::of(facts, &links),
            on_call: workload::on_call::OnCall::of(facts, plan),
            rest: workload::rest::Rest::of(facts, plan, &links),
            captures: surveillance::captures::Captures::of(facts),
            held: surveillance::repositories::Held::of(facts),
            register: facts.register.clone(),
        }
    }

    /// Every figure, in the order of the fields.
    pub fn figures(&self) -> Vec<Figure> {
        let mut figures = [
            history::figures(&self.history),
            robustness::mark_agreement::figures(&self.marks),
            robustness::authorisation::figures(&self.authorisation, &self.trailers),
            robustness::owners::figures(&self.owners),
            robustness::guardrails::figures(&self.guardrails),
            robustness::change_failure::figures(&self.change_failure),
            robustness::operations::figures(&self.operations),
            robustness::weakening::figures(&self.weakened_tests),
            robustness::reverts::figures(&self.reverts),
            robustness::fixes::figures(&self.fixes),
            survival::figures(&self.survival),
            robustness::doctrine::figures(&self.doctrine),
            incidents::figures(&self.incidents),
            incidents::tracing::figures(&self.tracing),
            incidents::scope::figures(&self.scopes),
            incidents::repeats::figures(&self.repeats),
            incidents::recovery::figures(&self.recovery),
            incidents::restored::figures(&self.restored),
            workload::review_demand::figures(&self.review_demand),
            workload::review_spread::figures(&self.review_spread),
            workload::fast_approvals::figures(&self.fast_approvals),
            workload::working_hours::figures(&self.working_hours),
            workload::on_call::figures(&self.on_call),
            workload::rest::figures(&self.rest),
            surveillance::captures::figures(&self.captures),
            surveillance::repositories::figures(&self.held),
        ]
        .concat();
        if self.marks_are_off() {
            figures.iter_mut().filter(|figure| figure::rests_on_marks(&figure.id)).for_each(Figure::blind);
        }
        figures
    }

    /// Whether a setting of an audited repository switches AI marks off, so that no share of AI can be audited.
    pub fn marks_are_off(&self) -> bool {
        self.history.known().is_some_and(|history| !history.attribution_off.is_empty())
    }

    /// Every table.
    pub fn tables(&self) -> Vec<Table> {
        [
            history::tables(&self.history),
            channels::tables(&self.channels),
            incidents::tables(&self.incidents),
            surveillance::captures::tables(&self.captures),
        ]
        .concat()
    }
}

/// A share of one arm of a comparison.
fn share_of(arm: stats::ratio::Arm) -> Value {
    #[allow(clippy::cast_possible_truncation, reason = "counts of changes fit the address space")]
    Value::share(arm.events as usize, arm.total as usize)
}

/// Days of the period on which something held, from its first day until the first day it no longer did.
fn days_held(period: &Period, from: Date, until: Option<Date>) -> f64 {
    let first = from.max(period.first);
    let last = until.map_or(period.until, |until| until.min(period.until));
    f64::from((last - first).get_days().max(0))
}
