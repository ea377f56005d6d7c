//! Amounts of money: exact, in the smallest unit of a currency.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// An amount in one currency. Written `1250.50 EUR`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    /// In the currency's smallest unit (cents, or whole francs where there are none).
    minor: i64,
    currency: [u8; 3],
}

/// A text that is no amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotMoney {
    /// No currency.
    #[error("`{0}` names no currency; write the amount and a code of ISO 4217, like `1250.50 EUR`")]
    NoCurrency(String),
    /// Not a number.
    #[error("`{0}` is not an amount; write it like `1250.50`, with at most {1} decimal places")]
    NotANumber(String, u32),
}

/// Decimal places of a currency (ISO 4217); two unless it is listed here.
const fn places(currency: [u8; 3]) -> u32 {
    match &currency {
        b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF"
        | b"UGX" | b"UYI" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
        b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
        _ => 2,
    }
}

impl Money {
    /// An amount in the smallest unit.
    #[must_use]
    pub const fn from_minor(minor: i64, currency: [u8; 3]) -> Self {
        Self { minor, currency }
    }

    /// In the smallest unit.
    #[must_use]
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// Code of the currency.
    #[must_use]
    pub fn currency(&self) -> &str {
        str::from_utf8(&self.currency).unwrap_or("XXX")
    }

    /// As a number, for a spreadsheet.
    #[must_use]
    pub fn number(self) -> f64 {
        self.minor as f64 / 10f64.powi(places(self.currency) as i32)
    }
}

impl FromStr for Money {
    type Err = NotMoney;

    fn from_str(text: &str) -> Result<Self, NotMoney> {
        let text = text.trim();
        let letters: String = text.chars().filter(char::is_ascii_alphabetic).collect();
        let currency: [u8; 3] = letters
            .to_ascii_uppercase()
            .into_bytes()
            .try_into()
            .map_err(|_| NotMoney::NoCurrency(text.to_owned()))?;
        let places = places(currency);
        let wrong = || NotMoney::NotANumber(text.to_owned(), places);
        // Spaces, narrow spaces and apostrophes group digits in one script or another.
        let digits: String = text
            .chars()
            .filter(|c| {
                !c.is_ascii_alphabetic() && !c.is_whitespace() && !"'’\u{202f}".contains(*c)
            })
            .collect();
        let (negative, digits) = match digits.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, digits.as_str()),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty()
            || !all_digits(whole)
            || !all_digits(part)
            || part.len() > places as usize
        {
            return Err(wrong());
        }
        let minor: i64 = format!("{whole}{part:0<width$}", width = places as usize)
            .parse()
            .map_err(|_| wrong())?;
        Ok(Self { minor: if negative { -minor } else { minor }, currency })
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = places(self.currency);
        let unit = 10u64.pow(places);
        let sign = if self.minor < 0 { "-" } else { "" };
        let size = self.minor.unsigned_abs();
        write!(f, "{sign}{}", size / unit)?;
        if places > 0 {
            write!(f, ".{:0width$}", size % unit, width = places as usize)?;
        }
        write!(f, " {}", self.currency())
    }
}

impl Serialize for Money {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn amounts_keep_the_places_of_their_currency() {
        let written = |text: &str| text.parse::<Money>().map(|money| money.to_string());
        assert_eq!(written("1 250.5 eur").unwrap(), "1250.50 EUR");
        assert_eq!(written("XOF 12’000").unwrap(), "12000 XOF");
        assert_eq!(written("-3.125 KWD").unwrap(), "-3.125 KWD");
        for wrong in
            ["12.5 XOF", "1,250.50 EUR", "EUR", "12", "1.234 EUR", "99999999999999999999 EUR"]
        {
            assert!(written(wrong).is_err(), "{wrong}");
        }
    }
}
