//! A questionnaire built from nothing with forms alone: its section, its questions, a
//! condition, a translation; put to use and answered by a State; and what is refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::http::StatusCode;
use palermo_app::{
    domain::report::{AnswerKind, MapKind},
    report,
};
use support::{Answer, Region};

const SECRETARIAT: &str = "ines@secretariat.meridian.example";
const FOCAL: &str = "joan@taskforce.avelmar.example";

fn saved(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
}

fn refused(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text);
}

/// Where an answer leads, without what it says was done.
fn leads(answer: &Answer) -> String {
    saved(answer);
    let to = answer.headers.get("location").unwrap().to_str().unwrap();
    to.split('?').next().unwrap().to_owned()
}

/// What a page sends along without showing it.
fn hidden(page: &str, name: &str) -> String {
    let rest = page.split(&format!("name=\"{name}\" value=\"")).nth(1).expect(name);
    rest.split('"').next().unwrap().to_owned()
}

const ABOUT: &str = "before=&title=Harbour+check&id=&cycle=year&origin=Invented\
                     &mechanisms-add=MERIDIAN";

/// A draft with one section; the address of its outline.
async fn begun(region: &Region, who: &str) -> String {
    let outline = leads(&region.post("/en/questionnaires/build", Some(who), ABOUT).await);
    let section = "was=&before=&code=1&title=Watching&help=Read+the+port+act+first";
    saved(&region.post(&format!("{outline}/section"), Some(who), section).await);
    outline
}

/// A new question of section 1.
fn asks(code: &str, text: &str, rest: &str) -> String {
    format!("was=&before=&section=1&after=&code={code}&text={text}&help=&evidence=optional&{rest}")
}

/// Four kinds of question, two of them asked only after an answer.
async fn four(region: &Region, who: &str, outline: &str) {
    let path = format!("{outline}/question");
    let all = [
        asks("1.1", "Are+harbours+watched%3F", "kind=answer&required=yes"),
        asks("1.2", "When%3F", "kind=choice&option-0=By+day&option-1=By+night"),
        asks(
            "1.3",
            "How+many+guards%3F",
            "kind=number&unit=persons&when=1.1&when-is=is&when-value=yes&when-value=in-part",
        ),
        asks(
            "1.4",
            "Which+ports%3F",
            "kind=rows&column-0=Port&column-1=Guards&when=1.2&when-is=not&when-value=by-day",
        ),
    ];
    for form in &all {
        saved(&region.post(&path, Some(who), form).await);
    }
}

#[tokio::test]
async fn req_036_a_questionnaire_is_built_with_forms_alone_and_a_state_answers_it() {
    let region = Region::new().await;
    let secretariat = region.step_in(SECRETARIAT).await;
    let outline = begun(&region, &secretariat).await;
    let draft = outline.rsplit('/').next().unwrap().to_owned();
    // It says what is missing, and cannot be put to use before.
    let page = region.get(&outline, Some(&secretariat)).await.text;
    assert!(page.contains("asks nothing: add a question"), "{page}");
    refused(&region.post(&format!("{outline}/use"), Some(&secretariat), "").await);
    // A number is proposed; the fields of a kind come with a button, without a script.
    let path = format!("{outline}/question");
    let form = region.get(&format!("{path}?section=1"), Some(&secretariat)).await.text;
    assert!(form.contains("value=\"1.1\"") && !form.contains("name=\"option-0\""), "{form}");
    let shows = asks("1.1", "Which+one%3F", "kind=choice&option-0=&show=yes");
    let shows = region.post(&path, Some(&secretariat), &shows).await;
    assert_eq!(shows.status, StatusCode::OK, "{}", shows.text);
    assert!(shows.text.contains("id=\"option-3\"") && shows.text.contains("Which one?"));
    four(&region, &secretariat, &outline).await;
    // A provision of the registers and a question elsewhere, each out of a menu.
    let form = region.get(&format!("{path}?code=1.1"), Some(&secretariat)).await.text;
    let provision = "provisions-add=tip-protocol%3A5%281%29";
    let linked = format!(
        "was=1.1&before={}&section=&after=&code=1.1&text=Are+harbours+watched%3F&help=\
         &kind=answer&required=yes&evidence=required&{provision}\
         &maps-add=palermo-check%3A2&map-kind=related",
        hidden(&form, "before")
    );
    saved(&region.post(&path, Some(&secretariat), &linked).await);
    let page = region.get(&outline, Some(&secretariat)).await.text;
    assert!(page.contains("yes / in part"), "the condition in words: {page}");
    assert!(page.contains("By day; By night") && page.contains("persons"), "{page}");
    // The same as text, and its words in another language.
    let write = format!("/en/questionnaires/write?draft={draft}");
    let text = region.get(&write, Some(&secretariat)).await.text;
    assert!(text.contains("1.1 = yes|in-part") && text.contains("tip-protocol:5(1)"), "{text}");
    let words = "/en/questionnaires/harbour-check/words/fr";
    let form = region.get(&format!("{words}?draft={draft}"), Some(&secretariat)).await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.text);
    let french = format!(
        "draft={draft}&revision={}&w-question-1.1=Les+ports+sont-ils+surveill%C3%A9s+%3F\
         &w-guidance-1=Lire+la+loi&w-option-1.2.by-day=De+jour",
        hidden(&form.text, "revision")
    );
    saved(&region.post(words, Some(&secretariat), &french).await);
    saved(&region.post(&format!("{outline}/use"), Some(&secretariat), "").await);
    let made = report::questionnaire(&region.app, "harbour-check").await.unwrap();
    assert_eq!((made.version, made.mechanisms.as_slice()), (1, &["MERIDIAN".to_owned()][..]));
    let kinds: Vec<AnswerKind> = made.questions().map(|one| one.kind).collect();
    let wanted = [AnswerKind::Word, AnswerKind::Choice, AnswerKind::Number, AnswerKind::Rows];
    assert_eq!(kinds, wanted);
    assert_eq!(made.question("1.1").unwrap().maps.first().unwrap().kind, MapKind::Related);
    assert!(made.question("1.1").unwrap().text.say("fr").1);
    assert_eq!(made.section("1").unwrap().help.say("fr"), ("Lire la loi", true));
    // A State answers it: what depends on an answer is asked after it.
    let focal = region.step_in(FOCAL).await;
    let year = region.app.store.now().date().year() - 1;
    let begin = format!("questionnaire=harbour-check&period={year}");
    let sheet = leads(&region.post("/en/reports/new", Some(&focal), &begin).await);
    let section = format!("{sheet}/sections/1");
    let page = region.get(&section, Some(&focal)).await.text;
    assert!(page.contains("Are harbours watched?") && page.contains("Read the port act first"));
    assert!(!page.contains("How many guards?"), "{page}");
    let answer = format!("a-1.1=yes&a-1.1-revision={}", hidden(&page, "a-1.1-revision"));
    saved(&region.post(&section, Some(&focal), &answer).await);
    let page = region.get(&section, Some(&focal)).await.text;
    assert!(page.contains("How many guards?") && !page.contains("Which ports?"), "{page}");
}

#[tokio::test]
async fn req_036_every_problem_of_a_question_is_told_beside_its_field_and_nothing_is_lost() {
    let region = Region::new().await;
    let secretariat = region.step_in(SECRETARIAT).await;
    let taken = ABOUT.replace("&id=", "&id=joint-annual");
    let taken = region.post("/en/questionnaires/build", Some(&secretariat), &taken).await;
    refused(&taken);
    assert!(taken.text.contains("called") && taken.text.contains("Harbour check"));
    let empty = "before=&title=&id=&cycle=&origin=";
    refused(&region.post("/en/questionnaires/build", Some(&secretariat), empty).await);
    let outline = begun(&region, &secretariat).await;
    let path = format!("{outline}/question");
    four(&region, &secretariat, &outline).await;
    let wrong = [
        (asks("1.1", "Once+more", "kind=answer"), "stands for another one already"),
        (asks("1.9", "Once+more", "kind=choice&option-0=Alone"), "two choices"),
        (asks("1.9", "Once+more", "kind=number&unit="), "Fill in this field"),
        (asks("1.9", "Once+more", "kind=number&unit=days&minimum=9&maximum=2"), "between the two"),
        (asks("1.9", "Once+more", "kind=rows&column-0="), "one column"),
        (asks("1.9", "Once+more", "kind=text&when=1.1"), "one answer or more"),
        (asks("1.9", "Once+more", "kind=text&when=9.9"), "not asked before"),
        (asks("a+b", "Once+more", "kind=text"), "Latin letters"),
        (asks("1.9", "Once+more", "kind="), "Choose one of the list"),
        (
            asks("1.9", "Once+more", "kind=text&maps-add=palermo-check%3A2"),
            "Choose one of the list",
        ),
    ];
    for (form, told) in &wrong {
        let answer = region.post(&path, Some(&secretariat), form).await;
        refused(&answer);
        assert!(answer.text.contains(told), "{told}: {}", answer.text);
        assert!(answer.text.contains("Once more"), "what was typed is kept: {}", answer.text);
    }
    // Once a question is chosen, its answers can be ticked.
    let (chosen, _) = &wrong[5];
    let page = region.post(&path, Some(&secretariat), chosen).await.text;
    assert!(
        page.contains("name=\"when-value\" type=\"checkbox\"")
            || page.contains("value=\"in-part\"")
    );
    // Who may not write questionnaires finds nothing here.
    let focal = region.step_in(FOCAL).await;
    assert_eq!(region.get(&outline, Some(&focal)).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn req_036_two_who_change_one_question_see_both_and_what_goes_is_asked_first() {
    let region = Region::new().await;
    let secretariat = region.step_in(SECRETARIAT).await;
    let outline = begun(&region, &secretariat).await;
    let path = format!("{outline}/question");
    four(&region, &secretariat, &outline).await;
    let open = region.get(&format!("{path}?code=1.1"), Some(&secretariat)).await.text;
    let form = |text: &str, before: &str| {
        format!(
            "was=1.1&before={before}&section=&after=&code=1.1&text={text}&help=&kind=answer\
             &evidence=optional"
        )
    };
    let before = hidden(&open, "before");
    // Another question may change meanwhile; this one may not unseen.
    let other = region.get(&format!("{path}?code=1.2"), Some(&secretariat)).await.text;
    let other = format!(
        "was=1.2&before={}&section=&after=&code=1.2&text=At+what+time%3F&help=&kind=choice\
         &option-0=By+day&option-code-0=by-day&option-1=By+night&option-code-1=by-night\
         &evidence=optional",
        hidden(&other, "before")
    );
    saved(&region.post(&path, Some(&secretariat), &other).await);
    saved(&region.post(&path, Some(&secretariat), &form("Theirs%3F", &before)).await);
    let second = region.post(&path, Some(&secretariat), &form("Mine%3F", &before)).await;
    assert_eq!(second.status, StatusCode::CONFLICT, "{}", second.text);
    assert!(second.text.contains("Theirs?") && second.text.contains("Mine?"), "{}", second.text);
    let again = form("Mine%3F", &hidden(&second.text, "before"));
    saved(&region.post(&path, Some(&secretariat), &again).await);
    // What is removed is asked first, with what rests on it.
    let remove = format!("{outline}/remove");
    let asked = region.get(&format!("{remove}?question=1.1"), Some(&secretariat)).await.text;
    assert!(asked.contains("How many guards?"), "{asked}");
    let gone = format!("section=&question=1.1&before={}", hidden(&asked, "before"));
    saved(&region.post(&remove, Some(&secretariat), &gone).await);
    let page = region.get(&outline, Some(&secretariat)).await.text;
    assert!(page.contains("How many guards?") && !page.contains("Mine?"), "{page}");
    // Moved up, it stands first.
    let up = "of=question&code=1.3&to=up";
    saved(&region.post(&format!("{outline}/move"), Some(&secretariat), up).await);
    let page = region.get(&outline, Some(&secretariat)).await.text;
    assert!(page.find("How many guards?").unwrap() < page.find("At what time?").unwrap());
}

#[tokio::test]
async fn req_036_a_questionnaire_that_no_mechanism_asks_is_put_to_use_only_when_it_is_said() {
    let region = Region::new().await;
    let secretariat = region.step_in(SECRETARIAT).await;
    let about = ABOUT.replace("&mechanisms-add=MERIDIAN", "");
    let outline = leads(&region.post("/en/questionnaires/build", Some(&secretariat), &about).await);
    let section = "was=&before=&code=1&title=Watching&help=Read+the+port+act+first";
    saved(&region.post(&format!("{outline}/section"), Some(&secretariat), section).await);
    four(&region, &secretariat, &outline).await;
    let page = region.get(&outline, Some(&secretariat)).await.text;
    assert!(page.contains("No mechanism is named") && page.contains("name=\"alone\""), "{page}");
    let path = format!("{outline}/use");
    refused(&region.post(&path, Some(&secretariat), "").await);
    saved(&region.post(&path, Some(&secretariat), "alone=yes").await);
}

#[tokio::test]
async fn req_036_what_is_in_use_stays_and_the_next_version_is_built_beside_it() {
    let region = Region::new().await;
    let secretariat = region.step_in(SECRETARIAT).await;
    let outline = begun(&region, &secretariat).await;
    four(&region, &secretariat, &outline).await;
    saved(&region.post(&format!("{outline}/use"), Some(&secretariat), "").await);
    let closed = region.get(&outline, Some(&secretariat)).await;
    refused(&closed);
    assert!(closed.text.contains("is not changed any more"), "{}", closed.text);
    let from = "from=harbour-check";
    let next = leads(&region.post("/en/questionnaires/build", Some(&secretariat), from).await);
    assert_ne!(next, outline);
    let twice = leads(&region.post("/en/questionnaires/build", Some(&secretariat), from).await);
    assert_eq!(next, twice, "the draft there is goes on");
    let path = format!("{next}/question");
    let form = region.get(&format!("{path}?code=1.1"), Some(&secretariat)).await.text;
    let renamed = format!(
        "was=1.1&before={}&section=&after=&code=1.0&text=Watched%3F&help=&kind=answer\
         &evidence=optional",
        hidden(&form, "before")
    );
    saved(&region.post(&path, Some(&secretariat), &renamed).await);
    let now = report::questionnaire(&region.app, "harbour-check").await.unwrap();
    assert_eq!(now.version, 1, "until it is put to use");
    saved(&region.post(&format!("{next}/use"), Some(&secretariat), "").await);
    let now = report::questionnaire(&region.app, "harbour-check").await.unwrap();
    assert_eq!(now.version, 2);
    let when = now.question("1.3").unwrap().when.clone().unwrap();
    assert_eq!(when.question, "1.0", "what rests on it follows its number");
    let first = report::questionnaire_at(&region.app, "harbour-check", 1).await.unwrap();
    assert!(first.question("1.1").is_some());
}
