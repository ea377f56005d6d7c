//! Related persons (R238): a child with the person, a newborn, a relative at
//! risk, a witness. Each is a person with keys of their own and no case, so
//! that no count of trafficked persons changes; each has needs, services,
//! protection and secrecy in their own right.

use super::{
    CaseFile, Opened,
    age::{self, Asked, Saved},
    beside::unseal,
    open::name_place,
    particulars::LONGEST,
    permitted, tell,
};
use crate::{Acting, Message, Problems, Refused, access::Action, begin};
use palermo_domain::{
    care::body::RiskLevel,
    case::{
        age::{AgeDenied, AgeGround, AgeSaid, takes_two},
        event::Event,
        person::{AgeGroup, Person},
        related::{BirthRegistration, Related, RelatedEnd, RelatedService, Relation},
        team::TeamPart,
    },
    compartment::Compartment,
    id::{AccountId, CaseId, Id, RelatedId},
    purpose::Purpose,
    register::day::Day,
};
use palermo_store::{
    Act, Revision, UnlockedVault, Versioned,
    case::{event as events, person as persons, record},
    keys::{person as person_keys, sealed},
};
use std::collections::BTreeMap;

/// The list of measures of protection, in the forms of care.
const SAFETY: &str = "safety";
/// The fact by which an event names whom it tells of.
const RELATED: &str = "related";
/// What the history says of one who is kept secret.
const SECRET: &str = "related-secret";

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
    /// How much threatens them, or empty.
    pub risk: String,
    /// What is done for their safety.
    pub protection: Vec<String>,
    /// Whether they are kept secret.
    pub secret: bool,
    /// What shows that one with the rights of a child is an adult (R3).
    pub age_ground: String,
    /// Who found it and from what; sealed under their own key.
    pub age_words: String,
}

/// A related person as the reader may see them.
#[derive(Debug, Clone)]
pub struct Beside {
    /// The record.
    pub related: Versioned<Related>,
    /// What to call them, where the reader's key opens it.
    pub name: Option<String>,
    /// Their age group.
    pub age: AgeGroup,
}

/// Measures of protection that can be named.
#[must_use]
pub fn measures(acting: &Acting<'_>) -> Vec<String> {
    acting.app.care.forms.lists.get(SAFETY).cloned().unwrap_or_default()
}

fn part_of(file: &CaseFile, acting: &Acting<'_>) -> Option<TeamPart> {
    let account: Option<AccountId> = acting.subject.account;
    let mut team = file.team_at(acting.now());
    team.find(|member| Some(member.account) == account).map(|member| member.part)
}

/// What was typed, checked.
fn typed(form: &RelatedForm, mut problems: Problems) -> Result<(Relation, String), Refused> {
    let relation = Relation::from_code(&form.relation);
    if relation.is_none() {
        problems.add("relation", Message::new("error-choose"));
    }
    let name = problems.bounded("name", &form.name, 200);
    problems.none()?;
    Ok((relation.ok_or(Refused::NotFound)?, name))
}

fn birth(form: &RelatedForm) -> BirthRegistration {
    BirthRegistration::from_code(&form.birth).unwrap_or(BirthRegistration::NotApplicable)
}

fn protection(acting: &Acting<'_>, form: &RelatedForm) -> Vec<String> {
    let known = measures(acting);
    form.protection.iter().filter(|one| known.contains(one)).cloned().collect()
}

/// What the history of the case tells of it: of one who is kept secret only that
/// something was written down.
fn event(act: &Act, kind: &str, one: &Related) -> Event {
    if one.secret {
        return events::new(act, one.case, SECRET).happened(act.happened_at());
    }
    events::new(act, one.case, kind)
        .happened(act.happened_at())
        .with("relation", one.relation.code())
        .with("birth", one.birth.code())
        .with(RELATED, one.id.to_string())
}

/// Of one who is kept secret from now on, the history says no more than of one who
/// always was. Events of old name nobody: none of them goes on telling.
async fn hush(act: &mut Act, one: &Related) -> Result<(), Refused> {
    let (tenant, id) = (act.tenant(), one.id.to_string());
    for told in events::whole(&*act, tenant, one.case).await? {
        let tells = told.kind.starts_with("related-") && told.kind != SECRET;
        if tells && told.facts.get(RELATED).is_none_or(|named| *named == id) {
            let hushed = Event { kind: SECRET.into(), facts: BTreeMap::new(), ..told };
            events::overwrite(act, &hushed).await?;
        }
    }
    Ok(())
}

/// Adds a related person.
///
/// # Errors
/// Every problem of the form at once.
pub async fn add(
    acting: &Acting<'_>,
    vault: &UnlockedVault,
    id: CaseId,
    form: &RelatedForm,
    purpose: Purpose,
) -> Result<RelatedId, Refused> {
    let (tenant, _) = acting.member()?;
    let file = permitted(acting, id, Action::WriteCase, purpose).await?;
    let (relation, name) = typed(form, Problems::default())?;
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
        sealed::put(&mut act, vault, name_place(person.id), name.as_bytes()).await?;
    }
    let related = Related {
        tenant,
        id: act.new_id(),
        case: id,
        person: person.id,
        relation,
        needs: form.needs.clone(),
        birth: birth(form),
        nationality_risk: form.nationality_risk,
        services: Vec::new(),
        risk: RiskLevel::from_code(&form.risk),
        protection: protection(acting, form),
        secret: form.secret,
        ended: None,
        recorded_at: act.now(),
    };
    record::insert(&mut act, &related).await?;
    let event = event(&act, "related-added", &related);
    tell(&mut act, None, file.person.record.id, event, None).await?;
    act.about(person.id);
    act.commit(&related.id).await?;
    Ok(related.id)
}

/// Related persons of a case whom the reader may see, those who stand first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_case(acting: &Acting<'_>, opened: &Opened) -> Result<Vec<Beside>, Refused> {
    let case = &opened.file.case.record;
    let part = part_of(&opened.file, acting);
    let mut found = Vec::new();
    for related in record::of_case::<Related>(&opened.read, case.tenant, case.id).await? {
        if !related.record.is_open_to(part) {
            continue;
        }
        let name = opened.text(name_place(related.record.person)).await?;
        let person = persons::find(&opened.read, case.tenant, related.record.person).await?;
        let age = person.map_or(AgeGroup::Unsure, |person| person.record.age);
        found.push(Beside { related, name, age });
    }
    found.sort_by_key(|one| !one.related.record.stands());
    Ok(found)
}

/// How many are beside a case and are not kept secret: for the person's own view.
pub(crate) async fn count(opened: &Opened) -> Result<usize, Refused> {
    let case = &opened.file.case.record;
    let all = record::of_case::<Related>(&opened.read, case.tenant, case.id).await?;
    Ok(all.iter().filter(|one| !one.record.secret).count())
}

/// Loads one for a change, within the act.
async fn one(
    acting: &Acting<'_>,
    act: &Act,
    file: &CaseFile,
    id: RelatedId,
) -> Result<Versioned<Related>, Refused> {
    let found = record::find::<Related>(act, act.tenant(), id.uuid()).await?;
    let part = part_of(file, acting);
    let mine = |one: &Versioned<Related>| {
        one.record.case == file.id() && one.record.is_open_to(part) && one.record.stands()
    };
    found.filter(mine).ok_or(Refused::NotFound)
}

/// By what the rights of a child of one beside the case would end (R3), and the age that
/// stands until then; nothing where they do not.
///
/// # Errors
/// [`Refused::Invalid`] beside the age where nobody else may agree to it.
async fn grown(
    acting: &Acting<'_>,
    file: &CaseFile,
    id: RelatedId,
    form: &RelatedForm,
    problems: &mut Problems,
) -> Result<Option<(AgeGround, AgeGroup)>, Refused> {
    let (store, tenant) = (&acting.app.store, file.case.record.tenant);
    let Some(after) = AgeGroup::from_code(&form.age) else { return Ok(None) };
    let part = part_of(file, acting);
    let mine = |one: &Related| one.case == file.id() && one.is_open_to(part);
    let found = record::find::<Related>(store, tenant, id.uuid()).await?;
    let Some(found) = found.filter(|one| mine(&one.record)) else { return Ok(None) };
    let person = persons::find(store, tenant, found.record.person).await?;
    let Some(before) = person.map(|person| person.record) else { return Ok(None) };
    if !takes_two(before.age, after) {
        return Ok(None);
    }
    let words = problems.bounded("age_words", &form.age_words, LONGEST);
    let said = AgeSaid {
        before: before.age,
        after,
        birth_year: before.birth_year,
        changed: true,
        this_year: acting.now().date().year(),
        ground: AgeGround::from_code(&form.age_ground),
        in_words: !words.is_empty(),
    };
    for denied in said.check().err().unwrap_or_default() {
        let year = before.birth_year.map(|year| year.to_string()).unwrap_or_default();
        let message = Message::new(denied.message()).by(AgeDenied::RULE).with("year", year);
        problems.add(denied.field(), message);
    }
    if problems.0.is_empty() {
        age::may_ask(acting, file, found.record.secret || form.secret).await?;
    }
    Ok(said.ground.map(|ground| (ground, before.age)))
}

/// Keeps the words of what is said to show an adult under the key of whom they are
/// about, and tells the history that a second person is asked; of one who is kept secret
/// only that something was written down.
async fn ask_in(
    act: &mut Act,
    vault: &UnlockedVault,
    one: &Related,
    ((ground, before), words): ((AgeGround, AgeGroup), &str),
) -> Result<Asked, Refused> {
    age::not_asked(act, one.case, one.person).await?;
    let mut event = event(act, "related-age-asked", one);
    if !one.secret {
        event = age::with_facts(event, ground, None);
    }
    let (case, person) = (one.case, one.person);
    let asked = Asked { ground, before, event: event.id, case, person };
    events::insert(act, &event).await?;
    sealed::put(act, vault, asked.words(), words.trim().as_bytes()).await?;
    Ok(asked)
}

/// The history says what showed that one beside the case is an adult, and by which rule.
pub(super) async fn shown_adult(
    act: &mut Act,
    one: &Related,
    ground: AgeGround,
) -> Result<(), Refused> {
    let mut event = event(act, "related-age-shown", one);
    if !one.secret {
        event = age::with_facts(event, ground, None);
    }
    Ok(events::insert(act, &event).await?)
}

/// Changes what is known of a related person; what changed is told in the history. Where
/// their rights of a child would end, the age stays and a second person is asked (R3).
///
/// # Errors
/// Every problem of the form at once; [`Refused::NotFound`] for one whom the
/// reader may not see; [`Refused::Conflict`] if someone changed them since `seen`.
pub async fn change(
    acting: &Acting<'_>,
    vault: &UnlockedVault,
    (id, related): (CaseId, RelatedId),
    form: &RelatedForm,
    seen: Revision,
    purpose: Purpose,
) -> Result<Saved, Refused> {
    let file = permitted(acting, id, Action::WriteCase, purpose).await?;
    let mut problems = Problems::default();
    let grown = grown(acting, &file, related, form, &mut problems).await?;
    let (relation, name) = typed(form, problems)?;
    let mut act = begin!(acting, file.context(acting, Action::WriteCase)?);
    let before = one(acting, &act, &file, related).await?.record;
    let after = Related {
        relation,
        needs: form.needs.clone(),
        birth: birth(form),
        nationality_risk: form.nationality_risk,
        risk: RiskLevel::from_code(&form.risk),
        protection: protection(acting, form),
        secret: form.secret,
        ..before.clone()
    };
    act.about(after.person);
    record::update(&mut act, &after, seen).await?;
    if after.secret && !before.secret {
        hush(&mut act, &after).await?;
    }
    let at = name_place(after.person);
    if name.is_empty() {
        unseal(&mut act, at).await?;
    } else {
        sealed::put(&mut act, vault, at, name.as_bytes()).await?;
    }
    if let Some(age) = AgeGroup::from_code(&form.age).filter(|_| grown.is_none())
        && let Some(person) = persons::find(&act, act.tenant(), after.person).await?
        && person.record.age != age
    {
        // Someone wrote meanwhile that they are a child: that is shown first (R3).
        if takes_two(person.record.age, age) {
            act.give_up().await?;
            return Err(Refused::Conflict);
        }
        let changed = Person { age, ..person.record };
        persons::update(&mut act, &changed, person.revision).await?;
    }
    let kind = if before.birth == after.birth { "related-changed" } else { "related-birth" };
    let event = event(&act, kind, &after);
    tell(&mut act, None, file.person.record.id, event, None).await?;
    let Some(grown) = grown else {
        act.commit(&Saved::Done).await?;
        return Ok(Saved::Done);
    };
    let asked = ask_in(&mut act, vault, &after, (grown, &form.age_words)).await?;
    act.commit(&Saved::SecondAsked).await?;
    age::ask(acting, asked).await?;
    Ok(Saved::SecondAsked)
}

/// Writes down a service they have from today, or ends one that runs.
///
/// # Errors
/// [`Refused::Invalid`] without a service; [`Refused::NotFound`] for one whom the
/// reader may not see.
pub async fn service(
    acting: &Acting<'_>,
    (id, related): (CaseId, RelatedId),
    (service, ends): (&str, bool),
    purpose: Purpose,
) -> Result<(), Refused> {
    let file = permitted(acting, id, Action::WriteCase, purpose).await?;
    let known = acting.app.care.forms.lists.get("service");
    if !known.is_some_and(|known| known.iter().any(|code| code == service)) {
        return Err(Refused::field("service", Message::new("error-choose")));
    }
    let mut act = begin!(acting, file.context(acting, Action::WriteCase)?);
    let found = one(acting, &act, &file, related).await?;
    let mut after = found.record;
    let today: Day = act.now().date().into();
    let runs = after.services.iter_mut().find(|it| it.service == service && it.until.is_none());
    let kind = match (runs, ends) {
        (Some(running), true) => {
            running.until = Some(today);
            "related-service-ended"
        }
        (None, false) => {
            let service = service.to_owned();
            after.services.push(RelatedService { service, since: today, until: None });
            "related-service"
        }
        // It runs already, or has ended: as it was wished.
        (Some(_), false) | (None, true) => {
            act.give_up().await?;
            return Ok(());
        }
    };
    act.about(after.person);
    record::update(&mut act, &after, found.revision).await?;
    let mut event = event(&act, kind, &after);
    if !after.secret {
        event = event.with("service", service);
    }
    tell(&mut act, None, file.person.record.id, event, None).await?;
    Ok(act.commit(&()).await?)
}

/// Says that they are no longer beside the case: what was written stays, and
/// goes with the case's own clock.
///
/// # Errors
/// [`Refused::Invalid`] without a reason.
pub async fn end(
    acting: &Acting<'_>,
    (id, related): (CaseId, RelatedId),
    why: &str,
    purpose: Purpose,
) -> Result<(), Refused> {
    let file = permitted(acting, id, Action::WriteCase, purpose).await?;
    let Some(why) = RelatedEnd::from_code(why) else {
        return Err(Refused::field("why", Message::new("error-choose")));
    };
    let mut act = begin!(acting, file.context(acting, Action::WriteCase)?);
    let found = one(acting, &act, &file, related).await?;
    let mut after = found.record;
    let today: Day = act.now().date().into();
    after.ended = Some((today, why));
    for running in after.services.iter_mut().filter(|it| it.until.is_none()) {
        running.until = Some(today);
    }
    act.about(after.person);
    record::update(&mut act, &after, found.revision).await?;
    let mut event = event(&act, "related-ended", &after);
    if !after.secret {
        event = event.with("related-end", why.code());
    }
    tell(&mut act, None, file.person.record.id, event, None).await?;
    Ok(act.commit(&()).await?)
}
