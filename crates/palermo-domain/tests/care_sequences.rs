//! Whatever anyone writes, in whatever order: no state is reached that breaks
//! R3, R4 or R5. A hundred thousand sequences of acts against the rules.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::care_support;

use care_support::{day, in_force, standards};
use palermo_domain::{
    care::{
        Body, CareFacts, CareRecord,
        body::{Information, Risk, RiskLevel, RiskOf},
        check,
        child::{
            BestInterests, BestInterestsDecision, ChildView, ConflictCheck, Guardian, GuardianKind,
            Interview, InterviewAbout, InterviewBy, ReturnChecklist, Setting, Weighing,
        },
        recovery::{EndedBy, Recovery, SetBy},
        returning::{Reception, ReturnAsked, latest_determination, may_arrange, told_of_asylum},
        rules,
    },
    id::{AccountId, CareId, CaseId, Id},
    moment::Moment,
    register::day::Day,
};
use proptest::{prelude::*, test_runner::TestRunner};
use std::sync::atomic::{AtomicUsize, Ordering};
use uuid::Uuid;

/// One act of somebody: write a new record, or change the one at a place.
#[derive(Debug, Clone)]
enum Act {
    Write(Body),
    Change(usize, Body),
    Wait(u8),
}

fn any_day() -> impl Strategy<Value = Day> {
    (0i64..80).prop_map(|days| day("2026-10-01").plus_days(days))
}

fn maybe_day() -> impl Strategy<Value = Option<Day>> {
    proptest::option::of(any_day())
}

fn one_of<T: Clone + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    proptest::sample::select(all)
}

fn some_of(all: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    proptest::sample::subsequence(all, 0..=all.len())
        .prop_map(|codes| codes.into_iter().map(str::to_owned).collect())
}

fn recovery() -> impl Strategy<Value = Body> {
    (
        any_day(),
        0u32..100,
        one_of(SetBy::ALL),
        maybe_day(),
        proptest::option::of(one_of(EndedBy::ALL)),
    )
        .prop_map(|(starts_on, days, set_by, ended_on, ended_by)| {
            Body::Recovery(Recovery { starts_on, days, set_by, ended_on, ended_by })
        })
}

fn guardian() -> impl Strategy<Value = Body> {
    (any_day(), one_of(ConflictCheck::ALL), maybe_day(), maybe_day(), maybe_day()).prop_map(
        |(appointed_on, conflict, checked_on, suspended_on, ended_on)| {
            Body::Guardian(Guardian {
                guardian: GuardianKind::Professional,
                appointed_on,
                conflict,
                checked_on,
                suspended_on,
                ended_on,
            })
        },
    )
}

fn interview() -> impl Strategy<Value = Body> {
    (any_day(), one_of(InterviewAbout::ALL), one_of(InterviewBy::ALL)).prop_map(
        |(on, about, by)| {
            Body::Interview(Interview {
                on,
                about,
                by,
                setting: Setting::Office,
                trained: true,
                recorded: false,
                guardian_present: false,
            })
        },
    )
}

fn best_interests() -> impl Strategy<Value = Body> {
    let first = (
        one_of(Weighing::ALL),
        any_day(),
        some_of(&["social_worker", "psychologist", "child_protection", "lawyer"]),
        some_of(&["stay_here", "family_origin", "foster"]),
        some_of(&["views", "safety", "family", "care"]),
    );
    let second = (
        one_of(ChildView::ALL),
        some_of(&["talk", "play"]),
        proptest::option::of(one_of(BestInterestsDecision::ALL)),
        maybe_day(),
        proptest::option::of(Just("court".to_owned())),
    );
    (first, second).prop_map(|(first, second)| {
        let (weighing, on, panel, options, factors) = first;
        let (view, sought, decision, decided_on, contest) = second;
        Body::BestInterests(BestInterests {
            weighing,
            on,
            panel,
            options,
            factors,
            view,
            sought,
            decision,
            decided_on,
            contest,
            review_on: None,
        })
    })
}

fn risk() -> impl Strategy<Value = Body> {
    (any_day(), one_of(RiskLevel::ALL), 0i64..90).prop_map(|(on, level, holds)| {
        Body::Risk(Risk {
            of: RiskOf::Person,
            on,
            factors: Vec::new(),
            level,
            person_agrees: None,
            valid_until: on.plus_days(holds),
            review_on: None,
        })
    })
}

fn checklist() -> impl Strategy<Value = Body> {
    (any_day(), any::<bool>()).prop_map(|(on, whole)| {
        Body::ReturnChecklist(ReturnChecklist {
            on,
            version: "2026-1".into(),
            mechanism: None,
            fulfilled: if whole { standards() } else { Vec::new() },
            education: whole.then(|| "school".into()),
            care: whole.then(|| "family".into()),
        })
    })
}

/// A guardian who stands, and determinations a panel really could make: random
/// fields alone would hardly ever get as far as a return.
fn likely() -> impl Strategy<Value = Body> {
    let guardian = any_day().prop_map(|on| {
        Body::Guardian(Guardian {
            guardian: GuardianKind::Professional,
            appointed_on: on,
            conflict: ConflictCheck::Clear,
            checked_on: Some(on),
            suspended_on: None,
            ended_on: None,
        })
    });
    let decided = (any_day(), 0i64..20, one_of(BestInterestsDecision::ALL));
    let decided = decided.prop_map(|(on, after, decision)| {
        let codes = |all: &[&str]| all.iter().map(|code| (*code).to_owned()).collect();
        Body::BestInterests(BestInterests {
            weighing: Weighing::Determination,
            on,
            panel: codes(&["social_worker", "psychologist", "lawyer"]),
            options: codes(&["stay_here", "family_origin"]),
            factors: codes(&["views", "safety", "family"]),
            view: ChildView::Stated,
            sought: codes(&["talk"]),
            decision: Some(decision),
            decided_on: Some(on.plus_days(after)),
            contest: Some("court".into()),
            review_on: None,
        })
    });
    prop_oneof![guardian, decided, checklist(), risk()]
}

fn body() -> impl Strategy<Value = Body> {
    prop_oneof![
        3 => likely(),
        3 => prop_oneof![recovery(), guardian(), interview(), best_interests(), risk(), checklist()],
    ]
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => body().prop_map(Act::Write),
        3 => (0usize..12, body()).prop_map(|(at, body)| Act::Change(at, body)),
        1 => (0u8..20).prop_map(Act::Wait),
    ]
}

/// What was explained before anything else (R093).
fn asylum_explained(on: Day) -> Body {
    Body::Information(Information {
        on,
        language: "en".into(),
        items: vec!["asylum".into()],
        interpreter: false,
    })
}

struct World {
    child: bool,
    today: Day,
    records: Vec<CareRecord>,
    /// Returns that became possible, and acts that were refused.
    opened: usize,
    refused: usize,
}

impl World {
    fn record(&self, body: Body) -> CareRecord {
        CareRecord {
            id: CareId::from_uuid(Uuid::from_u128(self.records.len() as u128)),
            case: CaseId::from_uuid(Uuid::nil()),
            body,
            author: AccountId::from_uuid(Uuid::nil()),
            recorded_at: Moment::from_micros(self.records.len() as i64),
        }
    }

    fn facts<'a>(&self, others: &'a [CareRecord]) -> CareFacts<'a> {
        CareFacts {
            today: self.today,
            child_rights: self.child,
            others,
            least_days: 30,
            standards: in_force(),
        }
    }

    /// Does what is asked if the rules allow it; they must not depend on who clicks.
    fn act(&mut self, act: Act) {
        match act {
            Act::Wait(days) => self.today = self.today.plus_days(days.into()),
            Act::Write(body) => {
                let others = self.records.clone();
                if check(&body, None, &self.facts(&others)).is_ok() {
                    self.talk_needs_guardian(&body, &others);
                    let record = self.record(body);
                    self.records.push(record);
                } else {
                    self.refused += 1;
                }
            }
            Act::Change(at, body) => {
                let Some(before) = self.records.get(at).map(|record| record.body.clone()) else {
                    return;
                };
                if before.kind() != body.kind() {
                    return;
                }
                let mut others = self.records.clone();
                others.remove(at);
                if check(&body, Some(&before), &self.facts(&others)).is_ok() {
                    self.talk_needs_guardian(&body, &others);
                    self.period_is_theirs(&before, &body);
                    self.records[at].body = body;
                }
            }
        }
    }

    /// R3, at the moment of writing.
    fn talk_needs_guardian(&self, body: &Body, others: &[CareRecord]) {
        if let Body::Interview(talk) = body
            && talk.by == InterviewBy::Here
            && talk.about.needs_guardian()
        {
            assert!(self.child && rules::has_guardian(others, talk.on), "R3: {talk:?}");
        }
    }

    /// R4: what protected the person goes on protecting them, unless they decided otherwise.
    fn period_is_theirs(&self, before: &Body, after: &Body) {
        let (Body::Recovery(before), Body::Recovery(after)) = (before, after) else { return };
        if before.set_by == SetBy::Here && after.ended_by != Some(EndedBy::Person) {
            assert!(after.protects_until() >= before.protects_until(), "R4: {before:?} {after:?}");
        }
    }

    fn holds(&mut self) {
        for record in &self.records {
            if let Body::Recovery(period) = &record.body {
                let ours = period.set_by == SetBy::Here;
                assert!(!ours || period.days >= 30, "R4: a short period of ours");
                let person = period.ended_by == Some(EndedBy::Person);
                let thirty = period.starts_on.plus_days(29);
                assert!(person || period.protects_until() >= thirty, "R4: {period:?}");
            }
        }
        self.no_return_is_forced();
    }

    fn no_return_is_forced(&mut self) {
        for own_wish in [false, true] {
            let asked = ReturnAsked {
                own_wish,
                protection_need: true,
                advised_on: Some(self.today),
                reception: Reception::Confirmed,
                tells_origin: true,
                origin_agreed: true,
                second_approval: true,
            };
            if may_arrange(&self.records, self.child, &asked, in_force(), self.today).is_err() {
                continue;
            }
            self.opened += 1;
            assert!(told_of_asylum(&self.records), "R093: asylum was not explained");
            assert!(self.child || own_wish, "R5: an adult returned without wishing it");
            if self.child {
                let decided = latest_determination(&self.records).unwrap();
                assert!(decided.opens_return(), "R5: a child returned without a determination");
            }
            if !own_wish {
                let protected = self.records.iter().any(|record| {
                    matches!(&record.body, Body::Recovery(one) if one.protects_on(self.today))
                });
                assert!(!protected, "R4: a return in the period");
            }
            let valid = self.records.iter().any(
                |record| matches!(&record.body, Body::Risk(risk) if risk.holds_on(self.today)),
            );
            assert!(valid, "R5: a return without a valid risk assessment");
        }
    }
}

/// 100,000 in every run; `PROPTEST_CASES` asks for more at night.
fn sequences() -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok());
    let cases = asked.unwrap_or(0).max(100_000);
    let (shrink, kept) = (2_000, None);
    ProptestConfig {
        cases,
        max_shrink_iters: shrink,
        failure_persistence: kept,
        ..ProptestConfig::default()
    }
}

#[test]
fn no_sequence_of_acts_breaks_rules_3_4_or_5() {
    let (children, adults) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let refused = AtomicUsize::new(0);
    // Nine in ten were told of asylum first: random acts alone would hardly get to a return.
    let acts = (any::<bool>(), 0u8..10, proptest::collection::vec(act(), 1..16));
    let run = TestRunner::new(sequences()).run(&acts, |(child, told, acts)| {
        let mut world =
            World { child, today: day("2026-11-27"), records: Vec::new(), opened: 0, refused: 0 };
        if told > 0 {
            let told = world.record(asylum_explained(world.today));
            world.records.push(told);
        }
        for act in acts {
            world.act(act);
            world.holds();
        }
        let opened = if child { &children } else { &adults };
        opened.fetch_add(world.opened, Ordering::Relaxed);
        refused.fetch_add(world.refused, Ordering::Relaxed);
        Ok(())
    });
    run.unwrap();
    // The rules were really tried: returns were possible, and refused, for both.
    for (what, count) in [("children", children), ("adults", adults), ("refused", refused)] {
        assert!(count.into_inner() > 100, "hardly any {what}");
    }
}
