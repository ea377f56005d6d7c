//! Entries of the registers made by hand. Each is checked by the rules of the
//! domain, belongs to the organisation that makes it, and is one act.

use super::Registers;
use crate::{
    access::{Action, Resource, Subject},
    acting::Acting,
    begin,
    refused::{Message, Problems, Refused},
};
use palermo_domain::{
    id::{AdoptionId, AgreementId, LawEntryId, ObstacleReportId, StatementId},
    moment::Moment,
    register::{
        agreement::{Agreement, AgreementRefused},
        day::Day,
        law::{LawEntry, LawEntryRefused},
        model_text::AdoptionOf,
        provenance::{PartialDate, check_source},
        ratification::{RatificationReport, ReportRefused},
        state::StateCode,
        statement::{About, RegisterStatement},
    },
};
use palermo_store::{
    Act, Revision,
    register::{adherence, agreement, law, model_adoption, obstacle, past, statement},
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
    Err(Refused::field(field, Message::new("error-unknown-state").with("code", code)))
}

pub(super) fn known_instrument(registers: &Registers, id: &str) -> Result<(), Refused> {
    if registers.instruments.get(id).is_some() {
        return Ok(());
    }
    Err(Refused::field("instrument", Message::new("error-unknown-instrument").with("id", id)))
}

/// The field an agreement's problem stands beside, and its words. A party is named by
/// its code form; a page puts its name there.
fn beside(why: AgreementRefused) -> (&'static str, Message) {
    match why {
        AgreementRefused::OneParty => ("parties", Message::new("error-agreement-one-party")),
        AgreementRefused::PartyTwice(party) => {
            ("parties", Message::new("error-agreement-party-twice").with("party", party))
        }
        AgreementRefused::NoNeedsAssessment => {
            ("status", Message::new("error-agreement-needs-assessment"))
        }
        AgreementRefused::NotAKey(key) => {
            ("key", Message::new("error-agreement-key").with("key", key))
        }
        AgreementRefused::InForceBeforeSigned { in_force, signed } => {
            let message = Message::new("error-agreement-in-force-early");
            ("in_force", message.with("in_force", in_force).with("signed", signed))
        }
        AgreementRefused::EndsBeforeSigned { .. } => {
            ("ends", Message::new("error-ends-before-signed"))
        }
        AgreementRefused::PeriodBackwards { .. } => {
            ("to", Message::new("error-ends-before-it-begins"))
        }
    }
}

/// Everything that is wrong with an agreement, each beside its field.
#[must_use]
pub fn agreement_problems(acting: &Acting<'_>, record: &Agreement) -> Problems {
    let mut problems = Problems::default();
    for (field, message) in record.problems().into_iter().map(beside) {
        problems.add(field, message);
    }
    let today: Day = acting.now().date().into();
    if let Some(needs) = &record.needs_assessment
        && needs.finished.first_day() > today
    {
        let message = Message::new("error-in-the-future").with("date", needs.finished);
        problems.add("needs_finished", message);
    }
    let registers = &acting.app.registers;
    if let Some(helper) = &record.facilitated_by
        && acting.app.content.mechanisms().get(helper).is_none()
    {
        problems.add("facilitated_by", Message::new("error-choose"));
    }
    for code in record.states() {
        if let Err(Refused::Invalid(found)) = known_state(registers, "parties", code) {
            problems.0.extend(found.0);
        }
    }
    problems
}

fn checked_agreement(acting: &Acting<'_>, record: &Agreement) -> Result<(), Refused> {
    agreement_problems(acting, record).none()
}

/// The register in which what agreements said before is kept.
const AGREEMENTS: &str = "agreements";

/// What an agreement said before it was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastAgreement {
    /// The agreement as it stood.
    pub agreement: Agreement,
    /// When it stopped saying so.
    pub until: Moment,
}

async fn keep(act: &mut Act, id: AgreementId, before: &Agreement) -> Result<(), Refused> {
    let body =
        serde_json::to_value(before).map_err(|error| Refused::Unavailable(error.to_string()))?;
    Ok(past::keep(act, AGREEMENTS, id, body, None).await?)
}

/// What the agreement of this short name said before one's own organisation changed
/// it, newest first.
///
/// # Errors
/// What access or the store refuse.
pub async fn past_agreements(
    acting: &Acting<'_>,
    key: &str,
) -> Result<Vec<PastAgreement>, Refused> {
    let own = Resource::region().in_state(acting.subject.state.as_deref());
    acting.allow(Action::EditAgreement, &own).await?;
    let (tenant, _) = acting.member()?;
    let mut all = Vec::new();
    for one in past::list(&acting.app.store, tenant, AGREEMENTS).await? {
        let agreement: Agreement = serde_json::from_value(one.body)
            .map_err(|error| Refused::Unavailable(error.to_string()))?;
        if agreement.key == key {
            all.push(PastAgreement { agreement, until: one.until });
        }
    }
    Ok(all)
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
    let shipped = shipped.iter().find(|one| one.key == record.key);
    if let Some(shipped) = shipped {
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
    if let Some(shipped) = shipped {
        keep(&mut act, id, shipped).await?;
    }
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
    let said = agreement::find(&act, tenant, id).await?.ok_or(Refused::NotFound)?;
    keep(&mut act, id, &said.record.entry).await?;
    let now = agreement::update(&mut act, id, record, seen).await?;
    act.commit(&now).await?;
    Ok(now)
}

pub(super) fn checked_law(registers: &Registers, entry: &LawEntry) -> Result<(), Refused> {
    known_state(registers, "state", entry.state)?;
    law_problems(entry).none()
}

/// What is wrong with an entry on national law, each beside its field.
pub(crate) fn law_problems(entry: &LawEntry) -> Problems {
    let mut problems = Problems::default();
    match entry.check() {
        Ok(()) => {}
        Err(LawEntryRefused::NotATopicOfLaw(_)) => {
            problems.add("topic", Message::new("error-choose"));
        }
        Err(LawEntryRefused::NoArticle(_)) => {
            let empty =
                |text: &Option<String>| text.as_deref().is_none_or(|text| text.trim().is_empty());
            if empty(&entry.law) {
                problems.add("law", Message::new("error-law-missing"));
            }
            if empty(&entry.article) {
                problems.add("article", Message::new("error-law-article-missing"));
            }
        }
    }
    problems
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
        let (field, message) = report_problem(&why);
        return Err(Refused::field(field, message));
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

/// A source one can look up.
pub(super) fn checked_source(source: &str) -> Result<(), Refused> {
    check_source(source).map_err(|_| Refused::field("source", Message::new("error-source")))
}

/// The field a report's problem stands beside, and its words.
pub(crate) fn report_problem(why: &ReportRefused) -> (&'static str, Message) {
    match why {
        ReportRefused::AlreadyParty { since, .. } => {
            ("stage", Message::new("error-obstacle-party").with("since", since))
        }
        ReportRefused::OtherWithoutWords => ("words", Message::new("error-obstacle-words")),
    }
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
    checked_source(&entry.said.provenance.source)
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
