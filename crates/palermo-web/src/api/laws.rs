//! The register of national law.

use super::{
    Answer,
    answer::{Listed, page_of},
    asked::{Ask, Asked, PageAsk, Reader},
    shapes,
};
use crate::shell::{route::Routes, visit::Visit};
use axum::http::Method;
use palermo_app::{
    access::Action,
    domain::register::{state::StateCode, topic::Topic},
    register::ask::Lookup,
};
use utoipa::{IntoParams, OpenApi};

#[derive(OpenApi)]
#[openapi(paths(list))]
pub(super) struct Docs;

pub(super) fn routes() -> Routes {
    Routes::new().api(Method::GET, "/api/v1/laws", Action::PublicRead, list)
}

#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
struct LawsAsk {
    /// Only this State, by its code.
    #[param(value_type = Option<String>)]
    state: Option<StateCode>,
    /// Only this topic.
    #[param(value_type = Option<String>)]
    topic: Option<Topic>,
}

impl Ask for LawsAsk {
    fn read(reader: &mut Reader<'_>) -> Self {
        Self { state: reader.state("state"), topic: reader.word("topic", Topic::ALL, Topic::code) }
    }
}

/// What the law of each State says, topic by topic.
#[utoipa::path(get, path = "/api/v1/laws", tag = "registers", params(LawsAsk, PageAsk),
    responses((status = 200, description = "Entries, every source on its own",
        body = Listed<shapes::LawEntry>)))]
async fn list(visit: Visit, Asked((ask, page)): Asked<(LawsAsk, PageAsk)>) -> Answer {
    let mut all = Lookup::of(visit.web.app()).laws(ask.state).await?;
    all.retain(|entry| ask.topic.is_none_or(|topic| entry.topic == topic));
    page_of(&visit, all, page, |entry| entry)
}
