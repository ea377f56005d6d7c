//! Reviews of what measures did to people's rights, with the answer of the
//! body responsible beside them.

use super::super::report::{Page, day, link, state_options};
use crate::{
    components::{Button, Content, Details},
    pages::Answer,
    shell::{
        failure::Failure,
        forms::{FormPage, done},
        listing::List,
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
    let top = page.finish();
    Ok(listed(&visit, all).answer(|table| {
        let title = visit.text("impact-title");
        visit.page(&title).back("/reviews").html(&format!("{top}{table}"))
    })?)
}

fn listed(visit: &Visit, all: Vec<ImpactShown>) -> List<'_, ImpactShown> {
    let groups = GROUPS
        .iter()
        .map(|group| ((*group).to_owned(), visit.text(&format!("harmed-{group}"))))
        .collect();
    let mut states: Vec<(String, String)> = all
        .iter()
        .filter_map(|one| one.review.state)
        .map(|code| (code.to_string(), visit.state(code.as_str())))
        .collect();
    states.sort_by(|a, b| visit.compare(&a.1, &b.1));
    states.dedup();
    let unanswered = vec![("unanswered".to_owned(), visit.text("impact-unanswered"))];
    let (a, b, c) = (visit.clone(), visit.clone(), visit.clone());
    let (d, e, f, g) = (visit.clone(), visit.clone(), visit.clone(), visit.clone());
    List::new(visit, "impact", &visit.text("impact-title"), all)
        .column(
            "measure",
            "impact-measure",
            |one| one.review.measure.clone(),
            move |one| measure(&a, one),
        )
        .text("state", "report-state", move |one| {
            one.review.state.map(|code| b.state(code.as_str())).unwrap_or_default()
        })
        .text("harmed", "impact-harmed", move |one| {
            let groups: Vec<String> =
                one.review.harmed.iter().map(|group| c.text(&format!("harmed-{group}"))).collect();
            groups.join(", ")
        })
        .text("findings", "impact-findings", |one| one.review.findings.clone())
        .column(
            "incidents",
            "impact-incidents",
            |one| one.review.incidents.map(|count| count.to_string()).unwrap_or_default(),
            move |one| {
                let count = one.review.incidents.map(|count| g.whole(count as usize));
                count.unwrap_or_default().into()
            },
        )
        .text("by", "impact-by", |one| one.review.by.clone())
        .column(
            "on",
            "report-day",
            |one| one.review.on.to_string(),
            move |one| day(&d, one.review.on).into(),
        )
        .column(
            "answers",
            "impact-answers",
            |one| {
                let said = one.answers.iter().map(|said| format!("{} ({})", said.text, said.by));
                said.collect::<Vec<_>>().join("; ")
            },
            move |one| answers(&e, one),
        )
        .acts("report-next", move |one| answer_form(&f, one))
        .filter("state", "report-state", states, |one, wanted| {
            one.review.state.is_some_and(|code| code.as_str() == wanted)
        })
        .filter("harmed", "impact-harmed", groups, |one, wanted| {
            one.review.harmed.iter().any(|group| group == wanted)
        })
        .filter("only", "report-status", unanswered, |one, _| one.answers.is_empty())
}

/// The measure, leading to the action of a plan it is about.
fn measure(visit: &Visit, one: &ImpactShown) -> Content {
    let words = Content::from(&one.review.measure);
    let named = one.review.measure_id.as_deref().and_then(|id| id.split_once(':'));
    match named {
        Some((plan, row)) => link(visit, &format!("/plans/{plan}#row-{row}"), words),
        None => Content::Html(format!("<bdi>{words}</bdi>")),
    }
}

fn answers(visit: &Visit, one: &ImpactShown) -> Content {
    if one.answers.is_empty() {
        return visit.text("impact-unanswered").into();
    }
    let said = one.answers.iter().map(|said| {
        let (text, by) = (Content::from(&said.text), Content::from(&said.by));
        let on = Content::from(day(visit, said.on));
        format!("<bdi>{text}</bdi> <span class=\"p-src\">{by}, {on}</span>")
    });
    Content::Html(said.collect::<Vec<_>>().join("<br>"))
}

/// The form of an answer, for the body that has to give one.
fn answer_form(visit: &Visit, one: &ImpactShown) -> Content {
    let state = one.review.state.map(|state| state.to_string());
    let resource = Resource::region().in_state(state.as_deref());
    if !visit.may(Action::AnswerImpactReview, &resource) {
        return Content::default();
    }
    let id = one.id.to_string();
    let form = FormPage::new(visit, &format!("/impact/{id}/answer"), &Problems::default())
        .ids_end(&id)
        .lines("text", "impact-answer-do", "", "")
        .button("form-save")
        .html();
    let form = Details::new(visit.text("impact-answer-do"), Content::Html(form));
    Content::Html(form.to_string())
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
