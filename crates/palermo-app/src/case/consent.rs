//! Consent: asked for each purpose and recipient, in the person's language.
//! Help needs none; only sharing asks. Taking it back stops further use at once
//! and is told to every recipient, whose answer or silence is shown.

use super::{Opened, permitted, tell};
use crate::{Acting, Message, Problems, Refused, access::Action, begin};
use palermo_domain::{
    case::{
        referral::{Referral, ReferralState, Step},
        sharing::{Answer, Consent, ConsentForm, Explained, Recipient, RecipientKind, ShareFor},
    },
    id::{CaseId, ConsentId, DeskId, Id, TenantId},
    moment::Moment,
    purpose::Purpose,
    safeguard::sharing,
};
use palermo_store::{
    Act, UnlockedVault, Versioned,
    case::{event as events, record},
    desk as desks,
};

/// What someone wrote down about an answer.
#[derive(Debug, Clone, Default)]
pub struct AnswerForm {
    /// For what.
    pub purpose: String,
    /// A desk here, or empty.
    pub desk: String,
    /// Kind of an outside body, or of the desk's organisation.
    pub kind: String,
    /// Name of an outside body, or empty.
    pub outside: String,
    /// What they said.
    pub answer: String,
    /// Language of the explanation.
    pub language: String,
    /// How it was said.
    pub form: String,
    /// Whether an interpreter helped.
    pub interpreter: bool,
    /// What was explained.
    pub explained: Vec<String>,
    /// When they answered; now, if empty.
    pub happened: Option<Moment>,
    /// In their words; sealed.
    pub words: String,
}

/// Finds out who receives: a desk here, or an outside body.
pub(super) async fn recipient(
    acting: &Acting<'_>,
    desk: &str,
    kind: &str,
    outside: &str,
    problems: &mut Problems,
) -> Result<Option<Recipient>, Refused> {
    let kind = RecipientKind::from_code(kind);
    if kind.is_none() {
        problems.add("kind", Message::new("error-choose"));
    }
    let outside = problems.bounded("outside", outside, 160);
    let mut found: Option<(TenantId, DeskId)> = None;
    if !desk.is_empty() {
        let filter = desks::Filter { open: Some(true), ..desks::Filter::default() };
        let sort = desks::SortBy::default();
        let all =
            desks::list(&acting.app.store, &filter, sort, palermo_store::Paging::all()).await?;
        found = all
            .items
            .iter()
            .find(|one| one.record.id.to_string() == desk)
            .map(|one| (one.record.tenant, one.record.id));
    }
    if found.is_none() && outside.is_empty() {
        problems.add("desk", Message::new("case-error-recipient"));
        return Ok(None);
    }
    Ok(kind.map(|kind| Recipient {
        kind,
        tenant: found.map(|(tenant, _)| tenant),
        desk: found.map(|(_, desk)| desk),
        outside: if found.is_some() { String::new() } else { outside },
    }))
}

/// Desks of the whole region that take work: their names and nothing else. A
/// confidential address is not part of a desk (R9).
///
/// # Errors
/// When the database does not answer.
pub async fn desks_to_choose(acting: &Acting<'_>) -> Result<Vec<(String, String)>, Refused> {
    acting.member()?;
    let filter = desks::Filter { open: Some(true), ..desks::Filter::default() };
    let (store, sort) = (&acting.app.store, desks::SortBy::default());
    let all = desks::list(store, &filter, sort, palermo_store::Paging::all()).await?;
    Ok(all
        .items
        .into_iter()
        .map(|desk| (desk.record.id.to_string(), desk.record.name.clone()))
        .collect())
}

/// Writes an answer down. A no and a not-now are answers; a yes counts only if
/// what had to be explained was.
///
/// # Errors
/// Every problem of the form at once; [`Refused::Forbidden`] by R6.
pub async fn answer(
    acting: &Acting<'_>,
    vault: Option<&UnlockedVault>,
    id: CaseId,
    form: &AnswerForm,
    purpose: Purpose,
) -> Result<ConsentId, Refused> {
    let (tenant, account) = acting.member()?;
    let file = permitted(acting, id, Action::WriteCase, purpose).await?;
    let mut problems = Problems::default();
    let to = recipient(acting, &form.desk, &form.kind, &form.outside, &mut problems).await?;
    let share_for = ShareFor::from_code(&form.purpose);
    if share_for.is_none() {
        problems.add("purpose", Message::new("error-choose"));
    }
    let said = Answer::from_code(&form.answer);
    if said.is_none() {
        problems.add("answer", Message::new("error-choose"));
    }
    if form.happened.is_some_and(|at| at > acting.now()) {
        problems.add("happened", Message::new("case-error-future"));
    }
    let explained: Vec<Explained> =
        form.explained.iter().filter_map(|code| Explained::from_code(code)).collect();
    if let (Some(Answer::Yes), Some(to)) = (said, &to)
        && let Some(missing) = sharing::not_explained(to.kind, &explained)
    {
        let what = acting
            .app
            .catalogue
            .text(acting.language, &format!("case-explained-{}", missing.code()));
        problems.add("explained", Message::new("case-error-not-explained").with("what", what));
    }
    let how = ConsentForm::from_code(&form.form).unwrap_or(ConsentForm::Oral);
    let language = match form.language.trim() {
        "" => file.person.record.language.clone(),
        typed => typed.to_owned(),
    };
    problems.none()?;
    let (Some(purpose_of), Some(said), Some(to)) = (share_for, said, to) else {
        return Err(Refused::NotFound);
    };
    let mut act = begin!(acting, file.context(acting, Action::WriteCase)?);
    let consent = Consent {
        tenant,
        id: act.new_id(),
        case: id,
        person: file.person.record.id,
        purpose: purpose_of,
        recipient: to,
        answer: said,
        language,
        form: how,
        interpreter: form.interpreter,
        explained,
        explained_by: account,
        happened_at: form.happened.unwrap_or(act.now()),
        recorded_at: act.now(),
        until: None,
        withdrawn_at: None,
    };
    sharing::answer(&consent)?;
    record::insert(&mut act, &consent).await?;
    let event = events::new(&act, id, "consent-answered")
        .with("answer", said.code())
        .with("share", purpose_of.code())
        .with("recipient", named(acting, &consent.recipient).await?)
        .happened(consent.happened_at);
    tell(&mut act, vault, file.person.record.id, event, Some(&form.words)).await?;
    act.commit(&consent.id).await?;
    Ok(consent.id)
}

/// The name of a recipient as pages show it.
///
/// # Errors
/// When the database does not answer.
pub async fn named(acting: &Acting<'_>, recipient: &Recipient) -> Result<String, Refused> {
    let (Some(tenant), Some(desk)) = (recipient.tenant, recipient.desk) else {
        return Ok(recipient.outside.clone());
    };
    let found = desks::find(&acting.app.store, tenant, desk).await?;
    Ok(found.map(|desk| desk.record.name).unwrap_or_default())
}

/// The answers of a person in this case, the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(opened: &Opened) -> Result<Vec<Versioned<Consent>>, Refused> {
    let case = &opened.file.case.record;
    Ok(record::of_case(&opened.read, case.tenant, case.id).await?)
}

/// Takes a consent back. From this moment nothing more leaves on it; every
/// referral that rests on it is withdrawn, and its recipient is told.
///
/// # Errors
/// [`Refused::NotFound`] if there is no such yes in this case.
pub async fn withdraw(
    acting: &Acting<'_>,
    id: CaseId,
    consent: ConsentId,
    purpose: Purpose,
) -> Result<usize, Refused> {
    let (tenant, _) = acting.member()?;
    let file = permitted(acting, id, Action::WriteCase, purpose).await?;
    let mut act = begin!(acting, file.context(acting, Action::WriteCase)?.about(consent));
    let found = record::find::<Consent>(&act, tenant, consent.uuid()).await?;
    let found = found.filter(|one| one.record.case == id && one.record.answer == Answer::Yes);
    let found = found.ok_or(Refused::NotFound)?;
    let mut taken = found.record;
    taken.withdrawn_at = Some(act.now());
    record::update(&mut act, &taken, found.revision).await?;
    let told = withdraw_referrals(&mut act, tenant, &taken).await?;
    let event = events::new(&act, id, "consent-withdrawn")
        .with("share", taken.purpose.code())
        .with("recipient", named(acting, &taken.recipient).await?);
    tell(&mut act, None, file.person.record.id, event, None).await?;
    act.commit(&told).await?;
    super::referral::carry_out(acting.app, tenant).await?;
    Ok(told)
}

/// Withdraws what rests on a consent, in the same act.
async fn withdraw_referrals(
    act: &mut Act,
    tenant: TenantId,
    consent: &Consent,
) -> Result<usize, Refused> {
    let mut told = 0;
    for sent in record::of_case::<Referral>(&*act, tenant, consent.case).await? {
        let mut referral = sent.record;
        let same = referral.consent == Some(consent.id)
            || (referral.purpose == consent.purpose
                && referral.recipient.is(&consent.recipient)
                && referral.basis.is_none());
        let Ok(state) = referral.state.after(Step::Withdraw) else { continue };
        if !same {
            continue;
        }
        let left = !matches!(referral.state, ReferralState::Draft | ReferralState::ConsentPending);
        referral.state = state;
        record::update(act, &referral, sent.revision).await?;
        told += usize::from(left);
    }
    Ok(told)
}
