//! The way of a report between a State and who receives it: sent back with a reason, sent
//! again, every version kept; what was entered for a State; what others contribute.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::http::StatusCode;
use palermo_app::{
    Acting,
    domain::{
        actor::Actor,
        moment::Moment,
        report::{
            Answer as GivenAnswer, AnswerKind, Origin, Reception, ReceptionDecision,
            SubmissionVersion, Value,
        },
    },
    locale::Language,
    report::{self, Standing, VersionAsked},
    review,
};
use palermo_store::{
    ActContext, Begun, Paging,
    knowledge::release as kept,
    outbox,
    report::{reception as receptions, version as versions},
};
use support::{
    Answer, Region,
    program::{Call, Told, token},
};

const SECRETARIAT: &str = "ines@secretariat.meridian.example";
const DORVANE: &str = "tesfa@coordination.dorvane.example";
const FOCAL: &str = "joan@taskforce.avelmar.example";
const SEAFARERS: &str = "jomo@seafarers.example";

fn last_year(region: &Region) -> i32 {
    region.app.store.now().date().year() - 1
}

/// The first address on a page that begins with this.
fn first(page: &str, prefix: &str) -> String {
    page.split("href=\"")
        .filter_map(|part| part.split('"').next())
        .find(|path| path.starts_with(prefix))
        .unwrap_or_else(|| panic!("no link to {prefix}"))
        .to_owned()
}

fn saved(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
}

async fn letters(region: &Region, kind: &str) -> usize {
    let house = region.app.store.house().unwrap();
    let all = outbox::list(&region.app.store, house, None, Paging::all()).await.unwrap();
    all.items.iter().filter(|one| one.kind == kind).count()
}

#[tokio::test]
async fn req_038_a_report_sent_back_is_told_to_its_state_with_the_reason() {
    let region = Region::new().await;
    let secretariat = region.step_in(SECRETARIAT).await;
    let dorvane = region.step_in(DORVANE).await;
    let path = format!("/en/reports/country/joint-annual/XDD/{}", last_year(&region));
    let receive = format!("{path}/receive");
    let silent = region.post(&receive, Some(&secretariat), "decision=returned&why=").await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let why = "decision=returned&why=Part+6+speaks+of+another+year";
    saved(&region.post(&receive, Some(&secretariat), why).await);
    assert!(letters(&region, "report-returned").await > 0);
    let notices = region.get("/en/notices", Some(&dorvane)).await.text;
    assert!(notices.contains("A report of your State was sent back"), "{notices}");
    let work = region.get("/en/work", Some(&dorvane)).await.text;
    assert!(work.contains("Sent back on"));
    let sheet = first(&work, "/en/reports/sheets/");
    let sheet = region.get(&sheet, Some(&dorvane)).await.text;
    assert!(sheet.contains("Part 6 speaks of another year"));
    let mine = region.get("/en/reports/mine", Some(&dorvane)).await.text;
    assert!(mine.contains("Sent back"));
    // No version stands now: the State reads the one that came back, nobody else does.
    let own = region.get(&path, Some(&dorvane)).await;
    assert_eq!(own.status, StatusCode::OK, "{}", own.text);
    assert!(own.text.contains("Part 6 speaks of another year"));
    assert!(own.text.matches("Sent back").count() > 1, "its status says so too: {}", own.text);
    assert_eq!(region.get(&path, None).await.status, StatusCode::NOT_FOUND);
    let other = region.step_in(FOCAL).await;
    let work = region.get("/en/work", Some(&other)).await.text;
    assert!(!work.contains("Sent back on"));
}

#[tokio::test]
async fn req_041_every_version_is_retrieved_as_it_was_with_what_changed_since() {
    let region = Region::new().await;
    let year = last_year(&region);
    let focal = region.step_in(FOCAL).await;
    let secretariat = region.step_in(SECRETARIAT).await;
    let mine = region.get("/en/reports/mine", Some(&focal)).await.text;
    let path = format!("/en/reports/country/joint-annual/XAA/{year}");
    let before = report::report_versions(
        &region.app,
        "joint-annual",
        "XAA".parse().unwrap(),
        year,
        Standing::Accepted,
    );
    let before = before.await.unwrap();
    assert_eq!(before.len(), 1);
    // The contact person corrects an answer and submits again.
    let sheets: Vec<String> = mine
        .split("href=\"")
        .filter_map(|part| part.split('"').next())
        .filter(|path| path.starts_with("/en/reports/sheets/"))
        .map(str::to_owned)
        .collect();
    let mut sheet = String::new();
    for one in sheets {
        let text = region.get(&one, Some(&focal)).await.text;
        if text.contains(&format!("/reports/country/joint-annual/XAA/{year}\"")) {
            sheet = one;
        }
    }
    assert!(!sheet.is_empty(), "the submitted sheet is among one's own");
    let section = format!("{sheet}/sections/9");
    let open = region.get(&section, Some(&focal)).await.text;
    let mark = "name=\"a-9.2-revision\" value=\"";
    let revision = open.split(mark).nth(1).unwrap().split('"').next().unwrap();
    let form = format!("a-9.2=Fewer+boats+than+planned.&a-9.2-revision={revision}");
    saved(&region.post(&section, Some(&focal), &form).await);
    saved(&region.post(&format!("{sheet}/sign"), Some(&focal), "").await);
    saved(&region.post(&format!("{sheet}/submit"), Some(&focal), "why=Counted+again").await);
    let accept = format!("{path}/receive");
    saved(&region.post(&accept, Some(&secretariat), "decision=accepted&why=").await);
    // The page, the interface and the act give the first one and what is different since.
    let page = region.get(&format!("{path}?version=1"), None).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("It does not stand"));
    assert!(page.text.contains("Fewer boats than planned."), "what is different is told");
    let api = format!("/api/v1/reports/country/joint-annual/XAA/{year}/versions");
    let all = region.get(&api, None).await.json();
    assert_eq!(all["versions"].as_array().unwrap().len(), 2);
    assert_eq!(all["versions"][1]["stands"], true);
    let one = region.get(&format!("{api}/1"), None).await.json();
    assert_eq!(one["number"], 1);
    assert_eq!(one["stands"], false);
    let since = one["since"].as_array().unwrap();
    assert!(since.iter().any(|change| change["code"] == "9.2"), "{since:?}");
    let asked = VersionAsked {
        questionnaire: "joint-annual",
        state: "XAA",
        period: year,
        number: 9,
        which: Standing::Accepted,
        language: "en",
        confidential: false,
    };
    let missing = report::country_version(&region.app, &asked).await.unwrap_err();
    assert!(missing.to_string().ends_with("as version 9; there are 1, 2"), "{missing}");
}

/// Another accepted version of the report of XAA: so many persons assisted, and words about
/// obstacles.
async fn accepted(region: &Region, number: u32, said: (f64, &str), confidential: bool) {
    let store = &region.app.store;
    let all = versions::list(store, Some("joint-annual")).await.unwrap();
    let of =
        |one: &SubmissionVersion| one.state.as_str() == "XAA" && one.period == last_year(region);
    let found = all.into_iter().find(|one| of(&one.record.entry)).unwrap().record;
    let mut version = found.entry;
    version.version = number;
    version.corrections = Vec::new();
    version.answers.insert("5.4".into(), GivenAnswer::of(Value::Number(said.0)));
    let words = GivenAnswer { confidential, ..GivenAnswer::of(Value::Text(said.1.into())) };
    version.answers.insert("9.2".into(), words);
    let reception = Reception {
        submission: version.submission,
        state: version.state,
        questionnaire: version.questionnaire.clone(),
        period: version.period,
        version: number,
        decision: ReceptionDecision::Accepted,
        why: String::new(),
        on: version.submitted,
    };
    let context =
        ActContext::new(found.tenant, Actor::System { job: "test".into() }, "report.submit");
    let Begun::Fresh(mut act) = store.act(context).await.unwrap() else { panic!("once") };
    versions::insert(&mut act, &version).await.unwrap();
    receptions::insert(&mut act, &reception).await.unwrap();
    act.commit(&()).await.unwrap();
}

#[tokio::test]
async fn what_a_later_version_withholds_is_withheld_of_the_earlier_one() {
    let region = Region::new().await;
    let year = last_year(&region);
    let asked = VersionAsked {
        questionnaire: "joint-annual",
        state: "XAA",
        period: year,
        number: 1,
        which: Standing::Accepted,
        language: "en",
        confidential: false,
    };
    // The one that stands says the same whichever way it is asked for.
    let open = report::country_version(&region.app, &asked).await.unwrap();
    let shown =
        report::country(&region.app, "joint-annual", "XAA", year, Standing::Accepted, "en", false);
    let shown = shown.await.unwrap();
    assert!(open.stands && open.since.is_empty());
    assert_eq!(open.report, shown);
    // A second version tells two things openly.
    accepted(&region, 2, (7777.0, "Boats of Heron Bay"), false).await;
    let asked = VersionAsked { number: 2, ..asked };
    let open = report::country_version(&region.app, &asked).await.unwrap();
    assert!(open.stands);
    let path = format!("/en/reports/country/joint-annual/XAA/{year}?version=2");
    let api = format!("/api/v1/reports/country/joint-annual/XAA/{year}/versions/2");
    let told = region.get(&api, None).await.text;
    assert!(told.contains("7777") && told.contains("Heron Bay"), "{told}");
    // A third makes the number small and the words confidential: the second no longer
    // tells them, alone or beside it.
    accepted(&region, 3, (3.0, "Boats of Tern Cove"), true).await;
    let open = report::country_version(&region.app, &asked).await.unwrap();
    assert!(!open.stands);
    for code in ["5.4", "9.2"] {
        let changed = open.since.iter().find(|one| one.code == code).expect(code);
        assert_eq!((changed.was.as_str(), changed.now.as_str()), ("–", "–"), "{code}");
        let mut shown = open.report.sections.iter().flat_map(|one| &one.answers);
        let shown = shown.find(|one| one.code == code).expect(code);
        assert_eq!((shown.said.as_str(), &shown.answer), ("withheld", &None), "{code}");
    }
    let earliest = VersionAsked { number: 1, ..asked };
    let first = report::country_version(&region.app, &earliest);
    let first = serde_json::to_string(&first.await.unwrap()).unwrap();
    let texts = [
        serde_json::to_string(&open).unwrap(),
        first,
        region.get(&path, None).await.text,
        region.get(&api, None).await.text,
    ];
    for text in texts {
        for secret in ["7777", "7,777", "Heron Bay", "Tern Cove"] {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
    }
    // Who may read confidential answers reads them as they were.
    let all = VersionAsked { confidential: true, ..asked };
    let all = report::country_version(&region.app, &all).await.unwrap();
    assert!(serde_json::to_string(&all).unwrap().contains("Heron Bay"));
}

#[tokio::test]
async fn answers_stay_with_the_version_of_the_questionnaire_they_were_given_to() {
    let region = Region::new().await;
    let secretariat = region.step_in(SECRETARIAT).await;
    let text = |version: u32, asked: &str| {
        let file = format!(
            "id = \"harbours\"\nversion = {version}\nmechanisms = [\"MERIDIAN\"]\n\
             cycle = \"year\"\nsource = \"Invented\"\n[title]\nen = \"Harbours\"\n\
             [[section]]\ncode = \"1\"\n[section.title]\nen = \"All\"\n\
             [[section.question]]\ncode = \"1.1\"\nkind = \"text\"\ntext = \"{asked}\"\n"
        );
        let encoded: String = file.bytes().map(|b| format!("%{b:02X}")).collect();
        format!("text={encoded}&status=in-use")
    };
    let write = "/en/questionnaires/write";
    let one = format!("{}&draft=&revision=", text(1, "Which harbours are watched?"));
    saved(&region.post(write, Some(&secretariat), &one).await);
    let focal = region.step_in(FOCAL).await;
    let begin = format!("questionnaire=harbours&period={}", last_year(&region));
    let begun = region.post("/en/reports/new", Some(&focal), &begin).await;
    saved(&begun);
    let to = begun.headers.get("location").unwrap().to_str().unwrap().to_owned();
    let sheet = to.split('?').next().unwrap().to_owned();
    // The next version is saved over the form of the first one: both stay.
    let list = region.get("/en/questionnaires", Some(&secretariat)).await.text;
    let row = list.split("<tr").find(|row| row.contains("harbours")).unwrap();
    let draft = first(row, "/en/questionnaires/write?draft=");
    let open = region.get(&draft, Some(&secretariat)).await.text;
    let hidden = |name: &str| {
        let rest = open.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    let (id, revision) = (hidden("draft"), hidden("revision"));
    let two = format!("{}&draft={id}&revision={revision}", text(2, "Which airports are watched?"));
    saved(&region.post(write, Some(&secretariat), &two).await);
    let newest = report::questionnaire(&region.app, "harbours").await.unwrap();
    assert_eq!(newest.version, 2);
    let page = region.get(&format!("{sheet}/sections/1"), Some(&focal)).await.text;
    assert!(page.contains("Which harbours are watched?"), "the draft keeps its questions");
    assert!(!page.contains("airports"));
    let asked = |version| report::questionnaire_at(&region.app, "harbours", version);
    let (first, second) = (asked(1).await.unwrap(), asked(2).await.unwrap());
    let code = |one: &palermo_app::domain::report::Questionnaire| one.question("1.1").cloned();
    assert!(!code(&first).unwrap().asks_the_same(&code(&second).unwrap()));
}

#[tokio::test]
async fn an_entered_report_is_found_again_its_link_made_anew_and_no_second_begun() {
    let region = Region::new().await;
    let secretariat = region.step_in(SECRETARIAT).await;
    let year = last_year(&region);
    let form =
        format!("questionnaire=joint-annual&state=XFF&period={year}&document=letter+of+12+April");
    let entered = region.post("/en/reports/enter", Some(&secretariat), &form).await;
    assert_eq!(entered.status, StatusCode::OK);
    let word = |page: &str| {
        let rest = page.split("/confirm/").nth(1).unwrap();
        rest.split('<').next().unwrap().to_owned()
    };
    let old = word(&entered.text);
    let twice = region.post("/en/reports/enter", Some(&secretariat), &form).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(twice.text.contains("was entered already"));
    let own = form.replace("XFF", "XAA");
    let own = region.post("/en/reports/enter", Some(&secretariat), &own).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY, "the State sent its own");
    let list = region.get("/en/reports/entered", Some(&secretariat)).await.text;
    let sheet = entered.text.split("/reports/entered/").nth(1).unwrap();
    let sheet = sheet.split('"').next().unwrap();
    assert!(list.contains(&format!("/en/reports/entered/{sheet}\"")));
    let link = format!("/en/reports/entered/{sheet}/link");
    let made = region.post(&link, Some(&secretariat), "mailed=yes").await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.text);
    assert!(made.text.contains("Letters on their way"));
    assert!(letters(&region, "confirm-report").await > 0);
    let new = word(&made.text);
    assert_ne!(new, old);
    assert_eq!(region.get(&format!("/en/confirm/{old}"), None).await.status, StatusCode::NOT_FOUND);
    assert_eq!(region.get(&format!("/en/confirm/{new}"), None).await.status, StatusCode::OK);
}

#[tokio::test]
async fn req_046_a_contribution_goes_to_any_questionnaire_by_question_and_by_program() {
    let region = Region::new().await;
    let cookie = region.step_in(SEAFARERS).await;
    let page = "/en/reports/contribute?questionnaire=greta-r3&state=XAA";
    let page = region.get(page, Some(&cookie)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("name=\"questionnaire\" value=\"greta-r3\""));
    let all = report::questionnaire(&region.app, "greta-r3").await.unwrap();
    let code = all.questions().next().unwrap().code.clone();
    let form = format!(
        "questionnaire=greta-r3&state=XAA&period=2020&question_{code}=Nobody+was+told+of+it."
    );
    saved(&region.post("/en/reports/contribute", Some(&cookie), &form).await);
    let public = Acting::public(&region.app, Language::En);
    let sent = report::contributions(&public, Some("greta-r3")).await.unwrap();
    let sent = sent.last().unwrap();
    assert_eq!(sent.answers[&code].value.plain(), "Nobody was told of it.");
    // The State reads an open one, the body that asks a confidential one too, the State never.
    let private = format!("{form}&confidential=yes").replace("Nobody", "Never+anyone");
    saved(&region.post("/en/reports/contribute", Some(&cookie), &private).await);
    let list = "/en/reports/contributions?questionnaire=greta-r3&state=XAA&period=2020";
    let told = async |who: &str| {
        let cookie = region.step_in(who).await;
        let work = region.get("/en/work", Some(&cookie)).await.text;
        assert!(work.contains("questionnaire=greta-r3&state=XAA&period=2020"), "{work}");
        region.get(list, Some(&cookie)).await.text
    };
    let state = told(FOCAL).await;
    assert!(state.contains("Nobody was told") && !state.contains("Never anyone was told"));
    let body = told(SECRETARIAT).await;
    assert!(body.contains("Nobody was told") && body.contains("Never anyone was told"));
    let secretariat = region.step_in(SECRETARIAT).await;
    let file = region.get(&format!("{list}&format=csv"), Some(&secretariat)).await.text;
    assert!(file.contains("Nobody was told") && !file.contains("onfidential"), "{file}");
    let public = region.get(&format!("{list}&format=csv"), None).await.text;
    assert!(public.contains("Nobody was told") && !public.contains("Never anyone was told"));
    let token = token(&region, SEAFARERS, &["report.contribute"]).await;
    let body = serde_json::json!({
        "questionnaire": "palermo-check", "state": "XAA", "period": 2020,
        "texts": { "1": "The law is known to few." },
    });
    let made =
        Call::post("/api/v1/contributions", &body).token(&token).once("a".repeat(32).as_str());
    let made = made.to(&region).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    // What cannot be taken is told where it was written, and nothing of it is dropped.
    let mut wrong = body.clone();
    wrong["texts"]["no-such-code"] = "Nobody reads this.".into();
    wrong["texts"]["1"] = "x".repeat(20_001).into();
    let refused = Call::post("/api/v1/contributions", &wrong).token(&token);
    let refused = refused.once("b".repeat(32).as_str()).to(&region).await.problem(422).to_string();
    assert!(refused.contains("texts.no-such-code") && refused.contains("texts.1\""), "{refused}");
    let long = format!("questionnaire=greta-r3&state=XAA&period=2020&question_{code}=");
    let long = long + &"x".repeat(20_001);
    let refused = region.post("/en/reports/contribute", Some(&cookie), &long).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains(&format!("id=\"question_{code}-error\"")), "at its box");
}

#[tokio::test]
async fn req_065_a_state_that_is_asked_is_told_and_has_fourteen_days_if_it_is_urgent() {
    let region = Region::new().await;
    let secretariat = region.step_in(SECRETARIAT).await;
    let form = "mechanism=MERIDIAN&title=Shelters+at+the+coast&states=XAA&urgent=yes\
                &question=How+many+shelters+are+open%3F&persons=no&compulsory=&due=";
    saved(&region.post("/en/information/new", Some(&secretariat), form).await);
    assert!(letters(&region, "information-asked").await > 0);
    let focal = region.step_in(FOCAL).await;
    let notices = region.get("/en/notices", Some(&focal)).await.text;
    assert!(notices.contains("Your State is asked for information"));
    let work = region.get("/en/work", Some(&focal)).await.text;
    assert!(work.contains("Shelters at the coast"));
    let api = Call::get("/api/v1/information-requests").session(&focal).to(&region).await.json();
    let asked = &api["requests"][0];
    let today: palermo_app::domain::register::day::Day = region.app.store.now().date().into();
    assert_eq!(asked["due"], today.plus_days(14).to_string());
    let reply = format!("/en/information/{}/reply", asked["id"].as_str().unwrap());
    let empty = region.post(&reply, Some(&focal), "text=").await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    saved(&region.post(&reply, Some(&focal), "text=Three.").await);
    let work = region.get("/en/work", Some(&focal)).await.text;
    assert!(!work.contains("Shelters at the coast"));
}

#[tokio::test]
async fn req_218_a_seat_is_ended_and_nobody_is_said_to_chair_without_a_rule() {
    let region = Region::new().await;
    let secretariat = region.step_in(SECRETARIAT).await;
    let body = "/en/meetings/MERIDIAN/officials";
    let page = region.get(body, Some(&secretariat)).await.text;
    assert!(!page.contains("Chair by rotation"), "no document says how the chair goes round");
    let new = "name=Deputy+of+the+harbour&state=XBB&organisation=&role=member&sex=woman\
               &from=2024-01-01&until=&revision=";
    saved(&region.post(&format!("{body}/seat"), Some(&secretariat), new).await);
    let page = region.get(body, Some(&secretariat)).await.text;
    let row = page.split("Deputy of the harbour").nth(1).unwrap();
    let seat = first(row, "/en/meetings/seats/");
    let open = region.get(&seat, Some(&secretariat)).await.text;
    let revision = open.split("name=\"revision\" value=\"").nth(1).unwrap();
    let revision = revision.split('"').next().unwrap();
    let ended = new.replace("until=&revision=", &format!("until=2024-06-30&revision={revision}"));
    let before = ended.replace("2024-06-30", "2023-06-30");
    let before = region.post(&seat, Some(&secretariat), &before).await;
    assert_eq!(before.status, StatusCode::UNPROCESSABLE_ENTITY, "it ends after it began");
    saved(&region.post(&seat, Some(&secretariat), &ended).await);
    let acting = Acting::public(&region.app, Language::En);
    let shown = palermo_app::meeting::body(&acting, "MERIDIAN/officials").await.unwrap();
    let held = shown.seats.iter().find(|one| one.record.entry.name == "Deputy of the harbour");
    let today = region.app.store.now().date().into();
    assert!(!held.unwrap().record.entry.held_on(today));
    // Who saved an older form is told, and changes nothing.
    let stale = region.post(&seat, Some(&secretariat), &ended).await;
    assert_ne!(stale.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn req_045_a_section_is_taken_back_and_handed_to_another() {
    let region = Region::new().await;
    let focal = region.step_in(FOCAL).await;
    let mine = region.get("/en/reports/mine", Some(&focal)).await.text;
    let sheet = first(&mine, "/en/reports/sheets/");
    let page = region.get(&sheet, Some(&focal)).await.text;
    assert!(page.contains("Take back") && page.contains("Hand to another"), "{page}");
    let back = format!("{sheet}/take-back");
    let none = region.post(&back, Some(&focal), "section=9").await;
    assert_eq!(none.status, StatusCode::NOT_FOUND, "it was handed to nobody");
    saved(&region.post(&back, Some(&focal), "section=4").await);
    let author = region.step_in("arlo@justice.avelmar.example").await;
    let gone = region.get(&format!("{sheet}/sections/4"), Some(&author)).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn req_039_first_values_come_from_plans_and_are_marked() {
    let region = Region::new().await;
    let app = &region.app;
    let all = report::questionnaire(app, "joint-annual").await.unwrap();
    let found = report::prefill(app, &all, "XAA".parse().unwrap(), last_year(&region));
    let found = found.await.unwrap();
    let of = |code: &str| found.iter().find(|one| one.code == code);
    let told = of("9.1").expect("something is told of progress");
    let Origin::Prefilled { from } = &told.answer.origin else {
        panic!("{:?}", told.answer.origin)
    };
    assert!(from.contains("plan:progress"), "{from}");
}

#[tokio::test]
async fn req_039_of_referrals_and_releases_only_what_may_be_told_is_offered() {
    let region = Region::new().await;
    let app = &region.app;
    let year = last_year(&region) - 1;
    let k = report::threshold(app, "MERIDIAN");
    let mut all = report::questionnaire(app, "joint-annual").await.unwrap();
    // Beside the text a question that asks for the number alone.
    let section = all.sections.iter_mut().find(|one| one.code == "9").unwrap();
    let mut number = section.questions[0].clone();
    (number.code, number.kind) = ("9.9".into(), AnswerKind::Number);
    number.prefill = vec!["referrals:sent".into()];
    section.questions.push(number);
    let found = async || report::prefill(app, &all, "XAA".parse().unwrap(), year).await.unwrap();
    let sent_at: Moment = format!("{year}-05-04T10:00:00Z").parse().unwrap();
    crate::plans::referred(&region, sent_at, k - 1, 0).await;
    let small = found().await;
    assert!(small.iter().all(|one| one.code != "9.9"), "too small to be told");
    let text = |found: &[report::Found]| {
        let one = found.iter().find(|one| one.code == "9.1");
        one.map(|one| one.answer.value.plain()).unwrap_or_default()
    };
    assert!(!text(&small).contains("referrals"), "{}", text(&small));
    crate::plans::referred(&region, sent_at, 4, 0).await;
    let told = found().await;
    let number = told.iter().find(|one| one.code == "9.9").unwrap();
    assert_eq!(number.answer.value, Value::Number(f64::from(k)), "rounded down");
    let rule = format!("rounded down to multiples of {k}");
    assert_eq!(
        number.answer.definition.as_deref(),
        Some(format!("referrals sent through this installation, {rule}").as_str())
    );
    let line = format!("{k} referrals were sent to other organisations, {rule}.");
    assert!(text(&told).contains(&line), "{}", text(&told));
}

#[tokio::test]
async fn req_039_a_release_gives_its_number_with_its_definition_and_what_it_hides_nothing() {
    let region = Region::new().await;
    let (app, store) = (&region.app, &region.app.store);
    let year = last_year(&region);
    let found = kept::list(store, Some(&format!("detected-{year}"))).await.unwrap().remove(0);
    let tables = serde_json::json!([{
        "id": "state", "title": "", "columns": ["state"], "cells": [
            { "values": ["XAA"], "count": 40, "status": "rounded" },
            { "values": ["XBB"], "count": null, "status": "hidden" },
        ],
    }]);
    let issued = Some(store.now().date().to_string());
    let newer = kept::KeptRelease {
        slug: "detected-anew".into(),
        tables,
        issued,
        ..found.record.entry.clone()
    };
    let actor = Actor::System { job: "test".into() };
    let context = ActContext::new(found.record.tenant, actor, "release.sign");
    let Begun::Fresh(mut act) = store.act(context).await.unwrap() else { panic!("once") };
    kept::insert(&mut act, &newer).await.unwrap();
    act.commit(&()).await.unwrap();
    let all = report::questionnaire(app, "joint-annual").await.unwrap();
    let of = async |state: &str| {
        let found = report::prefill(app, &all, state.parse().unwrap(), year).await.unwrap();
        found.into_iter().find(|one| one.code == "5.2")
    };
    let told = of("XAA").await.unwrap().answer;
    assert_eq!(told.value, Value::Number(40.0));
    let definition = told.definition.unwrap();
    assert!(definition.starts_with("release detected-anew, published "), "{definition}");
    assert!(definition.contains("rounded down to multiples of"), "{definition}");
    assert!(of("XBB").await.is_none(), "what the newest release hides is not offered");
}

#[tokio::test]
async fn req_062_recommendations_without_a_lead_are_listed() {
    let region = Region::new().await;
    let page = region.get("/en/recommendations?only=unled", None).await;
    assert_eq!(page.status, StatusCode::OK);
    let all = review::recommendations(&region.app).await.unwrap();
    let today = region.app.store.now().date().into();
    let shipped = all.iter().find(|one| one.recommendation.id == "S0-137").unwrap();
    assert!(shipped.unled(today), "made in 2009, led by nobody");
    assert!(page.text.contains("no lead for 90 days"));
}

#[tokio::test]
async fn a_text_that_was_published_is_corrected_with_a_reason_for_everyone() {
    let region = Region::new().await;
    let expert = region.step_in("ewa@lodestar.example").await;
    let path = "/en/reviews/lodestar-r1/XAA";
    let page = region.get(path, Some(&expert)).await.text;
    let form = page.split("name=\"pillar\" value=\"expert\"").nth(1).unwrap();
    assert!(form.contains("Why the published text is corrected"));
    let revision = form.split("name=\"revision\" value=\"").nth(1).unwrap();
    let revision = revision.split('"').next().unwrap();
    let typed = format!(
        "pillar=expert&title=Report&text=Hospitals+identify+now.&shared=yes&revision={revision}"
    );
    let findings = format!("{path}/findings");
    let silent = region.post(&findings, Some(&expert), &typed).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY, "a reason is needed");
    assert!(silent.text.contains("Hospitals identify now."), "what was typed stays");
    let told = format!("{typed}&why=The+hospitals+wrote+to+us");
    saved(&region.post(&findings, Some(&expert), &told).await);
    let open = region.get(path, None).await.text.replace(['\u{2068}', '\u{2069}'], "");
    assert!(open.contains("after publication: The hospitals wrote to us"), "{open}");
}
