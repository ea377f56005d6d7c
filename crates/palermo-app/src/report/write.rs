//! Writing a report: opening it, answering, handing sections to ministries,
//! collecting them. Signing off and submitting are `submit.rs`.

use super::{Standing, standing};
use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    id::{AccountId, SubmissionId},
    register::{day::Day, state::StateCode},
    report::{
        Answer, Assignment, Entered, Evidence, Finding, Origin, Question, Questionnaire, Section,
        Submission, SubmissionStatus, WrongValue, read_value, validate,
    },
};
use palermo_store::{
    Revision, Versioned, account as accounts,
    report::{answer as answers, answer::Written, submission as submissions},
};
use std::collections::BTreeMap;

/// A submission with its organisation, as it is listed.
pub type Sheet = Versioned<palermo_store::register::Filed<SubmissionId, Submission>>;

/// A submission opened for writing or reading.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The submission.
    pub sheet: Sheet,
    /// Its questionnaire.
    pub questionnaire: Questionnaire,
    /// Answers by question, with their revisions.
    pub answers: BTreeMap<String, Versioned<Written>>,
    /// Sections the reader may write; all of them for the contact person.
    pub writable: Vec<String>,
    /// Sections the reader sees: a section author only the own ones (R045).
    pub visible: Vec<String>,
    /// What is wrong now.
    pub findings: Vec<Finding>,
}

impl Opened {
    /// The answers without their revisions.
    #[must_use]
    pub fn plain(&self) -> BTreeMap<String, Answer> {
        self.answers.iter().map(|(code, one)| (code.clone(), one.record.answer.clone())).collect()
    }
}

/// What someone typed as an answer.
#[derive(Debug, Clone, Default)]
pub struct AnswerForm {
    /// The value or values.
    pub value: Vec<String>,
    /// Explanation.
    pub explanation: String,
    /// Evidence, one a line; after a bar a link.
    pub evidence: String,
    /// Help needed.
    pub need: String,
    /// Unit, where it is another than asked for.
    pub unit: String,
    /// Definition and counting rule.
    pub definition: String,
    /// Whether it is confidential.
    pub confidential: bool,
    /// Where the value was taken from, if it was offered.
    pub origin: Origin,
    /// Why a value Palermo found was replaced.
    pub overridden: String,
    /// The revision the form was opened with; empty if there was no answer.
    pub revision: String,
}

/// What someone typed about handing out a section.
#[derive(Debug, Clone, Default)]
pub struct AssignForm {
    /// Account of the author.
    pub account: String,
    /// Ministry or agency.
    pub unit: String,
    /// Last day.
    pub due: String,
}

pub(super) fn of_state(submission: &Submission) -> Resource {
    Resource::region().in_state(Some(submission.state.as_str()))
}

/// Submissions the reader may see: the own State's, and for the secretariat
/// those it entered itself.
///
/// # Errors
/// When the store does not answer.
pub async fn sheets(acting: &Acting<'_>) -> Result<Vec<Sheet>, Refused> {
    let (tenant, _) = acting.member()?;
    let all = submissions::list(&acting.app.store, None).await?;
    Ok(all.into_iter().filter(|one| one.record.tenant == tenant).collect())
}

/// Begins a State's report: with first values from what Palermo holds, and
/// with last year's sections.
///
/// # Errors
/// [`Refused::Declined`] if it was begun before.
pub async fn open(
    acting: &Acting<'_>,
    questionnaire: &str,
    period: i32,
) -> Result<SubmissionId, Refused> {
    let state = acting.subject.state.clone().ok_or(Refused::NotFound)?;
    let resource = Resource::region().in_state(Some(&state));
    acting.allow(Action::EditReport, &resource).await?;
    let state: StateCode = state.parse().map_err(|_| Refused::NotFound)?;
    if !(1990..2200).contains(&period) {
        return Err(Refused::field("period", Message::new("error-year")));
    }
    let all = super::questionnaire(acting.app, questionnaire).await?;
    let there = submissions::list(&acting.app.store, Some(questionnaire)).await?;
    let same = |one: &&Sheet| {
        one.record.entry.state == state
            && one.record.entry.period == period
            && one.record.entry.entered == Entered::State
    };
    if there.iter().find(same).is_some() {
        return Err(Refused::field("period", Message::new("error-report-there")));
    }
    let found = super::prefill(acting.app, &all, state, period).await?;
    let record = Submission {
        state,
        questionnaire: all.id.clone(),
        questionnaire_version: all.version,
        period,
        language: acting.language.code().to_owned(),
        status: SubmissionStatus::Draft,
        no_data: BTreeMap::new(),
        assigned: BTreeMap::new(),
        entered: Entered::State,
        signed: None,
        versions: 0,
    };
    let mut act = begin!(acting, acting.context(Action::EditReport)?);
    let id = submissions::insert(&mut act, &record).await?;
    let at = act.now();
    let written: Vec<Written> = found
        .into_iter()
        .map(|one| Written { code: one.code, answer: one.answer, at, by: "Palermo".into() })
        .collect();
    answers::insert(&mut act, id, &written).await?;
    act.about(id);
    act.commit(&id).await?;
    Ok(id)
}

/// Opens a submission of one's own organisation.
///
/// # Errors
/// [`Refused::NotFound`] for one of another organisation.
pub async fn opened(acting: &Acting<'_>, id: SubmissionId) -> Result<Opened, Refused> {
    let (tenant, account) = acting.member()?;
    let store = &acting.app.store;
    let sheet = submissions::find(store, tenant, id).await?.ok_or(Refused::NotFound)?;
    let record = &sheet.record.entry;
    let resource = of_state(record);
    let entered_here = matches!(record.entered, Entered::Secretariat { .. });
    let all = acting.may(Action::EditReport, &resource).allowed
        || (entered_here && acting.may(Action::ReceiveReports, &Resource::region()).allowed);
    let own: Vec<String> = record
        .assigned
        .iter()
        .filter(|(_, one)| one.account == account)
        .map(|(section, _)| section.clone())
        .collect();
    if !all && own.is_empty() {
        acting.allow(Action::EditReport, &resource).await?;
    }
    if !all {
        acting.allow(Action::WriteSection, &resource).await?;
    }
    let questionnaire =
        super::questionnaire_at(acting.app, &record.questionnaire, record.questionnaire_version)
            .await?;
    let every = || questionnaire.sections.iter().map(|one| one.code.clone()).collect::<Vec<_>>();
    let (visible, writable) = if all {
        (every(), every())
    } else {
        let open = own.iter().filter(|code| {
            record.assigned.get(*code).is_some_and(|assignment| !assignment.finished)
        });
        (own.clone(), open.cloned().collect())
    };
    let written = answers::of(store, tenant, id).await?;
    let answers: BTreeMap<String, Versioned<Written>> =
        written.into_iter().map(|one| (one.record.code.clone(), one)).collect();
    let plain: BTreeMap<String, Answer> =
        answers.iter().map(|(code, one)| (code.clone(), one.record.answer.clone())).collect();
    let last = last_year(acting, record).await?;
    let findings = validate(&questionnaire, &plain, &record.no_data, last.as_ref());
    Ok(Opened { sheet, questionnaire, answers, writable, visible, findings })
}

async fn last_year(
    acting: &Acting<'_>,
    record: &Submission,
) -> Result<Option<BTreeMap<String, Answer>>, Refused> {
    let before =
        standing(acting.app, &record.questionnaire, Some(record.period - 1), Standing::Submitted)
            .await?;
    Ok(before
        .into_values()
        .find(|one| one.version.state == record.state)
        .map(|one| one.version.answers))
}

fn may_write(opened: &Opened, section: &Section) -> Result<(), Refused> {
    if opened.writable.contains(&section.code) { Ok(()) } else { Err(Refused::NotFound) }
}

/// Reads what was typed as an answer to a question.
fn parse(question: &Question, form: &AnswerForm, field: &str) -> Result<Answer, Refused> {
    let options: Vec<String> = question.options.iter().map(|(code, _)| code.clone()).collect();
    let columns: Vec<String> = question.columns.iter().map(|(code, _)| code.clone()).collect();
    let mut problems = Problems::default();
    let explanation = problems.bounded(&format!("{field}-explanation"), &form.explanation, 20_000);
    let evidence = problems.bounded(&format!("{field}-evidence"), &form.evidence, 8000);
    let need = problems.bounded(&format!("{field}-need"), &form.need, 4000);
    let unit = problems.bounded(&format!("{field}-unit"), &form.unit, 60);
    let definition = problems.bounded(&format!("{field}-definition"), &form.definition, 1000);
    let overridden = problems.bounded(&format!("{field}-overridden"), &form.overridden, 1000);
    let value = read_value(question.kind, &options, &columns, &form.value);
    let value = match value {
        Ok(value) => Some(value),
        Err(why) => {
            let (id, typed) = match why {
                WrongValue::Empty => ("error-required", String::new()),
                WrongValue::NotOffered(typed) => ("error-choose", typed),
                WrongValue::NotANumber(typed) => ("error-report-number", typed),
                WrongValue::NotADay(typed) => ("error-report-day", typed),
                WrongValue::NoCurrency(typed) => ("error-report-money", typed),
            };
            problems.add(field, Message::new(id).with("typed", typed));
            None
        }
    };
    problems.none()?;
    let Some(value) = value else { return Err(Refused::NotFound) };
    let mut answer = Answer::of(value);
    answer.explanation = explanation;
    answer.evidence = evidence
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let (what, link) = line.split_once('|').unwrap_or((line, ""));
            let link = link.trim();
            Evidence {
                what: what.trim().to_owned(),
                link: link.starts_with("https://").then(|| link.to_owned()),
            }
        })
        .collect();
    answer.need = (!need.is_empty()).then_some(need);
    answer.unit = (!unit.is_empty()).then_some(unit);
    answer.definition = (!definition.is_empty()).then_some(definition);
    answer.confidential = form.confidential;
    answer.origin = form.origin.clone();
    answer.overridden = (!overridden.is_empty()).then_some(overridden);
    Ok(answer)
}

/// Saves one answer as typed. An empty form takes the answer away. Two hands
/// on one answer: the second is told and loses nothing typed.
///
/// # Errors
/// [`Refused::Conflict`] if someone else wrote the answer since the form was opened.
pub async fn answer(
    acting: &Acting<'_>,
    id: SubmissionId,
    code: &str,
    form: &AnswerForm,
) -> Result<(), Refused> {
    let opened = opened(acting, id).await?;
    let section = opened.questionnaire.section_of(code).ok_or(Refused::NotFound)?;
    may_write(&opened, section)?;
    let question = opened.questionnaire.question(code).ok_or(Refused::NotFound)?;
    let seen = form.revision.parse().ok().map(Revision);
    let empty =
        form.value.iter().all(|text| text.trim().is_empty()) && form.explanation.trim().is_empty();
    let before = opened.answers.get(code);
    let field = format!("a-{code}");
    let answer = if empty { None } else { Some(parse(question, form, &field)?) };
    let answer = answer.map(|answer| beside(before, answer));
    // Two who say the same do not contradict one another.
    if answer.as_ref() == before.map(|one| &one.record.answer) {
        return Ok(());
    }
    if before.map(|one| one.revision) != seen {
        return Err(Refused::Conflict);
    }
    let by = author(acting).await?;
    let Some(mut answer) = answer else {
        if before.is_some() {
            let action = edit_action(&opened);
            let mut act = begin!(acting, acting.context(action)?.about(id));
            if let Some(before) = before {
                super::past::keep(&mut act, id, before).await?;
            }
            answers::remove(&mut act, id, code).await?;
            act.commit(&()).await?;
        }
        return Ok(());
    };
    answer.as_of = Some(acting.now().date().into());
    let mut act = begin!(acting, acting.context(edit_action(&opened))?.about(id));
    let written = Written { code: code.to_owned(), answer, at: act.now(), by };
    super::past::write_answer(&mut act, id, &opened, &written).await?;
    Ok(act.commit(&()).await?)
}

/// What was typed, with what the form does not ask taken from the answer that stands.
fn beside(before: Option<&Versioned<Written>>, mut answer: Answer) -> Answer {
    if let Some(before) = before.map(|one| &one.record.answer) {
        keep_origin(before, &mut answer);
        answer.unit_answering.clone_from(&before.unit_answering);
        answer.as_of = before.as_of;
    }
    answer
}

/// A change after the signature needs another signature.
pub(super) async fn unsign(
    act: &mut palermo_store::Act,
    id: SubmissionId,
    opened: &Opened,
) -> Result<(), Refused> {
    let record = &opened.sheet.record.entry;
    if record.signed.is_some() {
        let mut record = record.clone();
        record.signed = None;
        record.status = SubmissionStatus::Draft;
        submissions::update(act, id, &record, opened.sheet.revision).await?;
    }
    Ok(())
}

/// A value that stays as Palermo found it stays marked; one that is replaced
/// is the author's, with the reason.
fn keep_origin(before: &Answer, now: &mut Answer) {
    let found = !matches!(before.origin, Origin::Typed);
    if found && now.origin == Origin::Typed {
        if before.value == now.value {
            now.origin = before.origin.clone();
        } else if now.overridden.is_none() && matches!(before.origin, Origin::Prefilled { .. }) {
            now.overridden = Some(now.explanation.clone());
        }
    }
}

fn edit_action(opened: &Opened) -> Action {
    if opened.writable.len() == opened.questionnaire.sections.len() {
        Action::EditReport
    } else {
        Action::WriteSection
    }
}

pub(super) async fn author(acting: &Acting<'_>) -> Result<String, Refused> {
    let (tenant, account) = acting.member()?;
    let found = accounts::find(&acting.app.store, tenant, account).await?;
    Ok(found.map(|one| one.record.name).unwrap_or_default())
}

/// Changes a submission by the contact person.
pub(super) async fn change(
    acting: &Acting<'_>,
    id: SubmissionId,
    action: Action,
    how: impl FnOnce(&Opened, &mut Submission) -> Result<(), Refused>,
) -> Result<(), Refused> {
    let opened = opened(acting, id).await?;
    let mut record = opened.sheet.record.entry.clone();
    let resource = match record.entered {
        Entered::Secretariat { .. } => Resource::region(),
        Entered::State => of_state(&record),
    };
    acting.allow(action, &resource).await?;
    how(&opened, &mut record)?;
    let mut act = begin!(acting, acting.context(action)?.about(id));
    submissions::update(&mut act, id, &record, opened.sheet.revision).await?;
    Ok(act.commit(&()).await?)
}

/// Hands a section to a colleague who writes for a ministry.
///
/// # Errors
/// Problems of the form; [`Refused::NotFound`] for a section or account that is not there.
pub async fn assign(
    acting: &Acting<'_>,
    id: SubmissionId,
    section: &str,
    form: &AssignForm,
) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    let mut problems = Problems::default();
    let unit = problems.required("unit", &form.unit, 160);
    let due = form.due.trim();
    let due: Option<Day> = if due.is_empty() {
        None
    } else {
        let read = due.parse().ok();
        if read.is_none() {
            problems.add("due", Message::new("error-report-day").with("typed", due));
        }
        read
    };
    let account: Option<AccountId> = form.account.parse().ok();
    if account.is_none() {
        problems.add("account", Message::new("error-choose"));
    }
    problems.none()?;
    let account = account.ok_or(Refused::NotFound)?;
    accounts::find(&acting.app.store, tenant, account).await?.ok_or(Refused::NotFound)?;
    change(acting, id, Action::EditReport, |opened, record| {
        opened.questionnaire.section(section).ok_or(Refused::NotFound)?;
        record
            .assigned
            .insert(section.to_owned(), Assignment { account, unit, due, finished: false });
        Ok(())
    })
    .await
}

/// Takes a section back from whoever it was handed to: what was written stays, and the
/// section no longer keeps the report from being submitted.
///
/// # Errors
/// [`Refused::NotFound`] for a section that was handed to nobody.
pub async fn take_back(
    acting: &Acting<'_>,
    id: SubmissionId,
    section: &str,
) -> Result<(), Refused> {
    change(acting, id, Action::EditReport, |_, record| {
        record.assigned.remove(section).map(|_| ()).ok_or(Refused::NotFound)
    })
    .await
}

/// Gives a section back as finished, or takes it up again.
///
/// # Errors
/// [`Refused::NotFound`] for a section that was not handed to the one who asks.
pub async fn finish_section(
    acting: &Acting<'_>,
    id: SubmissionId,
    section: &str,
    finished: bool,
) -> Result<(), Refused> {
    let (_, account) = acting.member()?;
    let opened = opened(acting, id).await?;
    let mut record = opened.sheet.record.entry.clone();
    let contact = acting.may(Action::EditReport, &of_state(&record)).allowed;
    let assignment = record.assigned.get_mut(section).ok_or(Refused::NotFound)?;
    // The author gives it back; only the contact person hands it out again.
    if !(contact || (assignment.account == account && finished)) {
        return Err(Refused::NotFound);
    }
    assignment.finished = finished;
    let action = if contact { Action::EditReport } else { Action::WriteSection };
    let mut act = begin!(acting, acting.context(action)?.about(id));
    submissions::update(&mut act, id, &record, opened.sheet.revision).await?;
    Ok(act.commit(&()).await?)
}

/// Declares that there are no data for a section, with the reason (R037).
///
/// # Errors
/// A reason is needed; an empty one takes the declaration back.
pub async fn declare_empty(
    acting: &Acting<'_>,
    id: SubmissionId,
    section: &str,
    why: &str,
) -> Result<(), Refused> {
    let why = why.trim().to_owned();
    let opened = opened(acting, id).await?;
    let found = opened.questionnaire.section(section).ok_or(Refused::NotFound)?;
    may_write(&opened, found)?;
    let mut record = opened.sheet.record.entry.clone();
    if why.is_empty() {
        record.no_data.remove(section);
    } else {
        record.no_data.insert(section.to_owned(), why);
    }
    record.signed = None;
    let mut act = begin!(acting, acting.context(edit_action(&opened))?.about(id));
    submissions::update(&mut act, id, &record, opened.sheet.revision).await?;
    Ok(act.commit(&()).await?)
}
