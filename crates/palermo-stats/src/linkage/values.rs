//! Checks a value against its column's format and brings it into the one
//! spelling that is encoded.

use super::schema::{Case, Format, Hashing};

/// The value as it is cut into tokens, or what is wrong with it.
pub(super) fn prepared(hashing: &Hashing, value: &str) -> Result<String, String> {
    if let Some((sentinel, instead)) = &hashing.missing
        && value == sentinel
    {
        return Ok(instead.clone());
    }
    match &hashing.format {
        Format::Text { case, min, max } => {
            let length = value.chars().count();
            if length < *min || max.is_some_and(|max| length > max) {
                return Err(format!("`{value}` is too short or too long"));
            }
            let fits = match case {
                Case::Mixed => true,
                Case::Upper => value == value.to_uppercase(),
                Case::Lower => value == value.to_lowercase(),
            };
            if !fits {
                return Err(format!("`{value}` is not in the case that was agreed"));
            }
            Ok(value.to_owned())
        }
        Format::Integer { min, max } => {
            let number: i128 =
                value.trim().parse().map_err(|_| format!("`{value}` is not a whole number"))?;
            if number < *min || max.is_some_and(|max| number > max) {
                return Err(format!("`{value}` is out of range"));
            }
            Ok(number.to_string())
        }
        Format::Date(pattern) => {
            date(pattern, value).ok_or_else(|| format!("`{value}` is not a date as `{pattern}`"))
        }
        Format::Enum(values) => {
            if values.iter().any(|allowed| allowed == value) {
                Ok(value.to_owned())
            } else {
                Err(format!("`{value}` is not one of the agreed values"))
            }
        }
    }
}

/// `YYYYMMDD` of a date written in the pattern.
fn date(pattern: &str, value: &str) -> Option<String> {
    let (mut year, mut month, mut day) = (None, None, None);
    let mut rest = value;
    let mut marks = pattern.chars();
    while let Some(mark) = marks.next() {
        if mark != '%' {
            rest = rest.strip_prefix(mark)?;
            continue;
        }
        let (slot, fewest, most) = match marks.next()? {
            'Y' => (&mut year, 4, 4),
            'm' => (&mut month, 1, 2),
            _ => (&mut day, 1, 2),
        };
        let digits = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
        if digits < fewest {
            return None;
        }
        *slot = Some(rest.get(..digits)?.parse::<u32>().ok()?);
        rest = rest.get(digits..)?;
    }
    let (year, month, day) = (year?, month?, day?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    (rest.is_empty() && year > 0 && (1..=last).contains(&day))
        .then(|| format!("{year:04}{month:02}{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_by_their_pattern_and_must_exist() {
        assert_eq!(date("%d/%m/%Y", "3/12/1999").as_deref(), Some("19991203"));
        assert_eq!(date("%Y-%m-%d", "2000-02-29").as_deref(), Some("20000229"));
        assert_eq!(date("%Y-%m-%d", "1900-02-29"), None);
        assert_eq!(date("%Y-%m-%d", "1999-02-03x"), None);
    }
}
