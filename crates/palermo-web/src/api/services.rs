//! The directory for programs: services as everyone may see them, finding
//! help, who answers now. Of a protected service a program learns that it
//! exists only by being told a desk, never from these lists.

use super::{
    Answer, Stop,
    answer::{Listed, one, page_of, revised},
    asked::{Ask, Asked, Named, PageAsk, Reader, shortened},
    service_records::NumberToCall,
};
use crate::shell::{route::Routes, visit::Visit};
use axum::http::Method;
use palermo_app::{
    Message, Refused,
    access::Action,
    desk::{self, parse_id},
    domain::{
        desk::{DeskLevel, answers::Answering, contact::PointKind},
        hours::Standing,
        id::ServiceId,
        register::state::StateCode,
        service::{
            Centre, Freshness, Need, Provider, Service, Status,
            coverage::by_need,
            eligibility::{Admission, Group},
            find::{AgeGroup, Because, Exploitation, Particulars, Sex, Wanted, With},
        },
    },
    service::{self, ServiceFilter, Shown, ToCall},
};
use serde::Serialize;
use utoipa::{IntoParams, OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(paths(list, coverage, show, find, answering))]
pub(super) struct Docs;

pub(super) fn routes() -> Routes {
    Routes::new()
        .api(Method::GET, "/api/v1/services", Action::PublicRead, list)
        .api(Method::GET, "/api/v1/services/find", Action::PublicRead, find)
        .api(Method::GET, "/api/v1/services/coverage", Action::ReadDirectory, coverage)
        .api(Method::GET, "/api/v1/services/{id}", Action::PublicRead, show)
        .api(Method::GET, "/api/v1/contact-points/answering", Action::PublicRead, answering)
}

#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
struct ServicesAsk {
    /// Only for this need: `shelter`, `legal`, …
    #[param(value_type = Option<String>)]
    need: Option<Need>,
    /// Only in this State, by its code.
    #[param(value_type = Option<String>)]
    state: Option<StateCode>,
    /// Only with this in name, organisation or area.
    text: Option<String>,
    /// Only of this kind of provider: `state`, `ngo`, …
    #[param(value_type = Option<String>)]
    provider: Option<Provider>,
    /// Only this kind of house: `shelter`, `rehabilitation`, …
    #[param(value_type = Option<String>)]
    centre: Option<Centre>,
    /// Only those that say they admit this group: `women`, `boys`, `undocumented`, …
    #[param(value_type = Option<String>)]
    admits: Option<Group>,
    /// Only those that say they do not admit this group.
    #[param(value_type = Option<String>)]
    excludes: Option<Group>,
}

impl ServicesAsk {
    fn fits(&self, one: &Service) -> bool {
        let says = |group: Group, wanted| one.eligibility.says(group) == Some(wanted);
        self.provider.is_none_or(|wanted| one.organisation.provider == wanted)
            && self.centre.is_none_or(|wanted| one.centre == Some(wanted))
            && self.admits.is_none_or(|group| says(group, Admission::Admitted))
            && self.excludes.is_none_or(|group| says(group, Admission::Excluded))
    }
}

impl Ask for ServicesAsk {
    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            need: reader.word("need", Need::ALL, Need::code),
            state: reader.state("state"),
            text: reader.text("text"),
            provider: reader.word("provider", Provider::ALL, Provider::code),
            centre: reader.word("centre", Centre::ALL, Centre::code),
            admits: reader.word("admits", Group::ALL, Group::code),
            excludes: reader.word("excludes", Group::ALL, Group::code),
        }
    }
}

/// Where an open service is.
#[derive(Debug, Serialize, ToSchema)]
struct PlaceShown {
    /// Street and number, a line each.
    address: Vec<String>,
    /// Town.
    city: String,
    /// Region.
    region: String,
    /// Postal code.
    postal_code: String,
    /// How to get there.
    transport: String,
    /// Its name, where it has one.
    name: String,
    /// Opening hours here, where they are not those of the service.
    hours: Option<String>,
    /// Numbers that ring here.
    numbers: Vec<NumberToCall>,
}

/// A service as everyone may see it.
#[derive(Debug, Serialize, ToSchema)]
struct ServiceShown {
    /// Its id, the same in the Open Referral export. For whoever may not read protected
    /// services the key of the one entry that stands for all of them behind a desk.
    #[schema(format = Uuid)]
    id: String,
    /// Its name; none for an entry that stands for protected services.
    name: Option<String>,
    /// What it is for.
    need: &'static str,
    /// `active`, `inactive`, `defunct` or `temporarily closed`.
    status: &'static str,
    /// Whether its address is protected: it is then reached through a desk.
    protected: bool,
    /// Who provides it.
    organization: String,
    /// `state`, `ngo`, `intergovernmental`, `faith`, `labour`, `private` or `unknown`.
    provider: &'static str,
    /// The State it works in, by its code.
    state: Option<String>,
    /// Areas whose people it takes; empty: the whole State.
    areas: Vec<String>,
    /// What kind of house, if one: `shelter`, `rehabilitation`, `transit`, …
    centre: Option<&'static str>,
    /// What it does.
    description: String,
    /// Where it is; never for a protected one.
    places: Vec<PlaceShown>,
    /// Numbers to call, of the service or else of its places.
    phones: Vec<String>,
    /// The same with what they cost the caller, and where they are the same in every State
    /// of a mechanism.
    numbers: Vec<NumberToCall>,
    /// Address for mail; never for a protected one.
    email: Option<String>,
    /// Web page; never for a protected one.
    web: Option<String>,
    /// What it costs the person, in words; `free`: nothing.
    fees: String,
    /// How one gets in, in words.
    way_in: String,
    /// Something to know before calling.
    alert: Option<String>,
    /// Whether one gets in without steps; none if nobody said.
    step_free: Option<bool>,
    /// Other help for people with disabilities, in words.
    accessibility: String,
    /// Whether an interpreter can be had, in words.
    interpretation: Option<String>,
    /// How many places there are.
    capacity: Option<u32>,
    /// How many of them are free.
    available: Option<u32>,
    /// The day on which that was confirmed.
    #[schema(format = Date)]
    places_confirmed: Option<String>,
    /// Opening hours in OpenStreetMap notation.
    hours: Option<String>,
    /// Their IANA time zone.
    time_zone: Option<String>,
    /// Languages spoken (BCP 47).
    languages: Vec<String>,
    /// Groups it says it admits.
    admits: Vec<&'static str>,
    /// Groups it says it does not admit.
    excludes: Vec<&'static str>,
    /// Youngest age admitted, in years.
    minimum_age_years: Option<u8>,
    /// Oldest age admitted, in years.
    maximum_age_years: Option<u8>,
    /// The day someone last made sure of it.
    assured: Option<String>,
}

fn shown(id: ServiceId, one: Service) -> ServiceShown {
    let groups = |wanted: Admission| -> Vec<&'static str> {
        let said = Group::ALL.iter().filter(|group| one.eligibility.says(**group) == Some(wanted));
        said.map(|group| group.code()).collect()
    };
    let open = !one.place.is_protected();
    let phones = one.numbers().into_iter().map(|phone| phone.number.clone()).collect();
    let numbers = one.numbers().into_iter().map(NumberToCall::from).collect();
    let capacity = one.capacity.as_ref();
    ServiceShown {
        id: id.to_string(),
        centre: one.centre.map(Centre::code),
        places: places(&one),
        capacity: capacity.and_then(|places| places.maximum),
        available: capacity.and_then(|places| places.available),
        places_confirmed: capacity.and_then(|places| places.confirmed).map(|day| day.to_string()),
        // Mail and web may lead to a protected house (R9).
        email: one.email.filter(|_| open),
        web: one.url.filter(|_| open),
        need: one.need.code(),
        status: one.status.code(),
        protected: one.place.is_protected(),
        provider: one.organisation.provider.code(),
        state: one.state.map(|state| state.to_string()),
        admits: groups(Admission::Admitted),
        excludes: groups(Admission::Excluded),
        minimum_age_years: one.eligibility.minimum_age_years,
        maximum_age_years: one.eligibility.maximum_age_years,
        assured: one.assured.map(|day| day.to_string()),
        phones,
        numbers,
        name: Some(one.name).filter(|name| !name.is_empty()),
        organization: one.organisation.name,
        areas: one.areas,
        hours: one.hours,
        time_zone: one.time_zone,
        languages: one.languages,
        description: one.description,
        fees: one.fees,
        way_in: one.application,
        alert: one.alert,
        step_free: one.step_free,
        accessibility: one.accessibility,
        interpretation: one.interpretation,
    }
}

fn places(one: &Service) -> Vec<PlaceShown> {
    let shown = one.place.locations().iter().map(|place| PlaceShown {
        address: place.lines.clone(),
        city: place.city.clone(),
        region: place.region.clone(),
        postal_code: place.postal_code.clone(),
        transport: place.transport.clone(),
        name: place.name.clone(),
        hours: place.hours.clone(),
        numbers: place.phones.iter().map(NumberToCall::from).collect(),
    });
    shown.collect()
}

/// Services, by name.
#[utoipa::path(get, path = "/api/v1/services", tag = "directory", params(ServicesAsk, PageAsk),
    responses((status = 200, description = "Services, by name", body = Listed<ServiceShown>)))]
async fn list(visit: Visit, Asked((ask, page)): Asked<(ServicesAsk, PageAsk)>) -> Answer {
    let (need, state, text) = (ask.need, ask.state, ask.text.clone());
    let filter = ServiceFilter { need, state, text, ..ServiceFilter::default() };
    let mut all = service::list(&visit.acting(), &filter).await?;
    all.retain(|one| ask.fits(&one.record.service));
    page_of(&visit, all, page, |one| shown(one.record.id, one.record.service))
}

#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
struct CoverageAsk {
    /// The State, by its code.
    #[param(value_type = String)]
    state: Option<StateCode>,
}

impl Ask for CoverageAsk {
    fn read(reader: &mut Reader<'_>) -> Self {
        Self { state: reader.state("state") }
    }
}

/// What working services of one need say about one group.
#[derive(Debug, Serialize, ToSchema)]
struct CoverageShown {
    /// What they are for.
    need: &'static str,
    /// The group.
    group: &'static str,
    /// How many say they admit it.
    admit: usize,
    /// How many say they do not.
    exclude: usize,
    /// How many say nothing.
    silent: usize,
}

/// Who is left out in a State: what services say about each group. Services at protected
/// addresses are not counted here.
#[utoipa::path(get, path = "/api/v1/services/coverage", tag = "directory",
    params(CoverageAsk, PageAsk),
    responses((status = 200, description = "By need and group", body = Listed<CoverageShown>)))]
async fn coverage(visit: Visit, Asked((ask, page)): Asked<(CoverageAsk, PageAsk)>) -> Answer {
    let missing = || Stop::from(Refused::field("state", Message::new("error-required")));
    let state = ask.state.ok_or_else(missing)?;
    let filter = ServiceFilter {
        state: Some(state),
        status: Some(Status::Active),
        protected: Some(false),
        ..ServiceFilter::default()
    };
    let all = service::list(&visit.acting(), &filter).await?;
    let table = by_need(all.iter().map(|one| &one.record.service), state);
    page_of(&visit, table.into_iter().collect(), page, |((need, group), cell)| CoverageShown {
        need: need.code(),
        group: group.code(),
        admit: cell.admit,
        exclude: cell.exclude,
        silent: cell.silent,
    })
}

/// One service.
#[utoipa::path(get, path = "/api/v1/services/{id}", tag = "directory",
    params(("id" = String, Path, format = Uuid, description = "The service's id")),
    responses((status = 200, description = "The service", body = ServiceShown,
        headers(("ETag" = String, description = "Its revision in quotes")))))]
async fn show(visit: Visit, Named(id): Named) -> Answer {
    let id: ServiceId = parse_id(&id)?;
    let (found, _) = service::show(&visit.acting(), id).await?;
    let revision = found.revision.0;
    revised(&shown(id, found.record.service), revision)
}

#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
struct FindAsk {
    /// What is needed: `shelter`, `legal`, …
    #[param(value_type = String)]
    need: Option<Need>,
    /// In which State, by its code.
    #[param(value_type = String)]
    state: Option<StateCode>,
    /// In which town or area.
    area: Option<String>,
    /// `female`, `male` or `other`, if they say so.
    #[param(value_type = Option<String>)]
    sex: Option<Sex>,
    /// `child`, `adult` or `in-doubt`, if they say so.
    #[param(value_type = Option<String>)]
    age: Option<AgeGroup>,
    /// Their age in years, if they say so.
    #[param(value_type = Option<u32>, minimum = 0, maximum = 120)]
    years: Option<u8>,
    /// `children` (has children along), `disability` (needs help because of one),
    /// `high-risk` (in danger of being found); once for each.
    #[param(value_type = Option<Vec<String>>)]
    with: Vec<With>,
    /// How they were exploited: `sexual`, `labour` or `other`, if they say so.
    #[param(value_type = Option<String>)]
    exploitation: Option<Exploitation>,
    /// Languages they speak (BCP 47), parted by commas.
    #[param(value_type = Option<String>)]
    languages: Vec<String>,
    /// Ids of services called without an answer, parted by commas: they are passed
    /// over, and with them all that the same telephone leads to.
    #[param(value_type = Option<String>)]
    tried: Vec<ServiceId>,
    /// How many to show, the best first.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 200, default = 10)]
    shown: u32,
}

impl FindAsk {
    fn person(&self) -> Particulars {
        Particulars {
            sex: self.sex,
            age: self.age,
            age_years: self.years,
            with_children: self.with.contains(&With::Children),
            disability: self.with.contains(&With::Disability),
            exploitation: self.exploitation,
            high_risk: self.with.contains(&With::HighRisk),
            languages: self.languages.clone(),
        }
    }
}

/// A language code as it was sent.
fn language(sent: &str) -> Result<String, Message> {
    let wrong = || Message::new("error-language-code").with("code", shortened(sent));
    desk::is_language(sent).then(|| sent.to_owned()).ok_or_else(wrong)
}

/// The id of a service as it was sent.
fn service_id(sent: &str) -> Result<ServiceId, Message> {
    let wrong = || Message::new("api-not-a-service-id").with("value", shortened(sent));
    sent.parse().map_err(|_| wrong())
}

impl Ask for FindAsk {
    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            need: reader.word("need", Need::ALL, Need::code),
            state: reader.state("state"),
            area: reader.text("area"),
            sex: reader.word("sex", Sex::ALL, Sex::code),
            age: reader.word("age", AgeGroup::ALL, AgeGroup::code),
            years: reader
                .number_if_sent("years", 0..=120)
                .and_then(|years| u8::try_from(years).ok()),
            with: reader.words("with", With::ALL, With::code),
            exploitation: reader.word("exploitation", Exploitation::ALL, Exploitation::code),
            languages: reader.each("languages", language),
            tried: reader.each("tried", service_id),
            shown: reader.number("shown", 10, 1..=200),
        }
    }
}

/// A service that may help, with why it stands where it stands.
#[derive(Debug, Serialize, ToSchema)]
struct MatchShown {
    /// The service.
    service: ServiceShown,
    /// Codes of reasons, such as `admits`, `serves-area`, `places-free`.
    because: Vec<&'static str>,
    /// Whether it is open now; none if nobody knows.
    open: Option<bool>,
    /// For one at a protected address: the desk through which it is reached.
    through: Option<String>,
    /// Its number; where it has none, that of the desk on duty.
    through_telephone: Option<String>,
    /// The desk whose number that is.
    through_telephone_of: Option<String>,
    /// When someone last called within a day and nobody answered; such services
    /// come after all others.
    unanswered: Option<String>,
    /// Free places, where it says so.
    available: Option<u32>,
    /// The day on which these were confirmed.
    places_confirmed: Option<String>,
}

/// What was found.
#[derive(Debug, Serialize, ToSchema)]
struct FoundShown {
    /// The best first, as many as were asked for.
    matches: Vec<MatchShown>,
    /// How many fit. For whoever may not read protected services all of them
    /// behind a desk are one.
    total: usize,
    /// Whether a service is in reach; if not, an unmet need should be filed.
    in_reach: bool,
}

/// Help for a need and a place, the best first.
#[utoipa::path(get, path = "/api/v1/services/find", tag = "directory", params(FindAsk),
    responses((status = 200, description = "Services that may help", body = FoundShown)))]
async fn find(visit: Visit, Asked(ask): Asked<FindAsk>) -> Answer {
    let missing = |field: &str| Stop::from(Refused::field(field, Message::new("error-required")));
    let wanted = Wanted {
        need: ask.need.ok_or_else(|| missing("need"))?,
        state: ask.state.ok_or_else(|| missing("state"))?,
        person: ask.person(),
        area: ask.area,
        tried: ask.tried,
    };
    let acting = visit.acting();
    let found = service::find(&acting, &wanted).await?;
    let list = service::shown(&acting, &found, ask.shown as usize).await?;
    one(&FoundShown {
        in_reach: found.in_reach(),
        total: found.matches.len(),
        matches: list.into_iter().map(matched).collect(),
    })
}

fn matched(each: Shown) -> MatchShown {
    let called = each.desk_to_call().filter(|desk| desk.telephone.is_some());
    let capacity = each.service.capacity.as_ref();
    MatchShown {
        because: each.because.iter().map(|why| Because::code(*why)).collect(),
        open: match each.standing {
            Standing::Open { .. } => Some(true),
            Standing::Closed { .. } => Some(false),
            Standing::Unknown => None,
        },
        through: each.through.as_ref().map(|desk| desk.name.clone()),
        through_telephone: called.and_then(|desk| desk.telephone.clone()),
        through_telephone_of: called.map(|desk| desk.name.clone()),
        unanswered: each.unanswered.map(|at| at.to_string()),
        available: capacity.and_then(|places| places.available),
        places_confirmed: capacity.and_then(|places| places.confirmed).map(|day| day.to_string()),
        service: shown(each.id, each.service),
    }
}

#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
struct AnsweringAsk {
    /// The State, by its code.
    #[param(value_type = String)]
    state: Option<StateCode>,
    /// What it is about, such as `return`, by its code or its name in any language; any if
    /// none.
    topic: Option<String>,
    /// Only at this level: `regional`, `national`, `hotspot`, `border-office`, `consulate`.
    #[param(value_type = Option<String>)]
    level: Option<DeskLevel>,
    /// Only of this kind: `focal-point`, `border-office`, …
    #[param(value_type = Option<String>)]
    kind: Option<PointKind>,
}

impl Ask for AnsweringAsk {
    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            state: reader.state("state"),
            topic: reader.text("topic"),
            level: reader.word("level", &DeskLevel::ALL, DeskLevel::code),
            kind: reader.word("kind", PointKind::ALL, PointKind::code),
        }
    }
}

/// Who answers.
#[derive(Debug, Serialize, ToSchema)]
struct AnsweringShown {
    /// `now`, `deputy`, `later`, `hours-unknown` or `nobody`.
    answer: &'static str,
    /// The desk to turn to.
    desk: Option<String>,
    /// The number to call: its own; where it has none or is closed, one where someone
    /// answers now.
    telephone: Option<String>,
    /// Whose number that is: `desk` (its own), `state` (another desk or a hotline of the State),
    /// `common` (the same in every State of a mechanism), `region` (the desk of the
    /// region), `neighbour` (a hotline of another State of the same mechanism). None
    /// where no number is kept: then only the emergency number of the country is left.
    telephone_of: Option<&'static str>,
    /// The desk, mechanism or hotline whose number that is.
    telephone_name: Option<String>,
    /// Its alternate answers, because nobody who leads can.
    alternate: bool,
    /// Until when it is open, or when it opens.
    at: Option<String>,
    /// When someone last said that all this is right.
    confirmed: Option<String>,
    /// How old that is: `fresh`, `amber` (over 180 days, or never confirmed), `red` (over
    /// 365 days). Where a fresh one is open too, it answers first.
    freshness: Option<&'static str>,
}

/// Whose number it is: a mechanism by its name, as pages tell it.
fn whose(visit: &Visit, one: &ToCall) -> String {
    match one {
        ToCall::Common(_) => visit.mechanism(one.name()),
        _ => one.name().to_owned(),
    }
}

/// The contact point that answers now for a State and a topic.
#[utoipa::path(get, path = "/api/v1/contact-points/answering", tag = "directory", params(AnsweringAsk),
    responses((status = 200, description = "Who answers", body = AnsweringShown)))]
async fn answering(visit: Visit, Asked(ask): Asked<AnsweringAsk>) -> Answer {
    let state = ask
        .state
        .ok_or_else(|| Stop::from(Refused::field("state", Message::new("error-required"))))?;
    let topic = ask.topic.unwrap_or_default();
    let acting = visit.acting();
    let sought = desk::Sought { topic: &topic, level: ask.level, kind: ask.kind };
    let found = desk::answers_now(&acting, state, sought).await?;
    let (answer, at, alternate) = match found.answering {
        Answering::Now { until, alternate, .. } => ("now", until, alternate),
        Answering::Deputy { until, .. } => ("deputy", until, false),
        Answering::Later { at, .. } => ("later", Some(at), false),
        Answering::HoursUnknown { .. } => ("hours-unknown", None, false),
        Answering::Nobody => ("nobody", None, false),
    };
    let numbers = service::numbers_to_call(&acting, state, found.desk.as_ref()).await?;
    let call = numbers.first();
    one(&AnsweringShown {
        answer,
        telephone: call.and_then(ToCall::telephone).map(str::to_owned),
        telephone_of: call.map(ToCall::code),
        telephone_name: call.map(|one| whose(&visit, one)),
        desk: found.desk.map(|desk| desk.name),
        alternate,
        at: at.map(|at| at.to_string()),
        confirmed: found.point.and_then(|point| point.confirmed).map(|at| at.to_string()),
        freshness: found.fresh.map(Freshness::code),
    })
}
