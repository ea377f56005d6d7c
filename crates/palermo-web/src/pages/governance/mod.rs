//! What runs beside plans, reports and reviews: commitments, parliaments, mechanisms'
//! profiles of themselves, consultations, reviews of laws, rapporteurs' reports, good
//! practices.

mod commitments;
mod consultations;
mod laws;
mod mechanism_years;
mod parliaments;
mod practices;
mod rapporteurs;

use super::report::link;
use crate::{
    components::{Button, Checkboxes, Choice, Content, Details},
    pages::{
        Answer,
        register::common::{instrument_name, mechanism_name},
    },
    shell::{form::Form, listing::List, route::Routes, visit::Visit},
};
use palermo_app::{Problems, governance::Typed};

pub(super) fn routes() -> Routes {
    commitments::routes()
        .and(parliaments::routes())
        .and(mechanism_years::routes())
        .and(consultations::routes())
        .and(laws::routes())
        .and(practices::routes())
        .and(rapporteurs::routes())
}

/// The ways from the page of reviews to what runs beside them.
pub(super) fn doors(visit: &Visit) -> String {
    let items: String = [
        ("/commitments", "commitments-title"),
        ("/parliaments", "parliaments-title"),
        ("/consultations", "consultations-title"),
        ("/legal-reviews", "laws-review-title"),
        ("/rapporteur-reports", "rapporteurs-title"),
        ("/practices", "practices-title"),
        ("/mechanism-profiles", "mechanism-years-title"),
    ]
    .iter()
    .map(|(path, id)| format!("<li>{}</li>", link(visit, path, visit.text(id))))
    .collect();
    format!("<ul class=\"govuk-list govuk-list--bullet\">{items}</ul>")
}

/// What was sent, without the fields every form has.
pub(super) fn typed(form: &Form) -> Typed {
    form.names().filter(|name| !name.starts_with('_')).fold(Typed::default(), |typed, name| {
        typed.with_all(name, form.list(name).iter().map(|value| value.replace("\r\n", "\n")))
    })
}

/// The words of a list of codes, for a menu.
pub(super) fn words<T: ToString + Copy>(
    visit: &Visit,
    family: &str,
    all: &[T],
) -> Vec<(String, String)> {
    all.iter()
        .map(|one| {
            let code = one.to_string();
            let words = visit.text(&format!("{family}-{code}"));
            (code, words)
        })
        .collect()
}

/// Mechanisms by name, for a menu.
fn mechanisms(visit: &Visit) -> Vec<(String, String)> {
    let register = visit.web.app().content.mechanisms();
    let mut all: Vec<(String, String)> = register
        .profiles()
        .map(|profile| (profile.id.to_string(), mechanism_name(visit, profile)))
        .collect();
    all.sort_by(|a, b| visit.compare(&a.1, &b.1));
    all
}

/// Instruments by name, for a menu.
fn instruments(visit: &Visit) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = visit
        .web
        .app()
        .registers
        .instruments
        .all()
        .map(|one| (one.id.to_string(), instrument_name(visit, one)))
        .collect();
    all.sort_by(|a, b| visit.compare(&a.1, &b.1));
    all
}

/// Any number of States: closed until asked for, for there are many.
pub(super) fn states(visit: &Visit, name: &str, chosen: &[String], problems: &Problems) -> String {
    let choices =
        super::report::state_options(visit).into_iter().map(|(code, name)| Choice::new(code, name));
    let error = problems.0.iter().find(|one| one.field == name).map(|one| visit.say(&one.message));
    let open = !chosen.is_empty() || error.is_some();
    let boxes = Checkboxes::new(name, visit.text("governance-states"), choices)
        .values(chosen.iter().cloned())
        .error(error)
        .words(&visit.words());
    let mut details =
        Details::new(visit.text("governance-states-choose"), Content::Html(boxes.to_string()));
    details.open = open;
    details.to_string()
}

/// A text with its lines, in whatever direction it is written.
fn prose(text: &str) -> String {
    palermo_app::domain::report::paragraphs(text)
        .into_iter()
        .map(|part| {
            let part = Content::from(part).to_string().replace('\n', "<br>");
            format!("<p class=\"govuk-body\" dir=\"auto\">{part}</p>")
        })
        .collect()
}

/// A link that leads out, with its address as its words.
fn outside(href: Option<&str>) -> String {
    href.map(|href| {
        let shown = Content::from(href.trim_start_matches("https://")).to_string();
        let address = Content::from(href).to_string().replace('"', "%22");
        format!(
            " <a class=\"govuk-link\" rel=\"noreferrer\" href=\"{address}\"><bdi>{shown}</bdi></a>"
        )
    })
    .unwrap_or_default()
}

/// A list as a page: words on top, a button for those who may add to it.
fn listed<T>(
    visit: &Visit,
    list: List<'_, T>,
    (title, intro): (&str, &str),
    new: Option<(&str, &str)>,
) -> Answer {
    Ok(list.answer(|table| {
        let intro = Content::from(visit.text(intro));
        let mut html = format!("<p class=\"govuk-body-l\">{intro}</p>");
        if let Some((label, path)) = new {
            html.push_str(&Button::link(visit.text(label), visit.link(path)).to_string());
        }
        html.push_str(&table);
        visit.page(&visit.text(title)).back("/reviews").html(&html)
    })?)
}
