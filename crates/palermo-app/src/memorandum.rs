//! Memoranda in which a State and organisations agree who does what (R083):
//! entering and changing them. Of their end one is reminded by a task.

use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
    directory::{elsewhere, is_elsewhere, not_a_state},
    reminders,
};
use palermo_domain::{
    id::{DeskId, MemorandumId, TenantId},
    memorandum::Memorandum,
    register::{day::Day, state::StateCode},
};
use palermo_store::{Revision, Versioned, desk as desks, memorandum as memoranda, register::Filed};

/// What someone typed about a memorandum.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs)] // each field is the one of the form with the same name
pub struct MemorandumForm {
    pub title: String,
    pub subject: String,
    pub state: String,
    /// A party a line.
    pub parties: String,
    pub roles: String,
    /// Day, month, year.
    pub signed: [String; 3],
    /// Day, month, year; all empty if it has no end.
    pub until: [String; 3],
    /// The desk that is reminded of its end.
    pub desk: String,
}

fn typed(day: Day) -> [String; 3] {
    let date = day.date();
    [date.day().to_string(), u8::from(date.month()).to_string(), date.year().to_string()]
}

impl MemorandumForm {
    /// A form showing what is stored.
    #[must_use]
    pub fn of(one: &Memorandum) -> Self {
        Self {
            title: one.title.clone(),
            subject: one.subject.clone(),
            state: one.state.to_string(),
            parties: one.parties.join("\n"),
            roles: one.roles.clone(),
            signed: typed(one.signed),
            until: one.until.map(typed).unwrap_or_default(),
            desk: one.desk.map(|desk| desk.to_string()).unwrap_or_default(),
        }
    }

    fn parse(&self, acting: &Acting<'_>, own: &[DeskId]) -> Result<Memorandum, Refused> {
        let mut problems = Problems::default();
        let title = problems.required("title", &self.title, 200);
        let subject = problems.bounded("subject", &self.subject, 400);
        let code = self.state.trim().to_uppercase();
        let state: Option<StateCode> =
            code.parse().ok().filter(|_| acting.app.content.knows_state(&code));
        if state.is_none() {
            problems.add("state", not_a_state(&code));
        }
        let lines = self.parties.lines().map(str::trim).filter(|line| !line.is_empty());
        let parties: Vec<String> = lines.map(str::to_owned).collect();
        if parties.len() < 2 {
            problems.add("parties", Message::new("error-two-parties"));
        }
        problems.bounded("parties", &self.parties, 4000);
        let roles = problems.bounded("roles", &self.roles, 4000);
        let before = problems.0.len();
        let signed = problems.day("signed", &self.signed);
        if signed.is_none() && problems.0.len() == before {
            problems.add("signed", Message::new("error-required"));
        }
        let until = problems.day("until", &self.until);
        if let (Some(signed), Some(until)) = (signed, until)
            && until < signed
        {
            problems.add("until", Message::new("error-ends-before-signed"));
        }
        let desk: Option<DeskId> = self.desk.trim().parse().ok();
        if desk.is_some_and(|desk| !own.contains(&desk))
            || (desk.is_none() && !self.desk.trim().is_empty())
        {
            problems.add("desk", Message::new("error-choose"));
        }
        let (Some(state), Some(signed)) = (state, signed) else {
            return Err(Refused::Invalid(problems));
        };
        problems.none()?;
        Ok(Memorandum { title, subject, state, parties, roles, signed, until, desk })
    }
}

/// A memorandum as it is kept.
pub type KeptMemorandum = Versioned<Filed<MemorandumId, Memorandum>>;

/// Memoranda, those that end first before the others.
///
/// # Errors
/// What access or the store refuse.
pub async fn list(acting: &Acting<'_>) -> Result<Vec<KeptMemorandum>, Refused> {
    acting.allow(Action::ReadDirectory, &Resource::region()).await?;
    let mut all = memoranda::list(&acting.app.store, None::<StateCode>).await?;
    all.sort_by_key(|one| (one.record.entry.until.is_none(), one.record.entry.until));
    Ok(all)
}

/// One memorandum.
///
/// # Errors
/// [`Refused::NotFound`] if it is not there.
pub async fn show(acting: &Acting<'_>, id: MemorandumId) -> Result<KeptMemorandum, Refused> {
    let all = list(acting).await?;
    all.into_iter().find(|one| one.record.id == id).ok_or(Refused::NotFound)
}

/// Open desks of one's organisation, by id and name: one of them is reminded.
///
/// # Errors
/// When the database does not answer.
pub async fn desks_to_remind(acting: &Acting<'_>) -> Result<Vec<(DeskId, String)>, Refused> {
    let (tenant, _) = acting.member()?;
    own_desks(acting, tenant).await
}

async fn own_desks(
    acting: &Acting<'_>,
    tenant: TenantId,
) -> Result<Vec<(DeskId, String)>, Refused> {
    let filter =
        desks::Filter { tenant: Some(tenant), open: Some(true), ..desks::Filter::default() };
    let (sort, paging) = (desks::SortBy::Name, palermo_store::Paging::all());
    let found = desks::list(&acting.app.store, &filter, sort, paging).await?;
    Ok(found.items.into_iter().map(|one| (one.record.id, one.record.name)).collect())
}

/// Enters a memorandum of one's State; the secretariat enters any.
///
/// # Errors
/// Every problem of the form at once.
pub async fn enter(acting: &Acting<'_>, form: &MemorandumForm) -> Result<MemorandumId, Refused> {
    let (tenant, memorandum) = read(acting, form).await?;
    let mut act = begin!(acting, acting.context(Action::EditDirectory)?);
    let id = memoranda::insert(&mut act, &memorandum).await?;
    act.about(id);
    act.commit(&id).await?;
    reminders::of_tenant(acting.app, tenant).await?;
    Ok(id)
}

/// Changes a memorandum one's organisation keeps. With a new last day the
/// reminder of the old one is done.
///
/// # Errors
/// [`Refused::Conflict`] if someone changed it since.
pub async fn change(
    acting: &Acting<'_>,
    id: MemorandumId,
    form: &MemorandumForm,
    seen: Revision,
) -> Result<(), Refused> {
    let (own, _) = acting.member()?;
    let before = memoranda::find(&acting.app.store, own, id).await?.ok_or(Refused::NotFound)?;
    let resource = Resource::of(own).in_state(Some(before.record.entry.state.as_str()));
    acting.allow(Action::EditDirectory, &resource).await?;
    let (tenant, memorandum) = read(acting, form).await?;
    let mut act = begin!(acting, acting.context(Action::EditDirectory)?.about(id));
    memoranda::update(&mut act, id, &memorandum, seen).await?;
    act.commit(&()).await?;
    reminders::of_tenant(acting.app, tenant).await
}

async fn read(
    acting: &Acting<'_>,
    form: &MemorandumForm,
) -> Result<(TenantId, Memorandum), Refused> {
    let (tenant, _) = acting.member()?;
    let own: Vec<DeskId> = own_desks(acting, tenant).await?.into_iter().map(|(id, _)| id).collect();
    if is_elsewhere(acting, form.state.trim()) {
        return Err(elsewhere(form.parse(acting, &own)));
    }
    let resource = Resource::of(tenant).in_state(Some(form.state.trim()));
    acting.allow(Action::EditDirectory, &resource).await?;
    Ok((tenant, form.parse(acting, &own)?))
}
