//! Grafana data source provisioning: which address a data source of dashboards stands for.
//!
//! Format: grafana.com/docs/grafana/latest/administration/provisioning/#data-sources. The file collects nothing.

use super::{Body, Doc, Reading, scrub};
use crate::facts::capture::{FlowRole, Node};

const FORMAT: &str = "grafana-datasources";

/// Reads `apiVersion` and `datasources[]` with `name`, `uid`, `type` and `url`.
pub(super) fn read(doc: &Doc<'_>) -> Option<Reading> {
    let Body::Yaml(docs) = &doc.body else { return None };
    let sources: Vec<_> =
        docs.iter().filter_map(|root| root.get("datasources")).flat_map(super::tree::Item::items).collect();
    if docs.iter().all(|root| root.get("apiVersion").is_none()) || !sources.iter().any(|s| s.get("type").is_some()) {
        return None;
    }
    let mut reading = Reading::new(FORMAT);
    for source in sources {
        let Some(url) = source.entry("url") else { continue };
        let Some(from) = url.item.text().and_then(scrub::endpoint) else { continue };
        for name in ["uid", "name"].iter().filter_map(|key| source.text_of(key)) {
            let to = Node::Store(scrub::quote(name));
            reading.flows.push(doc.flow(from.clone(), to, url.line, None));
        }
    }
    reading.captures.push(doc.nothing(FORMAT, FlowRole::Route));
    Some(reading)
}

#[cfg(test)]
mod tests {
    use super::super::tests::read_text;
    use crate::facts::capture::Node;

    #[test]
    fn a_data_source_is_named_by_uid_and_name_without_its_password() {
        let text = "apiVersion: 1\ndatasources:\n  - name: Loki\n    uid: loki-prod\n    type: loki\n    url: http://a:hunter2@loki:3100\n    secureJsonData: {password: hunter2}\n";
        let reading = read_text("datasources.yaml", text);
        let to: Vec<_> = reading.flows.iter().map(|flow| flow.to.clone()).collect();
        assert_eq!(to, [Node::Store("loki-prod".into()), Node::Store("Loki".into())]);
        assert!(!format!("{reading:?}").contains("hunter2"));
    }
}
