//! The rights of a child end with two people (R3): one says what shows an adult, in
//! words that are sealed, another agrees. Until then someone stays a child for every
//! rule; agreed to, it takes effect at once.

use super::{CaseFile, Opened, particulars, related};
use crate::{
    Acting, Message, Refused,
    access::{Action, Resource},
    two_person::{self, Question},
};
use palermo_domain::{
    case::{
        age::{AgeDenied, AgeGround, AgeSaid},
        event::Event,
        person::{AgeGroup, Person},
        related::Related,
    },
    compartment::Compartment,
    id::{AccountId, CaseId, EventId, Id, PersonId, TenantId},
    moment::Moment,
    purpose::Purpose,
    two_person::{Approval, ApprovalState},
};
use palermo_store::{
    Act, Db, Versioned, approval as approvals,
    case::{event as events, file as files, person as persons, record, team as teams},
    keys::sealed::Place,
};
use serde::{Deserialize, Serialize};

/// The fact by which an event keeps the year of birth that goes with it.
pub(super) const YEAR: &str = "birth_year";

/// How far a change of particulars got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Saved {
    /// Everything is as it was typed.
    Done,
    /// Everything but the age, about which a second person was asked.
    SecondAsked,
}

/// What the second person agrees to: this ground, in the words of this event, for this
/// person, whose age stands as it did. What is said anew is another question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) ground: AgeGround,
    pub(super) before: AgeGroup,
    pub(super) event: EventId,
    pub(super) case: CaseId,
    pub(super) person: PersonId,
}

impl Asked {
    /// As a question names it: by ids, never by name.
    fn subject(&self) -> String {
        let Self { ground, before, event, case, person } = self;
        let (ground, before) = (ground.code(), before.code());
        format!("{ground}:{before}:{event}:{case}:{}:{person}", PersonId::KIND)
    }

    pub(super) fn read(subject: &str) -> Option<Self> {
        let mut parts = subject.split(':');
        let ground = AgeGround::from_code(parts.next()?)?;
        let before = AgeGroup::from_code(parts.next()?)?;
        let event = parts.next()?.parse().ok()?;
        let case = parts.next()?.parse().ok()?;
        let person = parts.nth(1)?.parse().ok()?;
        Some(Self { ground, before, event, case, person })
    }

    /// Where the words are sealed: under the key of whom they are about.
    pub(super) fn words(&self) -> Place {
        Place {
            person: self.person,
            table: events::TABLE,
            record: self.event.uuid(),
            field: "text",
            compartment: Compartment::Care,
        }
    }
}

/// The ground a question names.
pub(crate) fn ground_of(subject: &str) -> Option<&'static str> {
    Asked::read(subject).map(|asked| asked.ground.code())
}

/// What an event of asking says, besides the words.
pub(super) fn with_facts(event: Event, ground: AgeGround, birth_year: Option<u16>) -> Event {
    let rule = AgeDenied::RULE;
    let event = event
        .with("age_ground", ground.code())
        .with("of_rule", format!("R{}", rule.number))
        .with("source", rule.source);
    match birth_year {
        Some(year) => event.with(YEAR, year.to_string()),
        None => event,
    }
}

/// Goes on only if a second person can be asked about someone of this case, or someone
/// who is kept secret beside it.
///
/// # Errors
/// [`Refused::Invalid`] beside the age where nobody else may agree.
pub(super) async fn may_ask(
    acting: &Acting<'_>,
    file: &CaseFile,
    secret: bool,
) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::EndChildRights, &Resource::of(tenant)).await?;
    if two_person::someone_else(acting, Action::EndChildRights, file, secret).await? {
        return Ok(());
    }
    let roles = two_person::roles_named(acting, Action::EndChildRights);
    Err(Refused::field("age", Message::new("error-nobody-may-agree").with("roles", roles)))
}

/// Goes on only if no question about this person waits, as this act sees it.
///
/// # Errors
/// [`Refused::Invalid`] beside the age while one does.
pub(super) async fn not_asked(act: &Act, case: CaseId, person: PersonId) -> Result<(), Refused> {
    match open_about(act, (act.tenant(), case), person, act.now()).await? {
        Some(_) => Err(Refused::field("age", Message::new("error-asked-already"))),
        None => Ok(()),
    }
}

/// Asks the second person, once the words are kept. The form's name is spent on those;
/// asking someone is an act of its own.
pub(super) async fn ask(acting: &Acting<'_>, asked: Asked) -> Result<(), Refused> {
    let asking = Acting { once: None, ..acting.clone() };
    two_person::ask(&asking, Action::EndChildRights, &asked.subject()).await.map(drop)
}

/// The question about this person that waits for its second one.
async fn open_about(
    db: &dyn Db,
    (tenant, case): (TenantId, CaseId),
    person: PersonId,
    now: Moment,
) -> Result<Option<(Asked, Versioned<Approval>)>, Refused> {
    let all = approvals::open(db, tenant, Action::EndChildRights.code(), now).await?;
    Ok(all.into_iter().filter(|one| one.record.state(now) == ApprovalState::Asked).find_map(
        |one| {
            let asked = Asked::read(&one.record.subject)?;
            (asked.case == case && asked.person == person).then_some((asked, one))
        },
    ))
}

/// What waits for a second person, as the team sees it.
#[derive(Debug, Clone)]
pub struct Waits {
    /// The question.
    pub question: Question,
    /// What shows an adult.
    pub ground: AgeGround,
    /// Who found it and from what, where the reader's key opens it.
    pub words: Option<String>,
}

/// What waits about a person of this case; nothing for whoever has no part in it.
///
/// # Errors
/// When the database does not answer.
pub async fn waits(
    acting: &Acting<'_>,
    opened: &Opened,
    person: PersonId,
) -> Result<Option<Waits>, Refused> {
    let of = (opened.file.case.record.tenant, opened.file.id());
    let now = acting.now();
    let Some((asked, approval)) = open_about(&opened.read, of, person, now).await? else {
        return Ok(None);
    };
    let Some(question) = two_person::question(acting, approval).await? else { return Ok(None) };
    let words = opened.text(asked.words()).await?;
    Ok(Some(Waits { question, ground: asked.ground, words }))
}

/// Whether someone may learn that a question waits: of a sealed record its team alone
/// (E11), of a related person who is kept secret those who may see them.
pub(crate) async fn may_learn(
    acting: &Acting<'_>,
    account: AccountId,
    subject: &str,
) -> Result<bool, Refused> {
    let (tenant, _) = acting.member()?;
    let store = &acting.app.store;
    let Some(asked) = Asked::read(subject) else { return Ok(false) };
    let Some(case) = files::find(store, tenant, asked.case).await? else { return Ok(false) };
    let team = teams::of_case(store, tenant, asked.case).await?;
    let mut team = team.into_iter().filter(|one| one.holds_at(acting.now()));
    let part = team.find(|one| one.account == account).map(|one| one.part);
    if case.record.person != asked.person {
        let beside = beside(store, tenant, &asked).await?;
        if beside.is_none_or(|one| !one.record.is_open_to(part)) {
            return Ok(false);
        }
    }
    Ok(!case.record.sealed || part.is_some())
}

/// What a question is about, in words that name no person.
pub(crate) fn in_a_word(subject: &str) -> String {
    Asked::read(subject).map(|asked| palermo_domain::case::number(asked.case)).unwrap_or_default()
}

/// The related person a question is about.
async fn beside(
    db: &dyn Db,
    tenant: TenantId,
    asked: &Asked,
) -> Result<Option<Versioned<Related>>, Refused> {
    let all = record::of_case::<Related>(db, tenant, asked.case).await?;
    Ok(all.into_iter().find(|one| one.record.person == asked.person))
}

fn no_longer() -> Refused {
    Refused::Declined(Message::new("error-not-waiting"))
}

/// The person as an adult, if nothing that was written meanwhile speaks against it.
fn grown(
    before: &Person,
    asked: &Asked,
    told: Option<&Event>,
    year: i32,
) -> Result<Person, Refused> {
    if !before.age.has_the_rights_of_a_child() {
        return Err(no_longer());
    }
    let told = told.ok_or_else(no_longer)?;
    let typed = told.facts.get(YEAR).and_then(|year| year.parse::<u16>().ok());
    let birth_year = typed.or(before.birth_year);
    let said = AgeSaid {
        before: before.age,
        after: AgeGroup::Adult,
        birth_year,
        changed: true,
        this_year: year,
        ground: Some(asked.ground),
        in_words: true,
    };
    if let Some(denied) = said.check().err().and_then(|all| all.into_iter().next()) {
        let year = birth_year.map(|year| year.to_string()).unwrap_or_default();
        let why = Message::new(denied.message()).by(AgeDenied::RULE).with("year", year);
        return Err(Refused::Declined(why));
    }
    Ok(Person { age: AgeGroup::Adult, birth_year, ..before.clone() })
}

/// Ends the rights of a child in the act with which the second person agrees.
///
/// # Errors
/// [`Refused::Declined`] where they ended meanwhile, or something written since speaks
/// against it.
pub(crate) async fn carry_out(
    acting: &Acting<'_>,
    act: &mut Act,
    subject: &str,
) -> Result<(), Refused> {
    let tenant = act.tenant();
    let asked = Asked::read(subject).ok_or_else(no_longer)?;
    let case = files::find(&*act, tenant, asked.case).await?.ok_or_else(no_longer)?;
    let team = teams::of_case(&*act, tenant, asked.case).await?;
    let found = persons::find(&*act, tenant, asked.person).await?.ok_or_else(no_longer)?;
    // Whoever wrote the age anew meanwhile has said something else.
    if found.record.is_erased() || found.record.age != asked.before {
        return Err(no_longer());
    }
    let history = events::whole(&*act, tenant, asked.case).await?;
    let told = history.iter().find(|event| event.id == asked.event);
    let after = grown(&found.record, &asked, told, act.now().date().year())?;
    act.about(asked.case);
    act.about(asked.person);
    persons::update(act, &after, found.revision).await?;
    if case.record.person != asked.person {
        let beside = beside(&*act, tenant, &asked).await?.ok_or_else(no_longer)?;
        return related::shown_adult(act, &beside.record, asked.ground).await;
    }
    let file = CaseFile { case, person: found, team, purpose: Purpose::Care };
    crate::care::write::age_corrected(acting, act, &file, AgeGroup::Adult).await?;
    particulars::shown_adult(act, &file, &after, asked.ground).await
}
