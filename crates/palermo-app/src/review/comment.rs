//! Working together on a long text: remarks on a paragraph, colleagues mentioned (which
//! becomes a task of theirs), suggested words that are taken over or not. Whoever may
//! not see a text sees no remark on it.

use super::{texts, typed};
use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
    report::{self, Opened},
};
use palermo_domain::{
    account::AccountStatus,
    id::{AccountId, CommentId, SubmissionId, TenantId},
    register::state::StateCode,
    report::{CannotAccept, RemarkOutcome, TextComment, Value, paragraphs},
    review::Pillar,
    task::Task,
};
use palermo_store::{
    Act, Paging, Versioned, account as accounts,
    register::Filed,
    report::{answer::Written, comment as stored},
    task as tasks,
};
use std::{collections::BTreeMap, fmt, str::FromStr};

/// The text a remark is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextRef {
    /// Answers of a submission; the place is the question.
    Submission(SubmissionId),
    /// One's own text of a pillar; the place is the number of the paragraph, from 1.
    Review {
        /// The round.
        round: String,
        /// The State.
        state: StateCode,
        /// The pillar.
        pillar: Pillar,
    },
}

impl fmt::Display for TextRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Submission(id) => write!(f, "submission/{id}"),
            Self::Review { round, state, pillar } => {
                write!(f, "evaluation/{round}/{state}/{pillar}")
            }
        }
    }
}

impl FromStr for TextRef {
    type Err = Refused;

    fn from_str(text: &str) -> Result<Self, Refused> {
        let parts: Vec<&str> = text.split('/').collect();
        let wrong = |_| Refused::NotFound;
        match parts.as_slice() {
            ["submission", id] => Ok(Self::Submission(id.parse().map_err(|_| Refused::NotFound)?)),
            ["evaluation", round, state, pillar] => Ok(Self::Review {
                round: (*round).to_owned(),
                state: state.parse().map_err(wrong)?,
                pillar: pillar.parse().map_err(|_| Refused::NotFound)?,
            }),
            _ => Err(Refused::NotFound),
        }
    }
}

/// What someone typed.
#[derive(Debug, Clone, Default)]
pub struct CommentForm {
    /// The paragraph or question.
    pub place: String,
    /// The remark.
    pub text: String,
    /// Suggested words.
    pub suggestion: String,
    /// A colleague mentioned, by account.
    pub mention: String,
}

/// A remark as it is stored.
pub type Remark = Versioned<Filed<CommentId, TextComment>>;

/// A text with its paragraphs and the remarks on them.
#[derive(Debug, Clone)]
pub struct Discussed {
    /// The text.
    pub about: TextRef,
    /// What it is called.
    pub title: String,
    /// The places one may remark on: each with what stands there.
    pub places: Vec<(String, String)>,
    /// Remarks, the first one first.
    pub remarks: Vec<Remark>,
    /// Whether the reader may take suggested words over.
    pub writes: bool,
}

async fn places(
    acting: &Acting<'_>,
    about: &TextRef,
) -> Result<(String, Vec<(String, String)>, bool), Refused> {
    match about {
        TextRef::Submission(id) => {
            let opened = report::opened(acting, *id).await?;
            let record = &opened.sheet.record.entry;
            let title = opened.questionnaire.title.say(acting.language.code()).0;
            let title = format!("{title}, {}", record.period);
            let visible = opened.questionnaire.sections.iter();
            let visible = visible.filter(|one| opened.visible.contains(&one.code));
            let places = visible
                .flat_map(|section| &section.questions)
                .map(|one| (one.code.clone(), words(&opened, &one.code)))
                .collect();
            Ok((title, places, !opened.writable.is_empty()))
        }
        TextRef::Review { round, state, pillar } => {
            let (action, resource) = texts::writing(*pillar, *state);
            acting.allow(action, &resource).await?;
            let own = texts::own(acting, round, *state, *pillar).await?.ok_or(Refused::NotFound)?;
            let text = &own.record.entry;
            let places = paragraphs(&text.text)
                .into_iter()
                .zip(1..)
                .map(|(part, number)| (number.to_string(), part.to_owned()))
                .collect();
            Ok((text.title.clone(), places, true))
        }
    }
}

/// The words of an answer that are written together: of a text itself, else the
/// explanation.
fn words(opened: &Opened, code: &str) -> String {
    let Some(one) = opened.answers.get(code) else { return String::new() };
    match &one.record.answer.value {
        Value::Text(text) => text.clone(),
        _ => one.record.answer.explanation.clone(),
    }
}

/// A text with the remarks of one's organisation on it.
///
/// # Errors
/// [`Refused::NotFound`] for a text one may not see.
pub async fn discussed(acting: &Acting<'_>, about: TextRef) -> Result<Discussed, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::CommentText, &Resource::of(tenant)).await?;
    let (title, places, writes) = places(acting, &about).await?;
    let all = stored::list(&acting.app.store, Some(&about.to_string())).await?;
    // A remark on a paragraph that was taken out stays with the text; one on a section
    // that is not the reader's does not show.
    let whole = matches!(about, TextRef::Review { .. });
    let seen =
        |one: &Remark| whole || places.iter().any(|(place, _)| *place == one.record.entry.place);
    let remarks = all.into_iter().filter(|one| one.record.tenant == tenant && seen(one)).collect();
    Ok(Discussed { about, title, places, remarks, writes })
}

/// Colleagues one can mention: active members of one's organisation, by account and name.
///
/// # Errors
/// What access or the store refuse.
pub async fn colleagues(acting: &Acting<'_>) -> Result<Vec<(String, String)>, Refused> {
    let (tenant, own) = acting.member()?;
    acting.allow(Action::CommentText, &Resource::of(tenant)).await?;
    let filter =
        accounts::Filter { status: Some(AccountStatus::Active), ..accounts::Filter::default() };
    let by = accounts::SortBy::Name;
    let all = accounts::list(&acting.app.store, tenant, &filter, by, Paging::all()).await?;
    let others = all.items.into_iter().filter(|one| one.record.id != own);
    Ok(others.map(|one| (one.record.id.to_string(), one.record.name)).collect())
}

/// Makes a remark. A colleague who is mentioned finds it among their work.
///
/// # Errors
/// Problems of the form.
pub async fn comment(
    acting: &Acting<'_>,
    about: &TextRef,
    form: &CommentForm,
) -> Result<CommentId, Refused> {
    let (tenant, account) = acting.member()?;
    let discussed = discussed(acting, about.clone()).await?;
    let quote = discussed.places.iter().find(|(place, _)| *place == form.place);
    let (_, quote) = quote.ok_or(Refused::NotFound)?;
    let mut problems = Problems::default();
    let text = problems.required("text", &form.text, 4000);
    let suggestion = problems.bounded("suggestion", &form.suggestion.replace("\r\n", "\n"), 20_000);
    let mut mentions: Vec<AccountId> = Vec::new();
    if !form.mention.trim().is_empty() {
        let known = colleagues(acting).await?;
        match known.iter().find(|(id, _)| id == form.mention.trim()).map(|(id, _)| id.parse()) {
            Some(Ok(one)) => mentions.push(one),
            _ => problems.add("mention", Message::new("error-choose")),
        }
    }
    problems.none()?;
    let record = TextComment {
        about: about.to_string(),
        place: form.place.clone(),
        by: name(acting, tenant, account).await?,
        text,
        suggestion: (!suggestion.is_empty()).then_some(suggestion),
        mentions,
        quote: quote.clone(),
        outcome: None,
        closed_by: String::new(),
        on: acting.now().date().into(),
    };
    let mut act = begin!(acting, acting.context(Action::CommentText)?);
    let id = stored::insert(&mut act, &record).await?;
    act.about(id);
    typed::forget(&mut act, account, (&record.about, &record.place)).await?;
    for mentioned in &record.mentions {
        mention(&mut act, id, *mentioned, &discussed.title).await?;
    }
    act.commit(&id).await?;
    Ok(id)
}

/// Keeps a remark while it is typed: for whoever types it and nobody else, until it is made.
///
/// # Errors
/// [`Refused::NotFound`] for a text one may not remark on; what is too long.
pub async fn comment_as_typed(
    acting: &Acting<'_>,
    about: &TextRef,
    form: &CommentForm,
) -> Result<(), Refused> {
    let discussed = discussed(acting, about.clone()).await?;
    if discussed.places.iter().all(|(place, _)| *place != form.place) {
        return Err(Refused::NotFound);
    }
    let mut problems = Problems::default();
    let text = problems.bounded("text", &form.text, 4000);
    let suggestion = problems.bounded("suggestion", &form.suggestion, 20_000);
    let mention = problems.bounded("mention", &form.mention, 60);
    problems.none()?;
    let fields = [("text", text), ("suggestion", suggestion), ("mention", mention)];
    let fields = fields.into_iter().map(|(name, typed)| (name.to_owned(), typed)).collect();
    let about = about.to_string();
    typed::keep(acting, Action::CommentText, (&about, &form.place), fields).await
}

/// Remarks on a text that the reader typed and did not make, by their place.
///
/// # Errors
/// When the store does not answer.
pub async fn typed_remarks(
    acting: &Acting<'_>,
    about: &TextRef,
) -> Result<BTreeMap<String, CommentForm>, Refused> {
    let all = typed::of(acting, &about.to_string()).await?;
    Ok(all
        .into_iter()
        .map(|(place, mut fields)| {
            let mut field = |name: &str| fields.remove(name).unwrap_or_default();
            let (text, suggestion) = (field("text"), field("suggestion"));
            let mention = field("mention");
            (place.clone(), CommentForm { place, text, suggestion, mention })
        })
        .collect())
}

/// The task of someone who is mentioned: it names the text, never what is in it.
pub(crate) async fn mention(
    act: &mut Act,
    id: CommentId,
    to: AccountId,
    title: &str,
) -> Result<(), Refused> {
    use palermo_domain::id::Id;
    let task = Task {
        tenant: act.tenant(),
        id: act.new_id(),
        kind: "task-mention".into(),
        subject: Some(id.subject()),
        note: title.chars().take(200).collect(),
        desk: None,
        assignee: Some(to),
        due_at: None,
        done_at: None,
        done_by: None,
        recorded_at: act.now(),
    };
    tasks::insert(act, &task).await?;
    let facts = serde_json::json!({ "comment": id.to_string() });
    Ok(palermo_store::notice::leave(act, to, "notice-mention", facts).await?)
}

async fn name(
    acting: &Acting<'_>,
    tenant: TenantId,
    account: AccountId,
) -> Result<String, Refused> {
    let found = accounts::find(&acting.app.store, tenant, account).await?;
    Ok(found.map(|one| one.record.name).unwrap_or_default())
}

async fn remark(acting: &Acting<'_>, id: CommentId) -> Result<(Remark, TextRef), Refused> {
    let (tenant, _) = acting.member()?;
    let found = stored::find(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)?;
    let about: TextRef = found.record.entry.about.parse()?;
    let discussed = discussed(acting, about.clone()).await?;
    if discussed.remarks.iter().all(|one| one.record.id != id) {
        return Err(Refused::NotFound);
    }
    Ok((found, about))
}

/// Where a remark stands: the text and the place.
///
/// # Errors
/// [`Refused::NotFound`] for a remark on a text one may not see.
pub async fn place_of(acting: &Acting<'_>, id: CommentId) -> Result<(TextRef, String), Refused> {
    let (found, about) = remark(acting, id).await?;
    Ok((about, found.record.entry.place))
}

/// Closes a remark: as dealt with, or its suggestion as declined; or takes the suggested
/// words over, if the paragraph is still the one they were made for.
///
/// # Errors
/// [`Refused::Declined`] when the words cannot be taken over, with the reason;
/// [`Refused::NotFound`] for one of another organisation.
pub async fn close(
    acting: &Acting<'_>,
    id: CommentId,
    outcome: RemarkOutcome,
) -> Result<(), Refused> {
    let (tenant, account) = acting.member()?;
    let (found, about) = remark(acting, id).await?;
    let mut record = found.record.entry.clone();
    if record.outcome.is_some() {
        return Err(Refused::Declined(Message::new("error-remark-closed")));
    }
    let by = name(acting, tenant, account).await?;
    let taken = if outcome == RemarkOutcome::Accepted {
        Some(taken(acting, &about, &record, &by).await?)
    } else {
        None
    };
    record.outcome = Some(outcome);
    record.closed_by = by;
    let mut act = begin!(acting, acting.context(Action::CommentText)?.about(id));
    stored::update(&mut act, id, &record, found.revision).await?;
    match taken {
        Some(Taken::Answer(submission, opened, written)) => {
            report::write_answer(&mut act, submission, &opened, &written).await?;
        }
        Some(Taken::Text(text)) => {
            texts::rewrite(&mut act, *text, acting.now().date().into()).await?
        }
        None => {}
    }
    Ok(act.commit(&()).await?)
}

/// What is written when suggested words are taken over.
enum Taken {
    Answer(SubmissionId, Box<Opened>, Box<Written>),
    Text(Box<texts::Rewritten>),
}

async fn taken(
    acting: &Acting<'_>,
    about: &TextRef,
    remark: &TextComment,
    by: &str,
) -> Result<Taken, Refused> {
    let told = |why: CannotAccept| {
        Refused::Declined(Message::new(match why {
            CannotAccept::NoSuggestion => "error-remark-no-words",
            CannotAccept::Closed => "error-remark-closed",
            CannotAccept::Changed => "error-remark-changed",
        }))
    };
    match about {
        TextRef::Submission(id) => {
            let opened = report::opened(acting, *id).await?;
            let section =
                opened.questionnaire.section_of(&remark.place).ok_or(Refused::NotFound)?;
            if !opened.writable.contains(&section.code) {
                return Err(Refused::NotFound);
            }
            let before =
                opened.answers.get(&remark.place).ok_or_else(|| told(CannotAccept::Changed))?;
            // An answer is one place: the whole of its words is the paragraph.
            let words = words(&opened, &remark.place);
            if words.trim() != remark.quote.trim() {
                return Err(told(CannotAccept::Changed));
            }
            let suggested =
                remark.suggestion.clone().ok_or_else(|| told(CannotAccept::NoSuggestion))?;
            let mut answer = before.record.answer.clone();
            match &mut answer.value {
                Value::Text(text) => *text = suggested,
                _ => answer.explanation = suggested,
            }
            let written =
                Written { code: remark.place.clone(), answer, at: acting.now(), by: by.to_owned() };
            Ok(Taken::Answer(*id, Box::new(opened), Box::new(written)))
        }
        TextRef::Review { round, state, pillar } => {
            let own = texts::own(acting, round, *state, *pillar).await?.ok_or(Refused::NotFound)?;
            let text = remark.applied_to(&own.record.entry.text).map_err(told)?;
            let stage = super::evaluation(acting.app, round, *state).await?.stage;
            Ok(Taken::Text(Box::new(texts::Rewritten { own, text, stage })))
        }
    }
}
