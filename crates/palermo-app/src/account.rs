//! One's own particulars.

use crate::{
    Acting, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_locale::Language;
use palermo_store::{Versioned, account as accounts, credential::Credential};

pub use palermo_store::session::Session;

/// A second factor as its owner sees it.
pub type Factor = Versioned<Credential>;

/// What someone typed about themselves.
#[derive(Debug, Clone, Default)]
pub struct AccountForm {
    /// Name shown to colleagues.
    pub name: String,
    /// Language code.
    pub language: String,
    /// `own` for the language's own digits.
    pub digits: String,
    /// The revision the form was opened with.
    pub revision: String,
}

/// A form showing what is stored.
///
/// # Errors
/// What the store refuses.
pub async fn form(acting: &Acting<'_>) -> Result<AccountForm, Refused> {
    let (tenant, account) = acting.member()?;
    let found =
        accounts::find(&acting.app.store, tenant, account).await?.ok_or(Refused::NotFound)?;
    Ok(AccountForm {
        name: found.record.name.clone(),
        language: found.record.language.clone(),
        digits: if found.record.own_digits { "own" } else { "western" }.into(),
        revision: found.revision.0.to_string(),
    })
}

/// Changes one's name, language and digits.
///
/// # Errors
/// Every problem of the form at once.
pub async fn change(acting: &Acting<'_>, form: &AccountForm) -> Result<(), Refused> {
    let (tenant, account) = acting.member()?;
    acting.allow(Action::OwnAccount, &Resource::of(tenant).about(account)).await?;
    let mut problems = Problems::default();
    let name = problems.required("name", &form.name, 120);
    if Language::from_code(&form.language).is_none() {
        problems.add("language", Message::new("error-choose"));
    }
    problems.none()?;
    let seen = crate::desk::parse_revision(&form.revision)?;
    let mut act = begin!(acting, acting.context(Action::OwnAccount)?.about(account));
    let Some(found) = accounts::find(&act, tenant, account).await? else {
        act.give_up().await?;
        return Err(Refused::NotFound);
    };
    let mut record = found.record;
    record.name = name;
    record.language.clone_from(&form.language);
    record.own_digits = form.digits == "own";
    accounts::update(&mut act, &record, seen).await?;
    Ok(act.commit(&()).await?)
}
