//! Screening, paper forms and the hotline as people meet them in a browser,
//! without scripts.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use palermo_app::domain::{
    hotline::CallBack,
    id::ScreeningId,
    screening::{Age, Outcome, Path},
};
use palermo_store::{Paging, screening};
use support::{Answer, Region};
use tower::ServiceExt;

const OFFICER: &str = "desmond@labour.avelmar.example";
const HOTLINE: &str = "paloma@linea544.example";
const CLERK: &str = "greta@harbourhouse.example";

fn led_to(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    answer.headers[header::LOCATION].to_str().unwrap().to_owned()
}

/// Begins a screening; gives its id.
async fn begun(region: &Region, who: &str) -> String {
    let to = led_to(&region.post("/en/screening/new", Some(who), "").await);
    to.trim_start_matches("/en/screening/").split('/').next().unwrap().to_owned()
}

async fn answered(region: &Region, who: &str, id: &str, step: &str, given: &str) -> String {
    let path = format!("/en/screening/{id}/ask/{step}");
    led_to(&region.post(&path, Some(who), given).await)
}

async fn kept(region: &Region, id: &str) -> Option<palermo_app::domain::screening::Kept> {
    let tenant = palermo_store::account::find_by_email(&region.app.store, OFFICER).await.unwrap();
    let id: ScreeningId = id.parse().unwrap();
    let tenant = tenant.unwrap().record.tenant;
    let found = screening::kept::find(&region.app.store, tenant, id).await.unwrap();
    found.map(|found| found.record)
}

#[tokio::test]
async fn one_question_a_page_in_the_persons_language_beside_the_officers() {
    let region = Region::new().await;
    let who = region.step_in(OFFICER).await;
    let id = begun(&region, &who).await;
    let next = answered(&region, &who, &id, "language", "answer=ar").await;
    assert!(next.ends_with("/ask/age"), "{next}");
    assert!(answered(&region, &who, &id, "age", "answer=adult").await.ends_with("/ask/form"));
    let next = answered(&region, &who, &id, "form", "answer=labour.aquafarming").await;
    assert!(next.ends_with("/ask/D1.job"), "{next}");
    let page = region.get(&next, Some(&who)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("lang=\"ar\" dir=\"rtl\""), "the person's language");
    assert!(page.text.contains("different from what you were told?"), "the officer's language");
    assert!(page.text.contains("How to ask"));
    for button in ["value=\"yes\"", "value=\"no\"", "value=\"unsure\"", "value=\"not_asked\""] {
        assert!(page.text.contains(button), "{button}");
    }
}

#[tokio::test]
async fn a_screening_is_left_and_taken_up_again_where_it_was() {
    let region = Region::new().await;
    let who = region.step_in(OFFICER).await;
    let id = begun(&region, &who).await;
    answered(&region, &who, &id, "language", "answer=en").await;
    answered(&region, &who, &id, "age", "answer=adult").await;
    answered(&region, &who, &id, "form", "answer=labour").await;
    answered(&region, &who, &id, "D1.job", "answer=yes").await;
    let skipped = answered(&region, &who, &id, "D1.cond_work", "answer=not_asked").await;
    assert!(skipped.ends_with("/ask/D1.contract"));
    assert!(region.get("/en/screening", Some(&who)).await.text.contains(&id));
    let overview = region.get(&format!("/en/screening/{id}"), Some(&who)).await.text;
    assert!(overview.contains("/ask/D1.contract"), "goes on after the skipped question");
    assert!(overview.contains("1 of 10 answered") || overview.contains("of"), "{overview}");
    let other = region.step_in(HOTLINE).await;
    let hidden = region.get(&format!("/en/screening/{id}"), Some(&other)).await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND, "a colleague elsewhere finds nothing");
}

#[tokio::test]
async fn req_089_age_in_doubt_takes_the_route_of_a_child() {
    let region = Region::new().await;
    let who = region.step_in(OFFICER).await;
    let id = begun(&region, &who).await;
    answered(&region, &who, &id, "age", "answer=").await;
    answered(&region, &who, &id, "form", "answer=labour.domestic").await;
    answered(&region, &who, &id, "D4.hours", "answer=yes").await;
    answered(&region, &who, &id, "act", "answer=receipt").await;
    answered(&region, &who, &id, "purpose", "answer=labour.domestic").await;
    let decide = format!("/en/screening/{id}/decide");
    let page = region.get(&decide, Some(&who)).await.text;
    assert!(page.contains("a guardian at once") && !page.contains("value=\"anonymised\""));
    assert!(page.contains("means are not required"));
    let form = "outcome=presumed&reasons=answers&state=XAA&path=anonymised";
    led_to(&region.post(&decide, Some(&who), form).await);
    let back = region.get(&decide, Some(&who)).await;
    assert!(led_to(&back).ends_with("/left"), "the way back leads to what comes next");
    let kept = kept(&region, &id).await.unwrap();
    assert_eq!((kept.age, kept.path), (Age::Unsure, Path::Child), "no consent is bargained for");
    assert!(kept.definition_met);
    let left = region.get(&format!("/en/screening/{id}/left"), Some(&who)).await.text;
    assert!(left.contains("First a guardian") && left.contains("tel:"), "{left}");
}

#[tokio::test]
async fn e07_without_consent_a_notice_without_identity_is_all_that_is_left() {
    let region = Region::new().await;
    let who = region.step_in(OFFICER).await;
    let id = begun(&region, &who).await;
    answered(&region, &who, &id, "age", "answer=adult").await;
    answered(&region, &who, &id, "form", "answer=sexual.private").await;
    answered(&region, &who, &id, "D5.docs", "answer=yes").await;
    let decide = format!("/en/screening/{id}/decide");
    let form = "outcome=presumed&reasons=answers&state=XAA&path=anonymised";
    led_to(&region.post(&decide, Some(&who), form).await);
    // Again, as over a bad line: the same, and once.
    led_to(&region.post(&decide, Some(&who), form).await);
    assert!(kept(&region, &id).await.is_none());
    let officer = palermo_store::account::find_by_email(&region.app.store, OFFICER).await.unwrap();
    let tenant = officer.unwrap().record.tenant;
    let store = &region.app.store;
    let uuid: ScreeningId = id.parse().unwrap();
    assert!(screening::draft::find(store, tenant, uuid).await.unwrap().is_none());
    let notice = screening::notice::find(store, tenant, uuid).await.unwrap().unwrap().record;
    assert_eq!(notice.outcome, Outcome::Presumed);
    assert_eq!(notice.forms.iter().map(|form| form.code()).collect::<Vec<_>>(), ["sexual"]);
    let all = screening::notice::list(store, tenant, Paging::all()).await.unwrap();
    assert_eq!(all.items.iter().filter(|one| one.record.id == uuid).count(), 1);
    assert_eq!(store.erasures_waiting().await.unwrap(), 0, "the key is destroyed");
    let left = region.get(&format!("/en/screening/{id}/left"), Some(&who)).await.text;
    assert!(left.contains("All answers were destroyed") && left.contains("tel:"));
}

#[tokio::test]
async fn e31_the_officer_may_decide_otherwise_than_the_answers_say_and_gives_reasons() {
    let region = Region::new().await;
    let who = region.step_in(OFFICER).await;
    let id = begun(&region, &who).await;
    answered(&region, &who, &id, "age", "answer=adult").await;
    let decide = format!("/en/screening/{id}/decide");
    let refused = region.post(&decide, Some(&who), "outcome=violence&path=consent").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("Choose what your decision rests on"));
    assert!(refused.text.contains("value=\"violence\" checked"), "nothing chosen is lost");
    let form = "outcome=violence&path=consent&reasons=observation&reasons=wish&state=XAA";
    led_to(&region.post(&decide, Some(&who), form).await);
    let first = kept(&region, &id).await.unwrap();
    assert_eq!((first.outcome, first.reasons.len()), (Outcome::Violence, 2));
    let form = "outcome=smuggled&path=consent&reasons=wish&state=XAA";
    led_to(&region.post(&decide, Some(&who), form).await);
    assert_eq!(kept(&region, &id).await.unwrap(), first, "decided once");
}

#[tokio::test]
async fn e35_the_duty_desk_with_its_telephone_comes_before_the_first_question() {
    let region = Region::new().await;
    let who = region.step_in(OFFICER).await;
    let page = region.get("/en/screening/new", Some(&who)).await.text;
    let desk = page.find("tel:").expect("a telephone");
    assert!(desk < page.find("Start asking").expect("then it goes on"));
    assert!(page.contains("Harbour House intake") && page.contains("Secretariat desk"));
}

#[tokio::test]
async fn a_question_page_weighs_at_most_fifteen_kilobytes() {
    let region = Region::new().await;
    let who = region.step_in(OFFICER).await;
    let id = begun(&region, &who).await;
    answered(&region, &who, &id, "language", "answer=ar").await;
    for step in ["age", "form", "D1.job", "D5.docs", "means"] {
        for language in ["en", "ar"] {
            let request = Request::get(format!("/{language}/screening/{id}/ask/{step}"))
                .header(header::COOKIE, &who)
                .header(header::ACCEPT_ENCODING, "gzip")
                .body(Body::empty())
                .unwrap();
            let response = region.router.clone().oneshot(request).await.unwrap();
            assert_eq!(response.status(), StatusCode::OK, "{step}");
            assert_eq!(response.headers()[header::CONTENT_ENCODING], "gzip");
            let weight = to_bytes(response.into_body(), 1 << 20).await.unwrap().len();
            assert!(weight <= 15 * 1024, "{language} {step}: {weight} bytes");
        }
    }
}

#[tokio::test]
async fn a_paper_form_entered_twice_alike_is_taken_over_and_a_difference_is_named() {
    let region = Region::new().await;
    let clerk = region.step_in(CLERK).await;
    let entry = "set=adult_labour&sheet=T-1&age=adult&form=labour&D1.job=1&D4.hours=1";
    led_to(&region.post("/en/screening/paper/enter", Some(&clerk), entry).await);
    let list = region.get("/en/screening/paper", Some(&clerk)).await.text;
    let at = list.find("T-1").unwrap();
    let link = &list[at..][list[at..].find("/screening/paper/").unwrap()..];
    let id = link.trim_start_matches("/screening/paper/").split('"').next().unwrap().to_owned();
    let again = format!("/en/screening/paper/{id}");
    let page = region.get(&again, Some(&clerk)).await.text;
    assert!(page.contains("without looking at the first entry"));
    assert!(!page.contains("value=\"1\" selected"), "the first entry is not shown");
    let other = entry.replace("D4.hours=1", "D4.hours=2");
    let to = led_to(&region.post(&again, Some(&clerk), &other).await);
    let page = region.get(&to, Some(&clerk)).await.text;
    assert!(page.contains("D4.hours"), "the code that differs is named");
    led_to(&region.post(&again, Some(&clerk), entry).await);
    let list = region.get("/en/screening/paper", Some(&clerk)).await.text;
    assert!(list[list.find("T-1").unwrap()..].contains("entered twice alike"));
    assert!(!list.contains("/take"), "a clerk does not decide");
    let wrong = region
        .post("/en/screening/paper/enter", Some(&clerk), &entry.replace("adult&form", "child&form"))
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "age calls for another sheet");
}

#[tokio::test]
async fn every_sheet_prints_its_codes() {
    let region = Region::new().await;
    let clerk = region.step_in(CLERK).await;
    for set in ["adult_labour", "child_labour", "adult_sexual", "child_sexual", "forced_labour"] {
        let path = format!("/en/screening/paper/sheet?set={set}&in=fr");
        let sheet = region.get(&path, Some(&clerk)).await;
        assert_eq!(sheet.status, StatusCode::OK);
        let codes = region.app.registers.indicators.get(set).unwrap();
        for indicator in &codes.indicators {
            assert!(sheet.text.contains(&indicator.code), "{} in {set}", indicator.code);
        }
    }
    let opening = region.get("/en/screening/paper/opening", Some(&clerk)).await.text;
    assert!(opening.contains("What to call you") && opening.contains("What cannot wait"));
}

#[tokio::test]
async fn a_call_is_noted_and_no_answer_brings_the_next_desk() {
    let region = Region::new().await;
    let who = region.step_in(HOTLINE).await;
    let to = led_to(
        &region.post("/en/hotline", Some(&who), "caller=person&language=es&state=XAA").await,
    );
    let page = region.get(&to, Some(&who)).await.text;
    assert!(page.contains("Do not call back."), "not known means no (E12)");
    assert!(!page.contains("/cases/new"), "nothing that was told is in an address");
    let odd = "caller=person&language=Spanish&call_back=safe";
    let odd = region.post("/en/hotline", Some(&who), odd).await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in ["is not a language code", "Write the number to call"] {
        assert!(odd.text.contains(said), "{said}");
    }
    assert_eq!(CallBack::Unknown.code(), "unknown");
    let desk = |page: &str| {
        let at = page.find("name=\"desk\" value=\"").unwrap() + "name=\"desk\" value=\"".len();
        page[at..].split('"').next().unwrap().to_owned()
    };
    let first = desk(&page);
    let path = to.split('?').next().unwrap().to_owned();
    let over = format!("{path}/hand-over");
    led_to(&region.post(&over, Some(&who), &format!("desk={first}&how=no_answer")).await);
    let second = desk(&region.get(&path, Some(&who)).await.text);
    assert_ne!(first, second);
    led_to(&region.post(&over, Some(&who), &format!("desk={second}&how=reached")).await);
    assert!(region.get(&path, Some(&who)).await.text.contains("took over."));
    let clerk = region.step_in(CLERK).await;
    let hidden = region.get("/en/hotline", Some(&clerk)).await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_case_from_a_call_carries_what_was_told_and_no_colleague_opens_a_second_one() {
    let region = Region::new().await;
    let who = region.step_in(HOTLINE).await;
    let told = "caller=person&language=es&state=XAA&call_back=at_times&name=Zora&contact=%2B999+77&\
                times=after+eight&urgent=safe_place&note=They+wait+at+the+station";
    let to = led_to(&region.post("/en/hotline", Some(&who), told).await);
    let call = to.split('?').next().unwrap().to_owned();
    let open = format!("{call}/case");
    assert!(region.get(&call, Some(&who)).await.text.contains(&open));
    let form = region.get(&open, Some(&who)).await.text;
    for told in ["Zora", "+999 77", "after eight", "They wait at the station"] {
        assert!(form.contains(told), "{told} is told once");
    }
    let typed = "name=Zora&age=adult&language=es&urgent=safe_place&address=%2B999+77&\
                 times=after+eight&note=They+wait+at+the+station";
    let missing = region.post(&open, Some(&who), &typed.replace("age=adult", "age=")).await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(missing.text.contains("They wait at the station"), "nothing typed is lost");
    let case = led_to(&region.post(&open, Some(&who), typed).await);
    let again = led_to(&region.post(&open, Some(&who), typed).await);
    assert_eq!(case.split('?').next(), again.split('?').next(), "one call, one case");
    let page = region.get(case.split('?').next().unwrap(), Some(&who)).await.text;
    for kept in ["+999 77", "after eight", "They wait at the station", call.as_str()] {
        assert!(page.contains(kept), "{kept} is in the case");
    }
    let page = region.get(&call, Some(&who)).await.text;
    assert!(page.contains("A case was opened from this call") && !page.contains(&open));
}

#[tokio::test]
async fn a_draft_given_up_is_erased_and_nothing_of_it_opens() {
    let region = Region::new().await;
    let who = region.step_in(OFFICER).await;
    let id = begun(&region, &who).await;
    let page = region.get(&format!("/en/screening/{id}"), Some(&who)).await.text;
    let at = page.find("name=\"revision\" value=\"").unwrap() + "name=\"revision\" value=\"".len();
    let revision = page[at..].split('"').next().unwrap().to_owned();
    let give_up = format!("/en/screening/{id}/give-up");
    led_to(&region.post(&give_up, Some(&who), &format!("revision={revision}")).await);
    let gone = region.get(&format!("/en/screening/{id}"), Some(&who)).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    assert_eq!(palermo_app::screening::ask::sweep(&region.app).await.unwrap(), 0);
}

/// Opens a case as a case manager; gives its address.
async fn case_of(region: &Region, who: &str, first: &str) -> String {
    let to = led_to(&region.post("/en/cases/new", Some(who), first).await);
    to.split('?').next().unwrap().to_owned()
}

#[tokio::test]
async fn req_087_a_screened_person_becomes_a_case_in_four_answers_and_keeps_what_was_said() {
    let region = Region::new().await;
    let who = region.step_in("nadia@harbourhouse.example").await;
    let id = begun(&region, &who).await;
    answered(&region, &who, &id, "age", "answer=adult").await;
    answered(&region, &who, &id, "form", "answer=labour.construction").await;
    answered(&region, &who, &id, "D4.hours", "answer=yes").await;
    let decide = format!("/en/screening/{id}/decide");
    let form = "outcome=exploited_worker&reasons=answers&state=XAA&path=consent";
    led_to(&region.post(&decide, Some(&who), form).await);
    let open = format!("/en/screening/{id}/case");
    let refused = region.post(&open, Some(&who), "name=Oren&age=&language=en").await;
    assert_ne!(refused.status, StatusCode::SEE_OTHER, "age is one of the four answers");
    assert!(refused.text.contains("value=\"Oren\""), "nothing typed is lost");
    let form = "name=Oren&age=adult&language=en&urgent=safe_place";
    let case = led_to(&region.post(&open, Some(&who), form).await);
    let again = led_to(&region.post(&open, Some(&who), form).await);
    assert_eq!(case.split('?').next(), again.split('?').next(), "one case, however often sent");
    let page = region.get(case.split('?').next().unwrap(), Some(&who)).await.text;
    assert!(page.contains("Exploited worker"), "the history tells the screening");
    assert!(page.contains("Other protection"), "the status says so");
}

#[tokio::test]
async fn req_095_a_negative_decision_waits_for_a_second_person_and_leads_to_other_support() {
    let region = Region::new().await;
    let who = region.step_in("nadia@harbourhouse.example").await;
    let case = case_of(&region, &who, "name=X&age=adult&language=en").await;
    let decide = format!("{case}/identification");
    let bare = "finding=not_identified&body=ngo&site=desk";
    let refused = region.post(&decide, Some(&who), bare).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in ["a decision without reasons", "nobody confirms their own", "can contest it"] {
        assert!(refused.text.contains(said), "{said}");
    }
    let page = region.get(&decide, Some(&who)).await.text;
    let at = page.find("name=\"reviewer\"").unwrap();
    let option = page[at..].split("<option value=\"").nth(2).unwrap();
    let reviewer = option.split('"').next().unwrap();
    let form = format!(
        "finding=not_identified&basis=no_means&legal_ground=national_law&body=ngo&site=desk\
         &reviewer={reviewer}&review_route=court&words=nothing+but+the+reasons"
    );
    let to = led_to(&region.post(&decide, Some(&who), &form).await);
    assert!(to.contains("identification-waits"), "{to}");
    let page = region.get(&case, Some(&who)).await.text;
    assert!(page.contains("waits for the second person"));
    assert!(page.contains("Presumed"), "nothing changes before it is confirmed");
    let nadia =
        palermo_store::account::find_by_email(&region.app.store, "nadia@harbourhouse.example");
    let tenant = nadia.await.unwrap().unwrap().record.tenant;
    let id = case.rsplit('/').next().unwrap().parse().unwrap();
    let all = palermo_store::identification::of_case(&region.app.store, tenant, id).await.unwrap();
    let decision = format!("/en/identifications/{}", all[0].record.id);
    let own = region.post(&format!("{decision}/review"), Some(&who), "confirms=yes").await;
    assert_ne!(own.status, StatusCode::SEE_OTHER, "nobody confirms their own decision");
    let second = region.step_in("ruth@harbourhouse.example").await;
    let work = region.get("/en/work", Some(&second)).await.text;
    assert!(work.contains(&decision), "the task leads to the decision");
    let finish = |page: &str| {
        let row = page.split("name=\"id\" value=\"").nth(1)?.get(..36)?;
        Some(row.to_owned())
    };
    let tenant_tasks = palermo_store::task::Filter {
        kind: Some("task-review-identification".into()),
        ..Default::default()
    };
    let (sort, paging) = (Default::default(), palermo_store::Paging::default());
    let tasks =
        palermo_store::task::list(&region.app.store, tenant, &tenant_tasks, sort, paging).await;
    let task = tasks.unwrap().items.pop().unwrap();
    assert_ne!(
        finish(&work),
        Some(task.record.id.to_string()),
        "there is no button to tick it off"
    );
    let by_hand = format!("id={}&revision={}", task.record.id, task.revision.0);
    let ticked = region.post("/en/work/finish", Some(&second), &by_hand).await;
    assert_eq!(ticked.status, StatusCode::UNPROCESSABLE_ENTITY, "someone waits for the answer");
    let page = region.get(&decision, Some(&second)).await.text;
    assert!(page.contains("Confirm") && page.contains("Send back"));
    assert!(page.contains("nothing but the reasons"), "the second person reads the reasons");
    assert_eq!(region.get(&case, Some(&second)).await.status, StatusCode::NOT_FOUND);
    led_to(&region.post(&format!("{decision}/review"), Some(&second), "confirms=yes").await);
    let page = region.get(&case, Some(&who)).await.text;
    assert!(page.contains("in force") && page.contains("Not identified"));
    let work = region.get("/en/work", Some(&second)).await.text;
    assert!(!work.contains(&decision), "the review ends its task");
    let work = region.get("/en/work", Some(&who)).await.text;
    assert!(
        work.contains("Arrange other support"),
        "a no leads to other support, not to a closed door"
    );
}

#[tokio::test]
async fn a_border_guard_finds_screening_in_the_navigation() {
    let region = Region::new().await;
    let who = region.step_in("tamsin@border.avelmar.example").await;
    let work = region.get("/en/work", Some(&who)).await;
    assert!(work.text.contains("href=\"/en/screening\""), "{}", work.text);
    assert_eq!(region.get("/en/screening/new", Some(&who)).await.status, StatusCode::OK);
}
