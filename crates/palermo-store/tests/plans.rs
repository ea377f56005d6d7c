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
        let straight = plans::document::with_code(&test.store, &code()).await.unwrap();
        assert_eq!(straight, found, "read straight from its text it is the same");

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
async fn the_values_of_a_plan_read_at_once_are_those_of_each_in_the_order_they_were_told() {
    TestStore::each(async |test| {
        assert!(plans::value::of_plan(&test.store, &code()).await.unwrap().is_empty());
        for (name, number) in [("Task force", 60.25), ("Ministry \"of\" ports, سواحل", 7.0)] {
            let tenant = test.tenant(name, TenantKind::NationalCoordination).await;
            let mut act = test.begin_act(tenant, "plan.report-indicator").await;
            let told = Reported {
                on: Some("2026-02-01".parse().unwrap()),
                by: name.to_owned(),
                ..Value { evidence: format!("{name}, [list]"), ..value(number) }.into()
            };
            plans::value::put(&mut act, &told).await.unwrap();
            act.commit(&()).await.unwrap();
        }
        let all = plans::value::of_plan(&test.store, &code()).await.unwrap();
        let rows = plans::value::list(&test.store, Some(&code())).await.unwrap();
        let each: Vec<Value> = rows.into_iter().map(|one| one.record.entry.value).collect();
        assert_eq!(all, each);
        assert_eq!(all.len(), 2);
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
