//! Consents taken back, sealed files, questions to others, files and lessons in
//! the browser, and the answers programs can give.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use support::Region;

const NADIA: &str = "nadia@harbourhouse.example";
const MARISOL: &str = "marisol@casaalondra.example";
const DESMOND: &str = "desmond@labour.avelmar.example";

async fn open(region: &Region, cookie: &str) -> String {
    let form = "name=Selma&age=adult&language=tr";
    let answer = region.post("/en/cases/new", Some(cookie), form).await;
    let to = answer.headers["location"].to_str().unwrap();
    to.split('?').next().unwrap().to_owned()
}

const LAWYER: &str = "outside=Harbour+Law+Clinic&kind=legal&purpose=help";
const HEARD: &str = "explained=who&explained=what&explained=may_refuse&explained=may_withdraw\
                     &explained=not_called_back";

/// What stands between two marks.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    text.split(from).nth(1).unwrap().split(to).next().unwrap()
}

#[tokio::test]
async fn a_body_outside_gets_a_file_whose_secrets_are_shown_once_after_a_preview() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let case = open(&region, &nadia).await;
    let order = format!(
        "{LAWYER}&service=legal&urgency=soon&days=3&items=call_name&items=story&words=One+hour"
    );
    let refer = format!("{case}/refer");
    let preview = region.post(&refer, Some(&nadia), &order).await.text;
    assert!(preview.contains("Exactly this is in the file") && preview.contains("Selma"));
    assert!(preview.contains("Harbour Law Clinic"), "to whom");
    assert!(
        preview.contains("Their story never goes with a referral"),
        "what was left out is said"
    );
    assert!(!preview.contains("What happened to them"), "the story never goes with a referral");
    let send = format!("{order}&seen=yes");
    let refused = region.post(&refer, Some(&nadia), &send).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let consent = format!("{LAWYER}&answer=yes&{HEARD}&form=oral&language=tr");
    region.post(&format!("{case}/consent"), Some(&nadia), &consent).await;
    let made = region.post(&refer, Some(&nadia), &send).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.text);
    let code = between(&made.text, "<code>", "</code>").to_owned();
    assert!(made.text.contains("nobody can make it disappear"), "the limit is said");
    let page = region.get(&case, Some(&nadia)).await.text;
    assert!(page.contains("Not fetched yet") && !page.contains(&code), "shown once");

    let wrong = region.post("/en/sealed", None, "code=2222-2222-2222-2222").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let file = region.post("/en/sealed", None, &format!("code={}", code.to_lowercase())).await;
    assert_eq!(file.status, StatusCode::OK);
    assert!(file.text.starts_with("age-encryption.org/v1"));
    let named = file.headers[header::CONTENT_DISPOSITION].to_str().unwrap().to_owned();
    assert!(named.ends_with(".age\"") && !named.contains("Selma"));
    let page = region.get(&case, Some(&nadia)).await.text;
    assert!(page.contains("First fetched"));

    // What they asked is answered outside; that it was is written down.
    let id = between(&page, "name=\"referral\" value=\"", "\"");
    let step = format!("{case}/referral-step");
    let asked = format!("referral={id}&step=ask_info");
    region.post(&step, Some(&nadia), &asked).await;
    let waits = region.get(&case, Some(&nadia)).await.text;
    assert!(waits.contains("value=\"inform\"") && !waits.contains("name=\"reply\""));
    let told = format!("referral={id}&step=inform");
    let told = region.post(&step, Some(&nadia), &told).await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.text);
}

#[tokio::test]
async fn rule_3_a_child_does_not_agree_alone_and_a_referral_warns() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let form = "name=Selma&age=child&language=tr";
    let opened = region.post("/en/cases/new", Some(&nadia), form).await;
    let to = opened.headers["location"].to_str().unwrap();
    let case = to.split('?').next().unwrap().to_owned();
    let consent = |form: &str| format!("{LAWYER}&answer=yes&{HEARD}&form={form}&language=tr");
    let path = format!("{case}/consent");
    let alone = region.post(&path, Some(&nadia), &consent("oral")).await;
    assert_eq!(alone.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(alone.text.contains("does not agree alone"));
    assert!(alone.text.contains("UNICEF Guidelines 2006"), "the rule and its source are named");
    let refer = region.get(&format!("{case}/refer"), Some(&nadia)).await.text;
    assert!(refer.contains("no guardian stands by them yet"));
    let heard = region.post(&path, Some(&nadia), &consent("no_guardian_yet")).await;
    assert_eq!(heard.status, StatusCode::SEE_OTHER, "{}", heard.text);
    let nothing = format!("{LAWYER}&answer=yes&form=with_guardian&language=tr");
    let all = region.post(&path, Some(&nadia), &nothing).await.text;
    for missing in ["who", "what", "may_refuse", "may_withdraw", "not_called_back"] {
        let word = region
            .app
            .catalogue
            .text(palermo_app::locale::Language::En, &format!("case-explained-{missing}"));
        assert!(all.matches(&word).count() > 1, "everything missing is said at once: {word}");
    }
}

#[tokio::test]
async fn a_recipient_hears_of_a_consent_taken_back_and_its_answer_reaches_the_case() {
    let region = Region::new().await;
    let marisol = region.step_in(MARISOL).await;
    let list = region.get("/en/referrals", Some(&marisol)).await.text;
    assert!(list.contains("took their consent back"), "the story's silent recipient is asked");
    let path = format!("/en/withdrawals/{}", between(&list, "/en/withdrawals/", "\""));
    let page = region.get(&path, Some(&marisol)).await;
    assert_eq!(page.status, StatusCode::OK);
    let half = region.post(&path, Some(&marisol), "answer=cannot&provision=").await;
    assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(half.text.contains("Name the law"));
    let other = region.step_in(NADIA).await;
    assert_eq!(region.get(&path, Some(&other)).await.status, StatusCode::NOT_FOUND);
    let done = region.post(&path, Some(&marisol), "answer=erased").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_question_to_others_is_refused_beside_its_field_until_the_person_agreed() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let case = open(&region, &nadia).await;
    let ask = format!("{case}/look-for");
    let page = region.get(&ask, Some(&nadia)).await.text;
    assert!(page.contains("Selma") && page.contains("sees the question or the answer"));
    let refused = region.post(&ask, Some(&nadia), "names=Selma").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("has not agreed to be looked for"));
    for other in [MARISOL, DESMOND] {
        let cookie = region.step_in(other).await;
        assert_eq!(region.get(&ask, Some(&cookie)).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn e43_the_demonstration_says_that_it_takes_no_files_about_people() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let case = open(&region, &nadia).await;
    let page = region.get(&format!("{case}/files"), Some(&nadia)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("takes no files about people"));
    assert!(!page.text.contains("type=\"file\""), "there is no field to fill in vain");
}

#[tokio::test]
async fn three_lessons_print_in_four_languages_and_lead_to_where_they_begin() {
    let region = Region::new().await;
    for (language, word) in
        [("en", "Answer sheet"), ("fr", "plier ici"), ("es", "doblar"), ("ar", "اطو")]
    {
        for number in 1..=3 {
            let path = format!("/{language}/demo/lessons/{number}");
            let page = region.get(&path, None).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(page.text.contains(word), "{path} does not say `{word}`");
        }
    }
    assert_eq!(region.get("/en/demo/lessons/9", None).await.status, StatusCode::NOT_FOUND);
    assert!(region.get("/en/demo", None).await.text.contains("/en/demo/lessons/3"));
    let into = region.post("/en/demo", None, &format!("email={NADIA}&to=/cases/new")).await;
    assert_eq!(into.headers["location"], "/en/cases/new");
    let away =
        region.post("/en/demo", None, &format!("email={NADIA}&to=//elsewhere.example")).await;
    assert!(!away.headers["location"].to_str().unwrap().contains("elsewhere"));
}

#[tokio::test]
async fn where_nobody_recorded_a_voice_no_player_is_shown() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let case = open(&region, &nadia).await;
    let page = region.get(&format!("{case}/consent"), Some(&nadia)).await;
    assert!(!page.text.contains("<audio"));
    let missing = region.get("/en/audio/wo/consent.mp3", None).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}

async fn send(
    region: &Region,
    cookie: &str,
    path: &str,
    once: &str,
    json: &str,
) -> support::Answer {
    let request = Request::post(path)
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "application/json")
        .header("sec-fetch-site", "same-origin")
        .header("idempotency-key", once)
        .body(Body::from(json.to_owned()))
        .unwrap();
    region.send(request).await
}

#[tokio::test]
async fn a_program_leaves_a_notice_once_and_never_about_a_child() {
    let region = Region::new().await;
    let desmond = region.step_in(DESMOND).await;
    let path = "/api/v1/screenings/notices";
    let body = |age: &str| {
        format!(
            "{{\"screening\":{{\"set\":\"adult_labour\",\"age\":\"{age}\",\"elements\":{{}},\
             \"answers\":{{\"D1.job\":\"yes\"}}}},\"forms\":[],\"outcome\":\"presumed\",\
             \"reasons\":[\"answers\"],\"state\":\"XAA\"}}"
        )
    };
    let first = send(&region, &desmond, path, "0198c0de-notice-one", &body("adult")).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.text);
    let again = send(&region, &desmond, path, "0198c0de-notice-one", &body("adult")).await;
    assert_eq!(first.text, again.text, "it counts once");
    let child = send(&region, &desmond, path, "0198c0de-notice-two", &body("child")).await;
    assert!(child.status.is_client_error(), "{}", child.text);
    let nowhere = body("adult").replace("XAA", "QQQ");
    let nowhere = send(&region, &desmond, path, "0198c0de-notice-no3", &nowhere).await;
    assert_eq!(nowhere.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", nowhere.text);
}

#[tokio::test]
async fn a_program_sees_referrals_in_coded_facts_and_declines_with_a_reason() {
    let region = Region::new().await;
    let marisol = region.step_in(MARISOL).await;
    let list = region.get("/api/v1/referrals", Some(&marisol)).await.text;
    let all: serde_json::Value = serde_json::from_str(&list).unwrap();
    let waiting =
        all["items"].as_array().unwrap().iter().find(|one| one["state"] == "sent").unwrap();
    let path = format!("/api/v1/referrals/{}/answer", waiting["id"].as_str().unwrap());
    let bare = send(&region, &marisol, &path, "0198c0de-decline-1", "{\"step\":\"decline\"}").await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mute =
        send(&region, &marisol, &path, "0198c0de-ask-back-1", "{\"step\":\"ask_info\"}").await;
    assert_eq!(mute.status, StatusCode::UNPROCESSABLE_ENTITY, "a question has words");
    let full = "{\"step\":\"decline\",\"decline\":\"full\"}";
    let done = send(&region, &marisol, &path, "0198c0de-decline-2", full).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text);
    let notices = region.get("/api/v1/withdrawals", Some(&marisol)).await;
    assert!(notices.text.contains("\"silent\""));
}

#[tokio::test]
async fn a_question_of_a_program_is_the_one_of_the_page_and_its_words_go_nowhere_else() {
    let region = Region::new().await;
    let marisol = region.step_in(MARISOL).await;
    let list = region.get("/api/v1/referrals", Some(&marisol)).await.text;
    let all: serde_json::Value = serde_json::from_str(&list).unwrap();
    let waiting =
        all["items"].as_array().unwrap().iter().find(|one| one["state"] == "sent").unwrap();
    let id = waiting["id"].as_str().unwrap();
    let path = format!("/api/v1/referrals/{id}/answer");
    let lost = "{\"step\":\"start\",\"words\":\"Which day suits her\"}";
    let lost = send(&region, &marisol, &path, "0198c0de-words-lost-1", lost).await;
    assert_eq!(lost.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", lost.text);
    assert!(lost.text.contains("\"field\":\"words\""), "{}", lost.text);

    let asks = "{\"step\":\"ask_info\",\"words\":\"Which day suits her\"}";
    let asked = send(&region, &marisol, &path, "0198c0de-words-asked-1", asks).await;
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.text);
    let page = region.get(&format!("/en/referrals/{id}"), Some(&marisol)).await.text;
    assert!(page.contains("Which day suits her"), "sealed to those who open care: {page}");
    let list = region.get("/api/v1/referrals", Some(&marisol)).await.text;
    assert!(!list.contains("Which day suits her"), "the interface gives no words back");
}

#[tokio::test]
async fn req_102_a_waiting_list_has_a_day_and_a_page_that_asks_for_it() {
    let region = Region::new().await;
    let marisol = region.step_in(MARISOL).await;
    let list = region.get("/api/v1/referrals", Some(&marisol)).await.text;
    let all: serde_json::Value = serde_json::from_str(&list).unwrap();
    let waiting =
        all["items"].as_array().unwrap().iter().find(|one| one["state"] == "sent").unwrap();
    let id = waiting["id"].as_str().unwrap();
    let page = region.get(&format!("/en/referrals/{id}"), Some(&marisol)).await.text;
    assert!(page.contains("The list is looked at again on"), "{page}");
    let answer = format!("/en/referrals/{id}/answer");
    let without = region.post(&answer, Some(&marisol), "step=waitlist&words=Soon").await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(without.text.contains("Soon"), "nothing typed is lost");
    let day = region.app.store.now().date().saturating_add(time::Duration::days(10));
    let path = format!("/api/v1/referrals/{id}/answer");
    let typed = format!("{{\"step\":\"waitlist\",\"review_on\":\"{day}\",\"words\":\"A room\"}}");
    let done = send(&region, &marisol, &path, "0198c0de-waiting-list-1", &typed).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text);
    let page = region.get(&format!("/en/referrals/{id}"), Some(&marisol)).await.text;
    assert!(page.contains("On the waiting list") && page.contains("A room"), "{page}");
}

#[tokio::test]
async fn a_referral_says_at_once_that_consent_is_missing_and_keeps_what_was_typed() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let case = open(&region, &nadia).await;
    let refer = format!("{case}/refer");
    let begun = region.get(&refer, Some(&nadia)).await.text;
    assert!(begun.contains("has not agreed to any sharing yet"));
    let order = format!("{LAWYER}&service=legal&urgency=soon&days=3&items=words&words=One+hour");
    let preview = region.post(&refer, Some(&nadia), &order).await.text;
    assert!(preview.contains("has not agreed to this recipient and purpose"));

    let form = region.post(&refer, Some(&nadia), &format!("{order}&then=consent")).await.text;
    assert!(form.contains("value=\"Harbour Law Clinic\""), "the recipient is filled in");
    assert!(form.contains("name=\"refer_words\" value=\"One hour\""), "the words are kept");
    let kept: String = order.split('&').map(|pair| format!("&refer_{pair}")).collect();
    let said = format!("{LAWYER}&answer=yes&{HEARD}&form=oral&language=tr&from=referral{kept}");
    let back = region.post(&format!("{case}/consent"), Some(&nadia), &said).await;
    assert_eq!(back.status, StatusCode::OK, "{}", back.text);
    assert!(back.text.contains("agreed to this recipient and purpose on"));
    assert!(back.text.contains("One hour") && back.text.contains(&format!("action=\"{refer}\"")));
}
