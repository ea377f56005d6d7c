//! The forms of care, made from what `content/forms/care.toml` says, and the
//! same on paper. Nothing typed is lost when a rule or a colleague says no.

use super::{Answer, as_typed, boxes, kind_of, label, typed};
use crate::{
    components::Content,
    pages::case::{purpose, purpose_of},
    shell::{
        failure::Failure,
        forms::{FormPage, done},
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Message, Problems, Refused,
    care::{self, write::Written},
    case::vault_if_open,
    desk::{parse_id, parse_revision},
    domain::{
        care::{
            CareKind,
            form::{Field, FieldType, Typed},
        },
        id::{CareId, CaseId},
        purpose::Purpose,
    },
};
use std::fmt::Write as _;

/// Most choices shown open; more become a menu.
const OPEN_CHOICES: usize = 7;

/// Everything a form shows.
struct Asked<'a> {
    kind: CareKind,
    action: String,
    case: CaseId,
    child: bool,
    typed: &'a Typed,
    revision: &'a str,
    why: Purpose,
    problems: &'a Problems,
}

fn fields(visit: &Visit, kind: CareKind, child: bool) -> Vec<Field> {
    let form = visit.web.app().care.forms.of(kind);
    let all = form.map(|form| form.fields.as_slice()).unwrap_or_default();
    all.iter().filter(|field| child || !field.children).cloned().collect()
}

fn page(visit: &Visit, asked: &Asked<'_>) -> Response {
    let mut form = FormPage::new(visit, &asked.action, asked.problems)
        .hidden("for", asked.why.code())
        .hidden("revision", asked.revision)
        .words(&format!("care-why-{}", asked.kind.code()));
    for field in fields(visit, asked.kind, asked.child) {
        form = add(form, visit, asked, &field);
    }
    let title = format!("care-kind-{}", asked.kind.code());
    form.button("form-save").page(&title, &format!("/cases/{}/care", asked.case))
}

fn add<'v>(form: FormPage<'v>, visit: &Visit, asked: &Asked<'_>, field: &Field) -> FormPage<'v> {
    let empty = Vec::new();
    let values = asked.typed.get(&field.name).unwrap_or(&empty);
    let first = values.first().cloned().unwrap_or_default();
    let label = label(field);
    let hint_id = format!("care-hint-{}-{}", asked.kind.code(), field.name);
    let hint = if field.hint { hint_id.as_str() } else { "" };
    let form = match field.takes {
        FieldType::Code | FieldType::Codes | FieldType::Day | FieldType::Flag => form.hinted(hint),
        _ => form,
    };
    let forms = &visit.web.app().care.forms;
    let options = || {
        let list = field.list.clone().unwrap_or_default();
        let word = |code: &String| (code.clone(), visit.text(&format!("care-code-{list}-{code}")));
        forms.codes(field).iter().map(word).collect::<Vec<_>>()
    };
    match field.takes {
        FieldType::Code if field.required && forms.codes(field).len() <= OPEN_CHOICES => {
            form.radios(&field.name, &label, options(), &first)
        }
        FieldType::Code => form.select(&field.name, &label, options(), &first),
        FieldType::Codes => form.checkboxes(&field.name, &label, options(), values),
        FieldType::Day => form.date(&field.name, &label, &boxes(&first)),
        FieldType::Flag => {
            let yes = vec![("yes".to_owned(), visit.text("word-yes"))];
            form.checkboxes(&field.name, &label, yes, values)
        }
        FieldType::Words => form.lines(&field.name, &label, hint, &first),
        FieldType::Number | FieldType::Language | FieldType::Mark | FieldType::Name => {
            form.text(&field.name, &label, hint, &first)
        }
    }
}

/// What an empty form holds at first.
fn first(visit: &Visit, kind: CareKind, child: bool, language: &str) -> Typed {
    let app = visit.web.app();
    let today = visit.acting().now().date();
    let mut typed = Typed::new();
    for field in fields(visit, kind, child) {
        let value = match (field.first.as_deref(), field.takes) {
            (Some("today"), _) => palermo_app::domain::register::day::Day::from(today).to_string(),
            (Some("least"), _) => care::least_days(app).to_string(),
            (Some("version"), _) => app.care.standards.version.clone(),
            (Some(first), _) => first.to_owned(),
            (None, FieldType::Language) => language.to_owned(),
            _ => continue,
        };
        typed.insert(field.name, vec![value]);
    }
    typed
}

pub(super) async fn ask(visit: Visit, Path((id, kind)): Path<(String, String)>) -> Answer {
    let (id, kind): (CaseId, _) = (parse_id(&id)?, kind_of(&kind)?);
    let why = purpose(&visit);
    let page_of = care::plan(&visit.acting(), visit.signed.as_deref(), id, why).await?;
    let person = &page_of.file.person.record;
    let child = person.age.has_the_rights_of_a_child();
    if kind.for_children_only() && !child || !page_of.writes {
        return Err(Failure(Refused::NotFound));
    }
    let asked = Asked {
        kind,
        action: format!("/cases/{id}/care/new/{}", kind.code()),
        case: id,
        child,
        typed: &first(&visit, kind, child, &person.language),
        revision: "",
        why,
        problems: &Problems::default(),
    };
    Ok(page(&visit, &asked))
}

/// After writing: the page of care, saying what should be noticed.
fn written(visit: &Visit, id: CaseId, written: &Written) -> Response {
    let alert = written.notices.iter().any(|notice| {
        notice == "care-notice-no-guardian" || notice == "care-notice-rights-incident"
    });
    let what = if alert { "care-alerted" } else { "care-written" };
    done(visit, &format!("/cases/{id}/care"), what)
}

/// What was refused, shown on the form with everything typed.
fn again(visit: &Visit, asked: &Asked<'_>, refused: Refused) -> Answer {
    let problems = match refused {
        Refused::Invalid(problems) => problems,
        Refused::UnlockNeeded => {
            let mut problems = Problems::default();
            problems.add("", Message::new("care-error-key"));
            problems
        }
        Refused::Conflict => {
            let mut problems = Problems::default();
            problems.add("", Message::new("care-error-conflict"));
            problems
        }
        other => return Err(Failure(other)),
    };
    Ok(page(visit, &Asked { problems: &problems, action: asked.action.clone(), ..*asked }))
}

pub(super) async fn write(
    Path((id, kind)): Path<(String, String)>,
    Sent { visit, form }: Sent,
) -> Answer {
    let (id, kind): (CaseId, _) = (parse_id(&id)?, kind_of(&kind)?);
    let why = purpose_of(&visit, &form);
    let all = fields(&visit, kind, true);
    let typed = typed(&all, &form);
    let acting = visit.acting_once(&form);
    let vault = vault_if_open(&acting, visit.signed()?).await?;
    match care::write::write(&acting, vault.as_ref(), id, kind, &typed, why).await {
        Ok(one) => Ok(written(&visit, id, &one)),
        Err(refused) => {
            let child = is_child(&visit, id, why).await?;
            let action = format!("/cases/{id}/care/new/{}", kind.code());
            let problems = Problems::default();
            let asked = Asked {
                kind,
                action,
                case: id,
                child,
                typed: &typed,
                revision: "",
                why,
                problems: &problems,
            };
            again(&visit, &asked, refused)
        }
    }
}

async fn is_child(visit: &Visit, id: CaseId, why: Purpose) -> Result<bool, Failure> {
    let page = care::plan(&visit.acting(), None, id, why).await?;
    Ok(page.file.person.record.age.has_the_rights_of_a_child())
}

pub(super) async fn ask_change(visit: Visit, Path((id, record)): Path<(String, String)>) -> Answer {
    let (id, record): (CaseId, CareId) = (parse_id(&id)?, parse_id(&record)?);
    let why = purpose(&visit);
    let plan = care::plan(&visit.acting(), visit.signed.as_deref(), id, why).await?;
    let child = plan.file.person.record.age.has_the_rights_of_a_child();
    let found = plan.records.iter().find(|one| one.record.record.id == record);
    let found = found.filter(|_| plan.writes).ok_or(Refused::NotFound)?;
    let mut typed = as_typed(&found.record.record.body.facts());
    for (field, words) in &found.words {
        typed.insert(field.clone(), vec![words.clone()]);
    }
    let revision = found.record.revision.0.to_string();
    let asked = Asked {
        kind: found.record.record.kind(),
        action: format!("/cases/{id}/care/{record}/edit"),
        case: id,
        child,
        typed: &typed,
        revision: &revision,
        why,
        problems: &Problems::default(),
    };
    Ok(page(&visit, &asked))
}

pub(super) async fn change(
    Path((id, record)): Path<(String, String)>,
    Sent { visit, form }: Sent,
) -> Answer {
    let (id, record): (CaseId, CareId) = (parse_id(&id)?, parse_id(&record)?);
    let why = purpose_of(&visit, &form);
    let acting = visit.acting_once(&form);
    let plan = care::plan(&acting, None, id, why).await?;
    let child = plan.file.person.record.age.has_the_rights_of_a_child();
    let found = plan.records.iter().find(|one| one.record.record.id == record);
    let kind = found.ok_or(Refused::NotFound)?.record.record.kind();
    let typed = typed(&fields(&visit, kind, child), &form);
    let seen = parse_revision(form.text("revision"))?;
    let vault = vault_if_open(&acting, visit.signed()?).await?;
    let changed = care::write::change(&acting, vault.as_ref(), id, record, &typed, seen, why).await;
    match changed {
        Ok(one) => Ok(written(&visit, id, &one)),
        Err(refused) => {
            // After a conflict the next try is made on what stands there now.
            let now = match &refused {
                Refused::Conflict => found.map(|one| one.record.revision.0.to_string()),
                _ => None,
            };
            let problems = Problems::default();
            let asked = Asked {
                kind,
                action: format!("/cases/{id}/care/{record}/edit"),
                case: id,
                child,
                typed: &typed,
                revision: now.as_deref().unwrap_or(form.text("revision")),
                why,
                problems: &problems,
            };
            again(&visit, &asked, refused)
        }
    }
}

pub(super) async fn suspend(
    Path((id, record)): Path<(String, String)>,
    Sent { visit, form }: Sent,
) -> Answer {
    let (id, record): (CaseId, CareId) = (parse_id(&id)?, parse_id(&record)?);
    let why = purpose_of(&visit, &form);
    let one = care::write::suspend_guardian(&visit.acting_once(&form), id, record, why).await?;
    Ok(written(&visit, id, &one))
}

/// The form on paper, with its codes, to be typed in later.
pub(super) async fn paper(visit: Visit, Path(kind): Path<String>) -> Answer {
    let kind = kind_of(&kind)?;
    let forms = &visit.web.app().care.forms;
    let mut html = format!(
        "<p class=\"govuk-body\">{}</p><ol class=\"govuk-list govuk-list--number\">",
        Content::from(visit.text("care-paper-how"))
    );
    for field in fields(&visit, kind, true) {
        let _ = write!(
            html,
            "<li><strong>{}</strong> <span class=\"p-muted\">{}</span>",
            Content::from(visit.text(&label(&field))),
            Content::from(&field.name)
        );
        let codes = forms.codes(&field);
        if codes.is_empty() {
            html.push_str(
                "<p class=\"govuk-body\" aria-hidden=\"true\">________________________________</p>",
            );
        } else {
            html.push_str("<ul class=\"govuk-list\">");
            let list = field.list.clone().unwrap_or_default();
            for code in codes {
                let word = Content::from(visit.text(&format!("care-code-{list}-{code}")));
                let _ = write!(
                    html,
                    "<li>☐ {word} <span class=\"p-muted\">{}</span></li>",
                    Content::from(code)
                );
            }
            html.push_str("</ul>");
        }
        html.push_str("</li>");
    }
    html.push_str("</ol>");
    let title = visit.text(&format!("care-kind-{}", kind.code()));
    Ok(visit.page(&title).html(&html))
}
