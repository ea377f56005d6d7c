//! Recommendations of any body and what becomes of them: the State's own
//! account and the reviewer's finding side by side (R060–R064, R067).

use super::typed;
use crate::{
    Acting, App, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    id::FollowUpId,
    register::{day::Day, state::StateCode},
    review::{
        FollowUp, FollowUpSide, Recommendation, RecordStatus, Statistics, Statuses, similar,
        statistics,
    },
};
use palermo_standards::sheet::Sheet;
use palermo_store::review::{follow_up as follow_ups, recommendation as stored};
use serde::Serialize;
use std::collections::BTreeMap;

/// A recommendation with what is said about it in each State it concerns.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Recommended {
    /// The recommendation.
    #[serde(flatten)]
    pub recommendation: Recommendation,
    /// Accounts by State.
    pub states: Vec<Statuses>,
    /// Ids of similar recommendations of other bodies.
    pub similar: Vec<String>,
}

impl Recommended {
    /// Whether nobody leads it after 90 days: in a State it names, or at all (R062).
    #[must_use]
    pub fn unled(&self, today: Day) -> bool {
        let what = &self.recommendation;
        match self.states.as_slice() {
            [] => what.unled(today),
            states => states.iter().any(|one| one.unled(what, today)),
        }
    }
}

/// One State's follow-up of one recommendation.
pub type StateFollowUp = Statuses;

/// What someone typed about the follow-up.
#[derive(Debug, Clone, Default)]
pub struct FollowForm {
    /// Status.
    pub status: String,
    /// Institution in the lead.
    pub lead: String,
    /// Deadline.
    pub deadline: String,
    /// What was done or found.
    pub account: String,
    /// Evidence.
    pub evidence: String,
}

/// Every recommendation: those that ship, then those made here, each once.
/// Confidential ones are left out for the public.
///
/// # Errors
/// When the store does not answer.
pub async fn recommendations(app: &App) -> Result<Vec<Recommended>, Refused> {
    let own: Vec<Recommendation> =
        stored::list(&app.store, None).await?.into_iter().map(|one| one.record.entry).collect();
    let mut all: Vec<Recommendation> = app
        .registers
        .reporting
        .recommendations
        .iter()
        .filter(|shipped| own.iter().all(|one| one.id != shipped.id))
        .cloned()
        .collect();
    all.extend(own);
    let mut said: BTreeMap<(String, StateCode), Statuses> = BTreeMap::new();
    for one in follow_ups::list(&app.store, None).await? {
        let entry = one.record.entry;
        let key = (entry.recommendation.clone(), entry.state);
        let statuses = said.entry(key).or_insert_with(|| Statuses {
            recommendation: entry.recommendation.clone(),
            state: entry.state,
            own: None,
            found: None,
        });
        // Entries come in the order of their making: the last word counts.
        match entry.side {
            FollowUpSide::State => statuses.own = Some(entry),
            FollowUpSide::Reviewer => statuses.found = Some(entry),
        }
    }
    let groups = similar(&all);
    let mut result: Vec<Recommended> = all
        .iter()
        .map(|one| Recommended {
            similar: groups
                .get(one.id.as_str())
                .map(|ids| ids.iter().map(|id| (*id).to_owned()).collect())
                .unwrap_or_default(),
            states: one
                .states
                .iter()
                .map(|state| Statuses {
                    recommendation: one.id.clone(),
                    state: *state,
                    own: None,
                    found: None,
                })
                .collect(),
            recommendation: one.clone(),
        })
        .collect();
    for ((id, state), statuses) in said {
        let Some(one) = result.iter_mut().find(|one| one.recommendation.id == id) else { continue };
        match one.states.iter_mut().find(|other| other.state == state) {
            Some(place) => *place = statuses,
            None => one.states.push(statuses),
        }
    }
    Ok(result)
}

/// How many recommendations to a State are not settled.
///
/// # Errors
/// When the store does not answer.
pub async fn open_of(app: &App, state: StateCode) -> Result<usize, Refused> {
    let all = recommendations(app).await?;
    Ok(all
        .iter()
        .flat_map(|one| &one.states)
        .filter(|one| one.state == state && !one.counted().is_settled())
        .count())
}

/// The follow-up of one recommendation.
///
/// # Errors
/// [`Refused::NotFound`].
pub async fn follow_up(app: &App, id: &str) -> Result<Recommended, Refused> {
    let all = recommendations(app).await?;
    all.into_iter().find(|one| one.recommendation.id == id).ok_or(Refused::NotFound)
}

/// Counts that can be done again, by State, theme or round (R064).
#[must_use]
pub fn group_statistics(
    all: &[Recommended],
    today: Day,
    key: impl Fn(&Recommended, &Statuses) -> Vec<String>,
) -> BTreeMap<String, Statistics> {
    let mut groups: BTreeMap<String, Vec<(&Recommendation, &Statuses)>> = BTreeMap::new();
    for one in all {
        for statuses in &one.states {
            for name in key(one, statuses) {
                groups.entry(name).or_default().push((&one.recommendation, statuses));
            }
        }
    }
    groups.into_iter().map(|(name, group)| (name, statistics(&group, today))).collect()
}

/// What one must be allowed to, to write one side's account.
fn writing(side: FollowUpSide, state: StateCode) -> (Action, Resource) {
    match side {
        FollowUpSide::State => {
            (Action::WriteComments, Resource::region().in_state(Some(state.as_str())))
        }
        FollowUpSide::Reviewer => (Action::WriteFindings, Resource::region()),
    }
}

/// A recommendation the reader may see: nobody speaks of one made to others in confidence.
async fn read_by(acting: &Acting<'_>, id: &str) -> Result<Recommended, Refused> {
    let found = follow_up(acting.app, id).await?;
    if super::reads(acting, &found) { Ok(found) } else { Err(Refused::NotFound) }
}

/// A recommendation as what somebody types is about it.
fn about(recommendation: &str) -> String {
    format!("recommendation/{recommendation}")
}

/// Keeps an account while it is typed: for whoever types it and nobody else, until it is
/// saved by hand.
///
/// # Errors
/// Those of [`note_follow_up`]; what is too long.
pub async fn follow_up_as_typed(
    acting: &Acting<'_>,
    recommendation: &str,
    state: StateCode,
    side: FollowUpSide,
    form: &FollowForm,
) -> Result<(), Refused> {
    let (action, resource) = writing(side, state);
    acting.allow(action, &resource).await?;
    read_by(acting, recommendation).await?;
    let mut problems = Problems::default();
    let typed = [
        ("status", &form.status, 40),
        ("lead", &form.lead, 200),
        ("deadline", &form.deadline, 40),
        ("account", &form.account, 8000),
        ("evidence", &form.evidence, 4000),
    ];
    let mut fields: typed::Fields = typed
        .into_iter()
        .map(|(name, text, most)| (name.to_owned(), problems.bounded(name, text, most)))
        .collect();
    problems.none()?;
    // Which State it is about is kept where something is said about it.
    if fields.values().any(|text| !text.is_empty()) {
        fields.insert("state".to_owned(), state.to_string());
    }
    typed::keep(acting, action, (&about(recommendation), side.code()), fields).await
}

/// What the reader typed about a recommendation and did not save, with the State.
///
/// # Errors
/// When the store does not answer.
pub async fn typed_follow_up(
    acting: &Acting<'_>,
    recommendation: &str,
    side: FollowUpSide,
) -> Result<Option<(String, FollowForm)>, Refused> {
    let mut all = typed::of(acting, &about(recommendation)).await?;
    let Some(mut fields) = all.remove(side.code()) else { return Ok(None) };
    let mut field = |name: &str| fields.remove(name).unwrap_or_default();
    let form = FollowForm {
        status: field("status"),
        lead: field("lead"),
        deadline: field("deadline"),
        account: field("account"),
        evidence: field("evidence"),
    };
    Ok(Some((field("state"), form)))
}

/// Notes how far a recommendation is in a State: the State of itself, or the
/// reviewer. Neither can write the other's account.
///
/// # Errors
/// Problems of the form; [`Refused::NotFound`] for another State.
pub async fn note_follow_up(
    acting: &Acting<'_>,
    recommendation: &str,
    state: StateCode,
    side: FollowUpSide,
    form: &FollowForm,
) -> Result<FollowUpId, Refused> {
    let (action, resource) = writing(side, state);
    acting.allow(action, &resource).await?;
    let shown = read_by(acting, recommendation).await?;
    let mut problems = Problems::default();
    let status = form.status.parse::<RecordStatus>().ok();
    if status.is_none() {
        problems.add("status", Message::new("error-choose"));
    }
    let lead = problems.bounded("lead", &form.lead, 200);
    let account = problems.bounded("account", &form.account, 8000);
    let evidence = problems.bounded("evidence", &form.evidence, 4000);
    let settled = status.is_some_and(RecordStatus::is_settled);
    if settled && evidence.is_empty() && side == FollowUpSide::State {
        problems.add("evidence", Message::new("error-follow-evidence"));
    }
    let typed = form.deadline.trim();
    let deadline: Option<Day> = typed.parse().ok();
    if deadline.is_none() && !typed.is_empty() {
        problems.add("deadline", Message::new("error-report-day").with("typed", typed));
    }
    problems.none()?;
    let Some(status) = status else { return Err(Refused::NotFound) };
    let today: Day = acting.now().date().into();
    let before = shown.states.iter().find(|one| one.state == state);
    let assigned =
        before.and_then(|one| one.own.as_ref().or(one.found.as_ref())).and_then(|one| one.assigned);
    let record = FollowUp {
        recommendation: recommendation.to_owned(),
        state,
        side,
        status,
        lead: (!lead.is_empty()).then_some(lead),
        deadline,
        account,
        evidence,
        on: today,
        assigned: assigned.or(Some(today)),
    };
    let (_, account) = acting.member()?;
    let mut act = begin!(acting, acting.context(action)?);
    let id = follow_ups::insert(&mut act, &record).await?;
    act.about(id);
    let about = about(recommendation);
    typed::forget(&mut act, account, (&about, side.code())).await?;
    act.commit(&id).await?;
    Ok(id)
}

/// Recommendations as a list with stable ids, for treaty bodies and the
/// Special Rapporteur (R067). Confidential ones are not among them.
#[must_use]
pub fn export(all: &[Recommended]) -> Sheet {
    let columns = [
        "id",
        "body",
        "made",
        "text",
        "addressee",
        "strength",
        "themes",
        "provisions",
        "state",
        "status_state",
        "status_reviewer",
        "lead",
        "deadline",
        "source",
    ];
    let mut rows = Vec::new();
    for one in all.iter().filter(|one| !one.recommendation.confidential) {
        let r = &one.recommendation;
        let row = |statuses: Option<&Statuses>| {
            let status = |side: Option<&FollowUp>| {
                side.map(|one| one.status.code().to_owned()).unwrap_or_default()
            };
            let texts: Vec<String> = vec![
                r.id.clone(),
                r.body.clone(),
                r.made.clone(),
                r.text.clone(),
                r.addressee.to_string(),
                r.strength.to_string(),
                r.themes.join("; "),
                r.provisions.join("; "),
                statuses.map(|one| one.state.to_string()).unwrap_or_default(),
                status(statuses.and_then(|one| one.own.as_ref())),
                status(statuses.and_then(|one| one.found.as_ref())),
                statuses.and_then(|one| one.lead(r).map(str::to_owned)).unwrap_or_default(),
                statuses
                    .and_then(|one| one.deadline(r))
                    .map(|day| day.to_string())
                    .unwrap_or_default(),
                r.source.clone(),
            ];
            texts.into_iter().map(Into::into).collect::<Vec<_>>()
        };
        if one.states.is_empty() {
            rows.push(row(None));
        }
        rows.extend(one.states.iter().map(|statuses| row(Some(statuses))));
    }
    Sheet {
        name: "recommendations".to_owned(),
        columns: columns.iter().map(|name| (*name).to_owned()).collect(),
        rows,
        notes: Vec::new(),
    }
}
