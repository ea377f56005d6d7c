//! Mechanisms: who they are, and who belonged to which on a day.

use super::{
    Answer, Stop,
    answer::{Listed, one, page_of},
    asked::{Ask, Asked, DayAsk, Named, PageAsk, Reader},
    shapes,
};
use crate::shell::{route::Routes, visit::Visit};
use axum::http::Method;
use palermo_app::{
    Refused,
    access::Action,
    domain::register::{
        day::Day,
        mechanism::{Composition, MechanismProfile, MechanismRegister},
        state::StateCode,
    },
    register::ask::Lookup,
};
use serde::Serialize;
use utoipa::{IntoParams, OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(list, show, members))]
pub(super) struct Docs;

pub(super) fn routes() -> Routes {
    Routes::new()
        .api(Method::GET, "/api/v1/mechanisms", Action::PublicRead, list)
        .api(Method::GET, "/api/v1/mechanisms/{id}", Action::PublicRead, show)
        .api(Method::GET, "/api/v1/mechanisms/{id}/members", Action::PublicRead, members)
}

#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
struct MechanismsAsk {
    /// Members on this day; left out, the day up to which each profile speaks.
    #[param(value_type = Option<String>, format = Date)]
    on: Option<Day>,
    /// Only mechanisms to which this State belongs, by its code.
    #[param(value_type = Option<String>, example = "MMR")]
    state: Option<StateCode>,
    /// Only kinds with these words in them.
    kind: Option<String>,
}

impl Ask for MechanismsAsk {
    fn read(reader: &mut Reader<'_>) -> Self {
        let kind = reader.mechanism_kind("kind");
        Self { on: reader.day("on"), state: reader.state("state"), kind }
    }
}

/// A mechanism with its members.
#[derive(Debug, Serialize, ToSchema)]
struct MechanismSummary {
    /// Its id, such as `ECOWAS`.
    id: String,
    /// Its name.
    name: String,
    /// What kind of mechanism it is.
    kind: String,
    /// Codes of the States that count as members.
    members: Vec<String>,
}

/// Every mechanism with its members.
#[utoipa::path(get, path = "/api/v1/mechanisms", tag = "registers",
    params(MechanismsAsk, PageAsk),
    responses((status = 200, description = "Mechanisms, by id", body = Listed<MechanismSummary>)))]
async fn list(visit: Visit, Asked((ask, page)): Asked<(MechanismsAsk, PageAsk)>) -> Answer {
    let register = Lookup::of(visit.web.app()).mechanisms_now().await?;
    let mut all = register.list(ask.on);
    if let Some(state) = ask.state {
        let of = register.mechanisms_of(state.as_str(), ask.on);
        all.retain(|mechanism| of.iter().any(|own| own.id == mechanism.id));
    }
    if let Some(kind) = &ask.kind {
        let kind = kind.to_lowercase();
        all.retain(|mechanism| mechanism.kind.to_lowercase().contains(&kind));
    }
    page_of(&visit, all, page, |one| MechanismSummary {
        id: one.id.to_string(),
        name: one.name,
        kind: one.kind,
        members: one.members,
    })
}

fn profile<'r>(register: &'r MechanismRegister, id: &str) -> Result<&'r MechanismProfile, Stop> {
    Ok(register.get(id).ok_or(Refused::NotFound)?)
}

/// Everything known of one mechanism, with sources; with what editors recorded beside
/// its profile.
#[utoipa::path(get, path = "/api/v1/mechanisms/{id}", tag = "registers",
    params(("id" = String, Path, description = "The mechanism's id", example = "ECOWAS")),
    responses((status = 200, description = "Its profile", body = shapes::MechanismProfile)))]
async fn show(visit: Visit, Named(id): Named) -> Answer {
    let now = Lookup::of(visit.web.app()).mechanisms_now().await?;
    one(profile(&now, &id)?)
}

/// Someone who belongs to a mechanism.
#[derive(Debug, Serialize, ToSchema)]
struct Member {
    /// The State's code.
    state: String,
    /// Its name in the language asked for.
    name: String,
    /// What it is in the mechanism, such as `member` or `observer`.
    status: &'static str,
    /// Whether it is counted among the members.
    counts: bool,
    /// Since when, as far as known: `1975`, `1975-05` or `1975-05-28`.
    from: Option<String>,
    /// Until when.
    to: Option<String>,
    /// `known`, or `unknown` if no source gives the beginning.
    dates: &'static str,
    /// The mechanism through which it belongs, where it does not by itself.
    via: Option<String>,
}

/// Who belonged to a mechanism on a day.
#[derive(Debug, Serialize, ToSchema)]
struct Members {
    /// The mechanism.
    mechanism: String,
    /// The day.
    #[schema(value_type = String, format = Date)]
    on: Day,
    /// Whether the sources tell who belongs.
    known: bool,
    /// How many count as members.
    count: usize,
    /// All who belong, by code.
    members: Vec<Member>,
}

/// Who belonged to a mechanism on a day, observers too.
#[utoipa::path(get, path = "/api/v1/mechanisms/{id}/members", tag = "registers",
    params(("id" = String, Path, description = "The mechanism's id", example = "ASEAN"), DayAsk),
    responses((status = 200, description = "Those who belonged", body = Members)))]
async fn members(visit: Visit, Named(id): Named, Asked(ask): Asked<DayAsk>) -> Answer {
    let now = Lookup::of(visit.web.app()).mechanisms_now().await?;
    let profile = profile(&now, &id)?;
    let on = ask.on.unwrap_or_else(|| profile.as_of_day());
    let members = match profile.membership.given().map(|m| &m.composition) {
        Some(Composition::PartiesTo(instrument)) => parties(&visit, instrument, on).await?,
        _ => recorded(&visit, &now, profile, on),
    };
    one(&Members {
        mechanism: profile.id.to_string(),
        on,
        known: profile.membership.given().is_some(),
        count: members.iter().filter(|member| member.counts).count(),
        members,
    })
}

fn recorded(
    visit: &Visit,
    register: &MechanismRegister,
    profile: &MechanismProfile,
    on: Day,
) -> Vec<Member> {
    let counting = profile.membership.given().map(|m| m.counts.as_slice()).unwrap_or_default();
    let belonging = register.belonging_on(profile, on).into_iter();
    belonging
        .map(|member| Member {
            name: visit.state(&member.state),
            status: member.status.code(),
            counts: counting.contains(&member.status),
            from: member.from.map(|date| date.to_string()),
            to: member.to.map(|date| date.to_string()),
            dates: member.dates.code(),
            via: member.via.map(|id| id.to_string()),
            state: member.state,
        })
        .collect()
}

/// Where the members are the parties to an instrument, those.
async fn parties(visit: &Visit, instrument: &str, on: Day) -> Result<Vec<Member>, Stop> {
    let lookup = Lookup::of(visit.web.app());
    let report = lookup.parties(instrument, on, visit.language.code()).await?;
    let members = report.parties.into_iter().map(|party| Member {
        state: party.party.to_string(),
        name: party.name,
        status: "contracting-party",
        counts: true,
        from: Some(party.date.to_string()),
        to: None,
        dates: "known",
        via: None,
    });
    Ok(members.collect())
}
