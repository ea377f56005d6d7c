//! Questionnaires: reading them, and writing new ones in the form of their files.

use super::common::{Page, link, told};
use crate::{
    components::{Button, Content, Details},
    pages::Answer,
    shell::{
        failure::Failure,
        forms::{FormPage, done},
        listing::List,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    desk::{parse_id, parse_revision},
    domain::{
        id::QuestionnaireDraftId,
        report::{Cycle, DraftStatus, Questionnaire, QuestionnaireDraft},
    },
    report::{self, KeptDraft},
};
use std::collections::BTreeMap;

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/questionnaires", Action::PublicRead, list)
        .page("/questionnaires/{id}", Action::PublicRead, show)
        .page("/questionnaires/write", Action::AuthorQuestionnaire, ask)
        .form("/questionnaires/write", Action::AuthorQuestionnaire, save)
}

async fn list(visit: Visit) -> Answer {
    let all = report::questionnaires(visit.web.app()).await?;
    let mut page = Page::new(&visit);
    page.say("questionnaires-words");
    if visit.may(Action::AuthorQuestionnaire, &Resource::region()) {
        let new = Button::link(visit.text("builder-new"), visit.link("/questionnaires/build"));
        let text =
            Button::link(visit.text("questionnaire-write"), visit.link("/questionnaires/write"));
        let text = text.secondary();
        page.push(format!("<div class=\"govuk-button-group\">{new}{text}</div>"));
        own(&visit, &mut page).await?;
    }
    let top = page.finish();
    Ok(listed(&visit, all.values()).answer(|table| {
        let title = visit.text("questionnaires-title");
        visit.page(&title).back("/reports").html(&format!("{top}{table}"))
    })?)
}

/// A questionnaire in the list.
struct Row {
    id: String,
    title: String,
    mechanisms: Vec<String>,
    cycle: Cycle,
    version: usize,
    questions: usize,
}

fn listed<'v>(visit: &'v Visit, all: impl Iterator<Item = &'v Questionnaire>) -> List<'v, Row> {
    let rows: Vec<Row> = all
        .map(|one| Row {
            id: one.id.clone(),
            title: one.title.say(visit.language.code()).0.to_owned(),
            mechanisms: one.mechanisms.clone(),
            cycle: one.cycle,
            version: one.version as usize,
            questions: one.questions().count(),
        })
        .collect();
    let mut mechanisms: Vec<(String, String)> =
        rows.iter().flat_map(|row| &row.mechanisms).map(|id| (id.clone(), id.clone())).collect();
    mechanisms.sort();
    mechanisms.dedup();
    let cycles = Cycle::ALL
        .iter()
        .map(|one| (one.code().to_owned(), visit.text(&format!("cycle-{one}"))))
        .collect();
    let (a, b) = (visit.clone(), visit.clone());
    List::new(visit, "questionnaires", &visit.text("questionnaires-title"), rows)
        .column(
            "title",
            "report-questionnaire",
            |row| row.title.clone(),
            move |row| link(&a, &format!("/questionnaires/{}", row.id), &row.title),
        )
        .text("mechanism", "report-mechanism", |row| row.mechanisms.join(", "))
        .text("cycle", "questionnaire-cycle", move |row| b.text(&format!("cycle-{}", row.cycle)))
        .count("version", "questionnaire-version", |row| Some(row.version))
        .count("questions", "report-questions", |row| Some(row.questions))
        .filter("mechanism", "report-mechanism", mechanisms, |row, wanted| {
            row.mechanisms.iter().any(|id| id == wanted)
        })
        .filter("cycle", "questionnaire-cycle", cycles, |row, wanted| row.cycle.code() == wanted)
}

/// What one's own organisation wrote so far, each to go on with.
async fn own(visit: &Visit, page: &mut Page<'_>) -> Result<(), Failure> {
    let drafts = report::own_drafts(&visit.acting()).await?;
    let rows = drafts
        .iter()
        .map(|one| {
            let draft = &one.record.entry;
            let id = one.record.id;
            let path = match draft.status {
                DraftStatus::Draft => super::builder::outline_of(&id.to_string()),
                _ => format!("/questionnaires/write?draft={id}"),
            };
            vec![
                link(visit, &path, draft.name.as_str()),
                visit.whole(draft.version as usize).into(),
                visit.text(&format!("draft-{}", draft.status)).into(),
                next(visit, one),
            ]
        })
        .collect();
    let heads = ["report-questionnaire", "questionnaire-version", "report-status", "report-next"];
    page.table("own", "questionnaires-own", &heads, rows);
    Ok(())
}

/// A draft as a State will see it, and its words in other languages.
fn next(visit: &Visit, one: &KeptDraft) -> Content {
    let (id, draft) = (one.record.id, &one.record.entry);
    if draft.status != DraftStatus::Draft {
        return Content::default();
    }
    let path = format!("/questionnaires/write?draft={id}");
    let text = link(visit, &path, visit.text("builder-as-text"));
    let Ok(all) = report::check(draft) else { return text };
    let path = format!("/questionnaires/{}/preview?draft={id}", all.id);
    let preview = link(visit, &path, visit.text("questionnaire-preview"));
    let words = super::questionnaire_life::languages(visit, &all, &id.to_string());
    Content::Html(format!("{preview}<br>{words}<br>{text}"))
}

async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let all = report::questionnaire(visit.web.app(), &id).await.map_err(Refused::from)?;
    let language = visit.language.code();
    let mut page = Page::new(&visit);
    page.small(format!("{}: {}", visit.text("questionnaire-source"), all.source));
    super::questionnaire_life::doors(&visit, &all, &mut page).await?;
    if all.translated(language) < 1.0 {
        page.small(visit.text("report-partly-translated"));
    }
    if all.machine_translated.contains(language) {
        page.small(visit.text("questionnaire-machine"));
    }
    for section in &all.sections {
        let title = format!("{}. {}", section.code, section.title.say(language).0);
        page.push(super::notice_heading(title));
        page.push(super::common::guidance(&visit, section));
        let rows = section
            .questions
            .iter()
            .map(|one| {
                let (text, translated) = one.text.say(language);
                let mut what = told(&visit, text, translated).to_string();
                if let Some(when) = &one.when {
                    let values = [("question", when.question.as_str().into())];
                    let words = Content::from(visit.format("questionnaire-when", &values));
                    what.push_str(&format!(" <span class=\"p-small p-muted\">{words}</span>"));
                }
                let maps: Vec<String> = one
                    .maps
                    .iter()
                    .map(|map| {
                        let kind = visit.text(&format!("map-{}", map.kind));
                        format!("{} {} ({kind})", map.questionnaire, map.code)
                    })
                    .collect();
                vec![
                    Content::Html(format!("<bdi>{}</bdi>", Content::from(&one.code))),
                    Content::Html(what),
                    visit.text(&format!("kind-{}", one.kind)).into(),
                    one.provisions.join(", ").into(),
                    maps.join("; ").into(),
                ]
            })
            .collect();
        let heads = [
            "questionnaire-code",
            "report-question",
            "questionnaire-kind",
            "questionnaire-provisions",
            "questionnaire-elsewhere",
        ];
        page.table_called(
            &format!("q-{}", section.code),
            section.title.say(language).0,
            &heads,
            rows,
        );
    }
    let title = all.title.say(language).0.to_owned();
    let html = page.finish();
    Ok(visit.page(&title).back("/questionnaires").html(&html))
}

/// What stands in the form: the text, what it is for, and the draft it goes on with.
#[derive(Default)]
struct Typed {
    text: String,
    status: String,
    draft: String,
    revision: String,
    /// The questionnaire it is the next version of.
    from: String,
}

fn form_page(visit: &Visit, typed: &Typed, problems: &Problems) -> Response {
    let statuses = [DraftStatus::Draft, DraftStatus::InUse]
        .iter()
        .map(|one| (one.code().to_owned(), visit.text(&format!("draft-{one}"))))
        .collect();
    // The same draft, question by question.
    let outline = if typed.draft.is_empty() || typed.status != DraftStatus::Draft.code() {
        String::new()
    } else {
        let path = super::builder::outline_of(&typed.draft);
        let words = link(visit, &path, visit.text("builder-outline-title"));
        format!("<p class=\"govuk-body\">{words}</p>")
    };
    FormPage::new(visit, "/questionnaires/write", problems)
        .part(outline)
        .words("questionnaire-write-words")
        .part(Details::new(
            visit.text("questionnaire-example"),
            Content::Html(format!("<pre dir=\"ltr\">{}</pre>", Content::from(EXAMPLE))),
        ))
        .hidden("draft", &typed.draft)
        .hidden("revision", &typed.revision)
        .hidden("from", &typed.from)
        .lines("text", "questionnaire-text", "questionnaire-text-hint", &typed.text)
        .radios("status", "report-status", statuses, &typed.status)
        .button("form-save")
        .page("questionnaire-write", "/questionnaires")
}

/// What a new questionnaire begins with.
const EXAMPLE: &str = "id = \"my-check\"
version = 1
mechanisms = []
cycle = \"living\"
source = \"decision of the Senior Officials\"

[title]
en = \"My checklist\"

[[section]]
code = \"1\"
[section.title]
en = \"Law\"

[[section.question]]
code = \"1.1\"
kind = \"answer\"
text = \"Is trafficking an offence?\"
evidence = \"required\"
maps = [\"palermo-check:2 same\"]
";

/// The draft of this id, if it is one's own.
pub(super) async fn kept(visit: &Visit, id: &str) -> Result<KeptDraft, Failure> {
    let id: QuestionnaireDraftId = parse_id(id)?;
    let all = report::own_drafts(&visit.acting()).await?;
    let found = all.into_iter().find(|one| one.record.id == id);
    Ok(found.ok_or(Refused::NotFound)?)
}

async fn ask(visit: Visit) -> Answer {
    let (draft, from) = (visit.query("draft"), visit.query("from"));
    if !from.is_empty() {
        let text = report::next_version(&visit.acting(), &from).await?;
        let status = DraftStatus::Draft.code().to_owned();
        let typed = Typed { text, status, from, ..Typed::default() };
        return Ok(form_page(&visit, &typed, &Problems::default()));
    }
    if draft.is_empty() {
        let status = DraftStatus::Draft.code().to_owned();
        let typed = Typed { text: EXAMPLE.to_owned(), status, ..Typed::default() };
        return Ok(form_page(&visit, &typed, &Problems::default()));
    }
    let found = kept(&visit, &draft).await?;
    let typed = Typed {
        text: found.record.entry.text.clone(),
        status: found.record.entry.status.code().to_owned(),
        draft,
        revision: found.revision.0.to_string(),
        from: String::new(),
    };
    Ok(form_page(&visit, &typed, &Problems::default()))
}

async fn save(Sent { visit, form }: Sent) -> Answer {
    let text = |name: &str| form.text(name).to_owned();
    let mut typed = Typed {
        text: text("text"),
        status: text("status"),
        draft: text("draft"),
        revision: text("revision"),
        from: text("from"),
    };
    let mut draft = QuestionnaireDraft {
        name: String::from("draft"),
        version: 1,
        status: typed.status.parse().unwrap_or(DraftStatus::Draft),
        text: typed.text.replace("\r\n", "\n"),
        translations: BTreeMap::new(),
        retired: None,
    };
    let mut seen = None;
    if !typed.draft.is_empty() {
        let found = kept(&visit, &typed.draft).await?;
        draft.translations.clone_from(&found.record.entry.translations);
        seen = Some((found.record.id, parse_revision(&typed.revision)?));
    }
    let acting = visit.acting_once(&form);
    if seen.is_none() && !typed.from.is_empty() {
        report::with_words_of(&acting, &typed.from, &mut draft).await?;
    }
    match report::save_draft(&acting, &draft, seen).await {
        Ok(_) => Ok(done(&visit, "/questionnaires", "questionnaire-saved")),
        Err(Refused::Invalid(problems)) => Ok(form_page(&visit, &typed, &problems)),
        Err(Refused::Conflict) => {
            // Nothing typed is lost; saving once more keeps it.
            typed.revision = kept(&visit, &typed.draft).await?.revision.0.to_string();
            let mut problems = Problems::default();
            problems.add("text", palermo_app::Message::new("questionnaire-conflict"));
            Ok(form_page(&visit, &typed, &problems))
        }
        Err(other) => Err(Failure(other)),
    }
}
