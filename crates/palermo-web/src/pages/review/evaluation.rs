//! One State in a round: steps, texts of each pillar side by side.

use super::super::report::{Page, day, tag};
use crate::{
    components::{Button, Content, Details, InsetText},
    pages::{
        Answer,
        draft::{self, Heard},
    },
    shell::{
        failure::Failure,
        forms::{FormPage, done, one_button, refused, theirs},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::extract::Path;
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    domain::{
        register::state::StateCode,
        report::compare,
        review::{Pillar, ReviewText, Round, Stage, stands},
    },
    review::{self, EvaluationShown, TextForm},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/reviews/{round}/{state}", Action::PublicRead, show)
        .form("/reviews/{round}/{state}/move", Action::RunReview, move_on)
        .form("/reviews/{round}/{state}/findings", Action::WriteFindings, findings)
        .form("/reviews/{round}/{state}/political", Action::WritePolitical, political)
        .form("/reviews/{round}/{state}/comments", Action::WriteComments, comments)
}

/// Where each pillar's form is sent, and who may send it.
fn place(pillar: Pillar, state: &str) -> (&'static str, Action, Resource) {
    match pillar {
        Pillar::Expert | Pillar::VisitNotes => {
            ("findings", Action::WriteFindings, Resource::region())
        }
        Pillar::Political => ("political", Action::WritePolitical, Resource::region()),
        Pillar::State => {
            ("comments", Action::WriteComments, Resource::region().in_state(Some(state)))
        }
    }
}

async fn show(visit: Visit, Path((round, state)): Path<(String, String)>) -> Answer {
    let code: StateCode = state.parse().map_err(|_| Refused::NotFound)?;
    page(&visit, &round, code, None).await
}

async fn page(
    visit: &Visit,
    round: &str,
    state: StateCode,
    typed: Option<(Pillar, &TextForm, &Problems)>,
) -> Answer {
    let app = visit.web.app();
    let acting = visit.acting();
    let described = review::round(app, round).await.map_err(Refused::from)?;
    let shown = review::evaluation(app, round, state).await?;
    let texts = review::texts_of(&acting, round, state).await?;
    let published = review::publish(app, round, state).await.ok();
    let mut page = Page::new(visit);
    // What is to be put right stands on top, with what is wrong and both texts.
    let wrong = typed.map(|(pillar, ..)| pillar);
    if let Some(pillar) = wrong {
        let own = review::own_text(&acting, round, state, pillar).await?;
        page.push(editor(visit, round, state, pillar, own, typed));
    }
    if let Some(on) = shown.evaluation.published {
        let values = [("day", day(visit, on).into())];
        page.push(InsetText::new(visit.format("review-published-on", &values)));
    }
    steps(visit, &mut page, &shown);
    moves(visit, &mut page, &described, &shown).await?;
    super::adjust::beside(visit, &mut page, &shown);
    if visit.may(Action::ContributeReport, &Resource::region()) {
        let (id, year) = (&described.questionnaire, described.from);
        let path = format!("/reports/contribute?questionnaire={id}&state={state}&period={year}");
        let words = visit.text("contribute-title");
        page.paragraph(super::super::report::link(visit, &path, words));
    }
    super::visit::shown(visit, &mut page, shown.evaluation.visit.as_ref());
    super::basis::shown(visit, &mut page, &described, state).await?;
    let here = |asked: &str, of: i32| asked == described.questionnaire && described.looks_at(of);
    super::super::report::contradictions_shown(visit, &mut page, state.as_str(), here).await?;
    page.heading("review-texts");
    let mut all: Vec<ReviewText> = texts.iter().map(|one| one.entry.clone()).collect();
    for text in published.map(|(texts, _)| texts).unwrap_or_default() {
        if !all.contains(&text) {
            all.push(text);
        }
    }
    all.sort_by_key(|text| text.pillar);
    if all.is_empty() {
        page.say("review-none-shown");
    }
    for text in &all {
        page.push(one_text(visit, text));
    }
    editors(visit, &mut page, (round, state, shown.stage), wrong).await?;
    let title = format!("{}: {}", visit.state(state.as_str()), described.title);
    let (html, back) = (page.finish(), format!("/reviews/{round}"));
    if typed.is_some() {
        return Ok(refused(visit, title, Some(&back), &html));
    }
    Ok(visit.page(&title).back(&back).html(&html))
}

/// A form for each text the reader writes, but for the one that stands on top.
async fn editors(
    visit: &Visit,
    page: &mut Page<'_>,
    (round, state, stage): (&str, StateCode, Stage),
    on_top: Option<Pillar>,
) -> Result<(), Refused> {
    for pillar in Pillar::ALL {
        let (_, action, resource) = place(*pillar, state.as_str());
        if !visit.may(action, &resource) {
            continue;
        }
        let own = review::own_text(&visit.acting(), round, state, *pillar).await?;
        if own.is_some() {
            let path = format!("/reviews/{round}/{state}/remarks/{pillar}");
            let name = visit.text(&format!("pillar-{pillar}"));
            let words = visit.format("remarks-on", &[("text", name.into())]);
            page.paragraph(super::super::report::link(visit, &path, words));
        }
        if own.as_ref().is_some_and(|(text, _)| stands(stage, *pillar, text.shared)) {
            page.push(InsetText::new(visit.text("review-text-stands")));
        } else if on_top != Some(*pillar) {
            let kept = review::typed_text(&visit.acting(), round, state, *pillar).await?;
            let none = Problems::default();
            let kept = kept.as_ref().map(|kept| (*pillar, kept, &none));
            page.push(editor(visit, round, state, *pillar, own, kept));
        }
    }
    Ok(())
}

/// Buttons to go on, or until when the step is the State's.
async fn moves(
    visit: &Visit,
    page: &mut Page<'_>,
    described: &Round,
    shown: &EvaluationShown,
) -> Result<(), Refused> {
    if !review::leads(&visit.acting(), shown) {
        return Ok(());
    }
    let app = visit.web.app();
    if let Some(waits) = review::waits_for_the_state(app, described, &shown.evaluation).await? {
        let due = waits.due.map(|due| day(visit, due)).unwrap_or_default();
        page.paragraph(visit.format("review-states-step", &[("due", due.into())]));
        return Ok(());
    }
    let without = shown.stage.awaits_the_state()
        && !review::state_has_acted(app, described, &shown.evaluation).await?;
    let path = format!("/reviews/{}/{}/move", described.id, shown.evaluation.state);
    for next in &shown.next {
        let step = visit.text(&format!("stage-{}", stage_word(*next, without)));
        let words = visit.format("review-move", &[("step", step.into())]);
        let form = FormPage::new(visit, &path, &Problems::default()).hidden("to", next.code());
        page.push(form.part(Button::new(words).small().secondary()).html());
    }
    Ok(())
}

/// The tag of a step, which says so where it was reached without the State's act.
pub(super) fn stage_tag(visit: &Visit, stage: Stage, colour: &str, without: bool) -> String {
    tag(visit, "stage", stage_word(stage, without), colour).to_string()
}

/// What a step is called: two are named after the State's act, unless there was none.
fn stage_word(stage: Stage, without: bool) -> &'static str {
    match stage {
        Stage::Reply if without => "without-reply",
        Stage::Comments if without => "without-comments",
        other => other.code(),
    }
}

fn steps(visit: &Visit, page: &mut Page<'_>, shown: &EvaluationShown) {
    page.heading("review-steps");
    let last = shown.evaluation.steps.len();
    let rows = shown
        .evaluation
        .steps
        .iter()
        .enumerate()
        .map(|(at, step)| {
            let now = at + 1 == last;
            let mut due = step.due.map(|due| day(visit, due)).unwrap_or_default();
            if !now {
                due = String::new();
            }
            let late = if now && shown.overdue {
                format!(" {}", tag(visit, "review", "overdue", "red"))
            } else {
                String::new()
            };
            let colour = if now { "blue" } else { "grey" };
            let without = shown.without.contains(&step.stage);
            vec![
                Content::Html(stage_tag(visit, step.stage, colour, without)),
                day(visit, step.on).into(),
                if now {
                    visit.text(&format!("review-actor-{}", step.stage.actor())).into()
                } else {
                    Content::default()
                },
                Content::Html(format!("{}{late}", Content::from(due))),
            ]
        })
        .collect();
    let heads = ["review-stage", "review-reached", "review-actor", "review-due"];
    page.table("steps", "review-steps", &heads, rows);
}

fn one_text(visit: &Visit, text: &ReviewText) -> String {
    let paragraphs: String = text
        .text
        .split("\n\n")
        .map(|part| format!("<p class=\"govuk-body\">{}</p>", Content::from(part.trim())))
        .collect();
    let mark = tag(visit, "pillar", text.pillar.code(), "purple");
    let mut html = format!(
        "<section><h3 class=\"govuk-heading-s\"><bdi lang=\"{}\">{}</bdi> {mark}</h3>\
         <div lang=\"{}\" dir=\"auto\">{paragraphs}</div>",
        text.language,
        Content::from(&text.title),
        text.language
    );
    for (on, why) in &text.corrected {
        let values = [("day", day(visit, *on).into()), ("why", why.as_str().into())];
        let words = Content::from(visit.format("review-corrected", &values));
        html.push_str(&format!("<p class=\"govuk-body-s\"><strong>{words}</strong></p>"));
    }
    if !text.earlier.is_empty() {
        // Each earlier version against the one that took its place.
        let next = text.earlier.iter().skip(1).map(|(_, text)| text).chain([&text.text]);
        let mut pairs: Vec<_> = text.earlier.iter().zip(next).collect();
        pairs.reverse();
        let earlier: String = pairs
            .into_iter()
            .map(|((on, old), next)| {
                let told = super::super::report::changes(visit, &compare(old, next));
                format!(
                    "<h4 class=\"govuk-heading-s\">{}</h4><p class=\"govuk-body-s\" dir=\"auto\">{told}</p>",
                    Content::from(day(visit, *on))
                )
            })
            .collect();
        html.push_str(
            &Details::new(visit.text("review-earlier"), Content::Html(earlier)).to_string(),
        );
    }
    html.push_str("</section>");
    html
}

fn editor(
    visit: &Visit,
    round: &str,
    state: StateCode,
    pillar: Pillar,
    own: Option<(TextForm, String)>,
    typed: Option<(Pillar, &TextForm, &Problems)>,
) -> String {
    let (path, _, _) = place(pillar, state.as_str());
    let none = Problems::default();
    let (values, revision) = own.unwrap_or_default();
    let saved = [values.title.clone(), values.text.clone()];
    // Kept as it was typed, and not saved: it goes on from what it was typed over.
    let waits = typed.is_some_and(|(of, _, wrong)| of == pillar && wrong.0.is_empty());
    let (values, problems) = match typed {
        Some((of, typed, problems)) if of == pillar => {
            (TextForm { published: values.published, ..typed.clone() }, problems)
        }
        _ => (values, &none),
    };
    let revision = if waits { values.revision.clone() } else { revision };
    let shared = if values.shared { vec!["yes".to_owned()] } else { Vec::new() };
    let yes = vec![("yes".to_owned(), visit.text("review-shared"))];
    let to = format!("/reviews/{round}/{state}/{path}");
    let mut form = FormPage::new(visit, &to, problems)
        .hidden("pillar", pillar.code())
        .hidden("revision", &revision);
    if problems.0.iter().any(|one| one.message.id == MEANWHILE) {
        let [title, text] = saved;
        let fields = [
            (visit.text("review-text-title"), title, values.title.clone()),
            (visit.text("review-text"), text, values.text.clone()),
        ];
        form = form.part(theirs(visit, &fields));
    }
    form = form.text("title", "review-text-title", "", &values.title).lines(
        "text",
        "review-text",
        "review-text-hint",
        &values.text,
    );
    if values.published {
        form = form.lines("why", "review-correction-why", "review-correction-hint", &values.why);
    }
    if pillar != Pillar::VisitNotes {
        form = form.checkboxes("shared", "review-shared", yes, &shared);
    }
    let name = visit.text(&format!("pillar-{pillar}"));
    let label = visit.format("review-write", &[("pillar", name.into())]);
    // What others read is written only by pressing the button; before, it is kept beside.
    let html = form.button("form-save").drafts(true).html();
    if problems.0.is_empty() {
        let html = if waits { format!("{}{html}", unsaved(visit, &to, pillar)) } else { html };
        let mut details = Details::new(label, Content::Html(html));
        details.open = waits;
        return details.to_string();
    }
    format!("{}{html}", super::super::report::notice_heading(label))
}

/// What is said where something waits to be saved, with a way to throw it away.
fn unsaved(visit: &Visit, path: &str, pillar: Pillar) -> String {
    let told = InsetText::new(visit.text("draft-waits"));
    let fields = [("pillar", pillar.code()), ("discard", "yes")];
    format!("{told}{}", one_button(visit, path, "draft-discard", &fields, false))
}

/// The message of a text that two people wrote.
const MEANWHILE: &str = "error-text-meanwhile";

async fn move_on(
    Path((round, state)): Path<(String, String)>,
    Sent { visit, form }: Sent,
) -> Answer {
    let code: StateCode = state.parse().map_err(|_| Refused::NotFound)?;
    let to = form.text("to").parse().map_err(|_| Refused::NotFound)?;
    review::move_on(&visit.acting_once(&form), &round, code, to).await?;
    Ok(done(&visit, &format!("/reviews/{round}/{state}"), "review-moved"))
}

async fn save(round: String, state: String, sent: Sent, allowed: &[Pillar]) -> Answer {
    let Sent { visit, form } = sent;
    let code: StateCode = state.parse().map_err(|_| Refused::NotFound)?;
    let pillar: Pillar = form.text("pillar").parse().map_err(|_| Refused::NotFound)?;
    if !allowed.contains(&pillar) {
        return Err(Failure(Refused::NotFound));
    }
    if form.ticked("discard") {
        review::forget_text(&visit.acting(), &round, code, pillar).await?;
        return Ok(done(&visit, &format!("/reviews/{round}/{state}"), "saved"));
    }
    let typed = TextForm {
        title: form.text("title").to_owned(),
        text: form.text("text").replace("\r\n", "\n"),
        shared: form.ticked("shared"),
        revision: form.text("revision").to_owned(),
        why: form.text("why").to_owned(),
        published: false,
        draft: draft::asked(&form),
    };
    if typed.draft {
        return as_typed(&visit, &round, code, pillar, &typed).await;
    }
    match review::save_text(&visit.acting_once(&form), &round, code, pillar, &typed).await {
        Ok(_) => {
            review::forget_text(&visit.acting(), &round, code, pillar).await?;
            Ok(done(&visit, &format!("/reviews/{round}/{state}"), "saved"))
        }
        Err(Refused::Invalid(problems)) => {
            page(&visit, &round, code, Some((pillar, &typed, &problems))).await
        }
        Err(Refused::Conflict) => {
            // Both texts stand on top; the typed one stays in the form.
            let mut problems = Problems::default();
            problems.add("text", palermo_app::Message::new(MEANWHILE));
            page(&visit, &round, code, Some((pillar, &typed, &problems))).await
        }
        Err(other) => Err(Failure(other)),
    }
}

/// A text that is saved as it is typed.
async fn as_typed(
    visit: &Visit,
    round: &str,
    state: StateCode,
    pillar: Pillar,
    typed: &TextForm,
) -> Answer {
    let acting = visit.acting();
    let mut heard = Heard::default();
    match review::text_as_typed(&acting, round, state, pillar, typed).await {
        Ok(true) => heard.aside(),
        Ok(false) => {
            // Unless a colleague wrote between the two, which is told with the next save.
            let same =
                |now: &TextForm| now.title == typed.title.trim() && now.text == typed.text.trim();
            if let Some((now, revision)) = review::own_text(&acting, round, state, pillar).await?
                && same(&now)
            {
                heard.field("revision", revision);
            }
        }
        Err(refused) => heard.refused(visit, "", refused)?,
    }
    Ok(heard.told(visit))
}

async fn findings(Path((round, state)): Path<(String, String)>, sent: Sent) -> Answer {
    save(round, state, sent, &[Pillar::Expert, Pillar::VisitNotes]).await
}

async fn political(Path((round, state)): Path<(String, String)>, sent: Sent) -> Answer {
    save(round, state, sent, &[Pillar::Political]).await
}

async fn comments(Path((round, state)): Path<(String, String)>, sent: Sent) -> Answer {
    save(round, state, sent, &[Pillar::State]).await
}
