//! The rights of a child end with two people, on both databases (R3): one says what shows
//! an adult, another agrees, and until then every rule holds as before.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::people;

use palermo_app::{
    App, Refused,
    case::{
        age::{self, Saved},
        note,
        open::FirstAnswers,
        particulars::{self, PersonForm},
        related::{self, RelatedForm},
        second, team,
    },
    domain::{
        account::RoleAssignment,
        case::{person::AgeGroup, team::TeamPart},
        id::CaseId,
        role::Role,
        screening::{Age, Answer, Draft, ExploitationForm},
    },
    keys,
    screening::{
        ask,
        decide::{self, DecisionForm},
    },
    two_person::{self, Question},
};
use palermo_store::{ActContext, Begun, role as roles, testing::TestStore};
use people::{CARE, NADIA, Someone, region, sign_in};

const RUTH: &str = "ruth@harbourhouse.example";

/// Saves an age with what shows it, if anything does.
async fn says(who: &Someone<'_>, case: CaseId, age: &str, words: &str) -> Result<Saved, Refused> {
    let file = who.look(case).await.file;
    let mut form = PersonForm::of(&file.person.record, None, file.case.record.sealed);
    form.age = age.into();
    form.birth_year = if age == "adult" { "1999".into() } else { String::new() };
    if !words.is_empty() {
        form.age_ground = "documents".into();
        form.age_words = words.into();
    }
    let vault = keys::vault(&who.acting(), &who.signed).await.unwrap();
    let said = (&form, file.person.revision);
    particulars::save_with_words(&who.acting(), Some(&vault), case, said, CARE).await
}

async fn age_of(who: &Someone<'_>, case: CaseId) -> (AgeGroup, Option<u16>) {
    let person = who.look(case).await.file.person.record;
    (person.age, person.birth_year)
}

/// What waits for someone's word.
async fn asked(who: &Someone<'_>) -> Vec<Question> {
    let all = two_person::list(&who.acting()).await.unwrap();
    all.into_iter().filter(|one| one.mine_to_decide).collect()
}

async fn decides(who: &Someone<'_>, agrees: bool) -> Result<(), Refused> {
    let asked = asked(who).await;
    let id = asked.first().expect("a question waits").approval.record.id;
    two_person::decide(&who.acting(), id, agrees).await
}

#[tokio::test]
async fn rule_3_the_rights_of_a_child_end_once_a_second_person_agreed_and_not_before() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let (nadia, ruth) = (sign_in(&app, NADIA).await, sign_in(&app, RUTH).await);
        let case = nadia.case("Teo").await;
        assert_eq!(says(&nadia, case, "unsure", "").await.unwrap(), Saved::Done);
        let words = "The consulate sent the birth certificate";
        assert_eq!(says(&nadia, case, "adult", words).await.unwrap(), Saved::SecondAsked);
        assert_eq!(age_of(&nadia, case).await, (AgeGroup::Unsure, None), "a child until then");
        let again = says(&nadia, case, "adult", words).await;
        assert!(matches!(again, Err(Refused::Invalid(_))), "one question at a time");
        // The words are read by the team, never by the second person's list of questions.
        let opened = nadia.look(case).await;
        let person = opened.file.person.record.id;
        let waits = age::waits(&nadia.acting(), &opened, person).await.unwrap().unwrap();
        assert_eq!(waits.words.as_deref(), Some(words));
        assert!(!waits.question.mine_to_decide, "nobody agrees with themselves");
        let own = waits.question.approval.record.id;
        let read = second::contents(&nadia.acting(), &nadia.signed, own).await.unwrap();
        assert_eq!(read.parts, [words], "read before it is agreed to, by who reads the case");
        assert!(two_person::decide(&nadia.acting(), own, true).await.is_err());
        let question = asked(&ruth).await.remove(0);
        assert_eq!(question.ground, Some("documents"));
        assert!(!question.about.contains("Teo") && !question.about.is_empty());
        // Refused, nothing changes; asked anew and agreed to, it is so at once.
        decides(&ruth, false).await.unwrap();
        assert_eq!(age_of(&nadia, case).await.0, AgeGroup::Unsure);
        assert_eq!(says(&nadia, case, "adult", words).await.unwrap(), Saved::SecondAsked);
        decides(&ruth, true).await.unwrap();
        assert_eq!(age_of(&nadia, case).await, (AgeGroup::Adult, Some(1999)));
        let history = note::history(&nadia.look(case).await, 50).await.unwrap();
        let shown = history.iter().find(|one| one.event.kind == "age-shown").unwrap();
        assert_eq!(shown.event.by, Some(ruth.acting().member().unwrap().1), "by the second");
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}

#[tokio::test]
async fn rule_3_what_is_written_meanwhile_stops_what_a_second_person_would_agree_to() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let (nadia, ruth) = (sign_in(&app, NADIA).await, sign_in(&app, RUTH).await);
        let case = nadia.case("Teo").await;
        says(&nadia, case, "child", "").await.unwrap();
        let file = nadia.look(case).await.file;
        let mut form = PersonForm::of(&file.person.record, None, false);
        form.age = "adult".into();
        form.age_ground = "own_word".into();
        form.age_words = "He says so, and his school does too".into();
        let vault = keys::vault(&nadia.acting(), &nadia.signed).await.unwrap();
        let said = (&form, file.person.revision);
        particulars::save_with_words(&nadia.acting(), Some(&vault), case, said, CARE)
            .await
            .unwrap();
        let file = nadia.look(case).await.file;
        let mut form = PersonForm::of(&file.person.record, None, false);
        form.birth_year = "2015".into();
        particulars::save(&nadia.acting(), case, &form, file.person.revision, CARE).await.unwrap();
        let late = decides(&ruth, true).await;
        assert!(matches!(late, Err(Refused::Declined(_))), "{late:?}");
        assert_eq!(age_of(&nadia, case).await.0, AgeGroup::Child);
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}

#[tokio::test]
async fn rule_3_an_age_written_anew_meanwhile_is_what_stands() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let (nadia, ruth) = (sign_in(&app, NADIA).await, sign_in(&app, RUTH).await);
        let case = nadia.case("Teo").await;
        says(&nadia, case, "unsure", "").await.unwrap();
        says(&nadia, case, "adult", "Her passport").await.unwrap();
        says(&nadia, case, "child", "").await.unwrap();
        let late = decides(&ruth, true).await;
        assert!(matches!(late, Err(Refused::Declined(_))), "{late:?}");
        assert_eq!(age_of(&nadia, case).await.0, AgeGroup::Child);
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}

/// Takes every role but one's own from whoever else of the organisation holds it.
async fn alone(app: &App, who: &Someone<'_>) {
    let (tenant, mine) = who.acting().member().unwrap();
    let context = ActContext::new(
        tenant,
        palermo_app::domain::actor::Actor::System { job: "test".into() },
        "people.end-role",
    );
    let Begun::Fresh(mut act) = app.store.act(context).await.unwrap() else { panic!("repeated") };
    let now = act.now();
    for role in Role::ALL {
        for held in roles::holders(&app.store, tenant, *role, now).await.unwrap() {
            let record: &RoleAssignment = &held.record;
            if record.account != mine {
                roles::end(&mut act, record, now, held.revision).await.unwrap();
            }
        }
    }
    act.commit(&()).await.unwrap();
}

#[tokio::test]
async fn rule_3_where_nobody_else_may_agree_it_is_said_and_a_child_stays_one() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        let case = nadia.case("Teo").await;
        says(&nadia, case, "child", "").await.unwrap();
        alone(&app, &nadia).await;
        test.clock.advance(std::time::Duration::from_secs(1));
        let refused = says(&nadia, case, "adult", "Her passport").await;
        let Err(Refused::Invalid(problems)) = refused else { panic!("{refused:?}") };
        assert_eq!(problems.0[0].message.id, "error-nobody-may-agree", "what was typed is kept");
        assert_eq!(age_of(&nadia, case).await.0, AgeGroup::Child);
    })
    .await;
}

#[tokio::test]
async fn e11_of_a_sealed_record_the_second_person_is_one_of_its_team() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let (nadia, ruth) = (sign_in(&app, NADIA).await, sign_in(&app, RUTH).await);
        let hanna = sign_in(&app, "hanna@harbourhouse.example").await;
        let (acting, case) = (nadia.acting(), nadia.case("Teo").await);
        says(&nadia, case, "child", "").await.unwrap();
        let file = nadia.look(case).await.file;
        let form = PersonForm::of(&file.person.record, None, true);
        particulars::save(&acting, case, &form, file.person.revision, CARE).await.unwrap();
        let join = async |who: &Someone<'_>, part| {
            let account = who.acting().member().unwrap().1;
            team::add(&acting, case, account, part, CARE).await.unwrap();
        };
        join(&hanna, TeamPart::Guardian).await;
        let refused = says(&nadia, case, "adult", "Her passport").await;
        assert!(matches!(refused, Err(Refused::Invalid(_))), "a guardian does not agree to it");
        join(&ruth, TeamPart::Alternate).await;
        assert_eq!(says(&nadia, case, "adult", "Her passport").await.unwrap(), Saved::SecondAsked);
        decides(&ruth, true).await.unwrap();
        assert_eq!(age_of(&nadia, case).await.0, AgeGroup::Adult);
    })
    .await;
}

#[tokio::test]
async fn rule_3_the_age_of_someone_beside_a_case_takes_a_ground_words_and_two_people_too() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let (nadia, ruth) = (sign_in(&app, NADIA).await, sign_in(&app, RUTH).await);
        let (acting, case) = (nadia.acting(), nadia.case("Selma").await);
        let vault = keys::vault(&acting, &nadia.signed).await.unwrap();
        let young = RelatedForm {
            relation: "witness".into(),
            age: "child".into(),
            ..RelatedForm::default()
        };
        let id = related::add(&acting, &vault, case, &young, CARE).await.unwrap();
        let stands = async || {
            let beside = related::of_case(&acting, &nadia.look(case).await).await.unwrap();
            (beside[0].age, beside[0].related.revision, beside[0].related.record.person)
        };
        let change = async |form: &RelatedForm| {
            let seen = stands().await.1;
            related::change(&acting, &vault, (case, id), form, seen, CARE).await
        };
        let bare = RelatedForm { age: "adult".into(), ..young.clone() };
        let refused = change(&bare).await;
        let Err(Refused::Invalid(problems)) = refused else { panic!("{refused:?}") };
        let fields: Vec<_> = problems.0.iter().map(|one| &*one.field).collect();
        assert_eq!(fields, ["age_ground", "age_words"], "not with one click");
        let shown = RelatedForm {
            age_ground: "assessment".into(),
            age_words: "The clinic's letter of Monday".into(),
            ..bare
        };
        assert_eq!(change(&shown).await.unwrap(), Saved::SecondAsked);
        let (age, _, person) = stands().await;
        assert_eq!(age, AgeGroup::Child);
        let waits = age::waits(&acting, &nadia.look(case).await, person).await.unwrap().unwrap();
        assert_eq!(waits.words.as_deref(), Some("The clinic's letter of Monday"));
        decides(&ruth, true).await.unwrap();
        assert_eq!(stands().await.0, AgeGroup::Adult);
        let history = note::history(&nadia.look(case).await, 50).await.unwrap();
        assert!(history.iter().any(|one| one.event.kind == "related-age-shown"));
        let tells = |one: &note::Told| one.text.as_deref().is_some_and(|t| t.contains("clinic"));
        assert!(!history.iter().any(tells), "their words lie under their own key");
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}

#[tokio::test]
async fn rule_3_whom_a_screening_took_for_a_child_does_not_enter_a_case_as_an_adult() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        let acting = nadia.acting();
        let mut draft = Draft { age: Some(Age::Unsure), language: "en".into(), ..Draft::default() };
        draft.forms.insert(ExploitationForm::Fishing);
        draft.answers.insert("D1.job".into(), Answer::Yes);
        let id = ask::start_with(&acting, &draft).await.unwrap();
        let form = DecisionForm {
            outcome: "presumed".into(),
            path: "child".into(),
            reasons: vec!["answers".into()],
            state: String::new(),
        };
        decide::decide(&acting, id, &form).await.unwrap();
        let vault = keys::vault(&acting, &nadia.signed).await.unwrap();
        let as_if = |age: &str| FirstAnswers {
            name: "Teo".into(),
            age: age.into(),
            language: "tr".into(),
            urgent: Vec::new(),
        };
        let refused = decide::open_case(&acting, &vault, id, &as_if("adult")).await;
        let Err(Refused::Invalid(problems)) = refused else { panic!("{refused:?}") };
        assert_eq!(problems.0[0].field, "age");
        let case = decide::open_case(&acting, &vault, id, &as_if("unsure")).await.unwrap();
        assert_eq!(age_of(&nadia, case).await.0, AgeGroup::Unsure);
    })
    .await;
}
