//! What the money of a plan comes to: each currency as it was told and, beside it, a
//! total in one at rates its editors told, with their day and source (R231).

use super::{
    forms::{answer, own},
    titled,
};
use crate::{
    components::Content,
    pages::{
        Answer,
        register::common::{Body, day, link},
    },
    shell::{
        form::Form,
        forms::{FormPage, done},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems,
    access::Action,
    domain::{
        money::{
            Money, per_currency,
            rate::{Rate, Total},
        },
        plan::{PlanStatus, totals::Pick},
    },
    plan::{
        ask::{self, PlanOf},
        rate::{self, TypedRate},
    },
};

pub(super) fn routes() -> Routes {
    Routes::new().page("/plans/{code}/rates", Action::EditPlan, ask_rate).form(
        "/plans/{code}/rates",
        Action::EditPlan,
        tell,
    )
}

/// The money of a plan with what it comes to; nothing where none is told.
pub(super) fn section(body: &mut Body<'_>, plan: &PlanOf) {
    let visit = body.visit;
    let entry = &plan.entry;
    let currency = rate::currency(visit.web.app(), entry);
    let picks: [(&str, Pick); 2] =
        [("plan-budget", |row| row.budget), ("plan-allocated", |row| row.allocated)];
    let mut rows = Vec::new();
    for (id, pick) in picks {
        let amounts = entry.amounts(pick);
        if amounts.is_empty() {
            continue;
        }
        let total = entry.total(pick, currency);
        rows.push(vec![
            visit.text(id).into(),
            in_lines(per_currency(amounts).into_iter().map(|sum| told(visit, sum))),
            total.map_or_else(
                || Content::from("–"),
                |total| converted(visit, &entry.language, &total),
            ),
        ]);
    }
    if rows.is_empty() {
        return;
    }
    body.heading("plan-money");
    let heads = ["plan-money-of", "plan-money-told", "plan-money-total"];
    body.table("money", "plan-money", &heads, rows);
    body.say("plan-money-why");
    if ask::is_own(&visit.acting(), plan) && entry.status != PlanStatus::Closed {
        let path = format!("/plans/{}/rates", entry.code);
        body.paragraph(link(visit, &path, visit.text("plan-rate-tell")));
    }
}

fn told(visit: &Visit, money: Money) -> String {
    format!("<bdi>{}</bdi>", Content::from(visit.money(money)))
}

fn in_lines(lines: impl Iterator<Item = String>) -> Content {
    Content::Html(lines.collect::<Vec<_>>().join("<br>"))
}

/// A total with the rates it was made at, and what is not in it. Of what nobody told a
/// rate for there is no total.
fn converted(visit: &Visit, language: &str, total: &Total) -> Content {
    let mut lines = Vec::new();
    if !total.at.is_empty() || total.total.minor() != 0 {
        lines.push(told(visit, total.total));
    }
    let muted = |words: String| format!("<span class=\"p-small p-muted\">{words}</span>");
    lines.extend(total.at.iter().map(|rate| muted(at(visit, language, rate))));
    if !total.not_converted.is_empty() {
        let left: Vec<String> =
            total.not_converted.iter().map(|money| visit.money(*money)).collect();
        let left = left.join("; ");
        let words = visit.format("plan-money-not-converted", &[("amounts", left.into())]);
        lines.push(muted(Content::from(words).to_string()));
    }
    in_lines(lines.into_iter())
}

/// "1 XOF = 0.00152449 EUR on 2 January 2026, the bank": the rate in the digits it was
/// told in, since rounding it for a reader would make another rate.
fn at(visit: &Visit, language: &str, rate: &Rate) -> String {
    let words = visit.format(
        "plan-rate-at",
        &[
            ("from", rate.from.to_string().into()),
            ("rate", rate.rate.to_string().into()),
            ("to", rate.to.to_string().into()),
            ("day", day(visit, rate.on).into()),
        ],
    );
    format!("{}, {}", Content::from(words), titled(&rate.source, language))
}

fn form_page(visit: &Visit, plan: &PlanOf, form: &Form, problems: &Problems) -> Response {
    let entry = &plan.entry;
    let code = &entry.code;
    let own = rate::currency(visit.web.app(), entry);
    let first = entry.total_currency(own).map(|currency| currency.to_string());
    let to = match form.text("to") {
        "" => first.unwrap_or_default(),
        typed => typed.to_owned(),
    };
    let rates: String = entry
        .rates
        .iter()
        .map(|rate| format!("<li>{}</li>", at(visit, &entry.language, rate)))
        .collect();
    let mut page =
        FormPage::new(visit, &format!("/plans/{code}/rates"), problems).words("plan-rate-intro");
    if !rates.is_empty() {
        page = page.part(format!("<ul class=\"govuk-list govuk-list--bullet\">{rates}</ul>"));
    }
    page.text("from", "plan-rate-from", "plan-rate-currency-hint", form.text("from"))
        .text("rate", "plan-rate", "plan-rate-hint", form.text("rate"))
        .text("to", "plan-rate-to", "plan-rate-currency-hint", &to)
        .text("on", "plan-rate-on", "plan-day-hint", form.text("on"))
        .text("source", "plan-rate-source", "plan-rate-source-hint", form.text("source"))
        .button("form-save")
        .page("plan-rate-tell", &format!("/plans/{code}"))
}

async fn ask_rate(visit: Visit, Path(code): Path<String>) -> Answer {
    let plan = own(&visit, &code).await?;
    Ok(form_page(&visit, &plan, &Form::default(), &Problems::default()))
}

async fn tell(Path(code): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let plan = own(&visit, &code).await?;
    let text = |name: &str| form.text(name).to_owned();
    let typed = TypedRate {
        from: text("from"),
        to: text("to"),
        rate: text("rate"),
        on: text("on"),
        source: text("source"),
    };
    let result = rate::tell(&visit.acting_once(&form), &code, &typed).await;
    let path = format!("/plans/{code}");
    answer(
        result,
        || done(&visit, &path, "plan-saved"),
        |problems| form_page(&visit, &plan, &form, problems),
    )
}
