//! What protects a person when nobody thinks of it, on both databases: an erasure
//! reaches whoever received something, a violation reaches somebody and is counted
//! so that it tells of nobody.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::people;

use palermo_app::{
    Acting, App, Refused,
    access::{Action, Assurance},
    care,
    case::{
        self, consent,
        hand_back::{self, HandBackForm, WaitForm},
        incoming,
        keeping::{self, KeepingForm, Said},
        particulars::{self, PersonForm},
        questions, referral, retention,
        rights::{IncidentForm, record_incident},
        rights_count, rights_lead, withdrawal,
    },
    domain::{
        account::RoleAssignment,
        actor::Actor,
        case::{
            Case,
            person::Person,
            referral::{ReferralState, Step, WordKind},
            rights_incident::{ByBody, IncidentState, RightsIncident},
            sharing::NoticeAnswer,
            withdrawal::Because,
        },
        id::{CaseId, Id, TenantId},
        role::Role,
    },
    keys, two_person, work,
};
use palermo_store::{
    ActContext, Begun,
    case::{file as files, person as persons, record},
    role as roles,
    testing::TestStore,
};
use people::{ALONDRA, CARE, MARISOL, NADIA, Someone, order, region, sign_in, yes};
use std::time::Duration;

const RUTH: &str = "ruth@harbourhouse.example";
const ELIN: &str = "elin@rapporteur.avelmar.example";

/// Someone who has just shown their second factor.
fn proven<'a>(who: &'a Someone<'_>) -> Acting<'a> {
    let mut acting = who.acting();
    acting.subject.assurance = Assurance::Two;
    acting.subject.stepped_up_at = Some(acting.now());
    acting
}

/// The kinds of work that waits for someone.
async fn waits(who: &Someone<'_>) -> Vec<String> {
    let all = work::list(&who.acting(), false).await.unwrap();
    all.into_iter().map(|one| one.task.record.kind).collect()
}

/// A day as it is typed.
fn boxes(day: time::Date) -> [String; 3] {
    [day.day().to_string(), u8::from(day.month()).to_string(), day.year().to_string()]
}

fn not_reached() -> HandBackForm {
    HandBackForm {
        outcome: "not_reached".into(),
        words: "She moved on".into(),
        ..HandBackForm::default()
    }
}

#[tokio::test]
async fn e25_an_erasure_reaches_every_recipient_and_their_answer_or_silence_is_shown() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        let case = nadia.case("Selma").await;
        let to = nadia.desk(ALONDRA).await;
        consent::answer(&nadia.acting(), None, case, &yes(&to, ""), CARE).await.unwrap();
        let id = nadia.send(case, &order(&to, "")).await.unwrap();
        let marisol = sign_in(&app, MARISOL).await;
        let theirs = marisol.accept(id).await.unwrap();
        hand_back::hand_back(&marisol.acting(), id, &not_reached()).await.unwrap();
        case::close::close(&nadia.acting(), None, case, "goals_met", "", CARE).await.unwrap();
        test.clock.advance(Duration::from_secs(6 * 366 * 86_400));
        retention::run(&app).await.unwrap();
        test.clock.advance(Duration::from_secs(61 * 86_400));
        retention::run(&app).await.unwrap();
        retention::run(&app).await.unwrap();

        // Whoever holds a case opened from it is asked, and their history says so.
        let marisol = sign_in(&app, MARISOL).await;
        let told = withdrawal::at_my_desks(&marisol.acting()).await.unwrap();
        let mine: Vec<_> = told.iter().filter(|one| one.notice.record.referral == id).collect();
        assert_eq!(mine.len(), 1, "asked once");
        assert_eq!((mine[0].because, mine[0].case), (Because::Erased, Some(theirs)));
        assert!(waits(&marisol).await.contains(&"task-erasure".to_owned()));
        let history = case::note::history(&marisol.look(theirs).await, 50).await.unwrap();
        assert!(history.iter().any(|one| one.event.kind == "erased-by-sender"));

        // The sender sees silence, then the answer, on a case that names nobody.
        let nadia = sign_in(&app, NADIA).await;
        let shown = withdrawal::of_case(&nadia.look(case).await).await.unwrap();
        assert_eq!((shown.len(), shown[0].record.answer), (1, NoticeAnswer::Silent));
        let notice = mine[0].notice.record.id;
        withdrawal::answer(&marisol.acting(), notice, "cannot", "Health Act, art. 9")
            .await
            .unwrap();
        let shown = withdrawal::of_case(&nadia.look(case).await).await.unwrap();
        assert_eq!(shown[0].record.answer, NoticeAnswer::Cannot);
        let open = work::list(&marisol.acting(), false).await.unwrap();
        let about = Some(notice.subject());
        assert!(open.iter().all(|one| one.task.record.subject != about), "answered");
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}

fn violation(words: &str) -> IncidentForm {
    IncidentForm {
        rule: "4".into(),
        body: "border".into(),
        words: words.into(),
        ..IncidentForm::default()
    }
}

#[tokio::test]
async fn req_243_the_protection_lead_moves_an_incident_on_with_a_word_and_reads_no_case() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        let case = nadia.case("Selma").await;
        let vault = keys::vault(&nadia.acting(), &nadia.signed).await.unwrap();
        let form = violation("She was put on the bus back");
        let id = record_incident(&nadia.acting(), Some(&vault), case, &form, CARE).await.unwrap();

        let ruth = sign_in(&app, RUTH).await;
        let (lead, signed) = (ruth.acting(), Some(&ruth.signed));
        let found = rights_lead::list(&lead).await.unwrap();
        let mine = found.iter().find(|one| one.incident.record.id == id).unwrap();
        assert_eq!(mine.case, None, "not on the team, no way into the case");
        let shown = rights_lead::show(&lead, signed, id).await.unwrap();
        assert!(shown.steps[0].has_text && shown.steps[0].text.is_none());

        let vault = keys::vault(&lead, &ruth.signed).await.unwrap();
        let raised = Some(IncidentState::Raised);
        test.clock.advance(Duration::from_secs(1));
        let silent = rights_lead::move_on(&lead, Some(&vault), id, raised, " ").await;
        assert!(matches!(silent, Err(Refused::Invalid(_))), "what was done?");
        let words = "Telephoned the commander";
        rights_lead::move_on(&lead, Some(&vault), id, raised, words).await.unwrap();
        let back = rights_lead::move_on(&lead, Some(&vault), id, Some(IncidentState::Open), "x");
        assert!(matches!(back.await, Err(Refused::Invalid(_))), "never back");
        let shown = rights_lead::show(&lead, signed, id).await.unwrap();
        assert_eq!(shown.steps[1].text.as_deref(), Some(words));
        let history = case::note::history(&nadia.look(case).await, 50).await.unwrap();
        assert!(history.iter().any(|one| one.text.as_deref() == Some(words)), "the team reads it");
        // Of a person who was erased no words are asked, and none are dropped.
        let person = nadia.look(case).await.file.person;
        let context = nadia.acting().context(Action::WriteCase).unwrap().about(case);
        let Begun::Fresh(mut act) = app.store.act(context).await.unwrap() else { panic!("anew") };
        let erased = Person { language: Person::NOBODY.to_owned(), ..person.record };
        persons::update(&mut act, &erased, person.revision).await.unwrap();
        act.commit(&()).await.unwrap();
        assert!(rights_lead::show(&lead, signed, id).await.unwrap().erased);
        let next = shown.listed.incident.record.state.next();
        rights_lead::move_on(&lead, None, id, next, "").await.unwrap();
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}

/// Takes away a role from everyone of an organisation.
async fn nobody_is(app: &App, of: &Someone<'_>, role: Role) {
    let (tenant, now) = (of.signed.tenant.id, app.store.now());
    let actor = Actor::System { job: "test".into() };
    let context = ActContext::new(tenant, actor, "people.end-role");
    let Begun::Fresh(mut act) = app.store.act(context).await.unwrap() else { panic!("repeated") };
    for held in roles::holders(&app.store, tenant, role, now).await.unwrap() {
        roles::end(&mut act, &held.record, now, held.revision).await.unwrap();
    }
    act.commit(&()).await.unwrap();
}

#[tokio::test]
async fn req_243_where_nobody_is_on_call_an_administrator_hears_of_a_violation() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        nobody_is(&app, &nadia, Role::OnCall).await;
        test.clock.advance(Duration::from_secs(1));
        let case = nadia.case("Selma").await;
        record_incident(&nadia.acting(), None, case, &violation(""), CARE).await.unwrap();
        let ruth = sign_in(&app, RUTH).await;
        let all = work::list(&ruth.acting(), false).await.unwrap();
        let told = all.iter().map(|one| &one.task.record);
        let mut told = told.filter(|task| task.kind == "task-rights-incident-nobody");
        let task = told.next().expect("somebody is told");
        assert!(task.subject.is_none() && task.note.is_empty(), "never of which case");
    })
    .await;
}

/// Puts so many cases with an incident each into the books of an organisation.
async fn incidents(
    app: &App,
    tenant: TenantId,
    (like, known): &(Case, Person),
    many: usize,
    sealed: bool,
) {
    let context = ActContext::new(tenant, Actor::System { job: "test".into() }, "test.incidents");
    let Begun::Fresh(mut act) = app.store.act(context).await.unwrap() else { panic!("repeated") };
    for _ in 0..many {
        let (id, person) = (act.new_id(), act.new_id());
        let about = Person { tenant, id: person, ..known.clone() };
        persons::insert(&mut act, &about).await.unwrap();
        let case = Case { tenant, id, person, sealed, ..like.clone() };
        files::insert(&mut act, &case).await.unwrap();
        let incident = RightsIncident {
            tenant,
            id: act.new_id(),
            case: id,
            rule: 9,
            body: ByBody::Court,
            state: IncidentState::Open,
            happened_at: act.now(),
            recorded_at: act.now(),
            recorded_by: None,
        };
        record::insert(&mut act, &incident).await.unwrap();
    }
    act.commit(&()).await.unwrap();
}

#[tokio::test]
async fn req_243_a_rapporteur_sees_counts_and_nobody_else_does() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        let opened = nadia.look(nadia.case("Selma").await).await;
        let like = (opened.file.case.record, opened.file.person.record);
        let labour = sign_in(&app, "desmond@labour.avelmar.example").await.signed.tenant.id;
        let elsewhere = sign_in(&app, MARISOL).await.signed.tenant.id;
        let base = usize::try_from(app.policy.publication_threshold()).unwrap();
        let house = nadia.signed.tenant.id;
        incidents(&app, house, &like, base - 1, false).await;
        incidents(&app, labour, &like, 2, false).await;
        // With either of these there would be twice as many.
        incidents(&app, house, &like, base, true).await;
        incidents(&app, elsewhere, &like, base, false).await;
        let told = async || {
            let elin = sign_in(&app, ELIN).await;
            let counts = rights_count::count(&elin.acting()).await.unwrap();
            let rule = counts.by_rule.into_iter().find(|(rule, _)| *rule == 9);
            let body = counts.by_body.into_iter().find(|(body, _)| *body == ByBody::Court);
            (rule.map(|(_, cases)| cases), body.map(|(_, cases)| cases))
        };
        assert_eq!(told().await, (None, None), "the half-year is not over");
        test.clock.advance(Duration::from_secs(190 * 86_400));
        assert_eq!(told().await, (Some(base), Some(base)));
        let ruth = sign_in(&app, RUTH).await;
        assert!(rights_count::count(&ruth.acting()).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn e24_a_charge_stops_the_clock_unless_the_person_asks_otherwise_and_more_time_is_given() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        let (held, more) = (nadia.case("Selma").await, nadia.case("Mirela").await);
        let acting = nadia.acting();
        case::beside::add_charge(&acting, held, "immigration", None, CARE).await.unwrap();
        for case in [held, more] {
            case::close::close(&acting, None, case, "goals_met", "", CARE).await.unwrap();
        }
        let erased = async |case| {
            retention::run(&app).await.unwrap();
            let nadia = sign_in(&app, NADIA).await;
            nadia.look(case).await.file.person.record.is_erased()
        };
        test.clock.advance(Duration::from_secs(4 * 366 * 86_400));
        let nadia = sign_in(&app, NADIA).await;
        let year = app.store.now().date().year() + 3;
        let form = KeepingForm {
            wish: "more".into(),
            reason: "claim".into(),
            until: ["1".into(), "3".into(), year.to_string()],
            words: String::new(),
        };
        keeping::save(&nadia.acting(), None, more, &form, CARE).await.unwrap();
        test.clock.advance(Duration::from_secs(2 * 366 * 86_400));
        assert!(!erased(held).await, "a pending charge stops the clock");
        assert!(!erased(more).await, "more time was given");
        let (nadia, ruth) = (sign_in(&app, NADIA).await, sign_in(&app, RUTH).await);
        let asks = async |reason: &str| {
            let form = KeepingForm {
                wish: "not_for_matters".into(),
                reason: reason.into(),
                ..KeepingForm::default()
            };
            keeping::save(&proven(&nadia), None, held, &form, CARE).await
        };
        assert!(matches!(asks("law").await, Err(Refused::Invalid(_))), "only the person");
        // Its time is over otherwise: that takes two people, as an erasure does (A8).
        assert_eq!(asks("person").await.unwrap(), Said::Asked);
        let questions = two_person::list(&proven(&ruth)).await.unwrap();
        let mine = questions.iter().find(|one| one.ground == Some("not-for-matters")).unwrap();
        assert!(mine.mine_to_decide);
        two_person::decide(&proven(&ruth), mine.approval.record.id, true).await.unwrap();
        assert!(matches!(asks("person").await.unwrap(), Said::Kept(_)));
        let undo = KeepingForm {
            wish: "as_usual".into(),
            reason: "claim".into(),
            ..KeepingForm::default()
        };
        let undone = keeping::save(&nadia.acting(), None, held, &undo, CARE).await;
        assert!(matches!(undone, Err(Refused::Invalid(_))), "for the person or a law to undo");
        assert!(!erased(held).await, "a copy is offered first");
        test.clock.advance(Duration::from_secs(61 * 86_400));
        assert!(erased(held).await, "unless the person asks otherwise");
        test.clock.advance(Duration::from_secs(2 * 366 * 86_400));
        assert!(!erased(more).await, "more time ends: a copy is offered");
        test.clock.advance(Duration::from_secs(61 * 86_400));
        assert!(erased(more).await);
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}

/// Changes particulars of a person.
async fn corrects(who: &Someone<'_>, case: CaseId, change: impl Fn(&mut PersonForm)) {
    let opened = who.look(case).await;
    let background = particulars::background(&opened).await.unwrap().map(|found| found.record);
    let person = &opened.file.person;
    let sealed = opened.file.case.record.sealed;
    let mut form = PersonForm::of(&person.record, background.as_ref(), sealed);
    change(&mut form);
    let (acting, said) = (who.acting(), (&form, person.revision));
    let vault = keys::vault(&acting, &who.signed).await.unwrap();
    particulars::save_with_words(&acting, Some(&vault), case, said, CARE).await.unwrap();
}

#[tokio::test]
async fn req_127_a_corrected_age_sets_the_alert_and_after_a_day_the_on_call_hears_of_it() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        care::guardian::run(&app).await.unwrap();
        let case = nadia.case("Teo").await;
        corrects(&nadia, case, |form| form.age = "unsure".into()).await;
        let alone = "task-child-without-guardian".to_owned();
        let mine = async |who: &str, kind: &str| {
            let who = sign_in(&app, who).await;
            let all = work::list(&who.acting(), false).await.unwrap();
            let tasks = all.iter().map(|one| &one.task.record);
            tasks.filter(|task| task.kind == kind && task.case() == Some(case)).count()
        };
        assert_eq!(mine(NADIA, &alone).await, 1);
        assert_eq!(care::guardian::run(&app).await.unwrap(), 0, "not within a day");
        test.clock.advance(Duration::from_secs(25 * 3_600));
        assert!(care::guardian::run(&app).await.unwrap() >= 1);
        care::guardian::run(&app).await.unwrap();
        assert_eq!(mine(RUTH, "task-guardian-overdue").await, 1, "once");
        // An adult after all: nobody looks for a guardian.
        let nadia = sign_in(&app, NADIA).await;
        let person = nadia.look(case).await.file.person;
        let bare =
            PersonForm { age: "adult".into(), ..PersonForm::of(&person.record, None, false) };
        let seen = person.revision;
        let refused = particulars::save(&nadia.acting(), case, &bare, seen, CARE).await;
        let Err(Refused::Invalid(problems)) = refused else { panic!("{refused:?}") };
        let fields: Vec<_> = problems.0.iter().map(|one| &*one.field).collect();
        assert_eq!(fields, ["age_ground", "age_words"], "not with one click (R3)");
        let closed = case::close::close(&nadia.acting(), None, case, "goals_met", "", CARE).await;
        assert!(matches!(closed, Err(Refused::Invalid(_))), "nobody stands by the child");
        assert_eq!(mine(NADIA, &alone).await, 1);
        corrects(&nadia, case, |form| {
            form.age = "adult".into();
            form.age_ground = "documents".into();
            form.age_words = "The consulate sent the birth certificate".into();
        })
        .await;
        assert_eq!(mine(NADIA, &alone).await, 1, "a child until a second person agreed");
        let ruth = sign_in(&app, RUTH).await;
        let asked = two_person::list(&ruth.acting()).await.unwrap();
        let asked = asked.iter().find(|one| one.mine_to_decide).expect("it waits");
        two_person::decide(&ruth.acting(), asked.approval.record.id, true).await.unwrap();
        assert_eq!(mine(NADIA, &alone).await + mine(RUTH, "task-guardian-overdue").await, 0);
        let history = case::note::history(&nadia.look(case).await, 50).await.unwrap();
        let told = |kind: &str| history.iter().find(|one| one.event.kind == kind);
        let shown = told("age-shown").expect("it is told");
        assert_eq!(shown.event.facts.get("of_rule").map(String::as_str), Some("R3"));
        assert!(told("guardian-not-due").is_some(), "no longer due, and not done");
    })
    .await;
}

#[tokio::test]
async fn req_127_where_nobody_can_be_told_it_is_not_said_that_anyone_was() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        nobody_is(&app, &nadia, Role::OnCall).await;
        nobody_is(&app, &nadia, Role::TenantAdministrator).await;
        test.clock.advance(Duration::from_secs(1));
        let case = nadia.case("Teo").await;
        corrects(&nadia, case, |form| form.age = "unsure".into()).await;
        test.clock.advance(Duration::from_secs(25 * 3_600));
        let risen = async || {
            care::guardian::run(&app).await.unwrap();
            let nadia = sign_in(&app, NADIA).await;
            let history = case::note::history(&nadia.look(case).await, 50).await.unwrap();
            history.iter().any(|one| one.event.kind == "guardian-overdue")
        };
        assert!(!risen().await);
        // Someone is on call at last, and hears of it.
        let nadia = sign_in(&app, NADIA).await;
        let (tenant, account) = nadia.acting().member().unwrap();
        let actor = Actor::System { job: "test".into() };
        let context = ActContext::new(tenant, actor, "people.change-roles");
        let Begun::Fresh(mut act) = app.store.act(context).await.unwrap() else { panic!("again") };
        let from = act.now();
        let held = RoleAssignment { tenant, account, role: Role::OnCall, from, until: None };
        roles::assign(&mut act, &held).await.unwrap();
        act.commit(&()).await.unwrap();
        test.clock.advance(Duration::from_secs(1));
        assert!(risen().await);
    })
    .await;
}

#[tokio::test]
async fn changes_of_the_background_are_lines_and_what_is_emptied_is_gone() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        let case = nadia.case("Selma").await;
        let told = |form: &mut PersonForm| {
            form.immigration = "irregular".into();
            form.cooperation = "declines".into();
        };
        corrects(&nadia, case, told).await;
        corrects(&nadia, case, |form| {
            form.immigration.clear();
            form.cooperation.clear();
        })
        .await;
        let opened = nadia.look(case).await;
        assert!(particulars::background(&opened).await.unwrap().is_none());
        let history = case::note::history(&opened, 50).await.unwrap();
        let of = |field: &str| {
            let all = history.iter().map(|one| &one.event.facts);
            all.filter(|facts| facts.get("field").is_some_and(|known| known == field)).count()
        };
        assert_eq!((of("immigration"), of("cooperation"), of("nationalities")), (2, 2, 0));
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}

#[tokio::test]
async fn req_102_a_referral_waits_until_a_day_and_is_handed_back_with_what_came_of_it() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        let case = nadia.case("Selma").await;
        let to = nadia.desk(ALONDRA).await;
        consent::answer(&nadia.acting(), None, case, &yes(&to, ""), CARE).await.unwrap();
        let id = nadia.send(case, &order(&to, "")).await.unwrap();
        let marisol = sign_in(&app, MARISOL).await;
        let theirs = marisol.acting();
        let today = app.store.now().date();
        let past = WaitForm { review: boxes(today), words: String::new() };
        assert!(matches!(hand_back::wait(&theirs, id, &past).await, Err(Refused::Invalid(_))));
        let review = boxes(today.saturating_add(time::Duration::days(14)));
        let form = WaitForm { review, words: "A room is free at the end of the month".into() };
        hand_back::wait(&theirs, id, &form).await.unwrap();
        assert!(waits(&marisol).await.contains(&"task-waiting-list".to_owned()));
        // The day comes and no room is free: another day, which the sender learns too.
        test.clock.advance(std::time::Duration::from_secs(1));
        let review = boxes(today.saturating_add(time::Duration::days(28)));
        let later = WaitForm { review, words: "Two weeks more".into() };
        hand_back::wait(&theirs, id, &later).await.unwrap();
        let work = waits(&marisol).await;
        let work = work.iter().filter(|kind| *kind == "task-waiting-list").count();
        assert_eq!(work, 1, "one day at a time");

        test.clock.advance(Duration::from_secs(1));
        marisol.accept(id).await.unwrap();
        assert!(!waits(&marisol).await.contains(&"task-waiting-list".to_owned()));
        let bare = HandBackForm { outcome: "done".into(), words: "x".into(), ..Default::default() };
        let bare = hand_back::hand_back(&theirs, id, &bare).await;
        assert!(matches!(bare, Err(Refused::Invalid(_))), "on which days?");
        let without = incoming::answer(&theirs, id, Step::Complete, None).await;
        assert!(without.is_err(), "never without what came of it");
        let form = HandBackForm { started: boxes(today), outcome: "done".into(), ..not_reached() };
        hand_back::hand_back(&theirs, id, &form).await.unwrap();

        let opened = nadia.look(case).await;
        let sent = referral::list(&opened).await.unwrap();
        assert_eq!(sent[0].record.state, ReferralState::Completed);
        let keys = (Some(&nadia.signed), opened.vault.as_ref());
        let said = questions::of_referral(&nadia.acting(), keys, &opened.read, id).await.unwrap();
        let kinds: Vec<_> = said.iter().map(|one| one.kind).collect();
        assert_eq!(kinds, [WordKind::Waiting, WordKind::Waiting, WordKind::HandedBack]);
        assert!(said[2].words.as_deref().is_some_and(|words| words.contains("She moved on")));
        assert!(waits(&nadia).await.contains(&"task-referral-handed-back".to_owned()));
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}
