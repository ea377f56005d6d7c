//! What the people of the story said about sharing, what was asked of whom,
//! and what was done to them: read from `content/demo/cases.toml` after the
//! cases themselves are there.

use super::{Built, DemoCase, cases::wrong};
use crate::{
    App, Refused,
    access::Action,
    case::{name_place, referral::Payload},
};
use palermo_domain::{
    actor::Actor,
    case::{
        charge::{Charge, ChargeState, Offence},
        contact::{Channel, ChannelKind, Safe},
        event::Event,
        person::{AgeGroup, Person},
        referral::{Ask, Item, Referral, ReferralState, Urgency},
        related::{BirthRegistration, Related, Relation},
        rights_incident::{ByBody, IncidentState, RightsIncident},
        sharing::{
            ALWAYS_EXPLAINED, Answer, Consent, ConsentForm, Explained, Recipient, RecipientKind,
            ShareFor,
        },
    },
    compartment::Compartment,
    id::{Id, TenantId},
    moment::Moment,
    purpose::Purpose,
};
use palermo_store::{
    Act, ActContext, Begun, UnlockedVault,
    case::{
        channel as channels, event as events,
        incoming::{self, Incoming},
        person as persons, record,
    },
    desk as desks,
    keys::{
        compartment, person as person_keys,
        sealed::{self, Place},
        staff,
    },
};
use serde::Deserialize;
use std::{collections::BTreeMap, time::Duration};

#[derive(Deserialize)]
pub(super) struct FileConsent {
    case: String,
    #[serde(default)]
    desk: String,
    #[serde(default)]
    outside: String,
    kind: String,
    purpose: String,
    answer: String,
    days_ago: u64,
    withdrawn_days_ago: Option<u64>,
}

#[derive(Deserialize)]
pub(super) struct FileReferral {
    case: String,
    desk: String,
    service: String,
    urgency: String,
    words: String,
    days_ago: u64,
    state: String,
}

#[derive(Deserialize)]
pub(super) struct FileCharge {
    case: String,
    offence: String,
    days_ago: u64,
}

#[derive(Deserialize)]
pub(super) struct FileIncident {
    case: String,
    rule: u8,
    body: String,
    days_ago: u64,
    text: String,
}

#[derive(Deserialize)]
pub(super) struct FileChannel {
    case: String,
    kind: String,
    address: String,
    words: String,
    call: String,
    leave_message: String,
    write: String,
}

#[derive(Deserialize)]
pub(super) struct FileRelated {
    case: String,
    relation: String,
    age: String,
    needs: Vec<String>,
    birth: String,
    nationality_risk: bool,
}

#[derive(Deserialize)]
struct File {
    #[serde(rename = "consent")]
    consents: Vec<FileConsent>,
    #[serde(rename = "referral")]
    referrals: Vec<FileReferral>,
    #[serde(rename = "charge")]
    charges: Vec<FileCharge>,
    #[serde(rename = "rights_incident")]
    incidents: Vec<FileIncident>,
    #[serde(rename = "channel")]
    channels: Vec<FileChannel>,
    #[serde(rename = "related")]
    related: Vec<FileRelated>,
}

/// One organisation's part.
struct Teller<'a> {
    app: &'a App,
    built: &'a Built,
    act: Act,
    vault: UnlockedVault,
}

/// Tells all of it, an act for each organisation.
pub(super) async fn build(app: &App, built: &Built) -> Result<(), Refused> {
    let text = app.content.text("demo/cases.toml").unwrap_or_default();
    let file: File =
        toml::from_str(text).map_err(|e| Refused::Unavailable(format!("demo/cases.toml: {e}")))?;
    let tenants: std::collections::BTreeSet<TenantId> =
        built.cases.values().map(|case| case.tenant).collect();
    let mut leaving = Vec::new();
    for tenant in tenants {
        let actor = Actor::System { job: "demo".into() };
        let context =
            ActContext::new(tenant, actor, Action::WriteCase.code()).for_purpose(Purpose::Care);
        let Begun::Fresh(act) = app.store.act(context).await? else { continue };
        let vault = built.vault(app, tenant).await?;
        let mut teller = Teller { app, built, act, vault };
        leaving.extend(teller.tell(&file, tenant).await?);
        teller.act.commit(&()).await?;
    }
    for (referral, payload) in leaving {
        deliver(app, &referral, &payload).await?;
    }
    Ok(())
}

impl Teller<'_> {
    fn ago(&self, days: u64) -> Moment {
        let days = u32::try_from(days).unwrap_or(u32::MAX);
        self.act.now().before(Duration::from_secs(86_400) * days)
    }

    fn mine(&self, id: &str, tenant: TenantId) -> Result<Option<DemoCase>, Refused> {
        let case = self.built.cases.get(id).copied().ok_or_else(|| wrong("case", id))?;
        Ok((case.tenant == tenant).then_some(case))
    }

    async fn tell(
        &mut self,
        file: &File,
        tenant: TenantId,
    ) -> Result<Vec<(Referral, Payload)>, Refused> {
        let mut consents: BTreeMap<String, Consent> = BTreeMap::new();
        for one in &file.consents {
            if let Some(case) = self.mine(&one.case, tenant)? {
                let consent = self.consent(one, &case).await?;
                consents.insert(format!("{}:{}", one.case, one.desk), consent);
            }
        }
        let mut leaving = Vec::new();
        for one in &file.referrals {
            if let Some(case) = self.mine(&one.case, tenant)? {
                let consent = consents.get(&format!("{}:{}", one.case, one.desk));
                leaving.push(self.referral(one, &case, consent).await?);
            }
        }
        for one in &file.charges {
            if let Some(case) = self.mine(&one.case, tenant)? {
                self.charge(one, &case).await?;
            }
        }
        for one in &file.incidents {
            if let Some(case) = self.mine(&one.case, tenant)? {
                self.incident(one, &case).await?;
            }
        }
        for one in &file.channels {
            if let Some(case) = self.mine(&one.case, tenant)? {
                self.channel(one, &case).await?;
            }
        }
        for one in &file.related {
            if let Some(case) = self.mine(&one.case, tenant)? {
                self.beside(one, &case).await?;
            }
        }
        Ok(leaving)
    }

    async fn recipient(
        &self,
        desk: &str,
        kind: &str,
        outside: &str,
    ) -> Result<(Recipient, String), Refused> {
        let kind = RecipientKind::from_code(kind).ok_or_else(|| wrong("recipient", kind))?;
        if desk.is_empty() {
            let outside = outside.to_owned();
            let recipient = Recipient { kind, tenant: None, desk: None, outside: outside.clone() };
            return Ok((recipient, outside));
        }
        let id = *self.built.desks.get(desk).ok_or_else(|| wrong("desk", desk))?;
        let all = desks::list(
            &self.app.store,
            &desks::Filter::default(),
            desks::SortBy::default(),
            palermo_store::Paging::all(),
        )
        .await?;
        let found = all.items.into_iter().find(|one| one.record.id == id);
        let found = found.ok_or_else(|| wrong("desk", desk))?.record;
        let (tenant, name) = (Some(found.tenant), found.name);
        Ok((Recipient { kind, tenant, desk: Some(id), outside: String::new() }, name))
    }

    fn event(&self, case: &DemoCase, kind: &str, at: Moment) -> Event {
        let mut event = events::new(&self.act, case.case, kind);
        event.happened_at = at;
        event.recorded_at = at;
        event.by = Some(case.lead);
        event
    }

    async fn consent(&mut self, file: &FileConsent, case: &DemoCase) -> Result<Consent, Refused> {
        let (recipient, name) = self.recipient(&file.desk, &file.kind, &file.outside).await?;
        let at = self.ago(file.days_ago);
        let answer =
            Answer::from_code(&file.answer).ok_or_else(|| wrong("answer", &file.answer))?;
        let purpose =
            ShareFor::from_code(&file.purpose).ok_or_else(|| wrong("purpose", &file.purpose))?;
        let mut explained = ALWAYS_EXPLAINED.to_vec();
        explained.push(Explained::NotCalledBack);
        let person = persons::find(&self.act, case.tenant, case.person).await?;
        let child = person.is_some_and(|one| one.record.age.has_the_rights_of_a_child());
        let form = if child { ConsentForm::WithGuardian } else { ConsentForm::Oral };
        let consent = Consent {
            tenant: case.tenant,
            id: self.act.new_id(),
            case: case.case,
            person: case.person,
            purpose,
            recipient,
            answer,
            language: "en".into(),
            form,
            interpreter: true,
            explained,
            explained_by: case.lead,
            explained_outside: false,
            written_by: None,
            happened_at: at,
            recorded_at: at,
            until: None,
            withdrawn_at: file.withdrawn_days_ago.map(|days| self.ago(days)),
        };
        palermo_domain::safeguard::sharing::answer(&consent)?;
        record::insert(&mut self.act, &consent).await?;
        let event = self
            .event(case, "consent-answered", at)
            .with("answer", answer.code())
            .with("share", purpose.code())
            .with("recipient", name.clone());
        events::insert(&mut self.act, &event).await?;
        if let Some(taken) = consent.withdrawn_at {
            let event = self
                .event(case, "consent-withdrawn", taken)
                .with("share", purpose.code())
                .with("recipient", name);
            events::insert(&mut self.act, &event).await?;
        }
        Ok(consent)
    }

    async fn referral(
        &mut self,
        file: &FileReferral,
        case: &DemoCase,
        consent: Option<&Consent>,
    ) -> Result<(Referral, Payload), Refused> {
        let consent = consent.ok_or_else(|| wrong("referral without consent of", &file.case))?;
        let (recipient, name) = self.recipient(&file.desk, "care", "").await?;
        let at = self.ago(file.days_ago).before(Duration::from_secs(3600));
        let urgency = Urgency::from_code(&file.urgency);
        let state = ReferralState::from_code(&file.state);
        let referral = Referral {
            tenant: case.tenant,
            id: self.act.new_id(),
            ask: Ask::Referral,
            case: case.case,
            person: case.person,
            recipient,
            purpose: consent.purpose,
            service: file.service.clone(),
            urgency: urgency.ok_or_else(|| wrong("urgency", &file.urgency))?,
            items: vec![Item::CallName, Item::Age, Item::Language, Item::Words],
            consent: Some(consent.id),
            basis: None,
            state: state.ok_or_else(|| wrong("state", &file.state))?,
            decline: None,
            by: case.lead,
            sent_at: Some(at),
            answered_at: None,
            ends_at: None,
            recorded_at: at,
        };
        record::insert(&mut self.act, &referral).await?;
        let event = self
            .event(case, "referral-sent", at)
            .with("service", file.service.clone())
            .with("recipient", name);
        events::insert(&mut self.act, &event).await?;
        let person = persons::find(&self.act, case.tenant, case.person).await?;
        let language = person.map(|person| person.record.language).unwrap_or_default();
        let name = sealed::open(&self.act, &self.vault, name_place(case.person)).await?;
        let mut payload = Payload {
            number: palermo_domain::case::number(case.case),
            items: vec![
                (Item::Age.code().into(), case.age.code().into()),
                (Item::Language.code().into(), language),
                (Item::Words.code().into(), file.words.clone()),
            ],
        };
        if let Some(name) = name {
            let text = String::from_utf8_lossy(&name).into_owned();
            payload.items.insert(0, (Item::CallName.code().into(), text));
        }
        Ok((referral, payload))
    }

    async fn charge(&mut self, file: &FileCharge, case: &DemoCase) -> Result<(), Refused> {
        let at = self.ago(file.days_ago);
        let charge = Charge {
            tenant: case.tenant,
            id: self.act.new_id(),
            case: case.case,
            offence: Offence::from_code(&file.offence)
                .ok_or_else(|| wrong("offence", &file.offence))?,
            state: ChargeState::Pending,
            happened_at: at,
            recorded_at: at,
        };
        record::insert(&mut self.act, &charge).await?;
        let event = self.event(case, "charge-brought", at);
        Ok(events::insert(&mut self.act, &event).await?)
    }

    async fn incident(&mut self, file: &FileIncident, case: &DemoCase) -> Result<(), Refused> {
        let at = self.ago(file.days_ago);
        let incident = RightsIncident {
            tenant: case.tenant,
            id: self.act.new_id(),
            case: case.case,
            rule: file.rule,
            body: ByBody::from_code(&file.body).ok_or_else(|| wrong("body", &file.body))?,
            state: IncidentState::Raised,
            happened_at: at,
            recorded_at: at,
            recorded_by: Some(case.lead),
        };
        record::insert(&mut self.act, &incident).await?;
        let event = self
            .event(case, "rights-incident", at)
            .with("rule", file.rule.to_string())
            .with("body", incident.body.code());
        let vault = Some(&self.vault);
        crate::case::tell(&mut self.act, vault, case.person, event, Some(&file.text)).await
    }

    async fn channel(&mut self, file: &FileChannel, case: &DemoCase) -> Result<(), Refused> {
        let safe = |code: &str| Safe::from_code(code).ok_or_else(|| wrong("safe", code));
        let channel = Channel {
            tenant: case.tenant,
            id: self.act.new_id(),
            person: case.person,
            kind: ChannelKind::from_code(&file.kind).ok_or_else(|| wrong("channel", &file.kind))?,
            call: safe(&file.call)?,
            leave_message: safe(&file.leave_message)?,
            write: safe(&file.write)?,
        };
        channels::insert(&mut self.act, &channel).await?;
        for (field, text) in [("address", &file.address), ("words", &file.words)] {
            let place = Place {
                person: case.person,
                table: channels::TABLE,
                record: channel.id.uuid(),
                field,
                compartment: Compartment::Identity,
            };
            sealed::put(&mut self.act, &self.vault, place, text.as_bytes()).await?;
        }
        Ok(())
    }

    async fn beside(&mut self, file: &FileRelated, case: &DemoCase) -> Result<(), Refused> {
        let person = Person {
            tenant: case.tenant,
            id: self.act.new_id(),
            age: AgeGroup::from_code(&file.age).ok_or_else(|| wrong("age", &file.age))?,
            birth_year: None,
            sex: None,
            language: "wo".into(),
            communication: Vec::new(),
            may_be_looked_for: None,
            recorded_at: case.opened,
        };
        persons::insert(&mut self.act, &person).await?;
        let keys = [Compartment::Care, Compartment::Identity];
        person_keys::create(&mut self.act, &self.vault, person.id, &keys).await?;
        let related = Related {
            tenant: case.tenant,
            id: self.act.new_id(),
            case: case.case,
            person: person.id,
            relation: Relation::from_code(&file.relation)
                .ok_or_else(|| wrong("relation", &file.relation))?,
            needs: file.needs.clone(),
            birth: BirthRegistration::from_code(&file.birth)
                .ok_or_else(|| wrong("birth", &file.birth))?,
            nationality_risk: file.nationality_risk,
            services: Vec::new(),
            risk: None,
            protection: Vec::new(),
            secret: false,
            ended: None,
            recorded_at: case.opened,
        };
        Ok(record::insert(&mut self.act, &related).await?)
    }
}

/// Puts a referral into the recipient's records, sealed to those who may open it.
async fn deliver(app: &App, referral: &Referral, payload: &Payload) -> Result<(), Refused> {
    let Some(to) = referral.recipient.tenant else { return Ok(()) };
    let mut holders = Vec::new();
    for id in compartment::holders(&app.store, to, Compartment::Care).await? {
        holders.extend(staff::find(&app.store, to, id).await?);
    }
    let clear = serde_json::to_vec(payload).map_err(|e| Refused::Unavailable(e.to_string()))?;
    let envelope = incoming::seal_for(to, referral.id, &holders, &clear)?;
    let actor = Actor::System { job: "demo".into() };
    let context = ActContext::new(to, actor, "referral.deliver").for_purpose(Purpose::Referral);
    let Begun::Fresh(mut act) = app.store.act(context).await? else { return Ok(()) };
    let arrived = Incoming {
        tenant: to,
        id: referral.id,
        sender: referral.tenant,
        desk: referral.recipient.desk,
        ask: referral.ask,
        service: referral.service.clone(),
        urgency: referral.urgency,
        state: referral.state,
        decline: None,
        case: None,
        sent_at: referral.sent_at.unwrap_or(referral.recorded_at),
        answered_at: None,
        told_at: None,
        has_content: true,
    };
    incoming::deliver(&mut act, &arrived, &envelope).await?;
    Ok(act.commit(&()).await?)
}
