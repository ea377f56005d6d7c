//! A report being written: its sections with their authors, what is wrong,
//! signing and submitting.

use super::{
    common::{Page, day, link, tag, year},
    contradictions,
};
use crate::{
    components::{Button, Content, Details, ErrorSummary, SummaryList},
    pages::Answer,
    shell::{
        failure::Failure,
        forms::{FormPage, done, one_button},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::extract::Path;
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    desk::parse_id,
    domain::{
        id::SubmissionId,
        report::{Assignment, Entered, ReceptionDecision, Section, Severity, Submission},
    },
    report::{self, AssignForm, Opened},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/reports/sheets/{id}", Action::WriteSection, show)
        .form("/reports/sheets/{id}/assign", Action::EditReport, assign)
        .form("/reports/sheets/{id}/finish", Action::WriteSection, finish)
        .form("/reports/sheets/{id}/take-back", Action::EditReport, take_back)
        .form("/reports/sheets/{id}/empty", Action::WriteSection, empty)
        .form("/reports/sheets/{id}/sign", Action::SubmitReport, sign)
        .form("/reports/sheets/{id}/submit", Action::SubmitReport, submit)
        .page("/reports/sheets/{id}/assign/{section}", Action::EditReport, ask_assign)
        .page("/reports/entered/{id}", Action::ReceiveReports, show)
        .form("/reports/entered/{id}/submit", Action::ReceiveReports, submit)
        .form("/reports/entered/{id}/empty", Action::ReceiveReports, empty)
        .page("/reports/handed/{id}", Action::WriteHanded, show)
        .form("/reports/handed/{id}/finish", Action::WriteHanded, finish)
        .form("/reports/handed/{id}/empty", Action::WriteHanded, empty)
}

/// Where the pages of a sheet lie: what the secretariat enters has its own.
pub(super) fn base(opened: &Opened) -> String {
    let id = opened.sheet.record.id;
    match opened.sheet.record.entry.entered {
        _ if opened.elsewhere => format!("/reports/handed/{id}"),
        Entered::Secretariat { .. } => format!("/reports/entered/{id}"),
        Entered::State => format!("/reports/sheets/{id}"),
    }
}

/// The page of what was submitted of it.
fn submitted(record: &Submission) -> String {
    format!("/reports/country/{}/{}/{}", record.questionnaire, record.state, record.period)
}

async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: SubmissionId = parse_id(&id)?;
    page(&visit, id, &Problems::default()).await
}

async fn page(visit: &Visit, id: SubmissionId, problems: &Problems) -> Answer {
    let acting = visit.acting();
    let opened = report::opened_or_handed(&acting, id).await?;
    let record = &opened.sheet.record.entry;
    let language = visit.language.code();
    let every = opened.writable.len() == opened.questionnaire.sections.len();
    let contact = every && !opened.elsewhere;
    let mut page = Page::new(visit);
    declined(visit, &mut page, problems);
    head(visit, &mut page, &opened);
    if contact && let Some(word) = report::last_word(visit.web.app(), id, record).await? {
        super::version::said(visit, &mut page, &word);
        if word.decision == ReceptionDecision::Returned {
            let path = submitted(record);
            page.paragraph(link(visit, &path, visit.text("report-see-submitted")));
        }
    }
    let translated = opened.questionnaire.translated(language);
    if translated < 1.0 {
        page.small(visit.text("report-partly-translated"));
    }
    if opened.questionnaire.machine_translated.contains(language) {
        page.small(visit.text("questionnaire-machine"));
    }
    page.heading("report-sections");
    let rows = opened
        .questionnaire
        .sections
        .iter()
        .filter(|section| opened.visible.contains(&section.code))
        .map(|section| section_row(visit, &opened, section, contact))
        .collect();
    let heads =
        ["report-section", "report-answered", "report-author", "report-status", "report-next"];
    page.table("sections", "report-sections", &heads, rows);
    if contact {
        findings(visit, &mut page, &opened);
        if record.entered == Entered::State {
            page.push(super::translations::doors(visit, &opened));
            let found = report::own_contradictions(&acting, record.state).await?;
            contradictions::table(visit, &mut page, &found, "contradictions-words").await?;
        }
        let closing = closing(visit, &opened, problems);
        page.push(format!("<div id=\"closing\">{closing}</div>"));
    }
    let title = opened.questionnaire.title.say(language).0.to_owned();
    let html = page.finish();
    let back = match record.entered {
        _ if opened.elsewhere => "/work",
        Entered::Secretariat { .. } => "/reports/entered",
        Entered::State => "/reports/mine",
    };
    let shown = visit.page(&title).back(back);
    let shown = if problems.0.is_empty() { shown } else { shown.failed() };
    Ok(shown.html(&html))
}

/// Why signing or sending was declined, at the top.
fn declined(visit: &Visit, page: &mut Page<'_>, problems: &Problems) {
    let declined = problems.0.iter().filter(|one| one.field == "closing");
    let told: Vec<String> = declined.map(|one| visit.say(&one.message)).collect();
    if !told.is_empty() {
        let list = told.into_iter().map(|words| ("closing", words));
        page.push(ErrorSummary::new(&visit.words(), list));
    }
}

/// How the sheet stands.
fn head(visit: &Visit, page: &mut Page<'_>, opened: &Opened) {
    let record = &opened.sheet.record.entry;
    let mut list = SummaryList::new()
        .row(visit.text("report-state"), visit.state(record.state.as_str()))
        .row(visit.text("report-period"), year(visit, record.period))
        .row(visit.text("report-status"), tag(visit, "sheet-status", record.status.code(), "grey"))
        .row(visit.text("report-answered"), visit.whole(opened.answered()));
    if let Some(signature) = &record.signed {
        let when = format!("{}, {}", signature.name, day(visit, signature.on));
        list = list.row(visit.text("report-signed-by"), when);
    }
    if let Entered::Secretariat { document, confirmed, .. } = &record.entered {
        let id = if confirmed.is_some() { "report-entered-confirmed" } else { "report-entered" };
        let words = visit.format(id, &[("document", document.as_str().into())]);
        list = list.row(visit.text("report-remarks"), words);
    }
    page.push(list);
}

fn section_row(visit: &Visit, opened: &Opened, section: &Section, contact: bool) -> Vec<Content> {
    let base = base(opened);
    let record = &opened.sheet.record.entry;
    let title = format!("{}. {}", section.code, section.title.say(visit.language.code()).0);
    let plain = opened.plain();
    let asked: Vec<_> = opened.questionnaire.asked(section, &plain).collect();
    let answered = asked.iter().filter(|one| opened.answers.contains_key(&one.code)).count();
    let asked = asked.len();
    let wrong = opened
        .findings
        .iter()
        .filter(|one| one.severity == Severity::Error)
        .filter(|one| {
            one.code == section.code || section.questions.iter().any(|q| q.code == one.code)
        })
        .count();
    let assignment = record.assigned.get(&section.code);
    let author = assignment.map(|one| {
        let due = one.due.map(|due| format!(", {}", day(visit, due))).unwrap_or_default();
        Content::Html(format!("<bdi>{}</bdi>{due}", Content::from(&one.unit)))
    });
    let state = if record.no_data.contains_key(&section.code) {
        tag(visit, "section", "no-data", "grey")
    } else if assignment.is_some_and(|one| !one.finished) {
        tag(visit, "section", "handed-out", "blue")
    } else if wrong > 0 || answered < asked {
        tag(visit, "section", "incomplete", "yellow")
    } else {
        tag(visit, "section", "complete", "green")
    };
    let mut next = String::new();
    if opened.writable.contains(&section.code) && !contact && assignment.is_some() {
        next.push_str(&one_button(
            visit,
            &format!("{base}/finish"),
            "section-finish",
            &[("section", &section.code), ("finished", "yes")],
            false,
        ));
    }
    if contact && record.entered == Entered::State {
        next.push_str(&handing(visit, &base, &section.code, assignment));
    }
    let counted = visit.format(
        "report-n-of",
        &[("n", visit.whole(answered).into()), ("of", visit.whole(asked).into())],
    );
    vec![
        link(visit, &format!("{base}/sections/{}", section.code), title),
        counted.into(),
        author.unwrap_or_default(),
        state,
        Content::Html(next),
    ]
}

/// What the contact person can do about who writes a section.
fn handing(visit: &Visit, base: &str, section: &str, assignment: Option<&Assignment>) -> String {
    let path = format!("{base}/assign/{section}");
    let Some(assignment) = assignment else {
        return link(visit, &path, visit.text("section-assign")).to_string();
    };
    if assignment.finished {
        let fields = [("section", section), ("finished", "no")];
        return one_button(visit, &format!("{base}/finish"), "section-again", &fields, false);
    }
    let fields = [("section", section)];
    let back = one_button(visit, &format!("{base}/take-back"), "section-take-back", &fields, false);
    let on = Button::link(visit.text("section-hand-on"), visit.link(&path)).secondary();
    format!("{back}{on}")
}

fn findings(visit: &Visit, page: &mut Page<'_>, opened: &Opened) {
    for (severity, heading) in
        [(Severity::Error, "report-errors"), (Severity::Warning, "report-warnings-now")]
    {
        let of: Vec<_> = opened.findings.iter().filter(|one| one.severity == severity).collect();
        if of.is_empty() {
            continue;
        }
        page.heading(heading);
        let base = base(opened);
        page.list(of.into_iter().map(|one| {
            let section = opened
                .questionnaire
                .section_of(&one.code)
                .or_else(|| opened.questionnaire.section(&one.code));
            let words = super::country::finding(visit, one);
            match section {
                Some(section) => {
                    let path = format!("{base}/sections/{}#a-{}", section.code, one.code);
                    link(visit, &path, words)
                }
                None => words.into(),
            }
        }));
    }
}

/// Signing and submitting.
fn closing(visit: &Visit, opened: &Opened, problems: &Problems) -> String {
    let base = base(opened);
    let record = &opened.sheet.record.entry;
    let mut html = String::new();
    if record.signed.is_none() && record.entered == Entered::State {
        html.push_str(&one_button(visit, &format!("{base}/sign"), "report-sign", &[], false));
        return html;
    }
    // What was declined as a whole stands at the top of the sheet.
    let mut of_form = Problems::default();
    of_form.0.extend(problems.0.iter().filter(|one| one.field != "closing").cloned());
    let form = FormPage::new(visit, &format!("{base}/submit"), &of_form);
    let form = if record.versions > 0 {
        form.lines("why", "report-correction-why", "report-correction-hint", "")
    } else {
        form
    };
    html.push_str(&form.button("report-submit").html());
    if record.versions > 0 {
        html.push_str(
            &Button::link(visit.text("report-see-submitted"), visit.link(&submitted(record)))
                .secondary()
                .to_string(),
        );
    }
    html
}

async fn ask_assign(visit: Visit, Path((id, section)): Path<(String, String)>) -> Answer {
    let id: SubmissionId = parse_id(&id)?;
    assign_page(&visit, id, &section, &AssignForm::default(), &Problems::default()).await
}

async fn assign_page(
    visit: &Visit,
    id: SubmissionId,
    section: &str,
    typed: &AssignForm,
    problems: &Problems,
) -> Answer {
    let acting = visit.acting();
    let opened = report::opened_or_handed(&acting, id).await?;
    let found = opened.questionnaire.section(section).ok_or(Refused::NotFound)?;
    let options = report::authors(&acting).await?;
    let organisations = report::organisations(&acting).await?;
    let title = format!("{}. {}", found.code, found.title.say(visit.language.code()).0);
    let form = FormPage::new(visit, &format!("/reports/sheets/{id}/assign"), problems)
        .part(super::notice_heading(title))
        .hidden("section", section)
        .words("section-assign-words")
        .select("account", "section-author", options, &typed.account)
        .select("organisation", "section-organisation", organisations, &typed.organisation)
        .text("unit", "section-unit", "section-unit-hint", &typed.unit)
        .text("due", "section-due", "report-day-hint", &typed.due)
        .button("section-assign");
    Ok(form.page("section-assign", &format!("/reports/sheets/{id}")))
}

async fn assign(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: SubmissionId = parse_id(&id)?;
    let typed = AssignForm {
        account: form.text("account").to_owned(),
        organisation: form.text("organisation").to_owned(),
        unit: form.text("unit").to_owned(),
        due: form.text("due").to_owned(),
    };
    let section = form.text("section").to_owned();
    match report::assign(&visit.acting_once(&form), id, &section, &typed).await {
        Ok(()) => Ok(done(&visit, &format!("/reports/sheets/{id}"), "section-assigned")),
        Err(Refused::Invalid(problems)) => {
            assign_page(&visit, id, &section, &typed, &problems).await
        }
        Err(other) => Err(Failure(other)),
    }
}

async fn finish(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: SubmissionId = parse_id(&id)?;
    let finished = form.text("finished") == "yes";
    let acting = visit.acting_once(&form);
    let elsewhere = report::opened_or_handed(&acting, id).await?.elsewhere;
    report::finish_section(&acting, id, form.text("section"), finished).await?;
    if elsewhere {
        return Ok(done(&visit, "/work", "section-finished"));
    }
    let own = acting.subject.state.clone();
    let contact = visit.may(Action::EditReport, &Resource::region().in_state(own.as_deref()));
    let path = if contact { format!("/reports/sheets/{id}") } else { "/reports/mine".to_owned() };
    Ok(done(&visit, &path, if finished { "section-finished" } else { "saved" }))
}

async fn take_back(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: SubmissionId = parse_id(&id)?;
    report::take_back(&visit.acting_once(&form), id, form.text("section")).await?;
    Ok(done(&visit, &format!("/reports/sheets/{id}"), "saved"))
}

async fn empty(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: SubmissionId = parse_id(&id)?;
    let section = form.text("section");
    let acting = visit.acting_once(&form);
    let why = (!form.ticked("back")).then(|| form.text("why"));
    let declared = report::declare_empty(&acting, id, section, why).await;
    let base = base(&report::opened_or_handed(&acting, id).await?);
    match declared {
        Ok(()) => Ok(done(&visit, &base, "saved")),
        Err(Refused::Invalid(problems)) => {
            Ok(FormPage::new(&visit, &format!("{base}/empty"), &problems)
                .hidden("section", section)
                .lines("why", "section-no-data-why", "", form.text("why"))
                .button("form-save")
                .page("section-declare-empty", &format!("{base}/sections/{section}")))
        }
        Err(other) => Err(Failure(other)),
    }
}

async fn sign(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: SubmissionId = parse_id(&id)?;
    match report::sign(&visit.acting_once(&form), id).await {
        Ok(()) => Ok(done(&visit, &format!("/reports/sheets/{id}"), "report-signed")),
        Err(refused) => stay(&visit, id, refused).await,
    }
}

/// The sheet again with why it was not taken, 422: what is wrong stands on it, with links
/// to the questions.
async fn stay(visit: &Visit, id: SubmissionId, refused: Refused) -> Answer {
    let problems = match refused {
        Refused::Invalid(problems) => problems,
        Refused::Declined(message) => {
            let mut problems = Problems::default();
            problems.add("closing", message);
            problems
        }
        other => return Err(Failure(other)),
    };
    let mut response = page(visit, id, &problems).await?;
    *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

async fn submit(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: SubmissionId = parse_id(&id)?;
    let acting = visit.acting_once(&form);
    match report::submit(&acting, id, form.text("why")).await {
        Ok(()) => {
            let opened = report::opened_or_handed(&acting, id).await?;
            Ok(done(&visit, &base(&opened), "report-submitted"))
        }
        Err(refused) => stay(&visit, id, refused).await,
    }
}

/// What a section is handed out with: kept closed until asked for.
pub(super) fn closed(summary: String, html: String) -> String {
    Details::new(summary, Content::Html(html)).to_string()
}
