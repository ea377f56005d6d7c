//! What stands beside a case: safe ways to reach the person, and charges for
//! what they were made to do (R7). Related persons are [`super::related`].

use super::{Opened, permitted, tell};
use crate::{Acting, Message, Problems, Refused, access::Action, begin};
use palermo_domain::{
    case::{
        charge::{Charge, ChargeState, Offence},
        contact::{Channel, ChannelKind, Reach, Safe},
    },
    compartment::Compartment,
    id::{CaseId, ChannelId, ChargeId, Id, PersonId},
    moment::Moment,
    purpose::Purpose,
    safeguard::{Rule, decision},
};
use palermo_store::{
    Revision, UnlockedVault, Versioned,
    case::{channel as channels, event as events, record},
    keys::sealed::{self, Place},
};

/// What someone typed about a way to reach the person.
#[derive(Debug, Clone, Default)]
pub struct ChannelForm {
    /// Kind.
    pub kind: String,
    /// Number or address; sealed in identity.
    pub address: String,
    /// The name to ask for or to write; sealed in identity.
    pub call_name: String,
    /// Times at which it is safe; sealed in identity.
    pub times: String,
    /// What to say, and what else matters; sealed in identity.
    pub words: String,
    /// `yes`, `no`, `unknown`.
    pub call: String,
    /// The same for leaving a message.
    pub leave_message: String,
    /// The same for writing.
    pub write: String,
}

fn place(channel: &Channel, field: &'static str) -> Place {
    Place {
        person: channel.person,
        table: channels::TABLE,
        record: channel.id.uuid(),
        field,
        compartment: Compartment::Identity,
    }
}

/// Texts of a channel beside its address, sealed in identity: a field and its
/// longest text.
const BESIDE: [(&str, usize); 3] = [("call_name", 200), ("times", 300), ("words", 1_000)];

/// What was typed about a channel, checked: its kind, its address, and the texts
/// beside it in the order of [`BESIDE`].
fn typed(form: &ChannelForm) -> Result<(ChannelKind, String, [String; 3]), Refused> {
    let mut problems = Problems::default();
    let kind = ChannelKind::from_code(&form.kind);
    if kind.is_none() {
        problems.add("kind", Message::new("error-choose"));
    }
    let address = problems.required("address", &form.address, 300);
    let mut texts = [form.call_name.clone(), form.times.clone(), form.words.clone()];
    for ((field, longest), text) in BESIDE.into_iter().zip(&mut texts) {
        *text = problems.bounded(field, text, longest);
    }
    problems.none()?;
    Ok((kind.ok_or(Refused::NotFound)?, address, texts))
}

fn safe(code: &str) -> Safe {
    Safe::from_code(code).unwrap_or(Safe::Unknown)
}

/// Seals the address and the texts beside it; one that was emptied is gone.
async fn seal_channel(
    act: &mut palermo_store::Act,
    vault: &UnlockedVault,
    channel: &Channel,
    (address, texts): (&str, &[String; 3]),
) -> Result<(), Refused> {
    sealed::put(act, vault, place(channel, "address"), address.as_bytes()).await?;
    for ((field, _), text) in BESIDE.into_iter().zip(texts) {
        if text.is_empty() {
            unseal(act, place(channel, field)).await?;
        } else {
            sealed::put(act, vault, place(channel, field), text.as_bytes()).await?;
        }
    }
    Ok(())
}

/// Takes a sealed text away, if it is there.
pub(super) async fn unseal(act: &mut palermo_store::Act, place: Place) -> Result<(), Refused> {
    match sealed::remove(act, place).await {
        Ok(()) | Err(palermo_store::Error::NotFound) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Adds a way to reach the person. What is not said to be safe is not done.
///
/// # Errors
/// Every problem of the form at once.
pub async fn add_channel(
    acting: &Acting<'_>,
    vault: &UnlockedVault,
    id: CaseId,
    form: &ChannelForm,
    purpose: Purpose,
) -> Result<ChannelId, Refused> {
    let (tenant, _) = acting.member()?;
    let file = permitted(acting, id, Action::WriteCase, purpose).await?;
    let (kind, address, texts) = typed(form)?;
    let mut act = begin!(acting, file.context(acting, Action::WriteCase)?);
    let channel = Channel {
        tenant,
        id: act.new_id(),
        person: file.person.record.id,
        kind,
        call: safe(&form.call),
        leave_message: safe(&form.leave_message),
        write: safe(&form.write),
    };
    channels::insert(&mut act, &channel).await?;
    seal_channel(&mut act, vault, &channel, (&address, &texts)).await?;
    let event = events::new(&act, id, "channel-added").happened(act.happened_at());
    let event = event.with("channel", channel.kind.code());
    tell(&mut act, None, channel.person, event, None).await?;
    act.commit(&channel.id).await?;
    Ok(channel.id)
}

/// A number that was told before there was a case.
pub(crate) struct Told<'t> {
    /// The number.
    pub address: &'t str,
    /// The times at which one may call.
    pub times: &'t str,
    /// Whether one may call; nothing else was said to be safe.
    pub call: Safe,
}

/// Adds a telephone inside an act of another area, whose texts it checked.
///
/// # Errors
/// [`Refused::UnlockNeeded`] when the key does not open identity.
pub(crate) async fn add_told(
    act: &mut palermo_store::Act,
    vault: &UnlockedVault,
    person: PersonId,
    told: &Told<'_>,
) -> Result<(), Refused> {
    let channel = Channel {
        tenant: act.tenant(),
        id: act.new_id(),
        person,
        kind: ChannelKind::Telephone,
        call: told.call,
        leave_message: Safe::Unknown,
        write: Safe::Unknown,
    };
    channels::insert(act, &channel).await?;
    let texts = [String::new(), told.times.to_owned(), String::new()];
    seal_channel(act, vault, &channel, (told.address, &texts)).await
}

/// Changes a way to reach the person, as an editor saw it.
///
/// # Errors
/// Every problem of the form at once; [`Refused::NotFound`] if it is not theirs;
/// [`Refused::Conflict`] if someone else changed it meanwhile.
pub async fn change_channel(
    acting: &Acting<'_>,
    vault: &UnlockedVault,
    (id, channel): (CaseId, ChannelId),
    form: &ChannelForm,
    seen: Revision,
    purpose: Purpose,
) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    let file = permitted(acting, id, Action::WriteCase, purpose).await?;
    let (kind, address, texts) = typed(form)?;
    let mut act = begin!(acting, file.context(acting, Action::WriteCase)?);
    let all = channels::of_person(&act, tenant, file.person.record.id).await?;
    let found = all.into_iter().find(|one| one.record.id == channel).ok_or(Refused::NotFound)?;
    let changed = Channel {
        kind,
        call: safe(&form.call),
        leave_message: safe(&form.leave_message),
        write: safe(&form.write),
        ..found.record
    };
    channels::update(&mut act, &changed, seen).await?;
    seal_channel(&mut act, vault, &changed, (&address, &texts)).await?;
    let event = events::new(&act, id, "channel-changed").happened(act.happened_at());
    let event = event.with("channel", kind.code());
    tell(&mut act, None, changed.person, event, None).await?;
    Ok(act.commit(&()).await?)
}

/// Removes a way to reach the person.
///
/// # Errors
/// [`Refused::NotFound`] if it is not theirs.
pub async fn remove_channel(
    acting: &Acting<'_>,
    id: CaseId,
    channel: ChannelId,
    purpose: Purpose,
) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    let file = permitted(acting, id, Action::WriteCase, purpose).await?;
    let mut act = begin!(acting, file.context(acting, Action::WriteCase)?);
    let all = channels::of_person(&act, tenant, file.person.record.id).await?;
    let found = all.into_iter().find(|one| one.record.id == channel).ok_or(Refused::NotFound)?;
    channels::remove(&mut act, &found.record).await?;
    unseal(&mut act, place(&found.record, "address")).await?;
    for (field, _) in BESIDE {
        unseal(&mut act, place(&found.record, field)).await?;
    }
    let kind = found.record.kind.code();
    let event = events::new(&act, id, "channel-removed").with("channel", kind);
    tell(&mut act, None, found.record.person, event, None).await?;
    Ok(act.commit(&()).await?)
}

/// A way to reach the person, with its number where the reader's key opens it.
#[derive(Debug, Clone)]
pub struct Reached {
    /// What is safe.
    pub channel: Channel,
    /// Which writing of it this is.
    pub revision: Revision,
    /// The number or address.
    pub address: Option<String>,
    /// The name to ask for or to write.
    pub call_name: Option<String>,
    /// Times at which it is safe.
    pub times: Option<String>,
    /// What to say, and what else matters.
    pub words: Option<String>,
}

/// The ways to reach the person.
///
/// # Errors
/// When the database does not answer.
pub async fn reach(opened: &Opened) -> Result<Vec<Reached>, Refused> {
    let person = &opened.file.person.record;
    let mut found = Vec::new();
    for channel in channels::of_person(&opened.read, person.tenant, person.id).await? {
        let (channel, revision) = (channel.record, channel.revision);
        let address = opened.text(place(&channel, "address")).await?;
        let call_name = opened.text(place(&channel, "call_name")).await?;
        let times = opened.text(place(&channel, "times")).await?;
        let words = opened.text(place(&channel, "words")).await?;
        found.push(Reached { channel, revision, address, call_name, times, words });
    }
    Ok(found)
}

/// What a recipient of a referral may use to reach the person: only what the
/// person said is safe (E12).
pub(super) async fn safe_contact(opened: &Opened) -> Result<String, Refused> {
    let mut lines = Vec::new();
    for one in reach(opened).await? {
        let safe: Vec<_> = Reach::ALL
            .iter()
            .filter(|reach| one.channel.may(**reach).is_ok())
            .map(|reach| reach.code())
            .collect();
        if let (false, Some(address)) = (safe.is_empty(), &one.address) {
            let texts = [&one.call_name, &one.times, &one.words];
            let texts: Vec<&str> = texts.into_iter().flatten().map(String::as_str).collect();
            lines.push(format!("{address} ({}) {}", safe.join(", "), texts.join("; ")));
        }
    }
    Ok(lines.join("\n"))
}

/// Writes down a charge against the person. As long as it stands, the notice
/// on non-punishment stands on the case (R7).
///
/// # Errors
/// [`Refused::Invalid`] without an offence.
pub async fn add_charge(
    acting: &Acting<'_>,
    id: CaseId,
    offence: &str,
    happened: Option<Moment>,
    purpose: Purpose,
) -> Result<ChargeId, Refused> {
    let (tenant, _) = acting.member()?;
    let file = permitted(acting, id, Action::WriteCase, purpose).await?;
    let Some(offence) = Offence::from_code(offence) else {
        return Err(Refused::field("offence", Message::new("error-choose")));
    };
    let mut act = begin!(acting, file.context(acting, Action::WriteCase)?);
    let charge = Charge {
        tenant,
        id: act.new_id(),
        case: id,
        offence,
        state: ChargeState::Pending,
        happened_at: happened.unwrap_or(act.happened_at()),
        recorded_at: act.now(),
    };
    record::insert(&mut act, &charge).await?;
    let event = events::new(&act, id, "charge-brought").happened(charge.happened_at);
    tell(&mut act, None, file.person.record.id, event, None).await?;
    act.commit(&charge.id).await?;
    Ok(charge.id)
}

/// What became of a charge. A charge that was dropped is erased: it was kept
/// only to protect the person from punishment (E16).
///
/// # Errors
/// [`Refused::NotFound`] if it is not of this case.
pub async fn decide_charge(
    acting: &Acting<'_>,
    id: CaseId,
    charge: ChargeId,
    state: ChargeState,
    purpose: Purpose,
) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    let file = permitted(acting, id, Action::WriteCase, purpose).await?;
    let mut act = begin!(acting, file.context(acting, Action::WriteCase)?);
    let found = record::find::<Charge>(&act, tenant, charge.uuid()).await?;
    let found = found.filter(|one| one.record.case == id).ok_or(Refused::NotFound)?;
    let mut decided = found.record;
    decided.state = state;
    if state == ChargeState::Dropped {
        record::remove(&mut act, &decided).await?;
    } else {
        record::update(&mut act, &decided, found.revision).await?;
    }
    let event = events::new(&act, id, "charge-decided").with("charge", state.code());
    tell(&mut act, None, file.person.record.id, event, None).await?;
    Ok(act.commit(&()).await?)
}

/// The charges of a case, each with the notice it calls up.
///
/// # Errors
/// When the database does not answer.
pub async fn charges(opened: &Opened) -> Result<Vec<(Versioned<Charge>, Option<Rule>)>, Refused> {
    let case = &opened.file.case.record;
    let all = record::of_case::<Charge>(&opened.read, case.tenant, case.id).await?;
    Ok(all
        .into_iter()
        .map(|charge| {
            let notice = decision::notice(&charge.record);
            (charge, notice)
        })
        .collect())
}
