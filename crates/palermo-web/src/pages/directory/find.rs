//! Finding help in ten seconds: what is needed, where, for whom if one wishes.
//! Nothing typed here is kept; a need nobody meets is filed on a press of a button.

use super::{languages, link, number, options, standing, state_asked, state_options, word};
use crate::{
    components::{
        Button, Checkboxes, Choice, Content, Details, FilterPanel, Input, InsetText, Select, Tag,
    },
    pages::Answer,
    shell::{
        form::Form,
        forms::{done, one_button},
        gate::encode,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::response::Response;
use palermo_app::{
    Refused,
    access::{Action, Resource},
    case::open::language_name,
    desk::parse_id,
    domain::{
        id::ServiceId,
        service::{
            Need, Service,
            find::{AgeGroup, Because, Exploitation, Found, Particulars, Sex, Wanted},
        },
    },
    service::{self, Shown},
    unmet_need,
};
use std::fmt::Write as _;

/// Results on a page: a phone shows few, and "the next" brings more.
const SHOWN: usize = 5;

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/get-help", Action::PublicRead, ask)
        .form("/get-help/no-answer", Action::NoteCall, no_answer)
        .form("/get-help/unmet", Action::FileUnmetNeed, unmet)
}

/// The names of the fields, in the order of the form.
const FIELDS: [&str; 10] =
    ["need", "state", "area", "sex", "age", "with", "exploitation", "languages", "tried", "years"];

/// What the fields of an address or a form say is wanted.
fn wanted(field: impl Fn(&str) -> String, list: impl Fn(&str) -> Vec<String>) -> Option<Wanted> {
    let with = list("with");
    let has = |one: &str| with.iter().any(|said| said == one);
    let words = |text: String| -> Vec<String> {
        let parts = text.split(|c: char| c == ',' || c.is_whitespace()).map(str::to_owned);
        parts.filter(|part| !part.is_empty()).collect()
    };
    let area = field("area").trim().chars().take(80).collect::<String>();
    Some(Wanted {
        need: field("need").parse::<Need>().ok()?,
        state: field("state").trim().to_uppercase().parse().ok()?,
        area: (!area.is_empty()).then_some(area),
        person: Particulars {
            sex: field("sex").parse::<Sex>().ok(),
            age: field("age").parse::<AgeGroup>().ok(),
            age_years: field("years").parse().ok(),
            with_children: has("children"),
            disability: has("disability"),
            exploitation: field("exploitation").parse::<Exploitation>().ok(),
            high_risk: has("high-risk"),
            languages: words(field("languages")),
        },
        tried: words(field("tried")).iter().filter_map(|id| id.parse().ok()).collect(),
    })
}

fn of_address(visit: &Visit) -> Option<Wanted> {
    let query = visit.address.split_once('?').map_or("", |(_, query)| query);
    let form = Form::parse(query.as_bytes());
    wanted(|name| visit.query(name), |name| form.list(name).to_vec())
}

fn of_form(form: &Form) -> Option<Wanted> {
    wanted(|name| form.text(name).to_owned(), |name| form.list(name).to_vec())
}

/// The same question as fields of an address.
fn as_query(wanted: &Wanted) -> String {
    let mut parts = Vec::new();
    for (name, value) in as_fields(wanted) {
        parts.push(format!("{name}={}", encode(&value)));
    }
    parts.join("&")
}

fn as_fields(wanted: &Wanted) -> Vec<(&'static str, String)> {
    let person = &wanted.person;
    let tried: Vec<String> = wanted.tried.iter().map(ServiceId::to_string).collect();
    let mut with = Vec::new();
    for (said, word) in [
        (person.with_children, "children"),
        (person.disability, "disability"),
        (person.high_risk, "high-risk"),
    ] {
        if said {
            with.push(("with", word.to_owned()));
        }
    }
    let text = |value: Option<&'static str>| value.unwrap_or_default().to_owned();
    let mut fields = vec![
        ("need", wanted.need.code().to_owned()),
        ("state", wanted.state.to_string()),
        ("area", wanted.area.clone().unwrap_or_default()),
        ("sex", text(person.sex.map(Sex::code))),
        ("age", text(person.age.map(AgeGroup::code))),
        ("exploitation", text(person.exploitation.map(Exploitation::code))),
        ("languages", person.languages.join(",")),
        ("tried", tried.join(",")),
    ];
    fields.retain(|(_, value)| !value.is_empty());
    fields.extend(with);
    fields
}

async fn ask(visit: Visit) -> Answer {
    let wanted = of_address(&visit);
    let mut html = String::new();
    if let Some(wanted) = &wanted {
        let acting = visit.acting();
        let found = service::find(&acting, wanted).await?;
        let list = service::shown(&acting, &found, SHOWN).await?;
        html.push_str(&results(&visit, wanted, &found, &list));
        html.push_str(&excluding(&visit, &found).await?);
        html.push_str(&end(&visit, wanted, &found).await?);
        let path = format!("/get-help/{}", wanted.state);
        let page = link(&visit, &path, visit.text("help-state-page"));
        let _ = write!(html, "<p class=\"govuk-body\">{page}</p>");
    }
    let spoken = service::languages(&visit.acting()).await?;
    let form = form(&visit, wanted.as_ref(), &spoken);
    let html = match &wanted {
        Some(_) => format!("{html}{}", Details::new(visit.text("help-find-again"), form)),
        None => format!(
            "<p class=\"govuk-body\">{}</p>{form}{}",
            Content::from(visit.text("help-find-lead")),
            states(&visit)
        ),
    };
    Ok(visit.page(&visit.text("help-find-title")).back("/directory").html(&html))
}

fn form(visit: &Visit, wanted: Option<&Wanted>, spoken: &[String]) -> Content {
    let person = wanted.map(|wanted| wanted.person.clone()).unwrap_or_default();
    let none = || std::iter::once((String::new(), visit.text("word-not-said")));
    let state = wanted.map(|one| one.state).or_else(|| state_asked(visit));
    let need = wanted.map_or("shelter", |one| one.need.code());
    let choose = std::iter::once((String::new(), visit.text("form-choose")));
    let mut more = String::new();
    let sexes = none().chain(options(visit, "sex", Sex::ALL.iter().map(|s| s.code())));
    let ages = none().chain(options(visit, "age", AgeGroup::ALL.iter().map(|a| a.code())));
    let forms =
        none().chain(options(visit, "exploited", Exploitation::ALL.iter().map(|e| e.code())));
    let _ = write!(
        more,
        "<p class=\"govuk-body-s\">{}</p>{}{}{}",
        Content::from(visit.text("help-person-why")),
        Select::new("sex", visit.text("help-sex"))
            .options(sexes)
            .value(person.sex.map(Sex::code).unwrap_or_default()),
        Select::new("age", visit.text("help-age"))
            .options(ages)
            .value(person.age.map(AgeGroup::code).unwrap_or_default()),
        Select::new("exploitation", visit.text("help-exploitation"))
            .options(forms)
            .value(person.exploitation.map(Exploitation::code).unwrap_or_default()),
    );
    let with = ["children", "disability", "high-risk"]
        .map(|code| Choice::new(code, word(visit, "with", code)));
    let mut ticked = Vec::new();
    for (said, code) in [
        (person.with_children, "children"),
        (person.disability, "disability"),
        (person.high_risk, "high-risk"),
    ] {
        if said {
            ticked.push(code.to_owned());
        }
    }
    let _ = write!(
        more,
        "{}{}",
        Checkboxes::new("with", visit.text("help-with"), with).values(ticked),
        spoken_select(visit, &person, spoken),
    );
    let mut panel = FilterPanel::new(&visit.words(), visit.link("/get-help"))
        .field(
            Select::new("need", visit.text("help-need"))
                .options(options(visit, "need", Need::ALL.iter().map(|n| n.code())))
                .value(need),
        )
        .field(
            Select::new("state", visit.text("field-state"))
                .options(choose.chain(state_options(visit)))
                .value(state.map(|s| s.to_string()).unwrap_or_default()),
        )
        .field(
            Input::new("area", visit.text("help-area"))
                .value(wanted.and_then(|one| one.area.clone()).unwrap_or_default())
                .hint(visit.text("help-area-hint")),
        )
        .field(Content::Html(
            Details::new(visit.text("help-person"), Content::Html(more)).to_string(),
        ));
    panel.title = visit.text("help-find-title");
    panel.apply = visit.text("help-find-do");
    Content::Html(panel.stays_open().to_string())
}

/// The languages that services list, by the names their speakers use.
fn spoken_select(visit: &Visit, person: &Particulars, spoken: &[String]) -> Select {
    let acting = visit.acting();
    let mut options: Vec<(String, String)> =
        spoken.iter().map(|code| (code.clone(), language_name(&acting, code))).collect();
    options.sort_by(|a, b| visit.compare(&a.1, &b.1));
    let any = std::iter::once((String::new(), visit.text("help-language-any")));
    Select::new("languages", visit.text("help-languages"))
        .options(any.chain(options))
        .value(person.languages.first().cloned().unwrap_or_default())
}

/// Links to the help page of each State, which prints and stays readable offline.
fn states(visit: &Visit) -> String {
    if !visit.web.settings().demo && visit.signed.is_none() {
        return String::new();
    }
    let links = state_options(visit).into_iter().map(|(code, name)| {
        format!("<li>{}</li>", link(visit, &format!("/get-help/{code}"), name))
    });
    format!(
        "<h2 class=\"govuk-heading-m\">{}</h2><ul class=\"govuk-list\">{}</ul>",
        Content::from(visit.text("help-by-state")),
        links.collect::<String>()
    )
}

fn results(visit: &Visit, wanted: &Wanted, found: &Found, list: &[Shown]) -> String {
    let values = [
        ("count", found.matches.len().into()),
        ("shown", visit.whole(found.matches.len()).into()),
        ("need", word(visit, "need", wanted.need.code()).into()),
        ("state", visit.state(wanted.state.as_str()).into()),
    ];
    // The public is not told how many there are: protected ones are among them.
    let id = match (list.is_empty(), service::sees_protected(&visit.acting())) {
        (true, _) => "help-found-none",
        (false, true) => "help-found",
        (false, false) => "help-found-public",
    };
    let mut html =
        format!("<p class=\"govuk-body\">{}</p>", Content::from(visit.format(id, &values)));
    for (at, one) in list.iter().enumerate() {
        html.push_str(&result(visit, wanted, one, at == 0));
    }
    html
}

/// What a service is called where its name must not be told.
pub(super) fn name(visit: &Visit, service: &Service) -> String {
    if service.name.is_empty() {
        return visit.format(
            "help-protected-name",
            &[("need", word(visit, "need", service.need.code()).into())],
        );
    }
    service.name.clone()
}

fn result(visit: &Visit, wanted: &Wanted, one: &Shown, first: bool) -> String {
    let service = &one.service;
    let title = name(visit, service);
    let protected = service.place.is_protected();
    let title = if service.name.is_empty() {
        Content::from(title)
    } else {
        link(visit, &format!("/services/{}", one.id), title)
    };
    let mut html = format!("<section class=\"p-help\"><h2 class=\"govuk-heading-s\">{title}</h2>");
    if !service.organisation.name.is_empty() {
        let place = service.where_shown().filter(|_| !protected).unwrap_or_default();
        let _ = write!(
            html,
            "<p class=\"govuk-body-s\"><bdi>{}</bdi>{}</p>",
            Content::from(&service.organisation.name),
            if place.is_empty() {
                String::new()
            } else {
                format!(" · <bdi>{}</bdi>", Content::from(place))
            }
        );
    }
    html.push_str(&reached(visit, one));
    for phone in &service.phones {
        let free = if phone.toll_free {
            format!(" {}", Tag::coloured(visit.text("phone-free"), "green"))
        } else {
            String::new()
        };
        let _ = write!(html, "<p class=\"govuk-body-l\">{}{free}</p>", number(&phone.number));
    }
    let _ = write!(
        html,
        "<p class=\"govuk-body\">{}</p>",
        standing(visit, one.standing, service.time_zone.as_deref())
    );
    let _ = write!(html, "<p class=\"govuk-body-s\">{}</p>", because(visit, &one.because));
    if !service.languages.is_empty() {
        let _ = write!(
            html,
            "<p class=\"govuk-body-s\">{}: <bdi>{}</bdi></p>",
            Content::from(visit.text("desk-languages")),
            Content::from(languages(&service.languages))
        );
    }
    if let Some(alert) = &service.alert {
        let _ = write!(html, "{}", InsetText::new(alert.as_str()));
    }
    html.push_str(&called(visit, wanted, one, first));
    html.push_str(
        "</section><hr class=\"govuk-section-break govuk-section-break--m govuk-section-break--visible\">",
    );
    html
}

/// How a protected service is reached: its desk, for staff with its page, and a
/// number to call in any case.
fn reached(visit: &Visit, one: &Shown) -> String {
    if !one.service.place.is_protected() {
        return String::new();
    }
    let Some(desk) = &one.through else {
        let words = Content::from(visit.text("help-no-desk"));
        return format!("<p class=\"govuk-body\">{words}</p>");
    };
    let words = visit.format("help-through", &[("desk", desk.name.clone().into())]);
    let words = match service::sees_protected(&visit.acting()) {
        true => link(visit, &format!("/contact-points/{}", desk.id), words),
        false => Content::from(words),
    };
    let mut html = format!("<p class=\"govuk-body\">{words}");
    if let Some(telephone) = &desk.telephone {
        let _ = write!(html, " {}", number(telephone));
    } else if let Some(line) = &one.line {
        let words = visit.format("help-line", &[("desk", line.name.clone().into())]);
        let telephone = line.telephone.as_deref().map(number).unwrap_or_default();
        let _ = write!(html, "<br>{} {telephone}", Content::from(words));
    }
    html.push_str("</p>");
    html
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
        let query = as_query(&next);
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
        visit.link(&format!("/get-help?{}", as_query(&next))),
    )
    .secondary()
    .small()
    .to_string()
}

fn because(visit: &Visit, reasons: &[Because]) -> Content {
    // What the line about hours says already is not said twice.
    let said = |one: &&Because| {
        !matches!(one, Because::OpenNow | Because::ClosedNow | Because::HoursUnknown)
    };
    let tags: Vec<String> = reasons
        .iter()
        .filter(said)
        .map(|one| {
            let colour = match one {
                Because::Admits | Because::ServesArea | Because::PlacesFree => "green",
                Because::Full | Because::Unanswered => "red",
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
        let organisation = Content::from(&kept.service.organisation.name);
        let line = format!(
            "<li><bdi>{}</bdi>, <bdi>{organisation}</bdi>: {}</li>",
            Content::from(name(visit, &kept.service)),
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
        let fields = as_fields(wanted);
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

/// Whom to call where no service is in reach: the desk on duty with its number,
/// else a number that is the same in many States. Filing is for those who can.
async fn nobody_left(visit: &Visit, wanted: &Wanted, files: bool) -> Result<Content, Refused> {
    let acting = visit.acting();
    let desk = service::duty_desk(&acting, wanted.state).await?;
    if let Some(desk) = desk {
        let telephone = desk.telephone.as_deref().map(number).unwrap_or_default();
        let words = if files {
            format!(
                "{} <bdi>{}</bdi>",
                Content::from(visit.text("help-none")),
                Content::from(desk.name)
            )
        } else {
            let values = [("desk", desk.name.into())];
            Content::from(visit.format("help-none-public", &values)).to_string()
        };
        return Ok(Content::Html(format!("{words} {telephone}")));
    }
    if files {
        return Ok(visit.text("help-none").into());
    }
    let help = service::of_state(&acting, wanted.state).await?;
    let phones = help.hotlines.into_iter().flat_map(|one| one.phones).chain(help.regional);
    let numbers: Vec<String> = phones.map(|phone| number(&phone.number).to_string()).collect();
    if numbers.is_empty() {
        return Ok(visit.text("help-none-nobody").into());
    }
    let words = Content::from(visit.text("help-none-line"));
    Ok(Content::Html(format!("{words} {}", numbers.join(" "))))
}

async fn no_answer(Sent { visit, form }: Sent) -> Answer {
    let id: ServiceId = parse_id(form.text("service"))?;
    service::note_unanswered(&visit.acting_once(&form), id).await?;
    // Only fields of this form go on.
    let next = Form::parse(form.text("next").as_bytes());
    let kept: Vec<String> = FIELDS
        .iter()
        .flat_map(|name| {
            next.list(name).iter().map(move |value| format!("{name}={}", encode(value)))
        })
        .collect();
    Ok(done(&visit, &format!("/get-help?{}", kept.join("&")), "call-noted"))
}

async fn unmet(Sent { visit, form }: Sent) -> Answer {
    let wanted = of_form(&form).ok_or(Refused::NotFound)?;
    let acting = visit.acting_once(&form);
    let found = service::find(&acting, &wanted).await?;
    unmet_need::file(&acting, &wanted, &found).await?;
    let answer: Response = done(&visit, &format!("/get-help?{}", as_query(&wanted)), "unmet-filed");
    Ok(answer)
}
