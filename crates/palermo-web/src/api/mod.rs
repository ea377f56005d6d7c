//! The interface for programs, under `/api/v1`: the same acts as the pages.
//! One file for each noun; every operation names its action like a page does.

mod abroad;
mod adherence_acts;
mod agreements;
mod answer;
mod asked;
mod audit;
mod care;
mod case_acts;
mod cases;
mod contributions;
mod desks;
mod directory;
mod directory_records;
mod document;
mod figures;
mod governance;
mod information;
mod instruments;
mod laws;
mod me;
mod mechanisms;
mod meetings;
mod memoranda;
mod model_texts;
mod people;
mod plan_parts;
mod plan_reports;
mod plans;
// person
mod recommendations;
mod recorded_facts;
mod referrals;
mod register_entries;
mod reports;
mod rounds;
mod screenings;
mod second_views;
mod sent;
mod service_places;
mod service_records;
mod service_standards;
mod services;
mod shapes;
mod states;
mod submissions;
mod tasks;
mod tenants;
mod unmet_needs;

use crate::shell::{
    failure::{Failure, Malformed},
    route::Routes,
};
use axum::response::{IntoResponse, Response};
use palermo_app::{Message, Refused, register::ask::AskRefused};

pub use document::document;
pub use me::PATH as ME;

/// What every handler gives.
type Answer = Result<Response, Stop>;

/// Why there is no answer.
#[derive(Debug)]
enum Stop {
    /// An act was refused.
    Refused(Refused),
    /// The request was not well formed.
    Malformed(Box<Malformed>),
}

impl From<Refused> for Stop {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl From<Malformed> for Stop {
    fn from(malformed: Malformed) -> Self {
        Self::Malformed(Box::new(malformed))
    }
}

impl From<Failure> for Stop {
    fn from(Failure(refused): Failure) -> Self {
        Self::Refused(refused)
    }
}

impl From<AskRefused> for Stop {
    fn from(refused: AskRefused) -> Self {
        Self::Refused(match refused {
            AskRefused::NoInstrument { .. } => Refused::NotFound,
            AskRefused::NoMechanism(id) => {
                Refused::field("missing", Message::new("api-no-mechanism").with("id", id))
            }
            AskRefused::NoMembers(id) => {
                Refused::Declined(Message::new("api-members-unknown").with("id", id))
            }
            AskRefused::Refused(refused) => refused,
        })
    }
}

impl IntoResponse for Stop {
    fn into_response(self) -> Response {
        match self {
            Self::Refused(refused) => Failure(refused).into_response(),
            Self::Malformed(malformed) => malformed.into_response(),
        }
    }
}

/// All operations.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .and(document::routes())
        .and(mechanisms::routes())
        .and(states::routes())
        .and(instruments::routes())
        .and(agreements::routes())
        .and(laws::routes())
        .and(adherence_acts::routes())
        .and(recorded_facts::routes())
        .and(register_entries::routes())
        // knowledge
        .and(figures::routes())
        .and(reports::routes())
        .and(submissions::routes())
        .and(contributions::routes())
        .and(information::routes())
        .and(rounds::routes())
        .and(recommendations::routes())
        .and(meetings::routes())
        .and(governance::routes())
        .and(model_texts::routes())
        .and(plans::routes())
        .and(plan_parts::routes())
        .and(plan_reports::routes())
        .and(me::routes())
        .and(referrals::routes())
        .and(tasks::routes())
        .and(care::routes())
        .and(desks::routes())
        .and(services::routes())
        .and(service_records::routes())
        .and(service_standards::routes())
        .and(second_views::routes())
        .and(service_places::routes())
        .and(unmet_needs::routes())
        .and(directory::routes())
        .and(directory_records::routes())
        .and(memoranda::routes())
        .and(people::routes())
        .and(screenings::routes())
        .and(tenants::routes())
        .and(audit::routes())
        .and(cases::routes())
        .and(case_acts::routes())
        .and(abroad::routes())
}
