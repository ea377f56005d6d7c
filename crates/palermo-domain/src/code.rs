//! Closed lists of codes: one enum a list, each value with the code that is
//! stored, exchanged and used as the end of its message id.

/// An enum whose values are the codes of a list.
macro_rules! coded {
    ($(#[$list:meta])* $name:ident { $($(#[$doc:meta])* $value:ident = $code:literal,)* }) => {
        $(#[$list])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$doc])* #[serde(rename = $code)] $value,)* }

        impl $name {
            /// All values, in the order shown.
            pub const ALL: &'static [Self] = &[$(Self::$value,)*];

            /// The code stored and exchanged.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$value => $code,)* }
            }

            /// The value with this code.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.code() == code)
            }
        }
    };
}

pub(crate) use coded;
