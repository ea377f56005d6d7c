//! Actions of meetings that wait for the reader.

use crate::{
    Acting, Refused,
    access::{Action, Resource},
};
use palermo_domain::{
    id::MeetingId,
    meeting::FollowingAction,
    register::{day::Day, state::StateCode},
};
use palermo_locale::Language;
use palermo_store::meeting::meeting as meetings;

/// An open action of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// The meeting that decided it.
    pub meeting: MeetingId,
    /// What is to be done.
    pub what: String,
    /// Until when.
    pub due: Option<Day>,
    /// Whether that day has passed.
    pub overdue: bool,
}

/// Open actions that are the reader's: for the contact persons of a State those whose `who`
/// is the State, by its code or by a name of it; for whoever keeps the meetings those that
/// name no State. Those due first come before others.
///
/// # Errors
/// When the store does not answer.
pub async fn owed_by_me(acting: &Acting<'_>) -> Result<Vec<Owed>, Refused> {
    let state = acting.subject.state.as_deref().and_then(|code| code.parse::<StateCode>().ok());
    let state = state.filter(|state| {
        let own = Resource::region().in_state(Some(state.as_str()));
        acting.may(Action::WriteComments, &own).allowed
    });
    let keeps = acting.may(Action::ManageMeetings, &Resource::region()).allowed;
    let keeper = acting.subject.tenant.filter(|_| keeps).map(|(tenant, _)| tenant);
    if state.is_none() && keeper.is_none() {
        return Ok(Vec::new());
    }
    let today: Day = acting.now().date().into();
    let mut owed = Vec::new();
    for one in meetings::list(&acting.app.store, None).await? {
        let (id, kept) = (one.record.id, keeper == Some(one.record.tenant));
        let mine = |action: &FollowingAction| {
            action.is_open()
                && (state.is_some_and(|state| is_of(acting, state, &action.who))
                    || (kept && names_no_state(acting, &action.who)))
        };
        let actions = one.record.entry.decisions.into_iter().flat_map(|decision| decision.actions);
        owed.extend(actions.filter(mine).map(|one| Owed {
            meeting: id,
            overdue: one.overdue(today),
            what: one.what,
            due: one.due,
        }));
    }
    owed.sort_by_key(|one| (one.due.is_none(), one.due));
    Ok(owed)
}

/// Whether words name a State, by its code or by its name in one of the languages.
fn is_of(acting: &Acting<'_>, state: StateCode, who: &str) -> bool {
    let (register, who) = (&acting.app.registers.states, who.trim());
    let is_name = |language: &Language| {
        register.name(state, language.code()).to_lowercase() == who.to_lowercase()
    };
    who == state.as_str() || Language::ALL.iter().any(is_name)
}

fn names_no_state(acting: &Acting<'_>, who: &str) -> bool {
    !acting.app.registers.states.all().any(|one| is_of(acting, one.code, who))
}
