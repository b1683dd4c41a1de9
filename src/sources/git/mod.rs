//! Git history.
