//! What stands beside a case: safe ways to reach the person, related persons,
//! and charges for what they were made to do.

use super::{Answer, purpose, purpose_of, referrals::SERVICES, sections::Section, words_of};
use crate::{
    components::{Button, Content, SummaryList, Tag, WarningText},
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done, one_button},
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::Action,
    case::{
        Opened,
        beside::{self, ChannelForm, RelatedForm},
        look_for,
        open::may_write,
    },
    desk::parse_id,
    domain::{
        case::{
            charge::{ChargeState, Offence},
            contact::{ChannelKind, Reach, Safe},
            person::AgeGroup,
            related::{BirthRegistration, Relation},
        },
        id::CaseId,
        purpose::Purpose,
    },
    keys,
};
use std::fmt::Write as _;

/// How the person can be reached safely; nothing else is done (E12).
pub(super) async fn contact(visit: &Visit, opened: &Opened) -> Result<Option<Section>, Failure> {
    let ways = beside::reach(opened).await?;
    let (id, writes) = (opened.file.id(), may_write(&visit.acting(), &opened.file));
    let mut list = SummaryList::new();
    for one in &ways {
        let mut body = String::new();
        for reach in Reach::ALL {
            let (word, colour) = match one.channel.may(*reach) {
                Ok(()) => ("yes", "green"),
                Err(_) => ("no", "red"),
            };
            let text = visit.text(&format!("case-reach-{}-{word}", reach.code()));
            let _ = write!(body, "{} ", Tag::coloured(text, colour));
        }
        for text in [&one.address, &one.words].into_iter().flatten() {
            let _ =
                write!(body, "<p class=\"govuk-body\" dir=\"auto\">{}</p>", Content::from(text));
        }
        if writes {
            let channel = one.channel.id.to_string();
            let fields = [("channel", channel.as_str()), ("for", opened.file.purpose.code())];
            let path = format!("/cases/{id}/contact/remove");
            body.push_str(&one_button(visit, &path, "form-remove", &fields, false));
        }
        let kind = visit.text(&format!("case-channel-{}", one.channel.kind.code()));
        list = list.row(kind, Content::Html(body));
    }
    let mut html = if ways.is_empty() {
        format!("<p class=\"govuk-body\">{}</p>", Content::from(visit.text("case-contact-none")))
    } else {
        list.to_string()
    };
    if writes {
        let href = visit.link(&format!("/cases/{id}/contact"));
        let _ = write!(html, "{}", Button::link(visit.text("case-contact-add"), href).secondary());
    }
    Ok(Some(Section { id: "contact", title: visit.text("case-section-contact"), html }))
}

fn contact_page(
    visit: &Visit,
    id: CaseId,
    purpose: Purpose,
    form: &Form,
    problems: &Problems,
) -> Response {
    let kinds: Vec<_> = ChannelKind::ALL.iter().map(|kind| kind.code()).collect();
    let safe: Vec<_> = Safe::ALL.iter().map(|safe| safe.code()).collect();
    let safe = words_of(visit, "case-safe", &safe);
    let typed = |name: &str| {
        let text = form.text(name);
        if text.is_empty() { "unknown".to_owned() } else { text.to_owned() }
    };
    FormPage::new(visit, &format!("/cases/{id}/contact"), problems)
        .words("case-contact-why")
        .hidden("for", purpose.code())
        .select("kind", "case-channel", words_of(visit, "case-channel", &kinds), form.text("kind"))
        .text("address", "case-channel-address", "case-channel-address-hint", form.text("address"))
        .radios("call", "case-reach-call", safe.clone(), &typed("call"))
        .radios("leave_message", "case-reach-leave_message", safe.clone(), &typed("leave_message"))
        .radios("write", "case-reach-write", safe, &typed("write"))
        .text("words", "case-channel-words", "case-channel-words-hint", form.text("words"))
        .button("form-save")
        .page("case-contact-add", &format!("/cases/{id}"))
}

pub(super) async fn ask_contact(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose(&visit);
    let signed = visit.signed.as_deref();
    look_for(&visit.acting(), signed, id, Action::WriteCase, purpose).await?;
    Ok(contact_page(&visit, id, purpose, &Form::default(), &Problems::default()))
}

pub(super) async fn add_contact(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose_of(&visit, &form);
    let text = |name: &str| form.text(name).to_owned();
    let typed = ChannelForm {
        kind: text("kind"),
        address: text("address"),
        words: text("words"),
        call: text("call"),
        leave_message: text("leave_message"),
        write: text("write"),
    };
    let acting = visit.acting_once(&form);
    let vault = keys::vault(&acting, visit.signed()?).await?;
    match beside::add_channel(&acting, &vault, id, &typed, purpose).await {
        Ok(_) => Ok(done(&visit, &format!("/cases/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => Ok(contact_page(&visit, id, purpose, &form, &problems)),
        Err(other) => Err(Failure(other)),
    }
}

pub(super) async fn remove_contact(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let channel = parse_id(form.text("channel"))?;
    let purpose = purpose_of(&visit, &form);
    beside::remove_channel(&visit.acting_once(&form), id, channel, purpose).await?;
    Ok(done(&visit, &format!("/cases/{id}"), "saved"))
}

/// Related persons and their own needs.
pub(super) async fn related(visit: &Visit, opened: &Opened) -> Result<Option<Section>, Failure> {
    let people = beside::related(opened).await?;
    let (id, writes) = (opened.file.id(), may_write(&visit.acting(), &opened.file));
    let mut list = SummaryList::new();
    for (one, name) in &people {
        let mut body = String::new();
        if let Some(name) = name {
            let _ = write!(body, "<p class=\"govuk-body\"><bdi>{}</bdi></p>", Content::from(name));
        }
        let needs: Vec<_> =
            one.needs.iter().map(|need| visit.text(&format!("case-service-{need}"))).collect();
        let _ = write!(body, "<p class=\"govuk-body\">{}</p>", Content::from(needs.join(", ")));
        if one.birth != BirthRegistration::NotApplicable {
            let birth = visit.text(&format!("case-birth-{}", one.birth.code()));
            let _ = write!(body, "{} ", Tag::coloured(birth, "yellow"));
        }
        if one.nationality_risk {
            let risk = visit.text("case-nationality-risk");
            let _ = write!(body, "{}", Tag::coloured(risk, "red"));
        }
        let relation = visit.text(&format!("case-relation-{}", one.relation.code()));
        list = list.row(relation, Content::Html(body));
    }
    let mut html = if people.is_empty() { String::new() } else { list.to_string() };
    if writes {
        let href = visit.link(&format!("/cases/{id}/related"));
        let _ = write!(html, "{}", Button::link(visit.text("case-related-add"), href).secondary());
    }
    let title = visit.text("case-section-related");
    Ok((!html.is_empty()).then_some(Section { id: "related", title, html }))
}

fn related_page(
    visit: &Visit,
    id: CaseId,
    purpose: Purpose,
    form: &Form,
    problems: &Problems,
) -> Response {
    let relations: Vec<_> = Relation::ALL.iter().map(|one| one.code()).collect();
    let ages: Vec<_> = AgeGroup::ALL.iter().map(|age| age.code()).collect();
    let births: Vec<_> = BirthRegistration::ALL.iter().map(|one| one.code()).collect();
    let risk = vec![("yes".to_owned(), visit.text("case-nationality-risk"))];
    FormPage::new(visit, &format!("/cases/{id}/related"), problems)
        .words("case-related-why")
        .hidden("for", purpose.code())
        .radios(
            "relation",
            "case-relation",
            words_of(visit, "case-relation", &relations),
            form.text("relation"),
        )
        .text("name", "case-field-name", "case-field-name-hint", form.text("name"))
        .radios("age", "case-age-ask", words_of(visit, "case-age", &ages), form.text("age"))
        .checkboxes(
            "needs",
            "case-related-needs",
            words_of(visit, "case-service", &SERVICES),
            form.list("needs"),
        )
        .select("birth", "case-birth", words_of(visit, "case-birth", &births), form.text("birth"))
        .checkboxes("nationality_risk", "case-nationality", risk, form.list("nationality_risk"))
        .button("form-save")
        .page("case-related-add", &format!("/cases/{id}"))
}

pub(super) async fn ask_related(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose(&visit);
    let signed = visit.signed.as_deref();
    look_for(&visit.acting(), signed, id, Action::WriteCase, purpose).await?;
    Ok(related_page(&visit, id, purpose, &Form::default(), &Problems::default()))
}

pub(super) async fn add_related(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose_of(&visit, &form);
    let text = |name: &str| form.text(name).to_owned();
    let typed = RelatedForm {
        relation: text("relation"),
        name: text("name"),
        age: text("age"),
        language: String::new(),
        needs: form.list("needs").to_vec(),
        birth: text("birth"),
        nationality_risk: form.ticked("nationality_risk"),
    };
    let acting = visit.acting_once(&form);
    let vault = keys::vault(&acting, visit.signed()?).await?;
    match beside::add_related(&acting, &vault, id, &typed, purpose).await {
        Ok(_) => Ok(done(&visit, &format!("/cases/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => Ok(related_page(&visit, id, purpose, &form, &problems)),
        Err(other) => Err(Failure(other)),
    }
}

/// Charges, with the notice on non-punishment as long as they stand (R7).
pub(super) async fn charges(visit: &Visit, opened: &Opened) -> Result<Option<Section>, Failure> {
    let charges = beside::charges(opened).await?;
    let (id, writes) = (opened.file.id(), may_write(&visit.acting(), &opened.file));
    let mut html = String::new();
    for (charge, notice) in &charges {
        if let Some(rule) = notice {
            let told = visit.format(
                "case-charge-notice",
                &[("source", rule.source.into()), ("rule", visit.text(rule.message).into())],
            );
            let _ = write!(html, "{}", WarningText::new(told, &visit.words()));
        }
        let what = visit.text(&format!("case-offence-{}", charge.record.offence.code()));
        let state = visit.text(&format!("case-charge-{}", charge.record.state.code()));
        let _ = write!(
            html,
            "<p class=\"govuk-body\">{}: {}</p>",
            Content::from(what),
            Content::from(state)
        );
        if writes && charge.record.state == ChargeState::Pending {
            for next in [ChargeState::Dropped, ChargeState::Convicted] {
                let charge = charge.record.id.to_string();
                let fields = [
                    ("charge", charge.as_str()),
                    ("state", next.code()),
                    ("for", opened.file.purpose.code()),
                ];
                let label = format!("case-charge-to-{}", next.code());
                let path = format!("/cases/{id}/charge/decided");
                html.push_str(&one_button(visit, &path, &label, &fields, false));
            }
        }
    }
    if writes {
        let href = visit.link(&format!("/cases/{id}/charge"));
        let _ = write!(html, "{}", Button::link(visit.text("case-charge-add"), href).secondary());
    }
    let title = visit.text("case-section-charges");
    Ok((!html.is_empty()).then_some(Section { id: "charges", title, html }))
}

fn charge_page(visit: &Visit, id: CaseId, purpose: Purpose, problems: &Problems) -> Response {
    let offences: Vec<_> = Offence::ALL.iter().map(|one| one.code()).collect();
    FormPage::new(visit, &format!("/cases/{id}/charge"), problems)
        .words("case-charge-why")
        .hidden("for", purpose.code())
        .radios("offence", "case-offence", words_of(visit, "case-offence", &offences), "")
        .button("form-save")
        .page("case-charge-add", &format!("/cases/{id}"))
}

pub(super) async fn ask_charge(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose(&visit);
    let signed = visit.signed.as_deref();
    look_for(&visit.acting(), signed, id, Action::WriteCase, purpose).await?;
    Ok(charge_page(&visit, id, purpose, &Problems::default()))
}

pub(super) async fn add_charge(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose_of(&visit, &form);
    let acting = visit.acting_once(&form);
    match beside::add_charge(&acting, id, form.text("offence"), None, purpose).await {
        Ok(_) => Ok(done(&visit, &format!("/cases/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => Ok(charge_page(&visit, id, purpose, &problems)),
        Err(other) => Err(Failure(other)),
    }
}

pub(super) async fn decide_charge(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let charge = parse_id(form.text("charge"))?;
    let state = ChargeState::from_code(form.text("state")).ok_or(Refused::NotFound)?;
    let purpose = purpose_of(&visit, &form);
    beside::decide_charge(&visit.acting_once(&form), id, charge, state, purpose).await?;
    Ok(done(&visit, &format!("/cases/{id}"), "saved"))
}
