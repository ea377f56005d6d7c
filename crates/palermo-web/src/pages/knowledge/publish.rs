//! Releases on their way: prepared, attacked, signed by two people, published,
//! retracted. The report of the attack is for this office alone.

use super::{days, heading, id, link, list as bullets, paragraph};
use crate::{
    components::{Button, Content, Details, SummaryList, Tag, WarningText},
    pages::Answer,
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done, one_button},
        listing::{List, download},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::extract::Path;
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    domain::{
        id::ReleaseId,
        knowledge::publication::{Status, unfinished},
        register::day::Day,
    },
    knowledge::{
        datasets,
        releases::{self, KeptRelease, Listed, ReleaseForm},
        threshold,
    },
    release::spec::Kind,
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/publish", Action::SignRelease, list)
        .page("/publish/new", Action::PrepareRelease, ask_new)
        .form("/publish/new", Action::PrepareRelease, make)
        .page("/publish/{id}", Action::SignRelease, show)
        .download("/publish/{id}/files/{file}", Action::SignRelease, file)
        .form("/publish/{id}/sign", Action::SignRelease, sign)
        .form("/publish/{id}/retract", Action::SignRelease, retract)
}

pub(super) fn tag(visit: &Visit, status: Status) -> Tag {
    let colour = match status {
        Status::Refused => "red",
        Status::Prepared => "yellow",
        Status::Published => "green",
        Status::Corrected => "blue",
        Status::Retracted => "grey",
        Status::Given => "purple",
    };
    Tag::coloured(visit.text(&format!("release-{}", status.code())), colour)
}

async fn list(visit: Visit) -> Answer {
    let all = releases::list(&visit.acting()).await?;
    let own = Resource::of(visit.signed()?.tenant.id);
    let overdue = if visit.acting().may(Action::PrepareRelease, &own).allowed {
        days::overdue(&visit).await?
    } else {
        String::new()
    };
    let (a, b, c) = (visit.clone(), visit.clone(), visit.clone());
    let list = List::new(&visit, "publish", &visit.text("publish-title"), all)
        .column(
            "title",
            "release-title",
            |one| one.entry.title.clone(),
            move |one| link(&a, &format!("/publish/{}", one.id), one.entry.title.as_str()),
        )
        .column(
            "status",
            "release-status",
            move |one| b.text(&format!("release-{}", one.entry.status.code())),
            move |one| tag(&c, one.entry.status).into(),
        )
        .text("issued", "release-issued", |one| one.entry.issued.clone().unwrap_or_default())
        .when_empty(visit.text("releases-none-own"));
    let mut top =
        format!("<p class=\"govuk-body-l\">{}</p>", Content::from(visit.text("publish-lead")));
    top.push_str(&paragraph(link(&visit, "/releases", visit.text("releases-public"))));
    if visit.may(Action::PrepareRelease, &own) {
        top.push_str(
            &Button::link(visit.text("release-new"), visit.link("/publish/new")).to_string(),
        );
        top.push_str(&paragraph(link(
            &visit,
            "/publish/announce",
            visit.text("calendar-announce"),
        )));
        top.push_str(&overdue);
    }
    let doors = [
        (Action::ReadData, "/publish/budget", "budget-title"),
        (Action::ReadData, "/estimates", "estimates-title"),
        (Action::ReadData, "/trends", "trends-title"),
        (Action::ManageExtracts, "/extracts", "extracts-title"),
        (Action::UseProtocol, "/protocols", "protocols-title"),
    ];
    top.push_str(&super::list(
        doors
            .into_iter()
            .filter(|(action, ..)| visit.may(*action, &own))
            .map(|(_, path, words)| link(&visit, path, visit.text(words))),
    ));
    let answer = list
        .answer(|table| visit.page(&visit.text("publish-title")).html(&format!("{top}{table}")))?;
    Ok(answer)
}

async fn form(visit: &Visit, typed: &ReleaseForm, problems: &Problems) -> Answer {
    let acting = visit.acting();
    let mut options = Vec::new();
    for one in datasets::list(&acting).await? {
        // Sums are not released, and what holds no figures cannot be.
        if !one.entry.format.has_sums()
            && datasets::show(&acting, one.id)
                .await?
                .batches
                .iter()
                .any(|(_, b)| b.undone.is_none())
        {
            options.push((one.id.to_string(), one.entry.title.clone()));
        }
    }
    let methods = ["suppress", "round", "synthetic", "dp"]
        .map(|code| (code.to_owned(), visit.text(&format!("release-method-{code}"))))
        .to_vec();
    let app = visit.web.app();
    let whole = |k: u32| visit.whole(usize::try_from(k).unwrap_or(usize::MAX));
    let tables = whole(threshold::least(app, &[], Kind::Round).await?);
    let records = whole(threshold::least(app, &[], Kind::Synthetic).await?);
    let least =
        visit.format("release-k-least", &[("tables", tables.into()), ("records", records.into())]);
    Ok(FormPage::new(visit, "/publish/new", problems)
        .select("dataset", "data-name", options, &typed.dataset)
        .text("title", "release-title", "", &typed.title)
        .text("slug", "release-slug", "release-slug-hint", &typed.slug)
        .lines("tables", "release-tables", "release-tables-hint", &typed.tables)
        .text("from", "release-from", "", &typed.from)
        .text("to", "release-to", "release-to-hint", &typed.to)
        .radios("method", "release-method", methods, &typed.method)
        .part(paragraph(least))
        .text("k", "release-k", "release-k-hint", &typed.k)
        .text("sensitive", "release-sensitive", "release-sensitive-hint", &typed.sensitive)
        .text("epsilon", "release-epsilon", "release-epsilon-hint", &typed.epsilon)
        .hinted("release-corrects-hint")
        .select(
            "corrects",
            "release-corrects",
            super::editorial::public(visit).await?,
            &typed.corrects,
        )
        .lines("why", "release-corrects-why", "", &typed.why)
        .hinted("calendar-keeps-hint")
        .select("announced", "calendar-keeps", days::open(visit).await?, &typed.announced)
        .part(paragraph(visit.text("release-takes-time")))
        .button("release-prepare")
        .page("release-new", "/publish"))
}

async fn ask_new(visit: Visit) -> Answer {
    let typed = ReleaseForm {
        method: "suppress".to_owned(),
        tables: "form * sex\nyear".to_owned(),
        ..ReleaseForm::default()
    };
    form(&visit, &typed, &Problems::default()).await
}

fn typed(form: &Form) -> ReleaseForm {
    let text = |name: &str| form.text(name).to_owned();
    ReleaseForm {
        dataset: text("dataset"),
        slug: text("slug"),
        title: text("title"),
        tables: text("tables"),
        method: text("method"),
        k: text("k"),
        from: text("from"),
        to: text("to"),
        epsilon: text("epsilon"),
        sensitive: text("sensitive"),
        corrects: text("corrects"),
        why: text("why"),
        announced: text("announced"),
    }
}

async fn make(Sent { visit, form: sent }: Sent) -> Answer {
    let typed = typed(&sent);
    match releases::make(&visit.acting_once(&sent), &typed).await {
        Ok(id) => Ok(done(&visit, &format!("/publish/{id}"), "release-prepared")),
        Err(Refused::Invalid(problems)) => form(&visit, &typed, &problems).await,
        Err(Refused::Declined(message)) => {
            let mut problems = Problems::default();
            problems.add("dataset", message);
            form(&visit, &typed, &problems).await
        }
        Err(other) => Err(Failure(other)),
    }
}

fn sentences(visit: &Visit, release: &Listed, field: &str) -> Vec<Content> {
    let said = super::attack_words::sentences(visit, &release.entry.report, field);
    if let Some(said) = said.filter(|said| !said.is_empty()) {
        return said.into_iter().map(Content::from).collect();
    }
    let said = release.entry.report.get(field).and_then(|value| value.as_array());
    said.into_iter()
        .flatten()
        .filter_map(|one| one.as_str())
        .map(|one| Content::Html(format!("<bdi lang=\"en\">{}</bdi>", Content::from(one))))
        .collect()
}

/// The cells told in words above, by their codes, folded away.
fn codes(visit: &Visit, entry: &KeptRelease) -> String {
    let codes = super::attack_words::codes(visit, &entry.report);
    if codes.is_empty() {
        return String::new();
    }
    let items = codes.iter().map(|(code, words)| {
        format!("<code dir=\"ltr\">{}</code> {}", Content::from(code), Content::from(words))
    });
    let list = Content::Html(bullets(items));
    Details::new(visit.text("attack-codes"), list).to_string()
}

async fn show(visit: Visit, Path(release): Path<String>) -> Answer {
    let release: ReleaseId = id(&release)?;
    let found = releases::show(&visit.acting(), release).await?;
    shown(&visit, &found, None).await
}

async fn shown(visit: &Visit, found: &Listed, refused: Option<String>) -> Answer {
    let entry = &found.entry;
    let mut html = String::new();
    if let Some(words) = refused {
        html.push_str(&WarningText::new(words, &visit.words()).to_string());
    }
    let signed: Vec<String> = entry.signatures.iter().map(|one| one.name.clone()).collect();
    let mut particulars = SummaryList::new()
        .row(visit.text("release-status"), Content::from(tag(visit, entry.status)))
        .row(visit.text("release-slug"), entry.slug.as_str())
        .row(visit.text("release-signed"), signed.join(", "));
    if let Some(issued) = &entry.issued {
        particulars = particulars.row(visit.text("release-issued"), issued.as_str()).row(
            visit.text("release-public"),
            link(visit, &format!("/releases/{}", entry.slug), entry.title.as_str()),
        );
    }
    if let Some(reason) = &entry.reason {
        particulars = particulars.row(visit.text("release-reason"), reason.as_str());
    }
    html.push_str(&particulars.to_string());
    html.push_str(&heading(visit, "release-attack"));
    html.push_str(&paragraph(visit.text("release-attack-words")));
    for (field, title) in [
        ("could_learn", "release-could"),
        ("could_not_learn", "release-could-not"),
        ("remedies", "release-remedies"),
        ("compared_with", "release-compared"),
    ] {
        let said = sentences(visit, found, field);
        if !said.is_empty() {
            html.push_str(&format!(
                "<h3 class=\"govuk-heading-s\">{}</h3>",
                Content::from(visit.text(title))
            ));
            html.push_str(&bullets(said));
        }
        if field == "could_learn" {
            html.push_str(&codes(visit, entry));
        }
    }
    for table in releases::tables(entry) {
        html.push_str(
            &super::drawn::released(
                visit,
                &table,
                &super::releases::table_title(visit, &table),
                super::releases::threshold(entry),
            )
            .to_string(),
        );
    }
    html.push_str(&files(visit, found));
    html.push_str(&super::editorial::standing(visit, found));
    if matches!(entry.status, Status::Prepared | Status::Published) {
        html.push_str(&days::kept_by(visit, found.tenant, &entry.slug).await?);
    }
    html.push_str(&actions(visit, found));
    Ok(visit.page(&entry.title).back("/publish").html(&html))
}

/// What would be public, to look at before signing and to hand to researchers.
fn files(visit: &Visit, found: &Listed) -> String {
    let entry = &found.entry;
    let tables = releases::tables(entry).into_iter().map(|table| format!("{}.csv", table.id));
    let records = releases::released_records(entry).map(|_| "records.csv".to_owned());
    let mut names: Vec<String> = tables.chain(records).collect();
    if names.is_empty() || entry.status.is_public() {
        return String::new();
    }
    names.extend(["methodology.md", "metadata.json"].map(str::to_owned));
    let words =
        if entry.status == Status::Given { "release-files-given" } else { "release-files-before" };
    let links = names.iter().map(|name| {
        let path = visit.link(&format!("/publish/{}/files/{name}", found.id));
        format!("<a class=\"govuk-link\" href=\"{path}\"><bdi>{}</bdi></a>", Content::from(name))
    });
    format!("{}{}{}", heading(visit, "release-files"), paragraph(visit.text(words)), bullets(links))
}

async fn file(visit: Visit, Path((release, name)): Path<(String, String)>) -> Answer {
    let release: ReleaseId = id(&release)?;
    let bytes = releases::file_before(&visit.acting(), release, &name).await?;
    let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
    Ok(download(bytes, super::releases::media_type(ending), stem, ending))
}

/// What those who sign have to know first: an attack that was not carried out
/// on all tables together, a year whose counts will still grow.
fn to_know_first(visit: &Visit, found: &Listed) -> String {
    let rebuilt = found.entry.report.get("rebuilt").and_then(|one| one.get("attack"));
    let told = match rebuilt.and_then(serde_json::Value::as_str) {
        Some("not_tried") => Some("release-attack-not-tried"),
        Some("in_groups") => Some("release-attack-in-groups"),
        _ => None,
    };
    let today = visit.acting().now().date().into();
    told.into_iter()
        .map(|id| visit.text(id))
        .chain(year_not_over(visit, &found.entry, today))
        .map(|words| WarningText::new(words, &visit.words()).to_string())
        .collect()
}

/// That the last year of a release was not over on a day.
pub(super) fn year_not_over(visit: &Visit, entry: &KeptRelease, on: Day) -> Option<String> {
    let period = releases::spec(entry)?.release.period;
    let year = unfinished(&period, on)?.to_string();
    Some(visit.format("release-year-not-over", &[("year", year.into())]))
}

fn actions(visit: &Visit, found: &Listed) -> String {
    let Some(signed) = visit.signed.as_ref() else { return String::new() };
    let may = signed.tenant.id == found.tenant
        && visit.may(Action::SignRelease, &Resource::of(signed.tenant.id));
    if !may {
        return String::new();
    }
    let revision = found.revision.0.to_string();
    let has_signed = found.entry.signatures.iter().any(|one| one.account == signed.account.id);
    if found.entry.status == Status::Prepared && has_signed {
        return super::paragraph(visit.text("release-you-signed"));
    }
    if found.entry.status == Status::Prepared {
        let action = format!("/publish/{}/sign", found.id);
        let fields = [("revision", revision.as_str())];
        let button = one_button(visit, &action, "release-sign", &fields, false);
        let time = paragraph(visit.text("release-takes-time"));
        return format!("{}{time}{button}", to_know_first(visit, found));
    }
    if found.entry.status.is_public() {
        return FormPage::new(
            visit,
            &format!("/publish/{}/retract", found.id),
            &Problems::default(),
        )
        .hidden("revision", &revision)
        .lines("why", "release-retract-why", "", "")
        .warning_button("release-retract")
        .html();
    }
    String::new()
}

async fn after(
    visit: &Visit,
    release: ReleaseId,
    what: &str,
    result: Result<ReleaseId, Refused>,
) -> Answer {
    match result {
        Ok(id) => Ok(done(visit, &format!("/publish/{id}"), what)),
        Err(Refused::Declined(message)) => {
            let found = releases::show(&visit.acting(), release).await?;
            shown(visit, &found, Some(visit.say(&message))).await
        }
        Err(Refused::Invalid(_)) => {
            let found = releases::show(&visit.acting(), release).await?;
            shown(visit, &found, Some(visit.text("release-retract-why"))).await
        }
        Err(other) => Err(Failure(other)),
    }
}

async fn sign(Path(release): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let release: ReleaseId = id(&release)?;
    let seen = form.text("revision").parse().unwrap_or(0);
    let result = releases::sign(&visit.acting_once(&form), release, seen).await;
    after(&visit, release, "release-signed", result).await
}

async fn retract(Path(release): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let release: ReleaseId = id(&release)?;
    let seen = form.text("revision").parse().unwrap_or(0);
    let result =
        releases::retract(&visit.acting_once(&form), release, form.text("why"), seen).await;
    after(&visit, release, "release-retracted", result).await
}
