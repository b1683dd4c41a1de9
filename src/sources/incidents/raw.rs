//! The mapping file as it is written: TOML with spans, and its JSON schema.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::{MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer, value::SeqAccessDeserializer};
use toml::Spanned;

use super::fields::{self, Target};

/// A mapping file.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Mapping file")]
pub(super) struct RawMapping {
    /// Shipped profile whose keys hold where this file is silent.
    #[schemars(with = "Option<String>")]
    pub(super) extends: Option<Spanned<String>>,
    /// What the records are; incidents when absent.
    pub(super) target: Option<Target>,
    /// How the export is written. `json` also reads JSONL.
    pub(super) format: Option<RawFormat>,
    /// What a CSV record is; only `row`.
    pub(super) record: Option<RawRecord>,
    /// Where the list of records stands in a JSON document: `$.incidents[*]` or `/incidents`.
    #[schemars(with = "Option<String>")]
    pub(super) records: Option<Spanned<String>>,
    /// One character between CSV cells; found in the header when absent.
    #[schemars(with = "Option<String>")]
    pub(super) delimiter: Option<Spanned<String>>,
    /// Several rows are one incident.
    pub(super) collapse: Option<RawCollapse>,
    /// Cells that say nothing.
    pub(super) null: Option<RawNull>,
    /// How instants are written.
    pub(super) time: Option<RawTime>,
    /// Files that the plan may give beside the export; their records are joined to those of the export.
    #[serde(default)]
    pub(super) side: BTreeMap<String, RawSide>,
    /// Where pages stand, one by one.
    pub(super) pages: Option<RawPages>,
    /// Which column feeds which field.
    #[serde(default)]
    #[schemars(with = "FieldsSchema")]
    pub(super) fields: BTreeMap<Spanned<String>, RawField>,
    /// What a record is about; the same as `class` in `[fields]`.
    #[schemars(with = "Option<FieldSchema>")]
    pub(super) class: Option<Spanned<RawField>>,
    /// Columns never read; the same as `drop` in `[fields]`.
    #[serde(default)]
    pub(super) drop: Vec<String>,
    /// When an end is no end.
    pub(super) untimed: Option<RawUntimed>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum RawFormat {
    Csv,
    Json,
    Jsonl,
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum RawRecord {
    Row,
}

#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCollapse {
    /// Column that is the same in all rows of an incident.
    pub(super) key: String,
    /// Column by which the rows are ordered; the order of the file when absent.
    pub(super) order_by: Option<String>,
    /// Which row counts.
    #[serde(default)]
    pub(super) keep: RawKeep,
    /// Responders are gathered from all rows, not only from the one that is kept; in JSON, all rows stand under
    /// `history`.
    #[serde(default)]
    pub(super) history: bool,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSide {
    /// How the second file is written.
    pub(super) format: RawFormat,
    /// Where its list of records stands in a JSON document.
    pub(super) records: Option<String>,
    /// Where its records say which record they belong to.
    pub(super) key: String,
    /// The place in the record that says the same.
    pub(super) on: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPages {
    /// The list of pages.
    pub(super) list: String,
    /// Who was called, inside a page.
    pub(super) person: String,
    /// When, inside a page.
    pub(super) at: String,
    /// By what, inside a page.
    pub(super) channel: Option<String>,
    /// Channels that interrupt nobody, such as e-mail.
    #[serde(default)]
    pub(super) except: Vec<String>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum RawPick {
    #[default]
    First,
    Earliest,
    Latest,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum RawCounting {
    /// Every value that stands there.
    All,
    /// Values that differ.
    Distinct,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum RawKeep {
    First,
    #[default]
    Last,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawNull {
    /// Cell texts that say nothing. An empty cell always says nothing.
    pub(super) tokens: Vec<String>,
}

#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTime {
    /// `strftime` formats, or `iso8601`, `unix_s`, `unix_ms`, `unix_ns`; tried in order.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(super) formats: Vec<Spanned<String>>,
    /// IANA zone of instants that carry no offset.
    #[schemars(with = "Option<String>")]
    pub(super) zone: Option<Spanned<String>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawUntimed {
    /// `resolved_at <= ` and another time field of `[fields]`.
    #[schemars(with = "String")]
    pub(super) when: Spanned<String>,
}

/// A column, several columns, or a table.
#[derive(Clone, Default)]
pub(super) struct RawField(pub(super) RawTable);

#[derive(Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTable {
    /// Column or path, or several: the first that says something counts, lists are joined.
    #[schemars(with = "Option<Columns>")]
    pub(super) from: Option<RawColumns>,
    /// What every record says, instead of a column.
    #[schemars(with = "Option<RawWord>")]
    pub(super) value: Option<Spanned<RawWord>>,
    /// Which of several instants counts; the first when absent.
    pub(super) pick: Option<RawPick>,
    /// Unit of a span of time: `ms`, `s` (when absent), `min` or `h`.
    #[schemars(with = "Option<String>")]
    pub(super) unit: Option<Spanned<String>>,
    /// The number is how many values stand there.
    pub(super) count: Option<RawCounting>,
    /// Words of the export and what they mean.
    #[schemars(with = "Option<BTreeMap<String, RawWord>>")]
    pub(super) map: Option<BTreeMap<String, Spanned<RawWord>>>,
    /// What any other word means; `error`, the default, stops with its place.
    #[serde(rename = "else")]
    #[schemars(with = "Option<RawWord>")]
    pub(super) otherwise: Option<Spanned<RawWord>>,
    /// Character between several values in a cell; `;` when absent.
    pub(super) separator: Option<String>,
    /// The export need not have the column.
    #[serde(default)]
    pub(super) optional: bool,
    /// People are always kept as numbers; only `true` can be said.
    #[schemars(with = "Option<bool>")]
    pub(super) pseudonymise: Option<Spanned<bool>>,
    /// What a change field holds: `change_id`, `commit`, `review` or `text`.
    #[schemars(with = "Option<String>")]
    pub(super) kind: Option<Spanned<String>>,
    /// How sure the link is: `declared` (5), `stated` (4) or `linked` (3).
    #[schemars(with = "Option<RawWord>")]
    pub(super) confidence: Option<Spanned<RawWord>>,
}

#[derive(Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum RawWord {
    Number(i64),
    Flag(bool),
    Text(String),
}

impl RawWord {
    pub(super) fn text(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Flag(flag) => flag.to_string(),
            Self::Text(text) => text.clone(),
        }
    }
}

#[derive(Clone)]
pub(super) struct RawColumns(pub(super) Vec<String>);

impl<'de> Deserialize<'de> for RawColumns {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Not an untagged enum: that would lose the place and the reason of an error.
        struct Columns;
        impl<'de> Visitor<'de> for Columns {
            type Value = RawColumns;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a column, or a list of columns")
            }
            fn visit_str<E>(self, column: &str) -> Result<RawColumns, E> {
                Ok(RawColumns(vec![column.to_owned()]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<RawColumns, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(list)).map(RawColumns)
            }
        }
        deserializer.deserialize_any(Columns)
    }
}

impl<'de> Deserialize<'de> for RawField {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Field;
        fn columns(columns: Vec<String>) -> RawField {
            RawField(RawTable { from: Some(RawColumns(columns)), ..RawTable::default() })
        }
        impl<'de> Visitor<'de> for Field {
            type Value = RawField;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a column, a list of columns, or a table with `from`")
            }
            fn visit_str<E>(self, column: &str) -> Result<RawField, E> {
                Ok(columns(vec![column.to_owned()]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<RawField, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(list)).map(columns)
            }
            fn visit_map<A: MapAccess<'de>>(self, table: A) -> Result<RawField, A::Error> {
                RawTable::deserialize(MapAccessDeserializer::new(table)).map(RawField)
            }
        }
        deserializer.deserialize_any(Field)
    }
}

/// Schema of a column or several.
#[derive(JsonSchema)]
#[schemars(untagged, inline)]
#[allow(dead_code, reason = "only its schema is used")]
enum Columns {
    One(String),
    Several(Vec<String>),
}

/// Schema of a field.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code, reason = "only its schema is used")]
enum FieldSchema {
    Column(String),
    Columns(Vec<String>),
    Table(Box<RawTable>),
}

/// Schema of `[fields]`: the names of the models' fields and `drop`, and no others.
struct FieldsSchema;

impl JsonSchema for FieldsSchema {
    fn schema_name() -> Cow<'static, str> {
        "Fields".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let field = generator.subschema_for::<FieldSchema>();
        let columns = generator.subschema_for::<Vec<String>>();
        let mut properties: serde_json::Map<String, serde_json::Value> =
            fields::all().map(|name| (name.word().to_owned(), field.clone().to_value())).collect();
        properties.insert("drop".to_owned(), columns.to_value());
        json_schema!({ "type": "object", "properties": properties, "additionalProperties": false })
    }
}

/// JSON schema of a mapping file.
pub(super) fn schema() -> Schema {
    schemars::schema_for!(RawMapping)
}
