//! How long a recovery and reflection period is proposed here, and whose number
//! that is: the longest of the floor, the policy, the mechanisms' profiles and the
//! State's own law (R4, R100).

use crate::{Acting, App, Refused, register::ask::Lookup};
use palermo_domain::{
    care::{
        CareKind,
        recovery::{self, Proposed},
    },
    id::TenantId,
    register::{day::Day, state::StateCode},
};
use palermo_store::{register::law, tenant as tenants};

/// The rule of a profile that sets the days.
const RULE: &str = "reflection_days";

/// What is proposed to someone helped by one's own organisation.
///
/// # Errors
/// When the database does not answer.
pub async fn proposed(acting: &Acting<'_>) -> Result<Proposed, Refused> {
    let (tenant, _) = acting.member()?;
    in_tenant(acting.app, tenant).await
}

/// The same for any organisation: its State's law counts, and the mechanisms that
/// State belongs to beside the installation's own.
async fn in_tenant(app: &App, tenant: TenantId) -> Result<Proposed, Refused> {
    let own = tenants::find(&app.store, tenant).await?;
    let state = own.and_then(|own| own.record.state.as_deref()?.parse::<StateCode>().ok());
    let profile = of_mechanisms(app, state).await?;
    let law = match state {
        Some(state) => of_law(app, state).await?,
        None => None,
    };
    Ok(recovery::proposed(app.policy.reflection_days().into(), profile, law))
}

/// The days a record is held to: what is proposed here for a recovery and reflection
/// period. No other kind is asked for any.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn days_for(app: &App, tenant: TenantId, kind: CareKind) -> Result<u32, Refused> {
    if kind != CareKind::Recovery {
        return Ok(recovery::LEAST_DAYS);
    }
    Ok(in_tenant(app, tenant).await?.days)
}

/// The longest period a mechanism sets, and which.
async fn of_mechanisms(
    app: &App,
    state: Option<StateCode>,
) -> Result<Option<(u32, String)>, Refused> {
    let today: Day = app.store.now().date().into();
    let here = app.store.mechanism().await?;
    let ask = Lookup::of(app);
    let mut longest: Option<(u32, String)> = None;
    for profile in app.content.mechanisms().profiles() {
        let rules = profile.rules.given();
        let Some(rule) = rules.and_then(|rules| rules.iter().find(|one| one.key == RULE)) else {
            continue;
        };
        let id = profile.id.to_string();
        let counts = here.as_deref() == Some(id.as_str())
            || match state {
                // A profile without known members binds nobody.
                Some(state) => {
                    let members = ask.known_members(profile, today).await?;
                    members.iter().any(|member| member == state.as_str())
                }
                None => false,
            };
        if counts && longest.as_ref().is_none_or(|(days, _)| rule.value > *days) {
            longest = Some((rule.value, format!("{id}, {}", rule.provenance.source)));
        }
    }
    Ok(longest)
}

/// The longest period the State's law grants, and where.
async fn of_law(app: &App, state: StateCode) -> Result<Option<(u32, String)>, Refused> {
    let entries = law::list(&app.store, Some(state)).await?;
    let said = entries.iter().filter_map(|one| {
        let entry = &one.record.entry;
        Some((entry.reflection_days()?, entry.place()))
    });
    Ok(said.max_by_key(|(days, _)| *days))
}
