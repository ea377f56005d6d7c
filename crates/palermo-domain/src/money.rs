//! Amounts of money: exact, in the smallest unit of a currency, never added
//! across currencies. What another currency makes of them is in [`rate`].

pub mod rate;

use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt, str::FromStr};

/// Codes of ISO 4217 that are in use. A stored amount is read whatever its code,
/// so that a currency that ends takes no record with it; what is typed anew is
/// looked up here.
const IN_USE: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB \
BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR \
FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES \
KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR \
MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR \
SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH \
UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";

/// A currency by its code of ISO 4217.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

/// A text that is no code of a currency.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a code of a currency; write three letters of ISO 4217, like `EUR`")]
pub struct NotACurrency(pub String);

impl Currency {
    /// The code.
    #[must_use]
    pub fn code(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// Whether the code is in use, rather than three letters someone typed.
    #[must_use]
    pub fn is_in_use(&self) -> bool {
        IN_USE.split(' ').any(|code| code == self.code())
    }

    /// Decimal places (ISO 4217); two unless it is listed here.
    #[must_use]
    pub const fn places(self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG"
            | b"RWF" | b"UGX" | b"UYI" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }
}

impl FromStr for Currency {
    type Err = NotACurrency;

    fn from_str(text: &str) -> Result<Self, NotACurrency> {
        let code = text.trim().to_ascii_uppercase().into_bytes();
        let code: [u8; 3] = code.try_into().map_err(|_| NotACurrency(text.to_owned()))?;
        if code.iter().all(u8::is_ascii_uppercase) {
            Ok(Self(code))
        } else {
            Err(NotACurrency(text.to_owned()))
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

/// An amount in one currency. Written `1250.50 EUR`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    /// In the currency's smallest unit (cents, or whole francs where there are none).
    minor: i64,
    currency: Currency,
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

impl Money {
    /// An amount in the smallest unit.
    #[must_use]
    pub const fn from_minor(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// In the smallest unit.
    #[must_use]
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// The currency.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// As a number, for a spreadsheet or a reader.
    #[must_use]
    pub fn number(self) -> f64 {
        self.minor as f64 / 10f64.powi(self.currency.places() as i32)
    }

    /// Whole units of the currency, rounded down: for coarse sums. Nothing is owed
    /// the other way, so less than none is none.
    #[must_use]
    pub fn whole(self) -> u64 {
        u64::try_from(self.minor).unwrap_or(0) / 10u64.pow(self.currency.places())
    }
}

/// Amounts added up, each currency apart, in the order of their codes.
#[must_use]
pub fn per_currency(amounts: impl IntoIterator<Item = Money>) -> Vec<Money> {
    let mut sums: BTreeMap<Currency, i64> = BTreeMap::new();
    for one in amounts {
        let sum = sums.entry(one.currency).or_default();
        *sum = sum.saturating_add(one.minor);
    }
    sums.into_iter().map(|(currency, minor)| Money { minor, currency }).collect()
}

impl FromStr for Money {
    type Err = NotMoney;

    fn from_str(text: &str) -> Result<Self, NotMoney> {
        let text = text.trim();
        let letters: String = text.chars().filter(char::is_ascii_alphabetic).collect();
        let currency: Currency =
            letters.parse().map_err(|_| NotMoney::NoCurrency(text.to_owned()))?;
        let places = currency.places();
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
        let places = self.currency.places();
        let unit = 10u64.pow(places);
        let sign = if self.minor < 0 { "-" } else { "" };
        let size = self.minor.unsigned_abs();
        write!(f, "{sign}{}", size / unit)?;
        if places > 0 {
            write!(f, ".{:0width$}", size % unit, width = places as usize)?;
        }
        write!(f, " {}", self.currency)
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

    #[test]
    fn amounts_are_added_up_each_currency_apart() {
        let money = |text: &str| text.parse::<Money>().unwrap();
        let sums = per_currency(["10.50 EUR", "300 XOF", "0.50 EUR"].map(money));
        assert_eq!(sums, ["11.00 EUR", "300 XOF"].map(money));
        assert_eq!(money("1999.99 EUR").whole(), 1_999);
        assert!(money("1 EUR").currency().is_in_use() && !money("1 EUT").currency().is_in_use());
    }
}
