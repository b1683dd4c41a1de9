//! Limits under which any YAML is read: aliases can make a small file stand for billions of nodes.

use serde_saphyr::Options;

/// Nesting that no honest configuration reaches.
const DEEPEST: usize = 64;

/// Options for a text that may hold so many nodes and aliases. Snippets are off: they would quote the file in errors.
pub(in crate::sources) fn limited(nodes: usize, aliases: usize) -> Options {
    serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_nodes: nodes,
            max_events: 2 * nodes,
            max_aliases: aliases,
            max_anchors: aliases,
            max_depth: DEEPEST,
        },
        alias_limits: serde_saphyr::alias_limits! { max_total_replayed_events: nodes },
        with_snippet: false,
    }
}
