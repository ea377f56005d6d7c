//! The registers: mechanisms, States, instruments, agreements, national law,
//! model texts. For everyone; editors find their forms beside what they change.

mod acts;
mod agreements;
mod beside;
pub(in crate::pages) mod common;
mod corrections;
pub(in crate::pages) mod edit;
mod edit_agreement;
mod editors;
mod facts;
mod follow_agreement;
mod import;
mod instrument;
mod instruments;
mod laws;
pub(in crate::pages) mod matrix;
mod mechanism;
mod mechanisms;
mod members;
mod models;
mod profile;
mod recorded;
mod states;

use crate::shell::route::Routes;

pub(super) fn routes() -> Routes {
    mechanisms::routes()
        .and(states::routes())
        .and(instruments::routes())
        .and(matrix::routes())
        .and(agreements::routes())
        .and(laws::routes())
        .and(models::routes())
        .and(edit::routes())
        .and(acts::routes())
        .and(corrections::routes())
        .and(facts::routes())
        .and(edit_agreement::routes())
        .and(follow_agreement::routes())
        .and(import::routes())
}
