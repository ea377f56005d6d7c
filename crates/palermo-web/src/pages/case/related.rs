//! Related persons on the case page, and each with a page of their own: what is
//! known of them, the services they have, and that they are beside the case no
//! longer.

use super::{
    Answer, acting_then,
    age::{done_as, shown_adult, waits},
    note::when_typed,
    purpose, purpose_of,
    referrals::SERVICES,
    sections::Section,
    words_of,
};
use crate::{
    components::{Button, Content, InsetText, SummaryList, Tag},
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done, one_button, refused},
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::Action,
    case::{
        Opened, look_for,
        open::may_write,
        related::{self, Beside, RelatedForm},
    },
    desk::{parse_id, parse_revision},
    domain::{
        care::body::RiskLevel,
        case::{
            person::AgeGroup,
            related::{BirthRegistration, Related, RelatedEnd, Relation},
        },
        id::{CaseId, RelatedId},
        purpose::Purpose,
    },
    keys,
};
use std::{collections::BTreeMap, fmt::Write as _};

/// Related persons and what they have in their own right.
pub(super) async fn section(visit: &Visit, opened: &Opened) -> Result<Option<Section>, Failure> {
    let acting = visit.acting();
    let people = related::of_case(&acting, opened).await?;
    let (id, writes) = (opened.file.id(), may_write(&acting, &opened.file));
    let mut waiting = BTreeMap::new();
    for one in people.iter().filter(|one| one.age.has_the_rights_of_a_child()) {
        let person = one.related.record.person;
        waiting.insert(person, waits(visit, opened, person).await?);
    }
    let list = people.iter().fold(SummaryList::new(), |list, one| {
        let record = &one.related.record;
        let mut body = told(visit, one);
        body.push_str(waiting.get(&record.person).map_or("", String::as_str));
        if writes && record.stands() {
            let href = visit.link(&format!("/cases/{id}/related/{}", record.id));
            let label = Content::from(visit.text("case-related-change"));
            let _ = write!(
                body,
                "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"{href}\">{label}</a></p>"
            );
        }
        list.row(
            visit.text(&format!("case-relation-{}", record.relation.code())),
            Content::Html(body),
        )
    });
    let mut html = if people.is_empty() { String::new() } else { list.to_string() };
    if writes {
        let href = visit.link(&format!("/cases/{id}/related"));
        let _ = write!(html, "{}", Button::link(visit.text("case-related-add"), href).secondary());
    }
    let title = visit.text("case-section-related");
    let count = Some(people.len());
    let section = Section { id: "related", title, html, count, ..Section::default() };
    Ok((!section.html.is_empty()).then_some(section))
}

/// What is known of one of them, in a few lines.
fn told(visit: &Visit, one: &Beside) -> String {
    let record = &one.related.record;
    let mut body = String::new();
    if let Some(name) = one.name.as_ref().filter(|name| !name.is_empty()) {
        let _ = write!(body, "<p class=\"govuk-body\"><bdi>{}</bdi></p>", Content::from(name));
    }
    tags(visit, record, &mut body);
    let line = |body: &mut String, label: &str, words: String| {
        if !words.is_empty() {
            let label = Content::from(visit.text(label));
            let words = Content::from(words);
            let _ = write!(body, "<p class=\"govuk-body\">{label}: {words}</p>");
        }
    };
    let service = |code: &str| visit.text(&format!("case-service-{code}"));
    let needs: Vec<String> = record.open_needs().into_iter().map(service).collect();
    line(&mut body, "case-related-needs", needs.join(", "));
    let served: Vec<String> = record
        .services
        .iter()
        .map(|one| {
            let until = one.until.map(|day| visit.date(day.date())).unwrap_or_default();
            format!(
                "{} ({} – {until})",
                service(one.service.as_str()),
                visit.date(one.since.date())
            )
        })
        .collect();
    line(&mut body, "case-related-services", served.join(", "));
    let measures = record.protection.iter();
    let measures: Vec<String> =
        measures.map(|code| visit.text(&format!("care-code-safety-{code}"))).collect();
    line(&mut body, "case-related-protection", measures.join(", "));
    if let Some((day, why)) = record.ended {
        let why = visit.text(&format!("case-related-end-{}", why.code()));
        line(&mut body, "case-related-ended", format!("{}, {why}", visit.date(day.date())));
    }
    body
}

fn tags(visit: &Visit, record: &Related, body: &mut String) {
    if record.birth != BirthRegistration::NotApplicable {
        let birth = visit.text(&format!("case-birth-{}", record.birth.code()));
        let colour = if record.birth == BirthRegistration::Registered { "green" } else { "yellow" };
        let _ = write!(body, "{} ", Tag::coloured(birth, colour));
    }
    if record.nationality_risk {
        let _ = write!(body, "{} ", Tag::coloured(visit.text("case-nationality-risk"), "red"));
    }
    if let Some(risk) = record.risk {
        let level = visit.text(&format!("care-code-risk_level-{}", risk.code()));
        let risk = format!("{}: {level}", visit.text("case-related-risk"));
        let _ = write!(body, "{} ", Tag::coloured(risk, "orange"));
    }
    if record.secret {
        let _ = write!(body, "{} ", Tag::coloured(visit.text("case-related-secret"), "purple"));
    }
}

/// What a form about them holds.
fn kept(one: &Beside) -> RelatedForm {
    let record = &one.related.record;
    RelatedForm {
        relation: record.relation.code().to_owned(),
        name: one.name.clone().unwrap_or_default(),
        age: one.age.code().to_owned(),
        language: String::new(),
        needs: record.needs.clone(),
        birth: record.birth.code().to_owned(),
        nationality_risk: record.nationality_risk,
        risk: record.risk.map(|risk| risk.code().to_owned()).unwrap_or_default(),
        protection: record.protection.clone(),
        secret: record.secret,
        ..RelatedForm::default()
    }
}

fn typed(form: &Form) -> RelatedForm {
    let text = |name: &str| form.text(name).to_owned();
    RelatedForm {
        relation: text("relation"),
        name: text("name"),
        age: text("age"),
        language: String::new(),
        needs: form.list("needs").to_vec(),
        birth: text("birth"),
        nationality_risk: form.ticked("nationality_risk"),
        risk: text("risk"),
        protection: form.list("protection").to_vec(),
        secret: form.ticked("secret"),
        age_ground: text("age_ground"),
        age_words: text("age_words"),
    }
}

/// The fields about a related person, in a form of this address.
fn fields<'a>(
    visit: &'a Visit,
    path: &str,
    purpose: Purpose,
    (typed, age_was): (&RelatedForm, &str),
    problems: &Problems,
) -> FormPage<'a> {
    let relations: Vec<_> = Relation::ALL.iter().map(|one| one.code()).collect();
    let ages: Vec<_> = AgeGroup::ALL.iter().map(|age| age.code()).collect();
    let births: Vec<_> = BirthRegistration::ALL.iter().map(|one| one.code()).collect();
    let levels: Vec<_> = RiskLevel::ALL.iter().map(|one| one.code()).collect();
    let measures = related::measures(&visit.acting());
    let measures: Vec<_> = measures.iter().map(String::as_str).collect();
    let tick = |yes: bool| if yes { vec!["yes".to_owned()] } else { Vec::new() };
    let one = |label: &str| vec![("yes".to_owned(), visit.text(label))];
    let form = FormPage::new(visit, path, problems)
        .words("case-related-why")
        .hidden("for", purpose.code())
        .radios(
            "relation",
            "case-relation",
            words_of(visit, "case-relation", &relations),
            &typed.relation,
        )
        .text("name", "case-field-name", "case-field-name-hint", &typed.name)
        .radios("age", "case-age-ask", words_of(visit, "case-age", &ages), &typed.age);
    let said = (typed.age_ground.as_str(), typed.age_words.as_str());
    shown_adult(visit, form, age_was, said, problems)
        .checkboxes(
            "needs",
            "case-related-needs",
            words_of(visit, "case-service", &SERVICES),
            &typed.needs,
        )
        .select("birth", "case-birth", words_of(visit, "case-birth", &births), &typed.birth)
        .checkboxes(
            "nationality_risk",
            "case-nationality",
            one("case-nationality-risk"),
            &tick(typed.nationality_risk),
        )
        .select(
            "risk",
            "case-related-risk",
            words_of(visit, "care-code-risk_level", &levels),
            &typed.risk,
        )
        .checkboxes(
            "protection",
            "case-related-protection",
            words_of(visit, "care-code-safety", &measures),
            &typed.protection,
        )
        .checkboxes(
            "secret",
            "case-related-secrecy",
            one("case-related-secret-tick"),
            &tick(typed.secret),
        )
}

fn add_page(
    visit: &Visit,
    id: CaseId,
    purpose: Purpose,
    (typed, at): (&RelatedForm, &str),
    problems: &Problems,
) -> Response {
    // Someone new has no age that stood before.
    let new = (typed, AgeGroup::Adult.code());
    fields(visit, &format!("/cases/{id}/related"), purpose, new, problems)
        .part(at)
        .button("form-save")
        .on_paper()
        .page("case-related-add", &format!("/cases/{id}"))
}

pub(super) async fn ask(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose(&visit);
    let signed = visit.signed.as_deref();
    look_for(&visit.acting(), signed, id, Action::WriteCase, purpose).await?;
    let (empty, at) = (RelatedForm::default(), when_typed(&visit, &Form::default()));
    Ok(add_page(&visit, id, purpose, (&empty, &at), &Problems::default()))
}

pub(super) async fn add(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose_of(&visit, &form);
    let (typed, at) = (typed(&form), when_typed(&visit, &form));
    let acting = match acting_then(&visit, &form) {
        Ok(acting) => acting,
        Err(problems) => return Ok(add_page(&visit, id, purpose, (&typed, &at), &problems)),
    };
    let vault = keys::vault(&acting, visit.signed()?).await?;
    match related::add(&acting, &vault, id, &typed, purpose).await {
        Ok(_) => Ok(done(&visit, &format!("/cases/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => {
            Ok(add_page(&visit, id, purpose, (&typed, &at), &problems))
        }
        Err(other) => Err(Failure(other)),
    }
}

/// The page of one of them, or that they are not there for the reader.
async fn loaded(
    visit: &Visit,
    id: CaseId,
    one: RelatedId,
    why: Purpose,
) -> Result<Beside, Refused> {
    let signed = visit.signed.as_deref();
    let acting = visit.acting();
    let opened = look_for(&acting, signed, id, Action::WriteCase, why).await?;
    let people = related::of_case(&acting, &opened).await?;
    let mine = |found: &Beside| found.related.record.id == one && found.related.record.stands();
    people.into_iter().find(mine).ok_or(Refused::NotFound)
}

fn page(
    visit: &Visit,
    (id, found): (CaseId, &Beside),
    purpose: Purpose,
    (typed, revision): (&RelatedForm, &str),
    problems: &Problems,
) -> Response {
    let record = &found.related.record;
    let address = format!("/cases/{id}/related/{}", record.id);
    let form = fields(visit, &address, purpose, (typed, found.age.code()), problems)
        .hidden("revision", revision)
        .button("form-save")
        .html();
    let mut html = format!("{form}{}", services(visit, record, &address, purpose));
    let ends: Vec<_> = RelatedEnd::ALL.iter().map(|one| one.code()).collect();
    let end = FormPage::new(visit, &format!("{address}/end"), &Problems::default())
        .ids_end("end")
        .hidden("for", purpose.code())
        .select("why", "case-related-end", words_of(visit, "case-related-end", &ends), "")
        .warning_button("case-related-end-button")
        .html();
    let heading = Content::from(visit.text("case-related-end-title"));
    let _ = write!(
        html,
        "<h2 class=\"govuk-heading-m\">{heading}</h2>{}{end}",
        InsetText::new(visit.text("case-related-end-explained"))
    );
    let (title, back) = (visit.text("case-related-change"), format!("/cases/{id}"));
    if problems.0.is_empty() {
        return visit.page(&title).back(&back).html(&html);
    }
    refused(visit, title, Some(back.as_str()), &html)
}

/// The services that run, each to be ended, and the form that adds one.
fn services(visit: &Visit, record: &Related, address: &str, purpose: Purpose) -> String {
    let heading = Content::from(visit.text("case-related-services"));
    let mut html = format!("<h2 class=\"govuk-heading-m\">{heading}</h2>");
    let path = format!("{address}/service");
    let running = record.services.iter().filter(|one| one.until.is_none());
    let list = running.fold(SummaryList::new(), |list, one| {
        let fields = [("service", one.service.as_str()), ("ends", "yes"), ("for", purpose.code())];
        let button = one_button(visit, &path, "case-related-service-end", &fields, false);
        let since =
            visit.format("case-related-since", &[("day", visit.date(one.since.date()).into())]);
        let body = format!("<p class=\"govuk-body\">{}</p>{button}", Content::from(since));
        list.row(visit.text(&format!("case-service-{}", one.service)), Content::Html(body))
    });
    if record.services.iter().any(|one| one.until.is_none()) {
        html.push_str(&list.to_string());
    }
    let form = FormPage::new(visit, &path, &Problems::default())
        .ids_end("new")
        .hidden("for", purpose.code())
        .select("service", "case-service", words_of(visit, "case-service", &SERVICES), "")
        .button("case-related-service-add")
        .html();
    html.push_str(&form);
    html
}

pub(super) async fn show(visit: Visit, Path((id, one)): Path<(String, String)>) -> Answer {
    let (id, one): (CaseId, RelatedId) = (parse_id(&id)?, parse_id(&one)?);
    let purpose = purpose(&visit);
    let found = loaded(&visit, id, one, purpose).await?;
    // What is sealed has to be seen to be changed.
    keys::vault(&visit.acting(), visit.signed()?).await?;
    let revision = found.related.revision.0.to_string();
    let held = kept(&found);
    Ok(page(&visit, (id, &found), purpose, (&held, &revision), &Problems::default()))
}

pub(super) async fn change(
    Path((id, one)): Path<(String, String)>,
    Sent { visit, form }: Sent,
) -> Answer {
    let (id, one): (CaseId, RelatedId) = (parse_id(&id)?, parse_id(&one)?);
    let purpose = purpose_of(&visit, &form);
    let typed = typed(&form);
    let revision = form.text("revision").to_owned();
    let seen = parse_revision(&revision)?;
    let acting = visit.acting_once(&form);
    let vault = keys::vault(&acting, visit.signed()?).await?;
    match related::change(&acting, &vault, (id, one), &typed, seen, purpose).await {
        Ok(saved) => Ok(done(&visit, &format!("/cases/{id}"), done_as(saved))),
        Err(Refused::Invalid(problems)) => {
            let found = loaded(&visit, id, one, purpose).await?;
            Ok(page(&visit, (id, &found), purpose, (&typed, &revision), &problems))
        }
        Err(other) => Err(Failure(other)),
    }
}

pub(super) async fn service(
    Path((id, one)): Path<(String, String)>,
    Sent { visit, form }: Sent,
) -> Answer {
    let (id, one): (CaseId, RelatedId) = (parse_id(&id)?, parse_id(&one)?);
    let purpose = purpose_of(&visit, &form);
    let (code, ends) = (form.text("service"), form.ticked("ends"));
    related::service(&visit.acting_once(&form), (id, one), (code, ends), purpose).await?;
    Ok(done(&visit, &format!("/cases/{id}/related/{one}"), "saved"))
}

pub(super) async fn end(
    Path((id, one)): Path<(String, String)>,
    Sent { visit, form }: Sent,
) -> Answer {
    let (id, one): (CaseId, RelatedId) = (parse_id(&id)?, parse_id(&one)?);
    let purpose = purpose_of(&visit, &form);
    related::end(&visit.acting_once(&form), (id, one), form.text("why"), purpose).await?;
    Ok(done(&visit, &format!("/cases/{id}"), "saved"))
}
