//! Several rows become one record: event logs hold one row for every update.

use std::collections::BTreeMap;

use super::cells::Export;
use super::raw::RawKeep;
use super::sheet::{Refusals, Row};
use crate::facts::input::RefusalReason;

/// The rows of one record.
pub(super) struct Group<'a> {
    pub(super) kept: &'a Row,
    pub(super) history: Vec<&'a Row>,
}

/// Rows by record, in the order of first appearance.
pub(super) fn groups<'a>(export: &Export<'_>, rows: &'a [Row], refusals: &mut Refusals) -> Vec<Group<'a>> {
    let Some(collapse) = &export.mapping.collapse else { return Vec::new() };
    let mut index: BTreeMap<String, usize> = BTreeMap::new();
    let mut groups: Vec<(Order, Group<'a>)> = Vec::new();
    for row in rows {
        let Some(key) = export.key(row) else {
            refusals.add(RefusalReason::MissingField, "a record has no id", row.at);
            continue;
        };
        let order = export.order(row).map_or(Order::None, |text| Order::of(export, text));
        let Some((best, group)) = index.get(&key).and_then(|at| groups.get_mut(*at)) else {
            index.insert(key, groups.len());
            groups.push((order, Group { kept: row, history: vec![row] }));
            continue;
        };
        group.history.push(row);
        let better = match collapse.rule.keep {
            RawKeep::Last => order >= *best,
            RawKeep::First => order < *best,
        };
        if better {
            *best = order;
            group.kept = row;
        }
    }
    let mut groups: Vec<Group<'a>> = groups.into_iter().map(|(_, group)| group).collect();
    if !collapse.rule.history {
        for group in &mut groups {
            group.history = vec![group.kept];
        }
    }
    groups
}

/// What rows are ordered by: numbers as numbers, instants as instants, all else as text.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Order {
    None,
    Text(String),
    Number(i64),
    At(jiff::Timestamp),
}

impl Order {
    fn of(export: &Export<'_>, text: String) -> Self {
        if let Ok(number) = text.parse() {
            return Self::Number(number);
        }
        export.mapping.clock.read(&text).map_or(Self::Text(text), |instant| Self::At(instant.at))
    }
}
