//! Opening cases: four answers a person, nothing else. Support may start with
//! the first of them (R2); what cannot wait becomes work due within the hour.

use super::{resource, tell};
use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    case::{
        Case, Phase, UrgentNeed,
        person::{AgeGroup, Person},
        status::VictimStatus,
        team::{TeamMember, TeamPart},
    },
    compartment::Compartment,
    id::{AccountId, CaseId, Id, IncidentId, PersonId, TaskId, TenantId},
    moment::Moment,
    purpose::Purpose,
    task::Task,
};
use palermo_store::{
    Act, UnlockedVault,
    case::{
        event as events, file as files, incident as incidents, person as persons, team as teams,
    },
    keys::{bulk, sealed::Place},
    task as tasks,
};
use std::time::Duration;

/// How soon what cannot wait is due.
const AT_ONCE: Duration = Duration::from_secs(3600);
/// Most persons opened with one form: a bus and some more.
pub const MOST_AT_ONCE: usize = 60;

/// The four answers about one person.
#[derive(Debug, Clone, Default)]
pub struct FirstAnswers {
    /// What to call them; any name, or none.
    pub name: String,
    /// `adult`, `child` or `unsure`.
    pub age: String,
    /// Language they want to be spoken to in (BCP 47).
    pub language: String,
    /// What cannot wait.
    pub urgent: Vec<String>,
}

/// What someone typed to open one case or several.
#[derive(Debug, Clone, Default)]
pub struct OpenForm {
    /// A person a row.
    pub persons: Vec<FirstAnswers>,
    /// When they were met; now, if empty.
    pub happened: Option<Moment>,
    /// The incident they come from.
    pub incident: Option<IncidentId>,
    /// A sealed record from the start (E11).
    pub sealed: bool,
}

/// The answers about one person, checked.
#[derive(Debug, Clone)]
pub struct First {
    /// What to call them; may be empty.
    pub name: String,
    /// Age group.
    pub age: AgeGroup,
    /// Language.
    pub language: String,
    /// What cannot wait.
    pub urgent: Vec<UrgentNeed>,
}

impl FirstAnswers {
    /// Checks the answers; `suffix` tells rows of one form apart.
    pub fn parse(&self, suffix: &str, problems: &mut Problems) -> Option<First> {
        let before = problems.0.len();
        let field = |name: &str| format!("{name}{suffix}");
        let name = problems.bounded(&field("name"), &self.name, 200);
        let age = AgeGroup::from_code(&self.age);
        if age.is_none() {
            problems.add(&field("age"), Message::new("case-error-age"));
        }
        let language = problems.required(&field("language"), &self.language, 35);
        if !language.is_empty() && !crate::desk::is_language(&language) {
            let message = Message::new("error-language-code").with("code", &language);
            problems.add(&field("language"), message);
        }
        let mut urgent = Vec::new();
        for code in &self.urgent {
            match UrgentNeed::from_code(code) {
                Some(need) => urgent.push(need),
                None => problems.add(&field("urgent"), Message::new("error-choose")),
            }
        }
        if problems.0.len() > before {
            return None;
        }
        age.map(|age| First { name, age, language, urgent })
    }
}

/// Opens a case for each person. Whoever opens leads. The same form sent twice
/// opens them once.
///
/// # Errors
/// Every problem of the form at once, the row behind the field's name
/// (`age-2`); [`Refused::UnlockNeeded`] when one's key does not open identity.
pub async fn open(
    acting: &Acting<'_>,
    vault: &UnlockedVault,
    form: &OpenForm,
    purpose: Purpose,
) -> Result<Vec<CaseId>, Refused> {
    let (tenant, account) = acting.member()?;
    acting.allow_for(Action::OpenCase, &Resource::of(tenant), Some(purpose)).await?;
    let many = form.persons.len() > 1;
    let mut problems = Problems::default();
    let mut answers = Vec::new();
    for (row, person) in form.persons.iter().enumerate() {
        let suffix = if many { format!("-{}", row + 1) } else { String::new() };
        answers.extend(person.parse(&suffix, &mut problems));
    }
    if form.persons.is_empty() || form.persons.len() > MOST_AT_ONCE {
        problems.add("persons", Message::new("case-error-how-many").with("most", MOST_AT_ONCE));
    }
    let now = acting.now();
    if form.happened.is_some_and(|at| at > now) {
        problems.add("happened", Message::new("case-error-future"));
    }
    problems.none()?;
    if let Some(incident) = form.incident {
        incidents::find(&acting.app.store, tenant, incident).await?.ok_or(Refused::NotFound)?;
    }
    let context = acting.context(Action::OpenCase)?.for_purpose(purpose);
    let context = match form.happened {
        Some(at) => context.happened(at),
        None => context,
    };
    let mut act = begin!(acting, context);
    let opening = Opening {
        tenant,
        account,
        incident: form.incident,
        happened_at: form.happened.unwrap_or(act.now()),
        sealed: form.sealed,
    };
    let opened = opening.all(&mut act, vault, &answers).await?;
    for (case, first) in opened.iter().zip(&answers) {
        urgent_work(acting, &mut act, case, first, account).await?;
    }
    let ids: Vec<CaseId> = opened.iter().map(|case| case.id).collect();
    act.commit(&ids).await?;
    Ok(ids)
}

/// Opens one case inside an act of another area: whoever acts leads it.
///
/// # Errors
/// [`Refused::UnlockNeeded`] when the key does not open identity.
pub(super) async fn open_one(
    acting: &Acting<'_>,
    act: &mut Act,
    vault: &UnlockedVault,
    first: &First,
    account: AccountId,
) -> Result<Case, Refused> {
    let now = act.now();
    open_at(acting, act, vault, first, (account, now)).await
}

/// The same of someone met at another moment than now.
///
/// # Errors
/// [`Refused::UnlockNeeded`] when the key does not open identity.
pub(crate) async fn open_at(
    acting: &Acting<'_>,
    act: &mut Act,
    vault: &UnlockedVault,
    first: &First,
    (account, happened_at): (AccountId, Moment),
) -> Result<Case, Refused> {
    let opening =
        Opening { tenant: act.tenant(), account, incident: None, happened_at, sealed: false };
    let opened = opening.all(act, vault, std::slice::from_ref(first)).await?;
    let case = opened.into_iter().next().ok_or(Refused::NotFound)?;
    urgent_work(acting, act, &case, first, account).await?;
    Ok(case)
}

struct Opening {
    tenant: TenantId,
    account: AccountId,
    incident: Option<IncidentId>,
    happened_at: Moment,
    sealed: bool,
}

impl Opening {
    async fn all(
        &self,
        act: &mut Act,
        vault: &UnlockedVault,
        answers: &[First],
    ) -> Result<Vec<Case>, Refused> {
        let now = act.now();
        let people: Vec<Person> = answers
            .iter()
            .map(|first| Person {
                tenant: self.tenant,
                id: act.new_id(),
                age: first.age,
                birth_year: None,
                sex: None,
                language: first.language.clone(),
                communication: Vec::new(),
                may_be_looked_for: None,
                recorded_at: now,
            })
            .collect();
        let ids: Vec<PersonId> = people.iter().map(|person| person.id).collect();
        let fresh =
            bulk::create(act, vault, &ids, &[Compartment::Care, Compartment::Identity]).await?;
        persons::insert_many(act, &people).await?;
        let mut cases = Vec::new();
        for (person, first) in people.iter().zip(answers) {
            cases.push(self.case(act, person.id, first));
        }
        files::insert_many(act, &cases).await?;
        let team: Vec<TeamMember> = cases
            .iter()
            .map(|case| TeamMember {
                tenant: self.tenant,
                case: case.id,
                account: self.account,
                part: TeamPart::Lead,
                from: self.happened_at,
                until: None,
            })
            .collect();
        teams::insert_many(act, &team).await?;
        let story: Vec<_> = cases
            .iter()
            .map(|case| events::new(act, case.id, "opened").happened(self.happened_at))
            .collect();
        events::insert_many(act, &story).await?;
        let named: Vec<_> =
            ids.iter().zip(answers).filter(|(_, first)| !first.name.is_empty()).collect();
        let values: Vec<_> =
            named.iter().map(|(id, first)| (name_place(**id), first.name.as_bytes())).collect();
        bulk::put(act, &fresh, &values).await?;
        let found: Vec<_> =
            named.iter().map(|(id, first)| (**id, vec![first.name.as_str()])).collect();
        bulk::put_names(act, &fresh, &found).await?;
        for case in &cases {
            act.about(case.id);
            act.about(case.person);
        }
        Ok(cases)
    }

    fn case(&self, act: &Act, person: PersonId, first: &First) -> Case {
        Case {
            tenant: self.tenant,
            id: act.new_id(),
            person,
            incident: self.incident,
            episode: 1,
            // Protection starts with the presumption, before any decision (R087).
            status: VictimStatus::Presumed,
            phase: Phase::Open,
            urgent: first.urgent.clone(),
            sealed: self.sealed,
            happened_at: self.happened_at,
            recorded_at: act.now(),
            opened_by: Some(self.account),
            closed_at: None,
            closure: None,
            last_service_at: None,
        }
    }
}

/// Where the name a person is called by is sealed.
#[must_use]
pub const fn name_place_table() -> &'static str {
    "person"
}

/// Where the name a person is called by is sealed.
#[must_use]
pub fn name_place(person: PersonId) -> Place {
    Place {
        person,
        table: name_place_table(),
        record: person.uuid(),
        field: "call_name",
        compartment: Compartment::Identity,
    }
}

async fn urgent_work(
    acting: &Acting<'_>,
    act: &mut Act,
    case: &Case,
    first: &First,
    account: AccountId,
) -> Result<(), Refused> {
    let mut work = Vec::new();
    for need in &first.urgent {
        let what =
            acting.app.catalogue.text(acting.language, &format!("case-urgent-{}", need.code()));
        work.push(Task {
            tenant: case.tenant,
            id: act.new_id::<TaskId>(),
            kind: "task-urgent-need".into(),
            subject: Some(case.id.subject()),
            note: format!("{}: {what}", case.number()),
            desk: None,
            assignee: Some(account),
            due_at: Some(act.now().after(AT_ONCE)),
            done_at: None,
            done_by: None,
            recorded_at: act.now(),
        });
    }
    if first.age.has_the_rights_of_a_child() {
        work.push(crate::care::write::guardian_wanted(acting, act, case, account));
    }
    Ok(tasks::insert_many(act, &work).await?)
}

/// Opens a further case of someone known: trafficked again, or back after a
/// year. The earlier episodes stay as they are (R098).
///
/// # Errors
/// [`Refused::NotFound`] unless the earlier case is this person's to see.
pub async fn again(
    acting: &Acting<'_>,
    earlier: CaseId,
    happened: Option<Moment>,
    purpose: Purpose,
) -> Result<CaseId, Refused> {
    let (tenant, account) = acting.member()?;
    let file = super::permitted(acting, earlier, Action::WriteCase, purpose).await?;
    acting.allow_for(Action::OpenCase, &Resource::of(tenant), Some(purpose)).await?;
    if happened.is_some_and(|at| at > acting.now()) {
        return Err(Refused::field("happened", Message::new("case-error-future")));
    }
    let mut act = begin!(acting, file.context(acting, Action::OpenCase)?);
    let person = file.person.record.id;
    let episodes = files::of_person(&act, tenant, person).await?;
    let last = episodes.iter().map(|case| case.record.episode).max().unwrap_or(0);
    let opening = Opening {
        tenant,
        account,
        incident: None,
        happened_at: happened.unwrap_or(act.now()),
        sealed: file.case.record.sealed,
    };
    let nothing = First {
        name: String::new(),
        age: file.person.record.age,
        language: String::new(),
        urgent: Vec::new(),
    };
    let mut case = opening.case(&act, person, &nothing);
    case.episode = last.saturating_add(1);
    files::insert(&mut act, &case).await?;
    let mut places = vec![account];
    places.extend(file.team_at(acting.now()).map(|m| m.account).filter(|a| *a != account));
    for (at, member) in places.into_iter().enumerate() {
        let part = if at == 0 { TeamPart::Lead } else { TeamPart::Member };
        let from = case.happened_at;
        let member = TeamMember { tenant, case: case.id, account: member, part, from, until: None };
        teams::put(&mut act, &member).await?;
    }
    if nothing.age.has_the_rights_of_a_child() {
        let task = crate::care::write::guardian_wanted(acting, &act, &case, account);
        tasks::insert(&mut act, &task).await?;
    }
    let event = events::new(&act, case.id, "opened-again")
        .with("episode", case.episode.to_string())
        .happened(case.happened_at);
    tell(&mut act, None, person, event, None).await?;
    act.about(case.id);
    act.commit(&case.id).await?;
    Ok(case.id)
}

/// Whether the reader may open cases, for buttons.
#[must_use]
pub fn may_open(acting: &Acting<'_>, purpose: Purpose) -> bool {
    let Ok((tenant, _)) = acting.member() else { return false };
    acting.may_for(Action::OpenCase, &Resource::of(tenant), purpose).allowed
}

/// Whether the reader may write in this case, for buttons.
#[must_use]
pub fn may_write(acting: &Acting<'_>, file: &super::CaseFile) -> bool {
    let about = resource(&file.case.record, &file.team, acting.now());
    acting.may_for(Action::WriteCase, &about, file.purpose).allowed
}

/// Languages to choose from: code and the name its speakers use, so that the
/// person can point at it.
#[must_use]
pub fn languages(acting: &Acting<'_>) -> Vec<(String, String)> {
    let text = acting.app.content.text("languages.csv").unwrap_or_default();
    let lines = text.lines().skip(1).filter_map(|line| line.split_once(','));
    lines.map(|(code, name)| (code.to_owned(), name.trim().to_owned())).collect()
}

/// The own name of a language; its code if it is not on the list.
#[must_use]
pub fn language_name(acting: &Acting<'_>, code: &str) -> String {
    let found = languages(acting).into_iter().find(|(known, _)| known == code);
    found.map_or_else(|| code.to_owned(), |(_, name)| name)
}
