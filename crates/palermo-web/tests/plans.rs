//! Plans of action in the demonstration region: what everyone reads, who may report
//! and change what, and the sheet that comes back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use palermo_app::{
    Acting, Refused,
    domain::{
        actor::Actor,
        case::referral::{Ask, ReferralState, Urgency},
        compartment::Compartment,
        id::{ReferralId, TenantId},
        moment::Moment,
        plan::{
            Plan,
            computed::Computed,
            indicator::{Indicator, Measured, Target},
            progress::{Progress, Standing},
        },
        register::{day::Day, state::StateCode},
        tenant::{Tenant, TenantKind},
    },
    locale::Language,
    plan::{ask, change, rows, sheet, templates::PlanFiles},
    report, session, token,
};
use palermo_store::{
    ActContext, Begun, Paging,
    case::{
        event as events, file as files,
        incoming::{self, Incoming},
    },
    keys::{compartment, staff},
    knowledge::release as kept,
    own_view, tenant as tenants,
};
use std::{collections::BTreeMap, time::Duration};
use support::{Answer, Region};

async fn regional(region: &Region) -> ask::PlanOf {
    let plans = ask::list_all(&region.app.store).await.unwrap();
    plans.into_iter().find(|plan| plan.entry.code.as_str() == "meridian-plan").unwrap()
}

fn today(region: &Region) -> Day {
    Day::from(region.app.store.now().date())
}

#[tokio::test]
async fn the_demonstration_has_a_plan_with_its_quarrels_and_a_national_plan_for_each_state() {
    let region = Region::new().await;
    let plan = regional(&region).await;
    let plans = ask::list_all(&region.app.store).await.unwrap();
    let national = plans.iter().filter(|plan| plan.entry.parent.is_some()).count();
    assert_eq!((national, plan.entry.indicators.len()), (6, 26));
    let report = ask::progress(&region.app, &plan.entry, today(&region)).await.unwrap();
    let standing = |key: &str| -> Vec<Standing> {
        report.rows.iter().filter(|row| row.indicator == key).map(|row| row.status).collect()
    };
    assert!(standing("paid").iter().all(|status| *status == Standing::NoBaseline));
    assert!(standing("detected").iter().all(|status| *status == Standing::Context));
    assert!(standing("nightdesks").contains(&Standing::DefinitionChanged));
    let missed = report
        .rows
        .iter()
        .filter(|row| row.indicator == "men" && row.missed && row.value.is_some())
        .map(|row| row.state)
        .collect::<std::collections::BTreeSet<_>>();
    assert!(missed.len() >= 4, "{missed:?}");
    let party = report.rows.iter().find(|row| row.indicator == "party").unwrap();
    assert!(matches!(party.value, Some(Measured::Number(_))), "worked out from the register");
    assert_eq!(plan.entry.amendments.len(), 2);
    assert_eq!(report.unassigned, ["law-nonpunish"]);
}

#[tokio::test]
async fn the_demonstrations_plan_says_what_the_annual_reports_say() {
    let region = Region::new().await;
    let plan = regional(&region).await;
    let values = ask::values(&region.app, &plan.entry, today(&region)).await.unwrap();
    let year = plan.entry.from.date().year();
    let mut compared = 0;
    for period in [year, year + 1] {
        let told = report::standing(
            &region.app,
            "joint-annual",
            Some(period),
            report::Standing::Submitted,
        )
        .await
        .unwrap();
        for (indicator, question) in [("convicted", "4.4"), ("detected", "5.4")] {
            for one in told.values().map(|one| &one.version) {
                let of = |value: &&palermo_app::domain::plan::indicator::Value| {
                    value.indicator == indicator
                        && value.state == Some(one.state)
                        && value.period.to_string() == period.to_string()
                };
                let (Some(value), Some(answer)) =
                    (values.iter().find(of), one.answers.get(question))
                else {
                    continue;
                };
                let number = answer.value.number().unwrap();
                assert_eq!(value.measured, Measured::Number(number), "{indicator} {}", one.state);
                compared += 1;
            }
        }
    }
    assert!(compared >= 14, "{compared}");
}

#[tokio::test]
async fn a_wide_matrix_says_that_it_slides() {
    let region = Region::new().await;
    let page = region.get("/en/plans/meridian-plan/progress", None).await.text;
    assert!(page.contains("slide it sideways") && page.contains(" p-wide\""));
}

#[tokio::test]
async fn every_page_of_a_plan_answers_the_public_in_four_languages() {
    let region = Region::new().await;
    let pages = [
        "/plans",
        "/plans/meridian-plan",
        "/plans/meridian-plan/progress",
        "/plans/meridian-plan/progress?state=XBB&missed=yes",
        "/plans/meridian-plan/overlaps",
        "/plans/meridian-plan/indicators/nightdesks",
        "/plans/bremora-plan",
    ];
    for language in ["en", "fr", "es", "ar"] {
        for page in pages {
            let answer = region.get(&format!("/{language}{page}"), None).await;
            assert_eq!(answer.status, StatusCode::OK, "{language} {page}");
        }
    }
    let shown = region.get("/en/plans/meridian-plan", None).await.text;
    assert!(shown.contains("Third Ministerial Meeting"), "the amendment with who decided it");
}

#[tokio::test]
async fn req_017_024_every_plan_of_the_documents_loads_with_its_structure() {
    let region = Region::new().await;
    let files: &PlanFiles = &region.app.registers.plans;
    let shape = |id: &str| {
        let template = files.template(id).unwrap();
        let top = template.rows.iter().filter(|row| row.parent.is_none()).count();
        (top, template.rows.len() - top)
    };
    assert_eq!(shape("commit-spa-1"), (4, 8));
    assert_eq!(shape("commit-areas"), (12, 0));
    assert_eq!(shape("ecowas-initial"), (6, 0));
    assert_eq!(shape("ecowas-eccas-joint"), (7, 0));
    assert_eq!(shape("osce-platform"), (6, 0));
    let framework = files.template("framework-for-action").unwrap();
    let measures = |pillar: &str| {
        framework.rows.iter().filter(|row| row.parent.as_deref() == Some(pillar)).count()
    };
    assert_eq!(["a", "b", "c", "d", "e"].map(measures), [5, 7, 5, 3, 8]);
    assert_eq!(framework.rows.iter().filter(|row| row.level == "sub-measure").count(), 5);
    let spa2 = files.template("commit-spa-2").unwrap();
    assert_eq!(spa2.predecessor.as_ref().unwrap().as_str(), "commit-spa-1");
    assert!(spa2.predecessor_review.is_some());
    assert_eq!(files.template("au-commit").unwrap().phases.len(), 3);
}

#[tokio::test]
async fn req_032_the_matrix_comes_back_filled_and_tells_every_wrong_row() {
    let region = Region::new().await;
    let plan = regional(&region).await;
    let day = today(&region);
    let report = ask::progress(&region.app, &plan.entry, day).await.unwrap();
    let values = ask::values(&region.app, &plan.entry, day).await.unwrap();
    let out = sheet::matrix(&plan.entry, &report, &values, None, &|one| one.id.clone());
    for bytes in [out.csv(), out.xlsx().unwrap()] {
        let back = sheet::preview(&plan.entry, &values, &bytes, |_| true).unwrap();
        assert!(back.rejected.is_empty(), "{:?}", back.rejected.first());
        assert!(back.changes.is_empty(), "{:?}", back.changes.first());
        assert!(back.unchanged > 200, "{}", back.unchanged);
    }
    let year = plan.entry.to.date().year();
    let filled = "indicator,state,period,value,evidence\n\
                  men,XBB,2030,31,register of places\n\
                  offence,XCC,2030,yes,\n\
                  men,XBB,2030,many,\n\
                  nobody,XBB,2030,1,\n\
                  men,Brémora,2030,1,\n\
                  party,,2030,4,\n";
    let filled = filled.replace("2030", &year.to_string());
    let preview = |text: &str| {
        let own = |state: Option<StateCode>| state.is_some_and(|one| one.as_str() != "XAA");
        sheet::preview(&plan.entry, &values, text.as_bytes(), own).unwrap()
    };
    let back = preview(&filled);
    assert_eq!((back.rows, back.changes.len()), (6, 1));
    let told: Vec<(u64, &str)> = back.rejected.iter().map(|row| (row.row, row.field)).collect();
    assert_eq!(told, [(3, "evidence"), (4, "value"), (5, "indicator"), (6, "state"), (7, "value")]);
    let wrong = format!(
        "indicator;state;period;value;evidence\n\
         men;XBB;{year};-4;\n\
         offered;XBB;{year};140;\n\
         men;XBB;{};4;\n\
         men;XAA;{year};4711;\n\
         men;XBB;{year};1,250;\n\
         men;XBB;{year};٣١٤١;\n",
        year + 9
    );
    let back = preview(&wrong);
    let told: Vec<(u64, &str)> = back.rejected.iter().map(|row| (row.row, row.field)).collect();
    assert_eq!(told, [(2, "value"), (3, "value"), (4, "period"), (5, "state"), (6, "value")]);
    assert!(back.rejected.iter().any(|row| row.problem.id == "plan-sheet-not-yours"));
    assert_eq!(back.changes.first().unwrap().value.measured, Measured::Number(3141.0));
}

#[tokio::test]
async fn req_030_the_review_of_a_plan_is_drafted_from_what_was_measured_and_learnt() {
    let region = Region::new().await;
    let draft = region.get("/en/plans/meridian-plan/review?format=html", None).await.text;
    for told in [
        "Six places for men are open",
        "Two shelters turned a fisherman away",
        "Ask every shelter for one room",
        "Ministers wanted the aim to be none",
    ] {
        assert!(draft.contains(told), "{told}");
    }
    let text = region.get("/ar/plans/meridian-plan/review?format=docx", None).await;
    assert_eq!(text.status, StatusCode::OK);
}

#[tokio::test]
async fn rule_10_the_public_matrix_shows_no_small_number_of_persons() {
    let region = Region::new().await;
    let plan = regional(&region).await;
    let whole = ask::progress(&region.app, &plan.entry, today(&region)).await.unwrap();
    let open = ask::progress_open(&region.app, &plan.entry, today(&region)).await.unwrap();
    let small = |row: &palermo_app::domain::plan::progress::Progress| {
        let counts = ["detected", "convicted"].contains(&row.indicator.as_str());
        counts && matches!(row.value, Some(Measured::Number(n)) if n > 0.0 && n < 10.0)
    };
    assert!(whole.rows.iter().any(small), "the demonstration has small numbers");
    assert!(!open.rows.iter().any(small));
    let api = "/api/v1/plans/meridian-plan/progress";
    let told: serde_json::Value = serde_json::from_str(&region.get(api, None).await.text).unwrap();
    for row in told["rows"].as_array().unwrap().iter().filter(|row| row["indicator"] == "convicted")
    {
        let number = row["number"].as_f64();
        assert!(number.is_none_or(|number| number == 0.0 || number >= 10.0), "{row}");
    }
    let sheet = region.get("/en/plans/meridian-plan/progress?format=csv", None).await.text;
    assert!(sheet.contains("withheld: a small number of persons"));
    let page = region.get("/en/plans/meridian-plan/indicators/convicted", None).await.text;
    assert!(page.contains("Withheld: small number"));
    // The secretariat sees them, and a State its own.
    let secretariat = region.step_in("ines@secretariat.meridian.example").await;
    let seen = region.get("/en/plans/meridian-plan/indicators/convicted", Some(&secretariat)).await;
    assert!(!seen.text.contains("Withheld: small number"));
}

/// What a program with a token of this scope is told.
async fn told_to_a_program(region: &Region, email: &str, scope: &str, path: &str) -> Answer {
    let cookie = region.step_in(email).await;
    let signed = session::resume(&region.app, cookie.split_once('=').unwrap().1).await;
    let signed = signed.unwrap().unwrap();
    let acting = signed.acting(&region.app, Language::En);
    let token = token::make(&acting, &signed, "t", &[scope.to_owned()], "30").await.unwrap();
    let request = Request::get(path).header(header::AUTHORIZATION, format!("Bearer {token}"));
    region.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn a_token_that_was_not_made_for_plans_sees_no_draft_and_no_small_number() {
    let region = Region::new().await;
    let email = "sione@focal.fenlua.example";
    let cookie = region.step_in(email).await;
    let template = region.app.registers.plans.templates.first().unwrap().id.to_string();
    let form =
        format!("origin={template}&title=A+draft&code=our-draft&from=2027-01-01&to=2031-12-31");
    let made = region.post("/en/plans/new", Some(&cookie), &form).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    // Nobody adopted this one yet, and it follows no other.
    let drawn = ask::list_all(&region.app.store).await.unwrap();
    let drawn = drawn.into_iter().find(|plan| plan.entry.code.as_str() == "our-draft").unwrap();
    let drawn = drawn.record.entry;
    assert_eq!((drawn.adopted_by.as_str(), drawn.adopted_on), ("", None));
    assert!(drawn.predecessor.is_none() && drawn.predecessor_review.is_none());
    for (scope, sees) in [("work.read", false), ("plan.edit", true)] {
        let list = told_to_a_program(&region, email, scope, "/api/v1/plans?size=100").await;
        assert_eq!(list.text.contains("our-draft"), sees, "{scope}: {}", list.text);
        let one = told_to_a_program(&region, email, scope, "/api/v1/plans/our-draft").await;
        let expected = if sees { StatusCode::OK } else { StatusCode::NOT_FOUND };
        assert_eq!(one.status, expected, "{scope}");
    }
    let path = "/api/v1/plans/meridian-plan/progress";
    let public = region.get(path, None).await.text;
    for scope in ["work.read", "plan.edit"] {
        assert_eq!(told_to_a_program(&region, email, scope, path).await.text, public, "{scope}");
    }
}

/// How the cells of an indicator stand for a State and year.
async fn cell(region: &Region, plan: &Plan, key: &str, state: &str, year: i32) -> Progress {
    let report = ask::progress(&region.app, plan, today(region)).await.unwrap();
    let found = report.rows.into_iter().find(|row| {
        row.indicator == key
            && row.state.is_some_and(|one| one.as_str() == state)
            && row.period.to_string() == year.to_string()
    });
    found.unwrap_or_else(|| panic!("no {key} of {state} in {year}"))
}

#[tokio::test]
async fn what_palermo_works_out_comes_with_where_it_comes_from() {
    let region = Region::new().await;
    let plan = regional(&region).await.record.entry;
    let year = today(&region).date().year();
    let released = cell(&region, &plan, "released", "XBB", year - 1).await;
    assert!(matches!(released.value, Some(Measured::Number(n)) if n > 0.0 && n % 5.0 == 0.0));
    assert_eq!(released.status, Standing::Context, "what was detected is never coloured");
    let source = released.provenance.unwrap();
    assert!(source.contains(&format!("release detected-{}, published", year - 1)), "{source}");
    let desks = cell(&region, &plan, "confirmed", "XAA", year).await;
    assert!(matches!(desks.value, Some(Measured::Number(n)) if (0.0..=100.0).contains(&n)));
    assert!(desks.provenance.unwrap().starts_with("directory of contact points, "));
    let past = cell(&region, &plan, "confirmed", "XAA", year - 1).await;
    assert!(past.value.is_none() && !past.missed, "the directory knows today only");
    let page = region.get("/en/plans/meridian-plan/indicators/confirmed", None).await.text;
    assert!(page.contains("Open contact points of the State that were confirmed within 180 days"));
    assert!(page.contains("directory of contact points, "));
}

#[tokio::test]
async fn what_a_release_hides_a_plan_withholds_from_everyone() {
    let region = Region::new().await;
    let plan = regional(&region).await.record.entry;
    let year = today(&region).date().year() - 1;
    let store = &region.app.store;
    let found = kept::list(store, Some(&format!("detected-{year}"))).await.unwrap().remove(0);
    let hides = serde_json::json!([{
        "id": "state", "title": "", "columns": ["state"], "cells": [
            { "values": ["XAA"], "count": 40, "status": "shown" },
            { "values": ["XBB"], "count": null, "status": "hidden" },
        ],
    }]);
    let newer = kept::KeptRelease {
        slug: "detected-anew".into(),
        tables: hides,
        issued: Some(today(&region).to_string()),
        ..found.record.entry.clone()
    };
    let tenant = found.record.tenant;
    let context = ActContext::new(tenant, Actor::System { job: "test".into() }, "test");
    let Begun::Fresh(mut act) = store.act(context).await.unwrap() else { panic!("once") };
    kept::insert(&mut act, &newer).await.unwrap();
    act.commit(&()).await.unwrap();
    let shown = cell(&region, &plan, "released", "XAA", year).await;
    assert_eq!(shown.value, Some(Measured::Number(40.0)));
    let hidden = cell(&region, &plan, "released", "XBB", year).await;
    assert_eq!((hidden.status, hidden.value), (Standing::Withheld, None));
    assert!(hidden.provenance.unwrap().contains("detected-anew"));
    let page = region.get("/en/plans/meridian-plan/indicators/released", None).await.text;
    assert!(page.contains("Withheld: small number"));
}

/// Puts referrals of one organisation to another on the books, some accepted at once.
/// Gives who they went to and which they are.
pub(crate) async fn referred(
    region: &Region,
    sent_at: Moment,
    count: u32,
    accepted: u32,
) -> (TenantId, Vec<ReferralId>) {
    let store = &region.app.store;
    let all = tenants::list(store, &tenants::Filter::default(), Paging::all()).await.unwrap();
    let house = |state: &str, kind: TenantKind| {
        let mut all = all.items.iter().map(|one| &one.record);
        all.find(|one| one.state.as_deref() == Some(state) && one.kind == kind).unwrap().id
    };
    let sender = house("XAA", TenantKind::NationalCoordination);
    let mut recipient = None;
    for one in &all.items {
        let held = compartment::holders(store, one.record.id, Compartment::Care).await.unwrap();
        let cases = files::count(store, one.record.id, &files::Filter::default()).await.unwrap();
        if let Some(key) = held.first().filter(|_| cases > 0) {
            let key = staff::find(store, one.record.id, *key).await.unwrap().unwrap();
            recipient = Some((one.record.id, key));
            break;
        }
    }
    let (to, key) = recipient.unwrap();
    let context = ActContext::new(to, Actor::System { job: "test".into() }, "test");
    let Begun::Fresh(mut act) = store.act(context).await.unwrap() else { panic!("once") };
    let mut sent = Vec::new();
    for number in 0..count {
        let id: ReferralId = act.new_id();
        sent.push(id);
        let yes = number < accepted;
        let arrived = Incoming {
            tenant: to,
            id,
            sender,
            desk: None,
            ask: Ask::Referral,
            service: "shelter".into(),
            urgency: Urgency::Usual,
            state: if yes { ReferralState::Accepted } else { ReferralState::Declined },
            decline: None,
            case: None,
            sent_at,
            answered_at: Some(sent_at.after(Duration::from_secs(3_600))),
            told_at: None,
            has_content: true,
        };
        let keys = std::slice::from_ref(&key);
        let envelope = incoming::seal_for(to, id, keys, b"nothing").unwrap();
        incoming::deliver(&mut act, &arrived, &envelope).await.unwrap();
    }
    act.commit(&()).await.unwrap();
    (to, sent)
}

/// The plan of the region with the two figures of referrals.
async fn with_referrals(region: &Region) -> Plan {
    let mut plan = regional(region).await.record.entry;
    let base = plan.indicator("men").unwrap().clone();
    for (figure, unit) in
        [(Computed::ReferralsSent, "referrals"), (Computed::ReferralsAccepted, "per cent")]
    {
        plan.indicators.push(Indicator {
            key: figure.code().into(),
            unit: Some(unit.into()),
            computed: Some(figure),
            ..base.clone()
        });
    }
    plan
}

#[tokio::test]
async fn rule_10_a_figure_of_a_year_that_is_over_does_not_fall_when_a_record_is_sealed() {
    let region = Region::new().await;
    let plan = with_referrals(&region).await;
    let store = &region.app.store;
    let year = today(&region).date().year() - 2;
    let k = report::threshold(&region.app, plan.mechanism.as_deref().unwrap());
    let sent_at: Moment = format!("{year}-05-04T10:00:00Z").parse().unwrap();
    let (to, sent) = referred(&region, sent_at, k, 0).await;
    let filter = files::Filter { without_sealed: true, ..files::Filter::default() };
    let cases = files::list(store, to, &filter, files::SortBy::Newest, Paging::all());
    let found = cases.await.unwrap().items.remove(0);
    let context = ActContext::new(to, Actor::System { job: "test".into() }, "test");
    let Begun::Fresh(mut act) = store.act(context).await.unwrap() else { panic!("once") };
    let mut arrived = incoming::find(&act, to, sent[0]).await.unwrap().unwrap();
    arrived.record.case = Some(found.record.id);
    incoming::update(&mut act, &arrived.record, arrived.revision).await.unwrap();
    act.commit(&()).await.unwrap();
    let of = async || cell(&region, &plan, "referrals-sent", "XAA", year).await.value;
    let told = Some(Measured::Number(f64::from(k)));
    assert_eq!(of().await, told);
    // Today the case that one of them led to is sealed.
    let context = ActContext::new(to, Actor::System { job: "test".into() }, "test");
    let Begun::Fresh(mut act) = store.act(context).await.unwrap() else { panic!("once") };
    let mut case = found.record;
    case.sealed = true;
    files::update(&mut act, &case, found.revision).await.unwrap();
    let event = events::new(&act, case.id, "sealed");
    events::insert(&mut act, &event).await.unwrap();
    act.commit(&()).await.unwrap();
    assert_eq!(of().await, told, "one less would tell that a record was sealed");
}

#[tokio::test]
async fn an_adopted_plan_keeps_the_figure_of_an_indicator_that_is_not_in_use() {
    let region = Region::new().await;
    let cookie = region.step_in("ines@secretariat.meridian.example").await;
    let signed = session::resume(&region.app, cookie.split_once('=').unwrap().1).await;
    let signed = signed.unwrap().unwrap();
    let acting = signed.acting(&region.app, Language::En);
    let plan = regional(&region).await.record.entry;
    let code = plan.code.to_string();
    let resting = Indicator { active: false, ..plan.indicator("party").unwrap().clone() };
    let silent = rows::Why::default();
    let refused = change::put_indicator(&acting, &code, resting.clone(), &silent, None).await;
    assert!(matches!(refused, Err(Refused::Invalid(_))), "out of use it hides what was missed");
    let why =
        rows::Why { reason: "it is measured elsewhere".into(), decided_by: "the group".into() };
    change::put_indicator(&acting, &code, resting.clone(), &why, None).await.unwrap();
    let other = Indicator { computed: None, ..resting.clone() };
    let refused = change::put_indicator(&acting, &code, other, &why, None).await;
    assert!(matches!(refused, Err(Refused::Invalid(_))), "{refused:?}");
    let mut reworded = resting;
    reworded.definitions[0].words.push_str(" and more");
    let refused = change::put_indicator(&acting, &code, reworded, &why, None).await;
    assert!(matches!(refused, Err(Refused::Invalid(_))), "{refused:?}");
}

#[tokio::test]
async fn a_report_and_the_values_behind_it_are_worked_out_together() {
    let region = Region::new().await;
    let plan = regional(&region).await.record.entry;
    let public = Acting::public(&region.app, Language::En);
    let (report, values) = ask::shown_for(&public, &plan, today(&region)).await.unwrap();
    assert_eq!(report, ask::progress_for(&public, &plan, today(&region)).await.unwrap());
    assert!(!values.is_empty());
    for one in report.rows.iter().filter(|row| row.status == Standing::Withheld) {
        let place = (&one.indicator, one.state, one.period);
        assert!(values.iter().all(|value| (&value.indicator, value.state, value.period) != place));
    }
}

#[tokio::test]
async fn referrals_are_told_in_multiples_of_the_threshold_and_withheld_below_it() {
    let region = Region::new().await;
    let mut plan = with_referrals(&region).await;
    let year = today(&region).date().year() - 2;
    let k = report::threshold(&region.app, plan.mechanism.as_deref().unwrap());
    let sent_at: Moment = format!("{year}-05-04T10:00:00Z").parse().unwrap();
    let of = async |key: &str| cell(&region, &plan, key, "XAA", year).await;
    assert_eq!(of("referrals-sent").await.value, Some(Measured::Number(0.0)));
    referred(&region, sent_at, k - 1, 0).await;
    for key in ["referrals-sent", "referrals-accepted"] {
        let small = of(key).await;
        assert_eq!((small.status, small.value), (Standing::Withheld, None), "{key}");
    }
    referred(&region, sent_at, k + 3, k + 1).await;
    let sent = of("referrals-sent").await;
    assert_eq!(sent.value, Some(Measured::Number(f64::from(2 * k))), "of 2k + 2");
    assert!(sent.provenance.unwrap().contains("rounded down to multiples of"));
    assert_eq!(of("referrals-accepted").await.value, Some(Measured::Number(50.0)));
    let state: StateCode = "XAA".parse().unwrap();
    plan.targets.push(Target {
        indicator: "referrals-sent".into(),
        state: None,
        period: format!("{year}-H1").parse().unwrap(),
        value: 1.0,
    });
    let report = ask::progress(&region.app, &plan, today(&region)).await.unwrap();
    let half = report.rows.iter().find(|row| {
        row.indicator == "referrals-sent" && row.state == Some(state) && row.period.parts() == 2
    });
    assert_eq!(half.unwrap().status, Standing::Withheld, "beside its year it would tell");
}

#[tokio::test]
async fn req_237_answers_about_safety_reach_a_plan_only_as_a_share_of_many() {
    let region = Region::new().await;
    let store = &region.app.store;
    let mut plan = regional(&region).await.record.entry;
    plan.indicators.push(Indicator {
        key: "felt-safe".into(),
        unit: Some("per cent".into()),
        computed: Some(Computed::FeltSafe),
        ..plan.indicator("men").unwrap().clone()
    });
    let year = today(&region).date().year() - 1;
    let k = report::threshold(&region.app, plan.mechanism.as_deref().unwrap()).max(5);
    let all = tenants::list(store, &tenants::Filter::default(), Paging::all()).await.unwrap();
    let mut tenants = all.items.iter().map(|one| &one.record);
    let keeper = tenants.clone().find(|one| one.kind == TenantKind::HumanRights).unwrap().id;
    let about = |one: &&Tenant| one.kind == TenantKind::Care && one.state.as_deref() == Some("XAA");
    let about = tenants.find(about).unwrap().id;
    let answered = async |reply: &str, half: &str, count: u32| {
        let context = ActContext::new(keeper, Actor::Public, "own-view.answer");
        let Begun::Fresh(mut act) = store.act(context).await.unwrap() else { panic!() };
        let replies = BTreeMap::from([("safe".to_owned(), reply.to_owned())]);
        for _ in 0..count {
            own_view::keep_answers(&mut act, about, "shelter", half, &replies).await.unwrap();
        }
        act.commit(&()).await.unwrap();
    };
    let told = async || cell(&region, &plan, "felt-safe", "XAA", year).await;
    assert_eq!(told().await.value, None, "nobody answered");
    answered("yes", &format!("{year}-H1"), k - 1).await;
    let few = told().await;
    assert_eq!((few.status, few.value), (Standing::Withheld, None));
    answered("no", &format!("{year}-H2"), k + 1).await;
    answered("yes", &format!("{year}-H2"), 1).await;
    let many = told().await;
    assert_eq!(many.value, Some(Measured::Number(50.0)), "k of 2k + 1, each rounded down");
    assert!(many.provenance.unwrap().starts_with("answers after services, "));
}

#[tokio::test]
async fn the_editor_of_an_indicator_offers_what_palermo_works_out() {
    let region = Region::new().await;
    let ines = region.step_in("ines@secretariat.meridian.example").await;
    let page = "/en/plans/meridian-plan/indicators/party/edit";
    let shown = region.get(page, Some(&ines)).await.text;
    for words in ["Parties to an instrument", "Referrals accepted within a day, share"] {
        assert!(shown.contains(words), "{words}");
    }
    assert!(shown.contains("value=\"adherence\" selected"), "{shown}");
    assert!(shown.contains("value=\"tip-protocol\" selected"));
}
