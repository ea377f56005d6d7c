//! Signals: what is higher than the past explains, for protection desks and the
//! rapporteur first; dismissed with a reason, or answered by a joint response.

use super::{heading, id, link, paragraph, value};
use crate::{
    components::{Content, SummaryList, Tag, WarningText},
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
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    domain::{
        id::SignalId,
        knowledge::signal::{JointResponse, SignalStatus, Step},
    },
    knowledge::signals::{self, Listed1 as Listed, TriageForm},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/signals", Action::ReadSignals, list)
        .page("/signals/{id}", Action::ReadSignals, show)
        .form("/signals/{id}", Action::TriageSignals, triage)
}

/// `XBB form:labour` as people read it.
fn series(visit: &Visit, name: &str) -> String {
    let (state, rest) = name.split_once(' ').unwrap_or(("", name));
    let (dimension, word) = rest.split_once(':').unwrap_or(("", rest));
    let state = if state.is_empty() { String::new() } else { visit.state(state) };
    format!("{state} · {}: {}", super::dimension(visit, dimension), value(visit, dimension, word))
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
    let top =
        format!("<p class=\"govuk-body-l\">{}</p>", Content::from(visit.text("signals-lead")));
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
    if let Some(words) = refused {
        html.push_str(&WarningText::new(words, &visit.words()).to_string());
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
    let mut rows = SummaryList::new()
        .row(visit.text("signal-status"), Content::from(tag(visit, one.status)))
        .row(visit.text("signal-period"), one.period.as_str())
        .row(
            visit.text("signal-method"),
            Content::Html(format!("<bdi lang=\"en\">{}</bdi>", Content::from(&one.method))),
        );
    if let Some(reason) = &one.reason {
        rows = rows.row(visit.text("signal-reason"), reason.as_str());
    }
    html.push_str(&rows.to_string());
    if let Some(response) = &one.response {
        html.push_str(&response_of(visit, response));
    }
    html.push_str(&forms(visit, found, typed, problems));
    let title = series(visit, &one.series);
    visit.page(&title).back("/signals").html(&html)
}

fn response_of(visit: &Visit, response: &JointResponse) -> String {
    let count = |count: Option<u64>| count.map(|n| n.to_string()).unwrap_or_default();
    let list = SummaryList::new()
        .row(visit.text("response-step"), visit.text(&format!("response-{}", response.step.code())))
        .row(visit.text("response-host"), visit.state(&response.host))
        .row(visit.text("response-rights"), response.rights_note.as_str())
        .row(visit.text("response-team"), response.team.as_str())
        .row(visit.text("response-ngo"), response.ngo.as_str())
        .row(visit.text("response-consent"), response.consent.clone().unwrap_or_default())
        .row(visit.text("response-assisted"), count(response.assisted))
        .row(visit.text("response-refused"), count(response.refused_entry))
        .row(visit.text("response-lessons"), response.lessons.clone().unwrap_or_default());
    format!("{}{list}", heading(visit, "response-title"))
}

fn forms(visit: &Visit, found: &Listed, typed: &TriageForm, problems: &Problems) -> String {
    let own = visit.signed.as_ref().is_some_and(|signed| {
        signed.tenant.id == found.tenant
            && visit.may(Action::TriageSignals, &Resource::of(signed.tenant.id))
    });
    if !own {
        return String::new();
    }
    let action = format!("/signals/{}", found.id);
    let revision = found.revision.0.to_string();
    let none = Problems::default();
    let form = |what: &str| {
        let mine = if typed.what == what || typed.what.is_empty() { problems } else { &none };
        FormPage::new(visit, &action, mine).hidden("what", what).hidden("revision", &revision)
    };
    match found.entry.response.as_ref().map(|response| response.step) {
        None if found.entry.status == SignalStatus::New => {
            let dismiss = form("dismiss")
                .lines("reason", "signal-dismiss-why", "", &typed.reason)
                .button("signal-dismiss")
                .html();
            let propose = form("propose")
                .text("host", "response-host", "field-state-hint", &typed.host)
                .lines("rights_note", "response-rights", "response-rights-hint", &typed.rights_note)
                .lines("team", "response-team", "response-team-hint", &typed.team)
                .text("ngo", "response-ngo", "", &typed.ngo)
                .button("response-propose")
                .html();
            format!(
                "{}{propose}{}{dismiss}",
                heading(visit, "response-propose"),
                heading(visit, "signal-dismiss")
            )
        }
        Some(Step::Proposed) => {
            let consent = form(Step::Consented.code())
                .text("consent", "response-consent", "response-consent-hint", &typed.consent)
                .button("response-to-consented")
                .html();
            let decline = form(Step::Declined.code()).button("response-to-declined").html();
            format!("{consent}{decline}")
        }
        Some(Step::Consented) => form(Step::Deployed.code())
            .text("ngo", "response-ngo", "", &typed.ngo)
            .button("response-to-deployed")
            .html(),
        Some(Step::Deployed) => form(Step::Closed.code())
            .text("assisted", "response-assisted", "", &typed.assisted)
            .text(
                "refused_entry",
                "response-refused",
                "response-refused-hint",
                &typed.refused_entry,
            )
            .lines("lessons", "response-lessons", "", &typed.lessons)
            .button("response-to-closed")
            .html(),
        _ => String::new(),
    }
}

fn typed(form: &Form) -> TriageForm {
    let text = |name: &str| form.text(name).to_owned();
    TriageForm {
        what: text("what"),
        reason: text("reason"),
        host: text("host"),
        rights_note: text("rights_note"),
        team: text("team"),
        ngo: text("ngo"),
        consent: text("consent"),
        assisted: text("assisted"),
        refused_entry: text("refused_entry"),
        lessons: text("lessons"),
        revision: form.text("revision").parse().unwrap_or(0),
    }
}

async fn triage(Path(signal): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let signal: SignalId = id(&signal)?;
    let typed = typed(&form);
    match signals::triage(&visit.acting_once(&form), signal, &typed).await {
        Ok(id) => Ok(done(&visit, &format!("/signals/{id}"), "signal-changed")),
        Err(Refused::Invalid(problems)) => {
            let found = signals::show(&visit.acting(), signal).await?;
            Ok(shown(&visit, &found, &typed, &problems, None))
        }
        Err(Refused::Declined(message)) => {
            let found = signals::show(&visit.acting(), signal).await?;
            let words = visit.say(&message);
            Ok(shown(&visit, &found, &typed, &Problems::default(), Some(words)))
        }
        Err(other) => Err(Failure(other)),
    }
}
