//! Sharing protocols (E40) and what goes under them: exact counts, confidentially,
//! to named organisations, for named purposes, until the day of review.

use super::{datasets, explore::View};
use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    id::{DatasetId, ProtocolId, TenantId},
    knowledge::{
        columns::Counted,
        dataset::Dataset,
        sharing::{NotShared, Protocol, may_give},
    },
    register::day::Day,
};
use palermo_store::{
    Paging, Revision, Versioned,
    knowledge::{batch as batches, protocol as kept},
    register::Filed,
    tenant as tenants,
};

/// A protocol as it is listed.
pub type Listed = Versioned<Filed<ProtocolId, Protocol>>;

/// What someone typed about a protocol.
#[derive(Debug, Clone, Default)]
pub struct ProtocolForm {
    /// Title.
    pub title: String,
    /// Organisations that receive, by id.
    pub parties: Vec<String>,
    /// Datasets, by id.
    pub items: Vec<String>,
    /// Frequency.
    pub frequency: String,
    /// Purposes, one a line.
    pub purposes: String,
    /// Onward use.
    pub onward: String,
    /// First day.
    pub from: [String; 3],
    /// Day of review.
    pub review: [String; 3],
}

/// A day from its three fields, which must be there.
pub(super) fn day(typed: &[String; 3], field: &str, problems: &mut Problems) -> Option<Day> {
    if typed.iter().all(|part| part.trim().is_empty()) {
        problems.add(field, Message::new("error-required"));
    }
    problems.day(field, typed)
}

/// Organisations that can be parties: id and name.
///
/// # Errors
/// What the store refuses.
pub async fn organisations(acting: &Acting<'_>) -> Result<Vec<(String, String)>, Refused> {
    let filter = tenants::Filter::default();
    let all = tenants::list(&acting.app.store, &filter, Paging::all()).await?.items;
    Ok(all.into_iter().map(|one| (one.record.id.to_string(), one.record.name.clone())).collect())
}

/// Organisations to which one's own may give exact counts: id and name.
///
/// # Errors
/// What access or the store refuse.
pub async fn receivers(acting: &Acting<'_>) -> Result<Vec<(TenantId, String)>, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ManageProtocols, &Resource::of(tenant)).await?;
    let filter = tenants::Filter::default();
    let all = tenants::list(&acting.app.store, &filter, Paging::all()).await?.items;
    let own = all.iter().find(|one| one.record.id == tenant).ok_or(Refused::NotFound)?;
    let giver = (own.record.kind, own.record.state.as_deref());
    Ok(all
        .iter()
        .map(|one| &one.record)
        .filter(|one| one.id != tenant && may_give(giver, (one.kind, one.state.as_deref())))
        .map(|one| (one.id, one.name.clone()))
        .collect())
}

/// Protocols one's organisation made or is party to.
///
/// # Errors
/// What access or the store refuse.
pub async fn list(acting: &Acting<'_>) -> Result<Vec<Listed>, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::UseProtocol, &Resource::of(tenant)).await?;
    let mut all = kept::list(&acting.app.store, None).await?;
    all.retain(|one| one.tenant == tenant || one.entry.parties.contains(&tenant));
    Ok(all)
}

/// One of them.
///
/// # Errors
/// [`Refused::NotFound`] if it is not there, or not for this organisation.
pub async fn show(acting: &Acting<'_>, id: ProtocolId) -> Result<Listed, Refused> {
    list(acting).await?.into_iter().find(|one| one.id == id).ok_or(Refused::NotFound)
}

/// Sets one up.
///
/// # Errors
/// Every problem of the form; what access or the store refuse.
pub async fn create(acting: &Acting<'_>, form: &ProtocolForm) -> Result<ProtocolId, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ManageProtocols, &Resource::of(tenant)).await?;
    let mut problems = Problems::default();
    let title = problems.required("title", &form.title, 200);
    let frequency = problems.required("frequency", &form.frequency, 100);
    let onward = problems.required("onward", &form.onward, 1_000);
    let purposes: Vec<String> = form
        .purposes
        .lines()
        .map(|line| problems.bounded("purposes", line, 200))
        .filter(|line| !line.is_empty())
        .collect();
    let receivers = receivers(acting).await?;
    let parties: Vec<TenantId> = form
        .parties
        .iter()
        .filter_map(|text| text.parse().ok())
        .filter(|party| receivers.iter().any(|(one, _)| one == party))
        .collect();
    let mut items: Vec<DatasetId> = Vec::new();
    for one in datasets::list(acting).await? {
        // Only one's own figures are one's own to share.
        if one.tenant == tenant && form.items.contains(&one.id.to_string()) {
            items.push(one.id);
        }
    }
    for (field, missing) in [
        ("purposes", purposes.is_empty()),
        ("parties", parties.is_empty()),
        ("items", items.is_empty()),
    ] {
        if missing {
            problems.add(field, Message::new("error-required"));
        }
    }
    let from = day(&form.from, "from", &mut problems);
    let review = day(&form.review, "review", &mut problems);
    if let (Some(from), Some(review)) = (from, review)
        && review <= from
    {
        problems.add("review", Message::new("protocol-review-before"));
    }
    problems.none()?;
    let (Some(from), Some(review)) = (from, review) else { return Err(Refused::NotFound) };
    let protocol =
        Protocol { title, parties, items, frequency, purposes, onward, from, review, ended: None };
    let mut act = begin!(acting, acting.context(Action::ManageProtocols)?);
    let id = kept::insert(&mut act, &protocol).await?;
    act.about(id);
    act.commit(&id).await?;
    Ok(id)
}

/// Moves the day of review after a review, or ends the protocol.
///
/// # Errors
/// Every problem of the form; what access or the store refuse.
pub async fn change(
    acting: &Acting<'_>,
    id: ProtocolId,
    review: Option<&[String; 3]>,
    why: &str,
    seen: i64,
) -> Result<ProtocolId, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ManageProtocols, &Resource::of(tenant)).await?;
    let found = kept::find(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)?;
    let mut protocol = found.record.entry;
    let today: Day = acting.now().date().into();
    let mut problems = Problems::default();
    match review {
        Some(typed) => {
            let next = day(typed, "review", &mut problems);
            if next.is_some_and(|next| next <= today) {
                problems.add("review", Message::new("protocol-review-before"));
            }
            problems.none()?;
            protocol.review = next.unwrap_or(protocol.review);
        }
        None => {
            let why = problems.required("why", why, 500);
            problems.none()?;
            protocol.ended = Some((today, why));
        }
    }
    let mut act = begin!(acting, acting.context(Action::ManageProtocols)?.about(id));
    kept::update(&mut act, id, &protocol, Revision(seen)).await?;
    act.commit(&id).await?;
    Ok(id)
}

/// Exact counts of a dataset under a protocol, by up to two dimensions. Every
/// time they go, it stands in the log of whoever gives them.
///
/// # Errors
/// [`Refused::Declined`] when the protocol does not let them go.
pub async fn figures(
    acting: &Acting<'_>,
    id: ProtocolId,
    item: DatasetId,
    purpose: &str,
    view: &View,
) -> Result<(Dataset, Counted), Refused> {
    let (tenant, _) = acting.member()?;
    let found = show(acting, id).await?;
    let today: Day = acting.now().date().into();
    let told =
        |why: NotShared| Refused::Declined(Message::new(&format!("protocol-{}", why.code())));
    found.entry.lets(today, tenant, item, purpose).map_err(told)?;
    let store = &acting.app.store;
    let dataset = palermo_store::knowledge::dataset::find(store, found.tenant, item).await?;
    let dataset = dataset.ok_or(Refused::NotFound)?;
    let columns = batches::figures(store, found.tenant, item).await?;
    let counted = view.count(&dataset.entry, &columns);
    let context =
        acting.context(Action::UseProtocol)?.about(id).about(item).because("shared-under-protocol");
    let mut context = context;
    context.idempotency = None;
    if let palermo_store::Begun::Fresh(mut act) = store.act(context).await? {
        act.detail("by", view.by.as_str());
        act.commit(&()).await?;
    }
    Ok((dataset.record.entry, counted))
}
