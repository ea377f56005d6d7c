//! Remarks on paragraphs of a text, with suggested words and mentions.

use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    id::{AccountId, CommentId},
    report::TextComment,
};
use palermo_store::{Versioned, account as accounts, register::Filed, report::comment as stored};

/// What someone typed.
#[derive(Debug, Clone, Default)]
pub struct CommentForm {
    /// The text: kind and id, e.g. `submission/…`.
    pub about: String,
    /// The paragraph or question.
    pub place: String,
    /// The remark.
    pub text: String,
    /// Suggested words.
    pub suggestion: String,
    /// A colleague mentioned, by account.
    pub mention: String,
}

/// Remarks of one's organisation on a text.
///
/// # Errors
/// When the store does not answer.
pub async fn comments(
    acting: &Acting<'_>,
    about: &str,
) -> Result<Vec<Versioned<Filed<CommentId, TextComment>>>, Refused> {
    let (tenant, _) = acting.member()?;
    let all = stored::list(&acting.app.store, Some(about)).await?;
    Ok(all.into_iter().filter(|one| one.record.tenant == tenant).collect())
}

/// Makes a remark.
///
/// # Errors
/// Problems of the form.
pub async fn comment(acting: &Acting<'_>, form: &CommentForm) -> Result<CommentId, Refused> {
    let (tenant, account) = acting.member()?;
    acting.allow(Action::CommentText, &Resource::of(tenant)).await?;
    let mut problems = Problems::default();
    let text = problems.required("text", &form.text, 4000);
    let suggestion = problems.bounded("suggestion", &form.suggestion, 20_000);
    let mut mentions: Vec<AccountId> = Vec::new();
    if !form.mention.trim().is_empty() {
        match form.mention.trim().parse() {
            Ok(one) => mentions.push(one),
            Err(_) => problems.add("mention", Message::new("error-choose")),
        }
    }
    problems.none()?;
    for one in &mentions {
        accounts::find(&acting.app.store, tenant, *one).await?.ok_or(Refused::NotFound)?;
    }
    let by = accounts::find(&acting.app.store, tenant, account).await?;
    let record = TextComment {
        about: form.about.clone(),
        place: form.place.clone(),
        by: by.map(|one| one.record.name).unwrap_or_default(),
        text,
        suggestion: (!suggestion.is_empty()).then_some(suggestion),
        mentions,
        settled: false,
        on: acting.now().date().into(),
    };
    let mut act = begin!(acting, acting.context(Action::CommentText)?);
    let id = stored::insert(&mut act, &record).await?;
    act.about(id);
    act.commit(&id).await?;
    Ok(id)
}

/// Marks a remark as dealt with.
///
/// # Errors
/// [`Refused::NotFound`] for one of another organisation.
pub async fn settle(acting: &Acting<'_>, id: CommentId) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::CommentText, &Resource::of(tenant)).await?;
    let found = stored::find(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)?;
    let mut record = found.record.entry.clone();
    record.settled = true;
    let mut act = begin!(acting, acting.context(Action::CommentText)?.about(id));
    stored::update(&mut act, id, &record, found.revision).await?;
    Ok(act.commit(&()).await?)
}
