//! An earlier version of a State's report: as it was submitted, what the receiving body
//! said to it, and what is different in the one that stands.

use super::{
    common::{Page, day, link, tag},
    country,
};
use crate::{
    components::{Content, WarningText},
    pages::Answer,
    shell::{asked::Asked, visit::Visit},
};
use palermo_app::{
    Refused,
    access::{Action, Resource},
    document::Format,
    domain::report::{Reception, ReceptionDecision},
    report::{self, EarlierReport, VersionAsked, VersionLine},
};

/// The version the address asks for, and in words what it asks for that is none, or no kind
/// of file. Where every one was sent back, none stands: the newest is shown, so that its
/// State reads why.
pub(super) fn wanted(visit: &Visit, versions: &[VersionLine]) -> (Option<usize>, String) {
    let mut asked = Asked::of(visit);
    let known = |number: &usize| versions.iter().any(|one| one.number == *number);
    let found =
        asked.read("version", "report-version", |typed| typed.parse::<usize>().ok().filter(known));
    asked.read("format", "report-file", Format::from_code);
    let sent_back = versions.last().filter(|_| versions.iter().all(|one| !one.stands));
    (found.or(sent_back.map(|newest| newest.number)), asked.told())
}

/// The page of one version.
pub(super) async fn page(
    visit: &Visit,
    asked: &VersionAsked<'_>,
    versions: &[VersionLine],
    reasons: bool,
) -> Answer {
    let mut made = report::country_version(visit.web.app(), asked).await.map_err(Refused::from)?;
    // Who typed an answer is the matter of the State that wrote it.
    if !visit.may(Action::EditReport, &Resource::region().in_state(Some(asked.state))) {
        made.report.without_names();
    }
    let mut page = Page::new(visit);
    let number = visit.whole(made.number);
    let id = if made.stands { "report-version-stands" } else { "report-version-earlier" };
    page.paragraph(visit.format(id, &[("number", number.into())]));
    if reasons && let Some(reception) = &made.reception {
        said(visit, &mut page, reception);
    }
    list(visit, &mut page, versions, Some(made.number));
    since(visit, &mut page, &made);
    let decided = made.reception.as_ref().map(|said| said.decision);
    country::brief(visit, &mut page, &made.report, (false, decided));
    country::answers(visit, &mut page, &made.report);
    let html = page.finish();
    Ok(visit.page(&country::title(visit, &made.report)).back("/reports").html(&html))
}

/// What the receiving body said, with its reason.
pub(super) fn said(visit: &Visit, page: &mut Page<'_>, reception: &Reception) {
    let on = day(visit, reception.on);
    let values = [("day", on.into()), ("why", reception.why.as_str().into())];
    let words = match (reception.decision, reception.why.is_empty()) {
        (ReceptionDecision::Returned, _) => visit.format("report-was-returned", &values),
        (_, true) => visit.format("report-was-accepted", &values),
        (_, false) => visit.format("report-was-accepted-why", &values),
    };
    if reception.decision == ReceptionDecision::Returned {
        page.push(WarningText::new(words, &visit.words()));
    } else {
        page.paragraph(words);
    }
}

/// The list of versions, where there is more than one or none stands.
pub(super) fn list(
    visit: &Visit,
    page: &mut Page<'_>,
    versions: &[VersionLine],
    shown: Option<usize>,
) {
    if versions.len() < 2 {
        return;
    }
    let rows = versions
        .iter()
        .rev()
        .map(|one| {
            let number = visit.whole(one.number);
            let name: Content = if shown == Some(one.number) {
                number.into()
            } else {
                let path = format!("{}?version={}", visit.path(), one.number);
                link(visit, &path, number)
            };
            let decision = one.decision.map(|decision| {
                let colour = match decision {
                    ReceptionDecision::Returned => "red",
                    ReceptionDecision::Accepted | ReceptionDecision::Published => "green",
                };
                tag(visit, "report-decided", decision.code(), colour)
            });
            let stands = if one.stands { visit.text("report-stands") } else { String::new() };
            vec![
                name,
                day(visit, one.submitted).into(),
                decision.unwrap_or_default(),
                stands.into(),
            ]
        })
        .collect();
    page.heading("report-versions");
    let heads = ["report-version", "report-submitted", "report-decision", "report-remarks"];
    page.table("versions", "report-versions", &heads, rows);
}

/// What is different in the version that stands.
fn since(visit: &Visit, page: &mut Page<'_>, made: &EarlierReport) {
    if made.stands || made.since.is_empty() {
        return;
    }
    page.heading("report-since");
    page.list(made.since.iter().map(|one| country::correction(visit, one)));
}
