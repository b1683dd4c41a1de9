//! Terraform: how long logs are kept, and what records API calls.
//!
//! Sources: registry.terraform.io for `aws_cloudwatch_log_group` (`retention_in_days`: "0 … never expire", the default),
//! `aws_cloudtrail`, `google_logging_project_bucket_config` (`retention_days`, 30 by default) and
//! `azurerm_log_analytics_workspace` (`retention_in_days`, 30 by default). A number inside a module's own
//! map (`cloudwatch_log_groups = { x = { retention_in_days = 400 } }`) is read as well; a variable is unknown.

use hcl_edit::expr::Expression;
use hcl_edit::structure::{Attribute, Block, Body as Tree};

use super::logs::{self, Kept};
use super::{Body, Doc, Reading, hcl, scrub};
use crate::facts::capture::{Axes, Capability, Capture, FlowRole, Node, Population};

const FORMAT: &str = "terraform";

/// Resource type, attribute of its retention, and what holds when it is absent.
const STORES: [(&str, &str, Kept); 4] = [
    ("aws_cloudwatch_log_group", "retention_in_days", Kept::ByDefault),
    ("google_logging_project_bucket_config", "retention_days", Kept::Days(30.0)),
    ("google_logging_organization_bucket_config", "retention_days", Kept::Days(30.0)),
    ("azurerm_log_analytics_workspace", "retention_in_days", Kept::Days(30.0)),
];

/// Deepest map that is searched for a retention.
const DEEPEST: usize = 16;

/// Reads a Terraform file.
pub(super) fn read(doc: &Doc<'_>) -> Option<Reading> {
    let Body::Hcl(tree) = &doc.body else { return None };
    let mut reading = Reading::new(FORMAT);
    for block in tree.blocks() {
        resource(doc, block, &mut reading);
    }
    if reading.captures.is_empty() {
        reading.captures.push(doc.nothing(FORMAT, FlowRole::Store));
    }
    Some(reading)
}

fn resource(doc: &Doc<'_>, block: &Block, reading: &mut Reading) {
    let labels: Vec<&str> = block.labels.iter().map(hcl_edit::structure::BlockLabel::as_str).collect();
    match (block.ident.as_str(), labels.as_slice()) {
        ("resource", [kind, name]) => {
            if let Some((_, key, absent)) = STORES.iter().find(|(store, _, _)| store == kind) {
                store(doc, block, (kind, name), key, *absent, reading);
            } else if *kind == "aws_cloudtrail" {
                trail(doc, block, name, reading);
            }
        }
        ("locals" | "module" | "variable", _) => maps_in(doc, &block.body, reading),
        _ => {}
    }
}

/// Resources that write to a log group, the attribute that names it, and the word that says what they write.
const WRITERS: [(&str, &str, &str); 3] = [
    ("aws_flow_log", "log_destination", "flow-log"),
    ("aws_route53_resolver_query_log_config", "destination_arn", "resolver"),
    ("aws_cloudtrail", "cloud_watch_logs_group_arn", "cloudtrail"),
];

/// What the resources of this file write to a log group.
fn written_by(tree: &Tree, store: &str) -> String {
    let mut words = String::new();
    for block in tree.get_blocks("resource") {
        let kind = block.labels.first().map(hcl_edit::structure::BlockLabel::as_str).unwrap_or_default();
        for (_, attribute, word) in WRITERS.iter().filter(|(writer, _, _)| *writer == kind) {
            let names = block.body.get_attribute(attribute).and_then(|attribute| hcl::reference(&attribute.value));
            if names.as_deref() == Some(store) {
                words.push(' ');
                words.push_str(word);
            }
        }
    }
    words
}

/// A store of logs.
fn store(doc: &Doc<'_>, block: &Block, (kind, name): (&str, &str), key: &str, absent: Kept, reading: &mut Reading) {
    let attribute = block.body.get_attribute(key);
    let (kept, setting, line) = match attribute {
        Some(attribute) => {
            let shown = shown(&attribute.value);
            (kept(&attribute.value), format!("{kind}.{name}.{key} = {shown}"), hcl::line(doc.text, attribute))
        }
        None => (absent, format!("{kind}.{name}: {key} unset"), hcl::block_line(doc.text, block)),
    };
    let mut found = logs::capture(doc, FORMAT, kept, &setting);
    if attribute.is_none() {
        found.basis = crate::facts::capture::Basis::Default;
    }
    let written = ["name", "name_prefix"].iter().find_map(|key| block.body.get_attribute(key)?.value.as_str());
    let by = if let Body::Hcl(tree) = &doc.body { written_by(tree, &format!("{kind}.{name}")) } else { String::new() };
    logs::by_name(&format!("{name} {}{by}", written.unwrap_or_default()), &mut found);
    let node = Node::Store(scrub::quote(&format!("{kind}.{name}")));
    reading.captures.push(Capture { line, node: Some(node), ..found });
}

fn kept(value: &Expression) -> Kept {
    match hcl::number(value) {
        Some(days) if days <= 0.0 => Kept::ForEver,
        Some(days) => Kept::Days(days),
        None => Kept::Computed,
    }
}

fn shown(value: &Expression) -> String {
    hcl::number(value).map_or_else(|| "(computed)".to_owned(), |number| number.to_string())
}

/// `CloudTrail` records who called which API with which parameters.
fn trail(doc: &Doc<'_>, block: &Block, name: &str, reading: &mut Reading) {
    let off = block.body.get_attribute("enable_logging").and_then(|a| a.value.as_bool()) == Some(false);
    let capture = doc.capture(FORMAT, "capture-api-calls", scrub::quote(&format!("aws_cloudtrail.{name}")));
    reading.captures.push(Capture {
        line: hcl::block_line(doc.text, block),
        population: Population::Operators,
        capability: if off { Capability::Latent } else { Capability::Configured },
        axes: Axes { s: Some(3), d: Some(2), t: Some(3), m: Some(2), x: Some(0), r: None },
        ..capture
    });
    for key in ["cloud_watch_logs_group_arn", "s3_bucket_name"] {
        let attribute = block.body.get_attribute(key);
        let store = attribute.and_then(|attribute| {
            hcl::reference(&attribute.value).or_else(|| attribute.value.as_str().map(str::to_owned))
        });
        if let (Some(attribute), Some(store)) = (attribute, store) {
            let to = Node::Store(scrub::quote(&store));
            reading.flows.push(doc.flow(doc.node(), to, hcl::line(doc.text, attribute), None));
        }
    }
}

/// Retention numbers in maps that are handed to modules.
fn maps_in(doc: &Doc<'_>, body: &Tree, reading: &mut Reading) {
    for attribute in body.attributes() {
        if is_retention(attribute.key.as_str()) {
            number_in(doc, "", &attribute.value, hcl::line(doc.text, attribute), reading);
        } else {
            objects(doc, attribute, &attribute.value, attribute.key.as_str(), 0, reading);
        }
    }
    for block in body.blocks() {
        maps_in(doc, &block.body, reading);
    }
}

fn is_retention(key: &str) -> bool {
    matches!(key, "retention_in_days" | "log_retention_in_days" | "cloudwatch_log_group_retention_in_days")
}

fn objects(doc: &Doc<'_>, top: &Attribute, value: &Expression, name: &str, depth: usize, reading: &mut Reading) {
    let Some(object) = value.as_object().filter(|_| depth < DEEPEST) else { return };
    for (key, value) in object {
        let Some(key) = key.as_ident().map(hcl_edit::Ident::as_str).or_else(|| key.as_expr()?.as_str()) else {
            continue;
        };
        if is_retention(key) {
            let line = hcl::expression_line(doc.text, value.expr()).or_else(|| hcl::line(doc.text, top));
            number_in(doc, name, value.expr(), line, reading);
        } else {
            objects(doc, top, value.expr(), key, depth + 1, reading);
        }
    }
}

fn number_in(doc: &Doc<'_>, name: &str, value: &Expression, line: Option<u32>, reading: &mut Reading) {
    let setting = format!("{name}: retention_in_days = {}", shown(value));
    let mut found = logs::capture(doc, FORMAT, kept(value), setting.trim_start_matches(": "));
    logs::by_name(name, &mut found);
    reading.captures.push(Capture { line, ..found });
}

#[cfg(test)]
mod tests {
    use super::super::NOTHING;
    use super::super::tests::read_text;
    use crate::facts::capture::{Basis, Node, Population, Retention};

    #[test]
    fn retention_is_read_with_its_line_and_absence_is_for_ever() {
        let text = "# c\nresource \"aws_cloudwatch_log_group\" \"a\" {\n  name = \"x\"\n  retention_in_days = 365\n}\nresource \"aws_cloudwatch_log_group\" \"b\" {\n  name = \"y\"\n}\nresource \"aws_cloudwatch_log_group\" \"c\" {\n  retention_in_days = 0\n}\n";
        let found: Vec<_> =
            read_text("logs.tf", text).captures.iter().map(|c| (c.retention, c.line, c.basis, c.axes.r)).collect();
        assert_eq!(
            found,
            [
                (Retention::Days(365.0), Some(4), Basis::Explicit, Some(3)),
                (Retention::Unlimited, Some(6), Basis::Default, Some(5)),
                (Retention::Unlimited, Some(10), Basis::Explicit, Some(5)),
            ]
        );
    }

    #[test]
    fn a_variable_is_unknown_not_unlimited() {
        let text = "resource \"aws_cloudwatch_log_group\" \"a\" {\n  retention_in_days = var.days\n}\n";
        let capture = &read_text("logs.tf", text).captures[0];
        assert_eq!((capture.retention, capture.what), (Retention::Unset, "capture-log-retention-unknown"));
        assert_eq!((capture.axes.s, capture.axes.r), (None, None));
    }

    #[test]
    fn a_module_map_is_read() {
        let text =
            "locals {\n  groups = {\n    cwagent-windows-security = {\n      retention_in_days = 400\n    }\n  }\n}\n";
        let capture = &read_text("a.tf", text).captures[0];
        assert_eq!(
            (capture.line, capture.axes.s, capture.axes.d, capture.axes.r),
            (Some(4), Some(3), Some(1), Some(4))
        );
        assert!(capture.low_confidence);
    }

    #[test]
    fn a_trail_flows_into_its_log_group() {
        let text = "resource \"aws_cloudtrail\" \"t\" {\n  cloud_watch_logs_group_arn = \"${aws_cloudwatch_log_group.g.arn}:*\"\n}\n";
        let reading = read_text("t.tf", text);
        assert_eq!(reading.flows[0].to, Node::Store("aws_cloudwatch_log_group.g".into()));
        assert_eq!((reading.captures[0].axes.s, reading.captures[0].axes.d), (Some(3), Some(2)));
    }

    #[test]
    fn a_log_group_holds_what_the_file_writes_into_it() {
        let text = "resource \"aws_flow_log\" \"f\" {\n  log_destination = aws_cloudwatch_log_group.default.arn\n}\nresource \"aws_cloudwatch_log_group\" \"default\" {\n  retention_in_days = 365\n}\n";
        let capture = &read_text("t.tf", text).captures[0];
        assert_eq!((capture.population, capture.axes.s, capture.axes.d), (Population::Systems, Some(0), Some(1)));
    }

    #[test]
    fn other_resources_leave_nothing() {
        let text = "resource \"aws_vpc\" \"v\" {\n  cidr_block = \"10.0.0.0/8\"\n}\n";
        assert_eq!(read_text("v.tf", text).captures[0].what, NOTHING);
    }
}
