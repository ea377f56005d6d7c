//! Whom nobody asks or tells of a person (E17): bodies the person named as dangerous,
//! or that an assessment found to be. What is on its way to them is stopped, nothing
//! more leaves, and nobody there is asked whether they know the person.

use super::{CaseFile, Opened, consent, look_for, permitted, referral, sealed_file, tell};
use crate::{Acting, Message, Problems, Refused, access::Action, begin};
use palermo_domain::{
    case::{
        abroad::{NeverTold, NeverWhy},
        referral::{Ask, Item, Referral, Step},
        sharing::{Recipient, RecipientKind},
    },
    id::{CaseId, Id, NeverToldId, PersonId, TenantId},
    purpose::Purpose,
};
use palermo_store::{
    Act, Db, Paging, Versioned,
    case::{event as events, file as files, record},
    desk as desks, tenant as tenants,
};

/// What someone typed about a body that is never told.
#[derive(Debug, Clone, Default)]
pub struct NeverForm {
    /// A desk here, or empty.
    pub desk: String,
    /// Kind of an outside body, or the whole kind that is meant.
    pub kind: String,
    /// Name of an outside body, or empty.
    pub outside: String,
    /// Whether every body of the kind is meant.
    pub whole_kind: bool,
    /// Why.
    pub why: String,
}

/// The body or the kind that is meant.
async fn meant(
    acting: &Acting<'_>,
    form: &NeverForm,
    problems: &mut Problems,
) -> Result<Option<Recipient>, Refused> {
    if !form.whole_kind {
        return consent::recipient(acting, &form.desk, &form.kind, &form.outside, problems).await;
    }
    let Some(kind) = RecipientKind::from_code(&form.kind) else {
        problems.add("kind", Message::new("error-choose"));
        return Ok(None);
    };
    // A whole kind and one body at once could be read either way.
    if !form.desk.is_empty() || !form.outside.trim().is_empty() {
        problems.add("whole_kind", Message::new("never-told-one-or-all"));
    }
    Ok(Some(Recipient { kind, tenant: None, desk: None, outside: String::new() }))
}

/// Writes down that a body is never asked or told of a person, and stops what is on
/// its way there.
///
/// # Errors
/// Every problem of the form at once.
pub async fn add(
    acting: &Acting<'_>,
    id: CaseId,
    form: &NeverForm,
    purpose: Purpose,
) -> Result<NeverToldId, Refused> {
    let (tenant, account) = acting.member()?;
    let file = permitted(acting, id, Action::WriteCase, purpose).await?;
    let mut problems = Problems::default();
    let to = meant(acting, form, &mut problems).await?;
    let why = NeverWhy::from_code(&form.why);
    if why.is_none() {
        problems.add("why", Message::new("error-choose"));
    }
    problems.none()?;
    let (Some(recipient), Some(why)) = (to, why) else { return Err(Refused::NotFound) };
    let mut act = begin!(acting, file.context(acting, Action::WriteCase)?);
    let never = NeverTold {
        tenant,
        id: act.new_id(),
        case: id,
        recipient,
        whole_kind: form.whole_kind,
        why,
        by: account,
        recorded_at: act.now(),
        lifted: None,
    };
    record::insert(&mut act, &never).await?;
    act.about(never.id);
    stop(&mut act, &file, &never).await?;
    // Who it is stands in the list alone: a history is read by more people.
    let event = events::new(&act, id, "never-told");
    tell(&mut act, None, file.person.record.id, event, None).await?;
    act.commit(&never.id).await?;
    referral::carry_out(acting.app, tenant).await?;
    // A question whether they know the person, which waits there, is emptied.
    if let Some(house) = never.recipient.tenant {
        look_for::carry_out(acting.app, house).await?;
    }
    Ok(never.id)
}

/// Takes back what is on its way to such a body, or waits there unanswered. One who
/// accepted has the person's data already: whether they are asked for it back is the
/// person's word about their consent.
async fn stop(act: &mut Act, file: &CaseFile, never: &NeverTold) -> Result<(), Refused> {
    let (tenant, person) = (never.tenant, file.person.record.id);
    for episode in files::of_person(&*act, tenant, person).await? {
        let sent = record::of_case::<Referral>(&*act, tenant, episode.record.id).await?;
        for found in sent.into_iter().filter(|one| never.keeps_out(&one.record.recipient)) {
            if found.record.state.after(Step::Cancel).is_ok() {
                referral::take_back(act, found).await?;
            } else {
                // Whatever came of it, its file is fetched no more.
                sealed_file::revoke_of(act, &found.record).await?;
            }
        }
    }
    Ok(())
}

/// Lifts it: the person says that the body may be told again, or it was written down
/// in error. What may leave then still rests on consent or law.
///
/// # Errors
/// [`Refused::NotFound`] if it does not stand in this case.
pub async fn lift(
    acting: &Acting<'_>,
    id: CaseId,
    never: NeverToldId,
    purpose: Purpose,
) -> Result<(), Refused> {
    let (tenant, account) = acting.member()?;
    let file = permitted(acting, id, Action::WriteCase, purpose).await?;
    let mut act = begin!(acting, file.context(acting, Action::WriteCase)?.about(never));
    let found = record::find::<NeverTold>(&act, tenant, never.uuid()).await?;
    let Some(found) = found.filter(|one| one.record.case == id && one.record.stands()) else {
        act.give_up().await?;
        return Err(Refused::NotFound);
    };
    let lifted = NeverTold { lifted: Some((act.now(), account)), ..found.record };
    record::update(&mut act, &lifted, found.revision).await?;
    let event = events::new(&act, id, "never-told-lifted");
    tell(&mut act, None, file.person.record.id, event, None).await?;
    Ok(act.commit(&()).await?)
}

/// What was written down in this case, the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_case(opened: &Opened) -> Result<Vec<Versioned<NeverTold>>, Refused> {
    let case = &opened.file.case.record;
    Ok(record::of_case(&opened.read, case.tenant, case.id).await?)
}

/// What stands for the person of a case, in whichever of their cases it was said.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn standing(
    db: &dyn Db,
    tenant: TenantId,
    case: CaseId,
) -> Result<Vec<NeverTold>, Refused> {
    let mut standing = written(db, tenant, case).await?;
    let beside = under_other_names(db, &standing).await?;
    standing.extend(beside);
    Ok(standing)
}

/// What stands, as it was written.
async fn written(db: &dyn Db, tenant: TenantId, case: CaseId) -> Result<Vec<NeverTold>, Refused> {
    let Some(file) = files::find(db, tenant, case).await? else { return Ok(Vec::new()) };
    let mut standing = Vec::new();
    for episode in files::of_person(db, tenant, file.record.person).await? {
        let all = record::of_case::<NeverTold>(db, tenant, episode.record.id).await?;
        standing.extend(all.into_iter().map(|one| one.record).filter(NeverTold::stands));
    }
    Ok(standing)
}

/// The same bodies under the other name they go by: a house that is here, typed as a
/// body outside; and a body outside that is a house here.
async fn under_other_names(db: &dyn Db, standing: &[NeverTold]) -> Result<Vec<NeverTold>, Refused> {
    if standing.iter().all(|one| one.whole_kind) {
        return Ok(Vec::new());
    }
    let houses = tenants::list(db, &tenants::Filter::default(), Paging::all()).await?.items;
    let (all, by) = (desks::Filter::default(), desks::SortBy::default());
    let rooms = desks::list(db, &all, by, Paging::all()).await?.items;
    let houses = houses.into_iter().map(|one| (one.record.id, one.record.name));
    let rooms = rooms.into_iter().map(|one| (one.record.tenant, one.record.name));
    let mut beside = Vec::new();
    for (house, name) in houses.chain(rooms) {
        let kind = RecipientKind::Other;
        let outside = Recipient { kind, tenant: None, desk: None, outside: name };
        let here = Recipient { tenant: Some(house), outside: String::new(), ..outside.clone() };
        for one in standing.iter().filter(|one| !one.whole_kind) {
            for (meant, other) in [(&here, &outside), (&outside, &here)] {
                if one.keeps_out(meant) && !one.keeps_out(other) {
                    beside.push(NeverTold { recipient: other.clone(), ..one.clone() });
                }
            }
        }
    }
    Ok(beside)
}

/// What stands for anyone in a house, with whom it is about: for what the house answers
/// about all of them at once.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn of_house(
    db: &dyn Db,
    tenant: TenantId,
) -> Result<Vec<(PersonId, NeverTold)>, Refused> {
    let all = record::of_tenant::<NeverTold>(db, tenant, &["stands"]).await?;
    let mut found = Vec::new();
    for one in all.into_iter().map(|one| one.record) {
        let Some(file) = files::find(db, tenant, one.case).await? else { continue };
        let beside = under_other_names(db, std::slice::from_ref(&one)).await?;
        found.extend(beside.into_iter().chain([one]).map(|one| (file.record.person, one)));
    }
    Ok(found)
}

/// Whether anybody is on the person's list: then whoever takes them over must know it.
///
/// # Errors
/// When the database does not answer.
pub async fn goes_along(opened: &Opened) -> Result<bool, Refused> {
    let case = &opened.file.case.record;
    Ok(!written(&opened.read, case.tenant, case.id).await?.is_empty())
}

/// Why responsibility would move without the list, in words; nothing where the list goes
/// along or nobody is on it.
///
/// # Errors
/// [`Refused::Invalid`] without such words.
pub async fn left_behind(
    opened: &Opened,
    form: &referral::ReferralForm,
) -> Result<Option<String>, Refused> {
    let takes = Ask::from_code(&form.ask).is_some_and(Ask::takes_the_list);
    let goes = form.items.iter().any(|code| code == Item::NeverTold.code());
    if !takes || goes || !goes_along(opened).await? {
        return Ok(None);
    }
    let mut problems = Problems::default();
    let why = problems.bounded("left_why", &form.left_why, 2_000);
    if why.is_empty() {
        problems.add("left_why", Message::new("case-refer-never-why-error"));
    }
    problems.none()?;
    Ok(Some(why))
}

/// The history says that the list was left behind, and in sealed words why.
pub(super) async fn tell_left(
    act: &mut Act,
    opened: &Opened,
    why: Option<&str>,
) -> Result<(), Refused> {
    let Some(why) = why else { return Ok(()) };
    let event = events::new(act, opened.file.id(), "never-told-left");
    let person = opened.file.person.record.id;
    tell(act, opened.vault.as_ref(), person, event, Some(why)).await
}

/// The name of what is kept out, as pages show it: a body's, or a kind's.
///
/// # Errors
/// When the database does not answer.
pub async fn named(acting: &Acting<'_>, never: &NeverTold) -> Result<String, Refused> {
    if never.whole_kind {
        let kind = format!("case-recipient-{}", never.recipient.kind.code());
        return Ok(acting.app.catalogue.text(acting.language, &kind));
    }
    consent::named(acting.app, &never.recipient).await
}

/// The list for whoever helps next, one a line: names of bodies, and kinds by their code.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn lines(opened: &Opened) -> Result<String, Refused> {
    let case = &opened.file.case.record;
    let mut lines = Vec::new();
    for never in written(&opened.read, case.tenant, case.id).await? {
        let Recipient { kind, tenant, desk, outside } = never.recipient;
        lines.push(match (never.whole_kind, tenant, desk) {
            (true, _, _) => kind.code().to_owned(),
            (false, Some(tenant), Some(desk)) => {
                let found = desks::find(&opened.read, tenant, desk).await?;
                found.map(|found| found.record.name).unwrap_or_default()
            }
            (false, _, _) => outside,
        });
    }
    Ok(lines.join("\n"))
}

/// Such lines with the kinds in words.
pub(super) fn said(acting: &Acting<'_>, lines: &str) -> String {
    let word = |line: &str| match RecipientKind::from_code(line) {
        Some(kind) => {
            acting.app.catalogue.text(acting.language, &format!("case-recipient-{}", kind.code()))
        }
        None => line.to_owned(),
    };
    lines.lines().map(word).collect::<Vec<_>>().join("; ")
}
