//! Screening on a phone: one question a page, in the person's language beside
//! the officer's; anything can be skipped, left and taken up again. The last
//! page advises; the officer decides. Titles and addresses say nothing about
//! anyone (E13).

mod ask;
mod decide;
mod list;
mod paper;
mod result;

use crate::{
    components::{Content, InsetText, SummaryList},
    shell::{route::Routes, visit::Visit},
};
use palermo_app::{
    access::Action,
    domain::{desk::Desk, hours::standing, id::ScreeningId, screening::ExploitationForm},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/screening", Action::Screen, list::show)
        .page("/screening/new", Action::Screen, list::before)
        .form("/screening/new", Action::Screen, list::start)
        .page("/screening/notices", Action::Screen, list::notices)
        .page("/screening/paper", Action::EnterPaper, paper::list)
        .page("/screening/paper/sheet", Action::EnterPaper, paper::sheet)
        .page("/screening/paper/opening", Action::EnterPaper, paper::opening)
        .page("/screening/paper/enter", Action::EnterPaper, paper::ask)
        .form("/screening/paper/enter", Action::EnterPaper, paper::enter)
        .page("/screening/paper/{id}", Action::EnterPaper, paper::ask_again)
        .form("/screening/paper/{id}", Action::EnterPaper, paper::enter_again)
        .form("/screening/paper/{id}/take", Action::Screen, paper::take)
        .page("/screening/{id}", Action::Screen, ask::overview)
        .page("/screening/{id}/ask/{step}", Action::Screen, ask::show)
        .form("/screening/{id}/ask/{step}", Action::Screen, ask::answer)
        .form("/screening/{id}/give-up", Action::Screen, ask::give_up)
        .page("/screening/{id}/decide", Action::Screen, decide::ask)
        .form("/screening/{id}/decide", Action::Screen, decide::decide)
        .page("/screening/{id}/left", Action::Screen, decide::left)
        .form("/screening/{id}/case", Action::Screen, decide::open_case)
}

fn address(id: ScreeningId, rest: &str) -> String {
    format!("/screening/{id}{rest}")
}

/// A message of a code that may have a dot in it.
fn form_word(visit: &Visit, form: ExploitationForm) -> String {
    visit.text(&format!("element-form-{}", form.code().replace('.', "-")))
}

/// Forms of exploitation to choose from: the Protocol's own, each followed by
/// its particulars.
fn form_choices(visit: &Visit) -> Vec<(String, String)> {
    let words = |form: &ExploitationForm| {
        let word = form_word(visit, *form);
        let word = if form.family() == *form {
            word
        } else {
            format!("{}: {word}", form_word(visit, form.family()))
        };
        (form.code().to_owned(), word)
    };
    ExploitationForm::ALL.iter().map(words).collect()
}

/// Desks to call, with their telephones as links.
pub(super) fn desk_list(visit: &Visit, desks: &[Desk]) -> String {
    let mut list = SummaryList::new();
    for desk in desks {
        list = list.row(
            Content::Html(format!("<bdi>{}</bdi>", Content::from(&desk.name))),
            call(visit, desk),
        );
    }
    list.to_string()
}

/// How to reach one desk.
fn call(visit: &Visit, desk: &Desk) -> Content {
    let hours = Content::from(format!("{} ({})", desk.hours, desk.time_zone));
    let now = standing(Some(&desk.hours), Some(&desk.time_zone), visit.acting().now());
    let now = super::directory::standing(visit, now, Some(&desk.time_zone));
    let hours = format!("<bdi dir=\"ltr\">{hours}</bdi><br>{now}");
    let Some(telephone) = &desk.telephone else {
        let none = Content::from(visit.text("desk-no-telephone"));
        return Content::Html(format!("{none}<br>{hours}"));
    };
    let dial: String = telephone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let shown = Content::from(telephone);
    Content::Html(format!(
        "<a class=\"govuk-link\" href=\"tel:{dial}\"><bdi dir=\"ltr\">{shown}</bdi></a><br>{hours}"
    ))
}

/// Whom to turn to now, set apart.
fn next_desk(visit: &Visit, desk: Option<&Desk>) -> String {
    let Some(desk) = desk else {
        return InsetText::new(visit.text("screening-no-desk")).to_string();
    };
    let title = Content::from(visit.text("screening-next-desk"));
    let list = desk_list(visit, std::slice::from_ref(desk));
    format!("<h2 class=\"govuk-heading-m\">{title}</h2>{list}")
}
