//! What was typed survives a session that ended and a key that closed: it comes
//! back in the answer, goes on from there once, and stays out of every address.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use support::{Answer, Region};

const NADIA: &str = "nadia@harbourhouse.example";
const SECRET: &str = "She dreams of the lighthouse";

async fn open(region: &Region, cookie: &str) -> String {
    let answer = region.post("/en/cases/new", Some(cookie), "age=adult&language=en").await;
    let to = answer.headers[header::LOCATION].to_str().unwrap();
    to.split('?').next().unwrap().to_owned()
}

fn encoded(text: &str) -> String {
    text.replace(' ', "+")
}

/// The form an answer gives back, as a browser would send it again.
fn given_back(answer: &Answer) -> (String, String) {
    let form = answer.text.split("novalidate data-keep>").nth(1).expect("a form given back");
    let form = form.split("</form>").next().unwrap();
    let action = answer.text.split("novalidate data-keep>").next().unwrap();
    let action = action.rsplit("action=\"").next().unwrap().split('"').next().unwrap();
    let mut pairs = Vec::new();
    for hidden in form.split("<input type=\"hidden\" name=\"").skip(1) {
        let (name, rest) = hidden.split_once("\" value=\"").unwrap();
        pairs.push(format!("{name}={}", encoded(rest.split('"').next().unwrap())));
    }
    for area in form.split("<textarea").skip(1) {
        let name = area.split("name=\"").nth(1).unwrap().split('"').next().unwrap();
        let text = area.split_once(">\n").unwrap().1.split("</textarea>").next().unwrap();
        pairs.push(format!("{name}={}", encoded(text)));
    }
    (action.to_owned(), pairs.join("&"))
}

/// Nothing of what was typed is in a header of the answer.
fn only_in_the_page(answer: &Answer) {
    for value in answer.headers.values() {
        assert!(!String::from_utf8_lossy(value.as_bytes()).contains("lighthouse"));
    }
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
}

/// Nor in a file of the installation: neither in the log nor among the records.
fn nowhere_on_the_disk(region: &Region) {
    for file in std::fs::read_dir(region.folder()).unwrap() {
        let path = file.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let found = bytes.windows(10).any(|part| part == b"lighthouse");
        assert!(!found, "{}", path.display());
    }
}

#[tokio::test]
async fn a_note_sent_after_the_session_ended_is_given_back_and_counts_once() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let case = open(&region, &nadia).await;
    region.post("/en/sign-out", Some(&nadia), "").await;
    let note = format!("{case}/note");
    let sent = format!("_once=0123456789abcdefghij-note&text={}", encoded(SECRET));
    let refused = region.post(&note, Some(&nadia), &sent).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    assert!(refused.text.contains(SECRET), "the words are there to be read");
    assert!(refused.text.contains("target=\"_blank\"") && refused.text.contains("/en/sign-in"));
    only_in_the_page(&refused);
    nowhere_on_the_disk(&region);
    let (action, again) = given_back(&refused);
    assert_eq!(action, note);
    let nadia = region.step_in(NADIA).await;
    for _ in 0..2 {
        let kept = region.post(&action, Some(&nadia), &again).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text);
        only_in_the_page(&kept);
    }
    let page = region.get(&case, Some(&nadia)).await.text;
    assert_eq!(page.matches(SECRET).count(), 2, "kept once: the latest note, and in the history");
}

#[tokio::test]
async fn what_one_person_typed_is_not_sent_by_the_next_who_signs_in() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let case = open(&region, &nadia).await;
    region.post("/en/sign-out", Some(&nadia), "").await;
    let sent = format!("_once=0123456789abcdefghij-note&text={}", encoded(SECRET));
    let refused = region.post(&format!("{case}/note"), Some(&nadia), &sent).await;
    let (action, again) = given_back(&refused);
    assert!(again.contains("_whose="));
    let ruth = region.step_in("ruth@harbourhouse.example").await;
    let others = region.post(&action, Some(&ruth), &again).await;
    assert_eq!(others.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", others.text);
    assert!(others.text.contains("typed by someone else") && !others.text.contains(SECRET));
    // Given back a second time it still belongs to who typed it.
    let twice = region.post(&action, Some(&nadia), &again).await;
    assert_eq!(twice.status, StatusCode::UNAUTHORIZED);
    let (action, again) = given_back(&twice);
    let others = region.post(&action, Some(&ruth), &again).await;
    assert_eq!(others.status, StatusCode::UNPROCESSABLE_ENTITY);
    let nadia = region.step_in(NADIA).await;
    let own = region.post(&action, Some(&nadia), &again).await;
    assert_eq!(own.status, StatusCode::SEE_OTHER, "{}", own.text);
}

#[tokio::test]
async fn a_note_and_a_referral_sent_after_the_key_closed_are_given_back() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let case = open(&region, &nadia).await;
    region.post("/en/account/lock", Some(&nadia), "").await;
    let words = encoded(SECRET);
    let referral = format!(
        "outside=Harbour+Law+Clinic&days=3&kind=legal&purpose=help&service=legal&urgency=soon\
         &items=call_name&items=words&words={words}"
    );
    for (path, sent) in [("note", format!("text={words}")), ("refer", referral)] {
        let refused = region.post(&format!("{case}/{path}"), Some(&nadia), &sent).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}: {}", refused.text);
        assert!(refused.text.contains(SECRET), "{path}");
        assert!(refused.text.contains("/en/account/unlock"), "{path}");
        only_in_the_page(&refused);
        let (action, again) = given_back(&refused);
        assert_eq!(action, format!("{case}/{path}"));
        let nadia = region.step_in(NADIA).await;
        let kept = region.post(&action, Some(&nadia), &again).await;
        assert!(matches!(kept.status, StatusCode::SEE_OTHER | StatusCode::OK), "{}", kept.text);
    }
}

#[tokio::test]
async fn a_care_record_and_a_report_sent_after_the_session_ended_are_given_back() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let case = open(&region, &nadia).await;
    region.post("/en/sign-out", Some(&nadia), "").await;
    let words = encoded(SECRET);
    let section = "/en/reports/sheets/00000000-0000-4000-8000-000000000000/sections/a".to_owned();
    for path in [format!("{case}/care/new/service"), section] {
        let sent = format!("service=vocational&provider=private&note={words}");
        let refused = region.post(&path, Some(&nadia), &sent).await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{path}");
        assert!(refused.text.contains(SECRET), "{path}");
        only_in_the_page(&refused);
    }
}

#[tokio::test]
async fn a_strangers_form_and_a_passphrase_are_never_shown_again() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let case = open(&region, &nadia).await;
    let foreign = Request::post(format!("{case}/note"))
        .header("sec-fetch-site", "cross-site")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(format!("text={}", encoded(SECRET))))
        .unwrap();
    let refused = region.send(foreign).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    assert!(!refused.text.contains(SECRET));
    let typed = "passphrase=four+quiet+grey+herons";
    let refused = region.post("/en/account/unlock", None, typed).await;
    assert!(!refused.text.contains("herons"));
}

#[tokio::test]
async fn whoever_leaves_a_form_of_free_text_is_asked_first() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let case = open(&region, &nadia).await;
    for path in ["", "/words", "/refer", "/person", "/care/new/service", "/identification"] {
        let page = region.get(&format!("{case}{path}"), Some(&nadia)).await;
        if page.status == StatusCode::OK {
            assert!(page.text.contains("novalidate data-keep"), "{path}");
        } else {
            assert_eq!(path, "/identification", "{}", page.status);
        }
    }
    // A list with nothing to type does not ask.
    let team = region.get(&format!("{case}/looked"), Some(&nadia)).await.text;
    assert!(!team.contains("novalidate data-keep"));
}
