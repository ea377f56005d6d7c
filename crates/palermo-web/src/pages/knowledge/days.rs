//! Announced days beside what keeps them: chosen with a release, proposed on its page,
//! and told where they have passed.

use super::{heading, link, list, paragraph};
use crate::{
    components::{Content, WarningText},
    shell::{failure::Failure, visit::Visit},
};
use palermo_app::{
    access::{Action, Resource},
    domain::{
        id::TenantId,
        knowledge::{announced::Kept, editorial::say},
    },
    knowledge::publishing::{self, CalendarDay},
};

/// An announcement in words: what, for which day, and that the day has passed.
fn words(visit: &Visit, one: &CalendarDay) -> String {
    let title = say(&one.day.entry.title, visit.language.code()).0;
    let day = visit.date(one.day.entry.due.date());
    let id = if one.kept == Kept::Missed { "calendar-overdue-since" } else { "calendar-due-on" };
    visit.format(id, &[("title", title.into()), ("day", day.into())])
}

/// Announcements that nothing keeps yet, as choices.
pub(super) async fn open(visit: &Visit) -> Result<Vec<(String, String)>, Failure> {
    let days = publishing::own_days(&visit.acting()).await?;
    let open = days.iter().filter(|one| one.is_open());
    Ok(open.map(|one| (one.day.id.to_string(), words(visit, one))).collect())
}

/// Which announcement a release or an estimate keeps, or those it may keep, for whoever
/// may change the calendar.
pub(super) async fn kept_by(
    visit: &Visit,
    tenant: TenantId,
    named: &str,
) -> Result<String, Failure> {
    let own = visit.signed.as_ref().is_some_and(|signed| signed.tenant.id == tenant);
    if !own || !visit.acting().may(Action::PrepareRelease, &Resource::of(tenant)).allowed {
        return Ok(String::new());
    }
    let days = publishing::own_days(&visit.acting()).await?;
    let to = |one: &CalendarDay, query: &str| {
        link(visit, &format!("/publish/announce/{}{query}", one.day.id), words(visit, one))
    };
    let chosen: Vec<Content> = days
        .iter()
        .filter(|one| one.day.entry.release.as_deref() == Some(named))
        .map(|one| to(one, ""))
        .collect();
    if !chosen.is_empty() {
        return Ok(format!("{}{}", heading(visit, "calendar-keeps"), list(chosen)));
    }
    let query = format!("?release={named}");
    let open: Vec<Content> =
        days.iter().filter(|one| one.is_open()).map(|one| to(one, &query)).collect();
    if open.is_empty() {
        return Ok(String::new());
    }
    let lead = paragraph(visit.text("calendar-waiting-words"));
    Ok(format!("{}{lead}{}", heading(visit, "calendar-waiting-title"), list(open)))
}

/// The days that passed with nothing published.
pub(super) async fn overdue(visit: &Visit) -> Result<String, Failure> {
    let days = publishing::own_days(&visit.acting()).await?;
    let late: Vec<Content> = days
        .iter()
        .filter(|one| one.kept == Kept::Missed)
        .map(|one| link(visit, &format!("/publish/announce/{}", one.day.id), words(visit, one)))
        .collect();
    if late.is_empty() {
        return Ok(String::new());
    }
    let warning = WarningText::new(visit.text("calendar-overdue-title"), &visit.words());
    Ok(format!("{warning}{}", list(late)))
}
