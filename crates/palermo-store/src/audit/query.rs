//! Looking into the log.
