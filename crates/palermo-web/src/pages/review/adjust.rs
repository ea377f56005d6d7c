//! Moving what was set: a round's provisions and years, the days of a step, who carries
//! an evaluation. What stood before stays on the page with the reason.

use super::super::report::{Page, day};
use crate::{
    components::{Button, Content},
    pages::Answer,
    shell::{
        failure::Failure,
        forms::{FormPage, done},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Message, Problems, Refused,
    access::{Action, Resource},
    domain::{
        register::{day::Day, state::StateCode},
        review::{Moved, OrderRule, Reviewer},
    },
    review::{self, DaysForm, EvaluationShown, ReviewersForm, RoundChange, RoundForm},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/reviews/{round}/change", Action::RunReview, ask_round)
        .form("/reviews/{round}/change", Action::RunReview, change_round)
        .page("/reviews/{round}/{state}/days", Action::RunReview, ask_days)
        .form("/reviews/{round}/{state}/days", Action::RunReview, move_days)
        .page("/reviews/{round}/{state}/reviewers", Action::RunReview, ask_reviewers)
        .form("/reviews/{round}/{state}/reviewers", Action::RunReview, name_reviewers)
}

/// Buttons for who leads it.
pub(super) fn doors(visit: &Visit, page: &mut Page<'_>, paths: &[(&str, String)]) {
    for (words, path) in paths {
        page.push(Button::link(visit.text(words), visit.link(path)).secondary());
    }
}

/// What was set about an evaluation and moved since, with the ways to move it.
pub(super) fn beside(visit: &Visit, page: &mut Page<'_>, shown: &EvaluationShown) {
    let one = &shown.evaluation;
    let at = |rest: &str| format!("/reviews/{}/{}/{rest}", one.round, one.state);
    if review::leads(&visit.acting(), shown) {
        let paths = [
            ("review-move-days", at("days")),
            ("review-name-reviewers", at("reviewers")),
            ("review-plan-visit", at("visit")),
        ];
        doors(visit, page, &paths);
    }
    reviewers(visit, page, &one.reviewers);
    history(visit, page, &one.moved);
}

/// Who carries an evaluation.
fn reviewers(visit: &Visit, page: &mut Page<'_>, all: &[Reviewer]) {
    if all.is_empty() {
        return;
    }
    page.heading("review-reviewers");
    page.list(all.iter().map(|one| {
        let of = one.state.map(|state| format!(" ({})", visit.state(state.as_str())));
        let name = format!("{}{}", one.name, of.unwrap_or_default());
        Content::Html(format!("<bdi>{}</bdi>", Content::from(name)))
    }));
}

/// What was moved, the last change first.
pub(super) fn history(visit: &Visit, page: &mut Page<'_>, all: &[Moved]) {
    if all.is_empty() {
        return;
    }
    page.heading("review-moved-title");
    let rows = all
        .iter()
        .rev()
        .map(|one| {
            // The heading of the table has the name the title would have.
            let field = if one.what == "title" { "title-field" } else { one.what.as_str() };
            let what = visit.text(&format!("review-moved-{field}"));
            let what = match one.stage {
                Some(stage) => format!("{}: {what}", visit.text(&format!("stage-{stage}"))),
                None => what,
            };
            let (before, after) = (said(visit, one, &one.before), said(visit, one, &one.after));
            vec![
                day(visit, one.on).into(),
                what.into(),
                Content::Html(format!("<del>{before}</del> <ins>{after}</ins>")),
                Content::Html(format!("<bdi>{}</bdi>", Content::from(&one.reason))),
                Content::Html(format!("<bdi>{}</bdi>", Content::from(&one.by))),
            ]
        })
        .collect();
    let heads =
        ["report-day", "review-moved-what", "review-moved-change", "review-why", "review-moved-by"];
    page.table("moved", "review-moved-title", &heads, rows);
}

/// A value as the reader writes it: a day, the name of an order, or words.
fn said(visit: &Visit, one: &Moved, text: &str) -> String {
    let words = match (one.what.as_str(), text.parse::<Day>()) {
        ("reached" | "due", Ok(on)) => day(visit, on),
        ("order", _) => visit.text(&format!("order-{text}")),
        _ => text.replace('\n', "; "),
    };
    let words = if words.is_empty() { "–".to_owned() } else { words };
    format!("<bdi>{}</bdi>", Content::from(words))
}

fn conflict() -> Problems {
    let mut problems = Problems::default();
    problems.add("reason", Message::new("review-move-conflict"));
    problems
}

// --- a round ---

fn round_page(visit: &Visit, id: &str, typed: &RoundChange, problems: &Problems) -> Response {
    let orders = OrderRule::ALL
        .iter()
        .map(|rule| (rule.code().to_owned(), visit.text(&format!("order-{rule}"))))
        .collect();
    let form = &typed.form;
    FormPage::new(visit, &format!("/reviews/{id}/change"), problems)
        .hidden("revision", &typed.revision)
        .text("title", "round-title", "", &form.title)
        .text("provisions", "round-provisions", "round-provisions-hint", &form.provisions)
        .text("from", "round-from", "", &form.from)
        .text("to", "round-to", "", &form.to)
        .radios("order", "round-order", orders, &form.order)
        .text("source", "round-source", "", &form.source)
        .lines("reason", "review-why", "review-why-hint", &typed.reason)
        .button("form-save")
        .page("review-change-round", &format!("/reviews/{id}"))
}

async fn ask_round(visit: Visit, Path(id): Path<String>) -> Answer {
    let typed = review::round_typed(&visit.acting(), &id).await?;
    Ok(round_page(&visit, &id, &typed, &Problems::default()))
}

async fn change_round(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let text = |name: &str| form.text(name).to_owned();
    let mut typed = RoundChange {
        form: RoundForm {
            title: text("title"),
            provisions: text("provisions"),
            from: text("from"),
            to: text("to"),
            order: text("order"),
            source: text("source"),
            ..RoundForm::default()
        },
        reason: text("reason"),
        revision: text("revision"),
    };
    match review::change_round(&visit.acting_once(&form), &id, &typed).await {
        Ok(()) => Ok(done(&visit, &format!("/reviews/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => Ok(round_page(&visit, &id, &typed, &problems)),
        Err(Refused::Conflict) => {
            typed.revision = review::round_typed(&visit.acting(), &id).await?.revision;
            Ok(round_page(&visit, &id, &typed, &conflict()))
        }
        Err(other) => Err(Failure(other)),
    }
}

// --- days of a step ---

/// The evaluation, for who leads it: nobody opens a form that could not be saved.
pub(super) async fn running(
    visit: &Visit,
    round: &str,
    state: &str,
) -> Result<EvaluationShown, Refused> {
    visit.acting().allow(Action::RunReview, &Resource::region()).await?;
    let code: StateCode = state.parse().map_err(|_| Refused::NotFound)?;
    let found = review::evaluation(visit.web.app(), round, code).await?;
    if review::leads(&visit.acting(), &found) { Ok(found) } else { Err(Refused::NotFound) }
}

fn days_page(
    visit: &Visit,
    found: &EvaluationShown,
    typed: &DaysForm,
    problems: &Problems,
) -> Response {
    let evaluation = &found.evaluation;
    let back = format!("/reviews/{}/{}", evaluation.round, evaluation.state);
    let steps = evaluation
        .steps
        .iter()
        .enumerate()
        .map(|(at, step)| {
            let stage = visit.text(&format!("stage-{}", step.stage));
            (at.to_string(), format!("{stage} ({})", day(visit, step.on)))
        })
        .collect();
    FormPage::new(visit, &format!("{back}/days"), problems)
        .hidden("revision", &typed.revision)
        .select("step", "review-stage", steps, &typed.step)
        .text("on", "review-reached", "report-day-hint", &typed.on)
        .text("due", "review-due", "review-due-hint", &typed.due)
        .lines("reason", "review-why", "review-why-hint", &typed.reason)
        .button("form-save")
        .page("review-move-days", &back)
}

async fn ask_days(visit: Visit, Path((round, state)): Path<(String, String)>) -> Answer {
    let found = running(&visit, &round, &state).await?;
    let last = found.evaluation.steps.len().saturating_sub(1);
    let at = visit.query("step").parse().unwrap_or(last).min(last);
    let step = found.evaluation.steps.get(at);
    let typed = DaysForm {
        step: at.to_string(),
        on: step.map(|step| step.on.to_string()).unwrap_or_default(),
        due: found.due.filter(|_| at == last).map(|due| due.to_string()).unwrap_or_default(),
        reason: String::new(),
        revision: found.revision.to_string(),
    };
    Ok(days_page(&visit, &found, &typed, &Problems::default()))
}

async fn move_days(
    Path((round, state)): Path<(String, String)>,
    Sent { visit, form }: Sent,
) -> Answer {
    let found = running(&visit, &round, &state).await?;
    let text = |name: &str| form.text(name).to_owned();
    let mut typed = DaysForm {
        step: text("step"),
        on: text("on"),
        due: text("due"),
        reason: text("reason"),
        revision: text("revision"),
    };
    let code = found.evaluation.state;
    match review::move_days(&visit.acting_once(&form), &round, code, &typed).await {
        Ok(()) => Ok(done(&visit, &format!("/reviews/{round}/{code}"), "saved")),
        Err(Refused::Invalid(problems)) => Ok(days_page(&visit, &found, &typed, &problems)),
        Err(Refused::Conflict) => {
            typed.revision = found.revision.to_string();
            Ok(days_page(&visit, &found, &typed, &conflict()))
        }
        Err(other) => Err(Failure(other)),
    }
}

// --- reviewers ---

fn reviewers_page(
    visit: &Visit,
    found: &EvaluationShown,
    typed: &ReviewersForm,
    problems: &Problems,
) -> Response {
    let back = format!("/reviews/{}/{}", found.evaluation.round, found.evaluation.state);
    FormPage::new(visit, &format!("{back}/reviewers"), problems)
        .hidden("revision", &typed.revision)
        .lines("reviewers", "review-reviewers", "review-reviewers-hint", &typed.reviewers)
        .lines("reason", "review-why", "review-why-hint", &typed.reason)
        .button("form-save")
        .page("review-name-reviewers", &back)
}

async fn ask_reviewers(visit: Visit, Path((round, state)): Path<(String, String)>) -> Answer {
    let found = running(&visit, &round, &state).await?;
    let typed = ReviewersForm {
        reviewers: review::typed_reviewers(&found.evaluation.reviewers),
        reason: String::new(),
        revision: found.revision.to_string(),
    };
    Ok(reviewers_page(&visit, &found, &typed, &Problems::default()))
}

async fn name_reviewers(
    Path((round, state)): Path<(String, String)>,
    Sent { visit, form }: Sent,
) -> Answer {
    let found = running(&visit, &round, &state).await?;
    let mut typed = ReviewersForm {
        reviewers: form.text("reviewers").replace("\r\n", "\n"),
        reason: form.text("reason").to_owned(),
        revision: form.text("revision").to_owned(),
    };
    let code = found.evaluation.state;
    match review::name_reviewers(&visit.acting_once(&form), &round, code, &typed).await {
        Ok(()) => Ok(done(&visit, &format!("/reviews/{round}/{code}"), "saved")),
        Err(Refused::Invalid(problems)) => Ok(reviewers_page(&visit, &found, &typed, &problems)),
        Err(Refused::Conflict) => {
            typed.revision = found.revision.to_string();
            Ok(reviewers_page(&visit, &found, &typed, &conflict()))
        }
        Err(other) => Err(Failure(other)),
    }
}
