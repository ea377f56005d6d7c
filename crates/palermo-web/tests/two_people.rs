//! What one person never does alone, in the browser: erasing, opening a
//! protected address, recovering an account (checks A8, N8), and who comes in
//! while strangers keep a name blocked (check N1).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use palermo_app::{
    Message, Refused,
    domain::{account::AccountStatus, id::CaseId},
    locale::Language,
    operator::Operator,
    recovery,
    session::{self, Credentials},
};
use palermo_store::{account, case::file, recovery as recoveries, testing::sealed_places};
use std::{
    collections::BTreeSet,
    net::{IpAddr, Ipv4Addr},
};
use support::{Answer, Region};
use zeroize::Zeroizing;

/// Case manager of a shelter, and its administrator, who is on call.
const NADIA: &str = "nadia@harbourhouse.example";
const RUTH: &str = "ruth@harbourhouse.example";
/// A service provider there, who may not agree.
const KOFI: &str = "kofi@harbourhouse.example";
/// A shelter in which two may open an address.
const SAHAR: &str = "sahar@baitalaman.example";
const RIMA: &str = "rima@baitalaman.example";
/// A shelter of two.
const MARISOL: &str = "marisol@casaalondra.example";
const BENITO: &str = "benito@casaalondra.example";

fn said(region: &Region, id: &str) -> String {
    region.app.catalogue.text(Language::En, id)
}

/// That nobody else may agree, with the roles that could.
fn nobody(region: &Region, roles: &str) -> String {
    let message = Message::new("error-nobody-may-agree").with("roles", roles);
    message.say(&region.app.catalogue, Language::En)
}

fn ids(page: &str, path: &str) -> BTreeSet<String> {
    let parts = page.split(path).skip(1).filter_map(|rest| rest.get(..36));
    parts
        .filter(|id| id.matches('-').count() == 4 && !id.contains('"'))
        .map(str::to_owned)
        .collect()
}

fn led_to(answer: &Answer) -> &str {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    answer.headers[header::LOCATION].to_str().unwrap()
}

/// Someone agrees to whatever waits for them; says how many questions that were.
async fn agree(region: &Region, cookie: &str) -> usize {
    let page = region.get("/en/work/approvals", Some(cookie)).await.text;
    let waiting: BTreeSet<String> = page
        .split("/work/approvals/agree")
        .skip(1)
        .filter_map(|form| form.split("name=\"id\" value=\"").nth(1)?.get(..36))
        .map(str::to_owned)
        .collect();
    for id in &waiting {
        let answer =
            region.post("/en/work/approvals/agree", Some(cookie), &format!("id={id}")).await;
        assert!(led_to(&answer).contains("approval-agreed"));
    }
    waiting.len()
}

/// A case of someone's that can be erased: nothing of it still runs.
async fn erasable(region: &Region, cookie: &str) -> String {
    let list = region.get("/en/cases?state=any&size=200", Some(cookie)).await.text;
    for id in ids(&list, "/cases/") {
        let page = region.get(&format!("/en/cases/{id}/erase"), Some(cookie)).await;
        if page.text.contains("name=\"ground\"") {
            return id;
        }
    }
    panic!("no case can be erased");
}

#[tokio::test]
async fn a8_one_of_the_team_asks_another_agrees_and_a_person_is_erased_once() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let case = erasable(&region, &nadia).await;
    let path = format!("/en/cases/{case}/erase");
    let without = region.post(&path, Some(&nadia), "ground=").await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", without.text);

    let asked = region.post(&path, Some(&nadia), "ground=persons-request").await;
    assert!(led_to(&asked).contains("second-person-asked"));
    // Asked again, or agreed to by oneself: nothing happens.
    let again = region.post(&path, Some(&nadia), "ground=persons-request").await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(agree(&region, &nadia).await, 0, "one's own question");
    let kofi = region.step_in(KOFI).await;
    assert_eq!(agree(&region, &kofi).await, 0, "someone without the right");

    let found = account::find_by_email(&region.app.store, NADIA).await.unwrap().unwrap();
    let tenant = found.record.tenant;
    let id: CaseId = case.parse().unwrap();
    let person = file::find(&region.app.store, tenant, id).await.unwrap().unwrap().record.person;
    let sealed = async || {
        let all = sealed_places(&region.app.store, tenant).await;
        all.iter().filter(|place| place.person == person).count()
    };
    assert!(sealed().await > 0, "nothing was sealed");

    let ruth = region.step_in(RUTH).await;
    let page = region.get("/en/work/approvals", Some(&ruth)).await.text;
    assert!(page.contains(&palermo_app::domain::case::number(id)), "the case's number is shown");
    assert_eq!(agree(&region, &ruth).await, 1);
    let done = region.post(&path, Some(&nadia), "ground=persons-request").await;
    assert!(led_to(&done).contains("person-erased"));
    assert_eq!(sealed().await, 0);
    let page = region.get(&format!("/en/cases/{case}"), Some(&nadia)).await.text;
    assert!(page.contains(&said(&region, "case-event-erased")), "{page}");
    let twice = region.post(&path, Some(&nadia), "ground=persons-request").await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    let report = region.app.store.verify(Some(tenant), &[]).await.unwrap();
    assert!(report.is_clean(), "{:?}", report.problems);
}

#[tokio::test]
async fn a8_a_protected_address_opens_when_two_agree_and_then_once() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let form = "name=Night+house&need=shelter&organisation=Harbour+House&state=XAA&status=active&\
                protected=yes&hours=24%2F7&time_zone=UTC&languages=en";
    let made = region.post("/en/services/new", Some(&nadia), form).await;
    let service = led_to(&made).split('?').next().unwrap().to_owned();
    let path = format!("{service}/address");
    let kept = region.post(&path, Some(&nadia), "do=seal&address=5+Hidden+Way").await;
    assert!(led_to(&kept).contains("address-sealed"));

    let asked = region.post(&path, Some(&nadia), "do=open").await;
    assert!(led_to(&asked).contains("second-person-asked"));
    let again = region.post(&path, Some(&nadia), "do=open").await;
    assert!(!again.text.contains("Hidden Way"));
    assert!(again.text.contains(&said(&region, "error-asked-already")), "{}", again.text);
    assert!(again.text.contains(&format!("href=\"{service}\"")), "{}", again.text);
    assert_eq!(agree(&region, &nadia).await, 0, "one's own question");
    let ruth = region.step_in(RUTH).await;
    // Both see on the service's page that it waits, and where to agree; nobody else does.
    let plain = |text: String| text.replace(['\u{2068}', '\u{2069}'], "");
    for who in [&nadia, &ruth] {
        let page = plain(region.get(&service, Some(who)).await.text);
        assert!(page.contains("Nadia Verhane (Case manager) has asked to open"), "{page}");
        assert!(page.contains("href=\"/en/work/approvals\""));
    }
    let kofi = region.step_in(KOFI).await;
    assert!(!region.get(&service, Some(&kofi)).await.text.contains("has asked to open"));
    assert_eq!(agree(&region, &ruth).await, 1);
    let page = plain(region.get(&service, Some(&nadia)).await.text);
    assert!(page.contains("Ruth Calder has agreed"), "{page}");
    let opened = region.post(&path, Some(&nadia), "do=open").await;
    assert_eq!(opened.status, StatusCode::OK, "{}", opened.text);
    assert!(opened.text.contains("5 Hidden Way"));
    let once = region.post(&path, Some(&nadia), "do=open").await;
    assert!(led_to(&once).contains("second-person-asked"), "it was agreed to once");
}

#[tokio::test]
async fn a8_where_nobody_else_may_agree_it_is_said_and_nothing_is_asked() {
    let region = Region::new().await;
    let sahar = region.step_in(SAHAR).await;
    let form = "name=Night+house&need=shelter&organisation=Aman&state=XEE&status=active&\
                protected=yes&hours=24%2F7&time_zone=UTC&languages=ar";
    let made = region.post("/en/services/new", Some(&sahar), form).await;
    let service = led_to(&made).split('?').next().unwrap().to_owned();
    let path = format!("{service}/address");
    let kept = region.post(&path, Some(&sahar), "do=seal&address=5+Hidden+Way").await;
    assert!(led_to(&kept).contains("address-sealed"));
    let nobody = nobody(&region, "Case manager, On call");
    assert!(!region.get(&service, Some(&sahar)).await.text.contains(&nobody));
    let operator = Operator { app: &region.app, user: "root" };
    operator.set_status(RIMA, AccountStatus::Suspended).await.unwrap();
    assert!(region.get(&service, Some(&sahar)).await.text.contains(&nobody));
    let asked = region.post(&path, Some(&sahar), "do=open").await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", asked.text);
    assert!(asked.text.contains(&nobody), "{}", asked.text);
    // The way back leads to the service.
    assert!(asked.text.contains(&format!("href=\"{service}\"")), "{}", asked.text);
    let page = region.get(&service, Some(&sahar)).await.text;
    assert!(!page.contains("has asked to open"), "nothing waits");
}

#[tokio::test]
async fn a8_where_nobody_else_may_agree_no_reason_for_an_erasure_is_asked() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let case = erasable(&region, &nadia).await;
    let path = format!("/en/cases/{case}/erase");
    let operator = Operator { app: &region.app, user: "root" };
    operator.end_role(RUTH, palermo_app::domain::role::Role::OnCall).await.unwrap();

    let nobody = nobody(&region, "Case manager, Data-protection officer, On call");
    let page = region.get(&path, Some(&nadia)).await.text;
    assert!(page.contains(&nobody), "{page}");
    assert!(!page.contains("name=\"ground\""), "nothing to fill in");
    let asked = region.post(&path, Some(&nadia), "ground=persons-request").await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", asked.text);
    assert!(asked.text.contains(&nobody), "{}", asked.text);
    let waiting = region.get("/en/work/approvals", Some(&nadia)).await.text;
    assert!(!waiting.contains(&said(&region, "case-erase-ground-persons-request")), "{waiting}");
}

async fn approvals(region: &Region, email: &str) -> (usize, Option<String>) {
    let found = account::find_by_email(&region.app.store, email).await.unwrap().unwrap();
    let tenant = found.record.tenant;
    let all = recoveries::list(&region.app.store, tenant).await.unwrap();
    let one = all.iter().find(|one| one.record.account == found.record.id).unwrap();
    let given = recoveries::approvers(&region.app.store, tenant, one.record.id).await.unwrap();
    (given.len(), one.record.operator.clone())
}

#[tokio::test]
async fn n8_where_two_work_together_whoever_runs_the_machine_is_the_second() {
    for (lost, left) in [(MARISOL, BENITO), (BENITO, MARISOL)] {
        let region = Region::new().await;
        let operator = Operator { app: &region.app, user: "root" };
        assert!(operator.approve_recovery(lost, false).await.is_err(), "nobody asked");
        recovery::ask(&region.app, lost, "passphrase forgotten", None).await.unwrap();
        assert_eq!(operator.approve_recovery(lost, false).await.unwrap(), recovery::Agreed::Half);
        assert!(operator.approve_recovery(lost, false).await.is_err(), "the machine counts once");
        assert_eq!(approvals(&region, lost).await, (0, Some("root".to_owned())));

        let other = region.step_in(left).await;
        let page = region.get("/en/admin/recoveries", Some(&other)).await;
        assert_eq!(page.status, StatusCode::OK, "{left}");
        let id = page.text.split("name=\"id\" value=\"").nth(1).unwrap().get(..36).unwrap();
        let agreed =
            region.post("/en/admin/recoveries/approve", Some(&other), &format!("id={id}")).await;
        // Without a mail server no letter leaves: the second of the two hands the link over.
        assert_eq!(agreed.status, StatusCode::OK, "{}", agreed.text);
        assert!(agreed.text.contains("waits for a mail server"), "{}", agreed.text);
        let link = agreed.text.split("/en/recover/").nth(1).unwrap();
        let link = format!("/en/recover/{}", link.split(['"', '<']).next().unwrap());
        let opened = region.get(&link, None).await;
        assert_eq!(opened.status, StatusCode::OK, "{}", opened.text);
        let found = account::find_by_email(&region.app.store, lost).await.unwrap().unwrap();
        let tenant = found.record.tenant;
        let report = region.app.store.verify(Some(tenant), &[]).await.unwrap();
        assert!(report.is_clean(), "{:?}", report.problems);
    }
}

#[tokio::test]
async fn n8_where_colleagues_can_decide_the_machine_does_not() {
    let region = Region::new().await;
    // The secretariat has an administrator, a data-protection officer and more.
    let lost = "ines@secretariat.meridian.example";
    recovery::ask(&region.app, lost, "passphrase forgotten", None).await.unwrap();
    let operator = Operator { app: &region.app, user: "root" };
    assert!(operator.approve_recovery(lost, false).await.is_err());
    assert_eq!(approvals(&region, lost).await, (0, None));
}

fn typed(mark: &str, passphrase: &str, last: u8) -> Credentials {
    Credentials {
        email: NADIA.to_owned(),
        passphrase: Zeroizing::new(passphrase.to_owned()),
        device: "test".to_owned(),
        mark: mark.to_owned(),
        source: Some(IpAddr::V4(Ipv4Addr::new(127, 9, 9, last))),
    }
}

#[tokio::test]
async fn n1_the_owners_known_device_comes_in_while_strangers_keep_the_name_blocked() {
    let region = Region::new().await;
    let right = palermo_app::demo::PASSPHRASE;
    let nadia = region.step_in(NADIA).await;
    let answer = region.post("/en/account/device", Some(&nadia), "do=remember").await;
    let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.starts_with("__Host-palermo-device="), "{cookie}");
    for part in ["Secure", "HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let mark = cookie.split(['=', ';']).nth(1).unwrap().to_owned();
    let both = format!("{nadia}; __Host-palermo-device={mark}");
    let page = region.get("/en/account", Some(&both)).await.text;
    assert!(page.contains(&said(&region, "device-mine")), "{page}");

    for last in 0..40 {
        let wrong = typed("", "not the passphrase at all", last);
        assert!(session::sign_in(&region.app, wrong).await.is_err());
    }
    let elsewhere = session::sign_in(&region.app, typed("", right, 200)).await;
    assert!(matches!(elsewhere, Err(Refused::TooMany(_))), "the name is blocked");
    session::sign_in(&region.app, typed(&mark, right, 201)).await.expect("the owner comes in");
    let still = session::sign_in(&region.app, typed("", right, 202)).await;
    assert!(matches!(still, Err(Refused::TooMany(_))), "nobody else is let in by that");

    // A mark is no way around counting: it is counted too, and good for nobody else.
    let ruth = Credentials { email: RUTH.to_owned(), ..typed(&mark, "wrong", 203) };
    assert!(matches!(session::sign_in(&region.app, ruth).await, Err(Refused::Declined(_))));
    let mut refused = false;
    for last in 0..12 {
        let wrong = typed(&mark, "not the passphrase at all", 210 + last);
        refused |= matches!(session::sign_in(&region.app, wrong).await, Err(Refused::TooMany(_)));
    }
    assert!(refused, "a device in wrong hands is blocked as well");
    let bent = mark.replace('.', "x.");
    let bent = session::sign_in(&region.app, typed(&bent, right, 240)).await;
    assert!(matches!(bent, Err(Refused::TooMany(_))), "a mark nobody made counts for nothing");
}

#[tokio::test]
async fn a_form_sent_twice_makes_one_token_and_one_invitation() {
    let region = Region::new().await;
    let ruth = region.step_in(RUTH).await;
    let once = "_once=0123456789abcdef012345";
    let form = format!("name=Weekly+letter&days=5&scopes=work.read&{once}");
    let made = region.post("/en/admin/tokens", Some(&ruth), &form).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.text);
    let again = region.post("/en/admin/tokens", Some(&ruth), &form).await;
    assert!(again.text.contains("This was done already"), "{}", again.text);
    let list = region.get("/en/admin/tokens", Some(&ruth)).await.text;
    assert_eq!(list.matches(">Weekly letter<").count(), 1, "{list}");
    let once = "_once=0123456789abcdef012346";
    let form = format!(
        "email=new%40harbourhouse.example&name=New+One&roles=case-manager&language=en&{once}"
    );
    let first = region.post("/en/admin/people/invite", Some(&ruth), &form).await;
    assert_eq!(first.status, StatusCode::OK, "{}", first.text);
    // Without a mail server nothing is on its way: the whole address is handed over.
    assert!(first.text.contains("No mail is set up here"), "{}", first.text);
    let other = "email=two%40harbourhouse.example&name=Two&roles=case-manager&language=en\
                 &_once=0123456789abcdef012347";
    let request = Request::post("/en/admin/people/invite")
        .header("sec-fetch-site", "same-origin")
        .header(header::HOST, "palermo.example")
        .header(header::COOKIE, &ruth)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let whole = region.send(request.body(Body::from(other)).unwrap()).await.text;
    assert!(whole.contains("href=\"http://palermo.example/en/invitation/"), "{whole}");
    let ask = region.get("/en/admin/people/invite", Some(&ruth)).await.text;
    assert!(ask.contains("Name of the person invited") && !ask.contains("Your name"), "{ask}");
    let letters = region.get("/en/admin/deliveries", Some(&ruth)).await.text;
    assert!(letters.contains("No mail server is set up here"), "{letters}");
    let second = region.post("/en/admin/people/invite", Some(&ruth), &form).await;
    assert!(second.text.contains("This was done already"), "{}", second.text);
}
