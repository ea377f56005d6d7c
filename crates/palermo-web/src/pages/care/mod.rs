//! Care within a case: the plan, its records and their forms, a month's end,
//! and what a worker does about the person's own view.

mod changed;
mod figures;
mod form;
mod month;
mod own;
mod plan;
mod returns;

pub(crate) use changed::changed;
pub(crate) use plan::section;

use super::Answer;
use crate::shell::{form::Form, route::Routes, visit::Visit};
use palermo_app::{
    access::Action,
    domain::care::{
        CareKind,
        form::{Field, FieldType, Typed},
    },
};
use serde_json::{Map, Value};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/cases/{id}/care", Action::ReadCare, plan::show)
        .page("/cases/{id}/care/new/{kind}", Action::WriteCare, form::ask)
        .form("/cases/{id}/care/new/{kind}", Action::WriteCare, form::write)
        .page("/cases/{id}/care/{record}/edit", Action::WriteCare, form::ask_change)
        .form("/cases/{id}/care/{record}/edit", Action::WriteCare, form::change)
        .form("/cases/{id}/care/{record}/suspend", Action::WriteCare, form::suspend)
        .page("/forms/care/{kind}", Action::PublicRead, form::paper)
        .page("/month-end", Action::MonthEnd, month::show)
        .download("/month-end.xlsx", Action::MonthEnd, month::workbook)
        .page("/own-figures", Action::CountCases, figures::show)
        .download("/own-figures.csv", Action::CountCases, figures::csv)
        .download("/own-figures.xlsx", Action::CountCases, figures::workbook)
        .page("/cases/{id}/own-view", Action::PrepareOwnView, own::ask)
        .form("/cases/{id}/own-view", Action::PrepareOwnView, own::prepare)
        .page("/cases/{id}/own-view/write-down", Action::PrepareOwnView, own::ask_write_down)
        .form("/cases/{id}/own-view/write-down", Action::PrepareOwnView, own::write_down)
        .page("/cases/{id}/own-view/{request}", Action::PrepareOwnView, own::ask_answer)
        .form("/cases/{id}/own-view/{request}", Action::PrepareOwnView, own::answered)
        .page("/complaints", Action::ReadComplaints, own::complaints)
        .page("/complaints/{request}", Action::ReadComplaints, own::ask_complaint)
        .form("/complaints/{request}", Action::ReadComplaints, own::complaint_answered)
}

/// What one value of a field says in the reader's words.
pub(super) fn said(visit: &Visit, field: &Field, value: &Value) -> String {
    let word = |code: &str| match &field.list {
        Some(list) => visit.text(&format!("care-code-{list}-{code}")),
        None => code.to_owned(),
    };
    match (field.takes, value) {
        (FieldType::Flag, Value::Bool(yes)) => {
            visit.text(if *yes { "word-yes" } else { "word-no" })
        }
        (FieldType::Day, Value::String(day)) => day
            .parse::<palermo_app::domain::register::day::Day>()
            .map_or_else(|_| day.clone(), |day| visit.date(day.date())),
        (FieldType::Money, Value::String(told)) => {
            told.parse().map_or_else(|_| told.clone(), |money| visit.money(money))
        }
        (FieldType::Money, Value::Number(units)) => {
            let units = visit.number(units.as_f64().unwrap_or_default());
            format!("{units} ({})", visit.text("figures-currency-untold"))
        }
        (_, Value::Array(codes)) => {
            let words: Vec<String> = codes.iter().filter_map(Value::as_str).map(word).collect();
            words.join("; ")
        }
        (_, Value::String(code)) => word(code),
        (_, Value::Number(number)) => visit.number(number.as_f64().unwrap_or_default()),
        _ => String::new(),
    }
}

/// The label of a field.
pub(super) fn label(field: &Field) -> String {
    format!("care-field-{}", field.name)
}

/// What was sent, by field; a day's boxes become one value, kept as typed if
/// it is no day.
fn typed(fields: &[Field], form: &Form) -> Typed {
    let mut typed = Typed::new();
    for field in fields {
        let values = match field.takes {
            FieldType::Day => {
                let part = |part: &str| form.text(&format!("{}-{part}", field.name)).trim();
                let (day, month, year) = (part("day"), part("month"), part("year"));
                if day.is_empty() && month.is_empty() && year.is_empty() {
                    Vec::new()
                } else {
                    vec![iso(day, month, year)]
                }
            }
            _ => form.list(&field.name).iter().map(|value| value.replace("\r\n", "\n")).collect(),
        };
        typed.insert(field.name.clone(), values);
    }
    typed
}

fn iso(day: &str, month: &str, year: &str) -> String {
    match (day.parse::<u8>(), month.parse::<u8>(), year.parse::<u16>()) {
        (Ok(d), Ok(m), Ok(y)) if (1..=12).contains(&m) && (1..=31).contains(&d) => {
            let iso = format!("{y:04}-{m:02}-{d:02}");
            let known = iso.parse::<palermo_app::domain::register::day::Day>().is_ok();
            if known { iso } else { format!("{day}/{month}/{year}") }
        }
        _ => format!("{day}/{month}/{year}"),
    }
}

/// The three boxes of a day that was stored or typed.
fn boxes(value: &str) -> [String; 3] {
    let trimmed = |text: &str| text.trim_start_matches('0').to_owned();
    let iso: Vec<&str> = value.split('-').collect();
    if let [year, month, day] = iso[..] {
        return [trimmed(day), trimmed(month), year.to_owned()];
    }
    let mut parts = value.splitn(3, '/').map(str::to_owned);
    std::array::from_fn(|_| parts.next().unwrap_or_default())
}

/// Stored facts as a form shows them again.
fn as_typed(facts: &Map<String, Value>) -> Typed {
    let text = |value: &Value| match value {
        Value::String(text) => vec![text.clone()],
        Value::Bool(true) => vec!["yes".to_owned()],
        Value::Number(number) => vec![number.to_string()],
        Value::Array(all) => all.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    facts.iter().map(|(field, value)| (field.clone(), text(value))).collect()
}

/// A kind named in an address.
fn kind_of(code: &str) -> Result<CareKind, palermo_app::Refused> {
    CareKind::from_code(code).ok_or(palermo_app::Refused::NotFound)
}
