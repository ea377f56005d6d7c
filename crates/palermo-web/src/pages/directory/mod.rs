//! The directory: finding help, the public help page of a State, services,
//! contact points, structures, networks, unmet needs.

mod at;
mod bodies;
mod called;
mod contacts;
mod coverage;
mod edit;
mod exchange;
mod find;
mod found;
mod keeper;
mod memoranda;
mod needs;
mod networks;
mod public;
mod services;
mod sheets;
mod standards;
mod views;

use crate::{
    components::{Card, Cards, Content, Tag},
    pages::Answer,
    shell::{route::Routes, visit::Visit},
};
use palermo_app::{
    access::{Action, Resource},
    case::open::language_name,
    domain::{
        hours::{self, Standing},
        moment::Moment,
        register::{day::Day, state::StateCode},
        service::{Freshness, dialled},
    },
    service::ToCall,
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/directory", Action::PublicRead, hub)
        .and(find::routes())
        .and(public::routes())
        .and(services::routes())
        .and(coverage::routes())
        .and(edit::routes())
        .and(at::routes())
        .and(exchange::routes())
        .and(sheets::routes())
        .and(contacts::routes())
        .and(bodies::routes())
        .and(networks::routes())
        .and(memoranda::routes())
        .and(standards::routes())
        .and(views::routes())
        .and(needs::routes())
}

async fn hub(visit: Visit) -> Answer {
    let region = Resource::region();
    let mut cards = vec![
        ("help-find-title", "/get-help", "help-find-line"),
        ("services-title", "/services", "services-line"),
        ("structures-title", "/structures", "structures-line"),
        ("standards-title", "/service-standards", "standards-line"),
    ];
    if visit.may(Action::ReadDirectory, &region) {
        cards.push(("contacts-title", "/contact-points", "contacts-line"));
        cards.push(("networks-title", "/networks", "networks-line"));
        cards.push(("coverage-title", "/services/coverage", "coverage-line"));
        cards.push(("memoranda-title", "/memoranda", "memoranda-line"));
    }
    if let Some(signed) = &visit.signed {
        let own = Resource::of(signed.tenant.id).in_state(signed.tenant.state.as_deref());
        if visit.may(Action::ReadYouthInput, &region) {
            cards.push(("youth-title", "/youth-input", "youth-line"));
        }
        if visit.may(Action::ReadUnmetNeeds, &own) {
            cards.push(("unmet-title", "/unmet-needs", "unmet-line"));
        }
        if visit.may(Action::CoordinateNeeds, &own) {
            cards.push(("unmet-areas-title", "/unmet-needs/by-area", "unmet-areas-line"));
        }
        if visit.may(Action::EditServices, &own) {
            cards.push(("services-sheet-title", "/services/sheet", "services-sheet-line"));
        }
        if visit.may(Action::ImportServices, &own) {
            cards.push(("services-import-title", "/services/import", "services-import-line"));
        }
        if visit.may(Action::ManageDesks, &own) {
            cards.push(("contacts-sheet-title", "/contact-points/sheet", "contacts-sheet-line"));
        }
    }
    let cards = cards.into_iter().map(|(title, path, line)| {
        Card::link(visit.text(title), visit.link(path)).line(visit.text(line))
    });
    let lead = Content::from(visit.text("directory-lead"));
    let html = format!("<p class=\"govuk-body-l\">{lead}</p>{}", Cards::new(2, cards));
    Ok(visit.page(&visit.text("directory-title")).html(&html))
}

/// The word for a code: `family-code`.
fn word(visit: &Visit, family: &str, code: &str) -> String {
    visit.text(&format!("{family}-{}", code.replace(' ', "-")))
}

/// Codes of a list with their words, for menus and filters.
fn options(
    visit: &Visit,
    family: &str,
    codes: impl IntoIterator<Item = &'static str>,
) -> Vec<(String, String)> {
    codes.into_iter().map(|code| (code.to_owned(), word(visit, family, code))).collect()
}

/// The States of the mechanism this installation serves, in the reader's order; none
/// where it serves none, or its members are not known: help is looked for all the same.
async fn near_states(visit: &Visit) -> Vec<String> {
    super::public_site::members(visit).await.unwrap_or_default()
}

/// All States to choose from, those near first.
fn near_first(visit: &Visit, near: &[String]) -> Vec<(String, String)> {
    let mut all = state_options(visit);
    all.sort_by_key(|(code, _)| !near.contains(code));
    all
}

/// States the register knows, by name: the invented ones in the demonstration, the real
/// ones elsewhere.
pub(in crate::pages) fn state_options(visit: &Visit) -> Vec<(String, String)> {
    let app = visit.web.app();
    let demo = visit.web.settings().demo;
    let known = app.registers.states.all().filter(|state| {
        state.kind == palermo_app::domain::register::state::StateKind::State
            && state.code.is_user_assigned() == demo
    });
    let mut options: Vec<(String, String)> =
        known.map(|state| (state.code.to_string(), visit.state(state.code.as_str()))).collect();
    options.sort_by(|a, b| visit.compare(&a.1, &b.1));
    options
}

/// The same, with the State that is in a form already, whether it is listed or not.
pub(in crate::pages) fn states_with(visit: &Visit, chosen: &str) -> Vec<(String, String)> {
    let mut options = state_options(visit);
    if !chosen.is_empty() && !options.iter().any(|(code, _)| code == chosen) {
        options.push((chosen.to_owned(), visit.state(chosen)));
    }
    options
}

/// The State someone most likely means: the one asked for, else their own.
fn state_asked(visit: &Visit) -> Option<StateCode> {
    let asked = visit.query("state");
    let own = visit.signed.as_ref().and_then(|signed| signed.tenant.state.clone());
    asked.trim().to_uppercase().parse().ok().or_else(|| own?.parse().ok())
}

fn today(visit: &Visit) -> Day {
    visit.acting().now().date().into()
}

/// A number to call, as a link a telephone understands.
pub(super) fn number(number: &str) -> Content {
    let dial = dialled(number);
    Content::Html(format!(
        "<a class=\"govuk-link p-number\" href=\"tel:{dial}\"><bdi dir=\"ltr\">{}</bdi></a>",
        // A number is not broken at the end of a line.
        Content::from(number.replace(' ', "\u{a0}"))
    ))
}

/// An address to write to, as a link.
pub(super) fn mail_to(address: &str) -> Content {
    let shown = Content::from(address).to_string();
    let quoted = shown.replace('"', "%22");
    Content::Html(format!(
        "<a class=\"govuk-link\" href=\"mailto:{quoted}\"><bdi dir=\"ltr\">{shown}</bdi></a>"
    ))
}

/// A web page elsewhere, as a link; what is no address of the web is shown as it is. The
/// page there is not told where its reader comes from.
pub(super) fn web_page(address: &str) -> Content {
    let shown = Content::from(address).to_string();
    let web = ["https://", "http://"].iter().any(|start| address.starts_with(start));
    if !web || address.contains(char::is_whitespace) {
        return Content::Html(format!("<bdi dir=\"ltr\">{shown}</bdi>"));
    }
    let quoted = shown.replace('"', "%22");
    Content::Html(format!(
        "<a class=\"govuk-link\" rel=\"noreferrer\" href=\"{quoted}\">\
         <bdi dir=\"ltr\">{shown}</bdi></a>"
    ))
}

/// Whose clock a time is told by: the town of its zone.
fn zone(time_zone: Option<&str>) -> String {
    let name = time_zone.unwrap_or("UTC");
    name.rsplit('/').next().unwrap_or(name).replace('_', " ")
}

/// The time of day at a moment, by the clock of a zone.
fn clock(time_zone: Option<&str>, at: Moment) -> String {
    hours::clock_in(time_zone.unwrap_or("UTC"), at).unwrap_or_default()
}

/// Opening hours with the days in the reader's words and whose clock is meant.
fn hours_said(visit: &Visit, written: &str, time_zone: Option<&str>) -> Content {
    if written == "24/7" {
        return visit.text("standing-always").into();
    }
    let mut words = String::new();
    let mut part = String::new();
    // The sign at the end closes the last word.
    for sign in written.chars().chain(std::iter::once(';')) {
        if sign.is_ascii_alphabetic() {
            part.push(sign);
            continue;
        }
        words.push_str(&match part.as_str() {
            "Mo" | "Tu" | "We" | "Th" | "Fr" | "Sa" | "Su" | "PH" | "off" | "closed" => {
                visit.text(&format!("hours-{}", part.to_ascii_lowercase()))
            }
            other => other.to_owned(),
        });
        part.clear();
        words.push(sign);
    }
    let values = [("hours", words.trim_end_matches(';').into()), ("zone", zone(time_zone).into())];
    visit.format("hours-by-clock", &values).into()
}

/// Opening hours in the reader's words with how the place stands now under
/// them, which alone says it where the place never closes.
fn hours_and(visit: &Visit, written: &str, time_zone: Option<&str>, stands: &Content) -> Content {
    let read = written.parse::<hours::Hours>();
    if written.trim().is_empty() || read.is_ok_and(|hours| hours.always()) {
        return stands.clone();
    }
    let said = hours_said(visit, written, time_zone);
    Content::Html(format!("<bdi>{said}</bdi><br>{stands}"))
}

/// Open until, closed until, or unknown, as a tag with words beside it. Days
/// and times are those of the place.
pub(super) fn standing(visit: &Visit, standing: Standing, time_zone: Option<&str>) -> Content {
    let clock = |at: Moment| clock(time_zone, at);
    let day_of = |at: Moment| hours::day_in(time_zone.unwrap_or("UTC"), at);
    let now = visit.acting().now();
    let (tag, more) = match standing {
        Standing::Open { until: None } => {
            (("standing-open", "green"), visit.text("standing-always"))
        }
        Standing::Open { until: Some(at) } => (
            ("standing-open", "green"),
            visit.format(
                "standing-until",
                &[("time", clock(at).into()), ("zone", zone(time_zone).into())],
            ),
        ),
        Standing::Closed { opens: Some(at) } => {
            let (today, opens) = (day_of(now), day_of(at));
            let id = if opens == today {
                "standing-opens"
            } else if opens == today.map(|day| day.plus_days(1)) {
                "standing-opens-tomorrow"
            } else {
                "standing-opens-day"
            };
            let day = opens.map_or_else(|| at.date(), Day::date);
            let values = [
                ("time", clock(at).into()),
                ("zone", zone(time_zone).into()),
                ("day", visit.date(day).into()),
            ];
            (("standing-closed", "grey"), visit.format(id, &values))
        }
        Standing::Closed { opens: None } => (("standing-closed", "grey"), String::new()),
        Standing::Unknown => (("standing-unknown", "yellow"), String::new()),
    };
    let tag = Tag::coloured(visit.text(tag.0), tag.1);
    Content::Html(format!("{tag} {}", Content::from(more)))
}

/// How fresh a record is, as a tag.
fn freshness(visit: &Visit, fresh: Freshness) -> Tag {
    let colour = match fresh {
        Freshness::Fresh => "green",
        Freshness::Amber => "orange",
        Freshness::Red => "red",
    };
    Tag::coloured(word(visit, "freshness", fresh.code()), colour)
}

/// A link to a page of ours; its words keep their own direction.
fn link(visit: &Visit, path: &str, words: impl Into<Content>) -> Content {
    let words: Content = words.into();
    Content::Html(format!(
        "<a class=\"govuk-link\" href=\"{}\"><bdi>{words}</bdi></a>",
        visit.link(path)
    ))
}

/// Names of languages as their own speakers write them, codes for the others.
fn languages(visit: &Visit, codes: &[String]) -> String {
    let acting = visit.acting();
    let named = codes.iter().map(|code| language_name(&acting, code));
    named.collect::<Vec<_>>().join(" · ")
}

/// A name in which a number such as `5-44` is read from left to right beside
/// letters that are read from right to left too.
fn isolated(name: &str) -> String {
    let rightward = |c: char| ('\u{590}'..='\u{8ff}').contains(&c);
    if !name.chars().any(rightward) {
        return name.to_owned();
    }
    let number = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_digit() || c == '+')
            && word.chars().all(|c| c.is_ascii_digit() || "+-".contains(c))
    };
    let words = name.split(' ').map(|word| match number(word) {
        true => format!("\u{2066}{word}\u{2069}"),
        false => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// A number to call with whose it is, and whether anyone answers there now.
fn to_call(visit: &Visit, one: &ToCall) -> String {
    let whose = match one {
        ToCall::Common(_) => visit.mechanism(one.name()),
        _ => isolated(one.name()),
    };
    let far = match one {
        ToCall::Neighbour(service) => {
            let state = service.state.map(|state| visit.state(state.as_str()));
            let values = [("state", state.unwrap_or_default().into())];
            format!("{} ", visit.format("help-state-neighbour", &values))
        }
        _ => String::new(),
    };
    let stands = standing(visit, one.standing(visit.acting().now()), one.time_zone());
    let telephone = one.telephone().map(number).unwrap_or_default();
    format!("{}<bdi>{}</bdi> {telephone}<br>{stands}", Content::from(far), Content::from(whose))
}

#[cfg(test)]
mod tests {
    use super::isolated;

    #[test]
    fn a_number_in_an_arabic_name_keeps_its_order() {
        assert_eq!(isolated("\u{62e}\u{637} 5-44"), "\u{62e}\u{637} \u{2066}5-44\u{2069}");
        assert_eq!(isolated("Line 5-44"), "Line 5-44");
    }
}
