//! The life of a questionnaire (tried out, translated, copied, taken out of use) and of a
//! duty (more time asked for and decided, gone on with, disputed).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::http::StatusCode;
use palermo_app::{
    domain::{register::day::Day, report::MapKind},
    report,
};
use support::{Answer, Region};

const SECRETARIAT: &str = "ines@secretariat.meridian.example";
const DORVANE: &str = "tesfa@coordination.dorvane.example";
const FOCAL: &str = "joan@taskforce.avelmar.example";

fn today(region: &Region) -> Day {
    region.app.store.now().date().into()
}

fn saved(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
}

/// What a page sends along without showing it.
fn hidden(page: &str, name: &str) -> String {
    let rest = page.split(&format!("name=\"{name}\" value=\"")).nth(1).expect(name);
    rest.split('"').next().unwrap().to_owned()
}

fn encoded(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02X}")).collect()
}

/// A questionnaire of two questions, the second of which rests on the first.
fn harbours(version: u32, second: &str) -> String {
    format!(
        "id = \"harbours\"\nversion = {version}\nmechanisms = [\"MERIDIAN\"]\n\
         cycle = \"year\"\nsource = \"Invented\"\n[title]\nen = \"Harbours\"\n\
         [[section]]\ncode = \"1\"\n[section.title]\nen = \"All\"\n\
         [[section.question]]\ncode = \"1.1\"\nkind = \"answer\"\n\
         text = \"Are harbours watched?\"\n\
         [[section.question]]\ncode = \"{second}\"\nkind = \"text\"\n\
         text = \"Which ones?\"\nwhen = \"1.1 = yes\"\n"
    )
}

async fn begin_harbours(region: &Region, secretariat: &str) {
    let text = encoded(&harbours(1, "1.2"));
    let form = format!("text={text}&status=in-use&draft=&revision=&from=");
    saved(&region.post("/en/questionnaires/write", Some(secretariat), &form).await);
}

#[tokio::test]
async fn req_037_an_answer_lifts_the_declaration_that_there_are_no_data() {
    let region = Region::new().await;
    let focal = region.step_in(DORVANE).await;
    let form = "questionnaire=joint-annual&period=2015";
    let begun = region.post("/en/reports/new", Some(&focal), form).await;
    saved(&begun);
    let to = begun.headers.get("location").unwrap().to_str().unwrap();
    let sheet = to.split('?').next().unwrap().to_owned();
    let (empty, section) = (format!("{sheet}/empty"), "3");
    let nothing = region.post(&empty, Some(&focal), &format!("section={section}&why=+")).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY, "a reason is needed");
    let declares = format!("section={section}&why=Nobody+counted");
    saved(&region.post(&empty, Some(&focal), &declares).await);
    let path = format!("{sheet}/sections/{section}");
    let declared = async || region.get(&path, Some(&focal)).await.text.contains("Nobody counted");
    assert!(declared().await);
    // An empty reason does not take it back: that has a button of its own.
    let nothing = region.post(&empty, Some(&focal), &format!("section={section}&why=")).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(declared().await);
    saved(&region.post(&empty, Some(&focal), &format!("section={section}&back=yes")).await);
    assert!(!declared().await);
    saved(&region.post(&empty, Some(&focal), &declares).await);
    let answer = "a-3.5=Many+posters.&a-3.5-revision=";
    saved(&region.post(&path, Some(&focal), answer).await);
    assert!(!declared().await, "an answer is no lack of data");
}

#[tokio::test]
async fn req_038_a_report_that_came_in_waits_for_its_receiver_until_it_is_decided() {
    let region = Region::new().await;
    let (dorvane, secretariat) = (region.step_in(DORVANE).await, region.step_in(SECRETARIAT).await);
    let year = today(&region).date().year() - 1;
    let path = format!("/en/reports/country/joint-annual/XDD/{year}");
    let line = format!("href=\"{path}\"");
    let waits = async |cookie: &str| {
        let work = region.get("/en/work", Some(cookie)).await.text;
        work.contains("Receive this report") && work.contains(&line)
    };
    let told = async |cookie: &str| {
        let notices = region.get("/en/notices", Some(cookie)).await.text;
        notices.contains("A State submitted a report") && notices.contains(&line)
    };
    assert!(waits(&secretariat).await && !waits(&dorvane).await);
    assert!(!told(&secretariat).await, "what stood in the demonstration was sent before");
    let receive = format!("{path}/receive");
    let back = "decision=returned&why=Part+9+speaks+of+another+year";
    saved(&region.post(&receive, Some(&secretariat), back).await);
    assert!(!waits(&secretariat).await, "it is with its State again");
    // The State puts it right and sends it anew.
    let work = region.get("/en/work", Some(&dorvane)).await.text;
    let returned = work.split("<li>").find(|line| line.contains("Sent back on")).unwrap();
    let sheet = returned.split("href=\"").nth(1).unwrap().split('"').next().unwrap();
    let section = format!("{sheet}/sections/9");
    let open = region.get(&section, Some(&dorvane)).await.text;
    let revision = hidden(&open, "a-9.2-revision");
    let form = format!("a-9.2=Fewer+boats+than+planned.&a-9.2-revision={revision}");
    saved(&region.post(&section, Some(&dorvane), &form).await);
    saved(&region.post(&format!("{sheet}/sign"), Some(&dorvane), "").await);
    saved(&region.post(&format!("{sheet}/submit"), Some(&dorvane), "why=Put+right").await);
    assert!(waits(&secretariat).await && told(&secretariat).await);
    assert!(!waits(&dorvane).await && !told(&dorvane).await);
    saved(&region.post(&receive, Some(&secretariat), "decision=accepted&why=").await);
    assert!(!waits(&secretariat).await);
}

#[tokio::test]
async fn req_036_a_questionnaire_is_tried_out_as_a_state_sees_it() {
    let region = Region::new().await;
    let secretariat = region.step_in(SECRETARIAT).await;
    begin_harbours(&region, &secretariat).await;
    let path = "/en/questionnaires/harbours/preview";
    let first = region.get(path, None).await;
    assert_eq!(first.status, StatusCode::OK);
    assert!(first.text.contains("Are harbours watched?"));
    assert!(!first.text.contains("Which ones?"), "it rests on the first answer");
    let then = region.get(&format!("{path}?a-1.1=yes&section=1"), None).await.text;
    assert!(then.contains("Which ones?"));
    // A draft is seen by whoever writes it, and everything wrong with it is named at once.
    let wrong = harbours(2, "1.2").replace("kind = \"text\"", "kind = \"number\"");
    let wrong = wrong.replace("when = \"1.1 = yes\"", "when = \"9.9 = yes\"");
    let form =
        |status: &str| format!("text={}&status={status}&draft=&revision=&from=", encoded(&wrong));
    let write = "/en/questionnaires/write";
    let told = region.post(write, Some(&secretariat), &form("in-use")).await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(told.text.contains("the number has no unit"), "{}", told.text);
    assert!(told.text.contains("not asked before"), "{}", told.text);
}

#[tokio::test]
async fn req_036_051_words_are_translated_in_the_browser_and_go_along_to_the_next_version() {
    let region = Region::new().await;
    let secretariat = region.step_in(SECRETARIAT).await;
    begin_harbours(&region, &secretariat).await;
    let words = "/en/questionnaires/harbours/words/fr";
    let page = region.get(words, Some(&secretariat)).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    let revision = hidden(&page.text, "revision");
    let form = format!(
        "draft=&revision={revision}&w-title-questionnaire=Les+ports\
         &w-question-1.1=Les+ports+sont-ils+surveill%C3%A9s+%3F&w-question-1.2=Lesquels+%3F"
    );
    saved(&region.post(words, Some(&secretariat), &form).await);
    let french = region.get("/fr/questionnaires/harbours", None).await.text;
    assert!(french.contains("Les ports sont-ils surveillés"), "{french}");
    // Who saves second loses nothing and is told.
    let second = region.post(words, Some(&secretariat), &form).await;
    assert_eq!(second.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(second.text.contains("Lesquels"));
    // A copy is the next version; words of what it still asks go along.
    let copy = region.get("/en/questionnaires/write?from=harbours", Some(&secretariat)).await;
    assert!(copy.text.contains("version = 2"), "{}", copy.text);
    let text = encoded(&harbours(2, "1.3"));
    let form = format!("text={text}&status=in-use&draft=&revision=&from=harbours");
    saved(&region.post("/en/questionnaires/write", Some(&secretariat), &form).await);
    let newest = report::questionnaire(&region.app, "harbours").await.unwrap();
    assert_eq!(newest.version, 2);
    assert_eq!(newest.title.say("fr"), ("Les ports", true));
    assert!(newest.question("1.1").unwrap().text.say("fr").1);
    assert!(!newest.question("1.3").unwrap().text.say("fr").1, "it is asked anew");
    // The words of one that ships are written the same way; its questions stay.
    let shipped = report::questionnaire(&region.app, "saarc-convention").await.unwrap();
    let words = "/en/questionnaires/saarc-convention/words/fr";
    let page = region.get(words, Some(&secretariat)).await.text;
    assert_eq!(hidden(&page, "revision"), "");
    let form = "draft=&revision=&w-question-1.1=Une+infraction+%3F&read=yes";
    saved(&region.post(words, Some(&secretariat), form).await);
    let now = report::questionnaire(&region.app, "saarc-convention").await.unwrap();
    assert_eq!(now.question("1.1").unwrap().text.say("fr"), ("Une infraction ?", true));
    assert_eq!(now.question("1.1").unwrap().text.en(), shipped.question("1.1").unwrap().text.en());
    assert!(!now.machine_translated.contains("fr"), "a person has read it");
    assert!(now.machine_translated.contains("es"));
}

#[tokio::test]
async fn req_036_038_a_questionnaire_taken_out_of_use_leaves_what_was_due() {
    let region = Region::new().await;
    let secretariat = region.step_in(SECRETARIAT).await;
    let focal = region.step_in(FOCAL).await;
    begin_harbours(&region, &secretariat).await;
    let retire = "/en/questionnaires/harbours/retire";
    let silent = region.post(retire, Some(&secretariat), "why=").await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    saved(&region.post(retire, Some(&secretariat), "why=The+ports+report+elsewhere").await);
    let page = region.get("/en/questionnaires/harbours", None).await.text;
    assert!(page.contains("The ports report elsewhere"), "{page}");
    let in_use = report::questionnaires(&region.app).await.unwrap();
    assert!(!in_use.contains_key("harbours"));
    // Saving its record again does not bring it back.
    let listed = region.get("/en/questionnaires", Some(&secretariat)).await.text;
    let row = listed.split("<tr").find(|row| row.contains("harbours")).unwrap();
    let draft = row.split("write?draft=").nth(1).unwrap().split('"').next().unwrap();
    let write = "/en/questionnaires/write";
    let page = region.get(&format!("{write}?draft={draft}"), Some(&secretariat)).await.text;
    let (revision, text) = (hidden(&page, "revision"), encoded(&harbours(1, "1.2")));
    let form = format!("text={text}&status=retired&draft={draft}&revision={revision}&from=");
    let back = region.post(write, Some(&secretariat), &form).await;
    assert_eq!(back.status, StatusCode::NOT_FOUND, "{}", back.text);
    let in_use = report::questionnaires(&region.app).await.unwrap();
    assert!(!in_use.contains_key("harbours"));
    let year = today(&region).date().year();
    let begin = |period: i32| format!("questionnaire=harbours&period={period}");
    let new = "/en/reports/new";
    let refused = region.post(new, Some(&focal), &begin(year)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("no longer used"), "{}", refused.text);
    saved(&region.post(new, Some(&focal), &begin(year - 1)).await);
    // What ships is taken out of use as well: what was answered stays, and so does the
    // register of who has not reported.
    let before = report::non_submission(&region.app, "MERIDIAN", year - 1, today(&region));
    let before = before.await.unwrap();
    let retire = "/en/questionnaires/joint-annual/retire";
    saved(&region.post(retire, Some(&secretariat), "why=Replaced").await);
    let after = report::non_submission(&region.app, "MERIDIAN", year - 1, today(&region));
    let after = after.await.unwrap();
    assert_eq!(before.obligations, after.obligations);
    assert_eq!(before.late, after.late);
    let path = format!("/en/reports/country/joint-annual/XAA/{}", year - 1);
    assert_eq!(region.get(&path, None).await.status, StatusCode::OK);
    let next = report::non_submission(&region.app, "MERIDIAN", year, today(&region));
    let next = next.await.unwrap();
    assert!(next.obligations.iter().all(|one| one.of.questionnaire.is_none()));
    assert!(next.late.is_empty());
}

#[tokio::test]
async fn req_038_more_time_is_asked_for_decided_with_a_reason_and_kept_in_the_history() {
    let region = Region::new().await;
    let secretariat = region.step_in(SECRETARIAT).await;
    let focal = region.step_in(FOCAL).await;
    let year = today(&region).date().year();
    let of = format!("mechanism=MERIDIAN&duty=annual-report&period={year}&part=1");
    let new = "/en/reports/extensions/new";
    let page = region.get(&format!("{new}?{of}"), Some(&focal)).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    let empty = region.post(new, Some(&focal), &of).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let due = |state: &'static str| {
        let app = &region.app;
        let day = today(&region);
        async move {
            let all = report::duties_of(app, state, year..=year, day).await.unwrap();
            let mut all = all.into_iter();
            all.find(|one| one.of.mechanism == "MERIDIAN" && one.of.duty == "annual-report")
                .unwrap()
        }
    };
    let first = due("XAA").await.of.due;
    let typed = |day: Day| {
        let day = day.date();
        let month = u8::from(day.month());
        format!("until-day={}&until-month={month}&until-year={}", day.day(), day.year())
    };
    let early = format!("{of}&{}&why=Elections", typed(first));
    let early = region.post(new, Some(&focal), &early).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.text.contains("Elections"), "what was typed is kept");
    let later = first.plus_days(40);
    let asks = format!("{of}&{}&why=Elections+in+March", typed(later));
    saved(&region.post(new, Some(&focal), &asks).await);
    let twice = region.post(new, Some(&focal), &asks).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(due("XAA").await.of.due, first, "until it is decided the day stands");
    // The secretariat finds it under My work, and decides with a reason.
    let work = region.get("/en/work", Some(&secretariat)).await.text;
    assert!(work.contains("asks for more time"), "{work}");
    let register = region.get("/en/reports/register", Some(&secretariat)).await.text;
    let row = register.split("<tr").find(|row| row.contains("Elections in March")).unwrap();
    let open = row.split("href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let silent = format!("decision=granted&{}&why=", typed(later));
    let silent = region.post(&open, Some(&secretariat), &silent).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let decides = format!("decision=granted&{}&why=The+first+request", typed(later));
    saved(&region.post(&open, Some(&secretariat), &decides).await);
    let again = region.post(&open, Some(&secretariat), &decides).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    let now = due("XAA").await;
    assert_eq!((now.of.due, now.first_due), (later, Some(first)));
    assert_eq!(due("XCC").await.first_due, None, "another State has its own day");
    let listed = report::non_submission(&region.app, "MERIDIAN", year, later.plus_days(1));
    let listed = listed.await.unwrap();
    assert!(listed.late.contains(&"XAA".to_owned()), "and past it the register says so");
    let notices = region.get("/en/notices", Some(&focal)).await.text;
    assert!(notices.contains("More time was given"));
    let history = format!("/en/reports/duties/history?state=XAA&{of}");
    let own = region.get(&history, Some(&focal)).await.text;
    assert!(own.contains("Elections in March") && own.contains("The first request"), "{own}");
    let public = region.get(&history, None).await.text;
    assert!(public.contains("More time was given"), "{public}");
    assert!(!public.contains("Elections") && !public.contains("The first request"));
}

#[tokio::test]
async fn req_038_a_duty_leads_to_the_report_that_was_begun_and_to_its_signature() {
    let region = Region::new().await;
    let focal = region.step_in(FOCAL).await;
    let duties = region.get("/en/reports/duties?state=XAA", Some(&focal)).await.text;
    let row = duties.split("<tr").find(|row| row.contains("Go on with this report")).unwrap();
    let sheet = row.split("href=\"").filter_map(|part| part.split('"').next());
    let sheet = sheet.into_iter().find(|path| path.starts_with("/en/reports/sheets/")).unwrap();
    let work = region.get("/en/work", Some(&focal)).await.text;
    let line = format!("href=\"{sheet}\"");
    assert!(!work.contains(&line), "sections of it are with their authors: {work}");
    // When the last section came back, what is left is the signature.
    let page = region.get(sheet, Some(&focal)).await.text;
    let handed = page.matches("/take-back\"").count();
    assert!(handed > 0);
    for section in 1..=9 {
        let back = format!("section={section}&finished=yes");
        let answer = region.post(&format!("{sheet}/finish"), Some(&focal), &back).await;
        // What was handed to nobody cannot come back.
        let known = [StatusCode::SEE_OTHER, StatusCode::NOT_FOUND];
        assert!(known.contains(&answer.status), "{}", answer.text);
    }
    let work = region.get("/en/work", Some(&focal)).await.text;
    assert!(work.contains(&line) && work.contains("Every section came back"), "{work}");
}

#[tokio::test]
async fn a_dispute_of_the_state_prints_with_the_figure_wherever_it_is_read() {
    let region = Region::new().await;
    let dorvane = region.step_in(DORVANE).await;
    let year = today(&region).date().year() - 1;
    let path = format!("/en/reports/country/joint-annual/XDD/{year}");
    let silent = region.post(&format!("{path}/dispute"), Some(&dorvane), "code=4.2&why=").await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let why = "code=4.2&why=Cases+joined+in+court+were+counted+twice";
    saved(&region.post(&format!("{path}/dispute"), Some(&dorvane), why).await);
    let words = "Cases joined in court were counted twice";
    let page = region.get(&path, Some(&dorvane)).await.text;
    assert!(page.contains(words), "{page}");
    let made = report::country(
        &region.app,
        "joint-annual",
        "XDD",
        year,
        report::Standing::Submitted,
        "en",
        false,
    );
    let made = made.await.unwrap();
    let mut answers = made.sections.iter().flat_map(|one| &one.answers);
    let disputed = answers.find(|one| one.code == "4.2").unwrap();
    assert_eq!(disputed.disputed.as_deref(), Some(words));
}

#[tokio::test]
async fn req_036_040_the_process_of_the_mekong_has_its_own_questionnaire_linked_to_the_others() {
    let region = Region::new().await;
    let all = report::questionnaire(&region.app, "commit-annual").await.unwrap();
    assert_eq!(all.sections.len(), 8, "the areas of the second sub-regional plan");
    for language in ["fr", "es", "ar"] {
        assert!((all.translated(language) - 1.0).abs() < f64::EPSILON, "{language}");
        assert!(all.machine_translated.contains(language));
    }
    let maps = &all.question("5.2").unwrap().maps;
    let other = maps.iter().find(|one| one.questionnaire == "joint-annual").unwrap();
    assert_eq!((other.code.as_str(), other.kind), ("5.2", MapKind::Same));
    let own = |one: &palermo_app::domain::report::Question| {
        one.provisions.iter().any(|one| one.starts_with("commit-"))
    };
    assert!(all.questions().filter(|one| own(one)).count() >= 7, "it cites its own instruments");
    let year = today(&region).date().year() - 1;
    let duties = report::duties_of(&region.app, "KHM", year..=year, today(&region)).await.unwrap();
    let duty = duties.iter().find(|one| one.of.mechanism == "COMMIT").unwrap();
    assert_eq!(duty.of.questionnaire.as_deref(), Some("commit-annual"));
}

#[tokio::test]
async fn req_045_a_section_handed_to_an_organisation_elsewhere_is_all_it_sees_and_comes_back() {
    let region = Region::new().await;
    let focal = region.step_in(FOCAL).await;
    let union = region.step_in("jomo@seafarers.example").await;
    let work = region.get("/en/work", Some(&union)).await.text;
    let section = work.split("href=\"").filter_map(|part| part.split('"').next());
    let section = section.into_iter().find(|path| path.starts_with("/en/reports/handed/")).unwrap();
    let (sheet, _) = section.split_once("/sections/").unwrap();
    // It sees its section, and nothing of what the State said to others.
    let page = region.get(sheet, Some(&union)).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    assert!(page.text.contains(section));
    assert!(!page.text.contains("/sections/5\"") && !page.text.contains("Sign off"));
    let open = region.get(section, Some(&union)).await;
    assert_eq!(open.status, StatusCode::OK);
    assert!(!open.text.contains("Answered elsewhere"));
    let other = region.get(&format!("{sheet}/sections/5"), Some(&union)).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
    // What it writes stands in the State's report, under its name.
    let revision = open.text.split("name=\"a-8.1-revision\" value=\"").nth(1).unwrap();
    let revision = revision.split('"').next().unwrap();
    let form = format!("a-8.1=17&a-8.1-revision={revision}");
    saved(&region.post(section, Some(&union), &form).await);
    saved(&region.post(&format!("{sheet}/finish"), Some(&union), "section=8&finished=yes").await);
    let own = section.replace("/handed/", "/sheets/");
    let read = region.get(&own, Some(&focal)).await.text;
    assert!(read.contains("value=\"17\"") && read.contains("Jomo Brightwater"), "{read}");
    // Given back, it is read and no longer written.
    let late = format!("a-8.1=18&a-8.1-revision={}&a-8.1-was=x", hidden(&read, "a-8.1-revision"));
    let late = region.post(section, Some(&union), &late).await;
    assert_eq!(late.status, StatusCode::NOT_FOUND, "{}", late.text);
    // The contact person hands it to another, who is told; the first sees nothing more.
    let assign = own.replace("/sections/8", "/assign");
    let form = region.get(&format!("{assign}/8"), Some(&focal)).await.text;
    let menu = form.split("name=\"organisation\"").nth(1).unwrap();
    assert!(menu.contains("Northway"), "{menu}");
    assert!(!menu.contains("Brémora"), "no organisation of another State");
    let fund = menu.split("<option value=\"").find(|part| part.contains("Northway")).unwrap();
    let fund = fund.split('"').next().unwrap();
    let both = format!("section=8&account={fund}&organisation={fund}&unit=Fund&due=");
    let both = region.post(&assign, Some(&focal), &both).await;
    assert_eq!(both.status, StatusCode::UNPROCESSABLE_ENTITY);
    let hand = format!("section=8&account=&organisation={fund}&unit=Fund&due=");
    saved(&region.post(&assign, Some(&focal), &hand).await);
    let gone = region.get(sheet, Some(&union)).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    // What was told in confidence is not read elsewhere, and is not written where others read.
    let revision = hidden(&read, "a-8.1-revision");
    let secret = format!("a-8.1=17&a-8.1-confidential=yes&a-8.1-revision={revision}");
    let refused = region.post(&own, Some(&focal), &secret).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
    assert!(refused.text.contains("Take it back before"), "{}", refused.text);
    let page = own.replace("/sections/8", "/sections/9");
    let open = region.get(&page, Some(&focal)).await.text;
    let revision = hidden(&open, "a-9.4-revision");
    let form = format!("a-9.4=Quietly&a-9.4-confidential=yes&a-9.4-revision={revision}");
    saved(&region.post(&page, Some(&focal), &form).await);
    let hand = format!("section=9&account=&organisation={fund}&unit=Fund&due=");
    let kept = region.post(&assign, Some(&focal), &hand).await;
    assert_eq!(kept.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(kept.text.contains("not read elsewhere"), "{}", kept.text);
}

#[tokio::test]
async fn whoever_writes_a_section_is_reminded_once_before_it_is_due() {
    let region = Region::new().await;
    let focal = region.step_in(FOCAL).await;
    let union = region.step_in("jomo@seafarers.example").await;
    let work = region.get("/en/work", Some(&union)).await.text;
    let section = work.split("href=\"").filter_map(|part| part.split('"').next());
    let section = section.into_iter().find(|path| path.starts_with("/en/reports/handed/")).unwrap();
    let assign = section.replace("/handed/", "/sheets/").replace("/sections/8", "/assign");
    let form = region.get(&format!("{assign}/8"), Some(&focal)).await.text;
    let menu = form.split("name=\"organisation\"").nth(1).unwrap();
    let own = menu.split("<option value=\"").find(|part| part.contains("Seafarers")).unwrap();
    let own = own.split('"').next().unwrap();
    let due = today(&region).plus_days(2);
    let hand = format!("section=8&account=&organisation={own}&unit=Union&due={due}");
    saved(&region.post(&assign, Some(&focal), &hand).await);
    let told = async || {
        let notices = region.get("/en/notices", Some(&union)).await.text;
        notices.matches("A section of a report that you write is due").count()
    };
    assert_eq!(told().await, 0);
    report::remind_ahead(&region.app).await.unwrap();
    let first = told().await;
    assert!(first > 0);
    report::remind_ahead(&region.app).await.unwrap();
    assert_eq!(told().await, first, "once");
}
