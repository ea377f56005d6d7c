//! Entering and changing the services of one's own organisation.

use super::{
    KeptService,
    exchange::{forget_rows, overwrite_traces},
    form::ServiceForm,
    hidden::sees,
};
use crate::{
    Acting, Message, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    id::{ServiceId, TenantId},
    register::day::Day,
    service::{DeskRef, Service},
};
use palermo_store::{Db, Paging, Revision, desk as desks, service as services};

/// The desks of an organisation, through which its protected services may be reached.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn desks_of(db: &dyn Db, tenant: TenantId) -> Result<Vec<DeskRef>, Refused> {
    let filter = desks::Filter { tenant: Some(tenant), ..desks::Filter::default() };
    let found = desks::list(db, &filter, desks::SortBy::Name, Paging::all()).await?;
    let named = |desk: palermo_domain::desk::Desk| DeskRef { tenant: desk.tenant, desk: desk.id };
    Ok(found.items.into_iter().map(|one| named(one.record)).collect())
}

/// Enters a service.
///
/// # Errors
/// Every problem of the form at once.
pub async fn create(acting: &Acting<'_>, form: &ServiceForm) -> Result<ServiceId, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::EditServices, &Resource::of(tenant)).await?;
    let desks = desks_of(&acting.app.store, tenant).await?;
    let service = form.parse(acting, None, &desks)?;
    let id: ServiceId = acting.app.store.new_id();
    let mut act = begin!(acting, acting.context(Action::EditServices)?.about(id));
    services::insert(&mut act, id, &service).await?;
    act.commit(&id).await?;
    crate::reminders::of_tenant(acting.app, tenant).await?;
    Ok(id)
}

/// A service of one's own organisation as whoever keeps it may read and change it. A
/// program that was not made for the directory finds no protected one (R9).
///
/// # Errors
/// [`Refused::NotFound`] for a service of another organisation.
pub async fn record(acting: &Acting<'_>, id: ServiceId) -> Result<KeptService, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::EditServices, &Resource::of(tenant)).await?;
    let found = services::find(&acting.app.store, id).await?.ok_or(Refused::NotFound)?;
    if found.record.tenant != tenant || !sees(acting, &found.record) {
        return Err(Refused::NotFound);
    }
    Ok(found)
}

/// Changes a service of one's own organisation; `seen` is the revision the
/// form was opened with. Whoever saves makes sure of the whole record.
///
/// # Errors
/// [`Refused::Conflict`] if someone changed it since, [`Refused::NotFound`]
/// for a service of another organisation.
pub async fn change(
    acting: &Acting<'_>,
    id: ServiceId,
    form: &ServiceForm,
    seen: Revision,
) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::EditServices, &Resource::of(tenant)).await?;
    let (before, _) = own(acting, id).await?;
    let desks = desks_of(&acting.app.store, tenant).await?;
    let service = form.parse(acting, Some(&before), &desks)?;
    let mut act = begin!(acting, acting.context(Action::EditServices)?.about(id));
    services::update(&mut act, id, &service, seen).await?;
    let hides = service.place.is_protected() && !before.place.is_protected();
    if hides {
        forget_rows(&mut act, id).await?;
    }
    act.commit(&()).await?;
    if hides {
        overwrite_traces(acting.app).await;
    }
    crate::reminders::of_tenant(acting.app, tenant).await
}

/// Says how many places are free, as of today. That nobody looked at the rest of the record
/// stays as visible as it was: only [`confirm`] makes sure of it.
///
/// # Errors
/// [`Refused::Invalid`] if that is no number, or more than there are.
pub async fn confirm_places(
    acting: &Acting<'_>,
    id: ServiceId,
    available: &str,
) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ConfirmPlaces, &Resource::of(tenant)).await?;
    // Whatever someone changes meanwhile is not put back.
    let (mut service, seen) = own(acting, id).await?;
    let wrong = || Refused::field("available", Message::new("error-places"));
    let no_number = |_| Refused::field("available", Message::new("error-whole-number"));
    let available: u32 = available.trim().parse().map_err(no_number)?;
    let capacity = service.capacity.as_mut().ok_or_else(wrong)?;
    if capacity.maximum.is_some_and(|most| available > most) {
        return Err(wrong());
    }
    let today: Day = acting.now().date().into();
    (capacity.available, capacity.confirmed) = (Some(available), Some(today));
    let mut act = begin!(acting, acting.context(Action::ConfirmPlaces)?.about(id));
    services::update(&mut act, id, &service, seen).await?;
    Ok(act.commit(&()).await?)
}

/// Says that all of a record is still right, as of today: with one press, for a service
/// without places too (R070).
///
/// # Errors
/// [`Refused::NotFound`] for a service of another organisation.
pub async fn confirm(acting: &Acting<'_>, id: ServiceId) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::EditServices, &Resource::of(tenant)).await?;
    own(acting, id).await?;
    let mut act = begin!(acting, acting.context(Action::EditServices)?.about(id));
    let found = services::find(&act, id).await?.ok_or(Refused::NotFound)?;
    let service = Service { assured: Some(act.now().date().into()), ..found.record.service };
    services::update(&mut act, id, &service, found.revision).await?;
    Ok(act.commit(&()).await?)
}

/// Notes that someone called and nobody answered, so that the next caller is
/// led elsewhere first.
///
/// # Errors
/// [`Refused::NotFound`] for a service that is not there.
pub async fn note_unanswered(acting: &Acting<'_>, id: ServiceId) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::NoteCall, &Resource::of(tenant)).await?;
    let found = services::find(&acting.app.store, id).await?.ok_or(Refused::NotFound)?;
    if !sees(acting, &found.record) {
        return Err(Refused::NotFound);
    }
    let mut act = begin!(acting, acting.context(Action::NoteCall)?.about(id));
    services::note_unanswered(&mut act, found.record.tenant, id).await?;
    Ok(act.commit(&()).await?)
}

/// A service of one's own organisation, with its revision. A program that may not read a
/// protected one changes it no more than it reads it: the answer would tell it apart (R9).
async fn own(acting: &Acting<'_>, id: ServiceId) -> Result<(Service, Revision), Refused> {
    let (tenant, _) = acting.member()?;
    let found = services::find(&acting.app.store, id).await?.ok_or(Refused::NotFound)?;
    let unseen = acting.subject.is_program() && !sees(acting, &found.record);
    if found.record.tenant != tenant || unseen {
        return Err(Refused::NotFound);
    }
    Ok((found.record.service, found.revision))
}
