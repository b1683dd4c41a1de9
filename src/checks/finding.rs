//! What a check answers.

use crate::facts::Kind;
use crate::measures::Measured;
use crate::measures::incidents::Recorded;
use crate::measures::surveillance::captures::Observed;
use crate::message::Message;
use crate::plan::{Criterion, Plan, SetBy};

/// The five verdicts, worst first; the order of the roll-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The criterion is not fulfilled.
    NotMet,
    /// Data or an agreed criterion are missing, or they do not decide.
    NoConclusion,
    /// Fulfilled, with something the reader should know.
    MetWithComments,
    /// Fulfilled.
    Met,
    /// The subject does not occur, or the plan set the check aside.
    NotApplicable,
}

impl Verdict {
    /// All, worst first.
    pub const ALL: [Self; 5] =
        [Self::NotMet, Self::NoConclusion, Self::MetWithComments, Self::Met, Self::NotApplicable];

    /// The word in `report.json`, the same in every language.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotMet => "not met",
            Self::NoConclusion => "no conclusion",
            Self::MetWithComments => "met with comments",
            Self::Met => "met",
            Self::NotApplicable => "not applicable",
        }
    }

    /// The same as part of a message id.
    pub fn slug(self) -> String {
        self.word().replace(' ', "-")
    }
}

/// Places that a finding lists. Nobody looks at more; the grounds count all.
const MOST_EVIDENCE: usize = 1_000;

/// Where a reader can look.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// What is seen there.
    pub what: Message,
    /// File, relative to the plan.
    pub file: String,
    /// Line or record.
    pub line: Option<u64>,
    /// JSON pointer.
    pub pointer: Option<String>,
    /// Deciding text or record id.
    pub text: String,
}

impl Evidence {
    /// An incident record.
    pub fn incident(what: Message, at: &Recorded) -> Self {
        Self { what, file: at.file.to_string(), line: Some(at.record), pointer: None, text: at.id.clone() }
    }

    /// A record that has no id, or one that may not be shown.
    pub fn record(what: Message, file: &str, record: u64) -> Self {
        Self { what, file: file.to_owned(), line: Some(record), pointer: None, text: String::new() }
    }

    /// A setting in a configuration.
    pub fn capture(found: &Observed) -> Self {
        let capture = &found.capture;
        Self {
            what: Message::new(capture.what),
            file: capture.file.clone(),
            line: capture.line.map(u64::from),
            pointer: capture.pointer.clone(),
            text: capture.setting.clone(),
        }
    }

    /// An entry of the register.
    pub fn register(what: Message, file: &str, line: u32, id: &str) -> Self {
        Self { what, file: file.to_owned(), line: Some(u64::from(line)), pointer: None, text: id.to_owned() }
    }
}

/// The criterion a check was judged by, where the plan set it.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// In words.
    pub text: Message,
    /// Who set it.
    pub set_by: SetBy,
}

/// An answer with its grounds.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Verdict.
    pub verdict: Verdict,
    /// Why, one sentence each.
    pub grounds: Vec<Message>,
    /// What is missing, when the verdict is *no conclusion* for lack of it.
    pub needs: Vec<Kind>,
    /// Ids of the figures it rests on.
    pub figures: Vec<String>,
    /// Where to look.
    pub evidence: Vec<Evidence>,
    /// Criterion of the plan, where there is one.
    pub ask: Option<Ask>,
}

impl Finding {
    /// A verdict without grounds yet.
    pub fn new(verdict: Verdict) -> Self {
        Self { verdict, grounds: Vec::new(), needs: Vec::new(), figures: Vec::new(), evidence: Vec::new(), ask: None }
    }

    /// *No conclusion* for lack of evidence.
    pub fn lacking(needs: Vec<Kind>) -> Self {
        Self { needs, ..Self::new(Verdict::NoConclusion) }
    }

    /// *No conclusion*, where a measure is unknown.
    pub fn unknown<T>(measured: &Measured<T>) -> Self {
        match measured {
            Measured::Known(_) => Self::new(Verdict::NoConclusion),
            Measured::Unknown { needs } => Self::lacking(needs.clone()),
        }
    }

    /// Adds a ground.
    #[must_use]
    pub fn because(mut self, ground: Message) -> Self {
        self.grounds.push(ground);
        self
    }

    /// Adds figures.
    #[must_use]
    pub fn figures(mut self, ids: &[&str]) -> Self {
        self.figures.extend(ids.iter().map(|id| (*id).to_owned()));
        self
    }

    /// Of a period in which no incident started: there is nothing to judge by.
    pub(super) fn no_incidents() -> Self {
        Self::new(Verdict::NoConclusion).because(Message::new("no-incidents"))
    }

    /// Adds evidence.
    #[must_use]
    pub fn evidence(mut self, places: impl IntoIterator<Item = Evidence>) -> Self {
        let room = MOST_EVIDENCE.saturating_sub(self.evidence.len());
        self.evidence.extend(places.into_iter().take(room));
        self
    }

    /// Lowers *met* to *met with comments* when a comment applies, and says it.
    #[must_use]
    pub fn comment(mut self, applies: bool, ground: Message) -> Self {
        if applies {
            if self.verdict == Verdict::Met {
                self.verdict = Verdict::MetWithComments;
            }
            self.grounds.push(ground);
        }
        self
    }

    /// Judges a value by a criterion that only the plan can set; without one the figure stands and nothing is concluded.
    pub fn by_plan(plan: &Plan, id: &str, value: f64) -> Self {
        let Some(criterion) = plan.criterion(id) else { return Self::lacking(vec![Kind::Criterion]) };
        let verdict = match (criterion.holds(value), criterion.set_by) {
            (false, _) => Verdict::NotMet,
            // There is no shipped bound to compare with, so what the audited party set alone may be too lenient.
            (true, SetBy::AuditedParty) => Verdict::MetWithComments,
            (true, _) => Verdict::Met,
        };
        Self { ask: Some(ask(criterion, id.ends_with("share"))), ..Self::new(verdict) }
    }
}

/// A criterion of the plan in words; a bound on a share is said in per cent, as the figure is.
pub(super) fn ask(criterion: &Criterion, share: bool) -> Ask {
    let bound = |message: Message, name, value| {
        if share { message.share(name, value) } else { message.number(name, value) }
    };
    let text = match (criterion.at_least, criterion.at_most) {
        (Some(low), Some(high)) => bound(bound(Message::new("criterion-between"), "low", low), "high", high),
        (Some(low), None) => bound(Message::new("criterion-at-least"), "low", low),
        (None, high) => bound(Message::new("criterion-at-most"), "high", high.unwrap_or(f64::INFINITY)),
    };
    Ask { text, set_by: criterion.set_by }
}
