//! Following what becomes of an agreement (R012): reviews due and held, its
//! place in budgets, what was done under it, how many cases were handled.

use super::{
    edit::{
        allowed, choice, optional, options, partial, provenance, source_fields, typed_date,
        typed_day,
    },
    edit_agreement::{keep, present},
};
use crate::{
    components::Content,
    pages::Answer,
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done},
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
const PARTS: [&str; 4] = ["review", "budget", "activity", "cases"];

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
        "budget" => {
            let parties = one.parties.iter().map(|party| (party.to_string(), party.to_string()));
            let answers = options(visit, Said::ALL, "answer", Said::code);
            let page = page
                .select("party", "agreement-follow-party", parties.collect(), form.text("party"))
                .radios("answer", "agreement-in-budget", answers, form.text("answer"))
                .text("line", "agreement-budget-line", "", form.text("line"));
            source_fields(page, form)
        }
        "activity" => {
            let kinds = ActivityKind::ALL;
            let kinds = options(visit, kinds, "agreement-event", ActivityKind::code);
            let page = page
                .text("date", "agreement-follow-date", "register-as-of-hint", form.text("date"))
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
    page.button("form-save").page("agreement-follow", &format!("/agreements/{}", one.key))
}

async fn ask(visit: Visit, Path(id): Path<String>) -> Answer {
    allowed(&visit, Action::EditAgreement).await?;
    let one = present(&visit, &id).await?;
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

fn with_budget(one: &mut Agreement, form: &Form) -> Result<(), Refused> {
    let mut problems = Problems::default();
    let party: Option<AgreementParty> = choice(&mut problems, form, "party");
    let answer: Option<Said> = choice(&mut problems, form, "answer");
    let told = provenance(&mut problems, form);
    if party.as_ref().is_some_and(|party| !one.parties.contains(party)) {
        problems.add("party", Message::new("error-choose"));
    }
    problems.none()?;
    let (Some(party), Some(answer)) = (party, answer) else { return Err(Refused::NotFound) };
    one.budgets.retain(|known| known.party != party);
    one.budgets.push(InBudget { party, answer, line: optional(form, "line"), provenance: told });
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
    allowed(&visit, Action::EditAgreement).await?;
    let before = present(&visit, &id).await?;
    let part = part(form.text("part"));
    let mut one = before.clone();
    let read = match part {
        "budget" => with_budget(&mut one, &form),
        "activity" => with_activity(&mut one, &form),
        "cases" => with_cases(&mut one, &form),
        _ => with_review(&mut one, &form),
    };
    let kept = match read {
        Ok(()) => keep(&visit, &form, &id, &one).await,
        Err(refused) => Err(refused),
    };
    match kept {
        Ok(()) => Ok(done(&visit, &format!("/agreements/{id}"), "register-saved")),
        Err(Refused::Invalid(problems)) => Ok(page(&visit, &before, &form, part, &problems)),
        Err(other) => Err(Failure(other)),
    }
}
