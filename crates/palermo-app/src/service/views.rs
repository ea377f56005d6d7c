//! How services stand to standards as somebody else than their keeper found: whoever
//! coordinates the State, watches over it, or the secretariat. Shown beside what the keeper
//! says, each with its day and who looked (R082).

use super::{hidden::sees, list_standards, sees_protected, standards::resource};
use crate::{Acting, Message, Problems, Refused, access::Action, begin};
use palermo_domain::{
    id::{SecondViewId, ServiceId, TenantId},
    register::day::Day,
    service::{Outcome, Service, protected::Part, standard::SecondView},
};
use palermo_store::{
    Versioned, fold,
    register::Filed,
    second_view as views,
    service::{self as services, Kept},
    tenant as tenants,
};
use std::collections::HashSet;

/// What someone typed about how they see a service.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs)] // each field is the one of the form with the same name
pub struct ViewForm {
    /// One of the standards that bind the service today, by its name.
    pub standard: String,
    pub outcome: String,
    /// Day, month, year.
    pub on: [String; 3],
    /// Day, month, year; all empty if it has no end.
    pub until: [String; 3],
    pub words: String,
}

impl ViewForm {
    fn parse(
        &self,
        kept: &Kept,
        binding: &[String],
        by: String,
        today: Day,
    ) -> Result<SecondView, Refused> {
        let mut problems = Problems::default();
        let p = &mut problems;
        let standard = binding.iter().find(|name| **name == self.standard.trim()).cloned();
        if standard.is_none() {
            p.add("standard", Message::new("error-choose"));
        }
        let typed = self.outcome.trim();
        let outcome = Outcome::ALL.iter().copied().find(|one| one.code() == typed);
        if outcome.is_none() {
            p.add("outcome", Message::new("error-choose"));
        }
        let empty = self.on.iter().all(|part| part.trim().is_empty());
        let on = p.day("on", &self.on);
        if empty {
            p.add("on", Message::new("error-required"));
        }
        if on.is_some_and(|on| on > today) {
            p.add("on", Message::new("error-second-view-day"));
        }
        let until = p.day("until", &self.until);
        if let (Some(on), Some(until)) = (on, until)
            && until < on
        {
            p.add("until", Message::new("error-standard-days"));
        }
        let words = p.bounded("words", &self.words, 2000);
        if kept.service.place.is_protected() && Part::Description.leads(&words).is_some() {
            p.add("words", Message::new("error-protected-words"));
        }
        problems.none()?;
        let (Some(standard), Some(outcome), Some(on)) = (standard, outcome, on) else {
            return Err(Refused::NotFound);
        };
        Ok(SecondView { service: kept.id, standard, by, outcome, on, until, words })
    }
}

/// A second view as it is kept.
pub type KeptView = Versioned<Filed<SecondViewId, SecondView>>;

/// How others see a service, for staff of the field and whoever keeps it: of each
/// organisation the latest under each standard, the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn second_views(acting: &Acting<'_>, kept: &Kept) -> Result<Vec<KeptView>, Refused> {
    let own = acting.member().is_ok_and(|(tenant, _)| tenant == kept.tenant);
    if !own && !sees_protected(acting) {
        return Ok(Vec::new());
    }
    let mut all = views::list(&acting.app.store, Some(kept.id)).await?;
    // Those of one day come in the order they were entered: the last one counts.
    all.reverse();
    all.sort_by_key(|one| std::cmp::Reverse(one.record.entry.on));
    let mut known: HashSet<(TenantId, String)> = HashSet::new();
    all.retain(|one| known.insert((one.record.tenant, fold(&one.record.entry.standard))));
    // Words from before the service became protected may lead to the house (R9).
    for words in all.iter_mut().map(|one| &mut one.record.entry.words) {
        if kept.service.place.is_protected() && Part::Description.leads(words).is_some() {
            words.clear();
        }
    }
    Ok(all)
}

/// Whether someone may say how they see this service.
#[must_use]
pub fn may_assess(acting: &Acting<'_>, kept: &Kept) -> bool {
    let Ok((tenant, _)) = acting.member() else { return false };
    let state = kept.service.state.map(|state| state.to_string()).unwrap_or_default();
    sees(acting, kept)
        && SecondView::may_come_from(tenant, kept.tenant)
        && acting.may(Action::AssessServices, &resource(tenant, &state)).allowed
}

/// The names of the standards that bind a service today.
///
/// # Errors
/// When the database does not answer.
pub async fn binding(acting: &Acting<'_>, one: &Service) -> Result<Vec<String>, Refused> {
    let today: Day = acting.now().date().into();
    let all = list_standards(acting).await?.into_iter().map(|kept| kept.record.entry);
    Ok(all.filter(|standard| standard.applies(one, today)).map(|one| one.name).collect())
}

/// Says how a service of another organisation stands to a standard that binds it.
///
/// # Errors
/// Every problem of the form at once; [`Refused::NotFound`] for a service one does not see,
/// keeps oneself, or that works in a State one does not watch over.
pub async fn assess(
    acting: &Acting<'_>,
    id: ServiceId,
    form: &ViewForm,
) -> Result<SecondViewId, Refused> {
    let (tenant, _) = acting.member()?;
    let kept = services::find(&acting.app.store, id).await?.ok_or(Refused::NotFound)?.record;
    let state = kept.service.state.map(|state| state.to_string()).unwrap_or_default();
    acting.allow(Action::AssessServices, &resource(tenant, &state)).await?;
    if !may_assess(acting, &kept) {
        return Err(Refused::NotFound);
    }
    let binding = binding(acting, &kept.service).await?;
    let by = tenants::find(&acting.app.store, tenant).await?.map(|one| one.record.name);
    let today = acting.now().date().into();
    let view = form.parse(&kept, &binding, by.unwrap_or_default(), today)?;
    let mut act = begin!(acting, acting.context(Action::AssessServices)?.about(id));
    let made = views::insert(&mut act, &view).await?;
    act.about(made);
    act.commit(&made).await?;
    Ok(made)
}
