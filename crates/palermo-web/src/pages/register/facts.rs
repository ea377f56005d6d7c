//! Facts editors record beside what ships: the forms, and what one's own
//! organisation recorded, with what was taken back and why.

use super::{
    common::{instrument_link, instrument_name, link, mechanism_link},
    edit::{allowed, choice, optional, options, partial, provenance, source_fields, states},
    recorded::{says, subject},
};
use crate::{
    components::Content,
    pages::Answer,
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done},
        gate::encode,
        listing::List,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Message, Problems, Refused,
    access::Action,
    desk::parse_revision,
    domain::{
        id::RecordedFactId,
        register::{
            fact::Answer as Said,
            instrument::{InstrumentId, RelationKind, ScopeItem},
            mechanism::MemberStatus,
            provenance::PartialDate,
            recorded::{FactKind, Recorded, RecordedFact},
            state::{NameUnresolved, StateCode},
        },
    },
    register::{self, OwnFact},
};

/// One's own recorded facts.
const LIST: &str = "/registers/facts";

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/registers/facts", Action::EditRegister, list)
        .page("/registers/facts/new", Action::EditRegister, ask)
        .form("/registers/facts/new", Action::EditRegister, record)
        .page("/registers/facts/{id}", Action::EditRegister, ask_back)
        .form("/registers/facts/{id}/withdraw", Action::EditRegister, withdraw)
}

/// The kind of fact asked for, of a mechanism or instrument that is there.
fn asked(visit: &Visit, form: &Form) -> Result<FactKind, Refused> {
    let kind: FactKind = form.text("kind").parse().map_err(|_| Refused::NotFound)?;
    let (app, id) = (visit.web.app(), form.text("about"));
    let known = match kind {
        FactKind::Membership | FactKind::Activity => app.content.mechanisms().get(id).is_some(),
        FactKind::Relation | FactKind::Scope => app.registers.instruments.get(id).is_some(),
    };
    if known { Ok(kind) } else { Err(Refused::NotFound) }
}

fn back_to(kind: FactKind, id: &str) -> String {
    match kind {
        FactKind::Membership | FactKind::Activity => format!("/mechanisms/{id}"),
        FactKind::Relation | FactKind::Scope => format!("/instruments/{id}"),
    }
}

const fn title(kind: FactKind) -> &'static str {
    match kind {
        FactKind::Membership => "recorded-new-membership",
        FactKind::Activity => "recorded-new-activity",
        FactKind::Relation => "recorded-new-relation",
        FactKind::Scope => "recorded-new-scope",
    }
}

/// The other instruments, by name.
fn instruments(visit: &Visit, but: &str) -> Vec<(String, String)> {
    let all = visit.web.app().registers.instruments.all();
    let mut options: Vec<(String, String)> = all
        .filter(|one| one.id.as_str() != but)
        .map(|one| (one.id.to_string(), instrument_name(visit, one)))
        .collect();
    options.sort_by(|a, b| visit.compare(&a.1, &b.1));
    options
}

/// The activities the profile knows.
fn activities(visit: &Visit, id: &str) -> Vec<(String, String)> {
    let profile = visit.web.app().content.mechanisms().get(id);
    let all = profile.map(|profile| profile.activities.as_slice()).unwrap_or_default();
    all.iter().map(|one| (one.id.clone(), one.title.clone())).collect()
}

fn of_kind<'a>(visit: &'a Visit, page: FormPage<'a>, kind: FactKind, form: &Form) -> FormPage<'a> {
    let period = |page: FormPage<'a>| {
        page.text("from", "recorded-from", "register-date-hint", form.text("from")).text(
            "to",
            "recorded-to",
            "register-date-hint",
            form.text("to"),
        )
    };
    let about = form.text("about");
    match kind {
        FactKind::Membership => {
            let statuses = options(visit, MemberStatus::ALL, "member", MemberStatus::code);
            let all = states(visit, Action::EditRegister);
            let page = page.select("state", "field-state", all, form.text("state")).select(
                "status",
                "mechanism-status",
                statuses,
                form.text("status"),
            );
            period(page)
        }
        FactKind::Activity => {
            let known = activities(visit, about);
            let page = page
                .select("activity", "recorded-activity", known, form.text("activity"))
                .text("title", "recorded-activity-new", "", form.text("title"))
                .lines("states", "recorded-joined", "recorded-joined-hint", form.text("states"));
            period(page)
        }
        FactKind::Relation => {
            let kinds =
                options(visit, RelationKind::ALL, "instrument-relation", RelationKind::code);
            page.select("relation", "recorded-relation", kinds, form.text("relation")).select(
                "to",
                "recorded-other",
                instruments(visit, about),
                form.text("to"),
            )
        }
        FactKind::Scope => {
            let items = options(visit, ScopeItem::ALL, "scope-gap", ScopeItem::code);
            let answers = options(visit, Said::ALL, "answer", Said::code);
            page.select("item", "recorded-item", items, form.text("item"))
                .radios("answer", "recorded-answer", answers, form.text("answer"))
                .text("why", "recorded-why", "", form.text("why"))
        }
    }
}

fn fact_form(visit: &Visit, kind: FactKind, form: &Form, problems: &Problems) -> Response {
    let about = form.text("about");
    // The address says what is recorded about what, also once a problem was noted.
    let action = format!("/registers/facts/new?kind={}&about={}", kind.code(), encode(about));
    let of = match kind {
        FactKind::Membership | FactKind::Activity => mechanism_link(visit, about),
        FactKind::Relation | FactKind::Scope => instrument_link(visit, about),
    };
    let page = FormPage::new(visit, &action, problems)
        .part(format!("<p class=\"govuk-body-l\">{of}</p>"))
        .hidden("kind", kind.code())
        .hidden("about", about)
        .words("recorded-why-record");
    let mut page = of_kind(visit, page, kind, form);
    if kind != FactKind::Activity && kind != FactKind::Relation {
        let answers = vec![
            ("yes".to_owned(), visit.text("word-yes")),
            ("no".to_owned(), visit.text("word-no")),
        ];
        let preferred = if form.text("preferred") == "yes" { "yes" } else { "no" };
        page = page.hinted("recorded-prefer-hint").radios(
            "preferred",
            "statement-prefer",
            answers,
            preferred,
        );
    }
    source_fields(page, form).button("form-save").page(title(kind), &back_to(kind, about))
}

/// A date that may be left empty; a problem where it is none.
fn maybe(problems: &mut Problems, form: &Form, field: &str) -> Option<PartialDate> {
    if form.text(field).trim().is_empty() { None } else { partial(problems, form, field) }
}

/// A State by its code or any of its names.
fn state_named(visit: &Visit, typed: &str) -> Result<StateCode, Message> {
    let states = &visit.web.app().registers.states;
    if let Ok(code) = typed.parse::<StateCode>()
        && states.get(code).is_some()
    {
        return Ok(code);
    }
    states.resolve(typed, None).map_err(|why| match why {
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

fn joined(visit: &Visit, problems: &mut Problems, form: &Form) -> Vec<StateCode> {
    let mut all = Vec::new();
    for line in form.text("states").lines().map(str::trim).filter(|line| !line.is_empty()) {
        match state_named(visit, line) {
            Ok(code) if all.contains(&code) => {}
            Ok(code) => all.push(code),
            Err(why) => problems.add("states", why),
        }
    }
    all
}

/// The fact a form holds; nothing where a problem was noted.
fn fact_of(
    visit: &Visit,
    kind: FactKind,
    form: &Form,
    problems: &mut Problems,
) -> Option<Recorded> {
    let about = form.text("about").to_owned();
    let instrument = |about: &str| about.parse::<InstrumentId>().ok();
    match kind {
        FactKind::Membership => {
            let (state, status) =
                (choice(problems, form, "state"), choice(problems, form, "status"));
            let (from, to) = (maybe(problems, form, "from"), maybe(problems, form, "to"));
            Some(Recorded::Membership {
                mechanism: about,
                state: state?,
                status: status?,
                from,
                to,
            })
        }
        FactKind::Activity => {
            let states = joined(visit, problems, form);
            let (from, to) = (maybe(problems, form, "from"), maybe(problems, form, "to"));
            let activity = optional(form, "activity");
            let title = problems.bounded("title", form.text("title"), 500);
            Some(Recorded::Activity { mechanism: about, activity, title, states, from, to })
        }
        FactKind::Relation => {
            let (relation, to) = (choice(problems, form, "relation"), choice(problems, form, "to"));
            let instrument = instrument(&about)?;
            Some(Recorded::Relation { instrument, relation: relation?, to: to? })
        }
        FactKind::Scope => {
            let (item, answer) = (choice(problems, form, "item"), choice(problems, form, "answer"));
            let (instrument, why) = (instrument(&about)?, optional(form, "why"));
            Some(Recorded::Scope { instrument, item: item?, answer: answer?, why })
        }
    }
}

async fn recorded(visit: &Visit, kind: FactKind, form: &Form) -> Result<RecordedFactId, Refused> {
    let mut problems = Problems::default();
    let fact = fact_of(visit, kind, form, &mut problems);
    let told = provenance(&mut problems, form);
    problems.none()?;
    let (Some(fact), Some(provenance)) = (fact, told) else { return Err(Refused::NotFound) };
    let preferred = form.text("preferred") == "yes";
    let fact = RecordedFact { fact, preferred, provenance };
    register::record_fact(&visit.acting_once(form), &fact).await
}

async fn ask(visit: Visit) -> Answer {
    allowed(&visit, Action::EditRegister).await?;
    let query = visit.address.split_once('?').map_or("", |(_, query)| query);
    let form = Form::parse(query.as_bytes());
    let kind = asked(&visit, &form)?;
    Ok(fact_form(&visit, kind, &form, &Problems::default()))
}

async fn record(Sent { visit, form }: Sent) -> Answer {
    allowed(&visit, Action::EditRegister).await?;
    let kind = asked(&visit, &form)?;
    match recorded(&visit, kind, &form).await {
        Ok(_) => Ok(done(&visit, &back_to(kind, form.text("about")), "register-saved")),
        Err(Refused::Invalid(problems)) => Ok(fact_form(&visit, kind, &form, &problems)),
        Err(Refused::Declined(why)) => {
            let mut problems = Problems::default();
            problems.add("", why);
            Ok(fact_form(&visit, kind, &form, &problems))
        }
        Err(other) => Err(Failure(other)),
    }
}

/// Whether a fact stands, or when and why it was taken back.
fn became(visit: &Visit, one: &OwnFact) -> String {
    match &one.withdrawn {
        Some((at, why)) => {
            let why = visit.format("register-taken-back", &[("why", why.as_str().into())]);
            format!("{} {why}", visit.moment(*at))
        }
        None => visit.text("recorded-stands"),
    }
}

async fn list(visit: Visit) -> Answer {
    let all = register::own_facts(&visit.acting()).await?;
    let kinds = FactKind::ALL
        .iter()
        .map(|kind| (kind.code().to_owned(), visit.text(title(*kind))))
        .collect();
    let (a, b, c, d, e) =
        (visit.clone(), visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let name = visit.text("recorded-own");
    let list = List::new(&visit, "recorded-facts", &name, all)
        .column(
            "says",
            "recorded-says",
            move |one| says(&a, &one.recorded.fact),
            move |one| {
                let words = says(&b, &one.recorded.fact);
                match one.withdrawn {
                    Some(_) => words.into(),
                    None => link(&b, &format!("{LIST}/{}", one.id), words),
                }
            },
        )
        .column(
            "about",
            "register-entry",
            |one| one.recorded.fact.subject().to_owned(),
            move |one| subject(&c, &one.recorded.fact),
        )
        .text("source", "register-source", |one| one.recorded.provenance.source.clone())
        .text("recorded", "recorded-at", move |one| d.moment(one.at))
        .text("became", "register-past-how", move |one| became(&e, one))
        .filter("kind", "recorded-kind", kinds, |one, wanted| {
            one.recorded.fact.kind().code() == wanted
        })
        .when_empty(visit.text("register-own-none"));
    let why = Content::from(visit.text("recorded-own-why"));
    let answer = list.answer(|table| {
        let html = format!("<p class=\"govuk-body\">{why}</p>{table}");
        visit.page(&name).back("/mechanisms").html(&html)
    })?;
    Ok(answer)
}

/// A standing fact of one's own organisation; one that was taken back is said to be.
async fn found(visit: &Visit, id: &str) -> Result<OwnFact, Refused> {
    let all = register::own_facts(&visit.acting()).await?;
    let own = all.into_iter().find(|one| one.id.to_string() == id).ok_or(Refused::NotFound)?;
    if own.withdrawn.is_some() {
        return Err(Refused::Declined(Message::new("recorded-already-back")));
    }
    Ok(own)
}

fn back_form(visit: &Visit, one: &OwnFact, form: &Form, problems: &Problems) -> Response {
    let said = Content::from(says(visit, &one.recorded.fact));
    let about = subject(visit, &one.recorded.fact);
    let source = Content::from(&one.recorded.provenance.source);
    FormPage::new(visit, &format!("{LIST}/{}/withdraw", one.id), problems)
        .part(format!(
            "<p class=\"govuk-body-l\">{about}: <bdi>{said}</bdi></p>\
             <p class=\"p-src\"><bdi>{source}</bdi></p>"
        ))
        .hidden("revision", &one.revision.0.to_string())
        .text("why", "register-take-back-why", "register-take-back-hint", form.text("why"))
        .warning_button("register-take-back")
        .page("register-take-back", LIST)
}

async fn ask_back(visit: Visit, Path(id): Path<String>) -> Answer {
    let one = found(&visit, &id).await?;
    Ok(back_form(&visit, &one, &Form::default(), &Problems::default()))
}

async fn withdraw(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let one = found(&visit, &id).await?;
    let seen = parse_revision(form.text("revision"))?;
    let acting = visit.acting_once(&form);
    match register::withdraw_fact(&acting, one.id, form.text("why"), seen).await {
        Ok(()) => Ok(done(&visit, LIST, "register-taken-back")),
        Err(Refused::Invalid(problems)) => Ok(back_form(&visit, &one, &form, &problems)),
        Err(other) => Err(Failure(other)),
    }
}
