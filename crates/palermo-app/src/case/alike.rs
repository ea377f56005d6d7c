//! Like names, and documents of one number, among one's own cases, when a case is
//! opened, a name or a document written: a hint to whoever opens identity, never a reason to stop. Other
//! people's cases are not looked at, and nothing is compared at rest.

use super::{
    Opened,
    list::{self, CaseRow, Which},
    open::name_place,
    papers, permitted,
};
use crate::{
    Acting, Refused,
    access::{Action, Resource},
    begin,
    names::DOCUMENT,
    session::Signed,
};
use palermo_domain::{
    case::alike::NotSame,
    compartment::Compartment,
    id::{CaseId, PersonId},
    purpose::Purpose,
};
use palermo_stats::linkage::similarity::{jaro_winkler, letters};
use palermo_store::{case::record, fold, keys::blind};
use std::collections::BTreeSet;

/// From which similarity two words of names count as spellings of one.
const ALIKE: f64 = 0.9;
/// Most hints shown.
const MOST: usize = 10;

/// One's other cases whose person has a like name or a document of the same number, unless somebody said that
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
    let same_paper = with_the_same_paper(opened).await?;
    if name.trim().is_empty() && same_paper.is_empty() {
        return Ok(Vec::new());
    }
    let which = Which { phase: None, incident: None };
    let mut rows = list::own(acting, Some(signed), which, purpose).await?;
    let ids: Vec<CaseId> = rows.iter().map(|row| row.case.record.id).collect();
    let said = record::of_cases::<NotSame>(&opened.read, case.tenant, &ids, "stands").await?;
    let mut seen = BTreeSet::from([case.person]);
    rows.retain(|row| {
        let other = row.case.record.person;
        let named = row.name.as_ref().filter(|_| !name.trim().is_empty());
        let like =
            same_paper.contains(&other) || named.is_some_and(|known| are_alike(&name, known));
        like && said.iter().all(|one| !one.is_about(case.person, other)) && seen.insert(other)
    });
    rows.truncate(MOST);
    Ok(rows)
}

/// Whoever holds a document with the number of one of this person's: by the keyed hash of
/// the whole number, for whoever opens identity.
async fn with_the_same_paper(opened: &Opened) -> Result<BTreeSet<PersonId>, Refused> {
    let mut found = BTreeSet::new();
    let Some(vault) = opened.vault_for(Compartment::Identity) else { return Ok(found) };
    let Some((kept, _)) = papers::read(opened).await? else { return Ok(found) };
    for paper in kept {
        found.extend(blind::find(&opened.read, vault, DOCUMENT, &paper.number).await?);
    }
    Ok(found)
}

/// A word of a name: its letters, and how they sound whatever the spelling.
pub(crate) struct Word {
    written: Vec<char>,
    sounds: Vec<char>,
}

impl Word {
    /// Whether the other is a spelling of the same.
    fn is_like(&self, other: &Self) -> bool {
        let far = self.sounds.len().abs_diff(other.sounds.len()) > 3;
        // Nearly no two spellings of a name begin with another sound: the rest is not compared.
        !far && self.sounds.first() == other.sounds.first()
            && (jaro_winkler(&self.sounds, &other.sounds) >= ALIKE
                || jaro_winkler(&self.written, &other.written) >= ALIKE)
    }
}

/// Letters as they sound: `Ameena` and `Amina`, `Mirco` and `Mirko` are written apart and
/// spoken alike.
fn sounds(word: &str) -> Vec<char> {
    let mut sound: Vec<char> = Vec::with_capacity(word.len());
    let mut letters = word.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied();
        let (heard, two) = match (letter, next) {
            ('e', Some('e')) => ('i', true),
            ('o', Some('o' | 'u')) => ('u', true),
            ('p', Some('h')) => ('f', true),
            ('k', Some('h')) | ('c', Some('k')) => ('k', true),
            ('c', Some('h')) => ('c', true),
            ('c' | 'q', _) => ('k', false),
            ('y' | 'j', _) => ('i', false),
            ('w', _) => ('v', false),
            ('h', None) if !sound.is_empty() => continue,
            (other, _) => (other, false),
        };
        if two {
            letters.next();
        }
        if sound.last() != Some(&heard) {
            sound.push(heard);
        }
    }
    sound
}

/// The words of a name that is folded already.
pub(crate) fn words(folded: &str) -> Vec<Word> {
    let parts = folded.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.map(|part| Word { written: letters(part), sounds: sounds(part) }).collect()
}

/// Whether each of these words is a spelling of one of the others.
pub(crate) fn each_is_in(these: &[Word], others: &[Word]) -> bool {
    let found = |word: &Word| others.iter().any(|there| word.is_like(there));
    !these.is_empty() && these.iter().all(found)
}

/// Whether each word of the shorter name is a spelling of a word of the other.
fn are_alike(one: &str, other: &str) -> bool {
    let (one, other) = (words(&fold(one)), words(&fold(other)));
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    each_is_in(&short, &long)
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
            ("Ameena", "Amina"),
            ("Aminah", "Amina"),
            ("Mirco", "Mirko"),
        ] {
            assert!(are_alike(one, other), "{one} {other}");
        }
        for (one, other) in [("Selma", "Zora"), ("Aminata Diallo", "Aminata Petrak"), ("", "Zora")]
        {
            assert!(!are_alike(one, other), "{one} {other}");
        }
    }
}
