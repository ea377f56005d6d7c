//! A token does what it was made for, and nothing on the way to it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::care_support::House;

use palermo_app::{
    Acting, Refused,
    access::{Action, Subject},
    case::task::{self as case_task, TaskForm},
    domain::{case::person::AgeGroup, purpose::Purpose},
    token::scopes_for,
    work,
};
use palermo_store::{Revision, testing::TestStore};

#[tokio::test]
async fn a_token_made_to_finish_tasks_writes_into_no_case() {
    TestStore::each(async |test| {
        let house = House::new(&test).await;
        let case = house.case(AgeGroup::Adult).await;
        let (lead, colleague) = (house.acting(&house.lead), house.acting(&house.colleague));
        let form = TaskForm {
            what: "contact".into(),
            who: house.lead.account.to_string(),
            words: String::new(),
            due: ["20", "3", "2026"].map(str::to_owned),
        };
        let id = case_task::set(&lead, None, case, &form, Purpose::Care).await.unwrap();
        let program = |only: &[Action]| {
            let subject = Subject { limited_to: Some(only.to_vec()), ..colleague.subject.clone() };
            Acting { subject, ..colleague.clone() }
        };
        let alone = work::finish(&program(&[Action::FinishTask]), id, Revision(1)).await;
        assert!(matches!(alone, Err(Refused::NotFound)), "{alone:?}");
        let both = [Action::FinishTask, Action::WriteCase];
        work::finish(&program(&both), id, Revision(1)).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn no_token_gives_the_word_of_a_second_person() {
    TestStore::each(async |test| {
        let house = House::new(&test).await;
        let scopes = scopes_for(&house.acting(&house.lead));
        assert!(scopes.contains(&Action::ListCases) && scopes.contains(&Action::WriteCase));
        assert!(scopes.contains(&Action::DecideIdentification));
        assert!(!scopes.contains(&Action::ReviewIdentification), "R12");
    })
    .await;
}
