//! Requests for information to States, with an urgent clock of their own
//! (R065). Compulsory only where a profile cites the provision; a request
//! that asks who somebody is does not leave, and a letter says why (R6).

use crate::{
    Acting, App, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
    report::tell,
};
use palermo_domain::{
    id::InformationRequestId,
    register::{day::Day, state::StateCode},
    review::{
        Compulsion, InformationReply, InformationRequest, URGENT_DAYS, one_person, refused_by_r6,
    },
};
use palermo_locale::Language;
use palermo_store::review::{information_reply as replies, information_request as stored};

/// The letter that refuses a request for persons, as message ids by paragraph.
pub const REFUSAL: [&str; 5] = [
    "refusal-letter-subject",
    "refusal-letter-asked",
    "refusal-letter-rule",
    "refusal-letter-instead",
    "refusal-letter-close",
];

/// What someone typed.
#[derive(Debug, Clone, Default)]
pub struct RequestForm {
    /// Mechanism.
    pub mechanism: String,
    /// Subject.
    pub title: String,
    /// Question.
    pub question: String,
    /// Whether it asks about single persons, as whoever asks says: `yes` or `no`.
    pub persons: String,
    /// Codes of States.
    pub states: Vec<String>,
    /// Urgent.
    pub urgent: bool,
    /// The provision that makes it compulsory; empty for none.
    pub compulsory: String,
    /// Last day; empty for the usual.
    pub due: String,
}

/// A request with its replies.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct RequestShown {
    /// Its id.
    pub id: InformationRequestId,
    /// The request.
    #[serde(flatten)]
    pub request: InformationRequest,
    /// Replies.
    pub replies: Vec<InformationReply>,
    /// States that have not answered and are late.
    pub late: Vec<StateCode>,
}

/// Provisions by which a mechanism may demand an answer, as its profile cites
/// them: duties with a basis, and functions that say so.
#[must_use]
pub fn compulsions(app: &App, mechanism: &str) -> Vec<Compulsion> {
    let Some(profile) = app.content.mechanisms().get(mechanism) else { return Vec::new() };
    profile
        .duties
        .given()
        .into_iter()
        .flatten()
        .filter_map(|duty| {
            Some(Compulsion {
                provision: duty.basis.clone()?,
                source: duty.provenance.source.clone(),
            })
        })
        .collect()
}

/// Requests, newest first, with replies the reader may see.
///
/// # Errors
/// When the store does not answer.
pub async fn requests(acting: &Acting<'_>) -> Result<Vec<RequestShown>, Refused> {
    let app = acting.app;
    let today: Day = acting.now().date().into();
    let all_replies = acting.may(Action::AskInformation, &Resource::region()).allowed;
    let own = acting.subject.state.clone();
    let replies = replies::list(&app.store, None).await?;
    let mut all: Vec<RequestShown> = stored::list(&app.store, None)
        .await?
        .into_iter()
        .map(|one| {
            let (id, request) = (one.record.id, one.record.entry);
            let answered: Vec<InformationReply> = replies
                .iter()
                .map(|one| &one.record.entry)
                .filter(|reply| reply.request == id.to_string())
                .cloned()
                .collect();
            let late = request
                .states
                .iter()
                .filter(|state| {
                    today > request.due && answered.iter().all(|reply| reply.state != **state)
                })
                .copied()
                .collect();
            let replies = answered
                .into_iter()
                .filter(|reply| all_replies || Some(reply.state.as_str()) == own.as_deref())
                .collect();
            RequestShown { id, request, replies, late }
        })
        .filter(|one| {
            all_replies
                // What R6 refused went to nobody.
                || (!one.request.refused
                    && one
                        .request
                        .states
                        .iter()
                        .any(|state| Some(state.as_str()) == own.as_deref()))
        })
        .collect();
    all.reverse();
    Ok(all)
}

/// That the profile cites no such provision, with those it cites.
fn not_compulsory(app: &App, mechanism: &str) -> Message {
    let cited: Vec<String> =
        compulsions(app, mechanism).into_iter().map(|one| one.provision).collect();
    if cited.is_empty() {
        return Message::new("error-not-compulsory");
    }
    Message::new("error-not-compulsory-cited").with("cited", cited.join("; "))
}

/// Notes words that look like one person in a request that is said to be about none: it is
/// asked again before anything goes out (R6). The name of a State is no person's.
fn one_person_in(app: &App, form: &RequestForm, problems: &mut Problems) {
    if form.persons.trim() != "no" {
        return;
    }
    let is_state = |words: &str| {
        let named = |language: &Language, state: StateCode| {
            let name = app.registers.states.name(state, language.code());
            name.split_whitespace().any(|part| part == words)
        };
        let mut states = app.registers.states.all();
        states.any(|one| Language::ALL.iter().any(|language| named(language, one.code)))
    };
    for (field, text) in [("title", &form.title), ("question", &form.question)] {
        if let Some(words) = one_person(text).filter(|words| !is_state(words)) {
            problems.add(field, Message::new("error-request-one-person").with("words", words));
        }
    }
}

/// Sends a request. One that asks who somebody is is kept as refused, with
/// the letter, and goes to nobody.
///
/// # Errors
/// Every problem of the form at once.
pub async fn ask(
    acting: &Acting<'_>,
    form: &RequestForm,
) -> Result<(InformationRequestId, bool), Refused> {
    acting.allow(Action::AskInformation, &Resource::region()).await?;
    let app = acting.app;
    let mut problems = Problems::default();
    let title = problems.required("title", &form.title, 200);
    let question = problems.required("question", &form.question, 8000);
    if !matches!(form.persons.trim(), "yes" | "no") {
        problems.add("persons", Message::new("error-choose"));
    }
    one_person_in(app, form, &mut problems);
    if app.content.mechanisms().get(&form.mechanism).is_none() {
        problems.add("mechanism", Message::new("error-choose"));
    }
    let mut states: Vec<StateCode> = Vec::new();
    for code in &form.states {
        match StateCode::typed(code) {
            Ok(state) if app.registers.states.get(state).is_some() => states.push(state),
            _ => problems.add("states", Message::new("error-unknown-state").with("code", code)),
        }
    }
    if states.is_empty() {
        problems.add("states", Message::new("error-required"));
    }
    let wanted = form.compulsory.trim();
    let compulsory =
        compulsions(app, &form.mechanism).into_iter().find(|one| one.provision == wanted);
    if !wanted.is_empty() && compulsory.is_none() {
        problems.add("compulsory", not_compulsory(app, &form.mechanism));
    }
    let today: Day = acting.now().date().into();
    let usual = today.plus_days(if form.urgent { URGENT_DAYS } else { 60 });
    let typed = form.due.trim();
    let due = if typed.is_empty() { Some(usual) } else { typed.parse().ok() };
    match due {
        None => problems.add("due", Message::new("error-report-day").with("typed", typed)),
        Some(day) if day < today => problems.add("due", Message::new("error-before")),
        Some(_) => {}
    }
    problems.none()?;
    let refused = refused_by_r6(form.persons.trim() == "yes", &title, &question);
    let record = InformationRequest {
        mechanism: form.mechanism.clone(),
        title,
        question,
        states,
        urgent: form.urgent,
        compulsory: compulsory.filter(|_| !refused),
        sent: today,
        due: due.unwrap_or(usual),
        refused,
    };
    let mut to = Vec::new();
    for state in record.states.iter().filter(|_| !refused) {
        to.extend(tell::contacts(app, *state).await?);
    }
    let mut act = begin!(acting, acting.context(Action::AskInformation)?);
    let id = stored::insert(&mut act, &record).await?;
    act.about(id);
    if refused {
        act.detail("refused-by", "R6");
    }
    tell::write(&mut act, &to, "information-asked").await?;
    act.commit(&(id, refused)).await?;
    let page = format!("/information#i-{id}");
    tell::leave(app, Action::AskInformation, &to, "notice-information", &page).await?;
    Ok((id, refused))
}

/// Requests that wait for an answer of the reader's State: part of what waits for who
/// may answer.
///
/// # Errors
/// When the store does not answer.
pub async fn asked_of_me(acting: &Acting<'_>) -> Result<Vec<RequestShown>, Refused> {
    let Some(own) = acting.subject.state.clone() else { return Ok(Vec::new()) };
    let resource = Resource::region().in_state(Some(&own));
    if !acting.may(Action::WriteComments, &resource).allowed {
        return Ok(Vec::new());
    }
    let mut all = requests(acting).await?;
    all.retain(|one| {
        let asked = one.request.states.iter().any(|state| state.as_str() == own);
        let answered = one.replies.iter().any(|reply| reply.state.as_str() == own);
        asked && !answered && !one.request.refused
    });
    all.sort_by_key(|one| one.request.due);
    Ok(all)
}

/// Answers a request for one's State.
///
/// # Errors
/// [`Refused::NotFound`] for a request that does not ask the State.
pub async fn reply(
    acting: &Acting<'_>,
    id: InformationRequestId,
    text: &str,
) -> Result<(), Refused> {
    let state = acting.subject.state.clone().ok_or(Refused::NotFound)?;
    let resource = Resource::region().in_state(Some(&state));
    acting.allow(Action::WriteComments, &resource).await?;
    let state: StateCode = state.parse().map_err(|_| Refused::NotFound)?;
    let all = requests(acting).await?;
    let found = all.into_iter().find(|one| one.id == id).ok_or(Refused::NotFound)?;
    if found.request.refused || !found.request.states.contains(&state) {
        return Err(Refused::NotFound);
    }
    let mut problems = Problems::default();
    let text = problems.required("text", text, 20_000);
    problems.none()?;
    let record =
        InformationReply { request: id.to_string(), state, text, on: acting.now().date().into() };
    let mut act = begin!(acting, acting.context(Action::WriteComments)?.about(id));
    let made = replies::insert(&mut act, &record).await?;
    act.about(made);
    Ok(act.commit(&()).await?)
}
