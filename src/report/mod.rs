//! The public model, built only from what passed the privacy gate.

mod build;
mod speak;
pub mod v1;

pub use build::build;
