//! The rest of what is held, on the person's own view: ways to reach them, what
//! was passed on and to whom, decisions, their team, work that is open. What
//! is not shown is named with the reason, so that nobody takes it for all.

use super::{heading, own_words, text};
use crate::{
    components::{Content, SummaryList},
    shell::visit::Visit,
};
use palermo_app::care::own_more::{HeldDecision, HeldMore, HeldReferral};

fn codes(visit: &Visit, family: &str, codes: &[String]) -> String {
    codes.iter().map(|code| visit.text(&format!("{family}-{code}"))).collect::<Vec<_>>().join(", ")
}

fn name(name: &str) -> Content {
    Content::Html(format!("<bdi>{}</bdi>", Content::from(name)))
}

/// Language and needs, beside the first facts. Papers and what was said to authorities
/// on the screen alone: whoever searches the person would read them.
pub(super) fn first(
    visit: &Visit,
    more: &HeldMore,
    mut list: SummaryList,
    on_screen: bool,
) -> SummaryList {
    list = list.row(visit.text("field-language"), name(&more.language));
    if !more.communication.is_empty() {
        let needs = codes(visit, "case-communication", &more.communication);
        list = list.row(visit.text("case-communication"), needs);
    }
    if !more.urgent.is_empty() {
        let needs = codes(visit, "case-urgent", &more.urgent);
        list = list.row(visit.text("case-urgent"), needs);
    }
    if !more.sex.is_empty() {
        list = list.row(visit.text("case-sex"), visit.text(&format!("case-sex-{}", more.sex)));
    }
    if let Some(year) = more.birth_year {
        list = list.row(visit.text("case-birth-year"), year.to_string());
    }
    if let Some(told) = &more.background {
        if !told.nationalities.is_empty() {
            list = list.row(visit.text("case-nationalities"), told.nationalities.join(", "));
        }
        if on_screen {
            let status = visit.text(&format!("case-immigration-{}", told.immigration));
            let cooperation = visit.text(&format!("case-cooperation-{}", told.cooperation));
            list = list
                .row(visit.text("case-immigration"), status)
                .row(visit.text("case-cooperation"), cooperation);
        }
    }
    if let Some(may) = more.looked_for {
        let word = visit.text(if may { "word-yes" } else { "word-no" });
        list = list.row(visit.text("own-looked-for"), word);
    }
    list
}

/// Everything else; numbers and addresses on the screen alone.
pub(super) fn rest(visit: &Visit, more: &HeldMore, on_screen: bool) -> String {
    let mut html = contact(visit, more, on_screen);
    html.push_str(&papers(visit, more, on_screen));
    html.push_str(&heading(visit, "own-passed-on"));
    if more.referrals.is_empty() {
        html.push_str(&text(visit, "own-passed-on-none"));
    }
    more.referrals.iter().for_each(|one| html.push_str(&referral(visit, one)));
    html.push_str(&feared(visit, more, on_screen));
    if !more.decisions.is_empty() {
        html.push_str(&heading(visit, "identification-title"));
        more.decisions.iter().for_each(|one| html.push_str(&decision(visit, one, on_screen)));
    }
    html.push_str(&coded(visit, more, on_screen));
    // On paper the names of staff can put them in danger, and the person too.
    if on_screen && !more.team.is_empty() {
        html.push_str(&heading(visit, "case-section-team"));
        let team = more.team.iter().fold(SummaryList::new(), |list, (who, part)| {
            list.row(name(who), visit.text(&format!("case-part-{part}")))
        });
        html.push_str(&team.to_string());
    }
    if !more.tasks.is_empty() {
        html.push_str(&heading(visit, "case-section-tasks"));
        let tasks = more.tasks.iter().fold(SummaryList::new(), |list, task| {
            let due = task.due.map(|at| visit.date(at.date())).unwrap_or_default();
            let state = visit.text(if task.done { "task-done" } else { "task-open" });
            list.row(visit.text(&task.kind), format!("{state} {due}"))
        });
        html.push_str(&tasks.to_string());
    }
    html.push_str(&not_shown(visit, more));
    html
}

/// What their State of origin was asked, and, on the screen alone, who is never told.
fn feared(visit: &Visit, more: &HeldMore, on_screen: bool) -> String {
    let mut html = String::new();
    if !more.abroad.is_empty() {
        html.push_str(&heading(visit, "abroad-title"));
        let list = more.abroad.iter().fold(SummaryList::new(), |list, one| {
            let asks = codes(visit, "abroad-ask", &one.asks);
            let stands = visit.text(&format!("abroad-second-{}", one.second));
            let sent = one.sent.map(|day| visit.date(day.date())).unwrap_or_default();
            list.row(name(&one.body), format!("{asks}. {stands} {sent}"))
        });
        html.push_str(&list.to_string());
    }
    if on_screen && !more.never_told.is_empty() {
        html.push_str(&heading(visit, "never-told-title"));
        let list = more.never_told.iter().fold(SummaryList::new(), |list, (who, why)| {
            list.row(name(who), visit.text(&format!("never-told-why-{why}")))
        });
        html.push_str(&list.to_string());
    }
    html
}

/// Screenings, and, on the screen alone, charges and what was done to them against a rule.
fn coded(visit: &Visit, more: &HeldMore, on_screen: bool) -> String {
    let mut html = String::new();
    if !more.screenings.is_empty() {
        html.push_str(&heading(visit, "own-screenings"));
        let list = more.screenings.iter().fold(SummaryList::new(), |list, one| {
            let outcome = visit.text(&format!("screening-outcome-{}", one.outcome));
            let path = visit.text(&format!("screening-path-{}", one.path));
            list.row(visit.date(one.on.date()), format!("{outcome}. {path}."))
        });
        html.push_str(&list.to_string());
    }
    if on_screen && !more.charges.is_empty() {
        html.push_str(&heading(visit, "own-charges"));
        let list = more.charges.iter().fold(SummaryList::new(), |list, one| {
            let offence = visit.text(&format!("case-offence-{}", one.offence));
            let state = visit.text(&format!("case-charge-{}", one.state));
            list.row(visit.date(one.on.date()), format!("{offence}: {state}"))
        });
        html.push_str(&list.to_string());
    }
    if on_screen && !more.rights.is_empty() {
        html.push_str(&heading(visit, "own-rights"));
        let list = more.rights.iter().fold(SummaryList::new(), |list, one| {
            let rule = visit.text(&format!("rule-{}", one.rule));
            let body = visit.text(&format!("case-body-{}", one.body));
            let state = visit.text(&format!("case-rights-{}", one.state));
            list.row(visit.date(one.on.date()), format!("{rule} {body}: {state}"))
        });
        html.push_str(&list.to_string());
    }
    html
}

fn contact(visit: &Visit, more: &HeldMore, on_screen: bool) -> String {
    let mut html = heading(visit, "own-contact");
    if more.contact.is_empty() {
        html.push_str(&text(visit, "own-contact-none"));
    }
    for one in &more.contact {
        let mut list = SummaryList::new();
        if on_screen && !one.address.is_empty() {
            let address = format!("<bdi dir=\"ltr\">{}</bdi>", Content::from(&one.address));
            list = list.row(visit.text("case-channel-address"), Content::Html(address));
        }
        let beside = [
            ("case-channel-call_name", &one.call_name),
            ("case-channel-times", &one.times),
            ("case-channel-words", &one.words),
        ];
        for (label, text) in beside {
            if let Some(text) = text.as_ref().filter(|_| on_screen) {
                list = list.row(visit.text(label), own_words(text));
            }
        }
        for (what, safe) in ["call", "leave_message", "write"].iter().zip(&one.safe) {
            let word = visit.text(&format!("own-safe-{safe}"));
            list = list.row(visit.text(&format!("own-reach-{what}")), word);
        }
        let kind = visit.text(&format!("case-channel-{}", one.kind));
        html.push_str(&list.card(kind).to_string());
    }
    html
}

/// Documents; their numbers on the screen alone.
fn papers(visit: &Visit, more: &HeldMore, on_screen: bool) -> String {
    if more.papers.is_empty() {
        return String::new();
    }
    let list = more.papers.iter().fold(SummaryList::new(), |list, paper| {
        let at = visit.text(&format!("case-paper-at-{}", paper.at.code()));
        let kind = visit.text(&format!("case-paper-{}", paper.kind.code()));
        let number = if on_screen { own_words(&paper.number) } else { Content::default() };
        list.row(
            kind,
            Content::Html(format!("{number}<p class=\"govuk-body\">{}</p>", Content::from(at))),
        )
    });
    format!("{}{list}", heading(visit, "case-section-papers"))
}

fn referral(visit: &Visit, one: &HeldReferral) -> String {
    let at = one.at.map(|at| visit.moment(at)).unwrap_or_default();
    SummaryList::new()
        .row(visit.text("own-passed-to"), name(&one.to))
        .row(visit.text("own-passed-at"), at)
        .row(visit.text("case-service"), visit.text(&format!("case-service-{}", one.service)))
        .row(visit.text("case-share"), visit.text(&format!("case-share-{}", one.purpose)))
        .row(visit.text("case-items"), codes(visit, "own-item", &one.items))
        .row(visit.text("case-referral-state"), visit.text(&format!("case-referral-{}", one.state)))
        .to_string()
}

/// Reasons in words on the screen alone: others may be named in them.
fn decision(visit: &Visit, one: &HeldDecision, on_screen: bool) -> String {
    let stage = visit.text(&format!("identification-stage-{}", one.stage));
    let finding = visit.text(&format!("identification-finding-{}", one.finding));
    let route = visit.text(&format!("identification-route-{}", one.route));
    let route = match one.until {
        Some(until) => visit.format(
            "identification-route-until",
            &[("route", route.into()), ("until", visit.date(until.date()).into())],
        ),
        None => route,
    };
    let mut list = SummaryList::new()
        .row(visit.text("identification-finding"), format!("{finding} ({stage})"))
        .row(visit.text("identification-basis"), codes(visit, "identification-basis", &one.basis));
    if !one.ground.is_empty() {
        let ground = visit.text(&format!("identification-ground-{}", one.ground));
        list = list.row(visit.text("identification-legal-ground"), ground);
    }
    if let Some(words) = one.words.as_ref().filter(|_| on_screen) {
        list = list.row(visit.text("identification-words"), own_words(words));
    }
    list.row(visit.text("identification-contest"), route)
        .row(visit.text("identification-at"), visit.date(one.at.date()))
        .to_string()
}

/// What is held and not shown, and why.
fn not_shown(visit: &Visit, more: &HeldMore) -> String {
    let notes = match (more.notes.iter().min(), more.notes.iter().max()) {
        (Some(first), Some(last)) => visit.format(
            "own-not-shown-notes",
            &[
                ("count", visit.whole(more.notes.len()).into()),
                ("first", visit.date(first.date()).into()),
                ("last", visit.date(last.date()).into()),
            ],
        ),
        _ => visit.text("own-not-shown-no-notes"),
    };
    let history =
        visit.format("own-not-shown-history", &[("count", visit.whole(more.history).into())]);
    let mut lines = vec![notes, history, visit.text("own-not-shown-others")];
    if more.related > 0 {
        let count = visit.whole(more.related);
        lines.push(visit.format("own-not-shown-related", &[("count", count.into())]));
    }
    if !more.screenings.is_empty() {
        lines.push(visit.text("own-not-shown-screening"));
    }
    if !more.rights.is_empty() {
        lines.push(visit.text("own-not-shown-rights"));
    }
    lines.push(visit.text("own-not-shown-files"));
    let lines: String =
        lines.into_iter().map(|line| format!("<li>{}</li>", Content::from(line))).collect();
    format!(
        "{}{}<ul class=\"govuk-list govuk-list--bullet\">{lines}</ul>",
        heading(visit, "own-not-shown"),
        text(visit, "own-not-shown-why")
    )
}
