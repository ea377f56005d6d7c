//! Answers of the house: someone was faster, a value that is no choice, a link that is
//! dead, a form with nothing in it, names in the log.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::http::{Method, StatusCode};
use palermo_app::{
    access::Action,
    domain::{
        account::AccountStatus,
        actor::Actor,
        id::{Id, SessionId},
    },
    locale::Language,
    operator::Operator,
};
use palermo_store::{
    ActContext, account,
    recovery::{self, RecoveryState},
    tenant,
};
use palermo_web::{Surface, routes, shell::markup};
use std::collections::BTreeSet;
use support::Region;

const RUTH: &str = "ruth@harbourhouse.example";
const SECRETARIAT: &str = "ines@secretariat.meridian.example";
const FOCAL: &str = "joan@taskforce.avelmar.example";
const OFFICER: &str = "dpo@secretariat.meridian.example";
const AUDITOR: &str = "yusuf@secretariat.meridian.example";
const STOPPED: &str = "petra@secretariat.meridian.example";

fn said(region: &Region, id: &str) -> String {
    region.app.catalogue.text(Language::En, id)
}

fn revision(page: &str) -> String {
    page.split("name=\"revision\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn where_someone_was_faster_the_form_comes_back_filled_in_beside_what_they_saved() {
    let region = Region::new().await;
    let ruth = region.step_in(RUTH).await;
    let path = "/en/admin/tenant";
    let seen = revision(&region.get(path, Some(&ruth)).await.text);
    let form = |name: &str, state: &str, language: &str, seen: &str| {
        format!("revision={seen}&name={name}&state={state}&language={language}")
    };
    let theirs = region.post(path, Some(&ruth), &form("Harbour+East", "XAA", "en", &seen)).await;
    assert_eq!(theirs.status, StatusCode::SEE_OTHER, "{}", theirs.text);
    // One word of two letters, one code, one choice: all of it is there.
    let own = region.post(path, Some(&ruth), &form("HE", "XBB", "fr", &seen)).await;
    assert_eq!(own.status, StatusCode::CONFLICT);
    let page = &own.text;
    assert!(page.contains("Someone was faster") && page.contains("Saved meanwhile"), "{page}");
    for label in ["tenant-name", "field-state", "field-language"] {
        assert!(page.contains(&said(&region, label)), "{label}: {page}");
    }
    assert!(page.contains("Harbour East") && page.contains("English"), "{page}");
    for typed in ["value=\"HE\"", "value=\"XBB\"", "value=\"fr\" checked"] {
        assert!(page.contains(typed), "{typed}: {page}");
    }
    assert!(!page.contains(">revision<") && !page.contains("value=\"en\" checked"), "{page}");
    // Sent from there it stands, over what is now known.
    let now = revision(page);
    assert_ne!(now, seen);
    let again = region.post(path, Some(&ruth), &form("HE", "XBB", "fr", &now)).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.text);
    let kept = region.get(path, Some(&ruth)).await.text;
    assert!(kept.contains("value=\"HE\"") && kept.contains("value=\"fr\" checked"), "{kept}");
}

#[tokio::test]
async fn every_field_of_every_form_has_a_name_in_the_readers_language() {
    let region = Region::new().await;
    let apart = ["/leave", "/sign-in/enrol", "/demo"];
    let all = routes().finish().1;
    let pages: Vec<&str> = all
        .iter()
        .filter(|one| one.method == Method::GET && one.surface == Surface::Page)
        .map(|one| one.path)
        .filter(|path| !path.contains('{') && !apart.contains(path))
        .collect();
    let (mut unnamed, mut seen) = (BTreeSet::new(), 0);
    for who in [None, Some(RUTH), Some(SECRETARIAT), Some(FOCAL), Some(OFFICER)] {
        let cookie = match who {
            Some(email) => Some(region.step_in(email).await),
            None => None,
        };
        for path in &pages {
            let page = region.get(&format!("/fr{path}"), cookie.as_deref()).await;
            if page.status != StatusCode::OK {
                continue;
            }
            for form in markup::forms(&page.text) {
                seen += form.seen();
                unnamed.extend(form.unnamed().into_iter().map(|name| format!("{path}: {name}")));
            }
        }
    }
    assert!(seen > 300, "only {seen} fields were seen");
    assert!(unnamed.is_empty(), "fields without a name: {unnamed:#?}");
}

/// Pages that can be narrowed, with what narrows them.
const NARROWED: [(&str, &str); 24] = [
    ("/mechanisms", "kind"),
    ("/mechanisms", "founding"),
    ("/mechanisms", "state"),
    ("/states", "kind"),
    ("/instruments", "kind"),
    ("/instruments/tip-protocol", "missing"),
    ("/agreements", "state"),
    ("/agreements", "status"),
    ("/models", "kind"),
    ("/laws", "state"),
    ("/laws", "mechanism"),
    ("/matrix", "mechanism"),
    ("/matrix", "instrument"),
    ("/services", "need"),
    ("/contact-points", "kind"),
    ("/contact-points", "at"),
    ("/structures", "kind"),
    ("/networks", "kind"),
    ("/figures/explore", "source"),
    ("/figures/explore", "by"),
    ("/figures/explore", "show"),
    ("/figures/estimates", "state"),
    ("/plans", "status"),
    ("/parliaments", "kind"),
];

#[tokio::test]
async fn a_value_that_is_no_choice_is_told_and_the_page_shown_without_it() {
    let region = Region::new().await;
    let cookie = region.step_in(FOCAL).await;
    for (path, name) in NARROWED {
        let page = region.get(&format!("/en{path}?{name}=no-such-choice"), Some(&cookie)).await;
        assert_eq!(page.status, StatusCode::OK, "{path} {name}");
        let told =
            page.text.contains("no-such-choice") && page.text.contains("is not one of the choices");
        assert!(told, "{path} passes over {name}: {}", page.text);
    }
    // The file holds everything and says so too; paging on forgets the value.
    let whole = region.get("/en/mechanisms?format=csv", None).await.text;
    let odd = region.get("/en/mechanisms?kind=no-such-choice&format=csv", None).await.text;
    assert!(
        odd.contains("is not one of the choices") && odd.lines().count() > whole.lines().count()
    );
    let page = region.get("/en/mechanisms?kind=no-such-choice", None).await.text;
    assert!(page.contains("/en/mechanisms?page=2"), "{page}");
    // What is typed is text, and not more of it than helps.
    let long = "%3Cb%3E".repeat(40);
    let page = region.get(&format!("/en/states?kind={long}"), None).await.text;
    assert!(!page.contains("<b><b>") && page.contains('…'), "{page}");
    // A choice in other letters is a choice.
    let page = region.get("/en/laws?state=xaa", None).await.text;
    assert!(!page.contains("is not one of the choices"), "{page}");
}

#[tokio::test]
async fn a_recovery_asked_for_with_nothing_in_the_form_is_told_beside_each_field() {
    let region = Region::new().await;
    let empty = region.post("/en/recover", None, "email=&reason=").await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.text.contains("email-error") && empty.text.contains("reason-error"));
    let typed = region.post("/en/recover", None, "email=no+address&reason=lost+it").await;
    assert_eq!(typed.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(typed.text.contains("value=\"no address\"") && typed.text.contains("lost it"));
    assert!(!typed.text.contains("reason-error"), "{}", typed.text);
}

#[tokio::test]
async fn a_dead_recovery_link_says_what_to_do_and_the_same_for_every_token() {
    let region = Region::new().await;
    let asked = region.post("/en/recover", None, &format!("email={RUTH}&reason=lost")).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER);
    let found = account::find_by_email(&region.app.store, RUTH).await.unwrap().unwrap().record;
    let open = recovery::list(&region.app.store, found.tenant).await.unwrap();
    assert!(open.iter().any(|one| one.record.state == RecoveryState::Asked));
    let mut answers = BTreeSet::new();
    for token in ["made-up", &"0".repeat(64), &format!("{}.{}", found.tenant, "0".repeat(43))] {
        let passphrases =
            "passphrase=quiet+lantern+meadow+otters&again=quiet+lantern+meadow+otters";
        let path = format!("/en/recover/{token}");
        let page = region.get(&path, None).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
        let sent = region.post(&path, None, passphrases).await;
        assert_eq!(sent.status, StatusCode::NOT_FOUND);
        for answer in [page, sent] {
            assert!(answer.text.contains(&said(&region, "recovery-dead")), "{}", answer.text);
            assert!(answer.text.contains("href=\"/en/recover\""), "{}", answer.text);
            let main = answer.text.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
            answers.insert(main.to_owned());
        }
    }
    assert_eq!(answers.len(), 1, "nobody learns whether a link ever was");
}

#[tokio::test]
async fn a_membership_through_another_mechanism_shows_the_sources_of_both() {
    let region = Region::new().await;
    for path in ["/en/mechanisms/HSU?on=2010-10-01", "/en/states/MMR?on=2010-10-01"] {
        let page = region.get(path, None).await.text;
        assert!(
            page.contains("<bdi>HSU</bdi>:") && page.contains("<bdi>ASEAN</bdi>:"),
            "{path}: {page}"
        );
        assert!(page.contains("S1:151"), "{path}: {page}");
    }
    let file = region.get("/en/mechanisms/HSU?on=2010-10-01&format=csv", None).await.text;
    assert!(file.contains("HSU: S1:151") && file.contains("| ASEAN: "), "{file}");
}

#[tokio::test]
async fn the_log_names_ones_own_people_also_when_stopped_and_of_others_the_organisation() {
    let region = Region::new().await;
    let store = &region.app.store;
    let operator = Operator { app: &region.app, user: "root" };
    operator.set_status(STOPPED, AccountStatus::Suspended).await.unwrap();
    let stopped = account::find_by_email(store, STOPPED).await.unwrap().unwrap().record;
    let ruth = account::find_by_email(store, RUTH).await.unwrap().unwrap().record;
    let session = SessionId::from_uuid(ruth.id.uuid());
    let context = ActContext::new(
        stopped.tenant,
        Actor::Account { account: ruth.id, session },
        Action::ManageDesks.code(),
    );
    store.refused(context, ["no-grant".to_owned()]).await.unwrap();
    let auditor = region.step_in(AUDITOR).await;
    let told = format!("{} {}", said(&region, "object-account"), stopped.name);
    for path in ["/en/audit?kind=account", "/en/audit?kind=account&format=csv"] {
        let answer = region.get(path, Some(&auditor)).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(answer.text.contains(&told), "{told}: {}", answer.text);
    }
    let house = tenant::find(store, ruth.tenant).await.unwrap().unwrap().record.name;
    let page = region.get("/en/audit", Some(&auditor)).await.text;
    assert!(page.contains(&format!("{house} (")), "{house}: {page}");
    assert!(!page.contains(&ruth.name), "who it was there is nobody's business here: {page}");
}
