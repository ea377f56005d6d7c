//! What a State has to report to all its mechanisms, and who has not.

use super::common::{Page, duty_tag, link, maybe, state_options, year};
use crate::{
    components::{Content, FilterPanel, Input, ListTools, Select},
    pages::Answer,
    shell::{
        failure::Failure,
        forms::{done, one_button},
        listing::download,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::extract::Path;
use palermo_app::{
    Refused,
    access::{Action, Resource},
    domain::{
        register::{day::Day, state::StateCode},
        report::{DutyStatus, DutyStep, Escalation, Obligation},
    },
    report,
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/reports/duties", Action::PublicRead, duties)
        .download("/states/{code}/duties.ics", Action::PublicRead, feed)
        .page("/reports/register", Action::ReceiveReports, register)
        .form("/reports/register/step", Action::ReceiveReports, step)
}

async fn duties(visit: Visit) -> Answer {
    let options = state_options(&visit);
    let own = visit.acting().subject.state.clone();
    let first = options.first().map(|(code, _)| code.clone());
    let wanted = Some(visit.query("state")).filter(|code| !code.is_empty());
    let state = wanted.or(own).or(first).ok_or(Refused::NotFound)?;
    let today: Day = visit.acting().now().date().into();
    let this = today.date().year();
    let app = visit.web.app();
    let all =
        report::duties_of(app, &state, this - 3..=this, today).await.map_err(Refused::from)?;
    let mut page = Page::new(&visit);
    let choice =
        Select::new("state", visit.text("report-state")).options(options).value(state.clone());
    page.push(
        FilterPanel::new(&visit.words(), visit.link("/reports/duties")).as_row().field(choice),
    );
    page.say("duties-words");
    let count = visit.format(
        "list-count",
        &[("count", all.len().into()), ("shown", visit.whole(all.len()).into())],
    );
    let feed = visit.link(&format!("/states/{state}/duties.ics"));
    page.push(ListTools::new(&visit.words(), count).download("iCalendar", feed));
    let rows = all
        .iter()
        .rev()
        .map(|one| {
            let source = Content::from(&one.of.source);
            let what = Content::Html(format!(
                "<bdi lang=\"en\">{}</bdi> <span class=\"p-src\">{source}</span>",
                Content::from(&one.of.what)
            ));
            let mut status = duty_tag(&visit, one.status).to_string();
            if one.days_late > 0 {
                let days = usize::try_from(one.days_late).unwrap_or(0);
                let late = visit.format(
                    "duty-days-late",
                    &[("count", days.into()), ("shown", visit.whole(days).into())],
                );
                status
                    .push_str(&format!(" <span class=\"p-small\">{}</span>", Content::from(late)));
            }
            vec![
                maybe(&visit, Some(one.of.due)),
                link(&visit, &format!("/mechanisms/{}", one.of.mechanism), &one.of.mechanism),
                year(&visit, one.of.period).into(),
                what,
                Content::Html(status),
                next(&visit, one),
            ]
        })
        .collect();
    let heads = [
        "duty-due",
        "report-mechanism",
        "report-period",
        "duty-what",
        "report-status",
        "report-next",
    ];
    page.table("duties", "duties-title", &heads, rows);
    contradictions(&visit, &mut page, &state).await?;
    let title = format!("{}: {}", visit.text("duties-title"), visit.state(&state));
    let html = page.finish();
    Ok(visit.page(&title).back("/reports").html(&html))
}

/// What the reader can do about a duty: begin the report, read it, contribute beside it.
fn next(visit: &Visit, one: &Obligation) -> Content {
    let Some(id) = &one.of.questionnaire else { return Content::default() };
    let (state, period) = (one.state.as_str(), one.of.period);
    let resource = Resource::region().in_state(Some(state));
    let mut links: Vec<String> = Vec::new();
    if one.submitted.is_none() && visit.may(Action::EditReport, &resource) {
        let path = format!("/reports/new?questionnaire={id}&period={period}");
        links.push(link(visit, &path, visit.text("duty-begin")).to_string());
    }
    if one.accepted.is_some() {
        let path = format!("/reports/country/{id}/{state}/{period}");
        links.push(link(visit, &path, visit.text("report-see-submitted")).to_string());
    }
    if visit.may(Action::ContributeReport, &Resource::region()) {
        let path = format!("/reports/contribute?questionnaire={id}&state={state}&period={period}");
        links.push(link(visit, &path, visit.text("contribute-title")).to_string());
    }
    Content::Html(links.join("<br>"))
}

/// Where a State's answers to different bodies contradict one another: for the State at
/// once, for who receives its reports once its time to put them right has passed.
async fn contradictions(visit: &Visit, page: &mut Page<'_>, state: &str) -> Result<(), Failure> {
    let resource = Resource::region().in_state(Some(state));
    let own = visit.may(Action::EditReport, &resource);
    let Some(code) = state.parse().ok() else { return Ok(()) };
    if !own && !visit.may(Action::ReceiveReports, &Resource::region()) {
        return Ok(());
    }
    let found = report::own_contradictions(&visit.acting(), code).await?;
    let words = if own { "contradictions-words" } else { "contradictions-words-bodies" };
    super::sheet::contradictions(visit, page, &found, words);
    Ok(())
}

async fn feed(visit: Visit, Path(code): Path<String>) -> Answer {
    let now = visit.acting().now();
    let this = now.date().year();
    let app = visit.web.app();
    let all = report::duties_of(app, &code, this - 1..=this, now.date().into())
        .await
        .map_err(Refused::from)?;
    let text = report::duties_calendar(&code, &visit.state(&code), &all, now);
    Ok(download(
        text.into_bytes(),
        "text/calendar; charset=utf-8",
        &format!("duties-{code}"),
        "ics",
    ))
}

async fn register(visit: Visit) -> Answer {
    let app = visit.web.app();
    let own = app.store.mechanism().await.map_err(Refused::from)?;
    let wanted = Some(visit.query("mechanism")).filter(|id| !id.is_empty());
    let mechanism = wanted.or(own).ok_or(Refused::NotFound)?;
    let today: Day = visit.acting().now().date().into();
    let last = today.date().year() - 1;
    let period = visit.query("year").parse().unwrap_or(last);
    let register =
        report::non_submission(app, &mechanism, period, today).await.map_err(Refused::from)?;
    let mut page = Page::new(&visit);
    let panel = FilterPanel::new(&visit.words(), visit.link("/reports/register"))
        .as_row()
        .field(Input::new("year", visit.text("report-period")).value(period.to_string()))
        .field(mechanisms(&visit, &mechanism));
    page.push(panel);
    let late: Vec<String> = register.late.iter().map(|code| visit.state(code)).collect();
    page.paragraph(if late.is_empty() {
        visit.text("register-late-none")
    } else {
        visit.format("register-late", &[("states", late.join(", ").into())])
    });
    let tracked = register.obligations.iter().filter(|one| one.of.questionnaire.is_some());
    let rows = tracked.map(|one| row(&visit, &register, one)).collect();
    let heads = [
        "report-state",
        "duty-what",
        "duty-due",
        "report-status",
        "report-days-late",
        "escalation-steps",
    ];
    page.table("register", "register-late-title", &heads, rows);
    let html = page.finish();
    Ok(visit.page(&visit.text("register-late-title")).back("/reports").html(&html))
}

/// Mechanisms with duties that Palermo follows, as a menu.
fn mechanisms(visit: &Visit, chosen: &str) -> Select {
    let register = visit.web.app().content.mechanisms();
    let mut options: Vec<(String, String)> = register
        .profiles()
        .filter(|profile| {
            let mut duties = profile.duties.given().into_iter().flatten();
            profile.id.as_str() == chosen || duties.any(|one| one.questionnaire.is_some())
        })
        .map(|profile| {
            let name = profile.names.said_in(visit.language.code()).to_owned();
            (profile.id.to_string(), name)
        })
        .collect();
    options.sort_by(|a, b| visit.compare(&a.1, &b.1));
    Select::new("mechanism", visit.text("report-mechanism"))
        .options(options)
        .value(chosen.to_owned())
}

fn row(visit: &Visit, register: &report::NonSubmission, one: &Obligation) -> Vec<Content> {
    let of_it = |step: &&DutyStep| step.state.as_str() == one.state && step.duty == one.of.duty;
    let taken: Vec<String> = register
        .steps
        .iter()
        .filter(of_it)
        .map(|step| {
            let word = visit.text(&format!("escalation-{}", step.step));
            Content::from(format!("{word}, {}", super::day(visit, step.on))).to_string()
        })
        .collect();
    let mut told = taken.join("<br>");
    let next = one.escalation.filter(|next| {
        one.status == DutyStatus::Late
            && !register.steps.iter().filter(of_it).any(|step| step.step == *next)
    });
    if let Some(next) = next {
        let period = one.of.period.to_string();
        let fields = [
            ("mechanism", one.of.mechanism.as_str()),
            ("duty", one.of.duty.as_str()),
            ("state", one.state.as_str()),
            ("period", period.as_str()),
            ("step", next.code()),
        ];
        let label = format!("escalation-do-{next}");
        told.push_str(&one_button(visit, "/reports/register/step", &label, &fields, false));
    }
    let days = usize::try_from(one.days_late).unwrap_or(0);
    vec![
        link(visit, &format!("/reports/duties?state={}", one.state), visit.state(&one.state)),
        Content::Html(format!("<bdi lang=\"en\">{}</bdi>", Content::from(&one.of.what))),
        maybe(visit, Some(one.of.due)),
        duty_tag(visit, one.status),
        if days > 0 { visit.whole(days).into() } else { Content::default() },
        Content::Html(told),
    ]
}

async fn step(Sent { visit, form }: Sent) -> Answer {
    let state: StateCode = form.text("state").parse().map_err(|_| Refused::NotFound)?;
    let step: Escalation = form.text("step").parse().map_err(|_| Refused::NotFound)?;
    let period: i32 = form.text("period").parse().map_err(|_| Refused::NotFound)?;
    let record = DutyStep {
        mechanism: form.text("mechanism").to_owned(),
        duty: form.text("duty").to_owned(),
        state,
        period,
        step,
        on: visit.acting().now().date().into(),
        extended_to: None,
    };
    let reminded = report::remind(&visit.acting_once(&form), &record).await?;
    let told = if reminded.letters > 0 { "escalation-sent" } else { "escalation-noted" };
    let path = format!("/reports/register?year={period}&mechanism={}", record.mechanism);
    Ok(done(&visit, &path, told))
}
