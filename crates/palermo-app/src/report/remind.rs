//! Reminders of reports: the first steps of the ladder go out as letters to the State's
//! contact persons by themselves, the head of the coordination is written to when the
//! secretariat says so, and the last two steps are for people to take. A letter says that
//! a report is due and nothing else: no State, no person, no figure (E13).

use super::{NonSubmission, duties};
use crate::{
    Acting, App, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    account::AccountStatus,
    actor::Actor,
    id::TenantId,
    register::{day::Day, state::StateCode},
    report::{DutyStatus, DutyStep, Escalation, Obligation},
    role::Role,
    tenant::TenantKind,
};
use palermo_store::{
    Act, ActContext, Begun, Paging, account as accounts, contact_point as points, desk as desks,
    outbox, report::duty_step as steps, role as roles, tenant as tenants,
};
use std::collections::BTreeSet;

/// What became of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Reminded {
    /// Letters put on their way.
    pub letters: usize,
}

/// A letter's reader: address and language.
type Reader = (String, String);

/// Whether a step is a letter of this program. The others are letters people sign, and
/// points on an agenda.
const fn is_mailed(step: Escalation) -> bool {
    matches!(step, Escalation::Ahead | Escalation::Reminder | Escalation::Head)
}

/// The contact persons of a State: who has that role in an organisation of the State.
/// For the head of the coordination, and where nobody signs in, the addresses at which
/// the organisations' contact points confirm themselves.
async fn readers(app: &App, state: StateCode, step: Escalation) -> Result<Vec<Reader>, Refused> {
    let store = &app.store;
    let filter = tenants::Filter { state: Some(state.to_string()), ..tenants::Filter::default() };
    let own = tenants::list(store, &filter, Paging::all()).await?.items;
    let mut found: BTreeSet<Reader> = BTreeSet::new();
    let mut desks_of: Vec<TenantId> = Vec::new();
    for tenant in own.iter().map(|one| &one.record) {
        let one_of_coordination = tenant.kind == TenantKind::NationalCoordination;
        let tenant = tenant.id;
        let holders = roles::holders(store, tenant, Role::FocalPoint, store.now()).await?;
        if !holders.is_empty() || one_of_coordination {
            desks_of.push(tenant);
        }
        for held in holders {
            let Some(one) = accounts::find(store, tenant, held.record.account).await? else {
                continue;
            };
            if one.record.status == AccountStatus::Active {
                found.insert((one.record.email, one.record.language));
            }
        }
    }
    if step == Escalation::Head || found.is_empty() {
        let all = points::all(store).await?;
        for tenant in desks_of {
            let filter = desks::Filter {
                tenant: Some(tenant),
                open: Some(true),
                ..desks::Filter::default()
            };
            let list = desks::list(store, &filter, desks::SortBy::Name, Paging::all()).await?;
            for desk in list.items.into_iter().map(|one| one.record) {
                if let Some(to) = all.get(&desk.id).and_then(|point| point.confirm_to.clone()) {
                    let language = desk.languages.first().cloned();
                    found.insert((to, language.unwrap_or_else(|| "en".to_owned())));
                }
            }
        }
    }
    Ok(found.into_iter().collect())
}

async fn write(act: &mut Act, readers: &[Reader], step: Escalation) -> Result<usize, Refused> {
    let kind = match step {
        Escalation::Ahead => "report-ahead",
        _ => "report-late",
    };
    for (address, language) in readers {
        let letter = serde_json::json!({ "letter": kind, "language": language, "token": "" });
        outbox::put(act, "mail", address, kind, letter.to_string().as_bytes()).await?;
    }
    Ok(readers.len())
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
    let letters = write(&mut act, &to, step.step).await?;
    let done = Reminded { letters };
    act.commit(&done).await?;
    Ok(done)
}

/// Sends the reminders of today for the mechanism this installation serves: a month
/// before a report is due and when its day has passed, each once. For the daily job.
/// Gives how many letters went on their way.
///
/// # Errors
/// When the database does not answer.
pub async fn remind_ahead(app: &App) -> Result<usize, Refused> {
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
    let letters = write(&mut act, &to, step).await?;
    act.commit(&letters).await?;
    Ok(letters)
}
