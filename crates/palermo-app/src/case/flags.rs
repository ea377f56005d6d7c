//! Flags on a case, with a reason, by someone, until a day. Whoever may write
//! in the case sets them and takes them down.

use super::{Opened, permitted, tell};
use crate::{Acting, Message, Problems, Refused, access::Action, begin};
use palermo_domain::{
    case::flag::{Flag, FlagKind},
    id::{CaseId, FlagId, Id},
    purpose::Purpose,
    register::day::Day,
};
use palermo_store::{
    UnlockedVault, Versioned,
    case::{event as events, record},
    keys::sealed,
};

/// Longest reason, in characters.
const LONGEST: usize = 500;

/// What someone typed about a flag.
#[derive(Debug, Clone, Default)]
pub struct FlagForm {
    /// Which.
    pub code: String,
    /// Why; sealed.
    pub reason: String,
    /// The last day on which it holds: day, month, year. All empty: without end.
    pub until: [String; 3],
}

/// A flag that holds, and why, as far as the reader's key opens it.
#[derive(Debug, Clone)]
pub struct Raised {
    /// The flag.
    pub flag: Versioned<Flag>,
    /// Why.
    pub reason: Option<String>,
}

/// The flags that can be set.
#[must_use]
pub fn kinds<'a>(acting: &'a Acting<'_>) -> &'a [FlagKind] {
    &acting.app.care.flags.kinds
}

/// A flag in words: its message, or what the list says for one that does not ship.
#[must_use]
pub fn word(acting: &Acting<'_>, code: &str) -> String {
    let name = acting.app.care.flags.find(code).map(|kind| &kind.name);
    let own = name.and_then(|name| name.get(acting.language.code()).or_else(|| name.get("en")));
    match own {
        Some(own) => own.clone(),
        None => acting.app.catalogue.text(acting.language, &format!("case-flag-{code}")),
    }
}

/// The colour of a flag; grey for one that is no longer on the list.
#[must_use]
pub fn colour<'a>(acting: &'a Acting<'_>, code: &str) -> &'a str {
    acting.app.care.flags.find(code).map_or("grey", |kind| kind.colour.as_str())
}

/// The flags that hold on an opened case, the latest first.
///
/// # Errors
/// When a reason was changed or moved, or the database does not answer.
pub async fn of_case(acting: &Acting<'_>, opened: &Opened) -> Result<Vec<Raised>, Refused> {
    let case = &opened.file.case.record;
    let today: Day = acting.now().date().into();
    let mut raised = Vec::new();
    for flag in record::of_case::<Flag>(&opened.read, case.tenant, case.id).await? {
        if !flag.record.holds_on(today) {
            continue;
        }
        let place = opened.file.place(record::TABLE, flag.record.id.uuid(), "reason");
        let reason = opened.text(place).await?;
        raised.push(Raised { flag, reason });
    }
    Ok(raised)
}

/// Sets a flag.
///
/// # Errors
/// Every problem of the form at once; [`Refused::UnlockNeeded`] when one's key
/// is not open: the reason is sealed.
pub async fn set(
    acting: &Acting<'_>,
    vault: Option<&UnlockedVault>,
    id: CaseId,
    form: &FlagForm,
    purpose: Purpose,
) -> Result<FlagId, Refused> {
    let (tenant, account) = acting.member()?;
    let file = permitted(acting, id, Action::WriteCase, purpose).await?;
    let today: Day = acting.now().date().into();
    let mut problems = Problems::default();
    if acting.app.care.flags.find(&form.code).is_none() {
        problems.add("code", Message::new("error-choose"));
    }
    let reason = problems.required("reason", &form.reason, LONGEST);
    let until = problems.day("until", &form.until);
    if until.is_some_and(|until| until < today) {
        problems.add("until", Message::new("case-flag-error-past"));
    }
    // Within the act: a form sent twice is one flag, and of two editors the second is told.
    let mut act = begin!(acting, file.context(acting, Action::WriteCase)?);
    let known = record::of_case::<Flag>(&act, tenant, id).await?;
    let mut holding = known.iter().filter(|one| one.record.holds_on(today));
    if holding.any(|one| one.record.code == form.code) {
        problems.add("code", Message::new("case-flag-error-set"));
    }
    if !problems.0.is_empty() {
        act.give_up().await?;
        return Err(Refused::Invalid(problems));
    }
    let Some(vault) = vault else {
        act.give_up().await?;
        return Err(Refused::UnlockNeeded);
    };
    let flag = Flag {
        tenant,
        id: act.new_id(),
        case: id,
        code: form.code.clone(),
        until,
        set_by: account,
        recorded_at: act.now(),
        lifted_at: None,
        lifted_by: None,
    };
    act.about(flag.id);
    record::insert(&mut act, &flag).await?;
    let place = file.place(record::TABLE, flag.id.uuid(), "reason");
    sealed::put(&mut act, vault, place, reason.as_bytes()).await?;
    let event = events::new(&act, id, "flag-set").with("flag", flag.code.clone());
    tell(&mut act, None, file.person.record.id, event, None).await?;
    act.commit(&flag.id).await?;
    Ok(flag.id)
}

/// Takes a flag down.
///
/// # Errors
/// [`Refused::NotFound`] if no such flag stands on this case.
pub async fn lift(
    acting: &Acting<'_>,
    id: CaseId,
    flag: FlagId,
    purpose: Purpose,
) -> Result<(), Refused> {
    let (tenant, account) = acting.member()?;
    let file = permitted(acting, id, Action::WriteCase, purpose).await?;
    let mut act = begin!(acting, file.context(acting, Action::WriteCase)?);
    let found = record::find::<Flag>(&act, tenant, flag.uuid()).await?;
    let stands = |one: &Versioned<Flag>| one.record.case == id && one.record.lifted_at.is_none();
    let Some(found) = found.filter(stands) else {
        act.give_up().await?;
        return Err(Refused::NotFound);
    };
    let lifted =
        Flag { lifted_at: Some(act.now()), lifted_by: Some(account), ..found.record.clone() };
    act.about(flag);
    record::update(&mut act, &lifted, found.revision).await?;
    let event = events::new(&act, id, "flag-lifted").with("flag", lifted.code.clone());
    tell(&mut act, None, file.person.record.id, event, None).await?;
    Ok(act.commit(&()).await?)
}
