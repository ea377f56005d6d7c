//! Plans of action, on both databases.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use palermo_domain::{
    plan::{
        PlanCode, RowReport, Status,
        indicator::{Measured, Origin, Value},
        reported::Reported,
        template::Template,
    },
    tenant::TenantKind,
};
use palermo_store::{Error, plan as plans, testing::TestStore};

const FILE: &str = include_str!("../../../content/plans/framework-for-action.toml");

fn code() -> PlanCode {
    "framework".parse().unwrap()
}

fn value(number: f64) -> Value {
    Value {
        plan: code(),
        indicator: "days".into(),
        state: Some("XBB".parse().unwrap()),
        period: "2025".parse().unwrap(),
        measured: Measured::Number(number),
        version: 1,
        breakdowns: Vec::new(),
        evidence: "an invented register".into(),
        comment: String::new(),
        origin: Origin::Entered,
    }
}

#[tokio::test]
async fn req_016_a_plan_reads_back_as_it_was_written_and_two_editors_do_not_overwrite_each_other() {
    TestStore::each(async |test| {
        let house = test.tenant("Secretariat", TenantKind::Secretariat).await;
        let template = Template::parse(FILE).unwrap();
        let plan = template.plan(code(), template.from, template.last_day());
        let mut act = test.begin_act(house, "plan.edit").await;
        let id = plans::document::insert(&mut act, &plan).await.unwrap();
        act.commit(&()).await.unwrap();
        let found = plans::document::list(&test.store, Some(&code())).await.unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].record.entry, plan);

        let mut changed = plan.clone();
        changed.title = "Another title".into();
        let mut act = test.begin_act(house, "plan.edit").await;
        plans::document::update(&mut act, id, &changed, found[0].revision).await.unwrap();
        act.commit(&()).await.unwrap();
        let mut act = test.begin_act(house, "plan.edit").await;
        let late = plans::document::update(&mut act, id, &plan, found[0].revision).await;
        assert!(matches!(late, Err(Error::Conflict)), "{late:?}");
    })
    .await;
}

#[tokio::test]
async fn req_023_a_value_reported_again_replaces_the_first_one() {
    TestStore::each(async |test| {
        let state = test.tenant("Task force", TenantKind::NationalCoordination).await;
        for number in [60.0, 48.5] {
            let mut act = test.begin_act(state, "plan.report-indicator").await;
            let told = Reported {
                on: Some("2026-02-01".parse().unwrap()),
                by: "Task force".into(),
                ..value(number).into()
            };
            plans::value::put(&mut act, &told).await.unwrap();
            act.commit(&()).await.unwrap();
        }
        let found = plans::value::list(&test.store, Some(&code())).await.unwrap();
        assert_eq!(found.len(), 1);
        let told = &found[0].record.entry;
        assert_eq!((&told.value, told.by.as_str()), (&value(48.5), "Task force"));
        let earlier: Vec<Measured> = told.earlier.iter().map(|one| one.measured).collect();
        assert_eq!(earlier, [Measured::Number(60.0)], "what was told before stays");
    })
    .await;
}

#[tokio::test]
async fn req_019_three_organisations_each_keep_their_own_report_of_a_row() {
    TestStore::each(async |test| {
        let kinds =
            [TenantKind::Secretariat, TenantKind::NationalCoordination, TenantKind::CivilSociety];
        for (number, kind) in kinds.into_iter().enumerate() {
            let tenant = test.tenant(&format!("Body {number}"), kind).await;
            let report = RowReport {
                plan: code(),
                row: "b5".into(),
                on: "2026-02-01".parse().unwrap(),
                by: format!("Body {number}"),
                status: Status::Ongoing,
                achieved: "a course was held".into(),
                lessons: String::new(),
                proposal: String::new(),
            };
            let mut act = test.begin_act(tenant, "plan.report-row").await;
            plans::report::insert(&mut act, &report).await.unwrap();
            act.commit(&()).await.unwrap();
        }
        let found = plans::report::list(&test.store, Some(&code())).await.unwrap();
        let mut owners: Vec<_> = found.iter().map(|report| report.record.tenant).collect();
        owners.dedup();
        assert_eq!(owners.len(), 3);
    })
    .await;
}
