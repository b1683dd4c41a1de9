//! A mapping, checked and ready: which column or key becomes which field of the model.

use std::collections::{BTreeMap, BTreeSet};

use super::clock::Clock;
use super::fields::Shape;
use super::path::Place;
use super::raw::{RawCollapse, RawFormat};
use super::refs;

/// A mapping, ready to be applied to one export.
pub(super) struct Mapping {
    /// Profile id, or the mapping file as written in the plan.
    pub(super) name: String,
    /// It is a file of the organisation, whose keys can be edited.
    pub(super) own: bool,
    pub(super) format: RawFormat,
    pub(super) records: Option<Place>,
    pub(super) delimiter: Option<u8>,
    pub(super) collapse: Option<Collapse>,
    pub(super) null: BTreeSet<String>,
    pub(super) clock: Clock,
    pub(super) fields: BTreeMap<&'static str, Field>,
    pub(super) drop: BTreeSet<String>,
    /// The field that an end must be after, beside the start.
    pub(super) untimed_against: Option<&'static str>,
}

/// Several rows, one incident.
pub(super) struct Collapse {
    pub(super) key: Place,
    pub(super) order_by: Option<Place>,
    pub(super) rule: RawCollapse,
    /// Stated by the organisation itself: its columns must be there.
    pub(super) own: bool,
}

/// One field of the model and where it comes from.
#[derive(Clone)]
pub(super) struct Field {
    pub(super) shape: Shape,
    pub(super) from: Vec<Place>,
    /// The export may lack its columns.
    pub(super) optional: bool,
    pub(super) separator: String,
    /// Words of the export → words of the model.
    pub(super) map: Option<BTreeMap<String, String>>,
    /// What other words mean; `None` is an error.
    pub(super) otherwise: Option<String>,
    pub(super) kind: refs::Kind,
    pub(super) confidence: Option<u8>,
}
