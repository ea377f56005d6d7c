//! Work about a case and how long it is kept, as its team changes: nobody beside the
//! team learns of care, of another case, or keeps a hand in the history.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::care_support;

use care_support::{House, Member, typed};
use palermo_app::{
    Refused,
    access::Action,
    care,
    case::{
        self, close, retention,
        task::{self as case_task, TaskForm},
        team,
    },
    domain::care::CareKind,
    people::{self, leave},
    work,
};
use palermo_domain::{
    case::{person::AgeGroup, retention::Rule, team::TeamPart},
    id::{CaseId, Id, TaskId},
    purpose::Purpose,
    role::Role,
    task::Task,
};
use palermo_store::{
    Paging,
    case::{file as files, team as teams},
    role as roles, task as tasks, tenant as tenants,
    testing::TestStore,
};
use std::time::Duration;

const CARE: Purpose = Purpose::Care;
const DAY: Duration = Duration::from_secs(86_400);

/// What someone has to do, by kind.
async fn waits(house: &House, who: &Member) -> Vec<String> {
    let all = work::list(&house.acting(who), false).await.unwrap();
    all.into_iter().map(|one| one.task.record.kind).collect()
}

async fn safety_plan(house: &House, case: CaseId) {
    let acting = house.acting(&house.lead);
    let plan = typed(&[("on", "2026-02-20"), ("review_on", "2026-03-20")]);
    let kind = CareKind::SafetyPlan;
    care::write::write(&acting, None, case, kind, &plan, CARE).await.unwrap();
}

fn contact(who: &Member) -> TaskForm {
    TaskForm {
        what: "contact".into(),
        who: who.account.to_string(),
        words: String::new(),
        due: ["20", "3", "2026"].map(str::to_owned),
    }
}

async fn open_about(test: &TestStore, house: &House, case: CaseId) -> usize {
    let filter = tasks::Filter {
        subject: Some(format!("{}:{case}", CaseId::KIND)),
        done: Some(false),
        ..tasks::Filter::default()
    };
    let sort = tasks::SortBy::Due;
    let all = tasks::list(&test.store, house.tenant, &filter, sort, Paging::all());
    all.await.unwrap().items.len()
}

#[tokio::test]
async fn a_reminder_of_care_goes_to_someone_who_may_see_the_care_and_says_nothing_to_others() {
    TestStore::each(async |test| {
        let house = House::new(&test).await;
        let case = house.case(AgeGroup::Adult).await;
        safety_plan(&house, case).await;
        // An identification officer carries the case from now on: care is not theirs.
        let officer = house.member("officer", Role::IdentificationOfficer).await;
        house.joins(case, officer.account, TeamPart::Lead).await;
        house.leaves(case, house.lead.account, TeamPart::Lead).await;
        test.clock.advance(DAY * 6);
        assert_eq!(care::remind::run(&house.app).await.unwrap(), 1);
        assert_eq!(waits(&house, &house.colleague).await, ["task-care-safety-plan"]);
        assert!(waits(&house, &officer).await.is_empty());
        // A program that was made for work alone is not told of the plan either.
        let mut program = house.acting(&house.colleague);
        program.subject.limited_to = Some(vec![Action::ReadWork]);
        let told = work::list(&program, false).await.unwrap();
        assert_eq!(told[0].task.record.kind, "task-of-case");
        // Nobody is left who may see it: nobody is reminded.
        house.leaves(case, house.colleague.account, TeamPart::Member).await;
        care::remind::run(&house.app).await.unwrap();
        assert_eq!(open_about(&test, &house, case).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_row_that_cannot_be_read_stops_no_other_organisations_reminders() {
    TestStore::each(async |test| {
        let houses = [House::new(&test).await, House::new(&test).await];
        for house in &houses {
            let case = house.case(AgeGroup::Adult).await;
            safety_plan(house, case).await;
        }
        let filter = tenants::Filter::default();
        let all = tenants::list(&test.store, &filter, Paging::all()).await.unwrap().items;
        let first = all.iter().find(|one| houses.iter().any(|h| h.tenant == one.record.id));
        let bad = first.unwrap().record.id;
        let tenant = test.id_literal(bad);
        test.tamper(&format!("UPDATE care_record SET kind = 'nothing' WHERE tenant = {tenant}"))
            .await;
        test.clock.advance(DAY * 6);
        let told = care::remind::run(&houses[0].app).await;
        assert!(told.is_err(), "the operator learns of it");
        let other = houses.iter().find(|house| house.tenant != bad).unwrap();
        assert_eq!(waits(other, &other.lead).await, ["task-care-safety-plan"]);
    })
    .await;
}

#[tokio::test]
async fn who_leaves_the_team_leaves_its_work_and_writes_no_more_into_the_history() {
    TestStore::each(async |test| {
        let house = House::new(&test).await;
        let case = house.case(AgeGroup::Adult).await;
        let (lead, gone) = (house.acting(&house.lead), house.acting(&house.colleague));
        let id = case_task::set(&lead, None, case, &contact(&house.colleague), CARE).await.unwrap();
        test.clock.advance(DAY);
        team::remove(&lead, case, house.colleague.account, CARE).await.unwrap();
        assert_eq!(waits(&house, &house.lead).await, ["task-case-contact"]);
        assert!(waits(&house, &house.colleague).await.is_empty());
        // One that stayed with them all the same is not theirs to tick off.
        let left = tasks::find(&test.store, house.tenant, id).await.unwrap().unwrap();
        let mut act = test.begin_act(house.tenant, "test").await;
        let theirs = Task { assignee: Some(house.colleague.account), ..left.record };
        let seen = tasks::update(&mut act, &theirs, left.revision).await.unwrap();
        act.commit(&()).await.unwrap();
        let ticked = work::finish(&gone, id, seen).await;
        assert!(matches!(ticked, Err(Refused::NotFound)), "{ticked:?}");
        work::finish(&lead, id, seen).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_case_handed_over_takes_its_work_along() {
    TestStore::each(async |test| {
        let house = House::new(&test).await;
        let case = house.case(AgeGroup::Adult).await;
        let lead = house.acting(&house.lead);
        case_task::set(&lead, None, case, &contact(&house.lead), CARE).await.unwrap();
        let officer = house.member("on-call", Role::OnCall).await;
        let next = house.member("next", Role::CaseManager).await;
        test.clock.advance(DAY);
        let over = house.acting(&officer);
        let handed = team::hand_over(&over, house.lead.account, next.account).await.unwrap();
        assert_eq!(handed, 1);
        assert_eq!(waits(&house, &next).await, ["task-case-contact"]);
        assert!(waits(&house, &house.lead).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_waits_is_shown_however_much_was_done_before() {
    TestStore::each(async |test| {
        let house = House::new(&test).await;
        let case = house.case(AgeGroup::Adult).await;
        let lead = house.acting(&house.lead);
        let mut act = test.begin_act(house.tenant, "test").await;
        let now = act.now();
        let done: Vec<Task> = (0..120)
            .map(|_| Task {
                tenant: house.tenant,
                id: act.new_id::<TaskId>(),
                kind: "task-case-contact".into(),
                subject: Some(format!("{}:{case}", CaseId::KIND)),
                note: String::new(),
                desk: None,
                assignee: Some(house.lead.account),
                due_at: Some(now),
                done_at: Some(now),
                done_by: Some(house.lead.account),
                recorded_at: now,
            })
            .collect();
        tasks::insert_many(&mut act, &done).await.unwrap();
        act.commit(&()).await.unwrap();
        let id = case_task::set(&lead, None, case, &contact(&house.lead), CARE).await.unwrap();
        let shown = work::about(&lead, case).await.unwrap();
        assert_eq!(shown[0].record.id, id, "what waits comes first");
        assert_eq!(shown.len(), 51, "and the last fifty that are done");
    })
    .await;
}

#[tokio::test]
async fn e24_once_erased_nobody_is_reminded_to_contact_the_person() {
    TestStore::each(async |test| {
        let house = House::new(&test).await;
        let case = house.case(AgeGroup::Adult).await;
        let lead = house.acting(&house.lead);
        let agreed = typed(&[("agreed", "yes"), ("by", "us"), ("due_on", "2026-03-10")]);
        let kind = CareKind::FollowUp;
        care::write::write(&lead, None, case, kind, &agreed, CARE).await.unwrap();
        case_task::set(&lead, None, case, &contact(&house.lead), CARE).await.unwrap();
        close::close(&lead, None, case, "goals_met", "", CARE).await.unwrap();
        test.clock.advance(DAY * (6 * 366));
        let swept = retention::run(&house.app).await.unwrap();
        assert_eq!((swept.erased, swept.offered), (0, 1), "a copy is offered first");
        test.clock.advance(DAY * 61);
        let swept = retention::run(&house.app).await.unwrap();
        assert_eq!(swept.erased, 1);
        assert_eq!(open_about(&test, &house, case).await, 0, "no work is left");
        assert_eq!(care::remind::run(&house.app).await.unwrap(), 0);
        assert_eq!(open_about(&test, &house, case).await, 0);
    })
    .await;
}

#[tokio::test]
async fn e11_how_long_a_case_is_kept_tells_of_no_other_case() {
    TestStore::each(async |test| {
        let house = House::new(&test).await;
        let first = house.case(AgeGroup::Adult).await;
        let lead = house.acting(&house.lead);
        let second = house.again(first).await;
        close::close(&lead, None, first, "goals_met", "", CARE).await.unwrap();
        let rule = async || {
            let opened = case::look(&lead, None, first, CARE).await.unwrap();
            retention::keeping(&lead, &opened).await.unwrap().clock.rule
        };
        assert_eq!(rule().await, Rule::Adult, "of another team");
        house.joins(second, house.lead.account, TeamPart::Lead).await;
        assert_eq!(rule().await, Rule::Pending, "of one's own");
        house.seal(second).await;
        assert_eq!(rule().await, Rule::Adult, "sealed");
        // The sweep counts it all the same.
        test.clock.advance(DAY * (6 * 366));
        assert_eq!(retention::run(&house.app).await.unwrap(), retention::Swept::default());
    })
    .await;
}

#[tokio::test]
async fn the_clock_of_keeping_reaches_every_closed_case_and_no_erased_one_twice() {
    TestStore::each(async |test| {
        let house = House::new(&test).await;
        let lead = house.acting(&house.lead);
        let mut closed = Vec::new();
        for _ in 0..4 {
            let case = house.case(AgeGroup::Adult).await;
            close::close(&lead, None, case, "goals_met", "", CARE).await.unwrap();
            closed.push(case);
        }
        house.erased(closed[0]).await;
        let later = test.store.now().after(DAY);
        let (mut seen, mut found) = (None, Vec::new());
        loop {
            let some = files::closed_before(&test.store, house.tenant, later, seen, 2).await;
            let some = some.unwrap();
            let Some(last) = some.last() else { break };
            seen = Some(last.record.id);
            found.extend(some.iter().map(|one| one.record.id));
        }
        let mut rest = closed.split_off(1);
        rest.sort();
        found.sort();
        assert_eq!(found, rest);
    })
    .await;
}

#[tokio::test]
async fn whoever_leaves_the_organisation_leaves_no_case_behind_and_keeps_no_role() {
    TestStore::each(async |test| {
        let house = House::new(&test).await;
        let admin = house.member("admin", Role::TenantAdministrator).await;
        let third = house.member("third", Role::CaseManager).await;
        let mut acting = house.acting(&admin);
        acting.subject.stepped_up_at = Some(test.store.now());
        let (goes, stays) = (house.colleague.account, Some(house.lead.account));
        let alone = async || {
            let case = house.case(AgeGroup::Adult).await;
            house.joins(case, goes, TeamPart::Lead).await;
            house.leaves(case, house.lead.account, TeamPart::Lead).await;
            case
        };
        let (open, sealed) = (alone().await, alone().await);
        house.seal(sealed).await;
        let seen = leave::look(&acting, goes).await.unwrap();
        let carried = seen.carried;
        assert_eq!((carried.alone, carried.beside), (1, 0), "E11: no sealed record is counted");
        let declined = |done: Result<usize, Refused>, id: &str| match done {
            Err(Refused::Declined(why)) => assert_eq!(why.id, id),
            other => panic!("{id}: {other:?}"),
        };
        let revision = seen.account.revision;
        let tried = leave::leave(&acting, goes, stays, revision).await;
        declined(tried, "people-leave-held");
        // One of its team carries the sealed record too; the other case passes on.
        house.joins(sealed, house.lead.account, TeamPart::Lead).await;
        let own = leave::leave(&acting, goes, Some(admin.account), revision).await;
        assert!(matches!(own, Err(Refused::Invalid(_))), "{own:?}");
        let nobody = leave::leave(&acting, goes, None, revision).await;
        assert!(matches!(nobody, Err(Refused::Invalid(_))), "{nobody:?}");
        assert_eq!(leave::leave(&acting, goes, stays, revision).await.unwrap(), 1);
        let now = test.store.now();
        let held = teams::of_account(&test.store, house.tenant, goes, now).await.unwrap();
        assert!(held.is_empty(), "{held:?}");
        let lead = house.acting(&house.lead);
        assert!(case::permitted(&lead, open, Action::WriteCase, CARE).await.is_ok());
        let roles = roles::of_account(&test.store, house.tenant, goes).await.unwrap();
        assert!(roles.iter().all(|one| !one.record.holds_at(now)), "{roles:?}");
        let given = people::give_role(&acting, goes, Role::CaseManager).await;
        assert!(matches!(given, Err(Refused::Invalid(_))), "{given:?}");
        // Nobody else of the staff opens what the lead's key opens.
        let revision = leave::look(&acting, house.lead.account).await.unwrap().account.revision;
        // Their sealed record is carried by another first.
        house.joins(sealed, third.account, TeamPart::Lead).await;
        let last = leave::leave(&acting, house.lead.account, Some(third.account), revision).await;
        declined(last, "people-leave-held");
    })
    .await;
}

#[tokio::test]
async fn rule_3_a_suspended_guardian_opens_the_childs_case_no_more() {
    TestStore::each(async |test| {
        let house = House::new(&test).await;
        let guardian = house.member("guardian", Role::Guardian).await;
        let case = house.case(AgeGroup::Child).await;
        let (lead, theirs) = (house.acting(&house.lead), house.acting(&guardian));
        let vault = house.vault().await;
        let facts = typed(&[
            ("name", "an invented name"),
            ("guardian", "professional"),
            ("appointed_on", "2026-02-01"),
            ("conflict", "clear"),
            ("checked_on", "2026-02-02"),
        ]);
        let write = async || {
            let kind = CareKind::Guardian;
            care::write::write(&lead, Some(&vault), case, kind, &facts, CARE).await.unwrap()
        };
        let add = async || team::add(&lead, case, guardian.account, TeamPart::Guardian, CARE).await;
        let opens = async || case::permitted(&theirs, case, Action::ReadCase, CARE).await.is_ok();
        add().await.unwrap();
        let one = write().await;
        assert!(opens().await);
        care::write::suspend_guardian(&lead, case, one.id, CARE).await.unwrap();
        assert!(!opens().await, "off the team with the suspension");
        let early = add().await;
        assert!(matches!(early, Err(Refused::Invalid(_))), "{early:?}");
        // However they came on the team again, the case stays shut to them.
        house.joins(case, guardian.account, TeamPart::Guardian).await;
        assert!(!opens().await);
        let mine =
            case::list::own(&theirs, None, case::list::Which::default(), CARE).await.unwrap();
        assert!(mine.is_empty(), "nor does the list show it");
        write().await;
        assert!(opens().await, "one stands again");
    })
    .await;
}
