//! Numbers as a reader writes them.
//!
//! Groups of three are kept apart by a narrow space that does not break (U+202F), as the
//! International System asks: a comma and a point mean opposite things in the languages of one
//! region. The decimal sign is the language's own.

use crate::Language;
use crate::cache::cached;
use fixed_decimal::{Decimal, SignedRoundingMode, UnsignedRoundingMode};
use icu_decimal::{
    DecimalFormatter,
    options::{DecimalFormatterOptions, GroupingStrategy},
};
use writeable::Writeable;

/// The narrow space between groups of digits.
const GROUP: char = '\u{202f}';

/// A number with the decimals it has, up to six. `own_digits` asks for the language's own
/// digits where it has some (Arabic ٠١٢), else the digits are 0 to 9.
#[must_use]
pub fn number(language: Language, own_digits: bool, number: f64) -> String {
    match decimal(number, None) {
        Some(decimal) => written(language, own_digits, &decimal),
        None => "–".to_owned(),
    }
}

/// A whole number.
#[must_use]
pub fn whole(language: Language, own_digits: bool, number: i64) -> String {
    written(language, own_digits, &Decimal::from(number))
}

/// A number with exactly so many decimals, rounded half to even.
#[must_use]
pub fn fixed(language: Language, own_digits: bool, number: f64, decimals: u8) -> String {
    match decimal(number, Some(decimals)) {
        Some(decimal) => written(language, own_digits, &decimal),
        None => "–".to_owned(),
    }
}

/// Per cent, from a number of hundredths: `percent(…, 6.25, 1)` is "6.3%" or "6,3 %".
#[must_use]
pub fn percent(language: Language, own_digits: bool, number: f64, decimals: u8) -> String {
    let digits = fixed(language, own_digits, number, decimals);
    signed(language, own_digits, &digits)
}

/// A change in per cent, always with its sign: "+6%", "−2%".
#[must_use]
pub fn change(language: Language, own_digits: bool, number: f64, decimals: u8) -> String {
    let digits = fixed(language, own_digits, number.abs(), decimals);
    let sign = if number < 0.0 { "\u{2212}" } else { "+" };
    signed(language, own_digits, &format!("{sign}{digits}"))
}

/// Sets the sign of per cent as the language does. In Arabic a mark of direction on either side
/// keeps sign and digits together wherever they stand.
fn signed(language: Language, own_digits: bool, digits: &str) -> String {
    match language {
        Language::En => format!("{digits}%"),
        Language::Fr => format!("{digits}\u{202f}%"),
        Language::Es => format!("{digits}\u{a0}%"),
        Language::Ar if own_digits => format!("\u{61c}{digits}٪\u{61c}"),
        Language::Ar => format!("\u{200e}{digits}%\u{200e}"),
    }
}

/// The shortest decimal that is this number, or rounded to `decimals`; none for what is not a
/// number.
fn decimal(number: f64, decimals: Option<u8>) -> Option<Decimal> {
    if !number.is_finite() {
        return None;
    }
    let mut decimal: Decimal = match decimals {
        Some(decimals) => format!("{number:.*}", usize::from(decimals) + 6),
        None => format!("{number:.6}"),
    }
    .parse()
    .ok()?;
    let half_even = SignedRoundingMode::Unsigned(UnsignedRoundingMode::HalfEven);
    match decimals {
        Some(decimals) => {
            decimal.round_with_mode(-i16::from(decimals), half_even);
            decimal.absolute.pad_end(-i16::from(decimals));
        }
        None => decimal.absolute.trim_end(),
    }
    if decimal.absolute.is_zero() {
        decimal.sign = fixed_decimal::Sign::None;
    }
    Some(decimal)
}

fn written(language: Language, own_digits: bool, decimal: &Decimal) -> String {
    let shown = cached(language, own_digits, |locale| {
        let mut options = DecimalFormatterOptions::default();
        options.grouping_strategy = Some(GroupingStrategy::Always);
        DecimalFormatter::try_new(locale.into(), options).ok()
    });
    match shown {
        Some(formatter) => with_narrow_groups(&formatter.format(decimal)),
        None => decimal.to_string(),
    }
}

/// Writes what is a group sign as the narrow space, whatever the language uses.
fn with_narrow_groups(number: &impl Writeable) -> String {
    struct Groups(String, bool);
    impl std::fmt::Write for Groups {
        fn write_str(&mut self, text: &str) -> std::fmt::Result {
            if self.1 {
                self.0.push(GROUP);
            } else {
                self.0.push_str(text);
            }
            Ok(())
        }
    }
    impl writeable::PartsWrite for Groups {
        type SubPartsWrite = Self;
        fn with_part(
            &mut self,
            part: writeable::Part,
            mut write: impl FnMut(&mut Self) -> std::fmt::Result,
        ) -> std::fmt::Result {
            let outer = self.1;
            self.1 = outer || part == icu_decimal::parts::GROUP;
            let outcome = write(self);
            self.1 = outer;
            outcome
        }
    }
    let mut groups = Groups(String::new(), false);
    // Writing to a string cannot fail.
    let _ = number.write_to_parts(&mut groups);
    groups.0
}
