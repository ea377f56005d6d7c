//! Tenants: their particulars, opening a new one, taking everything away.

mod export;

pub use export::export;

use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    id::TenantId,
    tenant::{Tenant, TenantKind},
};
use palermo_locale::Language;
use palermo_store::{ActContext, Paging, Revision, Versioned, tenant as tenants};

/// What someone typed about a tenant.
#[derive(Debug, Clone, Default)]
pub struct TenantForm {
    /// Its name.
    pub name: String,
    /// Kind code; only when it is opened.
    pub kind: String,
    /// State, alpha-3 or empty.
    pub state: String,
    /// Language code.
    pub language: String,
}

impl TenantForm {
    /// A form showing what is stored.
    #[must_use]
    pub fn of(tenant: &Tenant) -> Self {
        Self {
            name: tenant.name.clone(),
            kind: tenant.kind.code().into(),
            state: tenant.state.clone().unwrap_or_default(),
            language: tenant.language.clone(),
        }
    }

    fn parse(&self, acting: &Acting<'_>, id: TenantId) -> Result<Tenant, Refused> {
        let mut problems = Problems::default();
        let name = problems.required("name", &self.name, 160);
        let kind = TenantKind::from_code(&self.kind);
        if kind.is_none() {
            problems.add("kind", Message::new("error-choose"));
        }
        let state = self.state.trim().to_uppercase();
        if !state.is_empty() && !acting.app.content.knows_state(&state) {
            problems.add("state", Message::new("error-unknown-state").with("code", &state));
        }
        if Language::from_code(&self.language).is_none() {
            problems.add("language", Message::new("error-choose"));
        }
        problems.none()?;
        Ok(Tenant {
            id,
            name,
            kind: kind.unwrap_or(TenantKind::CivilSociety),
            state: (!state.is_empty()).then_some(state),
            language: self.language.clone(),
        })
    }
}

/// One's own tenant.
///
/// # Errors
/// What access or the store refuse.
pub async fn own(acting: &Acting<'_>) -> Result<Versioned<Tenant>, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ReadTenant, &Resource::of(tenant)).await?;
    tenants::find(&acting.app.store, tenant).await?.ok_or(Refused::NotFound)
}

/// Changes name, State and language. The kind stays: roles and keys rest on it.
///
/// # Errors
/// Every problem of the form at once.
pub async fn change(acting: &Acting<'_>, form: &TenantForm, seen: Revision) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::EditTenant, &Resource::of(tenant)).await?;
    let before = tenants::find(&acting.app.store, tenant).await?.ok_or(Refused::NotFound)?;
    let kind = before.record.kind.code().to_owned();
    let record = TenantForm { kind, ..form.clone() }.parse(acting, tenant)?;
    let mut act = begin!(acting, acting.context(Action::EditTenant)?.about(tenant));
    tenants::update(&mut act, &record, seen).await?;
    Ok(act.commit(&()).await?)
}

/// Names of all tenants: who is on this installation, nothing of theirs.
///
/// # Errors
/// What access or the store refuse.
pub async fn list(acting: &Acting<'_>) -> Result<Vec<Versioned<Tenant>>, Refused> {
    acting.allow(Action::CreateTenant, &Resource::region()).await?;
    let filter = tenants::Filter::default();
    Ok(tenants::list(&acting.app.store, &filter, Paging::all()).await?.items)
}

/// Opens a tenant. Its first administrator is invited by mail; whoever opens
/// it gets no access to it.
///
/// # Errors
/// Every problem of the form at once.
pub async fn create(
    acting: &Acting<'_>,
    form: &TenantForm,
    administrator: &str,
) -> Result<(TenantId, String), Refused> {
    acting.allow(Action::CreateTenant, &Resource::region()).await?;
    let id: TenantId = acting.app.store.new_id();
    let (record, address) =
        (form.parse(acting, id), crate::invitation::check_another(acting, administrator).await);
    let (record, administrator) = match (record, address) {
        (Ok(record), Ok(address)) => (record, address),
        (Err(Refused::Invalid(mut problems)), Err(Refused::Invalid(more))) => {
            problems.0.extend(more.0);
            return Err(Refused::Invalid(problems));
        }
        (Err(refused), _) | (_, Err(refused)) => return Err(refused),
    };
    let context = ActContext::new(id, acting.actor.clone(), Action::CreateTenant.code()).about(id);
    let mut act = acting.app.store.act_for_new_tenant(context).await?;
    tenants::insert(&mut act, &record).await?;
    act.commit(&id).await?;
    // In the log of the tenant that opened it too.
    let mut act = crate::begin_unrepeated!(acting, acting.context(Action::CreateTenant)?.about(id));
    act.about(id);
    act.commit(&()).await?;
    let token = crate::invitation::first_administrator(acting, &record, &administrator).await?;
    Ok((id, token))
}
