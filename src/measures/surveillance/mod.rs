//! Measures of monitoring: what is captured, how intrusive it is, whether it was declared, where it flows.

pub mod bands;
pub mod captures;
pub mod declared;
pub mod firewall;
pub mod repositories;
