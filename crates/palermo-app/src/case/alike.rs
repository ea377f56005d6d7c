//! Like names among one's own cases, when a case is opened or a name is
//! written: a hint to whoever opens identity, never a reason to stop. Other
//! people's cases are not looked at, and nothing is compared at rest.

use super::{
    Opened,
    list::{self, CaseRow, Which},
    open::name_place,
    permitted,
};
use crate::{
    Acting, Refused,
    access::{Action, Resource},
    begin,
    session::Signed,
};
use palermo_domain::{
    case::alike::NotSame,
    id::{CaseId, PersonId},
    purpose::Purpose,
};
use palermo_stats::linkage::similarity::{jaro_winkler, letters};
use palermo_store::{case::record, fold};
use std::collections::BTreeSet;

/// From which similarity two words of names count as spellings of one.
const ALIKE: f64 = 0.9;
/// Most hints shown.
const MOST: usize = 10;

/// One's other cases whose person has a like name, unless somebody said that
/// they are not the same; nothing for whoever may not search names.
///
/// # Errors
/// When something sealed was changed or moved, or the database does not answer.
pub async fn hints(
    acting: &Acting<'_>,
    signed: &Signed,
    opened: &Opened,
) -> Result<Vec<CaseRow>, Refused> {
    let case = &opened.file.case.record;
    let all = Resource::of(case.tenant);
    let (_, account) = acting.member()?;
    let mine = Resource::of(case.tenant).about(account);
    let purpose = opened.file.purpose;
    if !acting.may_for(Action::SearchNames, &all, purpose).allowed
        || !acting.may_for(Action::ListCases, &mine, purpose).allowed
    {
        return Ok(Vec::new());
    }
    let name = opened.text(name_place(case.person)).await?.unwrap_or_default();
    if name.trim().is_empty() {
        return Ok(Vec::new());
    }
    let which = Which { phase: None, incident: None };
    let mut rows = list::own(acting, Some(signed), which, purpose).await?;
    let ids: Vec<CaseId> = rows.iter().map(|row| row.case.record.id).collect();
    let said = record::of_cases::<NotSame>(&opened.read, case.tenant, &ids, "stands").await?;
    let mut seen = BTreeSet::from([case.person]);
    rows.retain(|row| {
        let other = row.case.record.person;
        let like = row.name.as_ref().is_some_and(|known| are_alike(&name, known));
        like && said.iter().all(|one| !one.is_about(case.person, other)) && seen.insert(other)
    });
    rows.truncate(MOST);
    Ok(rows)
}

/// Whether each word of the shorter name is a spelling of a word of the other.
fn are_alike(one: &str, other: &str) -> bool {
    let words = |name: &str| -> Vec<Vec<char>> {
        let folded = fold(name);
        let parts = folded.split(|c: char| !c.is_alphanumeric());
        parts.filter(|part| !part.is_empty()).map(letters).collect()
    };
    let (one, other) = (words(one), words(other));
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let found = |word: &Vec<char>| long.iter().any(|there| jaro_winkler(word, there) >= ALIKE);
    !short.is_empty() && short.iter().all(found)
}

/// Remembers that the person of a case and another are not the same.
///
/// # Errors
/// [`Refused::NotFound`] unless the case is this reader's to write in and the other
/// theirs to read.
pub async fn not_same(
    acting: &Acting<'_>,
    id: CaseId,
    other: CaseId,
    purpose: Purpose,
) -> Result<(), Refused> {
    let (tenant, account) = acting.member()?;
    let file = permitted(acting, id, Action::WriteCase, purpose).await?;
    let there = permitted(acting, other, Action::ReadCase, purpose).await?;
    let (person, other): (PersonId, PersonId) = (file.person.record.id, there.person.record.id);
    if person == other {
        return Err(Refused::NotFound);
    }
    let mut act = begin!(acting, file.context(acting, Action::WriteCase)?);
    let known = record::of_case::<NotSame>(&act, tenant, id).await?;
    if known.iter().all(|one| !one.record.is_about(person, other)) {
        let recorded_at = act.now();
        let said =
            NotSame { tenant, id: act.new_id(), case: id, person, other, by: account, recorded_at };
        act.about(said.id);
        record::insert(&mut act, &said).await?;
    }
    Ok(act.commit(&()).await?)
}

#[cfg(test)]
mod tests {
    use super::are_alike;

    #[test]
    fn spellings_of_a_name_are_alike_and_other_names_are_not() {
        for (one, other) in [
            ("Selma", "selma"),
            ("Amínata Dialo", "Aminata Diallo"),
            ("Diallo, Aminata", "aminata diallo"),
            ("Zora", "Zora Petrak"),
        ] {
            assert!(are_alike(one, other), "{one} {other}");
        }
        for (one, other) in [("Selma", "Zora"), ("Aminata Diallo", "Aminata Petrak"), ("", "Zora")]
        {
            assert!(!are_alike(one, other), "{one} {other}");
        }
    }
}
