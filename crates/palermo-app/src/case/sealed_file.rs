//! A referral to a body that is not here: one file in the age format, sealed by
//! a passphrase that is shown once and told by another way. The file can be
//! fetched with a code until a day and a few times, and taken back before it is
//! fetched; when it is over its bytes are gone here. What can be done with a
//! file that was fetched nobody can control, and the pages say so. A file for an
//! authority of the State of origin is handed out once a second person agreed to it:
//! to exactly what was sealed (E17).

use super::{
    CaseFile, Opened, abroad, never_told, permitted,
    referral::{Payload, ReferralForm, rests_on, still_rests},
    tell, text_place,
};
use crate::{
    Acting, App, Message, Problems, Refused,
    access::{Action, Resource},
    begin, begin_unrepeated,
    care::own_answer,
    throttle, two_person,
};
use palermo_crypto::{Entropy, OsEntropy, seal_with_passphrase, sha256};
use palermo_domain::{
    actor::Actor,
    care::own_view::{code, normal_code},
    case::{
        event::Event,
        referral::{Item, Referral, ReferralState, Step},
        sealed_file::{DAYS, SealedFile},
        sharing::{Recipient, RecipientKind},
    },
    compartment::Compartment,
    id::{AccountId, CaseId, Id, ReferralId, SealedFileId, TenantId},
    purpose::Purpose,
    safeguard::{
        NO_SHARING_WITHOUT_BASIS,
        abroad::{Told, border_may_be_crossed, file_may_say, takes_two},
    },
};
use palermo_store::{
    Act, ActContext, Begun, Db, Versioned, approval as approvals,
    case::{event as events, file as cases, record, sealed_file as files, team as teams},
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
    /// Whether a second person must agree before it is handed out.
    pub waits: bool,
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

/// Whom a file comes from: what was typed, or else the house by its own name; of a file
/// for a State of origin only what was typed.
///
/// # Errors
/// When the database does not answer.
pub async fn sender(acting: &Acting<'_>, form: &ReferralForm) -> Result<String, Refused> {
    let typed = form.sender.trim();
    let kind = RecipientKind::from_code(&form.kind);
    if !typed.is_empty() || kind == Some(RecipientKind::Origin) {
        return Ok(typed.to_owned());
    }
    let (tenant, _) = acting.member()?;
    let house = tenants::find(&acting.app.store, tenant).await?;
    Ok(house.map(|house| house.record.name).unwrap_or_default())
}

/// What stands at the end of a file: until when it is to be deleted, and what it is for.
#[must_use]
pub fn please(acting: &Acting<'_>, days: u64) -> String {
    let until = acting.now().after(Duration::from_secs(days * 86_400)).date();
    let until = palermo_locale::date(acting.language, false, until);
    acting.app.catalogue.format(acting.language, "sealed-file-please", &[("day", until.into())])
}

/// Goes on unless a file for a State of origin would tell why someone asks, or which
/// house helps: whom it comes from and all that it carries, as it reads there (E18).
///
/// # Errors
/// Every problem of the form at once, each with its rule; [`Refused::UnlockNeeded`] when
/// the sender's key is not open.
pub async fn may_say(
    acting: &Acting<'_>,
    opened: &Opened,
    form: &ReferralForm,
) -> Result<(), Refused> {
    let kind = RecipientKind::from_code(&form.kind).filter(|_| is_for_outside(form));
    let Some(kind) = kind.filter(|kind| *kind == RecipientKind::Origin) else { return Ok(()) };
    let house = abroad::house_of_care(&opened.read, opened.file.case.record.tenant).await?;
    let payload = super::referral::preview(opened, form).await?;
    let mut items = Vec::new();
    for (code, words) in &payload.items {
        if let Some(item) = Item::from_code(code) {
            items.push((item, super::referral::said(acting, item, words)));
        }
    }
    let told = file_may_say(kind, &form.sender, house.as_deref(), &items);
    let mut problems = Problems::default();
    for one in told.err().unwrap_or_default() {
        let (field, message) = match one {
            Told::Sender => ("sender", Message::new("sealed-file-sender-tells")),
            Told::Words => ("words", Message::new("sealed-file-words-tell")),
            Told::Item(item) => {
                let name = format!("case-item-{}", item.code());
                let name = acting.app.catalogue.text(acting.language, &name);
                ("items", Message::new("sealed-file-item-tells").with("item", name))
            }
        };
        problems.add(field, message.by(NO_SHARING_WITHOUT_BASIS));
    }
    problems.none()
}

/// For how many days, and to whom.
fn addressed(form: &ReferralForm) -> Result<(u64, Recipient), Refused> {
    let mut problems = Problems::default();
    let days = form.days.parse().ok().filter(|days| DAYS.contains(days));
    if days.is_none() {
        problems.add("days", Message::new("error-choose"));
    }
    let outside = problems.bounded("outside", &form.outside, 160);
    problems.bounded("sender", &form.sender, 300);
    let kind = RecipientKind::from_code(&form.kind);
    if kind.is_none() {
        problems.add("kind", Message::new("error-choose"));
    }
    problems.none()?;
    let (Some(days), Some(kind)) = (days, kind) else { return Err(Refused::NotFound) };
    Ok((days, Recipient { kind, tenant: None, desk: None, outside }))
}

/// Makes the file. Rests on consent or law like every referral, decided inside
/// the act.
///
/// # Errors
/// [`Refused::Forbidden`] by R6; every problem of the form at once, and beside the body
/// where nobody else may agree to what leaves to a State of origin.
pub async fn make(
    acting: &Acting<'_>,
    opened: &Opened,
    form: &ReferralForm,
) -> Result<Made, Refused> {
    let (purpose, id) = (opened.file.purpose, opened.file.id());
    let file = permitted(acting, id, Action::SendReferral, purpose).await?;
    let (days, recipient) = addressed(form)?;
    let waits = takes_two(&recipient);
    if waits {
        may_ask(acting, &file).await?;
    }
    let order = super::referral::order(form, recipient)?;
    may_say(acting, opened, form).await?;
    let left = never_told::left_behind(opened, form).await?;
    let payload = super::referral::preview(opened, form).await?;
    let (typed_code, passphrase) = (random_code()?, Zeroizing::new(random_code()?));
    let plain = normal_code(&typed_code).ok_or_else(|| unavailable("a code is no code"))?;
    let from = sender(acting, form).await?;
    let text = Zeroizing::new(written(acting, &payload, &from, days));
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
        .with("service", referral.service.clone())
        .with("file", kept.id.to_string());
    let told = waits.then(|| for_the_second(acting, &payload, &from, days));
    let vault = opened.vault_for(Compartment::Care);
    tell(&mut act, vault, referral.person, event, told.as_deref()).await?;
    never_told::tell_left(&mut act, opened, left.as_deref()).await?;
    act.commit(&()).await?;
    if waits {
        let asking = Acting { once: None, ..acting.clone() };
        two_person::ask(&asking, Action::AskAbroad, &kept.id.subject()).await?;
    }
    Ok(Made { id: kept.id, code: typed_code, passphrase, days, waits })
}

/// Goes on only if a second person can be asked about what leaves to a State of origin.
async fn may_ask(acting: &Acting<'_>, file: &CaseFile) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    let may = acting.may(Action::AskAbroad, &Resource::of(tenant)).allowed;
    if may && two_person::someone_else(acting, Action::AskAbroad, file, false).await? {
        return Ok(());
    }
    let roles = two_person::roles_named(acting, Action::AskAbroad);
    Err(Refused::field("outside", Message::new("error-nobody-may-agree").with("roles", roles)))
}

/// The file a question to a second person is about.
pub(crate) fn named(subject: &str) -> Option<SealedFileId> {
    let (kind, id) = subject.split_once(':')?;
    id.parse().ok().filter(|_| kind == SealedFileId::KIND)
}

/// The referral of a file.
async fn sent(db: &dyn Db, kept: &SealedFile) -> Result<Option<Referral>, Refused> {
    let sent = record::find::<Referral>(db, kept.tenant, kept.referral.uuid()).await?;
    Ok(sent.map(|sent| sent.record))
}

/// Whether a file waits for its second person: it is handed to nobody until then.
///
/// # Errors
/// When the database does not answer.
pub async fn waits(db: &dyn Db, kept: &SealedFile) -> Result<bool, Refused> {
    if sent(db, kept).await?.is_some_and(|sent| !takes_two(&sent.recipient)) {
        return Ok(false);
    }
    let (code, subject) = (Action::AskAbroad.code(), kept.id.subject());
    let asked = approvals::about(db, kept.tenant, code, &subject).await?;
    Ok(!asked.iter().any(|one| one.record.used_at.is_some()))
}

/// The same, for a page of the case.
///
/// # Errors
/// When the database does not answer.
pub async fn waits_here(opened: &Opened, kept: &SealedFile) -> Result<bool, Refused> {
    waits(&opened.read, kept).await
}

/// Whether someone may learn that a file waits: of a sealed record its team alone (E11).
pub(crate) async fn may_learn(
    acting: &Acting<'_>,
    account: AccountId,
    id: SealedFileId,
) -> Result<bool, Refused> {
    let (tenant, _) = acting.member()?;
    let store = &acting.app.store;
    let Some(kept) = files::find(store, tenant, id).await? else { return Ok(false) };
    let case = kept.record.case;
    if cases::find(store, tenant, case).await?.is_none_or(|file| !file.record.sealed) {
        return Ok(true);
    }
    let team = teams::of_case(store, tenant, case).await?;
    Ok(team.iter().any(|one| one.account == account && one.holds_at(acting.now())))
}

/// What a second person is asked to agree to, in words that name no person: the case's
/// number, the body, and what the file carries.
pub(crate) async fn in_a_word(acting: &Acting<'_>, id: SealedFileId) -> Result<String, Refused> {
    let (tenant, _) = acting.member()?;
    let store = &acting.app.store;
    let Some(kept) = files::find(store, tenant, id).await? else { return Ok(String::new()) };
    let Some(sent) = sent(store, &kept.record).await? else { return Ok(String::new()) };
    let say = |id: &str| acting.app.catalogue.text(acting.language, id);
    let items = sent.items.iter().map(|item| say(&format!("case-item-{}", item.code())));
    let items = items.collect::<Vec<_>>().join(", ");
    let number = palermo_domain::case::number(sent.case);
    Ok(format!("{number}: {} ({}): {items}", say("sealed-file-asked"), sent.recipient.outside))
}

/// A second person agreed: the file is handed out from now on. What it rests on is asked
/// once more, so that a word taken back meanwhile, or an assessment that ran out, stops it.
///
/// # Errors
/// [`Refused::Forbidden`] by R6; [`Refused::Declined`] once it can no longer be fetched.
pub(crate) async fn agreed(act: &mut Act, id: SealedFileId) -> Result<(), Refused> {
    let over = || Refused::Declined(Message::new("sealed-file-over"));
    let kept = files::find(&*act, act.tenant(), id).await?.ok_or_else(over)?.record;
    let sent = sent(&*act, &kept).await?.ok_or_else(over)?;
    if !kept.can_be_fetched(act.now()) {
        return Err(over());
    }
    let of = (kept.tenant, kept.case);
    let risk = abroad::risk_today(&*act, of, act.now().date().into()).await?;
    border_may_be_crossed(&sent.recipient, false, risk)?;
    still_rests(act, &sent).await?;
    act.about(kept.case);
    act.about(kept.id);
    let event = events::new(act, kept.case, "file-agreed");
    tell(act, None, sent.person, event, None).await
}

/// What stands in the file, in the sender's language: plain text, readable for
/// decades on any machine.
fn written(acting: &Acting<'_>, payload: &Payload, from: &str, days: u64) -> String {
    let say = |id: &str| acting.app.catalogue.text(acting.language, id);
    let mut text = String::new();
    let mut line = |label: &str, words: &str| {
        let _ = writeln!(text, "{label}:\n{words}\n");
    };
    line(&say("case-referral-from"), from);
    line(&say("case-number"), &payload.number);
    for (code, words) in &payload.items {
        let said = match Item::from_code(code) {
            Some(item) => super::referral::said(acting, item, words),
            None => words.clone(),
        };
        line(&say(&format!("case-item-{code}")), &said);
    }
    let _ = writeln!(text, "{}", please(acting, days));
    text
}

/// What a second person reads before they agree: all of the file but what the person is
/// called and how they are reached, which lie apart (R8).
fn for_the_second(acting: &Acting<'_>, payload: &Payload, from: &str, days: u64) -> String {
    let apart = [Item::CallName.code(), Item::SafeContact.code()];
    let mut seen = payload.clone();
    seen.items.retain(|(code, _)| !apart.contains(&code.as_str()));
    written(acting, &seen, from, days)
}

/// The same, opened for whoever reads the case; nothing while their key is closed.
pub(super) async fn seen(opened: &Opened, id: SealedFileId) -> Result<Option<String>, Refused> {
    let (case, file) = (&opened.file.case.record, id.to_string());
    let all = events::whole(&opened.read, case.tenant, case.id).await?;
    let is_it = |one: &&Event| one.kind == "file-sealed" && one.facts.get("file") == Some(&file);
    match all.iter().find(is_it) {
        Some(made) => opened.text(text_place(case.person, made, "text")).await,
        None => Ok(None),
    }
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
    // The person asked meanwhile that nothing is passed on: it waits for the answer. Or
    // nobody agreed yet to what leaves to a State of origin.
    let held = own_answer::is_restricted(&act, kept.tenant, kept.case).await?;
    if held || waits(&act, &now.record).await? {
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
    if waits(&act, &found.record).await? {
        act.give_up().await?;
        return Err(Refused::Declined(Message::new("error-needs-second-person")));
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
