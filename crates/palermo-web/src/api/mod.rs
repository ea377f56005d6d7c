//! The interface for programs, under `/api/v1`: the same acts as the pages.

use crate::shell::route::Routes;

/// All operations.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
}
