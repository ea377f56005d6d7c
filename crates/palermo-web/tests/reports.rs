//! Reports, reviews and meetings in the demonstration region, as the people
//! who do the work see them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::http::StatusCode;
use palermo_app::{
    Acting,
    domain::{register::day::Day, report::DutyStatus},
    locale::Language,
    report::{self, Standing},
    review,
};
use support::Region;

const SECRETARIAT: &str = "ines@secretariat.meridian.example";
const FOCAL: &str = "joan@taskforce.avelmar.example";
const AUTHOR: &str = "arlo@justice.avelmar.example";
const ISLANDS: &str = "sione@focal.fenlua.example";

fn last_year(region: &Region) -> i32 {
    region.app.store.now().date().year() - 1
}

fn today(region: &Region) -> Day {
    region.app.store.now().date().into()
}

#[tokio::test]
async fn req_038_twenty_five_obligations_stand_for_2008_and_the_late_list_is_exact() {
    let region = Region::new().await;
    let app = &region.app;
    let register = report::non_submission(app, "ECOWAS-ECCAS", 2008, today(&region)).await.unwrap();
    let annual: Vec<_> = register
        .obligations
        .iter()
        .filter(|one| one.of.questionnaire.as_deref() == Some("joint-annual"))
        .collect();
    assert_eq!(annual.len(), 25);
    assert_eq!(register.late.len(), 25);
    let own =
        report::non_submission(app, "MERIDIAN", last_year(&region), today(&region)).await.unwrap();
    let islands =
        own.obligations.iter().find(|one| one.state == "XFF" && one.of.questionnaire.is_some());
    assert!(matches!(islands.unwrap().status, DutyStatus::Late | DutyStatus::Due));
}

#[tokio::test]
async fn req_068_a_state_of_two_mechanisms_has_one_calendar() {
    let region = Region::new().await;
    let year = last_year(&region);
    let all = report::duties_of(&region.app, "XAA", year - 3..=year, today(&region)).await.unwrap();
    let of = |id: &str| all.iter().filter(|one| one.of.mechanism == id).count();
    assert!(of("MERIDIAN") > 0 && of("LODESTAR") > 0, "{all:?}");
    let feed = region.get("/en/states/XAA/duties.ics", None).await;
    assert!(feed.text.starts_with("BEGIN:VCALENDAR") && feed.text.contains("BEGIN:VEVENT"));
}

#[tokio::test]
async fn req_055_with_the_dates_of_the_convention_the_first_ten_are_known() {
    let region = Region::new().await;
    let order = review::round_order(&region.app, "greta-r1").await.unwrap();
    let first: Vec<&str> = order.order.iter().take(10).map(|one| one.state.as_str()).collect();
    assert_eq!(first, ["MDA", "ROU", "AUT", "ALB", "GEO", "SVK", "BGR", "HRV", "DNK", "CYP"]);
    assert_eq!(order.order.len(), 33);
    assert_eq!(order.groups.len(), 4);
}

#[tokio::test]
async fn req_060_the_32_and_the_23_recommendations_are_there_with_their_addressees() {
    let region = Region::new().await;
    let all = review::recommendations(&region.app).await.unwrap();
    let of = |prefix: &str| {
        all.iter()
            .filter(|one| {
                let rest = one.recommendation.id.strip_prefix(prefix);
                rest.is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()))
            })
            .count()
    };
    assert_eq!((of("S0-"), of("WG-")), (32, 23));
    let compensation = all.iter().find(|one| one.recommendation.id == "S0-137").unwrap();
    assert!(compensation.similar.contains(&"WG-13".to_owned()));
}

#[tokio::test]
async fn req_039_each_of_the_nine_parts_has_a_value_found_by_palermo() {
    let region = Region::new().await;
    let app = &region.app;
    let all = report::questionnaire(app, "joint-annual").await.unwrap();
    let found =
        report::prefill(app, &all, "XAA".parse().unwrap(), last_year(&region) + 1).await.unwrap();
    for section in &all.sections {
        let any = found.iter().any(|one| section.questions.iter().any(|q| q.code == one.code));
        assert!(any, "nothing was found for part {}", section.code);
    }
}

#[tokio::test]
async fn req_048_the_regional_report_says_n_of_n_and_lists_who_is_missing() {
    let region = Region::new().await;
    let year = last_year(&region);
    let made =
        report::regional(&region.app, "joint-annual", "MERIDIAN", year, Standing::Submitted, "en")
            .await
            .unwrap();
    assert_eq!((made.n, made.of, made.unconfirmed), (5, 6, 1));
    let missing: Vec<String> = made.missing().iter().map(ToString::to_string).collect();
    assert_eq!(missing, ["XFF"]);
    let identified = made
        .sections
        .iter()
        .flat_map(|section| &section.questions)
        .find(|question| question.code == "5.2")
        .unwrap();
    assert!(identified.summary.unlike && identified.summary.total.is_none());
    assert_eq!(identified.summary.disputed.len(), 1);
    assert!(!made.needs.is_empty());
    let mut counted = made.coverage.iter().filter(|line| line.counted);
    assert!(counted.all(|line| line.submission.is_some() && line.version.is_some()));
}

#[tokio::test]
async fn req_041_the_public_sees_what_was_accepted_and_the_secretariat_what_was_submitted() {
    let region = Region::new().await;
    let year = last_year(&region);
    let path = format!("/en/reports/country/joint-annual/XDD/{year}");
    assert_eq!(region.get(&path, None).await.status, StatusCode::NOT_FOUND);
    let cookie = region.step_in(SECRETARIAT).await;
    let page = region.get(&path, Some(&cookie)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("Disputed by the State"));
    let open = format!("/en/reports/country/joint-annual/XAA/{year}");
    assert_eq!(region.get(&open, None).await.status, StatusCode::OK);
    for format in ["html", "docx", "json"] {
        let file = region.get(&format!("{open}?format={format}"), None).await;
        assert_eq!(file.status, StatusCode::OK, "{format}");
    }
}

#[tokio::test]
async fn req_045_a_section_author_sees_only_the_own_sections() {
    let region = Region::new().await;
    let focal = region.step_in(FOCAL).await;
    let mine = region.get("/en/reports/mine", Some(&focal)).await.text;
    let sheet = mine
        .split("href=\"/en")
        .filter_map(|part| part.split('"').next())
        .find(|path| path.starts_with("/reports/sheets/"))
        .unwrap()
        .to_owned();
    let author = region.step_in(AUTHOR).await;
    let page = region.get(&format!("/en{sheet}"), Some(&author)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("Repression and prosecution"));
    assert!(!page.text.contains("Repatriation"));
    let other = region.get(&format!("/en{sheet}/sections/6"), Some(&author)).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
    let own = region.get(&format!("/en{sheet}/sections/4"), Some(&author)).await;
    assert_eq!(own.status, StatusCode::OK);
    let signing = region.post(&format!("/en{sheet}/sign"), Some(&author), "").await;
    assert_eq!(signing.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn two_hands_on_one_answer_lose_no_words() {
    let region = Region::new().await;
    let focal = region.step_in(ISLANDS).await;
    let begun = region
        .post(
            "/en/reports/new",
            Some(&focal),
            &format!("questionnaire=joint-annual&period={}", last_year(&region)),
        )
        .await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.text);
    let to = begun.headers.get("location").unwrap().to_str().unwrap().to_owned();
    let sheet = to.split('?').next().unwrap().to_owned();
    let section = format!("{sheet}/sections/9");
    let first = region.post(&section, Some(&focal), "a-9.2=Nobody+answered.&a-9.2-revision=").await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.text);
    // The second editor opened the form before the first one saved.
    let second =
        region.post(&section, Some(&focal), "a-9.2=The+boat+was+away.&a-9.2-revision=").await;
    assert_eq!(second.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(second.text.contains("The boat was away."));
    assert!(second.text.contains("Nobody answered."));
    assert!(second.text.contains("a-9.2\">"), "the summary leads to the answer");
    assert!(second.text.contains("Saved meanwhile"), "both stand on top");
    assert_eq!(second.text.matches("someone else wrote this answer").count(), 2);
    let unsigned = region.post(&format!("{sheet}/sign"), Some(&focal), "").await;
    assert!(unsigned.text.contains("put right first"), "{}", unsigned.status);
}

#[tokio::test]
async fn req_040_the_bodies_see_contradictory_answers_after_the_state_and_the_public_does_not() {
    let region = Region::new().await;
    let path = "/en/reports/duties?state=XAA";
    let secretariat = region.step_in(SECRETARIAT).await;
    let page = region.get(path, Some(&secretariat)).await.text;
    assert!(page.contains("Answers that contradict each other"));
    assert!(page.contains("greta-r3") && page.contains("has had its time"));
    // With the way to each answer; on the report that holds one of them too.
    let rest = page.split("has had its time").nth(1).unwrap();
    let link = rest.split("href=\"/en/reports/country/").nth(1).unwrap();
    let link = format!("/en/reports/country/{}", link.split(['#', '"']).next().unwrap());
    let report = region.get(&link, Some(&secretariat)).await.text;
    assert!(report.contains("Answers that contradict each other"), "{report}");
    let report = region.get(&link, None).await.text;
    assert!(!report.contains("Answers that contradict each other"));
    let open = region.get(path, None).await.text;
    assert!(!open.contains("Answers that contradict each other"));
}

#[tokio::test]
async fn a_questionnaire_begun_in_the_browser_is_gone_on_with_and_two_hands_lose_nothing() {
    let region = Region::new().await;
    let secretariat = region.step_in(SECRETARIAT).await;
    let begun = "text=id+%3D+%22half%22%0A&status=draft&draft=&revision=";
    let saved = region.post("/en/questionnaires/write", Some(&secretariat), begun).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let list = region.get("/en/questionnaires", Some(&secretariat)).await.text;
    let path = list.split("href=\"").filter_map(|part| part.split('"').next());
    let path = path.filter(|path| path.contains("write?draft=")).last().unwrap().to_owned();
    let page = region.get(&path, Some(&secretariat)).await.text;
    assert!(page.contains("id = &#34;half&#34;"), "{page}");
    let hidden = |name: &str| {
        let rest = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    let form = |text: &str| {
        let (draft, revision) = (hidden("draft"), hidden("revision"));
        format!("text={text}&status=draft&draft={draft}&revision={revision}")
    };
    let one = region.post("/en/questionnaires/write", Some(&secretariat), &form("first")).await;
    assert_eq!(one.status, StatusCode::SEE_OTHER, "{}", one.text);
    let two = region.post("/en/questionnaires/write", Some(&secretariat), &form("second")).await;
    assert_eq!(two.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(two.text.contains("second") && two.text.contains("in the meantime"));
    let other = region.step_in(FOCAL).await;
    assert_eq!(region.get(&path, Some(&other)).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn only_the_answer_both_changed_is_told_and_a_stale_form_takes_nothing_back() {
    let region = Region::new().await;
    let focal = region.step_in(ISLANDS).await;
    let begin = format!("questionnaire=joint-annual&period={}", last_year(&region));
    let begun = region.post("/en/reports/new", Some(&focal), &begin).await;
    let to = begun.headers.get("location").unwrap().to_str().unwrap().to_owned();
    let section = format!("{}/sections/5", to.split('?').next().unwrap());
    let six = ["5.2", "5.2w", "5.2m", "5.2g", "5.2b", "5.4"];
    let begun = region.get(&section, Some(&focal)).await.text;
    let hidden_in = |page: &str, code: &str, name: &str| {
        let mark = format!("name=\"a-{code}-{name}\" value=\"");
        page.split(&mark).nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    let first: Vec<String> = six
        .iter()
        .map(|code| format!("a-{code}=1&a-{code}-revision={}", hidden_in(&begun, code, "revision")))
        .collect();
    let first = region.post(&section, Some(&focal), &first.join("&")).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.text);
    // Two open the same form: one corrects a total, the other the total and a part.
    let open = region.get(&section, Some(&focal)).await.text;
    let hidden = |code: &str, name: &str| hidden_in(&open, code, name);
    let form = |changed: &[(&str, &str)]| {
        let fields = six.iter().map(|code| {
            let value = changed.iter().find(|(of, _)| of == code).map_or("1", |(_, value)| value);
            let (revision, was) = (hidden(code, "revision"), hidden(code, "was"));
            format!("a-{code}={value}&a-{code}-revision={revision}&a-{code}-was={was}")
        });
        fields.collect::<Vec<_>>().join("&")
    };
    let one = region.post(&section, Some(&focal), &form(&[("5.2", "7")])).await;
    assert_eq!(one.status, StatusCode::SEE_OTHER, "{}", one.text);
    let both = region.post(&section, Some(&focal), &form(&[("5.2", "8"), ("5.2w", "3")])).await;
    assert_eq!(both.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(both.text.contains("a-5.2\">") && !both.text.contains("#a-5.2w"));
    assert_eq!(both.text.matches("someone else wrote this answer").count(), 2);
    assert!(both.text.contains("<bdi>7</bdi>") && both.text.contains("value=\"8\""));
    // A stale form in which nothing was touched contradicts nobody and takes nothing back.
    let stale = region.post(&section, Some(&focal), &form(&[])).await;
    assert_eq!(stale.status, StatusCode::SEE_OTHER, "{}", stale.text);
    let now = region.get(&section, Some(&focal)).await.text;
    assert!(now.contains("value=\"7\"") && now.contains("value=\"3\""));
    // Parts that exceed their total are told at the total, by their names.
    let part = format!("a-5.2m=9&a-5.2m-revision={}", hidden("5.2m", "revision"));
    region.post(&section, Some(&focal), &part).await;
    let told = region.get(&section, Some(&focal)).await.text;
    assert_eq!(told.matches("more than the total").count(), 1);
    assert!(told.contains("5.2m"));
}

#[tokio::test]
async fn a_report_entered_by_the_secretariat_is_confirmed_by_a_link_that_works_once() {
    let region = Region::new().await;
    let secretariat = region.step_in(SECRETARIAT).await;
    let year = last_year(&region);
    let form =
        format!("questionnaire=joint-annual&state=XFF&period={year}&document=letter+of+12+April");
    let entered = region.post("/en/reports/enter", Some(&secretariat), &form).await;
    assert_eq!(entered.status, StatusCode::OK);
    let word = entered.text.split("/confirm/").nth(1).unwrap();
    let word = word.split('<').next().unwrap().to_owned();
    let sheet = entered.text.split("/reports/entered/").nth(1).unwrap();
    let sheet = sheet.split('"').next().unwrap().to_owned();
    let saved = region
        .post(
            &format!("/en/reports/entered/{sheet}/sections/4"),
            Some(&secretariat),
            "a-4.2=1&a-4.2-revision=",
        )
        .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    region.post(&format!("/en/reports/entered/{sheet}/submit"), Some(&secretariat), "").await;
    let unconfirmed = async || {
        report::regional(&region.app, "joint-annual", "MERIDIAN", year, Standing::Submitted, "en")
            .await
            .unwrap()
            .unconfirmed
    };
    assert_eq!(unconfirmed().await, 2);
    let page = region.get(&format!("/en/confirm/{word}"), None).await;
    assert_eq!(page.status, StatusCode::OK);
    let confirmed = region.post(&format!("/en/confirm/{word}"), None, "").await;
    assert_eq!(confirmed.status, StatusCode::SEE_OTHER, "{}", confirmed.text);
    assert_eq!(unconfirmed().await, 1);
    let again = region.post(&format!("/en/confirm/{word}"), None, "").await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text.contains("was used"), "{}", again.text);
    assert_eq!(unconfirmed().await, 1);
}

#[tokio::test]
async fn req_046_a_confidential_contribution_is_read_by_those_who_evaluate_alone() {
    let region = Region::new().await;
    let public = Acting::public(&region.app, Language::En);
    let open = report::contributions(&public, Some("joint-annual")).await.unwrap();
    assert!(open.iter().all(|one| !one.confidential));
    let cookie = region.step_in("joan@taskforce.avelmar.example").await;
    let year = last_year(&region);
    let page =
        region.get(&format!("/en/reports/country/joint-annual/XBB/{year}"), Some(&cookie)).await;
    assert!(!page.text.contains("carried out at night"));
}

#[tokio::test]
async fn req_059_the_two_pillars_cannot_edit_each_others_text() {
    let region = Region::new().await;
    let people = palermo_app::demo::region(&region.app).unwrap().people;
    let of = |role: &str| {
        people.iter().find(|one| one.roles.iter().any(|r| r == role)).unwrap().email.clone()
    };
    let expert = region.step_in(&of("expert")).await;
    let committee = region.step_in(&of("committee-member")).await;
    let base = "/en/reviews/lodestar-r2/XAA";
    let text = |pillar: &str| format!("pillar={pillar}&title=T&text=Words&revision=");
    let refused = region.post(&format!("{base}/findings"), Some(&committee), &text("expert")).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    let refused =
        region.post(&format!("{base}/political"), Some(&expert), &text("political")).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    // Not by another address either.
    let refused =
        region.post(&format!("{base}/political"), Some(&committee), &text("expert")).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    let written =
        region.post(&format!("{base}/political"), Some(&committee), &text("political")).await;
    assert_eq!(written.status, StatusCode::SEE_OTHER, "{}", written.text);
}

#[tokio::test]
async fn req_056_and_057_the_public_sees_no_draft_and_nobody_but_the_experts_the_notes() {
    let region = Region::new().await;
    let page = region.get("/en/reviews/lodestar-r2/XAA", None).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.text.contains("Legal aid begins"));
    let focal = region.step_in(FOCAL).await;
    let page = region.get("/en/reviews/lodestar-r2/XAA", Some(&focal)).await;
    assert!(page.text.contains("Legal aid begins"));
    assert!(!page.text.contains("turned away crews"));
}

#[tokio::test]
async fn req_058_the_report_is_published_together_with_the_states_comments() {
    let region = Region::new().await;
    let page = region.get("/en/reviews/lodestar-r1/XAA", None).await;
    assert!(page.text.contains("Hospitals are not among those"));
    assert!(page.text.contains("two hotels are under contract"));
    assert!(page.text.contains("Published on"));
}

#[tokio::test]
async fn rule_6_a_request_for_names_is_refused_with_a_ready_letter() {
    let region = Region::new().await;
    let cookie = region.step_in(SECRETARIAT).await;
    let form = "mechanism=MERIDIAN&title=Returned&states=XBB&persons=no\
                &question=Send+the+names+of+returned+citizens";
    let sent = region.post("/en/information/new", Some(&cookie), form).await;
    let to = sent.headers.get("location").unwrap().to_str().unwrap().to_owned();
    assert!(to.contains("information-refused"), "{to}");
    let page = region.get("/en/information", Some(&cookie)).await;
    assert!(page.text.contains("Rule R6 of this system does not allow it"));
    // It went to nobody: the demo's asks Avelmar, which never hears of it.
    assert!(page.text.contains("names and addresses of its citizens"), "{}", page.text);
    let asked = region.step_in(FOCAL).await;
    let page = region.get("/en/information", Some(&asked)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.text.contains("names and addresses of its citizens"), "{}", page.text);
    let told = region.get("/en/information", Some(&cookie)).await.text;
    assert!(told.contains("not sent"), "no day is told: {told}");
    let one = form.replace("Send+the+names+of+returned+citizens", "Is+the+case+of+Amina+D.+closed");
    let one = region.post("/en/information/new", Some(&cookie), &one).await;
    assert_eq!(one.status, StatusCode::UNPROCESSABLE_ENTITY, "that is one person");
    assert!(one.text.contains("Amina D"), "{}", one.text);
    let door = "/en/information/new?urgent=yes&";
    let rounds = region.get("/en/reviews/lodestar-r2", Some(&cookie)).await.text;
    assert!(rounds.replace("&#38;", "&").replace("&amp;", "&").contains(door), "{rounds}");
    let form_page = region.get(&format!("{door}mechanism=LODESTAR"), Some(&cookie)).await.text;
    assert!(form_page.contains("value=\"yes\" checked"), "{form_page}");
    let unsaid = form.replace("&persons=no", "");
    let unsaid = region.post("/en/information/new", Some(&cookie), &unsaid).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY, "it must be said");
    let said = "mechanism=MERIDIAN&title=Shelters&question=How+many%3F&states=XBB&persons=yes";
    let said = region.post("/en/information/new", Some(&cookie), said).await;
    let to = said.headers.get("location").unwrap().to_str().unwrap().to_owned();
    assert!(to.contains("information-refused"), "{to}");
    let compulsory = format!("{form}&compulsory=article+99");
    let wrong = region.post("/en/information/new", Some(&cookie), &compulsory).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("cites no such provision"));
    let cited = palermo_app::review::compulsions(&region.app, "MERIDIAN");
    assert!(cited.iter().all(|one| wrong.text.contains(&one.provision)));
}

#[tokio::test]
async fn req_220_an_observer_reads_open_papers_only() {
    let region = Region::new().await;
    let all = region.get("/en/meetings", None).await.text;
    assert!(all.contains("no meeting recorded yet"), "no day is counted from today: {all}");
    let bodies = region.get("/en/meetings/MERIDIAN/officials", None).await.text;
    let meeting = bodies
        .split("href=\"")
        .filter_map(|part| part.split('"').next())
        .find(|path| path.strip_prefix("/en/meetings/").is_some_and(|id| id.len() == 36))
        .unwrap()
        .to_owned();
    let public = region.get(&meeting, None).await.text;
    assert!(!public.contains("members only"));
    assert!(public.contains("Comes back from earlier meetings"));
    let cookie = region.step_in(SECRETARIAT).await;
    assert!(region.get(&meeting, Some(&cookie)).await.text.contains("members only"));
}

#[tokio::test]
async fn req_236_an_impact_review_shows_findings_and_the_answer_beside_them() {
    let region = Region::new().await;
    let page = region.get("/en/impact", None).await.text;
    assert!(page.contains("Women travelling alone were taken off buses"));
    assert!(page.contains("The checklist was changed on the tenth day"));
}

#[tokio::test]
async fn req_051_every_page_of_reports_stands_in_four_languages() {
    let region = Region::new().await;
    let year = last_year(&region);
    for language in ["en", "fr", "es", "ar"] {
        for path in [
            "/reports".to_owned(),
            format!("/reports/regional/joint-annual/MERIDIAN/{year}"),
            "/reviews".to_owned(),
            "/recommendations".to_owned(),
            "/recommendations/statistics".to_owned(),
            "/meetings".to_owned(),
            "/questionnaires/palermo-check".to_owned(),
        ] {
            let page = region.get(&format!("/{language}{path}"), None).await;
            assert_eq!(page.status, StatusCode::OK, "{language}{path}");
        }
    }
}

#[tokio::test]
async fn rule_10_nothing_that_leaves_carries_the_notes_of_validation() {
    let region = Region::new().await;
    let year = last_year(&region);
    for path in [
        format!("/api/v1/reports/regional/joint-annual/MERIDIAN/{year}"),
        format!("/api/v1/reports/country/joint-annual/XAA/{year}"),
        format!("/en/reports/regional/joint-annual/MERIDIAN/{year}"),
        format!("/en/reports/regional/joint-annual/MERIDIAN/{year}?format=html"),
    ] {
        let told = region.get(&path, None).await;
        assert_eq!(told.status, StatusCode::OK, "{path}");
        assert!(!told.text.contains(" the year before, "), "{path}");
        assert!(!told.text.contains("\"warnings\""), "{path}");
    }
    let page =
        region.get(&format!("/en/reports/regional/joint-annual/MERIDIAN/{year}"), None).await;
    assert!(page.text.contains("submitted, not yet accepted"));
}

#[tokio::test]
async fn those_who_evaluate_read_the_reply_and_leave_the_states_step_to_the_state() {
    let region = Region::new().await;
    let people = palermo_app::demo::region(&region.app).unwrap().people;
    let expert = people.iter().find(|one| one.roles.iter().any(|role| role == "expert")).unwrap();
    let expert = region.step_in(&expert.email).await;
    let base = "/en/reviews/lodestar-r2/XAA";
    let page = region.get(base, Some(&expert)).await;
    let reply = format!("/en/reports/country/greta-r3/XAA/{}", last_year(&region));
    assert!(page.text.contains(&reply), "the evaluation leads to the reply");
    assert_eq!(region.get(&reply, Some(&expert)).await.status, StatusCode::OK);
    assert_eq!(region.get(&reply, None).await.status, StatusCode::NOT_FOUND);
    assert!(page.text.contains("Two of the six centres"), "and to what others told");
    assert!(page.text.contains("The State has until"));
    let moved = region.post(&format!("{base}/move"), Some(&expert), "to=comments").await;
    assert_ne!(moved.status, StatusCode::SEE_OTHER, "nobody comments in the State's place");
    let public = region.get(base, None).await;
    assert!(!public.text.contains(&reply) && !public.text.contains("Two of the six centres"));
}

#[tokio::test]
async fn a_reply_to_a_round_is_due_from_those_it_was_asked_of_on_the_day_of_the_round() {
    let region = Region::new().await;
    let (app, day) = (&region.app, today(&region));
    let year = last_year(&region) + 1;
    let order = review::evaluations(app, "lodestar-r2").await.unwrap();
    let reply = |all: &[palermo_app::domain::report::Obligation]| {
        let found = all.iter().rfind(|one| one.of.questionnaire.as_deref() == Some("greta-r3"));
        found.map(|one| (one.of.due, one.status))
    };
    for one in &order {
        let state = one.evaluation.state.to_string();
        let duties = report::duties_of(app, &state, year - 2..=year, day).await.unwrap();
        let asked = one
            .evaluation
            .steps
            .iter()
            .find(|step| step.stage == palermo_app::domain::review::Stage::Questionnaire);
        if let Some((due, _)) = reply(&duties) {
            assert_eq!(Some(due), asked.and_then(|step| step.due), "{state}");
        }
    }
    let islands = report::duties_of(app, "XFF", year - 2..=year, day).await.unwrap();
    assert_eq!(reply(&islands), None, "nothing was asked of them yet");
}
