//! The interface for programs: what is described is there and the other way
//! round, tokens reach no further than their scopes, changes count once.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::http::{Method, StatusCode, header};
use palermo_app::{session, token};
use palermo_store::{ActContext, Begun, api_token};
use palermo_web::{Surface, api, routes};
use serde_json::{Value, json};
use std::{collections::BTreeSet, time::Duration};
use support::{
    Region,
    program::{Call, KEY, Told as _, desk, token},
};

const ADMINISTRATOR: &str = "omar@secretariat.meridian.example";
const AUDITOR: &str = "yusuf@secretariat.meridian.example";

fn description() -> Value {
    let (_, declared) = routes().finish();
    serde_json::to_value(api::document(&declared)).unwrap()
}

#[test]
fn every_route_for_programs_is_described_and_every_description_has_a_route() {
    let (_, declared) = routes().finish();
    let routed: BTreeSet<(String, String)> = declared
        .iter()
        .filter(|route| route.surface == Surface::Api)
        .map(|route| (route.path.to_owned(), route.method.as_str().to_lowercase()))
        .collect();
    let description = description();
    let described: BTreeSet<(String, String)> = description["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, item)| {
            item.as_object().unwrap().keys().map(|method| (path.clone(), method.clone()))
        })
        .collect();
    assert_eq!(described, routed);
    assert!(routed.len() >= 20, "{}", routed.len());
}

#[test]
fn every_operation_names_its_action_and_documents_its_problems() {
    let (_, declared) = routes().finish();
    let description = description();
    assert_eq!(description["openapi"], "3.1.0");
    assert_eq!(description["info"]["license"]["identifier"], "Apache-2.0 OR MIT");
    let mut ids = BTreeSet::new();
    for route in declared.iter().filter(|route| route.surface == Surface::Api) {
        let method = route.method.as_str().to_lowercase();
        let operation = &description["paths"][route.path][&method];
        assert_eq!(operation["x-palermo-action"], route.action.code(), "{}", route.path);
        assert!(ids.insert(operation["operationId"].as_str().unwrap().to_owned()));
        assert!(operation["summary"].as_str().is_some_and(|summary| !summary.is_empty()));
        let mut statuses = vec!["400", "401", "404", "422"];
        if route.changes {
            statuses.push("409");
            let named = operation["parameters"].as_array().unwrap().iter();
            assert!(named.clone().any(|p| p["name"] == "idempotency-key" && p["required"] == true));
        }
        for status in statuses {
            let content = &operation["responses"][status]["content"]["application/problem+json"];
            assert_eq!(
                content["schema"]["$ref"], "#/components/schemas/Problem",
                "{method} {}",
                route.path
            );
        }
    }
}

/// The schema behind a reference.
fn resolved<'d>(description: &'d Value, schema: &'d Value) -> &'d Value {
    match schema["$ref"].as_str() {
        Some(reference) => description.pointer(reference.trim_start_matches('#')).unwrap(),
        None => schema,
    }
}

#[tokio::test]
async fn registers_answer_in_the_shapes_described() {
    let region = Region::new().await;
    let description = description();
    for (pattern, path) in [
        ("/api/v1/mechanisms/{id}", "/api/v1/mechanisms/ECOWAS"),
        ("/api/v1/mechanisms/{id}/members", "/api/v1/mechanisms/ASEAN/members?on=2010-10-01"),
        ("/api/v1/states/{code}", "/api/v1/states/BEN"),
        ("/api/v1/instruments/{id}", "/api/v1/instruments/tip-protocol"),
        ("/api/v1/agreements", "/api/v1/agreements"),
        ("/api/v1/model-texts", "/api/v1/model-texts"),
        ("/api/v1/mechanisms", "/api/v1/mechanisms"),
        ("/api/v1/instruments", "/api/v1/instruments"),
        ("/api/v1/states/{code}/mechanisms", "/api/v1/states/MMR/mechanisms?on=2010-10-01"),
    ] {
        let mut given = Call::get(path).to(&region).await.json();
        let content = &description["paths"][pattern]["get"]["responses"]["200"]["content"];
        let mut schema = resolved(&description, &content["application/json"]["schema"]);
        if let Some(items) = given.get("items") {
            assert!(!items.as_array().unwrap().is_empty(), "{path}");
            given = items[0].clone();
            schema = resolved(&description, &schema["properties"]["items"]["items"]);
        }
        let given: BTreeSet<&String> = given.as_object().unwrap().keys().collect();
        for required in schema["required"].as_array().unwrap() {
            assert!(given.contains(&required.as_str().unwrap().to_owned()), "{path}: {required}");
        }
        if pattern != "/api/v1/mechanisms/{id}" {
            let described: BTreeSet<&String> =
                schema["properties"].as_object().unwrap().keys().collect();
            assert_eq!(given, described, "{path}");
        }
    }
}

#[tokio::test]
async fn the_interface_gives_what_the_command_gives() {
    let region = Region::new().await;
    let found = Call::get("/api/v1/states/MMR/mechanisms?on=2010-10-01").to(&region).await.json();
    let ids: Vec<&str> =
        found["items"].as_array().unwrap().iter().map(|m| m["id"].as_str().unwrap()).collect();
    for id in ["ASEAN", "COMMIT", "BALI"] {
        assert!(ids.contains(&id), "{id} is not among {ids:?}");
    }
    let parties = Call::get("/api/v1/instruments/tip-protocol/parties?on=2009-04-16")
        .to(&region)
        .await
        .json();
    assert_eq!(parties["instrument"], "tip-protocol");
    assert_eq!(parties["on"], "2009-04-16");
    assert_eq!(parties["count"], parties["parties"].as_array().unwrap().len());
    let party = &parties["parties"][0];
    for field in ["party", "name", "kind", "date", "act"] {
        assert!(party[field].is_string(), "{field}: {party}");
    }
    let missing =
        Call::get("/api/v1/instruments/tip-protocol/parties?on=2009-04-16&missing=ECOWAS")
            .to(&region)
            .await
            .json();
    assert_eq!(missing["mechanism"], "ECOWAS");
    let codes: Vec<&str> =
        missing["missing"].as_array().unwrap().iter().map(|c| c.as_str().unwrap()).collect();
    assert!(codes.is_sorted() && codes.contains(&"TGO"), "{codes:?}");
    assert_eq!(missing["note"], Value::Null, "something is stored");
    let before = "/api/v1/instruments/tip-protocol/parties?on=2000-11-15&missing=ECOWAS";
    let nothing = Call::get(before).to(&region).await.json();
    assert!(nothing["note"].as_str().unwrap().contains("Nothing is stored"), "{nothing}");
}

#[tokio::test]
async fn pages_lead_through_a_whole_list_once() {
    let region = Region::new().await;
    let mut seen = BTreeSet::new();
    let mut next = Some("/api/v1/mechanisms?size=20&on=2010-10-01".to_owned());
    let mut total = 0;
    while let Some(path) = next.take() {
        let answer = Call::get(&path).to(&region).await;
        let links = answer.headers[header::LINK].to_str().unwrap().to_owned();
        let page = answer.json();
        total = page["total"].as_u64().unwrap();
        for item in page["items"].as_array().unwrap() {
            assert!(seen.insert(item["id"].as_str().unwrap().to_owned()));
        }
        let link = links.split(", ").find(|link| link.ends_with("rel=\"next\""));
        next = link.map(|link| link[1..link.find('>').unwrap()].to_owned());
    }
    assert_eq!(seen.len() as u64, total);
    assert!(total > 40);
}

#[tokio::test]
async fn a_token_limited_to_one_scope_finds_nothing_elsewhere() {
    let region = Region::new().await;
    let token = token(&region, ADMINISTRATOR, &["tenant.read"]).await;
    assert!(
        Call::get("/api/v1/desks").token(&token).to(&region).await.json()["total"].as_u64()
            > Some(0)
    );
    for path in ["/api/v1/work/tasks", "/api/v1/audit", "/api/v1/tenants"] {
        Call::get(path).token(&token).to(&region).await.problem(404);
    }
    let opened =
        Call::post("/api/v1/desks", &desk("Not allowed")).once(KEY).token(&token).to(&region).await;
    opened.problem(404);
    let me = Call::get("/api/v1/me").token(&token).to(&region).await.json();
    assert_eq!((&me["by"], &me["scopes"]), (&json!("token"), &json!(["tenant.read"])));
    // A scope gives nothing that its account may not do.
    let wider = Call::get("/api/v1/tenants").token(&token).to(&region).await;
    wider.problem(404);
}

#[tokio::test]
async fn a_ministrys_system_sends_answers_to_the_section_handed_to_it() {
    let region = Region::new().await;
    let cookie = region.step_in("arlo@justice.avelmar.example").await;
    let list = Call::get("/api/v1/submissions").session(&cookie).to(&region).await.json();
    let open = list["items"].as_array().unwrap().iter();
    let id = open
        .clone()
        .find(|one| one["status"] == "draft")
        .and_then(|one| one["id"].as_str())
        .unwrap()
        .to_owned();
    let folder = format!("/api/v1/submissions/{id}");
    let shown = Call::get(&folder).session(&cookie).to(&region).await.json();
    let questions = shown["questions"].as_array().unwrap();
    assert!(
        questions.iter().all(|one| one["section"] == "4" || one["section"] == "1"),
        "only the sections handed to it"
    );
    let before = questions.iter().find(|one| one["code"] == "4.3").unwrap();
    let answer = json!({
        "value": 41, "definition": "Penal Code, article 201", "revision": before["revision"],
    });
    let path = format!("{folder}/answers/4.3");
    let taken = Call::put(&path, &answer).once(KEY).session(&cookie).to(&region).await.json();
    assert_eq!(taken["code"], "4.3");
    assert_ne!(taken["revision"], before["revision"]);
    let again = Call::put(&path, &answer).once(KEY).session(&cookie).to(&region).await;
    assert!(again.status.is_success() || again.status.as_u16() == 412, "sent twice, taken once");
    let other = "0198c0de-7f00-7abc-8def-0123456789cd";
    let late = json!({
        "value": 42, "definition": "Penal Code, article 201", "revision": before["revision"],
    });
    Call::put(&path, &late).once(other).session(&cookie).to(&region).await.problem(412);
    let wrong = json!({ "value": "many", "revision": taken["revision"] });
    let third = "0198c0de-7f00-7abc-8def-0123456789ef";
    let told = Call::put(&path, &wrong).once(third).session(&cookie).to(&region).await.problem(422);
    assert_eq!(told["errors"][0]["field"], "a-4.3");
    let foreign = format!("{folder}/answers/6.2");
    let closed = Call::put(&foreign, &json!({ "value": 3 })).once(other).session(&cookie);
    closed.to(&region).await.problem(404);
}

#[tokio::test]
async fn a_token_that_does_not_count_is_refused_everywhere() {
    let region = Region::new().await;
    let cookie = region.step_in(ADMINISTRATOR).await;
    let text = cookie.split_once('=').unwrap().1.to_owned();
    let signed = session::resume(&region.app, &text).await.unwrap().unwrap();
    let acting = signed.acting(&region.app, palermo_app::locale::Language::En);

    let made =
        token::make(&acting, &signed, "test", &["tenant.read".to_owned()], "1").await.unwrap();
    assert!(Call::get("/api/v1/desks").token(&made).to(&region).await.status.is_success());
    let id = token::list(&acting, signed.account.id).await.unwrap()[0].id;
    token::revoke(&acting, id).await.unwrap();

    let context = ActContext::new(signed.tenant.id, acting.actor.clone(), "token.manage");
    let Begun::Fresh(mut act) = region.app.store.act(context).await.unwrap() else { panic!() };
    let past = act.now().before(Duration::from_secs(1));
    let scopes = ["tenant.read".to_owned()];
    let (_, old) =
        api_token::insert(&mut act, signed.account.id, "old", &scopes, past).await.unwrap();
    act.commit(&()).await.unwrap();

    let flipped = format!("{}A", &made[..made.len() - 1]);
    for bad in [made.clone(), old.text(), flipped, "garbage".into(), String::new(), "é".into()] {
        for path in ["/api/v1/desks", "/api/v1/mechanisms", "/api/v1/me"] {
            let answer = Call::get(path).token(&bad).to(&region).await;
            let told = answer.problem(401);
            let detail = told["detail"].as_str().unwrap();
            assert!(detail.contains("wrong, has ended or was taken away"), "{detail}");
            assert!(answer.headers.contains_key(header::WWW_AUTHENTICATE));
        }
    }
    let other = Call::get("/api/v1/mechanisms").with("authorization", "Basic b21hcjo=");
    other.to(&region).await.problem(401);
    let told = Call::get("/api/v1/desks").to(&region).await.problem(401);
    assert_eq!(told["detail"], "Sign in to go on.");
}

#[tokio::test]
async fn what_programs_are_told_holds_no_marks_of_direction() {
    let region = Region::new().await;
    let answer = Call::get("/api/v1/mechanisms?on=2026-02-30").to(&region).await;
    assert!(answer.text.contains("`2026-02-30` is not a day"), "{}", answer.text);
    let arabic = Call::get("/api/v1/mechanisms?on=2026-02-30").with("accept-language", "ar");
    let arabic = arabic.to(&region).await;
    assert!(arabic.text.contains("التقويم"), "{}", arabic.text);
    for text in [answer.text, arabic.text] {
        assert!(!text.contains(|sign| ('\u{2066}'..='\u{2069}').contains(&sign)), "{text}");
    }
}

#[tokio::test]
async fn a_request_sent_twice_has_one_effect() {
    let region = Region::new().await;
    let token = token(&region, ADMINISTRATOR, &["tenant.read", "desk.manage"]).await;
    let total = async || {
        Call::get("/api/v1/desks").token(&token).to(&region).await.json()["total"].as_u64().unwrap()
    };
    let before = total().await;
    let send = async |body: &Value| {
        Call::post("/api/v1/desks", body).once(KEY).token(&token).to(&region).await
    };
    let first = send(&desk("Port of Lumen")).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.text);
    let address = first.headers[header::LOCATION].to_str().unwrap().to_owned();
    let again = send(&desk("Port of Lumen")).await;
    assert_eq!(again.json()["id"], first.json()["id"]);
    assert_eq!(total().await, before + 1);
    send(&desk("Another")).await.problem(422);
    assert_eq!(total().await, before + 1);
    let found = Call::get(&address).token(&token).to(&region).await.json();
    assert_eq!(found["name"], "Port of Lumen");
    let nameless = Call::post("/api/v1/desks", &desk("Nameless")).token(&token).to(&region).await;
    nameless.problem(400);
}

#[tokio::test]
async fn a_change_to_an_old_revision_is_refused() {
    let region = Region::new().await;
    let blind = token(&region, ADMINISTRATOR, &["desk.manage"]).await;
    let token = token(&region, ADMINISTRATOR, &["tenant.read", "desk.manage"]).await;
    let made =
        Call::post("/api/v1/desks", &desk("Before")).once(KEY).token(&token).to(&region).await;
    let path = made.headers[header::LOCATION].to_str().unwrap().to_owned();
    let seen = Call::get(&path).token(&token).to(&region).await;
    let tag = seen.headers[header::ETAG].to_str().unwrap().to_owned();
    let put = async |key: &str, tag: Option<&str>, name: &str| {
        let mut call = Call::put(&path, &desk(name)).once(key).token(&token);
        if let Some(tag) = tag {
            call = call.with("if-match", tag);
        }
        call.to(&region).await
    };
    put("change-without-revision", None, "A").await.problem(428);
    put("change-with-bad-revision", Some("7"), "A").await.problem(400);
    put("change-with-odd-revision", Some("\"99999999999999999999\""), "A").await.problem(412);
    let first = put("change-number-one", Some(&tag), "First").await;
    assert_eq!(first.json()["name"], "First");
    assert_ne!(first.headers[header::ETAG], tag.as_str());
    put("change-number-two", Some(&tag), "Second").await.problem(412);
    let blind = Call::put(&path, &desk("Third")).once("change-without-reading").token(&blind);
    blind.with("if-match", tag.as_str()).to(&region).await.problem(404);
    assert_eq!(Call::get(&path).token(&token).to(&region).await.json()["name"], "First");
    let again = put("change-number-one", Some(&tag), "First").await;
    assert_eq!(again.headers[header::ETAG], first.headers[header::ETAG]);
}

#[tokio::test]
async fn a_task_is_set_and_finished_once() {
    let region = Region::new().await;
    let cookie = region.step_in(ADMINISTRATOR).await;
    let own = |call: Call<'static>| {
        call.with("cookie", cookie.clone()).with("sec-fetch-site", "same-origin")
    };
    let desks = own(Call::get("/api/v1/desks")).to(&region).await.json();
    let id = desks["items"][0]["id"].clone();
    let task = json!({ "desk": id, "note": "Confirm the hours", "due": "2031-02-28" });
    let set = own(Call::post("/api/v1/work/tasks", &task)).once(KEY).to(&region).await;
    if set.status == StatusCode::NOT_FOUND {
        panic!("the administrator should be able to set tasks: {}", set.text);
    }
    assert_eq!(set.status, StatusCode::CREATED, "{}", set.text);
    let path = format!("/api/v1/work/tasks/{}/finish", set.json()["id"].as_str().unwrap());
    let finish = async |key: &str, tag: &str| {
        Call::new(Method::POST, &path)
            .with("cookie", cookie.clone())
            .with("sec-fetch-site", "same-origin")
            .once(key)
            .with("if-match", tag)
            .to(&region)
            .await
    };
    assert_eq!(finish("finish-number-one", "\"1\"").await.status, StatusCode::NO_CONTENT);
    assert_eq!(finish("finish-number-one", "\"1\"").await.status, StatusCode::NO_CONTENT);
    finish("finish-number-two", "\"1\"").await.problem(412);
    let wrong = json!({ "desk": id, "note": "x", "due": "2031-02-29" });
    let told = own(Call::post("/api/v1/work/tasks", &wrong))
        .once("other-request-name")
        .to(&region)
        .await
        .problem(422);
    assert_eq!(told["errors"][0]["field"], "due");
}

#[tokio::test]
async fn a_session_changes_nothing_from_another_site() {
    let region = Region::new().await;
    let cookie = region.step_in(ADMINISTRATOR).await;
    let send = async |site: Option<&str>, key: &str| {
        let mut call =
            Call::post("/api/v1/desks", &desk("Site")).once(key).with("cookie", cookie.clone());
        if let Some(site) = site {
            call = call.with("sec-fetch-site", site);
        }
        call.to(&region).await
    };
    send(None, "site-not-told-at-all").await.problem(403);
    send(Some("cross-site"), "site-is-another-one").await.problem(403);
    assert_eq!(send(Some("same-origin"), "site-is-our-own-one").await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn what_is_wrong_with_a_request_is_told_by_name() {
    let region = Region::new().await;
    for (path, field) in [
        ("/api/v1/mechanisms?on=2009-02-30", "on"),
        ("/api/v1/mechanisms?on=", "on"),
        ("/api/v1/mechanisms?onn=2009-02-20", "onn"),
        ("/api/v1/mechanisms?state=ZZQ", "state"),
        ("/api/v1/mechanisms?page=0", "page"),
        ("/api/v1/mechanisms?page=99999999999999999999999", "page"),
        ("/api/v1/mechanisms?size=201", "size"),
        ("/api/v1/mechanisms?kind=a%00b", "kind"),
        ("/api/v1/mechanisms?page=1&page=2", "page"),
        ("/api/v1/states?kind=planet", "kind"),
        ("/api/v1/mechanisms?kind=zzz", "kind"),
        ("/api/v1/instruments?mechanism=ZZZ", "mechanism"),
    ] {
        let told = Call::get(path).to(&region).await.problem(400);
        assert_eq!(told["errors"][0]["field"], field, "{path}: {told}");
    }
    let long = format!("/api/v1/mechanisms/{}", "A".repeat(5000));
    for path in ["/api/v1/mechanisms/NONE", "/api/v1/mechanisms/%FF%00", "/api/v1/nothing", &long] {
        Call::get(path).to(&region).await.problem(404);
    }
    let wrong = Call::new(Method::DELETE, "/api/v1/mechanisms").to(&region).await;
    wrong.problem(405);
    assert_eq!(wrong.headers[header::ALLOW], "GET");
    let french = Call::get("/api/v1/mechanisms?on=x")
        .with("accept-language", "fr")
        .to(&region)
        .await
        .problem(400);
    assert!(french["errors"][0]["message"].as_str().unwrap().contains("calendrier"));
}

#[tokio::test]
async fn hostile_bodies_are_refused_and_never_break_the_server() {
    let region = Region::new().await;
    let token = token(&region, ADMINISTRATOR, &["desk.manage"]).await;
    let send = async |body: String, kind: &str| {
        let mut call = Call::new(Method::POST, "/api/v1/desks").once(KEY).token(&token);
        call.headers.push(("content-type", kind.to_owned()));
        call.body = Some(body);
        call.to(&region).await
    };
    let with = |field: &str, value: Value| {
        let mut body = desk("Hostile");
        body[field] = value;
        body.to_string()
    };
    send(desk("x").to_string(), "text/plain").await.problem(415);
    send("{".into(), "application/json").await.problem(400);
    send(desk("x").to_string().replace("\"x\"", "\"\\ud800\""), "application/json")
        .await
        .problem(400);
    send("[".repeat(100_000), "application/json").await.problem(422);
    send(format!("{{\"name\":{}", "[".repeat(100_000)), "application/json").await.problem(422);
    send(format!("\"{}\"", "a".repeat(2 << 20)), "application/json").await.problem(413);
    for (field, value) in [
        ("name", json!("a\u{0}b")),
        ("name", json!("a".repeat(100_000))),
        ("name", json!(1e300)),
        ("topics", json!(["a\u{0}b"])),
        ("topics", json!(["a, b"])),
        ("topics", json!(["a".repeat(100_000)])),
        ("languages", json!(["\u{0}"])),
        ("state", json!("\u{0}\u{0}\u{0}")),
        ("time_zone", json!("../../etc/passwd\u{0}")),
        ("hours", json!("")),
        ("telephone", json!("call me")),
        ("unknown", json!(true)),
        ("open", json!(false)),
    ] {
        send(with(field, value), "application/json; charset=utf-8").await.problem(422);
    }
}

#[tokio::test]
async fn the_log_is_for_those_who_may_read_it() {
    let region = Region::new().await;
    let cookie = region.step_in(AUDITOR).await;
    let log = Call::get("/api/v1/audit").with("cookie", cookie.clone()).to(&region).await.json();
    assert!(log["total"].as_u64() > Some(0));
    let refused = Call::get("/api/v1/audit?outcome=refused&action=desk.").with("cookie", cookie);
    assert!(refused.to(&region).await.json()["items"].is_array());
    let other = region.step_in(ADMINISTRATOR).await;
    Call::get("/api/v1/audit").with("cookie", other).to(&region).await.problem(404);
}

#[tokio::test]
async fn finding_help_takes_the_particulars_of_the_page_and_names_what_it_does_not_know() {
    let told = description();
    let parameters = told["paths"]["/api/v1/services/find"]["get"]["parameters"].to_string();
    for name in ["sex", "age", "years", "with", "exploitation", "languages", "tried", "shown"] {
        assert!(parameters.contains(&format!("\"name\":\"{name}\"")), "{name}: {parameters}");
    }
    let region = Region::new().await;
    let find = "/api/v1/services/find?need=shelter&state=XAA";
    let asked = format!("{find}&with=children&with=disability&languages=en,fr&exploitation=labour");
    assert!(Call::get(&asked).to(&region).await.json()["matches"].is_array());
    for (wrong, name) in [
        ("with=spaceship", "with"),
        ("languages=Frenchish", "languages"),
        ("exploitation=war", "exploitation"),
        ("years=500", "years"),
        ("tried=me", "tried"),
    ] {
        let refused = Call::get(&format!("{find}&{wrong}")).to(&region).await;
        let told = refused.problem(400).to_string();
        assert!(told.contains(&format!("\"{name}\"")), "{wrong}: {told}");
    }
}
