//! What a monitoring configuration captures about people, and where it flows (`facts/monitoring.md` section 2).

use jiff::Timestamp;

/// A level on one axis; `None` is "the file cannot tell", printed `?`, never 0.
pub type Level = Option<u8>;

/// Whose data it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Population {
    /// Employees in general.
    Workers,
    /// People who operate the systems.
    Operators,
    /// Users of the product.
    Customers,
    /// No people.
    Systems,
    /// The file cannot tell.
    Unknown,
}

impl Population {
    /// Whether the capture is about people who work for the organisation (or may be).
    pub fn may_be_staff(self) -> bool {
        matches!(self, Self::Workers | Self::Operators | Self::Unknown)
    }

    /// The word in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Workers => "workers",
            Self::Operators => "operators",
            Self::Customers => "customers",
            Self::Systems => "systems",
            Self::Unknown => "?",
        }
    }
}

/// Whether it happens or could happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Capability {
    /// Switched on.
    Configured,
    /// Possible, off until somebody uses it.
    Latent,
    /// Neither.
    None,
    /// The file cannot tell.
    Unknown,
}

impl Capability {
    /// The word in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Configured => "configured",
            Self::Latent => "latent",
            Self::None => "none",
            Self::Unknown => "?",
        }
    }
}

/// What the deciding setting does in the flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FlowRole {
    /// Emits or collects.
    Collect,
    /// Changes what passes.
    Transform,
    /// Sends on.
    Route,
    /// Keeps.
    Store,
    /// Shows.
    View,
    /// Switches something on or off elsewhere.
    Control,
}

impl FlowRole {
    /// The word in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Collect => "collect",
            Self::Transform => "transform",
            Self::Route => "route",
            Self::Store => "store",
            Self::View => "view",
            Self::Control => "control",
        }
    }
}

/// Why the level is what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// A setting says so.
    Explicit,
    /// The product's default, because no setting says otherwise.
    Default,
    /// Something that would lower it is missing.
    Absence,
}

impl Basis {
    /// The word in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Explicit => "explicit",
            Self::Default => "default",
            Self::Absence => "absence",
        }
    }
}

/// The axes S D T R M X, each an ordinal level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Axes {
    /// Subject key that reaches the sink, 0–4.
    pub s: Level,
    /// Deepest content, 0–5.
    pub d: Level,
    /// When, 0–3.
    pub t: Level,
    /// Longest copy, 0–5.
    pub r: Level,
    /// Minimisation, 0–2.
    pub m: Level,
    /// Evaluation and automation, 0–3.
    pub x: Level,
}

/// How long a copy is kept.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub enum Retention {
    /// For this many days.
    Days(f64),
    /// For ever: said, or by the product's default.
    Unlimited,
    /// The file does not set it and nothing is known by default.
    Unset,
}

impl Retention {
    /// Level on the R axis: cut points 30, 183 and 366 days.
    pub fn level(self) -> Level {
        match self {
            Self::Unlimited => Some(5),
            Self::Unset => None,
            Self::Days(days) if days <= 0.0 => Some(0),
            Self::Days(days) if days <= 30.0 => Some(1),
            Self::Days(days) if days <= 183.0 => Some(2),
            Self::Days(days) if days <= 366.0 => Some(3),
            Self::Days(_) => Some(4),
        }
    }
}

/// When a setting was switched on, from the history of the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Activation {
    /// Commit instant.
    pub at: Timestamp,
    /// The history starts with the setting already on (imported or squashed): "on or before".
    pub on_or_before: bool,
}

/// One capture: one deciding setting, query or rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Capture {
    /// Path relative to the plan, with `/`.
    pub file: String,
    /// Line of the deciding text, for text formats.
    pub line: Option<u32>,
    /// JSON pointer, for JSON formats.
    pub pointer: Option<String>,
    /// Id of the format: `otel-collector`, `grafana-dashboard`, …; `unknown` without a reader.
    pub format: String,
    /// The deciding text, shortened; secrets and addresses never quoted.
    pub setting: String,
    /// What is captured, as a message id (`capture-prompt-text`, `capture-per-person-result`, …).
    pub what: &'static str,
    /// Whose data.
    pub population: Population,
    /// On, possible or off.
    pub capability: Capability,
    /// Place in the flow.
    pub role: FlowRole,
    /// Levels.
    pub axes: Axes,
    /// Retention of this copy.
    pub retention: Retention,
    /// Why.
    pub basis: Basis,
    /// The reader had to choose between two levels and took the lower.
    pub low_confidence: bool,
    /// The rest of the flow is not in the audit set.
    pub open_flow: bool,
    /// Switched on when.
    pub activated: Option<Activation>,
    /// Node of the flow graph this capture sits on.
    pub node: Option<Node>,
}

/// A place in the flow graph. Equal nodes of different files are the same place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// A configuration that emits, routes or shows, by its path.
    File(String),
    /// A network endpoint `host:port`, lower case, without credentials.
    Endpoint(String),
    /// A named store or data source (Grafana uid or name, log group, bucket).
    Store(String),
    /// A recipient named in the register.
    Recipient(String),
}

impl Node {
    /// The text in tables.
    pub fn label(&self) -> &str {
        match self {
            Self::File(s) | Self::Endpoint(s) | Self::Store(s) | Self::Recipient(s) => s,
        }
    }
}

/// A directed edge of the flow graph: data moves from one place to another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Flow {
    /// From.
    pub from: Node,
    /// To.
    pub to: Node,
    /// File that says so.
    pub file: String,
    /// Line there.
    pub line: Option<u32>,
    /// JSON pointer there.
    pub pointer: Option<String>,
    /// Declared in the register rather than observed in a configuration.
    pub declared: bool,
}
