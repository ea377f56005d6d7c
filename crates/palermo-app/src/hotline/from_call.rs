//! A case opened from a call: what was told on the telephone is told once. One call
//! leads to one case, whoever presses first.

use super::{LONGEST_NOTE, allowed};
use crate::{
    Acting, Problems, Refused,
    access::{Action, Resource},
    begin,
    case::{
        beside::{self, Told},
        open::{FirstAnswers, open_at},
        tell, usual_purpose,
    },
};
use palermo_domain::{
    case::contact::Safe,
    hotline::{CallBack, FromCall},
    id::{CallId, CaseId, Id},
};
use palermo_store::{
    UnlockedVault,
    case::{event as events, record},
    hotline as calls,
};

/// What goes into the case.
#[derive(Debug, Clone, Default)]
pub struct FromCallForm {
    /// The four answers.
    pub first: FirstAnswers,
    /// The number; none if empty.
    pub address: String,
    /// The times at which one may call.
    pub times: String,
    /// What was said; the first note.
    pub note: String,
}

/// Opens a case from a call, with the safe contact and the first note, in one act: cut
/// off, there is none of it; asked again, by whomever, it is the same case.
///
/// # Errors
/// [`Refused::NotFound`] if there is no such call; every problem of the form at once;
/// what access to cases refuses.
pub async fn open(
    acting: &Acting<'_>,
    vault: &UnlockedVault,
    id: CallId,
    form: &FromCallForm,
) -> Result<CaseId, Refused> {
    allowed(acting).await?;
    let (tenant, account) = acting.member()?;
    let why = usual_purpose(&acting.subject.roles);
    acting.allow_for(Action::OpenCase, &Resource::of(tenant), Some(why)).await?;
    let found = calls::find(&acting.app.store, tenant, id).await?;
    let call = found.ok_or(Refused::NotFound)?.record;
    let mut problems = Problems::default();
    let first = form.first.parse("", &mut problems);
    let address = problems.bounded("address", &form.address, 300);
    let times = problems.bounded("times", &form.times, 300);
    let note = problems.bounded("note", &form.note, LONGEST_NOTE);
    problems.none()?;
    let first = first.ok_or(Refused::NotFound)?;
    let met = call.happened_at;
    let context = acting.context(Action::OpenCase)?.for_purpose(why).happened(met);
    let mut act = begin!(acting, context.about(id));
    // A colleague was faster: the case they opened is the case.
    if let Some(before) = record::find::<FromCall>(&act, tenant, id.uuid()).await? {
        act.give_up().await?;
        return Ok(before.record.case);
    }
    let case = open_at(acting, &mut act, vault, &first, (account, met)).await?;
    let recorded_at = act.now();
    let from = FromCall { tenant, id, case: case.id, by: account, recorded_at };
    record::insert(&mut act, &from).await?;
    let event = events::new(&act, case.id, "from-call").happened(met);
    tell(&mut act, None, case.person, event, None).await?;
    if !address.is_empty() {
        let told = Told { address: &address, times: &times, call: safe(call.call_back) };
        beside::add_told(&mut act, vault, case.person, &told).await?;
    }
    if !note.is_empty() {
        let event = events::new(&act, case.id, "note").happened(met);
        tell(&mut act, Some(vault), case.person, event, Some(&note)).await?;
    }
    act.commit(&case.id).await?;
    Ok(case.id)
}

/// What the caller said of being called back, as it is kept with a number (E12).
const fn safe(call_back: CallBack) -> Safe {
    match call_back {
        CallBack::Safe | CallBack::AtTimes => Safe::Yes,
        CallBack::NotSafe => Safe::No,
        CallBack::Unknown => Safe::Unknown,
    }
}

/// The call a case was opened from, for whoever may read calls.
///
/// # Errors
/// When the database does not answer.
pub async fn of_case(
    acting: &Acting<'_>,
    opened: &crate::case::Opened,
) -> Result<Option<CallId>, Refused> {
    let case = &opened.file.case.record;
    let why = palermo_domain::purpose::Purpose::Identification;
    if !acting.may_for(Action::AnswerHotline, &Resource::of(case.tenant), why).allowed {
        return Ok(None);
    }
    let found = record::of_case::<FromCall>(&opened.read, case.tenant, case.id).await?;
    Ok(found.first().map(|one| one.record.id))
}
