//! The officer's decision, and the desk it leads to.

use super::{
    super::{Answer, directory::states_with},
    address, desk_list, next_desk, result,
};
use crate::{
    components::{Button, Content, InsetText, SummaryList},
    shell::{
        failure::Failure,
        forms::{FormPage, done},
        visit::{Sent, Visit},
    },
};
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use palermo_app::{
    Problems, Refused,
    case::open::{self, FirstAnswers},
    desk::parse_id,
    domain::{
        case::UrgentNeed,
        id::ScreeningId,
        screening::{Age, Outcome, Path as Way, Reason},
    },
    keys,
    screening::{
        ask::{self, Asked},
        decide::{self as decisions, DecisionForm, Remains},
        reach,
    },
};
use std::fmt::Write as _;

fn page(
    visit: &Visit,
    asked: &Asked,
    typed: &DecisionForm,
    problems: &Problems,
) -> Result<Response, Failure> {
    let id = asked.head.record.id;
    let set = asked.set(visit.web.app())?;
    let assessment = asked.draft.screening(set).assess(set);
    let words = |prefix: &str, codes: Vec<&'static str>| {
        let word = |code: &'static str| (code.to_owned(), visit.text(&format!("{prefix}-{code}")));
        codes.into_iter().map(word).collect::<Vec<_>>()
    };
    let outcomes = words("screening-outcome", Outcome::ALL.iter().map(|o| o.code()).collect());
    let reasons = words("screening-reason", Reason::ALL.iter().map(|r| r.code()).collect());
    let mut form = FormPage::new(visit, &address(id, "/decide"), problems)
        .part(result::so_far(visit, &assessment, set))
        .part(result::advice(visit, &assessment))
        .radios("outcome", "screening-ask-outcome", outcomes, &typed.outcome)
        .checkboxes("reasons", "screening-ask-reasons", reasons, &typed.reasons)
        .select("state", "screening-ask-state", states_with(visit, &typed.state), &typed.state);
    let open = Way::open_to(asked.draft.age());
    if open == [Way::Child] {
        form = form.part(InsetText::new(visit.text("screening-child-route")));
    } else {
        let ways = words("screening-path", open.iter().map(|way| way.code()).collect());
        form = form
            .radios("path", "screening-ask-path", ways, &typed.path)
            .words("screening-path-why");
    }
    Ok(form.button("screening-decide").page("screening-decide-title", &address(id, "")))
}

pub(super) async fn ask(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: ScreeningId = parse_id(&id)?;
    let acting = visit.acting();
    let found = ask::load(&acting, id).await;
    // Decided already: what comes next stands on the page it led to.
    if matches!(found, Err(Refused::NotFound)) && decisions::remains(&acting, id).await.is_ok() {
        return Ok(Redirect::to(&visit.link(&address(id, "/left"))).into_response());
    }
    let asked = found?;
    let state = visit.signed()?.tenant.state.clone().unwrap_or_default();
    let typed = DecisionForm { state, ..DecisionForm::default() };
    page(&visit, &asked, &typed, &Problems::default())
}

pub(super) async fn decide(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: ScreeningId = parse_id(&id)?;
    let typed = DecisionForm {
        outcome: form.text("outcome").to_owned(),
        path: form.text("path").to_owned(),
        reasons: form.list("reasons").to_vec(),
        state: form.text("state").to_owned(),
    };
    let acting = visit.acting_once(&form);
    match decisions::decide(&acting, id, &typed).await {
        Ok(_) => Ok(done(&visit, &address(id, "/left"), "screening-decided")),
        Err(Refused::Invalid(problems)) => {
            let asked = ask::load(&acting, id).await?;
            page(&visit, &asked, &typed, &problems)
        }
        Err(other) => Err(Failure(other)),
    }
}

/// What happens next: the desk, and for a person who goes on, their case.
pub(super) async fn left(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: ScreeningId = parse_id(&id)?;
    left_page(&visit, id, None, &Problems::default()).await
}

async fn left_page(
    visit: &Visit,
    id: ScreeningId,
    typed: Option<&FirstAnswers>,
    problems: &Problems,
) -> Answer {
    let acting = visit.acting();
    let remains = decisions::remains(&acting, id).await?;
    let (outcome, age, state) = match &remains {
        Remains::Kept(decided) => {
            (decided.kept.outcome, decided.kept.age, decided.kept.state.clone())
        }
        Remains::Notice(notice) => (notice.outcome, notice.age, notice.state.clone()),
    };
    let mut html = String::new();
    let desk = reach::next(&acting, outcome, age, state.as_deref()).await?;
    html.push_str(&next_desk(visit, desk.as_ref()));
    if age.has_rights_of_a_child() {
        let _ = write!(html, "{}", InsetText::new(visit.text("screening-child-next")));
    }
    match &remains {
        Remains::Notice(_) => {
            let _ = write!(html, "{}", InsetText::new(visit.text("screening-notice-left")));
        }
        Remains::Kept(decided) => {
            html.push_str(&facts(visit, age, decided));
            html.push_str(&to_case(visit, id, decided, typed, problems));
            let set = visit.web.app().registers.indicators.get(&decided.kept.set);
            if let Some(set) = set {
                html.push_str(&result::so_far(visit, &decided.assessment, set));
            }
        }
    }
    if outcome == Outcome::Presumed || outcome == Outcome::NothingFound {
        let all = reach::duty_desks(&acting, acting.subject.state.as_deref()).await?;
        let title = Content::from(visit.text("screening-duty-desks"));
        let _ =
            write!(html, "<h2 class=\"govuk-heading-m\">{title}</h2>{}", desk_list(visit, &all));
    }
    let title = visit.text("screening-left-title");
    Ok(visit.page(&title).back("/screening").html(&html))
}

/// The facts of the decision.
fn facts(visit: &Visit, age: Age, decided: &decisions::Decided) -> String {
    let kept = &decided.kept;
    let reasons = kept.reasons.iter().map(|one| visit.text(&format!("screening-reason-{one}")));
    let list = SummaryList::new()
        .row(
            visit.text("screening-ask-outcome"),
            visit.text(&format!("screening-outcome-{}", kept.outcome)),
        )
        .row(visit.text("screening-ask-reasons"), reasons.collect::<Vec<_>>().join(", "))
        .row(visit.text("screening-ask-age"), visit.text(&format!("screening-age-{age}")))
        .row(visit.text("screening-decided-at"), visit.moment(kept.recorded_at));
    list.to_string()
}

/// The four answers that open a case, or the way to the case that was opened.
fn to_case(
    visit: &Visit,
    id: ScreeningId,
    decided: &decisions::Decided,
    typed: Option<&FirstAnswers>,
    problems: &Problems,
) -> String {
    let kept = &decided.kept;
    if let Some(case) = kept.case {
        let href = visit.link(&format!("/cases/{case}"));
        return Button::link(visit.text("screening-case"), href).to_string();
    }
    let before = FirstAnswers {
        age: kept.age.code().to_owned(),
        language: decided.draft.language.clone(),
        ..FirstAnswers::default()
    };
    let typed = typed.unwrap_or(&before);
    let words = |prefix: &str, codes: Vec<&'static str>| {
        let word = |code: &'static str| (code.to_owned(), visit.text(&format!("{prefix}-{code}")));
        codes.into_iter().map(word).collect::<Vec<_>>()
    };
    let ages = words("screening-age", Age::ALL.iter().map(|age| age.code()).collect());
    let urgent: Vec<_> = UrgentNeed::ALL.iter().map(|need| need.code()).collect();
    let title = Content::from(visit.text("screening-open-case"));
    let form = FormPage::new(visit, &address(id, "/case"), problems)
        .words("screening-open-case-why")
        .text("name", "screening-opening-name", "", &typed.name)
        .radios("age", "screening-ask-age", ages, &typed.age)
        .select("language", "case-language-ask", open::languages(&visit.acting()), &typed.language)
        .checkboxes(
            "urgent",
            "screening-opening-urgent",
            words("case-urgent", urgent),
            &typed.urgent,
        )
        .button("screening-open-case")
        .html();
    format!("<h2 class=\"govuk-heading-m\">{title}</h2>{form}")
}

pub(super) async fn open_case(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: ScreeningId = parse_id(&id)?;
    let acting = visit.acting_once(&form);
    let vault = keys::vault(&acting, visit.signed()?).await?;
    let first = FirstAnswers {
        name: form.text("name").to_owned(),
        age: form.text("age").to_owned(),
        language: form.text("language").to_owned(),
        urgent: form.list("urgent").to_vec(),
    };
    match decisions::open_case(&acting, &vault, id, &first).await {
        Ok(case) => Ok(done(&visit, &format!("/cases/{case}"), "")),
        Err(Refused::Invalid(problems)) => left_page(&visit, id, Some(&first), &problems).await,
        Err(other) => Err(Failure(other)),
    }
}
