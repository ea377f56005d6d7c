//! The secretariat enters what a State sent by letter, and civil society
//! contributes beside the State.

use super::common::{Page, state_options, year};
use crate::{
    components::{Content, InsetText, Tag},
    pages::Answer,
    shell::{
        failure::Failure,
        forms::{FormPage, done},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::response::Response;
use palermo_app::{
    Problems, Refused,
    access::Action,
    report::{self, ContributionForm},
};
use std::collections::BTreeMap;

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/reports/enter", Action::ReceiveReports, ask)
        .form("/reports/enter", Action::ReceiveReports, enter)
        .page("/reports/contribute", Action::ContributeReport, ask_contribution)
        .form("/reports/contribute", Action::ContributeReport, contribute)
}

async fn titles(visit: &Visit) -> Result<Vec<(String, String)>, Failure> {
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
        state: visit.query("state"),
        period: (visit.acting().now().date().year() - 1).to_string(),
        document: String::new(),
    };
    enter_form(&visit, &typed, &Problems::default()).await
}

async fn enter(Sent { visit, form }: Sent) -> Answer {
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
        Ok(entered) => {
            let path = visit.link(&format!("/confirm/{}", entered.word));
            let mut page = Page::new(&visit);
            page.say("report-entered-words");
            let address = Content::from(path);
            page.push(InsetText::new(Content::Html(format!("<bdi dir=\"ltr\">{address}</bdi>"))));
            let next = format!("/reports/entered/{}", entered.submission);
            page.paragraph(super::link(&visit, &next, visit.text("report-enter-go-on")));
            let html = page.finish();
            Ok(visit.page(&visit.text("report-enter-title")).back("/reports").html(&html))
        }
        Err(Refused::Invalid(problems)) => enter_form(&visit, &typed, &problems).await,
        Err(other) => Err(Failure(other)),
    }
}

async fn contribution_page(
    visit: &Visit,
    typed: &ContributionForm,
    problems: &Problems,
) -> Result<Response, Failure> {
    let id = "joint-annual";
    let all = report::questionnaire(visit.web.app(), id).await.map_err(Refused::from)?;
    let language = visit.language.code();
    let yes = vec![("yes".to_owned(), visit.text("contribute-confidential"))];
    let chosen = if typed.confidential { vec!["yes".to_owned()] } else { Vec::new() };
    let mut form = FormPage::new(visit, "/reports/contribute", problems)
        .words("contribute-words")
        .select("state", "report-state", state_options(visit), &typed.state)
        .text("period", "report-period", "report-period-hint", &typed.period)
        .checkboxes("confidential", "contribute-confidential-title", yes, &chosen);
    for section in &all.sections {
        let title = format!("{}. {}", section.code, section.title.say(language).0);
        let value = typed.texts.get(&section.code).cloned().unwrap_or_default();
        let area = crate::components::Textarea::new(format!("section_{}", section.code), title)
            .value(value)
            .rows(3)
            .words(&visit.words());
        form = form.part(area);
    }
    let form = form.button("contribute-send");
    let mut page = Page::new(visit);
    page.push(form.html());
    let sent = report::contributions(&visit.acting(), Some(id)).await?;
    let rows = sent
        .iter()
        .rev()
        .map(|one| {
            let mark = if one.confidential {
                Tag::coloured(visit.text("report-confidential"), "purple").into()
            } else {
                Content::default()
            };
            let said: Vec<String> = one
                .answers
                .iter()
                .map(|(code, answer)| format!("{code}: {}", answer.value.plain()))
                .collect();
            vec![
                Content::from(&one.from),
                visit.state(one.state.as_str()).into(),
                year(visit, one.period).into(),
                said.join("\n").into(),
                mark,
            ]
        })
        .collect();
    page.heading("contribute-sent");
    let heads =
        ["contribute-from", "report-state", "report-period", "report-answer", "report-remarks"];
    page.table("contributions", "contribute-sent", &heads, rows);
    let html = page.finish();
    let mut response = visit.page(&visit.text("contribute-title")).back("/reports").html(&html);
    if !problems.0.is_empty() {
        *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

async fn ask_contribution(visit: Visit) -> Answer {
    let typed = ContributionForm {
        state: visit.acting().subject.state.unwrap_or_default(),
        period: (visit.acting().now().date().year() - 1).to_string(),
        ..ContributionForm::default()
    };
    contribution_page(&visit, &typed, &Problems::default()).await
}

async fn contribute(Sent { visit, form }: Sent) -> Answer {
    let id = "joint-annual";
    let all = report::questionnaire(visit.web.app(), id).await.map_err(Refused::from)?;
    let texts: BTreeMap<String, String> = all
        .sections
        .iter()
        .map(|one| (one.code.clone(), form.text(&format!("section_{}", one.code)).to_owned()))
        .collect();
    let typed = ContributionForm {
        state: form.text("state").to_owned(),
        period: form.text("period").to_owned(),
        confidential: form.ticked("confidential"),
        texts,
    };
    match report::contribute(&visit.acting_once(&form), &all, &typed).await {
        Ok(_) => Ok(done(&visit, "/reports/contribute", "contributed")),
        Err(Refused::Invalid(problems)) => contribution_page(&visit, &typed, &problems).await,
        Err(other) => Err(Failure(other)),
    }
}
