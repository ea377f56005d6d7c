//! The implementation matrix on its way back: choose the file, see what would change
//! and what is wrong, agree.

use super::{cells::measured, titled};
use crate::{
    components::Content,
    pages::{Answer, register::common::Body},
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done},
        listing::download,
        route::Routes,
        upload::Uploaded,
        visit::Visit,
    },
};
use axum::{extract::Path, http::StatusCode, response::Response};
use palermo_app::{
    Message, Problems, Refused,
    access::{Action, Resource},
    domain::register::{day::Day, state::StateCode},
    plan::{
        ask::{self, PlanOf},
        report,
        sheet::{self, NotAMatrix, Preview},
    },
};

/// Largest sheet carried from the preview to the import, in bytes.
const LARGEST: usize = 4 << 20;

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/plans/{code}/upload", Action::ReportIndicator, ask_file)
        .form("/plans/{code}/upload", Action::ReportIndicator, preview)
        .form("/plans/{code}/upload/apply", Action::ReportIndicator, apply)
        .form("/plans/{code}/upload/rows", Action::ReportIndicator, narrowed)
        .form("/plans/{code}/upload/problems", Action::ReportIndicator, problems_back)
}

async fn allowed(visit: &Visit, code: &str) -> Result<PlanOf, Failure> {
    let own = visit.signed()?.tenant.state.clone();
    let resource = Resource::region().in_state(own.as_deref());
    visit.acting().allow(Action::ReportIndicator, &resource).await?;
    Ok(ask::find(&visit.acting(), code).await?)
}

fn file_form(visit: &Visit, code: &str, problems: &Problems) -> Response {
    FormPage::new(visit, &format!("/plans/{code}/upload"), problems)
        .words("plan-upload-why")
        .file("file", "import-file", "plan-upload-hint")
        .button("import-check")
        .page("plan-upload", &format!("/plans/{code}/progress"))
}

async fn ask_file(visit: Visit, Path(code): Path<String>) -> Answer {
    allowed(&visit, &code).await?;
    Ok(file_form(&visit, &code, &Problems::default()))
}

/// Reads a file against what is stored; a problem beside the field if it is none.
async fn read(visit: &Visit, plan: &PlanOf, bytes: &[u8]) -> Result<Preview, Refused> {
    let wrong = |message| Refused::field("file", message);
    if bytes.is_empty() {
        return Err(wrong(Message::new("error-no-file")));
    }
    if bytes.len() > LARGEST {
        return Err(wrong(Message::new("error-form-too-large")));
    }
    let today = Day::from(visit.acting().now().date());
    let acting = visit.acting();
    // What the sender may not see is not compared either: an answer would tell it.
    let (_, stored) = ask::shown_for(&acting, &plan.entry, today).await?;
    let may = |state: Option<StateCode>| {
        let state = state.map(|state| state.to_string());
        let resource = Resource::region().in_state(state.as_deref());
        acting.may(Action::ReportIndicator, &resource).allowed
    };
    sheet::preview(&plan.entry, &stored, bytes, may).map_err(|why| {
        wrong(match why {
            NotAMatrix::NoHeadings => Message::new("plan-sheet-no-headings"),
            NotAMatrix::NotATable(why) => Message::new("error-register-entry").with("why", why),
        })
    })
}

async fn preview(Path(code): Path<String>, sent: Uploaded) -> Answer {
    let Uploaded { visit, file, .. } = sent;
    let plan = allowed(&visit, &code).await?;
    match read(&visit, &plan, &file).await {
        Ok(found) => Ok(shown(&visit, &plan, &file, &found, (Rows::All, &Problems::default()))),
        Err(Refused::Invalid(problems)) => Ok(file_form(&visit, &code, &problems)),
        Err(refused) => Err(Failure(refused)),
    }
}

/// Which rows of a sheet the preview shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rows {
    All,
    Errors,
    Changes,
}

impl Rows {
    const CODES: [(Self, &'static str); 3] =
        [(Self::All, "all"), (Self::Errors, "errors"), (Self::Changes, "changes")];

    fn chosen(form: &Form) -> Self {
        let typed = form.text("show");
        Self::CODES.iter().find(|(_, code)| *code == typed).map_or(Self::All, |(one, _)| *one)
    }

    fn code(self) -> &'static str {
        Self::CODES.iter().find(|(one, _)| *one == self).map_or("all", |(_, code)| *code)
    }
}

/// The preview again, with the rows asked for: those with errors, or those that change.
async fn narrowed(Path(code): Path<String>, sent: Uploaded) -> Answer {
    let Uploaded { visit, form, .. } = sent;
    let plan = allowed(&visit, &code).await?;
    let bytes = carried(&form)?;
    match read(&visit, &plan, &bytes).await {
        Ok(found) => {
            let rows = Rows::chosen(&form);
            Ok(shown(&visit, &plan, &bytes, &found, (rows, &Problems::default())))
        }
        Err(Refused::Invalid(problems)) => Ok(file_form(&visit, &code, &problems)),
        Err(refused) => Err(Failure(refused)),
    }
}

/// The choice of rows, where there are both those with errors and others.
fn narrowing(visit: &Visit, code: &str, rows: Rows, found: &Preview, content: &str) -> String {
    if found.rejected.is_empty() || found.changes.is_empty() {
        return String::new();
    }
    let words = |code: &str| visit.text(&format!("plan-upload-rows-{code}"));
    let choices = Rows::CODES.iter().map(|(_, code)| ((*code).to_owned(), words(code))).collect();
    FormPage::new(visit, &format!("/plans/{code}/upload/rows"), &Problems::default())
        .carries_files()
        .hidden("content", content)
        .radios("show", "plan-show", choices, rows.code())
        .button("plan-upload-narrow")
        .html()
}

fn carried(form: &Form) -> Result<Vec<u8>, Failure> {
    hex::decode(form.text("content")).map_err(|_| Failure(Refused::NotFound))
}

async fn apply(Path(code): Path<String>, sent: Uploaded) -> Answer {
    let Uploaded { visit, form, .. } = sent;
    let plan = allowed(&visit, &code).await?;
    let bytes = carried(&form)?;
    let found = match read(&visit, &plan, &bytes).await {
        Ok(found) => found,
        Err(Refused::Invalid(problems)) => return Ok(file_form(&visit, &code, &problems)),
        Err(refused) => return Err(Failure(refused)),
    };
    if !found.rejected.is_empty() && form.text("skip") != "yes" {
        let mut problems = Problems::default();
        problems.add("skip", Message::new("plan-error-skip"));
        let mut response = shown(&visit, &plan, &bytes, &found, (Rows::All, &problems));
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(response);
    }
    let values: Vec<_> = found.changes.into_iter().map(|change| change.value).collect();
    report::values(&visit.acting_once(&form), &code, &values).await?;
    Ok(done(&visit, &format!("/plans/{code}/progress"), "imported"))
}

/// The sender's own sheet as it came, with what is wrong and how to mend it beside each row.
async fn problems_back(Path(code): Path<String>, sent: Uploaded) -> Answer {
    let Uploaded { visit, form, .. } = sent;
    let plan = allowed(&visit, &code).await?;
    let bytes = carried(&form)?;
    let found = read(&visit, &plan, &bytes).await?;
    let say = |message: &Message| visit.say_plain(message);
    let sheet = sheet::returned(&bytes, &found, &say).map_err(|why| {
        let said = Message::new("error-register-entry").with("why", why.to_string());
        Failure(Refused::Declined(said))
    })?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(download(sheet, kind, &format!("{code}-problems"), "xlsx"))
}

/// The rows that cannot be taken, and the way to take them back as a sheet.
fn rejected_rows(body: &mut Body<'_>, code: &str, found: &Preview, content: &str) {
    if found.rejected.is_empty() {
        return;
    }
    let visit = body.visit;
    body.heading("import-rejected");
    let rows = found.rejected.iter().map(|row| {
        vec![
            row.row.to_string().into(),
            Content::from(&row.about),
            // The heading of the sheet, which is read by name.
            titled(row.field, "en"),
            Content::from(&row.value),
            visit.say(&row.problem).into(),
            visit.say(&row.remedy).into(),
        ]
    });
    let heads = [
        "import-row",
        "plan-upload-about",
        "import-field",
        "import-value",
        "import-problem",
        "import-remedy",
    ];
    body.table("rejected", "import-rejected", &heads, rows.collect());
    let back =
        FormPage::new(visit, &format!("/plans/{code}/upload/problems"), &Problems::default())
            .carries_files()
            .hidden("content", content)
            .button("plan-problems-back")
            .html();
    body.push(back);
}

fn shown(
    visit: &Visit,
    plan: &PlanOf,
    file: &[u8],
    found: &Preview,
    (show, problems): (Rows, &Problems),
) -> Response {
    let code = &plan.entry.code;
    let mut body = Body::new(visit);
    let new = found.changes.iter().filter(|change| change.before.is_none()).count();
    let number = |count: usize| visit.whole(count);
    let counts = visit.format(
        "import-counts",
        &[
            ("new", number(new).into()),
            ("changed", number(found.changes.len() - new).into()),
            ("unchanged", number(found.unchanged).into()),
            ("rejected", number(found.rejected.len()).into()),
        ],
    );
    body.push(format!("<p class=\"govuk-body-l\">{}</p>", Content::from(counts)));
    let content = hex::encode(file);
    body.push(narrowing(visit, code.as_str(), show, found, &content));
    if show != Rows::Changes {
        rejected_rows(&mut body, code.as_str(), found, &content);
    }
    let rows = found.changes.iter().map(|change| {
        let value = &change.value;
        let place =
            value.state.map_or_else(|| visit.text("plan-region"), |s| visit.state(s.as_str()));
        let before = Content::from(measured(visit, change.before));
        let after = Content::from(measured(visit, Some(value.measured)));
        vec![
            change.row.to_string().into(),
            Content::from(&value.indicator),
            place.into(),
            value.period.to_string().into(),
            Content::Html(format!("<del>{before}</del> <ins>{after}</ins>")),
        ]
    });
    let rows: Vec<Vec<Content>> = rows.collect();
    if !rows.is_empty() {
        if show != Rows::Errors {
            body.heading("import-changed");
            let heads =
                ["import-row", "plan-indicator", "state-name", "plan-value-period", "plan-change"];
            body.table("changed", "import-changed", &heads, rows);
        }
        let mut page = FormPage::new(visit, &format!("/plans/{code}/upload/apply"), problems)
            .carries_files()
            .hidden("content", &content);
        if !found.rejected.is_empty() {
            let answers =
                ["no", "yes"].map(|a| (a.to_owned(), visit.text(&format!("word-{a}")))).to_vec();
            page = page.radios("skip", "import-skip", answers, "no");
        }
        body.push(page.button("import-apply").html());
    }
    let back = format!("/plans/{code}/upload");
    visit.page(&visit.text("import-preview")).back(&back).html(&body.plain())
}
