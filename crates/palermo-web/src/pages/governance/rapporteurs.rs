//! National rapporteurs' annual reports: writing, handing over, publishing.

use super::{prose, typed, words};
use crate::{
    components::{Button, Content, Details, ListTools, SummaryList},
    pages::{
        Answer,
        report::{Page, day, link, tag, year},
    },
    shell::{
        failure::Failure,
        forms::{FormPage, done},
        listing::{List, download},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    desk::parse_id,
    document::Format,
    domain::{
        governance::{Addressee, RapporteurPart, RapporteurReport},
        id::RapporteurReportId,
    },
    governance::{self, Typed},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/rapporteur-reports", Action::PublicRead, list)
        .page("/rapporteur-reports/new", Action::WriteRapporteur, ask)
        .form("/rapporteur-reports/new", Action::WriteRapporteur, make)
        .page("/rapporteur-reports/{id}", Action::PublicRead, show)
        .page("/rapporteur-reports/{id}/edit", Action::WriteRapporteur, edit)
        .form("/rapporteur-reports/{id}/edit", Action::WriteRapporteur, save)
        .form("/rapporteur-reports/{id}/deliver", Action::WriteRapporteur, deliver)
        .form("/rapporteur-reports/{id}/publish", Action::WriteRapporteur, publish)
}

fn status(visit: &Visit, one: &RapporteurReport) -> Content {
    if one.published.is_some() {
        tag(visit, "rapporteur", "published", "green")
    } else if one.delivered.is_empty() {
        tag(visit, "rapporteur", "draft", "yellow")
    } else {
        tag(visit, "rapporteur", "delivered", "blue")
    }
}

fn writes(visit: &Visit) -> bool {
    let own = visit.acting().subject.state.clone();
    own.is_some()
        && visit.may(Action::WriteRapporteur, &Resource::region().in_state(own.as_deref()))
}

fn addressees(visit: &Visit, one: &RapporteurReport) -> String {
    let names = one.addressees.iter().map(|to| visit.text(&format!("addressed-{to}")));
    names.collect::<Vec<_>>().join(", ")
}

async fn list(visit: Visit) -> Answer {
    let all = governance::rapporteur_reports(&visit.acting()).await?;
    let writes = writes(&visit);
    let (a, b, c, d, e) =
        (visit.clone(), visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let list = List::new(&visit, "rapporteur-reports", &visit.text("rapporteurs-title"), all)
        .column(
            "title",
            "rapporteur-title",
            |one| one.record.entry.title.clone(),
            move |one| {
                link(&a, &format!("/rapporteur-reports/{}", one.record.id), &one.record.entry.title)
            },
        )
        .text("state", "report-state", move |one| b.state(one.record.entry.state.as_str()))
        .column(
            "year",
            "report-period",
            |one| one.record.entry.year.to_string(),
            move |one| year(&c, one.record.entry.year).into(),
        )
        .text("addressees", "rapporteur-addressees", move |one| addressees(&d, &one.record.entry))
        .column(
            "status",
            "report-status",
            |one| one.record.entry.published.is_some().to_string(),
            move |one| status(&e, &one.record.entry),
        );
    Ok(list.answer(|table| {
        let intro = Content::from(visit.text("rapporteurs-intro"));
        let mut html = format!("<p class=\"govuk-body-l\">{intro}</p>");
        if writes {
            let path = visit.link("/rapporteur-reports/new");
            html.push_str(&Button::link(visit.text("rapporteur-new"), path).to_string());
        }
        html.push_str(&table);
        visit.page(&visit.text("rapporteurs-title")).back("/reviews").html(&html)
    })?)
}

async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: RapporteurReportId = parse_id(&id)?;
    page(&visit, id, &Typed::default(), &Problems::default()).await
}

async fn page(visit: &Visit, id: RapporteurReportId, sent: &Typed, problems: &Problems) -> Answer {
    let (found, _) = governance::rapporteur_report(&visit.acting(), id).await?;
    let one = &found.record.entry;
    let app = visit.web.app();
    if let Some(format) = Format::from_code(&visit.query("format")) {
        let name = format!("rapporteur-{}-{}", one.state, one.year);
        let bytes = if format == Format::Json {
            serde_json::to_vec_pretty(one)
                .map_err(|error| Refused::Unavailable(error.to_string()))?
        } else {
            let document = governance::rapporteur_document(app, one, visit.language).await?;
            app.make(&document, format).await.map_err(Refused::from)?
        };
        return Ok(download(bytes, format.media_type(), &name, format.code()));
    }
    let mut page = Page::new(visit);
    page.push(facts(visit, one));
    let here = visit.link(visit.path());
    let mut tools = ListTools::new(&visit.words(), String::new());
    for format in Format::ALL.into_iter().filter(|one| app.can_make(*one)) {
        let name = format.code().to_uppercase();
        tools = tools.download(&name, format!("{here}?format={}", format.code()));
    }
    page.push(tools);
    for part in RapporteurPart::ALL {
        let Some(text) = one.parts.get(part) else { continue };
        page.heading(&format!("rapporteur-part-{part}"));
        page.push(format!("<div lang=\"{}\">{}</div>", one.language, prose(text)));
    }
    let own = visit.signed.as_ref().map(|signed| signed.tenant.id);
    if own == Some(found.record.tenant) && writes(visit) && one.published.is_none() {
        let path = visit.link(&format!("/rapporteur-reports/{id}/edit"));
        page.push(Button::link(visit.text("rapporteur-edit"), path).secondary());
        page.push(deliver_form(visit, id, one, sent, problems));
        page.push(publish_form(visit, id, sent, problems));
    }
    let title =
        format!("{}: {} {}", visit.state(one.state.as_str()), one.title, year(visit, one.year));
    let html = page.finish();
    let mut response = visit.page(&title).back("/rapporteur-reports").html(&html);
    if !problems.0.is_empty() {
        *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

fn facts(visit: &Visit, one: &RapporteurReport) -> SummaryList {
    let mut list = SummaryList::new()
        .row(visit.text("report-status"), status(visit, one))
        .row(visit.text("rapporteur-addressees"), addressees(visit, one));
    for (to, on) in &one.delivered {
        list = list.row(visit.text(&format!("delivered-{to}")), day(visit, *on));
    }
    if let Some(decision) = &one.published {
        let told = format!("{}, {}: {}", day(visit, decision.on), decision.by, decision.text);
        list = list.row(visit.text("rapporteur-decision"), told);
    }
    list
}

/// The problems of one of the two forms on the page.
fn of(problems: &Problems, fields: &[&str]) -> Problems {
    Problems(
        problems.0.iter().filter(|one| fields.contains(&one.field.as_str())).cloned().collect(),
    )
}

fn deliver_form(
    visit: &Visit,
    id: RapporteurReportId,
    one: &RapporteurReport,
    sent: &Typed,
    problems: &Problems,
) -> Details {
    let problems = of(problems, &["to", "on"]);
    let form = FormPage::new(visit, &format!("/rapporteur-reports/{id}/deliver"), &problems)
        .select("to", "rapporteur-to", words(visit, "addressed", &one.addressees), sent.text("to"))
        .text("on", "rapporteur-handed-on", "report-day-hint", sent.text("on"))
        .button("form-save")
        .html();
    let mut details = Details::new(visit.text("rapporteur-deliver"), Content::Html(form));
    details.open = !problems.0.is_empty();
    details
}

fn publish_form(
    visit: &Visit,
    id: RapporteurReportId,
    sent: &Typed,
    problems: &Problems,
) -> Details {
    let problems = of(problems, &["by", "decision"]);
    let form = FormPage::new(visit, &format!("/rapporteur-reports/{id}/publish"), &problems)
        .words("rapporteur-publish-words")
        .text("by", "rapporteur-decided-by", "", sent.text("by"))
        .lines("decision", "rapporteur-decision", "rapporteur-decision-hint", sent.text("decision"))
        .button("rapporteur-publish")
        .html();
    let mut details = Details::new(visit.text("rapporteur-publish"), Content::Html(form));
    details.open = !problems.0.is_empty();
    details
}

fn form_page(visit: &Visit, path: &str, back: &str, t: &Typed, problems: &Problems) -> Response {
    let to = words(visit, "addressed", Addressee::ALL);
    let mut form = FormPage::new(visit, path, problems)
        .hidden("revision", t.text("revision"))
        .text("title", "rapporteur-title", "", t.text("title"))
        .text("year", "report-period", "report-period-hint", t.text("year"))
        .checkboxes("addressees", "rapporteur-addressees", to, t.list("addressees"));
    for part in RapporteurPart::ALL {
        let label = format!("rapporteur-part-{part}");
        form = form.lines(part.code(), &label, "review-text-hint", t.text(part.code()));
    }
    let title = if t.text("revision").is_empty() { "rapporteur-new" } else { "rapporteur-edit" };
    form.button("form-save").page(title, back)
}

async fn ask(visit: Visit) -> Response {
    let typed = Typed::default()
        .with("year", visit.acting().now().date().year() - 1)
        .with("title", visit.text("rapporteur-default-title"))
        .with_all("addressees", [Addressee::Executive, Addressee::Parliament, Addressee::Public]);
    let (path, back) = ("/rapporteur-reports/new", "/rapporteur-reports");
    form_page(&visit, path, back, &typed, &Problems::default())
}

async fn make(Sent { visit, form }: Sent) -> Answer {
    let typed = typed(&form);
    match governance::keep_rapporteur_report(&visit.acting_once(&form), None, &typed).await {
        Ok(id) => Ok(done(&visit, &format!("/rapporteur-reports/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => {
            let (path, back) = ("/rapporteur-reports/new", "/rapporteur-reports");
            Ok(form_page(&visit, path, back, &typed, &problems))
        }
        Err(other) => Err(Failure(other)),
    }
}

async fn edit(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: RapporteurReportId = parse_id(&id)?;
    let (found, typed) = governance::rapporteur_report(&visit.acting(), id).await?;
    let own = visit.signed.as_ref().map(|signed| signed.tenant.id);
    if own != Some(found.record.tenant) || found.record.entry.published.is_some() {
        return Err(Failure(Refused::NotFound));
    }
    let back = format!("/rapporteur-reports/{id}");
    Ok(form_page(&visit, &format!("{back}/edit"), &back, &typed, &Problems::default()))
}

async fn save(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: RapporteurReportId = parse_id(&id)?;
    let typed = typed(&form);
    let back = format!("/rapporteur-reports/{id}");
    match governance::keep_rapporteur_report(&visit.acting_once(&form), Some(id), &typed).await {
        Ok(_) => Ok(done(&visit, &back, "saved")),
        Err(Refused::Invalid(problems)) => {
            Ok(form_page(&visit, &format!("{back}/edit"), &back, &typed, &problems))
        }
        Err(other) => Err(Failure(other)),
    }
}

async fn deliver(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: RapporteurReportId = parse_id(&id)?;
    let typed = typed(&form);
    match governance::deliver(&visit.acting_once(&form), id, &typed).await {
        Ok(()) => Ok(done(&visit, &format!("/rapporteur-reports/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => page(&visit, id, &typed, &problems).await,
        Err(other) => Err(Failure(other)),
    }
}

async fn publish(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: RapporteurReportId = parse_id(&id)?;
    let typed = typed(&form);
    match governance::publish_rapporteur_report(&visit.acting_once(&form), id, &typed).await {
        Ok(()) => Ok(done(&visit, &format!("/rapporteur-reports/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => page(&visit, id, &typed, &problems).await,
        Err(other) => Err(Failure(other)),
    }
}
