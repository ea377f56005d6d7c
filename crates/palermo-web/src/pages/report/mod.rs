//! Reports of States: what was reported, writing and submitting, receiving.

mod common;
mod confirm;
mod country;
mod duties;
mod enter;
mod home;
mod questionnaires;
mod section;
mod sheet;

use crate::shell::route::Routes;

pub(super) use common::{Page, day, link, notice_heading, state_options, tag};

pub(super) fn routes() -> Routes {
    home::routes()
        .and(duties::routes())
        .and(country::routes())
        .and(sheet::routes())
        .and(section::routes())
        .and(enter::routes())
        .and(confirm::routes())
        .and(questionnaires::routes())
}
