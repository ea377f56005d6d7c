//! What stands beside a case: safe ways to reach the person, related persons
//! with needs of their own, and charges for what they were made to do (R7).

use super::{Opened, permitted, tell};
use crate::{Acting, Message, Problems, Refused, access::Action, begin};
use palermo_domain::{
    case::{
        charge::{Charge, ChargeState, Offence},
        contact::{Channel, ChannelKind, Reach, Safe},
        person::{AgeGroup, Person},
        related::{BirthRegistration, Related, Relation},
    },
    compartment::Compartment,
    id::{CaseId, ChannelId, ChargeId, Id, RelatedId},
    moment::Moment,
    purpose::Purpose,
    safeguard::{Rule, decision},
};
use palermo_store::{
    UnlockedVault, Versioned,
    case::{channel as channels, event as events, person as persons, record},
    keys::{
        person as person_keys,
        sealed::{self, Place},
    },
};

/// What someone typed about a way to reach the person.
#[derive(Debug, Clone, Default)]
pub struct ChannelForm {
    /// Kind.
    pub kind: String,
    /// Number or address; sealed in identity.
    pub address: String,
    /// Times, name to use, what to say; sealed in identity.
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
    let mut problems = Problems::default();
    let kind = ChannelKind::from_code(&form.kind);
    if kind.is_none() {
        problems.add("kind", Message::new("error-choose"));
    }
    let address = problems.required("address", &form.address, 300);
    let words = problems.bounded("words", &form.words, 1_000);
    problems.none()?;
    let safe = |code: &str| Safe::from_code(code).unwrap_or(Safe::Unknown);
    let mut act = begin!(acting, file.context(acting, Action::WriteCase)?);
    let channel = Channel {
        tenant,
        id: act.new_id(),
        person: file.person.record.id,
        kind: kind.unwrap_or(ChannelKind::Telephone),
        call: safe(&form.call),
        leave_message: safe(&form.leave_message),
        write: safe(&form.write),
    };
    channels::insert(&mut act, &channel).await?;
    sealed::put(&mut act, vault, place(&channel, "address"), address.as_bytes()).await?;
    if !words.is_empty() {
        sealed::put(&mut act, vault, place(&channel, "words"), words.as_bytes()).await?;
    }
    let event = events::new(&act, id, "channel-added").with("channel", channel.kind.code());
    tell(&mut act, None, channel.person, event, None).await?;
    act.commit(&channel.id).await?;
    Ok(channel.id)
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
    for field in ["address", "words"] {
        match sealed::remove(&mut act, place(&found.record, field)).await {
            Ok(()) | Err(palermo_store::Error::NotFound) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(act.commit(&()).await?)
}

/// A way to reach the person, with its number where the reader's key opens it.
#[derive(Debug, Clone)]
pub struct Reached {
    /// What is safe.
    pub channel: Channel,
    /// The number or address.
    pub address: Option<String>,
    /// Times, name, words.
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
        let channel = channel.record;
        let address = opened.text(place(&channel, "address")).await?;
        let words = opened.text(place(&channel, "words")).await?;
        found.push(Reached { channel, address, words });
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
            let words = one.words.unwrap_or_default();
            lines.push(format!("{address} ({}) {words}", safe.join(", ")));
        }
    }
    Ok(lines.join("\n"))
}

/// What someone typed about a related person.
#[derive(Debug, Clone, Default)]
pub struct RelatedForm {
    /// What they are to the person.
    pub relation: String,
    /// What to call them; sealed under their own key.
    pub name: String,
    /// Age group.
    pub age: String,
    /// Language.
    pub language: String,
    /// What they need.
    pub needs: Vec<String>,
    /// Birth registration.
    pub birth: String,
    /// Whether they risk having no nationality.
    pub nationality_risk: bool,
}

/// Adds a related person: a person of their own, without a case, so that no
/// count of trafficked persons changes (R238).
///
/// # Errors
/// Every problem of the form at once.
pub async fn add_related(
    acting: &Acting<'_>,
    vault: &UnlockedVault,
    id: CaseId,
    form: &RelatedForm,
    purpose: Purpose,
) -> Result<RelatedId, Refused> {
    let (tenant, _) = acting.member()?;
    let file = permitted(acting, id, Action::WriteCase, purpose).await?;
    let mut problems = Problems::default();
    let relation = Relation::from_code(&form.relation);
    if relation.is_none() {
        problems.add("relation", Message::new("error-choose"));
    }
    let name = problems.bounded("name", &form.name, 200);
    problems.none()?;
    let mut act = begin!(acting, file.context(acting, Action::WriteCase)?);
    let person = Person {
        tenant,
        id: act.new_id(),
        age: AgeGroup::from_code(&form.age).unwrap_or(AgeGroup::Unsure),
        birth_year: None,
        sex: None,
        language: match form.language.trim() {
            "" => file.person.record.language.clone(),
            typed => typed.to_owned(),
        },
        communication: Vec::new(),
        may_be_looked_for: None,
        recorded_at: act.now(),
    };
    persons::insert(&mut act, &person).await?;
    let sealed_in = [Compartment::Care, Compartment::Identity];
    person_keys::create(&mut act, vault, person.id, &sealed_in).await?;
    if !name.is_empty() {
        let place = super::open::name_place(person.id);
        sealed::put(&mut act, vault, place, name.as_bytes()).await?;
    }
    let related = Related {
        tenant,
        id: act.new_id(),
        case: id,
        person: person.id,
        relation: relation.unwrap_or(Relation::ChildWith),
        needs: form.needs.clone(),
        birth: BirthRegistration::from_code(&form.birth)
            .unwrap_or(BirthRegistration::NotApplicable),
        nationality_risk: form.nationality_risk,
        recorded_at: act.now(),
    };
    record::insert(&mut act, &related).await?;
    let event = events::new(&act, id, "related-added").with("relation", related.relation.code());
    tell(&mut act, None, file.person.record.id, event, None).await?;
    act.about(person.id);
    act.commit(&related.id).await?;
    Ok(related.id)
}

/// Related persons of a case, with what to call them.
///
/// # Errors
/// When the database does not answer.
pub async fn related(opened: &Opened) -> Result<Vec<(Related, Option<String>)>, Refused> {
    let case = &opened.file.case.record;
    let mut found = Vec::new();
    for one in record::of_case::<Related>(&opened.read, case.tenant, case.id).await? {
        let name = opened.text(super::open::name_place(one.record.person)).await?;
        found.push((one.record, name));
    }
    Ok(found)
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
        happened_at: happened.unwrap_or(act.now()),
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
