//! Entries of the registers made by hand. Each is checked by the rules of the
//! domain, belongs to the organisation that makes it, and is one act.

use super::Registers;
use crate::{
    access::{Action, Resource, Subject},
    acting::Acting,
    begin,
    refused::{Message, Refused},
};
use palermo_domain::{
    id::{AdoptionId, AgreementId, LawEntryId, ObstacleReportId, StatementId},
    register::{
        agreement::Agreement,
        day::Day,
        law::LawEntry,
        model_text::AdoptionOf,
        provenance::PartialDate,
        ratification::RatificationReport,
        state::StateCode,
        statement::{About, RegisterStatement},
    },
};
use palermo_store::{
    Revision,
    register::{adherence, agreement, law, model_adoption, obstacle, statement},
};

/// A refusal of the domain, told beside the field it is about.
pub(super) fn refused(field: &str, why: impl ToString) -> Refused {
    Refused::field(field, Message::new("error-register-entry").with("why", why.to_string()))
}

pub(super) fn known_state(
    registers: &Registers,
    field: &str,
    code: StateCode,
) -> Result<(), Refused> {
    if registers.states.get(code).is_some() {
        return Ok(());
    }
    Err(refused(field, format!("`{code}` is not in the list of States")))
}

pub(super) fn known_instrument(registers: &Registers, id: &str) -> Result<(), Refused> {
    if registers.instruments.get(id).is_some() {
        return Ok(());
    }
    Err(refused("instrument", format!("`{id}` is not in the register of instruments")))
}

fn checked_agreement(acting: &Acting<'_>, record: &Agreement) -> Result<(), Refused> {
    if let Some(problem) = record.problems().into_iter().next() {
        return Err(refused("status", problem));
    }
    let today: Day = acting.now().date().into();
    if let Some(needs) = &record.needs_assessment
        && needs.finished.first_day() > today
    {
        return Err(refused("needs_finished", format!("`{}` lies in the future", needs.finished)));
    }
    let registers = &acting.app.registers;
    if let Some(helper) = &record.facilitated_by
        && acting.app.content.mechanisms().get(helper).is_none()
    {
        return Err(refused("facilitated_by", format!("`{helper}` is not a mechanism")));
    }
    record.states().try_for_each(|code| known_state(registers, "parties", code))
}

/// What an agreement is to the rules: a record of the region, and of one's own
/// State where that is a party.
#[must_use]
pub fn agreement_for(subject: &Subject, one: &Agreement) -> Resource {
    let own = subject.state.as_deref().filter(|own| one.is_of(own));
    Resource::region().in_state(own)
}

/// Goes on only if they may keep this agreement. Who may for their own State
/// alone is told that it has to be among the parties.
async fn may_keep(acting: &Acting<'_>, record: &Agreement) -> Result<(), Refused> {
    let own = Resource::region().in_state(acting.subject.state.as_deref());
    acting.allow(Action::EditAgreement, &own).await?;
    if acting.may(Action::EditAgreement, &agreement_for(&acting.subject, record)).allowed {
        return Ok(());
    }
    Err(Refused::field("parties", Message::new("error-agreement-own-state")))
}

/// Adds an agreement. Whoever may for their own State alone adds agreements
/// to which it is a party.
///
/// # Errors
/// [`Refused`], with the rule it breaks (R011: active only with an assessment
/// of needs).
pub async fn enter_agreement(
    acting: &Acting<'_>,
    record: &Agreement,
) -> Result<AgreementId, Refused> {
    may_keep(acting, record).await?;
    // One that takes the place of a shipped one is a change of that one too.
    let shipped = &acting.app.registers.agreements;
    if let Some(shipped) = shipped.iter().find(|one| one.key == record.key) {
        let before = agreement_for(&acting.subject, shipped);
        acting.allow(Action::EditAgreement, &before).await?;
    }
    // Nor beside the entry of another organisation, under whose short name it would hide.
    let (tenant, _) = acting.member()?;
    let others = agreement::list(&acting.app.store, None).await?;
    if others.iter().any(|one| one.tenant != tenant && one.entry.key == record.key) {
        return Err(Refused::field("key", Message::new("error-duplicate")));
    }
    checked_agreement(acting, record)?;
    let mut act = begin!(acting, acting.context(Action::EditAgreement)?);
    let id = agreement::insert(&mut act, record).await?;
    act.about(id);
    act.commit(&id).await?;
    Ok(id)
}

/// Changes an agreement one's own organisation entered: the entry of another
/// organisation stays theirs, and a statement can stand beside it.
///
/// # Errors
/// [`Refused`]; `Conflict` if someone else changed it in the meantime.
pub async fn edit_agreement(
    acting: &Acting<'_>,
    id: AgreementId,
    record: &Agreement,
    seen: Revision,
) -> Result<Revision, Refused> {
    may_keep(acting, record).await?;
    let (tenant, _) = acting.member()?;
    let before = agreement::find(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)?;
    if before.record.entry.key != record.key {
        return Err(Refused::NotFound);
    }
    checked_agreement(acting, record)?;
    let mut act = begin!(acting, acting.context(Action::EditAgreement)?);
    act.about(id);
    let now = agreement::update(&mut act, id, record, seen).await?;
    act.commit(&now).await?;
    Ok(now)
}

pub(super) fn checked_law(registers: &Registers, entry: &LawEntry) -> Result<(), Refused> {
    known_state(registers, "state", entry.state)?;
    entry.check().map_err(|why| refused("article", why))
}

/// Enters what the law of one's State says.
///
/// # Errors
/// [`Refused`]; a provision needs its law and article (R014).
pub async fn enter_law(acting: &Acting<'_>, entry: &LawEntry) -> Result<LawEntryId, Refused> {
    let of_state = Resource::region().in_state(Some(entry.state.as_str()));
    acting.allow(Action::EditLaw, &of_state).await?;
    checked_law(&acting.app.registers, entry)?;
    let mut act = begin!(acting, acting.context(Action::EditLaw)?);
    let id = law::insert(&mut act, entry).await?;
    act.about(id);
    act.commit(&id).await?;
    Ok(id)
}

/// Files how far one's State has come towards an instrument (R007).
///
/// # Errors
/// [`Refused`]; a State that is a party has nothing left to file.
pub async fn file_obstacle(
    acting: &Acting<'_>,
    report: &RatificationReport,
) -> Result<ObstacleReportId, Refused> {
    let of_state = Resource::region().in_state(Some(report.state.as_str()));
    acting.allow(Action::FileObstacle, &of_state).await?;
    let registers = &acting.app.registers;
    known_instrument(registers, report.instrument.as_str())?;
    known_state(registers, "state", report.state)?;
    let mut act = begin!(acting, acting.context(Action::FileObstacle)?);
    let stored = adherence::of_instrument(&act, &report.instrument).await?;
    if let Err(why) = report.check(&stored) {
        act.give_up().await?;
        return Err(refused("stage", why));
    }
    let id = obstacle::insert(&mut act, report).await?;
    act.about(id);
    act.commit(&id).await?;
    Ok(id)
}

pub(super) fn checked_adoption(registers: &Registers, entry: &AdoptionOf) -> Result<(), Refused> {
    if !registers.model_texts.iter().any(|model| model.key == entry.model) {
        return Err(refused(
            "model",
            format!("`{}` is not a model text of the register", entry.model),
        ));
    }
    known_state(registers, "state", entry.adoption.state)
}

/// Enters who used a model text (R013).
///
/// # Errors
/// [`Refused`].
pub async fn enter_adoption(
    acting: &Acting<'_>,
    entry: &AdoptionOf,
) -> Result<AdoptionId, Refused> {
    acting.allow(Action::EditRegister, &Resource::region()).await?;
    checked_adoption(&acting.app.registers, entry)?;
    let mut act = begin!(acting, acting.context(Action::EditRegister)?);
    let id = model_adoption::insert(&mut act, entry).await?;
    act.about(id);
    act.commit(&id).await?;
    Ok(id)
}

pub(super) fn checked_statement(
    acting: &Acting<'_>,
    entry: &RegisterStatement,
) -> Result<(), Refused> {
    let field = entry.field.as_str();
    let of_profile = acting.app.content.mechanisms().get(&entry.id).is_some_and(|profile| {
        entry.about == About::Mechanism && profile.statements.iter().any(|one| one.id == field)
    });
    if !of_profile && !entry.about.fields().contains(&field) {
        return Err(Refused::field("field", Message::new("error-choose")));
    }
    let day = PartialDate::parse(entry.said.value.trim());
    if entry.about == About::ModelText && field == "introduced" && day.is_none() {
        return Err(Refused::field("value", Message::new("error-partial-date")));
    }
    palermo_domain::register::provenance::check_source(&entry.said.provenance.source)
        .map_err(|why| refused("source", why))
}

/// Whether a record a statement can be about is there.
///
/// # Errors
/// [`Refused::NotFound`] if it is not.
pub async fn record_known(acting: &Acting<'_>, about: About, id: &str) -> Result<(), Refused> {
    let app = acting.app;
    let known = match about {
        About::Mechanism => app.content.mechanisms().get(id).is_some(),
        About::Instrument => app.registers.instruments.get(id).is_some(),
        About::ModelText => app.registers.model_texts.iter().any(|model| model.key == id),
        About::State => id.parse().is_ok_and(|code| app.registers.states.get(code).is_some()),
        About::Agreement => {
            let shipped = app.registers.agreements.iter().any(|one| one.key == id);
            let entered = agreement::list(&app.store, None).await?;
            shipped || entered.iter().any(|one| one.record.entry.key == id)
        }
    };
    if known { Ok(()) } else { Err(Refused::NotFound) }
}

/// Adds a statement beside what the register says (R015).
///
/// # Errors
/// [`Refused`].
pub async fn enter_statement(
    acting: &Acting<'_>,
    entry: &RegisterStatement,
) -> Result<StatementId, Refused> {
    acting.allow(Action::EditRegister, &Resource::region()).await?;
    record_known(acting, entry.about, &entry.id).await?;
    checked_statement(acting, entry)?;
    let mut act = begin!(acting, acting.context(Action::EditRegister)?);
    let id = statement::insert(&mut act, entry).await?;
    act.about(id);
    act.commit(&id).await?;
    Ok(id)
}
