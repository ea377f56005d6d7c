//! Bodies and their meetings: seats, agendas, papers, decisions and what
//! became of them, the next meetings, and all of it as a calendar (R218–R221).

mod closed;
mod owed;
mod replies;

pub use owed::{Owed, owed_by_me};
pub use replies::{ReplyForm, replies, replies_for, reply};

use self::closed::Reads;
use crate::{
    Acting, App, Message, Problems, Refused,
    access::{Action, Resource},
    begin,
};
use palermo_domain::{
    id::{MeetingId, SeatId},
    meeting::{
        ActionStatus, Composition, Decision, FollowingAction, Meeting, Paper, Seat, SeatRole,
        SeatSex, coming_back, composition, next_meetings, rotating_chair,
    },
    register::{day::Day, mechanism::Body, state::StateCode},
};
use palermo_standards::calendar::{Entry, calendar};
use palermo_store::{
    Revision, Versioned,
    meeting::{meeting as meetings, seat as seats},
    register::Filed,
};

/// A body of a mechanism with who sits in it and when it meets.
#[derive(Debug, Clone)]
pub struct BodyShown {
    /// `MECHANISM/body-id`.
    pub key: String,
    /// The mechanism.
    pub mechanism: String,
    /// The body as its profile describes it.
    pub body: Body,
    /// Seats, those held first.
    pub seats: Vec<Versioned<Filed<SeatId, Seat>>>,
    /// Who sits in it today, in numbers.
    pub composition: Composition,
    /// Meetings, newest first.
    pub meetings: Vec<Versioned<Filed<MeetingId, Meeting>>>,
    /// Next meetings by the cadence, not yet called.
    pub expected: Vec<Day>,
    /// The State that chairs this year, where the chair goes round.
    pub rotation: Option<StateCode>,
}

/// What someone typed about a seat.
#[derive(Debug, Clone, Default)]
pub struct SeatForm {
    /// Name and function.
    pub name: String,
    /// State.
    pub state: String,
    /// Organisation.
    pub organisation: String,
    /// Role.
    pub role: String,
    /// Sex.
    pub sex: String,
    /// From when.
    pub from: String,
    /// Until when.
    pub until: String,
    /// The revision the form was opened with; empty for a new seat.
    pub revision: String,
}

/// What someone typed about a meeting. Lists come one a line.
#[derive(Debug, Clone, Default)]
pub struct MeetingForm {
    /// Title.
    pub title: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// Place.
    pub place: String,
    /// Agenda.
    pub agenda: String,
    /// Papers: title, a bar, a link; a line that begins with `!` is closed to observers.
    pub papers: String,
    /// Members present.
    pub present: String,
    /// Decisions: a line each; a line that begins with `-` is an action of
    /// the decision above: what, a bar, who, a bar, until when.
    pub decisions: String,
    /// The revision the form was opened with.
    pub revision: String,
}

impl MeetingForm {
    /// A form showing what is stored.
    #[must_use]
    pub fn of(meeting: &Meeting) -> Self {
        let paper = |paper: &Paper| {
            let mark = if paper.open { "" } else { "!" };
            match &paper.link {
                Some(link) => format!("{mark}{} | {link}", paper.title),
                None => format!("{mark}{}", paper.title),
            }
        };
        let action = |one: &FollowingAction| {
            let due = one.due.map(|day| day.to_string()).unwrap_or_default();
            format!("- {} | {} | {due}", one.what, one.who)
        };
        let decisions = meeting.decisions.iter().flat_map(|decision| {
            std::iter::once(decision.text.clone()).chain(decision.actions.iter().map(action))
        });
        Self {
            title: meeting.title.clone(),
            from: meeting.from.to_string(),
            to: meeting.to.to_string(),
            place: meeting.place.clone(),
            agenda: meeting.agenda.join("\n"),
            papers: meeting.papers.iter().map(paper).collect::<Vec<_>>().join("\n"),
            present: meeting.present.map(|count| count.to_string()).unwrap_or_default(),
            decisions: decisions.collect::<Vec<_>>().join("\n"),
            revision: String::new(),
        }
    }

    fn parse(&self, body: &str, before: Option<&Meeting>) -> Result<Meeting, Refused> {
        let mut problems = Problems::default();
        let title = problems.required("title", &self.title, 200);
        let place = problems.required("place", &self.place, 120);
        let mut day = |field: &str, text: &str| {
            let read = text.trim().parse::<Day>().ok();
            if read.is_none() {
                problems.add(field, Message::no_day(text));
            }
            read
        };
        let (from, to) = (day("from", &self.from), day("to", &self.to));
        if to < from {
            problems.add("to", Message::new("error-before"));
        }
        let typed = self.present.trim();
        let present = typed.parse::<u32>().ok();
        if present.is_none() && !typed.is_empty() {
            problems.add("present", Message::new("error-report-number").with("typed", typed));
        }
        let decisions = self.read_decisions(before, &mut problems);
        problems.none()?;
        let (Some(from), Some(to)) = (from, to) else { return Err(Refused::NotFound) };
        Ok(Meeting {
            body: body.to_owned(),
            title,
            from,
            to,
            place,
            agenda: lines(&self.agenda).map(str::to_owned).collect(),
            papers: lines(&self.papers).map(paper).collect(),
            present,
            decisions,
        })
    }

    fn read_decisions(&self, before: Option<&Meeting>, problems: &mut Problems) -> Vec<Decision> {
        let known: Vec<&FollowingAction> = before
            .iter()
            .flat_map(|meeting| &meeting.decisions)
            .flat_map(|decision| &decision.actions)
            .collect();
        let mut decisions: Vec<Decision> = Vec::new();
        for line in lines(&self.decisions) {
            let Some(action) = line.strip_prefix('-') else {
                decisions.push(Decision { text: line.to_owned(), actions: Vec::new() });
                continue;
            };
            let mut parts = action.split('|').map(str::trim);
            let (what, who) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
            let due = parts.next().unwrap_or("");
            let read = due.parse::<Day>().ok();
            if what.is_empty() || who.is_empty() || (read.is_none() && !due.is_empty()) {
                problems.add("decisions", Message::new("error-meeting-action").with("line", line));
                continue;
            }
            let old = known.iter().find(|one| one.what == what && one.who == who);
            let following = FollowingAction {
                what: what.to_owned(),
                who: who.to_owned(),
                due: read,
                status: old.map_or(ActionStatus::Open, |one| one.status),
                report: old.map(|one| one.report.clone()).unwrap_or_default(),
            };
            match decisions.last_mut() {
                Some(decision) => decision.actions.push(following),
                None => problems
                    .add("decisions", Message::new("error-meeting-action").with("line", line)),
            }
        }
        decisions
    }
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

fn paper(line: &str) -> Paper {
    let (open, line) = match line.strip_prefix('!') {
        Some(rest) => (false, rest),
        None => (true, line),
    };
    let (title, link) = line.split_once('|').unwrap_or((line, ""));
    let link = link.trim();
    Paper {
        title: title.trim().to_owned(),
        link: link.starts_with("https://").then(|| link.to_owned()),
        open,
    }
}

/// Finds a body of a profile by `MECHANISM/body-id`.
fn described<'a>(app: &'a App, key: &str) -> Option<(&'a str, &'a Body)> {
    let (mechanism, id) = key.split_once('/')?;
    let profile = app.content.mechanisms().get(mechanism)?;
    let body = profile.bodies.given()?.iter().find(|body| body.id == id)?;
    Some((profile.id.as_str(), body))
}

/// Bodies of the mechanisms that this installation serves: those of its own
/// mechanism and those about which anything is stored.
///
/// # Errors
/// When the store does not answer.
pub async fn bodies(acting: &Acting<'_>) -> Result<Vec<BodyShown>, Refused> {
    let app = acting.app;
    let own = app.store.mechanism().await?;
    let all_seats = seats::list(&app.store, None).await?;
    let all_meetings = meetings::list(&app.store, None).await?;
    let mut found = Vec::new();
    for profile in app.content.mechanisms().profiles() {
        for body in profile.bodies.given().into_iter().flatten() {
            let key = format!("{}/{}", profile.id, body.id);
            let seats: Vec<_> =
                all_seats.iter().filter(|one| one.record.entry.body == key).cloned().collect();
            let held: Vec<_> =
                all_meetings.iter().filter(|one| one.record.entry.body == key).cloned().collect();
            if own.as_deref() == Some(profile.id.as_str()) || !seats.is_empty() || !held.is_empty()
            {
                let reads = Reads::of(acting, profile.id.as_str(), &seats).await?;
                let held = open_to(&reads, held);
                found.push(shown(acting, &key, profile.id.as_str(), body, seats, held));
            }
        }
    }
    Ok(found)
}

/// One body.
///
/// # Errors
/// [`Refused::NotFound`] for one no profile describes.
pub async fn body(acting: &Acting<'_>, key: &str) -> Result<BodyShown, Refused> {
    let app = acting.app;
    let (mechanism, body) = described(app, key).ok_or(Refused::NotFound)?;
    let seats = seats::list(&app.store, Some(key)).await?;
    let held = meetings::list(&app.store, Some(key)).await?;
    let reads = Reads::of(acting, mechanism, &seats).await?;
    Ok(shown(acting, key, mechanism, body, seats, open_to(&reads, held)))
}

fn shown(
    acting: &Acting<'_>,
    key: &str,
    mechanism: &str,
    body: &Body,
    mut seats: Vec<Versioned<Filed<SeatId, Seat>>>,
    mut held: Vec<Versioned<Filed<MeetingId, Meeting>>>,
) -> BodyShown {
    let today: Day = acting.now().date().into();
    seats.sort_by_key(|one| {
        let seat = &one.record.entry;
        (!seat.held_on(today), seat.role, seat.name.clone())
    });
    held.sort_by_key(|one| std::cmp::Reverse(one.record.entry.from));
    let plain: Vec<Seat> = seats.iter().map(|one| one.record.entry.clone()).collect();
    let horizon = today.plus_months(36);
    let last = held.first().map(|one| one.record.entry.from);
    let expected = body
        .cadence
        .given()
        .map(|cadence| next_meetings(*cadence, last, today, horizon))
        .unwrap_or_default();
    // Only where the profile cites the rule: a chair is no fact to be guessed.
    let rotation = body.chair.as_ref().and_then(|rule| {
        let order: Vec<StateCode> =
            rule.order.iter().filter_map(|code| code.parse().ok()).collect();
        rotating_chair(&order, rule.from, today.date().year())
    });
    BodyShown {
        key: key.to_owned(),
        mechanism: mechanism.to_owned(),
        body: body.clone(),
        composition: composition(&plain, today),
        seats,
        meetings: held,
        expected,
        rotation,
    }
}

/// Meetings with the papers that their reader may see.
fn open_to(
    reads: &Reads,
    mut held: Vec<Versioned<Filed<MeetingId, Meeting>>>,
) -> Vec<Versioned<Filed<MeetingId, Meeting>>> {
    for one in &mut held {
        let closed = reads.closed(one.record.tenant);
        one.record.entry.papers.retain(|paper| closed || paper.open);
    }
    held
}

/// One meeting with what comes back from earlier ones.
///
/// # Errors
/// [`Refused::NotFound`].
pub async fn meeting(
    acting: &Acting<'_>,
    id: MeetingId,
) -> Result<
    (BodyShown, Versioned<Filed<MeetingId, Meeting>>, Vec<(Day, Decision, FollowingAction)>),
    Refused,
> {
    let all = meetings::list(&acting.app.store, None).await?;
    let found = all.into_iter().find(|one| one.record.id == id).ok_or(Refused::NotFound)?;
    let shown = body(acting, &found.record.entry.body).await?;
    let plain: Vec<Meeting> = shown.meetings.iter().map(|one| one.record.entry.clone()).collect();
    let back = coming_back(&found.record.entry, &plain)
        .into_iter()
        .map(|(on, decision, action)| (on, decision.clone(), action.clone()))
        .collect();
    // As the body shows it: with the papers its reader may see.
    let own = shown.meetings.iter().find(|one| one.record.id == id).cloned();
    let found = own.ok_or(Refused::NotFound)?;
    Ok((shown, found, back))
}

/// Reads what was typed about a seat.
fn read_seat(acting: &Acting<'_>, key: &str, form: &SeatForm) -> Result<Seat, Refused> {
    let mut problems = Problems::default();
    let name = problems.required("name", &form.name, 160);
    let organisation = problems.bounded("organisation", &form.organisation, 160);
    let typed = form.state.trim();
    let state = StateCode::typed(typed).ok();
    let state = state.filter(|code| acting.app.registers.states.get(*code).is_some());
    if state.is_none() && !typed.is_empty() {
        problems.add("state", Message::new("error-unknown-state").with("code", typed));
    }
    let role = form.role.parse::<SeatRole>().ok();
    if role.is_none() {
        problems.add("role", Message::new("error-choose"));
    }
    let sex = form.sex.parse::<SeatSex>().unwrap_or(SeatSex::Unstated);
    let from = form.from.trim().parse::<Day>().ok();
    if from.is_none() {
        problems.add("from", Message::no_day(&form.from));
    }
    let until = form.until.trim().parse::<Day>().ok();
    if until.is_none() && !form.until.trim().is_empty() {
        problems.add("until", Message::new("error-report-day").with("typed", &form.until));
    }
    if until.is_some() && until < from {
        problems.add("until", Message::new("error-before"));
    }
    problems.none()?;
    let (Some(role), Some(from)) = (role, from) else { return Err(Refused::NotFound) };
    Ok(Seat {
        body: key.to_owned(),
        name,
        state,
        organisation: (!organisation.is_empty()).then_some(organisation),
        role,
        sex,
        from,
        until,
    })
}

/// Seats someone in a body, or puts a seat right: with a last day it is ended. A seat is
/// not taken away, so that who sat in the body on a day stays known.
///
/// # Errors
/// Every problem of the form at once; [`Refused::Conflict`] if someone else changed the
/// seat since the form was opened.
pub async fn seat(
    acting: &Acting<'_>,
    key: &str,
    id: Option<SeatId>,
    form: &SeatForm,
) -> Result<SeatId, Refused> {
    acting.allow(Action::ManageMeetings, &Resource::region()).await?;
    described(acting.app, key).ok_or(Refused::NotFound)?;
    let (tenant, _) = acting.member()?;
    if let Some(id) = id {
        let found = seats::find(&acting.app.store, tenant, id).await?;
        found.filter(|one| one.record.entry.body == key).ok_or(Refused::NotFound)?;
    }
    let record = read_seat(acting, key, form)?;
    let mut act = begin!(acting, acting.context(Action::ManageMeetings)?);
    let id = match (id, form.revision.parse().ok().map(Revision)) {
        (Some(id), Some(seen)) => {
            seats::update(&mut act, id, &record, seen).await?;
            id
        }
        (Some(_), None) => return Err(Refused::Conflict),
        (None, _) => seats::insert(&mut act, &record).await?,
    };
    act.about(id);
    act.commit(&id).await?;
    Ok(id)
}

/// A seat of one's own organisation, as a form to put it right.
///
/// # Errors
/// [`Refused::NotFound`].
pub async fn seat_typed(acting: &Acting<'_>, id: SeatId) -> Result<(String, SeatForm), Refused> {
    acting.allow(Action::ManageMeetings, &Resource::region()).await?;
    let (tenant, _) = acting.member()?;
    let found = seats::find(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)?;
    let seat = found.record.entry;
    let form = SeatForm {
        name: seat.name,
        state: seat.state.map(|state| state.to_string()).unwrap_or_default(),
        organisation: seat.organisation.unwrap_or_default(),
        role: seat.role.code().to_owned(),
        sex: seat.sex.code().to_owned(),
        from: seat.from.to_string(),
        until: seat.until.map(|day| day.to_string()).unwrap_or_default(),
        revision: found.revision.0.to_string(),
    };
    Ok((seat.body, form))
}

/// Calls a meeting, or changes one.
///
/// # Errors
/// Every problem of the form at once; [`Refused::Conflict`] if someone else
/// changed it since the form was opened.
pub async fn save(
    acting: &Acting<'_>,
    key: &str,
    id: Option<MeetingId>,
    form: &MeetingForm,
) -> Result<MeetingId, Refused> {
    acting.allow(Action::ManageMeetings, &Resource::region()).await?;
    described(acting.app, key).ok_or(Refused::NotFound)?;
    let (tenant, _) = acting.member()?;
    let before = match id {
        Some(id) => meetings::find(&acting.app.store, tenant, id).await?,
        None => None,
    };
    if id.is_some() && before.is_none() {
        return Err(Refused::NotFound);
    }
    let record = form.parse(key, before.as_ref().map(|one| &one.record.entry))?;
    let mut act = begin!(acting, acting.context(Action::ManageMeetings)?);
    let id = match (id, form.revision.parse().ok().map(Revision)) {
        (Some(id), Some(seen)) => {
            meetings::update(&mut act, id, &record, seen).await?;
            id
        }
        (Some(_), None) => return Err(Refused::Conflict),
        (None, _) => meetings::insert(&mut act, &record).await?,
    };
    act.about(id);
    act.commit(&id).await?;
    Ok(id)
}

/// Reports on an action of a decision.
///
/// # Errors
/// [`Refused::NotFound`] for an action that is not there.
pub async fn report_action(
    acting: &Acting<'_>,
    id: MeetingId,
    decision: usize,
    action: usize,
    status: ActionStatus,
    report: &str,
) -> Result<(), Refused> {
    acting.allow(Action::ManageMeetings, &Resource::region()).await?;
    let (tenant, _) = acting.member()?;
    let found = meetings::find(&acting.app.store, tenant, id).await?.ok_or(Refused::NotFound)?;
    let mut problems = Problems::default();
    let report = problems.bounded("report", report, 2000);
    problems.none()?;
    let mut record = found.record.entry.clone();
    let place = record
        .decisions
        .get_mut(decision)
        .and_then(|one| one.actions.get_mut(action))
        .ok_or(Refused::NotFound)?;
    place.status = status;
    place.report = report;
    let mut act = begin!(acting, acting.context(Action::ManageMeetings)?.about(id));
    meetings::update(&mut act, id, &record, found.revision).await?;
    Ok(act.commit(&()).await?)
}

/// Meetings of a body as a calendar: those called, and those expected by the cadence.
#[must_use]
pub fn body_calendar(acting: &Acting<'_>, shown: &BodyShown) -> String {
    let called = shown.meetings.iter().map(|one| {
        let meeting = &one.record.entry;
        Entry {
            id: format!("{}@palermo", one.record.id),
            title: meeting.title.clone(),
            about: meeting.agenda.join("\n"),
            from: meeting.from.date(),
            to: meeting.to.date(),
            place: Some(meeting.place.clone()),
            remind_days: vec![14],
            done: meeting.present.is_some(),
        }
    });
    let expected = shown.expected.iter().map(|day| Entry {
        id: format!("{}-{day}@palermo", shown.key.replace('/', "-")),
        title: format!("{} (expected)", shown.body.name),
        about: String::from("expected by the cadence of the body; not called yet"),
        from: day.date(),
        to: day.date(),
        place: None,
        remind_days: Vec::new(),
        done: false,
    });
    let entries: Vec<Entry> = called.chain(expected).collect();
    calendar(&shown.body.name, &entries, acting.now().at())
}
