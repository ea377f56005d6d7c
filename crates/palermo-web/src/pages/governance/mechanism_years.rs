//! What mechanisms say of themselves, year by year.

use super::{mechanisms, typed};
use crate::{
    components::{Button, Content},
    pages::{
        Answer,
        register::common::mechanism_link,
        report::{Page, day, link, year},
    },
    shell::{
        failure::Failure,
        forms::{FormPage, done},
        listing::List,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    desk::parse_id,
    domain::{
        governance::MechanismYear,
        id::MechanismYearId,
        money::{Money, rate::Rate},
    },
    governance::{self, MechanismTold, Typed},
    plan::rate,
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/mechanism-profiles", Action::PublicRead, list)
        .page("/mechanism-profiles/new", Action::KeepMechanismProfile, ask)
        .form("/mechanism-profiles/new", Action::KeepMechanismProfile, make)
        .page("/mechanism-profiles/{id}/edit", Action::KeepMechanismProfile, edit)
        .form("/mechanism-profiles/{id}/edit", Action::KeepMechanismProfile, save)
}

/// The budget in the other currency, at the rate that was told.
fn other(year: &MechanismYear) -> Option<Money> {
    year.rate.as_ref()?.convert(year.budget?)
}

/// A rate for a sheet: `1 USD = 0.92 EUR on 2025-01-02, the bank`.
fn told_at(rate: &Rate) -> String {
    format!("1 {} = {} {} on {}, {}", rate.from, rate.rate, rate.to, rate.on, rate.source)
}

/// The same in the reader's words, under the budget as it was told.
fn converted(visit: &Visit, year: &MechanismYear) -> String {
    let (Some(rate), Some(money)) = (&year.rate, other(year)) else { return String::new() };
    let words = visit.format(
        "plan-rate-at",
        &[
            ("from", rate.from.to_string().into()),
            ("rate", rate.rate.to_string().into()),
            ("to", rate.to.to_string().into()),
            ("day", day(visit, rate.on).into()),
        ],
    );
    format!(
        "≈ {}<br><span class=\"p-small p-muted\">{}, <bdi>{}</bdi></span>",
        Content::from(visit.money(money)),
        Content::from(words),
        Content::from(&rate.source)
    )
}

type Year = governance::Kept<MechanismYearId, MechanismYear>;

async fn list(visit: Visit) -> Answer {
    let all = governance::mechanism_years(visit.web.app()).await?;
    let keeps = visit.may(Action::KeepMechanismProfile, &Resource::region());
    let mut page = Page::new(&visit);
    let intro = Content::from(visit.text("mechanism-years-intro"));
    page.push(format!("<p class=\"govuk-body-l\">{intro}</p>"));
    if keeps {
        let path = visit.link("/mechanism-profiles/new");
        page.push(Button::link(visit.text("mechanism-year-new"), path));
    }
    for one in all.iter().filter(|one| !one.missing.is_empty()) {
        let years: Vec<String> = one.missing.iter().map(|y| year(&visit, *y)).collect();
        let told = visit.format("mechanism-years-missing", &[("years", years.join(", ").into())]);
        let told = format!("{}: {told}", visit.mechanism(&one.mechanism));
        page.push(crate::components::WarningText::new(told, &visit.words()));
    }
    let top = page.finish();
    Ok(listed(&visit, all, keeps).answer(|table| {
        let title = visit.text("mechanism-years-title");
        visit.page(&title).back("/reviews").html(&format!("{top}{table}"))
    })?)
}

/// What each mechanism told, one line a year; files have every part in a column.
fn listed(visit: &Visit, all: Vec<MechanismTold>, keeps: bool) -> List<'_, Year> {
    let mut mechanisms: Vec<(String, String)> =
        all.iter().map(|one| (one.mechanism.clone(), visit.mechanism(&one.mechanism))).collect();
    mechanisms.sort_by(|a, b| visit.compare(&a.1, &b.1));
    let rows: Vec<Year> = all.into_iter().flat_map(|one| one.years).collect();
    let years = years_of(visit, &rows);
    let text = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    let (a, b, c, d) = (visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let list = List::new(visit, "mechanism-profiles", &visit.text("mechanism-years-title"), rows)
        .column(
            "mechanism",
            "report-mechanism",
            |one| one.record.entry.mechanism.clone(),
            move |one| mechanism_link(&a, &one.record.entry.mechanism),
        )
        .column(
            "year",
            "report-period",
            |one| one.record.entry.year.to_string(),
            move |one| first(&b, one, keeps),
        )
        .column(
            "authority",
            "mechanism-authority",
            |one| one.record.entry.authority.clone(),
            |one| {
                let lines = lines(&one.record.entry.authority);
                Content::Html(format!("<span dir=\"auto\">{lines}</span>"))
            },
        )
        .column(
            "staff",
            "mechanism-staff",
            move |one| text(one.record.entry.staff),
            move |one| posts(&c, &one.record.entry),
        )
        .told("women", "mechanism-women", move |one| text(one.record.entry.women))
        .column(
            "budget",
            "mechanism-budget",
            |one| one.record.entry.budget.map(|money| money.to_string()).unwrap_or_default(),
            move |one| means(&d, &one.record.entry),
        );
    let e = visit.clone();
    list.told("converted", "mechanism-budget-converted", |one| {
        other(&one.record.entry).map(|money| money.to_string()).unwrap_or_default()
    })
    .told("rate", "mechanism-rate", |one| {
        one.record.entry.rate.as_ref().map(told_at).unwrap_or_default()
    })
    .told("earmarked", "mechanism-earmarked", move |one| text(one.record.entry.earmarked_percent))
    .told("funding", "mechanism-funding", |one| one.record.entry.funding.clone())
    .column(
        "capacity",
        "mechanism-can",
        |one| one.record.entry.capacity.clone(),
        move |one| can(&e, &one.record.entry),
    )
    .told("gaps", "mechanism-gaps", |one| one.record.entry.gaps.clone())
    .told("updated", "mechanism-updated", |one| one.record.entry.updated.to_string())
    .filter("mechanism", "report-mechanism", mechanisms, |one, wanted| {
        one.record.entry.mechanism == wanted
    })
    .filter("year", "report-period", years, |one, wanted| {
        one.record.entry.year.to_string() == wanted
    })
    .when_empty(visit.text("governance-none"))
}

/// The years that were told of, the latest first.
fn years_of(visit: &Visit, rows: &[Year]) -> Vec<(String, String)> {
    let mut years: Vec<i32> = rows.iter().map(|one| one.record.entry.year).collect();
    years.sort_unstable();
    years.dedup();
    years.into_iter().rev().map(|on| (on.to_string(), year(visit, on))).collect()
}

/// Lines as they were typed.
fn lines(text: &str) -> String {
    Content::from(text).to_string().replace('\n', "<br>")
}

/// Parts of a cell under one another, without the empty ones.
fn under_one_another(parts: &[String]) -> Content {
    let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|one| !one.is_empty()).collect();
    Content::Html(parts.join("<br>"))
}

fn labelled(visit: &Visit, id: &str, text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    format!("{}: <span dir=\"auto\">{}</span>", Content::from(visit.text(id)), lines(text))
}

fn number(visit: &Visit, id: &str, value: Option<f64>) -> String {
    value.map(|value| labelled(visit, id, &visit.number(value))).unwrap_or_default()
}

/// The year, with the way to change what one's own organisation told.
fn first(visit: &Visit, kept: &Year, keeps: bool) -> Content {
    let on = kept.record.entry.year;
    let mut html = Content::from(year(visit, on)).to_string();
    let own = visit.signed.as_ref().map(|signed| signed.tenant.id);
    if keeps && own == Some(kept.record.tenant) {
        let path = format!("/mechanism-profiles/{}/edit", kept.record.id);
        let words = format!("{} {}", visit.text("governance-edit"), year(visit, on));
        html.push_str(&format!("<br>{}", link(visit, &path, words)));
    }
    Content::Html(html)
}

fn posts(visit: &Visit, one: &MechanismYear) -> Content {
    under_one_another(&[
        number(visit, "mechanism-posts", one.staff),
        number(visit, "mechanism-women", one.women),
    ])
}

fn means(visit: &Visit, one: &MechanismYear) -> Content {
    let budget = one.budget.map(|money| Content::from(visit.money(money)).to_string());
    under_one_another(&[
        budget.unwrap_or_default(),
        converted(visit, one),
        number(visit, "mechanism-earmarked", one.earmarked_percent),
        labelled(visit, "mechanism-funding", &one.funding),
    ])
}

fn can(visit: &Visit, one: &MechanismYear) -> Content {
    under_one_another(&[
        format!("<span dir=\"auto\">{}</span>", lines(&one.capacity)),
        labelled(visit, "mechanism-gaps", &one.gaps),
        labelled(visit, "mechanism-updated", &day(visit, one.updated)),
    ])
}

fn form_page(visit: &Visit, path: &str, t: &Typed, problems: &Problems) -> Response {
    FormPage::new(visit, path, problems)
        .hidden("revision", t.text("revision"))
        .select("mechanism", "report-mechanism", mechanisms(visit), t.text("mechanism"))
        .text("year", "report-period", "", t.text("year"))
        .lines("authority", "mechanism-authority", "mechanism-authority-hint", t.text("authority"))
        .text("staff", "mechanism-posts", "mechanism-posts-hint", t.text("staff"))
        .text("women", "mechanism-women", "", t.text("women"))
        .text("budget", "mechanism-budget", "answer-money-hint", t.text("budget"))
        .words("mechanism-rate-why")
        .text("rate_to", "plan-rate-to", "plan-rate-currency-hint", t.text("rate_to"))
        .text("rate_rate", "plan-rate", "plan-rate-hint", t.text("rate_rate"))
        .text("rate_on", "plan-rate-on", "plan-day-hint", t.text("rate_on"))
        .text("rate_source", "plan-rate-source", "plan-rate-source-hint", t.text("rate_source"))
        .text("earmarked", "mechanism-earmarked", "", t.text("earmarked"))
        .lines("funding", "mechanism-funding", "mechanism-funding-hint", t.text("funding"))
        .lines("capacity", "mechanism-can", "mechanism-capacity-hint", t.text("capacity"))
        .lines("gaps", "mechanism-gaps", "", t.text("gaps"))
        .button("form-save")
        .page(
            if t.text("revision").is_empty() {
                "mechanism-year-new"
            } else {
                "mechanism-year-edit"
            },
            "/mechanism-profiles",
        )
}

async fn ask(visit: Visit) -> Answer {
    let own = visit.web.app().store.mechanism().await.map_err(Refused::from)?;
    let last = visit.acting().now().date().year() - 1;
    let currency = own.as_deref().and_then(|own| rate::of_mechanism(visit.web.app(), own));
    let typed = Typed::default()
        .with("mechanism", own.unwrap_or_default())
        .with("year", last)
        .with_some("rate_to", currency);
    Ok(form_page(&visit, "/mechanism-profiles/new", &typed, &Problems::default()))
}

async fn edit(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: MechanismYearId = parse_id(&id)?;
    let typed = governance::year_told(&visit.acting(), id).await?;
    Ok(form_page(&visit, &format!("/mechanism-profiles/{id}/edit"), &typed, &Problems::default()))
}

async fn keep(sent: Sent, id: Option<MechanismYearId>, path: &str) -> Answer {
    let Sent { visit, form } = sent;
    let typed = typed(&form);
    match governance::keep_year(&visit.acting_once(&form), id, &typed).await {
        Ok(_) => Ok(done(&visit, "/mechanism-profiles", "saved")),
        Err(Refused::Invalid(problems)) => Ok(form_page(&visit, path, &typed, &problems)),
        Err(other) => Err(Failure(other)),
    }
}

async fn make(sent: Sent) -> Answer {
    keep(sent, None, "/mechanism-profiles/new").await
}

async fn save(Path(id): Path<String>, sent: Sent) -> Answer {
    let id: MechanismYearId = parse_id(&id)?;
    keep(sent, Some(id), &format!("/mechanism-profiles/{id}/edit")).await
}
