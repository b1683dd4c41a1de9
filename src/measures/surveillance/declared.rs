//! Which captures an entry of the register means.

use crate::facts::capture::Capture;
use crate::facts::register::{DeclaredSource, Selector};
use crate::measures::glob;

/// Whether a register entry covers a capture.
pub fn covers(source: &DeclaredSource, capture: &Capture) -> bool {
    let key = |selector: &Selector| match &selector.key {
        None => true,
        Some(pattern) => keys(capture).any(|key| glob::matches(pattern, &key)),
    };
    source.selectors.iter().any(|selector| glob::matches(&selector.path, &capture.file) && key(selector))
}

/// The names under which a register may mean a capture: its key, the key below `env`, its JSON pointer with dots.
fn keys(capture: &Capture) -> impl Iterator<Item = String> {
    let key = capture.setting.split(['=', ':', ' ']).next().unwrap_or_default().trim_matches('"').to_owned();
    let pointer = capture.pointer.as_deref().map(|p| p.trim_start_matches('/').replace('/', "."));
    [Some(key.clone()), Some(format!("env.{key}")), pointer].into_iter().flatten()
}
