//! Reviews of States, recommendations, requests for information, reviews of
//! impact, bodies and meetings.

mod adjust;
mod basis;
mod decided;
mod evaluation;
mod impact;
mod information;
mod meeting;
mod meetings;
mod recommend;
mod recommendations;
mod rounds;
mod visit;

use crate::shell::route::Routes;

pub(super) fn routes() -> Routes {
    rounds::routes()
        .and(adjust::routes())
        .and(evaluation::routes())
        .and(visit::routes())
        .and(recommend::routes())
        .and(recommendations::routes())
        .and(information::routes())
        .and(impact::routes())
        .and(meetings::routes())
        .and(meeting::routes())
        .and(decided::routes())
}
