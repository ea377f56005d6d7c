//! The yearly look at whom the questions find (E32): results of one's
//! organisation by sex, age, citizenship and form.

use crate::{
    Acting, Refused,
    access::{Action, Resource},
};
use palermo_domain::{
    care::figures::counted_until,
    case::person::Sex,
    id::{CaseId, PersonId},
    purpose::Purpose,
    screening::{
        ExploitationForm, Kept, Notice, Outcome,
        bias::{self, BiasRow, By, NOT_SAID, Screened},
    },
};
use palermo_store::{
    Paging,
    case::{background as backgrounds, file as files, person as persons},
    screening::{kept as screenings, notice as notices},
    tenant as tenants,
};
use std::collections::{BTreeSet, HashMap};

/// The report over the years that are over. The look is in the log first; what
/// belongs to a sealed record is not there (E11).
///
/// # Errors
/// What access or the store refuse.
pub async fn report(acting: &Acting<'_>) -> Result<Vec<BiasRow>, Refused> {
    let (tenant, _) = acting.member()?;
    let purpose = Some(Purpose::Statistics);
    acting.allow_for(Action::CountCases, &Resource::of(tenant), purpose).await?;
    let mut context = acting.context(Action::CountCases)?.for_purpose(Purpose::Statistics);
    context.idempotency = None;
    let read = acting.app.store.read_personal(context).await?;
    let own = tenants::find(&read, tenant).await?.and_then(|own| own.record.state);
    let filter = files::Filter { without_sealed: true, ..files::Filter::default() };
    let cases = files::list(&read, tenant, &filter, files::SortBy::Newest, Paging::all()).await?;
    // A case opened from a screening has a person of its own; of whoever has no case,
    // nobody wrote down sex or nationality.
    let cases: HashMap<CaseId, PersonId> =
        cases.items.iter().map(|case| (case.record.id, case.record.person)).collect();
    let of = |one: &Kept| one.case.and_then(|case| cases.get(&case)).copied();
    let kept: Vec<Kept> = screenings::of_tenant(&read, tenant)
        .await?
        .into_iter()
        .map(|one| one.record)
        .filter(|one| one.case.is_none_or(|case| cases.contains_key(&case)))
        .collect();
    let people: Vec<PersonId> = kept.iter().filter_map(of).collect();
    let sexes: HashMap<PersonId, Option<Sex>> = persons::of_ids(&read, tenant, &people)
        .await?
        .into_iter()
        .map(|(id, person)| (id, person.record.sex))
        .collect();
    let nations = backgrounds::of_ids(&read, tenant, &people).await?;
    let unnamed = notices::list(&read, tenant, Paging::all()).await?.items;
    let named = kept.iter().map(|one| {
        let person = of(one);
        let sex = person.and_then(|id| sexes.get(&id).copied().flatten());
        let nations = person
            .and_then(|id| nations.get(&id))
            .map(|found| found.record.nationalities.as_slice());
        let citizenship = bias::citizenship(nations.unwrap_or_default(), own.as_deref());
        let mut groups = forms(&one.forms);
        groups.insert((By::Sex, sex.map_or(NOT_SAID, Sex::code).to_owned()));
        groups.insert((By::Age, one.age.code().to_owned()));
        groups.insert((By::Citizenship, citizenship.to_owned()));
        let year = one.recorded_at.date().year();
        Screened { id: one.id, year, presumed: one.outcome == Outcome::Presumed, groups }
    });
    let unnamed = unnamed.iter().filter_map(|one| counted(&one.record));
    let until = counted_until(acting.now().date().into());
    let base = usize::try_from(acting.app.policy.publication_threshold()).unwrap_or(5);
    let over = named.chain(unnamed).filter(|one| bias::is_over(one.year, until));
    Ok(bias::report(over, base))
}

/// Who left without a name: age and form alone were kept.
fn counted(one: &Notice) -> Option<Screened> {
    let year = one.month.split('-').next()?.parse().ok()?;
    let mut groups = forms(&one.forms);
    groups.insert((By::Age, one.age.code().to_owned()));
    Some(Screened { id: one.id, year, presumed: one.outcome == Outcome::Presumed, groups })
}

/// The Protocol's own forms that were named.
fn forms(named: &BTreeSet<ExploitationForm>) -> BTreeSet<(By, String)> {
    if named.is_empty() {
        return [(By::Form, NOT_SAID.to_owned())].into();
    }
    named.iter().map(|form| (By::Form, form.family().code().to_owned())).collect()
}
