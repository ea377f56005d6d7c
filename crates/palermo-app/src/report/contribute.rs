//! Contributions of civil society, human-rights institutions and parliaments
//! to the same questionnaire (R046). A confidential one is read by the body
//! it is given to and by nobody else.

use crate::{
    Acting, Message, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    id::ContributionId,
    register::{day::Day, state::StateCode},
    report::{Answer, Contribution, Questionnaire, Value},
    tenant::TenantKind,
};
use palermo_store::report::contribution as stored;
use std::collections::BTreeMap;

/// What someone typed.
#[derive(Debug, Clone, Default)]
pub struct ContributionForm {
    /// About which State.
    pub state: String,
    /// The period.
    pub period: String,
    /// Whether it is confidential.
    pub confidential: bool,
    /// Texts by question or by section; what is wrong with one is told at `texts.CODE`.
    pub texts: BTreeMap<String, String>,
}

/// Sends a contribution.
///
/// # Errors
/// Every problem of the form at once.
pub async fn contribute(
    acting: &Acting<'_>,
    questionnaire: &Questionnaire,
    form: &ContributionForm,
) -> Result<ContributionId, Refused> {
    acting.allow(Action::ContributeReport, &Resource::region()).await?;
    let (tenant, _) = acting.member()?;
    let mut problems = crate::Problems::default();
    let state = StateCode::typed(&form.state).ok();
    let state = state.filter(|code| acting.app.registers.states.get(*code).is_some());
    if state.is_none() {
        problems.add("state", Message::no_state(&form.state));
    }
    let period = form.period.trim().parse::<i32>().ok().filter(|year| (1990..2200).contains(year));
    if period.is_none() {
        problems.add("period", Message::new("error-year"));
    }
    let mut answers = BTreeMap::new();
    for (code, text) in &form.texts {
        let field = format!("texts.{code}");
        let text = problems.bounded(&field, text, 20_000);
        if questionnaire.question(code).is_none() && questionnaire.section(code).is_none() {
            problems.add(&field, Message::new("error-contribution-code").with("code", code));
        } else if !text.is_empty() {
            answers.insert(code.clone(), Answer::of(Value::Text(text)));
        }
    }
    if answers.is_empty() {
        problems.add("state", Message::new("error-contribution-empty"));
    }
    problems.none()?;
    let (Some(state), Some(period)) = (state, period) else { return Err(Refused::NotFound) };
    let from = palermo_store::tenant::find(&acting.app.store, tenant)
        .await?
        .map(|tenant| tenant.record.name)
        .unwrap_or_default();
    let record = Contribution {
        state,
        questionnaire: questionnaire.id.clone(),
        period,
        from,
        confidential: form.confidential,
        answers,
        on: acting.now().date().into(),
    };
    let mut act = begin!(acting, acting.context(Action::ContributeReport)?);
    let id = stored::insert(&mut act, &record).await?;
    act.about(id);
    act.commit(&id).await?;
    Ok(id)
}

/// The contributions someone may read: one's own organisation's; all of them for the body
/// that asks, which is those who evaluate and the secretariat; otherwise the open ones. A
/// confidential one is never read by the State it is about.
///
/// # Errors
/// When the store does not answer.
pub async fn contributions(
    acting: &Acting<'_>,
    questionnaire: Option<&str>,
) -> Result<Vec<Contribution>, Refused> {
    let own = acting.member().ok().map(|(tenant, _)| tenant);
    let all = stored::list(&acting.app.store, questionnaire).await?;
    Ok(all
        .into_iter()
        .filter(|one| Some(one.record.tenant) == own || reads(acting, &one.record.entry))
        .map(|one| one.record.entry)
        .collect())
}

/// Whether it is for the body that asks.
fn receives(acting: &Acting<'_>) -> bool {
    acting.may(Action::WriteFindings, &Resource::region()).allowed
        || acting.may(Action::ReceiveReports, &Resource::region()).allowed
}

/// Whether someone of another organisation reads it.
fn reads(acting: &Acting<'_>, one: &Contribution) -> bool {
    // The secretariat sits in a State and is not of it.
    let of_region = acting.subject.tenant.is_some_and(|(_, kind)| kind == TenantKind::Secretariat);
    let about_own = !of_region && acting.subject.state.as_deref() == Some(one.state.as_str());
    !one.confidential || (receives(acting) && !about_own)
}

/// How long a contribution stands among what is new, in days.
const NEW_DAYS: i64 = 30;

/// Contributions that came in lately, with the title of their questionnaire: for the body
/// that asks; the open ones about one's State for who writes its reports.
///
/// # Errors
/// When the store does not answer.
pub async fn new_contributions(
    acting: &Acting<'_>,
) -> Result<Vec<(Contribution, String)>, Refused> {
    let Ok((own, _)) = acting.member() else { return Ok(Vec::new()) };
    let asks = receives(acting);
    let today: Day = acting.now().date().into();
    let known = super::Versions::load(acting.app).await?;
    let mut found = Vec::new();
    for one in stored::list(&acting.app.store, None).await? {
        let (tenant, one) = (one.record.tenant, one.record.entry);
        let state = Resource::region().in_state(Some(one.state.as_str()));
        let concerned = asks || acting.may(Action::EditReport, &state).allowed;
        let new = today <= one.on.plus_days(NEW_DAYS);
        if tenant == own || !new || !concerned || !reads(acting, &one) {
            continue;
        }
        let title = known.newest(&one.questionnaire).map_or_else(
            |_| one.questionnaire.clone(),
            |all| all.title.say(acting.language.code()).0.to_owned(),
        );
        found.push((one, title));
    }
    Ok(found)
}
