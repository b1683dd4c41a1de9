//! Checks of technical robustness and failure modes.

pub(super) mod r01_classification;
pub(super) mod r02_human_validation;
pub(super) mod r03_dual_authorisation;
pub(super) mod r04_senior_sign_off;
pub(super) mod r05_guardrails;
pub(super) mod r06_doctrine;
pub(super) mod r07_environments;
pub(super) mod r08_small_requests;
pub(super) mod r09_change_failure;
pub(super) mod r10_reverts;
pub(super) mod r11_blast_radius;
pub(super) mod r12_high_severity;
pub(super) mod r13_recovery_time;
pub(super) mod r14_ai_recorded;
pub(super) mod r15_traced;
pub(super) mod r16_repeats;
pub(super) mod r17_weakening;
pub(super) mod r20_recovery;
