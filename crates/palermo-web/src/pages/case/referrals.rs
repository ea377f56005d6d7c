//! Referrals: asking a desk for a service with a preview of exactly what
//! leaves. Whether the person agreed to it is said before anything is sent; the
//! recipient's side is in [`super::arrived`], what was sent in [`super::referral_section`].

use super::{
    Answer,
    leaving::{child, lacks_assessment, to_whom, what_leaves, whole},
    purpose, purpose_of,
    referral_words::answer,
    show::paragraphs,
    words_of,
};
use crate::{
    components::{Button, Content, InsetText, SummaryList, Tag, WarningText},
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done},
        visit::{Sent, Visit},
    },
};
use axum::{
    extract::Path,
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use palermo_app::{
    Acting, Problems, Refused,
    access::Action,
    acting::OnceKey,
    case::{
        Opened, consent, legal_basis, look_for, never_told,
        referral::{self, Payload, ReferralForm, Rest},
        sealed_file,
    },
    desk::parse_id,
    domain::{
        case::{
            referral::{Ask, Decline, Item, ReferralState, Step, Urgency},
            sharing::{RecipientKind, ShareFor},
        },
        id::CaseId,
        purpose::Purpose,
    },
};
use std::fmt::Write as _;

/// Services that are asked for most; the whole list is the code list `service`.
pub(super) const SERVICES: [&str; 24] = [
    "safe_emergency",
    "shelter",
    "private_housing",
    "food_clothing",
    "health_primary",
    "health_sexual",
    "health_mental",
    "substance",
    "interpretation",
    "legal",
    "guardianship",
    "child_protection",
    "child_labour",
    "child_soldier",
    "special_group",
    "case_management",
    "safety",
    "documents",
    "asylum",
    "education",
    "employment",
    "return",
    "reintegration",
    "compensation",
];

/// What is ticked at first.
pub(super) const USUAL_ITEMS: [&str; 6] =
    ["call_name", "age", "language", "communication", "urgent", "words"];

pub(super) fn state_tag(visit: &Visit, state: ReferralState) -> Tag {
    let colour = match state {
        ReferralState::Accepted | ReferralState::Started | ReferralState::Completed => "green",
        ReferralState::Declined | ReferralState::Expired => "red",
        ReferralState::Sent | ReferralState::Received | ReferralState::InfoRequested => "blue",
        ReferralState::Waitlisted => "yellow",
        _ => "grey",
    };
    Tag::coloured(visit.text(&format!("case-referral-{}", state.code())), colour)
}

/// What was typed about a referral.
pub(super) fn typed(form: &Form) -> ReferralForm {
    let text = |name: &str| form.text(name).to_owned();
    ReferralForm {
        ask: text("ask"),
        desk: text("desk"),
        kind: text("kind"),
        purpose: text("purpose"),
        service: text("service"),
        urgency: text("urgency"),
        items: form.list("items").to_vec(),
        words: text("words"),
        basis: text("basis"),
        outside: text("outside"),
        sender: text("sender"),
        days: text("days"),
        left_why: text("left_why"),
    }
}

/// The fields of a referral that are carried to the consent form and back.
const CARRIED: [&str; 14] = [
    "ask", "desk", "outside", "sender", "days", "kind", "service", "purpose", "urgency", "items",
    "words", "left_why", "basis", "found",
];

/// What was typed about a referral, as the consent form carries it: under names
/// of its own, with recipient and purpose filled in.
pub(super) fn to_consent(form: &Form) -> Form {
    let mut carried = Form::default().with("from", &["referral".to_owned()]);
    for name in CARRIED {
        carried = carried.with(&format!("refer_{name}"), form.list(name));
    }
    for name in ["desk", "outside", "kind", "purpose"] {
        carried = carried.with(name, form.list(name));
    }
    carried
}

/// The hidden fields of a consent form that came from a referral.
pub(super) fn keep<'a>(mut page: FormPage<'a>, form: &Form) -> FormPage<'a> {
    if form.text("from") != "referral" {
        return page;
    }
    page = page.hidden("from", "referral");
    for name in CARRIED.map(|name| format!("refer_{name}")) {
        for value in form.list(&name) {
            page = page.hidden(&name, value);
        }
    }
    page
}

/// The referral as a consent form carried it.
fn carried(form: &Form) -> Form {
    let mut typed = Form::default();
    for name in CARRIED {
        typed = typed.with(name, form.list(&format!("refer_{name}")));
    }
    typed
}

/// Exactly what would leave after a yes, to whom and until when an answer is due, for the
/// consent form; nothing while the referral is not whole or the key is closed.
pub(super) async fn leaves(visit: &Visit, opened: &Opened, form: &Form) -> Result<String, Failure> {
    let order = typed(&carried(form));
    if order.service.is_empty() || !names_someone(&order) || opened.vault.is_none() {
        return Ok(String::new());
    }
    let payload = referral::preview(opened, &order).await?;
    let title = Content::from(visit.text("case-refer-check"));
    let why = Content::from(visit.text(what_leaves(&order)));
    Ok(format!(
        "<h2 class=\"govuk-heading-m\">{title}</h2><p class=\"govuk-body\">{why}</p>{}{}{}{}",
        to_whom(visit, &order).await?,
        child(visit, opened).await?,
        super::help::leads_to_someone(visit, &carried(form)).await?,
        whole(visit, &order, &payload).await?
    ))
}

/// Whether a recipient is named, here or outside.
pub(super) fn names_someone(order: &ReferralForm) -> bool {
    !order.desk.is_empty() || sealed_file::is_for_outside(order)
}

/// After a yes on the consent form: what was shown there is sent, once however often the
/// form arrives.
pub(super) async fn after_yes(
    visit: &Visit,
    headers: &HeaderMap,
    id: CaseId,
    purpose: Purpose,
    form: &Form,
) -> Answer {
    let signed = visit.signed.as_deref();
    let mut acting = visit.acting();
    acting.once = form.once().map(|once| OnceKey {
        // Two acts of one form, each with a name of its own.
        key: format!("{}-sent", once.key),
        request: once.request,
    });
    let opened = look_for(&acting, signed, id, Action::SendReferral, purpose).await?;
    deliver(visit, headers, &acting, &opened, &carried(form)).await
}

/// Back from the consent form: the referral with all that was typed.
pub(super) async fn again(visit: &Visit, id: CaseId, purpose: Purpose, form: &Form) -> Answer {
    let typed = carried(form);
    let signed = visit.signed.as_deref();
    let opened = look_for(&visit.acting(), signed, id, Action::SendReferral, purpose).await?;
    let about = about(visit, &opened, &typed).await?;
    page(visit, id, purpose, &typed, &Problems::default(), &about).await
}

/// What to know above the form: the service that was found, whether this may leave at
/// all, and a child.
async fn about(visit: &Visit, opened: &Opened, form: &Form) -> Result<About, Failure> {
    let covered = covered(visit, opened, &typed(form)).await?;
    let found = super::help::found(visit, form.text("found")).await?;
    let html = found + &covered.html + &child(visit, opened).await?;
    let list = never_told::goes_along(opened).await?;
    Ok(About { html, list, ..covered })
}

/// What to know before something leaves.
struct About {
    html: String,
    /// Whether the body is never told: then nobody is asked to agree to it.
    never: bool,
    /// Whether it cannot leave as things stand: then no button offers to send it.
    stays: bool,
    /// Whether there is a list of those never told, which goes along unless it is unticked
    /// (E17).
    list: bool,
}

impl About {
    fn asks(told: impl std::fmt::Display) -> Self {
        Self { html: told.to_string(), never: false, stays: false, list: false }
    }

    fn stays(told: impl std::fmt::Display) -> Self {
        Self { stays: true, ..Self::asks(told) }
    }

    /// The button that asks the person first, where it helps.
    fn button(&self, visit: &Visit) -> String {
        if self.never { String::new() } else { ask_first(visit).to_string() }
    }
}

/// Whether the person agreed to this recipient and purpose (R6), said before it
/// is sent; before a recipient is chosen, to whom and for what they agreed.
async fn covered(visit: &Visit, opened: &Opened, order: &ReferralForm) -> Result<About, Failure> {
    let acting = visit.acting();
    match referral::rests(&acting, opened, order).await? {
        Some(Rest::Agreed(at)) => {
            let day = visit.date(at.date());
            let told = visit.format("case-refer-agreed", &[("day", day.into())]);
            return Ok(About::asks(InsetText::new(told)));
        }
        Some(Rest::Law) => {
            return Ok(About::asks(InsetText::new(visit.text("case-refer-by-law"))));
        }
        Some(Rest::Nothing) => {
            let told = visit.text("case-refer-not-agreed");
            return Ok(About::stays(WarningText::new(told, &visit.words())));
        }
        Some(Rest::Refused(at)) => {
            let day = visit.date(at.date());
            let told = visit.format("case-refer-said-no", &[("day", day.into())]);
            return Ok(About::stays(WarningText::new(told, &visit.words())));
        }
        Some(Rest::Never) => {
            let told = visit.text("case-refer-never");
            let told = WarningText::new(told, &visit.words());
            return Ok(About { never: true, ..About::stays(told) });
        }
        None => {}
    }
    let (mut agreed, mut no_one) = (String::new(), None);
    for one in consent::list(opened).await? {
        let one = one.record;
        if one.recipient.is_no_one() && one.withdrawn_at.is_none() {
            no_one = no_one.max(Some(one.happened_at));
        }
        if !one.holds_at(acting.now()) {
            continue;
        }
        let to = Content::from(consent::named(acting.app, &one.recipient).await?);
        let what = Content::from(visit.text(&format!("case-share-{}", one.purpose.code())));
        let _ = write!(agreed, "<li><bdi>{to}</bdi>: {what}</li>");
    }
    if let (true, Some(at)) = (agreed.is_empty(), no_one) {
        let day = visit.date(at.date());
        let told = visit.format("case-refer-no-one", &[("day", day.into())]);
        return Ok(About::asks(WarningText::new(told, &visit.words())));
    }
    if agreed.is_empty() {
        return Ok(About::asks(InsetText::new(visit.text("case-refer-none-agreed"))));
    }
    let told = Content::from(visit.text("case-refer-agreed-to"));
    let list = format!("{told}<ul class=\"govuk-list govuk-list--bullet\">{agreed}</ul>");
    Ok(About::asks(InsetText::new(Content::Html(list))))
}

/// Sends what was typed to the consent form instead.
fn ask_first(visit: &Visit) -> Button {
    Button::new(visit.text("case-refer-ask-first")).secondary().sends("then", "consent")
}

async fn page(
    visit: &Visit,
    id: CaseId,
    purpose: Purpose,
    form: &Form,
    problems: &Problems,
    about: &About,
) -> Result<Response, Failure> {
    let acting = visit.acting();
    let usual = |name: &str, value: &str| {
        let text = form.text(name);
        if text.is_empty() { value.to_owned() } else { text.to_owned() }
    };
    fn codes<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> Vec<&'static str> {
        all.iter().map(|one| code(*one)).collect()
    }
    let asks = words_of(visit, "case-ask", &codes(Ask::ALL, Ask::code));
    let kinds = words_of(visit, "case-recipient", &codes(RecipientKind::ALL, RecipientKind::code));
    let fors = words_of(visit, "case-share", &codes(ShareFor::ALL, ShareFor::code));
    let urgencies = words_of(visit, "case-urgency", &codes(Urgency::ALL, Urgency::code));
    let items = words_of(visit, "case-item", &codes(Item::ALL, Item::code));
    let mut ticked = form.list("items").to_vec();
    if form.text("service").is_empty() && ticked.is_empty() {
        ticked = USUAL_ITEMS.map(str::to_owned).to_vec();
        ticked.extend(about.list.then(|| Item::NeverTold.code().to_owned()));
    }
    let desks = consent::desks_to_choose(&acting).await?;
    let bases: Vec<_> = legal_basis::in_force(&acting)
        .await?
        .into_iter()
        .map(|basis| (basis.id.to_string(), basis.provision))
        .collect();
    let mut page = FormPage::new(visit, &format!("/cases/{id}/refer"), problems)
        .hidden("for", purpose.code())
        .hidden("found", form.text("found"))
        .part(&about.html)
        .radios("ask", "case-ask", asks, &usual("ask", "referral"))
        .select("desk", "case-consent-desk", desks, form.text("desk"))
        .text("outside", "case-consent-outside", "sealed-file-outside-hint", form.text("outside"))
        .select(
            "days",
            "sealed-file-how-long",
            super::sealed_files::days(visit),
            &usual("days", "7"),
        )
        .select("kind", "case-recipient", kinds, form.text("kind"))
        .text("sender", "sealed-file-sender", "sealed-file-sender-hint", form.text("sender"))
        .select(
            "service",
            "case-service",
            words_of(visit, "case-service", &SERVICES),
            form.text("service"),
        )
        .radios("purpose", "case-share", fors, &usual("purpose", "help"))
        .radios("urgency", "case-urgency", urgencies, &usual("urgency", "soon"))
        .checkboxes("items", "case-items", items, &ticked)
        .lines("words", "case-refer-words", "case-refer-words-hint", form.text("words"));
    if about.list {
        let (why, hint) = ("case-refer-never-why", "case-refer-never-why-hint");
        page = page.lines("left_why", why, hint, form.text("left_why"));
    }
    if !bases.is_empty() {
        page = page.select("basis", "case-refer-basis", bases, form.text("basis"));
    }
    let page = page.button("case-refer-preview").part(about.button(visit));
    Ok(page.on_paper().page("case-refer", &format!("/cases/{id}")))
}

pub(super) async fn ask(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose(&visit);
    let signed = visit.signed.as_deref();
    let opened = look_for(&visit.acting(), signed, id, Action::SendReferral, purpose).await?;
    let form = super::help::from_found(&visit).await?;
    if visit.query("straight") == "yes"
        && let Some(page) = super::straight::page(&visit, &opened, &form).await?
    {
        return Ok(page);
    }
    let about = about(&visit, &opened, &form).await?;
    let mut items = form.list("items").to_vec();
    if about.list && !items.is_empty() {
        items.push(Item::NeverTold.code().to_owned());
    }
    let form = form.with("items", &items);
    page(&visit, id, purpose, &form, &Problems::default(), &about).await
}

/// The page that shows what leaves, before it is sent.
pub(super) async fn preview(visit: &Visit, opened: &Opened, form: &Form) -> Answer {
    let order = typed(form);
    let payload = referral::preview(opened, &order).await?;
    let found = super::help::found(visit, form.text("found")).await?;
    let facts = facts(visit, opened, &order).await?;
    let leads = super::help::leads_to_someone(visit, form).await?;
    let facts = About { html: found + &facts.html + &leads, ..facts };
    let whole = whole(visit, &order, &payload).await?;
    Ok(confirm(visit, opened.file.id(), form, (&facts, whole.as_str())))
}

/// Exactly what leaves, as the recipient will read it.
pub(super) fn shown(visit: &Visit, payload: &Payload) -> String {
    let mut list = SummaryList::new().row(
        visit.text("case-number"),
        Content::Html(format!("<bdi dir=\"ltr\">{}</bdi>", payload.number)),
    );
    for (code, text) in &payload.items {
        let value = Item::from_code(code)
            .map_or_else(|| text.clone(), |item| referral::said(&visit.acting(), item, text));
        list =
            list.row(visit.text(&format!("case-item-{code}")), Content::Html(paragraphs(&value)));
    }
    list.to_string()
}

/// This installation as its operator named it, or else as the sender's browser knows it:
/// `https://palermo.example`. On loopback it is served without TLS.
pub(in crate::pages) fn origin(visit: &Visit, headers: &HeaderMap) -> String {
    let settings = visit.web.settings();
    if let Some(address) = &settings.address {
        return address.trim_end_matches('/').to_owned();
    }
    let scheme = if settings.tls || settings.behind_proxy { "https" } else { "http" };
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    match (text(header::ORIGIN), text(header::HOST)) {
        (Some(origin), _) if origin.starts_with("http") => origin.to_owned(),
        (_, Some(host)) => format!("{scheme}://{host}"),
        _ => String::new(),
    }
}

pub(super) async fn send(
    Path(id): Path<String>,
    headers: HeaderMap,
    Sent { visit, form }: Sent,
) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose_of(&visit, &form);
    let order = typed(&form);
    let acting = visit.acting_once(&form);
    let signed = visit.signed.as_deref();
    let opened = look_for(&acting, signed, id, Action::SendReferral, purpose).await?;
    if form.text("then") == "consent" {
        return super::sharing::from_referral(&visit, &opened, &to_consent(&form)).await;
    }
    if !form.ticked("seen") {
        let somewhere = names_someone(&order);
        if order.service.is_empty() || !somewhere {
            let mut problems = Problems::default();
            if !somewhere {
                problems.add("desk", palermo_app::Message::new("case-error-recipient"));
            }
            if order.service.is_empty() {
                problems.add("service", palermo_app::Message::new("error-choose"));
            }
            let about = about(&visit, &opened, &form).await?;
            return page(&visit, id, purpose, &form, &problems, &about).await;
        }
        // Whoever takes a person over knows who must never be told, or it is said why not.
        let checked = match never_told::left_behind(&opened, &order).await {
            // A State of origin is told neither why someone asks nor which house helps.
            Ok(_) => sealed_file::may_say(&acting, &opened, &order).await,
            Err(refused) => Err(refused),
        };
        return match checked {
            Ok(()) => preview(&visit, &opened, &form).await,
            Err(Refused::Invalid(problems)) => {
                let about = about(&visit, &opened, &form).await?;
                page(&visit, id, purpose, &form, &problems, &about).await
            }
            Err(other) => Err(Failure(other)),
        };
    }
    deliver(&visit, &headers, &acting, &opened, &form).await
}

/// Sends it to a desk, or seals it for who is not here; where it may not leave, the form
/// says why and keeps what was typed.
async fn deliver(
    visit: &Visit,
    headers: &HeaderMap,
    acting: &Acting<'_>,
    opened: &Opened,
    form: &Form,
) -> Answer {
    let (id, purpose, order) = (opened.file.id(), opened.file.purpose, typed(form));
    let sent = if sealed_file::is_for_outside(&order) {
        match sealed_file::make(acting, opened, &order).await {
            Ok(made) => {
                let origin = origin(visit, headers);
                return Ok(super::sealed_files::made(visit, &origin, id, &made));
            }
            Err(refused) => Err(refused),
        }
    } else {
        referral::send(acting, opened, &order).await
    };
    match sent {
        Ok(_) => Ok(done(visit, &format!("/cases/{id}"), "case-referral-sent")),
        Err(Refused::Invalid(problems)) => {
            let about = about(visit, opened, form).await?;
            page(visit, id, purpose, form, &problems, &about).await
        }
        Err(Refused::Forbidden(why)) => {
            let number = usize::from(why.rule.number);
            let told = visit.format(
                "case-refer-forbidden",
                &[("number", visit.whole(number).into()), ("source", why.rule.source.into())],
            );
            let about = about(visit, opened, form).await?;
            let write = lacks_assessment(visit, id, &why);
            let html = format!("{}{write}{}", InsetText::new(told), about.html);
            let told = About { html, ..about };
            let mut response = page(visit, id, purpose, form, &Problems::default(), &told).await?;
            *response.status_mut() = axum::http::StatusCode::FORBIDDEN;
            Ok(response)
        }
        Err(other) => Err(Failure(other)),
    }
}

/// To whom, for what and until when, above what leaves; on what it rests, and what to know
/// about a child.
async fn facts(visit: &Visit, opened: &Opened, order: &ReferralForm) -> Result<About, Failure> {
    let mut html = to_whom(visit, order).await?;
    let covered = covered(visit, opened, order).await?;
    html.push_str(&covered.html);
    html.push_str(&child(visit, opened).await?);
    Ok(About { html, ..covered })
}

fn confirm(visit: &Visit, id: CaseId, form: &Form, (facts, whole): (&About, &str)) -> Response {
    let mut page = FormPage::new(visit, &format!("/cases/{id}/refer"), &Problems::default())
        .words(what_leaves(&typed(form)))
        .part(&facts.html)
        .part(whole)
        .hidden("seen", "yes");
    for name in [
        "for", "ask", "desk", "kind", "purpose", "service", "urgency", "words", "basis", "outside",
        "sender", "days", "left_why", "found",
    ] {
        page = page.hidden(name, form.text(name));
    }
    for item in form.list("items") {
        page = page.hidden("items", item);
    }
    if !facts.stays {
        page = page.button("case-refer-send");
    }
    let page = page.part(facts.button(visit));
    page.page("case-refer-check", &format!("/cases/{id}/refer"))
}

pub(super) async fn step(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let referral = parse_id(form.text("referral"))?;
    let step = Step::from_code(form.text("step")).ok_or(Refused::NotFound)?;
    let purpose = purpose_of(&visit, &form);
    if step == Step::Inform {
        return answer(&visit, &form, (id, referral), purpose).await;
    }
    let decline = Decline::from_code(form.text("decline"));
    referral::step(&visit.acting_once(&form), id, referral, step, decline, purpose).await?;
    Ok(done(&visit, &format!("/cases/{id}"), "saved"))
}
