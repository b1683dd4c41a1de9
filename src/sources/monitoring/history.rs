//! When a setting was switched on, from the history of its file. Not read yet: dates stay unknown.

use super::walk::Found;
use crate::facts::capture::Capture;
use crate::plan::Plan;

/// Dates captures.
pub(super) fn date(_plan: &Plan, _files: &[Found], _captures: &mut [Capture]) {}
