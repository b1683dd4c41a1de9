//! CloudFormation templates, YAML and JSON: `AWS::Logs::LogGroup` and `AWS::CloudTrail::Trail`.
//!
//! Without `RetentionInDays` "log events do not expire"
//! (docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html). An intrinsic
//! function (`!Ref`, `Fn::If`) is unknown, not empty; a parameter's `Default` is not what a stack was given.

use super::logs::{self, Kept};
use super::tree::{Entry, Item, Value, step};
use super::{Body, Doc, Reading, scrub};
use crate::facts::capture::{Axes, Basis, Capability, Capture, FlowRole, Node, Population};

const FORMAT: &str = "cloudformation";

/// Reads a template.
pub(super) fn read(doc: &Doc<'_>) -> Option<Reading> {
    let root = match &doc.body {
        Body::Yaml(docs) => docs.first()?,
        Body::Json(root) => root,
        _ => return None,
    };
    let resources = root.get("Resources").filter(|resources| is_template(root, resources))?;
    let mut reading = Reading::new(FORMAT);
    for entry in resources.entries() {
        match entry.item.text_of("Type") {
            Some("AWS::Logs::LogGroup") => log_group(doc, entry, &mut reading),
            Some("AWS::CloudTrail::Trail") => trail(doc, entry, &mut reading),
            _ => {}
        }
    }
    if reading.captures.is_empty() {
        reading.captures.push(doc.nothing(FORMAT, FlowRole::Store));
    }
    Some(reading)
}

fn is_template(root: &Item, resources: &Item) -> bool {
    let typed = |entry: &Entry| {
        entry.item.text_of("Type").is_some_and(|kind| kind.starts_with("AWS::") || kind.starts_with("Custom::"))
    };
    root.get("AWSTemplateFormatVersion").is_some() || resources.entries().iter().any(typed)
}

fn log_group(doc: &Doc<'_>, entry: &Entry, reading: &mut Reading) {
    let properties = entry.item.get("Properties");
    let days = properties.and_then(|properties| properties.entry("RetentionInDays"));
    let (kept, shown) = match days {
        None => (Kept::ByDefault, "unset".to_owned()),
        Some(days) => match days.item.number() {
            Some(number) => (Kept::Days(number), number.to_string()),
            None => (Kept::Computed, "(computed)".to_owned()),
        },
    };
    let mut found = logs::capture(doc, FORMAT, kept, &format!("{}: RetentionInDays {shown}", entry.key));
    let name = properties.and_then(|properties| properties.text_of("LogGroupName")).unwrap_or_default();
    logs::by_name(&format!("{} {name}", entry.key), &mut found);
    let (line, pointer) = place(doc, entry, days.map(|days| (days, "RetentionInDays")));
    let node = Some(Node::Store(scrub::quote(&format!("{}#{}", doc.path, entry.key))));
    reading.captures.push(Capture { line, pointer, node, ..found });
}

fn trail(doc: &Doc<'_>, entry: &Entry, reading: &mut Reading) {
    let properties = entry.item.get("Properties");
    let on = properties.and_then(|properties| properties.entry("IsLogging"));
    let capability = match on.map(|on| on.item.truth()) {
        Some(Some(true)) => Capability::Configured,
        Some(Some(false)) => Capability::Latent,
        _ => Capability::Unknown,
    };
    let (line, pointer) = place(doc, entry, on.map(|on| (on, "IsLogging")));
    let capture =
        doc.capture(FORMAT, "capture-api-calls", scrub::quote(&format!("{}: AWS::CloudTrail::Trail", entry.key)));
    reading.captures.push(Capture {
        line,
        pointer,
        population: Population::Operators,
        capability,
        axes: Axes { s: Some(3), d: Some(2), t: Some(3), m: Some(2), x: Some(0), r: None },
        basis: Basis::Explicit,
        ..capture
    });
    for key in ["CloudWatchLogsLogGroupArn", "S3BucketName"] {
        let Some(target) = properties.and_then(|properties| properties.entry(key)) else { continue };
        let Some(name) = named(&target.item) else { continue };
        let (line, pointer) = place(doc, entry, Some((target, key)));
        let to = Node::Store(scrub::quote(&format!("{}#{name}", doc.path)));
        reading.flows.push(doc.flow(doc.node(), to, line, pointer));
    }
}

/// The resource an intrinsic names: `!GetAtt Group.Arn`, `!Ref Bucket`, `{"Fn::GetAtt": ["Group", "Arn"]}`.
fn named(item: &Item) -> Option<&str> {
    match &item.value {
        Value::Text(text) => text.split('.').next(),
        Value::List(items) => items.first()?.text(),
        Value::Map(entries) => entries.first().and_then(|entry| named(&entry.item)),
        _ => None,
    }
}

/// Line in YAML, pointer in JSON.
fn place(doc: &Doc<'_>, resource: &Entry, property: Option<(&Entry, &str)>) -> (Option<u32>, Option<String>) {
    if matches!(doc.body, Body::Json(_)) {
        let pointer = step("/Resources", &resource.key);
        let pointer = property.map_or(pointer.clone(), |(_, key)| step(&format!("{pointer}/Properties"), key));
        return (None, Some(pointer));
    }
    (property.map_or(resource.line, |(entry, _)| entry.line), None)
}

#[cfg(test)]
mod tests {
    use super::super::tests::read_text;
    use super::*;
    use crate::facts::capture::Retention;

    #[test]
    fn retention_default_and_intrinsic_are_three_different_things() {
        let text = "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  A:\n    Type: AWS::Logs::LogGroup\n    Properties:\n      RetentionInDays: 90\n  B:\n    Type: 'AWS::Logs::LogGroup'\n  C:\n    Type: AWS::Logs::LogGroup\n    Properties:\n      LogGroupName: !Sub '${AWS::StackName}-x'\n      RetentionInDays: !Ref Days\n";
        let reading = read_text("stack.yaml", text);
        let found: Vec<_> = reading.captures.iter().map(|c| (c.retention, c.axes.r, c.line, c.basis)).collect();
        assert_eq!(
            found,
            [
                (Retention::Days(90.0), Some(2), Some(6), Basis::Explicit),
                (Retention::Unlimited, Some(5), Some(7), Basis::Default),
                (Retention::Unset, None, Some(13), Basis::Explicit),
            ]
        );
    }

    #[test]
    fn json_templates_are_cited_by_pointer() {
        let text =
            r#"{"Resources":{"G/1":{"Type":"AWS::Logs::LogGroup","Properties":{"RetentionInDays":{"Ref":"D"}}}}}"#;
        let capture = &read_text("stack.json", text).captures[0];
        assert_eq!(capture.pointer.as_deref(), Some("/Resources/G~11/Properties/RetentionInDays"));
        assert_eq!((capture.retention, capture.line), (Retention::Unset, None));
    }

    #[test]
    fn a_trail_flows_into_its_log_group() {
        let text = "Resources:\n  G:\n    Type: AWS::Logs::LogGroup\n  T:\n    Type: AWS::CloudTrail::Trail\n    Properties:\n      IsLogging: true\n      CloudWatchLogsLogGroupArn: !GetAtt 'G.Arn'\n";
        let reading = read_text("s.yaml", text);
        assert_eq!(reading.flows[0].to.label(), "s.yaml#G");
        assert_eq!(Some(&reading.flows[0].to), reading.captures[0].node.as_ref());
    }
}
