//! Acts of States towards instruments, typed by hand: each with a source of its
//! own, corrected and taken back with what it said before kept beside it. The
//! register of adherence is one for the whole installation.

use super::entries::{checked_source, known_instrument, known_state};
use crate::{
    Message, Problems,
    access::{Action, Resource},
    acting::Acting,
    begin,
    desk::parse_revision,
    refused::Refused,
};
use palermo_domain::{
    id::PastEntryId,
    moment::Moment,
    register::{
        adherence::{Act as Did, Adherence, DatedAct},
        day::Day,
        instrument::InstrumentId,
        provenance::Provenance,
        state::StateCode,
    },
};
use palermo_store::{
    Act, Revision,
    register::{adherence, past},
};
use serde::{Deserialize, Serialize};

/// The register in which acts that were corrected or taken back are kept.
const REGISTER: &str = "adherence";
/// Most characters of what an act concerns and of a reason.
const LONGEST: usize = 500;

/// Whether this person may write adherence, for links: typed with
/// [`Action::EditRegister`], from a file with [`Action::ImportRegister`].
#[must_use]
pub fn writes_adherence(acting: &Acting<'_>, action: Action) -> bool {
    let house = acting.app.store.house();
    let own = acting.member().ok().map(|(tenant, _)| tenant);
    own.is_some() && own == house && acting.may(action, &Resource::region()).allowed
}

/// Goes on only if this person may write adherence: on a page, as a program or
/// from a file. The organisation that answers for the shared registers writes
/// them, and no other.
///
/// # Errors
/// As [`Acting::allow`]; to another organisation it is not there.
pub async fn may_write_adherence(acting: &Acting<'_>, action: Action) -> Result<(), Refused> {
    acting.allow(action, &Resource::region()).await?;
    if writes_adherence(acting, action) { Ok(()) } else { Err(Refused::NotFound) }
}

/// An act as an editor tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedAct {
    /// The instrument.
    pub instrument: InstrumentId,
    /// Who acted.
    pub party: StateCode,
    /// What was done.
    pub act: Did,
    /// The day of signature or deposit.
    pub date: Day,
    /// For a withdrawal the day it takes effect, for a reservation or declaration
    /// the day it was taken back.
    pub until: Option<Day>,
    /// What a reservation or declaration concerns.
    pub detail: Option<String>,
    /// Where it was read.
    pub provenance: Provenance,
}

impl TypedAct {
    fn dated(&self) -> DatedAct {
        DatedAct {
            date: self.date,
            act: self.act,
            until: self.until,
            detail: self.detail.clone(),
            source: Some(self.provenance.source.clone()),
            as_of: Some(self.provenance.as_of),
        }
    }

    /// Checks it against the registers: every problem at once.
    fn check(&self, acting: &Acting<'_>) -> Result<(), Refused> {
        let (registers, mut problems) = (&acting.app.registers, Problems::default());
        let today: Day = acting.now().date().into();
        let mut add = |result: Result<(), Refused>| {
            if let Err(Refused::Invalid(found)) = result {
                problems.0.extend(found.0);
            }
        };
        add(known_instrument(registers, self.instrument.as_str()));
        add(known_state(registers, "party", self.party));
        add(checked_source(&self.provenance.source));
        if self.date > today {
            let message = Message::new("error-in-the-future").with("date", self.date);
            add(Err(Refused::field("date", message)));
        }
        let instrument = registers.instruments.get(self.instrument.as_str());
        let first = instrument.and_then(|one| one.not_before());
        if let Some(first) = first.filter(|first| self.date < *first) {
            let message = Message::new("error-before-adoption").with("date", self.date);
            add(Err(Refused::field("date", message.with("first", first))));
        }
        if let Some(until) = self.until.filter(|until| *until < self.date) {
            let message = Message::new("error-until-before-act").with("date", until);
            add(Err(Refused::field("until", message)));
        }
        problems.bounded("detail", self.detail.as_deref().unwrap_or_default(), LONGEST);
        let as_of = self.provenance.as_of;
        if as_of.is_after(today) {
            let message = Message::new("error-as-of-later");
            problems.add("as_of", message.with("typed", as_of).with("today", today));
        }
        problems.none()
    }
}

/// An act that no longer stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastAct {
    /// Who acted.
    pub party: StateCode,
    /// The act as it stood.
    pub act: DatedAct,
    /// Why it was taken back; nothing where another took its place.
    pub why: Option<String>,
    /// When it stopped standing.
    pub until: Moment,
}

/// What is kept of such an act.
#[derive(Debug, Serialize, Deserialize)]
struct Body {
    instrument: InstrumentId,
    party: StateCode,
    act: DatedAct,
}

async fn keep(
    act: &mut Act,
    of: (&InstrumentId, StateCode),
    said: DatedAct,
    why: Option<&str>,
) -> Result<(), Refused> {
    let body = Body { instrument: of.0.clone(), party: of.1, act: said };
    let body = serde_json::to_value(body).map_err(|e| Refused::Unavailable(e.to_string()))?;
    let entry: PastEntryId = act.new_id();
    Ok(past::keep(act, REGISTER, entry, body, why).await?)
}

/// How often what is stored about an instrument was written, by party: what a form for
/// an act has to know when it is sent.
///
/// # Errors
/// What access or the store refuse.
pub async fn adherence_seen(
    acting: &Acting<'_>,
    instrument: &InstrumentId,
) -> Result<Vec<(StateCode, Revision)>, Refused> {
    may_write_adherence(acting, Action::EditRegister).await?;
    Ok(adherence::revisions(&acting.app.store, instrument).await?)
}

/// Records what a State did towards an instrument. An act of the same kind gives
/// way and is kept beside it; reservations and declarations are added. `seen` is the
/// revision of that State's record when the form was opened, zero where there was none;
/// nothing where nobody looked before.
///
/// # Errors
/// [`Refused`], with every problem of what was typed; `Conflict` if the record changed
/// since it was seen.
pub async fn enter_act(
    acting: &Acting<'_>,
    typed: &TypedAct,
    seen: Option<&str>,
) -> Result<(), Refused> {
    may_write_adherence(acting, Action::EditRegister).await?;
    typed.check(acting)?;
    let seen = seen.map(parse_revision).transpose()?;
    let mut act = begin!(acting, acting.context(Action::EditRegister)?);
    act.about_named("instrument", typed.instrument.as_str());
    let stored = adherence::find(&act, &typed.instrument, typed.party).await?;
    let standing = stored.as_ref().map_or(Revision(0), |one| one.revision);
    if seen.is_some_and(|seen| seen != standing) {
        return Err(Refused::Conflict);
    }
    match stored {
        Some(stored) => {
            let (mut record, seen) = (stored.record, stored.revision);
            if let Some(before) = record.enter(typed.dated()) {
                // A record made by hand is told by the act that stands.
                if before.source.as_ref() == Some(&record.source) {
                    record.source.clone_from(&typed.provenance.source);
                    record.as_of = typed.provenance.as_of;
                }
                keep(&mut act, (&typed.instrument, typed.party), before, None).await?;
            }
            adherence::update(&mut act, &record, seen).await?;
        }
        None => {
            let record = Adherence {
                instrument: typed.instrument.clone(),
                party: typed.party,
                acts: vec![typed.dated()],
                entry_into_force: None,
                source: typed.provenance.source.clone(),
                as_of: typed.provenance.as_of,
            };
            adherence::put(&mut act, std::slice::from_ref(&record)).await?;
        }
    }
    Ok(act.commit(&()).await?)
}

/// Takes an act back that turned out wrong; what it said is kept with the reason.
/// What a list says comes back with the next import of that list.
///
/// # Errors
/// [`Refused`]; a reason is needed.
pub async fn take_back_act(
    acting: &Acting<'_>,
    (instrument, party): (&InstrumentId, StateCode),
    (did, date, detail): (Did, Day, Option<&str>),
    why: &str,
) -> Result<(), Refused> {
    may_write_adherence(acting, Action::EditRegister).await?;
    let mut problems = Problems::default();
    let why = problems.required("why", why, LONGEST);
    problems.none()?;
    let mut act = begin!(acting, acting.context(Action::EditRegister)?);
    act.about_named("instrument", instrument.as_str());
    let stored = adherence::find(&act, instrument, party).await?.ok_or(Refused::NotFound)?;
    let (mut record, seen) = (stored.record, stored.revision);
    let gone = record.take_out(did, date, detail).ok_or(Refused::NotFound)?;
    // A record that only this act had made goes with it: nobody is listed then.
    let alone = record.acts.is_empty() && gone.source.as_ref() == Some(&record.source);
    keep(&mut act, (instrument, party), gone, Some(&why)).await?;
    if alone {
        adherence::remove(&mut act, instrument, party).await?;
    } else {
        adherence::update(&mut act, &record, seen).await?;
    }
    Ok(act.commit(&()).await?)
}

/// The acts towards an instrument that gave way or were taken back, newest first.
///
/// # Errors
/// What access or the store refuse.
pub async fn past_acts(
    acting: &Acting<'_>,
    instrument: &InstrumentId,
) -> Result<Vec<PastAct>, Refused> {
    may_write_adherence(acting, Action::EditRegister).await?;
    let (tenant, _) = acting.member()?;
    let mut all = Vec::new();
    for one in past::list(&acting.app.store, tenant, REGISTER).await? {
        let body: Body = serde_json::from_value(one.body)
            .map_err(|error| Refused::Unavailable(error.to_string()))?;
        if body.instrument == *instrument {
            let Body { party, act, .. } = body;
            all.push(PastAct { party, act, why: one.why, until: one.until });
        }
    }
    Ok(all)
}
