//! What holds the clock of keeping of a case (E24), and saying so: more time with
//! a reason, or that the person does not want to be kept for a claim or a permit.

use super::{CaseFile, permitted, retention, tell};
use crate::{
    Acting, App, Message, Problems, Refused,
    access::{Action, Resource},
    begin, begin_unrepeated, two_person, work,
};
use palermo_domain::{
    care::CareRecord,
    case::{
        charge::Charge,
        keeping::{self as rules, Keeping, KeepingReason, Matter, NoTime, Wish},
        referral::Referral,
        retention::Periods,
    },
    id::{CaseId, Id, KeepingId, PersonId, TenantId},
    moment::Moment,
    purpose::Purpose,
    register::day::Day,
};
use palermo_store::{
    Db, UnlockedVault, Versioned, care,
    case::{event as events, record},
    tenant as tenants,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a second person is asked where a case would be due at once, as a code.
pub(crate) const NOT_FOR_MATTERS: &str = "not-for-matters";

/// What holds the clock of a case, and what was said about it.
#[derive(Debug, Clone, Default)]
pub struct Holds {
    /// What still needs the record, and counts.
    pub matters: BTreeSet<Matter>,
    /// What was said last.
    pub last: Option<Keeping>,
    /// When something was last said that lets it go sooner.
    pub shortened_at: Option<Moment>,
}

impl Holds {
    /// Whether anything holds the clock.
    #[must_use]
    pub fn hold(&self) -> bool {
        !self.matters.is_empty()
    }

    /// Until when more time was given.
    #[must_use]
    pub fn more_until(&self) -> Option<Moment> {
        rules::more_until(self.last.as_ref())
    }
}

fn records<T>(all: Vec<Versioned<T>>) -> Vec<T> {
    all.into_iter().map(|one| one.record).collect()
}

fn latest(said: Vec<Keeping>) -> Option<Keeping> {
    said.into_iter().max_by_key(|one| one.recorded_at)
}

/// What holds the clock of a case.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn holds(
    db: &dyn Db,
    tenant: TenantId,
    case: CaseId,
    today: Day,
) -> Result<Holds, Refused> {
    let referrals: Vec<Referral> = records(record::of_case(db, tenant, case).await?);
    let charges: Vec<Charge> = records(record::of_case(db, tenant, case).await?);
    let care: Vec<CareRecord> = records(care::of_case(db, tenant, case).await?);
    let said: Vec<Keeping> = records(record::of_case(db, tenant, case).await?);
    let shortened_at = rules::shortened_at(&said);
    let last = latest(said);
    let open = rules::matters(&referrals, &charges, &care, today);
    Ok(Holds { matters: rules::holding(open, last.as_ref()), last, shortened_at })
}

/// The periods that hold for an organisation: its State's, or what holds everywhere.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn periods(app: &App, tenant: TenantId) -> Result<Periods, Refused> {
    let found = tenants::find(&app.store, tenant).await?.ok_or(Refused::NotFound)?;
    Ok(app.care.keeping.of(found.record.state.as_deref()))
}

/// What someone typed about how long a case is kept.
#[derive(Debug, Clone, Default)]
pub struct KeepingForm {
    /// What is asked: a code.
    pub wish: String,
    /// Why: a code.
    pub reason: String,
    /// Until when, for more time.
    pub until: [String; 3],
    /// More about it; sealed.
    pub words: String,
}

/// What became of what was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Said {
    /// It is written down.
    Kept(KeepingId),
    /// A second person has been asked.
    Asked,
}

/// What is said, checked: the wish, why, until when, and more words.
type Checked = (Wish, KeepingReason, Option<Day>, String);

impl KeepingForm {
    /// What is typed, checked beside what was said last.
    fn checked(&self, last: Option<&Keeping>, today: Day) -> Result<Checked, Refused> {
        let mut problems = Problems::default();
        let (wish, reason) = (Wish::from_code(&self.wish), KeepingReason::from_code(&self.reason));
        if wish.is_none() {
            problems.add("wish", Message::new("error-choose"));
        }
        if reason.is_none() {
            problems.add("reason", Message::new("error-choose"));
        }
        if let (Some(wish), Some(reason)) = (wish, reason)
            && !rules::fits(last, wish, reason)
        {
            let message = match wish {
                Wish::NotForMatters => "keeping-error-person",
                Wish::More | Wish::AsUsual => "keeping-error-undo",
            };
            problems.add("reason", Message::new(message));
        }
        let words = problems.bounded("words", &self.words, 4_000);
        let asked = wish.unwrap_or(Wish::AsUsual);
        let before = problems.0.len();
        let until = match asked {
            Wish::More => problems.day("until", &self.until),
            Wish::NotForMatters | Wish::AsUsual => None,
        };
        let checked = rules::check(asked, until, today);
        match checked {
            // A date that does not exist was told already.
            Err(NoTime::NoDay) if problems.0.len() > before => {}
            Ok(_) => {}
            Err(NoTime::NoDay) => problems.add("until", Message::new("error-required")),
            Err(NoTime::OutOfReach) => {
                problems.add("until", Message::new("case-keeping-error-until"));
            }
        }
        problems.none()?;
        match (wish, reason, checked) {
            (Some(wish), Some(reason), Ok(until)) => Ok((wish, reason, until, words)),
            _ => Err(Refused::NotFound),
        }
    }
}

/// What two people agree to where a case would be due at once: the person, by id,
/// for this case and this reason.
fn subject(person: PersonId, case: CaseId, reason: KeepingReason) -> String {
    let mark = two_person::mark(&[&case.to_string(), reason.code()]);
    format!("{NOT_FOR_MATTERS}:{mark}:{}:{person}", PersonId::KIND)
}

/// Writes down what is asked about keeping a case; the last counts. The offer that
/// was to be made is done with it; where the case may now go sooner a new one is made.
/// That a case whose time is over is no longer kept for what holds it takes two people,
/// as an erasure does (A8).
///
/// # Errors
/// Every problem of the form at once; [`Refused::Declined`] for someone erased, while a
/// question waits and where nobody else may agree; what access refuses.
pub async fn save(
    acting: &Acting<'_>,
    vault: Option<&UnlockedVault>,
    id: CaseId,
    form: &KeepingForm,
    purpose: Purpose,
) -> Result<Said, Refused> {
    let (tenant, account) = acting.member()?;
    let file: CaseFile = permitted(acting, id, Action::WriteCase, purpose).await?;
    if file.person.record.is_erased() {
        return Err(Refused::Declined(Message::new("error-erased-already")));
    }
    let said = record::of_case(&acting.app.store, tenant, id).await?;
    let last = latest(records(said));
    let (wish, reason, until, words) = form.checked(last.as_ref(), acting.now().date().into())?;
    let two = wish == Wish::NotForMatters && retention::held_by_matters(acting.app, &file).await?;
    let context = file.context(acting, Action::WriteCase)?;
    let mut act = if two {
        acting.allow(Action::ErasePerson, &Resource::of(tenant)).await?;
        begin_unrepeated!(acting, context)
    } else {
        begin!(acting, context)
    };
    let agreed = subject(file.person.record.id, id, reason);
    if two && two_person::redeem(&mut act, Action::ErasePerson, &agreed).await.is_err() {
        act.give_up().await?;
        two_person::ask(acting, Action::ErasePerson, &agreed).await?;
        return Ok(Said::Asked);
    }
    let said = Keeping {
        tenant,
        id: act.new_id(),
        case: id,
        wish,
        reason,
        until,
        recorded_at: act.now(),
        recorded_by: account,
    };
    act.about(said.id);
    record::insert(&mut act, &said).await?;
    let mut event = events::new(&act, id, "keeping-said")
        .with("keeping-wish", wish.code())
        .with("keeping-reason", reason.code());
    if let Some(until) = until {
        event = event.with("until", until.to_string());
    }
    tell(&mut act, vault, file.person.record.id, event, Some(&words)).await?;
    work::answered_kind(&mut act, id.subject(), retention::OFFER).await?;
    let kept = Said::Kept(said.id);
    act.commit(&kept).await?;
    Ok(kept)
}
