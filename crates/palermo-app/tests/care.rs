//! Care written down by several people at once, on both databases: nobody's
//! words are lost and no child is left alone unnoticed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::care_support;

use care_support::{House, typed};
use palermo_app::{
    Refused,
    access::Action,
    care,
    case::{
        self,
        task::{self as case_task, TaskForm},
    },
    domain::care::CareKind,
    screening::bias,
    work,
};
use palermo_domain::{
    care::{Body, rules},
    case::{
        person::{AgeGroup, Person, Sex},
        team::TeamPart,
    },
    compartment::Compartment,
    id::{CareId, Id},
    purpose::Purpose,
    role::Role,
    screening::{Age, Combination, Kept, Outcome, Path, bias::By},
};
use palermo_store::{
    Begun, Paging, Revision, care as stored,
    case::{event as events, file, person as persons},
    keys::sealed::{self, Place},
    screening::kept as screenings,
    task as tasks,
    testing::TestStore,
};
use std::{collections::BTreeSet, time::Duration};

const GUARDIAN: [(&str, &str); 5] = [
    ("name", "an invented name"),
    ("guardian", "professional"),
    ("appointed_on", "2026-02-01"),
    ("conflict", "clear"),
    ("checked_on", "2026-02-02"),
];

fn refused_with_rule(refused: Refused, rule: &str) {
    let Refused::Invalid(problems) = refused else { panic!("{refused}") };
    let named = |problem: &palermo_app::FieldProblem| {
        let value = |name: &str| {
            problem.message.values.iter().find(|(key, _)| key == name).map(|(_, value)| &**value)
        };
        value("rule") == Some(rule) && value("source").is_some_and(|source| !source.is_empty())
    };
    assert!(problems.0.iter().any(named), "{problems:?}");
}

#[tokio::test]
async fn req_127_two_colleagues_suspend_the_last_two_guardians_at_once_and_the_gap_is_told_once() {
    TestStore::each(async |test| {
        let house = House::new(&test).await;
        let case = house.case(AgeGroup::Child).await;
        let (first, second) = (house.acting(&house.lead), house.acting(&house.colleague));
        let vault = house.vault().await;
        let write = async |kind, facts: &[(&str, &str)]| {
            let typed = typed(facts);
            care::write::write(&first, Some(&vault), case, kind, &typed, Purpose::Care).await
        };
        let one = write(CareKind::Guardian, &GUARDIAN).await.unwrap();
        let two = write(CareKind::Guardian, &GUARDIAN).await.unwrap();
        let talk =
            [("on", "2026-02-20"), ("about", "happened"), ("by", "here"), ("setting", "office")];
        write(CareKind::Interview, &talk).await.unwrap();

        let (a, b) = tokio::join!(
            care::write::suspend_guardian(&first, case, one.id, Purpose::Care),
            care::write::suspend_guardian(&second, case, two.id, Purpose::Care),
        );
        let alone = |written: &care::write::Written| !written.notices.is_empty();
        let told = [a.unwrap(), b.unwrap()].iter().filter(|written| alone(written)).count();
        assert_eq!(told, 1, "exactly one of the two saw that nobody stands by the child");

        let today: palermo_domain::register::day::Day = test.store.now().date().into();
        let all = palermo_store::care::of_case(&test.store, house.tenant, case).await.unwrap();
        let all: Vec<_> = all.into_iter().map(|one| one.record).collect();
        assert!(!rules::has_guardian(&all, today));
        let filter = tasks::Filter {
            kind: Some("task-child-without-guardian".into()),
            ..tasks::Filter::default()
        };
        let alerts =
            tasks::list(&test.store, house.tenant, &filter, tasks::SortBy::Due, Paging::all());
        assert_eq!(alerts.await.unwrap().total, 1, "one alert, for the lead");
        let now =
            [("on", "2026-03-01"), ("about", "happened"), ("by", "here"), ("setting", "office")];
        refused_with_rule(write(CareKind::Interview, &now).await.unwrap_err(), "3");
        let safety =
            [("on", "2026-03-01"), ("about", "safety"), ("by", "here"), ("setting", "office")];
        write(CareKind::Interview, &safety).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn req_101_wishes_stand_in_the_persons_own_words_and_nowhere_in_clear() {
    TestStore::each(async |test| {
        let house = House::new(&test).await;
        let case = house.case(AgeGroup::Adult).await;
        let acting = house.acting(&house.lead);
        let vault = house.vault().await;
        let plan = typed(&[("on", "2026-02-20"), ("wishes", "to open a tailor's shop")]);
        // Without the key nothing is written rather than words lost.
        let locked =
            care::write::write(&acting, None, case, CareKind::Plan, &plan, Purpose::Care).await;
        assert!(matches!(locked, Err(Refused::UnlockNeeded)));
        let nothing = palermo_store::care::of_case(&test.store, house.tenant, case).await.unwrap();
        assert!(nothing.is_empty());
        let written =
            care::write::write(&acting, Some(&vault), case, CareKind::Plan, &plan, Purpose::Care);
        let written = written.await.unwrap();
        assert_eq!(house.words(case, written.id).await["wishes"], "to open a tailor's shop");
        for table in ["care_record", "case_event"] {
            let facts = test.ask(&format!("SELECT CAST(facts AS TEXT) FROM {table}")).await;
            assert!(!facts.is_empty() && facts.iter().all(|row| !row.contains("tailor")));
        }
    })
    .await;
}

#[tokio::test]
async fn two_editors_of_one_record_the_second_is_told_and_nothing_is_lost() {
    TestStore::each(async |test| {
        let house = House::new(&test).await;
        let case = house.case(AgeGroup::Adult).await;
        let (first, second) = (house.acting(&house.lead), house.acting(&house.colleague));
        let vault = house.vault().await;
        let need = |state| typed(&[("service", "legal"), ("state", state), ("on", "2026-02-20")]);
        let purpose = Purpose::Care;
        let (open, met, gone) = (need("open"), need("met"), need("not_wanted"));
        let id = care::write::write(&first, Some(&vault), case, CareKind::Need, &open, purpose)
            .await
            .unwrap()
            .id;
        let seen = Revision(1);
        care::write::change(&first, Some(&vault), case, id, &met, seen, purpose).await.unwrap();
        let late = care::write::change(&second, Some(&vault), case, id, &gone, seen, purpose).await;
        assert!(matches!(late, Err(Refused::Conflict)));
        let stands = palermo_store::care::find(&test.store, house.tenant, id).await.unwrap();
        let Body::Need(stands) = stands.unwrap().record.body else { panic!("a need") };
        assert_eq!(stands.state.code(), "met");
    })
    .await;
}

#[tokio::test]
async fn req_128_a_childs_care_is_not_there_for_whoever_gives_one_service() {
    TestStore::each(async |test| {
        let house = House::new(&test).await;
        let child = house.case(AgeGroup::Unsure).await;
        let adult = house.case(AgeGroup::Adult).await;
        let provider = house.member("provider", Role::ServiceProvider).await;
        for case in [child, adult] {
            house.joins(case, provider.account, TeamPart::Provider).await;
        }
        let acting = house.acting(&provider);
        let seen = care::plan(&acting, None, adult, Purpose::Care).await;
        assert!(seen.is_ok());
        let hidden = care::plan(&acting, None, child, Purpose::Care).await;
        assert!(matches!(hidden, Err(Refused::NotFound)));
        // Nor is it there for another case, without a purpose, or to be written.
        let stranger = house.acting(&house.member("stranger", Role::CaseManager).await);
        let other = care::plan(&stranger, None, adult, Purpose::Care).await;
        assert!(matches!(other, Err(Refused::NotFound)));
        let need = typed(&[("service", "legal"), ("state", "open"), ("on", "2026-02-20")]);
        let write =
            care::write::write(&acting, None, adult, CareKind::Need, &need, Purpose::Care).await;
        assert!(matches!(write, Err(Refused::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn rule_4_the_act_refuses_a_short_period_and_names_the_rule() {
    TestStore::each(async |test| {
        let house = House::new(&test).await;
        let case = house.case(AgeGroup::Adult).await;
        let acting = house.acting(&house.lead);
        let short = typed(&[("starts_on", "2026-02-20"), ("days", "14"), ("set_by", "here")]);
        let refused =
            care::write::write(&acting, None, case, CareKind::Recovery, &short, Purpose::Care)
                .await
                .unwrap_err();
        refused_with_rule(refused, "4");
        // The authority's is recorded, and whoever carries the case is told.
        let theirs = typed(&[("starts_on", "2026-02-20"), ("days", "14"), ("set_by", "authority")]);
        let written =
            care::write::write(&acting, None, case, CareKind::Recovery, &theirs, Purpose::Care)
                .await
                .unwrap();
        assert_eq!(written.notices, ["care-notice-rights-incident"]);
        let page = care::plan(&acting, None, case, Purpose::Care).await.unwrap();
        let counter = page.counter.unwrap();
        assert_eq!((counter.day, counter.of), (10, 30), "it protects for thirty days all the same");
    })
    .await;
}

#[tokio::test]
async fn a_month_end_counts_the_house_and_never_a_sealed_record() {
    TestStore::each(async |test| {
        let house = House::new(&test).await;
        let acting = house.acting(&house.lead);
        let stay = typed(&[
            ("service", "shelter"),
            ("provider", "ngo"),
            ("asked_on", "2026-02-05"),
            ("started_on", "2026-02-10"),
            ("ended_on", "2026-02-20"),
            ("overnight", "yes"),
            ("funder", "Northway Fund"),
        ]);
        for sealed in [false, false, true] {
            let case = house.case(AgeGroup::Adult).await;
            if sealed {
                house.seal(case).await;
            }
            care::write::write(&acting, None, case, CareKind::Service, &stay, Purpose::Care)
                .await
                .unwrap();
        }
        let page = care::month::end(&acting, "2026-02", "").await.unwrap();
        let line = &page.end.lines[0];
        assert_eq!((line.given, line.nights, line.waits.days), (2, 20, 10));
        let other = care::month::end(&acting, "2026-02", "Another").await.unwrap();
        assert!(other.end.lines.is_empty());
        assert_eq!(other.funders, ["Northway Fund"]);
        for odd in ["02/2026", "2026-04"] {
            let none = care::month::end(&acting, odd, "").await;
            assert!(matches!(none, Err(Refused::Invalid(_))), "{odd}");
        }
        let present = care::month::end(&acting, "2026-03", "").await.unwrap();
        assert_eq!(present.end.so_far, Some("2026-03-01".parse().unwrap()), "it is not over");
        assert_eq!(page.end.so_far, None);
    })
    .await;
}

#[tokio::test]
async fn nothing_of_another_case_can_be_changed_through_ones_own() {
    TestStore::each(async |test| {
        let house = House::new(&test).await;
        let (mine, other) = (house.case(AgeGroup::Adult).await, house.case(AgeGroup::Child).await);
        let acting = house.acting(&house.lead);
        let vault = house.vault().await;
        let typed = typed(&GUARDIAN);
        let id: CareId = care::write::write(
            &acting,
            Some(&vault),
            other,
            CareKind::Guardian,
            &typed,
            Purpose::Care,
        )
        .await
        .unwrap()
        .id;
        let through = care::write::suspend_guardian(&acting, mine, id, Purpose::Care).await;
        assert!(matches!(through, Err(Refused::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn req_108_a_review_due_soon_is_a_task_of_the_lead_once_and_gone_when_the_plan_moves_on() {
    TestStore::each(async |test| {
        let house = House::new(&test).await;
        let case = house.case(AgeGroup::Adult).await;
        let (lead, colleague) = (house.acting(&house.lead), house.acting(&house.colleague));
        let safety = |review| typed(&[("on", "2026-02-20"), ("review_on", review)]);
        let (kind, purpose) = (CareKind::SafetyPlan, Purpose::Care);
        let first = safety("2026-03-20");
        let id = care::write::write(&lead, None, case, kind, &first, purpose).await.unwrap().id;
        assert_eq!(care::remind::run(&house.app).await.unwrap(), 0, "nineteen days are early");
        test.clock.advance(Duration::from_secs(6 * 86_400));
        assert_eq!(care::remind::run(&house.app).await.unwrap(), 1);
        assert_eq!(care::remind::run(&house.app).await.unwrap(), 0, "set once");
        let waits = work::list(&lead, false).await.unwrap();
        let kinds: Vec<_> = waits.iter().map(|one| &*one.task.record.kind).collect();
        assert_eq!(kinds, ["task-care-safety-plan"]);
        assert!(work::list(&colleague, false).await.unwrap().is_empty(), "it is the lead's");
        // Closed by mistake and opened again, the case reminds again.
        palermo_app::case::close::close(&lead, None, case, "goals_met", "", purpose).await.unwrap();
        assert!(work::list(&lead, false).await.unwrap().is_empty());
        palermo_app::case::close::reopen(&lead, case, purpose).await.unwrap();
        assert_eq!(work::list(&lead, false).await.unwrap().len(), 1);
        let later = safety("2026-06-20");
        care::write::change(&lead, None, case, id, &later, Revision(1), purpose).await.unwrap();
        assert!(work::list(&lead, false).await.unwrap().is_empty());
        // Due at once, it is set with the record; ticked off by hand, it stays so.
        let soon = safety("2026-03-10");
        care::write::change(&lead, None, case, id, &soon, Revision(2), purpose).await.unwrap();
        let waits = work::list(&lead, false).await.unwrap();
        let task = &waits[0].task;
        work::finish(&lead, task.record.id, task.revision).await.unwrap();
        assert_eq!(care::remind::run(&house.app).await.unwrap(), 0);
        assert!(work::list(&lead, false).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_changed_record_tells_which_fields_changed_and_no_words() {
    TestStore::each(async |test| {
        let house = House::new(&test).await;
        let case = house.case(AgeGroup::Adult).await;
        let acting = house.acting(&house.lead);
        let vault = house.vault().await;
        let need = |state, note| {
            typed(&[("service", "legal"), ("state", state), ("on", "2026-02-20"), ("note", note)])
        };
        let (open, met) = (need("open", "asked for a court"), need("met", "was at the court"));
        let (kind, purpose) = (CareKind::Need, Purpose::Care);
        let id =
            care::write::write(&acting, Some(&vault), case, kind, &open, purpose).await.unwrap().id;
        care::write::change(&acting, Some(&vault), case, id, &met, Revision(1), purpose)
            .await
            .unwrap();
        let told = events::of_case(&test.store, house.tenant, case, 50).await.unwrap();
        let facts = &told.iter().find(|event| event.kind == "care-changed").unwrap().facts;
        assert_eq!((&*facts["was-state"], &*facts["now-state"]), ("\"open\"", "\"met\""));
        assert_eq!(facts["words"], "note");
        assert!(!facts.contains_key("was-service") && !facts.contains_key("now-on"));
        assert!(facts.values().all(|fact| !fact.contains("court")));
    })
    .await;
}

#[tokio::test]
async fn req_112_a_later_contact_from_before_names_were_asked_gets_its_result() {
    TestStore::each(async |test| {
        let house = House::new(&test).await;
        let case = house.case(AgeGroup::Adult).await;
        let acting = house.acting(&house.lead);
        let vault = house.vault().await;
        let contact = |name, result| {
            typed(&[
                ("agreed", "yes"),
                ("by", "union"),
                ("provider_name", name),
                ("due_on", "2026-02-20"),
                ("result", result),
            ])
        };
        let (kind, purpose) = (CareKind::FollowUp, Purpose::Care);
        let (named, done) = (contact("Dockers’ union", ""), contact("", "well"));
        let write = care::write::write(&acting, Some(&vault), case, kind, &named, purpose);
        let id = write.await.unwrap().id;
        let change = async |revision| {
            let seen = Revision(revision);
            care::write::change(&acting, Some(&vault), case, id, &done, seen, purpose).await
        };
        assert!(change(1).await.is_err(), "a name that stands is not taken away");
        // As a record of old: its name was never asked for.
        let file = case::permitted(&acting, case, Action::WriteCare, purpose).await.unwrap();
        let at = Place {
            person: file.person.record.id,
            table: stored::TABLE,
            record: id.uuid(),
            field: "provider_name",
            compartment: Compartment::Care,
        };
        let context = acting.context(Action::WriteCare).unwrap().about(case);
        let Begun::Fresh(mut act) = test.store.act(context).await.unwrap() else { panic!() };
        sealed::remove(&mut act, at).await.unwrap();
        act.commit(&()).await.unwrap();
        change(1).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn e32_named_screenings_stand_by_the_sex_their_cases_tell() {
    TestStore::each(async |test| {
        let house = House::new(&test).await;
        let base = usize::try_from(house.app.policy.publication_threshold()).unwrap();
        for _ in 0..base {
            let case = house.case(AgeGroup::Adult).await;
            let mut act = test.begin_act(house.tenant, "screening.decide").await;
            let person = file::get(&act, case).await.unwrap().record.person;
            let found = persons::find(&act, house.tenant, person).await.unwrap().unwrap();
            let told = Person { sex: Some(Sex::Female), ..found.record };
            persons::update(&mut act, &told, found.revision).await.unwrap();
            // The answers are sealed under another person, as a screening keeps them.
            let at = act.now().before(Duration::from_secs(400 * 86_400));
            let kept = Kept {
                tenant: house.tenant,
                id: act.new_id(),
                case: Some(case),
                person: act.new_id(),
                account: house.lead.account,
                set: "general".into(),
                age: Age::Adult,
                state: None,
                forms: BTreeSet::new(),
                positive: BTreeSet::new(),
                definition_met: true,
                combination: Combination::Exploited,
                outcome: Outcome::Presumed,
                path: Path::Consent,
                reasons: BTreeSet::new(),
                happened_at: at,
                recorded_at: at,
            };
            screenings::insert(&mut act, &kept).await.unwrap();
            act.commit(&()).await.unwrap();
        }
        let rows = bias::report(&house.acting(&house.lead)).await.unwrap();
        let women = rows.iter().find(|row| row.by == By::Sex && row.group == Sex::Female.code());
        assert_eq!(women.map(|row| row.presumed_at_least), Some(base), "{rows:?}");
    })
    .await;
}

#[tokio::test]
async fn a_task_about_a_case_is_for_its_team_alone_and_its_words_are_sealed() {
    TestStore::each(async |test| {
        let house = House::new(&test).await;
        let case = house.case(AgeGroup::Adult).await;
        let (lead, colleague) = (house.acting(&house.lead), house.acting(&house.colleague));
        let stranger = house.member("stranger", Role::CaseManager).await;
        let vault = house.vault().await;
        let form = |who: &care_support::Member| TaskForm {
            what: "appointment".into(),
            who: who.account.to_string(),
            words: "at the court at nine".into(),
            due: ["20", "3", "2026"].map(str::to_owned),
        };
        let (vault, purpose) = (Some(&vault), Purpose::Care);
        let id =
            case_task::set(&lead, vault, case, &form(&house.colleague), purpose).await.unwrap();
        let theirs = work::list(&colleague, false).await.unwrap();
        assert_eq!(theirs[0].task.record.kind, "task-case-appointment");
        let clear = test.ask("SELECT note FROM task").await;
        assert!(clear.iter().all(|note| !note.contains("court")));
        // Nobody beside the team is given one, sets one or ticks one off.
        let other = case_task::set(&lead, vault, case, &form(&stranger), purpose).await;
        assert!(matches!(other, Err(Refused::Invalid(_))));
        let away = house.acting(&stranger);
        let set = case_task::set(&away, vault, case, &form(&house.colleague), purpose).await;
        assert!(matches!(set, Err(Refused::NotFound)));
        let ticked = work::finish(&away, id, Revision(1)).await;
        assert!(matches!(ticked, Err(Refused::NotFound)));
        work::finish(&lead, id, Revision(1)).await.unwrap();
        assert!(work::list(&colleague, false).await.unwrap().is_empty());
    })
    .await;
}
