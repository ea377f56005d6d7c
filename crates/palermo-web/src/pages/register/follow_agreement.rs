//! Following what becomes of an agreement (R012): reviews due and held, its
//! place in budgets and mandates, what was done under it, how many cases were handled.

use super::{
    edit::{
        allowed_agreement, choice, optional, options, partial, provenance, source_fields,
        typed_date, typed_day,
    },
    edit_agreement::{keep, present, revision},
};
use crate::{
    components::Content,
    pages::Answer,
    shell::{
        failure::Failure,
        form::Form,
        forms::{self, FormPage, done, one_button},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Message, Problems, Refused,
    access::Action,
    domain::register::{
        agreement::{
            Activity, ActivityKind, Agreement, AgreementParty, CasesHandled, InBudget, Review,
        },
        day::Day,
        fact::Answer as Said,
    },
};
use std::fmt::Write as _;

pub(super) fn routes() -> Routes {
    Routes::new().page("/agreements/{id}/follow", Action::EditAgreement, ask).form(
        "/agreements/{id}/follow",
        Action::EditAgreement,
        add,
    )
}

/// What can be added, the first unless another is asked for.
const PARTS: [&str; 5] = ["review", "budget", "mandate", "activity", "cases"];

fn part(wanted: &str) -> &'static str {
    PARTS.into_iter().find(|known| *known == wanted).unwrap_or(PARTS[0])
}

/// Links to the other parts; the present one is no link.
fn tabs(visit: &Visit, path: &str, present: &str) -> String {
    let mut html = String::from("<ul class=\"govuk-list\">");
    for one in PARTS {
        let name = Content::from(visit.text(&format!("agreement-follow-{one}")));
        let _ = if one == present {
            write!(html, "<li><strong>{name}</strong></li>")
        } else {
            let to = visit.link(&format!("{path}?part={one}"));
            write!(html, "<li><a class=\"govuk-link\" href=\"{to}\">{name}</a></li>")
        };
    }
    html + "</ul>"
}

fn page(visit: &Visit, one: &Agreement, form: &Form, part: &str, problems: &Problems) -> Response {
    let path = format!("/agreements/{}/follow", one.key);
    let page =
        FormPage::new(visit, &path, problems).part(tabs(visit, &path, part)).hidden("part", part);
    let page = match part {
        "budget" | "mandate" => {
            let (has, line) = match part {
                "mandate" => ("agreement-in-mandate", "agreement-mandate-text"),
                _ => ("agreement-in-budget", "agreement-budget-line"),
            };
            let parties = one.parties.iter().map(|party| (party.to_string(), party.to_string()));
            let answers = options(visit, Said::ALL, "answer", Said::code);
            let page = page
                .select("party", "agreement-follow-party", parties.collect(), form.text("party"))
                .radios("answer", has, answers, form.text("answer"))
                .text("line", line, "", form.text("line"));
            source_fields(page, form)
        }
        "activity" => {
            let kinds = ActivityKind::ALL;
            let kinds = options(visit, kinds, "agreement-event", ActivityKind::code);
            let page = page
                .text("date", "agreement-follow-date", "register-date-hint", form.text("date"))
                .select("kind", "agreement-follow-kind", kinds, form.text("kind"))
                .text("what", "agreement-follow-what", "", form.text("what"));
            source_fields(page, form)
        }
        "cases" => {
            let page = page
                .date("from", "agreement-follow-from", &typed_date(form, "from"))
                .date("to", "agreement-follow-to", &typed_date(form, "to"))
                .text("opened", "agreement-follow-opened", "", form.text("opened"))
                .text("closed", "agreement-follow-closed", "", form.text("closed"));
            source_fields(page, form)
        }
        _ => page
            .date("due", "agreement-follow-due", &typed_date(form, "due"))
            .hinted("agreement-follow-held-hint")
            .date("held", "agreement-follow-held", &typed_date(form, "held"))
            .lines("outcome", "agreement-follow-outcome", "", form.text("outcome")),
    };
    let html = format!("{}{}", page.button("form-save").html(), there(visit, one, part));
    let (title, back) = (visit.text("agreement-follow"), format!("/agreements/{}", one.key));
    if problems.0.is_empty() {
        return visit.page(&title).back(&back).html(&html);
    }
    forms::refused(visit, title, Some(&back), &html)
}

/// What a part holds already, each by what tells it apart.
fn entries(one: &Agreement, part: &str) -> Vec<String> {
    match part {
        "budget" => one.budgets.iter().map(|own| own.party.to_string()).collect(),
        "mandate" => one.mandates.iter().map(|own| own.party.to_string()).collect(),
        "activity" => one.activities.iter().map(activity_key).collect(),
        "cases" => one.cases.iter().map(cases_key).collect(),
        _ => one.reviews.iter().map(|own| own.due.to_string()).collect(),
    }
}

fn activity_key(one: &Activity) -> String {
    format!("{} {} {}", one.date, one.kind.code(), one.what)
}

fn cases_key(one: &CasesHandled) -> String {
    format!("{} – {}: {}, {}", one.from, one.to, one.opened, one.closed)
}

/// Takes away what was entered by mistake; false if it is not there.
fn without(one: &mut Agreement, part: &str, key: &str) -> bool {
    let before = entries(one, part).len();
    match part {
        "budget" => one.budgets.retain(|own| own.party.to_string() != key),
        "mandate" => one.mandates.retain(|own| own.party.to_string() != key),
        "activity" => one.activities.retain(|own| activity_key(own) != key),
        "cases" => one.cases.retain(|own| cases_key(own) != key),
        _ => one.reviews.retain(|own| own.due.to_string() != key),
    }
    entries(one, part).len() < before
}

/// What was entered so far, each with the button that takes it away.
fn there(visit: &Visit, one: &Agreement, part: &str) -> String {
    let entries = entries(one, part);
    if entries.is_empty() {
        return String::new();
    }
    let path = format!("/agreements/{}/follow", one.key);
    let heading = Content::from(visit.text("agreement-follow-there"));
    let mut html = format!("<h2 class=\"govuk-heading-m\">{heading}</h2><ul class=\"govuk-list\">");
    for key in &entries {
        let fields = [("part", part), ("remove", key.as_str())];
        let button = one_button(visit, &path, "agreement-follow-remove", &fields, true);
        let told = Content::from(key);
        let _ = write!(html, "<li><bdi>{told}</bdi> {button}</li>");
    }
    html + "</ul>"
}

async fn ask(visit: Visit, Path(id): Path<String>) -> Answer {
    let one = present(&visit, &id).await?;
    allowed_agreement(&visit, &one).await?;
    let part = part(&visit.query("part"));
    Ok(page(&visit, &one, &Form::default(), part, &Problems::default()))
}

/// A day that may be left empty.
fn day_or_none(problems: &mut Problems, form: &Form, field: &str) -> Option<Day> {
    let empty = typed_date(form, field).iter().all(|part| part.trim().is_empty());
    if empty { None } else { typed_day(problems, form, field) }
}

fn count(problems: &mut Problems, form: &Form, field: &str) -> Option<u32> {
    let read = form.text(field).trim().parse().ok();
    if read.is_none() {
        problems.add(field, Message::new("error-whole-number"));
    }
    read
}

fn with_review(one: &mut Agreement, form: &Form) -> Result<(), Refused> {
    let mut problems = Problems::default();
    let due = typed_day(&mut problems, form, "due");
    let held = day_or_none(&mut problems, form, "held");
    problems.none()?;
    let Some(due) = due else { return Err(Refused::NotFound) };
    // Said again, a review is the one that was due that day.
    one.reviews.retain(|known| known.due != due);
    one.reviews.push(Review { due, held, outcome: optional(form, "outcome") });
    one.reviews.sort_by_key(|review| review.due);
    Ok(())
}

/// What a party says of its budget or of the mandate of a body: said again, it
/// takes the place of what it said before.
fn with_place(
    parties: &[AgreementParty],
    told_of: &mut Vec<InBudget>,
    form: &Form,
) -> Result<(), Refused> {
    let mut problems = Problems::default();
    let party: Option<AgreementParty> = choice(&mut problems, form, "party");
    let answer: Option<Said> = choice(&mut problems, form, "answer");
    let told = provenance(&mut problems, form);
    if party.as_ref().is_some_and(|party| !parties.contains(party)) {
        problems.add("party", Message::new("error-choose"));
    }
    problems.none()?;
    let (Some(party), Some(answer)) = (party, answer) else { return Err(Refused::NotFound) };
    told_of.retain(|known| known.party != party);
    told_of.push(InBudget { party, answer, line: optional(form, "line"), provenance: told });
    Ok(())
}

fn with_activity(one: &mut Agreement, form: &Form) -> Result<(), Refused> {
    let mut problems = Problems::default();
    let date = partial(&mut problems, form, "date");
    let kind: Option<ActivityKind> = choice(&mut problems, form, "kind");
    let what = problems.required("what", form.text("what"), 300);
    let told = provenance(&mut problems, form);
    problems.none()?;
    let (Some(date), Some(kind), Some(provenance)) = (date, kind, told) else {
        return Err(Refused::NotFound);
    };
    one.activities.push(Activity { date, kind, what, provenance });
    Ok(())
}

fn with_cases(one: &mut Agreement, form: &Form) -> Result<(), Refused> {
    let mut problems = Problems::default();
    let from = typed_day(&mut problems, form, "from");
    let to = typed_day(&mut problems, form, "to");
    let opened = count(&mut problems, form, "opened");
    let closed = count(&mut problems, form, "closed");
    let told = provenance(&mut problems, form);
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        problems.add("to", Message::new("error-ends-before-it-begins"));
    }
    problems.none()?;
    let (Some(from), Some(to), Some(opened), Some(closed), Some(provenance)) =
        (from, to, opened, closed, told)
    else {
        return Err(Refused::NotFound);
    };
    one.cases.retain(|known| (known.from, known.to) != (from, to));
    one.cases.push(CasesHandled { from, to, opened, closed, provenance });
    Ok(())
}

async fn add(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let seen = revision(&visit, &id).await?;
    let before = present(&visit, &id).await?;
    allowed_agreement(&visit, &before).await?;
    let part = part(form.text("part"));
    let mut one = before.clone();
    let read = match part {
        _ if !form.text("remove").is_empty() => {
            if without(&mut one, part, form.text("remove")) {
                Ok(())
            } else {
                Err(Refused::NotFound)
            }
        }
        "budget" => with_place(&before.parties, &mut one.budgets, &form),
        "mandate" => with_place(&before.parties, &mut one.mandates, &form),
        "activity" => with_activity(&mut one, &form),
        "cases" => with_cases(&mut one, &form),
        _ => with_review(&mut one, &form),
    };
    let kept = match read {
        Ok(()) => keep(&visit, &form, &one, &seen).await,
        Err(refused) => Err(refused),
    };
    match kept {
        Ok(()) => Ok(done(&visit, &format!("/agreements/{id}"), "register-saved")),
        Err(Refused::Invalid(problems)) => Ok(page(&visit, &before, &form, part, &problems)),
        Err(other) => Err(Failure(other)),
    }
}
