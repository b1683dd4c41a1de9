//! Nothing about a person leaves, and nothing can be worked out from what does.
//!
//! Every person of the generated organisations carries a word that nothing else has, so that a search of every byte
//! decides. The attack reads the written tables back and subtracts, as a curious colleague would.

#![allow(clippy::expect_used, reason = "a test stops where its ground is missing")]

mod support;

#[path = "privacy/attack.rs"]
mod attack;
#[path = "privacy/canary.rs"]
mod canary;
#[path = "privacy/small.rs"]
mod small;
