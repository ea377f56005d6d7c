//! Bodies with their seats and meetings.

use super::super::report::{Page, day, link, state_options, tag};
use crate::{
    components::{Button, Content, Details, ListTools, SummaryList},
    pages::Answer,
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done},
        listing::{List, download},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    desk::parse_id,
    domain::{
        id::SeatId,
        meeting::{SeatRole, SeatSex},
        register::day::Day,
    },
    meeting::{self, BodyShown, SeatForm},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/meetings", Action::PublicRead, list)
        .page("/meetings/{mechanism}/{body}", Action::PublicRead, show)
        .download("/meetings/{mechanism}/{body}/meetings.ics", Action::PublicRead, feed)
        .form("/meetings/{mechanism}/{body}/seat", Action::ManageMeetings, seat)
        .page("/meetings/seats/{id}", Action::ManageMeetings, ask_seat)
        .form("/meetings/seats/{id}", Action::ManageMeetings, change_seat)
}

async fn list(visit: Visit) -> Answer {
    let today: Day = visit.acting().now().date().into();
    let all = meeting::bodies(&visit.acting()).await?;
    let mut page = Page::new(&visit);
    let intro = Content::from(visit.text("meetings-intro"));
    page.push(format!("<p class=\"govuk-body-l\">{intro}</p>"));
    let top = page.finish();
    Ok(listed(&visit, all, today).answer(|table| {
        let title = visit.text("meetings-title");
        visit.page(&title).back("/reviews").html(&format!("{top}{table}"))
    })?)
}

/// When a body met last, and when it meets next: called, or by its cadence.
fn dates(one: &BodyShown, today: Day) -> (Option<Day>, Option<Day>) {
    let mut held = one.meetings.iter().map(|one| &one.record.entry);
    let last = held.clone().find(|meeting| meeting.from <= today);
    let next = held.rfind(|meeting| meeting.from > today);
    (last.map(|meeting| meeting.from), next.map(|meeting| meeting.from))
}

fn listed(visit: &Visit, all: Vec<BodyShown>, today: Day) -> List<'_, BodyShown> {
    let mut mechanisms: Vec<(String, String)> =
        all.iter().map(|one| (one.mechanism.clone(), one.mechanism.clone())).collect();
    mechanisms.sort();
    mechanisms.dedup();
    let (a, b, c) = (visit.clone(), visit.clone(), visit.clone());
    let (d, e) = (visit.clone(), visit.clone());
    List::new(visit, "bodies", &visit.text("meetings-title"), all)
        .column(
            "body",
            "meeting-body",
            |one| one.body.name.clone(),
            move |one| {
                let name = format!("<bdi lang=\"en\">{}</bdi>", Content::from(&one.body.name));
                link(&a, &format!("/meetings/{}", one.key), Content::Html(name))
            },
        )
        .text("mechanism", "report-mechanism", |one| one.mechanism.clone())
        .column(
            "last",
            "meeting-last",
            move |one| dates(one, today).0.map(|on| on.to_string()).unwrap_or_default(),
            move |one| dates(one, today).0.map(|on| day(&b, on)).unwrap_or_default().into(),
        )
        .column(
            "next",
            "meeting-next",
            move |one| next_told(&d, one, today),
            move |one| next_meeting(&c, one, today),
        )
        .column(
            "women",
            "meeting-women",
            |one| match one.composition.members {
                0 => String::new(),
                members => format!("{}/{members}", one.composition.women),
            },
            move |one| women(&e, one.composition.women, one.composition.members),
        )
        .filter("mechanism", "report-mechanism", mechanisms, |one, wanted| one.mechanism == wanted)
}

/// The next meeting as text for a file; one that was not called yet says so.
fn next_told(visit: &Visit, one: &BodyShown, today: Day) -> String {
    match (dates(one, today).1, one.expected.first()) {
        (Some(next), _) => next.to_string(),
        (None, Some(on)) if !one.meetings.is_empty() => {
            format!("{on} ({})", visit.text("meeting-expected"))
        }
        _ => String::new(),
    }
}

fn next_meeting(visit: &Visit, one: &BodyShown, today: Day) -> Content {
    match dates(one, today).1 {
        Some(next) => day(visit, next).into(),
        // Where no meeting is recorded there is nothing to count the cadence from.
        None if one.meetings.is_empty() => visit.text("meeting-none-yet").into(),
        None => one.expected.first().map_or_else(Content::default, |on| {
            let mark = Content::from(visit.text("meeting-expected"));
            Content::Html(format!(
                "{} <span class=\"p-small p-muted\">({mark})</span>",
                Content::from(day(visit, *on))
            ))
        }),
    }
}

fn women(visit: &Visit, n: usize, of: usize) -> Content {
    if of == 0 {
        return Content::default();
    }
    let values = [("n", visit.whole(n).into()), ("of", visit.whole(of).into())];
    visit.format("report-n-of", &values).into()
}

async fn show(visit: Visit, Path((mechanism, body)): Path<(String, String)>) -> Answer {
    page(&visit, &format!("{mechanism}/{body}"), &SeatForm::default(), &Problems::default()).await
}

async fn page(visit: &Visit, key: &str, typed: &SeatForm, problems: &Problems) -> Answer {
    let shown = meeting::body(&visit.acting(), key).await?;
    let mut page = Page::new(visit);
    page.push(facts(visit, &shown));
    let feed = visit.link(&format!("/meetings/{key}/meetings.ics"));
    page.push(ListTools::new(&visit.words(), String::new()).download("iCalendar", feed));
    let manages = visit.may(Action::ManageMeetings, &Resource::region());
    page.heading("meeting-list");
    if manages {
        page.push(Button::link(
            visit.text("meeting-call"),
            visit.link(&format!("/meetings/call?body={key}")),
        ));
    }
    let rows = shown
        .meetings
        .iter()
        .map(|one| {
            let record = &one.record.entry;
            let title = format!("<bdi lang=\"en\">{}</bdi>", Content::from(&record.title));
            let quorate = match record.quorate(shown.body.quorum) {
                Some(true) => tag(visit, "meeting", "quorate", "green"),
                Some(false) => tag(visit, "meeting", "not-quorate", "red"),
                None => Content::default(),
            };
            vec![
                link(visit, &format!("/meetings/{}", one.record.id), Content::Html(title)),
                day(visit, record.from).into(),
                record.place.as_str().into(),
                quorate,
            ]
        })
        .collect();
    let heads = ["meeting-name", "meeting-from", "meeting-place", "meeting-quorum"];
    page.table("meetings", "meeting-list", &heads, rows);
    page.heading("meeting-seats");
    let rows = shown
        .seats
        .iter()
        .map(|one| {
            let mut row = seat_row(visit, &one.record.entry);
            if manages {
                let path = format!("/meetings/seats/{}", one.record.id);
                let own = visit.acting().subject.is_member_of(one.record.tenant);
                let words = visit.text("seat-change");
                row.push(if own { link(visit, &path, words) } else { Content::default() });
            }
            row
        })
        .collect();
    seat_table(&mut page, manages, rows);
    super::decided::rights(visit, &mut page);
    if manages {
        let form = seat_form(visit, key, typed, problems);
        page.push(if problems.0.is_empty() {
            Details::new(visit.text("seat-new"), Content::Html(form)).to_string()
        } else {
            form
        });
    }
    let html = page.finish();
    let mut response = visit.page(&shown.body.name).back("/meetings").html(&html);
    if !problems.0.is_empty() {
        *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

fn seat_table(page: &mut Page<'_>, manages: bool, rows: Vec<Vec<Content>>) {
    let mut heads =
        vec!["seat-name", "report-state", "seat-role", "seat-sex", "seat-since", "seat-until"];
    if manages {
        heads.push("report-next");
    }
    page.table("seats", "meeting-seats", &heads, rows);
}

fn seat_row(visit: &Visit, seat: &palermo_app::domain::meeting::Seat) -> Vec<Content> {
    let of = match (&seat.state, &seat.organisation) {
        (Some(state), _) => visit.state(state.as_str()),
        (None, Some(name)) => name.clone(),
        (None, None) => String::new(),
    };
    vec![
        Content::Html(format!("<bdi>{}</bdi>", Content::from(&seat.name))),
        of.into(),
        visit.text(&format!("seat-role-{}", seat.role)).into(),
        visit.text(&format!("seat-sex-{}", seat.sex)).into(),
        day(visit, seat.from).into(),
        seat.until.map(|on| day(visit, on)).unwrap_or_default().into(),
    ]
}

fn facts(visit: &Visit, shown: &BodyShown) -> SummaryList {
    let counted = shown.composition;
    let mut list = SummaryList::new()
        .row(visit.text("report-mechanism"), shown.mechanism.as_str())
        .row(visit.text("meeting-members"), visit.whole(counted.members))
        .row(visit.text("meeting-observers"), visit.whole(counted.observers))
        .row(visit.text("meeting-women"), women(visit, counted.women, counted.members))
        .row(
            visit.text("meeting-women-leading"),
            women(visit, counted.women_leading, counted.leading),
        );
    if let Some(quorum) = shown.body.quorum {
        list = list.row(visit.text("meeting-quorum"), visit.whole(quorum as usize));
    }
    if let Some(state) = shown.rotation {
        list = list.row(visit.text("meeting-rotation"), visit.state(state.as_str()));
    }
    let expected: Vec<String> = shown.expected.iter().take(4).map(|on| day(visit, *on)).collect();
    if shown.meetings.is_empty() {
        list = list.row(visit.text("meeting-next"), visit.text("meeting-none-yet"));
    } else if !expected.is_empty() {
        list = list.row(visit.text("meeting-expected"), expected.join(" · "));
    }
    list
}

fn seat_form(visit: &Visit, key: &str, typed: &SeatForm, problems: &Problems) -> String {
    seat_fields(visit, &format!("/meetings/{key}/seat"), typed, problems).html()
}

fn seat_fields<'v>(
    visit: &'v Visit,
    path: &str,
    typed: &SeatForm,
    problems: &Problems,
) -> FormPage<'v> {
    let roles = SeatRole::ALL
        .iter()
        .map(|one| (one.code().to_owned(), visit.text(&format!("seat-role-{one}"))))
        .collect();
    let sexes = SeatSex::ALL
        .iter()
        .map(|one| (one.code().to_owned(), visit.text(&format!("seat-sex-{one}"))))
        .collect();
    FormPage::new(visit, path, problems)
        .hidden("revision", &typed.revision)
        .text("name", "seat-name", "", &typed.name)
        .select("state", "report-state", state_options(visit), &typed.state)
        .text("organisation", "seat-organisation", "", &typed.organisation)
        .radios("role", "seat-role", roles, &typed.role)
        .radios("sex", "seat-sex", sexes, &typed.sex)
        .text("from", "seat-since", "report-day-hint", &typed.from)
        .text("until", "seat-until", "report-day-hint", &typed.until)
        .button("form-save")
}

async fn ask_seat(visit: Visit, Path(id): Path<String>) -> Answer {
    let (_, typed) = meeting::seat_typed(&visit.acting(), parse_id(&id)?).await?;
    Ok(change_seat_page(&visit, &id, &typed, &Problems::default()))
}

fn change_seat_page(visit: &Visit, id: &str, typed: &SeatForm, problems: &Problems) -> Response {
    seat_fields(visit, &format!("/meetings/seats/{id}"), typed, problems)
        .page("seat-change", "/meetings")
}

/// Ends a seat, or puts it right.
async fn change_seat(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let seat: SeatId = parse_id(&id)?;
    let (key, _) = meeting::seat_typed(&visit.acting(), seat).await?;
    let typed = typed_seat(&form);
    match meeting::seat(&visit.acting_once(&form), &key, Some(seat), &typed).await {
        Ok(_) => Ok(done(&visit, &format!("/meetings/{key}"), "saved")),
        Err(Refused::Invalid(problems)) => Ok(change_seat_page(&visit, &id, &typed, &problems)),
        Err(other) => Err(Failure(other)),
    }
}

fn typed_seat(form: &Form) -> SeatForm {
    let text = |name: &str| form.text(name).to_owned();
    SeatForm {
        name: text("name"),
        state: text("state"),
        organisation: text("organisation"),
        role: text("role"),
        sex: text("sex"),
        from: text("from"),
        until: text("until"),
        revision: text("revision"),
    }
}

async fn seat(
    Path((mechanism, body)): Path<(String, String)>,
    Sent { visit, form }: Sent,
) -> Answer {
    let key = format!("{mechanism}/{body}");
    let typed = typed_seat(&form);
    match meeting::seat(&visit.acting_once(&form), &key, None, &typed).await {
        Ok(_) => Ok(done(&visit, &format!("/meetings/{key}"), "seated")),
        Err(Refused::Invalid(problems)) => page(&visit, &key, &typed, &problems).await,
        Err(other) => Err(Failure(other)),
    }
}

async fn feed(visit: Visit, Path((mechanism, body)): Path<(String, String)>) -> Answer {
    let acting = visit.acting();
    let shown = meeting::body(&acting, &format!("{mechanism}/{body}")).await?;
    let text = meeting::body_calendar(&acting, &shown);
    Ok(download(text.into_bytes(), "text/calendar; charset=utf-8", &body, "ics"))
}
