//! What pages about one record need to know of what is stored: who joined it,
//! what was said about it, what is in the way, whom to reach. Public, as the
//! registers are; nothing here is about a person.

use super::ask::{AskRefused, Lookup};
use palermo_domain::{
    desk::{Desk, DeskLevel},
    id::{AgreementId, TenantId},
    register::{
        adherence::Adherence,
        agreement::Agreement,
        instrument::InstrumentId,
        ratification::RatificationReport,
        state::StateCode,
        statement::{About, RegisterStatement},
    },
    tenant::TenantKind,
};
use palermo_store::{
    Paging, Revision, desk as desks,
    register::{self as stored, Filed},
    tenant as tenants,
};

/// An agreement entered by hand: whose, under which id, as which revision.
#[derive(Debug, Clone)]
pub struct EnteredAgreement {
    /// The organisation that answers for it.
    pub tenant: TenantId,
    /// Its id there.
    pub id: AgreementId,
    /// The revision an editor sees.
    pub revision: Revision,
    /// The agreement.
    pub agreement: Agreement,
}

impl Lookup<'_> {
    /// What was done towards an instrument, by party.
    ///
    /// # Errors
    /// [`AskRefused`].
    pub async fn adherence(&self, instrument: &InstrumentId) -> Result<Vec<Adherence>, AskRefused> {
        Ok(stored::adherence::of_instrument(self.store, instrument).await?)
    }

    /// What one State did towards all instruments, by instrument.
    ///
    /// # Errors
    /// [`AskRefused`].
    pub async fn adherence_of(&self, party: StateCode) -> Result<Vec<Adherence>, AskRefused> {
        Ok(stored::adherence::of_party(self.store, party).await?)
    }

    /// What editors added about one record, in the order they added it.
    ///
    /// # Errors
    /// [`AskRefused`].
    pub async fn statements(
        &self,
        about: About,
        id: &str,
    ) -> Result<Vec<RegisterStatement>, AskRefused> {
        let all = stored::statement::list(self.store, Some(id)).await?;
        let entries = all.into_iter().map(|one| one.record.entry);
        Ok(entries.filter(|statement| statement.about == about).collect())
    }

    /// What States reported on their way to becoming a party, newest last.
    ///
    /// # Errors
    /// [`AskRefused`].
    pub async fn obstacles(
        &self,
        instrument: Option<&InstrumentId>,
    ) -> Result<Vec<RatificationReport>, AskRefused> {
        let all = stored::obstacle::list(self.store, instrument).await?;
        let mut reports: Vec<_> = all.into_iter().map(|one| one.record.entry).collect();
        reports.sort_by_key(|report| report.reported);
        Ok(reports)
    }

    /// The open national contact points of a State: offices, never people, and
    /// only those of its national coordination. That a shelter or a police unit
    /// has a desk is nobody else's business.
    ///
    /// # Errors
    /// [`AskRefused`].
    pub async fn contact_points(&self, state: StateCode) -> Result<Vec<Desk>, AskRefused> {
        let filter = desks::Filter {
            level: Some(DeskLevel::National),
            state: Some(state.to_string()),
            open: Some(true),
            ..desks::Filter::default()
        };
        let found = desks::list(self.store, &filter, desks::SortBy::Name, Paging::all()).await?;
        let mut shown = Vec::new();
        for desk in found.items.into_iter().map(|one| one.record) {
            let tenant = tenants::find(self.store, desk.tenant).await?;
            let kind = tenant.map(|tenant| tenant.record.kind);
            if kind == Some(TenantKind::NationalCoordination) {
                shown.push(desk);
            }
        }
        Ok(shown)
    }

    /// The agreement entered by hand under this short name.
    ///
    /// # Errors
    /// [`AskRefused`].
    pub async fn entered_agreement(
        &self,
        key: &str,
    ) -> Result<Option<EnteredAgreement>, AskRefused> {
        let all = stored::agreement::list(self.store, None).await?;
        Ok(all.into_iter().find(|one| one.record.entry.key == key).map(|one| {
            let Filed { tenant, id, entry } = one.record;
            EnteredAgreement { tenant, id, revision: one.revision, agreement: entry }
        }))
    }
}
