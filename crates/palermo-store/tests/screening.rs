//! Screenings, notices, paper forms and calls, on both databases.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use palermo_domain::{
    hotline::{Call, CallBack, Caller, HandOver},
    id::{AccountId, TenantId},
    screening::{
        Age, Answer, Combination, Dimension, Draft, ExploitationForm, Kept, Notice, Outcome,
        PaperState, Path, Reason,
    },
    tenant::TenantKind,
};
use palermo_store::{
    Act, Error, Paging,
    hotline::{self, Said},
    keys::erase,
    screening::{
        draft::{self, DraftHead},
        kept, notice,
        paper::{self, PaperHead},
    },
    testing::TestStore,
};
use std::time::Duration;

async fn office(test: &TestStore) -> (TenantId, AccountId) {
    let tenant = test.tenant("Labour inspection", TenantKind::Identification).await;
    (tenant, test.account(tenant, "officer@labour.example").await)
}

fn head(act: &Act, account: AccountId) -> DraftHead {
    DraftHead {
        tenant: act.tenant(),
        id: act.new_id(),
        account,
        person: act.new_id(),
        expires_at: act.now().after(Duration::from_secs(3600)),
        recorded_at: act.now(),
    }
}

fn told() -> Draft {
    let mut draft = Draft { age: Some(Age::Adult), language: "fr".into(), ..Draft::default() };
    draft.answers.insert("D1.job".into(), Answer::Yes);
    draft.forms.insert(ExploitationForm::Fishing);
    draft
}

fn decided(head: &DraftHead) -> Kept {
    Kept {
        tenant: head.tenant,
        id: head.id,
        case: None,
        person: head.person,
        account: head.account,
        set: "adult_labour".into(),
        age: Age::Adult,
        state: Some("XAA".into()),
        forms: [ExploitationForm::Fishing].into(),
        positive: [Dimension::Exploitation].into(),
        definition_met: false,
        combination: Combination::Exploited,
        outcome: Outcome::ExploitedWorker,
        path: Path::Consent,
        reasons: [Reason::Answers].into(),
        happened_at: head.recorded_at,
        recorded_at: head.recorded_at,
    }
}

#[tokio::test]
async fn a_draft_is_sealed_kept_and_destroyed_when_its_time_has_passed() {
    TestStore::each(async |test| {
        let (tenant, account) = office(&test).await;
        let store = &test.store;
        let vault = store.server_vault(tenant).await.unwrap();
        let mut act = test.begin_act(tenant, "screening.do").await;
        let head = head(&act, account);
        draft::begin(&mut act, &vault, &head, &Draft::default()).await.unwrap();
        act.commit(&()).await.unwrap();
        let found = draft::find(store, tenant, head.id).await.unwrap().unwrap();
        let mut act = test.begin_act(tenant, "screening.do").await;
        draft::keep(&mut act, &vault, &head, found.revision, &told()).await.unwrap();
        act.commit(&()).await.unwrap();
        // Two windows: the second is told instead of overwriting.
        let mut act = test.begin_act(tenant, "screening.do").await;
        let late = draft::keep(&mut act, &vault, &head, found.revision, &Draft::default()).await;
        assert!(matches!(late, Err(Error::Conflict)));
        act.give_up().await.unwrap();
        let read = store.read_personal(test.context(tenant, "screening.do")).await.unwrap();
        let open = draft::answers(&read, &vault, head.person, head.id).await.unwrap();
        assert_eq!(open, told());
        let bytes = test.ask_bytes("select ciphertext from sealed_value").await;
        assert!(!bytes.is_empty());
        for sealed in &bytes {
            assert!(!String::from_utf8_lossy(sealed).contains("D1.job"));
        }

        let later = head.expires_at.after(Duration::from_secs(1));
        let expired = draft::expired(store, later, 10).await.unwrap();
        assert_eq!(expired, std::slice::from_ref(&head));
        assert!(draft::of_account(store, tenant, account, later).await.unwrap().is_empty());
        let mut act = test.begin_act(tenant, "screening.expire").await;
        draft::discard(&mut act, &head, "retention").await.unwrap();
        act.commit(&()).await.unwrap();
        assert_eq!(erase::finish(store).await.unwrap(), 1);
        let read = store.read_personal(test.context(tenant, "screening.do")).await.unwrap();
        let gone = draft::answers(&read, &vault, head.person, head.id).await;
        assert!(matches!(gone, Err(Error::Erased)));
    })
    .await;
}

#[tokio::test]
async fn a_decided_screening_and_a_notice_read_back() {
    TestStore::each(async |test| {
        let (tenant, account) = office(&test).await;
        let store = &test.store;
        let mut act = test.begin_act(tenant, "screening.do").await;
        let one = decided(&head(&act, account));
        kept::insert(&mut act, &one).await.unwrap();
        let other = Notice::of(&decided(&head(&act, account)));
        notice::insert(&mut act, &other).await.unwrap();
        act.commit(&()).await.unwrap();
        assert_eq!(kept::find(store, tenant, one.id).await.unwrap().unwrap().record, one);
        let own = kept::of_account(store, tenant, account, Paging::all()).await.unwrap();
        assert_eq!(own.items[0].record, one);
        let stored = notice::find(store, tenant, other.id).await.unwrap().unwrap().record;
        assert_eq!(stored, other);
        assert_eq!(stored.forms.iter().map(|f| f.code()).collect::<Vec<_>>(), ["labour"]);
    })
    .await;
}

#[tokio::test]
async fn e07_the_table_of_notices_has_no_column_that_could_tell_who_it_was() {
    let tables = palermo_store::catalogue();
    let notices = tables.iter().find(|table| table.name == "screening_notice").unwrap();
    let columns: Vec<_> = notices.columns.iter().map(|column| column.name).collect();
    for telling in ["person", "account", "case_id", "happened_at", "recorded_at", "name", "sex"] {
        assert!(!columns.contains(&telling), "{telling}");
    }
}

#[tokio::test]
async fn a_paper_form_keeps_both_entries() {
    TestStore::each(async |test| {
        let (tenant, clerk) = office(&test).await;
        let vault = test.store.server_vault(tenant).await.unwrap();
        let mut act = test.begin_act(tenant, "screening.paper").await;
        let head = PaperHead {
            tenant,
            id: act.new_id(),
            person: act.new_id(),
            sheet: "A-17".into(),
            first_by: clerk,
            second_by: None,
            state: PaperState::Once,
            happened_at: act.now(),
            recorded_at: act.now(),
        };
        paper::first(&mut act, &vault, &head, &told()).await.unwrap();
        let head = PaperHead { second_by: Some(clerk), state: PaperState::Differs, ..head };
        paper::second(&mut act, &vault, &head, &Draft::default()).await.unwrap();
        let both = paper::open(&act, &vault, &head).await.unwrap();
        assert_eq!((both.first, both.second), (told(), Some(Draft::default())));
        act.commit(&()).await.unwrap();
        let waiting = paper::waiting(&test.store, tenant).await.unwrap();
        assert_eq!(waiting[0].record, head);
    })
    .await;
}

#[tokio::test]
async fn a_call_without_words_needs_no_key_and_words_need_one() {
    TestStore::each(async |test| {
        let (tenant, account) = office(&test).await;
        let mut act = test.begin_act(tenant, "hotline.answer").await;
        let call = Call {
            tenant,
            id: act.new_id(),
            person: act.new_id(),
            account,
            caller: Caller::Person,
            language: "es".into(),
            state: None,
            call_back: CallBack::Unknown,
            hand_over: HandOver::None,
            desk: None,
            tried: Vec::new(),
            happened_at: act.now(),
            recorded_at: act.now(),
        };
        hotline::insert(&mut act, None, &call, &[(Said::Note, "")]).await.unwrap();
        act.commit(&()).await.unwrap();
        let found = hotline::find(&test.store, tenant, call.id).await.unwrap().unwrap();
        assert_eq!(found.record, call);
        let mut act = test.begin_act(tenant, "hotline.answer").await;
        let second = Call { id: act.new_id(), ..call };
        let refused = hotline::insert(&mut act, None, &second, &[(Said::Note, "words")]).await;
        assert!(matches!(refused, Err(Error::Locked(_))));
        act.give_up().await.unwrap();
    })
    .await;
}
