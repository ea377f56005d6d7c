//! The public site and the watch, asked of the demonstration region as a
//! browser would.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use palermo_app::{
    domain::knowledge::{amount::Amount, publication::Status},
    knowledge::{publishing, releases},
    public_site::{figures, flows},
};
use std::{
    io::Write as _,
    process::{Command, Stdio},
};
use support::Region;

const ANALYST: &str = "petra@secretariat.meridian.example";
const SECRETARIAT: &str = "ines@secretariat.meridian.example";
const HOST: &str = "aissatou@comite.bremora.example";
const OTHER_STATE: &str = "joan@taskforce.avelmar.example";
const RAPPORTEUR: &str = "elin@rapporteur.avelmar.example";
const POLICE: &str = "brendan@police.avelmar.example";

/// What may be sent of a page on a slow line, gzip.
const BUDGET: usize = 15 * 1024;

fn year() -> i32 {
    time::OffsetDateTime::now_utc().year()
}

fn gzip(text: &str) -> usize {
    packed(text).len()
}

fn packed(text: &str) -> Vec<u8> {
    let mut child = Command::new("gzip")
        .arg("-9")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("gzip runs");
    let mut input = child.stdin.take().unwrap();
    let bytes = text.as_bytes().to_vec();
    let writer = std::thread::spawn(move || input.write_all(&bytes));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    output.stdout
}

/// Every public page about figures, with the views that are heaviest.
async fn pages(region: &Region) -> Vec<String> {
    let mut all: Vec<String> = [
        "/figures",
        "/figures/explore",
        "/figures/explore?by=state&across=form",
        "/figures/explore?by=age&across=sex&show=pyramid",
        "/figures/explore?by=year&across=sex&per=form",
        "/figures/explore?by=citizenship&show=table",
        "/figures/explore?source=responses-of-the-meridian-states&by=state",
        "/figures/flows",
        "/figures/countries",
        "/figures/compare",
        "/figures/calendar",
        "/figures/corrections",
        "/figures/guideline",
        "/figures/estimates",
        "/figures/library",
        "/releases",
    ]
    .map(str::to_owned)
    .to_vec();
    for state in ["XAA", "XBB", "XCC", "XDD", "XEE", "XFF"] {
        all.push(format!("/figures/countries/{state}"));
    }
    for one in releases::public(&region.app.store).await.unwrap() {
        all.push(format!("/releases/{}", one.entry.slug));
    }
    all
}

#[tokio::test]
async fn req_194_every_public_page_is_light_leaves_at_once_and_needs_no_script() {
    let region = Region::new().await;
    let mut heaviest = (0, String::new());
    for page in pages(&region).await {
        for language in ["en", "fr", "es", "ar"] {
            let address = format!("/{language}{page}");
            let answer = region.get(&address, None).await;
            assert_eq!(answer.status, StatusCode::OK, "{address}");
            let weight = gzip(&answer.text);
            assert!(weight <= BUDGET, "{address} weighs {weight} bytes");
            heaviest = heaviest.max((weight, address.clone()));
            assert!(answer.text.contains("govuk-exit-this-page"), "{address} has no way out");
            assert!(answer.headers.get(header::SET_COOKIE).is_none(), "{address} sets a cookie");
            assert!(!answer.text.contains("noscript"), "{address}");
        }
    }
    println!("the heaviest public page is {heaviest:?}");
}

#[tokio::test]
async fn req_183_every_chart_says_that_it_shows_detected_persons() {
    let region = Region::new().await;
    let mut charts = 0;
    for page in pages(&region).await {
        let text = region.get(&format!("/en{page}"), None).await.text;
        for chart in text.split("<figure").skip(1) {
            let chart = chart.split("</figure>").next().unwrap();
            assert!(chart.contains("Detected, not prevalence"), "{page}");
            charts += 1;
        }
        if text.contains("id=\"flow-matrix\"") || text.contains("p-spark") {
            assert!(text.contains("Detected, not prevalence"), "{page}");
        }
    }
    assert!(charts > 10, "{charts}");
}

#[tokio::test]
async fn e30_states_stand_by_name_and_no_number_sorts_them() {
    let region = Region::new().await;
    let page = region.get("/en/figures/compare", None).await.text;
    assert!(!page.contains("p-sort") && page.contains("No column can be sorted by a number"));
    let at = |name: &str| {
        page.find(&format!("<bdi>{name}</bdi></a></th>")).unwrap_or_else(|| panic!("{name}"))
    };
    let order = ["Avelmar", "Dorvane", "Fenlua Islands"].map(at);
    assert!(order.windows(2).all(|pair| pair[0] < pair[1]), "{order:?}");
    let by_number = region.get("/en/figures/compare?sort=-detected", None).await.text;
    assert!(by_number.find("Avelmar") < by_number.find("Dorvane"));
    let table = "/en/figures/explore?by=citizenship&show=table";
    let page = region.get(table, None).await.text;
    assert!(!page.contains("sort=newest"), "citizenships are not ranked either");
    let forms = region.get("/en/figures/explore?by=form&across=-&show=table", None).await.text;
    assert!(forms.contains("sort=newest"), "forms may be sorted by their number");
    let csv = region.get("/en/figures/compare?format=csv", None).await.text;
    assert!(csv.starts_with("state,name,protocol_since"), "{csv}");
}

#[tokio::test]
async fn req_185_a_small_number_is_shown_as_an_interval_and_never_as_zero() {
    let region = Region::new().await;
    let csv = region
        .get("/en/figures/explore?by=indicator&per=-&across=-&state=XDD&format=csv&source=responses-of-the-meridian-states", None)
        .await
        .text;
    assert!(csv.starts_with("indicator,indicator_label,lower,upper,status,release"), "{csv}");
    let rounded: Vec<(u64, u64)> = csv
        .lines()
        .skip(1)
        .filter(|line| line.contains(",rounded,"))
        .map(|line| {
            let cells: Vec<&str> = line.split(',').rev().collect();
            (cells[3].parse().unwrap(), cells[2].parse().unwrap())
        })
        .collect();
    assert!(!rounded.is_empty(), "{csv}");
    assert!(rounded.iter().all(|(lower, upper)| upper - lower == 9), "{rounded:?}");
    let page = format!("/en/releases/brought-home-{}", year() - 1);
    let page = region.get(&page, None).await;
    assert_eq!(page.status, StatusCode::OK);
    let svg = region.get("/ar/figures/explore?format=svg", None).await;
    assert!(svg.text.starts_with("<?xml") && svg.text.contains("direction=\"rtl\""));
    let xlsx = region.get("/fr/figures/explore?format=xlsx", None).await;
    assert_eq!(xlsx.status, StatusCode::OK);
}

#[tokio::test]
async fn req_178_released_flows_reconcile_and_are_drawn_on_the_mechanisms_map() {
    let region = Region::new().await;
    let figures = figures::load(&region.app.store).await.unwrap();
    let source = flows::sources(&figures)[0];
    for period in flows::periods(&figures, source) {
        let shown = flows::released(&figures, source, &period).unwrap();
        let matrix = palermo_app::domain::knowledge::flows::FlowMatrix::of(&shown.flows);
        assert!(matrix.total() != Amount::ZERO);
        assert!(matrix.reconciles_with(shown.victims.unwrap()), "{period}");
        assert!(shown.flows.iter().any(|flow| !flow.transit.is_empty()), "{period}");
        assert!(shown.flows.iter().any(palermo_app::domain::knowledge::flows::Flow::is_internal));
    }
    let page = region.get("/en/figures/flows", None).await.text;
    assert!(page.contains("class=\"p-map p-flows\"") && page.contains("The two agree"));
    assert!(page.contains("Invented coasts and borders"), "the mechanism's own disclaimer");
    assert!(page.contains("Ways through third States") && page.contains("Persons brought home"));
    let csv = region.get("/en/figures/flows?format=csv", None).await.text;
    assert!(csv.contains("repatriation,") && csv.contains("internal,"), "{csv}");
    let svg = region.get("/en/figures/flows?format=svg", None).await.text;
    assert!(svg.contains("p-way") && svg.contains("<style>"));
}

#[tokio::test]
async fn req_193_a_correction_links_old_and_new_and_the_old_one_says_so() {
    let region = Region::new().await;
    let old = format!("/en/releases/responses-{}", year() - 2);
    let page = region.get(&old, None).await.text;
    assert!(page.contains("A later release has taken the place of this one"));
    assert!(page.contains(&format!("href=\"{old}-2\"")), "the new one is linked");
    let new = region.get(&format!("{old}-2"), None).await.text;
    assert!(new.contains(&format!("href=\"{old}\"")), "the old one is linked");
    let list = region.get("/en/figures/corrections", None).await.text;
    assert!(list.contains("Put right by") && list.contains("Cadrinth had left out"));
    // The explorer shows the number that stands.
    let csv = "/en/figures/explore?source=responses-of-the-meridian-states&by=year&per=-&across=-&indicator=services&state=XCC&format=csv";
    let csv = region.get(csv, None).await.text;
    assert!(csv.contains(&format!("responses-{}-2", year() - 2)), "{csv}");
    assert!(!csv.contains(&format!("responses-{}\n", year() - 2)), "{csv}");
}

#[tokio::test]
async fn req_193_the_calendar_shows_what_was_kept_and_what_was_late() {
    let region = Region::new().await;
    let page = region.get("/en/figures/calendar", None).await.text;
    for word in ["Kept", "Published late", "Ahead"] {
        assert!(page.contains(word), "{word}: {page}");
    }
    let cookie = region.step_in(ANALYST).await;
    let titles = "title-en=A&title-fr=B&title-es=C&title-ar=D";
    let wrong =
        region.post("/en/publish/announce", Some(&cookie), &format!("{titles}&due=soon")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = format!("{titles}&due=2027-05-01");
    let done = region.post("/en/publish/announce", Some(&cookie), &form).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let page = region.get("/fr/figures/calendar", None).await.text;
    assert!(page.contains(">B<"), "each language has its own title");
}

#[tokio::test]
async fn req_196_nobody_signs_before_the_checklist_is_answered_and_two_publish_after_it() {
    let region = Region::new().await;
    let (ana, sec) = (region.step_in(ANALYST).await, region.step_in(SECRETARIAT).await);
    let list = region.get("/en/data", Some(&ana)).await.text;
    let at = list.find("Calls about presumed victims").unwrap();
    let from = list[..at].rfind("/en/data/").unwrap();
    let dataset = &list[from + 9..from + 45];
    let form = format!(
        "dataset={dataset}&title=Calls+by+form&slug=calls-form&tables=form&method=round&k=10&from={0}&to={0}",
        year() - 1
    );
    let made = region.post("/en/publish/new", Some(&ana), &form).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let place = made.headers[header::LOCATION].to_str().unwrap().to_owned();
    let path = place.split('?').next().unwrap();
    let refused = region.post(&format!("{path}/sign"), Some(&ana), "revision=1").await;
    assert!(refused.text.contains("checklist has not been answered"), "{}", refused.text);
    let answers = "q-pictures=not-applicable&q-words=yes&q-consent=not-applicable&q-identifying=yes&q-detected=yes";
    let half = "title-en=Calls+by+form&title-fr=&title-es=Llamadas&title-ar=x&revision=1";
    let problem =
        region.post(&format!("{path}/editorial"), Some(&ana), &format!("{answers}&{half}")).await;
    assert_eq!(problem.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(problem.text.contains("value=\"Llamadas\""), "nothing typed is lost");
    let bad = "title-en=Rescued+girls&title-fr=Appels&title-es=Llamadas&title-ar=x&revision=1";
    let word =
        region.post(&format!("{path}/editorial"), Some(&ana), &format!("{answers}&{bad}")).await;
    assert!(word.text.contains("found, assisted"), "a word that hurts is named with a better one");
    let good =
        "title-en=Calls+by+form+told&title-fr=Appels&title-es=Llamadas&title-ar=x&revision=1";
    let kept =
        region.post(&format!("{path}/editorial"), Some(&ana), &format!("{answers}&{good}")).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text);
    let first = region.post(&format!("{path}/sign"), Some(&ana), "revision=2").await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.text);
    assert_eq!(region.get("/en/releases/calls-form", None).await.status, StatusCode::NOT_FOUND);
    let second = region.post(&format!("{path}/sign"), Some(&sec), "revision=3").await;
    assert_eq!(second.status, StatusCode::SEE_OTHER, "{}", second.text);
    let page = region.get("/fr/releases/calls-form", None).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("Appels"), "the title of the reader's language");
    let found = releases::public_one(&region.app.store, "calls-form").await.unwrap();
    assert_eq!(found.entry.status, Status::Published);
    assert_eq!(publishing::title(&found.entry, "es"), "Llamadas");
    // The title of the checklist is the one that is cited and that programs and files have.
    let own = "Calls by form told";
    for path in ["/en/releases/calls-form", "/api/v1/releases/calls-form"] {
        let page = region.get(path, None).await.text;
        assert!(page.contains(own), "{path}: {page}");
    }
    let how = region.get("/en/releases/calls-form/methodology.md", None).await.text;
    assert!(how.contains(own), "{how}");
}

#[tokio::test]
async fn req_197_labels_of_a_publication_come_in_each_language_of_the_mechanism() {
    let region = Region::new().await;
    let path = format!("/en/releases/detected-{}/labels.csv", year() - 1);
    let labels = region.get(&path, None).await.text;
    assert!(labels.starts_with("dimension,value,en,fr,es,ar"), "{labels}");
    let form: Vec<&str> =
        labels.lines().find(|line| line.starts_with("form,labour,")).unwrap().split(',').collect();
    assert_eq!(form.len(), 6);
    assert!(form[3] != form[2] && form[5] != form[2], "{form:?}");
    let csv = region.get("/ar/figures/explore?format=csv&by=form&across=-", None).await.text;
    assert!(csv.contains(form[5]), "{csv}");
}

/// The live signal's page.
async fn live(region: &Region) -> String {
    let all = palermo_store::knowledge::signal::list(&region.app.store, Some("new")).await.unwrap();
    assert_eq!(all.len(), 1);
    format!("/en/signals/{}", all[0].id)
}

#[tokio::test]
async fn req_180_a_response_is_proposed_agreed_by_its_host_composed_deployed_reported_and_closed() {
    let region = Region::new().await;
    let sec = region.step_in(SECRETARIAT).await;
    let path = live(&region).await;
    let page = region.get(&path, Some(&sec)).await.text;
    for said in ["where the past explains", "Farrington", "Benjamini", "false signals a month"] {
        assert!(page.contains(said), "{said}");
    }
    let propose = "what=propose&host=XBB&stopped=workers&turned_back=people+without+papers&exposed=families&rights_note=interviews+without+police&revision=1";
    let done = region.post(&path, Some(&sec), propose).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    // Nobody agrees for the host: not the secretariat, not another State.
    let agree = "what=consented&consent=Comite+national&revision=2";
    let own = region.post(&path, Some(&sec), agree).await;
    assert_eq!(own.status, StatusCode::NOT_FOUND);
    let other = region.step_in(OTHER_STATE).await;
    let answer = format!("{path}/answer");
    assert_eq!(region.post(&answer, Some(&other), agree).await.status, StatusCode::NOT_FOUND);
    let host = region.step_in(HOST).await;
    let work = region.get("/en/work", Some(&host)).await.text;
    assert!(work.contains("Answer a proposed joint response"), "the host is told: {work}");
    assert!(work.contains(&path[3..]), "and the task leads to the signal");
    assert!(!work.contains("Look at a signal"), "nobody is asked to look any more");
    let page = region.get(&path, Some(&host)).await.text;
    assert!(page.contains("/answer\""), "the host's own form");
    let silent = region.post(&answer, Some(&host), "consent=Comite+national&revision=2").await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY, "neither yes nor no");
    assert!(silent.text.contains("Comite national"), "what was typed stays");
    let done = region.post(&answer, Some(&host), agree).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let without = region.post(&path, Some(&sec), "what=composed&team=two+desks&revision=3").await;
    let missing = "an organisation that assists is missing";
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY, "{missing}");
    for (form, revision) in [
        ("what=composed&team=two+desks&ngo=La+Passerelle", 3),
        ("what=deployed", 4),
        ("what=reported&report=done&assisted=14&refused_entry=2", 5),
        ("what=closed&lessons=Bring+an+interpreter&lessons_public=yes", 6),
    ] {
        let form = format!("{form}&revision={revision}");
        let done = region.post(&path, Some(&sec), &form).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{form}: {}", done.text);
    }
    let library = region.get("/en/figures/library", None).await.text;
    assert!(library.contains("Bring an interpreter"));
}

#[tokio::test]
async fn enforcement_sees_a_signal_after_triage_and_no_finer_than_a_release() {
    let region = Region::new().await;
    let police = region.step_in(POLICE).await;
    let path = live(&region).await;
    assert_eq!(region.get(&path, Some(&police)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(region.get("/en/signals", Some(&police)).await.status, StatusCode::NOT_FOUND);
    let before = region.get("/en/signals/triaged", Some(&police)).await.text;
    assert!(!before.contains("Forced labour"), "the live signal is not triaged: {before}");
    assert!(before.contains("Forced begging"), "the past one is");
    let sec = region.step_in(SECRETARIAT).await;
    let dismiss = "what=dismiss&reason=a+raid&revision=1";
    assert_eq!(region.post(&path, Some(&sec), dismiss).await.status, StatusCode::SEE_OTHER);
    let after = region.get("/en/signals/triaged", Some(&police)).await.text;
    assert!(after.contains("Forced labour"));
    let months = format!("{}-", year());
    let table = after.split("<table").nth(1).unwrap();
    assert!(!table.contains(&months), "no month is told");
}

#[tokio::test]
async fn a_signal_is_a_task_for_those_who_protect_and_for_the_rapporteur_and_for_no_policeman() {
    let region = Region::new().await;
    for email in [SECRETARIAT, HOST, RAPPORTEUR] {
        let cookie = region.step_in(email).await;
        let work = region.get("/en/work", Some(&cookie)).await.text;
        assert!(work.contains("Look at a signal"), "{email}");
    }
    let cookie = region.step_in(POLICE).await;
    assert!(!region.get("/en/work", Some(&cookie)).await.text.contains("Look at a signal"));
}

/// Whether a signal that nobody looked at speaks of 321 persons.
async fn raised_321(region: &Region) -> bool {
    let all = palermo_store::knowledge::signal::list(&region.app.store, Some("new")).await.unwrap();
    all.iter().any(|one| one.entry.observed == 321)
}

#[tokio::test]
async fn req_177_the_dashboard_changes_when_a_batch_is_accepted() {
    let region = Region::new().await;
    let cookie = region.step_in(ANALYST).await;
    let before = region.get("/en/trends", Some(&cookie)).await;
    assert_eq!(before.status, StatusCode::OK);
    assert!(before.text.contains("newest month") && before.text.contains("Route"));
    let list = region.get("/en/data", Some(&cookie)).await.text;
    let at = list.find("Harmonised returns").unwrap();
    let from = list[..at].rfind("/en/data/").unwrap();
    let dataset = list[from..from + 45].to_owned();
    // The demonstration's months end with the one before this.
    let today = time::OffsetDateTime::now_utc();
    let month = format!("{}-{:02}", today.year(), u8::from(today.month()));
    let file = format!(
        "State,Period,Form,Persons,Transit,Origin,Destination\nXAA,{month},sexual,321,XCC,XBB,XAA\n"
    );
    let body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"new.csv\"\r\n\r\n{file}\r\n--x--\r\n"
    );
    let request = Request::post(format!("{dataset}/import"))
        .header("sec-fetch-site", "same-origin")
        .header(header::COOKIE, &cookie)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .body(Body::from(body))
        .unwrap();
    let planned = region.send(request).await;
    assert_eq!(planned.status, StatusCode::SEE_OTHER, "{}", planned.text);
    let plan = planned.headers[header::LOCATION].to_str().unwrap();
    let done = region.post(&format!("{plan}/apply"), Some(&cookie), "").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let after = region.get("/en/trends", Some(&cookie)).await.text;
    assert!(after.contains(&month) && after.contains("321"));
    assert!(after.contains("Signal raised"), "a mark leads to what it raised: {after}");
    let signals = region.get("/en/signals", Some(&region.step_in(SECRETARIAT).await)).await.text;
    assert!(signals.contains("321"), "and it raised a signal");
    assert!(raised_321(&region).await);
    let flows =
        region.get(&format!("{dataset}/flows?year={}", today.year()), Some(&cookie)).await.text;
    assert!(flows.contains("Ways through third States"));
    // Taken out again, it raises nothing any more.
    let page = region.get(&dataset, Some(&cookie)).await.text;
    let at = page.find("/undo\"").unwrap();
    let from = page[..at].rfind("href=\"").unwrap() + 6;
    let undone = region.post(&page[from..at + 5], Some(&cookie), "why=sent+by+mistake").await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.text);
    assert!(!raised_321(&region).await);
}

/// A table in the shape of the GLOTIP file, from a fixed seed.
fn generated(rows: usize) -> String {
    let places = ["BEN", "TGO", "NGA", "GHA", "MLI", "SEN", "NER", "CIV", "GIN", "LBR"];
    let mut state = 20_230_530_u64;
    let mut next = |below: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut text = String::from(
        "Iso3_code,Country,Region,Subregion,Indicator,Dimension,Category,Sex,Age,Year,Unit of measurement,txtVALUE,Source\n",
    );
    for _ in 0..rows {
        let place = places[usize::try_from(next(10)).unwrap()];
        let from = places[usize::try_from(next(10)).unwrap()];
        let year = 2005 + next(16);
        let (dimension, category) = match next(3) {
            0 => ("by citizenship", from),
            1 => ("by form of exploitation", "Forced labour"),
            _ => ("by country of repatriation", from),
        };
        let count = match next(2) {
            0 => "<5".to_owned(),
            _ => (5 + next(400)).to_string(),
        };
        text.push_str(&format!(
            "{place},{place},Africa,Western Africa,Detected trafficking victims,{dimension},{category},Total,Total,{year},Counts,{count},GLOTIP\n"
        ));
    }
    text
}

/// The table of the Global Report: the file that `PALERMO_GLOTIP` names, or one
/// of its shape from a fixed seed.
fn glotip_file() -> Vec<u8> {
    match std::env::var_os("PALERMO_GLOTIP") {
        Some(file) => std::fs::read(file).unwrap(),
        None => packed(&generated(46_556)),
    }
}

/// Prints the figures of `docs/benchmarks/public.md`.
#[tokio::test]
#[ignore = "long: 46,556 rows and every public page"]
async fn glotip_is_taken_in_and_every_public_page_is_made() {
    let region = Region::new().await;
    let cookie = region.step_in(ANALYST).await;
    let form = "title=GLOTIP&source_type=io&source=generated&definition=d&counting_rule=r&coverage=&format=glotip&state=";
    let made = region.post("/en/data/new", Some(&cookie), form).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let place = made.headers[header::LOCATION].to_str().unwrap().to_owned();
    let dataset = place.split('?').next().unwrap().to_owned();
    let dataset = dataset.trim_end_matches("/import").to_owned();
    let mut body =
        b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"glotip.csv.gz\"\r\n\r\n"
            .to_vec();
    body.extend(glotip_file());
    body.extend_from_slice(b"\r\n--x--\r\n");
    let request = Request::post(format!("{dataset}/import"))
        .header("sec-fetch-site", "same-origin")
        .header(header::COOKIE, &cookie)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .body(Body::from(body))
        .unwrap();
    let began = std::time::Instant::now();
    let planned = region.send(request).await;
    assert_eq!(planned.status, StatusCode::SEE_OTHER, "{}", planned.text);
    let plan = planned.headers[header::LOCATION].to_str().unwrap().to_owned();
    // A long file is read beside the requests; the page says how far.
    for _ in 0..600 {
        if region.get(&plan, Some(&cookie)).await.text.contains("/apply\"") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    let done = region.post(&format!("{plan}/apply"), Some(&cookie), "skip=yes&adds=yes").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    println!("imported in {:?}", began.elapsed());
    let flows = region.get(&format!("{dataset}/flows?year=2018"), Some(&cookie)).await;
    assert_eq!(flows.status, StatusCode::OK);
    let pages = pages(&region).await;
    let began_pages = std::time::Instant::now();
    for page in &pages {
        let answer = region.get(&format!("/en{page}"), None).await;
        assert_eq!(answer.status, StatusCode::OK, "{page}");
    }
    println!(
        "{} public pages in {:?}; all in {:?}",
        pages.len(),
        began_pages.elapsed(),
        began.elapsed()
    );
}

#[tokio::test]
async fn req_183_public_estimates_name_their_methods_in_words() {
    let region = Region::new().await;
    for language in ["en", "fr", "es", "ar"] {
        let page = region.get(&format!("/{language}/figures/estimates"), None).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text);
        for code in ["loglinear", "all-models", ">mt<", ">chao<", "take more samples"] {
            assert!(!page.text.contains(code), "{language} {code}: {}", page.text);
        }
    }
    let told = region.get("/api/v1/estimates", None).await.text;
    assert!(!told.contains("\"warnings\""), "{told}");
}
