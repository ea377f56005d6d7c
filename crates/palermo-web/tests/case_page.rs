//! The case page for whoever is tired, the short way from a free place to a referral that
//! is sent, and the device that is handed over with a person's own view.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::http::{StatusCode, header};
use std::fmt::Write as _;
use support::{Answer, Region};

const NADIA: &str = "nadia@harbourhouse.example";
const BENITO: &str = "benito@casaalondra.example";

async fn open(region: &Region, cookie: &str, form: &str) -> String {
    let answer = region.post("/en/cases/new", Some(cookie), form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    let to = answer.headers["location"].to_str().unwrap();
    to.split('?').next().unwrap().to_owned()
}

/// Where something stands on a page.
fn at(page: &str, words: &str) -> usize {
    page.find(words).unwrap_or_else(|| panic!("`{words}` is not on the page: {page}"))
}

fn hidden(answer: &Answer, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let at = answer.text.find(&mark).expect(name) + mark.len();
    answer.text[at..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_case_page_says_on_top_what_matters_now_and_folds_the_rest_under_few_headings() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let path = open(&region, &nadia, "name=Selma&age=unsure&language=tr&urgent=safe_place").await;
    let noted = region.post(&format!("{path}/note"), Some(&nadia), "text=She+slept+well").await;
    assert_eq!(noted.status, StatusCode::SEE_OTHER, "{}", noted.text);
    let page = region.get(&path, Some(&nadia)).await.text;
    let folds = at(&page, "<details class=\"p-fold\"");
    for first in [
        "rights of a child",
        "No guardian stands by this child",
        "What matters now",
        "<bdi>Selma</bdi>",
        "A safe place for tonight",
        "Carries the case",
        "She slept well",
        "/get-help?need=shelter",
        "name=\"text\"",
    ] {
        assert!(at(&page, first) < folds, "`{first}` stands on top, unfolded");
    }
    assert_eq!(page.matches("No guardian stands by this child").count(), 1, "said once");
    // Every part is still there: its anchor is inside what opens for whoever is led to it.
    for id in [
        "words",
        "person",
        "contact",
        "identification",
        "papers",
        "tasks",
        "care",
        "sharing",
        "never-told",
        "referrals",
        "rights",
        "team",
        "files",
        "keeping",
        "history",
    ] {
        let anchor = format!("<section class=\"p-fold-in\" id=\"{id}\"");
        assert!(at(&page, &anchor) > folds, "{id}");
    }
    for id in ["part-person", "part-care", "part-sharing", "part-referrals", "part-file"] {
        assert!(at(&page, &format!("href=\"#{id}\"")) < at(&page, &format!("id=\"{id}\"")));
    }
    let plain = page.replace(['\u{2068}', '\u{2069}'], "");
    let history = at(&plain, "id=\"history-title\"");
    assert!(plain[history..].starts_with("id=\"history-title\">What happened <bdi>("), "a count");
}

/// A form field as a browser sends it.
fn field(form: &mut String, name: &str, value: &str) {
    let _ = write!(form, "&{name}=");
    for byte in value.bytes() {
        let _ = write!(form, "%{byte:02X}");
    }
}

/// The consent form of a place with a desk, found from a case: its address and its page.
async fn straight(region: &Region, cookie: &str, path: &str) -> (String, Answer) {
    let case = path.rsplit('/').next().unwrap();
    let asked = format!("/en/get-help?need=shelter&state=XAA&case={case}&shown=200");
    let found = region.get(&asked, Some(cookie)).await.text;
    for id in found.split("/refer?found=").skip(1).filter_map(|rest| rest.get(..36)) {
        let refer = format!("{path}/refer?found={id}&straight=yes");
        let page = region.get(&refer, Some(cookie)).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text);
        // One's own intake desk is agreed with, not written to.
        let own = page.text.contains("a contact point of your own organisation");
        let whole = page.text.contains("after a yes, send exactly this");
        if whole && !own && page.text.contains("name=\"refer_desk\" value=\"") {
            return (refer, page);
        }
    }
    panic!("no shelter with a contact point leads to one page: {found}");
}

/// What a browser sends from that page with this answer.
fn answered(page: &Answer, answer: &str) -> String {
    let mut form = format!(
        "answer={answer}&then=send&form=oral&language=tr&purpose=help\
         &explained=who&explained=what&explained=may_refuse&explained=may_withdraw\
         &explained=not_called_back"
    );
    for part in page.text.split("<input type=\"hidden\" name=\"").skip(1) {
        let (name, rest) = part.split_once('"').unwrap();
        let value = rest.split("value=\"").nth(1).and_then(|rest| rest.split('"').next());
        let carried = name.starts_with("refer_") || ["from", "for", "_once"].contains(&name);
        if carried {
            field(&mut form, name, value.unwrap());
        }
    }
    field(&mut form, "desk", &hidden(page, "refer_desk"));
    form
}

#[tokio::test]
async fn a_free_place_leads_to_one_page_with_consent_what_leaves_and_the_button_that_sends() {
    let region = Region::new().await;
    let benito = region.step_in(BENITO).await;
    let path = open(&region, &benito, "name=Selma&age=adult&language=tr&urgent=safe_place").await;
    let (refer, page) = straight(&region, &benito, &path).await;
    for shown in
        ["This leaves", "<bdi dir=\"ltr\">", "Selma", "needed for a yes", "Send something else"]
    {
        assert!(page.text.contains(shown), "{shown}");
    }
    assert!(!page.text.contains("value=\"yes\" checked"), "nobody answers for the person");
    let consent = format!("{path}/consent");

    // Without an answer nothing leaves, and the page comes back whole.
    let silent = answered(&page, "").replace("answer=&", "");
    let silent = region.post(&consent, Some(&benito), &silent).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", silent.text);
    assert!(silent.text.contains("This leaves") && silent.text.contains("#answer"));

    // A yes is kept and sends it, once however often the form arrives.
    let yes = answered(&page, "yes");
    for _ in 0..2 {
        let sent = region.post(&consent, Some(&benito), &yes).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
        assert!(sent.headers["location"].to_str().unwrap().starts_with(&path));
    }
    let case = region.get(&path, Some(&benito)).await.text;
    let plain = case.replace(['\u{2068}', '\u{2069}'], "");
    assert!(plain.contains("id=\"referrals-title\">Referrals <bdi>(1)"), "sent once");
    assert!(plain.contains("id=\"sharing-title\">Sharing and consent <bdi>(1)"), "agreed once");
    // The person agreed: the next time what leaves is shown and nothing is asked.
    let next = region.get(&refer, Some(&benito)).await.text;
    assert!(
        next.contains("The person agreed to this recipient") && !next.contains("name=\"answer\"")
    );
}

#[tokio::test]
async fn rule_6_a_no_on_the_short_way_is_kept_and_nothing_leaves() {
    let region = Region::new().await;
    let benito = region.step_in(BENITO).await;
    let path = open(&region, &benito, "name=Selma&age=adult&language=tr&urgent=safe_place").await;
    let (refer, page) = straight(&region, &benito, &path).await;
    for answer in ["not_now", "no"] {
        let said = answered(&page, answer).replace("_once", "_left");
        let told = region.post(&format!("{path}/consent"), Some(&benito), &said).await;
        assert_eq!(told.status, StatusCode::OK, "{}", told.text);
        assert!(told.text.contains("They said no to this recipient and purpose"), "{answer}");
    }
    let case = region.get(&path, Some(&benito)).await.text;
    let plain = case.replace(['\u{2068}', '\u{2069}'], "");
    assert!(plain.contains("id=\"referrals-title\">Referrals <bdi>(0)"), "nothing left");
    // Whoever said no is not asked again by the short way.
    let again = region.get(&refer, Some(&benito)).await.text;
    assert!(!again.contains("after a yes, send exactly this"));
}

#[tokio::test]
async fn an_own_view_opened_on_a_workers_device_ends_the_workers_session_there() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let path = open(&region, &nadia, "name=Selma&age=adult&language=tr").await;
    let prepared = region.post(&format!("{path}/own-view"), Some(&nadia), "").await;
    assert!(prepared.text.contains("signs you out on this device"), "{}", prepared.text);
    let code = prepared.text.find("<bdi dir=\"ltr\">").expect("a code") + 15;
    let code = prepared.text[code..code + 19].to_owned();

    // A wrong code hands nothing over.
    let wrong = region.post("/en/own", Some(&nadia), "code=AAAA-AAAA-AAAA-AAAA").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(region.get(&path, Some(&nadia)).await.status, StatusCode::OK);

    let opened = region.post("/en/own", Some(&nadia), &format!("code={code}")).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.text);
    let set: Vec<&str> = opened
        .headers
        .get_all(header::SET_COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .collect();
    assert!(set.iter().any(|text| text.starts_with("__Host-palermo=;")), "{set:?}");
    let own = set.iter().find(|text| text.starts_with("__Host-own=")).expect("the view");
    let own = own.split(';').next().unwrap();
    let held = region.get("/en/own/held", Some(own)).await;
    assert!(held.text.contains("Selma"), "the person reads what is held");
    // Behind the view, and once it is left, nothing of the worker's opens.
    for path in [path.as_str(), "/en/work", "/en/cases"] {
        let behind = region.get(path, Some(&format!("{nadia}; {own}"))).await;
        assert_eq!(behind.status, StatusCode::SEE_OTHER, "{path}");
        assert!(behind.headers["location"].to_str().unwrap().contains("/sign-in"), "{path}");
    }
    region.get("/en/own/leave", Some(own)).await;
    let after = region.get(&path, Some(&nadia)).await;
    assert_eq!(after.status, StatusCode::SEE_OTHER, "they sign in again");
}

#[tokio::test]
async fn a_note_is_saved_sealed_as_it_is_typed_and_stands_in_the_box_until_it_is_kept() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let path = open(&region, &nadia, "age=adult&language=tr").await;
    let page = region.get(&path, Some(&nadia)).await.text;
    assert!(page.contains(" data-draft=\"") && page.contains("role=\"status\" data-said"));
    let note = format!("{path}/note");
    let typed = "draft=yes&drafted=yes&text=Quillwort+was+said";
    let heard = region.post(&note, Some(&nadia), typed).await;
    assert_eq!(heard.status, StatusCode::OK, "{}", heard.text);
    assert!(heard.text.contains("\"said\":\"Saved"), "{}", heard.text);
    for file in std::fs::read_dir(region.folder()).unwrap() {
        let path = file.unwrap().path();
        let bytes = if path.is_file() { std::fs::read(path).unwrap() } else { Vec::new() };
        let found = bytes.windows(9).any(|part| part == b"Quillwort");
        assert!(!found, "what is typed lies in the clear");
    }
    let page = region.get(&path, Some(&nadia)).await.text;
    assert!(page.contains("Quillwort was said</textarea>"), "it is there again");
    assert!(page.contains("You began this note and did not keep it"));
    assert_eq!(page.matches("Quillwort").count(), 1, "no note yet");
    let kept = region.post(&note, Some(&nadia), "drafted=yes&text=Quillwort+was+said").await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text);
    let page = region.get(&path, Some(&nadia)).await.text;
    assert!(page.contains("Quillwort was said</p>") && !page.contains("said</textarea>"));
    assert!(!page.contains("You began this note"));
}
