//! Writing a plan: a new one, a national one from the regional, its rows, adopting it,
//! amending it.

use super::titled;
use crate::{
    pages::{
        Answer,
        register::edit::{choice, optional, options},
    },
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
            Party, PartyKind, Row, Tag, Theme,
            amend::{Amendment, Change},
            money::Money,
            period::Period,
        },
        register::day::Day,
    },
    plan::{
        ask::{self, PlanOf},
        change::{self, NewPlan},
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
        .page("/plans/{code}/rows/{key}/edit", Action::EditPlan, ask_row)
        .form("/plans/{code}/rows/{key}/edit", Action::EditPlan, edit_row)
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
        title: form.text("title").to_owned(),
        from: form.text("from").trim().to_owned(),
        to: form.text("to").trim().to_owned(),
    }
}

fn beginning<'a>(page: FormPage<'a>, form: &Form) -> FormPage<'a> {
    page.text("title", "plan-title", "", form.text("title"))
        .text("code", "plan-code", "plan-code-hint", form.text("code"))
        .text("from", "plan-from", "plan-day-hint", form.text("from"))
        .text("to", "plan-to", "plan-day-hint", form.text("to"))
        .button("form-save")
}

fn new_form(visit: &Visit, form: &Form, problems: &Problems) -> Response {
    let templates = visit.web.app().registers.plans.templates.iter();
    let templates = templates.map(|t| (t.id.to_string(), t.title.clone())).collect();
    let page = FormPage::new(visit, "/plans/new", problems).words("plan-new-intro").select(
        "origin",
        "plan-template",
        templates,
        form.text("origin"),
    );
    beginning(page, form).page("plan-new", "/plans")
}

async fn ask_new(visit: Visit) -> Answer {
    own_tenant(&visit).await?;
    Ok(new_form(&visit, &Form::default(), &Problems::default()))
}

async fn make(Sent { visit, form }: Sent) -> Answer {
    let new = typed(&form, form.text("origin"));
    let result = change::from_template(&visit.acting_once(&form), &new).await;
    match result {
        Ok(code) => Ok(done(&visit, &format!("/plans/{code}"), "plan-saved")),
        Err(Refused::Invalid(problems)) => Ok(new_form(&visit, &form, &problems)),
        Err(refused) => Err(Failure(refused)),
    }
}

fn adopt_form(visit: &Visit, plan: &PlanOf, form: &Form, problems: &Problems) -> Response {
    let code = &plan.entry.code;
    let title = titled(&plan.entry.title, &plan.entry.language);
    let page = FormPage::new(visit, &format!("/plans/{code}/adopt"), problems)
        .part(format!("<p class=\"govuk-body-l\">{title}</p>"))
        .words("plan-adopt-intro");
    beginning(page, form).page("plan-adopt-regional", &format!("/plans/{code}"))
}

async fn ask_adopt(visit: Visit, Path(code): Path<String>) -> Answer {
    own_tenant(&visit).await?;
    let plan = ask::find(&visit.acting(), &code).await?;
    Ok(adopt_form(&visit, &plan, &Form::default(), &Problems::default()))
}

async fn adopt(Path(code): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let plan = ask::find(&visit.acting(), &code).await?;
    let new = typed(&form, &code);
    match change::adopt_regional(&visit.acting_once(&form), &new).await {
        Ok(code) => Ok(done(&visit, &format!("/plans/{code}"), "plan-saved")),
        Err(Refused::Invalid(problems)) => Ok(adopt_form(&visit, &plan, &form, &problems)),
        Err(refused) => Err(Failure(refused)),
    }
}

fn adopt_draft_form(visit: &Visit, code: &str, form: &Form, problems: &Problems) -> Response {
    FormPage::new(visit, &format!("/plans/{code}/adopt-draft"), problems)
        .words("plan-adopt-draft-intro")
        .text("by", "plan-adopted-by", "", form.text("by"))
        .button("plan-adopt-draft")
        .page("plan-adopt-draft", &format!("/plans/{code}"))
}

async fn ask_adopt_draft(visit: Visit, Path(code): Path<String>) -> Answer {
    own(&visit, &code).await?;
    Ok(adopt_draft_form(&visit, &code, &Form::default(), &Problems::default()))
}

async fn adopt_draft(Path(code): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let result = change::adopt_draft(&visit.acting_once(&form), &code, form.text("by")).await;
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
    let kinds = ["target", "definition"]
        .map(|kind| (kind.to_owned(), visit.text(&format!("plan-amend-{kind}"))))
        .to_vec();
    FormPage::new(visit, &format!("/plans/{}/amend", entry.code), problems)
        .words("plan-amend-intro")
        .radios("what", "plan-amend-what", kinds, form.text("what"))
        .select("indicator", "plan-indicator", indicators, form.text("indicator"))
        .select("state", "plan-amend-state", states, form.text("state"))
        .text("period", "plan-value-period", "plan-period-hint", form.text("period"))
        .text("value", "plan-amend-value", "plan-amend-value-hint", form.text("value"))
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
    let to_target = form.text("what") != "definition";
    if to_target && !typed.is_empty() && number.is_none() {
        problems.add("value", Message::new("plan-error-number"));
    }
    problems.none()?;
    let period = period.ok_or(Refused::NotFound)?;
    let change = if to_target {
        let state = form.text("state").parse().ok();
        Change::Target { indicator, state, period, from: None, to: number }
    } else {
        Change::Definition { indicator, from: String::new(), to: typed, since: period }
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

/// A form showing what a row says now.
fn row_now(row: &Row, revision: i64) -> Form {
    let mut pairs: Vec<(&str, String)> = vec![
        ("title", row.title.clone()),
        ("number", row.number.clone()),
        ("starts", row.starts.map(|day| day.to_string()).unwrap_or_default()),
        ("ends", row.ends.map(|day| day.to_string()).unwrap_or_default()),
        ("budget", row.budget.map(|money| money.to_string()).unwrap_or_default()),
        ("allocated", row.allocated.map(|money| money.to_string()).unwrap_or_default()),
        ("funded_by", row.funded_by.clone().unwrap_or_default()),
        ("seen", revision.to_string()),
    ];
    if let Some(lead) = &row.lead {
        pairs.push(("lead", lead.name.clone()));
        pairs.push(("lead_kind", lead.kind.code().into()));
    }
    pairs.extend(row.tags.iter().map(|tag| ("tags", tag.code().to_owned())));
    pairs.extend(row.themes.iter().map(|theme| ("themes", theme.code().to_owned())));
    let encoded: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{name}={}", crate::shell::gate::encode(value)))
        .collect();
    Form::parse(encoded.join("&").as_bytes())
}

fn row_form(visit: &Visit, plan: &PlanOf, key: &str, form: &Form, problems: &Problems) -> Response {
    let code = &plan.entry.code;
    FormPage::new(visit, &format!("/plans/{code}/rows/{key}/edit"), problems)
        .hidden("seen", form.text("seen"))
        .lines("title", "plan-row", "", form.text("title"))
        .text("number", "plan-number", "", form.text("number"))
        .text("lead", "plan-lead", "plan-lead-hint", form.text("lead"))
        .select(
            "lead_kind",
            "plan-lead-kind",
            options(visit, PartyKind::ALL, "plan-party", PartyKind::code),
            form.text("lead_kind"),
        )
        .text("starts", "plan-from", "plan-day-hint", form.text("starts"))
        .text("ends", "plan-to", "plan-day-hint", form.text("ends"))
        .text("budget", "plan-budget", "plan-money-hint", form.text("budget"))
        .text("allocated", "plan-allocated", "plan-money-hint", form.text("allocated"))
        .text("funded_by", "plan-funded-by", "", form.text("funded_by"))
        .checkboxes(
            "themes",
            "plan-themes",
            options(visit, Theme::ALL, "plan-theme", Theme::code),
            form.list("themes"),
        )
        .checkboxes(
            "tags",
            "plan-tags",
            options(visit, Tag::ALL, "plan-tag", Tag::code),
            form.list("tags"),
        )
        .button("form-save")
        .page("plan-edit-row", &format!("/plans/{code}"))
}

async fn ask_row(visit: Visit, Path((code, key)): Path<(String, String)>) -> Answer {
    let plan = own(&visit, &code).await?;
    let row = plan.entry.row(&key).ok_or(Failure(Refused::NotFound))?;
    let form = row_now(row, plan.revision.0);
    Ok(row_form(&visit, &plan, &key, &form, &Problems::default()))
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

fn money_or_none(problems: &mut Problems, form: &Form, field: &str) -> Option<Money> {
    let typed = form.text(field).trim();
    if typed.is_empty() {
        return None;
    }
    match typed.parse::<Money>() {
        Ok(money) => Some(money),
        Err(why) => {
            problems.add(field, Message::new("error-register-entry").with("why", why));
            None
        }
    }
}

fn read_row(old: &Row, form: &Form) -> Result<Row, Refused> {
    let mut problems = Problems::default();
    let title = problems.required("title", form.text("title"), 600);
    let number = problems.bounded("number", form.text("number"), 30);
    let name = problems.bounded("lead", form.text("lead"), 200);
    let lead = if name.is_empty() {
        None
    } else {
        choice::<PartyKind>(&mut problems, form, "lead_kind").map(|kind| {
            let same = old.lead.as_ref().filter(|lead| lead.name == name);
            Party { tenant: same.and_then(|lead| lead.tenant), name: name.clone(), kind }
        })
    };
    let starts = day_or_none(&mut problems, form, "starts");
    let ends = day_or_none(&mut problems, form, "ends");
    if let (Some(starts), Some(ends)) = (starts, ends)
        && ends < starts
    {
        problems.add("ends", Message::new("plan-error-backwards"));
    }
    let budget = money_or_none(&mut problems, form, "budget");
    let allocated = money_or_none(&mut problems, form, "allocated");
    problems.none()?;
    Ok(Row {
        title,
        number,
        lead,
        starts,
        ends,
        budget,
        allocated,
        funded_by: optional(form, "funded_by"),
        themes: form.list("themes").iter().filter_map(|code| code.parse().ok()).collect(),
        tags: form.list("tags").iter().filter_map(|code| code.parse().ok()).collect(),
        ..old.clone()
    })
}

async fn edit_row(Path((code, key)): Path<(String, String)>, Sent { visit, form }: Sent) -> Answer {
    let plan = own(&visit, &code).await?;
    let old = plan.entry.row(&key).ok_or(Failure(Refused::NotFound))?;
    let result = match read_row(old, &form) {
        Ok(row) => {
            let seen = palermo_app::desk::parse_revision(form.text("seen"));
            let seen = seen.unwrap_or(plan.revision);
            change::edit_row(&visit.acting_once(&form), &code, row, seen).await
        }
        Err(refused) => Err(refused),
    };
    let path = format!("/plans/{code}");
    answer(
        result,
        || done(&visit, &path, "plan-saved"),
        |problems| row_form(&visit, &plan, &key, &form, problems),
    )
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
