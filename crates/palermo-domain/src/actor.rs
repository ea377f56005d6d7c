//! Who acts: the subject of every audit entry.

use crate::id::{AccountId, SessionId, TokenId};
use serde::{Deserialize, Serialize};

/// Who did something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Actor {
    /// Someone not signed in.
    Public,
    /// A member of staff in a session.
    Account {
        /// Whose account.
        account: AccountId,
        /// In which session.
        session: SessionId,
    },
    /// A program with a token that a member of staff made.
    Token {
        /// Whose account the token speaks for.
        account: AccountId,
        /// Which token.
        token: TokenId,
    },
    /// Someone at the command line of the machine, by system user name.
    Operator {
        /// Name of the system user.
        user: String,
        /// The account named with `--as`, where the act needs one.
        account: Option<AccountId>,
    },
    /// The program itself: a deadline passed, an outbox item was sent.
    System {
        /// Which job.
        job: String,
    },
}

impl Actor {
    /// The account behind the act, if there is one.
    #[must_use]
    pub const fn account(&self) -> Option<AccountId> {
        match self {
            Self::Account { account, .. } | Self::Token { account, .. } => Some(*account),
            Self::Operator { account, .. } => *account,
            Self::Public | Self::System { .. } => None,
        }
    }
}
