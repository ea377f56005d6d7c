//! Entering and changing services, their places and their sealed addresses.

use super::{find::name, keeper, options, standards, state_options};
use crate::{
    components::{Button, Content, InsetText},
    pages::Answer,
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done, refused},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, http::StatusCode, response::Response};
use palermo_app::{
    Message, Problems, Refused,
    access::{Action, Resource},
    desk::{self, parse_id, parse_revision},
    directory,
    domain::{
        id::{DeskId, ServiceId},
        service::{Centre, Need, Provider, Status, eligibility::Group},
    },
    keys,
    service::{self, ServiceForm},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/services/new", Action::EditServices, ask_new)
        .form("/services/new", Action::EditServices, create)
        .page("/services/{id}/edit", Action::EditServices, ask_edit)
        .form("/services/{id}/edit", Action::EditServices, edit)
        .form("/services/{id}/confirm", Action::EditServices, confirm)
        .form("/services/{id}/places", Action::ConfirmPlaces, places)
        .form("/services/{id}/address", Action::OpenAddress, address)
}

fn typed(form: &Form) -> ServiceForm {
    let text = |name: &str| form.text(name).to_owned();
    ServiceForm {
        name: text("name"),
        alternate_name: text("alternate_name"),
        need: text("need"),
        centre: text("centre"),
        description: text("description"),
        organisation: text("organisation"),
        about_organisation: text("about_organisation"),
        website: text("website"),
        provider: text("provider"),
        state: text("state"),
        areas: text("areas"),
        status: text("status"),
        protected: text("protected"),
        through: text("through"),
        address: text("address"),
        city: text("city"),
        region: text("region"),
        postal_code: text("postal_code"),
        transport: text("transport"),
        phones: text("phones"),
        email: text("email"),
        url: text("url"),
        hours: text("hours"),
        time_zone: text("time_zone"),
        languages: text("languages"),
        interpretation: text("interpretation"),
        step_free: text("step_free"),
        accessibility: text("accessibility"),
        admits: form.list("admits").to_vec(),
        excludes: form.list("excludes").to_vec(),
        minimum_age: text("minimum_age"),
        maximum_age: text("maximum_age"),
        eligibility: text("eligibility"),
        unit: text("unit"),
        maximum: text("maximum"),
        available: text("available"),
        fees: text("fees"),
        application: text("application"),
        funding: text("funding"),
        assessments: text("assessments"),
        alert: text("alert"),
    }
}

fn yes_no(visit: &Visit) -> Vec<(String, String)> {
    vec![("no".to_owned(), visit.text("word-no")), ("yes".to_owned(), visit.text("word-yes"))]
}

/// The contact points a protected service may be reached through: one's own, and the one
/// it is reached through now, whoever keeps it.
async fn desks(visit: &Visit, typed: &ServiceForm) -> Result<Vec<(String, String)>, Failure> {
    let acting = visit.acting();
    let own = desk::list_for_services(&acting).await?;
    let mut desks: Vec<(String, String)> = own
        .into_iter()
        .map(|one| (format!("{}/{}", one.record.tenant, one.record.id), one.record.name))
        .collect();
    if !desks.iter().any(|(code, _)| *code == typed.through)
        && let Some((_, id)) = typed.through.split_once('/')
        && let Ok(id) = id.parse::<DeskId>()
        && let Some(one) = directory::desks(&acting).await?.remove(&id)
    {
        desks.push((typed.through.clone(), one.desk.name));
    }
    Ok(desks)
}

async fn page(
    visit: &Visit,
    action: &str,
    title: &str,
    typed: &ServiceForm,
    revision: &str,
    problems: &Problems,
) -> Result<Response, Failure> {
    let desks = desks(visit, typed).await?;
    let groups = || options(visit, "group", Group::ALL.iter().map(|g| g.code()));
    let form = FormPage::new(visit, action, problems)
        .hidden("revision", revision)
        .text("name", "service-name", "", &typed.name)
        .text("alternate_name", "service-alternate-name", "", &typed.alternate_name)
        .select(
            "need",
            "service-need",
            options(visit, "need", Need::ALL.iter().map(|n| n.code())),
            &typed.need,
        )
        .select(
            "centre",
            "service-centre",
            options(visit, "centre", Centre::ALL.iter().map(|c| c.code())),
            &typed.centre,
        )
        .lines("description", "service-description", "", &typed.description)
        .text("organisation", "service-organisation", "", &typed.organisation)
        .lines("about_organisation", "service-about-organisation", "", &typed.about_organisation)
        .text("website", "service-website", "", &typed.website)
        .select(
            "provider",
            "service-provider-kind",
            options(visit, "provider", Provider::ALL.iter().map(|p| p.code())),
            &typed.provider,
        )
        .select("state", "field-state", state_options(visit), &typed.state)
        .text("areas", "service-areas", "service-areas-hint", &typed.areas)
        .select(
            "status",
            "service-status",
            options(visit, "service-status", Status::ALL.iter().map(|s| s.code())),
            &typed.status,
        )
        .radios("protected", "service-protected", yes_no(visit), &typed.protected)
        .part(InsetText::new(visit.text("service-protected-hint")))
        .select("through", "service-through", desks, &typed.through)
        .lines("address", "service-street", "service-open-only", &typed.address)
        .text("city", "service-city", "", &typed.city)
        .text("region", "service-region", "", &typed.region)
        .text("postal_code", "service-postal-code", "", &typed.postal_code)
        .text("transport", "service-transport", "", &typed.transport)
        .lines("phones", "desk-telephone", "service-phones-hint", &typed.phones);
    let known = standards::named(visit).await?;
    Ok(second_half(form, visit, typed, groups, known).button("form-save").page(title, "/services"))
}

fn second_half<'a>(
    form: FormPage<'a>,
    visit: &Visit,
    typed: &ServiceForm,
    groups: impl Fn() -> Vec<(String, String)>,
    standards: String,
) -> FormPage<'a> {
    form.text("email", "service-email", "", &typed.email)
        .text("url", "service-url", "", &typed.url)
        .text("hours", "desk-hours", "desk-hours-hint", &typed.hours)
        .text("time_zone", "desk-time-zone", "desk-time-zone-hint", &typed.time_zone)
        .text("languages", "desk-languages", "desk-languages-hint", &typed.languages)
        .text("interpretation", "service-interpretation", "", &typed.interpretation)
        .radios("step_free", "service-step-free", yes_no(visit), &typed.step_free)
        .lines("accessibility", "service-accessibility", "", &typed.accessibility)
        .checkboxes("admits", "service-admits", groups(), &typed.admits)
        .checkboxes("excludes", "service-excludes", groups(), &typed.excludes)
        .text("minimum_age", "service-minimum-age", "", &typed.minimum_age)
        .text("maximum_age", "service-maximum-age", "", &typed.maximum_age)
        .lines("eligibility", "service-eligibility-words", "", &typed.eligibility)
        .text("maximum", "service-places", "", &typed.maximum)
        .text("available", "service-free", "", &typed.available)
        .text("unit", "service-unit", "service-unit-hint", &typed.unit)
        .text("fees", "service-fees", "service-fees-hint", &typed.fees)
        .lines("application", "service-application", "", &typed.application)
        .lines("funding", "service-funding", "service-funding-hint", &typed.funding)
        .lines("assessments", "service-assessment", "service-assessment-hint", &typed.assessments)
        .part(standards)
        .text("alert", "service-alert", "", &typed.alert)
}

async fn allowed(visit: &Visit) -> Result<(), Failure> {
    let (tenant, _) = visit.acting().member()?;
    Ok(visit.acting().allow(Action::EditServices, &Resource::of(tenant)).await?)
}

async fn ask_new(visit: Visit) -> Answer {
    allowed(&visit).await?;
    let tenant = &visit.signed()?.tenant;
    // Hours mean nothing without their time zone: that of the organisation's contact points.
    let desks = desk::list_for_services(&visit.acting()).await?;
    let zone = desks.first().map(|one| one.record.time_zone.clone()).unwrap_or_default();
    let open = desks.iter().map(|one| &one.record).find(|desk| desk.open);
    let through = open.map(|desk| format!("{}/{}", desk.tenant, desk.id)).unwrap_or_default();
    let hours = if zone.is_empty() { String::new() } else { "Mo-Fr 08:00-16:00".into() };
    let typed = ServiceForm {
        state: tenant.state.clone().unwrap_or_default(),
        organisation: tenant.name.clone(),
        status: "active".into(),
        protected: "no".into(),
        through,
        hours,
        time_zone: zone,
        ..ServiceForm::default()
    };
    page(&visit, "/services/new", "service-new", &typed, "", &Problems::default()).await
}

/// What was typed. A desk left empty where there are some to choose from is a choice that
/// nobody offered: the act asks for one beside the field.
async fn with_desk(visit: &Visit, form: &Form) -> Result<ServiceForm, Failure> {
    let mut typed = typed(form);
    let emptied = form.list("through").iter().any(|one| one.trim().is_empty());
    if typed.protected == "yes" && emptied && !desks(visit, &typed).await?.is_empty() {
        typed.through = "-".into();
    }
    Ok(typed)
}

async fn create(Sent { visit, form }: Sent) -> Answer {
    let typed = with_desk(&visit, &form).await?;
    match service::create(&visit.acting_once(&form), &typed).await {
        Ok(id) => Ok(done(&visit, &format!("/services/{id}"), keeper::saved(&visit, &typed))),
        Err(Refused::Invalid(problems)) => {
            page(&visit, "/services/new", "service-new", &typed, "", &problems).await
        }
        Err(other) => Err(Failure(other)),
    }
}

async fn ask_edit(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: ServiceId = parse_id(&id)?;
    allowed(&visit).await?;
    let (found, _) = service::show(&visit.acting(), id).await?;
    if found.record.tenant != visit.signed()?.tenant.id {
        return Err(Failure(Refused::NotFound));
    }
    let typed = ServiceForm::of(&found.record.service);
    let revision = found.revision.0.to_string();
    let action = format!("/services/{id}/edit");
    page(&visit, &action, "service-edit", &typed, &revision, &Problems::default()).await
}

async fn edit(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: ServiceId = parse_id(&id)?;
    let typed = with_desk(&visit, &form).await?;
    let seen = parse_revision(form.text("revision"))?;
    match service::change(&visit.acting_once(&form), id, &typed, seen).await {
        Ok(()) => Ok(done(&visit, &format!("/services/{id}"), keeper::saved(&visit, &typed))),
        Err(Refused::Invalid(problems)) => {
            let action = format!("/services/{id}/edit");
            page(&visit, &action, "service-edit", &typed, form.text("revision"), &problems).await
        }
        Err(other) => Err(Failure(other)),
    }
}

async fn confirm(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: ServiceId = parse_id(&id)?;
    service::confirm(&visit.acting_once(&form), id).await?;
    Ok(done(&visit, &format!("/services/{id}"), "service-confirmed"))
}

async fn places(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: ServiceId = parse_id(&id)?;
    let typed = form.text("available").to_owned();
    match service::confirm_places(&visit.acting_once(&form), id, &typed).await {
        Ok(()) => Ok(done(&visit, &format!("/services/{id}"), "places-confirmed")),
        Err(Refused::Invalid(problems)) => {
            let action = format!("/services/{id}/places");
            let (found, _) = service::show(&visit.acting(), id).await?;
            let form = FormPage::new(&visit, &action, &problems)
                .text("available", "service-free", "", &typed)
                .button("service-confirm-places");
            // Whoever keeps several houses is told of which one this is.
            let title = format!(
                "{}: {}",
                visit.text("service-confirm-places"),
                name(&visit, &found.record.service)
            );
            Ok(refused(&visit, title, Some(&format!("/services/{id}")), &form.html()))
        }
        Err(other) => Err(Failure(other)),
    }
}

/// Seals an address, or opens it on this one page, which no browser keeps.
async fn address(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: ServiceId = parse_id(&id)?;
    let acting = visit.acting_once(&form);
    let vault = keys::vault(&acting, visit.signed()?).await?;
    let back = format!("/services/{id}");
    if form.text("do") == "open" {
        let address = match service::open_address(&acting, &vault, id).await {
            Ok(service::Opening::Address(address)) => address,
            Ok(service::Opening::Asked) => return Ok(done(&visit, &back, "second-person-asked")),
            Err(Refused::Declined(why)) => return Ok(not_opened(&visit, &back, &why)),
            Err(other) => return Err(Failure(other)),
        };
        let shown = Content::from(address).to_string().replace('\n', "<br>");
        let inset = InsetText::new(Content::Html(format!("<bdi>{shown}</bdi>")));
        let html =
            format!("{inset}<p class=\"govuk-body\">{}</p>", visit.text("service-address-care"));
        return Ok(visit.page(&visit.text("service-address")).back(&back).html(&html));
    }
    match service::seal_address(&acting, &vault, id, form.text("address")).await {
        Ok(()) => Ok(done(&visit, &back, "address-sealed")),
        Err(Refused::Invalid(problems)) => {
            Ok(FormPage::new(&visit, &format!("{back}/address"), &problems)
                .hidden("do", "seal")
                .lines(
                    "address",
                    "service-address-new",
                    "service-address-hint",
                    form.text("address"),
                )
                .button("service-seal-address")
                .page("service-address", &back))
        }
        Err(other) => Err(Failure(other)),
    }
}

/// Why the address is not opened now, and the way back to the service.
fn not_opened(visit: &Visit, back: &str, why: &Message) -> Response {
    let told = InsetText::new(visit.say(why));
    let on = Button::link(visit.text("service-address-back"), visit.link(back)).secondary();
    let mut response =
        visit.page(&visit.text("service-address")).back(back).html(&format!("{told}{on}"));
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    response
}
