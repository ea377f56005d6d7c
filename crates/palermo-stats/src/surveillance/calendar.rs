//! Which past periods match this one: the same month, or the week one, two,
//! three years before.
//!
//! With an index the anniversary is `frequency` periods back. With dates it is
//! found by the calendar: the same month for monthly and quarterly series, the
//! nearest same weekday for weekly ones (so that 52 and 53-week years do not
//! drift), the same day otherwise. Time is then counted in units of the first
//! spacing.
//!
//! ```
//! use palermo_stats::surveillance::calendar::{Calendar, day_of};
//! // Mondays of week 10 in 2021 and 2022.
//! let days: Vec<i64> = (0..60).map(|i| day_of("2021-03-08").unwrap_or(0) + 7 * i).collect();
//! let calendar = Calendar::dates(52, days)?;
//! assert_eq!(calendar.anniversaries(52, 1), Some(vec![52, 0]));
//! # Ok::<(), palermo_stats::surveillance::SurveillanceError>(())
//! ```

use super::{SurveillanceError, require};

/// Spacing of the periods in time.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    frequency: usize,
    /// Days since 1970-01-01, ascending; nothing for an index.
    days: Option<Vec<i64>>,
}

impl Calendar {
    /// Periods numbered one after another, `frequency` to the year.
    ///
    /// # Errors
    /// When the frequency is 0.
    pub fn index(frequency: usize) -> Result<Self, SurveillanceError> {
        require(frequency > 0, "frequency", frequency as f64, "at least 1 period a year")?;
        Ok(Self { frequency, days: None })
    }

    /// Periods with the days they start on (days since 1970-01-01).
    ///
    /// # Errors
    /// When the frequency is 0 or the days do not ascend.
    pub fn dates(frequency: usize, days: Vec<i64>) -> Result<Self, SurveillanceError> {
        let calendar = Self::index(frequency)?;
        if let Some(i) = days.windows(2).position(|pair| pair[0] >= pair[1]) {
            return Err(SurveillanceError::Order(i + 2));
        }
        Ok(Self { days: Some(days), ..calendar })
    }

    /// Periods to the year.
    #[must_use]
    pub fn frequency(&self) -> usize {
        self.frequency
    }

    /// Number of dated periods, nothing for an index.
    #[must_use]
    pub fn dated(&self) -> Option<usize> {
        self.days.as_ref().map(Vec::len)
    }

    /// The period `k` itself and its anniversaries one to `years` back, all
    /// 0-based; nothing when one of them is not in the series.
    #[must_use]
    pub fn anniversaries(&self, k: usize, years: usize) -> Option<Vec<usize>> {
        (0..=years)
            .map(|back| match &self.days {
                None => k.checked_sub(self.frequency * back),
                Some(days) => self.anniversary(days, k, back),
            })
            .collect()
    }

    fn anniversary(&self, days: &[i64], k: usize, back: usize) -> Option<usize> {
        let today = *days.get(k)?;
        let (year, month, day) = civil(today);
        let wanted = year - back as i64;
        if matches!(self.frequency, 1 | 2 | 3 | 4 | 6 | 12) {
            let first = day_number(wanted, month, 1);
            let at = days.partition_point(|&d| d < first);
            let (y, m, _) = civil(*days.get(at)?);
            return (y == wanted && m == month).then_some(at);
        }
        // 29 February falls on 1 March where there is none.
        let mut target = day_number(wanted, month, day);
        if self.frequency == 52 {
            let shift = (today - target).rem_euclid(7);
            target += if shift > 3 { shift - 7 } else { shift };
        }
        days.binary_search(&target).ok()
    }

    /// Time of period `i`, in units of the first spacing.
    #[must_use]
    pub fn time(&self, i: usize) -> f64 {
        match self.days.as_deref() {
            Some([first, second, ..]) => {
                let day = self.days.as_ref().and_then(|days| days.get(i)).unwrap_or(first);
                (day - first) as f64 / (second - first) as f64
            }
            _ => i as f64,
        }
    }
}

/// Days since 1970-01-01 of an ISO date `YYYY-MM-DD`; nothing when there is no
/// such day.
#[must_use]
pub fn day_of(iso: &str) -> Option<i64> {
    let mut parts = iso.trim().splitn(3, '-');
    let mut next = |digits: usize| {
        let part = parts.next().filter(|part| part.len() == digits)?;
        part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<i64>().ok()).flatten()
    };
    let (year, month, day) = (next(4)?, next(2)?, next(2)?);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let number = day_number(year, month, day);
    (civil(number) == (year, month, day)).then_some(number)
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar (years counted
/// from March, so that the leap day comes last).
fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day of a day number.
fn civil(number: i64) -> (i64, i64, i64) {
    let shifted = number + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let years = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * years + years / 4 - years / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (years + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_go_to_day_numbers_and_back() {
        assert_eq!(day_of("1970-01-01"), Some(0));
        assert_eq!(day_of("2000-03-01"), Some(11_017));
        for number in (-200_000..200_000).step_by(37) {
            let (year, month, day) = civil(number);
            assert_eq!(day_number(year, month, day), number);
        }
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for bad in ["2023-02-29", "2024-13-01", "2024-00-10", "24-01-01", "2024-01", "", "2024-1-1"]
        {
            assert_eq!(day_of(bad), None, "{bad}");
        }
        assert!(day_of("2024-02-29").is_some());
    }

    #[test]
    fn a_month_finds_its_anniversary_whatever_day_it_is_dated_on() -> Result<(), SurveillanceError>
    {
        let days = (0..40)
            .map(|i| day_number(2011 + (i + 1) / 12, (i + 1) % 12 + 1, 1) - 1) // month ends
            .collect();
        let calendar = Calendar::dates(12, days)?;
        assert_eq!(calendar.anniversaries(38, 3), Some(vec![38, 26, 14, 2]));
        assert_eq!(calendar.anniversaries(38, 4), None);
        Ok(())
    }
}
