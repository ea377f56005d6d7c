//! Checking the log.
