//! Figures, releases and signals, asked of the demonstration region as a
//! browser would.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use palermo_app::knowledge::{releases, watching};
use support::Region;

const ANALYST: &str = "petra@secretariat.meridian.example";
const SECRETARIAT: &str = "ines@secretariat.meridian.example";
const POLICE: &str = "stella@police.avelmar.example";

/// The first address in a page that begins so and goes on with an id.
fn first(text: &str, start: &str) -> String {
    let from = text.match_indices(start).find_map(|(at, _)| {
        let rest = &text[at..];
        let end = rest.find(['"', '?'])?;
        (rest[..end].len() == start.len() + 36).then(|| rest[..end].to_owned())
    });
    from.unwrap_or_else(|| panic!("no `{start}…` in the page"))
}

async fn upload(region: &Region, path: &str, cookie: &str, content: &str) -> support::Answer {
    let body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n{content}\r\n--x--\r\n"
    );
    let request = Request::post(path)
        .header("sec-fetch-site", "same-origin")
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .body(Body::from(body))
        .unwrap();
    region.send(request).await
}

#[tokio::test]
async fn req_193_the_public_sees_three_releases_and_not_the_one_that_was_refused() {
    let region = Region::new().await;
    let all = releases::public(&region.app.store).await.unwrap();
    let yearly = all.iter().filter(|one| one.entry.slug.starts_with("detected-"));
    assert_eq!(yearly.count(), 3);
    for language in ["en", "fr", "es", "ar"] {
        let page = region.get(&format!("/{language}/releases"), None).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.text.contains("fenlua") && !page.text.contains("Fenlua"));
        let slug = &all[0].entry.slug;
        let page = region.get(&format!("/{language}/releases/{slug}"), None).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text.contains(slug.as_str()));
    }
    assert_eq!(region.get("/en/releases/fenlua-by-sex", None).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn req_195_every_table_of_a_release_can_be_taken_away_with_its_description() {
    let region = Region::new().await;
    let all = releases::public(&region.app.store).await.unwrap();
    let slug = all.iter().find(|one| one.entry.slug.starts_with("detected-")).unwrap();
    let slug = slug.entry.slug.clone();
    for file in [
        "form-sex.csv",
        "form-sex.csv-metadata.json",
        "form-sex.xlsx",
        "metadata.json",
        "methodology.md",
        "labels.csv",
    ] {
        let answer = region.get(&format!("/en/releases/{slug}/{file}"), None).await;
        assert_eq!(answer.status, StatusCode::OK, "{file}");
    }
    let table = region.get(&format!("/en/releases/{slug}/form-sex.csv"), None).await.text;
    let counts: Vec<u64> =
        table.lines().skip(1).filter_map(|line| line.split(',').nth(2)?.parse().ok()).collect();
    assert!(!counts.is_empty() && counts.iter().all(|count| count % 5 == 0), "{table}");
    let report = region.get(&format!("/en/releases/{slug}/report.json"), None).await;
    assert_eq!(report.status, StatusCode::NOT_FOUND, "the attack's report stays in the office");
}

#[tokio::test]
async fn the_table_that_would_unmask_somebody_is_kept_as_refused_with_its_reason() {
    let region = Region::new().await;
    let cookie = region.step_in(ANALYST).await;
    let list = region.get("/en/publish", Some(&cookie)).await.text;
    assert!(list.contains("Fenlua") && list.contains("Refused"));
    let row = list.find("Fenlua").unwrap();
    let at = list[..row].rfind("/en/publish/").unwrap();
    let page = region.get(&list[at..at + 48], Some(&cookie)).await;
    assert!(page.text.contains("could be worked out"), "{}", page.text);
    assert!(!page.text.contains("/sign\""), "what was refused cannot be signed");
}

#[tokio::test]
async fn exact_counts_are_for_analysts_and_enforcement_sees_no_signal() {
    let region = Region::new().await;
    let analyst = region.step_in(ANALYST).await;
    let list = region.get("/en/data", Some(&analyst)).await;
    assert_eq!(list.status, StatusCode::OK);
    let dataset = first(&list.text, "/en/data/");
    let page = region.get(&dataset, Some(&analyst)).await;
    assert!(page.text.contains("Detected, not prevalence"));
    let csv = region.get(&format!("{dataset}?format=csv"), Some(&analyst)).await.text;
    assert!(csv.contains("persons,lower,upper"), "{csv}");
    let police = region.step_in(POLICE).await;
    for path in ["/en/data", "/en/signals", "/en/publish", &dataset] {
        assert_eq!(region.get(path, Some(&police)).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn req_175_a_file_is_planned_with_its_row_errors_taken_in_and_undone() {
    let region = Region::new().await;
    let cookie = region.step_in(ANALYST).await;
    let list = region.get("/en/data?q=Avelmar", Some(&cookie)).await;
    let dataset = first(&list.text, "/en/data/");
    let text = "State,Period,Form,Persons\nXAA,2026-01,labour,7\nXAA,2026-02,slavery,9\n";
    let plan = upload(&region, &format!("{dataset}/import"), &cookie, text).await;
    assert_eq!(plan.status, StatusCode::OK);
    assert!(plan.text.contains("`slavery` is not in the list"), "{}", plan.text);
    let good = "State,Period,Form,Persons\nXAA,2026-01,labour,7\n";
    let hex: String = good.bytes().map(|byte| format!("{byte:02x}")).collect();
    let body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"content\"\r\n\r\n{hex}\r\n--x--\r\n"
    );
    let request = Request::post(format!("{dataset}/import/apply"))
        .header("sec-fetch-site", "same-origin")
        .header(header::COOKIE, &cookie)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .body(Body::from(body))
        .unwrap();
    let done = region.send(request).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let page = region.get(&dataset, Some(&cookie)).await.text;
    let undo = page.find("/undo\"").map(|at| {
        let start = page[..at].rfind("href=\"").unwrap() + 6;
        page[start..at + 5].to_owned()
    });
    let undone = region.post(&undo.unwrap(), Some(&cookie), "why=sent+by+mistake").await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER);
    assert!(region.get(&dataset, Some(&cookie)).await.text.contains("sent by mistake"));
}

#[tokio::test]
async fn req_180_one_signal_is_live_and_becomes_a_joint_response() {
    let region = Region::new().await;
    let cookie = region.step_in(SECRETARIAT).await;
    let list = region.get("/en/signals", Some(&cookie)).await.text;
    assert!(list.contains("New") && list.contains("Dismissed"), "{list}");
    let store = &region.app.store;
    let all = palermo_store::knowledge::signal::list(store, Some("new")).await.unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].entry.method, watching::FARRINGTON);
    let path = format!("/en/signals/{}", all[0].id);
    let page = region.get(&path, Some(&cookie)).await.text;
    assert!(page.contains("where the past explains"));
    let without =
        region.post(&path, Some(&cookie), "what=propose&host=XBB&team=two&revision=1").await;
    assert!(without.text.contains("Who may be turned back") && without.status == StatusCode::OK);
    let form = "what=propose&host=XBB&stopped=seasonal+workers&turned_back=people+without+papers\
                &exposed=families&rights_note=nobody+is+turned+back&revision=1";
    assert_eq!(region.post(&path, Some(&cookie), form).await.status, StatusCode::SEE_OTHER);
    assert!(region.get(&path, Some(&cookie)).await.text.contains("nobody is turned back"));
}
