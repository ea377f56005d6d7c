//! Writing plans: from a file that ships, by adopting the regional one, row by row,
//! and, once adopted, by amendment.

use super::ask::{self, PlanOf};
use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    plan::{
        Plan, PlanCode, PlanStatus, Row,
        adopt::adopt,
        amend::{AmendRefused, Amendment, Decision, TargetCell},
        indicator::{Indicator, Target},
    },
    register::day::Day,
};
use palermo_store::{Revision, plan as stored};

fn wrong(field: &str, why: impl ToString) -> Refused {
    Refused::field(field, Message::new("error-register-entry").with("why", why.to_string()))
}

/// What someone typed to begin a plan.
#[derive(Debug, Clone, Default)]
pub struct NewPlan {
    /// Code of the template or, for a national plan, of the regional plan.
    pub origin: String,
    /// Code of the new plan.
    pub code: String,
    /// Its title.
    pub title: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
}

impl NewPlan {
    fn parse(&self) -> Result<(PlanCode, String, Day, Day), Refused> {
        let mut problems = Problems::default();
        let title = problems.required("title", &self.title, 300);
        let code = self.code.trim().parse::<PlanCode>();
        if let Err(error) = &code {
            problems.add("code", Message::new("error-register-entry").with("why", error));
        }
        let mut day = |field: &str, text: &str| {
            let parsed = text.trim().parse::<Day>();
            if parsed.is_err() {
                problems.add(field, Message::new("error-partial-date"));
            }
            parsed.ok()
        };
        let (from, to) = (day("from", &self.from), day("to", &self.to));
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            problems.add("to", Message::new("plan-error-backwards"));
        }
        problems.none()?;
        match (code, from, to) {
            (Ok(code), Some(from), Some(to)) => Ok((code, title, from, to)),
            _ => Err(Refused::NotFound),
        }
    }
}

async fn free(acting: &Acting<'_>, code: &PlanCode) -> Result<(), Refused> {
    let taken = stored::document::list(&acting.app.store, Some(code)).await?;
    if taken.is_empty() {
        return Ok(());
    }
    Err(Refused::field("code", Message::new("plan-error-code-taken").with("code", code)))
}

async fn insert(acting: &Acting<'_>, plan: &Plan) -> Result<PlanCode, Refused> {
    free(acting, &plan.code).await?;
    let mut act = begin!(acting, acting.context(Action::EditPlan)?);
    let id = stored::document::insert(&mut act, plan).await?;
    act.about(id);
    act.commit(&plan.code).await?;
    Ok(plan.code.clone())
}

/// Begins a plan with the structure of one that ships (R016, R017).
///
/// # Errors
/// [`Refused`], every field that is wrong at once.
pub async fn from_template(acting: &Acting<'_>, form: &NewPlan) -> Result<PlanCode, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::EditPlan, &Resource::of(tenant)).await?;
    let template = acting.app.registers.plans.template(form.origin.trim());
    let template =
        template.ok_or_else(|| Refused::field("origin", Message::new("error-choose")))?;
    let (code, title, from, to) = form.parse()?;
    let plan = Plan { title, ..template.plan(code, from, to) };
    insert(acting, &plan).await
}

/// Begins a national plan by adopting the regional one (R027).
///
/// # Errors
/// [`Refused`], every field that is wrong at once.
pub async fn adopt_regional(acting: &Acting<'_>, form: &NewPlan) -> Result<PlanCode, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::EditPlan, &Resource::of(tenant)).await?;
    let regional = ask::find(acting, &form.origin).await?;
    let state = acting.subject.state.as_deref().and_then(|code| code.parse().ok());
    let state = state.ok_or_else(|| Refused::Declined(Message::new("plan-error-no-state")))?;
    let (code, title, from, to) = form.parse()?;
    let plan = Plan { from, to, ..adopt(&regional.entry, state, code, &title) };
    insert(acting, &plan).await
}

/// The plan, if it is the person's organisation's to change.
async fn own(acting: &Acting<'_>, code: &str) -> Result<PlanOf, Refused> {
    let plan = ask::find(acting, code).await?;
    acting.allow(Action::EditPlan, &Resource::of(plan.tenant)).await?;
    Ok(plan)
}

/// Changes one's own plan by `edit` and keeps it if it is still right.
async fn edit(
    acting: &Acting<'_>,
    code: &str,
    seen: Option<Revision>,
    edit: impl FnOnce(&mut Plan) -> Result<(), Refused>,
) -> Result<Revision, Refused> {
    let found = own(acting, code).await?;
    let mut plan = found.entry.clone();
    edit(&mut plan)?;
    if let Some(problem) = plan.problems().into_iter().next() {
        return Err(Refused::Declined(Message::new("plan-error-problem").with("why", problem)));
    }
    let mut act = begin!(acting, acting.context(Action::EditPlan)?);
    act.about(found.id);
    let seen = seen.unwrap_or(found.revision);
    let now = stored::document::update(&mut act, found.id, &plan, seen).await?;
    act.commit(&now).await?;
    Ok(now)
}

/// Adopts a draft: from now on targets change by amendment only.
///
/// # Errors
/// [`Refused`]; everything that is wrong with the plan.
pub async fn adopt_draft(acting: &Acting<'_>, code: &str, by: &str) -> Result<Revision, Refused> {
    let on = Day::from(acting.now().date());
    let mut problems = Problems::default();
    let by = problems.required("by", by, 300);
    problems.none()?;
    edit(acting, code, None, |plan| {
        if plan.status != PlanStatus::Draft {
            return Err(Refused::Declined(Message::new("plan-error-not-draft")));
        }
        let adopted = plan.clone().adopted(&by, on).map_err(|problems| {
            let why = problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
            Refused::Declined(Message::new("plan-error-problem").with("why", why))
        })?;
        *plan = adopted;
        Ok(())
    })
    .await
}

/// Changes a row: who leads it, when, with which money, about what. Its key, place and
/// origin stay; an adopted plan's words change by amendment.
///
/// # Errors
/// [`Refused`]; `Conflict` if someone else changed the plan since `seen`.
pub async fn edit_row(
    acting: &Acting<'_>,
    code: &str,
    row: Row,
    seen: Revision,
) -> Result<Revision, Refused> {
    edit(acting, code, Some(seen), |plan| {
        let adopted = plan.status != PlanStatus::Draft;
        let found = plan.rows.iter_mut().find(|found| found.key == row.key);
        let found = found.ok_or(Refused::NotFound)?;
        if adopted && found.title != row.title {
            return Err(wrong("title", palermo_domain::plan::amend::AmendRefused::NoReason));
        }
        *found = Row {
            parent: found.parent.clone(),
            adopted_from: found.adopted_from.clone(),
            level: found.level.clone(),
            ..row
        };
        Ok(())
    })
    .await
}

/// Adds a row under another, or at the top.
///
/// # Errors
/// [`Refused`].
pub async fn add_row(acting: &Acting<'_>, code: &str, row: Row) -> Result<Revision, Refused> {
    edit(acting, code, None, |plan| {
        if plan.row(&row.key).is_some() {
            return Err(wrong("key", "a row has this key already; choose another"));
        }
        plan.rows.push(row);
        Ok(())
    })
    .await
}

/// Changes or adds an indicator. It is activated only when it lacks nothing (R021).
///
/// # Errors
/// [`Refused`], naming what it lacks.
pub async fn put_indicator(
    acting: &Acting<'_>,
    code: &str,
    indicator: Indicator,
) -> Result<Revision, Refused> {
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
    if let Some(why) = indicator.computed.as_ref().and_then(|one| one.misfit(&indicator)) {
        return Err(wrong("computed", why));
    }
    edit(acting, code, None, |plan| {
        let adopted = plan.status != PlanStatus::Draft;
        match plan.indicators.iter_mut().find(|found| found.key == indicator.key) {
            Some(found) => {
                // What an adopted plan measures by changes with a reason only, in use or
                // not: taken out of use and put back it would be another figure. Words
                // may be written where none stood.
                let written = found.definitions.iter().any(|one| !one.words.trim().is_empty());
                if adopted && written && found.definitions != indicator.definitions {
                    return Err(wrong("definition", AmendRefused::NoReason));
                }
                if adopted && found.computed != indicator.computed {
                    return Err(wrong("computed", AmendRefused::NoReason));
                }
                *found = indicator;
            }
            None => plan.indicators.push(indicator),
        }
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
    edit(acting, code, None, |plan| plan.set_target(target).map_err(|why| wrong("value", why)))
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
            problems.add(&field, Message::new("error-register-entry").with("why", why.to_string()));
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
    edit(acting, code, None, |plan| {
        plan.amend(amendment).map_err(|why| {
            let field = match why {
                palermo_domain::plan::amend::AmendRefused::NoReason => "reason",
                palermo_domain::plan::amend::AmendRefused::NobodyDecided => "decided_by",
                _ => "value",
            };
            wrong(field, why)
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
    problems.none()?;
    edit(acting, code, None, |plan| {
        if place.is_empty() {
            plan.declared.remove(element);
        } else {
            plan.declared.insert(element.to_owned(), place);
        }
        Ok(())
    })
    .await
}
