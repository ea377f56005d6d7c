//! Reporting: a value of an indicator, and the rows one's organisation leads.

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
            PlanCode, RowReport, Status,
            indicator::{Answer as Said, Breakdown, Indicator, Kind, Measured, Origin, Value},
            period::Period,
        },
        register::{day::Day, state::StateCode},
    },
    plan::{
        ask::{self, PlanOf},
        report, sheet,
    },
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/plans/{code}/indicators/{key}/report", Action::ReportIndicator, ask_value)
        .form("/plans/{code}/indicators/{key}/report", Action::ReportIndicator, send_value)
        .page("/plans/{code}/rows/{key}/report", Action::ReportRow, ask_row)
        .form("/plans/{code}/rows/{key}/report", Action::ReportRow, send_row)
}

/// The States whose figures this person may report, with an empty choice for the
/// region where they may.
async fn places(visit: &Visit, plan: &PlanOf) -> Result<Vec<(String, String)>, Refused> {
    let today = Day::from(visit.acting().now().date());
    let states = ask::states(visit.web.app(), &plan.entry, today).await?;
    let mut places: Vec<(String, String)> = states
        .iter()
        .map(ToString::to_string)
        .filter(|code| visit.may(Action::ReportIndicator, &Resource::region().in_state(Some(code))))
        .map(|code| (code.clone(), visit.state(&code)))
        .collect();
    if visit.may(Action::ReportIndicator, &Resource::region()) {
        places.push(("region".into(), visit.text("plan-region")));
    }
    Ok(places)
}

async fn found(visit: &Visit, code: &str, key: &str) -> Result<(PlanOf, Indicator), Failure> {
    let plan = ask::find(&visit.acting(), code).await?;
    let indicator = plan.entry.indicator(key).cloned().ok_or(Failure(Refused::NotFound))?;
    Ok((plan, indicator))
}

async fn value_form(
    visit: &Visit,
    plan: &PlanOf,
    indicator: &Indicator,
    form: &Form,
    problems: &Problems,
) -> Result<Response, Refused> {
    let code = &plan.entry.code;
    let places = places(visit, plan).await?;
    if places.is_empty() {
        return Err(Refused::NotFound);
    }
    let only = if places.len() == 1 { places.first().map(|p| p.0.clone()) } else { None };
    let state = only.unwrap_or_else(|| form.text("state").to_owned());
    let path = format!("/plans/{code}/indicators/{}/report", indicator.key);
    let title = titled(&indicator.title, &plan.entry.language);
    let mut page = FormPage::new(visit, &path, problems)
        .part(format!("<p class=\"govuk-body-l\">{title}</p>"))
        .select("state", "state-name", places, &state)
        .text("period", "plan-value-period", "plan-period-hint", form.text("period"));
    page = match indicator.kind {
        Kind::Framework => {
            let answers = options(visit, Said::ALL, "plan-answer", Said::code);
            page.radios("value", "plan-value", answers, form.text("value"))
        }
        Kind::Operational => {
            let whole = indicator.is_whole();
            let hint = if whole { "plan-value-whole-hint" } else { "plan-value-hint" };
            page.text("value", "plan-value", hint, form.text("value"))
        }
    };
    let required = indicator.required_breakdowns();
    if !required.is_empty() {
        let boxes = options(visit, &required, "plan-breakdown", Breakdown::code);
        page =
            page.checkboxes("breakdowns", "plan-breakdowns-there", boxes, form.list("breakdowns"));
    }
    let hint = if indicator.kind == Kind::Framework { "plan-evidence-hint" } else { "" };
    Ok(page
        .text("evidence", "plan-evidence", hint, form.text("evidence"))
        .lines("comment", "plan-comment", "", form.text("comment"))
        .button("form-save")
        .page("plan-report-value", &format!("/plans/{code}/indicators/{}", indicator.key)))
}

async fn ask_value(visit: Visit, Path((code, key)): Path<(String, String)>) -> Answer {
    let (plan, indicator) = found(&visit, &code, &key).await?;
    Ok(value_form(&visit, &plan, &indicator, &Form::default(), &Problems::default()).await?)
}

fn read_value(plan: &PlanOf, indicator: &Indicator, form: &Form) -> Result<Value, Refused> {
    let mut problems = Problems::default();
    let period: Option<Period> = form.text("period").trim().parse().ok();
    if period.is_none() {
        problems.add("period", Message::new("plan-error-period"));
    }
    let place = form.text("state");
    let state: Option<StateCode> = match place {
        "region" => None,
        code => {
            let state = StateCode::typed(code).ok();
            if state.is_none() {
                problems.add("state", Message::new("error-choose"));
            }
            state
        }
    };
    let measured = match indicator.kind {
        Kind::Framework => choice::<Said>(&mut problems, form, "value").map(Measured::Answer),
        Kind::Operational => {
            let number = sheet::number(form.text("value")).ok();
            if number.is_none() {
                problems.add("value", Message::new("plan-error-number"));
            }
            number.map(Measured::Number)
        }
    };
    problems.bounded("evidence", form.text("evidence"), 500);
    problems.bounded("comment", form.text("comment"), 2_000);
    problems.none()?;
    let (Some(period), Some(measured)) = (period, measured) else {
        return Err(Refused::NotFound);
    };
    let breakdowns = form.list("breakdowns").iter().filter_map(|code| code.parse().ok()).collect();
    Ok(Value {
        plan: plan.entry.code.clone(),
        indicator: indicator.key.clone(),
        state,
        period,
        measured,
        version: indicator.version_in(period),
        breakdowns,
        evidence: optional(form, "evidence").unwrap_or_default(),
        comment: optional(form, "comment").unwrap_or_default(),
        origin: Origin::Entered,
    })
}

async fn send_value(
    Path((code, key)): Path<(String, String)>,
    Sent { visit, form }: Sent,
) -> Answer {
    let (plan, indicator) = found(&visit, &code, &key).await?;
    let result = match read_value(&plan, &indicator, &form) {
        Ok(value) => report::values(&visit.acting_once(&form), &code, &[value]).await,
        Err(refused) => Err(refused),
    };
    match result {
        Ok(_) => Ok(done(&visit, &format!("/plans/{code}/indicators/{key}"), "plan-reported")),
        Err(Refused::Invalid(problems)) => {
            Ok(value_form(&visit, &plan, &indicator, &form, &problems).await?)
        }
        Err(refused) => Err(Failure(refused)),
    }
}

fn row_form(visit: &Visit, plan: &PlanOf, key: &str, form: &Form, problems: &Problems) -> Response {
    let code = &plan.entry.code;
    let title = plan.entry.row(key).map(|row| titled(&row.title, &plan.entry.language));
    FormPage::new(visit, &format!("/plans/{code}/rows/{key}/report"), problems)
        .part(format!("<p class=\"govuk-body-l\">{}</p>", title.unwrap_or_default()))
        .radios(
            "status",
            "plan-row-state",
            options(visit, Status::ALL, "plan-row-status", Status::code),
            form.text("status"),
        )
        .lines("achieved", "plan-achieved", "", form.text("achieved"))
        .lines("lessons", "plan-lessons", "plan-optional", form.text("lessons"))
        .lines("proposal", "plan-proposal", "plan-optional", form.text("proposal"))
        .button("form-save")
        .page("plan-report-row", &format!("/plans/{code}"))
}

/// The plan, if the person's organisation reports this row.
async fn own_row(visit: &Visit, code: &str, key: &str) -> Result<PlanOf, Failure> {
    let plan = ask::find(&visit.acting(), code).await?;
    let tenant = visit.signed()?.tenant.id;
    let row = plan.entry.row(key).ok_or(Failure(Refused::NotFound))?;
    if !plan.entry.reports(row, tenant) {
        return Err(Failure(Refused::NotFound));
    }
    Ok(plan)
}

async fn ask_row(visit: Visit, Path((code, key)): Path<(String, String)>) -> Answer {
    let plan = own_row(&visit, &code, &key).await?;
    Ok(row_form(&visit, &plan, &key, &Form::default(), &Problems::default()))
}

async fn row_sent(visit: &Visit, code: &PlanCode, key: &str, form: &Form) -> Result<(), Refused> {
    let mut problems = Problems::default();
    let status: Option<Status> = choice(&mut problems, form, "status");
    let achieved = problems.required("achieved", form.text("achieved"), 4_000);
    let lessons = problems.bounded("lessons", form.text("lessons"), 4_000);
    let proposal = problems.bounded("proposal", form.text("proposal"), 4_000);
    problems.none()?;
    let told = RowReport {
        plan: code.clone(),
        row: key.to_owned(),
        on: Day::from(visit.acting().now().date()),
        by: String::new(),
        status: status.ok_or(Refused::NotFound)?,
        achieved,
        lessons,
        proposal,
    };
    report::row(&visit.acting_once(form), code.as_str(), told).await.map(|_| ())
}

async fn send_row(Path((code, key)): Path<(String, String)>, Sent { visit, form }: Sent) -> Answer {
    let plan = own_row(&visit, &code, &key).await?;
    match row_sent(&visit, &plan.entry.code, &key, &form).await {
        Ok(()) => Ok(done(&visit, &format!("/plans/{code}"), "plan-reported")),
        Err(Refused::Invalid(problems)) => Ok(row_form(&visit, &plan, &key, &form, &problems)),
        Err(refused) => Err(Failure(refused)),
    }
}
