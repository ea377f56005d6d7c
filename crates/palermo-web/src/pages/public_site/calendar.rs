//! The calendar of releases, what was put right or taken back, the content
//! guideline and the library.

use super::{heading, lead, link, list, paragraph};
use crate::{
    components::{Card, Cards, Content, Tag},
    pages::{Answer, knowledge::editorial},
    shell::{listing::List, route::Routes, visit::Visit},
};
use palermo_app::{
    access::{Action, Resource},
    domain::knowledge::{
        announced::Kept,
        editorial::{Section, say},
        publication::Status,
    },
    knowledge::{
        publishing::{self, CalendarDay},
        releases::{self, Listed},
        signals,
    },
};
use std::fmt::Write as _;

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/figures/calendar", Action::PublicRead, calendar)
        .page("/figures/corrections", Action::PublicRead, corrections)
        .page("/figures/guideline", Action::PublicRead, guideline)
        .page("/figures/library", Action::PublicRead, library)
}

fn tag(visit: &Visit, kept: Kept) -> Tag {
    let colour = match kept {
        Kept::Ahead => "blue",
        Kept::OnTime => "green",
        Kept::Late => "yellow",
        Kept::Missed => "red",
        Kept::CalledOff => "grey",
    };
    Tag::coloured(visit.text(&format!("calendar-{}", kept.code())), colour)
}

async fn calendar(visit: Visit) -> Answer {
    let days = publishing::calendar(visit.web.app()).await?;
    let own = visit
        .signed
        .as_ref()
        .map(|signed| signed.tenant.id)
        .filter(|tenant| visit.may(Action::PrepareRelease, &Resource::of(*tenant)));
    let code = visit.language.code();
    let title = move |one: &CalendarDay| say(&one.day.entry.title, code).0.to_owned();
    let (a, b, c, d) = (visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let (e, f) = (visit.clone(), visit.clone());
    let mut table = List::new(&visit, "calendar", &visit.text("calendar-title"), days)
        .column("due", "calendar-due", |one| one.day.entry.due.to_string(), move |one| day(&a, one))
        .text("title", "release-title", title)
        .column(
            "kept",
            "release-status",
            move |one| b.text(&format!("calendar-{}", one.kept.code())),
            move |one| tag(&c, one.kept).into(),
        )
        .column(
            "release",
            "pub-in-release",
            |one| match (&one.release, one.estimate) {
                (Some(release), _) => release.entry.slug.clone(),
                (None, day) => day.map(|day| day.to_string()).unwrap_or_default(),
            },
            move |one| released(&d, one),
        )
        .text("reason", "calendar-reason", |one| one.day.entry.reason.clone().unwrap_or_default())
        .when_empty(visit.text("calendar-none"))
        .unsearched();
    if own.is_some() {
        table = table.acts("calendar-change", move |one| {
            if Some(one.day.tenant) != own {
                return Content::default();
            }
            link(&e, &format!("/publish/announce/{}", one.day.id), e.text("calendar-change"))
        });
    }
    let mut top = lead(&visit, "calendar-lead");
    if own.is_some() {
        top.push_str(&paragraph(link(
            &visit,
            "/publish/announce",
            visit.text("calendar-announce"),
        )));
    }
    Ok(table.answer(move |table| {
        f.page(&f.text("calendar-title")).back("/figures").html(&format!("{top}{table}"))
    })?)
}

/// The day that holds, with the one announced first where it was moved.
fn day(visit: &Visit, one: &CalendarDay) -> Content {
    let entry = &one.day.entry;
    let due = visit.date(entry.due.date());
    if !entry.moved() {
        return due.into();
    }
    let first = visit.date(entry.first_due.date());
    let said = visit.format("calendar-moved", &[("first", first.into())]);
    Content::Html(format!(
        "{} <span class=\"p-small p-muted\">{}</span>",
        Content::from(due),
        Content::from(said)
    ))
}

fn released(visit: &Visit, one: &CalendarDay) -> Content {
    if let Some(day) = one.estimate {
        return link(visit, "/figures/estimates", visit.date(day.date()));
    }
    let Some(release) = &one.release else { return Content::default() };
    let path = format!("/releases/{}", release.entry.slug);
    let words = release.entry.issued.clone().unwrap_or_default();
    link(visit, &path, words)
}

async fn corrections(visit: Visit) -> Answer {
    let mut all = releases::public(&visit.web.app().store).await?;
    all.retain(|one| one.entry.status != Status::Published);
    all.sort_by(|a, b| b.entry.changed.cmp(&a.entry.changed));
    let mut html = lead(&visit, "corrections-lead");
    if all.is_empty() {
        html.push_str(&paragraph(visit.text("corrections-none")));
    }
    for one in &all {
        html.push_str(&corrected(&visit, one));
    }
    Ok(visit.page(&visit.text("corrections-title")).back("/figures").html(&html))
}

fn corrected(visit: &Visit, one: &Listed) -> String {
    let entry = &one.entry;
    let title = publishing::title(entry, visit.language.code());
    let path = format!("/releases/{}", entry.slug);
    let tag = crate::pages::knowledge::release_tag(visit, entry.status);
    let rows = editorial::corrections(visit, one);
    format!(
        "<h2 class=\"govuk-heading-m\">{}</h2><p class=\"govuk-body\">{tag}</p>{rows}",
        link(visit, &path, title)
    )
}

async fn guideline(visit: Visit) -> Answer {
    let guideline = publishing::guideline(visit.web.app())?;
    let code = visit.language.code();
    let mut html = format!("<div class=\"p-prose\">{}", lead(&visit, "guideline-lead"));
    for section in &guideline.section {
        html.push_str(&section_html(section, code));
    }
    let own: Vec<_> = guideline.word.iter().filter(|word| word.language == code).collect();
    if !own.is_empty() {
        html.push_str(&heading(&visit, "guideline-words"));
        html.push_str(&list(own.iter().map(|word| {
            Content::from(visit.format(
                "guideline-word",
                &[("avoid", word.avoid.as_str().into()), ("instead", word.instead.as_str().into())],
            ))
        })));
    }
    html.push_str(&heading(&visit, "editorial-title"));
    html.push_str(&list(guideline.question.iter().map(|q| Content::from(say(&q.text, code).0))));
    let version = visit.format("guideline-version", &[("version", guideline.version.into())]);
    let _ = write!(html, "<p class=\"p-small p-muted\">{}</p></div>", Content::from(version));
    Ok(visit.page(&visit.text("guideline-title")).back("/figures").html(&html))
}

fn section_html(section: &Section, code: &str) -> String {
    let (title, _) = say(&section.title, code);
    let (text, own) = say(&section.text, code);
    let language = if own { "" } else { " lang=\"en\"" };
    format!(
        "<h2 class=\"govuk-heading-m\" id=\"{}\">{}</h2><p class=\"govuk-body\"{language}>{}</p><p class=\"p-small p-muted\"><bdi lang=\"en\">{}</bdi></p>",
        section.id,
        Content::from(title),
        Content::from(text),
        Content::from(&section.source)
    )
}

/// Where documents are: what was published, reports, model texts, lessons.
async fn library(visit: Visit) -> Answer {
    let doors = [
        ("releases-title", "/releases", "pub-releases-why"),
        ("reports-title", "/reports", "library-reports"),
        ("library-models-title", "/models", "library-models"),
        ("nav-plans", "/plans", "library-plans"),
        ("guideline-title", "/figures/guideline", "guideline-lead"),
    ];
    let cards = doors.map(|(title, path, line)| {
        Card::link(visit.text(title), visit.link(path)).line(visit.text(line))
    });
    let mut html = lead(&visit, "library-lead");
    let _ = write!(html, "{}", Cards::new(2, cards));
    let lessons = signals::public_lessons(&visit.web.app().store).await?;
    html.push_str(&heading(&visit, "library-lessons"));
    if lessons.is_empty() {
        html.push_str(&paragraph(visit.text("library-no-lessons")));
    }
    for lesson in &lessons {
        let _ = write!(
            html,
            "<div class=\"govuk-inset-text\"><p class=\"govuk-body\"><bdi>{}</bdi></p><p class=\"p-small p-muted\">{}</p></div>",
            Content::from(&lesson.words),
            Content::from(visit.format(
                "library-lesson-of",
                &[
                    ("state", visit.state(&lesson.host).into()),
                    ("year", lesson.year.as_str().into())
                ],
            ))
        );
    }
    Ok(visit.page(&visit.text("library-title")).back("/figures").html(&html))
}
