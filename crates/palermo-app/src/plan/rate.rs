//! Rates that the editors of a plan tell, each with its day and source (R231), and the
//! currency its totals are told in. No rate is fetched from anywhere.

use super::change::edit;
use crate::{Acting, App, Message, Problems, Refused};
use palermo_domain::{
    money::{
        Currency,
        rate::{Factor, Rate},
    },
    plan::Plan,
    register::day::Day,
};
use palermo_store::Revision;
use std::fmt::Display;

/// The currency in which the mechanism of a plan tells totals, if its profile says.
#[must_use]
pub fn currency(app: &App, plan: &Plan) -> Option<Currency> {
    of_mechanism(app, plan.mechanism.as_deref()?)
}

/// The currency in which a mechanism tells totals, if its profile says.
#[must_use]
pub fn of_mechanism(app: &App, mechanism: &str) -> Option<Currency> {
    app.content.mechanisms().get(mechanism)?.currency
}

/// A rate as it was typed.
#[derive(Debug, Clone, Default)]
pub struct TypedRate {
    /// One unit of this currency
    pub from: String,
    /// is, in this one,
    pub to: String,
    /// so much,
    pub rate: String,
    /// on this day,
    pub on: String,
    /// says who or what.
    pub source: String,
}

/// What is typed, or a problem at its field.
fn read<T: std::str::FromStr<Err: Display>>(
    problems: &mut Problems,
    field: &str,
    text: &str,
) -> Option<T> {
    match text.trim().parse::<T>() {
        Ok(read) => Some(read),
        Err(why) => {
            problems.add(field, Message::new("error-register-entry").with("why", why.to_string()));
            None
        }
    }
}

/// A currency in use; three letters that are none are a slip.
fn known(problems: &mut Problems, field: &str, text: &str) -> Option<Currency> {
    let currency: Currency = read(problems, field, text)?;
    if !currency.is_in_use() {
        problems.add(field, Message::new("error-currency").with("code", currency));
        return None;
    }
    Some(currency)
}

impl TypedRate {
    /// The rate, every problem noted at its field: that of the form with this in front.
    pub(crate) fn rate(&self, problems: &mut Problems, front: &str, today: Day) -> Option<Rate> {
        let field = |name: &str| format!("{front}{name}");
        let from = known(problems, &field("from"), &self.from);
        let to = known(problems, &field("to"), &self.to);
        if from.is_some() && from == to {
            problems.add(&field("to"), Message::new("error-rate-same"));
        }
        let rate = read::<Factor>(problems, &field("rate"), &self.rate);
        let on = self.on.trim().parse::<Day>().ok();
        match on {
            None => problems.add(&field("on"), Message::new("error-partial-date")),
            Some(on) if on > today => problems.add(&field("on"), Message::new("care-error-future")),
            Some(_) => {}
        }
        let source = problems.required(&field("source"), &self.source, 300);
        Some(Rate { from: from?, to: to?, rate: rate?, on: on?, source })
    }
}

/// Tells a rate of one's own plan; one of the same currencies and day is corrected.
///
/// # Errors
/// [`Refused`], every field that is wrong at once.
pub async fn tell(acting: &Acting<'_>, code: &str, typed: &TypedRate) -> Result<Revision, Refused> {
    let mut problems = Problems::default();
    let rate = typed.rate(&mut problems, "", acting.now().date().into());
    edit(acting, code, None, |plan| {
        problems.none()?;
        plan.tell_rate(rate.ok_or(Refused::NotFound)?);
        Ok(())
    })
    .await
}
