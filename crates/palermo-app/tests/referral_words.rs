//! Words about a referral, on both databases: they leave only while the person
//! agrees, reach whoever acted meanwhile, and lie under the person's key.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::people;

use palermo_app::{
    Refused,
    case::{consent, incoming, questions, referral, sealed_file},
    domain::{
        case::referral::{ReferralState, Step},
        id::{CaseId, ReferralId},
    },
};
use palermo_store::{Paging, case::referral_word as words, task as tasks, testing::TestStore};
use people::{ALONDRA, CARE, MARISOL, NADIA, Someone, order, region, says, sign_in, yes};
use std::time::Duration;

const OUTSIDE: &str = "Law clinic of Avelmar";
const ASKED: &str = "Can she take the stairs?";
const TOLD: &str = "Yes, with a hand to hold";
const MINUTE: Duration = Duration::from_secs(60);

/// A referral with a question that waits for its answer.
async fn asked(nadia: &Someone<'_>, marisol: &Someone<'_>) -> (CaseId, ReferralId, String) {
    let case = nadia.case("Selma").await;
    let to = nadia.desk(ALONDRA).await;
    consent::answer(&nadia.acting(), None, case, &yes(&to, ""), CARE).await.unwrap();
    let id = nadia.send(case, &order(&to, "")).await.unwrap();
    incoming::ask(&marisol.acting(), id, ASKED).await.unwrap();
    (case, id, to)
}

async fn read_by(marisol: &Someone<'_>, id: ReferralId) -> Vec<String> {
    let (found, _) = incoming::show(&marisol.acting(), &marisol.signed, id).await.unwrap();
    found.said.into_iter().filter_map(|one| one.words).collect()
}

async fn open_questions(test: &TestStore, nadia: &Someone<'_>, case: CaseId) -> usize {
    let filter = tasks::Filter {
        subject: Some(format!("case:{case}")),
        kind: Some("task-referral-question".into()),
        ..tasks::Filter::default()
    };
    let tenant = nadia.signed.tenant.id;
    let page = tasks::list(&test.store, tenant, &filter, tasks::SortBy::Due, Paging::all()).await;
    let all = page.unwrap().items;
    assert!(!all.is_empty(), "the question was set as work");
    all.iter().filter(|one| one.record.done_at.is_none()).count()
}

#[tokio::test]
async fn rule_6_an_answer_about_a_person_who_said_no_meanwhile_does_not_leave() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let (nadia, marisol) = (sign_in(&app, NADIA).await, sign_in(&app, MARISOL).await);
        let (case, id, to) = asked(&nadia, &marisol).await;
        let acting = nadia.acting();
        for said in ["no", "not_now"] {
            test.clock.advance(MINUTE);
            consent::answer(&acting, None, case, &says(said, &to, ""), CARE).await.unwrap();
            let refused = questions::answer(&acting, case, id, TOLD, CARE).await;
            assert!(
                matches!(&refused, Err(Refused::Forbidden(why)) if why.rule.number == 6),
                "{said}: {refused:?}"
            );
        }
        assert_eq!(read_by(&marisol, id).await, [ASKED]);
        test.clock.advance(MINUTE);
        consent::answer(&acting, None, case, &yes(&to, ""), CARE).await.unwrap();
        questions::answer(&acting, case, id, TOLD, CARE).await.unwrap();
        assert_eq!(read_by(&marisol, id).await, [ASKED, TOLD]);
    })
    .await;
}

#[tokio::test]
async fn an_answer_reaches_whoever_accepts_at_the_same_moment() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let (nadia, marisol) = (sign_in(&app, NADIA).await, sign_in(&app, MARISOL).await);
        let (case, id, _) = asked(&nadia, &marisol).await;
        let acting = nadia.acting();
        let (told, accepted) =
            tokio::join!(questions::answer(&acting, case, id, TOLD, CARE), marisol.accept(id));
        accepted.unwrap();
        referral::carry_out(&app, nadia.signed.tenant.id).await.unwrap();
        let there = read_by(&marisol, id).await.iter().any(|words| words == TOLD);
        assert_eq!(there, told.is_ok(), "told or refused, never lost: {told:?}");
        let opened = nadia.look(case).await;
        let sent = referral::list(&opened).await.unwrap();
        assert_eq!(sent[0].record.state, ReferralState::Accepted);
    })
    .await;
}

#[tokio::test]
async fn an_answer_reaches_whoever_accepts_later_and_is_refused_once_they_accepted() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let (nadia, marisol) = (sign_in(&app, NADIA).await, sign_in(&app, MARISOL).await);
        let (case, id, _) = asked(&nadia, &marisol).await;
        test.clock.advance(MINUTE);
        questions::answer(&nadia.acting(), case, id, TOLD, CARE).await.unwrap();
        marisol.accept(id).await.unwrap();
        assert_eq!(read_by(&marisol, id).await, [ASKED, TOLD]);
        let (case, id, _) = asked(&nadia, &marisol).await;
        test.clock.advance(MINUTE);
        marisol.accept(id).await.unwrap();
        let told = questions::answer(&nadia.acting(), case, id, TOLD, CARE).await;
        assert!(matches!(told, Err(Refused::Declined(_))), "{told:?}");
        assert_eq!(read_by(&marisol, id).await, [ASKED]);
    })
    .await;
}

#[tokio::test]
async fn a_question_that_nobody_waits_for_any_more_is_no_work() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let (nadia, marisol) = (sign_in(&app, NADIA).await, sign_in(&app, MARISOL).await);
        let (case, id, _) = asked(&nadia, &marisol).await;
        assert_eq!(open_questions(&test, &nadia, case).await, 1);
        marisol.accept(id).await.unwrap();
        assert_eq!(open_questions(&test, &nadia, case).await, 0, "decided without it");
        let (case, id, _) = asked(&nadia, &marisol).await;
        referral::step(&nadia.acting(), case, id, Step::Cancel, None, CARE).await.unwrap();
        assert_eq!(open_questions(&test, &nadia, case).await, 0, "taken back");
        let (case, _, _) = asked(&nadia, &marisol).await;
        let opened = nadia.look(case).await;
        let agreed = consent::list(&opened).await.unwrap()[0].record.id;
        consent::withdraw(&nadia.acting(), case, agreed, CARE).await.unwrap();
        assert_eq!(open_questions(&test, &nadia, case).await, 0, "the person took it back");
    })
    .await;
}

#[tokio::test]
async fn p6_words_that_were_opened_lie_under_the_key_of_their_person_and_no_other() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let (nadia, marisol) = (sign_in(&app, NADIA).await, sign_in(&app, MARISOL).await);
        let (case, id, _) = asked(&nadia, &marisol).await;
        let acting = nadia.acting();
        test.clock.advance(MINUTE);
        questions::answer(&acting, case, id, TOLD, CARE).await.unwrap();
        marisol.accept(id).await.unwrap();
        let opened = nadia.look(case).await;
        for _ in 0..2 {
            let keys = (Some(&nadia.signed), opened.vault.as_ref());
            let said = questions::of_referral(&acting, keys, &opened.read, id).await.unwrap();
            let here: Vec<_> = said.iter().filter_map(|one| one.words.as_deref()).collect();
            assert_eq!(here, [ASKED, TOLD]);
            assert_eq!(read_by(&marisol, id).await, [ASKED, TOLD]);
        }
        for someone in [&nadia, &marisol] {
            let tenant = someone.signed.tenant.id;
            let all = words::of_referral(&test.store, tenant, id).await.unwrap();
            assert_eq!(all.len(), 2);
            for word in all {
                assert!(word.is_kept() && word.other.is_none(), "no copy under keys of staff");
            }
        }
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}

#[tokio::test]
async fn what_a_body_outside_asked_is_answered_outside_and_noted() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        let acting = nadia.acting();
        let case = nadia.case("Selma").await;
        consent::answer(&acting, None, case, &yes("", OUTSIDE), CARE).await.unwrap();
        let opened = nadia.look(case).await;
        sealed_file::make(&acting, &opened, &order("", OUTSIDE)).await.unwrap();
        let id = referral::list(&opened).await.unwrap()[0].record.id;
        referral::step(&acting, case, id, Step::AskInfo, None, CARE).await.unwrap();
        questions::answer(&acting, case, id, "", CARE).await.unwrap();
        let sent = referral::list(&opened).await.unwrap();
        assert_eq!(sent[0].record.state, ReferralState::Received);
    })
    .await;
}

#[tokio::test]
async fn a_question_without_words_is_no_question() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let (nadia, marisol) = (sign_in(&app, NADIA).await, sign_in(&app, MARISOL).await);
        let case = nadia.case("Selma").await;
        let to = nadia.desk(ALONDRA).await;
        consent::answer(&nadia.acting(), None, case, &yes(&to, ""), CARE).await.unwrap();
        let id = nadia.send(case, &order(&to, "")).await.unwrap();
        let empty = incoming::answer(&marisol.acting(), id, Step::AskInfo, None).await;
        assert!(matches!(empty, Err(Refused::NotFound)), "{empty:?}");
        assert!(read_by(&marisol, id).await.is_empty());
    })
    .await;
}
