//! Whom nobody tells of a person, and a question to a State of origin, on the pages and
//! for programs (E17, E18).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::support;

use axum::http::StatusCode;
use palermo_app::domain::register::day::Day;
use support::Region;

const NADIA: &str = "nadia@harbourhouse.example";
const RUTH: &str = "ruth@harbourhouse.example";
const CONSULATE: &str = "outside=Consulate+of+Fenlua&kind=origin";
const HEARD: &str = "explained=who&explained=what&explained=may_refuse&explained=may_withdraw\
                     &explained=not_called_back";
const TERMS: &str = "terms=this_only&terms=not_passed_on&terms=nobody_sought";

async fn open(region: &Region, cookie: &str) -> String {
    let form = "name=Selma&age=adult&language=tr";
    let answer = region.post("/en/cases/new", Some(cookie), form).await;
    let to = answer.headers["location"].to_str().unwrap();
    to.split('?').next().unwrap().to_owned()
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    text.split(from).nth(1).unwrap().split(to).next().unwrap()
}

#[tokio::test]
async fn e17_the_list_of_who_is_never_told_refuses_on_the_form_and_says_how_to_go_on() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let case = open(&region, &nadia).await;
    let path = format!("{case}/never-told");
    let bare = region.post(&path, Some(&nadia), "why=").await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    let kept = region.post(&path, Some(&nadia), &format!("{CONSULATE}&why=person_said")).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text);
    let page = region.get(&case, Some(&nadia)).await.text;
    assert!(page.contains("Consulate of Fenlua") && page.contains("named it as dangerous"));

    let consent = format!("{CONSULATE}&purpose=help&answer=yes&{HEARD}&form=oral&language=tr");
    let refused = region.post(&format!("{case}/consent"), Some(&nadia), &consent).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("on the list of this case"), "what to do");
    assert!(refused.text.contains("CETS 197 art. 11"), "the rule and its source");

    let never = between(&page, "name=\"never\" value=\"", "\"");
    let (place, form) = (format!("{path}/lift"), format!("never={never}"));
    let lifted = region.post(&place, Some(&nadia), &form);
    assert_eq!(lifted.await.status, StatusCode::SEE_OTHER);
    let agreed = region.post(&format!("{case}/consent"), Some(&nadia), &consent).await;
    assert_eq!(agreed.status, StatusCode::SEE_OTHER, "{}", agreed.text);
}

#[tokio::test]
async fn e18_a_question_abroad_goes_from_form_to_second_person_to_letter() {
    let region = Region::new().await;
    let nadia = region.step_in(NADIA).await;
    let case = open(&region, &nadia).await;
    let path = format!("{case}/abroad");
    let order = format!(
        "state=XBB&body=Consulate+of+Fenlua&competence=consular&asks=nationality&purpose=return\
         &{TERMS}&sender=Post+box+12&language=en"
    );
    let told = region.post(&path, Some(&nadia), &order.replace("Post+box+12", "The+shelter")).await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in ["Write an assessment of risks first", "This tells what kind of house asks"] {
        assert!(told.text.contains(said), "all at once: {said}");
    }
    assert!(told.text.contains("The shelter"), "what was typed stays");
    assert!(told.text.contains("/care/new/risk"), "the way to the assessment");

    let today: Day = region.app.store.now().date().into();
    let until = today.plus_days(20);
    let day = |name: &str, day: Day| {
        let date = day.date();
        let month = u8::from(date.month());
        format!("{name}-day={}&{name}-month={month}&{name}-year={}", date.day(), date.year())
    };
    let risk = format!("of=person&level=low&{}&{}", day("on", today), day("valid_until", until));
    let written = region.post(&format!("{case}/care/new/risk"), Some(&nadia), &risk).await;
    assert_eq!(written.status, StatusCode::SEE_OTHER, "{}", written.text);
    let alone = region.post(&path, Some(&nadia), &order).await;
    assert!(alone.text.contains("Ask the person first"), "{}", alone.text);
    let consent = format!("{CONSULATE}&purpose=return&answer=yes&{HEARD}&form=oral&language=tr");
    region.post(&format!("{case}/consent"), Some(&nadia), &consent).await;
    let asked = region.post(&path, Some(&nadia), &order).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.text);
    let draft = asked.headers["location"].to_str().unwrap();
    let draft = region.get(draft, Some(&nadia)).await.text;
    assert!(draft.contains("Selma") && draft.contains("Nothing was sent"), "read before: {draft}");

    let ruth = region.step_in(RUTH).await;
    let approvals = region.get("/en/work/approvals", Some(&ruth)).await.text;
    assert!(approvals.contains("Consulate of Fenlua") && !approvals.contains("Selma"));
    let forms = approvals.split("/work/approvals/agree").skip(1);
    let waiting: Vec<_> =
        forms.filter_map(|form| form.split("name=\"id\" value=\"").nth(1)?.get(..36)).collect();
    assert!(!waiting.is_empty(), "someone can agree");
    for id in waiting {
        let read = region.get(&format!("/en/work/approvals/{id}"), Some(&ruth)).await.text;
        assert!(read.contains("national of your State") && !read.contains("Selma"), "{read}");
        region.post("/en/work/approvals/agree", Some(&ruth), &format!("id={id}")).await;
    }
    let page = region.get(&case, Some(&nadia)).await.text;
    let question = between(&page, "name=\"question\" value=\"", "\"").to_owned();
    let send = format!("question={question}");
    let sent = region.post(&format!("{path}/send"), Some(&nadia), &send).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let letter = region.get(&format!("{path}/{question}"), Some(&nadia)).await;
    assert_eq!(letter.status, StatusCode::OK);
    assert!(letter.text.contains("Selma") && letter.text.contains("national of your State"));
    for tells in ["Palermo", "traffick", "Harbour House", "shelter"] {
        assert!(!letter.text.contains(tells), "a printed sheet says: {tells}");
    }
    let other = region.get(&format!("{path}/{question}"), Some(&ruth)).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND, "the second person sees no letter");
    let bare = region.post(&format!("{path}/answered"), Some(&nadia), &send).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    let came = format!("{send}&answer=confirmed&words=File+7");
    let came = region.post(&format!("{path}/answered"), Some(&nadia), &came).await;
    assert_eq!(came.status, StatusCode::SEE_OTHER, "{}", came.text);
}
