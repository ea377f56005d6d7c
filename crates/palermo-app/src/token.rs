//! Tokens for programs: scoped, expiring, stored as hashes, shown once.

use crate::{
    Acting, App, Message, Problems, Refused,
    access::{Action, Resource, Subject},
    session::Signed,
};
use palermo_domain::{
    account::AccountStatus,
    id::{AccountId, TokenId},
    purpose::Purpose,
};
pub use palermo_store::api_token::ApiToken;
use palermo_store::{
    TenantToken, account as accounts, api_token as api_tokens, desk as desks, role as roles,
    tenant as tenants,
};
use std::time::Duration;

/// Longest life of a token, in days.
pub const LONGEST_DAYS: u32 = 365;

/// A token presented by a program: who it speaks for and what it may do.
#[derive(Debug, Clone)]
pub struct Presented {
    /// The token.
    pub token: ApiToken,
    /// The account, its tenant and roles, as a session would have them, limited to what
    /// the token was made for.
    pub subject: Subject,
}

impl Presented {
    /// The program doing something.
    #[must_use]
    pub fn acting<'a>(&self, app: &'a App, language: palermo_locale::Language) -> Acting<'a> {
        let actor = palermo_domain::actor::Actor::Token {
            account: self.token.account,
            token: self.token.id,
        };
        let subject = self.subject.clone();
        Acting { app, subject, actor, language, once: None, happened: None }
    }
}

/// Who a token speaks for. It may do what its account may, within its scopes.
///
/// # Errors
/// When the database does not answer.
pub async fn resume(app: &App, text: &str) -> Result<Option<Presented>, Refused> {
    let Some(token) = TenantToken::parse(text) else { return Ok(None) };
    let Some(token) = api_tokens::resume(&app.store, &token).await? else { return Ok(None) };
    let account = accounts::find(&app.store, token.tenant, token.account).await?;
    let tenant = tenants::find(&app.store, token.tenant).await?;
    let (Some(account), Some(tenant)) = (account, tenant) else { return Ok(None) };
    if account.record.status != AccountStatus::Active {
        return Ok(None);
    }
    let now = app.store.now();
    let held = roles::of_account(&app.store, token.tenant, token.account).await?;
    let seats = desks::of_member(&app.store, token.tenant, token.account).await?;
    let scopes = token.scopes.iter().filter_map(|code| Action::from_code(code)).collect();
    let held = held.iter().filter(|r| r.record.holds_at(now)).map(|r| r.record.role).collect();
    let subject = Subject {
        desks: seats.into_iter().map(|seat| seat.desk).collect(),
        // A program cannot show a second factor again, so sensitive acts stay closed to it.
        stepped_up_at: None,
        limited_to: Some(scopes),
        ..Subject::of(&tenant.record, token.account, held)
    };
    Ok(Some(Presented { token, subject }))
}

/// Acts on cases that a program can do in coded facts. They are granted to a team, a
/// desk and a purpose, and asked about as if it were one's own case: a token still does
/// nothing that its account may not do to the very case. A second person's word is not
/// among them: whoever looks again is a person (R12).
const ON_CASES: [Action; 11] = [
    Action::ListCases,
    Action::OpenCase,
    Action::ReadCase,
    Action::WriteCase,
    Action::SendReferral,
    Action::ReceiveReferral,
    Action::AskAbroad,
    Action::ReadCare,
    Action::WriteCare,
    Action::Screen,
    Action::DecideIdentification,
];

/// Actions a token can be limited to: what this person may do in their organisation, for
/// its State or in the region, except what asks for the second factor again.
#[must_use]
pub fn scopes_for(acting: &Acting<'_>) -> Vec<Action> {
    let Some((tenant, _)) = acting.subject.tenant else { return Vec::new() };
    let mut programs = acting.subject.clone();
    programs.stepped_up_at = None;
    let acting = Acting { subject: programs, ..acting.clone() };
    let own = Resource::of(tenant);
    let of_state = own.clone().in_state(acting.subject.state.as_deref());
    let team = acting.subject.account.into_iter().collect();
    let mine = own.clone().with_team(team).at_desk(acting.subject.desks.first().copied());
    let mine = Resource { account: acting.subject.account, ..mine };
    let on_cases = |action: Action| {
        let may = |why: Purpose| acting.may_for(action, &mine, why).allowed;
        ON_CASES.contains(&action) && Purpose::ALL.into_iter().any(may)
    };
    let places = [own, of_state, Resource::region()];
    Action::ALL
        .iter()
        .copied()
        .filter(|action| !action.open_to_public())
        .filter(|action| {
            !matches!(
                action,
                Action::SecondFactor | Action::Unlock | Action::OwnAccount | Action::ManageTokens
            )
        })
        .filter(|action| {
            on_cases(*action) || places.iter().any(|place| acting.may(*action, place).allowed)
        })
        .collect()
}

/// Makes a token for oneself. Its text is shown once.
///
/// # Errors
/// Every problem of the form at once.
pub async fn make(
    acting: &Acting<'_>,
    signed: &Signed,
    name: &str,
    scopes: &[String],
    days: &str,
) -> Result<String, Refused> {
    let (tenant, account) = acting.member()?;
    acting.allow(Action::ManageTokens, &Resource::of(tenant)).await?;
    let mut problems = Problems::default();
    let name = problems.required("name", name, 80);
    let allowed = scopes_for(acting);
    let fits = |code: &String| Action::from_code(code).is_some_and(|a| allowed.contains(&a));
    if scopes.is_empty() || !scopes.iter().all(fits) {
        problems.add("scopes", Message::new("error-choose"));
    }
    let days = days.trim().parse::<u32>().ok().filter(|days| (1..=LONGEST_DAYS).contains(days));
    if days.is_none() {
        problems.add("days", Message::new("error-days").with("longest", LONGEST_DAYS));
    }
    problems.none()?;
    let life = Duration::from_secs(u64::from(days.unwrap_or(1)) * 86_400);
    let context = acting.context(Action::ManageTokens)?.about(signed.account.id);
    let mut act = crate::begin_unrepeated!(acting, context);
    let ends = act.now().after(life);
    let (id, token) = api_tokens::insert(&mut act, account, &name, scopes, ends).await?;
    act.about(id);
    act.commit(&()).await?;
    Ok(token.text())
}

/// Tokens of an account.
///
/// # Errors
/// What access or the store refuse.
pub async fn list(acting: &Acting<'_>, account: AccountId) -> Result<Vec<ApiToken>, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ManageTokens, &Resource::of(tenant)).await?;
    let tokens = api_tokens::of_account(&acting.app.store, tenant, account).await?;
    Ok(tokens.into_iter().map(|token| token.record).collect())
}

/// Takes a token away; it stops working at once.
///
/// # Errors
/// [`Refused::NotFound`] if it is not one of this tenant.
pub async fn revoke(acting: &Acting<'_>, id: TokenId) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ManageTokens, &Resource::of(tenant)).await?;
    let mut act = crate::begin!(acting, acting.context(Action::ManageTokens)?.about(id));
    api_tokens::revoke(&mut act, id).await?;
    Ok(act.commit(&()).await?)
}
