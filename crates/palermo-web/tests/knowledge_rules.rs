//! Who sees which figures, how fine they may be, and how programs bring them:
//! rules of ethics asked of the demonstration region.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::{knowledge::first, support};

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use palermo_app::knowledge::releases;
use support::Region;

const ANALYST: &str = "petra@secretariat.meridian.example";
const SECRETARIAT: &str = "ines@secretariat.meridian.example";
const RAPPORTEUR: &str = "elin@rapporteur.avelmar.example";

#[tokio::test]
async fn e26_a_release_is_no_finer_than_the_mechanism_and_records_need_more() {
    let region = Region::new().await;
    let cookie = region.step_in(ANALYST).await;
    let list = region.get("/en/data?q=Harmonised", Some(&cookie)).await;
    let dataset = first(&list.text, "/en/data/")["/en/data/".len()..].to_owned();
    let ask = |slug: &str, method: &str, k: &str, more: &str| {
        format!(
            "dataset={dataset}&slug={slug}&title={slug}&tables=form*sex&method={method}&k={k}&from=&to={more}"
        )
    };
    let low = ask("low", "round", "9", "");
    let low = region.post("/en/publish/new", Some(&cookie), &low).await;
    assert_eq!(low.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(low.text.contains("10") && low.text.contains("or more"), "{}", low.text);
    let records = ask("records", "synthetic", "10", "");
    let records = region.post("/en/publish/new", Some(&cookie), &records).await;
    assert_eq!(records.status, StatusCode::UNPROCESSABLE_ENTITY);
    // Without a number the least allowed is taken; a sensitive dimension must be crossed.
    let strange = ask("strange", "round", "", "&sensitive=means");
    let strange = region.post("/en/publish/new", Some(&cookie), &strange).await;
    assert_eq!(strange.status, StatusCode::UNPROCESSABLE_ENTITY);
    let made = ask("usual", "round", "", "&sensitive=form");
    let made = region.post("/en/publish/new", Some(&cookie), &made).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let store = &region.app.store;
    let kept = palermo_store::knowledge::release::list(store, Some("usual")).await.unwrap();
    let spec = releases::spec(&kept[0].entry).unwrap();
    assert_eq!(spec.method.k, Some(10));
    assert_eq!(spec.input.sensitive, ["form"]);
}

#[tokio::test]
async fn e40_an_office_reads_its_own_exact_figures_and_asking_for_others_is_logged() {
    let region = Region::new().await;
    let analyst = region.step_in(ANALYST).await;
    let list = region.get("/en/data?q=Harmonised", Some(&analyst)).await;
    let dataset = first(&list.text, "/en/data/");
    let rapporteur = region.step_in(RAPPORTEUR).await;
    let own = region.get("/en/data", Some(&rapporteur)).await;
    assert_eq!(own.status, StatusCode::OK);
    assert!(!own.text.contains("Harmonised"), "{}", own.text);
    for path in [
        dataset.clone(),
        format!("{dataset}?format=csv"),
        format!("{dataset}/flows"),
        format!("{dataset}/report/glotip?state=XBB"),
    ] {
        let answer = region.get(&path, Some(&rapporteur)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    let all = region.get("/en/publish", Some(&rapporteur)).await;
    assert!(!all.text.contains("Fenlua"), "reports of attacks stay with their office");
    let trends = region.get("/en/trends", Some(&rapporteur)).await.text;
    assert!(!trends.contains("Harmonised"), "{trends}");
    // The rapporteur brings figures of the own State and of no other.
    let new = |state: &str| {
        format!(
            "title=Own&source_type=police&source=x&definition=x&counting_rule=x&state={state}&format=template"
        )
    };
    let other = region.post("/en/data/new", Some(&rapporteur), &new("XBB")).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    let made = region.post("/en/data/new", Some(&rapporteur), &new("XAA")).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
}

#[tokio::test]
async fn e29_no_public_table_tells_a_place_by_month() {
    let region = Region::new().await;
    let cookie = region.step_in(ANALYST).await;
    let list = region.get("/en/data?q=Harmonised", Some(&cookie)).await;
    let dataset = first(&list.text, "/en/data/")["/en/data/".len()..].to_owned();
    for (tables, allowed) in
        [("_period*state", false), ("_period*origin", false), ("_period", true)]
    {
        let body = format!(
            "dataset={dataset}&slug=by-{}&title=t&tables={tables}&method=round&k=&from=&to=",
            tables.len()
        );
        let answer = region.post("/en/publish/new", Some(&cookie), &body).await;
        assert_eq!(answer.status == StatusCode::SEE_OTHER, allowed, "{tables}: {}", answer.text);
    }
}

#[tokio::test]
async fn e30_every_staff_page_of_figures_says_what_they_are_not() {
    let region = Region::new().await;
    let cookie = region.step_in(SECRETARIAT).await;
    let open = async |list: &str, start: &str| {
        let text = region.get(list, Some(&cookie)).await.text;
        first(&text, start)
    };
    let dataset = open("/en/data?q=Harmonised", "/en/data/").await;
    let signal = open("/en/signals", "/en/signals/").await;
    for path in [dataset.clone(), format!("{dataset}/flows"), "/en/trends".to_owned(), signal] {
        let page = region.get(&path, Some(&cookie)).await;
        assert!(page.text.contains("Detected, not prevalence"), "{path}");
    }
    let estimate = open("/en/estimates", "/en/estimates/").await;
    let page = region.get(&estimate, Some(&cookie)).await.text;
    assert!(page.contains("not counts of detected victims"), "{page}");
}

#[tokio::test]
async fn e39_no_way_leads_from_figures_down_to_a_case() {
    const OF_FIGURES: [&str; 11] = [
        "/figures",
        "/releases",
        "/data",
        "/publish",
        "/trends",
        "/signals",
        "/estimates",
        "/extracts",
        "/protocols",
        "/api/v1/releases",
        "/api/v1/datasets",
    ];
    let declared = palermo_web::routes().finish().1;
    let mut seen = 0;
    for route in &declared {
        let below = |start: &&str| {
            route
                .path
                .strip_prefix(*start)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if !OF_FIGURES.iter().any(below) {
            continue;
        }
        seen += 1;
        let action = route.action.code();
        assert!(
            !route.path.contains("case") && !action.starts_with("case"),
            "{} {action}",
            route.path
        );
    }
    assert!(seen > 40, "{seen}");
    let dimensions = palermo_app::knowledge::take::DIMENSIONS;
    assert!(!dimensions.iter().any(|name| name.contains("case") || name.contains("name")));
    let region = Region::new().await;
    let cookie = region.step_in(ANALYST).await;
    let list = region.get("/en/data?q=Harmonised", Some(&cookie)).await;
    let dataset = first(&list.text, "/en/data/");
    for path in [dataset.clone(), format!("{dataset}/flows")] {
        let page = region.get(&path, Some(&cookie)).await.text;
        let main = page.split("<main").nth(1).unwrap_or_default();
        assert!(!main.contains("/cases/"), "{path}");
    }
}

/// A change as a program asks for it.
pub(crate) async fn asked(
    region: &Region,
    path: &str,
    cookie: &str,
    body: &serde_json::Value,
) -> (StatusCode, serde_json::Value) {
    let key: palermo_app::domain::id::BatchId = region.app.store.new_id();
    let request = Request::post(path)
        .header("sec-fetch-site", "same-origin")
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "application/json")
        .header("idempotency-key", key.to_string())
        .body(Body::from(body.to_string()))
        .unwrap();
    let answer = region.send(request).await;
    let json = serde_json::from_str(&answer.text).unwrap_or_default();
    (answer.status, json)
}

#[tokio::test]
async fn a_program_sends_a_packed_file_larger_than_a_mebibyte_and_undoes_it() {
    // `State,Period,Form,Persons` and `XAA,2019-01,labour,7`, packed with gzip.
    const PACKED: &str =
        "H4sIAAAAAAACAwsuSSxJ1QlILcrMT9Fxyy/KBbGL8/OKuSIcHXWMDAwtdQ0MdXISk/JLi3TMuQAIRMwdLwAAAA==";
    let region = Region::new().await;
    let cookie = region.step_in(ANALYST).await;
    let list = region.get("/en/data?q=Avelmar", Some(&cookie)).await;
    let dataset =
        format!("/api/v1/datasets/{}", &first(&list.text, "/en/data/")["/en/data/".len()..]);
    let imports = format!("{dataset}/imports");
    let wrong = serde_json::json!({"file": "a.csv.gz", "content_base64": "%%"});
    let (status, _) = asked(&region, &imports, &cookie, &wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    // Line breaks between the letters make it longer than other bodies may be.
    let long = PACKED.to_owned() + &" ".repeat(2 << 20);
    let body = serde_json::json!({"file": "a.csv.gz", "content_base64": long, "apply": true});
    let (status, done) = asked(&region, &imports, &cookie, &body).await;
    assert_eq!(status, StatusCode::OK, "{done}");
    assert_eq!(done["applied"], true);
    let undo = format!("{imports}/{}/undo", done["batch"].as_str().unwrap());
    let why = serde_json::json!({"why": "sent by mistake"});
    let (status, undone) = asked(&region, &undo, &cookie, &why).await;
    assert_eq!(status, StatusCode::OK, "{undone}");
    // What is out already is not taken out again: the first reason stays.
    let why = serde_json::json!({"why": "another reason"});
    let (status, twice) = asked(&region, &undo, &cookie, &why).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{twice}");
    let shown = region.get(&dataset, Some(&cookie)).await.text;
    assert!(shown.contains("sent by mistake") && !shown.contains("another reason"), "{shown}");
    let other = region.step_in(RAPPORTEUR).await;
    assert_eq!(region.get(&dataset, Some(&other)).await.status, StatusCode::NOT_FOUND);
    let estimates = region.get("/api/v1/estimates", None).await;
    assert_eq!(estimates.status, StatusCode::OK);
}

const CLERK: &str = "greta@harbourhouse.example";
const FOCAL: &str = "joan@taskforce.avelmar.example";

/// Opens a dataset of the template in the organisation of this person; its API address.
pub(crate) async fn opened(region: &Region, cookie: &str) -> String {
    let new =
        "title=Own&source_type=ngo&source=x&definition=x&counting_rule=x&state=XAA&format=template";
    let made = region.post("/en/data/new", Some(cookie), new).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let path = made.headers[header::LOCATION].to_str().unwrap();
    format!("/api/v1/datasets/{}", &path["/en/data/".len()..][..36])
}

/// Eleven quiet months and one with many persons.
pub(crate) fn a_jump() -> String {
    let mut file = String::from("State,Period,Form,Persons\n");
    for month in 1..=12 {
        let persons = if month == 12 { 60 } else { 5 + month % 2 };
        file.push_str(&format!("XAA,2021-{month:02},labour,{persons}\n"));
    }
    file
}

#[tokio::test]
async fn e40_what_a_shelter_sends_raises_no_signal_the_region_reads() {
    let region = Region::new().await;
    let store = &region.app.store;
    let count = || async { palermo_store::knowledge::signal::list(store, None).await.unwrap() };
    let before = count().await.len();
    let file = serde_json::json!({"file": "a.csv", "content": a_jump(), "apply": true});
    let clerk = region.step_in(CLERK).await;
    let shelters = opened(&region, &clerk).await;
    let (status, done) = asked(&region, &format!("{shelters}/imports"), &clerk, &file).await;
    assert_eq!((status, &done["applied"]), (StatusCode::OK, &true.into()), "{done}");
    assert_eq!(count().await.len(), before, "the shelter's months stay its own");
    // The same figures of an office that triages are a signal.
    let analyst = region.step_in(ANALYST).await;
    let offices = opened(&region, &analyst).await;
    let (status, done) = asked(&region, &format!("{offices}/imports"), &analyst, &file).await;
    assert_eq!(status, StatusCode::OK, "{done}");
    assert!(count().await.len() > before);
    // A clerk brings no lines about single persons, and none of another State.
    let persons =
        "title=P&source_type=ngo&source=x&definition=x&counting_rule=x&state=XAA&format=htcds";
    let refused = region.post("/en/data/new", Some(&clerk), persons).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let other = "State,Period,Form,Persons\nXBB,2022-01,labour,7\n";
    let other = serde_json::json!({"file": "b.csv", "content": other, "apply": true, "skip_rejected": true});
    let (status, done) = asked(&region, &format!("{shelters}/imports"), &clerk, &other).await;
    assert_ne!(status, StatusCode::OK, "{done}");
    let context = "/en/data/context/new";
    assert_eq!(region.get(context, Some(&clerk)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(region.get(context, Some(&analyst)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn e40_others_read_a_signal_rounded_and_the_secretariat_triages_any() {
    use palermo_store::{Begun, Paging, knowledge::signal as signals, tenant as tenants};
    let region = Region::new().await;
    let store = &region.app.store;
    let mut live = signals::list(store, Some("new")).await.unwrap().remove(0);
    live.record.entry.observed = 47;
    let actor = palermo_app::domain::actor::Actor::System { job: "test".into() };
    let context = palermo_store::ActContext::new(live.tenant, actor.clone(), "data.import");
    let Begun::Fresh(mut act) = store.act(context).await.unwrap() else { panic!("repeated") };
    signals::update(&mut act, live.id, &live.entry, live.revision).await.unwrap();
    act.about(live.id);
    act.commit(&()).await.unwrap();
    let path = format!("/en/signals/{}", live.id);
    let office = region.step_in(SECRETARIAT).await;
    assert!(!region.get(&path, Some(&office)).await.text.contains("rounded down"));
    let focal = region.step_in(FOCAL).await;
    assert!(region.get(&path, Some(&focal)).await.text.contains("rounded down"));
    let list = region.get("/en/signals?format=csv", Some(&focal)).await.text;
    let line = |persons: u32| format!("{},{persons},", live.entry.period);
    assert!(list.contains(&line(40)) && !list.contains(&line(47)), "{list}");
    let own = region.get("/en/signals?format=csv", Some(&office)).await.text;
    assert!(own.contains(&line(47)), "{own}");
    // One of the rapporteur's: the secretariat dismisses it, and is not answered in return.
    let filter = tenants::Filter {
        kind: Some(palermo_app::domain::tenant::TenantKind::Rapporteur),
        ..tenants::Filter::default()
    };
    let all = tenants::list(store, &filter, Paging::all()).await.unwrap().items;
    let context = palermo_store::ActContext::new(all[0].record.id, actor, "data.import");
    let Begun::Fresh(mut act) = store.act(context).await.unwrap() else { panic!("repeated") };
    let theirs = signals::insert(&mut act, &live.entry).await.unwrap();
    act.about(theirs);
    act.commit(&()).await.unwrap();
    let dismiss = "what=dismiss&reason=a+raid&revision=1";
    let rapporteur = region.step_in(RAPPORTEUR).await;
    let stranger = region.post(&path, Some(&rapporteur), dismiss).await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
    let done = region.post(&format!("/en/signals/{theirs}"), Some(&office), dismiss).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let kept = signals::list(store, Some("dismissed")).await.unwrap();
    let kept = kept.iter().find(|one| one.id == theirs).unwrap();
    assert_eq!(kept.entry.observed, live.entry.observed, "what was rounded is not kept so");
    // What is caught up by the hour does nothing twice.
    palermo_app::knowledge::signals::catch_up(&region.app).await.unwrap();
    assert_eq!(signals::list(store, Some("new")).await.unwrap().len(), 1);
}

#[tokio::test]
async fn e40_who_sends_figures_shares_them_with_the_rapporteur_and_with_no_other_desk() {
    use palermo_store::{Paging, tenant as tenants};
    let region = Region::new().await;
    let focal = region.step_in(FOCAL).await;
    let dataset = opened(&region, &focal).await;
    let dataset = &dataset["/api/v1/datasets/".len()..];
    let filter = tenants::Filter::default();
    let all = tenants::list(&region.app.store, &filter, Paging::all()).await.unwrap().items;
    let of = |kind: &str| {
        let one = all.iter().find(|one| {
            one.record.kind.code() == kind && one.record.state.as_deref() == Some("XAA")
        });
        one.unwrap().record.id
    };
    let form = |party| {
        format!(
            "title=P&parties={party}&items={dataset}&purposes=Planning&frequency=yearly&onward=no\
             &from-day=1&from-month=1&from-year=2026&review-day=1&review-month=1&review-year=2099"
        )
    };
    let police = form(of("enforcement"));
    let police = region.post("/en/protocols/new", Some(&focal), &police).await;
    assert_eq!(police.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", police.text);
    let given = region.post("/en/protocols/new", Some(&focal), &form(of("rapporteur"))).await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.text);
    let protocol = given.headers[header::LOCATION].to_str().unwrap();
    let protocol = protocol.split('?').next().unwrap();
    assert_eq!(region.get(protocol, Some(&focal)).await.status, StatusCode::OK);
    let party = region.step_in(RAPPORTEUR).await;
    assert_eq!(region.get(protocol, Some(&party)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_release_prepared_under_weaker_rules_is_prepared_anew_before_anybody_signs() {
    let region = Region::new().await;
    let cookie = region.step_in(ANALYST).await;
    let list = region.get("/en/data?q=Harmonised", Some(&cookie)).await;
    let dataset = first(&list.text, "/en/data/")["/en/data/".len()..].to_owned();
    let ask = |slug: &str, tables: &str, method: &str| {
        format!(
            "dataset={dataset}&slug={slug}&title=t&tables={tables}&method={method}&k=&from=&to="
        )
    };
    // Each table may be told; a record would tell both in one row (E29).
    let records = ask("both", "_period,origin*form", "synthetic");
    let records = region.post("/en/publish/new", Some(&cookie), &records).await;
    assert_eq!(records.status, StatusCode::UNPROCESSABLE_ENTITY);
    let made =
        region.post("/en/publish/new", Some(&cookie), &ask("old", "form*sex", "round")).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let store = &region.app.store;
    let found =
        palermo_store::knowledge::release::list(store, Some("old")).await.unwrap().remove(0);
    let mut entry = found.entry.clone();
    entry.spec["method"]["k"] = 5.into();
    let actor = palermo_app::domain::actor::Actor::System { job: "test".into() };
    let context = palermo_store::ActContext::new(found.tenant, actor, "release.prepare");
    let palermo_store::Begun::Fresh(mut act) = store.act(context).await.unwrap() else {
        panic!("repeated")
    };
    palermo_store::knowledge::release::update(&mut act, found.id, &entry, found.revision)
        .await
        .unwrap();
    act.about(found.id);
    act.commit(&()).await.unwrap();
    let sign = format!("/en/publish/{}/sign", found.id);
    let signed = region.post(&sign, Some(&cookie), "revision=2").await;
    assert!(signed.text.contains("higher threshold"), "{}", signed.text);
}
