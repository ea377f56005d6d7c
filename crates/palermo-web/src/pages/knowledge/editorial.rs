//! Before publication: the editorial checklist with titles in the mechanism's
//! languages, and the release calendar as its keepers write it.

use super::{editorial_words as words, heading, id, link, paragraph};
use crate::{
    components::{Content, SummaryList},
    pages::Answer,
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::extract::Path;
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    domain::{
        id::{AnnouncementId, ReleaseId},
        knowledge::{
            editorial::{Reply, say},
            publication::Status,
        },
    },
    knowledge::{
        estimates,
        publishing::{self, DayForm, EditorialForm},
        releases::{self, Listed},
    },
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/publish/{id}/editorial", Action::PrepareRelease, ask)
        .form("/publish/{id}/editorial", Action::PrepareRelease, answer)
        .page("/publish/announce", Action::PrepareRelease, ask_day)
        .form("/publish/announce", Action::PrepareRelease, announce)
        .page("/publish/announce/{id}", Action::PrepareRelease, show_day)
        .form("/publish/announce/{id}", Action::PrepareRelease, change_day)
}

/// Public releases as choices.
pub(super) async fn public(visit: &Visit) -> Result<Vec<(String, String)>, Failure> {
    let all = releases::public(&visit.web.app().store).await?;
    let standing = all.into_iter().filter(|one| one.entry.status == Status::Published);
    Ok(standing.map(|one| (one.entry.slug.clone(), one.entry.title.clone())).collect())
}

/// What may keep an announced day: releases, those that wait for signatures too, and
/// estimates.
async fn kept_by(visit: &Visit) -> Result<Vec<(String, String)>, Failure> {
    let mut all = public(visit).await?;
    let waiting = visit.text("release-prepared");
    all.extend(publishing::prepared(&visit.acting()).await?.into_iter().map(|one| {
        let words = format!("{} ({waiting})", one.entry.title);
        (one.entry.slug.clone(), words)
    }));
    let kind = visit.text("pub-estimates-title");
    all.extend(estimates::public(&visit.web.app().store).await?.into_iter().map(|one| {
        let words = format!("{kind}: {}", one.entry.title);
        (format!("{}{}", publishing::ESTIMATE, one.id), words)
    }));
    Ok(all)
}

/// Where the checklist of a release stands, with the way to it.
pub(super) fn standing(visit: &Visit, found: &Listed) -> String {
    if found.entry.status != Status::Prepared {
        return String::new();
    }
    let mut html = heading(visit, "editorial-title");
    match &found.entry.editorial {
        Some(answered) => {
            let said = visit.format(
                "editorial-answered-by",
                &[
                    ("name", answered.name.as_str().into()),
                    ("version", answered.version.as_str().into()),
                ],
            );
            html.push_str(&paragraph(said));
        }
        None => html.push_str(&paragraph(visit.text("editorial-not-answered"))),
    }
    let own = visit.signed.as_ref().is_some_and(|signed| {
        signed.tenant.id == found.tenant
            && visit.may(Action::PrepareRelease, &Resource::of(signed.tenant.id))
    });
    if own {
        let path = format!("/publish/{}/editorial", found.id);
        html.push_str(&paragraph(link(visit, &path, visit.text("editorial-answer"))));
    }
    html
}

async fn ask(visit: Visit, Path(release): Path<String>) -> Answer {
    let release: ReleaseId = id(&release)?;
    let found = own(&visit, release).await?;
    let mut typed = EditorialForm {
        titles: found.entry.titles.clone(),
        revision: found.revision.0,
        ..EditorialForm::default()
    };
    typed.titles.entry("en".to_owned()).or_insert_with(|| found.entry.title.clone());
    if let Some(answered) = &found.entry.editorial {
        typed.note.clone_from(&answered.note);
        typed.replies = answered
            .replies
            .iter()
            .map(|(question, reply)| (question.clone(), reply.code().to_owned()))
            .collect();
    }
    form(&visit, &found, &typed, &Problems::default()).await
}

async fn own(visit: &Visit, release: ReleaseId) -> Result<Listed, Failure> {
    let found = releases::show(&visit.acting(), release).await?;
    let own = visit.signed()?.tenant.id == found.tenant;
    if own { Ok(found) } else { Err(Failure(Refused::NotFound)) }
}

async fn form(visit: &Visit, found: &Listed, typed: &EditorialForm, problems: &Problems) -> Answer {
    let guideline = publishing::guideline(visit.web.app())?;
    let action = format!("/publish/{}/editorial", found.id);
    let language = visit.language.code();
    let mut page = FormPage::new(visit, &action, problems)
        .hidden("revision", &typed.revision.to_string())
        .words("editorial-lead")
        .part(paragraph(link(visit, "/figures/guideline", visit.text("editorial-guideline"))));
    for question in &guideline.question {
        let replies = Reply::ALL
            .iter()
            .filter(|reply| **reply != Reply::NotApplicable || question.may_not_apply)
            .map(|reply| {
                (reply.code().to_owned(), visit.text(&format!("editorial-reply-{}", reply.code())))
            })
            .collect();
        let value = typed.replies.get(&question.id).map_or("", String::as_str);
        let name = format!("q-{}", question.id);
        page = page.radios_said(&name, say(&question.text, language).0, replies, value);
    }
    for code in publishing::languages(visit.web.app()).await? {
        let value = typed.titles.get(&code).map_or("", String::as_str);
        let label = words::title_in(visit, &code);
        page = page.text_said(&format!("title-{code}"), &label, value);
    }
    Ok(page
        .lines("note", "editorial-note", "", &typed.note)
        .button("editorial-keep")
        .page("editorial-title", &format!("/publish/{}", found.id)))
}

fn typed(form: &Form) -> EditorialForm {
    let mut typed = EditorialForm {
        note: form.text("note").to_owned(),
        revision: form.text("revision").parse().unwrap_or(0),
        ..EditorialForm::default()
    };
    for name in form.names() {
        if let Some(question) = name.strip_prefix("q-") {
            typed.replies.insert(question.to_owned(), form.text(name).to_owned());
        }
    }
    typed.titles = words::titles(form);
    typed
}

async fn answer(Path(release): Path<String>, Sent { visit, form: sent }: Sent) -> Answer {
    let release: ReleaseId = id(&release)?;
    let typed = typed(&sent);
    match publishing::answer(&visit.acting_once(&sent), release, &typed).await {
        Ok(id) => Ok(done(&visit, &format!("/publish/{id}"), "editorial-kept")),
        Err(Refused::Invalid(problems)) => {
            let found = own(&visit, release).await?;
            form(&visit, &found, &typed, &problems).await
        }
        Err(other) => Err(Failure(other)),
    }
}

async fn day_form(
    visit: &Visit,
    action: &str,
    typed: &DayForm,
    problems: &Problems,
    known: bool,
) -> Answer {
    let mut page =
        FormPage::new(visit, action, problems).hidden("revision", &typed.revision.to_string());
    for code in publishing::languages(visit.web.app()).await? {
        let value = typed.titles.get(&code).map_or("", String::as_str);
        page = page.text_said(&format!("title-{code}"), &words::title_in(visit, &code), value);
    }
    page = page.text("due", "calendar-due", "calendar-due-hint", &typed.due);
    if known {
        page = page
            .select("release", "calendar-release", kept_by(visit).await?, &typed.release)
            .text("reason", "calendar-reason", "calendar-reason-hint", &typed.reason)
            .checkboxes(
                "called_off",
                "calendar-called-off",
                vec![("yes".to_owned(), visit.text("calendar-call-off"))],
                &if typed.called_off { vec!["yes".to_owned()] } else { Vec::new() },
            );
    }
    Ok(page.button("calendar-keep").page("calendar-announce", "/figures/calendar"))
}

fn typed_day(form: &Form) -> DayForm {
    DayForm {
        titles: words::titles(form),
        due: form.text("due").to_owned(),
        release: form.text("release").to_owned(),
        reason: form.text("reason").to_owned(),
        called_off: form.ticked("called_off"),
        revision: form.text("revision").parse().unwrap_or(0),
    }
}

async fn ask_day(visit: Visit) -> Answer {
    day_form(&visit, "/publish/announce", &DayForm::default(), &Problems::default(), false).await
}

async fn announce(Sent { visit, form: sent }: Sent) -> Answer {
    let typed = typed_day(&sent);
    match publishing::announce(&visit.acting_once(&sent), &typed).await {
        Ok(_) => Ok(done(&visit, "/figures/calendar", "calendar-kept")),
        Err(Refused::Invalid(problems)) => {
            day_form(&visit, "/publish/announce", &typed, &problems, false).await
        }
        Err(other) => Err(Failure(other)),
    }
}

async fn show_day(visit: Visit, Path(day): Path<String>) -> Answer {
    let day: AnnouncementId = id(&day)?;
    let found = publishing::own_day(&visit.acting(), day).await?;
    let entry = &found.entry;
    let typed = DayForm {
        titles: entry.title.clone(),
        due: entry.due.to_string(),
        release: entry.release.clone().unwrap_or_else(|| visit.query("release")),
        reason: entry.reason.clone().unwrap_or_default(),
        called_off: entry.called_off,
        revision: found.revision.0,
    };
    day_form(&visit, &format!("/publish/announce/{day}"), &typed, &Problems::default(), true).await
}

async fn change_day(Path(day): Path<String>, Sent { visit, form: sent }: Sent) -> Answer {
    let day: AnnouncementId = id(&day)?;
    let typed = typed_day(&sent);
    match publishing::change_day(&visit.acting_once(&sent), day, &typed).await {
        Ok(_) => Ok(done(&visit, "/figures/calendar", "calendar-kept")),
        Err(Refused::Invalid(problems)) => {
            let action = format!("/publish/announce/{day}");
            day_form(&visit, &action, &typed, &problems, true).await
        }
        Err(other) => Err(Failure(other)),
    }
}

/// What a release says of its corrections: old and new, linked both ways.
pub(in crate::pages) fn corrections(visit: &Visit, found: &Listed) -> SummaryList {
    let entry = &found.entry;
    let mut rows = SummaryList::new();
    if let Some(slug) = &entry.corrected_by {
        let path = format!("/releases/{slug}");
        rows = rows.row(visit.text("release-corrected-by"), link(visit, &path, slug.as_str()));
    }
    if let Some(slug) = &entry.corrects {
        let path = format!("/releases/{slug}");
        rows = rows.row(visit.text("release-puts-right"), link(visit, &path, slug.as_str()));
    }
    if let Some(day) = &entry.changed {
        rows = rows.row(visit.text("release-changed"), day.as_str());
    }
    if let Some(reason) = &entry.reason {
        let said = Content::Html(format!("<bdi>{}</bdi>", Content::from(reason)));
        rows = rows.row(visit.text("release-reason"), said);
    }
    rows
}
