//! Words that are saved as they are typed, beside the record they will belong to: for whoever
//! types them and for nobody else, until they are saved by hand.

use crate::{Acting, App, Refused, access::Action, begin};
use palermo_domain::{
    actor::Actor,
    id::{AccountId, TypedWordsId},
    register::day::Day,
    report::TypedWords,
};
use palermo_store::{Act, ActContext, Begun, Versioned, register::Filed, report::typed as stored};
use std::collections::BTreeMap;

type Kept = Versioned<Filed<TypedWordsId, TypedWords>>;

/// For how many days words wait to be saved by hand after they were last typed at.
const WAIT: i64 = 90;

/// Fields of a form by their names.
pub(crate) type Fields = BTreeMap<String, String>;

/// What the reader has typed about a record, by the part of it.
///
/// # Errors
/// When the store does not answer.
pub(crate) async fn of(
    acting: &Acting<'_>,
    about: &str,
) -> Result<BTreeMap<String, Fields>, Refused> {
    let (_, account) = acting.member()?;
    let all = mine(stored::list(&acting.app.store, Some(about)).await?, account);
    let all = all.into_iter().map(|one| one.record.entry);
    Ok(all.map(|one| (one.place, one.fields)).collect())
}

fn mine(all: Vec<Kept>, account: AccountId) -> Vec<Kept> {
    all.into_iter().filter(|one| one.record.entry.account == account).collect()
}

/// Keeps what was typed about a part of a record; nothing where all of it was taken out.
/// Whoever calls this has asked whether the reader may write there.
///
/// # Errors
/// When the store does not answer.
pub(crate) async fn keep(
    acting: &Acting<'_>,
    action: Action,
    (about, place): (&str, &str),
    fields: Fields,
) -> Result<(), Refused> {
    let (_, account) = acting.member()?;
    let all = mine(stored::list(&acting.app.store, Some(about)).await?, account);
    // Of two that were begun at once the last one is read again, here as in `of`.
    let before = all.into_iter().rfind(|one| one.record.entry.place == place);
    let empty = fields.values().all(|text| text.trim().is_empty());
    if empty && before.is_none() {
        return Ok(());
    }
    let record = TypedWords {
        account,
        about: about.to_owned(),
        place: place.to_owned(),
        fields,
        on: acting.now().date().into(),
    };
    let mut act = begin!(acting, acting.context(action)?);
    match before {
        Some(before) if empty => {
            act.about(before.record.id);
            forget(&mut act, account, (about, place)).await?;
        }
        Some(before) => {
            act.about(before.record.id);
            stored::update(&mut act, before.record.id, &record, before.revision).await?;
        }
        None => {
            let id = stored::insert(&mut act, &record).await?;
            act.about(id);
        }
    }
    Ok(act.commit(&()).await?)
}

/// Takes out what was typed about a part of a record, with the act that saves it.
///
/// # Errors
/// When the store does not answer.
pub(super) async fn forget(
    act: &mut Act,
    account: AccountId,
    (about, place): (&str, &str),
) -> Result<(), Refused> {
    let all = mine(stored::list(&*act, Some(about)).await?, account);
    for one in all.into_iter().filter(|one| one.record.entry.place == place) {
        stored::remove(act, one.record.id).await?;
    }
    Ok(())
}

/// Takes away words that nobody saved by hand or typed at for ninety days, also of those
/// who left. A job calls this; returns how many.
///
/// # Errors
/// When the database does not answer; called again, it goes on.
pub async fn sweep(app: &App) -> Result<u64, Refused> {
    let today = Day::from(app.store.now().date());
    let mut gone = 0;
    for one in stored::list(&app.store, None).await? {
        if one.record.entry.on.plus_days(WAIT) >= today {
            continue;
        }
        let actor = Actor::System { job: "drafts".to_owned() };
        let context = ActContext::new(one.record.tenant, actor, "text.typed-expire");
        let context = context.about(one.record.id);
        let Begun::Fresh(mut act) = app.store.act(context).await? else { continue };
        stored::remove(&mut act, one.record.id).await?;
        act.commit(&()).await?;
        gone += 1;
    }
    Ok(gone)
}
