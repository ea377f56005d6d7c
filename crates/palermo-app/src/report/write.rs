//! Writing a report: opening it, answering. Handing sections out and collecting them is
//! `handing.rs`, signing off and submitting `submit.rs`.

use super::{Standing, standing};
use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    id::SubmissionId,
    register::state::StateCode,
    report::{
        Answer, Entered, Evidence, Finding, Origin, Question, Questionnaire, Section, Submission,
        SubmissionStatus, WrongValue, read_value, validate,
    },
};
use palermo_store::{
    ActContext, Revision, Versioned, account as accounts,
    report::{answer as answers, answer::Written, submission as submissions},
};
use std::{collections::BTreeMap, time::Duration};

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
    /// It is another organisation's, which handed the reader's own some sections.
    pub elsewhere: bool,
}

impl Opened {
    /// The answers without their revisions.
    #[must_use]
    pub fn plain(&self) -> BTreeMap<String, Answer> {
        self.answers.iter().map(|(code, one)| (code.clone(), one.record.answer.clone())).collect()
    }

    /// How many questions of the sections one sees are answered.
    #[must_use]
    pub fn answered(&self) -> usize {
        let seen = |code: &str| {
            let section = self.questionnaire.section_of(code);
            section.is_some_and(|one| self.visible.contains(&one.code))
        };
        self.answers.keys().filter(|code| seen(code)).count()
    }

    /// Whether answers of a section may be saved while they are typed: not where half a word
    /// takes back a signature, or is read in another house before it is marked confidential.
    fn saves_as_typed(&self, section: &Section) -> bool {
        self.sheet.record.entry.signed.is_none() && !read_elsewhere(self, section)
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
    let known = super::Versions::load(acting.app).await?;
    let all = known.to_begin(questionnaire, period)?;
    let there = submissions::list(&acting.app.store, Some(questionnaire)).await?;
    let same = |one: &&Sheet| {
        one.record.entry.state == state
            && one.record.entry.period == period
            && one.record.entry.entered == Entered::State
    };
    if there.iter().find(same).is_some() {
        return Err(Refused::field("period", Message::new("error-report-there")));
    }
    let found = super::prefill(acting.app, all, state, period).await?;
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
        .filter(|(_, one)| one.account == Some(account))
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
    let last = last_year(acting, record).await?;
    assemble(acting, sheet, questionnaire, (visible, writable), last.as_ref()).await
}

/// Puts together what is opened, with these sections.
pub(super) async fn assemble(
    acting: &Acting<'_>,
    sheet: Sheet,
    questionnaire: Questionnaire,
    (visible, writable): (Vec<String>, Vec<String>),
    last: Option<&BTreeMap<String, Answer>>,
) -> Result<Opened, Refused> {
    let (tenant, _) = acting.member()?;
    let (keeper, id) = (sheet.record.tenant, sheet.record.id);
    let written = answers::of(&acting.app.store, keeper, id).await?;
    let answers: BTreeMap<String, Versioned<Written>> =
        written.into_iter().map(|one| (one.record.code.clone(), one)).collect();
    let plain: BTreeMap<String, Answer> =
        answers.iter().map(|(code, one)| (code.clone(), one.record.answer.clone())).collect();
    let findings = validate(&questionnaire, &plain, &sheet.record.entry.no_data, last);
    let elsewhere = keeper != tenant;
    Ok(Opened { sheet, questionnaire, answers, writable, visible, findings, elsewhere })
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

/// Whether somebody else's organisation reads a section of one's report: what is told in
/// confidence is not written there.
fn read_elsewhere(opened: &Opened, section: &Section) -> bool {
    let assigned = opened.sheet.record.entry.assigned.get(&section.code);
    !opened.elsewhere && assigned.is_some_and(|one| one.organisation.is_some())
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
    save(acting, id, code, form, false).await.map(|_| ())
}

/// What one person types with no longer pause than this is one version.
const SITTING: Duration = Duration::from_mins(10);

/// What has to be saved by hand.
const PRESS_SAVE: &str = "draft-press-save";

/// Saves one answer while it is still typed, and tells its revision. What one person types
/// in one go is one version. An answer is neither taken away so, nor one that was found
/// elsewhere replaced, nor a signature taken back: what is typed then is kept beside the
/// answer that stands, and no revision is told.
///
/// # Errors
/// Those of [`answer`].
pub async fn answer_as_typed(
    acting: &Acting<'_>,
    id: SubmissionId,
    code: &str,
    form: &AnswerForm,
) -> Result<Option<String>, Refused> {
    match save(acting, id, code, form, true).await {
        Ok(revision) => Ok(Some(revision.map(|revision| revision.to_string()).unwrap_or_default())),
        Err(Refused::Declined(why)) if why.id == PRESS_SAVE => {
            super::typed::keep(acting, id, code, form).await?;
            Ok(None)
        }
        Err(other) => Err(other),
    }
}

async fn save(
    acting: &Acting<'_>,
    id: SubmissionId,
    code: &str,
    form: &AnswerForm,
    draft: bool,
) -> Result<Option<i64>, Refused> {
    let opened = super::opened_or_handed(acting, id).await?;
    let section = opened.questionnaire.section_of(code).ok_or(Refused::NotFound)?;
    may_write(&opened, section)?;
    let question = opened.questionnaire.question(code).ok_or(Refused::NotFound)?;
    let seen = form.revision.parse().ok().map(Revision);
    let empty =
        form.value.iter().all(|text| text.trim().is_empty()) && form.explanation.trim().is_empty();
    let before = opened.answers.get(code);
    let field = format!("a-{code}");
    let found = before.is_some_and(|one| one.record.answer.origin != Origin::Typed);
    if draft && (empty || found || !opened.saves_as_typed(section)) {
        return Err(Refused::Declined(Message::new(PRESS_SAVE)));
    }
    let told = before.is_some_and(|one| one.record.answer.confidential);
    if form.confidential && !told && read_elsewhere(&opened, section) {
        return Err(Refused::field(&field, Message::new("error-answer-read-elsewhere")));
    }
    let answer = if empty { None } else { Some(parse(question, form, &field)?) };
    let answer = answer.map(|answer| beside(before, answer));
    // Two who say the same do not contradict one another.
    if answer.as_ref() == before.map(|one| &one.record.answer) {
        return Ok(before.map(|one| one.revision.0));
    }
    if before.map(|one| one.revision) != seen {
        return Err(Refused::Conflict);
    }
    let by = author(acting).await?;
    let Some(mut answer) = answer else {
        if before.is_some() {
            let mut act = begin!(acting, context(acting, &opened)?.about(id));
            if let Some(before) = before {
                super::past::keep(&mut act, id, before).await?;
            }
            answers::remove(&mut act, id, code).await?;
            act.commit(&None::<i64>).await?;
        }
        return Ok(None);
    };
    answer.as_of = Some(acting.now().date().into());
    let mut act = begin!(acting, context(acting, &opened)?.about(id));
    let written = Written { code: code.to_owned(), answer, at: act.now(), by };
    let going_on = before
        .map(|one| &one.record)
        .is_some_and(|one| draft && one.by == written.by && written.at.since(one.at) < SITTING);
    let revision = if going_on {
        answers::write(&mut act, id, &written, seen).await?
    } else {
        super::past::write_answer(&mut act, id, &opened, &written).await?
    };
    act.commit(&Some(revision.0)).await?;
    Ok(Some(revision.0))
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

/// A change after the signature needs another signature; and a section with an answer is
/// no longer without data.
pub(super) async fn answered(
    act: &mut palermo_store::Act,
    id: SubmissionId,
    opened: &Opened,
    code: &str,
) -> Result<(), Refused> {
    let mut record = opened.sheet.record.entry.clone();
    let section = opened.questionnaire.section_of(code);
    let lifted = section.is_some_and(|one| record.no_data.remove(&one.code).is_some());
    let signed = record.signed.take().is_some();
    if signed {
        record.status = SubmissionStatus::Draft;
    }
    if lifted || signed {
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

pub(super) fn edit_action(opened: &Opened) -> Action {
    if opened.elsewhere {
        Action::WriteHanded
    } else if opened.writable.len() == opened.questionnaire.sections.len() {
        Action::EditReport
    } else {
        Action::WriteSection
    }
}

/// A change stands in the log of the organisation that keeps the report, whoever makes it.
pub(super) fn context(acting: &Acting<'_>, opened: &Opened) -> Result<ActContext, Refused> {
    let mut context = acting.context(edit_action(opened))?;
    context.tenant = opened.sheet.record.tenant;
    Ok(context)
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

/// Declares that there are no data for a section, with the reason (R037); without one,
/// takes the declaration back.
///
/// # Errors
/// [`Refused::Invalid`] for an empty reason, and while answers stand in the section.
pub async fn declare_empty(
    acting: &Acting<'_>,
    id: SubmissionId,
    section: &str,
    why: Option<&str>,
) -> Result<(), Refused> {
    let opened = super::opened_or_handed(acting, id).await?;
    let found = opened.questionnaire.section(section).ok_or(Refused::NotFound)?;
    may_write(&opened, found)?;
    let standing: Vec<&str> = found
        .questions
        .iter()
        .map(|question| question.code.as_str())
        .filter(|code| opened.answers.contains_key(*code))
        .collect();
    if why.is_some() && !standing.is_empty() {
        let message = Message::new("error-section-answered").with("codes", standing.join(", "));
        return Err(Refused::field("why", message));
    }
    let mut record = opened.sheet.record.entry.clone();
    if let Some(why) = why {
        let mut problems = Problems::default();
        let why = problems.required("why", why, 2000);
        problems.none()?;
        record.no_data.insert(section.to_owned(), why);
    } else {
        record.no_data.remove(section);
    }
    if record.signed.take().is_some() {
        record.status = SubmissionStatus::Draft;
    }
    let mut act = begin!(acting, context(acting, &opened)?.about(id));
    submissions::update(&mut act, id, &record, opened.sheet.revision).await?;
    Ok(act.commit(&()).await?)
}
