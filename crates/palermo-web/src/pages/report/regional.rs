//! The report of a region as a page, with its files: who reported, what they
//! answered question by question, what they need.

use super::{
    common::{Page, maybe, told, year},
    country::{file, finding, tools, unit, word},
};
use crate::{
    components::{Content, Details, FilterPanel, Input, Select, Tag, WarningText},
    pages::Answer,
    shell::{asked::Asked, failure::Failure, route::Routes, visit::Visit},
};
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect},
};
use palermo_app::{
    Refused,
    access::{Action, Resource},
    document::Format,
    domain::{
        register::state::StateCode,
        report::{DefinitionGroup, Doubt, QuestionSummary},
    },
    report::{self, MemberLine, RegionalQuestion, RegionalReport, Standing},
};

pub(super) fn routes() -> Routes {
    Routes::new().page("/reports/regional", Action::PublicRead, choose).page(
        "/reports/regional/{questionnaire}/{mechanism}/{year}",
        Action::PublicRead,
        regional,
    )
}

/// Which regional report: a questionnaire, a mechanism, a year.
async fn choose(visit: Visit) -> Answer {
    let app = visit.web.app();
    let (known, mechanisms) = (report::readable(app).await?, app.content.mechanisms());
    let mut asked = Asked::of(&visit);
    let id = asked.read("questionnaire", "report-questionnaire", |typed| {
        known.get(typed).map(|one| one.id.clone())
    });
    let mechanism = asked.read("mechanism", "report-mechanism", |typed| {
        mechanisms.get(typed).map(|one| one.id.to_string())
    });
    let year = asked.read("year", "report-period", |typed| {
        typed.parse::<i32>().ok().filter(|year| (1990..2200).contains(year))
    });
    if let (Some(id), Some(mechanism), Some(year)) = (&id, &mechanism, year) {
        let path = format!("/reports/regional/{id}/{mechanism}/{year}");
        return Ok(Redirect::to(&visit.link(&path)).into_response());
    }
    let own = app.store.mechanism().await.map_err(Refused::from)?.unwrap_or_default();
    let last = visit.acting().now().date().year() - 1;
    let mut page = Page::new(&visit);
    page.push(asked.told());
    let id = id.as_deref().unwrap_or("joint-annual");
    let of = (id, mechanism.as_deref().unwrap_or(&own), year.unwrap_or(last));
    page.push(chooser(&visit, of).await?);
    page.say("report-regional-words");
    let html = page.finish();
    Ok(visit.page(&visit.text("report-regional-title")).back("/reports").html(&html))
}

/// The menu of regional reports, standing on one.
async fn chooser(visit: &Visit, of: (&str, &str, i32)) -> Result<FilterPanel, Failure> {
    let (questionnaire, mechanism, period) = of;
    let language = visit.language.code();
    let mut mechanisms: Vec<(String, String)> = visit
        .web
        .app()
        .content
        .mechanisms()
        .profiles()
        .map(|profile| (profile.id.to_string(), profile.names.said_in(language).to_owned()))
        .collect();
    mechanisms.sort_by(|a, b| visit.compare(&a.1, &b.1));
    let questionnaires = Select::new("questionnaire", visit.text("report-questionnaire"))
        .options(super::enter::titles(visit).await?)
        .value(questionnaire.to_owned());
    let mechanisms = Select::new("mechanism", visit.text("report-mechanism"))
        .options(mechanisms)
        .value(mechanism.to_owned());
    let year = Input::new("year", visit.text("report-period")).value(period.to_string());
    Ok(FilterPanel::new(&visit.words(), visit.link("/reports/regional"))
        .as_row()
        .field(questionnaires)
        .field(mechanisms)
        .field(year))
}

/// Sub-regional mechanisms whose members these are, each with the way to its own report.
fn tiers(visit: &Visit, page: &mut Page<'_>, made: &RegionalReport) {
    if made.tiers.is_empty() {
        return;
    }
    page.heading("report-tiers");
    let rows = made
        .tiers
        .iter()
        .map(|tier| {
            let path = format!(
                "/reports/regional/{}/{}/{}",
                made.questionnaire, tier.mechanism, made.period
            );
            let values = [("n", visit.whole(tier.n).into()), ("of", visit.whole(tier.of).into())];
            let missing: Vec<String> =
                tier.missing.iter().map(|state| visit.state(state.as_str())).collect();
            vec![
                super::link(visit, &path, &tier.mechanism),
                visit.format("report-n-of", &values).into(),
                missing.join(", ").into(),
            ]
        })
        .collect();
    let heads = ["report-mechanism", "report-reported", "report-missing"];
    page.table("tiers", "report-tiers", &heads, rows);
}

async fn regional(
    visit: Visit,
    Path((questionnaire, mechanism, period)): Path<(String, String, i32)>,
) -> Answer {
    let receives = visit.acting().may(Action::ReceiveReports, &Resource::region()).allowed;
    let which = if receives { Standing::Submitted } else { Standing::Accepted };
    let app = visit.web.app();
    let language = visit.language.code();
    let made = report::regional(app, &questionnaire, &mechanism, period, which, language)
        .await
        .map_err(Refused::from)?;
    let name = format!("{questionnaire}-{mechanism}-{period}");
    let document = || report::regional_document(app, &made, visit.language);
    if let Some(file) = file(&visit, &name, document, || serde_json::to_vec_pretty(&made)).await? {
        return Ok(file);
    }
    let of = (made.questionnaire.as_str(), made.mechanism.as_str(), made.period);
    let chosen = chooser(&visit, of).await?;
    let mut asked = Asked::of(&visit);
    asked.read("format", "report-file", Format::from_code);
    let html = format!("{}{chosen}{}", asked.told(), region(&visit, &made, receives));
    let title = format!("{}: {} {}", made.name, made.title, year(&visit, made.period));
    Ok(visit.page(&title).back("/reports").html(&html))
}

fn region(visit: &Visit, made: &RegionalReport, receives: bool) -> String {
    let mut page = Page::new(visit);
    let told = visit.format(
        "report-coverage",
        &[("n", visit.whole(made.n).into()), ("of", visit.whole(made.of).into())],
    );
    page.push(format!("<p class=\"govuk-body-l\">{}</p>", Content::from(told)));
    if made.unconfirmed > 0 {
        let shown = visit.whole(made.unconfirmed);
        let words = visit.format(
            "report-unconfirmed",
            &[("count", made.unconfirmed.into()), ("shown", shown.into())],
        );
        page.push(WarningText::new(words, &visit.words()));
    }
    page.say("report-unlike-note");
    let threshold = visit.whole(made.threshold as usize);
    page.paragraph(visit.format("report-threshold", &[("threshold", threshold.into())]));
    page.push(tools(visit, String::new()));
    page.heading("report-coverage-title");
    let rows = made.coverage.iter().map(|line| coverage(visit, made, line, receives)).collect();
    let heads = [
        "report-state",
        "report-submitted",
        "report-accepted",
        "report-days-late",
        "report-answered",
        "report-remarks",
    ];
    page.table("coverage", "report-coverage-title", &heads, rows);
    tiers(visit, &mut page, made);
    for section in &made.sections {
        page.push(super::notice_heading(format!("{}. {}", section.code, section.title)));
        for (state, why) in &section.no_data {
            let why = visit.format("report-no-data", &[("why", why.as_str().into())]);
            page.paragraph(format!("{}: {why}", visit.state(state.as_str())));
        }
        let rows = section.questions.iter().map(|one| question(visit, one)).collect();
        let heads = ["report-question", "report-reported", "report-answer"];
        page.table_called(&format!("r-{}", section.code), &section.title, &heads, rows);
    }
    page.heading("report-needs");
    if made.needs.is_empty() {
        page.say("report-needs-none");
    }
    page.list(made.needs.iter().map(|one| {
        format!("{} ({}): {}", visit.state(one.state.as_str()), one.code, one.need).into()
    }));
    page.finish()
}

fn coverage(
    visit: &Visit,
    made: &RegionalReport,
    line: &MemberLine,
    receives: bool,
) -> Vec<Content> {
    let mut remarks: Vec<String> = Vec::new();
    if line.awaiting {
        remarks.push(Tag::coloured(visit.text("report-awaiting"), "yellow").to_string());
    } else if !line.counted {
        remarks.push(Tag::coloured(visit.text("report-nothing-submitted"), "red").to_string());
    }
    if line.left_out > 0 {
        let words = visit.format("report-left-out", &[("count", line.left_out.into())]);
        remarks.push(Content::from(words).to_string());
    }
    if let Some(document) = &line.entered_from {
        let id = if line.confirmed { "report-entered-confirmed" } else { "report-entered" };
        let words = visit.format(id, &[("document", document.as_str().into())]);
        remarks.push(Content::from(words).to_string());
    }
    if receives {
        let told = line.warnings.iter().map(|one| Content::from(finding(visit, one)).to_string());
        remarks.extend(told);
    }
    let path = format!("/reports/country/{}/{}/{}", made.questionnaire, line.state, made.period);
    let name: Content =
        if line.counted { super::link(visit, &path, &line.name) } else { (&line.name).into() };
    // Figures below point here: which submission, which version, and who signed it.
    let mut from = Vec::new();
    if let Some(version) = line.version {
        from.push(format!("{} {}", visit.text("report-version"), visit.whole(version as usize)));
    }
    if let Some(by) = &line.entered_by {
        from.push(format!("{}: {by}", visit.text("report-entered-by")));
    }
    if let Some(by) = &line.signed_by {
        from.push(format!("{}: {by}", visit.text("report-signed-by")));
    }
    let name = if from.is_empty() {
        name
    } else {
        let from = Content::from(from.join(" · "));
        Content::Html(format!(
            "<span id=\"from-{}\">{name}</span><br><span class=\"p-src\"><bdi>{from}</bdi></span>",
            line.state
        ))
    };
    let late = line.days_late.and_then(|days| usize::try_from(days).ok()).filter(|days| *days > 0);
    vec![
        name,
        maybe(visit, line.submitted),
        maybe(visit, line.accepted),
        late.map(|days| visit.whole(days)).unwrap_or_default().into(),
        visit.whole(line.answered).into(),
        Content::Html(remarks.join("<br>")),
    ]
}

/// Figures by one definition, each State leading to the submission it comes from.
fn figures(visit: &Visit, group: &DefinitionGroup) -> String {
    let figures: Vec<String> = group
        .figures
        .iter()
        .map(|(state, figure)| {
            format!(
                "<a class=\"govuk-link\" href=\"#from-{state}\"><bdi>{}</bdi></a> {}",
                Content::from(visit.state(state.as_str())),
                Content::from(visit.number(*figure))
            )
        })
        .collect();
    let definition = match &group.definition {
        Some(definition) => format!("{}: {definition}", visit.text("report-definition")),
        None => visit.text("report-no-definition"),
    };
    format!(
        "{} <span class=\"p-small p-muted\"><bdi>{}</bdi></span>",
        figures.join("; "),
        Content::from(definition)
    )
}

fn question(visit: &Visit, one: &RegionalQuestion) -> Vec<Content> {
    let summary = &one.summary;
    let states = |states: &[StateCode]| {
        states.iter().map(|state| visit.state(state.as_str())).collect::<Vec<_>>().join(", ")
    };
    let mut lines: Vec<String> = Vec::new();
    for (code, of) in &summary.words {
        let mark = code.parse().map(|said| word(visit, said)).unwrap_or_default();
        lines.push(format!("{mark} {}: {}", visit.whole(of.len()), Content::from(states(of))));
    }
    for (code, of) in &summary.choices {
        let name = one.options.get(code).unwrap_or(code);
        let text = format!("{name}: {} ({})", visit.whole(of.len()), states(of));
        lines.push(Content::from(text).to_string());
    }
    lines.extend(summary.figures.iter().map(|group| figures(visit, group)));
    if summary.unlike {
        lines.push(Content::from(visit.text("report-unlike")).to_string());
    }
    if let Some(total) = summary.total {
        let of = one.unit.as_deref().map(|of| unit(visit, of)).unwrap_or_default();
        let words = visit.format(
            "report-total",
            &[
                ("total", format!("{} {of}", visit.number(total)).into()),
                ("n", visit.whole(summary.added.unwrap_or(summary.n)).into()),
                ("of", visit.whole(summary.of).into()),
            ],
        );
        lines.push(format!("<strong>{}</strong>", Content::from(words)));
    }
    lines.extend(doubts(visit, "report-unit-left-out", &summary.doubtful));
    lines.extend(doubts(visit, "report-unit-never-added", &summary.other_units));
    if !summary.withheld.is_empty() {
        let named = states(&summary.withheld);
        let words = visit.format("report-withheld-states", &[("states", named.into())]);
        lines.push(Content::from(words).to_string());
    }
    if !summary.disputed.is_empty() {
        let words =
            visit.format("report-disputed", &[("states", states(&summary.disputed).into())]);
        lines.push(format!("<strong>{}</strong>", Content::from(words)));
    }
    lines.extend(said(visit, summary));
    let counted = visit.format(
        "report-n-of",
        &[("n", visit.whole(summary.n).into()), ("of", visit.whole(summary.of).into())],
    );
    let text = told(visit, &one.text, one.translated);
    vec![
        Content::Html(format!("<bdi>{}</bdi> {text}", Content::from(&one.code))),
        counted.into(),
        Content::Html(lines.join("<br>")),
    ]
}

/// Figures left out of the total: whose they are, what they say, and why.
fn doubts(visit: &Visit, id: &str, figures: &[Doubt]) -> Option<String> {
    let named: Vec<String> = figures
        .iter()
        .map(|one| {
            let state = visit.state(one.state.as_str());
            format!("{state} ({}: {})", visit.number(one.figure), one.unit)
        })
        .collect();
    let words = visit.format(id, &[("states", named.join("; ").into())]);
    (!named.is_empty()).then(|| format!("<strong>{}</strong>", Content::from(words)))
}

/// What States said in words, closed until asked for.
fn said(visit: &Visit, summary: &QuestionSummary) -> Option<String> {
    let said: String = summary
        .said
        .iter()
        .map(|(state, text)| {
            let name = Content::from(visit.state(state.as_str()));
            format!("<li>{name}: <bdi>{}</bdi></li>", Content::from(text))
        })
        .collect();
    let list = Content::Html(format!("<ul class=\"govuk-list\">{said}</ul>"));
    (!said.is_empty()).then(|| Details::new(visit.text("report-explanation"), list).to_string())
}
