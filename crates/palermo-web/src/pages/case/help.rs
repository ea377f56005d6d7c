//! From a case to the directory and back. The id of the case goes along and nothing
//! of the person: addresses stay in histories and in logs, so whom help is looked
//! for is read here, in codes, for whoever may refer them (E13). A sealed case is
//! never named. What was found comes back as a referral of that case, filled in.

use super::referrals::USUAL_ITEMS;
use crate::{
    components::{Button, Content, InsetText, SummaryList},
    shell::{form::Form, gate::encode, visit::Visit},
};
use palermo_app::{
    Refused,
    access::Action,
    case::{self, CaseFile, consent},
    desk::parse_id,
    domain::{
        case::{
            UrgentNeed,
            person::{AgeGroup, Sex},
            sharing::RecipientKind,
        },
        id::ServiceId,
        service::{Need, Provider, find},
    },
    service,
};

/// Whom help is looked for, in the codes of the directory's fields; a field can be
/// named twice.
pub(in crate::pages) fn about(file: &CaseFile) -> Vec<(&'static str, String)> {
    let person = &file.person.record;
    let age = match person.age {
        AgeGroup::Adult => find::AgeGroup::Adult,
        AgeGroup::Child => find::AgeGroup::Child,
        AgeGroup::Unsure => find::AgeGroup::InDoubt,
    };
    let sex = person.sex.and_then(|sex| match sex {
        Sex::Female => Some(find::Sex::Female),
        Sex::Male => Some(find::Sex::Male),
        Sex::Other => Some(find::Sex::Other),
        Sex::Unknown => None,
    });
    let mut fields = vec![("age", age.code().to_owned()), ("languages", person.language.clone())];
    fields.extend(sex.map(|sex| ("sex", sex.code().to_owned())));
    if file.case.record.urgent.contains(&UrgentNeed::ChildWith) {
        fields.push(("with", find::With::Children.code().to_owned()));
    }
    if file.case.record.urgent.contains(&UrgentNeed::Danger) {
        fields.push(("with", find::With::HighRisk.code().to_owned()));
    }
    fields
}

/// What is asked of the directory for what cannot wait.
const fn asked(urgent: UrgentNeed) -> Option<Need> {
    match urgent {
        UrgentNeed::SafePlace | UrgentNeed::Danger => Some(Need::Shelter),
        UrgentNeed::Medical => Some(Need::Medical),
        UrgentNeed::Food => Some(Need::Material),
        UrgentNeed::Distress => Some(Need::Psychosocial),
        UrgentNeed::Interpreter => Some(Need::Interpretation),
        UrgentNeed::ChildWith => None,
    }
}

/// The service a referral asks for, where a need of the directory names one.
const fn referred(need: Need) -> Option<&'static str> {
    match need {
        Need::Shelter => Some("shelter"),
        Need::Reception => Some("safe_emergency"),
        Need::Medical => Some("health_primary"),
        Need::Psychosocial => Some("health_mental"),
        Need::Legal => Some("legal"),
        Need::Interpretation => Some("interpretation"),
        Need::Material => Some("food_clothing"),
        Need::Education => Some("education"),
        Need::Vocational => Some("employment"),
        Need::Return => Some("return"),
        Need::Reintegration => Some("reintegration"),
        Need::Guardianship => Some("guardianship"),
        Need::Hotline | Need::Tracing | Need::Other => None,
    }
}

/// Ways from a case to whoever could help: at once for what cannot wait, and
/// the form filled in for anything else.
pub(super) fn links(visit: &Visit, file: &CaseFile) -> String {
    if !case::may(&visit.acting(), file, Action::SendReferral) {
        return String::new();
    }
    if file.case.record.sealed {
        let any = visit.link("/get-help");
        let any = Button::link(visit.text("case-help-find"), any).secondary();
        let hint = Content::from(visit.text("case-help-sealed"));
        return format!("<p class=\"govuk-hint\">{hint}</p>{any}");
    }
    let about = format!("case={}", file.id());
    let mut needs: Vec<Need> =
        file.case.record.urgent.iter().filter_map(|one| asked(*one)).collect();
    needs.dedup();
    let state = visit.signed.as_ref().and_then(|signed| signed.tenant.state.clone());
    let mut html = String::new();
    if let Some(state) = state {
        for need in needs {
            let word = visit.text(&format!("need-{}", need.code()));
            let label = visit.format("case-help-for", &[("need", word.into())]);
            let href = format!("/get-help?need={}&state={}&{about}", need.code(), encode(&state));
            html.push_str(&Button::link(label, visit.link(&href)).secondary().to_string());
        }
    }
    let any = visit.link(&format!("/get-help?{about}"));
    let any = Button::link(visit.text("case-help-find"), any).secondary();
    let hint = Content::from(visit.text("case-help-why"));
    format!("<p class=\"govuk-hint\">{hint}</p><div class=\"govuk-button-group\">{html}{any}</div>")
}

/// What kind of body runs a service, as a first word: whoever refers can change it.
const fn body(need: Need, provider: Provider) -> RecipientKind {
    match (need, provider) {
        (Need::Medical | Need::Psychosocial, _) => RecipientKind::Health,
        (Need::Legal, _) => RecipientKind::Legal,
        (Need::Guardianship, _) => RecipientKind::Guardian,
        (_, Provider::Labour) => RecipientKind::Labour,
        _ => RecipientKind::Care,
    }
}

/// A referral filled in from a service that was found: its desk or, where it has
/// none here, its organisation; what it offers. A desk of one's own organisation
/// leads to its own services alone: what another body runs is asked of that body.
/// An empty form without a service.
pub(super) async fn from_found(visit: &Visit) -> Result<Form, Refused> {
    let found = visit.query("found");
    if found.is_empty() {
        return Ok(Form::default());
    }
    let id: ServiceId = parse_id(&found)?;
    let acting = visit.acting();
    let (kept, through) = service::show(&acting, id).await?;
    let (tenant, one) = (kept.record.tenant, &kept.record.service);
    let own = acting.subject.tenant.map(|(tenant, _)| tenant);
    let run = consent::desk_of(&acting, tenant, &one.organisation.name).await?;
    let ours = (run.is_some() && own == Some(tenant)) || one.organisation.name.is_empty();
    let through = through.filter(|desk| ours || own != Some(desk.tenant)).map(|desk| desk.id);
    let desk = match through.or(run) {
        None => consent::desk_named(&acting, &one.organisation.name).await?,
        known => known,
    };
    let service = referred(one.need).unwrap_or_default();
    let usual: Vec<String> = USUAL_ITEMS.map(str::to_owned).to_vec();
    let mut form = Form::default()
        .with("found", &[id.to_string()])
        .with("items", &usual)
        .with("service", &[service.to_owned()]);
    if !one.name.is_empty() {
        let named =
            visit.format("case-refer-found-words", &[("service", one.name.as_str().into())]);
        form = form.with("words", &[named]);
    }
    Ok(match desk {
        Some(desk) => form.with("desk", &[desk.to_string()]),
        None => form
            .with("outside", std::slice::from_ref(&one.organisation.name))
            .with("kind", &[body(one.need, one.organisation.provider).code().to_owned()]),
    })
}

/// The service that was found and who runs it, above every step of the referral to it;
/// that its desk is one of one's own organisation, if it is. Nothing without a service.
pub(super) async fn found(visit: &Visit, id: &str) -> Result<String, Refused> {
    if id.is_empty() {
        return Ok(String::new());
    }
    let acting = visit.acting();
    let (kept, through) = match service::show(&acting, parse_id(id)?).await {
        Ok(shown) => shown,
        Err(Refused::NotFound) => return Ok(String::new()),
        Err(other) => return Err(other),
    };
    let one = &kept.record.service;
    let names: Vec<String> = [&one.name, &one.organisation.name]
        .into_iter()
        .filter(|name| !name.is_empty())
        .map(|name| format!("<bdi>{}</bdi>", Content::from(name)))
        .collect();
    let names = Content::Html(names.join(" · "));
    let mut html = SummaryList::new().row(visit.text("case-refer-found"), names).to_string();
    let own = acting.subject.tenant.map(|(tenant, _)| tenant);
    if let Some(desk) = through.filter(|desk| own == Some(desk.tenant)) {
        let told = visit.format("case-refer-own-desk", &[("desk", desk.name.as_str().into())]);
        html.push_str(&InsetText::new(told).to_string());
    }
    Ok(html)
}
