//! Reports of States: what was reported, writing and submitting, receiving.

mod builder;
mod common;
mod confirm;
mod conflict;
mod contradictions;
mod contribute;
mod contributions;
mod country;
mod duties;
mod enter;
mod extensions;
mod home;
mod kept;
mod needs;
mod offered;
mod questionnaire_life;
mod questionnaires;
mod regional;
mod remarks;
mod section;
mod sheet;
mod translations;
mod units;
mod version;
mod waiting;

use crate::shell::route::Routes;

pub(super) use common::{Page, day, link, notice_heading, state_options, tag, year};
pub(super) use contradictions::shown as contradictions_shown;
pub(super) use remarks::changes;
pub(super) use waiting::{to_receive, waiting};

pub(super) fn routes() -> Routes {
    home::routes()
        .and(duties::routes())
        .and(country::routes())
        .and(units::routes())
        .and(regional::routes())
        .and(sheet::routes())
        .and(section::routes())
        .and(enter::routes())
        .and(confirm::routes())
        .and(contribute::routes())
        .and(contributions::routes())
        .and(questionnaires::routes())
        .and(builder::routes())
        .and(questionnaire_life::routes())
        .and(extensions::routes())
        .and(needs::routes())
        .and(remarks::routes())
        .and(translations::routes())
}
