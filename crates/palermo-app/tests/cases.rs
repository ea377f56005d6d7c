//! What two people do to a case at the same time, on both databases: nothing
//! counts twice, nothing leaves after it was taken back, nobody's words are lost.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use palermo_app::{
    Acting, App, Parts, Refused,
    case::{
        self,
        consent::{self, AnswerForm},
        hand_back::{self, HandBackForm},
        incoming,
        open::{FirstAnswers, OpenForm, open},
        referral::{self, ReferralForm},
        words::{self, Field, Saved, Seen},
    },
    demo,
    domain::{
        case::referral::{ReferralState, Step},
        id::CaseId,
        purpose::Purpose,
    },
    keys,
    locale::Language,
    ports::NoSecondFactors,
    session::{self, Credentials, Signed, SignedIn},
};
use palermo_store::testing::TestStore;
use std::sync::Arc;
use zeroize::Zeroizing;

async fn region(test: &TestStore) -> App {
    let app = App::new(
        test.store.clone(),
        Parts::load(None, true).unwrap(),
        Arc::new(NoSecondFactors),
        true,
    );
    demo::build(&app).await.unwrap();
    app
}

async fn sign_in(app: &App, email: &str) -> Signed {
    let typed = Credentials {
        email: email.into(),
        passphrase: Zeroizing::new(demo::PASSPHRASE.into()),
        device: "test".into(),
        mark: String::new(),
        source: None,
    };
    match session::sign_in(app, typed).await.unwrap() {
        SignedIn::Done(signed) | SignedIn::SecondFactor(signed) | SignedIn::EnrolFirst(signed) => {
            *signed
        }
    }
}

const CARE: Purpose = Purpose::Care;

async fn new_case(acting: &Acting<'_>, signed: &Signed) -> CaseId {
    let vault = keys::vault(acting, signed).await.unwrap();
    let person = FirstAnswers {
        name: "Selma".into(),
        age: "adult".into(),
        language: "tr".into(),
        urgent: Vec::new(),
    };
    let form = OpenForm { persons: vec![person], ..OpenForm::default() };
    open(acting, &vault, &form, CARE).await.unwrap()[0]
}

async fn desk(acting: &Acting<'_>, name: &str) -> String {
    let desks = consent::desks_to_choose(acting).await.unwrap();
    desks.into_iter().find(|(_, known)| known == name).unwrap().0
}

fn yes(desk: &str, explained: &[&str]) -> AnswerForm {
    AnswerForm {
        purpose: "help".into(),
        desk: desk.into(),
        kind: "care".into(),
        answer: "yes".into(),
        explained: explained.iter().map(|code| (*code).to_owned()).collect(),
        ..AnswerForm::default()
    }
}

const ALL: [&str; 4] = ["who", "what", "may_refuse", "may_withdraw"];

fn order(desk: &str) -> ReferralForm {
    ReferralForm {
        ask: "referral".into(),
        desk: desk.into(),
        kind: "care".into(),
        purpose: "help".into(),
        service: "shelter".into(),
        urgency: "now".into(),
        items: ["call_name", "age", "language", "story"].map(str::to_owned).to_vec(),
        words: String::new(),
        ..ReferralForm::default()
    }
}

#[tokio::test]
async fn req_102_a_referral_needs_consent_carries_the_minimum_and_counts_once_however_many_accept()
{
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, "nadia@harbourhouse.example").await;
        let acting = nadia.acting(&app, Language::En);
        let case = new_case(&acting, &nadia).await;
        let to = desk(&acting, "Acogida Casa Alondra").await;
        let opened = case::look(&acting, Some(&nadia), case, CARE).await.unwrap();

        // Without consent nothing leaves, and the refusal names rule 6.
        let refused = referral::send(&acting, &opened, &order(&to)).await;
        assert!(
            matches!(&refused, Err(Refused::Forbidden(why)) if why.rule.number == 6),
            "{refused:?}"
        );
        // A yes that did not hear everything is no yes.
        let half = consent::answer(&acting, None, case, &yes(&to, &["who"]), CARE).await;
        assert!(matches!(half, Err(Refused::Invalid(_))));
        consent::answer(&acting, None, case, &yes(&to, &ALL), CARE).await.unwrap();
        let preview = referral::preview(&opened, &order(&to)).await.unwrap();
        let codes: Vec<_> = preview.items.iter().map(|(code, _)| code.as_str()).collect();
        assert_eq!(codes, ["call_name", "age", "language"], "a story never goes with a referral");
        let id = referral::send(&acting, &opened, &order(&to)).await.unwrap();

        // Two members of the desk accept at the same moment.
        let marisol = sign_in(&app, "marisol@casaalondra.example").await;
        let other = sign_in(&app, "marisol@casaalondra.example").await;
        let (one, two) = (marisol.acting(&app, Language::En), other.acting(&app, Language::En));
        let vault = keys::vault(&one, &marisol).await.unwrap();
        let (first, second) = tokio::join!(
            incoming::accept(&one, &marisol, &vault, id),
            incoming::accept(&two, &other, &vault, id)
        );
        assert_eq!(u8::from(first.is_ok()) + u8::from(second.is_ok()), 1, "{first:?} {second:?}");
        let theirs = first.or(second).unwrap();
        let there = case::look(&one, Some(&marisol), theirs, CARE).await.unwrap();
        let name = there.text(case::name_place(there.file.person.record.id)).await.unwrap();
        assert_eq!(name.as_deref(), Some("Selma"), "nobody is asked twice");
        let from = incoming::of_case(&one, &there).await.unwrap();
        assert_eq!(from[0].referral.record.id, id, "the case names what it came from");
        assert!(incoming::may_open(&one, theirs).await.unwrap());
        assert!(!incoming::may_open(&acting, theirs).await.unwrap(), "not for the sender");
        let sent = referral::list(&opened).await.unwrap();
        assert_eq!(sent[0].record.state, ReferralState::Accepted, "the sender learns of it");
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}

#[tokio::test]
async fn nothing_leaves_after_a_withdrawal_and_every_recipient_is_told() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, "nadia@harbourhouse.example").await;
        let acting = nadia.acting(&app, Language::En);
        let case = new_case(&acting, &nadia).await;
        let to = desk(&acting, "Acogida Casa Alondra").await;
        let opened = case::look(&acting, Some(&nadia), case, CARE).await.unwrap();
        let agreed = consent::answer(&acting, None, case, &yes(&to, &ALL), CARE).await.unwrap();
        let form = order(&to);
        let (sent, taken) = tokio::join!(
            referral::send(&acting, &opened, &form),
            consent::withdraw(&acting, case, agreed, CARE)
        );
        taken.unwrap();
        referral::carry_out(&app, nadia.tenant.id).await.unwrap();
        let all = referral::list(&opened).await.unwrap();
        for one in &all {
            assert_eq!(one.record.state, ReferralState::Withdrawn);
        }
        assert_eq!(all.len(), usize::from(sent.is_ok()));
        if let Ok(id) = sent {
            let marisol = sign_in(&app, "marisol@casaalondra.example").await;
            let theirs = marisol.acting(&app, Language::En);
            let (found, payload) = incoming::show(&theirs, &marisol, id).await.unwrap();
            assert_eq!(found.referral.record.state, ReferralState::Withdrawn);
            assert!(payload.is_none(), "what it carried is gone");
            let late = incoming::answer(&theirs, id, Step::Start, None).await;
            assert!(matches!(late, Err(Refused::Declined(_))));
        }
        let again = referral::send(&acting, &opened, &order(&to)).await;
        assert!(matches!(again, Err(Refused::Forbidden(why)) if why.rule.number == 6));
    })
    .await;
}

#[tokio::test]
async fn of_two_editors_at_once_one_is_kept_and_the_other_is_shown_both() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, "nadia@harbourhouse.example").await;
        let acting = nadia.acting(&app, Language::En);
        let case = new_case(&acting, &nadia).await;
        let vault = keys::vault(&acting, &nadia).await.unwrap();
        let (_, texts) = words::edit(&acting, &nadia, case, CARE).await.unwrap();
        let seen = texts.iter().find(|one| one.field == Field::Wishes).unwrap();
        let write = |text: &str| vec![Seen { text: text.into(), ..seen.clone() }];
        let (one, two) = (write("To work"), write("To learn"));
        let (first, second) = tokio::join!(
            words::save(&acting, &vault, case, &one, CARE),
            words::save(&acting, &vault, case, &two, CARE)
        );
        let outcomes = [first.unwrap(), second.unwrap()];
        assert_eq!(outcomes.iter().filter(|one| **one == Saved::Done).count(), 1);
        let shown = outcomes.iter().find_map(|one| match one {
            Saved::Theirs(theirs) => Some(theirs[0].text.clone()),
            Saved::Done => None,
        });
        let (_, kept) = words::edit(&acting, &nadia, case, CARE).await.unwrap();
        let kept = kept.into_iter().find(|one| one.field == Field::Wishes).unwrap().text;
        assert_eq!(shown, Some(kept), "the second is shown what the first wrote");
    })
    .await;
}

#[tokio::test]
async fn req_098_a_second_episode_leaves_the_first_as_it_was() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, "nadia@harbourhouse.example").await;
        let acting = nadia.acting(&app, Language::En);
        let first = new_case(&acting, &nadia).await;
        case::close::close(&acting, None, first, "withdrew", "", CARE).await.unwrap();
        let second = palermo_app::case::open::again(&acting, first, None, CARE).await.unwrap();
        let look = async |id| case::look(&acting, Some(&nadia), id, CARE).await.unwrap().file;
        let (one, two) = (look(first).await, look(second).await);
        assert_eq!((one.case.record.episode, two.case.record.episode), (1, 2));
        assert_eq!(one.person.record.id, two.person.record.id);
        assert!(one.case.record.closed_at.is_some() && two.case.record.closed_at.is_none());
    })
    .await;
}

#[tokio::test]
async fn req_243_a_violation_can_be_recorded_in_every_state_of_a_case() {
    use palermo_app::case::rights::{IncidentForm, of_case, record_incident};
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, "nadia@harbourhouse.example").await;
        let acting = nadia.acting(&app, Language::En);
        let case = new_case(&acting, &nadia).await;
        let form =
            IncidentForm { rule: "4".into(), body: "border".into(), ..IncidentForm::default() };
        record_incident(&acting, None, case, &form, CARE).await.unwrap();
        case::close::close(&acting, None, case, "lost_contact", "", CARE).await.unwrap();
        record_incident(&acting, None, case, &form, CARE).await.unwrap();
        let opened = case::look(&acting, Some(&nadia), case, CARE).await.unwrap();
        assert_eq!(of_case(&opened).await.unwrap().len(), 2, "open and closed");
        let again = case::open::again(&acting, case, None, CARE).await.unwrap();
        record_incident(&acting, None, again, &form, CARE).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn req_238_a_related_person_has_needs_of_their_own_and_changes_no_count() {
    use palermo_app::case::related::{self, RelatedForm};
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, "nadia@harbourhouse.example").await;
        let acting = nadia.acting(&app, Language::En);
        let case = new_case(&acting, &nadia).await;
        let vault = keys::vault(&acting, &nadia).await.unwrap();
        let count = async || {
            let filter = case::file::Filter::default();
            case::file::count(&app.store, nadia.tenant.id, &filter).await.unwrap()
        };
        let before = count().await;
        let form = RelatedForm {
            relation: "newborn".into(),
            name: "Little one".into(),
            age: "child".into(),
            needs: vec!["documents".into()],
            birth: "not_registered".into(),
            nationality_risk: true,
            ..RelatedForm::default()
        };
        let id = related::add(&acting, &vault, case, &form, CARE).await.unwrap();
        related::service(&acting, (case, id), ("documents", false), CARE).await.unwrap();
        assert_eq!(count().await, before);
        let opened = case::look(&acting, Some(&nadia), case, CARE).await.unwrap();
        let beside = related::of_case(&acting, &opened).await.unwrap();
        assert_eq!(beside[0].name.as_deref(), Some("Little one"));
        let found = &beside[0].related;
        assert_eq!(found.record.needs, ["documents"]);
        assert!(found.record.open_needs().is_empty(), "a service of their own");
        // The birth is registered now.
        let later = RelatedForm { birth: "registered".into(), ..form };
        let seen = found.revision;
        related::change(&acting, &vault, (case, id), &later, seen, CARE).await.unwrap();
        let stale = related::change(&acting, &vault, (case, id), &later, seen, CARE).await;
        assert!(matches!(stale, Err(Refused::Conflict)), "as someone else saw them");
        let told = case::event::of_case(&opened.read, nadia.tenant.id, case, 50).await.unwrap();
        assert!(told.iter().any(|event| event.kind == "related-birth"));
        // Kept secret, the history says no more of them.
        let beside = related::of_case(&acting, &opened).await.unwrap();
        let seen = beside[0].related.revision;
        let later = RelatedForm { secret: true, name: String::new(), ..later };
        related::change(&acting, &vault, (case, id), &later, seen, CARE).await.unwrap();
        related::end(&acting, (case, id), "elsewhere", CARE).await.unwrap();
        let told = case::event::of_case(&opened.read, nadia.tenant.id, case, 50).await.unwrap();
        assert!(told.iter().all(|event| event.kind != "related-ended"));
        let tells = |fact: &str| told.iter().any(|event| event.facts.contains_key(fact));
        assert!(!tells("relation") && !tells("birth"), "nor what it said before");
        let told = told.iter().filter(|event| event.kind == "related-secret").count();
        assert_eq!(told, 5, "added, a service, birth, change and end: that something was written");
        let beside = related::of_case(&acting, &opened).await.unwrap();
        assert_eq!(beside[0].name, None, "an emptied name is gone");
        let ended = &beside[0].related.record;
        assert!(ended.secret && !ended.stands() && ended.services[0].until.is_some());
    })
    .await;
}

#[tokio::test]
async fn e24_when_its_clock_runs_out_a_case_is_erased_for_real_and_still_counts() {
    use palermo_app::case::retention;
    use std::time::Duration;
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, "nadia@harbourhouse.example").await;
        let acting = nadia.acting(&app, Language::En);
        let case = new_case(&acting, &nadia).await;
        let copy = ("copy", "person");
        palermo_app::care::own_ask::write_down(&acting, case, copy, "All of it").await.unwrap();
        case::close::close(&acting, None, case, "goals_met", "", CARE).await.unwrap();
        let count = async || {
            let filter = case::file::Filter::default();
            case::file::count(&app.store, nadia.tenant.id, &filter).await.unwrap()
        };
        let before = count().await;
        let file = case::look(&acting, Some(&nadia), case, CARE).await.unwrap().file;
        test.clock.advance(Duration::from_secs(4 * 366 * 86_400));
        retention::run(&app).await.unwrap();
        let place = case::name_place(file.person.record.id);
        let again = sign_in(&app, "nadia@harbourhouse.example").await;
        let acting = again.acting(&app, Language::En);
        let kept = case::look(&acting, Some(&again), case, CARE).await.unwrap();
        assert_eq!(kept.text(place).await.unwrap().as_deref(), Some("Selma"), "not yet");
        test.clock.advance(Duration::from_secs(2 * 366 * 86_400));
        retention::run(&app).await.unwrap();
        let again = sign_in(&app, "nadia@harbourhouse.example").await;
        let acting = again.acting(&app, Language::En);
        let kept = case::look(&acting, Some(&again), case, CARE).await.unwrap();
        assert_eq!(kept.text(place).await.unwrap().as_deref(), Some("Selma"), "offered first");
        test.clock.advance(Duration::from_secs(61 * 86_400));
        let swept = retention::run(&app).await.unwrap();
        assert!(swept.erased > 0, "{swept:?}");
        let later = sign_in(&app, "nadia@harbourhouse.example").await;
        let acting = later.acting(&app, Language::En);
        let gone = case::look(&acting, Some(&later), case, CARE).await.unwrap();
        assert_eq!(gone.text(place).await.unwrap(), None, "the key is destroyed");
        let tenant = nadia.tenant.id;
        let asked = palermo_store::own_view::requests(&app.store, tenant, Some(case)).await;
        assert!(asked.unwrap().is_empty(), "what the person asked for is gone too");
        assert_eq!(count().await, before, "statistics stay");
    })
    .await;
}

#[tokio::test]
async fn e24_what_a_referral_carried_and_what_was_asked_is_erased_with_the_person_on_both_sides() {
    use palermo_app::case::{questions, retention};
    use std::time::Duration;
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, "nadia@harbourhouse.example").await;
        let acting = nadia.acting(&app, Language::En);
        let case = new_case(&acting, &nadia).await;
        let to = desk(&acting, "Acogida Casa Alondra").await;
        consent::answer(&acting, None, case, &yes(&to, &ALL), CARE).await.unwrap();
        let opened = case::look(&acting, Some(&nadia), case, CARE).await.unwrap();
        let id = referral::send(&acting, &opened, &order(&to)).await.unwrap();
        let marisol = sign_in(&app, "marisol@casaalondra.example").await;
        let one = marisol.acting(&app, Language::En);
        incoming::ask(&one, id, "Which bus does she take?").await.unwrap();
        questions::answer(&acting, case, id, "The early one", CARE).await.unwrap();
        let vault = keys::vault(&one, &marisol).await.unwrap();
        let theirs = incoming::accept(&one, &marisol, &vault, id).await.unwrap();
        let back = HandBackForm {
            outcome: "not_reached".into(),
            words: "She moved on".into(),
            ..HandBackForm::default()
        };
        hand_back::hand_back(&one, id, &back).await.unwrap();
        case::close::close(&one, None, theirs, "goals_met", "", CARE).await.unwrap();
        case::close::close(&acting, None, case, "goals_met", "", CARE).await.unwrap();
        test.clock.advance(Duration::from_secs(6 * 366 * 86_400));
        retention::run(&app).await.unwrap();
        test.clock.advance(Duration::from_secs(61 * 86_400));
        retention::run(&app).await.unwrap();

        let marisol = sign_in(&app, "marisol@casaalondra.example").await;
        let one = marisol.acting(&app, Language::En);
        let (found, payload) = incoming::show(&one, &marisol, id).await.unwrap();
        assert!(payload.is_none() && found.said.is_empty(), "nothing is left there");
        let nadia = sign_in(&app, "nadia@harbourhouse.example").await;
        let acting = nadia.acting(&app, Language::En);
        let gone = case::look(&acting, Some(&nadia), case, CARE).await.unwrap();
        let keys = (Some(&nadia), gone.vault.as_ref());
        let said = questions::of_referral(&acting, keys, &gone.read, id).await.unwrap();
        assert!(said.is_empty(), "nor here");
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}
