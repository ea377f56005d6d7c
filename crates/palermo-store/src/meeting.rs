//! Bodies: who sits in them, when they meet, what they decide.

/// Seats.
pub mod seat {
    use crate::{entity::entity, register::documents};
    use palermo_domain::{id::SeatId, meeting::Seat};

    pub(crate) mod row {
        super::entity!(
        "body_seat",
        key { tenant: Uuid, id: Uuid }
        council: String,
        since: String,
        body: Json,
        revision: i64,
        );
    }

    documents!(
        SeatId,
        Seat,
        "seat",
        columns(
            council: |e: &Seat| e.body.clone(),
            since: |e: &Seat| e.from.to_string(),
            ),
        by(council: &str => Council)
    );
}

/// What States reported of decisions.
pub mod reply {
    use crate::{entity::entity, register::documents};
    use palermo_domain::{id::DecisionReplyId, meeting::DecisionReply};

    pub(crate) mod row {
        super::entity!(
        "decision_reply",
        key { tenant: Uuid, id: Uuid }
        meeting: String,
        state: String,
        body: Json,
        revision: i64,
        );
    }

    documents!(
        DecisionReplyId,
        DecisionReply,
        "report on a decision",
        columns(
            meeting: |e: &DecisionReply| e.meeting.clone(),
            state: |e: &DecisionReply| e.state.to_string(),
            ),
        by(meeting: &str => Meeting)
    );
}

/// Meetings.
// Beside seats and impact reviews: the module of one table, like the others here.
#[allow(clippy::module_inception)]
pub mod meeting {
    use crate::{entity::entity, register::documents};
    use palermo_domain::{id::MeetingId, meeting::Meeting};

    pub(crate) mod row {
        super::entity!(
        "body_meeting",
        key { tenant: Uuid, id: Uuid }
        council: String,
        held: String,
        body: Json,
        revision: i64,
        );
    }

    documents!(
        MeetingId,
        Meeting,
        "meeting",
        columns(
            council: |e: &Meeting| e.body.clone(),
            held: |e: &Meeting| e.from.to_string(),
            ),
        by(council: &str => Council)
    );
}
