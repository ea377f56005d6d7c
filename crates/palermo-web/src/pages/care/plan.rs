//! The care page of a case, and its few lines on the case page.

use super::{Answer, label, returns, said};
use crate::{
    components::{Button, Content, Details, InsetText, SummaryList, Tag, WarningText},
    pages::case::{purpose, sections::Section},
    shell::{failure::Failure, forms::one_button, visit::Visit},
};
use axum::extract::Path;
use palermo_app::{
    access::Action,
    care::{self, CarePage, Shown, own},
    case::{Opened, may},
    desk::parse_id,
    domain::{
        care::{Body, CareKind, Notice, Standing, recovery::Counter},
        id::CaseId,
        purpose::Purpose,
    },
};
use std::fmt::Write as _;

/// The section of the case page: what should be noticed, the counter, the way in.
pub(crate) async fn section(visit: &Visit, opened: &Opened) -> Result<Option<Section>, Failure> {
    let acting = visit.acting();
    let Some(glance) = care::glance(&acting, opened).await? else { return Ok(None) };
    let id = opened.file.id();
    let (mut alert, mut html) = (alerts(visit, &glance.notices), quiet(visit, &glance.notices));
    let alone = glance.notices.contains(&Notice::NoGuardian);
    if alone && may(&acting, &opened.file, Action::WriteCare) {
        let (kind, why) = (CareKind::Guardian.code(), opened.file.purpose.code());
        let href = visit.link(&format!("/cases/{id}/care/new/{kind}?for={why}"));
        let words = [visit.text("care-add"), visit.text("care-kind-guardian")].join(": ");
        let _ = write!(alert, "{}", Button::link(words, href).small());
    }
    let open = !html.is_empty();
    if let Some(counter) = glance.counter {
        html.push_str(&counted(visit, counter));
    }
    let count = visit.format("care-count", &[("shown", visit.whole(glance.count).into())]);
    let _ = write!(html, "<p class=\"govuk-body\">{}</p>", Content::from(count));
    let href = visit.link(&format!("/cases/{id}/care"));
    let _ = write!(html, "{}", Button::link(visit.text("care-open"), href).secondary());
    if own::may_prepare(&acting, &opened.file) {
        let href = visit.link(&format!("/cases/{id}/own-view"));
        let _ = write!(html, " {}", Button::link(visit.text("own-prepare"), href).secondary());
    }
    let (title, count) = (visit.text("care-section"), Some(glance.count));
    Ok(Some(Section { id: "care", title, html, count, open, alert, ..Section::default() }))
}

fn noticed(visit: &Visit, notices: &[Notice]) -> String {
    alerts(visit, notices) + &quiet(visit, notices)
}

/// What someone should act on today.
fn alerts(visit: &Visit, notices: &[Notice]) -> String {
    let mut html = String::new();
    let words = visit.words();
    for notice in notices.iter().filter(|notice| notice.is_alert()) {
        let _ = write!(html, "{}", WarningText::new(say(visit, *notice), &words));
    }
    html
}

/// What else should be noticed.
fn quiet(visit: &Visit, notices: &[Notice]) -> String {
    let quiet: String = notices
        .iter()
        .filter(|notice| !notice.is_alert())
        .map(|notice| format!("<li>{}</li>", Content::from(say(visit, *notice))))
        .collect();
    if quiet.is_empty() {
        return quiet;
    }
    let list = format!("<ul class=\"govuk-list govuk-list--bullet\">{quiet}</ul>");
    InsetText::new(Content::Html(list)).to_string()
}

fn say(visit: &Visit, notice: Notice) -> String {
    match notice {
        Notice::RightsIncident { rule } => {
            visit.format(notice.message(), &[("rule", u32::from(rule).into())])
        }
        _ => visit.text(notice.message()),
    }
}

fn counted(visit: &Visit, counter: Counter) -> String {
    let number = |number: u32| visit.whole(number as usize);
    let text = visit.format(
        "care-counter",
        &[
            ("day", number(counter.day).into()),
            ("of", number(counter.of).into()),
            ("left", number(counter.left).into()),
        ],
    );
    format!(
        "<p class=\"govuk-body\"><strong>{}</strong><br>{}</p>",
        Content::from(text),
        Content::from(visit.text("care-counter-means"))
    )
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let acting = visit.acting();
    let why = purpose(&visit);
    let page = care::plan(&acting, visit.signed.as_deref(), id, why).await?;
    let child = page.file.person.record.age.has_the_rights_of_a_child();
    let mut html = noticed(&visit, &page.notices);
    html.push_str(&broken_rule(&visit, id, why).await?);
    if let Some(counter) = page.counter {
        html.push_str(&counted(&visit, counter));
    }
    if page.vault.is_none() {
        let _ = write!(
            html,
            "<p class=\"govuk-body\">{} {}</p>",
            Content::from(visit.text("care-key-closed")),
            Button::link(visit.text("failure-open-key"), visit.link("/account/unlock"))
                .small()
                .secondary()
        );
    }
    html.push_str(&paid(&visit, &page));
    html.push_str(&contents(&visit, child));
    for kind in CareKind::ALL.iter().filter(|kind| child || !kind.for_children_only()) {
        html.push_str(&of_kind(&visit, &page, *kind, why));
    }
    let number = page.file.case.record.number();
    let title = visit.format("care-title", &[("number", number.into())]);
    Ok(visit.page(&title).back(&format!("/cases/{id}")).html(&html))
}

/// Until when each service is paid, by whom, and what would happen then (R241);
/// amber within ninety days.
fn paid(visit: &Visit, page: &CarePage) -> String {
    if page.funding.is_empty() {
        return String::new();
    }
    let word = |list: &str, code: &str| visit.text(&format!("care-code-{list}-{code}"));
    let mut list = SummaryList::new();
    for one in &page.funding {
        let mut body = String::new();
        if !one.funder.is_empty() {
            let _ = write!(body, "<bdi>{}</bdi>, ", Content::from(&one.funder));
        }
        let until = visit.date(one.until.date());
        let until = visit.format("care-paid-until", &[("until", until.into())]);
        let _ = write!(body, "{}", Content::from(until));
        if one.is_near() {
            let (id, colour) = if one.days_left < 0 {
                ("care-paid-over", "red")
            } else {
                ("care-paid-soon", "orange")
            };
            let days = usize::try_from(one.days_left).unwrap_or_default();
            let said = visit.format(id, &[("days", visit.whole(days).into())]);
            let _ = write!(body, " {}", Tag::coloured(said, colour));
        }
        let then: Vec<String> = one.then.iter().map(|code| word("then", code)).collect();
        let then = if then.is_empty() { word("then", "unknown") } else { then.join("; ") };
        let then = visit.format("care-paid-then", &[("then", then.into())]);
        let _ = write!(body, "<br>{}", Content::from(then));
        list = list.row(word("service", &one.service), Content::Html(body));
    }
    let title = Content::from(visit.text("care-paid"));
    format!(
        "<section aria-labelledby=\"paid\"><h2 class=\"govuk-heading-m\" id=\"paid\">{title}</h2>{list}</section>"
    )
}

fn contents(visit: &Visit, child: bool) -> String {
    let links: String = CareKind::ALL
        .iter()
        .filter(|kind| child || !kind.for_children_only())
        .map(|kind| {
            let word = Content::from(visit.text(&format!("care-kind-{}", kind.code())));
            format!("<li><a class=\"govuk-link\" href=\"#{}\">{word}</a></li>", kind.code())
        })
        .collect();
    let label = Content::from(visit.text("care-contents"));
    format!("<nav aria-label=\"{label}\"><ul class=\"govuk-list p-inline-list\">{links}</ul></nav>")
}

fn of_kind(visit: &Visit, page: &CarePage, kind: CareKind, why: Purpose) -> String {
    let title = Content::from(visit.text(&format!("care-kind-{}", kind.code())));
    let id = page.file.id();
    let mut html = format!(
        "<section aria-labelledby=\"{0}\"><h2 class=\"govuk-heading-m\" id=\"{0}\">{title}</h2>",
        kind.code()
    );
    let of_kind: Vec<&Shown> =
        page.records.iter().filter(|one| one.record.record.kind() == kind).collect();
    if kind == CareKind::ReturnChecklist {
        html.push_str(&returns::outcome(visit, page));
    }
    if kind == CareKind::Progress && !of_kind.is_empty() {
        html.push_str(&measured(visit, page));
    }
    let today = visit.acting().now().date().into();
    let over = |one: &&&Shown| one.record.record.standing(today) == Standing::Over;
    for one in of_kind.iter().filter(|one| !over(one)) {
        html.push_str(&card(visit, page, one, why));
    }
    let past: String = of_kind.iter().filter(over).map(|one| card(visit, page, one, why)).collect();
    if !past.is_empty() {
        let count = of_kind.iter().filter(over).count();
        let words = visit.format("care-past", &[("shown", visit.whole(count).into())]);
        let _ = write!(html, "{}", Details::new(words, Content::Html(past)));
    }
    if page.writes {
        let href = visit.link(&format!("/cases/{id}/care/new/{}?for={}", kind.code(), why.code()));
        let words = Content::Html(format!(
            "{}<span class=\"govuk-visually-hidden\">: {title}</span>",
            Content::from(visit.text("care-add"))
        ));
        let _ = write!(html, "{}", Button::link(words, href).small().secondary());
        let paper = visit.link(&format!("/forms/care/{}", kind.code()));
        let words = Content::Html(format!(
            "{}<span class=\"govuk-visually-hidden\">: {title}</span>",
            Content::from(visit.text("care-paper"))
        ));
        let _ = write!(html, " {}", Button::link(words, paper).small().secondary());
    }
    html.push_str("</section>");
    html
}

fn measured(visit: &Visit, page: &CarePage) -> String {
    let measured = &page.measured;
    let (id, colour) = if measured.reintegrated {
        ("care-reintegrated", "green")
    } else {
        ("care-not-yet-reintegrated", "grey")
    };
    let words = |codes: &[String]| {
        let said: Vec<String> =
            codes.iter().map(|code| visit.text(&format!("care-code-criterion-{code}"))).collect();
        if said.is_empty() { visit.text("word-none") } else { said.join("; ") }
    };
    let list = SummaryList::new()
        .row(visit.text("care-code-mark-met"), words(&measured.met))
        .row(visit.text("care-measured-open"), words(&measured.open))
        .row(visit.text("care-measured-unknown"), words(&measured.unknown))
        .row(visit.text("care-code-mark-not_wanted"), words(&measured.not_wanted));
    let list = if measured.earlier.is_empty() {
        list
    } else {
        list.row(visit.text("care-measured-earlier"), words(&measured.earlier))
    };
    let by = visit.format("care-measured-by", &[("version", measured.version.as_str().into())]);
    format!(
        "<p class=\"govuk-body\">{} {}</p>{list}",
        Tag::coloured(visit.text(id), colour),
        Content::from(by)
    )
}

/// What a determination of what is best for a child still lacks.
fn still_missing(visit: &Visit, body: &Body) -> String {
    let Body::BestInterests(weighed) = body else { return String::new() };
    let fields = weighed.lacks();
    if fields.is_empty() {
        return String::new();
    }
    let fields: Vec<String> =
        fields.iter().map(|field| visit.text(&format!("care-field-{field}"))).collect();
    let words = visit.format("care-still-missing", &[("what", fields.join("; ").into())]);
    WarningText::new(words, &visit.words()).to_string()
}

/// A rule that an outside body broke, as care wrote it down, for as long as
/// nobody has seen to it; with the way to record the incident.
async fn broken_rule(visit: &Visit, id: CaseId, why: Purpose) -> Result<String, Failure> {
    let tasks = palermo_app::work::about(&visit.acting(), id).await?;
    let waits = tasks.iter().any(|task| {
        task.record.kind == "task-open-rights-incident" && task.record.done_at.is_none()
    });
    if !waits {
        return Ok(String::new());
    }
    let href = visit.link(&format!("/cases/{id}/rights?for={}", why.code()));
    Ok(format!(
        "{}{}",
        WarningText::new(visit.text("care-rule-broken"), &visit.words()),
        Button::link(visit.text("case-rights-record"), href).small()
    ))
}

fn card(visit: &Visit, page: &CarePage, one: &Shown, why: Purpose) -> String {
    let record = &one.record.record;
    let form = visit.web.app().care.forms.of(record.kind());
    let facts = record.body.facts();
    let mut list = SummaryList::new();
    let standing = record.standing(visit.acting().now().date().into());
    let colour = match standing {
        Standing::Overdue => "red",
        Standing::Due => "yellow",
        Standing::Running => "blue",
        Standing::Planned => "purple",
        Standing::Over => "grey",
    };
    let tag = Tag::coloured(visit.text(&format!("care-standing-{}", standing.code())), colour);
    list = list.row(visit.text("care-standing"), tag);
    for field in form.map(|form| form.fields.as_slice()).unwrap_or_default() {
        let shown = if field.takes.is_sealed() {
            match one.words.get(&field.name) {
                Some(words) => Content::Html(format!(
                    "<p class=\"govuk-body\" dir=\"auto\">{}</p>",
                    Content::from(words)
                )),
                None => continue,
            }
        } else {
            match facts.get(&field.name) {
                None | Some(serde_json::Value::Bool(false)) => continue,
                Some(value) => {
                    let said = said(visit, field, value);
                    if said.is_empty() {
                        continue;
                    }
                    said.into()
                }
            }
        };
        list = list.row(visit.text(&label(field)), shown);
    }
    let mut html = list.to_string();
    html.push_str(&still_missing(visit, &record.body));
    let (case, id) = (page.file.id(), record.id);
    if page.writes {
        let href = visit.link(&format!("/cases/{case}/care/{id}/edit?for={}", why.code()));
        let _ =
            write!(html, "{}", Button::link(visit.text("form-change"), href).small().secondary());
        if let Body::Guardian(guardian) = &record.body
            && guardian.gone_on().is_none()
        {
            let address = format!("/cases/{case}/care/{id}/suspend");
            let fields = [("for", why.code())];
            html.push_str(&one_button(visit, &address, "care-suspend", &fields, true));
        }
    }
    html
}
