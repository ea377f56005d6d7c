//! Changing plans: indicators, targets and, once adopted, amendments.

use super::{
    ask::{self, PlanOf},
    rows::{Out, Why, nothing_hangs_on, revise},
    told::fraction,
};
use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    plan::{
        Plan, PlanStatus,
        amend::{AmendRefused, Amendment, Change, Decision, TargetCell},
        indicator::{Indicator, Target},
        part::{PartProblem, Slip},
    },
    register::day::Day,
};
use palermo_store::{Revision, plan as stored};

pub(super) fn wrong(field: &str, why: impl ToString) -> Refused {
    Refused::field(field, Message::new("error-register-entry").with("why", why.to_string()))
}

/// What cannot be amended, in the reader's language where it says what to type instead.
fn refused(field: &str, why: &AmendRefused) -> Refused {
    match why {
        AmendRefused::Fraction(why) => Refused::field(field, fraction(why)),
        other => wrong(field, other),
    }
}

/// Notes what a row or indicator must not say or lacks, each beside its field.
pub fn note(problems: &mut Problems, found: &[PartProblem]) {
    for PartProblem { field, slip } in found {
        let message = match slip {
            Slip::Missing => Message::new("error-required"),
            Slip::TooLong { length, longest } => {
                Message::new("error-too-long").with("length", length).with("longest", longest)
            }
            Slip::Invisible => Message::new("error-control-characters"),
            Slip::Backwards => Message::new("plan-error-backwards"),
            Slip::NotANumber => Message::new("plan-error-number"),
            Slip::Fraction => Message::new("plan-error-fraction"),
        };
        problems.add(field, message);
    }
}

/// Refuses what `note` notes.
pub(super) fn sound(found: &[PartProblem]) -> Result<(), Refused> {
    let mut problems = Problems::default();
    note(&mut problems, found);
    problems.none()
}

/// Goes on only while the plan is not closed: from then on it is read only (R016).
pub(super) fn not_closed(plan: &Plan) -> Result<(), Refused> {
    if plan.status == PlanStatus::Closed {
        return Err(Refused::Declined(Message::new("plan-error-closed")));
    }
    Ok(())
}

/// The plan, if it is the person's organisation's to change.
pub(super) async fn own(acting: &Acting<'_>, code: &str) -> Result<PlanOf, Refused> {
    let plan = ask::find(acting, code).await?;
    acting.allow(Action::EditPlan, &Resource::of(plan.tenant)).await?;
    Ok(plan)
}

/// Changes one's own plan by `edit`, unless it is closed, and keeps it if it is still
/// right.
pub(super) async fn edit(
    acting: &Acting<'_>,
    code: &str,
    seen: Option<Revision>,
    edit: impl FnOnce(&mut Plan) -> Result<(), Refused>,
) -> Result<Revision, Refused> {
    edit_without(acting, code, seen, &[], edit).await
}

/// The same where something is taken out: in the act itself nothing may hang on it.
pub(super) async fn edit_without(
    acting: &Acting<'_>,
    code: &str,
    seen: Option<Revision>,
    out: &[Out<'_>],
    edit: impl FnOnce(&mut Plan) -> Result<(), Refused>,
) -> Result<Revision, Refused> {
    let found = own(acting, code).await?;
    not_closed(&found.entry)?;
    keep(acting, &found, seen, out, edit).await
}

/// Keeps the plan that was found as `edit` leaves it, also a closed one: with its reviews.
pub(super) async fn keep(
    acting: &Acting<'_>,
    found: &PlanOf,
    seen: Option<Revision>,
    out: &[Out<'_>],
    edit: impl FnOnce(&mut Plan) -> Result<(), Refused>,
) -> Result<Revision, Refused> {
    // Before anything is looked at: what was done already is answered as the first time,
    // though it cannot be done again.
    let mut act = begin!(acting, acting.context(Action::EditPlan)?);
    let mut plan = found.entry.clone();
    edit(&mut plan)?;
    if let Some(problem) = plan.problems().into_iter().next() {
        return Err(Refused::Declined(Message::new("plan-error-problem").with("why", problem)));
    }
    act.about(found.id);
    if let Err(refused) = nothing_hangs_on(&act, &plan.code, out).await {
        act.give_up().await?;
        return Err(refused);
    }
    let seen = seen.unwrap_or(found.revision);
    let now = stored::document::update(&mut act, found.id, &plan, seen).await?;
    act.commit(&now).await?;
    Ok(now)
}

/// Whether an indicator may be kept like this: in use only when it lacks nothing (R021).
pub(super) fn fits(indicator: &Indicator) -> Result<(), Refused> {
    sound(&indicator.problems())?;
    if indicator.active {
        let mut problems = Problems::default();
        for lack in indicator.lacks() {
            problems.add(lack.code(), Message::new("plan-error-indicator-lacks"));
        }
        problems.none()?;
    }
    let mut checked = indicator.clone();
    if let Some(direction) = indicator.direction {
        checked.set_direction(direction).map_err(|why| wrong("direction", why))?;
    }
    if let Some(why) = indicator.computed.as_ref().and_then(|one| one.misfit(indicator)) {
        return Err(wrong("computed", why));
    }
    Ok(())
}

/// Changes an indicator. It is activated only when it lacks nothing (R021). In an adopted
/// plan what stood before is kept with the reason; its definition and the figure that is
/// worked out change by amendment, which says from which period on.
///
/// # Errors
/// [`Refused`], naming what it lacks; `Conflict` if someone else changed the plan since
/// `seen`.
pub async fn put_indicator(
    acting: &Acting<'_>,
    code: &str,
    indicator: Indicator,
    why: &Why,
    seen: Option<Revision>,
) -> Result<Revision, Refused> {
    revise(acting, code, seen, why, |plan| {
        fits(&indicator)?;
        // Targets that stand must fit a new unit; of the same one nothing is asked again.
        let same = plan.indicator(&indicator.key).is_none_or(|old| old.unit == indicator.unit);
        if let Err(why) = plan.targets_fit(&indicator)
            && !same
        {
            let said = Message::new("plan-error-unit-targets").with("typed", &why.number);
            return Err(Refused::field("unit", said.with("unit", &why.unit)));
        }
        let adopted = plan.status != PlanStatus::Draft;
        let found = plan.indicators.iter_mut().find(|found| found.key == indicator.key);
        let found = found.ok_or(Refused::NotFound)?;
        // What an adopted plan measures by changes with a reason only, in use or not:
        // taken out of use and put back it would be another figure. Words may be written
        // where none stood.
        let written = found.definitions.iter().any(|one| !one.words.trim().is_empty());
        if adopted && written && found.definitions != indicator.definitions {
            return Err(wrong("definition", AmendRefused::NoReason));
        }
        if adopted && found.computed != indicator.computed {
            return Err(wrong("computed", AmendRefused::NoReason));
        }
        *found = indicator;
        Ok(())
    })
    .await
}

/// Sets targets of a draft.
///
/// # Errors
/// [`Refused`]; an adopted plan is amended instead.
pub async fn set_target(
    acting: &Acting<'_>,
    code: &str,
    target: Target,
) -> Result<Revision, Refused> {
    edit(acting, code, None, |plan| plan.set_target(target).map_err(|why| refused("value", &why)))
        .await
}

/// Saves a grid of targets, States by periods (R022): a draft takes them as they are, an
/// adopted plan by amendment, with who decided and why. Gives how many changed.
///
/// # Errors
/// [`Refused`], every cell that is wrong at once, by the name `cell` gives it;
/// `Conflict` if someone else changed the plan since `seen`.
pub async fn put_targets(
    acting: &Acting<'_>,
    code: &str,
    cells: &[TargetCell],
    (by, reason): (&str, &str),
    seen: Revision,
    cell: impl Fn(&TargetCell) -> String,
) -> Result<usize, Refused> {
    let found = own(acting, code).await?;
    let states = ask::states(acting.app, &found.entry, acting.now().date().into()).await?;
    let mut problems = Problems::default();
    for one in cells {
        if let Some(state) = one.state.filter(|state| !states.contains(state)) {
            problems.add(&cell(one), Message::new("error-unknown-state").with("code", state));
        }
    }
    let mut plan = found.entry.clone();
    let adopted = plan.status != PlanStatus::Draft;
    let changes =
        |one: &&TargetCell| plan.own_target(&one.indicator, one.state, one.period) != one.to;
    if !cells.iter().any(|one| changes(&one)) {
        problems.none()?;
        return Ok(0);
    }
    let decision = Decision {
        on: Day::from(acting.now().date()),
        by: if adopted { problems.required("decided_by", by, 300) } else { String::new() },
        reason: if adopted { problems.required("reason", reason, 2_000) } else { String::new() },
    };
    problems.none()?;
    let changed = plan.put_targets(cells, &decision).map_err(|wrong| {
        let mut problems = Problems::default();
        for (at, why) in wrong {
            let field = match (&why, cells.get(at)) {
                (AmendRefused::NoReason, _) => "reason".to_owned(),
                (AmendRefused::NobodyDecided, _) => "decided_by".to_owned(),
                (_, Some(one)) => cell(one),
                (_, None) => String::new(),
            };
            let said = match &why {
                AmendRefused::Fraction(why) => fraction(why),
                other => Message::new("error-register-entry").with("why", other.to_string()),
            };
            problems.add(&field, said);
        }
        Refused::Invalid(problems)
    })?;
    edit(acting, code, Some(seen), |entry| {
        *entry = plan;
        Ok(())
    })
    .await?;
    Ok(changed)
}

/// Amends an adopted plan; the old figure and the reason stay visible (R031).
///
/// # Errors
/// [`Refused`].
pub async fn amend(
    acting: &Acting<'_>,
    code: &str,
    amendment: Amendment,
) -> Result<Revision, Refused> {
    let changed = match amendment.change {
        Change::Computed { .. } => "computed",
        _ => "value",
    };
    edit(acting, code, None, |plan| {
        plan.amend(amendment).map_err(|why| {
            let field = match why {
                AmendRefused::NoReason => "reason",
                AmendRefused::NobodyDecided => "decided_by",
                _ => changed,
            };
            refused(field, &why)
        })
    })
    .await
}

/// Says where an element of the plan is found that no row shows (R028).
///
/// # Errors
/// [`Refused`].
pub async fn declare(
    acting: &Acting<'_>,
    code: &str,
    element: &str,
    place: &str,
) -> Result<Revision, Refused> {
    let mut problems = Problems::default();
    let place = problems.bounded("place", place, 300);
    edit(acting, code, None, |plan| {
        problems.none()?;
        if place.is_empty() {
            plan.declared.remove(element);
        } else {
            plan.declared.insert(element.to_owned(), place);
        }
        Ok(())
    })
    .await
}
