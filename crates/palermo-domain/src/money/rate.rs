//! Rates between two currencies, each told by somebody with its day and source.
//! None is looked up, none is turned round and none is made of two others: what
//! nobody told a rate for is not converted.

use super::{Currency, Money, per_currency};
use crate::register::day::Day;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Most digits of a rate, and most places behind its point: more than any bank writes,
/// and products of them with any amount still fit.
const MOST_DIGITS: usize = 15;

/// What one unit of a currency is in another: an exact decimal above nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Factor {
    digits: u64,
    places: u32,
}

/// A text that is no rate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a rate; write a number above zero like `655.957`, with at most 15 digits")]
pub struct NotARate(pub String);

impl FromStr for Factor {
    type Err = NotARate;

    fn from_str(text: &str) -> Result<Self, NotARate> {
        let wrong = || NotARate(text.to_owned());
        let typed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let (whole, part) = typed.split_once('.').unwrap_or((typed.as_str(), ""));
        let all = format!("{whole}{part}");
        let plain = !whole.is_empty()
            && all.len() <= MOST_DIGITS
            && all.bytes().all(|byte| byte.is_ascii_digit());
        let digits = all.parse::<u64>().ok().filter(|digits| plain && *digits > 0);
        let digits = digits.ok_or_else(wrong)?;
        Ok(Self { digits, places: u32::try_from(part.len()).map_err(|_| wrong())? })
    }
}

impl fmt::Display for Factor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = 10u64.pow(self.places);
        write!(f, "{}", self.digits / unit)?;
        if self.places > 0 {
            let width = self.places as usize;
            write!(f, ".{:0width$}", self.digits % unit)?;
        }
        Ok(())
    }
}

impl Serialize for Factor {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Factor {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A rate as somebody told it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    /// One unit of this currency
    pub from: Currency,
    /// is, in this currency,
    pub to: Currency,
    /// so much,
    pub rate: Factor,
    /// on this day,
    pub on: Day,
    /// says who or what.
    pub source: String,
}

impl Rate {
    /// An amount in the other currency, rounded half away from nothing to its smallest
    /// unit. None for an amount of a third currency, or beyond all measure.
    #[must_use]
    pub fn convert(&self, money: Money) -> Option<Money> {
        if money.currency() != self.from {
            return None;
        }
        let top = i128::from(money.minor())
            .checked_mul(i128::from(self.rate.digits))?
            .checked_mul(10i128.pow(self.to.places()))?;
        let bottom = 10i128.pow(self.from.places() + self.rate.places);
        let half = if top < 0 { -(bottom / 2) } else { bottom / 2 };
        let minor = i64::try_from(top.checked_add(half)? / bottom).ok()?;
        Some(Money::from_minor(minor, self.to))
    }
}

/// Amounts of several currencies told in one, beside the amounts themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    /// The sum of what is in this currency already or was converted.
    pub total: Money,
    /// The rates it was converted at.
    pub at: Vec<Rate>,
    /// What no rate was told for, each currency apart: not in the total.
    pub not_converted: Vec<Money>,
}

/// The total of amounts in one currency, at the latest rate told for each other.
#[must_use]
pub fn total(amounts: impl IntoIterator<Item = Money>, to: Currency, rates: &[Rate]) -> Total {
    let (mut parts, mut at, mut not_converted) = (Vec::new(), Vec::new(), Vec::new());
    for sum in per_currency(amounts) {
        if sum.currency() == to {
            parts.push(sum);
            continue;
        }
        let told = rates.iter().filter(|rate| rate.from == sum.currency() && rate.to == to);
        match told.max_by_key(|rate| rate.on).and_then(|rate| Some((rate, rate.convert(sum)?))) {
            Some((rate, converted)) => {
                parts.push(converted);
                at.push(rate.clone());
            }
            None => not_converted.push(sum),
        }
    }
    let total = per_currency(parts).into_iter().next();
    Total { total: total.unwrap_or(Money::from_minor(0, to)), at, not_converted }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn money(text: &str) -> Money {
        text.parse().unwrap()
    }

    fn rate(from: &str, to: &str, rate: &str, on: &str) -> Rate {
        Rate {
            from: from.parse().unwrap(),
            to: to.parse().unwrap(),
            rate: rate.parse().unwrap(),
            on: on.parse().unwrap(),
            source: "an invented bank".into(),
        }
    }

    #[test]
    fn a_rate_is_an_exact_decimal_above_nothing() {
        for right in ["655.957", "0.0015245", "12"] {
            assert_eq!(right.parse::<Factor>().unwrap().to_string(), right);
        }
        for wrong in ["", "0", "0.00", "-1", "1,5", ".5", "1.2.3", "1234567890123456"] {
            assert!(wrong.parse::<Factor>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_amount_is_converted_to_the_smallest_unit_of_the_other_currency() {
        let to_francs = rate("EUR", "XOF", "655.957", "2026-01-02");
        assert_eq!(to_francs.convert(money("10.00 EUR")), Some(money("6560 XOF")));
        assert_eq!(to_francs.convert(money("-10.00 EUR")), Some(money("-6560 XOF")));
        let to_euros = rate("XOF", "EUR", "0.00152449", "2026-01-02");
        assert_eq!(to_euros.convert(money("95000000 XOF")), Some(money("144826.55 EUR")));
        assert_eq!(to_euros.convert(money("10.00 EUR")), None, "never turned round");
    }

    #[test]
    fn req_231_a_total_says_at_which_rates_and_leaves_out_what_none_was_told_for() {
        let rates = [
            rate("XOF", "EUR", "0.001", "2025-01-02"),
            rate("XOF", "EUR", "0.002", "2026-01-02"),
            rate("USD", "XOF", "600", "2026-01-02"),
        ];
        let amounts = ["100.00 EUR", "1000 XOF", "50.00 USD", "5.00 EUR"].map(money);
        let told = total(amounts, "EUR".parse().unwrap(), &rates);
        assert_eq!(told.total, money("107.00 EUR"));
        assert_eq!(told.at, [rates[1].clone()], "the latest rate, and no rate of two others");
        assert_eq!(told.not_converted, [money("50.00 USD")]);
    }
}
