//! Desks: opening, changing, closing, and who sits at them.

mod answers;
mod contact;

pub use answers::{Answer, Sought, answers_now};
pub use contact::{
    PointForm, ask_one, ask_stale, asked_about, confirm, confirm_by_link, describe, directory,
    directory_for_programs, history, known, show_point, told,
};

use crate::{
    Acting, App, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    desk::{Desk, DeskLevel, DeskMember, TOPICS},
    hours,
    id::{AccountId, DeskId, Id, TenantId},
};
use palermo_locale::Language;
use palermo_store::{Paging, Revision, Versioned, account as accounts, desk as desks, fold};

/// The first open desk of an organisation, by name.
pub(crate) async fn first_open(app: &App, tenant: TenantId) -> Result<Option<Desk>, Refused> {
    let filter =
        desks::Filter { open: Some(true), tenant: Some(tenant), ..desks::Filter::default() };
    let all = desks::list(&app.store, &filter, desks::SortBy::default(), Paging::all()).await?;
    Ok(all.items.into_iter().next().map(|desk| desk.record))
}

/// What someone typed about a desk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeskForm {
    /// Name of the office.
    pub name: String,
    /// Level code.
    pub level: String,
    /// State, alpha-3 or empty.
    pub state: String,
    /// Topics, separated by commas.
    pub topics: String,
    /// Languages, separated by commas.
    pub languages: String,
    /// IANA time zone.
    pub time_zone: String,
    /// Opening hours.
    pub hours: String,
    /// Telephone or empty.
    pub telephone: String,
}

impl DeskForm {
    /// A form showing what is stored.
    #[must_use]
    pub fn of(desk: &Desk) -> Self {
        Self {
            name: desk.name.clone(),
            level: desk.level.code().to_owned(),
            state: desk.state.clone().unwrap_or_default(),
            topics: desk.topics.join(", "),
            languages: desk.languages.join(", "),
            time_zone: desk.time_zone.clone(),
            hours: desk.hours.clone(),
            telephone: desk.telephone.clone().unwrap_or_default(),
        }
    }

    pub(crate) fn parse(
        &self,
        acting: &Acting<'_>,
        tenant: TenantId,
        id: DeskId,
        open: bool,
    ) -> Result<Desk, Refused> {
        let mut problems = Problems::default();
        let name = problems.required("name", &self.name, 120);
        let level = DeskLevel::from_code(&self.level);
        if level.is_none() {
            problems.add("level", Message::new("error-choose"));
        }
        let state = self.state.trim().to_uppercase();
        if !state.is_empty() && !acting.app.content.knows_state(&state) {
            problems.add("state", Message::new("error-unknown-state").with("code", &state));
        }
        problems.bounded("topics", &self.topics, 400);
        problems.bounded("languages", &self.languages, 200);
        let languages: Vec<String> = list(&self.languages)
            .iter()
            .flat_map(|part| part.split_whitespace())
            .map(str::to_owned)
            .collect();
        for language in languages.iter().filter(|code| !is_language(code)) {
            problems.add("languages", Message::new("error-language-code").with("code", language));
        }
        let time_zone = problems.required("time_zone", &self.time_zone, 60);
        if !time_zone.is_empty() && hours::zone(&time_zone).is_none() {
            problems.add("time_zone", Message::new("error-time-zone").with("zone", &time_zone));
        }
        let hours = problems.required("hours", &self.hours, 120);
        if !hours.is_empty()
            && let Err(why) = hours.parse::<hours::Hours>()
        {
            problems.add("hours", Message::new("error-hours").with("part", why.part));
        }
        let telephone = problems.bounded("telephone", &self.telephone, 40);
        if telephone.chars().any(char::is_alphabetic) {
            problems.add("telephone", Message::new("error-telephone"));
        }
        problems.none()?;
        Ok(Desk {
            tenant,
            id,
            name,
            level: level.unwrap_or(DeskLevel::National),
            state: (!state.is_empty()).then_some(state),
            topics: list(&self.topics),
            languages,
            time_zone,
            hours,
            telephone: (!telephone.is_empty()).then_some(telephone),
            open,
        })
    }
}

/// Words separated by commas (of any script), trimmed.
fn list(text: &str) -> Vec<String> {
    text.split([',', ';', '،', '、'])
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The code of a topic that was typed as its code or as its name in any language; what
/// has no code stays as it is, folded.
#[must_use]
pub fn topic_code(app: &App, typed: &str) -> String {
    let typed = fold(typed.trim());
    let named = |code: &&&str| {
        let id = format!("desk-topic-{code}");
        **code == typed
            || Language::ALL.iter().any(|one| fold(&app.catalogue.text(*one, &id)) == typed)
    };
    TOPICS.iter().find(named).map_or_else(|| typed.clone(), |code| (*code).to_owned())
}

/// A topic in the reader's words; as it was typed where it has no name.
#[must_use]
pub fn topic_said(acting: &Acting<'_>, typed: &str) -> String {
    let code = topic_code(acting.app, typed);
    match TOPICS.contains(&code.as_str()) {
        true => acting.app.catalogue.text(acting.language, &format!("desk-topic-{code}")),
        false => typed.to_owned(),
    }
}

/// Languages with a code of two letters (ISO 639-1); of three letters there are
/// thousands, and more each year.
const OF_TWO_LETTERS: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca \
    ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu \
    gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko \
    kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl \
    nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm \
    sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa \
    wo xh yi yo za zh zu";

/// Whether a text is a language code (BCP 47): of two letters one that is
/// given to a language, of three by its shape. What we have of CLDR names a few
/// hundred of these, so it would refuse languages that people speak.
#[must_use]
pub fn is_language(code: &str) -> bool {
    let mut parts = code.split('-');
    let first = parts.next().unwrap_or_default();
    let known = first.len() == 3 || OF_TWO_LETTERS.split_whitespace().any(|one| one == first);
    known
        && first.bytes().all(|b| b.is_ascii_lowercase())
        && parts.all(|part| {
            (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        })
}

/// Desks of one's tenant, by name.
///
/// # Errors
/// What access or the store refuse.
pub async fn list_own(acting: &Acting<'_>) -> Result<Vec<Versioned<Desk>>, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ReadTenant, &Resource::of(tenant)).await?;
    let filter = desks::Filter { tenant: Some(tenant), ..desks::Filter::default() };
    let sort = desks::SortBy::default();
    Ok(desks::list(&acting.app.store, &filter, sort, Paging::all()).await?.items)
}

/// Desks of one's tenant, for whoever enters its services.
///
/// # Errors
/// What access or the store refuse.
pub async fn list_for_services(acting: &Acting<'_>) -> Result<Vec<Versioned<Desk>>, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::EditServices, &Resource::of(tenant)).await?;
    let filter = desks::Filter { tenant: Some(tenant), ..desks::Filter::default() };
    let sort = desks::SortBy::default();
    Ok(desks::list(&acting.app.store, &filter, sort, Paging::all()).await?.items)
}

/// One desk with its members' names.
///
/// # Errors
/// [`Refused::NotFound`] for a desk of another tenant.
pub async fn show(
    acting: &Acting<'_>,
    id: DeskId,
) -> Result<(Versioned<Desk>, Vec<(DeskMember, String)>), Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ReadTenant, &Resource::of(tenant)).await?;
    let store = &acting.app.store;
    let desk = desks::find(store, tenant, id).await?.ok_or(Refused::NotFound)?;
    let mut members = Vec::new();
    for member in desks::members(store, tenant, id).await? {
        let name = accounts::find(store, tenant, member.account).await?;
        members.push((member, name.map(|account| account.record.name).unwrap_or_default()));
    }
    Ok((desk, members))
}

/// Opens a desk.
///
/// # Errors
/// Every problem of the form at once.
pub async fn create(acting: &Acting<'_>, form: &DeskForm) -> Result<DeskId, Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ManageDesks, &Resource::of(tenant)).await?;
    let id: DeskId = acting.app.store.new_id();
    let desk = form.parse(acting, tenant, id, true)?;
    let mut act = begin!(acting, acting.context(Action::ManageDesks)?.about(id));
    desks::insert(&mut act, &desk).await?;
    act.commit(&id).await?;
    Ok(id)
}

/// Changes a desk; `seen` is the revision the form was opened with.
///
/// # Errors
/// [`Refused::Conflict`] if someone changed it since.
pub async fn change(
    acting: &Acting<'_>,
    id: DeskId,
    form: &DeskForm,
    open: bool,
    seen: Revision,
) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ManageDesks, &Resource::of(tenant)).await?;
    let before = desks::find(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)?;
    // What is only closed or opened again stays as it was written, be it before a rule.
    let desk = match DeskForm::of(&before.record) == *form {
        true => Desk { open, ..before.record },
        false => form.parse(acting, tenant, id, open)?,
    };
    let mut act = begin!(acting, acting.context(Action::ManageDesks)?.about(id));
    desks::update(&mut act, &desk, seen).await?;
    Ok(act.commit(&()).await?)
}

/// Seats someone at a desk, or lets an alternate lead.
///
/// # Errors
/// [`Refused::NotFound`] for an account of another tenant.
pub async fn seat(
    acting: &Acting<'_>,
    id: DeskId,
    account: AccountId,
    alternate: bool,
) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ManageDesks, &Resource::of(tenant)).await?;
    let store = &acting.app.store;
    desks::find(store, tenant, id).await?.ok_or(Refused::NotFound)?;
    accounts::find(store, tenant, account).await?.ok_or(Refused::NotFound)?;
    let member = DeskMember { tenant, desk: id, account, alternate };
    let seated = desks::members(store, tenant, id).await?.iter().any(|m| m.account == account);
    let mut act = begin!(acting, acting.context(Action::ManageDesks)?.about(id).about(account));
    if seated {
        desks::change_member(&mut act, &member).await?;
    } else {
        desks::add_member(&mut act, &member).await?;
    }
    Ok(act.commit(&()).await?)
}

/// Takes someone from a desk; the desk and its history stay.
///
/// # Errors
/// [`Refused::NotFound`] if they do not sit there.
pub async fn unseat(acting: &Acting<'_>, id: DeskId, account: AccountId) -> Result<(), Refused> {
    let (tenant, _) = acting.member()?;
    acting.allow(Action::ManageDesks, &Resource::of(tenant)).await?;
    let members = desks::members(&acting.app.store, tenant, id).await?;
    let member =
        members.into_iter().find(|member| member.account == account).ok_or(Refused::NotFound)?;
    let mut act = begin!(acting, acting.context(Action::ManageDesks)?.about(id).about(account));
    desks::remove_member(&mut act, &member).await?;
    Ok(act.commit(&()).await?)
}

/// Reads a desk's id from an address.
///
/// # Errors
/// [`Refused::NotFound`] for anything that is no id.
pub fn parse_id<I: Id + std::str::FromStr>(text: &str) -> Result<I, Refused> {
    text.parse().map_err(|_| Refused::NotFound)
}

/// Reads the revision a form was opened with.
///
/// # Errors
/// [`Refused::Conflict`] for anything else: the form is not one of ours.
pub fn parse_revision(text: &str) -> Result<Revision, Refused> {
    text.parse().map(Revision).map_err(|_| Refused::Conflict)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_codes_are_those_of_a_language() {
        assert!(is_language("fr") && is_language("zh-Hant") && is_language("pt-BR"));
        assert!(!is_language("French") && !is_language("f") && !is_language(""));
        assert!(is_language("ckb") && is_language("tw") && !is_language("xx"));
    }

    #[test]
    fn lists_are_separated_by_the_commas_of_any_script() {
        assert_eq!(list("a, b،c ; d"), ["a", "b", "c", "d"]);
    }
}
