//! Practices others can learn from.

use super::{prose, typed};
use crate::{
    components::{Button, Content, Details, SummaryList, Tag},
    pages::{
        Answer,
        report::{Page, day, link, state_options, tag},
    },
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
    domain::{
        governance::PracticeDecision,
        id::{GoodPracticeId, TenantId},
    },
    governance::{self, PracticeShown, Typed},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/practices", Action::PublicRead, list)
        .page("/practices/new", Action::SharePractice, ask)
        .form("/practices/new", Action::SharePractice, make)
        .page("/practices/{id}", Action::PublicRead, show)
        .form("/practices/{id}/review", Action::ReviewPractice, review)
        .form("/practices/{id}/consent", Action::ConsentPractice, consent)
}

fn stands(visit: &Visit, one: &PracticeShown) -> Content {
    if one.shared {
        tag(visit, "practice", "shared", "green")
    } else {
        match one.steps.last().map(|step| step.decision) {
            Some(PracticeDecision::Declined) => tag(visit, "practice", "declined", "grey"),
            Some(PracticeDecision::Reviewed) => tag(visit, "practice", "waits-consent", "yellow"),
            Some(PracticeDecision::Withdrawn) => tag(visit, "practice", "withdrawn", "grey"),
            _ => tag(visit, "practice", "waits-review", "yellow"),
        }
    }
}

async fn list(visit: Visit) -> Answer {
    let all = governance::practices(&visit.acting()).await?;
    let own = visit.acting().subject.state.clone();
    let tells = visit.may(Action::SharePractice, &Resource::region().in_state(own.as_deref()));
    let mut themes: Vec<(String, String)> = all
        .iter()
        .flat_map(|one| one.kept.record.entry.themes.iter().cloned())
        .map(|theme| (theme.clone(), theme))
        .collect();
    themes.sort();
    themes.dedup();
    let mut states: Vec<(String, String)> = all
        .iter()
        .map(|one| one.kept.record.entry.state)
        .map(|state| (state.to_string(), visit.state(state.as_str())))
        .collect();
    states.sort_by(|a, b| visit.compare(&a.1, &b.1));
    states.dedup();
    let (a, b, c, d) = (visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let list = List::new(&visit, "practices", &visit.text("practices-title"), all)
        .column(
            "title",
            "practice-title",
            |one| one.kept.record.entry.title.clone(),
            move |one| {
                let path = format!("/practices/{}", one.kept.record.id);
                link(&a, &path, &one.kept.record.entry.title)
            },
        )
        .text("state", "report-state", move |one| b.state(one.kept.record.entry.state.as_str()))
        .text("themes", "recommendation-themes", |one| one.kept.record.entry.themes.join(", "))
        .column(
            "by",
            "practice-by",
            |one| one.kept.record.entry.by.clone(),
            |one| Content::Html(format!("<bdi>{}</bdi>", Content::from(&one.kept.record.entry.by))),
        )
        .column("status", "report-status", |one| one.shared.to_string(), move |one| stands(&c, one))
        .filter("state", "report-state", states, |one, wanted| {
            one.kept.record.entry.state.as_str() == wanted
        })
        .filter("theme", "recommendation-themes", themes, |one, wanted| {
            one.kept.record.entry.themes.iter().any(|theme| theme == wanted)
        });
    Ok(list.answer(|table| {
        let intro = Content::from(d.text("practices-intro"));
        let mut html = format!("<p class=\"govuk-body-l\">{intro}</p>");
        if tells {
            let new = Button::link(d.text("practice-new"), d.link("/practices/new"));
            html.push_str(&new.to_string());
        }
        html.push_str(&table);
        d.page(&d.text("practices-title")).back("/reviews").html(&html)
    })?)
}

async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: GoodPracticeId = parse_id(&id)?;
    page(&visit, id, "", &Problems::default()).await
}

async fn page(visit: &Visit, id: GoodPracticeId, note: &str, problems: &Problems) -> Answer {
    let shown = governance::practice(&visit.acting(), id).await?;
    let one = &shown.kept.record.entry;
    let mut page = Page::new(visit);
    let mut facts = SummaryList::new()
        .row(visit.text("report-status"), stands(visit, &shown))
        .row(visit.text("report-state"), visit.state(one.state.as_str()))
        .row(visit.text("practice-by"), format!("{}, {}", one.by, day(visit, one.on)));
    if !one.adapted_from.is_empty() {
        facts = facts.row(visit.text("practice-adapted-from"), one.adapted_from.as_str());
    }
    if !one.themes.is_empty() {
        let tags = one.themes.iter().map(|theme| Tag::coloured(theme, "grey").to_string());
        let tags = tags.collect::<Vec<_>>().join(" ");
        facts = facts.row(visit.text("recommendation-themes"), Content::Html(tags));
    }
    page.push(facts);
    for (heading, text) in [
        ("practice-what", &one.what),
        ("practice-evidence", &one.evidence),
        ("practice-adaptation", &one.adaptation),
    ] {
        if !text.is_empty() {
            page.heading(heading);
            page.push(format!("<div lang=\"{}\">{}</div>", one.language, prose(text)));
        }
    }
    steps(visit, &mut page, &shown);
    forms(visit, &mut page, &shown, (note, problems));
    let html = page.finish();
    let mut response = visit.page(&one.title).back("/practices").html(&html);
    if !problems.0.is_empty() {
        *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

fn steps(visit: &Visit, page: &mut Page<'_>, shown: &PracticeShown) {
    if shown.steps.is_empty() {
        return;
    }
    page.heading("practice-steps");
    let rows = shown
        .steps
        .iter()
        .map(|step| {
            vec![
                Content::from(day(visit, step.on)),
                visit.text(&format!("practice-decision-{}", step.decision)).into(),
                Content::Html(format!("<bdi>{}</bdi>", Content::from(&step.by))),
                Content::Html(format!("<span dir=\"auto\">{}</span>", Content::from(&step.note))),
            ]
        })
        .collect();
    let heads = ["plan-when", "practice-decision", "practice-by", "practice-note"];
    page.table("steps", "practice-steps", &heads, rows);
}

/// What the reader may decide.
fn forms(
    visit: &Visit,
    page: &mut Page<'_>,
    shown: &PracticeShown,
    (note, problems): (&str, &Problems),
) {
    let (id, one) = (shown.kept.record.id, &shown.kept.record.entry);
    let own: Option<TenantId> = visit.signed.as_ref().map(|signed| signed.tenant.id);
    let reviews = visit.may(Action::ReviewPractice, &Resource::region());
    if reviews && own != Some(shown.kept.record.tenant) {
        let choices = super::words(
            visit,
            "practice-decision",
            &[PracticeDecision::Reviewed, PracticeDecision::Declined],
        );
        let form = FormPage::new(visit, &format!("/practices/{id}/review"), problems)
            .radios("decision", "practice-decision", choices, "")
            .lines("note", "practice-note", "practice-note-hint", note)
            .button("form-save")
            .html();
        let mut details = Details::new(visit.text("practice-review"), Content::Html(form));
        details.open = !problems.0.is_empty();
        page.push(details);
    }
    let state = Resource::region().in_state(Some(one.state.as_str()));
    if visit.may(Action::ConsentPractice, &state) {
        let agreed = shown.steps.iter().rev().find_map(|step| match step.decision {
            PracticeDecision::Consented => Some(true),
            PracticeDecision::Withdrawn => Some(false),
            _ => None,
        });
        let (label, decision) = if agreed == Some(true) {
            ("practice-withdraw", PracticeDecision::Withdrawn)
        } else {
            ("practice-agree", PracticeDecision::Consented)
        };
        let path = format!("/practices/{id}/consent");
        let fields = [("decision", decision.code())];
        page.push(crate::shell::forms::one_button(visit, &path, label, &fields, false));
    }
}

fn form_page(visit: &Visit, t: &Typed, problems: &Problems) -> Response {
    let own = visit.acting().subject.state.clone();
    let state = if t.text("state").is_empty() {
        own.unwrap_or_default()
    } else {
        t.text("state").to_owned()
    };
    FormPage::new(visit, "/practices/new", problems)
        .words("practice-new-words")
        .select("state", "report-state", state_options(visit), &state)
        .text("title", "practice-title", "", t.text("title"))
        .lines("what", "practice-what", "", t.text("what"))
        .lines("evidence", "practice-evidence", "practice-evidence-hint", t.text("evidence"))
        .lines("adaptation", "practice-adaptation", "", t.text("adaptation"))
        .text("adapted_from", "practice-adapted-from", "", t.text("adapted_from"))
        .text("themes", "recommendation-themes", "practice-themes-hint", t.text("themes"))
        .button("form-save")
        .page("practice-new", "/practices")
}

async fn ask(visit: Visit) -> Response {
    form_page(&visit, &Typed::default(), &Problems::default())
}

async fn make(Sent { visit, form }: Sent) -> Answer {
    let typed = typed(&form);
    match governance::keep_practice(&visit.acting_once(&form), &typed).await {
        Ok(id) => Ok(done(&visit, &format!("/practices/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => Ok(form_page(&visit, &typed, &problems)),
        Err(other) => Err(Failure(other)),
    }
}

async fn decide(id: String, sent: Sent, allowed: &[PracticeDecision]) -> Answer {
    let Sent { visit, form } = sent;
    let id: GoodPracticeId = parse_id(&id)?;
    let note = form.text("note").to_owned();
    let Some(decision) = form.text("decision").parse().ok().filter(|one| allowed.contains(one))
    else {
        let mut problems = Problems::default();
        problems.add("decision", palermo_app::Message::new("error-choose"));
        return page(&visit, id, &note, &problems).await;
    };
    match governance::decide_practice(&visit.acting_once(&form), id, decision, &note).await {
        Ok(()) => Ok(done(&visit, &format!("/practices/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => page(&visit, id, &note, &problems).await,
        Err(other) => Err(Failure(other)),
    }
}

async fn review(Path(id): Path<String>, sent: Sent) -> Answer {
    decide(id, sent, &[PracticeDecision::Reviewed, PracticeDecision::Declined]).await
}

async fn consent(Path(id): Path<String>, sent: Sent) -> Answer {
    decide(id, sent, &[PracticeDecision::Consented, PracticeDecision::Withdrawn]).await
}
