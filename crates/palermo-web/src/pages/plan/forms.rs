//! Writing a plan: a new one, a national one from the regional, adopting it, amending it.

use super::{
    about::{self, about_fields},
    indicator::{figures, instruments, read_computed},
    titled,
};
use crate::{
    pages::Answer,
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Message, Problems, Refused,
    access::{Action, Resource},
    domain::{
        plan::{
            amend::{Amendment, Change},
            period::Period,
        },
        register::{day::Day, state::StateCode},
    },
    plan::{
        about::{About, EMPTY, NewPlan, adopt_draft as adopt_now, adopt_regional, from_template},
        ask::{self, PlanOf},
        change,
    },
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/plans/new", Action::EditPlan, ask_new)
        .form("/plans/new", Action::EditPlan, make)
        .page("/plans/{code}/adopt", Action::EditPlan, ask_adopt)
        .form("/plans/{code}/adopt", Action::EditPlan, adopt)
        .page("/plans/{code}/adopt-draft", Action::EditPlan, ask_adopt_draft)
        .form("/plans/{code}/adopt-draft", Action::EditPlan, adopt_draft)
        .page("/plans/{code}/amend", Action::EditPlan, ask_amend)
        .form("/plans/{code}/amend", Action::EditPlan, amend)
        .page("/plans/{code}/declare/{element}", Action::EditPlan, ask_declare)
        .form("/plans/{code}/declare/{element}", Action::EditPlan, declare)
}

async fn own_tenant(visit: &Visit) -> Result<(), Failure> {
    let tenant = visit.signed()?.tenant.id;
    Ok(visit.acting().allow(Action::EditPlan, &Resource::of(tenant)).await?)
}

/// The plan, if it is the person's organisation's to change.
pub(super) async fn own(visit: &Visit, code: &str) -> Result<PlanOf, Failure> {
    let plan = ask::find(&visit.acting(), code).await?;
    visit.acting().allow(Action::EditPlan, &Resource::of(plan.tenant)).await?;
    Ok(plan)
}

pub(super) fn answer(
    result: Result<impl Sized, Refused>,
    saved: impl FnOnce() -> Response,
    again: impl FnOnce(&Problems) -> Response,
) -> Answer {
    match result {
        Ok(_) => Ok(saved()),
        Err(Refused::Invalid(problems)) => Ok(again(&problems)),
        Err(refused) => Err(Failure(refused)),
    }
}

fn typed(form: &Form, origin: &str) -> NewPlan {
    NewPlan {
        origin: origin.to_owned(),
        code: form.text("code").to_owned(),
        about: about::typed(form),
    }
}

fn new_form(visit: &Visit, plans: &[PlanOf], form: &Form, problems: &Problems) -> Response {
    let empty = (EMPTY.to_owned(), visit.text("plan-template-empty"));
    let templates = visit.web.app().registers.plans.templates.iter();
    let templates = templates.map(|t| (t.id.to_string(), t.title.clone())).chain([empty]).collect();
    let page = FormPage::new(visit, "/plans/new", problems)
        .words("plan-new-intro")
        .select("origin", "plan-template", templates, form.text("origin"))
        .text("code", "plan-code", "plan-code-hint", form.text("code"));
    about_fields(page, visit, plans, form).button("form-save").page("plan-new", "/plans")
}

async fn ask_new(visit: Visit) -> Answer {
    own_tenant(&visit).await?;
    let plans = ask::list(&visit.acting()).await?;
    Ok(new_form(&visit, &plans, &Form::default(), &Problems::default()))
}

async fn make(Sent { visit, form }: Sent) -> Answer {
    let new = typed(&form, form.text("origin"));
    match from_template(&visit.acting_once(&form), &new).await {
        Ok(code) => Ok(done(&visit, &format!("/plans/{code}"), "plan-saved")),
        Err(Refused::Invalid(problems)) => {
            let plans = ask::list(&visit.acting()).await?;
            Ok(new_form(&visit, &plans, &form, &problems))
        }
        Err(refused) => Err(Failure(refused)),
    }
}

fn adopt_form(visit: &Visit, plan: &PlanOf, form: &Form, problems: &Problems) -> Response {
    let code = &plan.entry.code;
    let title = titled(&plan.entry.title, &plan.entry.language);
    let page = FormPage::new(visit, &format!("/plans/{code}/adopt"), problems)
        .part(format!("<p class=\"govuk-body-l\">{title}</p>"))
        .words("plan-adopt-intro");
    page.text("title", "plan-title", "", form.text("title"))
        .text("code", "plan-code", "plan-code-hint", form.text("code"))
        .text("from", "plan-covers-from", "plan-day-hint", form.text("from"))
        .text("to", "plan-covers-to", "plan-day-hint", form.text("to"))
        .button("form-save")
        .page("plan-adopt-regional", &format!("/plans/{code}"))
}

async fn ask_adopt(visit: Visit, Path(code): Path<String>) -> Answer {
    own_tenant(&visit).await?;
    let plan = ask::find(&visit.acting(), &code).await?;
    Ok(adopt_form(&visit, &plan, &Form::default(), &Problems::default()))
}

async fn adopt(Path(code): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let plan = ask::find(&visit.acting(), &code).await?;
    let own = About {
        title: form.text("title").to_owned(),
        from: form.text("from").to_owned(),
        to: form.text("to").to_owned(),
        ..About::default()
    };
    let new = NewPlan { origin: code.clone(), code: form.text("code").to_owned(), about: own };
    match adopt_regional(&visit.acting_once(&form), &new).await {
        Ok(code) => Ok(done(&visit, &format!("/plans/{code}"), "plan-saved")),
        Err(Refused::Invalid(problems)) => Ok(adopt_form(&visit, &plan, &form, &problems)),
        Err(refused) => Err(Failure(refused)),
    }
}

fn adopt_draft_form(visit: &Visit, code: &str, form: &Form, problems: &Problems) -> Response {
    FormPage::new(visit, &format!("/plans/{code}/adopt-draft"), problems)
        .words("plan-adopt-draft-intro")
        .text("by", "plan-adopted-by", "", form.text("by"))
        .text("on", "plan-adopted-on", "plan-adopted-on-hint", form.text("on"))
        .button("plan-adopt-draft")
        .page("plan-adopt-draft", &format!("/plans/{code}"))
}

async fn ask_adopt_draft(visit: Visit, Path(code): Path<String>) -> Answer {
    let plan = own(&visit, &code).await?;
    let form = super::rows::filled(&[("by", plan.entry.adopted_by.clone())]);
    Ok(adopt_draft_form(&visit, &code, &form, &Problems::default()))
}

async fn adopt_draft(Path(code): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let (by, on) = (form.text("by"), form.text("on"));
    let result = adopt_now(&visit.acting_once(&form), &code, by, on).await;
    let path = format!("/plans/{code}");
    answer(
        result,
        || done(&visit, &path, "plan-saved"),
        |problems| adopt_draft_form(&visit, &code, &form, problems),
    )
}

fn amend_form(visit: &Visit, plan: &PlanOf, form: &Form, problems: &Problems) -> Response {
    let entry = &plan.entry;
    let indicators = entry.indicators.iter().map(|i| (i.key.clone(), i.title.clone())).collect();
    let states = entry
        .targets
        .iter()
        .filter_map(|target| target.state)
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .map(|state| (state.to_string(), visit.state(state.as_str())))
        .collect();
    let kinds = ["target", "definition", "computed"]
        .map(|kind| (kind.to_owned(), visit.text(&format!("plan-amend-{kind}"))))
        .to_vec();
    FormPage::new(visit, &format!("/plans/{}/amend", entry.code), problems)
        .words("plan-amend-intro")
        .radios("what", "plan-amend-what", kinds, form.text("what"))
        .select("indicator", "plan-indicator", indicators, form.text("indicator"))
        .select("state", "plan-amend-state", states, form.text("state"))
        .text("period", "plan-value-period", "plan-period-hint", form.text("period"))
        .text("value", "plan-amend-value", "plan-amend-value-hint", form.text("value"))
        .hinted("plan-amend-computed-hint")
        .select("computed", "plan-computed", figures(visit), form.text("computed"))
        .hinted("plan-computed-instrument-hint")
        .select(
            "instrument",
            "plan-computed-instrument",
            instruments(visit),
            form.text("instrument"),
        )
        .lines("reason", "plan-reason", "plan-reason-hint", form.text("reason"))
        .text("decided_by", "plan-decided-by", "", form.text("decided_by"))
        .button("form-save")
        .page("plan-amend", &format!("/plans/{}", entry.code))
}

async fn ask_amend(visit: Visit, Path(code): Path<String>) -> Answer {
    let plan = own(&visit, &code).await?;
    Ok(amend_form(&visit, &plan, &Form::default(), &Problems::default()))
}

fn amendment(visit: &Visit, form: &Form) -> Result<Amendment, Refused> {
    let mut problems = Problems::default();
    let period: Option<Period> = form.text("period").trim().parse().ok();
    if period.is_none() {
        problems.add("period", Message::new("plan-error-period"));
    }
    let indicator = problems.required("indicator", form.text("indicator"), 80);
    let reason = problems.required("reason", form.text("reason"), 2_000);
    let decided_by = problems.required("decided_by", form.text("decided_by"), 300);
    let typed = problems.bounded("value", form.text("value"), 2_000);
    let number = typed.replace(char::is_whitespace, "").parse::<f64>().ok();
    let what = form.text("what");
    let mut figure = None;
    match what {
        "definition" => {}
        "computed" => figure = read_computed(&mut problems, form),
        _ if !typed.is_empty() && number.is_none() => {
            problems.add("value", Message::new("plan-error-number"));
        }
        _ => {}
    }
    problems.none()?;
    let period = period.ok_or(Refused::NotFound)?;
    let change = match what {
        "definition" => {
            Change::Definition { indicator, from: String::new(), to: typed, since: period }
        }
        "computed" => Change::Computed { indicator, from: None, to: figure, since: period },
        _ => {
            let state = StateCode::typed(form.text("state")).ok();
            Change::Target { indicator, state, period, from: None, to: number }
        }
    };
    let on = Day::from(visit.acting().now().date());
    Ok(Amendment { on, decided_by, reason, change })
}

async fn amend(Path(code): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let plan = own(&visit, &code).await?;
    let result = match amendment(&visit, &form) {
        Ok(amendment) => change::amend(&visit.acting_once(&form), &code, amendment).await,
        Err(refused) => Err(refused),
    };
    let path = format!("/plans/{code}");
    answer(
        result,
        || done(&visit, &path, "plan-saved"),
        |problems| amend_form(&visit, &plan, &form, problems),
    )
}

/// A day, or nothing if it was left empty.
pub(super) fn day_or_none(problems: &mut Problems, form: &Form, field: &str) -> Option<Day> {
    let typed = form.text(field).trim();
    if typed.is_empty() {
        return None;
    }
    let day = typed.parse().ok();
    if day.is_none() {
        problems.add(field, Message::new("error-partial-date"));
    }
    day
}

fn declare_form(
    visit: &Visit,
    code: &str,
    element: &str,
    form: &Form,
    problems: &Problems,
) -> Response {
    FormPage::new(visit, &format!("/plans/{code}/declare/{element}"), problems)
        .text("place", "plan-where", "plan-where-hint", form.text("place"))
        .button("form-save")
        .page("plan-declare", &format!("/plans/{code}"))
}

/// The element, if a mechanism asks for it by declaration.
fn known_element(visit: &Visit, element: &str) -> Result<(), Failure> {
    let lists = &visit.web.app().registers.plans.elements;
    let known = lists.iter().flat_map(|list| &list.elements).any(|one| one.key == element);
    if known { Ok(()) } else { Err(Failure(Refused::NotFound)) }
}

async fn ask_declare(visit: Visit, Path((code, element)): Path<(String, String)>) -> Answer {
    own(&visit, &code).await?;
    known_element(&visit, &element)?;
    Ok(declare_form(&visit, &code, &element, &Form::default(), &Problems::default()))
}

async fn declare(
    Path((code, element)): Path<(String, String)>,
    Sent { visit, form }: Sent,
) -> Answer {
    known_element(&visit, &element)?;
    let place = form.text("place");
    let result = change::declare(&visit.acting_once(&form), &code, &element, place).await;
    let path = format!("/plans/{code}");
    answer(
        result,
        || done(&visit, &path, "plan-saved"),
        |problems| declare_form(&visit, &code, &element, &form, problems),
    )
}
