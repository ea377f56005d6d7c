//! Writing an indicator: what it counts, which way is better, where it begins, and
//! whether it reads a figure that Palermo works out.

use super::forms::{answer, day_or_none, own};
use crate::{
    components::Content,
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
    domain::plan::indicator::{Baseline, Computed, Counted, Definition, Direction, Indicator},
    plan::{ask::PlanOf, change},
};

pub(super) fn routes() -> Routes {
    Routes::new().page("/plans/{code}/indicators/{key}/edit", Action::EditPlan, ask_indicator).form(
        "/plans/{code}/indicators/{key}/edit",
        Action::EditPlan,
        edit_indicator,
    )
}

fn indicator_now(indicator: &Indicator) -> Form {
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
    let pairs = [
        ("title", indicator.title.clone()),
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
    ];
    let encoded: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{name}={}", crate::shell::gate::encode(value)))
        .collect();
    Form::parse(encoded.join("&").as_bytes())
}

/// The instrument whose parties an indicator counts.
fn instrument(indicator: &Indicator) -> String {
    match &indicator.computed {
        Some(Computed::Adherence { instrument }) => instrument.to_string(),
        _ => String::new(),
    }
}

/// What Palermo can work out, with its words.
fn figures(visit: &Visit) -> Vec<(String, String)> {
    let named = |code: &&str| ((*code).to_owned(), word(visit, "plan-computed", code));
    Computed::CODES.iter().map(named).collect()
}

fn instruments(visit: &Visit) -> Vec<(String, String)> {
    let all = visit.web.app().registers.instruments.all();
    let mut named: Vec<(String, String)> =
        all.map(|one| (one.id.to_string(), instrument_name(visit, one))).collect();
    named.sort_by(|a, b| visit.compare(&a.1, &b.1));
    named
}

/// What Palermo is to work out; nothing where values are reported.
fn read_computed(problems: &mut Problems, form: &Form) -> Option<Computed> {
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

fn indicator_form(
    visit: &Visit,
    plan: &PlanOf,
    key: &str,
    form: &Form,
    problems: &Problems,
) -> Response {
    let code = &plan.entry.code;
    let active = ["yes", "no"].map(|a| (a.to_owned(), visit.text(&format!("word-{a}")))).to_vec();
    FormPage::new(visit, &format!("/plans/{code}/indicators/{key}/edit"), problems)
        .part(format!("<p class=\"govuk-body-l\">{}</p>", Content::from(form.text("title"))))
        .hidden("title", form.text("title"))
        .lines("definition", "plan-definition", "", form.text("definition"))
        .text("unit", "plan-unit", "", form.text("unit"))
        .select(
            "counted",
            "plan-counted",
            options(visit, Counted::ALL, "plan-counted", Counted::code),
            form.text("counted"),
        )
        .select(
            "direction",
            "plan-direction",
            options(visit, Direction::ALL, "plan-direction", Direction::code),
            form.text("direction"),
        )
        .text("frequency", "plan-frequency", "", form.text("frequency"))
        .text("source", "plan-source", "", form.text("source"))
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
        .radios("active", "plan-activate", active, form.text("active"))
        .button("form-save")
        .page("plan-edit-indicator", &format!("/plans/{code}/indicators/{key}"))
}

async fn ask_indicator(visit: Visit, Path((code, key)): Path<(String, String)>) -> Answer {
    let plan = own(&visit, &code).await?;
    let indicator = plan.entry.indicator(&key).ok_or(Failure(Refused::NotFound))?;
    let form = indicator_now(indicator);
    Ok(indicator_form(&visit, &plan, &key, &form, &Problems::default()))
}

fn read_indicator(old: &Indicator, form: &Form) -> Result<Indicator, Refused> {
    let mut problems = Problems::default();
    let words = problems.bounded("definition", form.text("definition"), 2_000);
    let mut definitions = old.definitions.clone();
    match definitions.last_mut() {
        Some(last) => last.words = words,
        None if words.is_empty() => {}
        None => definitions.push(Definition { version: 1, words, since: None }),
    }
    let typed = form.text("baseline").replace(char::is_whitespace, "");
    let on = day_or_none(&mut problems, form, "baseline_on");
    let by = day_or_none(&mut problems, form, "baseline_by");
    let whom = problems.bounded("baseline_whom", form.text("baseline_whom"), 200);
    let version = definitions.last().map_or(1, |d| d.version);
    let baseline = match (typed.as_str(), typed.parse::<f64>().ok(), on, by) {
        ("", _, _, Some(by)) => Some(Baseline::ToBeEstablished { by, whom }),
        ("", ..) => None,
        (_, Some(value), Some(on), _) if value.is_finite() => {
            Some(Baseline::Value { value, on, version })
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
    let counted = choice::<Counted>(&mut problems, form, "counted");
    let computed = read_computed(&mut problems, form);
    problems.none()?;
    Ok(Indicator {
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
    })
}

async fn edit_indicator(
    Path((code, key)): Path<(String, String)>,
    Sent { visit, form }: Sent,
) -> Answer {
    let plan = own(&visit, &code).await?;
    let old = plan.entry.indicator(&key).ok_or(Failure(Refused::NotFound))?;
    let result = match read_indicator(old, &form) {
        Ok(indicator) => change::put_indicator(&visit.acting_once(&form), &code, indicator).await,
        Err(refused) => Err(refused),
    };
    let path = format!("/plans/{code}/indicators/{key}");
    answer(
        result,
        || done(&visit, &path, "plan-saved"),
        |problems| indicator_form(&visit, &plan, &key, &form, problems),
    )
}
