//! What stands beside a case: safe ways to reach the person, and charges for
//! what they were made to do. Related persons are [`super::related`].

use super::{
    Answer, acting_then, note::when_typed, purpose, purpose_of, sections::Section, words_of,
};
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
        beside::{self, ChannelForm, Reached},
        look_for,
        open::may_write,
    },
    desk::{parse_id, parse_revision},
    domain::{
        case::{
            charge::{ChargeState, Offence},
            contact::{ChannelKind, Reach, Safe},
        },
        id::{CaseId, ChannelId},
        purpose::Purpose,
    },
    keys,
};
use std::fmt::Write as _;

/// How the person can be reached safely; nothing else is done (E12).
pub(super) async fn contact(visit: &Visit, opened: &Opened) -> Result<Option<Section>, Failure> {
    let ways = beside::reach(opened).await?;
    let (id, writes) = (opened.file.id(), may_write(&visit.acting(), &opened.file));
    let purpose = opened.file.purpose;
    let list = ways.iter().fold(SummaryList::new(), |list, one| {
        let mut body = way(visit, one);
        if writes {
            let channel = one.channel.id.to_string();
            let change = visit.link(&format!("/cases/{id}/contact/{channel}"));
            let label = Content::from(visit.text("form-change"));
            let hidden = Content::from(visit.text("case-channel-address"));
            let _ = write!(
                body,
                "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"{change}\">{label}<span class=\"govuk-visually-hidden\"> {hidden}</span></a></p>"
            );
            let fields = [("channel", channel.as_str()), ("for", purpose.code())];
            let path = format!("/cases/{id}/contact/remove");
            body.push_str(&one_button(visit, &path, "form-remove", &fields, false));
        }
        let kind = visit.text(&format!("case-channel-{}", one.channel.kind.code()));
        list.row(kind, Content::Html(body))
    });
    let mut html = if ways.is_empty() {
        format!("<p class=\"govuk-body\">{}</p>", Content::from(visit.text("case-contact-none")))
    } else {
        list.to_string()
    };
    if writes {
        let href = visit.link(&format!("/cases/{id}/contact"));
        let _ = write!(html, "{}", Button::link(visit.text("case-contact-add"), href).secondary());
    }
    let title = visit.text("case-section-contact");
    let now = vec![(title.clone(), Content::Html(safe_ways(visit, &ways)))];
    let count = Some(ways.len());
    Ok(Some(Section { id: "contact", title, html, count, now, ..Section::default() }))
}

/// What is safe on each way, for the top of the page; where nothing is known, that.
fn safe_ways(visit: &Visit, ways: &[Reached]) -> String {
    if ways.is_empty() {
        return Content::from(visit.text("case-contact-none")).to_string();
    }
    let mut lines = String::new();
    for one in ways {
        let kind = visit.text(&format!("case-channel-{}", one.channel.kind.code()));
        let (kind, safe) = (Content::from(kind), safe(visit, one));
        let _ = write!(lines, "<p class=\"govuk-body\">{kind}: {safe}</p>");
    }
    lines
}

/// What is safe on a way, and what is not.
fn safe(visit: &Visit, one: &Reached) -> String {
    let mut tags = String::new();
    for reach in Reach::ALL {
        let (word, colour) = match one.channel.may(*reach) {
            Ok(()) => ("yes", "green"),
            Err(_) => ("no", "red"),
        };
        let text = visit.text(&format!("case-reach-{}-{word}", reach.code()));
        let _ = write!(tags, "{} ", Tag::coloured(text, colour));
    }
    tags
}

/// What is safe on a way, its address, and what stands beside it.
fn way(visit: &Visit, one: &Reached) -> String {
    let mut body = safe(visit, one);
    let said = [
        ("", &one.address),
        ("case-channel-call_name", &one.call_name),
        ("case-channel-times", &one.times),
        ("", &one.words),
    ];
    for (label, text) in said {
        let Some(text) = text else { continue };
        let label = if label.is_empty() {
            String::new()
        } else {
            format!("{}: ", Content::from(visit.text(label)))
        };
        let text = Content::from(text);
        let _ = write!(body, "<p class=\"govuk-body\">{label}<bdi>{text}</bdi></p>");
    }
    body
}

/// What a form about a way holds: as typed, or as it is kept.
fn kept(one: &Reached) -> ChannelForm {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    ChannelForm {
        kind: one.channel.kind.code().to_owned(),
        address: text(&one.address),
        call_name: text(&one.call_name),
        times: text(&one.times),
        words: text(&one.words),
        call: one.channel.call.code().to_owned(),
        leave_message: one.channel.leave_message.code().to_owned(),
        write: one.channel.write.code().to_owned(),
    }
}

fn typed(form: &Form) -> ChannelForm {
    let text = |name: &str| form.text(name).to_owned();
    ChannelForm {
        kind: text("kind"),
        address: text("address"),
        call_name: text("call_name"),
        times: text("times"),
        words: text("words"),
        call: text("call"),
        leave_message: text("leave_message"),
        write: text("write"),
    }
}

/// The form of a way to reach the person: a new one, or one that is kept, with
/// the revision someone saw.
fn contact_page(
    visit: &Visit,
    (id, changed): (CaseId, Option<(ChannelId, &str)>),
    purpose: Purpose,
    form: &ChannelForm,
    at: &str,
    problems: &Problems,
) -> Response {
    let kinds: Vec<_> = ChannelKind::ALL.iter().map(|kind| kind.code()).collect();
    let safe: Vec<_> = Safe::ALL.iter().map(|safe| safe.code()).collect();
    let safe = words_of(visit, "case-safe", &safe);
    let usual = |text: &str| if text.is_empty() { "unknown".to_owned() } else { text.to_owned() };
    let (path, title) = match changed {
        Some((channel, _)) => (format!("/cases/{id}/contact/{channel}"), "case-contact-change"),
        None => (format!("/cases/{id}/contact"), "case-contact-add"),
    };
    let mut page = FormPage::new(visit, &path, problems)
        .words("case-contact-why")
        .hidden("for", purpose.code());
    if let Some((_, revision)) = changed {
        page = page.hidden("revision", revision);
    }
    page.select("kind", "case-channel", words_of(visit, "case-channel", &kinds), &form.kind)
        .text("address", "case-channel-address", "case-channel-address-hint", &form.address)
        .radios("call", "case-reach-call", safe.clone(), &usual(&form.call))
        .radios(
            "leave_message",
            "case-reach-leave_message",
            safe.clone(),
            &usual(&form.leave_message),
        )
        .radios("write", "case-reach-write", safe, &usual(&form.write))
        .text("call_name", "case-channel-call_name", "case-channel-call_name-hint", &form.call_name)
        .text("times", "case-channel-times", "case-channel-times-hint", &form.times)
        .text("words", "case-channel-words", "case-channel-words-hint", &form.words)
        .part(at)
        .button("form-save")
        .on_paper()
        .page(title, &format!("/cases/{id}"))
}

pub(super) async fn ask_contact(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose(&visit);
    let signed = visit.signed.as_deref();
    look_for(&visit.acting(), signed, id, Action::WriteCase, purpose).await?;
    let empty = ChannelForm::default();
    let at = when_typed(&visit, &Form::default());
    Ok(contact_page(&visit, (id, None), purpose, &empty, &at, &Problems::default()))
}

pub(super) async fn add_contact(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose_of(&visit, &form);
    let typed = typed(&form);
    let at = when_typed(&visit, &form);
    let acting = match acting_then(&visit, &form) {
        Ok(acting) => acting,
        Err(problems) => {
            return Ok(contact_page(&visit, (id, None), purpose, &typed, &at, &problems));
        }
    };
    let vault = keys::vault(&acting, visit.signed()?).await?;
    match beside::add_channel(&acting, &vault, id, &typed, purpose).await {
        Ok(_) => Ok(done(&visit, &format!("/cases/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => {
            Ok(contact_page(&visit, (id, None), purpose, &typed, &at, &problems))
        }
        Err(other) => Err(Failure(other)),
    }
}

pub(super) async fn ask_change(
    visit: Visit,
    Path((id, channel)): Path<(String, String)>,
) -> Answer {
    let (id, channel): (CaseId, ChannelId) = (parse_id(&id)?, parse_id(&channel)?);
    let purpose = purpose(&visit);
    let signed = visit.signed.as_deref();
    let opened = look_for(&visit.acting(), signed, id, Action::WriteCase, purpose).await?;
    // What is sealed has to be seen to be changed.
    keys::vault(&visit.acting(), visit.signed()?).await?;
    let ways = beside::reach(&opened).await?;
    let found = ways.iter().find(|one| one.channel.id == channel).ok_or(Refused::NotFound)?;
    let revision = found.revision.0.to_string();
    let changed = Some((channel, revision.as_str()));
    let at = when_typed(&visit, &Form::default());
    Ok(contact_page(&visit, (id, changed), purpose, &kept(found), &at, &Problems::default()))
}

pub(super) async fn change_contact(
    Path((id, channel)): Path<(String, String)>,
    Sent { visit, form }: Sent,
) -> Answer {
    let (id, channel): (CaseId, ChannelId) = (parse_id(&id)?, parse_id(&channel)?);
    let purpose = purpose_of(&visit, &form);
    let typed = typed(&form);
    let revision = form.text("revision").to_owned();
    let seen = parse_revision(&revision)?;
    let at = when_typed(&visit, &form);
    let changed = Some((channel, revision.as_str()));
    let acting = match acting_then(&visit, &form) {
        Ok(acting) => acting,
        Err(problems) => {
            return Ok(contact_page(&visit, (id, changed), purpose, &typed, &at, &problems));
        }
    };
    let vault = keys::vault(&acting, visit.signed()?).await?;
    let of = (id, channel);
    match beside::change_channel(&acting, &vault, of, &typed, seen, purpose).await {
        Ok(()) => Ok(done(&visit, &format!("/cases/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => {
            Ok(contact_page(&visit, (id, changed), purpose, &typed, &at, &problems))
        }
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

/// Charges, with the notice on non-punishment as long as they stand (R7).
pub(super) async fn charges(visit: &Visit, opened: &Opened) -> Result<Option<Section>, Failure> {
    let charges = beside::charges(opened).await?;
    let (id, writes) = (opened.file.id(), may_write(&visit.acting(), &opened.file));
    let (mut html, mut alert) = (String::new(), String::new());
    for (charge, notice) in &charges {
        if let Some(rule) = notice {
            let told = visit.format(
                "case-charge-notice",
                &[("source", rule.source.into()), ("rule", visit.text(rule.message).into())],
            );
            let _ = write!(alert, "{}", WarningText::new(told, &visit.words()));
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
    let title = visit.text("case-section-charges");
    let (count, open) = (Some(charges.len()), !alert.is_empty());
    let section = Section { id: "charges", title, html, count, open, alert, ..Section::default() };
    Ok((!section.html.is_empty()).then_some(section))
}

fn charge_page(
    visit: &Visit,
    id: CaseId,
    purpose: Purpose,
    form: &Form,
    problems: &Problems,
) -> Response {
    let offences: Vec<_> = Offence::ALL.iter().map(|one| one.code()).collect();
    FormPage::new(visit, &format!("/cases/{id}/charge"), problems)
        .words("case-charge-why")
        .hidden("for", purpose.code())
        .radios(
            "offence",
            "case-offence",
            words_of(visit, "case-offence", &offences),
            form.text("offence"),
        )
        .part(when_typed(visit, form))
        .button("form-save")
        .on_paper()
        .page("case-charge-add", &format!("/cases/{id}"))
}

pub(super) async fn ask_charge(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose(&visit);
    let signed = visit.signed.as_deref();
    look_for(&visit.acting(), signed, id, Action::WriteCase, purpose).await?;
    Ok(charge_page(&visit, id, purpose, &Form::default(), &Problems::default()))
}

pub(super) async fn add_charge(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose_of(&visit, &form);
    let acting = match acting_then(&visit, &form) {
        Ok(acting) => acting,
        Err(problems) => return Ok(charge_page(&visit, id, purpose, &form, &problems)),
    };
    match beside::add_charge(&acting, id, form.text("offence"), None, purpose).await {
        Ok(_) => Ok(done(&visit, &format!("/cases/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => Ok(charge_page(&visit, id, purpose, &form, &problems)),
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
