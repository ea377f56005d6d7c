//! Care in the browser: the plan of the people of the story, forms that lose
//! nothing, a month's end, and the person's own view from slip to goodbye.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::http::{StatusCode, header};
use support::{Answer, Region};

const LEAD: &str = "nadia@harbourhouse.example";

/// The address of the case whose row shows this name.
async fn case_of(region: &Region, cookie: &str, name: &str) -> String {
    let list = region.get("/en/cases", Some(cookie)).await;
    assert_eq!(list.status, StatusCode::OK);
    let at = list.text.find(&format!(">{name}<")).or_else(|| list.text.find(name)).expect(name);
    // The row's link stands before or after the name.
    let row = list.text[..at].rfind("<tr").unwrap_or(0);
    let link = list.text[row..].find("/en/cases/").expect("a link") + row;
    list.text[link..link + "/en/cases/".len() + 36].to_owned()
}

fn hidden(answer: &Answer, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let at = answer.text.find(&mark).expect(name) + mark.len();
    answer.text[at..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn the_plan_of_the_story_reads_in_four_languages_and_warns_of_what_is_missing() {
    let region = Region::new().await;
    let cookie = region.step_in(LEAD).await;
    let amina = case_of(&region, &cookie, "Amina").await;
    for language in ["en", "fr", "es", "ar"] {
        let path = amina.replace("/en/", &format!("/{language}/"));
        let page = region.get(&format!("{path}/care"), Some(&cookie)).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text);
        assert!(page.text.contains("I want school."), "the child's own words, unlocked");
    }
    let page = region.get(&format!("{amina}/care"), Some(&cookie)).await;
    assert!(page.text.contains("Return is not in the child’s best interests"));
    assert!(page.text.contains("Suspended since"));
    let case = region.get(&amina, Some(&cookie)).await;
    assert!(case.text.contains("/care\""), "the case page leads to it");
}

#[tokio::test]
async fn req_100_the_counter_shows_lien_day_four_and_says_whose_the_period_is() {
    let region = Region::new().await;
    let cookie = region.step_in(LEAD).await;
    let lien = case_of(&region, &cookie, "Lien").await;
    let page = region.get(&format!("{lien}/care"), Some(&cookie)).await;
    let plain = page.text.replace(['\u{2068}', '\u{2069}'], "");
    assert!(plain.contains("day 4 of 45; 41 left"), "{plain}");
    assert!(plain.contains("The person may decide, leave or go home earlier."));
}

#[tokio::test]
async fn req_100_the_law_of_ones_state_makes_the_period_longer_and_is_named() {
    let region = Region::new().await;
    let cookie = region.step_in(LEAD).await;
    let teo = case_of(&region, &cookie, "Teo").await;
    let path = format!("{teo}/care/new/recovery");
    let before = region.get(&path, Some(&cookie)).await.text;
    let plain = before.replace(['\u{2068}', '\u{2069}'], "");
    assert!(plain.contains("Proposed: 45 days") && plain.contains("MERIDIAN"), "{plain}");
    let editor = region.step_in("ines@secretariat.meridian.example").await;
    for (state, days) in [("XAA", 60), ("XBB", 90)] {
        let law = format!(
            "state={state}&topic=reflection&provided=yes&law=Act+7+of+2024&article=s.+12&days={days}\
             &source=official+gazette&as_of=2025"
        );
        let entered = region.post("/en/laws/new", Some(&editor), &law).await;
        assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.text);
    }
    let after = region.get(&path, Some(&cookie)).await.text;
    let plain = after.replace(['\u{2068}', '\u{2069}'], "");
    assert!(plain.contains("Proposed: 60 days") && plain.contains("Act 7 of 2024, s. 12"));
    assert!(after.contains("value=\"60\""), "the form proposes it; another State's law does not");
    let days = |days: u32| {
        format!("starts_on-day=1&starts_on-month=11&starts_on-year=2026&days={days}&set_by=here")
    };
    let short = region.post(&path, Some(&cookie), &days(45)).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    let right = region.post(&path, Some(&cookie), &days(60)).await;
    assert_eq!(right.status, StatusCode::SEE_OTHER, "{}", right.text);
}

#[tokio::test]
async fn a_refused_form_names_the_rule_and_keeps_every_word() {
    let region = Region::new().await;
    let cookie = region.step_in(LEAD).await;
    let teo = case_of(&region, &cookie, "Teo").await;
    let form = region.get(&format!("{teo}/care/new/recovery"), Some(&cookie)).await;
    assert_eq!(form.status, StatusCode::OK);
    assert!(form.text.contains("value=\"45\""), "the mechanism's period is proposed");
    let sent = format!(
        "_token={}&_once={}&starts_on-day=1&starts_on-month=11&starts_on-year=2026&days=9&set_by=here&note=kept+word+for+word",
        hidden(&form, "_token"),
        hidden(&form, "_once"),
    );
    let refused = region.post(&format!("{teo}/care/new/recovery"), Some(&cookie), &sent).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for kept in ["kept word for word", "value=\"9\"", "CETS 197 art. 13", "value=\"2026\""] {
        assert!(refused.text.contains(kept), "{kept}");
    }
    let odd = sent.replace("starts_on-day=1&", "starts_on-day=31&").replace("days=9", "days=40");
    let odd = region.post(&format!("{teo}/care/new/recovery"), Some(&cookie), &odd).await;
    assert!(odd.text.contains("31/11/2026"), "a day that does not exist is named as typed");
}

#[tokio::test]
async fn a_service_is_written_once_however_often_it_is_sent() {
    let region = Region::new().await;
    let cookie = region.step_in(LEAD).await;
    let teo = case_of(&region, &cookie, "Teo").await;
    let path = format!("{teo}/care/new/service");
    let form = region.get(&path, Some(&cookie)).await;
    let sent = format!(
        "_token={}&_once={}&service=vocational&provider=private&note=net+mending",
        hidden(&form, "_token"),
        hidden(&form, "_once"),
    );
    for _ in 0..2 {
        let done = region.post(&path, Some(&cookie), &sent).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    }
    let page = region.get(&format!("{teo}/care"), Some(&cookie)).await;
    assert_eq!(page.text.matches("net mending").count(), 1);
}

#[tokio::test]
async fn the_second_of_two_editors_of_a_care_record_is_shown_both_and_overwrites_nothing_unseen() {
    let region = Region::new().await;
    let cookie = region.step_in(LEAD).await;
    let opened = region.post("/en/cases/new", Some(&cookie), "age=adult&language=en").await;
    let case = opened.headers[header::LOCATION].to_str().unwrap();
    let case = case.split('?').next().unwrap().to_owned();
    let form = |note: &str, seen: &str| {
        format!("revision={seen}&service=vocational&provider=private&note={note}")
    };
    let new = format!("{case}/care/new/service");
    region.post(&new, Some(&cookie), &form("net+mending", "")).await;
    let plan = region.get(&format!("{case}/care"), Some(&cookie)).await.text;
    let before = plan.split("/edit?for=").next().unwrap();
    let path = format!("{case}/care/{}/edit", &before[before.len() - 36..]);
    let seen = hidden(&region.get(&path, Some(&cookie)).await, "revision");
    let first = region.post(&path, Some(&cookie), &form("sail+making", &seen)).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.text);
    let second = region.post(&path, Some(&cookie), &form("boat+building", &seen)).await;
    assert_eq!(second.status, StatusCode::CONFLICT);
    for shown in ["Saved meanwhile", "sail making", "boat building"] {
        assert!(second.text.contains(shown), "{shown}");
    }
    // With the key closed the other's words cannot be shown, so they stay.
    region.post("/en/account/lock", Some(&cookie), "").await;
    let blind = region.post(&path, Some(&cookie), &form("boat+building", &seen)).await;
    assert_eq!(blind.status, StatusCode::CONFLICT);
    assert_eq!(hidden(&blind, "revision"), seen, "the next try meets the conflict again");
    let cookie = region.step_in(LEAD).await;
    let merged = form("sails+and+boats", &hidden(&second, "revision"));
    let third = region.post(&path, Some(&cookie), &merged).await;
    assert_eq!(third.status, StatusCode::SEE_OTHER, "{}", third.text);
    let page = region.get(&format!("{case}/care"), Some(&cookie)).await.text;
    assert!(page.contains("sails and boats"));
}

#[tokio::test]
async fn every_form_prints_on_paper_with_its_codes() {
    let region = Region::new().await;
    for kind in palermo_app::domain::care::CareKind::ALL {
        let page = region.get(&format!("/en/forms/care/{}", kind.code()), None).await;
        assert_eq!(page.status, StatusCode::OK, "{}", kind.code());
    }
    let risk = region.get("/ar/forms/care/risk", None).await;
    assert!(risk.text.contains("reprisal_trafficker") && risk.text.contains('☐'));
}

#[tokio::test]
async fn a_month_end_is_one_click_a_donor_and_says_when_the_money_ends() {
    let region = Region::new().await;
    let cookie = region.step_in(LEAD).await;
    let page = region.get("/en/month-end", Some(&cookie)).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    let plain = page.text.replace(['\u{2068}', '\u{2069}'], "");
    assert!(plain.contains("in 60 days") && plain.contains("Northway Fund"));
    assert!(plain.contains("rounded down to a multiple of 5"));
    let today = region.app.store.now().date();
    let present = format!("{}-{:02}", today.year(), u8::from(today.month()));
    assert!(plain.contains(&format!("This month, not over yet: {present}")), "and none after it");
    let path = format!("/en/month-end?month={present}");
    assert!(region.get(&path, Some(&cookie)).await.text.contains("This month is not over"));
    let ahead = format!("/en/month-end?month={}-01", today.year() + 1);
    assert_eq!(region.get(&ahead, Some(&cookie)).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let book = region.get("/en/month-end.xlsx?funder=Northway%20Fund", Some(&cookie)).await;
    assert_eq!(book.status, StatusCode::OK);
    assert!(book.headers[header::CONTENT_DISPOSITION].to_str().unwrap().contains("month-end-"));
    // The interface for programs gives the same figures; a stranger gets nothing.
    let api = region.get("/api/v1/month-end", Some(&cookie)).await;
    assert!(api.text.contains("\"nights\""), "{}", api.text);
    let donor = region.step_in("petra@secretariat.meridian.example").await;
    assert_eq!(region.get("/en/month-end", Some(&donor)).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn req_241_the_care_page_says_until_when_a_service_is_paid_and_the_case_how_long_it_is_kept()
{
    let region = Region::new().await;
    let cookie = region.step_in(LEAD).await;
    let opened = region.post("/en/cases/new", Some(&cookie), "age=adult&language=en").await;
    let case = opened.headers[header::LOCATION].to_str().unwrap();
    let case = case.split('?').next().unwrap().to_owned();
    let today = palermo_app::domain::register::day::Day::from(region.app.store.now().date());
    let paid = async |days: i64, then: &str| {
        let until = today.plus_days(days).to_string();
        let [year, month, day] = until.split('-').collect::<Vec<_>>()[..] else { panic!() };
        let form = format!(
            "service=vocational&provider=ngo&funder=Harbour+Levy&then={then}\
             &funded_until-day={day}&funded_until-month={month}&funded_until-year={year}"
        );
        let path = format!("{case}/care/new/service");
        let answer = region.post(&path, Some(&cookie), &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    };
    paid(30, "ends").await;
    paid(200, "continues").await;
    let page = region.get(&format!("{case}/care"), Some(&cookie)).await.text;
    let plain = page.replace(['\u{2068}', '\u{2069}'], "");
    for told in ["Until when services are paid", "Harbour Levy", "30 days left", "Then: It ends"] {
        assert!(plain.contains(told), "{told}");
    }
    assert!(plain.contains("Then: It goes on") && !plain.contains("200 days left"));
    let page = region.get(&case, Some(&cookie)).await.text;
    assert!(page.contains("How long this is kept") && page.contains("The case is open"));
}

#[tokio::test]
async fn the_history_says_which_fields_of_a_record_changed_and_a_task_is_set_on_the_case() {
    let region = Region::new().await;
    let cookie = region.step_in(LEAD).await;
    let opened = region.post("/en/cases/new", Some(&cookie), "age=adult&language=en").await;
    let case = opened.headers[header::LOCATION].to_str().unwrap();
    let case = case.split('?').next().unwrap().to_owned();
    let need = "service=legal&on-day=1&on-month=2&on-year=2026";
    let path = format!("{case}/care/new/need");
    region.post(&path, Some(&cookie), &format!("{need}&state=open")).await;
    let page = region.get(&format!("{case}/care"), Some(&cookie)).await.text;
    let link = page.split('"').find(|part| part.contains("/edit?")).unwrap();
    let edit = link.split('?').next().unwrap();
    let form = format!("{need}&state=met&note=said+so&revision=1");
    let answer = region.post(edit, Some(&cookie), &form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    let page = region.get(&case, Some(&cookie)).await.text;
    let plain = page.replace(['\u{2068}', '\u{2069}'], "");
    assert!(plain.contains("How it stands: Open → Met") && plain.contains("Note: changed"));

    let form = region.get(&format!("{case}/task"), Some(&cookie)).await.text;
    let chosen = |part: &&str| part.split('>').next().is_some_and(|tag| tag.contains(" selected"));
    let own = form.split("<option value=\"").skip(1).find(chosen).unwrap();
    let own = own.split('"').next().unwrap();
    let task = format!("what=papers&who={own}&words=from+the+embassy");
    let none = region.post(&format!("{case}/task"), Some(&cookie), &task).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY, "a task has a day");
    let task = format!("{task}&due-day=1&due-month=2&due-year=2030");
    let set = region.post(&format!("{case}/task"), Some(&cookie), &task).await;
    assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.text);
    let page = region.get(&case, Some(&cookie)).await.text;
    assert!(page.contains("Get papers or documents") && page.contains("from the embassy"));
    let work = region.get("/en/work", Some(&cookie)).await.text;
    assert!(work.contains("Get papers or documents") && !work.contains("embassy"));
}

fn own_cookie(answer: &Answer) -> String {
    let set = answer.headers.get_all(header::SET_COOKIE).iter();
    let own =
        set.filter_map(|value| value.to_str().ok()).find(|text| text.starts_with("__Host-own"));
    own.expect("the view's cookie").split(';').next().unwrap().to_owned()
}

async fn prepare(region: &Region, cookie: &str, case: &str) -> String {
    let page = region.get(&format!("{case}/own-view"), Some(cookie)).await;
    let sent = format!("_token={}", hidden(&page, "_token"));
    let shown = region.post(&format!("{case}/own-view"), Some(cookie), &sent).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.text);
    let at = shown.text.find("<bdi dir=\"ltr\">").expect("a code") + 15;
    shown.text[at..at + 19].to_owned()
}

async fn enter(region: &Region, code: &str) -> Answer {
    let first = region.get("/en/own", None).await;
    let sent = format!("_token={}&code={code}", hidden(&first, "_token"));
    region.post("/en/own", None, &sent).await
}

#[tokio::test]
async fn a_person_sees_what_is_held_with_a_slip_of_paper_and_no_account() {
    let region = Region::new().await;
    let worker = region.step_in(LEAD).await;
    let amina = case_of(&region, &worker, "Amina").await;
    let charge = region.post(&format!("{amina}/charge"), Some(&worker), "offence=documents").await;
    assert_eq!(charge.status, StatusCode::SEE_OTHER, "{}", charge.text);
    let person = format!("{amina}/person");
    let seen = region.get(&person, Some(&worker)).await;
    let background = format!(
        "revision={}&age=unsure&language=vi&cooperation=declines",
        hidden(&seen, "revision")
    );
    let told = region.post(&person, Some(&worker), &background).await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.text);
    let code = prepare(&region, &worker, &amina).await;
    let first = region.get("/en/own", None).await;
    for told in ["Amina", "Harbour", "Mechanisms", "Sign in"] {
        assert!(!first.text.contains(told), "the first page is neutral: {told}");
    }
    let opened = enter(&region, &code.to_lowercase().replace('-', "+")).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.text);
    let own = own_cookie(&opened);
    assert!(opened.headers[header::LOCATION].to_str().unwrap().ends_with("/own"));
    let choice = region.get("/en/own", Some(&own)).await.text;
    assert!(choice.contains("Someone is with me") && choice.contains("/en/own/held"));
    assert!(!choice.contains("Amina") && !choice.contains("Harbour"), "still about nothing");
    let held = region.get("/en/own/held", Some(&own)).await;
    for told in [
        "Amina",
        "I want school.",
        "Hanna",
        "What cannot be erased",
        "How you can be reached",
        "What was passed on",
        "Kept, but not shown here",
        "Notes of the team",
        "Nadia",
    ] {
        assert!(held.text.contains(told), "{told}");
    }
    assert!(!held.text.contains("This is all"), "the page never claims to be everything");
    let looked = region.get("/en/own/looked", Some(&own)).await;
    assert!(looked.text.contains("Nadia"), "who looked, by name");
    assert!(looked.text.contains("looked at it"));
    let times = looked.text.matches("looked at it").count();
    assert!(times < 3, "counted for each person and day: {times}");
    // A copy leaves out the names of others.
    let copy = region.get("/en/own/copy", Some(&own)).await;
    assert!(copy.text.contains("I want school.") && !copy.text.contains("Hanna"));
    // On the screen what she is charged with is told; whoever searches her bag does not read it.
    for told in ["Charges against you", "Cooperation with authorities"] {
        assert!(held.text.contains(told) && !copy.text.contains(told), "{told}");
    }
    // The code was for one use; a wrong one opens nothing and says no more.
    let again = enter(&region, &code).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.headers.get(header::SET_COOKIE).is_none());
    // Someone is with me: nothing of it is left.
    let sent = format!("_token={}", hidden(&held, "_token"));
    let quiet = region.post("/en/own/quiet", Some(&own), &sent).await;
    assert_eq!(quiet.status, StatusCode::OK);
    assert!(!quiet.text.contains("Amina") && !quiet.text.contains("/own/held"));
    let gone = region.get("/en/own/held", Some(&own)).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER, "the view is closed for good");
}

#[tokio::test]
async fn opening_the_form_of_a_referral_is_a_look_and_passes_nothing_on() {
    let region = Region::new().await;
    let worker = region.step_in(LEAD).await;
    let amina = case_of(&region, &worker, "Amina").await;
    let form = format!("{amina}/refer");
    assert_eq!(region.get(&form, Some(&worker)).await.status, StatusCode::OK);
    let code = prepare(&region, &worker, &amina).await;
    let own = own_cookie(&enter(&region, &code).await);
    let looked = region.get("/en/own/looked", Some(&own)).await.text;
    let today = looked.split("looked at it").count();
    assert!(today > 1, "the form was looked at");
    let team = region.get(&format!("{amina}/looked"), Some(&worker)).await.text;
    assert!(team.contains("Page opened, nothing changed"), "{team}");
    assert!(team.contains("The case was read") && !team.contains(">case.read<"));
}

#[tokio::test]
async fn req_237_the_provider_cannot_read_an_answer_and_a_complaint_reaches_the_independent_desk() {
    let region = Region::new().await;
    let worker = region.step_in(LEAD).await;
    let teo = case_of(&region, &worker, "Teo").await;
    let code = prepare(&region, &worker, &teo).await;
    let own = own_cookie(&enter(&region, &code).await);
    let page = region.get("/en/own/ask", Some(&own)).await;
    let token = hidden(&page, "_token");
    let sent = format!("_token={token}&kind=complain&words=nobody+came+on+Sunday");
    let asked = region.post("/en/own/ask", Some(&own), &sent).await;
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.text);
    let sent = format!("_token={token}&kind=correct&words=born+in+spring");
    region.post("/en/own/ask", Some(&own), &sent).await;
    let sent = format!("_token={token}&service=shelter&answer-safe=no&answer-listened=partly");
    let answered = region.post("/en/own/questions", Some(&own), &sent).await;
    assert_eq!(answered.status, StatusCode::OK, "{}", answered.text);
    // The worker reads what was asked of them, and never the complaint or the answers.
    let worked = region.get(&format!("{teo}/own-view"), Some(&worker)).await;
    assert!(worked.text.contains("born in spring") && !worked.text.contains("Sunday"));
    let month = region.get("/en/month-end", Some(&worker)).await;
    assert!(month.text.contains("too few answers"));
    assert_eq!(region.get("/en/complaints", Some(&worker)).await.status, StatusCode::NOT_FOUND);
    // The independent body reads the complaint; it does not say whose it is.
    let rights = region.step_in("mathieu@mediateur.bremora.example").await;
    let complaints = region.get("/en/complaints", Some(&rights)).await;
    assert_eq!(complaints.status, StatusCode::OK);
    assert!(complaints.text.contains("nobody came on Sunday"), "{}", complaints.text);
    assert!(!complaints.text.contains("Teo") && !complaints.text.contains("/cases/"));
    // Its answer comes back to whoever has the code on the slip.
    let code = asked.text.split("<bdi dir=\"ltr\">").nth(1).unwrap();
    let code = code.split('<').next().unwrap();
    let at = complaints.text.find("/en/complaints/").unwrap();
    let link = complaints.text[at..].split('"').next().unwrap().replace("&amp;", "&");
    let form = region.get(&link, Some(&rights)).await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.text);
    let (to, revision) = (link.split('?').next().unwrap(), hidden(&form, "revision"));
    let empty = format!("revision={revision}&words=");
    let refused = region.post(to, Some(&rights), &empty).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "an answer says something");
    let sent = format!("revision={revision}&words=They+apologise+and+come+on+Sundays");
    assert_eq!(region.post(to, Some(&rights), &sent).await.status, StatusCode::SEE_OTHER);
    let page = region.get("/en/own/answer", None).await;
    assert_eq!(page.status, StatusCode::OK);
    let sent = format!("_token={}&code={}", hidden(&page, "_token"), code.replace('-', ""));
    let read = region.post("/en/own/answer", None, &sent).await;
    assert!(read.text.contains("They apologise and come on Sundays"), "{}", read.text);
    let wrong = format!("_token={}&code=2222-3333-4444-5555", hidden(&page, "_token"));
    let wrong = region.post("/en/own/answer", None, &wrong).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn e23_what_was_asked_is_answered_in_words_that_stand_in_the_persons_own_view() {
    let region = Region::new().await;
    let worker = region.step_in(LEAD).await;
    let teo = case_of(&region, &worker, "Teo").await;
    // A guardian asks on paper; a complaint is not written down by the team.
    let form = region.get(&format!("{teo}/own-view/write-down"), Some(&worker)).await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.text);
    assert!(!form.text.contains("value=\"complain\""));
    let asked = "kind=correct&by=guardian&words=The+year+is+wrong";
    let to = format!("{teo}/own-view/write-down");
    let saved = region.post(&to, Some(&worker), asked).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let page = region.get(&format!("{teo}/own-view"), Some(&worker)).await;
    assert!(page.text.contains("The year is wrong") && page.text.contains("Their guardian"));
    let case = region.get(&teo, Some(&worker)).await;
    assert!(case.text.contains("The person asked for something: answer"), "whoever carries it");
    let mut parts = page.text.split("?revision=");
    let id = parts.next().unwrap().rsplit('/').next().unwrap();
    let revision = parts.next().unwrap().split('"').next().unwrap();
    let sent = format!("revision={revision}&words=It+is+put+right+now");
    let to = format!("{teo}/own-view/{id}");
    let done = region.post(&to, Some(&worker), &sent).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let page = region.get(&format!("{teo}/own-view"), Some(&worker)).await;
    assert!(page.text.contains("It is put right now") && !page.text.contains("?revision="));
    // The person reads it; the rest of what they asked for stands beside it.
    let code = prepare(&region, &worker, &teo).await;
    let own = own_cookie(&enter(&region, &code).await);
    let page = region.get("/en/own/ask", Some(&own)).await;
    for told in ["Their guardian", "The year is wrong", "It is put right now", "Answered"] {
        assert!(page.text.contains(told), "{told}");
    }
}

#[tokio::test]
async fn e23_while_the_person_asks_for_it_nothing_is_passed_on() {
    let region = Region::new().await;
    let worker = region.step_in(LEAD).await;
    let teo = case_of(&region, &worker, "Teo").await;
    let asked = "kind=restrict&by=person&words=wait";
    let to = format!("{teo}/own-view/write-down");
    assert_eq!(region.post(&to, Some(&worker), asked).await.status, StatusCode::SEE_OTHER);
    let case = region.get(&teo, Some(&worker)).await;
    assert!(case.text.contains("Nothing leaves before that."));
    let send = "outside=Harbour+Law+Clinic&kind=legal&purpose=help&service=legal&urgency=soon\
                &days=3&items=age&words=One&seen=yes";
    let refused = region.post(&format!("{teo}/refer"), Some(&worker), send).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
    assert!(refused.text.contains("Answer their request first"));
}

#[tokio::test]
async fn what_is_said_before_a_yes_stands_in_the_persons_language_beside_the_officers() {
    let region = Region::new().await;
    let worker = region.step_in(LEAD).await;
    let opened = region.post("/en/cases/new", Some(&worker), "age=child&language=fr").await;
    let case = opened.headers[header::LOCATION].to_str().unwrap();
    let case = case.split('?').next().unwrap().to_owned();
    let page = region.get(&format!("{case}/consent"), Some(&worker)).await.text;
    assert!(
        page.contains("Nous ne sommes pas la police.") && page.contains("We are not the police.")
    );
    assert!(page.contains("Translated by machine into"));
    assert!(
        page.contains("Nous t'aidons") || page.contains("Nous t&#39;aidons"),
        "a child's words"
    );
    let sheet = region.get("/en/forms/consent/ar?for=child", None).await;
    assert_eq!(sheet.status, StatusCode::OK);
    assert!(sheet.text.contains("lang=\"ar\"") && sheet.text.contains("نحن لسنا الشرطة"));
    assert_eq!(region.get("/en/forms/consent/xx", None).await.status, StatusCode::NOT_FOUND);
    // Who explained it is asked, and told beside the answer.
    assert!(page.contains("Someone of another organisation"));
    let said =
        "outside=Harbour+Law+Clinic&kind=legal&purpose=help&answer=no&by=outside&language=fr";
    let saved = region.post(&format!("{case}/consent"), Some(&worker), said).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let page = region.get(&case, Some(&worker)).await.text;
    let plain = page.replace(['\u{2068}', '\u{2069}'], "");
    assert!(plain.contains("Explained by Someone of another organisation; written down by Nadia"));
}

#[tokio::test]
async fn req_111_a_step_is_skipped_with_a_reason_and_a_later_contact_names_who_makes_it() {
    let region = Region::new().await;
    let worker = region.step_in(LEAD).await;
    let opened = region.post("/en/cases/new", Some(&worker), "age=adult&language=en").await;
    let case = opened.headers[header::LOCATION].to_str().unwrap();
    let case = case.split('?').next().unwrap().to_owned();
    let write = async |kind: &str, form: &str| {
        region.post(&format!("{case}/care/new/{kind}"), Some(&worker), form).await.status
    };
    let plan = "on-day=1&on-month=11&on-year=2026&skipped=follow_up";
    assert_eq!(write("plan", plan).await, StatusCode::UNPROCESSABLE_ENTITY);
    let whole = format!("{plan}&skipped_why=She+wants+no+visits");
    assert_eq!(write("plan", &whole).await, StatusCode::SEE_OTHER);
    let contact = "agreed=yes&by=ngo&due_on-day=1&due_on-month=3&due_on-year=2027";
    assert_eq!(write("follow-up", contact).await, StatusCode::UNPROCESSABLE_ENTITY);
    let whole = format!("{contact}&provider_name=Women+of+the+Harbour");
    assert_eq!(write("follow-up", &whole).await, StatusCode::SEE_OTHER);
    let ours = contact.replace("ngo", "us");
    assert_eq!(write("follow-up", &ours).await, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn programs_write_coded_facts_and_are_told_the_rule_and_its_field() {
    let region = Region::new().await;
    let cookie = region.step_in(LEAD).await;
    let teo = case_of(&region, &cookie, "Teo").await;
    let path = teo.replace("/en/", "/api/v1/") + "/care";
    let list = region.get(&path, Some(&cookie)).await;
    assert!(list.text.contains("\"kind\":\"service\"") && !list.text.contains("engine"));
    let send = async |body: &str, once: &str| {
        let request = axum::http::Request::post(&path)
            .header(header::COOKIE, &cookie)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/json")
            .header("idempotency-key", once)
            .body(axum::body::Body::from(body.to_owned()))
            .unwrap();
        region.send(request).await
    };
    let short =
        r#"{"kind":"recovery","facts":{"starts_on":"2026-11-01","days":10,"set_by":"here"}}"#;
    let refused = send(short, "0123456789abcdef-1").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
    assert!(refused.text.contains("\"days\"") && refused.text.contains("CETS 197"));
    let need = r#"{"kind":"need","facts":{"service":"legal","state":"open","on":"2026-11-01"}}"#;
    let made = send(need, "0123456789abcdef-2").await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    assert_eq!(send(need, "0123456789abcdef-2").await.text, made.text, "the same once");
}
