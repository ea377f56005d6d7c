//! What a search for help found, the best first: whom to call, whether anyone
//! answers now by the clock of the place, and why it stands where it stands.

use super::{
    clock,
    find::{as_fields, as_query, for_case, name},
    hours_said, languages, link, mail_to, number,
    services::phone_said,
    standing, to_call, web_page, word, zone,
};
use crate::{
    components::{Button, Content, Details, InsetText, Tag},
    shell::{forms::one_button, visit::Visit},
};
use palermo_app::{
    Refused,
    access::{Action, Resource},
    domain::{
        hours::{self, Hours, Standing},
        service::{
            Service,
            find::{Because, Found, Wanted},
        },
    },
    service::{self, Shown, ToCall},
};
use std::fmt::Write as _;

/// Results shown at first, and added with each "show more": a phone shows few.
const STEP: usize = 5;

/// Results shown at most.
const MOST: usize = 200;

/// Numbers told where nothing is in reach.
const TOLD: usize = 2;

/// What was found, who excludes the person, and what to do if nothing fits.
pub(super) async fn page(visit: &Visit, wanted: &Wanted) -> Result<String, Refused> {
    let acting = visit.acting();
    let most = visit.query("shown").parse().unwrap_or(STEP).clamp(STEP, MOST);
    let found = service::find(&acting, wanted).await?;
    let list = service::shown(&acting, &found, most).await?;
    let mut html = open_first(visit, wanted, &list).await?;
    html.push_str(&results(visit, wanted, &found, &list));
    html.push_str(&excluding(visit, &found).await?);
    html.push_str(&end(visit, wanted, &found).await?);
    let path = format!("/get-help/{}", wanted.state);
    let page = link(visit, &path, visit.text("help-state-page"));
    let _ = write!(html, "<p class=\"govuk-body\">{page}</p>");
    Ok(html)
}

/// Where nobody answers now at any number of the list: the one at which someone does,
/// before the list, so that at night nobody has to call in vain first.
async fn open_first(visit: &Visit, wanted: &Wanted, list: &[Shown]) -> Result<String, Refused> {
    let now = visit.acting().now();
    let open = |stands: Standing| matches!(stands, Standing::Open { .. });
    if list.is_empty() || list.iter().any(|one| open(stands_now(visit, one))) {
        return Ok(String::new());
    }
    let numbers = service::numbers_to_call(&visit.acting(), wanted.state, None).await?;
    let Some(one) = numbers.iter().find(|one| open(one.standing(now))) else {
        return Ok(String::new());
    };
    let words = Content::from(visit.text("help-open-first"));
    let inset = Content::Html(format!("{words}<br>{}", to_call(visit, one)));
    Ok(InsetText::new(inset).to_string())
}

/// Whether anyone answers now at the number shown: for a protected service the
/// desk that leads to it.
fn stands_now(visit: &Visit, one: &Shown) -> Standing {
    match one.desk_to_call() {
        Some(desk) => {
            let now = visit.acting().now();
            hours::standing(Some(&desk.hours), Some(&desk.time_zone), now)
        }
        None => one.standing,
    }
}

fn results(visit: &Visit, wanted: &Wanted, found: &Found, list: &[Shown]) -> String {
    let values = [
        ("shown", visit.whole(list.len()).into()),
        ("total", visit.whole(found.matches.len()).into()),
        ("need", word(visit, "need", wanted.need.code()).into()),
        ("state", visit.state(wanted.state.as_str()).into()),
    ];
    // For the public all protected services behind a desk are one of these:
    // the number tells nothing of how many houses there are (R9).
    let id = match (list.is_empty(), found.tried, found.excluding.is_empty()) {
        (false, ..) => "help-found",
        (true, 0, true) => "help-found-nothing",
        (true, 0, false) => "help-found-excluded",
        (true, ..) => "help-found-none",
    };
    let mut html =
        format!("<p class=\"govuk-body\">{}</p>", Content::from(visit.format(id, &values)));
    html.push_str(&passed(visit, wanted, found));
    for (at, one) in list.iter().enumerate() {
        html.push_str(&result(visit, wanted, one, at));
    }
    html.push_str(&more(visit, wanted, list.len(), found.matches.len()));
    html
}

/// Those passed over because nobody answered there, with the way back to them.
fn passed(visit: &Visit, wanted: &Wanted, found: &Found) -> String {
    if found.tried == 0 {
        return String::new();
    }
    let words = visit.format("help-passed", &[("count", visit.whole(found.tried).into())]);
    let again = Wanted { tried: Vec::new(), ..wanted.clone() };
    let path = format!("/get-help?{}", as_query(&again, for_case(visit)));
    format!(
        "<p class=\"govuk-body-s\">{} {}</p>",
        Content::from(words),
        link(visit, &path, visit.text("help-passed-again"))
    )
}

/// The way to the next results, and to all of them. Links, so that it needs no script.
fn more(visit: &Visit, wanted: &Wanted, shown: usize, total: usize) -> String {
    let last = total.min(MOST);
    if shown == 0 || shown >= last {
        return String::new();
    }
    let query = as_query(wanted, for_case(visit));
    let button = |id: &str, upto: usize, count: usize| {
        let words = visit.format(id, &[("count", visit.whole(count).into())]);
        let path = visit.link(&format!("/get-help?{query}&shown={upto}"));
        Button::link(words, format!("{path}#help-{}", shown + 1)).secondary().to_string()
    };
    let next = (shown + STEP).min(last);
    let mut html = button("help-more", next, next - shown);
    if next < total && total <= MOST {
        html.push_str(&button("help-more-all", total, total));
    }
    format!("<div class=\"govuk-button-group\">{html}</div>")
}

fn result(visit: &Visit, wanted: &Wanted, one: &Shown, at: usize) -> String {
    let service = &one.service;
    let title = name(visit, service);
    let title = if service.name.is_empty() {
        Content::from(title)
    } else {
        link(visit, &format!("/services/{}", one.id), title)
    };
    let mut html = format!(
        "<section class=\"p-help\" id=\"help-{}\"><h2 class=\"govuk-heading-s\">{title}</h2>",
        at + 1
    );
    html.push_str(&whose(service));
    // Before anyone calls.
    if let Some(alert) = &service.alert {
        let _ = write!(html, "{}", InsetText::new(alert.as_str()));
    }
    html.push_str(&reached(visit, one));
    for phone in service.numbers() {
        let _ = write!(html, "<p class=\"govuk-body-l\">{}</p>", phone_said(visit, phone));
    }
    html.push_str(&written_to(visit, service));
    html.push_str(&stands(visit, one));
    html.push_str(&places(visit, service));
    let _ = write!(html, "<p class=\"govuk-body-s\">{}</p>", because(visit, &one.because));
    if !service.languages.is_empty() {
        let _ = write!(
            html,
            "<p class=\"govuk-body-s\">{}: <bdi>{}</bdi></p>",
            Content::from(visit.text("desk-languages")),
            Content::from(languages(visit, &service.languages))
        );
    }
    html.push_str(&refer(visit, one));
    html.push_str(&called(visit, wanted, one, at == 0));
    html.push_str(
        "</section><hr class=\"govuk-section-break govuk-section-break--m govuk-section-break--visible\">",
    );
    html
}

/// Mail, web, what it costs and how one gets in: for many a service there is no number.
fn written_to(visit: &Visit, service: &Service) -> String {
    let said = |id: &str, text: &str| {
        (!text.is_empty()).then(|| {
            let (label, text) = (Content::from(visit.text(id)), Content::from(text));
            format!("{label}: <bdi>{text}</bdi>")
        })
    };
    // Mail and web may lead to a protected house (R9).
    let open = !service.place.is_protected();
    let lines = [
        service.email.as_deref().filter(|_| open).map(|mail| mail_to(mail).to_string()),
        service.url.as_deref().filter(|_| open).map(|url| web_page(url).to_string()),
        said("service-fees", &service.fees),
        said("service-application", &service.application),
    ];
    let lines: Vec<String> = lines.into_iter().flatten().collect();
    if lines.is_empty() {
        return String::new();
    }
    format!("<p class=\"govuk-body-s\">{}</p>", lines.join("<br>"))
}

/// Who provides it and in which town.
fn whose(service: &Service) -> String {
    if service.organisation.name.is_empty() {
        return String::new();
    }
    let place = service.where_shown().filter(|_| !service.place.is_protected());
    let place =
        place.map(|place| format!(" · <bdi>{}</bdi>", Content::from(place))).unwrap_or_default();
    format!(
        "<p class=\"govuk-body-s\"><bdi>{}</bdi>{place}</p>",
        Content::from(&service.organisation.name)
    )
}

/// How a protected service is reached: its desk, for staff with its page, and a
/// number to call in any case.
fn reached(visit: &Visit, one: &Shown) -> String {
    if !one.service.place.is_protected() {
        return String::new();
    }
    let words = match &one.through {
        None => Content::from(visit.text("help-no-desk")),
        Some(desk) => {
            let words = visit.format("help-through", &[("desk", desk.name.clone().into())]);
            match service::sees_protected(&visit.acting()) {
                true => link(visit, &format!("/contact-points/{}", desk.id), words),
                false => Content::from(words),
            }
        }
    };
    let mut html = format!("<p class=\"govuk-body\">{words}");
    if let Some(telephone) = one.through.as_ref().and_then(|desk| desk.telephone.as_ref()) {
        let _ = write!(html, " {}", number(telephone));
    } else if let Some(line) = &one.line {
        let words = visit.format("help-line", &[("desk", line.name.clone().into())]);
        let telephone = line.telephone.as_deref().map(number).unwrap_or_default();
        let _ = write!(html, "<br>{} {telephone}", Content::from(words));
    }
    html.push_str("</p>");
    html
}

/// Whether anyone answers now at the number shown: for a protected service the
/// desk that leads to it. Then when it is open at all, by the clock of the place.
fn stands(visit: &Visit, one: &Shown) -> String {
    let stands = stands_now(visit, one);
    let (written, time_zone) = match one.desk_to_call() {
        Some(desk) => (Some(desk.hours.as_str()), Some(desk.time_zone.as_str())),
        None => (one.service.hours.as_deref(), one.service.time_zone.as_deref()),
    };
    let silent = one.unanswered.map(|at| {
        let values = [("time", clock(time_zone, at).into()), ("zone", zone(time_zone).into())];
        format!("{} ", Tag::coloured(visit.format("help-silent", &values), "red"))
    });
    let mut html = format!(
        "<p class=\"govuk-body\">{}{}</p>",
        silent.unwrap_or_default(),
        standing(visit, stands, time_zone)
    );
    let read = written.and_then(|text| Some((text, text.parse::<Hours>().ok()?)));
    if let Some((text, _)) = read.filter(|(_, hours)| !hours.always()) {
        let _ = write!(
            html,
            "<p class=\"govuk-body-s\">{}: <bdi>{}</bdi></p>",
            Content::from(visit.text("desk-hours")),
            hours_said(visit, text, time_zone)
        );
    }
    html
}

/// How many places are free, and as of when. An entry that stands for the
/// houses behind a desk has none to tell.
fn places(visit: &Visit, service: &Service) -> String {
    let Some(capacity) = &service.capacity else { return String::new() };
    let Some(available) = capacity.available else { return String::new() };
    let all = capacity
        .maximum
        .map_or_else(|| visit.text("word-unknown"), |most| visit.whole(most as usize));
    let day = capacity.confirmed.map(|day| visit.date(day.date()));
    let id = if day.is_some() { "service-places-of" } else { "help-places-undated" };
    let values = [
        ("free", visit.whole(available as usize).into()),
        ("all", all.into()),
        ("day", day.unwrap_or_default().into()),
    ];
    format!(
        "<p class=\"govuk-body\">{}: {}</p>",
        Content::from(visit.text("service-places")),
        Content::from(visit.format(id, &values))
    )
}

/// Back to the case help is looked for: a referral to this service, filled in.
/// That page decides who may.
fn refer(visit: &Visit, one: &Shown) -> String {
    let policy = &visit.web.app().policy;
    let sends = visit.signed.as_ref().is_some_and(|signed| {
        policy.grants_of(&signed.roles, Action::SendReferral).next().is_some()
    });
    match for_case(visit).filter(|_| sends && !one.is_entry()) {
        Some(case) => {
            let href = visit.link(&format!("/cases/{case}/refer?found={}&straight=yes", one.id));
            Button::link(visit.text("help-refer"), href).small().to_string()
        }
        None => String::new(),
    }
}

/// "Called, no answer": staff note it, the public goes on to the next.
fn called(visit: &Visit, wanted: &Wanted, one: &Shown, first: bool) -> String {
    let mut next = wanted.clone();
    next.tried.push(one.id);
    let noted = visit
        .signed
        .as_ref()
        .is_some_and(|signed| visit.may(Action::NoteCall, &Resource::of(signed.tenant.id)));
    // Nobody called a service where an entry stands for all behind a desk.
    if noted && !one.is_entry() {
        let id = one.id.to_string();
        let query = as_query(&next, for_case(visit));
        return one_button(
            visit,
            "/get-help/no-answer",
            "help-no-answer",
            &[("service", id.as_str()), ("next", query.as_str())],
            false,
        );
    }
    if !first {
        return String::new();
    }
    Button::link(
        visit.text("help-no-answer"),
        visit.link(&format!("/get-help?{}", as_query(&next, for_case(visit)))),
    )
    .secondary()
    .small()
    .to_string()
}

fn because(visit: &Visit, reasons: &[Because]) -> Content {
    // What the lines about hours, calls and places say already is not said twice.
    let said = |one: &&Because| {
        !matches!(
            one,
            Because::OpenNow
                | Because::ClosedNow
                | Because::HoursUnknown
                | Because::Unanswered
                | Because::PlacesFree
        )
    };
    let tags: Vec<String> = reasons
        .iter()
        .filter(said)
        .map(|one| {
            let colour = match one {
                Because::Admits | Because::ServesArea => "green",
                Because::Full => "red",
                Because::Stale | Because::OtherArea | Because::PlacesOld => "yellow",
                _ => "grey",
            };
            Tag::coloured(word(visit, "because", one.code()), colour).to_string()
        })
        .collect();
    Content::Html(tags.join(" "))
}

/// Who says they do not admit this person: shown, never silently left out (R1).
async fn excluding(visit: &Visit, found: &Found) -> Result<String, Refused> {
    let list = service::excluding(&visit.acting(), found, 20).await?;
    if list.is_empty() {
        return Ok(String::new());
    }
    let mut lines: Vec<String> = Vec::new();
    for (kept, why) in &list {
        let mut groups: Vec<String> =
            why.groups.iter().map(|group| word(visit, "group", group.code())).collect();
        if why.age {
            groups.push(visit.text("help-age-outside"));
        }
        let (called, by) = (name(visit, &kept.service), &kept.service.organisation.name);
        // Many a service has the name of its organisation in its own.
        let by = match called.contains(by.as_str()) {
            true => String::new(),
            false => format!(", <bdi>{}</bdi>", Content::from(by)),
        };
        let line = format!(
            "<li><bdi>{}</bdi>{by}: {}</li>",
            Content::from(called),
            Content::from(groups.join(", "))
        );
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    let mut rows = format!("<ul class=\"govuk-list govuk-list--bullet\">{}</ul>", lines.concat());
    let _ = write!(
        rows,
        "<p class=\"govuk-body-s\">{}</p>",
        Content::from(visit.text("help-excluding-why"))
    );
    let values = [("count", list.len().into()), ("shown", visit.whole(list.len()).into())];
    let title = visit.format("help-excluding", &values);
    Ok(Details::new(title, Content::Html(rows)).to_string())
}

/// When nothing fits: say so and whom to call; staff can file the need, once.
async fn end(visit: &Visit, wanted: &Wanted, found: &Found) -> Result<String, Refused> {
    let files = visit
        .signed
        .as_ref()
        .is_some_and(|signed| visit.may(Action::FileUnmetNeed, &Resource::of(signed.tenant.id)));
    let mut html = String::new();
    if !found.in_reach() {
        let inset = nobody_left(visit, wanted, files).await?;
        let _ = write!(html, "{}", InsetText::new(inset));
    }
    if files && visit.query("done") == "unmet-filed" {
        let words = Content::from(visit.text("help-unmet-filed"));
        let _ = write!(html, "<p class=\"govuk-body\"><strong>{words}</strong></p>");
    } else if files {
        let mut fields = as_fields(wanted);
        fields.extend(for_case(visit).map(|id| ("case", id.to_string())));
        let given: Vec<(&str, &str)> =
            fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        html.push_str(&one_button(
            visit,
            "/get-help/unmet",
            "help-file-unmet",
            &given,
            !found.in_reach(),
        ));
    }
    Ok(html)
}

/// Whom to call where no service is in reach: the number at which someone
/// answers now first, then the next, with when it opens. Filing is for those who can.
async fn nobody_left(visit: &Visit, wanted: &Wanted, files: bool) -> Result<Content, Refused> {
    let numbers = service::numbers_to_call(&visit.acting(), wanted.state, None).await?;
    let id = match (files, numbers.first()) {
        (true, _) => "help-none",
        (false, None | Some(ToCall::Neighbour(_))) => "help-none-nobody",
        (false, Some(_)) => "help-none-line",
    };
    let mut html = Content::from(visit.text(id)).to_string();
    for one in numbers.iter().take(TOLD) {
        let _ = write!(html, "<br>{}", to_call(visit, one));
    }
    Ok(Content::Html(html))
}
