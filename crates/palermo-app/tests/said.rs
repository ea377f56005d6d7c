//! What a person and those who stand by them say, on both databases: nothing to anyone is
//! an answer that is kept and binds.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::{care_support::typed, people};

use palermo_app::{
    Refused,
    care::write,
    case::{
        consent::{self, AnswerForm, NO_ONE},
        guardian_word::{self, WordForm},
        note,
        particulars::{self, PersonForm},
        referral::{self, Rest},
        team,
    },
    domain::{
        care::CareKind,
        case::{sharing::Answer, team::TeamPart},
        register::day::Day,
    },
    keys,
};
use palermo_store::testing::TestStore;
use people::{ALONDRA, CARE, NADIA, order, region, sign_in, yes};
use std::time::Duration;

const HANNA: &str = "hanna@harbourhouse.example";

#[tokio::test]
async fn rule_6_to_no_one_is_an_answer_that_stops_what_was_agreed_to_and_costs_no_help() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        let (acting, case) = (nadia.acting(), nadia.case("Selma").await);
        let to = nadia.desk(ALONDRA).await;
        let agreed = consent::answer(&acting, None, case, &yes(&to, ""), CARE).await.unwrap();
        let file = nadia.look(case).await.file;
        let mut form = PersonForm::of(&file.person.record, None, false);
        form.looked_for = "yes".into();
        particulars::save(&acting, case, &form, file.person.revision, CARE).await.unwrap();
        nadia.send(case, &order(&to, "")).await.unwrap();
        test.clock.advance(Duration::from_secs(1));

        // It names no body and no purpose, and nothing had to be explained for it.
        let none = AnswerForm { answer: NO_ONE.into(), ..AnswerForm::default() };
        let said = consent::answer(&acting, None, case, &none, CARE).await.unwrap();
        let opened = nadia.look(case).await;
        let all = consent::list(&opened).await.unwrap();
        let of = |id| all.iter().map(|one| &one.record).find(|one| one.id == id).unwrap();
        assert!(of(agreed).withdrawn_at.is_some(), "what was agreed to is taken back");
        assert!(of(said).recipient.is_no_one() && of(said).answer == Answer::No);
        assert_eq!(consent::about(&acting, &of(said).recipient).await.unwrap(), "No one");
        assert_eq!(opened.file.person.record.may_be_looked_for, Some(false));
        let rests = referral::rests(&acting, &opened, &order(&to, "")).await.unwrap();
        assert!(matches!(rests, Some(Rest::Refused(_))), "{rests:?}");
        let sent = nadia.send(case, &order(&to, "")).await;
        assert!(matches!(sent, Err(Refused::Forbidden(why)) if why.rule.number == 6));
        let history = note::history(&opened, 50).await.unwrap();
        assert!(history.iter().any(|one| one.event.kind == "consent-no-one"));
        // The case and its help go on; a later yes to one body counts again, for it alone.
        test.clock.advance(Duration::from_secs(1));
        consent::answer(&acting, None, case, &yes(&to, ""), CARE).await.unwrap();
        nadia.send(case, &order(&to, "")).await.unwrap();
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}

#[tokio::test]
async fn rule_3_a_guardian_of_record_leaves_words_for_the_team_and_nobody_speaks_in_their_place() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let (nadia, hanna) = (sign_in(&app, NADIA).await, sign_in(&app, HANNA).await);
        let (acting, case) = (nadia.acting(), nadia.case("Teo").await);
        let file = nadia.look(case).await.file;
        let mut form = PersonForm::of(&file.person.record, None, false);
        form.age = "child".into();
        particulars::save(&acting, case, &form, file.person.revision, CARE).await.unwrap();
        let theirs = keys::vault(&hanna.acting(), &hanna.signed).await.unwrap();
        let say = async |about: &str, answer: &str| {
            let words = "She wants to stay near her school".into();
            let form = WordForm { about: about.into(), answer: answer.into(), words };
            guardian_word::say(&hanna.acting(), &theirs, case, &form, CARE).await
        };
        let stranger = say("message", "").await;
        assert!(matches!(stranger, Err(Refused::NotFound)), "not on the team: {stranger:?}");
        let account = hanna.acting().member().unwrap().1;
        team::add(&acting, case, account, TeamPart::Guardian, CARE).await.unwrap();
        let early = say("message", "").await;
        let none = |why: &Refused| matches!(why, Refused::Declined(told) if told.id == "case-guardian-error-none");
        assert!(early.as_ref().is_err_and(none), "nobody stands by the child yet: {early:?}");

        let today = Day::from(test.store.now().date()).to_string();
        let facts = typed(&[
            ("name", "Hanna Quist"),
            ("guardian", "professional"),
            ("appointed_on", &*today),
            ("conflict", "clear"),
            ("checked_on", &*today),
        ]);
        let vault = keys::vault(&acting, &nadia.signed).await.unwrap();
        let kind = CareKind::Guardian;
        write::write(&acting, Some(&vault), case, kind, &facts, CARE).await.unwrap();
        say("best_interests", "").await.unwrap();
        let bare = say("sharing", "").await;
        assert!(matches!(bare, Err(Refused::Invalid(_))), "about sharing it takes an answer");
        say("sharing", "disagrees").await.unwrap();
        let own = guardian_word::cannot(&acting, case, CARE).await;
        assert!(matches!(own, Err(Refused::NotFound)), "nobody else speaks as guardian: {own:?}");

        let history = note::history(&nadia.look(case).await, 50).await.unwrap();
        let said = |kind: &str| history.iter().find(|one| one.event.kind == kind).unwrap();
        let view = said(guardian_word::SAID);
        assert_eq!(view.text.as_deref(), Some("She wants to stay near her school"));
        assert_eq!(view.event.by, Some(account));
        let fact = |of: &str| said(guardian_word::ANSWERED).event.facts.get(of).cloned();
        assert_eq!(fact("guardian_answer").as_deref(), Some("disagrees"));
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}
