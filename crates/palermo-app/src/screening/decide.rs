//! The officer decides what a screening ends with. The engine's advice is
//! shown beside it and binds nobody (E31). With consent, or for a child, the
//! answers are kept for the case; without consent a notice without identity
//! is left and everything else is destroyed (E07).

use super::{ask, own, purpose};
use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
    case::{
        self,
        open::{FirstAnswers, open_at},
    },
};
use palermo_domain::{
    case::{
        age::{AgeDenied, takes_two},
        person::AgeGroup,
        status::VictimStatus,
    },
    id::{CaseId, ScreeningId},
    screening::{Age, Assessment, Draft, Kept, Notice, Outcome, Path, Reason},
};
use palermo_store::{
    UnlockedVault,
    case::event as events,
    keys::erase,
    screening::{draft as drafts, kept as screenings, notice as notices},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What the officer chose.
#[derive(Debug, Clone, Default)]
pub struct DecisionForm {
    /// Outcome code.
    pub outcome: String,
    /// Path code.
    pub path: String,
    /// Reason codes.
    pub reasons: Vec<String>,
    /// The State in which the person was met, alpha-3 or empty.
    pub state: String,
}

/// How a screening was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "left", rename_all = "snake_case")]
pub enum Left {
    /// Kept, for a case.
    Kept {
        /// The screening.
        id: ScreeningId,
    },
    /// Only a notice without identity is left.
    Notice {
        /// The notice.
        id: ScreeningId,
    },
}

pub(super) struct Chosen {
    pub(super) outcome: Outcome,
    pub(super) path: Path,
    pub(super) reasons: BTreeSet<Reason>,
    pub(super) state: Option<String>,
}

/// What was decided, checked for a person of this age.
pub(super) fn chosen(
    acting: &Acting<'_>,
    form: &DecisionForm,
    age: Age,
) -> Result<Chosen, Refused> {
    form.parse(acting, age)
}

impl DecisionForm {
    fn parse(&self, acting: &Acting<'_>, age: Age) -> Result<Chosen, Refused> {
        let mut problems = Problems::default();
        let outcome = self.outcome.parse::<Outcome>().ok();
        if outcome.is_none() {
            problems.add("outcome", Message::new("error-choose"));
        }
        let open = Path::open_to(age);
        // Where only one way is open, nothing is asked.
        let only = if let [path] = open { Some(*path) } else { None };
        let path =
            only.or_else(|| self.path.parse::<Path>().ok().filter(|chosen| open.contains(chosen)));
        if path.is_none() {
            problems.add("path", Message::new("error-choose"));
        }
        let reasons: Option<BTreeSet<Reason>> =
            self.reasons.iter().map(|code| code.parse().ok()).collect();
        if reasons.as_ref().is_none_or(BTreeSet::is_empty) {
            problems.add("reasons", Message::new("screening-error-reasons"));
        }
        let state = self.state.trim().to_uppercase();
        if !state.is_empty() && !super::is_a_state(acting, &state) {
            problems.add("state", Message::new("error-unknown-state").with("code", &state));
        }
        problems.none()?;
        match (outcome, path, reasons) {
            (Some(outcome), Some(path), Some(reasons)) => {
                Ok(Chosen { outcome, path, reasons, state: (!state.is_empty()).then_some(state) })
            }
            _ => Err(Refused::Declined(Message::new("error-choose"))),
        }
    }
}

/// Decides. Sent twice, from two windows or over a bad line, it counts once.
///
/// # Errors
/// Every problem of the form at once.
pub async fn decide(
    acting: &Acting<'_>,
    id: ScreeningId,
    form: &DecisionForm,
) -> Result<Left, Refused> {
    let (tenant, account, resource) = own(acting)?;
    acting.allow_for(Action::Screen, &resource, Some(purpose(acting))).await?;
    if let Some(left) = already(acting, id).await? {
        return Ok(left);
    }
    let asked = ask::load(acting, id).await?;
    let chosen = form.parse(acting, asked.draft.age())?;
    let set = asked.set(acting.app)?;
    let assessment = asked.draft.screening(set).assess(set);
    let head = &asked.head.record;
    let context = acting.context(Action::Screen)?.for_purpose(purpose(acting)).about(id);
    let mut act = begin!(acting, context.happened(head.recorded_at));
    let kept = Kept {
        tenant,
        id,
        case: None,
        person: head.person,
        account,
        set: set.id.clone(),
        age: assessment.age,
        state: chosen.state,
        forms: asked.draft.forms.clone(),
        positive: assessment.positive().collect(),
        definition_met: assessment.definition.met,
        combination: assessment.combination,
        outcome: chosen.outcome,
        path: chosen.path,
        reasons: chosen.reasons,
        happened_at: head.recorded_at,
        recorded_at: act.now(),
    };
    act.detail("outcome", kept.outcome.code());
    act.detail("path", kept.path.code());
    let left = if chosen.path == Path::Anonymised {
        drafts::discard(&mut act, head, "declined").await?;
        notices::insert(&mut act, &Notice::of(&kept)).await?;
        Left::Notice { id }
    } else {
        drafts::end(&mut act, head).await?;
        screenings::insert(&mut act, &kept).await?;
        Left::Kept { id }
    };
    act.commit(&left).await?;
    if matches!(left, Left::Notice { .. }) {
        erase::finish(&acting.app.store).await?;
    }
    Ok(left)
}

/// What an earlier sending of the same screening left.
async fn already(acting: &Acting<'_>, id: ScreeningId) -> Result<Option<Left>, Refused> {
    let (tenant, account, _) = own(acting)?;
    let store = &acting.app.store;
    if let Some(kept) = screenings::find(store, tenant, id).await? {
        let own = kept.record.account == account;
        return if own { Ok(Some(Left::Kept { id })) } else { Err(Refused::NotFound) };
    }
    Ok(notices::find(store, tenant, id).await?.map(|_| Left::Notice { id }))
}

/// What is left of a screening: of one's own, or a notice that is nobody's.
#[derive(Debug, Clone)]
pub enum Remains {
    /// A screening with its answers.
    Kept(Box<Decided>),
    /// A notice without identity.
    Notice(Notice),
}

/// What is left of a screening.
///
/// # Errors
/// [`Refused::NotFound`] if there is nothing, or it is someone else's.
pub async fn remains(acting: &Acting<'_>, id: ScreeningId) -> Result<Remains, Refused> {
    let (tenant, _, resource) = own(acting)?;
    acting.allow_for(Action::Screen, &resource, Some(purpose(acting))).await?;
    match notices::find(&acting.app.store, tenant, id).await? {
        Some(notice) => Ok(Remains::Notice(notice.record)),
        None => Ok(Remains::Kept(Box::new(show(acting, id).await?))),
    }
}

/// A screening that was decided, with its answers.
#[derive(Debug, Clone)]
pub struct Decided {
    /// What is kept.
    pub kept: Kept,
    /// What was answered.
    pub draft: Draft,
    /// What the engine said.
    pub assessment: Assessment,
}

/// One's own decided screening; the look is in the log.
///
/// # Errors
/// [`Refused::NotFound`] if it is not there or not one's own.
pub async fn show(acting: &Acting<'_>, id: ScreeningId) -> Result<Decided, Refused> {
    let (tenant, account, resource) = own(acting)?;
    acting.allow_for(Action::Screen, &resource, Some(purpose(acting))).await?;
    let store = &acting.app.store;
    let kept = screenings::find(store, tenant, id).await?.ok_or(Refused::NotFound)?.record;
    if kept.account != account {
        return Err(Refused::NotFound);
    }
    open(acting, kept).await
}

/// Opens the answers of a screening that was found to be the reader's to see.
async fn open(acting: &Acting<'_>, kept: Kept) -> Result<Decided, Refused> {
    let vault = ask::vault(acting).await?;
    let mut context = acting.context(Action::Screen)?.for_purpose(purpose(acting)).about(kept.id);
    context.idempotency = None;
    let read = acting.app.store.read_personal(context).await?;
    let draft = drafts::answers(&read, &vault, kept.person, kept.id).await?;
    let sets = &acting.app.registers.indicators;
    let set = sets.get(&kept.set).map_or_else(|| ask::set_of(acting.app, &draft), Ok)?;
    let assessment = draft.screening(set).assess(set);
    Ok(Decided { kept, draft, assessment })
}

/// Opens a case from a screening and notes it in both, in one act: cut off, there is
/// neither; asked again, from the same page or a new one, it is the same case. A
/// person found to need another protection than that of a trafficked person keeps
/// their case and its help under that name.
///
/// # Errors
/// As [`show`]; every problem of the answers at once; what access to cases refuses.
pub async fn open_case(
    acting: &Acting<'_>,
    vault: &UnlockedVault,
    id: ScreeningId,
    first: &FirstAnswers,
) -> Result<CaseId, Refused> {
    let (tenant, account) = acting.member()?;
    let decided = show(acting, id).await?;
    if let Some(case) = decided.kept.case {
        return Ok(case);
    }
    let why = case::usual_purpose(&acting.subject.roles);
    acting.allow_for(Action::OpenCase, &Resource::of(tenant), Some(why)).await?;
    let mut problems = Problems::default();
    let first = first.parse("", &mut problems);
    // Whom the screening took for a child, or was unsure of, is one until two people agree
    // to what shows an adult: in the case (R3).
    let before = AgeGroup::from_code(decided.kept.age.code());
    if let (Some(before), Some(first)) = (before, &first)
        && takes_two(before, first.age)
    {
        problems.add("age", Message::new("screening-error-age").by(AgeDenied::RULE));
    }
    problems.none()?;
    let first = first.ok_or(Refused::NotFound)?;
    let met = decided.kept.happened_at;
    let context = acting.context(Action::OpenCase)?.for_purpose(why).happened(met);
    let mut act = begin!(acting, context.about(id));
    let kept = screenings::find(&act, tenant, id).await?.ok_or(Refused::NotFound)?.record;
    // Someone was faster: the case they opened is the case.
    if let Some(case) = kept.case {
        act.give_up().await?;
        return Ok(case);
    }
    let opened = open_at(acting, &mut act, vault, &first, (account, met)).await?.id;
    let outcome = kept.outcome;
    screenings::overwrite(&mut act, &Kept { case: Some(opened), ..kept }).await?;
    let event = events::new(&act, opened, "screened").with("screening-outcome", outcome.code());
    events::insert(&mut act, &event).await?;
    if !matches!(outcome, Outcome::Presumed | Outcome::NothingFound) {
        case::change(&mut act, opened, |case| {
            if case.status.may_become(VictimStatus::OtherProtection) {
                case.status = VictimStatus::OtherProtection;
            }
        })
        .await?;
    }
    act.commit(&opened).await?;
    Ok(opened)
}
