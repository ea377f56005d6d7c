//! From a case to the directory and back. The id of the case goes along and nothing
//! of the person: addresses stay in histories and in logs, so whom help is looked
//! for is read here, in codes, for whoever may refer them (E13). A sealed case is
//! never named. What was found comes back as a referral of that case, filled in.

use super::referrals::USUAL_ITEMS;
use crate::{
    components::{Button, Content, InsetText, SummaryList},
    shell::{form::Form, forms, gate::encode, visit::Visit},
};
use palermo_app::{
    Refused,
    access::Action,
    case::{self, CaseFile, found},
    desk::parse_id,
    domain::{
        case::{
            UrgentNeed,
            person::{AgeGroup, Sex},
        },
        id::ServiceId,
        service::{
            Need, find,
            referred::{needs_of, runs},
        },
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
    let html: String =
        urgent(visit, file).into_iter().map(|button| button.secondary().to_string()).collect();
    let any = visit.link(&format!("/get-help?case={}", file.id()));
    let any = Button::link(visit.text("case-help-find"), any).secondary();
    let hint = Content::from(visit.text("case-help-why"));
    format!("<p class=\"govuk-hint\">{hint}</p><div class=\"govuk-button-group\">{html}{any}</div>")
}

/// Straight to free places for each thing that cannot wait, in the State where one works.
pub(super) fn urgent(visit: &Visit, file: &CaseFile) -> Vec<Button> {
    let state = visit.signed.as_ref().and_then(|signed| signed.tenant.state.clone());
    let sends = case::may(&visit.acting(), file, Action::SendReferral);
    let Some(state) = state.filter(|_| sends && !file.case.record.sealed) else {
        return Vec::new();
    };
    let button = |need: Need| {
        let word = visit.text(&format!("need-{}", need.code()));
        let label = visit.format("case-help-for", &[("need", word.into())]);
        let (need, state, case) = (need.code(), encode(&state), file.id());
        let href = format!("/get-help?need={need}&state={state}&case={case}");
        Button::link(label, visit.link(&href))
    };
    needs_of(&file.case.record.urgent).into_iter().map(button).collect()
}

/// A referral filled in from a service that was found: its desk or, where it has
/// none here, its organisation; what it offers. An empty form without a service.
pub(super) async fn from_found(visit: &Visit) -> Result<Form, Refused> {
    let asked = visit.query("found");
    if asked.is_empty() {
        return Ok(Form::default());
    }
    let id: ServiceId = parse_id(&asked)?;
    let acting = visit.acting();
    let (kept, through) = service::show(&acting, id).await?;
    let desk = found::desk(&acting, &kept, through).await?;
    let one = &kept.record.service;
    let service = one.need.referred().unwrap_or_default();
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
            .with("kind", &[runs(one.need, one.organisation.provider).code().to_owned()]),
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

/// What words that are about to leave seem to hold (E10). What the program itself wrote,
/// the name of the service that was found, is no one's name.
pub(super) async fn leads_to_someone(visit: &Visit, form: &Form) -> Result<String, Refused> {
    let (words, id) = (form.text("words"), form.text("found"));
    if id.is_empty() {
        return Ok(forms::leads_to_someone(visit, words));
    }
    let (kept, _) = match service::show(&visit.acting(), parse_id(id)?).await {
        Ok(shown) => shown,
        Err(Refused::NotFound) => return Ok(forms::leads_to_someone(visit, words)),
        Err(other) => return Err(other),
    };
    let name = kept.record.service.name.as_str();
    let own = visit.format("case-refer-found-words", &[("service", name.into())]);
    Ok(forms::leads_to_someone(visit, &words.replace(&own, "")))
}
