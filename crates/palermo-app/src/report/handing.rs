//! Sections of a report handed to whoever knows: a colleague who writes for a ministry, or
//! an organisation elsewhere, such as a non-governmental one or an agency of the United
//! Nations. Each sees and writes its own sections alone and gives them back (R045).

use super::{
    Opened, Sheet, opened, questionnaire_at,
    tell::{self, Contact},
    write::{assemble, change, context, of_state},
};
use crate::{
    Acting, App, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    account::AccountStatus,
    actor::Actor,
    id::{AccountId, SubmissionId, TenantId},
    register::day::Day,
    report::{Assignment, Section, SubmissionStatus},
    role::Role,
};
use palermo_store::{
    ActContext, Begun, Error, Paging, account as accounts, report::submission as submissions,
    role as roles, tenant as tenants,
};

/// What someone typed about handing out a section.
#[derive(Debug, Clone, Default)]
pub struct AssignForm {
    /// Account of the author, a colleague.
    pub account: String,
    /// The organisation elsewhere, in place of a colleague.
    pub organisation: String,
    /// Ministry or agency, as readers will see it.
    pub unit: String,
    /// Last day.
    pub due: String,
}

/// Roles that write a section that was handed to their organisation.
const WRITERS: [Role; 11] = [
    Role::FocalPoint,
    Role::SectionAuthor,
    Role::CentralAuthority,
    Role::Observer,
    Role::HumanRightsInstitution,
    Role::NationalRapporteur,
    Role::ServiceProvider,
    Role::CaseManager,
    Role::IdentificationOfficer,
    Role::Investigator,
    Role::Donor,
];

/// Organisations to which a section can be handed: those of the State and those of none,
/// by name.
///
/// # Errors
/// What access or the store refuse.
pub async fn organisations(acting: &Acting<'_>) -> Result<Vec<(String, String)>, Refused> {
    let (tenant, _) = acting.member()?;
    let state = acting.subject.state.clone();
    acting.allow(Action::EditReport, &Resource::region().in_state(state.as_deref())).await?;
    let all = tenants::list(&acting.app.store, &tenants::Filter::default(), Paging::all()).await?;
    let mut all: Vec<(String, String)> = all
        .items
        .into_iter()
        .map(|one| one.record)
        .filter(|one| one.id != tenant && (one.state.is_none() || one.state == state))
        .map(|one| (one.id.to_string(), one.name))
        .collect();
    all.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(all)
}

/// Opens a report of one's own organisation, or one of which sections were handed to it:
/// then those alone, and without what was said to others.
///
/// # Errors
/// [`Refused::NotFound`] for one that is neither.
pub async fn opened_or_handed(acting: &Acting<'_>, id: SubmissionId) -> Result<Opened, Refused> {
    let (tenant, _) = acting.member()?;
    let store = &acting.app.store;
    if submissions::find(store, tenant, id).await?.is_some() {
        return opened(acting, id).await;
    }
    acting.allow(Action::WriteHanded, &Resource::of(tenant)).await?;
    let all = submissions::list(store, None).await?;
    let sheet = all.into_iter().find(|one| one.record.id == id).ok_or(Refused::NotFound)?;
    let record = &sheet.record.entry;
    let own = record.assigned.iter().filter(|(_, one)| one.organisation == Some(tenant));
    let own: Vec<(&String, bool)> = own.map(|(code, one)| (code, one.finished)).collect();
    if own.is_empty() {
        return Err(Refused::NotFound);
    }
    let visible = own.iter().map(|(code, _)| (*code).clone()).collect();
    let open = own.iter().filter(|(_, finished)| !finished);
    let writable = open.map(|(code, _)| (*code).clone()).collect();
    let (questionnaire, version) = (&record.questionnaire, record.questionnaire_version);
    let questionnaire = questionnaire_at(acting.app, questionnaire, version).await?;
    let mut opened = assemble(acting, sheet, questionnaire, (visible, writable), None).await?;
    let Opened { questionnaire, visible, answers, .. } = &mut opened;
    // Conditions may rest on answers of other sections, but not on what was told in confidence.
    answers.retain(|code, one| {
        let section = questionnaire.section_of(code);
        !one.record.answer.confidential || section.is_some_and(|of| visible.contains(&of.code))
    });
    Ok(opened)
}

/// Reports of others of which sections were handed to one's organisation.
///
/// # Errors
/// When the store does not answer.
pub(super) async fn from_elsewhere(acting: &Acting<'_>) -> Result<Vec<Sheet>, Refused> {
    let (tenant, _) = acting.member()?;
    if !acting.may(Action::WriteHanded, &Resource::of(tenant)).allowed {
        return Ok(Vec::new());
    }
    let mut all = submissions::list(&acting.app.store, None).await?;
    all.retain(|one| {
        let mut assigned = one.record.entry.assigned.values();
        one.record.tenant != tenant && assigned.any(|one| one.organisation == Some(tenant))
    });
    Ok(all)
}

/// Hands a section to a colleague who writes for a ministry, or to an organisation. They
/// are told.
///
/// # Errors
/// Problems of the form; [`Refused::NotFound`] for a section that is not there.
pub async fn assign(
    acting: &Acting<'_>,
    id: SubmissionId,
    section: &str,
    form: &AssignForm,
) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    let mut problems = Problems::default();
    let unit = problems.required("unit", &form.unit, 160);
    let typed = form.due.trim();
    let due: Option<Day> = typed.parse().ok();
    if due.is_none() && !typed.is_empty() {
        problems.add("due", Message::new("error-report-day").with("typed", typed));
    }
    let (account, organisation) = recipient(acting, form, &mut problems).await?;
    problems.none()?;
    let assignment =
        Assignment { account, organisation, unit, due, finished: false, reminded: None };
    let to = writers(acting.app, tenant, &assignment).await?;
    change(acting, id, Action::EditReport, |opened, record| {
        let of = opened.questionnaire.section(section).ok_or(Refused::NotFound)?;
        if organisation.is_some() {
            nothing_confidential(opened, of)?;
        }
        record.assigned.insert(section.to_owned(), assignment);
        Ok(())
    })
    .await?;
    let page = page_of(id, section, organisation.is_some());
    tell::leave(acting.app, Action::EditReport, &to, "notice-section-handed", &page).await
}

/// Where a section that was handed out is written.
fn page_of(id: SubmissionId, section: &str, elsewhere: bool) -> String {
    let base = if elsewhere { "handed" } else { "sheets" };
    format!("/reports/{base}/{id}/sections/{section}")
}

/// What was told in confidence is not read elsewhere: a section that holds such an answer
/// stays with the State.
fn nothing_confidential(opened: &Opened, section: &Section) -> Result<(), Refused> {
    let told =
        |code: &str| opened.answers.get(code).is_some_and(|one| one.record.answer.confidential);
    let codes: Vec<&str> =
        section.questions.iter().map(|one| one.code.as_str()).filter(|code| told(code)).collect();
    if codes.is_empty() {
        return Ok(());
    }
    let message = Message::new("error-section-confidential").with("codes", codes.join(", "));
    Err(Refused::field("organisation", message))
}

/// Reads to whom a section goes: a colleague or an organisation, and not both.
async fn recipient(
    acting: &Acting<'_>,
    form: &AssignForm,
    problems: &mut Problems,
) -> Result<(Option<AccountId>, Option<TenantId>), Refused> {
    let (tenant, _) = acting.member()?;
    match (form.account.trim(), form.organisation.trim()) {
        (account, "") => {
            let account: Option<AccountId> = account.parse().ok();
            let found = match account {
                Some(one) => accounts::find(&acting.app.store, tenant, one).await?,
                None => None,
            };
            if found.is_none() {
                problems.add("account", Message::new("error-choose"));
            }
            Ok((found.and(account), None))
        }
        ("", typed) => {
            let known = organisations(acting).await?;
            let known = known.iter().any(|(id, _)| id == typed);
            if !known {
                problems.add("organisation", Message::new("error-choose"));
            }
            Ok((None, typed.parse().ok()))
        }
        _ => {
            problems.add("organisation", Message::new("error-section-both"));
            Ok((None, None))
        }
    }
}

/// Who is told about a section: the colleague, or those of the organisation who may write.
async fn writers(
    app: &App,
    keeper: TenantId,
    assignment: &Assignment,
) -> Result<Vec<Contact>, Refused> {
    let store = &app.store;
    let tenant = assignment.organisation.unwrap_or(keeper);
    let mut ids: Vec<AccountId> = assignment.account.into_iter().collect();
    if assignment.organisation.is_some() {
        for role in WRITERS {
            let held = roles::holders(store, tenant, role, store.now()).await?;
            ids.extend(held.into_iter().map(|one| one.record.account));
        }
    }
    ids.sort();
    ids.dedup();
    let mut to = Vec::new();
    for id in ids {
        let Some(one) = accounts::find(store, tenant, id).await? else { continue };
        if one.record.status == AccountStatus::Active {
            let (email, language) = (one.record.email, one.record.language);
            to.push(Contact { email, language, tenant, account: Some(id) });
        }
    }
    Ok(to)
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
    let (tenant, account) = acting.member()?;
    let opened = opened_or_handed(acting, id).await?;
    let mut record = opened.sheet.record.entry.clone();
    let contact = !opened.elsewhere && acting.may(Action::EditReport, &of_state(&record)).allowed;
    let assignment = record.assigned.get_mut(section).ok_or(Refused::NotFound)?;
    let own = if opened.elsewhere {
        assignment.organisation == Some(tenant)
    } else {
        assignment.account == Some(account)
    };
    // The author gives it back; only the contact person hands it out again.
    if !(contact || (own && finished)) {
        return Err(Refused::NotFound);
    }
    assignment.finished = finished;
    let mut act = begin!(acting, context(acting, &opened)?.about(id));
    submissions::update(&mut act, id, &record, opened.sheet.revision).await?;
    Ok(act.commit(&()).await?)
}

/// Reminds whoever writes a section that it is due within days or was, once. For the daily
/// job.
///
/// # Errors
/// When the store does not answer.
pub(super) async fn remind_sections(app: &App) -> Result<(), Refused> {
    let today: Day = app.store.now().date().into();
    for sheet in submissions::list(&app.store, None).await? {
        let (keeper, id) = (sheet.record.tenant, sheet.record.id);
        let mut record = sheet.record.entry.clone();
        if record.status == SubmissionStatus::Submitted {
            continue;
        }
        let mut to = Vec::new();
        for (section, one) in &mut record.assigned {
            if one.wants_reminder(today) {
                let page = page_of(id, section, one.organisation.is_some());
                to.push((page, writers(app, keeper, one).await?));
                one.reminded = Some(today);
            }
        }
        if record == sheet.record.entry {
            continue;
        }
        let actor = Actor::System { job: "remind of sections".into() };
        let context = ActContext::new(keeper, actor, Action::EditReport.code()).about(id);
        let Begun::Fresh(mut act) = app.store.act(context).await? else { continue };
        match submissions::update(&mut act, id, &record, sheet.revision).await {
            Ok(_) => act.commit(&()).await?,
            // Somebody writes it right now: tomorrow's job reminds.
            Err(Error::Conflict) => {
                act.give_up().await?;
                continue;
            }
            Err(other) => return Err(other.into()),
        }
        for (page, to) in to {
            tell::leave(app, Action::EditReport, &to, "notice-section-due", &page).await?;
        }
    }
    Ok(())
}
