//! The closed list of legal bases for sharing without consent, kept by the
//! data-protection officer. What can never stand on it is decided by R6.

use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    case::sharing::{LegalAim, LegalBasis, RecipientKind},
    id::{Id, LegalBasisId},
    safeguard::sharing::keepable,
};
use palermo_store::{Versioned, case::record};

/// What the officer typed.
#[derive(Debug, Clone, Default)]
pub struct BasisForm {
    /// Act and article.
    pub provision: String,
    /// What it is for.
    pub aim: String,
    /// Kinds of recipients.
    pub recipients: Vec<String>,
}

/// The list of one's organisation, the latest first.
///
/// # Errors
/// What access or the store refuse.
pub async fn list(acting: &Acting<'_>) -> Result<Vec<Versioned<LegalBasis>>, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::KeepLegalBases, &Resource::of(tenant)).await?;
    Ok(record::of_tenant(&acting.app.store, tenant, &[]).await?)
}

/// The entries in force, for whoever refers.
///
/// # Errors
/// When the database does not answer.
pub async fn in_force(acting: &Acting<'_>) -> Result<Vec<LegalBasis>, Refused> {
    let (tenant, _) = acting.member()?;
    let now = acting.now();
    let all = record::of_tenant::<LegalBasis>(&acting.app.store, tenant, &[]).await?;
    Ok(all.into_iter().map(|one| one.record).filter(|one| one.holds_at(now)).collect())
}

/// Adds an entry.
///
/// # Errors
/// [`Refused::Forbidden`] by R6 for what can never stand on the list.
pub async fn add(acting: &Acting<'_>, form: &BasisForm) -> Result<LegalBasisId, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::KeepLegalBases, &Resource::of(tenant)).await?;
    let mut problems = Problems::default();
    let provision = problems.required("provision", &form.provision, 300);
    let aim = LegalAim::from_code(&form.aim);
    if aim.is_none() {
        problems.add("aim", Message::new("error-choose"));
    }
    let recipients: Vec<_> =
        form.recipients.iter().filter_map(|code| RecipientKind::from_code(code)).collect();
    if recipients.is_empty() {
        problems.add("recipients", Message::new("error-choose"));
    }
    problems.none()?;
    let mut act = begin!(acting, acting.context(Action::KeepLegalBases)?);
    let basis = LegalBasis {
        tenant,
        id: act.new_id(),
        provision,
        aim: aim.unwrap_or(LegalAim::DangerToLife),
        recipients,
        from: act.now(),
        until: None,
    };
    keepable(&basis)?;
    record::insert(&mut act, &basis).await?;
    act.about(basis.id);
    act.commit(&basis.id).await?;
    Ok(basis.id)
}

/// Ends an entry.
///
/// # Errors
/// [`Refused::NotFound`] if it is not on the list.
pub async fn end(acting: &Acting<'_>, id: LegalBasisId) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::KeepLegalBases, &Resource::of(tenant)).await?;
    let mut act = begin!(acting, acting.context(Action::KeepLegalBases)?.about(id));
    let found = record::find::<LegalBasis>(&act, tenant, id.uuid()).await?;
    let found = found.ok_or(Refused::NotFound)?;
    let mut basis = found.record;
    basis.until = Some(act.now());
    record::update(&mut act, &basis, found.revision).await?;
    Ok(act.commit(&()).await?)
}
