//! Who entered a figure: the last step of its trail. The organisation and the unit are told
//! to everyone; the name of an account to those who write the report, and nobody else.

use super::facts::StateVersion;
use crate::{App, Refused};
use palermo_domain::{
    id::TenantId,
    moment::Moment,
    register::day::Day,
    report::{Answer, Questionnaire, Submission},
};
use palermo_store::{
    report::{answer as answers, past, submission as submissions},
    tenant as tenants,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// Who entered an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EnteredBy {
    /// The organisation.
    pub organisation: String,
    /// The unit its section was handed to, where one was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The account, by name: for those who write the report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The day, where the text that was submitted is still known as it was typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<Day>,
}

/// What an organisation is called.
///
/// # Errors
/// When the store does not answer.
pub(super) async fn called(app: &App, tenant: TenantId) -> Result<String, Refused> {
    let found = tenants::find(&app.store, tenant).await?;
    Ok(found.map(|one| one.record.name).unwrap_or_default())
}

/// Who typed an answer, and when: the versions of it, the oldest first.
type Hands = Vec<(Answer, String, Option<Day>)>;

/// Everything that was typed into the submission of a version, by question.
async fn hands(app: &App, stands: &StateVersion) -> Result<BTreeMap<String, Hands>, Refused> {
    let (store, id) = (&app.store, stands.version.submission);
    let mut all: BTreeMap<String, Hands> = BTreeMap::new();
    for one in past::list(store, Some(&id.to_string())).await? {
        let old = one.record.entry;
        let on = old.at.parse::<Moment>().ok().map(|at| at.date().into());
        all.entry(old.code).or_default().push((old.answer, old.by, on));
    }
    for one in answers::of(store, stands.tenant, id).await? {
        let now = one.record;
        let on = Some(now.at.date().into());
        all.entry(now.code).or_default().push((now.answer, now.by, on));
    }
    Ok(all)
}

/// Who entered each answer of a version.
///
/// # Errors
/// When the store does not answer.
pub(super) async fn entered_by(
    app: &App,
    all: &Questionnaire,
    stands: &StateVersion,
) -> Result<BTreeMap<String, EnteredBy>, Refused> {
    let (tenant, version) = (stands.tenant, &stands.version);
    let house = called(app, tenant).await?;
    let sheet = submissions::find(&app.store, tenant, version.submission).await?;
    let sheet: Option<Submission> = sheet.map(|one| one.record.entry);
    let hands = hands(app, stands).await?;
    let mut elsewhere: BTreeMap<TenantId, String> = BTreeMap::new();
    let handed = sheet.iter().flat_map(|one| one.assigned.values());
    for tenant in handed.filter_map(|one| one.organisation) {
        elsewhere.insert(tenant, called(app, tenant).await?);
    }
    let mut told = BTreeMap::new();
    for (code, answer) in &version.answers {
        let section = all.section_of(code).map(|section| section.code.as_str());
        let handed = section.and_then(|code| sheet.as_ref()?.assigned.get(code));
        let other = handed.and_then(|one| elsewhere.get(&one.organisation?));
        let organisation = other.unwrap_or(&house).clone();
        // The last hand that wrote what was submitted: it may have been changed since.
        let same = |one: &Answer| (&one.value, &one.unit) == (&answer.value, &answer.unit);
        let hand = hands.get(code).and_then(|all| all.iter().rfind(|(one, ..)| same(one)));
        let name = hand.map(|(_, by, _)| by.clone()).filter(|by| !by.is_empty());
        told.insert(
            code.clone(),
            EnteredBy {
                organisation,
                unit: handed.map(|one| one.unit.clone()).filter(|unit| !unit.is_empty()),
                name,
                on: hand.and_then(|(_, _, on)| *on),
            },
        );
    }
    Ok(told)
}
