//! What a State owes all its mechanisms, reports and steps of reviews, and who has not
//! reported.

use super::common::{Page, day, duty_tag, link, maybe, state_options, year};
use crate::{
    components::{Content, FilterPanel, Input, ListTools, Select},
    pages::Answer,
    shell::{
        asked::Asked,
        forms::{done, one_button},
        listing::{List, download},
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
        review::{Stage, StepOwed, StepStatus},
    },
    report, review,
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
    let wanted = Some(visit.query("state").trim().to_uppercase()).filter(|code| !code.is_empty());
    let state = wanted.or(own).or(first).ok_or(Refused::NotFound)?;
    let today: Day = visit.acting().now().date().into();
    let this = today.date().year();
    let app = visit.web.app();
    let all =
        report::duties_of(app, &state, this - 3..=this, today).await.map_err(Refused::from)?;
    let code = state.parse().map_err(|_| Refused::NotFound)?;
    let confidential = review::sees_confidential(&visit.acting(), code);
    let steps = review::steps_of(app, code, &all, this - 3..=this, today, confidential).await?;
    let all = together(all, steps);
    let mut top = Page::new(&visit);
    let choice =
        Select::new("state", visit.text("report-state")).options(options).value(state.clone());
    let panel = FilterPanel::new(&visit.words(), visit.link("/reports/duties"));
    top.push(panel.titled(visit.text("report-state")).as_row().field(choice));
    top.say("duties-words");
    let feed = visit.link(&format!("/states/{state}/duties.ics"));
    top.push(ListTools::new(&visit.words(), String::new()).download("iCalendar", feed));
    let top = top.finish();
    let mut below = Page::new(&visit);
    super::contradictions::shown(&visit, &mut below, &state, |_, _| true).await?;
    let below = below.finish();
    let title = format!("{}: {}", visit.text("duties-title"), visit.state(&state));
    let own = Resource::region().in_state(Some(&state));
    let sheets = if visit.may(Action::EditReport, &own) {
        report::sheets(&visit.acting()).await?
    } else {
        Vec::new()
    };
    Ok(duty_list(&visit, all, sheets).answer(|table| {
        visit.page(&title).back("/reports").html(&format!("{top}{table}{below}"))
    })?)
}

/// Words of every status a duty can have, for a menu.
fn statuses(visit: &Visit) -> Vec<(String, String)> {
    let word = |one: &DutyStatus| {
        (one.code().to_owned(), visit.text(&format!("duty-status-{}", one.code())))
    };
    DutyStatus::ALL.iter().map(word).collect()
}

/// The words of a status, and how many days late it is.
fn status_cell(visit: &Visit, one: &Obligation) -> Content {
    let mut status = duty_tag(visit, one.status).to_string();
    if one.days_late > 0 {
        let days = usize::try_from(one.days_late).unwrap_or(0);
        let late = visit.format(
            "duty-days-late",
            &[("count", days.into()), ("shown", visit.whole(days).into())],
        );
        status.push_str(&format!(" <span class=\"p-small\">{}</span>", Content::from(late)));
    }
    if let Some(words) = was_due(visit, one) {
        status.push_str(&format!(" <span class=\"p-small\">{}</span>", Content::from(words)));
    }
    Content::Html(status)
}

/// The day a report was due first, where more time was given.
fn was_due(visit: &Visit, one: &Obligation) -> Option<String> {
    let first = super::day(visit, one.first_due?);
    Some(visit.format("duty-was-due", &[("day", first.into())]))
}

/// A line of what a State owes: a report, or a step of a review.
enum Owed {
    Report(Box<Obligation>),
    Step(Box<StepOwed>),
}

impl Owed {
    fn due(&self) -> Option<Day> {
        match self {
            Self::Report(one) => Some(one.of.due),
            Self::Step(one) => one.due,
        }
    }

    /// The mechanism; the body of a recommendation made outside of a round.
    fn mechanism(&self) -> &str {
        match self {
            Self::Report(one) => &one.of.mechanism,
            Self::Step(one) => one.mechanism.as_ref().unwrap_or(&one.title),
        }
    }

    fn period(&self) -> Option<i32> {
        match self {
            Self::Report(one) => Some(one.of.period),
            Self::Step(_) => None,
        }
    }

    fn status(&self) -> &'static str {
        match self {
            Self::Report(one) => one.status.code(),
            Self::Step(one) => step_status(one.status),
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Report(_) => "report",
            Self::Step(_) => "review",
        }
    }
}

/// How far a step is, in the words of reports.
const fn step_status(status: StepStatus) -> &'static str {
    match status {
        StepStatus::Due => "due",
        StepStatus::Overdue => "late",
        StepStatus::Done => "done",
        StepStatus::Passed => "passed",
    }
}

/// Reports and steps of reviews, the newest first.
fn together(duties: Vec<Obligation>, steps: Vec<StepOwed>) -> Vec<Owed> {
    let mut all: Vec<Owed> = duties.into_iter().map(|one| Owed::Report(Box::new(one))).collect();
    all.extend(steps.into_iter().map(|one| Owed::Step(Box::new(one))));
    all.sort_by_key(|one| std::cmp::Reverse(one.due()));
    all
}

fn mechanism_cell(visit: &Visit, one: &Owed) -> Content {
    let name = one.mechanism();
    match one {
        Owed::Step(step) if step.mechanism.is_none() => {
            Content::Html(format!("<bdi lang=\"en\">{}</bdi>", Content::from(name)))
        }
        _ => link(visit, &format!("/mechanisms/{name}"), name),
    }
}

fn what(visit: &Visit, one: &Owed) -> String {
    match one {
        Owed::Report(one) => format!("{} ({})", one.of.what, one.of.source),
        Owed::Step(one) => format!("{} ({})", todo(visit, one), one.title),
    }
}

fn what_cell(visit: &Visit, one: &Owed) -> Content {
    let (what, source) = match one {
        Owed::Report(one) => (
            format!("<bdi lang=\"en\">{}</bdi>", Content::from(&one.of.what)),
            Content::from(&one.of.source),
        ),
        Owed::Step(one) => {
            let door = link(visit, &one.page, todo(visit, one));
            (door.to_string(), Content::from(&one.title))
        }
    };
    Content::Html(format!("{what} <span class=\"p-src\"><bdi lang=\"en\">{source}</bdi></span>"))
}

fn owed_status(visit: &Visit, one: &Owed) -> Content {
    match one {
        Owed::Report(one) => status_cell(visit, one),
        Owed::Step(one) => {
            let colour = match one.status {
                StepStatus::Due => "blue",
                StepStatus::Overdue => "red",
                StepStatus::Done => "green",
                StepStatus::Passed => "grey",
            };
            super::common::tag(visit, "duty-status", step_status(one.status), colour)
        }
    }
}

/// What one State owes, the newest first.
fn duty_list(visit: &Visit, all: Vec<Owed>, sheets: Vec<report::Sheet>) -> List<'_, Owed> {
    let mut mechanisms: Vec<(String, String)> =
        all.iter().map(|one| (one.mechanism().to_owned(), one.mechanism().to_owned())).collect();
    mechanisms.sort();
    mechanisms.dedup();
    let kinds = ["report", "review"]
        .map(|kind| (kind.to_owned(), visit.text(&format!("duty-kind-{kind}"))))
        .to_vec();
    let (a, b, c) = (visit.clone(), visit.clone(), visit.clone());
    let (d, e, f) = (visit.clone(), visit.clone(), visit.clone());
    let (g, h) = (visit.clone(), visit.clone());
    List::new(visit, "duties", &visit.text("duties-title"), all)
        .column(
            "due",
            "duty-due",
            |one: &Owed| one.due().map(|due| due.to_string()).unwrap_or_default(),
            // The head of its row: never empty.
            move |one| match one.due() {
                Some(due) => day(&a, due).into(),
                None => a.text("duty-no-day").into(),
            },
        )
        .column(
            "mechanism",
            "report-mechanism",
            |one| one.mechanism().to_owned(),
            move |one| mechanism_cell(&b, one),
        )
        .column(
            "period",
            "report-period",
            |one| one.period().map(|period| period.to_string()).unwrap_or_default(),
            move |one| one.period().map(|period| year(&c, period)).unwrap_or_default().into(),
        )
        .column("what", "duty-what", move |one| what(&g, one), move |one| what_cell(&h, one))
        .column(
            "status",
            "report-status",
            move |one| d.text(&format!("duty-status-{}", one.status())),
            move |one| owed_status(&e, one),
        )
        .acts("report-next", move |one| match one {
            Owed::Report(one) => next(&f, one, &sheets),
            Owed::Step(one) => next_step_of(&f, one, &sheets),
        })
        .filter("mechanism", "report-mechanism", mechanisms, |one, wanted| {
            one.mechanism() == wanted
        })
        .filter("kind", "duty-kind", kinds, |one, wanted| one.kind() == wanted)
        .filter("status", "report-status", owed_statuses(visit), |one, wanted| {
            one.status() == wanted
        })
        .keep("state")
}

/// The same for what can be a step of a review too.
fn owed_statuses(visit: &Visit) -> Vec<(String, String)> {
    let more = [StepStatus::Done, StepStatus::Passed].map(|one| {
        let code = step_status(one);
        (code.to_owned(), visit.text(&format!("duty-status-{code}")))
    });
    statuses(visit).into_iter().chain(more).collect()
}

/// Where a step of a review is taken, for whoever may take it.
fn next_step_of(visit: &Visit, one: &StepOwed, sheets: &[report::Sheet]) -> Content {
    let own = Resource::region().in_state(Some(one.state.as_str()));
    let action =
        if one.stage == Stage::Questionnaire { Action::EditReport } else { Action::WriteComments };
    if !one.is_open() || !visit.may(action, &own) {
        return Content::default();
    }
    link(visit, &step_page(one, sheets), visit.text("duty-do"))
}

/// The page on which a step is taken: a reply to a questionnaire is a report.
pub(super) fn step_page(one: &StepOwed, sheets: &[report::Sheet]) -> String {
    let (Some(id), Stage::Questionnaire, Some(since)) = (&one.questionnaire, one.stage, one.since)
    else {
        return one.page.clone();
    };
    let period = since.date().year();
    match report::begun_for(sheets, id, period)
        .or_else(|| report::begun_for(sheets, id, period - 1))
    {
        Some(begun) => format!("/reports/sheets/{begun}"),
        None => format!("/reports/new?questionnaire={id}&period={period}"),
    }
}

/// What is to be done in a step of a review.
pub(super) fn todo(visit: &Visit, one: &StepOwed) -> String {
    match &one.recommendation {
        Some(id) => visit.format("review-todo-recommendation", &[("id", id.as_str().into())]),
        None if one.actor != one.stage.actor() => visit.text("review-todo-lead-on"),
        None => visit.text(&format!("review-todo-{}", one.stage)),
    }
}

/// What the reader can do about a duty: begin the report or go on with it, ask for more
/// time, read it, contribute beside it, see what happened so far.
fn next(visit: &Visit, one: &Obligation, sheets: &[report::Sheet]) -> Content {
    let Some(id) = &one.of.questionnaire else { return Content::default() };
    let (state, period) = (one.state.as_str(), one.of.period);
    let resource = Resource::region().in_state(Some(state));
    let mut links: Vec<String> = Vec::new();
    if one.submitted.is_none() && visit.may(Action::EditReport, &resource) {
        let (path, words) = match report::begun_for(sheets, id, period) {
            Some(begun) => (format!("/reports/sheets/{begun}"), "duty-go-on"),
            None => (format!("/reports/new?questionnaire={id}&period={period}"), "duty-begin"),
        };
        links.push(link(visit, &path, visit.text(words)).to_string());
        if let Some(path) = super::extensions::path_to_ask(one) {
            links.push(link(visit, &path, visit.text("extension-ask")).to_string());
        }
    }
    let path = super::extensions::path_of(one);
    links.push(link(visit, &path, visit.text("duty-history")).to_string());
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

async fn feed(visit: Visit, Path(code): Path<String>) -> Answer {
    let now = visit.acting().now();
    let this = now.date().year();
    let app = visit.web.app();
    let all = report::duties_of(app, &code, this - 1..=this, now.date().into())
        .await
        .map_err(Refused::from)?;
    let state = code.parse().map_err(|_| Refused::NotFound)?;
    let confidential = review::sees_confidential(&visit.acting(), state);
    let (years, today) = (this - 1..=this, now.date().into());
    let steps = review::steps_of(app, state, &all, years, today, confidential).await?;
    let text = report::duties_calendar(&code, &visit.state(&code), &all, &steps, now);
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
    let mut asked = Asked::of(&visit);
    let known = asked.read("year", "report-period", |typed| {
        typed.parse::<i32>().ok().filter(|year| (1990..2200).contains(year))
    });
    let period = known.unwrap_or(last);
    let register =
        report::non_submission(app, &mechanism, period, today).await.map_err(Refused::from)?;
    let mut top = Page::new(&visit);
    top.push(asked.told());
    let panel = FilterPanel::new(&visit.words(), visit.link("/reports/register"))
        .titled(visit.text("report-period"))
        .as_row()
        .field(Input::new("year", visit.text("report-period")).value(period.to_string()))
        .field(mechanisms(&visit, &mechanism));
    top.push(panel);
    let late: Vec<String> = register.late.iter().map(|code| visit.state(code)).collect();
    top.paragraph(if late.is_empty() {
        visit.text("register-late-none")
    } else {
        visit.format("register-late", &[("states", late.join(", ").into())])
    });
    super::extensions::open(&visit, &mut top).await?;
    let top = top.finish();
    Ok(register_list(&visit, register).answer(|table| {
        let title = visit.text("register-late-title");
        visit.page(&title).back("/reports").html(&format!("{top}{table}"))
    })?)
}

/// A duty in the register, with the steps that were taken about it.
struct Tracked {
    one: Obligation,
    taken: Vec<DutyStep>,
}

/// Every duty that Palermo follows, in the order of States.
fn register_list(visit: &Visit, register: report::NonSubmission) -> List<'_, Tracked> {
    let steps = register.steps;
    let rows: Vec<Tracked> = register
        .obligations
        .into_iter()
        .filter(|one| one.of.questionnaire.is_some())
        .map(|one| {
            let of_it =
                |step: &&DutyStep| step.state.as_str() == one.state && step.duty == one.of.duty;
            let taken = steps.iter().filter(of_it).cloned().collect();
            Tracked { one, taken }
        })
        .collect();
    let mut states: Vec<(String, String)> =
        rows.iter().map(|row| (row.one.state.clone(), visit.state(&row.one.state))).collect();
    states.sort_by(|a, b| visit.compare(&a.1, &b.1));
    states.dedup();
    let (a, b, c) = (visit.clone(), visit.clone(), visit.clone());
    let (d, e, f, g) = (visit.clone(), visit.clone(), visit.clone(), visit.clone());
    List::new(visit, "register", &visit.text("register-late-title"), rows)
        .column(
            "state",
            "report-state",
            move |row| a.state(&row.one.state),
            move |row| {
                let path = format!("/reports/duties?state={}", row.one.state);
                link(&b, &path, b.state(&row.one.state))
            },
        )
        .column(
            "what",
            "duty-what",
            |row| row.one.of.what.clone(),
            |row| {
                let what = Content::from(&row.one.of.what);
                Content::Html(format!("<bdi lang=\"en\">{what}</bdi>"))
            },
        )
        .column(
            "due",
            "duty-due",
            |row| row.one.of.due.to_string(),
            move |row| maybe(&c, Some(row.one.of.due)),
        )
        .column(
            "status",
            "report-status",
            move |row| d.text(&format!("duty-status-{}", row.one.status.code())),
            move |row| duty_tag(&e, row.one.status),
        )
        .count("late", "report-days-late", |row| {
            Some(usize::try_from(row.one.days_late).unwrap_or(0))
        })
        .text("steps", "escalation-steps", move |row| taken(&f, row))
        .acts("report-next", move |row| next_step(&g, row))
        .filter("state", "report-state", states, |row, wanted| row.one.state == wanted)
        .filter("status", "report-status", statuses(visit), |row, wanted| {
            row.one.status.code() == wanted
        })
        .keep("year")
        .keep("mechanism")
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

/// The steps that were taken, each with its day.
fn taken(visit: &Visit, row: &Tracked) -> String {
    let steps = row.taken.iter().map(|step| {
        let word = visit.text(&format!("escalation-{}", step.step));
        format!("{word}, {}", super::day(visit, step.on))
    });
    let told = was_due(visit, &row.one).into_iter().chain(steps);
    told.collect::<Vec<_>>().join("; ")
}

/// The step that is due now, to be taken.
fn next_step(visit: &Visit, row: &Tracked) -> Content {
    let one = &row.one;
    let due = one.escalation.filter(|next| {
        one.status == DutyStatus::Late && !row.taken.iter().any(|step| step.step == *next)
    });
    let Some(next) = due else { return Content::default() };
    let period = one.of.period.to_string();
    let fields = [
        ("mechanism", one.of.mechanism.as_str()),
        ("duty", one.of.duty.as_str()),
        ("state", one.state.as_str()),
        ("period", period.as_str()),
        ("step", next.code()),
    ];
    let label = format!("escalation-do-{next}");
    Content::Html(one_button(visit, "/reports/register/step", &label, &fields, false))
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
