//! A mapping, checked and ready: which column or key becomes which field of the model.

use std::collections::{BTreeMap, BTreeSet};

use super::clock::Clock;
use super::fields::{Name, Target};
use super::path::Place;
use super::raw::{RawCollapse, RawCounting, RawFormat, RawPick};
use super::refs;

/// A mapping, ready to be applied to one export.
pub(super) struct Mapping {
    /// Profile id, or the mapping file as written in the plan.
    pub(super) name: String,
    /// It is a file of the organisation, whose keys can be edited.
    pub(super) own: bool,
    pub(super) target: Target,
    pub(super) format: RawFormat,
    pub(super) records: Option<Place>,
    pub(super) delimiter: Option<u8>,
    pub(super) collapse: Option<Collapse>,
    pub(super) null: BTreeSet<String>,
    pub(super) clock: Clock,
    /// Files that are joined to the records, by name.
    pub(super) sides: BTreeMap<String, Side>,
    pub(super) fields: BTreeMap<Name, Field>,
    pub(super) pages: Option<Pages>,
    pub(super) drop: BTreeSet<String>,
    /// The field that an end must be after, beside the start.
    pub(super) untimed_against: Option<Name>,
}

impl Mapping {
    /// Every place that is read, with the field it is read for.
    pub(super) fn places(&self) -> impl Iterator<Item = &Place> {
        let fields = self.fields.values().flat_map(|field| &field.from);
        let sides = self.sides.values().map(|side| &side.on);
        fields.chain(sides).chain(self.pages.iter().map(|pages| &pages.list))
    }
}

impl Mapping {
    /// Whether a place leads into a list that does not stand in the record itself.
    pub(super) fn leads_aside(&self, place: &Place) -> bool {
        place.first_key().is_some_and(|key| self.sides.contains_key(key) || (key == HISTORY && self.has_history()))
    }

    /// Whether all rows of a record stand under a name of their own.
    fn has_history(&self) -> bool {
        self.format != RawFormat::Csv && self.collapse.as_ref().is_some_and(|collapse| collapse.rule.history)
    }
}

/// Under this name all rows of a record stand.
pub(super) const HISTORY: &str = "history";

/// A second file: its records stand as a list under its name in every record that they belong to.
#[derive(Clone)]
pub(super) struct Side {
    pub(super) format: RawFormat,
    pub(super) records: Option<Place>,
    /// Where the second file's records say where they belong.
    pub(super) key: Place,
    /// What that is the same as in the record.
    pub(super) on: Place,
}

/// Where pages stand, one by one.
#[derive(Clone)]
pub(super) struct Pages {
    pub(super) list: Place,
    pub(super) person: Place,
    pub(super) at: Place,
    pub(super) channel: Option<Place>,
    /// Channels that interrupt nobody.
    pub(super) except: BTreeSet<String>,
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
    pub(super) name: Name,
    pub(super) from: Vec<Place>,
    /// What every record says, instead of a place.
    pub(super) value: Option<String>,
    /// The export may lack its columns.
    pub(super) optional: bool,
    pub(super) separator: String,
    /// Words of the export → words of the model.
    pub(super) map: Option<BTreeMap<String, String>>,
    /// Words of the model are understood as they stand, beside those of `map`.
    pub(super) own_words: bool,
    /// What other words mean; `None` is an error.
    pub(super) otherwise: Option<String>,
    pub(super) kind: refs::Kind,
    pub(super) confidence: Option<u8>,
    /// Which of several instants counts.
    pub(super) pick: RawPick,
    /// Minutes in the unit of a span of time.
    pub(super) minutes: f64,
    /// The number is how many values stand there.
    pub(super) count: Option<RawCounting>,
}
