//! Figures, releases and signals, asked of the demonstration region as a
//! browser would.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use palermo_app::knowledge::{releases, watching};
use support::Region;

const ANALYST: &str = "petra@secretariat.meridian.example";
const SECRETARIAT: &str = "ines@secretariat.meridian.example";
const POLICE: &str = "stella@police.avelmar.example";

/// The first address in a page that begins so and goes on with an id.
pub(crate) fn first(text: &str, start: &str) -> String {
    let from = text.match_indices(start).find_map(|(at, _)| {
        let rest = &text[at..];
        let end = rest.find(['"', '?'])?;
        (rest[..end].len() == start.len() + 36).then(|| rest[..end].to_owned())
    });
    from.unwrap_or_else(|| panic!("no `{start}…` in the page"))
}

async fn upload(region: &Region, path: &str, cookie: &str, content: &str) -> support::Answer {
    let body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n{content}\r\n--x--\r\n"
    );
    let request = Request::post(path)
        .header("sec-fetch-site", "same-origin")
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .body(Body::from(body))
        .unwrap();
    region.send(request).await
}

#[tokio::test]
async fn req_193_the_public_sees_three_releases_and_not_the_one_that_was_refused() {
    let region = Region::new().await;
    let all = releases::public(&region.app.store).await.unwrap();
    let yearly = all.iter().filter(|one| one.entry.slug.starts_with("detected-"));
    assert_eq!(yearly.count(), 3);
    for language in ["en", "fr", "es", "ar"] {
        let page = region.get(&format!("/{language}/releases"), None).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.text.contains("fenlua") && !page.text.contains("Fenlua"));
        let slug = &all[0].entry.slug;
        let page = region.get(&format!("/{language}/releases/{slug}"), None).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text.contains(slug.as_str()));
    }
    assert_eq!(region.get("/en/releases/fenlua-by-sex", None).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn req_195_every_table_of_a_release_can_be_taken_away_with_its_description() {
    let region = Region::new().await;
    let all = releases::public(&region.app.store).await.unwrap();
    let slug = all.iter().find(|one| one.entry.slug.starts_with("detected-")).unwrap();
    let slug = slug.entry.slug.clone();
    for file in [
        "form-sex.csv",
        "form-sex.csv-metadata.json",
        "form-sex.xlsx",
        "form-sex.svg",
        "origin-transit-destination.svg",
        "metadata.json",
        "methodology.md",
        "labels.csv",
    ] {
        let answer = region.get(&format!("/en/releases/{slug}/{file}"), None).await;
        assert_eq!(answer.status, StatusCode::OK, "{file}");
    }
    let page = region.get(&format!("/en/releases/{slug}"), None).await.text;
    for file in ["form-sex.svg", "state-form.XAA.open-sdg.csv", "state-form.XAA.glotip.csv"] {
        assert!(page.contains(file), "{file} is linked");
        let answer = region.get(&format!("/en/releases/{slug}/{file}"), None).await;
        assert_eq!(answer.status, StatusCode::OK, "{file}");
    }
    // One State's file holds that State's numbers; of several at once there is none.
    let sum = region.get(&format!("/en/releases/{slug}/state-form.open-sdg.csv"), None).await;
    assert_eq!(sum.status, StatusCode::NOT_FOUND);
    assert!(page.contains("#form-sex-title"), "each figure has its own address");
    let ways = format!("/en/releases/{slug}/origin-transit-destination.svg");
    let ways = region.get(&ways, None).await.text;
    assert!(ways.contains("Avelmar") && ways.contains("Cadrinth"), "{ways}");
    let table = region.get(&format!("/en/releases/{slug}/form-sex.csv"), None).await.text;
    let counts: Vec<u64> =
        table.lines().skip(1).filter_map(|line| line.split(',').nth(2)?.parse().ok()).collect();
    assert!(!counts.is_empty() && counts.iter().all(|count| count % 10 == 0), "{table}");
    let report = region.get(&format!("/en/releases/{slug}/report.json"), None).await;
    assert_eq!(report.status, StatusCode::NOT_FOUND, "the attack's report stays in the office");
}

#[tokio::test]
async fn the_table_that_would_unmask_somebody_is_kept_as_refused_with_its_reason() {
    let region = Region::new().await;
    let cookie = region.step_in(ANALYST).await;
    let list = region.get("/en/publish", Some(&cookie)).await.text;
    assert!(list.contains("Fenlua") && list.contains("Refused"));
    let row = list.find("Fenlua").unwrap();
    let at = list[..row].rfind("/en/publish/").unwrap();
    let page = region.get(&list[at..at + 48], Some(&cookie)).await;
    assert!(page.text.contains("could be worked out"), "{}", page.text);
    assert!(!page.text.contains("/sign\""), "what was refused cannot be signed");
}

#[tokio::test]
async fn exact_counts_are_for_analysts_and_enforcement_sees_no_signal() {
    let region = Region::new().await;
    let analyst = region.step_in(ANALYST).await;
    let list = region.get("/en/data", Some(&analyst)).await;
    assert_eq!(list.status, StatusCode::OK);
    let dataset = first(&list.text, "/en/data/");
    let page = region.get(&dataset, Some(&analyst)).await;
    assert!(page.text.contains("Detected, not prevalence"));
    let csv = region.get(&format!("{dataset}?format=csv"), Some(&analyst)).await.text;
    assert!(csv.contains("persons,lower,upper"), "{csv}");
    let police = region.step_in(POLICE).await;
    for path in ["/en/data", "/en/signals", "/en/publish", &dataset] {
        assert_eq!(region.get(path, Some(&police)).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

/// Where an answer leads.
pub(crate) fn leads(answer: &support::Answer) -> String {
    answer.headers.get(header::LOCATION).unwrap().to_str().unwrap().to_owned()
}

/// Follows the way a sent file leads.
pub(crate) async fn sent_to(region: &Region, path: &str, cookie: &str, content: &str) -> String {
    let sent = upload(region, path, cookie, content).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    leads(&sent)
}

#[tokio::test]
async fn req_175_a_file_is_planned_with_its_row_errors_returned_taken_in_and_undone() {
    let region = Region::new().await;
    let cookie = region.step_in(ANALYST).await;
    let list = region.get("/en/data?q=Avelmar", Some(&cookie)).await;
    let dataset = first(&list.text, "/en/data/");
    let text = "State,Period,Form,Persons\nXAA,2026-01,labour,7\nXAA,2026-02,slavery,9\n";
    let empty = upload(&region, &format!("{dataset}/import"), &cookie, "").await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.text.contains("The file is empty"), "{}", empty.text);
    let bad = sent_to(&region, &format!("{dataset}/import"), &cookie, text).await;
    let plan = region.get(&bad, Some(&cookie)).await;
    assert_eq!(plan.status, StatusCode::OK);
    assert!(plan.text.contains("`slavery` is not in the list"), "{}", plan.text);
    // In another language the rule is told in it, and the value stays named.
    let french = region.get(&bad.replacen("/en/", "/fr/", 1), Some(&cookie)).await.text;
    assert!(french.contains("pas un code de la liste") && french.contains("`slavery`"), "{french}");
    let refused = region.post(&format!("{bad}/apply"), Some(&cookie), "skip=no&adds=yes").await;
    assert!(refused.text.contains("Some rows are rejected"), "{}", refused.text);
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let sheet = region.get(&format!("{bad}/problems"), Some(&cookie)).await;
    assert_eq!(sheet.status, StatusCode::OK);
    assert!(region.get(&dataset, Some(&cookie)).await.text.contains("a.csv"), "it waits");
    let gone = region.post(&format!("{bad}/forget"), Some(&cookie), "").await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    assert_eq!(region.get(&bad, Some(&cookie)).await.status, StatusCode::NOT_FOUND);
    let good = "State,Period,Form,Persons\nXAA,2026-01,labour,7\n";
    let good = sent_to(&region, &format!("{dataset}/import"), &cookie, good).await;
    let done = region.post(&format!("{good}/apply"), Some(&cookie), "adds=yes").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    // Another file for the same State, month and group is not added unasked.
    let more = "State,Period,Form,Persons\nXAA,2026-01,labour,8\n";
    let more = sent_to(&region, &format!("{dataset}/import"), &cookie, more).await;
    let plan = region.get(&more, Some(&cookie)).await.text;
    assert!(plan.contains("name=\"adds\""), "{plan}");
    let twice = region.post(&format!("{more}/apply"), Some(&cookie), "").await;
    assert!(twice.text.contains("would be counted twice"), "{}", twice.text);
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    let beside = twice.text.find("adds-error").unwrap();
    assert!(twice.text.find("govuk-error-summary").unwrap() < beside, "{}", twice.text);
    let gone = region.post(&format!("{more}/forget"), Some(&cookie), "").await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    // What was just agreed to stays chosen.
    let both = "State,Period,Form,Persons\nXAA,2026-01,labour,8\nXAA,2026-02,slavery,9\n";
    let both = sent_to(&region, &format!("{dataset}/import"), &cookie, both).await;
    let kept = region.post(&format!("{both}/apply"), Some(&cookie), "skip=yes").await.text;
    assert!(kept.contains("would be counted twice"), "{kept}");
    let skip = kept.split("name=\"skip\"").nth(2).unwrap().split('>').next().unwrap();
    assert!(skip.contains("value=\"yes\"") && skip.contains("checked"), "{skip}");
    let gone = region.post(&format!("{both}/forget"), Some(&cookie), "").await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    let page = region.get(&dataset, Some(&cookie)).await.text;
    let undo = page.find("/undo\"").map(|at| {
        let start = page[..at].rfind("href=\"").unwrap() + 6;
        page[start..at + 5].to_owned()
    });
    let undone = region.post(&undo.unwrap(), Some(&cookie), "why=sent+by+mistake").await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER);
    assert!(region.get(&dataset, Some(&cookie)).await.text.contains("sent by mistake"));
}

#[tokio::test]
async fn req_174_a_table_of_ones_own_is_mapped_once_and_what_has_no_code_is_listed() {
    let region = Region::new().await;
    let cookie = region.step_in(ANALYST).await;
    let new = "title=Courts&source_type=court&source=Register&definition=Law&counting_rule=Once&state=XAA&format=sheet";
    let made = region.post("/en/data/new", Some(&cookie), new).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let path = leads(&made);
    let dataset = path[..path.find("/import").unwrap()].to_owned();
    let file = "Jahr;Geschlecht;Zahl\n2025;w;7\n2025;d;3\n";
    let ask = sent_to(&region, &format!("{dataset}/import"), &cookie, file).await;
    assert!(ask.contains("/mapping?upload="), "{ask}");
    let form = region.get(&ask, Some(&cookie)).await.text;
    assert!(form.contains("Geschlecht"), "headings of the file are offered: {form}");
    let upload = &ask[ask.find("upload=").unwrap() + 7..][..36];
    let body = format!(
        "upload={upload}&revision=1&col-period=Jahr&col-sex=Geschlecht&col-persons=Zahl&always-state=XAA&codes=sex%3A+w+%3D+female"
    );
    let saved = region.post(&format!("{dataset}/mapping"), Some(&cookie), &body).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let plan = leads(&saved);
    let page = region.get(&plan, Some(&cookie)).await.text;
    assert!(page.contains("stands under no common code"), "{page}");
    let done = region.post(&format!("{plan}/apply"), Some(&cookie), "").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let report = region.get(&format!("{dataset}/coverage"), Some(&cookie)).await;
    assert_eq!(report.status, StatusCode::OK);
    assert!(report.text.contains("Coverage of the common codes"), "{}", report.text);
    let csv = region.get(&format!("{dataset}/coverage?format=csv"), Some(&cookie)).await.text;
    assert!(csv.contains("Sex,d,1"), "{csv}");
}

#[tokio::test]
async fn a_survey_tells_its_design_or_is_not_taken() {
    let region = Region::new().await;
    let cookie = region.step_in(ANALYST).await;
    let new =
        "title=Ports&source_type=sentinel&source=x&definition=x&counting_rule=x&format=template";
    let refused = region.post("/en/data/new", Some(&cookie), new).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let told = format!("{new}&population=Crews&sampling=Every+tenth&size=40");
    let made = region.post("/en/data/new", Some(&cookie), &told).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
}

#[tokio::test]
async fn req_180_one_signal_is_live_and_becomes_a_joint_response() {
    let region = Region::new().await;
    let cookie = region.step_in(SECRETARIAT).await;
    let list = region.get("/en/signals", Some(&cookie)).await.text;
    assert!(list.contains("New") && list.contains("Dismissed"), "{list}");
    let store = &region.app.store;
    let all = palermo_store::knowledge::signal::list(store, Some("new")).await.unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].entry.method, watching::FARRINGTON);
    let path = format!("/en/signals/{}", all[0].id);
    let page = region.get(&path, Some(&cookie)).await.text;
    assert!(page.contains("where the past explains"));
    let without =
        region.post(&path, Some(&cookie), "what=propose&host=XBB&team=two&revision=1").await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(without.text.contains("Who may be turned back"));
    let nowhere =
        "what=propose&host=XZZ&stopped=a&turned_back=b&exposed=c&rights_note=d&revision=1";
    let nowhere = region.post(&path, Some(&cookie), nowhere).await;
    assert_eq!(nowhere.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", nowhere.text);
    let form = "what=propose&host=XBB&stopped=seasonal+workers&turned_back=people+without+papers\
                &exposed=families&rights_note=nobody+is+turned+back&revision=1";
    assert_eq!(region.post(&path, Some(&cookie), form).await.status, StatusCode::SEE_OTHER);
    assert!(region.get(&path, Some(&cookie)).await.text.contains("nobody is turned back"));
    // Whoever comes second is told so, and keeps what was typed.
    let late = "what=dismiss&reason=a+fair+of+last+year&revision=1";
    let late = region.post(&path, Some(&cookie), late).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.text.contains("a fair of last year"), "{}", late.text);
}

const RAPPORTEUR: &str = "elin@rapporteur.avelmar.example";

#[tokio::test]
async fn req_176_sources_of_one_state_stand_apart_and_their_overlap_is_told() {
    let region = Region::new().await;
    let cookie = region.step_in(ANALYST).await;
    let page = region.get("/en/data/sources", Some(&cookie)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("some of the same persons"), "{}", page.text);
    let csv = region.get("/en/data/sources?format=csv", Some(&cookie)).await.text;
    let of_avelmar = csv.lines().filter(|line| line.starts_with("Avelmar")).count();
    assert!(of_avelmar > 4, "one line a source and year: {csv}");
}

#[tokio::test]
async fn req_182_the_response_of_each_state_stands_in_one_table() {
    let region = Region::new().await;
    let cookie = region.step_in(ANALYST).await;
    let csv = region.get("/en/data/responses?format=csv", Some(&cookie)).await.text;
    assert!(csv.lines().count() >= 6, "{csv}");
    assert!(csv.starts_with("State"), "{csv}");
}

#[tokio::test]
async fn req_198_a_states_own_figures_pass_our_own_checks_in_every_shape() {
    use palermo_app::standards::{glotip_check, sdg1622_check};
    let region = Region::new().await;
    let cookie = region.step_in(ANALYST).await;
    let list = region.get("/en/data?q=Harmonised", Some(&cookie)).await;
    let dataset = first(&list.text, "/en/data/");
    assert_eq!(
        region.get(&format!("{dataset}/report"), Some(&cookie)).await.status,
        StatusCode::OK
    );
    for shape in ["open-sdg", "sdmx-csv", "glotip"] {
        let path = format!("{dataset}/report/{shape}?state=XAA");
        let file = region.get(&path, Some(&cookie)).await;
        assert_eq!(file.status, StatusCode::OK, "{shape}");
        let bytes = file.text.as_bytes();
        let checked = if shape == "glotip" {
            glotip_check::check(bytes)
        } else {
            sdg1622_check::check(bytes)
        };
        let hard: Vec<_> =
            checked.errors.iter().filter(|one| !one.message.contains("XAA")).collect();
        assert!(hard.is_empty(), "{shape}: {hard:?}");
        assert!(checked.rows > 5, "{shape}");
    }
    let stranger = region.get(&format!("{dataset}/report/glotip"), None).await;
    assert_ne!(stranger.status, StatusCode::OK);
}

#[tokio::test]
async fn e40_figures_go_to_a_party_for_a_purpose_and_to_nobody_else() {
    let region = Region::new().await;
    let party = region.step_in(RAPPORTEUR).await;
    let list = region.get("/en/protocols", Some(&party)).await;
    assert_eq!(list.status, StatusCode::OK);
    let protocol = first(&list.text, "/en/protocols/");
    let page = region.get(&protocol, Some(&party)).await.text;
    let at = page.find(&format!("{protocol}/figures?item=")).unwrap();
    let figures = page[at..at + protocol.len() + 50].to_owned();
    let figures = figures[..figures.find('"').unwrap_or(figures.len())].to_owned();
    assert_eq!(region.get(&figures, Some(&party)).await.status, StatusCode::OK);
    let wrong = region.get(&format!("{figures}&purpose=curiosity"), Some(&party)).await;
    assert!(wrong.text.contains("Choose one of the purposes"), "{}", wrong.text);
    let got = region.get(&format!("{figures}&purpose=Planning+of+services"), Some(&party)).await;
    assert!(got.text.contains("confidential under a sharing protocol"), "{}", got.text);
    let police = region.step_in(POLICE).await;
    assert_eq!(region.get(&figures, Some(&police)).await.status, StatusCode::NOT_FOUND);
    // Ended means stopped.
    let owner = region.step_in(SECRETARIAT).await;
    let end = region.post(&protocol, Some(&owner), "what=end&why=misuse&revision=1").await;
    assert_eq!(end.status, StatusCode::SEE_OTHER, "{}", end.text);
    let stopped =
        region.get(&format!("{figures}&purpose=Planning+of+services"), Some(&party)).await;
    assert!(stopped.text.contains("not in force"), "{}", stopped.text);
}

#[tokio::test]
async fn req_189_an_extract_is_reviewed_by_another_person_given_logged_and_reminded_of() {
    let region = Region::new().await;
    let analyst = region.step_in(ANALYST).await;
    let second = region.step_in(SECRETARIAT).await;
    let list = region.get("/en/extracts", Some(&analyst)).await.text;
    let extract = first(&list, "/en/extracts/");
    let review = "words=cells+of+five+and+more&agrees=yes&revision=1";
    let own = region.post(&format!("{extract}/review"), Some(&analyst), review).await;
    assert!(own.text.contains("Another person must review it"), "{}", own.text);
    let done = region.post(&format!("{extract}/review"), Some(&second), review).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let list = region.get("/en/data?q=Harmonised", Some(&analyst)).await;
    let dataset = first(&list.text, "/en/data/");
    let body = format!(
        "dataset={}&slug=for-thesis&title=Thesis&tables=form&method=round&k=20&from=&to=",
        &dataset["/en/data/".len()..]
    );
    let made = region.post("/en/publish/new", Some(&analyst), &body).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let release = leads(&made);
    let release = release["/en/publish/".len()..][..36].to_owned();
    let prepared = region.get(&format!("/en/publish/{release}"), Some(&analyst)).await.text;
    assert!(prepared.contains("Waits for signatures"), "{prepared}");
    let give = format!("what=give&release={release}&revision=2");
    let given = region.post(&extract, Some(&analyst), &give).await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.text);
    assert!(region.get("/en/publish", Some(&analyst)).await.text.contains("Given to researchers"));
    assert_eq!(region.get("/en/releases/for-thesis", None).await.status, StatusCode::NOT_FOUND);
    // The researchers get a file, from whoever may sign and from nobody else.
    let file = format!("/en/publish/{release}/files/form.csv");
    let handed = region.get(&file, Some(&analyst)).await;
    assert_eq!(handed.status, StatusCode::OK, "{}", handed.text);
    assert!(handed.text.contains("labour"), "{}", handed.text);
    let other = region.step_in(RAPPORTEUR).await;
    assert_eq!(region.get(&file, Some(&other)).await.status, StatusCode::NOT_FOUND);
    let page = region.get(&extract, Some(&analyst)).await.text;
    assert!(page.contains(&release) && page.contains("<bdi>Thesis</bdi></a>"), "{page}");
    let work = region.get("/en/work", Some(&analyst)).await.text;
    assert!(work.contains("confirm a deletion"), "{work}");
}

#[tokio::test]
async fn req_188_a_study_closes_only_when_every_finding_led_somewhere() {
    let region = Region::new().await;
    let cookie = region.step_in(ANALYST).await;
    let list = region.get("/en/research", Some(&cookie)).await.text;
    let study = first(&list, "/en/research/");
    let early = region.post(&study, Some(&cookie), "what=close&revision=1").await;
    assert!(early.text.contains("lead to no action yet: \u{2068}2\u{2069}"), "{}", early.text);
    let link = "finding=1&kind-finding-1=plan&reference-finding-1=row+4.2&revision=1";
    assert_eq!(region.post(&study, Some(&cookie), link).await.status, StatusCode::SEE_OTHER);
    let closed = region.post(&study, Some(&cookie), "what=close&revision=2").await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER, "{}", closed.text);
}

#[tokio::test]
async fn an_estimate_shows_intervals_and_waits_for_a_named_reviewer() {
    let region = Region::new().await;
    let cookie = region.step_in(ANALYST).await;
    let body = "title=Test&state=XAA&period=2025&lists=a%2C+b%2C+c&assumptions=none+hold&counts=a%2Cb%2Cc%2Ccount%0A1%2C0%2C0%2C40%0A0%2C1%2C0%2C30%0A0%2C0%2C1%2C20%0A1%2C1%2C0%2C9%0A1%2C0%2C1%2C6%0A0%2C1%2C1%2C5%0A1%2C1%2C1%2C2";
    let made = region.post("/en/estimates/new", Some(&cookie), body).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let path = leads(&made);
    let path = path[..path.find('?').unwrap_or(path.len())].to_owned();
    let page = region.get(&path, Some(&cookie)).await.text;
    assert!(page.contains("Interval (95 %)") && page.contains(" – "), "{page}");
    assert!(!page.contains("name=\"stands\""), "the maker is not asked for the review");
    assert!(!page.contains("`chao`") && !page.contains("steps of ten"), "{page}");
    let early = region.post(&path, Some(&cookie), "what=publish&revision=1").await;
    assert!(early.text.contains("does not follow"), "{}", early.text);
    let review = "named=Prof.+A&words=sound&stands=yes&revision=1";
    let own = region.post(&path, Some(&cookie), review).await;
    assert!(own.text.contains("Another person"), "{}", own.text);
    let second = region.step_in(SECRETARIAT).await;
    let silent = "named=Prof.+A&words=sound&stands=&revision=1";
    let silent = region.post(&path, Some(&second), silent).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY, "no choice is no answer");
    assert!(silent.text.contains("Prof. A"), "{}", silent.text);
    let at = |words: &str| silent.text.find(words).unwrap();
    assert!(at("govuk-error-summary") < at("govuk-summary-list"), "what is wrong is on top");
    assert_eq!(region.post(&path, Some(&second), review).await.status, StatusCode::SEE_OTHER);
    let out = region.post(&path, Some(&cookie), "what=publish&revision=2").await;
    assert_eq!(out.status, StatusCode::SEE_OTHER, "{}", out.text);
}

#[tokio::test]
async fn req_192_a_noisy_release_is_entered_in_the_budget_and_stops_when_it_is_spent() {
    let region = Region::new().await;
    let cookie = region.step_in(ANALYST).await;
    let list = region.get("/en/data?q=Harmonised", Some(&cookie)).await;
    let dataset = first(&list.text, "/en/data/")["/en/data/".len()..].to_owned();
    let year = region.app.store.now().date().year() - 1;
    let ask = |slug: &str, method: &str, epsilon: &str| {
        format!(
            "dataset={dataset}&slug={slug}&title={slug}&tables=form*sex&method={method}&k=11&from={year}&to={year}&epsilon={epsilon}"
        )
    };
    let made = region.post("/en/publish/new", Some(&cookie), &ask("noisy", "dp", "3.9")).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let budget = region.get("/en/publish/budget", Some(&cookie)).await.text;
    assert!(budget.contains("noisy"), "{budget}");
    let over = region.post("/en/publish/new", Some(&cookie), &ask("more", "dp", "3.9")).await;
    assert!(over.text.contains("The budget does not allow"), "{}", over.text);
    let made =
        region.post("/en/publish/new", Some(&cookie), &ask("invented", "synthetic", "")).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let page = leads(&made);
    let second = region.step_in(SECRETARIAT).await;
    let page = page[..page.find('?').unwrap_or(page.len())].to_owned();
    let checklist = "q-pictures=not-applicable&q-words=yes&q-consent=not-applicable&q-identifying=yes&q-detected=yes&title-en=Invented&title-fr=Inventé&title-es=Inventado&title-ar=x&revision=1";
    let kept = region.post(&format!("{page}/editorial"), Some(&cookie), checklist).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text);
    for (who, revision) in [(&cookie, 2), (&second, 3)] {
        let form = format!("revision={revision}");
        let signed = region.post(&format!("{page}/sign"), Some(who), &form).await;
        assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.text);
    }
    let records = region.get("/en/releases/invented/records.csv", None).await;
    assert_eq!(records.status, StatusCode::OK);
    assert!(records.text.lines().count() > 10, "{}", records.text);
    let about = region.get("/en/releases/invented/records.csv-metadata.json", None).await;
    assert_eq!(about.status, StatusCode::OK);
}

#[tokio::test]
async fn req_194_released_figures_answer_programs_without_a_key() {
    let region = Region::new().await;
    let list = region.get("/api/v1/releases", None).await;
    assert_eq!(list.status, StatusCode::OK);
    assert!(!list.text.contains("fenlua"), "{}", list.text);
    let slug = releases::public(&region.app.store).await.unwrap()[0].entry.slug.clone();
    let one = region.get(&format!("/api/v1/releases/{slug}"), None).await;
    assert!(one.text.contains("Detected victims, not prevalence"), "{}", one.text);
    assert!(one.text.contains("\"threshold\":10"), "{}", one.text);
}

#[tokio::test]
async fn a_template_for_a_state_nobody_knows_is_refused_with_what_would_be_right() {
    let region = Region::new().await;
    let cookie = region.step_in(ANALYST).await;
    let own = region.get("/en/data/template?state=xaa", Some(&cookie)).await;
    assert_eq!(own.status, StatusCode::OK, "{}", own.text);
    let unknown = region.get("/en/data/template?state=ZZZZ", Some(&cookie)).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unknown.text.contains("There is no State with the code"), "{}", unknown.text);
}
