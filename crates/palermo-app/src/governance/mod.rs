//! What runs beside plans, reports and reviews: commitments, parliaments, mechanisms'
//! profiles of themselves, consultations, reviews of laws, rapporteurs' reports, good
//! practices. One file for each.

mod commitments;
mod consultations;
mod laws;
mod mechanism_years;
mod parliaments;
mod practices;
mod rapporteurs;
mod typed;

pub use commitments::{commitment, commitments, keep_commitment};
pub use consultations::{
    Heard, consultation, consultations, heard, keep_consultation, may_run, take_part,
};
pub use laws::{LawsCompared, compare_laws, keep_law_review, law_review, law_reviews};
pub use mechanism_years::{MechanismTold, keep_year, mechanism_years, year_told};
pub use parliaments::{keep_parliament_entry, parliament_entries, parliament_entry};
pub use practices::{PracticeShown, decide_practice, keep_practice, practice, practices};
pub use rapporteurs::{
    deliver, keep_rapporteur_report, may_write_rapporteur, publish_rapporteur_report,
    rapporteur_document, rapporteur_report, rapporteur_reports,
};
pub(crate) use typed::Reader;
pub use typed::Typed;

use crate::{Acting, Refused};
use palermo_domain::id::TenantId;
use palermo_store::{Versioned, register::Filed};

/// A record with its organisation, id and revision.
pub type Kept<I, T> = Versioned<Filed<I, T>>;

/// The organisation of someone signed in, by name.
async fn own_name(acting: &Acting<'_>) -> Result<(TenantId, String), Refused> {
    let (tenant, _) = acting.member()?;
    let found = palermo_store::tenant::find(&acting.app.store, tenant).await?;
    Ok((tenant, found.map(|one| one.record.name).unwrap_or_default()))
}
