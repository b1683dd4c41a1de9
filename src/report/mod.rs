//! The public model. Built from cleared parts only; serialised, versioned, with a committed schema.

pub mod v1;
