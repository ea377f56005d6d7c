//! The form of an agreement, for a new one and for one entered by hand.

use super::{
    agreements::title,
    common::{Body, lookup, mechanism_name, refused, word},
    edit::{allowed_agreement, choice, optional, options, partial, provenance, source_fields},
};
use crate::{
    components::Content,
    pages::Answer,
    shell::{
        failure::Failure,
        form::Form,
        forms::{self, FormPage, done},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Message, Problems, Refused,
    access::{Action, Resource},
    desk::parse_revision,
    domain::register::{
        agreement::{Agreement, AgreementForm, AgreementParty, AgreementStatus, NeedsAssessment},
        fact::{Answer as Said, Said as OneSaid, Statements},
        instrument::Flag,
        mechanism::MechanismProfile,
        provenance::{Confidence, PartialDate, Provenance},
        state::{NameUnresolved, normalised},
        topic::Topic,
    },
    register::{self, PastAgreement},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/agreements/new", Action::EditAgreement, ask_new)
        .form("/agreements/new", Action::EditAgreement, create)
        .page("/agreements/{id}/edit", Action::EditAgreement, ask_edit)
        .form("/agreements/{id}/edit", Action::EditAgreement, change)
}

/// An agreement as a form would have sent it.
fn typed(one: &Agreement) -> Form {
    let encode = crate::shell::gate::encode;
    let mut pairs: Vec<(String, String)> = vec![
        ("key".into(), one.key.clone()),
        ("title".into(), title(one)),
        ("form".into(), one.form.code().into()),
        ("status".into(), one.status.code().into()),
        ("monitoring".into(), one.monitoring.answer.code().into()),
        ("source".into(), one.provenance.source.clone()),
        ("as_of".into(), one.provenance.as_of.to_string()),
        ("note".into(), one.note.clone().unwrap_or_default()),
    ];
    let parties: Vec<String> = one.parties.iter().map(ToString::to_string).collect();
    pairs.push(("parties".into(), parties.join("\n")));
    for (name, date) in [("signed", &one.signed), ("in_force", &one.in_force), ("ends", &one.ends)]
    {
        let settled = date.settled().map(|said| said.value.to_string());
        pairs.extend(settled.map(|value| (name.into(), value)));
    }
    pairs.extend(one.facilitated_by.iter().map(|id| ("facilitated_by".into(), id.clone())));
    pairs.push(("sops".into(), one.sops.join("\n")));
    pairs.push(("bodies".into(), one.bodies.join("\n")));
    if let Some(needs) = &one.needs_assessment {
        pairs.push(("needs".into(), needs.title.clone()));
        pairs.push(("needs_finished".into(), needs.finished.to_string()));
    }
    pairs.extend(one.subject.iter().map(|topic| ("topic".into(), topic.code().into())));
    let body: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    Form::parse(body.join("&").as_bytes())
}

/// The form of a new agreement.
fn new_page(visit: &Visit, form: &Form, problems: &Problems) -> Response {
    let page = FormPage::new(visit, "/agreements/new", problems);
    let page = page.text("key", "agreement-key", "agreement-key-hint", form.text("key"));
    fields(visit, page, form).button("form-save").page("agreement-new", "/agreements")
}

/// The form of one that is there, over what it said before. The short name is its
/// address and stays.
async fn edit_page(visit: &Visit, one: &Agreement, form: &Form, problems: &Problems) -> Answer {
    let past = register::past_agreements(&visit.acting(), &one.key).await?;
    let path = format!("/agreements/{}/edit", one.key);
    let page = FormPage::new(visit, &path, problems).hidden("revision", form.text("revision"));
    let page = fields(visit, page, form).button("form-save");
    let html = format!("{}{}", page.html(), said_before(visit, one, &past));
    let (title, back) = (visit.text("agreement-edit"), format!("/agreements/{}", one.key));
    if problems.0.is_empty() {
        return Ok(visit.page(&title).back(&back).html(&html));
    }
    Ok(forms::refused(visit, title, Some(&back), &html))
}

/// What an agreement can be told by, and what each is called.
const TOLD: [(&str, &str); 17] = [
    ("title", "agreement-title"),
    ("form", "agreement-kind"),
    ("parties", "agreement-parties"),
    ("status", "agreement-status"),
    ("signed", "agreement-signed"),
    ("in_force", "instrument-in-force"),
    ("ends", "agreement-ends"),
    ("facilitated_by", "agreement-facilitated"),
    ("sops", "agreement-sops"),
    ("bodies", "agreement-bodies"),
    ("topic", "agreement-topics"),
    ("monitoring", "agreement-monitoring"),
    ("needs", "agreement-needs-title"),
    ("needs_finished", "agreement-needs-finished"),
    ("source", "register-source"),
    ("as_of", "register-as-of-label"),
    ("note", "register-note"),
];

/// What versions of it said where the next one says something else, newest first.
fn said_before(visit: &Visit, one: &Agreement, past: &[PastAgreement]) -> String {
    let (mut after, mut rows) = (typed(one), Vec::new());
    for version in past {
        let form = typed(&version.agreement);
        let changed = TOLD.iter().filter(|(field, _)| form.list(field) != after.list(field));
        let said: Vec<String> =
            changed.map(|(field, label)| said_of(visit, &form, field, label)).collect();
        if !said.is_empty() {
            let said = Content::Html(said.join("<br>"));
            rows.push(vec![visit.moment(version.until).into(), said]);
        }
        after = form;
    }
    if rows.is_empty() {
        return String::new();
    }
    let mut body = Body::new(visit);
    body.heading("register-past");
    body.table("past", "register-past", &["register-past-until", "register-says"], rows);
    body.plain()
}

/// A field with what it held, in words.
fn said_of(visit: &Visit, form: &Form, field: &str, label: &str) -> String {
    let held = form.list(field).iter().filter(|value| !value.trim().is_empty());
    let words: Vec<String> = held
        .map(|value| match field {
            "form" => word(visit, "agreement-kind", value),
            "status" => word(visit, "agreement-status", value),
            "monitoring" => word(visit, "answer", value),
            "topic" => word(visit, "topic", value),
            _ => value.lines().collect::<Vec<_>>().join(", "),
        })
        .collect();
    let words = if words.is_empty() { "–".to_owned() } else { words.join(", ") };
    format!("{}: <bdi>{}</bdi>", Content::from(visit.text(label)), Content::from(words))
}

fn fields<'a>(visit: &'a Visit, page: FormPage<'a>, form: &Form) -> FormPage<'a> {
    let answers = options(visit, Said::ALL, "answer", Said::code);
    let page = page
        .text("title", "agreement-title", "", form.text("title"))
        .select(
            "form",
            "agreement-kind",
            options(visit, AgreementForm::ALL, "agreement-kind", AgreementForm::code),
            form.text("form"),
        )
        .lines_said("parties", "agreement-parties", Some(example(visit)), form.text("parties"))
        .select(
            "status",
            "agreement-status",
            options(visit, AgreementStatus::ALL, "agreement-status", AgreementStatus::code),
            form.text("status"),
        )
        .text("signed", "agreement-signed", "register-date-hint", form.text("signed"))
        .text("in_force", "instrument-in-force", "register-date-hint", form.text("in_force"))
        .text("ends", "agreement-ends", "register-date-hint", form.text("ends"))
        .select(
            "facilitated_by",
            "agreement-facilitated",
            helpers(visit),
            form.text("facilitated_by"),
        )
        .lines("sops", "agreement-sops", "agreement-lines-hint", form.text("sops"))
        .lines("bodies", "agreement-bodies", "agreement-lines-hint", form.text("bodies"))
        .checkboxes(
            "topic",
            "agreement-topics",
            options(visit, Topic::ALL, "topic", Topic::code),
            form.list("topic"),
        )
        .radios("monitoring", "agreement-monitoring", answers, form.text("monitoring"))
        .text("needs", "agreement-needs-title", "", form.text("needs"))
        .text(
            "needs_finished",
            "agreement-needs-finished",
            "register-date-hint",
            form.text("needs_finished"),
        );
    source_fields(page, form)
}

/// How parties are written, with the writer's own State as example.
fn example(visit: &Visit) -> String {
    let own = visit.acting().subject.state.clone();
    let state = visit.state(own.as_deref().unwrap_or("BEN"));
    visit.format("agreement-parties-hint", &[("state", state.into())])
}

/// Mechanisms that may have helped an agreement along.
fn helpers(visit: &Visit) -> Vec<(String, String)> {
    let profiles = visit.web.app().content.mechanisms().profiles();
    let mut all: Vec<(String, String)> =
        profiles.map(|profile| (profile.id.to_string(), mechanism_name(visit, profile))).collect();
    all.sort_by(|a, b| visit.compare(&a.1, &b.1));
    all
}

fn said<T>(value: T, provenance: &Provenance) -> OneSaid<T> {
    OneSaid { value, preferred: true, provenance: provenance.clone() }
}

/// One statement more, which the register follows, unless it says the same.
fn with_statement<T: PartialEq + Clone>(
    before: &Statements<T>,
    value: T,
    provenance: &Provenance,
) -> Statements<T> {
    let mut all = before.clone();
    if all.settled().is_none_or(|settled| settled.value != value) {
        all.add(said(value, provenance));
    }
    all
}

/// A party as written: its code form, a State's name or code as the list of names has
/// it, a mechanism's id or name.
fn party(visit: &Visit, line: &str) -> Result<AgreementParty, Message> {
    if let Ok(party) = line.parse() {
        return Ok(party);
    }
    let name = line.split_once(':').map_or(line, |(_, name)| name).trim();
    let wanted = normalised(name);
    let mechanism = |profile: &MechanismProfile| AgreementParty::Mechanism(profile.id.to_string());
    let profiles = || visit.web.app().content.mechanisms().profiles();
    let coded = profiles().find(|one| one.id.as_str().eq_ignore_ascii_case(name));
    if let Some(profile) = coded {
        return Ok(mechanism(profile));
    }
    let why = match visit.web.app().registers.states.resolve(name, None) {
        Ok(code) => return Ok(AgreementParty::State(code)),
        Err(why) => why,
    };
    let called = profiles().find(|one| {
        let official = std::iter::once(&one.names.en).chain(one.names.others.values());
        official.chain(&one.also_known_as).any(|known| normalised(known) == wanted)
    });
    if let Some(profile) = called {
        return Ok(mechanism(profile));
    }
    Err(match why {
        NameUnresolved::Unknown { name, nearest } => match nearest.first() {
            Some((_, code)) => Message::new("error-party-near")
                .with("name", name)
                .with("near", visit.state(code.as_str())),
            None => Message::new("error-party-unknown").with("name", name),
        },
        NameUnresolved::Ambiguous { name, .. } => {
            Message::new("error-party-several").with("name", name)
        }
    })
}

fn parties(visit: &Visit, problems: &mut Problems, form: &Form) -> Vec<AgreementParty> {
    let mut all = Vec::new();
    let lines = form.text("parties").lines().map(str::trim).filter(|line| !line.is_empty());
    for line in lines {
        match party(visit, line) {
            Ok(party) => all.push(party),
            Err(why) => problems.add("parties", why),
        }
    }
    all
}

/// The lines of a field, without the empty ones.
fn lines(form: &Form, field: &str) -> Vec<String> {
    let lines = form.text(field).lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(str::to_owned).collect()
}

/// A date that may be left empty; what is no date is a problem.
fn date_or_none(problems: &mut Problems, form: &Form, field: &str) -> Option<PartialDate> {
    optional(form, field).and_then(|_| partial(problems, form, field))
}

/// The agreement a form describes; what it does not ask for stays as it was. What is
/// wrong by the rules is told together with what cannot be read.
fn read(
    visit: &Visit,
    form: &Form,
    before: Option<&Agreement>,
    mut problems: Problems,
) -> Result<Agreement, Refused> {
    let key = match before {
        Some(before) => before.key.clone(),
        None => problems.required("key", form.text("key"), 60),
    };
    let words = problems.required("title", form.text("title"), 300);
    let kind: Option<AgreementForm> = choice(&mut problems, form, "form");
    let status: Option<AgreementStatus> = choice(&mut problems, form, "status");
    let parties = parties(visit, &mut problems, form);
    let dates =
        ["signed", "in_force", "ends"].map(|field| date_or_none(&mut problems, form, field));
    let needs = optional(form, "needs");
    let finished = needs.as_ref().and_then(|_| partial(&mut problems, form, "needs_finished"));
    let told = provenance(&mut problems, form);
    let unreadable = told.is_none();
    let mut told = told.unwrap_or_else(|| untold(visit));
    // A remark is one of the whole agreement and stands there once.
    let note = told.note.take();
    let monitoring = form.text("monitoring").parse().unwrap_or(Said::Unknown);
    let subject = form.list("topic").iter().filter_map(|topic| topic.parse().ok()).collect();
    let needs_assessment = needs.zip(finished).map(|(title, finished)| NeedsAssessment {
        title,
        finished,
        provenance: told.clone(),
    });
    let empty = before.is_none();
    let mut one = before.cloned().unwrap_or_else(|| blank(&key, &told));
    one.title = with_statement(&one.title, words, &told);
    let known = [&mut one.signed, &mut one.in_force, &mut one.ends];
    for (known, date) in known.into_iter().zip(dates) {
        if let Some(date) = date {
            *known = with_statement(known, date, &told);
        }
    }
    one.facilitated_by = optional(form, "facilitated_by");
    one.sops = lines(form, "sops");
    one.bodies = lines(form, "bodies");
    if empty || one.monitoring.answer != monitoring {
        let provenance = Some(told.clone());
        one.monitoring = Flag { answer: monitoring, why: None, provenance };
    }
    one.form = kind.unwrap_or(AgreementForm::Unknown);
    one.status = status.unwrap_or(AgreementStatus::Unknown);
    one.parties = parties;
    one.subject = subject;
    one.needs_assessment = needs_assessment;
    one.note = note;
    one.provenance = told;
    by_the_rules(visit, &mut problems, &one);
    problems.none()?;
    if unreadable { Err(Refused::NotFound) } else { Ok(one) }
}

/// In the place of a source that could not be read: such a form is never kept.
fn untold(visit: &Visit) -> Provenance {
    Provenance {
        source: String::new(),
        as_of: PartialDate::exact(visit.acting().now().date().into()),
        confidence: Confidence::Stated,
        note: None,
        disputed: None,
    }
}

/// Adds what the rules have against it, with the names of parties; a field that could
/// not be read has its problem already.
fn by_the_rules(visit: &Visit, problems: &mut Problems, one: &Agreement) {
    let mut found = register::agreement_problems(&visit.acting(), one).0;
    found.retain(|new| problems.0.iter().all(|known| known.field != new.field));
    for problem in &mut found {
        for (name, value) in &mut problem.message.values {
            if name.as_str() == "party"
                && let Ok(party) = value.parse::<AgreementParty>()
            {
                *value = party_name(visit, &party);
            }
        }
    }
    problems.0.extend(found);
}

fn party_name(visit: &Visit, party: &AgreementParty) -> String {
    match party {
        AgreementParty::State(code) => visit.state(code.as_str()),
        AgreementParty::Mechanism(id) => visit.mechanism(id),
    }
}

/// An agreement of which nothing is said yet.
fn blank(key: &str, told: &Provenance) -> Agreement {
    Agreement {
        key: key.to_owned(),
        title: Statements::default(),
        form: AgreementForm::Unknown,
        parties: Vec::new(),
        facilitated_by: None,
        subject: Vec::new(),
        sops: Vec::new(),
        status: AgreementStatus::Unknown,
        signed: Statements::default(),
        in_force: Statements::default(),
        ends: Statements::default(),
        bodies: Vec::new(),
        budgets: Vec::new(),
        mandates: Vec::new(),
        monitoring: Flag { answer: Said::Unknown, why: None, provenance: None },
        needs_assessment: None,
        reviews: Vec::new(),
        activities: Vec::new(),
        cases: Vec::new(),
        provenance: told.clone(),
        note: None,
    }
}

async fn ask_new(visit: Visit) -> Answer {
    let acting = visit.acting();
    let own = Resource::region().in_state(acting.subject.state.as_deref());
    acting.allow(Action::EditAgreement, &own).await?;
    Ok(new_page(&visit, &Form::default(), &Problems::default()))
}

async fn created(visit: &Visit, form: &Form) -> Result<String, Refused> {
    let mut problems = Problems::default();
    let all = lookup(visit).agreements().await.map_err(|why| refused(why).0)?;
    if all.iter().any(|other| other.key == form.text("key").trim()) {
        problems.add("key", Message::new("error-duplicate"));
    }
    let one = read(visit, form, None, problems)?;
    register::enter_agreement(&visit.acting_once(form), &one).await?;
    Ok(one.key)
}

async fn create(Sent { visit, form }: Sent) -> Answer {
    match created(&visit, &form).await {
        Ok(key) => Ok(done(&visit, &format!("/agreements/{key}"), "register-saved")),
        Err(Refused::Invalid(problems)) => Ok(new_page(&visit, &form, &problems)),
        Err(other) => Err(Failure(other)),
    }
}

/// The agreement to change: one entered by hand, or the shipped one, which is
/// then entered anew under the same short name and takes its place.
pub(super) async fn present(visit: &Visit, id: &str) -> Result<Agreement, Failure> {
    let all = lookup(visit).agreements().await.map_err(refused)?;
    all.into_iter().find(|one| one.key == id).ok_or(Failure(Refused::NotFound))
}

async fn ask_edit(visit: Visit, Path(id): Path<String>) -> Answer {
    let seen = revision(&visit, &id).await?;
    let one = present(&visit, &id).await?;
    allowed_agreement(&visit, &one).await?;
    let form = typed(&one).with("revision", &[seen]);
    edit_page(&visit, &one, &form, &Problems::default()).await
}

/// The revision of the agreement entered by hand under this short name; zero where the
/// shipped one stands. Read before the agreement itself, so that whoever is slower is told.
pub(super) async fn revision(visit: &Visit, id: &str) -> Result<String, Failure> {
    let entered = lookup(visit).entered_agreement(id).await.map_err(refused)?;
    Ok(entered.map_or(0, |one| one.revision.0).to_string())
}

async fn changed(visit: &Visit, before: &Agreement, form: &Form) -> Result<(), Refused> {
    let one = read(visit, form, Some(before), Problems::default())?;
    keep(visit, form, &one, form.text("revision")).await
}

/// Keeps an agreement as it is now: over the one entered by hand, or in place
/// of the shipped one; over no other than the one that was seen.
pub(super) async fn keep(
    visit: &Visit,
    form: &Form,
    one: &Agreement,
    seen: &str,
) -> Result<(), Refused> {
    let entered = lookup(visit).entered_agreement(&one.key).await.map_err(|why| refused(why).0)?;
    let acting = visit.acting_once(form);
    match entered {
        Some(entered) => {
            let (tenant, _) = acting.member()?;
            if entered.tenant != tenant {
                return Err(Refused::NotFound);
            }
            let seen = parse_revision(seen)?;
            register::edit_agreement(&acting, entered.id, one, seen).await.map(|_| ())
        }
        None if seen == "0" => register::enter_agreement(&acting, one).await.map(|_| ()),
        None => Err(Refused::Conflict),
    }
}

async fn change(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let before = present(&visit, &id).await?;
    allowed_agreement(&visit, &before).await?;
    match changed(&visit, &before, &form).await {
        Ok(()) => Ok(done(&visit, &format!("/agreements/{id}"), "register-saved")),
        Err(Refused::Invalid(problems)) => edit_page(&visit, &before, &form, &problems).await,
        Err(other) => Err(Failure(other)),
    }
}
