//! The address of a protected service. It lies sealed in the compartment of
//! protected addresses, is opened by those who hold its key and by nobody
//! else; two people agree to each opening, which is in the log with its
//! purpose (R9, E14, check A8).

use crate::{
    Acting, Message, Refused,
    access::{Action, Resource},
    two_person::{self, Question},
};
use palermo_domain::{
    compartment::Compartment,
    id::{Id, PersonId, ServiceId, TenantId},
    purpose::Purpose,
    role::Role,
};
use palermo_store::{
    Db, UnlockedVault,
    keys::{person, sealed},
    service as services,
};

/// Longest address, in characters.
const LONGEST: usize = 600;

/// The key of a service's address is kept like a person's key: by itself, so
/// that it can be destroyed by itself.
pub(crate) fn keyholder(id: ServiceId) -> PersonId {
    PersonId::from_uuid(id.uuid())
}

/// Where the address lies, sealed.
pub(crate) fn address_place(id: ServiceId) -> sealed::Place {
    sealed::Place {
        person: keyholder(id),
        table: "service",
        record: id.uuid(),
        field: "address",
        compartment: Compartment::ProtectedAddress,
    }
}

/// Keeps the address of a protected service of one's own organisation.
///
/// # Errors
/// [`Refused::UnlockNeeded`] without the compartment's key; [`Refused::NotFound`]
/// for a service that is not protected or not one's own.
pub async fn seal_address(
    acting: &Acting<'_>,
    vault: &UnlockedVault,
    id: ServiceId,
    address: &str,
) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::OpenAddress, &Resource::of(tenant)).await?;
    let found = services::find(&acting.app.store, id).await?.ok_or(Refused::NotFound)?;
    if found.record.tenant != tenant || !found.record.service.place.is_protected() {
        return Err(Refused::NotFound);
    }
    let address = address.trim();
    if address.is_empty() || address.chars().count() > LONGEST {
        return Err(Refused::field("address", Message::new("error-required")));
    }
    if !vault.opens(Compartment::ProtectedAddress) {
        return Err(Refused::UnlockNeeded);
    }
    let context = acting.context(Action::OpenAddress)?.about(id);
    // Never repeated from the log: the request's fingerprint would be one of the address.
    let mut act = crate::begin_unrepeated!(acting, context);
    match person::create(&mut act, vault, keyholder(id), &[Compartment::ProtectedAddress]).await {
        Ok(()) | Err(palermo_store::Error::Duplicate) => {}
        Err(error) => return Err(error.into()),
    }
    sealed::put(&mut act, vault, address_place(id), address.as_bytes()).await?;
    Ok(act.commit(&()).await?)
}

/// Openings of the address that wait for a second person, or were agreed to and
/// not made use of, with the roles of whoever asked; of one's own organisation,
/// for those who may open it or asked themselves.
///
/// # Errors
/// When the database does not answer.
pub async fn asked_openings(
    acting: &Acting<'_>,
    id: ServiceId,
) -> Result<Vec<(Question, Vec<Role>)>, Refused> {
    let (tenant, _) = acting.member()?;
    let subject = opening(&acting.app.store, tenant, id).await?;
    two_person::open_about(acting, Action::OpenAddress, &subject).await
}

/// What two people agree to: this address of this service as it is written now.
/// Another address written since is asked for anew.
async fn opening(db: &dyn Db, tenant: TenantId, id: ServiceId) -> Result<String, Refused> {
    let written = sealed::version(db, tenant, address_place(id)).await?;
    Ok(format!("{}:{}", two_person::mark(&[&written.0.to_string()]), id.subject()))
}

/// Why nobody else of one's organisation could agree to an opening; nothing
/// where someone could.
///
/// # Errors
/// When the database does not answer.
pub async fn nobody_may_agree(acting: &Acting<'_>) -> Result<Option<Message>, Refused> {
    two_person::nobody_else(acting, Action::OpenAddress).await
}

/// How far an opening got.
pub enum Opening {
    /// A second person has been asked.
    Asked,
    /// The address, in clear.
    Address(String),
}

impl std::fmt::Debug for Opening {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Asked => "Asked",
            Self::Address(_) => "Address(…)",
        })
    }
}

/// Opens the address, for someone who takes a person there. It takes two
/// people: one asks, another agrees, then one of them opens it once (A8).
///
/// # Errors
/// [`Refused::UnlockNeeded`] without the key; [`Refused::NotFound`] if there is
/// none; [`Refused::Declined`] while one's question waits, and where nobody
/// else of the organisation may agree.
pub async fn open_address(
    acting: &Acting<'_>,
    vault: &UnlockedVault,
    id: ServiceId,
) -> Result<Opening, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::OpenAddress, &Resource::of(tenant)).await?;
    let found = services::find(&acting.app.store, id).await?.ok_or(Refused::NotFound)?;
    if found.record.tenant != tenant || !found.record.service.place.is_protected() {
        return Err(Refused::NotFound);
    }
    if !vault.opens(Compartment::ProtectedAddress) {
        return Err(Refused::UnlockNeeded);
    }
    let context = acting.context(Action::OpenAddress)?.about(id).for_purpose(Purpose::Care);
    let mut act = crate::begin_unrepeated!(acting, context.clone());
    let subject = opening(&act, tenant, id).await?;
    if two_person::redeem(&mut act, Action::OpenAddress, &subject).await.is_err() {
        act.give_up().await?;
        two_person::ask(acting, Action::OpenAddress, &subject).await?;
        return Ok(Opening::Asked);
    }
    act.commit(&()).await?;
    let read = acting.app.store.read_personal(context).await?;
    let clear = match sealed::open(&read, vault, address_place(id)).await {
        Err(palermo_store::Error::Erased) => None,
        other => other?,
    };
    let clear = clear.ok_or(Refused::NotFound)?;
    String::from_utf8(clear.to_vec()).map(Opening::Address).map_err(|_| Refused::NotFound)
}
