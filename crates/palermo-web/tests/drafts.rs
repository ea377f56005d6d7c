//! Long texts that are saved as they are typed: what the script hears, what is one version,
//! and what waits for the button.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::http::StatusCode;
use support::{Answer, Region};

const ISLANDS: &str = "sione@focal.fenlua.example";

/// What the script hears: the line it says and the fields it sets.
fn heard(answer: &Answer) -> serde_json::Value {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    serde_json::from_str(&answer.text).unwrap()
}

#[tokio::test]
async fn an_answer_is_saved_as_it_is_typed_as_one_version_and_a_colleague_is_told() {
    let region = Region::new().await;
    let focal = region.step_in(ISLANDS).await;
    let year = region.app.store.now().date().year() - 1;
    let begin = format!("questionnaire=joint-annual&period={year}");
    let begun = region.post("/en/reports/new", Some(&focal), &begin).await;
    let to = begun.headers.get("location").unwrap().to_str().unwrap().to_owned();
    let sheet = to.split('?').next().unwrap().to_owned();
    let section = format!("{sheet}/sections/9");
    let page = region.get(&section, Some(&focal)).await.text;
    assert!(page.contains(" data-draft=\"") && page.contains("role=\"status\" data-said"));
    let typed = |words: &str, revision: &str| {
        format!("draft=yes&a-9.2={words}&a-9.2-revision={revision}&a-9.2-was=other")
    };
    let first = region.post(&section, Some(&focal), &typed("The", "")).await;
    let first = heard(&first);
    assert!(first["said"].as_str().unwrap().starts_with("Saved"), "{first}");
    assert_eq!(first["fields"]["a-9.2-revision"], "1");
    let second = heard(&region.post(&section, Some(&focal), &typed("The+boat", "1")).await);
    assert_eq!(second["fields"]["a-9.2-revision"], "2");
    // The page knows the text and takes the mark that was told as its own.
    let page = region.get(&section, Some(&focal)).await.text;
    let was = second["fields"]["a-9.2-was"].as_str().unwrap();
    assert!(page.contains("The boat</textarea>") && page.contains(&format!("value=\"{was}\"")));
    // Whoever still has the first revision is told and changes nothing.
    let late = heard(&region.post(&section, Some(&focal), &typed("Other", "1")).await);
    assert!(late["said"].as_str().unwrap().contains("Press Save to see both"), "{late}");
    assert!(late["fields"].as_object().unwrap().is_empty());
    // An emptied answer waits for the button, kept for whoever emptied it.
    let empty = heard(&region.post(&section, Some(&focal), &typed("", "2")).await);
    assert!(empty["said"].as_str().unwrap().starts_with("Kept for you alone"), "{empty}");
    let page = region.get(&section, Some(&focal)).await.text;
    assert!(page.contains("Throw away what I typed") && !page.contains("The boat</textarea>"));
    // One go of typing is one version; the button makes another.
    let by_hand = "a-9.2=The+boat+was+away.&a-9.2-revision=2";
    let by_hand = region.post(&section, Some(&focal), by_hand).await;
    assert_eq!(by_hand.status, StatusCode::SEE_OTHER, "{}", by_hand.text);
    let id = sheet.rsplit('/').next().unwrap();
    let past = palermo_store::report::past::list(&region.app.store, Some(id)).await.unwrap();
    assert_eq!(past.len(), 1, "{past:?}");
}

#[tokio::test]
async fn a_review_text_is_saved_as_it_is_typed_only_while_nobody_else_reads_it() {
    let region = Region::new().await;
    let people = palermo_app::demo::region(&region.app).unwrap().people;
    let member = people.iter().find(|one| one.roles.iter().any(|role| role == "committee-member"));
    let committee = region.step_in(&member.unwrap().email).await;
    let path = "/en/reviews/lodestar-r2/XAA/political";
    let form = |words: &str, revision: &str, more: &str| {
        format!("pillar=political&title=T&text={words}&revision={revision}{more}")
    };
    let draft = "&draft=yes&shared=yes";
    let first = heard(&region.post(path, Some(&committee), &form("One", "", draft)).await);
    assert_eq!(first["fields"]["revision"], "1", "{first}");
    let second = heard(&region.post(path, Some(&committee), &form("Two", "1", draft)).await);
    assert_eq!(second["fields"]["revision"], "2", "{second}");
    let late = heard(&region.post(path, Some(&committee), &form("Late", "1", draft)).await);
    assert!(late["said"].as_str().unwrap().contains("Press Save to see both"), "{late}");
    let kept = async || {
        let found = palermo_store::review::text::list(&region.app.store, None).await.unwrap();
        let mut texts = found.into_iter().map(|one| one.record.entry);
        texts.find(|one| one.title == "T").unwrap()
    };
    let typed = kept().await;
    assert!(!typed.shared && typed.earlier.is_empty() && typed.drafted.is_some());
    let shared = region.post(path, Some(&committee), &form("Three", "2", "&shared=yes")).await;
    assert_eq!(shared.status, StatusCode::SEE_OTHER, "{}", shared.text);
    let saved = kept().await;
    assert!(saved.shared && saved.earlier.is_empty() && saved.drafted.is_none());
    let half = heard(&region.post(path, Some(&committee), &form("Fo", "3", draft)).await);
    assert!(half["said"].as_str().unwrap().starts_with("Kept for you alone"), "{half}");
    assert_eq!(kept().await.text, "Three");
    // It stands in the form again, for whoever typed it, until it is saved or thrown away.
    let shown = "/en/reviews/lodestar-r2/XAA";
    let page = region.get(shown, Some(&committee)).await.text;
    assert!(page.contains("Fo</textarea>") && page.contains("Throw away what I typed"), "{page}");
    let expert = region.step_in("ewa@lodestar.example").await;
    assert!(!region.get(shown, Some(&expert)).await.text.contains("Fo</textarea>"));
    let away = region.post(path, Some(&committee), "pillar=political&discard=yes").await;
    assert_eq!(away.status, StatusCode::SEE_OTHER, "{}", away.text);
    let page = region.get(shown, Some(&committee)).await.text;
    assert!(page.contains("Three</textarea>") && !page.contains("Throw away"), "{page}");
}

#[tokio::test]
async fn an_answer_of_a_submitted_sheet_is_kept_beside_it_as_it_is_typed() {
    let region = Region::new().await;
    let focal = region.step_in("joan@taskforce.avelmar.example").await;
    let year = region.app.store.now().date().year() - 1;
    let all = palermo_store::report::submission::list(&region.app.store, None).await.unwrap();
    let avelmar = |one: &palermo_app::domain::report::Submission| {
        let annual = one.questionnaire == "joint-annual" && one.period == year;
        annual && one.state.as_str() == "XAA"
    };
    let sheet = all.into_iter().find(|one| avelmar(&one.record.entry)).unwrap();
    assert!(sheet.record.entry.signed.is_some());
    let section = format!("/en/reports/sheets/{}/sections/9", sheet.record.id);
    let half = "draft=yes&a-9.2=Hal&a-9.2-revision=1&a-9.2-was=other";
    let told = heard(&region.post(&section, Some(&focal), half).await);
    assert!(told["said"].as_str().unwrap().starts_with("Kept for you alone"), "{told}");
    assert!(told["fields"].as_object().unwrap().is_empty(), "{told}");
    let page = region.get(&section, Some(&focal)).await.text;
    assert!(page.contains("Hal</textarea>") && page.contains("Throw away"), "{page}");
    let all = palermo_store::report::submission::list(&region.app.store, None).await.unwrap();
    let now = all.into_iter().find(|one| one.record.id == sheet.record.id).unwrap();
    assert_eq!(now.revision, sheet.revision, "the signature stands");
    let away = region.post(&section, Some(&focal), "discard=yes").await;
    assert_eq!(away.status, StatusCode::SEE_OTHER, "{}", away.text);
    let page = region.get(&section, Some(&focal)).await.text;
    assert!(!page.contains("Hal</textarea>") && !page.contains("Throw away"), "{page}");
}

#[tokio::test]
async fn remarks_and_accounts_are_kept_as_they_are_typed_for_whoever_types_them() {
    let region = Region::new().await;
    let focal = region.step_in("joan@taskforce.avelmar.example").await;
    let comments = "pillar=state&title=Ours&text=Two+courts+differ.&revision=";
    let path = "/en/reviews/lodestar-r2/XAA/comments";
    let written = region.post(path, Some(&focal), comments).await;
    assert_eq!(written.status, StatusCode::SEE_OTHER, "{}", written.text);
    let remarks = "/en/reviews/lodestar-r2/XAA/remarks/state";
    let half = "draft=yes&place=1&text=Which+cou&suggestion=Two+courts+differ.&mention=";
    let told = heard(&region.post(remarks, Some(&focal), half).await);
    assert!(told["said"].as_str().unwrap().starts_with("Saved"), "{told}");
    let page = region.get(remarks, Some(&focal)).await.text;
    assert!(page.contains("data-draft=\"") && page.contains("Which cou</textarea>"), "{page}");
    assert!(!page.contains("class=\"p-remark\""), "nobody has remarked yet");
    let whole = "place=1&text=Which+courts%3F&suggestion=Two+courts+differ.&mention=";
    let made = region.post(remarks, Some(&focal), whole).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let page = region.get(remarks, Some(&focal)).await.text;
    assert!(page.contains("Which courts?") && !page.contains("Which cou</textarea>"), "{page}");
    // What is typed about a recommendation is not the State's word before it is saved.
    let shown = "/en/recommendations/LOD-R1-XAA-2";
    let own = format!("{shown}/own");
    let typed = "state=XAA&status=ongoing&lead=&deadline=&evidence=&account=Forty+pla";
    let told = heard(&region.post(&own, Some(&focal), &format!("draft=yes&{typed}")).await);
    assert!(told["said"].as_str().unwrap().starts_with("Saved"), "{told}");
    let page = region.get(shown, Some(&focal)).await.text;
    assert!(page.contains("Forty pla</textarea>"), "{page}");
    assert!(!region.get(shown, None).await.text.contains("Forty pla"));
    let expert = region.step_in("ewa@lodestar.example").await;
    assert!(!region.get(shown, Some(&expert)).await.text.contains("Forty pla"));
    let done = region.post(&own, Some(&focal), &format!("{typed}ces")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let page = region.get(shown, Some(&focal)).await.text;
    assert!(page.contains("Forty places") && !page.contains("Forty pla</textarea>"), "{page}");
}
