//! What editors entered in the registers: of their own State, corrected, taken
//! back; what of it the registers then answer with. And what is left in the log
//! by whoever is turned away at a route.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::http::StatusCode;
use palermo_app::domain::{actor::Actor, id::TenantId};
use palermo_store::{
    ActContext, Begun, Outcome, Paging,
    audit::query,
    outbox::{self, Delivery},
};
use std::time::Duration;
use support::{Answer, Region};

const SECRETARIAT: &str = "ines@secretariat.meridian.example";
const ADMINISTRATOR: &str = "omar@secretariat.meridian.example";
const DONOR: &str = "signe@northway.example";
const FOCAL_POINT: &str = "tesfa@coordination.dorvane.example";

fn plain(answer: &Answer) -> String {
    answer.text.replace(['\u{2068}', '\u{2069}'], "")
}

fn has(answer: &Answer, words: &[&str]) {
    let text = plain(answer);
    for word in words {
        assert!(text.contains(word), "`{word}` is missing in {text}");
    }
}

fn lacks(answer: &Answer, words: &[&str]) {
    let text = plain(answer);
    for word in words {
        assert!(!text.contains(word), "`{word}` is there");
    }
}

async fn tenant_of(region: &Region, cookie: &str) -> TenantId {
    let text = cookie.split_once('=').unwrap().1;
    palermo_app::session::resume(&region.app, text).await.unwrap().unwrap().tenant.id
}

/// Sends a form that has to be taken.
async fn kept(region: &Region, path: &str, cookie: &str, form: &str) {
    let answer = region.post(path, Some(cookie), form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path} {form}: {}", answer.text);
}

fn agreement(key: &str, other: &str, more: &str) -> String {
    format!(
        "key={key}&title=Agreement+of+two&form=mou&status=signed&parties={other}&signed=2024-03\
         &monitoring=yes&source=official+gazette&as_of=2024{more}"
    )
}

#[tokio::test]
async fn req_010_a_focal_point_keeps_agreements_of_its_own_state_and_no_others() {
    let region = Region::new().await;
    let cookie = region.step_in(FOCAL_POINT).await;
    let new = "/en/agreements/new";
    assert_eq!(region.get(new, Some(&cookie)).await.status, StatusCode::OK);
    has(&region.get("/en/agreements", Some(&cookie)).await, &["/en/agreements/new"]);
    let foreign = agreement("aa-bb", "state:XAA%0Astate:XBB", "");
    let refused = region.post(new, Some(&cookie), &foreign).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
    has(&refused, &["Your own State has to be among the parties"]);

    let terms = "&in_force=2024-06&ends=2029-06&facilitated_by=MERIDIAN\
                 &sops=Referral+across+the+border&bodies=Ministry+of+Justice%0ATask+force";
    let own = agreement("dd-ee", "state:XDD%0Astate:XEE", terms);
    kept(&region, new, &cookie, &own).await;
    let page = region.get("/en/agreements/dd-ee", Some(&cookie)).await;
    has(&page, &["/en/agreements/dd-ee/edit", "Referral across the border", "Task force"]);
    has(&page, &["June 2024", "June 2029", "/en/mechanisms/MERIDIAN"]);
    let edit = region.get("/en/agreements/dd-ee/edit", Some(&cookie)).await;
    has(&edit, &["Ministry of Justice", "value=\"2024-06\""]);
    let changed = format!("{}&revision=1", own.replace("Task+force", "Border+police"));
    kept(&region, "/en/agreements/dd-ee/edit", &cookie, &changed).await;
    let follow = "part=review&due-day=1&due-month=3&due-year=2031";
    kept(&region, "/en/agreements/dd-ee/follow", &cookie, follow).await;
    has(&region.get("/en/agreements/dd-ee", None).await, &["Border police", "1 March 2031"]);

    // One of other States is not there to be changed, nor is the entry of another organisation.
    for path in ["/en/agreements/ben-tgo-gab/edit", "/en/agreements/ben-tgo-gab/follow"] {
        assert_eq!(region.get(path, Some(&cookie)).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let shown = region.get("/en/agreements/ben-tgo-gab", Some(&cookie)).await;
    lacks(&shown, &["/en/agreements/ben-tgo-gab/edit"]);
    let secretariat = region.step_in(SECRETARIAT).await;
    let theirs = region.get("/en/agreements/dd-ee", Some(&secretariat)).await;
    lacks(&theirs, &["/en/agreements/dd-ee/edit"]);
    let refused = region.post("/en/agreements/dd-ee/edit", Some(&secretariat), &own).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn req_010_who_is_slower_with_an_agreement_is_told_and_what_it_said_before_stays() {
    let region = Region::new().await;
    let cookie = region.step_in(FOCAL_POINT).await;
    let own = agreement("dd-ff", "state:XDD%0Astate:XEE", "");
    kept(&region, "/en/agreements/new", &cookie, &own).await;
    let path = "/en/agreements/dd-ff/edit";
    has(&region.get(path, Some(&cookie)).await, &["name=\"revision\" value=\"1\""]);
    let typed = |note: &str, seen: u8| format!("{own}&note={note}&revision={seen}");
    kept(&region, path, &cookie, &typed("FIRST", 1)).await;
    let late = region.post(path, Some(&cookie), &typed("SECOND", 1)).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.text);
    has(&late, &["Someone was faster", "FIRST", "SECOND"]);
    kept(&region, path, &cookie, &typed("SECOND", 2)).await;
    has(&region.get(path, Some(&cookie)).await, &["FIRST", "SECOND"]);

    // Two who both saw the shipped one.
    let secretariat = region.step_in(SECRETARIAT).await;
    let shipped = agreement("ben-tgo-gab", "state:BEN%0Astate:TGO%0Astate:GAB", "&revision=0");
    let path = "/en/agreements/ben-tgo-gab/edit";
    kept(&region, path, &secretariat, &shipped).await;
    let late = region.post(path, Some(&secretariat), &shipped).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.text);
}

#[tokio::test]
async fn who_is_slower_with_an_act_by_hand_is_told() {
    let region = Region::new().await;
    let cookie = region.step_in(SECRETARIAT).await;
    let path = "/en/instruments/tip-protocol/adherence";
    let page = region.get(path, Some(&cookie)).await;
    let seen = page.text.split("name=\"seen\" value=\"").nth(1).unwrap();
    let seen = seen.split('"').next().unwrap().replace(' ', "+");
    let act = |day: u8| {
        format!(
            "seen={seen}&party=XBB&act=ratification&date-day={day}&date-month=6&date-year=2015\
             &source=depositary+notice+12&as_of=2015-06"
        )
    };
    kept(&region, path, &cookie, &act(5)).await;
    let late = region.post(path, Some(&cookie), &act(6)).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.text);
    let early = act(5).replace("2015", "1999");
    let early = region.post(&path.replace("/en/", "/ar/"), Some(&cookie), &early).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", early.text);
    lacks(&early, &["is before the instrument"]);
}

#[tokio::test]
async fn req_010_all_that_is_wrong_with_an_agreement_is_told_at_once_beside_its_field() {
    let region = Region::new().await;
    let cookie = region.step_in(FOCAL_POINT).await;
    let more = "&in_force=2023&ends=2022";
    let wrong = agreement("Bad+Name", "state:XDD%0Astate:XDD", more).replace("form=mou", "form=");
    let refused = region.post("/en/agreements/new", Some(&cookie), &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
    has(&refused, &["`Bad Name` is not a short name", "Dorvane is named twice", "Choose one of"]);
    has(&refused, &["before it was signed on `2024-03`", "It cannot end before it was signed"]);
    has(&refused, &["id=\"key-error\"", "id=\"parties-error\"", "id=\"ends-error\""]);
    lacks(&refused, &["id=\"status-error\""]);
    let arabic = region.post("/ar/agreements/new", Some(&cookie), &wrong).await;
    assert_eq!(arabic.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", arabic.text);
    lacks(&arabic, &["named twice", "before it was signed", "is not a short name"]);
    let alone = agreement("dd-alone", "state:XDD", "&ends=2023-12");
    let refused = region.post("/en/agreements/new", Some(&cookie), &alone).await;
    has(&refused, &["at least two parties", "It cannot end before it was signed"]);
}

#[tokio::test]
async fn parties_are_written_by_name_or_code_and_a_day_must_be_of_the_calendar() {
    let region = Region::new().await;
    let cookie = region.step_in(FOCAL_POINT).await;
    let new = "/en/agreements/new";
    let wrong = agreement("by-name", "Atlantis+of+Nowhere%0AQqqq", "")
        .replace("as_of=2024", "as_of=2026-02-30");
    let refused = region.post(new, Some(&cookie), &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
    has(&refused, &["Atlantis of Nowhere", "Qqqq", "The date `2026-02-30` does not exist"]);
    // The title of the window tells of the refusal, the heading does not.
    has(&refused, &["<title>Error: ", "<br>Nobody is known as `Qqqq`"]);
    lacks(&refused, &["<h1 class=\"govuk-heading-xl\">Error"]);
    kept(&region, new, &cookie, &agreement("by-name", "XDD%0Ameridian%0AAvelmar", "")).await;
    let edit = region.get("/en/agreements/by-name/edit", Some(&cookie)).await;
    has(&edit, &["state:XDD\nmechanism:MERIDIAN\nstate:XAA"]);
}

#[tokio::test]
async fn req_011_an_assessment_that_is_not_finished_yet_is_refused_at_its_field() {
    let region = Region::new().await;
    let cookie = region.step_in(SECRETARIAT).await;
    let with = "&needs=Assessment&needs_finished=2999";
    let form = agreement("mech-bb", "mechanism:MERIDIAN%0Astate:XBB", with);
    let refused = region.post("/en/agreements/new", Some(&cookie), &form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
    has(&refused, &["lies in the future"]);
    let active = agreement("mech-bb", "mechanism:MERIDIAN%0Astate:XBB", "");
    let active = active.replace("status=signed", "status=active");
    let refused = region.post("/en/agreements/new", Some(&cookie), &active).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
    has(&refused, &["only with an assessment of needs"]);
}

fn first_link(answer: &Answer, start: &str) -> String {
    let at = answer.text.find(start).unwrap_or_else(|| panic!("no {start} in {}", answer.text));
    answer.text[at..].split(['"', '?']).next().unwrap().to_owned()
}

#[tokio::test]
async fn req_014_a_law_is_corrected_and_taken_back_and_what_it_said_stays() {
    let region = Region::new().await;
    let cookie = region.step_in(FOCAL_POINT).await;
    let law = |provided: &str, article: &str, revision: &str| {
        format!(
            "state=XDD&topic=non_punishment&provided={provided}&law=Act+9&article={article}\
             &source=gazette+4&as_of=2024&revision={revision}"
        )
    };
    kept(&region, "/en/laws/new", &cookie, &law("no", "s.+2", "")).await;
    let list = region.get("/en/registers/laws", Some(&cookie)).await;
    has(&list, &["Act 9, s. 2"]);
    let path = first_link(&list, "/en/registers/laws/");
    assert_eq!(region.get(&path, Some(&cookie)).await.status, StatusCode::OK);
    // Another organisation's entry is not there, and one's State stays one's own.
    let other = region.step_in(SECRETARIAT).await;
    assert_eq!(region.get(&path, Some(&other)).await.status, StatusCode::NOT_FOUND);
    let moved = law("yes", "s.+3", "1").replace("XDD", "XEE");
    assert_eq!(region.post(&path, Some(&cookie), &moved).await.status, StatusCode::NOT_FOUND);
    let empty = region.post(&path, Some(&cookie), &law("yes", "", "1")).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", empty.text);
    has(&empty, &["name the article or section"]);
    lacks(&empty, &["non_punishment`"]);

    kept(&region, &path, &cookie, &law("yes", "s.+3", "1")).await;
    let state = region.get("/en/laws?state=XDD", None).await;
    has(&state, &["Act 9, s. 3"]);
    lacks(&state, &["Act 9, s. 2", "The sources contradict one another"]);
    let late = region.post(&path, Some(&cookie), &law("yes", "s.+4", "1")).await;
    assert_ne!(late.status, StatusCode::SEE_OTHER, "somebody else was faster");

    let back = format!("{path}/take-back");
    let no_reason = region.post(&back, Some(&cookie), "revision=2").await;
    assert_eq!(no_reason.status, StatusCode::UNPROCESSABLE_ENTITY);
    kept(&region, &back, &cookie, "revision=2&why=the+act+was+never+in+force").await;
    lacks(&region.get("/en/laws?state=XDD", None).await, &["Act 9"]);
    let list = region.get("/en/registers/laws", Some(&cookie)).await;
    has(&list, &["taken back: the act was never in force", "corrected", "Act 9, s. 2"]);
}

#[tokio::test]
async fn req_015_statements_stand_on_pages_of_every_kind_and_can_be_taken_back() {
    let region = Region::new().await;
    let cookie = region.step_in(SECRETARIAT).await;
    let pages = [
        ("agreement", "ben-tgo-gab", "signed", "/en/agreements/ben-tgo-gab"),
        ("model_text", "bali-model-law", "authors", "/en/models/bali-model-law"),
        ("state", "XAA", "contact", "/en/states/XAA"),
    ];
    for (about, id, field, page) in pages {
        let form = format!(
            "about={about}&id={id}&field={field}&value=said+of+{about}&preferred=no\
             &source=second+list&as_of=2020"
        );
        kept(&region, "/en/statements/new", &cookie, &form).await;
        has(&region.get(page, None).await, &[&format!("said of {about}"), "second list"]);
        let odd = form.replace(&format!("field={field}"), "field=colour");
        let refused = region.post("/en/statements/new", Some(&cookie), &odd).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    // What the profile says stands beside what was added, and its line leads there.
    let founded = "about=mechanism&id=ECOWAS&field=founded&value=1974&preferred=yes\
                   &source=second+list&as_of=2020";
    kept(&region, "/en/statements/new", &cookie, founded).await;
    let page = region.get("/en/mechanisms/ECOWAS", None).await;
    has(&page, &["second list"]);
    assert!(page.text.contains("href=\"#s-founded\""), "{}", page.text);
    let beside = page.text.split("id=\"s-founded\"").nth(1).unwrap();
    assert!(beside.split("</ul>").next().unwrap().contains("Treaty of Lagos"), "{beside}");
    let list = region.get("/en/registers/statements?q=ben-tgo-gab", Some(&cookie)).await;
    let path = first_link(&list, "/en/registers/statements/");
    kept(&region, &format!("{path}/take-back"), &cookie, "revision=1&why=a+slip").await;
    lacks(&region.get("/en/agreements/ben-tgo-gab", None).await, &["said of agreement"]);
}

#[tokio::test]
async fn req_015_what_a_record_says_of_any_of_its_facts_stands_beside_what_editors_added() {
    let region = Region::new().await;
    let cookie = region.step_in(SECRETARIAT).await;
    let of_mechanism =
        ["kind", "members", "languages", "persons", "forms", "bodies", "cadence", "plan", "duties"];
    let of_agreement = ["title", "parties", "status", "monitoring"];
    let all = of_mechanism.map(|field| ("mechanism", "ECOWAS", field, "/en/mechanisms/ECOWAS"));
    let agreed =
        of_agreement.map(|field| ("agreement", "ben-tgo-gab", field, "/en/agreements/ben-tgo-gab"));
    for (about, id, field, page) in all.into_iter().chain(agreed) {
        let form = format!(
            "about={about}&id={id}&field={field}&value=said+of+{field}&preferred=no\
             &source=second+list&as_of=2020"
        );
        kept(&region, "/en/statements/new", &cookie, &form).await;
        let page = region.get(page, None).await.text;
        let beside = page.split(&format!("id=\"s-{field}\"")).nth(1).expect(field);
        let beside = beside.split("</ul>").next().unwrap();
        assert!(beside.contains(&format!("said of {field}")), "{beside}");
        assert_eq!(beside.matches("<li>").count(), 2, "{field} stands alone: {beside}");
        if about == "mechanism" {
            let form =
                region.get("/en/statements/new?about=mechanism&id=ECOWAS", Some(&cookie)).await;
            assert!(form.text.contains(&format!("value=\"{field}\"")), "{field} can be chosen");
            assert!(page.contains(&format!("href=\"#s-{field}\"")), "{field} leads there");
        }
    }
}

#[tokio::test]
async fn req_013_eighteen_states_from_entered_uses_one_year_after_the_entered_introduction() {
    let region = Region::new().await;
    let cookie = region.step_in(SECRETARIAT).await;
    let form = "about=model_text&id=bali-model-law&field=introduced&value=2009-04-30\
                &preferred=yes&source=the+process&as_of=2010";
    kept(&region, "/en/statements/new", &cookie, form).await;
    let states = [
        "AUS", "IDN", "THA", "PHL", "MYS", "VNM", "KHM", "LAO", "MMR", "SGP", "BRN", "TLS", "FJI",
        "NZL", "PNG", "LKA", "BGD", "NPL", "PAK",
    ];
    for (n, state) in states.iter().enumerate() {
        // The last one came too late for the first year.
        let date = if n == 18 { "2010-07" } else { "2010-02" };
        let form = format!(
            "state={state}&use=used&date={date}&result=&source=list+of+the+process&as_of=2010"
        );
        kept(&region, "/en/models/bali-model-law/use", &cookie, &form).await;
    }
    let page = region.get("/en/models/bali-model-law", None).await;
    has(
        &page,
        &[
            "18 States used it, 1 year after its introduction (counted from the States named)",
            "19 States used it, 2 years after its introduction (counted from the States named)",
        ],
    );
}

#[tokio::test]
async fn the_matrix_opens_on_the_mechanism_of_the_installation() {
    let region = Region::of_mechanism("SAARC").await;
    let page = region.get("/en/matrix", None).await;
    assert_eq!(page.status, StatusCode::OK);
    has(&page, &["value=\"SAARC\" selected"]);
}

#[tokio::test]
async fn req_228_whoever_is_turned_away_at_a_route_leaves_an_entry_in_their_own_log() {
    let region = Region::new().await;
    let cookie = region.step_in(DONOR).await;
    let (own, house) = (tenant_of(&region, &cookie).await, region.app.store.house().unwrap());
    let refusals = async |tenant| {
        let filter = query::Filter { outcome: Some(Outcome::Refused), ..Default::default() };
        let paging = Paging { page: 1, size: 1 };
        query::list(&region.app.store, tenant, &filter, paging).await.unwrap().total
    };
    let (before, elsewhere) = (refusals(own).await, refusals(house).await);
    let nobodys = "6f1f9a52-0f7c-4f0c-9d3e-5a4b3c2d1e0f";
    let answer = region.get(&format!("/en/cases/{nobodys}"), Some(&cookie)).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(refusals(own).await, before + 1);
    assert_eq!(refusals(house).await, elsewhere, "and in no other log");
}

#[tokio::test]
async fn whoever_goes_on_trying_does_not_fill_the_log() {
    let region = Region::new().await;
    let cookie = region.step_in(DONOR).await;
    let own = tenant_of(&region, &cookie).await;
    let refusals = async || {
        let filter = query::Filter { outcome: Some(Outcome::Refused), ..Default::default() };
        let paging = Paging { page: 1, size: 1 };
        query::list(&region.app.store, own, &filter, paging).await.unwrap().total
    };
    let before = refusals().await;
    for _ in 0..140 {
        let path = "/en/cases/6f1f9a52-0f7c-4f0c-9d3e-5a4b3c2d1e0f";
        assert_eq!(region.get(path, Some(&cookie)).await.status, StatusCode::NOT_FOUND);
    }
    let left = refusals().await - before;
    assert!((100..120).contains(&left), "{left}");
}

#[tokio::test]
async fn a_letter_that_was_given_up_is_tried_again_by_the_administrator() {
    let region = Region::new().await;
    let cookie = region.step_in(ADMINISTRATOR).await;
    let tenant = tenant_of(&region, &cookie).await;
    let store = &region.app.store;
    let actor = Actor::System { job: "test".to_owned() };
    let context = ActContext::new(tenant, actor, "desk.remind");
    let Begun::Fresh(mut act) = store.act(context).await.unwrap() else { panic!("begun before") };
    let id = outbox::put(&mut act, "mail", "a@b.example", "invitation", b"x").await.unwrap();
    act.commit(&()).await.unwrap();
    let mut last = None;
    for _ in 0..12 {
        let claimed = outbox::claim(store, 100, Duration::ZERO).await.unwrap();
        last = claimed.into_iter().find(|one| one.item.id == id).map(|one| one.item);
    }
    let state = outbox::not_delivered(store, &last.unwrap(), "refused").await.unwrap();
    assert_eq!(state, Delivery::Failed);
    let page = region.get("/en/admin/deliveries", Some(&cookie)).await;
    has(&page, &["/admin/deliveries/retry", "Try again"]);
    kept(&region, "/en/admin/deliveries/retry", &cookie, &format!("id={id}")).await;
    lacks(&region.get("/en/admin/deliveries", Some(&cookie)).await, &["/admin/deliveries/retry"]);
    let again = region.post("/en/admin/deliveries/retry", Some(&cookie), &format!("id={id}")).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND, "it waits already");
}

#[tokio::test]
async fn req_012_an_agreement_tells_of_mandates_and_a_mistyped_entry_is_taken_away() {
    let region = Region::new().await;
    let cookie = region.step_in(SECRETARIAT).await;
    let path = "/en/agreements/ben-tgo-gab/follow";
    let source = "source=report+of+the+joint+committee&as_of=2012";
    let empty = "part=review&due-day=&due-month=&due-year=";
    let refused = region.post(path, Some(&cookie), empty).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
    has(&refused, &["Fill in the day, month and year"]);
    let mandate =
        format!("part=mandate&party=state:BEN&answer=yes&line=Border+police,+s.+4&{source}");
    kept(&region, path, &cookie, &mandate).await;
    let meeting = format!("part=activity&date=2011-06&kind=meeting&what=Thrid+meeting&{source}");
    kept(&region, path, &cookie, &meeting).await;
    let page = region.get("/en/agreements/ben-tgo-gab", None).await;
    has(&page, &["In the mandates of bodies", "Border police, s. 4", "Thrid meeting"]);
    let remove = "part=activity&remove=2011-06+meeting+Thrid+meeting";
    kept(&region, path, &cookie, remove).await;
    lacks(&region.get("/en/agreements/ben-tgo-gab", None).await, &["Thrid meeting"]);
    let again = region.post(path, Some(&cookie), remove).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn req_004_the_state_and_the_mechanism_tell_which_activities_were_joined_by_a_day() {
    let region = Region::new().await;
    let state = region.get("/en/states/XBB?on=2020-01-01", None).await;
    has(&state, &["Activities joined by choice", "Joint desks at borders"]);
    lacks(&state, &["Inspections of fishing vessels"]);
    lacks(&region.get("/en/states/XBB?on=2018-12-31", None).await, &["Joint desks at borders"]);
    let mechanism = region.get("/en/mechanisms/MERIDIAN?on=2020-01-01", None).await;
    has(&mechanism, &["Joint desks at borders", "Inspections of fishing vessels"]);
}

#[tokio::test]
async fn req_008_an_instrument_shows_its_relations_to_others() {
    let region = Region::new().await;
    let page = region.get("/en/instruments/tip-protocol", None).await;
    has(&page, &["Relations to other instruments", "/en/instruments/untoc"]);
}
