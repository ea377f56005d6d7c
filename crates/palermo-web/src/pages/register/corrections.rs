//! What one's own organisation entered in the registers by hand: correcting it
//! and taking it back. What an entry said before stays beside it.

use super::{
    common::{Body, date, link, word},
    edit::{
        law_fields, law_of, obstacle_fields, obstacle_of, statement_fields, statement_of,
        use_fields, use_of,
    },
};
use crate::{
    components::Content,
    pages::Answer,
    shell::{
        failure::Failure,
        form::Form,
        forms::{self, FormPage, done},
        gate::encode,
        listing::List,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::Action,
    desk::parse_revision,
    domain::register::provenance::Provenance,
    locale::Language,
    register::{self, Entry, EntryKind, OwnEntry, PastEntry},
};
use std::collections::BTreeMap;

pub(super) fn routes() -> Routes {
    laws().and(obstacles()).and(uses()).and(statements())
}

fn laws() -> Routes {
    Routes::new()
        .page("/registers/laws", Action::EditLaw, |visit: Visit| list(visit, EntryKind::Law))
        .page("/registers/laws/{id}", Action::EditLaw, |visit: Visit, Path(id): Path<String>| {
            ask(visit, id, EntryKind::Law)
        })
        .form("/registers/laws/{id}", Action::EditLaw, |Path(id): Path<String>, sent: Sent| {
            correct(id, sent, EntryKind::Law)
        })
        .form(
            "/registers/laws/{id}/take-back",
            Action::EditLaw,
            |Path(id): Path<String>, sent: Sent| take_back(id, sent, EntryKind::Law),
        )
}

fn obstacles() -> Routes {
    Routes::new()
        .page("/registers/obstacles", Action::FileObstacle, |visit: Visit| {
            list(visit, EntryKind::Obstacle)
        })
        .page(
            "/registers/obstacles/{id}",
            Action::FileObstacle,
            |visit: Visit, Path(id): Path<String>| ask(visit, id, EntryKind::Obstacle),
        )
        .form(
            "/registers/obstacles/{id}",
            Action::FileObstacle,
            |Path(id): Path<String>, sent: Sent| correct(id, sent, EntryKind::Obstacle),
        )
        .form(
            "/registers/obstacles/{id}/take-back",
            Action::FileObstacle,
            |Path(id): Path<String>, sent: Sent| take_back(id, sent, EntryKind::Obstacle),
        )
}

fn uses() -> Routes {
    Routes::new()
        .page("/registers/uses", Action::EditRegister, |visit: Visit| list(visit, EntryKind::Use))
        .page(
            "/registers/uses/{id}",
            Action::EditRegister,
            |visit: Visit, Path(id): Path<String>| ask(visit, id, EntryKind::Use),
        )
        .form("/registers/uses/{id}", Action::EditRegister, |Path(id): Path<String>, sent: Sent| {
            correct(id, sent, EntryKind::Use)
        })
        .form(
            "/registers/uses/{id}/take-back",
            Action::EditRegister,
            |Path(id): Path<String>, sent: Sent| take_back(id, sent, EntryKind::Use),
        )
}

fn statements() -> Routes {
    Routes::new()
        .page("/registers/statements", Action::EditRegister, |visit: Visit| {
            list(visit, EntryKind::Statement)
        })
        .page(
            "/registers/statements/{id}",
            Action::EditRegister,
            |visit: Visit, Path(id): Path<String>| ask(visit, id, EntryKind::Statement),
        )
        .form(
            "/registers/statements/{id}",
            Action::EditRegister,
            |Path(id): Path<String>, sent: Sent| correct(id, sent, EntryKind::Statement),
        )
        .form(
            "/registers/statements/{id}/take-back",
            Action::EditRegister,
            |Path(id): Path<String>, sent: Sent| take_back(id, sent, EntryKind::Statement),
        )
}

/// The page of a register from which its own entries are reached.
const fn register_page(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Law => "/laws",
        EntryKind::Obstacle => "/instruments",
        EntryKind::Use => "/models",
        EntryKind::Statement => "/mechanisms",
    }
}

/// What an entry is about, and what it says of it.
fn told(visit: &Visit, entry: &Entry) -> (String, String) {
    let joined = |parts: Vec<String>| {
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    };
    match entry {
        Entry::Law(one) => {
            let topic = word(visit, "topic", one.topic.code());
            let said = word(visit, "answer", one.provided.code());
            let words = one.words.clone().unwrap_or_default();
            (
                joined(vec![visit.state(one.state.as_str()), topic]),
                joined(vec![said, one.place(), words]),
            )
        }
        Entry::Obstacle(one) => {
            let stage = one.stage.map(|stage| word(visit, "stage", stage.code()));
            let held = one.obstacles.iter().map(|kind| word(visit, "obstacle", kind.code()));
            let words = one.words.clone();
            (
                joined(vec![visit.state(one.state.as_str()), one.instrument.to_string()]),
                joined(stage.into_iter().chain(held).chain(words).collect()),
            )
        }
        Entry::Use(one) => {
            let used = word(visit, "model-text-use", one.adoption.used.code());
            let result = one.adoption.result.clone().unwrap_or_default();
            (
                joined(vec![one.model.clone(), visit.state(one.adoption.state.as_str())]),
                joined(vec![used, date(visit, one.adoption.date), result]),
            )
        }
        Entry::Statement(one) => {
            (joined(vec![one.id.clone(), one.field.clone()]), one.said.value.clone())
        }
    }
}

fn source(entry: &Entry) -> String {
    match entry {
        Entry::Law(one) => one.provenance.source.clone(),
        Entry::Obstacle(one) => one.source.clone(),
        Entry::Use(one) => one.adoption.provenance.source.clone(),
        Entry::Statement(one) => one.said.provenance.source.clone(),
    }
}

struct Row {
    path: String,
    about: String,
    says: String,
    source: String,
    group: String,
}

/// What the entries of a register are told apart by: the State, or the fact a statement
/// is about; its code and its words.
fn group(visit: &Visit, entry: &Entry) -> (String, String) {
    let state = match entry {
        Entry::Law(one) => one.state,
        Entry::Obstacle(one) => one.state,
        Entry::Use(one) => one.adoption.state,
        Entry::Statement(one) => {
            let id = format!("statement-field-{}", one.field);
            let known = visit.web.app().catalogue.has(Language::En, &id);
            let words = if known { visit.text(&id) } else { one.field.clone() };
            return (one.field.clone(), words);
        }
    };
    (state.to_string(), visit.state(state.as_str()))
}

async fn list(visit: Visit, kind: EntryKind) -> Answer {
    let acting = visit.acting();
    let own = register::own_entries(&acting, kind).await?;
    let past = register::past_entries(&acting, kind).await?;
    let rows = own.iter().map(|one| {
        let (about, says) = told(&visit, &one.entry);
        let path = format!("/registers/{}/{}", kind.code(), one.id);
        let group = group(&visit, &one.entry).0;
        Row { path, about, says, source: source(&one.entry), group }
    });
    let rows: Vec<Row> = rows.collect();
    let groups: BTreeMap<String, String> =
        own.iter().map(|one| group(&visit, &one.entry)).collect();
    let mut groups: Vec<(String, String)> = groups.into_iter().collect();
    groups.sort_by(|a, b| visit.compare(&a.1, &b.1));
    let (name, label) = match kind {
        EntryKind::Statement => ("field", "statement-field"),
        EntryKind::Law | EntryKind::Obstacle | EntryKind::Use => ("state", "state-name"),
    };
    let title = visit.text(&format!("register-own-{}", kind.code()));
    let a = visit.clone();
    let list = List::new(&visit, "own-entries", &title, rows)
        .column(
            "about",
            "register-entry",
            |row| row.about.clone(),
            move |row| link(&a, &row.path, row.about.as_str()),
        )
        .text("says", "register-says", |row| row.says.clone())
        .text("source", "register-source", |row| row.source.clone())
        .filter(name, label, groups, |row, wanted| row.group == wanted)
        .when_empty(visit.text("register-own-none"));
    let why = Content::from(visit.text("register-own-why"));
    let sheet = match kind {
        EntryKind::Law => sheet_link(&visit, "/laws/sheet"),
        EntryKind::Obstacle => sheet_link(&visit, "/obstacles/sheet"),
        EntryKind::Use | EntryKind::Statement => String::new(),
    };
    let before = said_before(&visit, &past);
    let answer = list.answer(|table| {
        let html = format!("<p class=\"govuk-body\">{why}</p>{sheet}{table}{before}");
        visit.page(&title).back(register_page(kind)).html(&html)
    })?;
    Ok(answer)
}

/// Where one's own entries go into a sheet and come back.
fn sheet_link(visit: &Visit, path: &str) -> String {
    let words = link(visit, path, visit.text("entries-sheet"));
    format!("<p class=\"govuk-body\">{words}</p>")
}

/// What entries said before they were corrected or taken back.
fn said_before(visit: &Visit, past: &[PastEntry]) -> String {
    if past.is_empty() {
        return String::new();
    }
    let mut body = Body::new(visit);
    body.heading("register-past");
    let rows = past.iter().map(|one| {
        let (about, says) = told(visit, &one.entry);
        let why = match &one.why {
            Some(why) => visit.format("register-taken-back", &[("why", why.as_str().into())]),
            None => visit.text("register-corrected"),
        };
        let said = format!("{says} ({})", source(&one.entry));
        vec![visit.moment(one.until).into(), about.into(), said.into(), why.into()]
    });
    let rows = rows.collect();
    let heads = ["register-past-until", "register-entry", "register-says", "register-past-how"];
    body.table("past", "register-past", &heads, rows);
    body.plain()
}

fn sourced(pairs: &mut Vec<(&'static str, String)>, told: &Provenance) {
    pairs.push(("source", told.source.clone()));
    pairs.push(("as_of", told.as_of.to_string()));
    pairs.push(("note", told.note.clone().unwrap_or_default()));
}

/// An entry as a form would have sent it.
fn typed(entry: &Entry) -> Form {
    let mut pairs: Vec<(&'static str, String)> = Vec::new();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    match entry {
        Entry::Law(one) => {
            pairs.push(("state", one.state.to_string()));
            pairs.push(("topic", one.topic.code().to_owned()));
            pairs.push(("provided", one.provided.code().to_owned()));
            pairs.push(("law", text(&one.law)));
            pairs.push(("article", text(&one.article)));
            pairs.push(("words", text(&one.words)));
            pairs.push(("days", one.days.map(|days| days.to_string()).unwrap_or_default()));
            sourced(&mut pairs, &one.provenance);
        }
        Entry::Obstacle(one) => {
            pairs.push(("state", one.state.to_string()));
            pairs.extend(one.stage.map(|stage| ("stage", stage.code().to_owned())));
            pairs.extend(one.obstacles.iter().map(|kind| ("obstacle", kind.code().to_owned())));
            pairs.push(("words", text(&one.words)));
            pairs.push(("help", text(&one.help_wanted)));
            pairs.push(("source", one.source.clone()));
        }
        Entry::Use(one) => {
            pairs.push(("state", one.adoption.state.to_string()));
            pairs.push(("use", one.adoption.used.code().to_owned()));
            pairs.push(("date", one.adoption.date.to_string()));
            pairs.push(("result", text(&one.adoption.result)));
            sourced(&mut pairs, &one.adoption.provenance);
        }
        Entry::Statement(one) => {
            pairs.push(("about", one.about.code().to_owned()));
            pairs.push(("id", one.id.clone()));
            pairs.push(("field", one.field.clone()));
            pairs.push(("value", one.said.value.clone()));
            let preferred = if one.said.preferred { "yes" } else { "no" };
            pairs.push(("preferred", preferred.to_owned()));
            sourced(&mut pairs, &one.said.provenance);
        }
    }
    let body: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    Form::parse(body.join("&").as_bytes())
}

/// The entry a form holds, about the same as before.
fn read(before: &Entry, form: &Form) -> Result<Entry, Refused> {
    Ok(match before {
        Entry::Law(_) => Entry::Law(law_of(form)?),
        Entry::Obstacle(one) => {
            Entry::Obstacle(obstacle_of(one.instrument.as_str(), one.reported, form)?)
        }
        Entry::Use(one) => Entry::Use(use_of(&one.model, form)?),
        Entry::Statement(one) => Entry::Statement(statement_of(one.about, form)?),
    })
}

/// One entry: the form that corrects it, and the one that takes it back. Each
/// shows its own problems.
fn page(visit: &Visit, one: &OwnEntry, form: &Form, wrong: [&Problems; 2]) -> Response {
    let kind = one.entry.kind();
    let path = format!("/registers/{}/{}", kind.code(), one.id);
    let revision = one.revision.0.to_string();
    let [in_correction, in_reason] = wrong;
    let fields = FormPage::new(visit, &path, in_correction).hidden("revision", &revision);
    let fields = match kind {
        EntryKind::Law => law_fields(visit, fields.hidden("state", form.text("state")), form),
        EntryKind::Obstacle => {
            obstacle_fields(visit, fields.hidden("state", form.text("state")), form)
        }
        EntryKind::Use => use_fields(visit, fields, form),
        EntryKind::Statement => statement_fields(visit, fields, form),
    };
    let correct = fields.button("form-save").html();
    let back = FormPage::new(visit, &format!("{path}/take-back"), in_reason)
        .hidden("revision", &revision)
        .text("why", "register-take-back-why", "register-take-back-hint", form.text("why"))
        .warning_button("register-take-back")
        .html();
    let about = Content::from(told(visit, &one.entry).0);
    let heading = Content::from(visit.text("register-take-back"));
    let html = format!(
        "<p class=\"govuk-body-l\"><bdi>{about}</bdi></p>{correct}\
         <h2 class=\"govuk-heading-m\">{heading}</h2>{back}"
    );
    let (title, up) = (visit.text("law-edit"), format!("/registers/{}", kind.code()));
    if wrong.iter().all(|problems| problems.0.is_empty()) {
        return visit.page(&title).back(&up).html(&html);
    }
    forms::refused(visit, title, Some(&up), &html)
}

async fn found(visit: &Visit, id: &str, kind: EntryKind) -> Result<OwnEntry, Refused> {
    let own = register::own_entries(&visit.acting(), kind).await?;
    own.into_iter().find(|one| one.id.to_string() == id).ok_or(Refused::NotFound)
}

async fn ask(visit: Visit, id: String, kind: EntryKind) -> Answer {
    let one = found(&visit, &id, kind).await?;
    let none = Problems::default();
    Ok(page(&visit, &one, &typed(&one.entry), [&none, &none]))
}

async fn correct(id: String, sent: Sent, kind: EntryKind) -> Answer {
    let Sent { visit, form } = sent;
    let one = found(&visit, &id, kind).await?;
    let seen = parse_revision(form.text("revision"))?;
    let kept = match read(&one.entry, &form) {
        Ok(entry) => register::correct_entry(&visit.acting_once(&form), one.id, &entry, seen).await,
        Err(refused) => Err(refused),
    };
    match kept {
        Ok(()) => Ok(done(&visit, &format!("/registers/{}", kind.code()), "register-saved")),
        Err(Refused::Invalid(problems)) => {
            Ok(page(&visit, &one, &form, [&problems, &Problems::default()]))
        }
        Err(other) => Err(Failure(other)),
    }
}

async fn take_back(id: String, sent: Sent, kind: EntryKind) -> Answer {
    let Sent { visit, form } = sent;
    let one = found(&visit, &id, kind).await?;
    let seen = parse_revision(form.text("revision"))?;
    let acting = visit.acting_once(&form);
    let gone = register::take_back_entry(&acting, kind, one.id, form.text("why"), seen).await;
    match gone {
        Ok(()) => Ok(done(&visit, &format!("/registers/{}", kind.code()), "register-taken-back")),
        Err(Refused::Invalid(problems)) => {
            Ok(page(&visit, &one, &typed(&one.entry), [&Problems::default(), &problems]))
        }
        Err(other) => Err(Failure(other)),
    }
}
