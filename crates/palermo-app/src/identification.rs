//! Deciding identification in a case, and reviewing what a colleague decided.

use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
    case::{self, rights},
    session::Signed,
};
use palermo_domain::{
    case::{
        incident::{FoundBy, Site},
        status::VictimStatus,
    },
    compartment::Compartment,
    id::{AccountId, CaseId, Id, IdentificationId, RightsIncidentId, TaskId},
    identification::{Basis, Finding, Identification, LegalGround, ReviewRoute, Stage},
    moment::Moment,
    purpose::Purpose,
    register::day::Day,
    role::Role,
    safeguard::DECISIONS_NAME_THEIR_AUTHOR,
    task::Task,
};
use palermo_store::{
    Act, PersonalRead, UnlockedVault, Versioned, account as accounts,
    case::{event as events, file as files},
    identification as decisions,
    keys::sealed,
    notice, role as roles, task as tasks,
};
use std::{collections::BTreeSet, time::Duration};

/// How soon a reviewer should look.
const REVIEW_WITHIN: Duration = Duration::from_secs(3 * 86_400);
/// How soon other support is arranged after a negative decision (R095).
const OTHER_SUPPORT_WITHIN: Duration = Duration::from_secs(2 * 86_400);
/// Most events looked through for the words of a decision.
const EVENTS: u64 = 1_000;
/// Longest reasons, in characters.
const LONGEST: usize = 20_000;

/// What someone typed about a decision.
#[derive(Debug, Clone, Default)]
pub struct DecisionForm {
    /// What was decided.
    pub finding: String,
    /// Why, in codes.
    pub basis: Vec<String>,
    /// Under which law.
    pub legal_ground: String,
    /// Which body identified.
    pub body: String,
    /// Where.
    pub site: String,
    /// Decided by another authority.
    pub elsewhere: bool,
    /// Account of the reviewer, or empty.
    pub reviewer: String,
    /// How it can be contested.
    pub review_route: String,
    /// Until when, as `2026-12-01`, or empty.
    pub review_until: String,
    /// The reasons in words; sealed.
    pub words: String,
    /// When it was decided; now, if empty.
    pub happened: Option<Moment>,
}

impl DecisionForm {
    fn parse(
        &self,
        file: &case::CaseFile,
        id: IdentificationId,
        by: AccountId,
        now: Moment,
    ) -> Result<Identification, Refused> {
        let mut problems = Problems::default();
        let finding = self.finding.parse::<Finding>().ok();
        if finding.is_none() {
            problems.add("finding", Message::new("error-choose"));
        }
        let basis: Option<BTreeSet<Basis>> =
            self.basis.iter().map(|code| code.parse().ok()).collect();
        if basis.is_none() {
            problems.add("basis", Message::new("error-choose"));
        }
        if FoundBy::from_code(&self.body).is_none() {
            problems.add("body", Message::new("error-choose"));
        }
        if Site::from_code(&self.site).is_none() {
            problems.add("site", Message::new("error-choose"));
        }
        let until = self.review_until.trim();
        let review_until = until.parse::<Day>().ok();
        if !until.is_empty() && review_until.is_none() {
            problems.add("review_until", Message::new("error-no-such-date").with("date", until));
        }
        let reviewer = self.reviewer.parse::<AccountId>().ok();
        problems.bounded("words", &self.words, LONGEST);
        if self.happened.is_some_and(|at| at > now) {
            problems.add("happened", Message::new("case-error-future"));
        }
        problems.none()?;
        Ok(Identification {
            tenant: file.case.record.tenant,
            id,
            case: file.id(),
            episode: file.case.record.episode,
            finding: finding.unwrap_or(Finding::UnderAssessment),
            basis: basis.unwrap_or_default(),
            legal_ground: self.legal_ground.parse().unwrap_or(LegalGround::NotNamed),
            body: self.body.clone(),
            site: self.site.clone(),
            elsewhere: self.elsewhere,
            decided_by: by,
            reviewer,
            reviewed_at: None,
            review_route: self.review_route.parse().unwrap_or(ReviewRoute::None),
            review_until,
            stage: Stage::Proposed,
            decided_at: self.happened.unwrap_or(now),
            recorded_at: now,
        })
    }
}

/// States on the way from one to another, the last included; nothing if the
/// order of the procedure leads there from nowhere.
fn way(from: VictimStatus, to: VictimStatus) -> Option<Vec<VictimStatus>> {
    let mut ways = vec![vec![from]];
    for _ in 0..VictimStatus::ALL.len() {
        if let Some(found) = ways.iter().find(|way| way.last() == Some(&to) && way.len() > 1) {
            return Some(found.iter().skip(1).copied().collect());
        }
        let longer = ways.iter().flat_map(|way| {
            let next = way.last().map_or(&[][..], |last| last.next());
            // A no of the person is never a step on the way to something else.
            let next = next.iter().filter(|one| **one != VictimStatus::Declined || **one == to);
            next.filter(|one| !way.contains(one))
                .map(|one| way.iter().copied().chain([*one]).collect::<Vec<_>>())
                .collect::<Vec<_>>()
        });
        ways = longer.collect();
    }
    None
}

/// Puts a decision in force: the case moves, its history tells it, and a
/// negative one sets the work of arranging other support (R095).
async fn enforce(act: &mut Act, decision: &Identification) -> Result<(), Refused> {
    let Some(to) = VictimStatus::from_code(decision.finding.code()) else { return Ok(()) };
    let current = palermo_store::case::file::get(act, decision.case).await?.record;
    let steps = match way(current.status, to) {
        Some(steps) => steps,
        // What another authority did is written down whatever the order.
        None if decision.elsewhere => vec![to],
        None => return Err(Refused::Declined(Message::new("identification-not-now"))),
    };
    if let Some(status) = steps.last().copied() {
        case::change(act, decision.case, |case| case.status = status).await?;
    }
    if decision.finding.is_negative() {
        let task = Task {
            tenant: decision.tenant,
            id: act.new_id::<TaskId>(),
            kind: "task-other-support".into(),
            subject: Some(decision.case.subject()),
            note: palermo_domain::case::number(decision.case),
            desk: None,
            // Whoever decided carries the case; the second person may not even see it.
            assignee: Some(decision.decided_by),
            due_at: Some(act.now().after(OTHER_SUPPORT_WITHIN)),
            done_at: None,
            done_by: None,
            recorded_at: act.now(),
        };
        tasks::insert(act, &task).await?;
    }
    Ok(())
}

/// Decides, or writes down what was decided elsewhere.
///
/// One made elsewhere without reasons or a way to contest it raises a rights
/// incident in the same act; its id is given too.
///
/// # Errors
/// Every problem of the form at once, and what a decision of Palermo's own
/// lacks (R12, R094).
pub async fn decide(
    acting: &Acting<'_>,
    vault: Option<&UnlockedVault>,
    id: CaseId,
    form: &DecisionForm,
    purpose: Purpose,
) -> Result<(IdentificationId, Option<RightsIncidentId>), Refused> {
    let file = case::permitted(acting, id, Action::DecideIdentification, purpose).await?;
    let (_, account) = acting.member()?;
    let new: IdentificationId = acting.app.store.new_id();
    let mut decision = form.parse(&file, new, account, acting.now())?;
    decision.stage = decision.begins().map_err(|lacking| {
        let mut problems = Problems::default();
        for one in lacking {
            let message = Message::new(&format!("identification-lacks-{}", one.field()));
            problems.add(one.field(), message.by(DECISIONS_NAME_THEIR_AUTHOR));
        }
        Refused::Invalid(problems)
    })?;
    if let Some(reviewer) = decision.reviewer {
        let known = accounts::find(&acting.app.store, decision.tenant, reviewer).await?;
        known.ok_or(Refused::NotFound)?;
    }
    let leads = if decision.is_rights_incident() {
        Some(rights::protection_leads(acting, decision.tenant).await?)
    } else {
        None
    };
    let context = file.context(acting, Action::DecideIdentification)?.about(new);
    let mut act = begin!(acting, context.happened(decision.decided_at));
    decisions::insert(&mut act, &decision).await?;
    let event = events::new(&act, id, "identification")
        .with("identification-finding", decision.finding.code())
        .with("identification-stage", decision.stage.code())
        .happened(decision.decided_at);
    case::tell(&mut act, vault, file.person.record.id, event, Some(&form.words)).await?;
    match decision.stage {
        Stage::InForce => enforce(&mut act, &decision).await?,
        Stage::Proposed => ask_reviewer(&mut act, &decision).await?,
        Stage::Returned => {}
    }
    let mut incident = None;
    if let Some(leads) = &leads {
        let (person, sealed) = (file.person.record.id, file.case.record.sealed);
        let event = events::new(&act, id, "negative-without-reasons");
        case::tell(&mut act, None, person, event, None).await?;
        incident =
            rights::of_decision(acting, &mut act, &decision, (person, sealed), leads).await?;
    }
    act.detail("finding", decision.finding.code());
    let made = (new, incident);
    act.commit(&made).await?;
    Ok(made)
}

async fn ask_reviewer(act: &mut Act, decision: &Identification) -> Result<(), Refused> {
    let task = Task {
        tenant: decision.tenant,
        id: act.new_id::<TaskId>(),
        kind: "task-review-identification".into(),
        subject: Some(decision.id.subject()),
        note: palermo_domain::case::number(decision.case),
        desk: None,
        assignee: decision.reviewer,
        due_at: Some(act.now().after(REVIEW_WITHIN)),
        done_at: None,
        done_by: None,
        recorded_at: act.now(),
    };
    Ok(tasks::insert(act, &task).await?)
}

/// Decisions of a case, the latest first; several episodes stand beside one
/// another and none overwrites another (R098).
///
/// # Errors
/// When the database does not answer.
pub async fn of_case(opened: &case::Opened) -> Result<Vec<Versioned<Identification>>, Refused> {
    let case = &opened.file.case.record;
    Ok(decisions::of_case(&opened.read, case.tenant, case.id).await?)
}

/// Members who may review: those with a role that decides, oneself excepted.
///
/// # Errors
/// When the database does not answer.
pub async fn reviewers(acting: &Acting<'_>) -> Result<Vec<(String, String)>, Refused> {
    let (tenant, own) = acting.member()?;
    let store = &acting.app.store;
    let mut found = Vec::new();
    let page = accounts::list(
        store,
        tenant,
        &accounts::Filter::default(),
        accounts::SortBy::default(),
        palermo_store::Paging::all(),
    )
    .await?;
    for account in page.items.into_iter().map(|one| one.record).filter(|one| one.id != own) {
        let held = roles::of_account(store, tenant, account.id).await?;
        let decides = [Role::IdentificationOfficer, Role::CaseManager, Role::OnCall];
        let now = acting.now();
        if held.iter().any(|one| one.record.holds_at(now) && decides.contains(&one.record.role)) {
            found.push((account.id.to_string(), account.name));
        }
    }
    Ok(found)
}

/// A decision as the second person sees it: with the reasons in words, which
/// being named opens to them (R8: one item, not the case), and with nothing
/// else of the case.
#[derive(Debug)]
pub struct Shown {
    /// The decision.
    pub decision: Identification,
    /// Name of whoever decided.
    pub decided_by: String,
    /// The reasons in words, where there are any and the reader's key opens them.
    pub words: Option<String>,
    /// Whether there are words that the reader's key does not open now.
    pub closed: bool,
}

/// A decision that waits for the reader's review, or one they made.
///
/// # Errors
/// [`Refused::NotFound`] for anyone else's.
pub async fn show(
    acting: &Acting<'_>,
    signed: &Signed,
    id: IdentificationId,
    purpose: Purpose,
) -> Result<Shown, Refused> {
    let (decision, read) = waiting(acting, id, purpose).await?;
    let vault = case::vault_if_open(acting, signed).await?;
    let vault = vault.filter(|vault| vault.opens(Compartment::Care));
    let names = case::staff_names(acting, vec![decision.decided_by]).await?;
    let decided_by = names.get(&decision.decided_by).cloned().unwrap_or_default();
    let mut shown = Shown { decision, decided_by, words: None, closed: false };
    let (tenant, of) = (shown.decision.tenant, shown.decision.case);
    let told = events::of_case(&read, tenant, of, EVENTS).await?;
    let told = told.into_iter().find(|one| {
        one.kind == "identification" && one.has_text && one.happened_at == shown.decision.decided_at
    });
    let (Some(told), Some(case)) = (told, files::find(&read, tenant, of).await?) else {
        return Ok(shown);
    };
    let Some(vault) = vault else {
        shown.closed = true;
        return Ok(shown);
    };
    let place = case::text_place(case.record.person, &told, "text");
    shown.words = match sealed::open(&read, &vault, place).await {
        Ok(clear) => clear.map(|clear| case::utf8(&clear)),
        Err(palermo_store::Error::Erased) => None,
        Err(error) => return Err(error.into()),
    };
    Ok(shown)
}

/// The decision, and the committed entry of this look.
async fn waiting(
    acting: &Acting<'_>,
    id: IdentificationId,
    purpose: Purpose,
) -> Result<(Identification, PersonalRead), Refused> {
    let (tenant, account) = acting.member()?;
    acting.allow_for(Action::ReviewIdentification, &Resource::of(tenant), Some(purpose)).await?;
    let found = decisions::find(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)?;
    let decision = found.record;
    if decision.reviewer != Some(account) && decision.decided_by != account {
        return Err(Refused::NotFound);
    }
    let mut context = acting.context(Action::ReviewIdentification)?.for_purpose(purpose);
    context.idempotency = None;
    let read = acting.app.store.read_personal(context.about(id).about(decision.case)).await?;
    Ok((decision, read))
}

/// The second person confirms a decision, or sends it back with words.
///
/// # Errors
/// [`Refused::Forbidden`] by R12 for whoever decided it; [`Refused::UnlockNeeded`]
/// with words and no open key.
pub async fn review(
    acting: &Acting<'_>,
    vault: Option<&UnlockedVault>,
    id: IdentificationId,
    (confirms, words): (bool, &str),
    purpose: Purpose,
) -> Result<CaseId, Refused> {
    let mut problems = Problems::default();
    let words = problems.bounded("words", words, LONGEST);
    if !Identification::says_enough(confirms, !words.is_empty()) {
        problems.add("words", Message::new("identification-return-why"));
    }
    problems.none()?;
    let mut decision = waiting(acting, id, purpose).await?.0;
    let (_, account) = acting.member()?;
    decision.review(account, confirms, acting.now())?;
    let context = acting.context(Action::ReviewIdentification)?.for_purpose(purpose);
    let mut act = begin!(acting, context.about(id).about(decision.case));
    decisions::overwrite(&mut act, &decision).await?;
    let event = events::new(&act, decision.case, "identification-reviewed")
        .with("identification-stage", decision.stage.code());
    let case = files::get(&act, decision.case).await?.record;
    case::tell(&mut act, vault, case.person, event, Some(&words)).await?;
    if decision.stage == Stage::InForce {
        enforce(&mut act, &decision).await?;
    }
    crate::work::answered(&mut act, id.subject()).await?;
    let facts = serde_json::json!({});
    notice::leave(&mut act, decision.decided_by, "notice-identification-reviewed", facts).await?;
    act.commit(&decision.case).await?;
    Ok(decision.case)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_to_a_finding_passes_the_assessment_and_never_a_no() {
        use VictimStatus as S;
        assert_eq!(way(S::Presumed, S::Identified), Some(vec![S::UnderAssessment, S::Identified]));
        assert_eq!(
            way(S::NotIdentified, S::Identified),
            Some(vec![S::Reopened, S::UnderAssessment, S::Identified])
        );
        assert_eq!(way(S::Presumed, S::Declined), Some(vec![S::Declined]));
        assert_eq!(way(S::Identified, S::NotIdentified), None, "nobody is un-identified here");
    }
}
