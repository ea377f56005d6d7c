//! Minimum standards for services (R082): kept by whoever coordinates a State or the
//! region, open to everyone, and laid beside what a service was assessed under.

use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
    directory::{elsewhere, is_elsewhere, not_a_state},
};
use palermo_domain::{
    id::{ServiceStandardId, TenantId},
    register::{day::Day, state::StateCode},
    service::{Assessment, Need, Outcome, Service, Status, standard::Standard},
};
use palermo_store::{
    Revision, Versioned, fold, register::Filed, service::Filter, service_standard as standards,
};

/// What someone typed about a standard.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs)] // each field is the one of the form with the same name
pub struct StandardForm {
    pub name: String,
    pub by: String,
    /// Empty for the whole region.
    pub state: String,
    /// Codes; none for all services.
    pub needs: Vec<String>,
    /// A point a line.
    pub points: String,
    /// Day, month, year; all empty if it held always.
    pub since: [String; 3],
    /// Day, month, year; all empty while it holds.
    pub until: [String; 3],
    pub source: String,
}

fn boxes(day: Day) -> [String; 3] {
    let date = day.date();
    [date.day().to_string(), u8::from(date.month()).to_string(), date.year().to_string()]
}

impl StandardForm {
    /// A form showing what is stored.
    #[must_use]
    pub fn of(one: &Standard) -> Self {
        Self {
            name: one.name.clone(),
            by: one.by.clone(),
            state: one.state.map(|state| state.to_string()).unwrap_or_default(),
            needs: one.needs.iter().map(|need| need.code().to_owned()).collect(),
            points: one.points.join("\n"),
            since: one.since.map(boxes).unwrap_or_default(),
            until: one.until.map(boxes).unwrap_or_default(),
            source: one.source.clone(),
        }
    }

    /// The same where a State must be chosen: none is for the whole region.
    fn chosen(&self, acting: &Acting<'_>) -> Result<Standard, Refused> {
        let read = self.parse(acting);
        if !self.state.trim().is_empty() {
            return read;
        }
        let mut problems = match read {
            Ok(_) => Problems::default(),
            Err(Refused::Invalid(problems)) => problems,
            Err(other) => return Err(other),
        };
        problems.add("state", not_a_state(""));
        Err(Refused::Invalid(problems))
    }

    fn parse(&self, acting: &Acting<'_>) -> Result<Standard, Refused> {
        let mut problems = Problems::default();
        let p = &mut problems;
        let name = p.required("name", &self.name, 160);
        if name.contains('|') {
            p.add("name", Message::new("error-standard-bar"));
        }
        let by = p.bounded("by", &self.by, 160);
        let code = self.state.trim().to_uppercase();
        let state: Option<StateCode> =
            code.parse().ok().filter(|_| acting.app.content.knows_state(&code));
        if state.is_none() && !code.is_empty() {
            p.add("state", Message::new("error-unknown-state").with("code", &code));
        }
        let needs = self.needs.iter().filter_map(|code| code.parse::<Need>().ok()).collect();
        let points = p.required("points", &self.points, 8000);
        let points = points.lines().map(str::trim).filter(|line| !line.is_empty());
        let points = points.map(str::to_owned).collect();
        let since = p.day("since", &self.since);
        let until = p.day("until", &self.until);
        if let (Some(since), Some(until)) = (since, until)
            && until < since
        {
            p.add("until", Message::new("error-standard-days"));
        }
        let source = p.bounded("source", &self.source, 400);
        problems.none()?;
        Ok(Standard { name, by, state, needs, points, since, until, source })
    }
}

/// A standard as it is kept.
pub type KeptStandard = Versioned<Filed<ServiceStandardId, Standard>>;

/// All standards, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn list_standards(acting: &Acting<'_>) -> Result<Vec<KeptStandard>, Refused> {
    acting.allow(Action::PublicRead, &Resource::region()).await?;
    let mut all = standards::list(&acting.app.store, None::<StateCode>).await?;
    all.sort_by_cached_key(|one| fold(&one.record.entry.name));
    Ok(all)
}

/// A standard with how many open services it binds and how many of them meet it today.
/// Protected ones are not counted (R9).
#[derive(Debug, Clone)]
pub struct CountedStandard {
    /// The standard.
    pub kept: KeptStandard,
    /// How many working open services it binds.
    pub bound: usize,
    /// How many of these were assessed as meeting it.
    pub met: usize,
}

/// All standards, by name, with how services stand to them.
///
/// # Errors
/// When the database does not answer.
pub async fn counted_standards(acting: &Acting<'_>) -> Result<Vec<CountedStandard>, Refused> {
    let filter =
        Filter { status: Some(Status::Active), protected: Some(false), ..Filter::default() };
    let services = super::list(acting, &filter).await?;
    let today: Day = acting.now().date().into();
    let counted = list_standards(acting).await?.into_iter().map(|kept| {
        let one = &kept.record.entry;
        let open = services.iter().map(|row| &row.record.service);
        let binds: Vec<&Service> = open.filter(|service| one.applies(service, today)).collect();
        let meets = |service: &&&Service| {
            let made = assessed_under(acting, one, service);
            made.is_some_and(|made| made.outcome == Outcome::Met)
        };
        let (bound, met) = (binds.len(), binds.iter().filter(meets).count());
        CountedStandard { kept, bound, met }
    });
    Ok(counted.collect())
}

/// One standard.
///
/// # Errors
/// [`Refused::NotFound`] if it is not there.
pub async fn show_standard(
    acting: &Acting<'_>,
    id: ServiceStandardId,
) -> Result<KeptStandard, Refused> {
    let all = list_standards(acting).await?;
    all.into_iter().find(|one| one.record.id == id).ok_or(Refused::NotFound)
}

/// A standard of one State is for whoever coordinates there, one of the region for the
/// secretariat.
pub(super) fn resource(tenant: TenantId, state: &str) -> Resource {
    match state {
        "" => Resource::of(tenant),
        state => Resource::of(tenant).in_state(Some(state)),
    }
}

/// Whether someone may change a standard of their organisation.
#[must_use]
pub fn may_edit_standard(acting: &Acting<'_>, kept: &KeptStandard) -> bool {
    let Ok((tenant, _)) = acting.member() else { return false };
    let state = kept.record.entry.state.map(|state| state.to_string()).unwrap_or_default();
    tenant == kept.record.tenant
        && acting.may(Action::EditDirectory, &resource(tenant, &state)).allowed
}

/// Enters a standard of one's State; the secretariat enters those of the region and of any.
///
/// # Errors
/// Every problem of the form at once.
pub async fn enter_standard(
    acting: &Acting<'_>,
    form: &StandardForm,
) -> Result<ServiceStandardId, Refused> {
    let (tenant, _) = acting.member()?;
    if is_elsewhere(acting, form.state.trim()) {
        return Err(elsewhere(form.chosen(acting)));
    }
    acting.allow(Action::EditDirectory, &resource(tenant, form.state.trim())).await?;
    let standard = form.parse(acting)?;
    let mut act = begin!(acting, acting.context(Action::EditDirectory)?);
    let id = standards::insert(&mut act, &standard).await?;
    act.about(id);
    act.commit(&id).await?;
    Ok(id)
}

/// Changes a standard one's organisation keeps, or ends it by its last day.
///
/// # Errors
/// [`Refused::Conflict`] if someone changed it since.
pub async fn change_standard(
    acting: &Acting<'_>,
    id: ServiceStandardId,
    form: &StandardForm,
    seen: Revision,
) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    let before = standards::find(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)?;
    let state = before.record.entry.state.map(|state| state.to_string()).unwrap_or_default();
    acting.allow(Action::EditDirectory, &resource(tenant, &state)).await?;
    if is_elsewhere(acting, form.state.trim()) {
        return Err(elsewhere(form.chosen(acting)));
    }
    acting.allow(Action::EditDirectory, &resource(tenant, form.state.trim())).await?;
    let standard = form.parse(acting)?;
    let mut act = begin!(acting, acting.context(Action::EditDirectory)?.about(id));
    standards::update(&mut act, id, &standard, seen).await?;
    Ok(act.commit(&()).await?)
}

/// The assessment of a service that holds today under a standard.
#[must_use]
pub fn assessed_under<'s>(
    acting: &Acting<'_>,
    standard: &Standard,
    service: &'s Service,
) -> Option<&'s Assessment> {
    standard.assessment(service, acting.now().date().into(), fold)
}
