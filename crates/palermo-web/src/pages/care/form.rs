//! The forms of care, made from what `content/forms/care.toml` says, and the
//! same on paper. Nothing typed is lost when a rule says no or a colleague was
//! faster: then both texts are shown and the editor decides.

use super::{Answer, as_typed, boxes, kind_of, label, typed};
use crate::{
    components::{Content, InsetText},
    pages::case::{purpose, purpose_of},
    shell::{
        failure::Failure,
        forms::{FormPage, done, theirs},
        paper,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, http::StatusCode, response::Response};
use palermo_app::{
    Message, Problems, Refused,
    access::Action,
    care::{self, CarePage, write::Written},
    case::{self, guardian_word, vault_if_open},
    desk::{parse_id, parse_revision},
    domain::{
        care::{
            CareKind,
            form::{Field, FieldType, Forms, Typed},
        },
        case::team::TeamPart,
        compartment::Compartment,
        id::{CareId, CaseId},
        purpose::Purpose,
        register::day::Day,
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
    /// What someone else saved meanwhile, ready to be shown; usually nothing.
    theirs: &'a str,
    problems: &'a Problems,
}

fn fields(visit: &Visit, kind: CareKind, child: bool) -> Vec<Field> {
    let form = visit.web.app().care.forms.of(kind);
    let all = form.map(|form| form.fields.as_slice()).unwrap_or_default();
    all.iter().filter(|field| child || !field.children).cloned().collect()
}

async fn page(visit: &Visit, asked: &Asked<'_>) -> Answer {
    let standards = care::standards_in_force(visit.web.app()).await?.list.standards;
    let proposal = match asked.kind {
        CareKind::Recovery => proposal(visit).await?,
        CareKind::BestInterests => guardian(visit, asked).await?,
        _ => String::new(),
    };
    let mut form = FormPage::new(visit, &asked.action, asked.problems)
        .hidden("for", asked.why.code())
        .hidden("revision", asked.revision)
        .words(&format!("care-why-{}", asked.kind.code()))
        .part(proposal)
        .part(asked.theirs);
    for field in fields(visit, asked.kind, asked.child) {
        form = add(form, visit, asked, &field, &standards);
    }
    let title = format!("care-kind-{}", asked.kind.code());
    Ok(form.button("form-save").page(&title, &format!("/cases/{}/care", asked.case)))
}

/// How many days are proposed, and whose number that is (R100).
async fn proposal(visit: &Visit) -> Result<String, Failure> {
    let proposed = care::proposed(&visit.acting()).await?;
    let days = visit.number(f64::from(proposed.days));
    let told = visit.format(
        &format!("care-proposed-{}", proposed.by.code()),
        &[("days", days.into()), ("source", proposed.source.into())],
    );
    Ok(InsetText::new(told).to_string())
}

/// What the guardian said of what is best for the child, for whoever weighs it (R126).
async fn guardian(visit: &Visit, asked: &Asked<'_>) -> Result<String, Failure> {
    let signed = visit.signed.as_deref();
    let acting = visit.acting();
    let opened = case::look_for(&acting, signed, asked.case, Action::WriteCare, asked.why).await?;
    let mut html = String::new();
    for told in guardian_word::of_best_interests(&opened).await? {
        let at = visit.moment(told.event.happened_at);
        let said = visit.format("care-guardian-said", &[("at", at.into())]);
        let mut body = Content::from(said).to_string();
        let closed = || visit.text("case-text-closed");
        for line in told.text.unwrap_or_else(closed).lines() {
            let line = Content::from(line);
            let _ = write!(body, "<p class=\"govuk-body\" dir=\"auto\">{line}</p>");
        }
        html.push_str(&InsetText::new(Content::Html(body)).to_string());
    }
    Ok(html)
}

/// The codes a field offers: of standards those of the list in force, and no others.
fn offered<'f>(forms: &'f Forms, field: &Field, standards: &'f [String]) -> &'f [String] {
    if field.list.as_deref() == Some("standard") { standards } else { forms.codes(field) }
}

fn add<'v>(
    form: FormPage<'v>,
    visit: &Visit,
    asked: &Asked<'_>,
    field: &Field,
    standards: &[String],
) -> FormPage<'v> {
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
        offered(forms, field, standards).iter().map(word).collect::<Vec<_>>()
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
        FieldType::Number
        | FieldType::Money
        | FieldType::Language
        | FieldType::Mark
        | FieldType::Name => form.text(&field.name, &label, hint, &first),
    }
}

/// What an empty form holds at first; `version` is that of the standards in force,
/// `least` the days proposed.
fn first(
    visit: &Visit,
    kind: CareKind,
    child: bool,
    language: &str,
    (version, least): (&str, u32),
) -> Typed {
    let today = visit.acting().now().date();
    let mut typed = Typed::new();
    for field in fields(visit, kind, child) {
        let value = match (field.first.as_deref(), field.takes) {
            (Some("today"), _) => Day::from(today).to_string(),
            (Some("least"), _) => least.to_string(),
            (Some("version"), _) => version.to_owned(),
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
    let version = page_of.child_return.as_ref().map_or("", |found| found.version.as_str());
    let least = care::proposed(&visit.acting()).await?.days;
    let asked = Asked {
        kind,
        action: format!("/cases/{id}/care/new/{}", kind.code()),
        case: id,
        child,
        typed: &first(&visit, kind, child, &person.language, (version, least)),
        revision: "",
        why,
        theirs: "",
        problems: &Problems::default(),
    };
    page(&visit, &asked).await
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
async fn again(visit: &Visit, asked: &Asked<'_>, refused: Refused) -> Answer {
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
    page(visit, &Asked { problems: &problems, action: asked.action.clone(), ..*asked }).await
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
                theirs: "",
                problems: &problems,
            };
            again(&visit, &asked, refused).await
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
    let typed = stored(found);
    let revision = found.record.revision.0.to_string();
    let asked = Asked {
        kind: found.record.record.kind(),
        action: format!("/cases/{id}/care/{record}/edit"),
        case: id,
        child,
        typed: &typed,
        revision: &revision,
        why,
        theirs: "",
        problems: &Problems::default(),
    };
    page(&visit, &asked).await
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
            let problems = Problems::default();
            let asked = Asked {
                kind,
                action: format!("/cases/{id}/care/{record}/edit"),
                case: id,
                child,
                typed: &typed,
                revision: form.text("revision"),
                why,
                theirs: "",
                problems: &problems,
            };
            match refused {
                Refused::Conflict => meanwhile(&visit, &asked, record).await,
                refused => again(&visit, &asked, refused).await,
            }
        }
    }
}

/// A stored record as its form shows it, with the words one's key opens.
fn stored(found: &care::Shown) -> Typed {
    let mut typed = as_typed(&found.record.record.body.facts());
    for (field, words) in &found.words {
        typed.insert(field.clone(), vec![words.clone()]);
    }
    typed
}

/// Someone else saved first: theirs beside one's own, and the form as typed.
/// The next try is made on what was shown. Sealed words the key does not open
/// were not shown, so as long as something is typed there nothing overwrites them.
async fn meanwhile(visit: &Visit, asked: &Asked<'_>, record: CareId) -> Answer {
    let now = care::plan(&visit.acting(), visit.signed.as_deref(), asked.case, asked.why).await?;
    let found = now.records.iter().find(|one| one.record.record.id == record);
    let found = found.ok_or(Refused::NotFound)?;
    let saved = stored(found);
    let (mut rows, mut unseen) = (Vec::new(), false);
    for field in fields(visit, asked.kind, asked.child) {
        let own = in_words(visit, &field, asked.typed.get(&field.name));
        if !shows(&now, &field) {
            unseen |= !own.is_empty();
            continue;
        }
        let saved = in_words(visit, &field, saved.get(&field.name));
        if saved != own {
            rows.push((visit.text(&label(&field)), saved, own));
        }
    }
    if rows.is_empty() && !unseen {
        return Ok(done(visit, &format!("/cases/{}/care", asked.case), "care-written"));
    }
    let mut problems = Problems::default();
    problems.add("", Message::new("case-words-theirs"));
    if unseen {
        problems.add("", Message::new("conflict-sealed"));
    }
    let current = found.record.revision.0.to_string();
    let revision = if unseen { asked.revision } else { current.as_str() };
    let both = theirs(visit, &rows).to_string();
    let action = asked.action.clone();
    let shown = Asked { problems: &problems, theirs: &both, revision, action, ..*asked };
    let mut response = page(visit, &shown).await?;
    *response.status_mut() = StatusCode::CONFLICT;
    Ok(response)
}

/// Whether the reader's key opened what is stored in a field.
fn shows(page: &CarePage, field: &Field) -> bool {
    let compartment = match field.takes {
        FieldType::Name => Compartment::Identity,
        FieldType::Words => Compartment::Care,
        _ => return true,
    };
    page.vault.as_ref().is_some_and(|vault| vault.opens(compartment))
}

/// A field's values in the reader's words, one a line.
fn in_words(visit: &Visit, field: &Field, values: Option<&Vec<String>>) -> String {
    let word = |value: &str| match (&field.list, field.takes) {
        (Some(list), _) => visit.text(&format!("care-code-{list}-{value}")),
        (None, FieldType::Flag) => visit.text("word-yes"),
        (None, FieldType::Day) => {
            value.parse::<Day>().map_or_else(|_| value.to_owned(), |day| visit.date(day.date()))
        }
        _ => value.to_owned(),
    };
    let values = values.into_iter().flatten().map(|value| value.trim());
    values.filter(|value| !value.is_empty()).map(word).collect::<Vec<_>>().join("\n")
}

pub(super) async fn suspend(
    Path((id, record)): Path<(String, String)>,
    Sent { visit, form }: Sent,
) -> Answer {
    let (id, record): (CaseId, CareId) = (parse_id(&id)?, parse_id(&record)?);
    let why = purpose_of(&visit, &form);
    let one = care::write::suspend_guardian(&visit.acting_once(&form), id, record, why).await?;
    // Another guardian stands: which account on the team is theirs only people know.
    let acting = visit.acting();
    let file = case::permitted(&acting, id, Action::WriteCare, why).await?;
    let guarded = file.team_at(acting.now()).any(|one| one.part == TeamPart::Guardian);
    if guarded && case::may(&acting, &file, Action::ManageTeam) {
        let team = format!("/cases/{id}/team?for={}", why.code());
        return Ok(done(&visit, &team, "guardian-suspended-team"));
    }
    Ok(written(&visit, id, &one))
}

/// The form on paper, with its codes, to be typed in later.
pub(super) async fn paper(visit: Visit, Path(kind): Path<String>) -> Answer {
    let kind = kind_of(&kind)?;
    let forms = &visit.web.app().care.forms;
    let standards = care::standards_in_force(visit.web.app()).await?.list.standards;
    let mut html = paper::head(&visit);
    html.push_str("<ol class=\"govuk-list govuk-list--number\">");
    for field in fields(&visit, kind, true) {
        let _ = write!(
            html,
            "<li><strong>{}</strong> <span class=\"p-muted\">{}</span>",
            Content::from(visit.text(&label(&field))),
            Content::from(&field.name)
        );
        let codes = offered(forms, &field, &standards);
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
