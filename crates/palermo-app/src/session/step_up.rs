//! Showing the second factor again before a sensitive act. In the
//! demonstration, where there is none, the passphrase is enough.

use super::{Proof, Signed, prove, sign_in::passphrase_fits};
use crate::{Acting, Message, Refused, access::Action};
use palermo_store::{
    credential::{self as credentials, CredentialKind},
    session::{self as sessions, Assurance},
};
use zeroize::Zeroizing;

/// Shows a factor again; the session gets a new token.
///
/// # Errors
/// [`Refused::Declined`] when it does not fit.
pub async fn step_up(
    acting: &Acting<'_>,
    before: &Signed,
    proof: Option<&Proof>,
    passphrase: &str,
) -> Result<Signed, Refused> {
    if let Some(proof) = proof {
        return prove(acting, before, proof).await;
    }
    let app = acting.app;
    if !app.demo {
        return Err(Refused::Declined(Message::new("second-factor-wrong")));
    }
    let known = credentials::of_account(&app.store, before.tenant.id, before.account.id).await?;
    let stored = known.iter().find(|c| c.record.kind == CredentialKind::Passphrase);
    if !passphrase_fits(app, Zeroizing::new(passphrase.to_owned()), stored).await? {
        return Err(Refused::Declined(Message::new("sign-in-wrong")));
    }
    let vault = crate::keys::carry_vault(app, before).await?;
    let context = acting.context(Action::SecondFactor)?.about(before.account.id);
    let mut act = crate::begin_unrepeated!(acting, context);
    let (session, token) = sessions::prove(&mut act, &before.session, Assurance::Two).await?;
    crate::keys::put_vault(&mut act, &session, &token, vault).await?;
    act.commit(&()).await?;
    super::sign_in::signed(app, session, token).await
}
