//! Until when a person is kept and what is gone with them, on both databases: nobody
//! is erased without the offer of a copy, nothing they asked not to be passed on
//! leaves, and what is left cannot be laid beside a register.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::{care_support::typed, people};

use palermo_app::{
    Acting, App, Refused,
    access::Assurance,
    care::{own, own_answer, own_ask, write},
    case::{
        self, beside, close, consent,
        erase::{self, Erasure},
        incoming,
        keeping::{self, KeepingForm},
        look_for,
        open::{FirstAnswers, again},
        particulars::{self, PersonForm},
        referral, retention, sealed_file, withdrawal,
    },
    domain::{
        care::{Body, CareKind},
        case::{
            charge::{Charge, ChargeState},
            look_for::Known,
            withdrawal::Because,
        },
        id::{CaseId, Id},
        register::day::Day,
        screening::{Age, Answer, Draft, ExploitationForm},
    },
    keys,
    screening::{
        ask,
        decide::{self, DecisionForm, Left},
    },
    two_person, work,
};
use palermo_store::{
    case::{background, incoming as arrived, record},
    own_view,
    testing::TestStore,
};
use people::{ALONDRA, CARE, MARISOL, NADIA, Someone, order, region, sign_in, yes};
use std::time::Duration;

const RUTH: &str = "ruth@harbourhouse.example";
const DAY: Duration = Duration::from_secs(86_400);

/// Someone who has just shown their second factor.
fn proven<'a>(who: &'a Someone<'_>) -> Acting<'a> {
    let mut acting = who.acting();
    acting.subject.assurance = Assurance::Two;
    acting.subject.stepped_up_at = Some(acting.now());
    acting
}

/// Erases the person of a case: one asks, another agrees.
async fn erased(app: &App, case: CaseId) {
    let (nadia, ruth) = (sign_in(app, NADIA).await, sign_in(app, RUTH).await);
    let erase = async || erase::erase(&proven(&nadia), case, "persons-request", CARE).await;
    assert_eq!(erase().await.unwrap(), Erasure::Asked);
    let asked = two_person::list(&proven(&ruth)).await.unwrap();
    let waits = |ground| ground == Some("persons-request");
    let mine = asked.iter().find(|one| one.mine_to_decide && waits(one.ground)).unwrap();
    two_person::decide(&proven(&ruth), mine.approval.record.id, true).await.unwrap();
    assert_eq!(erase().await.unwrap(), Erasure::Done);
}

#[tokio::test]
async fn e24_the_answers_of_a_screening_go_with_the_person_of_its_case() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        let acting = nadia.acting();
        let mut draft = Draft { age: Some(Age::Adult), language: "en".into(), ..Draft::default() };
        draft.forms.insert(ExploitationForm::Fishing);
        draft.answers.insert("D1.job".into(), Answer::Yes);
        let id = ask::start_with(&acting, &draft).await.unwrap();
        let form = DecisionForm {
            outcome: "presumed".into(),
            path: "consent".into(),
            reasons: vec!["answers".into()],
            state: String::new(),
        };
        let left = decide::decide(&acting, id, &form).await.unwrap();
        assert_eq!(left, Left::Kept { id });
        let vault = keys::vault(&acting, &nadia.signed).await.unwrap();
        let first = FirstAnswers {
            name: "Selma".into(),
            age: "adult".into(),
            language: "tr".into(),
            urgent: Vec::new(),
        };
        let case = decide::open_case(&acting, &vault, id, &first).await.unwrap();
        assert!(decide::show(&acting, id).await.is_ok());
        case::note_draft::keep(&acting, &vault, case, "Half a note", CARE).await.unwrap();
        erased(&app, case).await;
        assert!(decide::show(&acting, id).await.is_err(), "nothing opens the answers");
        let tenant = nadia.signed.tenant.id;
        let typed = palermo_store::case::note_draft::of_case(&app.store, tenant, case).await;
        assert_eq!(typed.unwrap(), [], "what was typed and not kept goes too");
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}

/// Work of a kind that is open about a case.
async fn waits(app: &App, case: CaseId, kind: &str) -> usize {
    let nadia = sign_in(app, NADIA).await;
    let all = work::list(&nadia.acting(), false).await.unwrap();
    let tasks = all.iter().map(|one| &one.task.record);
    tasks.filter(|task| task.kind == kind && task.case() == Some(case)).count()
}

#[tokio::test]
async fn e24_when_what_held_a_case_ends_a_copy_is_offered_first() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        let case = nadia.case("Selma").await;
        let acting = nadia.acting();
        let charge = beside::add_charge(&acting, case, "immigration", None, CARE).await.unwrap();
        close::close(&acting, None, case, "goals_met", "", CARE).await.unwrap();
        let sweep = async || {
            retention::run(&app).await.unwrap();
            let nadia = sign_in(&app, NADIA).await;
            nadia.look(case).await.file.person.record.is_erased()
        };
        let decided = async |charge| {
            let nadia = sign_in(&app, NADIA).await;
            let state = ChargeState::Convicted;
            beside::decide_charge(&nadia.acting(), case, charge, state, CARE).await.unwrap();
        };
        test.clock.advance(DAY * (6 * 366));
        assert!(!sweep().await && !sweep().await);
        assert_eq!(waits(&app, case, "task-keeping-held").await, 1, "does it still hold?");

        // What held it ends long after the period: first the offer, then its time.
        decided(charge).await;
        assert!(!sweep().await);
        assert_eq!(waits(&app, case, "task-offer-copy").await, 1);
        test.clock.advance(DAY * 30);

        // Held again meanwhile: what was offered counts no more.
        let nadia = sign_in(&app, NADIA).await;
        let acting = nadia.acting();
        let charge = beside::add_charge(&acting, case, "immigration", None, CARE).await.unwrap();
        assert!(!sweep().await);
        assert_eq!(waits(&app, case, "task-offer-copy").await, 0);
        test.clock.advance(DAY * 60);
        decided(charge).await;
        assert!(!sweep().await, "offered anew");
        test.clock.advance(DAY * 59);
        assert!(!sweep().await, "sixty days");
        test.clock.advance(DAY * 2);
        assert!(sweep().await);
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}

/// Says whether this person may be looked for, and more of them.
async fn told(who: &Someone<'_>, case: CaseId, change: impl Fn(&mut PersonForm)) {
    let opened = who.look(case).await;
    let background = particulars::background(&opened).await.unwrap().map(|found| found.record);
    let (person, sealed) = (&opened.file.person, opened.file.case.record.sealed);
    let mut form = PersonForm::of(&person.record, background.as_ref(), sealed);
    change(&mut form);
    particulars::save(&who.acting(), case, &form, person.revision, CARE).await.unwrap();
}

fn restricted<T>(tried: &Result<T, Refused>) -> bool {
    matches!(tried, Err(Refused::Declined(why)) if why.id == "own-error-restricted")
}

#[tokio::test]
async fn e23_what_is_asked_in_one_case_binds_every_case_and_every_way_out() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        let acting = nadia.acting();
        let first = nadia.case("Selma Aydin Karaoglu").await;
        close::close(&acting, None, first, "withdrew", "", CARE).await.unwrap();
        let case = again(&acting, first, None, CARE).await.unwrap();
        told(&nadia, case, |form| form.looked_for = "yes".into()).await;
        let to = nadia.desk(ALONDRA).await;
        for form in [yes(&to, ""), yes("", "Harbour Law Clinic")] {
            consent::answer(&acting, None, case, &form, CARE).await.unwrap();
        }
        let opened = nadia.look(case).await;
        let file = order("", "Harbour Law Clinic");
        let made = sealed_file::make(&acting, &opened, &file).await.unwrap();
        test.store.fail_once_at("referral.sent");
        assert!(nadia.send(case, &order(&to, "")).await.is_err(), "it is still on its way");

        let asked = own_ask::write_down(&acting, first, ("restrict", "person"), "Wait").await;
        assert!(own_answer::is_restricted(&app.store, nadia.signed.tenant.id, case).await.unwrap());
        let gone = sealed_file::fetch(&app, &made.code, None).await;
        assert!(matches!(gone, Err(Refused::Invalid(_))), "not by its code");
        assert!(restricted(&sealed_file::take(&acting, case, made.id, CARE).await));
        let name = "Selma Aydin Karaoglu";
        assert!(restricted(&look_for::ask(&acting, &nadia.signed, case, name, CARE).await));
        referral::carry_out(&app, nadia.signed.tenant.id).await.unwrap();
        let sent = referral::list(&nadia.look(case).await).await.unwrap();
        let sent = sent.iter().find(|one| one.record.recipient.tenant.is_some()).unwrap();
        let marisol = sign_in(&app, MARISOL).await;
        let arrives = async || {
            let all = incoming::list(&marisol.acting()).await.unwrap();
            all.iter().any(|one| one.referral.record.id == sent.record.id)
        };
        assert!(!arrives().await, "nor what was on its way");

        // Nor is another house told that the person may be here.
        let theirs = marisol.case(name).await;
        told(&marisol, theirs, |form| form.looked_for = "yes".into()).await;
        look_for::ask(&marisol.acting(), &marisol.signed, theirs, name, CARE).await.unwrap();
        look_for::answer_all(&acting, &nadia.signed).await.unwrap();
        let looked =
            look_for::of_case(&marisol.acting(), &marisol.signed, &marisol.look(theirs).await)
                .await
                .unwrap();
        let answers = &looked[0].answers;
        assert!(answers.iter().all(|one| one.known != Some(Known::Possible)));

        // Answered, everything goes on.
        let request = asked.unwrap();
        let seen = own_view::request(&app.store, nadia.signed.tenant.id, request).await;
        let seen = seen.unwrap().unwrap().revision;
        own_answer::answered(&acting, &nadia.signed, request, seen, "Agreed").await.unwrap();
        assert!(sealed_file::fetch(&app, &made.code, None).await.is_ok());
        referral::carry_out(&app, nadia.signed.tenant.id).await.unwrap();
        assert!(arrives().await);
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}

/// A permit applied for and a charge brought today, and more time asked for.
async fn beside_a_register(who: &Someone<'_>, case: CaseId) {
    let (acting, today) = (who.acting(), who.app.store.now().date());
    let vault = keys::vault(&acting, &who.signed).await.unwrap();
    let day = today.to_string();
    let permit =
        typed(&[("ground", "personal"), ("state", "applied"), ("applied_on", day.as_str())]);
    write::write(&acting, Some(&vault), case, CareKind::Permit, &permit, CARE).await.unwrap();
    beside::add_charge(&acting, case, "documents", None, CARE).await.unwrap();
    let more = KeepingForm {
        wish: "more".into(),
        reason: "claim".into(),
        until: ["17".into(), "3".into(), (today.year() + 2).to_string()],
        words: String::new(),
    };
    keeping::save(&acting, None, case, &more, CARE).await.unwrap();
}

/// Says what shows an adult, with a year of birth; nobody has agreed to it yet.
async fn shows_an_adult(who: &Someone<'_>, case: CaseId) {
    told(who, case, |form| form.age = "unsure".into()).await;
    let opened = who.look(case).await;
    let background = particulars::background(&opened).await.unwrap().map(|found| found.record);
    let person = &opened.file.person;
    let form = PersonForm {
        age: "adult".into(),
        birth_year: "1999".into(),
        age_ground: "documents".into(),
        age_words: "Her passport".into(),
        ..PersonForm::of(&person.record, background.as_ref(), false)
    };
    let vault = keys::vault(&who.acting(), &who.signed).await.unwrap();
    let said = (&form, person.revision);
    particulars::save_with_words(&who.acting(), Some(&vault), case, said, CARE).await.unwrap();
}

#[tokio::test]
async fn e24_nothing_is_left_that_could_be_laid_beside_a_register() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        let acting = nadia.acting();
        let case = nadia.case("Selma").await;
        told(&nadia, case, |form| form.immigration = "irregular".into()).await;
        let vault = keys::vault(&acting, &nadia.signed).await.unwrap();
        let day = app.store.now().date().to_string();
        let award = |amount| {
            typed(&[
                ("service", "compensation"),
                ("provider", "state"),
                ("awarded", amount),
                ("awarded_on", day.as_str()),
                ("paid", "200 EUR"),
                ("paid_on", day.as_str()),
            ])
        };
        let kind = CareKind::Service;
        let id = write::write(&acting, Some(&vault), case, kind, &award("900 EUR"), CARE)
            .await
            .unwrap()
            .id;
        let (tenant, store) = (nadia.signed.tenant.id, &app.store);
        let records = async || palermo_store::care::of_case(store, tenant, case).await.unwrap();
        let seen = records().await[0].revision;
        write::change(&acting, Some(&vault), case, id, &award("950 EUR"), seen, CARE)
            .await
            .unwrap();
        beside_a_register(&nadia, case).await;
        shows_an_adult(&nadia, case).await;
        let prepared = own::prepare(&acting, &nadia.signed, case).await.unwrap();
        let person = nadia.look(case).await.file.person.record.id;
        erased(&app, case).await;

        assert!(background::find(store, tenant, person).await.unwrap().is_none());
        let first = Day::new(app.store.now().date().year(), 1, 1).unwrap();
        for one in records().await {
            match one.record.body {
                Body::Service(service) => {
                    assert_eq!((service.awarded, service.awarded_on), (None, None));
                    assert_eq!((service.paid, service.paid_on), (None, None));
                    assert_eq!(service.service, "compensation", "it still counts");
                }
                Body::Permit(permit) => assert_eq!(permit.applied_on, Some(first), "its year"),
                other => panic!("{other:?}"),
            }
        }
        let charges = record::of_case::<Charge>(store, tenant, case).await.unwrap();
        assert_eq!(charges[0].record.happened_at, first.starts(), "its year");
        let history = case::event::whole(store, tenant, case).await.unwrap();
        let facts = history.iter().flat_map(|event| event.facts.iter());
        let tells = |(fact, value): (&String, &String)| {
            ["awarded", "paid", "_on", "until"].iter().any(|told| fact.ends_with(told))
                || fact.starts_with("keeping-")
                || fact == "birth_year"
                || value.contains("irregular")
        };
        assert!(!facts.into_iter().any(tells));
        let brought = history.iter().find(|event| event.kind == "charge-brought").unwrap();
        assert_eq!(brought.happened_at, first.starts());
        assert!(own::enter(&app, &prepared.code, None).await.is_err(), "no view is left");
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}

#[tokio::test]
async fn e25_who_was_asked_to_stop_and_was_silent_is_asked_to_erase_and_keeps_nothing_sealed() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        let case = nadia.case("Selma").await;
        let to = nadia.desk(ALONDRA).await;
        let agreed = consent::answer(&nadia.acting(), None, case, &yes(&to, ""), CARE).await;
        let id = nadia.send(case, &order(&to, "")).await.unwrap();
        withdrawal::withdraw(&nadia.acting(), case, agreed.unwrap(), CARE).await.unwrap();
        erased(&app, case).await;

        let marisol = sign_in(&app, MARISOL).await;
        let told = withdrawal::at_my_desks(&marisol.acting()).await.unwrap();
        let of = |because| {
            let mut mine = told.iter().filter(|one| one.notice.record.referral == id);
            mine.find(|one| one.because == because).unwrap().notice.record.id.subject()
        };
        let there = arrived::find(&app.store, marisol.signed.tenant.id, id).await.unwrap();
        assert!(!there.unwrap().record.has_content, "what was never opened is emptied");
        let open = work::list(&marisol.acting(), false).await.unwrap();
        let waits =
            |about: String| open.iter().any(|one| one.task.record.subject.as_ref() == Some(&about));
        assert!(waits(of(Because::Erased)));
        assert!(!waits(of(Because::Withdrawn)), "one question waits");
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}
