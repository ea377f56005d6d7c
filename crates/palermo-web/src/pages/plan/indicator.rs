//! Writing an indicator: what it counts, which way is better, where it begins, and
//! whether it reads a figure that Palermo works out.

use super::{
    forms::{answer, day_or_none, own},
    rows::{filled, why, why_fields},
    titled,
};
use crate::{
    pages::{
        Answer,
        register::{
            common::{instrument_name, word},
            edit::{choice, optional, options},
        },
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
    access::Action,
    domain::plan::{
        Plan,
        indicator::{
            Baseline, Breakdown, Computed, Counted, Definition, Direction, Indicator, Kind,
        },
    },
    plan::{ask::PlanOf, change, rows},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/plans/{code}/indicators/new", Action::EditPlan, ask_new)
        .form("/plans/{code}/indicators/new", Action::EditPlan, add)
        .page("/plans/{code}/indicators/{key}/edit", Action::EditPlan, ask_indicator)
        .form("/plans/{code}/indicators/{key}/edit", Action::EditPlan, edit_indicator)
        .page("/plans/{code}/indicators/{key}/drop", Action::EditPlan, ask_drop)
        .form("/plans/{code}/indicators/{key}/drop", Action::EditPlan, drop_indicator)
}

fn indicator_now(indicator: &Indicator, revision: i64) -> Form {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let (value, on, by, whom) = match &indicator.baseline {
        Some(Baseline::Value { value, on, .. }) => {
            (value.to_string(), on.to_string(), String::new(), String::new())
        }
        Some(Baseline::ToBeEstablished { by, whom }) => {
            (String::new(), String::new(), by.to_string(), whom.clone())
        }
        None => Default::default(),
    };
    let breakdowns: Vec<String> =
        indicator.breakdowns.iter().map(|one| one.code().to_owned()).collect();
    filled(&[
        ("title", indicator.title.clone()),
        ("row", indicator.row.clone()),
        ("kind", indicator.kind.code().to_owned()),
        ("seen", revision.to_string()),
        ("definition", indicator.definition().map(|d| d.words.clone()).unwrap_or_default()),
        ("unit", text(&indicator.unit)),
        ("counted", indicator.counted.code().to_owned()),
        ("direction", indicator.direction.map(|d| d.code().to_owned()).unwrap_or_default()),
        ("frequency", text(&indicator.frequency)),
        ("source", text(&indicator.source)),
        ("baseline", value),
        ("baseline_on", on),
        ("baseline_by", by),
        ("baseline_whom", whom),
        ("computed", indicator.computed.as_ref().map_or("", Computed::code).to_owned()),
        ("instrument", instrument(indicator)),
        ("active", if indicator.active { "yes".into() } else { "no".into() }),
    ])
    .with("breakdowns", &breakdowns)
}

/// The instrument whose parties an indicator counts.
fn instrument(indicator: &Indicator) -> String {
    match &indicator.computed {
        Some(Computed::Adherence { instrument }) => instrument.to_string(),
        _ => String::new(),
    }
}

/// A figure in words, with the instrument whose parties are counted.
pub(super) fn figure_named(visit: &Visit, figure: &Computed) -> String {
    let name = word(visit, "plan-computed", figure.code());
    let Computed::Adherence { instrument } = figure else { return name };
    let known = visit.web.app().registers.instruments.get(instrument.as_str());
    let named = known.map_or_else(|| instrument.to_string(), |one| instrument_name(visit, one));
    format!("{name} ({named})")
}

/// What Palermo can work out, with its words.
pub(super) fn figures(visit: &Visit) -> Vec<(String, String)> {
    let named = |code: &&str| ((*code).to_owned(), word(visit, "plan-computed", code));
    Computed::CODES.iter().map(named).collect()
}

pub(super) fn instruments(visit: &Visit) -> Vec<(String, String)> {
    let all = visit.web.app().registers.instruments.all();
    let mut named: Vec<(String, String)> =
        all.map(|one| (one.id.to_string(), instrument_name(visit, one))).collect();
    named.sort_by(|a, b| visit.compare(&a.1, &b.1));
    named
}

/// What Palermo is to work out; nothing where values are reported.
pub(super) fn read_computed(problems: &mut Problems, form: &Form) -> Option<Computed> {
    let code = form.text("computed").trim();
    if code.is_empty() {
        return None;
    }
    let instrument = form.text("instrument").trim().parse().ok();
    let wanting = code == "adherence" && instrument.is_none();
    let read = Computed::from_code(code, instrument);
    if read.is_none() {
        let field = if wanting { "instrument" } else { "computed" };
        problems.add(field, Message::new("error-choose"));
    }
    read
}

/// What is measured, of which row, and how.
fn measured<'a>(page: FormPage<'a>, visit: &Visit, plan: &Plan, form: &Form) -> FormPage<'a> {
    let rows = plan.rows.iter().map(|row| {
        let named = format!("{} {}", row.number, row.title);
        let words: String = named.trim().chars().take(80).collect();
        (row.key.clone(), words)
    });
    page.lines("title", "plan-indicator", "", form.text("title"))
        .select("row", "plan-indicator-row", rows.collect(), form.text("row"))
        .radios(
            "kind",
            "plan-kind",
            options(visit, Kind::ALL, "plan-kind", Kind::code),
            form.text("kind"),
        )
        .lines("definition", "plan-definition", "", form.text("definition"))
        .text("unit", "plan-unit", "", form.text("unit"))
        .select(
            "counted",
            "plan-counted",
            options(visit, Counted::ALL, "plan-counted", Counted::code),
            form.text("counted"),
        )
        .hinted("plan-breakdowns-hint")
        .checkboxes(
            "breakdowns",
            "plan-breakdowns-more",
            options(visit, Breakdown::ALL, "plan-breakdown", Breakdown::code),
            form.list("breakdowns"),
        )
        .select(
            "direction",
            "plan-direction",
            options(visit, Direction::ALL, "plan-direction", Direction::code),
            form.text("direction"),
        )
        .text("frequency", "plan-frequency", "", form.text("frequency"))
        .text("source", "plan-source", "", form.text("source"))
}

/// The form of an indicator; of a new one without a key.
fn indicator_form(
    visit: &Visit,
    plan: &PlanOf,
    key: Option<&str>,
    form: &Form,
    problems: &Problems,
) -> Response {
    let code = &plan.entry.code;
    let active = ["yes", "no"].map(|a| (a.to_owned(), visit.text(&format!("word-{a}")))).to_vec();
    let (path, title, back) = match key {
        Some(key) => {
            let back = format!("/plans/{code}/indicators/{key}");
            (format!("{back}/edit"), "plan-edit-indicator", back)
        }
        None => (
            format!("/plans/{code}/indicators/new"),
            "plan-add-indicator",
            format!("/plans/{code}"),
        ),
    };
    let page = FormPage::new(visit, &path, problems).hidden("seen", form.text("seen"));
    let page = measured(page, visit, &plan.entry, form)
        .hinted("plan-computed-hint")
        .select("computed", "plan-computed", figures(visit), form.text("computed"))
        .hinted("plan-computed-instrument-hint")
        .select(
            "instrument",
            "plan-computed-instrument",
            instruments(visit),
            form.text("instrument"),
        )
        .text("baseline", "plan-baseline", "plan-baseline-hint", form.text("baseline"))
        .text("baseline_on", "plan-baseline-on", "plan-day-hint", form.text("baseline_on"))
        .text("baseline_by", "plan-baseline-by", "plan-day-hint", form.text("baseline_by"))
        .text("baseline_whom", "plan-baseline-whom", "", form.text("baseline_whom"))
        .radios("active", "plan-activate", active, form.text("active"));
    why_fields(page, &plan.entry, form).button("form-save").page(title, &back)
}

async fn ask_new(visit: Visit, Path(code): Path<String>) -> Answer {
    let plan = own(&visit, &code).await?;
    let form = filled(&[
        ("row", visit.query("row")),
        ("kind", Kind::Operational.code().to_owned()),
        ("counted", Counted::Other.code().to_owned()),
        ("active", "no".to_owned()),
        ("seen", plan.revision.0.to_string()),
    ]);
    Ok(indicator_form(&visit, &plan, None, &form, &Problems::default()))
}

async fn ask_indicator(visit: Visit, Path((code, key)): Path<(String, String)>) -> Answer {
    let plan = own(&visit, &code).await?;
    let indicator = plan.entry.indicator(&key).ok_or(Failure(Refused::NotFound))?;
    let form = indicator_now(indicator, plan.revision.0);
    Ok(indicator_form(&visit, &plan, Some(&key), &form, &Problems::default()))
}

fn read_indicator(old: &Indicator, form: &Form) -> Result<Indicator, Refused> {
    let mut problems = Problems::default();
    let text = |name: &str| form.text(name).trim().to_owned();
    let words = text("definition");
    let mut definitions = old.definitions.clone();
    match definitions.last_mut() {
        Some(last) => last.words = words,
        None if words.is_empty() => {}
        None => definitions.push(Definition { version: 1, words, since: None }),
    }
    let typed = form.text("baseline").replace(char::is_whitespace, "");
    let on = day_or_none(&mut problems, form, "baseline_on");
    let by = day_or_none(&mut problems, form, "baseline_by");
    let baseline = match (typed.as_str(), typed.parse::<f64>().ok(), on, by) {
        ("", _, _, Some(by)) => Some(Baseline::ToBeEstablished { by, whom: text("baseline_whom") }),
        ("", ..) => None,
        (_, Some(value), Some(on), _) => {
            Some(Baseline::Value { value, on, version: old.measured_by(value, on) })
        }
        (_, Some(_), None, _) => {
            problems.add("baseline_on", Message::new("error-required"));
            None
        }
        _ => {
            problems.add("baseline", Message::new("plan-error-number"));
            None
        }
    };
    let kind = choice::<Kind>(&mut problems, form, "kind");
    let counted = choice::<Counted>(&mut problems, form, "counted");
    let breakdowns = form.list("breakdowns").iter().filter_map(|one| one.parse().ok()).collect();
    let computed = read_computed(&mut problems, form);
    let indicator = Indicator {
        title: text("title"),
        row: text("row"),
        kind: kind.unwrap_or(old.kind),
        breakdowns,
        definitions,
        unit: optional(form, "unit"),
        counted: counted.unwrap_or(old.counted),
        direction: form.text("direction").parse().ok(),
        frequency: optional(form, "frequency"),
        source: optional(form, "source"),
        baseline,
        active: form.text("active") == "yes",
        computed,
        ..old.clone()
    };
    change::note(&mut problems, &indicator.problems());
    problems.none()?;
    Ok(indicator)
}

async fn add(Path(code): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let plan = own(&visit, &code).await?;
    let result = match read_indicator(&Indicator::new(""), &form) {
        Ok(indicator) => {
            let seen = palermo_app::desk::parse_revision(form.text("seen")).ok();
            let acting = visit.acting_once(&form);
            rows::add_indicator(&acting, &code, indicator, &why(&form), seen).await
        }
        Err(refused) => Err(refused),
    };
    let path = format!("/plans/{code}");
    answer(
        result,
        || done(&visit, &path, "plan-saved"),
        |problems| indicator_form(&visit, &plan, None, &form, problems),
    )
}

async fn edit_indicator(
    Path((code, key)): Path<(String, String)>,
    Sent { visit, form }: Sent,
) -> Answer {
    let plan = own(&visit, &code).await?;
    let old = plan.entry.indicator(&key).ok_or(Failure(Refused::NotFound))?;
    let result = match read_indicator(old, &form) {
        Ok(indicator) => {
            let seen = palermo_app::desk::parse_revision(form.text("seen")).ok();
            let acting = visit.acting_once(&form);
            change::put_indicator(&acting, &code, indicator, &why(&form), seen).await
        }
        Err(refused) => Err(refused),
    };
    let path = format!("/plans/{code}/indicators/{key}");
    answer(
        result,
        || done(&visit, &path, "plan-saved"),
        |problems| indicator_form(&visit, &plan, Some(&key), &form, problems),
    )
}

fn drop_form(
    visit: &Visit,
    plan: &PlanOf,
    key: &str,
    form: &Form,
    problems: &Problems,
) -> Response {
    let path = format!("/plans/{}/indicators/{key}", plan.entry.code);
    let found = plan.entry.indicator(key);
    let title = found.map(|one| titled(&one.title, &plan.entry.language)).unwrap_or_default();
    let page = FormPage::new(visit, &format!("{path}/drop"), problems)
        .hidden("seen", form.text("seen"))
        .part(format!("<p class=\"govuk-body-l\">{title}</p>"))
        .words("plan-drop-indicator-intro");
    why_fields(page, &plan.entry, form)
        .warning_button("plan-drop-indicator")
        .page("plan-drop-indicator", &path)
}

async fn ask_drop(visit: Visit, Path((code, key)): Path<(String, String)>) -> Answer {
    let plan = own(&visit, &code).await?;
    plan.entry.indicator(&key).ok_or(Failure(Refused::NotFound))?;
    let form = filled(&[("seen", plan.revision.0.to_string())]);
    Ok(drop_form(&visit, &plan, &key, &form, &Problems::default()))
}

async fn drop_indicator(
    Path((code, key)): Path<(String, String)>,
    Sent { visit, form }: Sent,
) -> Answer {
    let plan = own(&visit, &code).await?;
    let seen = palermo_app::desk::parse_revision(form.text("seen")).ok();
    let acting = visit.acting_once(&form);
    let result = rows::drop_indicator(&acting, &code, &key, &why(&form), seen).await;
    let path = format!("/plans/{code}");
    answer(
        result,
        || done(&visit, &path, "plan-saved"),
        |problems| drop_form(&visit, &plan, &key, &form, problems),
    )
}
