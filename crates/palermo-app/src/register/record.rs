//! Facts an editor records beside what ships: a membership, an activity, a
//! relation, an answer on scope. Recorded and taken back, never overwritten;
//! the questions of the registers are answered with them.

use super::{
    ask::{AskRefused, Lookup},
    entries::{checked_source, known_state, refused},
};
use crate::{
    App, Message, Problems,
    access::{Action, Resource},
    acting::Acting,
    begin,
    refused::Refused,
};
use palermo_domain::{
    id::RecordedFactId,
    moment::Moment,
    register::{
        day::Day,
        instrument::InstrumentRegister,
        mechanism::{Composition, MechanismRegister},
        recorded::{Recorded, RecordedFact},
        state::StateCode,
    },
};
use palermo_store::{
    Revision,
    register::recorded::{self, Kept},
};
use std::borrow::Cow;

/// Most characters of a title, a remark or a reason.
const LONGEST: usize = 500;

fn add(problems: &mut Problems, refused: Refused) {
    if let Refused::Invalid(found) = refused {
        problems.0.extend(found.0);
    }
}

/// Checks a fact against the registers: every problem at once.
fn checked(acting: &Acting<'_>, recorded: &RecordedFact) -> Result<(), Refused> {
    let (app, mut problems) = (acting.app, Problems::default());
    for why in recorded.fact.check().err().unwrap_or_default() {
        add(&mut problems, refused(why.field(), &why));
    }
    let several = matches!(recorded.fact, Recorded::Activity { .. });
    let field = if several { "states" } else { "state" };
    for state in recorded.fact.states() {
        if let Err(why) = known_state(&app.registers, field, *state) {
            add(&mut problems, why);
        }
    }
    about(app, &recorded.fact, &mut problems);
    problems.bounded("note", recorded.provenance.note.as_deref().unwrap_or_default(), LONGEST);
    problems.required("source", &recorded.provenance.source, LONGEST);
    if !recorded.provenance.source.trim().is_empty()
        && let Err(why) = checked_source(&recorded.provenance.source)
    {
        add(&mut problems, why);
    }
    let today: Day = acting.now().date().into();
    let as_of = recorded.provenance.as_of;
    if as_of.is_after(today) {
        let message = Message::new("error-as-of-later").with("typed", as_of).with("today", today);
        problems.add("as_of", message);
    }
    problems.none()
}

/// Whether what the fact is about is in the registers and can be told so.
fn about(app: &App, fact: &Recorded, problems: &mut Problems) {
    let mechanisms = app.content.mechanisms();
    let instruments = &app.registers.instruments;
    let missing = |what: &str, id: &str| refused(what, format!("`{id}` is not in the register"));
    match fact {
        Recorded::Membership { mechanism, .. } => match mechanisms.get(mechanism) {
            None => add(problems, missing("mechanism", mechanism)),
            Some(profile) => {
                let composition = profile.membership.given().map(|given| &given.composition);
                if !matches!(composition, None | Some(Composition::Records(_))) {
                    problems.add("mechanism", Message::new("error-members-follow"));
                }
            }
        },
        Recorded::Activity { mechanism, activity, title, .. } => {
            problems.bounded("title", title, LONGEST);
            match mechanisms.get(mechanism) {
                None => add(problems, missing("mechanism", mechanism)),
                Some(profile) => {
                    let known = |id: &String| profile.activities.iter().any(|one| one.id == *id);
                    if activity.as_ref().is_some_and(|id| !known(id)) {
                        problems.add("activity", Message::new("error-choose"));
                    }
                }
            }
        }
        Recorded::Relation { instrument, to, .. } => {
            for (field, id) in [("instrument", instrument), ("to", to)] {
                if instruments.get(id.as_str()).is_none() {
                    add(problems, missing(field, id.as_str()));
                }
            }
        }
        Recorded::Scope { instrument, why, .. } => {
            problems.bounded("why", why.as_deref().unwrap_or_default(), LONGEST);
            if instruments.get(instrument.as_str()).is_none() {
                add(problems, missing("instrument", instrument.as_str()));
            }
        }
    }
}

/// Records a fact beside what ships.
///
/// # Errors
/// [`Refused`]; the same fact from the same source is not recorded twice.
pub async fn record_fact(
    acting: &Acting<'_>,
    fact: &RecordedFact,
) -> Result<RecordedFactId, Refused> {
    acting.allow(Action::EditRegister, &Resource::region()).await?;
    checked(acting, fact)?;
    let (_, account) = acting.member()?;
    let mut act = begin!(acting, acting.context(Action::EditRegister)?);
    let known = recorded::standing(&act).await?;
    let same = |one: &Kept| {
        one.recorded.fact == fact.fact && one.recorded.provenance.source == fact.provenance.source
    };
    if known.iter().any(same) {
        act.give_up().await?;
        return Err(Refused::Declined(Message::new("error-duplicate")));
    }
    let id = recorded::insert(&mut act, fact, account).await?;
    act.about(id);
    act.commit(&id).await?;
    Ok(id)
}

/// Takes back a fact one's own organisation recorded; what it said stays in its
/// history with the reason.
///
/// # Errors
/// [`Refused`]; a reason is needed. `Conflict` if it was taken back meanwhile.
pub async fn withdraw_fact(
    acting: &Acting<'_>,
    id: RecordedFactId,
    why: &str,
    seen: Revision,
) -> Result<(), Refused> {
    acting.allow(Action::EditRegister, &Resource::region()).await?;
    let mut problems = Problems::default();
    let why = problems.required("why", why, LONGEST);
    problems.none()?;
    let (_, account) = acting.member()?;
    let mut act = begin!(acting, acting.context(Action::EditRegister)?);
    recorded::withdraw(&mut act, id, account, &why, seen).await?;
    act.about(id);
    Ok(act.commit(&()).await?)
}

/// A fact one's own organisation recorded, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnFact {
    /// Its id.
    pub id: RecordedFactId,
    /// The fact with its source.
    pub recorded: RecordedFact,
    /// When it was recorded.
    pub at: Moment,
    /// When and why it was taken back; nothing while it stands.
    pub withdrawn: Option<(Moment, String)>,
    /// How often it was written.
    pub revision: Revision,
}

/// What one's own organisation recorded, newest first; what was taken back too.
///
/// # Errors
/// What access or the store refuse.
pub async fn own_facts(acting: &Acting<'_>) -> Result<Vec<OwnFact>, Refused> {
    acting.allow(Action::EditRegister, &Resource::region()).await?;
    let (tenant, _) = acting.member()?;
    let all = recorded::all(&acting.app.store).await?;
    let own = all.into_iter().rev().filter(|one| one.record.tenant == tenant);
    let fact = |one: palermo_store::Versioned<Kept>| {
        let (Kept { id, recorded, at, withdrawn, .. }, revision) = (one.record, one.revision);
        OwnFact { id, recorded, at, withdrawn, revision }
    };
    Ok(own.map(fact).collect())
}

impl<'a> Lookup<'a> {
    /// The facts that stand, in the order they were recorded.
    ///
    /// # Errors
    /// [`AskRefused`].
    pub async fn recorded(&self) -> Result<Vec<Kept>, AskRefused> {
        Ok(recorded::standing(self.store).await?)
    }

    /// Those about one mechanism or instrument.
    ///
    /// # Errors
    /// [`AskRefused`].
    pub async fn recorded_about(&self, subject: &str) -> Result<Vec<RecordedFact>, AskRefused> {
        let all = self.recorded().await?.into_iter().map(|one| one.recorded);
        Ok(all.filter(|one| one.fact.subject() == subject).collect())
    }

    /// Those that name a State.
    ///
    /// # Errors
    /// [`AskRefused`].
    pub async fn recorded_of(&self, state: StateCode) -> Result<Vec<RecordedFact>, AskRefused> {
        let all = self.recorded().await?.into_iter().map(|one| one.recorded);
        Ok(all.filter(|one| one.fact.states().contains(&state)).collect())
    }

    /// The mechanisms with what was recorded beside their profiles.
    ///
    /// # Errors
    /// [`AskRefused`].
    pub async fn mechanisms_now(&self) -> Result<Cow<'a, MechanismRegister>, AskRefused> {
        let all: Vec<RecordedFact> =
            self.recorded().await?.into_iter().map(|one| one.recorded).collect();
        let about = |fact: &Recorded| {
            matches!(fact, Recorded::Membership { .. } | Recorded::Activity { .. })
        };
        if !all.iter().any(|one| about(&one.fact)) {
            return Ok(Cow::Borrowed(self.mechanisms));
        }
        Ok(Cow::Owned(self.mechanisms.clone().with(&all)))
    }

    /// The instruments with what was recorded beside them.
    ///
    /// # Errors
    /// [`AskRefused`].
    pub async fn instruments_now(&self) -> Result<Cow<'a, InstrumentRegister>, AskRefused> {
        let all: Vec<RecordedFact> =
            self.recorded().await?.into_iter().map(|one| one.recorded).collect();
        let about =
            |fact: &Recorded| matches!(fact, Recorded::Relation { .. } | Recorded::Scope { .. });
        if !all.iter().any(|one| about(&one.fact)) {
            return Ok(Cow::Borrowed(&self.registers.instruments));
        }
        Ok(Cow::Owned(self.registers.instruments.clone().with(&all)))
    }
}
