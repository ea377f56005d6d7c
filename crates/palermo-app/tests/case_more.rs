//! Documents and their numbers, flags, like names, and what becomes of open work
//! when a case is closed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::people;

use palermo_app::{
    Acting, Refused,
    access::Assurance,
    case::{
        Version, alike,
        close::{self, Fates},
        consent,
        erase::{self, Erasure},
        flags::{self, FlagForm},
        list::{self, Which},
        papers::{self, PaperForm},
        referral,
        task::{self, TaskForm},
    },
    keys, names, two_person, work,
};
use palermo_domain::{
    case::{Phase, referral::ReferralState},
    id::{CaseId, PersonId},
};
use palermo_store::{
    IdempotencyKey,
    case::{event, file as files},
    testing::TestStore,
};
use people::{ALONDRA, CARE, MARISOL, NADIA, Someone, order, region, sign_in, yes};
use std::time::Duration;

const RUTH: &str = "ruth@harbourhouse.example";

/// Someone who has just shown their second factor.
fn proven<'a>(who: &'a Someone<'_>) -> Acting<'a> {
    let mut acting = who.acting();
    acting.subject.assurance = Assurance::Two;
    acting.subject.stepped_up_at = Some(acting.now());
    acting
}

fn passport(number: &str) -> PaperForm {
    PaperForm {
        kind: "passport".into(),
        number: number.into(),
        state: "XAA".into(),
        at: "withheld".into(),
        ..PaperForm::default()
    }
}

async fn found(who: &Someone<'_>, typed: &str) -> Vec<PersonId> {
    names::search(&who.acting(), &who.signed, typed, CARE, |_| true).await.unwrap().exact
}

#[tokio::test]
async fn a_case_is_found_by_the_number_of_a_document_until_that_is_taken_away() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        let acting = nadia.acting();
        let case = nadia.case("Selma").await;
        let person = nadia.look(case).await.file.person.record.id;
        let vault = keys::vault(&acting, &nadia.signed).await.unwrap();
        let save = async |mark: Option<u32>, seen: i64, form: &PaperForm| {
            papers::save(&acting, &vault, case, (mark, Version(seen)), form, CARE).await
        };
        let wrong = PaperForm { state: "nowhere".into(), ..passport(" - ") };
        let Err(Refused::Invalid(problems)) = save(None, 0, &wrong).await else { panic!() };
        let fields: Vec<_> = problems.0.iter().map(|one| one.field.as_str()).collect();
        assert_eq!(fields, ["number", "state"], "all at once");

        save(None, 0, &passport("XA 123-4567")).await.unwrap();
        assert_eq!(found(&nadia, "xa1234567").await, [person]);
        assert_eq!(found(&nadia, "XA/١٢٣٤٥٦٧").await, [person], "digits of another script");
        assert!(found(&nadia, "xa123456").await.is_empty(), "a part finds nobody");
        // Someone who saw an older writing is told so; nothing is overwritten.
        let late = save(None, 0, &passport("XB 1")).await;
        assert!(matches!(late, Err(Refused::Conflict)));
        let (kept, seen) = papers::read(&nadia.look(case).await).await.unwrap().unwrap();
        assert_eq!(kept.len(), 1);
        save(Some(kept[0].mark), seen.0, &passport("XA 7654321")).await.unwrap();
        assert!(found(&nadia, "xa1234567").await.is_empty(), "the old number finds nobody");
        assert_eq!(found(&nadia, "xa7654321").await, [person]);

        let (kept, seen) = papers::read(&nadia.look(case).await).await.unwrap().unwrap();
        papers::remove(&acting, &vault, case, (kept[0].mark, seen), CARE).await.unwrap();
        assert!(found(&nadia, "xa7654321").await.is_empty());
        let (tenant, _) = acting.member().unwrap();
        let mut told = event::whole(&test.store, tenant, case).await.unwrap();
        told.retain(|one| one.kind.starts_with("paper-"));
        assert_eq!(told.len(), 3);
        assert!(told.iter().all(|one| one.facts.is_empty()), "of what kind stays sealed");
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}

#[tokio::test]
async fn the_number_of_a_document_is_erased_with_the_person_two_people_agreed_to() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let (nadia, ruth) = (sign_in(&app, NADIA).await, sign_in(&app, RUTH).await);
        let case = nadia.case("Selma").await;
        let vault = keys::vault(&nadia.acting(), &nadia.signed).await.unwrap();
        let seen = (None, Version(0));
        papers::save(&nadia.acting(), &vault, case, seen, &passport("XA 99"), CARE).await.unwrap();
        let flag =
            FlagForm { code: "court-soon".into(), reason: "In June".into(), ..FlagForm::default() };
        flags::set(&nadia.acting(), Some(&vault), case, &flag, CARE).await.unwrap();
        let erase = async || erase::erase(&proven(&nadia), case, "made-in-error", CARE).await;
        const GROUND: Option<&str> = Some("made-in-error");
        let agree = async || {
            let asked = two_person::list(&proven(&ruth)).await.unwrap();
            let mine = asked.iter().find(|one| one.mine_to_decide && one.ground == GROUND).unwrap();
            two_person::decide(&proven(&ruth), mine.approval.record.id, true).await.unwrap();
        };
        assert_eq!(erase().await.unwrap(), Erasure::Asked);
        agree().await;
        // What goes is no longer what was agreed to: it is asked anew.
        palermo_app::case::open::again(&nadia.acting(), case, None, CARE).await.unwrap();
        assert_eq!(erase().await.unwrap(), Erasure::Asked, "another case came since");
        agree().await;
        assert_eq!(erase().await.unwrap(), Erasure::Done);
        assert!(found(&nadia, "xa99").await.is_empty());
        let (tenant, _) = nadia.acting().member().unwrap();
        let told = event::whole(&test.store, tenant, case).await.unwrap();
        assert!(told.iter().any(|one| one.kind == "flag-set"));
        assert!(told.iter().all(|one| !one.facts.contains_key("flag")), "flags go too");
    })
    .await;
}

async fn flagged(who: &Someone<'_>, case: CaseId) -> Vec<String> {
    let acting = who.acting();
    let rows = list::own(&acting, Some(&who.signed), Which::default(), CARE).await.unwrap();
    rows.into_iter().find(|row| row.case.record.id == case).unwrap().flags
}

#[tokio::test]
async fn a_flag_stands_with_its_reason_until_its_day_or_until_it_is_taken_down() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        let acting = nadia.acting();
        let case = nadia.case("Selma").await;
        let vault = keys::vault(&acting, &nadia.signed).await.unwrap();
        let today = acting.now().date();
        let form = |code: &str| FlagForm {
            code: code.into(),
            reason: "Her brother answers".into(),
            until: [
                today.day().to_string(),
                u8::from(today.month()).to_string(),
                today.year().to_string(),
            ],
        };
        let set = async |form: &FlagForm| flags::set(&acting, Some(&vault), case, form, CARE).await;
        let unknown = FlagForm { reason: String::new(), ..form("no-such-flag") };
        let Err(Refused::Invalid(problems)) = set(&unknown).await else { panic!() };
        assert_eq!(problems.0.len(), 2, "which and why, at once");
        let telephone = set(&form("do-not-telephone")).await.unwrap();
        assert!(matches!(set(&form("do-not-telephone")).await, Err(Refused::Invalid(_))), "once");
        let mut twice = nadia.acting();
        twice.once = Some(IdempotencyKey::new("a-flag", b"urgent"));
        let urgent = form("urgent");
        let sent = async || flags::set(&twice, Some(&vault), case, &urgent, CARE).await.unwrap();
        assert_eq!(sent().await, sent().await, "a form sent twice is one flag");
        let raised = flags::of_case(&acting, &nadia.look(case).await).await.unwrap();
        assert_eq!(raised.len(), 2);
        assert!(raised.iter().all(|one| one.reason.as_deref() == Some("Her brother answers")));
        flags::lift(&acting, case, telephone, CARE).await.unwrap();
        assert!(matches!(
            flags::lift(&acting, case, telephone, CARE).await,
            Err(Refused::NotFound)
        ));
        assert_eq!(flagged(&nadia, case).await, ["urgent"]);
        test.clock.advance(Duration::from_secs(2 * 86_400));
        let nadia = sign_in(&app, NADIA).await;
        assert!(flagged(&nadia, case).await.is_empty(), "its last day has passed");
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}

#[tokio::test]
async fn like_names_among_ones_own_cases_are_a_hint_until_someone_says_they_differ() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        let acting = nadia.acting();
        let first = nadia.case("Qesivara Tolbukk").await;
        let second = nadia.case("qesívara Tolbuk").await;
        let hints = async |who: &Someone<'_>, case: CaseId| -> Vec<CaseId> {
            let opened = who.look(case).await;
            let rows = alike::hints(&who.acting(), &who.signed, &opened).await.unwrap();
            rows.into_iter().map(|row| row.case.record.id).collect()
        };
        assert_eq!(hints(&nadia, second).await, [first]);
        let typed = "Kesivara Tolbuc";
        let found = names::search(&acting, &nadia.signed, typed, CARE, |_| true).await.unwrap();
        assert_eq!((found.exact.len(), found.alike.len()), (0, 2), "found in another spelling");
        // Another house has a like name: it is not looked at.
        let marisol = sign_in(&app, MARISOL).await;
        let theirs = marisol.case("Qesivara Tolbukk").await;
        assert!(hints(&marisol, theirs).await.is_empty());
        let foreign = alike::not_same(&acting, second, theirs, CARE).await;
        assert!(matches!(foreign, Err(Refused::NotFound)));
        alike::not_same(&acting, second, first, CARE).await.unwrap();
        assert!(hints(&nadia, second).await.is_empty(), "remembered");
        assert!(hints(&nadia, first).await.is_empty(), "the other way round too");
        // Two names that are not alike, and one passport.
        let (third, fourth) = (nadia.case("Selma").await, nadia.case("Brunhilde").await);
        let vault = keys::vault(&acting, &nadia.signed).await.unwrap();
        for (case, number) in [(third, "XA 44-31"), (fourth, "xa4431")] {
            let seen = (None, Version(0));
            papers::save(&acting, &vault, case, seen, &passport(number), CARE).await.unwrap();
        }
        assert_eq!(hints(&nadia, fourth).await, [third], "the number is the same");
    })
    .await;
}

#[tokio::test]
async fn a_case_closes_once_it_is_said_what_becomes_of_each_open_task_and_referral() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        let acting = nadia.acting();
        let case = nadia.case("Selma").await;
        let (tenant, account) = acting.member().unwrap();
        let due = acting.now().date().next_day().unwrap();
        let task = |what: &str| TaskForm {
            what: what.into(),
            who: account.to_string(),
            words: String::new(),
            due: [due.day().to_string(), u8::from(due.month()).to_string(), due.year().to_string()],
        };
        task::set(&acting, None, case, &task("contact"), CARE).await.unwrap();
        task::set(&acting, None, case, &task("papers"), CARE).await.unwrap();
        let desk = nadia.desk(ALONDRA).await;
        consent::answer(&acting, None, case, &yes(&desk, ""), CARE).await.unwrap();
        let sent = nadia.send(case, &order(&desk, "")).await.unwrap();

        let file = nadia.look(case).await.file;
        let asked = close::asked(&acting, &file).await.unwrap();
        assert_eq!(asked.len(), 3, "{asked:?}");
        let close = async |fates: &Fates| {
            let said = ("goals_met", "", Some(fates));
            close::close_deciding(&acting, None, case, said, CARE).await
        };
        let Err(Refused::Invalid(problems)) = close(&Fates::new()).await else { panic!() };
        let mut fields: Vec<_> = problems.0.iter().map(|one| one.field.clone()).collect();
        let mut known: Vec<_> = asked.iter().map(|one| one.field.clone()).collect();
        fields.sort();
        known.sort();
        assert_eq!(fields, known, "each is asked about");
        let still = files::find(&test.store, tenant, case).await.unwrap().unwrap();
        assert_eq!(still.record.phase, Phase::Open, "nothing was closed");

        let mut fates: Fates =
            asked.iter().map(|one| (one.field.clone(), one.fates[0].to_owned())).collect();
        let tasks: Vec<_> = fates.keys().filter(|key| key.starts_with("task-")).cloned().collect();
        fates.insert(tasks[1].clone(), "dropped".into());
        close(&fates).await.unwrap();
        let about = work::about(&acting, case).await.unwrap();
        assert!(about.iter().all(|one| one.record.done_at.is_some()), "nothing dangles");
        let nobody = about.iter().filter(|one| one.record.done_by.is_none());
        assert_eq!(nobody.count(), 1, "what nobody needs was done by nobody");
        let referrals = referral::list(&nadia.look(case).await).await.unwrap();
        let one = referrals.iter().find(|one| one.record.id == sent).unwrap();
        assert_eq!(one.record.state, ReferralState::Cancelled);
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}
