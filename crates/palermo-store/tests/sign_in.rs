//! Accounts, sessions, invitations, recovery, tokens, throttles, notices.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use palermo_domain::{
    account::{AccountStatus, RoleAssignment},
    id::{AccountId, Id, TenantId},
    role::Role,
    tenant::TenantKind,
};
use palermo_store::{
    Error, Paging, TenantToken, account, api_token,
    credential::{self, Credential, CredentialKind},
    invitation::{self, Invitation},
    notice, recovery, role,
    session::{self, Assurance, NewSession, Session, SessionToken},
    testing::TestStore,
    throttle::{self, Counted, Limits},
};
use serde_json::json;
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);

async fn staff(test: &TestStore) -> (TenantId, AccountId) {
    let tenant = test.tenant("Shelter", TenantKind::Care).await;
    (tenant, test.account(tenant, "Amy@Shelter.example").await)
}

async fn sign_in(
    test: &TestStore,
    tenant: TenantId,
    account: AccountId,
) -> (Session, SessionToken) {
    let mut act = test.begin_act(tenant, "session.open").await;
    let new = NewSession {
        account,
        assurance: Assurance::Single,
        device: "browser".to_owned(),
        idle: 15 * MINUTE,
        absolute: 720 * MINUTE,
    };
    let opened = session::open(&mut act, new).await.unwrap();
    act.commit(&()).await.unwrap();
    opened
}

async fn is_signed_in(test: &TestStore, token: &SessionToken) -> bool {
    session::resume(&test.store, token).await.unwrap().is_some()
}

#[tokio::test]
async fn an_address_belongs_to_one_account_of_the_whole_installation() {
    TestStore::each(async |test| {
        let (tenant, id) = staff(&test).await;
        let found =
            account::find_by_email(&test.store, " amy@SHELTER.example ").await.unwrap().unwrap();
        assert_eq!((found.tenant, found.id), (tenant, id));
        assert!(
            account::find_by_email(&test.store, "nobody@shelter.example").await.unwrap().is_none()
        );

        let other = test.tenant("Other", TenantKind::Care).await;
        let mut act = test.begin_act(other, "account.create").await;
        let mut copy = found.record.clone();
        copy.tenant = other;
        assert!(matches!(account::insert(&mut act, &copy).await, Err(Error::Duplicate)));
        drop(act);

        // A changed address frees the old one.
        let mut act = test.begin_act(tenant, "account.change").await;
        let changed = palermo_domain::account::Account {
            email: "new@shelter.example".to_owned(),
            ..found.record.clone()
        };
        account::update(&mut act, &changed, found.revision).await.unwrap();
        act.commit(&()).await.unwrap();
        assert!(
            account::find_by_email(&test.store, "amy@shelter.example").await.unwrap().is_none()
        );
        test.account(other, "amy@shelter.example").await;
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}

#[tokio::test]
async fn n4_a_session_ends_when_idle_at_its_limit_and_when_the_clock_jumps_back() {
    TestStore::each(async |test| {
        let (tenant, id) = staff(&test).await;
        let (_, token) = sign_in(&test, tenant, id).await;
        let again = SessionToken::parse(&token.text()).unwrap();
        for _ in 0..70 {
            test.clock.advance(10 * MINUTE);
            assert!(is_signed_in(&test, &again).await);
        }
        test.clock.advance(21 * MINUTE);
        assert!(!is_signed_in(&test, &token).await, "past its absolute limit");

        let (_, idle) = sign_in(&test, tenant, id).await;
        test.clock.advance(15 * MINUTE);
        assert!(!is_signed_in(&test, &idle).await, "idle for fifteen minutes");

        let (_, back) = sign_in(&test, tenant, id).await;
        let now = test.now();
        test.clock.set(now.before(10 * MINUTE));
        assert!(!is_signed_in(&test, &back).await, "d10: a clock set back revives nothing");
    })
    .await;
}

#[tokio::test]
async fn a_session_is_only_its_own_token_and_not_another_tenants() {
    TestStore::each(async |test| {
        let (tenant, id) = staff(&test).await;
        let (_, token) = sign_in(&test, tenant, id).await;
        let other = test.tenant("Other", TenantKind::Care).await;
        let moved = SessionToken { tenant: other, secret: token.secret.clone() };
        assert!(!is_signed_in(&test, &moved).await);
        let mut text = token.text();
        let last = text.pop().unwrap();
        text.push(if last == 'A' { 'E' } else { 'A' });
        assert!(
            SessionToken::parse(&text).is_none()
                || !is_signed_in(&test, &SessionToken::parse(&text).unwrap()).await
        );
        for wrong in ["", ".", "x.y", "no point"] {
            assert!(TenantToken::parse(wrong).is_none());
        }
        let stored = test.ask_bytes("SELECT token_hash FROM session").await;
        assert_eq!(stored, [token.secret.hash().to_vec()]);
    })
    .await;
}

#[tokio::test]
async fn a6_a_suspended_account_and_a_revoked_session_end_with_the_next_request() {
    TestStore::each(async |test| {
        let (tenant, id) = staff(&test).await;
        let (first, first_token) = sign_in(&test, tenant, id).await;
        let (_, second_token) = sign_in(&test, tenant, id).await;
        assert_eq!(session::of_account(&test.store, tenant, id).await.unwrap().len(), 2);
        let mut act = test.begin_act(tenant, "session.revoke").await;
        session::revoke(&mut act, id, first.id).await.unwrap();
        assert!(matches!(session::revoke(&mut act, id, first.id).await, Err(Error::NotFound)));
        act.commit(&()).await.unwrap();
        assert!(
            !is_signed_in(&test, &first_token).await && is_signed_in(&test, &second_token).await
        );

        let found = account::find(&test.store, tenant, id).await.unwrap().unwrap();
        let mut act = test.begin_act(tenant, "account.suspend").await;
        let mut suspended = found.record.clone();
        suspended.status = AccountStatus::Suspended;
        account::update(&mut act, &suspended, found.revision).await.unwrap();
        act.commit(&()).await.unwrap();
        assert!(!is_signed_in(&test, &second_token).await);
    })
    .await;
}

#[tokio::test]
async fn a_step_up_renews_the_token_and_empties_the_vault() {
    TestStore::each(async |test| {
        let (tenant, id) = staff(&test).await;
        let (opened, old) = sign_in(&test, tenant, id).await;
        let mut act = test.begin_act(tenant, "session.vault").await;
        session::set_vault(&mut act, &opened, Some(vec![1, 2, 3])).await.unwrap();
        act.commit(&()).await.unwrap();
        assert_eq!(session::vault(&test.store, &opened).await.unwrap(), Some(vec![1, 2, 3]));
        test.clock.advance(5 * MINUTE);
        let mut act = test.begin_act(tenant, "session.prove").await;
        let (proven, new) = session::prove(&mut act, &opened, Assurance::Two).await.unwrap();
        act.commit(&()).await.unwrap();
        assert_eq!((proven.id, proven.assurance), (opened.id, Assurance::Two));
        assert_eq!(proven.proven_at, Some(test.now()));
        assert_eq!(session::vault(&test.store, &proven).await.unwrap(), None);
        assert!(!is_signed_in(&test, &old).await && is_signed_in(&test, &new).await);
    })
    .await;
}

#[tokio::test]
async fn n3_a_one_time_code_counts_once_also_in_two_requests_at_the_same_moment() {
    TestStore::each(async |test| {
        let (tenant, id) = staff(&test).await;
        let mut act = test.begin_act(tenant, "credential.add").await;
        let seed = Credential {
            tenant,
            id: act.new_id(),
            account: id,
            kind: CredentialKind::OneTimeCode,
            label: "telephone".to_owned(),
            secret: vec![1],
            facts: json!({}),
            counter: json!({ "step": 7 }),
            recorded_at: act.now(),
            used_at: None,
            revoked_at: None,
        };
        credential::insert(&mut act, &seed).await.unwrap();
        act.commit(&()).await.unwrap();
        let found = credential::of_account(&test.store, tenant, id).await.unwrap().remove(0);
        let used = |found: Credential| {
            let store = test.store.clone();
            tokio::spawn(
                async move { credential::use_once(&store, &found, json!({ "step": 8 })).await },
            )
        };
        let (one, two) = (used(found.record.clone()), used(found.record.clone()));
        let results = [one.await.unwrap().is_ok(), two.await.unwrap().is_ok()];
        assert_eq!(results.iter().filter(|ok| **ok).count(), 1);
        // A use changes what is volatile only: the log still fits the row.
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}

#[tokio::test]
async fn n1_a_name_waits_after_ten_failures_and_is_disabled_before_a_hundred() {
    TestStore::each(async |test| {
        let name = Counted::Name("amy@shelter.example");
        for _ in 0..10 {
            assert_eq!(throttle::blocked(&test.store, name).await.unwrap(), None);
            throttle::failed(&test.store, name, Limits::NAME).await.unwrap();
        }
        assert_eq!(throttle::blocked(&test.store, name).await.unwrap(), None);
        assert_eq!(throttle::failed(&test.store, name, Limits::NAME).await.unwrap(), 11);
        let until =
            throttle::blocked(&test.store, Counted::Name(" AMY@shelter.example")).await.unwrap();
        assert_eq!(until, Some(test.now().after(Duration::from_secs(2))));
        // The owner's known device is counted by itself.
        let device = Counted::Device("amy@shelter.example", "d1");
        assert_eq!(throttle::blocked(&test.store, device).await.unwrap(), None);
        for _ in 11..99 {
            throttle::failed(&test.store, name, Limits::NAME).await.unwrap();
        }
        test.clock.advance(Duration::from_secs(365 * 86_400));
        assert!(throttle::blocked(&test.store, name).await.unwrap().is_some(), "disabled for good");
        throttle::forgive(&test.store, name).await.unwrap();
        assert_eq!(throttle::blocked(&test.store, name).await.unwrap(), None);
        // Failures of a source are forgotten after its window.
        let source = Counted::Source("127.0.0.9");
        throttle::failed(&test.store, source, Limits::SOURCE).await.unwrap();
        test.clock.advance(61 * MINUTE);
        assert_eq!(throttle::failed(&test.store, source, Limits::SOURCE).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn n1_two_instances_count_failures_together() {
    TestStore::each(async |test| {
        let other = test.reopen().await;
        let many = (0..20).map(|number| {
            let store = if number % 2 == 0 { test.store.clone() } else { other.clone() };
            tokio::spawn(async move {
                throttle::failed(&store, Counted::Name("amy"), Limits::NAME).await.unwrap()
            })
        });
        let mut counts = Vec::new();
        for one in many.collect::<Vec<_>>() {
            counts.push(one.await.unwrap());
        }
        counts.sort_unstable();
        assert_eq!(counts, (1..=20).collect::<Vec<_>>());
        other.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_invitation_counts_once_and_ends() {
    TestStore::each(async |test| {
        let (tenant, id) = staff(&test).await;
        let mut act = test.begin_with(test.context_of(tenant, id, "invitation.send")).await;
        let sent = Invitation {
            tenant,
            id: act.new_id(),
            email: "bo@shelter.example".to_owned(),
            name: "Bo".to_owned(),
            roles: vec![Role::CaseManager],
            language: "fr".to_owned(),
            invited_by: Some(id),
            recorded_at: act.now(),
            ends_at: act.now().after(7 * 1440 * MINUTE),
            accepted_at: None,
            revoked_at: None,
        };
        let token = invitation::insert(&mut act, &sent).await.unwrap();
        act.commit(&()).await.unwrap();
        let found = invitation::find_by_token(&test.store, &token).await.unwrap().unwrap();
        assert_eq!(found.record, sent);
        assert_eq!(invitation::waiting(&test.store, tenant).await.unwrap().len(), 1);

        let mut act = test.begin_act(tenant, "invitation.accept").await;
        let accepted = Invitation { accepted_at: Some(act.now()), ..sent.clone() };
        invitation::update(&mut act, &accepted, found.revision).await.unwrap();
        act.commit(&()).await.unwrap();
        assert!(invitation::find_by_token(&test.store, &token).await.unwrap().is_none());
        let mut act = test.begin_act(tenant, "invitation.accept").await;
        let twice = invitation::update(&mut act, &accepted, found.revision).await;
        assert!(matches!(twice, Err(Error::Conflict)));
    })
    .await;
}

#[tokio::test]
async fn n8_a_recovery_needs_two_people_who_are_not_the_one_recovered() {
    TestStore::each(async |test| {
        let (tenant, lost) = staff(&test).await;
        let first = test.account(tenant, "b@shelter.example").await;
        let second = test.account(tenant, "c@shelter.example").await;
        let mut act = test.begin_act(tenant, "recovery.ask").await;
        let ends = act.now().after(1440 * MINUTE);
        let id = recovery::ask(&mut act, lost, "telephone lost", ends).await.unwrap();
        act.commit(&()).await.unwrap();

        let approve = async |approver: AccountId| {
            let mut act =
                test.begin_with(test.context_of(tenant, approver, "recovery.approve")).await;
            let token = recovery::approve(&mut act, id, approver).await?;
            act.commit(&()).await?;
            Ok::<_, Error>(token)
        };
        assert!(matches!(approve(lost).await, Err(Error::Conflict)), "one's own recovery");
        assert!(approve(first).await.unwrap().is_none(), "one approval is not enough");
        assert!(matches!(approve(first).await, Err(Error::Duplicate)), "one person counts once");
        let token = approve(second).await.unwrap().unwrap();
        assert!(matches!(approve(second).await, Err(Error::Conflict)), "it no longer waits");

        let found = recovery::find_by_token(&test.store, &token).await.unwrap().unwrap();
        assert_eq!(found.account, lost);
        assert_eq!(recovery::approvers(&test.store, tenant, id).await.unwrap().len(), 2);
        // Whatever else was asked for the account ends with the new passphrase.
        let mut act = test.begin_act(tenant, "recovery.ask").await;
        let other = recovery::ask(&mut act, lost, "once more", ends).await.unwrap();
        act.commit(&()).await.unwrap();
        let mut act = test.begin_act(tenant, "recovery.void").await;
        recovery::void(&mut act, second).await.unwrap();
        act.commit(&()).await.unwrap();
        assert!(recovery::find_by_token(&test.store, &token).await.unwrap().is_some());
        let mut act = test.begin_act(tenant, "recovery.use").await;
        recovery::use_up(&mut act, id).await.unwrap();
        recovery::void(&mut act, lost).await.unwrap();
        act.commit(&()).await.unwrap();
        assert!(recovery::find_by_token(&test.store, &token).await.unwrap().is_none());
        let all = recovery::list(&test.store, tenant).await.unwrap();
        let state = |id| all.iter().find(|one| one.record.id == id).map(|one| one.record.state);
        assert_eq!(state(id), Some(recovery::RecoveryState::Used));
        assert_ne!(state(other), Some(recovery::RecoveryState::Asked));
    })
    .await;
}

#[tokio::test]
async fn a_program_token_ends_is_revoked_and_follows_its_account() {
    TestStore::each(async |test| {
        let (tenant, id) = staff(&test).await;
        let mut act = test.begin_act(tenant, "token.create").await;
        let ends = act.now().after(60 * MINUTE);
        let scopes = ["desk.list".to_owned()];
        let (first, token) =
            api_token::insert(&mut act, id, "import", &scopes, ends).await.unwrap();
        let soon = act.now().after(MINUTE);
        let (_, short) = api_token::insert(&mut act, id, "short", &scopes, soon).await.unwrap();
        act.commit(&()).await.unwrap();
        let found = api_token::resume(&test.store, &token).await.unwrap().unwrap();
        assert_eq!((found.id, found.scopes.as_slice()), (first, scopes.as_slice()));
        test.clock.advance(2 * MINUTE);
        assert!(api_token::resume(&test.store, &short).await.unwrap().is_none());
        let mut act = test.begin_act(tenant, "token.revoke").await;
        assert_eq!(api_token::revoke_all(&mut act, id).await.unwrap(), 2);
        act.commit(&()).await.unwrap();
        assert!(api_token::resume(&test.store, &token).await.unwrap().is_none());
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}

#[tokio::test]
async fn roles_have_dates_and_holders_are_found_at_a_moment() {
    TestStore::each(async |test| {
        let (tenant, id) = staff(&test).await;
        let mut act = test.begin_act(tenant, "role.assign").await;
        let from = act.now();
        let held = RoleAssignment { tenant, account: id, role: Role::OnCall, from, until: None };
        role::assign(&mut act, &held).await.unwrap();
        act.commit(&()).await.unwrap();
        let holders =
            async |at| role::holders(&test.store, tenant, Role::OnCall, at).await.unwrap().len();
        assert_eq!((holders(from.before(MINUTE)).await, holders(from).await), (0, 1));
        let found = role::of_account(&test.store, tenant, id).await.unwrap().remove(0);
        let mut act = test.begin_act(tenant, "role.end").await;
        role::end(&mut act, &found, from.after(MINUTE), found.revision).await.unwrap();
        act.commit(&()).await.unwrap();
        assert_eq!((holders(from).await, holders(from.after(MINUTE)).await), (1, 0));
    })
    .await;
}

#[tokio::test]
async fn a_notice_is_read_by_its_own_account_only() {
    TestStore::each(async |test| {
        let (tenant, id) = staff(&test).await;
        let other = test.account(tenant, "b@shelter.example").await;
        let mut act = test.begin_act(tenant, "session.open").await;
        notice::leave(&mut act, id, "notice-new-device", json!({ "device": "browser" }))
            .await
            .unwrap();
        act.commit(&()).await.unwrap();
        assert_eq!(notice::unread(&test.store, tenant, id).await.unwrap(), 1);
        assert_eq!(notice::unread(&test.store, tenant, other).await.unwrap(), 0);
        let left =
            notice::list(&test.store, tenant, id, Paging::default()).await.unwrap().items.remove(0);
        let mut act = test.begin_act(tenant, "notice.read").await;
        assert!(matches!(notice::mark_read(&mut act, other, left.id).await, Err(Error::NotFound)));
        drop(act);
        let mut act = test.begin_act(tenant, "notice.read").await;
        notice::mark_read(&mut act, id, left.id).await.unwrap();
        act.commit(&()).await.unwrap();
        assert_eq!(notice::unread(&test.store, tenant, id).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn ids_of_accounts_are_dated_and_ids_of_persons_are_not() {
    let test = TestStore::open(palermo_store::testing::Engine::Sqlite).await.unwrap();
    assert_eq!(test.new_id::<AccountId>().uuid().get_version_num(), 7);
    assert_eq!(test.new_id::<palermo_domain::id::PersonId>().uuid().get_version_num(), 4);
}
