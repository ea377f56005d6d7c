//! Asking: a draft is begun, answered step by step, left and taken up again,
//! and erased when its time has passed or the officer gives it up.

use super::{own, purpose, reach};
use crate::{Acting, App, Message, Refused, access::Action, begin};
use palermo_domain::{
    actor::Actor,
    id::ScreeningId,
    screening::{Act, Age, Answer, Draft, ExploitationForm, IndicatorSet, Means, Step},
    unmet_need::UnmetNeed,
};
use palermo_store::{
    ActContext, Begun, Revision, UnlockedVault, Versioned,
    keys::erase,
    screening::draft::{self as drafts, DraftHead},
    unmet_need,
};
use std::{collections::BTreeSet, str::FromStr, time::Duration};

/// How long a draft is kept that nobody decides.
pub const KEPT: Duration = Duration::from_secs(72 * 3600);

/// A draft with its answers.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Whose it is and until when.
    pub head: Versioned<DraftHead>,
    /// What was answered.
    pub draft: Draft,
}

impl Asked {
    /// The set the facts call for.
    ///
    /// # Errors
    /// [`Refused::Unavailable`] if no set fits, which damaged content has.
    pub fn set<'a>(&self, app: &'a App) -> Result<&'a IndicatorSet, Refused> {
        set_of(app, &self.draft)
    }
}

pub(crate) fn set_of<'a>(app: &'a App, draft: &Draft) -> Result<&'a IndicatorSet, Refused> {
    let none = || Refused::Unavailable("no indicator set fits; see `content/indicators`".into());
    draft.set(&app.registers.indicators).ok_or_else(none)
}

/// What the server may open by itself: coded facts.
pub(super) async fn vault(acting: &Acting<'_>) -> Result<UnlockedVault, Refused> {
    let (tenant, _) = acting.member()?;
    Ok(acting.app.store.server_vault(tenant).await?)
}

/// Begins a screening.
///
/// # Errors
/// What access or the store refuse.
pub async fn start(acting: &Acting<'_>) -> Result<ScreeningId, Refused> {
    let draft = Draft { language: acting.language.code().to_owned(), ..Draft::default() };
    start_with(acting, &draft).await
}

/// Begins a screening of which something is known already, as from paper.
///
/// # Errors
/// What access or the store refuse.
pub async fn start_with(acting: &Acting<'_>, draft: &Draft) -> Result<ScreeningId, Refused> {
    let (tenant, account, resource) = own(acting)?;
    acting.allow_for(Action::Screen, &resource, Some(purpose(acting))).await?;
    let (vault, gap) = (vault(acting).await?, reach::gap(acting).await?);
    let id: ScreeningId = acting.app.store.new_id();
    let context = acting.context(Action::Screen)?.for_purpose(purpose(acting)).about(id);
    let mut act = begin!(acting, context);
    let head = DraftHead {
        tenant,
        id,
        account,
        person: act.new_id(),
        expires_at: act.now().after(KEPT),
        recorded_at: act.now(),
    };
    drafts::begin(&mut act, &vault, &head, draft).await?;
    if let Some(gap) = gap {
        let today = act.now().date().into();
        let need = UnmetNeed::of(&gap.wanted, &gap.found, today);
        unmet_need::insert(&mut act, &need).await?;
    }
    act.commit(&id).await?;
    Ok(id)
}

/// One's own draft with its answers; the look is in the log.
///
/// # Errors
/// [`Refused::NotFound`] if it is not there, not one's own, or expired.
pub async fn load(acting: &Acting<'_>, id: ScreeningId) -> Result<Asked, Refused> {
    let (tenant, account, resource) = own(acting)?;
    acting.allow_for(Action::Screen, &resource, Some(purpose(acting))).await?;
    let head = drafts::find(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)?;
    if head.record.account != account || head.record.expires_at <= acting.now() {
        return Err(Refused::NotFound);
    }
    let vault = vault(acting).await?;
    let mut context = acting.context(Action::Screen)?.for_purpose(purpose(acting)).about(id);
    context.idempotency = None;
    let read = acting.app.store.read_personal(context).await?;
    let draft = drafts::answers(&read, &vault, head.record.person, id).await?;
    Ok(Asked { head, draft })
}

/// What was sent on one page; an empty list skips the question.
pub type Given<'g> = &'g [String];

/// Keeps the answer to one step. Skipping is an answer too: the question then
/// was not asked, and whatever was answered before is taken back.
///
/// # Errors
/// [`Refused::Invalid`] for a value that is not on the list.
pub async fn answer(
    acting: &Acting<'_>,
    asked: &Asked,
    step: &Step,
    given: Given<'_>,
) -> Result<Draft, Refused> {
    let (_, _, resource) = own(acting)?;
    acting.allow_for(Action::Screen, &resource, Some(purpose(acting))).await?;
    let mut draft = asked.draft.clone();
    put(acting, &mut draft, step, given)?;
    draft.seen.insert(step.to_string());
    let vault = vault(acting).await?;
    let id = asked.head.record.id;
    let context = acting.context(Action::Screen)?.for_purpose(purpose(acting)).about(id);
    let mut act = begin!(acting, context);
    drafts::keep(&mut act, &vault, &asked.head.record, asked.head.revision, &draft).await?;
    act.commit(&draft).await?;
    Ok(draft)
}

/// Puts a step's answer into a draft.
pub(super) fn put(
    acting: &Acting<'_>,
    draft: &mut Draft,
    step: &Step,
    given: Given<'_>,
) -> Result<(), Refused> {
    let first = given.first().map_or("", String::as_str);
    let wrong = |_| Refused::field("answer", Message::new("error-choose"));
    match step {
        Step::Language => {
            let known = acting.app.wording.languages().iter().any(|one| one.code == first);
            if !first.is_empty() && !known {
                return Err(Refused::field("answer", Message::new("error-choose")));
            }
            draft.language =
                if first.is_empty() { acting.language.code().to_owned() } else { first.to_owned() };
        }
        Step::Age => {
            draft.age =
                if first.is_empty() { None } else { Some(first.parse::<Age>().map_err(wrong)?) };
        }
        Step::Form => draft.forms = all::<ExploitationForm>(given)?,
        Step::Indicator(code) => {
            let answer = if first.is_empty() {
                Answer::NotAsked
            } else {
                first.parse::<Answer>().map_err(wrong)?
            };
            if answer == Answer::NotAsked {
                draft.answers.remove(code);
            } else {
                draft.answers.insert(code.clone(), answer);
            }
        }
        Step::Act => draft.elements.acts = all::<Act>(given)?,
        Step::Means => draft.elements.means = all::<Means>(given)?,
        Step::Purpose => draft.elements.purposes = all::<ExploitationForm>(given)?,
    }
    Ok(())
}

fn all<T: FromStr + Ord>(given: Given<'_>) -> Result<BTreeSet<T>, Refused> {
    let parsed = given.iter().filter(|code| !code.is_empty()).map(|code| code.parse::<T>().ok());
    parsed
        .collect::<Option<BTreeSet<T>>>()
        .ok_or_else(|| Refused::field("answer", Message::new("error-choose")))
}

/// Gives a draft up: its key is destroyed, nothing of it opens any more.
///
/// # Errors
/// As [`load`].
pub async fn give_up(acting: &Acting<'_>, id: ScreeningId, seen: Revision) -> Result<(), Refused> {
    let asked = load(acting, id).await?;
    if asked.head.revision != seen {
        return Err(Refused::Conflict);
    }
    let context = acting.context(Action::Screen)?.for_purpose(purpose(acting)).about(id);
    let mut act = begin!(acting, context);
    drafts::discard(&mut act, &asked.head.record, "given-up").await?;
    act.commit(&()).await?;
    erase::finish(&acting.app.store).await?;
    Ok(())
}

/// Erases drafts whose time has passed. A job calls this; returns how many.
///
/// # Errors
/// When a database does not answer; called again, it goes on.
pub async fn sweep(app: &App) -> Result<u64, Refused> {
    let mut erased = 0;
    for head in drafts::expired(&app.store, app.store.now(), 200).await? {
        let actor = Actor::System { job: "drafts".to_owned() };
        let context = ActContext::new(head.tenant, actor, "screening.expire").about(head.id);
        let Begun::Fresh(mut act) = app.store.act(context).await? else { continue };
        drafts::discard(&mut act, &head, "retention").await?;
        act.commit(&()).await?;
        erased += 1;
    }
    if erased > 0 {
        erase::finish(&app.store).await?;
    }
    Ok(erased)
}
