//! A plan as a whole: beginning it, by itself or from the regional one, adopting it,
//! what it is and where it comes from, and the reviews that are kept with it.

use super::{
    ask::{self, PlanOf},
    change::{edit, keep, own},
    rows::{Why, revise},
};
use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    plan::{
        Phase, Plan, PlanCode, PlanStatus,
        adopt::adopt,
        revise::{PlanReview, ReviewKind},
    },
    register::{day::Day, state::StateCode},
};
use palermo_store::{Revision, plan as stored};

/// The choice of no structure: the rows are typed or imported.
pub const EMPTY: &str = "empty";

/// What someone typed to begin a plan.
#[derive(Debug, Clone, Default)]
pub struct NewPlan {
    /// Code of the template, [`EMPTY`], or, for a national plan, of the regional plan.
    pub origin: String,
    /// Code of the new plan.
    pub code: String,
    /// What it is.
    pub about: About,
}

/// What a plan is and where it comes from, as typed.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// Its title.
    pub title: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// Id of its mechanism; a State's own plan may have none.
    pub mechanism: String,
    /// Code of the regional plan it belongs to.
    pub parent: String,
    /// Code of the plan before it.
    pub predecessor: String,
    /// The review of the plan before it.
    pub predecessor_review: String,
    /// The body that adopts it.
    pub adopted_by: String,
    /// Phases, one a line: title; first day; last day.
    pub phases: String,
    /// Document and place it is written in.
    pub source: String,
}

impl From<&Plan> for About {
    fn from(plan: &Plan) -> Self {
        let code = |code: &Option<PlanCode>| code.as_ref().map(ToString::to_string);
        let phases = plan.phases.iter().map(|p| format!("{}; {}; {}", p.title, p.from, p.to));
        Self {
            title: plan.title.clone(),
            from: plan.from.to_string(),
            to: plan.to.to_string(),
            mechanism: plan.mechanism.clone().unwrap_or_default(),
            parent: code(&plan.parent).unwrap_or_default(),
            predecessor: code(&plan.predecessor).unwrap_or_default(),
            predecessor_review: plan.predecessor_review.clone().unwrap_or_default(),
            adopted_by: plan.adopted_by.clone(),
            phases: phases.collect::<Vec<_>>().join("\n"),
            source: plan.source.clone(),
        }
    }
}

/// The same, read and checked.
struct Read {
    title: String,
    from: Day,
    to: Day,
    mechanism: Option<String>,
    parent: Option<PlanCode>,
    predecessor: Option<PlanCode>,
    predecessor_review: Option<String>,
    adopted_by: String,
    phases: Vec<Phase>,
    source: String,
}

fn day(problems: &mut Problems, field: &str, text: &str) -> Option<Day> {
    let read = text.trim().parse::<Day>().ok();
    if read.is_none() {
        problems.add(field, Message::new("error-partial-date"));
    }
    read
}

/// The plan named, if it is one the person may see and not the plan itself.
fn linked(
    problems: &mut Problems,
    (field, text): (&str, &str),
    known: &[PlanOf],
    own: &str,
) -> Option<PlanCode> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let found = known.iter().find(|plan| plan.entry.code.as_str() == text && text != own);
    if found.is_none() {
        problems.add(field, Message::new("error-choose"));
    }
    found.map(|plan| plan.entry.code.clone())
}

fn phases(problems: &mut Problems, text: &str) -> Vec<Phase> {
    let text = problems.bounded("phases", text, 4_000);
    let mut all = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let parts: Vec<&str> = line.split([';', '؛']).map(str::trim).collect();
        let read = match parts.as_slice() {
            [title, from, to] if !title.is_empty() => from
                .parse::<Day>()
                .ok()
                .zip(to.parse::<Day>().ok())
                .filter(|(from, to)| from <= to)
                .map(|(from, to)| Phase { title: (*title).to_owned(), from, to }),
            _ => None,
        };
        match read {
            Some(phase) => all.push(phase),
            None => problems.add("phases", Message::new("plan-error-phase").with("line", line)),
        }
    }
    all
}

impl About {
    /// Reads what was typed for the plan `own`; `known` are the plans it may name.
    fn read(
        &self,
        acting: &Acting<'_>,
        problems: &mut Problems,
        known: &[PlanOf],
        own: &str,
    ) -> Option<Read> {
        let title = problems.required("title", &self.title, 300);
        let from = day(problems, "from", &self.from);
        let to = day(problems, "to", &self.to);
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            problems.add("to", Message::new("plan-error-backwards"));
        }
        let mechanism = self.mechanism.trim();
        if !mechanism.is_empty() && acting.app.content.mechanisms().get(mechanism).is_none() {
            problems.add("mechanism", Message::new("error-choose"));
        }
        let review = problems.bounded("predecessor_review", &self.predecessor_review, 600);
        Some(Read {
            title,
            mechanism: Some(mechanism.to_owned()).filter(|id| !id.is_empty()),
            parent: linked(problems, ("parent", self.parent.as_str()), known, own),
            predecessor: linked(problems, ("predecessor", self.predecessor.as_str()), known, own),
            predecessor_review: Some(review).filter(|text| !text.is_empty()),
            adopted_by: problems.bounded("adopted_by", &self.adopted_by, 300),
            phases: phases(problems, &self.phases),
            source: problems.bounded("source", &self.source, 300),
            from: from?,
            to: to?,
        })
    }
}

impl NewPlan {
    fn read(
        &self,
        acting: &Acting<'_>,
        known: &[PlanOf],
        regional: bool,
    ) -> Result<(PlanCode, Read), Refused> {
        let mut problems = Problems::default();
        let code = self.code.trim().parse::<PlanCode>();
        if let Err(error) = &code {
            problems.add("code", Message::new("error-register-entry").with("why", error));
        }
        let read = self.about.read(acting, &mut problems, known, self.code.trim());
        if regional && self.about.mechanism.trim().is_empty() {
            problems.add("mechanism", Message::new("error-choose"));
        }
        problems.none()?;
        code.ok().zip(read).ok_or(Refused::NotFound)
    }
}

async fn free(acting: &Acting<'_>, code: &PlanCode) -> Result<(), Refused> {
    let taken = stored::document::list(&acting.app.store, Some(code)).await?;
    if taken.is_empty() {
        return Ok(());
    }
    Err(Refused::field("code", Message::new("plan-error-code-taken").with("code", code)))
}

/// Keeps a new plan of one's own organisation.
pub(super) async fn insert(acting: &Acting<'_>, plan: &Plan) -> Result<PlanCode, Refused> {
    free(acting, &plan.code).await?;
    let mut act = begin!(acting, acting.context(Action::EditPlan)?);
    let id = stored::document::insert(&mut act, plan).await?;
    act.about(id);
    act.commit(&plan.code).await?;
    Ok(plan.code.clone())
}

/// The State whose plans this person writes: of their organisation, unless it speaks for
/// the region.
#[must_use]
pub fn own_state(acting: &Acting<'_>) -> Option<StateCode> {
    acting.subject.tenant.filter(|(_, kind)| !kind.speaks_for_region())?;
    acting.subject.state.as_deref().and_then(|code| code.parse().ok())
}

/// Begins a plan with the structure of one that ships, or with none (R016, R017). Who
/// adopted that one, and what it followed, stay with it. It is
/// the plan of the State of one's organisation, or else of the mechanism that is chosen.
///
/// # Errors
/// [`Refused`], every field that is wrong at once.
pub async fn from_template(acting: &Acting<'_>, form: &NewPlan) -> Result<PlanCode, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::EditPlan, &Resource::of(tenant)).await?;
    let origin = form.origin.trim();
    let template = acting.app.registers.plans.template(origin);
    if template.is_none() && origin != EMPTY {
        return Err(Refused::field("origin", Message::new("error-choose")));
    }
    let state = own_state(acting);
    let known = ask::list(acting).await?;
    let (code, read) = form.read(acting, &known, state.is_none())?;
    let drawn = match template {
        Some(template) => template.plan(code, read.from, read.to),
        None => Plan::empty(code, read.title.clone(), read.from, read.to),
    };
    let phases = if read.phases.is_empty() { drawn.phases } else { read.phases };
    let source = if read.source.is_empty() { drawn.source } else { read.source };
    let plan = Plan {
        title: read.title,
        mechanism: read.mechanism,
        state,
        parent: read.parent,
        predecessor: read.predecessor,
        predecessor_review: read.predecessor_review,
        adopted_by: read.adopted_by,
        phases,
        source,
        ..drawn
    };
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
    let state = own_state(acting);
    let state = state.ok_or_else(|| Refused::Declined(Message::new("plan-error-no-state")))?;
    let (code, read) = form.read(acting, &[], false)?;
    let plan =
        Plan { from: read.from, to: read.to, ..adopt(&regional.entry, state, code, &read.title) };
    insert(acting, &plan).await
}

/// Adopts a draft: from now on it changes with a reason only. The day is today unless
/// another one is told.
///
/// # Errors
/// [`Refused`]; everything that is wrong with the plan.
pub async fn adopt_draft(
    acting: &Acting<'_>,
    code: &str,
    by: &str,
    on: &str,
) -> Result<Revision, Refused> {
    let today = Day::from(acting.now().date());
    let mut problems = Problems::default();
    let by = problems.required("by", by, 300);
    let told = if on.trim().is_empty() { Some(today) } else { day(&mut problems, "on", on) };
    if told.is_some_and(|on| on > today) {
        problems.add("on", Message::new("plan-error-future"));
    }
    let on = told.unwrap_or(today);
    edit(acting, code, None, |plan| {
        problems.none()?;
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

/// Changes what a plan is and where it comes from (R016, R034). The mechanism of an
/// adopted plan stays: its States have signed.
///
/// # Errors
/// [`Refused`], every field that is wrong at once; `Conflict` if someone else changed the
/// plan since `seen`.
pub async fn edit_about(
    acting: &Acting<'_>,
    code: &str,
    about: &About,
    why: &Why,
    seen: Revision,
) -> Result<Revision, Refused> {
    let known = ask::list(acting).await?;
    let mut problems = Problems::default();
    let read = about.read(acting, &mut problems, &known, code);
    revise(acting, code, Some(seen), why, |plan| {
        problems.none()?;
        let read = read.ok_or(Refused::NotFound)?;
        if plan.status == PlanStatus::Draft {
            plan.mechanism = read.mechanism;
        }
        plan.title = read.title;
        plan.from = read.from;
        plan.to = read.to;
        plan.parent = read.parent;
        plan.predecessor = read.predecessor;
        plan.predecessor_review = read.predecessor_review;
        plan.adopted_by = read.adopted_by;
        plan.phases = read.phases;
        plan.source = read.source;
        Ok(())
    })
    .await
}

/// A finished review, as typed.
#[derive(Debug, Clone, Default)]
pub struct TypedReview {
    /// `mid-term` or `final`.
    pub kind: String,
    /// The day it was adopted.
    pub on: String,
    /// The body that reviewed.
    pub by: String,
    /// What it found.
    pub conclusions: String,
    /// What the next plan should do otherwise.
    pub proposals: String,
    /// Address or name of the document.
    pub document: String,
}

/// Keeps a finished review with its plan, from where the next plan shows it (R016, R030).
///
/// # Errors
/// [`Refused`], every field that is wrong at once; a draft has nothing to review.
pub async fn add_review(
    acting: &Acting<'_>,
    code: &str,
    typed: &TypedReview,
) -> Result<Revision, Refused> {
    let found = own(acting, code).await?;
    let today = Day::from(acting.now().date());
    let mut problems = Problems::default();
    let kind = typed.kind.parse::<ReviewKind>().ok();
    if kind.is_none() {
        problems.add("kind", Message::new("error-choose"));
    }
    let on = day(&mut problems, "on", &typed.on);
    if on.is_some_and(|on| on > today) {
        problems.add("on", Message::new("plan-error-future"));
    }
    let by = problems.required("by", &typed.by, 300);
    let conclusions = problems.required("conclusions", &typed.conclusions, 20_000);
    let proposals = problems.bounded("proposals", &typed.proposals, 20_000);
    let document = problems.bounded("document", &typed.document, 500);
    problems.none()?;
    let (kind, on) = kind.zip(on).ok_or(Refused::NotFound)?;
    keep(acting, &found, None, &[], |plan| {
        if plan.status == PlanStatus::Draft {
            return Err(Refused::Declined(Message::new("plan-error-draft-review")));
        }
        plan.reviews.push(PlanReview { kind, on, by, conclusions, proposals, document });
        plan.reviews.sort_by_key(|review| review.on);
        Ok(())
    })
    .await
}
