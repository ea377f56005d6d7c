//! The secretariat enters what a State sent by letter.

use super::common::{Page, state_options, tag, year};
use crate::{
    components::{Button, Content, InsetText},
    pages::{Answer, case::origin},
    shell::{
        failure::Failure,
        forms::{FormPage, one_button},
        listing::List,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, http::HeaderMap, response::Response};
use palermo_app::{
    Problems, Refused,
    access::Action,
    desk::parse_id,
    domain::id::SubmissionId,
    report::{self, EnteredFor, Sheet},
};
use std::collections::BTreeMap;

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/reports/enter", Action::ReceiveReports, ask)
        .form("/reports/enter", Action::ReceiveReports, enter)
        .page("/reports/entered", Action::ReceiveReports, entered)
        .form("/reports/entered/{id}/link", Action::ReceiveReports, link_anew)
}

/// Questionnaires in use, by id, with their titles.
pub(super) async fn titles(visit: &Visit) -> Result<Vec<(String, String)>, Failure> {
    let all = report::questionnaires(visit.web.app()).await?;
    let language = visit.language.code();
    Ok(all.values().map(|one| (one.id.clone(), one.title.say(language).0.to_owned())).collect())
}

struct Typed {
    questionnaire: String,
    state: String,
    period: String,
    document: String,
}

async fn enter_form(
    visit: &Visit,
    typed: &Typed,
    problems: &Problems,
) -> Result<Response, Failure> {
    Ok(FormPage::new(visit, "/reports/enter", problems)
        .words("report-enter-words")
        .select("questionnaire", "report-questionnaire", titles(visit).await?, &typed.questionnaire)
        .select("state", "report-state", state_options(visit), &typed.state)
        .text("period", "report-period", "report-period-hint", &typed.period)
        .text("document", "report-document", "report-document-hint", &typed.document)
        .button("report-begin")
        .page("report-enter-title", "/reports"))
}

async fn ask(visit: Visit) -> Answer {
    let typed = Typed {
        questionnaire: String::from("joint-annual"),
        state: visit.query("state").trim().to_uppercase(),
        period: (visit.acting().now().date().year() - 1).to_string(),
        document: String::new(),
    };
    enter_form(&visit, &typed, &Problems::default()).await
}

/// The address of the one-time link, in full: it goes into a letter.
fn address(visit: &Visit, headers: &HeaderMap, made: &EnteredFor) -> Response {
    let path = visit.link(&format!("/confirm/{}", made.word));
    let mut page = Page::new(visit);
    page.say("report-entered-words");
    let address = Content::from(format!("{}{path}", origin(visit, headers)));
    page.push(InsetText::new(Content::Html(format!("<bdi dir=\"ltr\">{address}</bdi>"))));
    if made.letters > 0 {
        let count = [("count", made.letters.into())];
        page.paragraph(visit.format("report-link-mailed", &count));
    }
    let next = format!("/reports/entered/{}", made.submission);
    page.paragraph(super::link(visit, &next, visit.text("report-enter-go-on")));
    let html = page.finish();
    visit.page(&visit.text("report-enter-title")).back("/reports/entered").html(&html)
}

/// What was entered for States: to go on with, and to make a lost link anew.
async fn entered(visit: Visit) -> Answer {
    let all = report::entered_here(&visit.acting()).await?;
    let titles: BTreeMap<String, String> = titles(&visit).await?.into_iter().collect();
    let mut page = Page::new(&visit);
    page.say("report-entered-list-words");
    page.push(Button::link(visit.text("report-enter-title"), visit.link("/reports/enter")));
    let top = page.finish();
    Ok(entered_list(&visit, all, titles).answer(|table| {
        let title = visit.text("report-entered-list");
        visit.page(&title).back("/reports").html(&format!("{top}{table}"))
    })?)
}

fn entered_list(
    visit: &Visit,
    all: Vec<Sheet>,
    titles: BTreeMap<String, String>,
) -> List<'_, Sheet> {
    let mut states: Vec<(String, String)> = all
        .iter()
        .map(|sheet| sheet.record.entry.state)
        .map(|code| (code.to_string(), visit.state(code.as_str())))
        .collect();
    states.sort_by(|a, b| visit.compare(&a.1, &b.1));
    states.dedup();
    let marks = ["report-mark-unconfirmed", "report-mark-confirmed"]
        .map(|one| (one.to_owned(), visit.text(one)))
        .to_vec();
    let (a, b, c, d) = (visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let (e, f, g) = (visit.clone(), visit.clone(), visit.clone());
    List::new(visit, "entered", &visit.text("report-entered-list"), all)
        .column(
            "state",
            "report-state",
            move |sheet| a.state(sheet.record.entry.state.as_str()),
            move |sheet| {
                let state = b.state(sheet.record.entry.state.as_str());
                super::link(&b, &format!("/reports/entered/{}", sheet.record.id), state)
            },
        )
        .text("questionnaire", "report-questionnaire", move |sheet| {
            let id = &sheet.record.entry.questionnaire;
            titles.get(id).unwrap_or(id).clone()
        })
        .column(
            "period",
            "report-period",
            |sheet| sheet.record.entry.period.to_string(),
            move |sheet| year(&c, sheet.record.entry.period).into(),
        )
        .column(
            "status",
            "report-status",
            move |sheet| d.text(&format!("sheet-status-{}", sheet.record.entry.status.code())),
            move |sheet| tag(&e, "sheet-status", sheet.record.entry.status.code(), "grey"),
        )
        .column(
            "confirmation",
            "report-confirmation",
            move |sheet| f.text(mark(sheet)),
            move |sheet| confirmation(&g, sheet),
        )
        .filter("state", "report-state", states, |sheet, wanted| {
            sheet.record.entry.state.as_str() == wanted
        })
        .filter("confirmation", "report-confirmation", marks, |sheet, wanted| mark(sheet) == wanted)
        .when_empty(visit.text("report-entered-none"))
}

fn mark(sheet: &Sheet) -> &'static str {
    if sheet.record.entry.entered.unconfirmed() {
        "report-mark-unconfirmed"
    } else {
        "report-mark-confirmed"
    }
}

/// Whether the State confirmed it; while it has not, a lost link can be made anew.
fn confirmation(visit: &Visit, sheet: &Sheet) -> Content {
    if !sheet.record.entry.entered.unconfirmed() {
        return tag(visit, "report", "mark-confirmed", "green");
    }
    let path = format!("/reports/entered/{}/link", sheet.record.id);
    let button = |label, mailed| one_button(visit, &path, label, &[("mailed", mailed)], false);
    let mark = tag(visit, "report", "mark-unconfirmed", "orange");
    let (anew, mail) = (button("report-link-anew", ""), button("report-link-mail", "yes"));
    Content::Html(format!("{mark} {anew} {mail}"))
}

async fn link_anew(
    Path(id): Path<String>,
    headers: HeaderMap,
    Sent { visit, form }: Sent,
) -> Answer {
    let id: SubmissionId = parse_id(&id)?;
    let mailed = form.text("mailed") == "yes";
    let made = report::new_link(&visit.acting_once(&form), id, mailed).await?;
    Ok(address(&visit, &headers, &made))
}

async fn enter(headers: HeaderMap, Sent { visit, form }: Sent) -> Answer {
    let text = |name: &str| form.text(name).to_owned();
    let typed = Typed {
        questionnaire: text("questionnaire"),
        state: text("state"),
        period: text("period"),
        document: text("document"),
    };
    let period = typed.period.trim().parse().unwrap_or(0);
    let acting = visit.acting();
    let made = report::enter_for_state(
        &acting,
        &typed.questionnaire,
        &typed.state,
        period,
        &typed.document,
    )
    .await;
    match made {
        Ok(made) => Ok(address(&visit, &headers, &made)),
        Err(Refused::Invalid(problems)) => enter_form(&visit, &typed, &problems).await,
        Err(other) => Err(Failure(other)),
    }
}
