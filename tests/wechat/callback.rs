//! The callback.
