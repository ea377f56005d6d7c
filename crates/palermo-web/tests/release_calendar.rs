//! Announced days and what keeps them: chosen with a release, proposed on its page, told
//! where they have passed; and nothing of it public before the release is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support::Region;
use axum::http::{StatusCode, header};
use palermo_store::knowledge::{announced as calendar, release as kept};

const ANALYST: &str = "petra@secretariat.meridian.example";

/// The announcement of the demonstration that nothing keeps and whose day is the last.
async fn ahead(region: &Region) -> String {
    let mut days = calendar::list(&region.app.store, None).await.unwrap();
    days.retain(|one| one.entry.release.is_none());
    days.sort_by_key(|one| one.entry.due);
    days.pop().unwrap().id.to_string()
}

#[tokio::test]
async fn req_193_a_release_is_prepared_for_an_announced_day_and_public_only_when_it_is() {
    let region = Region::new().await;
    let analyst = region.step_in(ANALYST).await;
    let list = region.get("/en/publish", Some(&analyst)).await.text;
    assert!(list.contains("have passed with nothing published"), "{list}");
    assert!(list.contains("overdue)"), "{list}");
    let data = region.get("/en/data", Some(&analyst)).await.text;
    let at = data.find("Calls about presumed victims").unwrap();
    let from = data[..at].rfind("/en/data/").unwrap();
    let dataset = &data[from + 9..from + 45];
    let year = region.app.store.now().date().year() - 1;
    let ask = |slug: &str, day: &str| {
        format!(
            "dataset={dataset}&title={slug}&slug={slug}&tables=form&method=round&k=10&from={year}&to={year}&announced={day}"
        )
    };
    let day = ahead(&region).await;
    let form = region.get("/en/publish/new", Some(&analyst)).await.text;
    assert!(form.contains(&format!("value=\"{day}\"")), "{form}");
    let wrong = ask("calls-wrong", "no-such-day");
    let wrong = region.post("/en/publish/new", Some(&analyst), &wrong).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", wrong.text);
    let made = region.post("/en/publish/new", Some(&analyst), &ask("calls-kept", &day)).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let store = &region.app.store;
    let days = calendar::list(store, None).await.unwrap();
    let found = days.iter().find(|one| one.id.to_string() == day).unwrap();
    assert_eq!(found.entry.release.as_deref(), Some("calls-kept"));
    let page = made.headers[header::LOCATION].to_str().unwrap().to_owned();
    let page = region.get(page.split('?').next().unwrap(), Some(&analyst)).await.text;
    assert!(page.contains("Announcement it keeps"), "{page}");
    // Readers see nothing of it before two people signed.
    let public = region.get("/en/figures/calendar", None).await.text;
    assert!(!public.contains("calls-kept"), "{public}");
}

#[tokio::test]
async fn req_193_a_release_nobody_announced_is_shown_the_days_that_nothing_keeps() {
    let region = Region::new().await;
    let analyst = region.step_in(ANALYST).await;
    let all = kept::list(&region.app.store, None).await.unwrap();
    let year = region.app.store.now().date().year() - 2;
    let slug = format!("detected-{year}");
    let id = all.into_iter().find(|one| one.entry.slug == slug).unwrap().id;
    let page = region.get(&format!("/en/publish/{id}"), Some(&analyst)).await.text;
    assert!(page.contains("Announced, and nothing keeps it yet"), "{page}");
    let day = ahead(&region).await;
    let path = format!("/en/publish/announce/{day}?release={slug}");
    assert!(page.contains(&path), "{page}");
    let form = region.get(&path, Some(&analyst)).await.text;
    assert!(form.contains(&format!("<option value=\"{slug}\" selected")), "{form}");
}
