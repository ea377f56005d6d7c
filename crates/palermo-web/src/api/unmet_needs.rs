//! Unmet needs for programs: filing what was looked for and not found, the records of
//! one's own organisation, and counts by area for whoever coordinates (R078, R10).

use super::{
    Answer,
    answer::{Listed, Made, made, page_of},
    asked::{Ask, Asked, PageAsk, Reader},
    sent::Sent,
};
use crate::shell::{route::Routes, visit::Visit};
use axum::http::Method;
use palermo_app::{
    Problems,
    access::Action,
    domain::{
        id::ServiceId,
        register::state::StateCode,
        service::{
            Need,
            find::{AgeGroup, Exploitation, Particulars, Sex, Wanted, With},
        },
        unmet_need::{Shown, UnmetNeed},
    },
    service, unmet_need,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(list, file, by_area))]
pub(super) struct Docs;

pub(super) fn routes() -> Routes {
    Routes::new()
        .api(Method::GET, "/api/v1/unmet-needs", Action::ReadUnmetNeeds, list)
        .api(Method::POST, "/api/v1/unmet-needs", Action::FileUnmetNeed, file)
        .api(Method::GET, "/api/v1/unmet-needs/by-area", Action::CoordinateNeeds, by_area)
}

/// A need nobody met: what was missing where, never for whom or at what hour.
#[derive(Debug, Serialize, ToSchema)]
struct UnmetNeedShown {
    /// Its id.
    #[schema(format = Uuid)]
    id: String,
    /// What was needed: `shelter`, `legal`, …
    need: &'static str,
    /// In which State, by its code.
    state: String,
    /// In which town or region.
    area: Option<String>,
    /// `none-in-reach`, `all-exclude`, `all-full`, `no-answer` or `not-suitable`.
    why: &'static str,
    /// `female`, `male` or `other`, where it was said.
    sex: Option<&'static str>,
    /// `child`, `adult` or `in-doubt`, where it was said.
    age: Option<&'static str>,
    /// Has children along.
    with_children: bool,
    /// Needs help because of a disability.
    disability: bool,
    /// `sexual`, `labour` or `other`, where it was said.
    exploitation: Option<&'static str>,
    /// Groups by which services excluded the person.
    excluded: Vec<&'static str>,
    /// The day.
    #[schema(format = Date)]
    on: String,
}

fn shown(id: String, one: &UnmetNeed) -> UnmetNeedShown {
    UnmetNeedShown {
        id,
        need: one.need.code(),
        state: one.state.to_string(),
        area: one.area.clone(),
        why: one.why.code(),
        sex: one.sex.map(Sex::code),
        age: one.age.map(AgeGroup::code),
        with_children: one.with_children,
        disability: one.disability,
        exploitation: one.exploitation.map(Exploitation::code),
        excluded: one.excluded.iter().map(|group| group.code()).collect(),
        on: one.on.to_string(),
    }
}

/// Unmet needs of one's own organisation, the latest first.
#[utoipa::path(get, path = "/api/v1/unmet-needs", tag = "directory", params(PageAsk),
    responses((status = 200, description = "Unmet needs", body = Listed<UnmetNeedShown>)))]
async fn list(visit: Visit, Asked(page): Asked<PageAsk>) -> Answer {
    let all = unmet_need::list_own(&visit.acting()).await?;
    page_of(&visit, all, page, |one| shown(one.record.id.to_string(), &one.record.entry))
}

/// What was looked for and not found.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewUnmetNeed {
    /// What is needed: `shelter`, `legal`, …
    #[schema(value_type = String)]
    need: Need,
    /// In which State, by its code.
    #[schema(value_type = String)]
    state: StateCode,
    /// In which town or area.
    #[schema(max_length = 80)]
    area: Option<String>,
    /// `female`, `male` or `other`, if they say so.
    #[schema(value_type = Option<String>)]
    sex: Option<Sex>,
    /// `child`, `adult` or `in-doubt`, if they say so.
    #[schema(value_type = Option<String>)]
    age: Option<AgeGroup>,
    /// `children`, `disability`, `high-risk`.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    with: Vec<With>,
    /// How they were exploited: `sexual`, `labour` or `other`, if they say so.
    #[schema(value_type = Option<String>)]
    exploitation: Option<Exploitation>,
    /// Ids of services that were called without an answer.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    tried: Vec<ServiceId>,
}

/// Files an unmet need. Why it was not met is told from what is found at this moment.
#[utoipa::path(post, path = "/api/v1/unmet-needs", tag = "directory", request_body = NewUnmetNeed,
    responses((status = 201, description = "The need was filed", body = Made)))]
async fn file(Sent { call, body }: Sent<NewUnmetNeed>) -> Answer {
    let mut problems = Problems::default();
    let area = problems.bounded("area", body.area.as_deref().unwrap_or_default(), 80);
    problems.none()?;
    let wanted = Wanted {
        need: body.need,
        state: body.state,
        area: (!area.is_empty()).then_some(area),
        person: Particulars {
            sex: body.sex,
            age: body.age,
            age_years: None,
            with_children: body.with.contains(&With::Children),
            disability: body.with.contains(&With::Disability),
            exploitation: body.exploitation,
            high_risk: body.with.contains(&With::HighRisk),
            languages: Vec::new(),
        },
        tried: body.tried,
    };
    let acting = call.acting();
    let found = service::find(&acting, &wanted).await?;
    made(unmet_need::file(&acting, &wanted, &found).await?, None)
}

#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
struct ByAreaAsk {
    /// Only of this State, by its code; one's own for whoever coordinates one State.
    #[param(value_type = Option<String>)]
    state: Option<StateCode>,
}

impl Ask for ByAreaAsk {
    fn read(reader: &mut Reader<'_>) -> Self {
        Self { state: reader.state("state") }
    }
}

/// How many needs of a kind were not met in an area.
#[derive(Debug, Serialize, ToSchema)]
struct UnmetByArea {
    /// The State, by its code.
    state: String,
    /// The town or region; none for the whole State.
    area: Option<String>,
    /// What was needed.
    need: &'static str,
    /// How many; none where they are too few to be told exactly.
    #[schema(minimum = 0)]
    count: Option<u32>,
}

fn counted(
    ((state, area, need), shown): ((StateCode, Option<String>, Need), Shown),
) -> UnmetByArea {
    let count = match shown {
        Shown::Exactly(count) => Some(count),
        Shown::Few => None,
    };
    UnmetByArea { state: state.to_string(), area, need: need.code(), count }
}

/// Unmet needs by area, from all organisations; small numbers are not told exactly.
#[utoipa::path(get, path = "/api/v1/unmet-needs/by-area", tag = "directory",
    params(ByAreaAsk, PageAsk),
    responses((status = 200, description = "Counts by area", body = Listed<UnmetByArea>)))]
async fn by_area(visit: Visit, Asked((ask, page)): Asked<(ByAreaAsk, PageAsk)>) -> Answer {
    let found = unmet_need::by_area(&visit.acting(), ask.state).await?;
    let all: Vec<UnmetByArea> = found.counts.into_iter().map(counted).collect();
    page_of(&visit, all, page, |one| one)
}
