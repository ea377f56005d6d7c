//! Extracts for researchers (R189): asked for, reviewed for disclosure by a
//! second person, given as a protected release that counts in later
//! comparisons, deleted by its day. A task reminds of that day. What is asked
//! for from outside is in [`super::extract_requests`].

use super::{extract_requests, protocols::day, releases};
use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin, work,
};
use palermo_domain::{
    id::{ExtractId, Id, ReleaseId, TaskId},
    knowledge::{
        publication::{Signature, Status},
        sharing::{Extract, ExtractStatus, NotGiven},
    },
    register::day::Day,
    task::Task,
};
use palermo_store::{
    Revision, Versioned, account as accounts,
    knowledge::{extract as kept, release as releases_kept},
    register::Filed,
    task as tasks,
};

/// An extract as it is listed.
pub type Listed = Versioned<Filed<ExtractId, Extract>>;

/// What someone typed about a request.
#[derive(Debug, Clone, Default)]
pub struct ExtractForm {
    /// The research.
    pub title: String,
    /// The institution.
    pub institution: String,
    /// What it is for.
    pub purpose: String,
    /// Which figures.
    pub figures: String,
    /// Ethics approval.
    pub ethics: String,
    /// Day of deletion.
    pub delete_by: [String; 3],
}

impl ExtractForm {
    /// What was typed, with every problem noted. Nobody is named yet who asked.
    pub(super) fn read(&self, today: Day, problems: &mut Problems) -> Option<Extract> {
        let title = problems.required("title", &self.title, 200);
        let institution = problems.required("institution", &self.institution, 200);
        let purpose = problems.required("purpose", &self.purpose, 1_000);
        let figures = problems.required("figures", &self.figures, 1_000);
        let ethics = problems.required("ethics", &self.ethics, 300);
        let until = day(&self.delete_by, "delete_by", problems);
        if until.is_some_and(|until| until <= today) {
            problems.add("delete_by", Message::new("extract-deletion-past"));
        }
        Some(Extract {
            title,
            institution,
            purpose,
            figures,
            ethics,
            delete_by: until?,
            asked: None,
            status: ExtractStatus::Asked,
            review: None,
            release: None,
            given: None,
            deleted: None,
            came: None,
            contact: None,
            answer: None,
        })
    }
}

/// Whoever acts, as a signature.
///
/// # Errors
/// When nobody is signed in, or the store does not answer.
pub(super) async fn signature(acting: &Acting<'_>) -> Result<Signature, Refused> {
    let (tenant, account) = acting.member()?;
    let found = accounts::find(&acting.app.store, tenant, account).await?;
    let name = found.map(|one| one.record.name).unwrap_or_default();
    Ok(Signature { account, name, at: acting.now().micros() })
}

fn told(why: NotGiven) -> Refused {
    Refused::Declined(Message::new(match why {
        NotGiven::WrongStep => "loop-wrong-step",
        NotGiven::OwnReview => "loop-own-review",
        NotGiven::NotProtected => "extract-not-protected",
    }))
}

/// Requests of one's organisation: the log of extracts.
///
/// # Errors
/// What access or the store refuse.
pub async fn list(acting: &Acting<'_>) -> Result<Vec<Listed>, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ManageExtracts, &Resource::of(tenant)).await?;
    let mut all = kept::list(&acting.app.store, None).await?;
    all.retain(|one| one.tenant == tenant);
    all.reverse();
    Ok(all)
}

/// One request.
///
/// # Errors
/// [`Refused::NotFound`] if it is not there.
pub async fn show(acting: &Acting<'_>, id: ExtractId) -> Result<Listed, Refused> {
    list(acting).await?.into_iter().find(|one| one.id == id).ok_or(Refused::NotFound)
}

/// Writes a request down.
///
/// # Errors
/// Every problem of the form; what access or the store refuse.
pub async fn ask(acting: &Acting<'_>, form: &ExtractForm) -> Result<ExtractId, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ManageExtracts, &Resource::of(tenant)).await?;
    let mut problems = Problems::default();
    let read = form.read(acting.now().date().into(), &mut problems);
    problems.none()?;
    let Some(mut extract) = read else { return Err(Refused::NotFound) };
    extract.asked = Some(signature(acting).await?);
    let mut act = begin!(acting, acting.context(Action::ManageExtracts)?);
    let id = kept::insert(&mut act, &extract).await?;
    act.about(id);
    act.commit(&id).await?;
    Ok(id)
}

/// What a reviewer found.
#[derive(Debug, Clone, Default)]
pub struct ReviewForm {
    /// Whom the figures could single out: for the office alone.
    pub words: String,
    /// Whether it may be given; nothing until somebody chose.
    pub agrees: Option<bool>,
    /// The reason, for whoever asked from outside.
    pub answer: String,
}

/// The disclosure review, by a second person who may sign releases. Whoever asked
/// from outside is answered, with the reason.
///
/// # Errors
/// Every problem of the form; what the rules, access or the store refuse.
pub async fn review(
    acting: &Acting<'_>,
    id: ExtractId,
    form: &ReviewForm,
    seen: i64,
) -> Result<ExtractId, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::SignRelease, &Resource::of(tenant)).await?;
    let mut extract = show(acting, id).await?.record.entry;
    let mut problems = Problems::default();
    let words = problems.required("words", &form.words, 2_000);
    if form.agrees.is_none() {
        problems.add("agrees", Message::new("error-choose"));
    }
    if extract.asked.is_none() {
        extract.answer = Some(problems.required("answer", &form.answer, 2_000));
    }
    problems.none()?;
    let agrees = form.agrees.unwrap_or(false);
    extract.reviewed(signature(acting).await?, &words, agrees).map_err(told)?;
    let mut act = begin!(acting, acting.context(Action::SignRelease)?.about(id));
    extract_requests::answer(acting.app, &mut act, id, &mut extract).await?;
    kept::update(&mut act, id, &extract, Revision(seen)).await?;
    work::answered_kind(&mut act, id.subject(), extract_requests::DECIDE).await?;
    act.detail("status", extract.status.code());
    act.commit(&id).await?;
    Ok(id)
}

/// Releases that withstood the attack and are not public: what can be given.
///
/// # Errors
/// What access or the store refuse.
pub async fn choices(acting: &Acting<'_>) -> Result<Vec<(String, String)>, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ManageExtracts, &Resource::of(tenant)).await?;
    let all = releases_kept::list(&acting.app.store, None).await?;
    Ok(all
        .into_iter()
        .filter(|one| one.tenant == tenant && one.entry.status == Status::Prepared)
        .map(|one| (one.id.to_string(), one.entry.title.clone()))
        .collect())
}

/// What the release is called that was given; nothing before one was.
///
/// # Errors
/// What access or the store refuse.
pub async fn release_title(
    acting: &Acting<'_>,
    extract: &Extract,
) -> Result<Option<String>, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ManageExtracts, &Resource::of(tenant)).await?;
    let Some(release) = extract.release else { return Ok(None) };
    let all = releases_kept::list(&acting.app.store, None).await?;
    let found = all.iter().find(|one| one.tenant == tenant && one.id == release);
    Ok(found.map(|one| one.entry.title.clone()))
}

/// Gives a protected release to the researchers. It is compared once more with
/// everything that was shown meanwhile, and a task is set for its deletion.
///
/// # Errors
/// What the rules, access or the store refuse.
pub async fn give(
    acting: &Acting<'_>,
    id: ExtractId,
    release: &str,
    seen: i64,
) -> Result<ExtractId, Refused> {
    let (tenant, account) = acting.member()?;
    acting.allow(Action::ManageExtracts, &Resource::of(tenant)).await?;
    let mut extract = show(acting, id).await?.record.entry;
    let release: ReleaseId =
        release.parse().map_err(|_| Refused::field("release", Message::new("error-choose")))?;
    let store = &acting.app.store;
    let found = releases_kept::find(store, tenant, release).await?.ok_or(Refused::NotFound)?;
    let mut given = found.record.entry.clone();
    let by = signature(acting).await?;
    extract.give(by.clone(), release, given.status == Status::Prepared).map_err(told)?;
    releases::still_fits(acting.app, tenant, &given).await?;
    releases::not_overtaken(store, &given).await?;
    given.status = Status::Given;
    given.reason = Some(extract.institution.clone());
    if !given.signatures.iter().any(|one| one.account == by.account) {
        given.signatures.push(by);
    }
    let due = extract.delete_by.date().midnight().assume_utc();
    let task_id: TaskId = store.new_id();
    let mut act = begin!(acting, acting.context(Action::ManageExtracts)?.about(id).about(release));
    extract_requests::answer(acting.app, &mut act, id, &mut extract).await?;
    kept::update(&mut act, id, &extract, Revision(seen)).await?;
    releases_kept::update(&mut act, release, &given, found.revision).await?;
    let task = Task {
        tenant,
        id: task_id,
        kind: "task-extract-delete".into(),
        subject: Some(format!("extract:{id}")),
        note: extract.institution.clone(),
        desk: None,
        assignee: Some(account),
        due_at: Some(due.into()),
        done_at: None,
        done_by: None,
        recorded_at: act.now(),
    };
    tasks::insert(&mut act, &task).await?;
    act.commit(&id).await?;
    Ok(id)
}

/// Notes that the researchers confirmed its deletion.
///
/// # Errors
/// What the rules, access or the store refuse.
pub async fn deleted(acting: &Acting<'_>, id: ExtractId, seen: i64) -> Result<ExtractId, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ManageExtracts, &Resource::of(tenant)).await?;
    let mut extract = show(acting, id).await?.record.entry;
    extract.delete(acting.now().date().into()).map_err(told)?;
    let mut act = begin!(acting, acting.context(Action::ManageExtracts)?.about(id));
    kept::update(&mut act, id, &extract, Revision(seen)).await?;
    work::answered(&mut act, id.subject()).await?;
    act.commit(&id).await?;
    Ok(id)
}
