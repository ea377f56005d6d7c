//! The page of one case: who it is about as far as the reader may know, what matters
//! now and what comes next, a quick note, then the sections, folded, and at their end
//! the history as a story.

use super::{
    Answer, next, purpose,
    sections::{self, Section},
};
use crate::{
    components::{Button, Content, Details, Event, InsetText, SummaryList, Tag, Timeline},
    shell::{
        failure::Failure,
        forms::{FormPage, one_button},
        paper,
        visit::Visit,
    },
};
use axum::extract::Path;
use palermo_app::{
    Problems,
    access::{Action, Resource},
    case::{
        self, CaseFile, Opened, guardian_word,
        note::{self, Told},
        note_draft,
        open::{language_name, may_write},
        words::{self, Field},
    },
    desk::parse_id,
    document::Format,
    domain::{
        case::{Phase, person::AgeGroup, status::VictimStatus, team::TeamPart},
        compartment::Compartment,
        id::{AccountId, CaseId},
        register::day::Day,
    },
    locale::{Arg, Language},
};
use std::{collections::BTreeMap, fmt::Write as _};

/// Most events on the page.
const EVENTS: u64 = 200;

/// So much of the latest note stands on top of the page, in characters.
const LATEST: usize = 400;

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let acting = visit.acting();
    let signed = visit.signed.as_deref();
    let opened = case::look(&acting, signed, id, purpose(&visit)).await?;
    let file = &opened.file;
    let writes = may_write(&acting, file);
    let mut html = super::withdrawals::warning(&visit, &opened).await?;
    html.push_str(&head(&visit, &opened).await?);
    let mut all = sections::load(&visit, &opened).await?;
    all.ends_with(&visit, story(&visit, &opened).await?);
    html.push_str(&all.alerts);
    html.push_str(&super::alike::hint(&visit, &opened).await?);
    html.push_str(&crate::pages::hotline::origin(&visit, &opened).await?);
    html.push_str(&all.matters(&visit));
    let notes = writes && opened.vault_for(Compartment::Care).is_some();
    if writes && file.case.record.phase != Phase::Closed {
        html.push_str(&next::acts(&visit, file, all.referred, notes));
    }
    if notes {
        let draft = note_draft::of(&acting, &opened).await?;
        html.push_str(&quick_note(&visit, file, draft.as_deref()));
    }
    html.push_str(&all.folded(&visit));
    html.push_str(&on_paper(&visit, file));
    if writes {
        html.push_str(&actions(&visit, file));
    }
    // The number in the title, never a name: titles stay in histories (E13).
    let title = visit.format("case-title", &[("number", file.case.record.number().into())]);
    Ok(visit.page(&title).back("/cases").html(&html))
}

/// The colour of a status, and its word.
pub(super) fn status_tag(visit: &Visit, status: VictimStatus) -> Tag {
    let colour = match status {
        VictimStatus::Identified => "green",
        VictimStatus::Presumed | VictimStatus::UnderAssessment | VictimStatus::Reopened => "blue",
        VictimStatus::OtherProtection => "purple",
        _ => "grey",
    };
    Tag::coloured(visit.text(&format!("case-status-{}", status.code())), colour)
}

async fn head(visit: &Visit, opened: &Opened) -> Result<String, Failure> {
    let file = &opened.file;
    let case = &file.case.record;
    let mut tags = status_tag(visit, case.status).to_string();
    if file.person.record.age.has_the_rights_of_a_child() {
        let id = match file.person.record.age {
            AgeGroup::Unsure => "case-tag-age-unsure",
            _ => "case-tag-child",
        };
        let _ = write!(tags, " {}", Tag::coloured(visit.text(id), "yellow"));
    }
    if case.sealed {
        let _ = write!(tags, " {}", Tag::coloured(visit.text("case-tag-sealed"), "red"));
    }
    if case.phase == Phase::Closed {
        let _ = write!(tags, " {}", Tag::coloured(visit.text("case-tag-closed"), "grey"));
    }
    let mut html = format!("<p class=\"govuk-body\">{tags}</p>");
    html.push_str(&super::flags::top(visit, opened).await?);
    html.push_str(&glass(visit, file).await?);
    if opened.vault.is_none() {
        let _ = write!(
            html,
            "<p class=\"govuk-body\">{} {}</p>",
            Content::from(visit.text("case-key-closed")),
            Button::link(visit.text("failure-open-key"), visit.link("/account/unlock"))
                .small()
                .secondary(),
        );
    }
    let purpose = visit.text(&format!("purpose-{}", file.purpose.code()));
    let why = visit.format("case-you-look-for", &[("purpose", purpose.into())]);
    let others = case::purposes(&visit.acting(), file)
        .into_iter()
        .filter(|one| *one != file.purpose)
        .map(|one| {
            let href = visit.link(&format!("/cases/{}?for={}", case.id, one.code()));
            let word = Content::from(visit.text(&format!("purpose-{}", one.code())));
            format!("<li><a class=\"govuk-link\" href=\"{href}\">{word}</a></li>")
        })
        .collect::<String>();
    let _ = write!(
        html,
        "{}",
        Details::new(why, Content::Html(format!("<ul class=\"govuk-list\">{others}</ul>")))
    );
    Ok(html)
}

/// Until when the glass is broken for this person, and the way to end it now.
async fn glass(visit: &Visit, file: &CaseFile) -> Result<String, Failure> {
    let mut html = String::new();
    for one in palermo_app::break_glass::mine(&visit.acting()).await? {
        if one.record.person != file.person.record.id {
            continue;
        }
        let until = visit.moment(one.record.ends_at);
        let text = visit.format("break-glass-until", &[("moment", until.into())]);
        let id = one.record.id.to_string();
        let fields = [("id", id.as_str())];
        let end = one_button(visit, "/break-glass/end", "break-glass-end", &fields, false);
        let _ = write!(html, "{}{end}", InsetText::new(text));
    }
    Ok(html)
}

/// The form of a note, with what was typed before a connection broke.
fn quick_note(visit: &Visit, file: &CaseFile, draft: Option<&str>) -> String {
    let told = draft.map(|_| InsetText::new(visit.text("case-note-draft")).to_string());
    FormPage::new(visit, &format!("/cases/{}/note", file.id()), &Problems::default())
        .hidden("for", file.purpose.code())
        .hidden("drafted", "yes")
        .part(told.unwrap_or_default())
        .lines("text", "case-note", "case-note-hint", draft.unwrap_or_default())
        .drafts(true)
        .part(Details::new(
            visit.text("case-note-when"),
            Content::Html(super::note::when(visit, &Default::default(), "").to_string()),
        ))
        .button("case-note-save")
        .part(paper::link(visit, &format!("/cases/{}/note", file.id())))
        .html()
}

/// What to call them, what they wish, what happened.
pub(super) async fn words(visit: &Visit, opened: &Opened) -> Result<Option<Section>, Failure> {
    let texts = words::read(opened).await?;
    if texts.is_empty() {
        return Ok(None);
    }
    let mut list = SummaryList::new();
    for seen in &texts {
        let text = if seen.text.is_empty() {
            Content::from(visit.text("case-nothing-yet"))
        } else {
            Content::Html(paragraphs(&seen.text))
        };
        list = list.row(visit.text(&format!("case-field-{}", seen.field.code())), text);
    }
    let mut html = list.to_string();
    if may_write(&visit.acting(), &opened.file) {
        let href = visit.link(&format!("/cases/{}/words", opened.file.id()));
        let _ = write!(html, "{}", Button::link(visit.text("case-words-edit"), href).secondary());
    }
    let name = texts.iter().find(|seen| seen.field == Field::Name && !seen.text.trim().is_empty());
    let now = name.map(|seen| (visit.text("case-field-name"), in_their_direction(&seen.text)));
    let (title, now) = (visit.text("case-section-words"), now.into_iter().collect());
    Ok(Some(Section { id: "words", title, html, now, ..Section::default() }))
}

/// A word or a few of another language, which do not turn the line round.
fn in_their_direction(words: &str) -> Content {
    Content::Html(format!("<bdi>{}</bdi>", Content::from(words)))
}

/// Someone's words with their line breaks, in the direction they were written.
pub(super) fn paragraphs(text: &str) -> String {
    let mut html = String::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let _ = write!(html, "<p class=\"govuk-body\" dir=\"auto\">{}</p>", Content::from(line));
    }
    html
}

/// Age, language, when met.
pub(super) async fn particulars(
    visit: &Visit,
    opened: &Opened,
) -> Result<Option<Section>, Failure> {
    let (case, person) = (&opened.file.case.record, &opened.file.person.record);
    let acting = visit.acting();
    let language = in_their_direction(&language_name(&acting, &person.language));
    let mut now = vec![(visit.text("field-language"), language.clone())];
    let mut list = SummaryList::new()
        .row(visit.text("case-age"), visit.text(&format!("case-age-{}", person.age.code())))
        .row(visit.text("field-language"), language);
    if !person.communication.is_empty() {
        let needs: Vec<_> = person
            .communication
            .iter()
            .map(|need| visit.text(&format!("case-communication-{}", need.code())))
            .collect();
        now.push((visit.text("case-communication"), needs.join(", ").into()));
        list = list.row(visit.text("case-communication"), needs.join(", "));
    }
    if !case.urgent.is_empty() {
        let needs: Vec<_> = case
            .urgent
            .iter()
            .map(|need| visit.text(&format!("case-urgent-{}", need.code())))
            .collect();
        now.push((visit.text("case-urgent"), needs.join(", ").into()));
        list = list.row(visit.text("case-urgent"), needs.join(", "));
    }
    list = list
        .row(visit.text("case-met-at"), visit.moment(case.happened_at))
        .row(visit.text("case-recorded-at"), visit.moment(case.recorded_at));
    if let Some(incident) = case.incident {
        let href = visit.link(&format!("/incidents/{incident}"));
        let word = Content::from(visit.text("case-incident-others"));
        list = list.row(
            visit.text("case-incident"),
            Content::Html(format!("<a class=\"govuk-link\" href=\"{href}\">{word}</a>")),
        );
    }
    let mut html = list.to_string();
    if may_write(&acting, &opened.file) {
        let href = visit.link(&format!("/cases/{}/person", case.id));
        let _ = write!(html, "{}", Button::link(visit.text("case-person-edit"), href).secondary());
        let href = visit.link(&format!("/cases/{}/incident", case.id));
        let join = Button::link(visit.text("case-incident-join"), href).secondary();
        let _ = write!(html, " {join}");
    }
    let title = visit.text("case-section-person");
    let child = person.age.has_the_rights_of_a_child();
    let alert =
        if child { super::age::waits(visit, opened, person.id).await? } else { String::new() };
    Ok(Some(Section { id: "person", title, html, now, alert, ..Section::default() }))
}

/// Who is on the team.
pub(super) async fn team(visit: &Visit, opened: &Opened) -> Result<Option<Section>, Failure> {
    let acting = visit.acting();
    let now = acting.now();
    let on_team: Vec<_> = opened.file.team_at(now).cloned().collect();
    let names =
        case::staff_names(&acting, on_team.iter().map(|member| member.account).collect()).await?;
    let (mut list, mut now) = (SummaryList::new(), Vec::new());
    for member in &on_team {
        let name = names.get(&member.account).cloned().unwrap_or_default();
        let part = visit.text(&format!("case-part-{}", member.part.code()));
        if member.part == TeamPart::Lead {
            now.push((part.clone(), in_their_direction(&name)));
        }
        list = list.row(in_their_direction(&name), part);
    }
    let (id, why) = (opened.file.id(), opened.file.purpose.code());
    let links = [("case-team-edit", "team", Action::ManageTeam)]
        .into_iter()
        .filter(|(_, _, action)| case::may(&acting, &opened.file, *action))
        .chain([("case-who-looked", "looked", Action::ReadCase)])
        .map(|(word, path, _)| {
            let href = visit.link(&format!("/cases/{id}/{path}?for={why}"));
            Button::link(visit.text(word), href).secondary().to_string()
        })
        .collect::<String>();
    let html = format!("{list}<div class=\"govuk-button-group\">{links}</div>");
    let (title, count) = (visit.text("case-section-team"), Some(on_team.len()));
    Ok(Some(Section { id: "team", title, html, count, now, ..Section::default() }))
}

/// What happened, the latest first.
async fn story(visit: &Visit, opened: &Opened) -> Result<Section, Failure> {
    let told = note::history(opened, EVENTS).await?;
    let acting = visit.acting();
    let mut accounts: Vec<AccountId> = told.iter().filter_map(|one| one.event.by).collect();
    for one in &told {
        let named = ["staff", "from_staff"].into_iter().filter_map(|f| one.event.facts.get(f));
        accounts.extend(named.filter_map(|id| id.parse::<AccountId>().ok()));
    }
    let names = case::staff_names(&acting, accounts).await?;
    // A child's care is not told to whoever only gives one service (R128).
    let sees_care = palermo_app::care::may_see(&acting, &opened.file);
    let noted = told.iter().find(|one| one.event.kind == "note");
    let now = noted.map(|one| (visit.text("case-now-note"), latest(visit, one, &names)));
    let events = told.iter().map(|one| event(visit, one, &names, sees_care));
    Ok(Section {
        id: "history",
        title: visit.text("case-section-history"),
        html: Timeline::new(3, events).to_string(),
        // Of a longer history the page shows the latest, which is no count of it.
        count: (told.len() < EVENTS as usize).then_some(told.len()),
        now: now.into_iter().collect(),
        ..Section::default()
    })
}

/// The latest note as it begins, with when and by whom.
fn latest(visit: &Visit, told: &Told, names: &BTreeMap<AccountId, String>) -> Content {
    let at = Content::from(visit.moment(told.event.happened_at));
    let by = told.event.by.and_then(|account| names.get(&account)).cloned().unwrap_or_default();
    let mut html = match &told.text {
        Some(text) if text.chars().count() > LATEST => {
            let begins: String = text.chars().take(LATEST).chain(['…']).collect();
            let all = Content::from(visit.text("case-now-all"));
            let link = format!("<a class=\"govuk-link\" href=\"#history\">{all}</a>");
            format!("{}<p class=\"govuk-body\">{link}</p>", paragraphs(&begins))
        }
        Some(text) => paragraphs(text),
        None => {
            let closed = Content::from(visit.text("case-text-closed"));
            format!("<p class=\"govuk-hint\">{closed}</p>")
        }
    };
    let _ = write!(html, "<p class=\"govuk-hint\">{at} · {}</p>", in_their_direction(&by));
    Content::Html(html)
}

fn event(
    visit: &Visit,
    told: &Told,
    names: &BTreeMap<AccountId, String>,
    sees_care: bool,
) -> Event {
    let event = &told.event;
    let facts: Vec<(String, String)> = event
        .facts
        .iter()
        .map(|(name, value)| {
            // What a field changed from and to is said in the words of that field.
            let field = match &*event.kind {
                "status-changed" => Some("status"),
                _ => event.facts.get("field").map(String::as_str),
            };
            let family = field.filter(|_| matches!(&**name, "from" | "to")).unwrap_or(name);
            (name.replace('_', "-"), fact(visit, family, value, names))
        })
        .collect();
    let mut values: Vec<(&str, Arg<'_>)> =
        facts.iter().map(|(name, value)| (name.as_str(), value.as_str().into())).collect();
    // What a change came from is not always told, what was emptied went to nothing, and
    // what was said about keeping goes with the person, as flags do; the message may still
    // ask for it.
    for asked in ["from", "to", "keeping-wish", "keeping-reason", "flag"] {
        if !event.facts.contains_key(asked) {
            values.push((asked, "–".into()));
        }
    }
    // More time has an end; what else is asked about keeping has none.
    let title = match (&*event.kind, event.facts.contains_key("until")) {
        ("keeping-said", true) => "case-event-keeping-said-until".to_owned(),
        (kind, _) => format!("case-event-{kind}"),
    };
    let by = event.by.and_then(|account| names.get(&account).cloned());
    let by = by.unwrap_or_else(|| visit.text("case-by-palermo"));
    let mut body = String::new();
    if sees_care && event.kind == "care-changed" {
        body.push_str(&crate::pages::care::changed(visit, event));
    }
    // What a guardian says of a child is for those who carry the care (R128).
    let open = sees_care || !guardian_word::is_theirs(event);
    if let Some(text) = told.text.as_ref().filter(|_| open) {
        body.push_str(&paragraphs(text));
    } else if event.has_text && open {
        let closed = Content::from(visit.text("case-text-closed"));
        let _ = write!(body, "<p class=\"govuk-hint\">{closed}</p>");
    }
    if let (Some(before), after) = (&told.before, &told.after) {
        let was = Details::new(visit.text("case-words-before"), Content::Html(paragraphs(before)));
        let _ = write!(body, "{was}{}", paragraphs(after.as_deref().unwrap_or_default()));
    } else if let Some(after) = &told.after {
        body.push_str(&paragraphs(after));
    }
    let late = event.recorded_at.since(event.happened_at).as_secs() > 3600;
    let line = if late {
        let at = visit.moment(event.recorded_at);
        visit.format("case-by-later", &[("name", by.into()), ("at", at.into())])
    } else {
        visit.format("case-by", &[("name", by.into())])
    };
    let _ = write!(body, "<p class=\"govuk-hint\">{}</p>", Content::from(line));
    Event {
        date: visit.moment(event.happened_at).into(),
        datetime: event.happened_at.to_string(),
        title: visit.format(&title, &values).into(),
        body: Content::Html(body),
        future: false,
    }
}

/// A fact as it is shown: staff by name, codes by their word, the rest as it is.
fn fact(visit: &Visit, name: &str, value: &str, names: &BTreeMap<AccountId, String>) -> String {
    if name.ends_with("staff") {
        let account = value.parse::<AccountId>().ok();
        return account.and_then(|id| names.get(&id).cloned()).unwrap_or_default();
    }
    if let ("until", Ok(day)) = (name, value.parse::<Day>()) {
        return visit.date(day.date());
    }
    let catalogue = &visit.web.app().catalogue;
    let plain = format!("{}-{value}", name.replace('_', "-"));
    let known = [format!("case-{plain}"), plain]
        .into_iter()
        .find(|id| is_message_id(id) && catalogue.has(Language::En, id));
    known.map_or_else(|| value.to_owned(), |id| visit.text(&id))
}

fn is_message_id(id: &str) -> bool {
    id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

fn actions(visit: &Visit, file: &CaseFile) -> String {
    let id = file.id();
    if file.case.record.phase == Phase::Closed {
        let again = one_button(
            visit,
            &format!("/cases/{id}/again"),
            "case-open-again",
            &[("for", file.purpose.code())],
            false,
        );
        let reopen = one_button(
            visit,
            &format!("/cases/{id}/reopen"),
            "case-reopen",
            &[("for", file.purpose.code())],
            false,
        );
        return format!("{reopen}{again}{}", erase_link(visit, file));
    }
    let close = Button::link(visit.text("case-close"), visit.link(&format!("/cases/{id}/close")));
    close.secondary().to_string() + &erase_link(visit, file)
}

/// The summary to take to a meeting, in every form this program makes.
fn on_paper(visit: &Visit, file: &CaseFile) -> String {
    if !case::may(&visit.acting(), file, Action::PrintCase) {
        return String::new();
    }
    let (id, why) = (file.id(), file.purpose.code());
    let app = visit.web.app();
    let links: String = [Format::Html, Format::Docx, Format::Pdf]
        .into_iter()
        .filter(|format| app.can_make(*format))
        .map(|format| {
            let code = format.code();
            let href = visit.link(&format!("/cases/{id}/summary.{code}?for={why}"));
            let word = format!("{} ({})", visit.text("case-print"), code.to_uppercase());
            Button::link(word, href).small().secondary().to_string()
        })
        .collect();
    format!("<div class=\"govuk-button-group\">{links}</div>")
}

/// Erasing is asked for from here, by those who may.
fn erase_link(visit: &Visit, file: &CaseFile) -> String {
    if !visit.may(Action::ErasePerson, &Resource::of(file.case.record.tenant)) {
        return String::new();
    }
    let path = format!("/cases/{}/erase?for={}", file.id(), file.purpose.code());
    format!(
        "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"{}\">{}</a></p>",
        visit.link(&path),
        Content::from(visit.text("case-erase"))
    )
}

/// The texts the reader may edit.
pub(super) const EDITABLE: [Field; 3] = Field::ALL;
