//! Reviews of what measures did to people's rights, with the answer of the
//! body responsible beside them.

use super::super::report::{Page, day, link, notice_heading, state_options};
use crate::{
    components::{Button, Content, Tag},
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
    Problems, Refused,
    access::{Action, Resource},
    desk::parse_id,
    domain::id::ImpactReviewId,
    plan::links::pointers,
    review::{self, GROUPS, ImpactForm, ImpactShown},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/impact", Action::PublicRead, list)
        .page("/impact/new", Action::OpenImpactReview, ask)
        .form("/impact/new", Action::OpenImpactReview, open)
        .form("/impact/{id}/answer", Action::AnswerImpactReview, answer)
}

async fn list(visit: Visit) -> Answer {
    let all = review::impact_reviews(&visit.acting()).await?;
    let mut page = Page::new(&visit);
    let intro = Content::from(visit.text("impact-intro"));
    page.push(format!("<p class=\"govuk-body-l\">{intro}</p>"));
    if visit.may(Action::OpenImpactReview, &Resource::region()) {
        page.push(Button::link(visit.text("impact-new"), visit.link("/impact/new")));
    }
    for one in &all {
        page.push(shown(&visit, one));
    }
    let html = page.finish();
    Ok(visit.page(&visit.text("impact-title")).back("/reviews").html(&html))
}

fn shown(visit: &Visit, one: &ImpactShown) -> String {
    let record = &one.review;
    let mut page = Page::new(visit);
    page.push(notice_heading(&record.measure));
    if let Some((plan, row)) = record.measure_id.as_deref().and_then(|id| id.split_once(':')) {
        let path = format!("/plans/{plan}#row-{row}");
        page.paragraph(link(visit, &path, visit.text("impact-action")));
    }
    let harmed: Vec<String> = record
        .harmed
        .iter()
        .map(|group| Tag::coloured(visit.text(&format!("harmed-{group}")), "orange").to_string())
        .collect();
    page.paragraph(Content::Html(harmed.join(" ")));
    page.paragraph(Content::Html(format!("<bdi>{}</bdi>", Content::from(&record.findings))));
    let mut line =
        format!("{}: {} · {}", visit.text("impact-by"), record.by, day(visit, record.on));
    if let Some(count) = record.incidents {
        line.push_str(&format!(
            " · {}: {}",
            visit.text("impact-incidents"),
            visit.whole(count as usize)
        ));
    }
    page.small(line);
    let label = Content::from(visit.text("impact-answers"));
    page.push(format!("<h3 class=\"govuk-heading-s\">{label}</h3>"));
    if one.answers.is_empty() {
        page.say("impact-unanswered");
    }
    for said in &one.answers {
        page.paragraph(Content::Html(format!("<bdi>{}</bdi>", Content::from(&said.text))));
        page.small(format!("{} · {}", said.by, day(visit, said.on)));
    }
    let state = record.state.map(|state| state.to_string());
    let resource = Resource::region().in_state(state.as_deref());
    if visit.may(Action::AnswerImpactReview, &resource) {
        let path = format!("/impact/{}/answer", one.id);
        let form = FormPage::new(visit, &path, &Problems::default())
            .lines("text", "impact-answer-do", "", "")
            .button("form-save")
            .html();
        page.push(crate::components::Details::new(
            visit.text("impact-answer-do"),
            Content::Html(form),
        ));
    }
    page.finish()
}

/// Actions of plans, for a menu.
async fn actions(visit: &Visit) -> Result<Vec<(String, String)>, Refused> {
    let all = pointers(&visit.acting()).await?.measures;
    Ok(all.into_iter().map(|one| (one.id, one.words)).collect())
}

fn form_page(
    visit: &Visit,
    actions: Vec<(String, String)>,
    typed: &ImpactForm,
    problems: &Problems,
) -> Response {
    let groups = GROUPS
        .iter()
        .map(|group| ((*group).to_owned(), visit.text(&format!("harmed-{group}"))))
        .collect();
    FormPage::new(visit, "/impact/new", problems)
        .hinted("impact-action-hint")
        .select("measure_id", "impact-action", actions, &typed.measure_id)
        .text("measure", "impact-measure", "impact-measure-hint", &typed.measure)
        .select("state", "report-state", state_options(visit), &typed.state)
        .checkboxes("harmed", "impact-harmed", groups, &typed.harmed)
        .lines("findings", "impact-findings", "impact-findings-hint", &typed.findings)
        .text("incidents", "impact-incidents", "impact-incidents-hint", &typed.incidents)
        .text("responsible", "impact-responsible", "", &typed.responsible)
        .button("form-save")
        .page("impact-new", "/impact")
}

async fn ask(visit: Visit) -> Answer {
    let typed = ImpactForm { measure_id: visit.query("action"), ..ImpactForm::default() };
    Ok(form_page(&visit, actions(&visit).await?, &typed, &Problems::default()))
}

async fn open(Sent { visit, form }: Sent) -> Answer {
    let text = |name: &str| form.text(name).to_owned();
    let typed = ImpactForm {
        measure: text("measure"),
        measure_id: text("measure_id"),
        state: text("state"),
        harmed: form.list("harmed").to_vec(),
        findings: text("findings"),
        incidents: text("incidents"),
        responsible: text("responsible"),
    };
    match review::open_impact(&visit.acting_once(&form), &typed).await {
        Ok(_) => Ok(done(&visit, "/impact", "impact-opened")),
        Err(Refused::Invalid(problems)) => {
            Ok(form_page(&visit, actions(&visit).await?, &typed, &problems))
        }
        Err(other) => Err(Failure(other)),
    }
}

async fn answer(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: ImpactReviewId = parse_id(&id)?;
    review::answer_impact(&visit.acting_once(&form), id, form.text("text")).await?;
    Ok(done(&visit, "/impact", "replied"))
}
