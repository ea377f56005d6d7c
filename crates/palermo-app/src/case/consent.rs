//! Consent: asked for each purpose and recipient, in the person's language.
//! Help needs none; only sharing asks. Taking it back is in [`super::withdrawal`].

pub use super::withdrawal::withdraw;
use super::{
    CaseFile, Opened, look_for, never_told, permitted, referral, tell,
    withdrawal::{Of, take_back},
};
use crate::{Acting, App, Message, Problems, Refused, access::Action, begin};
use palermo_domain::{
    care::rules::has_guardian,
    case::{
        person::Person,
        sharing::{Answer, Consent, ConsentForm, Explained, Recipient, RecipientKind, ShareFor},
    },
    id::{AccountId, CaseId, ConsentId, DeskId, TenantId},
    moment::Moment,
    purpose::Purpose,
    safeguard::{NO_SHARING_WITHOUT_BASIS, abroad::may_be_told, sharing},
};
use palermo_store::{
    Act, UnlockedVault, Versioned, care,
    case::{event as events, person as persons, record},
    desk as desks, tenant as tenants,
};

/// That someone of another organisation explained it.
pub const OUTSIDE: &str = "outside";

/// The answer that nothing is shared with anyone. It names no body and costs no help.
pub const NO_ONE: &str = "no_one";

/// What someone wrote down about an answer.
#[derive(Debug, Clone, Default)]
pub struct AnswerForm {
    /// For what.
    pub purpose: String,
    /// A desk here, or empty.
    pub desk: String,
    /// Kind of an outside body, or of the desk's organisation.
    pub kind: String,
    /// Name of an outside body, or empty.
    pub outside: String,
    /// What they said.
    pub answer: String,
    /// Language of the explanation.
    pub language: String,
    /// How it was said.
    pub form: String,
    /// Whether an interpreter helped.
    pub interpreter: bool,
    /// Who explained: an account, [`OUTSIDE`], or empty for whoever writes it down.
    pub by: String,
    /// What was explained.
    pub explained: Vec<String>,
    /// When they answered; now, if empty.
    pub happened: Option<Moment>,
    /// In their words; sealed.
    pub words: String,
}

/// Finds out who receives: a desk here, whose kind follows from its organisation,
/// or an outside body, whose kind is asked.
pub(super) async fn recipient(
    acting: &Acting<'_>,
    desk: &str,
    kind: &str,
    outside: &str,
    problems: &mut Problems,
) -> Result<Option<Recipient>, Refused> {
    let mut kind = RecipientKind::from_code(kind);
    let outside = problems.bounded("outside", outside, 160);
    let mut found: Option<(TenantId, DeskId)> = None;
    if !desk.is_empty() {
        let filter = desks::Filter { open: Some(true), ..desks::Filter::default() };
        let sort = desks::SortBy::default();
        let all =
            desks::list(&acting.app.store, &filter, sort, palermo_store::Paging::all()).await?;
        found = all
            .items
            .iter()
            .find(|one| one.record.id.to_string() == desk)
            .map(|one| (one.record.tenant, one.record.id));
    }
    if let Some((tenant, _)) = found {
        let house = tenants::find(&acting.app.store, tenant).await?;
        kind = house.map(|house| RecipientKind::of(house.record.kind));
    } else if kind.is_none() && !outside.is_empty() {
        problems.add("kind", Message::new("error-choose"));
    }
    if found.is_none() && outside.is_empty() {
        problems.add("desk", Message::new("case-error-recipient"));
        return Ok(None);
    }
    Ok(kind.map(|kind| Recipient {
        kind,
        tenant: found.map(|(tenant, _)| tenant),
        desk: found.map(|(_, desk)| desk),
        outside: if found.is_some() { String::new() } else { outside },
    }))
}

/// Desks of the whole region that take work: their names and nothing else. A
/// confidential address is not part of a desk (R9).
///
/// # Errors
/// When the database does not answer.
pub async fn desks_to_choose(acting: &Acting<'_>) -> Result<Vec<(String, String)>, Refused> {
    acting.member()?;
    let filter = desks::Filter { open: Some(true), ..desks::Filter::default() };
    let (store, sort) = (&acting.app.store, desks::SortBy::default());
    let all = desks::list(store, &filter, sort, palermo_store::Paging::all()).await?;
    Ok(all
        .items
        .into_iter()
        .map(|desk| (desk.record.id.to_string(), desk.record.name.clone()))
        .collect())
}

/// Writes an answer down. A no and a not-now are answers; a yes counts only if
/// what had to be explained was.
///
/// # Errors
/// Every problem of the form at once; [`Refused::Forbidden`] by R6.
pub async fn answer(
    acting: &Acting<'_>,
    vault: Option<&UnlockedVault>,
    id: CaseId,
    form: &AnswerForm,
    purpose: Purpose,
) -> Result<ConsentId, Refused> {
    if form.answer == NO_ONE {
        return to_no_one(acting, vault, id, form, purpose).await;
    }
    let (_, account) = acting.member()?;
    let file = permitted(acting, id, Action::WriteCase, purpose).await?;
    let mut problems = Problems::default();
    let to = recipient(acting, &form.desk, &form.kind, &form.outside, &mut problems).await?;
    let share_for = ShareFor::from_code(&form.purpose);
    if share_for.is_none() {
        problems.add("purpose", Message::new("error-choose"));
    }
    let said = Answer::from_code(&form.answer);
    if said.is_none() {
        problems.add("answer", Message::new("error-choose"));
    }
    if form.happened.is_some_and(|at| at > acting.now()) {
        problems.add("happened", Message::new("case-error-future"));
    }
    feared(acting, id, form, (said, to.as_ref()), &mut problems).await?;
    let explained = explained(acting, form, said, to.as_ref(), &mut problems);
    let how = how(form);
    let child = file.person.record.age.has_the_rights_of_a_child();
    if let Some(said) = said.filter(|_| child)
        && let Err(refused) = sharing::of_a_child(said, how)
    {
        problems.add("form", Message::new("case-error-child-consent").by(refused.rule));
    }
    problems.none()?;
    let (Some(purpose_of), Some(said), Some(to)) = (share_for, said, to) else {
        return Err(Refused::NotFound);
    };
    let by = explainer(&file, &form.by, account)?;
    let mut act = begin!(acting, file.context(acting, Action::WriteCase)?);
    let consent =
        written(&act, &file, form, (purpose_of, to, said), Consenting { account, by, explained });
    sharing::answer(&consent)?;
    record::insert(&mut act, &consent).await?;
    let event = events::new(&act, id, "consent-answered")
        .with("answer", said.code())
        .with("share", purpose_of.code())
        .with("recipient", named(acting.app, &consent.recipient).await?)
        .happened(consent.happened_at);
    tell(&mut act, vault, file.person.record.id, event, Some(&form.words)).await?;
    act.commit(&consent.id).await?;
    Ok(consent.id)
}

/// Who wrote an answer down, who explained it, and what.
struct Consenting {
    account: AccountId,
    by: Option<AccountId>,
    explained: Vec<Explained>,
}

/// How it was said: by word of mouth unless something else is named.
fn how(form: &AnswerForm) -> ConsentForm {
    ConsentForm::from_code(&form.form).unwrap_or(ConsentForm::Oral)
}

/// The answer as it is kept.
fn written(
    act: &Act,
    file: &CaseFile,
    form: &AnswerForm,
    (purpose, recipient, answer): (ShareFor, Recipient, Answer),
    Consenting { account, by, explained }: Consenting,
) -> Consent {
    Consent {
        tenant: act.tenant(),
        id: act.new_id(),
        case: file.id(),
        person: file.person.record.id,
        purpose,
        recipient,
        answer,
        language: language_of(form, file),
        form: how(form),
        interpreter: form.interpreter,
        explained,
        explained_by: by.unwrap_or(account),
        explained_outside: by.is_none(),
        written_by: Some(account).filter(|account| by != Some(*account)),
        happened_at: form.happened.unwrap_or(act.now()),
        recorded_at: act.now(),
        until: None,
        withdrawn_at: None,
    }
}

/// Writes down that nothing is shared with anyone: the person's last word about everyone.
/// Every yes they gave before is taken back with it, whoever received something on one is
/// told, and nobody is asked whether they know the person. No help depends on it.
async fn to_no_one(
    acting: &Acting<'_>,
    vault: Option<&UnlockedVault>,
    id: CaseId,
    form: &AnswerForm,
    purpose: Purpose,
) -> Result<ConsentId, Refused> {
    let (tenant, account) = acting.member()?;
    let file = permitted(acting, id, Action::WriteCase, purpose).await?;
    if form.happened.is_some_and(|at| at > acting.now()) {
        return Err(Refused::field("happened", Message::new("case-error-future")));
    }
    let by = explainer(&file, &form.by, account)?;
    let explained = form.explained.iter().filter_map(|code| Explained::from_code(code)).collect();
    let mut act = begin!(acting, file.context(acting, Action::WriteCase)?);
    let said = (ShareFor::Help, Recipient::no_one(), Answer::No);
    let consent = written(&act, &file, form, said, Consenting { account, by, explained });
    let (now, person) = (act.now(), file.person.record.id);
    for one in record::of_case::<Consent>(&act, tenant, id).await?.into_iter().map(|o| o.record) {
        if one.holds_at(now) && one.happened_at <= consent.happened_at {
            take_back(acting.app, &mut act, Of::file(&file), one.id).await?;
        }
    }
    record::insert(&mut act, &consent).await?;
    // As the act sees the person: who saved their particulars meanwhile stops no answer.
    let found = persons::find(&act, tenant, person).await?.ok_or(Refused::NotFound)?;
    if found.record.may_be_looked_for == Some(true) {
        let unsought = Person { may_be_looked_for: Some(false), ..found.record };
        persons::update(&mut act, &unsought, found.revision).await?;
        look_for::end(acting.app, &mut act, id).await?;
        let event = events::new(&act, id, "particulars-changed")
            .with("field", "looked_for")
            .with("from", "yes")
            .with("to", "no");
        tell(&mut act, None, person, event, None).await?;
    }
    let event = events::new(&act, id, "consent-no-one").happened(consent.happened_at);
    tell(&mut act, vault, person, event, Some(&form.words)).await?;
    act.commit(&consent.id).await?;
    referral::carry_out(acting.app, tenant).await?;
    Ok(consent.id)
}

/// A problem if a yes names a body that is never told of this person (E17).
async fn feared(
    acting: &Acting<'_>,
    case: CaseId,
    form: &AnswerForm,
    said: (Option<Answer>, Option<&Recipient>),
    problems: &mut Problems,
) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    let (Some(Answer::Yes), Some(to)) = said else { return Ok(()) };
    let never = never_told::standing(&acting.app.store, tenant, case).await?;
    if let Err(refused) = may_be_told(&never, to) {
        let field = if form.desk.is_empty() { "outside" } else { "desk" };
        problems.add(field, Message::new("never-told-error").by(refused.rule));
    }
    Ok(())
}

/// Who can have explained: everyone who is or was on the team, by id and name.
///
/// # Errors
/// When the database does not answer.
pub async fn explainers(
    acting: &Acting<'_>,
    file: &CaseFile,
) -> Result<Vec<(String, String)>, Refused> {
    let (_, own) = acting.member()?;
    let mut accounts: Vec<AccountId> = file.team.iter().map(|member| member.account).collect();
    accounts.push(own);
    let names = super::staff_names(acting, accounts).await?;
    Ok(names.into_iter().map(|(account, name)| (account.to_string(), name)).collect())
}

/// The language it was explained in: the person's, unless another was named.
fn language_of(form: &AnswerForm, file: &CaseFile) -> String {
    match form.language.trim() {
        "" => file.person.record.language.clone(),
        typed => typed.to_owned(),
    }
}

/// Who explained: an account, or nobody of this organisation.
fn explainer(file: &CaseFile, by: &str, own: AccountId) -> Result<Option<AccountId>, Refused> {
    if by == OUTSIDE {
        return Ok(None);
    }
    if by.is_empty() {
        return Ok(Some(own));
    }
    let named = by.parse::<AccountId>().ok();
    let known = named.filter(|account| {
        *account == own || file.team.iter().any(|member| member.account == *account)
    });
    let wrong = || Refused::field("by", Message::new("error-choose"));
    known.map(Some).ok_or_else(wrong)
}

/// What was explained; a problem if a yes does not count for want of it, told beside
/// the others even while the recipient is not known.
fn explained(
    acting: &Acting<'_>,
    form: &AnswerForm,
    said: Option<Answer>,
    to: Option<&Recipient>,
    problems: &mut Problems,
) -> Vec<Explained> {
    let explained: Vec<Explained> =
        form.explained.iter().filter_map(|code| Explained::from_code(code)).collect();
    let missing = match to {
        Some(to) => sharing::not_explained(to, &explained),
        // Whoever is not known is no organisation here yet: nothing can be called back.
        None => {
            let outside = form.outside.clone();
            let kind = RecipientKind::Other;
            let body = Recipient { kind, tenant: None, desk: None, outside };
            sharing::not_explained(&body, &explained)
        }
    };
    if said == Some(Answer::Yes) && !missing.is_empty() {
        let word = |one: &Explained| {
            acting.app.catalogue.text(acting.language, &format!("case-explained-{}", one.code()))
        };
        let what = missing.iter().map(word).collect::<Vec<_>>().join("; ");
        let message = Message::new("case-error-not-explained").with("what", what);
        problems.add("explained", message.by(NO_SHARING_WITHOUT_BASIS));
    }
    explained
}

/// Whether a guardian stands by the person today (R3), from what care wrote down.
///
/// # Errors
/// When the database does not answer.
pub async fn guardian_stands(acting: &Acting<'_>, opened: &Opened) -> Result<bool, Refused> {
    let case = &opened.file.case.record;
    let records = care::of_case(&opened.read, case.tenant, case.id).await?;
    let records: Vec<_> = records.into_iter().map(|one| one.record).collect();
    Ok(has_guardian(&records, acting.now().date().into()))
}

/// The name of a recipient as pages show it.
///
/// # Errors
/// When the database does not answer.
pub async fn named(app: &App, recipient: &Recipient) -> Result<String, Refused> {
    let (Some(tenant), Some(desk)) = (recipient.tenant, recipient.desk) else {
        return Ok(recipient.outside.clone());
    };
    let found = desks::find(&app.store, tenant, desk).await?;
    Ok(found.map(|desk| desk.record.name).unwrap_or_default())
}

/// For what an answer lets share, as a code: with no one it is for nothing.
#[must_use]
pub fn share_code(consent: &Consent) -> &'static str {
    if consent.recipient.is_no_one() { "nothing" } else { consent.purpose.code() }
}

/// Whom an answer is about, in words: a recipient, or no one.
///
/// # Errors
/// When the database does not answer.
pub async fn about(acting: &Acting<'_>, recipient: &Recipient) -> Result<String, Refused> {
    if recipient.is_no_one() {
        return Ok(acting.app.catalogue.text(acting.language, "case-consent-no-one"));
    }
    named(acting.app, recipient).await
}

/// The answers of a person in this case, the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(opened: &Opened) -> Result<Vec<Versioned<Consent>>, Refused> {
    let case = &opened.file.case.record;
    Ok(record::of_case(&opened.read, case.tenant, case.id).await?)
}
