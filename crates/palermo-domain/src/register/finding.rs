//! What every hand-written file is read with: closed lists of words that say
//! which words there are when one is wrong, and the line a problem stands on.

/// The line, counted from 1, on which the byte at `offset` stands.
#[must_use]
pub fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|b| *b == b'\n').count() + 1
}

/// Makes an enumeration that is written as one of a few words in files, in
/// JSON and in the database, and says which words there are when it is wrong.
#[macro_export]
macro_rules! coded {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)+ }

        impl $name {
            /// Every value, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word used in files, JSON and the database.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::register::finding::NotAWord;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|v| v.code() == text).ok_or_else(|| {
                    $crate::register::finding::NotAWord {
                        written: text.to_owned(),
                        words: &[$($code,)+],
                    }
                })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <String as serde::Deserialize>::deserialize(deserializer)?
                    .parse()
                    .map_err(serde::de::Error::custom)
            }
        }
    };
}

/// A word that is not on the list of words allowed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is not one of {}", listed(words))]
pub struct NotAWord {
    /// What was written.
    pub written: String,
    /// What may be written.
    pub words: &'static [&'static str],
}

fn listed(words: &[&str]) -> String {
    words.iter().map(|w| format!("`{w}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    coded! {
        /// An answer.
        Answer { /** Yes. */ Yes = "yes", /** No. */ No = "no", }
    }

    #[test]
    fn a_word_reads_back_and_a_wrong_one_is_told_the_words_allowed() {
        assert_eq!("no".parse(), Ok(Answer::No));
        assert_eq!(Answer::Yes.to_string(), "yes");
        let error = "perhaps".parse::<Answer>().map_err(|e| e.to_string());
        assert_eq!(error, Err("`perhaps` is not one of `yes`, `no`".to_owned()));
    }

    #[test]
    fn lines_are_counted_from_one() {
        assert_eq!([0, 1, 2, 3, 99].map(|at| line_of("a\nb\n", at)), [1, 1, 2, 2, 3]);
    }
}
