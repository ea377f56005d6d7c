//! Whom the closed papers of a body and the States' reports on its decisions reach.

use crate::{
    Acting, Refused,
    access::{Action, Resource},
    register::ask::Lookup,
};
use palermo_domain::{
    id::{SeatId, TenantId},
    meeting::{ClosedReader, Seat, reads_closed},
    register::{day::Day, state::StateCode},
    tenant::TenantKind,
};
use palermo_store::{Versioned, register::Filed};

/// A reader before one body.
pub(super) struct Reads {
    /// Their organisation, if they may read closed papers of any body at all.
    who: Option<(TenantId, TenantKind)>,
    state: Option<StateCode>,
    seats: Vec<Seat>,
    members: Vec<StateCode>,
    today: Day,
}

impl Reads {
    /// Of a body of a mechanism, with who sits in it.
    ///
    /// # Errors
    /// When the store does not answer.
    pub(super) async fn of(
        acting: &Acting<'_>,
        mechanism: &str,
        seats: &[Versioned<Filed<SeatId, Seat>>],
    ) -> Result<Self, Refused> {
        let today: Day = acting.now().date().into();
        let may = acting.may(Action::ReadMeetings, &Resource::region()).allowed;
        let who = acting.subject.tenant.filter(|_| may);
        let state = acting.subject.state.as_deref().and_then(|code| code.parse().ok());
        let mut members = Vec::new();
        if let (Some(_), Some(_), Some(profile)) =
            (who, state, acting.app.content.mechanisms().get(mechanism))
        {
            let known = Lookup::of(acting.app).known_members(profile, today).await?;
            members = known.iter().filter_map(|code| code.parse().ok()).collect();
        }
        let seats = seats.iter().map(|one| one.record.entry.clone()).collect();
        Ok(Self { who, state, seats, members, today })
    }

    /// Whether they read what is closed of a meeting which an organisation keeps.
    pub(super) fn closed(&self, keeper: TenantId) -> bool {
        self.who.is_some_and(|(tenant, kind)| {
            let reader = ClosedReader { kind, state: self.state, keeps: tenant == keeper };
            reads_closed(reader, &self.seats, &self.members, self.today)
        })
    }
}
