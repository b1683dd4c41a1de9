//! Whether an export has the columns that its mapping reads. A misspelt column would turn every record into "not
//! recorded" without a word.

use super::fields::Name;
use super::mapping::{Field, Mapping};
use super::path::Place;
use super::raw::RawFormat;
use super::sheet::{Fail, Sheet};
use crate::error::{Problem, nearest};
use crate::facts::input::RefusalReason;

/// Stops or refuses when columns are missing, repeated or misspelt.
pub(super) fn check(file: &str, sheet: &Sheet, mapping: &Mapping) -> Result<(), Fail> {
    if mapping.format != RawFormat::Csv {
        return json(file, sheet, mapping);
    }
    let places = || mapping.fields.values().flat_map(|field| &field.from);
    if let Some(place) = places().find(|place| sheet.headers.get(&place.text).is_some_and(|c| c.len() > 1)) {
        return Err(repeated(file, mapping, &place.text));
    }
    if !places().any(|place| sheet.has(place)) {
        return Err(Fail::Refuse(RefusalReason::Unreadable, "it has none of the columns that the mapping reads"));
    }
    let headers: Vec<&str> = sheet.headers.keys().map(String::as_str).collect();
    for (name, field) in &mapping.fields {
        if !field.optional && !given(sheet, mapping, field) {
            return Err(missing(file, mapping, name.word(), &field.from, &headers));
        }
    }
    if let Some(collapse) = &mapping.collapse {
        let read = [Some(&collapse.key), collapse.order_by.as_ref()];
        if let Some(place) = read.into_iter().flatten().find(|place| collapse.own && !sheet.has(place)) {
            return Err(missing(file, mapping, "collapse", std::slice::from_ref(place), &headers));
        }
    }
    generic_slip(file, sheet, mapping, &headers)?;
    if !mapping.fields.get(&Name::Id).is_some_and(|field| given(sheet, mapping, field)) {
        return Err(Fail::Refuse(RefusalReason::MissingField, "no column gives the id"));
    }
    Ok(())
}

/// What stands in a joined list or says the same everywhere needs no column.
fn given(sheet: &Sheet, mapping: &Mapping, field: &Field) -> bool {
    field.value.is_some() || field.from.iter().any(|place| sheet.has(place) || mapping.leads_aside(place))
}

/// JSON leaves keys out when they are empty, so that only a key that looks misspelt is a problem.
fn json(file: &str, sheet: &Sheet, mapping: &Mapping) -> Result<(), Fail> {
    let keys = sheet.keys();
    for (name, field) in mapping.fields.iter().filter(|(_, field)| !field.optional && !given(sheet, mapping, field)) {
        let slip = field.from.iter().any(|place| nearest(place.last_key(), keys.iter().copied()).is_some());
        if slip {
            return Err(missing(file, mapping, name.word(), &field.from, &keys.iter().copied().collect::<Vec<_>>()));
        }
    }
    Ok(())
}

fn missing(file: &str, mapping: &Mapping, name: &str, from: &[Place], headers: &[&str]) -> Fail {
    let wanted = from.iter().map(|place| format!("`{}`", place.text)).collect::<Vec<_>>().join(", ");
    let near = from.iter().find_map(|place| nearest(place.last_key(), headers.iter().copied()));
    let near = near.and_then(super::label::plain_id);
    let help = match near {
        Some(header) => format!("write `{header}` in {}", mapping.name),
        None => format!("correct {}, or add optional = true to {name} there", mapping.name),
    };
    let why = format!("it has no column {wanted}, which the mapping reads for {name}");
    Problem::input(mapping.target.cannot_read(), why).in_file(file).help(help).into()
}

fn repeated(file: &str, mapping: &Mapping, header: &str) -> Fail {
    Problem::input(mapping.target.cannot_read(), format!("the column `{header}` stands there more than once"))
        .at_line(file, 1)
        .help(format!("rename one, or write `{header}[0]` for the first or `{header}[0..]` for all in a mapping file"))
        .into()
}

/// In the generic profile the organisation writes the header itself; one wrong letter is a slip, not another column.
fn generic_slip(file: &str, sheet: &Sheet, mapping: &Mapping, headers: &[&str]) -> Result<(), Fail> {
    if !mapping.name.starts_with("generic-") {
        return Ok(());
    }
    let written = mapping.fields.iter().map(|(name, field)| (name.word(), field));
    for (name, field) in written.filter(|(name, field)| name.len() > 4 && !given(sheet, mapping, field)) {
        let slip = headers.iter().find(|header| {
            let read = mapping.fields.values().flat_map(|f| &f.from).any(|place| place.text == **header);
            !read && strsim::damerau_levenshtein(name, header) == 1
        });
        if slip.is_some() && field.optional {
            let why = format!("it has no column `{name}`, but one that is written almost like it");
            return Err(Problem::input(mapping.target.cannot_read(), why)
                .at_line(file, 1)
                .help(format!("write `{name}` in the header"))
                .into());
        }
    }
    Ok(())
}
