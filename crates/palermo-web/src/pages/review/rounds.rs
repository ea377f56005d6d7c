//! Rounds and the order of their parties.

use super::super::report::{Page, day, link, tag};
use crate::{
    components::{Button, Content},
    pages::Answer,
    shell::{
        failure::Failure,
        forms::{FormPage, done, one_button},
        listing::List,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    domain::{
        register::state::StateCode,
        review::{OrderRule, Round},
    },
    report,
    review::{self, RoundForm},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/reviews", Action::PublicRead, list)
        .page("/reviews/new", Action::RunReview, ask)
        .form("/reviews/new", Action::RunReview, set_up)
        .page("/reviews/{round}", Action::PublicRead, show)
        .form("/reviews/{round}/begin", Action::RunReview, begin)
}

async fn list(visit: Visit) -> Answer {
    let app = visit.web.app();
    let rounds = review::rounds(app).await?;
    let mut page = Page::new(&visit);
    let intro = Content::from(visit.text("reviews-intro"));
    page.push(format!("<p class=\"govuk-body-l\">{intro}</p>"));
    let doors = [
        ("/recommendations", "recommendations-title"),
        ("/information", "information-title"),
        ("/impact", "impact-title"),
        ("/meetings", "meetings-title"),
    ];
    let meets = visit.may(Action::ReadMeetings, &Resource::region());
    let doors = doors
        .iter()
        .filter(|(path, _)| *path != "/information" || meets)
        .map(|(path, title)| link(&visit, path, visit.text(title)));
    page.list(doors);
    if visit.may(Action::RunReview, &Resource::region()) {
        page.push(Button::link(visit.text("review-new"), visit.link("/reviews/new")));
    }
    urgent(&visit, &mut page, "");
    let top = page.finish();
    let mut below = Page::new(&visit);
    below.heading("governance-beside");
    below.push(super::super::governance::doors(&visit));
    let below = below.finish();
    let mut rows = Vec::new();
    for round in rounds {
        let evaluations = review::evaluations(app, &round.id).await?;
        let overdue = evaluations.iter().filter(|one| one.overdue).count();
        rows.push(Row { round, evaluations: evaluations.len(), overdue });
    }
    Ok(listed(&visit, rows).answer(|table| {
        visit.page(&visit.text("reviews-title")).html(&format!("{top}{table}{below}"))
    })?)
}

/// The way to the urgent procedure, for who may ask States (R065).
fn urgent(visit: &Visit, page: &mut Page<'_>, mechanism: &str) {
    if visit.may(Action::AskInformation, &Resource::region()) {
        let path = visit.link(&format!("/information/new?urgent=yes&mechanism={mechanism}"));
        page.push(Button::link(visit.text("information-outside"), path).secondary());
    }
}

/// A round in the list.
struct Row {
    round: Round,
    evaluations: usize,
    overdue: usize,
}

fn listed(visit: &Visit, rows: Vec<Row>) -> List<'_, Row> {
    let mut mechanisms: Vec<(String, String)> =
        rows.iter().map(|row| (row.round.mechanism.clone(), row.round.mechanism.clone())).collect();
    mechanisms.sort();
    mechanisms.dedup();
    let (a, b) = (visit.clone(), visit.clone());
    List::new(visit, "rounds", &visit.text("reviews-title"), rows)
        .column(
            "round",
            "review-round",
            |row| row.round.title.clone(),
            move |row| {
                let title = Content::from(&row.round.title);
                let title = Content::Html(format!("<bdi lang=\"en\">{title}</bdi>"));
                link(&a, &format!("/reviews/{}", row.round.id), title)
            },
        )
        .column(
            "mechanism",
            "report-mechanism",
            |row| row.round.mechanism.clone(),
            move |row| {
                let id = &row.round.mechanism;
                link(&b, &format!("/mechanisms/{id}"), id)
            },
        )
        .column(
            "years",
            "review-years",
            |row| format!("{}–{}", row.round.from, row.round.to),
            |row| {
                let (from, to) = (row.round.from, row.round.to);
                Content::Html(format!("<bdi dir=\"ltr\">{from}–{to}</bdi>"))
            },
        )
        .count("evaluations", "review-evaluations", |row| Some(row.evaluations))
        .count("overdue", "reviews-late", |row| Some(row.overdue))
        .filter("mechanism", "report-mechanism", mechanisms, |row, wanted| {
            row.round.mechanism == wanted
        })
}

async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let app = visit.web.app();
    let round = review::round(app, &id).await.map_err(Refused::from)?;
    let order = review::round_order(app, &id).await.map_err(Refused::from)?;
    let evaluations = review::evaluations(app, &id).await?;
    let runs = review::leads_round(&visit.acting(), &id).await?;
    let mut page = Page::new(&visit);
    page.paragraph(link(
        &visit,
        &format!("/questionnaires/{}", round.questionnaire),
        format!("{}: {}", visit.text("report-questionnaire"), round.questionnaire),
    ));
    if !round.provisions.is_empty() {
        let provisions = round.provisions.join(", ");
        page.paragraph(format!(
            "{}: {} {provisions}",
            visit.text("round-provisions"),
            round.instrument
        ));
    }
    page.paragraph(visit.text(&format!(
        "order-{}",
        match order.rule {
            OrderRule::Adherence => "by-adherence",
            OrderRule::Name => "by-name",
            OrderRule::Listed => "as-listed",
        }
    )));
    let change = [("review-change-round", format!("/reviews/{id}/change"))];
    if runs {
        super::adjust::doors(&visit, &mut page, &change);
    }
    urgent(&visit, &mut page, &round.mechanism);
    page.heading("review-order-title");
    let rows = order.order.iter().map(|one| row(&visit, &id, one, &evaluations, runs)).collect();
    let heads = [
        "review-place",
        "report-state",
        "review-date",
        "review-year",
        "review-stage",
        "review-due",
    ];
    page.table("order", "review-order-title", &heads, rows);
    let sources = order.sources.join("; ");
    page.small(visit.format("review-sources", &[("sources", sources.into())]));
    super::adjust::history(&visit, &mut page, &round.moved);
    let html = page.finish();
    Ok(visit.page(&round.title).back("/reviews").html(&html))
}

/// A party in its place, with how far its evaluation is.
fn row(
    visit: &Visit,
    id: &str,
    one: &palermo_app::domain::review::Ordered,
    evaluations: &[review::EvaluationShown],
    runs: bool,
) -> Vec<Content> {
    let found = evaluations.iter().find(|other| other.evaluation.state == one.state);
    let state = visit.state(one.state.as_str());
    let (name, stage, due) = match found {
        Some(found) => {
            let path = format!("/reviews/{id}/{}", one.state);
            let without = found.without.contains(&found.stage);
            let mut stage = super::evaluation::stage_tag(visit, found.stage, "blue", without);
            if found.overdue {
                stage.push_str(&format!(" {}", tag(visit, "review", "overdue", "red")));
            }
            let due = found.due.map(|due| day(visit, due)).unwrap_or_default();
            (link(visit, &path, state), Content::Html(stage), Content::from(due))
        }
        None if runs => {
            let fields = [("state", one.state.as_str())];
            let path = format!("/reviews/{id}/begin");
            let button = one_button(visit, &path, "review-begin", &fields, false);
            (state.into(), Content::Html(button), Content::default())
        }
        None => (state.into(), Content::default(), Content::default()),
    };
    vec![
        visit.whole(one.place).into(),
        name,
        one.date.map(|on| day(visit, on)).unwrap_or_default().into(),
        Content::Html(format!("<bdi dir=\"ltr\">{}</bdi>", one.year)),
        stage,
        due,
    ]
}

async fn begin(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let state: StateCode = form.text("state").parse().map_err(|_| Refused::NotFound)?;
    review::begin(&visit.acting_once(&form), &id, state).await?;
    Ok(done(&visit, &format!("/reviews/{id}/{state}"), "evaluation-begun"))
}

async fn form_page(
    visit: &Visit,
    typed: &RoundForm,
    problems: &Problems,
) -> Result<Response, Failure> {
    let app = visit.web.app();
    let mechanisms: Vec<(String, String)> = app
        .content
        .mechanisms()
        .profiles()
        .map(|profile| (profile.id.to_string(), profile.names.en.clone()))
        .collect();
    let instruments = app
        .registers
        .instruments
        .all()
        .map(|one| (one.id.to_string(), one.short.clone()))
        .collect();
    let questionnaires = report::questionnaires(app)
        .await?
        .into_values()
        .map(|one| {
            let title = one.title.say(visit.language.code()).0.to_owned();
            (one.id, title)
        })
        .collect();
    let orders = [(OrderRule::Adherence, "order-by-adherence"), (OrderRule::Name, "order-by-name")]
        .iter()
        .map(|(rule, word)| (rule.code().to_owned(), visit.text(word)))
        .collect();
    Ok(FormPage::new(visit, "/reviews/new", problems)
        .text("id", "round-id", "round-id-hint", &typed.id)
        .text("title", "round-title", "", &typed.title)
        .select("mechanism", "report-mechanism", mechanisms, &typed.mechanism)
        .select("instrument", "review-instrument", instruments, &typed.instrument)
        .text("provisions", "round-provisions", "round-provisions-hint", &typed.provisions)
        .select("questionnaire", "report-questionnaire", questionnaires, &typed.questionnaire)
        .text("from", "round-from", "", &typed.from)
        .text("to", "round-to", "", &typed.to)
        .radios("order", "round-order", orders, &typed.order)
        .text("source", "round-source", "", &typed.source)
        .button("form-save")
        .page("review-new", "/reviews"))
}

async fn ask(visit: Visit) -> Answer {
    let typed = RoundForm { order: "by-adherence".into(), ..RoundForm::default() };
    form_page(&visit, &typed, &Problems::default()).await
}

async fn set_up(Sent { visit, form }: Sent) -> Answer {
    let text = |name: &str| form.text(name).to_owned();
    let typed = RoundForm {
        id: text("id"),
        mechanism: text("mechanism"),
        title: text("title"),
        instrument: text("instrument"),
        provisions: text("provisions"),
        questionnaire: text("questionnaire"),
        from: text("from"),
        to: text("to"),
        order: text("order"),
        source: text("source"),
    };
    match review::set_up(&visit.acting_once(&form), &typed).await {
        Ok(_) => Ok(done(&visit, &format!("/reviews/{}", typed.id.trim()), "round-set-up")),
        Err(Refused::Invalid(problems)) => form_page(&visit, &typed, &problems).await,
        Err(other) => Err(Failure(other)),
    }
}
