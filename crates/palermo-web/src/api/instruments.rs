//! Instruments and who is bound by them.

use super::{
    Answer, Stop,
    answer::{Listed, one, page_of},
    asked::{Ask, Asked, Named, PageAsk, Reader},
    shapes,
};
use crate::shell::{route::Routes, visit::Visit};
use axum::http::Method;
use palermo_app::{
    Refused,
    access::Action,
    domain::register::{
        day::Day,
        fact::Statements,
        instrument::{Instrument, InstrumentKind},
        provenance::PartialDate,
    },
    register::ask::Lookup,
};
use serde::Serialize;
use utoipa::{IntoParams, OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(list, show, parties))]
pub(super) struct Docs;

pub(super) fn routes() -> Routes {
    Routes::new()
        .api(Method::GET, "/api/v1/instruments", Action::PublicRead, list)
        .api(Method::GET, "/api/v1/instruments/{id}", Action::PublicRead, show)
        .api(Method::GET, "/api/v1/instruments/{id}/parties", Action::PublicRead, parties)
}

#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
struct InstrumentsAsk {
    /// Only this form, such as `protocol`.
    #[param(value_type = Option<String>)]
    kind: Option<InstrumentKind>,
    /// Only those of this mechanism, by its id.
    mechanism: Option<String>,
}

impl Ask for InstrumentsAsk {
    fn read(reader: &mut Reader<'_>) -> Self {
        let kind = reader.word("kind", InstrumentKind::ALL, InstrumentKind::code);
        Self { kind, mechanism: reader.mechanism("mechanism") }
    }
}

/// An instrument in short.
#[derive(Debug, Serialize, ToSchema)]
struct InstrumentSummary {
    /// Its id, such as `tip-protocol`.
    id: String,
    /// The name people use, in the language asked for.
    name: String,
    /// Its form.
    kind: &'static str,
    /// Whether it binds those who join.
    binding: &'static str,
    /// The mechanism it belongs to.
    mechanism: Option<String>,
    /// When it was adopted, where sources agree or one is preferred.
    adopted: Option<String>,
    /// When it entered into force.
    in_force: Option<String>,
}

fn settled(dates: &Statements<PartialDate>) -> Option<String> {
    dates.settled().map(|said| said.value.to_string())
}

/// Conventions, protocols, declarations and other instruments.
#[utoipa::path(get, path = "/api/v1/instruments", tag = "registers",
    params(InstrumentsAsk, PageAsk),
    responses((status = 200, description = "Instruments, by id", body = Listed<InstrumentSummary>)))]
async fn list(visit: Visit, Asked((ask, page)): Asked<(InstrumentsAsk, PageAsk)>) -> Answer {
    let fits = |one: &&Instrument| {
        ask.kind.is_none_or(|kind| one.kind == kind)
            && ask.mechanism.as_ref().is_none_or(|wanted| one.mechanism.as_ref() == Some(wanted))
    };
    let all = visit.web.app().registers.instruments.all().filter(fits).collect();
    page_of(&visit, all, page, |one: &Instrument| InstrumentSummary {
        id: one.id.to_string(),
        name: one.names.get(visit.language.code()).unwrap_or(&one.short).clone(),
        kind: one.kind.code(),
        binding: one.binding.code(),
        mechanism: one.mechanism.clone(),
        adopted: settled(&one.adopted),
        in_force: settled(&one.in_force),
    })
}

fn instrument<'v>(visit: &'v Visit, id: &str) -> Result<&'v Instrument, Stop> {
    Ok(visit.web.app().registers.instruments.get(id).ok_or(Refused::NotFound)?)
}

/// One instrument with its provisions, gaps and relations; with what editors recorded
/// beside it.
#[utoipa::path(get, path = "/api/v1/instruments/{id}", tag = "registers",
    params(("id" = String, Path, description = "The instrument's id", example = "tip-protocol")),
    responses((status = 200, description = "The instrument", body = shapes::Instrument)))]
async fn show(visit: Visit, Named(id): Named) -> Answer {
    let now = Lookup::of(visit.web.app()).instruments_now().await?;
    one(now.get(&id).ok_or(Refused::NotFound)?)
}

#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
struct PartiesAsk {
    /// On this day; left out, today.
    #[param(value_type = Option<String>, format = Date, example = "2009-04-16")]
    on: Option<Day>,
    /// Instead of the parties, the members of this mechanism that are none.
    #[param(example = "ECOWAS")]
    missing: Option<String>,
}

impl Ask for PartiesAsk {
    fn read(reader: &mut Reader<'_>) -> Self {
        Self { on: reader.day("on"), missing: reader.text("missing") }
    }
}

/// Who was a party on a day, or which members of a mechanism were not.
#[utoipa::path(get, path = "/api/v1/instruments/{id}/parties", tag = "registers",
    params(("id" = String, Path, description = "The instrument's id", example = "tip-protocol"),
        PartiesAsk),
    responses((status = 200, description = "The parties, or with `missing` those that are none",
        body = shapes::PartiesOrMissing)))]
async fn parties(visit: Visit, Named(id): Named, Asked(ask): Asked<PartiesAsk>) -> Answer {
    let id = instrument(&visit, &id)?.id.as_str();
    let on = ask.on.unwrap_or_else(|| visit.acting().now().date().into());
    let lookup = Lookup::of(visit.web.app());
    let bound = lookup.parties(id, on, visit.language.code()).await?;
    // Nobody is bound, or nothing was ever stored: who reads the list must be told which may be.
    let note = (bound.count == 0).then(|| {
        let date = visit.date(on.date());
        visit.format("api-nothing-stored", &[("id", id.into()), ("date", date.into())])
    });
    match &ask.missing {
        Some(mechanism) => {
            let report = lookup.missing(id, on, mechanism).await?;
            one(&Noted { report, note })
        }
        None => one(&Noted { report: bound, note }),
    }
}

/// A report, and what its reader has to know about it.
#[derive(Serialize)]
struct Noted<T> {
    #[serde(flatten)]
    report: T,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}
