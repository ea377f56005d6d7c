//! Putting a plan together: its rows and indicators are added, placed, changed and taken
//! out. Of an adopted plan each such change keeps what stood before, with the reason.

use super::{
    change::{edit_without, fits, own, sound, wrong},
    links,
};
use crate::{Acting, Message, Problems, Refused};
use palermo_domain::{
    plan::{
        Party, Plan, PlanCode, PlanStatus, Row, Status,
        amend::{AmendRefused, Decision},
        indicator::Indicator,
        revise::{Place, ReviseRefused},
    },
    register::day::Day,
};
use palermo_store::{
    Act, Revision, plan as stored,
    review::{impact_review, recommendation},
    tenant as tenants,
};

/// Why an adopted plan is changed and who decided it, as typed; a draft needs neither.
#[derive(Debug, Clone, Default)]
pub struct Why {
    /// The reason.
    pub reason: String,
    /// The body that decided.
    pub decided_by: String,
}

/// Changes one's own plan and, if it is adopted, keeps what stood before (R031).
pub(super) async fn revise(
    acting: &Acting<'_>,
    code: &str,
    seen: Option<Revision>,
    why: &Why,
    change: impl FnOnce(&mut Plan) -> Result<(), Refused>,
) -> Result<Revision, Refused> {
    revise_without(acting, code, seen, why, &[], change).await
}

/// The same where something is taken out.
async fn revise_without(
    acting: &Acting<'_>,
    code: &str,
    seen: Option<Revision>,
    why: &Why,
    out: &[Out<'_>],
    change: impl FnOnce(&mut Plan) -> Result<(), Refused>,
) -> Result<Revision, Refused> {
    let mut problems = Problems::default();
    let decision = Decision {
        on: Day::from(acting.now().date()),
        by: problems.bounded("decided_by", &why.decided_by, 300),
        reason: problems.bounded("reason", &why.reason, 2_000),
    };
    edit_without(acting, code, seen, out, |plan| {
        problems.none()?;
        let before = plan.clone();
        change(plan)?;
        plan.explained(&before, &decision).map_err(|why| match why {
            AmendRefused::NoReason => wrong("reason", why),
            AmendRefused::NobodyDecided => wrong("decided_by", why),
            other => {
                Refused::Declined(Message::new("plan-error-problem").with("why", other.to_string()))
            }
        })
    })
    .await
}

/// What is taken out of a plan, by its key.
#[derive(Debug, Clone, Copy)]
pub(super) enum Out<'k> {
    /// A row.
    Row(&'k str),
    /// An indicator.
    Indicator(&'k str),
}

/// Whether all of it can go without leaving something behind that speaks of it: what was
/// told of it, a recommendation or review of impact that names it, a row adopted from it.
pub(super) async fn nothing_hangs_on(
    act: &Act,
    plan: &PlanCode,
    out: &[Out<'_>],
) -> Result<(), Refused> {
    if out.is_empty() {
        return Ok(());
    }
    let reports = stored::report::list(act, Some(plan)).await?;
    let values = stored::value::list(act, Some(plan)).await?;
    let said = recommendation::list(act, None).await?;
    let weighed = impact_review::list(act, None).await?;
    let plans = stored::document::list(act, None).await?;
    let stays = |id: &str| Err(Refused::Declined(Message::new(id)));
    for one in out {
        let (key, adopted) = match *one {
            Out::Row(key) => {
                if reports.iter().any(|told| told.record.entry.row == key) {
                    return stays("plan-error-row-reported");
                }
                let of = |row: &Row| {
                    row.adopted_from.as_ref().is_some_and(|o| o.plan == *plan && o.row == key)
                };
                (key, plans.iter().any(|other| other.record.entry.rows.iter().any(of)))
            }
            Out::Indicator(key) => {
                if values.iter().any(|told| told.record.entry.value.indicator == key) {
                    return stays("plan-error-indicator-reported");
                }
                (key, false)
            }
        };
        let name = links::name(plan, key);
        let named = said
            .iter()
            .map(|one| &one.record.entry)
            .any(|one| one.measures.contains(&name) || one.indicators.contains(&name));
        let mut measures = weighed.iter().map(|one| one.record.entry.measure_id.as_ref());
        if named || adopted || measures.any(|id| id == Some(&name)) {
            return stays("plan-error-pointed-at");
        }
    }
    Ok(())
}

fn refused(why: ReviseRefused) -> Refused {
    let field = match &why {
        ReviseRefused::NotAKey(_) | ReviseRefused::Taken(_) => "key",
        ReviseRefused::UnderItself(_) => "place",
        ReviseRefused::NotThere(_) => return Refused::NotFound,
        ReviseRefused::HasParts(_) => {
            return Refused::Declined(
                Message::new("plan-error-problem").with("why", why.to_string()),
            );
        }
    };
    wrong(field, why)
}

async fn named(acting: &Acting<'_>, field: &str, party: &mut Party) -> Result<(), Refused> {
    let Some(tenant) = party.tenant else { return Ok(()) };
    let found = tenants::find(&acting.app.store, tenant).await?;
    let found = found.ok_or_else(|| Refused::field(field, Message::new("error-choose")))?;
    party.name.clone_from(&found.record.name);
    Ok(())
}

/// The row, if it can be kept, with the names of the organisations it is tied to as they
/// call themselves.
pub(super) async fn settled(acting: &Acting<'_>, mut row: Row) -> Result<Row, Refused> {
    sound(&row.problems())?;
    if let Some(lead) = &mut row.lead {
        named(acting, "lead_org", lead).await?;
    }
    for partner in &mut row.partners {
        named(acting, "partner_orgs", partner).await?;
    }
    if let Some(lead) = &row.lead {
        let same = |party: &Party| match (party.tenant, lead.tenant) {
            (Some(own), Some(leads)) => own == leads,
            _ => party.name == lead.name,
        };
        row.partners.retain(|party| !same(party));
    }
    Ok(row)
}

/// Adds a row in its place (R017, R020). Without a key it gets the next one that is free.
/// It comes from no other plan, and nothing of it is done yet.
///
/// # Errors
/// [`Refused`]; `Conflict` if someone else changed the plan since `seen`.
pub async fn add_row(
    acting: &Acting<'_>,
    code: &str,
    row: Row,
    place: Option<Place>,
    why: &Why,
    seen: Option<Revision>,
) -> Result<Revision, Refused> {
    own(acting, code).await?;
    let row = Row { adopted_from: None, status: Status::Planned, ..row };
    let mut row = settled(acting, row).await?;
    revise(acting, code, seen, why, |plan| {
        if row.key.is_empty() {
            row.key = plan.free_key("row-");
        }
        let place = place.unwrap_or_else(|| plan.last_place(row.parent.as_deref()));
        plan.add_row(row, &place).map_err(refused)
    })
    .await
}

/// Changes a row: its words, who leads it and helps, when, with which money, about what,
/// and where it stands. Its key and origin stay, and how far it has come.
///
/// # Errors
/// [`Refused`]; `Conflict` if someone else changed the plan since `seen`.
pub async fn edit_row(
    acting: &Acting<'_>,
    code: &str,
    row: Row,
    place: Option<Place>,
    why: &Why,
    seen: Revision,
) -> Result<Revision, Refused> {
    own(acting, code).await?;
    let row = settled(acting, row).await?;
    revise(acting, code, Some(seen), why, |plan| {
        let key = row.key.clone();
        let found = plan.rows.iter_mut().find(|found| found.key == key);
        let found = found.ok_or(Refused::NotFound)?;
        *found = Row {
            parent: found.parent.clone(),
            adopted_from: found.adopted_from.clone(),
            status: found.status,
            ..row
        };
        match place {
            Some(place) => plan.move_row(&key, &place).map_err(refused),
            None => Ok(()),
        }
    })
    .await
}

/// Takes a row out that has nothing under it, of which nobody reported yet and at which
/// nothing points.
///
/// # Errors
/// [`Refused::Declined`] if someone reported of it: it is given up instead.
pub async fn drop_row(
    acting: &Acting<'_>,
    code: &str,
    key: &str,
    why: &Why,
    seen: Option<Revision>,
) -> Result<Revision, Refused> {
    let out = [Out::Row(key)];
    revise_without(acting, code, seen, why, &out, |plan| plan.drop_row(key).map_err(refused)).await
}

/// Adds an indicator to a row. Without a key it gets the next one that is free.
///
/// # Errors
/// [`Refused`], naming what it lacks if it is to be in use at once.
pub async fn add_indicator(
    acting: &Acting<'_>,
    code: &str,
    mut indicator: Indicator,
    why: &Why,
    seen: Option<Revision>,
) -> Result<Revision, Refused> {
    revise(acting, code, seen, why, |plan| {
        fits(&indicator)?;
        if indicator.key.is_empty() {
            indicator.key = plan.free_key("indicator-");
        }
        plan.add_indicator(indicator).map_err(refused)
    })
    .await
}

/// Takes an indicator out of which no figure was told yet, with its targets.
///
/// # Errors
/// [`Refused::Declined`] if figures were told: it is taken out of use instead.
pub async fn drop_indicator(
    acting: &Acting<'_>,
    code: &str,
    key: &str,
    why: &Why,
    seen: Option<Revision>,
) -> Result<Revision, Refused> {
    let out = [Out::Indicator(key)];
    revise_without(acting, code, seen, why, &out, |plan| plan.drop_indicator(key).map_err(refused))
        .await
}

/// Closes an adopted plan when its time is over: from then on it is read only, but for
/// its final review (R016).
///
/// # Errors
/// [`Refused`]; without a reason and who decided.
pub async fn close(acting: &Acting<'_>, code: &str, why: &Why) -> Result<Revision, Refused> {
    revise(acting, code, None, why, |plan| {
        if plan.status != PlanStatus::Adopted {
            return Err(Refused::Declined(Message::new("plan-error-not-adopted")));
        }
        plan.status = PlanStatus::Closed;
        Ok(())
    })
    .await
}
