//! A referral to a body that is not here: one file in the age format, sealed by
//! a passphrase that is shown once and told by another way. The file can be
//! fetched with a code until a day and a few times, and taken back before it is
//! fetched; when it is over its bytes are gone here. What can be done with a
//! file that was fetched nobody can control, and the pages say so.

use super::{
    CaseFile, Opened, permitted,
    referral::{Payload, ReferralForm, rests_on},
    tell,
};
use crate::{
    Acting, App, Message, Problems, Refused, access::Action, begin, begin_unrepeated,
    care::own_answer, throttle,
};
use palermo_crypto::{Entropy, OsEntropy, seal_with_passphrase, sha256};
use palermo_domain::{
    actor::Actor,
    care::own_view::{code, normal_code},
    case::{
        referral::{Item, Referral, ReferralState, Step},
        sealed_file::{DAYS, SealedFile},
        sharing::{Recipient, RecipientKind},
    },
    id::{CaseId, Id, ReferralId, SealedFileId, TenantId},
    purpose::Purpose,
};
use palermo_store::{
    Act, ActContext, Begun, Versioned,
    case::{event as events, record, sealed_file as files},
    tenant as tenants,
};
use std::{fmt::Write as _, net::IpAddr, time::Duration};
use zeroize::Zeroizing;

/// What is handed out once: the code to fetch the file with, and the passphrase.
#[derive(Debug)]
pub struct Made {
    /// The file.
    pub id: SealedFileId,
    /// Typed on the page where files are fetched.
    pub code: String,
    /// Told by another way, never with the file or the code.
    pub passphrase: Zeroizing<String>,
    /// Until when it can be fetched.
    pub days: u64,
}

fn unavailable(error: impl std::fmt::Display) -> Refused {
    Refused::Unavailable(error.to_string())
}

fn random_code() -> Result<String, Refused> {
    let mut random = [0u8; 16];
    OsEntropy.fill(&mut random).map_err(unavailable)?;
    Ok(code(random))
}

/// Where a code leads, as the database knows it: its hash alone.
fn slip(plain: &str) -> String {
    hex::encode(sha256(plain.as_bytes()))
}

/// Whether a form asks for a sealed file: a body by name and no desk.
#[must_use]
pub fn is_for_outside(form: &ReferralForm) -> bool {
    form.desk.is_empty() && !form.outside.trim().is_empty()
}

/// Makes the file. Rests on consent or law like every referral, decided inside
/// the act.
///
/// # Errors
/// [`Refused::Forbidden`] by R6; every problem of the form at once.
pub async fn make(
    acting: &Acting<'_>,
    opened: &Opened,
    form: &ReferralForm,
) -> Result<Made, Refused> {
    let (purpose, id) = (opened.file.purpose, opened.file.id());
    let file = permitted(acting, id, Action::SendReferral, purpose).await?;
    let mut problems = Problems::default();
    let days = form.days.parse().ok().filter(|days| DAYS.contains(days));
    if days.is_none() {
        problems.add("days", Message::new("error-choose"));
    }
    let outside = problems.bounded("outside", &form.outside, 160);
    let kind = RecipientKind::from_code(&form.kind);
    if kind.is_none() {
        problems.add("kind", Message::new("error-choose"));
    }
    problems.none()?;
    let (Some(days), Some(kind)) = (days, kind) else { return Err(Refused::NotFound) };
    let recipient = Recipient { kind, tenant: None, desk: None, outside };
    let order = super::referral::order(form, recipient)?;
    let payload = super::referral::preview(opened, form).await?;
    let (typed_code, passphrase) = (random_code()?, Zeroizing::new(random_code()?));
    let plain = normal_code(&typed_code).ok_or_else(|| unavailable("a code is no code"))?;
    let until = acting.now().after(Duration::from_secs(days * 86_400));
    let text = Zeroizing::new(written(acting, &file, &payload, until.date()).await?);
    let by = passphrase.clone();
    let sealing = tokio::task::spawn_blocking(move || {
        seal_with_passphrase(text.as_bytes(), &by, &mut OsEntropy)
    });
    let sealed = sealing.await.map_err(unavailable)?.map_err(unavailable)?;
    let referral_id: ReferralId = acting.app.store.new_id();
    let context = file.context(acting, Action::SendReferral)?.about(referral_id);
    let context = context.because(super::referral::SENT);
    let mut act = begin_unrepeated!(acting, context);
    let rests = match rests_on(&act, &file, form, &order).await {
        Ok(rests) => rests,
        Err(refused) => {
            act.give_up().await?;
            return Err(refused);
        }
    };
    let expires_at = act.now().after(Duration::from_secs(days * 86_400));
    let referral = order.carrying(&payload).referral(&act, acting, &file, referral_id, rests)?;
    let referral = Referral { ends_at: Some(expires_at), ..referral };
    record::insert(&mut act, &referral).await?;
    let kept = SealedFile {
        tenant: act.tenant(),
        id: act.new_id(),
        case: id,
        referral: referral_id,
        slip: slip(&plain),
        expires_at,
        fetched: 0,
        fetched_at: None,
        revoked_at: None,
        recorded_at: act.now(),
    };
    act.about(kept.id);
    files::insert(&mut act, &kept, sealed).await?;
    let event = events::new(&act, id, "file-sealed")
        .with("recipient", referral.recipient.outside.clone())
        .with("service", referral.service.clone());
    tell(&mut act, None, referral.person, event, None).await?;
    act.commit(&()).await?;
    Ok(Made { id: kept.id, code: typed_code, passphrase, days })
}

/// What stands in the file, in the sender's language: plain text, readable for
/// decades on any machine.
async fn written(
    acting: &Acting<'_>,
    file: &CaseFile,
    payload: &Payload,
    until: time::Date,
) -> Result<String, Refused> {
    let catalogue = &acting.app.catalogue;
    let say = |id: &str| catalogue.text(acting.language, id);
    let house = tenants::find(&acting.app.store, file.case.record.tenant).await?;
    let house = house.map(|house| house.record.name).unwrap_or_default();
    let mut text = String::new();
    let mut line = |label: &str, words: &str| {
        let _ = writeln!(text, "{label}:\n{words}\n");
    };
    line(&say("case-referral-from"), &house);
    line(&say("case-number"), &payload.number);
    for (code, words) in &payload.items {
        let said = match Item::from_code(code) {
            Some(item) => super::referral::said(acting, item, words),
            None => words.clone(),
        };
        line(&say(&format!("case-item-{code}")), &said);
    }
    let until = palermo_locale::date(acting.language, false, until);
    let _ = writeln!(
        text,
        "{}",
        catalogue.format(acting.language, "sealed-file-please", &[("day", until.into())])
    );
    Ok(text)
}

/// Sealed files of a case, the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_case(opened: &Opened) -> Result<Vec<Versioned<SealedFile>>, Refused> {
    let case = &opened.file.case.record;
    Ok(files::of_case(&opened.read, case.tenant, case.id).await?)
}

/// Takes a file back: its bytes are gone here, its referral is over.
///
/// # Errors
/// [`Refused::Declined`] if it can no longer be fetched anyway.
pub async fn revoke(
    acting: &Acting<'_>,
    case: CaseId,
    id: SealedFileId,
    purpose: Purpose,
) -> Result<(), Refused> {
    let file = permitted(acting, case, Action::SendReferral, purpose).await?;
    let tenant = file.case.record.tenant;
    let mut act = begin!(acting, file.context(acting, Action::SendReferral)?.about(id));
    let found = files::find(&act, tenant, id).await?.filter(|one| one.record.case == case);
    let Some(found) = found else {
        act.give_up().await?;
        return Err(Refused::NotFound);
    };
    if !found.record.can_be_fetched(act.now()) {
        act.give_up().await?;
        return Err(Refused::Declined(Message::new("sealed-file-over")));
    }
    let back = SealedFile { revoked_at: Some(act.now()), ..found.record.clone() };
    files::update(&mut act, &back, found.revision).await?;
    let sent = record::find::<Referral>(&act, tenant, back.referral.uuid()).await?;
    if let Some(sent) = sent
        && let Ok(state) = sent.record.state.after(Step::Cancel)
    {
        let over = Referral { state, ..sent.record };
        record::update(&mut act, &over, sent.revision).await?;
    }
    let event = events::new(&act, case, "file-revoked");
    tell(&mut act, None, file.person.record.id, event, None).await?;
    Ok(act.commit(&()).await?)
}

/// What became of a referral's file when its consent was taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gone {
    /// There was no file.
    NoFile,
    /// It was never fetched: nobody has it.
    Unfetched,
    /// It was fetched: whoever has it must be told.
    Fetched,
}

/// Takes back the file of a referral, inside an act.
pub(super) async fn revoke_of(act: &mut Act, referral: &Referral) -> Result<Gone, Refused> {
    let all = files::of_case(&*act, referral.tenant, referral.case).await?;
    let Some(found) = all.into_iter().find(|one| one.record.referral == referral.id) else {
        return Ok(Gone::NoFile);
    };
    let fetched = found.record.fetched > 0;
    if found.record.can_be_fetched(act.now()) {
        let back = SealedFile { revoked_at: Some(act.now()), ..found.record };
        files::update(act, &back, found.revision).await?;
    }
    Ok(if fetched { Gone::Fetched } else { Gone::Unfetched })
}

/// Fetches a file with its code: a name that says nothing, and sealed bytes.
/// Whoever has no code, or a code that is over, hears the same.
///
/// # Errors
/// [`Refused::Invalid`] for a code that leads nowhere; [`Refused::TooMany`].
pub async fn fetch(
    app: &App,
    typed: &str,
    source: Option<IpAddr>,
) -> Result<(String, Vec<u8>), Refused> {
    let wrong = || Refused::field("code", Message::new("sealed-file-error-code"));
    let Some(plain) = normal_code(typed) else { return Err(wrong()) };
    let name = format!("sealed-file:{}", &plain.get(..4).unwrap_or_default());
    throttle::may_try(app, &name, source, None).await?;
    let Some(found) = files::of_slip(&app.store, &slip(&plain)).await? else {
        return Err(wrong());
    };
    let kept = found.record;
    let context = ActContext::new(kept.tenant, Actor::Public, "sealed-file.fetch")
        .for_purpose(Purpose::Referral)
        .about(kept.case)
        .about(kept.id);
    let Begun::Fresh(mut act) = app.store.act(context).await? else { return Err(wrong()) };
    let now = files::find(&act, kept.tenant, kept.id).await?;
    let content = files::content(&act, kept.tenant, kept.id).await?;
    let (Some(now), Some(bytes)) =
        (now.filter(|one| one.record.can_be_fetched(act.now())), content)
    else {
        act.give_up().await?;
        return Err(wrong());
    };
    // The person asked meanwhile that nothing is passed on: it waits for the answer.
    if own_answer::is_restricted(&act, kept.tenant, kept.case).await? {
        act.give_up().await?;
        return Err(wrong());
    }
    let fetched = SealedFile {
        fetched: now.record.fetched + 1,
        fetched_at: now.record.fetched_at.or(Some(act.now())),
        ..now.record
    };
    files::update(&mut act, &fetched, now.revision).await?;
    let sent = record::find::<Referral>(&act, kept.tenant, kept.referral.uuid()).await?;
    if let Some(sent) = sent
        && let Ok(state) = sent.record.state.after(Step::Receive)
    {
        let seen = Referral { state, ..sent.record };
        record::update(&mut act, &seen, sent.revision).await?;
    }
    let event = events::new(&act, kept.case, "file-fetched");
    events::insert(&mut act, &event).await?;
    act.commit(&()).await?;
    throttle::succeeded(app, &name, None).await?;
    Ok((file_name(kept.id), bytes))
}

/// A name that says nothing of what is in it or whose it is.
fn file_name(id: SealedFileId) -> String {
    let text = id.uuid().simple().to_string();
    format!("{}.age", text.get(..8).unwrap_or("file"))
}

/// The file for the sender's own stick or letter. Counts as fetched: from here
/// on nobody can say who has it.
///
/// # Errors
/// [`Refused::NotFound`] once it can no longer be fetched.
pub async fn take(
    acting: &Acting<'_>,
    case: CaseId,
    id: SealedFileId,
    purpose: Purpose,
) -> Result<(String, Vec<u8>), Refused> {
    let file = permitted(acting, case, Action::SendReferral, purpose).await?;
    let tenant = file.case.record.tenant;
    let mut context = file.context(acting, Action::SendReferral)?.about(id);
    context.idempotency = None;
    let Begun::Fresh(mut act) = acting.app.store.act(context).await? else {
        return Err(Refused::NotFound);
    };
    let found = files::find(&act, tenant, id)
        .await?
        .filter(|one| one.record.case == case && one.record.can_be_fetched(act.now()));
    let content = files::content(&act, tenant, id).await?;
    let (Some(found), Some(bytes)) = (found, content) else {
        act.give_up().await?;
        return Err(Refused::NotFound);
    };
    if let Err(refused) = own_answer::may_pass_on(&act, tenant, case).await {
        act.give_up().await?;
        return Err(refused);
    }
    let fetched = SealedFile {
        fetched: found.record.fetched + 1,
        fetched_at: found.record.fetched_at.or(Some(act.now())),
        ..found.record
    };
    files::update(&mut act, &fetched, found.revision).await?;
    let event = events::new(&act, case, "file-taken");
    tell(&mut act, None, file.person.record.id, event, None).await?;
    act.commit(&()).await?;
    Ok((file_name(id), bytes))
}

/// Empties files whose time is over, and lets their referrals expire. A job
/// calls this with the clocks of referrals.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn carry_out(app: &App, tenant: TenantId) -> Result<(), Refused> {
    for found in files::over(&app.store, tenant, app.store.now()).await? {
        let actor = Actor::System { job: "referral".into() };
        let context = ActContext::new(tenant, actor, "sealed-file.expire").about(found.record.id);
        let Begun::Fresh(mut act) = app.store.act(context).await? else { continue };
        let Some(now) = files::find(&act, tenant, found.record.id).await? else {
            act.give_up().await?;
            continue;
        };
        files::update(&mut act, &now.record, now.revision).await?;
        let sent = record::find::<Referral>(&act, tenant, now.record.referral.uuid()).await?;
        if let Some(sent) = sent
            && now.record.fetched == 0
            && sent.record.state == ReferralState::Sent
            && let Ok(state) = sent.record.state.after(Step::Expire)
        {
            let over = Referral { state, ..sent.record };
            record::update(&mut act, &over, sent.revision).await?;
            let event =
                events::new(&act, over.case, "referral-step").with("referral", state.code());
            events::insert(&mut act, &event).await?;
        }
        act.commit(&()).await?;
    }
    Ok(())
}
