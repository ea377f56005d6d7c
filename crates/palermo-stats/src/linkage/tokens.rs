//! From a value to tokens: what two values must share to count as similar.

use super::LinkError;

/// How a value is cut into tokens (the `comparison` of a linkage schema).
#[derive(Debug, Clone, PartialEq)]
pub enum Comparison {
    /// Runs of `n` characters, the value padded by `n − 1` spaces on both sides.
    Ngram {
        /// Characters per token.
        n: usize,
        /// Whether the token tells its place, 1 for the first.
        positional: bool,
    },
    /// The whole value is one token.
    Exact,
    /// Numbers: the neighbourhood of the value (Vatsalan & Christen, J. Biomed. Inform. 59, 2016).
    Numeric {
        /// Distance above which two numbers share no token, times `10^fractional_precision`.
        interval: i128,
        /// Tokens to either side of the middle.
        resolution: i128,
        /// Decimal places that count.
        fractional_precision: u32,
    },
}

impl Comparison {
    /// Tokens of a value; none for an empty value.
    ///
    /// # Errors
    /// When a numeric comparison meets something that is not a number.
    ///
    /// # Example
    /// ```
    /// use palermo_stats::linkage::tokens::Comparison;
    ///
    /// let bigrams = Comparison::Ngram { n: 2, positional: true };
    /// assert_eq!(bigrams.tokens("Amé")?, ["1  A", "2 Am", "3 mé", "4 é "]);
    /// # Ok::<(), palermo_stats::linkage::LinkError>(())
    /// ```
    pub fn tokens(&self, value: &str) -> Result<Vec<String>, LinkError> {
        if value.is_empty() {
            return Ok(Vec::new());
        }
        match self {
            Self::Exact => Ok(vec![value.to_owned()]),
            Self::Ngram { n, positional } => Ok(ngrams(value, *n, *positional)),
            Self::Numeric { interval, resolution, fractional_precision } => {
                neighbourhood(value, *interval, *resolution, *fractional_precision)
                    .ok_or_else(|| LinkError::Values(vec![format!("`{value}` is not a number")]))
            }
        }
    }
}

fn ngrams(value: &str, n: usize, positional: bool) -> Vec<String> {
    let pad = n.saturating_sub(1);
    let padding = || std::iter::repeat_n(' ', pad);
    let letters: Vec<char> = padding().chain(value.chars()).chain(padding()).collect();
    letters
        .windows(n.max(1))
        .enumerate()
        .map(|(place, window)| {
            let gram: String = window.iter().collect();
            if positional { format!("{} {gram}", place + 1) } else { gram }
        })
        .collect()
}

fn neighbourhood(
    value: &str,
    interval: i128,
    resolution: i128,
    places: u32,
) -> Option<Vec<String>> {
    let scale = 10i128.checked_pow(places)?;
    let whole = match value.trim().parse::<i128>() {
        Ok(number) => number.checked_mul(scale)?,
        Err(_) => {
            let number: f64 = value.trim().parse().ok()?;
            let scaled = number * scale as f64;
            if scaled.is_nan() || scaled.abs() >= 1e30 {
                return None;
            }
            if places > 0 { scaled.round_ties_even() as i128 } else { scaled as i128 }
        }
    };
    let stretched = whole.checked_mul(2)?.checked_mul(resolution)?;
    let residue = stretched.rem_euclid(interval);
    let middle =
        if 2 * residue < interval { stretched - residue } else { stretched + (interval - residue) };
    Some((-resolution..=resolution).map(|step| (middle + step * interval).to_string()).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn close_numbers_share_most_of_their_neighbourhood() {
        let numeric = Comparison::Numeric { interval: 8, resolution: 2, fractional_precision: 0 };
        assert_eq!(numeric.tokens("25").unwrap(), ["88", "96", "104", "112", "120"]);
        assert_eq!(numeric.tokens("26").unwrap(), numeric.tokens("25").unwrap());
        assert!(numeric.tokens("twenty").is_err());
    }

    #[test]
    fn an_empty_value_has_no_tokens() {
        assert!(Comparison::Exact.tokens("").unwrap().is_empty());
        let bigrams = Comparison::Ngram { n: 2, positional: false };
        assert!(bigrams.tokens("").unwrap().is_empty());
    }
}
