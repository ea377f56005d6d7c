//! Services: the list and one service. Who is left out is [`super::coverage`].

use super::{
    at, called, find::name, freshness, hours_and, keeper, languages, link, mail_to, number,
    options, standards, standing, state_options, today, views, web_page, word,
};
use crate::{
    components::{Button, Content, InsetText, SummaryList, Tag},
    pages::Answer,
    shell::{
        failure::Failure,
        forms::{FormPage, one_button},
        listing::List,
        route::Routes,
        visit::Visit,
    },
};
use axum::extract::Path;
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    desk::parse_id,
    domain::{
        compartment::Compartment,
        hours,
        id::{ServiceId, TenantId},
        service::{
            Centre, Freshness, Need, Outcome, Phone, Place, Provider, Service, Status,
            eligibility::{Admission, Group},
        },
        two_person::ApprovalState,
    },
    export, keys,
    service::{self, ServiceFilter},
};
use std::fmt::Write as _;

pub(super) fn routes() -> Routes {
    Routes::new().page("/services", Action::PublicRead, list).page(
        "/services/{id}",
        Action::PublicRead,
        show,
    )
}

/// What each group says at a service, in words.
fn groups(visit: &Visit, service: &Service, wanted: Admission) -> String {
    let said = service.eligibility.groups.iter().filter(|(_, said)| **said == wanted);
    said.map(|(group, _)| word(visit, "group", group.code())).collect::<Vec<_>>().join(", ")
}

fn flags(visit: &Visit, service: &Service) -> Vec<(&'static str, String)> {
    let flags = service.flags(today(visit));
    flags.into_iter().map(|flag| (flag.code(), word(visit, "flag", flag.code()))).collect()
}

type Row = palermo_app::service::KeptService;

/// The filters everyone has.
fn narrowed<'v>(list: List<'v, Row>, visit: &Visit) -> List<'v, Row> {
    let day = today(visit);
    list.filter(
        "status",
        "service-status",
        options(visit, "service-status", Status::ALL.iter().map(|status| status.code())),
        |row, wanted| row.record.service.status.code() == wanted,
    )
    .filter(
        "fresh",
        "service-assured",
        options(visit, "freshness", Freshness::ALL.iter().map(|fresh| fresh.code())),
        move |row, wanted| Freshness::of(row.record.service.assured, day).code() == wanted,
    )
    .filter(
        "need",
        "service-need",
        options(visit, "need", Need::ALL.iter().map(|n| n.code())),
        |row, wanted| row.record.service.need.code() == wanted,
    )
    .filter("state", "field-state", state_options(visit), |row, wanted| {
        row.record.service.state.is_some_and(|state| state.as_str() == wanted)
    })
    .filter(
        "provider",
        "service-provider-kind",
        options(visit, "provider", Provider::ALL.iter().map(|p| p.code())),
        |row, wanted| row.record.service.organisation.provider.code() == wanted,
    )
    .filter(
        "centre",
        "service-centre",
        options(visit, "centre", Centre::ALL.iter().map(|c| c.code())),
        |row, wanted| row.record.service.centre.is_some_and(|centre| centre.code() == wanted),
    )
    .filter(
        "admits",
        "service-admits",
        options(visit, "group", Group::ALL.iter().map(|g| g.code())),
        |row, wanted| {
            let group = wanted.parse::<Group>().ok();
            group.is_some_and(|group| {
                row.record.service.eligibility.says(group) == Some(Admission::Admitted)
            })
        },
    )
}

/// For someone whose organisation keeps some: those alone.
fn ours<'v>(list: List<'v, Row>, visit: &Visit, own: Option<TenantId>) -> List<'v, Row> {
    let Some(own) = own else { return list };
    let ours = vec![("own".to_owned(), visit.text("service-kept-own"))];
    list.filter("kept", "service-kept-by", ours, move |row, wanted| {
        wanted == "own" && row.record.tenant == own
    })
}

/// Those that a standard binds and that do not meet it today, by standard.
fn by_standard<'v>(
    list: List<'v, Row>,
    visit: &Visit,
    standards: Vec<service::KeptStandard>,
) -> List<'v, Row> {
    let today = today(visit);
    let named =
        |kept: &service::KeptStandard| (kept.record.id.to_string(), kept.record.entry.name.clone());
    let names = standards.iter().map(named).collect();
    list.filter("under", "standard-not-under", names, move |row, wanted| {
        let one = &row.record.service;
        let found = standards.iter().find(|kept| kept.record.id.to_string() == wanted);
        found.map(|kept| &kept.record.entry).is_some_and(|standard| {
            let made = standard.assessment(one, today, export::fold);
            standard.applies(one, today) && made.is_none_or(|made| made.outcome != Outcome::Met)
        })
    })
}

/// What staff see in the list beyond that, and can narrow it by.
fn for_staff<'v>(list: List<'v, Row>, visit: &Visit) -> List<'v, Row> {
    let v = visit.clone();
    let today = today(visit);
    list.count("free", "service-free", |row| {
        let capacity = row.record.service.capacity.as_ref();
        capacity.and_then(|c| c.available).map(|n| n as usize)
    })
    .text("flags", "service-flags", move |row| {
        let flags = flags(&v, &row.record.service);
        flags.into_iter().map(|(_, words)| words).collect::<Vec<_>>().join(" · ")
    })
    .filter(
        "flag",
        "service-flags",
        options(visit, "flag", flag_codes()),
        move |row, wanted| row.record.service.flags(today).iter().any(|flag| flag.code() == wanted),
    )
}

/// What stands over the list: what is not in it, the same as files, and a way to add one.
fn intro(visit: &Visit) -> String {
    let mut intro =
        format!("<p class=\"govuk-body\">{}</p>", Content::from(visit.text("services-lead")));
    let file = |ending: &str, words: &str| {
        link(visit, &format!("/services/hsds.{ending}"), visit.text(words)).to_string()
    };
    let _ = write!(
        intro,
        "<p class=\"govuk-body-s\">{} {} · {}</p>",
        Content::from(visit.text("services-hsds")),
        file("zip", "services-hsds-package"),
        file("json", "services-hsds-json")
    );
    if let Some(signed) = &visit.signed
        && visit.may(Action::EditServices, &Resource::of(signed.tenant.id))
    {
        let _ = write!(
            intro,
            "{}",
            Button::link(visit.text("service-new"), visit.link("/services/new"))
        );
    }
    intro
}

async fn list(visit: Visit) -> Answer {
    let staff = service::sees_protected(&visit.acting());
    let rows = service::list(&visit.acting(), &ServiceFilter::default()).await?;
    let own = visit.signed.as_ref().map(|signed| signed.tenant.id);
    let own = own.filter(|own| rows.iter().any(|row| row.record.tenant == *own));
    let standards =
        if staff { service::list_standards(&visit.acting()).await? } else { Vec::new() };
    let keepers = service::keepers(&visit.acting()).await?;
    let today = today(&visit);
    let v = || visit.clone();
    let (b, c, d, e, g) = (v(), v(), v(), v(), v());
    let list = called::listed(&visit, rows)
        .text("need", "service-need", move |row| word(&b, "need", row.record.service.need.code()));
    let mut list = keeper::listed(list, &visit, keepers)
        .text("provider", "service-provider-kind", move |row| {
            word(&c, "provider", row.record.service.organisation.provider.code())
        })
        .text("state", "field-state", move |row| {
            row.record.service.state.map(|state| d.state(state.as_str())).unwrap_or_default()
        })
        .text("area", "service-area", |row| {
            row.record.service.where_shown().unwrap_or_default().to_owned()
        })
        .column(
            "assured",
            "service-assured",
            |row| row.record.service.assured.map(|day| day.to_string()).unwrap_or_default(),
            move |row| {
                let fresh = Freshness::of(row.record.service.assured, today);
                Content::Html(freshness(&e, fresh).to_string())
            },
        );
    list = called::with_hours(list, &visit);
    if staff {
        list = by_standard(for_staff(list, &visit), &visit, standards);
    }
    let list = ours(narrowed(list, &visit), &visit, own);
    let intro = intro(&g);
    let answer = list.answer(|table| {
        visit
            .page(&visit.text("services-title"))
            .back("/directory")
            .html(&format!("{intro}{table}"))
    })?;
    Ok(answer)
}

fn flag_codes() -> impl Iterator<Item = &'static str> {
    palermo_app::domain::service::Flag::ALL.iter().map(|flag| flag.code())
}

async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: ServiceId = parse_id(&id)?;
    let (found, through) = service::show(&visit.acting(), id).await?;
    let one = &found.record.service;
    let staff = service::sees_protected(&visit.acting());
    let keeps = |signed: &palermo_app::session::Signed| signed.tenant.id == found.record.tenant;
    let told = staff || visit.signed.as_deref().is_some_and(keeps);
    let mut html = String::new();
    for (code, words) in flags(&visit, one).into_iter().filter(|_| told) {
        let colour = if matches!(code, "standard-not-met" | "no-desk" | "no-state") {
            "red"
        } else {
            "yellow"
        };
        let _ = write!(html, "{} ", Tag::coloured(words, colour));
    }
    if one.place.is_protected() {
        let _ = write!(html, "{}", InsetText::new(visit.text("service-protected-why")));
    }
    let mut rows = particulars(&visit, one);
    let keepers = service::keeper(&visit.acting(), found.record.tenant).await?;
    if let Some(state) = keepers.elsewhere(&found.record) {
        rows = rows.row(visit.text("service-operated"), visit.state(state));
    }
    if let Some(desk) = &through {
        let telephone = desk.telephone.as_deref().map(number).unwrap_or_default();
        let desk = link(&visit, &format!("/contact-points/{}", desk.id), &desk.name);
        rows =
            rows.row(visit.text("service-through"), Content::Html(format!("{desk} {telephone}")));
    }
    let _ = write!(html, "{rows}");
    if staff {
        html.push_str(&assured(&visit, one));
        html.push_str(&standards::bearing(&visit, one).await?);
    }
    html.push_str(&views::shown(&visit, &found).await?);
    html.push_str(&own(&visit, id, one, found.record.tenant).await?);
    Ok(visit.page(&name(&visit, one)).back("/services").html(&html))
}

fn particulars(visit: &Visit, one: &Service) -> SummaryList {
    let bdi = |text: &str| Content::Html(format!("<bdi>{}</bdi>", Content::from(text)));
    let mut rows = SummaryList::new();
    if let Some(alert) = &one.alert {
        rows = rows.row(visit.text("service-alert"), bdi(alert));
    }
    if let Some(other) = &one.alternate_name {
        rows = rows.row(visit.text("service-alternate-name"), bdi(other));
    }
    rows = rows
        .row(visit.text("service-need"), word(visit, "need", one.need.code()))
        .row(visit.text("service-organisation"), organisation(one))
        .row(
            visit.text("service-provider-kind"),
            word(visit, "provider", one.organisation.provider.code()),
        );
    if one.status != Status::Active {
        rows = rows
            .row(visit.text("service-status"), word(visit, "service-status", one.status.code()));
    }
    if let Some(centre) = one.centre {
        rows = rows.row(visit.text("service-centre"), word(visit, "centre", centre.code()));
    }
    if let Some(state) = one.state {
        rows = rows.row(visit.text("field-state"), visit.state(state.as_str()));
    }
    let areas =
        if one.areas.is_empty() { visit.text("service-whole-state") } else { one.areas.join(", ") };
    rows = rows.row(visit.text("service-areas"), bdi(&areas));
    rows = reached(visit, one, places(visit, one, rows));
    text_rows(visit, one, rows)
}

/// Where it is, for an open service, and how one gets there.
fn places(visit: &Visit, one: &Service, mut rows: SummaryList) -> SummaryList {
    let bdi = |text: &str| Content::Html(format!("<bdi>{}</bdi>", Content::from(text)));
    for place in one.place.locations() {
        let mut lines = vec![place.name.clone()];
        lines.extend(place.lines.iter().cloned());
        lines.extend([place.postal_code.clone(), place.city.clone(), place.region.clone()]);
        lines.retain(|line| !line.is_empty());
        let mut said = bdi(&lines.join(", ")).to_string();
        for phone in &place.phones {
            let _ = write!(said, "<br>{}", phone_said(visit, phone));
        }
        if let Some(hours) = &place.hours {
            let _ = write!(said, "<br>{}", open_when(visit, hours, one.time_zone.as_deref()));
        }
        rows = rows.row(visit.text("service-place"), Content::Html(said));
        if !place.transport.is_empty() {
            rows = rows.row(visit.text("service-transport"), bdi(&place.transport));
        }
    }
    rows
}

/// Hours in words, and whether it is open now.
fn open_when(visit: &Visit, hours: &str, time_zone: Option<&str>) -> Content {
    let stands = hours::standing(Some(hours), time_zone, visit.acting().now());
    hours_and(visit, hours, time_zone, &standing(visit, stands, time_zone))
}

/// When, in which languages, for whom and how.
fn text_rows(visit: &Visit, one: &Service, mut rows: SummaryList) -> SummaryList {
    let bdi = |text: &str| Content::Html(format!("<bdi>{}</bdi>", Content::from(text)));
    if let Some(hours) = &one.hours {
        let said = open_when(visit, hours, one.time_zone.as_deref());
        rows = rows.row(visit.text("desk-hours"), said);
    }
    let text = |rows: SummaryList, id: &str, text: &str| {
        if text.is_empty() { rows } else { rows.row(visit.text(id), bdi(text)) }
    };
    rows = text(rows, "desk-languages", &languages(visit, &one.languages));
    rows = text(rows, "service-interpretation", one.interpretation.as_deref().unwrap_or_default());
    if let Some(step_free) = one.step_free {
        rows = rows.row(
            visit.text("service-step-free"),
            visit.text(if step_free { "word-yes" } else { "word-no" }),
        );
    }
    rows = text(rows, "service-accessibility", &one.accessibility);
    rows = text(rows, "service-admits", &groups(visit, one, Admission::Admitted));
    rows = text(rows, "service-excludes", &groups(visit, one, Admission::Excluded));
    let age = |n: Option<u8>| n.map(|n| visit.whole(usize::from(n))).unwrap_or_default();
    if one.eligibility.minimum_age_years.is_some() || one.eligibility.maximum_age_years.is_some() {
        let words = format!(
            "{}–{}",
            age(one.eligibility.minimum_age_years),
            age(one.eligibility.maximum_age_years)
        );
        rows = rows.row(visit.text("service-ages"), words);
    }
    rows = text(rows, "service-eligibility-words", &one.eligibility.words);
    rows = text(rows, "service-fees", &one.fees);
    rows = text(rows, "service-application", &one.application);
    text(rows, "service-description", &one.description)
}

/// Who provides it, with its web site.
fn organisation(one: &Service) -> Content {
    let name = Content::from(&one.organisation.name);
    let site = one.organisation.website.as_deref().filter(|_| !one.place.is_protected());
    let site = site.map(web_page);
    let about = Content::from(&one.organisation.description);
    let parts = [
        Some(format!("<bdi>{name}</bdi>")),
        site.map(|site| site.to_string()),
        (!one.organisation.description.is_empty()).then(|| format!("<bdi>{about}</bdi>")),
    ];
    Content::Html(parts.into_iter().flatten().collect::<Vec<_>>().join("<br>"))
}

/// A number to call, with all there is to know before dialling it.
pub(super) fn phone_said(visit: &Visit, phone: &Phone) -> Content {
    let mut html = number(&phone.number).to_string();
    if let Some(extension) = phone.extension {
        let values = [("extension", extension.to_string().into())];
        let _ = write!(html, " {}", Content::from(visit.format("phone-extension", &values)));
    }
    if phone.toll_free {
        let _ = write!(html, " {}", Tag::coloured(visit.text("phone-free"), "green"));
    }
    if phone.uniform.is_some() {
        let _ = write!(html, " {}", Tag::coloured(visit.text("phone-uniform"), "blue"));
    }
    if !phone.note.is_empty() {
        let _ = write!(html, " <bdi>{}</bdi>", Content::from(&phone.note));
    }
    Content::Html(html)
}

/// How it is reached from afar: numbers, mail, web.
fn reached(visit: &Visit, one: &Service, mut rows: SummaryList) -> SummaryList {
    let phones: Vec<String> =
        one.phones.iter().map(|phone| phone_said(visit, phone).to_string()).collect();
    if !phones.is_empty() {
        rows = rows.row(visit.text("desk-telephone"), Content::Html(phones.join("<br>")));
    }
    if one.place.is_protected() {
        // Mail and web may lead to the house (R9); the desk leads there.
        return rows;
    }
    if let Some(mail) = one.email.as_deref().or(one.organisation.email.as_deref()) {
        rows = rows.row(visit.text("service-email"), mail_to(mail));
    }
    if let Some(url) = &one.url {
        rows = rows.row(visit.text("service-url"), web_page(url));
    }
    rows
}

/// What staff see beyond that: places, money, assessments, when it was made sure of.
fn assured(visit: &Visit, one: &Service) -> String {
    let mut rows = SummaryList::new();
    if let Some(capacity) = &one.capacity {
        let count = |n: Option<u32>| {
            n.map_or_else(|| visit.text("word-unknown"), |n| visit.whole(n as usize))
        };
        let day = capacity.confirmed.map(|day| visit.date(day.date())).unwrap_or_default();
        let values = [
            ("free", count(capacity.available).into()),
            ("all", count(capacity.maximum).into()),
            ("day", day.into()),
        ];
        rows = rows.row(visit.text("service-places"), visit.format("service-places-of", &values));
    }
    for funding in &one.funding {
        let until = funding.until.map(|day| visit.date(day.date()));
        let words = match until {
            Some(day) => visit.format(
                "service-funding-until",
                &[("source", funding.source.clone().into()), ("day", day.into())],
            ),
            None => funding.source.clone(),
        };
        rows = rows.row(visit.text("service-funding"), words);
    }
    for one in &one.assessments {
        let values = [
            ("standard", one.standard.clone().into()),
            ("by", one.by.clone().into()),
            ("day", visit.date(one.on.date()).into()),
        ];
        let outcome = word(visit, "assessed", one.outcome.code());
        let mut words = visit.format("service-assessed", &values);
        if let Some(until) = one.until {
            let day = [("day", visit.date(until.date()).into())];
            let over = until < today(visit);
            let id = if over { "service-assessed-ended" } else { "service-assessed-until" };
            words = format!("{words} · {}", visit.format(id, &day));
        }
        let colour = if one.outcome == Outcome::Met { "green" } else { "red" };
        let content = format!("{} {}", Tag::coloured(outcome, colour), Content::from(words));
        rows = rows.row(visit.text("service-assessment"), Content::Html(content));
    }
    let day = one.assured.map_or_else(|| visit.text("word-unknown"), |day| visit.date(day.date()));
    let fresh = freshness(visit, Freshness::of(one.assured, today(visit)));
    rows = rows.row(
        visit.text("service-assured"),
        Content::Html(format!("{} {fresh}", Content::from(day))),
    );
    rows.to_string()
}

/// What the organisation that keeps the record may do with it.
async fn own(
    visit: &Visit,
    id: ServiceId,
    one: &Service,
    keeper: TenantId,
) -> Result<String, Failure> {
    let Some(signed) = visit.signed.as_ref().filter(|signed| signed.tenant.id == keeper) else {
        return Ok(String::new());
    };
    let own = Resource::of(keeper);
    let mut html = String::new();
    if visit.may(Action::EditServices, &own) {
        let edit =
            Button::link(visit.text("service-edit"), visit.link(&format!("/services/{id}/edit")));
        let _ = write!(html, "{}", edit.secondary());
        let path = format!("/services/{id}/confirm");
        html.push_str(&one_button(visit, &path, "contact-confirm", &[], false));
        html.push_str(&at::offered(visit, id, one));
    }
    if let Some(capacity) = one.capacity.as_ref().filter(|_| visit.may(Action::ConfirmPlaces, &own))
    {
        let free = capacity.available.map(|n| n.to_string()).unwrap_or_default();
        let form = FormPage::new(visit, &format!("/services/{id}/places"), &Problems::default())
            .text("available", "service-free", "", &free)
            .button("service-confirm-places");
        html.push_str(&form.html());
    }
    let opens =
        matches!(one.place, Place::Protected { .. }) && visit.may(Action::OpenAddress, &own);
    if opens {
        let _ = write!(
            html,
            "<h2 class=\"govuk-heading-m\">{}</h2>",
            Content::from(visit.text("service-address"))
        );
        html.push_str(&asked(visit, id).await?);
        let holds = match keys::vault(&visit.acting(), signed).await {
            Ok(vault) => vault.opens(Compartment::ProtectedAddress),
            Err(Refused::UnlockNeeded) => false,
            Err(refused) => return Err(Failure(refused)),
        };
        if holds {
            let path = format!("/services/{id}/address");
            html.push_str(&opening(visit, &path).await?);
            let form = FormPage::new(visit, &path, &Problems::default())
                .hidden("do", "seal")
                .lines("address", "service-address-new", "service-address-hint", "")
                .button("service-seal-address");
            html.push_str(&form.html());
        } else {
            let _ = write!(html, "{}", InsetText::new(visit.text("service-address-locked")));
        }
    }
    Ok(html)
}

/// The button that opens the address, with how it goes; where nobody else may
/// agree, what is to be done first. What was agreed to earlier can still be used.
async fn opening(visit: &Visit, path: &str) -> Result<String, Failure> {
    let two = Content::from(visit.text("service-address-two"));
    let mut html = format!("<p class=\"govuk-body\">{two}</p>");
    if let Some(why) = service::nobody_may_agree(&visit.acting()).await? {
        let _ = write!(html, "{}", InsetText::new(visit.say(&why)));
    }
    html.push_str(&one_button(visit, path, "service-open-address", &[("do", "open")], false));
    Ok(html)
}

/// Who asked to open the address, and that a second person has to agree.
async fn asked(visit: &Visit, id: ServiceId) -> Result<String, Failure> {
    let mut html = String::new();
    for (one, roles) in service::asked_openings(&visit.acting(), id).await? {
        let roles: Vec<String> =
            roles.iter().map(|role| visit.text(&format!("role-{}", role.code()))).collect();
        let values = [
            ("name", one.asked_by.clone().into()),
            ("roles", roles.join(", ").into()),
            ("other", one.decided_by.clone().into()),
            ("until", visit.moment(one.approval.record.ends_at).into()),
        ];
        let waits = one.state == ApprovalState::Asked;
        let said = if waits { "service-address-asked" } else { "service-address-agreed" };
        let mut words = Content::from(visit.format(said, &values)).to_string();
        if waits {
            let decide = link(visit, "/work/approvals", visit.text("approvals-title"));
            let _ = write!(words, " {decide}");
        }
        let _ = write!(html, "{}", InsetText::new(Content::Html(words)));
    }
    Ok(html)
}
