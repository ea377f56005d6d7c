//! Sharing protocols with what goes under them.

use super::{drawn, heading, id, link, list as bullets, paragraph, sheet_file};
use crate::{
    components::{Button, Content, SummaryList, Tag, WarningText},
    pages::Answer,
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done},
        listing::List,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::extract::Path;
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    domain::{
        id::{DatasetId, ProtocolId},
        knowledge::sharing::Standing,
        register::day::Day,
    },
    knowledge::{
        datasets,
        explore::View,
        protocols::{self, Listed, ProtocolForm},
    },
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/protocols", Action::UseProtocol, list)
        .page("/protocols/new", Action::ManageProtocols, ask_new)
        .form("/protocols/new", Action::ManageProtocols, create)
        .page("/protocols/{id}", Action::UseProtocol, show)
        .form("/protocols/{id}", Action::ManageProtocols, change)
        .page("/protocols/{id}/figures", Action::UseProtocol, figures)
}

fn today(visit: &Visit) -> Day {
    visit.acting().now().date().into()
}

/// The three boxes of a date.
pub(in crate::pages) fn parts(form: &Form, name: &str) -> [String; 3] {
    ["day", "month", "year"].map(|part| form.text(&format!("{name}-{part}")).to_owned())
}

fn standing(visit: &Visit, standing: Standing) -> Tag {
    let colour = match standing {
        Standing::InForce => "green",
        Standing::Future => "blue",
        Standing::Expired => "red",
        Standing::Ended => "grey",
    };
    Tag::coloured(visit.text(&format!("protocol-{}", standing.code())), colour)
}

async fn list(visit: Visit) -> Answer {
    let rows = protocols::list(&visit.acting()).await?;
    let on = today(&visit);
    let (a, b, c) = (visit.clone(), visit.clone(), visit.clone());
    let list = List::new(&visit, "protocols", &visit.text("protocols-title"), rows)
        .column(
            "title",
            "release-title",
            |one| one.entry.title.clone(),
            move |one| link(&a, &format!("/protocols/{}", one.id), one.entry.title.as_str()),
        )
        .column(
            "status",
            "release-status",
            move |one| b.text(&format!("protocol-{}", one.entry.standing(on).code())),
            move |one| standing(&c, one.entry.standing(on)).into(),
        )
        .text("review", "protocol-review", |one| one.entry.review.to_string())
        .when_empty(visit.text("protocols-none"));
    let mut top = paragraph(visit.text("protocols-lead"));
    let own = Resource::of(visit.signed()?.tenant.id);
    if visit.may(Action::ManageProtocols, &own) {
        let path = visit.link("/protocols/new");
        top.push_str(&Button::link(visit.text("protocol-new"), path).to_string());
    }
    let answer = list.answer(|table| {
        visit.page(&visit.text("protocols-title")).back("/work").html(&format!("{top}{table}"))
    })?;
    Ok(answer)
}

async fn form(visit: &Visit, typed: &ProtocolForm, problems: &Problems) -> Answer {
    let acting = visit.acting();
    let own = visit.signed()?.tenant.id;
    let parties = protocols::receivers(&acting)
        .await?
        .into_iter()
        .map(|(id, name)| (id.to_string(), name))
        .collect();
    let items: Vec<(String, String)> = datasets::list(&acting)
        .await?
        .into_iter()
        .filter(|one| one.tenant == own)
        .map(|one| (one.id.to_string(), one.entry.title.clone()))
        .collect();
    let none = if items.is_empty() {
        let new = link(visit, "/data/new", visit.text("data-new"));
        format!("{}{}", paragraph(visit.text("protocol-no-figures")), paragraph(new))
    } else {
        String::new()
    };
    Ok(FormPage::new(visit, "/protocols/new", problems)
        .words("protocols-lead")
        .text("title", "release-title", "", &typed.title)
        .checkboxes("parties", "protocol-parties", parties, &typed.parties)
        .checkboxes("items", "protocol-items", items, &typed.items)
        .part(none)
        .lines("purposes", "protocol-purposes", "protocol-purposes-hint", &typed.purposes)
        .text("frequency", "protocol-frequency", "", &typed.frequency)
        .lines("onward", "protocol-onward", "protocol-onward-hint", &typed.onward)
        .date("from", "protocol-from", &typed.from)
        .date("review", "protocol-review", &typed.review)
        .button("form-save")
        .page("protocol-new", "/protocols"))
}

async fn ask_new(visit: Visit) -> Answer {
    form(&visit, &ProtocolForm::default(), &Problems::default()).await
}

async fn create(Sent { visit, form: sent }: Sent) -> Answer {
    let text = |name: &str| sent.text(name).to_owned();
    let typed = ProtocolForm {
        title: text("title"),
        parties: sent.list("parties").to_vec(),
        items: sent.list("items").to_vec(),
        frequency: text("frequency"),
        purposes: text("purposes"),
        onward: text("onward"),
        from: parts(&sent, "from"),
        review: parts(&sent, "review"),
    };
    match protocols::create(&visit.acting_once(&sent), &typed).await {
        Ok(id) => Ok(done(&visit, &format!("/protocols/{id}"), "signal-changed")),
        Err(Refused::Invalid(problems)) => form(&visit, &typed, &problems).await,
        Err(other) => Err(Failure(other)),
    }
}

async fn show(visit: Visit, Path(protocol): Path<String>) -> Answer {
    let protocol: ProtocolId = id(&protocol)?;
    shown(&visit, protocol, &Problems::default()).await
}

async fn shown(visit: &Visit, protocol: ProtocolId, problems: &Problems) -> Answer {
    let acting = visit.acting();
    let found = protocols::show(&acting, protocol).await?;
    let entry = &found.entry;
    let names = protocols::organisations(&acting).await?;
    let party = |id: String| {
        names.iter().find(|(of, _)| *of == id).map_or(String::new(), |(_, name)| name.clone())
    };
    let parties: Vec<String> = entry.parties.iter().map(|one| party(one.to_string())).collect();
    let on = today(visit);
    let mut about = SummaryList::new()
        .row(visit.text("release-status"), Content::from(standing(visit, entry.standing(on))))
        .row(visit.text("protocol-parties"), parties.join(", "))
        .row(visit.text("protocol-frequency"), entry.frequency.as_str())
        .row(visit.text("protocol-onward"), entry.onward.as_str())
        .row(visit.text("protocol-from"), visit.date(entry.from.date()))
        .row(visit.text("protocol-review"), visit.date(entry.review.date()));
    if let Some((day, why)) = &entry.ended {
        about =
            about.row(visit.text("protocol-ended"), format!("{}: {why}", visit.date(day.date())));
    }
    let mut html = about.to_string();
    html.push_str(&heading(visit, "protocol-purposes"));
    html.push_str(&bullets(entry.purposes.iter().map(Content::from)));
    let own = visit.signed()?.tenant.id;
    if entry.standing(on) == Standing::InForce && entry.parties.contains(&own) {
        html.push_str(&heading(visit, "protocol-items"));
        let items = entry.items.iter().map(|item| {
            let path = format!("/protocols/{protocol}/figures?item={item}");
            link(visit, &path, visit.text("protocol-look"))
        });
        html.push_str(&bullets(items));
    }
    html.push_str(&manage(visit, &found, problems));
    Ok(visit.page(&entry.title).back("/protocols").html(&html))
}

/// For whoever gives: a new day of review, or the end.
fn manage(visit: &Visit, found: &Listed, problems: &Problems) -> String {
    let Some(signed) = visit.signed.as_ref() else { return String::new() };
    let may = signed.tenant.id == found.tenant
        && visit.may(Action::ManageProtocols, &Resource::of(signed.tenant.id));
    if !may || found.entry.ended.is_some() {
        return String::new();
    }
    let path = format!("/protocols/{}", found.id);
    let revision = found.revision.0.to_string();
    let review = FormPage::new(visit, &path, problems)
        .hidden("revision", &revision)
        .hidden("what", "review")
        .date("review", "protocol-reviewed-until", &Default::default())
        .button("protocol-reviewed")
        .html();
    let end = FormPage::new(visit, &path, &Problems::default())
        .hidden("revision", &revision)
        .hidden("what", "end")
        .lines("why", "protocol-why", "", "")
        .warning_button("protocol-end")
        .html();
    format!("{}{review}{end}", heading(visit, "protocol-change"))
}

async fn change(Path(protocol): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let protocol: ProtocolId = id(&protocol)?;
    let seen = form.text("revision").parse().unwrap_or(0);
    let day = parts(&form, "review");
    let review = (form.text("what") == "review").then_some(&day);
    let acting = visit.acting_once(&form);
    match protocols::change(&acting, protocol, review, form.text("why"), seen).await {
        Ok(_) => Ok(done(&visit, &format!("/protocols/{protocol}"), "signal-changed")),
        Err(Refused::Invalid(problems)) => shown(&visit, protocol, &problems).await,
        Err(other) => Err(Failure(other)),
    }
}

/// Exact counts under a protocol: for a named purpose, and each look is logged.
async fn figures(visit: Visit, Path(protocol): Path<String>) -> Answer {
    let protocol: ProtocolId = id(&protocol)?;
    let item: DatasetId = id(&visit.query("item"))?;
    let purpose = visit.query("purpose");
    let found = protocols::show(&visit.acting(), protocol).await?;
    let back = format!("/protocols/{protocol}");
    if purpose.is_empty() {
        let action = visit.link(&format!("/protocols/{protocol}/figures"));
        let purposes = found.entry.purposes.iter().map(|one| (one.clone(), one.clone()));
        let select = crate::components::Select::new("purpose", visit.text("protocol-purpose"))
            .options(purposes);
        let html = format!(
            "{}<form method=\"get\" action=\"{action}\"><input type=\"hidden\" name=\"item\" value=\"{item}\">{select}{}</form>",
            paragraph(visit.text("protocol-look-words")),
            Button::new(visit.text("protocol-look"))
        );
        return Ok(visit.page(&visit.text("protocol-look")).back(&back).html(&html));
    }
    let view = View {
        by: "year".to_owned(),
        across: "form".to_owned(),
        only: vec![("indicator".to_owned(), "victims".to_owned())],
    };
    let got = protocols::figures(&visit.acting(), protocol, item, &purpose, &view).await;
    let (dataset, counted) = match got {
        Ok(got) => got,
        Err(Refused::Declined(message)) => {
            let html = WarningText::new(visit.say(&message), &visit.words()).to_string();
            return Ok(visit.page(&visit.text("protocol-look")).back(&back).html(&html));
        }
        Err(other) => return Err(Failure(other)),
    };
    let notes = vec![
        dataset.title.clone(),
        visit.text("protocol-confidential"),
        format!("{}: {}", visit.text("data-definition"), dataset.definition),
        visit.text("fig-detected"),
    ];
    let sheet = drawn::sheet(&visit, &dataset.title, &counted, notes);
    if visit.query("format") == "csv" || visit.query("format") == "xlsx" {
        return sheet_file(&visit, sheet, "shared", visit.query("format") == "xlsx");
    }
    let address = |format: &str| {
        let purpose = crate::shell::gate::encode(&purpose);
        visit.link(&format!(
            "/protocols/{protocol}/figures?item={item}&purpose={purpose}&format={format}"
        ))
    };
    let figure = drawn::figure(&visit, "shared", &dataset.title, &counted)
        .note(visit.text("protocol-confidential"))
        .note(format!("{}: {}", visit.text("data-definition"), dataset.definition))
        .download("CSV", address("csv"))
        .download("XLSX", address("xlsx"));
    Ok(visit.page(&dataset.title).back(&back).html(&figure.to_string()))
}
