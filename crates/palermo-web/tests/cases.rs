//! Cases in the browser: opened with four answers, read by the team alone,
//! written by two at once without losing a word.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::http::StatusCode;
use support::Region;

const NADIA: &str = "nadia@harbourhouse.example";
const RUTH: &str = "ruth@harbourhouse.example";
const MARISOL: &str = "marisol@casaalondra.example";

/// Where an answer leads, without what it says was done.
fn leads_to(answer: &support::Answer) -> String {
    let to = answer.headers["location"].to_str().unwrap();
    to.split('?').next().unwrap().to_owned()
}

async fn open(region: &Region, cookie: &str, form: &str) -> String {
    let answer = region.post("/en/cases/new", Some(cookie), form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    leads_to(&answer)
}

#[tokio::test]
async fn a_case_opens_with_four_answers_and_support_may_start_at_once() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let path = open(&region, &nadia, "name=Selma&age=unsure&language=tr&urgent=safe_place").await;
    let page = region.get(&path, Some(&nadia)).await;
    assert_eq!(page.status, StatusCode::OK);
    for said in
        ["Selma", "Presumed", "rights of a child", "A safe place for tonight", "support may start"]
    {
        assert!(page.text.contains(said), "the page does not say `{said}`");
    }
    let title = page.text.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
    assert!(!title.contains("Selma"), "a name stands in the title (E13)");
}

#[tokio::test]
async fn a_name_is_not_needed_and_a_missing_age_is_said_beside_its_field() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    open(&region, &nadia, "age=adult&language=fr").await;
    let again = region.post("/en/cases/new", Some(&nadia), "name=Selma&language=tr").await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text.contains("Choose adult, child or not sure") && again.text.contains("Selma"));
}

#[tokio::test]
async fn req_242_persons_of_one_incident_get_a_case_each_and_no_shared_account() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let form = "site=vehicle&found_by=border&state=XAA&persons=11";
    let recorded = region.post("/en/incidents/new", Some(&nadia), form).await;
    let incident = leads_to(&recorded);
    let rows: String = (1..=11)
        .map(|row| format!("&name-{row}=P{row}&age-{row}=adult&language-{row}=fr"))
        .collect();
    let opened =
        region.post(&format!("{incident}/open"), Some(&nadia), &format!("rows=11{rows}")).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.text);
    let page = region.get(&incident, Some(&nadia)).await.text;
    let cases = page.matches("<bdi dir=\"ltr\">").count();
    assert_eq!(cases, 11, "eleven cases");
    let first = page.split("/en/cases/").nth(1).unwrap().get(..36).unwrap();
    let note = "text=He+drove+for+nine+hours";
    region.post(&format!("/en/cases/{first}/note"), Some(&nadia), note).await;
    let told = region.get(&format!("/en/cases/{first}"), Some(&nadia)).await.text;
    assert!(told.contains("nine hours"));
    for other in page.split("/en/cases/").skip(2).filter_map(|rest| rest.get(..36)) {
        if other != first && other.len() == 36 && other.contains('-') {
            let text = region.get(&format!("/en/cases/{other}"), Some(&nadia)).await.text;
            assert!(!text.contains("nine hours"), "an account was copied");
        }
    }
}

#[tokio::test]
async fn a_case_answers_as_absent_to_everyone_off_its_team() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let path = open(&region, &nadia, "name=Selma&age=adult&language=tr").await;
    for other in [RUTH, MARISOL, "kofi@harbourhouse.example", "ines@secretariat.meridian.example"] {
        let cookie = region.step_in(other).await;
        let answer = region.get(&path, Some(&cookie)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{other}");
        let noted = region.post(&format!("{path}/note"), Some(&cookie), "text=x").await;
        assert_eq!(noted.status, StatusCode::NOT_FOUND, "{other}");
    }
}

#[tokio::test]
async fn whoever_looked_stands_in_the_list_with_the_purpose() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let path = open(&region, &nadia, "age=adult&language=tr").await;
    region.get(&format!("{path}?for=remedy"), Some(&nadia)).await;
    let looked = region.get(&format!("{path}/looked"), Some(&nadia)).await.text;
    assert!(looked.contains("Nadia Verhane") && looked.contains("Remedy and compensation"));
}

#[tokio::test]
async fn a_purpose_that_is_not_granted_opens_nothing() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let path = open(&region, &nadia, "age=adult&language=tr").await;
    let answer = region.get(&format!("{path}?for=statistics"), Some(&nadia)).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

/// The hidden version of a text in the editor.
fn version(page: &str, field: &str) -> String {
    let at = page.split(&format!("name=\"{field}_version\" value=\"")).nth(1).unwrap();
    at.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn the_second_of_two_editors_is_shown_both_texts_and_nobodys_words_are_lost() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let path = open(&region, &nadia, "age=adult&language=tr").await;
    let page = region.get(&format!("{path}/words"), Some(&nadia)).await.text;
    let (wishes, story, name) =
        (version(&page, "wishes"), version(&page, "story"), version(&page, "name"));
    let form = |text: &str, seen: &str| {
        format!("name_version={name}&story_version={story}&wishes_version={seen}&wishes={text}")
    };
    let words = format!("{path}/words");
    let first = region.post(&words, Some(&nadia), &form("To+work", &wishes)).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.text);
    let second = region.post(&words, Some(&nadia), &form("To+learn", &wishes)).await;
    assert_eq!(second.status, StatusCode::CONFLICT);
    assert!(second.text.contains("To work") && second.text.contains("To learn"));
    let seen = version(&second.text, "wishes");
    let third = region.post(&words, Some(&nadia), &form("To+work+and+learn", &seen)).await;
    assert_eq!(third.status, StatusCode::SEE_OTHER);
    let page = region.get(&path, Some(&nadia)).await.text;
    assert!(page.contains("To work and learn"));
    assert!(page.contains("Words before"), "the earlier words stay readable in the history");
}

#[tokio::test]
async fn the_last_who_carries_a_case_cannot_leave_it() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let path = open(&region, &nadia, "age=adult&language=tr").await;
    let team = region.get(&format!("{path}/team"), Some(&nadia)).await.text;
    let own = team.split("name=\"account\" value=\"").nth(1).unwrap().get(..36).unwrap();
    let answer =
        region.post(&format!("{path}/team/leave"), Some(&nadia), &format!("account={own}")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text.contains("Someone must carry this case"));
}

#[tokio::test]
async fn e11_a_sealed_record_shows_itself_to_its_team_alone_not_even_in_counts() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let ruth = region.step_in(RUTH).await;
    let count = async || {
        let page = region.get("/en/cases/all", Some(&ruth)).await.text;
        let entries = page.split(" entries").next().unwrap();
        entries.rsplit(['>', ' ', '\n', '\u{2068}']).next().unwrap().to_owned()
    };
    let before = count().await;
    let path = open(&region, &nadia, "age=adult&language=tr&sealed=yes").await;
    assert_eq!(count().await, before, "a sealed record is counted");
    assert_eq!(region.get(&path, Some(&nadia)).await.status, StatusCode::OK);
    open(&region, &nadia, "age=adult&language=tr").await;
    assert_ne!(count().await, before, "an ordinary one is not");
}

#[tokio::test]
async fn a_case_is_found_by_its_number_however_it_is_typed() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let path = open(&region, &nadia, "age=adult&language=tr").await;
    let number = path.rsplit('/').next().unwrap().parse().map(palermo_app::domain::case::number);
    let number = number.unwrap();
    let small = number.to_lowercase();
    for typed in [number.clone(), small.replace('-', "+"), small.replace('-', "")] {
        let list = region.get(&format!("/en/cases?q={typed}"), Some(&nadia)).await.text;
        assert!(list.contains(&path), "`{typed}` does not find `{number}`");
    }
    let ruth = region.step_in(RUTH).await;
    let all = region.get("/en/cases/all", Some(&ruth)).await.text;
    assert!(all.contains("/en/break-glass/"), "who is on call can break the glass from the list");
}

#[tokio::test]
async fn a_program_sees_coded_facts_and_never_a_name() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    open(&region, &nadia, "name=Selma&age=adult&language=tr").await;
    let answer = region.get("/api/v1/cases", Some(&nadia)).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.text.contains("\"number\"") && !answer.text.contains("Selma"));
}
