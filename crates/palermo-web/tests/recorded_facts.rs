//! What editors and programs record beside shipped content, and the acts of the
//! registers as programs do them; entries in a sheet; acts taken back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::http::{StatusCode, header};
use palermo_app::sheets::{How, Importer, SheetReport, import_laws, import_obstacles};
use serde_json::{Value, json};
use support::{
    Answer, Region,
    program::{Call, Told as _},
};

const SECRETARIAT: &str = "ines@secretariat.meridian.example";
const DONOR: &str = "signe@northway.example";
const FOCAL_POINT: &str = "tesfa@coordination.dorvane.example";

fn has(answer: &Answer, words: &[&str]) {
    let text = answer.text.replace(['\u{2068}', '\u{2069}'], "");
    for word in words {
        assert!(text.contains(word), "`{word}` is missing in {text}");
    }
}

fn lacks(answer: &Answer, words: &[&str]) {
    let text = answer.text.replace(['\u{2068}', '\u{2069}'], "");
    for word in words {
        assert!(!text.contains(word), "`{word}` is there");
    }
}

/// Sends a form that has to be taken.
async fn kept(region: &Region, path: &str, cookie: &str, form: &str) {
    let answer = region.post(path, Some(cookie), form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path} {form}: {}", answer.text);
}

fn first_link(answer: &Answer, start: &str) -> String {
    let at = answer.text.find(start).unwrap_or_else(|| panic!("no {start} in {}", answer.text));
    answer.text[at..].split('"').next().unwrap().replace("&amp;", "&")
}

const NEW: &str = "/en/registers/facts/new";

#[tokio::test]
async fn req_002_a_state_that_left_is_told_so_on_pages_and_to_programs_with_its_source() {
    let region = Region::new().await;
    let cookie = region.step_in(SECRETARIAT).await;
    let donor = region.step_in(DONOR).await;
    let path = format!("{NEW}?kind=membership&about=MERIDIAN");
    assert_eq!(region.get(&path, Some(&cookie)).await.status, StatusCode::OK);
    assert_eq!(region.get(&path, Some(&donor)).await.status, StatusCode::NOT_FOUND);
    let wrong = "kind=membership&about=MERIDIAN&state=XBB&status=member&from=2014-05&to=2010\
                 &preferred=yes&source=gazette+7&as_of=2999";
    let refused = region.post(NEW, Some(&cookie), wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
    has(&refused, &["before it begins", "lies in the future", "value=\"2014-05\""]);

    let form = "kind=membership&about=MERIDIAN&state=XBB&status=member&from=2014-05\
                &to=2025-01-29&preferred=yes&source=gazette+7&as_of=2025-02";
    kept(&region, NEW, &cookie, form).await;
    let twice = region.post(NEW, Some(&cookie), form).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY, "the same is not recorded twice");
    let page = region.get("/en/mechanisms/MERIDIAN?on=2025-06-01", None).await;
    has(&page, &["Recorded by editors", "gazette 7", "29 January 2025", "preferred"]);
    let members = async |on: &str| -> Vec<String> {
        let path = format!("/api/v1/mechanisms/MERIDIAN/members?on={on}");
        let told = Call::get(&path).to(&region).await.json();
        let all = told["members"].as_array().unwrap().iter();
        all.map(|one| one["state"].as_str().unwrap().to_owned()).collect()
    };
    assert!(members("2025-01-28").await.contains(&"XBB".to_owned()));
    assert!(!members("2025-01-29").await.contains(&"XBB".to_owned()));
    let state = region.get("/en/states/XBB?on=2025-06-01", None).await;
    has(&state, &["Recorded by editors", "gazette 7"]);
    let matrix = "/en/matrix?mechanism=MERIDIAN&on=2025-06-01&format=csv";
    let rows = region.get(matrix, None).await;
    assert!(!rows.text.lines().any(|line| line.starts_with("XBB,")), "{}", rows.text);

    let list = region.get("/en/registers/facts", Some(&cookie)).await;
    let fact = first_link(&list, "/en/registers/facts/");
    assert_eq!(region.get(&fact, Some(&cookie)).await.status, StatusCode::OK);
    let back = format!("{fact}/withdraw");
    let no_reason = region.post(&back, Some(&cookie), "revision=1").await;
    assert_eq!(no_reason.status, StatusCode::UNPROCESSABLE_ENTITY);
    kept(&region, &back, &cookie, "revision=1&why=the+gazette+was+corrected").await;
    assert!(members("2025-01-29").await.contains(&"XBB".to_owned()));
    lacks(&region.get("/en/mechanisms/MERIDIAN", None).await, &["gazette 7"]);
    let list = region.get("/en/registers/facts", Some(&cookie)).await;
    has(&list, &["taken back: the gazette was corrected", "gazette 7"]);
}

#[tokio::test]
async fn req_004_008_and_009_activities_relations_and_scope_are_recorded_beside_what_ships() {
    let region = Region::new().await;
    let cookie = region.step_in(SECRETARIAT).await;
    let source = "source=minutes+12&as_of=2025";
    let odd = format!("kind=activity&about=MERIDIAN&title=Joint+hotline&states=Qqqq&{source}");
    let refused = region.post(NEW, Some(&cookie), &odd).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    has(&refused, &["Qqqq", "Joint hotline"]);
    let activity = format!(
        "kind=activity&about=MERIDIAN&title=Joint+hotline&states=XEE%0AXAA&from=2025&{source}"
    );
    kept(&region, NEW, &cookie, &activity).await;
    has(&region.get("/en/states/XEE?on=2025-06-01", None).await, &["Joint hotline", "minutes 12"]);
    lacks(&region.get("/en/states/XEE?on=2024-06-01", None).await, &["Joint hotline"]);

    let about = "about=saarc-convention-2002";
    let relation = format!("kind=relation&{about}&relation=draws_on&to=crc&{source}");
    kept(&region, NEW, &cookie, &relation).await;
    for page in ["saarc-convention-2002", "crc"] {
        let page = region.get(&format!("/en/instruments/{page}"), None).await;
        has(&page, &["Relations to other instruments", "minutes 12"]);
    }
    let scope = |preferred: &str| {
        format!(
            "kind=scope&{about}&item=men&answer=yes&why=protocol+of+2025&preferred={preferred}\
             &{source}"
        )
    };
    kept(&region, NEW, &cookie, &scope("no")).await;
    let page = region.get("/en/instruments/saarc-convention-2002", None).await;
    has(&page, &["protocol of 2025", "minutes 12"]);
    let without = "/en/instruments?without=men&format=csv";
    has(&region.get(without, None).await, &["SAARC Convention"]);
    let again = scope("yes").replace("minutes+12", "minutes+13");
    kept(&region, NEW, &cookie, &again).await;
    lacks(&region.get(without, None).await, &["SAARC Convention"]);
}

#[tokio::test]
async fn a_program_records_and_takes_back_by_the_rights_of_the_page() {
    let region = Region::new().await;
    let ours = region.step_in(SECRETARIAT).await;
    let path = "/api/v1/recorded-facts";
    let fact = |mechanism: &str, source: &str| {
        json!({
            "fact": {"kind": "membership", "mechanism": mechanism, "state": "XGG",
                "status": "observer", "from": "2025", "to": null},
            "source": source, "as_of": "2025", "note": null
        })
    };
    let send = async |key: &str, body: &Value, cookie: &str| {
        Call::post(path, body).once(key).session(cookie).to(&region).await
    };
    let donor = region.step_in(DONOR).await;
    send("recorded-fact-number-1", &fact("MERIDIAN", "gazette 9"), &donor).await.problem(404);
    let wrong = send("recorded-fact-number-2", &fact("NOWHERE", "?"), &ours).await.problem(422);
    let fields: Vec<&str> =
        wrong["errors"].as_array().unwrap().iter().map(|e| e["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["mechanism", "source"]);
    let union = send("recorded-fact-number-3", &fact("ECOWAS-ECCAS", "gazette 9"), &ours).await;
    union.problem(422);
    let made = send("recorded-fact-number-4", &fact("MERIDIAN", "gazette 9"), &ours).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let id = made.json()["id"].as_str().unwrap().to_owned();
    let listed = Call::get("/api/v1/recorded-facts?about=MERIDIAN").to(&region).await.json();
    assert_eq!(listed["items"][0]["id"], id.as_str());
    let of = Call::get("/api/v1/states/XGG/mechanisms?on=2025-06-01").to(&region).await.json();
    assert!(of["items"].as_array().unwrap().iter().any(|one| one["id"] == "MERIDIAN"), "{of}");

    let back = format!("{path}/{id}/withdraw");
    let why = json!({"why": "the gazette was corrected"});
    Call::post(&back, &why)
        .once("withdraw-number-one")
        .session(&ours)
        .to(&region)
        .await
        .problem(428);
    let gone = Call::post(&back, &why).once("withdraw-number-two").session(&ours);
    gone.with("if-match", "\"1\"").to(&region).await.json();
    let own = Call::get("/api/v1/recorded-facts/own").session(&ours).to(&region).await.json();
    assert_eq!(own["items"][0]["withdrawn"], "the gazette was corrected");
    let listed = Call::get("/api/v1/recorded-facts").to(&region).await.json();
    assert_eq!(listed["total"], 0);
}

#[tokio::test]
async fn req_014_a_program_enters_corrects_and_takes_back_a_law_of_its_own_state_alone() {
    let region = Region::new().await;
    let focal = region.step_in(FOCAL_POINT).await;
    let law = |state: &str, article: Option<&str>| {
        json!({
            "state": state, "topic": "non_punishment", "provided": "yes", "law": "Act 9",
            "article": article, "words": null, "days": null, "source": "gazette 4",
            "as_of": "2024", "note": null
        })
    };
    let post = async |key: &str, path: &str, body: &Value| {
        Call::post(path, body).once(key).session(&focal).to(&region).await
    };
    let (path, article) = ("/api/v1/laws", Some("s. 2"));
    post("law-of-another-state", path, &law("XEE", article)).await.problem(404);
    let refused = post("law-without-an-article", path, &law("XDD", None)).await.problem(422);
    assert_eq!(refused["errors"][0]["field"], "article");
    let made = post("law-that-is-entered", path, &law("XDD", article)).await.json();
    let own = format!("{path}/{}", made["id"].as_str().unwrap());
    let put = async |key: &str, revision: &str| {
        let call = Call::put(&own, &law("XDD", Some("s. 3"))).once(key).session(&focal);
        call.with("if-match", revision).to(&region).await
    };
    let changed = put("law-that-is-corrected", "\"1\"").await;
    assert_eq!(changed.json()["entry"]["article"], "s. 3");
    assert_eq!(changed.headers[header::ETAG], "\"2\"");
    put("law-corrected-too-late", "\"1\"").await.problem(412);
    has(&region.get("/en/laws?state=XDD", None).await, &["Act 9, s. 3"]);
    let back = format!("{own}/take-back");
    let call = Call::post(&back, &json!({"why": "never in force"})).once("law-taken-back-again");
    call.session(&focal).with("if-match", "\"2\"").to(&region).await.json();
    lacks(&region.get("/en/laws?state=XDD", None).await, &["Act 9"]);

    let obstacle = json!({
        "state": "XDD", "instrument": "ilo-p29", "stage": "consultation",
        "obstacles": ["means"], "words": null, "help_wanted": null, "source": "task force"
    });
    post("obstacle-that-is-filed", "/api/v1/obstacles", &obstacle).await.json();
    let all = Call::get("/api/v1/obstacles").to(&region).await.json();
    assert!(all["items"].as_array().unwrap().iter().any(|one| one["source"] == "task force"));
}

#[tokio::test]
async fn req_010_a_program_keeps_an_agreement_with_what_is_followed_under_it() {
    let region = Region::new().await;
    let ours = region.step_in(SECRETARIAT).await;
    let shipped = Call::get("/api/v1/agreements/ben-tgo-gab").to(&region).await;
    assert!(!shipped.headers.contains_key(header::ETAG), "a shipped one is not changed");
    let mut agreement = shipped.json();
    agreement["key"] = json!("xaa-xbb");
    agreement["parties"] = json!(["state:XAA", "state:XBB"]);
    let post = Call::post("/api/v1/agreements", &json!({"agreement": agreement}));
    let made = post.once("agreement-that-is-made").session(&ours).to(&region).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let path = "/api/v1/agreements/xaa-xbb";
    let read = Call::get(path).to(&region).await;
    let tag = read.headers[header::ETAG].to_str().unwrap().to_owned();
    let mut agreement = read.json();
    agreement["reviews"] = json!([{"due": "2031-03-01", "held": null, "outcome": null}]);
    let put = Call::put(path, &json!({"agreement": agreement})).once("agreement-that-changes");
    let put = put.session(&ours).with("if-match", tag.as_str()).to(&region).await;
    assert_ne!(put.headers[header::ETAG], tag.as_str(), "{}", put.text);
    has(&region.get("/en/agreements/xaa-xbb", None).await, &["1 March 2031"]);
}

#[tokio::test]
async fn req_005_an_act_typed_by_hand_has_its_own_source_and_is_taken_back_with_the_reason() {
    let region = Region::new().await;
    let cookie = region.step_in(SECRETARIAT).await;
    let path = "/en/instruments/tip-protocol/adherence";
    let act = "party=XGG&act=accession&date-day=5&date-month=6&date-year=2015\
               &source=depositary+notice+12&as_of=2015-06";
    kept(&region, path, &cookie, act).await;
    let corrected = act.replace("date-day=5", "date-day=6").replace("notice+12", "notice+13");
    kept(&region, path, &cookie, &corrected).await;
    let early = act.replace("date-year=2015", "date-year=1990");
    let refused = region.post(path, Some(&cookie), &early).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    has(&refused, &["before the instrument was adopted"]);
    let list = region.get("/en/instruments/tip-protocol/acts?q=notice", Some(&cookie)).await;
    has(&list, &["depositary notice 13", "depositary notice 12", "corrected"]);
    let back = first_link(&list, "/en/instruments/tip-protocol/acts/take-back?");
    assert_eq!(region.get(&back, Some(&cookie)).await.status, StatusCode::OK);
    let form = "party=XGG&act=accession&on=2015-06-06&detail=";
    let to = "/en/instruments/tip-protocol/acts/take-back";
    let no_reason = region.post(to, Some(&cookie), form).await;
    assert_eq!(no_reason.status, StatusCode::UNPROCESSABLE_ENTITY);
    kept(&region, to, &cookie, &format!("{form}&why=of+another+State")).await;
    let list = region.get("/en/instruments/tip-protocol/acts", Some(&cookie)).await;
    has(&list, &["taken back: of another State"]);
    let found = Call::get("/api/v1/instruments/tip-protocol/acts?size=200").to(&region).await;
    lacks(&found, &["depositary notice"]);
}

#[tokio::test]
async fn whoever_does_not_answer_for_the_registers_writes_no_adherence_by_page_program_or_file() {
    let region = Region::new().await;
    let (ours, theirs) = (region.step_in(SECRETARIAT).await, region.step_in(FOCAL_POINT).await);
    for path in ["adherence", "acts", "import"] {
        let path = format!("/en/instruments/tip-protocol/{path}");
        assert_eq!(region.get(&path, Some(&ours)).await.status, StatusCode::OK, "{path}");
        assert_eq!(region.get(&path, Some(&theirs)).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let act = json!({
        "party": "XGG", "act": "accession", "date": "2015-06-05", "until": null,
        "detail": null, "source": "depositary notice 12", "as_of": "2015-06"
    });
    let path = "/api/v1/instruments/tip-protocol/acts";
    let call = Call::post(path, &act).once("act-of-someone-else").session(&theirs);
    call.to(&region).await.problem(404);
    Call::post(path, &act).once("act-of-the-house-itself").session(&ours).to(&region).await.json();
    let back = json!({
        "party": "XGG", "act": "accession", "date": "2015-06-05", "detail": null, "why": "a slip"
    });
    let path = "/api/v1/instruments/tip-protocol/acts/take-back";
    let call = Call::post(path, &back).once("act-taken-back-by-house").session(&ours);
    call.to(&region).await.json();
}

const LAWS: &str = "state,topic,provided,law,article,source,as_of\n\
                    XDD,non_punishment,yes,Act 9,s. 2,gazette 4,2024\n\
                    XEE,compensation,no,,,gazette 5,2024\n";

async fn laws(region: &Region, text: &str, apply: bool, skip_rejected: bool) -> SheetReport {
    let how = How { apply, skip_rejected };
    let operator = Importer::Operator("clerk");
    import_laws(&region.app, text.as_bytes(), how, operator).await.unwrap()
}

#[tokio::test]
async fn req_014_a_sheet_of_laws_is_previewed_stored_and_then_unchanged() {
    let region = Region::new().await;
    let silent = format!("{LAWS}XEE,non_punishment,unknown,,,,\n");
    let first = laws(&region, &silent, false, false).await;
    assert_eq!((first.rejected.len(), first.silent), (0, 1), "{:?}", first.rejected);
    assert_eq!((first.new.len(), first.applied), (2, false));
    assert!(laws(&region, LAWS, true, false).await.applied);
    let again = laws(&region, LAWS, true, false).await;
    assert_eq!((again.unchanged, again.new.len(), again.changed.len()), (2, 0, 0));
    has(&region.get("/en/laws?state=XDD", None).await, &["Act 9, s. 2"]);

    let corrected = LAWS.replace("s. 2", "s. 3").replace("compensation,no", "compensation,yes");
    let held = laws(&region, &corrected, true, false).await;
    assert!(!held.applied);
    let bad: Vec<(u64, &str)> = held.rejected.iter().map(|b| (b.row, b.field.as_str())).collect();
    assert!(
        bad.len() == 2 && bad.contains(&(3, "law")) && bad.contains(&(3, "article")),
        "{bad:?}"
    );
    let stored = laws(&region, &corrected, true, true).await;
    assert_eq!((stored.changed.len(), stored.skipped.as_slice()), (1, &[3][..]));
    assert_eq!(stored.changed[0].fields, ["article"]);
    has(&region.get("/en/laws?state=XDD", None).await, &["Act 9, s. 3"]);
}

#[tokio::test]
async fn req_007_a_sheet_of_obstacles_brings_those_of_ones_own_state_alone() {
    let region = Region::new().await;
    let text = "state,instrument,reported,source,stage,obstacles\n\
                XDD,ilo-p29,2024-05-01,task force,consultation,\"means, translation\"\n\
                XEE,ilo-p29,2024-05-01,task force,consultation,means\n\
                XDD,ilo-p29,2024-05-02,task force,dreaming,means\n";
    let cookie = region.step_in(FOCAL_POINT).await;
    let signed = palermo_app::session::resume(&region.app, cookie.split_once('=').unwrap().1)
        .await
        .unwrap()
        .unwrap();
    let acting = signed.acting(&region.app, palermo_app::locale::Language::En);
    let member = || Importer::Member(&acting);
    let how = How { apply: true, skip_rejected: true };
    let bytes = text.as_bytes();
    let report = import_obstacles(&region.app, bytes, how, member()).await.unwrap();
    let bad: Vec<(u64, &str)> = report.rejected.iter().map(|b| (b.row, b.field.as_str())).collect();
    assert_eq!(bad, [(3, "state"), (4, "stage")]);
    assert_eq!((report.new.len(), report.applied), (1, true));
    let again = import_obstacles(&region.app, bytes, how, member()).await.unwrap();
    assert_eq!((again.unchanged, again.new.len()), (1, 0));
    has(&region.get("/en/instruments/ilo-p29", None).await, &["task force"]);
    let own = region.get("/en/obstacles/sheet.csv", Some(&cookie)).await;
    has(&own, &["XDD,ilo-p29,2024-05-01,task force"]);
    // What was reported stays so when the list later shows that the State had joined.
    let ours = region.step_in(SECRETARIAT).await;
    let act = "party=XDD&act=ratification&date-day=1&date-month=2&date-year=2024\
               &source=depositary+notice+14&as_of=2024-06";
    kept(&region, "/en/instruments/ilo-p29/adherence", &ours, act).await;
    let again = import_obstacles(&region.app, bytes, how, member()).await.unwrap();
    assert_eq!((again.unchanged, again.new.len()), (1, 0));
    for path in ["/en/laws/sheet", "/en/obstacles/sheet"] {
        assert_eq!(region.get(path, Some(&cookie)).await.status, StatusCode::OK, "{path}");
    }
}
