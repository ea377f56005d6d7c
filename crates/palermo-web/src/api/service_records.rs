//! Services as their keepers write them: the whole record of one's own, entered, changed,
//! confirmed, with its places and how many are free. And for whoever calls: that nobody
//! answered. Of a protected service no address goes either way (R9).

use super::{
    Answer,
    answer::{Made, made, revised},
    asked::Named,
    sent::{Called, Sent},
};
use crate::shell::{route::Routes, visit::Visit};
use axum::{
    http::{Method, StatusCode},
    response::IntoResponse,
};
use palermo_app::{
    Acting, Message, Problems, Refused,
    access::Action,
    desk::{parse_id, parse_revision},
    domain::{
        id::ServiceId,
        register::day::Day,
        service::{
            Assessment, Centre, Funding, Need, Outcome, Phone, Place, Provider, Service, Status,
            eligibility::{Admission, Group},
        },
    },
    service::{self, ServiceForm},
};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(enter, record, change, confirm, free_places, no_answer))]
pub(super) struct Docs;

const FOLDER: &str = "/api/v1/services";

pub(super) fn routes() -> Routes {
    let keep = Action::EditServices;
    Routes::new()
        .api(Method::POST, FOLDER, keep, enter)
        .api(Method::GET, "/api/v1/services/{id}/record", keep, record)
        .api(Method::PUT, "/api/v1/services/{id}/record", keep, change)
        .api(Method::POST, "/api/v1/services/{id}/confirm", keep, confirm)
        .api(Method::POST, "/api/v1/services/{id}/free-places", Action::ConfirmPlaces, free_places)
        .api(Method::POST, "/api/v1/services/{id}/no-answer", Action::NoteCall, no_answer)
}

/// A number to call.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NumberToCall {
    /// As it is dialled, in international notation.
    #[schema(example = "+999 116")]
    number: String,
    /// Costs the caller nothing.
    #[serde(default)]
    toll_free: bool,
    /// The mechanism in all of whose States the number is the same; of hotlines alone.
    uniform: Option<String>,
}

impl From<&Phone> for NumberToCall {
    fn from(phone: &Phone) -> Self {
        Self {
            number: phone.number.clone(),
            toll_free: phone.toll_free,
            uniform: phone.uniform.clone(),
        }
    }
}

/// Who pays for a service.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PaidBy {
    /// Who pays.
    source: String,
    /// The last day paid for.
    #[schema(format = Date)]
    until: Option<String>,
}

/// An assessment of a service against a standard.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AssessedBy {
    /// The standard.
    standard: String,
    /// Who assessed.
    by: String,
    /// `met`, `partly` or `not-met`.
    #[schema(value_type = String)]
    outcome: Outcome,
    /// When.
    #[schema(format = Date)]
    on: String,
    /// How long it holds.
    #[schema(format = Date)]
    until: Option<String>,
}

impl From<&Funding> for PaidBy {
    fn from(paid: &Funding) -> Self {
        Self { source: paid.source.clone(), until: day(paid.until) }
    }
}

impl From<&Assessment> for AssessedBy {
    fn from(made: &Assessment) -> Self {
        Self {
            standard: made.standard.clone(),
            by: made.by.clone(),
            outcome: made.outcome,
            on: made.on.to_string(),
            until: day(made.until),
        }
    }
}

/// A day as records write it.
fn day(day: Option<Day>) -> Option<String> {
    day.map(|day| day.to_string())
}

/// The contact point through which a protected service is reached.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReachedThrough {
    /// The organisation the contact point belongs to.
    #[schema(format = Uuid)]
    organization: String,
    /// The contact point.
    #[schema(format = Uuid)]
    desk: String,
}

/// A service as its keeper writes it. What is left out becomes empty; places other than the
/// first stay, see `/api/v1/services/{id}/places`.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct ServiceRecord {
    /// What it is called.
    #[schema(min_length = 1, max_length = 160)]
    name: String,
    /// Another name.
    alternate_name: String,
    /// What it is for: `shelter`, `legal`, `hotline`, …
    #[schema(value_type = String)]
    need: Option<Need>,
    /// What kind of house, if one: `shelter`, `rehabilitation`, …
    #[schema(value_type = Option<String>)]
    centre: Option<Centre>,
    /// What it does.
    description: String,
    /// Who provides it.
    #[schema(min_length = 1, max_length = 160)]
    organization: String,
    /// What that organisation is.
    about_organization: String,
    /// Its web site.
    website: String,
    /// `state`, `ngo`, `intergovernmental`, `faith`, `labour`, `private` or `unknown`.
    #[schema(value_type = Option<String>)]
    provider: Option<Provider>,
    /// The State it works in, by its code.
    state: String,
    /// Areas whose people it takes; none: the whole State.
    areas: Vec<String>,
    /// `active`, `inactive`, `defunct` or `temporarily closed`; a service that has ended is
    /// `defunct`. Left out, it works.
    #[schema(value_type = Option<String>)]
    status: Option<Status>,
    /// Whether nobody may look up its address. Such a service has no place and no number
    /// here.
    protected: bool,
    /// For a protected one: the contact point that leads to it.
    through: Option<ReachedThrough>,
    /// Street and number of its first place, a line each.
    address: Vec<String>,
    /// Town of its first place.
    city: String,
    /// Region of its first place.
    region: String,
    /// Postal code of its first place.
    postal_code: String,
    /// How to get to its first place.
    transport: String,
    /// Numbers to call.
    phones: Vec<NumberToCall>,
    /// Address for mail.
    email: String,
    /// Web page.
    url: String,
    /// Opening hours in OpenStreetMap notation.
    #[schema(example = "Mo-Fr 08:00-16:00")]
    hours: String,
    /// Their IANA time zone.
    #[schema(example = "Africa/Dakar")]
    time_zone: String,
    /// Languages spoken (BCP 47).
    languages: Vec<String>,
    /// Whether an interpreter can be had, in words.
    interpretation: String,
    /// Whether one gets in without steps; none if nobody said.
    step_free: Option<bool>,
    /// Other help for people with disabilities, in words.
    accessibility: String,
    /// Groups it admits: `women`, `boys`, …
    #[schema(value_type = Vec<String>)]
    admits: Vec<Group>,
    /// Groups it does not admit.
    #[schema(value_type = Vec<String>)]
    excludes: Vec<Group>,
    /// Youngest age admitted, in years.
    minimum_age_years: Option<u8>,
    /// Oldest age admitted, in years.
    maximum_age_years: Option<u8>,
    /// Conditions, in words.
    eligibility: String,
    /// What is counted: `bed`, `place`, `hour`.
    unit: String,
    /// How many there are.
    capacity: Option<u32>,
    /// How many of them are free.
    available: Option<u32>,
    /// What it costs the person, in words; `free`: nothing.
    fees: String,
    /// How one gets in.
    way_in: String,
    /// Who pays for it.
    funding: Vec<PaidBy>,
    /// Assessments against standards.
    assessments: Vec<AssessedBy>,
    /// Something to know before calling.
    alert: String,
}

/// The parts of a line as the form has it: none may hold what parts them.
pub(super) fn line(problems: &mut Problems, field: &str, parts: &[&str]) -> String {
    if parts.iter().any(|part| part.contains(['|', '\n', '\r'])) {
        problems.add(field, Message::new("api-one-line"));
    }
    parts.join(" | ")
}

/// Several words in one field, parted by commas: none may hold one.
pub(super) fn words(problems: &mut Problems, field: &str, list: &[String]) -> String {
    let bad = |word: &String| word.trim().is_empty() || word.contains([',', ';', '،', '、', '\n']);
    if list.iter().any(bad) {
        problems.add(field, Message::new("api-words-without-commas"));
    }
    list.join(", ")
}

pub(super) fn numbers(problems: &mut Problems, list: &[NumberToCall]) -> String {
    let lines = list.iter().map(|one| {
        let mut parts = vec![one.number.as_str()];
        parts.extend(one.toll_free.then_some("free"));
        parts.extend(one.uniform.as_deref());
        line(problems, "phones", &parts)
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn count<T: ToString>(number: Option<T>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

impl ServiceRecord {
    /// The form a person would send.
    fn form(self) -> Result<ServiceForm, Refused> {
        let mut problems = Problems::default();
        let p = &mut problems;
        let phones = numbers(p, &self.phones);
        let funding = self.funding.iter().map(|one| {
            line(p, "funding", &[one.source.as_str(), one.until.as_deref().unwrap_or_default()])
        });
        let funding = funding.collect::<Vec<_>>().join("\n");
        let assessed = self.assessments.iter().map(|one| {
            let until = one.until.as_deref().unwrap_or_default();
            let (standard, by) = (one.standard.as_str(), one.by.as_str());
            line(p, "assessments", &[standard, by, one.outcome.code(), one.on.as_str(), until])
        });
        let assessments = assessed.collect::<Vec<_>>().join("\n");
        let (areas, languages) =
            (words(p, "areas", &self.areas), words(p, "languages", &self.languages));
        problems.none()?;
        let yes_no = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
        let code = |code: Option<&'static str>| code.unwrap_or_default().to_owned();
        let groups = |list: &[Group]| list.iter().map(|one| one.code().to_owned()).collect();
        let through = self.through.map(|at| format!("{}/{}", at.organization, at.desk));
        Ok(ServiceForm {
            name: self.name,
            alternate_name: self.alternate_name,
            need: code(self.need.map(Need::code)),
            centre: code(self.centre.map(Centre::code)),
            description: self.description,
            organisation: self.organization,
            about_organisation: self.about_organization,
            website: self.website,
            provider: code(self.provider.map(Provider::code)),
            state: self.state,
            areas,
            status: code(self.status.map(Status::code)),
            protected: yes_no(self.protected),
            through: through.unwrap_or_default(),
            address: self.address.join("\n"),
            city: self.city,
            region: self.region,
            postal_code: self.postal_code,
            transport: self.transport,
            phones,
            email: self.email,
            url: self.url,
            hours: self.hours,
            time_zone: self.time_zone,
            languages,
            interpretation: self.interpretation,
            step_free: self.step_free.map(yes_no).unwrap_or_default(),
            accessibility: self.accessibility,
            admits: groups(&self.admits),
            excludes: groups(&self.excludes),
            minimum_age: count(self.minimum_age_years),
            maximum_age: count(self.maximum_age_years),
            eligibility: self.eligibility,
            unit: self.unit,
            maximum: count(self.capacity),
            available: count(self.available),
            fees: self.fees,
            application: self.way_in,
            funding,
            assessments,
            alert: self.alert,
        })
    }

    /// What is stored.
    fn of(one: &Service) -> Self {
        let form = ServiceForm::of(one);
        let said = |wanted| {
            let groups = Group::ALL.iter().copied();
            groups.filter(|group| one.eligibility.says(*group) == Some(wanted)).collect()
        };
        let through = match &one.place {
            Place::Protected { through } => *through,
            Place::Open { .. } => None,
        };
        let capacity = one.capacity.as_ref();
        Self {
            name: form.name,
            alternate_name: form.alternate_name,
            need: Some(one.need),
            centre: one.centre,
            description: form.description,
            organization: form.organisation,
            about_organization: form.about_organisation,
            website: form.website,
            provider: Some(one.organisation.provider),
            state: form.state,
            areas: one.areas.clone(),
            status: Some(one.status),
            protected: one.place.is_protected(),
            through: through.map(|at| ReachedThrough {
                organization: at.tenant.to_string(),
                desk: at.desk.to_string(),
            }),
            address: form.address.lines().map(str::to_owned).collect(),
            city: form.city,
            region: form.region,
            postal_code: form.postal_code,
            transport: form.transport,
            phones: one.phones.iter().map(NumberToCall::from).collect(),
            email: form.email,
            url: form.url,
            hours: form.hours,
            time_zone: form.time_zone,
            languages: one.languages.clone(),
            interpretation: form.interpretation,
            step_free: one.step_free,
            accessibility: form.accessibility,
            admits: said(Admission::Admitted),
            excludes: said(Admission::Excluded),
            minimum_age_years: one.eligibility.minimum_age_years,
            maximum_age_years: one.eligibility.maximum_age_years,
            eligibility: form.eligibility,
            unit: form.unit,
            capacity: capacity.and_then(|places| places.maximum),
            available: capacity.and_then(|places| places.available),
            fees: form.fees,
            way_in: form.application,
            funding: one.funding.iter().map(PaidBy::from).collect(),
            assessments: one.assessments.iter().map(AssessedBy::from).collect(),
            alert: form.alert,
        }
    }
}

/// What was wrong with the form, by the names of the record.
fn by_name(refused: Refused) -> Refused {
    let mut problems = match refused {
        Refused::Invalid(problems) => problems,
        other => return other,
    };
    for problem in &mut problems.0 {
        let name = match problem.field.as_str() {
            "organisation" => "organization",
            "about_organisation" => "about_organization",
            "minimum_age" => "minimum_age_years",
            "maximum_age" => "maximum_age_years",
            "maximum" => "capacity",
            "application" => "way_in",
            _ => continue,
        };
        name.clone_into(&mut problem.field);
    }
    Refused::Invalid(problems)
}

async fn found(acting: &Acting<'_>, id: ServiceId) -> Answer {
    let kept = service::record(acting, id).await?;
    revised(&ServiceRecord::of(&kept.record.service), kept.revision.0)
}

/// Enters a service of one's organisation.
#[utoipa::path(post, path = "/api/v1/services", tag = "directory", request_body = ServiceRecord,
    responses((status = 201, description = "The service is entered", body = Made,
        headers(("Location" = String, description = "The service's address")))))]
async fn enter(Sent { call, body }: Sent<ServiceRecord>) -> Answer {
    let form = body.form().map_err(by_name)?;
    made(service::create(&call.acting(), &form).await.map_err(by_name)?, Some(FOLDER))
}

/// A service of one's organisation as its keeper writes it.
#[utoipa::path(get, path = "/api/v1/services/{id}/record", tag = "directory",
    params(("id" = String, Path, format = Uuid, description = "The service's id")),
    responses((status = 200, description = "The record", body = ServiceRecord,
        headers(("ETag" = String, description = "Its revision in quotes")))))]
async fn record(visit: Visit, Named(id): Named) -> Answer {
    found(&visit.acting(), parse_id(&id)?).await
}

/// Changes a service of one's organisation, or closes it by its status. Whoever sends it
/// makes sure of the whole record. What is left out becomes empty.
#[utoipa::path(put, path = "/api/v1/services/{id}/record", tag = "directory",
    request_body = ServiceRecord,
    params(("id" = String, Path, format = Uuid, description = "The service's id"),
        ("If-Match" = String, Header, description = "The revision that was seen, in quotes",
            example = "\"1\"")),
    responses((status = 200, description = "The record as it is now", body = ServiceRecord,
        headers(("ETag" = String, description = "Its revision in quotes")))))]
async fn change(Named(id): Named, Sent { call, body }: Sent<ServiceRecord>) -> Answer {
    let id: ServiceId = parse_id(&id)?;
    let seen = parse_revision(&call.seen()?).map_err(Called::stale)?;
    let acting = call.acting();
    // A program that may not read it does not overwrite it either.
    service::record(&acting, id).await?;
    // Nor does it hide one from itself.
    if body.protected && acting.subject.is_program() && !service::sees_protected(&acting) {
        return Err(Refused::NotFound.into());
    }
    let form = body.form().map_err(by_name)?;
    let changed = service::change(&acting, id, &form, seen).await;
    changed.map_err(|refused| Called::stale(by_name(refused)))?;
    found(&acting, id).await
}

/// Says that all of the record is still right, as of today.
#[utoipa::path(post, path = "/api/v1/services/{id}/confirm", tag = "directory",
    params(("id" = String, Path, format = Uuid, description = "The service's id")),
    responses((status = 204, description = "It is confirmed")))]
async fn confirm(Named(id): Named, call: Called) -> Answer {
    service::confirm(&call.acting(), parse_id(&id)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// How many places are free.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FreePlaces {
    /// How many, today.
    available: u32,
}

/// Says how many places are free today. The rest of the record is not confirmed by that.
#[utoipa::path(post, path = "/api/v1/services/{id}/free-places", tag = "directory",
    request_body = FreePlaces,
    params(("id" = String, Path, format = Uuid, description = "The service's id")),
    responses((status = 204, description = "The free places are confirmed")))]
async fn free_places(Named(id): Named, Sent { call, body }: Sent<FreePlaces>) -> Answer {
    let available = body.available.to_string();
    service::confirm_places(&call.acting(), parse_id(&id)?, &available).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Notes that the service was called and nobody answered: for a day others come first.
#[utoipa::path(post, path = "/api/v1/services/{id}/no-answer", tag = "directory",
    params(("id" = String, Path, format = Uuid, description = "The service's id")),
    responses((status = 204, description = "It is noted")))]
async fn no_answer(Named(id): Named, call: Called) -> Answer {
    service::note_unanswered(&call.acting(), parse_id(&id)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
