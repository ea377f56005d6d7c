//! More time for a report, and what happened about a duty so far.

use super::common::{Page, day, duty_tag, link, year};
use crate::{
    components::{Content, SummaryList},
    pages::Answer,
    shell::{
        failure::Failure,
        forms::{FormPage, done},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::extract::Path;
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    desk::parse_id,
    domain::{id::DutyExtensionId, register::day::Day, report::Obligation},
    report::{self, DecisionForm, DutyHistory, Extension, ExtensionForm, WhichDuty},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/reports/duties/history", Action::PublicRead, history)
        .page("/reports/extensions/new", Action::EditReport, ask_new)
        .form("/reports/extensions/new", Action::EditReport, ask)
        .page("/reports/extensions/{id}", Action::ReceiveReports, show)
        .form("/reports/extensions/{id}", Action::ReceiveReports, decide)
}

/// The part of an address that says which duty is meant.
fn query(of: &WhichDuty) -> String {
    let WhichDuty { mechanism, duty, period, part } = of;
    format!("mechanism={mechanism}&duty={duty}&period={period}&part={part}")
}

fn which(one: &Obligation) -> WhichDuty {
    WhichDuty {
        mechanism: one.of.mechanism.clone(),
        duty: one.of.duty.clone(),
        period: one.of.period,
        part: one.of.part,
    }
}

/// Where the history of a duty lies.
pub(super) fn path_of(one: &Obligation) -> String {
    format!("/reports/duties/history?state={}&{}", one.state, query(&which(one)))
}

/// Where more time is asked for, while a report was not sent.
pub(super) fn path_to_ask(one: &Obligation) -> Option<String> {
    (one.submitted.is_none() && one.of.questionnaire.is_some())
        .then(|| format!("/reports/extensions/new?{}", query(&which(one))))
}

fn asked_for(visit: &Visit) -> Result<WhichDuty, Refused> {
    Ok(WhichDuty {
        mechanism: visit.query("mechanism"),
        duty: visit.query("duty"),
        period: visit.query("period").parse().map_err(|_| Refused::NotFound)?,
        part: visit.query("part").parse().unwrap_or(1),
    })
}

/// One line of a history: the day, what happened, the words told about it.
type Event = (Day, Content, Content);

async fn history(visit: Visit) -> Answer {
    let state = visit.query("state");
    let of = asked_for(&visit)?;
    let found = report::duty_history(visit.web.app(), &state, &of).await?;
    let one = &found.obligation;
    let own = Resource::region().in_state(Some(&state));
    // Reasons and steps are between a State and who receives its reports.
    let inside = visit.may(Action::EditReport, &own)
        || visit.may(Action::ReceiveReports, &Resource::region());
    let mut list = SummaryList::new()
        .row(visit.text("report-state"), visit.state(&state))
        .row(visit.text("report-mechanism"), visit.mechanism(&one.of.mechanism))
        .row(visit.text("report-period"), year(&visit, one.of.period))
        .row(visit.text("duty-due"), day(&visit, one.of.due));
    if let Some(first) = one.first_due {
        list = list.row(visit.text("duty-first-due"), day(&visit, first));
    }
    list = list.row(visit.text("report-status"), duty_tag(&visit, one.status));
    let mut page = Page::new(&visit);
    page.push(list);
    let mut events = events(&visit, &found, inside);
    events.sort_by_key(|event| event.0);
    let rows = events
        .into_iter()
        .map(|(on, what, words)| vec![day(&visit, on).into(), what, words])
        .collect();
    page.table("history", "duty-history", &["duty-day", "duty-event", "duty-words"], rows);
    if visit.may(Action::EditReport, &own)
        && let Some(path) = path_to_ask(one)
    {
        page.paragraph(link(&visit, &path, visit.text("extension-ask")));
    }
    let title = format!("{}: {}", visit.text("duty-history"), one.of.what);
    let html = page.finish();
    Ok(visit.page(&title).back(&format!("/reports/duties?state={state}")).html(&html))
}

fn events(visit: &Visit, found: &DutyHistory, inside: bool) -> Vec<Event> {
    let one = &found.obligation;
    let mut all: Vec<Event> = Vec::new();
    let first = one.first_due.unwrap_or(one.of.due);
    all.push((first, visit.text("duty-event-due").into(), Content::default()));
    for step in found.steps.iter().filter(|_| inside) {
        let what = visit.text(&format!("escalation-{}", step.step));
        all.push((step.on, what.into(), Content::default()));
    }
    for extension in &found.extensions {
        let asked = &extension.asked;
        if inside {
            let values =
                [("until", day(visit, asked.wanted).into()), ("by", asked.by.as_str().into())];
            let what = visit.format("duty-event-asked", &values);
            all.push((asked.on, what.into(), asked.why.as_str().into()));
        }
        let Some(decision) = &extension.decision else { continue };
        let what = match decision.until {
            Some(until) => visit.format("duty-event-given", &[("until", day(visit, until).into())]),
            None if inside => visit.text("duty-event-refused"),
            None => continue,
        };
        let why = if inside { decision.why.as_str().into() } else { Content::default() };
        all.push((decision.on, what.into(), why));
    }
    if let Some(on) = one.submitted {
        all.push((on, visit.text("duty-status-submitted").into(), Content::default()));
    }
    if let Some(on) = one.accepted {
        all.push((on, visit.text("duty-status-accepted").into(), Content::default()));
    }
    all
}

async fn ask_new(visit: Visit) -> Answer {
    let typed = ExtensionForm { of: asked_for(&visit)?, ..ExtensionForm::default() };
    ask_page(&visit, &typed, &Problems::default()).await
}

async fn ask_page(visit: &Visit, typed: &ExtensionForm, problems: &Problems) -> Answer {
    let state = visit.acting().subject.state.clone().ok_or(Refused::NotFound)?;
    let found = report::duty_history(visit.web.app(), &state, &typed.of).await?;
    let one = &found.obligation;
    let of = &typed.of;
    let values = [
        ("what", one.of.what.as_str().into()),
        ("year", year(visit, one.of.period).into()),
        ("due", day(visit, one.of.due).into()),
    ];
    let words = Content::from(visit.format("extension-of", &values));
    let form = FormPage::new(visit, "/reports/extensions/new", problems)
        .part(format!("<p class=\"govuk-body\">{words}</p>"))
        .words("extension-ask-words")
        .hidden("mechanism", &of.mechanism)
        .hidden("duty", &of.duty)
        .hidden("period", &of.period.to_string())
        .hidden("part", &of.part.to_string())
        .date("until", "extension-until", &typed.until)
        .lines("why", "extension-why", "extension-why-hint", &typed.why)
        .button("extension-send");
    Ok(form.page("extension-ask", &path_of(one)))
}

async fn ask(Sent { visit, form }: Sent) -> Answer {
    let period: i32 = form.text("period").parse().map_err(|_| Refused::NotFound)?;
    let part: u32 = form.text("part").parse().map_err(|_| Refused::NotFound)?;
    let of = WhichDuty {
        mechanism: form.text("mechanism").to_owned(),
        duty: form.text("duty").to_owned(),
        period,
        part,
    };
    let (until, why) = (form.boxes("until"), form.text("why").to_owned());
    let typed = ExtensionForm { of, until, why };
    let acting = visit.acting_once(&form);
    match report::ask_extension(&acting, &typed).await {
        Ok(()) => {
            let state = acting.subject.state.clone().unwrap_or_default();
            let path = format!("/reports/duties/history?state={state}&{}", query(&typed.of));
            Ok(done(&visit, &path, "extension-asked"))
        }
        Err(Refused::Invalid(problems)) => ask_page(&visit, &typed, &problems).await,
        Err(other) => Err(Failure(other)),
    }
}

/// Requests that wait for a decision, on the register of who has not reported.
pub(super) async fn open(visit: &Visit, page: &mut Page<'_>) -> Result<(), Failure> {
    let rows = report::open_extensions(&visit.acting())
        .await?
        .iter()
        .map(|one| {
            let asked = &one.asked;
            vec![
                link(
                    visit,
                    &format!("/reports/extensions/{}", one.id),
                    visit.state(asked.state.as_str()),
                ),
                visit.mechanism(&asked.mechanism).into(),
                year(visit, asked.period).into(),
                day(visit, asked.due).into(),
                day(visit, asked.wanted).into(),
                asked.why.as_str().into(),
            ]
        })
        .collect();
    let heads = [
        "report-state",
        "report-mechanism",
        "report-period",
        "duty-due",
        "extension-until",
        "extension-why",
    ];
    page.table("extensions", "extensions-open", &heads, rows);
    Ok(())
}

async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: DutyExtensionId = parse_id(&id)?;
    let found = report::extension(&visit.acting(), id).await?;
    let wanted = found.asked.wanted.date();
    let until =
        [wanted.day().to_string(), u8::from(wanted.month()).to_string(), wanted.year().to_string()];
    let typed = DecisionForm { until, ..DecisionForm::default() };
    Ok(decide_page(&visit, &found, &typed, &Problems::default()))
}

fn decide_page(
    visit: &Visit,
    found: &Extension,
    typed: &DecisionForm,
    problems: &Problems,
) -> axum::response::Response {
    let asked = &found.asked;
    let list = SummaryList::new()
        .row(visit.text("report-state"), visit.state(asked.state.as_str()))
        .row(visit.text("report-mechanism"), visit.mechanism(&asked.mechanism))
        .row(visit.text("report-period"), year(visit, asked.period))
        .row(visit.text("duty-due"), day(visit, asked.due))
        .row(visit.text("extension-until"), day(visit, asked.wanted))
        .row(visit.text("extension-why"), asked.why.as_str())
        .row(visit.text("extension-by"), format!("{}, {}", asked.by, day(visit, asked.on)));
    if let Some(decision) = &found.decision {
        let what = match decision.until {
            Some(until) => visit.format("duty-event-given", &[("until", day(visit, until).into())]),
            None => visit.text("duty-event-refused"),
        };
        let list = list
            .row(visit.text("extension-decision"), what)
            .row(visit.text("extension-decision-why"), decision.why.as_str())
            .row(
                visit.text("extension-decided-by"),
                format!("{}, {}", decision.by, day(visit, decision.on)),
            );
        let title = visit.text("extension-title");
        return visit.page(&title).back("/reports/register").html(&list.to_string());
    }
    let choices = ["granted", "refused"]
        .map(|one| (one.to_owned(), visit.text(&format!("extension-{one}"))))
        .to_vec();
    FormPage::new(visit, &format!("/reports/extensions/{}", found.id), problems)
        .part(list)
        .radios("decision", "extension-decision", choices, &typed.decision)
        .hinted("extension-given-hint")
        .date("until", "extension-given-until", &typed.until)
        .lines("why", "extension-decision-why", "extension-decision-hint", &typed.why)
        .button("form-save")
        .page("extension-title", "/reports/register")
}

async fn decide(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: DutyExtensionId = parse_id(&id)?;
    let typed = DecisionForm {
        decision: form.text("decision").to_owned(),
        until: form.boxes("until"),
        why: form.text("why").to_owned(),
    };
    let acting = visit.acting_once(&form);
    match report::decide_extension(&acting, id, &typed).await {
        Ok(()) => Ok(done(&visit, "/reports/register", "extension-decided")),
        Err(Refused::Invalid(problems)) => {
            let found = report::extension(&acting, id).await?;
            Ok(decide_page(&visit, &found, &typed, &problems))
        }
        Err(other) => Err(Failure(other)),
    }
}
