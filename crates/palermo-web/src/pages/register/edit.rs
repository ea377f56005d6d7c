//! Forms by which editors change the registers: an act of a State, a
//! statement beside another, obstacles, national law, the use of a model text.

use super::common::word;
use crate::{
    pages::Answer,
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Message, Problems, Refused,
    access::{Action, Resource},
    domain::register::{
        agreement::Agreement,
        day::Day,
        fact::Said,
        law::{LawEntry, Provided},
        model_text::{Adoption, AdoptionOf, Use},
        provenance::{Confidence, PartialDate, Provenance},
        ratification::{Obstacle, RatificationReport, Stage},
        state::{StateCode, StateKind},
        statement::{About, RegisterStatement},
        topic::Topic,
    },
    register,
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/instruments/{id}/obstacle", Action::FileObstacle, ask_obstacle)
        .form("/instruments/{id}/obstacle", Action::FileObstacle, file_obstacle)
        .page("/statements/new", Action::EditRegister, ask_statement)
        .form("/statements/new", Action::EditRegister, add_statement)
        .page("/laws/new", Action::EditLaw, ask_law)
        .form("/laws/new", Action::EditLaw, enter_law)
        .page("/models/{id}/use", Action::EditRegister, ask_use)
        .form("/models/{id}/use", Action::EditRegister, enter_use)
}

/// Goes on only if the person may do this to the shared registers.
pub(super) async fn allowed(visit: &Visit, action: Action) -> Result<(), Failure> {
    Ok(visit.acting().allow(action, &Resource::region()).await?)
}

/// Goes on only if the person may change this agreement: that of their own
/// State, or any.
pub(super) async fn allowed_agreement(visit: &Visit, one: &Agreement) -> Result<(), Failure> {
    let acting = visit.acting();
    let resource = register::agreement_for(&acting.subject, one);
    Ok(acting.allow(Action::EditAgreement, &resource).await?)
}

/// The States this person may enter something for: their own, or all.
pub(super) fn states(visit: &Visit, action: Action) -> Vec<(String, String)> {
    let own = visit.signed.as_deref().and_then(|signed| signed.tenant.state.clone());
    let everywhere = visit.may(action, &Resource::region());
    let demo = visit.web.settings().demo;
    let all = visit.web.app().registers.states.all();
    let mut options: Vec<(String, String)> = all
        .filter(|state| matches!(state.kind, StateKind::State | StateKind::Organisation))
        .filter(|state| demo || !state.code.is_user_assigned())
        .map(|state| state.code.to_string())
        .filter(|code| everywhere || own.as_deref() == Some(code.as_str()))
        .map(|code| (code.clone(), visit.state(&code)))
        .collect();
    options.sort_by(|a, b| visit.compare(&a.1, &b.1));
    options
}

/// A closed list as lines of a menu.
pub(in crate::pages) fn options<T: Copy>(
    visit: &Visit,
    all: &[T],
    family: &str,
    code: fn(T) -> &'static str,
) -> Vec<(String, String)> {
    all.iter().map(|one| (code(*one).to_owned(), word(visit, family, code(*one)))).collect()
}

/// Reads a choice; notes a problem if it is none of the list.
pub(in crate::pages) fn choice<T: std::str::FromStr>(
    problems: &mut Problems,
    form: &Form,
    field: &str,
) -> Option<T> {
    let read = form.text(field).parse().ok();
    if read.is_none() {
        problems.add(field, Message::new("error-choose"));
    }
    read
}

/// Reads `2009`, `2009-04` or `2009-04-16`; notes a problem if it is none.
pub(in crate::pages) fn partial(
    problems: &mut Problems,
    form: &Form,
    field: &str,
) -> Option<PartialDate> {
    let read = PartialDate::parse(form.text(field).trim());
    if read.is_none() {
        problems.add(field, no_partial_date(form.text(field).trim()));
    }
    read
}

/// What is wrong with a date that may be a year, a month or a day: written as one
/// should, it is no day of the calendar.
pub(super) fn no_partial_date(typed: &str) -> Message {
    let written = typed.split('-').map(str::len).eq([4, 2, 2])
        && typed.bytes().all(|sign| sign.is_ascii_digit() || sign == b'-');
    if written {
        return Message::new("error-no-such-date").with("date", typed);
    }
    Message::new("error-partial-date")
}

/// Reads day, month and year; notes a problem if there is no such day.
pub(super) fn typed_day(problems: &mut Problems, form: &Form, field: &str) -> Option<Day> {
    let part = |name: &str| form.text(&format!("{field}-{name}")).trim().to_owned();
    let (day, month, year) = (part("day"), part("month"), part("year"));
    let read = match (year.parse(), month.parse(), day.parse()) {
        (Ok(year), Ok(month), Ok(day)) => Day::new(year, month, day).ok(),
        _ => None,
    };
    if [&day, &month, &year].into_iter().any(String::is_empty) {
        problems.add(field, Message::new("error-date-parts"));
    } else if read.is_none() {
        let typed = format!("{year}-{month}-{day}");
        problems.add(field, Message::new("error-no-such-date").with("date", typed));
    }
    read
}

pub(super) fn typed_date(form: &Form, field: &str) -> [String; 3] {
    ["day", "month", "year"].map(|name| form.text(&format!("{field}-{name}")).to_owned())
}

/// A text, or nothing if it was left empty.
pub(in crate::pages) fn optional(form: &Form, field: &str) -> Option<String> {
    Some(form.text(field).trim().to_owned()).filter(|text| !text.is_empty())
}

/// The fields that say where something was read.
pub(super) fn source_fields<'a>(page: FormPage<'a>, form: &Form) -> FormPage<'a> {
    page.text("source", "register-source", "register-source-hint", form.text("source"))
        .text("as_of", "register-as-of-label", "register-as-of-hint", form.text("as_of"))
        .text("note", "register-note", "", form.text("note"))
}

/// Reads those fields.
pub(super) fn provenance(problems: &mut Problems, form: &Form) -> Option<Provenance> {
    let source = problems.required("source", form.text("source"), 500);
    let as_of = partial(problems, form, "as_of")?;
    let note = optional(form, "note");
    let confidence = Confidence::Stated;
    Some(Provenance { source, as_of, confidence, note, disputed: None })
}

/// Shows the form again with its problems, or goes on.
pub(super) fn again<T>(
    result: Result<T, Refused>,
    done: impl FnOnce(T) -> Response,
    form: impl FnOnce(&Problems) -> Response,
) -> Answer {
    match result {
        Ok(value) => Ok(done(value)),
        Err(Refused::Invalid(problems)) => Ok(form(&problems)),
        Err(other) => Err(Failure(other)),
    }
}

/// The instrument of an address; 404 if the register has none of that id.
pub(super) fn instrument_known(visit: &Visit, id: &str) -> Result<(), Failure> {
    let known = visit.web.app().registers.instruments.get(id).is_some();
    if known { Ok(()) } else { Err(Failure(Refused::NotFound)) }
}

fn obstacle_form(visit: &Visit, id: &str, form: &Form, problems: &Problems) -> Response {
    let page = FormPage::new(visit, &format!("/instruments/{id}/obstacle"), problems)
        .words("obstacle-why")
        .select("state", "field-state", states(visit, Action::FileObstacle), form.text("state"));
    obstacle_fields(visit, page, form)
        .button("obstacle-file")
        .page("obstacle-file", &format!("/instruments/{id}"))
}

/// What a State reports: how far it has come and what holds it back.
pub(super) fn obstacle_fields<'a>(
    visit: &'a Visit,
    page: FormPage<'a>,
    form: &Form,
) -> FormPage<'a> {
    page.select(
        "stage",
        "obstacle-stage",
        options(visit, Stage::ALL, "stage", Stage::code),
        form.text("stage"),
    )
    .checkboxes(
        "obstacle",
        "obstacle-kind",
        options(visit, Obstacle::ALL, "obstacle", Obstacle::code),
        form.list("obstacle"),
    )
    .lines("words", "obstacle-words", "", form.text("words"))
    .lines("help", "obstacle-help-wanted", "", form.text("help"))
    .text("source", "register-source", "register-source-hint", form.text("source"))
}

async fn ask_obstacle(visit: Visit, Path(id): Path<String>) -> Answer {
    let own = visit.signed()?.tenant.state.clone();
    let resource = Resource::region().in_state(own.as_deref());
    visit.acting().allow(Action::FileObstacle, &resource).await?;
    instrument_known(&visit, &id)?;
    Ok(obstacle_form(&visit, &id, &Form::default(), &Problems::default()))
}

/// What a State reported of an instrument on a day.
pub(super) fn obstacle_of(
    instrument: &str,
    reported: Day,
    form: &Form,
) -> Result<RatificationReport, Refused> {
    let mut problems = Problems::default();
    let state: Option<StateCode> = choice(&mut problems, form, "state");
    let source = problems.required("source", form.text("source"), 500);
    problems.none()?;
    Ok(RatificationReport {
        state: state.ok_or(Refused::NotFound)?,
        instrument: instrument.parse().map_err(|_| Refused::NotFound)?,
        stage: form.text("stage").parse().ok(),
        obstacles: form.list("obstacle").iter().filter_map(|kind| kind.parse().ok()).collect(),
        words: optional(form, "words"),
        help_wanted: optional(form, "help"),
        reported,
        source,
    })
}

async fn obstacle_filed(visit: &Visit, id: &str, form: &Form) -> Result<(), Refused> {
    let report = obstacle_of(id, visit.acting().now().date().into(), form)?;
    register::file_obstacle(&visit.acting_once(form), &report).await.map(|_| ())
}

async fn file_obstacle(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let result = obstacle_filed(&visit, &id, &form).await;
    again(
        result,
        |()| done(&visit, &format!("/instruments/{id}"), "register-saved"),
        |problems| obstacle_form(&visit, &id, &form, problems),
    )
}

fn back_to(about: &str, id: &str) -> String {
    match about {
        "mechanism" => format!("/mechanisms/{id}"),
        "agreement" => format!("/agreements/{id}"),
        "model_text" => format!("/models/{id}"),
        "state" => format!("/states/{id}"),
        _ => format!("/instruments/{id}"),
    }
}

fn statement_form(visit: &Visit, form: &Form, problems: &Problems) -> Response {
    let (about, id) = (form.text("about"), form.text("id"));
    let page = FormPage::new(visit, "/statements/new", problems);
    statement_fields(visit, page, form)
        .button("form-save")
        .page("statement-add", &back_to(about, id))
}

/// The facts of the record a statement can be about.
fn fields(visit: &Visit, form: &Form) -> Vec<(String, String)> {
    let about: Option<About> = form.text("about").parse().ok();
    let profile = visit.web.app().content.mechanisms().get(form.text("id"));
    let profile = profile.filter(|_| about == Some(About::Mechanism));
    let own = profile.into_iter().flat_map(|profile| &profile.statements);
    let all = about.map_or(&[][..], About::fields).iter();
    own.map(|one| (one.id.clone(), one.topic.clone()))
        .chain(all.map(|one| ((*one).to_owned(), word(visit, "statement-field", one))))
        .collect()
}

/// A statement about one fact of a record.
pub(super) fn statement_fields<'a>(
    visit: &'a Visit,
    page: FormPage<'a>,
    form: &Form,
) -> FormPage<'a> {
    let answers =
        vec![("yes".to_owned(), visit.text("word-yes")), ("no".to_owned(), visit.text("word-no"))];
    let preferred = if form.text("preferred") == "yes" { "yes" } else { "no" };
    let page = page
        .hidden("about", form.text("about"))
        .hidden("id", form.text("id"))
        .words("statement-why")
        .select("field", "statement-field", fields(visit, form), form.text("field"))
        .text("value", "statement-value", "", form.text("value"))
        .radios("preferred", "statement-prefer", answers, preferred);
    source_fields(page, form)
}

/// The values of the address, as if a form had sent them.
fn asked(visit: &Visit) -> Form {
    let query = visit.address.split_once('?').map_or("", |(_, query)| query);
    Form::parse(query.as_bytes())
}

/// The kind of record a statement is about, if the record is there.
async fn record_known(visit: &Visit, form: &Form) -> Result<About, Refused> {
    let about: About = form.text("about").parse().map_err(|_| Refused::NotFound)?;
    register::record_known(&visit.acting(), about, form.text("id")).await?;
    Ok(about)
}

async fn ask_statement(visit: Visit) -> Answer {
    allowed(&visit, Action::EditRegister).await?;
    let form = asked(&visit);
    record_known(&visit, &form).await?;
    Ok(statement_form(&visit, &form, &Problems::default()))
}

/// The statement a form holds.
pub(super) fn statement_of(about: About, form: &Form) -> Result<RegisterStatement, Refused> {
    let mut problems = Problems::default();
    let field = problems.required("field", form.text("field"), 60);
    let value = problems.required("value", form.text("value"), 1_000);
    let told = provenance(&mut problems, form);
    problems.none()?;
    let preferred = form.text("preferred") == "yes";
    let provenance = told.ok_or(Refused::NotFound)?;
    let id = form.text("id").to_owned();
    Ok(RegisterStatement { about, id, field, said: Said { value, preferred, provenance } })
}

async fn statement_added(visit: &Visit, form: &Form) -> Result<(), Refused> {
    let about = record_known(visit, form).await?;
    let entry = statement_of(about, form)?;
    register::enter_statement(&visit.acting_once(form), &entry).await.map(|_| ())
}

async fn add_statement(Sent { visit, form }: Sent) -> Answer {
    let result = statement_added(&visit, &form).await;
    let back = back_to(form.text("about"), form.text("id"));
    again(
        result,
        |()| done(&visit, &back, "register-saved"),
        |problems| statement_form(&visit, &form, problems),
    )
}

fn law_form(visit: &Visit, form: &Form, problems: &Problems) -> Response {
    let page = FormPage::new(visit, "/laws/new", problems).select(
        "state",
        "field-state",
        states(visit, Action::EditLaw),
        form.text("state"),
    );
    law_fields(visit, page, form).button("form-save").page("law-new", "/laws")
}

/// What a law says on a topic, and where.
pub(super) fn law_fields<'a>(visit: &'a Visit, page: FormPage<'a>, form: &Form) -> FormPage<'a> {
    let topics = Topic::OF_NATIONAL_LAW
        .iter()
        .map(|(topic, _)| (topic.code().to_owned(), word(visit, "topic", topic.code())))
        .collect();
    let answers = options(visit, Provided::ALL, "answer", Provided::code);
    let page = page
        .select("topic", "law-topic", topics, form.text("topic"))
        .radios("provided", "law-answer", answers, form.text("provided"))
        .text("law", "law-title", "", form.text("law"))
        .text("article", "law-article", "", form.text("article"))
        .lines("words", "law-words", "", form.text("words"))
        .text("days", "law-days", "law-days-hint", form.text("days"));
    source_fields(page, form)
}

async fn ask_law(visit: Visit) -> Answer {
    let own = visit.signed()?.tenant.state.clone();
    let resource = Resource::region().in_state(own.as_deref());
    visit.acting().allow(Action::EditLaw, &resource).await?;
    Ok(law_form(&visit, &asked(&visit), &Problems::default()))
}

/// Days of recovery and reflection; empty is none said.
fn days(problems: &mut Problems, form: &Form) -> Option<u32> {
    let typed = optional(form, "days")?;
    let days = typed.parse::<u32>().ok().filter(|days| (1..=1_000).contains(days));
    if days.is_none() {
        problems.add("days", Message::new("error-days").with("longest", 1_000));
    }
    days
}

/// The entry on national law a form holds.
pub(super) fn law_of(form: &Form) -> Result<LawEntry, Refused> {
    let mut problems = Problems::default();
    let state: Option<StateCode> = choice(&mut problems, form, "state");
    let topic: Option<Topic> = choice(&mut problems, form, "topic");
    let provided: Option<Provided> = choice(&mut problems, form, "provided");
    let days = days(&mut problems, form);
    let told = provenance(&mut problems, form);
    problems.none()?;
    let (Some(state), Some(topic), Some(provided), Some(provenance)) =
        (state, topic, provided, told)
    else {
        return Err(Refused::NotFound);
    };
    Ok(LawEntry {
        state,
        topic,
        provided,
        law: optional(form, "law"),
        article: optional(form, "article"),
        words: optional(form, "words"),
        days,
        provenance,
    })
}

async fn law_entered(visit: &Visit, form: &Form) -> Result<String, Refused> {
    let entry = law_of(form)?;
    register::enter_law(&visit.acting_once(form), &entry).await?;
    Ok(entry.state.to_string())
}

async fn enter_law(Sent { visit, form }: Sent) -> Answer {
    let result = law_entered(&visit, &form).await;
    again(
        result,
        |state| done(&visit, &format!("/laws?state={state}"), "register-saved"),
        |problems| law_form(&visit, &form, problems),
    )
}

fn use_form(visit: &Visit, id: &str, form: &Form, problems: &Problems) -> Response {
    let page = FormPage::new(visit, &format!("/models/{id}/use"), problems);
    use_fields(visit, page, form).button("form-save").page("adoption-new", &format!("/models/{id}"))
}

/// Which State used a model text, and what came of it.
pub(super) fn use_fields<'a>(visit: &'a Visit, page: FormPage<'a>, form: &Form) -> FormPage<'a> {
    let uses = options(visit, Use::ALL, "model-text-use", Use::code);
    let page = page
        .select("state", "field-state", states(visit, Action::EditRegister), form.text("state"))
        .radios("use", "adherence-act", uses, form.text("use"))
        .text("date", "adherence-date", "register-date-hint", form.text("date"))
        .text("result", "model-text-result", "", form.text("result"));
    source_fields(page, form)
}

async fn ask_use(visit: Visit, Path(id): Path<String>) -> Answer {
    allowed(&visit, Action::EditRegister).await?;
    if !visit.web.app().registers.model_texts.iter().any(|model| model.key == id) {
        return Err(Failure(Refused::NotFound));
    }
    Ok(use_form(&visit, &id, &Form::default(), &Problems::default()))
}

/// The use of a model text a form holds.
pub(super) fn use_of(model: &str, form: &Form) -> Result<AdoptionOf, Refused> {
    let mut problems = Problems::default();
    let state: Option<StateCode> = choice(&mut problems, form, "state");
    let used: Option<Use> = choice(&mut problems, form, "use");
    let date = partial(&mut problems, form, "date");
    let told = provenance(&mut problems, form);
    problems.none()?;
    let (Some(state), Some(used), Some(date), Some(provenance)) = (state, used, date, told) else {
        return Err(Refused::NotFound);
    };
    let result = optional(form, "result");
    let adoption = Adoption { state, used, date, result, provenance };
    Ok(AdoptionOf { model: model.to_owned(), adoption })
}

async fn use_entered(visit: &Visit, id: &str, form: &Form) -> Result<(), Refused> {
    let entry = use_of(id, form)?;
    register::enter_adoption(&visit.acting_once(form), &entry).await.map(|_| ())
}

async fn enter_use(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let result = use_entered(&visit, &id, &form).await;
    again(
        result,
        |()| done(&visit, &format!("/models/{id}"), "register-saved"),
        |problems| use_form(&visit, &id, &form, problems),
    )
}
