//! Extracts for researchers (R189): asked for, reviewed for disclosure by a
//! second person, given as a protected release that counts in later
//! comparisons, deleted by its day. A task reminds of that day.

use super::{protocols::day, releases};
use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    id::{ExtractId, ReleaseId, TaskId},
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
    let title = problems.required("title", &form.title, 200);
    let institution = problems.required("institution", &form.institution, 200);
    let purpose = problems.required("purpose", &form.purpose, 1_000);
    let figures = problems.required("figures", &form.figures, 1_000);
    let ethics = problems.required("ethics", &form.ethics, 300);
    let today: Day = acting.now().date().into();
    let until = day(&form.delete_by, "delete_by", &mut problems);
    if until.is_some_and(|until| until <= today) {
        problems.add("delete_by", Message::new("extract-deletion-past"));
    }
    problems.none()?;
    let Some(delete_by) = until else { return Err(Refused::NotFound) };
    let extract = Extract {
        title,
        institution,
        purpose,
        figures,
        ethics,
        delete_by,
        asked: signature(acting).await?,
        status: ExtractStatus::Asked,
        review: None,
        release: None,
        given: None,
        deleted: None,
    };
    let mut act = begin!(acting, acting.context(Action::ManageExtracts)?);
    let id = kept::insert(&mut act, &extract).await?;
    act.about(id);
    act.commit(&id).await?;
    Ok(id)
}

/// The disclosure review, by a second person who may sign releases.
///
/// # Errors
/// What the rules, access or the store refuse.
pub async fn review(
    acting: &Acting<'_>,
    id: ExtractId,
    words: &str,
    agrees: bool,
    seen: i64,
) -> Result<ExtractId, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::SignRelease, &Resource::of(tenant)).await?;
    let mut problems = Problems::default();
    let words = problems.required("words", words, 2_000);
    problems.none()?;
    let mut extract = show(acting, id).await?.record.entry;
    extract.reviewed(signature(acting).await?, &words, agrees).map_err(told)?;
    let mut act = begin!(acting, acting.context(Action::SignRelease)?.about(id));
    kept::update(&mut act, id, &extract, Revision(seen)).await?;
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
    let (tenant, account) = acting.member()?;
    acting.allow(Action::ManageExtracts, &Resource::of(tenant)).await?;
    let mut extract = show(acting, id).await?.record.entry;
    extract.delete(acting.now().date().into()).map_err(told)?;
    let filter = tasks::Filter {
        subject: Some(format!("extract:{id}")),
        done: Some(false),
        ..tasks::Filter::default()
    };
    let paging = palermo_store::Paging::all();
    let open = tasks::list(&acting.app.store, tenant, &filter, tasks::SortBy::Due, paging).await?;
    let mut act = begin!(acting, acting.context(Action::ManageExtracts)?.about(id));
    kept::update(&mut act, id, &extract, Revision(seen)).await?;
    for one in open.items {
        let mut task = one.record;
        task.done_at = Some(act.now());
        task.done_by = Some(account);
        tasks::update(&mut act, &task, one.revision).await?;
    }
    act.commit(&id).await?;
    Ok(id)
}
