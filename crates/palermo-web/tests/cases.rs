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

/// The hidden revision of a form.
fn revision(page: &str) -> String {
    let at = page.split("name=\"revision\" value=\"").nth(1).unwrap();
    at.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn the_second_who_saves_the_persons_particulars_is_shown_both_and_decides() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let path = open(&region, &nadia, "age=adult&language=tr").await;
    let person = format!("{path}/person");
    let seen = revision(&region.get(&person, Some(&nadia)).await.text);
    let form = |year: &str, seen: &str| {
        format!("revision={seen}&age=adult&language=tr&birth_year={year}&looked_for=yes")
    };
    let first = region.post(&person, Some(&nadia), &form("1990", &seen)).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.text);
    let second = region.post(&person, Some(&nadia), &form("1991", &seen)).await;
    assert_eq!(second.status, StatusCode::CONFLICT);
    for shown in ["Saved meanwhile", "1990", "value=\"1991\""] {
        assert!(second.text.contains(shown), "{shown}");
    }
    // Nothing is overwritten until who was second has seen both and saves.
    let now = region.get(&person, Some(&nadia)).await.text;
    assert!(now.contains("value=\"1990\""));
    let third = region.post(&person, Some(&nadia), &form("1991", &revision(&second.text))).await;
    assert_eq!(third.status, StatusCode::SEE_OTHER);
    assert!(region.get(&person, Some(&nadia)).await.text.contains("value=\"1991\""));
    // Who saves the same as a colleague is told nothing of a conflict.
    let same = region.post(&person, Some(&nadia), &form("1991", &seen)).await;
    assert_eq!(same.status, StatusCode::SEE_OTHER);
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

#[tokio::test]
async fn e10_words_that_seem_to_lead_to_someone_are_pointed_at_and_nothing_is_stopped() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let path = open(&region, &nadia, "age=adult&language=tr").await;
    let note = format!("{path}/note");
    let plain = region.post(&note, Some(&nadia), "text=She+slept+well").await;
    assert!(!plain.headers["location"].to_str().unwrap().contains("hints"));
    let kept = region.post(&note, Some(&nadia), "text=call+0612+34+56+78").await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text);
    let to = kept.headers["location"].to_str().unwrap();
    assert!(!to.contains("0612"), "what was found is not repeated in an address");
    let page = region.get(to, Some(&nadia)).await.text;
    assert!(page.contains("The note is kept.") && page.contains("seem to hold a name"));
    let order = "outside=Harbour+Law+Clinic&kind=legal&purpose=help&service=legal&urgency=soon\
                 &days=3&items=call_name&items=words&words=ask+for+Mr+Novak+at+14+Tower+Road";
    let preview = region.post(&format!("{path}/refer"), Some(&nadia), order).await.text;
    assert!(preview.contains("The words seem to hold"), "before they leave");
    assert!(preview.contains("a street address") && preview.contains("a name"));
    // All of the file is shown: whom it comes from, and what stands at its end.
    assert!(preview.contains("Harbour House") && preview.contains("Please delete this file by"));
}

#[tokio::test]
async fn help_is_found_from_a_case_in_codes_and_leads_back_to_its_referral() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let path = open(&region, &nadia, "name=Selma&age=adult&language=tr&urgent=medical").await;
    let page = region.get(&path, Some(&nadia)).await.text;
    let link = page.split("/en/get-help?need=medical").nth(1).expect("a way to help");
    let link = link.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&");
    assert!(link.contains("case="), "{link}");
    for told in ["age=", "languages=", "sex=", "with=", "Selma"] {
        assert!(!link.contains(told), "nothing of the person in an address: {link}");
    }
    let asked = format!("/en/get-help?need=medical{link}");
    let found = region.get(&asked, Some(&nadia)).await.text;
    assert!(found.contains("what their case says is taken"));
    let ways = found.split("href=\"/en/get-help?").skip(1);
    for way in ways.filter_map(|way| way.split('"').next()) {
        assert!(!way.contains("age=") && !way.contains("languages="), "{way}");
    }
    let back = found.split("/refer?found=").nth(1).expect("a way back").get(..36).unwrap();
    let form = region.get(&format!("{path}/refer?found={back}"), Some(&nadia)).await;
    assert_eq!(form.status, StatusCode::OK);
    let service = form.text.split("value=\"health_primary\"").nth(1).unwrap();
    assert!(service.starts_with(" selected"), "what is offered is chosen");
    // Whoever comes without a case is offered no referral.
    let plain = region.get("/en/get-help?need=medical&state=XAA", Some(&nadia)).await.text;
    assert!(!plain.contains("/refer?found="));
    // A sealed case stands in no address of the directory.
    let person = format!("{path}/person");
    let seen = revision(&region.get(&person, Some(&nadia)).await.text);
    let sealed = format!("revision={seen}&age=adult&language=tr&sealed=yes");
    let saved = region.post(&person, Some(&nadia), &sealed).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let page = region.get(&path, Some(&nadia)).await.text;
    assert!(page.contains("/en/get-help\"") && !page.contains("/get-help?"), "{page}");
}

#[tokio::test]
async fn a_found_service_is_named_and_ones_own_desk_is_no_recipient_for_another_body() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let path = open(&region, &nadia, "name=Selma&age=adult&language=tr&urgent=safe_place").await;
    let case = path.rsplit('/').next().unwrap();
    let asked = format!("/en/get-help?need=shelter&state=XAA&case={case}&shown=200");
    let found = region.get(&asked, Some(&nadia)).await.text;
    let ids: Vec<&str> =
        found.split("/refer?found=").skip(1).filter_map(|rest| rest.get(..36)).collect();
    let house = "<bdi>Harbour House Shelter</bdi> · <bdi>Harbour House Shelter</bdi>";
    let mut others = 0;
    for id in ids {
        let form = region.get(&format!("{path}/refer?found={id}"), Some(&nadia)).await.text;
        assert!(form.contains("Service that was found"), "{form}");
        if !form.contains("a contact point of your own organisation") {
            continue;
        }
        let chosen = |field: &str| {
            let menu = form.split(&format!("id=\"{field}\"")).nth(1).unwrap();
            let menu = menu.split("</select>").next().unwrap();
            let one = menu.split("<option").find(|one| one.contains(" selected"));
            one.filter(|one| !one.contains("value=\"\"")).unwrap_or_default().to_owned()
        };
        let own = chosen("desk").contains("Harbour House intake");
        assert_eq!(own, form.contains(house), "one's own desk for one's own house alone: {form}");
        if own {
            continue;
        }
        others += 1;
        // Their desk, or who runs it and what kind of body that is, so that it can be sent.
        assert!(!chosen("desk").is_empty() || !chosen("kind").is_empty(), "{form}");
        if others > 1 {
            continue;
        }
        let order = format!(
            "found={id}&outside=A+house&kind=care&purpose=help&service=shelter&urgency=soon\
             &days=1&items=words&words=One+place"
        );
        let refer = format!("{path}/refer");
        let preview = region.post(&refer, Some(&nadia), &order).await.text;
        assert!(preview.contains("Service that was found"), "in the preview");
        let consent = format!("{order}&then=consent");
        let consent = region.post(&refer, Some(&nadia), &consent).await.text;
        assert!(consent.contains("Service that was found"), "in the consent");
        assert!(consent.contains("needed for a yes"));
    }
    assert!(others > 0, "a shelter of another body was found: {found}");
    // Kind and what was not explained are told in one answer.
    let form = "outside=A+house&answer=yes&form=oral&language=tr&purpose=help";
    let all = region.post(&format!("{path}/consent"), Some(&nadia), form).await;
    assert_eq!(all.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(all.text.contains("#kind") && all.text.contains("#explained"), "{}", all.text);
}

#[tokio::test]
async fn req_242_a_case_already_open_joins_an_incident_and_an_incident_is_corrected() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let form = "site=vehicle&found_by=border&state=XAA&persons=1";
    let incident = leads_to(&region.post("/en/incidents/new", Some(&nadia), form).await);
    let id = incident.rsplit('/').next().unwrap().to_owned();
    let path = open(&region, &nadia, "age=adult&language=tr").await;
    let join = format!("{path}/incident");
    assert!(region.get(&join, Some(&nadia)).await.text.contains(&id), "it can be chosen");
    let joined = region.post(&join, Some(&nadia), &format!("incident={id}")).await;
    assert_eq!(joined.status, StatusCode::SEE_OTHER, "{}", joined.text);
    let page = region.get(&path, Some(&nadia)).await.text;
    assert!(page.contains(&incident) && page.contains("Joined to an incident"));
    assert!(region.get(&incident, Some(&nadia)).await.text.contains(&path));
    let edit = format!("{incident}/edit");
    let seen = revision(&region.get(&edit, Some(&nadia)).await.text);
    let right = format!("revision={seen}&site=vessel&found_by=border&state=XAA");
    let saved = region.post(&edit, Some(&nadia), &right).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let late = format!("revision={seen}&site=school&found_by=border&state=XAA");
    let late = region.post(&edit, Some(&nadia), &late).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.text.contains("Saved meanwhile"));
    // Another organisation's incident is not there.
    let marisol = region.step_in(MARISOL).await;
    assert_eq!(region.get(&edit, Some(&marisol)).await.status, StatusCode::NOT_FOUND);
    // Nothing chosen takes no case out; nor does a page on which it was not joined yet.
    let nothing = region.post(&join, Some(&nadia), &format!("incident=&seen={id}")).await;
    assert_ne!(nothing.status, StatusCode::SEE_OTHER);
    let stale = region.post(&join, Some(&nadia), "incident=out").await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.text);
    assert!(region.get(&incident, Some(&nadia)).await.text.contains(&path), "still joined");
    let out = region.post(&join, Some(&nadia), &format!("incident=out&seen={id}")).await;
    assert_eq!(out.status, StatusCode::SEE_OTHER, "{}", out.text);
    assert!(!region.get(&incident, Some(&nadia)).await.text.contains(&path), "taken out");
}

#[tokio::test]
async fn every_form_of_a_case_prints_with_its_codes_and_says_later_when_it_happened() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let path = open(&region, &nadia, "name=Selma&age=adult&language=tr").await;
    let id = path.rsplit('/').next().unwrap().parse().map(palermo_app::domain::case::number);
    let number = id.unwrap();
    // Whoever can have explained is chosen on the screen alone.
    let consent = region.get(&format!("{path}/consent"), Some(&nadia)).await.text;
    let by = consent.split("name=\"by\"").nth(1).unwrap().split("</select>").next().unwrap();
    let staff: Vec<&str> = by.split("value=\"").skip(1).filter_map(|it| it.get(..36)).collect();
    let staff: Vec<&str> = staff.into_iter().filter(|it| it.matches('-').count() == 4).collect();
    assert!(!staff.is_empty(), "{by}");
    let forms = [
        ("note", "text"),
        ("consent", "explained"),
        ("refer", "call_name"),
        ("contact", "leave_message"),
        ("related", "relation"),
        ("charge", "offence"),
        ("rights", "rule"),
        ("close", "closure"),
        ("person", "nationalities"),
        ("papers", "number"),
        ("never-told", "outside"),
        ("keeping", "wish"),
        ("task", "due"),
        ("words", "name"),
    ];
    for (form, asked) in forms {
        let page = region.get(&format!("{path}/{form}?paper=yes"), Some(&nadia)).await;
        assert_eq!(page.status, StatusCode::OK, "{form}");
        for shown in [number.as_str(), "Happened at (day, time)", asked, "____"] {
            assert!(page.text.contains(shown), "{form}: {shown}");
        }
        assert!(!page.text.contains("Selma"), "{form}: nothing stored is printed");
        for account in &staff {
            assert!(!page.text.contains(account), "{form}: no account of staff on paper");
        }
        let form_page = region.get(&format!("{path}/{form}"), Some(&nadia)).await.text;
        assert!(form_page.contains("?paper=yes"), "{form} leads to it");
    }
    let incident = region.get("/en/incidents/new?paper=yes", Some(&nadia)).await.text;
    assert!(incident.contains("vehicle") && incident.contains("○"));
    // What is typed in from paper keeps its own day.
    let past = "kind=telephone&address=0612+34&happened-day=3&happened-month=2&happened-year=2026\
                &happened_time=08:30";
    let kept = region.post(&format!("{path}/contact"), Some(&nadia), past).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text);
    let page = region.get(&path, Some(&nadia)).await.text;
    assert!(page.contains("3 February 2026") || page.contains("3 Feb 2026"), "{page}");
    let future = past.replace("2026&", "2999&");
    let future = region.post(&format!("{path}/contact"), Some(&nadia), &future).await;
    assert_eq!(future.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(future.text.contains("value=\"2999\""), "what was typed stays");
}

#[tokio::test]
async fn req_238_one_who_is_kept_secret_stands_on_no_paper() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let path = open(&region, &nadia, "name=Selma&age=adult&language=tr").await;
    for beside in ["relation=newborn&age=child", "relation=witness&age=adult&secret=yes"] {
        let added = region.post(&format!("{path}/related"), Some(&nadia), beside).await;
        assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text);
    }
    let page = region.get(&path, Some(&nadia)).await.text;
    let (newborn, witness) = ("A newborn", "A witness");
    assert!(page.contains(newborn) && page.contains(witness), "whoever carries the case sees both");
    let paper = region.get(&format!("{path}/summary.html"), Some(&nadia)).await;
    assert_eq!(paper.status, StatusCode::OK, "{}", paper.text);
    assert!(paper.text.contains(newborn) && !paper.text.contains(witness), "{}", paper.text);
}

#[tokio::test]
async fn a_time_without_its_day_and_a_number_in_words_are_named_and_nothing_is_dropped() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let form = "site=vehicle&found_by=border&state=XAA&persons=eleven&happened_time=26:00";
    let answer = region.post("/en/incidents/new", Some(&nadia), form).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in ["is not a time of day", "Say on which day it was", "Write how many in digits"] {
        assert!(answer.text.contains(said), "{said}");
    }
    assert!(answer.text.contains("value=\"eleven\"") && answer.text.contains("value=\"26:00\""));
    // A child, an adult after all: not without what shows it, and not against the year.
    let path = open(&region, &nadia, "age=child&language=tr").await;
    let person = format!("{path}/person");
    let seen = revision(&region.get(&person, Some(&nadia)).await.text);
    let typed = format!("revision={seen}&age=adult&language=tr&birth_year=2015");
    let answer = region.post(&person, Some(&nadia), &typed).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in ["choose what shows that this person is an adult", "is under 18"] {
        assert!(answer.text.contains(said), "{said}");
    }
    let closed = region.post(&format!("{path}/close"), Some(&nadia), "closure=transferred").await;
    assert!(closed.text.contains("No transfer of this case was accepted"), "{}", closed.text);
}
