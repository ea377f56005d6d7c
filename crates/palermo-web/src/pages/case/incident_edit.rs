//! An incident corrected, and a case that was open already joined to it.

use super::{Answer, happened, note::when_wrong, purpose, purpose_of, typed_day, words_of};
use crate::pages::directory::states_with;
use crate::shell::{
    failure::Failure,
    form::Form,
    forms::{FormPage, done, theirs},
    visit::{Sent, Visit},
};
use axum::{extract::Path, http::StatusCode, response::Response};
use palermo_app::{
    Message, Problems, Refused,
    access::Action,
    case::{
        self,
        incident::{self, IncidentForm},
    },
    desk::{parse_id, parse_revision},
    domain::{
        case::incident::{FoundBy, Incident, Site},
        id::{CaseId, IncidentId},
        moment::Moment,
        purpose::Purpose,
    },
};

/// The three boxes of a day and its time, as a form shows what is stored.
fn boxes(at: Moment) -> ([String; 3], String) {
    let at = at.at();
    let day = [at.day().to_string(), u8::from(at.month()).to_string(), at.year().to_string()];
    (day, format!("{:02}:{:02}", at.hour(), at.minute()))
}

/// What is stored, as it would be sent.
fn stored(incident: &Incident) -> Form {
    let ([day, month, year], time) = boxes(incident.happened_at);
    let fields = [
        ("happened-day", day),
        ("happened-month", month),
        ("happened-year", year),
        ("happened_time", time),
        ("site", incident.site.code().to_owned()),
        ("found_by", incident.found_by.code().to_owned()),
        ("state", incident.state.clone().unwrap_or_default()),
    ];
    fields.into_iter().fold(Form::default(), |form, (name, value)| form.with(name, &[value]))
}

/// Each field in words, in the order of the form.
fn said(visit: &Visit, form: &Form) -> Vec<(&'static str, String)> {
    let word = |family: &str, code: &str| match code {
        "" => String::new(),
        code => visit.text(&format!("{family}-{code}")),
    };
    let day = typed_day(form).join("/");
    vec![
        ("case-happened", format!("{day} {}", form.text("happened_time").trim())),
        ("case-site", word("case-site", form.text("site"))),
        ("case-found-by", word("case-found-by", form.text("found_by"))),
        ("field-state", form.text("state").trim().to_uppercase()),
    ]
}

fn page(
    visit: &Visit,
    id: IncidentId,
    form: &Form,
    revision: &str,
    meanwhile: &str,
    problems: &Problems,
) -> Response {
    let sites: Vec<_> = Site::ALL.iter().map(|site| site.code()).collect();
    let finders: Vec<_> = FoundBy::ALL.iter().map(|by| by.code()).collect();
    FormPage::new(visit, &format!("/incidents/{id}/edit"), problems)
        .hidden("for", purpose(visit).code())
        .hidden("revision", revision)
        .part(meanwhile)
        .part(when_wrong(visit, form, problems))
        .select("site", "case-site", words_of(visit, "case-site", &sites), form.text("site"))
        .select(
            "found_by",
            "case-found-by",
            words_of(visit, "case-found-by", &finders),
            form.text("found_by"),
        )
        .select("state", "field-state", states_with(visit, form.text("state")), form.text("state"))
        .button("form-save")
        .page("case-incident-edit", &format!("/incidents/{id}"))
}

pub(super) async fn ask(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: IncidentId = parse_id(&id)?;
    let found = incident::show(&visit.acting(), id, purpose(&visit)).await?;
    let revision = found.revision.0.to_string();
    Ok(page(&visit, id, &stored(&found.record), &revision, "", &Problems::default()))
}

pub(super) async fn save(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: IncidentId = parse_id(&id)?;
    let why = purpose_of(&visit, &form);
    let revision = form.text("revision").to_owned();
    let mut problems = Problems::default();
    let typed = IncidentForm {
        happened: happened(&form, &mut problems),
        state: form.text("state").to_owned(),
        site: form.text("site").to_owned(),
        found_by: form.text("found_by").to_owned(),
    };
    if !problems.0.is_empty() {
        return Ok(page(&visit, id, &form, &revision, "", &problems));
    }
    let seen = parse_revision(&revision)?;
    match incident::correct(&visit.acting_once(&form), id, &typed, seen, why).await {
        Ok(()) => Ok(done(&visit, &format!("/incidents/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => Ok(page(&visit, id, &form, &revision, "", &problems)),
        Err(Refused::Conflict) => {
            let now = incident::show(&visit.acting(), id, why).await?;
            let rows: Vec<(String, String, String)> = said(&visit, &stored(&now.record))
                .into_iter()
                .zip(said(&visit, &form))
                .filter(|((_, saved), (_, own))| saved != own)
                .map(|((label, saved), (_, own))| (visit.text(label), saved, own))
                .collect();
            let mut problems = Problems::default();
            problems.add("", Message::new("case-words-theirs"));
            let both = theirs(&visit, &rows).to_string();
            let revision = now.revision.0.to_string();
            let mut response = page(&visit, id, &form, &revision, &both, &problems);
            *response.status_mut() = StatusCode::CONFLICT;
            Ok(response)
        }
        Err(other) => Err(Failure(other)),
    }
}

/// What stands for no incident at all: nothing chosen is no answer, so that no case
/// leaves its incident by a form saved as it was.
const OUT: &str = "out";

async fn join_page(
    visit: &Visit,
    id: CaseId,
    why: Purpose,
    chosen: Option<&str>,
    problems: &Problems,
) -> Answer {
    let file = case::permitted(&visit.acting(), id, Action::WriteCase, why).await?;
    let now = file.case.record.incident.map(|one| one.to_string()).unwrap_or_default();
    let all = incident::to_choose(&visit.acting(), id, why).await?;
    let mut options: Vec<(String, String)> = all
        .iter()
        .map(|one| {
            let site = visit.text(&format!("case-site-{}", one.record.site.code()));
            let label = format!("{} – {site}", visit.moment(one.record.happened_at));
            (one.record.id.to_string(), label)
        })
        .collect();
    if !now.is_empty() {
        options.push((OUT.to_owned(), visit.text("case-incident-out")));
    }
    Ok(FormPage::new(visit, &format!("/cases/{id}/incident"), problems)
        .words("case-incident-join-why")
        .hidden("for", why.code())
        .hidden("seen", &now)
        .select("incident", "case-incident", options, chosen.unwrap_or(&now))
        .button("form-save")
        .page("case-incident-join", &format!("/cases/{id}")))
}

pub(super) async fn ask_join(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    join_page(&visit, id, purpose(&visit), None, &Problems::default()).await
}

pub(super) async fn join(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let why = purpose_of(&visit, &form);
    let chosen = form.text("incident");
    let incident = match chosen {
        "" => {
            let mut problems = Problems::default();
            problems.add("incident", Message::new("error-choose"));
            return join_page(&visit, id, why, Some(chosen), &problems).await;
        }
        OUT => None,
        typed => Some(parse_id(typed)?),
    };
    let seen = match form.text("seen") {
        "" => None,
        shown => Some(parse_id(shown)?),
    };
    match incident::join(&visit.acting_once(&form), id, (seen, incident), why).await {
        Ok(()) => Ok(done(&visit, &format!("/cases/{id}"), "saved")),
        Err(Refused::Conflict) => {
            let mut problems = Problems::default();
            problems.add("", Message::new("case-incident-theirs"));
            let mut page = join_page(&visit, id, why, Some(chosen), &problems).await?;
            *page.status_mut() = StatusCode::CONFLICT;
            Ok(page)
        }
        Err(other) => Err(Failure(other)),
    }
}
