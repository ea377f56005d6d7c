//! Figures whose unit is doubtful, for their State to stand by; and who entered a figure.

use super::{
    common::{Page, day},
    country::{self, Place},
};
use crate::{
    components::{Button, Content},
    pages::Answer,
    shell::{
        forms::{FormPage, done},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::extract::Path;
use palermo_app::{
    Problems, Refused,
    access::Action,
    domain::{register::state::StateCode, report::UnitMeant},
    report::{self, AnswerShown, CountryReport, EnteredBy},
};

pub(super) fn routes() -> Routes {
    Routes::new().form(
        "/reports/country/{questionnaire}/{state}/{year}/unit",
        Action::SubmitReport,
        confirm_unit,
    )
}

/// Figures whose unit is doubtful, for the State to stand by.
pub(super) fn shown(visit: &Visit, page: &mut Page<'_>, made: &CountryReport) {
    let open = made.sections.iter().flat_map(|section| &section.answers);
    let open = open.filter(|one| one.doubtful_unit.is_some() && one.unit_confirmed.is_none());
    let path =
        format!("/reports/country/{}/{}/{}/unit", made.questionnaire, made.state, made.period);
    let rows: Vec<Vec<Content>> = open
        .map(|one| {
            let asked = one.unit.as_deref().map(|unit| country::unit(visit, unit));
            let says = |meant: UnitMeant, words: String| {
                FormPage::new(visit, &path, &Problems::default())
                    .hidden("code", &one.code)
                    .hidden("meant", meant.code())
                    .part(Button::new(words).small().secondary())
                    .html()
            };
            let counts =
                visit.format("unit-confirm-do", &[("unit", asked.unwrap_or_default().into())]);
            let button = format!(
                "{}{}",
                says(UnitMeant::AsAsked, counts),
                says(UnitMeant::Another, visit.text("unit-another-do"))
            );
            let unit = one.doubtful_unit.as_deref().unwrap_or_default();
            vec![
                Content::Html(country::told_code(visit, one)),
                country::value(visit, one),
                Content::Html(format!("<bdi>{}</bdi>", Content::from(unit))),
                Content::Html(button),
            ]
        })
        .collect();
    if rows.is_empty() {
        return;
    }
    page.heading("unit-confirm-title").say("unit-confirm-words");
    let heads = ["report-question", "report-answer", "unit-seems", "report-next"];
    page.table("units", "unit-confirm-title", &heads, rows);
}

/// That a figure's unit is doubtful and not confirmed.
pub(super) fn in_doubt(visit: &Visit, one: &AnswerShown) -> Option<String> {
    let unit = one.doubtful_unit.as_deref().filter(|_| one.unit_confirmed.is_none())?;
    Some(visit.format("report-unit-doubtful", &[("unit", unit.into())]))
}

/// The message of what a State said of a figure of doubtful unit.
pub(super) fn confirmed(one: &AnswerShown) -> &'static str {
    match one.unit_meant {
        Some(UnitMeant::Another) => "report-unit-other",
        _ => "report-unit-confirmed",
    }
}

/// Organisation, unit, account and day, as far as they are told.
pub(super) fn entered_by(visit: &Visit, by: &EnteredBy) -> String {
    let parts = [Some(by.organisation.clone()), by.unit.clone(), by.name.clone()];
    let on = by.on.map(|on| day(visit, on));
    let parts = parts.into_iter().flatten().chain(on).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(", ")
}

async fn confirm_unit(Path(place): Path<Place>, Sent { visit, form }: Sent) -> Answer {
    let code: StateCode = place.1.parse().map_err(|_| Refused::NotFound)?;
    let path = format!("/reports/country/{}/{}/{}", place.0, place.1, place.2);
    let acting = visit.acting_once(&form);
    let meant = form.text("meant").parse::<UnitMeant>().map_err(|_| Refused::NotFound)?;
    report::confirm_unit(&acting, &place.0, code, place.2, (form.text("code"), meant)).await?;
    let told = match meant {
        UnitMeant::AsAsked => "report-unit-stands",
        UnitMeant::Another => "report-unit-out",
    };
    Ok(done(&visit, &path, told))
}
