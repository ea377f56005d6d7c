//! Reports of States: what was reported, writing and submitting, receiving.

mod common;
mod confirm;
mod contribute;
mod country;
mod duties;
mod enter;
mod home;
mod needs;
mod questionnaires;
mod regional;
mod remarks;
mod section;
mod sheet;
mod translations;
mod version;

use crate::shell::route::Routes;

pub(super) use common::{Page, day, link, notice_heading, state_options, tag, year};
pub(super) use remarks::changes;

pub(super) fn routes() -> Routes {
    home::routes()
        .and(duties::routes())
        .and(country::routes())
        .and(regional::routes())
        .and(sheet::routes())
        .and(section::routes())
        .and(enter::routes())
        .and(confirm::routes())
        .and(contribute::routes())
        .and(questionnaires::routes())
        .and(needs::routes())
        .and(remarks::routes())
        .and(translations::routes())
}
