//! Whom nobody asks or tells of a person, and what a State of origin is asked (E17,
//! E18), on both databases: nothing leaves where one thing is missing, and no word of
//! it tells why someone asks.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::{care_support::typed, people};

use palermo_app::{
    Acting, App, Parts, Refused,
    access::{Action, Subject},
    care::write,
    case::{
        self,
        abroad::{self, AbroadForm, Second},
        close,
        consent::{self, AnswerForm},
        incoming,
        list::{self, Which},
        look_for,
        never_told::{self, NeverForm},
        note,
        open::{FirstAnswers, OpenForm, again, open},
        particulars::{self, PersonForm},
        referral::{self, ReferralForm},
        sealed_file, second, withdrawal,
    },
    domain::{
        care::CareKind,
        case::{look_for::Known, number, referral::ReferralState},
        id::{CaseId, ConsentId, ReferralId},
        register::day::Day,
        safeguard::abroad::tells,
    },
    keys,
    locale::Language,
    two_person,
};
use palermo_store::testing::TestStore;
use people::{ALONDRA, CARE, MARISOL, NADIA, Someone, order, region, says, sign_in, yes};
use std::time::Duration;

const RUTH: &str = "ruth@harbourhouse.example";
const CONSULATE: &str = "Consulate of Fenlua";
const CLINIC: &str = "Harbour Law Clinic";

fn by_rule_6<T: std::fmt::Debug>(tried: Result<T, Refused>) {
    match tried.unwrap_err() {
        Refused::Forbidden(why) => assert_eq!(why.rule.number, 6, "{why}"),
        Refused::Invalid(problems) => {
            let value = |one: &palermo_app::FieldProblem, name: &str| {
                let mut values = one.message.values.iter();
                values.find(|(key, _)| key == name).map(|(_, value)| value.clone())
            };
            let named = |one: &palermo_app::FieldProblem| {
                value(one, "rule").as_deref() == Some("6")
                    && value(one, "source").is_some_and(|source| !source.is_empty())
            };
            assert!(problems.0.iter().all(named), "{problems:?}");
        }
        other => panic!("{other:?}"),
    }
}

fn never(desk: &str, kind: &str, whole_kind: bool) -> NeverForm {
    NeverForm {
        desk: desk.into(),
        kind: kind.into(),
        whole_kind,
        why: "person_said".into(),
        ..NeverForm::default()
    }
}

/// Responsibility never moves without the list, unless someone says in words why.
async fn the_list_goes_along(who: &Someone<'_>, case: CaseId, to: &str) {
    let transfer = ReferralForm { ask: "transfer".into(), ..order("", "Another clinic") };
    let without = never_told::left_behind(&who.look(case).await, &transfer).await;
    assert!(matches!(without, Err(Refused::Invalid(_))), "{without:?}");
    let sent = who.send(case, &ReferralForm { desk: to.to_owned(), ..transfer.clone() }).await;
    assert!(matches!(sent, Err(Refused::Invalid(_))), "{sent:?}");
    let words = ReferralForm { left_why: "She told them herself".into(), ..transfer.clone() };
    let why = never_told::left_behind(&who.look(case).await, &words).await.unwrap();
    assert_eq!(why.as_deref(), Some("She told them herself"));
    let along = ReferralForm { items: vec!["never_told".into()], ..transfer };
    let left = never_told::left_behind(&who.look(case).await, &along).await.unwrap();
    assert_eq!(left, None);
}

/// Whoever accepts what was taken back meanwhile is told so.
async fn too_late(who: &Someone<'_>, sent: ReferralId) {
    let vault = keys::vault(&who.acting(), &who.signed).await.unwrap();
    let late = incoming::accept(&who.acting(), &who.signed, &vault, sent).await;
    assert!(matches!(late, Err(Refused::Declined(_))), "{late:?}");
}

#[tokio::test]
async fn e17_whom_a_person_fears_is_told_nothing_and_what_was_on_its_way_is_stopped() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        let acting = nadia.acting();
        let case = nadia.case("Selma").await;
        let to = nadia.desk(ALONDRA).await;
        for form in [yes(&to, ""), yes("", CLINIC)] {
            consent::answer(&acting, None, case, &form, CARE).await.unwrap();
        }
        let sent = nadia.send(case, &order(&to, "")).await.unwrap();

        let empty = never_told::add(&acting, case, &NeverForm::default(), CARE).await;
        assert!(matches!(empty, Err(Refused::Invalid(_))));
        let both = never_told::add(&acting, case, &never(&to, "legal", true), CARE).await;
        assert!(matches!(both, Err(Refused::Invalid(_))), "one body, or a whole kind");
        let house = never_told::add(&acting, case, &never(&to, "", false), CARE).await.unwrap();
        let kind = never_told::add(&acting, case, &never("", "legal", true), CARE).await.unwrap();

        let mine = referral::list(&nadia.look(case).await).await.unwrap();
        assert_eq!(mine[0].record.state, ReferralState::Cancelled);
        let marisol = sign_in(&app, MARISOL).await;
        let (there, payload) =
            incoming::show(&marisol.acting(), &marisol.signed, sent).await.unwrap();
        assert_eq!(there.referral.record.state, ReferralState::Cancelled);
        assert!(payload.is_none(), "what it carried is gone");
        too_late(&marisol, sent).await;

        by_rule_6(nadia.send(case, &order(&to, "")).await);
        by_rule_6(consent::answer(&acting, None, case, &yes(&to, ""), CARE).await);
        // Nor under its own name, typed as if it were a body outside.
        for name in [ALONDRA, " acogida  casa-alondra."] {
            let outside = AnswerForm { kind: "health".into(), ..yes("", name) };
            by_rule_6(consent::answer(&acting, None, case, &outside, CARE).await);
        }
        let opened = nadia.look(case).await;
        by_rule_6(sealed_file::make(&acting, &opened, &order("", CLINIC)).await);
        // A no to such a body is an answer like any other.
        consent::answer(&acting, None, case, &says("no", &to, ""), CARE).await.unwrap();

        // It binds the person's next case, too.
        close::close(&acting, None, case, "withdrew", "", CARE).await.unwrap();
        let second = again(&acting, case, None, CARE).await.unwrap();
        by_rule_6(consent::answer(&acting, None, second, &yes(&to, ""), CARE).await);

        // Whoever helps next is told who must not be.
        let items = vec!["never_told".to_owned()];
        let form = ReferralForm { items, ..order("", "Another clinic") };
        let preview = referral::preview(&nadia.look(second).await, &form).await.unwrap();
        let mut lines: Vec<&str> = preview.items[0].1.lines().collect();
        lines.sort_unstable();
        assert_eq!(lines, [ALONDRA, "legal"]);

        the_list_goes_along(&nadia, second, &to).await;

        // Lifted where it was said; only then a yes counts again.
        assert!(never_told::lift(&acting, second, house, CARE).await.is_err());
        never_told::lift(&acting, case, house, CARE).await.unwrap();
        assert!(never_told::lift(&acting, case, house, CARE).await.is_err(), "it stands no more");
        test.clock.advance(Duration::from_secs(1));
        consent::answer(&acting, None, second, &yes(&to, ""), CARE).await.unwrap();
        nadia.send(second, &order(&to, "")).await.unwrap();
        let left = never_told::of_case(&nadia.look(case).await).await.unwrap();
        let stands: Vec<_> = left.iter().filter(|one| one.record.stands()).collect();
        assert_eq!((stands.len(), stands[0].record.id), (1, kind));
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}

/// A person who says that they may be looked for.
async fn looked_for(who: &Someone<'_>) -> CaseId {
    let case = who.case("Selma Aydin Karaoglu").await;
    let file = who.look(case).await.file;
    let mut form = PersonForm::of(&file.person.record, None, false);
    form.looked_for = "yes".into();
    particulars::save(&who.acting(), case, &form, file.person.revision, CARE).await.unwrap();
    case
}

#[tokio::test]
async fn e17_a_house_that_a_person_fears_is_neither_asked_about_them_nor_told_that_they_are_known()
{
    TestStore::each(async |test| {
        let app = region(&test).await;
        let (nadia, marisol) = (sign_in(&app, NADIA).await, sign_in(&app, MARISOL).await);
        let (here, there) = (nadia.desk("Harbour House intake").await, nadia.desk(ALONDRA).await);
        let ask = async |case| {
            let names = "Selma Aydin Karaoglu";
            look_for::ask(&nadia.acting(), &nadia.signed, case, names, CARE).await.unwrap();
        };
        let waits = async || look_for::waiting(&marisol.acting()).await.unwrap();

        // Someone is known there who fears the house that asks: it hears of nobody.
        let theirs = looked_for(&marisol).await;
        let fears = never(&here, "", false);
        let fear = never_told::add(&marisol.acting(), theirs, &fears, CARE).await.unwrap();
        let said = async |case| {
            let opened = nadia.look(case).await;
            let all = look_for::of_case(&nadia.acting(), &nadia.signed, &opened).await.unwrap();
            all[0].answers.iter().find(|one| one.organisation.contains("Alondra")).unwrap().known
        };
        let mine = looked_for(&nadia).await;
        ask(mine).await;
        look_for::answer_all(&marisol.acting(), &marisol.signed).await.unwrap();
        assert_eq!(said(mine).await, Some(Known::Nobody));
        never_told::lift(&marisol.acting(), theirs, fear, CARE).await.unwrap();
        let again = looked_for(&nadia).await;
        ask(again).await;
        look_for::answer_all(&marisol.acting(), &marisol.signed).await.unwrap();
        assert_eq!(said(again).await, Some(Known::Possible), "it was the list that kept it");

        // What waits at a house the person comes to fear is emptied, and no more is asked.
        let later = looked_for(&nadia).await;
        ask(later).await;
        assert_eq!(waits().await, 1);
        never_told::add(&nadia.acting(), later, &never(&there, "", false), CARE).await.unwrap();
        assert_eq!(waits().await, 0);
        let feared = looked_for(&nadia).await;
        never_told::add(&nadia.acting(), feared, &never(&there, "", false), CARE).await.unwrap();
        ask(feared).await;
        assert_eq!(waits().await, 0);
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}

fn question() -> AbroadForm {
    let codes = |all: &[&str]| all.iter().map(|code| (*code).to_owned()).collect();
    AbroadForm {
        state: "XBB".into(),
        body: CONSULATE.into(),
        competence: "consular".into(),
        asks: codes(&["nationality", "travel_document"]),
        purpose: "return".into(),
        terms: codes(&["this_only", "not_passed_on", "nobody_sought"]),
        sender: "Post box 12, Port Avel".into(),
        language: "fr".into(),
        name: String::new(),
    }
}

async fn agrees(who: &Someone<'_>, case: CaseId) -> ConsentId {
    let (purpose, kind) = ("return".to_owned(), "origin".to_owned());
    let form = AnswerForm { purpose, kind, ..yes("", CONSULATE) };
    consent::answer(&who.acting(), None, case, &form, CARE).await.unwrap()
}

/// An assessment of risks that holds for a month.
async fn assessed(who: &Someone<'_>, case: CaseId, level: &str) {
    let vault = keys::vault(&who.acting(), &who.signed).await.unwrap();
    let today: Day = who.acting().now().date().into();
    let (on, until) = (today.to_string(), today.plus_days(30).to_string());
    let facts = [("of", "person"), ("on", &*on), ("level", level), ("valid_until", &*until)];
    let typed = typed(&facts);
    write::write(&who.acting(), Some(&vault), case, CareKind::Risk, &typed, CARE).await.unwrap();
}

/// A second person agrees to the one question that waits for them about a case.
async fn agreed(who: &Someone<'_>, case: CaseId) {
    let asked = two_person::list(&who.acting()).await.unwrap();
    let about = number(case);
    let mine = asked.iter().find(|one| one.mine_to_decide && one.about.contains(&about)).unwrap();
    assert!(mine.about.contains(CONSULATE) && !mine.about.contains("Selma"), "{}", mine.about);
    two_person::decide(&who.acting(), mine.approval.record.id, true).await.unwrap();
}

/// What the second person reads before they agree.
async fn to_agree(who: &Someone<'_>, case: CaseId) -> second::Contents {
    let asked = two_person::list(&who.acting()).await.unwrap();
    let about = number(case);
    let mine = asked.iter().find(|one| one.mine_to_decide && one.about.contains(&about)).unwrap();
    second::contents(&who.acting(), &who.signed, mine.approval.record.id).await.unwrap()
}

/// A file for an authority there rests on the same, tells as little, and waits for the
/// second person too.
async fn a_file_goes_the_same_way(
    app: &App,
    (nadia, ruth): (&Someone<'_>, &Someone<'_>),
    case: CaseId,
) {
    let acting = nadia.acting();
    let (kind, purpose) = ("origin".to_owned(), "return".to_owned());
    let bare = ReferralForm { kind, purpose, ..order("", CONSULATE) };
    let file = ReferralForm { sender: "Post box 12, Port Avel".into(), ..bare.clone() };
    let other = nadia.case("Nour").await;
    agrees(nadia, other).await;
    by_rule_6(sealed_file::make(&acting, &nadia.look(other).await, &file).await);
    // It comes from nobody who is known for helping, and no word of it tells why (E18).
    let house = ReferralForm { sender: "Harbour House, Quay 2".into(), ..file.clone() };
    let words = ReferralForm { words: "Lives at Harbour House".into(), ..file.clone() };
    for tells in [&bare, &house, &words] {
        by_rule_6(sealed_file::make(&acting, &nadia.look(case).await, tells).await);
    }
    let made = sealed_file::make(&acting, &nadia.look(case).await, &file).await.unwrap();
    // It takes a second person as a question does: nobody has it before.
    let fetch = async || sealed_file::fetch(app, &made.code, None).await;
    let take = async || sealed_file::take(&acting, case, made.id, CARE).await;
    assert!(made.waits && matches!(fetch().await, Err(Refused::Invalid(_))));
    let early = take().await;
    assert!(matches!(early, Err(Refused::Declined(_))), "{early:?}");
    // Its words are read in the case, without the name; by nobody beside its team.
    assert!(to_agree(ruth, case).await.parts.is_empty());
    let told = note::history(&nadia.look(case).await, 50).await.unwrap();
    let told = told.into_iter().find(|one| one.event.kind == "file-sealed").unwrap();
    let told = told.text.unwrap();
    assert!(told.contains("Two nights, ground floor") && told.contains("Post box 12"));
    assert!(!told.contains("Selma"), "{told}");
    agreed(ruth, case).await;
    assert!(fetch().await.is_ok() && take().await.is_ok());
}

#[tokio::test]
async fn e17_e18_a_state_of_origin_is_asked_by_two_with_everything_there_and_words_that_tell_nothing()
 {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let (nadia, ruth) = (sign_in(&app, NADIA).await, sign_in(&app, RUTH).await);
        let acting = nadia.acting();
        let case = nadia.case("Selma").await;
        let vault = keys::vault(&acting, &nadia.signed).await.unwrap();
        let key = Some(&vault);
        let ask = async |form: &AbroadForm| abroad::ask(&acting, key, case, form, CARE).await;

        by_rule_6(ask(&question()).await);
        assessed(&nadia, case, "low").await;
        by_rule_6(ask(&question()).await);
        agrees(&nadia, case).await;
        a_file_goes_the_same_way(&app, (&nadia, &ruth), case).await;
        by_rule_6(ask(&AbroadForm { sender: "Harbour Shelter".into(), ..question() }).await);
        by_rule_6(ask(&AbroadForm { sender: "HARBOUR HOUSE, Quay 2".into(), ..question() }).await);
        by_rule_6(ask(&AbroadForm { terms: vec!["this_only".into()], ..question() }).await);
        by_rule_6(ask(&AbroadForm { asks: Vec::new(), ..question() }).await);
        let named = AbroadForm { name: "Selma Aydin".into(), ..question() };
        let id = ask(&named).await.unwrap();

        // Nothing is sent by one alone, and nobody agrees with themselves.
        let alone = abroad::send(&acting, case, id, CARE).await;
        assert!(matches!(alone, Err(Refused::Declined(_))), "{alone:?}");
        let own = two_person::list(&acting).await.unwrap();
        assert!(own.iter().all(|one| !one.mine_to_decide || !one.about.contains(CONSULATE)));
        let opened = nadia.look(case).await;
        assert!(matches!(abroad::letter(&acting, &opened, id).await, Err(Refused::NotFound)));
        // Who asks reads it before; so does who agrees, without the name.
        let draft = abroad::draft(&acting, &opened, id).await.unwrap().unwrap();
        assert!(draft.paragraphs.join(" ").contains("Selma Aydin") && draft.to == CONSULATE);
        let read = to_agree(&ruth, case).await.parts.join(" ");
        assert!(read.contains(CONSULATE) && read.contains("ressortissante"), "{read}");
        assert!(!read.contains("Selma"), "{read}");
        agreed(&ruth, case).await;
        assert_eq!(abroad::of_case(&acting, &opened).await.unwrap()[0].second, Second::Agreed);
        abroad::send(&acting, case, id, CARE).await.unwrap();
        let twice = abroad::send(&acting, case, id, CARE).await;
        assert!(matches!(twice, Err(Refused::Declined(_))), "{twice:?}");

        let letter = abroad::letter(&acting, &nadia.look(case).await, id).await.unwrap();
        assert_eq!((letter.language, letter.to.as_str()), (Language::Fr, CONSULATE));
        let text = format!("{} {} {}", letter.title, letter.paragraphs.join(" "), letter.from);
        assert!(text.contains("Selma Aydin") && text.contains("ressortissante"), "{text}");
        assert!(!tells(&text), "{text}");
        let came = ("confirmed", "File 7, call again in May");
        abroad::answered(&acting, key, case, id, came, CARE).await.unwrap();
        let history = note::history(&nadia.look(case).await, 50).await.unwrap();
        assert!(history.iter().any(|one| one.event.kind == "abroad-sent"));
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}

#[tokio::test]
async fn e17_what_changes_between_asking_and_sending_stops_a_question_abroad() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let (nadia, ruth) = (sign_in(&app, NADIA).await, sign_in(&app, RUTH).await);
        let acting = nadia.acting();
        let taken_back = nadia.case("Selma").await;
        assessed(&nadia, taken_back, "low").await;
        let consent = agrees(&nadia, taken_back).await;
        let id = abroad::ask(&acting, None, taken_back, &question(), CARE).await.unwrap();
        agreed(&ruth, taken_back).await;
        withdrawal::withdraw(&acting, taken_back, consent, CARE).await.unwrap();
        by_rule_6(abroad::send(&acting, taken_back, id, CARE).await);

        let feared = nadia.case("Nour").await;
        assessed(&nadia, feared, "low").await;
        agrees(&nadia, feared).await;
        let id = abroad::ask(&acting, None, feared, &question(), CARE).await.unwrap();
        agreed(&ruth, feared).await;
        never_told::add(&acting, feared, &never("", "origin", true), CARE).await.unwrap();
        by_rule_6(abroad::send(&acting, feared, id, CARE).await);

        let stopped = nadia.case("Amal").await;
        assessed(&nadia, stopped, "stop").await;
        agrees(&nadia, stopped).await;
        by_rule_6(abroad::ask(&acting, None, stopped, &question(), CARE).await);
        assert!(test.verify(None, &[]).await.unwrap().is_clean());
    })
    .await;
}

#[tokio::test]
async fn e11_of_a_sealed_record_nobody_beside_its_team_learns_that_a_state_is_asked() {
    TestStore::each(async |test| {
        let app = region(&test).await;
        let nadia = sign_in(&app, NADIA).await;
        let acting = nadia.acting();
        let vault = keys::vault(&acting, &nadia.signed).await.unwrap();
        let person = FirstAnswers {
            name: "Selma".into(),
            age: "adult".into(),
            language: "tr".into(),
            urgent: Vec::new(),
        };
        let form = OpenForm { persons: vec![person], sealed: true, ..OpenForm::default() };
        let case = open(&acting, &vault, &form, CARE).await.unwrap()[0];
        assessed(&nadia, case, "low").await;
        agrees(&nadia, case).await;
        // Whoever could agree is not on its team: they are not told of it.
        let asked = abroad::ask(&acting, None, case, &question(), CARE).await;
        let alone = |why: &Refused| matches!(why, Refused::Declined(told) if told.id == "error-nobody-may-agree");
        assert!(asked.as_ref().is_err_and(alone), "{asked:?}");
        let ruth = sign_in(&app, RUTH).await;
        let waiting = two_person::list(&ruth.acting()).await.unwrap();
        assert!(waiting.iter().all(|one| !one.about.contains(&number(case))));
        // A program finds no sealed record, whatever it was made for.
        let subject = Subject { limited_to: Some(Action::ALL.to_vec()), ..acting.subject.clone() };
        let program = Acting { subject, ..acting.clone() };
        let seen = case::look(&program, None, case, CARE).await;
        assert!(matches!(seen, Err(Refused::NotFound)), "{seen:?}");
        let listed = list::own(&program, None, Which::default(), CARE).await.unwrap();
        assert!(listed.iter().all(|one| one.case.record.id != case));
    })
    .await;
}

#[test]
fn e18_no_letter_in_any_language_tells_why_someone_asks() {
    let catalogue = Parts::load(None, true).unwrap().catalogue;
    let parts = ["title", "opening", "nationality", "travel_document", "birth_record", "terms"];
    for language in Language::ALL {
        for part in parts {
            let words = catalogue.text(language, &format!("abroad-letter-{part}"));
            assert!(!words.is_empty() && !tells(&words), "{}: {words}", language.code());
        }
    }
}
