//! The pages of the registers, asked of the demonstration region as a browser
//! would: what they say, how large they are, who may change what.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::{
    body::{Body, to_bytes},
    http::{Method, Request, StatusCode, header},
};
use palermo_app::locale::Language;
use support::{Answer, Region};
use tower::ServiceExt;

const SECRETARIAT: &str = "ines@secretariat.meridian.example";
const DONOR: &str = "signe@northway.example";
const FOCAL_POINT: &str = "tesfa@coordination.dorvane.example";

/// A public page may weigh this much on the line.
const LARGEST_PAGE: usize = 15 * 1024;

fn public_pages(region: &Region) -> Vec<String> {
    let fixed = [
        "/mechanisms",
        "/mechanisms?kind=regional%20organisation&state=MMR&sort=-members",
        "/states",
        "/states/XAA",
        "/states/MMR?on=2010-10-01",
        "/states/EU",
        "/instruments",
        "/instruments?without=men",
        "/instruments/tip-protocol?on=2012-12-31&missing=MERIDIAN",
        "/matrix",
        "/matrix?mechanism=AU&on=2010-12-31",
        "/agreements",
        "/agreements?monitoring=none",
        "/laws",
        "/laws?state=XAA",
        "/laws?mechanism=AU",
        "/models",
    ];
    let mut pages: Vec<String> = fixed.iter().map(|path| (*path).to_owned()).collect();
    let registers = &region.app.registers;
    let mechanisms = region.app.content.mechanisms().profiles();
    pages.extend(mechanisms.map(|profile| format!("/mechanisms/{}", profile.id)));
    pages.extend(registers.instruments.all().map(|one| format!("/instruments/{}", one.id)));
    pages.extend(registers.agreements.iter().map(|one| format!("/agreements/{}", one.key)));
    pages.extend(registers.model_texts.iter().map(|one| format!("/models/{}", one.key)));
    pages
}

/// Bytes of a page as it travels.
async fn weight(region: &Region, path: &str) -> usize {
    let request =
        Request::get(path).header(header::ACCEPT_ENCODING, "gzip").body(Body::empty()).unwrap();
    let response = region.router.clone().oneshot(request).await.unwrap();
    let packed = response.headers().get(header::CONTENT_ENCODING);
    assert_eq!(packed.map(|kind| kind.to_str().unwrap()), Some("gzip"), "{path}");
    to_bytes(response.into_body(), 32 << 20).await.unwrap().len()
}

#[tokio::test]
async fn every_register_page_answers_the_public_in_four_languages_within_its_size() {
    let region = Region::new().await;
    let mut heavy = Vec::new();
    for page in public_pages(&region) {
        for (language, direction) in [("en", "ltr"), ("fr", "ltr"), ("es", "ltr"), ("ar", "rtl")] {
            let path = format!("/{language}{page}");
            let answer = region.get(&path, None).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            assert!(
                answer.text.contains(&format!("lang=\"{language}\" dir=\"{direction}\"")),
                "{path}"
            );
            assert!(!answer.text.contains("For editors"), "{path}");
            let bytes = weight(&region, &path).await;
            if bytes > LARGEST_PAGE {
                heavy.push(format!("{path}: {bytes}"));
            }
        }
    }
    assert!(heavy.is_empty(), "{}", heavy.join("\n"));
}

#[tokio::test]
async fn a_record_that_is_not_there_is_not_found() {
    let region = Region::new().await;
    let moved = region.get("/en/mechanisms/ecowas?on=2010-10-01", None).await;
    assert_eq!(moved.status, StatusCode::MOVED_PERMANENTLY);
    assert_eq!(moved.headers["location"], "/en/mechanisms/ECOWAS?on=2010-10-01");
    for path in ["/mechanisms/NONE", "/states/ZZA", "/instruments/none", "/agreements/none"] {
        let answer = region.get(&format!("/en{path}"), None).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
}

/// Inserted values are isolated from the direction of the words around them.
fn plain(answer: &Answer) -> String {
    answer.text.replace(['\u{2068}', '\u{2069}'], "")
}

fn has(answer: &Answer, words: &[&str]) {
    let text = plain(answer);
    for word in words {
        assert!(text.contains(word), "`{word}` is missing");
    }
}

#[tokio::test]
async fn req_002_myanmar_belonged_to_three_mechanisms_and_afghanistan_not_yet_to_saarc() {
    let region = Region::new().await;
    let myanmar = region.get("/en/states/MMR?on=2010-10-01", None).await;
    has(&myanmar, &["/en/mechanisms/ASEAN?", "/en/mechanisms/COMMIT?", "/en/mechanisms/BALI?"]);
    let before = region.get("/en/mechanisms/SAARC?on=2006-12-31", None).await;
    assert!(!before.text.contains("/en/states/AFG"));
    let after = region.get("/en/mechanisms/SAARC?on=2010-12-31", None).await;
    has(&after, &["/en/states/AFG"]);
}

#[tokio::test]
async fn req_003_a_partnership_shows_its_union_and_the_body_that_sees_both_reports() {
    let region = Region::new().await;
    let answer = region.get("/en/mechanisms/ECOWAS-ECCAS?on=2010-12-31", None).await;
    has(&answer, &["all States of", "/en/mechanisms/ECCAS", "25 entries", "Sees the reports of"]);
}

#[tokio::test]
async fn req_006_members_that_are_no_party_are_listed_and_can_be_taken_away() {
    let region = Region::new().await;
    let view = "/en/instruments/tip-protocol?on=2016-12-31&missing=MERIDIAN";
    let page = region.get(view, None).await;
    has(&page, &["Members that are not party", "/en/states/XBB", "1 entry"]);
    let csv = region.get(&format!("{view}&format=csv"), None).await;
    let mut lines = csv.text.trim_start_matches('\u{feff}').lines();
    assert_eq!(lines.next(), Some("State,Code,Status,Date,Obstacles and stage"));
    assert!(lines.next().is_some_and(|line| line.contains("XBB")), "{}", csv.text);
    let book = region.get(&format!("{view}&format=xlsx"), None).await;
    assert!(book.text.starts_with("PK"));
    let before = view.replace("2016", "2012");
    has(&region.get(&before, None).await, &["No member of it is known on this day"]);
}

#[tokio::test]
async fn req_005_parties_on_a_day_come_with_act_and_date() {
    let region = Region::new().await;
    let on = |day: &str| format!("/en/instruments/tip-protocol?on={day}");
    let page = region.get(&on("2012-12-31"), None).await;
    has(&page, &["Parties on 31 December 2012: 5", "accession", "21 January 2005"]);
    let earlier = region.get(&on("2004-12-31"), None).await;
    has(&earlier, &["Parties on 31 December 2004: 1", "19 May 2003"]);
    let wrong = region.get(&on("yesterday"), None).await;
    has(&wrong, &["is not a day. Write it as 2009-04-16."]);
}

#[tokio::test]
async fn req_009_the_saarc_convention_leaves_out_men_and_labour_and_the_filter_finds_it() {
    let region = Region::new().await;
    let page = region.get("/en/instruments/saarc-convention-2002", None).await;
    has(&page, &["What it leaves out", "men", "labour exploitation"]);
    let list = region.get("/en/instruments?without=men", None).await;
    has(&list, &["/en/instruments/saarc-convention-2002"]);
    assert!(!list.text.contains("/en/instruments/tip-protocol"));
}

#[tokio::test]
async fn req_010_agreements_without_a_monitoring_clause_are_listed() {
    let region = Region::new().await;
    let list = region.get("/en/agreements?monitoring=none", None).await;
    has(&list, &["/en/agreements/ben-tgo-gab"]);
    let page = region.get("/en/agreements/ben-tgo-gab", None).await;
    has(&page, &["/en/states/GAB", "Monitoring clause", "In national budgets"]);
}

#[tokio::test]
async fn req_013_eighteen_states_used_the_model_law() {
    let region = Region::new().await;
    let list = region.get("/en/models", None).await;
    has(&list, &["18 States used it, 1 year after its introduction"]);
}

#[tokio::test]
async fn only_national_coordination_is_told_as_contact_point_never_a_shelter() {
    let region = Region::new().await;
    let page = region.get("/en/states/XAA", None).await;
    has(&page, &["Avelmar focal point", "08:30-16:30"]);
    for hidden in ["Harbour House", "Specialist unit", "joan@"] {
        assert!(!page.text.contains(hidden), "`{hidden}` is shown");
    }
}

#[tokio::test]
async fn req_014_the_gap_matrix_can_be_taken_away_with_article_and_source() {
    let region = Region::new().await;
    let csv = region.get("/en/laws?format=csv", None).await;
    let first = csv.text.trim_start_matches('\u{feff}').lines().next().unwrap().to_owned();
    assert!(first.starts_with("state,name,topic,asked_by,provided"), "{first}");
    assert!(first.contains("article") && first.contains("source"), "{first}");
}

#[tokio::test]
async fn the_matrix_says_since_when_each_state_is_bound() {
    let region = Region::new().await;
    let page = region.get("/en/matrix?mechanism=MERIDIAN&on=2016-12-31", None).await;
    has(&page, &["party since 19 May 2003", "signed on 14 December 2000"]);
    let csv = region.get("/en/matrix?mechanism=MERIDIAN&on=2016-12-31&format=csv", None).await;
    let line = csv.text.lines().find(|line| line.starts_with("XAA,")).unwrap();
    assert!(line.contains("2003-05-19"), "{line}");
}

const EDITORS: [&str; 6] = [
    "/instruments/tip-protocol/adherence",
    "/instruments/tip-protocol/import",
    "/instruments/tip-protocol/obstacle",
    "/statements/new?about=mechanism&id=ECOWAS",
    "/agreements/new",
    "/agreements/ben-tgo-gab/edit",
];

#[tokio::test]
async fn forms_are_there_for_the_secretariat_and_not_there_for_a_donor() {
    let region = Region::new().await;
    let (ours, theirs) = (region.step_in(SECRETARIAT).await, region.step_in(DONOR).await);
    for path in EDITORS.into_iter().chain(["/laws/new", "/models/bali-model-law/use"]) {
        let path = format!("/en{path}");
        assert_eq!(region.get(&path, Some(&ours)).await.status, StatusCode::OK, "{path}");
        let donor = region.get(&path, Some(&theirs)).await;
        assert_eq!(donor.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn an_act_entered_by_the_secretariat_is_shown_with_its_source() {
    let region = Region::new().await;
    let cookie = region.step_in(SECRETARIAT).await;
    let path = "/en/instruments/tip-protocol/adherence";
    let bad = region.post(path, Some(&cookie), "party=XBB&act=ratification&source=list").await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    has(&bad, &["There is a problem"]);
    let form = "party=XBB&act=ratification&date-day=5&date-month=6&date-year=2015\
                &source=depositary+notice+12&as_of=2015-06";
    let answer = region.post(path, Some(&cookie), form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    let page = region.get("/en/instruments/tip-protocol?on=2015-12-31", None).await;
    has(&page, &["/en/states/XBB", "5 June 2015"]);
    let state = region.get("/en/states/XBB?on=2015-12-31", None).await;
    has(&state, &["depositary notice 12"]);
}

#[tokio::test]
async fn req_015_a_second_statement_stands_beside_the_first_and_one_is_preferred() {
    let region = Region::new().await;
    let cookie = region.step_in(SECRETARIAT).await;
    for (value, source, preferred) in
        [("2009-04", "first+report", "no"), ("2010", "second+report", "yes")]
    {
        let form = format!(
            "about=mechanism&id=ECOWAS&field=policy&value={value}&preferred={preferred}\
             &source={source}&as_of=2010"
        );
        let answer = region.post("/en/statements/new", Some(&cookie), &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    }
    let page = region.get("/en/mechanisms/ECOWAS", None).await;
    has(&page, &["first report", "second report", "The sources contradict one another"]);
    let after = page.text.split("first report").nth(1).unwrap();
    assert!(after.contains("preferred"), "the second one is marked");
}

#[tokio::test]
async fn req_007_a_focal_point_files_obstacles_for_its_own_state_only() {
    let region = Region::new().await;
    let cookie = region.step_in(FOCAL_POINT).await;
    let path = "/en/instruments/ilo-p29/obstacle";
    let form = |state: &str| {
        format!("state={state}&stage=consultation&obstacle=means&source=note+of+the+task+force")
    };
    let other = region.post(path, Some(&cookie), &form("XEE")).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
    let own = region.post(path, Some(&cookie), &form("XDD")).await;
    assert_eq!(own.status, StatusCode::SEE_OTHER, "{}", own.text);
    let page = region.get("/en/instruments/ilo-p29", None).await;
    has(&page, &["note of the task force", "consultation"]);
}

const LIST: &str = "Participant,Signature,\"Ratification, Accession(a)\"\n\
                    XAA,13 Dec 2000,19 May 2003\nXBB,14 Dec 2000,1 Feb 2016\nXFF,,5 Jun 2014 a\n";

fn multipart(parts: &[(&str, Option<&str>, &str)]) -> String {
    let mut body = String::new();
    for (name, file, value) in parts {
        let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
        body.push_str(&format!(
            "--line\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{value}\r\n"
        ));
    }
    body.push_str("--line--\r\n");
    body
}

async fn upload(region: &Region, path: &str, cookie: &str, site: &str, body: String) -> Answer {
    let request = Request::post(path)
        .header("sec-fetch-site", site)
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=line")
        .body(Body::from(body))
        .unwrap();
    region.send(request).await
}

#[tokio::test]
async fn a_list_is_previewed_and_stored_only_when_agreed_to() {
    let region = Region::new().await;
    let cookie = region.step_in(SECRETARIAT).await;
    let path = "/en/instruments/tip-protocol/import";
    let sent = |list: &str| {
        multipart(&[
            ("source", None, "depositary list"),
            ("as_of", None, "2016-03"),
            ("file", Some("list.csv"), list),
        ])
    };
    let foreign = upload(&region, path, &cookie, "cross-site", sent(LIST)).await;
    assert_eq!(foreign.status, StatusCode::UNPROCESSABLE_ENTITY);
    let preview = upload(&region, path, &cookie, "same-origin", sent(LIST)).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.text);
    has(&preview, &["0 new, 1 changed, 2 unchanged, 0 rejected"]);
    let view = "/en/instruments/tip-protocol?on=2016-12-31";
    assert!(!region.get(view, None).await.text.contains("1 February 2016"));

    let field = "name=\"content\" value=\"";
    let content = preview.text.split(field).nth(1).unwrap().split('"').next().unwrap();
    let agreed = multipart(&[
        ("source", None, "depositary list"),
        ("as_of", None, "2016-03"),
        ("content", None, content),
    ]);
    let done = upload(&region, &format!("{path}/apply"), &cookie, "same-origin", agreed).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    has(&region.get(view, None).await, &["1 February 2016"]);
}

#[tokio::test]
async fn a_list_that_speaks_of_the_future_is_refused_at_the_field_with_what_was_typed() {
    let region = Region::new().await;
    let cookie = region.step_in(SECRETARIAT).await;
    let body = multipart(&[
        ("source", None, "depositary list"),
        ("as_of", None, "2999-01"),
        ("file", Some("list.csv"), LIST),
    ]);
    let path = "/en/instruments/tip-protocol/import";
    let refused = upload(&region, path, &cookie, "same-origin", body).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
    has(&refused, &["lies in the future", "value=\"2999-01\"", "value=\"depositary list\""]);
    assert!(!refused.text.contains("name=\"content\""), "nothing to agree to");
}

#[tokio::test]
async fn a_bad_row_is_shown_with_line_field_and_remedy() {
    let region = Region::new().await;
    let cookie = region.step_in(SECRETARIAT).await;
    let list = "Participant,Signature,\"Ratification, Accession(a)\"\nAvelmarr,,1 Feb 2016\n";
    let body = multipart(&[("source", None, "depositary list"), ("file", Some("list.csv"), list)]);
    let path = "/en/instruments/tip-protocol/import";
    let preview = upload(&region, path, &cookie, "same-origin", body).await;
    has(&preview, &["rejected", "Participant", "Avelmarr", "did you mean"]);
    assert!(!preview.text.contains("name=\"content\""), "nothing to agree to");
}

#[tokio::test]
async fn rows_left_out_of_an_import_are_told_before_and_after() {
    let region = Region::new().await;
    let cookie = region.step_in(SECRETARIAT).await;
    let list = format!("{LIST}Avelmarr,,1 Feb 2016\n");
    let path = "/en/instruments/tip-protocol/import";
    let source = ("source", None, "depositary list");
    let body = multipart(&[source, ("file", Some("list.csv"), list.as_str())]);
    let preview = upload(&region, path, &cookie, "same-origin", body).await;
    has(&preview, &["1 rejected", "Rows left out: 5.", "Leave out the rejected rows?"]);
    let field = "name=\"content\" value=\"";
    let content = preview.text.split(field).nth(1).unwrap().split('"').next().unwrap();
    let answer = |skip| multipart(&[source, ("content", None, content), ("skip", None, skip)]);
    let apply = format!("{path}/apply");
    let refused = upload(&region, &apply, &cookie, "same-origin", answer("no")).await;
    has(&refused, &["Nothing was stored: some rows are rejected", "Avelmarr"]);
    let view = "/en/instruments/tip-protocol?on=2016-12-31";
    assert!(!region.get(view, None).await.text.contains("1 February 2016"));
    let stored = upload(&region, &apply, &cookie, "same-origin", answer("yes")).await;
    has(&stored, &["The file was imported.", "Rows left out: 5.", "Avelmarr", "did you mean"]);
    has(&region.get(view, None).await, &["1 February 2016"]);
}

#[tokio::test]
async fn kinds_of_mechanisms_are_told_in_the_readers_language() {
    let region = Region::new().await;
    let spoken = [
        ("fr", "organisation régionale"),
        ("es", "organización regional"),
        ("ar", "منظمة إقليمية"),
    ];
    for (language, words) in spoken {
        let page = region.get(&format!("/{language}/mechanisms"), None).await;
        has(&page, &[words]);
        assert!(!page.text.contains(">regional economic community<"), "{language}");
    }
    let catalogue = &region.app.catalogue;
    for profile in region.app.content.mechanisms().profiles() {
        let kind = profile.kind.to_lowercase();
        let parts = kind.split(|c: char| !c.is_ascii_alphanumeric()).filter(|one| !one.is_empty());
        let id = format!("mechanism-kind-{}", parts.collect::<Vec<_>>().join("-"));
        assert!(catalogue.has(Language::En, &id), "`{id}` is missing");
    }
}

#[tokio::test]
async fn req_012_an_agreement_shows_its_last_and_next_review_and_its_place_in_budgets() {
    let region = Region::new().await;
    let cookie = region.step_in(SECRETARIAT).await;
    let path = "/en/agreements/ben-tgo-gab/follow";
    for part in ["review", "budget", "activity", "cases"] {
        let page = region.get(&format!("{path}?part={part}"), Some(&cookie)).await;
        assert_eq!(page.status, StatusCode::OK, "{part}");
        let nothing = region.post(path, Some(&cookie), &format!("part={part}")).await;
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY, "{part}: {}", nothing.text);
    }
    let held = "part=review&due-day=1&due-month=3&due-year=2012&held-day=5&held-month=3\
                &held-year=2012&outcome=Procedures+are+to+be+translated";
    let to_come = "part=review&due-day=1&due-month=3&due-year=2031";
    let source = "source=report+of+the+joint+committee&as_of=2012";
    let budget = |state: &str, answer: &str| {
        format!("part=budget&party=state:{state}&answer={answer}&line=Line+7&{source}")
    };
    let cases = format!(
        "part=cases&from-day=1&from-month=1&from-year=2011&to-day=31&to-month=12&to-year=2011\
         &opened=17&closed=12&{source}"
    );
    let meeting = format!("part=activity&date=2011-06&kind=meeting&what=Third+meeting&{source}");
    let (first, second) = (budget("BEN", "yes"), budget("TGO", "yes"));
    let third = budget("GAB", "no");
    for form in [held, to_come, &first, &second, &third, &cases, &meeting] {
        let answer = region.post(path, Some(&cookie), form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{form}: {}", answer.text);
    }
    let page = region.get("/en/agreements/ben-tgo-gab", None).await;
    has(&page, &["Last review", "5 March 2012", "Procedures are to be translated"]);
    has(&page, &["Next review", "1 March 2031", "In national budgets", "Line 7"]);
    has(&page, &["17 opened, 12 closed", "Third meeting"]);
    let of = |page: &Answer| {
        let row = page.text.split("In national budgets").nth(1).unwrap();
        row.split("<dd").nth(1).unwrap().split("</dd").next().unwrap().to_owned()
    };
    assert!(of(&page).contains("partly"), "one party has none: {}", of(&page));
    let answer = region.post(path, Some(&cookie), &budget("GAB", "yes")).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    let page = region.get("/en/agreements/ben-tgo-gab", None).await;
    assert!(of(&page).contains("yes"), "every party has one: {}", of(&page));
}

#[tokio::test]
async fn req_235_every_page_of_the_demonstration_says_so_and_so_does_every_file() {
    let region = Region::new().await;
    let said = |id: &str| region.app.catalogue.text(Language::En, id);
    let (banner, watermark) = (said("demo-banner"), said("demo-watermark"));
    let mut files = 0;
    for email in [SECRETARIAT, "nadia@harbourhouse.example", "petra@secretariat.meridian.example"] {
        let cookie = region.step_in(email).await;
        for route in palermo_web::routes().finish().1 {
            let page = route.method == Method::GET && !route.path.contains(['{', '.']);
            if !page || route.path == "/leave" || route.path.starts_with("/api/") {
                continue;
            }
            let answer = region.get(&format!("/en{}", route.path), Some(&cookie)).await;
            let kind = answer.headers.get(header::CONTENT_TYPE).map(|kind| kind.as_bytes());
            if answer.status != StatusCode::OK
                || kind.is_none_or(|kind| !kind.starts_with(b"text/html"))
            {
                continue;
            }
            assert!(answer.text.contains(&banner), "no banner at {}", route.path);
            if answer.text.contains("format=csv") {
                let path = format!("/en{}?format=csv", route.path);
                let file = region.get(&path, Some(&cookie)).await;
                assert!(file.text.contains(&watermark), "no mark in the file of {}", route.path);
                files += 1;
            }
        }
    }
    assert!(files > 20, "only {files} lists were taken away");
}
