//! The table of who reported, and what one has to write oneself.

use super::common::{Page, day, duty_tag, link, tag, year};
use crate::{
    components::{Button, Content},
    pages::Answer,
    shell::{
        failure::Failure,
        forms::{FormPage, done},
        listing::List,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::response::Response;
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    domain::report::{DutyStatus, Entered},
    report::{self, Standing},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/reports", Action::PublicRead, home)
        .page("/reports/mine", Action::WriteSection, mine)
        .page("/reports/new", Action::EditReport, ask_new)
        .form("/reports/new", Action::EditReport, create)
}

/// A report in the list.
struct Row {
    questionnaire: String,
    title: String,
    state: String,
    period: i32,
    submitted: String,
    submitted_shown: String,
    status: DutyStatus,
    unconfirmed: bool,
}

/// Whether someone sees what was submitted and not accepted yet.
fn sees_submitted(visit: &Visit) -> bool {
    visit.acting().may(Action::ReceiveReports, &Resource::region()).allowed
}

async fn rows(visit: &Visit) -> Result<Vec<Row>, Failure> {
    let app = visit.web.app();
    let receives = sees_submitted(visit);
    let own = visit.acting().subject.state;
    let mut rows = Vec::new();
    for (id, all) in report::readable(app).await? {
        for ((state, period), one) in report::standing(app, &id, None, Standing::Submitted).await? {
            let mine = own.as_deref() == Some(state.as_str());
            let accepted = one.accepted().is_some();
            if !(accepted || receives || mine) {
                continue;
            }
            rows.push(Row {
                questionnaire: id.clone(),
                title: all.title.say(visit.language.code()).0.to_owned(),
                state: state.to_string(),
                period,
                submitted: one.version.submitted.to_string(),
                submitted_shown: day(visit, one.version.submitted),
                status: if accepted { DutyStatus::Accepted } else { DutyStatus::Submitted },
                unconfirmed: !one.confirmed,
            });
        }
    }
    rows.sort_by(|a, b| {
        (b.period, &a.questionnaire, &a.state).cmp(&(a.period, &b.questionnaire, &b.state))
    });
    Ok(rows)
}

async fn home(visit: Visit) -> Answer {
    let doors = doors(&visit);
    let rows = rows(&visit).await?;
    let mut years: Vec<i32> = rows.iter().map(|row| row.period).collect();
    years.sort_unstable();
    years.dedup();
    let years = years.into_iter().rev().map(|y| (y.to_string(), year(&visit, y))).collect();
    let mut titles: Vec<(String, String)> =
        rows.iter().map(|row| (row.questionnaire.clone(), row.title.clone())).collect();
    titles.sort();
    titles.dedup();
    let (a, b, c, d) = (visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let list = List::new(&visit, "reports", &visit.text("reports-title"), rows)
        .column(
            "state",
            "report-state",
            move |row| a.state(&row.state),
            move |row| {
                let path =
                    format!("/reports/country/{}/{}/{}", row.questionnaire, row.state, row.period);
                link(&b, &path, b.state(&row.state))
            },
        )
        .text("questionnaire", "report-questionnaire", |row| row.title.clone())
        .column(
            "period",
            "report-period",
            |row| row.period.to_string(),
            move |row| year(&c, row.period).into(),
        )
        .column(
            "submitted",
            "report-submitted",
            |row| row.submitted.clone(),
            |row| row.submitted_shown.clone().into(),
        )
        .column(
            "status",
            "report-status",
            |row| row.status.code().to_owned(),
            move |row| {
                let mut html = duty_tag(&d, row.status).to_string();
                if row.unconfirmed {
                    html.push_str(&format!(" {}", tag(&d, "report", "mark-unconfirmed", "orange")));
                }
                Content::Html(html)
            },
        )
        .filter("period", "report-period", years, |row, wanted| row.period.to_string() == wanted)
        .filter("questionnaire", "report-questionnaire", titles, |row, wanted| {
            row.questionnaire == wanted
        });
    Ok(list.answer(|table| {
        let mut page = Page::new(&visit);
        let intro = Content::from(visit.text("reports-intro"));
        page.push(format!("<p class=\"govuk-body-l\">{intro}</p>")).push(&doors).push(table);
        visit.page(&visit.text("reports-title")).html(&page.finish())
    })?)
}

/// Where one can go from here, by what one may do.
fn doors(visit: &Visit) -> String {
    let mut items: Vec<Content> = Vec::new();
    let own = visit.acting().subject.state.clone();
    let resource = Resource::region().in_state(own.as_deref());
    if visit.may(Action::WriteSection, &resource) {
        items.push(link(visit, "/reports/mine", visit.text("reports-mine")));
    }
    if let Some(state) = own.filter(|_| visit.may(Action::EditReport, &resource)) {
        let path = format!("/reports/duties?state={state}");
        items.push(link(visit, &path, visit.text("duties-title")));
    } else {
        items.push(link(visit, "/reports/duties", visit.text("duties-title")));
    }
    if visit.may(Action::ReceiveReports, &Resource::region()) {
        items.push(link(visit, "/reports/register", visit.text("register-late-title")));
        items.push(link(visit, "/reports/enter", visit.text("report-enter-title")));
        items.push(link(visit, "/reports/entered", visit.text("report-entered-list")));
    }
    items.push(link(visit, "/needs", visit.text("needs-title")));
    items.push(link(visit, "/questionnaires", visit.text("questionnaires-title")));
    if visit.may(Action::ContributeReport, &Resource::region()) {
        items.push(link(visit, "/reports/contribute", visit.text("contribute-title")));
    }
    items.push(link(visit, "/reports/contributions", visit.text("contributions-title")));
    items.push(link(visit, "/reports/regional", visit.text("report-regional-title")));
    let mut page = Page::new(visit);
    page.list(items);
    page.finish()
}

async fn mine(visit: Visit) -> Answer {
    let acting = visit.acting();
    let sheets = report::sheets(&acting).await?;
    let all = report::readable(visit.web.app()).await?;
    let (_, account) = acting.member()?;
    let own = acting.subject.state.clone();
    let resource = Resource::region().in_state(own.as_deref());
    let contact = visit.may(Action::EditReport, &resource);
    let returned: Vec<_> =
        report::returned_to_me(&acting).await?.into_iter().map(|one| one.submission).collect();
    let mut rows = Vec::new();
    for sheet in sheets.iter().rev() {
        let one = &sheet.record.entry;
        let sections: Vec<&str> = one
            .assigned
            .iter()
            .filter(|(_, assignment)| assignment.account == Some(account))
            .map(|(section, _)| section.as_str())
            .collect();
        if !contact && sections.is_empty() {
            continue;
        }
        let title = all
            .get(&one.questionnaire)
            .map_or(one.questionnaire.as_str(), |all| all.title.say(visit.language.code()).0);
        let entered = matches!(one.entered, Entered::Secretariat { .. });
        let state = if entered { visit.state(one.state.as_str()) } else { String::new() };
        let (family, status) = if returned.contains(&sheet.record.id) {
            ("report-decided", "returned")
        } else {
            ("sheet-status", one.status.code())
        };
        rows.push(Mine {
            path: format!("/reports/sheets/{}", sheet.record.id),
            title: title.to_owned(),
            period: one.period,
            family,
            status,
            sections: if contact { state } else { sections.join(", ") },
        });
    }
    let mut page = Page::new(&visit);
    if contact {
        page.push(Button::link(visit.text("report-new"), visit.link("/reports/new")));
    }
    let top = page.finish();
    Ok(mine_list(&visit, rows).answer(|table| {
        let title = visit.text("reports-mine");
        visit.page(&title).back("/reports").html(&format!("{top}{table}"))
    })?)
}

/// A report one has a part in.
struct Mine {
    path: String,
    title: String,
    period: i32,
    /// Family of the word for its status.
    family: &'static str,
    status: &'static str,
    sections: String,
}

fn mine_list(visit: &Visit, rows: Vec<Mine>) -> List<'_, Mine> {
    let mut years: Vec<i32> = rows.iter().map(|row| row.period).collect();
    years.sort_unstable();
    years.dedup();
    let years = years.into_iter().rev().map(|y| (y.to_string(), year(visit, y))).collect();
    let (a, b, c, d) = (visit.clone(), visit.clone(), visit.clone(), visit.clone());
    List::new(visit, "mine", &visit.text("reports-mine"), rows)
        .column(
            "questionnaire",
            "report-questionnaire",
            |row| row.title.clone(),
            move |row| link(&a, &row.path, &row.title),
        )
        .column(
            "period",
            "report-period",
            |row| row.period.to_string(),
            move |row| year(&b, row.period).into(),
        )
        .column(
            "status",
            "report-status",
            move |row| c.text(&format!("{}-{}", row.family, row.status)),
            move |row| {
                let colour = if row.family == "report-decided" { "red" } else { "grey" };
                tag(&d, row.family, row.status, colour)
            },
        )
        .text("sections", "report-sections", |row| row.sections.clone())
        .filter("period", "report-period", years, |row, wanted| row.period.to_string() == wanted)
        .when_empty(visit.text("report-none-mine"))
}

async fn new_form(
    visit: &Visit,
    questionnaire: &str,
    period: &str,
    problems: &Problems,
) -> Result<Response, Failure> {
    // What is no longer used is still there for the duty that leads here.
    let known = report::Versions::load(visit.web.app()).await?;
    let all = known.readable();
    let options = all
        .values()
        .filter(|one| one.id == questionnaire || known.retired(&one.id).is_none())
        .map(|one| (one.id.clone(), one.title.say(visit.language.code()).0.to_owned()))
        .collect();
    Ok(FormPage::new(visit, "/reports/new", problems)
        .words("report-new-words")
        .select("questionnaire", "report-questionnaire", options, questionnaire)
        .text("period", "report-period", "report-period-hint", period)
        .button("report-begin")
        .page("report-new", "/reports/mine"))
}

async fn ask_new(visit: Visit) -> Answer {
    let last = (visit.acting().now().date().year() - 1).to_string();
    let asked = Some(visit.query("period")).filter(|year| !year.is_empty());
    let period = asked.unwrap_or(last);
    new_form(&visit, &visit.query("questionnaire"), &period, &Problems::default()).await
}

async fn create(Sent { visit, form }: Sent) -> Answer {
    let (questionnaire, period) = (form.text("questionnaire"), form.text("period"));
    let acting = visit.acting_once(&form);
    match report::open(&acting, questionnaire, period.trim().parse().unwrap_or(0)).await {
        Ok(id) => Ok(done(&visit, &format!("/reports/sheets/{id}"), "report-begun")),
        Err(Refused::Invalid(problems)) => new_form(&visit, questionnaire, period, &problems).await,
        Err(other) => Err(Failure(other)),
    }
}
