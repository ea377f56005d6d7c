//! Ways to reach a person, each with what is safe on it. Not known means no:
//! nothing is called, written or left where it was not said to be safe (E12).

use crate::{
    code::coded,
    id::{ChannelId, PersonId, TenantId},
};
use serde::{Deserialize, Serialize};

coded! {
    /// A kind of channel.
    ChannelKind {
        /// Telephone.
        Telephone = "telephone",
        /// Text message or messenger.
        Message = "message",
        /// E-mail.
        Email = "email",
        /// Letter.
        Letter = "letter",
        /// A visit.
        Visit = "visit",
        /// Through someone the person trusts.
        Through = "through",
    }
}

coded! {
    /// Whether something is safe.
    Safe {
        /// The person said so.
        Yes = "yes",
        /// The person said it is not.
        No = "no",
        /// Not asked or not known: then it is not done.
        Unknown = "unknown",
    }
}

coded! {
    /// What someone wants to do on a channel.
    Reach {
        /// Call or speak.
        Call = "call",
        /// Leave a message.
        LeaveMessage = "leave_message",
        /// Write.
        Write = "write",
    }
}

/// A way to reach a person. The number or address itself, the name to use and
/// the safe times are sealed in the compartment identity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channel {
    /// Organisation.
    pub tenant: TenantId,
    /// Id.
    pub id: ChannelId,
    /// Whose.
    pub person: PersonId,
    /// Kind.
    pub kind: ChannelKind,
    /// Is it safe to call.
    pub call: Safe,
    /// Is it safe to leave a message.
    pub leave_message: Safe,
    /// Is it safe to write.
    pub write: Safe,
}

/// A channel must not be used like this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotSafe {
    /// The person said it is not safe.
    #[error("the person said that this is not safe")]
    Said,
    /// Nobody asked: unknown means no (E12).
    #[error("it is not known whether this is safe, and not known means no")]
    Unknown,
}

impl Channel {
    /// Whether the channel may be used like this. The one gate through which
    /// every notice to a person goes.
    ///
    /// # Errors
    /// [`NotSafe`] unless the person said it is safe.
    pub const fn may(&self, reach: Reach) -> Result<(), NotSafe> {
        let safe = match reach {
            Reach::Call => self.call,
            Reach::LeaveMessage => self.leave_message,
            Reach::Write => self.write,
        };
        match safe {
            Safe::Yes => Ok(()),
            Safe::No => Err(NotSafe::Said),
            Safe::Unknown => Err(NotSafe::Unknown),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;
    use uuid::Uuid;

    #[test]
    fn e12_what_is_not_known_to_be_safe_is_not_done() {
        let channel = Channel {
            tenant: TenantId::from_uuid(Uuid::nil()),
            id: ChannelId::from_uuid(Uuid::nil()),
            person: PersonId::from_uuid(Uuid::nil()),
            kind: ChannelKind::Telephone,
            call: Safe::Yes,
            leave_message: Safe::No,
            write: Safe::Unknown,
        };
        assert_eq!(channel.may(Reach::Call), Ok(()));
        assert_eq!(channel.may(Reach::LeaveMessage), Err(NotSafe::Said));
        assert_eq!(channel.may(Reach::Write), Err(NotSafe::Unknown));
    }
}
