//! Figures on their way in and out, on both databases.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use palermo_domain::{
    id::{AccountId, BatchId, DatasetId, Id},
    knowledge::{
        amount::Amount,
        columns::{Columns, Query},
        dataset::{Batch, Dataset, Format, Quality, SourceType},
        sources::{Overlap, Shared},
    },
    tenant::TenantKind,
};
use palermo_store::{
    knowledge::{
        batch, budget, dataset as datasets, overlap as overlaps,
        upload::{self as uploads, Upload},
    },
    testing::TestStore,
};
use serde_json::json;
use uuid::Uuid;

fn dataset() -> Dataset {
    Dataset {
        title: "Police".into(),
        source_type: SourceType::Police,
        source: "Register".into(),
        state: Some("XAA".into()),
        definition: "Law".into(),
        counting_rule: "Once".into(),
        coverage: String::new(),
        format: Format::Template,
        mapping: None,
        design: None,
    }
}

fn told(lines: u64) -> Batch {
    Batch {
        file: "a.csv".into(),
        sha256: "00".into(),
        rows: lines,
        lines,
        rejected: 0,
        warnings: 0,
        mapped: (0, 0),
        accepted_at: 1,
        undone: None,
        quality: Quality::default(),
        unmapped: Vec::new(),
        coverage: Vec::new(),
        replaces: None,
    }
}

#[tokio::test]
async fn a_file_waits_with_its_progress_and_is_forgotten() {
    TestStore::each(async |test| {
        let house = test.tenant("Secretariat", TenantKind::Secretariat).await;
        let upload = Upload {
            id: test.store.new_id(),
            dataset: DatasetId::from_uuid(Uuid::from_u128(3)),
            account: AccountId::from_uuid(Uuid::from_u128(4)),
            file: "police.csv".into(),
            state: "reading".into(),
            seen: 0,
            about: 40_000,
            body: json!(null),
            touched_at: test.store.now(),
        };
        uploads::put(&test.store, house, &upload, b"a,b\n1,2\n").await.unwrap();
        uploads::progress(&test.store, house, upload.id, 20_000).await.unwrap();
        let found = uploads::find(&test.store, house, upload.id).await.unwrap().unwrap();
        assert_eq!((found.seen, found.about, found.file.as_str()), (20_000, 40_000, "police.csv"));
        let body = json!({"rows": 1, "words": ["ä"]});
        uploads::found(&test.store, house, upload.id, "planned", body.clone()).await.unwrap();
        let found = uploads::find(&test.store, house, upload.id).await.unwrap().unwrap();
        assert_eq!((found.state.as_str(), &found.body), ("planned", &body));
        assert_eq!(uploads::bytes(&test.store, house, upload.id).await.unwrap(), b"a,b\n1,2\n");
        assert_eq!(uploads::waiting(&test.store, house, upload.dataset).await.unwrap().len(), 1);
        let other = test.tenant("Other", TenantKind::Rapporteur).await;
        assert!(uploads::find(&test.store, other, upload.id).await.unwrap().is_none());
        uploads::forget(&test.store, house, upload.id).await.unwrap();
        assert!(uploads::find(&test.store, house, upload.id).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn figures_of_batches_are_counted_together_until_one_is_undone() {
    TestStore::each(async |test| {
        let house = test.tenant("Secretariat", TenantKind::Secretariat).await;
        let mut act = test.begin_act(house, "data.import").await;
        let id = datasets::insert(&mut act, &dataset()).await.unwrap();
        let mut batches: Vec<BatchId> = Vec::new();
        for (sex, persons) in [("female", 7), ("male", 4)] {
            let mut figures = Columns::new(&["year", "sex"]);
            figures.push(&["2025", sex], Some(Amount::exactly(persons)));
            batches.push(batch::insert(&mut act, id, &told(1), &figures).await.unwrap());
        }
        act.commit(&()).await.unwrap();
        let count = async || {
            let figures = batch::figures(&test.store, house, id).await.unwrap();
            let query = Query { by: vec!["sex".into()], ..Query::default() };
            figures.count(&query).total
        };
        assert_eq!(count().await, Amount::exactly(11));
        let seen = batch::find(&test.store, house, batches[0]).await.unwrap().unwrap().revision;
        let mut act = test.begin_act(house, "data.import").await;
        batch::undo(&mut act, batches[0], "sent by mistake", seen).await.unwrap();
        act.commit(&()).await.unwrap();
        assert_eq!(count().await, Amount::exactly(4));
    })
    .await;
}

#[tokio::test]
async fn an_overlap_is_found_by_its_pair_and_a_budget_is_not_spent_twice_at_once() {
    TestStore::each(async |test| {
        let house = test.tenant("Secretariat", TenantKind::Secretariat).await;
        let id = |number: u128| DatasetId::from_uuid(Uuid::from_u128(number));
        let mut act = test.begin_act(house, "data.import").await;
        let (a, b) = (id(1), id(2));
        let one = Overlap { a, b, shared: Shared::Partly, words: "shelters report".into() };
        overlaps::insert(&mut act, &one).await.unwrap();
        let kept = budget::KeptBudget { name: "releases".into(), ledger: json!({"spent": 0}) };
        let budget_id = budget::insert(&mut act, &kept).await.unwrap();
        act.commit(&()).await.unwrap();
        let pair = Overlap::pair(b, a);
        assert_eq!(overlaps::list(&test.store, Some(&pair)).await.unwrap().len(), 1);
        let found = budget::find(&test.store, house, budget_id).await.unwrap().unwrap();
        let spent = budget::KeptBudget { ledger: json!({"spent": 1}), ..kept };
        let mut act = test.begin_act(house, "release.prepare").await;
        budget::update(&mut act, budget_id, &spent, found.revision).await.unwrap();
        act.commit(&()).await.unwrap();
        let mut act = test.begin_act(house, "release.prepare").await;
        let late = budget::update(&mut act, budget_id, &spent, found.revision).await;
        assert!(late.is_err(), "what another release spent meanwhile is not overwritten");
    })
    .await;
}
