//! Signals: what is higher than the past explains, for protection desks and the
//! rapporteur first; dismissed with a reason, or answered by a joint response.
//! Enforcement has a page of its own, after triage and no finer than a release.

use super::{heading, id, link, paragraph, value};
use crate::{
    components::{Content, SummaryList, Table, TableCell, Tag, WarningText},
    figures::{Amount, BarRow, Figure, StackedBars},
    pages::Answer,
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done, summary},
        listing::List,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, http::StatusCode, response::Response};
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    domain::{
        id::SignalId,
        knowledge::signal::{JointResponse, Signal, SignalStatus, Step},
        moment::Moment,
    },
    knowledge::signals::{self, Listed1 as Listed, TriageForm},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/signals", Action::ReadSignals, list)
        .page("/signals/{id}", Action::ReadSignals, show)
        .form("/signals/{id}", Action::TriageSignals, triage)
        .form("/signals/{id}/answer", Action::AnswerJointResponse, answer)
        .page("/signals/triaged", Action::ReadTriagedSignals, triaged)
}

/// `XBB form:labour` as people read it; a route as its States with arrows.
pub(super) fn series(visit: &Visit, name: &str) -> String {
    let (state, rest) = name.split_once(' ').unwrap_or(("", name));
    let (dimension, word) = rest.split_once(':').unwrap_or(("", rest));
    let home = if state.is_empty() { String::new() } else { visit.state(state) };
    match dimension {
        "state" => format!("{home} · {}", visit.text("signal-place")),
        "route" => {
            let mut way: Vec<String> = word.split('>').map(|code| visit.state(code)).collect();
            way.push(home);
            format!("{}: {}", visit.text("signal-route"), way.join(" – "))
        }
        dimension => {
            let said = super::dimension(visit, dimension);
            format!("{home} · {said}: {}", value(visit, dimension, word))
        }
    }
}

/// What a signal speaks of without its State; a route as its States in order.
fn coarse(visit: &Visit, dimension: &str, word: &str) -> String {
    match dimension {
        "route" => {
            let way: Vec<String> = word.split('>').map(|code| visit.state(code)).collect();
            format!("{}: {}", visit.text("signal-route"), way.join(" – "))
        }
        "state" => visit.text("signal-place"),
        _ => format!("{}: {}", super::dimension(visit, dimension), value(visit, dimension, word)),
    }
}

fn tag(visit: &Visit, status: SignalStatus) -> Tag {
    let colour = match status {
        SignalStatus::New => "red",
        SignalStatus::Dismissed => "grey",
        SignalStatus::Answered => "green",
    };
    Tag::coloured(visit.text(&format!("signal-{}", status.code())), colour)
}

async fn list(visit: Visit) -> Answer {
    let all = signals::list(&visit.acting()).await?;
    let (a, b, c, d) = (visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let list = List::new(&visit, "signals", &visit.text("signals-title"), all)
        .column(
            "series",
            "signal-series",
            move |one| series(&a, &one.entry.series),
            move |one| link(&b, &format!("/signals/{}", one.id), series(&b, &one.entry.series)),
        )
        .text("period", "signal-period", |one| one.entry.period.clone())
        .number("observed", "signal-observed", |one| {
            // Counts of persons are far below 2^53.
            #[allow(clippy::cast_precision_loss)]
            let observed = one.entry.observed as f64;
            observed
        })
        .column(
            "status",
            "signal-status",
            move |one| c.text(&format!("signal-{}", one.entry.status.code())),
            move |one| tag(&d, one.entry.status).into(),
        )
        .when_empty(visit.text("signals-none"));
    let mut top =
        format!("<p class=\"govuk-body-l\">{}</p>", Content::from(visit.text("signals-lead")));
    if visit.may(Action::ReadData, &Resource::of(visit.signed()?.tenant.id)) {
        top.push_str(&paragraph(link(&visit, "/trends", visit.text("trends-title"))));
    }
    let answer = list
        .answer(|table| visit.page(&visit.text("signals-title")).html(&format!("{top}{table}")))?;
    Ok(answer)
}

async fn show(visit: Visit, Path(signal): Path<String>) -> Answer {
    let signal: SignalId = id(&signal)?;
    let found = signals::show(&visit.acting(), signal).await?;
    Ok(shown(&visit, &found, &TriageForm::default(), &Problems::default(), None))
}

fn shown(
    visit: &Visit,
    found: &Listed,
    typed: &TriageForm,
    problems: &Problems,
    refused: Option<String>,
) -> Response {
    let one = &found.entry;
    let mut html = String::new();
    if !problems.0.is_empty() {
        html.push_str(&summary(visit, problems, called).to_string());
    }
    if let Some(words) = refused {
        html.push_str(&WarningText::new(words, &visit.words()).to_string());
        html.push_str(&typed_words(visit, typed));
    }
    let explained = visit.format(
        "signal-explained",
        &[
            ("observed", visit.whole(usize::try_from(one.observed).unwrap_or(0)).into()),
            ("expected", visit.number((one.expected * 10.0).round() / 10.0).into()),
            ("threshold", visit.number((one.threshold * 10.0).round() / 10.0).into()),
            ("since", one.since.as_str().into()),
        ],
    );
    html.push_str(&format!("<p class=\"govuk-body-l\">{}</p>", Content::from(explained)));
    html.push_str(&paragraph(visit.text("fig-detected")));
    let exact = signals::reads_exactly(&visit.acting(), found.tenant);
    if !exact {
        html.push_str(&paragraph(visit.text("signal-rounded")));
    }
    html.push_str(&history(visit, one, exact));
    html.push_str(&facts(visit, one).to_string());
    if let Some(response) = &one.response {
        html.push_str(&response_of(visit, response));
    }
    html.push_str(&forms(visit, found, typed, problems));
    let title = series(visit, &one.series);
    let page = visit.page(&title).back("/signals");
    let page = if problems.0.is_empty() { page } else { page.failed() };
    page.html(&html)
}

/// Where it stands, and what stands behind it.
fn facts(visit: &Visit, one: &Signal) -> SummaryList {
    let english =
        |text: &str| Content::Html(format!("<bdi lang=\"en\">{}</bdi>", Content::from(text)));
    let mut rows = SummaryList::new()
        .row(visit.text("signal-status"), Content::from(tag(visit, one.status)))
        .row(visit.text("signal-period"), one.period.as_str())
        .row(visit.text("signal-since"), one.since.as_str())
        .row(visit.text("signal-method"), english(&one.method));
    if let (Some(p), Some(q)) = (one.p, one.q) {
        let said = visit.format(
            "signal-chance-words",
            &[("p", chance(visit, p).into()), ("q", chance(visit, q).into())],
        );
        rows = rows.row(visit.text("signal-chance"), said);
    }
    if let Some(expected) = one.false_alarms {
        let said = visit.format(
            "signal-wolf-words",
            &[
                ("watched", visit.whole(one.watched as usize).into()),
                ("expected", visit.number((expected * 100.0).round() / 100.0).into()),
            ],
        );
        rows = rows.row(visit.text("signal-wolf"), said);
    }
    if let Some((name, _)) = &one.triaged {
        rows = rows.row(visit.text("signal-triaged-by"), name.as_str());
    }
    if let Some(reason) = &one.reason {
        let gone = reason == signals::FIGURES_GONE;
        let told = if gone { visit.text(signals::FIGURES_GONE) } else { reason.clone() };
        rows = rows.row(visit.text("signal-reason"), told);
    }
    rows
}

/// What a field of these forms is called.
fn called(field: &str) -> &'static str {
    match field {
        "reason" => "signal-dismiss-why",
        "host" => "response-host",
        "stopped" => "response-stopped",
        "turned_back" => "response-turned-back",
        "exposed" => "response-exposed",
        "rights_note" => "response-rights",
        "team" => "response-team",
        "ngo" => "response-ngo",
        "consent" => "response-consent",
        "report" => "response-report",
        "assisted" => "response-assisted",
        "refused_entry" => "response-refused",
        "lessons" => "response-lessons",
        "what" => "response-answer",
        _ => "signal-status",
    }
}

/// A chance in percent, or that it is smaller than anyone could count.
fn chance(visit: &Visit, chance: f64) -> String {
    let percent = chance * 100.0;
    if percent < 0.01 {
        return visit.format("pub-below", &[("count", visit.number(0.01).into())]);
    }
    visit.number((percent * 100.0).round() / 100.0)
}

/// The last months under one another, with the expected beside the newest.
fn history(visit: &Visit, one: &Signal, exact: bool) -> String {
    if one.history.is_empty() {
        return String::new();
    }
    let whole = |count: u64| visit.whole(usize::try_from(count).unwrap_or(usize::MAX));
    let rtl = visit.language.direction().code() == "rtl";
    let shown: Vec<&(String, u64)> = one.history.iter().rev().take(12).collect();
    // Counts of persons are far below 2^53.
    #[allow(clippy::cast_precision_loss)]
    let rows: Vec<BarRow> = shown
        .iter()
        .rev()
        .map(|(month, count)| {
            let signal = *month == one.period;
            let amount = Amount::new(*count as f64, whole(*count));
            let amounts = if signal { vec![Amount::default(), amount] } else { vec![amount] };
            BarRow { label: month.clone(), amounts, total: whole(*count) }
        })
        .collect();
    let mut table = Table::new("", [visit.text("signal-period"), visit.text("signal-observed")]);
    for (month, count) in one.history.iter().rev() {
        table.push([TableCell::from(month.as_str()), TableCell::number(whole(*count))]);
    }
    let drawing = StackedBars {
        labelled_by: Figure::title_id("history"),
        series: vec![visit.text("signal-before"), visit.text("signal-this")],
        rows,
        rtl,
    };
    let title = visit.format("signal-history", &[("series", series(visit, &one.series).into())]);
    Figure::new(&visit.words(), "history", title, drawing, table)
        .note(visit.text("fig-detected"))
        .note(visit.text(if exact { "data-exact" } else { "signal-rounded" }))
        .to_string()
}

fn response_of(visit: &Visit, response: &JointResponse) -> String {
    let count = |count: Option<u64>| count.map(|n| n.to_string()).unwrap_or_default();
    let mut rows = SummaryList::new()
        .row(visit.text("response-step"), visit.text(&format!("response-{}", response.step.code())))
        .row(visit.text("response-host"), visit.state(&response.host));
    let told = [
        ("response-stopped", response.stopped.clone()),
        ("response-turned-back", response.turned_back.clone()),
        ("response-exposed", response.exposed.clone()),
        ("response-rights", response.rights_note.clone()),
        ("response-consent", response.consent.clone().unwrap_or_default()),
        ("response-team", response.team.clone()),
        ("response-ngo", response.ngo.clone()),
        ("response-report", response.report.clone()),
        ("response-assisted", count(response.assisted)),
        ("response-refused", count(response.refused_entry)),
        ("response-lessons", response.lessons.clone().unwrap_or_default()),
    ];
    for (id, text) in told {
        if !text.is_empty() {
            let text = Content::Html(format!("<bdi>{}</bdi>", Content::from(text)));
            rows = rows.row(visit.text(id), text);
        }
    }
    let mut html = format!("{}{rows}", heading(visit, "response-title"));
    let steps = response.taken.iter().map(|(step, name, at)| {
        let when = visit.moment(Moment::from_micros(*at));
        let step = visit.text(&format!("response-{}", step.code()));
        Content::Html(format!(
            "{}: <bdi>{}</bdi>, {}",
            Content::from(step),
            Content::from(name),
            Content::from(when)
        ))
    });
    html.push_str(&super::list(steps));
    html
}

fn forms(visit: &Visit, found: &Listed, typed: &TriageForm, problems: &Problems) -> String {
    let host = host_form(visit, found, typed, problems);
    let waits = found.entry.status != SignalStatus::Dismissed && found.entry.takes_proposal();
    if !signals::triages(&visit.acting(), found.tenant) {
        return host;
    }
    let action = format!("/signals/{}", found.id);
    let revision = found.revision.0.to_string();
    let none = Problems::default();
    let form = |what: &str| {
        let mine = if typed.what == what || typed.what.is_empty() { problems } else { &none };
        FormPage::new(visit, &action, mine).hidden("what", what).hidden("revision", &revision)
    };
    match found.entry.response.as_ref().map(|response| response.step) {
        None | Some(Step::Declined) if waits => {
            let dismiss = form("dismiss")
                .lines("reason", "signal-dismiss-why", "", &typed.reason)
                .button("signal-dismiss")
                .below();
            let propose = form("propose")
                .text("host", "response-host", "field-state-hint", &typed.host)
                .words("response-note-lead")
                .lines("stopped", "response-stopped", "response-stopped-hint", &typed.stopped)
                .lines("turned_back", "response-turned-back", "", &typed.turned_back)
                .lines("exposed", "response-exposed", "response-exposed-hint", &typed.exposed)
                .lines("rights_note", "response-rights", "response-rights-hint", &typed.rights_note)
                .button("response-propose")
                .below();
            format!(
                "{}{propose}{}{dismiss}",
                heading(visit, "response-propose"),
                heading(visit, "signal-dismiss")
            )
        }
        Some(Step::Proposed) => format!("{}{host}", paragraph(visit.text("response-waits-host"))),
        Some(Step::Consented) => form(Step::Composed.code())
            .lines("team", "response-team", "response-team-hint", &typed.team)
            .text("ngo", "response-ngo", "", &typed.ngo)
            .button("response-to-composed")
            .below(),
        Some(Step::Composed) => form(Step::Deployed.code()).button("response-to-deployed").below(),
        Some(Step::Deployed) => form(Step::Reported.code())
            .lines("report", "response-report", "response-report-hint", &typed.report)
            .text("assisted", "response-assisted", "", &typed.assisted)
            .text(
                "refused_entry",
                "response-refused",
                "response-refused-hint",
                &typed.refused_entry,
            )
            .button("response-to-reported")
            .below(),
        Some(Step::Reported) => form(Step::Closed.code())
            .lines("lessons", "response-lessons", "response-lessons-hint", &typed.lessons)
            .checkboxes(
                "lessons_public",
                "response-lessons-who",
                vec![("yes".to_owned(), visit.text("response-lessons-public"))],
                &if typed.lessons_public { vec!["yes".to_owned()] } else { Vec::new() },
            )
            .button("response-to-closed")
            .below(),
        _ => String::new(),
    }
}

/// The host State's own answer, for whoever speaks for it.
fn host_form(visit: &Visit, found: &Listed, typed: &TriageForm, problems: &Problems) -> String {
    if !signals::answers_for_host(&visit.acting(), &found.entry) {
        return String::new();
    }
    let choices = [Step::Consented, Step::Declined]
        .map(|step| (step.code().to_owned(), visit.text(&format!("response-to-{}", step.code()))))
        .to_vec();
    let form = FormPage::new(visit, &format!("/signals/{}/answer", found.id), problems)
        .hidden("revision", &found.revision.0.to_string())
        .radios("what", "response-answer", choices, &typed.what)
        .text("consent", "response-consent", "response-consent-hint", &typed.consent)
        .button("response-give-answer")
        .below();
    format!("{}{form}", heading(visit, "response-answer-title"))
}

fn typed(form: &Form) -> TriageForm {
    let text = |name: &str| form.text(name).to_owned();
    TriageForm {
        what: text("what"),
        reason: text("reason"),
        host: text("host"),
        stopped: text("stopped"),
        turned_back: text("turned_back"),
        exposed: text("exposed"),
        rights_note: text("rights_note"),
        team: text("team"),
        ngo: text("ngo"),
        consent: text("consent"),
        report: text("report"),
        assisted: text("assisted"),
        refused_entry: text("refused_entry"),
        lessons: text("lessons"),
        lessons_public: form.ticked("lessons_public"),
        revision: form.text("revision").parse().unwrap_or(0),
    }
}

async fn triage(Path(signal): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let signal: SignalId = id(&signal)?;
    let typed = typed(&form);
    let result = signals::triage(&visit.acting_once(&form), signal, &typed).await;
    after(&visit, signal, &typed, result).await
}

async fn answer(Path(signal): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let signal: SignalId = id(&signal)?;
    let typed = typed(&form);
    let result = signals::answer(&visit.acting_once(&form), signal, &typed).await;
    after(&visit, signal, &typed, result).await
}

async fn after(
    visit: &Visit,
    signal: SignalId,
    typed: &TriageForm,
    result: Result<SignalId, Refused>,
) -> Answer {
    match result {
        Ok(id) => Ok(done(visit, &format!("/signals/{id}"), "signal-changed")),
        Err(Refused::Invalid(problems)) => {
            let found = signals::show(&visit.acting(), signal).await?;
            let mut answer = shown(visit, &found, typed, &problems, None);
            *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(answer)
        }
        Err(Refused::Declined(message)) => {
            let found = signals::show(&visit.acting(), signal).await?;
            let words = visit.say(&message);
            Ok(shown(visit, &found, typed, &Problems::default(), Some(words)))
        }
        Err(Refused::Conflict) => {
            let found = signals::show(&visit.acting(), signal).await?;
            let words = visit.text("signal-changed-meanwhile");
            let mut answer = shown(visit, &found, typed, &Problems::default(), Some(words));
            *answer.status_mut() = StatusCode::CONFLICT;
            Ok(answer)
        }
        Err(other) => Err(Failure(other)),
    }
}

/// What was typed into a form that may stand here no more, to copy from.
fn typed_words(visit: &Visit, typed: &TriageForm) -> String {
    let told = [
        ("signal-dismiss-why", &typed.reason),
        ("response-stopped", &typed.stopped),
        ("response-turned-back", &typed.turned_back),
        ("response-exposed", &typed.exposed),
        ("response-rights", &typed.rights_note),
        ("response-consent", &typed.consent),
        ("response-team", &typed.team),
        ("response-report", &typed.report),
        ("response-lessons", &typed.lessons),
    ];
    let mut rows = SummaryList::new();
    let mut any = false;
    for (id, text) in told.into_iter().filter(|(_, text)| !text.is_empty()) {
        let text = Content::Html(format!("<bdi>{}</bdi>", Content::from(text)));
        rows = rows.row(visit.text(id), text);
        any = true;
    }
    if any { format!("{}{rows}", heading(visit, "signal-typed")) } else { String::new() }
}

/// What enforcement sees: no month, no count, nothing finer than a release.
async fn triaged(visit: Visit) -> Answer {
    let all = signals::triaged(&visit.acting()).await?;
    let (a, b, c, d) = (visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let list = List::new(&visit, "triaged", &visit.text("triaged-title"), all)
        .text("what", "signal-series", move |one| {
            one.what.as_ref().map_or_else(
                || a.text("triaged-nothing-finer"),
                |(dimension, word)| coarse(&a, dimension, word),
            )
        })
        .text("state", "state-name", move |one| {
            one.state.as_ref().map(|state| b.state(state)).unwrap_or_default()
        })
        .text("year", "dim-year", |one| one.year.clone())
        .column(
            "status",
            "signal-status",
            move |one| d.text(&format!("signal-{}", one.status.code())),
            move |one| tag(&c, one.status).into(),
        )
        .when_empty(visit.text("signals-none"));
    let top =
        format!("<p class=\"govuk-body-l\">{}</p>", Content::from(visit.text("triaged-lead")));
    Ok(list
        .answer(|table| visit.page(&visit.text("triaged-title")).html(&format!("{top}{table}")))?)
}
