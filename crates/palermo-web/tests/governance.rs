//! What runs beside plans, reports and reviews, and working together on texts, in the
//! demonstration region as the people who do the work see it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::http::StatusCode;
use palermo_app::{
    governance,
    plan::ask,
    report::{self, Standing},
    review,
};
use support::{Answer, Region};

const SECRETARIAT: &str = "ines@secretariat.meridian.example";
const FOCAL: &str = "joan@taskforce.avelmar.example";
const AUTHOR: &str = "arlo@justice.avelmar.example";
const RAPPORTEUR: &str = "elin@rapporteur.avelmar.example";
const EXPERT: &str = "ewa@lodestar.example";
const COMMITTEE: &str = "rui@lodestar.example";

fn location(answer: &Answer) -> String {
    let to = answer.headers.get("location").unwrap_or_else(|| panic!("{}", answer.text));
    to.to_str().unwrap().split('?').next().unwrap().to_owned()
}

/// The first address on a page that begins so.
fn first(page: &str, prefix: &str) -> String {
    page.split("href=\"")
        .filter_map(|part| part.split('"').next())
        .find(|path| path.starts_with(prefix) && path.len() > prefix.len())
        .unwrap_or_else(|| panic!("no `{prefix}`"))
        .to_owned()
}

#[tokio::test]
async fn req_022_a_grid_of_targets_is_typed_saved_and_amended_with_a_reason() {
    let region = Region::new().await;
    let cookie = region.step_in(SECRETARIAT).await;
    let path = "/en/plans/meridian-plan/targets?indicator=men";
    let page = region.get(path, Some(&cookie)).await;
    assert_eq!(page.status, StatusCode::OK);
    let plans = ask::list_all(&region.app.store).await.unwrap();
    let plan = plans.iter().find(|one| one.entry.code.as_str() == "meridian-plan").unwrap();
    let period = plan.entry.target_periods().pop().unwrap();
    let cell = format!("t-XBB-{period}");
    assert!(page.text.contains(&format!("name=\"{cell}\"")), "every cell has a field");
    let form = |value: &str, more: &str| {
        format!("indicator=men&revision={}&{cell}={value}{more}", plan.revision.0)
    };
    let post = "/en/plans/meridian-plan/targets";
    let wrong = region.post(post, Some(&cookie), &form("many", "")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("value=\"many\""), "what was typed stays");
    let silent = region.post(post, Some(&cookie), &form("3", "")).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY, "an adopted plan needs a reason");
    let reason = "&reason=The+survey+came+late&decided_by=Senior+Officials";
    let saved = region.post(post, Some(&cookie), &form("3", reason)).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let after = region.get(path, Some(&cookie)).await.text;
    assert!(after.contains("The survey came late"), "the change stands with its reason");
    let plans = ask::list_all(&region.app.store).await.unwrap();
    let plan = plans.iter().find(|one| one.entry.code.as_str() == "meridian-plan").unwrap();
    let state = "XBB".parse().ok();
    assert_eq!(plan.entry.own_target("men", state, period), Some(3.0));
    assert!(plan.entry.history_of("men", state, period).count() > 0);
    let stale = region.post(post, Some(&cookie), &form("4", reason)).await;
    assert_ne!(stale.status, StatusCode::SEE_OTHER, "somebody else changed it since");
    let stranger = region.step_in(FOCAL).await;
    assert_eq!(region.get(path, Some(&stranger)).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn req_031_the_figure_of_an_adopted_plan_changes_with_a_reason_and_keeps_the_old_one() {
    let region = Region::new().await;
    let cookie = region.step_in(SECRETARIAT).await;
    let path = "/en/plans/meridian-plan/amend";
    let page = region.get(path, Some(&cookie)).await.text;
    assert!(page.contains("name=\"computed\""), "{page}");
    let form = |more: &str| {
        format!("what=computed&indicator=party&period=2031&decided_by=Senior+Officials{more}")
    };
    let mute = region.post(path, Some(&cookie), &form("&computed=places-confirmed")).await;
    assert_eq!(mute.status, StatusCode::UNPROCESSABLE_ENTITY, "no reason");
    let reason = "&reason=The+register+comes+too+late";
    let share = format!("&computed=felt-safe{reason}");
    let share = region.post(path, Some(&cookie), &form(&share)).await;
    assert_eq!(share.status, StatusCode::UNPROCESSABLE_ENTITY, "a share under a number");
    assert!(share.text.contains("The register comes too late"), "what was typed stays");
    let saved = region.post(path, Some(&cookie), &form(reason)).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);

    let plans = ask::list_all(&region.app.store).await.unwrap();
    let plan = plans.iter().find(|one| one.entry.code.as_str() == "meridian-plan").unwrap();
    let party = plan.entry.indicator("party").unwrap();
    assert_eq!(party.computed, None, "values are reported from now on");
    let before = "2030".parse().unwrap();
    assert!(plan.entry.computed_in(party, before).is_some(), "and worked out before");
    let shown = region.get("/en/plans/meridian-plan/indicators/party", None).await.text;
    assert!(shown.contains("The register comes too late"), "{shown}");
    assert!(shown.contains(
        &region.app.catalogue.text(palermo_app::locale::Language::En, "plan-values-reported")
    ));
}

#[tokio::test]
async fn a_suggestion_is_taken_over_and_the_mentioned_colleague_finds_it_among_their_work() {
    let region = Region::new().await;
    let focal = region.step_in(FOCAL).await;
    let work = region.get("/en/work", Some(&focal)).await.text;
    let remark = first(&work, "/en/remarks/");
    let led = region.get(&remark, Some(&focal)).await;
    assert_eq!(led.status, StatusCode::SEE_OTHER);
    let page = led.headers.get("location").unwrap().to_str().unwrap().to_owned();
    let page = page.split('#').next().unwrap().to_owned();
    let shown = region.get(&page, Some(&focal)).await.text;
    assert!(shown.contains("<ins>") && shown.contains("Take the words over"));
    let taken = region.post(&format!("{remark}/close"), Some(&focal), "outcome=accepted").await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text);
    let history = page.replace("/remarks/", "/history/");
    let versions = region.get(&history, Some(&focal)).await.text;
    assert!(versions.contains("<ins>"), "the new version is laid beside the old one");
    let again = region.post(&format!("{remark}/close"), Some(&focal), "outcome=accepted").await;
    assert_ne!(again.status, StatusCode::SEE_OTHER);
    // A section author sees no remarks on a section that is not theirs.
    let author = region.step_in(AUTHOR).await;
    let other = page.rsplit_once('/').unwrap().0.to_owned() + "/6.1";
    assert_eq!(region.get(&other, Some(&author)).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_remark_on_a_paragraph_that_changed_overwrites_nothing() {
    let region = Region::new().await;
    let expert = region.step_in(EXPERT).await;
    let place = "/en/reviews/lodestar-r2/XAA";
    let saved = region
        .post(
            &format!("{place}/findings"),
            Some(&expert),
            "pillar=visit-notes&revision=&title=Notes&text=The+first+paragraph.%0A%0AThe+second.",
        )
        .await;
    let notes = format!("{place}/remarks/visit-notes");
    let mut page = region.get(&notes, Some(&expert)).await;
    assert_eq!(page.status, StatusCode::OK, "{}", saved.text);
    assert!(page.text.contains("Paragraph "));
    let made = region
        .post(&notes, Some(&expert), "place=1&text=Shorter&suggestion=Changed+words.&mention=")
        .await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    page = region.get(&notes, Some(&expert)).await;
    let close = page
        .text
        .split("action=\"")
        .filter_map(|part| part.split('"').next())
        .find(|path| path.starts_with("/en/remarks/"))
        .unwrap()
        .to_owned();
    let taken = region.post(&close, Some(&expert), "outcome=accepted").await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text);
    let after = region.get(&notes, Some(&expert)).await.text;
    assert!(after.contains("Changed words."));
    // The other pillar finds nothing there.
    let committee = region.step_in(COMMITTEE).await;
    assert_eq!(region.get(&notes, Some(&committee)).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn req_057_the_programme_of_a_visit_is_entered_on_a_page() {
    let region = Region::new().await;
    let expert = region.step_in(EXPERT).await;
    let path = "/en/reviews/lodestar-r2/XAA/visit";
    let form =
        "from=2026-05-04&to=2026-05-06&programme=4+May+%7C+Port+%7C+Inspectors+%7C+Screening";
    let backwards = form.replace("2026-05-06", "2026-05-01");
    let wrong = region.post(path, Some(&expert), &backwards).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("4 May | Port"), "what was typed stays");
    let saved = region.post(path, Some(&expert), form).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let page = region.get("/en/reviews/lodestar-r2/XAA", Some(&expert)).await.text;
    assert!(page.contains("Whom one meets") && page.contains("Inspectors"));
    let again = region.get(path, Some(&expert)).await.text;
    assert!(again.contains("value=\"2026-05-04\""), "the form shows what is planned");
}

#[tokio::test]
async fn req_051_translations_are_linked_and_what_is_not_translated_is_flagged() {
    let region = Region::new().await;
    let year = region.app.store.now().date().year() - 1;
    let of = async |language: &str| {
        report::country(
            &region.app,
            "joint-annual",
            "XBB",
            year,
            Standing::Submitted,
            language,
            false,
        )
        .await
        .unwrap()
    };
    let english = of("en").await;
    let find = |code: &str| {
        let all = english.sections.iter().flat_map(|section| &section.answers);
        all.clone().find(|one| one.code == code).unwrap().clone()
    };
    assert_eq!(english.original_language, "fr");
    let translated = find("9.1");
    assert_eq!(translated.translation.map(|how| how.code()), Some("done"));
    assert_eq!(translated.said, "Campaigns are moving forward, the law is not.");
    assert_eq!(find("9.4").translation.map(|how| how.code()), Some("missing"));
    let french = of("fr").await;
    let mut all = french.sections.iter().flat_map(|section| &section.answers);
    assert!(all.all(|one| one.translation.is_none()), "the original needs no mark");
    let cookie = region.step_in("aissatou@comite.bremora.example").await;
    let mine = region.get("/en/reports/mine", Some(&cookie)).await.text;
    let sheet = first(&mine, "/en/reports/sheets/");
    let page = region.get(&format!("{sheet}/translate/ar"), Some(&cookie)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("not translated"));
}

#[tokio::test]
async fn req_044_a_need_stated_in_any_answer_stands_in_one_list_with_the_way_back() {
    let region = Region::new().await;
    let all = report::needs(&region.app, Standing::Submitted, "en").await.unwrap();
    assert!(all.len() >= 2, "{all:?}");
    let cookie = region.step_in(SECRETARIAT).await;
    let page = region.get("/en/needs", Some(&cookie)).await.text;
    let one = all.first().unwrap();
    assert!(page.contains(&one.link));
    let (answer, anchor) = one.link.split_once('#').unwrap();
    let there = region.get(&format!("/en{answer}"), Some(&cookie)).await;
    assert_eq!(there.status, StatusCode::OK);
    assert!(there.text.contains(&format!("id=\"{anchor}\"")), "the link leads to the answer");
    let file = region.get("/en/needs?format=csv", None).await;
    assert!(file.text.to_lowercase().contains("state"));
    let api = region.get("/api/v1/needs", None).await;
    assert!(api.text.contains("\"need\""));
}

#[tokio::test]
async fn req_060_062_a_recommendation_is_entered_and_put_right_in_the_browser() {
    let region = Region::new().await;
    let cookie = region.step_in(SECRETARIAT).await;
    let form = "id=&body=Working+Group&made=2026&text=Open+shelters+for+men.&strength=urge\
                &addressee=states&states=XBB&provisions=tip-protocol:6&deadline=2027-01-31\
                &lead=Ministry+of+Social+Affairs&themes=shelter&source=Report%2C+paragraph+4";
    let bad = form.replace("tip-protocol:6", "nowhere:6").replace("states=XBB", "states=");
    let wrong = region.post("/en/recommendations/new", Some(&cookie), &bad).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("nowhere:6") && wrong.text.contains("Open shelters for men."));
    let made = region.post("/en/recommendations/new", Some(&cookie), form).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let path = location(&made);
    let page = region.get(&path, Some(&cookie)).await.text;
    assert!(page.contains("Ministry of Social Affairs"));
    let edit = region.get(&format!("{path}/edit"), Some(&cookie)).await;
    assert_eq!(edit.status, StatusCode::OK);
    let revised = format!("{form}&revision=1").replace("urge", "consider");
    let saved = region.post(&format!("{path}/edit"), Some(&cookie), &revised).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let shipped = region.get("/en/recommendations/S0-137/edit", Some(&cookie)).await;
    assert_eq!(shipped.status, StatusCode::NOT_FOUND, "those that ship are read only");
    let focal = region.step_in(FOCAL).await;
    assert_eq!(
        region.get("/en/recommendations/new", Some(&focal)).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn req_067_recommendations_and_reports_leave_as_data_with_stable_ids() {
    let region = Region::new().await;
    let file = region.get("/en/recommendations/export.json", None).await;
    assert_eq!(file.status, StatusCode::OK);
    let told: serde_json::Value = serde_json::from_str(&file.text).unwrap();
    let all = told["recommendations"].as_array().unwrap();
    let ids: Vec<&str> = all.iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert!(ids.contains(&"S0-137") && ids.contains(&"WG-13"));
    let distinct: std::collections::BTreeSet<&&str> = ids.iter().collect();
    assert_eq!(distinct.len(), ids.len());
    let again = region.get("/en/recommendations/export.json", None).await;
    let again: serde_json::Value = serde_json::from_str(&again.text).unwrap();
    assert_eq!(told["recommendations"], again["recommendations"]);
    let csv = region.get("/en/recommendations?format=csv", None).await;
    assert!(csv.text.contains("S0-137"));
    let open = review::recommendations(&region.app).await.unwrap();
    let hidden = open.iter().filter(|one| one.recommendation.confidential).count();
    assert_eq!(all.len() + hidden, open.len(), "what is confidential stays");
    let year = region.app.store.now().date().year() - 1;
    let report = format!("/en/reports/country/joint-annual/XAA/{year}?format=json");
    let report = region.get(&report, None).await;
    let told: serde_json::Value = serde_json::from_str(&report.text).unwrap();
    let answers = told["sections"].as_array().unwrap().iter();
    let codes = answers.flat_map(|one| one["answers"].as_array().unwrap().clone());
    assert!(codes.clone().count() > 40 && codes.clone().all(|one| one["code"].is_string()));
}

#[tokio::test]
async fn req_050_a_rapporteurs_report_is_published_by_a_recorded_decision() {
    let region = Region::new().await;
    let cookie = region.step_in(RAPPORTEUR).await;
    let list = region.get("/en/rapporteur-reports", Some(&cookie)).await.text;
    let public = region.get("/en/rapporteur-reports", None).await.text;
    assert!(list.contains("handed over") && !public.contains("handed over"));
    let typed = "year=2023&title=Annual+report&addressees=executive&addressees=parliament\
                 &situation=What+the+data+show.";
    let made = region.post("/en/rapporteur-reports/new", Some(&cookie), typed).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let path = location(&made);
    let decision = "by=National+Rapporteur&decision=In+full.";
    let early = region.post(&format!("{path}/publish"), Some(&cookie), decision).await;
    assert_ne!(early.status, StatusCode::SEE_OTHER, "those it is addressed to read it first");
    assert_eq!(region.get(&path, None).await.status, StatusCode::NOT_FOUND);
    for to in ["executive", "parliament"] {
        let form = format!("to={to}&on=2024-03-01");
        let handed = region.post(&format!("{path}/deliver"), Some(&cookie), &form).await;
        assert_eq!(handed.status, StatusCode::SEE_OTHER, "{}", handed.text);
    }
    let published = region.post(&format!("{path}/publish"), Some(&cookie), decision).await;
    assert_eq!(published.status, StatusCode::SEE_OTHER, "{}", published.text);
    let page = region.get(&path, None).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("National Rapporteur: In full."));
    for format in ["html", "docx", "json"] {
        let file = region.get(&format!("{path}?format={format}"), None).await;
        assert_eq!(file.status, StatusCode::OK, "{format}");
    }
}

#[tokio::test]
async fn req_052_laws_reviewed_at_one_time_are_laid_side_by_side_without_a_rank() {
    let region = Region::new().await;
    let page = region.get("/en/legal-reviews/meridian-laws", None).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("Penal Code, article 201") && page.text.contains("not looked at"));
    let cookie = region.step_in(EXPERT).await;
    let form = "name=ecowas-2006&title=Evaluation+of+national+laws&year=2006&body=ECOWAS\
                &instrument=tip-protocol&state=XBB&s_offence=in-line&a_offence=&source=S1:83";
    let bare = region.post("/en/legal-reviews/write", Some(&cookie), form).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY, "in line needs an article");
    let named = form.replace("a_offence=", "a_offence=Loi+12");
    for state in ["XBB", "XCC"] {
        let form = named.replace("state=XBB", &format!("state={state}"));
        let saved = region.post("/en/legal-reviews/write", Some(&cookie), &form).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    }
    let found = governance::compare_laws(&region.app, "ecowas-2006").await.unwrap();
    assert_eq!((found.year, found.states.len()), (2006, 2));
}

#[tokio::test]
async fn req_066_a_practice_is_in_the_library_once_it_was_reviewed_and_the_state_agrees() {
    let region = Region::new().await;
    let public = async || region.get("/en/practices", None).await.text;
    assert!(public().await.contains("A quiet room at the fish market"));
    assert!(!public().await.contains("Compensation claims written in the shelter"));
    let focal = region.step_in(FOCAL).await;
    let list = region.get("/en/practices", Some(&focal)).await.text;
    let waiting = list.split("Compensation claims written").next().unwrap();
    let path = waiting.rsplit("href=\"").next().unwrap().split('"').next().unwrap().to_owned();
    let agreed = region.post(&format!("{path}/consent"), Some(&focal), "decision=consented").await;
    assert_eq!(agreed.status, StatusCode::SEE_OTHER, "{}", agreed.text);
    assert!(public().await.contains("Compensation claims written in the shelter"));
    let other = region.step_in("xiomara@comite.cadrinth.example").await;
    let foreign = region.post(&format!("{path}/consent"), Some(&other), "decision=withdrawn").await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND, "another State has no say");
    region.post(&format!("{path}/consent"), Some(&focal), "decision=withdrawn").await;
    assert!(!public().await.contains("Compensation claims written in the shelter"));
}

#[tokio::test]
async fn req_222_what_survivors_say_is_stored_without_anything_that_tells_who_they_are() {
    let region = Region::new().await;
    let list = region.get("/en/consultations", None).await.text;
    let open = list.split("What should the next plan say").next().unwrap();
    let path = open.rsplit("href=\"").next().unwrap().split('"').next().unwrap().to_owned();
    let page = region.get(&path, None).await.text;
    assert!(!page.contains("They bought the ticket"), "words are read by those who asked alone");
    let say = format!("{path}/say");
    let named = region.post(&say, None, "text=Write+to+me+at+a@b.example").await;
    assert_eq!(named.status, StatusCode::UNPROCESSABLE_ENTITY);
    // Signed in or not, nothing tells who spoke.
    let cookie = region.step_in(FOCAL).await;
    let said = region.post(&say, Some(&cookie), "text=Ask+before+you+book.&group=families").await;
    assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.text);
    let consultation = palermo_store::governance::input::list(&region.app.store, None).await;
    let kept = consultation.unwrap();
    let one = kept.iter().find(|one| one.record.entry.text == "Ask before you book.").unwrap();
    assert!(!one.record.entry.may_quote, "never quoted unless they say so");
    assert_eq!(one.record.id.to_string().chars().nth(14), Some('4'), "the id tells no time");
    let told = serde_json::to_value(&one.record.entry).unwrap();
    let fields: Vec<&String> = told.as_object().unwrap().keys().collect();
    assert_eq!(fields, ["consultation", "group", "may_quote", "text"]);
    let runs = region.step_in(SECRETARIAT).await;
    let heard = region.get(&path, Some(&runs)).await.text;
    assert!(heard.contains("Ask before you book.") && heard.contains("not to be quoted"));
    let api = region.get("/api/v1/consultations", None).await.text;
    assert!(!api.contains("Ask before you book."));
}

#[tokio::test]
async fn req_223_a_parliament_asks_and_the_tracker_shows_who_owes_an_answer() {
    let region = Region::new().await;
    let page = region.get("/en/parliaments", None).await.text;
    assert!(page.contains("no answer yet") && page.contains("Confiscated assets"));
    let tracker = region.get("/en/parliaments?kind=ratification", None).await.text;
    assert!(tracker.contains("First reading") && !tracker.contains("Confiscated assets"));
    let cookie = region.step_in(FOCAL).await;
    let form = "state=XAA&kind=question&on=2026-01-12&by=Committee&subject=Shelters&text=How+many\
                &recommendation=S0-137";
    let made = region.post("/en/parliaments/new", Some(&cookie), form).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let abroad = form.replace("XAA", "XBB");
    let refused = region.post("/en/parliaments/new", Some(&cookie), &abroad).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND, "another State's parliament");
    let unknown = form.replace("S0-137", "S0-999");
    let wrong = region.post("/en/parliaments/new", Some(&cookie), &unknown).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn req_224_a_commitment_stands_with_date_body_and_link() {
    let region = Region::new().await;
    let cookie = region.step_in(SECRETARIAT).await;
    let form = "made=2026-02-03&body=Council+of+Ministers&occasion=resolution&text=Open+the+fund.\
                &link=https://council.example/7&mechanism=MERIDIAN&status=open&due=2026-03-01";
    let insecure = form.replace("https", "http");
    let wrong = region.post("/en/commitments/new", Some(&cookie), &insecure).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let made = region.post("/en/commitments/new", Some(&cookie), form).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let page = region.get("/en/commitments", None).await.text;
    assert!(page.contains("Council of Ministers") && page.contains("https://council.example/7"));
    assert!(page.contains("overdue"));
}

#[tokio::test]
async fn req_225_a_mechanism_tells_of_itself_every_year_and_a_missing_one_is_named() {
    let region = Region::new().await;
    let missing = region.app.store.now().date().year() - 2;
    let told = async || governance::mechanism_years(&region.app).await.unwrap();
    assert_eq!(told().await.first().unwrap().missing, [missing]);
    let cookie = region.step_in(SECRETARIAT).await;
    let form = format!(
        "mechanism=MERIDIAN&year={missing}&authority=Memorandum&staff=7&women=4\
         &budget=900000+USD&earmarked=70&funding=&capacity=&gaps="
    );
    let wrong = form.replace("women=4", "women=9");
    let wrong = region.post("/en/mechanism-profiles/new", Some(&cookie), &wrong).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let made = region.post("/en/mechanism-profiles/new", Some(&cookie), &form).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    assert!(told().await.first().unwrap().missing.is_empty());
}

#[tokio::test]
async fn a_reminder_goes_out_once_and_names_nobody() {
    let region = Region::new().await;
    let cookie = region.step_in(SECRETARIAT).await;
    let year = region.app.store.now().date().year() - 1;
    let register =
        report::non_submission(&region.app, "MERIDIAN", year, region.app.store.now().date().into())
            .await
            .unwrap();
    let duty = register.obligations.iter().find(|one| one.of.questionnaire.is_some()).unwrap();
    let form =
        format!("mechanism=MERIDIAN&duty={}&state=XAA&period={year}&step=reminder", duty.of.duty);
    let sent = region.post("/en/reports/register/step", Some(&cookie), &form).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let house = region.app.store.house().unwrap();
    let waiting =
        palermo_store::outbox::list(&region.app.store, house, None, palermo_store::Paging::all())
            .await
            .unwrap()
            .items;
    let letters: Vec<_> = waiting.iter().filter(|one| one.kind == "report-late").collect();
    assert!(!letters.is_empty());
    assert!(letters.iter().any(|one| one.destination == FOCAL));
    let by_itself = report::remind_ahead(&region.app).await.unwrap();
    assert_eq!(report::remind_ahead(&region.app).await.unwrap(), 0, "after {by_itself} letters");
}

#[tokio::test]
async fn every_page_beside_the_rounds_stands_in_four_languages() {
    let region = Region::new().await;
    for language in ["en", "fr", "es", "ar"] {
        for path in [
            "/commitments",
            "/parliaments",
            "/mechanism-profiles",
            "/consultations",
            "/legal-reviews",
            "/legal-reviews/meridian-laws",
            "/practices",
            "/rapporteur-reports",
            "/needs",
            "/questionnaires/joint-annual",
        ] {
            let page = region.get(&format!("/{language}{path}"), None).await;
            assert_eq!(page.status, StatusCode::OK, "{language}{path}");
        }
    }
    let french = region.get("/fr/questionnaires/joint-annual", None).await.text;
    assert!(french.contains("Combien de personnes ont été assistées"));
    assert!(french.contains("traduites par une machine"), "and it is marked as such");
}
