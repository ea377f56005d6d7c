//! Before and after publication: the editorial checklist, titles in the
//! languages of the mechanism, the release calendar, corrections.

use super::{
    estimates,
    releases::{self, Listed},
};
use crate::{
    Acting, App, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    id::{AnnouncementId, ReleaseId, TenantId},
    knowledge::{
        announced::{Announced, Kept},
        editorial::{Answered, Guideline, NotReady, Reply, Said},
        publication::Status,
    },
    register::day::Day,
};
use palermo_store::{
    Act, Revision, Store, Versioned, account as accounts,
    knowledge::{
        announced as calendar,
        release::{self as kept, KeptRelease},
    },
    register::Filed,
};
use std::collections::BTreeMap;

/// An announcement as it is listed.
pub type ListedDay = Versioned<Filed<AnnouncementId, Announced>>;

/// Languages the pages speak.
pub const LANGUAGES: [&str; 4] = ["en", "fr", "es", "ar"];

/// The guideline with its checklist.
///
/// # Errors
/// When its file is not there or not right: then nothing is published.
pub fn guideline(app: &App) -> Result<Guideline, Refused> {
    let text = app.content.text("editorial/guideline.toml");
    let text = text.ok_or_else(|| {
        Refused::Unavailable("`editorial/guideline.toml` is not there".to_owned())
    })?;
    toml::from_str(text)
        .map_err(|why| Refused::Unavailable(format!("editorial/guideline.toml: {why}")))
}

/// Languages in which a publication must have a title: those of the mechanism
/// that these pages speak.
///
/// # Errors
/// When the store does not answer.
pub async fn languages(app: &App) -> Result<Vec<String>, Refused> {
    let id = app.store.mechanism().await?;
    let profile = id.and_then(|id| app.content.mechanisms().get(&id));
    let given = profile.and_then(|profile| profile.languages.given());
    let named: Vec<String> = given.map(|given| given.values.clone()).unwrap_or_default();
    let mut all: Vec<String> = LANGUAGES
        .iter()
        .filter(|code| named.iter().any(|n| n == *code))
        .map(|c| (*c).into())
        .collect();
    if all.is_empty() {
        all.push("en".to_owned());
    }
    Ok(all)
}

/// The title of a release in a language; as it was given where there is none.
#[must_use]
pub fn title<'r>(release: &'r KeptRelease, language: &str) -> &'r str {
    release.titles.get(language).filter(|title| !title.is_empty()).unwrap_or(&release.title)
}

/// Whether a release may be published.
///
/// # Errors
/// Why it waits, in words.
pub(super) async fn ready(app: &App, release: &KeptRelease) -> Result<(), Refused> {
    let guideline = guideline(app)?;
    let languages = languages(app).await?;
    guideline
        .ready(release.editorial.as_ref(), &titles_of(release), &languages)
        .map_err(|why| Refused::Declined(told(&why)))
}

/// Titles with the one that was given first, which counts for its language.
fn titles_of(release: &KeptRelease) -> Said {
    let mut titles = release.titles.clone();
    titles.entry("en".to_owned()).or_insert_with(|| release.title.clone());
    titles
}

fn told(why: &NotReady) -> Message {
    Message::new(&format!("editorial-{}", why.code())).with("what", why.what())
}

/// What somebody answered.
#[derive(Debug, Clone, Default)]
pub struct EditorialForm {
    /// Codes of replies, by question.
    pub replies: BTreeMap<String, String>,
    /// Titles by language.
    pub titles: Said,
    /// A note.
    pub note: String,
    /// The revision seen.
    pub revision: i64,
}

/// Keeps the answers to the checklist and the titles.
///
/// # Errors
/// Every problem of the form; what access or the store refuse.
pub async fn answer(
    acting: &Acting<'_>,
    id: ReleaseId,
    form: &EditorialForm,
) -> Result<ReleaseId, Refused> {
    let (tenant, account) = acting.member()?;
    let found = releases::mine(acting, id, Action::PrepareRelease).await?;
    if found.entry.status != Status::Prepared {
        return Err(Refused::Declined(Message::new("release-not-waiting")));
    }
    let guideline = guideline(acting.app)?;
    let mut problems = Problems::default();
    let mut replies = BTreeMap::new();
    for question in &guideline.question {
        let field = format!("q-{}", question.id);
        let typed = form.replies.get(&question.id).map_or("", String::as_str);
        match Reply::from_code(typed) {
            Some(Reply::NotApplicable) if !question.may_not_apply => {
                problems.add(&field, Message::new("error-choose"));
            }
            Some(reply) => {
                replies.insert(question.id.clone(), reply);
            }
            None => problems.add(&field, Message::new("error-choose")),
        }
    }
    let mut titles = Said::new();
    for language in languages(acting.app).await? {
        let field = format!("title-{language}");
        let typed = form.titles.get(&language).map_or("", String::as_str);
        let title = problems.required(&field, typed, 200);
        for word in guideline.words_in(&title) {
            let message = Message::new("editorial-word")
                .with("avoid", word.avoid.clone())
                .with("instead", word.instead.clone());
            problems.add(&field, message);
        }
        titles.insert(language, title);
    }
    let note = problems.bounded("note", &form.note, 1_000);
    problems.none()?;
    let name = accounts::find(&acting.app.store, tenant, account).await?;
    let mut release = found.entry.clone();
    // What is cited, what programs read and what stands in the files is one title: the
    // English one, or that of the mechanism's first language.
    if let Some(title) = titles.get("en").or_else(|| titles.values().next()) {
        release.title.clone_from(title);
        if let Some(written) = release.spec.pointer_mut("/release/title") {
            *written = title.clone().into();
        }
    }
    release.titles = titles;
    release.editorial = Some(Answered {
        version: guideline.version,
        replies,
        note,
        by: account,
        name: name.map(|account| account.record.name).unwrap_or_default(),
        at: acting.now().micros(),
    });
    // Whoever signed saw other words: they sign again.
    release.signatures.clear();
    let mut act = begin!(acting, acting.context(Action::PrepareRelease)?.about(id));
    kept::update(&mut act, id, &release, Revision(form.revision)).await?;
    act.commit(&id).await?;
    Ok(id)
}

/// The release that this one puts right, changed to say so; none if it puts
/// nothing right or the other is not public.
pub(super) async fn put_right(
    store: &Store,
    release: &KeptRelease,
    today: &str,
) -> Result<Option<(ReleaseId, KeptRelease, Revision)>, Refused> {
    let Some(slug) = &release.corrects else { return Ok(None) };
    let found = kept::list(store, Some(slug)).await?;
    let Some(old) = found.into_iter().find(|one| one.entry.status == Status::Published) else {
        return Err(Refused::Declined(Message::new("release-nothing-to-correct")));
    };
    let mut entry = old.entry.clone();
    entry.status = Status::Corrected;
    entry.corrected_by = Some(release.slug.clone());
    entry.changed = Some(today.to_owned());
    entry.reason.clone_from(&release.reason);
    Ok(Some((old.id, entry, old.revision)))
}

/// Releases that put one another right are followed so far.
const LONGEST_CHAIN: usize = 100;

/// The last of the releases that took the place of this one, if any did.
///
/// # Errors
/// When the store does not answer.
pub async fn last_of(store: &Store, release: &KeptRelease) -> Result<Option<Listed>, Refused> {
    let mut next = release.corrected_by.clone();
    let mut last = None;
    for _ in 0..LONGEST_CHAIN {
        let Some(slug) = next.take() else { break };
        let Some(found) = kept::list(store, Some(&slug))
            .await?
            .into_iter()
            .find(|one| one.entry.issued.is_some())
        else {
            break;
        };
        next.clone_from(&found.entry.corrected_by);
        last = Some(found);
    }
    Ok(last)
}

/// What somebody typed about an announcement.
#[derive(Debug, Clone, Default)]
pub struct DayForm {
    /// Titles by language.
    pub titles: Said,
    /// The day, ISO 8601.
    pub due: String,
    /// The release that kept it, by short name; empty for none yet.
    pub release: String,
    /// Why it was moved or called off.
    pub reason: String,
    /// Called off.
    pub called_off: bool,
    /// The revision seen.
    pub revision: i64,
}

fn parsed(
    form: &DayForm,
    old: Option<&Announced>,
    languages: &[String],
) -> Result<Announced, Refused> {
    let mut problems = Problems::default();
    let mut titles = Said::new();
    for language in languages {
        let typed = form.titles.get(language).map_or("", String::as_str);
        titles
            .insert(language.clone(), problems.required(&format!("title-{language}"), typed, 200));
    }
    let due = form.due.trim().parse::<Day>();
    if due.is_err() {
        problems.add(
            "due",
            match form.due.trim() {
                "" => Message::new("error-required"),
                typed => Message::new("error-no-such-date").with("date", typed),
            },
        );
    }
    let reason = problems.bounded("reason", &form.reason, 500);
    let moved = due.as_ref().is_ok_and(|due| old.is_some_and(|old| old.due != *due));
    if (moved || form.called_off) && reason.is_empty() {
        problems.add("reason", Message::new("error-required"));
    }
    problems.none()?;
    let Ok(due) = due else { return Err(Refused::NotFound) };
    let release = form.release.trim();
    Ok(Announced {
        title: titles,
        first_due: old.map_or(due, |old| old.first_due),
        due,
        release: (!release.is_empty()).then(|| release.to_owned()),
        reason: (!reason.is_empty()).then_some(reason),
        called_off: form.called_off,
    })
}

/// Announces a release.
///
/// # Errors
/// Every problem of the form; what access or the store refuse.
pub async fn announce(acting: &Acting<'_>, form: &DayForm) -> Result<AnnouncementId, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::PrepareRelease, &Resource::of(tenant)).await?;
    let new = parsed(form, None, &languages(acting.app).await?)?;
    let mut act = begin!(acting, acting.context(Action::PrepareRelease)?);
    let id = calendar::insert(&mut act, &new).await?;
    act.about(id);
    act.commit(&id).await?;
    Ok(id)
}

/// Moves a day, calls it off, or says which release kept it.
///
/// # Errors
/// Every problem of the form; what access or the store refuse.
pub async fn change_day(
    acting: &Acting<'_>,
    id: AnnouncementId,
    form: &DayForm,
) -> Result<AnnouncementId, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::PrepareRelease, &Resource::of(tenant)).await?;
    let old = calendar::find(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)?;
    let new = parsed(form, Some(&old.entry), &languages(acting.app).await?)?;
    if let Some(slug) = &new.release
        && !may_keep(&acting.app.store, tenant, slug).await?
    {
        let mut problems = Problems::default();
        problems.add("release", Message::new("error-choose"));
        return Err(Refused::Invalid(problems));
    }
    let mut act = begin!(acting, acting.context(Action::PrepareRelease)?.about(id));
    calendar::update(&mut act, id, &new, Revision(form.revision)).await?;
    act.commit(&id).await?;
    Ok(id)
}

/// What stands before the id of an estimate where an announcement names what kept it.
pub const ESTIMATE: &str = "estimate:";

/// Whether an announcement may name this: a release or an estimate that is public, or a
/// release of one's own that waits for signatures. Readers see it once it is public.
async fn may_keep(store: &Store, tenant: TenantId, named: &str) -> Result<bool, Refused> {
    let Some(id) = named.strip_prefix(ESTIMATE) else {
        let found = kept::list(store, Some(named)).await?;
        return Ok(found.iter().any(|one| {
            one.entry.issued.is_some()
                || (one.tenant == tenant && one.entry.status == Status::Prepared)
        }));
    };
    Ok(estimates::public(store).await?.iter().any(|one| one.id.to_string() == id))
}

/// One's own releases that wait for signatures.
///
/// # Errors
/// What access or the store refuse.
pub async fn prepared(acting: &Acting<'_>) -> Result<Vec<Listed>, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::PrepareRelease, &Resource::of(tenant)).await?;
    let mut all = kept::list(&acting.app.store, None).await?;
    all.retain(|one| one.tenant == tenant && one.entry.status == Status::Prepared);
    Ok(all)
}

/// One's own announcements, the earliest first.
///
/// # Errors
/// What access or the store refuse.
pub async fn own_days(acting: &Acting<'_>) -> Result<Vec<CalendarDay>, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::PrepareRelease, &Resource::of(tenant)).await?;
    let mut days = calendar(acting.app).await?;
    days.retain(|one| one.day.tenant == tenant);
    days.sort_by_key(|one| one.day.entry.due);
    Ok(days)
}

/// The announcement that somebody says a new release keeps; nothing if none was chosen.
pub(super) async fn chosen_day(
    acting: &Acting<'_>,
    typed: &str,
) -> Result<Option<ListedDay>, Refused> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let none = || Refused::field("announced", Message::new("error-choose"));
    let id = typed.trim().parse::<AnnouncementId>().map_err(|_| none())?;
    // One that something public keeps already is not taken away from it.
    let open = own_days(acting).await?.into_iter().find(|one| one.day.id == id && one.is_open());
    open.map(|one| Some(one.day)).ok_or_else(none)
}

/// Notes with an announcement which release keeps it.
pub(super) async fn keeps(act: &mut Act, day: &ListedDay, slug: &str) -> Result<(), Refused> {
    let mut entry = day.entry.clone();
    entry.release = Some(slug.to_owned());
    calendar::update(act, day.id, &entry, day.revision).await?;
    act.about(day.id);
    Ok(())
}

/// One's own announcement.
///
/// # Errors
/// [`Refused::NotFound`] if it is not there.
pub async fn own_day(acting: &Acting<'_>, id: AnnouncementId) -> Result<ListedDay, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::PrepareRelease, &Resource::of(tenant)).await?;
    calendar::find(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)
}

/// An announcement with what became of it.
#[derive(Debug, Clone)]
pub struct CalendarDay {
    /// The announcement.
    pub day: ListedDay,
    /// The release that kept it.
    pub release: Option<Listed>,
    /// The day on which the estimate that kept it became public.
    pub estimate: Option<Day>,
    /// Whether it was kept.
    pub kept: Kept,
}

impl CalendarDay {
    /// Whether nothing that is public keeps it yet.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self.kept, Kept::Ahead | Kept::Missed)
    }
}

/// The whole calendar, what comes first on top, then what passed, the newest first.
///
/// # Errors
/// When the store does not answer.
pub async fn calendar(app: &App) -> Result<Vec<CalendarDay>, Refused> {
    let today = Day::from(app.store.now().date());
    let public = releases::public(&app.store).await?;
    let estimated = estimates::public(&app.store).await?;
    let mut all: Vec<CalendarDay> = calendar::list(&app.store, None)
        .await?
        .into_iter()
        .map(|day| {
            let slug = day.entry.release.clone();
            let release = slug.and_then(|slug| public.iter().find(|one| one.entry.slug == slug));
            let issued = release.and_then(|one| one.entry.issued.as_deref()?.parse().ok());
            let named = day.entry.release.as_deref().and_then(|one| one.strip_prefix(ESTIMATE));
            let estimate = named
                .and_then(|id| estimated.iter().find(|one| one.id.to_string() == id)?.entry.issued);
            let kept = day.entry.kept(issued.or(estimate), today);
            CalendarDay { kept, release: release.cloned(), estimate, day }
        })
        .collect();
    all.sort_by(|a, b| {
        let ahead = |one: &CalendarDay| one.kept != Kept::Ahead;
        ahead(a).cmp(&ahead(b)).then_with(|| {
            let (x, y) = (a.day.entry.due, b.day.entry.due);
            if ahead(a) { y.cmp(&x) } else { x.cmp(&y) }
        })
    });
    Ok(all)
}
