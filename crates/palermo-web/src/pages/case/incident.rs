//! Incidents: eleven from a bus at two in the night are one incident and
//! eleven cases, without a word copied from one to another.

use super::{
    Answer, happened, list as cases,
    note::when_wrong,
    open::{answers, questions},
    purpose, purpose_of, words_of,
};
use crate::pages::directory::states_with;
use crate::{
    components::{Button, Content, Details, Empty, SummaryList},
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done},
        listing::List,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Message, Problems, Refused,
    case::{
        incident::{self, IncidentForm},
        list::{self as case_list, Which},
        open::{self, FirstAnswers, OpenForm},
    },
    desk::parse_id,
    domain::{
        case::incident::{FoundBy, Site},
        id::IncidentId,
    },
    keys,
};
use std::fmt::Write as _;

/// Rows offered when nobody said how many.
const ROWS: usize = 3;

pub(super) async fn list(visit: Visit) -> Answer {
    let incidents = incident::list(&visit.acting(), purpose(&visit)).await?;
    let empty = incidents.is_empty();
    let (a, b, c, d) = (visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let list = List::new(&visit, "incidents", &visit.text("case-incidents"), incidents)
        .column(
            "when",
            "case-happened",
            |one| one.record.happened_at.to_string(),
            move |one| {
                let href = a.link(&format!("/incidents/{}", one.record.id));
                let at = Content::from(a.moment(one.record.happened_at));
                Content::Html(format!("<a class=\"govuk-link\" href=\"{href}\">{at}</a>"))
            },
        )
        .text("site", "case-site", move |one| {
            b.text(&format!("case-site-{}", one.record.site.code()))
        })
        .text("found", "case-found-by", move |one| {
            c.text(&format!("case-found-by-{}", one.record.found_by.code()))
        })
        .text("state", "field-state", move |one| {
            one.record.state.as_deref().map(|code| d.state(code)).unwrap_or_default()
        });
    let new = Button::link(visit.text("case-incident-new"), visit.link("/incidents/new"));
    let answer = list.answer(|table| {
        let body =
            if empty { Empty::new(visit.text("case-incidents-empty")).to_string() } else { table };
        visit.page(&visit.text("case-incidents")).back("/cases").html(&format!("{new}{body}"))
    })?;
    Ok(answer)
}

fn page(visit: &Visit, form: &Form, problems: &Problems) -> Response {
    let sites: Vec<_> = Site::ALL.iter().map(|site| site.code()).collect();
    let finders: Vec<_> = FoundBy::ALL.iter().map(|by| by.code()).collect();
    FormPage::new(visit, "/incidents/new", problems)
        .words("case-incident-why")
        .hidden("for", purpose(visit).code())
        .part(when_wrong(visit, form, problems))
        .select("site", "case-site", words_of(visit, "case-site", &sites), form.text("site"))
        .select(
            "found_by",
            "case-found-by",
            words_of(visit, "case-found-by", &finders),
            form.text("found_by"),
        )
        .select("state", "field-state", states_with(visit, form.text("state")), form.text("state"))
        .line_on_paper()
        .text(
            "persons",
            "case-incident-persons",
            "case-incident-persons-hint",
            form.text("persons"),
        )
        .button("case-incident-next")
        .on_paper()
        .page("case-incident-new", "/cases")
}

pub(super) async fn ask(visit: Visit) -> Answer {
    keys::vault(&visit.acting(), visit.signed()?).await?;
    Ok(page(&visit, &Form::default(), &Problems::default()))
}

pub(super) async fn record(Sent { visit, form }: Sent) -> Answer {
    let mut problems = Problems::default();
    let typed = IncidentForm {
        happened: happened(&form, &mut problems),
        state: form.text("state").to_owned(),
        site: form.text("site").to_owned(),
        found_by: form.text("found_by").to_owned(),
    };
    let rows = how_many(&form, &mut problems);
    if !problems.0.is_empty() {
        return Ok(page(&visit, &form, &problems));
    }
    let purpose = purpose_of(&visit, &form);
    match incident::record(&visit.acting_once(&form), &typed, purpose).await {
        Ok(id) => {
            Ok(done(&visit, &format!("/incidents/{id}?persons={rows}"), "case-incident-recorded"))
        }
        Err(Refused::Invalid(problems)) => Ok(page(&visit, &form, &problems)),
        Err(other) => Err(Failure(other)),
    }
}

/// How many persons are to be written down; a few where nobody says.
fn how_many(form: &Form, problems: &mut Problems) -> usize {
    let typed = form.text("persons").trim();
    if typed.is_empty() {
        return ROWS;
    }
    let read = typed.parse::<usize>().ok().filter(|rows| (1..=open::MOST_AT_ONCE).contains(rows));
    if read.is_none() {
        let message = Message::new("case-error-persons").with("most", open::MOST_AT_ONCE);
        problems.add("persons", message);
    }
    read.unwrap_or(ROWS)
}

/// The same problems, each with the number of its person: eleven alike would not say whose.
fn of_person(visit: &Visit, row: usize, found: Problems, problems: &mut Problems) {
    for one in found.0 {
        let said = visit.say(&one.message);
        let message = Message::new("case-error-of-person")
            .with("number", visit.whole(row))
            .with("error", said);
        problems.add(&one.field, message);
    }
}

/// Rows of the form: those filled in, as numbered in the form.
fn filled(form: &Form) -> Vec<(usize, FirstAnswers)> {
    (1..=open::MOST_AT_ONCE)
        .map(|row| (row, answers(form, &format!("-{row}"))))
        .filter(|(_, a)| !a.age.is_empty() || !a.language.is_empty() || !a.name.trim().is_empty())
        .collect()
}

fn persons_form(
    visit: &Visit,
    id: IncidentId,
    rows: usize,
    form: &Form,
    problems: &Problems,
) -> String {
    let mut page = FormPage::new(visit, &format!("/incidents/{id}/open"), problems)
        .words("case-incident-open-why")
        .hidden("for", purpose(visit).code())
        .hidden("rows", &rows.to_string());
    for row in 1..=rows {
        let suffix = format!("-{row}");
        let title = visit.format("case-incident-person", &[("number", visit.whole(row).into())]);
        page = page.part(format!(
            "<fieldset class=\"govuk-fieldset\"><legend class=\"govuk-fieldset__legend govuk-fieldset__legend--m\">{}</legend>",
            Content::from(title)
        ));
        page = questions(visit, page, &suffix, &answers(form, &suffix)).part("</fieldset>");
    }
    page.button("case-open-all").html()
}

async fn incident_page(
    visit: &Visit,
    id: IncidentId,
    rows: usize,
    form: &Form,
    problems: &Problems,
) -> Answer {
    let acting = visit.acting();
    let found = incident::show(&acting, id, purpose(visit)).await?;
    let incident = &found.record;
    let mut list = SummaryList::new()
        .row(visit.text("case-happened"), visit.moment(incident.happened_at))
        .row(visit.text("case-site"), visit.text(&format!("case-site-{}", incident.site.code())))
        .row(
            visit.text("case-found-by"),
            visit.text(&format!("case-found-by-{}", incident.found_by.code())),
        );
    if let Some(state) = &incident.state {
        list = list.row(visit.text("field-state"), visit.state(state));
    }
    let which = Which { phase: None, incident: Some(id) };
    let signed = visit.signed.as_deref();
    let mine = case_list::own(&acting, signed, which, purpose(visit)).await?;
    let more = persons_form(visit, id, rows, form, problems);
    let edit = visit.link(&format!("/incidents/{id}/edit"));
    let edit = Button::link(visit.text("case-incident-edit"), edit).secondary();
    let mut html = format!("{list}{edit}");
    let none = mine.is_empty();
    let mut listed = String::new();
    if !none {
        let answer = cases::table(visit, "incident-cases", "case-incident-cases", mine);
        let mut taken = None;
        let response = answer.answer(|table| {
            taken = Some(table);
            Response::default()
        })?;
        match taken {
            Some(table) => listed = table,
            None => return Ok(response),
        }
    }
    html.push_str(&listed);
    if none || !problems.0.is_empty() {
        html.push_str(&more);
    } else {
        let _ =
            write!(html, "{}", Details::new(visit.text("case-incident-more"), Content::Html(more)));
    }
    let mut response = visit.page(&visit.text("case-incident")).back("/incidents").html(&html);
    if !problems.0.is_empty() {
        *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: IncidentId = parse_id(&id)?;
    let rows = visit.query("persons").parse::<usize>().unwrap_or(ROWS);
    let rows = rows.clamp(1, open::MOST_AT_ONCE);
    incident_page(&visit, id, rows, &Form::default(), &Problems::default()).await
}

pub(super) async fn open(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: IncidentId = parse_id(&id)?;
    let acting = visit.acting_once(&form);
    let purpose = purpose_of(&visit, &form);
    let found = incident::show(&acting, id, purpose).await?;
    let rows = filled(&form);
    let shown = form.text("rows").parse::<usize>().unwrap_or(ROWS).clamp(1, open::MOST_AT_ONCE);
    // Rows keep their numbers in the form, so that a problem stands beside its person.
    let mut problems = Problems::default();
    for (row, answers) in &rows {
        let mut found = Problems::default();
        let _ = answers.parse(&format!("-{row}"), &mut found);
        of_person(&visit, *row, found, &mut problems);
    }
    if rows.is_empty() {
        problems.add("age-1", Message::new("case-error-age"));
    }
    if !problems.0.is_empty() {
        return incident_page(&visit, id, shown, &form, &problems).await;
    }
    let order = OpenForm {
        persons: rows.into_iter().map(|(_, answers)| answers).collect(),
        happened: Some(found.record.happened_at),
        incident: Some(id),
        sealed: false,
    };
    let vault = keys::vault(&acting, visit.signed()?).await?;
    open::open(&acting, &vault, &order, purpose).await?;
    Ok(done(&visit, &format!("/incidents/{id}"), "cases-opened"))
}
