//! The hotline: one page to note a call, whether and when one may call back,
//! and a warm hand-over: one stays on the line until a desk answers.

pub mod from_call;

use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    case::UrgentNeed,
    desk::Desk,
    hotline::{Call, CallBack, Caller, FromCall, HandOver, next},
    id::{CallId, DeskId, Id},
    purpose::Purpose,
};
use palermo_store::{
    Paging, PersonalRead, UnlockedVault, Versioned,
    case::record,
    desk as desks,
    hotline::{self as calls, Said},
};

/// What a session's key opens.
pub type Vault = UnlockedVault;
/// A call as it is kept.
pub type Kept = Versioned<Call>;

/// Longest note, in characters.
const LONGEST_NOTE: usize = 8_000;

/// What was noted.
#[derive(Debug, Clone, Default)]
pub struct CallForm {
    /// Who called.
    pub caller: String,
    /// Language spoken.
    pub language: String,
    /// State the call is about, alpha-3 or empty.
    pub state: String,
    /// Whether one may call back.
    pub call_back: String,
    /// What to call them. Sealed.
    pub name: String,
    /// The number. Sealed.
    pub contact: String,
    /// The times at which one may call. Sealed.
    pub times: String,
    /// What cannot wait, as codes. Sealed.
    pub urgent: Vec<String>,
    /// What was said. Sealed.
    pub note: String,
}

/// The sealed words of a call that is written down, checked.
struct Words {
    name: String,
    contact: String,
    times: String,
    urgent: String,
    note: String,
}

impl CallForm {
    fn words(&self, problems: &mut Problems) -> Words {
        let known = |code: &&String| UrgentNeed::from_code(code).is_some();
        if !self.urgent.iter().all(|code| known(&code)) {
            problems.add("urgent", Message::new("error-choose"));
        }
        Words {
            name: problems.bounded("name", &self.name, 200),
            contact: problems.bounded("contact", &self.contact, 300),
            times: problems.bounded("times", &self.times, 300),
            urgent: self.urgent.join(" "),
            note: problems.bounded("note", &self.note, LONGEST_NOTE),
        }
    }
}

impl Words {
    fn all(&self) -> [(Said, &str); 5] {
        [
            (Said::Name, self.name.as_str()),
            (Said::Contact, self.contact.as_str()),
            (Said::Times, self.times.as_str()),
            (Said::Urgent, self.urgent.as_str()),
            (Said::Note, self.note.as_str()),
        ]
    }
}

async fn allowed(acting: &Acting<'_>) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    let purpose = Some(Purpose::Identification);
    acting.allow_for(Action::AnswerHotline, &Resource::of(tenant), purpose).await
}

/// Notes a call.
///
/// # Errors
/// Every problem of the form at once; [`Refused::UnlockNeeded`] with words to
/// seal and no open key.
pub async fn note(
    acting: &Acting<'_>,
    vault: Option<&UnlockedVault>,
    form: &CallForm,
) -> Result<CallId, Refused> {
    allowed(acting).await?;
    let (tenant, account) = acting.member()?;
    let mut problems = Problems::default();
    let caller = form.caller.parse::<Caller>().ok();
    if caller.is_none() {
        problems.add("caller", Message::new("error-choose"));
    }
    // Not chosen is not known, and not known means do not call (E12).
    let call_back = if form.call_back.is_empty() {
        Some(CallBack::Unknown)
    } else {
        form.call_back.parse().ok()
    };
    if call_back.is_none() {
        problems.add("call_back", Message::new("error-choose"));
    }
    let language = problems.bounded("language", &form.language, 35);
    if !language.is_empty() && !crate::desk::is_language(&language) {
        problems.add("language", Message::new("error-language-code").with("code", &language));
    }
    let state = form.state.trim().to_uppercase();
    if !state.is_empty() && !crate::screening::is_a_state(acting, &state) {
        problems.add("state", Message::new("error-unknown-state").with("code", &state));
    }
    let words = form.words(&mut problems);
    // Whoever may be called back and left no number never hears from anyone. Without an
    // open key none can be kept, and the page says so.
    if vault.is_some() && call_back.is_some_and(CallBack::is_allowed) && words.contact.is_empty() {
        problems.add("contact", Message::new("hotline-error-contact"));
    }
    problems.none()?;
    if vault.is_none() && words.all().iter().any(|(_, text)| !text.is_empty()) {
        return Err(Refused::UnlockNeeded);
    }
    let id: CallId = acting.app.store.new_id();
    let context = acting.context(Action::AnswerHotline)?.for_purpose(Purpose::Identification);
    let mut act = begin!(acting, context.about(id));
    let call = Call {
        tenant,
        id,
        person: act.new_id(),
        account,
        caller: caller.unwrap_or(Caller::Silent),
        language,
        state: (!state.is_empty()).then_some(state),
        call_back: call_back.unwrap_or(CallBack::Unknown),
        hand_over: HandOver::None,
        desk: None,
        tried: Vec::new(),
        happened_at: act.happened_at(),
        recorded_at: act.now(),
    };
    calls::insert(&mut act, vault, &call, &words.all()).await?;
    act.commit(&id).await?;
    Ok(id)
}

/// Calls of one's organisation, the latest first.
///
/// # Errors
/// What access or the store refuse.
pub async fn list(acting: &Acting<'_>) -> Result<Vec<Versioned<Call>>, Refused> {
    allowed(acting).await?;
    let (tenant, _) = acting.member()?;
    Ok(calls::list(&acting.app.store, tenant, Paging::all()).await?.items)
}

/// A call with its words, where the reader's key opens them.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The call.
    pub call: Call,
    /// What to call them.
    pub name: Option<String>,
    /// The number.
    pub contact: Option<String>,
    /// The times at which one may call.
    pub times: Option<String>,
    /// What cannot wait.
    pub urgent: Vec<UrgentNeed>,
    /// What was said.
    pub note: Option<String>,
    /// The desk to call next for the hand-over.
    pub next: Option<Desk>,
    /// Desks that did not answer, in the order in which they were called.
    pub tried: Vec<Desk>,
    /// The desk that took over.
    pub reached: Option<Desk>,
    /// The case that was opened from it.
    pub case: Option<FromCall>,
}

/// One call; the look is in the log.
///
/// # Errors
/// [`Refused::NotFound`] if it is not there.
pub async fn show(
    acting: &Acting<'_>,
    vault: Option<&UnlockedVault>,
    id: CallId,
) -> Result<Shown, Refused> {
    allowed(acting).await?;
    let (tenant, _) = acting.member()?;
    let store = &acting.app.store;
    let call = calls::find(store, tenant, id).await?.ok_or(Refused::NotFound)?.record;
    let mut context =
        acting.context(Action::AnswerHotline)?.for_purpose(Purpose::Identification).about(id);
    context.idempotency = None;
    let read = store.read_personal(context).await?;
    let name = told(&read, vault, &call, Said::Name).await?;
    let contact = told(&read, vault, &call, Said::Contact).await?;
    let times = told(&read, vault, &call, Said::Times).await?;
    let note = told(&read, vault, &call, Said::Note).await?;
    let urgent = told(&read, vault, &call, Said::Urgent).await?.unwrap_or_default();
    let urgent = urgent.split_whitespace().filter_map(UrgentNeed::from_code).collect();
    let all = open_desks(acting).await?;
    let here = (tenant, acting.now());
    let next = next(&all, call.state.as_deref(), &call.tried, here).cloned();
    let known = |wanted: DeskId| all.iter().find(|one| one.id == wanted).cloned();
    let tried = call.tried.iter().filter_map(|one| known(*one)).collect();
    let reached = call.desk.and_then(known);
    let case = record::find::<FromCall>(&read, tenant, id.uuid()).await?.map(|one| one.record);
    Ok(Shown { call, name, contact, times, urgent, note, next, tried, reached, case })
}

/// A text of a call; a compartment that is closed to the reader shows nothing.
async fn told(
    read: &PersonalRead,
    vault: Option<&UnlockedVault>,
    call: &Call,
    said: Said,
) -> Result<Option<String>, Refused> {
    let Some(vault) = vault else { return Ok(None) };
    match calls::text(read, vault, call, said).await {
        Err(palermo_store::Error::Locked(_)) => Ok(None),
        other => Ok(other?),
    }
}

async fn open_desks(acting: &Acting<'_>) -> Result<Vec<Desk>, Refused> {
    let filter = desks::Filter { open: Some(true), ..desks::Filter::default() };
    let store = &acting.app.store;
    let page = desks::list(store, &filter, desks::SortBy::default(), Paging::all()).await?;
    Ok(page.items.into_iter().map(|desk| desk.record).collect())
}

/// Notes how the hand-over went: this desk took over, or did not answer (one
/// tap, and the next comes), or the caller does not want it.
///
/// # Errors
/// [`Refused::NotFound`] for a call or desk that is not there.
pub async fn hand_over(
    acting: &Acting<'_>,
    id: CallId,
    desk: Option<DeskId>,
    how: HandOver,
) -> Result<(), Refused> {
    allowed(acting).await?;
    let (tenant, _) = acting.member()?;
    let store = &acting.app.store;
    let mut call = calls::find(store, tenant, id).await?.ok_or(Refused::NotFound)?.record;
    if desk.is_none() && matches!(how, HandOver::Reached | HandOver::NoAnswer) {
        return Err(Refused::NotFound);
    }
    if let Some(desk) = desk
        && !open_desks(acting).await?.iter().any(|one| one.id == desk)
    {
        return Err(Refused::NotFound);
    }
    let context = acting.context(Action::AnswerHotline)?.for_purpose(Purpose::Identification);
    let mut act = begin!(acting, context.about(id));
    call.hand_over = how;
    match how {
        HandOver::Reached => call.desk = desk,
        HandOver::NoAnswer => call.tried.extend(desk.filter(|one| !call.tried.contains(one))),
        HandOver::None | HandOver::Declined => {}
    }
    act.detail("hand_over", how.code());
    calls::overwrite(&mut act, &call).await?;
    Ok(act.commit(&()).await?)
}
