//! What mechanisms say of themselves, year by year.

use super::{mechanisms, typed};
use crate::{
    components::{Button, Content},
    pages::{
        Answer,
        register::{common::mechanism_link, matrix::sheet_of},
        report::{Page, day, link, year},
    },
    shell::{
        failure::Failure,
        forms::{FormPage, done},
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
    export::{Cell, Sheet},
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

fn sheet(all: &[MechanismTold]) -> Sheet {
    let number = |value: Option<f64>| value.map_or_else(|| Cell::Text(String::new()), Cell::Number);
    let rows = all.iter().flat_map(|one| &one.years).map(|one| {
        let entry = &one.record.entry;
        vec![
            entry.mechanism.as_str().into(),
            entry.year.to_string().into(),
            entry.authority.as_str().into(),
            number(entry.staff),
            number(entry.women),
            entry.budget.map(|money| money.to_string()).unwrap_or_default().as_str().into(),
            other(entry).map(|money| money.to_string()).unwrap_or_default().as_str().into(),
            entry.rate.as_ref().map(told_at).unwrap_or_default().as_str().into(),
            number(entry.earmarked_percent),
            entry.funding.as_str().into(),
            entry.capacity.as_str().into(),
            entry.gaps.as_str().into(),
            entry.updated.to_string().into(),
        ]
    });
    let columns = [
        "mechanism",
        "year",
        "authority",
        "staff",
        "women",
        "budget",
        "budget_converted",
        "budget_rate",
        "earmarked_percent",
        "funding",
        "capacity",
        "gaps",
        "updated",
    ];
    Sheet {
        name: "mechanism_profiles".into(),
        columns: columns.map(str::to_owned).to_vec(),
        rows: rows.collect(),
        notes: Vec::new(),
    }
}

async fn list(visit: Visit) -> Answer {
    let all = governance::mechanism_years(visit.web.app()).await?;
    if let format @ ("csv" | "xlsx") = visit.query("format").as_str() {
        return sheet_of(&visit, sheet(&all), "mechanism_profiles", format == "xlsx");
    }
    let keeps = visit.may(Action::KeepMechanismProfile, &Resource::region());
    let mut page = Page::new(&visit);
    let intro = Content::from(visit.text("mechanism-years-intro"));
    page.push(format!("<p class=\"govuk-body-l\">{intro}</p>"));
    if keeps {
        let path = visit.link("/mechanism-profiles/new");
        page.push(Button::link(visit.text("mechanism-year-new"), path));
    }
    let here = visit.link("/mechanism-profiles");
    let told: usize = all.iter().map(|one| one.years.len()).sum();
    let count =
        visit.format("list-count", &[("count", told.into()), ("shown", visit.whole(told).into())]);
    page.push(
        crate::components::ListTools::new(&visit.words(), count)
            .download("CSV", format!("{here}?format=csv"))
            .download("XLSX", format!("{here}?format=xlsx")),
    );
    if all.is_empty() {
        page.say("governance-none");
    }
    for one in &all {
        let name = mechanism_link(&visit, &one.mechanism);
        page.push(format!("<h2 class=\"govuk-heading-m\">{name}</h2>"));
        if !one.missing.is_empty() {
            let years: Vec<String> = one.missing.iter().map(|y| year(&visit, *y)).collect();
            let told =
                visit.format("mechanism-years-missing", &[("years", years.join(", ").into())]);
            page.push(crate::components::WarningText::new(told, &visit.words()));
        }
        let rows = one.years.iter().map(|kept| row(&visit, kept, keeps)).collect();
        let heads = [
            "report-period",
            "mechanism-authority",
            "mechanism-staff",
            "mechanism-budget",
            "mechanism-can",
        ];
        let caption = format!("{}: {}", one.mechanism, visit.text("mechanism-years-title"));
        page.table_called(&format!("m-{}", one.mechanism), &caption, &heads, rows);
    }
    let html = page.finish();
    Ok(visit.page(&visit.text("mechanism-years-title")).back("/reviews").html(&html))
}

fn row(
    visit: &Visit,
    kept: &governance::Kept<MechanismYearId, MechanismYear>,
    keeps: bool,
) -> Vec<Content> {
    let one = &kept.record.entry;
    let lines = |text: &str| Content::from(text).to_string().replace('\n', "<br>");
    let words = |parts: &[String]| {
        let parts: Vec<&str> =
            parts.iter().map(String::as_str).filter(|one| !one.is_empty()).collect();
        Content::Html(parts.join("<br>"))
    };
    let labelled = |id: &str, text: &str| {
        if text.is_empty() {
            return String::new();
        }
        format!("{}: <span dir=\"auto\">{}</span>", Content::from(visit.text(id)), lines(text))
    };
    let number = |id: &str, value: Option<f64>| {
        value.map(|value| labelled(id, &visit.number(value))).unwrap_or_default()
    };
    let mut first = format!("{}", Content::from(year(visit, one.year)));
    let own = visit.signed.as_ref().map(|signed| signed.tenant.id);
    if keeps && own == Some(kept.record.tenant) {
        let path = format!("/mechanism-profiles/{}/edit", kept.record.id);
        let words = format!("{} {}", visit.text("governance-edit"), year(visit, one.year));
        first.push_str(&format!("<br>{}", link(visit, &path, words)));
    }
    vec![
        Content::Html(first),
        Content::Html(format!("<span dir=\"auto\">{}</span>", lines(&one.authority))),
        words(&[number("mechanism-posts", one.staff), number("mechanism-women", one.women)]),
        words(&[
            one.budget
                .map(|money| Content::from(visit.money(money)).to_string())
                .unwrap_or_default(),
            converted(visit, one),
            number("mechanism-earmarked", one.earmarked_percent),
            labelled("mechanism-funding", &one.funding),
        ]),
        words(&[
            format!("<span dir=\"auto\">{}</span>", lines(&one.capacity)),
            labelled("mechanism-gaps", &one.gaps),
            labelled("mechanism-updated", &day(visit, one.updated)),
        ]),
    ]
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
