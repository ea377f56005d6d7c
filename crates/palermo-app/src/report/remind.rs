//! Reminders of reports: the first steps of the ladder go out as letters to the State's
//! contact persons by themselves, the head of the coordination is written to when the
//! secretariat says so, and the last two steps are for people to take. A letter says that
//! a report is due and nothing else: no State, no person, no figure (E13).

use super::{
    NonSubmission, duties,
    tell::{self, Contact},
};
use crate::{
    Acting, App, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    actor::Actor,
    id::TenantId,
    register::{day::Day, state::StateCode},
    report::{DutyStatus, DutyStep, Escalation, Obligation},
};
use palermo_store::{
    ActContext, Begun, Paging, contact_point as points, desk as desks, report::duty_step as steps,
};

/// What became of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Reminded {
    /// Letters put on their way.
    pub letters: usize,
}

/// Whether a step is a letter of this program. The others are letters people sign, and
/// points on an agenda.
const fn is_mailed(step: Escalation) -> bool {
    matches!(step, Escalation::Ahead | Escalation::Reminder | Escalation::Head)
}

/// The letter of a step.
const fn letter(step: Escalation) -> &'static str {
    match step {
        Escalation::Ahead => "report-ahead",
        _ => "report-late",
    }
}

/// The contact persons of a State. For the head of the coordination, and where nobody
/// signs in, the addresses at which the organisations' contact points confirm themselves.
async fn readers(app: &App, state: StateCode, step: Escalation) -> Result<Vec<Contact>, Refused> {
    let store = &app.store;
    let (own, persons): (Vec<TenantId>, Vec<Vec<Contact>>) =
        tell::addressed(app, state).await?.into_iter().unzip();
    let mut found = persons.concat();
    if step == Escalation::Head || found.is_empty() {
        let all = points::all(store).await?;
        for tenant in own {
            let filter = desks::Filter {
                tenant: Some(tenant),
                open: Some(true),
                ..desks::Filter::default()
            };
            let list = desks::list(store, &filter, desks::SortBy::Name, Paging::all()).await?;
            for desk in list.items.into_iter().map(|one| one.record) {
                if let Some(email) = all.get(&desk.id).and_then(|point| point.confirm_to.clone()) {
                    let language = desk.languages.first().cloned();
                    let language = language.unwrap_or_else(|| "en".to_owned());
                    found.push(Contact { email, language, tenant, account: None });
                }
            }
        }
    }
    // One address gets one letter.
    found.sort();
    found.dedup_by(|a, b| (&a.email, &a.language) == (&b.email, &b.language));
    Ok(found)
}

/// Takes a step of the ladder: notes it and, where it is a letter, sends it.
///
/// # Errors
/// What access or the store refuse.
pub async fn remind(acting: &Acting<'_>, step: &DutyStep) -> Result<Reminded, Refused> {
    acting.allow(Action::ReceiveReports, &Resource::region()).await?;
    if acting.app.content.mechanisms().get(&step.mechanism).is_none() {
        return Err(Refused::NotFound);
    }
    let to = if is_mailed(step.step) {
        readers(acting.app, step.state, step.step).await?
    } else {
        Vec::new()
    };
    let mut act = begin!(acting, acting.context(Action::ReceiveReports)?);
    let id = steps::insert(&mut act, step).await?;
    act.about(id);
    tell::write(&mut act, &to, letter(step.step)).await?;
    let done = Reminded { letters: to.len() };
    act.commit(&done).await?;
    Ok(done)
}

/// Sends the reminders of today for the mechanism this installation serves: a month
/// before a report is due and when its day has passed, each once; and of sections that
/// were handed out and are due. For the daily job.
/// Gives how many letters went on their way.
///
/// # Errors
/// When the database does not answer.
pub async fn remind_ahead(app: &App) -> Result<usize, Refused> {
    super::handing::remind_sections(app).await?;
    let (Some(mechanism), Some(house)) = (app.store.mechanism().await?, app.store.house()) else {
        return Ok(0);
    };
    let today: Day = app.store.now().date().into();
    let this = today.date().year();
    let mut letters = 0;
    for period in [this - 1, this] {
        let Ok(register) = duties::non_submission(app, &mechanism, period, today).await else {
            continue;
        };
        for one in due_for_a_letter(&register) {
            letters += by_itself(app, house, one, today).await?;
        }
    }
    Ok(letters)
}

/// Duties whose first or second step is due and was not taken.
fn due_for_a_letter(register: &NonSubmission) -> Vec<&Obligation> {
    let taken = |one: &Obligation, step: Escalation| {
        register.steps.iter().any(|known| {
            known.state.as_str() == one.state && known.duty == one.of.duty && known.step == step
        })
    };
    register
        .obligations
        .iter()
        .filter(|one| matches!(one.status, DutyStatus::Due | DutyStatus::Late))
        .filter(|one| {
            one.escalation.is_some_and(|step| {
                matches!(step, Escalation::Ahead | Escalation::Reminder) && !taken(one, step)
            })
        })
        .collect()
}

async fn by_itself(
    app: &App,
    house: TenantId,
    one: &Obligation,
    today: Day,
) -> Result<usize, Refused> {
    let (Some(step), Ok(state)) = (one.escalation, one.state.parse::<StateCode>()) else {
        return Ok(0);
    };
    let to = readers(app, state, step).await?;
    let actor = Actor::System { job: "remind of reports".into() };
    let context = ActContext::new(house, actor, Action::ReceiveReports.code());
    let Begun::Fresh(mut act) = app.store.act(context).await? else { return Ok(0) };
    let record = DutyStep {
        mechanism: one.of.mechanism.clone(),
        duty: one.of.duty.clone(),
        state,
        period: one.of.period,
        step,
        on: today,
        extended_to: None,
    };
    let id = steps::insert(&mut act, &record).await?;
    act.about(id);
    tell::write(&mut act, &to, letter(step)).await?;
    act.commit(&to.len()).await?;
    Ok(to.len())
}
