//! Contact points: what is known of a desk, and whether it still holds.

use super::list;
use crate::{
    Acting, App, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
    service::{is_public_desk, sees_protected},
    tokens,
};
use palermo_domain::{
    actor::Actor,
    desk::{
        Desk, DeskLevel,
        answers::Candidate,
        contact::{Channel, ChannelKind, ContactPoint, PointKind, Tenure},
    },
    id::{DeskId, TenantId},
    service::hidden::{Houses, derived},
    tenant::TenantKind,
};
use palermo_store::{
    ActContext, Begun, Paging, account as accounts,
    contact_point::{self as points, Staffing},
    desk as desks, outbox, service as services, tenant as tenants,
};
use serde::{Deserialize, Serialize};
use std::{collections::HashMap, str::FromStr, time::Duration};
use uuid::Uuid;

/// What someone typed about a desk as a contact point.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs)] // each field is the one of the form with the same name
pub struct PointForm {
    pub kind: String,
    pub competence: String,
    pub host_state: String,
    pub city: String,
    /// Separated by commas.
    pub areas: String,
    /// A channel a line: `encrypted-mail | desk@focal.example, key AB12`.
    pub channels: String,
    /// Id of a desk of the same organisation.
    pub deputy: String,
    pub from: String,
    pub until: String,
    pub confirm_to: String,
}

impl PointForm {
    /// A form showing what is stored.
    #[must_use]
    pub fn of(point: &ContactPoint) -> Self {
        let channel = |one: &Channel| format!("{} | {}", one.kind, one.address);
        let day = |day: Option<palermo_domain::register::day::Day>| {
            day.map(|day| day.to_string()).unwrap_or_default()
        };
        Self {
            kind: point.kind.to_string(),
            competence: point.competence.clone(),
            host_state: point.host_state.clone().unwrap_or_default(),
            city: point.city.clone(),
            areas: point.areas.join(", "),
            channels: point.channels.iter().map(channel).collect::<Vec<_>>().join("\n"),
            deputy: point.deputy.map(|desk| desk.to_string()).unwrap_or_default(),
            from: day(point.from),
            until: day(point.until),
            confirm_to: point.confirm_to.clone().unwrap_or_default(),
        }
    }

    /// What stands for these words: another mark means that someone changed one of them.
    #[must_use]
    pub fn mark(&self) -> String {
        let words = [
            &self.kind,
            &self.competence,
            &self.host_state,
            &self.city,
            &self.areas,
            &self.channels,
            &self.deputy,
            &self.from,
            &self.until,
            &self.confirm_to,
        ];
        let words: Vec<&str> = words.into_iter().map(String::as_str).collect();
        derived(Uuid::nil(), &words.join("\u{1f}")).to_string()
    }

    pub(crate) fn parse(
        &self,
        acting: &Acting<'_>,
        before: Option<&ContactPoint>,
    ) -> Result<ContactPoint, Refused> {
        let mut problems = Problems::default();
        let kind = PointKind::from_str(self.kind.trim());
        if kind.is_err() {
            problems.add("kind", Message::new("error-choose"));
        }
        let mut point = ContactPoint::new(kind.unwrap_or(PointKind::Other));
        point.competence = problems.bounded("competence", &self.competence, 1000);
        let host = self.host_state.trim().to_uppercase();
        if !host.is_empty() && !acting.app.content.knows_state(&host) {
            problems.add("host_state", Message::new("error-unknown-state").with("code", &host));
        }
        point.host_state = (!host.is_empty()).then_some(host);
        point.city = problems.bounded("city", &self.city, 120);
        point.areas = list(&self.areas);
        for line in self.channels.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let read = line.split_once('|').and_then(|(kind, address)| {
                let kind = ChannelKind::from_str(kind.trim()).ok()?;
                Some(Channel { kind, address: address.trim().to_owned() })
            });
            match read {
                Some(channel) => point.channels.push(channel),
                None => {
                    problems.add("channels", Message::new("error-channel").with("typed", line));
                }
            }
        }
        point.deputy = self.deputy.trim().parse().ok();
        for (field, text, to) in
            [("from", &self.from, &mut point.from), ("until", &self.until, &mut point.until)]
        {
            let text = text.trim();
            *to = text.parse().ok();
            if to.is_none() && !text.is_empty() {
                problems.add(field, Message::new("error-day-in-line").with("typed", text));
            }
        }
        let mail = problems.bounded("confirm_to", &self.confirm_to, 200);
        if !mail.is_empty() && !mail.contains('@') {
            problems.add("confirm_to", Message::new("error-email").with("email", &mail));
        }
        point.confirm_to = (!mail.is_empty()).then_some(mail);
        problems.none()?;
        point.asked = before.and_then(|b| b.asked);
        // Whoever writes it down says that it is right.
        point.confirmed = Some(acting.now());
        Ok(point)
    }
}

/// Keeps what is known of a desk of one's organisation; `seen` is the mark of what the
/// form was opened with.
///
/// # Errors
/// Every problem of the form at once; [`Refused::Conflict`] if someone changed it since.
pub async fn describe(
    acting: &Acting<'_>,
    desk: DeskId,
    form: &PointForm,
    seen: &str,
) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ManageDesks, &Resource::of(tenant)).await?;
    let store = &acting.app.store;
    own_told(acting, tenant, desk).await?;
    let before = points::find(store, tenant, desk).await?;
    let point = form.parse(acting, before.as_ref())?;
    if let Some(deputy) = point.deputy
        && (deputy == desk || desks::find(store, tenant, deputy).await?.is_none())
    {
        return Err(Refused::field("deputy", Message::new("error-choose")));
    }
    let mut act = begin!(acting, acting.context(Action::ManageDesks)?.about(desk));
    let stands = points::find(&act, tenant, desk).await?;
    if stands.as_ref().map(PointForm::of).unwrap_or_default().mark() != seen {
        act.give_up().await?;
        return Err(Refused::Conflict);
    }
    points::put(&mut act, desk, &point).await?;
    act.commit(&()).await?;
    crate::reminders::of_tenant(acting.app, tenant).await
}

/// What is known of a desk of one's own organisation.
///
/// # Errors
/// What access or the store refuse.
pub async fn known(acting: &Acting<'_>, desk: DeskId) -> Result<Option<ContactPoint>, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ReadTenant, &Resource::of(tenant)).await?;
    own_told(acting, tenant, desk).await?;
    Ok(points::find(&acting.app.store, tenant, desk).await?)
}

/// A desk of one's own organisation. A program finds none whose town would tell it where a
/// protected house is (R9).
async fn own_told(acting: &Acting<'_>, tenant: TenantId, id: DeskId) -> Result<(), Refused> {
    let found = desks::find(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)?;
    let kind = acting.subject.tenant.map(|(_, kind)| kind);
    let told =
        !acting.subject.is_program() || houses(acting).await?.told_to_programs(&found.record, kind);
    if told { Ok(()) } else { Err(Refused::NotFound) }
}

/// Who sat at a desk of one's own organisation, the latest first, with names.
///
/// # Errors
/// What access or the store refuse.
pub async fn history(acting: &Acting<'_>, desk: DeskId) -> Result<Vec<(Tenure, String)>, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ReadTenant, &Resource::of(tenant)).await?;
    let store = &acting.app.store;
    let mut named = Vec::new();
    for tenure in points::tenures(store, tenant, desk).await? {
        let account = accounts::find(store, tenant, tenure.account).await?;
        named.push((tenure, account.map(|one| one.record.name).unwrap_or_default()));
    }
    Ok(named)
}

/// All open desks with what decides whether they answer, and their
/// organisation's name; national ones before others.
pub(crate) async fn lookup(acting: &Acting<'_>) -> Result<Vec<(Candidate, String)>, Refused> {
    let store = &acting.app.store;
    let filter = desks::Filter { open: Some(true), ..desks::Filter::default() };
    let found = desks::list(store, &filter, desks::SortBy::Name, Paging::all()).await?;
    let mut known = points::all(store).await?;
    let staffing = points::staffing(store).await?;
    let names: HashMap<TenantId, String> =
        tenants::list(store, &tenants::Filter::default(), Paging::all())
            .await?
            .items
            .into_iter()
            .map(|one| (one.record.id, one.record.name))
            .collect();
    let mut all: Vec<_> = found
        .items
        .into_iter()
        .map(|one| {
            let desk = one.record;
            let Staffing { leads, alternates, .. } =
                staffing.get(&desk.id).copied().unwrap_or_default();
            let point = known.remove(&desk.id);
            let name = names.get(&desk.tenant).cloned().unwrap_or_default();
            (Candidate { desk, point, leads, alternates }, name)
        })
        .collect();
    all.sort_by_key(|(one, _)| (one.desk.level != DeskLevel::National, one.desk.name.clone()));
    Ok(all)
}

/// The directory of contact points, for staff: every open desk.
///
/// # Errors
/// What access or the store refuse.
pub async fn directory(acting: &Acting<'_>) -> Result<Vec<(Candidate, String)>, Refused> {
    acting.allow(Action::ReadDirectory, &Resource::region()).await?;
    lookup(acting).await
}

/// The same as far as programs may be told of it ([`Houses::told_to_programs`], R9).
///
/// # Errors
/// What access or the store refuse.
pub async fn directory_for_programs(
    acting: &Acting<'_>,
) -> Result<Vec<(Candidate, String)>, Refused> {
    let all = directory(acting).await?;
    for_programs(acting, all).await
}

/// Open desks with their organisation's name as this reader may be told of them: staff of
/// all, a program of those that tell of no protected house, the public of the desks
/// everyone may turn to (R9).
///
/// # Errors
/// When the database does not answer.
pub async fn told(acting: &Acting<'_>) -> Result<Vec<(Candidate, String)>, Refused> {
    acting.allow(Action::PublicRead, &Resource::region()).await?;
    let all = lookup(acting).await?;
    if sees_protected(acting) {
        return match acting.subject.is_program() {
            true => for_programs(acting, all).await,
            false => Ok(all),
        };
    }
    let mut public = Vec::new();
    for one in all {
        if is_public_desk(acting, &one.0.desk).await? {
            public.push(one);
        }
    }
    Ok(public)
}

/// Of these desks those a program may be told of.
///
/// # Errors
/// When the database does not answer.
async fn for_programs(
    acting: &Acting<'_>,
    mut all: Vec<(Candidate, String)>,
) -> Result<Vec<(Candidate, String)>, Refused> {
    let store = &acting.app.store;
    let houses = houses(acting).await?;
    let tenants = tenants::list(store, &tenants::Filter::default(), Paging::all()).await?.items;
    let kinds: HashMap<TenantId, TenantKind> =
        tenants.into_iter().map(|one| (one.record.id, one.record.kind)).collect();
    all.retain(|(one, _)| houses.told_to_programs(&one.desk, kinds.get(&one.desk.tenant).copied()));
    Ok(all)
}

/// What tells of protected services.
async fn houses(acting: &Acting<'_>) -> Result<Houses, Refused> {
    let filter = services::Filter { protected: Some(true), ..services::Filter::default() };
    let mut houses = Houses::default();
    for kept in services::all(&acting.app.store, &filter).await? {
        houses.note(kept.record.tenant, &kept.record.service.place);
    }
    Ok(houses)
}

/// One contact point, for staff of any organisation.
///
/// # Errors
/// [`Refused::NotFound`] if it is not there.
pub async fn show_point(acting: &Acting<'_>, id: DeskId) -> Result<(Candidate, String), Refused> {
    let all = directory(acting).await?;
    all.into_iter().find(|(one, _)| one.desk.id == id).ok_or(Refused::NotFound)
}

/// What the link in a letter carries, sealed.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct ToConfirm {
    tenant: TenantId,
    desk: DeskId,
}

const PURPOSE: &str = "confirm contact point";
/// A link works as long as it is worth asking again.
const LINK_HOLDS: Duration = Duration::from_secs(30 * 86_400);

/// Asks stale contact points to confirm, by mail with a link. For the daily
/// job. Returns how many were asked.
///
/// # Errors
/// When the database does not answer.
pub async fn ask_stale(app: &App) -> Result<usize, Refused> {
    let store = &app.store;
    let now = store.now();
    let filter = desks::Filter { open: Some(true), ..desks::Filter::default() };
    let all = desks::list(store, &filter, desks::SortBy::Name, Paging::all()).await?;
    let known = points::all(store).await?;
    let mut asked = 0;
    for desk in all.items.into_iter().map(|one| one.record) {
        let Some(point) = known.get(&desk.id).filter(|point| point.should_be_asked(now)) else {
            continue;
        };
        ask(app, Actor::System { job: "confirm contact points".into() }, &desk, point).await?;
        asked += 1;
    }
    Ok(asked)
}

/// Asks one contact point of one's organisation now.
///
/// # Errors
/// [`Refused::Declined`] if no address for it is known.
pub async fn ask_one(acting: &Acting<'_>, id: DeskId) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ManageDesks, &Resource::of(tenant)).await?;
    let store = &acting.app.store;
    let desk = desks::find(store, tenant, id).await?.ok_or(Refused::NotFound)?.record;
    let point = points::find(store, tenant, id).await?;
    let Some(point) = point.filter(|point| point.confirm_to.is_some()) else {
        return Err(Refused::Declined(Message::new("error-no-confirm-address")));
    };
    ask(acting.app, acting.actor.clone(), &desk, &point).await
}

async fn ask(app: &App, actor: Actor, desk: &Desk, point: &ContactPoint) -> Result<(), Refused> {
    let Some(to) = &point.confirm_to else { return Ok(()) };
    let carried = ToConfirm { tenant: desk.tenant, desk: desk.id };
    let token = tokens::keep(app, PURPOSE, b"", &carried, LINK_HOLDS);
    let context = ActContext::new(desk.tenant, actor, "desk.ask-to-confirm").about(desk.id);
    let Begun::Fresh(mut act) = app.store.act(context).await? else { return Ok(()) };
    let letter = serde_json::json!({
        "letter": "confirm-contact-point",
        "language": desk.languages.first().cloned().unwrap_or_else(|| "en".into()),
        "token": token,
    });
    outbox::put(&mut act, "mail", to, "confirm-contact-point", letter.to_string().as_bytes())
        .await?;
    let stands = points::find(&act, desk.tenant, desk.id).await?;
    let asked = ContactPoint { asked: Some(act.now()), ..stands.unwrap_or_else(|| point.clone()) };
    points::put(&mut act, desk.id, &asked).await?;
    Ok(act.commit(&()).await?)
}

/// What the link of a letter is about.
///
/// # Errors
/// [`Refused::NotFound`] for a link that is not ours or has run out.
pub async fn asked_about(app: &App, token: &str) -> Result<(Desk, Option<ContactPoint>), Refused> {
    let carried: ToConfirm = tokens::kept(app, PURPOSE, b"", token).ok_or(Refused::NotFound)?;
    let found = desks::find(&app.store, carried.tenant, carried.desk).await?;
    let desk = found.ok_or(Refused::NotFound)?.record;
    let point = points::find(&app.store, carried.tenant, carried.desk).await?;
    Ok((desk, point))
}

/// Confirms by the link of a letter: whoever reads the desk's mail may say
/// that the record is right, and nothing else.
///
/// # Errors
/// [`Refused::NotFound`] for a link that is not ours or has run out.
pub async fn confirm_by_link(app: &App, token: &str) -> Result<(), Refused> {
    let (desk, _) = asked_about(app, token).await?;
    let context = ActContext::new(desk.tenant, Actor::Public, "desk.confirm").about(desk.id);
    let Begun::Fresh(act) = app.store.act(context).await? else { return Ok(()) };
    confirmed(app, act, desk.id).await
}

/// Confirms one's own contact point, signed in: whoever sits there may, as they do what the
/// desk is asked for, and whoever keeps the desks.
///
/// # Errors
/// What access or the store refuse.
pub async fn confirm(acting: &Acting<'_>, id: DeskId) -> Result<(), Refused> {
    let (tenant, account) = acting.member()?;
    let resource = Resource::of(tenant).about(account).at_desk(Some(id));
    let sits = acting.subject.desks.contains(&id);
    // A program made for reading alone does not say that someone looked.
    if !(sits && acting.may(Action::FinishTask, &resource).allowed) {
        acting.allow(Action::ManageDesks, &resource).await?;
    }
    desks::find(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)?;
    let act = begin!(acting, acting.context(Action::ManageDesks)?.about(id));
    confirmed(acting.app, act, id).await
}

async fn confirmed(app: &App, mut act: palermo_store::Act, desk: DeskId) -> Result<(), Refused> {
    // Read in the act: what someone changed a moment ago must not be put back.
    let point = points::find(&act, act.tenant(), desk).await?;
    let point = ContactPoint {
        confirmed: Some(act.now()),
        ..point.unwrap_or_else(|| ContactPoint::new(PointKind::Other))
    };
    let tenant = act.tenant();
    points::put(&mut act, desk, &point).await?;
    act.commit(&()).await?;
    // A task that asked for this is done.
    crate::reminders::of_tenant(app, tenant).await
}
