//! Extracts asked for from outside (R189), without an account: a request goes to
//! an organisation that answers for figures, is decided there with a reason, and
//! whoever asked follows it by a link. Of a person only the address for the
//! answer is taken: sealed while it waits, forgotten with the last letter.

use super::{
    extracts::{ExtractForm, Listed},
    releases,
};
use crate::{
    Acting, App, Message, Problems, Refused, access::Action, acting::Beginning,
    invitation::check_address, release::files, throttle, tokens, work,
};
use palermo_domain::{
    actor::Actor,
    governance::gives_away,
    id::{AccountId, ExtractId, Id, TaskId, TenantId},
    knowledge::sharing::{Extract, ExtractStatus, answers_for_figures},
    register::day::Day,
    role::Role,
    task::Task,
};
use palermo_store::{
    Act, ActContext, Begun, Paging, knowledge::extract as kept, outbox, role as roles,
    task as tasks, tenant as tenants,
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, net::IpAddr, time::Duration};

/// Work of whoever decides: somebody asked from outside.
pub(super) const DECIDE: &str = "task-extract-asked";

/// The letter to whoever asked.
const LETTER: &str = "extract-answered";

/// What is sealed: an address, and a link.
const CONTACT: &str = "extract contact";
const LINK: &str = "extract request";

/// A link holds as long as an extract may be kept.
const HOLDS: Duration = Duration::from_secs(5 * 366 * 86_400);

/// The latest day of deletion, in days from the request.
const LONGEST_DAYS: i64 = 5 * 365;

/// Days within which it should be decided.
const DAYS_TO_DECIDE: u64 = 21;

/// More requests from outside do not wait at one organisation.
const MOST_WAITING: usize = 100;

/// What somebody outside typed.
#[derive(Debug, Clone, Default)]
pub struct RequestForm {
    /// The request.
    pub about: ExtractForm,
    /// The organisation whose figures are asked for.
    pub keeper: String,
    /// Where the answer goes.
    pub email: String,
}

/// Requests a source sends in a day without waiting.
const FREE_A_DAY: i64 = 10;

#[derive(Serialize, Deserialize)]
struct Contact {
    email: String,
    language: String,
}

#[derive(Serialize, Deserialize)]
struct Linked {
    tenant: TenantId,
    id: ExtractId,
}

/// Organisations that answer for figures, and so are asked: id and name.
///
/// # Errors
/// When the store does not answer.
pub async fn keepers(app: &App) -> Result<Vec<(TenantId, String)>, Refused> {
    let filter = tenants::Filter::default();
    let all = tenants::list(&app.store, &filter, Paging::all()).await?.items;
    Ok(all
        .into_iter()
        .filter(|one| answers_for_figures(one.record.kind))
        .map(|one| (one.record.id, one.record.name.clone()))
        .collect())
}

/// Sends a request; gives the word of the link that follows it.
///
/// # Errors
/// Every problem of the form at once; [`Refused::TooMany`] for a source that
/// sends too many; [`Refused::Declined`] where too many wait.
pub async fn ask(
    acting: &Acting<'_>,
    form: &RequestForm,
    source: Option<IpAddr>,
) -> Result<String, Refused> {
    let app = acting.app;
    let today: Day = acting.now().date().into();
    let (tenant, mut extract) = read(app, form, today).await?;
    let name = source.map_or_else(|| "unknown".to_owned(), |source| source.to_string());
    throttle::may_send(app, &format!("extract-request:{name}"), FREE_A_DAY).await?;
    let waiting = kept::list(&app.store, Some(ExtractStatus::Asked.code())).await?;
    let from_outside =
        waiting.iter().filter(|one| one.tenant == tenant && one.entry.asked.is_none()).count();
    if from_outside >= MOST_WAITING {
        return Err(Refused::Declined(Message::new("extract-too-many-waiting")));
    }
    let to = Contact {
        email: form.email.trim().to_owned(),
        language: acting.language.code().to_owned(),
    };
    extract.contact = Some(tokens::keep(app, CONTACT, tenant.uuid().as_bytes(), &to, HOLDS));
    extract.came = Some(today);
    // Signed in or not, it is somebody from outside who asks.
    let mut context = ActContext::new(tenant, Actor::Public, Action::AskExtract.code());
    context.idempotency.clone_from(&acting.once);
    let id: ExtractId = match acting.begin(context).await? {
        Beginning::Repeated(id) => id,
        Beginning::Fresh(mut act) => {
            let id = kept::insert(&mut act, &extract).await?;
            act.about(id);
            tell(&mut act, id).await?;
            act.commit(&id).await?;
            id
        }
    };
    Ok(link(app, tenant, id))
}

/// What in a text leads to a person. Years are no telephone number, nor are the
/// numbers by which an ethics board knows its decision.
fn leads_away(field: &str, text: &str) -> Option<String> {
    let year = |run: &str| {
        run.chars().count() == 4
            && ["19", "20", "١٩", "٢٠"].iter().any(|begin| run.starts_with(begin))
    };
    let years = |word: &str| {
        !word.contains(char::is_alphabetic)
            && word.contains(char::is_numeric)
            && word.split(|c: char| !c.is_numeric()).filter(|run| !run.is_empty()).all(year)
    };
    let words: Vec<&str> =
        text.split_whitespace().map(|word| if years(word) { "…" } else { word }).collect();
    let found = gives_away(&words.join(" ")).map(str::to_owned);
    found.filter(|word| field != "ethics" || word.contains(char::is_alphabetic))
}

/// What was typed, and whom it goes to.
async fn read(app: &App, form: &RequestForm, today: Day) -> Result<(TenantId, Extract), Refused> {
    let mut problems = Problems::default();
    let extract = form.about.read(today, &mut problems);
    let latest = today.plus_days(LONGEST_DAYS);
    if extract.as_ref().is_some_and(|one| one.delete_by > latest) {
        problems.add("delete_by", Message::new("extract-deletion-late"));
    }
    for (field, text) in [
        ("title", &form.about.title),
        ("institution", &form.about.institution),
        ("purpose", &form.about.purpose),
        ("figures", &form.about.figures),
        ("ethics", &form.about.ethics),
    ] {
        if let Some(word) = leads_away(field, text) {
            problems.add(field, Message::new("extract-no-addresses").with("word", word));
        }
    }
    if check_address(&form.email).is_err() {
        problems.add("email", Message::new("error-email").with("email", form.email.trim()));
    }
    let keepers = keepers(app).await?;
    let keeper = keepers.iter().find(|(id, _)| id.to_string() == form.keeper);
    if keeper.is_none() {
        problems.add("keeper", Message::new("error-choose"));
    }
    problems.none()?;
    match (keeper, extract) {
        (Some((tenant, _)), Some(extract)) => Ok((*tenant, extract)),
        _ => Err(Refused::NotFound),
    }
}

/// The word of the link that follows a request.
fn link(app: &App, tenant: TenantId, id: ExtractId) -> String {
    tokens::keep(app, LINK, b"", &Linked { tenant, id }, HOLDS)
}

/// Gives those who decide their work, within the act of asking. The task says
/// no more than that somebody asked.
async fn tell(act: &mut Act, id: ExtractId) -> Result<(), Refused> {
    let mut told: BTreeSet<AccountId> = BTreeSet::new();
    for role in [Role::Analyst, Role::Secretariat, Role::NationalRapporteur] {
        let held = roles::holders(&*act, act.tenant(), role, act.now()).await?;
        told.extend(held.into_iter().map(|one| one.record.account));
    }
    let due = act.now().after(Duration::from_secs(DAYS_TO_DECIDE * 86_400));
    for account in told {
        let task_id: TaskId = act.new_id();
        let task = Task {
            tenant: act.tenant(),
            id: task_id,
            kind: DECIDE.into(),
            subject: Some(id.subject()),
            note: String::new(),
            desk: None,
            assignee: Some(account),
            due_at: Some(due),
            done_at: None,
            done_by: None,
            recorded_at: act.now(),
        };
        tasks::insert(act, &task).await?;
    }
    Ok(())
}

/// Puts a letter to whoever asked from outside on its way, within the act of the
/// decision: it says only that there is an answer. With the last one, refused or
/// given, the address is forgotten; the letter has it sealed until it left.
///
/// # Errors
/// When the store does not answer.
pub(super) async fn answer(
    app: &App,
    act: &mut Act,
    id: ExtractId,
    extract: &mut Extract,
) -> Result<(), Refused> {
    let Some(sealed) = extract.contact.clone() else { return Ok(()) };
    let tenant = act.tenant();
    // An address that does not open any more gets no letter; the link still answers.
    if let Some(to) = tokens::kept::<Contact>(app, CONTACT, tenant.uuid().as_bytes(), &sealed) {
        let letter = serde_json::json!({
            "letter": LETTER,
            "to": to.email,
            "language": to.language,
            "token": link(app, tenant, id),
        });
        outbox::put(act, "mail", "", LETTER, letter.to_string().as_bytes()).await?;
    }
    if matches!(extract.status, ExtractStatus::Refused | ExtractStatus::Given) {
        extract.contact = None;
    }
    Ok(())
}

/// Forgets the addresses of those who got no last letter by the day of deletion.
/// A job calls this.
///
/// # Errors
/// When the store does not answer; called again, it goes on.
pub async fn forget(app: &App) -> Result<(), Refused> {
    let today: Day = app.store.now().date().into();
    for one in kept::list(&app.store, None).await? {
        if one.entry.contact.is_none() || one.entry.delete_by >= today {
            continue;
        }
        let extract = Extract { contact: None, ..one.entry.clone() };
        let actor = Actor::System { job: "extracts".to_owned() };
        let context = ActContext::new(one.tenant, actor, "extract.forget").about(one.id);
        let Begun::Fresh(mut act) = app.store.act(context).await? else { continue };
        kept::update(&mut act, one.id, &extract, one.revision).await?;
        act.commit(&()).await?;
    }
    Ok(())
}

/// A request as whoever asked sees it.
#[derive(Debug, Clone)]
pub struct Followed {
    /// The request with its answer.
    pub extract: Extract,
    /// The files that can be fetched now.
    pub files: Vec<String>,
}

async fn linked(app: &App, word: &str) -> Result<(Linked, Listed), Refused> {
    let link: Linked = tokens::kept(app, LINK, b"", word).ok_or(Refused::NotFound)?;
    let found = kept::find(&app.store, link.tenant, link.id).await?.ok_or(Refused::NotFound)?;
    Ok((link, found))
}

/// A request and what became of it.
///
/// # Errors
/// [`Refused::NotFound`] for a link that is not ours or has run out.
pub async fn follow(app: &App, word: &str) -> Result<Followed, Refused> {
    let (link, found) = linked(app, word).await?;
    let extract = found.record.entry;
    let mut names = Vec::new();
    let today: Day = app.store.now().date().into();
    if let Some(release) = extract.release.filter(|_| extract.can_be_fetched(today)) {
        let given = releases::given(&app.store, link.tenant, release).await?;
        let all = given.map(|given| releases::files_of(&given.entry)).transpose()?;
        // The counts are for comparing later releases; the tables hold them too.
        let all = all.into_iter().flatten().filter(|file| file.name != files::COUNTS);
        names = all.map(|file| file.name).collect();
    }
    Ok(Followed { extract, files: names })
}

/// A file of what was given, until the day of its deletion. Every time it stands
/// in the log.
///
/// # Errors
/// [`Refused::NotFound`] if there is none, or its day has passed.
pub async fn fetch(app: &App, word: &str, name: &str) -> Result<Vec<u8>, Refused> {
    let (link, found) = linked(app, word).await?;
    let extract = found.record.entry;
    let today: Day = app.store.now().date().into();
    let release = extract.release.filter(|_| extract.can_be_fetched(today));
    let release = release.ok_or(Refused::NotFound)?;
    let given = releases::given(&app.store, link.tenant, release).await?;
    let all = releases::files_of(&given.ok_or(Refused::NotFound)?.entry)?;
    let file = all.into_iter().find(|file| file.name == name && name != files::COUNTS);
    let file = file.ok_or(Refused::NotFound)?;
    let context = ActContext::new(link.tenant, Actor::Public, Action::AskExtract.code())
        .about(link.id)
        .about(release);
    // Without an entry in the log no file is given.
    let Begun::Fresh(mut act) = app.store.act(context).await? else {
        return Err(Refused::NotFound);
    };
    act.detail("file", name.to_owned());
    act.commit(&()).await?;
    Ok(file.bytes)
}

/// The researchers confirm by their link that they deleted it.
///
/// # Errors
/// [`Refused::NotFound`] for a link that is not ours; [`Refused::Declined`] when
/// nothing was given.
pub async fn confirm_deleted(app: &App, word: &str) -> Result<(), Refused> {
    let (link, found) = linked(app, word).await?;
    let mut extract = found.record.entry.clone();
    if extract.status == ExtractStatus::Deleted {
        return Ok(());
    }
    extract
        .delete(app.store.now().date().into())
        .map_err(|_| Refused::Declined(Message::new("loop-wrong-step")))?;
    let context =
        ActContext::new(link.tenant, Actor::Public, Action::AskExtract.code()).about(link.id);
    let Begun::Fresh(mut act) = app.store.act(context).await? else { return Ok(()) };
    kept::update(&mut act, link.id, &extract, found.revision).await?;
    work::answered(&mut act, link.id.subject()).await?;
    act.detail("status", extract.status.code());
    Ok(act.commit(&()).await?)
}
