//! Recommendations of every body, what each State says of itself, and what
//! reviewers found.

use super::super::report::{Page, day, link, state_options, tag};
use crate::{
    components::{Content, Tag},
    pages::{
        Answer,
        draft::{self, Heard},
    },
    shell::{
        failure::Failure,
        forms::{FormPage, done},
        listing::List,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::extract::Path;
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    domain::{
        register::{day::Day, state::StateCode},
        review::{
            FollowUp, FollowUpSide, Recommendation, RecordStatus, Statistics, Statuses, Strength,
        },
    },
    plan::links::pointers,
    review::{self, FollowForm, Recommended},
};
use std::collections::BTreeMap;

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/recommendations", Action::PublicRead, list)
        .page("/recommendations/statistics", Action::PublicRead, statistics)
        .download("/recommendations/export.json", Action::PublicRead, export)
        .page("/recommendations/{id}", Action::PublicRead, show)
        .form("/recommendations/{id}/own", Action::WriteComments, own)
        .form("/recommendations/{id}/found", Action::WriteFindings, found)
}

async fn visible(visit: &Visit) -> Result<Vec<Recommended>, Failure> {
    let acting = visit.acting();
    let mut all = review::recommendations(visit.web.app()).await?;
    all.retain(|one| review::reads(&acting, one));
    Ok(all)
}

/// Everything as data for treaty bodies and the Special Rapporteur, with stable ids (R067).
/// What is confidential is not in it, whoever asks.
async fn export(visit: Visit) -> Answer {
    let mut all = review::recommendations(visit.web.app()).await?;
    all.retain(|one| !one.recommendation.confidential);
    let made = visit.acting().now().date().to_string();
    let told = serde_json::json!({ "made": made, "recommendations": all });
    let bytes = serde_json::to_vec_pretty(&told)
        .map_err(|error| Refused::Unavailable(error.to_string()))?;
    let media = "application/json";
    Ok(crate::shell::listing::download(bytes, media, "recommendations", "json"))
}

fn status_tag(visit: &Visit, status: RecordStatus) -> Content {
    let colour = match status {
        RecordStatus::Implemented | RecordStatus::SatisfactoryOther => "green",
        RecordStatus::Ongoing | RecordStatus::Planned | RecordStatus::Partly => "yellow",
        RecordStatus::NotStarted | RecordStatus::NotImplemented => "red",
        RecordStatus::Superseded | RecordStatus::NoInformation => "grey",
    };
    tag(visit, "rec-status", status.code(), colour)
}

/// What the list can be narrowed to.
struct Choices {
    bodies: Vec<(String, String)>,
    themes: Vec<(String, String)>,
    strengths: Vec<(String, String)>,
    states: Vec<(String, String)>,
    /// Past the deadline, or led by nobody.
    amiss: Vec<(String, String)>,
}

fn choices(visit: &Visit, all: &[Recommended]) -> Choices {
    let mut bodies: Vec<(String, String)> = all
        .iter()
        .map(|one| (one.recommendation.body.clone(), one.recommendation.body.clone()))
        .collect();
    bodies.sort();
    bodies.dedup();
    let mut themes: Vec<(String, String)> = all
        .iter()
        .flat_map(|one| one.recommendation.themes.iter().cloned())
        .map(|theme| (theme.clone(), theme))
        .collect();
    themes.sort();
    themes.dedup();
    let strengths = Strength::ALL
        .iter()
        .map(|one| (one.code().to_owned(), visit.text(&format!("strength-{one}"))))
        .collect();
    let mut codes: Vec<String> =
        all.iter().flat_map(|one| &one.states).map(|one| one.state.to_string()).collect();
    codes.sort();
    codes.dedup();
    let states = codes.into_iter().map(|code| (code.clone(), visit.state(&code))).collect();
    let amiss = ["overdue", "unled"]
        .map(|one| (one.to_owned(), visit.text(&format!("recommendation-{one}"))))
        .to_vec();
    Choices { bodies, themes, strengths, states, amiss }
}

async fn list(visit: Visit) -> Answer {
    let today: Day = visit.acting().now().date().into();
    let all = visible(&visit).await?;
    let Choices { bodies, themes, strengths, states, amiss } = choices(&visit, &all);
    let (a, b, c, d) = (visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let list = List::new(&visit, "recommendations", &visit.text("recommendations-title"), all)
        .column(
            "id",
            "recommendation-id",
            |one| one.recommendation.id.clone(),
            move |one| {
                let id = &one.recommendation.id;
                link(&a, &format!("/recommendations/{id}"), id)
            },
        )
        .column(
            "text",
            "recommendation-text",
            |one| one.recommendation.text.clone(),
            |one| {
                let text = Content::from(&one.recommendation.text);
                Content::Html(format!("<bdi lang=\"en\">{text}</bdi>"))
            },
        )
        .text("body", "recommendation-body", |one| one.recommendation.body.clone())
        .text("strength", "recommendation-strength", move |one| {
            b.text(&format!("strength-{}", one.recommendation.strength))
        })
        .column(
            "status",
            "report-status",
            |one| one.states.iter().map(|s| s.counted().code()).collect::<Vec<_>>().join(" "),
            move |one| Content::Html(statuses(&c, one, today)),
        )
        .text("source", "recommendation-source", |one| one.recommendation.source.clone())
        .filter("body", "recommendation-body", bodies, |one, wanted| {
            one.recommendation.body == wanted
        })
        .filter("theme", "recommendation-themes", themes, |one, wanted| {
            one.recommendation.themes.iter().any(|theme| theme == wanted)
        })
        .filter("strength", "recommendation-strength", strengths, |one, wanted| {
            one.recommendation.strength.code() == wanted
        })
        .filter("state", "report-state", states, |one, wanted| {
            one.states.iter().any(|status| status.state.as_str() == wanted)
        })
        .filter("only", "report-status", amiss, move |one, wanted| match wanted {
            "unled" => one.unled(today),
            _ => one.states.iter().any(|status| status.overdue(&one.recommendation, today)),
        });
    let statistics = link(&d, "/recommendations/statistics", d.text("recommendation-statistics"));
    let intro = Content::from(visit.text("recommendations-intro"));
    Ok(list.answer(|table| {
        let new = if visit.may(Action::KeepRecommendations, &Resource::region()) {
            let path = visit.link("/recommendations/new");
            crate::components::Button::link(visit.text("recommendation-new"), path).to_string()
        } else {
            String::new()
        };
        let json = visit.link("/recommendations/export.json");
        let json = Content::from(json);
        let export = Content::from(visit.text("recommendations-export"));
        let html = format!(
            "<p class=\"govuk-body-l\">{intro}</p>{new}<p class=\"govuk-body\">{statistics} · \
             <a class=\"govuk-link\" href=\"{json}\" download>{export}</a></p>{table}"
        );
        visit.page(&visit.text("recommendations-title")).back("/reviews").html(&html)
    })?)
}

/// Each State with the status that counts, and what is amiss.
fn statuses(visit: &Visit, one: &Recommended, today: Day) -> String {
    if one.states.is_empty() && one.unled(today) {
        return tag(visit, "recommendation", "unled", "orange").to_string();
    }
    one.states
        .iter()
        .map(|status| {
            let name = Content::from(visit.state(status.state.as_str()));
            let mut html = format!("{name} {}", status_tag(visit, status.counted()));
            for mark in marks(visit, one, status, today) {
                html.push_str(&format!(" {mark}"));
            }
            html
        })
        .collect::<Vec<_>>()
        .join("<br>")
}

fn marks(visit: &Visit, one: &Recommended, status: &Statuses, today: Day) -> Vec<Content> {
    let mut marks = Vec::new();
    if status.overdue(&one.recommendation, today) {
        marks.push(tag(visit, "recommendation", "overdue", "red"));
    }
    if status.unled(&one.recommendation, today) {
        marks.push(tag(visit, "recommendation", "unled", "orange"));
    }
    if status.differ() {
        marks.push(tag(visit, "recommendation", "differ", "purple"));
    }
    marks
}

async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    page(&visit, &id, None).await
}

/// The States a reviewer may speak of: those it names, or all where it names none.
fn concerned(visit: &Visit, one: &Recommended) -> Vec<String> {
    if one.states.is_empty() {
        return state_options(visit).into_iter().map(|(code, _)| code).collect();
    }
    one.states.iter().map(|one| one.state.to_string()).collect()
}

type Typed<'t> = Option<(FollowUpSide, &'t FollowForm, &'t Problems)>;

async fn page(visit: &Visit, id: &str, typed: Typed<'_>) -> Answer {
    let today: Day = visit.acting().now().date().into();
    let all = visible(visit).await?;
    let one = all.iter().find(|one| one.recommendation.id == id).ok_or(Refused::NotFound)?;
    let r = &one.recommendation;
    let mut page = Page::new(visit);
    let text = Content::from(&r.text);
    page.push(format!("<p class=\"govuk-body-l\"><bdi lang=\"en\">{text}</bdi></p>"));
    let strength = visit.text(&format!("strength-{}", r.strength));
    let addressee = visit.text(&format!("addressee-{}", r.addressee));
    let made = r.made.parse::<Day>().map_or_else(|_| r.made.clone(), |on| day(visit, on));
    page.paragraph(format!("{}, {made}: {strength}, {addressee}", r.body));
    page.small(format!("{}: {}", visit.text("recommendation-source"), r.source));
    if !r.themes.is_empty() {
        let tags = r.themes.iter().map(|theme| Tag::coloured(theme, "grey").to_string());
        let tags: Vec<String> = tags.collect();
        page.paragraph(Content::Html(tags.join(" ")));
    }
    if !r.provisions.is_empty() {
        page.paragraph(provisions(visit, &r.provisions));
    }
    taken_up(visit, &mut page, r).await?;
    if let Some(deadline) = r.deadline {
        let words = visit.text("recommendation-deadline");
        page.paragraph(format!("{words}: {}", day(visit, deadline)));
    }
    if let Some(lead) = &r.lead {
        page.paragraph(format!("{}: {lead}", visit.text("recommendation-lead")));
    }
    if review::may_edit(&visit.acting(), id).await? {
        let path = visit.link(&format!("/recommendations/{id}/edit"));
        let words = visit.text("recommendation-edit");
        page.push(crate::components::Button::link(words, path).secondary());
    }
    for status in &one.states {
        page.push(both(visit, one, status, today));
    }
    beside(visit, &mut page, one, &all);
    let state = visit.acting().subject.state.clone().filter(|state| {
        visit.may(Action::WriteComments, &Resource::region().in_state(Some(state)))
    });
    if let Some(state) = state {
        page.push(form(visit, id, (FollowUpSide::State, vec![state]), typed).await?);
    }
    if visit.may(Action::WriteFindings, &Resource::region()) {
        let states = concerned(visit, one);
        page.push(form(visit, id, (FollowUpSide::Reviewer, states), typed).await?);
    }
    let html = page.finish();
    let mut response = visit.page(id).back("/recommendations").html(&html);
    if typed.is_some() {
        *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// Those that ask the same and those that ask the contrary: it is said on both of two that
/// contradict each other.
fn beside(visit: &Visit, page: &mut Page<'_>, one: &Recommended, all: &[Recommended]) {
    let r = &one.recommendation;
    let against = all.iter().map(|other| &other.recommendation).filter(|other| {
        other.id != r.id && (other.contradicts.contains(&r.id) || r.contradicts.contains(&other.id))
    });
    let against: Vec<String> = against.map(|other| other.id.clone()).collect();
    for (heading, ids) in
        [("recommendation-similar", &one.similar), ("recommendation-contradicts", &against)]
    {
        if ids.is_empty() {
            continue;
        }
        page.heading(heading);
        page.list(ids.iter().filter_map(|id| {
            let other = all.iter().find(|other| other.recommendation.id == *id)?;
            let text = Content::from(&other.recommendation.text);
            let door = link(visit, &format!("/recommendations/{id}"), id);
            Some(Content::Html(format!("{door} <bdi lang=\"en\">{text}</bdi>")))
        }));
    }
}

/// The provisions it rests on, each leading to its instrument.
fn provisions(visit: &Visit, ids: &[String]) -> Content {
    let known = &visit.web.app().registers.instruments;
    let links: Vec<String> = ids
        .iter()
        .map(|id| match id.split_once(':').filter(|(one, _)| known.get(one.trim()).is_some()) {
            Some((one, _)) => link(visit, &format!("/instruments/{}", one.trim()), id).to_string(),
            None => Content::from(id).to_string(),
        })
        .collect();
    let words = Content::from(visit.text("round-provisions"));
    Content::Html(format!("{words}: {}", links.join(", ")))
}

/// The actions of plans that take it up, and the indicators that measure it (R061).
async fn taken_up(visit: &Visit, page: &mut Page<'_>, r: &Recommendation) -> Result<(), Refused> {
    if r.measures.is_empty() && r.indicators.is_empty() {
        return Ok(());
    }
    let plans = pointers(&visit.acting()).await?;
    for (heading, ids, known) in [
        ("recommendation-measures", &r.measures, &plans.measures),
        ("recommendation-indicators", &r.indicators, &plans.indicators),
    ] {
        if ids.is_empty() {
            continue;
        }
        page.heading(heading);
        page.list(ids.iter().map(|id| match known.iter().find(|one| one.id == *id) {
            Some(one) => link(visit, &one.path, &one.words),
            None => Content::from(id),
        }));
    }
    Ok(())
}

/// What the State says and what the reviewer found, side by side.
fn both(visit: &Visit, one: &Recommended, status: &Statuses, today: Day) -> String {
    let mut page = Page::new(visit);
    page.push(super::super::report::notice_heading(visit.state(status.state.as_str())));
    let marks: Vec<String> =
        marks(visit, one, status, today).iter().map(ToString::to_string).collect();
    if !marks.is_empty() {
        page.paragraph(Content::Html(marks.join(" ")));
    }
    let side = |said: Option<&FollowUp>| match said {
        None => visit.text("rec-status-no-information").into(),
        Some(said) => {
            let evidence = match said.evidence.as_str() {
                "" => String::new(),
                text => format!(
                    "<br>{}: {}",
                    Content::from(visit.text("report-evidence")),
                    Content::from(text)
                ),
            };
            Content::Html(format!(
                "{} <span class=\"p-src\">{}</span><br><bdi>{}</bdi>{evidence}",
                status_tag(visit, said.status),
                Content::from(day(visit, said.on)),
                Content::from(&said.account)
            ))
        }
    };
    let deadline = status.deadline(&one.recommendation).map(|on| day(visit, on));
    // The first cell heads its row: neither account is set above the other.
    let rows = vec![vec![
        visit.state(status.state.as_str()).into(),
        side(status.own.as_ref()),
        side(status.found.as_ref()),
        status.lead(&one.recommendation).unwrap_or_default().into(),
        deadline.unwrap_or_default().into(),
    ]];
    let heads = [
        "report-state",
        "recommendation-own",
        "recommendation-found",
        "recommendation-lead",
        "recommendation-deadline",
    ];
    page.table(&format!("f-{}", status.state), "report-status", &heads, rows);
    page.finish()
}

async fn form(
    visit: &Visit,
    id: &str,
    (side, states): (FollowUpSide, Vec<String>),
    typed: Typed<'_>,
) -> Result<String, Refused> {
    // What was typed before and not saved stands there again.
    let kept = review::typed_follow_up(&visit.acting(), id, side).await?;
    let (of, before) = kept.clone().unwrap_or_default();
    let none = Problems::default();
    let (values, problems) = match typed {
        Some((of, values, problems)) if of == side => (values, problems),
        _ => (&before, &none),
    };
    let (path, title) = match side {
        FollowUpSide::State => ("own", "follow-title-own"),
        FollowUpSide::Reviewer => ("found", "follow-title-found"),
    };
    let options = RecordStatus::ALL
        .iter()
        .map(|one| (one.code().to_owned(), visit.text(&format!("rec-status-{one}"))))
        .collect();
    let chosen = states.iter().find(|one| **one == of).or(states.first());
    let chosen = chosen.cloned().unwrap_or_default();
    let states = states.into_iter().map(|code| (code.clone(), visit.state(&code))).collect();
    let mut form = FormPage::new(visit, &format!("/recommendations/{id}/{path}"), problems)
        .select("state", "report-state", states, &chosen)
        .select("status", "report-status", options, &values.status);
    if side == FollowUpSide::State {
        form = form.text("lead", "recommendation-lead", "", &values.lead).text(
            "deadline",
            "recommendation-deadline",
            "report-day-hint",
            &values.deadline,
        );
    }
    let form = form
        .lines("account", "follow-account", "", &values.account)
        .lines("evidence", "report-evidence", "", &values.evidence)
        .button("form-save")
        .drafts(true)
        .html();
    let mut details = crate::components::Details::new(visit.text(title), Content::Html(form));
    details.open = kept.is_some() || !problems.0.is_empty();
    Ok(details.to_string())
}

async fn note(id: String, sent: Sent, side: FollowUpSide) -> Answer {
    let Sent { visit, form } = sent;
    let state: StateCode = form.text("state").parse().map_err(|_| Refused::NotFound)?;
    let text = |name: &str| form.text(name).to_owned();
    let typed = FollowForm {
        status: text("status"),
        lead: text("lead"),
        deadline: text("deadline"),
        account: text("account"),
        evidence: text("evidence"),
    };
    if draft::asked(&form) {
        let (acting, mut heard) = (visit.acting(), Heard::default());
        if let Err(refused) = review::follow_up_as_typed(&acting, &id, state, side, &typed).await {
            heard.refused(&visit, "", refused)?;
        }
        return Ok(heard.told(&visit));
    }
    match review::note_follow_up(&visit.acting_once(&form), &id, state, side, &typed).await {
        Ok(_) => Ok(done(&visit, &format!("/recommendations/{id}"), "follow-noted")),
        Err(Refused::Invalid(problems)) => page(&visit, &id, Some((side, &typed, &problems))).await,
        Err(other) => Err(Failure(other)),
    }
}

async fn own(Path(id): Path<String>, sent: Sent) -> Answer {
    note(id, sent, FollowUpSide::State).await
}

async fn found(Path(id): Path<String>, sent: Sent) -> Answer {
    note(id, sent, FollowUpSide::Reviewer).await
}

async fn statistics(visit: Visit) -> Answer {
    let today: Day = visit.acting().now().date().into();
    let all = visible(&visit).await?;
    let mut page = Page::new(&visit);
    let by_state =
        review::group_statistics(&all, today, |_, status| vec![visit.state(status.state.as_str())]);
    let by_theme =
        review::group_statistics(&all, today, |one, _| one.recommendation.themes.clone());
    let by_round = review::group_statistics(&all, today, |one, _| {
        one.recommendation.round.clone().into_iter().collect()
    });
    for (heading, groups) in [
        ("recommendation-by-state", by_state),
        ("recommendation-by-theme", by_theme),
        ("review-round", by_round),
    ] {
        page.heading(heading);
        page.push(groups_table(&visit, heading, &groups));
    }
    let html = page.finish();
    Ok(visit.page(&visit.text("recommendation-statistics")).back("/recommendations").html(&html))
}

fn groups_table(visit: &Visit, id: &str, groups: &BTreeMap<String, Statistics>) -> String {
    let rows = groups
        .iter()
        .map(|(name, group)| {
            let settled = group.settled_percent.map(|share| visit.number(share));
            vec![
                Content::from(name),
                visit.whole(group.total).into(),
                settled.unwrap_or_default().into(),
                visit.whole(group.overdue).into(),
                visit.whole(group.unled).into(),
                visit.whole(group.differing).into(),
            ]
        })
        .collect();
    let heads = [
        "recommendation-group",
        "recommendation-total",
        "recommendation-settled",
        "recommendation-overdue",
        "recommendation-unled",
        "recommendation-differ",
    ];
    let mut page = Page::new(visit);
    page.table(id, id, &heads, rows);
    page.finish()
}
