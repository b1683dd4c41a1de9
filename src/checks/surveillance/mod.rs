//! Checks of surveillance intensity and data governance.

pub(super) mod s01_declared;
pub(super) mod s02_notice;
pub(super) mod s05_metadata;
pub(super) mod s06_recording;
pub(super) mod s09_retention;
pub(super) mod s11_firewall;
pub(super) mod s12_productivity;
pub(super) mod s15_hidden_monitor;
pub(super) mod s18_audit_declared;
