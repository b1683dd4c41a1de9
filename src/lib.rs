//! Countersign writes an independent audit report on an organisation's AI-assisted software engineering.
//!
//! ```text
//! audit.toml ─► plan ───────────────────────────────────────────────────┐
//!                                                                       ▼
//! inputs ─► sources ─► facts ─► measures ─► checks ─► draft ─► privacy ─► report ─► render ─► reports/<period>/
//! ```
//!
//! Data moves rightwards only; `tests/architecture.rs` holds that. People are numbers left of the privacy gate and do
//! not exist right of it.

pub mod checks;
pub mod cli;
pub mod commands;
pub mod draft;
pub mod error;
pub mod facts;
pub mod lang;
pub mod measures;
pub mod message;
pub mod norms;
pub mod plan;
pub mod privacy;
pub mod progress;
pub mod render;
pub mod report;
pub mod run;
pub mod sources;
